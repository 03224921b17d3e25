use std::collections::BTreeMap;

use super::calibration_policy::{CalibrationPolicy, CalibrationVerdict, Hits};
use super::collected::takes_part;
use crate::assessment::{Answer, Assessment};
use crate::rubric::RubricCriterion;
use crate::statistics::DataError;
use crate::value::{Count, Day, Key, Reference, Share, Step};

/// Contacts with agreed ratings, on which raters are tried.
///
/// The agreed ratings are assessments like others, of which one stands for each contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalibrationSet {
    references: BTreeMap<Reference, BTreeMap<Key, Agreed>>,
    policy: CalibrationPolicy,
}

/// The agreed step on a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Agreed {
    step: Step,
    is_critical: bool,
}

/// How a rater did on a calibration set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalibrationResult {
    /// How many of its contacts were rated.
    pub contacts: Count,
    /// How many there are.
    pub contacts_of_set: Count,
    /// How many contacts decide on every rater, with as many ratings each; none when 10,000 do not.
    pub contacts_needed: Option<Count>,
    /// How many ratings were compared.
    pub ratings: Count,
    /// The share on the agreed step; none without ratings.
    pub exact: Option<Share>,
    /// The share at most one step beside it; none without ratings.
    pub adjacent: Option<Share>,
    /// The same of critical criteria; none without ratings of them.
    pub critical_adjacent: Option<Share>,
    /// The hits on each criterion: where to look, no claim.
    pub criteria: Vec<CriterionHits>,
    /// The day on which the last contact was entered; none while contacts are missing.
    pub completed: Option<Day>,
    /// What can be said of the rater; none while contacts are missing.
    pub verdict: Option<CalibrationVerdict>,
}

/// How often a rater hit the agreed step on one criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriterionHits {
    /// The criterion.
    pub criterion: Key,
    /// How many ratings were compared.
    pub ratings: Count,
    /// How many were on the agreed step.
    pub exact: Count,
    /// How many were at most one step beside it.
    pub adjacent: Count,
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
    /// All were rated, and they are too few to say: add contacts to the set.
    Undecided {
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
            let agreed = |(criterion, answer): (&RubricCriterion, Answer)| {
                let agreed = Agreed { step: answer.step()?, is_critical: criterion.critical.is_some() };
                Some((criterion.key.clone(), agreed))
            };
            let steps: BTreeMap<Key, Agreed> = assessment.answers().filter_map(agreed).collect();
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
        let (mut total, mut critical) = (Tally::default(), Tally::default());
        let mut criteria: BTreeMap<&Key, Tally> = BTreeMap::new();
        for (contact, (_, own)) in &tries {
            let (mut of_contact, mut of_critical) = (Tally::default(), Tally::default());
            for (criterion, agreed) in self.references.get(*contact).into_iter().flatten() {
                let Some(own) = own.get(criterion) else { continue };
                let distance = own.get().abs_diff(agreed.step.get());
                of_contact.add(distance);
                if agreed.is_critical {
                    of_critical.add(distance);
                }
                criteria.entry(criterion).or_default().add(distance);
            }
            total.join(of_contact, &self.policy);
            critical.join(of_critical, &self.policy);
        }
        let is_complete = tries.len() == self.references.len();
        let completed = tries.values().map(|(entered, _)| *entered).max().filter(|_| is_complete);
        let hits = |tally: &Tally, part: u64| Hits {
            share: part as f64 / tally.ratings.max(1) as f64,
            effective: tally.effective,
        };
        let of_critical = (critical.ratings > 0).then(|| hits(&critical, critical.adjacent));
        let per_contact = |tally: &Tally| tally.ratings.div_ceil(tries.len().max(1) as u64) as u32;
        let count = |number: u64| Count::of(number as usize);
        let on_criterion = |(criterion, tally): (&Key, Tally)| CriterionHits {
            criterion: criterion.clone(),
            ratings: count(tally.ratings),
            exact: count(tally.exact),
            adjacent: count(tally.adjacent),
        };
        CalibrationResult {
            contacts: Count::of(tries.len()),
            contacts_of_set: Count::of(self.references.len()),
            contacts_needed: self.policy.contacts_needed(per_contact(&total), per_contact(&critical)),
            ratings: count(total.ratings),
            exact: total.share(total.exact),
            adjacent: total.share(total.adjacent),
            critical_adjacent: critical.share(critical.adjacent),
            criteria: criteria.into_iter().map(on_criterion).collect(),
            completed,
            verdict: completed.map(|_| self.policy.verdict(hits(&total, total.exact), of_critical)),
        }
    }

    /// Where a rater stands on a day.
    #[must_use]
    pub fn standing(&self, rater: &Reference, assessments: &[Assessment], as_of: Day) -> CalibrationStanding {
        let result = self.result(rater, assessments, as_of);
        let Some((on, verdict)) = result.completed.zip(result.verdict) else { return CalibrationStanding::Incomplete };
        let due_on = self.policy.due_on(on);
        match verdict {
            CalibrationVerdict::Failed => CalibrationStanding::Failed { on },
            CalibrationVerdict::Undecided => CalibrationStanding::Undecided { on },
            CalibrationVerdict::Passed if as_of < due_on => CalibrationStanding::Passed { on, due_on },
            CalibrationVerdict::Passed => CalibrationStanding::Due { since: due_on },
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
    /// How many independent ratings would tell as much.
    effective: f64,
}

impl Tally {
    fn add(&mut self, distance: u8) {
        self.ratings += 1;
        self.exact += u64::from(distance == 0);
        self.adjacent += u64::from(distance <= 1);
    }

    /// Adds the ratings of one contact.
    fn join(&mut self, contact: Self, policy: &CalibrationPolicy) {
        self.ratings += contact.ratings;
        self.exact += contact.exact;
        self.adjacent += contact.adjacent;
        self.effective += policy.effective(contact.ratings as f64);
    }

    fn share(&self, part: u64) -> Option<Share> {
        Share::of(part, self.ratings)
    }
}

fn steps(assessment: &Assessment) -> BTreeMap<Key, Step> {
    assessment.answers().filter_map(|(criterion, answer)| Some((criterion.key.clone(), answer.step()?))).collect()
}
