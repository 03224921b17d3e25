use super::{
    Condition, CriticalRule, Effect, FloorScore, FrameworkPin, Rubric, RubricCriterion, RubricDocument, RubricError,
    StepAnchor, Target, UnknownChannel, Weighting,
};
use crate::framework::{
    Activation, Applicability, Band, ChannelFit, Criterion, CriticalClass, Framework, Level, RatingRules, Skill,
    SkillMap,
};
use crate::value::{Faults, Key, Label, Language, SchemaVersion, Score, Share, Step, Version, Weight};

/// Puts a rubric together; [`build`](RubricBuilder::build) checks it as a whole.
///
/// Bands and minima start as those of the built-in framework; skills start with equal weights.
///
/// ```
/// use service_excellence::framework::CriticalClass;
/// use service_excellence::{RubricBuilder, RubricCriterion, Skill};
///
/// let rubric = RubricBuilder::new("callback_review".parse()?, "1.0.0".parse()?, "Call-back review".parse()?)
///     .criterion(RubricCriterion::new(
///         "acknowledges_the_customer".parse()?, Skill::Empathy, "Acknowledges the customer".parse()?, 60.try_into()?,
///     ))
///     .criterion(RubricCriterion::new(
///         "keeps_data_safe".parse()?, Skill::TechSavviness, "Keeps data safe".parse()?, 40.try_into()?,
///     ))
///     .critical(&"keeps_data_safe".parse()?, CriticalClass::Compliance)
///     .build()?;
/// assert_eq!(rubric.rules().len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct RubricBuilder {
    document: RubricDocument,
    level_cap: Level,
}

impl RubricBuilder {
    /// An empty rubric in English for any channel.
    #[must_use]
    pub fn new(id: Key, version: Version, title: Label) -> Self {
        let rules = Framework::builtin().rules();
        let document = RubricDocument {
            schema: None,
            schema_version: SchemaVersion::default(),
            id,
            version,
            language: english(),
            title,
            framework: None,
            channel: None,
            weighting: Weighting::BySkill { weights: SkillMap::from_fn(|_| Weight::MIN) },
            criteria: Vec::new(),
            rules: Vec::new(),
            floors: Vec::new(),
            bands: Vec::new(),
            threshold: None,
            report_overall: true,
            minimum_coverage: Share::ZERO,
            minimum_applicable_share: Share::ZERO,
            minimum_overall_coverage: Share::ZERO,
            extensions: None,
        };
        Self { document, level_cap: rules.critical_skill_level_cap }.with_rules(rules)
    }

    /// All criteria of `framework` that apply in `channel`, with its weights and the critical rules that are on by
    /// default.
    ///
    /// The rubric's key is the framework's and the channel's, joined by `_`.
    ///
    /// # Errors
    ///
    /// The framework has no such channel, or the two keys are longer than a key may be when joined.
    pub fn for_channel(framework: &Framework, channel: &str) -> Result<Self, RubricError> {
        let known = || framework.channels().iter().map(|one| one.key.clone()).collect();
        let found = framework.channels().iter().find(|one| one.key.as_str() == channel);
        let channel = found.ok_or_else(|| UnknownChannel::new(channel, known()))?;
        let id = Key::new(&format!("{}_{}", framework.id(), channel.key))?;
        let mut builder =
            Self::new(id, framework.version().clone(), channel.name.clone()).with_rules(framework.rules());
        builder.document.language = framework.document().language.clone();
        builder.document.framework =
            Some(FrameworkPin { id: framework.id().clone(), version: framework.version().clone() });
        builder.document.channel = Some(channel.key.clone());
        builder.document.weighting =
            Weighting::BySkill { weights: framework.skills().map(|_, definition| definition.weight) };
        for (skill, criterion) in framework.criteria() {
            let applies = |fit: &&ChannelFit| fit.applicability != Applicability::None;
            if criterion.channels.iter().filter(applies).any(|fit| fit.channel == channel.key) {
                builder = builder.framework_criterion(skill, criterion);
            }
        }
        Ok(builder)
    }

    /// Adds a row.
    #[must_use]
    pub fn criterion(mut self, criterion: RubricCriterion) -> Self {
        self.document.criteria.push(criterion);
        self
    }

    /// Makes a row critical and adds the usual rule: rated at step 1 or below, it raises a concern, caps the level of
    /// its skill and asks for a second assessor; the score stays.
    ///
    /// A key without a row is reported by [`build`](RubricBuilder::build).
    #[must_use]
    pub fn critical(self, key: &Key, class: CriticalClass) -> Self {
        self.critical_at(key, class, Step::MIN)
    }

    /// Adds a critical rule.
    #[must_use]
    pub fn rule(mut self, rule: CriticalRule) -> Self {
        self.document.rules.push(rule);
        self
    }

    /// Adds a lower bound of a score.
    #[must_use]
    pub fn floor(mut self, target: Target, score: Score) -> Self {
        self.document.floors.push(FloorScore { target, score });
        self
    }

    /// Lets skills count with these weights.
    #[must_use]
    pub fn skill_weights(mut self, weights: SkillMap<Weight>) -> Self {
        self.document.weighting = Weighting::BySkill { weights };
        self
    }

    /// Adds up all criteria in one sum, without the tier of skills.
    #[must_use]
    pub fn flat(mut self) -> Self {
        self.document.weighting = Weighting::Flat {};
        self
    }

    /// Sets the overall score that passes.
    #[must_use]
    pub fn threshold(mut self, score: Score) -> Self {
        self.document.threshold = Some(score);
        self
    }

    /// Switches the overall score off.
    #[must_use]
    pub fn without_overall(mut self) -> Self {
        self.document.report_overall = false;
        self
    }

    /// Sets the lowest score of each level.
    #[must_use]
    pub fn bands(mut self, bands: Vec<Band>) -> Self {
        self.document.bands = bands;
        self
    }

    /// Sets the least rated share of a skill's applicable weight.
    #[must_use]
    pub fn minimum_coverage(mut self, share: Share) -> Self {
        self.document.minimum_coverage = share;
        self
    }

    /// Sets the least overall coverage.
    #[must_use]
    pub fn minimum_overall_coverage(mut self, share: Share) -> Self {
        self.document.minimum_overall_coverage = share;
        self
    }

    /// Sets the least applicable share of a skill's weight.
    #[must_use]
    pub fn minimum_applicable_share(mut self, share: Share) -> Self {
        self.document.minimum_applicable_share = share;
        self
    }

    /// Sets another version.
    #[must_use]
    pub fn version(mut self, version: Version) -> Self {
        self.document.version = version;
        self
    }

    /// Checks the rubric as a whole.
    ///
    /// # Errors
    ///
    /// All the rules that it breaks.
    pub fn build(self) -> Result<Rubric, Faults> {
        self.document.try_into()
    }

    fn with_rules(mut self, rules: &RatingRules) -> Self {
        self.level_cap = rules.critical_skill_level_cap;
        self.document.bands = rules.bands.clone();
        self.document.minimum_coverage = rules.minimum_coverage;
        self.document.minimum_applicable_share = rules.minimum_applicable_share;
        self.document.minimum_overall_coverage = rules.minimum_overall_coverage;
        self
    }

    fn framework_criterion(self, skill: Skill, criterion: &Criterion) -> Self {
        let anchors = criterion.anchors.iter().filter_map(|anchor| {
            let step = Step::new(anchor.level.get()).ok()?;
            Some(StepAnchor { step, text: anchor.text.clone() })
        });
        let row = RubricCriterion {
            description: Some(criterion.description.clone()),
            anchors: anchors.collect(),
            not_applicable_when: criterion.not_applicable_when.clone(),
            ..RubricCriterion::new(criterion.key.clone(), skill, criterion.name.clone(), criterion.weight)
        };
        let builder = self.criterion(row);
        match &criterion.critical {
            Some(critical) if critical.activation == Activation::Default => {
                builder.critical_at(&criterion.key, critical.class, critical.fails_at_or_below)
            }
            _ => builder,
        }
    }

    fn critical_at(mut self, key: &Key, class: CriticalClass, step: Step) -> Self {
        let mut target = Target::Overall;
        for criterion in self.document.criteria.iter_mut().filter(|one| one.key == *key) {
            *criterion = RubricCriterion { fails_at_or_below: step, ..criterion.clone().critical(class) };
            target = criterion.skill.into();
        }
        let effects = vec![
            Effect::RaiseConcern { target },
            Effect::RequireSecondAssessor { target },
            Effect::CapLevel { target, level: self.level_cap },
        ];
        let when = Condition::RatedAtOrBelow { criterion: key.clone(), step };
        self.rule(CriticalRule { key: key.clone(), class, when, effects, reason: None })
    }
}

impl From<RubricDocument> for RubricBuilder {
    /// Starts from a rubric that exists, for its next version.
    fn from(document: RubricDocument) -> Self {
        Self { document, level_cap: Framework::builtin().rules().critical_skill_level_cap }
    }
}

#[expect(clippy::expect_used, reason = "a constant of the right form")]
fn english() -> Language {
    Language::new("en").expect("`en` is a language tag")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(key: &str, weight: u16) -> RubricCriterion {
        let weight = Weight::try_from(weight).unwrap();
        RubricCriterion::new(key.parse().unwrap(), Skill::Empathy, "A row".parse().unwrap(), weight)
    }

    fn empty() -> RubricBuilder {
        RubricBuilder::new("test".parse().unwrap(), "1.0.0".parse().unwrap(), "Test".parse().unwrap())
    }

    #[test]
    fn building_reports_every_problem() {
        let mut broken = row("b", 1);
        broken.points = Some(vec![Score::ZERO, Score::ZERO]);
        let faults = empty()
            .criterion(row("a", 1))
            .criterion(row("a", 1))
            .criterion(broken)
            .critical(&"missing".parse().unwrap(), CriticalClass::Customer)
            .threshold(Score::MAX)
            .without_overall()
            .build()
            .unwrap_err();
        for rule in [
            "rubric_criterion_keys_unique",
            "rubric_points_match_steps",
            "rubric_points_increase",
            "rubric_rule_criteria_known",
            "rubric_overall_is_reported",
        ] {
            assert!(faults.breaks(rule), "{rule} in {faults}");
        }
    }

    #[test]
    fn a_rubric_has_at_most_64_criteria() {
        let of =
            |count: usize| (0..count).fold(empty(), |rubric, index| rubric.criterion(row(&format!("c{index}"), 1)));
        assert!(of(64).build().is_ok());
        let faults = of(65).build().unwrap_err();
        assert_eq!(faults.to_string(), "`65` criteria: allowed is 1 to 64 (at `/criteria`, rubric_criteria_count)",);
        assert!(of(0).build().unwrap_err().breaks("rubric_criteria_count"));
    }

    #[test]
    fn every_channel_of_the_framework_has_a_rubric() {
        for channel in Framework::builtin().channels() {
            let rubric = Rubric::for_channel(Framework::builtin(), channel.key.as_str()).unwrap();
            assert_eq!(rubric.criteria().len(), 24);
            assert_eq!(rubric.rules().len(), 3);
        }
        let error = Rubric::for_channel(Framework::builtin(), "fax").unwrap_err();
        assert_eq!(
            error.to_string(),
            "`fax` is not a channel of the framework: allowed is `phone`, `email`, `chat`, `in_person`, `social`, \
             `back_office`",
        );
    }
}
