//! A bound from prices alone: no linear-programming solver, and whole numbers wherever the proof rests.
//!
//! Every limited resource gets a price, every goal spreads its weight over the levels at which ceilings cut credits off.
//! Whatever prices are chosen, no plan is worth more than the limits at their prices plus what each series of sessions
//! earns beyond its price (Lagrangian duality). Good prices are found by a subgradient method in floating point; the
//! bound they give is then computed in integers, so a bad price can make it weak, never wrong.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use crate::planning::model::Steps;
use crate::planning::model::{Credit, Model, Source};

/// How finely prices are counted.
const SCALE: f64 = 1_024.0;
const STEPS: u32 = 400;

/// No plan is worth more than this; `known` is the value of a plan, towards which the prices are driven.
///
/// Any prices give a bound: when `steps` are used up, the best one so far is kept.
pub(crate) fn bound(model: &Model, known: i64, steps: &Steps<'_>) -> i64 {
    let market = Market::new(model);
    let mut prices = vec![0.0; market.limits.len()];
    let mut weights: Vec<Vec<f64>> =
        model.goals.iter().zip(&market.rows).map(|(goal, rows)| start_weights(goal.weight, rows.len())).collect();
    let mut best: i64 = model.people.iter().map(|person| person.ideal).sum();
    let (mut ambition, mut idle) = (1.0, 0);
    for step in 0..STEPS {
        if !steps.pay(market.effort) {
            break;
        }
        let outcome = market.answer(&prices, &weights);
        idle = if outcome.bound < best { 0 } else { idle + 1 };
        best = best.min(outcome.bound);
        if idle == 20 {
            (ambition, idle) = (ambition / 2.0, 0);
        }
        let pace = 1.0 / f64::from(step + 2);
        let shares = || {
            market
                .limits
                .iter()
                .zip(&outcome.used)
                .map(|(limit, used)| (*used - *limit) as f64 / (*limit).max(1) as f64)
        };
        let length: f64 = shares().map(|share| share * share).sum();
        let distance = ambition * (outcome.bound - known).max(1) as f64 / length.max(1e-9);
        for ((price, share), limit) in prices.iter_mut().zip(shares()).zip(&market.limits) {
            *price = (*price + distance * share / (*limit).max(1) as f64).max(0.0);
        }
        for ((weights, rows), goal) in weights.iter_mut().zip(&outcome.rows).zip(&model.goals) {
            let lowest = (0..rows.len()).min_by_key(|row| rows[*row]).unwrap_or_default();
            for (row, weight) in weights.iter_mut().enumerate() {
                let target = if row == lowest { goal.weight as f64 } else { 0.0 };
                *weight += pace.min(0.2) * (target - *weight);
            }
        }
    }
    best
}

/// All weight on the present level: what the sessions add, as if there were neither ceilings nor an end.
fn start_weights(weight: i64, rows: usize) -> Vec<f64> {
    (0..rows).map(|row| if row == 0 { weight as f64 } else { 0.0 }).collect()
}

/// The problem as buyers of limited resources.
struct Market<'m> {
    model: &'m Model,
    limits: Vec<i64>,
    /// By item: resource and amount.
    needs: Vec<Vec<(usize, i64)>>,
    /// By goal: the levels at which ceilings cut credits off, above the present level; the last row is the goal itself.
    rows: Vec<Vec<i64>>,
    /// How much is looked at to answer once.
    effort: u64,
}

struct Reply {
    bound: i64,
    used: Vec<i64>,
    rows: Vec<Vec<i64>>,
}

impl<'m> Market<'m> {
    fn new(model: &'m Model) -> Self {
        let people = model.people.len();
        let mut limits = Vec::new();
        for person in &model.people {
            limits.extend([person.minutes_max.min(person.week_max.iter().sum()), person.cost_max]);
        }
        limits.extend(model.pools.iter().map(|pool| pool.iter().sum::<i64>()));
        limits.extend(model.shared_cost);
        let mut needs = Vec::new();
        for item in &model.items {
            let mut need = vec![(2 * item.person, item.minutes), (2 * item.person + 1, item.cost)];
            need.extend(item.draws.iter().map(|draw| (2 * people + draw.pool, draw.load.iter().sum())));
            need.extend(model.shared_cost.map(|_| (limits.len() - 1, item.cost)));
            needs.push(need);
        }
        let rows = model.goals.iter().map(|goal| {
            let ceilings = goal.credits.iter().map(|credit| credit.ceiling - goal.from).filter(|one| *one < goal.gap);
            let mut rows: Vec<i64> = ceilings.chain([0]).collect();
            rows.sort_unstable();
            rows.dedup();
            rows.push(goal.gap);
            rows
        });
        let rows: Vec<Vec<i64>> = rows.collect();
        let credits: usize = model.goals.iter().map(|goal| goal.credits.len()).sum();
        let levels: usize = rows.iter().map(Vec::len).sum();
        let effort = (1 + model.items.len() + credits + levels + limits.len()) as u64;
        Self { model, limits, needs, rows, effort }
    }

    /// What is bought at these prices, and the bound that they prove.
    fn answer(&self, prices: &[f64], weights: &[Vec<f64>]) -> Reply {
        let prices: Vec<i128> = prices.iter().map(|price| (price * SCALE).round() as i128).collect();
        let weights: Vec<Vec<i128>> =
            self.model.goals.iter().zip(weights).map(|(goal, weights)| whole_weights(goal.weight, weights)).collect();
        let mut gains = vec![0_i128; self.model.items.len()];
        let mut total: i128 = self.limits.iter().zip(&prices).map(|(limit, price)| i128::from(*limit) * price).sum();
        for (index, goal) in self.model.goals.iter().enumerate() {
            total += self.rows[index]
                .iter()
                .zip(&weights[index])
                .map(|(level, weight)| i128::from(*level) * weight)
                .sum::<i128>();
            // Credits come by ceiling, so the levels below it only become more.
            let (mut below, mut counted) = (0, 0_i128);
            for credit in &goal.credits {
                let cuts = &self.rows[index][..self.rows[index].len() - 1];
                while below < cuts.len() && cuts[below] < credit.ceiling - goal.from {
                    counted += weights[index][below];
                    below += 1;
                }
                let worth = counted * i128::from(credit.gain);
                match &credit.source {
                    Source::Item(item) => gains[*item] += worth,
                    // The sessions pay their own way; the extra credit is counted as if it were free.
                    Source::Together(_) => total += worth,
                }
            }
        }
        let mut used = vec![0; self.limits.len()];
        let mut rows = self.rows.clone();
        let bought = self.buy(&gains, &prices, &mut total);
        for item in &bought {
            for (resource, amount) in &self.needs[*item] {
                used[*resource] += amount;
            }
        }
        self.fill_rows(&bought, &mut rows);
        Reply { bound: i64::try_from(total.div_euclid(SCALE as i128)).unwrap_or(i64::MAX), used, rows }
    }

    /// Of each series the first sessions that together earn most beyond their price.
    fn buy(&self, gains: &[i128], prices: &[i128], total: &mut i128) -> Vec<usize> {
        let mut bought = Vec::new();
        let mut first = 0;
        while first < self.model.items.len() {
            let (person, activity) = (self.model.items[first].person, self.model.items[first].activity);
            let (mut sum, mut most, mut count, mut next) = (0, 0, 0, first);
            while next < self.model.items.len()
                && (self.model.items[next].person, self.model.items[next].activity) == (person, activity)
            {
                let price: i128 =
                    self.needs[next].iter().map(|(resource, amount)| prices[*resource] * i128::from(*amount)).sum();
                sum += gains[next] - price;
                next += 1;
                if sum > most {
                    (most, count) = (sum, next - first);
                }
            }
            *total += most;
            bought.extend(first..first + count);
            first = next;
        }
        bought
    }

    /// Adds to each level the credits that reach above it, of the sessions bought and of all synergies.
    fn fill_rows(&self, bought: &[usize], rows: &mut [Vec<i64>]) {
        let mut is_bought = vec![false; self.model.items.len()];
        bought.iter().for_each(|item| is_bought[*item] = true);
        for (index, goal) in self.model.goals.iter().enumerate() {
            let counts = |credit: &&Credit| match &credit.source {
                Source::Item(item) => is_bought[*item],
                Source::Together(_) => true,
            };
            let mut credits = goal.credits.iter().rev().filter(counts).peekable();
            let mut above = 0;
            let cuts = rows[index].len() - 1;
            for row in rows[index].iter_mut().take(cuts).rev() {
                while let Some(credit) = credits.next_if(|credit| *row < credit.ceiling - goal.from) {
                    above += credit.gain;
                }
                *row += above;
            }
        }
    }
}

/// Weights in whole units that add up to the goal's own weight exactly.
fn whole_weights(weight: i64, weights: &[f64]) -> Vec<i128> {
    let all = i128::from(weight) * SCALE as i128;
    let mut whole: Vec<i128> = weights.iter().map(|one| ((one * SCALE).floor() as i128).clamp(0, all)).collect();
    let mut left = all;
    for one in &mut whole {
        *one = (*one).min(left);
        left -= *one;
    }
    if let Some(largest) = whole.iter_mut().max() {
        *largest += left;
    }
    whole
}
