use super::FitStatistics;
use super::ratings_of_one::ratings_of_one;
use crate::statistics::Estimate;
use crate::value::{Key, Real, Reference};

/// The severity of a rater, or the difficulty of a criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementMeasure<Name> {
    pub(super) name: Name,
    pub(super) ratings: usize,
    pub(super) raw_average: Real,
    pub(super) measure: Estimate,
    pub(super) conditional_error: Real,
    pub(super) fair_average: Estimate,
    pub(super) fit: Option<FitStatistics>,
    pub(super) is_extreme: bool,
}

/// The severity of a rater.
pub type RaterMeasure = ElementMeasure<Reference>;

/// The difficulty of a criterion.
pub type CriterionMeasure = ElementMeasure<Key>;

impl<Name> ElementMeasure<Name> {
    ratings_of_one!();

    /// Which rater or criterion.
    #[must_use]
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// Severity or difficulty in logits: higher means lower ratings. The mean of all is 0; the standard error is from
    /// the inverse of the information of all parameters together.
    #[must_use]
    pub fn measure(&self) -> &Estimate {
        &self.measure
    }

    /// The standard error as if every other parameter were known (as FACETS prints it): 1/√information, smaller than
    /// the other.
    #[must_use]
    pub fn conditional_error(&self) -> f64 {
        self.conditional_error.get()
    }

    /// The mean step that a person of mean ability gets from this rater, or on this criterion.
    #[must_use]
    pub fn fair_average(&self) -> &Estimate {
        &self.fair_average
    }
}
