use super::NestedComponents;
use crate::statistics::distributions::{beta_lower, beta_quantile};
use crate::statistics::normal::normal_cdf;
use crate::statistics::proportion::wilson_limits;
use crate::statistics::{ConfidenceLevel, Estimate, Interval, IntervalMethod, Undefined};
use crate::value::Count;

/// The mean of a subject's ratings on a scale from 0 to 1, and how far it may lie from the subject's long-run mean.
///
/// The variance of a mean is not the same everywhere on a bounded scale: who is nearly perfect has little room to vary.
/// As for a proportion it is taken to be θ(1 − θ)/m at the true value θ, where *m*, the *effective observations*, makes
/// it right on average over the group: m = (μ(1 − μ) − σ²s) / variance, the numerator being the mean of θ(1 − θ) over
/// subjects with mean μ and variance σ²s.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoundedMean {
    value: f64,
    variance: f64,
    group_mean: f64,
    between_subjects: f64,
}

impl BoundedMean {
    pub(super) fn new(value: f64, variance: f64, group_mean: f64, between_subjects: f64) -> Result<Self, Undefined> {
        let mean = Self { value, variance, group_mean, between_subjects };
        let effective = mean.effective_observations();
        // A variance next to 0 would count as infinitely many observations, an endless one as none.
        let is_good = (0.0..=1.0).contains(&value) && variance > 0.0 && effective > 0.0 && effective.is_finite();
        is_good.then_some(mean).ok_or(Undefined::OutOfRange {})
    }

    /// The weighted mean of several means of one subject.
    ///
    /// How their errors go together is not known (a severe rater is severe on each), so they are taken to go together
    /// fully: the standard error is the weighted mean of the standard errors, which is the largest it can be.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without weight; [`Undefined::OutOfRange`] for a weight that is negative or not finite.
    pub fn combined(parts: impl IntoIterator<Item = (f64, Self)>) -> Result<Self, Undefined> {
        let [mut whole, mut value, mut error, mut mean, mut spread] = [0.0; 5];
        for (weight, part) in parts {
            if !(weight.is_finite() && weight >= 0.0) {
                return Err(Undefined::OutOfRange {});
            }
            whole += weight;
            value += weight * part.value;
            error += weight * part.variance.sqrt();
            mean += weight * part.group_mean;
            spread += weight * part.between_subjects.sqrt();
        }
        if whole <= 0.0 {
            return Err(Undefined::NoData {});
        }
        let value = (value / whole).clamp(0.0, 1.0);
        Self::new(value, (error / whole).powi(2), mean / whole, (spread / whole).powi(2))
    }

    /// The mean.
    #[must_use]
    pub fn value(&self) -> f64 {
        self.value
    }

    /// The standard error, for a subject in the middle of the group.
    #[must_use]
    pub fn standard_error(&self) -> f64 {
        self.variance.sqrt()
    }

    /// How many independent yes-or-no observations would tell as much.
    #[must_use]
    pub fn effective_observations(&self) -> f64 {
        (self.group_mean * (1.0 - self.group_mean) - self.between_subjects) / self.variance
    }

    /// The long-run mean with Wilson's score interval, carried over to ratings.
    ///
    /// *Answers* where the subject's long-run mean over raters lies. *Assumes* the components hold. *Formula*: all θ
    /// with |value − θ| ≤ z·√(θ(1 − θ)/m), in closed form as for a proportion with m trials. It never leaves the scale,
    /// and has room on one side at its ends. *Undefined when* numbers are too large or small. *Reference*: Wilson 1927, J. American Statistical Association 22:209, with
    /// effective observations as in Korn and Graubard 1998, Survey Methodology 24:193. *Checked against*: simulated
    /// five-step ratings, average coverage of 90 % intervals 89 to 91 %, in every tenth of the true values 86 to 93 %.
    ///
    /// # Errors
    ///
    /// [`Undefined::OutOfRange`] when the numbers are too large or small to be computed with.
    pub fn estimate(&self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        let interval = score_interval(self.value, self.effective_observations(), confidence)?;
        let estimate = Estimate::of(self.value).ok_or(Undefined::OutOfRange {})?;
        Ok(estimate.with_standard_error(self.standard_error()).with_interval(Some(interval)))
    }

    /// The value drawn towards the mean of the group, by empirical Bayes.
    ///
    /// *Answers* what to expect of the subject, given that most subjects lie near the mean of the group. *Assumes* that the
    /// subject is one of the group. *Formula*: B·value +
    /// (1 − B)·μ with reliability B = σ²s/(σ²s + variance). That is the mean of the beta distribution which m effective
    /// observations make of a beta prior with mean μ and variance σ²s: its size is μ(1 − μ)/σ²s − 1 + m, its variance
    /// mean·(1 − mean)/(size + 1), and the interval holds its middle. *Undefined when* subjects do not differ, or the posterior
    /// has no beta form. *Reference*: Morris 1983, J. American Statistical Association 78:47. *Checked against*: the
    /// reliability, by hand.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoVariation`] when the variance between subjects is 0; [`Undefined::OutOfRange`] without a beta
    /// distribution.
    pub fn shrunken(&self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        if self.between_subjects <= 0.0 {
            return Err(Undefined::NoVariation {});
        }
        let (mean, variance) = self.posterior();
        let size = mean * (1.0 - mean) / variance - 1.0;
        let quantile = |probability| {
            let found = beta_quantile(probability, mean * size, (1.0 - mean) * size).filter(|_| size > 0.0);
            found.ok_or(Undefined::OutOfRange {})
        };
        let tail = confidence.lower_tail();
        let interval = Interval::new(quantile(tail)?, quantile(1.0 - tail)?, confidence, IntervalMethod::Posterior);
        let estimate = Estimate::of(mean).ok_or(Undefined::OutOfRange {})?;
        Ok(estimate.with_standard_error(variance.sqrt()).with_interval(interval))
    }

    /// The share of the variance of such means that lies between subjects: 0 is noise, 1 is sure.
    #[must_use]
    pub fn reliability(&self) -> f64 {
        self.between_subjects / (self.between_subjects + self.variance)
    }

    fn posterior(&self) -> (f64, f64) {
        let reliability = self.reliability();
        let mean = reliability * self.value + (1.0 - reliability) * self.group_mean;
        let prior = self.group_mean * (1.0 - self.group_mean) / self.between_subjects - 1.0;
        (mean, mean * (1.0 - mean) / (prior + self.effective_observations() + 1.0))
    }

    /// How sure it is that the long-run mean lies below `bound`.
    ///
    /// *Answers* whether a subject is below what is asked of it. *Assumes* as [`estimate`](Self::estimate). *Formula*:
    /// Φ((bound − value) / √(bound(1 − bound)/m)), the share of all one-sided score intervals of this mean that end below the
    /// bound; nothing lies below 0. *Undefined* for a bound that is no number. *Reference*: the score test that Wilson 1927
    /// inverts. *Checked against*: [`estimate`](Self::estimate): at the upper end of a 90 % interval it is 0.95.
    ///
    /// # Errors
    ///
    /// [`Undefined::OutOfRange`] for a bound that is no number.
    pub fn probability_below(&self, bound: f64) -> Result<f64, Undefined> {
        let probability = probability_below(self.value, self.effective_observations(), bound);
        if probability.is_nan() { Err(Undefined::OutOfRange {}) } else { Ok(probability) }
    }

    /// How probable it is that the long-run mean lies below `bound`, given this mean and how subjects differ.
    ///
    /// *Answers* the question that people read into "the chance that": of many subjects with such a mean, how many lie
    /// below. *Assumes* that the subject is one of the group, and that the components hold. *Formula*: the share below the bound of
    /// the beta distribution with the mean and variance of [`shrunken`](Self::shrunken). *Undefined when* subjects do not differ,
    /// or the posterior has no beta form. *Reference*: as for [`shrunken`](Self::shrunken). *Checked against*: simulated people, of
    /// whom as many are below as said, within 0.05 in each tenth.
    ///
    /// # Errors
    ///
    /// As for [`shrunken`](Self::shrunken), and [`Undefined::OutOfRange`] for a bound that is no number.
    pub fn posterior_below(&self, bound: f64) -> Result<f64, Undefined> {
        if self.between_subjects <= 0.0 {
            return Err(Undefined::NoVariation {});
        }
        let (mean, variance) = self.posterior();
        posterior_below(mean, variance.sqrt(), bound).ok_or(Undefined::OutOfRange {})
    }

    /// `self` − `earlier`, with an interval made of the two score intervals.
    ///
    /// *Answers* how far a subject moved. *Assumes* the errors of both have this `covariance` (0 when they share neither rater nor occasion). *Formula*:
    /// lower end d − √((v₁ − l₁)² + (u₂ − v₂)² − 2ρ(v₁ − l₁)(u₂ − v₂)), upper end alike; standard error
    /// √(variance₁ + variance₂ − 2·covariance). *Reference*: Newcombe 1998, Statistics in Medicine 17:873; with
    /// covariance Zou and Donner 2008, Statistics in Medicine 27:1693. *Undefined when* no two such errors have this
    /// covariance. *Checked against*: Newcombe's example (a).
    ///
    /// # Errors
    ///
    /// [`Undefined::OutOfRange`] for a covariance that two such errors cannot have, or numbers too large or small.
    pub fn change_from(
        &self,
        earlier: &Self,
        covariance: f64,
        confidence: ConfidenceLevel,
    ) -> Result<Estimate, Undefined> {
        let correlation = covariance / (self.standard_error() * earlier.standard_error());
        if !(-1.0..=1.0).contains(&correlation) {
            return Err(Undefined::OutOfRange {});
        }
        let ends = |one: &Self| score_interval(one.value, one.effective_observations(), confidence);
        let (new, old) = (ends(self)?, ends(earlier)?);
        let half = |one: f64, other: f64| (one * one + other * other - 2.0 * correlation * one * other).max(0.0).sqrt();
        let down = half(self.value - new.lower(), old.upper() - earlier.value);
        let up = half(new.upper() - self.value, earlier.value - old.lower());
        let change = self.value - earlier.value;
        let (lower, upper) = ((change - down).max(-1.0), (change + up).min(1.0));
        let interval = Interval::new(lower, upper, confidence, IntervalMethod::SquareAndAdd);
        let variance = self.variance + earlier.variance - 2.0 * covariance;
        let estimate = Estimate::of(change).ok_or(Undefined::OutOfRange {})?;
        Ok(estimate.with_standard_error(variance.max(0.0).sqrt()).with_interval(interval))
    }

    /// `self` − what was to be expected after `earlier` had nothing changed.
    ///
    /// *Answers* how far a subject moved, also of subjects who were chosen because `earlier` was low or high: part of that
    /// is chance, which would not have lasted. *Assumes* that the subject is one of the group, errors of this `covariance`, and
    /// normal distributions. *Formula*: expected is e = μ + ρ·(earlier − μ) with ρ = (σ²s + c)/(σ²s + variance₁), which without
    /// covariance c is the [`shrunken`](Self::shrunken) mean; standard error √((σ²s + c)(1 − ρ) + (variance₂ − c)·k), where
    /// k = e(1 − e)/(μ(1 − μ) − σ²s), at least 1, gives the later mean the room that it has at e. *Undefined when* subjects
    /// do not differ, or no two such errors have this covariance. *Reference*: the best linear predictor, Searle, Casella and
    /// McCulloch 1992, Variance Components, chapter 7; the variance at e as in [`estimate`](Self::estimate). *Checked against*:
    /// simulated subjects without change, chosen by a low earlier mean.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoVariation`] when the variance between subjects is 0; [`Undefined::OutOfRange`] for a covariance that
    /// two such errors cannot have.
    pub fn change_from_expected(
        &self,
        earlier: &Self,
        covariance: f64,
        confidence: ConfidenceLevel,
    ) -> Result<Estimate, Undefined> {
        let Self { group_mean, between_subjects, .. } = *earlier;
        if between_subjects <= 0.0 {
            return Err(Undefined::NoVariation {});
        }
        let correlation = covariance / (self.standard_error() * earlier.standard_error());
        if !(-1.0..=1.0).contains(&correlation) {
            return Err(Undefined::OutOfRange {});
        }
        let lasting = between_subjects + covariance;
        let share = lasting / (between_subjects + earlier.variance);
        let expected = (group_mean + share * (earlier.value - group_mean)).clamp(0.0, 1.0);
        let room = expected * (1.0 - expected) / (group_mean * (1.0 - group_mean) - between_subjects);
        let variance = lasting * (1.0 - share) + (self.variance - covariance) * room.max(1.0);
        let estimate =
            Estimate::of(self.value - expected).filter(|_| variance > 0.0).ok_or(Undefined::OutOfRange {})?;
        Ok(estimate.with_normal_interval(variance.sqrt(), confidence))
    }
}

impl NestedComponents {
    /// How many ratings in all, spread evenly over `raters`, make the interval at `value` at most `width` wide.
    ///
    /// *Answers* how many ratings are worth collecting. *Assumes* the components hold. *Formula*: the effective observations
    /// m that the width asks for are the larger root of
    /// w²(m + z²)² = 4z²·v(1 − v)·m + z⁴; then n = σ²w / ((μ(1 − μ) − σ²s)/m − σ²r/raters), rounded up. *Undefined when*
    /// no number of ratings by so few raters is enough: what these raters have in common stays. *Reference*: as
    /// [`BoundedMean::estimate`]. *Checked against*: that interval, which one rating fewer leaves too wide.
    ///
    /// ```
    /// use service_excellence::statistics::{ConfidenceLevel, NestedComponents};
    ///
    /// let components = NestedComponents::new(0.5, 0.0225, 0.01, 0.04)?;
    /// let needed = |raters| components.ratings_needed(0.5, 0.25, raters, ConfidenceLevel::NINETY);
    /// assert_eq!(needed(4)?.get(), 13);
    /// assert!(needed(1).is_err(), "one rater is never enough");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Undefined::TooFewRaters`] with the number of raters that could do it; [`Undefined::OutOfRange`] for a value
    /// outside 0 to 1, a width that is not above 0, or more than a million ratings.
    pub fn ratings_needed(
        &self,
        value: f64,
        width: f64,
        raters: u32,
        confidence: ConfidenceLevel,
    ) -> Result<Count, Undefined> {
        let is_in_range = (0.0..=1.0).contains(&value) && width > 0.0 && raters > 0;
        if !is_in_range {
            return Err(Undefined::OutOfRange {});
        }
        let effective = effective_observations_for(value, width.min(1.0), confidence);
        let variance = (self.mean() * (1.0 - self.mean()) - self.between_subjects()) / effective;
        let rest = variance - self.between_raters() / f64::from(raters);
        if rest <= 0.0 {
            let needed = (self.between_raters() / variance).floor() + 1.0;
            return Err(Undefined::too_few_raters(raters as usize, needed.min(1e6) as usize));
        }
        let ratings = (self.within() / rest).ceil().max(f64::from(raters));
        let whole = if ratings <= 1e6 { Count::new(ratings as u32).ok() } else { None };
        whole.ok_or(Undefined::OutOfRange {})
    }
}

/// The larger root of w²(m + z²)² = 4z²·v(1 − v)·m + z⁴; at least a small number, since a wide interval needs nothing.
fn effective_observations_for(value: f64, width: f64, confidence: ConfidenceLevel) -> f64 {
    let square = confidence.normal_multiplier().powi(2);
    let room = value * (1.0 - value);
    let half = square * (width * width - 2.0 * room);
    let rest = width * width * square * square * (width * width - 1.0);
    ((-half + (half * half - rest).max(0.0).sqrt()) / (width * width)).max(1e-9)
}

/// Wilson's interval for a share `value` of `effective` trials, which need not be whole.
fn score_interval(value: f64, effective: f64, confidence: ConfidenceLevel) -> Result<Interval, Undefined> {
    let (lower, upper) = wilson_limits(value, effective, confidence);
    let (lower, upper) = (lower.clamp(0.0, value), upper.clamp(value, 1.0));
    Interval::new(lower, upper, confidence, IntervalMethod::BoundedScore).ok_or(Undefined::OutOfRange {})
}

/// As [`BoundedMean::posterior_below`], from what a document keeps: the shrunken mean and its standard error.
pub(crate) fn posterior_below(mean: f64, standard_error: f64, bound: f64) -> Option<f64> {
    let size = mean * (1.0 - mean) / (standard_error * standard_error) - 1.0;
    if !(size > 0.0 && size.is_finite()) || bound.is_nan() {
        return None;
    }
    beta_lower(bound.clamp(0.0, 1.0), mean * size, (1.0 - mean) * size)
}

/// As [`BoundedMean::probability_below`], from what a document keeps.
pub(crate) fn probability_below(value: f64, effective: f64, bound: f64) -> f64 {
    if bound <= 0.0 {
        return 0.0;
    }
    if bound >= 1.0 {
        return if value < 1.0 { 1.0 } else { 0.0 };
    }
    normal_cdf((bound - value) / (bound * (1.0 - bound) / effective).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::Proportion;

    fn components() -> NestedComponents {
        NestedComponents::new(0.5, 0.0225, 0.01, 0.04).unwrap()
    }

    #[test]
    fn yes_or_no_ratings_by_one_rater_each_have_wilsons_interval() {
        // Of two steps, subjects alike: the variance within is that of a coin, and m is the number of ratings.
        let coin = NestedComponents::new(0.5, 0.0, 0.0, 0.25).unwrap();
        let ours = coin.mean_of(0.9, &[1; 30]).unwrap().estimate(ConfidenceLevel::NINETY_FIVE).unwrap();
        let wilson = Proportion::new(27, 30).unwrap().wilson(ConfidenceLevel::NINETY_FIVE).unwrap();
        let (ours, wilson) = (ours.interval().unwrap(), wilson.interval().unwrap());
        assert!((ours.lower() - wilson.lower()).abs() < 1e-12 && (ours.upper() - wilson.upper()).abs() < 1e-12);
        assert!((ours.lower() - 0.7438).abs() < 5e-5 && (ours.upper() - 0.9654).abs() < 5e-5, "Wilson, 27 of 30");
    }

    #[test]
    fn the_probability_agrees_with_the_interval() {
        let mean = components().mean_of(0.6, &[4, 3]).unwrap();
        let interval = *mean.estimate(ConfidenceLevel::NINETY).unwrap().interval().unwrap();
        let below = |bound| mean.probability_below(bound).unwrap();
        assert!((below(interval.upper()) - 0.95).abs() < 1e-9);
        assert!((below(interval.lower()) - 0.05).abs() < 1e-9);
        assert_eq!((below(0.0), below(1.0)), (0.0, 1.0));
    }

    #[test]
    fn intervals_stay_on_the_scale_and_hold_the_value() {
        for value in [0.0, 0.02, 0.5, 0.99, 1.0] {
            for counts in [&[1][..], &[3, 2], &[20, 20, 20]] {
                let estimate = components().mean_of(value, counts).unwrap().estimate(ConfidenceLevel::NINETY_NINE);
                let interval = *estimate.unwrap().interval().unwrap();
                assert!(0.0 <= interval.lower() && interval.upper() <= 1.0 && interval.contains(value));
                assert!(interval.width() > 0.0);
            }
        }
    }

    #[test]
    fn a_shrunken_value_lies_between_its_own_and_that_of_the_group() {
        let mean = components().mean_of(0.9, &[2]).unwrap();
        let shrunken = mean.shrunken(ConfidenceLevel::NINETY).unwrap();
        // Reliability 0.0225 / (0.0225 + 0.01 + 0.02) = 3/7.
        assert!((mean.reliability() - 3.0 / 7.0).abs() < 1e-12);
        assert!((shrunken.value() - (0.9 * 3.0 + 0.5 * 4.0) / 7.0).abs() < 1e-12);
        // The prior is worth 0.25 / 0.0225 - 1 observations, the mean (0.25 - 0.0225) / 0.03.
        let (size, mean) = (0.25 / 0.0225 - 1.0 + 0.2275 / 0.03, shrunken.value());
        assert!((shrunken.standard_error().unwrap() - (mean * (1.0 - mean) / (size + 1.0)).sqrt()).abs() < 1e-12);
        assert!(shrunken.interval().unwrap().contains(shrunken.value()));
        let alike = NestedComponents::new(0.5, 0.0, 0.01, 0.04).unwrap().mean_of(0.9, &[2]).unwrap();
        assert_eq!(alike.shrunken(ConfidenceLevel::NINETY), Err(Undefined::NoVariation {}));
    }

    #[test]
    fn the_ratings_needed_make_the_interval_as_narrow_as_asked_and_one_fewer_does_not() {
        for (value, width, raters) in [(0.5, 0.25, 4_u32), (0.8, 0.2, 6), (0.1, 0.3, 2), (0.625, 0.15, 20)] {
            let needed = components().ratings_needed(value, width, raters, ConfidenceLevel::NINETY).unwrap().get();
            let width_of = |ratings: f64| {
                let variance = 0.01 / f64::from(raters) + 0.04 / ratings;
                let mean = BoundedMean::new(value, variance, 0.5, 0.0225).unwrap();
                mean.estimate(ConfidenceLevel::NINETY).unwrap().interval().unwrap().width()
            };
            assert!(width_of(f64::from(needed)) <= width + 1e-12, "{value} {width} {needed}");
            assert!(needed == raters || width_of(f64::from(needed - 1)) > width, "{value} {width} {needed}");
        }
    }

    #[test]
    fn too_few_raters_are_told_how_many_could_do_it() {
        let reason = components().ratings_needed(0.5, 0.25, 1, ConfidenceLevel::NINETY).unwrap_err();
        assert_eq!(reason, Undefined::too_few_raters(1, 2));
        assert!(components().ratings_needed(0.5, 0.25, 2, ConfidenceLevel::NINETY).is_ok());
    }

    #[test]
    fn a_change_of_independent_shares_has_newcombes_interval() {
        // Newcombe 1998, example (a), method 10: 56/70 - 48/80, 0.0524 to 0.3339.
        let coin = NestedComponents::new(0.5, 0.0, 0.0, 0.25).unwrap();
        let (later, earlier) = (coin.mean_of(0.8, &[1; 70]).unwrap(), coin.mean_of(0.6, &[1; 80]).unwrap());
        let change = later.change_from(&earlier, 0.0, ConfidenceLevel::NINETY_FIVE).unwrap();
        let interval = change.interval().unwrap();
        assert!((interval.lower() - 0.0524).abs() < 5e-5 && (interval.upper() - 0.3339).abs() < 5e-5, "{interval:?}");
    }

    #[test]
    fn what_both_have_in_common_narrows_the_interval_of_a_change() {
        let (later, earlier) = (components().mean_of(0.6, &[5]).unwrap(), components().mean_of(0.5, &[5]).unwrap());
        let width = |covariance| {
            let change = later.change_from(&earlier, covariance, ConfidenceLevel::NINETY).unwrap();
            change.interval().unwrap().width()
        };
        assert!(width(0.01) < width(0.0));
        assert_eq!(later.change_from(&earlier, 0.1, ConfidenceLevel::NINETY), Err(Undefined::OutOfRange {}));
    }

    #[test]
    fn the_error_of_a_combination_is_the_largest_it_can_be() {
        let one = components().mean_of(0.4, &[2, 2]).unwrap();
        let other = components().mean_of(0.8, &[1]).unwrap();
        let both = BoundedMean::combined([(1.0, one), (3.0, other)]).unwrap();
        assert!((both.value() - 0.7).abs() < 1e-12);
        assert!((both.standard_error() - (one.standard_error() + 3.0 * other.standard_error()) / 4.0).abs() < 1e-12);
        assert_eq!(BoundedMean::combined([]), Err(Undefined::NoData {}));
    }
}
