//! Quantiles and probabilities of the distributions used, from `statrs`; parameters are valid by the callers.

use statrs::distribution::{Beta, ChiSquared, ContinuousCDF, FisherSnedecor, Normal, StudentsT};

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
    Some(StudentsT::new(0.0, 1.0, degrees).ok()?.inverse_cdf(probability))
}

/// The probability that |t| exceeds `t` under Student's distribution.
pub(crate) fn t_two_sided(t: f64, degrees: f64) -> Option<f64> {
    Some((2.0 * StudentsT::new(0.0, 1.0, degrees).ok()?.sf(t.abs())).min(1.0))
}

/// Quantile of the F distribution.
pub(crate) fn f_quantile(probability: f64, numerator: f64, denominator: f64) -> Option<f64> {
    Some(FisherSnedecor::new(numerator, denominator).ok()?.inverse_cdf(probability))
}

/// The probability that F exceeds `f`.
pub(crate) fn f_upper(f: f64, numerator: f64, denominator: f64) -> Option<f64> {
    Some(FisherSnedecor::new(numerator, denominator).ok()?.sf(f))
}

/// Quantile of the beta distribution.
pub(crate) fn beta_quantile(probability: f64, a: f64, b: f64) -> Option<f64> {
    Some(Beta::new(a, b).ok()?.inverse_cdf(probability))
}

/// The probability that chi-squared exceeds `x`.
pub(crate) fn chi_squared_upper(x: f64, degrees: f64) -> Option<f64> {
    Some(ChiSquared::new(degrees).ok()?.sf(x))
}
