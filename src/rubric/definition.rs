use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::check::check;
use super::{CriticalRule, Finding, RubricBuilder, RubricCriterion, RubricDocument, RubricError, RubricPin, Weighting};
use crate::framework::{Band, Framework, Level, Skill, level_of, start_of};
use crate::value::{Faults, Fingerprint, Key, Ratio, Score, Share, Version, from_json};

/// How a contact is judged: the chosen criteria with weights, critical rules, bands and thresholds, checked.
///
/// Immutable and cheap to clone. Criteria stand skill by skill, in the order given inside each skill; a row of
/// answers follows that order.
///
/// ```
/// use service_excellence::{Framework, Rubric};
///
/// let rubric = Rubric::for_channel(Framework::builtin(), "chat")?;
/// assert_eq!(rubric.criteria().len(), 24);
/// assert!(rubric.lint().iter().all(|finding| finding.code() == "not_applicable_on_critical"));
/// # Ok::<(), service_excellence::RubricError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Rubric(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    document: RubricDocument,
    positions: BTreeMap<Key, usize>,
    /// Made when it is first asked for: hashing takes longer than all the rest of reading.
    pin: OnceLock<RubricPin>,
}

impl Rubric {
    /// The most criteria a rubric may have. With weights up to 1,000 every exact ratio then fits 128 bits.
    pub const MAX_CRITERIA: usize = 64;
    /// The most critical rules a rubric may have.
    pub const MAX_RULES: usize = 64;

    /// The rubric of one channel of a framework; [`RubricBuilder::for_channel`](super::RubricBuilder::for_channel)
    /// allows changes before it is built.
    ///
    /// # Errors
    ///
    /// The framework has no such channel, none or more than [`MAX_CRITERIA`](Rubric::MAX_CRITERIA) of its criteria apply
    /// there, or the keys of framework and channel are longer than a key may be when joined.
    pub fn for_channel(framework: &Framework, channel: &str) -> Result<Self, RubricError> {
        Ok(RubricBuilder::for_channel(framework, channel)?.build()?)
    }

    /// Reads a rubric from JSON text.
    ///
    /// # Errors
    ///
    /// The text does not have the shape of a rubric (one fault, with its place), or it breaks rules (all of them).
    pub fn from_json(text: &str) -> Result<Self, Faults> {
        from_json::<RubricDocument>(text)?.try_into()
    }

    /// The rubric as it is written down.
    #[must_use]
    pub fn document(&self) -> &RubricDocument {
        &self.0.document
    }

    /// Its key.
    #[must_use]
    pub fn id(&self) -> &Key {
        &self.document().id
    }

    /// The version of its content.
    #[must_use]
    pub fn version(&self) -> &Version {
        &self.document().version
    }

    /// Key, version and fingerprints: what assessments and results name.
    #[must_use]
    pub fn pin(&self) -> &RubricPin {
        self.0.pin.get_or_init(|| pin_of(self.document()))
    }

    /// The rows, skill by skill.
    #[must_use]
    pub fn criteria(&self) -> &[RubricCriterion] {
        &self.document().criteria
    }

    /// Where the criterion with this key stands in [`criteria`](Rubric::criteria), and in a row of answers.
    #[must_use]
    pub fn position(&self, key: &str) -> Option<usize> {
        self.0.positions.get(key).copied()
    }

    /// The criterion with this key.
    #[must_use]
    pub fn criterion(&self, key: &str) -> Option<&RubricCriterion> {
        self.criteria().get(self.position(key)?)
    }

    /// The critical rules.
    #[must_use]
    pub fn rules(&self) -> &[CriticalRule] {
        &self.document().rules
    }

    /// The rule with this key.
    #[must_use]
    pub fn rule(&self, key: &str) -> Option<&CriticalRule> {
        self.rules().iter().find(|rule| rule.key.as_str() == key)
    }

    /// The lowest score of each level.
    #[must_use]
    pub fn bands(&self) -> &[Band] {
        &self.document().bands
    }

    /// The level of a score: the highest whose band starts at or below it.
    #[must_use]
    pub fn level_of(&self, score: Score) -> Level {
        level_of(self.bands(), score)
    }

    /// The lowest score with this level or a higher one; `None` when no band is so high.
    #[must_use]
    pub fn start_of(&self, level: Level) -> Option<Score> {
        start_of(self.bands(), level)
    }

    /// How much of the overall score hangs on a criterion when everything is rated; `None` for advisory or unknown ones.
    #[must_use]
    pub fn effective_share(&self, key: &str) -> Option<Share> {
        let criterion = self.criterion(key)?;
        let weight = u128::from(criterion.counted_weight()?.get());
        let ratio = match &self.document().weighting {
            Weighting::Flat {} => Ratio::new(weight, self.total_weight(|_| true)),
            Weighting::BySkill { weights } => {
                let present = |skill: Skill| self.total_weight(|one| one.skill == skill) > 0;
                let all: u128 =
                    weights.iter().filter(|(skill, _)| present(*skill)).map(|(_, w)| u128::from(w.get())).sum();
                let own = u128::from(weights[criterion.skill].get());
                Ratio::new(own * weight, all * self.total_weight(|one| one.skill == criterion.skill))
            }
        };
        Some(Share::at_most_max(ratio.millionths()))
    }

    /// What is allowed but probably not meant.
    #[must_use]
    pub fn lint(&self) -> Vec<Finding> {
        super::lint::lint(self)
    }

    pub(crate) fn total_weight(&self, belongs: impl Fn(&RubricCriterion) -> bool) -> u128 {
        let counted = self.criteria().iter().filter(|one| belongs(one)).filter_map(RubricCriterion::counted_weight);
        counted.map(|weight| u128::from(weight.get())).sum()
    }
}

impl TryFrom<RubricDocument> for Rubric {
    type Error = Faults;

    /// Checks all rules and reports every broken one.
    fn try_from(mut document: RubricDocument) -> Result<Self, Faults> {
        Faults::none_of(check(&document))?;
        document.criteria.sort_by_key(|criterion| criterion.skill);
        let positions =
            document.criteria.iter().enumerate().map(|(index, criterion)| (criterion.key.clone(), index)).collect();
        Ok(Self(Arc::new(Inner { document, positions, pin: OnceLock::new() })))
    }
}

impl PartialEq for Rubric {
    fn eq(&self, other: &Self) -> bool {
        self.document() == other.document()
    }
}

impl Eq for Rubric {}

impl Serialize for Rubric {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.document().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Rubric {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        RubricDocument::deserialize(deserializer)?.try_into().map_err(serde::de::Error::custom)
    }
}

/// *Content* is everything but what belongs to editors and hosts; *structure* is what decides whether an assessment fits
/// and how it scores: no wording, no names, no version.
fn pin_of(document: &RubricDocument) -> RubricPin {
    #[expect(clippy::expect_used, reason = "a rubric has string keys and finite numbers")]
    let mut value = serde_json::to_value(document).expect("a rubric serialises");
    remove(&mut value, &["$schema", "extensions"]);
    let content = Fingerprint::of(&value);
    remove(&mut value, &["schema_version", "id", "version", "language", "title", "framework"]);
    for criterion in items(&mut value, "criteria") {
        remove(criterion, &["name", "description", "anchors", "not_applicable_when"]);
    }
    for rule in items(&mut value, "rules") {
        remove(rule, &["reason"]);
    }
    let structure = Fingerprint::of(&value);
    RubricPin { id: document.id.clone(), version: document.version.clone(), structure, content }
}

fn items<'a>(value: &'a mut Value, list: &str) -> impl Iterator<Item = &'a mut Value> {
    value.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten()
}

fn remove(value: &mut Value, names: &[&str]) {
    if let Some(members) = value.as_object_mut() {
        members.retain(|name, _| !names.contains(&name.as_str()));
    }
}
