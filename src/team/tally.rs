use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::layout::{
    BANDS, BARRIERS, CONTACTS, CRITERIA, CRITERION_WIDTH, CRITICAL_ERRORS, ERRORS, LEVELS, MILLION, OPPORTUNITIES,
    PEOPLE, RATED, REVIEWED, SCORES, SQUARES_HIGH, SQUARES_LOW, width,
};
use super::tally_document::{at, check_state};
use super::{ReviewBand, TeamError, TeamMismatch, TeamTallyDocument};
use crate::assessment::BarrierKind;
use crate::framework::CriticalClass;
use crate::rubric::RubricPin;
use crate::statistics::{Proportion, Sample, Undefined};
use crate::value::{Count, Day, Faults, Key, LargeCount, SchemaVersion, from_json};

/// The sums over a group of people on one day, by one rubric: private, exact and mergeable.
///
/// [`TeamCounter`](super::TeamCounter) makes one of each person. [`merge`](Self::merge) is associative and commutative and
/// has an identity, [`TeamCounter::empty`](super::TeamCounter::empty), so shards, threads or a query engine can each
/// summarise their part, in any order, and the result is the same to the last bit.
///
/// **Cut shards by person.** Two tallies that share a person count that person twice, and nothing in them can tell: no name
/// is held.
///
/// A tally may be of one person. What may be shown of it is a [`TeamReport`](super::TeamReport).
#[derive(Clone, PartialEq, Eq)]
pub struct TeamTally {
    rubric: RubricPin,
    as_of: Day,
    criteria: Vec<Key>,
    state: Vec<u64>,
}

impl TeamTally {
    pub(super) fn new(rubric: RubricPin, as_of: Day, criteria: Vec<Key>) -> Self {
        let state = vec![0; width(criteria.len())];
        Self { rubric, as_of, criteria, state }
    }

    /// Reads a tally from JSON text.
    ///
    /// # Errors
    ///
    /// The text does not have the shape of a tally (one fault, with its place), or it breaks rules (all of them).
    pub fn from_json(text: &str) -> Result<Self, Faults> {
        from_json::<TeamTallyDocument>(text).map(Self::of_document)
    }

    /// The rubric by which the people are judged.
    #[must_use]
    pub fn rubric(&self) -> &RubricPin {
        &self.rubric
    }

    /// The day on which this was known.
    #[must_use]
    pub fn as_of(&self) -> Day {
        self.as_of
    }

    /// The criteria, in the order of the rubric.
    #[must_use]
    pub fn criteria(&self) -> &[Key] {
        &self.criteria
    }

    /// Adds the people of another tally; it must have none of these.
    ///
    /// # Errors
    ///
    /// The other tally has another rubric, day or list of criteria, or there would be more than 1,000,000 people or
    /// 10¹² contacts; this tally is as before then.
    pub fn merge(&mut self, other: &Self) -> Result<(), TeamError> {
        self.check_alike(other)?;
        let most = LargeCount::MAX.get();
        let sums = || self.state.iter().zip(&other.state).map(|(sum, more)| sum.saturating_add(*more));
        if at(&self.state, PEOPLE) + at(&other.state, PEOPLE) > u64::from(Count::MAX.get()) {
            return Err(TeamError::TooLarge { what: "people", most: u64::from(Count::MAX.get()) });
        }
        if sums().any(|sum| sum > most) {
            return Err(TeamError::TooLarge { what: "contacts, ratings or barriers", most });
        }
        for (sum, more) in self.state.iter_mut().zip(&other.state) {
            *sum += more;
        }
        Ok(())
    }

    /// The sums alone, for engines that hold states of fixed width: [`width_for`](Self::width_for) numbers, in the order that
    /// [`guide::teams`](crate::guide::teams) lists. Such states merge by adding place by place.
    #[must_use]
    pub fn to_state(&self) -> &[u64] {
        &self.state
    }

    /// How many numbers the state has for so many criteria.
    #[must_use]
    pub const fn width_for(criteria: usize) -> usize {
        width(criteria)
    }

    /// A tally with the rubric, day and criteria of this one, and the sums of `state`.
    ///
    /// # Errors
    ///
    /// The state has another width, no people have such sums, or a sum is above 10¹².
    pub fn from_state(&self, state: &[u64]) -> Result<Self, TeamError> {
        if state.iter().any(|sum| *sum > LargeCount::MAX.get()) {
            return Err(TeamError::TooLarge { what: "contacts, ratings or barriers", most: LargeCount::MAX.get() });
        }
        let mut faults = Vec::new();
        check_state(state, self.criteria.len(), &mut faults);
        Faults::none_of(faults)?;
        Ok(Self { state: state.to_vec(), ..self.clone() })
    }

    pub(super) fn check_alike(&self, other: &Self) -> Result<(), TeamMismatch> {
        TeamMismatch::check("the day of the tally", &other.as_of, &self.as_of)?;
        if other.rubric != self.rubric || other.criteria != self.criteria {
            let [found, expected] = [other, self].map(|one| one.rubric.to_string());
            return Err(TeamMismatch::new("the rubric of the tally", &found, &expected));
        }
        Ok(())
    }

    fn of_document(document: TeamTallyDocument) -> Self {
        let state = document.state.iter().map(|sum| sum.get()).collect();
        Self { rubric: document.rubric, as_of: document.as_of, criteria: document.criteria, state }
    }

    fn place(&self, place: usize) -> u64 {
        at(&self.state, place)
    }

    fn criterion(&self, criterion: usize) -> &[u64] {
        let start = CRITERIA + criterion * CRITERION_WIDTH;
        self.state.get(start..start + CRITERION_WIDTH).unwrap_or_default()
    }
}

/// What a report reads.
impl TeamTally {
    pub(super) fn people(&self) -> u64 {
        self.place(PEOPLE)
    }

    /// People with at least one review of real work.
    pub(super) fn reviewed(&self) -> u64 {
        self.place(REVIEWED)
    }

    pub(super) fn people_in(&self, band: ReviewBand) -> u64 {
        self.place(BANDS + band as usize)
    }

    pub(super) fn contacts(&self) -> u64 {
        self.place(CONTACTS)
    }

    /// Contacts without an error of this class.
    pub(super) fn free_of(&self, class: CriticalClass) -> Result<Proportion, Undefined> {
        let errors = self.place(CRITICAL_ERRORS + class as usize);
        share(self.contacts().saturating_sub(errors), self.contacts())
    }

    /// Rated non-critical items that are no errors.
    pub(super) fn right_items(&self) -> Result<Proportion, Undefined> {
        let items = self.place(OPPORTUNITIES);
        share(items.saturating_sub(self.place(ERRORS)), items)
    }

    pub(super) fn barriers(&self, kind: BarrierKind) -> u64 {
        self.place(BARRIERS + kind as usize)
    }

    /// People with a value on the criterion.
    pub(super) fn rated(&self, criterion: usize) -> u64 {
        at(self.criterion(criterion), RATED)
    }

    pub(super) fn mean(&self, criterion: usize) -> Result<Sample, Undefined> {
        let sums = self.criterion(criterion);
        let [scores, high, low] = [SCORES, SQUARES_HIGH, SQUARES_LOW].map(|place| u128::from(at(sums, place)));
        Sample::from_sums(at(sums, RATED), scores, high * u128::from(MILLION) + low, 1e-6)
    }

    /// People by level, from level 1.
    pub(super) fn levels(&self, criterion: usize) -> &[u64] {
        self.criterion(criterion).get(LEVELS..).unwrap_or_default()
    }
}

fn share(part: u64, whole: u64) -> Result<Proportion, Undefined> {
    Proportion::new(part, whole).map_err(|_| Undefined::OutOfRange {})
}

/// What a counter writes: one person.
impl TeamTally {
    pub(super) fn set_person(&mut self, reviews: u64) {
        self.add(PEOPLE, 1);
        self.add(REVIEWED, u64::from(reviews > 0));
        self.add(BANDS + ReviewBand::of(reviews) as usize, 1);
        self.add(CONTACTS, reviews);
    }

    pub(super) fn add_critical_error(&mut self, class: CriticalClass) {
        self.add(CRITICAL_ERRORS + class as usize, 1);
    }

    pub(super) fn add_items(&mut self, items: u64, errors: u64) {
        self.add(OPPORTUNITIES, items);
        self.add(ERRORS, errors);
    }

    pub(super) fn add_barrier(&mut self, kind: BarrierKind) {
        self.add(BARRIERS + kind as usize, 1);
    }

    pub(super) fn add_score(&mut self, criterion: usize, millionths: u64, level: u8) {
        let start = CRITERIA + criterion * CRITERION_WIDTH;
        let square = millionths * millionths;
        self.add(start + RATED, 1);
        self.add(start + SCORES, millionths);
        self.add(start + SQUARES_HIGH, square / MILLION);
        self.add(start + SQUARES_LOW, square % MILLION);
        self.add(start + LEVELS + usize::from(level) - 1, 1);
    }

    fn add(&mut self, place: usize, more: u64) {
        if let Some(sum) = self.state.get_mut(place) {
            *sum += more;
        }
    }
}

/// Sums of few people are as private as they are.
impl std::fmt::Debug for TeamTally {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "TeamTally({}, {}, sums redacted)", self.rubric, self.as_of)
    }
}

impl TryFrom<TeamTallyDocument> for TeamTally {
    type Error = Faults;

    fn try_from(document: TeamTallyDocument) -> Result<Self, Faults> {
        crate::value::Document::check_rules(&document)?;
        Ok(Self::of_document(document))
    }
}

impl Serialize for TeamTally {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let document = TeamTallyDocument {
            schema: None,
            schema_version: SchemaVersion::default(),
            rubric: self.rubric.clone(),
            as_of: self.as_of,
            criteria: self.criteria.clone(),
            state: self.state.iter().map(|sum| LargeCount::of(*sum)).collect(),
        };
        document.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for TeamTally {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        TeamTallyDocument::deserialize(deserializer).map(Self::of_document)
    }
}
