//! Charging choices: tolls known or violated become rows of the master.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use crate::value::SortedMap;

use super::toll::{Demand, TollBooth, TollCut};
use crate::planning::linear::Row;
use crate::planning::linear::{FinishedBy, Formulation};
use crate::planning::model::Model;
use crate::planning::search::Search;

impl Search<'_> {
    /// Adds the tolls known to a master, and those that its relaxation violates.
    pub(crate) fn charge(&mut self, formulation: &mut Formulation) {
        let known = self.tolls.iter().map(|toll| formulation.charging(self.model, toll)).collect::<Vec<Row>>();
        formulation.rows.rows.extend(known);
        if self.limits().toll_rounds == 0 {
            return;
        }
        let Ok(mut relaxation) = self.master.relax(&formulation.rows) else { return };
        for _ in 0..self.limits().toll_rounds {
            let demand = formulation.demand(self.model, &relaxation.values());
            let Some(toll) = self.toll(formulation, &demand) else { return };
            let row = formulation.charging(self.model, &toll);
            self.cut_count += 1;
            self.tolls.push(toll);
            formulation.rows.rows.push(row.clone());
            match relaxation.with(&row) {
                Ok(next) => relaxation = next,
                Err(_) => return,
            }
        }
    }

    /// A cut that a choice of sessions violates, if tolls can tell.
    pub(crate) fn toll_on(&mut self, formulation: &Formulation, choice: &FinishedBy) -> Option<TollCut> {
        let demand = choice.iter().map(|(item, last)| (*item, *last, 1.0)).collect();
        self.toll(formulation, &demand)
    }

    fn toll(&mut self, formulation: &Formulation, demand: &Demand) -> Option<TollCut> {
        let limits = self.limits();
        if limits.toll_rounds == 0 || limits.is_stopped() {
            return None;
        }
        let booth = self.booth.get_or_insert_with(|| TollBooth::new(self.model, &formulation.milestones));
        booth.cut(demand, self.master)
    }
}

impl Formulation {
    /// The row by which sessions pay no more than the weeks take in.
    pub(crate) fn charging(&self, model: &Model, cut: &TollCut) -> Row {
        let mut sums: SortedMap<usize, i64> = SortedMap::new();
        for (item, last, pays) in &cut.terms {
            if let Some(variable) = self.finished_by(model, *item, *last) {
                *sums.entry(variable).or_default() += pays;
            }
        }
        let largest = sums.values().map(|pays| pays.abs()).max().unwrap_or(1).max(1) as f64;
        let terms = sums.into_iter().filter(|(_, pays)| *pays != 0);
        let terms = terms.map(|(variable, pays)| (variable, pays as f64 / largest)).collect();
        Row { terms, at_most: cut.at_most as f64 / largest }
    }

    /// The shares of sessions that a solution of the relaxation finishes by each due week.
    fn demand(&self, model: &Model, values: &[f64]) -> Demand {
        let mut demand = Vec::new();
        for (index, item) in model.items.iter().enumerate() {
            let mut before = 0.0;
            for (variable, last) in self.finished[index].iter().zip(&self.milestones[item.person]) {
                let Some(finished) = variable.map(|variable| values[variable]) else { continue };
                if finished > before + 1e-6 {
                    demand.push((index, *last, finished - before));
                    before = finished;
                }
            }
        }
        demand
    }
}
