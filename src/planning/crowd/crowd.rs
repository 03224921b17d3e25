//! Many people: prices on what they share for a bound that holds, one after the other for a plan.
//!
//! Two plans are built, and the better one is kept. In the first, people come one after the other, each with what is
//! left. In the second, each first takes only the sessions that are worth their price, and then people are asked again,
//! those first who are farthest below what they could reach alone. Where the first leaves somebody without what they must
//! have, everybody first gets that, with the least of what is shared; nobody loses it afterwards.

use std::cmp::Reverse;

use super::needs::{least_claim, without};
use super::shared_prices::{Choice, SharedPrices};
use crate::planning::answers::PlanOutcome;
use crate::planning::answers::Proof;
use crate::planning::model::{LimitHit, SolveLimits};
use crate::planning::model::{Model, Overrides};
use crate::planning::model::{only, take};
use crate::planning::problem::{PlanProblem, PlanProblemDocument, SessionPlacement};
use crate::planning::search::solve_together;
use crate::planning::seeds;
use crate::value::Fingerprint;
use crate::value::RandomStream;

/// How many people are planned anew together, few enough for one quick master, and how often at most.
const TOGETHER: usize = 4;
const EXCHANGES: usize = 80;
/// How often people are given what they must have, those first who were left without.
const NEEDY_ROUNDS: usize = 4;
/// Rounds of quick plans and tolls for all people together, so that a round more for each is no minute more for many.
const QUICK_ROUNDS: u64 = 10_000;
const TOLL_ROUNDS: u64 = 1_000;

/// What is known from planning people one by one.
pub(crate) struct Crowd {
    pub(crate) upper: i64,
    /// Whether the bound comes from prices.
    pub(crate) is_priced: bool,
    /// What everybody does: in order of appearance, and by prices.
    pub(crate) plans: Vec<Vec<SessionPlacement>>,
    pub(crate) nodes: u64,
    pub(crate) cuts: u64,
    pub(crate) hits: Vec<LimitHit>,
}

/// Plans people one by one; the place of somebody who cannot be planned even alone, if there is one.
pub(crate) fn one_by_one(
    problem: &PlanProblem,
    overrides: &Overrides,
    limits: &SolveLimits<'_>,
) -> Result<Crowd, usize> {
    let mut crowd = Crowd { upper: 0, is_priced: false, plans: Vec::new(), nodes: 0, cuts: 0, hits: Vec::new() };
    let (own_limits, fingerprint) = (share_of(limits, problem.document().people.len()), problem.fingerprint());
    let mut people = Vec::new();
    for (place, person) in problem.document().people.iter().enumerate() {
        let own = overrides.of_people(&[place]);
        if limits.is_stopped() {
            people.push(Person { begun: begun(problem, place, &own), own, most: person.ideal(), plan: None });
            continue;
        }
        let alone = solve_together(&only(problem.document(), problem, &[place]), &own, &own_limits, &fingerprint);
        crowd.count(alone.certificate().proof());
        let most = alone.upper().ok_or(place)?;
        let plan = alone.plan().map(<[SessionPlacement]>::to_vec);
        people.push(Person { begun: begun(problem, place, &own), own, most, plan });
    }
    let most_nodes = limits.master_nodes;
    let mut in_turn =
        InTurn { problem, overrides, people: &people, limits: own_limits, fingerprint, most_nodes, crowd };

    let mut bases = vec![in_turn.begun()];
    let mut plans = vec![in_turn.plan(in_turn.begun(), &[])];
    if plans.iter().any(|plan| !in_turn.lacking(plan).is_empty()) {
        let necessary = in_turn.necessary();
        plans.push(in_turn.plan(necessary.clone(), &[]));
        bases.push(necessary);
    }
    let known = in_turn.known(&plans);
    let alone: Vec<i64> = people.iter().map(|person| person.most).collect();
    let sum: i64 = alone.iter().sum();
    let (mut upper, mut price_nodes) = (sum, 0);
    if known < sum && !limits.is_stopped() {
        let model = |(place, person): (usize, &Person)| {
            (!limits.is_stopped()).then(|| Model::new(&only(problem.document(), problem, &[place]), &person.own))
        };
        let models: Option<Vec<Model>> = people.iter().enumerate().map(model).collect();
        if let Some(models) = models {
            let mut prices = SharedPrices::new(problem.document(), &models, &alone, limits);
            prices.improve(known, &SolveLimits { master_nodes: limits.master_nodes / 2, ..*limits });
            (upper, price_nodes) = (prices.upper.min(sum), prices.nodes);
            if known < upper && !prices.choices.is_empty() {
                plans.extend(bases.into_iter().map(|base| in_turn.plan(base, &prices.choices)));
            }
        }
    }
    if let Some(best) = plans.iter().max_by_key(|plan| in_turn.rank(plan)).cloned() {
        plans.push(in_turn.exchanged(best, upper));
    }
    let mut crowd = in_turn.crowd;
    crowd.nodes += price_nodes;
    crowd.is_priced = upper < sum;
    crowd.upper = upper;
    crowd.plans = plans.iter().map(|plan| plan.concat()).collect();
    Ok(crowd)
}

/// Limits for one of many people: alone, all together may take half of what one problem may, and in turn as much again.
pub(crate) fn share_of<'a>(limits: &SolveLimits<'a>, people: usize) -> SolveLimits<'a> {
    let people = people as u64;
    let of_rounds = |all: u64| u32::try_from(all / people).unwrap_or(u32::MAX).max(1);
    SolveLimits {
        master_nodes: (limits.master_nodes / (2 * people)).max(1),
        quick_steps: limits.quick_steps / people,
        quick_rounds: limits.quick_rounds.min(of_rounds(QUICK_ROUNDS)),
        toll_rounds: limits.toll_rounds.min(of_rounds(TOLL_ROUNDS)),
        price_steps: limits.price_steps / people,
        tie_nodes: 0,
        ..*limits
    }
}

/// Limits for one of many exchanges, none above the caller's: a group that has no better plan at once is left for the
/// next one, as no exchange has to prove anything.
fn within_an_exchange<'a>(limits: &SolveLimits<'a>) -> SolveLimits<'a> {
    SolveLimits {
        master_nodes: limits.master_nodes.min(300),
        schedule_steps: limits.schedule_steps.min(5_000),
        schedule_nodes: limits.schedule_nodes.min(20),
        second_look: 1,
        toll_rounds: limits.toll_rounds.min(3),
        rounds: limits.rounds.min(20),
        quick_rounds: limits.quick_rounds.min(20),
        undecided: limits.undecided.min(2),
        ..*limits
    }
}

impl Crowd {
    fn count(&mut self, proof: &Proof) {
        self.nodes += proof.nodes();
        self.cuts += proof.cuts();
        // What kept one person's plan from a proof keeps that of all from one.
        self.hits.extend(proof.limits_hit());
        self.hits.sort_unstable();
        self.hits.dedup();
    }
}

struct Person {
    own: Overrides,
    /// Sessions that have begun and stay.
    begun: Vec<SessionPlacement>,
    /// The most that the person reaches alone.
    most: i64,
    /// What the person does alone.
    plan: Option<Vec<SessionPlacement>>,
}

/// What everybody does.
type Plans = Vec<Vec<SessionPlacement>>;

struct InTurn<'a> {
    problem: &'a PlanProblem,
    overrides: &'a Overrides,
    people: &'a [Person],
    limits: SolveLimits<'a>,
    fingerprint: Fingerprint,
    /// The nodes of branch and bound that one problem may take.
    most_nodes: u64,
    crowd: Crowd,
}

impl InTurn<'_> {
    fn begun(&self) -> Plans {
        self.people.iter().map(|person| person.begun.clone()).collect()
    }

    /// What is left of all that is shared.
    fn left_by(&self, plans: &Plans) -> PlanProblemDocument {
        let mut left = self.problem.document().clone();
        left.people.clear();
        plans.iter().for_each(|plan| take(&mut left, plan, 1));
        left
    }

    /// Gives people what they must have and nothing else, those first who were left without the last time.
    fn necessary(&mut self) -> Plans {
        let begun = self.begun();
        let mut order = self.lacking(&begun);
        let mut best: Option<(usize, Plans)> = None;
        for _ in 0..NEEDY_ROUNDS {
            let mut plans = begun.clone();
            let mut left = self.left_by(&plans);
            let (mut served, mut unserved) = (Vec::new(), Vec::new());
            for place in order {
                let (Some(person), Some(held)) = (self.people.get(place), plans.get_mut(place)) else { continue };
                take(&mut left, held, -1);
                let part = only(&left, self.problem, &[place]);
                let (plan, nodes) = least_claim(&part, &person.own, &self.limits);
                self.crowd.nodes += nodes;
                if plan.is_some() {
                    served.push(place)
                } else {
                    unserved.push(place)
                }
                *held = plan.unwrap_or_else(|| held.clone());
                take(&mut left, held, 1);
            }
            let count = unserved.len();
            if best.as_ref().is_none_or(|(fewest, _)| count < *fewest) {
                best = Some((count, plans));
            }
            if count == 0 || self.limits.is_stopped() {
                break;
            }
            order = unserved.into_iter().chain(served).collect();
        }
        best.map_or(begun, |(_, plans)| plans)
    }

    /// Those who are without something that they must have.
    fn lacking(&self, plans: &Plans) -> Vec<usize> {
        let evaluation = self.problem.evaluate(&plans.concat());
        let without = without(&evaluation);
        let document = self.problem.document();
        let lacks = |place: &usize| {
            let (Some(one), Some(plan)) = (document.people.get(*place), plans.get(*place)) else { return false };
            let has = |(_, forced): &(usize, usize)| {
                let id = document.activities.get(*forced).map(|activity| &activity.id);
                plan.iter().map(|session| &session.activity).chain(&one.completed).any(|own| Some(own) == id)
            };
            without.contains(&one.id) || self.people.get(*place).is_some_and(|one| !one.own.forced.iter().all(has))
        };
        (0..self.people.len()).filter(lacks).collect()
    }

    /// What the best of the plans is worth in which nobody lacks anything; less than nothing where there is none.
    fn known(&self, plans: &[Plans]) -> i64 {
        let whole = plans.iter().filter(|plan| self.lacking(plan).is_empty());
        whole.map(|plan| self.problem.evaluate(&plan.concat()).value()).max().unwrap_or(-1)
    }

    /// People one after the other, from what they hold; with `choices` each first within these, then all again in order
    /// of regret.
    fn plan(&mut self, mut plans: Plans, choices: &[Choice]) -> Plans {
        let mut left = self.left_by(&plans);
        for place in 0..self.people.len() {
            self.ask(&mut left, place, choices.get(place), &mut plans);
        }
        if !choices.is_empty() {
            for place in self.by_regret(&plans) {
                self.ask(&mut left, place, None, &mut plans);
            }
        }
        plans
    }

    /// Those first who are farthest below what they could reach alone.
    fn by_regret(&self, plans: &Plans) -> Vec<usize> {
        let mut order: Vec<(Reverse<i64>, usize)> =
            self.regrets(plans).into_iter().enumerate().map(|(place, regret)| (Reverse(regret), place)).collect();
        order.sort_unstable();
        order.into_iter().map(|(_, place)| place).collect()
    }

    fn regrets(&self, plans: &Plans) -> Vec<i64> {
        let evaluation = self.problem.evaluate(&plans.concat());
        self.people.iter().zip(evaluation.people()).map(|(person, reached)| person.most - reached.value()).collect()
    }

    /// Plans one person anew with what is left and what the person holds already.
    fn ask(&mut self, left: &mut PlanProblemDocument, place: usize, choice: Option<&Choice>, plans: &mut Plans) {
        let (Some(person), Some(held)) = (self.people.get(place), plans.get_mut(place)) else { return };
        take(left, held, -1);
        // Nobody does better with less than everything.
        if choice.is_none()
            && let Some(plan) = &person.plan
        {
            take(left, plan, 1);
            if is_enough(left) {
                held.clone_from(plan);
                return;
            }
            take(left, plan, -1);
        }
        if self.limits.is_stopped() {
            take(left, held, 1);
            return;
        }
        let mut outcome = None;
        if let Some(choice) = choice {
            let (document, own) = within_choice(left, &person.own, choice);
            outcome = Some(self.solve(&document, place, &own)).filter(|one| one.plan().is_some());
        }
        let outcome = outcome.unwrap_or_else(|| self.solve(left, place, &person.own));
        if let Some(plan) = outcome.plan() {
            *held = plan.to_vec();
        }
        take(left, held, 1);
    }

    /// Plans one person; with the first node alone once all have used up what one problem may.
    fn solve(&mut self, document: &PlanProblemDocument, place: usize, own: &Overrides) -> PlanOutcome {
        let limits = if self.is_over(1) { SolveLimits { master_nodes: 1, ..self.limits } } else { self.limits };
        let outcome = solve_together(&only(document, self.problem, &[place]), own, &limits, &self.fingerprint);
        self.crowd.count(outcome.certificate().proof());
        outcome
    }

    fn is_over(&self, times: u64) -> bool {
        self.crowd.nodes > times.saturating_mul(self.most_nodes)
    }

    /// Which of two plans is better: the larger is, by how few lack something and then by the objective.
    fn rank(&self, plans: &Plans) -> (Reverse<usize>, (i64, i64)) {
        (
            Reverse(self.lacking(plans).len()),
            self.problem.document().objective.rank(&self.problem.evaluate(&plans.concat())),
        )
    }

    /// Plans a few people anew together, others the next time, with what the rest leave; what gets worse is not kept.
    fn exchanged(&mut self, mut plans: Plans, upper: i64) -> Plans {
        let mut left = self.left_by(&plans);
        let mut lacking = self.lacking(&plans);
        let limits = within_an_exchange(&self.limits);
        let mut random = RandomStream::new(seeds::QUICK_PLAN, 1);
        for _ in 0..EXCHANGES.min(4 * self.people.len()) {
            let is_best = lacking.is_empty() && self.problem.evaluate(&plans.concat()).value() >= upper;
            if limits.is_stopped() || self.is_over(2) || is_best {
                break;
            }
            let group = self.group(&plans, &lacking, &mut random);
            let held = |plans: &Plans| -> Vec<SessionPlacement> {
                group.iter().filter_map(|place| plans.get(*place)).flatten().cloned().collect()
            };
            let before = held(&plans);
            take(&mut left, &before, -1);
            let part = only(&left, self.problem, &group);
            let outcome = solve_together(&part, &self.overrides.of_people(&group), &limits, &self.fingerprint);
            self.crowd.nodes += outcome.certificate().proof().nodes();
            let objective = self.problem.document().objective;
            // What is found leaves nobody without.
            let is_better = |found: &&[SessionPlacement]| {
                group.iter().any(|place| lacking.contains(place))
                    || objective.compare(&part.evaluate(found), &part.evaluate(&before)).is_gt()
            };
            if let Some(found) = outcome.plan().filter(is_better) {
                for place in &group {
                    let id = self.problem.document().people.get(*place).map(|person| &person.id);
                    let own = found.iter().filter(|one| Some(&one.person) == id).cloned().collect();
                    plans.get_mut(*place).into_iter().for_each(|plan| *plan = Vec::clone(&own));
                }
            }
            take(&mut left, &held(&plans), 1);
            if !lacking.is_empty() {
                lacking = self.lacking(&plans);
            }
        }
        plans
    }

    /// A few people, the first of them one who lacks something, or else could reach more.
    fn group(&self, plans: &Plans, lacking: &[usize], random: &mut RandomStream) -> Vec<usize> {
        let mut wanting = lacking.to_vec();
        if wanting.is_empty() {
            let regrets = self.regrets(plans).into_iter().enumerate();
            wanting = regrets.filter(|(_, regret)| *regret > 0).map(|(place, _)| place).collect();
        }
        let mut group = Vec::new();
        if !wanting.is_empty() {
            group.push(wanting.swap_remove(random.below(wanting.len())));
        }
        let mut others: Vec<usize> = (0..self.people.len()).filter(|place| !group.contains(place)).collect();
        while group.len() < TOGETHER && !others.is_empty() {
            group.push(others.swap_remove(random.below(others.len())));
        }
        group.sort_unstable();
        group
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
            Some(count) => {
                activity.max_sessions = activity.max_sessions.min(*count);
                let sessions = usize::try_from(activity.max_sessions).unwrap_or_default();
                activity.gains.iter_mut().for_each(|gain| gain.gain.truncate(sessions));
            }
            None => _ = own.banned.insert((0, place)),
        }
    }
    (document, own)
}

/// The sessions of one person that have begun and stay.
fn begun(problem: &PlanProblem, place: usize, own: &Overrides) -> Vec<SessionPlacement> {
    let (Some(earlier), Some(person)) = (&own.earlier, problem.document().people.get(place)) else { return Vec::new() };
    let number = |place: usize| u32::try_from(place + 1).unwrap_or(u32::MAX);
    let begun = earlier.starts.iter().filter(|(_, week)| **week < earlier.from);
    let placement = |((_, activity, session), week): (&(usize, usize, usize), &usize)| {
        let activity = problem.document().activities.get(*activity)?.id.clone();
        Some(SessionPlacement { person: person.id.clone(), activity, session: number(*session), week: number(*week) })
    };
    begun.filter_map(placement).collect()
}

/// Whether no more is taken of anything than there is.
fn is_enough(left: &PlanProblemDocument) -> bool {
    left.shared_cost_max.is_none_or(|most| most >= 0)
        && left.coach_pools.iter().flat_map(|pool| &pool.week_minutes).all(|minutes| *minutes >= 0)
        && left.activities.iter().filter_map(|one| one.week_seats.as_ref()).flatten().all(|seats| *seats >= 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEAM: &str = include_str!("../../../tests/planning/instances/t19-team-shared.json");

    #[test]
    fn what_is_within_a_choice_is_a_problem_that_keeps_every_rule() {
        let problem = PlanProblem::from_json(TEAM).unwrap();
        let all = || problem.document().activities.iter();
        let repeated = all().enumerate().filter(|(_, one)| one.max_sessions > 1);
        let choice: Choice = repeated.map(|(place, _)| (place, 1)).collect();
        let (document, own) = within_choice(problem.document(), &Overrides::default(), &choice);
        assert!(document.activities.iter().zip(all()).any(|(one, all)| one.max_sessions < all.max_sessions));
        assert!(!own.banned.is_empty());
        PlanProblem::new(document).unwrap();
    }

    #[test]
    fn no_exchange_takes_more_than_the_caller_allows() {
        let few = SolveLimits { undecided: 0, rounds: 1, toll_rounds: 0, ..SolveLimits::default() };
        let limits = within_an_exchange(&few);
        assert_eq!((limits.undecided, limits.rounds, limits.toll_rounds), (0, 1, 0));
    }
}
