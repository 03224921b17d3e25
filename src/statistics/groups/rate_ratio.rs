use super::FourfoldTable;
use super::fourfold_table::log_normal;
use crate::statistics::{ConfidenceLevel, DataError, Estimate, Proportion, Undefined};

/// The rate of one group over the rate of another, with the four-fifths rule of thumb.
///
/// *Answers*: does one group pass much less often than another? *Assumes* independent trials with one probability in each
/// group. A ratio says nothing about causes, and little at small numbers: read it with its interval, with
/// [`fisher_p_value`](Self::fisher_p_value) and with [`is_fragile`](Self::is_fragile). *Formula*: of
/// [`ratio`](Self::ratio); the rule says yes below 4/5. *Undefined when* a group has no trials or the reference rate is 0.
/// *Reference*: 29 CFR 1607.4 D, with
/// questions and answers 12 and 21. *Checked against*: the worked example of question 12; the interval of Katz et al. 1978,
/// Biometrics 34:469, against scipy 1.17 `relative_risk`.
///
/// ```
/// use service_excellence::statistics::{ConfidenceLevel, Proportion, RateRatio};
///
/// // 12 of 40 passed here, 48 of 80 there.
/// let ratio = RateRatio::new(Proportion::new(12, 40)?, Proportion::new(48, 80)?)?;
/// let estimate = ratio.ratio(ConfidenceLevel::NINETY_FIVE)?;
/// assert_eq!(estimate.value(), 0.5);
/// assert!(ratio.is_below_four_fifths()? && !ratio.is_fragile()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "adverse impact ratio")]
#[doc(alias = "relative risk")]
#[doc(alias = "four-fifths rule")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RateRatio {
    focal: Counts,
    reference: Counts,
}

/// Successes and trials that fit a [`FourfoldTable`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Counts {
    successes: u32,
    trials: u32,
}

impl RateRatio {
    /// The group in question against the group that it is compared with (by the rule: the one with the highest rate).
    ///
    /// # Errors
    ///
    /// A group has more than 4,294,967,295 trials.
    pub fn new(focal: Proportion, reference: Proportion) -> Result<Self, DataError> {
        Ok(Self {
            focal: Counts::of(focal, "of the focal group")?,
            reference: Counts::of(reference, "of the reference group")?,
        })
    }

    /// The focal rate over the reference rate.
    ///
    /// *Formula*: (a/m) / (c/n); the standard error is that of the logarithm, √(1/a − 1/m + 1/c − 1/n), times the ratio; the
    /// interval is normal on the logarithm (Katz). A ratio of 0, and one of two full groups, has neither.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] if a group has no trials; [`Undefined::EmptyCell`] if the reference rate is 0.
    pub fn ratio(self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        self.verdict()?;
        let (a, m) = (f64::from(self.focal.successes), f64::from(self.focal.trials));
        let (c, n) = (f64::from(self.reference.successes), f64::from(self.reference.trials));
        let ratio = (a * n) / (c * m);
        // Failures over trials × successes, so that nothing cancels.
        let variance = (m - a) / (a * m) + (n - c) / (c * n);
        if variance <= 0.0 {
            return crate::statistics::checks::estimate(ratio);
        }
        log_normal(ratio, variance.sqrt(), confidence)
    }

    /// Fisher's exact two-sided test of the two rates: see [`FourfoldTable::fisher_p_value`].
    #[must_use]
    pub fn fisher_p_value(self) -> f64 {
        self.table().fisher_p_value()
    }

    /// Successes and failures: the focal group in the first row.
    #[must_use]
    pub fn table(self) -> FourfoldTable {
        FourfoldTable::new([self.focal, self.reference].map(|group| [group.successes, group.trials - group.successes]))
    }

    /// Whether the focal rate is less than four fifths of the reference rate; decided in whole numbers.
    ///
    /// # Errors
    ///
    /// As [`ratio`](Self::ratio).
    pub fn is_below_four_fifths(self) -> Result<bool, Undefined> {
        self.verdict()
    }

    /// Whether one success more or less, in one group, would turn the answer of
    /// [`is_below_four_fifths`](Self::is_below_four_fifths), or leave none.
    ///
    /// # Errors
    ///
    /// As [`ratio`](Self::ratio).
    pub fn is_fragile(self) -> Result<bool, Undefined> {
        let verdict = self.verdict()?;
        let (focal, reference) = (self.focal, self.reference);
        let neighbours = if verdict {
            [
                focal.one_more().map(|focal| Self { focal, ..self }),
                reference.one_less().map(|reference| Self { reference, ..self }),
            ]
        } else {
            [
                focal.one_less().map(|focal| Self { focal, ..self }),
                reference.one_more().map(|reference| Self { reference, ..self }),
            ]
        };
        Ok(neighbours.into_iter().flatten().any(|neighbour| neighbour.verdict() != Ok(verdict)))
    }

    fn verdict(self) -> Result<bool, Undefined> {
        if self.focal.trials == 0 || self.reference.trials == 0 {
            return Err(Undefined::NoData {});
        }
        if self.reference.successes == 0 {
            return Err(Undefined::EmptyCell {});
        }
        let product = |successes: u32, trials: u32| u128::from(successes) * u128::from(trials);
        let focal = product(self.focal.successes, self.reference.trials);
        let reference = product(self.reference.successes, self.focal.trials);
        Ok(5 * focal < 4 * reference)
    }
}

impl Counts {
    fn of(proportion: Proportion, place: &str) -> Result<Self, DataError> {
        let trials = proportion.trials();
        let error = |_| DataError::new("the number of trials", place, trials, format!("at most {}", u32::MAX));
        let trials = u32::try_from(trials).map_err(error)?;
        // No more successes than trials: they fit as well.
        let successes = u32::try_from(proportion.successes()).unwrap_or(trials);
        Ok(Self { successes, trials })
    }

    fn one_more(self) -> Option<Self> {
        (self.successes < self.trials).then(|| Self { successes: self.successes + 1, ..self })
    }

    fn one_less(self) -> Option<Self> {
        Some(Self { successes: self.successes.checked_sub(1)?, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(focal: (u64, u64), reference: (u64, u64)) -> RateRatio {
        let proportion = |(successes, trials)| Proportion::new(successes, trials).unwrap();
        RateRatio::new(proportion(focal), proportion(reference)).unwrap()
    }

    #[test]
    fn exactly_four_fifths_is_not_below() {
        assert_eq!(ratio((4, 10), (5, 10)).is_below_four_fifths(), Ok(false));
        assert_eq!(ratio((399, 1000), (5, 10)).is_below_four_fifths(), Ok(true));
    }

    #[test]
    fn a_verdict_that_hangs_on_one_success_is_fragile() {
        assert_eq!(ratio((4, 10), (5, 10)).is_fragile(), Ok(true));
        assert_eq!(ratio((3, 10), (5, 10)).is_fragile(), Ok(true));
        assert_eq!(ratio((300, 1000), (500, 1000)).is_fragile(), Ok(false));
        // Without the one success of the reference there is no answer at all.
        assert_eq!(ratio((0, 100), (1, 100)).is_fragile(), Ok(true));
    }

    #[test]
    fn a_ratio_is_never_infinite() {
        let level = ConfidenceLevel::NINETY_FIVE;
        assert_eq!(ratio((3, 10), (0, 10)).ratio(level), Err(Undefined::EmptyCell {}));
        assert_eq!(ratio((0, 0), (3, 10)).ratio(level), Err(Undefined::NoData {}));
        assert_eq!(ratio((3, 10), (0, 0)).is_fragile(), Err(Undefined::NoData {}));
        for ratio in [ratio((0, 10), (3, 10)), ratio((10, 10), (7, 7))] {
            let estimate = ratio.ratio(level).unwrap();
            assert_eq!((estimate.standard_error(), estimate.interval()), (None, None));
        }
    }

    #[test]
    fn groups_too_large_are_refused() {
        let large = Proportion::new(1, 1 << 32).unwrap();
        let error = RateRatio::new(large, large).unwrap_err();
        let expected = "the number of trials of the focal group: found `4294967296`, allowed is at most 4294967295";
        assert_eq!(error.to_string(), expected);
    }
}
