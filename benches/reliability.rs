//! Reliability statistics on tables of 20,000 subjects by 5 raters and 10,000 values in groups.
//!
//! "plain" is a two-pass loop over the same sums of squares without anything around it: the floor that the six intraclass
//! correlations stand on. The table at the end gives the least times of runs in turns; read the ratios, times depend on the machine.
//! `benches/peers/reliability.py` runs Python programs on the same data.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench may fail loudly")]

#[path = "common/turns.rs"]
mod turns;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion};
use service_excellence::statistics::{
    AnalysisOfVariance, ConfidenceLevel, IncompleteTable, InternalConsistency, IntraclassForm, MeasurementTable,
    NormalPooling,
};
use turns::{least_times, time};

const SUBJECTS: usize = 20_000;
const RATERS: usize = 5;
const GROUPS: usize = 500;
const GROUP_SIZE: usize = 20;
const TURNS: usize = 41;

fn main() {
    let bench = Bench::new();
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("reliability");
    group.sample_size(20);
    for (name, step) in STEPS {
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| bencher.iter(|| step(&bench)));
    }
    group.finish();
    criterion.final_summary();
    if std::env::args().all(|argument| argument != "--test") {
        print_table(&bench);
    }
}

type Step = (&'static str, fn(&Bench) -> f64);

/// Every step returns a number that depends on its work.
const STEPS: [Step; 5] = [
    ("six intraclass correlations, 20,000 x 5", six_forms),
    ("the same sums, plain", plain_sums),
    ("Cronbach's alpha, 20,000 x 5", alpha),
    ("one-way REML, 500 groups of 20", one_way),
    ("crossed REML with gaps, 400 x 5", crossed),
];

struct Bench {
    values: Vec<f64>,
    table: MeasurementTable,
    groups: NormalPooling,
    gaps: IncompleteTable,
}

impl Bench {
    fn new() -> Self {
        let values = measurements(SUBJECTS, RATERS);
        let table = MeasurementTable::from_values(values.clone(), RATERS).unwrap();
        let grouped = measurements(GROUPS, GROUP_SIZE);
        let groups: Vec<&[f64]> = grouped.chunks_exact(GROUP_SIZE).collect();
        let small = measurements(400, RATERS);
        let cells = small.iter().enumerate().map(|(index, value)| (index / RATERS, index % RATERS, *value));
        let kept: Vec<_> = cells.enumerate().filter(|(index, _)| index % 7 != 3).map(|(_, cell)| cell).collect();
        Self { values, table, groups: NormalPooling::new(&groups).unwrap(), gaps: IncompleteTable::new(&kept).unwrap() }
    }
}

/// Subject + rater + error, each uniform, from a fixed sequence that the peers make too.
fn measurements(subjects: usize, raters: usize) -> Vec<f64> {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let offsets: Vec<f64> = (0..raters).map(|_| next()).collect();
    let mut values = Vec::with_capacity(subjects * raters);
    for _ in 0..subjects {
        let subject = 2.0 * next();
        values.extend(offsets.iter().map(|offset| subject + offset + next()));
    }
    values
}

fn six_forms(bench: &Bench) -> f64 {
    let analysis = AnalysisOfVariance::of(black_box(&bench.table)).unwrap();
    let value = |form: &IntraclassForm| {
        analysis.intraclass_correlation(*form, ConfidenceLevel::NINETY_FIVE).unwrap().estimate().value()
    };
    IntraclassForm::ALL.iter().map(value).sum()
}

fn plain_sums(bench: &Bench) -> f64 {
    let values = black_box(&bench.values);
    let (mut columns, mut total) = ([0.0; RATERS], 0.0);
    for row in values.chunks_exact(RATERS) {
        for (column, value) in row.iter().enumerate() {
            columns[column] += value;
        }
    }
    for column in &mut columns {
        total += *column;
        *column /= SUBJECTS as f64;
    }
    let grand = total / values.len() as f64;
    let (mut subjects, mut residual) = (0.0, 0.0);
    for row in values.chunks_exact(RATERS) {
        let departure = row.iter().sum::<f64>() / RATERS as f64 - grand;
        subjects += departure * departure;
        for (column, value) in row.iter().enumerate() {
            let rest = value - columns[column] - departure;
            residual += rest * rest;
        }
    }
    subjects + residual + columns.iter().map(|mean| (mean - grand).powi(2)).sum::<f64>()
}

fn alpha(bench: &Bench) -> f64 {
    let items = InternalConsistency::of(black_box(&bench.table)).unwrap();
    items.cronbach_alpha(ConfidenceLevel::NINETY_FIVE).unwrap().value()
}

fn one_way(bench: &Bench) -> f64 {
    black_box(&bench.groups).estimate_prior().unwrap().between()
}

fn crossed(bench: &Bench) -> f64 {
    black_box(&bench.gaps).components().unwrap().subjects()
}

fn print_table(bench: &Bench) {
    let times = least_times(TURNS, |_| STEPS.map(|(_, step)| time(|| step(bench))));
    println!("\n{:<42} {:>10} {:>14}", "step", "least", "result");
    for ((name, step), time) in STEPS.iter().zip(times) {
        println!("{name:<42} {:>7.3} ms {:>14.9}", time.as_secs_f64() * 1e3, step(bench));
    }
}
