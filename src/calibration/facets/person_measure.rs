use super::FitStatistics;
use super::ratings_of_one::ratings_of_one;
use crate::statistics::Estimate;
use crate::value::{Real, Reference};

/// One person's measures.
///
/// *Adjusted stands beside raw*: [`fair_average`](PersonMeasure::fair_average) is what the person would have got from
/// raters of mean severity on criteria of mean difficulty, and [`raw_average`](PersonMeasure::raw_average) what the
/// person got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonMeasure {
    pub(super) person: Reference,
    pub(super) ratings: usize,
    pub(super) raw_average: Real,
    pub(super) maximum_likelihood: Estimate,
    pub(super) weighted_likelihood: Estimate,
    pub(super) posterior: Option<Estimate>,
    pub(super) fair_average: Estimate,
    pub(super) fit: Option<FitStatistics>,
    pub(super) is_extreme: bool,
    pub(super) is_joint: bool,
}

impl PersonMeasure {
    ratings_of_one!();

    /// Who.
    #[must_use]
    pub fn person(&self) -> &Reference {
        &self.person
    }

    /// The measure that fair averages, fit and separation use, in logits: maximum likelihood after joint estimation,
    /// weighted likelihood after marginal estimation.
    #[must_use]
    pub fn measure(&self) -> &Estimate {
        if self.is_joint { &self.maximum_likelihood } else { &self.weighted_likelihood }
    }

    /// The measure at which the expected total is the total, in logits; an extreme total is moved by 0.3 first.
    #[must_use]
    #[doc(alias = "MLE")]
    pub fn maximum_likelihood(&self) -> &Estimate {
        &self.maximum_likelihood
    }

    /// Warm's estimate, with far less bias than maximum likelihood, in logits; finite for extreme totals too.
    ///
    /// *Formula*: the root of total − expected + J/2I, with J the sum of third central moments and I the information;
    /// standard error 1/√I. *Reference*: Warm 1989, Psychometrika 54:427.
    #[must_use]
    #[doc(alias = "WLE")]
    pub fn weighted_likelihood(&self) -> &Estimate {
        &self.weighted_likelihood
    }

    /// Mean and standard deviation of the posterior, in logits: drawn towards the mean of all persons, the more the
    /// fewer the ratings. None after joint estimation, which has no population.
    #[must_use]
    #[doc(alias = "EAP")]
    pub fn posterior(&self) -> Option<&Estimate> {
        self.posterior.as_ref()
    }

    /// What the mean step would have been from raters of mean severity on criteria of mean difficulty. Its interval is
    /// that of the measure, carried over, so it stays on the scale.
    #[must_use]
    pub fn fair_average(&self) -> &Estimate {
        &self.fair_average
    }
}
