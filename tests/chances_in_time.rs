//! Whether the chances that the level filter names are as often right as they say, with a model fitted on 50 people:
//! where a person stands now, and whether the target is reached in time.
//!
//! `PEOPLE=20000 cargo test --test chances_in_time -- --nocapture` prints the table of the guide.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a simulation may fail loudly")]

use service_excellence::Score;
use service_excellence::coaching::{LevelFilter, LevelModel, MilliLevels, ProgressWeek, WeekRatings};

#[path = "common/groups.rs"]
#[expect(dead_code, reason = "other tests need the rest")]
mod groups;
#[path = "common/normal.rs"]
mod normal;
#[path = "common/random.rs"]
mod random;

use groups::{DESIGNS, GROUPS, Group, people, points};
use random::Random;

/// What a level wanders in a week.
const WANDERS: f64 = 0.08;
/// A session in every coming week is assumed to add so much, with a standard deviation of half of it.
const GAIN: f64 = 0.1;
const COMING: usize = 4;
/// The starts of levels 3 and 4.
const TARGETS: [f64; 2] = [0.375, 0.625];

struct Person {
    weeks: Vec<ProgressWeek>,
    /// The true level after the last rated week, and when the target is due.
    now: f64,
    due: f64,
}

/// Each rater rates in a week of their own.
fn person(group: &Group, counts: &[u32], random: &mut Random) -> Person {
    let mut level = group.mean + group.between_persons * random.normal();
    let mut week = |count: &u32, random: &mut Random| {
        level += WANDERS * random.normal();
        let severe = level + group.between_raters * random.normal();
        let sum: f64 = (0..*count).map(|_| points(severe + group.within * random.normal())).sum();
        let mean = Score::from_millionths((sum / f64::from(*count) * 1e6).round() as u32).unwrap();
        let ratings = Some(WeekRatings { mean, count: (*count as u16).try_into().unwrap() });
        ProgressWeek { ratings, ..ProgressWeek::default() }
    };
    let weeks = counts.iter().map(|count| week(count, random)).collect();
    let now = level;
    let gained: f64 = (0..COMING).map(|_| GAIN + GAIN / 2.0 * random.normal() + WANDERS * random.normal()).sum();
    Person { weeks, now, due: now + gained }
}

/// In each tenth of what was said, how often it was so; tenths with fewer than 200 cases are passed over.
fn tenths(said: &[(f64, bool)]) -> Vec<(f64, f64, usize)> {
    let tenth = |one: &&(f64, bool)| ((one.0 * 10.0) as usize).min(9);
    let cases = (0..10).map(|place| said.iter().filter(|one| tenth(one) == place).collect::<Vec<_>>());
    let shown = cases.filter(|cases| cases.len() >= 200).map(|cases| {
        let n = cases.len() as f64;
        let said = cases.iter().map(|one| one.0).sum::<f64>() / n;
        (said, cases.iter().filter(|one| one.1).count() as f64 / n, cases.len())
    });
    shown.collect()
}

/// How far said and was differ at most, beyond what chance in so few teams makes (2.6 standard errors; people of one team share its
/// model, which makes them about half as wide again).
fn off_by(said: &[(f64, bool)], allowed_errors: f64) -> f64 {
    let tenths = tenths(said).into_iter();
    let off = tenths
        .map(|(said, was, n)| (said - was).abs() - allowed_errors * 1.5 * (said * (1.0 - said) / n as f64).sqrt());
    off.fold(0.0, f64::max)
}

#[test]
fn targets_are_reached_as_often_as_said_with_a_model_fitted_on_50_people() {
    let count = people(1_500);
    for group in &GROUPS {
        for (observations, counts) in DESIGNS {
            let mut random = Random(31);
            let (mut now, mut in_time) = (Vec::new(), Vec::new());
            while now.len() < 2 * count {
                let team: Vec<Person> = (0..50).map(|_| person(group, counts, &mut random)).collect();
                let model = LevelModel::fit(&team.iter().map(|one| one.weeks.clone()).collect::<Vec<_>>());
                let model = model.unwrap();
                let milli = |levels: f64| MilliLevels::new((levels * 1_000.0).round() as u16).unwrap();
                let coming = ProgressWeek { gain: milli(GAIN), gain_sd: milli(GAIN / 2.0), ratings: None };
                for one in &team {
                    let state = one.weeks.iter().fold(LevelFilter::new(&model), LevelFilter::after);
                    let due = (0..COMING).fold(state, |state, _| state.after(&coming));
                    for target in TARGETS {
                        let is_there = |level: f64| group.truth(level) >= target;
                        let said = |state: LevelFilter| state.probability_of(Score::try_from(target).unwrap()).to_f64();
                        now.push((said(state), is_there(one.now)));
                        in_time.push((said(due), is_there(one.due)));
                    }
                }
            }
            let (off_now, off_in_time) = (off_by(&now, 0.0), off_by(&in_time, 0.0));
            println!("{}, {observations}: now off by {off_now:.3}, in time by {off_in_time:.3}", group.name);
            println!("  now {:.2?}\n  due {:.2?}", tenths(&now), tenths(&in_time));
            let sure = [&now, &in_time].map(|said| off_by(said, 2.6));
            assert!(sure.iter().all(|off| *off <= 0.05), "{}, {observations}: {sure:?}", group.name);
        }
    }
}

/// Twelve weeks of five contacts by one rater each, a new one every week; nobody changes but by the usual wandering.
#[test]
fn the_alarm_suspects_at_most_one_in_twenty_people_who_do_not_change_in_each_group() {
    let count = people(1_000);
    for group in &GROUPS {
        let mut random = Random(41);
        let (mut alarms, mut all) = (0_usize, 0_usize);
        while all < count {
            let team: Vec<Person> = (0..50).map(|_| person(group, &[5; 12], &mut random)).collect();
            let model = LevelModel::fit(&team.iter().map(|one| one.weeks.clone()).collect::<Vec<_>>()).unwrap();
            for one in &team {
                let states = one.weeks.iter().scan(LevelFilter::new(&model), |state, week| {
                    *state = state.after(week);
                    Some(state.is_falling_behind())
                });
                alarms += usize::from(states.into_iter().any(|is_raised| is_raised));
                all += 1;
            }
        }
        let share = alarms as f64 / all as f64;
        println!("{}: the alarm is raised of {share:.3} in twelve weeks", group.name);
        assert!(share <= 0.05 + 2.6 * (0.05_f64 * 0.95 / all as f64).sqrt(), "{}: {share}", group.name);
    }
}
