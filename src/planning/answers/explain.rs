//! Reasons for each activity in a plan and out of it, from the evaluator alone.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use crate::value::SortedSet;

use super::reason::{ActivityReasons, PlanReason};
use crate::planning::model::Places;
use crate::planning::model::only;
use crate::planning::problem::{
    PlanProblem, PlanProblemDocument, PlanViolation, ProblemActivity, ProblemPerson, SessionPlacement,
};
use crate::value::Key;

impl PlanProblem {
    /// Why each activity is in `plan`, or is not, for each person: in the order of the problem.
    ///
    /// The reasons are structural: found by evaluating `plan` with and without one activity and sessions on their own,
    /// not by solving. What overruling one of them costs is what [`price_of`](Self::price_of) tells.
    #[must_use]
    pub fn explain(&self, plan: &[SessionPlacement]) -> Vec<ActivityReasons> {
        let places = Places::new(self);
        let people = 0..self.document().people.len();
        people.flat_map(|place| Explanation::new(self, &places, place, plan).all()).collect()
    }
}

/// What speaks for and against the activities of one person; lists are by activity.
struct Explanation<'a> {
    problem: &'a PlanProblem,
    places: &'a Places<'a>,
    person: &'a ProblemPerson,
    /// The values of the person's own sessions: nobody else's change them.
    own: PlanProblem,
    plan: Vec<SessionPlacement>,
    value: i64,
    is_chosen: Vec<bool>,
    completed: SortedSet<usize>,
    mandatory: SortedSet<usize>,
    /// The first week in which one session alone could start, and its value then: later it is worth no more.
    firsts: Vec<Option<(u32, i64)>>,
    /// What keeps each from taking place at all.
    obstacles: Vec<Option<PlanReason>>,
    /// The synergies that it is part of.
    synergies: Vec<Vec<usize>>,
}

impl<'a> Explanation<'a> {
    fn new(problem: &'a PlanProblem, places: &'a Places<'a>, place: usize, plan: &[SessionPlacement]) -> Self {
        let document = problem.document();
        let person = &document.people[place];
        let plan: Vec<SessionPlacement> = plan.iter().filter(|one| one.person == person.id).cloned().collect();
        let own = for_values(only(document, problem, &[place]).document());
        let chosen: SortedSet<&Key> = plan.iter().map(|one| &one.activity).collect();
        let mut synergies = vec![Vec::new(); document.activities.len()];
        for (synergy, members) in places.synergies.iter().enumerate() {
            members.iter().for_each(|what| synergies[*what].push(synergy));
        }
        let mut explanation = Self {
            problem,
            places,
            person,
            value: own.evaluate(&plan).value(),
            own,
            is_chosen: document.activities.iter().map(|one| chosen.contains(&one.id)).collect(),
            plan,
            completed: places.of(&person.completed).collect(),
            mandatory: places.of(&person.mandatory).collect(),
            firsts: Vec::new(),
            obstacles: vec![None; document.activities.len()],
            synergies,
        };
        explanation.find_obstacles();
        explanation
    }

    fn all(&self) -> Vec<ActivityReasons> {
        let (needing, excluders) = (self.needing(), self.excluders());
        let activities = self.problem.document().activities.iter().enumerate();
        activities
            .map(|(what, activity)| {
                let is_in = self.is_chosen[what];
                let reasons =
                    if is_in { self.inside(what, &needing[what]) } else { vec![self.outside(what, excluders[what])] };
                ActivityReasons { person: self.person.id.clone(), activity: activity.id.clone(), is_in, reasons }
            })
            .collect()
    }

    fn activity(&self, what: usize) -> &'a ProblemActivity {
        &self.problem.document().activities[what]
    }

    /// The chosen activities that require each.
    fn needing(&self) -> Vec<Vec<Key>> {
        let mut needing = vec![Vec::new(); self.is_chosen.len()];
        for what in (0..self.is_chosen.len()).filter(|what| self.is_chosen[*what]) {
            for required in &self.places.requires[what] {
                needing[*required].push(self.activity(what).id.clone());
            }
        }
        needing
    }

    /// A chosen activity of the same exclusive group as each.
    fn excluders(&self) -> Vec<Option<usize>> {
        let mut excluders = vec![None; self.is_chosen.len()];
        for group in &self.problem.document().exclusive {
            let Some(chosen) = self.places.of(group).find(|what| self.is_chosen[*what]) else { continue };
            self.places.of(group).for_each(|what| _ = excluders[what].get_or_insert(chosen));
        }
        excluders
    }

    fn inside(&self, what: usize, needing: &[Key]) -> Vec<PlanReason> {
        let mut reasons = Vec::new();
        if self.mandatory.contains(&what) {
            reasons.push(PlanReason::Mandatory {});
        }
        if !needing.is_empty() {
            reasons.push(PlanReason::PrerequisiteOf { activities: needing.to_vec() });
        }
        let id = &self.activity(what).id;
        let others: Vec<SessionPlacement> = self.plan.iter().filter(|one| one.activity != *id).cloned().collect();
        let value = self.value - self.own.evaluate(&others).value();
        if value > 0 {
            reasons.push(PlanReason::Contributes { value });
        }
        if reasons.is_empty() { vec![PlanReason::Fills {}] } else { reasons }
    }

    /// The first reason that applies; they come from the most to the least lasting.
    fn outside(&self, what: usize, excluder: Option<usize>) -> PlanReason {
        if self.completed.contains(&what) {
            PlanReason::Completed {}
        } else if !self.serves(what, false) {
            PlanReason::NoGoal {}
        } else if !self.serves(what, true) {
            PlanReason::AboveCeiling {}
        } else if let Some(obstacle) = &self.obstacles[what] {
            obstacle.clone()
        } else if let Some(excluder) = excluder {
            PlanReason::ExclusiveWith { activity: self.activity(excluder).id.clone() }
        } else if self.best_value_with(what) <= self.value {
            PlanReason::GoalSaturated {}
        } else {
            PlanReason::CrowdedOut {}
        }
    }

    /// Whether an activity works on a goal of the person; with `above`, beyond where the person stands.
    fn serves(&self, what: usize, above: bool) -> bool {
        let mut gains = self.activity(what).gains.iter().map(|gain| (&gain.skill, gain.ceiling));
        let synergies = self.synergies[what].iter().map(|place| &self.problem.document().synergies[*place]);
        let lifts = |(skill, ceiling): (&Key, i64)| {
            let mut goals = self.person.goals.iter().filter(|goal| goal.gap() > 0 && goal.weight > 0);
            goals.any(|goal| goal.skill == *skill && (!above || ceiling > goal.from))
        };
        gains.any(lifts) || synergies.map(|one| (&one.skill, one.ceiling)).any(lifts)
    }

    /// What keeps each activity from taking place at all, known of what it requires before it is asked of itself.
    fn find_obstacles(&mut self) {
        self.firsts = (0..self.is_chosen.len()).map(|what| self.first(what)).collect();
        for what in &self.places.in_order {
            self.obstacles[*what] = self.obstacle(*what);
        }
    }

    fn obstacle(&self, what: usize) -> Option<PlanReason> {
        if self.activity(what).cost > self.person.cost_max {
            return Some(PlanReason::TooDear {});
        }
        let Some((_, value)) = self.firsts[what] else { return Some(PlanReason::NoWeek {}) };
        let is_out = |one: &Option<PlanReason>| one.as_ref().is_some_and(|reason| *reason != PlanReason::TooLate {});
        let mut requires = self.places.requires[what].iter().filter(|one| !self.completed.contains(one));
        if let Some(required) = requires.find(|one| is_out(&self.obstacles[**one])) {
            return Some(PlanReason::PrerequisiteUnreachable { requires: self.activity(*required).id.clone() });
        }
        (value == 0 && self.synergies[what].is_empty()).then_some(PlanReason::TooLate {})
    }

    /// The problem of the person and one activity.
    fn alone(&self, what: usize) -> PlanProblem {
        let (all, activity) = (self.own.document(), &self.own.document().activities[what]);
        let is_used = |id: &Key| activity.coach.as_ref().is_some_and(|coach| coach.pool == *id);
        let is_alone = |ids: &[Key]| ids.iter().all(|id| *id == activity.id);
        PlanProblem::of_checked(PlanProblemDocument {
            schema: None,
            people: all.people.clone(),
            objective: all.objective,
            format: all.format,
            name: all.name.clone(),
            description: None,
            horizon_weeks: all.horizon_weeks,
            skills: all.skills.clone(),
            activities: vec![activity.clone()],
            exclusive: Vec::new(),
            synergies: all.synergies.iter().filter(|one| is_alone(&one.activities)).cloned().collect(),
            coach_pools: all.coach_pools.iter().filter(|pool| is_used(&pool.id)).cloned().collect(),
            shared_cost_max: None,
        })
    }

    fn first(&self, what: usize) -> Option<(u32, i64)> {
        let alone = self.alone(what);
        let weeks = u32::try_from(self.problem.weeks()).unwrap_or_default();
        let value = |week: u32| {
            let evaluation = alone.evaluate(&[self.first_session(what, week)]);
            let is_barred = evaluation.violations().iter().any(|one| {
                matches!(
                    one,
                    PlanViolation::OutsideWindow { .. }
                        | PlanViolation::OverWeek { .. }
                        | PlanViolation::OverCoach { .. }
                        | PlanViolation::OverSeats { .. }
                        | PlanViolation::OverTotalMinutes { .. }
                )
            });
            (!is_barred).then(|| (week, evaluation.value()))
        };
        (1..=weeks).find_map(value)
    }

    fn first_session(&self, what: usize, week: u32) -> SessionPlacement {
        SessionPlacement { person: self.person.id.clone(), activity: self.activity(what).id.clone(), session: 1, week }
    }

    /// What the plan would be worth with one session more, as early as it could start alone, whatever else it broke.
    fn best_value_with(&self, what: usize) -> i64 {
        let Some((week, _)) = self.firsts[what] else { return self.value };
        let mut plan = self.plan.clone();
        plan.push(self.first_session(what, week));
        self.own.evaluate(&plan).value()
    }
}

/// The problem without what changes no value and keeps no session from its week.
fn for_values(document: &PlanProblemDocument) -> PlanProblem {
    let mut document = document.clone();
    document.exclusive.clear();
    for person in &mut document.people {
        person.completed.clear();
        person.mandatory.clear();
    }
    document.activities.iter_mut().for_each(|activity| activity.requires.clear());
    PlanProblem::of_checked(document)
}
