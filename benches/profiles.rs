//! Profiles of many people from bare rows, beside a plain loop over the same rows.
//!
//! People have 50 assessments of 24 criteria each. The plain loop reads every step, sums it by person and criterion, and
//! takes means of criteria, skills and the whole: no windows, raters, claims, concerns, intervals or documents. After
//! criterion's own figures a table gives ratings per second for 10,000, 100,000 and 1,000,000 assessments, from runs in
//! turns. `-- --test` runs each once on few rows.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench may fail loudly")]

#[path = "../tests/common/random.rs"]
mod random;
#[path = "common/turns.rs"]
mod turns;

use std::collections::HashMap;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput};
use random::Random;
use service_excellence::assessment::Answer;
use service_excellence::framework::Basis;
use service_excellence::profile::ObservedRow;
use service_excellence::value::Step;
use service_excellence::{Day, EvidencePolicy, Framework, Profiler, RaterKind, Reference, RoleLibrary, Rubric, Skill};
use turns::{least_times, time};

const PER_PERSON: usize = 50;
const CRITERIA: usize = 24;
const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let is_test = std::env::args().any(|argument| argument == "--test");
    let data = Data::new(if is_test { 500 } else { SIZES[0] });
    let rows = data.rows();
    let bench = Bench::new();
    let mut group = criterion.benchmark_group("profiles");
    group.throughput(Throughput::Elements((rows.len() * CRITERIA) as u64)).sample_size(10);
    for (name, step) in STEPS {
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| bencher.iter(|| step(&bench, &rows)));
    }
    group.finish();
    criterion.final_summary();
    if !is_test {
        print_table(&bench);
    }
}

type StepOf = fn(&Bench, &[ObservedRow<'_>]) -> usize;

const STEPS: [(&str, StepOf); 2] = [("profiles of rows", profiles), ("plain loop", plain)];

struct Bench {
    profiler: Profiler,
    skills: Vec<usize>,
    as_of: Day,
}

impl Bench {
    fn new() -> Self {
        let rubric = Rubric::for_channel(Framework::builtin(), "chat").unwrap();
        let role = RoleLibrary::builtin().role("frontline_agent").unwrap();
        Self {
            skills: rubric.criteria().iter().map(|criterion| criterion.skill as usize).collect(),
            profiler: Profiler::new(&rubric, EvidencePolicy::default()).for_role(role).unwrap(),
            as_of: "2026-06-30".parse().unwrap(),
        }
    }
}

/// Rows that depend on their number only, with steps 2 to 5, so that concerns are as rare as they should be.
struct Data {
    people: Vec<Reference>,
    ids: Vec<Reference>,
    raters: Vec<Reference>,
    answers: Vec<[Answer; CRITERIA]>,
}

impl Data {
    fn new(count: usize) -> Self {
        let names = |letter: char, count: usize| -> Vec<Reference> {
            (0..count).map(|number| format!("{letter}-{number:07}").parse().unwrap()).collect()
        };
        let mut random = Random(1);
        let mut answer = || match random.bits() % 16 {
            0 => Answer::NotObserved,
            number => Answer::Rated(Step::new(2 + (number % 4) as u8).unwrap()),
        };
        Self {
            people: names('p', count / PER_PERSON),
            ids: names('a', count),
            raters: names('r', 200),
            answers: (0..count).map(|_| std::array::from_fn(|_| answer())).collect(),
        }
    }

    /// Assessments of one person stand far apart, as they do in a log.
    fn rows(&self) -> Vec<ObservedRow<'_>> {
        let first: Day = "2026-01-05".parse().unwrap();
        let row = |index: usize| {
            let person = index % self.people.len();
            let observed = first.plus_days((index * 170 / self.answers.len()) as i32);
            ObservedRow {
                id: &self.ids[index],
                person: &self.people[person],
                rater: &self.raters[(person + index / self.people.len() % 5) % self.raters.len()],
                kind: RaterKind::QualityReviewer,
                basis: Basis::RecordedContactReview,
                observed,
                entered: observed,
                row: &self.answers[index][..],
            }
        };
        (0..self.answers.len()).map(row).collect()
    }
}

fn profiles(bench: &Bench, rows: &[ObservedRow<'_>]) -> usize {
    let profiles = bench.profiler.profiles_of_rows(rows, bench.as_of).unwrap();
    black_box(&profiles).iter().filter(|profile| profile.overall().score().is_some()).count()
}

fn plain(bench: &Bench, rows: &[ObservedRow<'_>]) -> usize {
    let mut people: HashMap<&Reference, [(f64, u32); CRITERIA]> = HashMap::new();
    for row in rows {
        let sums = people.entry(row.person).or_insert([(0.0, 0); CRITERIA]);
        for (sum, answer) in sums.iter_mut().zip(row.row) {
            if let Some(step) = answer.step() {
                *sum = (sum.0 + f64::from(step.get() - 1) / 4.0, sum.1 + 1);
            }
        }
    }
    let overall = people.values().map(|sums| {
        let mut skills = [(0.0, 0.0); Skill::ALL.len()];
        for ((sum, count), skill) in sums.iter().zip(&bench.skills) {
            let (total, weight) = &mut skills[*skill];
            (*total, *weight) = (*total + sum / f64::from(*count), *weight + 1.0);
        }
        skills.iter().map(|(total, weight)| total / weight).sum::<f64>() / 5.0
    });
    overall.filter(|mean| black_box(*mean) > 0.0).count()
}

fn print_table(bench: &Bench) {
    println!(
        "\n{:>11} {:<18}{:>14}{:>22}{:>10}",
        "assessments", "step", "milliseconds", "million ratings / s", "ratio"
    );
    for size in SIZES {
        let data = Data::new(size);
        let rows = data.rows();
        let turns = if size == SIZES[2] { 3 } else { 10 };
        let least = least_times(turns, |_| {
            STEPS.map(|(_, step)| time(|| assert_eq!(black_box(step(bench, &rows)), size / PER_PERSON)))
        });
        for ((name, _), time) in STEPS.iter().zip(least) {
            let rate = (size * CRITERIA) as f64 / time.as_secs_f64() / 1e6;
            let ratio = time.as_secs_f64() / least[1].as_secs_f64();
            println!("{size:>11} {name:<18}{:>14.1}{rate:>22.1}{ratio:>10.1}", time.as_secs_f64() * 1e3);
        }
    }
}
