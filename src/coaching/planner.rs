use super::person_problem::PersonProblem;
use super::report::Report;
use super::{ActivityLibrary, CoachingError, CoachingPlan, FocusPolicy, PlanLimits, PlanProblem, UnknownActivity};
use crate::profile::GapAnalysis;
use crate::rubric::Rubric;

/// Makes coaching plans: the one door from gaps to a plan.
///
/// The most urgent goals that something can be done for (three, unless [`with_focus`](Self::with_focus) says otherwise)
/// and the activities that suit the person's level, role, cost band and hours become a [`PlanProblem`]; its best plan is
/// the one with the largest sum of *weight × thousandths of a level closed*. The table by which content becomes numbers
/// stands in [`guide::coaching`](crate::guide::coaching). The same input gives the same plan.
///
/// ```
/// use service_excellence::{
///     ActivityLibrary, AssessmentBuilder, CostBand, EvidencePolicy, Framework, GapAnalysis, PlanLimits, Planner,
///     Profiler, Rater, RaterKind, RoleLibrary, Rubric,
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
/// // Where the person stands, how far it is to the role, and what to do in two months of half an hour a week.
/// let role = RoleLibrary::builtin().role("frontline_agent").ok_or("no such role")?;
/// let profiler = Profiler::new(&rubric, EvidencePolicy::default()).for_role(role)?;
/// let profile = profiler.profile(&"agent-7".parse()?, &assessments, "2026-06-30".parse()?);
/// let gaps = GapAnalysis::of(&profile, &rubric, role)?;
/// let limits = PlanLimits {
///     start: "2026-07-06".parse()?,
///     weeks: 8.try_into()?,
///     minutes_per_week: 30.try_into()?,
///     minutes_in_total: None,
///     highest_cost: CostBand::Low,
///     completed: vec![],
/// };
/// let planner = Planner::new(&rubric, ActivityLibrary::builtin(), limits)?;
/// let plan = planner.plan(&gaps)?;
/// assert_eq!(plan.goals().first().map(|goal| goal.criterion.as_str()), Some("active_listening"));
///
/// // What it costs to go without the first activity, and what would bring more.
/// let first = plan.activities().first().ok_or("nothing suits")?;
/// println!("Without {} the best plan reaches {}, now {}.", first.name, first.reached_without, plan.reached());
/// println!("{}", plan.what_binds());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Planner<'a> {
    pub(super) rubric: &'a Rubric,
    pub(super) library: &'a ActivityLibrary,
    pub(super) limits: PlanLimits,
    pub(super) focus: FocusPolicy,
}

impl<'a> Planner<'a> {
    /// A planner for people judged by `rubric`, with the activities of `library`.
    ///
    /// # Errors
    ///
    /// An activity in `limits.completed` is not in the library.
    pub fn new(rubric: &'a Rubric, library: &'a ActivityLibrary, limits: PlanLimits) -> Result<Self, CoachingError> {
        match limits.completed.iter().find(|key| library.activity(key.as_str()).is_none()) {
            Some(unknown) => Err(UnknownActivity::new(unknown.clone(), library.id().clone()).into()),
            None => Ok(Self { rubric, library, limits, focus: FocusPolicy::default() }),
        }
    }

    /// With another number of goals, or of activities that start in the same week.
    #[must_use]
    pub fn with_focus(self, focus: FocusPolicy) -> Self {
        Self { focus, ..self }
    }

    /// The best plan for one person's gaps.
    ///
    /// # Errors
    ///
    /// The gaps were found with another rubric (the error names both), or the library is larger than a planning problem
    /// may be.
    pub fn plan(&self, gaps: &GapAnalysis) -> Result<CoachingPlan, CoachingError> {
        Ok(Report::new(self, gaps, self.person_problem(gaps)?).plan())
    }

    /// The planning problem of one person's gaps, which [`plan`](Self::plan) solves: to look at, to change, or to solve
    /// together with those of others.
    ///
    /// Its activities bear the keys of the library. One that can work on several choices of goals stands there once for
    /// each: `live_practice_variant_1`, `live_practice_variant_2`, … (the key is cut where that would be too long for one);
    /// `gains` tell the goals, and a group in `exclusive` holds them together. Each run takes one minute of the coach pool
    /// `starts_per_week`, which is how [`FocusPolicy::starts_per_week`] is kept.
    ///
    /// # Errors
    ///
    /// As [`plan`](Self::plan).
    pub fn problem(&self, gaps: &GapAnalysis) -> Result<PlanProblem, CoachingError> {
        Ok(self.person_problem(gaps)?.problem)
    }

    fn person_problem<'b>(&'b self, gaps: &'b GapAnalysis) -> Result<PersonProblem<'b>, CoachingError> {
        if gaps.rubric().structure != self.rubric.pin().structure {
            return Err(CoachingError::other_rubric(gaps.rubric().clone(), self.rubric.pin().clone()));
        }
        PersonProblem::new(self, gaps)
    }
}
