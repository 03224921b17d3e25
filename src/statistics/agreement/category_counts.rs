use crate::statistics::place::nth;
use std::iter;

use super::{Categories, RatingCounts};
use crate::statistics::DataError;
use crate::value::Real;

/// How many ratings each subject has in each category; who gave them does not matter.
///
/// Every table of ratings knows its counts, so a function that takes `impl AsRef<CategoryCounts>` takes each of them.
/// Subjects may have different numbers of ratings; a subject that nobody rated is left out.
///
/// ```
/// use service_excellence::statistics::{Categories, CategoryCounts, ConfidenceLevel, Weights, fleiss_kappa};
///
/// // Six psychiatrists and three of the patients of Fleiss (1971); one column for each diagnosis.
/// let patients = [[0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1]];
/// let counts = CategoryCounts::from_rows(Categories::numbered(1, 5)?, &patients)?;
/// let kappa = fleiss_kappa(&counts, &Weights::identity(), ConfidenceLevel::NINETY_FIVE)?;
/// assert_eq!(format!("{:.3}", kappa.value()), "0.460");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CategoryCounts {
    categories: Categories,
    /// One row for each subject, or for each kind of subject where `times` says how many there are of it.
    cells: Vec<u16>,
    times: Vec<Real>,
    counts: RatingCounts,
}

impl CategoryCounts {
    /// The most ratings that one subject may have.
    pub const MOST_RATINGS: usize = 65_535;

    /// One row for each subject, one column for each category.
    ///
    /// # Errors
    ///
    /// A row has another number of columns than there are categories, or more than 65,535 ratings in all.
    pub fn from_rows(categories: Categories, rows: &[impl AsRef<[u32]>]) -> Result<Self, DataError> {
        let mut cells = Vec::with_capacity(rows.len() * categories.count());
        let (mut subjects, mut ratings, mut most) = (0, 0, 0);
        for (number, row) in rows.iter().enumerate() {
            let row = row.as_ref();
            let place = || nth("in row", number);
            if row.len() != categories.count() {
                let allowed = format!("{}, as many as there are categories", categories.count());
                return Err(DataError::size("the number of columns", place(), row.len(), allowed));
            }
            let sum: u64 = row.iter().map(|count| u64::from(*count)).sum();
            if sum > Self::MOST_RATINGS as u64 {
                return Err(DataError::size("the number of ratings", place(), sum, "at most 65535"));
            }
            if sum > 0 {
                (subjects, ratings, most) = (subjects + 1, ratings + sum, most.max(sum));
                cells.extend(row.iter().map(|count| u16::try_from(*count).unwrap_or(u16::MAX)));
            }
        }
        let counts = RatingCounts { subjects, raters: most, ratings, missing: subjects * most - ratings };
        Ok(Self { categories, cells, times: Vec::new(), counts })
    }

    /// One entry for each rating: the subject and the category. Raters are not named, so a second rating of a subject
    /// by the same person cannot be noticed.
    ///
    /// # Errors
    ///
    /// A category is not one of those declared, or a subject has more than 65,535 ratings.
    pub fn from_long<S: Ord>(
        categories: Categories,
        ratings: impl IntoIterator<Item = (S, f64)>,
    ) -> Result<Self, DataError> {
        let mut coded = Vec::new();
        for (number, (subject, category)) in ratings.into_iter().enumerate() {
            coded.push((subject, categories.code(category, || nth("in entry", number))?));
        }
        coded.sort_unstable();
        let mut rows = Vec::new();
        for group in coded.chunk_by(|one, other| one.0 == other.0) {
            let mut row = vec![0_u32; categories.count()];
            for (_, code) in group {
                if let Some(count) = row.get_mut(usize::from(*code)) {
                    *count += 1;
                }
            }
            rows.push(row);
        }
        Self::from_rows(categories, &rows)
    }

    /// Of codes below the number of categories, subject by subject, none of them without a rating; others are missing.
    pub(super) fn of_codes(categories: Categories, codes: &[u8], raters: usize, active_raters: usize) -> Self {
        let width = categories.count();
        let cells = if width <= PACKED_CATEGORIES && raters <= PACKED_RATERS {
            count_packed(codes, raters, width)
        } else {
            count_one_by_one(codes, raters, width)
        };
        let subjects = (codes.len() / raters.max(1)) as u64;
        let (raters, ratings) = (active_raters as u64, cells.iter().map(|count| u64::from(*count)).sum());
        let counts = RatingCounts { subjects, raters, ratings, missing: subjects * raters - ratings };
        Self { categories, cells, times: Vec::new(), counts }
    }

    /// Rows with how many subjects are like each.
    pub(super) fn weighted(categories: Categories, cells: Vec<u16>, times: Vec<Real>, counts: RatingCounts) -> Self {
        Self { categories, cells, times, counts }
    }

    /// The categories.
    #[must_use]
    pub fn categories(&self) -> &Categories {
        &self.categories
    }

    /// How much there is.
    #[must_use]
    pub fn counts(&self) -> &RatingCounts {
        &self.counts
    }

    /// Each row with how many subjects are like it.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&[u16], f64)> + Clone {
        let times = self.times.iter().map(|times| times.get()).chain(iter::repeat(1.0));
        self.cells.chunks_exact(self.categories.count()).zip(times)
    }

    /// The rows alone, each to be taken once; nothing if each stands for several subjects.
    pub(super) fn single_rows(&self) -> Option<&[u16]> {
        self.times.is_empty().then_some(&self.cells)
    }

    /// Whether the rows are the cells of a table of two raters; published errors for these divide by n, not n − 1.
    pub(super) fn is_two_rater_table(&self) -> bool {
        !self.times.is_empty()
    }

    /// Every category but this one taken together.
    pub(super) fn against_the_rest(&self, category: usize) -> Self {
        let cells = self.cells.chunks_exact(self.categories.count()).flat_map(|row| {
            let own = row.get(category).copied().unwrap_or(0);
            [sum(row) as u16 - own, own]
        });
        let categories = Categories::numbered(0, 1).unwrap_or_else(|_| self.categories.clone());
        Self { categories, cells: cells.collect(), times: self.times.clone(), counts: self.counts }
    }
}

impl AsRef<Self> for CategoryCounts {
    fn as_ref(&self) -> &Self {
        self
    }
}

/// The ratings of a subject; they fit 16 bits.
pub(super) fn sum(row: &[u16]) -> u32 {
    row.iter().map(|count| u32::from(*count)).sum()
}

/// So many counters of a byte fit one number; a counter holds so many ratings.
const PACKED_CATEGORIES: usize = 16;
const PACKED_RATERS: usize = 255;

/// All counters of a subject in one number: a rating is one addition, without a branch on its category.
fn count_packed(codes: &[u8], raters: usize, categories: usize) -> Vec<u16> {
    if categories <= 8 {
        let one: [u64; 256] = std::array::from_fn(|code| if code < categories { 1 << (8 * code) } else { 0 });
        pack(codes, raters, categories, |row| {
            row.iter()
                .fold(0, |packed: u64, code| packed.wrapping_add(one.get(usize::from(*code)).copied().unwrap_or(0)))
                .to_le_bytes()
        })
    } else {
        let one: [u128; 256] = std::array::from_fn(|code| if code < categories { 1 << (8 * code) } else { 0 });
        pack(codes, raters, categories, |row| {
            row.iter()
                .fold(0, |packed: u128, code| packed.wrapping_add(one.get(usize::from(*code)).copied().unwrap_or(0)))
                .to_le_bytes()
        })
    }
}

fn pack<const BYTES: usize>(
    codes: &[u8],
    raters: usize,
    categories: usize,
    counters: impl Fn(&[u8]) -> [u8; BYTES],
) -> Vec<u16> {
    let mut cells = vec![0; codes.len() / raters.max(1) * categories];
    for (row, counts) in codes.chunks_exact(raters.max(1)).zip(cells.chunks_exact_mut(categories)) {
        for (count, counter) in counts.iter_mut().zip(counters(row)) {
            *count = u16::from(counter);
        }
    }
    cells
}

fn count_one_by_one(codes: &[u8], raters: usize, categories: usize) -> Vec<u16> {
    let mut cells = vec![0_u16; codes.len() / raters.max(1) * categories];
    for (row, counts) in codes.chunks_exact(raters.max(1)).zip(cells.chunks_exact_mut(categories)) {
        for code in row {
            if let Some(count) = counts.get_mut(usize::from(*code)) {
                *count += 1;
            }
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::RandomStream;

    #[test]
    fn both_ways_of_counting_agree() {
        let mut stream = RandomStream::new(1, 0);
        for (raters, categories) in [(1, 7), (2, 8), (9, 9), (255, 16)] {
            let codes: Vec<u8> = (0..raters * 40).map(|_| [0, 1, 2, 6, u8::MAX][stream.below(5)]).collect();
            let (packed, plain) =
                (count_packed(&codes, raters, categories), count_one_by_one(&codes, raters, categories));
            assert_eq!(packed, plain, "{raters} raters");
        }
        assert_eq!(count_packed(&[3; 255], 255, 7), [0, 0, 0, 255, 0, 0, 0]);
    }

    #[test]
    fn a_subject_that_nobody_rated_is_left_out() {
        let categories = Categories::numbered(1, 2).unwrap();
        let counts = CategoryCounts::from_rows(categories.clone(), &[[2, 0], [0, 0], [1, 2]]).unwrap();
        assert_eq!(counts, CategoryCounts::from_rows(categories, &[[2, 0], [1, 2]]).unwrap());
        assert_eq!((counts.counts().subjects(), counts.counts().raters(), counts.counts().missing()), (2, 3, 1));
    }

    #[test]
    fn rows_are_checked() {
        let categories = Categories::numbered(1, 2).unwrap();
        let error = CategoryCounts::from_rows(categories.clone(), &[[1, 2, 3]]).unwrap_err();
        let text = "the number of columns in row 1: found `3`, allowed is 2, as many as there are categories";
        assert_eq!(error.to_string(), text);
        assert!(CategoryCounts::from_rows(categories.clone(), &[[65_535, 1]]).is_err());
        assert!(CategoryCounts::from_long(categories, [("a", 3.0)]).is_err());
    }
}
