use crate::statistics::Undefined;
use crate::statistics::checks::real;

/// The reliability of the mean of `times` as many ratings (or items) as those with this reliability.
///
/// *Answers*: how far can a mean of several ratings be trusted, if one can be trusted so far? *Assumes* interchangeable
/// ratings with independent errors. *Formula*: m·r / (1 + (m − 1)·r). *Undefined when* the denominator is not above 0.
/// *Reference*: Spearman 1910 and Brown 1910, British J. Psychology 3:271 and 3:296. *Checked against*: the averaged
/// intraclass correlations, which are the single ones stepped up.
///
/// ```
/// use service_excellence::statistics::{ratings_needed, spearman_brown};
///
/// assert_eq!(format!("{:.2}", spearman_brown(0.5, 4.0)?), "0.80");
/// assert_eq!(format!("{:.2}", ratings_needed(0.5, 0.8)?), "4.00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`Undefined::OutOfRange`] if the reliability is not above −1 and at most 1, `times` not finite and above 0, or the result
/// would not be finite.
pub fn spearman_brown(reliability: f64, times: f64) -> Result<f64, Undefined> {
    let below = 1.0 + (times - 1.0) * reliability;
    if !(reliability > -1.0 && reliability <= 1.0 && times > 0.0 && below > 0.0) {
        return Err(Undefined::OutOfRange {});
    }
    Ok(real(times * reliability / below)?.get())
}

/// How many ratings, of which one has this reliability, reach the wanted reliability as a mean; round up for a whole number.
///
/// *Answers*: how many raters are enough? *Assumes*, *reference*: as [`spearman_brown`]. *Formula*: that solved for m:
/// w(1 − r) / (r(1 − w)). *Undefined when* either reliability is 0, 1 or beyond. *Checked against*: [`spearman_brown`] of the
/// result.
///
/// # Errors
///
/// [`Undefined::OutOfRange`] if a reliability is not strictly between 0 and 1: no number of unreliable ratings is enough, and
/// none reaches 1.
pub fn ratings_needed(reliability: f64, wanted: f64) -> Result<f64, Undefined> {
    let is_inside = |share: f64| share > 0.0 && share < 1.0;
    if !(is_inside(reliability) && is_inside(wanted)) {
        return Err(Undefined::OutOfRange {});
    }
    Ok(real(wanted / (1.0 - wanted) * ((1.0 - reliability) / reliability))?.get())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_of_unreliable_ratings_is_enough() {
        assert!(ratings_needed(0.0, 0.8).is_err() && ratings_needed(0.5, 1.0).is_err());
        assert!(spearman_brown(f64::NAN, 2.0).is_err() && spearman_brown(-0.5, 4.0).is_err());
    }
}
