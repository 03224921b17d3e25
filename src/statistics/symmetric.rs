//! Symmetric matrices, small enough to be held in full.

/// A symmetric matrix, held in full, row by row.
#[derive(Clone, Debug)]
pub(crate) struct Symmetric {
    size: usize,
    cells: Vec<f64>,
}

impl Symmetric {
    pub(crate) fn zero(size: usize) -> Self {
        Self { size, cells: vec![0.0; size * size] }
    }

    pub(crate) fn from_rows(rows: &[Vec<f64>]) -> Self {
        Self { size: rows.len(), cells: rows.concat() }
    }

    pub(crate) fn size(&self) -> usize {
        self.size
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.cells.chunks_exact(self.size.max(1))
    }

    pub(crate) fn row_mut(&mut self, row: usize) -> &mut [f64] {
        self.cells.get_mut(row * self.size..(row + 1) * self.size).unwrap_or_default()
    }

    pub(crate) fn at(&self, row: usize, column: usize) -> f64 {
        self.cells.get(row * self.size + column).copied().unwrap_or_default()
    }

    /// Adds to one cell, not to its mirror image.
    pub(crate) fn add(&mut self, row: usize, column: usize, value: f64) {
        if let Some(cell) = self.cells.get_mut(row * self.size + column) {
            *cell += value;
        }
    }

    pub(crate) fn diagonal(&self) -> Vec<f64> {
        (0..self.size).map(|place| self.at(place, place)).collect()
    }

    /// Each cell plus its mirror image, the diagonal once: for sums collected on either side of the diagonal.
    pub(crate) fn folded(mut self) -> Self {
        for row in 0..self.size {
            for column in 0..row {
                let both = self.at(row, column) + self.at(column, row);
                for (row, column) in [(row, column), (column, row)] {
                    if let Some(cell) = self.cells.get_mut(row * self.size + column) {
                        *cell = both;
                    }
                }
            }
        }
        self
    }

    pub(crate) fn minus(mut self, other: &Self) -> Self {
        for (cell, less) in self.cells.iter_mut().zip(&other.cells) {
            *cell -= less;
        }
        self
    }

    pub(crate) fn scale(&mut self, factor: f64) {
        self.cells.iter_mut().for_each(|cell| *cell *= factor);
    }

    pub(crate) fn times(&self, vector: &[f64]) -> Vec<f64> {
        self.rows().map(|row| dot(row, vector)).collect()
    }

    /// The factors L·D·Lᵀ; nothing unless every pivot is positive, beyond rounding.
    pub(crate) fn factor(&self) -> Option<Factor> {
        const SMALLEST_PIVOT: f64 = 1e-11;
        let mut lower = self.cells.clone();
        let mut pivots: Vec<f64> = Vec::with_capacity(self.size);
        for number in 0..self.size {
            let (above, current) = lower.split_at_mut(number * self.size);
            let current = current.get_mut(..=number)?;
            // The row first holds L·D, then L.
            for (column, row) in above.chunks_exact(self.size).enumerate() {
                let (known, rest) = current.split_at_mut(column);
                let done = dot(known, row.get(..column)?);
                *rest.first_mut()? -= done;
            }
            let (own, left) = current.split_last_mut()?;
            let before = *own;
            for (cell, pivot) in left.iter_mut().zip(&pivots) {
                let scaled = *cell / pivot;
                *own -= *cell * scaled;
                *cell = scaled;
            }
            if *own <= SMALLEST_PIVOT * before.abs() || !own.is_finite() {
                return None;
            }
            pivots.push(*own);
        }
        Some(Factor { size: self.size, lower, pivots })
    }
}

/// Σ left·right, in four sums side by side, which processors add at once.
pub(crate) fn dot(left: &[f64], right: &[f64]) -> f64 {
    let count = left.len().min(right.len());
    let (left, right) = (left.get(..count).unwrap_or_default(), right.get(..count).unwrap_or_default());
    let (fours, rest) = left.as_chunks::<4>();
    let (right_fours, right_rest) = right.as_chunks::<4>();
    let mut sums = [0.0; 4];
    for (own, other) in fours.iter().zip(right_fours) {
        for ((sum, a), b) in sums.iter_mut().zip(own).zip(other) {
            *sum += a * b;
        }
    }
    let rest: f64 = rest.iter().zip(right_rest).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f64>() + rest
}

/// The factors L·D·Lᵀ of a positive definite matrix.
#[derive(Clone, Debug)]
pub(crate) struct Factor {
    size: usize,
    lower: Vec<f64>,
    pivots: Vec<f64>,
}

impl Factor {
    pub(crate) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut solution: Vec<f64> = Vec::with_capacity(self.size);
        for (row, value) in self.rows().zip(right) {
            let done = dot(row, &solution);
            solution.push(value - done);
        }
        for (value, pivot) in solution.iter_mut().zip(&self.pivots) {
            *value /= pivot;
        }
        for (number, row) in self.rows().enumerate().rev() {
            let (before, rest) = solution.split_at_mut(number);
            let own = rest.first().copied().unwrap_or_default();
            for (value, factor) in before.iter_mut().zip(row) {
                *value -= own * factor;
            }
        }
        solution
    }

    /// ln of the determinant.
    pub(crate) fn log_determinant(&self) -> f64 {
        self.pivots.iter().map(|pivot| pivot.ln()).sum()
    }

    pub(crate) fn inverse(&self) -> Symmetric {
        let unit = |place: usize| (0..self.size).map(move |other| if other == place { 1.0 } else { 0.0 });
        let rows: Vec<Vec<f64>> = (0..self.size).map(|place| self.solve(&unit(place).collect::<Vec<f64>>())).collect();
        Symmetric::from_rows(&rows)
    }

    /// The rows of L left of the diagonal.
    fn rows(&self) -> impl DoubleEndedIterator<Item = &[f64]> + ExactSizeIterator {
        let rows = self.lower.chunks_exact(self.size.max(1));
        rows.enumerate().map(|(number, row)| row.get(..number).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Symmetric {
        Symmetric::from_rows(&[vec![4.0, 2.0, 0.6], vec![2.0, 5.0, 1.0], vec![0.6, 1.0, 3.0]])
    }

    #[test]
    fn a_solution_satisfies_its_equations() {
        let solution = example().factor().unwrap().solve(&[1.0, -2.0, 0.5]);
        for (found, expected) in example().times(&solution).iter().zip([1.0, -2.0, 0.5]) {
            assert!((found - expected).abs() < 1e-14, "{found} {expected}");
        }
    }

    #[test]
    fn an_inverse_times_its_matrix_is_the_unit_matrix() {
        let inverse = example().factor().unwrap().inverse();
        for (number, row) in inverse.rows().enumerate() {
            for (column, found) in example().times(row).iter().enumerate() {
                let expected = if column == number { 1.0 } else { 0.0 };
                assert!((found - expected).abs() < 1e-14, "{number} {column}");
            }
        }
    }

    #[test]
    fn a_matrix_that_is_not_positive_definite_has_no_factors() {
        assert!(Symmetric::from_rows(&[vec![1.0, 1.0], vec![1.0, 1.0]]).factor().is_none());
        assert!(Symmetric::from_rows(&[vec![1.0, 2.0], vec![2.0, 1.0]]).factor().is_none());
    }
}
