//! Every defect of a planning problem.

use crate::value::{SortedMap, SortedSet};
use std::fmt::Display;
use std::ops::RangeInclusive;

use super::number::{
    Budget, CoachMinutes, GapWeeks, LearnerMinutes, Levels, Seats, SessionCost, Sessions, TotalMinutes, Value, Week,
    Weight,
};
use super::{PlanProblemDocument, ProblemActivity, ProblemPerson};
use crate::planning::graph::cycles;
use crate::value::{Fault, Faults, Key, Rule, repeated};

pub(crate) const PROBLEM_RULES: &[Rule] = &[COUNTS, SIZE, LENGTHS, KNOWN, UNIQUE, DUE_WEEKS, WINDOWS, ACYCLIC];

const COUNTS: Rule = Rule::new(
    "plan_problem_counts",
    "there are at most 500 people with 64 goals each, 2,000 activities, 2,000 exclusive groups, 2,000 synergies and 64 \
     coach pools; a session of an activity lasts 1 to 104 weeks",
);
const SIZE: Rule = Rule::new(
    "plan_problem_size",
    "people times activities times weeks are at most 1,000,000; people times the entries of all activities, groups and \
     synergies (ids in `requires`, in `exclusive` and in synergies, numbers in gain tables) are at most 2,000,000",
);
const LENGTHS: Rule = Rule::new(
    "plan_problem_lengths",
    "a list by weeks has one number per week of the horizon, a gain table one per session, a coach's load one per week \
     of the session",
);
const KNOWN: Rule = Rule::new("plan_problem_ids_known", "every id that is referred to is declared");
const UNIQUE: Rule = Rule::new(
    "plan_problem_ids_unique",
    "no id stands in the same list twice, no person has two goals for one skill, and no activity has two gains for one \
     skill with one ceiling",
);
const DUE_WEEKS: Rule =
    Rule::new("plan_problem_due_weeks_in_horizon", "a goal's due week is no later than the last week of the horizon");
const WINDOWS: Rule = Rule::new(
    "plan_problem_windows",
    "one session, started in the earliest week (the first where none is given), is finished by the latest week to \
     end, where one is given",
);
const ACYCLIC: Rule = Rule::new(
    "plan_problem_acyclic",
    "no activity requires itself, directly or through others (judged where there are at most 2,000 activities)",
);

const MOST_ACTIVITIES: usize = 2_000;
const MOST_WEEKS: usize = 104;
/// With at most so many triples of person, activity and week, and so many pairs of a person and an entry, what the
/// planner keeps in memory stays within some hundred megabytes.
const MOST_CELLS: i128 = 1_000_000;
const MOST_ENTRIES: i128 = 2_000_000;

pub(super) fn check(problem: &PlanProblemDocument) -> Result<(), Faults> {
    let mut checker = Checker {
        horizon: problem.horizon_weeks,
        skills: problem.skills.iter().collect(),
        activities: problem.activities.iter().map(|one| &one.id).collect(),
        pools: problem.coach_pools.iter().map(|one| &one.id).collect(),
        faults: Vec::new(),
    };
    checker.problem(problem);
    Faults::none_of(checker.faults)
}

struct Checker<'a> {
    horizon: i64,
    skills: SortedSet<&'a Key>,
    activities: SortedSet<&'a Key>,
    pools: SortedSet<&'a Key>,
    faults: Vec<Fault>,
}

impl<'a> Checker<'a> {
    fn problem(&mut self, problem: &'a PlanProblemDocument) {
        self.number("/horizon_weeks", problem.horizon_weeks, Week::ALLOWED);
        if let Some(cost) = problem.shared_cost_max {
            self.number("/shared_cost_max", cost, Budget::ALLOWED);
        }
        self.at_most("/people", problem.people.len(), 500);
        self.at_most("/activities", problem.activities.len(), MOST_ACTIVITIES);
        self.at_most("/exclusive", problem.exclusive.len(), 2_000);
        self.at_most("/synergies", problem.synergies.len(), 2_000);
        self.at_most("/coach_pools", problem.coach_pools.len(), 64);
        self.size(problem);
        self.unique("/skills", problem.skills.iter());
        self.unique("/people", problem.people.iter().map(|one| &one.id));
        self.unique("/activities", problem.activities.iter().map(|one| &one.id));
        self.unique("/coach_pools", problem.coach_pools.iter().map(|one| &one.id));
        for (index, person) in problem.people.iter().enumerate() {
            self.person(&format!("/people/{index}"), person);
        }
        for (index, activity) in problem.activities.iter().enumerate() {
            self.activity(&format!("/activities/{index}"), activity);
        }
        self.groups(problem);
        for (index, pool) in problem.coach_pools.iter().enumerate() {
            self.by_week(&format!("/coach_pools/{index}/week_minutes"), &pool.week_minutes, CoachMinutes::ALLOWED);
        }
        self.acyclic(problem);
    }

    /// What fits apart may be too much together.
    fn size(&mut self, problem: &PlanProblemDocument) {
        let (people, activities) = (problem.people.len() as i128, problem.activities.len() as i128);
        let cells = people * activities * i128::from(problem.horizon_weeks);
        if cells > MOST_CELLS {
            let message = format!(
                "{people} people, {activities} activities and {} weeks are `{cells}` possible starts: allowed is at most {MOST_CELLS}",
                problem.horizon_weeks
            );
            self.fault(SIZE, "/people".to_owned(), message);
        }
        let of_activity =
            |one: &ProblemActivity| one.requires.len() + one.gains.iter().map(|gain| gain.gain.len()).sum::<usize>();
        let entries = problem.activities.iter().map(of_activity).sum::<usize>()
            + problem.exclusive.iter().map(Vec::len).sum::<usize>()
            + problem.synergies.iter().map(|one| one.activities.len()).sum::<usize>();
        let entries = people * entries as i128;
        if entries > MOST_ENTRIES {
            let message = format!(
                "{people} people times what activities require and add, and what groups and synergies hold, are `{entries}` \
                 entries: allowed is at most {MOST_ENTRIES}"
            );
            self.fault(SIZE, "/activities".to_owned(), message);
        }
    }

    fn person(&mut self, path: &str, person: &'a ProblemPerson) {
        self.by_week(&format!("{path}/week_minutes_max"), &person.week_minutes_max, LearnerMinutes::ALLOWED);
        if let Some(least) = &person.week_minutes_min {
            self.by_week(&format!("{path}/week_minutes_min"), least, LearnerMinutes::ALLOWED);
        }
        self.number(&format!("{path}/total_minutes_max"), person.total_minutes_max, TotalMinutes::ALLOWED);
        self.number(&format!("{path}/cost_max"), person.cost_max, Budget::ALLOWED);
        self.number(&format!("{path}/min_value"), person.min_value, Value::ALLOWED);
        self.list_of_activities(&format!("{path}/completed"), &person.completed);
        self.list_of_activities(&format!("{path}/mandatory"), &person.mandatory);
        self.at_most(&format!("{path}/goals"), person.goals.len(), 64);
        self.unique(&format!("{path}/goals"), person.goals.iter().map(|goal| &goal.skill));
        for (index, goal) in person.goals.iter().enumerate() {
            let path = format!("{path}/goals/{index}");
            self.skill(&format!("{path}/skill"), &goal.skill);
            self.number(&format!("{path}/from"), goal.from, Levels::ALLOWED);
            self.number(&format!("{path}/to"), goal.to, Levels::ALLOWED);
            self.number(&format!("{path}/weight"), goal.weight, Weight::ALLOWED);
            if let Some(due) = goal.due_week {
                self.number(&format!("{path}/due_week"), due, Week::ALLOWED);
                if Week::ALLOWED.contains(&due) && due > self.horizon {
                    let message = format!("week {due}: allowed is at most the last week, {}", self.horizon);
                    self.fault(DUE_WEEKS, format!("{path}/due_week"), message);
                }
            }
        }
    }

    fn activity(&mut self, path: &str, activity: &'a ProblemActivity) {
        self.number(&format!("{path}/max_sessions"), activity.max_sessions, Sessions::ALLOWED);
        self.number(&format!("{path}/repeat_gap_weeks"), activity.repeat_gap_weeks, GapWeeks::ALLOWED);
        self.number(&format!("{path}/cost"), activity.cost, SessionCost::ALLOWED);
        if !(1..=MOST_WEEKS).contains(&activity.span()) {
            let message = format!("{} weeks: allowed is 1 to {MOST_WEEKS}", activity.span());
            self.fault(COUNTS, format!("{path}/load"), message);
        }
        self.load(&format!("{path}/load"), &activity.load);
        self.list_of_activities(&format!("{path}/requires"), &activity.requires);
        self.unique(
            &format!("{path}/gains"),
            activity
                .gains
                .iter()
                .map(|one| (&one.skill, one.ceiling))
                .collect::<Vec<_>>()
                .iter()
                .map(|(skill, ceiling)| format!("{skill} up to {ceiling}")),
        );
        for (index, gain) in activity.gains.iter().enumerate() {
            let path = format!("{path}/gains/{index}");
            self.skill(&format!("{path}/skill"), &gain.skill);
            self.number(&format!("{path}/ceiling"), gain.ceiling, Levels::ALLOWED);
            for (session, number) in gain.gain.iter().enumerate() {
                self.number(&format!("{path}/gain/{session}"), *number, Levels::ALLOWED);
            }
            if i64::try_from(gain.gain.len()) != Ok(activity.max_sessions) {
                let message = format!(
                    "{} gains for `{}`: allowed is one per session, {}",
                    gain.gain.len(),
                    activity.id,
                    activity.max_sessions
                );
                self.fault(LENGTHS, format!("{path}/gain"), message);
            }
        }
        if let Some(coach) = &activity.coach {
            self.pool(&format!("{path}/coach/pool"), &coach.pool);
            self.load(&format!("{path}/coach/load"), &coach.load);
            if coach.load.len() != activity.load.len() {
                let message = format!(
                    "{} weeks of coaching for `{}`: allowed is as many as the session lasts, {}",
                    coach.load.len(),
                    activity.id,
                    activity.load.len()
                );
                self.fault(LENGTHS, format!("{path}/coach/load"), message);
            }
        }
        if let Some(seats) = &activity.week_seats {
            self.by_week(&format!("{path}/week_seats"), seats, Seats::ALLOWED);
        }
        self.window(path, activity);
    }

    fn window(&mut self, path: &str, activity: &ProblemActivity) {
        let span = i64::try_from(activity.span()).unwrap_or(i64::MAX);
        for (name, week) in [("earliest_week", activity.earliest_week), ("latest_end_week", activity.latest_end_week)] {
            if let Some(week) = week {
                self.number(&format!("{path}/{name}"), week, Week::ALLOWED);
            }
        }
        let first = activity.earliest_week.unwrap_or(1);
        if let Some(last) = activity.latest_end_week.filter(|last| first.saturating_add(span - 1) > *last) {
            let message = format!(
                "`{}` takes {span} weeks from week {first}: allowed is to be finished by week {last}",
                activity.id
            );
            self.fault(WINDOWS, path.to_owned(), message);
        }
    }

    fn groups(&mut self, problem: &'a PlanProblemDocument) {
        for (index, group) in problem.exclusive.iter().enumerate() {
            self.list_of_activities(&format!("/exclusive/{index}"), group);
        }
        for (index, synergy) in problem.synergies.iter().enumerate() {
            let path = format!("/synergies/{index}");
            self.list_of_activities(&format!("{path}/activities"), &synergy.activities);
            self.skill(&format!("{path}/skill"), &synergy.skill);
            self.number(&format!("{path}/bonus"), synergy.bonus, Levels::ALLOWED);
            self.number(&format!("{path}/ceiling"), synergy.ceiling, Levels::ALLOWED);
        }
    }

    fn acyclic(&mut self, problem: &'a PlanProblemDocument) {
        if problem.activities.len() > MOST_ACTIVITIES {
            return;
        }
        let mut places: SortedMap<&Key, Vec<usize>> = SortedMap::new();
        for (place, one) in problem.activities.iter().enumerate() {
            places.entry(&one.id).or_default().push(place);
        }
        let needed =
            |one: &ProblemActivity| one.requires.iter().filter_map(|id| places.get(id)).flatten().copied().collect();
        let edges: Vec<Vec<usize>> = problem.activities.iter().map(needed).collect();
        for members in cycles(&edges) {
            let ids: Vec<String> = members
                .iter()
                .filter_map(|member| problem.activities.get(*member))
                .map(|one| format!("`{}`", one.id))
                .collect();
            let message = format!("{} require each other in a cycle: allowed is an order", ids.join(", "));
            let path = format!("/activities/{}/requires", members.first().copied().unwrap_or_default());
            self.fault(ACYCLIC, path, message);
        }
    }

    fn fault(&mut self, rule: Rule, path: String, message: String) {
        self.faults.push(Fault::new(rule, path, message));
    }

    fn number(&mut self, path: &str, number: i64, allowed: RangeInclusive<i64>) {
        if !allowed.contains(&number) {
            let message = format!("`{number}`: allowed is {} to {}", allowed.start(), allowed.end());
            self.fault(Fault::SHAPE, path.to_owned(), message);
        }
    }

    fn at_most(&mut self, path: &str, length: usize, allowed: usize) {
        if length > allowed {
            self.fault(COUNTS, path.to_owned(), format!("{length} entries: allowed is at most {allowed}"));
        }
    }

    fn by_week(&mut self, path: &str, numbers: &[i64], allowed: RangeInclusive<i64>) {
        if i64::try_from(numbers.len()) != Ok(self.horizon) {
            let message = format!("{} numbers: allowed is one per week, {}", numbers.len(), self.horizon);
            self.fault(LENGTHS, path.to_owned(), message);
        }
        for (week, number) in numbers.iter().enumerate() {
            self.number(&format!("{path}/{week}"), *number, allowed.clone());
        }
    }

    fn load(&mut self, path: &str, load: &[i64]) {
        for (week, minutes) in load.iter().enumerate() {
            self.number(&format!("{path}/{week}"), *minutes, LearnerMinutes::ALLOWED);
        }
    }

    fn unique<T: Display + Eq + std::hash::Hash>(&mut self, path: &str, ids: impl Iterator<Item = T>) {
        let ids: Vec<String> = ids.map(|id| id.to_string()).collect();
        for (index, id) in repeated(&ids, |id| (*id).clone()) {
            self.fault(UNIQUE, format!("{path}/{index}"), format!("`{id}` stands here already"));
        }
    }

    fn list_of_activities(&mut self, path: &str, ids: &'a [Key]) {
        self.unique(path, ids.iter());
        for (index, id) in ids.iter().enumerate().filter(|(_, id)| !self.activities.contains(id)).collect::<Vec<_>>() {
            self.fault(KNOWN, format!("{path}/{index}"), format!("`{id}` is no activity of the problem"));
        }
    }

    fn skill(&mut self, path: &str, id: &Key) {
        if !self.skills.contains(id) {
            self.fault(KNOWN, path.to_owned(), format!("`{id}` is no skill of the problem"));
        }
    }

    fn pool(&mut self, path: &str, id: &Key) {
        if !self.pools.contains(id) {
            self.fault(KNOWN, path.to_owned(), format!("`{id}` is no coach pool of the problem"));
        }
    }
}
