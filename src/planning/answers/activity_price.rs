use super::outcome::PlanOutcome;
use super::plan_loss::PlanLoss;
use crate::planning::model::Overrides;
use crate::planning::model::SolveLimits;
use crate::planning::problem::{Evaluation, PlanObjective, PlanProblem};
use crate::planning::search::solve;

/// What it costs to overrule the planner about one activity of one person, by solving again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityPrice {
    with: PlanOutcome,
    without: PlanOutcome,
    objective: PlanObjective,
}

impl ActivityPrice {
    /// The best plan with the activity.
    #[must_use]
    pub fn with(&self) -> &PlanOutcome {
        &self.with
    }

    /// The best plan without it.
    #[must_use]
    pub fn without(&self) -> &PlanOutcome {
        &self.without
    }

    /// What is lost by insisting on the activity, compared with the better of the two plans by the problem's objective;
    /// nothing for an activity that some best plan holds. `None` unless both plans are proven optimal.
    #[must_use]
    pub fn of_insisting(&self) -> Option<PlanLoss> {
        let (with, without) = self.proven()?;
        Some(PlanLoss::of(with, without, self.objective))
    }

    /// What is lost by going without the activity, compared in the same way; nothing for one that some best plan leaves
    /// out. `None` unless both plans are proven optimal.
    #[must_use]
    pub fn of_going_without(&self) -> Option<PlanLoss> {
        let (with, without) = self.proven()?;
        Some(PlanLoss::of(without, with, self.objective))
    }

    fn proven(&self) -> Option<(&Evaluation, &Evaluation)> {
        let is_proven = self.with.certificate().is_optimal() && self.without.certificate().is_optimal();
        self.with.evaluation().zip(self.without.evaluation()).filter(|_| is_proven)
    }
}

impl PlanProblem {
    /// What it costs to overrule the planner about `activity` for `person`: exact, by solving with the activity in the plan
    /// and with it out. An activity that the person has completed can neither be added nor left out: both plans are the best
    /// one. `None` when the problem does not know one of the two.
    ///
    /// ```
    /// # use service_excellence::planning::{PlanProblem, SolveLimits};
    /// # let problem = PlanProblem::from_json(r#"{
    /// #     "format": "coaching-plan-instance/1", "name": "two", "horizon_weeks": 1, "skills": ["empathy"],
    /// #     "people": [{"id": "agent-7", "week_minutes_max": [60], "total_minutes_max": 60, "cost_max": 0,
    /// #         "goals": [{"skill": "empathy", "from": 2000, "to": 4000, "weight": 1}]}],
    /// #     "activities": [
    /// #         {"id": "short", "load": [40], "cost": 0, "max_sessions": 1, "repeat_gap_weeks": 1,
    /// #          "gains": [{"skill": "empathy", "gain": [100], "ceiling": 5000}]},
    /// #         {"id": "long", "load": [60], "cost": 0, "max_sessions": 1, "repeat_gap_weeks": 1,
    /// #          "gains": [{"skill": "empathy", "gain": [250], "ceiling": 5000}]}],
    /// #     "objective": "sum"}"#)?;
    /// // One hour, and two activities that do not fit into it together.
    /// let price = problem.price_of("agent-7", "short", &SolveLimits::default()).ok_or("no such activity")?;
    /// # if cfg!(feature = "exact") {
    /// assert_eq!(price.of_insisting().map(|lost| lost.value()), Some(150));
    /// assert_eq!(price.of_going_without().map(|lost| lost.is_nothing()), Some(true));
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn price_of(&self, person: &str, activity: &str, limits: &SolveLimits<'_>) -> Option<ActivityPrice> {
        let document = self.document();
        let who = document.people.iter().position(|one| one.id.as_str() == person)?;
        let what = document.activities.iter().position(|one| one.id.as_str() == activity)?;
        let forced = Overrides { forced: [(who, what)].into(), ..Overrides::default() };
        let banned = Overrides { banned: [(who, what)].into(), ..Overrides::default() };
        limits.asking_until_stopped(|limits| {
            let (with, without) = (solve(self, &forced, limits), solve(self, &banned, limits));
            Some(ActivityPrice { with, without, objective: document.objective })
        })
    }
}
