//! Judges of whole choices: whether they can be scheduled, or just that there is one.

use super::formulation::{Aim, Conflict, Formulation, Targets};
use super::greedy::Starts;
use super::limits::SolveLimits;
use super::search::{Placed, Search, measure};
use super::tree::{Judge, Verdict};

/// Judges the choices of a master by whether they can be scheduled.
pub(super) struct Check<'s, 'a> {
    pub(super) search: &'s mut Search<'a>,
    pub(super) formulation: &'s Formulation,
    pub(super) aim: Aim,
    pub(super) targets: &'s Targets,
    pub(super) by_week: bool,
    pub(super) best: Option<(i64, Starts)>,
    pub(super) rounds: u32,
    pub(super) undecided: usize,
}

impl Judge for Check<'_, '_> {
    fn least(&self) -> i64 {
        self.best.as_ref().map_or(i64::MIN, |(value, _)| value + 1)
    }

    fn is_stopped(&self) -> bool {
        self.search.limits().is_stopped()
    }

    fn lead(&mut self, values: &[f64]) {
        let (search, formulation) = (&mut *self.search, self.formulation);
        let rounds = search.limits().quick_rounds;
        search.improve_by(self.aim, self.targets, formulation, values, rounds, &mut self.best);
    }

    fn judge(&mut self, values: &[f64]) -> Verdict {
        self.rounds += 1;
        if self.rounds > self.search.limits().rounds {
            return Verdict::Enough;
        }
        let model = self.search.model;
        let found = if self.by_week {
            Placed::At(self.formulation.starts(values))
        } else {
            let choice = self.formulation.chosen_sessions(model, values);
            let choice = self.search.lighten(self.aim, &choice);
            self.search.place(self.formulation, &choice)
        };
        match found {
            Placed::At(starts) => {
                self.search.offer(&starts);
                let value = measure(model, self.aim, &starts);
                if value >= self.least() {
                    self.best = Some((value, starts));
                }
                Verdict::Plan
            }
            Placed::Nowhere(conflicts) => {
                self.salvage(&conflicts, values);
                self.search.cut_count += conflicts.len();
                let rows = conflicts.iter().filter_map(|conflict| self.formulation.forbidding(model, conflict));
                let rows = rows.collect();
                self.search.cuts.extend(conflicts);
                Verdict::Broken(rows)
            }
            Placed::TooDear(tolls, choice) => {
                self.salvage(&[choice], values);
                self.search.cut_count += tolls.len();
                let rows = tolls.iter().map(|toll| self.formulation.charging(model, toll)).collect();
                self.search.tolls.extend(tolls);
                Verdict::Broken(rows)
            }
            Placed::Unknown(choice) => {
                self.salvage(std::slice::from_ref(&choice), values);
                self.undecided += 1;
                match self.formulation.forbidding(model, &choice) {
                    Some(row) if self.undecided <= self.search.limits().undecided => Verdict::Unknown(row),
                    _ => Verdict::Enough,
                }
            }
        }
    }
}

impl Check<'_, '_> {
    fn salvage(&mut self, conflicts: &[Conflict], values: &[f64]) {
        let (search, formulation) = (&mut *self.search, self.formulation);
        search.salvage(self.aim, self.targets, conflicts, formulation, values, &mut self.best);
    }
}

/// Is content with the first plan.
pub(super) struct First<'s> {
    pub(super) limits: &'s SolveLimits<'s>,
    pub(super) formulation: &'s Formulation,
    pub(super) starts: Option<Starts>,
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
