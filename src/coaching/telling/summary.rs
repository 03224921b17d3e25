use super::{Growth, NextStep, PlanPage, Situation, SummaryLine, text};
use crate::profile::{Profile, RolePin, RoleProfile};
use crate::rubric::RubricPin;
use crate::scoring::PolicyVersion;
use crate::value::strict::document;
use crate::value::{Count, Day, Fault, Faults, Label, Reference, Rule, SchemaVersion, Text, from_json, repeated};

document! {
    /// What a person reads first: where they stand, what matters now, the goals, the first week, and what comes next.
    ///
    /// Made by [`PlanPage::summary`]. It holds codes and numbers, so that a host can say it in its own way or language;
    /// [`to_text`](Self::to_text) says it in English, on one screen whatever the data.
    pub struct PlanSummary {
        /// The version of this shape.
        schema_version: SchemaVersion,
        /// The version of the rules by which the numbers were computed.
        scoring_policy: PolicyVersion,
        /// The rubric by which the person is judged.
        rubric: RubricPin,
        /// The role.
        role: RolePin,
        /// The role's name.
        role_name: Label,
        /// The person.
        person: Reference,
        /// The day on which this was known.
        as_of: Day,
        /// What is special about it, the leading situation first.
        situations: Vec<Situation>,
        /// What the page says.
        lines: Vec<SummaryLine>,
        /// What the person may choose to grow in, when everything is met.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        growth: Option<Growth>,
    }
    checked by PlanSummary::check
}

pub(crate) const SUMMARY_RULES: &[Rule] = &[SITUATIONS_UNIQUE];

const SITUATIONS_UNIQUE: Rule = Rule::new("summary_situations_unique", "each situation occurs once in `situations`");

impl PlanSummary {
    /// How many lines [`to_text`](Self::to_text) has at most.
    pub const MAX_LINES: usize = 24;
    /// How many columns each of them has at most.
    pub const MAX_COLUMNS: usize = super::layout::COLUMNS;

    pub(super) fn of(page: &PlanPage<'_>) -> Self {
        let (situations, growth) = (page.situations(), page.growth());
        Self {
            schema: None,
            schema_version: SchemaVersion::default(),
            scoring_policy: PolicyVersion::CURRENT,
            rubric: page.profile.rubric().clone(),
            role: page.role.pin(),
            role_name: page.role.name.clone(),
            person: page.profile.person().clone(),
            as_of: page.profile.as_of(),
            lines: page.lines(&situations, growth.as_ref()),
            situations,
            growth,
        }
    }

    /// The page of a person whose role cannot be compared with the rubric: `faults` are those of
    /// [`ProfileError::Role`](crate::profile::ProfileError::Role), and `profile` was made without a role.
    #[must_use]
    pub fn of_role_mismatch(profile: &Profile, role: &RoleProfile, faults: &Faults) -> Self {
        let first: String =
            faults.iter().map(Fault::message).next().unwrap_or_default().chars().take(Text::MAX_LENGTH).collect();
        let mismatch =
            Text::new(&first).ok().map(|first| SummaryLine::RoleMismatch { faults: Count::of(faults.len()), first });
        let evidence = SummaryLine::Evidence { assessments: profile.assessments(), since: profile.window_start() };
        Self {
            schema: None,
            schema_version: SchemaVersion::default(),
            scoring_policy: PolicyVersion::CURRENT,
            rubric: profile.rubric().clone(),
            role: role.pin(),
            role_name: role.name.clone(),
            person: profile.person().clone(),
            as_of: profile.as_of(),
            situations: vec![Situation::RoleMismatch],
            lines: [SummaryLine::NextStep { step: NextStep::MendRole }]
                .into_iter()
                .chain(mismatch)
                .chain([evidence])
                .collect(),
            growth: None,
        }
    }

    /// Reads a summary from JSON text.
    ///
    /// # Errors
    ///
    /// The text does not have the shape of a summary (one fault, with its place), or it breaks rules (all of them).
    pub fn from_json(text: &str) -> Result<Self, Faults> {
        from_json(text)
    }

    /// The person.
    #[must_use]
    pub fn person(&self) -> &Reference {
        &self.person
    }

    /// The role.
    #[must_use]
    pub fn role(&self) -> &RolePin {
        &self.role
    }

    /// The role's name.
    #[must_use]
    pub fn role_name(&self) -> &Label {
        &self.role_name
    }

    /// The rubric by which the person is judged.
    #[must_use]
    pub fn rubric(&self) -> &RubricPin {
        &self.rubric
    }

    /// The version of the rules by which the numbers were computed.
    #[must_use]
    pub fn scoring_policy(&self) -> PolicyVersion {
        self.scoring_policy
    }

    /// The day on which this was known.
    #[must_use]
    pub fn as_of(&self) -> Day {
        self.as_of
    }

    /// What is special about it, the leading situation first.
    #[must_use]
    pub fn situations(&self) -> &[Situation] {
        &self.situations
    }

    /// What the page says, with codes and numbers.
    #[must_use]
    pub fn lines(&self) -> &[SummaryLine] {
        &self.lines
    }

    /// What the person may choose to grow in, when everything is met.
    #[must_use]
    pub fn growth(&self) -> Option<&Growth> {
        self.growth.as_ref()
    }

    /// The page in English: at most [`MAX_LINES`](Self::MAX_LINES) lines of at most
    /// [`MAX_COLUMNS`](Self::MAX_COLUMNS) columns, whatever the data. Names that are too long end in `…`.
    #[must_use]
    pub fn to_text(&self) -> String {
        text::of(self)
    }

    fn check(&self) -> Result<(), Faults> {
        let repeats = repeated(&self.situations, |one| *one).into_iter().map(|(index, one)| {
            Fault::new(SITUATIONS_UNIQUE, format!("/situations/{index}"), format!("`{one}` stands here already"))
        });
        Faults::none_of(repeats.collect())
    }
}

/// The page in English, as [`PlanSummary::to_text`].
impl std::fmt::Display for PlanSummary {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.to_text())
    }
}
