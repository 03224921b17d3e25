use super::curve::Moments;
use crate::value::Real;

/// How well ratings fit the model: mean squares around 1, where 1.5 and more is noise and 0.5 and less is more regular
/// than chance allows (copying, halo, a single step for everything).
///
/// *Formula*, with E, W and C the expected category, its variance and fourth central moment, at the measures:
/// outfit = mean of (x − E)²/W; infit = Σ(x − E)²/ΣW; each as a normal deviate (∛MS − 1)·3/q + q/3 with
/// q² = Σ(C/W²)/n² − 1/n for outfit and Σ(C − W²)/(ΣW)² for infit. *Reference*: Wright and Masters 1982, Rating Scale
/// Analysis. *Checked against*: VGAM and mfrmr on Guilford 1954.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FitStatistics {
    ratings: usize,
    infit: Real,
    outfit: Real,
    infit_deviate: Option<Real>,
    outfit_deviate: Option<Real>,
}

impl FitStatistics {
    /// How many ratings they rest on.
    #[must_use]
    pub fn ratings(&self) -> usize {
        self.ratings
    }

    /// The mean square weighted by information: what happens near the measure counts most.
    #[must_use]
    pub fn infit(&self) -> f64 {
        self.infit.get()
    }

    /// The plain mean square: single surprises count.
    #[must_use]
    pub fn outfit(&self) -> f64 {
        self.outfit.get()
    }

    /// Infit as a standard normal deviate; none when its spread is 0.
    #[must_use]
    pub fn infit_deviate(&self) -> Option<f64> {
        self.infit_deviate.map(Real::get)
    }

    /// Outfit as a standard normal deviate; none when its spread is 0.
    #[must_use]
    pub fn outfit_deviate(&self) -> Option<f64> {
        self.outfit_deviate.map(Real::get)
    }
}

/// Sums from which the statistics are made.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct FitSums {
    ratings: usize,
    standardised: f64,
    squares: f64,
    variance: f64,
    outfit_spread: f64,
    infit_spread: f64,
}

impl FitSums {
    pub(super) fn add(&mut self, category: f64, moments: &Moments) {
        let square = (category - moments.expected).powi(2);
        let variance = moments.variance;
        self.ratings += 1;
        self.standardised += square / variance;
        self.squares += square;
        self.variance += variance;
        self.outfit_spread += moments.fourth / (variance * variance);
        self.infit_spread += moments.fourth - variance * variance;
    }

    /// Nothing without ratings, or when the measures are so far out that no variance is left.
    pub(super) fn statistics(&self) -> Option<FitStatistics> {
        let count = self.ratings as f64;
        let (infit, outfit) = (self.squares / self.variance, self.standardised / count);
        let outfit_spread = self.outfit_spread / (count * count) - count.recip();
        let infit_spread = self.infit_spread / (self.variance * self.variance);
        Some(FitStatistics {
            ratings: self.ratings,
            infit: Real::new(infit).ok()?,
            outfit: Real::new(outfit).ok()?,
            infit_deviate: deviate(infit, infit_spread),
            outfit_deviate: deviate(outfit, outfit_spread),
        })
    }
}

/// The cube-root transformation of Wilson and Hilferty.
fn deviate(mean_square: f64, variance: f64) -> Option<Real> {
    let spread = variance.sqrt();
    if spread > 1e-9 { Real::new((mean_square.cbrt() - 1.0) * 3.0 / spread + spread / 3.0).ok() } else { None }
}
