use super::distributions::beta_quantile;
use super::{ConfidenceLevel, DataError, Estimate, Interval, IntervalMethod, Undefined};

/// How many of how many: successes in trials.
///
/// ```
/// use service_excellence::statistics::{ConfidenceLevel, Proportion};
///
/// // Two of three reviews passed. That proves little.
/// let share = Proportion::new(2, 3)?.wilson(ConfidenceLevel::NINETY_FIVE)?;
/// let interval = share.interval().expect("a proportion has an interval");
/// assert_eq!(format!("{:.3} to {:.3}", interval.lower(), interval.upper()), "0.208 to 0.939");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Proportion {
    successes: u64,
    trials: u64,
}

impl Proportion {
    /// Successes in trials; no trials are data too, of which no share is defined.
    ///
    /// # Errors
    ///
    /// There are more successes than trials.
    pub fn new(successes: u64, trials: u64) -> Result<Self, DataError> {
        if successes > trials {
            let allowed = format!("a whole number from 0 to {trials}, the number of trials");
            return Err(DataError::new("the number of successes", "of a proportion", successes, allowed));
        }
        Ok(Self { successes, trials })
    }

    /// The successes.
    #[must_use]
    pub fn successes(self) -> u64 {
        self.successes
    }

    /// The trials.
    #[must_use]
    pub fn trials(self) -> u64 {
        self.trials
    }

    /// The share with Wilson's score interval, the one to use by default: it holds its level for few trials and stays
    /// within 0 and 1.
    ///
    /// *Answers*: between which shares does the true one lie? *Assumes* independent trials with one probability.
    /// *Formula*: (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n); standard error √(p(1−p)/n). *Undefined when* there are
    /// no trials. *Reference*: Wilson 1927, J. American Statistical Association 22:209. *Checked against*: Newcombe 1998,
    /// table I; statsmodels 0.15 `proportion_confint`.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without trials.
    pub fn wilson(self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        let (share, n) = self.share()?;
        self.estimate(wilson_limits(share, n, confidence), confidence, IntervalMethod::Wilson)
    }

    /// The share with the exact interval: it holds at least its level for every probability, and is wide.
    ///
    /// *Answers*, *assumes*, *undefined when*: as [`wilson`](Self::wilson). *Formula*: quantiles of Beta(x, n−x+1) and
    /// Beta(x+1, n−x). *Reference*: Clopper and Pearson 1934, Biometrika 26:404. *Checked against*: statsmodels 0.15
    /// `proportion_confint`.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without trials.
    pub fn clopper_pearson(self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        self.share()?;
        let (x, rest, tail) = (self.successes as f64, (self.trials - self.successes) as f64, confidence.lower_tail());
        let ends = (beta_quantile(tail, x, rest + 1.0), beta_quantile(1.0 - tail, x + 1.0, rest));
        self.estimate((ends.0.unwrap_or(0.0), ends.1.unwrap_or(1.0)), confidence, IntervalMethod::ClopperPearson)
    }

    /// The share with the interval of Jeffreys' prior, between the two others in width.
    ///
    /// *Answers*, *assumes*, *undefined when*: as [`wilson`](Self::wilson). *Formula*: quantiles of Beta(x+½, n−x+½); the
    /// lower end is 0 at x = 0 and the upper 1 at x = n. *Reference*: Brown, Cai and DasGupta 2001, Statistical Science
    /// 16:101. *Checked against*: statsmodels 0.15 `proportion_confint`.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without trials.
    pub fn jeffreys(self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        self.share()?;
        let (x, rest, tail) = (self.successes as f64, (self.trials - self.successes) as f64, confidence.lower_tail());
        let quantile = |probability| beta_quantile(probability, x + 0.5, rest + 0.5).ok_or(Undefined::OutOfRange {});
        self.estimate((quantile(tail)?, quantile(1.0 - tail)?), confidence, IntervalMethod::Jeffreys)
    }

    /// This share − that share, of trials that have nothing to do with each other, with Newcombe's hybrid score interval.
    ///
    /// *Answers*: by how much do two shares differ? *Assumes* as [`wilson`](Self::wilson), of both. *Undefined when* either
    /// has no trials. *Formula*: with Wilson's limits l and u of either share, d − √((p₁ − l₁)² + (u₂ − p₂)²) to
    /// d + √((u₁ − p₁)² + (p₂ − l₂)²); standard error √(p₁(1 − p₁)/n₁ + p₂(1 − p₂)/n₂). *Reference*: Newcombe 1998, Statistics in
    /// Medicine 17:873, method 10. *Checked against*: its table II and
    /// statsmodels 0.15 `confint_proportions_2indep`.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] if either has no trials.
    pub fn difference(self, other: Self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        let ((p, n), (q, m)) = (self.share()?, other.share()?);
        let ((p_lower, p_upper), (q_lower, q_upper)) = (self.wilson_ends(confidence)?, other.wilson_ends(confidence)?);
        let difference = p - q;
        let lower = difference - (p - p_lower).hypot(q_upper - q);
        let upper = difference + (p_upper - p).hypot(q - q_lower);
        let interval = Interval::new(lower.max(-1.0), upper.min(1.0), confidence, IntervalMethod::Newcombe);
        let error = (p * (1.0 - p) / n + q * (1.0 - q) / m).sqrt();
        let estimate = Estimate::of(difference).ok_or(Undefined::OutOfRange {})?;
        Ok(estimate.with_standard_error(error).with_interval(interval))
    }

    fn wilson_ends(self, confidence: ConfidenceLevel) -> Result<(f64, f64), Undefined> {
        let estimate = self.wilson(confidence)?;
        let interval = estimate.interval().ok_or(Undefined::OutOfRange {})?;
        Ok((interval.lower(), interval.upper()))
    }

    fn share(self) -> Result<(f64, f64), Undefined> {
        if self.trials == 0 {
            return Err(Undefined::NoData {});
        }
        Ok((self.successes as f64 / self.trials as f64, self.trials as f64))
    }

    /// At 0 and at n one end is known without computing.
    fn estimate(
        self,
        (lower, upper): (f64, f64),
        confidence: ConfidenceLevel,
        method: IntervalMethod,
    ) -> Result<Estimate, Undefined> {
        let (share, n) = self.share()?;
        let lower = if self.successes == 0 { 0.0 } else { lower.max(0.0) };
        let upper = if self.successes == self.trials { 1.0 } else { upper.min(1.0) };
        let interval = Interval::new(lower, upper, confidence, method).ok_or(Undefined::OutOfRange {})?;
        let estimate = Estimate::of(share).ok_or(Undefined::OutOfRange {})?;
        Ok(estimate.with_standard_error((share * (1.0 - share) / n).sqrt()).with_interval(Some(interval)))
    }
}

/// Wilson's limits of a share of `trials`, which need not be whole.
pub(super) fn wilson_limits(share: f64, trials: f64, confidence: ConfidenceLevel) -> (f64, f64) {
    score_limits(share, trials, confidence.normal_multiplier())
}

/// The shares from which that found lies `z` standard errors away.
pub(super) fn score_limits(share: f64, trials: f64, z: f64) -> (f64, f64) {
    let (centre, scale) = (share + z * z / (2.0 * trials), 1.0 + z * z / trials);
    let half = z * (share * (1.0 - share) / trials + z * z / (4.0 * trials * trials)).sqrt();
    ((centre - half) / scale, (centre + half) / scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVEL: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;

    fn ends(estimate: Result<Estimate, Undefined>) -> (f64, f64) {
        let interval = *estimate.unwrap().interval().unwrap();
        (interval.lower(), interval.upper())
    }

    #[track_caller]
    fn assert_ends(found: (f64, f64), expected: (f64, f64)) {
        let near = |one: f64, other: f64| (one - other).abs() <= 1e-12 * other.abs().max(1e-3);
        assert!(near(found.0, expected.0) && near(found.1, expected.1), "{found:?} is not {expected:?}");
    }

    #[test]
    fn intervals_agree_with_statsmodels() {
        // statsmodels 0.15.0, proportion_confint; successes, trials, then Wilson, Clopper and Pearson, Jeffreys.
        let cases = [
            (
                1,
                3,
                (0.061_491_944_720_396_26, 0.792_340_399_197_952_3),
                (0.008_403_758_659_612_636, 0.905_700_675_949_753_9),
                (0.038_747_617_785_165_17, 0.823_263_902_868_742_7),
            ),
            (
                2,
                3,
                (0.207_659_600_802_047_7, 0.938_508_055_279_603_7),
                (0.094_299_324_050_246_09, 0.991_596_241_340_387_4),
                (0.176_736_097_131_257_3, 0.961_252_382_214_834_8),
            ),
            (
                7,
                50,
                (0.069_508_334_270_162_88, 0.261_861_937_105_855_4),
                (0.058_191_700_340_372_09, 0.267_396_002_497_008_4),
                (0.064_871_701_150_518_5, 0.255_325_028_156_391_6),
            ),
            (
                123,
                400,
                (0.264_287_397_731_303_9, 0.354_374_835_587_400_3),
                (0.262_598_735_426_152, 0.355_277_114_025_158_9),
                (0.263_788_769_420_563_8, 0.353_985_546_394_835),
            ),
            (
                99_990,
                100_000,
                (0.999_815_915_304_549_2, 0.999_945_679_265_490_4),
                (0.999_816_104_154_623_3, 0.999_952_045_104_861),
                (0.999_822_612_928_580_1, 0.999_948_584_390_577),
            ),
        ];
        for (successes, trials, wilson, clopper_pearson, jeffreys) in cases {
            let proportion = Proportion::new(successes, trials).unwrap();
            assert_ends(ends(proportion.wilson(LEVEL)), wilson);
            assert_ends(ends(proportion.clopper_pearson(LEVEL)), clopper_pearson);
            assert_ends(ends(proportion.jeffreys(LEVEL)), jeffreys);
        }
    }

    #[test]
    fn intervals_are_closed_where_an_end_is_known() {
        for trials in [1, 3, 100] {
            let (none, all) = (Proportion::new(0, trials).unwrap(), Proportion::new(trials, trials).unwrap());
            for method in [Proportion::wilson, Proportion::clopper_pearson, Proportion::jeffreys] {
                assert!(ends(method(none, LEVEL)).0 <= 0.0 && ends(method(all, LEVEL)).1 >= 1.0);
                assert!(ends(method(none, LEVEL)).1 > 0.0 && ends(method(all, LEVEL)).0 < 1.0);
            }
        }
    }

    #[test]
    fn without_trials_there_is_no_share() {
        let none = Proportion::new(0, 0).unwrap();
        assert_eq!(none.wilson(LEVEL), Err(Undefined::NoData {}));
        assert_eq!(none.difference(none, LEVEL), Err(Undefined::NoData {}));
        assert!(Proportion::new(2, 1).is_err());
    }

    /// Newcombe 1998, table II, method 10.
    #[test]
    fn differences_are_those_of_newcombe() {
        let cases = [
            ((56, 70), (48, 80), (0.0524, 0.3339)),
            ((9, 10), (3, 10), (0.1705, 0.8090)),
            ((5, 56), (0, 29), (-0.0381, 0.1926)),
            ((0, 10), (0, 10), (-0.2775, 0.2775)),
            ((10, 10), (0, 20), (0.6791, 1.0)),
        ];
        for (one, other, (lower, upper)) in cases {
            let [one, other] = [one, other].map(|(successes, trials)| Proportion::new(successes, trials).unwrap());
            let difference = one.difference(other, ConfidenceLevel::NINETY_FIVE).unwrap();
            let found = difference.interval().unwrap();
            assert!((found.lower() - lower).abs() < 0.000_05 && (found.upper() - upper).abs() < 0.000_05, "{found:?}");
            let back = other.difference(one, ConfidenceLevel::NINETY_FIVE).unwrap();
            assert_eq!((back.value(), back.standard_error()), (-difference.value(), difference.standard_error()));
        }
    }
}
