//! A quick plan led by the relaxation: sessions that it takes come first, and those that it leaves out are rebuilt most.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use super::draft::Draft;
use super::formulation::{Aim, Formulation, Targets};
use super::merit::Starts;
use super::search::{Search, measure};
use crate::statistics::RandomStream;

/// The seed of the rebuilding: the same input gives the same plan.
const SEED: u64 = 20_261_123;

impl Search<'_> {
    /// Looks for a better plan than the best known, `rounds` times, near a solution of the relaxation.
    pub(super) fn improve_by(
        &mut self,
        aim: Aim,
        targets: &Targets,
        formulation: &Formulation,
        values: &[f64],
        rounds: u32,
        best: &mut Option<(i64, Starts)>,
    ) {
        if matches!(aim, Aim::Cost | Aim::Minutes | Aim::Starts | Aim::Changes) {
            return;
        }
        let share = |item: usize| formulation.chosen(item).map_or(0.0, |variable| values[variable].clamp(0.0, 1.0));
        let shares: Vec<i64> = (0..self.model.items.len()).map(|item| (share(item) * 1_024.0) as i64).collect();
        let mut random = RandomStream::new(SEED, 0);
        let mut draft = Draft::new(self.model);
        draft.fill(&|item| 64 + 2 * shares[item]);
        let mut merit = draft.merit();
        let mut near = draft.starts;
        if let Some((_, known)) = &self.best
            && super::merit::merit(self.model, known) > merit
        {
            merit = super::merit::merit(self.model, known);
            near.clone_from(known);
        }
        for round in 0..rounds {
            if self.limits().is_stopped() {
                break;
            }
            let harshness = 100 + random.below(600) as i64;
            let mut kept: Starts = near.clone();
            for item in 0..kept.len() {
                let is_dropped = i64::try_from(random.below(1_024)).unwrap_or(0) * 1_024
                    < harshness * if round % 3 == 0 { 400 } else { 1_224 - shares[item] };
                if is_dropped || self.model.items[item].after.iter().any(|(before, _)| kept[*before].is_none()) {
                    kept[item] = None;
                }
            }
            // What comes later in the list may be needed by what stands earlier.
            while let Some(item) = (0..kept.len()).find(|item| {
                kept[*item].is_some() && self.model.items[*item].after.iter().any(|(before, _)| kept[*before].is_none())
            }) {
                kept[item] = None;
            }
            let mut draft = Draft::new(self.model);
            draft.load(&kept);
            let bend = random.next();
            let is_led = round % 2 == 0;
            draft.fill(&|item| {
                let mixed =
                    (bend ^ (item as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
                (if is_led { 128 + shares[item] } else { 512 }) * i64::try_from(512 + (mixed >> 54)).unwrap_or(1_024)
                    / 512
            });
            let found = draft.merit();
            if found >= merit {
                (merit, near) = (found, draft.starts);
            }
        }
        self.offer(&near);
        let value = measure(self.model, aim, &near);
        if merit.0 && self.reaches(&near, targets) && best.as_ref().is_none_or(|(most, _)| value > *most) {
            *best = Some((value, near));
        }
    }
}
