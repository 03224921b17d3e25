use crate::value::Real;

/// How the search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Convergence {
    pub(super) iterations: usize,
    pub(super) largest_residual: Real,
    pub(super) log_likelihood: Real,
    pub(super) parameters: usize,
}

impl Convergence {
    /// How many Newton steps were made.
    #[must_use]
    pub fn iterations(&self) -> usize {
        self.iterations
    }

    /// The largest derivative of the log-likelihood at the end, in scores.
    #[must_use]
    pub fn largest_residual(&self) -> f64 {
        self.largest_residual.get()
    }

    /// The log-likelihood at the end: marginal or joint, as it was estimated.
    #[must_use]
    pub fn log_likelihood(&self) -> f64 {
        self.log_likelihood.get()
    }

    /// How many parameters were free.
    #[must_use]
    pub fn parameters(&self) -> usize {
        self.parameters
    }
}
