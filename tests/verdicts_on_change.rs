//! Whether verdicts on change hold for people who were chosen by a low score: simulated people, raters and five-step ratings.
//!
//! `PEOPLE=20000 cargo test --test verdicts_on_change -- --nocapture` prints the tables of the guide.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a simulation may fail loudly")]

use service_excellence::coaching::{Baseline, GoalMeasure, GoalOutcome, GoalVerdict, LevelModel, Measured, PlanGoal};
use service_excellence::profile::LevelGap;
use service_excellence::statistics::{ConfidenceLevel, NestedComponents};
use service_excellence::{Level, Score};

#[path = "common/groups.rs"]
mod groups;
#[path = "common/normal.rs"]
mod normal;
#[path = "common/random.rs"]
mod random;

use groups::{DESIGNS, GROUPS, Group, people, points};
use random::Random;

/// Those with a mean below this were chosen: level 2.5.
const CHOSEN_BELOW: f64 = 0.375;

/// The means of a chosen person before and after.
struct Chosen {
    before: f64,
    after: f64,
}

/// People chosen by a low mean, whose level then rises by so much. Raters are the same in both periods, or others.
fn chosen(group: &Group, counts: &[u32], same_raters: bool, rise: f64, count: usize) -> Vec<Chosen> {
    let mut random = Random(7);
    let mut all = Vec::new();
    while all.len() < count {
        let level = group.mean + group.between_persons * random.normal();
        let mut severities = || -> Vec<f64> { counts.iter().map(|_| group.between_raters * random.normal()).collect() };
        let (first, second) = (severities(), severities());
        let mut period = |level: f64, severities: &[f64]| {
            let rated: Vec<f64> = counts
                .iter()
                .zip(severities)
                .flat_map(|(count, severity)| vec![level + severity; *count as usize])
                .map(|level| points(level + group.within * random.normal()))
                .collect();
            rated.iter().sum::<f64>() / rated.len() as f64
        };
        let before = period(level, &first);
        let after = period(level + rise, if same_raters { &first } else { &second });
        if before < CHOSEN_BELOW {
            all.push(Chosen { before, after });
        }
    }
    all
}

/// Shares of people said to have risen by the raw difference and by the verdict, at 95 %.
fn said_to_have_risen(components: &NestedComponents, counts: &[u32], same_raters: bool, all: &[Chosen]) -> [f64; 2] {
    let whole: f64 = counts.iter().map(|count| f64::from(*count)).sum();
    let shared: f64 = counts.iter().map(|count| (f64::from(*count) / whole).powi(2)).sum();
    let covariance = if same_raters { shared * components.between_raters() } else { 0.0 };
    let mut risen = [0_u32; 2];
    for one in all {
        let mean = |value| components.mean_of(value, counts).unwrap();
        let (before, after) = (mean(one.before), mean(one.after));
        let sure = ConfidenceLevel::NINETY_FIVE;
        let raw = after.change_from(&before, covariance, sure).unwrap();
        let ours = after.change_from_expected(&before, covariance, sure).unwrap();
        for (risen, change) in risen.iter_mut().zip([raw, ours]) {
            *risen += u32::from(change.interval().unwrap().lower() > 0.0);
        }
    }
    risen.map(|risen| f64::from(risen) / all.len() as f64)
}

#[test]
fn of_people_chosen_by_a_low_mean_who_did_not_change_few_are_said_to_have_risen() {
    let count = people(400);
    let slack = 2.6 * (0.025_f64 * 0.975 / count as f64).sqrt();
    for group in &GROUPS {
        let components = group.components();
        for (observations, counts) in DESIGNS {
            for same_raters in [false, true] {
                let shares = |rise| {
                    said_to_have_risen(
                        &components,
                        counts,
                        same_raters,
                        &chosen(group, counts, same_raters, rise, count),
                    )
                };
                let ([raw, ours], [_, found]) = (shares(0.0), shares(1.0));
                println!(
                    "{}, {observations}, {} raters: rose {raw:.3} raw, {ours:.3} by the verdict; of a level {found:.2}",
                    group.name,
                    if same_raters { "the same" } else { "other" },
                );
                assert!(ours <= 0.032 + slack, "{}, {observations}: {ours}", group.name);
                assert!(found > 0.3, "{}, {observations}: {found}", group.name);
            }
        }
    }
}

/// The same for the outcome of a goal, whose measurements carry their standard errors, raters included.
#[test]
fn of_goals_of_people_who_did_not_change_few_are_said_to_be_reached_by_a_rise() {
    let count = people(400);
    let slack = 2.6 * (0.025_f64 * 0.975 / count as f64).sqrt();
    for group in &GROUPS {
        let components = group.components();
        let model = LevelModel::default();
        let model = model.people(1.0 + 4.0 * components.mean(), 4.0 * components.between_subjects().sqrt()).unwrap();
        for (observations, counts) in DESIGNS {
            let outcomes = |rise| -> Vec<GoalOutcome> {
                let error = 4.0 * components.mean_of(0.5, counts).unwrap().standard_error();
                let measured = |mean: f64| Measured {
                    score: Score::try_from((mean * 1e6).round() / 1e6).unwrap(),
                    observations: (observations as u16).try_into().unwrap(),
                    standard_error: LevelGap::try_from((error * 1e6).round() / 1e6).unwrap(),
                };
                let goal = |one: &Chosen| PlanGoal {
                    criterion: "diagnosis".parse().unwrap(),
                    to: Level::new(4).unwrap(),
                    target: Score::try_from(0.625).unwrap(),
                    baseline: Baseline::new(measured(one.before), "2026-06-30".parse().unwrap(), &model),
                    measure: GoalMeasure::RubricMean { min_observations: 5.try_into().unwrap() },
                    due: 12.try_into().unwrap(),
                };
                let outcome = |one: &Chosen| {
                    GoalOutcome::of(&goal(one), Some(measured(one.after)), &model, ConfidenceLevel::NINETY_FIVE)
                };
                chosen(group, counts, false, rise, count).iter().map(outcome).collect()
            };
            let risen = |outcomes: &[GoalOutcome]| {
                let is_risen = |one: &&GoalOutcome| {
                    matches!(one.verdict(), GoalVerdict::MetReliablyUp | GoalVerdict::NotMetReliablyUp)
                };
                outcomes.iter().filter(is_risen).count() as f64 / outcomes.len() as f64
            };
            let unchanged = outcomes(0.0);
            let raw = unchanged.iter().filter(|one| one.raw_change_index().unwrap() > 1.96).count() as f64;
            let (ours, found) = (risen(&unchanged), risen(&outcomes(1.0)));
            println!(
                "{}, {observations}: goals risen {:.3} raw, {ours:.3} by the verdict; of a level {found:.2}",
                group.name,
                raw / count as f64
            );
            assert!(ours <= 0.035 + slack, "{}, {observations}: {ours}", group.name);
        }
    }
}
