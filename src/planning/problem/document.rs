use std::cmp::Ordering;

use super::Evaluation;
use super::number::{
    As, Budget, CoachMinutes, GapWeeks, LearnerMinutes, Levels, Seats, SessionCost, Sessions, TotalMinutes, Value,
    Week, Weight,
};
use crate::value::strict::{choice, document, object};
use crate::value::{Key, Note, Reference};

document! {
    /// A planning problem in the format `coaching-plan-instance/1`: who has which goals, time and money, and what each
    /// activity takes and adds.
    ///
    /// Levels and gains are whole thousandths of a level, time is whole minutes, cost whole units, weeks count from 1.
    /// This is what serde reads, with any whole numbers and not yet checked as a whole;
    /// [`PlanProblem::new`](super::PlanProblem::new) checks it and reports every defect.
    #[cfg_attr(feature = "schema", schemars(rename = "PlanProblem"))]
    pub struct PlanProblemDocument {
        /// The format, always the same.
        pub format: ProblemFormat,
        /// What the problem is called.
        pub name: Note,
        /// What it is about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub description: Option<Note>,
        /// How many weeks there are, 1 to 104.
        #[serde(with = "As::<Week>")]
        pub horizon_weeks: i64,
        /// The criteria that goals and gains speak of.
        pub skills: Vec<Key>,
        /// The people, at most 500.
        pub people: Vec<ProblemPerson>,
        /// What can be done, at most 2,000.
        pub activities: Vec<ProblemActivity>,
        /// Groups of activities of which one person does at most one; at most 2,000.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub exclusive: Vec<Vec<Key>>,
        /// Extra credit for activities done together, at most 2,000.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub synergies: Vec<ProblemSynergy>,
        /// The coaches' time, at most 64 pools.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub coach_pools: Vec<CoachPool>,
        /// What all people together may cost, at most 1,000,000,000; not limited when absent.
        #[serde(default, skip_serializing_if = "Option::is_none", with = "As::<Option<Budget>>")]
        pub shared_cost_max: Option<i64>,
        /// What the plan is to maximise.
        pub objective: PlanObjective,
    }
}

choice! {
    /// The format of a planning problem.
    pub enum ProblemFormat: "The format of a planning problem" {
        /// The only one there is.
        Version1 = "coaching-plan-instance/1",
    }
}

choice! {
    /// What a plan is to maximise.
    pub enum PlanObjective: "What a plan is to maximise" {
        /// The sum of all people's values.
        Sum = "sum",
        /// First the smallest share of the ideal that anybody reaches, in whole thousandths; then the sum.
        MaximinThenSum = "maximin_then_sum",
    }
}

impl PlanObjective {
    /// Which of two plans for one problem is better: the greater is. [`MaximinThenSum`](Self::MaximinThenSum) compares the
    /// smallest shares first, and the sums where these are equal. Constraints that a plan breaks are not looked at.
    #[must_use]
    pub fn compare(self, one: &Evaluation, other: &Evaluation) -> Ordering {
        self.rank(one).cmp(&self.rank(other))
    }

    /// The smallest share as far as it counts, and the sum: the larger is better.
    pub(crate) fn rank(self, evaluation: &Evaluation) -> (i64, i64) {
        (self.least_share(evaluation), evaluation.value())
    }

    /// The smallest share, in whole thousandths, as far as it counts: 0 for the sum alone, all where nobody has an ideal.
    pub(crate) fn least_share(self, evaluation: &Evaluation) -> i64 {
        match self {
            Self::Sum => 0,
            Self::MaximinThenSum => evaluation.maximin_permille().unwrap_or(1_000),
        }
    }
}

object! {
    /// One person: goals, time, money, and what is done or required.
    pub struct ProblemPerson {
        /// The person.
        pub id: Reference,
        /// What to reach, at most one goal per criterion and 64 in all.
        pub goals: Vec<ProblemGoal>,
        /// The most minutes in each week of the horizon, each 0 to 10,080.
        #[serde(with = "As::<Vec<LearnerMinutes>>")]
        pub week_minutes_max: Vec<i64>,
        /// The fewest minutes in each week of the horizon, each 0 to 10,080; none when absent.
        #[serde(default, skip_serializing_if = "Option::is_none", with = "As::<Option<Vec<LearnerMinutes>>>")]
        pub week_minutes_min: Option<Vec<i64>>,
        /// The most minutes in all weeks together, 0 to 2,000,000.
        #[serde(with = "As::<TotalMinutes>")]
        pub total_minutes_max: i64,
        /// The most that the person's sessions may cost, 0 to 1,000,000,000.
        #[serde(with = "As::<Budget>")]
        pub cost_max: i64,
        /// Activities done before: they satisfy prerequisites, cannot be chosen and earn nothing.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub completed: Vec<Key>,
        /// Activities whose first session has to be in the plan, unless completed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub mandatory: Vec<Key>,
        /// The least value that the plan has to bring this person, 0 to 10,000,000,000; 0 when absent.
        #[serde(default, skip_serializing_if = "is_zero", with = "As::<Value>")]
        pub min_value: i64,
    }
}

object! {
    /// A level to reach. A goal whose `to` is not above `from` is worth nothing.
    pub struct ProblemGoal {
        /// The criterion.
        pub skill: Key,
        /// The present level, 0 to 10,000.
        #[serde(with = "As::<Levels>")]
        pub from: i64,
        /// The level to reach, 0 to 10,000.
        #[serde(with = "As::<Levels>")]
        pub to: i64,
        /// What one thousandth of a level is worth, 0 to 10,000.
        #[serde(with = "As::<Weight>")]
        pub weight: i64,
        /// Only sessions finished by this week of the horizon count; the last week when absent.
        #[serde(default, skip_serializing_if = "Option::is_none", with = "As::<Option<Week>>")]
        pub due_week: Option<i64>,
    }
}

object! {
    /// Something to do, in one session or several.
    pub struct ProblemActivity {
        /// The activity.
        pub id: Key,
        /// Its kind, for people; the plan does not depend on it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub kind: Option<Key>,
        /// The learner's minutes in each consecutive week of one session, 1 to 104 weeks, each 0 to 10,080.
        #[serde(with = "As::<Vec<LearnerMinutes>>")]
        pub load: Vec<i64>,
        /// What one session costs, 0 to 1,000,000.
        #[serde(with = "As::<SessionCost>")]
        pub cost: i64,
        /// How many sessions there can be, numbered from 1, 1 to 52.
        #[serde(with = "As::<Sessions>")]
        pub max_sessions: i64,
        /// The next session starts at least this many weeks (and at least one) after the one before, 0 to 104.
        #[serde(with = "As::<GapWeeks>")]
        pub repeat_gap_weeks: i64,
        /// What it adds.
        pub gains: Vec<ProblemGain>,
        /// Activities whose first session is finished before the first session of this one starts.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub requires: Vec<Key>,
        /// No session starts before this week, 1 to 104; the first when absent.
        #[serde(default, skip_serializing_if = "Option::is_none", with = "As::<Option<Week>>")]
        pub earliest_week: Option<i64>,
        /// Every session is finished by this week, 1 to 104; the last of the horizon when absent.
        #[serde(default, skip_serializing_if = "Option::is_none", with = "As::<Option<Week>>")]
        pub latest_end_week: Option<i64>,
        /// The coach's time it takes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub coach: Option<CoachDemand>,
        /// How many people can start a session of it in each week of the horizon, each 0 to 10,000: the seats of a
        /// course, 0 in weeks without one; not limited when absent.
        #[serde(default, skip_serializing_if = "Option::is_none", with = "As::<Option<Vec<Seats>>>")]
        pub week_seats: Option<Vec<i64>>,
    }
}

object! {
    /// What the sessions of an activity add to one criterion.
    pub struct ProblemGain {
        /// The criterion.
        pub skill: Key,
        /// What each session adds, one number per session, each 0 to 10,000: returns diminish by this table.
        #[serde(with = "As::<Vec<Levels>>")]
        pub gain: Vec<i64>,
        /// The activity lifts nobody above this level, 0 to 10,000.
        #[serde(with = "As::<Levels>")]
        pub ceiling: i64,
    }
}

object! {
    /// The coach's time that one session takes.
    pub struct CoachDemand {
        /// The pool it is taken from.
        pub pool: Key,
        /// Minutes in each week of the session, each 0 to 10,080.
        #[serde(with = "As::<Vec<LearnerMinutes>>")]
        pub load: Vec<i64>,
    }
}

object! {
    /// Coaches' time, shared by all people.
    pub struct CoachPool {
        /// The pool.
        pub id: Key,
        /// Minutes in each week of the horizon, each 0 to 10,080,000.
        #[serde(with = "As::<Vec<CoachMinutes>>")]
        pub week_minutes: Vec<i64>,
    }
}

object! {
    /// An extra credit to a goal once the first session of every listed activity is finished by its due week.
    pub struct ProblemSynergy {
        /// The activities.
        pub activities: Vec<Key>,
        /// The criterion.
        pub skill: Key,
        /// What is added, 0 to 10,000.
        #[serde(with = "As::<Levels>")]
        pub bonus: i64,
        /// It lifts nobody above this level, 0 to 10,000.
        #[serde(with = "As::<Levels>")]
        pub ceiling: i64,
    }
}

fn is_zero(value: &i64) -> bool {
    *value == 0
}
