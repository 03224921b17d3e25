use super::{Categories, CategoryCounts, PairedRatings, RatingCounts, SparseRatingTable};
use crate::statistics::DataError;
use crate::statistics::place::cell;

/// Ratings of subjects by raters, none of them missing.
///
/// ```
/// use service_excellence::statistics::{Categories, RatingTable, kendall_w};
///
/// // Three judges rank four answers.
/// let answers = [[1.0, 1.0, 2.0], [2.0, 3.0, 1.0], [3.0, 2.0, 3.0], [4.0, 4.0, 4.0]];
/// let table = RatingTable::from_rows(Categories::numbered(1, 4)?, &answers)?;
/// let concordance = kendall_w(&table)?;
/// assert_eq!(format!("{:.3}", concordance.w()), "0.778");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RatingTable {
    table: SparseRatingTable,
}

impl RatingTable {
    /// One row for each subject, one column for each rater.
    ///
    /// # Errors
    ///
    /// The rows differ in length, there are more than 65,535 raters, or a rating is not one of the categories.
    pub fn from_rows(categories: Categories, rows: &[impl AsRef<[f64]>]) -> Result<Self, DataError> {
        let rows: Vec<Vec<Option<f64>>> =
            rows.iter().map(|row| row.as_ref().iter().copied().map(Some).collect()).collect();
        Ok(Self { table: SparseRatingTable::from_rows(categories, &rows)? })
    }

    /// One entry for each rating: the subject, the rater and the category. The order does not matter.
    ///
    /// # Errors
    ///
    /// As for [`SparseRatingTable::from_long`], or a rating is missing.
    pub fn from_long<S: Ord + Clone, R: Ord + Clone>(
        categories: Categories,
        ratings: impl IntoIterator<Item = (S, R, f64)>,
    ) -> Result<Self, DataError> {
        Self::try_from(SparseRatingTable::from_long(categories, ratings)?)
    }

    /// One byte for each rating, subject by subject: the position of the category counted from 0.
    ///
    /// # Errors
    ///
    /// There are not as many codes as full rows need, there are more than 65,535 raters, or a code is not a position.
    pub fn from_codes(categories: Categories, raters: usize, codes: Vec<u8>) -> Result<Self, DataError> {
        if let Some(place) = codes.iter().position(|code| *code == SparseRatingTable::MISSING) {
            return Err(missing(place / raters.max(1), place % raters.max(1)));
        }
        Ok(Self { table: SparseRatingTable::from_codes(categories, raters, codes)? })
    }

    /// The subjects that every rater rated; the others are left out.
    #[must_use]
    pub fn complete_subjects(table: &SparseRatingTable) -> Self {
        Self { table: table.complete_rows().into_owned() }
    }

    /// The categories.
    #[must_use]
    pub fn categories(&self) -> &Categories {
        self.table.categories()
    }

    /// How much there is.
    #[must_use]
    pub fn counts(&self) -> &RatingCounts {
        self.table.counts()
    }

    /// The ratings of two raters, by their columns; a column that is not there has no ratings.
    #[must_use]
    pub fn pair(&self, first: usize, second: usize) -> PairedRatings {
        self.table.pair(first, second)
    }

    /// The subjects at these positions, in this order, as often as they are named; for a bootstrap of your own.
    /// Positions count from 0; others are passed over.
    #[must_use]
    pub fn pick(&self, subjects: &[usize]) -> Self {
        Self { table: self.table.pick(subjects) }
    }

    /// The codes of each subject.
    pub(super) fn rows(&self) -> impl ExactSizeIterator<Item = &[u8]> + Clone {
        self.table.rows()
    }
}

fn missing(row: usize, column: usize) -> DataError {
    let allowed = "a rating of every subject by every rater";
    DataError::missing("the rating", cell(row, column), allowed)
}

impl TryFrom<SparseRatingTable> for RatingTable {
    type Error = DataError;

    fn try_from(table: SparseRatingTable) -> Result<Self, DataError> {
        let gap = |row: &[u8]| row.iter().position(|code| *code == SparseRatingTable::MISSING);
        let first = table.rows().enumerate().find_map(|(row, codes)| Some((row, gap(codes)?)));
        first.map_or(Ok(Self { table }), |(row, column)| Err(missing(row, column)))
    }
}

impl From<RatingTable> for SparseRatingTable {
    fn from(table: RatingTable) -> Self {
        table.table
    }
}

impl AsRef<SparseRatingTable> for RatingTable {
    fn as_ref(&self) -> &SparseRatingTable {
        &self.table
    }
}

impl AsRef<CategoryCounts> for RatingTable {
    fn as_ref(&self) -> &CategoryCounts {
        self.table.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_refused_with_its_place() {
        let categories = Categories::numbered(1, 3).unwrap();
        let sparse = SparseRatingTable::from_codes(categories.clone(), 2, vec![0, 1, 2, 255]).unwrap();
        let error = RatingTable::try_from(sparse.clone()).unwrap_err();
        assert_eq!(error.place(), "in row 2, column 2");
        assert_eq!(RatingTable::complete_subjects(&sparse).counts().subjects(), 1);
        assert!(RatingTable::from_codes(categories, 2, vec![0, 1, 2, 255]).is_err());
    }
}
