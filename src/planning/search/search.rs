//! What one search over a model knows: the best plan so far, and what it has found to be impossible.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use crate::planning::linear::Master;
use crate::planning::linear::{Aim, FinishedBy, Formulation, Targets};
use crate::planning::linear::{MOST_TOGETHER, is_too_large};
use crate::planning::model::Model;
use crate::planning::model::{Dominance, dominances};
use crate::planning::model::{LimitHit, SolveLimits};
use crate::planning::model::{Merit, Starts, merit};
use crate::planning::weeks::{Crossing, Pins};
use crate::planning::weeks::{TollBooth, TollCut};

/// The most pairs of a session and a start week among which equally good plans are ordered by their weeks: the model by
/// week has a variable for each, and telling equally good plans apart should not take longer than finding one.
const MOST_WEEKS_TO_ORDER: u32 = 250;

/// How the search for one aim ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The best plan, proven.
    Optimal(Starts),
    /// No plan reaches more than this; the best plan known is kept by the search.
    Bounded(i64),
    /// No plan satisfies the constraints.
    Infeasible,
}

/// The best plan by an aim among those that reach the targets, and the rows that ask a master for it.
#[derive(Clone, Copy)]
pub(crate) struct Question<'q> {
    pub(crate) aim: Aim,
    pub(crate) targets: &'q Targets,
    pub(crate) formulation: &'q Formulation,
}

/// One search over one model.
pub(crate) struct Search<'a> {
    pub(crate) model: &'a Model,
    pub(crate) master: &'a dyn Master,
    limits: &'a SolveLimits<'a>,
    pub(crate) best: Option<(Merit, Starts)>,
    pub(crate) dominances: Vec<Dominance>,
    pub(crate) cuts: Vec<FinishedBy>,
    pub(crate) crossings: Vec<Crossing>,
    pub(crate) tolls: Vec<TollCut>,
    pub(crate) booth: Option<TollBooth<'a>>,
    /// How many times as long as usual a choice is looked at.
    pub(crate) patience: u64,
    pub(crate) nodes: u64,
    /// How many nodes there may be in all.
    pub(crate) most_nodes: u64,
    pub(crate) cut_count: usize,
    pub(crate) hits: Vec<LimitHit>,
}

impl<'a> Search<'a> {
    pub(crate) fn new(model: &'a Model, master: &'a dyn Master, limits: &'a SolveLimits<'a>) -> Self {
        // No master is asked about more.
        let is_asked = model.people.len() <= MOST_TOGETHER && !is_too_large(model, limits) && !limits.is_stopped();
        let dominances = if is_asked { dominances(model) } else { Vec::new() };
        Self {
            model,
            master,
            limits,
            best: None,
            dominances,
            cuts: Vec::new(),
            crossings: Vec::new(),
            tolls: Vec::new(),
            booth: None,
            patience: 1,
            nodes: 0,
            most_nodes: limits.master_nodes,
            cut_count: 0,
            hits: Vec::new(),
        }
    }

    /// Keeps a plan that satisfies every constraint if it is the best so far.
    pub(crate) fn offer(&mut self, starts: &Starts) {
        let merit = merit(self.model, starts);
        if merit.0 && self.best.as_ref().is_none_or(|(best, _)| merit > *best) {
            self.best = Some((merit, starts.clone()));
        }
    }

    pub(crate) fn limits(&self) -> &'a SolveLimits<'a> {
        self.limits
    }

    /// Allows every choice, also one that another could replace.
    pub(crate) fn forget_dominances(&mut self) {
        self.dominances.clear();
    }

    /// Makes a plan the one to start from, whatever its merit.
    pub(crate) fn hold(&mut self, starts: &Starts) {
        self.best = Some((merit(self.model, starts), starts.clone()));
    }

    /// Whether a model by week is small enough to order plans by their weeks.
    pub(crate) fn is_small_by_week(&self) -> bool {
        self.weeks_to_choose() <= MOST_WEEKS_TO_ORDER
    }

    /// How many pairs of a session and a start week there are.
    pub(crate) fn weeks_to_choose(&self) -> u32 {
        self.model.items.iter().map(|item| item.starts.count_ones()).sum()
    }

    /// The best plan known for an aim among those that reach the targets.
    pub(crate) fn known(&self, aim: Aim, targets: &Targets) -> Option<(i64, &Starts)> {
        let (_, starts) = self.best.as_ref()?;
        self.reaches(starts, targets).then(|| (measure(self.model, aim, starts), starts))
    }

    pub(crate) fn reaches(&self, starts: &Starts, targets: &Targets) -> bool {
        let values = self.model.values(starts);
        let chosen = || self.model.items.iter().zip(starts).filter(|(_, start)| start.is_some()).map(|(item, _)| item);
        values.iter().zip(&targets.floors).all(|(value, floor)| value >= floor)
            && targets.least_value.is_none_or(|least| values.iter().sum::<i64>() >= least)
            && targets.most_cost.is_none_or(|most| chosen().map(|item| item.cost).sum::<i64>() <= most)
            && targets.most_minutes.is_none_or(|most| chosen().map(|item| item.minutes).sum::<i64>() <= most)
    }

    /// Takes out sessions that bring nothing and are not pinned, and puts off due weeks that bring nothing.
    pub(crate) fn lighten(&self, aim: Aim, choice: &FinishedBy, pins: &Pins) -> FinishedBy {
        let mut starts: Starts = vec![None; self.model.items.len()];
        let late = |item: usize, last: usize| (last + 1).checked_sub(self.model.items[item].span());
        for (item, last) in choice {
            starts[*item] = late(*item, *last);
        }
        let values = self.model.values(&starts);
        for (item, _) in choice.iter().rev() {
            let is_needed = self.model.items[*item].is_mandatory
                || pins.iter().any(|(pinned, _)| pinned == item)
                || choice.iter().any(|(other, _)| {
                    starts[*other].is_some() && self.model.items[*other].after.iter().any(|(before, _)| before == item)
                });
            if is_needed || matches!(aim, Aim::Cost | Aim::Minutes | Aim::Claim) {
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
}

/// What a plan reaches by an aim, the larger the better.
pub(crate) fn measure(model: &Model, aim: Aim, starts: &Starts) -> i64 {
    let chosen = || model.items.iter().zip(starts).filter_map(|(item, start)| Some((item, (*start)?)));
    match aim {
        Aim::Value => model.values(starts).iter().sum(),
        Aim::Share => model.share(&model.values(starts)),
        Aim::Cost => -chosen().map(|(item, _)| item.cost).sum::<i64>(),
        Aim::Minutes => -chosen().map(|(item, _)| item.minutes).sum::<i64>(),
        Aim::Claim => -chosen().map(|(item, _)| model.claim(item)).sum::<i64>(),
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
