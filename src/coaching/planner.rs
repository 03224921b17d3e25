use std::collections::BTreeMap;

use super::open_goal::OpenGoal;
use super::person_problem::PersonProblem;
use super::phases::SoFar;
use super::price::{self, Prices, Values};
use super::report::{Report, explain_rest};
use super::run::Run;
use super::solved::Solved;
use super::{Activity, ActivityLibrary, CoachingError, CoachingPlan, FocusPolicy, PlanChange, PlanEnd, PlanLimits};
use crate::planning::PlanProblem;
use crate::profile::{CriterionGap, GapAnalysis};
use crate::rubric::Rubric;
use crate::value::{Day, Key, Share};

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
/// let limits = PlanLimits::new("2026-07-06".parse()?, 8.try_into()?, 30.try_into()?, CostBand::Low);
/// let planner = Planner::new(&rubric, ActivityLibrary::builtin(), limits)?;
/// let plan = planner.plan(&gaps)?;
/// assert_eq!(plan.goals().first().map(|goal| goal.criterion.as_str()), Some("active_listening"));
///
/// // What it costs to go without the first activity, and what would bring more.
/// let first = plan.activities().first().ok_or("nothing suits")?;
/// let now = plan.reached().percent(1);
/// println!("Without {} the best plan reaches {}, now {now} %.", first.name, first.reached_without);
/// println!("{}", plan.what_binds());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Planner<'a> {
    pub(super) rubric: &'a Rubric,
    pub(super) library: &'a ActivityLibrary,
    pub(super) limits: PlanLimits,
    pub(super) focus: FocusPolicy,
    /// The weeks of the plan before the phase at hand.
    pub(super) weeks_before: u8,
    /// What earlier phases are assumed to have brought, in thousandths of a level.
    pub(super) gained: BTreeMap<Key, i64>,
}

impl<'a> Planner<'a> {
    /// A planner for people judged by `rubric`, with the activities of `library`.
    ///
    /// # Errors
    ///
    /// An activity that `limits` names is not in the library; one stands in two lists that contradict each other
    /// (`completed` and `under_way`, `completed` and `required`, `required` and `without`) or twice in `under_way`; all
    /// sessions of one in `under_way` were held, or one is said to have been held after the plan; the plan would end after
    /// [`Day::MAX`](crate::Day::MAX).
    pub fn new(rubric: &'a Rubric, library: &'a ActivityLibrary, limits: PlanLimits) -> Result<Self, CoachingError> {
        limits.check(library)?;
        Ok(Self { rubric, library, limits, focus: FocusPolicy::default(), weeks_before: 0, gained: BTreeMap::new() })
    }

    /// With another number of goals, or of activities that start in the same week.
    #[must_use]
    pub fn with_focus(self, focus: FocusPolicy) -> Self {
        Self { focus, ..self }
    }

    /// The best plan for one person's gaps, phase by phase.
    ///
    /// The first phase works on the most urgent goals for which something can be done, and each of them gets an activity
    /// if there is room for all. While weeks and gaps are left, further phases follow: with the next goals, and with goals
    /// that go on to their targets from the level assumed by then. An urgent goal for which nothing is planned gets an
    /// [`Unlock`](super::Unlock).
    ///
    /// # Errors
    ///
    /// The gaps were found with another rubric (the error names both); the library is larger than a planning problem
    /// may be; a required activity cannot be planned for this person, because of itself or beside the other required
    /// ones (the error says why).
    pub fn plan(&self, gaps: &GapAnalysis) -> Result<CoachingPlan, CoachingError> {
        self.check_rubric(gaps)?;
        let phase = self.first_phase(gaps)?;
        let person = PersonProblem::new(&phase, gaps)?;
        let solved = Solved::best(&person)?;
        let prices = Prices::of(&person, std::slice::from_ref(&solved), phase.unwanted(gaps, &person));
        let changes = self.changes(&phase, gaps, &person);
        let plan = Report::new(&phase, gaps, &person, &solved).plan(&prices, &changes);
        self.completed(plan, gaps, &phase, &person, &solved)
    }

    /// A plan of the first phase with the phases that follow.
    fn completed(
        &self,
        mut plan: CoachingPlan,
        gaps: &GapAnalysis,
        phase: &Self,
        person: &PersonProblem<'_>,
        solved: &Solved,
    ) -> Result<CoachingPlan, CoachingError> {
        plan.limits = self.limits.clone();
        let so_far = SoFar::default().with(phase, person, solved);
        let so_far = self.later_phases(gaps, so_far, &mut |phase, person, solved| {
            let prices = Prices::of_chosen(person, solved);
            Report::new(phase, gaps, person, solved).add_phase(&mut plan, &prices);
        })?;
        let goals = OpenGoal::all(self, gaps);
        plan.reached_of_targets = reached_of_targets(&goals, &so_far);
        let is_served = |goal: &&OpenGoal<'_>| so_far.gained.get(&goal.gap.criterion).is_some_and(|gained| *gained > 0);
        let urgent = goals.iter().take(usize::from(self.focus.goals.get()));
        let waiting: Vec<_> = urgent.filter(|goal| !is_served(goal)).collect();
        plan.unlocks = waiting.iter().map(|goal| self.unlock(gaps, &goal.gap.criterion)).collect();
        let is_there =
            |goal: &OpenGoal<'_>| so_far.gained.get(&goal.gap.criterion).is_some_and(|it| *it >= goal.to_target);
        plan.ends = match () {
            () if goals.is_empty() => PlanEnd::NothingToClose,
            () if goals.iter().all(is_there) => PlanEnd::TargetsReached,
            () if so_far.weeks() >= self.limits.weeks.get() => PlanEnd::WeeksUsed,
            () => PlanEnd::NothingElseFits,
        };
        let rest = self.phase_after(&so_far, true).filter(|_| plan.ends == PlanEnd::NothingElseFits);
        if let Some(rest) = rest {
            explain_rest(&mut plan, &rest, &PersonProblem::new(&rest, gaps)?);
        }
        Ok(plan)
    }

    /// Up to `count` plans to choose from, best first: each reaches what the best one reaches up to `tolerance`, a share
    /// of that in whole thousandths (what is finer is cut off), and none does everything that a better one does.
    ///
    /// They are the [`PlanProblem::alternatives`] of this person's problem: plans differ in activities, or in the goals
    /// that an activity works on. The first is the best plan, with its guarantee; the others say
    /// [`PlanGuarantee::Alternative`](super::PlanGuarantee::Alternative). Prices and what more time would bring are
    /// those of the person's problem, the same for all plans. The list is shorter when no further plan is good enough.
    /// Each can be agreed on and followed through a [`PlanRecord`](super::PlanRecord).
    ///
    /// # Errors
    ///
    /// As [`plan`](Self::plan).
    pub fn alternatives(
        &self,
        gaps: &GapAnalysis,
        count: usize,
        tolerance: Share,
    ) -> Result<Vec<CoachingPlan>, CoachingError> {
        self.check_rubric(gaps)?;
        let phase = self.first_phase(gaps)?;
        let person = PersonProblem::new(&phase, gaps)?;
        let plans = Solved::several(&person, count, tolerance)?;
        let prices = Prices::of(&person, &plans, phase.unwanted(gaps, &person));
        let changes = self.changes(&phase, gaps, &person);
        let whole = |solved: &Solved| {
            let plan = Report::new(&phase, gaps, &person, solved).plan(&prices, &changes);
            self.completed(plan, gaps, &phase, &person, solved)
        };
        plans.iter().map(whole).collect()
    }

    /// What each change that is possible would bring to the first phase, with its goals as they are.
    fn changes(&self, phase: &Self, gaps: &GapAnalysis, person: &PersonProblem<'_>) -> Vec<(PlanChange, Values)> {
        let has_all_weeks = phase.limits.weeks == self.limits.weeks;
        let values = |change: &PlanChange| {
            let loosened = change.of(self).filter(|_| *change != PlanChange::OneMoreWeek || has_all_weeks)?;
            let planner = loosened.phase_after(&SoFar::default(), has_all_weeks)?;
            let changed = PersonProblem::for_goals(&planner, gaps, &person.focus).ok()?;
            Some((*change, price::best(&changed)))
        };
        PlanChange::ALL.iter().filter_map(values).collect()
    }

    /// What the best plan with each activity that is not wanted would reach, with the goals as they are.
    fn unwanted<'b>(&'b self, gaps: &GapAnalysis, person: &PersonProblem<'_>) -> BTreeMap<&'b Key, Values> {
        let values = |key: &Key| {
            let activity = self.library.activity(key.as_str())?;
            let mut planner = self.clone();
            planner.limits.without.retain(|one| one != key);
            planner.limits.required.push(key.clone());
            // What could take no part anyway has no plan.
            let wanted = PersonProblem::for_goals(&planner, gaps, &person.focus);
            Some((&activity.key, wanted.map_or_else(|_| Values::default(), |wanted| price::best(&wanted))))
        };
        self.limits.without.iter().filter_map(values).collect()
    }

    /// The planning problem of the first phase of one person's plan: to look at or to change.
    ///
    /// Its activities bear the keys of the library. One that can work on several choices of goals stands there once for
    /// each: `live_practice_variant_1`, `live_practice_variant_2`, … (the key is cut where that would be too long for one);
    /// `gains` tell the goals, and a group in `exclusive` holds them together. Each run takes one minute of the coach pool
    /// `starts_per_week`, which is how [`FocusPolicy::starts_per_week`] is kept.
    ///
    /// Required activities are `mandatory`. Where one can work on several choices of goals, the problem names its most
    /// urgent choice; [`plan`](Self::plan) then solves the problem once for each choice, up to 27 in all. That each goal
    /// should get an activity is no part of the problem: where its best plan leaves one out, [`plan`](Self::plan) demands
    /// one activity for it after the other.
    ///
    /// # Errors
    ///
    /// As [`plan`](Self::plan).
    pub fn problem(&self, gaps: &GapAnalysis) -> Result<PlanProblem, CoachingError> {
        self.check_rubric(gaps)?;
        Ok(PersonProblem::new(&self.first_phase(gaps)?, gaps)?.problem)
    }

    fn check_rubric(&self, gaps: &GapAnalysis) -> Result<(), CoachingError> {
        if gaps.rubric().structure == self.rubric.pin().structure {
            return Ok(());
        }
        Err(CoachingError::other_rubric(gaps.rubric().clone(), self.rubric.pin().clone()))
    }

    /// What is left to do of an activity.
    pub(super) fn run<'b>(&self, activity: &'b Activity, as_of: Day) -> Run<'b> {
        Run::of(activity, &self.limits, as_of)
    }

    /// What earlier phases are assumed to have brought to a criterion, in thousandths of a level.
    pub(super) fn assumed_gain(&self, gap: &CriterionGap) -> i64 {
        self.gained.get(&gap.criterion).copied().unwrap_or(0)
    }
}

/// How much of the way to all targets is assumed to be closed, weighted by urgency.
pub(super) fn reached_of_targets(goals: &[OpenGoal<'_>], so_far: &SoFar) -> Share {
    let part = |goal: &OpenGoal<'_>, most: i64| u64::try_from(goal.weight() * most).unwrap_or(0);
    let gained = |goal: &OpenGoal<'_>| so_far.gained.get(&goal.gap.criterion).copied().unwrap_or(0);
    let reached: u64 = goals.iter().map(|goal| part(goal, gained(goal).min(goal.to_target))).sum();
    let whole: u64 = goals.iter().map(|goal| part(goal, goal.to_target)).sum();
    Share::of(reached, whole).unwrap_or(Share::MAX)
}
