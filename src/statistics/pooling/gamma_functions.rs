//! Derivatives of the logarithm of the gamma function.

/// ψ(a + n) − ψ(a): the sum of 1/(a + j) for j below n.
pub(super) fn digamma_rise(a: f64, n: f64) -> f64 {
    const FEW: f64 = 64.0;
    if n <= FEW { sum_below(n, |j| 1.0 / (a + j)) } else { digamma(a + n) - digamma(a) }
}

/// ψ′(a + n) − ψ′(a): the negative sum of 1/(a + j)² for j below n.
pub(super) fn trigamma_rise(a: f64, n: f64) -> f64 {
    const FEW: f64 = 64.0;
    if n <= FEW { -sum_below(n, |j| (a + j).powi(-2)) } else { trigamma(a + n) - trigamma(a) }
}

/// ln Γ(a + n) − ln Γ(a): the sum of ln(a + j) for j below n.
pub(super) fn log_gamma_rise(a: f64, n: f64) -> f64 {
    const FEW: f64 = 64.0;
    if n <= FEW {
        return sum_below(n, |j| (a + j).ln());
    }
    let stirling = |z: f64| (z - 0.5) * z.ln() - z + crate::statistics::incomplete_beta::stirling_error(z);
    stirling(a + n) - stirling(a)
}

fn sum_below(n: f64, term: impl Fn(f64) -> f64) -> f64 {
    let (mut sum, mut j) = (0.0, 0.0);
    while j < n {
        sum += term(j);
        j += 1.0;
    }
    sum
}

fn digamma(z: f64) -> f64 {
    let (mut z, mut shift) = (z, 0.0);
    while z < 16.0 {
        shift -= 1.0 / z;
        z += 1.0;
    }
    let w = 1.0 / (z * z);
    let series = w * (1.0 / 12.0 - w * (1.0 / 120.0 - w * (1.0 / 252.0 - w * (1.0 / 240.0 - w / 132.0))));
    shift + z.ln() - 0.5 / z - series
}

fn trigamma(z: f64) -> f64 {
    let (mut z, mut shift) = (z, 0.0);
    while z < 16.0 {
        shift += 1.0 / (z * z);
        z += 1.0;
    }
    let w = 1.0 / (z * z);
    let series = 1.0 / 6.0 - w * (1.0 / 30.0 - w * (1.0 / 42.0 - w * (1.0 / 30.0 - w * 5.0 / 66.0)));
    shift + 1.0 / z + 0.5 * w + series * w / z
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_series_agree() {
        for a in [0.01, 0.7, 3.2, 41.0, 5e3] {
            let n = 65.0;
            let close =
                |found: f64, expected: f64| assert!((found - expected).abs() <= 1e-12 * expected.abs(), "{a}: {found}");
            close(digamma_rise(a, n), digamma_rise(a, 64.0) + 1.0 / (a + 64.0));
            close(trigamma_rise(a, n), trigamma_rise(a, 64.0) - (a + 64.0).powi(-2));
            close(log_gamma_rise(a, n), log_gamma_rise(a, 64.0) + (a + 64.0).ln());
        }
    }
}
