//! The milestone master: which sessions are finished by which due week, with weekly patterns for the time.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use crate::value::{SortedMap, SortedSet};

use super::master::{Row, Rows};
use super::patterns::Size;
use super::weekly::{Piece, Weekly, weeks_of_people, weeks_of_shared_pools};
use crate::planning::model::Dominance;
use crate::planning::model::{Goal, Item, Model, Person, Source};
use crate::planning::weeks::Task;

/// Levels are counted in tenths here, so that coefficients stay close to each other.
const STEP: f64 = 100.0;
/// The most columns for ways to fill weeks, per group of weeks.
pub(crate) const PATTERN_COLUMNS: usize = 1_500;

/// What the master maximises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aim {
    /// The sum of the values.
    Value,
    /// The smallest share of the ideal, in thousandths.
    Share,
    /// The least cost.
    Cost,
    /// The fewest minutes.
    Minutes,
    /// The least of what is shared.
    Claim,
    /// The earliest weeks; only where the model goes by week.
    Starts,
    /// The fewest changes to the plan so far; only where the model goes by week.
    Changes,
}

/// What a solution has to reach beside the constraints of the problem.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Targets {
    /// The least value of each person, where it is more than the person's floor.
    pub(crate) floors: Vec<i64>,
    pub(crate) least_value: Option<i64>,
    pub(crate) most_cost: Option<i64>,
    pub(crate) most_minutes: Option<i64>,
}

/// Sessions and the week by which each is finished, of a choice or a part of one: item and last week.
pub(crate) type FinishedBy = Vec<(usize, usize)>;

pub(crate) struct Formulation {
    pub(crate) rows: Rows,
    /// By item, then by milestone of its person: the variable "is finished by then".
    pub(crate) finished: Vec<Vec<Option<usize>>>,
    /// By person: weeks at whose end something counts, in order; the last is the end of the horizon.
    pub(crate) milestones: Vec<Vec<usize>>,
    /// By item: start weeks and their variables, where the model goes by week.
    pub(crate) by_week: Vec<Vec<(usize, usize)>>,
    /// By item: starts that serve a weekly minimum and their variables, where the model does not go by week.
    pub(crate) pinned: Vec<Vec<(usize, usize)>>,
}

impl Formulation {
    /// With `by_week` the model has a variable per session and week, and needs no schedule afterwards.
    pub(crate) fn new(model: &Model, dominances: &[Dominance], aim: Aim, targets: &Targets, by_week: bool) -> Self {
        let milestones = milestones(model);
        let (by_item, pinned) = (Vec::new(), Vec::new());
        let mut one = Self { rows: Rows::default(), finished: Vec::new(), milestones, by_week: by_item, pinned };
        one.add_sessions(model);
        one.add_order(model);
        for set in &model.excluded {
            one.forbid(model, &set.iter().map(|item| (*item, model.weeks - 1)).collect());
        }
        one.add_dominances(model, dominances);
        one.add_budgets(model, targets);
        one.add_goals(model, aim, targets);
        if by_week {
            one.add_starts(model);
        } else if model.people.iter().any(Person::has_minimum) {
            one.add_pins(model);
        }
        for weeks in
            weeks_of_people(model, &one.milestones).into_iter().chain(weeks_of_shared_pools(model, &one.milestones))
        {
            if by_week { one.add_each_week(model, &weeks) } else { one.add_weeks(model, &weeks) }
        }
        match aim {
            Aim::Cost => one.minimise(model, |item| item.cost),
            Aim::Minutes => one.minimise(model, |item| item.minutes),
            Aim::Claim => one.minimise(model, |item| model.claim(item)),
            Aim::Starts => one.prefer_early_weeks(),
            Aim::Changes => one.prefer_earlier_plan(model),
            Aim::Value | Aim::Share => {}
        }
        one
    }

    /// The variable of "`item` is finished by week `last`": the one of the latest milestone up to then that has one.
    pub(crate) fn finished_by(&self, model: &Model, item: usize, last: usize) -> Option<usize> {
        let person = model.items[item].person;
        let weeks = self.milestones[person].iter().zip(&self.finished[item]);
        weeks.take_while(|(week, _)| **week <= last).filter_map(|(_, variable)| *variable).last()
    }

    /// The variable of "`item` is in the plan".
    pub(crate) fn chosen(&self, item: usize) -> Option<usize> {
        self.finished[item].last().copied().flatten()
    }

    fn add_sessions(&mut self, model: &Model) {
        let wanted = wanted_milestones(model, &self.milestones);
        for (index, item) in model.items.iter().enumerate() {
            let weeks = &self.milestones[item.person];
            let mut variables: Vec<Option<usize>> = vec![None; weeks.len()];
            let mut later: Option<usize> = None;
            let mut later_starts = 0;
            for milestone in (0..weeks.len()).rev() {
                let starts = item.starts_by(weeks[milestone]);
                if starts == 0 || !wanted[index].contains(&milestone) {
                    continue;
                }
                let variable = match later.filter(|_| starts == later_starts) {
                    Some(same) => same,
                    None => {
                        let least = if item.is_mandatory && later.is_none() { 1.0 } else { 0.0 };
                        let new = self.rows.variable(least, 1.0, true);
                        if let Some(later) = later {
                            self.rows.at_most(vec![(new, 1.0), (later, -1.0)], 0.0);
                        }
                        new
                    }
                };
                variables[milestone] = Some(variable);
                (later, later_starts) = (Some(variable), starts);
            }
            self.finished.push(variables);
        }
    }

    /// Sessions in order, prerequisites first, at most one of each exclusive group.
    fn add_order(&mut self, model: &Model) {
        for (index, item) in model.items.iter().enumerate() {
            for (before, lag) in &item.after {
                for (milestone, week) in self.milestones[item.person].clone().into_iter().enumerate() {
                    let Some(later) = self.finished[index][milestone] else { continue };
                    // It ends at the latest before the later one has to start, or so many weeks after as it is longer
                    // than the lag.
                    let end = (week + model.items[*before].span()).checked_sub(item.span() + lag);
                    let end = end.unwrap_or(week).min(week);
                    let earlier = self.milestones[item.person].iter().position(|one| *one >= end).unwrap_or(milestone);
                    match self.finished[*before][earlier.min(milestone)].or(self.finished[*before][milestone]) {
                        Some(earlier) if earlier == later => {}
                        Some(earlier) => self.rows.at_most(vec![(later, 1.0), (earlier, -1.0)], 0.0),
                        None => self.rows.at_most(vec![(later, 1.0)], 0.0),
                    }
                }
            }
        }
        for group in &model.exclusive {
            let terms: Vec<(usize, f64)> = group.iter().filter_map(|item| Some((self.chosen(*item)?, 1.0))).collect();
            self.rows.at_most(terms, 1.0);
        }
    }

    fn add_dominances(&mut self, model: &Model, dominances: &[Dominance]) {
        for one in dominances {
            if !one.is_even {
                self.imply(self.chosen(one.worse), self.chosen(one.better));
                continue;
            }
            for session in 0..one.sessions {
                let (better, worse) = (one.better + session, one.worse + session);
                for milestone in 0..self.milestones[model.items[worse].person].len() {
                    let worse = self.finished[worse][milestone];
                    self.imply(worse, self.finished[better][milestone].filter(|_| worse.is_some()));
                }
            }
        }
    }

    fn imply(&mut self, one: Option<usize>, other: Option<usize>) {
        if let (Some(one), Some(other)) = (one, other) {
            self.rows.at_most(vec![(one, 1.0), (other, -1.0)], 0.0);
        }
    }

    fn add_budgets(&mut self, model: &Model, targets: &Targets) {
        for (index, person) in model.people.iter().enumerate() {
            let minutes = self.sum(model, Some(index), |item| item.minutes);
            self.budget(minutes, person.minutes_max);
            let cost = self.sum(model, Some(index), |item| item.cost);
            self.budget(cost, person.cost_max);
        }
        let most = [model.shared_cost, targets.most_cost].into_iter().flatten().min();
        if let Some(most) = most {
            let cost = self.sum(model, None, |item| item.cost);
            self.budget(cost, most);
        }
        if let Some(most) = targets.most_minutes {
            let minutes = self.sum(model, None, |item| item.minutes);
            self.budget(minutes, most);
        }
    }

    fn sum(&self, model: &Model, person: Option<usize>, of: impl Fn(&Item) -> i64) -> Vec<(usize, f64)> {
        let items = model.items.iter().enumerate().filter(|(_, item)| person.is_none_or(|one| one == item.person));
        items
            .filter_map(|(index, item)| Some((self.chosen(index)?, of(item) as f64)))
            .filter(|term| term.1 > 0.0)
            .collect()
    }

    /// A budget that cannot be exceeded needs no row.
    pub(crate) fn budget(&mut self, terms: Vec<(usize, f64)>, most: i64) {
        let largest = terms.iter().map(|term| term.1).fold(1.0, f64::max);
        if terms.iter().map(|term| term.1).sum::<f64>() > most as f64 {
            let scaled = terms.into_iter().map(|(variable, factor)| (variable, factor / largest)).collect();
            self.rows.at_most(scaled, most as f64 / largest);
        }
    }

    fn minimise(&mut self, model: &Model, of: impl Fn(&Item) -> i64) {
        for (variable, amount) in self.sum(model, None, of) {
            self.rows.variables[variable].worth = -amount;
        }
    }

    fn add_goals(&mut self, model: &Model, aim: Aim, targets: &Targets) {
        let closed: Vec<usize> = model.goals.iter().map(|goal| self.add_goal(model, goal)).collect();
        let worth = |person: Option<usize>, factor: f64| -> Vec<(usize, f64)> {
            let goals = model.goals.iter().zip(&closed).filter(|(goal, _)| person.is_none_or(|one| one == goal.person));
            goals.map(|(goal, closed)| (*closed, factor * goal.weight as f64 * STEP)).collect()
        };
        for (index, person) in model.people.iter().enumerate() {
            let floor = targets.floors.get(index).copied().unwrap_or_default().max(person.floor);
            if floor > 0 {
                self.rows.at_least(worth(Some(index), 1.0), floor as f64);
            }
        }
        if let Some(least) = targets.least_value {
            self.rows.at_least(worth(None, 1.0), least as f64);
        }
        match aim {
            Aim::Value => {
                let ideal: i64 = model.people.iter().map(|person| person.ideal).sum();
                let value = self.rows.variable(0.0, ideal as f64, false);
                self.rows.variables[value].worth = 1.0;
                let mut terms = worth(None, -1.0);
                terms.push((value, 1.0));
                self.rows.at_most(terms, 0.0);
            }
            Aim::Share => {
                let share = self.rows.variable(0.0, 1_000.0, false);
                self.rows.variables[share].worth = 1.0;
                for (index, person) in model.people.iter().enumerate().filter(|(_, person)| person.ideal > 0) {
                    let ideal = person.ideal as f64;
                    let mut terms = worth(Some(index), -1_000.0 / ideal);
                    terms.push((share, 1.0));
                    self.rows.at_most(terms, 0.0);
                }
            }
            Aim::Cost | Aim::Minutes | Aim::Claim | Aim::Starts | Aim::Changes => {}
        }
    }

    /// One row per level at which a ceiling cuts credits off; gives the variable of what is closed.
    fn add_goal(&mut self, model: &Model, goal: &Goal) -> usize {
        let closed = self.rows.variable(0.0, goal.gap as f64 / STEP, false);
        let mut terms: Vec<(usize, i64, i64)> = Vec::new();
        for credit in &goal.credits {
            let variable = match &credit.source {
                Source::Item(item) => self.finished_by(model, *item, goal.due),
                Source::Together(all) => {
                    let together = self.rows.variable(0.0, 1.0, false);
                    for item in all {
                        match self.finished_by(model, *item, goal.due) {
                            Some(one) => self.rows.at_most(vec![(together, 1.0), (one, -1.0)], 0.0),
                            None => self.rows.at_most(vec![(together, 1.0)], 0.0),
                        }
                    }
                    Some(together)
                }
            };
            terms.extend(variable.map(|variable| (variable, credit.gain, credit.ceiling)));
        }
        let mut thresholds: SortedSet<i64> = terms
            .iter()
            .map(|term| term.2)
            .filter(|ceiling| (goal.from..goal.from + goal.gap).contains(ceiling))
            .collect();
        thresholds.insert(goal.from);
        for threshold in thresholds {
            let above = terms.iter().filter(|term| term.2 > threshold);
            let mut sums: SortedMap<usize, i64> = SortedMap::new();
            for (variable, gain, _) in above {
                *sums.entry(*variable).or_default() += gain.min(&goal.gap);
            }
            let mut row: Vec<(usize, f64)> =
                sums.iter().map(|(variable, gain)| (*variable, -*gain as f64 / STEP)).collect();
            row.push((closed, 1.0));
            self.rows.at_most(row, (threshold - goal.from) as f64 / STEP);
        }
        closed
    }

    fn add_weeks(&mut self, model: &Model, weeks: &Weekly) {
        self.add_cumulative(model, weeks);
        let segments = weeks.milestones.len();
        let mut kinds: SortedMap<Size, Vec<usize>> = SortedMap::new();
        for (week, room) in weeks.rooms.iter().enumerate() {
            let counts = kinds.entry(room.clone()).or_insert_with(|| vec![0; segments]);
            counts[weeks.segment(week)] += 1;
        }
        let columns: usize = kinds.values().map(|counts| counts.iter().filter(|count| **count > 0).count()).sum();
        let limit = (PATTERN_COLUMNS / columns.max(1)).clamp(30, 600);
        let Some((class_of, classes, fillings)) = weeks.classify(&kinds, limit) else { return };
        // By class and segment: the columns that hold it, with how often.
        let mut supply: Vec<Vec<Vec<(usize, f64)>>> = vec![vec![Vec::new(); segments]; classes.len()];
        for (counts, fillings) in kinds.values().zip(&fillings) {
            for (segment, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                let columns: Vec<usize> =
                    fillings.iter().map(|_| self.rows.variable(0.0, *count as f64, false)).collect();
                self.rows.at_most(columns.iter().map(|column| (*column, 1.0)).collect(), *count as f64);
                for (column, filling) in columns.iter().zip(fillings) {
                    for (class, times) in filling.iter().enumerate().filter(|(_, times)| **times > 0) {
                        supply[class][segment].push((*column, -f64::from(*times)));
                    }
                }
            }
        }
        for (class, supply) in supply.iter().enumerate() {
            let of_class = weeks.pieces.iter().zip(&class_of).filter(|(_, one)| **one == Some(class));
            let pieces: Vec<&Piece> = of_class.map(|(piece, _)| piece).collect();
            self.fill_segments(model, weeks, &pieces, supply);
            if supply.iter().flatten().all(|(_, times)| *times > -1.5) {
                continue;
            }
            // Sessions of one series never share a week, so a week serves each series once, however often it holds the class.
            let once = |segment: &Vec<(usize, f64)>| segment.iter().map(|(column, _)| (*column, -1.0)).collect();
            let supply: Vec<Vec<(usize, f64)>> = supply.iter().map(once).collect();
            for series in weeks.series(model, &pieces) {
                self.fill_segments(model, weeks, &series, &supply);
            }
        }
    }

    /// What is finished within any run of segments fits into the columns of these segments.
    fn fill_segments(&mut self, model: &Model, weeks: &Weekly, pieces: &[&Piece], supply: &[Vec<(usize, f64)>]) {
        for end in 0..supply.len() {
            let mut before: Option<SortedMap<usize, usize>> = None;
            for start in (0..=end).rev() {
                let first_week = start.checked_sub(1).map_or(0, |one| weeks.milestones[one] + 1);
                let mut demand: SortedMap<usize, usize> = SortedMap::new();
                for piece in pieces {
                    let earliest = model.items[piece.item].starts.trailing_zeros() as usize + piece.offset;
                    let variable = self.finished_by(model, piece.item, weeks.milestones[end]);
                    if let Some(variable) = variable.filter(|_| earliest >= first_week) {
                        *demand.entry(variable).or_default() += 1;
                    }
                }
                if demand.is_empty() || before.as_ref() == Some(&demand) {
                    continue;
                }
                let mut terms: Vec<(usize, f64)> =
                    demand.iter().map(|(variable, count)| (*variable, *count as f64)).collect();
                terms.extend(supply[start..=end].iter().flatten());
                self.rows.at_most(terms, 0.0);
                before = Some(demand);
            }
        }
    }

    /// The plain sums of minutes by each milestone, which hold whatever the patterns can say.
    fn add_cumulative(&mut self, model: &Model, weeks: &Weekly) {
        let resources = weeks.rooms.first().map_or(0, Vec::len);
        for resource in 0..resources {
            for last in &weeks.milestones {
                let mut sums: SortedMap<usize, i64> = SortedMap::new();
                for piece in &weeks.pieces {
                    if let Some(variable) = self.finished_by(model, piece.item, *last) {
                        *sums.entry(variable).or_default() += piece.size[resource];
                    }
                }
                let terms = sums
                    .into_iter()
                    .filter(|(_, sum)| *sum > 0)
                    .map(|(variable, sum)| (variable, sum as f64))
                    .collect();
                self.budget(terms, weeks.rooms.iter().take(last + 1).map(|room| room[resource]).sum());
            }
        }
    }

    /// Forbids that all sessions of a conflict are finished by their weeks.
    pub(crate) fn forbid(&mut self, model: &Model, conflict: &FinishedBy) {
        self.rows.rows.extend(self.forbidding(model, conflict));
    }

    /// The row that forbids it; `None` when one of the sessions cannot be finished by its week at all.
    pub(crate) fn forbidding(&self, model: &Model, conflict: &FinishedBy) -> Option<Row> {
        let variables: Option<SortedSet<usize>> =
            conflict.iter().map(|(item, last)| self.finished_by(model, *item, *last)).collect();
        let variables = variables?;
        let at_most = variables.len() as f64 - 1.0;
        Some(Row { terms: variables.into_iter().map(|variable| (variable, 1.0)).collect(), at_most })
    }

    /// The chosen sessions with the week by which each has to be finished.
    pub(crate) fn chosen_sessions(&self, model: &Model, values: &[f64]) -> FinishedBy {
        let mut chosen = Vec::new();
        for (index, item) in model.items.iter().enumerate() {
            let weeks = self.finished[index].iter().zip(&self.milestones[item.person]);
            let mut done = weeks.filter(|(variable, _)| variable.is_some_and(|variable| values[variable] > 0.5));
            if let Some((_, last)) = done.next() {
                chosen.push((index, *last));
            }
        }
        chosen
    }
}

/// The chosen sessions as tasks of the scheduler.
pub(crate) fn tasks(model: &Model, chosen: &FinishedBy) -> Vec<Task> {
    chosen.iter().map(|(item, last)| Task { item: *item, starts: model.items[*item].starts_by(*last) }).collect()
}

/// By person: the due weeks of the goals, and the last week.
fn milestones(model: &Model) -> Vec<Vec<usize>> {
    (0..model.people.len())
        .map(|person| {
            let dues = model.goals.iter().filter(|goal| goal.person == person).map(|goal| goal.due);
            dues.chain([model.weeks - 1]).collect::<SortedSet<_>>().into_iter().collect()
        })
        .collect()
}

/// By item: the milestones by which it matters whether it is finished, for its own credits or those of what needs it.
fn wanted_milestones(model: &Model, milestones: &[Vec<usize>]) -> Vec<SortedSet<usize>> {
    let last = |item: usize| milestones[model.items[item].person].len() - 1;
    let mut wanted: Vec<SortedSet<usize>> = (0..model.items.len()).map(|item| SortedSet::from([last(item)])).collect();
    for goal in &model.goals {
        let Some(milestone) = milestones[goal.person].iter().position(|week| *week == goal.due) else { continue };
        for credit in &goal.credits {
            match &credit.source {
                Source::Item(item) => _ = wanted[*item].insert(milestone),
                Source::Together(all) => all.iter().for_each(|item| _ = wanted[*item].insert(milestone)),
            }
        }
    }
    loop {
        let before = wanted.clone();
        for (index, item) in model.items.iter().enumerate() {
            for (earlier, _) in &item.after {
                let more = wanted[index].clone();
                wanted[*earlier].extend(more);
            }
        }
        if before == wanted {
            return wanted;
        }
    }
}
