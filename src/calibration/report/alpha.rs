//! Krippendorff's alpha of one criterion.

use crate::statistics::{Estimate, Undefined};
use crate::value::Step;

/// Nominal on scales of two steps, ordinal on longer ones; units have two ratings or more.
///
/// *Formula*: 1 − (N − 1)·Σ o(c,k)·δ² / Σ n(c)·n(k)·δ² over pairs of steps c < k, with o the coincidences of pairable
/// ratings and n their totals; δ² is 1, or (Σ n from c to k − (n(c) + n(k))/2)². *Reference*: Krippendorff 2011.
pub(super) fn alpha(units: &[Vec<Step>], steps: u8) -> Result<Estimate, Undefined> {
    let size = usize::from(steps);
    let mut coincidences = vec![vec![0.0; size]; size];
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        let share = ((unit.len() - 1) as f64).recip();
        for (place, one) in unit.iter().enumerate() {
            for (_, other) in unit.iter().enumerate().filter(|(number, _)| *number != place) {
                let row = coincidences.get_mut(usize::from(one.get()) - 1);
                if let Some(cell) = row.and_then(|row| row.get_mut(usize::from(other.get()) - 1)) {
                    *cell += share;
                }
            }
        }
    }
    let totals: Vec<f64> = coincidences.iter().map(|row| row.iter().sum()).collect();
    let all: f64 = totals.iter().sum();
    if all <= 0.0 {
        return Err(Undefined::NoPairs {});
    }
    let (mut observed, mut expected) = (0.0, 0.0);
    for (low, (row, low_total)) in coincidences.iter().zip(&totals).enumerate() {
        let mut between = 0.5 * low_total;
        for (cell, high_total) in row.iter().zip(&totals).skip(low + 1) {
            let distance: f64 = if size == 2 { 1.0 } else { between + 0.5 * high_total };
            between += high_total;
            observed += cell * distance * distance;
            expected += low_total * high_total * distance * distance;
        }
    }
    if expected <= 0.0 {
        return Err(Undefined::NoVariation {});
    }
    Estimate::of(1.0 - (all - 1.0) * observed / expected).ok_or(Undefined::OutOfRange {})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(rows: &[&[u8]]) -> Vec<Vec<Step>> {
        rows.iter().map(|row| row.iter().map(|step| Step::new(*step).unwrap()).collect()).collect()
    }

    #[test]
    fn the_published_table_gives_the_printed_ordinal_alpha() {
        // Krippendorff 2011, four observers and twelve units with gaps; unit 12 was rated once.
        let table: [&[u8]; 12] = [
            &[1, 1, 1],
            &[2, 2, 3, 2],
            &[3, 3, 3, 3],
            &[3, 3, 3, 3],
            &[2, 2, 2, 2],
            &[1, 2, 3, 4],
            &[4, 4, 4, 4],
            &[1, 1, 2, 1],
            &[2, 2, 2, 2],
            &[5, 5, 5],
            &[1, 1],
            &[3],
        ];
        let found = alpha(&units(&table), 5).unwrap().value();
        assert!((found - 0.815_388).abs() < 5e-7, "{found}");
    }

    #[test]
    fn two_steps_give_the_nominal_alpha() {
        // Krippendorff 2011, example A: two observers, ten units.
        let rows: Vec<[u8; 2]> = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
            .iter()
            .zip([1, 1, 1, 0, 0, 1, 0, 0, 0, 0])
            .map(|(a, b)| [a + 1, b + 1])
            .collect();
        let rows: Vec<&[u8]> = rows.iter().map(|row| row.as_slice()).collect();
        assert!((alpha(&units(&rows), 2).unwrap().value() - 0.095_238).abs() < 5e-7);
    }

    #[test]
    fn one_step_for_everything_has_no_alpha() {
        assert_eq!(alpha(&units(&[&[3, 3], &[3, 3]]), 5), Err(Undefined::NoVariation {}));
        assert_eq!(alpha(&[], 5), Err(Undefined::NoPairs {}));
    }
}
