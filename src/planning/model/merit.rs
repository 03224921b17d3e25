//! Which of two plans is better.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use super::model::{Model, Person};
use crate::planning::problem::PlanObjective;

/// Which of two plans is better: the larger is.
pub(crate) type Merit = (bool, i64, i64, i64, i64);

/// The weeks of a plan's sessions, by item.
pub(crate) type Starts = Vec<Option<usize>>;

/// How good a plan is, provided that it keeps every upper limit: whether it keeps the lower ones, then the objective.
pub(crate) fn merit(model: &Model, starts: &Starts) -> Merit {
    let values = model.values(starts);
    let has_mandatory = model.items.iter().zip(starts).all(|(item, start)| !item.is_mandatory || start.is_some());
    let reaches_floors = model.people.iter().zip(&values).all(|(person, value)| *value >= person.floor);
    let is_whole = has_mandatory
        && reaches_floors
        && model.impossible.is_empty()
        && keeps_minima(model, starts)
        && !model.is_excluded(starts);
    let share = if model.objective == PlanObjective::MaximinThenSum { model.share(&values) } else { 0 };
    let chosen = || model.items.iter().zip(starts).filter(|(_, start)| start.is_some()).map(|(item, _)| item);
    let cost: i64 = chosen().map(|item| item.cost).sum();
    let minutes: i64 = chosen().map(|item| item.minutes).sum();
    (is_whole, share, values.iter().sum(), -cost, -minutes)
}

fn keeps_minima(model: &Model, starts: &Starts) -> bool {
    if !model.people.iter().any(Person::has_minimum) {
        return true;
    }
    let mut used = vec![vec![0; model.weeks]; model.people.len()];
    for (item, start) in model.items.iter().zip(starts) {
        let Some(start) = start else { continue };
        used[item.person].iter_mut().skip(*start).zip(&item.load).for_each(|(cell, minutes)| *cell += minutes);
    }
    let keeps =
        |(used, person): (&Vec<i64>, &Person)| used.iter().zip(&person.week_min).all(|(used, least)| used >= least);
    used.iter().zip(&model.people).all(keeps)
}
