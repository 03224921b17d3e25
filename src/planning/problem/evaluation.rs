use serde::Serialize;
use serde::ser::SerializeStruct;

use super::PlanViolation;
use crate::value::Reference;

/// What a plan is worth, what it takes, and every constraint that it breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    pub(super) people: Vec<PersonEvaluation>,
    pub(super) violations: Vec<PlanViolation>,
    pub(super) start_week_sum: i64,
}

impl Evaluation {
    /// Whether the plan keeps every constraint.
    #[must_use]
    pub fn is_feasible(&self) -> bool {
        self.violations.is_empty()
    }

    /// The constraints that the plan breaks.
    #[must_use]
    pub fn violations(&self) -> &[PlanViolation] {
        &self.violations
    }

    /// The people, in the order of the problem.
    #[must_use]
    pub fn people(&self) -> &[PersonEvaluation] {
        &self.people
    }

    /// The sum of all people's values.
    #[must_use]
    pub fn value(&self) -> i64 {
        self.people.iter().map(|one| one.value).sum()
    }

    /// What the plan would be worth if every goal were reached: the sum of all people's ideals.
    #[must_use]
    pub fn ideal(&self) -> i64 {
        self.people.iter().map(|one| one.ideal).sum()
    }

    /// The smallest share of the ideal that anybody reaches, in whole thousandths, rounded down; people whose ideal is
    /// 0 are left out. `None` when nobody is left.
    #[must_use]
    pub fn maximin_permille(&self) -> Option<i64> {
        self.people.iter().filter_map(|one| (1_000 * one.value).checked_div(one.ideal)).min()
    }

    /// What all sessions cost.
    #[must_use]
    pub fn cost(&self) -> i64 {
        self.people.iter().map(|one| one.cost).sum()
    }

    /// How many minutes all sessions take.
    #[must_use]
    pub fn minutes(&self) -> i64 {
        self.people.iter().map(|one| one.minutes).sum()
    }

    /// The sum of the weeks in which the sessions start: small is early.
    #[must_use]
    pub fn start_week_sum(&self) -> i64 {
        self.start_week_sum
    }
}

/// With what is computed from the people, so that a reader in another language need not add up.
impl Serialize for Evaluation {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Evaluation", 7)?;
        object.serialize_field("value", &self.value())?;
        object.serialize_field("maximin_permille", &self.maximin_permille())?;
        object.serialize_field("cost", &self.cost())?;
        object.serialize_field("minutes", &self.minutes())?;
        object.serialize_field("start_week_sum", &self.start_week_sum)?;
        object.serialize_field("people", &self.people)?;
        object.serialize_field("violations", &self.violations)?;
        object.end()
    }
}

/// One person's share of an [`Evaluation`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonEvaluation {
    pub(super) person: Reference,
    pub(super) value: i64,
    pub(super) ideal: i64,
    pub(super) closed: Vec<i64>,
    pub(super) minutes: i64,
    pub(super) cost: i64,
}

impl PersonEvaluation {
    /// The person.
    #[must_use]
    pub fn person(&self) -> &Reference {
        &self.person
    }

    /// The sum over the goals of weight × thousandths of a level closed.
    #[must_use]
    pub fn value(&self) -> i64 {
        self.value
    }

    /// The value if every goal were reached.
    #[must_use]
    pub fn ideal(&self) -> i64 {
        self.ideal
    }

    /// The thousandths of a level closed of each goal, in the order of the problem.
    #[must_use]
    pub fn closed(&self) -> &[i64] {
        &self.closed
    }

    /// The minutes of the person's sessions.
    #[must_use]
    pub fn minutes(&self) -> i64 {
        self.minutes
    }

    /// What the person's sessions cost.
    #[must_use]
    pub fn cost(&self) -> i64 {
        self.cost
    }
}
