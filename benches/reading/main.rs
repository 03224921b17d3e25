//! What a checked reading costs: documents of this crate beside the same shapes with plain derives and no checks.
//!
//! `cargo bench --bench reading` prints a table of the least times of turns taken one after the other, and then runs
//! criterion. Read the ratios: times depend on the machine.

#![expect(clippy::unwrap_used, reason = "a bench may fail loudly")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde::de::DeserializeOwned;
use service_excellence::rubric::RubricDocument;
use service_excellence::{AssessmentDocument, Rubric, Scorecard, Scorer};
use turns::{least_times, time};

const ASSESSMENTS: &str = include_str!("../../examples/data/assessments.ndjson");
const RUBRICS: &str = include_str!("../../examples/data/rubrics.ndjson");
/// How often both sides take turns.
const TURNS: usize = 100;

mod plain;
#[path = "../common/turns.rs"]
mod turns;

criterion_group!(benches, interleaved, reading);
criterion_main!(benches);

/// A kind of document: its name, its texts, and both ways of reading all of them.
struct Kind {
    name: &'static str,
    texts: Vec<String>,
    checked: fn(&[String]) -> usize,
    plain: fn(&[String]) -> usize,
}

fn kinds() -> [Kind; 4] {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    [
        Kind {
            name: "assessment",
            texts: lines(ASSESSMENTS),
            checked: read_all::<AssessmentDocument>,
            plain: read_all::<plain::Assessment>,
        },
        Kind {
            name: "scorecard",
            texts: scorecards(),
            checked: read_all::<Scorecard>,
            plain: read_all::<plain::Scorecard>,
        },
        Kind {
            name: "rubric before its rules",
            texts: lines(RUBRICS),
            checked: read_all::<RubricDocument>,
            plain: read_all::<plain::Rubric>,
        },
        Kind { name: "rubric", texts: lines(RUBRICS), checked: read_all::<Rubric>, plain: read_all::<plain::Rubric> },
    ]
}

/// The scorecards of the sample data.
fn scorecards() -> Vec<String> {
    let rubrics: Vec<Rubric> = RUBRICS.lines().map(|line| Rubric::from_json(line).unwrap()).collect();
    let score = |line: &str| {
        let document = AssessmentDocument::from_json(line).unwrap();
        let rubric = rubrics.iter().find(|one| *one.id() == document.rubric().id).unwrap();
        let scorecard = Scorer::new(rubric).score(&rubric.admit(document).unwrap()).unwrap();
        serde_json::to_string(&scorecard).unwrap()
    };
    ASSESSMENTS.lines().map(score).collect()
}

fn read_all<T: DeserializeOwned>(texts: &[String]) -> usize {
    texts.iter().map(|text| black_box(serde_json::from_str::<T>(text).is_ok())).filter(|is_read| *is_read).count()
}

fn interleaved(_: &mut Criterion) {
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    println!("\n| document | bytes each | checked, MB/s | plain derives, MB/s | checked / plain, time |");
    println!("|---|---|---|---|---|");
    for kind in kinds() {
        let bytes: usize = kind.texts.iter().map(String::len).sum();
        let read_all = |read: fn(&[String]) -> usize| {
            time(|| assert_eq!(read(&kind.texts), kind.texts.len(), "every document is read"))
        };
        let least = least_times(TURNS, |_| [kind.checked, kind.plain].map(read_all));
        let [checked, plain] = least.map(|time| time.as_secs_f64());
        let speed = |seconds: f64| bytes as f64 / seconds / 1e6;
        let (name, each) = (kind.name, bytes / kind.texts.len());
        println!("| {name} | {each} | {:.0} | {:.0} | {:.2} |", speed(checked), speed(plain), checked / plain);
    }
}

fn reading(criterion: &mut Criterion) {
    for kind in kinds() {
        let mut group = criterion.benchmark_group(kind.name);
        group.throughput(Throughput::Bytes(kind.texts.iter().map(String::len).sum::<usize>() as u64)).sample_size(20);
        group.bench_function("checked", |bencher| bencher.iter(|| (kind.checked)(&kind.texts)));
        group.bench_function("plain", |bencher| bencher.iter(|| (kind.plain)(&kind.texts)));
        group.finish();
    }
}
