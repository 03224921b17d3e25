//! Time to a proven optimal coaching plan, by class of problem: `cargo bench --bench planning [-- SEEDS [FOLDER]]`.
//!
//! The problems are those of `tests/planning/generator.rs`, seeds 1 to SEEDS (12 unless told otherwise), at most 15 seconds
//! each. Beside the proof stands the quick plan that the search starts from and, for the smallest class, `microlp` on the
//! plain model with a variable per session and week. Times are of the processor where the system tells them, else of the
//! clock. With FOLDER, the problems are written there first, for `benches/peers/planning.py`.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "the problems are made here")]

#[path = "../tests/planning/generator.rs"]
mod generator;

#[path = "peers/time_indexed.rs"]
mod time_indexed;

use std::time::Instant;

use generator::{CLASSES, Class, instance};
use service_excellence::coaching::{Certificate, PlanProblem, SolveLimits};

const MOST_SECONDS: f64 = 15.0;

fn main() {
    let is_test = std::env::args().any(|argument| argument == "--test");
    let mut arguments = std::env::args().skip(1).filter(|one| !one.starts_with("--"));
    let seeds: u64 = arguments.next().map_or(if is_test { 1 } else { 12 }, |one| one.parse().unwrap());
    let folder = arguments.next();
    // One small problem shows that it works.
    let classes = if is_test { &CLASSES[..1] } else { &CLASSES[..] };
    for class in classes.iter().copied() {
        let mut times: Vec<f64> = Vec::new();
        for seed in 1..=seeds {
            let document = instance(class, seed);
            if let Some(folder) = &folder {
                std::fs::write(format!("{folder}/{}.json", document["name"].as_str().unwrap()), document.to_string())
                    .unwrap();
            }
            if class.activities == CLASSES[0].activities && !is_test {
                time_indexed::print(&document, MOST_SECONDS);
            }
            times.extend(prove(&PlanProblem::from_json(&document.to_string()).unwrap(), class, seed));
        }
        times.sort_by(f64::total_cmp);
        let median = times.get(times.len() / 2).copied().unwrap_or_default();
        println!("{class:?}: {} of {seeds} proven, median {median:.3} s\n", times.len());
    }
}

/// Seconds that this thread has run, or that have passed.
fn seconds(since: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| since.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}

/// Solves one problem and prints what came of it; gives the time if it is proven.
fn prove(problem: &PlanProblem, class: Class, seed: u64) -> Option<f64> {
    let clock = Instant::now();
    let start = seconds(clock);
    let quick = problem.solve(&SolveLimits { rounds: 0, breaks_ties: false, ..SolveLimits::default() });
    let quick_time = seconds(clock) - start;
    let start = seconds(clock);
    let stop = || seconds(clock) - start > MOST_SECONDS;
    let outcome = problem.solve(&SolveLimits { stop: Some(&stop), breaks_ties: false, ..SolveLimits::default() });
    let time = seconds(clock) - start;
    let value = |outcome: &service_excellence::coaching::PlanOutcome| outcome.evaluation().map(|one| one.value());
    let (word, upper) = match outcome.certificate() {
        Certificate::Optimal { .. } => ("optimal", value(&outcome)),
        Certificate::Bounded { upper, .. } => ("bounded", Some(*upper)),
        Certificate::Infeasible { .. } => ("infeasible", None),
    };
    println!(
        "{:3} activities, seed {seed:2}: {word} {:?} of {upper:?} in {time:.3} s; quick {:?} in {quick_time:.3} s",
        class.activities,
        value(&outcome),
        value(&quick),
    );
    (word != "bounded").then_some(time)
}
