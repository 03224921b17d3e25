use std::fmt;

use crate::planning::problem::{
    MOST_BUDGET, MOST_COACH_MINUTES, MOST_LEARNER_MINUTES, MOST_TOTAL_MINUTES, PlanProblemDocument, ProblemPerson,
};
use crate::value::{Key, Reference};

/// A constraint by name, for conflicts and for what binds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum PlanConstraint {
    /// The activity has to be in the person's plan.
    Mandatory {
        /// The person.
        person: Reference,
        /// The activity.
        activity: Key,
    },
    /// The value guaranteed to the person.
    Floor {
        /// The person.
        person: Reference,
        /// The least value, in weighted thousandths of a level, at least 1.
        value: i64,
    },
    /// The person's most minutes in each week.
    WeekMaxima {
        /// The person.
        person: Reference,
    },
    /// The person's fewest minutes in each week.
    WeekMinima {
        /// The person.
        person: Reference,
    },
    /// The person's most minutes in total.
    TotalMinutes {
        /// The person.
        person: Reference,
    },
    /// The person's budget.
    Cost {
        /// The person.
        person: Reference,
    },
    /// The budget of all people together.
    SharedCost,
    /// The minutes of a coach pool.
    CoachPool {
        /// The pool.
        pool: Key,
    },
    /// The seats of an activity.
    Seats {
        /// The activity.
        activity: Key,
    },
    /// At most one activity of a group.
    Exclusive {
        /// The group.
        activities: Vec<Key>,
    },
}

impl PlanConstraint {
    /// Every constraint of a problem that can be dropped, those that people ask about least first.
    pub(crate) fn all(document: &PlanProblemDocument) -> Vec<Self> {
        let mut all: Vec<Self> =
            document.exclusive.iter().map(|group| Self::Exclusive { activities: group.clone() }).collect();
        all.extend(document.shared_cost_max.map(|_| Self::SharedCost));
        all.extend(document.coach_pools.iter().map(|pool| Self::CoachPool { pool: pool.id.clone() }));
        let with_seats = document.activities.iter().filter(|one| one.week_seats.is_some());
        all.extend(with_seats.map(|one| Self::Seats { activity: one.id.clone() }));
        for person in &document.people {
            let id = || person.id.clone();
            all.extend([Self::Cost { person: id() }, Self::TotalMinutes { person: id() }]);
            all.extend(person.week_minutes_min.as_ref().map(|_| Self::WeekMinima { person: id() }));
            all.push(Self::WeekMaxima { person: id() });
            all.extend((person.min_value > 0).then(|| Self::Floor { person: id(), value: person.min_value }));
            let open = person.mandatory.iter().filter(|one| !person.completed.contains(one));
            all.extend(open.map(|one| Self::Mandatory { person: id(), activity: one.clone() }));
        }
        all
    }

    /// The document without this constraint.
    pub(crate) fn dropped_from(&self, document: &mut PlanProblemDocument) {
        match self {
            Self::SharedCost => document.shared_cost_max = None,
            Self::Exclusive { activities } => document.exclusive.retain(|group| group != activities),
            Self::CoachPool { pool } => {
                for one in document.coach_pools.iter_mut().filter(|one| one.id == *pool) {
                    one.week_minutes.fill(MOST_COACH_MINUTES);
                }
            }
            Self::Seats { activity } => {
                document.activities.iter_mut().filter(|one| one.id == *activity).for_each(|one| one.week_seats = None);
            }
            Self::Mandatory { person, .. }
            | Self::Floor { person, .. }
            | Self::WeekMaxima { person }
            | Self::WeekMinima { person }
            | Self::TotalMinutes { person }
            | Self::Cost { person } => {
                for one in document.people.iter_mut().filter(|one| one.id == *person) {
                    self.dropped_for(one);
                }
            }
        }
    }

    fn dropped_for(&self, person: &mut ProblemPerson) {
        match self {
            Self::Mandatory { activity, .. } => person.mandatory.retain(|one| one != activity),
            Self::Floor { .. } => person.min_value = 0,
            Self::WeekMaxima { .. } => person.week_minutes_max.fill(MOST_LEARNER_MINUTES),
            Self::WeekMinima { .. } => person.week_minutes_min = None,
            Self::TotalMinutes { .. } => person.total_minutes_max = MOST_TOTAL_MINUTES,
            Self::Cost { .. } => person.cost_max = MOST_BUDGET,
            Self::SharedCost | Self::CoachPool { .. } | Self::Seats { .. } | Self::Exclusive { .. } => {}
        }
    }
}

impl fmt::Display for PlanConstraint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mandatory { person, activity } => write!(formatter, "`{activity}` is mandatory for `{person}`"),
            Self::Floor { person, value } => {
                write!(formatter, "the least value guaranteed to `{person}`: {value} weighted thousandths of a level")
            }
            Self::WeekMaxima { person } => write!(formatter, "the most minutes a week of `{person}`"),
            Self::WeekMinima { person } => write!(formatter, "the fewest minutes a week of `{person}`"),
            Self::TotalMinutes { person } => write!(formatter, "the most minutes in total of `{person}`"),
            Self::Cost { person } => write!(formatter, "the budget of `{person}`"),
            Self::SharedCost => write!(formatter, "the budget of all people together"),
            Self::CoachPool { pool } => write!(formatter, "the minutes of the coach `{pool}`"),
            Self::Seats { activity } => write!(formatter, "the seats of `{activity}`"),
            Self::Exclusive { activities } => write!(formatter, "at most one of {}", listed(activities)),
        }
    }
}

/// Ids as they stand in a sentence.
pub(crate) fn listed(ids: &[Key]) -> String {
    ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constraint_is_named_with_whom_it_concerns() {
        let person = || "agent-7".parse().unwrap();
        let mandatory = PlanConstraint::Mandatory { person: person(), activity: "privacy".parse().unwrap() };
        assert_eq!(mandatory.to_string(), "`privacy` is mandatory for `agent-7`");
        assert_eq!(PlanConstraint::Cost { person: person() }.to_string(), "the budget of `agent-7`");
        let floor = PlanConstraint::Floor { person: person(), value: 200 };
        assert_eq!(floor.to_string(), "the least value guaranteed to `agent-7`: 200 weighted thousandths of a level");
        let exclusive = PlanConstraint::Exclusive { activities: vec!["a".parse().unwrap(), "b".parse().unwrap()] };
        assert_eq!(exclusive.to_string(), "at most one of `a`, `b`");
    }
}
