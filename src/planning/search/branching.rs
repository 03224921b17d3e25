//! What to branch on, by reliability branching (Achterberg, Koch and Martin 2005): the variable whose values both cost
//! most, tried out until its past can be trusted.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use super::judge::{Judge, WHOLE, whole};
use super::tree::{Branch, Tree};
use crate::planning::linear::{Flaw, LinearRelaxation};

/// How often a variable is tried out before its past is trusted.
const TRIALS: u32 = 2;
/// The most variables tried out at a node.
const CANDIDATES: usize = 10;
/// After so many in a row that are no better than the best, no more are tried.
const PATIENCE: usize = 6;

impl Tree<'_> {
    /// The variable to branch on; `None` when all are whole.
    pub(crate) fn branch(
        &mut self,
        relaxation: &dyn LinearRelaxation,
        values: &[f64],
        judge: &dyn Judge,
        target: i64,
    ) -> Option<Branch> {
        let is_open = |variable: &usize| {
            let value = values[*variable];
            self.rows.variables[*variable].is_whole && (value - value.round()).abs() > WHOLE
        };
        let here = relaxation.bound();
        if self.is_dive {
            let nearest =
                (0..values.len()).filter(is_open).max_by(|one, other| values[*one].total_cmp(&values[*other]))?;
            return Some(Branch::On { variable: nearest, first: 1, bounds: [here, here] });
        }
        let mut candidates: Vec<(usize, f64)> =
            (0..values.len()).filter(is_open).map(|one| (one, self.score(one, values[one]))).collect();
        candidates.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        let mut best: Option<(f64, usize, [f64; 2])> = None;
        let mut tried = 0;
        let mut since = 0;
        for (variable, score) in candidates {
            let is_trusted = (0..2).all(|side| self.past[side][variable].count >= TRIALS);
            let mut bounds = [here, here];
            let score = if is_trusted || tried >= CANDIDATES || self.nodes >= self.limit {
                if best.is_some_and(|(most, ..)| score <= most) {
                    continue;
                }
                score
            } else {
                tried += 1;
                for (side, bound) in bounds.iter_mut().enumerate() {
                    self.nodes += 1;
                    let share = (values[variable] - side as f64).abs();
                    match relaxation.copy().fixed(variable, side as f64) {
                        Ok(solved) => *bound = solved.bound(),
                        Err(Flaw::Infeasible) => *bound = f64::NEG_INFINITY,
                        Err(Flaw::Failed) => {}
                    }
                    if bound.is_finite() {
                        self.past[side][variable].add((here - *bound).max(0.0) / share.max(0.01));
                    }
                    if whole(*bound) < target.max(judge.least()) {
                        return Some(Branch::Fixed(variable, (1 - side) as f64));
                    }
                }
                product(here - bounds[0], here - bounds[1])
            };
            if best.is_none_or(|(most, ..)| score > most) {
                best = Some((score, variable, bounds));
                since = 0;
            } else {
                since += 1;
                if since > PATIENCE {
                    break;
                }
            }
        }
        let (_, variable, bounds) = best?;
        let up = self.past[1][variable].mean(0.0) * (1.0 - values[variable]);
        let down = self.past[0][variable].mean(0.0) * values[variable];
        let first = if bounds[0] < bounds[1] || (bounds[0] <= bounds[1] && up <= down) { 1 } else { 0 };
        Some(Branch::On { variable, first, bounds })
    }

    fn score(&self, variable: usize, value: f64) -> f64 {
        let mean = |side: usize| {
            let known = self.past[side].iter().filter(|past| past.count > 0);
            let (sum, count) = known.fold((0.0, 0), |(sum, count), past| (sum + past.mean(0.0), count + 1));
            self.past[side][variable].mean(if count == 0 { 1.0 } else { sum / f64::from(count) })
        };
        product(mean(0) * value, mean(1) * (1.0 - value))
    }
}

fn product(down: f64, up: f64) -> f64 {
    down.clamp(1e-3, 1e12) * up.clamp(1e-3, 1e12)
}
