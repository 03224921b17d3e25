//! Reasons for each activity in a plan and out of it, from the evaluator alone.

use std::collections::BTreeSet;

use super::reason::{ActivityReasons, PlanReason};
use crate::coaching::problem::{PlanProblem, PlanViolation, ProblemActivity, ProblemPerson, SessionPlacement};
use crate::value::Key;

impl PlanProblem {
    /// Why each activity is in `plan`, or is not, for each person: in the order of the problem.
    ///
    /// The reasons are structural and cheap; what overruling one of them costs is what [`price_of`](Self::price_of) tells.
    #[must_use]
    pub fn explain(&self, plan: &[SessionPlacement]) -> Vec<ActivityReasons> {
        let people = self.document().people.iter();
        people.flat_map(|person| Explanation::new(self, person, plan).all()).collect()
    }
}

struct Explanation<'a> {
    problem: &'a PlanProblem,
    person: &'a ProblemPerson,
    plan: &'a [SessionPlacement],
    chosen: BTreeSet<&'a Key>,
    value: i64,
}

impl<'a> Explanation<'a> {
    fn new(problem: &'a PlanProblem, person: &'a ProblemPerson, plan: &'a [SessionPlacement]) -> Self {
        let own = plan.iter().filter(|one| one.person == person.id);
        Self {
            problem,
            person,
            plan,
            chosen: own.map(|one| &one.activity).collect(),
            value: problem.evaluate(plan).value(),
        }
    }

    fn all(&self) -> Vec<ActivityReasons> {
        let activities = self.problem.document().activities.iter();
        activities
            .map(|activity| {
                let is_in = self.chosen.contains(&activity.id);
                let reasons = if is_in { self.inside(activity) } else { self.outside(activity) };
                ActivityReasons { person: self.person.id.clone(), activity: activity.id.clone(), is_in, reasons }
            })
            .collect()
    }

    fn inside(&self, activity: &ProblemActivity) -> Vec<PlanReason> {
        let mut reasons = Vec::new();
        if self.person.mandatory.contains(&activity.id) {
            reasons.push(PlanReason::Mandatory {});
        }
        let activities = self.problem.document().activities.iter();
        let needing = activities.filter(|one| self.chosen.contains(&one.id) && one.requires.contains(&activity.id));
        let activities: Vec<Key> = needing.map(|one| one.id.clone()).collect();
        if !activities.is_empty() {
            reasons.push(PlanReason::PrerequisiteOf { activities });
        }
        let others: Vec<SessionPlacement> = self
            .plan
            .iter()
            .filter(|one| one.person != self.person.id || one.activity != activity.id)
            .cloned()
            .collect();
        let value = self.value - self.problem.evaluate(&others).value();
        if value > 0 {
            reasons.push(PlanReason::Contributes { value });
        }
        if reasons.is_empty() { vec![PlanReason::Fills {}] } else { reasons }
    }

    /// The first reason that applies alone; they come from the most to the least lasting.
    fn outside(&self, activity: &ProblemActivity) -> Vec<PlanReason> {
        if self.person.completed.contains(&activity.id) {
            return vec![PlanReason::Completed {}];
        }
        let goals = || self.person.goals.iter().filter(|goal| goal.gap() > 0 && goal.weight > 0);
        let serves = |above: bool| {
            let lifts =
                |skill: &Key, ceiling: i64| goals().any(|goal| goal.skill == *skill && (!above || ceiling > goal.from));
            let synergies =
                self.problem.document().synergies.iter().filter(|one| one.activities.contains(&activity.id));
            activity.gains.iter().any(|gain| lifts(&gain.skill, gain.ceiling))
                || synergies.into_iter().any(|one| lifts(&one.skill, one.ceiling))
        };
        let reason = if !serves(false) {
            PlanReason::NoGoal {}
        } else if !serves(true) {
            PlanReason::AboveCeiling {}
        } else if let Some(obstacle) = self.obstacle(activity) {
            obstacle
        } else if let Some(activity) = self.excluder(activity) {
            PlanReason::ExclusiveWith { activity }
        } else if self.best_value_with(activity) <= self.value {
            PlanReason::GoalSaturated {}
        } else {
            PlanReason::CrowdedOut {}
        };
        vec![reason]
    }

    /// What keeps the activity from taking place at all.
    fn obstacle(&self, activity: &ProblemActivity) -> Option<PlanReason> {
        if activity.cost > self.person.cost_max {
            return Some(PlanReason::TooDear {});
        }
        let weeks = self.open_weeks(activity);
        if weeks.is_empty() {
            return Some(PlanReason::NoWeek {});
        }
        let unreachable =
            activity.requires.iter().filter(|one| !self.person.completed.contains(one)).find(|requires| {
                let required = self.problem.document().activities.iter().find(|one| one.id == **requires);
                required
                    .is_some_and(|one| matches!(self.obstacle(one), Some(reason) if reason != PlanReason::TooLate {}))
            });
        if let Some(requires) = unreachable {
            return Some(PlanReason::PrerequisiteUnreachable { requires: requires.clone() });
        }
        let in_time =
            weeks.iter().any(|week| self.problem.evaluate(&[self.first_session(activity, *week)]).value() > 0);
        let is_together = self.problem.document().synergies.iter().any(|one| one.activities.contains(&activity.id));
        (!in_time && !is_together).then_some(PlanReason::TooLate {})
    }

    /// The weeks in which one session alone could start.
    fn open_weeks(&self, activity: &ProblemActivity) -> Vec<u32> {
        let weeks = u32::try_from(self.problem.weeks()).unwrap_or_default();
        let is_open = |week: &u32| {
            let evaluation = self.problem.evaluate(&[self.first_session(activity, *week)]);
            !evaluation.violations().iter().any(|one| {
                matches!(
                    one,
                    PlanViolation::OutsideWindow { .. }
                        | PlanViolation::OverWeek { .. }
                        | PlanViolation::OverCoach { .. }
                        | PlanViolation::OverSeats { .. }
                        | PlanViolation::OverTotalMinutes { .. }
                )
            })
        };
        (1..=weeks).filter(is_open).collect()
    }

    fn first_session(&self, activity: &ProblemActivity, week: u32) -> SessionPlacement {
        SessionPlacement { person: self.person.id.clone(), activity: activity.id.clone(), session: 1, week }
    }

    /// A chosen activity of the same exclusive group.
    fn excluder(&self, activity: &ProblemActivity) -> Option<Key> {
        let groups = self.problem.document().exclusive.iter().filter(|group| group.contains(&activity.id));
        groups.flatten().find(|one| self.chosen.contains(one)).cloned()
    }

    /// What the plan would be worth with one session more, whatever else it broke.
    fn best_value_with(&self, activity: &ProblemActivity) -> i64 {
        let with = |week: u32| {
            let mut plan = self.plan.to_vec();
            plan.push(self.first_session(activity, week));
            self.problem.evaluate(&plan).value()
        };
        self.open_weeks(activity).into_iter().map(with).max().unwrap_or(self.value)
    }
}
