use std::collections::BTreeMap;

use super::Linkage;
use crate::assessment::Assessment;
use crate::calibration::collected::Collected;
use crate::statistics::DataError;
use crate::value::{Day, Key, Reference, Step, StepCount};

/// Who was rated by whom on what: the data of a [`FacetModel`](super::FacetModel).
///
/// Each rating is one step of a declared scale. A person may meet the same rater on the same criterion more than once
/// (in several contacts); what is missing is left out.
///
/// ```
/// use service_excellence::calibration::{FacetData, FacetRating};
/// use service_excellence::value::{Step, StepCount};
///
/// let (anna, ben) = ("anna".parse()?, "ben".parse()?);
/// let (rater, criterion) = ("reviewer-1".parse()?, "active_listening".parse()?);
/// let rate = |person, step| FacetRating { person, rater: &rater, criterion: &criterion, step };
/// let data = FacetData::new(StepCount::new(5)?, [rate(&anna, Step::new(2)?), rate(&ben, Step::new(4)?)])?;
/// assert_eq!((data.persons().len(), data.ratings()), (2, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetData {
    persons: Vec<Reference>,
    raters: Vec<Reference>,
    criteria: Vec<Key>,
    scales: Vec<StepCount>,
    rows: Vec<Row>,
}

/// One rating, as it is handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FacetRating<'a> {
    /// Who was rated.
    pub person: &'a Reference,
    /// By whom.
    pub rater: &'a Reference,
    /// On what.
    pub criterion: &'a Key,
    /// The step chosen.
    pub step: Step,
}

/// One rating by the numbers of its elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    pub(super) person: usize,
    pub(super) rater: usize,
    pub(super) criterion: usize,
    pub(super) step: u8,
}

impl FacetData {
    /// The most raters and criteria together: memory grows with their square, time with their cube.
    pub const MOST_ELEMENTS: usize = 1_000;

    /// Data in which every criterion has a scale of `steps` steps. Which steps occur does not matter.
    ///
    /// # Errors
    ///
    /// A step lies outside the scale, there is no rating, or there are more than [`MOST_ELEMENTS`](Self::MOST_ELEMENTS)
    /// raters and criteria together.
    pub fn new<'a>(steps: StepCount, ratings: impl IntoIterator<Item = FacetRating<'a>>) -> Result<Self, DataError> {
        Self::with_scales(|_| steps, ratings)
    }

    /// Data in which `steps_of` says how many steps the scale of a criterion has.
    ///
    /// # Errors
    ///
    /// A step lies outside the scale of its criterion, or there is no rating.
    pub fn with_scales<'a>(
        steps_of: impl Fn(&Key) -> StepCount,
        ratings: impl IntoIterator<Item = FacetRating<'a>>,
    ) -> Result<Self, DataError> {
        let ratings: Vec<FacetRating<'a>> = ratings.into_iter().collect();
        let persons = Names::of(ratings.iter().map(|one| one.person));
        let raters = Names::of(ratings.iter().map(|one| one.rater));
        let criteria = Names::of(ratings.iter().map(|one| one.criterion));
        let elements = raters.0.len() + criteria.0.len();
        if elements > Self::MOST_ELEMENTS {
            let allowed = format!("at most {}", Self::MOST_ELEMENTS);
            return Err(DataError::size("the number of raters and criteria", "of the data", elements, allowed));
        }
        let scales: Vec<StepCount> = criteria.sorted().map(steps_of).collect();
        let mut rows = Vec::with_capacity(ratings.len());
        for (place, rating) in ratings.iter().enumerate() {
            let criterion = criteria.number(rating.criterion);
            let step = rating.step;
            if let Some(scale) = scales.get(criterion).filter(|scale| !scale.contains(step)) {
                let place = format!("number {} on `{}`", place + 1, rating.criterion);
                return Err(DataError::new("the rating", place, step, format!("a step from 1 to {scale}")));
            }
            let (person, rater) = (persons.number(rating.person), raters.number(rating.rater));
            rows.push(Row { person, rater, criterion, step: step.get() });
        }
        if rows.is_empty() {
            return Err(DataError::size("the number of ratings", "of the data", 0, "1 or more"));
        }
        rows.sort_unstable();
        let (persons, raters, criteria) = (persons.into_list(), raters.into_list(), criteria.into_list());
        Ok(Self { persons, raters, criteria, scales, rows })
    }

    /// The ratings of these assessments that count on a day: the same as in
    /// [`RaterReport::of`](crate::RaterReport::of). Left out are drafts and what is disputed, replaced, entered later or a
    /// repetition; the persons' own ratings; and those of machines that nobody has confirmed. Where rubrics differ in the
    /// scale of a criterion, it has the longer one.
    ///
    /// # Errors
    ///
    /// No rating counts, or there are more than [`MOST_ELEMENTS`](Self::MOST_ELEMENTS) raters and criteria together.
    pub fn of(assessments: &[Assessment], as_of: Day) -> Result<Self, DataError> {
        let collected = Collected::of(assessments, as_of);
        Self::with_scales(|criterion| collected.scale(criterion), collected.ratings())
    }

    /// Who was rated, in the order of their references.
    #[must_use]
    pub fn persons(&self) -> &[Reference] {
        &self.persons
    }

    /// Who rated, in the order of their references.
    #[must_use]
    pub fn raters(&self) -> &[Reference] {
        &self.raters
    }

    /// What was rated, in the order of the keys.
    #[must_use]
    pub fn criteria(&self) -> &[Key] {
        &self.criteria
    }

    /// How many ratings there are, one or more.
    #[must_use]
    pub fn ratings(&self) -> usize {
        self.rows.len()
    }

    /// What the ratings link: whether all elements can be compared, and on which ground.
    #[must_use]
    pub fn linkage(&self) -> Linkage {
        Linkage::of(self)
    }

    /// How many steps the scale of each criterion has.
    pub(super) fn scales(&self) -> &[StepCount] {
        &self.scales
    }

    /// The ratings, person by person.
    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
    }
}

/// Distinct names, numbered in their order.
struct Names<'a, T>(BTreeMap<&'a T, usize>);

impl<'a, T: Ord + Clone> Names<'a, T> {
    fn of(names: impl Iterator<Item = &'a T>) -> Self {
        let mut numbers: BTreeMap<&T, usize> = names.map(|name| (name, 0)).collect();
        for (number, place) in numbers.values_mut().enumerate() {
            *place = number;
        }
        Self(numbers)
    }

    fn number(&self, name: &T) -> usize {
        self.0.get(name).copied().unwrap_or_default()
    }

    fn sorted(&self) -> impl Iterator<Item = &T> {
        self.0.keys().copied()
    }

    fn into_list(self) -> Vec<T> {
        self.0.into_keys().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(rows: &[(&str, &str, &str, u8)]) -> Result<FacetData, DataError> {
        let named: Vec<(Reference, Reference, Key, Step)> = rows
            .iter()
            .map(|(p, r, c, s)| (p.parse().unwrap(), r.parse().unwrap(), c.parse().unwrap(), Step::new(*s).unwrap()))
            .collect();
        let ratings =
            named.iter().map(|(person, rater, criterion, step)| FacetRating { person, rater, criterion, step: *step });
        FacetData::new(StepCount::new(3).unwrap(), ratings)
    }

    #[test]
    fn the_order_of_the_ratings_does_not_matter() {
        let forwards = [("b", "r", "x", 1), ("a", "s", "y", 2), ("a", "r", "x", 3)];
        let mut backwards = forwards;
        backwards.reverse();
        assert_eq!(data(&forwards).unwrap(), data(&backwards).unwrap());
    }

    #[test]
    fn a_step_outside_the_declared_scale_is_refused() {
        let error = data(&[("a", "r", "x", 1), ("a", "r", "y", 4)]).unwrap_err().to_string();
        assert_eq!(error, "the rating number 2 on `y`: found `4`, allowed is a step from 1 to 3");
        assert!(data(&[]).is_err());
    }
}
