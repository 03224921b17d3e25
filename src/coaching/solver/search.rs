//! Master, schedule, cut, and on: logic-based Benders decomposition.
//!
//! The master relaxes the problem, so what it cannot exceed nobody can. Its choices of sessions are placed in weeks. One
//! that fits is a plan; of one that provably does not, the smallest part that fails is forbidden, and so are choices
//! that cannot pay the tolls on the weeks. A choice that the scheduler gives up on is set aside with its bound, never
//! treated as impossible.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use super::check::{Check, First};
use super::dominance::{Dominance, dominances};
use super::formulation::{Aim, Conflict, Formulation, Targets, tasks};
use super::greedy::{Merit, Starts, merit};
use super::limits::{LimitHit, SolveLimits};
use super::master::{Flaw, Master};
use super::model::Model;
use super::schedule::{Schedule, Task, schedule};
use super::toll::{TollBooth, TollCut};
use super::tree::Tree;

/// How the search for one aim ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// The best plan, proven.
    Optimal(Starts),
    /// No plan reaches more than this; the best plan known is kept by the search.
    Bounded(i64),
    /// No plan satisfies the constraints.
    Infeasible,
}

/// One search over one model.
pub(super) struct Search<'a> {
    pub(super) model: &'a Model,
    pub(super) master: &'a dyn Master,
    limits: &'a SolveLimits<'a>,
    pub(super) best: Option<(Merit, Starts)>,
    dominances: Vec<Dominance>,
    pub(super) cuts: Vec<Conflict>,
    pub(super) tolls: Vec<TollCut>,
    pub(super) booth: Option<TollBooth<'a>>,
    pub(super) nodes: u64,
    pub(super) cut_count: usize,
    pub(super) hits: Vec<LimitHit>,
}

impl<'a> Search<'a> {
    pub(super) fn new(model: &'a Model, master: &'a dyn Master, limits: &'a SolveLimits<'a>) -> Self {
        let dominances = dominances(model);
        Self {
            model,
            master,
            limits,
            best: None,
            dominances,
            cuts: Vec::new(),
            tolls: Vec::new(),
            booth: None,
            nodes: 0,
            cut_count: 0,
            hits: Vec::new(),
        }
    }

    /// Keeps a plan that satisfies every constraint if it is the best so far.
    pub(super) fn offer(&mut self, starts: &Starts) {
        let merit = merit(self.model, starts);
        if merit.0 && self.best.as_ref().is_none_or(|(best, _)| merit > *best) {
            self.best = Some((merit, starts.clone()));
        }
    }

    pub(super) fn limits(&self) -> &'a SolveLimits<'a> {
        self.limits
    }

    /// Allows every choice, also one that another could replace.
    pub(super) fn forget_dominances(&mut self) {
        self.dominances.clear();
    }

    /// Makes a plan the one to start from, whatever its merit.
    pub(super) fn hold(&mut self, starts: &Starts) {
        self.best = Some((merit(self.model, starts), starts.clone()));
    }

    /// Whether a model by week is small enough to order plans by their weeks.
    pub(super) fn is_small_by_week(&self) -> bool {
        self.weeks_to_choose() <= 250
    }

    /// How many pairs of a session and a start week there are.
    pub(super) fn weeks_to_choose(&self) -> u32 {
        self.model.items.iter().map(|item| item.starts.count_ones()).sum()
    }

    /// The best plan known for an aim among those that reach the targets.
    fn known(&self, aim: Aim, targets: &Targets) -> Option<(i64, &Starts)> {
        let (_, starts) = self.best.as_ref()?;
        self.reaches(starts, targets).then(|| (measure(self.model, aim, starts), starts))
    }

    pub(super) fn reaches(&self, starts: &Starts, targets: &Targets) -> bool {
        let values = self.model.values(starts);
        let chosen = || self.model.items.iter().zip(starts).filter(|(_, start)| start.is_some()).map(|(item, _)| item);
        values.iter().zip(&targets.floors).all(|(value, floor)| value >= floor)
            && targets.least_value.is_none_or(|least| values.iter().sum::<i64>() >= least)
            && targets.most_cost.is_none_or(|most| chosen().map(|item| item.cost).sum::<i64>() <= most)
            && targets.most_minutes.is_none_or(|most| chosen().map(|item| item.minutes).sum::<i64>() <= most)
    }

    /// Searches for the best plan by `aim` that reaches `targets`.
    pub(super) fn optimise(&mut self, aim: Aim, targets: &Targets) -> Ending {
        let by_week = matches!(aim, Aim::Starts | Aim::Changes)
            || self.model.people.iter().any(super::model::Person::has_minimum);
        let best: Option<(i64, Starts)> = self.known(aim, targets).map(|(value, starts)| (value, starts.clone()));
        if self.limits.rounds == 0 || self.nodes >= self.limits.master_nodes || self.limits.is_stopped() {
            self.hits.push(if self.limits.rounds == 0 { LimitHit::Rounds } else { LimitHit::MasterNodes });
            return Ending::Bounded(i64::MAX);
        }
        let mut formulation = Formulation::new(self.model, &self.dominances, aim, targets, by_week);
        for cut in &self.cuts {
            formulation.forbid(self.model, cut);
        }
        if !by_week {
            self.charge(&mut formulation);
        }
        let left = self.limits.master_nodes - self.nodes;
        let mut tree = Tree::new(self.master, formulation.rows.clone(), left);
        let mut check =
            Check { search: self, formulation: &formulation, aim, targets, by_week, best, rounds: 0, undecided: 0 };
        let searched = tree.search(&mut check);
        let (best, undecided, is_out_of_rounds) = (check.best, check.undecided, check.rounds > self.limits.rounds);
        self.nodes += tree.nodes;
        if searched.is_doubted {
            self.hits.push(if cfg!(feature = "exact") { LimitHit::Numerics } else { LimitHit::NoMaster });
        }
        let value = best.as_ref().map_or(i64::MIN, |(value, _)| *value);
        if undecided > 0 && searched.aside > value {
            self.hits.push(LimitHit::Scheduler);
        }
        if is_out_of_rounds {
            self.hits.push(LimitHit::Rounds);
        } else if searched.is_cut_short && !searched.is_doubted && undecided <= self.limits.undecided {
            self.hits.push(LimitHit::MasterNodes);
        }
        match best {
            Some((value, starts)) if value >= searched.upper => Ending::Optimal(starts),
            None if searched.upper == i64::MIN => Ending::Infeasible,
            _ => Ending::Bounded(searched.upper),
        }
    }

    /// Takes out sessions that bring nothing and puts off due weeks that bring nothing.
    pub(super) fn lighten(&self, aim: Aim, choice: &Conflict) -> Conflict {
        let mut starts: Starts = vec![None; self.model.items.len()];
        let late = |item: usize, last: usize| (last + 1).checked_sub(self.model.items[item].span());
        for (item, last) in choice {
            starts[*item] = late(*item, *last);
        }
        let values = self.model.values(&starts);
        for (item, _) in choice.iter().rev() {
            let is_needed = self.model.items[*item].is_mandatory
                || choice.iter().any(|(other, _)| {
                    starts[*other].is_some() && self.model.items[*other].after.iter().any(|(before, _)| before == item)
                });
            if is_needed || matches!(aim, Aim::Cost | Aim::Minutes) {
                continue;
            }
            let kept = starts[*item].take();
            if self.model.values(&starts) != values {
                starts[*item] = kept;
            }
        }
        let mut lighter = Vec::new();
        for (item, last) in choice.iter().filter(|(item, _)| starts[*item].is_some()).copied().collect::<Vec<_>>() {
            let kept = starts[item];
            starts[item] = late(item, self.model.weeks - 1);
            if self.model.values(&starts) == values {
                lighter.push((item, self.model.weeks - 1));
            } else {
                starts[item] = kept;
                lighter.push((item, last));
            }
        }
        lighter
    }

    /// Places a choice in weeks, group by group of people who share coaches.
    pub(super) fn place(&mut self, formulation: &Formulation, choice: &Conflict) -> Placed {
        let mut starts: Starts = vec![None; self.model.items.len()];
        let mut conflicts = Vec::new();
        let mut tolls = Vec::new();
        let mut is_known = true;
        for group in self.groups(choice) {
            let tasks = tasks(self.model, &group);
            let quick = schedule(self.model, &tasks, self.limits.schedule_steps / 20);
            if quick == Schedule::Unknown
                && let Some(toll) = self.toll_on(formulation, &group)
            {
                tolls.push(toll);
                continue;
            }
            match if quick == Schedule::Unknown { self.schedule(&tasks) } else { quick } {
                Schedule::Found(weeks) => {
                    tasks.iter().zip(weeks).for_each(|(task, week)| starts[task.item] = Some(week))
                }
                Schedule::Impossible => conflicts.extend(self.conflicts_in(&group)),
                Schedule::Unknown => is_known = false,
            }
        }
        if !tolls.is_empty() {
            return Placed::TooDear(tolls, choice.clone());
        }
        match (conflicts.is_empty(), is_known) {
            (false, _) => Placed::Nowhere(conflicts),
            (true, true) => Placed::At(starts),
            (true, false) => Placed::Unknown(choice.clone()),
        }
    }

    /// The relaxation by week, then the full search, then the model by week.
    fn schedule(&mut self, tasks: &[Task]) -> Schedule {
        if self.is_impossible_by_week(tasks) {
            return Schedule::Impossible;
        }
        let full = schedule(self.model, tasks, self.limits.schedule_steps);
        if full != Schedule::Unknown || self.limits.is_stopped() {
            return full;
        }
        let (_, formulation) = self.by_week(tasks);
        let mut first = First { limits: self.limits, formulation: &formulation, starts: None };
        let mut tree = Tree::dive(self.master, formulation.rows.clone(), self.limits.schedule_nodes);
        let searched = tree.search(&mut first);
        self.nodes += tree.nodes;
        match first.starts {
            Some(starts) => {
                let weeks: Option<Vec<usize>> = tasks.iter().map(|task| starts[task.item]).collect();
                weeks.map_or(Schedule::Unknown, Schedule::Found)
            }
            None if searched.upper == i64::MIN && !searched.is_cut_short => Schedule::Impossible,
            None => Schedule::Unknown,
        }
    }

    /// Whether not even fractions of the sessions can be placed by week.
    pub(super) fn is_impossible_by_week(&self, tasks: &[Task]) -> bool {
        let (_, formulation) = self.by_week(tasks);
        matches!(self.master.relax(&formulation.rows), Err(Flaw::Infeasible))
    }

    /// The model by week in which just these sessions take place.
    fn by_week(&self, tasks: &[Task]) -> (Model, Formulation) {
        let mut part = self.model.clone();
        part.goals.clear();
        part.excluded.clear();
        for person in &mut part.people {
            person.floor = 0;
        }
        for (index, item) in part.items.iter_mut().enumerate() {
            let task = tasks.iter().find(|task| task.item == index);
            item.starts = task.map_or(0, |task| task.starts);
            item.is_mandatory = task.is_some();
        }
        for (index, item) in self.model.items.iter().enumerate() {
            let is_task = |item: &usize| tasks.iter().any(|task| task.item == *item);
            part.items[index].after = item.after.iter().filter(|(before, _)| is_task(before)).copied().collect();
        }
        let formulation = Formulation::new(&part, &[], Aim::Cost, &Targets::default(), true);
        (part, formulation)
    }

    fn groups(&self, choice: &Conflict) -> Vec<Conflict> {
        let mut leader: Vec<usize> = (0..self.model.people.len()).collect();
        for pool in 0..self.model.pools.len() {
            let uses = |item: &usize| self.model.items[*item].drawn_from(pool).is_some();
            let people: Vec<usize> = choice
                .iter()
                .filter(|(item, _)| uses(item))
                .map(|(item, _)| leader[self.model.items[*item].person])
                .collect();
            if let Some(first) = people.iter().min().copied() {
                leader.iter_mut().filter(|one| people.contains(one)).for_each(|one| *one = first);
            }
        }
        let of = |group: usize| {
            choice
                .iter()
                .filter(|(item, _)| leader[self.model.items[*item].person] == group)
                .copied()
                .collect::<Conflict>()
        };
        (0..leader.len()).map(of).filter(|group| !group.is_empty()).collect()
    }
}

/// What became of a choice of sessions.
pub(super) enum Placed {
    At(Starts),
    Nowhere(Vec<Conflict>),
    /// What it pays is more than the weeks take in.
    TooDear(Vec<TollCut>, Conflict),
    Unknown(Conflict),
}

/// What a plan reaches by an aim, the larger the better.
pub(super) fn measure(model: &Model, aim: Aim, starts: &Starts) -> i64 {
    let chosen = || model.items.iter().zip(starts).filter_map(|(item, start)| Some((item, (*start)?)));
    match aim {
        Aim::Value => model.values(starts).iter().sum(),
        Aim::Share => {
            let values = model.values(starts);
            let shares =
                model.people.iter().zip(values).filter_map(|(person, value)| (1_000 * value).checked_div(person.ideal));
            shares.min().unwrap_or(1_000)
        }
        Aim::Cost => -chosen().map(|(item, _)| item.cost).sum::<i64>(),
        Aim::Minutes => -chosen().map(|(item, _)| item.minutes).sum::<i64>(),
        Aim::Changes => {
            let worth = |(start, earlier): (&Option<usize>, &Option<usize>)| match earlier {
                Some(_) => i64::from(start == earlier),
                None => -i64::from(start.is_some()),
            };
            starts.iter().zip(&model.earlier).map(worth).sum()
        }
        Aim::Starts => -chosen().map(|(_, start)| i64::try_from(start + 1).unwrap_or(0)).sum::<i64>(),
    }
}
