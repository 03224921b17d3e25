use super::CategoryCounts;
use super::category_counts::sum;

/// Sums over subjects from which every coefficient that does not ask who rated is computed.
///
/// Apart for each number of ratings m a subject may have: how many such subjects, their ratings in each category, and
/// their pairs of ratings in different categories. Whoever needs shares divides by m or m − 1 at the end, so the sums
/// are whole numbers, exact, and the order of subjects cannot matter. Subjects can be taken out again.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    categories: usize,
    /// By number of ratings; empty until a subject has that many.
    sizes: Vec<Vec<f64>>,
}

/// The sums over subjects with the same number of ratings.
#[derive(Clone, Copy, Debug)]
pub(super) struct SizeTally<'a> {
    /// The number of ratings of each subject.
    pub(super) size: f64,
    pub(super) subjects: f64,
    /// In each category.
    pub(super) ratings: &'a [f64],
    /// Of each two different categories, row by row above the diagonal: Σ r_k · r_l.
    pub(super) pairs: &'a [f64],
}

impl Tally {
    pub(super) fn of(counts: &CategoryCounts) -> Self {
        let mut tally = Self::empty(counts);
        for (row, times) in counts.rows() {
            tally.add(row, times);
        }
        tally
    }

    /// Without subjects, for rows like those of `counts`.
    pub(super) fn empty(counts: &CategoryCounts) -> Self {
        Self { categories: counts.categories().count(), sizes: Vec::new() }
    }

    /// Adds so many subjects with this row; takes them out if `times` is negative.
    pub(super) fn add(&mut self, row: &[u16], times: f64) {
        let size = sum(row) as usize;
        if size >= self.sizes.len() {
            self.sizes.resize_with(size + 1, Vec::new);
        }
        let Some(sums) = self.sizes.get_mut(size) else { return };
        if sums.is_empty() {
            sums.resize(1 + self.categories + self.categories * (self.categories - 1) / 2, 0.0);
        }
        let Some((subjects, sums)) = sums.split_first_mut() else { return };
        let Some((ratings, mut pairs)) = sums.split_at_mut_checked(row.len()) else { return };
        *subjects += times;
        for (sum, count) in ratings.iter_mut().zip(row) {
            *sum += times * f64::from(*count);
        }
        let mut rest = row;
        while let Some((first, tail)) = rest.split_first() {
            let Some((own, later)) = pairs.split_at_mut_checked(tail.len()) else { return };
            let first = times * f64::from(*first);
            for (sum, count) in own.iter_mut().zip(tail) {
                *sum += first * f64::from(*count);
            }
            (rest, pairs) = (tail, later);
        }
    }

    /// Sets every sum to 0.
    pub(super) fn clear(&mut self) {
        for sums in &mut self.sizes {
            sums.fill(0.0);
        }
    }

    /// The sums for each number of ratings from 1 upwards.
    pub(super) fn sizes(&self) -> impl Iterator<Item = SizeTally<'_>> {
        let sizes = self.sizes.iter().enumerate().skip(1);
        sizes.filter_map(|(size, sums)| {
            let (subjects, sums) = sums.split_first()?;
            let (ratings, pairs) = sums.split_at_checked(self.categories)?;
            Some(SizeTally { size: size as f64, subjects: *subjects, ratings, pairs })
        })
    }

    /// The sums for subjects with two ratings or more, which can be compared.
    pub(super) fn compared(&self) -> impl Iterator<Item = SizeTally<'_>> {
        self.sizes().skip_while(|sums| sums.size < 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::Categories;

    #[test]
    fn subjects_can_be_taken_out_again() {
        let rows = [[2, 1, 0], [0, 0, 3], [1, 1, 0]];
        let all = CategoryCounts::from_rows(Categories::numbered(1, 3).unwrap(), &rows).unwrap();
        let mut tally = Tally::of(&all);
        let of_three = tally.sizes.get(3).unwrap().clone();
        assert_eq!(of_three, [2.0, 2.0, 1.0, 3.0, 2.0, 0.0, 0.0]);
        tally.add(&[2, 1, 0], -1.0);
        assert_eq!(tally.sizes.get(3).unwrap(), &[1.0, 0.0, 0.0, 3.0, 0.0, 0.0, 0.0]);
        tally.add(&[2, 1, 0], 1.0);
        assert_eq!(tally.sizes.get(3).unwrap(), &of_three);
    }
}
