//! Places chosen sessions in weeks, or proves that they do not fit.
//!
//! A depth-first search over the weeks. In each week it decides which of the sessions that can start do start. Three
//! laws keep it small, and none loses a solution: a session of one week that still fits must start (moving it forward
//! hurts nobody); of two sessions with the same load the one that is sooner due starts first (they can be exchanged);
//! a state met before need not be entered again. Sums of minutes and counts of large sessions by every due week end
//! hopeless branches early.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use std::collections::HashSet;

use crate::planning::model::{Item, Model, Weeks, up_to};

/// What became of a search for a schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Schedule {
    /// The week of each task, in the order of the tasks.
    Found(Vec<usize>),
    /// There is none.
    Impossible,
    /// The limit was reached first.
    Unknown,
}

/// A chosen session with the weeks in which it may start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Task {
    pub(crate) item: usize,
    pub(crate) starts: Weeks,
}

/// Searches for weeks for all `tasks`, trying at most `limit` combinations.
pub(crate) fn schedule(model: &Model, tasks: &[Task], limit: u64) -> Schedule {
    let Some(search) = Placing::new(model, tasks) else { return Schedule::Impossible };
    // Two quick dives with different orders, then the full search.
    let dive = (limit / 20).min(2_000);
    for (order, limit) in [(Order::DueThenSize, dive), (Order::SizeThenDue, dive), (Order::DueThenSize, limit)] {
        match search.clone().run(order, limit) {
            Schedule::Unknown => {}
            known => return known,
        }
    }
    Schedule::Unknown
}

#[derive(Clone, Copy)]
enum Order {
    DueThenSize,
    SizeThenDue,
}

/// A constraint on the room of one person or one pool.
#[derive(Clone)]
struct Room {
    left: Vec<i64>,
    /// The tasks' pieces: task, offset, minutes.
    pieces: Vec<(usize, usize, i64)>,
    /// Distinct minutes of pieces, for counting bounds.
    sizes: Vec<i64>,
}

/// A schedule in the making.
#[derive(Clone)]
struct Placing<'a> {
    items: Vec<&'a Item>,
    starts: Vec<Weeks>,
    after: Vec<Vec<(usize, usize)>>,
    has_successor: Vec<bool>,
    rooms: Vec<Room>,
    /// By task: room and minutes by week of the session.
    demands: Vec<Vec<(usize, &'a [i64])>>,
    order: Vec<usize>,
    rank: Vec<usize>,
    placed: Vec<Option<usize>>,
    seen: HashSet<Vec<u8>>,
    visits: u64,
    limit: u64,
    weeks: usize,
}

impl<'a> Placing<'a> {
    /// `None` when some session has no week left.
    fn new(model: &'a Model, tasks: &[Task]) -> Option<Self> {
        let items: Vec<&Item> = tasks.iter().map(|task| &model.items[task.item]).collect();
        let place = |item: usize| tasks.iter().position(|task| task.item == item);
        let after: Vec<Vec<(usize, usize)>> = items
            .iter()
            .map(|item| item.after.iter().filter_map(|(other, lag)| Some((place(*other)?, *lag))).collect())
            .collect();
        let mut has_successor = vec![false; tasks.len()];
        for (other, _) in after.iter().flatten() {
            has_successor[*other] = true;
        }
        let mut starts: Vec<Weeks> = tasks.iter().map(|task| task.starts).collect();
        tighten(&mut starts, &after)?;
        let mut search = Self {
            demands: vec![Vec::new(); items.len()],
            order: Vec::new(),
            rank: Vec::new(),
            placed: vec![None; items.len()],
            seen: HashSet::new(),
            visits: 0,
            limit: 0,
            weeks: model.weeks,
            rooms: Vec::new(),
            items,
            starts,
            after,
            has_successor,
        };
        for (person, data) in model.people.iter().enumerate() {
            search.add_room(&data.week_max, |item| (item.person == person).then_some(&item.load[..]));
        }
        for (pool, minutes) in model.pools.iter().enumerate() {
            search.add_room(minutes, |item| item.drawn_from(pool));
        }
        Some(search)
    }

    fn add_room(&mut self, minutes: &[i64], load_of: impl Fn(&'a Item) -> Option<&'a [i64]>) {
        let mut pieces = Vec::new();
        for (task, item) in self.items.iter().enumerate() {
            let Some(load) = load_of(item) else { continue };
            self.demands[task].push((self.rooms.len(), load));
            pieces
                .extend(load.iter().enumerate().filter(|(_, one)| **one > 0).map(|(offset, one)| (task, offset, *one)));
        }
        if pieces.is_empty() {
            for demands in &mut self.demands {
                demands.retain(|(room, _)| *room != self.rooms.len());
            }
            return;
        }
        let mut sizes: Vec<i64> = pieces.iter().map(|piece| piece.2).collect();
        sizes.sort_unstable();
        sizes.dedup();
        self.rooms.push(Room { left: minutes.to_vec(), pieces, sizes });
    }

    fn run(mut self, order: Order, limit: u64) -> Schedule {
        let mut tasks: Vec<usize> = (0..self.items.len()).collect();
        let last = |task: usize| last_week(self.starts[task]);
        tasks.sort_by_key(|task| match order {
            Order::DueThenSize => (i64::try_from(last(*task)).unwrap_or(0), -self.items[*task].minutes, *task),
            Order::SizeThenDue => (-self.items[*task].minutes, i64::try_from(last(*task)).unwrap_or(0), *task),
        });
        self.rank = vec![0; tasks.len()];
        for (rank, task) in tasks.iter().enumerate() {
            self.rank[*task] = rank;
        }
        self.order = tasks;
        self.limit = limit;
        match self.week(0) {
            Some(true) => Schedule::Found(self.placed.iter().map(|start| start.unwrap_or_default()).collect()),
            Some(false) => Schedule::Impossible,
            None => Schedule::Unknown,
        }
    }

    /// Decides week `week` and all later ones; `None` when the limit is reached.
    fn week(&mut self, week: usize) -> Option<bool> {
        if self.placed.iter().all(Option::is_some) {
            return Some(true);
        }
        if week >= self.weeks || !self.is_hopeful(week) {
            return Some(false);
        }
        let key = self.key(week);
        if self.seen.contains(&key) {
            return Some(false);
        }
        let candidates: Vec<usize> = self.order.iter().copied().filter(|task| self.can_start(*task, week)).collect();
        let found = self.choose(week, &candidates, 0, &mut Vec::new());
        if found == Some(false) {
            self.seen.insert(key);
        }
        found
    }

    fn can_start(&self, task: usize, week: usize) -> bool {
        self.placed[task].is_none()
            && self.starts[task] & (1 << week) != 0
            && self.after[task].iter().all(|(other, lag)| self.placed[*other].is_some_and(|start| start + lag <= week))
            && self.fits(task, week)
    }

    fn fits(&self, task: usize, week: usize) -> bool {
        let fits = |(room, load): &(usize, &[i64])| {
            let left = self.rooms[*room].left.iter().skip(week);
            load.iter().zip(left).all(|(minutes, left)| minutes <= left)
        };
        self.demands[task].iter().all(fits)
    }

    fn book(&mut self, task: usize, week: usize, sign: i64) {
        for (room, load) in &self.demands[task] {
            for (left, minutes) in self.rooms[*room].left.iter_mut().skip(week).zip(*load) {
                *left -= sign * minutes;
            }
        }
        self.placed[task] = (sign > 0).then_some(week);
    }

    /// Decides which of the candidates from `next` on start in `week`; `waiting` holds those that do not.
    fn choose(&mut self, week: usize, candidates: &[usize], next: usize, waiting: &mut Vec<usize>) -> Option<bool> {
        let Some(&task) = candidates.get(next) else {
            self.visits += 1;
            if self.visits > self.limit {
                return None;
            }
            let could_start = |task: &usize| self.items[*task].span() == 1 && self.fits(*task, week);
            if waiting.iter().any(could_start) || self.is_overdue(week) {
                return Some(false);
            }
            return self.week(week + 1);
        };
        if self.fits(task, week) && !waiting.iter().any(|other| self.goes_first(*other, task, week)) {
            self.book(task, week, 1);
            let found = self.choose(week, candidates, next + 1, waiting);
            if found == Some(true) {
                return found;
            }
            self.book(task, week, -1);
            found?;
        }
        if last_week(self.starts[task]) <= week {
            return Some(false);
        }
        waiting.push(task);
        let found = self.choose(week, candidates, next + 1, waiting);
        waiting.pop();
        found
    }

    /// Whether `one`, which waits, could take the place of `other` while `other` takes its later one.
    fn goes_first(&self, one: usize, other: usize, week: usize) -> bool {
        let (a, b) = (self.items[one], self.items[other]);
        let later = !up_to(week);
        a.person == b.person
            && a.load == b.load
            && a.draws == b.draws
            && !self.has_successor[other]
            && self.starts[one] & later & !self.starts[other] == 0
            && self.rank[one] < self.rank[other]
    }

    fn is_overdue(&self, week: usize) -> bool {
        let waits = |task: usize| self.placed[task].is_none() && last_week(self.starts[task]) <= week;
        (0..self.items.len()).any(waits)
    }

    /// Whether the minutes, and the pieces of each size, that are due by each week still fit.
    fn is_hopeful(&self, week: usize) -> bool {
        if week > 0 && self.is_overdue(week - 1) {
            return false;
        }
        self.rooms.iter().all(|room| self.has_room(room, week))
    }

    fn has_room(&self, room: &Room, week: usize) -> bool {
        let mut due: Vec<(usize, i64)> = Vec::new();
        for (task, offset, minutes) in &room.pieces {
            if self.placed[*task].is_none() {
                due.push((last_week(self.starts[*task]) + offset, *minutes));
            }
        }
        due.sort_unstable();
        fits_by_due(&due, &room.left, week, |minutes| minutes)
            && room.sizes.iter().all(|size| fits_by_due(&due, &room.left, week, |minutes| minutes / size))
    }

    /// What the rest of the search depends on: the week, what is placed, and how it reaches into later weeks.
    fn key(&self, week: usize) -> Vec<u8> {
        let mut key = vec![u8::try_from(week).unwrap_or(u8::MAX)];
        for chunk in self.placed.chunks(8) {
            key.push(chunk.iter().rev().fold(0, |bits, start| bits << 1 | u8::from(start.is_some())));
        }
        for (task, start) in self.placed.iter().enumerate() {
            let Some(start) = start else { continue };
            let reaches_on = start + self.items[task].span() > week;
            let binds = self.has_successor[task]
                && (0..self.items.len()).any(|other| {
                    let waits = |(before, lag): &(usize, usize)| *before == task && start + lag > week;
                    self.placed[other].is_none() && self.after[other].iter().any(waits)
                });
            if reaches_on || binds {
                key.extend([
                    u8::try_from(task % 256).unwrap_or_default(),
                    u8::try_from(task / 256).unwrap_or_default(),
                ]);
                key.push(u8::try_from(*start).unwrap_or(u8::MAX));
            }
        }
        key
    }
}

/// Whether pieces fit by their due weeks when both pieces and weeks are measured by `measure`.
///
/// With ⌊minutes ÷ size⌋ as the measure this counts how many pieces of at least that size a week can hold.
fn fits_by_due(due: &[(usize, i64)], left: &[i64], week: usize, measure: impl Fn(i64) -> i64) -> bool {
    let (mut needed, mut available, mut next) = (0, 0, week);
    for (last, minutes) in due {
        while next <= *last && next < left.len() {
            available += measure(left[next]);
            next += 1;
        }
        needed += measure(*minutes);
        if needed > available {
            return false;
        }
    }
    true
}

fn last_week(starts: Weeks) -> usize {
    127_usize.saturating_sub(starts.leading_zeros() as usize)
}

/// Removes weeks that the order of sessions forbids; `None` when a session has no week left.
fn tighten(starts: &mut [Weeks], after: &[Vec<(usize, usize)>]) -> Option<()> {
    loop {
        let before = starts.to_vec();
        for task in 0..starts.len() {
            for (other, lag) in &after[task] {
                if starts[*other] == 0 || starts[task] == 0 {
                    return None;
                }
                let earliest = starts[*other].trailing_zeros() as usize + lag;
                starts[task] &= if earliest == 0 { Weeks::MAX } else { !up_to(earliest - 1) };
                let latest = last_week(starts[task]).checked_sub(*lag)?;
                starts[*other] &= up_to(latest);
            }
        }
        if starts.contains(&0) {
            return None;
        }
        if before == starts {
            return Some(());
        }
    }
}
