//! How fast a row is scored, as a ratio to loops written by hand (over flat tables, and for one rubric with its numbers
//! in the code) and to the obvious object model.
//!
//! `cargo bench --bench scoring` prints a table of the least times of interleaved slices, so that both sides see the
//! same machine, and then runs criterion. Claims are made of the ratios, never of the nanoseconds.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark on valid values; a wrong one should stop"
)]

#[path = "../tests/common/random.rs"]
mod random;
#[path = "common/turns.rs"]
mod turns;

use std::collections::HashMap;
use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use random::Random;
use service_excellence::assessment::Answer;
use service_excellence::rubric::NotApplicablePolicy;
use service_excellence::scoring::RowScore;
use service_excellence::value::Step;
use service_excellence::{Framework, Rubric, Score, Scorer, Skill};
use turns::{least_times, time};

const CRITERIA: usize = 24;
const ROWS: usize = 1_000_000;
/// The object model is slow, and its rows are large.
const OBJECT_ROWS: usize = 20_000;
/// Rows per slice of the interleaved comparison: short enough to fit between interruptions.
const SLICE: usize = 2_000;

criterion_group!(benches, interleaved, score_rows);
criterion_main!(benches);

fn interleaved(_: &mut Criterion) {
    println!(
        "\n| rows | score_row, ns | loop over tables, ns | ratio | loop for one rubric, ns | ratio | objects, ns | ratio |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for data in Data::all() {
        data.check();
        let [ours, by_table, by_hand] = least_times(ROWS / SLICE, |round| {
            let range = round * SLICE..(round + 1) * SLICE;
            [
                time(|| data.score_rows(range.clone())),
                time(|| data.score_by_table(range.clone())),
                time(|| data.score_by_hand(range.clone())),
            ]
        });
        let [objects] = least_times(3, |_| [time(|| data.score_objects())]);
        let per_row = |time: Duration, rows: usize| time.as_secs_f64() * 1e9 / rows as f64;
        let (ours, by_table) = (per_row(ours, SLICE), per_row(by_table, SLICE));
        let (by_hand, objects) = (per_row(by_hand, SLICE), per_row(objects, OBJECT_ROWS));
        println!(
            "| {} | {ours:.1} | {by_table:.1} | {:.2} | {by_hand:.1} | {:.2} | {objects:.0} | {:.4} |",
            data.name,
            ours / by_table,
            ours / by_hand,
            ours / objects,
        );
    }
}

fn score_rows(criterion: &mut Criterion) {
    for data in Data::all() {
        let mut group = criterion.benchmark_group(data.name);
        group.sample_size(10).throughput(Throughput::Elements(ROWS as u64));
        group.bench_function("score_row", |bencher| bencher.iter(|| data.score_rows(0..ROWS)));
        group.bench_function("loop over tables", |bencher| bencher.iter(|| data.score_by_table(0..ROWS)));
        group.bench_function("loop for one rubric", |bencher| bencher.iter(|| data.score_by_hand(0..ROWS)));
        group.throughput(Throughput::Elements(OBJECT_ROWS as u64));
        group.bench_function("object model", |bencher| {
            bencher.iter_batched(|| (), |()| data.score_objects(), BatchSize::PerIteration);
        });
        group.finish();
    }
}

/// The same answers in three forms.
struct Data {
    name: &'static str,
    scorer: Scorer,
    answers: Vec<Answer>,
    /// One byte an answer: the step, or 0 when not applicable.
    bytes: Vec<u8>,
    table: FlatTable,
    objects: Vec<ObjectAssessment>,
    model: ObjectRubric,
}

impl Data {
    /// Steps as they occur (step 1 in 2 of 100), and steps all alike, so that every second row breaks a critical rule.
    fn all() -> impl Iterator<Item = Self> {
        let usual = [2, 15, 45, 30, 8];
        let cases = [
            ("all rated", 0, usual),
            ("a fifth not applicable", 20, usual),
            ("all rated, half with a critical error", 0, [20; 5]),
        ];
        cases.into_iter().map(|(name, percent, steps)| Self::new(name, percent, steps))
    }

    fn new(name: &'static str, percent_not_applicable: u64, percent_of_steps: [u64; 5]) -> Self {
        let rubric = Rubric::for_channel(Framework::builtin(), "chat").unwrap();
        assert_eq!(rubric.criteria().len(), CRITERIA);
        let mut random = Random(7);
        let mut byte = |place: usize| {
            let may_not_apply = rubric.criteria()[place].not_applicable == NotApplicablePolicy::Exclude;
            if may_not_apply && random.below(100) < percent_not_applicable { 0 } else { random.step(percent_of_steps) }
        };
        let bytes: Vec<u8> = (0..ROWS * CRITERIA).map(|index| byte(index % CRITERIA)).collect();
        let answer = |byte: &u8| Step::new(*byte).map_or(Answer::NotApplicable, Answer::Rated);
        let objects = bytes.chunks_exact(CRITERIA).take(OBJECT_ROWS).map(|row| ObjectAssessment::new(&rubric, row));
        Self {
            name,
            scorer: Scorer::new(&rubric),
            answers: bytes.iter().map(answer).collect(),
            objects: objects.collect(),
            bytes,
            table: black_box(FlatTable::new(&rubric)),
            model: ObjectRubric::new(&rubric),
        }
    }

    fn ours(&self, row: usize) -> RowScore {
        self.scorer.score_row(&self.answers[row * CRITERIA..(row + 1) * CRITERIA]).unwrap()
    }

    fn by_hand(&self, row: usize) -> ByHand {
        score_by_hand(self.bytes[row * CRITERIA..(row + 1) * CRITERIA].try_into().unwrap())
    }

    fn by_table(&self, row: usize) -> ByHand {
        self.table.score(&self.bytes[row * CRITERIA..(row + 1) * CRITERIA])
    }

    fn score_by_table(&self, rows: std::ops::Range<usize>) {
        for row in rows {
            black_box(self.by_table(row));
        }
    }

    fn score_rows(&self, rows: std::ops::Range<usize>) {
        for row in rows {
            black_box(self.ours(row));
        }
    }

    fn score_by_hand(&self, rows: std::ops::Range<usize>) {
        for row in rows {
            black_box(self.by_hand(row));
        }
    }

    fn score_objects(&self) {
        for object in &self.objects {
            black_box(self.model.score(object));
        }
    }

    /// All three give the same numbers.
    fn check(&self) {
        for row in 0..OBJECT_ROWS {
            let (ours, by_hand) = (self.ours(row), self.by_hand(row));
            assert!(self.by_table(row) == by_hand, "the two loops differ on row {row}");
            let objects = self.model.score(&self.objects[row]);
            for (place, skill) in Skill::ALL.iter().enumerate() {
                let score = ours.skills()[*skill];
                let number = score.score().map_or(NOTHING, |score| u64::from(score.millionths()));
                assert_eq!(number, by_hand.scores[place], "{skill} of row {row}");
                let coverage = score.coverage().map_or(NOTHING, |share| u64::from(share.millionths()));
                assert_eq!(coverage, by_hand.coverages[place], "coverage of {skill} of row {row}");
                let found = objects.skills.get(skill.as_str()).copied();
                assert!(are_near(score.score(), found), "{skill} of row {row}");
            }
            let overall = ours.overall().score();
            assert_eq!(overall.map_or(NOTHING, |score| u64::from(score.millionths())), by_hand.overall, "row {row}");
            assert!(are_near(overall, objects.overall), "row {row}");
        }
    }
}

/// Whether an exact score and one in decimals are the same but for rounding.
fn are_near(exact: Option<Score>, found: Option<f64>) -> bool {
    match (exact, found) {
        (Some(exact), Some(found)) => (exact.to_f64() - found).abs() < 1e-6,
        (exact, found) => exact.is_none() && found.is_none(),
    }
}

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.bits() % bound
    }

    fn step(&mut self, percent_of_steps: [u64; 5]) -> u8 {
        let mut rest = self.below(100);
        let steps = percent_of_steps.iter().zip(1..);
        let reached = steps.into_iter().find(|(percent, _)| {
            let is_reached = rest < **percent;
            rest = rest.saturating_sub(**percent);
            is_reached
        });
        reached.map_or(5, |(_, step)| step)
    }
}

/// Stands for "no number".
const NOTHING: u64 = u64::MAX;

/// The weights of the chat rubric, skill by skill, each divided by 5.
const WEIGHTS: [u64; CRITERIA] = [4, 5, 6, 5, 5, 4, 5, 2, 4, 5, 4, 6, 3, 2, 4, 5, 4, 3, 4, 6, 4, 4, 3, 3];
const STARTS: [usize; 6] = [0, 4, 9, 14, 19, 24];

#[derive(PartialEq)]
struct ByHand {
    scores: [u64; 5],
    coverages: [u64; 5],
    overall: u64,
}

/// What somebody would write for this one rubric: five sums over bytes, and exact divisions in 64 bits.
fn score_by_hand(row: &[u8; CRITERIA]) -> ByHand {
    let mut result = ByHand { scores: [NOTHING; 5], coverages: [NOTHING; 5], overall: NOTHING };
    // The overall score as a fraction: the sum of the skills' fractions, all skills weighing the same.
    let (mut numerator, mut denominator, mut scored) = (0, 1, 0);
    for skill in 0..5 {
        let (mut points, mut rated, mut applicable, mut whole) = (0, 0, 0, 0);
        for place in STARTS[skill]..STARTS[skill + 1] {
            let (step, weight) = (u64::from(row[place]), WEIGHTS[place]);
            let applies = u64::from(step > 0);
            points += weight * step.saturating_sub(1);
            rated += weight * applies;
            applicable += weight * applies;
            whole += weight;
        }
        if applicable * 2 < whole {
            continue;
        }
        result.coverages[skill] = rounded(rated, applicable);
        if result.coverages[skill] < 600_000 {
            continue;
        }
        result.scores[skill] = rounded(points, 4 * rated);
        numerator = numerator * rated + points * denominator;
        denominator *= rated;
        scored += 1;
    }
    if scored > 0 {
        result.overall = rounded(numerator, 4 * denominator * scored);
    }
    result
}

/// The same for any rubric of 24 criteria on five steps: weights and points are read from flat arrays.
struct FlatTable {
    /// Weight times points, rated weight and applicable weight of each answer of each criterion.
    entries: [[[u64; 3]; 8]; CRITERIA],
    starts: [usize; 6],
    wholes: [u64; 5],
    skill_weights: [u64; 5],
}

impl FlatTable {
    fn new(rubric: &Rubric) -> Self {
        let weight = |place: usize| u64::from(rubric.criteria()[place].counted_weight().unwrap().get()) / 5;
        let entry = |place: usize, step: usize| match step {
            1..=5 => [weight(place) * (step as u64 - 1), weight(place), weight(place)],
            _ => [0; 3],
        };
        let start = |skill: &Skill| rubric.criteria().partition_point(|one| one.skill < *skill);
        let mut starts = [CRITERIA; 6];
        Skill::ALL.iter().zip(&mut starts).for_each(|(skill, place)| *place = start(skill));
        Self {
            entries: std::array::from_fn(|place| std::array::from_fn(|step| entry(place, step))),
            starts,
            wholes: std::array::from_fn(|skill| (starts[skill]..starts[skill + 1]).map(weight).sum()),
            skill_weights: [1; 5],
        }
    }

    fn score(&self, row: &[u8]) -> ByHand {
        let mut result = ByHand { scores: [NOTHING; 5], coverages: [NOTHING; 5], overall: NOTHING };
        let (mut numerator, mut denominator, mut weights) = (0, 1, 0);
        for skill in 0..5 {
            let (mut points, mut rated, mut applicable) = (0, 0, 0);
            let places = self.starts[skill]..self.starts[skill + 1];
            for (entries, step) in self.entries[places.clone()].iter().zip(&row[places]) {
                let entry = entries[usize::from(step % 8)];
                points += entry[0];
                rated += entry[1];
                applicable += entry[2];
            }
            if applicable * 2 < self.wholes[skill] {
                continue;
            }
            result.coverages[skill] = rounded(rated, applicable);
            if result.coverages[skill] < 600_000 {
                continue;
            }
            result.scores[skill] = rounded(points, 4 * rated);
            numerator = numerator * rated + self.skill_weights[skill] * points * denominator;
            denominator *= rated;
            weights += self.skill_weights[skill];
        }
        if weights > 0 {
            result.overall = rounded(numerator, 4 * denominator * weights);
        }
        result
    }
}

/// A fraction in millionths, halves away from zero.
fn rounded(numerator: u64, denominator: u64) -> u64 {
    (numerator * 2_000_000 + denominator) / (2 * denominator)
}

/// The natural model: maps of names to objects, decimals, a result that is built anew each time.
struct ObjectRubric {
    criteria: HashMap<String, ObjectCriterion>,
    minimum_coverage: f64,
    minimum_applicable_share: f64,
}

struct ObjectCriterion {
    skill: String,
    weight: f64,
    points: HashMap<u8, f64>,
}

struct ObjectAssessment {
    ratings: HashMap<String, Option<u8>>,
}

struct ObjectScore {
    skills: HashMap<String, f64>,
    overall: Option<f64>,
}

impl ObjectRubric {
    fn new(rubric: &Rubric) -> Self {
        let criteria = rubric.criteria().iter().map(|one| {
            let points = (1..=5).map(|step| (step, f64::from(step - 1) / 4.0)).collect();
            let weight = f64::from(one.counted_weight().unwrap().get());
            (one.key.to_string(), ObjectCriterion { skill: one.skill.to_string(), weight, points })
        });
        Self {
            criteria: criteria.collect(),
            minimum_coverage: rubric.document().minimum_coverage.to_f64(),
            minimum_applicable_share: rubric.document().minimum_applicable_share.to_f64(),
        }
    }

    fn score(&self, assessment: &ObjectAssessment) -> ObjectScore {
        // Points, rated weight, whole weight.
        let mut sums: HashMap<String, (f64, f64, f64)> = HashMap::new();
        for (name, rating) in &assessment.ratings {
            let criterion = &self.criteria[name];
            let sum = sums.entry(criterion.skill.clone()).or_default();
            sum.2 += criterion.weight;
            if let Some(step) = rating {
                sum.0 += criterion.weight * criterion.points[step];
                sum.1 += criterion.weight;
            }
        }
        let applies = |rated: f64, whole: f64| rated > 0.0 && rated >= self.minimum_applicable_share * whole;
        let scored = sums.into_iter().filter(|(_, (_, rated, whole))| applies(*rated, *whole));
        let skills: HashMap<String, f64> = scored.map(|(skill, (points, rated, _))| (skill, points / rated)).collect();
        let is_enough = !skills.is_empty() && 1.0 >= self.minimum_coverage;
        let overall = is_enough.then(|| skills.values().sum::<f64>() / skills.len() as f64);
        ObjectScore { skills, overall }
    }
}

impl ObjectAssessment {
    fn new(rubric: &Rubric, row: &[u8]) -> Self {
        let rating = |step: u8| (step > 0).then_some(step);
        let rows = rubric.criteria().iter().zip(row);
        Self { ratings: rows.map(|(criterion, step)| (criterion.key.to_string(), rating(*step))).collect() }
    }
}
