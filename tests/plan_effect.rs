//! What came of a goal: reliable change against hand calculation and against simulated people of known change, the
//! matrix of verdicts, colleagues beside it, and what the next plan assumes.

#![expect(clippy::unwrap_used, reason = "test helpers work on valid values")]

use service_excellence::coaching::{
    ActivityKind, Baseline, GainEstimate, GoalMeasure, GoalOutcome, GoalVerdict, LevelModel, Measured, MilliLevels,
    PeerChange, PlanGoal, RealisedGain,
};
use service_excellence::profile::{ChangeVerdict, LevelGap};
use service_excellence::statistics::{ConfidenceLevel, Estimate, Undefined};
use service_excellence::{Level, Score};

#[path = "common/normal.rs"]
mod normal;
#[path = "common/random.rs"]
mod random;

use random::Random;

const SURE: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;

fn score(level: f64) -> Score {
    Score::from_millionths(((level.clamp(1.0, 5.0) - 1.0) / 4.0 * 1e6).round() as u32).unwrap()
}

fn measured(level: f64, observations: u16) -> Measured {
    Measured::new(score(level), observations.try_into().unwrap(), &LevelModel::default())
}

fn goal(level: f64, observations: u16) -> PlanGoal {
    PlanGoal {
        criterion: "active_listening".parse().unwrap(),
        baseline: Baseline::new(measured(level, observations), "2026-06-30".parse().unwrap(), &LevelModel::default()),
        to: Level::new(3).unwrap(),
        target: score(2.5),
        due: 12.try_into().unwrap(),
        measure: GoalMeasure::RubricMean { min_observations: 8.try_into().unwrap() },
    }
}

fn outcome(before: (f64, u16), after: (f64, u16)) -> GoalOutcome {
    GoalOutcome::of(&goal(before.0, before.1), Some(measured(after.0, after.1)), &LevelModel::default(), SURE)
}

#[test]
fn without_a_standard_error_nothing_is_said_of_chance() {
    let exact = |level| Measured { standard_error: LevelGap::ZERO, ..measured(level, 16) };
    let mut goal = goal(2.0, 16);
    goal.baseline.measured = exact(2.0);
    let outcome = GoalOutcome::of(&goal, Some(exact(3.0)), &LevelModel::default(), SURE);
    let told = outcome.in_words();
    let line = "The change is +0.90 levels; how much chance is in it cannot be told without a standard error.";
    assert!(told.iter().any(|one| one == line), "{told:?}");
}

/// One rating scatters by 0.8: 16 contacts have a standard error of 0.2 and 64 one of 0.1.
#[test]
fn the_raw_index_is_the_change_over_its_standard_error() {
    let outcome = outcome((2.0, 16), (2.6, 64));
    let error = (0.04_f64 + 0.01).sqrt();
    assert!((outcome.raw_change_index().unwrap() - 0.6 / error).abs() < 1e-6);
    let change = outcome.change().unwrap();
    assert!((change.value() - 0.6).abs() < 1e-6 && (change.standard_error().unwrap() - error).abs() < 1e-6);
    let interval = change.interval().unwrap();
    assert!((interval.lower() - (0.6 - 1.959_963_985 * error)).abs() < 1e-6);
    assert!((interval.upper() - (0.6 + 1.959_963_985 * error)).abs() < 1e-6);
}

/// Reliability 0.36 / (0.36 + 0.04) = 0.9, so 2.0 is drawn to 3 − 0.9 = 2.1, with a variance of 0.036 left.
#[test]
fn the_shrunken_change_stands_beside_the_raw_one() {
    let outcome = outcome((2.0, 16), (2.6, 64));
    assert_eq!(outcome.baseline().shrunken, score(2.1));
    let shrunken = outcome.shrunken_change().unwrap();
    assert!((shrunken.value() - 0.5).abs() < 1e-6);
    assert!((shrunken.standard_error().unwrap() - (0.036_f64 + 0.01).sqrt()).abs() < 1e-6);
    let index = outcome.reliable_change_index().unwrap();
    assert!((index - 0.5 / 0.046_f64.sqrt()).abs() < 1e-6, "the verdict rests on it: {index}");
}

#[test]
fn every_field_of_the_matrix_can_be_reached() {
    use GoalVerdict as V;
    let cases = [
        ((2.0, 30), (2.8, 30), V::MetReliablyUp),
        ((2.4, 30), (2.6, 30), V::MetUnclear),
        ((4.0, 30), (3.0, 30), V::MetReliablyDown),
        ((1.4, 30), (2.2, 30), V::NotMetReliablyUp),
        ((2.0, 30), (2.2, 30), V::NotMetUnclear),
        ((2.4, 30), (1.6, 30), V::NotMetReliablyDown),
        ((2.0, 30), (4.0, 7), V::Insufficient),
    ];
    for (before, after, verdict) in cases {
        assert_eq!(outcome(before, after).verdict(), verdict, "{before:?} {after:?}");
    }
    let reached: Vec<_> = cases.iter().map(|(_, _, verdict)| verdict).collect();
    assert!(GoalVerdict::ALL.iter().all(|verdict| reached.contains(&verdict)));
    for is_met in [true, false] {
        for change in ChangeVerdict::ALL {
            assert_eq!(GoalVerdict::new(is_met, *change).is_target_met(), Some(is_met));
        }
    }
}

#[test]
fn without_new_ratings_there_is_no_number_and_no_verdict() {
    let outcome = GoalOutcome::of(&goal(2.0, 30), None, &LevelModel::default(), SURE);
    assert_eq!(outcome.verdict(), GoalVerdict::Insufficient);
    assert_eq!(outcome.change(), Err(Undefined::NoData {}));
    assert_eq!(outcome.reliable_change_index(), Err(Undefined::NoData {}));
    let words = outcome.in_words().join(" ");
    assert!(words.contains("no contact was rated") && words.contains("says nothing about the person"), "{words}");
}

#[test]
fn measurements_without_error_have_no_index() {
    let exact = |level| Measured { standard_error: LevelGap::ZERO, ..measured(level, 30) };
    let mut goal = goal(2.0, 30);
    goal.baseline.measured = exact(2.0);
    let outcome = GoalOutcome::of(&goal, Some(exact(3.0)), &LevelModel::default(), SURE);
    assert_eq!(outcome.reliable_change_index(), Err(Undefined::NoVariation {}));
    assert_eq!(outcome.verdict(), GoalVerdict::MetUnclear);
}

/// Nine contacts have a standard error of 0.8 / 3, hence an interval of ± 0.52; a hundred have one of ± 0.16.
#[test]
fn a_mean_near_the_target_is_not_said_to_be_surely_on_one_side() {
    let near = outcome((2.0, 30), (2.8, 9)).in_words().join(" ");
    assert!(
        near.contains("the mean of 9 contacts, 2.80, is above the target of 2.50, but that is too little"),
        "{near}"
    );
    assert!(near.contains("interval 2.28 to 3.32"), "{near}");
    let far = outcome((2.0, 30), (2.8, 100)).in_words().join(" ");
    assert!(far.contains("is above the target of 2.50, by more than chance"), "{far}");
    let below = outcome((2.0, 30), (2.3, 100)).in_words().join(" ");
    assert!(below.contains("is below the target of 2.50, by more than chance"), "{below}");
    let equal = outcome((2.0, 30), (2.5, 100)).in_words().join(" ");
    assert!(equal.contains("is at the target of 2.50, but that is too little"), "{equal}");
}

#[test]
fn words_for_small_samples_do_not_claim_more_than_they_know() {
    let words = outcome((2.0, 6), (2.6, 8)).in_words().join(" ");
    assert!(words.contains("may be chance alone") && words.contains("no proof"), "{words}");
    let few = outcome((2.0, 6), (2.6, 1)).in_words().join(" ");
    assert!(few.contains("over 1 contact.") && few.contains("A verdict needs 8 contacts"), "{few}");
    assert!(!few.contains("chance") && !few.contains("target"), "no verdict in other words: {few}");
}

/// Simulated people whose level does not change at all.
fn unchanged(count: usize, observations: u16, chosen_below: f64) -> Vec<GoalOutcome> {
    let model = LevelModel::default();
    let mut random = Random(21);
    let mut outcomes = Vec::new();
    while outcomes.len() < count {
        let level = 3.0 + 0.6 * random.normal();
        let error = (model.rating_variance() / f64::from(observations)).sqrt();
        let (before, after) = (level + error * random.normal(), level + error * random.normal());
        if before < chosen_below {
            outcomes.push(outcome((before, observations), (after, observations)));
        }
    }
    outcomes
}

#[test]
fn people_who_do_not_change_are_rarely_said_to_have() {
    let outcomes = unchanged(20_000, 16, f64::INFINITY);
    let share = |index: fn(&GoalOutcome) -> f64| {
        outcomes.iter().filter(|outcome| index(outcome).abs() > 1.96).count() as f64 / 20_000.0
    };
    let raw = share(|outcome| outcome.raw_change_index().unwrap());
    let shrunken = share(|outcome| outcome.reliable_change_index().unwrap());
    println!("said to have changed, of all: raw {raw:.4}, shrunken {shrunken:.4}");
    assert!((0.043..0.057).contains(&raw) && (0.043..0.057).contains(&shrunken), "{raw} {shrunken}");
}

/// People are coached because they were low: of those who did not change, chosen below 2.5, 2.5 % may be said to have risen.
#[test]
fn of_people_chosen_by_a_low_score_few_are_said_to_have_risen_and_those_who_did_are_found() {
    for observations in [5, 10, 30] {
        let outcomes = unchanged(20_000, observations, 2.5);
        let rose = |index: fn(&GoalOutcome) -> f64| {
            outcomes.iter().filter(|outcome| index(outcome) > 1.96).count() as f64 / 20_000.0
        };
        let raw = rose(|outcome| outcome.raw_change_index().unwrap());
        let shrunken = rose(|outcome| outcome.reliable_change_index().unwrap());
        println!(
            "{observations} observations, chosen below 2.5: said to have risen raw {raw:.4}, shrunken {shrunken:.4}"
        );
        assert!(shrunken < 0.029 && raw > 0.035, "{observations}: {shrunken} {raw}");
    }
    // A rise of one level from 1.8, seen 30 times before and after.
    let risen = (0..2_000).scan(Random(5), |random, _| {
        let error = (LevelModel::default().rating_variance() / 30.0).sqrt();
        Some(outcome((1.8 + error * random.normal(), 30), (2.8 + error * random.normal(), 30)))
    });
    let found = risen.filter(|outcome| outcome.reliable_change_index().unwrap() > 1.96).count() as f64 / 2_000.0;
    println!("a rise of one level, 30 observations: found in {found:.3}");
    assert!(found > 0.9, "{found}");
}

/// People are chosen by a low score: raw change then looks like success, the shrunken one does not.
#[test]
fn the_shrunken_change_does_not_take_luck_for_success() {
    let outcomes = unchanged(20_000, 4, 2.5);
    let mean = |each: fn(&GoalOutcome) -> f64| outcomes.iter().map(each).sum::<f64>() / 20_000.0;
    let raw = mean(|outcome| outcome.change().unwrap().value());
    let shrunken = mean(|outcome| outcome.shrunken_change().unwrap().value());
    println!("mean change of people who did not change, chosen by a low score: raw {raw:.3}, shrunken {shrunken:.3}");
    assert!(raw > 0.25 && shrunken.abs() < 0.02, "raw {raw}, shrunken {shrunken}");
    let inside = outcomes.iter().filter(|one| one.shrunken_change().unwrap().interval().unwrap().contains(0.0)).count();
    assert!((0.94..0.96).contains(&(inside as f64 / 20_000.0)), "{inside}");
}

/// Crawford and Howell: five colleagues changed by −0.2, 0, 0.1, 0.2 and 0.4, so by 0.1 on average with s = √0.05.
#[test]
fn colleagues_stand_beside_the_change() {
    let peers = [-0.2, 0.0, 0.1, 0.2, 0.4].map(|change| PeerChange { before: score(3.0), after: score(3.0 + change) });
    let outcome = outcome((2.0, 16), (2.9, 16));
    let compared = outcome.beside_peers(&peers).unwrap();
    assert_eq!(compared.peers.get(), 5);
    assert!((compared.peer_change.value() - 0.1).abs() < 1e-6);
    assert!((compared.peer_change.standard_error().unwrap() - 0.1).abs() < 1e-6);
    assert!((compared.difference.value() - 0.8).abs() < 1e-6);
    assert!((compared.difference.standard_error().unwrap() - 0.06_f64.sqrt()).abs() < 1e-6);
    // 97.5 % of Student's t with 4 degrees of freedom: 2.776445.
    let half = compared.difference.interval().unwrap().width() / 2.0;
    assert!((half - 2.776_445 * 0.06_f64.sqrt()).abs() < 1e-5, "{half}");
    assert!((outcome.change().unwrap().value() - 0.9).abs() < 1e-6, "nothing is subtracted");
    assert_eq!(
        outcome.beside_peers(&peers[..1]).unwrap_err(),
        Undefined::TooFewSubjects { found: 1.try_into().unwrap(), needed: 2.try_into().unwrap() }
    );
    assert_eq!(outcome.beside_peers(&[peers[0]; 3]).unwrap_err(), Undefined::NoVariation {});
    // The same change of 0.2 from other starts, of which no two are the same binary number.
    let alike = [(0.1, 0.3), (0.4, 0.6), (0.7, 0.9)]
        .map(|(before, after)| PeerChange { before: before.try_into().unwrap(), after: after.try_into().unwrap() });
    assert_eq!(outcome.beside_peers(&alike).unwrap_err(), Undefined::NoVariation {});
}

#[test]
fn intervals_beside_colleagues_hold_no_difference_as_often_as_they_say() {
    let mut random = Random(22);
    let held = (0..4_000)
        .filter(|_| {
            let mut change = || 0.1 + 0.25 * random.normal();
            let peers: Vec<_> =
                (0..6).map(|_| PeerChange { before: score(3.0), after: score(3.0 + change()) }).collect();
            let outcome = outcome((3.0, 16), (3.0 + change(), 16));
            outcome.beside_peers(&peers).unwrap().difference.interval().unwrap().contains(0.0)
        })
        .count();
    println!("{held} of 4000 hold 0");
    assert!((3_740..=3_860).contains(&held), "{held}");
}

fn kind() -> (ActivityKind, Level) {
    (ActivityKind::RolePlay, Level::new(2).unwrap())
}

fn milli(number: u16) -> MilliLevels {
    MilliLevels::new(number).unwrap()
}

/// Prior 0.3 ± 0.1; results 0.1 and −0.1 with standard error 0.3 and people differing by 0.4: variance 0.25 each.
/// Precision 100 + 4 + 4 = 108; mean (30 + 0.4 − 0.4) / 108.
#[test]
fn results_move_the_assumption_by_their_weight() {
    let (kind, level) = kind();
    let results = [0.1, -0.1].map(|gain| RealisedGain::new(kind, level, gain, 0.3).unwrap());
    let updated = GainEstimate::assumed(kind, level, milli(300), milli(100)).updated(&results, milli(400)).unwrap();
    let gain = updated.gain(ConfidenceLevel::EIGHTY).unwrap();
    assert!((gain.value() - 30.0 / 108.0).abs() < 1e-12);
    assert!((gain.standard_error().unwrap() - (1.0_f64 / 108.0).sqrt()).abs() < 1e-12);
    assert_eq!((updated.observations().get(), updated.to_plan_with().get()), (2, 278));
}

#[test]
fn results_of_other_kinds_and_levels_say_nothing() {
    let (kind, level) = kind();
    let assumed = GainEstimate::assumed(kind, level, milli(300), milli(100));
    let others = [(ActivityKind::Workshop, level), (kind, Level::new(3).unwrap())];
    let others = others.map(|(kind, level)| RealisedGain::new(kind, level, 2.0, 0.1).unwrap());
    assert_eq!(assumed.updated(&others, milli(0)).unwrap(), assumed);
}

#[test]
fn realised_gains_may_be_negative_and_the_next_plan_assumes_nothing_then() {
    let (kind, level) = kind();
    let results = [RealisedGain::new(kind, level, -0.8, 0.1).unwrap(); 20];
    let updated = GainEstimate::assumed(kind, level, milli(300), milli(300)).updated(&results, milli(100)).unwrap();
    assert!(updated.gain(SURE).unwrap().value() < -0.7);
    assert_eq!(updated.to_plan_with(), MilliLevels::MIN);
}

#[test]
fn the_true_gain_is_found_from_many_results() {
    let (kind, level) = kind();
    let mut random = Random(23);
    let results: Vec<_> = (0..800)
        .map(|_| RealisedGain::new(kind, level, 0.12 + 0.2 * random.normal() + 0.25 * random.normal(), 0.25).unwrap())
        .collect();
    let updated = GainEstimate::assumed(kind, level, milli(300), milli(150)).updated(&results, milli(200)).unwrap();
    let gain = updated.gain(SURE).unwrap();
    println!("true 0.12, found {:.3}", gain.value());
    assert!(gain.interval().unwrap().contains(0.12) && gain.interval().unwrap().width() < 0.05, "{gain:?}");
}

#[test]
fn a_change_is_shared_out_as_it_was_assumed() {
    let change = outcome((2.0, 16), (2.6, 64)).shrunken_change().unwrap();
    let assumed = [(ActivityKind::RolePlay, milli(300)), (ActivityKind::Workshop, milli(100))];
    let parts = RealisedGain::share_out(&change, Level::new(2).unwrap(), &assumed).unwrap();
    assert!((parts[0].gain() - 0.375).abs() < 1e-6 && (parts[1].gain() - 0.125).abs() < 1e-6);
    assert!((parts[0].standard_error() / parts[1].standard_error() - 3.0).abs() < 1e-9);
    let nothing = [(ActivityKind::RolePlay, milli(0))];
    assert_eq!(RealisedGain::share_out(&change, Level::MIN, &nothing), Err(Undefined::EmptyCell {}));
}

#[test]
fn a_change_over_ten_activities_of_one_kind_is_one_observation() {
    let (kind, level) = kind();
    let change: Estimate = serde_json::from_str(r#"{"value": 1.0, "standard_error": 0.4}"#).unwrap();
    let assumed = GainEstimate::assumed(kind, level, milli(100), milli(100));
    let error = |activities: usize| {
        let parts = RealisedGain::share_out(&change, level, &vec![(kind, milli(100)); activities]).unwrap();
        let updated = assumed.updated(&parts, milli(0)).unwrap();
        assert_eq!(updated.observations().get(), 1);
        updated.gain(SURE).unwrap().standard_error().unwrap()
    };
    // Precision of the assumption 1/0.1², of a tenth of the change 1/0.04².
    assert!((error(10) - (1.0_f64 / 725.0).sqrt()).abs() < 1e-12, "{}", error(10));
    // A change that one activity brought tells less of it.
    assert!(error(1) > error(10));
}

/// 50 people, each with one to ten activities of a kind and a change known to ± 0.4; gains differ by 0.03 from person to
/// person. Of 400 such groups, as often as they say the intervals hold the gain, which is drawn from the assumption.
#[test]
fn intervals_of_gains_from_50_people_keep_their_level() {
    let (kind, level) = kind();
    let mut random = Random(77);
    let (mut held, mut narrow) = (0, 0);
    for _ in 0..400 {
        let truth = 0.1 + 0.05 * random.normal();
        let mut results = Vec::new();
        for person in 0..50_u8 {
            let activities = 1 + person % 10;
            let own = truth + 0.03 * random.normal();
            let change = f64::from(activities) * own + 0.4 * random.normal();
            let change: Estimate =
                serde_json::from_str(&format!(r#"{{"value": {change}, "standard_error": 0.4}}"#)).unwrap();
            let assumed = vec![(kind, milli(100)); activities.into()];
            results.extend(RealisedGain::share_out(&change, level, &assumed).unwrap());
        }
        let updated = GainEstimate::assumed(kind, level, milli(100), milli(50)).updated(&results, milli(30)).unwrap();
        let gain = updated.gain(ConfidenceLevel::NINETY_FIVE).unwrap();
        held += usize::from(gain.interval().unwrap().contains(truth));
        narrow += usize::from(gain.standard_error().unwrap() < 0.02);
    }
    println!("{held} of 400");
    assert!((366..=394).contains(&held), "{held} of 400");
    assert_eq!(narrow, 400);
}
