//! What is known of the prices so far, as a linear program that says where to look next.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use super::tariff::{Amounts, Tariff};
use crate::planning::linear::{Answer, Effort, Master, Rows};

/// The most groups of people whose gains are told apart: more make the program larger than they make it better.
const MOST_BLOCKS: usize = 30;

/// Choices of people and fillings of weeks that were best at some prices.
///
/// Each choice says what its people gain at least at other prices, each filling what its weeks take in at least. So the
/// program's value is never above the lowest bound that prices can prove, and where it is lowest is the place to look.
pub(crate) struct Bundle {
    people: usize,
    /// Block, value, and what is taken.
    choices: Vec<(usize, i64, Amounts)>,
    /// Kind of week, and how one is filled.
    fillings: Vec<(usize, Amounts)>,
}

impl Bundle {
    pub(crate) fn new(people: usize) -> Self {
        Self { people, choices: Vec::new(), fillings: Vec::new() }
    }

    fn blocks(&self) -> usize {
        self.people.min(MOST_BLOCKS)
    }

    /// Keeps what everybody takes at some prices, and how the weeks are filled.
    pub(crate) fn add(&mut self, replies: &[(i64, Amounts)], fillings: Vec<Amounts>) {
        let blocks = self.blocks();
        for block in 0..blocks {
            let (mut value, mut taken) = (0, Amounts::new());
            for (worth, needs) in replies.iter().skip(block).step_by(blocks) {
                value += worth;
                taken.extend(needs);
            }
            self.choices.push((block, value, summed(taken)));
        }
        let new = fillings.into_iter().enumerate();
        let known = std::mem::take(&mut self.fillings);
        let is_new = |one: &(usize, Amounts)| !known.contains(one);
        let new: Vec<(usize, Amounts)> = new.filter(is_new).collect();
        self.fillings = known;
        self.fillings.extend(new);
    }

    /// The prices at which the bound might be lowest, and how low it might be.
    pub(crate) fn prices(
        &self,
        tariff: &Tariff,
        master: &dyn Master,
        stop: &dyn Fn() -> bool,
    ) -> Option<(Vec<f64>, f64)> {
        let mut rows = Rows::default();
        let prices: Vec<usize> = (0..tariff.prices).map(|_| rows.variable(0.0, 1e7, false)).collect();
        let gains: Vec<usize> = (0..self.blocks()).map(|_| rows.variable(0.0, 1e13, false)).collect();
        let takings: Vec<(usize, i64)> =
            tariff.counts().map(|count| (rows.variable(0.0, 1e13, false), count)).collect();
        gains.iter().for_each(|gain| rows.variables[*gain].worth = -1.0);
        takings.iter().for_each(|(taking, count)| rows.variables[*taking].worth = -(*count as f64));
        let at_prices = |amounts: &Amounts, sign: f64| -> Vec<(usize, f64)> {
            amounts.iter().map(|(place, amount)| (prices[*place], sign * *amount as f64)).collect()
        };
        for (block, value, taken) in &self.choices {
            let mut terms = at_prices(taken, 1.0);
            terms.push((gains[*block], 1.0));
            rows.at_least(terms, *value as f64);
        }
        for (kind, filling) in &self.fillings {
            let mut terms = at_prices(filling, 1.0);
            terms.push((takings[*kind].0, -1.0));
            rows.at_most(terms, 0.0);
        }
        for (shorter, longer) in tariff.steps() {
            rows.at_most(vec![(prices[shorter], 1.0), (prices[longer], -1.0)], 0.0);
        }
        let Answer::Solved { values, bound, .. } = master.solve(&rows, &[], Effort { nodes: 1, gap: 0.0, stop }) else {
            return None;
        };
        Some((prices.iter().map(|price| values[*price]).collect(), -bound))
    }
}

/// Amounts of the same, added up.
pub(crate) fn summed(mut amounts: Amounts) -> Amounts {
    amounts.sort_unstable();
    amounts.dedup_by(|next, kept| {
        let is_same = next.0 == kept.0;
        if is_same {
            kept.1 += next.1;
        }
        is_same
    });
    amounts.retain(|one| one.1 != 0);
    amounts
}
