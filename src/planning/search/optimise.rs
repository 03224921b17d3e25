//! Master, schedule, cut, and on: logic-based Benders decomposition.
//!
//! The master relaxes the problem, so what it cannot exceed nobody can. Its choices of sessions are placed in weeks. One
//! that fits is a plan; of one that provably does not, the smallest part that fails is forbidden, and so are choices
//! that cannot pay the tolls on the weeks. A choice that the scheduler gives up on is set aside with its bound, never
//! treated as impossible.

use super::judge::{Judge, Verdict};
use super::search::{Ending, Question, Search, measure};
use super::tree::Tree;
use crate::planning::linear::Row;
use crate::planning::linear::{Aim, FinishedBy, Formulation, Targets};
use crate::planning::model::LimitHit;
use crate::planning::model::Starts;
use crate::planning::weeks::Placed;
use crate::planning::weeks::{Crossing, Pins};

impl Search<'_> {
    /// Searches for the best plan by `aim` that reaches `targets`.
    pub(crate) fn optimise(&mut self, aim: Aim, targets: &Targets) -> Ending {
        let by_week = matches!(aim, Aim::Starts | Aim::Changes) || self.model.spends_most_weeks();
        let best: Option<(i64, Starts)> = self.known(aim, targets).map(|(value, starts)| (value, starts.clone()));
        if self.limits().rounds == 0 || self.nodes >= self.most_nodes || self.limits().is_stopped() {
            self.hits.push(if self.limits().rounds == 0 { LimitHit::Rounds } else { LimitHit::MasterNodes });
            return Ending::Bounded(i64::MAX);
        }
        let mut formulation = Formulation::new(self.model, &self.dominances, aim, targets, by_week);
        for cut in &self.cuts {
            formulation.forbid(self.model, cut);
        }
        if !by_week {
            let crossings = self.crossings.iter().filter_map(|one| formulation.uncrossing(self.model, one));
            let crossings: Vec<Row> = crossings.collect();
            formulation.rows.rows.extend(crossings);
            self.charge(&mut formulation);
        }
        let left = self.most_nodes - self.nodes;
        let mut tree = Tree::new(self.master, formulation.rows.clone(), left);
        let question = Question { aim, targets, formulation: &formulation };
        let mut check = Check { search: self, question, by_week, best, rounds: 0, undecided: 0 };
        let searched = tree.search(&mut check);
        let (best, undecided, is_out_of_rounds) = (check.best, check.undecided, check.rounds > self.limits().rounds);
        self.nodes += tree.nodes;
        if searched.is_doubted {
            self.hits.push(if cfg!(feature = "exact") { LimitHit::Numerics } else { LimitHit::NoMaster });
        }
        let value = best.as_ref().map_or(i64::MIN, |(value, _)| *value);
        if undecided > 0 && searched.aside > value {
            if !searched.is_cut_short && self.patience < self.limits().second_look {
                return self.look_again(aim, targets);
            }
            self.hits.push(LimitHit::Scheduler);
        }
        if is_out_of_rounds {
            self.hits.push(LimitHit::Rounds);
        } else if searched.is_cut_short && !searched.is_doubted && undecided <= self.limits().undecided {
            self.hits.push(LimitHit::MasterNodes);
        }
        match best {
            Some((value, starts)) if value >= searched.upper => Ending::Optimal(starts),
            None if searched.upper == i64::MIN => Ending::Infeasible,
            _ => Ending::Bounded(searched.upper),
        }
    }

    /// Searches once more, from what is known by now, with more patience for what could not be decided.
    fn look_again(&mut self, aim: Aim, targets: &Targets) -> Ending {
        let usual = self.patience;
        self.patience = self.limits().second_look;
        let ending = self.optimise(aim, targets);
        self.patience = usual;
        ending
    }
}

/// Judges the choices of a master by whether they can be scheduled.
struct Check<'s, 'a> {
    search: &'s mut Search<'a>,
    question: Question<'s>,
    by_week: bool,
    best: Option<(i64, Starts)>,
    rounds: u32,
    undecided: usize,
}

impl Judge for Check<'_, '_> {
    fn least(&self) -> i64 {
        self.best.as_ref().map_or(i64::MIN, |(value, _)| value + 1)
    }

    fn is_stopped(&self) -> bool {
        self.search.limits().is_stopped()
    }

    fn lead(&mut self, values: &[f64]) {
        let rounds = self.search.limits().quick_rounds;
        self.search.improve_by(self.question, values, rounds, &mut self.best);
    }

    fn judge(&mut self, values: &[f64]) -> Verdict {
        self.rounds += 1;
        if self.rounds > self.search.limits().rounds {
            return Verdict::Enough;
        }
        let model = self.search.model;
        let Question { aim, formulation, .. } = self.question;
        let pins = formulation.pins(values);
        let found = if self.by_week {
            Placed::At(formulation.starts(values))
        } else {
            let choice = formulation.chosen_sessions(model, values);
            let choice = self.search.lighten(aim, &choice, &pins);
            self.search.place(formulation, &choice, &pins)
        };
        match found {
            Placed::At(starts) => {
                self.search.offer(&starts);
                let value = measure(model, aim, &starts);
                if value >= self.least() {
                    self.best = Some((value, starts));
                }
                Verdict::Plan
            }
            Placed::Nowhere(conflicts, crossings) => {
                let choices = crossings.iter().map(|crossing| &crossing.choice).chain(&conflicts);
                self.salvage(&choices.cloned().collect::<Vec<_>>(), values);
                self.search.cut_count += conflicts.len() + crossings.len();
                let rows = conflicts.iter().filter_map(|conflict| formulation.forbidding(model, conflict));
                let crossed = crossings.iter().filter_map(|crossing| formulation.uncrossing(model, crossing));
                let rows = rows.chain(crossed).collect();
                self.search.cuts.extend(conflicts);
                self.search.crossings.extend(crossings);
                Verdict::Broken(rows)
            }
            Placed::TooDear(tolls, choice) => {
                self.salvage(&[choice], values);
                self.search.cut_count += tolls.len();
                let rows = tolls.iter().map(|toll| formulation.charging(model, toll)).collect();
                self.search.tolls.extend(tolls);
                Verdict::Broken(rows)
            }
            Placed::Unknown(choice) => {
                self.salvage(std::slice::from_ref(&choice), values);
                self.undecided += 1;
                match self.beside(&choice, pins) {
                    Some(row) if self.undecided <= self.search.limits().undecided => Verdict::Unknown(row),
                    _ => Verdict::Enough,
                }
            }
        }
    }
}

impl Check<'_, '_> {
    /// The row that excludes a choice with what is pinned of it.
    fn beside(&self, choice: &FinishedBy, pins: Pins) -> Option<Row> {
        let is_free = |item: usize| pins.iter().all(|(pinned, _)| *pinned != item);
        let choice = choice.iter().filter(|(item, _)| is_free(*item)).copied().collect();
        self.question.formulation.uncrossing(self.search.model, &Crossing { choice, pins })
    }

    fn salvage(&mut self, conflicts: &[FinishedBy], values: &[f64]) {
        self.search.salvage(self.question, conflicts, values, &mut self.best);
    }
}
