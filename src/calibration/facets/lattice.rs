use super::curve::{Curves, MOST, Place};

/// What all ratings of a cell share: probabilities at equally spaced measures.
///
/// The trapezoid rule on a lattice errs by about 2·exp(−2π²(sd/spacing)²) for a posterior of that standard deviation, so
/// a spacing of 0.8 sd leaves nothing that `f64` could show; and one table serves every person.
#[derive(Debug)]
pub(super) struct Lattice {
    pub(super) spacing: f64,
    /// The measures, lowest first.
    pub(super) measures: Vec<f64>,
    /// For each cell ln Σ exp(…) at every measure.
    log_sums: Vec<f64>,
    /// For each cell the expected category at every measure.
    expected: Vec<f64>,
    /// For each cell, at every measure, the probabilities of reaching each category above the lowest.
    above: Vec<f64>,
    /// Where the probabilities of each cell stand in `above`, and how many there are at a measure.
    above_places: Vec<(usize, usize)>,
}

impl Lattice {
    pub(super) fn new(curves: &Curves, spacing: f64, lowest: f64, highest: f64) -> Self {
        let (first, last) = ((lowest / spacing).floor() as i64, (highest / spacing).ceil() as i64);
        let measures: Vec<f64> = (first..=last).map(|number| number as f64 * spacing).collect();
        let odds: Vec<f64> = measures.iter().map(|measure| measure.exp()).collect();
        let nodes = measures.len();
        let steps = |scale: usize| curves.scales.get(scale).map_or(0, |curve| curve.highest());
        let mut end = 0;
        let above_places: Vec<(usize, usize)> = curves
            .cells
            .iter()
            .map(|cell| {
                let start = end;
                end += nodes * steps(cell.scale);
                (start, steps(cell.scale))
            })
            .collect();
        let count = curves.cells.len() * nodes;
        let mut lattice = Self {
            spacing,
            log_sums: Vec::with_capacity(count),
            expected: Vec::with_capacity(count),
            above: Vec::with_capacity(end),
            above_places,
            measures,
        };
        for cell in &curves.cells {
            let Some(curve) = curves.scales.get(cell.scale) else { continue };
            for (measure, odds) in lattice.measures.iter().zip(&odds) {
                let place = Place { distance: measure - cell.location, odds: odds * cell.odds };
                let mut probabilities = [0.0; MOST];
                lattice.log_sums.push(curve.probabilities(place, &mut probabilities));
                let mut reached = [0.0; MOST];
                let (mut above, mut expected) = (0.0, 0.0);
                let steps = curve.highest();
                for (own, probability) in reached.iter_mut().zip(probabilities.iter().skip(1)).take(steps).rev() {
                    above += probability;
                    expected += above;
                    *own = above;
                }
                lattice.expected.push(expected);
                lattice.above.extend(reached.iter().take(steps));
            }
        }
        lattice
    }

    pub(super) fn nodes(&self) -> usize {
        self.measures.len()
    }

    /// The node at or below a measure.
    pub(super) fn node(&self, measure: f64) -> usize {
        let first = self.measures.first().copied().unwrap_or_default();
        let node = ((measure - first) / self.spacing).floor().max(0.0) as usize;
        node.min(self.nodes().saturating_sub(1))
    }

    pub(super) fn log_sums(&self, cell: usize, window: &Window) -> &[f64] {
        let start = cell * self.nodes();
        self.log_sums.get(start + window.start..start + window.end).unwrap_or_default()
    }

    pub(super) fn expected(&self, cell: usize, window: &Window) -> &[f64] {
        let start = cell * self.nodes();
        self.expected.get(start + window.start..start + window.end).unwrap_or_default()
    }

    /// Node by node, the probabilities of reaching each category above the lowest.
    pub(super) fn above(&self, cell: usize, window: &Window) -> &[f64] {
        let Some((start, steps)) = self.above_places.get(cell).copied() else { return &[] };
        self.above.get(start + window.start * steps..start + window.end * steps).unwrap_or_default()
    }

    pub(super) fn whole(&self) -> Window {
        Window { start: 0, end: self.nodes() }
    }
}

/// A range of nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Window {
    pub(super) fn len(&self) -> usize {
        self.end - self.start
    }
}
