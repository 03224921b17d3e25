//! Quantiles and probabilities of the distributions used; parameters are valid by the callers.
//!
//! Normal and chi-squared are those of `statrs`, right to 10⁻¹² where scipy was asked; the rest follows from the beta
//! distribution.

use statrs::distribution::{ChiSquared, ContinuousCDF, Normal};

use super::incomplete_beta::{BetaDistribution, point};

/// The probability that a standard normal variable is at most `z`.
pub(crate) fn normal_cdf(z: f64) -> f64 {
    Normal::standard().cdf(z)
}

/// The value below which a standard normal variable lies with this probability.
pub(crate) fn normal_quantile(probability: f64) -> f64 {
    Normal::standard().inverse_cdf(probability)
}

/// Quantile of Student's t; nothing without degrees of freedom.
pub(crate) fn t_quantile(probability: f64, degrees: f64) -> Option<f64> {
    let tail = probability.min(1.0 - probability);
    if tail >= 0.5 {
        return Some(0.0);
    }
    // t² is F with 1 degree of freedom; of its odds only half the logarithm is needed.
    let log_odds = BetaDistribution::new(degrees / 2.0, 0.5)?.log_odds_of_quantile(2.0 * tail)?;
    Some((-log_odds / 2.0).exp() * degrees.sqrt() * if probability < 0.5 { -1.0 } else { 1.0 })
}

/// The probability that |t| exceeds `t` under Student's distribution.
pub(crate) fn t_two_sided(t: f64, degrees: f64) -> Option<f64> {
    f_upper(t * t, 1.0, degrees)
}

/// Quantile of the F distribution.
pub(crate) fn f_quantile(probability: f64, numerator: f64, denominator: f64) -> Option<f64> {
    let log_odds = BetaDistribution::new(numerator / 2.0, denominator / 2.0)?.log_odds_of_quantile(probability)?;
    Some(log_odds.exp() * (denominator / numerator))
}

/// The probability that F exceeds `f`.
pub(crate) fn f_upper(f: f64, numerator: f64, denominator: f64) -> Option<f64> {
    let sum = numerator * f + denominator;
    let (x, y) = if sum.is_finite() { (numerator * f / sum, denominator / sum) } else { (1.0, 0.0) };
    BetaDistribution::new(numerator / 2.0, denominator / 2.0)?.upper(x, y)
}

/// Quantile of the beta distribution.
pub(crate) fn beta_quantile(probability: f64, a: f64, b: f64) -> Option<f64> {
    Some(point(BetaDistribution::new(a, b)?.log_odds_of_quantile(probability)?).0)
}

/// The probability that chi-squared exceeds `x`.
pub(crate) fn chi_squared_upper(x: f64, degrees: f64) -> Option<f64> {
    Some(ChiSquared::new(degrees).ok()?.sf(x))
}
