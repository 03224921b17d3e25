use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::band::{BAND_LEVELS_UNIQUE, BANDS_START_AT_ZERO, check_bands};
use super::{
    Applicability, Basis, Channel, ChannelFit, Criterion, EvidenceType, FrameworkDocument, Level, LevelDefinition,
    RatingRules, Skill, SkillDefinition, SkillMap,
};
use crate::value::{Fault, Faults, Key, Rule, Share, Version, from_json, repeated};

/// What good service is: the five skills with their criteria, anchors and rules, checked.
///
/// ```
/// use service_excellence::{Framework, Skill};
///
/// let framework = Framework::builtin();
/// assert_eq!(framework.criteria().count(), 24);
/// let (skill, criterion) = framework.criterion("active_listening").expect("a built-in criterion");
/// assert_eq!(skill, Skill::CommunicationMastery);
/// assert_eq!(criterion.anchors.len(), 5);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Framework {
    document: FrameworkDocument,
    places: BTreeMap<Key, (Skill, usize)>,
}

impl Framework {
    /// The framework that comes with this crate: 24 criteria, 120 anchors, six channels.
    ///
    /// It is read from `content/framework.json` through the same door as a customer's own.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Framework> = LazyLock::new(|| {
            #[expect(clippy::expect_used, reason = "embedded content; a test reads it")]
            Framework::from_json(include_str!("../../content/framework.json")).expect("the built-in framework is valid")
        });
        &BUILTIN
    }

    /// Reads a framework from JSON text.
    ///
    /// # Errors
    ///
    /// The text does not have the shape of a framework (one fault, with its place), or it breaks rules (all of them).
    pub fn from_json(text: &str) -> Result<Self, Faults> {
        from_json::<FrameworkDocument>(text)?.try_into()
    }

    /// The framework as it is written down.
    #[must_use]
    pub fn document(&self) -> &FrameworkDocument {
        &self.document
    }

    /// Its key.
    #[must_use]
    pub fn id(&self) -> &Key {
        &self.document.id
    }

    /// The version of its content.
    #[must_use]
    pub fn version(&self) -> &Version {
        &self.document.version
    }

    /// The skills with their criteria.
    #[must_use]
    pub fn skills(&self) -> &SkillMap<SkillDefinition> {
        &self.document.skills
    }

    /// All criteria with their skill, skill by skill.
    pub fn criteria(&self) -> impl Iterator<Item = (Skill, &Criterion)> {
        self.skills().iter().flat_map(|(skill, definition)| definition.criteria.iter().map(move |one| (skill, one)))
    }

    /// The criterion with this key, and its skill.
    #[must_use]
    pub fn criterion(&self, key: &str) -> Option<(Skill, &Criterion)> {
        let (skill, index) = *self.places.get(key)?;
        Some((skill, self.skills()[skill].criteria.get(index)?))
    }

    /// The channels.
    #[must_use]
    pub fn channels(&self) -> &[Channel] {
        &self.document.channels
    }

    /// What a level means.
    #[must_use]
    pub fn level(&self, level: Level) -> Option<&LevelDefinition> {
        self.document.levels.iter().find(|definition| definition.level == level)
    }

    /// How ratings become scores and profiles.
    #[must_use]
    pub fn rules(&self) -> &RatingRules {
        &self.document.rules
    }

    /// What each kind of evidence is and may carry.
    #[must_use]
    pub fn evidence(&self) -> &[EvidenceType] {
        &self.document.evidence
    }

    /// The largest share of the observations behind a rating that may be of this kind.
    #[must_use]
    pub fn max_share(&self, basis: Basis) -> Share {
        let found = self.evidence().iter().find(|evidence| evidence.basis == basis);
        found.map_or(Share::ZERO, |evidence| evidence.max_share)
    }
}

impl TryFrom<FrameworkDocument> for Framework {
    type Error = Faults;

    /// Checks all rules and reports every broken one.
    fn try_from(document: FrameworkDocument) -> Result<Self, Faults> {
        Faults::none_of(check(&document))?;
        let places = document
            .skills
            .iter()
            .flat_map(|(skill, definition)| {
                definition.criteria.iter().enumerate().map(move |(index, one)| (one.key.clone(), (skill, index)))
            })
            .collect();
        Ok(Self { document, places })
    }
}

impl Serialize for Framework {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.document.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Framework {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        FrameworkDocument::deserialize(deserializer)?.try_into().map_err(serde::de::Error::custom)
    }
}

pub(crate) const RULES: &[Rule] = &[
    BANDS_START_AT_ZERO,
    BAND_LEVELS_UNIQUE,
    LEVELS_COMPLETE,
    CHANNEL_KEYS_UNIQUE,
    EVIDENCE_COMPLETE,
    SKILLS_HAVE_CRITERIA,
    CRITERION_KEYS_UNIQUE,
    CRITERION_CHANNELS_COMPLETE,
    CHANNEL_NOTE_GIVEN,
    ANCHORS_COMPLETE,
    FAILURE_BELOW_TOP,
    REFERENCE_KEYS_UNIQUE,
    REFERENCES_RESOLVE,
];

const LEVELS_COMPLETE: Rule = Rule::new("framework_levels_complete", "`levels` defines the levels 1 to 5, in order");
const CHANNEL_KEYS_UNIQUE: Rule =
    Rule::new("framework_channel_keys_unique", "each channel key occurs once in `channels`");
const EVIDENCE_COMPLETE: Rule =
    Rule::new("framework_evidence_complete", "`evidence` has each kind of evidence exactly once");
const SKILLS_HAVE_CRITERIA: Rule =
    Rule::new("framework_skills_have_criteria", "every skill has at least one criterion");
const CRITERION_KEYS_UNIQUE: Rule =
    Rule::new("framework_criterion_keys_unique", "each criterion key occurs once in all skills together");
const CRITERION_CHANNELS_COMPLETE: Rule = Rule::new(
    "framework_criterion_channels_complete",
    "the `channels` of a criterion have each channel of the framework exactly once",
);
const CHANNEL_NOTE_GIVEN: Rule =
    Rule::new("framework_channel_note_given", "a criterion that does not apply in full in a channel has a note for it");
const ANCHORS_COMPLETE: Rule =
    Rule::new("framework_anchors_complete", "a criterion has anchors for the levels 1 to 5, in order");
const FAILURE_BELOW_TOP: Rule =
    Rule::new("framework_failure_below_top", "`fails_at_or_below` of a critical criterion is at most 4");
const REFERENCE_KEYS_UNIQUE: Rule = Rule::new(
    "framework_reference_keys_unique",
    "each key occurs once in `references` and once in `outside_frameworks`",
);
const REFERENCES_RESOLVE: Rule = Rule::new(
    "framework_references_resolve",
    "every key in a list of references names an entry of `references`, every alignment one of `outside_frameworks`",
);

fn check(document: &FrameworkDocument) -> Vec<Fault> {
    let mut faults = Vec::new();
    check_lists(document, &mut faults);
    check_bands(&document.rules.bands, "/rules/bands", &mut faults);
    check_references(document, "/rules/references", &document.rules.references, &mut faults);
    let mut criterion_keys = BTreeSet::new();
    for (skill, definition) in document.skills.iter() {
        let path = format!("/skills/{skill}");
        if definition.criteria.is_empty() {
            let message = format!("skill `{skill}` has no criterion");
            faults.push(Fault::new(SKILLS_HAVE_CRITERIA, format!("{path}/criteria"), message));
        }
        for (index, alignment) in definition.alignments.iter().enumerate() {
            if !document.outside_frameworks.iter().any(|one| one.key == alignment.framework) {
                let message = format!("`{}` is not one of the outside frameworks", alignment.framework);
                faults.push(Fault::new(REFERENCES_RESOLVE, format!("{path}/alignments/{index}/framework"), message));
            }
        }
        for (index, criterion) in definition.criteria.iter().enumerate() {
            let path = format!("{path}/criteria/{index}");
            if !criterion_keys.insert(&criterion.key) {
                let message = format!("criterion `{}` stands here already", criterion.key);
                faults.push(Fault::new(CRITERION_KEYS_UNIQUE, format!("{path}/key"), message));
            }
            check_criterion(document, criterion, &path, &mut faults);
        }
    }
    faults
}

fn check_lists(document: &FrameworkDocument, faults: &mut Vec<Fault>) {
    if !document.levels.iter().map(|one| one.level).eq(Level::all()) {
        faults.push(Fault::new(LEVELS_COMPLETE, "/levels", "the levels are not 1, 2, 3, 4, 5"));
    }
    for (index, channel) in repeated(&document.channels, |one| &one.key) {
        let message = format!("channel `{}` stands here already", channel.key);
        faults.push(Fault::new(CHANNEL_KEYS_UNIQUE, format!("/channels/{index}/key"), message));
    }
    for &basis in Basis::ALL {
        let count = document.evidence.iter().filter(|one| one.basis == basis).count();
        if count != 1 {
            let message = format!("`{basis}` stands here {count} times, it must stand once");
            faults.push(Fault::new(EVIDENCE_COMPLETE, "/evidence", message));
        }
    }
    for (index, entry) in repeated(&document.references, |one| &one.key) {
        let message = format!("reference `{}` stands here already", entry.key);
        faults.push(Fault::new(REFERENCE_KEYS_UNIQUE, format!("/references/{index}/key"), message));
    }
    for (index, entry) in repeated(&document.outside_frameworks, |one| &one.key) {
        let message = format!("outside framework `{}` stands here already", entry.key);
        faults.push(Fault::new(REFERENCE_KEYS_UNIQUE, format!("/outside_frameworks/{index}/key"), message));
    }
}

fn check_criterion(document: &FrameworkDocument, criterion: &Criterion, path: &str, faults: &mut Vec<Fault>) {
    if !criterion.anchors.iter().map(|anchor| anchor.level).eq(Level::all()) {
        let message = format!("the anchors of `{}` are not of the levels 1, 2, 3, 4, 5", criterion.key);
        faults.push(Fault::new(ANCHORS_COMPLETE, format!("{path}/anchors"), message));
    }
    if let Some(critical) = &criterion.critical
        && critical.fails_at_or_below.get() >= Level::MAX.get()
    {
        let message = format!("`{}` is not a step below the highest: allowed is 1 to 4", critical.fails_at_or_below);
        faults.push(Fault::new(FAILURE_BELOW_TOP, format!("{path}/critical/fails_at_or_below"), message));
    }
    check_channels(document, &criterion.channels, &format!("{path}/channels"), faults);
    check_references(document, &format!("{path}/references"), &criterion.references, faults);
}

fn check_channels(document: &FrameworkDocument, fits: &[ChannelFit], path: &str, faults: &mut Vec<Fault>) {
    let mut expected: Vec<&Key> = document.channels.iter().map(|channel| &channel.key).collect();
    let mut found: Vec<&Key> = fits.iter().map(|fit| &fit.channel).collect();
    expected.sort();
    expected.dedup();
    found.sort();
    if expected != found {
        let message = "the channels are not those of the framework, each once";
        faults.push(Fault::new(CRITERION_CHANNELS_COMPLETE, path, message));
    }
    for (index, fit) in fits.iter().enumerate() {
        if fit.applicability != Applicability::Full && fit.note.is_none() {
            let message = format!("`{}` is `{}` without a note", fit.channel, fit.applicability);
            faults.push(Fault::new(CHANNEL_NOTE_GIVEN, format!("{path}/{index}"), message));
        }
    }
}

fn check_references(document: &FrameworkDocument, path: &str, keys: &[Key], faults: &mut Vec<Fault>) {
    for (index, key) in keys.iter().enumerate() {
        if !document.references.iter().any(|one| one.key == *key) {
            let message = format!("`{key}` is not one of the references");
            faults.push(Fault::new(REFERENCES_RESOLVE, format!("{path}/{index}"), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_framework_is_valid_and_complete() {
        let framework = Framework::builtin();
        assert_eq!(framework.criteria().count(), 24);
        assert_eq!(framework.criteria().map(|(_, one)| one.anchors.len()).sum::<usize>(), 120);
        assert_eq!(framework.channels().len(), 6);
    }

    #[test]
    fn every_fault_of_a_framework_is_reported() {
        let mut document = Framework::builtin().document().clone();
        document.levels.pop();
        document.channels.push(document.channels[0].clone());
        document.skills[Skill::Empathy].criteria[0].anchors.reverse();
        document.skills[Skill::Empathy].criteria[1].key = document.skills[Skill::Empathy].criteria[0].key.clone();
        document.skills[Skill::TechSavviness].criteria.clear();
        let faults = Framework::try_from(document).unwrap_err();
        for rule in
            [LEVELS_COMPLETE, CHANNEL_KEYS_UNIQUE, ANCHORS_COMPLETE, CRITERION_KEYS_UNIQUE, SKILLS_HAVE_CRITERIA]
        {
            assert!(faults.breaks(rule.id()), "{} in {faults}", rule.id());
        }
        assert_eq!(faults.len(), 5, "{faults}");
    }
}
