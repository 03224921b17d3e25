//! Quantiles and probabilities of the distributions used; parameters are valid by the callers.
//!
//! Chi-squared is that of `statrs`, within 3·10⁻¹³ of scipy 1.17 up to 1,000 degrees; Student's t, F and beta follow from
//! our own incomplete beta function.

use statrs::distribution::{ChiSquared, ContinuousCDF};

use super::incomplete_beta::{BetaDistribution, point};

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

/// The probability that Student's t exceeds `t`.
pub(crate) fn t_upper(t: f64, degrees: f64) -> Option<f64> {
    let beyond = f_upper(t * t, 1.0, degrees)? / 2.0;
    Some(if t > 0.0 { beyond } else { 1.0 - beyond })
}

/// The probability of at most x under the beta distribution.
pub(crate) fn beta_lower(x: f64, a: f64, b: f64) -> Option<f64> {
    BetaDistribution::new(a, b)?.lower(x, 1.0 - x)
}

/// Quantile of the beta distribution.
pub(crate) fn beta_quantile(probability: f64, a: f64, b: f64) -> Option<f64> {
    Some(point(BetaDistribution::new(a, b)?.log_odds_of_quantile(probability)?).0)
}

/// The probability that chi-squared exceeds `x`.
pub(crate) fn chi_squared_upper(x: f64, degrees: f64) -> Option<f64> {
    Some(ChiSquared::new(degrees).ok()?.sf(x))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_near(found: Option<f64>, expected: f64, tolerance: f64) {
        let found = found.unwrap();
        assert!((found / expected - 1.0).abs() < tolerance, "{found} {expected}");
    }

    /// `t.ppf`, `f.ppf`, `f.sf` and `beta.ppf` of scipy 1.17.1.
    #[test]
    fn what_follows_from_beta_agrees_with_scipy() {
        assert_near(t_quantile(0.975, 1.0), 12.706_204_736_174_694, 3e-12);
        assert_near(t_quantile(0.9, 2.5), 1.730_250_928_807_176_6, 3e-12);
        assert_near(t_quantile(0.995, 10.0), 3.169_272_672_616_95, 3e-12);
        assert_near(t_quantile(0.975, 1e5), 1.959_987_707_534_609_5, 3e-12);
        assert_near(t_quantile(0.9, 1e8), 1.281_551_574_010_448_2, 3e-9);
        assert_near(f_quantile(0.975, 5.0, 15.0), 3.576_415_349_279_060_7, 3e-12);
        assert_near(f_quantile(0.025, 5.0, 15.0), 0.155_575_963_078_487_03, 3e-12);
        assert_near(f_quantile(0.95, 1.0, 1.5), 36.200_234_912_184_32, 3e-12);
        assert_near(f_quantile(0.975, 1e4, 1e5), 1.029_318_634_824_227, 3e-12);
        assert_near(f_upper(3.5, 3.0, 18.0), 0.036_942_463_271_662_68, 3e-12);
        assert_near(f_upper(1.01, 1e4, 1e5), 0.249_583_302_968_025_53, 3e-12);
        assert_near(t_upper(2.228_138_851_964_938_5, 10.0), 0.025_000_000_000_900_25, 3e-12);
        assert_near(t_upper(-2.228_138_851_964_938_5, 10.0), 0.974_999_999_999_099_7, 3e-12);
        assert_near(beta_lower(0.025_210_726_326_833_36, 2.0, 9.0), 0.025, 3e-12);
        assert_near(beta_quantile(0.025, 2.0, 9.0), 0.025_210_726_326_833_36, 3e-12);
        assert_near(beta_quantile(0.975, 0.5, 0.5), 0.998_458_666_866_563_9, 3e-12);
        assert_near(beta_quantile(0.9, 1e4, 3e4), 0.252_777_292_280_260_6, 3e-12);
    }

    /// `chi2.sf` of scipy 1.17.1.
    #[test]
    fn chi_squared_agrees_with_scipy() {
        assert_near(chi_squared_upper(6.38, 1.0), 0.011_541_343_158_431_238, 1e-12);
        assert_near(chi_squared_upper(7.995, 7.0), 0.333_035_004_949_481_6, 1e-12);
        assert_near(chi_squared_upper(120.0, 100.0), 0.084_406_681_093_691_77, 1e-12);
    }
}
