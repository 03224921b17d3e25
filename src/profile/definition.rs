use super::selection::Selection;
use super::{
    ComponentsSource, Concern, CriterionProfile, Exclusion, OverallStanding, Profiler, RolePin, SkillStanding,
};
use crate::framework::{ObservationCount, SkillMap};
use crate::rubric::RubricPin;
use crate::scoring::PolicyVersion;
use crate::value::strict::document;
use crate::value::{Count, Day, Fault, Faults, Reference, Rule, SchemaVersion, from_json, repeated};

document! {
    /// Where one person stands on a day: criteria, skills, open concerns, and what was left out and why.
    ///
    /// Made by [`Profiler::profile`]. The five skills come first; the overall number hides trade-offs and should not be
    /// used alone for a decision about a person.
    pub struct Profile {
        /// The version of this shape.
        schema_version: SchemaVersion,
        /// The version of the rules by which the numbers were computed.
        scoring_policy: PolicyVersion,
        /// The rubric by which the person is judged.
        rubric: RubricPin,
        /// The role whose weights and criteria were used.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        role: Option<RolePin>,
        /// The person.
        person: Reference,
        /// The day on which this was known.
        as_of: Day,
        /// The first day of the window.
        window_start: Day,
        /// How many assessments count.
        assessments: Count,
        /// How many observations high confidence needs.
        high_confidence_observations: ObservationCount,
        /// Where the variance components behind the intervals come from.
        components: ComponentsSource,
        /// The five skills.
        skills: SkillMap<SkillStanding>,
        /// The weighted mean of the skills with a value.
        overall: OverallStanding,
        /// The criteria, in the order of the rubric.
        criteria: Vec<CriterionProfile>,
        /// The critical concerns, open and closed, oldest first.
        concerns: Vec<Concern>,
        /// What does not count, and why.
        exclusions: Vec<Exclusion>,
    }
    checked by Profile::check
}

pub(crate) const PROFILE_RULES: &[Rule] = &[CRITERIA_UNIQUE];

const CRITERIA_UNIQUE: Rule = Rule::new("profile_criteria_unique", "each criterion occurs once in `criteria`");

impl Profile {
    pub(super) fn new(
        profiler: &Profiler,
        person: Reference,
        as_of: Day,
        selection: Selection<'_>,
        criteria: Vec<CriterionProfile>,
        skills: SkillMap<SkillStanding>,
        overall: OverallStanding,
    ) -> Self {
        Self {
            schema: None,
            schema_version: SchemaVersion::default(),
            scoring_policy: PolicyVersion::CURRENT,
            rubric: profiler.rubric().pin().clone(),
            role: profiler.role_pin().cloned(),
            person,
            as_of,
            window_start: profiler.window_start(as_of),
            assessments: Count::of(selection.counted),
            high_confidence_observations: profiler.policy().high_confidence_observations,
            components: profiler.uncertainty().source(),
            skills,
            overall,
            criteria,
            concerns: selection.concerns,
            exclusions: selection.exclusions,
        }
    }

    /// Reads a profile from JSON text.
    ///
    /// # Errors
    ///
    /// The text does not have the shape of a profile (one fault, with its place), or it breaks rules (all of them).
    pub fn from_json(text: &str) -> Result<Self, Faults> {
        from_json(text)
    }

    /// The version of the rules by which the numbers were computed.
    #[must_use]
    pub fn scoring_policy(&self) -> PolicyVersion {
        self.scoring_policy
    }

    /// The rubric by which the person is judged.
    #[must_use]
    pub fn rubric(&self) -> &RubricPin {
        &self.rubric
    }

    /// The role whose weights and criteria were used.
    #[must_use]
    pub fn role(&self) -> Option<&RolePin> {
        self.role.as_ref()
    }

    /// The person.
    #[must_use]
    pub fn person(&self) -> &Reference {
        &self.person
    }

    /// The day on which this was known.
    #[must_use]
    pub fn as_of(&self) -> Day {
        self.as_of
    }

    /// The first day of the window.
    #[must_use]
    pub fn window_start(&self) -> Day {
        self.window_start
    }

    /// How many assessments count.
    #[must_use]
    pub fn assessments(&self) -> Count {
        self.assessments
    }

    /// How many observations high confidence needs.
    #[must_use]
    pub fn high_confidence_observations(&self) -> ObservationCount {
        self.high_confidence_observations
    }

    /// Where the variance components behind the intervals come from.
    #[must_use]
    pub fn components(&self) -> ComponentsSource {
        self.components
    }

    /// The five skills.
    #[must_use]
    pub fn skills(&self) -> &SkillMap<SkillStanding> {
        &self.skills
    }

    /// The weighted mean of the skills with a value.
    #[must_use]
    pub fn overall(&self) -> OverallStanding {
        self.overall
    }

    /// The criteria, in the order of the rubric.
    #[must_use]
    pub fn criteria(&self) -> &[CriterionProfile] {
        &self.criteria
    }

    /// The criterion with this key.
    #[must_use]
    pub fn criterion(&self, key: &str) -> Option<&CriterionProfile> {
        self.criteria.iter().find(|one| one.criterion.as_str() == key)
    }

    /// The critical concerns, open and closed, oldest first.
    #[must_use]
    pub fn concerns(&self) -> &[Concern] {
        &self.concerns
    }

    /// The critical concerns that no second assessor has decided.
    pub fn open_concerns(&self) -> impl Iterator<Item = &Concern> {
        self.concerns.iter().filter(|concern| concern.is_open())
    }

    /// What does not count, and why.
    #[must_use]
    pub fn exclusions(&self) -> &[Exclusion] {
        &self.exclusions
    }

    fn check(&self) -> Result<(), Faults> {
        let repeats = repeated(&self.criteria, |one| &one.criterion).into_iter().map(|(index, one)| {
            let message = format!("criterion `{}` stands here already", one.criterion);
            Fault::new(CRITERIA_UNIQUE, format!("/criteria/{index}/criterion"), message)
        });
        Faults::none_of(repeats.collect())
    }
}
