use std::collections::BTreeSet;

use super::check::{SIGNAL_FOLLOWS_P_VALUE, SIGNAL_LIES_OUTSIDE};
use super::{CheckOutcome, CheckSignal, RaterCheck, RaterCheckKind, RaterThresholds};
use crate::statistics::{Estimate, Undefined};
use crate::value::strict::{document, object, union};
use crate::value::{
    Count, Day, Fault, Faults, Key, LargeCount, Real, Reference, Rule, SchemaVersion, Step, from_json, repeated,
};

document! {
    /// How far raters agree, who is severe, and which texts to rewrite.
    ///
    /// Made by [`RaterReport::of`]. It adjusts no assessment: fair averages stand beside the raw ones.
    pub struct RaterReport {
        /// The version of this shape.
        pub(super) schema_version: SchemaVersion,
        /// The day on which this was known.
        pub(super) as_of: Day,
        /// The rater whose ratings are the reference.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub(super) reference: Option<Reference>,
        /// What is tolerated, and how many signals by chance.
        pub(super) thresholds: RaterThresholds,
        /// How many assessments were looked at.
        pub(super) assessments: Count,
        /// How many contacts were rated by two raters or more.
        pub(super) shared_contacts: Count,
        /// How far raters agree, criterion by criterion.
        pub(super) criteria: Vec<CriterionAgreement>,
        /// The raters.
        pub(super) raters: Vec<RaterFindings>,
        /// What the many-facet model rests on.
        pub(super) model: FacetOutcome,
        /// Raw and adjusted averages of the persons, side by side; none when the model gives none.
        pub(super) persons: Vec<AdjustedPerson>,
    }
    checked by RaterReport::check
}

object! {
    /// How far raters agree on one criterion, on contacts that two or more rated.
    pub struct CriterionAgreement {
        /// The criterion.
        pub(super) criterion: Key,
        /// How many contacts were rated by two raters or more.
        pub(super) contacts: Count,
        /// How many pairs of ratings of one contact there are.
        pub(super) pairs: LargeCount,
        /// The share of pairs on the same step; none without pairs.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub(super) exact: Option<Real>,
        /// The share of pairs at most one step apart; none without pairs.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub(super) within_one_step: Option<Real>,
        /// Krippendorff's alpha: nominal on scales of two steps, ordinal on longer ones.
        pub(super) alpha: CheckOutcome,
        /// The mean distance of two ratings of a contact, over that on the other criteria of as many steps. With a signal,
        /// raters lie farther apart here than elsewhere.
        pub(super) distance: CheckOutcome,
        /// The two neighbouring steps between which most pairs part; none when all agree.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub(super) split: Option<AnchorSplit>,
    }
}

object! {
    /// What was found about one rater.
    pub struct RaterFindings {
        /// The rater.
        pub(super) rater: Reference,
        /// How many assessments were looked at.
        pub(super) assessments: Count,
        /// How many ratings they hold.
        pub(super) ratings: Count,
        /// The mean of the steps given.
        pub(super) raw_average: Real,
        /// Severity in logits, by the many-facet model: above 0 is severe.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub(super) severity: Option<Estimate>,
        /// The mean step that a person of mean ability gets from this rater, by the model.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub(super) fair_average: Option<Estimate>,
        /// The figures with their bounds.
        pub(super) checks: Vec<RaterCheck>,
    }
}

object! {
    /// Two neighbouring steps of a criterion between which raters part. Some parting is ordinary noise: only with a signal
    /// is the text of the anchors at fault.
    #[derive(Copy)]
    pub struct AnchorSplit {
        /// The lower of the two steps.
        pub lower: Step,
        /// How many pairs of ratings have one or both of the steps.
        pub pairs: LargeCount,
        /// How many of them lie on both sides.
        pub parted: LargeCount,
        /// Their share.
        pub share: Real,
    }
}

object! {
    /// One person's averages: as given, and adjusted for who rated on what.
    pub struct AdjustedPerson {
        /// The person.
        pub person: Reference,
        /// How many ratings there are.
        pub ratings: Count,
        /// The mean of the steps given.
        pub raw_average: Real,
        /// The mean step expected from raters of mean severity on criteria of mean difficulty.
        pub fair_average: Estimate,
    }
}

union! {
    /// What the many-facet model rests on, or why it has no result.
    #[derive(Copy)]
    pub enum FacetOutcome {
        /// It was fitted, by marginal maximum likelihood.
        Fitted {
            /// How many ratings entered.
            ratings: LargeCount,
            /// How many steps the search took.
            iterations: Count,
            /// Whether raters are compared only by assuming that persons were assigned to them at random.
            assumes_random_assignment: bool,
            /// How reliably persons are told apart, from 0 to 1.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            person_reliability: Option<Real>,
            /// How reliably raters are told apart: high means that they are not interchangeable.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            rater_reliability: Option<Real>,
        },
        /// It has no result.
        NotFitted {
            /// Why.
            reason: Undefined,
        },
    }
}

pub(crate) const REPORT_RULES: &[Rule] = &[RATERS_UNIQUE, SIGNAL_FOLLOWS_P_VALUE, SIGNAL_LIES_OUTSIDE];

const RATERS_UNIQUE: Rule = Rule::new("rater_report_raters_unique", "each rater occurs once in `raters`");

impl RaterReport {
    /// Reads a report from JSON text.
    ///
    /// # Errors
    ///
    /// The text does not have the shape of a report (one fault, with its place), or it breaks rules (all of them).
    pub fn from_json(text: &str) -> Result<Self, Faults> {
        from_json(text)
    }

    /// The day on which this was known.
    #[must_use]
    pub fn as_of(&self) -> Day {
        self.as_of
    }

    /// The rater whose ratings are the reference.
    #[must_use]
    pub fn reference(&self) -> Option<&Reference> {
        self.reference.as_ref()
    }

    /// What is tolerated, and how many signals by chance.
    #[must_use]
    pub fn thresholds(&self) -> &RaterThresholds {
        &self.thresholds
    }

    /// How many assessments were looked at.
    #[must_use]
    pub fn assessments(&self) -> Count {
        self.assessments
    }

    /// How many contacts were rated by two raters or more.
    #[must_use]
    pub fn shared_contacts(&self) -> Count {
        self.shared_contacts
    }

    /// How far raters agree, in the order of the criteria's keys.
    #[must_use]
    pub fn criteria(&self) -> &[CriterionAgreement] {
        &self.criteria
    }

    /// The raters, in the order of their references.
    #[must_use]
    pub fn raters(&self) -> &[RaterFindings] {
        &self.raters
    }

    /// One rater.
    #[must_use]
    pub fn rater(&self, rater: &Reference) -> Option<&RaterFindings> {
        self.raters.iter().find(|one| one.rater == *rater)
    }

    /// The criteria whose anchors to rewrite: raters lie farther apart on them than on the others, or half of the raters
    /// or more read them otherwise than the rest. The largest distance first.
    #[must_use]
    pub fn anchors(&self) -> Vec<&CriterionAgreement> {
        let is_anchor = |outcome: &CheckOutcome| outcome.signal() == CheckSignal::Anchor;
        let divided: BTreeSet<&Key> = self
            .raters
            .iter()
            .flat_map(|rater| &rater.checks)
            .filter_map(|check| check.criterion.as_ref().filter(|_| is_anchor(&check.outcome)))
            .collect();
        let is_at_fault = |one: &&CriterionAgreement| is_anchor(&one.distance) || divided.contains(&one.criterion);
        let distance = |one: &CriterionAgreement| match one.distance {
            CheckOutcome::Computed { figure, .. } => figure.value(),
            CheckOutcome::Withheld { .. } | CheckOutcome::Undefined { .. } => 0.0,
        };
        let mut anchors: Vec<&CriterionAgreement> = self.criteria.iter().filter(is_at_fault).collect();
        anchors.sort_by(|one, other| distance(other).total_cmp(&distance(one)));
        anchors
    }

    /// What the many-facet model rests on.
    #[must_use]
    pub fn model(&self) -> &FacetOutcome {
        &self.model
    }

    /// Raw and adjusted averages, in the order of the persons' references.
    #[must_use]
    pub fn persons(&self) -> &[AdjustedPerson] {
        &self.persons
    }

    fn check(&self) -> Result<(), Faults> {
        let mut faults: Vec<Fault> = repeated(&self.raters, |one| one.rater.clone())
            .into_iter()
            .map(|(index, one)| {
                let message = format!("expected each rater once, found `{}` a second time", one.rater);
                Fault::new(RATERS_UNIQUE, format!("/raters/{index}/rater"), message)
            })
            .collect();
        for (index, criterion) in self.criteria.iter().enumerate() {
            let place = |member| format!("/criteria/{index}/{member}");
            faults.extend(criterion.alpha.faults(&place("alpha"), &self.thresholds));
            faults.extend(criterion.distance.faults(&place("distance"), &self.thresholds));
        }
        for (index, rater) in self.raters.iter().enumerate() {
            for (number, check) in rater.checks.iter().enumerate() {
                let place = format!("/raters/{index}/checks/{number}/outcome");
                faults.extend(check.outcome.faults(&place, &self.thresholds));
            }
        }
        Faults::none_of(faults)
    }
}

impl CriterionAgreement {
    /// The criterion.
    #[must_use]
    pub fn criterion(&self) -> &Key {
        &self.criterion
    }

    /// How many contacts were rated by two raters or more.
    #[must_use]
    pub fn contacts(&self) -> Count {
        self.contacts
    }

    /// How many pairs of ratings of one contact there are.
    #[must_use]
    pub fn pairs(&self) -> LargeCount {
        self.pairs
    }

    /// The share of pairs on the same step; none without pairs.
    #[must_use]
    pub fn exact(&self) -> Option<f64> {
        self.exact.map(Real::get)
    }

    /// The share of pairs at most one step apart; none without pairs.
    #[must_use]
    pub fn within_one_step(&self) -> Option<f64> {
        self.within_one_step.map(Real::get)
    }

    /// Krippendorff's alpha: nominal on scales of two steps, ordinal on longer ones.
    #[must_use]
    pub fn alpha(&self) -> &CheckOutcome {
        &self.alpha
    }

    /// The mean distance of two ratings of a contact, over that on the other criteria of as many steps.
    #[must_use]
    pub fn distance(&self) -> &CheckOutcome {
        &self.distance
    }

    /// The two neighbouring steps between which most pairs part; none when all agree.
    #[must_use]
    pub fn split(&self) -> Option<&AnchorSplit> {
        self.split.as_ref()
    }
}

impl RaterFindings {
    /// The rater.
    #[must_use]
    pub fn rater(&self) -> &Reference {
        &self.rater
    }

    /// How many assessments were looked at.
    #[must_use]
    pub fn assessments(&self) -> Count {
        self.assessments
    }

    /// How many ratings they hold.
    #[must_use]
    pub fn ratings(&self) -> Count {
        self.ratings
    }

    /// The mean of the steps given.
    #[must_use]
    pub fn raw_average(&self) -> f64 {
        self.raw_average.get()
    }

    /// Severity in logits, by the many-facet model: above 0 is severe.
    #[must_use]
    pub fn severity(&self) -> Option<&Estimate> {
        self.severity.as_ref()
    }

    /// The mean step that a person of mean ability gets from this rater, by the model.
    #[must_use]
    pub fn fair_average(&self) -> Option<&Estimate> {
        self.fair_average.as_ref()
    }

    /// The figures with their thresholds.
    #[must_use]
    pub fn checks(&self) -> &[RaterCheck] {
        &self.checks
    }

    /// The one check of this kind that is not about a single criterion.
    #[must_use]
    pub fn check(&self, kind: RaterCheckKind) -> Option<&RaterCheck> {
        self.checks.iter().find(|check| check.kind() == kind && check.criterion().is_none())
    }

    /// The checks that are a reason to talk with the rater.
    pub fn flags(&self) -> impl Iterator<Item = &RaterCheck> {
        self.checks.iter().filter(|check| check.is_flagged())
    }
}

impl AnchorSplit {
    /// The upper of the two steps; none above the longest scale.
    #[must_use]
    pub fn upper(&self) -> Option<Step> {
        Step::new(self.lower.get() + 1).ok()
    }
}
