use super::{Growth, PlanSummary, Situation};
use crate::coaching::{ActivityLibrary, CoachingError, CoachingPlan, PlanRecord};
use crate::profile::{CriterionGap, GapAnalysis, LevelGap, Profile, RoleProfile, Urgency};
use crate::rubric::Rubric;
use crate::value::{Key, Label};

/// Everything that a page about one person and a plan is made from: the one door to [`PlanSummary`] and
/// [`PlanDetails`](super::PlanDetails).
///
/// ```
/// use service_excellence::{
///     ActivityLibrary, AssessmentBuilder, CostBand, EvidencePolicy, Framework, GapAnalysis, PlanLimits, PlanPage,
///     Planner, Profiler, Rater, RaterKind, RoleLibrary, Rubric,
/// };
///
/// // Two contacts of one person, listened to by two reviewers.
/// let rubric = Rubric::for_channel(Framework::builtin(), "chat")?;
/// let mut assessments = Vec::new();
/// for (id, reviewer) in [("as-1", "reviewer-1"), ("as-2", "reviewer-2")] {
///     let rater = Rater { id: reviewer.parse()?, kind: RaterKind::QualityReviewer };
///     let mut seen = AssessmentBuilder::new(&rubric, id.parse()?, "agent-7".parse()?, rater, "2026-06-01".parse()?);
///     for criterion in rubric.criteria() {
///         seen = seen.rate(criterion.key.as_str(), 3);
///     }
///     assessments.push(seen.rate("active_listening", 2).submitted().admit()?);
/// }
///
/// let role = RoleLibrary::builtin().role("frontline_agent").ok_or("no such role")?;
/// let profiler = Profiler::new(&rubric, EvidencePolicy::default()).for_role(role)?;
/// let profile = profiler.profile(&"agent-7".parse()?, &assessments, "2026-06-30".parse()?);
/// let gaps = GapAnalysis::of(&profile, &rubric, role)?;
/// let limits = PlanLimits::new("2026-07-06".parse()?, 8.try_into()?, 60.try_into()?, CostBand::Low);
/// let activities = ActivityLibrary::builtin();
/// let plan = Planner::new(&rubric, activities, limits)?.plan(&gaps)?;
///
/// // What the person reads first, and what a host renders in its own way.
/// let summary = PlanPage::new(&profile, &gaps, &plan, &rubric, role, activities)?.summary();
/// assert!(summary.to_text().contains("You meet the target in 23 of 24 criteria."));
/// assert_eq!(summary.situations().first().map(|one| one.as_str()), Some("one_gap"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct PlanPage<'a> {
    pub(super) profile: &'a Profile,
    pub(super) gaps: &'a GapAnalysis,
    pub(super) plan: &'a CoachingPlan,
    pub(super) rubric: &'a Rubric,
    pub(super) role: &'a RoleProfile,
    pub(super) activities: &'a ActivityLibrary,
    pub(super) next_roles: Vec<&'a RoleProfile>,
    pub(super) record: Option<&'a PlanRecord>,
}

impl<'a> PlanPage<'a> {
    /// A page of what belongs together.
    ///
    /// # Errors
    ///
    /// [`CoachingError::NotTogether`]: gaps or plan are of another person, day, rubric or role than the profile, or the
    /// plan is from another activity library.
    pub fn new(
        profile: &'a Profile,
        gaps: &'a GapAnalysis,
        plan: &'a CoachingPlan,
        rubric: &'a Rubric,
        role: &'a RoleProfile,
        activities: &'a ActivityLibrary,
    ) -> Result<Self, CoachingError> {
        let pin = role.pin();
        together("person", profile.person(), [gaps.person(), plan.person()])?;
        together("day", profile.as_of(), [gaps.as_of(), plan.as_of()])?;
        together("role", &pin, [gaps.role(), plan.role()])?;
        together(
            "rubric structure",
            &rubric.pin().structure,
            [&profile.rubric().structure, &gaps.rubric().structure, &plan.rubric().structure],
        )?;
        together("activity library", activities.id(), [&plan.library().id])?;
        together("activity library version", activities.version(), [&plan.library().version])?;
        Ok(Self { profile, gaps, plan, rubric, role, activities, next_roles: Vec::new(), record: None })
    }

    /// With the roles that may follow, to show how far it is to each of them once the present role's targets are met.
    /// Roles that the rubric cannot judge are left out.
    #[must_use]
    pub fn with_next_roles(self, roles: impl IntoIterator<Item = &'a RoleProfile>) -> Self {
        let has_band = |level| self.rubric.start_of(level).is_some();
        let fits = |role: &&RoleProfile| {
            role.target_levels.values().all(|level| has_band(*level))
                && role
                    .minimum_levels
                    .iter()
                    .all(|one| has_band(one.level) && self.rubric.criterion(one.criterion.as_str()).is_some())
        };
        let next_roles = roles.into_iter().filter(fits).collect();
        Self { next_roles, ..self }
    }

    /// With the plan that was agreed earlier, unless it is finished: the page then tells of it and proposes no new one.
    ///
    /// # Errors
    ///
    /// [`CoachingError::NotTogether`]: the record is of another person, role or rubric.
    pub fn with_record(self, record: &'a PlanRecord) -> Result<Self, CoachingError> {
        together("person", self.profile.person(), [record.person()])?;
        together("role key", &self.role.key, [record.role()])?;
        together("rubric structure", &self.rubric.pin().structure, [&record.rubric().structure])?;
        Ok(Self { record: (!record.status().is_final()).then_some(record), ..self })
    }

    /// The first screen, as lines with codes and numbers.
    #[must_use]
    pub fn summary(&self) -> PlanSummary {
        PlanSummary::of(self)
    }

    /// What holds of this person, the leading situation first.
    #[must_use]
    pub fn situations(&self) -> Vec<Situation> {
        Situation::all(self)
    }

    /// What the person may choose to grow in; `None` unless everything is met.
    #[must_use]
    pub fn growth(&self) -> Option<Growth> {
        let is_everything_met = self.situations().contains(&Situation::EverythingMet);
        (is_everything_met && self.record.is_none()).then(|| Growth::of(self))
    }

    /// The criteria that meet their target, the highest value first.
    pub(super) fn strengths(&self) -> Vec<&'a CriterionGap> {
        let is_met = |one: &&CriterionGap| one.gap == LevelGap::ZERO && one.urgency == Urgency::None;
        let mut met: Vec<&CriterionGap> = self.gaps.criteria().iter().filter(is_met).collect();
        met.sort_by(|one, other| other.score.cmp(&one.score).then_with(|| one.criterion.cmp(&other.criterion)));
        met
    }

    /// A criterion as people call it.
    pub(super) fn name_of(&self, criterion: &Key) -> Label {
        name_in(self.rubric, criterion)
    }
}

pub(super) fn name_in(rubric: &Rubric, criterion: &Key) -> Label {
    #[expect(clippy::expect_used, reason = "a key is at most 64 visible characters on one line, which is a label")]
    rubric
        .criterion(criterion.as_str())
        .map_or_else(|| Label::new(criterion.as_str()).expect("a key is a label"), |found| found.name.clone())
}

fn together<T: PartialEq + ToString>(
    what: &'static str,
    expected: T,
    found: impl IntoIterator<Item = T>,
) -> Result<(), CoachingError> {
    match found.into_iter().find(|one| *one != expected) {
        None => Ok(()),
        Some(found) => {
            Err(CoachingError::NotTogether { what, expected: expected.to_string(), found: found.to_string() })
        }
    }
}
