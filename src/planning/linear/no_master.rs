//! The crate without the feature `exact`.

use super::master::{Answer, Effort, Flaw, LinearRelaxation, Master, Rows};

/// A master that answers nothing, so that plans carry a bound from prices alone.
pub(crate) struct NoMaster;

impl Master for NoMaster {
    fn relax(&self, _: &Rows) -> Result<Box<dyn LinearRelaxation>, Flaw> {
        Err(Flaw::Failed)
    }

    fn solve(&self, _: &Rows, _: &[(usize, f64)], _: Effort<'_>) -> Answer {
        Answer::Failed
    }
}
