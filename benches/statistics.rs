//! How fast coefficients of agreement are, as a ratio to a loop that only counts the same bytes, run in turns with them.
//!
//! `cargo bench --bench statistics` prints a table of the least times of interleaved rounds, so that both sides see the
//! same machine, and then runs criterion. Claims are made of the ratios, never of the milliseconds. The same data for
//! Python packages: `benches/peers/agreement.py`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark on valid values; a wrong one should stop"
)]

#[path = "../tests/common/random.rs"]
mod random;
#[path = "common/turns.rs"]
mod turns;

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use random::Random;
use service_excellence::statistics::{
    AlphaMetric, Bootstrap, Categories, ConfidenceLevel, PairedRatings, SparseRatingTable, Weights, cohen_kappa,
    conger_kappa, fleiss_kappa, gwet_ac, krippendorff_alpha,
};
use turns::{least_times, time};

const CONFIDENCE: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;
const CATEGORIES: u64 = 5;
/// Where nothing is optimised, it only has to run.
const ROUNDS: usize = if cfg!(debug_assertions) { 1 } else { 12 };

criterion_group!(benches, interleaved, agreement);
criterion_main!(benches);

/// Codes of ratings, subject by subject.
struct Data {
    raters: usize,
    codes: Vec<u8>,
}

impl Data {
    /// Six in ten ratings are the truth, the others any category; some are missing.
    fn new(subjects: usize, raters: usize, missing_percent: u64) -> Self {
        let mut random = Random(7);
        let mut below = |bound: u64| random.bits() % bound;
        let mut codes = Vec::with_capacity(subjects * raters);
        for _ in 0..subjects {
            let truth = below(CATEGORIES);
            for _ in 0..raters {
                let rating = if below(100) < 60 { truth } else { below(CATEGORIES) };
                let is_missing = below(100) < missing_percent;
                codes.push(if is_missing { SparseRatingTable::MISSING } else { rating as u8 });
            }
        }
        Self { raters, codes }
    }

    fn table(&self) -> SparseRatingTable {
        Self::table_of(self.raters, self.codes.clone())
    }

    fn table_of(raters: usize, codes: Vec<u8>) -> SparseRatingTable {
        SparseRatingTable::from_codes(categories(), raters, codes).unwrap()
    }

    /// The least that a coefficient has to do: how often each category was chosen, subject by subject.
    fn only_count(&self) -> u64 {
        let mut sum = 0;
        for row in self.codes.chunks_exact(self.raters) {
            // The last counter is for what is missing.
            let mut counts = [0_u32; CATEGORIES as usize + 1];
            for code in row {
                counts[usize::from(*code).min(CATEGORIES as usize)] += 1;
            }
            sum += u64::from(black_box(&counts)[0]);
        }
        sum
    }

    /// Every second rater's codes, and the others'.
    fn columns(&self) -> (Vec<u8>, Vec<u8>) {
        self.codes.chunks_exact(2).map(|pair| (pair[0], pair[1])).unzip()
    }
}

fn categories() -> Categories {
    Categories::numbered(1, CATEGORIES as i32).unwrap()
}

/// From the bytes to the coefficient, the table included; the copy that the table is given is made before.
fn interleaved(_: &mut Criterion) {
    println!("\n| what, from bytes | ms | only counting, ms | ratio |\n|---|---|---|---|");
    for (subjects, raters, missing) in
        [(100_000, 50, 10), (100_000, 5, 0), (1_000, 10, 10), (10_000, 10, 10), (100_000, 10, 10)]
    {
        let data = Data::new(subjects, raters, missing);
        let name = |what: &str| format!("{what}, {raters} raters × {subjects}");
        compare(&name("alpha, ordinal"), &data, |table| {
            krippendorff_alpha(&table, &AlphaMetric::Ordinal).unwrap().value()
        });
        compare(&name("Gwet AC2, with error"), &data, |table| {
            gwet_ac(&table, &Weights::quadratic(), CONFIDENCE).unwrap().value()
        });
        compare(&name("Fleiss, with error"), &data, |table| {
            fleiss_kappa(&table, &Weights::identity(), CONFIDENCE).unwrap().value()
        });
        compare(&name("Conger, with error"), &data, |table| {
            conger_kappa(&table, &Weights::quadratic(), CONFIDENCE).unwrap().value()
        });
    }
    let pairs = Data::new(1_000_000, 2, 0);
    let (first, second) = pairs.columns();
    let [kappa, counting] = least_times(ROUNDS, |_| {
        let kappa = || {
            let pairs = PairedRatings::from_code_columns(categories(), &first, &second).unwrap();
            cohen_kappa(&pairs, &Weights::quadratic(), CONFIDENCE).unwrap().value()
        };
        [time(kappa), time(|| pairs.only_count())]
    });
    print_row("Cohen, quadratic, 1,000,000 pairs", kappa, counting);
    let (table, bootstrap) = (Data::new(1_000, 5, 0).table(), Bootstrap::bca(1_000, 7, CONFIDENCE).unwrap());
    let [alpha] = least_times(ROUNDS, |_| {
        [time(|| bootstrap.krippendorff_alpha(&table, &AlphaMetric::Ordinal).unwrap().value())]
    });
    println!("| BCa of alpha, ordinal, 1,000 replicates, 5 raters × 1000 | {:.1} | | |", milliseconds(alpha));
}

fn compare(name: &str, data: &Data, coefficient: impl Fn(SparseRatingTable) -> f64) {
    let [ours, counting] = least_times(ROUNDS, |_| {
        let codes = data.codes.clone();
        [time(|| coefficient(Data::table_of(data.raters, codes))), time(|| data.only_count())]
    });
    print_row(name, ours, counting);
}

fn print_row(name: &str, ours: Duration, counting: Duration) {
    let ratio = ours.as_secs_f64() / counting.as_secs_f64();
    println!("| {name} | {:.3} | {:.3} | {ratio:.2} |", milliseconds(ours), milliseconds(counting));
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn agreement(criterion: &mut Criterion) {
    for subjects in [1_000, 10_000, 100_000] {
        let data = Data::new(subjects, 10, 10);
        let mut group = criterion.benchmark_group(format!("10 raters × {subjects}"));
        group.sample_size(10).throughput(Throughput::Elements(data.codes.len() as u64));
        group.bench_function("table", |bencher| {
            bencher.iter_batched(|| data.codes.clone(), |codes| Data::table_of(10, codes), BatchSize::LargeInput);
        });
        let table = data.table();
        group.bench_function("alpha, ordinal", |bencher| {
            bencher.iter(|| krippendorff_alpha(&table, &AlphaMetric::Ordinal).unwrap());
        });
        group.bench_function("Gwet AC2", |bencher| {
            bencher.iter(|| gwet_ac(&table, &Weights::quadratic(), CONFIDENCE).unwrap());
        });
        group.bench_function("only counting", |bencher| bencher.iter(|| data.only_count()));
        group.finish();
    }
}
