//! How well the level filter follows simulated people: against simpler forecasts, its intervals, its fit, its alarm.
//!
//! The people are simulated here with known numbers, so that every claim of the filter can be held against the truth.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "test helpers work on simulated values")]

use service_excellence::Score;
use service_excellence::coaching::{LevelFilter, LevelModel, Measured, MilliLevels, ProgressWeek, WeekRatings};
use service_excellence::statistics::{ConfidenceLevel, Undefined};

#[path = "common/normal.rs"]
mod normal;
#[path = "common/random.rs"]
mod random;

use random::Random;

/// A team whose numbers are known, in levels.
#[derive(Clone, Copy)]
struct World {
    mean: f64,
    between: f64,
    weekly: f64,
    /// The standard deviation of one contact about the person's level.
    contact: f64,
    /// Whether a contact is rated on whole steps from 1 to 5, as people rate, or on a fine scale.
    on_steps: bool,
    per_week: u16,
    /// How likely a week has no ratings.
    missing: f64,
    /// What every third week's session truly adds.
    gain: f64,
}

/// The people by whom the defaults of [`LevelModel`] were chosen: ratings on whole steps.
const OUR_SCALE: World = World {
    mean: 3.0,
    between: 0.6,
    weekly: 0.08,
    contact: 0.75,
    on_steps: true,
    per_week: 5,
    missing: 0.15,
    gain: 0.0,
};

/// The same with ratings on a fine scale far from its ends, as the filter assumes.
const AS_ASSUMED: World = World { contact: 0.8, on_steps: false, ..OUR_SCALE };

/// A person's weeks as the filter sees them, with the true level in each.
struct Person {
    weeks: Vec<ProgressWeek>,
    levels: Vec<f64>,
}

fn score(level: f64) -> Score {
    Score::from_millionths(((level.clamp(1.0, 5.0) - 1.0) / 4.0 * 1e6).round() as u32).unwrap()
}

fn simulate(world: World, weeks: usize, random: &mut Random) -> Person {
    let mut level = world.mean + world.between * random.normal();
    let mut person = Person { weeks: Vec::new(), levels: Vec::new() };
    for week in 1..=weeks {
        let gain = if week % 3 == 0 { world.gain } else { 0.0 };
        level += world.weekly * random.normal() + gain;
        person.levels.push(level);
        let ratings = (random.uniform() >= world.missing).then(|| rate(world, level, random));
        let gain = MilliLevels::new((gain * 1_000.0).round() as u16).unwrap();
        person.weeks.push(ProgressWeek { gain, ratings, ..ProgressWeek::default() });
    }
    person
}

fn rate(world: World, level: f64, random: &mut Random) -> WeekRatings {
    let sum: f64 = (0..world.per_week)
        .map(|_| {
            let seen = level + world.contact * random.normal();
            if world.on_steps { seen.round().clamp(1.0, 5.0) } else { seen }
        })
        .sum();
    WeekRatings { mean: score(sum / f64::from(world.per_week)), count: world.per_week.try_into().unwrap() }
}

fn team(world: World, people: usize, weeks: usize, seed: u64) -> Vec<Person> {
    let mut random = Random(seed);
    (0..people).map(|_| simulate(world, weeks, &mut random)).collect()
}

fn weeks_of(team: &[Person]) -> Vec<Vec<ProgressWeek>> {
    team.iter().map(|person| person.weeks.clone()).collect()
}

fn model(world: World) -> LevelModel {
    let model = LevelModel::default().people(world.mean, world.between).unwrap();
    model.weekly_sd(world.weekly).unwrap().rating_sd(world.contact).unwrap()
}

fn level_of(ratings: &WeekRatings) -> f64 {
    1.0 + 4.0 * ratings.mean.to_f64()
}

fn sds(model: &LevelModel) -> [f64; 4] {
    let variances = [model.prior_variance(), model.weekly_variance(), model.rating_variance()];
    let [between, weekly, rating] = variances.map(f64::sqrt);
    [model.prior_mean(), between, weekly, rating]
}

#[test]
fn the_defaults_are_what_fits_simulated_ratings_of_our_scale() {
    let fitted = LevelModel::fit(&weeks_of(&team(OUR_SCALE, 600, 12, 1))).unwrap();
    println!("mean, between, weekly, rating: {:?}", sds(&fitted));
    println!("the default: {:?}", sds(&LevelModel::default()));
    for (found, default) in sds(&fitted).iter().zip(sds(&LevelModel::default())) {
        assert!((found - default).abs() < 0.06, "{:?}", sds(&fitted));
    }
}

#[test]
fn known_variances_are_recovered() {
    for (seed, world) in
        [(2, AS_ASSUMED), (3, World { weekly: 0.15, contact: 0.5, between: 0.4, gain: 0.1, ..AS_ASSUMED })]
    {
        let fitted = LevelModel::fit(&weeks_of(&team(world, 400, 16, seed))).unwrap();
        println!("{:?} for {:?}", sds(&fitted), [world.mean, world.between, world.weekly, world.contact]);
        let [mean, between, weekly, rating] = sds(&fitted);
        assert!((mean - world.mean).abs() < 0.08 && (between / world.between - 1.0).abs() < 0.1);
        assert!((weekly / world.weekly - 1.0).abs() < 0.25 && (rating / world.contact - 1.0).abs() < 0.05);
    }
}

/// Of the weekly change nearly: it is kept near the usual one, which weighs little here.
#[test]
fn the_fit_is_a_maximum() {
    let weeks = weeks_of(&team(AS_ASSUMED, 100, 12, 4));
    let fitted = LevelModel::fit(&weeks).unwrap();
    let best = fitted.log_likelihood(&weeks).unwrap();
    let [mean, between, weekly, rating] = sds(&fitted);
    for (up, which) in [(0.98, 0), (1.02, 0), (0.95, 1), (1.05, 1), (0.7, 2), (1.4, 2), (0.98, 3), (1.02, 3)] {
        let scaled = |number: f64, index: usize| if index == which { number * up } else { number };
        let other = LevelModel::default().people(scaled(mean, 0), scaled(between, 1)).unwrap();
        let other = other.weekly_sd(scaled(weekly, 2)).unwrap().rating_sd(scaled(rating, 3)).unwrap();
        assert!(other.log_likelihood(&weeks).unwrap() < best, "{which} {up}");
    }
}

/// What a forecast said and what came.
#[derive(Default, Clone, Copy)]
struct Tally {
    squares: f64,
    logs: f64,
    count: f64,
}

impl Tally {
    fn add(&mut self, forecast: f64, variance: f64, came: f64) {
        let error = came - forecast;
        self.squares += error * error;
        self.logs += log_density(error * error, variance);
        self.count += 1.0;
    }

    fn rmse(self) -> f64 {
        (self.squares / self.count).sqrt()
    }

    /// The mean log score with the variances that were said.
    fn log_score(self) -> f64 {
        self.logs / self.count
    }

    /// The best that any constant variance could have reached, known only afterwards: for forecasts that say none.
    fn best_log_score(self) -> f64 {
        log_density(self.rmse().powi(2), self.rmse().powi(2))
    }
}

fn log_density(squared_error: f64, variance: f64) -> f64 {
    -0.5 * ((std::f64::consts::TAU * variance).ln() + squared_error / variance)
}

/// Forecasts of the rated mean two weeks ahead, from a rolling origin.
struct Comparison {
    filter: Vec<Tally>,
    last: Vec<Tally>,
    mean: Vec<Tally>,
    smoothed: Vec<Tally>,
}

const AHEAD: usize = 2;

fn compare(team: &[Person], model: &LevelModel, per_week: u16) -> Comparison {
    let empty = || vec![Tally::default(); 13];
    let mut all = Comparison { filter: empty(), last: empty(), mean: empty(), smoothed: empty() };
    let noise = model.rating_variance() / f64::from(per_week);
    for person in team {
        let mut filter = LevelFilter::new(model);
        let (mut seen, mut smoothed) = (Vec::new(), None);
        for (now, week) in person.weeks.iter().enumerate() {
            filter = filter.after(week);
            if let Some(ratings) = &week.ratings {
                let level = level_of(ratings);
                seen.push(level);
                smoothed = Some(smoothed.map_or(level, |before: f64| before + 0.3 * (level - before)));
            }
            let Some(Some(came)) = person.weeks.get(now + AHEAD).map(|week| week.ratings.as_ref().map(level_of)) else {
                continue;
            };
            let (Some(last), Some(smoothed)) = (seen.last(), smoothed) else { continue };
            let coming = person.weeks[now + 1..=now + AHEAD].iter();
            let ahead = coming.fold(filter, |state, week| state.after(&ProgressWeek { ratings: None, ..*week }));
            let level = ahead.level(ConfidenceLevel::EIGHTY).unwrap();
            let variance = level.standard_error().unwrap().powi(2) + noise;
            let count = seen.len();
            all.filter[count].add(level.value(), variance, came);
            all.last[count].add(*last, 1.0, came);
            all.mean[count].add(seen.iter().sum::<f64>() / count as f64, 1.0, came);
            all.smoothed[count].add(smoothed, 1.0, came);
        }
    }
    all
}

#[test]
fn the_filter_forecasts_better_than_last_mean_and_smoothing() {
    for world in [OUR_SCALE, World { weekly: 0.2, ..OUR_SCALE }, World { gain: 0.15, ..OUR_SCALE }] {
        let fitted = LevelModel::fit(&weeks_of(&team(world, 300, 12, 5))).unwrap();
        let all = compare(&team(world, 1_500, 12, 6), &fitted, world.per_week);
        println!(
            "weeks seen: RMSE (log score) of filter, last, mean, EWMA 0.3; weekly {} gain {}",
            world.weekly, world.gain
        );
        for seen in [1, 2, 3, 6, 9] {
            let [filter, others @ ..] = [&all.filter, &all.last, &all.mean, &all.smoothed].map(|one| one[seen]);
            let shown = others.map(|one| format!("{:.3} ({:.3})", one.rmse(), one.best_log_score()));
            println!("  {seen}: {:.3} ({:.3}), {}", filter.rmse(), filter.log_score(), shown.join(", "));
            for other in others {
                assert!(filter.rmse() < other.rmse() * 1.005, "{seen} weeks");
                assert!(filter.log_score() > other.best_log_score() - 0.005, "{seen} weeks");
            }
        }
        let over_last = all.filter[2].rmse() / all.last[2].rmse();
        assert!(over_last < 0.93, "a real gain over the last value, {over_last}");
    }
}

#[test]
fn intervals_of_80_percent_hold_the_true_level_in_75_to_85() {
    for (world, model) in [(AS_ASSUMED, model(AS_ASSUMED)), (OUR_SCALE, LevelModel::default())] {
        let mut held = [[0_u32; 2]; 13];
        for person in team(world, 5_000, 12, 7) {
            let mut filter = LevelFilter::new(&model);
            for (week, (seen, level)) in person.weeks.iter().zip(&person.levels).enumerate() {
                filter = filter.after(seen);
                let estimate = filter.level(ConfidenceLevel::EIGHTY).unwrap();
                let is_inside = estimate.interval().unwrap().contains(level.clamp(1.0, 5.0));
                held[week + 1][usize::from(is_inside)] += 1;
            }
        }
        for week in [1, 2, 4, 8, 12] {
            let [out, inside] = held[week].map(f64::from);
            let share = inside / (out + inside);
            println!("coverage after {week} weeks: {share:.3}");
            assert!((0.75..=0.85).contains(&share), "after {week} weeks: {share}");
        }
    }
}

#[test]
fn the_probability_of_the_target_is_as_often_right_as_it_says() {
    let (model, target) = (model(AS_ASSUMED), 3.0);
    let mut bins = [(0.0, 0.0, 0.0); 5];
    for person in team(World { gain: 0.1, ..AS_ASSUMED }, 12_000, 10, 8) {
        let six = person.weeks[..6].iter().fold(LevelFilter::new(&model), LevelFilter::after);
        let ten =
            person.weeks[6..].iter().fold(six, |state, week| state.after(&ProgressWeek { ratings: None, ..*week }));
        let said = ten.probability_of(score(target)).to_f64();
        let bin = &mut bins[((said * 5.0) as usize).min(4)];
        bin.0 += said;
        bin.1 += f64::from(u8::from(person.levels[9] >= target));
        bin.2 += 1.0;
    }
    for (said, came, count) in bins {
        println!("said {:.3}, came {:.3} of {count}", said / count, came / count);
        assert!((said / count - came / count).abs() < 0.05, "said {} came {}", said / count, came / count);
    }
}

/// The share of people of whom the alarm is raised in twelve weeks, after a baseline of twelve contacts.
fn alarmed(world: World, model: &LevelModel, people: usize, drop: f64) -> f64 {
    let mut random = Random(9);
    let mut count = 0;
    for _ in 0..people {
        let level = world.mean + world.between * random.normal();
        let before = rate(World { per_week: 12, ..world }, level, &mut random);
        let baseline = Measured::new(before.mean, before.count, model);
        let (mut filter, mut level, mut was_raised) = (LevelFilter::from_baseline(model, &baseline), level, false);
        for _ in 0..12 {
            level += world.weekly * random.normal() - drop;
            let ratings = (random.uniform() >= world.missing).then(|| rate(world, level, &mut random));
            filter = filter.after(&ProgressWeek { ratings, ..ProgressWeek::default() });
            was_raised |= filter.is_falling_behind();
        }
        count += u32::from(was_raised);
    }
    f64::from(count) / people as f64
}

#[test]
fn the_alarm_suspects_at_most_one_in_twenty_people_who_do_not_change() {
    for (name, world) in [
        ("as assumed", AS_ASSUMED),
        ("as assumed, no week missing", World { missing: 0.0, ..AS_ASSUMED }),
        ("our scale", World { missing: 0.0, ..OUR_SCALE }),
        ("our scale, no wandering", World { weekly: 0.0, missing: 0.0, ..OUR_SCALE }),
    ] {
        let model = if world.on_steps { LevelModel::default() } else { model(world) };
        let share = alarmed(world, &model, 20_000, 0.0);
        println!("{name}: {share:.4}");
        assert!(share <= 0.05, "{name}: {share}");
    }
}

#[test]
fn the_alarm_finds_a_fall() {
    let share = alarmed(World { missing: 0.0, ..OUR_SCALE }, &LevelModel::default(), 4_000, 0.25);
    println!("a fall of a quarter level a week: {share:.3}");
    assert!(share > 0.4, "{share}");
}

/// The rule that is often given, 1.28, would suspect far too many: this is why the bound is higher.
#[test]
fn two_of_three_weeks_beyond_1_28_would_suspect_one_in_six() {
    // Surprises of a right model are independent standard normal numbers.
    let share_at = |bound: f64| {
        let mut random = Random(10);
        let people = 40_000;
        let raised = (0..people).filter(|_| {
            let below: Vec<bool> = (0..12).map(|_| random.normal() < -bound).collect();
            (0..12).any(|last| below[last.max(2) - 2..=last].iter().filter(|one| **one).count() >= 2)
        });
        raised.count() as f64 / f64::from(people)
    };
    let [usual, ours] = [share_at(1.28), share_at(LevelFilter::ALARM_AT)];
    println!("1.28: {usual:.4}, {}: {ours:.4}", LevelFilter::ALARM_AT);
    assert!((0.15..0.19).contains(&usual) && ours <= 0.045, "{usual} {ours}");
}

/// Filtered mean, variance and log-likelihood of ten weeks by `KalmanFilter` of statsmodels 0.15.0 (BSD), with the
/// planned gains as state intercepts and a variance of observation for each week.
#[test]
fn statsmodels_filters_alike() {
    const EXPECTED: [(f64, f64); 10] = [
        (2.407119741100, 0.094860841424),
        (2.557119741100, 0.106885841424),
        (2.780098784258, 0.073993347722),
        (2.689828555519, 0.040098095770),
        (2.989828555519, 0.068998095770),
        (2.989828555519, 0.075398095770),
        (3.047643965284, 0.072528289558),
        (3.090238179360, 0.049767971106),
        (3.274659031486, 0.041573575081),
        (3.127406993934, 0.033090877796),
    ];
    let rated =
        [(0.3, 5), (0.0, 0), (0.55, 3), (0.4, 8), (0.0, 0), (0.0, 0), (0.625, 1), (0.5, 5), (0.7, 4), (0.45, 6)];
    let gains = [(0, 0), (150, 75), (0, 0), (0, 0), (300, 150), (0, 0), (0, 0), (100, 50), (0, 0), (0, 0)];
    let weeks = rated.iter().zip(gains).map(|(&(mean, count), (gain, sd))| ProgressWeek {
        gain: MilliLevels::new(gain).unwrap(),
        gain_sd: MilliLevels::new(sd).unwrap(),
        ratings: count.try_into().ok().map(|count| WeekRatings { mean: Score::try_from(mean).unwrap(), count }),
    });
    let weeks: Vec<_> = weeks.collect();
    let model = LevelModel::default();
    let mut filter = LevelFilter::new(&model);
    for (week, (mean, variance)) in weeks.iter().zip(EXPECTED) {
        filter = filter.after(week);
        let level = filter.level(ConfidenceLevel::EIGHTY).unwrap();
        assert!((level.value() - mean).abs() < 1e-11, "{level:?}");
        assert!((level.standard_error().unwrap().powi(2) - variance).abs() < 1e-11, "{level:?}");
    }
    assert!((model.log_likelihood(&[weeks]).unwrap() - -5.469018691814).abs() < 1e-11);
}

#[test]
fn weeks_without_ratings_blur_and_change_nothing_else() {
    let start = LevelFilter::new(&LevelModel::default());
    let later = (0..5).fold(start, |state, _| state.after(&ProgressWeek::default()));
    let [before, after] = [start, later].map(|state| state.level(ConfidenceLevel::EIGHTY).unwrap());
    assert!((before.value() - after.value()).abs() < 1e-12);
    let grown = after.standard_error().unwrap().powi(2) - before.standard_error().unwrap().powi(2);
    assert!((grown - 5.0 * LevelModel::default().weekly_variance()).abs() < 1e-12);
}

#[test]
fn what_is_reported_stays_on_the_scale() {
    let best = WeekRatings { mean: Score::MAX, count: 5.try_into().unwrap() };
    let week = ProgressWeek { gain: MilliLevels::MAX, ratings: Some(best), ..ProgressWeek::default() };
    let high = (0..9).fold(LevelFilter::new(&LevelModel::default()), |state, _| state.after(&week));
    let level = high.level(ConfidenceLevel::NINETY_NINE).unwrap();
    assert_eq!((level.value(), level.interval()), (5.0, None), "no room is left");
}

#[test]
fn forgetting_halves_a_gain_in_its_half_life_and_is_off_by_default() {
    let practised = ProgressWeek { gain: MilliLevels::new(400).unwrap(), ..ProgressWeek::default() };
    let after_weeks = |model: LevelModel| {
        let gained = LevelFilter::new(&model).after(&practised);
        let later = (0..8).fold(gained, |state, _| state.after(&ProgressWeek::default()));
        later.level(ConfidenceLevel::EIGHTY).unwrap().value()
    };
    assert!((after_weeks(LevelModel::default()) - 3.4).abs() < 1e-12);
    let forgetting = LevelModel::default().forgetting(8.try_into().unwrap());
    assert!((after_weeks(forgetting) - 3.2).abs() < 1e-12);
}

#[test]
fn a_better_week_never_lowers_the_forecast() {
    let mut random = Random(11);
    for _ in 0..500 {
        let person = simulate(OUR_SCALE, 8, &mut random);
        let at = (random.uniform() * 8.0) as usize;
        let Some(ratings) = person.weeks[at].ratings else { continue };
        let mut better = person.weeks.clone();
        let mean = score(level_of(&ratings) + 0.5);
        better[at].ratings = Some(WeekRatings { mean, ..ratings });
        let probability = |weeks: &[ProgressWeek]| {
            let state = weeks.iter().fold(LevelFilter::new(&LevelModel::default()), LevelFilter::after);
            state.probability_of(score(3.0))
        };
        assert!(probability(&better) >= probability(&person.weeks));
    }
}

#[test]
fn too_little_data_has_no_fit() {
    let few = weeks_of(&team(OUR_SCALE, 4, 12, 12));
    assert!(matches!(LevelModel::fit(&few).unwrap_err(), Undefined::TooFewSubjects { .. }));
    let unrated = vec![vec![ProgressWeek::default(); 12]; 40];
    assert!(matches!(LevelModel::fit(&unrated).unwrap_err(), Undefined::TooFewSubjects { .. }));
    assert!(matches!(LevelModel::default().log_likelihood(&unrated).unwrap_err(), Undefined::NoData {}));
}
