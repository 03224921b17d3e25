//! Marginal maximum likelihood: persons are a draw from a normal population, whose mean and standard deviation are
//! estimated with the structure by Newton steps on the marginal likelihood.

use super::curve::{Curves, Structure};
use super::lattice::{Lattice, Window};
use super::layout::Layout;
use super::posterior::{PersonWork, mode};
use super::search::{Limits, NormalPopulation, Solution, damped_step};
use super::table::Table;
use crate::statistics::{Symmetric, Undefined};

/// The largest move of a parameter in one step.
const LARGEST_STEP: f64 = 1.5;
/// Below this standard deviation the persons count as alike.
const SMALLEST_DEVIATION: f64 = 0.01;
const LARGEST_DEVIATION: f64 = 50.0;
/// Windows end where the posterior density has fallen by e to minus this.
const NEGLIGIBLE: f64 = 34.0;

/// Mean and ln standard deviation of the population, after the structure.
const POPULATION: usize = 2;

struct Point {
    structure: Structure,
    mean: f64,
    log_deviation: f64,
    /// Mode and curvature-based standard deviation of each person's posterior.
    modes: Vec<(f64, f64)>,
}

struct Slope {
    log_likelihood: f64,
    gradient: Vec<f64>,
    /// The information if the measures of the persons were known.
    complete: Symmetric,
    /// What not knowing them takes away.
    missing: Symmetric,
    posterior: Vec<(f64, f64)>,
}

pub(super) fn fit(table: &Table, limits: Limits, nodes_per_deviation: f64) -> Result<Solution, Undefined> {
    let spacing = nodes_per_deviation.recip();
    let highest = table.scales.iter().map(|scale| scale.highest());
    let layout = Layout::new(table.raters.len(), table.criteria.len(), highest, POPULATION);
    let values = vec![0.0; layout.structure()];
    let structure = Structure { layout, values };
    let modes = vec![(0.0, 1.0); table.persons.len()];
    let mut point = Point { structure, mean: table.mean_log_odds(), log_deviation: 0.0, modes };
    let mut slope = point.slope(table, spacing)?;
    for iteration in 1..=limits.iterations {
        let moves = slope.newton_step(&point)?;
        let largest_move = moves.iter().fold(0.0_f64, |most, step| most.max(step.abs()));
        (point, slope) = damped_step(slope.log_likelihood, largest_move, LARGEST_STEP, |scale| {
            let mut next = point.moved(&moves, scale);
            let next_slope = next.slope(table, spacing)?;
            Ok((next_slope.log_likelihood, (next, next_slope)))
        })?;
        // The error after a Newton step is about the square of the step.
        if largest_move <= limits.last_move {
            return solution(point, slope, iteration);
        }
    }
    Err(Undefined::NotConverged {})
}

impl Point {
    fn deviation(&self) -> f64 {
        self.log_deviation.exp()
    }

    fn moved(&self, moves: &[f64], scale: f64) -> Self {
        let values = self.structure.values.iter().zip(moves).map(|(old, step)| old + scale * step).collect();
        let mut free = moves.iter().skip(self.structure.values.len()).map(|step| scale * step);
        let (mean, log_deviation) = (free.next().unwrap_or_default(), free.next().unwrap_or_default());
        Self {
            structure: Structure { layout: self.structure.layout.clone(), values },
            mean: self.mean + mean,
            log_deviation: (self.log_deviation + log_deviation).clamp(SMALLEST_DEVIATION.ln(), LARGEST_DEVIATION.ln()),
            modes: self.modes.clone(),
        }
    }

    fn slope(&mut self, table: &Table, spacing: f64) -> Result<Slope, Undefined> {
        let curves = self.structure.curves(table);
        let (mean, deviation) = (self.mean, self.deviation());
        let mut finest = deviation;
        let (mut lowest, mut highest) = (mean, mean);
        for (own, entries) in self.modes.iter_mut().zip(table.by_person()) {
            *own = mode(&curves, entries, mean, deviation, own.0);
            finest = finest.min(own.1);
            (lowest, highest) = (lowest.min(own.0 - 12.0 * own.1), highest.max(own.0 + 12.0 * own.1));
        }
        if !(lowest.is_finite() && highest.is_finite()) {
            return Err(Undefined::OutOfRange {});
        }
        let mut reach = 12.0;
        loop {
            let lattice = Lattice::new(&curves, finest * spacing, lowest, highest);
            if let Some(slope) = self.slope_on(table, &lattice) {
                return Ok(slope);
            }
            // A window met the end of the lattice.
            reach *= 2.0;
            (lowest, highest) = (lowest.min(mean - reach * deviation), highest.max(mean + reach * deviation));
            if reach > 100.0 {
                return Err(Undefined::OutOfRange {});
            }
        }
    }

    /// Nothing when a posterior reaches beyond the lattice.
    fn slope_on(&self, table: &Table, lattice: &Lattice) -> Option<Slope> {
        let layout = &self.structure.layout;
        let mut slope = Slope {
            log_likelihood: self.constant(table),
            gradient: vec![0.0; layout.size()],
            complete: Symmetric::zero(layout.size()),
            missing: Symmetric::zero(layout.size()),
            posterior: Vec::with_capacity(table.persons.len()),
        };
        let mut weights = vec![0.0; table.cells.len() * lattice.nodes()];
        let mut work = PersonWork::new(layout, self.mean, self.deviation());
        for ((middle, width), entries) in self.modes.iter().zip(table.by_person()) {
            let window =
                Window { start: lattice.node(middle - 8.5 * width), end: lattice.node(middle + 8.5 * width) + 1 };
            slope.log_likelihood += work.weigh(lattice, entries, window, NEGLIGIBLE)?;
            work.add_weights(lattice, entries, &mut weights);
            slope.posterior.push(work.add_slope(table, lattice, entries, &mut slope.gradient, &mut slope.missing));
        }
        slope.add_complete(table, lattice, layout, &weights);
        slope.add_population(self, layout);
        slope.complete = slope.complete.folded();
        slope.missing = slope.missing.folded();
        Some(slope)
    }

    /// The part of the log-likelihood that does not depend on the measures of persons.
    fn constant(&self, table: &Table) -> f64 {
        let curves: Curves = self.structure.curves(table);
        let of = |entry: &super::table::Entry| {
            let cell = curves.cells.get(entry.cell as usize)?;
            let thresholds = curves.scales.get(cell.scale)?.threshold_sum(entry.category);
            Some(f64::from(entry.category) * cell.location + thresholds)
        };
        -table.by_person().flatten().filter_map(of).sum::<f64>()
    }
}

impl Slope {
    fn add_complete(&mut self, table: &Table, lattice: &Lattice, layout: &Layout, weights: &[f64]) {
        let whole = lattice.whole();
        for ((number, cell), weights) in table.cells.iter().enumerate().zip(weights.chunks_exact(lattice.nodes())) {
            let (rater, criterion) = (layout.raters.start + cell.rater, layout.criteria.start + cell.criterion);
            let Some(block) = layout.thresholds.get(cell.scale) else { continue };
            let above = lattice.above(number, &whole).chunks_exact(block.len().max(1));
            let expected = lattice.expected(number, &whole);
            let mut variance = 0.0;
            let mut with_score = vec![0.0; block.len()];
            let mut pairs = Symmetric::zero(block.len());
            let used = weights.iter().zip(expected).zip(above).filter(|((weight, _), _)| **weight > 0.0);
            for ((weight, expected), above) in used {
                let mut beyond = 0.0;
                for (step, reach) in above.iter().enumerate().rev() {
                    // Σ of the score over categories from here on, less its share of the expected score.
                    let covariance = (step + 1) as f64 * reach + beyond - expected * reach;
                    beyond += reach;
                    variance += weight * covariance;
                    if let Some(own) = with_score.get_mut(step) {
                        *own += weight * covariance;
                    }
                    let scaled = weight * reach;
                    for (own, lower) in pairs.row_mut(step).iter_mut().zip(above).take(step + 1) {
                        *own += scaled * (1.0 - lower);
                    }
                }
            }
            for place in [rater, criterion] {
                self.complete.add(place, place, variance);
            }
            self.complete.add(rater, criterion, variance);
            for (step, covariance) in with_score.iter().enumerate() {
                self.complete.add(rater, block.start + step, *covariance);
                self.complete.add(criterion, block.start + step, *covariance);
                for lower in 0..=step {
                    self.complete.add(block.start + step, block.start + lower, pairs.at(step, lower));
                }
            }
        }
    }

    fn add_population(&mut self, point: &Point, layout: &Layout) {
        let precision = point.deviation().powi(-2);
        let (mean, log_deviation) = (layout.structure(), layout.structure() + 1);
        for (middle, deviation) in &self.posterior {
            let from_mean = middle - point.mean;
            let square = from_mean * from_mean + deviation * deviation;
            self.complete.add(mean, mean, precision);
            self.complete.add(mean, log_deviation, 2.0 * precision * from_mean);
            self.complete.add(log_deviation, log_deviation, 2.0 * precision * square);
        }
    }

    /// Whether the likelihood still falls with the spread of persons at its smallest.
    fn is_at_boundary(&self, point: &Point) -> bool {
        let falls = self.gradient.last().is_some_and(|slope| *slope <= 0.0);
        falls && point.log_deviation <= SMALLEST_DEVIATION.ln() + 1e-12
    }

    /// Observed information of what can move; the complete one when that is not positive definite, as it may be far
    /// from the maximum.
    fn newton_step(&self, point: &Point) -> Result<Vec<f64>, Undefined> {
        let layout = &point.structure.layout;
        let at_boundary = self.is_at_boundary(point);
        let mut gradient = layout.reduce(&self.gradient);
        if at_boundary && let Some(last) = gradient.last_mut() {
            *last = 0.0;
        }
        let observed = without_last(layout.reduce_matrix(&self.complete.clone().minus(&self.missing)), at_boundary);
        let complete = || without_last(layout.reduce_matrix(&self.expected_complete(point)), at_boundary);
        let factor = observed.factor().or_else(|| complete().factor()).ok_or(Undefined::NotIdentified {})?;
        Ok(layout.expand(&factor.solve(&gradient)))
    }

    /// The complete information with that of the population as it is on average, which is positive definite everywhere.
    fn expected_complete(&self, point: &Point) -> Symmetric {
        let mut matrix = self.complete.clone();
        let (mean, persons) = (point.structure.layout.structure(), self.posterior.len() as f64);
        for (row, column, value) in [
            (mean, mean, persons * point.deviation().powi(-2)),
            (mean, mean + 1, 0.0),
            (mean + 1, mean, 0.0),
            (mean + 1, mean + 1, 2.0 * persons),
        ] {
            matrix.add(row, column, value - matrix.at(row, column));
        }
        matrix
    }

    fn largest_residual(&self, point: &Point) -> f64 {
        let reduced = point.structure.layout.reduce(&self.gradient);
        let moving = reduced.len() - usize::from(self.is_at_boundary(point));
        reduced.iter().take(moving).fold(0.0, |most, own| most.max(own.abs()))
    }
}

/// With the last parameter cut off from the others, when it is fixed.
fn without_last(mut matrix: Symmetric, is_fixed: bool) -> Symmetric {
    if is_fixed && let Some(last) = matrix.size().checked_sub(1) {
        for place in 0..last {
            matrix.add(place, last, -matrix.at(place, last));
            matrix.add(last, place, -matrix.at(last, place));
        }
        matrix.add(last, last, 1.0 - matrix.at(last, last));
    }
    matrix
}

fn solution(point: Point, slope: Slope, iterations: usize) -> Result<Solution, Undefined> {
    let layout = &point.structure.layout;
    let at_boundary = slope.is_at_boundary(&point);
    let observed = layout.reduce_matrix(&slope.complete.clone().minus(&slope.missing));
    let factor = without_last(observed, at_boundary).factor().ok_or(Undefined::NotIdentified {})?;
    let covariance = layout.expand_matrix(&factor.inverse());
    let residual = slope.largest_residual(&point);
    let population = NormalPopulation { mean: point.mean, deviation: point.deviation(), at_boundary };
    Ok(Solution {
        covariance,
        information: slope.complete.diagonal(),
        persons: Vec::new(),
        posterior: slope.posterior,
        population: Some(population),
        iterations,
        residual,
        structure: point.structure,
        log_likelihood: slope.log_likelihood,
        persons_estimated: 0,
    })
}
