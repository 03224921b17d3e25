//! The solvers under comparison, each with the same limit of processor time and the same checkpoints.

use std::time::Duration;

use microlp::{Error, Problem, ResumeOptions, SolveOptions, SolveOutcome, TerminationReason};
use service_excellence::planning::{Certificate, PlanProblem, SolveLimits};

use crate::clock::Stopwatch;
use crate::run::{CHECKPOINTS, Ending, Known, Run};

/// The value of the first quick plan, without any improvement.
pub(crate) fn greedy(problem: &PlanProblem) -> Option<i64> {
    let limits = SolveLimits { rounds: 0, quick_rounds: 0, tie_nodes: 0, ..SolveLimits::default() };
    problem.solve(&limits).evaluation().map(|one| one.value())
}

/// This crate; what it knew at a checkpoint is found by solving again up to there.
pub(crate) fn ours(problem: &PlanProblem, most_seconds: f64) -> Run {
    let mut run = ours_until(problem, most_seconds);
    for checkpoint in CHECKPOINTS {
        if run.seconds > checkpoint && most_seconds > checkpoint {
            let until = ours_until(problem, checkpoint);
            run.checkpoints.push((until.seconds, until.known));
        }
    }
    run
}

fn ours_until(problem: &PlanProblem, most_seconds: f64) -> Run {
    let watch = Stopwatch::start();
    let stop = || watch.seconds() > most_seconds;
    let outcome = problem.solve(&SolveLimits { stop: Some(&stop), tie_nodes: 0, ..SolveLimits::default() });
    let seconds = watch.seconds();
    let value = outcome.evaluation().map(|one| one.value());
    let (ending, upper) = match outcome.certificate() {
        Certificate::Optimal { .. } => (Ending::Proven, value),
        Certificate::Bounded { upper, .. } => (Ending::Open, Some(*upper)),
        Certificate::Infeasible { .. } => (Ending::Infeasible, None),
    };
    Run { checkpoints: Vec::new(), known: Known { value, upper }, ending, seconds }
}

/// `microlp` on a model whose best value is a whole number of at most `ideal`.
///
/// It takes limits by the clock only, so it is asked again until the processor time is used up.
pub(crate) fn general(problem: &Problem, ideal: i64, most_seconds: f64) -> Run {
    let watch = Stopwatch::start();
    // Less than one unit: the next whole number below the bound is then the value.
    let gap = 0.9 / ideal.max(1) as f64;
    let mut options = SolveOptions::default();
    options.mip_gap = gap;
    let mut limits: Vec<f64> = CHECKPOINTS.into_iter().filter(|one| *one < most_seconds).collect();
    limits.push(most_seconds);
    options.time_limit = Some(Duration::from_secs_f64(limits[0]));
    let mut outcome = problem.solve_with(options);
    let mut run = Run { checkpoints: Vec::new(), known: Known::default(), ending: Ending::Open, seconds: 0.0 };
    for limit in limits {
        loop {
            run.seconds = watch.seconds();
            let found = match outcome {
                Ok(found) => found,
                Err(error) => {
                    run.ending = if error == Error::Infeasible { Ending::Infeasible } else { Ending::Failed };
                    return run;
                }
            };
            run.known = known(&found);
            if matches!(found.termination_reason(), TerminationReason::ProvenOptimal | TerminationReason::MipGap) {
                run.ending = Ending::Proven;
                return run;
            }
            let rest = limit - run.seconds;
            if rest < 0.002 {
                outcome = Ok(found);
                break;
            }
            let mut more = ResumeOptions::default();
            more.time_limit = Some(Duration::from_secs_f64(rest));
            more.mip_gap = Some(gap);
            outcome = found.resume_with(more);
        }
        if limit < most_seconds {
            run.checkpoints.push((run.seconds, run.known));
        }
    }
    run
}

fn known(found: &SolveOutcome) -> Known {
    let value = found.solution().map(|one| (one.objective() + 0.001).floor() as i64);
    let upper = found.stats().best_bound.filter(|bound| bound.is_finite()).map(|bound| (bound + 0.001).floor() as i64);
    Known { value, upper }
}
