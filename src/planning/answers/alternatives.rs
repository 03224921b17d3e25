//! Plans to choose from.

use crate::value::SortedSet;

use super::another::another_for_one;
use super::outcome::PlanOutcome;
use crate::planning::linear::MOST_TOGETHER;
use crate::planning::model::Overrides;
use crate::planning::model::SolveLimits;
use crate::planning::problem::{Evaluation, PlanProblem, SessionPlacement};
use crate::planning::search::solve;
use crate::value::{Key, Reference};

impl PlanProblem {
    /// Up to `count` plans to choose from, best first: each reaches the best one's value (and its smallest share, where
    /// the objective asks for it) up to `tolerance_permille` thousandths, and none does everything that a better one does.
    ///
    /// Plans differ in their activities, not just in weeks or in the number of sessions; activities that bring nothing
    /// are left out. Each certificate speaks of the plans that are left: *optimal* means that no plan reaches more
    /// without holding all activities of one before it. The list ends early when no further plan is good enough, or
    /// none was found within `limits`. It is empty when there is no plan at all (then [`solve`](Self::solve) names the
    /// conflict), and holds one plan when the best plan has no activity.
    ///
    /// With more than eight people each further plan is the first one with another choice for one person, the one who
    /// loses least by it while the others keep theirs. Its certificate is *bounded*, by the bound of the first: plans in
    /// which several people change might reach more.
    ///
    /// ```
    /// # use service_excellence::planning::{PlanProblem, SolveLimits};
    /// # let problem = PlanProblem::from_json(r#"{
    /// #     "format": "coaching-plan-instance/1", "name": "two", "horizon_weeks": 1, "skills": ["empathy"],
    /// #     "people": [{"id": "agent-7", "week_minutes_max": [60], "total_minutes_max": 60, "cost_max": 0,
    /// #         "goals": [{"skill": "empathy", "from": 2000, "to": 4000, "weight": 1}]}],
    /// #     "activities": [
    /// #         {"id": "short", "load": [40], "cost": 0, "max_sessions": 1, "repeat_gap_weeks": 1,
    /// #          "gains": [{"skill": "empathy", "gain": [240], "ceiling": 5000}]},
    /// #         {"id": "long", "load": [60], "cost": 0, "max_sessions": 1, "repeat_gap_weeks": 1,
    /// #          "gains": [{"skill": "empathy", "gain": [250], "ceiling": 5000}]}],
    /// #     "objective": "sum"}"#)?;
    /// // One hour, and two activities that do not fit into it together: 250, or 240 in less time.
    /// let plans = problem.alternatives(3, 50, &SolveLimits::default());
    /// # if cfg!(feature = "exact") {
    /// let values: Vec<i64> = plans.iter().filter_map(|plan| Some(plan.evaluation()?.value())).collect();
    /// assert_eq!(values, [250, 240]);
    /// # }
    /// # Ok::<(), service_excellence::Faults>(())
    /// ```
    #[must_use]
    pub fn alternatives(&self, count: usize, tolerance_permille: u16, limits: &SolveLimits<'_>) -> Vec<PlanOutcome> {
        limits.asking_until_stopped(|limits| self.choices(count, tolerance_permille, limits))
    }

    fn choices(&self, count: usize, tolerance_permille: u16, limits: &SolveLimits<'_>) -> Vec<PlanOutcome> {
        let mut plans: Vec<PlanOutcome> = Vec::new();
        let mut overrides = Overrides::default();
        while plans.len() < count {
            let next = match plans.first() {
                Some(_) if limits.is_stopped() => break,
                Some(best) if self.document().people.len() > MOST_TOGETHER => {
                    another_for_one(self, best, &overrides.excluded, limits)
                }
                _ => Some(solve(self, &overrides, limits)),
            };
            let Some(next) = next.and_then(|next| lean(self, next)) else { break };
            let is_good = |best: &PlanOutcome| is_within(self, &next, best, tolerance_permille);
            if !plans.first().is_none_or(is_good) {
                break;
            }
            let chosen = activities_of(self, &next);
            plans.push(next);
            if chosen.is_empty() {
                break;
            }
            overrides.excluded.push(chosen);
        }
        plans
    }
}

/// The plan without the activities that bring nothing; `None` when there is no plan.
fn lean(problem: &PlanProblem, mut outcome: PlanOutcome) -> Option<PlanOutcome> {
    let (plan, evaluation) = outcome.found.as_mut()?;
    // What only an idle activity requires is idle once that one is out.
    while let Some((without, left)) = without_an_idle_activity(problem, plan, evaluation) {
        (*plan, *evaluation) = (without, left);
    }
    Some(outcome)
}

fn without_an_idle_activity(
    problem: &PlanProblem,
    plan: &[SessionPlacement],
    evaluation: &Evaluation,
) -> Option<(Vec<SessionPlacement>, Evaluation)> {
    let pairs: SortedSet<(&Reference, &Key)> = plan.iter().map(|one| (&one.person, &one.activity)).collect();
    pairs.into_iter().find_map(|pair| {
        let without: Vec<SessionPlacement> =
            plan.iter().filter(|one| (&one.person, &one.activity) != pair).cloned().collect();
        let left = problem.evaluate(&without);
        let reaches = left.value() == evaluation.value() && left.maximin_permille() == evaluation.maximin_permille();
        (left.is_feasible() && reaches).then_some((without, left))
    })
}

fn is_within(problem: &PlanProblem, one: &PlanOutcome, best: &PlanOutcome, tolerance_permille: u16) -> bool {
    let reaches = |of: &dyn Fn(&Evaluation) -> i64| {
        let (one, best) = (one.evaluation().map_or(0, of), best.evaluation().map_or(0, of));
        one >= within(best, tolerance_permille)
    };
    let objective = problem.document().objective;
    reaches(&Evaluation::value) && reaches(&|one| objective.least_share(one))
}

/// The least whole number that is no more than so many thousandths below `best`.
pub(crate) fn within(best: i64, tolerance_permille: u16) -> i64 {
    let kept = i64::from(1_000_u16.saturating_sub(tolerance_permille));
    (best * kept + 999) / 1_000
}

/// The activities of a plan, as places of person and activity.
fn activities_of(problem: &PlanProblem, outcome: &PlanOutcome) -> SortedSet<(usize, usize)> {
    let document = problem.document();
    let place = |one: &SessionPlacement| {
        let person = document.people.iter().position(|person| person.id == one.person)?;
        Some((person, document.activities.iter().position(|activity| activity.id == one.activity)?))
    };
    outcome.plan().unwrap_or_default().iter().filter_map(place).collect()
}
