use super::FitStatistics;
use crate::statistics::Estimate;
use crate::value::{Key, Real, Reference, Step};

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
    /// Who.
    #[must_use]
    pub fn person(&self) -> &Reference {
        &self.person
    }

    /// How many ratings the measures rest on.
    #[must_use]
    pub fn ratings(&self) -> usize {
        self.ratings
    }

    /// The mean of the steps given, by raters and on criteria as they came.
    #[must_use]
    pub fn raw_average(&self) -> f64 {
        self.raw_average.get()
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

    /// How well the ratings of this person fit; none for an extreme total.
    #[must_use]
    pub fn fit(&self) -> Option<&FitStatistics> {
        self.fit.as_ref()
    }

    /// Whether every rating is the lowest or the highest possible, so that the measure says "beyond the scale" only.
    #[must_use]
    pub fn is_extreme(&self) -> bool {
        self.is_extreme
    }
}

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
    /// Which rater or criterion.
    #[must_use]
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// How many ratings there are.
    #[must_use]
    pub fn ratings(&self) -> usize {
        self.ratings
    }

    /// The mean of the steps given.
    #[must_use]
    pub fn raw_average(&self) -> f64 {
        self.raw_average.get()
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

    /// How well the ratings fit; none for an extreme total.
    #[must_use]
    pub fn fit(&self) -> Option<&FitStatistics> {
        self.fit.as_ref()
    }

    /// Whether every rating is the lowest or the highest possible.
    #[must_use]
    pub fn is_extreme(&self) -> bool {
        self.is_extreme
    }
}

/// The thresholds of one scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScaleThresholds {
    pub(super) criterion: Option<Key>,
    pub(super) steps: Vec<Step>,
    pub(super) thresholds: Vec<Estimate>,
}

impl ScaleThresholds {
    /// The criterion, in a partial-credit model.
    #[must_use]
    pub fn criterion(&self) -> Option<&Key> {
        self.criterion.as_ref()
    }

    /// The steps that were chosen, lowest first.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Where each step after the first becomes as likely as the one before, in logits; they sum to 0.
    #[must_use]
    pub fn thresholds(&self) -> &[Estimate] {
        &self.thresholds
    }
}

/// The normal population of persons, of marginal estimation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Population {
    pub(super) mean: Estimate,
    pub(super) standard_deviation: Estimate,
    pub(super) is_at_boundary: bool,
}

impl Population {
    /// The mean ability, in logits.
    #[must_use]
    pub fn mean(&self) -> &Estimate {
        &self.mean
    }

    /// The standard deviation of ability, in logits.
    #[must_use]
    pub fn standard_deviation(&self) -> &Estimate {
        &self.standard_deviation
    }

    /// Whether the data show no difference between persons: the standard deviation stopped at 0.01.
    #[must_use]
    pub fn is_at_boundary(&self) -> bool {
        self.is_at_boundary
    }
}

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
