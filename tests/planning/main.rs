//! The optimal coaching planner against published instances, exhaustive enumeration and laws.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "the documents are made here or stored beside the tests"
)]

mod enumeration;
mod generator;
mod laws;
mod oracles;

use service_excellence::coaching::{PlanOutcome, PlanProblem, SolveLimits};

/// The problem of a document.
fn problem(document: &serde_json::Value) -> PlanProblem {
    PlanProblem::from_json(&document.to_string()).unwrap()
}

/// Solved without breaking ties.
fn solved(problem: &PlanProblem) -> PlanOutcome {
    problem.solve(&SolveLimits { breaks_ties: false, ..SolveLimits::default() })
}

/// The value of the best plan, `None` when there is none; the proof is required.
fn best(problem: &PlanProblem) -> Option<i64> {
    proven(&solved(problem))
}

fn proven(outcome: &PlanOutcome) -> Option<i64> {
    use service_excellence::coaching::Certificate;
    match outcome.certificate() {
        Certificate::Optimal { .. } => Some(outcome.evaluation().unwrap().value()),
        Certificate::Infeasible { .. } => None,
        Certificate::Bounded { .. } => panic!("no proof: {:?}", outcome.certificate()),
    }
}
