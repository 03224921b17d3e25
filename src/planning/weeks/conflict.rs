//! Why a choice of sessions does not fit: the smallest part that does not.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use super::schedule::{Schedule, schedule};
use crate::planning::linear::{FinishedBy, tasks};
use crate::planning::search::Search;

/// Combinations tried for one part: many parts are asked about, and where it is too few the relaxation by week is asked.
const SCHEDULE_STEPS: u64 = 500;
/// The most likes of one conflict: each is a row of the master, whether it is ever broken or not.
const MOST_LIKES: usize = 60;

impl Search<'_> {
    /// The smallest part of an impossible choice that is still impossible, as weak as it goes, and its likes.
    pub(crate) fn conflicts_in(&self, choice: &FinishedBy) -> Vec<FinishedBy> {
        let is_impossible = |part: &FinishedBy| {
            let tasks = tasks(self.model, part);
            if self.limits().is_stopped() {
                return false;
            }
            match schedule(self.model, &tasks, SCHEDULE_STEPS) {
                Schedule::Unknown => self.is_impossible_by_week(&tasks),
                known => known == Schedule::Impossible,
            }
        };
        if !is_impossible(choice) {
            // Only a longer search could tell, which its parts are not worth.
            return vec![choice.clone()];
        }
        let mut core = self.earliest_part(choice, &is_impossible);
        let mut size = (core.len() / 4).max(1);
        loop {
            let mut next = 0;
            while next < core.len() {
                let end = (next + size).min(core.len());
                let part: FinishedBy = core[..next].iter().chain(&core[end..]).copied().collect();
                if is_impossible(&part) { core = part } else { next = end }
            }
            if size == 1 {
                break;
            }
            size = (size / 2).max(1);
        }
        let last_week = self.model.weeks - 1;
        for place in 0..core.len() {
            let kept = core[place].1;
            core[place].1 = last_week;
            if kept != last_week && !is_impossible(&core) {
                core[place].1 = kept;
            }
        }
        let mut conflicts = self.likes(&core);
        conflicts.push(core);
        conflicts
    }

    /// The part due first that is impossible on its own.
    fn earliest_part(&self, choice: &FinishedBy, is_impossible: &dyn Fn(&FinishedBy) -> bool) -> FinishedBy {
        let mut dues: Vec<usize> = choice.iter().map(|(_, last)| *last).collect();
        dues.sort_unstable();
        dues.dedup();
        dues.pop();
        let parts =
            dues.into_iter().map(|due| choice.iter().filter(|(_, last)| *last <= due).copied().collect::<FinishedBy>());
        parts.into_iter().find(|part| is_impossible(part)).unwrap_or_else(|| choice.clone())
    }

    /// Conflicts with one session exchanged for another that is at least as hard to place.
    fn likes(&self, core: &FinishedBy) -> Vec<FinishedBy> {
        let items = &self.model.items;
        let mut likes = Vec::new();
        for (place, (item, last)) in core.iter().enumerate() {
            let is_bound = core.iter().any(|(other, _)| {
                items[*other].after.iter().any(|(before, _)| before == item)
                    || items[*item].after.iter().any(|(before, _)| before == other)
            });
            if is_bound {
                continue;
            }
            for (other, one) in items.iter().enumerate() {
                let is_harder = one.person == items[*item].person
                    && one.load.len() == items[*item].load.len()
                    && one.load.iter().zip(&items[*item].load).all(|(a, b)| a >= b)
                    && one.draws_at_least(&items[*item])
                    && one.starts_by(*last) & !items[*item].starts_by(*last) == 0;
                if is_harder
                    && one.starts_by(*last) != 0
                    && core.iter().all(|(member, _)| *member != other)
                    && likes.len() < MOST_LIKES
                {
                    let mut like = core.clone();
                    like[place] = (other, *last);
                    likes.push(like);
                }
            }
        }
        likes
    }
}
