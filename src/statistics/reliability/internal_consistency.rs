use super::MeasurementTable;
use crate::statistics::checks::{estimate, real};
use crate::statistics::distributions::f_quantile;
use crate::statistics::{ConfidenceLevel, Estimate, Interval, IntervalMethod, Symmetric, Undefined, dot};

/// Whether the items of a test or rubric hang together: Cronbach's alpha and its relatives.
///
/// *Answers*: how reliable is the sum over the items? *Assumes* items that measure one thing, about equally well, with
/// independent errors. Then alpha is the reliability; otherwise it is neither a lower bound of all things nor a proof that
/// there is one thing. *Formula*: k/(k − 1)·(1 − Σ s²ⱼ / s²ₜ) for k items, with the variance of an item and of the sum.
/// Negative values are legal. *Undefined when* there are fewer than two items or subjects, or the sum does not vary.
/// *Reference*: Cronbach 1951, Psychometrika 16:297. *Checked against*: `attitude` in R psych 2.2 (.843143).
///
/// ```
/// use service_excellence::statistics::{ConfidenceLevel, InternalConsistency, MeasurementTable};
///
/// let table = MeasurementTable::from_rows([[1.0, 2.0, 2.0], [3.0, 3.0, 4.0], [5.0, 4.0, 5.0], [2.0, 2.0, 3.0]])?;
/// let items = InternalConsistency::of(&table)?;
/// assert_eq!(format!("{:.3}", items.cronbach_alpha(ConfidenceLevel::NINETY_FIVE)?.value()), "0.962");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "Cronbach alpha")]
#[derive(Clone, Debug, PartialEq)]
pub struct InternalConsistency {
    subjects: usize,
    items: usize,
    /// Row by row, items × items.
    covariances: Vec<f64>,
}

// Finite numbers are equal to themselves.
impl Eq for InternalConsistency {}

impl InternalConsistency {
    /// Computes the covariances of the items (the columns).
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without measurements; [`Undefined::TooFewSubjects`] below two; [`Undefined::OutOfRange`] if
    /// squares are too large.
    pub fn of(table: &MeasurementTable) -> Result<Self, Undefined> {
        let (subjects, items) = (table.subjects(), table.raters());
        if subjects == 0 {
            return Err(Undefined::NoData {});
        }
        if subjects < 2 {
            return Err(Undefined::too_few_subjects(subjects, 2));
        }
        let mut sums = sums_of_products(table);
        // On the diagonal, rounding errors count as no variation.
        let noise = table.rounding_noise();
        let flat: Vec<bool> =
            (0..items).map(|item| sums.get(item * items + item).is_none_or(|sum| *sum <= noise)).collect();
        for (line, one) in sums.chunks_exact_mut(items).zip(&flat) {
            for (sum, other) in line.iter_mut().zip(&flat) {
                *sum = if *one || *other { 0.0 } else { real(*sum)?.get() / (subjects as f64 - 1.0) };
            }
        }
        Ok(Self { subjects, items, covariances: sums })
    }

    /// Cronbach's alpha with Feldt's interval.
    ///
    /// *Answers*, *assumes*: as the [type](Self). *Formula* of the interval: 1 − (1 − α)·F at the upper and lower tail, with
    /// n − 1 and (n − 1)(k − 1) degrees of freedom. *Undefined when* there is one item, or the sum does not vary. *Reference*:
    /// Feldt 1965, Psychometrika 30:357. *Checked against*: averaged consistency, which is alpha and has the same limits.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoPairs`] with one item; [`Undefined::NoVariation`] if the sum over the items does not vary.
    pub fn cronbach_alpha(&self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        let alpha = self.alpha_of(|_| true)?;
        let degrees = self.subjects as f64 - 1.0;
        let quantile = |probability| f_quantile(probability, degrees, degrees * (self.items as f64 - 1.0));
        let limit = |probability| Some(1.0 - (1.0 - alpha) * quantile(probability)?);
        let tail = confidence.lower_tail();
        let interval = limit(1.0 - tail)
            .zip(limit(tail))
            .and_then(|(lower, upper)| Interval::new(lower, upper, confidence, IntervalMethod::FisherF));
        Ok(estimate(alpha)?.with_interval(interval))
    }

    /// Alpha of the items brought to one standard deviation: k·r̄ / (1 + (k − 1)·r̄), with the mean correlation of items.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoPairs`] with one item; [`Undefined::NoVariation`] if an item does not vary.
    pub fn standardised_alpha(&self) -> Result<f64, Undefined> {
        let (k, mean) = (self.items as f64, self.mean_correlation()?);
        Ok(real(k * mean / (1.0 + (k - 1.0) * mean))?.get())
    }

    /// The mean correlation of two items.
    ///
    /// # Errors
    ///
    /// As [`standardised_alpha`](Self::standardised_alpha).
    pub fn mean_correlation(&self) -> Result<f64, Undefined> {
        let (k, correlations) = (self.items as f64, self.correlations()?);
        Ok((correlations.iter().sum::<f64>() - k) / (k * (k - 1.0)))
    }

    /// Guttman's sixth lower bound: what regression of each item on the others leaves counts as error.
    ///
    /// *Answers*: how reliable is the sum at least? *Assumes* independent errors. *Undefined when* an item does not vary or is
    /// a sum of others. *Formula*: 1 − Σ (1 − R²ⱼ) / Σ R of standardised items, with 1 − R²ⱼ the inverse of the diagonal of the inverse
    /// correlation matrix. *Reference*: Guttman 1945, Psychometrika 10:255. *Checked against*: `attitude` in R psych (.875215).
    ///
    /// # Errors
    ///
    /// As [`standardised_alpha`](Self::standardised_alpha); [`Undefined::NotIdentified`] if an item is a sum of others.
    pub fn guttman_lambda6(&self) -> Result<f64, Undefined> {
        let correlations = self.correlations()?;
        let total: f64 = correlations.iter().sum();
        let rows: Vec<Vec<f64>> = correlations.chunks_exact(self.items).map(<[f64]>::to_vec).collect();
        let factor = Symmetric::from_rows(&rows).factor().ok_or(Undefined::NotIdentified {})?;
        Ok(real(1.0 - factor.inverse().diagonal().iter().map(|value| 1.0 / value).sum::<f64>() / total)?.get())
    }

    /// Alpha of the other items, for each item in turn.
    #[must_use]
    pub fn alpha_if_deleted(&self) -> Vec<Result<f64, Undefined>> {
        (0..self.items).map(|deleted| self.alpha_of(|item| item != deleted)).collect()
    }

    /// The correlation of each item with the sum of the others; undefined where either does not vary.
    #[must_use]
    pub fn item_rest_correlations(&self) -> Vec<Result<f64, Undefined>> {
        let total: f64 = self.covariances.iter().sum();
        let lines = self.covariances.chunks_exact(self.items.max(1)).enumerate();
        let correlation = |(item, line): (usize, &[f64])| {
            let own = line.get(item).copied().unwrap_or(0.0);
            let with_rest = line.iter().sum::<f64>() - own;
            let rest = total - own - 2.0 * with_rest;
            if own <= 0.0 || rest <= total.abs() * f64::EPSILON * 8.0 {
                return Err(Undefined::NoVariation {});
            }
            Ok(real(with_rest / (own * rest).sqrt())?.get().clamp(-1.0, 1.0))
        };
        lines.map(correlation).collect()
    }

    fn alpha_of(&self, is_kept: impl Fn(usize) -> bool) -> Result<f64, Undefined> {
        let kept: Vec<bool> = (0..self.items).map(is_kept).collect();
        let k = kept.iter().filter(|kept| **kept).count() as f64;
        if k < 2.0 {
            return Err(Undefined::NoPairs {});
        }
        let (mut total, mut own) = (0.0, 0.0);
        for (item, (line, _)) in
            self.covariances.chunks_exact(self.items).zip(&kept).enumerate().filter(|(_, (_, kept))| **kept)
        {
            total += line.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(value, _)| value).sum::<f64>();
            own += line.get(item).copied().unwrap_or(0.0);
        }
        if total <= own * f64::EPSILON * 64.0 {
            return Err(Undefined::NoVariation {});
        }
        Ok(real(k / (k - 1.0) * (1.0 - own / total))?.get())
    }

    fn correlations(&self) -> Result<Vec<f64>, Undefined> {
        if self.items < 2 {
            return Err(Undefined::NoPairs {});
        }
        let lines = self.covariances.chunks_exact(self.items);
        let deviations: Vec<f64> =
            lines.clone().enumerate().map(|(item, line)| line.get(item).copied().unwrap_or(0.0).sqrt()).collect();
        if deviations.iter().any(|deviation| *deviation <= 0.0) {
            return Err(Undefined::NoVariation {});
        }
        let scaled = lines.zip(&deviations).flat_map(|(line, one)| {
            line.iter().zip(&deviations).map(move |(covariance, other)| covariance / one / other)
        });
        Ok(scaled.collect())
    }
}

/// Sums of products of every two items, each less its mean; a block of subjects at a time, so that it stays near the
/// processor, item by item.
fn sums_of_products(table: &MeasurementTable) -> Vec<f64> {
    const BLOCK: usize = 256;
    let (items, means) = (table.raters(), means(table));
    let mut sums = vec![0.0; items * items];
    let mut columns = vec![Vec::with_capacity(BLOCK); items];
    for block in table.values().chunks(BLOCK * items) {
        for ((item, column), mean) in columns.iter_mut().enumerate().zip(&means) {
            column.clear();
            column.extend(block.iter().skip(item).step_by(items).map(|value| value - table.origin() - mean));
        }
        for ((row, one), line) in columns.iter().enumerate().zip(sums.chunks_exact_mut(items)) {
            for (sum, other) in line.iter_mut().zip(&columns).skip(row) {
                *sum += dot(one, other);
            }
        }
    }
    mirror(&mut sums, items);
    sums
}

/// Copies the upper triangle to the lower one.
fn mirror(matrix: &mut [f64], size: usize) {
    for row in 0..size {
        for column in 0..row {
            let value = matrix.get(column * size + row).copied();
            if let Some((cell, value)) = matrix.get_mut(row * size + column).zip(value) {
                *cell = value;
            }
        }
    }
}

fn means(table: &MeasurementTable) -> Vec<f64> {
    let sum = |item| {
        table.values().iter().skip(item).step_by(table.raters()).map(|value| value - table.origin()).sum::<f64>()
    };
    (0..table.raters()).map(|item| sum(item) / table.subjects() as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items<const K: usize>(rows: &[[f64; K]]) -> InternalConsistency {
        InternalConsistency::of(&MeasurementTable::from_rows(rows).unwrap()).unwrap()
    }

    #[test]
    fn items_that_cancel_in_the_sum_have_no_alpha() {
        let found = items(&[[1.0, -1.0], [2.0, -2.0], [5.5, -5.5]]).cronbach_alpha(ConfidenceLevel::NINETY_FIVE);
        assert_eq!(found, Err(Undefined::NoVariation {}));
    }

    #[test]
    fn one_item_does_not_hang_together() {
        let one = items(&[[1.0], [2.0]]);
        assert_eq!(one.cronbach_alpha(ConfidenceLevel::NINETY_FIVE), Err(Undefined::NoPairs {}));
        assert_eq!(one.standardised_alpha(), Err(Undefined::NoPairs {}));
        assert_eq!(one.item_rest_correlations(), [Err(Undefined::NoVariation {})]);
    }

    #[test]
    fn an_item_that_is_the_sum_of_others_has_no_regression() {
        let found = items(&[[1.0, 2.0, 3.0], [2.0, 0.0, 2.0], [4.0, 1.0, 5.0], [0.0, 3.0, 3.0]]).guttman_lambda6();
        assert_eq!(found, Err(Undefined::NotIdentified {}));
    }
}
