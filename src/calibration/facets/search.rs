use super::curve::Structure;
use crate::statistics::{Symmetric, Undefined};

/// When a search ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// A search ends with a step in which no parameter moves farther, in logits.
    pub(super) last_move: f64,
    pub(super) iterations: usize,
}

/// A step of Newton that is at most `longest` long, halved until the log-likelihood does not fall.
///
/// `go` takes a share of the whole step, whose farthest move is `largest_move`, and says how high the log-likelihood is
/// there.
pub(super) fn damped_step<T>(
    log_likelihood: f64,
    largest_move: f64,
    longest: f64,
    mut go: impl FnMut(f64) -> Result<(f64, T), Undefined>,
) -> Result<T, Undefined> {
    // Close to the maximum rounding decides, so an equal value is good enough.
    let enough = log_likelihood - 1e-10 * log_likelihood.abs().max(1.0);
    let mut scale = (longest / largest_move).min(1.0);
    while scale >= 1e-6 {
        let (found, there) = go(scale)?;
        if found >= enough {
            return Ok(there);
        }
        scale *= 0.5;
    }
    Err(Undefined::NotConverged {})
}

/// Where a search ended.
#[derive(Clone, Debug)]
pub(super) struct Solution {
    pub(super) structure: Structure,
    /// The covariance of all parameters: raters, criteria, thresholds and, after marginal estimation, mean and ln sd.
    pub(super) covariance: Symmetric,
    /// The information of each parameter by itself.
    pub(super) information: Vec<f64>,
    /// After joint estimation, the measures of the persons in the table.
    pub(super) persons: Vec<f64>,
    /// After marginal estimation, mean and standard deviation of each person's posterior.
    pub(super) posterior: Vec<(f64, f64)>,
    pub(super) population: Option<NormalPopulation>,
    pub(super) iterations: usize,
    pub(super) residual: f64,
    pub(super) log_likelihood: f64,
    /// How many persons were parameters.
    pub(super) persons_estimated: usize,
}

/// The normal distribution of persons.
#[derive(Clone, Copy, Debug)]
pub(super) struct NormalPopulation {
    pub(super) mean: f64,
    pub(super) deviation: f64,
    /// Whether the standard deviation stopped at the smallest value allowed.
    pub(super) at_boundary: bool,
}

impl Solution {
    /// Multiplies the structure, and what depends on it; the measures of persons are found again from it.
    pub(super) fn scale(&mut self, factor: f64) {
        self.structure.values.iter_mut().for_each(|value| *value *= factor);
        self.covariance.scale(factor * factor);
        self.information.iter_mut().for_each(|value| *value /= factor * factor);
        self.persons.clear();
    }
}
