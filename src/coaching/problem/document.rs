use crate::value::strict::{choice, object};
use crate::value::{Key, Note, Reference};

object! {
    /// What serde reads of a planning problem: the format `coaching-plan-instance/1`, not yet checked as a whole.
    ///
    /// Levels and gains are whole thousandths of a level, time is whole minutes, cost whole units, weeks count from 1.
    /// [`PlanProblem::new`](super::PlanProblem::new) checks it and reports every defect.
    pub struct PlanProblemDocument {
        /// The format, always the same.
        pub format: ProblemFormat,
        /// What the problem is called.
        pub name: Note,
        /// What it is about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub description: Option<Note>,
        /// How many weeks there are, 1 to 104.
        pub horizon_weeks: i64,
        /// The criteria that goals and gains speak of.
        pub skills: Vec<Key>,
        /// The people, at most 500.
        pub people: Vec<ProblemPerson>,
        /// What can be done, at most 2,000.
        pub activities: Vec<ProblemActivity>,
        /// Groups of activities of which one person does at most one.
        #[serde(default)]
        pub exclusive: Vec<Vec<Key>>,
        /// Extra credit for activities done together.
        #[serde(default)]
        pub synergies: Vec<ProblemSynergy>,
        /// The coaches' time.
        #[serde(default)]
        pub coach_pools: Vec<CoachPool>,
        /// What all people together may cost; not limited when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
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

object! {
    /// One person: goals, time, money, and what is done or required.
    pub struct ProblemPerson {
        /// The person.
        pub id: Reference,
        /// What to reach, at most one goal per criterion.
        pub goals: Vec<ProblemGoal>,
        /// The most minutes in each week.
        pub week_minutes_max: Vec<i64>,
        /// The fewest minutes in each week; none when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub week_minutes_min: Option<Vec<i64>>,
        /// The most minutes in all weeks together.
        pub total_minutes_max: i64,
        /// The most that the person's sessions may cost.
        pub cost_max: i64,
        /// Activities done before: they satisfy prerequisites, cannot be chosen and earn nothing.
        #[serde(default)]
        pub completed: Vec<Key>,
        /// Activities whose first session has to be in the plan, unless completed.
        #[serde(default)]
        pub mandatory: Vec<Key>,
        /// The least value that the plan has to bring this person.
        #[serde(default)]
        pub min_value: i64,
    }
}

object! {
    /// A level to reach. A goal whose `to` is not above `from` is worth nothing.
    pub struct ProblemGoal {
        /// The criterion.
        pub skill: Key,
        /// The present level.
        pub from: i64,
        /// The level to reach.
        pub to: i64,
        /// What one thousandth of a level is worth.
        pub weight: i64,
        /// Only sessions finished by this week count; the last week when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
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
        /// The learner's minutes in each consecutive week of one session.
        pub load: Vec<i64>,
        /// What one session costs.
        pub cost: i64,
        /// How many sessions there can be, numbered from 1.
        pub max_sessions: i64,
        /// The next session starts at least this many weeks (and at least one) after the one before.
        pub repeat_gap_weeks: i64,
        /// What it adds.
        pub gains: Vec<ProblemGain>,
        /// Activities whose first session is finished before the first session of this one starts.
        #[serde(default)]
        pub requires: Vec<Key>,
        /// No session starts before this week.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub earliest_week: Option<i64>,
        /// Every session is finished by this week.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub latest_end_week: Option<i64>,
        /// The coach's time it takes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub coach: Option<CoachDemand>,
    }
}

object! {
    /// What the sessions of an activity add to one criterion.
    pub struct ProblemGain {
        /// The criterion.
        pub skill: Key,
        /// What each session adds, one number per session: returns diminish by this table.
        pub gain: Vec<i64>,
        /// The activity lifts nobody above this level.
        pub ceiling: i64,
    }
}

object! {
    /// The coach's time that one session takes.
    pub struct CoachDemand {
        /// The pool it is taken from.
        pub pool: Key,
        /// Minutes in each week of the session.
        pub load: Vec<i64>,
    }
}

object! {
    /// Coaches' time, shared by all people.
    pub struct CoachPool {
        /// The pool.
        pub id: Key,
        /// Minutes in each week.
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
        /// What is added.
        pub bonus: i64,
        /// It lifts nobody above this level.
        pub ceiling: i64,
    }
}
