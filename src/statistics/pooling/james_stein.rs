use crate::statistics::Undefined;
use crate::statistics::checks::real;
use crate::value::Real;

/// Means of groups drawn towards their common mean by one factor.
///
/// *Answers*: what are the groups' true means, if no group is special? *Assumes* means that are normal with one known
/// variance (equal group sizes); for groups of different sizes take [`NormalPooling`](super::NormalPooling). *Formula*:
/// m + c(yᵢ − m), c = 1 − (k − 3)·variance / Σ(yᵢ − m)², at least 0. *Undefined when* there are fewer than four groups.
/// *Reference*: Efron and Morris 1977, Scientific American 236(5):119. *Checked against*: its 18 batters.
///
/// ```
/// use service_excellence::statistics::JamesStein;
///
/// let pooled = JamesStein::of(&[1.0, 2.0, 3.0, 6.0], 0.7)?;
/// assert_eq!(pooled.common_mean(), 3.0);
/// assert_eq!(format!("{:.2}", pooled.factor()), "0.95");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JamesStein {
    common_mean: Real,
    factor: Real,
    estimates: Vec<Real>,
}

impl JamesStein {
    /// Draws the means, each with this variance, towards their mean.
    ///
    /// # Errors
    ///
    /// [`Undefined::TooFewGroups`] below four; [`Undefined::OutOfRange`] if a mean is not finite or the variance not finite and at
    /// least 0.
    pub fn of(means: &[f64], variance: f64) -> Result<Self, Undefined> {
        let k = means.len() as f64;
        if means.len() < 4 {
            return Err(Undefined::too_few_groups(means.len(), 4));
        }
        if real(variance)?.get() < 0.0 {
            return Err(Undefined::OutOfRange {});
        }
        let common = real(means.iter().sum::<f64>() / k)?;
        let squares = real(means.iter().map(|mean| (mean - common.get()).powi(2)).sum())?.get();
        let factor = if squares > 0.0 { (1.0 - (k - 3.0) * variance / squares).max(0.0) } else { 0.0 };
        let estimates: Result<_, _> =
            means.iter().map(|mean| real(common.get() + factor * (mean - common.get()))).collect();
        Ok(Self { common_mean: common, factor: real(factor)?, estimates: estimates? })
    }

    /// The mean of the means.
    #[must_use]
    pub fn common_mean(&self) -> f64 {
        self.common_mean.get()
    }

    /// What is left of a group's distance from the common mean, from 0 to 1.
    #[must_use]
    pub fn factor(&self) -> f64 {
        self.factor.get()
    }

    /// The estimates, in the order of the groups.
    pub fn estimates(&self) -> impl Iterator<Item = f64> {
        self.estimates.iter().map(|estimate| estimate.get())
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the numbers compared are exact in binary")]
mod tests {
    use super::*;

    #[test]
    fn means_that_differ_less_than_by_chance_are_pooled_fully() {
        let pooled = JamesStein::of(&[1.0, 1.1, 0.9, 1.0, 1.0], 5.0).unwrap();
        assert_eq!(pooled.factor(), 0.0);
        assert!(pooled.estimates().all(|estimate| (estimate - 1.0).abs() < 1e-12));
        assert_eq!(JamesStein::of(&[1.0, 2.0, 3.0], 0.1), Err(Undefined::too_few_groups(3, 4)));
        assert!(JamesStein::of(&[1.0, 2.0, 3.0, 4.0], -0.1).is_err());
    }
}
