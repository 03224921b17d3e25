use crate::statistics::checks::real;
use crate::statistics::{DataError, Norm, Undefined};
use crate::value::Real;

/// The score between the group that a subject comes from and the group that it should join.
///
/// *Answers*: from where on does a subject look like the target group? *Assumes* that scores of both groups are normal.
/// *Formula*: a lies two standard deviations of the start from its mean, towards the target; b two standard deviations of
/// the target from its mean, towards the start; c = (s₀·M₁ + s₁·M₀) / (s₀ + s₁), where a score is equally many standard
/// deviations from either mean. Take c where both groups are known. Better is the side of the target. *Undefined when* the
/// means are equal. *Reference*:
/// Jacobson and Truax 1991, J. Consulting and Clinical Psychology 59:12. *Checked against*: its worked example.
///
/// ```
/// use service_excellence::statistics::{CutOff, Norm};
///
/// let (start, target) = (Norm::new(40.0, 7.5)?, Norm::new(60.0, 7.5)?);
/// assert_eq!(CutOff::a(start, target)?.score(), 55.0);
/// assert_eq!(CutOff::b(start, target)?.score(), 45.0);
/// assert_eq!(CutOff::c(start, target)?.score(), 50.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CutOff {
    score: Real,
    is_higher_better: bool,
}

impl CutOff {
    /// A score set by other means, and whether higher scores are better.
    ///
    /// # Errors
    ///
    /// The score is not finite.
    pub fn at(score: f64, is_higher_better: bool) -> Result<Self, DataError> {
        let score =
            Real::new(score).map_err(|_| DataError::new("the score", "of a cut-off", score, "a finite number"))?;
        Ok(Self { score, is_higher_better })
    }

    /// Outside the group at the start: two of its standard deviations beyond its mean.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoVariation`] if the means are equal; [`Undefined::OutOfRange`] if the score would not be finite.
    pub fn a(start: Norm, target: Norm) -> Result<Self, Undefined> {
        Self::between(start, target, |direction| start.mean() + direction * 2.0 * start.standard_deviation())
    }

    /// Inside the target group: within two of its standard deviations.
    ///
    /// # Errors
    ///
    /// As [`a`](Self::a).
    pub fn b(start: Norm, target: Norm) -> Result<Self, Undefined> {
        Self::between(start, target, |direction| target.mean() - direction * 2.0 * target.standard_deviation())
    }

    /// As far from one mean as from the other, each in its own standard deviations.
    ///
    /// # Errors
    ///
    /// As [`a`](Self::a); and [`Undefined::NoVariation`] if both standard deviations are 0.
    pub fn c(start: Norm, target: Norm) -> Result<Self, Undefined> {
        let both = start.standard_deviation() + target.standard_deviation();
        if both <= 0.0 {
            return Err(Undefined::NoVariation {});
        }
        let share = start.standard_deviation() / both;
        Self::between(start, target, |_| start.mean() + share * (target.mean() - start.mean()))
    }

    /// The score.
    #[must_use]
    pub fn score(self) -> f64 {
        self.score.get()
    }

    /// Whether scores above are better than scores below.
    #[must_use]
    pub fn is_higher_better(self) -> bool {
        self.is_higher_better
    }

    /// Whether `score` lies on the better side; the cut-off itself does not.
    #[must_use]
    pub fn is_passed_by(self, score: f64) -> bool {
        if self.is_higher_better { score > self.score() } else { score < self.score() }
    }

    fn between(start: Norm, target: Norm, score: impl FnOnce(f64) -> f64) -> Result<Self, Undefined> {
        let difference = target.mean() - start.mean();
        if difference.abs() <= 0.0 {
            return Err(Undefined::NoVariation {});
        }
        Ok(Self { score: real(score(difference.signum()))?, is_higher_better: difference > 0.0 })
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the numbers compared are exact in binary")]
mod tests {
    use super::*;

    #[test]
    fn where_lower_is_better_the_cut_offs_are_mirrored() {
        let (start, target) = (Norm::new(60.0, 5.0).unwrap(), Norm::new(40.0, 10.0).unwrap());
        assert_eq!(CutOff::a(start, target).unwrap().score(), 50.0);
        assert_eq!(CutOff::b(start, target).unwrap().score(), 60.0);
        let c = CutOff::c(start, target).unwrap();
        assert!((c.score() - (5.0 * 40.0 + 10.0 * 60.0) / 15.0).abs() < 1e-12);
        assert!(c.is_passed_by(50.0) && !c.is_passed_by(54.0));
    }

    #[test]
    fn groups_with_one_mean_have_no_cut_off() {
        let (one, other) = (Norm::new(40.0, 5.0).unwrap(), Norm::new(40.0, 10.0).unwrap());
        assert_eq!(CutOff::a(one, other), Err(Undefined::NoVariation {}));
        let exact = Norm::new(50.0, 0.0).unwrap();
        assert_eq!(CutOff::c(exact, exact), Err(Undefined::NoVariation {}));
    }
}
