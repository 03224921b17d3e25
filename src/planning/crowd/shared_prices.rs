//! Prices on what people share: the coaches' time by weeks and lengths, and the common budget.
//!
//! At any prices, none of them negative, no joint plan is worth more than what the shared weeks and the budget can take
//! in, plus what each person alone gains beyond the price of what they take (Lagrangian duality): the plan's own
//! sessions pay no more than the weeks they fill can take in, and each person's part of it gains no more than that
//! person's best. Prices are whole numbers of 64ths and the takings exact. A person's gain is bounded from above three
//! times: by the milestone master, in which a session finished by a due week pays only for the cheapest weeks that end
//! by then; by its own bound, rounded outwards to whole 64ths; and by what the person reaches alone, since prices only
//! take away. So the sum is a bound in whole numbers, whatever the prices are; bad ones only make it weak.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use crate::value::SortedMap;

use super::bundle::{Bundle, summed};
use super::tariff::{Amounts, Tariff};
use crate::planning::linear::{Aim, FinishedBy, Formulation, Targets};
use crate::planning::linear::{Answer, Effort, Master};
use crate::planning::linear::{is_too_large, master};
use crate::planning::model::Model;
use crate::planning::model::SolveLimits;
use crate::planning::model::dominances;
use crate::planning::problem::PlanProblemDocument;

/// Prices are counted in such parts of one unit of value.
const PARTS: i64 = 64;
const SWEEPS: u32 = 30;
/// Nodes for one person in one sweep.
const NODES: u64 = 200;
/// How far one person's answer may be from the best, as a share: it weakens the bound by no more.
const GAP: f64 = 0.000_5;
/// How far prices go from the best ones so far to those that look best.
const FIRST_TRUST: f64 = 0.4;
const HIGHEST_PRICE: f64 = 1e9;

/// How many sessions of each activity somebody takes.
pub(crate) type Choice = SortedMap<usize, i64>;

pub(crate) struct SharedPrices<'m> {
    buyers: Vec<Buyer<'m>>,
    tariff: Tariff,
    /// The sum of the values has this bound.
    pub(crate) upper: i64,
    /// What everybody takes at the best prices found.
    pub(crate) choices: Vec<Choice>,
    pub(crate) nodes: u64,
}

/// One person, with the master to ask again and again; none for a problem that is too large for it.
struct Buyer<'m> {
    model: &'m Model,
    formulation: Option<Formulation>,
    alone: i64,
}

/// What somebody takes at some prices.
struct Purchase {
    /// A bound on value less prices, in parts.
    most: i64,
    /// Sessions and the weeks by which they are finished.
    sessions: FinishedBy,
    nodes: u64,
}

impl<'m> SharedPrices<'m> {
    /// `alone` is what each person reaches alone, or a bound on it.
    pub(crate) fn new(
        document: &PlanProblemDocument,
        models: &'m [Model],
        alone: &[i64],
        limits: &SolveLimits<'_>,
    ) -> Self {
        let buyer = |(model, alone): (&'m Model, &i64)| Buyer::new(model, *alone, limits);
        Self {
            buyers: models.iter().zip(alone).map(buyer).collect(),
            tariff: Tariff::new(document, models),
            upper: alone.iter().sum(),
            choices: Vec::new(),
            nodes: 0,
        }
    }

    /// Looks for the prices with the lowest bound; `known` is the value of a plan, which no bound can undercut.
    ///
    /// Prices are drawn towards the best ones so far, the less so the longer these are not undercut.
    pub(crate) fn improve(&mut self, known: i64, limits: &SolveLimits<'_>) {
        let master = master();
        let mut bundle = Bundle::new(self.buyers.len());
        let mut best = vec![0.0; self.tariff.prices];
        let mut prices = best.clone();
        let mut trust = FIRST_TRUST;
        for sweep in 0..SWEEPS {
            if limits.is_stopped() || self.nodes >= limits.master_nodes {
                return;
            }
            let Some(upper) = self.ask(master.as_ref(), &prices, &mut bundle, limits) else { return };
            trust = if sweep == 0 || upper < self.upper { FIRST_TRUST } else { (trust * 1.5).min(1.0) };
            if sweep == 0 || upper < self.upper {
                best.clone_from(&prices);
            }
            self.upper = self.upper.min(upper);
            if self.upper <= known {
                return;
            }
            let next = bundle.prices(&self.tariff, master.as_ref(), &|| limits.is_stopped());
            let Some((next, lowest)) = next else { return };
            if lowest >= self.upper as f64 - 0.5 {
                return;
            }
            prices = best.iter().zip(&next).map(|(best, next)| best + trust * (next - best)).collect();
        }
    }

    /// The bound at some prices; what people take goes to the bundle. `None` when no master answers.
    fn ask(
        &mut self,
        master: &dyn Master,
        prices: &[f64],
        bundle: &mut Bundle,
        limits: &SolveLimits<'_>,
    ) -> Option<i64> {
        let in_parts = |price: &f64| (price * PARTS as f64).round().clamp(0.0, HIGHEST_PRICE) as i64;
        let prices: Vec<i64> = prices.iter().map(in_parts).collect();
        let takings = self.tariff.takings(&prices);
        let mut parts = takings.sum;
        let (mut replies, mut choices) = (Vec::new(), Vec::new());
        for buyer in &mut self.buyers {
            let purchase = buyer.answer(master, &self.tariff, &prices, limits)?;
            self.nodes += purchase.nodes;
            parts += i128::from(purchase.most);
            let (mut choice, mut taken) = (Choice::new(), Amounts::new());
            let mut starts = vec![None; buyer.model.items.len()];
            for (place, last) in purchase.sessions {
                let item = &buyer.model.items[place];
                let Some((_, start)) = self.tariff.cheapest(item, last, &prices) else { continue };
                taken.extend(self.tariff.needs(item, start));
                starts[place] = Some(start);
                *choice.entry(item.activity).or_default() += 1;
            }
            replies.push((buyer.model.values(&starts).iter().sum(), summed(taken)));
            choices.push(choice);
        }
        bundle.add(&replies, takings.fillings);
        let upper = i64::try_from(parts.div_euclid(i128::from(PARTS))).unwrap_or(i64::MAX);
        if upper < self.upper || self.choices.is_empty() {
            self.choices = choices;
        }
        Some(upper)
    }
}

impl<'m> Buyer<'m> {
    fn new(model: &'m Model, alone: i64, limits: &SolveLimits<'_>) -> Self {
        let formulation = (!is_too_large(model, limits) && !limits.is_stopped()).then(|| {
            Formulation::new(model, &dominances(model), Aim::Value, &Targets::default(), model.spends_most_weeks())
        });
        Self { model, formulation, alone }
    }

    /// What the person takes at some prices; `None` when the master does not answer.
    fn answer(
        &mut self,
        master: &dyn Master,
        tariff: &Tariff,
        prices: &[i64],
        limits: &SolveLimits<'_>,
    ) -> Option<Purchase> {
        // Prices are never negative, so what the person reaches alone is a bound at any prices.
        let alone = self.alone * PARTS;
        let Some(formulation) = &mut self.formulation else {
            return Some(Purchase { most: alone, sessions: Vec::new(), nodes: 0 });
        };
        let charges = charges(self.model, formulation, tariff, prices);
        for (variable, price) in &charges {
            formulation.rows.variables[*variable].worth -= *price as f64 / PARTS as f64;
        }
        let effort = Effort { nodes: NODES, gap: GAP, stop: &|| limits.is_stopped() };
        let answer = master.solve(&formulation.rows, &[], effort);
        for variable in charges.keys() {
            formulation.rows.variables[*variable].worth = 0.0;
        }
        let (values, bound, nodes) = match answer {
            Answer::Solved { values, bound, nodes } => (Some(values), Some(bound), nodes),
            Answer::Stopped { values, bound, nodes } => (values, bound, nodes.max(1)),
            Answer::Infeasible | Answer::Failed => return None,
        };
        let most = bound.map_or(alone, |bound| alone.min(((bound + 1e-6) * PARTS as f64).floor() as i64));
        let sessions = values.map(|values| formulation.chosen_sessions(self.model, &values)).unwrap_or_default();
        Some(Purchase { most, sessions, nodes })
    }
}

/// What each variable "is finished by a due week" pays: the price of the cheapest start by then, beyond that of the next.
fn charges(model: &Model, formulation: &Formulation, tariff: &Tariff, prices: &[i64]) -> SortedMap<usize, i64> {
    let mut charges: SortedMap<usize, i64> = SortedMap::new();
    for (index, item) in model.items.iter().enumerate() {
        let mut later = 0;
        for last in formulation.milestones[item.person].iter().rev() {
            let Some((price, _)) = tariff.cheapest(item, *last, prices) else { break };
            if let Some(variable) = formulation.finished_by(model, index, *last).filter(|_| price > later) {
                *charges.entry(variable).or_default() += price - later;
            }
            later = price;
        }
    }
    charges
}
