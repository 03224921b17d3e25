use super::{Coefficient, RatingTable, Weights, cohen_kappa};
use crate::statistics::{ConfidenceLevel, Undefined};

/// Light's kappa: the mean of Cohen's kappas of all pairs of raters.
///
/// *Answers* how well the average pair of raters agrees beyond their own habits. *Assumes* that these raters are the
/// ones of interest. *Formula*: mean of [`cohen_kappa`] over pairs; observed and expected agreement are means too, so the
/// value is not made of them. No standard error is published that holds in general: use
/// [`Jackknife::light_kappa`](crate::statistics::Jackknife::light_kappa). *Undefined when*
/// there are fewer than two raters, or one of the kappas is undefined. *Reference*: Light 1971, Psychological Bulletin
/// 76:365. *Checked against* the mean of kappas from scikit-learn 1.9.1.
///
/// # Errors
///
/// [`Undefined::NoData`] without subjects, [`Undefined::TooFewRaters`], or what [`cohen_kappa`] says of a pair.
pub fn light_kappa(ratings: &RatingTable, weights: &Weights) -> Result<Coefficient, Undefined> {
    let raters = ratings.counts().raters() as usize;
    if ratings.counts().subjects() == 0 {
        return Err(Undefined::NoData {});
    }
    if raters < 2 {
        return Err(Undefined::too_few_raters(raters, 2));
    }
    let (mut value, mut observed, mut expected, mut pairs) = (0.0, 0.0, 0.0, 0.0);
    for first in 0..raters {
        for second in first + 1..raters {
            let kappa = cohen_kappa(&ratings.pair(first, second), weights, ConfidenceLevel::NINETY_FIVE)?;
            (value, observed, expected) =
                (value + kappa.value(), observed + kappa.observed(), expected + kappa.expected());
            pairs += 1.0;
        }
    }
    Coefficient::new(value / pairs, observed / pairs, expected / pairs, *ratings.counts())
}
