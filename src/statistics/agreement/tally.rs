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
        if let Some(cells) = counts.single_rows() {
            for row in cells.chunks_exact(tally.categories) {
                tally.add(row, 1.0);
            }
        } else {
            for (row, times) in counts.rows() {
                tally.add(row, times);
            }
        }
        tally
    }

    /// Without subjects, for rows like those of `counts`.
    pub(super) fn empty(counts: &CategoryCounts) -> Self {
        Self { categories: counts.categories().count(), sizes: Vec::new() }
    }

    /// Adds so many subjects with this row; takes them out if `times` is negative.
    pub(super) fn add(&mut self, row: &[u16], times: f64) {
        match row.len() {
            2 => self.add_row::<2, 1>(row, times),
            3 => self.add_row::<3, 3>(row, times),
            4 => self.add_row::<4, 6>(row, times),
            5 => self.add_row::<5, 10>(row, times),
            6 => self.add_row::<6, 15>(row, times),
            7 => self.add_row::<7, 21>(row, times),
            10 => self.add_row::<10, 45>(row, times),
            11 => self.add_row::<11, 55>(row, times),
            _ => self.add_long_row(row, times),
        }
    }

    /// A row of a usual length, which the compiler unrolls.
    fn add_row<const LENGTH: usize, const PAIRS: usize>(&mut self, row: &[u16], times: f64) {
        let Ok(row) = <&[u16; LENGTH]>::try_from(row) else { return };
        let size: u32 = row.iter().map(|count| u32::from(*count)).sum();
        let Some((subjects, sums)) = self.of_size(size as usize).split_first_mut() else { return };
        let Some((ratings, pairs)) = sums.split_first_chunk_mut::<LENGTH>() else { return };
        let Some(pairs) = pairs.first_chunk_mut::<PAIRS>() else { return };
        *subjects += times;
        let row = row.map(f64::from);
        let mut pairs = pairs.iter_mut();
        let mut rest = row.as_slice();
        for sum in ratings {
            let Some((first, tail)) = rest.split_first() else { return };
            let first = times * first;
            *sum += first;
            for (count, sum) in tail.iter().zip(pairs.by_ref()) {
                *sum += first * count;
            }
            rest = tail;
        }
    }

    /// Most counts of a long row are 0: their pairs are passed over.
    fn add_long_row(&mut self, row: &[u16], times: f64) {
        let Some((subjects, sums)) = self.of_size(sum(row) as usize).split_first_mut() else { return };
        let Some((ratings, mut pairs)) = sums.split_at_mut_checked(row.len()) else { return };
        *subjects += times;
        let mut rest = row;
        for sum in ratings {
            let Some((first, tail)) = rest.split_first() else { return };
            let Some((own, later)) = pairs.split_at_mut_checked(tail.len()) else { return };
            if *first > 0 {
                let first = times * f64::from(*first);
                *sum += first;
                own.iter_mut().zip(tail).for_each(|(sum, count)| *sum += first * f64::from(*count));
            }
            (rest, pairs) = (tail, later);
        }
    }

    /// The sums for subjects with so many ratings, made when first asked for.
    fn of_size(&mut self, size: usize) -> &mut [f64] {
        if self.sizes.get(size).is_none_or(Vec::is_empty) {
            self.make_room(size);
        }
        self.sizes.get_mut(size).map(Vec::as_mut_slice).unwrap_or_default()
    }

    #[cold]
    fn make_room(&mut self, size: usize) {
        if size >= self.sizes.len() {
            self.sizes.resize_with(size + 1, Vec::new);
        }
        if let Some(sums) = self.sizes.get_mut(size) {
            sums.resize(1 + self.categories + self.categories * (self.categories - 1) / 2, 0.0);
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
