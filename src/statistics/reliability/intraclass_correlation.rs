use super::{AnalysisOfVariance, IntraclassForm};
use crate::statistics::checks::estimate;
use crate::statistics::distributions::f_quantile;
use crate::statistics::{ConfidenceLevel, Estimate, FTest, Interval, IntervalMethod, Undefined};

/// How much of the variation of ratings is variation between subjects, in one of six forms.
///
/// *Answers*: would other raters (or these again) order and place the subjects alike? *Assumes* a complete table, normal
/// effects and equal error variance for all subjects and raters. *Formula*: with mean squares R between subjects, C between
/// raters, W within subjects, E residual, n subjects and k raters:
/// one-way (R − W)/(R + (k−1)W), averaged (R − W)/R; agreement (R − E)/(R + (k−1)E + k(C − E)/n), averaged
/// (R − E)/(R + (C − E)/n); consistency (R − E)/(R + (k−1)E), averaged (R − E)/R. Intervals by quantiles of F; for agreement
/// with Satterthwaite's degrees of freedom, and for averaged agreement the limits of the single form stepped up. Negative
/// values are legal and stand as they are. *Undefined when* nothing varies. *Reference*: Shrout and Fleiss 1979,
/// Psychological Bulletin 86:420; McGraw and Wong 1996, Psychological Methods 1:30. *Checked against*: Shrout and Fleiss'
/// table; R psych 2.2, to eight decimals with limits.
#[doc(alias = "ICC")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IntraclassCorrelation {
    form: IntraclassForm,
    estimate: Estimate,
    test: Option<FTest>,
}

impl IntraclassCorrelation {
    /// The form asked for.
    #[must_use]
    pub fn form(&self) -> IntraclassForm {
        self.form
    }

    /// The correlation, at most 1, with its interval. Without residual there is none: an error of 0 is no evidence.
    #[must_use]
    pub fn estimate(&self) -> &Estimate {
        &self.estimate
    }

    /// The test that subjects do not differ; none if the mean square below the line is 0.
    #[must_use]
    pub fn test(&self) -> Option<&FTest> {
        self.test.as_ref()
    }
}

impl AnalysisOfVariance {
    /// The intraclass correlation of this form: see [`IntraclassCorrelation`].
    ///
    /// # Errors
    ///
    /// [`Undefined::NoVariation`] if the variance that the form divides by is not above 0: everything is alike; or (for
    /// consistency) subjects do not differ and raters only by constants; or (for averaged agreement) raters contradict each
    /// other so much that the variance of means is estimated below 0, where other programs print numbers above 1.
    pub fn intraclass_correlation(
        self,
        form: IntraclassForm,
        confidence: ConfidenceLevel,
    ) -> Result<IntraclassCorrelation, Undefined> {
        let error = self.error_of(form);
        let value = self.value_of(form)?;
        let (n, k) = (self.subjects() as f64, self.raters() as f64);
        let degrees = (n - 1.0, if is_one_way(form) { n * (k - 1.0) } else { (n - 1.0) * (k - 1.0) });
        let test = FTest::new(self.between_subjects() / error, degrees.0, degrees.1).ok().filter(|_| error > 0.0);
        let single = match (form, test) {
            (IntraclassForm::AgreementSingle | IntraclassForm::AgreementAverage, _) => self
                .agreement_limits(confidence)
                .map(|(lower, upper)| (stepped(form, lower, k), stepped(form, upper, k))),
            (_, Some(test)) => f_limits(form, test, k, confidence),
            (_, None) => None,
        };
        let interval =
            single.and_then(|(lower, upper)| Interval::new(lower, upper, confidence, IntervalMethod::FisherF));
        Ok(IntraclassCorrelation { form, estimate: estimate(value)?.with_interval(interval), test })
    }

    /// The mean square that counts as error.
    fn error_of(self, form: IntraclassForm) -> f64 {
        if is_one_way(form) { self.within_subjects() } else { self.residual() }
    }

    fn value_of(self, form: IntraclassForm) -> Result<f64, Undefined> {
        let (n, k) = (self.subjects() as f64, self.raters() as f64);
        let (subjects, error) = (self.between_subjects(), self.error_of(form));
        let raters = match form {
            IntraclassForm::AgreementSingle | IntraclassForm::AgreementAverage => (self.between_raters() - error) / n,
            _ => 0.0,
        };
        let below = if form.is_average() { subjects + raters } else { subjects + (k - 1.0) * error + k * raters };
        if below <= 0.0 {
            return Err(Undefined::NoVariation {});
        }
        Ok((subjects - error) / below)
    }

    /// Limits of the single form of agreement (McGraw and Wong 1996, table 7).
    fn agreement_limits(self, confidence: ConfidenceLevel) -> Option<(f64, f64)> {
        let (n, k) = (self.subjects() as f64, self.raters() as f64);
        let (subjects, raters, error) = (self.between_subjects(), self.between_raters(), self.residual());
        if error <= 0.0 {
            return None;
        }
        let r = self.value_of(IntraclassForm::AgreementSingle).ok()?;
        let (f, rest) = (raters / error, n * (1.0 + (k - 1.0) * r) - k * r);
        let above = (k - 1.0) * (n - 1.0) * (k * r * f + rest).powi(2);
        let degrees = above / ((n - 1.0) * (k * r * f).powi(2) + rest.powi(2));
        let upper_quantile = 1.0 - confidence.lower_tail();
        let below = k * raters + (k * n - k - n) * error;
        let f = f_quantile(upper_quantile, n - 1.0, degrees)?;
        let lower = n * (subjects - f * error) / (f * below + n * subjects);
        let f = f_quantile(upper_quantile, degrees, n - 1.0)?;
        let upper = n * (f * subjects - error) / (below + n * f * subjects);
        Some((lower, upper))
    }
}

fn is_one_way(form: IntraclassForm) -> bool {
    matches!(form, IntraclassForm::OneWaySingle | IntraclassForm::OneWayAverage)
}

/// The limit of a mean of k ratings from that of one.
fn stepped(form: IntraclassForm, limit: f64, k: f64) -> f64 {
    if form.is_average() { k * limit / (1.0 + (k - 1.0) * limit) } else { limit }
}

fn f_limits(form: IntraclassForm, test: FTest, k: f64, confidence: ConfidenceLevel) -> Option<(f64, f64)> {
    let (numerator, denominator) = test.degrees_of_freedom();
    let quantile = 1.0 - confidence.lower_tail();
    let limit = |f: f64| if form.is_average() { 1.0 - 1.0 / f } else { (f - 1.0) / (f + k - 1.0) };
    let lower = test.f() / f_quantile(quantile, numerator, denominator)?;
    let upper = test.f() * f_quantile(quantile, denominator, numerator)?;
    Some((limit(lower), limit(upper)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::MeasurementTable;

    fn correlation(rows: &[[f64; 2]], form: IntraclassForm) -> Result<IntraclassCorrelation, Undefined> {
        let analysis = AnalysisOfVariance::of(&MeasurementTable::from_rows(rows).unwrap()).unwrap();
        analysis.intraclass_correlation(form, ConfidenceLevel::NINETY_FIVE)
    }

    #[test]
    fn where_everything_is_alike_no_form_is_defined() {
        for form in IntraclassForm::ALL.iter().copied() {
            assert_eq!(correlation(&[[3.1, 3.1], [3.1, 3.1]], form), Err(Undefined::NoVariation {}));
        }
    }

    #[test]
    fn a_constant_between_raters_is_no_error_of_consistency_but_one_of_agreement() {
        let rows = [[1.0, 2.0], [2.0, 3.0], [4.0, 5.0]];
        let consistent = correlation(&rows, IntraclassForm::ConsistencySingle).unwrap();
        assert_eq!((consistent.estimate().value(), consistent.test()), (1.0, None));
        assert_eq!(consistent.estimate().interval(), None);
        let agreement = correlation(&rows, IntraclassForm::AgreementSingle).unwrap();
        assert!(agreement.estimate().value() < 0.9 && agreement.estimate().interval().is_none());
    }

    #[test]
    fn raters_who_contradict_each_other_have_a_negative_correlation() {
        let found = correlation(&[[1.0, 5.0], [5.0, 1.0], [2.0, 4.0]], IntraclassForm::OneWaySingle).unwrap();
        assert!(found.estimate().value() < -0.9, "{found:?}");
    }
}
