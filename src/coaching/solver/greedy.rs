//! A quick plan: most value for time and money first, then repeated partial rebuilding.
//!
//! It gives the exact search a plan to start from and stands in for it where that is switched off.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use std::collections::BTreeMap;

use super::model::{Model, Source, weeks_in};
use crate::coaching::problem::PlanObjective;
use crate::statistics::RandomStream;

/// Which of two plans is better: the larger is.
pub(super) type Merit = (bool, i64, i64, i64, i64);

/// The weeks of a plan's sessions, by item.
pub(super) type Starts = Vec<Option<usize>>;

/// A plan in the making, with the room that is left.
#[derive(Clone)]
pub(super) struct Draft<'m> {
    model: &'m Model,
    goals_of: Vec<Vec<usize>>,
    successors: Vec<Vec<usize>>,
    exclusive_of: Vec<Vec<usize>>,
    pub(super) starts: Starts,
    weeks: Vec<Vec<i64>>,
    pools: Vec<Vec<i64>>,
    minutes: Vec<i64>,
    cost: Vec<i64>,
    shared: i64,
}

impl<'m> Draft<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        let mut goals_of = vec![Vec::new(); model.items.len()];
        for (index, goal) in model.goals.iter().enumerate() {
            for credit in &goal.credits {
                match &credit.source {
                    Source::Item(item) => goals_of[*item].push(index),
                    Source::Together(all) => all.iter().for_each(|item| goals_of[*item].push(index)),
                }
            }
        }
        for goals in &mut goals_of {
            goals.sort_unstable();
            goals.dedup();
        }
        let mut successors = vec![Vec::new(); model.items.len()];
        for (index, item) in model.items.iter().enumerate() {
            item.after.iter().for_each(|(before, _)| successors[*before].push(index));
        }
        let mut exclusive_of = vec![Vec::new(); model.items.len()];
        for (index, group) in model.exclusive.iter().enumerate() {
            group.iter().for_each(|item| exclusive_of[*item].push(index));
        }
        Self {
            model,
            goals_of,
            successors,
            exclusive_of,
            starts: vec![None; model.items.len()],
            weeks: model.people.iter().map(|person| person.week_max.clone()).collect(),
            pools: model.pools.clone(),
            minutes: model.people.iter().map(|person| person.minutes_max).collect(),
            cost: model.people.iter().map(|person| person.cost_max).collect(),
            shared: model.shared_cost.unwrap_or(i64::MAX / 2),
        }
    }

    /// Takes the sessions of a plan that keeps every upper limit.
    pub(super) fn load(&mut self, starts: &Starts) {
        for (item, start) in starts.iter().enumerate() {
            if let Some(start) = start {
                self.book(item, *start, 1);
            }
        }
    }

    fn book(&mut self, item: usize, start: usize, sign: i64) {
        let one = &self.model.items[item];
        for (left, minutes) in self.weeks[one.person].iter_mut().skip(start).zip(&one.load) {
            *left -= sign * minutes;
        }
        for draw in &one.draws {
            for (left, minutes) in self.pools[draw.pool].iter_mut().skip(start).zip(&draw.load) {
                *left -= sign * minutes;
            }
        }
        self.minutes[one.person] -= sign * one.minutes;
        self.cost[one.person] -= sign * one.cost;
        self.shared -= sign * one.cost;
        self.starts[item] = (sign > 0).then_some(start);
    }

    /// Places a session at the first week in which it fits.
    fn place(&mut self, item: usize) -> bool {
        let one = &self.model.items[item];
        let is_excluded = self.exclusive_of[item].iter().any(|group| {
            self.model.exclusive[*group].iter().any(|other| *other != item && self.starts[*other].is_some())
        });
        if is_excluded || one.minutes > self.minutes[one.person] || one.cost > self.cost[one.person].min(self.shared) {
            return false;
        }
        let Some(earliest) =
            one.after.iter().try_fold(0, |week, (before, lag)| Some(week.max(self.starts[*before]? + lag)))
        else {
            return false;
        };
        let fits = |start: &usize| {
            let own = self.weeks[one.person].iter().skip(*start).zip(&one.load).all(|(left, minutes)| minutes <= left);
            own && one.draws.iter().all(|draw| {
                self.pools[draw.pool].iter().skip(*start).zip(&draw.load).all(|(left, minutes)| minutes <= left)
            })
        };
        let found = weeks_in(one.starts).filter(|week| *week >= earliest).find(fits);
        found.inspect(|week| self.book(item, *week, 1)).is_some()
    }

    /// Places a session and what has to come before it; gives what was placed, or nothing at all.
    fn place_with_needed(&mut self, item: usize) -> Option<Vec<usize>> {
        let needed = self.needed(item);
        let mut placed = Vec::new();
        for one in needed.into_iter().rev() {
            if !self.place(one) {
                self.remove(&placed);
                return None;
            }
            placed.push(one);
        }
        Some(placed)
    }

    /// The session and what has to come before it and is not there, each before all that it needs.
    ///
    /// Ordered by the longest way from the session, so a session that many ways lead to stands once.
    fn needed(&self, item: usize) -> Vec<usize> {
        let missing = |one: usize| {
            let before = self.model.items[one].after.iter().map(|(before, _)| *before);
            before.filter(|before| self.starts[*before].is_none())
        };
        if missing(item).next().is_none() {
            return vec![item];
        }
        // How many sessions lead to each, then the longest way to it when the last of them is met.
        let mut leads: BTreeMap<usize, (usize, usize)> = BTreeMap::from([(item, (0, 0))]);
        let mut open = vec![item];
        while let Some(one) = open.pop() {
            for before in missing(one) {
                let entry = leads.entry(before).or_insert_with(|| {
                    open.push(before);
                    (0, 0)
                });
                entry.0 += 1;
            }
        }
        let mut order = vec![item];
        let mut next = 0;
        while let Some(&one) = order.get(next) {
            let way = leads[&one].1 + 1;
            for before in missing(one) {
                if let Some((left, longest)) = leads.get_mut(&before) {
                    (*left, *longest) = (*left - 1, way.max(*longest));
                    if *left == 0 {
                        order.push(before);
                    }
                }
            }
            next += 1;
        }
        order.sort_by_key(|one| leads[one].1);
        order
    }

    fn remove(&mut self, items: &[usize]) {
        for item in items.iter().rev() {
            if let Some(start) = self.starts[*item] {
                self.book(*item, start, -1);
            }
        }
    }

    fn worth_of(&self, goals: &[usize]) -> i64 {
        let goals = goals.iter().map(|goal| &self.model.goals[*goal]);
        goals.map(|goal| goal.weight * goal.closed(&self.model.items, &self.starts)).sum()
    }

    /// Adds sessions, best value for time and money first, until nothing more adds value.
    ///
    /// `taste` bends the order a little, by item; 1024 is neutral.
    pub(super) fn fill(&mut self, taste: &dyn Fn(usize) -> i64) {
        for item in 0..self.model.items.len() {
            if self.model.items[item].is_mandatory && self.starts[item].is_none() {
                _ = self.place_with_needed(item);
            }
        }
        let mut open: Vec<usize> = (0..self.model.items.len()).collect();
        loop {
            let mut best: Option<(i128, usize)> = None;
            let mut still_open = Vec::new();
            for &item in &open {
                if self.starts[item].is_some() {
                    continue;
                }
                let one = &self.model.items[item];
                if one.session > 0 && one.after.iter().any(|(before, _)| self.starts[*before].is_none()) {
                    still_open.push(item);
                    continue;
                }
                let Some(placed) = self.place_with_needed(item) else { continue };
                still_open.push(item);
                let score = self.score(&placed, taste(item));
                self.remove(&placed);
                if score > 0 && best.is_none_or(|(most, _)| score > most) {
                    best = Some((score, item));
                }
            }
            open = still_open;
            match best {
                Some((_, item)) => _ = self.place_with_needed(item),
                None => return,
            }
        }
    }

    /// The value of sessions just placed, per share of the time and money that they take.
    fn score(&mut self, placed: &[usize], taste: i64) -> i128 {
        let mut goals: Vec<usize> = placed.iter().flat_map(|item| self.goals_of[*item].clone()).collect();
        goals.sort_unstable();
        goals.dedup();
        let after = self.worth_of(&goals);
        let kept: Vec<(usize, Option<usize>)> = placed.iter().map(|item| (*item, self.starts[*item].take())).collect();
        let before = self.worth_of(&goals);
        for (item, start) in kept {
            self.starts[item] = start;
        }
        let share = |one: i64, all: i64| i128::from(one) * 1_000_000 / i128::from(all.max(1));
        let effort: i128 = placed
            .iter()
            .map(|item| {
                let one = &self.model.items[*item];
                let person = &self.model.people[one.person];
                share(one.minutes, person.minutes_max.min(person.week_max.iter().sum()))
                    + share(one.cost, person.cost_max)
            })
            .sum();
        i128::from(after - before) * i128::from(taste) * 1_000_000 / (effort + 1_000)
    }

    /// Takes out an item and everything that needs it.
    fn drop_with_dependants(&mut self, item: usize) {
        let Some(start) = self.starts[item] else { return };
        for successor in self.successors[item].clone() {
            self.drop_with_dependants(successor);
        }
        self.book(item, start, -1);
    }

    pub(super) fn merit(&self) -> Merit {
        merit(self.model, &self.starts)
    }
}

/// How good a plan is, provided that it keeps every upper limit: whether it keeps the lower ones, then the objective.
pub(super) fn merit(model: &Model, starts: &Starts) -> Merit {
    let values = model.values(starts);
    let has_mandatory = model.items.iter().zip(starts).all(|(item, start)| !item.is_mandatory || start.is_some());
    let reaches_floors = model.people.iter().zip(&values).all(|(person, value)| *value >= person.floor);
    let is_whole = has_mandatory
        && reaches_floors
        && model.impossible.is_empty()
        && keeps_minima(model, starts)
        && !model.is_excluded(starts);
    let shares =
        model.people.iter().zip(&values).filter_map(|(person, value)| (1_000 * value).checked_div(person.ideal));
    let share = if model.objective == PlanObjective::MaximinThenSum { shares.min().unwrap_or(0) } else { 0 };
    let chosen = || model.items.iter().zip(starts).filter(|(_, start)| start.is_some()).map(|(item, _)| item);
    let cost: i64 = chosen().map(|item| item.cost).sum();
    let minutes: i64 = chosen().map(|item| item.minutes).sum();
    (is_whole, share, values.iter().sum(), -cost, -minutes)
}

fn keeps_minima(model: &Model, starts: &Starts) -> bool {
    (0..model.people.len()).filter(|person| model.people[*person].has_minimum()).all(|person| {
        let mut used = vec![0; model.weeks];
        for (item, start) in model.items.iter().zip(starts).filter(|(item, _)| item.person == person) {
            let Some(start) = start else { continue };
            used.iter_mut().skip(*start).zip(&item.load).for_each(|(cell, minutes)| *cell += minutes);
        }
        used.iter().zip(&model.people[person].week_min).all(|(used, least)| used >= least)
    })
}

/// The best plan found by filling from nothing and then rebuilding parts `rounds` times, starting from `known` plans.
pub(super) fn improve(model: &Model, known: Option<&Starts>, rounds: u32, seed: u64) -> (Merit, Starts) {
    let mut best = Draft::new(model);
    match known {
        Some(starts) => best.load(starts),
        None => best.fill(&|_| 1_024),
    }
    if known.is_some() {
        best.fill(&|_| 1_024);
    }
    let mut merit = best.merit();
    let mut random = RandomStream::new(seed, 0);
    for _ in 0..rounds {
        let mut draft = best.clone();
        let placed: Vec<usize> = (0..model.items.len()).filter(|item| draft.starts[*item].is_some()).collect();
        let drops = 1 + random.below(1 + placed.len() / 3);
        for _ in 0..drops {
            if let Some(item) = placed.get(random.below(placed.len().max(1))) {
                draft.drop_with_dependants(*item);
            }
        }
        let bend = random.next();
        draft.fill(&|item| {
            let mixed = (bend ^ (item as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            i64::try_from(512 + (mixed >> 54)).unwrap_or(1_024)
        });
        let found = draft.merit();
        if found >= merit {
            (merit, best) = (found, draft);
        }
    }
    (merit, best.starts)
}
