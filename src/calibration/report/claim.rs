//! Figures with how probable they are by chance. The unit is the contact or the assessment: criteria of one err together.

use super::{CheckOutcome, CheckSignal};
use crate::statistics::{ConfidenceLevel, Estimate, Sample, Undefined, t_upper};
use crate::value::{Count, LargeCount, Real, Share};

/// What is tolerated.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    pub(super) lowest: Option<Real>,
    pub(super) highest: Option<Real>,
}

impl Bounds {
    /// Everything is tolerated: a figure to look at.
    pub(super) const NONE: Self = Self { lowest: None, highest: None };

    pub(super) fn at_least(lowest: Real) -> Self {
        Self { lowest: Some(lowest), highest: None }
    }

    pub(super) fn at_most(highest: Real) -> Self {
        Self { lowest: None, highest: Some(highest) }
    }

    /// From minus to plus this.
    pub(super) fn around_zero(distance: Real) -> Self {
        Self { lowest: minus(distance), highest: Some(distance) }
    }

    pub(super) fn between(lowest: Real, highest: Real) -> Self {
        Self { lowest: Some(lowest), highest: Some(highest) }
    }

    /// Not above this below zero.
    pub(super) fn not_below_zero_by(distance: Real) -> Self {
        Self { lowest: minus(distance), highest: None }
    }

    /// Below the lower bound (−1), above the upper one (1), or between them (0).
    pub(super) fn side(self, value: f64) -> i8 {
        let is_low = self.lowest.is_some_and(|bound| value < bound.get());
        let is_high = self.highest.is_some_and(|bound| value > bound.get());
        i8::from(is_high) - i8::from(is_low)
    }

    /// How far beyond the nearer bound, and that bound; below 0 within.
    fn excess(self, value: f64) -> Option<(f64, f64)> {
        let below = self.lowest.map(|bound| (bound.get() - value, bound.get()));
        let above = self.highest.map(|bound| (value - bound.get(), bound.get()));
        below.into_iter().chain(above).max_by(|one, other| one.0.total_cmp(&other.0))
    }
}

fn minus(distance: Real) -> Option<Real> {
    Real::new(-distance.get()).ok()
}

/// A figure, and the probability of one as far beyond its bounds, if the truth lies on the bound; none when unknown.
pub(super) struct Claim {
    figure: Estimate,
    p_value: Option<f64>,
}

/// A number with the variance of its error and the degrees of freedom of that.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub(super) value: f64,
    pub(super) variance: f64,
    pub(super) degrees: f64,
}

impl Part {
    /// The mean of independent units; nothing of a single one.
    pub(super) fn mean(units: &[f64]) -> Result<Self, Undefined> {
        let sample = sample(units)?;
        let n = units.len() as f64;
        Ok(Self { value: sample.plain_mean()?, variance: sample.variance()? / n, degrees: n - 1.0 })
    }
}

impl Claim {
    /// The mean of units, by Student's t. A unit varies at least by `least_variance`: steps are rounded, so few that are
    /// all alike do not show that the next is too.
    pub(super) fn of_mean(units: &[f64], least_variance: f64, bounds: Bounds) -> Result<Self, Undefined> {
        let (sample, n) = (sample(units)?, units.len() as f64);
        let value = sample.plain_mean()?;
        let Ok(variance) = sample.variance() else { return Self::unsure(value) };
        Self::of_part(Part { value, variance: variance.max(least_variance) / n, degrees: n - 1.0 }, bounds)
    }

    /// A figure without an error claims nothing.
    fn unsure(value: f64) -> Result<Self, Undefined> {
        Ok(Self { figure: Estimate::of(value).ok_or(Undefined::OutOfRange {})?, p_value: None })
    }

    pub(super) fn of_part(part: Part, bounds: Bounds) -> Result<Self, Undefined> {
        let error = part.variance.sqrt();
        let figure = Estimate::of(part.value).ok_or(Undefined::OutOfRange {})?;
        let p_value = bounds.excess(part.value).and_then(|(excess, _)| beyond(excess, error, part.degrees));
        Ok(Self { figure: figure.with_t_interval(error, part.degrees, ConfidenceLevel::NINETY_FIVE), p_value })
    }

    /// `own / others`, with the error of either. The claim is that `own − bound · others` lies beyond 0, which needs no
    /// ratio of noisy numbers (Fieller 1954).
    pub(super) fn of_ratio(own: Part, others: Part, bounds: Bounds) -> Result<Self, Undefined> {
        if others.value <= 0.0 {
            return Err(Undefined::NoVariation {});
        }
        let ratio = own.value / others.value;
        let joint = |factor: f64| {
            let part = factor * factor * others.variance;
            let variance = own.variance + part;
            let spread = own.variance * own.variance / own.degrees + part * part / others.degrees;
            (variance.sqrt(), if spread > 0.0 { variance * variance / spread } else { own.degrees })
        };
        let (error, degrees) = joint(ratio);
        let figure = Estimate::of(ratio).ok_or(Undefined::OutOfRange {})?;
        let p_value = bounds.excess(ratio).and_then(|(excess, bound)| {
            let (error, degrees) = joint(bound);
            beyond(excess * others.value, error, degrees)
        });
        let figure = figure.with_t_interval(error / others.value, degrees, ConfidenceLevel::NINETY_FIVE);
        Ok(Self { figure, p_value })
    }

    /// A mean square, whose error is a share of it.
    pub(super) fn of_mean_square(value: f64, share: f64, degrees: f64, bounds: Bounds) -> Result<Self, Undefined> {
        let figure = Estimate::of(value).ok_or(Undefined::OutOfRange {})?;
        let p_value =
            bounds.excess(value).and_then(|(excess, bound)| beyond(excess, share * value.max(bound), degrees));
        Ok(Self { figure: figure.with_t_interval(share * value, degrees, ConfidenceLevel::NINETY_FIVE), p_value })
    }

    pub(super) fn estimate(&self) -> Estimate {
        self.figure
    }

    /// The same claim with another figure for it.
    pub(super) fn shown_as(self, change: impl FnOnce(Estimate) -> Estimate) -> Self {
        Self { figure: change(self.figure), ..self }
    }
}

fn beyond(excess: f64, error: f64, degrees: f64) -> Option<f64> {
    if error > 0.0 { t_upper(excess / error, degrees) } else { None }
}

pub(super) fn sample(values: &[f64]) -> Result<Sample, Undefined> {
    Sample::of(values).map_err(|_| Undefined::OutOfRange {})
}

/// An outcome before it is known what else the report asks.
pub(super) struct Draft {
    pub(super) outcome: CheckOutcome,
    pub(super) bounds: Bounds,
    pub(super) p_value: Option<f64>,
}

impl Draft {
    /// Withheld with fewer ratings than needed; `find` is not called then.
    pub(super) fn of(
        ratings: u64,
        needed: Count,
        bounds: Bounds,
        find: impl FnOnce() -> Result<Claim, Undefined>,
    ) -> Self {
        let without = |outcome| Self { outcome, bounds, p_value: None };
        if ratings < u64::from(needed.get()) {
            return without(CheckOutcome::Withheld { ratings: LargeCount::of(ratings), needed });
        }
        let Claim { figure, p_value } = match find() {
            Err(reason) => return without(CheckOutcome::Undefined { reason }),
            Ok(claim) => claim,
        };
        let Bounds { lowest, highest } = bounds;
        let outcome = CheckOutcome::Computed {
            figure: figure.to_six_decimals(),
            lowest,
            highest,
            ratings: LargeCount::of(ratings),
            p_value: None,
            signal: CheckSignal::None,
        };
        Self { outcome, bounds, p_value }
    }

    /// Which bound the figure lies beyond.
    pub(super) fn side(&self) -> i8 {
        match &self.outcome {
            CheckOutcome::Computed { figure, .. } => self.bounds.side(figure.value()),
            CheckOutcome::Withheld { .. } | CheckOutcome::Undefined { .. } => 0,
        }
    }

    /// With its final p value and signal.
    pub(super) fn settle(&self, p_value: Option<Share>, signal: CheckSignal) -> CheckOutcome {
        match self.outcome {
            CheckOutcome::Computed { figure, lowest, highest, ratings, .. } => {
                CheckOutcome::Computed { figure, lowest, highest, ratings, p_value, signal }
            }
            CheckOutcome::Withheld { .. } | CheckOutcome::Undefined { .. } => self.outcome,
        }
    }
}
