//! Weekly minima in the milestone master: which sessions stand just there.
//!
//! A week that has to be spent asks for a few sessions that start in time for it; all others may stand anywhere. So the
//! master says which sessions are pinned to which weeks, and the scheduler places the rest around them, as it does
//! without minima. A variable for every session and week would say the same, in as many ways as there are equal weeks.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use super::crossing::{Crossing, Pins};
use super::schedule::{Schedule, Task, schedule};
use crate::planning::linear::Row;
use crate::planning::linear::{FinishedBy, Formulation, tasks};
use crate::planning::model::{Item, Model, weeks_in};
use crate::planning::search::Search;

/// Combinations tried for one part of a choice with pins.
const SCHEDULE_STEPS: u64 = 500;

impl Formulation {
    /// A variable for each session and start that serves a weekly minimum; every plan has those on that are in it.
    pub(crate) fn add_pins(&mut self, model: &Model) {
        for (index, item) in model.items.iter().enumerate() {
            let least = &model.people[item.person].week_min;
            let serves = |start: &usize| {
                item.load.iter().zip(least.iter().skip(*start)).any(|(minutes, least)| *minutes > 0 && *least > 0)
            };
            let is_in = self.chosen(index).is_some();
            let starts = weeks_in(item.starts).filter(|start| is_in && serves(start));
            let own = starts.map(|start| (start, self.rows.variable(0.0, 1.0, true))).collect();
            self.pinned.push(own);
        }
        for index in 0..model.items.len() {
            self.pin_in_time(model, index);
            self.pin_in_order(model, index);
        }
        self.spend_weeks(model);
    }

    /// What is pinned is in the plan, and finished by a due week just where it is pinned in time for it.
    fn pin_in_time(&mut self, model: &Model, index: usize) {
        let (pins, span) = (self.pinned[index].clone(), model.items[index].span());
        let Some(chosen) = self.chosen(index).filter(|_| !pins.is_empty()) else { return };
        self.rows.at_most(pins.iter().map(|(_, pin)| (*pin, 1.0)).chain([(chosen, -1.0)]).collect(), 0.0);
        let weeks = self.milestones[model.items[index].person].clone();
        for (last, finished) in weeks.into_iter().zip(self.finished[index].clone()) {
            let Some(finished) = finished.filter(|finished| *finished != chosen) else { continue };
            let (early, late): (Pins, Pins) = pins.iter().partition(|(start, _)| start + span <= last + 1);
            let of = |pins: Pins| pins.into_iter().map(|(_, pin)| (pin, 1.0));
            if !early.is_empty() {
                self.rows.at_most(of(early).chain([(finished, -1.0)]).collect(), 0.0);
            }
            if !late.is_empty() {
                self.rows.at_most(of(late).chain([(finished, 1.0), (chosen, -1.0)]).collect(), 0.0);
            }
        }
    }

    /// Where all that could come before in time is pinned itself, it is.
    fn pin_in_order(&mut self, model: &Model, index: usize) {
        for (start, pin) in self.pinned[index].clone() {
            for (before, lag) in &model.items[index].after {
                let in_time = |one: &usize| one + lag <= start;
                let own: Pins = self.pinned[*before].iter().filter(|(one, _)| in_time(one)).copied().collect();
                if weeks_in(model.items[*before].starts).filter(in_time).count() == own.len() {
                    let before = own.into_iter().map(|(_, one)| (one, -1.0));
                    self.rows.at_most(before.chain([(pin, 1.0)]).collect(), 0.0);
                }
            }
        }
    }

    /// What is pinned spends each week that has to be spent, and takes no more of any week than there is.
    fn spend_weeks(&mut self, model: &Model) {
        for (person, data) in model.people.iter().enumerate().filter(|(_, data)| data.has_minimum()) {
            for week in 0..model.weeks {
                let terms = self.minutes_pinned(model, week, |item| (item.person == person).then_some(&item.load[..]));
                self.rows.spend(terms.clone(), data.week_min[week]);
                self.budget(terms, data.week_max[week]);
            }
        }
        for (pool, minutes) in model.pools.iter().enumerate() {
            for (week, most) in minutes.iter().enumerate() {
                let terms = self.minutes_pinned(model, week, |item| item.drawn_from(pool));
                self.budget(terms, *most);
            }
        }
    }

    fn minutes_pinned<'m>(
        &self,
        model: &'m Model,
        week: usize,
        load_of: impl Fn(&'m Item) -> Option<&'m [i64]>,
    ) -> Vec<(usize, f64)> {
        let pinned = model.items.iter().zip(&self.pinned).filter(|(_, pins)| !pins.is_empty());
        let loads = pinned.filter_map(|(item, pins)| Some((load_of(item)?, pins)));
        let terms = loads.flat_map(|(load, pins)| {
            pins.iter().filter_map(move |(start, pin)| Some((*pin, *load.get(week.checked_sub(*start)?)? as f64)))
        });
        terms.filter(|(_, minutes)| *minutes > 0.0).collect()
    }

    /// The sessions that a solution pins, and where.
    pub(crate) fn pins(&self, values: &[f64]) -> Pins {
        let pinned = self.pinned.iter().enumerate();
        let on = pinned.flat_map(|(item, pins)| pins.iter().map(move |(start, pin)| (item, *start, *pin)));
        on.filter(|(_, _, pin)| values[*pin] > 0.5).map(|(item, start, _)| (item, start)).collect()
    }

    /// The row that forbids sessions that cross; `None` when one of them has no variable here.
    pub(crate) fn uncrossing(&self, model: &Model, crossing: &Crossing) -> Option<Row> {
        let pin = |(item, start): &(usize, usize)| {
            let own = self.pinned.get(*item)?.iter().find(|(one, _)| one == start)?;
            Some((own.1, 1.0))
        };
        let pins: Option<Vec<(usize, f64)>> = crossing.pins.iter().map(pin).collect();
        let mut row = self.forbidding(model, &crossing.choice)?;
        let pins = pins?;
        row.at_most += pins.len() as f64;
        row.terms.extend(pins);
        Some(row)
    }
}

/// The chosen sessions as tasks, of which those pinned start just there.
pub(crate) fn pinned_tasks(model: &Model, choice: &FinishedBy, pins: &Pins) -> Vec<Task> {
    let mut tasks = tasks(model, choice);
    for (item, start) in pins {
        tasks.iter_mut().filter(|task| task.item == *item).for_each(|task| task.starts &= 1 << start);
    }
    tasks
}

impl Search<'_> {
    /// The smallest part of a choice with pins that is still impossible; `None` where it is impossible without any.
    pub(crate) fn crossing_in(&self, choice: &FinishedBy, pins: &Pins) -> Option<Crossing> {
        let own = |(item, _): &&(usize, usize)| choice.iter().any(|(one, _)| one == item);
        let pins: Pins = pins.iter().filter(own).copied().collect();
        let is_impossible = |choice: &FinishedBy, pins: &Pins| {
            let tasks = pinned_tasks(self.model, choice, pins);
            !self.limits().is_stopped() && schedule(self.model, &tasks, SCHEDULE_STEPS) == Schedule::Impossible
        };
        if pins.is_empty() || is_impossible(choice, &Pins::new()) {
            return None;
        }
        let (mut choice, mut pins) = (choice.clone(), pins);
        if is_impossible(&choice, &pins) {
            for place in (0..pins.len()).rev() {
                let kept = pins.remove(place);
                if !is_impossible(&choice, &pins) {
                    pins.insert(place, kept);
                }
            }
            for place in (0..choice.len()).rev() {
                let kept = choice.remove(place);
                if !is_impossible(&choice, &pins) {
                    choice.insert(place, kept);
                }
            }
            for place in 0..choice.len() {
                let kept = std::mem::replace(&mut choice[place].1, self.model.weeks - 1);
                if !is_impossible(&choice, &pins) {
                    choice[place].1 = kept;
                }
            }
        }
        // What is pinned is finished anyway, and no pin matters of what is left out.
        pins.retain(|(item, _)| choice.iter().any(|(one, _)| one == item));
        choice.retain(|(item, _)| pins.iter().all(|(one, _)| one != item));
        Some(Crossing { choice, pins })
    }
}
