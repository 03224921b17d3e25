use std::collections::BTreeMap;

use super::collected::takes_part;
use crate::assessment::Assessment;
use crate::statistics::DataError;
use crate::value::{Count, Day, Key, Reference, Share, Step};

/// What a rater must reach on a calibration set before ratings count, and for how long that holds.
///
/// The default: 50 % of the ratings on the reference step, 90 % at most one step beside it, on each criterion 25 % on the
/// step, and again after 180 days. These are rules of thumb of quality teams; set your own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalibrationPolicy {
    /// The lowest share of ratings on the reference step.
    pub minimum_exact: Share,
    /// The lowest share of ratings at most one step beside it.
    pub minimum_adjacent: Share,
    /// The lowest share on the reference step for each criterion with enough ratings.
    pub minimum_exact_per_criterion: Share,
    /// How many ratings a criterion must have to be judged by itself.
    pub minimum_criterion_ratings: Count,
    /// How many days a pass holds.
    pub valid_days: u16,
}

impl Default for CalibrationPolicy {
    fn default() -> Self {
        Self {
            minimum_exact: share(500_000),
            minimum_adjacent: share(900_000),
            minimum_exact_per_criterion: share(250_000),
            minimum_criterion_ratings: Count::of(3),
            valid_days: 180,
        }
    }
}

fn share(millionths: u64) -> Share {
    Share::of(millionths, 1_000_000).unwrap_or(Share::ZERO)
}

/// Contacts with agreed ratings, on which raters are tried.
///
/// The agreed ratings are assessments like others, of which one stands for each contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalibrationSet {
    references: BTreeMap<Reference, BTreeMap<Key, Step>>,
    policy: CalibrationPolicy,
}

/// How a rater did on a calibration set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalibrationResult {
    /// How many of its contacts were rated.
    pub contacts: Count,
    /// How many there are.
    pub contacts_needed: Count,
    /// How many ratings were compared.
    pub ratings: Count,
    /// The share on the reference step; none without ratings.
    pub exact: Option<Share>,
    /// The share at most one step beside it; none without ratings.
    pub adjacent: Option<Share>,
    /// The criteria below the lowest share for a criterion.
    pub failed_criteria: Vec<Key>,
    /// The day on which the last contact was entered; none while contacts are missing.
    pub completed: Option<Day>,
    /// Whether everything asked for is reached.
    pub passed: bool,
}

/// Where a rater stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalibrationStanding {
    /// Not all contacts of the set have been rated.
    Incomplete,
    /// All were rated, and not well enough.
    Failed {
        /// The day of the last rating.
        on: Day,
    },
    /// Passed, and still valid.
    Passed {
        /// The day of the last rating.
        on: Day,
        /// The day from which it has to be repeated.
        due_on: Day,
    },
    /// Passed, and no longer valid.
    Due {
        /// The day from which it had to be repeated.
        since: Day,
    },
}

impl CalibrationStanding {
    /// Whether the rater's ratings count.
    #[must_use]
    pub const fn ratings_count(self) -> bool {
        matches!(self, Self::Passed { .. })
    }
}

impl CalibrationPolicy {
    /// The day from which a set passed on `day` has to be repeated.
    #[must_use]
    pub fn due_on(&self, day: Day) -> Day {
        day.plus_days(i32::from(self.valid_days))
    }
}

impl CalibrationSet {
    /// A set of these agreed assessments.
    ///
    /// # Errors
    ///
    /// There is none, one names no contact or holds no rating, or a contact stands twice.
    pub fn new(agreed: &[Assessment], policy: CalibrationPolicy) -> Result<Self, DataError> {
        let mut references = BTreeMap::new();
        for assessment in agreed {
            let document = assessment.document();
            let place = format!("in assessment `{}`", document.id());
            let Some(contact) = document.contact() else {
                return Err(DataError::missing("the contact", place, "a contact, so that others can rate it"));
            };
            let steps = steps(assessment);
            if steps.is_empty() {
                return Err(DataError::size("the number of ratings", place, 0, "1 or more"));
            }
            if references.insert(contact.clone(), steps).is_some() {
                return Err(DataError::repeated(
                    "the contact",
                    place,
                    contact,
                    "a contact that no assessment before has",
                ));
            }
        }
        if references.is_empty() {
            return Err(DataError::size("the number of assessments", "of a calibration set", 0, "1 or more"));
        }
        Ok(Self { references, policy })
    }

    /// What has to be reached.
    #[must_use]
    pub fn policy(&self) -> &CalibrationPolicy {
        &self.policy
    }

    /// The contacts to rate.
    pub fn contacts(&self) -> impl Iterator<Item = &Reference> {
        self.references.keys()
    }

    /// How a rater did up to a day. Of several assessments of one contact the last entered counts; criteria without an
    /// agreed rating do not.
    #[must_use]
    pub fn result(&self, rater: &Reference, assessments: &[Assessment], as_of: Day) -> CalibrationResult {
        let tries = self.tries(rater, assessments, as_of);
        let mut total = Tally::default();
        let mut criteria: BTreeMap<&Key, Tally> = BTreeMap::new();
        for (contact, (_, own)) in &tries {
            for (criterion, step) in self.references.get(*contact).into_iter().flatten() {
                let Some(own) = own.get(criterion) else { continue };
                let distance = own.get().abs_diff(step.get());
                total.add(distance);
                criteria.entry(criterion).or_default().add(distance);
            }
        }
        let policy = &self.policy;
        let is_failed = |tally: &Tally| {
            tally.ratings >= u64::from(policy.minimum_criterion_ratings.get())
                && tally.share(tally.exact).is_some_and(|share| share < policy.minimum_exact_per_criterion)
        };
        let failed_criteria: Vec<Key> =
            criteria.into_iter().filter(|(_, tally)| is_failed(tally)).map(|(key, _)| key.clone()).collect();
        let (exact, adjacent) = (total.share(total.exact), total.share(total.adjacent));
        let is_complete = tries.len() == self.references.len();
        let completed = tries.values().map(|(entered, _)| *entered).max().filter(|_| is_complete);
        let is_reached = exact.is_some_and(|share| share >= policy.minimum_exact)
            && adjacent.is_some_and(|share| share >= policy.minimum_adjacent);
        CalibrationResult {
            contacts: Count::of(tries.len()),
            contacts_needed: Count::of(self.references.len()),
            ratings: Count::of(total.ratings as usize),
            exact,
            adjacent,
            passed: completed.is_some() && is_reached && failed_criteria.is_empty(),
            failed_criteria,
            completed,
        }
    }

    /// Where a rater stands on a day.
    #[must_use]
    pub fn standing(&self, rater: &Reference, assessments: &[Assessment], as_of: Day) -> CalibrationStanding {
        let result = self.result(rater, assessments, as_of);
        let Some(on) = result.completed else { return CalibrationStanding::Incomplete };
        let due_on = self.policy.due_on(on);
        if !result.passed {
            CalibrationStanding::Failed { on }
        } else if as_of < due_on {
            CalibrationStanding::Passed { on, due_on }
        } else {
            CalibrationStanding::Due { since: due_on }
        }
    }

    /// For each contact of the set the rater's last assessment: when it was entered, and the steps.
    fn tries<'a>(
        &'a self,
        rater: &Reference,
        assessments: &'a [Assessment],
        as_of: Day,
    ) -> BTreeMap<&'a Reference, (Day, BTreeMap<Key, Step>)> {
        let mut tries: BTreeMap<&Reference, &Assessment> = BTreeMap::new();
        for assessment in assessments {
            let document = assessment.document();
            if document.rater().id != *rater || !takes_part(document, as_of) {
                continue;
            }
            let Some((contact, _)) = document.contact().and_then(|contact| self.references.get_key_value(contact))
            else {
                continue;
            };
            let order = |one: &Assessment| (one.document().entered(), one.document().id().clone());
            let last = tries.entry(contact).or_insert(assessment);
            if order(assessment) > order(last) {
                *last = assessment;
            }
        }
        tries.into_iter().map(|(contact, one)| (contact, (one.document().entered(), steps(one)))).collect()
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    ratings: u64,
    exact: u64,
    adjacent: u64,
}

impl Tally {
    fn add(&mut self, distance: u8) {
        self.ratings += 1;
        self.exact += u64::from(distance == 0);
        self.adjacent += u64::from(distance <= 1);
    }

    fn share(&self, part: u64) -> Option<Share> {
        Share::of(part, self.ratings)
    }
}

fn steps(assessment: &Assessment) -> BTreeMap<Key, Step> {
    assessment.answers().filter_map(|(criterion, answer)| Some((criterion.key.clone(), answer.step()?))).collect()
}
