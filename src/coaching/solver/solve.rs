//! From a problem to a plan with its certificate.

use super::certificate::{Certificate, Proof, ProofMethod};
use super::constraint::PlanConstraint;
use super::crowd::{MOST_TOGETHER, one_by_one};
use super::formulation::{Aim, Targets};
use super::greedy::{Starts, improve};
use super::limits::{LimitHit, SolveLimits};
use super::master::Master;
use super::model::{Model, Overrides};
use super::outcome::PlanOutcome;
use super::prices::bound;
use super::search::{Ending, Search, measure};
use crate::coaching::problem::{PlanObjective, PlanProblem};

/// The seed of the quick plan's rebuilding: the same input gives the same plan.
const SEED: u64 = 20_261_122;

impl PlanProblem {
    /// Finds the best plan, as far as `limits` allow, and says what is proven about it.
    ///
    /// *Optimal* is claimed only if the evaluator, in whole numbers, confirms the value and the bound rounds down to
    /// it. The same problem and limits give the same outcome.
    #[must_use]
    pub fn solve(&self, limits: &SolveLimits<'_>) -> PlanOutcome {
        solve(self, &Overrides::default(), limits)
    }
}

pub(super) fn solve(problem: &PlanProblem, overrides: &Overrides, limits: &SolveLimits<'_>) -> PlanOutcome {
    let model = Model::new(problem, overrides);
    let master = master();
    let mut search = Search::new(&model, master.as_ref(), limits);
    let mut method = if model.impossible.is_empty() { ProofMethod::MilestonePatterns } else { ProofMethod::Structure };
    let ending = if model.impossible.is_empty() {
        // Without a master the quick plan is the plan, so it is worth more effort.
        let rounds = if cfg!(feature = "exact") { limits.quick_rounds } else { limits.quick_rounds.saturating_mul(4) };
        let (_, quick) = improve(&model, None, rounds, SEED);
        search.offer(&quick);
        if model.people.len() > MOST_TOGETHER {
            plan_crowd(problem, overrides, &mut search, &mut method)
        } else {
            best_by_objective(&mut search)
        }
    } else {
        Ending::Infeasible
    };
    let proof = |search: &Search<'_>, method: ProofMethod| {
        let mut limits_hit = search.hits.clone();
        limits_hit.sort_unstable();
        limits_hit.dedup();
        let cuts = u64::try_from(search.cut_count).unwrap_or(u64::MAX);
        Proof { method, nodes: search.nodes, cuts, limits_hit, fingerprint: problem.fingerprint() }
    };
    if matches!(ending, Ending::Bounded(_)) && cfg!(feature = "exact") {
        let known = search.best.as_ref().map(|(_, starts)| starts.clone());
        let (_, better) = improve(&model, known.as_ref(), limits.quick_rounds.saturating_mul(4), SEED + 1);
        search.offer(&better);
    }
    let (ending, method) = sharpen(&search, ending, method);
    match ending {
        Ending::Optimal(starts) => {
            let (starts, is_canonical) = break_ties(&mut search, starts);
            finish(problem, &model, Some(&starts), is_canonical, None, proof(&search, method))
        }
        Ending::Bounded(upper) => {
            let starts = search.best.as_ref().map(|(_, starts)| starts.clone());
            finish(problem, &model, starts.as_ref(), false, Some(upper), proof(&search, method))
        }
        Ending::Infeasible => {
            // Where plans are known and were excluded, no constraint is to blame.
            let is_blamed = overrides.excluded.is_empty();
            let conflict = if is_blamed { conflict(problem, overrides, limits) } else { Vec::new() };
            let certificate = Certificate::Infeasible { conflict, proof: proof(&search, method) };
            PlanOutcome { found: None, certificate, is_canonical: false }
        }
    }
}

/// A bound from prices where the master gave none, or a weaker one.
fn sharpen(search: &Search<'_>, ending: Ending, method: ProofMethod) -> (Ending, ProofMethod) {
    let Ending::Bounded(upper) = ending else { return (ending, method) };
    let known = search.best.as_ref().map_or(0, |(merit, _)| merit.2);
    let priced = bound(search.model, known);
    let (upper, method) = if priced < upper { (priced, ProofMethod::Prices) } else { (upper, method) };
    let is_fair = search.model.objective == PlanObjective::MaximinThenSum;
    match search.best.as_ref().filter(|_| !is_fair) {
        Some((merit, starts)) if merit.2 >= upper => (Ending::Optimal(starts.clone()), method),
        _ => (Ending::Bounded(upper), method),
    }
}

#[cfg(feature = "exact")]
pub(super) fn master() -> Box<dyn Master> {
    Box::new(super::simplex::Simplex)
}

#[cfg(not(feature = "exact"))]
pub(super) fn master() -> Box<dyn Master> {
    Box::new(super::no_master::NoMaster)
}

/// Plans more people than one master takes.
fn plan_crowd(
    problem: &PlanProblem,
    overrides: &Overrides,
    search: &mut Search<'_>,
    method: &mut ProofMethod,
) -> Ending {
    let crowd = one_by_one(problem, overrides, search.limits());
    search.nodes += crowd.nodes;
    search.cut_count += usize::try_from(crowd.cuts).unwrap_or(usize::MAX);
    let Some(upper) = crowd.upper else { return Ending::Infeasible };
    if crowd.is_priced {
        *method = ProofMethod::SharedPrices;
    }
    for plan in crowd.plans.iter().filter(|plan| !plan.is_empty()) {
        search.offer(&search.model.starts_of(problem, plan));
    }
    let is_fair = search.model.objective == PlanObjective::MaximinThenSum;
    match search.best.as_ref().filter(|(merit, _)| !is_fair && merit.2 >= upper) {
        Some((_, starts)) => Ending::Optimal(starts.clone()),
        None => {
            search.hits.push(LimitHit::ManyPeople);
            Ending::Bounded(upper)
        }
    }
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
pub(super) fn ceiling_share(share: i64, ideal: i64) -> i64 {
    (share * ideal + 999) / 1_000
}

/// Among equally good plans the cheapest, then the shortest, then the earliest; says whether that is proven.
fn break_ties(search: &mut Search<'_>, starts: Starts) -> (Starts, bool) {
    if !search.limits().breaks_ties || search.model.people.len() > MOST_TOGETHER {
        return (starts, false);
    }
    let model = search.model;
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

/// A minimal set of constraints that cannot hold together: each is dropped in turn if the rest is still impossible.
fn conflict(problem: &PlanProblem, overrides: &Overrides, limits: &SolveLimits<'_>) -> Vec<PlanConstraint> {
    let mut document = problem.document().clone();
    let mut conflict = Vec::new();
    for constraint in PlanConstraint::all(problem) {
        let mut without = document.clone();
        constraint.dropped_from(&mut without);
        let still_impossible =
            PlanProblem::new(without.clone()).is_ok_and(|one| is_impossible(&one, overrides, limits));
        if still_impossible { document = without } else { conflict.push(constraint) }
    }
    conflict
}

fn is_impossible(problem: &PlanProblem, overrides: &Overrides, limits: &SolveLimits<'_>) -> bool {
    let model = Model::new(problem, overrides);
    if !model.impossible.is_empty() {
        return true;
    }
    let master = master();
    let mut search = Search::new(&model, master.as_ref(), limits);
    let (_, quick) = improve(&model, None, 0, SEED);
    search.offer(&quick);
    search.best.is_none() && search.optimise(Aim::Minutes, &Targets::default()) == Ending::Infeasible
}
