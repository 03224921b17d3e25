//! Whether intervals hold what they promise: simulated people, raters and five-step ratings.
//!
//! A person has a true level, a rater adds a severity with this person, an occasion adds noise; the sum is rounded and
//! kept within steps 1 to 5. What intervals are about is the person's long-run mean over raters of the ratings that come
//! out, which is computed here without the crate.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a simulation may fail loudly")]

use service_excellence::assessment::Answer;
use service_excellence::framework::Basis;
use service_excellence::profile::ObservedRow;
use service_excellence::statistics::{ConfidenceLevel, NestedComponents, NestedRating};
use service_excellence::value::{Step, Weight};
use service_excellence::{
    CriterionStanding, Day, EvidencePolicy, Profiler, RaterKind, Reference, RubricBuilder, RubricCriterion, Skill,
    UncertaintyModel,
};
use statrs::function::erf::erf;

#[path = "common/random.rs"]
mod random;

use random::Random;

/// A group of people, in levels.
#[derive(Clone, Copy, Debug)]
struct Group {
    mean: f64,
    between_persons: f64,
    between_raters: f64,
    within: f64,
}

/// In the middle of the scale, near its top, with strong raters, and low and noisy.
const GROUPS: [Group; 4] = [
    Group { mean: 3.2, between_persons: 0.6, between_raters: 0.35, within: 0.8 },
    Group { mean: 4.0, between_persons: 0.6, between_raters: 0.35, within: 0.8 },
    Group { mean: 3.0, between_persons: 0.8, between_raters: 0.5, within: 0.7 },
    Group { mean: 2.2, between_persons: 0.5, between_raters: 0.3, within: 0.9 },
];

/// Observations, and how many each rater has.
const DESIGNS: [(usize, &[u32]); 3] = [(5, &[3, 2]), (10, &[4, 3, 3]), (30, &[8, 8, 7, 7])];
const PEOPLE: usize = 4_000;

impl Random {
    fn between_0_and_1(&mut self) -> f64 {
        ((self.bits() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    fn normal(&mut self, mean: f64, spread: f64) -> f64 {
        let (radius, angle) =
            ((-2.0 * self.between_0_and_1().ln()).sqrt(), std::f64::consts::TAU * self.between_0_and_1());
        mean + spread * radius * angle.cos()
    }
}

/// Mean and variance, from 0 to 1, of a rounded rating whose level has this mean and spread.
fn rounded(mean: f64, spread: f64) -> (f64, f64) {
    let below = |cut: f64| 0.5 * (1.0 + erf((cut - mean) / (spread * std::f64::consts::SQRT_2)));
    let cuts = [1.5, 2.5, 3.5, 4.5].map(below);
    let shares = [cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], cuts[3] - cuts[2], 1.0 - cuts[3]];
    let moment = |power: i32| (0..5).map(|step| shares[step] * (step as f64 / 4.0).powi(power)).sum::<f64>();
    (moment(1), moment(2) - moment(1).powi(2))
}

/// The points and weights of a normal distribution, fine enough for four decimals.
fn normal_grid() -> Vec<(f64, f64)> {
    let points: Vec<f64> = (-200..=200).map(|index| f64::from(index) * 0.03).collect();
    let weight = |z: f64| (-z * z / 2.0).exp();
    let whole: f64 = points.iter().map(|z| weight(*z)).sum();
    points.into_iter().map(|z| (z, weight(z) / whole)).collect()
}

impl Group {
    /// The person's long-run mean over raters.
    fn truth(&self, level: f64) -> f64 {
        rounded(level, self.between_raters.hypot(self.within)).0
    }

    /// The components of the ratings that come out, by integration.
    fn components(&self) -> NestedComponents {
        let grid = normal_grid();
        let [mut mean, mut square, mut raters, mut within] = [0.0; 4];
        for (z, weight) in &grid {
            let level = self.mean + z * self.between_persons;
            let truth = self.truth(level);
            mean += weight * truth;
            square += weight * truth * truth;
            for (y, share) in &grid {
                let (cell, noise) = rounded(level + y * self.between_raters, self.within);
                raters += weight * share * (cell - truth).powi(2);
                within += weight * share * noise;
            }
        }
        NestedComponents::new(mean, square - mean * mean, raters, within).unwrap()
    }

    /// The steps of one person, rater by rater.
    fn rate(&self, level: f64, counts: &[u32], random: &mut Random) -> Vec<Vec<u8>> {
        let of_rater = |count: &u32| {
            let severity = random.normal(0.0, self.between_raters);
            let rating = |_| (random.normal(level + severity, self.within).round().clamp(1.0, 5.0)) as u8;
            (0..*count).map(rating).collect()
        };
        counts.iter().map(of_rater).collect()
    }
}

fn points(step: u8) -> f64 {
    f64::from(step - 1) / 4.0
}

fn mean_of(ratings: &[Vec<u8>]) -> f64 {
    let all: Vec<f64> = ratings.iter().flatten().map(|step| points(*step)).collect();
    all.iter().sum::<f64>() / all.len() as f64
}

/// The true value, and whether the interval holds it, of each simulated person; and the mean width.
fn simulate(group: Group, components: NestedComponents, counts: &[u32], seed: u64) -> (Vec<(f64, bool)>, f64) {
    let mut random = Random(seed);
    let mut width = 0.0;
    let people = (0..PEOPLE).map(|_| {
        let level = random.normal(group.mean, group.between_persons);
        let ratings = group.rate(level, counts, &mut random);
        let mean = components.mean_of(mean_of(&ratings), counts).unwrap();
        let interval = *mean.estimate(ConfidenceLevel::NINETY).unwrap().interval().unwrap();
        width += interval.width() / PEOPLE as f64;
        (group.truth(level), interval.contains(group.truth(level)))
    });
    (people.collect(), width)
}

fn share_held(people: &[(f64, bool)]) -> f64 {
    people.iter().filter(|(_, is_held)| *is_held).count() as f64 / people.len() as f64
}

#[test]
fn ninety_percent_intervals_hold_the_long_run_mean_of_87_to_93_percent() {
    for (group, seed) in GROUPS.iter().zip(1..) {
        let components = group.components();
        for (observations, counts) in DESIGNS {
            let (people, width) = simulate(*group, components, counts, seed);
            let held = share_held(&people);
            println!("{group:?}, {observations} observations: {held:.3}, {width:.3} wide");
            assert!((0.87..=0.93).contains(&held), "{group:?}, {observations}: {held}");
        }
    }
}

#[test]
fn they_do_so_for_weak_and_strong_people_alike() {
    let mut worst = (1.0_f64, 0.0_f64);
    for (group, seed) in GROUPS.iter().zip(11..) {
        let components = group.components();
        for (observations, counts) in DESIGNS {
            let (mut people, _) = simulate(*group, components, counts, seed);
            people.sort_by(|one, other| one.0.total_cmp(&other.0));
            for tenth in people.chunks(PEOPLE / 10) {
                let held = share_held(tenth);
                worst = (worst.0.min(held), worst.1.max(held));
                // 400 people: a true share of 0.9 strays by 0.015 (one standard error).
                assert!((0.83..=0.96).contains(&held), "{group:?}, {observations} at {:.2}: {held}", tenth[0].0);
            }
        }
    }
    println!("tenths of the true values: {:.3} to {:.3}", worst.0, worst.1);
}

#[test]
fn more_evidence_makes_intervals_narrower_on_average() {
    for group in GROUPS {
        let components = group.components();
        let widths = DESIGNS.map(|(_, counts)| simulate(group, components, counts, 21).1);
        assert!(widths[0] > widths[1] && widths[1] > widths[2], "{widths:?}");
    }
}

/// Components estimated from 25, 50 or 200 people with 10 observations each by 3 raters, and used for the same people.
#[test]
fn estimated_components_cost_little_coverage() {
    let group = GROUPS[0];
    let counts = DESIGNS[1].1;
    for (people, least) in [(25, 0.86), (50, 0.87), (200, 0.87)] {
        let mut random = Random(31);
        let (mut held, mut all) = (0, 0);
        while all < PEOPLE {
            let crowd: Vec<(f64, Vec<Vec<u8>>)> = (0..people)
                .map(|_| {
                    let level = random.normal(group.mean, group.between_persons);
                    (group.truth(level), group.rate(level, counts, &mut random))
                })
                .collect();
            let rows = crowd.iter().zip(0..).flat_map(|((_, ratings), subject)| {
                ratings.iter().zip(0..).flat_map(move |(steps, rater)| {
                    steps.iter().map(move |step| NestedRating { subject, rater, value: points(*step) })
                })
            });
            let components = NestedComponents::estimate(&rows.collect::<Vec<_>>()).unwrap();
            for (truth, ratings) in &crowd {
                let mean = components.mean_of(mean_of(ratings), counts).unwrap();
                let estimate = mean.estimate(ConfidenceLevel::NINETY).unwrap();
                held += usize::from(estimate.interval().unwrap().contains(*truth));
                all += 1;
            }
        }
        let share = held as f64 / all as f64;
        println!("components from {people} people: {share:.3} of {all} (nominal 0.9)");
        assert!((least..=0.93).contains(&share), "{people} people: {share}");
    }
}

#[test]
fn the_shrunken_interval_holds_the_long_run_mean_too_and_is_narrower() {
    let group = GROUPS[0];
    let (components, counts) = (group.components(), DESIGNS[0].1);
    let mut random = Random(41);
    let (mut held, mut squares, mut widths) = (0, [0.0; 2], [0.0; 2]);
    for _ in 0..PEOPLE {
        let level = random.normal(group.mean, group.between_persons);
        let truth = group.truth(level);
        let mean = components.mean_of(mean_of(&group.rate(level, counts, &mut random)), counts).unwrap();
        let estimates =
            [mean.estimate(ConfidenceLevel::NINETY), mean.shrunken(ConfidenceLevel::NINETY)].map(Result::unwrap);
        held += usize::from(estimates[1].interval().unwrap().contains(truth));
        for (index, estimate) in estimates.iter().enumerate() {
            squares[index] += (estimate.value() - truth).powi(2);
            widths[index] += estimate.interval().unwrap().width();
        }
    }
    let share = held as f64 / PEOPLE as f64;
    println!(
        "shrunken: {share:.3} held, error {:.3} of the raw, width {:.3} of the raw",
        squares[1] / squares[0],
        widths[1] / widths[0]
    );
    assert!((0.87..=0.93).contains(&share), "{share}");
    assert!(squares[1] < 0.8 * squares[0] && widths[1] < widths[0], "{squares:?}");
}

/// How far what was said lies from what was, in the worst tenth of what was said. Tenths with fewer than 1,000 of 40,000
/// cases are passed over: there the simulation itself strays by more than 0.02.
fn off_by(said: &[(f64, bool)]) -> f64 {
    let tenth = |one: &(f64, bool)| ((one.0 * 10.0) as usize).min(9);
    let tenths = (0..10).map(|place| said.iter().filter(|one| tenth(one) == place).collect::<Vec<_>>());
    tenths
        .filter(|cases| cases.len() >= 1_000)
        .map(|cases| {
            let n = cases.len() as f64;
            let (said, was) = (cases.iter().map(|one| one.0).sum::<f64>() / n, share_held_of(&cases));
            (said - was).abs()
        })
        .fold(0.0, f64::max)
}

fn share_held_of(cases: &[&(f64, bool)]) -> f64 {
    cases.iter().filter(|(_, is_so)| *is_so).count() as f64 / cases.len() as f64
}

/// Level 3 starts at 2.5, level 4 at 3.5: as scores 0.375 and 0.625.
#[test]
fn of_people_said_to_be_below_a_target_as_many_are() {
    for (group, seed) in GROUPS.iter().zip(51..) {
        let components = group.components();
        for (observations, counts) in DESIGNS {
            let mut random = Random(seed);
            let (mut posterior, mut raw) = (Vec::new(), Vec::new());
            for _ in 0..5 * PEOPLE {
                let level = random.normal(group.mean, group.between_persons);
                let truth = group.truth(level);
                let mean = components.mean_of(mean_of(&group.rate(level, counts, &mut random)), counts).unwrap();
                for bound in [0.375, 0.625] {
                    posterior.push((mean.posterior_below(bound).unwrap(), truth < bound));
                    raw.push((mean.probability_below(bound).unwrap(), truth < bound));
                }
            }
            let (off, raw_off) = (off_by(&posterior), off_by(&raw));
            println!("{group:?}, {observations}: posterior off by {off:.3} at most, raw by {raw_off:.3}");
            assert!(off <= 0.05, "{group:?}, {observations}: {off}");
        }
    }
}

/// Everybody with components from 50 people like them, 10 observations each.
#[test]
fn components_from_50_people_keep_what_is_said() {
    for (group, seed) in GROUPS.iter().zip(71..) {
        let (counts, mut random) = (DESIGNS[1].1, Random(seed));
        let mut said = Vec::new();
        while said.len() < 10 * PEOPLE {
            let crowd: Vec<(f64, Vec<Vec<u8>>)> = (0..50)
                .map(|_| {
                    let level = random.normal(group.mean, group.between_persons);
                    (group.truth(level), group.rate(level, counts, &mut random))
                })
                .collect();
            let rows = crowd.iter().zip(0..).flat_map(|((_, ratings), subject)| {
                ratings.iter().zip(0..).flat_map(move |(steps, rater)| {
                    steps.iter().map(move |step| NestedRating { subject, rater, value: points(*step) })
                })
            });
            let components = NestedComponents::estimate(&rows.collect::<Vec<_>>()).unwrap();
            for (truth, ratings) in &crowd {
                let mean = components.mean_of(mean_of(ratings), counts).unwrap();
                let below = |bound: f64| Some((mean.posterior_below(bound).ok()?, *truth < bound));
                said.extend([0.375, 0.625].into_iter().filter_map(below));
            }
        }
        let off = off_by(&said);
        println!("{group:?}, components from 50 people: off by {off:.3} at most");
        assert!(off <= 0.05, "{group:?}: {off}");
    }
}

/// The same through the front door: rows in, standings out.
#[test]
fn profiles_of_many_people_hold_what_they_promise() {
    let group = GROUPS[1];
    let key = "seen".parse().unwrap();
    let row = RubricCriterion::new(key, Skill::Empathy, "A row".parse().unwrap(), Weight::MIN);
    let rubric = RubricBuilder::new("one_row".parse().unwrap(), "1.0.0".parse().unwrap(), "One row".parse().unwrap());
    let rubric = rubric.criterion(row).build().unwrap();
    let model = UncertaintyModel::supplied(group.components(), ConfidenceLevel::NINETY);
    let profiler = Profiler::new(&rubric, EvidencePolicy::default()).with_uncertainty(model);
    let day: Day = "2026-06-01".parse().unwrap();
    let names = |letter: char| -> Vec<Reference> {
        (0..10 * PEOPLE).map(|number| format!("{letter}{number:06}").parse().unwrap()).collect()
    };
    let (people, ids, raters) = (names('p'), names('a'), names('r'));
    let mut random = Random(51);
    let (mut truths, mut answers) = (Vec::new(), Vec::new());
    for _ in 0..PEOPLE {
        let level = random.normal(group.mean, group.between_persons);
        truths.push(group.truth(level));
        let ratings = group.rate(level, DESIGNS[1].1, &mut random);
        let steps = ratings.iter().zip(&raters).flat_map(|(steps, rater)| steps.iter().map(move |step| (*step, rater)));
        answers.extend(steps.map(|(step, rater)| ([Answer::Rated(Step::new(step).unwrap())], rater)));
    }
    let rows: Vec<ObservedRow<'_>> = answers
        .iter()
        .enumerate()
        .map(|(index, (row, rater))| ObservedRow {
            id: &ids[index],
            person: &people[index / 10],
            rater,
            kind: RaterKind::QualityReviewer,
            basis: Basis::LiveObservation,
            observed: day,
            entered: day,
            row,
        })
        .collect();
    let profiles = profiler.profiles_of_rows(&rows, day).unwrap();
    let held = profiles.iter().zip(&truths).filter(|(profile, truth)| {
        let CriterionStanding::Rated { estimate, mean, .. } = profile.criteria()[0].standing else { return false };
        assert!((estimate.value() - mean.to_f64()).abs() < 1e-6, "value and interval speak of one thing");
        estimate.interval().unwrap().contains(**truth)
    });
    let share = held.count() as f64 / PEOPLE as f64;
    assert_eq!(profiles.len(), PEOPLE);
    assert!((0.87..=0.93).contains(&share), "{share}");
}

/// The same person and the same raters in both periods, and nothing changes; then the level rises by one.
#[test]
fn a_change_is_shown_by_chance_one_time_in_ten_and_mostly_when_a_level_is_gained() {
    let group = GROUPS[0];
    let (components, counts) = (group.components(), DESIGNS[1].1);
    let whole: f64 = counts.iter().map(|count| f64::from(*count)).sum();
    let shared: f64 = counts.iter().map(|count| (f64::from(*count) / whole).powi(2)).sum();
    let mut random = Random(61);
    let mut shown = [0_usize; 2];
    for _ in 0..PEOPLE {
        let level = random.normal(group.mean, group.between_persons);
        let severities: Vec<f64> = counts.iter().map(|_| random.normal(0.0, group.between_raters)).collect();
        let mut period = |level: f64| {
            let of_rater = |(count, severity): (&u32, &f64)| -> Vec<u8> {
                (0..*count)
                    .map(|_| random.normal(level + severity, group.within).round().clamp(1.0, 5.0) as u8)
                    .collect()
            };
            let ratings: Vec<Vec<u8>> = counts.iter().zip(&severities).map(of_rater).collect();
            components.mean_of(mean_of(&ratings), counts).unwrap()
        };
        let (before, same, better) = (period(level), period(level), period(level + 1.0));
        for (later, shown) in [same, better].iter().zip(&mut shown) {
            let covariance = shared * components.between_raters();
            let change = later.change_from(&before, covariance, ConfidenceLevel::NINETY).unwrap();
            *shown += usize::from(!change.interval().unwrap().contains(0.0));
        }
    }
    let [by_chance, gained] = shown.map(|shown| shown as f64 / PEOPLE as f64);
    println!("change shown: {by_chance:.3} without one, {gained:.3} after a level");
    assert!((0.07..=0.13).contains(&by_chance) && gained > 0.7, "{by_chance} {gained}");
}
