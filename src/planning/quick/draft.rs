//! A plan in the making: what is placed, and the room that is left.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use crate::value::SortedMap;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::Rc;

use crate::planning::model::Steps;
use crate::planning::model::{Effects, Standing};
use crate::planning::model::{Merit, Starts, merit};
use crate::planning::model::{Model, Person, Weeks, weeks_in};

/// A plan in the making.
#[derive(Clone)]
pub(crate) struct Draft<'m> {
    model: &'m Model,
    links: Rc<Links>,
    steps: Option<&'m Steps<'m>>,
    pub(crate) starts: Starts,
    standing: Standing,
    /// By exclusive group: how many of it are there.
    taken: Vec<u32>,
    weeks: Vec<Vec<i64>>,
    pools: Vec<Vec<i64>>,
    minutes: Vec<i64>,
    cost: Vec<i64>,
    shared: i64,
}

/// How the sessions of a model hang together.
struct Links {
    effects: Effects,
    successors: Vec<Vec<usize>>,
    exclusive_of: Vec<Vec<usize>>,
    /// By item: what it takes of what is shared; empty without weekly minima.
    claims: Vec<i64>,
}

impl Links {
    fn new(model: &Model) -> Self {
        let mut successors = vec![Vec::new(); model.items.len()];
        for (index, item) in model.items.iter().enumerate() {
            item.after.iter().for_each(|(before, _)| successors[*before].push(index));
        }
        let mut exclusive_of = vec![Vec::new(); model.items.len()];
        for (index, group) in model.exclusive.iter().enumerate() {
            group.iter().for_each(|item| exclusive_of[*item].push(index));
        }
        let has_minima = model.people.iter().any(Person::has_minimum);
        let claims = model.items.iter().filter(|_| has_minima).map(|item| model.claim(item)).collect();
        Self { effects: Effects::new(model), successors, exclusive_of, claims }
    }
}

impl<'m> Draft<'m> {
    pub(crate) fn new(model: &'m Model) -> Self {
        let links = Rc::new(Links::new(model));
        Self {
            model,
            steps: None,
            starts: vec![None; model.items.len()],
            standing: Standing::new(&links.effects),
            taken: vec![0; model.exclusive.len()],
            weeks: model.people.iter().map(|person| person.week_max.clone()).collect(),
            pools: model.pools.clone(),
            minutes: model.people.iter().map(|person| person.minutes_max).collect(),
            cost: model.people.iter().map(|person| person.cost_max).collect(),
            shared: model.shared_cost.unwrap_or(i64::MAX / 2),
            links,
        }
    }

    /// Pays for what it tries from now on.
    pub(crate) fn paying(mut self, steps: &'m Steps<'m>) -> Self {
        self.steps = Some(steps);
        self
    }

    /// Takes the sessions of a plan that keeps every upper limit.
    pub(crate) fn load(&mut self, starts: &Starts) {
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
        for group in &self.links.exclusive_of[item] {
            self.taken[*group] = if sign > 0 { self.taken[*group] + 1 } else { self.taken[*group] - 1 };
        }
        self.standing.book(&self.links.effects, item, start, sign);
        self.starts[item] = (sign > 0).then_some(start);
    }

    /// Places a session at the first week in which it fits.
    fn place(&mut self, item: usize) -> bool {
        self.place_within(item, Weeks::MAX)
    }

    /// Places a session at the first of some weeks in which it fits.
    fn place_within(&mut self, item: usize, within: Weeks) -> bool {
        let one = &self.model.items[item];
        let is_excluded = self.links.exclusive_of[item].iter().any(|group| self.taken[*group] > 0);
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
        let found = weeks_in(one.starts & within).filter(|week| *week >= earliest).find(fits);
        found.inspect(|week| self.book(item, *week, 1)).is_some()
    }

    /// Places a session and what has to come before it; gives what was placed, or nothing at all.
    fn place_with_needed(&mut self, item: usize) -> Option<Vec<usize>> {
        let needed = self.needed(item);
        if needed.len() > 1 {
            self.steps.inspect(|steps| _ = steps.pay(8 * needed.len() as u64));
        }
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
        let mut leads: SortedMap<usize, (usize, usize)> = SortedMap::from([(item, (0, 0))]);
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

    /// Adds sessions, best value for time and money first, until nothing more adds value.
    ///
    /// `taste` bends the order a little, by item; 1024 is neutral. A session is worth no more later on than it was before,
    /// unless something that it needs, or all but it of a synergy, has come to the plan: so an old worth is an upper
    /// limit, and only the sessions on top are tried again.
    pub(crate) fn fill(&mut self, taste: &dyn Fn(usize) -> i64) {
        self.place_mandatory();
        self.spend_weeks(taste);
        let mut queue = Queue::new(self.starts.len());
        for (item, one) in self.model.items.iter().enumerate() {
            if self.starts[item].is_none() && (one.session == 0 || self.is_next(item)) {
                queue.push(i128::MAX, item, 0);
            }
        }
        let mut round = 1;
        while let Some((item, tried)) = queue.pop() {
            if self.starts[item].is_some() {
                continue;
            }
            if tried < round && self.pay_for(item) {
                let Some(placed) = self.place_with_needed(item) else { continue };
                let score = self.score(&placed, taste(item));
                self.remove(&placed);
                if score > 0 {
                    queue.push(score, item, round);
                }
            } else if tried == 0 {
                // No steps are left: what is known to be good is placed, what is not known is left out.
                continue;
            } else if let Some(placed) = self.place_with_needed(item) {
                round += 1;
                for one in placed {
                    self.requeue(one, &mut queue);
                }
            }
        }
    }

    /// What was needed first goes first; what cannot be placed is paid for, so that it is not tried for ever.
    fn place_mandatory(&mut self) {
        for item in 0..self.model.items.len() {
            let is_missing = self.model.items[item].is_mandatory && self.starts[item].is_none();
            if is_missing && self.place_with_needed(item).is_none() && !self.pay_for(item) {
                return;
            }
        }
    }

    /// Then each week is spent that has to be, with what takes least of what is shared.
    fn spend_weeks(&mut self, taste: &dyn Fn(usize) -> i64) {
        for (place, person) in self.model.people.iter().enumerate().filter(|(_, person)| person.has_minimum()) {
            // The sessions of one person stand together.
            let first = self.model.items.partition_point(|item| item.person < place);
            let own = first..self.model.items.partition_point(|item| item.person <= place);
            for (week, least) in person.week_min.iter().enumerate().filter(|(_, least)| **least > 0) {
                let is_short = |draft: &Self| person.week_max[week] - draft.weeks[place][week] < *least;
                if !is_short(self) {
                    continue;
                }
                let mut serving: Vec<(i64, usize, Weeks)> = own
                    .clone()
                    .filter_map(|item| Some((item, self.serving(item, week)?)))
                    .map(|(item, starts)| (self.links.claims[item] * 1_024 / taste(item).max(1), item, starts))
                    .collect();
                serving.sort_unstable();
                for (_, item, starts) in serving {
                    if !is_short(self) || !self.pay_for(item) {
                        break;
                    }
                    self.place_within(item, starts);
                }
            }
        }
    }

    /// The starts of a session that is not placed with which it takes minutes of a week, if there are any.
    fn serving(&self, item: usize, week: usize) -> Option<Weeks> {
        let one = &self.model.items[item];
        let takes = |start: &usize| {
            let offset = week.checked_sub(*start);
            offset.and_then(|offset| one.load.get(offset)).is_some_and(|minutes| *minutes > 0)
        };
        let starts = weeks_in(one.starts).filter(takes).fold(0, |set, start| set | (1 << start));
        (starts != 0 && self.starts[item].is_none()).then_some(starts)
    }

    fn pay_for(&self, item: usize) -> bool {
        let weeks = self.model.items[item].starts.count_ones() / 8;
        self.steps.is_none_or(|steps| steps.pay(u64::from(weeks) + self.standing.effort(&self.links.effects, item)))
    }

    /// Whether all that a session comes after is there.
    fn is_next(&self, item: usize) -> bool {
        self.model.items[item].after.iter().all(|(before, _)| self.starts[*before].is_some())
    }

    /// Sessions that may be worth more now that `item` is there.
    fn requeue(&self, item: usize, queue: &mut Queue) {
        for next in &self.links.successors[item] {
            if self.starts[*next].is_none() && (self.model.items[*next].session == 0 || self.is_next(*next)) {
                queue.push(i128::MAX, *next, 0);
            }
        }
        let is_there = |one: usize| self.starts[one].is_some();
        for last in self.standing.last_missing(&self.links.effects, item, &is_there) {
            queue.push(i128::MAX, last, 0);
        }
    }

    /// The value of sessions just placed, per share of the time and money that they take.
    fn score(&mut self, placed: &[usize], taste: i64) -> i128 {
        let links = Rc::clone(&self.links);
        let mut goals: Vec<usize> =
            placed.iter().flat_map(|item| links.effects.goals_of(*item).iter().copied()).collect();
        goals.sort_unstable();
        goals.dedup();
        let worth = |standing: &Standing| -> i64 {
            let worth =
                |goal: &usize| self.model.goals[*goal].weight * standing.closed(self.model, &links.effects, *goal);
            goals.iter().map(worth).sum()
        };
        let after = worth(&self.standing);
        for item in placed {
            if let Some(start) = self.starts[*item] {
                self.standing.book(&links.effects, *item, start, -1);
            }
        }
        let before = worth(&self.standing);
        for item in placed {
            if let Some(start) = self.starts[*item] {
                self.standing.book(&links.effects, *item, start, 1);
            }
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
    pub(crate) fn drop_with_dependants(&mut self, item: usize) {
        let Some(start) = self.starts[item] else { return };
        for successor in self.links.successors[item].clone() {
            self.drop_with_dependants(successor);
        }
        self.book(item, start, -1);
    }

    pub(crate) fn merit(&self) -> Merit {
        merit(self.model, &self.starts)
    }
}

/// How much an item is to the taste of a round: from 512 to 1,535, where 1,024 is neutral.
///
/// The bend of the round and the item, mixed with the multipliers of SplitMix64 (Steele, Lea and Flood 2014).
pub(crate) fn taste(bend: u64, item: usize) -> i64 {
    let mixed = (bend ^ (item as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    i64::try_from(512 + (mixed >> 54)).unwrap_or(1_024)
}

/// Sessions to try, the most promising first; of equal ones the first of the model.
struct Queue {
    heap: BinaryHeap<(i128, Reverse<usize>, usize, u32)>,
    /// By item: the ticket of its latest entry; earlier ones do not count.
    tickets: Vec<u32>,
}

impl Queue {
    fn new(items: usize) -> Self {
        Self { heap: BinaryHeap::new(), tickets: vec![0; items] }
    }

    fn push(&mut self, score: i128, item: usize, tried: usize) {
        self.tickets[item] += 1;
        self.heap.push((score, Reverse(item), tried, self.tickets[item]));
    }

    /// The item on top, and the round in which it was tried.
    fn pop(&mut self) -> Option<(usize, usize)> {
        while let Some((_, Reverse(item), tried, ticket)) = self.heap.pop() {
            if self.tickets[item] == ticket {
                return Some((item, tried));
            }
        }
        None
    }
}
