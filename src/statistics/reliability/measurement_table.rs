use crate::statistics::DataError;
use crate::statistics::checks::finite;
use crate::statistics::place::{cell, nth};

/// Measurements of subjects by raters (or by items of a test): complete, finite, one row a subject.
///
/// ```
/// use service_excellence::statistics::MeasurementTable;
///
/// let table = MeasurementTable::from_rows([[9.0, 2.0], [6.0, 1.0], [8.0, 4.0]])?;
/// assert_eq!((table.subjects(), table.raters()), (3, 2));
/// assert!(MeasurementTable::from_rows([vec![9.0, 2.0], vec![6.0]]).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct MeasurementTable {
    /// Row by row.
    values: Vec<f64>,
    raters: usize,
}

// Finite numbers are equal to themselves.
impl Eq for MeasurementTable {}

impl MeasurementTable {
    /// Reads rows of equal length; no rows are data too.
    ///
    /// # Errors
    ///
    /// A row is longer or shorter than the first, or empty; a measurement is not finite.
    pub fn from_rows<R: AsRef<[f64]>>(rows: impl IntoIterator<Item = R>) -> Result<Self, DataError> {
        let (mut values, mut raters) = (Vec::new(), 0);
        for (index, row) in rows.into_iter().enumerate() {
            let row = row.as_ref();
            if index == 0 {
                raters = row.len();
            }
            if row.is_empty() || row.len() != raters {
                let allowed = if raters == 0 { "at least 1".to_owned() } else { format!("{raters}, as in row 1") };
                return Err(DataError::size("the number of measurements", nth("in row", index), row.len(), allowed));
            }
            values.extend_from_slice(row);
        }
        Self::from_values(values, raters)
    }

    /// Takes the measurements row by row, `raters` to a row.
    ///
    /// # Errors
    ///
    /// The number of measurements is no multiple of `raters`, or a measurement is not finite.
    pub fn from_values(values: Vec<f64>, raters: usize) -> Result<Self, DataError> {
        if !values.len().is_multiple_of(raters.max(1)) || (raters == 0 && !values.is_empty()) {
            let allowed = format!("a multiple of the number of raters, {raters}");
            return Err(DataError::size("the number of measurements", "of a table", values.len(), allowed));
        }
        if let Some(index) = values.iter().position(|value| !value.is_finite()) {
            let place = cell(index / raters.max(1), index % raters.max(1));
            let value = values.get(index).copied().unwrap_or(f64::NAN);
            finite("the measurement", &place, value)?;
        }
        Ok(Self { values, raters })
    }

    /// How many subjects there are.
    #[must_use]
    pub fn subjects(&self) -> usize {
        self.values.len().checked_div(self.raters).unwrap_or(0)
    }

    /// How many raters there are.
    #[must_use]
    pub fn raters(&self) -> usize {
        self.raters
    }

    /// The measurements of each subject, in order of raters.
    pub fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.values.chunks_exact(self.raters.max(1))
    }

    /// All measurements, row by row.
    pub(super) fn values(&self) -> &[f64] {
        &self.values
    }

    /// The first measurement: what is near all others, so that differences keep their digits.
    pub(super) fn origin(&self) -> f64 {
        self.values.first().copied().unwrap_or(0.0)
    }

    /// Sums of squares up to this size are rounding errors of sums over the table.
    pub(super) fn rounding_noise(&self) -> f64 {
        let largest = self.values.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
        self.values.len() as f64 * (16.0 * f64::EPSILON * largest).powi(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hole_in_the_table_is_refused_with_its_place() {
        let error = MeasurementTable::from_rows([[1.0, 2.0], [3.0, f64::NAN]]).unwrap_err();
        assert_eq!(error.to_string(), "the measurement in row 2, column 2: found `NaN`, allowed is a finite number");
        assert!(MeasurementTable::from_values(vec![1.0, 2.0, 3.0], 2).is_err());
        assert!(MeasurementTable::from_values(vec![1.0], 0).is_err());
        assert_eq!(MeasurementTable::from_values(vec![], 0).unwrap().subjects(), 0);
    }
}
