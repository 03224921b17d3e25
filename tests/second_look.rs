//! How often a profile asks for a second look by chance, and how often it finds raters who lie apart: simulated persons.
//!
//! The committed sizes are small. For the table of `docs/calibration.md`:
//! `SIGNAL_PROFILES=2000 cargo test --release --test second_look -- --nocapture`.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

#[path = "common/normal.rs"]
mod normal;
#[path = "common/random.rs"]
mod random;

use random::Random;
use service_excellence::assessment::Answer;
use service_excellence::framework::Basis;
use service_excellence::profile::ObservedRow;
use service_excellence::value::Step;
use service_excellence::{CriterionStanding, Day, EvidencePolicy, Framework, Profiler, RaterKind, Reference, Rubric};

/// The criterion on which one rater may lie apart.
const ODD_CRITERION: usize = 6;

/// The share of profiles with a second look on any criterion, and on the odd one, when each of these raters saw the person
/// so often, with noise around the truth, and the first one gives so many levels less on the odd criterion.
fn looks(raters: usize, each: usize, noise: f64, apart: f64, small: usize) -> (f64, f64) {
    let profiles = std::env::var("SIGNAL_PROFILES").ok().and_then(|number| number.parse().ok()).unwrap_or(small);
    let rubric = Rubric::for_channel(Framework::builtin(), "chat").unwrap();
    let profiler = Profiler::new(&rubric, EvidencePolicy::default());
    let day: Day = "2026-06-01".parse().unwrap();
    let names: Vec<Reference> = (0..raters).map(|rater| format!("rater-{rater}").parse().unwrap()).collect();
    let mut random = Random((1e3 * noise) as u64 + (each * 10 + raters) as u64);
    let people: Vec<Reference> = (0..profiles).map(|person| format!("person-{person:05}").parse().unwrap()).collect();
    let mut rows: Vec<(&Reference, &Reference, Reference, Vec<Answer>)> = Vec::new();
    for person in &people {
        let level = 3.0 + 0.6 * random.normal();
        let seen: Vec<f64> = rubric.criteria().iter().map(|_| level + 0.4 * random.normal()).collect();
        for (number, rater) in names.iter().enumerate() {
            for contact in 0..each {
                let answer = |(criterion, seen): (usize, &f64)| {
                    let shift = if number == 0 && criterion == ODD_CRITERION { apart } else { 0.0 };
                    let step = (seen - shift + noise * random.normal()).round().clamp(1.0, 5.0);
                    Answer::Rated(Step::new(step as u8).unwrap())
                };
                let answers = seen.iter().enumerate().map(answer).collect();
                rows.push((person, rater, format!("{person}-{number}-{contact}").parse().unwrap(), answers));
            }
        }
    }
    let rows: Vec<ObservedRow<'_>> = rows
        .iter()
        .map(|(person, rater, id, row)| ObservedRow {
            id,
            person,
            rater,
            kind: RaterKind::QualityReviewer,
            basis: Basis::LiveObservation,
            observed: day,
            entered: day,
            row,
        })
        .collect();
    let (mut any, mut odd) = (0, 0);
    for profile in profiler.profiles_of_rows(&rows, day).unwrap() {
        let asks =
            |standing: CriterionStanding| matches!(standing, CriterionStanding::Rated { needs_second_look: true, .. });
        any += usize::from(profile.criteria().iter().any(|one| asks(one.standing)));
        odd += usize::from(profile.criteria().get(ODD_CRITERION).is_some_and(|one| asks(one.standing)));
    }
    (any as f64 / people.len() as f64, odd as f64 / people.len() as f64)
}

#[test]
fn raters_who_are_alike_ask_for_a_second_look_in_at_most_five_of_a_hundred_profiles() {
    for (raters, each) in [(2, 1), (2, 5), (3, 4), (4, 10)] {
        let (alarms, _) = looks(raters, each, 0.8, 0.0, 200);
        // Three standard errors of the simulation are tolerated.
        assert!(alarms <= 0.05 + 3.0 * (0.05_f64 * 0.95 / 200.0).sqrt(), "{raters} raters, {each} each: {alarms}");
    }
}

#[test]
fn a_rater_two_levels_below_another_is_found_with_ten_ratings_each() {
    let (_, found) = looks(2, 10, 0.8, 2.0, 100);
    assert!(found >= 0.4, "{found}");
}

#[test]
fn table() {
    if std::env::var("SIGNAL_PROFILES").is_err() {
        return;
    }
    for noise in [0.5, 0.8, 1.1] {
        for (raters, each) in [(2, 1), (2, 3), (2, 5), (2, 10), (2, 20), (4, 5), (4, 10)] {
            let (alarms, _) = looks(raters, each, noise, 0.0, 0);
            let found = [1.0, 1.5, 2.0].map(|apart| looks(raters, each, noise, apart, 0).1);
            println!("noise {noise} raters {raters} each {each}: alarms {alarms:.4} found {found:.3?}");
        }
    }
}
