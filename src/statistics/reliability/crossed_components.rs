use super::{AnalysisOfVariance, NegativeVariance};
use crate::statistics::Undefined;
use crate::statistics::checks::real;
use crate::value::Real;

/// Variance components of subjects × raters: a generalisability study with one facet.
///
/// *Answers*: how many raters make a score dependable? *Assumes* raters sampled at random, each of every subject. *Formula*
/// from a complete table: residual E, subjects (R − E)/k, raters (C − E)/n of its mean squares; they may be negative and are
/// reported so. With gaps: [`IncompleteTable::components`](super::IncompleteTable::components). *Undefined when* the mean
/// squares are; a coefficient also when nothing varies. *Reference*: Cronbach et al. 1972; Brennan 2001, Generalizability
/// Theory. *Checked against*: Dyestuff of Davies and Goldsmith 1972; the averaged intraclass correlations.
///
/// ```
/// use service_excellence::statistics::{AnalysisOfVariance, CrossedComponents, MeasurementTable, NegativeVariance};
///
/// let table = MeasurementTable::from_rows([[2.0, 3.0], [4.0, 4.0], [5.0, 6.0], [3.0, 3.0]])?;
/// let parts = CrossedComponents::from_mean_squares(AnalysisOfVariance::of(&table)?)?;
/// let of_two = parts.dependability(2.0, NegativeVariance::SetToZero)?;
/// let of_four = parts.dependability(4.0, NegativeVariance::SetToZero)?;
/// assert!(of_four > of_two);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "G-study")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CrossedComponents {
    subjects: Real,
    raters: Real,
    residual: Real,
}

impl CrossedComponents {
    /// From the mean squares of a complete table.
    ///
    /// # Errors
    ///
    /// [`Undefined::OutOfRange`] if a component is not finite.
    pub fn from_mean_squares(analysis: AnalysisOfVariance) -> Result<Self, Undefined> {
        let (n, k, residual) = (analysis.subjects() as f64, analysis.raters() as f64, analysis.residual());
        Self::new((analysis.between_subjects() - residual) / k, (analysis.between_raters() - residual) / n, residual)
    }

    pub(super) fn new(subjects: f64, raters: f64, residual: f64) -> Result<Self, Undefined> {
        Ok(Self { subjects: real(subjects)?, raters: real(raters)?, residual: real(residual)? })
    }

    /// The variance between subjects.
    #[must_use]
    pub fn subjects(self) -> f64 {
        self.subjects.get()
    }

    /// The variance between raters.
    #[must_use]
    pub fn raters(self) -> f64 {
        self.raters.get()
    }

    /// The variance that neither explains, errors included.
    #[must_use]
    pub fn residual(self) -> f64 {
        self.residual.get()
    }

    /// How well the mean of this many raters orders the subjects: subjects / (subjects + residual/m). With the components of
    /// a complete table and its own number of raters this is the averaged consistency form of the intraclass correlation.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoVariation`] if the denominator is not above 0; [`Undefined::OutOfRange`] if the number of raters is not above 0.
    pub fn generalisability(self, raters: f64, negative: NegativeVariance) -> Result<f64, Undefined> {
        self.coefficient(raters, negative, 0.0)
    }

    /// How well the mean of this many raters tells the subject's place on the scale:
    /// subjects / (subjects + (raters + residual)/m), the averaged agreement form.
    ///
    /// # Errors
    ///
    /// As [`generalisability`](Self::generalisability).
    pub fn dependability(self, raters: f64, negative: NegativeVariance) -> Result<f64, Undefined> {
        self.coefficient(raters, negative, negative.apply(self.raters()))
    }

    fn coefficient(self, raters: f64, negative: NegativeVariance, offsets: f64) -> Result<f64, Undefined> {
        let error = (offsets + negative.apply(self.residual())) / raters;
        share_of_truth(negative.apply(self.subjects()), error, raters)
    }
}

/// True variance in all variance; `conditions` must be above 0.
pub(super) fn share_of_truth(truth: f64, error: f64, conditions: f64) -> Result<f64, Undefined> {
    if !(conditions > 0.0 && conditions.is_finite()) {
        return Err(Undefined::OutOfRange {});
    }
    if truth + error <= 0.0 {
        return Err(Undefined::NoVariation {});
    }
    Ok(real(truth / (truth + error))?.get())
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the numbers compared are exact in binary")]
mod tests {
    use super::*;
    use crate::statistics::{ConfidenceLevel, IntraclassForm, MeasurementTable};

    #[test]
    fn the_coefficients_are_the_averaged_intraclass_correlations() {
        let rows = [[9.0, 2.0, 5.0], [6.0, 1.0, 3.0], [8.0, 4.0, 6.0], [7.0, 1.0, 2.0]];
        let analysis = AnalysisOfVariance::of(&MeasurementTable::from_rows(rows).unwrap()).unwrap();
        let parts = CrossedComponents::from_mean_squares(analysis).unwrap();
        let correlation =
            |form| analysis.intraclass_correlation(form, ConfidenceLevel::NINETY).unwrap().estimate().value();
        let generalisable = parts.generalisability(3.0, NegativeVariance::Keep).unwrap();
        let dependable = parts.dependability(3.0, NegativeVariance::Keep).unwrap();
        assert!((generalisable - correlation(IntraclassForm::ConsistencyAverage)).abs() < 1e-14);
        assert!((dependable - correlation(IntraclassForm::AgreementAverage)).abs() < 1e-14);
    }

    #[test]
    fn a_negative_component_is_reported_and_dropped_only_when_asked() {
        let parts = CrossedComponents::new(2.0, -0.5, 1.0).unwrap();
        assert_eq!(parts.raters(), -0.5);
        assert_eq!(parts.dependability(1.0, NegativeVariance::Keep), Ok(0.8));
        assert_eq!(parts.dependability(1.0, NegativeVariance::SetToZero), Ok(2.0 / 3.0));
        assert!(parts.dependability(0.0, NegativeVariance::Keep).is_err());
    }
}
