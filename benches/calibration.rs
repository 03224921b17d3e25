//! How fast the many-facet model is fitted: 1,000 persons rated by 2 of 20 raters on 5 criteria, by all of them, and how
//! the time grows.
//!
//! After criterion's own figures a table gives the least of several runs. Read the growth: times depend on the machine.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench may fail loudly")]

#[path = "../tests/common/normal.rs"]
mod normal;
#[path = "../tests/common/random.rs"]
mod random;
#[path = "common/turns.rs"]
mod turns;

use criterion::{BenchmarkId, Criterion, Throughput};
use random::Random;
use service_excellence::calibration::{FacetData, FacetModel, FacetRating};
use service_excellence::value::{Step, StepCount};
use service_excellence::{Key, Reference};
use turns::{least_times, time};

const CRITERIA: usize = 5;
const RATERS: usize = 20;
/// Persons, and how many raters each meets.
const DESIGNS: [(usize, usize); 5] = [(250, 2), (1_000, 2), (4_000, 2), (250, 20), (1_000, 20)];

fn main() {
    let models = [
        ("rating scale", FacetModel::rating_scale()),
        ("partial credit", FacetModel::partial_credit()),
        ("joint", FacetModel::rating_scale().joint()),
    ];
    let is_test = std::env::args().any(|argument| argument == "--test");
    // Few persons show that they work.
    let shrink = if is_test { 50 } else { 1 };
    let simulated = DESIGNS.iter().map(|(persons, raters)| simulate(persons / shrink, *raters));
    let sets: Vec<FacetData> = simulated.collect();
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("facets");
    for (name, model) in &models {
        for data in [&sets[1], &sets[4]] {
            group.throughput(Throughput::Elements(data.ratings() as u64)).sample_size(10);
            let id = BenchmarkId::new(*name, data.ratings());
            group.bench_function(id, |bencher| bencher.iter(|| model.fit(data).unwrap()));
        }
    }
    group.finish();
    criterion.final_summary();
    if !is_test {
        print_table(&models, &sets);
    }
}

fn print_table(models: &[(&str, FacetModel)], sets: &[FacetData]) {
    println!("\n| ratings | persons | model | ms | ns per rating |\n|---|---|---|---|---|");
    for data in sets {
        for (name, model) in models {
            let [least] = least_times(7, |_| [time(|| model.fit(data).unwrap())]);
            let milliseconds = least.as_secs_f64() * 1e3;
            let each = milliseconds * 1e6 / data.ratings() as f64;
            let (ratings, persons) = (data.ratings(), data.persons().len());
            println!("| {ratings} | {persons} | {name} | {milliseconds:.1} | {each:.0} |");
        }
    }
}

/// Each person meets `each` raters in turn, chosen by number; steps are drawn from the model.
fn simulate(persons: usize, each: usize) -> FacetData {
    let mut random = Random(20_260_101);
    let severities: Vec<f64> = (0..RATERS).map(|_| 0.6 * random.normal()).collect();
    let difficulties: Vec<f64> = (0..CRITERIA).map(|_| 0.5 * random.normal()).collect();
    let raters: Vec<Reference> = (0..RATERS).map(|rater| format!("r{rater:02}").parse().unwrap()).collect();
    let criteria: Vec<Key> = (0..CRITERIA).map(|criterion| format!("c{criterion}").parse().unwrap()).collect();
    let names: Vec<Reference> = (0..persons).map(|person| format!("p{person:05}").parse().unwrap()).collect();
    let mut ratings = Vec::new();
    for (number, person) in names.iter().enumerate() {
        let ability = 1.2 * random.normal();
        let first = (random.uniform() * RATERS as f64) as usize;
        let stride = if each == RATERS { 1 } else { 1 + number % (RATERS - 1) };
        for turn in 0..each {
            let rater = (first + turn * stride) % RATERS;
            for (criterion, difficulty) in criteria.iter().zip(&difficulties) {
                let step = draw(&mut random, ability - severities[rater] - difficulty);
                ratings.push(FacetRating { person, rater: &raters[rater], criterion, step });
            }
        }
    }
    FacetData::new(StepCount::new(5).unwrap(), ratings).unwrap()
}

fn draw(random: &mut Random, place: f64) -> Step {
    let mut weights = [1.0; 5];
    for (step, threshold) in [-1.5, -0.5, 0.5, 1.5].into_iter().enumerate() {
        weights[step + 1] = weights[step] * (place - threshold).exp();
    }
    let mut left = random.uniform() * weights.iter().sum::<f64>();
    let found = weights.iter().position(|weight| {
        left -= weight;
        left < 0.0
    });
    Step::new(found.unwrap_or(4) as u8 + 1).unwrap()
}
