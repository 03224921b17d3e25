use crate::statistics::Symmetric;
use std::ops::Range;

/// Where the parameters stand in one list, and which of them sum to zero.
///
/// Inside, every rater, criterion and threshold has a parameter of its own. Equations are solved with the last of each
/// centred block left out; it is minus the sum of the others.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) raters: Range<usize>,
    pub(super) criteria: Range<usize>,
    /// The thresholds of each scale.
    pub(super) thresholds: Vec<Range<usize>>,
    /// Parameters that follow and are not centred.
    free: usize,
}

impl Layout {
    pub(super) fn new(raters: usize, criteria: usize, thresholds: impl Iterator<Item = usize>, free: usize) -> Self {
        let mut end = raters + criteria;
        let thresholds = thresholds.map(|count| {
            let start = end;
            end += count;
            start..end
        });
        Self { raters: 0..raters, criteria: raters..raters + criteria, thresholds: thresholds.collect(), free }
    }

    /// How many parameters raters, criteria and thresholds have.
    pub(super) fn structure(&self) -> usize {
        self.thresholds.last().map_or(self.criteria.end, |last| last.end)
    }

    /// How many parameters there are in all.
    pub(super) fn size(&self) -> usize {
        self.structure() + self.free
    }

    /// How many of them can move by themselves.
    pub(super) fn degrees(&self) -> usize {
        self.size() - self.blocks().filter(|block| !block.is_empty()).count()
    }

    fn blocks(&self) -> impl Iterator<Item = &Range<usize>> {
        [&self.raters, &self.criteria].into_iter().chain(&self.thresholds)
    }

    /// Derivatives by what can move, from derivatives by all parameters.
    pub(super) fn reduce(&self, all: &[f64]) -> Vec<f64> {
        let mut reduced = Vec::with_capacity(all.len());
        for block in self.blocks() {
            if let Some((last, others)) = all.get(block.clone()).and_then(<[f64]>::split_last) {
                reduced.extend(others.iter().map(|value| value - last));
            }
        }
        reduced.extend(all.iter().skip(self.structure()));
        reduced
    }

    /// All parameters, from those that can move.
    pub(super) fn expand(&self, reduced: &[f64]) -> Vec<f64> {
        let mut all = Vec::with_capacity(self.size());
        let mut rest = reduced;
        for block in self.blocks().filter(|block| !block.is_empty()) {
            let (others, after) = rest.split_at_checked(block.len() - 1).unwrap_or_default();
            all.extend(others);
            all.push(-others.iter().sum::<f64>());
            rest = after;
        }
        all.extend(rest);
        all
    }

    pub(super) fn reduce_matrix(&self, all: &Symmetric) -> Symmetric {
        both_sides(all, |row| self.reduce(row))
    }

    /// A covariance of all parameters, from that of those that can move.
    pub(super) fn expand_matrix(&self, reduced: &Symmetric) -> Symmetric {
        both_sides(reduced, |row| self.expand(row))
    }
}

fn both_sides(matrix: &Symmetric, change: impl Fn(&[f64]) -> Vec<f64>) -> Symmetric {
    let rows: Vec<Vec<f64>> = matrix.rows().map(&change).collect();
    let width = rows.first().map_or(0, Vec::len);
    let column = |number: usize| -> Vec<f64> { rows.iter().filter_map(|row| row.get(number)).copied().collect() };
    let rows: Vec<Vec<f64>> = (0..width).map(|number| change(&column(number))).collect();
    Symmetric::from_rows(&rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn centred_blocks_sum_to_zero() {
        let layout = Layout::new(3, 2, [4].into_iter(), 2);
        assert_eq!((layout.structure(), layout.size(), layout.degrees()), (9, 11, 8));
        let all = layout.expand(&[1.0, 2.0, 5.0, 1.0, 1.0, 1.0, 7.0, 8.0]);
        assert_eq!(all, [1.0, 2.0, -3.0, 5.0, -5.0, 1.0, 1.0, 1.0, -3.0, 7.0, 8.0]);
    }

    #[test]
    fn reducing_is_the_transpose_of_expanding() {
        let layout = Layout::new(3, 1, [2, 3].into_iter(), 1);
        let derivative: Vec<f64> = (0..layout.size()).map(|number| (number * number) as f64 - 3.0).collect();
        let step: Vec<f64> = (0..layout.degrees()).map(|number| 0.5 + number as f64).collect();
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let difference = dot(&layout.reduce(&derivative), &step) - dot(&derivative, &layout.expand(&step));
        assert!(difference.abs() < 1e-9, "{difference}");
    }
}
