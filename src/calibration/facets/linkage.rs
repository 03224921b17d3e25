use std::collections::BTreeMap;

use super::data::{FacetData, Row};
use super::layout::Layout;
use crate::statistics::Symmetric;
use crate::value::{Key, Reference};

/// What ratings link: who can be compared with whom, and on which ground.
///
/// Elements are *connected* when a chain of shared ratings joins them. That is not enough to compare raters: when each
/// rater has persons of their own, all are connected through the criteria, and still nobody can say whether the rater
/// was severe or the persons were weak. So the rank of the design is checked too, and what moves together is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linkage {
    parts: Vec<LinkedPart>,
    own: Groups,
    random: Groups,
}

/// Elements that a chain of ratings joins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedPart {
    /// The persons.
    pub persons: Vec<Reference>,
    /// The raters.
    pub raters: Vec<Reference>,
    /// The criteria.
    pub criteria: Vec<Key>,
}

/// Raters and criteria whose differences the ratings determine.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Groups {
    raters: Vec<Vec<Reference>>,
    criteria: Vec<Vec<Key>>,
}

impl Linkage {
    pub(super) fn of(data: &FacetData) -> Self {
        Self::among(data, data.rows())
    }

    /// What a part of the rows links.
    pub(super) fn among(data: &FacetData, rows: &[Row]) -> Self {
        let own = Groups::of(data, rows, |row| row.person);
        // Under random assignment all persons are one draw from one population.
        let random = Groups::of(data, rows, |_| 0);
        Self { parts: parts(data, rows), own, random }
    }

    /// The parts that no rating joins; one when everything is connected.
    #[must_use]
    pub fn parts(&self) -> &[LinkedPart] {
        &self.parts
    }

    /// Groups of raters: inside a group, persons rated in common (or a chain of them) link the raters; between
    /// groups nothing does but the assumption that persons were assigned at random.
    #[must_use]
    pub fn rater_groups(&self) -> &[Vec<Reference>] {
        &self.own.raters
    }

    /// Groups of criteria, linked alike.
    #[must_use]
    pub fn criterion_groups(&self) -> &[Vec<Key>] {
        &self.own.criteria
    }

    /// Groups of raters that cannot be compared even if persons were assigned at random, since they rate different
    /// criteria.
    #[must_use]
    pub fn rater_groups_at_random(&self) -> &[Vec<Reference>] {
        &self.random.raters
    }

    /// Whether the ratings alone determine every difference between raters and between criteria.
    #[must_use]
    pub fn is_identified(&self) -> bool {
        self.own.is_one()
    }

    /// Whether they do so when persons were assigned to raters at random.
    #[must_use]
    pub fn is_identified_at_random(&self) -> bool {
        self.random.is_one()
    }
}

impl Groups {
    /// The rank test: the design of raters and criteria with the units `unit_of` (persons, or all as one) taken out.
    /// Two raters can be compared exactly when every vector that the design cannot see treats them alike.
    fn of(data: &FacetData, rows: &[Row], unit_of: impl Fn(&Row) -> usize) -> Self {
        let present = |names: usize, of: fn(&Row) -> usize| {
            let mut seen = vec![false; names];
            for row in rows {
                if let Some(place) = seen.get_mut(of(row)) {
                    *place = true;
                }
            }
            seen
        };
        let raters = present(data.raters().len(), |row| row.rater);
        let criteria = present(data.criteria().len(), |row| row.criterion);
        let unseen = unseen(&design(rows, raters.len(), criteria.len(), unit_of), raters.len());
        let (of_raters, of_criteria) = unseen.split_at_checked(raters.len()).unwrap_or_default();
        Self {
            raters: alike(data.raters(), of_raters, &raters),
            criteria: alike(data.criteria(), of_criteria, &criteria),
        }
    }

    fn is_one(&self) -> bool {
        self.raters.len() <= 1 && self.criteria.len() <= 1
    }
}

/// The normal matrix of rater and criterion dummies, with a mean for each unit taken out.
fn design(rows: &[Row], raters: usize, criteria: usize, unit_of: impl Fn(&Row) -> usize) -> Symmetric {
    let mut matrix = Symmetric::zero(raters + criteria);
    let mut counts = vec![0.0; raters + criteria];
    for unit in rows.chunk_by(|one, next| unit_of(one) == unit_of(next)) {
        for row in unit {
            let (rater, criterion) = (row.rater, raters + row.criterion);
            for place in [rater, criterion] {
                matrix.add(place, place, 1.0);
                if let Some(count) = counts.get_mut(place) {
                    *count += 1.0;
                }
            }
            matrix.add(rater, criterion, 1.0);
            matrix.add(criterion, rater, 1.0);
        }
        let touched: Vec<(usize, f64)> = counts.iter().copied().enumerate().filter(|(_, count)| *count > 0.0).collect();
        let share = 1.0 / unit.len() as f64;
        for (row, left) in &touched {
            for (column, right) in &touched {
                matrix.add(*row, *column, -left * right * share);
            }
        }
        counts.fill(0.0);
    }
    matrix
}

/// For each parameter its entries in a basis of the vectors that the design cannot see.
fn unseen(design: &Symmetric, raters: usize) -> Vec<Vec<f64>> {
    let size = design.size();
    let layout = Layout::new(raters, size - raters, std::iter::empty(), 0);
    if layout.reduce_matrix(design).factor().is_some() {
        // Only the level of all raters and that of all criteria are unseen.
        return (0..size).map(|place| if place < raters { vec![1.0, 0.0] } else { vec![0.0, 1.0] }).collect();
    }
    let mut rows: Vec<Vec<f64>> = design.rows().map(<[f64]>::to_vec).collect();
    let scale = design.diagonal().into_iter().fold(1.0, f64::max);
    let pivots = eliminate(&mut rows, 1e-9 * scale);
    let free: Vec<usize> = (0..size).filter(|place| !pivots.contains_key(place)).collect();
    let entry = |place: usize, column: usize| match pivots.get(&place) {
        Some(row) => -rows.get(*row).and_then(|row| row.get(column)).copied().unwrap_or_default(),
        None => f64::from(u8::from(place == column)),
    };
    (0..size).map(|place| free.iter().map(|column| entry(place, *column)).collect()).collect()
}

/// Gauss–Jordan elimination with row pivots; which row each pivot column ended in.
fn eliminate(rows: &mut [Vec<f64>], smallest: f64) -> BTreeMap<usize, usize> {
    let at = |row: &[f64], column: usize| row.get(column).copied().unwrap_or_default();
    let mut pivots = BTreeMap::new();
    for column in 0..rows.len() {
        let done = pivots.len();
        let left = rows.iter().enumerate().skip(done);
        let Some((best, size)) =
            left.map(|(number, row)| (number, at(row, column).abs())).max_by(|a, b| a.1.total_cmp(&b.1))
        else {
            break;
        };
        if size <= smallest {
            continue;
        }
        rows.swap(done, best);
        let (before, rest) = rows.split_at_mut(done);
        let Some((pivot, after)) = rest.split_first_mut() else { break };
        let scale = at(pivot, column);
        pivot.iter_mut().for_each(|cell| *cell /= scale);
        for row in before.iter_mut().chain(after) {
            let factor = at(row, column);
            row.iter_mut().zip(pivot.iter()).for_each(|(cell, own)| *cell -= factor * own);
        }
        pivots.insert(column, done);
    }
    pivots
}

/// Names with the same entries, together.
fn alike<T: Clone>(names: &[T], entries: &[Vec<f64>], present: &[bool]) -> Vec<Vec<T>> {
    let mut groups: Vec<(&[f64], Vec<T>)> = Vec::new();
    for ((name, own), _) in names.iter().zip(entries).zip(present).filter(|(_, present)| **present) {
        let is_same = |other: &[f64]| other.iter().zip(own).all(|(a, b)| (a - b).abs() < 1e-6);
        match groups.iter_mut().find(|(other, _)| is_same(other)) {
            Some((_, members)) => members.push(name.clone()),
            None => groups.push((own, vec![name.clone()])),
        }
    }
    groups.into_iter().map(|(_, members)| members).collect()
}

/// Union–find over persons, raters and criteria.
fn parts(data: &FacetData, rows: &[Row]) -> Vec<LinkedPart> {
    let (persons, raters) = (data.persons().len(), data.raters().len());
    let mut parents: Vec<usize> = (0..persons + raters + data.criteria().len()).collect();
    let mut present = vec![false; parents.len()];
    for row in rows {
        let elements = [row.person, persons + row.rater, persons + raters + row.criterion];
        for element in elements {
            join(&mut parents, row.person, element);
            if let Some(seen) = present.get_mut(element) {
                *seen = true;
            }
        }
    }
    let mut parts: BTreeMap<usize, LinkedPart> = BTreeMap::new();
    let empty = || LinkedPart { persons: Vec::new(), raters: Vec::new(), criteria: Vec::new() };
    for (element, _) in present.iter().enumerate().filter(|(_, seen)| **seen) {
        let part = parts.entry(root(&mut parents, element)).or_insert_with(empty);
        if element < persons {
            part.persons.extend(data.persons().get(element).cloned());
        } else if element < persons + raters {
            part.raters.extend(data.raters().get(element - persons).cloned());
        } else {
            part.criteria.extend(data.criteria().get(element - persons - raters).cloned());
        }
    }
    parts.into_values().collect()
}

fn root(parents: &mut [usize], element: usize) -> usize {
    let mut place = element;
    while let Some(parent) = parents.get(place).copied().filter(|parent| *parent != place) {
        // Halving the path keeps later searches short.
        let grandparent = parents.get(parent).copied().unwrap_or(parent);
        if let Some(link) = parents.get_mut(place) {
            *link = grandparent;
        }
        place = grandparent;
    }
    place
}

fn join(parents: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(parents, one), root(parents, other));
    if let Some(link) = parents.get_mut(one.max(other)) {
        *link = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::super::FacetRating;
    use super::*;
    use crate::value::{Step, StepCount};

    fn linkage(rows: &[(&str, &str, &str)]) -> Linkage {
        let named: Vec<(Reference, Reference, Key)> =
            rows.iter().map(|(p, r, c)| (p.parse().unwrap(), r.parse().unwrap(), c.parse().unwrap())).collect();
        let step = Step::new(2).unwrap();
        let ratings = named.iter().map(|(person, rater, criterion)| FacetRating { person, rater, criterion, step });
        FacetData::new(StepCount::new(3).unwrap(), ratings).unwrap().linkage()
    }

    fn names(groups: &[Vec<Reference>]) -> Vec<String> {
        groups.iter().map(|group| group.iter().map(Reference::as_str).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn raters_with_persons_of_their_own_are_connected_but_not_identified() {
        let rows =
            [("a", "r", "x"), ("a", "r", "y"), ("b", "s", "x"), ("b", "s", "y"), ("c", "t", "x"), ("b", "t", "y")];
        let linkage = linkage(&rows);
        assert_eq!(linkage.parts().len(), 1);
        assert!(!linkage.is_identified());
        assert_eq!(names(linkage.rater_groups()), ["r", "s t"]);
        assert!(linkage.is_identified_at_random());
    }

    #[test]
    fn a_common_person_links_raters() {
        let linkage = linkage(&[("a", "r", "x"), ("a", "r", "y"), ("a", "s", "x"), ("b", "s", "y")]);
        assert!(linkage.is_identified());
        assert_eq!(names(linkage.rater_groups()), ["r s"]);
    }

    #[test]
    fn raters_of_criteria_of_their_own_cannot_be_told_from_them() {
        let linkage = linkage(&[("a", "r", "x"), ("a", "s", "y"), ("b", "r", "x"), ("b", "s", "y")]);
        assert_eq!(linkage.parts().len(), 1);
        assert!(!linkage.is_identified() && !linkage.is_identified_at_random());
        assert_eq!(names(linkage.rater_groups_at_random()), ["r", "s"]);
    }

    #[test]
    fn parts_without_a_common_element_are_named() {
        let linkage = linkage(&[("a", "r", "x"), ("b", "s", "y")]);
        let parts: Vec<(&str, &str)> =
            linkage.parts().iter().map(|part| (part.raters[0].as_str(), part.criteria[0].as_str())).collect();
        assert_eq!(parts, [("r", "x"), ("s", "y")]);
    }
}
