//! Restricted maximum likelihood of two crossed random effects.

use super::CrossedComponents;
use crate::statistics::{Symmetric, Undefined, dot};

/// Value = mean + effect of a row + effect of a column + residual; there are at least as many rows as columns.
pub(super) struct Crossed {
    /// By row, then column.
    cells: Vec<Cell>,
    rows: usize,
    columns: usize,
    /// Rows are raters: the caller's subjects are fewer.
    is_turned: bool,
    size: f64,
    squares: f64,
}

/// The values of one row in one column, less the mean of all.
#[derive(Clone, Copy)]
struct Cell {
    row: usize,
    column: usize,
    count: f64,
    sum: f64,
}

/// Above this many columns a system of their size takes minutes.
const MOST_COLUMNS: usize = 1_000;

impl Crossed {
    pub(super) fn new(observations: &[(usize, usize, f64)], subjects: usize, raters: usize) -> Self {
        let is_turned = raters > subjects;
        let size = observations.len() as f64;
        let origin = observations.first().map_or(0.0, |(_, _, value)| *value);
        let mean = observations.iter().map(|(_, _, value)| value - origin).sum::<f64>() / size;
        let turned = |(subject, rater, value): &(usize, usize, f64)| {
            let (row, column) = if is_turned { (*rater, *subject) } else { (*subject, *rater) };
            Cell { row, column, count: 1.0, sum: value - origin - mean }
        };
        let mut single: Vec<Cell> = observations.iter().map(turned).collect();
        let squares = single.iter().map(|cell| cell.sum * cell.sum).sum();
        single.sort_by_key(|cell| (cell.row, cell.column));
        let same = |one: &Cell, other: &Cell| (one.row, one.column) == (other.row, other.column);
        let together = |cells: &[Cell]| {
            let sum = cells.iter().map(|cell| cell.sum).sum();
            cells.first().map(|first| Cell { count: cells.len() as f64, sum, ..*first })
        };
        let cells = single.chunk_by(same).filter_map(together).collect();
        Self { cells, rows: subjects.max(raters), columns: subjects.min(raters), is_turned, size, squares }
    }

    pub(super) fn components(&self) -> Result<CrossedComponents, Undefined> {
        if self.squares <= 0.0 {
            return Err(Undefined::NoVariation {});
        }
        if self.columns > MOST_COLUMNS {
            return Err(Undefined::OutOfRange {});
        }
        if !self.is_identified() {
            return Err(Undefined::NotIdentified {});
        }
        let (rows, columns) = self.best().ok_or(Undefined::NotConverged {})?;
        let profile = self.profile(rows, columns).ok_or(Undefined::NotConverged {})?;
        let residual = profile.squares / (self.size - 1.0);
        let (rows, columns) = (rows * residual, columns * residual);
        let (subjects, raters) = if self.is_turned { (columns, rows) } else { (rows, columns) };
        CrossedComponents::new(subjects, raters, residual)
    }

    /// Whether two of three kinds of pairs occur: of one cell, of one row, of one column. Their covariances are the sum of
    /// both variances, the one and the other; with the variance of a single value that makes three equations for three.
    fn is_identified(&self) -> bool {
        let has_repeats = self.cells.iter().any(|cell| cell.count > 1.0);
        // More cells than rows: some row has two.
        let kinds = [has_repeats, self.cells.len() > self.rows, self.cells.len() > self.columns];
        kinds.iter().filter(|occurs| **occurs).count() >= 2
    }

    /// The ratios of row and column variance to the residual at which the likelihood is highest: a search on the square roots,
    /// in which it is smooth and even, so that a boundary at 0 needs no care.
    fn best(&self) -> Option<(f64, f64)> {
        const LARGEST: f64 = 1e4;
        // Never on an axis, where the slope is 0 whatever the height.
        const STARTS: [f64; 5] = [0.05, 0.15, 0.4, 1.0, 3.0];
        let value = |(a, b): (f64, f64)| self.profile(a * a, b * b).map(|profile| profile.deviance(self.size));
        let starts = STARTS.iter().flat_map(|a| STARTS.iter().map(move |b| (*a, *b)));
        let start = starts.filter_map(|start| Some((value(start)?, start))).min_by(|a, b| a.0.total_cmp(&b.0))?.1;
        let mut point = start;
        let mut radius = 0.5;
        for _ in 0..200 {
            let step = self.newton_step(point, &value)?;
            let length = step.0.hypot(step.1);
            let scale = if length > radius { radius / length } else { 1.0 };
            let mut shrink = scale;
            let here = value(point)?;
            let mut next = (point.0 + shrink * step.0, point.1 + shrink * step.1);
            while value(next).is_none_or(|there| there > here + 1e-12 * here.abs()) && shrink > 1e-6 {
                shrink /= 2.0;
                next = (point.0 + shrink * step.0, point.1 + shrink * step.1);
            }
            radius = (2.0 * shrink * length).clamp(0.1, 1e3);
            let moved = (next.0 - point.0).hypot(next.1 - point.1);
            point = (next.0.abs(), next.1.abs());
            if point.0.max(point.1) > LARGEST {
                return None;
            }
            if moved <= 1e-9 * (1.0 + point.0.hypot(point.1)) {
                return Some(self.on_boundary(point, &value));
            }
        }
        None
    }

    /// Exactly 0 where 0 is as good.
    fn on_boundary(&self, (a, b): (f64, f64), value: &impl Fn((f64, f64)) -> Option<f64>) -> (f64, f64) {
        const NEAR: f64 = 1e-3;
        let here = value((a, b)).unwrap_or(f64::INFINITY);
        let is_as_good = |point| value(point).is_some_and(|there| there <= here + 1e-9);
        let a = if a < NEAR && is_as_good((0.0, b)) { 0.0 } else { a };
        let b = if b < NEAR && is_as_good((a, 0.0)) { 0.0 } else { b };
        (a * a, b * b)
    }

    /// Newton's step with derivatives by central differences of fourth order; downhill where the surface is not a bowl.
    fn newton_step(&self, (a, b): (f64, f64), value: &impl Fn((f64, f64)) -> Option<f64>) -> Option<(f64, f64)> {
        let (h, k) = (2e-3 * a.max(0.02), 2e-3 * b.max(0.02));
        let here = value((a, b))?;
        let at = |x: f64, y: f64| value((a + x * h, b + y * k));
        let (a1, a2, a3, a4) = (at(-2.0, 0.0)?, at(-1.0, 0.0)?, at(1.0, 0.0)?, at(2.0, 0.0)?);
        let (b1, b2, b3, b4) = (at(0.0, -2.0)?, at(0.0, -1.0)?, at(0.0, 1.0)?, at(0.0, 2.0)?);
        let slope = ((a1 - 8.0 * a2 + 8.0 * a3 - a4) / (12.0 * h), (b1 - 8.0 * b2 + 8.0 * b3 - b4) / (12.0 * k));
        let aa = (-a1 + 16.0 * a2 - 30.0 * here + 16.0 * a3 - a4) / (12.0 * h * h);
        let bb = (-b1 + 16.0 * b2 - 30.0 * here + 16.0 * b3 - b4) / (12.0 * k * k);
        let ab = (at(1.0, 1.0)? - at(1.0, -1.0)? - at(-1.0, 1.0)? + at(-1.0, -1.0)?) / (4.0 * h * k);
        let determinant = aa * bb - ab * ab;
        if aa > 0.0 && determinant > 1e-9 * aa * bb.abs() {
            return Some(((-bb * slope.0 + ab * slope.1) / determinant, (ab * slope.0 - aa * slope.1) / determinant));
        }
        let (aa, bb) = (aa.abs().max(1e-3), bb.abs().max(1e-3));
        Some((-slope.0 / aa, -slope.1 / bb))
    }

    /// The likelihood with the mean and the residual variance at their best for these ratios.
    fn profile(&self, rows: f64, columns: f64) -> Option<Profile> {
        // Rows absorbed: their covariance matrix is inverted block by block.
        let mut system = Symmetric::zero(self.columns);
        let (mut ones, mut sums) = (vec![0.0; self.columns], vec![0.0; self.columns]);
        let (mut one_one, mut one_y, mut logarithms, mut y_y) = (0.0, 0.0, 0.0, self.squares);
        for row in self.cells.chunk_by(|one, other| one.row == other.row) {
            let n: f64 = row.iter().map(|cell| cell.count).sum();
            let sum: f64 = row.iter().map(|cell| cell.sum).sum();
            let shrink = rows / (1.0 + n * rows);
            one_one += n / (1.0 + n * rows);
            one_y += sum / (1.0 + n * rows);
            y_y -= shrink * sum * sum;
            logarithms += (n * rows).ln_1p();
            for Cell { column, count, sum: own, .. } in row {
                *ones.get_mut(*column)? += count * (1.0 - shrink * n);
                *sums.get_mut(*column)? += own - shrink * count * sum;
                system.add(*column, *column, columns * count);
                for other in row {
                    system.add(*column, other.column, -columns * shrink * count * other.count);
                }
            }
        }
        // I + columns · Z'V⁻¹Z, of which the columns' part follows.
        for column in 0..self.columns {
            system.add(column, column, 1.0);
        }
        let factor = system.factor()?;
        logarithms += factor.log_determinant();
        let (solved_ones, solved_sums) = (factor.solve(&ones), factor.solve(&sums));
        one_one -= columns * dot(&ones, &solved_ones);
        one_y -= columns * dot(&ones, &solved_sums);
        y_y -= columns * dot(&sums, &solved_sums);
        let squares = y_y - one_y * one_y / one_one;
        (one_one > 0.0 && squares > 0.0).then_some(Profile { squares, logarithms: logarithms + one_one.ln() })
    }
}

struct Profile {
    squares: f64,
    logarithms: f64,
}

impl Profile {
    /// −2 times the logarithm of the restricted likelihood, up to a constant.
    fn deviance(&self, size: f64) -> f64 {
        (size - 1.0) * self.squares.ln() + self.logarithms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twelve rows in four columns, each in two or three, one of them twice.
    fn values() -> Vec<(usize, usize, f64)> {
        let mut all = vec![(3, 1, 58.0)];
        for row in 0..12_u32 {
            for turn in 0..2 + row % 2 {
                let column = (row * 5 + turn * (1 + row % 3)) % 4;
                let noise = f64::from((row * 31 + column * 17 + turn * 7) % 11) - 5.0;
                let value = 60.0 + 2.5 * f64::from(row % 7) - 3.0 * f64::from(column) + 0.6 * noise;
                all.push((row as usize, column as usize, value));
            }
        }
        all
    }

    /// Minus twice the restricted log-likelihood from the dense covariance of all values, up to the same constant.
    fn dense_deviance(values: &[(usize, usize, f64)], rows: f64, columns: f64) -> f64 {
        let mut covariance = Symmetric::zero(values.len());
        for (place, one) in values.iter().enumerate() {
            for (column, other) in values.iter().enumerate() {
                let same = |is_same: bool| if is_same { 1.0 } else { 0.0 };
                let cell = rows * same(one.0 == other.0) + columns * same(one.1 == other.1) + same(place == column);
                covariance.add(place, column, cell);
            }
        }
        let factor = covariance.factor().unwrap();
        let (ones, all): (Vec<f64>, Vec<f64>) = values.iter().map(|one| (1.0, one.2)).unzip();
        let weighted = factor.solve(&ones);
        let weight = dot(&ones, &weighted);
        let mean = dot(&weighted, &all) / weight;
        let deviations: Vec<f64> = all.iter().map(|value| value - mean).collect();
        let squares = dot(&deviations, &factor.solve(&deviations));
        (values.len() as f64 - 1.0) * squares.ln() + factor.log_determinant() + weight.ln()
    }

    #[test]
    fn the_likelihood_is_that_of_dense_matrices() {
        let values = values();
        let design = Crossed::new(&values, 12, 4);
        for (rows, columns) in [(0.0, 0.0), (1.7, 0.0), (0.0, 0.5), (0.16, 4.0), (9.0, 25.0)] {
            let found = design.profile(rows, columns).unwrap().deviance(design.size);
            let expected = dense_deviance(&values, rows, columns);
            assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        }
    }

    #[test]
    fn no_other_variances_near_by_are_likelier() {
        let values = values();
        let found = Crossed::new(&values, 12, 4).components().unwrap();
        let (rows, columns) = (found.subjects() / found.residual(), found.raters() / found.residual());
        let least = dense_deviance(&values, rows, columns);
        for (row, column) in [(1.01, 1.0), (0.99, 1.0), (1.0, 1.01), (1.0, 0.99), (1.01, 0.99), (0.99, 1.01)] {
            assert!(dense_deviance(&values, rows * row, columns * column) > least, "{row} {column}");
        }
    }

    #[test]
    fn rows_that_stand_in_one_column_each_need_repeats() {
        // Two rows to a column, and three values to a row.
        let values = [1.0, 2.0, 1.5, 4.0, 3.0, 4.5, 7.0, 6.0, 6.5, 9.0, 8.0, 9.5, 2.0, 2.5, 3.5, 6.0, 5.0, 4.0];
        let nested: Vec<_> = values.iter().enumerate().map(|(place, value)| (place / 3, place / 6, *value)).collect();
        let found = Crossed::new(&nested, 6, 3).components().unwrap();
        let least = dense_deviance(&nested, found.subjects() / found.residual(), found.raters() / found.residual());
        assert!(least < dense_deviance(&nested, 0.0, 1.0) && least < dense_deviance(&nested, 1.0, 1.0));
        let single: Vec<_> = nested.into_iter().step_by(3).collect();
        assert_eq!(Crossed::new(&single, 6, 3).components(), Err(Undefined::NotIdentified {}));
    }
}
