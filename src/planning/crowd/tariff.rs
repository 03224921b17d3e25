//! What the coaches' time, seats and the common budget cost: a price per pool, stretch of weeks and length of a piece.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use crate::value::{SortedMap, SortedSet};

use crate::planning::model::{Item, Model, weeks_in};
use crate::planning::problem::PlanProblemDocument;

/// The finest that a week is cut into to see which lengths fill it.
const MOST_CELLS: i64 = 600;

/// What is shared, and where in the list of prices its price stands.
pub(crate) struct Tariff {
    pools: Vec<Pool>,
    /// The common budget; its price is the last one.
    budget: Option<i64>,
    pub(crate) prices: usize,
    kinds: Vec<Kind>,
}

/// Weeks of one pool that are alike: as long, and in the same stretch.
struct Kind {
    pool: usize,
    minutes: i64,
    stretch: usize,
    count: i64,
}

/// Places of prices and amounts.
pub(crate) type Amounts = Vec<(usize, i64)>;

/// The weeks of one pool: minutes of a coach, or seats.
struct Pool {
    /// Where its prices begin: by stretch of weeks, then by length.
    first: usize,
    /// The lengths of the pieces that people ask for, in minutes, increasing; a minute where weeks are too long to be cut.
    lengths: Vec<i64>,
    is_by_minute: bool,
    /// By week: the minutes, and the stretch that it belongs to.
    weeks: Vec<(i64, usize)>,
    /// Into how many minutes each week is cut.
    cell: i64,
}

/// The most that the shared weeks and the budget can take in at some prices, and with how much of what.
pub(crate) struct Takings {
    pub(crate) sum: i128,
    /// By kind of week, and for the budget: what one of them takes in.
    pub(crate) fillings: Vec<Amounts>,
}

impl Tariff {
    pub(crate) fn new(document: &PlanProblemDocument, models: &[Model]) -> Self {
        // Within a stretch no goal is due, so its weeks are as good as each other.
        let last = usize::try_from(document.horizon_weeks - 1).unwrap_or_default();
        let dues: SortedSet<usize> =
            models.iter().flat_map(|one| &one.goals).map(|goal| goal.due).chain([last]).collect();
        let mut tariff = Self { pools: Vec::new(), budget: document.shared_cost_max, prices: 0, kinds: Vec::new() };
        for (place, pool) in models.first().map(|one| &one.pools).into_iter().flatten().enumerate() {
            let items = models.iter().flat_map(|one| &one.items);
            let loads = items.filter_map(|item| item.drawn_from(place));
            let lengths: SortedSet<i64> = loads.flatten().copied().filter(|one| *one > 0).collect();
            let weeks = pool.iter().enumerate();
            let weeks: Vec<(i64, usize)> =
                weeks.map(|(week, minutes)| (*minutes, dues.range(..week).count())).collect();
            let cell = lengths.iter().fold(0, |cell, length| common_divisor(cell, *length)).max(1);
            let longest = weeks.iter().map(|week| week.0).max().unwrap_or_default();
            let is_by_minute = longest / cell > MOST_CELLS;
            let lengths = if is_by_minute { vec![1] } else { lengths.into_iter().collect() };
            let mut kinds: SortedMap<(i64, usize), i64> = SortedMap::new();
            for week in &weeks {
                *kinds.entry(*week).or_default() += 1;
            }
            let kinds = kinds.into_iter();
            tariff.kinds.extend(kinds.map(|((minutes, stretch), count)| Kind { pool: place, minutes, stretch, count }));
            let pool = Pool { first: tariff.prices, lengths, is_by_minute, weeks, cell };
            tariff.prices += dues.len() * pool.lengths.len();
            tariff.pools.push(pool);
        }
        tariff.prices += usize::from(tariff.budget.is_some());
        tariff
    }

    /// What a session takes that starts in a week: places of prices and amounts.
    pub(crate) fn needs<'a>(&'a self, item: &'a Item, start: usize) -> impl Iterator<Item = (usize, i64)> + 'a {
        let pieces = item.draws.iter().flat_map(move |draw| {
            let pool = &self.pools[draw.pool];
            draw.load.iter().enumerate().filter_map(move |(offset, minutes)| pool.need(start + offset, *minutes))
        });
        pieces.chain(self.budget.map(|_| (self.prices - 1, item.cost)))
    }

    /// The cheapest start among those that end by a week; of equal ones the latest.
    pub(crate) fn cheapest(&self, item: &Item, last: usize, prices: &[i64]) -> Option<(i64, usize)> {
        let price = |start: usize| self.needs(item, start).map(|(place, amount)| prices[place] * amount).sum::<i64>();
        weeks_in(item.starts_by(last))
            .map(|start| (price(start), start))
            .min_by_key(|(price, start)| (*price, usize::MAX - start))
    }

    /// The most that can be taken in, week by week exactly.
    ///
    /// A week is cut into cells of which every length is a multiple, so what fits into the week fits into its cells. How
    /// often a length is asked for is left open, which only adds to the sum.
    pub(crate) fn takings(&self, prices: &[i64]) -> Takings {
        let mut takings = Takings { sum: 0, fillings: Vec::new() };
        for kind in &self.kinds {
            let pool = &self.pools[kind.pool];
            let first = pool.first + kind.stretch * pool.lengths.len();
            let (dearest, filling) = pool.dearest(kind.minutes, &prices[first..first + pool.lengths.len()]);
            takings.sum += i128::from(dearest) * i128::from(kind.count);
            let filling = filling.into_iter().enumerate().filter(|(_, times)| *times > 0);
            takings.fillings.push(filling.map(|(length, times)| (first + length, times)).collect());
        }
        if let Some(budget) = self.budget {
            takings.sum += i128::from(budget) * i128::from(prices[self.prices - 1]);
            takings.fillings.push(vec![(self.prices - 1, budget)]);
        }
        takings
    }

    /// How many weeks there are of each kind, then one budget.
    pub(crate) fn counts(&self) -> impl Iterator<Item = i64> {
        self.kinds.iter().map(|kind| kind.count).chain(self.budget.map(|_| 1))
    }

    /// Pairs of prices of which the second, for a longer piece, is at least the first: whoever can do with less then pays
    /// no more.
    pub(crate) fn steps(&self) -> impl Iterator<Item = (usize, usize)> {
        self.pools.iter().flat_map(|pool| {
            let lengths = pool.lengths.len().max(1);
            let stretches = 1 + pool.weeks.iter().map(|week| week.1).max().unwrap_or_default();
            let places = pool.first..pool.first + pool.lengths.len() * stretches;
            let is_longest = move |place: &usize| (place - pool.first + 1).is_multiple_of(lengths);
            places.filter(move |place| !is_longest(place)).map(|place| (place, place + 1))
        })
    }
}

impl Pool {
    fn need(&self, week: usize, minutes: i64) -> Option<(usize, i64)> {
        let (_, stretch) = self.weeks.get(week)?;
        let first = self.first + stretch * self.lengths.len();
        if self.is_by_minute {
            return (minutes > 0).then_some((first, minutes));
        }
        Some((first + self.lengths.binary_search(&minutes).ok()?, 1))
    }

    /// The dearest way to fill a week, and of equally dear ones the fullest: how often each length.
    fn dearest(&self, minutes: i64, prices: &[i64]) -> (i64, Vec<i64>) {
        if self.is_by_minute {
            return (minutes * prices[0], vec![minutes]);
        }
        let cells = usize::try_from(minutes / self.cell).unwrap_or_default();
        let sizes: Vec<usize> =
            self.lengths.iter().map(|length| usize::try_from(length / self.cell).unwrap_or(usize::MAX)).collect();
        // By number of cells: the takings, the cells filled, and the length filled in last.
        let mut best: Vec<(i64, usize, Option<usize>)> = vec![(0, 0, None); cells + 1];
        for room in 1..=cells {
            let (taken, filled, _) = best[room - 1];
            let mut here = (taken, filled, None);
            for (length, size) in sizes.iter().enumerate().filter(|(_, size)| **size <= room) {
                let (taken, filled, _) = best[room - size];
                let with = (taken + prices[length], filled + size);
                if with > (here.0, here.1) {
                    here = (with.0, with.1, Some(length));
                }
            }
            best[room] = here;
        }
        let mut filling = vec![0; self.lengths.len()];
        let mut room = cells;
        while room > 0 {
            match best[room].2 {
                Some(length) => {
                    filling[length] += 1;
                    room -= sizes[length];
                }
                None => room -= 1,
            }
        }
        (best[cells].0, filling)
    }
}

fn common_divisor(one: i64, other: i64) -> i64 {
    if other == 0 { one } else { common_divisor(other, one % other) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::RandomStream;

    fn pool(lengths: &[i64], cell: i64) -> Pool {
        Pool { first: 0, lengths: lengths.to_vec(), is_by_minute: false, weeks: Vec::new(), cell }
    }

    #[test]
    fn a_week_is_filled_in_the_dearest_way() {
        let pool = pool(&[30, 45], 15);
        // One of 45 wastes 15 minutes; two of 30 do not.
        assert_eq!(pool.dearest(60, &[10, 15]), (20, vec![2, 0]));
        assert_eq!(pool.dearest(60, &[10, 21]), (21, vec![0, 1]));
        assert_eq!(pool.dearest(75, &[10, 15]), (25, vec![1, 1]));
        assert_eq!(pool.dearest(20, &[10, 15]), (0, vec![0, 0]));
        // At no price the fullest.
        assert_eq!(pool.dearest(60, &[0, 0]), (0, vec![2, 0]));
    }

    #[test]
    fn no_way_to_fill_a_week_takes_in_more() {
        let mut random = RandomStream::new(3, 0);
        for _ in 0..500 {
            let lengths = [20, 30, 50];
            let prices: Vec<i64> = (0..3).map(|_| random.below(40) as i64).collect();
            let minutes = random.below(200) as i64;
            let mut most = 0;
            for (a, b, c) in (0..200).map(|one| (one % 10, one / 10 % 7, one / 70)) {
                if 20 * a + 30 * b + 50 * c <= minutes {
                    most = most.max(a * prices[0] + b * prices[1] + c * prices[2]);
                }
            }
            let (dearest, filling) = pool(&lengths, 10).dearest(minutes, &prices);
            assert!(dearest >= most, "{minutes} {prices:?}");
            assert_eq!(dearest, filling.iter().zip(&prices).map(|(times, price)| times * price).sum::<i64>());
            assert!(filling.iter().zip(lengths).map(|(times, length)| times * length).sum::<i64>() <= minutes);
        }
    }
}
