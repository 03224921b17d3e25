//! The rules of a plan that its shape does not state.

use std::collections::BTreeSet;

use super::{CoachingPlan, PlannedSession, Reach};
use crate::value::{Fault, Faults, Key, Rule, repeated};

impl CoachingPlan {
    pub(super) fn check(&self) -> Result<(), Faults> {
        let mut faults = Vec::new();
        self.check_each_stands_once(&mut faults);
        self.check_limits(&mut faults);
        self.check_credits(&mut faults);
        self.check_days(&mut faults);
        self.check_reaches(&mut faults);
        if let Err(contradiction) = self.limits.check_wishes() {
            faults.push(Fault::new(PLAN_WISHES_AGREE, "/limits", contradiction.to_string()));
        }
        Faults::none_of(faults)
    }

    fn check_each_stands_once(&self, faults: &mut Vec<Fault>) {
        let chosen = self.activities.iter().map(|one| &one.activity);
        for (index, key) in repeated(chosen.chain(self.omissions.iter().map(|one| &one.activity)), |key| *key) {
            let path = match index.checked_sub(self.activities.len()) {
                Some(place) => format!("/omissions/{place}/activity"),
                None => format!("/activities/{index}/activity"),
            };
            let message = format!("activity `{key}` stands here already");
            faults.push(Fault::new(PLAN_ACTIVITIES_UNIQUE, path, message));
        }
        for (index, goal) in repeated(&self.goals, |goal| &goal.criterion) {
            let message = format!("criterion `{}` stands here already", goal.criterion);
            faults.push(Fault::new(PLAN_GOALS_UNIQUE, format!("/goals/{index}/criterion"), message));
        }
    }

    fn check_limits(&self, faults: &mut Vec<Fault>) {
        let mut fault = |message| faults.push(Fault::new(PLAN_WITHIN_LIMITS, "/activities", message));
        let sessions = || self.activities.iter().flat_map(|one| &one.sessions);
        let minutes = |is_counted: &dyn Fn(&PlannedSession) -> bool| -> u64 {
            sessions().filter(|one| is_counted(one)).map(|one| u64::from(one.minutes.get())).sum()
        };
        for week in 1..=self.limits.weeks.get() {
            let in_week = minutes(&|one| one.week.get() == week);
            if in_week > u64::from(self.limits.minutes_per_week.get()) {
                fault(format!("{in_week} minutes in week {week}: allowed is {}", self.limits.minutes_per_week));
            }
        }
        if let Some(late) = sessions().find(|one| one.week > self.limits.weeks) {
            fault(format!("a session in week {}: allowed is 1 to {}", late.week, self.limits.weeks));
        }
        let total = minutes(&|_| true);
        if let Some(limit) = self.limits.minutes_in_total.filter(|limit| total > u64::from(limit.get())) {
            fault(format!("{total} minutes in total: allowed is {limit}"));
        }
    }

    fn check_credits(&self, faults: &mut Vec<Fault>) {
        let goals: BTreeSet<&Key> = self.goals.iter().map(|one| &one.criterion).collect();
        for (place, activity) in self.activities.iter().enumerate() {
            let credits = activity.credits.iter().enumerate();
            for (index, credit) in credits.filter(|(_, one)| !goals.contains(&one.criterion)) {
                let message = format!("`{}` is not a goal of this plan", credit.criterion);
                let path = format!("/activities/{place}/credits/{index}/criterion");
                faults.push(Fault::new(PLAN_CREDITS_ARE_GOALS, path, message));
            }
        }
    }

    fn check_days(&self, faults: &mut Vec<Fault>) {
        for (place, activity) in self.activities.iter().enumerate() {
            for (index, PlannedSession { week, not_before, .. }) in activity.sessions.iter().enumerate() {
                let first = self.limits.start.plus_days(7 * (i32::from(week.get()) - 1));
                let last = first.plus_days(6);
                if !(first..=last).contains(not_before) {
                    let message = format!("{not_before} in week {week}: allowed is {first} to {last}");
                    let path = format!("/activities/{place}/sessions/{index}/not_before");
                    faults.push(Fault::new(PLAN_SESSIONS_IN_WEEK, path, message));
                }
            }
        }
    }

    fn check_reaches(&self, faults: &mut Vec<Fault>) {
        let mut check = |path: String, reach: Reach| {
            if !reach.is_in_order() {
                faults.push(Fault::new(PLAN_REACH_IN_ORDER, path, format!("{reach}: the least is above the most")));
            }
        };
        for (place, one) in self.what_if.iter().enumerate() {
            check(format!("/what_if/{place}/reached"), one.reached);
        }
        for (place, one) in self.activities.iter().enumerate() {
            check(format!("/activities/{place}/reached_without"), one.reached_without);
        }
        for (place, one) in self.omissions.iter().enumerate() {
            check(format!("/omissions/{place}/reached_with"), one.reached_with);
        }
    }
}

pub(crate) const PLAN_RULES: &[Rule] = &[
    PLAN_ACTIVITIES_UNIQUE,
    PLAN_WITHIN_LIMITS,
    PLAN_REACH_IN_ORDER,
    PLAN_GOALS_UNIQUE,
    PLAN_CREDITS_ARE_GOALS,
    PLAN_SESSIONS_IN_WEEK,
    PLAN_WISHES_AGREE,
];

const PLAN_ACTIVITIES_UNIQUE: Rule =
    Rule::new("plan_activities_unique", "each activity occurs once in `activities` and `omissions` together");
const PLAN_WITHIN_LIMITS: Rule = Rule::new(
    "plan_within_limits",
    "the sessions of each week last at most `limits.minutes_per_week`, all sessions at most `limits.minutes_in_total` \
     when given, and none is later than week `limits.weeks`",
);
const PLAN_REACH_IN_ORDER: Rule =
    Rule::new("plan_reach_in_order", "where only a range is known, `at_least` is not above `at_most`");
const PLAN_GOALS_UNIQUE: Rule = Rule::new("plan_goals_unique", "each criterion occurs once in `goals`");
const PLAN_CREDITS_ARE_GOALS: Rule =
    Rule::new("plan_credits_are_goals", "the criterion of every credit is that of one of the `goals`");
const PLAN_SESSIONS_IN_WEEK: Rule = Rule::new(
    "plan_sessions_in_week",
    "`not_before` of a session lies in its week, week 1 being the seven days from `limits.start` on",
);
const PLAN_WISHES_AGREE: Rule = Rule::new(
    "plan_wishes_agree",
    "in `limits`, no activity of `completed` is also `under_way` or `required`, none of `without` is `required`, and \
     `under_way` names each once",
);
