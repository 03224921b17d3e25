use crate::statistics::place::{cell, nth};
use std::borrow::Cow;

use super::{Categories, CategoryCounts, PairedRatings, RatingCounts};
use crate::statistics::DataError;

/// Ratings of subjects by raters, some of them missing.
///
/// A subject that nobody rated is left out. A rater who rated nobody keeps the column and is not counted.
///
/// ```
/// use service_excellence::statistics::{AlphaMetric, Categories, SparseRatingTable, krippendorff_alpha};
///
/// // One row for each call, one column for each reviewer; nobody is asked to review everything.
/// let calls = [
///     [Some(4.0), Some(4.0), None],
///     [Some(2.0), None, Some(3.0)],
///     [None, Some(5.0), Some(5.0)],
///     [Some(1.0), Some(1.0), Some(1.0)],
/// ];
/// let table = SparseRatingTable::from_rows(Categories::numbered(1, 5)?, &calls)?;
/// assert_eq!(table.counts().missing(), 3);
/// let alpha = krippendorff_alpha(&table, &AlphaMetric::Ordinal)?;
/// assert_eq!(format!("{:.3}", alpha.value()), "0.984");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SparseRatingTable {
    raters: usize,
    /// Subject by subject, one byte for each rater.
    codes: Vec<u8>,
    counts: CategoryCounts,
}

impl SparseRatingTable {
    /// The code of a missing rating in [`from_codes`](Self::from_codes).
    pub const MISSING: u8 = u8::MAX;

    /// The most places that [`from_long`](Self::from_long) makes room for.
    const MOST_PLACES: usize = 1 << 31;

    /// One row for each subject, one column for each rater; what is missing is `None`.
    ///
    /// # Errors
    ///
    /// The rows differ in length, there are more than 65,535 raters, or a rating is not one of the categories.
    pub fn from_rows(categories: Categories, rows: &[impl AsRef<[Option<f64>]>]) -> Result<Self, DataError> {
        let raters = rows.first().map_or(0, |row| row.as_ref().len());
        let mut codes = Vec::with_capacity(rows.len() * raters);
        for (number, row) in rows.iter().enumerate() {
            let row = row.as_ref();
            if row.len() != raters {
                let allowed = format!("{raters}, as in the first row");
                return Err(DataError::size("the number of raters", nth("in row", number), row.len(), allowed));
            }
            for (column, rating) in row.iter().enumerate() {
                let code = |rating| categories.code(rating, || cell(number, column));
                codes.push(rating.map_or(Ok(Self::MISSING), code)?);
            }
        }
        Self::checked(categories, raters, codes)
    }

    /// One entry for each rating: the subject, the rater and the category. The order does not matter.
    ///
    /// The table has a place for every subject and rater, one byte each. Where that is too much, since thousands of
    /// raters rated a few subjects each, use [`CategoryCounts::from_long`].
    ///
    /// # Errors
    ///
    /// A rating is not one of the categories, a rater rated a subject twice, there are more than 65,535 raters, or the
    /// table would have more than 2³¹ places.
    pub fn from_long<S: Ord + Clone, R: Ord + Clone>(
        categories: Categories,
        ratings: impl IntoIterator<Item = (S, R, f64)>,
    ) -> Result<Self, DataError> {
        let mut coded = Vec::new();
        for (number, (subject, rater, category)) in ratings.into_iter().enumerate() {
            let code = categories.code(category, || nth("in entry", number))?;
            coded.push((subject, rater, code, number));
        }
        let subjects = distinct(coded.iter().map(|(subject, ..)| subject.clone()));
        let raters = distinct(coded.iter().map(|(_, rater, ..)| rater.clone()));
        let places = subjects.len().checked_mul(raters.len()).filter(|places| *places <= Self::MOST_PLACES);
        let Some(places) = places else {
            let found = format!("{} × {}", subjects.len(), raters.len());
            return Err(DataError::size("the number of places", "of subjects × raters", found, "at most 2³¹"));
        };
        let mut codes = vec![Self::MISSING; places];
        for (subject, rater, code, number) in coded {
            let (row, column) = (subjects.binary_search(&subject), raters.binary_search(&rater));
            let place = row.ok().zip(column.ok()).map_or(places, |(row, column)| row * raters.len() + column);
            if let Some(cell) = codes.get_mut(place) {
                if *cell != Self::MISSING {
                    let allowed = "one rating of a subject by a rater";
                    return Err(DataError::repeated("the rating", nth("in entry", number), "a second one", allowed));
                }
                *cell = code;
            }
        }
        Self::checked(categories, raters.len(), codes)
    }

    /// The quickest door: one byte for each place, subject by subject; the position of the category counted from 0, or
    /// [`MISSING`](Self::MISSING).
    ///
    /// # Errors
    ///
    /// There are not as many codes as full rows need, there are more than 65,535 raters, or a code is neither a position
    /// nor `MISSING`.
    pub fn from_codes(categories: Categories, raters: usize, codes: Vec<u8>) -> Result<Self, DataError> {
        if codes.len().checked_rem(raters).unwrap_or(codes.len()) != 0 {
            let allowed = format!("a multiple of {raters}, the number of raters");
            return Err(DataError::size("the number of codes", "of a table", codes.len(), allowed));
        }
        let is_wrong = |code: u8| usize::from(code) >= categories.count() && code != Self::MISSING;
        // All at once first: a loop without an exit runs many at a time.
        if codes.iter().fold(false, |any, code| any | is_wrong(*code)) {
            let first = codes.iter().enumerate().find(|(_, code)| is_wrong(**code));
            let (place, code) = first.map_or((0, Self::MISSING), |(place, code)| (place, *code));
            let place = cell(place / raters.max(1), place % raters.max(1));
            let allowed = format!("0 to {}, the position of a category, or 255 for missing", categories.count() - 1);
            return Err(DataError::new("the code", place, code, allowed));
        }
        Self::checked(categories, raters, codes)
    }

    /// Leaves out subjects without ratings and counts the rest.
    fn checked(categories: Categories, raters: usize, mut codes: Vec<u8>) -> Result<Self, DataError> {
        if raters > CategoryCounts::MOST_RATINGS {
            return Err(DataError::size("the number of raters", "of a table", raters, "at most 65535"));
        }
        let is_empty = |row: &[u8]| row.iter().all(|code| *code == Self::MISSING);
        if raters > 0 && codes.contains(&Self::MISSING) && codes.chunks_exact(raters).any(is_empty) {
            codes = codes.chunks_exact(raters).filter(|row| !is_empty(row)).flatten().copied().collect();
        }
        let counts = CategoryCounts::of_codes(categories, &codes, raters, active_raters(&codes, raters));
        Ok(Self { raters, codes, counts })
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

    /// The number of columns, raters who rated nobody included.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.raters
    }

    /// The ratings of two raters, by their columns; a column that is not there has no ratings.
    #[must_use]
    pub fn pair(&self, first: usize, second: usize) -> PairedRatings {
        let code = |row: &[u8], column: usize| row.get(column).copied().unwrap_or(Self::MISSING);
        let pairs = self.rows().map(|row| (code(row, first), code(row, second)));
        PairedRatings::of_codes(self.categories().clone(), pairs)
    }

    /// The subjects at these positions, in this order, as often as they are named; for a bootstrap of your own.
    /// Positions count subjects with ratings from 0; others are passed over.
    #[must_use]
    pub fn pick(&self, subjects: &[usize]) -> Self {
        let row = |subject: &usize| self.rows().nth(*subject);
        let codes: Vec<u8> = subjects.iter().filter_map(row).flatten().copied().collect();
        let active = active_raters(&codes, self.raters);
        let counts = CategoryCounts::of_codes(self.categories().clone(), &codes, self.raters, active);
        Self { raters: self.raters, codes, counts }
    }

    /// Only the subjects that every rater rated.
    pub(super) fn complete_rows(&self) -> Cow<'_, Self> {
        if !self.codes.contains(&Self::MISSING) {
            return Cow::Borrowed(self);
        }
        let complete = self.rows().enumerate().filter(|(_, row)| !row.contains(&Self::MISSING));
        Cow::Owned(self.pick(&complete.map(|(subject, _)| subject).collect::<Vec<_>>()))
    }

    /// The codes of each subject.
    pub(super) fn rows(&self) -> impl ExactSizeIterator<Item = &[u8]> + Clone {
        self.codes.chunks_exact(self.raters.max(1))
    }
}

impl AsRef<Self> for SparseRatingTable {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl AsRef<CategoryCounts> for SparseRatingTable {
    fn as_ref(&self) -> &CategoryCounts {
        &self.counts
    }
}

fn distinct<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort_unstable();
    items.dedup();
    items
}

/// How many columns hold a rating; the search ends as soon as all of them do.
fn active_raters(codes: &[u8], raters: usize) -> usize {
    let (mut has_rated, mut active) = (vec![false; raters], 0);
    for row in codes.chunks_exact(raters.max(1)) {
        if active == raters {
            break;
        }
        for (known, code) in has_rated.iter_mut().zip(row) {
            if !*known && *code != SparseRatingTable::MISSING {
                (*known, active) = (true, active + 1);
            }
        }
    }
    active
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_to_three() -> Categories {
        Categories::numbered(1, 3).unwrap()
    }

    #[test]
    fn a_wrong_rating_is_named_with_its_place() {
        let rows = [[Some(1.0), None], [Some(2.0), Some(f64::NAN)]];
        let error = SparseRatingTable::from_rows(one_to_three(), &rows).unwrap_err();
        assert_eq!(error.to_string(), "the rating in row 2, column 2: found `NaN`, allowed is one of 1, 2, 3");
        let error = SparseRatingTable::from_codes(one_to_three(), 2, vec![0, 255, 2, 3]).unwrap_err();
        let text =
            "the code in row 2, column 2: found `3`, allowed is 0 to 2, the position of a category, or 255 for missing";
        assert_eq!(error.to_string(), text);
        let uneven = [vec![Some(1.0)], vec![]];
        assert!(SparseRatingTable::from_rows(one_to_three(), &uneven).is_err());
        assert!(SparseRatingTable::from_codes(one_to_three(), 2, vec![0; 3]).is_err());
        assert!(SparseRatingTable::from_codes(one_to_three(), 0, vec![0]).is_err());
        assert!(SparseRatingTable::from_codes(one_to_three(), 70_000, Vec::new()).is_err());
    }

    #[test]
    fn a_second_rating_by_the_same_rater_is_refused() {
        let twice = [("a", "x", 1.0), ("b", "x", 2.0), ("a", "x", 1.0)];
        let error = SparseRatingTable::from_long(one_to_three(), twice).unwrap_err();
        assert_eq!(error.place(), "in entry 3");
    }

    #[test]
    fn a_rater_who_rated_nobody_is_not_counted() {
        let rows = [[Some(1.0), None, Some(2.0)], [Some(1.0), None, None], [None, None, None]];
        let table = SparseRatingTable::from_rows(one_to_three(), &rows).unwrap();
        let counts = table.counts();
        assert_eq!((counts.subjects(), counts.raters(), counts.ratings(), counts.missing()), (2, 2, 3, 1));
        assert_eq!(table.columns(), 3);
    }
}
