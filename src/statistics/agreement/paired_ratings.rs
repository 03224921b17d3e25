use super::{Categories, CategoryCounts, RatingCounts, SparseRatingTable};
use crate::statistics::DataError;
use crate::statistics::place::{cell, nth};
use crate::value::Real;

/// What two raters said of the same subjects: a square table, the first rater's categories in rows, the second's in
/// columns. A pair with a missing side is left out.
///
/// ```
/// use service_excellence::statistics::{Categories, ConfidenceLevel, PairedRatings, Weights, cohen_kappa};
///
/// // Fleiss, Cohen and Everitt (1969): two clinicians, 200 patients, three diagnoses.
/// let counts = [[106, 10, 4], [22, 28, 10], [2, 12, 6]];
/// let ratings = PairedRatings::from_counts(Categories::numbered(1, 3)?, &counts)?;
/// let kappa = cohen_kappa(&ratings, &Weights::identity(), ConfidenceLevel::NINETY_FIVE)?;
/// assert_eq!(format!("{:.3}", kappa.value()), "0.429");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Coefficients that do not ask who rated take paired ratings too; their standard errors are then those published for
/// two raters, which divide by n where those for tables of ratings divide by n − 1.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PairedRatings {
    /// Row by row.
    cells: Vec<Real>,
    counts: CategoryCounts,
}

impl PairedRatings {
    /// One pair for each subject; what is missing is `None`.
    ///
    /// # Errors
    ///
    /// A rating is not one of the categories.
    pub fn from_pairs(categories: Categories, pairs: &[(Option<f64>, Option<f64>)]) -> Result<Self, DataError> {
        let mut codes = Vec::with_capacity(pairs.len());
        for (number, (first, second)) in pairs.iter().enumerate() {
            let code = |rating: &Option<f64>, side: &str| {
                let place = || format!("{}, the {side}", nth("in pair", number));
                rating.map_or(Ok(SparseRatingTable::MISSING), |rating| categories.code(rating, place))
            };
            codes.push((code(first, "first")?, code(second, "second")?));
        }
        Ok(Self::of_codes(categories, codes.into_iter()))
    }

    /// The quickest door: for each rater one byte a subject, the position of the category counted from 0, or
    /// [`SparseRatingTable::MISSING`].
    ///
    /// # Errors
    ///
    /// The raters have different numbers of codes, or a code is neither a position nor `MISSING`.
    pub fn from_code_columns(categories: Categories, first: &[u8], second: &[u8]) -> Result<Self, DataError> {
        if first.len() != second.len() {
            let allowed = format!("{}, as of the first rater", first.len());
            return Err(DataError::size("the number of codes", "of the second rater", second.len(), allowed));
        }
        for (side, codes) in [("first", first), ("second", second)] {
            let is_wrong = |code: u8| usize::from(code) >= categories.count() && code != SparseRatingTable::MISSING;
            if codes.iter().fold(false, |any, code| any | is_wrong(*code)) {
                let first = codes.iter().enumerate().find(|(_, code)| is_wrong(**code));
                let (place, code) = first.map_or((0, 0), |(place, code)| (place, *code));
                let allowed = format!("0 to {} or 255 for missing", categories.count() - 1);
                return Err(DataError::new(
                    "the code",
                    format!("{}, the {side}", nth("in pair", place)),
                    code,
                    allowed,
                ));
            }
        }
        Ok(Self::of_codes(categories, first.iter().copied().zip(second.iter().copied())))
    }

    /// A table of counts.
    ///
    /// # Errors
    ///
    /// The table does not have one row and one column for each category.
    pub fn from_counts(categories: Categories, rows: &[impl AsRef<[u32]>]) -> Result<Self, DataError> {
        let cells = square(&categories, rows, |count| Ok(f64::from(*count)))?;
        Ok(Self::of_cells(categories, &cells, 0))
    }

    /// A table of proportions, as papers print them, with the number of subjects behind it.
    ///
    /// The sum may differ from 1 by 0.01, for rounding; the table is scaled to it.
    ///
    /// # Errors
    ///
    /// The table does not have one row and one column for each category, a proportion is below 0, or their sum is not 1.
    pub fn from_proportions(
        categories: Categories,
        rows: &[impl AsRef<[f64]>],
        subjects: u32,
    ) -> Result<Self, DataError> {
        let mut cells = square(&categories, rows, |proportion| {
            (0.0..=1.01).contains(proportion).then_some(*proportion).ok_or("0 to 1")
        })?;
        let sum: f64 = cells.iter().sum();
        if (sum - 1.0).abs() > 0.01 {
            return Err(DataError::new("the sum", "of a table of proportions", sum, "1, give or take 0.01"));
        }
        for cell in &mut cells {
            // Counts that were divided by n come back whole.
            let count = *cell / sum * f64::from(subjects);
            *cell = if (count - count.round()).abs() < 1e-9 * f64::from(subjects) { count.round() } else { count };
        }
        Ok(Self::of_cells(categories, &cells, 0))
    }

    /// Of codes below the number of categories, or missing.
    pub(super) fn of_codes(categories: Categories, pairs: impl Iterator<Item = (u8, u8)>) -> Self {
        // One row and one column more, for what is missing: no pair needs a branch.
        let (count, side) = (categories.count(), categories.count() + 1);
        let mut counts = vec![0_u64; side * side];
        for (first, second) in pairs {
            let place = usize::from(first).min(count) * side + usize::from(second).min(count);
            if let Some(cell) = counts.get_mut(place) {
                *cell += 1;
            }
        }
        let (mut cells, mut missing) = (Vec::with_capacity(count * count), 0);
        for (row, counts) in counts.chunks_exact(side).enumerate() {
            for (column, cell) in counts.iter().enumerate() {
                missing += cell * (u64::from(row == count) + u64::from(column == count));
                if row < count && column < count {
                    cells.push(*cell as f64);
                }
            }
        }
        Self::of_cells(categories, &cells, missing)
    }

    fn of_cells(categories: Categories, cells: &[f64], missing: u64) -> Self {
        let count = categories.count();
        let cells: Vec<Real> = cells.iter().map(|cell| Real::new(*cell).unwrap_or(Real::ZERO)).collect();
        let subjects = cells.iter().map(|cell| cell.get()).sum::<f64>().round() as u64;
        let (mut kinds, mut times) = (Vec::new(), Vec::new());
        for (place, cell) in cells.iter().enumerate().filter(|(_, cell)| **cell > Real::ZERO) {
            let of = |category: usize| u16::from(category == place / count) + u16::from(category == place % count);
            kinds.extend((0..count).map(of));
            times.push(*cell);
        }
        let counts = RatingCounts { subjects, raters: 2, ratings: 2 * subjects, missing };
        Self { counts: CategoryCounts::weighted(categories, kinds, times, counts), cells }
    }

    /// The categories.
    #[must_use]
    pub fn categories(&self) -> &Categories {
        self.counts.categories()
    }

    /// How much there is.
    #[must_use]
    pub fn counts(&self) -> &RatingCounts {
        self.counts.counts()
    }

    /// How many subjects are in each cell, row by row.
    pub(super) fn cells(&self) -> Vec<f64> {
        self.cells.iter().map(|cell| cell.get()).collect()
    }
}

impl AsRef<CategoryCounts> for PairedRatings {
    fn as_ref(&self) -> &CategoryCounts {
        &self.counts
    }
}

fn square<T: std::fmt::Display>(
    categories: &Categories,
    rows: &[impl AsRef<[T]>],
    number: impl Fn(&T) -> Result<f64, &'static str>,
) -> Result<Vec<f64>, DataError> {
    let count = categories.count();
    let length = |what, place: String, found: usize| {
        let allowed = format!("{count}, as many as there are categories");
        (found == count).then_some(()).ok_or_else(|| DataError::size(what, place, found, allowed))
    };
    length("the number of rows", "of a table of two raters".to_owned(), rows.len())?;
    let mut cells = Vec::with_capacity(count * count);
    for (row, entries) in rows.iter().enumerate() {
        length("the number of columns", nth("in row", row), entries.as_ref().len())?;
        for (column, entry) in entries.as_ref().iter().enumerate() {
            cells.push(
                number(entry).map_err(|allowed| DataError::new("the proportion", cell(row, column), entry, allowed))?,
            );
        }
    }
    Ok(cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> Categories {
        Categories::numbered(1, 2).unwrap()
    }

    #[test]
    fn every_door_leads_to_the_same_table() {
        let (a, b) = (Some(1.0), Some(2.0));
        let pairs = PairedRatings::from_pairs(two(), &[(a, a), (a, b), (b, b), (b, b)]).unwrap();
        assert_eq!(PairedRatings::from_counts(two(), &[[1, 1], [0, 2]]).unwrap(), pairs);
        assert_eq!(PairedRatings::from_proportions(two(), &[[0.25, 0.25], [0.0, 0.5]], 4).unwrap(), pairs);
        assert_eq!(PairedRatings::from_code_columns(two(), &[0, 0, 1, 1], &[0, 1, 1, 1]).unwrap(), pairs);
    }

    #[test]
    fn a_pair_with_a_missing_side_is_left_out() {
        let codes = PairedRatings::from_code_columns(two(), &[0, 255, 1, 255], &[0, 1, 255, 255]).unwrap();
        let counts = codes.counts();
        assert_eq!((counts.subjects(), counts.ratings(), counts.missing()), (1, 2, 4));
    }

    #[test]
    fn tables_are_checked() {
        assert!(PairedRatings::from_counts(two(), &[[1, 1]]).is_err());
        assert!(PairedRatings::from_counts(two(), &[[1, 1, 1], [1, 1, 1]]).is_err());
        for wrong in [-0.1, 0.3, f64::NAN, f64::INFINITY] {
            assert!(PairedRatings::from_proportions(two(), &[[0.4, 0.2], [wrong, 0.2]], 10).is_err(), "{wrong}");
        }
        assert!(PairedRatings::from_code_columns(two(), &[0, 2], &[0, 0]).is_err());
        assert!(PairedRatings::from_code_columns(two(), &[0], &[0, 0]).is_err());
        assert!(PairedRatings::from_pairs(two(), &[(Some(0.0), None)]).is_err());
    }
}
