//! People who are planned together: a quick plan, the proof, ties, and what may be claimed in the end.

use super::price_bound::bound;
use super::search::{Ending, Search, measure};
use crate::planning::answers::PlanOutcome;
use crate::planning::answers::blame;
use crate::planning::answers::{Certificate, Proof, ProofMethod};
use crate::planning::linear::{Aim, Targets};
use crate::planning::linear::{MOST_TOGETHER, is_too_large, master};
use crate::planning::model::Starts;
use crate::planning::model::Steps;
use crate::planning::model::{LimitHit, SolveLimits};
use crate::planning::model::{Model, Overrides};
use crate::planning::problem::{PlanObjective, PlanProblem};
use crate::planning::quick::improve;
use crate::planning::seeds;
use crate::value::Fingerprint;

/// How the best plan is looked for: the ending, or the place of somebody who cannot be planned even alone.
pub(crate) type Prove<'p> = &'p dyn Fn(&mut Search<'_>, &mut ProofMethod) -> Result<Ending, usize>;

/// Solves a problem, or the part of one that has this fingerprint, in one master.
pub(crate) fn solve_together(
    problem: &PlanProblem,
    overrides: &Overrides,
    limits: &SolveLimits<'_>,
    fingerprint: &Fingerprint,
) -> PlanOutcome {
    solve_by(problem, overrides, limits, fingerprint, &|search, _| Ok(prove_together(search)))
}

pub(crate) fn solve_by(
    problem: &PlanProblem,
    overrides: &Overrides,
    limits: &SolveLimits<'_>,
    fingerprint: &Fingerprint,
    prove: Prove<'_>,
) -> PlanOutcome {
    let model = Model::new(problem, overrides);
    let master = master();
    let mut search = Search::new(&model, master.as_ref(), limits);
    let mut method = if model.impossible.is_empty() { ProofMethod::MilestonePatterns } else { ProofMethod::Structure };
    let ending = match model.impossible.last() {
        Some((person, _)) => Course::Infeasible(Some(*person)),
        None => find(&mut search, &mut method, prove),
    };
    let proof = |search: &Search<'_>, method: ProofMethod| {
        let mut limits_hit = search.hits.clone();
        if search.limits().is_stopped() {
            // A search that is told to stop counts as one that has used up its nodes.
            limits_hit.retain(|hit| *hit != LimitHit::MasterNodes || search.nodes >= limits.master_nodes);
            limits_hit.push(LimitHit::Stopped);
        }
        limits_hit.sort_unstable();
        limits_hit.dedup();
        let cuts = u64::try_from(search.cut_count).unwrap_or(u64::MAX);
        Proof { method, nodes: search.nodes, cuts, limits_hit, fingerprint: fingerprint.clone() }
    };
    match ending {
        Course::Optimal(starts) => {
            let (starts, is_canonical) = break_ties(&mut search, starts);
            finish(problem, &model, Some(&starts), is_canonical, None, proof(&search, method))
        }
        Course::Bounded(upper) => {
            if search.hits.is_empty() && !limits.is_stopped() {
                search.hits.push(LimitHit::Rounds);
            }
            let starts = search.best.as_ref().map(|(_, starts)| starts.clone());
            finish(problem, &model, starts.as_ref(), false, Some(upper), proof(&search, method))
        }
        Course::Infeasible(person) => {
            // Where plans are known and were excluded, no constraint is to blame.
            let blame = overrides.excluded.is_empty().then(|| blame(problem, overrides, person, limits));
            let blame = blame.unwrap_or_default();
            search.hits.extend(blame.limits_hit);
            let certificate = Certificate::Infeasible { conflict: blame.conflict, proof: proof(&search, method) };
            PlanOutcome { found: None, certificate, is_canonical: false }
        }
    }
}

/// How the search for the best plan ended.
enum Course {
    Optimal(Starts),
    Bounded(i64),
    /// The person who cannot be planned even alone, where it is known.
    Infeasible(Option<usize>),
}

/// A quick plan, then the proof; then a better quick plan and a bound from prices where there is none.
fn find(search: &mut Search<'_>, method: &mut ProofMethod, prove: Prove<'_>) -> Course {
    let (model, limits) = (search.model, search.limits());
    let steps = Steps::new(limits.quick_steps, limits);
    // Without a master the quick plan is the plan, so it is worth more effort.
    let rounds = if cfg!(feature = "exact") { limits.quick_rounds } else { limits.quick_rounds.saturating_mul(4) };
    let (_, quick) = improve(model, None, rounds, seeds::QUICK_PLAN, &steps);
    search.offer(&quick);
    let ending = match prove(search, method) {
        Ok(ending) => ending,
        Err(person) => return Course::Infeasible(Some(person)),
    };
    let upper = match ending {
        Ending::Optimal(starts) => return Course::Optimal(starts),
        Ending::Infeasible => return Course::Infeasible(None),
        Ending::Bounded(upper) => upper,
    };
    if cfg!(feature = "exact") {
        let known = search.best.as_ref().map(|(_, starts)| starts.clone());
        let rounds = limits.quick_rounds.saturating_mul(4);
        let (_, better) = improve(model, known.as_ref(), rounds, seeds::BETTER_PLAN, &steps);
        search.offer(&better);
    }
    if steps.are_used_up() {
        search.hits.push(LimitHit::QuickSteps);
    }
    sharpen(search, upper, method)
}

/// A bound from prices where the master gave none, or a weaker one.
fn sharpen(search: &mut Search<'_>, upper: i64, method: &mut ProofMethod) -> Course {
    let known = search.best.as_ref().map_or(0, |(merit, _)| merit.2);
    let steps = Steps::new(search.limits().price_steps, search.limits());
    let priced = bound(search.model, known, &steps);
    if steps.are_used_up() {
        search.hits.push(LimitHit::PriceSteps);
    }
    if priced < upper {
        *method = ProofMethod::Prices;
    }
    let upper = upper.min(priced);
    let is_fair = search.model.objective == PlanObjective::MaximinThenSum;
    match search.best.as_ref().filter(|_| !is_fair) {
        Some((merit, starts)) if merit.2 >= upper => Course::Optimal(starts.clone()),
        _ => Course::Bounded(upper),
    }
}

fn prove_together(search: &mut Search<'_>) -> Ending {
    if is_too_large(search.model, search.limits()) {
        search.hits.push(LimitHit::MasterSize);
        return Ending::Bounded(i64::MAX);
    }
    best_by_objective(search)
}

fn best_by_objective(search: &mut Search<'_>) -> Ending {
    let mut targets = Targets::default();
    if search.model.objective == PlanObjective::MaximinThenSum {
        let share = match search.optimise(Aim::Share, &targets) {
            Ending::Infeasible => return Ending::Infeasible,
            Ending::Optimal(starts) => measure(search.model, Aim::Share, &starts),
            // Whatever the best share is, no sum exceeds the one without a share.
            Ending::Bounded(_) => {
                return match search.optimise(Aim::Value, &targets) {
                    Ending::Optimal(starts) => Ending::Bounded(measure(search.model, Aim::Value, &starts)),
                    other => other,
                };
            }
        };
        targets.floors = search.model.people.iter().map(|person| ceiling_share(share, person.ideal)).collect();
    }
    search.optimise(Aim::Value, &targets)
}

/// The least value whose share of the ideal, rounded down, is `share`.
pub(crate) fn ceiling_share(share: i64, ideal: i64) -> i64 {
    (share * ideal + 999) / 1_000
}

/// Among equally good plans the cheapest, then the shortest, then the earliest; says whether that is proven.
fn break_ties(search: &mut Search<'_>, starts: Starts) -> (Starts, bool) {
    // The value is proven whatever keeps the search from ordering plans of this value.
    let hits = search.hits.len();
    let found = first_of_equals(search, starts);
    search.hits.truncate(hits);
    found
}

fn first_of_equals(search: &mut Search<'_>, starts: Starts) -> (Starts, bool) {
    let is_beyond = search.model.people.len() > MOST_TOGETHER || is_too_large(search.model, search.limits());
    if search.limits().tie_nodes == 0 || is_beyond {
        return (starts, false);
    }
    let model = search.model;
    search.most_nodes = search.most_nodes.min(search.nodes.saturating_add(search.limits().tie_nodes));
    let mut targets = Targets { least_value: Some(measure(model, Aim::Value, &starts)), ..Targets::default() };
    if model.objective == PlanObjective::MaximinThenSum {
        let share = measure(model, Aim::Share, &starts);
        targets.floors = model.people.iter().map(|person| ceiling_share(share, person.ideal)).collect();
    }
    let mut best = starts;
    let aims: &[Aim] =
        if search.is_small_by_week() { &[Aim::Cost, Aim::Minutes, Aim::Starts] } else { &[Aim::Cost, Aim::Minutes] };
    for aim in aims {
        search.hold(&best);
        match search.optimise(*aim, &targets) {
            Ending::Optimal(found) => best = found,
            Ending::Bounded(_) | Ending::Infeasible => return (best, false),
        }
        let reached = -measure(model, *aim, &best);
        match aim {
            Aim::Cost => targets.most_cost = Some(reached),
            _ => targets.most_minutes = Some(reached),
        }
    }
    (best, search.is_small_by_week())
}

/// Checks the plan in whole numbers; only what the evaluator confirms is claimed.
fn finish(
    problem: &PlanProblem,
    model: &Model,
    starts: Option<&Starts>,
    is_canonical: bool,
    upper: Option<i64>,
    proof: Proof,
) -> PlanOutcome {
    let found = starts.map(|starts| {
        let plan = model.plan(problem, starts);
        let evaluation = problem.evaluate(&plan);
        (plan, evaluation)
    });
    let found = found.filter(|(_, evaluation)| evaluation.is_feasible());
    let value = found.as_ref().map(|(_, evaluation)| evaluation.value());
    let is_confirmed = starts.zip(value).is_some_and(|(starts, value)| value == measure(model, Aim::Value, starts));
    let ideal: i64 = model.people.iter().map(|person| person.ideal).sum();
    let certificate = if upper.is_none() && is_confirmed {
        Certificate::Optimal { proof }
    } else {
        let upper = upper.unwrap_or(ideal).min(ideal);
        Certificate::Bounded { upper, gap: value.map(|value| upper - value), proof }
    };
    PlanOutcome { found, certificate, is_canonical }
}
