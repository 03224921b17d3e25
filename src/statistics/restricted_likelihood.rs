//! Restricted maximum likelihood of two crossed random effects.

use super::linear_algebra::{cholesky, solve_lower};
use super::{CrossedComponents, Undefined};

/// Value = mean + effect of a row + effect of a column + residual; there are at least as many rows as columns.
pub(super) struct Crossed {
    observations: Vec<(usize, usize, f64)>,
    row_sizes: Vec<f64>,
    row_sums: Vec<f64>,
    columns: usize,
    /// Rows are raters: the caller's subjects are fewer.
    is_turned: bool,
    squares: f64,
}

/// Above this many columns a system of their size is too large to be solved in place.
const MOST_COLUMNS: usize = 400;

impl Crossed {
    pub(super) fn new(observations: &[(usize, usize, f64)], subjects: usize, raters: usize) -> Self {
        let is_turned = raters > subjects;
        let n = observations.len() as f64;
        let origin = observations.first().map_or(0.0, |(_, _, value)| *value);
        let mean = observations.iter().map(|(_, _, value)| value - origin).sum::<f64>() / n;
        let turned = |(subject, rater, value): &(usize, usize, f64)| {
            let value = value - origin - mean;
            if is_turned { (*rater, *subject, value) } else { (*subject, *rater, value) }
        };
        let mut observations: Vec<_> = observations.iter().map(turned).collect();
        observations.sort_by_key(|(row, column, _)| (*row, *column));
        let rows = subjects.max(raters);
        let (mut row_sizes, mut row_sums) = (vec![0.0; rows], vec![0.0; rows]);
        for (row, _, value) in &observations {
            if let Some((size, sum)) = row_sizes.get_mut(*row).zip(row_sums.get_mut(*row)) {
                *size += 1.0;
                *sum += value;
            }
        }
        let squares = observations.iter().map(|(_, _, value)| value * value).sum();
        Self { observations, row_sizes, row_sums, columns: subjects.min(raters), is_turned, squares }
    }

    pub(super) fn components(&self) -> Result<CrossedComponents, Undefined> {
        if self.squares <= 0.0 {
            return Err(Undefined::NoVariation {});
        }
        let parameters = self.row_sizes.len() + self.columns;
        if self.columns > MOST_COLUMNS {
            return Err(Undefined::OutOfRange {});
        }
        // With rows and columns free there must be something left, and both must be told apart.
        if self.observations.len() < parameters || self.is_nested() {
            return Err(Undefined::NotIdentified {});
        }
        let (rows, columns) = self.best().ok_or(Undefined::NotConverged {})?;
        let profile = self.profile(rows, columns).ok_or(Undefined::NotConverged {})?;
        let residual = profile.squares / (self.observations.len() as f64 - 1.0);
        let (rows, columns) = (rows * residual, columns * residual);
        let (subjects, raters) = if self.is_turned { (columns, rows) } else { (rows, columns) };
        CrossedComponents::new(subjects, raters, residual)
    }

    /// Whether every row stands in one column only, or the other way round: then one effect is part of the other.
    fn is_nested(&self) -> bool {
        let mut seen = vec![None; self.row_sizes.len()];
        let mut crosses_columns = false;
        let mut rows_of_column = vec![None; self.columns];
        let mut crosses_rows = false;
        for (row, column, _) in &self.observations {
            if let Some(slot) = seen.get_mut(*row) {
                crosses_columns |= slot.is_some_and(|other| other != *column);
                *slot = Some(*column);
            }
            if let Some(slot) = rows_of_column.get_mut(*column) {
                crosses_rows |= slot.is_some_and(|other| other != *row);
                *slot = Some(*row);
            }
        }
        !(crosses_columns && crosses_rows)
    }

    /// The ratios of row and column variance to the residual at which the likelihood is highest: a search on the square roots,
    /// in which it is smooth and even, so that a boundary at 0 needs no care.
    fn best(&self) -> Option<(f64, f64)> {
        const LARGEST: f64 = 1e4;
        let starts = [(0.3, 0.3), (1.0, 0.2), (0.2, 1.0), (3.0, 3.0), (0.0, 0.0)];
        let value =
            |(a, b): (f64, f64)| self.profile(a * a, b * b).map(|profile| profile.deviance(self.observations.len()));
        let start =
            starts.iter().filter_map(|start| Some((value(*start)?, *start))).min_by(|a, b| a.0.total_cmp(&b.0))?.1;
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
        let (h, k) = (2e-3 * (1.0 + a), 2e-3 * (1.0 + b));
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
        let size = self.columns;
        // Rows absorbed: their covariance matrix is inverted block by block.
        let mut system = vec![0.0; size * size];
        let (mut ones, mut sums) = (vec![0.0; size], vec![0.0; size]);
        let (mut one_one, mut one_y, mut logarithms, mut y_y) = (0.0, 0.0, 0.0, self.squares);
        for block in self.observations.chunk_by(|one, other| one.0 == other.0) {
            let row = block.first()?.0;
            let (n, sum) = (self.row_sizes.get(row)?, self.row_sums.get(row)?);
            let shrink = rows / (1.0 + n * rows);
            one_one += n / (1.0 + n * rows);
            one_y += sum / (1.0 + n * rows);
            y_y -= shrink * sum * sum;
            logarithms += (n * rows).ln_1p();
            for (_, column, value) in block {
                *ones.get_mut(*column)? += 1.0 - shrink * n;
                *sums.get_mut(*column)? += value - shrink * sum;
                let line = system.get_mut(column * size..(column + 1) * size)?;
                *line.get_mut(*column)? += 1.0;
                for (_, other, _) in block {
                    *line.get_mut(*other)? -= shrink;
                }
            }
        }
        // I + columns · Z'V⁻¹Z, of which the columns' part follows.
        for (index, cell) in system.iter_mut().enumerate() {
            *cell = *cell * columns + if index % (size + 1) == 0 { 1.0 } else { 0.0 };
        }
        let root = cholesky(&system, size)?;
        logarithms +=
            2.0 * (0..size).filter_map(|index| root.get(index * (size + 1))).map(|pivot| pivot.ln()).sum::<f64>();
        solve_lower(&root, size, &mut ones)?;
        solve_lower(&root, size, &mut sums)?;
        let product = |one: &[f64], other: &[f64]| one.iter().zip(other).map(|(a, b)| a * b).sum::<f64>();
        one_one -= columns * product(&ones, &ones);
        one_y -= columns * product(&ones, &sums);
        y_y -= columns * product(&sums, &sums);
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
    fn deviance(&self, size: usize) -> f64 {
        (size as f64 - 1.0) * self.squares.ln() + self.logarithms
    }
}
