//! Weeks for a choice of sessions: whether they can be found.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use super::crossing::{Crossing, Pins};
use super::pins::pinned_tasks;
use super::schedule::{Schedule, Task, schedule};
use super::toll::TollCut;
use crate::planning::linear::Flaw;
use crate::planning::linear::{Aim, FinishedBy, Formulation, Targets};
use crate::planning::model::Model;
use crate::planning::model::SolveLimits;
use crate::planning::model::Starts;
use crate::planning::search::Search;
use crate::planning::search::Tree;
use crate::planning::search::{Judge, Verdict};

/// What became of a choice of sessions.
pub(crate) enum Placed {
    At(Starts),
    /// It does not fit: parts that cannot all be finished by their weeks, and parts that cannot while others are pinned.
    Nowhere(Vec<FinishedBy>, Vec<Crossing>),
    /// What it pays is more than the weeks take in.
    TooDear(Vec<TollCut>, FinishedBy),
    /// Nobody can tell of this choice.
    Unknown(FinishedBy),
}

impl Search<'_> {
    /// Places a choice in weeks around what is pinned, group by group of people who share coaches.
    pub(crate) fn place(&mut self, formulation: &Formulation, choice: &FinishedBy, pins: &Pins) -> Placed {
        let mut starts: Starts = vec![None; self.model.items.len()];
        let mut conflicts = Vec::new();
        let mut crossings = Vec::new();
        let mut tolls = Vec::new();
        let mut is_known = true;
        for group in self.groups(choice) {
            let tasks = pinned_tasks(self.model, &group, pins);
            let quick = schedule(self.model, &tasks, self.limits().schedule_steps / 20);
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
                Schedule::Impossible => match self.crossing_in(&group, pins) {
                    Some(crossing) => crossings.push(crossing),
                    None => conflicts.extend(self.conflicts_in(&group)),
                },
                Schedule::Unknown => is_known = false,
            }
        }
        if !tolls.is_empty() {
            return Placed::TooDear(tolls, choice.clone());
        }
        match (conflicts.is_empty() && crossings.is_empty(), is_known) {
            (false, _) => Placed::Nowhere(conflicts, crossings),
            (true, true) => Placed::At(starts),
            (true, false) => Placed::Unknown(choice.clone()),
        }
    }

    /// The relaxation by week, then the full search, then the model by week.
    fn schedule(&mut self, tasks: &[Task]) -> Schedule {
        if self.is_impossible_by_week(tasks) {
            return Schedule::Impossible;
        }
        let full = schedule(self.model, tasks, self.limits().schedule_steps.saturating_mul(self.patience));
        if full != Schedule::Unknown || self.limits().is_stopped() {
            return full;
        }
        let (_, formulation) = self.by_week(tasks);
        let mut first = First { limits: self.limits(), formulation: &formulation, starts: None };
        let nodes = self.limits().schedule_nodes.saturating_mul(self.patience);
        let mut tree = Tree::dive(self.master, formulation.rows.clone(), nodes);
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
    pub(crate) fn is_impossible_by_week(&self, tasks: &[Task]) -> bool {
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
            // What serves a minimum is pinned.
            person.week_min.fill(0);
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

    fn groups(&self, choice: &FinishedBy) -> Vec<FinishedBy> {
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
                .collect::<FinishedBy>()
        };
        (0..leader.len()).map(of).filter(|group| !group.is_empty()).collect()
    }
}

/// Is content with the first plan.
struct First<'s> {
    limits: &'s SolveLimits<'s>,
    formulation: &'s Formulation,
    starts: Option<Starts>,
}

impl Judge for First<'_> {
    fn least(&self) -> i64 {
        i64::MIN
    }

    fn is_stopped(&self) -> bool {
        self.limits.is_stopped()
    }

    fn lead(&mut self, _: &[f64]) {}

    fn judge(&mut self, values: &[f64]) -> Verdict {
        self.starts = Some(self.formulation.starts(values));
        Verdict::Enough
    }
}
