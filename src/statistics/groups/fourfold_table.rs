use crate::statistics::checks::estimate;
use crate::statistics::incomplete_beta::BetaDistribution;
use crate::statistics::{ConfidenceLevel, Estimate, Interval, IntervalMethod, Undefined};

/// Counts of two groups with two outcomes: a 2 × 2 table.
///
/// ```
/// use service_excellence::statistics::{ConfidenceLevel, FourfoldTable};
///
/// // Fisher's tea: of four cups with milk first, three were named rightly.
/// let tea = FourfoldTable::new([[3, 1], [1, 3]]);
/// assert_eq!(format!("{:.4}", tea.fisher_p_value()), "0.4857");
/// assert_eq!(tea.odds_ratio(ConfidenceLevel::NINETY_FIVE)?.value(), 9.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "contingency table")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FourfoldTable {
    rows: [[u32; 2]; 2],
}

impl FourfoldTable {
    /// The counts by row (group) and column (outcome): `[[a, b], [c, d]]`.
    #[must_use]
    pub fn new(rows: [[u32; 2]; 2]) -> Self {
        Self { rows }
    }

    /// The counts, by row.
    #[must_use]
    pub fn rows(self) -> [[u32; 2]; 2] {
        self.rows
    }

    /// The sum of all counts.
    #[must_use]
    pub fn total(self) -> u64 {
        self.rows.iter().flatten().map(|count| u64::from(*count)).sum()
    }

    /// How far the odds of the first outcome differ between the rows: 1 is not at all.
    ///
    /// *Answers*: how strongly does the outcome depend on the group? *Assumes* independent counts. *Undefined when* a row or
    /// column is empty, or the ratio would be infinite. *Formula*: a·d / (b·c); the standard error is that of the logarithm,
    /// √(1/a + 1/b + 1/c + 1/d), times the ratio; the interval is normal on the logarithm. With a or d at 0 the ratio is
    /// 0 and has neither. *Reference*: Woolf 1955, Annals of Human Genetics 19:251. *Checked against*: statsmodels 0.15
    /// `Table2x2`.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] if a row or a column is empty; [`Undefined::EmptyCell`] if b or c is 0 otherwise (the ratio
    /// would be infinite).
    pub fn odds_ratio(self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        let [[a, b], [c, d]] = self.rows.map(|row| row.map(f64::from));
        if [a + b, c + d, a + c, b + d].contains(&0.0) {
            return Err(Undefined::NoData {});
        }
        if b * c <= 0.0 {
            return Err(Undefined::EmptyCell {});
        }
        let ratio = (a / b) * (d / c);
        let error_of_logarithm = (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d).sqrt();
        log_normal(ratio, error_of_logarithm, confidence)
    }

    /// How probable a table at least as unlikely as this one is, if rows and outcomes have nothing to do with each other
    /// and the sums of rows and columns stay as they are: Fisher's exact test, two-sided.
    ///
    /// *Answers*: may a difference of two groups be chance, however few they are? *Assumes* independent counts. *Undefined*
    /// never. *Formula*: the sum of the hypergeometric probabilities of all tables with these margins that are at most as probable
    /// as this one; two count as equally probable if they differ by less than one part in 10⁷, as in R. 1 if a row or a
    /// column is empty; 0 below 10⁻³⁰⁰. *Reference*: Fisher 1935, J. Royal Statistical Society 98:39. *Checked against*:
    /// exact fractions, and scipy 1.17 `fisher_exact`.
    #[must_use]
    pub fn fisher_p_value(self) -> f64 {
        const TIE: f64 = 1.0 + 1e-7;
        let odds = CornerOdds::of(self);
        let observed = u64::from(self.corner());
        let mode = odds.mode();
        let threshold = TIE * odds.weight_at(observed, mode);
        let (mut all, mut extreme) = (0.0, 0.0);
        // From the most probable table outwards both ways: no logarithm, no cancellation.
        for weight in odds.upwards(mode).chain(odds.downwards(mode)) {
            all += weight;
            if weight <= threshold {
                extreme += weight;
            }
        }
        (extreme / all).min(1.0)
    }

    /// How probable a split of the two mixed counts (b and c) at least as uneven is, if both are equally likely: McNemar's
    /// exact test, two-sided, of a table whose rows and columns are two verdicts on the same subjects.
    ///
    /// *Answers*: do two verdicts on the same subjects lean to different sides? *Assumes* independent subjects. *Undefined when*
    /// the counts are too large. *Formula*: twice the binomial probability of at most min(b, c) of b + c, at most 1. 1 if there are no mixed counts.
    /// *Reference*: McNemar 1947, Psychometrika 12:153. *Checked against*: scipy 1.17 `binomtest`.
    ///
    /// # Errors
    ///
    /// [`Undefined::OutOfRange`] if the counts are too large to compute with.
    pub fn mcnemar_p_value(self) -> Result<f64, Undefined> {
        let [[_, b], [c, _]] = self.rows.map(|row| row.map(f64::from));
        if b + c <= 0.0 {
            return Ok(1.0);
        }
        let tail = BetaDistribution::new(b.max(c), b.min(c) + 1.0).and_then(|beta| beta.lower(0.5, 0.5));
        Ok((2.0 * tail.ok_or(Undefined::OutOfRange {})?).min(1.0))
    }

    fn corner(self) -> u32 {
        let [[a, _], _] = self.rows;
        a
    }
}

/// A ratio with the interval of its logarithm; a ratio of 0 has none.
pub(super) fn log_normal(
    ratio: f64,
    error_of_logarithm: f64,
    confidence: ConfidenceLevel,
) -> Result<Estimate, Undefined> {
    let value = estimate(ratio)?;
    if ratio <= 0.0 {
        return Ok(value);
    }
    let factor = (confidence.normal_multiplier() * error_of_logarithm).exp();
    let interval = Interval::new(ratio / factor, ratio * factor, confidence, IntervalMethod::LogNormal);
    Ok(value.with_standard_error(ratio * error_of_logarithm).with_interval(interval))
}

/// Below this share of the most probable table's probability, a table is left out.
const NEGLIGIBLE: f64 = 1e-300;

/// The tables with the same margins, told apart by their first count.
#[derive(Clone, Copy)]
struct CornerOdds {
    first_row: u64,
    first_column: u64,
    total: u64,
}

impl CornerOdds {
    fn of(table: FourfoldTable) -> Self {
        let [[a, b], [c, _]] = table.rows.map(|row| row.map(u64::from));
        Self { first_row: a + b, first_column: a + c, total: table.total() }
    }

    fn lowest(self) -> u64 {
        (self.first_row + self.first_column).saturating_sub(self.total)
    }

    fn highest(self) -> u64 {
        self.first_row.min(self.first_column)
    }

    fn mode(self) -> u64 {
        let product = u128::from(self.first_row + 1) * u128::from(self.first_column + 1);
        let mode = product / u128::from(self.total + 2);
        u64::try_from(mode).unwrap_or(u64::MAX).clamp(self.lowest(), self.highest())
    }

    /// Probability of `count` + 1 over that of `count`.
    fn step(self, count: u64) -> f64 {
        let gain = (self.first_row - count) as f64 * (self.first_column - count) as f64;
        // The lower right count grows with the corner.
        let lower_right = (self.total + count + 1 - self.first_row - self.first_column) as f64;
        gain / ((count + 1) as f64 * lower_right)
    }

    /// Probabilities over that of the mode, from the mode on.
    fn upwards(self, mode: u64) -> impl Iterator<Item = f64> {
        let mut weight = 1.0;
        std::iter::once(1.0)
            .chain((mode..self.highest()).map(move |count| {
                weight *= self.step(count);
                weight
            }))
            .take_while(|weight| *weight > NEGLIGIBLE)
    }

    /// Probabilities over that of the mode, below the mode.
    fn downwards(self, mode: u64) -> impl Iterator<Item = f64> {
        let mut weight = 1.0;
        (self.lowest()..mode)
            .rev()
            .map(move |count| {
                weight /= self.step(count);
                weight
            })
            .take_while(|weight| *weight > NEGLIGIBLE)
    }

    /// Probability of `count` over that of the mode.
    fn weight_at(self, count: u64, mode: u64) -> f64 {
        let reached = if count >= mode {
            self.upwards(mode).nth(usize::try_from(count - mode).unwrap_or(usize::MAX))
        } else {
            self.downwards(mode).nth(usize::try_from(mode - count - 1).unwrap_or(usize::MAX))
        };
        reached.unwrap_or(0.0)
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the numbers compared are exact in binary")]
mod tests {
    use super::*;

    fn p(rows: [[u32; 2]; 2]) -> f64 {
        FourfoldTable::new(rows).fisher_p_value()
    }

    #[test]
    fn fisher_agrees_with_exact_fractions() {
        // Binomial coefficients as whole numbers of any length.
        let cases = [
            ([[1, 9], [11, 3]], 0.002_759_456_185_220_083_6),
            ([[12, 28], [48, 32]], 0.003_409_221_767_849_183),
            ([[0, 5], [7, 2]], 0.020_979_020_979_020_983),
            ([[30, 970], [12, 1188]], 0.000_821_304_063_589_519_7),
            ([[500, 4500], [430, 5570]], 1.318_954_884_112_573_7e-7),
            ([[2, 20_000], [11, 9_900]], 0.000_199_406_103_134_530_2),
            ([[10, 10], [10, 10]], 1.0),
        ];
        for (rows, expected) in cases {
            let found = p(rows);
            assert!((found - expected).abs() <= 1e-13 * expected, "{rows:?}: {found} is not {expected}");
        }
    }

    #[test]
    fn an_empty_row_or_column_proves_nothing() {
        for rows in [[[0, 0], [0, 0]], [[3, 4], [0, 0]], [[0, 4], [0, 9]], [[4, 0], [9, 0]]] {
            assert_eq!(p(rows), 1.0, "{rows:?}");
            let ratio = FourfoldTable::new(rows).odds_ratio(ConfidenceLevel::NINETY_FIVE);
            assert_eq!(ratio, Err(Undefined::NoData {}), "{rows:?}");
        }
    }

    #[test]
    fn an_odds_ratio_is_never_infinite() {
        let level = ConfidenceLevel::NINETY_FIVE;
        assert_eq!(FourfoldTable::new([[3, 0], [2, 5]]).odds_ratio(level), Err(Undefined::EmptyCell {}));
        let none = FourfoldTable::new([[0, 3], [2, 5]]).odds_ratio(level).unwrap();
        assert_eq!((none.value(), none.standard_error(), none.interval()), (0.0, None, None));
    }

    #[test]
    fn mcnemar_is_the_binomial_test_of_the_mixed_counts() {
        let p = |b, c| FourfoldTable::new([[50, b], [c, 50]]).mcnemar_p_value().unwrap();
        assert_eq!(p(0, 0), 1.0);
        assert_eq!(p(4, 4), 1.0);
        // (1 + 10 + 45) / 2¹⁰, twice.
        assert!((p(8, 2) - 0.109_375).abs() < 1e-15);
        assert_eq!(p(8, 2), p(2, 8));
    }

    #[test]
    fn large_counts_end_in_time() {
        let even = p([[u32::MAX, u32::MAX], [u32::MAX, u32::MAX]]);
        assert_eq!(even, 1.0);
        assert_eq!(p([[u32::MAX, 0], [0, u32::MAX]]), 0.0);
    }
}
