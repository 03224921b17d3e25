use super::MeasurementTable;
use crate::statistics::Undefined;
use crate::statistics::checks::real;
use crate::value::Real;

/// Mean squares of a complete subjects × raters table.
///
/// *Answers*: how much of the variation lies between subjects, between raters, and in neither? *Assumes* a complete table.
/// *Formula*: with row means, column means and the grand mean, from centred data: offsets such as 10⁶ cost no digits.
/// *Undefined when* there are fewer than two subjects or raters. *Reference*: Fisher 1925, Statistical Methods for Research
/// Workers. *Checked against*: Shrout and Fleiss 1979, table 3.
///
/// ```
/// use service_excellence::statistics::{AnalysisOfVariance, ConfidenceLevel, IntraclassForm, MeasurementTable};
///
/// let table = MeasurementTable::from_rows([
///     [9.0, 2.0, 5.0, 8.0], [6.0, 1.0, 3.0, 2.0], [8.0, 4.0, 6.0, 8.0],
///     [7.0, 1.0, 2.0, 6.0], [10.0, 5.0, 6.0, 9.0], [6.0, 2.0, 4.0, 7.0],
/// ])?;
/// let analysis = AnalysisOfVariance::of(&table)?;
/// let single = analysis.intraclass_correlation(IntraclassForm::AgreementSingle, ConfidenceLevel::NINETY_FIVE)?;
/// assert_eq!(format!("{:.2}", single.estimate().value()), "0.29");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "ANOVA")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnalysisOfVariance {
    subjects: usize,
    raters: usize,
    between_subjects: Real,
    between_raters: Real,
    within_subjects: Real,
    residual: Real,
}

impl AnalysisOfVariance {
    /// Computes the mean squares.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without measurements; [`Undefined::TooFewSubjects`] or [`Undefined::TooFewRaters`] below two of
    /// either; [`Undefined::OutOfRange`] if squares are too large.
    pub fn of(table: &MeasurementTable) -> Result<Self, Undefined> {
        let (subjects, raters) = (table.subjects(), table.raters());
        if subjects == 0 {
            return Err(Undefined::NoData {});
        }
        if subjects < 2 {
            return Err(Undefined::too_few_subjects(subjects, 2));
        }
        if raters < 2 {
            return Err(Undefined::too_few_raters(raters, 2));
        }
        let (n, k) = (subjects as f64, raters as f64);
        let sums = Sums::of(table);
        let noise = table.rounding_noise();
        let mean_square = |sum: f64, degrees: f64| real(if sum <= noise { 0.0 } else { sum / degrees });
        Ok(Self {
            subjects,
            raters,
            between_subjects: mean_square(k * sums.subjects, n - 1.0)?,
            between_raters: mean_square(n * sums.raters, k - 1.0)?,
            within_subjects: mean_square(n * sums.raters + sums.residual, n * (k - 1.0))?,
            residual: mean_square(sums.residual, (n - 1.0) * (k - 1.0))?,
        })
    }

    /// How many subjects there are.
    #[must_use]
    pub fn subjects(self) -> usize {
        self.subjects
    }

    /// How many raters there are.
    #[must_use]
    pub fn raters(self) -> usize {
        self.raters
    }

    /// Mean square between subjects, with n − 1 degrees of freedom.
    #[must_use]
    pub fn between_subjects(self) -> f64 {
        self.between_subjects.get()
    }

    /// Mean square between raters, with k − 1 degrees of freedom.
    #[must_use]
    pub fn between_raters(self) -> f64 {
        self.between_raters.get()
    }

    /// Mean square within subjects, with n(k − 1) degrees of freedom.
    #[must_use]
    pub fn within_subjects(self) -> f64 {
        self.within_subjects.get()
    }

    /// Mean square of what neither subject nor rater explains, with (n − 1)(k − 1) degrees of freedom.
    #[must_use]
    pub fn residual(self) -> f64 {
        self.residual.get()
    }
}

/// Sums of squares: of the row means, of the column means, of the residuals.
struct Sums {
    subjects: f64,
    raters: f64,
    residual: f64,
}

impl Sums {
    fn of(table: &MeasurementTable) -> Self {
        let (n, k) = (table.subjects() as f64, table.raters() as f64);
        let origin = table.origin();
        let mut columns = vec![0.0; table.raters()];
        for row in table.rows() {
            for (sum, value) in columns.iter_mut().zip(row) {
                *sum += value - origin;
            }
        }
        let grand = columns.iter().sum::<f64>() / (n * k);
        let means: Vec<f64> = columns.iter().map(|sum| sum / n).collect();
        let raters = means.iter().map(|mean| (mean - grand).powi(2)).sum();
        let (mut subjects, mut residual) = (0.0, 0.0);
        for row in table.rows() {
            let departure = row.iter().map(|value| value - origin).sum::<f64>() / k - grand;
            subjects += departure * departure;
            for (value, mean) in row.iter().zip(&means) {
                let rest = value - origin - mean - departure;
                residual += rest * rest;
            }
        }
        Self { subjects, raters, residual }
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the numbers compared are exact in binary")]
mod tests {
    use super::*;

    #[test]
    fn large_offsets_cost_no_digits() {
        let rows = [[1.0, 2.0, 4.0], [2.0, 5.0, 3.0], [6.0, 4.0, 7.0], [1.0, 1.0, 3.0]];
        let near = AnalysisOfVariance::of(&MeasurementTable::from_rows(rows).unwrap()).unwrap();
        let far = rows.map(|row| row.map(|value| value + 1_048_576.0));
        let far = AnalysisOfVariance::of(&MeasurementTable::from_rows(far).unwrap()).unwrap();
        assert_eq!(near, far);
    }

    #[test]
    fn a_rater_that_adds_a_constant_leaves_no_residual() {
        let rows = [[0.1, 0.4], [0.2, 0.5], [0.7, 1.0]];
        let analysis = AnalysisOfVariance::of(&MeasurementTable::from_rows(rows).unwrap()).unwrap();
        assert_eq!(analysis.residual(), 0.0);
        assert!(analysis.between_raters() > 0.0);
    }

    #[test]
    fn a_table_too_small_is_undefined() {
        let of = |rows: &[Vec<f64>]| AnalysisOfVariance::of(&MeasurementTable::from_rows(rows).unwrap());
        assert_eq!(of(&[]), Err(Undefined::NoData {}));
        assert_eq!(of(&[vec![1.0, 2.0]]), Err(Undefined::too_few_subjects(1, 2)));
        assert_eq!(of(&[vec![1.0], vec![2.0]]), Err(Undefined::too_few_raters(1, 2)));
    }
}
