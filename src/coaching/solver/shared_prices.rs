//! Prices on what people share: the coaches' time and the common budget.
//!
//! At any prices, no joint plan is worth more than everything shared at its price plus what each person alone gains
//! beyond the price of what they take (Lagrangian duality). Prices are whole numbers of 64ths, each person's share is
//! bounded by the milestone master or by what the person reaches alone, so the sum is a bound in whole numbers.
//! One price holds for all weeks of a pool: weeks are exchangeable as far as due weeks allow, and the master knows when
//! sessions are finished, not when they take place.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use std::collections::BTreeMap;

use super::dominance::{Dominance, dominances};
use super::formulation::{Aim, Formulation, Targets};
use super::limits::SolveLimits;
use super::master::{Answer, Effort, Master};
use super::model::{Item, Model, Person};
use super::solve::master;
use crate::coaching::problem::PlanProblemDocument;

/// Prices are counted in such parts of one unit of value.
const PARTS: i64 = 64;
const SWEEPS: u32 = 30;
/// Nodes for one person in one sweep.
const NODES: u64 = 200;
/// How far one person's answer may be from the best, as a share: it weakens the bound by no more.
const GAP: f64 = 0.000_5;

/// How many sessions of each activity somebody takes.
pub(super) type Choice = BTreeMap<usize, i64>;

pub(super) struct SharedPrices<'m> {
    buyers: Vec<Buyer<'m>>,
    /// By resource, pools first, then the common budget: how much there is.
    amounts: Vec<i64>,
    /// The sum of the values has this bound.
    pub(super) upper: i64,
    /// What everybody takes at the best prices found.
    pub(super) choices: Vec<Choice>,
    /// Whether people alone would take more than there is.
    pub(super) has_scarcity: bool,
    pub(super) nodes: u64,
}

struct Buyer<'m> {
    model: &'m Model,
    dominances: Vec<Dominance>,
    alone: i64,
}

/// What people take at some prices.
struct Reply {
    upper: i64,
    taken: Vec<i64>,
    choices: Vec<Choice>,
}

impl<'m> SharedPrices<'m> {
    /// `alone` is what each person reaches alone, or a bound on it.
    pub(super) fn new(document: &PlanProblemDocument, models: &'m [Model], alone: &[i64]) -> Self {
        let pools = models.first().map(|model| &model.pools).into_iter().flatten();
        let mut amounts: Vec<i64> = pools.map(|pool| pool.iter().sum()).collect();
        amounts.extend(document.shared_cost_max);
        let buyer = |(model, alone): (&'m Model, &i64)| Buyer { model, dominances: dominances(model), alone: *alone };
        Self {
            buyers: models.iter().zip(alone).map(buyer).collect(),
            amounts,
            upper: alone.iter().sum(),
            choices: Vec::new(),
            has_scarcity: false,
            nodes: 0,
        }
    }

    /// Looks for the prices with the lowest bound; `known` is the value of a plan, towards which they are driven.
    pub(super) fn improve(&mut self, known: i64, limits: &SolveLimits<'_>) {
        let master = master();
        let mut prices = vec![0_i64; self.amounts.len()];
        let (mut ambition, mut idle) = (1.0, 0);
        for sweep in 0..SWEEPS {
            if limits.is_stopped() || self.nodes >= limits.master_nodes {
                return;
            }
            let Some(reply) = self.ask(master.as_ref(), &prices, limits) else { return };
            let excess: Vec<f64> = reply
                .taken
                .iter()
                .zip(&self.amounts)
                .map(|(taken, amount)| (taken - amount) as f64 / (*amount).max(1) as f64)
                .collect();
            self.has_scarcity |= excess.iter().any(|one| *one > 0.0);
            if sweep == 0 && !self.has_scarcity {
                return;
            }
            idle = if reply.upper < self.upper || sweep == 0 { 0 } else { idle + 1 };
            if reply.upper < self.upper || self.choices.is_empty() {
                self.choices = reply.choices;
            }
            self.upper = self.upper.min(reply.upper);
            if self.upper <= known {
                return;
            }
            if idle == 3 {
                (ambition, idle) = (ambition / 2.0, 0);
            }
            // A price of zero for what is left over cannot fall.
            let moves = |(excess, price): (&f64, &i64)| if *price == 0 { excess.max(0.0) } else { *excess };
            let length: f64 = excess.iter().zip(&prices).map(moves).map(|one| one * one).sum();
            if length <= 0.0 {
                return;
            }
            let distance = ambition * (reply.upper - known).max(1) as f64 / length;
            for ((price, excess), amount) in prices.iter_mut().zip(&excess).zip(&self.amounts) {
                let step = distance * excess / (*amount).max(1) as f64 * PARTS as f64;
                *price = (*price + step.round() as i64).clamp(0, 1_000_000_000);
            }
        }
    }

    /// `None` when no master answers.
    fn ask(&mut self, master: &dyn Master, prices: &[i64], limits: &SolveLimits<'_>) -> Option<Reply> {
        let worth: i128 =
            self.amounts.iter().zip(prices).map(|(amount, price)| i128::from(*amount) * i128::from(*price)).sum();
        let (mut parts, mut taken, mut choices) = (worth, vec![0; prices.len()], Vec::new());
        for buyer in &self.buyers {
            let (most, chosen, nodes) = buyer.answer(master, prices, limits)?;
            self.nodes += nodes;
            parts += i128::from(most);
            let mut choice = Choice::new();
            for item in chosen {
                for (resource, amount) in needs(buyer.model, item) {
                    taken[resource] += amount;
                }
                *choice.entry(item.activity).or_default() += 1;
            }
            choices.push(choice);
        }
        let upper = i64::try_from(parts.div_euclid(i128::from(PARTS))).unwrap_or(i64::MAX);
        Some(Reply { upper, taken, choices })
    }
}

impl Buyer<'_> {
    /// A bound on value less prices, in parts, the sessions taken, and the nodes it took.
    fn answer(&self, master: &dyn Master, prices: &[i64], limits: &SolveLimits<'_>) -> Option<(i64, Vec<&Item>, u64)> {
        let by_week = self.model.people.iter().any(Person::has_minimum);
        let mut formulation = Formulation::new(self.model, &self.dominances, Aim::Value, &Targets::default(), by_week);
        for (index, item) in self.model.items.iter().enumerate() {
            let price: i64 = needs(self.model, item).map(|(resource, amount)| prices[resource] * amount).sum();
            if let Some(chosen) = formulation.chosen(index) {
                formulation.rows.variables[chosen].worth -= price as f64 / PARTS as f64;
            }
        }
        let effort = Effort { nodes: NODES, gap: GAP, stop: &|| limits.is_stopped() };
        let (values, bound, nodes) = match master.solve(&formulation.rows, &[], effort) {
            Answer::Solved { values, bound, nodes } => (Some(values), Some(bound), nodes),
            Answer::Stopped { values, bound, nodes } => (values, bound, nodes.max(1)),
            Answer::Infeasible | Answer::Failed => return None,
        };
        // Prices are never negative, so what the person reaches alone is a bound at any prices.
        let alone = self.alone * PARTS;
        let most = bound.map_or(alone, |bound| alone.min(((bound + 1e-6) * PARTS as f64).floor() as i64));
        let chosen = values.map(|values| formulation.chosen_sessions(self.model, &values)).unwrap_or_default();
        Some((most, chosen.into_iter().map(|(item, _)| &self.model.items[item]).collect(), nodes))
    }
}

/// What a session takes of what is shared: resource and amount.
fn needs(model: &Model, item: &Item) -> impl Iterator<Item = (usize, i64)> {
    let drawn = item.draws.iter().map(|draw| (draw.pool, draw.load.iter().sum()));
    let cost = model.shared_cost.map(|_| (model.pools.len(), item.cost));
    drawn.chain(cost)
}
