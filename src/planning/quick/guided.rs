//! A quick plan led by the relaxation: sessions that it takes come first, and those that it leaves out are rebuilt most.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use super::draft::{Draft, taste};
use crate::planning::linear::Aim;
use crate::planning::model::{Starts, merit};
use crate::planning::search::{Question, Search, measure};
use crate::planning::seeds;
use crate::value::RandomStream;

impl Search<'_> {
    /// Looks for a better plan than the best known, `rounds` times, near a solution of the relaxation.
    pub(crate) fn improve_by(
        &mut self,
        question: Question<'_>,
        values: &[f64],
        rounds: u32,
        best: &mut Option<(i64, Starts)>,
    ) {
        if matches!(question.aim, Aim::Cost | Aim::Minutes | Aim::Claim | Aim::Starts | Aim::Changes) {
            return;
        }
        let chosen = |item: usize| question.formulation.chosen(item);
        let share = |item: usize| chosen(item).map_or(0.0, |variable| values[variable].clamp(0.0, 1.0));
        let shares: Vec<i64> = (0..self.model.items.len()).map(|item| (share(item) * 1_024.0) as i64).collect();
        let mut random = RandomStream::new(seeds::GUIDED_PLAN, 0);
        let mut draft = Draft::new(self.model);
        draft.fill(&|item| 64 + 2 * shares[item]);
        let (mut best_merit, mut near) = (draft.merit(), draft.starts);
        if let Some((_, known)) = &self.best
            && merit(self.model, known) > best_merit
        {
            best_merit = merit(self.model, known);
            near.clone_from(known);
        }
        for round in 0..rounds {
            if self.limits().is_stopped() {
                break;
            }
            let mut draft = Draft::new(self.model);
            draft.load(&self.thinned(&near, &shares, &mut random, round));
            let bend = random.next();
            let is_led = round % 2 == 0;
            draft.fill(&|item| (if is_led { 128 + shares[item] } else { 512 }) * taste(bend, item) / 512);
            let found = draft.merit();
            if found >= best_merit {
                (best_merit, near) = (found, draft.starts);
            }
        }
        self.offer(&near);
        let value = measure(self.model, question.aim, &near);
        if best_merit.0 && self.reaches(&near, question.targets) && best.as_ref().is_none_or(|(most, _)| value > *most)
        {
            *best = Some((value, near));
        }
    }
    /// A plan without some of its sessions: those that the relaxation leaves out rather than others, except every third
    /// round, and all that comes after what is out.
    fn thinned(&self, near: &Starts, shares: &[i64], random: &mut RandomStream, round: u32) -> Starts {
        let harshness = 100 + random.below(600) as i64;
        let mut kept: Starts = near.clone();
        for item in 0..kept.len() {
            let is_dropped = i64::try_from(random.below(1_024)).unwrap_or(0) * 1_024
                < harshness * if round.is_multiple_of(3) { 400 } else { 1_224 - shares[item] };
            if is_dropped || self.lacks(&kept, item) {
                kept[item] = None;
            }
        }
        // What comes later in the list may be needed by what stands earlier.
        while let Some(item) = (0..kept.len()).find(|item| kept[*item].is_some() && self.lacks(&kept, *item)) {
            kept[item] = None;
        }
        kept
    }

    /// Whether something that comes before an item is out.
    fn lacks(&self, kept: &Starts, item: usize) -> bool {
        self.model.items[item].after.iter().any(|(before, _)| kept[*before].is_none())
    }
}
