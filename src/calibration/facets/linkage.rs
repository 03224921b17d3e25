use std::collections::BTreeMap;

use super::data::{FacetData, Row};
use super::joined::{join, root};
use super::shifts::{Design, Shifts};
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
    /// Two raters can be compared exactly when every shift of units, raters and criteria that no rating shows moves them
    /// alike; `unit_of` says what the units are: persons, or all persons as one.
    fn of(data: &FacetData, rows: &[Row], unit_of: impl Fn(&Row) -> usize) -> Self {
        let design = Design::of(data, rows, unit_of);
        let shifts = Shifts::of(&design);
        Self {
            raters: alike(data.raters(), shifts.of_raters(&design)),
            criteria: alike(data.criteria(), shifts.of_criteria(&design)),
        }
    }

    fn is_one(&self) -> bool {
        self.raters.len() <= 1 && self.criteria.len() <= 1
    }
}

/// Names that move alike, together.
fn alike<T: Clone, K: Ord>(names: &[T], shifts: Vec<Option<K>>) -> Vec<Vec<T>> {
    let mut groups: Vec<Vec<T>> = Vec::new();
    let mut places = BTreeMap::new();
    for (name, shift) in names.iter().zip(shifts) {
        let Some(shift) = shift else { continue };
        let place = *places.entry(shift).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(members) => members.push(name.clone()),
            None => groups.push(vec![name.clone()]),
        }
    }
    groups
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

    /// How many of the vectors are independent, by plain elimination.
    fn rank(rows: &[Vec<f64>]) -> usize {
        let mut rows = rows.to_vec();
        let mut rank = 0;
        for column in 0..rows.first().map_or(0, Vec::len) {
            let Some(pivot) = (rank..rows.len()).find(|row| rows[*row][column].abs() > 1e-9) else { continue };
            rows.swap(rank, pivot);
            for row in rank + 1..rows.len() {
                let factor = rows[row][column] / rows[rank][column];
                for place in column..rows[row].len() {
                    rows[row][place] -= factor * rows[rank][place];
                }
            }
            rank += 1;
        }
        rank
    }

    /// A difference can be known exactly when it adds nothing to what the ratings span.
    fn can_be_compared(design: &[Vec<f64>], one: usize, other: usize) -> bool {
        let mut difference = vec![0.0; design[0].len()];
        difference[one] += 1.0;
        difference[other] -= 1.0;
        rank(&[design, &[difference]].concat()) == rank(design)
    }

    #[test]
    fn groups_are_those_of_the_rank_of_the_design() {
        let mut state = 7_u32;
        let mut below = |bound: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 16 & 0xff & (bound - 1)
        };
        let mut sizes = std::collections::BTreeSet::new();
        for round in 0..400 {
            let count = 3 + round % 14;
            let rows: Vec<(u32, u32, u32)> = (0..count).map(|_| (below(8), below(8), below(4))).collect();
            let named: Vec<(String, String, String)> =
                rows.iter().map(|(p, r, c)| (format!("p{p}"), format!("r{r}"), format!("c{c}"))).collect();
            let texts: Vec<(&str, &str, &str)> = named.iter().map(|(p, r, c)| (&**p, &**r, &**c)).collect();
            let linkage = linkage(&texts);
            for (groups, of_criteria, of_person) in [
                (linkage.rater_groups(), linkage.criterion_groups(), 8),
                (linkage.rater_groups_at_random(), &linkage.random.criteria[..], 1),
            ] {
                let design: Vec<Vec<f64>> = rows
                    .iter()
                    .map(|(p, r, c)| {
                        let marks = [(p % of_person) as usize, 8 + *r as usize, 16 + *c as usize];
                        (0..20).map(|place| f64::from(u8::from(marks.contains(&place)))).collect()
                    })
                    .collect();
                let number = |name: &str, start: usize| start + name[1..].parse::<usize>().unwrap();
                let raters: Vec<Vec<usize>> =
                    groups.iter().map(|group| group.iter().map(|one| number(one.as_str(), 8)).collect()).collect();
                let criteria =
                    of_criteria.iter().map(|group| group.iter().map(|one| number(one.as_str(), 16)).collect());
                let criteria: Vec<Vec<usize>> = criteria.collect();
                sizes.insert((raters.len(), criteria.len()));
                for groups in [raters, criteria] {
                    for (place, group) in groups.iter().enumerate() {
                        assert!(group.iter().all(|one| can_be_compared(&design, group[0], *one)), "{rows:?}");
                        let others = &groups[place + 1..];
                        assert!(others.iter().all(|other| !can_be_compared(&design, group[0], other[0])), "{rows:?}");
                    }
                }
            }
        }
        assert!(sizes.len() > 15, "{sizes:?}");
    }
}
