//! The optimal coaching planner against published instances, exhaustive enumeration and laws.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "the documents are made here or stored beside the tests"
)]

#[cfg(feature = "exact")]
mod alternatives;
mod bounds;
#[cfg(feature = "exact")]
mod conflicts;
#[cfg(feature = "exact")]
mod crowds;
#[cfg(feature = "exact")]
mod enumeration;
#[cfg(feature = "exact")]
mod fairness;
mod generator;
#[cfg(feature = "exact")]
mod laws;
#[cfg(feature = "exact")]
mod minima;
#[cfg(feature = "exact")]
mod oracles;
#[cfg(feature = "exact")]
mod replanning;
#[cfg(feature = "exact")]
mod seats;

use service_excellence::planning::{PlanOutcome, PlanProblem, SolveLimits};

/// The problem of a document.
fn problem(document: &serde_json::Value) -> PlanProblem {
    PlanProblem::from_json(&document.to_string()).unwrap()
}

/// The published instance with this name.
fn published(folder: &str, name: &str) -> serde_json::Value {
    let path = format!("{}/tests/planning/{folder}/{name}.json", concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Solved without breaking ties.
fn solved(problem: &PlanProblem) -> PlanOutcome {
    problem.solve(&SolveLimits { tie_nodes: 0, ..SolveLimits::default() })
}

/// The value of the best plan, `None` when there is none; the proof is required.
#[cfg(feature = "exact")]
fn best(problem: &PlanProblem) -> Option<i64> {
    proven(&solved(problem))
}

#[cfg(feature = "exact")]
fn proven(outcome: &PlanOutcome) -> Option<i64> {
    use service_excellence::planning::Certificate;
    let is_proven = !matches!(outcome.certificate(), Certificate::Bounded { .. });
    assert!(is_proven, "no proof: {:?}", outcome.certificate());
    outcome.evaluation().map(|one| one.value())
}
