use crate::statistics::checks::real;
use crate::statistics::{Sample, Undefined};
use crate::value::Real;

/// How far judges differ about where an anchor stands on its scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnchorSpread {
    judges: u64,
    mean: Real,
    standard_deviation: Real,
    is_kept: bool,
}

impl AnchorSpread {
    /// The judges.
    #[must_use]
    pub fn judges(&self) -> u64 {
        self.judges
    }

    /// Where the anchor stands: the mean of the judges' values.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean.get()
    }

    /// Their standard deviation, with n − 1.
    #[must_use]
    pub fn standard_deviation(&self) -> f64 {
        self.standard_deviation.get()
    }

    /// Whether the standard deviation is at most the cut-off.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.is_kept
    }
}

/// The spread of the values that judges gave an anchor.
///
/// *Answers* whether judges see an anchor at the same place of the scale; one they differ about makes a poor anchor.
/// *Assumes* a scale whose steps are about equal. *Formula*: the standard deviation with n − 1, kept if at most `cut_off`,
/// which is in units of the scale: 1.5 or 1.75 on a scale of 1 to 7 are usual. *Undefined when* there are fewer than two
/// judges. *Reference*: Smith and Kendall 1963, J. Applied Psychology 47:149. *Checked against* the definition.
///
/// # Errors
///
/// [`Undefined::TooFewRaters`] with fewer than two judges, [`Undefined::OutOfRange`] if the sums are not finite.
pub fn anchor_spread(values: &[Real], cut_off: Real) -> Result<AnchorSpread, Undefined> {
    if values.len() < 2 {
        return Err(Undefined::too_few_raters(values.len(), 2));
    }
    let numbers: Vec<f64> = values.iter().map(|value| value.get()).collect();
    let sample = Sample::of(&numbers).map_err(|_| Undefined::OutOfRange {})?;
    let (mean, standard_deviation) = (sample.plain_mean()?, real(sample.variance()?.sqrt())?);
    let is_kept = standard_deviation <= cut_off;
    Ok(AnchorSpread { judges: values.len() as u64, mean: real(mean)?, standard_deviation, is_kept })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reals(values: &[f64]) -> Vec<Real> {
        values.iter().map(|value| Real::new(*value).unwrap()).collect()
    }

    #[test]
    fn the_cut_off_is_part_of_what_is_kept() {
        let one = Real::new(1.0).unwrap();
        let spread = anchor_spread(&reals(&[5.0, 6.0, 7.0]), one).unwrap();
        assert_eq!((spread.judges(), spread.mean(), spread.standard_deviation()), (3, 6.0, 1.0));
        assert!(spread.is_kept());
        assert!(!anchor_spread(&reals(&[5.0, 6.0, 7.1]), one).unwrap().is_kept());
    }

    #[test]
    fn one_judge_has_no_spread() {
        assert!(anchor_spread(&reals(&[5.0]), Real::ZERO).is_err());
        assert_eq!(anchor_spread(&reals(&[f64::MAX, f64::MIN]), Real::ZERO), Err(Undefined::OutOfRange {}));
    }
}
