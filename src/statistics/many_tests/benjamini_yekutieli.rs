use super::ordered::step_up;
use crate::statistics::DataError;

/// Adjusts p values so that few of the claims are false, however they depend on each other.
///
/// - *Answers*: as [`benjamini_hochberg`](super::benjamini_hochberg).
/// - *Assumes*: each p value is valid by itself. They may depend on each other in any way.
/// - *Formula*: that of Benjamini and Hochberg, times 1 + 1/2 + … + 1/m for m p values; at most 1.
/// - *Undefined when*: never; no p values give none.
/// - *Reference*: Benjamini and Yekutieli 2001, Annals of Statistics 29:1165.
/// - *Checked against*: numbers by hand.
///
/// Results are in the order given.
///
/// # Errors
///
/// A p value is not a number from 0 to 1; the error names its position, counted from 1.
pub fn benjamini_yekutieli(p_values: &[f64]) -> Result<Vec<f64>, DataError> {
    step_up(p_values, (1..=p_values.len()).map(|rank| (rank as f64).recip()).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: all five become 0.05 · (1 + 1/2 + 1/3 + 1/4 + 1/5).
    #[test]
    fn any_dependence_costs_a_harmonic_sum() {
        let adjusted = benjamini_yekutieli(&[0.01, 0.02, 0.03, 0.04, 0.05]).unwrap();
        assert!(adjusted.iter().all(|found| (found - 0.05 * 137.0 / 60.0).abs() < 1e-15), "{adjusted:?}");
    }
}
