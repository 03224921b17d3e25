use super::measured::{millionths, on_level_scale};
use super::{LevelModel, Measured};
use crate::coaching::MilliLevels;
use crate::framework::ObservationCount;
use crate::statistics::{
    ConfidenceLevel, Estimate, Interval, IntervalMethod, Undefined, beta_lower, beta_quantile, normal_quantile,
};
use crate::value::{Score, Share};

/// What is known of a person's level on one criterion, week by week: an estimate that each rating sharpens and each
/// week without ratings blurs.
///
/// *Answers*: where does this person stand now, and how likely is the target reached by then? *Assumes* a level that
/// wanders freely (a local level) and ratings that scatter about it independently, both normal, with planned gains as
/// known input. *Formula*: each week m += gain, P += weekly variance + gain variance; with the mean of n ratings
/// R = rating variance / n, K = P / (P + R), m += K·(mean − m), P ·= 1 − K. With forgetting, a week without a gain
/// first draws m towards where it started, by 2^(−1/half-life). It works on the plain scale; reports are cut to 1 to 5.
/// Probabilities and intervals are those of a beta distribution on the scale with mean m and variance
/// P · x(1 − x) / (μ(1 − μ) − D), where x and μ are m and the mean of people (gains included) from 0 to 1, and D is how far such m differ between
/// people: who is far from the ends has more room to vary than the average of the people, who is near them has less.
/// *Reference*: Kalman 1960; Harvey 1989, Forecasting, chapter 4; the growth of P without ratings is that of Glickman's
/// Glicko; without weekly changes the beta distribution is the posterior of the beta-binomial model (Gelman et al. 2013, Bayesian Data
/// Analysis, 2.4). *Checked against*: `KalmanFilter` of statsmodels 0.15.0, and simulated people (see the guide).
///
/// ```
/// use service_excellence::coaching::{LevelFilter, LevelModel, ProgressWeek, WeekRatings};
///
/// let start = LevelFilter::new(&LevelModel::default());
/// let ratings = WeekRatings { mean: 0.3.try_into()?, count: 5.try_into()? };
/// let practised = ProgressWeek { gain: 150.try_into()?, ratings: Some(ratings), ..ProgressWeek::default() };
/// let now = start.after(&practised).after(&ProgressWeek::default());
/// let target = 0.375.try_into()?;
/// assert_eq!(now.probability_of(target).percent(0), "42");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LevelFilter {
    model: LevelModel,
    start: f64,
    mean: f64,
    variance: f64,
    /// The variance between people of whom nothing is rated: what `variance` would be without any rating.
    unseen: f64,
    /// The mean of such people.
    centre: f64,
    /// Rated means against what was expected, in standard deviations (where there is more room than on average, of that
    /// room); the newest last.
    surprises: [Option<f64>; 3],
}

/// One week of a person, on one criterion. The default is a week in which nothing was done and nothing rated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ProgressWeek {
    /// What the sessions finished in it are assumed to add.
    pub gain: MilliLevels,
    /// The standard deviation of that assumption.
    pub gain_sd: MilliLevels,
    /// The ratings of its contacts, if there were any.
    pub ratings: Option<WeekRatings>,
}

/// The ratings of one week on one criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WeekRatings {
    /// Their mean.
    pub mean: Score,
    /// How many there are.
    pub count: ObservationCount,
}

impl Default for ProgressWeek {
    fn default() -> Self {
        Self { gain: MilliLevels::MIN, gain_sd: MilliLevels::MIN, ratings: None }
    }
}

/// The variance of a level is at least and at most these parts of its average over people.
const LEAST_ROOM: f64 = 0.1;
const MOST_ROOM: f64 = 4.0;

impl LevelFilter {
    /// How far below what was expected, in standard deviations, a week has to be for the alarm.
    ///
    /// Two such weeks of the last three rated ones raise it. With 1.70 a person who does not change is suspected in
    /// about 4 % of twelve weeks; with 1.28, which one week in ten exceeds by chance, 17 %.
    pub const ALARM_AT: f64 = 1.7;

    /// Before anything was seen: anybody of the team.
    #[must_use]
    pub fn new(model: &LevelModel) -> Self {
        let mean = model.prior_mean();
        let variance = model.prior_variance();
        Self { model: *model, start: mean, mean, variance, unseen: variance, centre: mean, surprises: [None; 3] }
    }

    /// After a measurement before the plan; its estimate is the one drawn towards the team's mean.
    #[must_use]
    pub fn from_baseline(model: &LevelModel, baseline: &Measured) -> Self {
        let start = Self::new(model).updated(baseline.level(), baseline.variance());
        Self { start: start.mean, surprises: [None; 3], ..start }
    }

    /// After one more week.
    #[must_use]
    pub fn after(self, week: &ProgressWeek) -> Self {
        let passed = self.passed(week);
        match &week.ratings {
            Some(ratings) => passed.updated(on_level_scale(ratings.mean), self.rating_variance(ratings.count)),
            None => passed,
        }
    }

    /// The level on the scale from 1 to 5, with its standard error and a posterior interval, both cut to the scale.
    ///
    /// # Errors
    ///
    /// [`Undefined::OutOfRange`] when the numbers cannot be computed with.
    pub fn level(&self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        let tail = confidence.lower_tail();
        let [lower, upper] = [tail, 1.0 - tail].map(|probability| self.quantile(probability));
        let is_known = lower.is_finite() && upper.is_finite();
        let estimate = Estimate::of(self.mean.clamp(1.0, 5.0)).filter(|_| is_known).ok_or(Undefined::OutOfRange {})?;
        // At an end of the scale no room is left for an interval.
        let interval = Interval::new(lower, upper, confidence, IntervalMethod::Posterior);
        Ok(estimate.with_standard_error(self.variance.sqrt()).with_interval(interval))
    }

    /// How likely the level is now at or above the target.
    #[must_use]
    pub fn probability_of(&self, target: Score) -> Share {
        let below = self.posterior().and_then(|(a, b)| beta_lower(target.to_f64(), a, b));
        // Without a beta distribution all that is known is the mean.
        let below = below.unwrap_or_else(|| f64::from(u8::from(self.mean < on_level_scale(target))));
        Share::at_most_max(millionths(1.0 - below, Share::MAX.millionths()))
    }

    /// The parameters of the beta distribution of the level, from 0 to 1; nothing when the mean lies at an end or beyond,
    /// or nothing is left to be known.
    fn posterior(&self) -> Option<(f64, f64)> {
        let x = (self.mean - 1.0) / 4.0;
        let size = x * (1.0 - x) / (self.variance / 16.0 * self.room()) - 1.0;
        (size > 0.0 && size.is_finite()).then_some((x * size, (1.0 - x) * size))
    }

    /// The variance at this level as a part of its average over people.
    fn room(&self) -> f64 {
        let [x, centre] = [self.mean, self.centre].map(|level| (level.clamp(1.0, 5.0) - 1.0) / 4.0);
        let average = centre * (1.0 - centre) - (self.unseen - self.variance).max(0.0) / 16.0;
        if average > 0.0 { (x * (1.0 - x) / average).clamp(LEAST_ROOM, MOST_ROOM) } else { 1.0 }
    }

    /// The level below which it lies with this probability.
    fn quantile(&self, probability: f64) -> f64 {
        let found = self.posterior().and_then(|(a, b)| beta_quantile(probability, a, b));
        let normal = || self.mean + normal_quantile(probability) * self.variance.sqrt();
        found.map_or_else(normal, |share| 1.0 + 4.0 * share).clamp(1.0, 5.0)
    }

    /// After how many of the coming weeks the expected level is at the target or above: 0 when it is so now, nothing
    /// when it is not so within these weeks.
    #[must_use]
    pub fn weeks_to(&self, target: Score, coming: &[ProgressWeek]) -> Option<usize> {
        let target = on_level_scale(target);
        if self.mean >= target {
            return Some(0);
        }
        let mut state = *self;
        coming
            .iter()
            .position(|week| {
                state = state.after(week);
                state.mean >= target
            })
            .map(|place| place + 1)
    }

    /// Whether the person falls behind what is expected: two of the last three rated weeks lie beyond
    /// [`ALARM_AT`](Self::ALARM_AT) below it.
    #[must_use]
    pub fn is_falling_behind(&self) -> bool {
        self.surprises.iter().flatten().filter(|surprise| **surprise < -Self::ALARM_AT).count() >= 2
    }

    /// How the last three rated weeks differed from what was expected, in standard deviations, oldest first.
    pub fn surprises(&self) -> impl Iterator<Item = f64> {
        self.surprises.into_iter().flatten()
    }

    /// The level where the filter started: the team's mean, or the shrunken baseline.
    #[must_use]
    pub fn start(&self) -> f64 {
        self.start
    }

    /// The logarithm of the density of the coming week's rated mean; nothing for a week without ratings.
    pub(super) fn log_score(&self, week: &ProgressWeek) -> Option<f64> {
        let ratings = week.ratings.as_ref()?;
        let passed = self.passed(week);
        let variance = passed.variance + self.rating_variance(ratings.count);
        let error = on_level_scale(ratings.mean) - passed.mean;
        Some(-0.5 * ((std::f64::consts::TAU * variance).ln() + error * error / variance))
    }

    fn rating_variance(&self, count: ObservationCount) -> f64 {
        self.model.rating_variance() / f64::from(count.get())
    }

    /// What time and practice do, before anything is rated.
    fn passed(self, week: &ProgressWeek) -> Self {
        let is_idle = week.gain == MilliLevels::MIN;
        let kept = match self.model.half_life() {
            Some(half_life) if is_idle => (-1.0 / f64::from(half_life.get())).exp2(),
            _ => 1.0,
        };
        let gain_sd = f64::from(week.gain_sd.get()) / 1_000.0;
        let (gain, first) = (f64::from(week.gain.get()) / 1_000.0, self.model.prior_mean());
        Self {
            mean: self.start + (self.mean - self.start) * kept + gain,
            centre: first + (self.centre - first) * kept + gain,
            variance: self.variance * kept * kept + self.model.weekly_variance() + gain_sd * gain_sd,
            unseen: self.unseen * kept * kept + self.model.weekly_variance() + gain_sd * gain_sd,
            ..self
        }
    }

    /// After a rated mean with this variance.
    fn updated(self, rated: f64, rating_variance: f64) -> Self {
        let total = self.variance + rating_variance;
        if total <= 0.0 {
            return self;
        }
        let (error, weight) = (rated - self.mean, self.variance / total);
        let [_, second, third] = self.surprises;
        Self {
            mean: self.mean + weight * error,
            variance: self.variance * (1.0 - weight),
            surprises: [second, third, Some(error / (total * self.room().max(1.0)).sqrt())],
            ..self
        }
    }
}
