//! The rules of an assessment in itself that its JSON Schema cannot state.

use std::collections::HashSet;

use super::{AssessmentDocument, RaterKind, ReviewState};
use crate::value::{Day, Fault, Faults, Key, Reference, Rule, repeated};

pub(crate) const RULES: &[Rule] = &[
    CRITERIA_UNIQUE,
    ENTERED_NOT_BEFORE_OBSERVED,
    SELF_RATER_IS_PERSON,
    NAMED_CRITERIA_RATED,
    REVIEW_ORDER,
    CONFIRMATION_OF_MACHINE,
    SECOND_ASSESSOR,
    DISPUTE_DECIDED_BY_ANOTHER,
    DECISIONS_UNIQUE,
    LATER_THAN_ENTERED,
    SUPERSEDES_ANOTHER,
];

const CRITERIA_UNIQUE: Rule = Rule::new("assessment_criteria_unique", "each criterion is rated once in `ratings`");
const ENTERED_NOT_BEFORE_OBSERVED: Rule =
    Rule::new("assessment_entered_not_before_observed", "`entered` is not earlier than `observed`");
const SELF_RATER_IS_PERSON: Rule =
    Rule::new("assessment_self_rater_is_person", "`rater.id` equals `person` exactly when `rater.kind` is `self`");
const NAMED_CRITERIA_RATED: Rule = Rule::new(
    "assessment_named_criteria_rated",
    "every criterion that `evidence` or `barriers` names is one of `ratings`",
);
const REVIEW_ORDER: Rule = Rule::new(
    "assessment_review_order",
    "`reviews` goes from draft to submitted, then to contested or final, from contested to upheld or revised, from \
     upheld to final, and its days do not go back",
);
const CONFIRMATION_OF_MACHINE: Rule =
    Rule::new("assessment_confirmation_of_machine", "`confirmation` is given only when `rater.kind` is `machine`");
const SECOND_ASSESSOR: Rule = Rule::new(
    "assessment_second_assessor",
    "`confirmation.by` and the `by` of every concern decision are neither `rater.id` nor `person`",
);
const DISPUTE_DECIDED_BY_ANOTHER: Rule = Rule::new(
    "assessment_dispute_decided_by_another",
    "the `by` of every review that enters upheld or revised is not `person`",
);
const DECISIONS_UNIQUE: Rule =
    Rule::new("assessment_decisions_unique", "each rule has at most one decision in `concern_decisions`");
const LATER_THAN_ENTERED: Rule = Rule::new(
    "assessment_decided_after_entered",
    "reviews, the confirmation and concern decisions are dated `entered` or later",
);
const SUPERSEDES_ANOTHER: Rule = Rule::new("assessment_supersedes_another", "`supersedes` is not `id`");

impl AssessmentDocument {
    pub(super) fn check(&self) -> Result<(), Faults> {
        Faults::none_of(self.faults())
    }

    /// What is wrong with the assessment in itself.
    pub(super) fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        self.check_heading(&mut faults);
        self.check_criteria(&mut faults);
        self.check_reviews(&mut faults);
        self.check_decisions(&mut faults);
        faults
    }

    fn check_heading(&self, faults: &mut Vec<Fault>) {
        if self.entered < self.observed {
            let message = format!("entered on {}, before it happened on {}", self.entered, self.observed);
            faults.push(Fault::new(ENTERED_NOT_BEFORE_OBSERVED, "/entered", message));
        }
        let is_self = self.rater.kind == RaterKind::SelfRater;
        if is_self != (self.rater.id == self.person) {
            let message = if is_self {
                "the rater is `self` and not the person assessed"
            } else {
                "the rater is the person assessed: the only kind allowed is `self`"
            };
            faults.push(Fault::new(SELF_RATER_IS_PERSON, "/rater", message));
        }
        if self.supersedes.as_ref() == Some(&self.id) {
            faults.push(Fault::new(SUPERSEDES_ANOTHER, "/supersedes", "an assessment cannot replace itself"));
        }
    }

    fn check_criteria(&self, faults: &mut Vec<Fault>) {
        for (index, rating) in repeated(&self.ratings, |rating| &rating.criterion) {
            let message = format!("criterion `{}` is rated already", rating.criterion);
            faults.push(Fault::new(CRITERIA_UNIQUE, format!("/ratings/{index}/criterion"), message));
        }
        if self.evidence.is_empty() && self.barriers.is_empty() {
            return;
        }
        let rated: HashSet<&Key> = self.ratings.iter().map(|rating| &rating.criterion).collect();
        let evidence = self.evidence.iter().enumerate().map(|(index, one)| ("evidence", index, &one.criteria));
        let barriers = self.barriers.iter().enumerate().map(|(index, one)| ("barriers", index, &one.criteria));
        for (list, index, criteria) in evidence.chain(barriers) {
            for (place, criterion) in criteria.iter().enumerate().filter(|(_, key)| !rated.contains(key)) {
                let message = format!("`{criterion}` is not one of the criteria rated");
                faults.push(Fault::new(NAMED_CRITERIA_RATED, format!("/{list}/{index}/criteria/{place}"), message));
            }
        }
    }

    fn check_reviews(&self, faults: &mut Vec<Fault>) {
        let (mut state, mut day) = (ReviewState::Draft, Day::MIN);
        for (index, step) in self.reviews.iter().enumerate() {
            let path = format!("/reviews/{index}");
            if !state.next().contains(&step.state) {
                let allowed: Vec<_> = state.next().iter().map(|next| format!("`{next}`")).collect();
                let allowed = if allowed.is_empty() { "nothing".to_owned() } else { allowed.join(" or ") };
                let message = format!("`{}` after `{state}`: allowed is {allowed}", step.state);
                faults.push(Fault::new(REVIEW_ORDER, format!("{path}/state"), message));
            }
            if step.on < day {
                let message = format!("{} is earlier than the step before, {day}", step.on);
                faults.push(Fault::new(REVIEW_ORDER, format!("{path}/on"), message));
            }
            self.check_day(step.on, format!("{path}/on"), faults);
            if step.state.decides_a_dispute() && step.by == self.person {
                let message = format!("`{}` by the person assessed: allowed is somebody else", step.state);
                faults.push(Fault::new(DISPUTE_DECIDED_BY_ANOTHER, format!("{path}/by"), message));
            }
            (state, day) = (step.state, step.on);
        }
    }

    fn check_decisions(&self, faults: &mut Vec<Fault>) {
        if let Some(confirmation) = &self.confirmation {
            if self.rater.kind != RaterKind::Machine {
                let message = format!("the rater is `{}`: only machine ratings are confirmed", self.rater.kind);
                faults.push(Fault::new(CONFIRMATION_OF_MACHINE, "/confirmation", message));
            }
            self.check_second(&confirmation.by, "/confirmation/by".to_owned(), faults);
            self.check_day(confirmation.on, "/confirmation/on".to_owned(), faults);
        }
        for (index, decision) in self.concern_decisions.iter().enumerate() {
            self.check_second(&decision.by, format!("/concern_decisions/{index}/by"), faults);
            self.check_day(decision.on, format!("/concern_decisions/{index}/on"), faults);
        }
        for (index, decision) in repeated(&self.concern_decisions, |decision| &decision.rule) {
            let message = format!("the concern of rule `{}` is decided already", decision.rule);
            faults.push(Fault::new(DECISIONS_UNIQUE, format!("/concern_decisions/{index}/rule"), message));
        }
    }

    fn check_second(&self, by: &Reference, path: String, faults: &mut Vec<Fault>) {
        if *by == self.rater.id || *by == self.person {
            let message = "allowed is a second assessor: neither the rater nor the person assessed";
            faults.push(Fault::new(SECOND_ASSESSOR, path, message));
        }
    }

    fn check_day(&self, day: Day, path: String, faults: &mut Vec<Fault>) {
        if day < self.entered {
            let message = format!("{day} is earlier than the day of entry, {}", self.entered);
            faults.push(Fault::new(LATER_THAN_ENTERED, path, message));
        }
    }
}
