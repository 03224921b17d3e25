use super::BetaPrior;
use super::gamma_functions::{digamma_rise, log_gamma_rise, trigamma_rise};
use crate::statistics::checks::{estimate, real};
use crate::statistics::distributions::beta_quantile;
use crate::statistics::{ConfidenceLevel, Estimate, Interval, IntervalMethod, Proportion, Undefined};

/// Proportions of groups, pooled as far as the groups resemble each other.
///
/// *Answers*: what is a group's true share, when it has few trials and there are other groups? *Assumes* that true shares
/// follow a beta distribution. *Formula*: its parameters by maximum likelihood, Σ ln B(a+x, b+n−x) − ln B(a, b); a group's
/// share is then Beta(a+x, b+n−x). If the shares differ by no more than chance (the likelihood rises as a + b grows without
/// end), all groups share one value. *Undefined when* there are fewer than three groups with trials (bring a prior), or all trials end
/// alike. *Reference*: Griffiths 1973, Biometrics 29:637. *Checked against*: scipy 1.17 `betabinom` maximised.
///
/// ```
/// use service_excellence::statistics::{BetaBinomialPooling, ConfidenceLevel, Proportion};
///
/// let counts = [(1, 10), (9, 10), (3, 10), (6, 10), (2, 2)];
/// let groups: Result<Vec<_>, _> = counts.iter().map(|(x, n)| Proportion::new(*x, *n)).collect();
/// let pooled = BetaBinomialPooling::new(&groups?).pool(ConfidenceLevel::NINETY)?;
/// // Two of two is no proof of always.
/// assert!(pooled.last().is_some_and(|share| share.value() < 0.8));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "empirical Bayes")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BetaBinomialPooling {
    groups: Vec<Proportion>,
}

impl BetaBinomialPooling {
    /// Takes the groups; one without trials has its place and pools fully.
    #[must_use]
    pub fn new(groups: &[Proportion]) -> Self {
        Self { groups: groups.to_vec() }
    }

    /// The distribution of true shares; nothing if they differ by no more than chance.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without trials; [`Undefined::TooFewGroups`] below three groups with trials; [`Undefined::Extreme`] if
    /// all trials succeed or all fail; [`Undefined::NotIdentified`] if no group has two trials, or every group's trials end alike;
    /// [`Undefined::NotConverged`] if the search does not end.
    pub fn estimate_prior(&self) -> Result<Option<BetaPrior>, Undefined> {
        let counts = self.counts();
        if counts.is_empty() {
            return Err(Undefined::NoData {});
        }
        if counts.len() < 3 {
            return Err(Undefined::too_few_groups(counts.len(), 3));
        }
        let share = common_share(&counts);
        if share <= 0.0 || share >= 1.0 {
            return Err(Undefined::Extreme {});
        }
        let is_mixed = counts.iter().any(|(x, rest)| *x > 0.0 && *rest > 0.0);
        if counts.iter().all(|(x, rest)| x + rest < 2.0) || !is_mixed {
            return Err(Undefined::NotIdentified {});
        }
        if over_dispersion(&counts, share) <= 0.0 {
            return Ok(None);
        }
        let Some((a, b)) = maximum(&counts, share)? else { return Ok(None) };
        BetaPrior::new(a, b).map(Some).map_err(|_| Undefined::OutOfRange {})
    }

    /// Each group's share with its posterior standard deviation and interval, in the order of the groups. Groups that differ by no
    /// more than chance all get the common share, with Wilson's interval.
    ///
    /// # Errors
    ///
    /// As [`estimate_prior`](Self::estimate_prior).
    pub fn pool(&self, confidence: ConfidenceLevel) -> Result<Vec<Estimate>, Undefined> {
        if let Some(prior) = self.estimate_prior()? {
            return self.pool_with(prior, confidence);
        }
        let add = |sum: u64, number: u64| sum.saturating_add(number);
        let successes = self.groups.iter().map(|group| group.successes()).fold(0, add);
        let trials = self.groups.iter().map(|group| group.trials()).fold(0, add);
        let common = Proportion::new(successes, trials).map_err(|_| Undefined::OutOfRange {})?.wilson(confidence)?;
        Ok(vec![common; self.groups.len()])
    }

    /// Each group's share, given a distribution of true shares that comes from elsewhere; any number of groups will do.
    ///
    /// # Errors
    ///
    /// [`Undefined::OutOfRange`] if numbers are too large.
    pub fn pool_with(&self, prior: BetaPrior, confidence: ConfidenceLevel) -> Result<Vec<Estimate>, Undefined> {
        let pooled = |group: &Proportion| {
            let (x, rest) = counts_of(*group);
            let (a, b) = (prior.a() + x, prior.b() + rest);
            let (sum, tail) = (a + b, confidence.lower_tail());
            let ends = beta_quantile(tail, a, b).zip(beta_quantile(1.0 - tail, a, b));
            let interval = ends.and_then(|(l, u)| Interval::new(l, u, confidence, IntervalMethod::Posterior));
            let deviation = (a / sum * (b / sum) / (sum + 1.0)).sqrt();
            Ok(estimate(a / sum)?.with_standard_error(real(deviation)?.get()).with_interval(interval))
        };
        self.groups.iter().map(pooled).collect()
    }

    /// Successes and failures of the groups with trials.
    fn counts(&self) -> Vec<(f64, f64)> {
        self.groups.iter().filter(|group| group.trials() > 0).map(|group| counts_of(*group)).collect()
    }
}

fn counts_of(group: Proportion) -> (f64, f64) {
    (group.successes() as f64, (group.trials() - group.successes()) as f64)
}

fn common_share(counts: &[(f64, f64)]) -> f64 {
    let (successes, trials) = counts.iter().fold((0.0, 0.0), |(s, t), (x, rest)| (s + x, t + x + rest));
    successes / trials
}

/// The slope of the log likelihood in 1/(a + b) at 0: not above 0 where shares differ by no more than chance.
fn over_dispersion(counts: &[(f64, f64)], share: f64) -> f64 {
    let pairs = |count: f64| count * (count - 1.0) / 2.0;
    let slope = |(x, rest): &(f64, f64)| pairs(*x) / share + pairs(*rest) / (1.0 - share) - pairs(x + rest);
    counts.iter().map(slope).sum()
}

/// Newton's method on (ln a, ln b) with halved steps; nothing if a + b grows without end.
fn maximum(counts: &[(f64, f64)], share: f64) -> Result<Option<(f64, f64)>, Undefined> {
    const LARGEST_SUM: f64 = 1e9;
    let value = |(u, v): (f64, f64)| log_likelihood(counts, u.exp(), v.exp());
    // From the best of some sums, at the common share.
    let sums = (-4..=20).map(|step| 2.0_f64.powi(step));
    let start = sums.map(|sum| ((sum * share).ln(), (sum * (1.0 - share)).ln()));
    let mut point = start.max_by(|one, other| value(*one).total_cmp(&value(*other))).unwrap_or((0.0, 0.0));
    for _ in 0..300 {
        let (slope, step) = ascent(counts, point.0.exp(), point.1.exp());
        let length = step.0.hypot(step.1);
        let mut scale = if length > 1.0 { 1.0 / length } else { 1.0 };
        let here = value(point);
        while value((point.0 + scale * step.0, point.1 + scale * step.1)) < here - 1e-11 * here.abs() && scale > 1e-8 {
            scale /= 2.0;
        }
        point = (point.0 + scale * step.0, point.1 + scale * step.1);
        if point.0.exp() + point.1.exp() > LARGEST_SUM {
            return Ok(None);
        }
        if scale * length <= 1e-12 * (1.0 + point.0.hypot(point.1)) && slope.0.hypot(slope.1).is_finite() {
            return Ok(Some((point.0.exp(), point.1.exp())));
        }
    }
    Err(Undefined::NotConverged {})
}

fn log_likelihood(counts: &[(f64, f64)], a: f64, b: f64) -> f64 {
    let one =
        |(x, rest): &(f64, f64)| log_gamma_rise(a, *x) + log_gamma_rise(b, *rest) - log_gamma_rise(a + b, x + rest);
    counts.iter().map(one).sum()
}

/// Slope of the log likelihood in (ln a, ln b), and the step uphill.
fn ascent(counts: &[(f64, f64)], a: f64, b: f64) -> ((f64, f64), (f64, f64)) {
    let (mut ga, mut gb, mut haa, mut hbb, mut hab) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (x, rest) in counts {
        let both = digamma_rise(a + b, x + rest);
        let both_bend = trigamma_rise(a + b, x + rest);
        ga += digamma_rise(a, *x) - both;
        gb += digamma_rise(b, *rest) - both;
        haa += trigamma_rise(a, *x) - both_bend;
        hbb += trigamma_rise(b, *rest) - both_bend;
        hab -= both_bend;
    }
    let slope = (a * ga, b * gb);
    let (aa, bb, ab) = (a * a * haa + slope.0, b * b * hbb + slope.1, a * b * hab);
    let determinant = aa * bb - ab * ab;
    let step = if aa < 0.0 && determinant > 0.0 {
        ((-bb * slope.0 + ab * slope.1) / determinant, (ab * slope.0 - aa * slope.1) / determinant)
    } else {
        let scale = aa.abs().max(bb.abs()).max(1e-9);
        (slope.0 / scale, slope.1 / scale)
    };
    (slope, step)
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the numbers compared are exact in binary")]
mod tests {
    use super::*;

    fn pooling(counts: &[(u64, u64)]) -> BetaBinomialPooling {
        let groups: Vec<_> = counts.iter().map(|(x, n)| Proportion::new(*x, *n).unwrap()).collect();
        BetaBinomialPooling::new(&groups)
    }

    #[test]
    fn shares_that_differ_by_no_more_than_chance_are_pooled_fully() {
        let alike = pooling(&[(5, 10), (5, 10), (4, 10), (6, 10), (0, 0)]);
        assert_eq!(alike.estimate_prior(), Ok(None));
        let pooled = alike.pool(ConfidenceLevel::NINETY).unwrap();
        assert!(pooled.len() == 5 && pooled.iter().all(|share| share.value() == 0.5));
    }

    #[test]
    fn what_cannot_be_estimated_is_refused() {
        assert_eq!(pooling(&[]).estimate_prior(), Err(Undefined::NoData {}));
        assert_eq!(pooling(&[(1, 2), (2, 3)]).estimate_prior(), Err(Undefined::too_few_groups(2, 3)));
        assert_eq!(pooling(&[(2, 2), (3, 3), (4, 4)]).estimate_prior(), Err(Undefined::Extreme {}));
        assert_eq!(pooling(&[(1, 1), (0, 1), (1, 1)]).estimate_prior(), Err(Undefined::NotIdentified {}));
        assert_eq!(pooling(&[(5, 5), (0, 5), (5, 5)]).estimate_prior(), Err(Undefined::NotIdentified {}));
    }

    /// scipy 1.17.1: the root of the slope of `betabinom`'s log likelihood.
    #[test]
    fn the_prior_is_the_likeliest() {
        let prior = pooling(&[(1, 10), (9, 10), (3, 10), (6, 10), (2, 2), (4, 12)]).estimate_prior().unwrap().unwrap();
        assert!((prior.a() - 1.589_071_718_781_902_1).abs() < 1e-11, "{prior:?}");
        assert!((prior.b() - 1.563_304_030_694_072_2).abs() < 1e-11, "{prior:?}");
    }
}
