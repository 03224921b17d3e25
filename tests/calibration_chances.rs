//! How often a calibration set fails an adequate rater and passes an unfit one: simulated raters.
//!
//! The committed sizes are small. For the tables of `docs/calibration.md`:
//! `SIGNAL_RATERS=2000 cargo test --release --test calibration_chances -- --nocapture`.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

#[path = "common/normal.rs"]
mod normal;
#[path = "common/random.rs"]
mod random;

use random::Random;
use service_excellence::calibration::CalibrationVerdict;
use service_excellence::{
    Assessment, AssessmentBuilder, CalibrationPolicy, CalibrationSet, Day, Framework, Rater, RaterKind, Reference,
    Rubric,
};

/// How a rater arrives at a step, when the agreed one is known.
#[derive(Clone, Copy)]
enum Habit {
    /// Hits the agreed step with this chance, else lies one step beside it with the other, else two. Of a contact the
    /// chances go together, as far as the policy takes them to.
    Hits { exact: f64, adjacent: f64 },
    /// Normal noise around what there was to see, of which the contact has a share, and a severity in levels.
    Noise { noise: f64, common: f64, severe: f64 },
}

fn assess(rubric: &Rubric, rater: &str, contact: usize, steps: &[i32]) -> Assessment {
    let who = Rater { id: rater.parse().unwrap(), kind: RaterKind::QualityReviewer };
    let id: Reference = format!("{rater}-{contact}").parse().unwrap();
    let day: Day = "2026-06-01".parse().unwrap();
    let builder = AssessmentBuilder::new(rubric, id, format!("person-{contact}").parse().unwrap(), who, day);
    let rated = rubric
        .criteria()
        .iter()
        .zip(steps)
        .fold(builder, |one, (criterion, step)| one.rate(criterion.key.as_str(), (*step).clamp(1, 5) as u8));
    rated.contact(format!("contact-{contact}").parse().unwrap()).submitted().admit().unwrap()
}

/// A number from 0 to 1: that of the contact with chance √ρ, else one of its own. Two of a contact have the correlation ρ.
fn together(random: &mut Random, correlation: f64, shared: f64) -> f64 {
    if random.uniform() < correlation.sqrt() { shared } else { random.uniform() }
}

/// The shares of raters who pass and fail.
fn chances(contacts: usize, habit: Habit, small: usize) -> (f64, f64) {
    let raters = std::env::var("SIGNAL_RATERS").ok().and_then(|number| number.parse().ok()).unwrap_or(small);
    let rubric = Rubric::for_channel(Framework::builtin(), "chat").unwrap();
    let mut random = Random(contacts as u64);
    let day: Day = "2026-06-30".parse().unwrap();
    // Agreed steps in the middle, so that there is room on both sides.
    let seen: Vec<Vec<f64>> =
        (0..contacts).map(|_| rubric.criteria().iter().map(|_| 2.5 + random.uniform()).collect()).collect();
    let agreed: Vec<Assessment> = seen
        .iter()
        .enumerate()
        .map(|(contact, seen)| {
            assess(&rubric, "panel", contact, &seen.iter().map(|seen| seen.round() as i32).collect::<Vec<_>>())
        })
        .collect();
    let policy = CalibrationPolicy::default();
    let set = CalibrationSet::new(&agreed, policy.clone()).unwrap();
    let rater: Reference = "new".parse().unwrap();
    let (mut passed, mut failed) = (0, 0);
    for _ in 0..raters {
        let own: Vec<Assessment> = seen
            .iter()
            .enumerate()
            .map(|(contact, seen)| {
                let (shared, common) = (random.uniform(), random.normal());
                let steps: Vec<i32> = seen
                    .iter()
                    .map(|seen| match habit {
                        Habit::Hits { exact, adjacent } => {
                            let place = together(&mut random, policy.contact_correlation.to_f64(), shared);
                            let distance = if place < exact {
                                0
                            } else if place < adjacent {
                                1
                            } else {
                                2
                            };
                            let side = if random.uniform() < 0.5 { -1 } else { 1 };
                            seen.round() as i32 + side * distance
                        }
                        Habit::Noise { noise, common: share, severe } => {
                            let error = share.sqrt() * common + (1.0 - share).sqrt() * random.normal();
                            (seen - severe + noise * error).round() as i32
                        }
                    })
                    .collect();
                assess(&rubric, "new", contact, &steps)
            })
            .collect();
        match set.result(&rater, &own, day).verdict.unwrap() {
            CalibrationVerdict::Passed => passed += 1,
            CalibrationVerdict::Failed => failed += 1,
            CalibrationVerdict::Undecided => {}
        }
    }
    (f64::from(passed) / raters as f64, f64::from(failed) / raters as f64)
}

const ADEQUATE: Habit = Habit::Hits { exact: 0.5, adjacent: 0.9 };
const UNFIT: Habit = Habit::Hits { exact: 0.35, adjacent: 0.9 };
const CARELESS: Habit = Habit::Hits { exact: 0.5, adjacent: 0.7 };

#[test]
fn few_adequate_raters_fail_and_few_unfit_ones_pass_with_few_contacts_or_many() {
    // Three standard errors of the simulation are tolerated.
    let most = 0.05 + 3.0 * (0.05_f64 * 0.95 / 100.0).sqrt();
    for contacts in [4, 16] {
        let (_, failed) = chances(contacts, ADEQUATE, 100);
        assert!(failed <= most, "{contacts} contacts: {failed} of adequate raters fail");
        for unfit in [UNFIT, CARELESS] {
            let (passed, _) = chances(contacts, unfit, 100);
            assert!(passed <= most, "{contacts} contacts: {passed} of unfit raters pass");
        }
    }
}

#[test]
fn with_the_contacts_needed_everybody_has_a_verdict() {
    let rubric = Rubric::for_channel(Framework::builtin(), "chat").unwrap();
    let critical = rubric.criteria().iter().filter(|one| one.critical.is_some()).count();
    let needed = CalibrationPolicy::default().contacts_needed(rubric.criteria().len() as u32, critical as u32);
    let needed = needed.unwrap().get() as usize;
    for habit in [ADEQUATE, UNFIT] {
        let (passed, failed) = chances(needed, habit, 40);
        assert!((passed + failed - 1.0).abs() < 1e-9, "{needed} contacts: {passed} pass, {failed} fail");
    }
    assert!(chances(needed, ADEQUATE, 40).0 > 0.8 && chances(needed, UNFIT, 40).1 > 0.8);
}

#[test]
fn table() {
    if std::env::var("SIGNAL_RATERS").is_err() {
        return;
    }
    for contacts in [4, 8, 12, 14, 16, 24, 40] {
        let noise = |noise, severe, common| Habit::Noise { noise, common, severe };
        let habits = [
            ("adequate", ADEQUATE),
            ("unfit", UNFIT),
            ("careless", CARELESS),
            ("noise 0.5", noise(0.5, 0.0, 0.3)),
            ("noise 0.7", noise(0.7, 0.0, 0.3)),
            ("noise 0.8", noise(0.8, 0.0, 0.3)),
            ("noise 1.1", noise(1.1, 0.0, 0.3)),
            ("severe 1, noise 0.7", noise(0.7, 1.0, 0.3)),
        ];
        for (name, habit) in habits {
            let (passed, failed) = chances(contacts, habit, 0);
            println!("contacts {contacts} {name}: pass {passed:.3} fail {failed:.3}");
        }
    }
}
