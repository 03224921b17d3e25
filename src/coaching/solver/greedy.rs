//! A quick plan: most value for time and money first, then repeated partial rebuilding.
//!
//! It gives the exact search a plan to start from and stands in for it where that is switched off.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use super::model::{Model, Person};
use super::steps::Steps;
use crate::coaching::problem::PlanObjective;
use crate::statistics::RandomStream;

pub(super) use super::draft::Draft;

/// Which of two plans is better: the larger is.
pub(super) type Merit = (bool, i64, i64, i64, i64);

/// The weeks of a plan's sessions, by item.
pub(super) type Starts = Vec<Option<usize>>;

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

/// The best plan found by filling from nothing and then rebuilding parts `rounds` times, starting from `known` plans.
///
/// It ends early when `steps` are used up.
pub(super) fn improve(
    model: &Model,
    known: Option<&Starts>,
    rounds: u32,
    seed: u64,
    steps: &Steps<'_>,
) -> (Merit, Starts) {
    let mut best = Draft::new(model).paying(steps);
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
        // A round takes a look at every session, whatever it rebuilds.
        if !steps.pay(model.items.len() as u64) {
            break;
        }
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
