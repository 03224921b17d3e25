//! Many people: prices on what they share for a bound that holds, one after the other for a plan.
//!
//! Two plans are built, and the better one is kept. In the first, people come one after the other, each with what is
//! left. In the second, each first takes only the sessions that are worth their price, and then people are asked again,
//! those first who are farthest below what they could reach alone.

use std::cmp::Reverse;

use super::certificate::{Certificate, Proof};
use super::limits::SolveLimits;
use super::model::{Model, Overrides};
use super::outcome::PlanOutcome;
use super::shared_prices::{Choice, SharedPrices};
use super::solve::solve;
use crate::coaching::problem::{
    PersonEvaluation, PlanObjective, PlanProblem, PlanProblemDocument, ProblemPerson, SessionPlacement,
};

/// The most people that one exact master takes.
pub(super) const MOST_TOGETHER: usize = 8;

/// What is known from planning people one by one.
pub(super) struct Crowd {
    /// `None` when somebody cannot be planned even alone.
    pub(super) upper: Option<i64>,
    /// Whether the bound comes from prices.
    pub(super) is_priced: bool,
    /// What everybody does: in order of appearance, and by prices.
    pub(super) plans: Vec<Vec<SessionPlacement>>,
    pub(super) nodes: u64,
    pub(super) cuts: u64,
}

pub(super) fn one_by_one(problem: &PlanProblem, overrides: &Overrides, limits: &SolveLimits<'_>) -> Crowd {
    let mut crowd = Crowd { upper: None, is_priced: false, plans: Vec::new(), nodes: 0, cuts: 0 };
    let limits = SolveLimits { breaks_ties: false, ..*limits };
    let people = problem.document().people.iter().enumerate();
    let people = people.map(|(place, data)| {
        let own = overrides.of_person(place);
        let begun = begun(problem, data, &own);
        let alone = solve_alone(problem.document(), data, &own, &limits);
        Person { data, own, begun, most: most(&alone), proof: alone.certificate().proof().clone() }
    });
    let people: Vec<Person<'_>> = people.collect();
    people.iter().for_each(|person| crowd.count(&person.proof));
    let Some(alone) = people.iter().map(|person| person.most).collect::<Option<Vec<i64>>>() else { return crowd };
    let in_turn = InTurn { problem, people: &people, limits: &limits };

    let first_come = in_turn.plan(&mut crowd, &[]);
    let known = problem.evaluate(&first_come).value();
    let models = people.iter().map(|person| PlanProblem::of_checked(only(problem.document(), person.data)));
    let models: Vec<_> = models.zip(&people).map(|(one, person)| Model::new(&one, &person.own)).collect();
    let mut prices = SharedPrices::new(problem.document(), &models, &alone);
    prices.improve(known, &limits);
    crowd.nodes += prices.nodes;
    let sum: i64 = alone.iter().sum();
    crowd.is_priced = prices.upper < sum;
    crowd.upper = Some(prices.upper.min(sum));
    let by_prices = if prices.has_scarcity { in_turn.plan(&mut crowd, &prices.choices) } else { Vec::new() };
    crowd.plans = vec![first_come, by_prices];
    crowd
}

impl Crowd {
    fn count(&mut self, proof: &Proof) {
        self.nodes += proof.nodes();
        self.cuts += proof.cuts();
    }
}

struct Person<'a> {
    data: &'a ProblemPerson,
    own: Overrides,
    /// Sessions that have begun and stay.
    begun: Vec<SessionPlacement>,
    /// The most that the person reaches alone; `None` when there is no plan at all.
    most: Option<i64>,
    proof: Proof,
}

struct InTurn<'a> {
    problem: &'a PlanProblem,
    people: &'a [Person<'a>],
    limits: &'a SolveLimits<'a>,
}

impl InTurn<'_> {
    /// People one after the other; with `choices` each first within these, then all again in order of regret.
    fn plan(&self, crowd: &mut Crowd, choices: &[Choice]) -> Vec<SessionPlacement> {
        let mut left = self.problem.document().clone();
        let mut plans: Vec<Vec<SessionPlacement>> = self.people.iter().map(|person| person.begun.clone()).collect();
        plans.iter().for_each(|begun| take(&mut left, begun, 1));
        for (place, person) in self.people.iter().enumerate() {
            let choice = choices.get(place);
            self.ask(crowd, &mut left, person, choice, plans.get_mut(place));
        }
        if choices.is_empty() {
            return plans.concat();
        }
        let evaluation = self.problem.evaluate(&plans.concat());
        let reached = evaluation.people().iter().map(PersonEvaluation::value);
        let regrets = self.people.iter().zip(reached).map(|(person, value)| person.most.unwrap_or_default() - value);
        let mut order: Vec<(Reverse<i64>, usize)> =
            regrets.enumerate().map(|(place, regret)| (Reverse(regret), place)).collect();
        order.sort_unstable();
        for (_, place) in order {
            if let Some(person) = self.people.get(place) {
                self.ask(crowd, &mut left, person, None, plans.get_mut(place));
            }
        }
        plans.concat()
    }

    /// Plans one person anew with what is left and what the person holds already.
    fn ask(
        &self,
        crowd: &mut Crowd,
        left: &mut PlanProblemDocument,
        person: &Person<'_>,
        choice: Option<&Choice>,
        held: Option<&mut Vec<SessionPlacement>>,
    ) {
        let Some(held) = held else { return };
        take(left, held, -1);
        let mut outcome = None;
        if let Some(choice) = choice {
            let (document, own) = within_choice(left, &person.own, choice);
            outcome = Some(solve_alone(&document, person.data, &own, self.limits)).filter(|one| one.plan().is_some());
        }
        let outcome = outcome.unwrap_or_else(|| solve_alone(left, person.data, &person.own, self.limits));
        crowd.count(outcome.certificate().proof());
        if let Some(plan) = outcome.plan() {
            *held = plan.to_vec();
        }
        take(left, held, 1);
    }
}

/// The problem in which activities that take what is shared have no more sessions than chosen.
fn within_choice(left: &PlanProblemDocument, own: &Overrides, choice: &Choice) -> (PlanProblemDocument, Overrides) {
    let (mut document, mut own) = (left.clone(), own.clone());
    let takes_cost = document.shared_cost_max.is_some();
    for (place, activity) in document.activities.iter_mut().enumerate() {
        let is_shared = activity.coach.is_some() || activity.week_seats.is_some() || (takes_cost && activity.cost > 0);
        if !is_shared {
            continue;
        }
        match choice.get(&place) {
            Some(count) => activity.max_sessions = activity.max_sessions.min(*count),
            None => _ = own.banned.insert((0, place)),
        }
    }
    (document, own)
}

/// The sessions of one person that have begun and stay.
fn begun(problem: &PlanProblem, person: &ProblemPerson, own: &Overrides) -> Vec<SessionPlacement> {
    let Some(earlier) = &own.earlier else { return Vec::new() };
    let number = |place: usize| u32::try_from(place + 1).unwrap_or(u32::MAX);
    let begun = earlier.starts.iter().filter(|(_, week)| **week < earlier.from);
    let placement = |((_, activity, session), week): (&(usize, usize, usize), &usize)| {
        let activity = problem.document().activities.get(*activity)?.id.clone();
        Some(SessionPlacement { person: person.id.clone(), activity, session: number(*session), week: number(*week) })
    };
    begun.filter_map(placement).collect()
}

/// The most that a person reaches alone; `None` when there is no plan at all.
fn most(outcome: &PlanOutcome) -> Option<i64> {
    match outcome.certificate() {
        Certificate::Optimal { .. } => outcome.evaluation().map(|evaluation| evaluation.value()),
        Certificate::Bounded { upper, .. } => Some(*upper),
        Certificate::Infeasible { .. } => None,
    }
}

fn solve_alone(
    document: &PlanProblemDocument,
    person: &ProblemPerson,
    overrides: &Overrides,
    limits: &SolveLimits<'_>,
) -> PlanOutcome {
    solve(&PlanProblem::of_checked(only(document, person)), overrides, limits)
}

/// The problem of one person.
fn only(document: &PlanProblemDocument, person: &ProblemPerson) -> PlanProblemDocument {
    let mut alone = document.clone();
    alone.people = vec![person.clone()];
    alone.objective = PlanObjective::Sum;
    alone
}

/// Takes the sessions' coaching and cost, so many times, out of what is left.
fn take(left: &mut PlanProblemDocument, sessions: &[SessionPlacement], times: i64) {
    for placement in sessions {
        let Some(activity) = left.activities.iter_mut().find(|one| one.id == placement.activity) else { continue };
        let start = usize::try_from(placement.week.saturating_sub(1)).unwrap_or_default();
        left.shared_cost_max = left.shared_cost_max.map(|most| most - times * activity.cost);
        for seats in activity.week_seats.iter_mut().filter_map(|seats| seats.get_mut(start)) {
            *seats -= times;
        }
        let Some(coach) = &activity.coach else { continue };
        let pools = left.coach_pools.iter_mut().filter(|pool| pool.id == coach.pool);
        for pool in pools {
            for (minutes, taken) in pool.week_minutes.iter_mut().skip(start).zip(&coach.load) {
                *minutes -= times * taken;
            }
        }
    }
}
