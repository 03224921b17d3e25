//! The best plan in which each urgent goal gets an activity.

use std::collections::BTreeMap;

use super::person_problem::PersonProblem;
use crate::planning::{Evaluation, PlanOutcome, SolveLimits};
use crate::value::Key;

/// Searches the plans in which given goals get something, best first.
///
/// A plan that leaves a goal out is a bound for those that do not; below it stands one plan for each activity that could be
/// demanded for the goal. The first plan taken up that serves all goals is the best one.
pub(super) struct Coverage<'a> {
    person: &'a PersonProblem<'a>,
    limits: SolveLimits<'a>,
    /// The best plan for each set of activities that has to take place.
    solved: BTreeMap<Vec<Key>, PlanOutcome>,
    /// No plan that serves goals for which none was found, though none is ruled out, is worth more.
    undecided: i64,
}

/// A plan that serves the goals asked for.
pub(super) struct Covered {
    pub(super) mandatory: Vec<Key>,
    pub(super) outcome: PlanOutcome,
    pub(super) value: i64,
    /// No plan that serves these goals is worth more.
    pub(super) upper: i64,
}

/// How many plans are made at most; what is open then stays a bound.
const MOST_PLANS: usize = 150;

impl<'a> Coverage<'a> {
    pub(super) fn new(person: &'a PersonProblem<'a>) -> Self {
        let limits = SolveLimits { tie_nodes: 0, ..SolveLimits::default() };
        Self { person, limits, solved: BTreeMap::new(), undecided: i64::MIN }
    }

    /// The best plan that serves as many of the goals in focus as can be served together, more urgent ones first.
    ///
    /// `None` when there is no plan at all, or none was found.
    pub(super) fn best(&mut self) -> Option<Covered> {
        let all: Vec<usize> = (0..self.person.focus.len()).collect();
        if let Some(found) = self.serving(&all) {
            return Some(found);
        }
        let (mut served, mut best) = (Vec::new(), self.serving(&[])?);
        for goal in all {
            let more: Vec<usize> = served.iter().copied().chain([goal]).collect();
            if let Some(found) = self.serving(&more) {
                (served, best) = (more, found);
            }
        }
        best.upper = best.upper.max(self.undecided);
        Some(best)
    }

    /// The outcome of each way to meet what is required, to tell why there is no plan.
    pub(super) fn first_outcome(&self) -> Option<&PlanOutcome> {
        self.person.ways_wanted().next().and_then(|way| self.solved.get(way))
    }

    /// The best plan that serves these goals, by their places in the focus.
    fn serving(&mut self, goals: &[usize]) -> Option<Covered> {
        let mut open: Vec<Vec<Key>> = self.person.ways_wanted().cloned().collect();
        let (mut best, mut made): (Option<(Vec<Key>, i64)>, usize) = (None, 0);
        let mut cut_off = i64::MIN;
        while let Some(place) = self.most_promising(&open) {
            let mandatory = open.swap_remove(place);
            let Some((value, upper)) = self.worth(&mandatory) else {
                cut_off = cut_off.max(self.bound_without_plan(&mandatory));
                continue;
            };
            if best.as_ref().is_some_and(|(_, best)| *best >= upper) {
                continue;
            }
            match goals.iter().find(|goal| !self.serves(&mandatory, **goal)) {
                None => {
                    if best.as_ref().is_none_or(|(_, best)| value > *best) {
                        cut_off = cut_off.max(upper);
                        best = Some((mandatory, value));
                    }
                }
                Some(_) if made >= MOST_PLANS => cut_off = cut_off.max(upper),
                Some(goal) => {
                    let children = self.demanding(&mandatory, *goal);
                    made += children.len();
                    open.extend(children);
                }
            }
        }
        let Some((mandatory, value)) = best else {
            self.undecided = self.undecided.max(cut_off);
            return None;
        };
        let outcome = self.solved.get(&mandatory)?.clone();
        Some(Covered { mandatory, outcome, value, upper: cut_off.max(value) })
    }

    /// The place of the set whose best plan is worth most.
    fn most_promising(&mut self, open: &[Vec<Key>]) -> Option<usize> {
        let bound = |one: &mut Self, place: usize| one.worth(open.get(place)?).map(|(_, upper)| upper);
        (0..open.len()).max_by_key(|place| (bound(self, *place), std::cmp::Reverse(*place)))
    }

    /// The value of the best plan found with these activities, and what none exceeds; `None` without a plan.
    fn worth(&mut self, mandatory: &[Key]) -> Option<(i64, i64)> {
        if !self.solved.contains_key(mandatory) {
            let document = self.person.problem.document().clone();
            let problem = PersonProblem::requiring(document, mandatory.to_vec())?;
            self.solved.insert(mandatory.to_vec(), problem.solve(&self.limits));
        }
        let outcome = self.solved.get(mandatory)?;
        let value = outcome.evaluation().map(Evaluation::value)?;
        Some((value, outcome.upper().unwrap_or(value)))
    }

    /// What no plan with these activities is worth more than where none was found and none is ruled out.
    fn bound_without_plan(&self, mandatory: &[Key]) -> i64 {
        self.solved.get(mandatory).and_then(PlanOutcome::upper).unwrap_or(i64::MIN)
    }

    /// Whether the best plan with these activities brings the goal nearer.
    fn serves(&self, mandatory: &[Key], goal: usize) -> bool {
        let person = self.solved.get(mandatory).and_then(PlanOutcome::evaluation).and_then(|one| one.people().first());
        person.and_then(|person| person.closed().get(goal)).is_some_and(|closed| *closed > 0)
    }

    /// The set with one more activity that works on the goal, for each such activity.
    fn demanding(&self, mandatory: &[Key], goal: usize) -> Vec<Vec<Key>> {
        let Some(goal) = self.person.focus.get(goal) else { return Vec::new() };
        let is_taken = |key: &Key| {
            let chosen = self.person.variants.iter().filter(|one| mandatory.contains(&one.id));
            chosen.into_iter().any(|one| one.activity.key == *key)
        };
        let works = self.person.variants.iter().filter(|one| one.credited.contains(goal));
        let free = works.filter(|one| !is_taken(&one.activity.key));
        free.map(|one| mandatory.iter().cloned().chain([one.id.clone()]).collect()).collect()
    }
}
