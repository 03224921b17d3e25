use super::fourfold_table::log_normal;
use super::{EtsClass, FourfoldTable};
use crate::statistics::{ChiSquaredTest, ConfidenceLevel, Estimate, Undefined};

/// Fourfold tables of one question in several strata: do two groups differ within strata of equal standing?
///
/// *Answers*: does a difference remain when like is compared with like? *Formula*: on each method's page. *Undefined when* no
/// stratum has both groups and both outcomes. *Assumes* independent counts and, for the common odds ratio, one ratio in all strata
/// ([`breslow_day`](Self::breslow_day) tests that). Strata with an empty row or column tell nothing and drop out.
/// *Reference*: Mantel and Haenszel 1959, J. National Cancer Institute 22:719. *Checked against*: the eight centres of
/// Agresti, Categorical Data Analysis; statsmodels 0.15 `StratifiedTable`.
///
/// ```
/// use service_excellence::statistics::{ConfidenceLevel, FourfoldTable, StratifiedTables};
///
/// let easy = FourfoldTable::new([[18, 2], [14, 6]]);
/// let hard = FourfoldTable::new([[9, 11], [5, 15]]);
/// let strata = StratifiedTables::new([easy, hard]);
/// assert_eq!(format!("{:.2}", strata.odds_ratio(ConfidenceLevel::NINETY_FIVE)?.value()), "2.93");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "Mantel-Haenszel")]
#[derive(Clone, Debug, PartialEq)]
pub struct StratifiedTables {
    tables: Vec<[[f64; 2]; 2]>,
}

// Counts are equal to themselves.
impl Eq for StratifiedTables {}

impl StratifiedTables {
    /// The tables, groups in rows.
    #[must_use]
    pub fn new(tables: impl IntoIterator<Item = FourfoldTable>) -> Self {
        let counts = tables.into_iter().map(|table| table.rows().map(|row| row.map(f64::from)));
        let is_telling = |[[a, b], [c, d]]: &[[f64; 2]; 2]| ![a + b, c + d, a + c, b + d].contains(&0.0);
        Self { tables: counts.filter(is_telling).collect() }
    }

    /// How many strata have no empty row or column.
    #[must_use]
    pub fn telling(&self) -> usize {
        self.tables.len()
    }

    /// The common odds ratio.
    ///
    /// *Formula*: Σ(ad/T) / Σ(bc/T), with the variance of its logarithm by Robins, Breslow and Greenland 1986, Biometrics 42:311;
    /// the standard error is that of the logarithm times the ratio. A ratio of 0 has neither.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without a telling stratum; [`Undefined::EmptyCell`] if Σ(bc/T) is 0 (the ratio would be infinite).
    pub fn odds_ratio(&self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        let (ratio, error_of_logarithm) = self.ratio()?;
        log_normal(ratio, error_of_logarithm, confidence)
    }

    /// Whether the odds ratio differs from 1, without continuity correction.
    ///
    /// *Formula*: (Σa − ΣE)² / ΣV, with mean and variance of a given its margins; one degree of freedom.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without a telling stratum.
    pub fn mantel_haenszel_test(&self) -> Result<ChiSquaredTest, Undefined> {
        self.test(0.0)
    }

    /// As [`mantel_haenszel_test`](Self::mantel_haenszel_test), with the distance made smaller by ½, at most to 0.
    ///
    /// # Errors
    ///
    /// As [`mantel_haenszel_test`](Self::mantel_haenszel_test).
    pub fn mantel_haenszel_test_corrected(&self) -> Result<ChiSquaredTest, Undefined> {
        self.test(0.5)
    }

    /// Whether the strata have one odds ratio, after Breslow and Day 1980.
    ///
    /// *Formula*: Σ (a − A)² / V, with A the count that the common ratio expects and V = 1 / (1/A + 1/B + 1/C + 1/D); one degree of
    /// freedom less than strata.
    ///
    /// # Errors
    ///
    /// As [`odds_ratio`](Self::odds_ratio); [`Undefined::EmptyCell`] also if the ratio is 0; [`Undefined::TooFewGroups`] below two
    /// telling strata.
    pub fn breslow_day(&self) -> Result<ChiSquaredTest, Undefined> {
        self.homogeneity(false)
    }

    /// As [`breslow_day`](Self::breslow_day), less (Σ(a − A))² / ΣV: the correction of Tarone 1985, Biometrika 72:91.
    ///
    /// # Errors
    ///
    /// As [`breslow_day`](Self::breslow_day).
    pub fn breslow_day_tarone(&self) -> Result<ChiSquaredTest, Undefined> {
        self.homogeneity(true)
    }

    /// The common odds ratio on the delta scale of Educational Testing Service: −2.35 · ln ratio, with its standard error. Negative
    /// values mean that the first outcome is harder to reach for the second row.
    ///
    /// # Errors
    ///
    /// As [`odds_ratio`](Self::odds_ratio); [`Undefined::EmptyCell`] also if the ratio is 0.
    pub fn ets_delta(&self) -> Result<Estimate, Undefined> {
        let (ratio, error) = self.ratio()?;
        if ratio <= 0.0 {
            return Err(Undefined::EmptyCell {});
        }
        Ok(crate::statistics::checks::estimate(-2.35 * ratio.ln())?.with_standard_error(2.35 * error))
    }

    /// The class of the delta: negligible if |Δ| < 1 or the corrected test has p ≥ 0.05, large if |Δ| ≥ 1.5 and
    /// (|Δ| − 1) / its standard error > 1.645. *Reference*: Zwick and Ercikan 1989, J. Educational Measurement 26:55.
    ///
    /// # Errors
    ///
    /// As [`ets_delta`](Self::ets_delta).
    pub fn ets_class(&self) -> Result<EtsClass, Undefined> {
        const ONE_SIDED: f64 = 1.645;
        let delta = self.ets_delta()?;
        let size = delta.value().abs();
        if size < 1.0 || self.mantel_haenszel_test_corrected()?.p_value() >= 0.05 {
            return Ok(EtsClass::Negligible);
        }
        let is_above_one = delta.standard_error().is_some_and(|error| size - 1.0 > ONE_SIDED * error);
        Ok(if size >= 1.5 && is_above_one { EtsClass::Large } else { EtsClass::Moderate })
    }

    /// The common ratio and the standard error of its logarithm (0 for a ratio of 0).
    fn ratio(&self) -> Result<(f64, f64), Undefined> {
        if self.tables.is_empty() {
            return Err(Undefined::NoData {});
        }
        let (mut r_sum, mut s_sum, mut pr, mut mixed, mut qs) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for [[a, b], [c, d]] in &self.tables {
            let total = a + b + c + d;
            let (p, q, r, s) = ((a + d) / total, (b + c) / total, a * d / total, b * c / total);
            r_sum += r;
            s_sum += s;
            pr += p * r;
            mixed += p * s + q * r;
            qs += q * s;
        }
        if s_sum <= 0.0 {
            return Err(Undefined::EmptyCell {});
        }
        if r_sum <= 0.0 {
            return Ok((0.0, 0.0));
        }
        let variance = pr / (2.0 * r_sum * r_sum) + mixed / (2.0 * r_sum * s_sum) + qs / (2.0 * s_sum * s_sum);
        Ok((r_sum / s_sum, variance.sqrt()))
    }

    fn test(&self, correction: f64) -> Result<ChiSquaredTest, Undefined> {
        let (mut distance, mut variance) = (0.0, 0.0);
        for [[a, b], [c, d]] in &self.tables {
            let total = a + b + c + d;
            let (row, column) = (a + b, a + c);
            distance += a - row * column / total;
            variance += row / total * (column / total) * (c + d) * (b + d) / (total - 1.0);
        }
        if variance <= 0.0 {
            return Err(Undefined::NoData {});
        }
        let distance = (f64::abs(distance) - correction).max(0.0);
        ChiSquaredTest::new(distance * distance / variance, 1)
    }

    fn homogeneity(&self, is_corrected: bool) -> Result<ChiSquaredTest, Undefined> {
        let (ratio, _) = self.ratio()?;
        if ratio <= 0.0 {
            return Err(Undefined::EmptyCell {});
        }
        let degrees = self.tables.len() - 1;
        if degrees == 0 {
            return Err(Undefined::too_few_groups(1, 2));
        }
        let (mut statistic, mut distance, mut variance) = (0.0, 0.0, 0.0);
        for [[a, b], [c, d]] in &self.tables {
            let (row, column, total) = (a + b, a + c, a + b + c + d);
            let fitted = fitted_count(row, column, total, ratio);
            let others = [row - fitted, column - fitted, total - row - column + fitted];
            let own_variance = 1.0 / (1.0 / fitted + others.iter().map(|count| 1.0 / count).sum::<f64>());
            statistic += (a - fitted).powi(2) / own_variance;
            distance += a - fitted;
            variance += own_variance;
        }
        if is_corrected {
            statistic -= f64::powi(distance, 2) / variance;
        }
        ChiSquaredTest::new(statistic.max(0.0), u32::try_from(degrees).unwrap_or(u32::MAX))
    }
}

/// The first count of a table with these margins and this odds ratio: a root of a quadratic, without cancellation.
fn fitted_count(row: f64, column: f64, total: f64, ratio: f64) -> f64 {
    let linear = total - row - column + ratio * (row + column);
    let constant = ratio * row * column;
    let root = (linear * linear + 4.0 * (1.0 - ratio) * constant).max(0.0).sqrt();
    if linear >= 0.0 { 2.0 * constant / (linear + root) } else { (root - linear) / (2.0 * (1.0 - ratio)) }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the numbers compared are exact in binary")]
mod tests {
    use super::*;

    #[test]
    fn strata_that_tell_nothing_change_nothing() {
        let telling = [[[8, 3], [4, 7]], [[5, 5], [2, 9]]].map(FourfoldTable::new);
        let all =
            telling.into_iter().chain([FourfoldTable::new([[0, 0], [4, 7]]), FourfoldTable::new([[4, 0], [7, 0]])]);
        assert_eq!(StratifiedTables::new(all), StratifiedTables::new(telling));
        let none = StratifiedTables::new([]);
        assert_eq!(none.odds_ratio(ConfidenceLevel::NINETY), Err(Undefined::NoData {}));
        assert_eq!(none.mantel_haenszel_test(), Err(Undefined::NoData {}));
    }

    #[test]
    fn a_common_ratio_is_never_infinite() {
        let only_up = StratifiedTables::new([FourfoldTable::new([[8, 0], [4, 7]])]);
        assert_eq!(only_up.odds_ratio(ConfidenceLevel::NINETY), Err(Undefined::EmptyCell {}));
        let only_down = StratifiedTables::new([FourfoldTable::new([[0, 8], [4, 7]])]);
        assert_eq!(only_down.odds_ratio(ConfidenceLevel::NINETY).unwrap().value(), 0.0);
        assert_eq!(only_down.ets_class(), Err(Undefined::EmptyCell {}));
    }

    #[test]
    fn the_classes_follow_size_and_significance() {
        let class = |rows| StratifiedTables::new([FourfoldTable::new(rows)]).ets_class().unwrap();
        assert_eq!(class([[500, 500], [480, 520]]), EtsClass::Negligible);
        assert_eq!(class([[6, 4], [4, 6]]), EtsClass::Negligible);
        assert_eq!(class([[600, 400], [470, 530]]), EtsClass::Moderate);
        assert_eq!(class([[700, 300], [450, 550]]), EtsClass::Large);
    }
}
