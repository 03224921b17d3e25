//! Tolls on weeks: linear cuts that say which sessions the weeks cannot hold together.
//!
//! Let each piece of a session pay a toll for its week, by its class. What one week takes in is at most the dearest way
//! to fill it; what a session pays by a due week is at least its cheapest start. So for any tolls, none of them negative,
//!
//! > the sum over the sessions of their cheapest tolls ≤ the sum over the weeks of their dearest fillings.
//!
//! A series of sessions that never share a week pays a toll of its own, which a filling takes in once if it holds the
//! class at all. Waits between a session and what comes before it may be charged as well: who is early pays, who makes room earns,
//! and in sum nobody gains. Good tolls come from a linear program in floating point; the cut is then made anew from
//! whole tolls, in whole numbers, and holds whatever the program's error was.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use crate::value::{SortedMap, SortedSet};

use crate::planning::linear::Size;
use crate::planning::linear::{Master, Rows};
use crate::planning::linear::{Weekly, weeks_of_people, weeks_of_shared_pools};
use crate::planning::model::{Model, weeks_in};

/// Whole tolls per unit of the linear program, so that its usual fractions are exact.
const UNIT: f64 = 2_520.0;
/// The most ways to fill one kind of week.
const FILLINGS: usize = 300;

/// What sessions have to pay when they are finished by a week, and what the weeks take in at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TollCut {
    /// Item, last week, and what it pays.
    pub(crate) terms: Vec<(usize, usize, i64)>,
    pub(crate) at_most: i64,
}

/// The share of a session that has to be finished by a week: item, last week, share.
pub(crate) type Demand = Vec<(usize, usize, f64)>;

/// Weeks that are filled together, with the classes of their pieces.
struct Group {
    /// By item: the class of each week of the session, if it belongs to this group.
    classes: Vec<Option<Vec<Option<usize>>>>,
    /// What is charged each week: first the classes themselves, then classes for one series each.
    charged: Vec<Charged>,
    /// By item: its series, if its sessions never share a week.
    series: Vec<Option<usize>>,
    /// By week: its kind.
    kinds: Vec<usize>,
    /// By kind: the ways to fill it.
    fillings: Vec<Vec<Vec<u16>>>,
}

/// What a toll is charged for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Charged {
    class: usize,
    /// Only for sessions of this series.
    series: Option<usize>,
}

impl Charged {
    /// How often a filling pays this toll at most.
    fn times(self, filling: &[u16]) -> u16 {
        if self.series.is_some() { filling[self.class].min(1) } else { filling[self.class] }
    }
}

impl Group {
    /// The places of what a piece of a class and an item pays.
    fn charges(&self, item: usize, class: usize) -> impl Iterator<Item = usize> {
        let own = Charged { class, series: self.series[item] };
        let alone = own.series.and_then(|_| self.charged.binary_search_by_key(&(true, own), key).ok());
        std::iter::once(class).chain(alone)
    }
}

/// The order of what is charged: classes, then series.
fn key(one: &Charged) -> (bool, Charged) {
    (one.series.is_some(), *one)
}

/// Finds tolls.
pub(crate) struct TollBooth<'m> {
    model: &'m Model,
    groups: Vec<Group>,
    milestones: Vec<Vec<usize>>,
}

/// Numbers by group, week and class.
type Tolls<T> = Vec<Vec<Vec<T>>>;
/// Numbers by session, place in its list of what comes before, and week.
type Waits<T> = SortedMap<(usize, usize), Vec<T>>;

impl<'m> TollBooth<'m> {
    pub(crate) fn new(model: &'m Model, milestones: &[Vec<usize>]) -> Self {
        let weeklies = weeks_of_people(model, milestones).into_iter().chain(weeks_of_shared_pools(model, milestones));
        let groups = weeklies.filter_map(|weekly| group_of(model, &weekly)).collect();
        Self { model, groups, milestones: milestones.to_vec() }
    }

    /// A cut that `demand` violates, if tolls can tell.
    pub(crate) fn cut(&self, demand: &Demand, master: &dyn Master) -> Option<TollCut> {
        let mut rows = Rows::default();
        let tolls: Tolls<usize> = self
            .groups
            .iter()
            .map(|group| {
                let asked: SortedSet<usize> = demand.iter().filter_map(|(item, ..)| group.series[*item]).collect();
                let most = |one: &Charged| f64::from(u8::from(one.series.is_none_or(|series| asked.contains(&series))));
                let toll =
                    |rows: &mut Rows| group.charged.iter().map(|one| rows.variable(0.0, most(one), false)).collect();
                group.kinds.iter().map(|_| toll(&mut rows)).collect()
            })
            .collect();
        self.add_takings(&mut rows, &tolls);
        let waits = self.add_payments(&mut rows, &tolls, demand);
        let values = master.relax(&rows).ok()?.values();
        let whole = |variable: &usize| (values[*variable] * UNIT).round().max(0.0) as i64;
        let tolls = tolls
            .iter()
            .map(|weeks| weeks.iter().map(|classes| classes.iter().map(whole).collect()).collect())
            .collect();
        let waits = waits.iter().map(|(pair, weeks)| (*pair, weeks.iter().map(whole).collect())).collect();
        let cut = self.whole_cut(&tolls, &waits);
        is_violated(&cut, demand).then_some(cut)
    }

    /// What each week takes in: at least every way to fill it.
    fn add_takings(&self, rows: &mut Rows, tolls: &Tolls<usize>) {
        for (group, tolls) in self.groups.iter().zip(tolls) {
            for (kind, tolls) in group.kinds.iter().zip(tolls) {
                let taking = rows.variable(0.0, 10_000.0, false);
                rows.variables[taking].worth = -1.0;
                for filling in &group.fillings[*kind] {
                    let held =
                        group.charged.iter().zip(tolls).map(|(one, toll)| (*toll, f64::from(one.times(filling))));
                    let mut terms: Vec<(usize, f64)> = held.filter(|(_, times)| *times > 0.0).collect();
                    terms.push((taking, -1.0));
                    rows.at_most(terms, 0.0);
                }
            }
        }
    }

    /// What each share demanded pays: at most every start that it has.
    fn add_payments(&self, rows: &mut Rows, tolls: &Tolls<usize>, demand: &Demand) -> Waits<usize> {
        let is_demanded = |item: usize| demand.iter().any(|(one, ..)| *one == item);
        let mut waits: Waits<usize> = SortedMap::new();
        for (item, before) in self.model.items.iter().enumerate().filter(|(item, _)| is_demanded(*item)) {
            for place in (0..before.after.len()).filter(|place| is_demanded(before.after[*place].0)) {
                let weeks = (0..self.model.weeks).map(|_| rows.variable(0.0, 10.0, false)).collect();
                waits.insert((item, place), weeks);
            }
        }
        for (item, last, share) in demand {
            let pays = rows.variable(-100.0, 100.0, false);
            rows.variables[pays].worth = *share;
            for start in weeks_in(self.model.items[*item].starts_by(*last)) {
                let mut terms = vec![(pays, 1.0)];
                terms.extend(self.tolls_at(tolls, *item, start).map(|toll| (*toll, -1.0)));
                for (weeks, is_charged) in self.waits_at(&waits, *item, start) {
                    let factor = if is_charged { -1.0 } else { 1.0 };
                    terms.extend(weeks.iter().map(|week| (*week, factor)));
                }
                rows.at_most(terms, 0.0);
            }
        }
        waits
    }

    /// The tolls of a session that starts in a week.
    fn tolls_at<'t, T>(&'t self, tolls: &'t Tolls<T>, item: usize, start: usize) -> impl Iterator<Item = &'t T> {
        self.groups.iter().zip(tolls).flat_map(move |(group, tolls)| {
            let classes = group.classes[item].iter().flatten().enumerate();
            let held = classes.filter_map(move |(offset, class)| Some((tolls.get(start + offset)?, (*class)?)));
            held.flat_map(move |(tolls, class)| group.charges(item, class).filter_map(|one| tolls.get(one)))
        })
    }

    /// The waits that touch a session that starts in a week, and whether it is charged for them.
    ///
    /// By each week, no more may have started than what comes before has started so many weeks earlier.
    fn waits_at<'t, T>(
        &'t self,
        waits: &'t Waits<T>,
        item: usize,
        start: usize,
    ) -> impl Iterator<Item = (&'t [T], bool)> {
        waits.iter().filter_map(move |((later, place), weeks)| {
            let (before, lag) = self.model.items[*later].after[*place];
            if *later == item {
                Some((weeks.get(start..)?, true))
            } else if before == item {
                Some((weeks.get(start + lag..)?, false))
            } else {
                None
            }
        })
    }

    /// The cut of whole tolls, over all sessions.
    fn whole_cut(&self, tolls: &Tolls<i64>, waits: &Waits<i64>) -> TollCut {
        let mut at_most = 0;
        for (group, tolls) in self.groups.iter().zip(tolls) {
            for (kind, tolls) in group.kinds.iter().zip(tolls) {
                let taking = |filling: &Vec<u16>| {
                    group.charged.iter().zip(tolls).map(|(one, toll)| i64::from(one.times(filling)) * toll).sum()
                };
                at_most += group.fillings[*kind].iter().map(taking).max().unwrap_or(0);
            }
        }
        let mut terms = Vec::new();
        for (index, item) in self.model.items.iter().enumerate() {
            let pays = |start: usize| -> i64 {
                let charge = |(weeks, is_charged): (&[i64], bool)| {
                    let sum: i64 = weeks.iter().sum();
                    if is_charged { sum } else { -sum }
                };
                self.tolls_at(tolls, index, start).sum::<i64>()
                    + self.waits_at(waits, index, start).map(charge).sum::<i64>()
            };
            let mut later = 0;
            for last in self.milestones[item.person].iter().rev() {
                let Some(cheapest) = weeks_in(item.starts_by(*last)).map(pays).min() else { break };
                terms.push((index, *last, cheapest - later));
                later = cheapest;
            }
        }
        terms.retain(|term| term.2 != 0);
        TollCut { terms, at_most }
    }
}

/// Whether the shares demanded pay more than the weeks take in.
fn is_violated(cut: &TollCut, demand: &Demand) -> bool {
    let finished = |item: usize, last: usize| -> f64 {
        demand.iter().filter(|(one, by, _)| *one == item && *by <= last).map(|(.., share)| share).sum()
    };
    let paid: f64 = cut.terms.iter().map(|(item, last, pays)| *pays as f64 * finished(*item, *last)).sum();
    paid > cut.at_most as f64 + 0.01 * UNIT
}

fn group_of(model: &Model, weekly: &Weekly) -> Option<Group> {
    let rooms: SortedMap<Size, Vec<usize>> = weekly.rooms.iter().map(|room| (room.clone(), Vec::new())).collect();
    let (class_of, classes, fillings) = weekly.classify(&rooms, FILLINGS)?;
    let mut by_item: Vec<Option<Vec<Option<usize>>>> = vec![None; model.items.len()];
    for (piece, class) in weekly.pieces.iter().zip(class_of) {
        by_item[piece.item].get_or_insert_with(Vec::new).push(class);
    }
    let kinds = weekly.rooms.iter().filter_map(|room| rooms.keys().position(|kind| kind == room)).collect();
    let is_repeated = |class: usize| fillings.iter().flatten().any(|filling| filling[class] > 1);
    let mut numbers: SortedMap<(usize, usize), usize> = SortedMap::new();
    let mut series = vec![None; model.items.len()];
    let mut charged: SortedSet<Charged> = SortedSet::new();
    for (index, item) in model.items.iter().enumerate().filter(|(_, item)| item.is_apart()) {
        let next = numbers.len();
        let number = *numbers.entry((item.person, item.activity)).or_insert(next);
        series[index] = Some(number);
        let held = by_item[index].iter().flatten().flatten().filter(|class| is_repeated(**class));
        charged.extend(held.map(|class| Charged { class: *class, series: Some(number) }));
    }
    let charged = (0..classes.len()).map(|class| Charged { class, series: None }).chain(charged).collect();
    Some(Group { classes: by_item, charged, series, kinds, fillings })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planning::linear::Formulation;
    use crate::planning::linear::{Aim, Targets};
    use crate::planning::model::Overrides;
    use crate::planning::problem::PlanProblem;
    use crate::planning::quick::Draft;
    use crate::value::RandomStream;

    const MEDIUM: &str = include_str!("../../../tests/planning/instances/m14-medium-packing.json");
    const TEAM: &str = include_str!("../../../tests/planning/instances/t19-team-shared.json");

    fn model(json: &str) -> Model {
        Model::new(&PlanProblem::from_json(json).unwrap(), &Overrides::default())
    }

    fn booth(model: &Model) -> TollBooth<'_> {
        let formulation = Formulation::new(model, &[], Aim::Value, &Targets::default(), false);
        TollBooth::new(model, &formulation.milestones)
    }

    /// The sessions of a plan by the milestone at which each is finished.
    fn demand(model: &Model, milestones: &[Vec<usize>], starts: &[Option<usize>]) -> Demand {
        let mut demand = Vec::new();
        for (index, (item, start)) in model.items.iter().zip(starts).enumerate() {
            let Some(start) = start else { continue };
            let end = start + item.span() - 1;
            demand.push((index, *milestones[item.person].iter().find(|last| **last >= end).unwrap(), 1.0));
        }
        demand
    }

    fn paid(cut: &TollCut, demand: &Demand) -> i64 {
        let is_finished = |item: usize, last: usize| demand.iter().any(|(one, by, _)| *one == item && *by <= last);
        cut.terms.iter().filter(|(item, last, _)| is_finished(*item, *last)).map(|term| term.2).sum()
    }

    #[test]
    fn no_plan_pays_more_than_the_weeks_take_in_whatever_the_tolls() {
        for json in [MEDIUM, TEAM] {
            let model = model(json);
            let booth = booth(&model);
            let mut random = RandomStream::new(7, 0);
            let mut tightest = i64::MAX;
            for _ in 0..200 {
                let mut draft = Draft::new(&model);
                let bend: Vec<i64> = model.items.iter().map(|_| 1 + random.below(2_048) as i64).collect();
                draft.fill(&|item| bend[item]);
                let mut drawn = |most: usize| random.below(most) as i64;
                let tolls = booth
                    .groups
                    .iter()
                    .map(|group| {
                        let classes = |_: &usize| group.charged.iter().map(|_| drawn(50)).collect();
                        group.kinds.iter().map(classes).collect()
                    })
                    .collect();
                let mut waits = Waits::new();
                for (index, item) in model.items.iter().enumerate() {
                    for place in 0..item.after.len() {
                        waits.insert((index, place), (0..model.weeks).map(|_| drawn(5)).collect());
                    }
                }
                let cut = booth.whole_cut(&tolls, &waits);
                let slack = cut.at_most - paid(&cut, &demand(&model, &booth.milestones, &draft.starts));
                assert!(slack >= 0, "{slack}");
                tightest = tightest.min(slack * 100 / cut.at_most);
            }
            assert!(tightest < 95, "the cuts say nothing: {tightest} % of room left");
        }
    }

    #[cfg(feature = "exact")]
    #[test]
    fn a_choice_of_everything_is_too_dear_and_a_plan_is_not() {
        let model = model(MEDIUM);
        let booth = booth(&model);
        let open = model.items.iter().enumerate().filter(|(_, item)| item.starts != 0);
        let everything: Demand = open.map(|(index, _)| (index, model.weeks - 1, 1.0)).collect();
        let master = crate::planning::linear::Simplex;
        let cut = booth.cut(&everything, &master).unwrap();
        assert!(paid(&cut, &everything) > cut.at_most);
        let mut draft = Draft::new(&model);
        draft.fill(&|_| 1_024);
        let plan = demand(&model, &booth.milestones, &draft.starts);
        assert!(paid(&cut, &plan) <= cut.at_most);
        assert_eq!(booth.cut(&plan, &master), None);
    }
}
