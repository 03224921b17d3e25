//! The whole path of `score_contacts` on the sample data, step by step, each beside a plain way of doing it.
//!
//! After criterion's own figures a table gives, from runs in turns, the time per assessment, each step's share of the
//! whole path, and its ratio to the plain way. Read the ratios: times depend on the machine.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench may fail loudly")]

#[path = "common/turns.rs"]
mod turns;

use std::collections::HashMap;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput};
use serde::{Deserialize, Serialize};
use service_excellence::{Assessment, AssessmentDocument, Rubric, Scorecard, Scorer};
use turns::{least_times, time};

const ASSESSMENTS: &str = include_str!("../examples/data/assessments.ndjson");
const RUBRICS: &str = include_str!("../examples/data/rubrics.ndjson");
/// How often the table's steps take turns.
const TURNS: usize = 100;

fn main() {
    let bench = Bench::new();
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("pipeline");
    group.throughput(Throughput::Elements(bench.lines.len() as u64)).sample_size(20);
    for (name, step) in STEPS {
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| bencher.iter(|| step(&bench)));
    }
    group.finish();
    criterion.final_summary();
    if std::env::args().all(|argument| argument != "--test") {
        print_table(&bench);
    }
}

type Step = (&'static str, fn(&Bench) -> usize);

/// Every step returns a number that depends on its work.
const STEPS: [Step; 11] = [
    ("parse", parse),
    ("parse, plain", parse_plain),
    ("check", check),
    ("check, plain", check_plain),
    ("score", score),
    ("score, row only", score_rows),
    ("score, plain", score_plain),
    ("write", write),
    ("write, plain", write_plain),
    ("whole path", whole_path),
    ("clone of a document", clone_documents),
];

/// The inputs of every step, made beforehand.
struct Bench {
    lines: Vec<&'static str>,
    scorers: HashMap<String, Scorer>,
    documents: Vec<AssessmentDocument>,
    assessments: Vec<Assessment>,
    scorecards: Vec<Scorecard>,
    plain: Vec<PlainAssessment>,
    plain_rubrics: HashMap<String, PlainRubric>,
    plain_scorecards: Vec<PlainScorecard>,
}

impl Bench {
    fn new() -> Self {
        let rubrics: Vec<Rubric> = RUBRICS.lines().map(|line| Rubric::from_json(line).unwrap()).collect();
        let lines: Vec<_> = ASSESSMENTS.lines().collect();
        let scorers: HashMap<_, _> = rubrics.iter().map(|one| (one.id().to_string(), Scorer::new(one))).collect();
        let documents: Vec<_> = lines.iter().map(|line| AssessmentDocument::from_json(line).unwrap()).collect();
        let admit = |one: &AssessmentDocument| scorers[one.rubric().id.as_str()].rubric().admit(one.clone()).unwrap();
        let assessments: Vec<_> = documents.iter().map(admit).collect();
        let scorecards: Vec<_> =
            assessments.iter().map(|one| scorers[one.rubric().id().as_str()].score(one).unwrap()).collect();
        let plain_scorecards =
            scorecards.iter().map(|one| serde_json::from_str(&serde_json::to_string(one).unwrap()).unwrap()).collect();
        Self {
            plain: lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect(),
            plain_rubrics: rubrics.iter().map(|one| (one.id().to_string(), PlainRubric::of(one))).collect(),
            lines,
            scorers,
            documents,
            assessments,
            scorecards,
            plain_scorecards,
        }
    }

    fn scorer(&self, document: &AssessmentDocument) -> &Scorer {
        &self.scorers[document.rubric().id.as_str()]
    }
}

fn parse(bench: &Bench) -> usize {
    let read = |line: &&str| AssessmentDocument::from_json(line).unwrap();
    bench.lines.iter().map(read).map(|one| black_box(one).ratings().len()).sum()
}

fn parse_plain(bench: &Bench) -> usize {
    let read = |line: &&str| serde_json::from_str::<PlainAssessment>(line).unwrap();
    bench.lines.iter().map(read).map(|one| black_box(one).ratings.len()).sum()
}

/// Admission takes the document, so a copy is made; `clone of a document` says what that costs.
fn check(bench: &Bench) -> usize {
    let admit = |one: &AssessmentDocument| bench.scorer(one).rubric().admit(one.clone()).unwrap();
    bench.documents.iter().map(admit).map(|one| black_box(one).row().len()).sum()
}

fn clone_documents(bench: &Bench) -> usize {
    bench.documents.iter().map(|one| black_box(one.clone()).ratings().len()).sum()
}

fn check_plain(bench: &Bench) -> usize {
    let is_good = |one: &&PlainAssessment| bench.plain_rubrics[&one.rubric.id].fits(one);
    bench.plain.iter().filter(is_good).count()
}

fn score(bench: &Bench) -> usize {
    let score = |one: &Assessment| bench.scorer(one.document()).score(one).unwrap();
    bench.assessments.iter().map(score).map(|one| black_box(one).contributions().len()).sum()
}

fn score_rows(bench: &Bench) -> usize {
    let score = |one: &Assessment| bench.scorer(one.document()).score_row(one.row()).unwrap();
    bench.assessments.iter().map(score).filter(|one| black_box(one).fired(0)).count()
}

fn score_plain(bench: &Bench) -> usize {
    let score = |one: &PlainAssessment| bench.plain_rubrics[&one.rubric.id].score(one);
    bench.plain.iter().filter(|one| black_box(score(one)) > 0.5).count()
}

fn write(bench: &Bench) -> usize {
    write_all(&bench.scorecards)
}

fn write_plain(bench: &Bench) -> usize {
    write_all(&bench.plain_scorecards)
}

fn write_all(documents: &[impl Serialize]) -> usize {
    let mut buffer = Vec::with_capacity(64 * 1024);
    let mut bytes = 0;
    for document in documents {
        buffer.clear();
        serde_json::to_writer(&mut buffer, document).unwrap();
        bytes += black_box(&buffer).len();
    }
    bytes
}

fn whole_path(bench: &Bench) -> usize {
    let mut buffer = Vec::with_capacity(64 * 1024);
    let mut bytes = 0;
    for line in &bench.lines {
        buffer.clear();
        let document = AssessmentDocument::from_json(line).unwrap();
        let scorer = bench.scorer(&document);
        let scorecard = scorer.score(&scorer.rubric().admit(document).unwrap()).unwrap();
        serde_json::to_writer(&mut buffer, &scorecard).unwrap();
        bytes += black_box(&buffer).len();
    }
    bytes
}

fn print_table(bench: &Bench) {
    let times = least_times(TURNS, |_| STEPS.map(|(_, step)| time(|| step(bench))));
    let nanoseconds = times.map(|time| time.as_nanos() as f64 / bench.lines.len() as f64);
    let least: HashMap<_, _> = STEPS.iter().zip(nanoseconds).map(|((name, _), time)| (*name, time)).collect();
    println!("\n{:<22}{:>14}{:>20}{:>16}", "step", "ns/assessment", "share of the path", "ratio to plain");
    for (name, _) in STEPS {
        // The copy belongs to the bench and not to the check.
        let copied = if name == "check" { least["clone of a document"] } else { 0.0 };
        let time = least[name] - copied;
        let share = 100.0 * time / least["whole path"];
        let plain = least.get(format!("{name}, plain").as_str());
        let ratio = plain.map_or(String::new(), |plain| format!("{:.2}", time / plain));
        println!("{name:<22}{time:>14.0}{share:>18.1} %{ratio:>16}");
    }
}

/// An assessment as somebody would write it down without a second thought.
#[derive(Deserialize)]
#[expect(dead_code, reason = "read, to compare the reading")]
struct PlainAssessment {
    schema_version: u32,
    id: String,
    rubric: PlainPin,
    person: String,
    rater: PlainRater,
    channel: Option<String>,
    contact: Option<String>,
    basis: String,
    sampling: String,
    observed: String,
    entered: String,
    ratings: Vec<PlainRating>,
    evidence: Vec<PlainEvidence>,
    barriers: Vec<PlainBarrier>,
    reviews: Vec<PlainStep>,
    confirmation: Option<PlainConfirmation>,
    concern_decisions: Vec<PlainDecision>,
    supersedes: Option<String>,
    external_references: Vec<PlainReference>,
    extensions: Option<serde_json::Value>,
}

#[derive(Deserialize, Serialize)]
struct PlainPin {
    id: String,
    version: String,
    structure: String,
    content: String,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read, to compare the reading")]
struct PlainRater {
    id: String,
    kind: String,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read, to compare the reading")]
struct PlainRating {
    criterion: String,
    answer: PlainAnswer,
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(dead_code, reason = "read, to compare the reading")]
enum PlainAnswer {
    Rated { step: u8 },
    NotApplicable { reason: String },
    NotObserved { reason: String },
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read, to compare the reading")]
struct PlainEvidence {
    kind: String,
    reference: String,
    criteria: Vec<String>,
    note: Option<String>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read, to compare the reading")]
struct PlainBarrier {
    kind: String,
    criteria: Vec<String>,
    note: Option<String>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read, to compare the reading")]
struct PlainStep {
    state: String,
    on: String,
    by: String,
    note: Option<String>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read, to compare the reading")]
struct PlainConfirmation {
    by: String,
    on: String,
    note: Option<String>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read, to compare the reading")]
struct PlainDecision {
    rule: String,
    by: String,
    on: String,
    verdict: String,
    note: Option<String>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read, to compare the reading")]
struct PlainReference {
    system: String,
    id: String,
}

/// Weights in a hash map, means in floating point, one number.
struct PlainRubric(HashMap<String, (usize, f64)>);

impl PlainRubric {
    fn of(rubric: &Rubric) -> Self {
        let row = |one: &service_excellence::RubricCriterion| {
            let weight = one.counted_weight().map_or(0.0, |weight| f64::from(weight.get()));
            (one.key.to_string(), (one.skill as usize, weight))
        };
        Self(rubric.criteria().iter().map(row).collect())
    }

    fn fits(&self, assessment: &PlainAssessment) -> bool {
        let is_good = |rating: &PlainRating| {
            let is_on_scale = !matches!(rating.answer, PlainAnswer::Rated { step } if !(1..=5).contains(&step));
            is_on_scale && self.0.contains_key(&rating.criterion)
        };
        assessment.ratings.len() == self.0.len() && assessment.ratings.iter().all(is_good)
    }

    fn score(&self, assessment: &PlainAssessment) -> f64 {
        let mut sums = [(0.0, 0.0); 5];
        for rating in &assessment.ratings {
            if let PlainAnswer::Rated { step } = rating.answer {
                let (skill, weight) = self.0[&rating.criterion];
                sums[skill].0 += weight * f64::from(step - 1) / 4.0;
                sums[skill].1 += weight;
            }
        }
        let rated: Vec<f64> =
            sums.iter().filter(|(_, weight)| *weight > 0.0).map(|(sum, weight)| sum / weight).collect();
        rated.iter().sum::<f64>() / rated.len() as f64
    }
}

/// A scorecard in strings and floating point; the small parts stay JSON values.
#[derive(Deserialize, Serialize)]
struct PlainScorecard {
    schema_version: u32,
    scoring_policy: serde_json::Value,
    rubric: PlainPin,
    assessment: String,
    person: String,
    observed: String,
    basis: String,
    skills: serde_json::Value,
    overall: serde_json::Value,
    outcome: String,
    second_assessor_required: bool,
    accuracy: serde_json::Value,
    contributions: Vec<PlainContribution>,
    rules: Vec<serde_json::Value>,
    adjustments: Vec<serde_json::Value>,
}

#[derive(Deserialize, Serialize)]
struct PlainContribution {
    criterion: String,
    skill: String,
    answer: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<u32>,
    nominal_share: f64,
    effective_share: f64,
    to_skill: f64,
    to_overall: f64,
}
