//! Whether chance alone gives the highest level: simulated people whose long-run mean is 3.9, through the front door.
//!
//! `PEOPLE=20000 cargo test --test highest_level -- --nocapture` prints the table of the guide.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a simulation may fail loudly")]

use service_excellence::assessment::Answer;
use service_excellence::framework::Basis;
use service_excellence::profile::ObservedRow;
use service_excellence::value::{Step, Weight};
use service_excellence::{
    CriterionStanding, Day, EvidencePolicy, Level, Profiler, RaterKind, Reference, RubricBuilder, RubricCriterion,
    Skill,
};

#[path = "common/normal.rs"]
mod normal;
#[path = "common/random.rs"]
mod random;

use random::Random;

fn people(few: usize) -> usize {
    std::env::var("PEOPLE").ok().and_then(|text| text.parse().ok()).unwrap_or(few)
}

fn step(level: f64) -> u8 {
    level.round().clamp(1.0, 5.0) as u8
}

/// The level whose ratings, rounded to steps, have this mean in the long run.
fn level_with_mean(mean: f64, noise: f64) -> f64 {
    let long_run = |level: f64| {
        let points = (-300..=300).map(|index| f64::from(index) * 0.02);
        let parts = points.map(|z| ((-z * z / 2.0).exp(), f64::from(step(level + noise * z))));
        let (weight, sum) = parts.fold((0.0, 0.0), |(weight, sum), (share, step)| (weight + share, sum + share * step));
        sum / weight
    };
    let (mut low, mut high) = (1.0, 5.0);
    for _ in 0..40 {
        let middle = f64::midpoint(low, high);
        if long_run(middle) < mean { low = middle } else { high = middle }
    }
    low
}

/// The shares of people with level 5, and with a value in its band.
fn share_at_the_top(mean: f64, noise: f64, observations: usize, people: usize) -> [f64; 2] {
    let row = RubricCriterion::new("seen".parse().unwrap(), Skill::Empathy, "A row".parse().unwrap(), Weight::MIN);
    let rubric = RubricBuilder::new("one_row".parse().unwrap(), "1.0.0".parse().unwrap(), "One row".parse().unwrap());
    let rubric = rubric.criterion(row).build().unwrap();
    let profiler = Profiler::new(&rubric, EvidencePolicy::default());
    let day: Day = "2026-06-01".parse().unwrap();
    let names = |letter: char, count: usize| -> Vec<Reference> {
        (0..count).map(|number| format!("{letter}{number:07}").parse().unwrap()).collect()
    };
    let (names_of_people, ids, raters) = (names('p', people), names('a', people * observations), names('r', 4));
    let (level, mut random) = (level_with_mean(mean, noise), Random(81));
    let answers: Vec<_> = (0..people * observations)
        .map(|_| [Answer::Rated(Step::new(step(level + noise * random.normal())).unwrap())])
        .collect();
    let rows: Vec<ObservedRow<'_>> = answers
        .iter()
        .enumerate()
        .map(|(index, row)| ObservedRow {
            id: &ids[index],
            person: &names_of_people[index / observations],
            rater: &raters[index % raters.len()],
            kind: RaterKind::QualityReviewer,
            basis: Basis::LiveObservation,
            observed: day,
            entered: day,
            row,
        })
        .collect();
    let profiles = profiler.profiles_of_rows(&rows, day).unwrap();
    let share = |is_so: fn(Level, bool) -> bool| {
        let counted = profiles.iter().filter(|profile| match profile.criteria()[0].standing {
            CriterionStanding::Rated { level, top_level_unconfirmed, .. } => is_so(level, top_level_unconfirmed),
            _ => false,
        });
        counted.count() as f64 / people as f64
    };
    [share(|level, _| level == Level::MAX), share(|level, is_unconfirmed| level == Level::MAX || is_unconfirmed)]
}

#[test]
fn a_long_run_mean_of_3_9_gets_the_highest_level_in_under_5_percent_however_many_observations() {
    for noise in [0.6, 0.7, 0.8] {
        for observations in [5, 20, 80] {
            let people = people(4_000 / observations);
            let [given, in_band] = share_at_the_top(3.9, noise, observations, people);
            println!("noise {noise}, {observations} observations: level 5 of {given:.4}, in its band {in_band:.4}");
            let slack = 2.6 * (0.05_f64 * 0.95 / people as f64).sqrt();
            assert!(given <= 0.05 + slack, "noise {noise}, {observations}: {given}");
        }
    }
}

#[test]
fn who_is_at_the_top_gets_the_highest_level() {
    let [given, _] = share_at_the_top(4.8, 0.6, 20, 200);
    println!("a long-run mean of 4.8, 20 observations: level 5 of {given:.3}");
    assert!(given > 0.95, "{given}");
}
