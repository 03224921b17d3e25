//! Which differences of raters and criteria ratings determine.

use std::collections::{BTreeMap, BTreeSet};

use super::data::{FacetData, Row};
use super::joined::{join, root};
use super::span::{Span, minus, plus};

/// What of the ratings decides who can be compared.
pub(super) struct Design {
    /// For each unit its raters, each with one of the criteria it was rated on.
    units: Vec<BTreeMap<usize, usize>>,
    /// For each criterion its class; none when nobody was rated on it. A rater who rates one unit on two criteria
    /// compares them, which makes them one class.
    classes: Vec<Option<usize>>,
    /// How many classes there are.
    count: usize,
    /// Which raters rated.
    raters: Vec<bool>,
    /// How many parts of raters and criteria no unit joins.
    parts: usize,
}

impl Design {
    pub(super) fn of(data: &FacetData, rows: &[Row], unit_of: impl Fn(&Row) -> usize) -> Self {
        let (raters, criteria) = (data.raters().len(), data.criteria().len());
        let mut seen = vec![false; raters + criteria];
        let mut alike: Vec<usize> = (0..criteria).collect();
        let mut joined: Vec<usize> = (0..raters + criteria).collect();
        let mut units = Vec::new();
        for unit in rows.chunk_by(|one, next| unit_of(one) == unit_of(next)) {
            let mut first_of = BTreeMap::new();
            for row in unit {
                let first = *first_of.entry(row.rater).or_insert(row.criterion);
                join(&mut alike, first, row.criterion);
                for element in [row.rater, raters + row.criterion] {
                    join(&mut joined, unit.first().map_or(element, |first| first.rater), element);
                    if let Some(seen) = seen.get_mut(element) {
                        *seen = true;
                    }
                }
            }
            units.push(first_of);
        }
        let parts: BTreeSet<usize> = with(&seen).map(|element| root(&mut joined, element)).collect();
        let (of_raters, of_criteria) = seen.split_at_checked(raters).unwrap_or_default();
        let mut numbers = BTreeMap::new();
        let mut class = |(criterion, is_seen): (usize, &bool)| {
            let next = numbers.len();
            is_seen.then(|| *numbers.entry(root(&mut alike, criterion)).or_insert(next))
        };
        let classes = of_criteria.iter().enumerate().map(&mut class).collect();
        let count = numbers.len();
        Self { units, classes, count, raters: of_raters.to_vec(), parts: parts.len() }
    }

    fn class(&self, criterion: usize) -> Option<usize> {
        self.classes.get(criterion).copied().flatten()
    }
}

/// The places that are marked.
fn with(marks: &[bool]) -> impl Iterator<Item = usize> {
    marks.iter().enumerate().filter(|(_, mark)| **mark).map(|(place, _)| place)
}

/// The shifts of raters and criteria that no rating shows, once units have moved against them.
///
/// Every unit with two raters says: severity + difficulty of the one is severity + difficulty of the other. So the
/// severities of a group are known up to one number, as sums of differences of difficulties; and each equation inside a
/// group says that a sum of differences of difficulties is 0.
pub(super) struct Shifts {
    /// For each rater another one of its group, or itself, with its severity less that of the other, by difficulties.
    parents: Vec<(usize, Vec<u64>)>,
    sizes: Vec<usize>,
    /// The sums of difficulties that are 0.
    zero: Span,
}

impl Shifts {
    pub(super) fn of(design: &Design) -> Self {
        let nothing = vec![0; design.count];
        let parents = (0..design.raters.len()).map(|rater| (rater, nothing.clone())).collect();
        let mut shifts = Self { parents, sizes: vec![1; design.raters.len()], zero: Span::default() };
        for unit in &design.units {
            let mut raters = unit.iter().filter_map(|(rater, criterion)| Some((*rater, design.class(*criterion)?)));
            let Some(first) = raters.next() else { continue };
            raters.for_each(|other| shifts.equate(first, other, design));
        }
        shifts
    }

    /// Takes note that severity and difficulty sum to the same for two raters, each on a class of criteria.
    fn equate(&mut self, one: (usize, usize), other: (usize, usize), design: &Design) {
        let (group, other_group) = (self.group(one.0), self.group(other.0));
        // Difficulties move alike inside a part at most, so that there is no more to learn about them.
        let is_all_known = self.zero.rank() + design.parts >= design.count;
        if group == other_group && is_all_known {
            return;
        }
        let mut apart = self.offset(one.0);
        combine(&mut apart, &self.offset(other.0), minus);
        for ((_, class), change) in [(one, plus as Change), (other, minus as Change)] {
            if let Some(entry) = apart.get_mut(class) {
                *entry = change(*entry, 1);
            }
        }
        // severity(group) + apart = severity(other group)
        if group == other_group {
            self.zero.add(apart);
        } else {
            self.unite(group, other_group, apart);
        }
    }

    /// The smaller group goes below the larger, so that ways to the top stay short.
    fn unite(&mut self, group: usize, other_group: usize, apart: Vec<u64>) {
        let size = |group: usize| self.sizes.get(group).copied().unwrap_or_default();
        let both = size(group) + size(other_group);
        let (top, below, offset) = if size(group) >= size(other_group) {
            (group, other_group, apart)
        } else {
            (other_group, group, apart.into_iter().map(|entry| minus(0, entry)).collect())
        };
        if let (Some(parent), Some(size)) = (self.parents.get_mut(below), self.sizes.get_mut(top)) {
            *parent = (top, offset);
            *size = both;
        }
    }

    fn way(&self, rater: usize) -> impl Iterator<Item = &(usize, Vec<u64>)> {
        let mut here = rater;
        std::iter::from_fn(move || {
            let step = self.parents.get(here).filter(|(parent, _)| *parent != here)?;
            here = step.0;
            Some(step)
        })
    }

    fn group(&self, rater: usize) -> usize {
        self.way(rater).last().map_or(rater, |(parent, _)| *parent)
    }

    /// The severity less that of the group's first, by difficulties.
    fn offset(&self, rater: usize) -> Vec<u64> {
        let mut offset = self.parents.get(rater).map(|(_, own)| vec![0; own.len()]).unwrap_or_default();
        self.way(rater).for_each(|(_, own)| combine(&mut offset, own, plus));
        offset
    }

    /// For each rater who rated what it moves with: the same for raters that can be compared.
    pub(super) fn of_raters(&self, design: &Design) -> Vec<Option<(usize, Vec<u64>)>> {
        let shift = |rater: usize| (self.group(rater), self.zero.rest_of(self.offset(rater)));
        design.raters.iter().enumerate().map(|(rater, is_seen)| is_seen.then(|| shift(rater))).collect()
    }

    /// The same for criteria.
    pub(super) fn of_criteria(&self, design: &Design) -> Vec<Option<Vec<u64>>> {
        let unit = |class: usize| (0..design.count).map(|place| u64::from(place == class)).collect();
        design.classes.iter().map(|class| Some(self.zero.rest_of(unit((*class)?)))).collect()
    }
}

type Change = fn(u64, u64) -> u64;

fn combine(vector: &mut [u64], other: &[u64], change: Change) {
    vector.iter_mut().zip(other).for_each(|(entry, own)| *entry = change(*entry, *own));
}
