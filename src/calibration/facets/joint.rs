//! Joint maximum likelihood: persons, raters, criteria and thresholds at once, by Newton steps in which the persons are
//! eliminated. The likelihood is concave, so the steps cannot end elsewhere than at its maximum.

use super::curve::{Curves, MOST, Structure, Tails};
use super::layout::Layout;
use super::search::{Limits, Solution, damped_step};
use super::table::{Entry, Table};
use crate::statistics::{Symmetric, Undefined};

/// The largest move of a person in one step, in logits.
const LARGEST_STEP: f64 = 2.0;

struct Point {
    persons: Vec<f64>,
    structure: Structure,
}

/// First and second derivatives of the log-likelihood at a point; second ones with the sign changed.
struct Slope {
    log_likelihood: f64,
    persons: Vec<PersonSlope>,
    gradient: Vec<f64>,
    /// Of raters, criteria and thresholds.
    information: Symmetric,
}

struct PersonSlope {
    gradient: f64,
    information: f64,
    /// Mixed derivatives with the parameters that the person's ratings touch.
    mixed: Vec<(usize, f64)>,
}

pub(super) fn fit(table: &Table, limits: Limits) -> Result<Solution, Undefined> {
    let highest = table.scales.iter().map(|scale| scale.highest());
    let layout = Layout::new(table.raters.len(), table.criteria.len(), highest, 0);
    let values = vec![0.0; layout.size()];
    let mut point = Point { persons: vec![0.0; table.persons.len()], structure: Structure { layout, values } };
    let mut slope = point.slope(table);
    for iteration in 1..=limits.iterations {
        let (moves, structure_moves) = slope.newton_step(&point.structure.layout)?;
        let largest_move = moves.iter().chain(&structure_moves).fold(0.0_f64, |most, step| most.max(step.abs()));
        (point, slope) = damped_step(slope.log_likelihood, largest_move, LARGEST_STEP, |scale| {
            let next = point.moved(&moves, &structure_moves, scale);
            let next_slope = next.slope(table);
            Ok((next_slope.log_likelihood, (next, next_slope)))
        })?;
        // The error after a Newton step is about the square of the step.
        if largest_move <= limits.last_move {
            return solution(table, point, &slope, iteration);
        }
    }
    Err(Undefined::NotConverged {})
}

impl Point {
    fn moved(&self, persons: &[f64], structure: &[f64], scale: f64) -> Self {
        let add = |old: &[f64], moves: &[f64]| old.iter().zip(moves).map(|(old, step)| old + scale * step).collect();
        let values = add(&self.structure.values, structure);
        let structure = Structure { layout: self.structure.layout.clone(), values };
        Self { persons: add(&self.persons, persons), structure }
    }

    fn slope(&self, table: &Table) -> Slope {
        let layout = &self.structure.layout;
        let curves = self.structure.curves(table);
        let mut slope = Slope {
            log_likelihood: 0.0,
            persons: Vec::with_capacity(self.persons.len()),
            gradient: vec![0.0; layout.size()],
            information: Symmetric::zero(layout.size()),
        };
        let mut mixed = vec![0.0; layout.size()];
        for (measure, entries) in self.persons.iter().zip(table.by_person()) {
            let person = slope.add_person(table, &curves, layout, *measure, entries, &mut mixed);
            slope.persons.push(person);
        }
        slope.information = slope.information.folded();
        slope
    }
}

impl Slope {
    /// Adds the ratings of one person; `mixed` is room to work in, of zeros.
    fn add_person(
        &mut self,
        table: &Table,
        curves: &Curves,
        layout: &Layout,
        measure: f64,
        entries: &[Entry],
        mixed: &mut [f64],
    ) -> PersonSlope {
        let odds = measure.exp();
        let mut person = PersonSlope { gradient: 0.0, information: 0.0, mixed: Vec::new() };
        let mut add_mixed = |place: usize, value: f64| {
            if let Some(own) = mixed.get_mut(place) {
                *own += value;
            }
        };
        for entry in entries {
            let Some(cell) = table.cell_of(entry) else { continue };
            let Some((curve, place)) = curves.place(entry.cell, measure, odds) else { continue };
            let mut probabilities = [0.0; MOST];
            let log_sum = curve.probabilities(place, &mut probabilities);
            let category = f64::from(entry.category);
            self.log_likelihood += category * place.distance - curve.threshold_sum(entry.category) - log_sum;
            let (rater, criterion) = (layout.raters.start + cell.rater, layout.criteria.start + cell.criterion);
            let thresholds = layout.thresholds.get(cell.scale).map_or(0, |block| block.start);

            let tails = Tails::of(&probabilities, curve.highest());
            let residual = category - tails.expected;
            person.gradient += residual;
            person.information += tails.variance;
            for place in [rater, criterion] {
                self.add_gradient(place, -residual);
                self.information.add(place, place, tails.variance);
                add_mixed(place, -tails.variance);
            }
            self.information.add(rater, criterion, tails.variance);
            for (step, (above, with_score)) in tails.pairs().enumerate() {
                let place = thresholds + step;
                let is_passed = if usize::from(entry.category) > step { 1.0 } else { 0.0 };
                self.add_gradient(place, above - is_passed);
                self.information.add(rater, place, with_score);
                self.information.add(criterion, place, with_score);
                add_mixed(place, -with_score);
                self.information.add(place, place, above * (1.0 - above));
                for (lower, (below, _)) in tails.pairs().enumerate().take(step) {
                    self.information.add(place, thresholds + lower, above * (1.0 - below));
                }
            }
        }
        for (place, value) in mixed.iter_mut().enumerate().filter(|(_, value)| **value != 0.0) {
            person.mixed.push((place, std::mem::take(value)));
        }
        person
    }

    fn add_gradient(&mut self, place: usize, value: f64) {
        if let Some(own) = self.gradient.get_mut(place) {
            *own += value;
        }
    }

    /// The information of the structure with the persons eliminated.
    fn schur(&self) -> Symmetric {
        let mut sum = Symmetric::zero(self.information.size());
        for person in &self.persons {
            for (row, left) in &person.mixed {
                let share = left / person.information;
                for (column, right) in &person.mixed {
                    sum.add(*row, *column, share * right);
                }
            }
        }
        self.information.clone().minus(&sum)
    }

    /// The moves of persons and structure.
    fn newton_step(&self, layout: &Layout) -> Result<(Vec<f64>, Vec<f64>), Undefined> {
        let mut right = self.gradient.clone();
        for person in &self.persons {
            for (place, mixed) in &person.mixed {
                if let Some(own) = right.get_mut(*place) {
                    *own -= mixed * person.gradient / person.information;
                }
            }
        }
        let factor = layout.reduce_matrix(&self.schur()).factor().ok_or(Undefined::NotIdentified {})?;
        let structure = layout.expand(&factor.solve(&layout.reduce(&right)));
        let step = |person: &PersonSlope| (person.gradient - person.along(&structure)) / person.information;
        Ok((self.persons.iter().map(step).collect(), structure))
    }

    fn largest_residual(&self, layout: &Layout) -> f64 {
        let persons = self.persons.iter().map(|person| person.gradient);
        persons.chain(layout.reduce(&self.gradient)).fold(0.0, |most, own| most.max(own.abs()))
    }
}

impl PersonSlope {
    fn along(&self, structure: &[f64]) -> f64 {
        self.mixed.iter().map(|(place, mixed)| mixed * structure.get(*place).copied().unwrap_or_default()).sum()
    }
}

fn solution(table: &Table, point: Point, slope: &Slope, iterations: usize) -> Result<Solution, Undefined> {
    let layout = &point.structure.layout;
    let reduced = layout.reduce_matrix(&slope.schur()).factor().ok_or(Undefined::NotIdentified {})?.inverse();
    let covariance = layout.expand_matrix(&reduced);
    Ok(Solution {
        persons: point.persons,
        posterior: Vec::new(),
        population: None,
        information: slope.information.diagonal(),
        covariance,
        residual: slope.largest_residual(layout),
        structure: point.structure,
        iterations,
        log_likelihood: slope.log_likelihood,
        persons_estimated: table.persons.len(),
    })
}
