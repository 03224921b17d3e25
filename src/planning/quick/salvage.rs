//! A plan from a choice of sessions that does not fit.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use crate::value::SortedSet;

use super::draft::Draft;
use crate::planning::linear::{Aim, FinishedBy, tasks};
use crate::planning::model::Starts;
use crate::planning::search::{Question, Search, measure};
use crate::planning::weeks::{Schedule, schedule};

/// The most sessions dropped, each with what needs it: a choice that needs more is far from any plan.
const MOST_DROPS: u32 = 12;
/// Combinations tried for what is left: what is dropped next may make it easy, so no single try is worth many.
const SCHEDULE_STEPS: u64 = 2_000;

impl Search<'_> {
    /// Makes a plan of a choice that does not fit: drops what loses least until the rest fits, and fills the gaps.
    pub(crate) fn salvage(
        &mut self,
        question: Question<'_>,
        conflicts: &[FinishedBy],
        values: &[f64],
        best: &mut Option<(i64, Starts)>,
    ) {
        let Question { aim, targets, formulation } = question;
        if matches!(aim, Aim::Cost | Aim::Minutes | Aim::Claim | Aim::Starts | Aim::Changes) {
            return;
        }
        let mut choice = self.lighten(aim, &formulation.chosen_sessions(self.model, values), &formulation.pins(values));
        let mut blamed: FinishedBy = conflicts.last().cloned().unwrap_or_default();
        for _ in 0..MOST_DROPS {
            let Some(item) = self.least_loss(&choice, &blamed) else { return };
            choice.retain(|(one, _)| !self.needs(*one, item));
            let mut draft = Draft::new(self.model);
            let all = tasks(self.model, &choice);
            match schedule(self.model, &all, SCHEDULE_STEPS) {
                Schedule::Found(weeks) => {
                    let mut starts: Starts = vec![None; self.model.items.len()];
                    all.iter().zip(weeks).for_each(|(task, week)| starts[task.item] = Some(week));
                    draft.load(&starts);
                    draft.fill(&|_| 1_024);
                    self.offer(&draft.starts);
                    let value = measure(self.model, aim, &draft.starts);
                    let counts = draft.merit().0 && self.reaches(&draft.starts, targets);
                    if counts && best.as_ref().is_none_or(|(most, _)| value > *most) {
                        *best = Some((value, draft.starts));
                    }
                    return;
                }
                Schedule::Impossible | Schedule::Unknown => blamed.clone_from(&choice),
            }
        }
    }

    /// The session of `blamed` whose loss, with all that needs it, costs least for its minutes.
    fn least_loss(&self, choice: &FinishedBy, blamed: &FinishedBy) -> Option<usize> {
        let starts_without = |dropped: Option<usize>| -> Starts {
            let mut starts: Starts = vec![None; self.model.items.len()];
            for (item, last) in
                choice.iter().filter(|(item, _)| dropped.is_none_or(|dropped| !self.needs(*item, dropped)))
            {
                starts[*item] = (last + 1).checked_sub(self.model.items[*item].span());
            }
            starts
        };
        let all: i64 = self.model.values(&starts_without(None)).iter().sum();
        let in_choice = |item: usize| choice.iter().any(|(one, _)| *one == item);
        let candidates = blamed.iter().filter(|(item, _)| in_choice(*item) && !self.model.items[*item].is_mandatory);
        let loss = |item: usize| {
            let left: i64 = self.model.values(&starts_without(Some(item))).iter().sum();
            (all - left) * 1_000 / self.model.items[item].minutes.max(1)
        };
        candidates.map(|(item, _)| *item).min_by_key(|item| (loss(*item), *item))
    }

    /// Whether `one` is `item` or cannot take place without it.
    fn needs(&self, one: usize, item: usize) -> bool {
        let mut seen = SortedSet::from([one]);
        let mut open = vec![one];
        while let Some(next) = open.pop() {
            if next == item {
                return true;
            }
            // Many ways may lead to one session: each is followed once.
            open.extend(self.model.items[next].after.iter().map(|(before, _)| *before).filter(|one| seen.insert(*one)));
        }
        false
    }
}
