use super::{NormalPrior, PooledGroup};
use crate::statistics::checks::{estimate, real};
use crate::statistics::{ConfidenceLevel, DataError, Interval, IntervalMethod, Sample, Undefined};

/// Values in groups of any size, pooled as far as the groups resemble each other.
///
/// *Answers*: what is a group's true mean, when it has few values and there are other groups? *Assumes* normal values with
/// one variance within groups, and normal true means. *Formula*: y = μ + aᵍ + e; variances by restricted maximum likelihood
/// (REML), found as the root of its derivative in λ = between / within; aᵍ predicted by n·λ/(1 + n·λ)·(ȳᵍ − μ). *Undefined when*
/// there are fewer than three groups with values (bring a prior), no group has two values, or nothing varies. *Reference*:
/// Patterson and Thompson 1971, Biometrika 58:545; Robinson 1991, Statistical Science 6:15. *Checked against*: Dyestuff in
/// lme4; dense matrices by numpy.
///
/// ```
/// use service_excellence::statistics::{ConfidenceLevel, NormalPooling};
///
/// let groups = NormalPooling::new(&[vec![3.0, 3.5, 4.0], vec![2.0, 2.5], vec![4.5, 4.0, 4.5], vec![5.0]])?;
/// let prior = groups.estimate_prior()?;
/// let pooled = groups.pool(ConfidenceLevel::NINETY)?;
/// // A single 5 is drawn towards the others.
/// assert!(pooled.last().is_some_and(|group| group.estimate().value() < 5.0 && group.effect() > 0.0));
/// assert!(prior.between() > 0.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "empirical Bayes")]
#[doc(alias = "partial pooling")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NormalPooling {
    groups: Vec<Group>,
    /// Subtracted from every value, so that differences keep their digits.
    origin: crate::value::Real,
}

/// Size, mean from the origin, sum of squares around it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Group {
    size: f64,
    mean: f64,
    squares: f64,
}

// Finite numbers are equal to themselves.
impl Eq for Group {}

impl NormalPooling {
    /// Takes the values of each group; a group without values has its place and pools fully.
    ///
    /// # Errors
    ///
    /// A value is not finite, or together they are too large.
    pub fn new<G: AsRef<[f64]>>(groups: &[G]) -> Result<Self, DataError> {
        let origin = groups.iter().flat_map(|group| group.as_ref()).next().copied().unwrap_or(0.0);
        let origin = crate::value::Real::new(origin)
            .map_err(|_| DataError::new("the number", "in the first group", origin, "a finite number"))?;
        let group = |values: &G| {
            let values: Vec<f64> = values.as_ref().iter().map(|value| value - origin.get()).collect();
            let sample = Sample::of(&values)?;
            Ok(Group {
                size: sample.size() as f64,
                mean: sample.plain_mean().unwrap_or(0.0),
                squares: sample.sum_of_squares(),
            })
        };
        Ok(Self { groups: groups.iter().map(group).collect::<Result<_, DataError>>()?, origin })
    }

    /// Mean and variances by restricted maximum likelihood.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without values; [`Undefined::TooFewGroups`] below three groups with values;
    /// [`Undefined::NotIdentified`] if no group has two values; [`Undefined::NoVariation`] if all values are equal;
    /// [`Undefined::OutOfRange`] if squares are too large.
    pub fn estimate_prior(&self) -> Result<NormalPrior, Undefined> {
        let filled = self.groups.iter().filter(|group| group.size > 0.0).count();
        if filled == 0 {
            return Err(Undefined::NoData {});
        }
        if filled < 3 {
            return Err(Undefined::too_few_groups(filled, 3));
        }
        if self.size() <= filled as f64 {
            return Err(Undefined::NotIdentified {});
        }
        let even = self.at(0.0);
        if even.squares <= 0.0 {
            return Err(Undefined::NoVariation {});
        }
        let within: f64 = self.groups.iter().map(|group| group.squares).sum();
        if within <= 0.0 {
            return self.prior_without_variance_within(filled as f64);
        }
        let lambda = self.best_ratio();
        let best = self.at(lambda);
        let variance = best.squares / (self.size() - 1.0);
        self.prior(best.mean, lambda * variance, variance)
    }

    /// The groups, drawn towards the common mean with variances estimated from them, in their order.
    ///
    /// # Errors
    ///
    /// As [`estimate_prior`](Self::estimate_prior).
    pub fn pool(&self, confidence: ConfidenceLevel) -> Result<Vec<PooledGroup>, Undefined> {
        let prior = self.estimate_prior()?;
        let total: f64 = self.groups.iter().map(|group| precision(*group, prior)).sum();
        let error_of_mean = if total > 0.0 && total.is_finite() { 1.0 / total } else { 0.0 };
        self.groups.iter().map(|group| self.pooled(*group, prior, error_of_mean, confidence)).collect()
    }

    /// The groups, drawn towards the mean of a prior that comes from elsewhere; any number of groups will do.
    ///
    /// # Errors
    ///
    /// [`Undefined::OutOfRange`] if a result would not be finite.
    pub fn pool_with(&self, prior: NormalPrior, confidence: ConfidenceLevel) -> Result<Vec<PooledGroup>, Undefined> {
        self.groups.iter().map(|group| self.pooled(*group, prior, 0.0, confidence)).collect()
    }

    fn pooled(
        &self,
        group: Group,
        prior: NormalPrior,
        error_of_mean: f64,
        confidence: ConfidenceLevel,
    ) -> Result<PooledGroup, Undefined> {
        let own = group.size * prior.between();
        let weight = if own > 0.0 { own / (own + prior.within()) } else { 0.0 };
        let raw = group.mean + self.origin.get();
        let effect = if group.size > 0.0 { weight * (raw - prior.mean()) } else { 0.0 };
        let conditional = prior.between() * (1.0 - weight);
        let error = (conditional + (1.0 - weight).powi(2) * error_of_mean).sqrt();
        let value = prior.mean() + effect;
        let half = confidence.normal_multiplier() * error;
        let interval = Interval::around(value, half, confidence, IntervalMethod::Posterior);
        Ok(PooledGroup {
            estimate: estimate(value)?.with_standard_error(error).with_interval(interval),
            raw: if group.size > 0.0 { Some(real(raw)?) } else { None },
            effect: real(effect)?,
            weight: real(weight)?,
            conditional: real(conditional.sqrt())?,
        })
    }

    fn size(&self) -> f64 {
        self.groups.iter().map(|group| group.size).sum()
    }

    fn prior(&self, mean: f64, between: f64, within: f64) -> Result<NormalPrior, Undefined> {
        NormalPrior::new(mean + self.origin.get(), between, within).map_err(|_| Undefined::OutOfRange {})
    }

    /// The limit of large λ: every group is known exactly.
    fn prior_without_variance_within(&self, filled: f64) -> Result<NormalPrior, Undefined> {
        let means = || self.groups.iter().filter(|group| group.size > 0.0).map(|group| group.mean);
        let mean = means().sum::<f64>() / filled;
        self.prior(mean, means().map(|own| (own - mean).powi(2)).sum::<f64>() / (filled - 1.0), 0.0)
    }

    /// The λ at which the restricted likelihood is highest; 0 on the boundary.
    fn best_ratio(&self) -> f64 {
        const STEPS: i32 = 60;
        let typical = self.size() / self.groups.len() as f64;
        // From a thousandth of the error of a mean to a million times it, and the boundary.
        let grid =
            std::iter::once(0.0).chain((0..=STEPS).map(|step| 10.0_f64.powf(-6.0 + 0.25 * f64::from(step)) / typical));
        let mut best = (self.at(0.0).deviance(self.size()), 0.0);
        let mut last: Option<(f64, f64)> = None;
        for lambda in grid {
            let slope = self.at(lambda).slope(self.size());
            if let Some((before, slope_before)) = last
                && slope_before < 0.0
                && slope >= 0.0
            {
                let root = self.root(before, lambda);
                let deviance = self.at(root).deviance(self.size());
                if deviance < best.0 {
                    best = (deviance, root);
                }
            }
            last = Some((lambda, slope));
        }
        best.1
    }

    /// Bisection of the slope, to the last digit.
    fn root(&self, mut low: f64, mut high: f64) -> f64 {
        for _ in 0..100 {
            let middle = low.midpoint(high);
            if middle <= low || middle >= high {
                break;
            }
            if self.at(middle).slope(self.size()) < 0.0 { low = middle } else { high = middle }
        }
        low.midpoint(high)
    }

    fn at(&self, lambda: f64) -> Profile {
        let weight = |group: &Group| group.size / (1.0 + group.size * lambda);
        let sum: f64 = self.groups.iter().map(weight).sum();
        let mean = self.groups.iter().map(|group| weight(group) * group.mean).sum::<f64>() / sum;
        let mut profile = Profile { mean, sum, squares: 0.0, weights_squared: 0.0, bend: 0.0, logarithms: 0.0 };
        for group in &self.groups {
            let (weight, distance) = (weight(group), (group.mean - mean).powi(2));
            profile.squares += group.squares + weight * distance;
            profile.weights_squared += weight * weight;
            profile.bend += weight * weight * distance;
            profile.logarithms += (group.size * lambda).ln_1p();
        }
        profile
    }
}

/// The precision with which a group's mean tells the common mean.
fn precision(group: Group, prior: NormalPrior) -> f64 {
    if group.size > 0.0 { 1.0 / (prior.between() + prior.within() / group.size) } else { 0.0 }
}

/// What the restricted likelihood of one λ needs.
struct Profile {
    mean: f64,
    sum: f64,
    squares: f64,
    weights_squared: f64,
    bend: f64,
    logarithms: f64,
}

impl Profile {
    /// −2 times the logarithm of the restricted likelihood, up to a constant.
    fn deviance(&self, size: f64) -> f64 {
        (size - 1.0) * self.squares.ln() + self.logarithms + self.sum.ln()
    }

    /// Derivative of the deviance in λ.
    fn slope(&self, size: f64) -> f64 {
        self.sum - self.weights_squared / self.sum - (size - 1.0) * self.bend / self.squares
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The root of the slope of the restricted likelihood, written with dense matrices: numpy, and `brentq` of scipy 1.17.1.
    /// (`MixedLM` of statsmodels 0.15.0 stops after four digits.)
    #[test]
    fn groups_of_unequal_size_have_the_likeliest_variances() {
        let groups = [vec![3.0, 3.5, 4.0], vec![2.0, 2.5], vec![4.5, 4.0, 4.5], vec![5.0]];
        let prior = NormalPooling::new(&groups).unwrap().estimate_prior().unwrap();
        let expected = [3.755_194_349_538_351_5, 1.280_422_956_754_558_4, 0.159_644_570_232_027_88];
        for (found, expected) in [prior.mean(), prior.between(), prior.within()].iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        }
    }
}
