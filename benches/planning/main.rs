//! How long a proven optimal coaching plan takes, beside a greedy plan and a general solver on the models that come to mind first.
//!
//! `cargo bench --bench planning [-- OPTIONS]` prints a row per problem: the feasible ones of `tests/planning/instances`
//! and random ones of `tests/planning/generator.rs`. A cell such as `2311 to 2400 at 1.01 s; 2364 in 1.87 s` says what was known
//! after a second of processor time, value of the best plan and bound, and when the best value was proven.
//!
//! * Greedy: the quick plan that the search starts from, without its improvement.
//! * This crate, without breaking ties.
//! * `microlp`, the solver inside this crate, on the model with a variable per session and week, and on the model of
//!   milestones without patterns; the latter gives no plan, its value is only a bound.
//!
//! Options, each with a value: `--seeds 1-3`, `--classes 30,60,100,150,300` (activities), `--seconds 10` (limit of
//! processor time for each solver), `--write FOLDER` (the problems as files, for `benches/peers/planning.py`); and
//! `--alone` (this crate only).

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a bench may fail loudly"
)]

mod clock;
#[path = "../../tests/planning/generator.rs"]
mod generator;
mod milestones;
mod model;
mod options;
mod run;
mod sessions;
mod solvers;
mod time_indexed;

use std::path::PathBuf;

use generator::{CLASSES, Class, instance};
use model::{Form, build};
use options::Options;
use run::{Ending, Run};
use service_excellence::planning::PlanProblem;
use solvers::{general, greedy, ours};

fn main() {
    let options = Options::from_arguments(std::env::args().skip(1));
    println!(
        "| problem | activities × weeks, goals | greedy | this crate |{}",
        options.beside(" microlp, time-indexed | microlp, milestones |")
    );
    println!("|---|---|---|---|{}", options.beside("---|---|"));
    for problem in given().take(options.most_given) {
        options.write(&problem);
        compare(&problem, &options);
    }
    let mut summary = Vec::new();
    for class in CLASSES.into_iter().filter(|class| options.classes.contains(&class.activities)) {
        let mut times = Vec::new();
        for seed in options.seeds.clone() {
            let problem = PlanProblem::from_json(&instance(class, seed).to_string()).unwrap();
            options.write(&problem);
            let run = compare(&problem, &options);
            times.extend(run.proven().map(|_| run.seconds));
        }
        times.sort_by(f64::total_cmp);
        summary.push((class, times));
    }
    for (Class { activities, weeks, goals, .. }, times) in summary {
        let median = times.get(times.len() / 2).map_or("none".to_owned(), |median| format!("{median:.3} s"));
        let (proven, all) = (times.len(), options.seeds.clone().count());
        println!("\n{activities} × {weeks}, {goals}: {proven} of {all} proven, median of these: {median}");
    }
}

/// Prints the row of a problem; gives what this crate did.
fn compare(problem: &PlanProblem, options: &Options) -> Run {
    let document = problem.document();
    let goals: usize = document.people.iter().map(|person| person.goals.len()).sum();
    let (activities, weeks) = (document.activities.len(), document.horizon_weeks);
    let run = ours(problem, options.seconds);
    let greedy = greedy(problem).map_or("none".to_owned(), |value| value.to_string());
    print!("| {} | {activities} × {weeks}, {goals} | {greedy} | {run} |", document.name);
    if !options.is_alone {
        let gaps = document.people.iter().flat_map(|person| &person.goals);
        let ideal = gaps.map(|goal| goal.weight * (goal.to - goal.from).max(0)).sum();
        let [by_week, by_milestone] =
            [Form::TimeIndexed, Form::Milestones].map(|form| general(&build(document, form), ideal, options.seconds));
        print!(" {by_week} | {by_milestone} |");
        check(&run, &by_week, &by_milestone);
    }
    println!();
    run
}

/// Proofs of the same problem agree, and no plan is worth more than a bound.
fn check(ours: &Run, by_week: &Run, by_milestone: &Run) {
    if let (Some(one), Some(other)) = (ours.proven(), by_week.proven()) {
        assert_eq!(one, other, "two proofs");
    }
    let values = [ours.known.value, by_week.known.value].into_iter().flatten();
    let uppers = [ours, by_week, by_milestone].into_iter().filter_map(|run| run.known.upper);
    let (value, upper) = (values.max(), uppers.min());
    assert!(value <= upper.or(value), "a plan of {value:?} above a bound of {upper:?}");
}

/// The stored problems that have a plan.
fn given() -> impl Iterator<Item = PlanProblem> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/planning/instances");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let read = |file: PathBuf| PlanProblem::from_json(&std::fs::read_to_string(file).unwrap()).ok();
    let problems = files.into_iter().filter_map(read);
    problems.filter(|problem| ours(problem, f64::INFINITY).ending != Ending::Infeasible)
}
