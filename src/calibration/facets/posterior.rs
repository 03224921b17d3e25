use super::curve::Curves;
use super::lattice::{Lattice, Window};
use super::layout::Layout;
use super::table::{Entry, Table};
use crate::statistics::{Symmetric, dot};

/// Where a person's posterior is highest, and the standard deviation that its curvature there speaks for.
///
/// A few Newton steps from `start`: windows are checked afterwards, so the place need not be exact.
pub(super) fn mode(curves: &Curves, entries: &[Entry], mean: f64, deviation: f64, start: f64) -> (f64, f64) {
    const LARGEST_STEP: f64 = 2.0;
    let precision = deviation.powi(-2);
    let mut measure = start;
    let mut information = precision;
    for _ in 0..12 {
        let (residual, variance) = score(curves, entries, measure);
        information = variance + precision;
        let step = (residual - (measure - mean) * precision) / information;
        measure += step.clamp(-LARGEST_STEP, LARGEST_STEP);
        if step * step * information < 0.01 {
            break;
        }
    }
    (measure, information.sqrt().recip())
}

/// Total − expected total of a person at a measure, and the variance of the total.
fn score(curves: &Curves, entries: &[Entry], measure: f64) -> (f64, f64) {
    let odds = measure.exp();
    let (mut residual, mut variance) = (0.0, 0.0);
    for entry in entries {
        if let Some((curve, place)) = curves.place(entry.cell, measure, odds) {
            let moments = curve.moments(place);
            residual += f64::from(entry.category) - moments.expected;
            variance += moments.variance;
        }
    }
    (residual, variance)
}

/// The posterior of one person at a time, and what it adds to the derivatives.
#[derive(Debug)]
pub(super) struct PersonWork<'a> {
    layout: &'a Layout,
    mean: f64,
    deviation: f64,
    window: Window,
    /// Posterior probabilities at the nodes of the window.
    weights: Vec<f64>,
    /// The parameters that the person's ratings touch.
    touched: Vec<usize>,
    /// For each parameter its row in `rows`.
    row_of: Vec<Option<usize>>,
    /// For each touched parameter the derivative of the complete log-likelihood at the nodes.
    rows: Vec<f64>,
    /// Sums of the probabilities of reaching categories, node by node.
    above: Vec<f64>,
}

impl<'a> PersonWork<'a> {
    pub(super) fn new(layout: &'a Layout, mean: f64, deviation: f64) -> Self {
        Self {
            layout,
            mean,
            deviation,
            window: Window { start: 0, end: 0 },
            weights: Vec::new(),
            touched: Vec::new(),
            row_of: vec![None; layout.size()],
            rows: Vec::new(),
            above: Vec::new(),
        }
    }

    /// Computes the posterior in a window, which widens until what lies outside is negligible; returns ln ∫ without the
    /// part that does not depend on the measure. Nothing when the lattice ends too soon.
    pub(super) fn weigh(
        &mut self,
        lattice: &Lattice,
        entries: &[Entry],
        mut window: Window,
        negligible: f64,
    ) -> Option<f64> {
        loop {
            self.fill(lattice, entries, &window);
            let most = self.weights.iter().copied().fold(f64::MIN, f64::max);
            let is_high = |end: Option<&f64>| end.is_none_or(|value| most - value < negligible);
            let (low, high) = (is_high(self.weights.first()), is_high(self.weights.last()));
            if !low && !high {
                let mut sum = 0.0;
                for weight in &mut self.weights {
                    *weight = (*weight - most).exp();
                    sum += *weight;
                }
                let share = sum.recip();
                self.weights.iter_mut().for_each(|weight| *weight *= share);
                self.window = window;
                let density = lattice.spacing / (self.deviation * std::f64::consts::TAU.sqrt());
                return Some(most + (sum * density).ln());
            }
            let more = window.len() / 2 + 2;
            if low {
                if window.start == 0 {
                    return None;
                }
                window.start = window.start.saturating_sub(more);
            }
            if high {
                if window.end == lattice.nodes() {
                    return None;
                }
                window.end = (window.end + more).min(lattice.nodes());
            }
        }
    }

    /// The log-posterior up to a constant.
    fn fill(&mut self, lattice: &Lattice, entries: &[Entry], window: &Window) {
        let total: f64 = entries.iter().map(|entry| f64::from(entry.category)).sum();
        let half_precision = 0.5 * self.deviation.powi(-2);
        let measures = lattice.measures.get(window.start..window.end).unwrap_or_default();
        self.weights.clear();
        self.weights.extend(measures.iter().map(|measure| {
            let from_mean = measure - self.mean;
            total * measure - half_precision * from_mean * from_mean
        }));
        for entry in entries {
            for (weight, log_sum) in self.weights.iter_mut().zip(lattice.log_sums(entry.cell as usize, window)) {
                *weight -= log_sum;
            }
        }
    }

    /// Adds the posterior to the weights of the cells in which the person was rated.
    pub(super) fn add_weights(&self, lattice: &Lattice, entries: &[Entry], weights: &mut [f64]) {
        for entry in entries {
            let start = entry.cell as usize * lattice.nodes();
            let own = weights.get_mut(start + self.window.start..start + self.window.end).unwrap_or_default();
            for (sum, weight) in own.iter_mut().zip(&self.weights) {
                *sum += weight;
            }
        }
    }

    /// Adds the person's score to the gradient and its variance to the missing information; returns mean and standard
    /// deviation of the posterior.
    pub(super) fn add_slope(
        &mut self,
        table: &Table,
        lattice: &Lattice,
        entries: &[Entry],
        gradient: &mut [f64],
        missing: &mut Symmetric,
    ) -> (f64, f64) {
        self.collect_rows(table, lattice, entries, gradient);
        let posterior = self.collect_population(lattice);
        self.centre_rows(gradient);
        let nodes = self.window.len();
        for (place, row) in self.touched.iter().zip(self.rows.chunks_exact(nodes)) {
            for (other, column) in self.touched.iter().zip(self.rows.chunks_exact(nodes)) {
                missing.add(*place, *other, dot(row, column));
                if other == place {
                    break;
                }
            }
        }
        for place in self.touched.drain(..) {
            if let Some(row) = self.row_of.get_mut(place) {
                *row = None;
            }
        }
        posterior
    }

    /// Expected scores of raters and criteria, and probabilities of reaching categories, at each node.
    fn collect_rows(&mut self, table: &Table, lattice: &Lattice, entries: &[Entry], gradient: &mut [f64]) {
        self.rows.clear();
        let mut subtract = |place: usize, value: f64| {
            if let Some(own) = gradient.get_mut(place) {
                *own -= value;
            }
        };
        let mut scale = None;
        for entry in entries {
            let Some(cell) = table.cell_of(entry) else { continue };
            let expected = lattice.expected(entry.cell as usize, &self.window);
            for place in [self.layout.raters.start + cell.rater, self.layout.criteria.start + cell.criterion] {
                subtract(place, f64::from(entry.category));
                add(self.row(place), expected);
            }
            if scale != Some(cell.scale) {
                self.collect_thresholds(scale);
                scale = Some(cell.scale);
            }
            let block = self.layout.thresholds.get(cell.scale).map_or(0, |block| block.start);
            (0..usize::from(entry.category)).for_each(|step| subtract(block + step, 1.0));
            let above = lattice.above(entry.cell as usize, &self.window);
            self.above.resize(above.len(), 0.0);
            add(&mut self.above, above);
        }
        self.collect_thresholds(scale);
    }

    /// Moves the sums collected for a scale into the rows of its thresholds.
    fn collect_thresholds(&mut self, scale: Option<usize>) {
        let layout = self.layout;
        let Some(block) = scale.and_then(|scale| layout.thresholds.get(scale)) else { return };
        let above = std::mem::take(&mut self.above);
        for (step, place) in block.clone().enumerate() {
            let column = above.iter().skip(step).step_by(block.len());
            for (own, value) in self.row(place).iter_mut().zip(column) {
                *own += value;
            }
        }
        self.above = above;
        self.above.clear();
    }

    /// The derivatives by mean and ln standard deviation.
    fn collect_population(&mut self, lattice: &Lattice) -> (f64, f64) {
        let measures = lattice.measures.get(self.window.start..self.window.end).unwrap_or_default();
        let (mean, precision) = (self.mean, self.deviation.powi(-2));
        let middle = dot(&self.weights, measures);
        let spread: f64 =
            self.weights.iter().zip(measures).map(|(weight, measure)| weight * (measure - middle).powi(2)).sum();
        let place = self.layout.structure();
        for (own, measure) in self.row(place).iter_mut().zip(measures) {
            *own = (measure - mean) * precision;
        }
        for (own, measure) in self.row(place + 1).iter_mut().zip(measures) {
            *own = (measure - mean).powi(2) * precision - 1.0;
        }
        (middle, spread.sqrt())
    }

    /// Adds the mean of each row to the gradient, and leaves deviations times the root of the weights.
    fn centre_rows(&mut self, gradient: &mut [f64]) {
        let nodes = self.window.len();
        for (place, row) in self.touched.iter().zip(self.rows.chunks_exact_mut(nodes)) {
            let mean = dot(row, &self.weights);
            if let Some(own) = gradient.get_mut(*place) {
                *own += mean;
            }
            row.iter_mut().for_each(|value| *value -= mean);
        }
        self.weights.iter_mut().for_each(|weight| *weight = weight.sqrt());
        for row in self.rows.chunks_exact_mut(nodes) {
            row.iter_mut().zip(&self.weights).for_each(|(value, root)| *value *= root);
        }
    }

    /// The row of a parameter, of zeros when it is new.
    fn row(&mut self, place: usize) -> &mut [f64] {
        let nodes = self.window.len();
        let next = self.touched.len();
        let number = match self.row_of.get_mut(place) {
            Some(own) => *own.get_or_insert(next),
            None => next,
        };
        if number == next {
            self.touched.push(place);
            self.rows.resize((next + 1) * nodes, 0.0);
        }
        self.rows.get_mut(number * nodes..(number + 1) * nodes).unwrap_or_default()
    }
}

fn add(sums: &mut [f64], values: &[f64]) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value;
    }
}
