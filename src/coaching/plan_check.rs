//! The rules of a plan that its shape does not state.

use std::collections::BTreeSet;

use super::{CoachingPlan, PlannedSession, Reach};
use crate::value::{Count, Fault, Faults, Key, Rule, repeated};

impl CoachingPlan {
    pub(super) fn check(&self) -> Result<(), Faults> {
        let mut faults = Vec::new();
        self.check_each_stands_once(&mut faults);
        self.check_limits(&mut faults);
        self.check_credits(&mut faults);
        self.check_days(&mut faults);
        self.check_phases(&mut faults);
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
            let most = self.limits.minutes_in_week(u32::from(week));
            if in_week > u64::from(most) {
                fault(format!("expected at most {most} minutes in week {week}, found {in_week}"));
            }
        }
        if let Some(late) = sessions().find(|one| one.week > self.limits.weeks) {
            fault(format!("expected weeks from 1 to {}, found a session in week {}", self.limits.weeks, late.week));
        }
        let total = minutes(&|_| true);
        if let Some(limit) = self.limits.minutes_in_total.filter(|limit| total > u64::from(limit.get())) {
            fault(format!("expected at most {limit} minutes in total, found {total}"));
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

    fn check_phases(&self, faults: &mut Vec<Fault>) {
        let mut fault = |path, message| faults.push(Fault::new(PLAN_PHASES_IN_ORDER, path, message));
        let mut free = 1;
        for (index, phase) in self.phases.iter().enumerate() {
            let path = format!("/phases/{index}");
            if phase.number != Count::of(index + 1) {
                fault(format!("{path}/number"), format!("expected {}, found {}", index + 1, phase.number));
            }
            let (first, last) = (phase.first_week.get(), phase.last_week.get());
            if first < free || last < first || phase.last_week > self.limits.weeks {
                let message =
                    format!("expected weeks in order from {free} to {}, found {first} to {last}", self.limits.weeks);
                fault(path, message);
            }
            free = last.saturating_add(1);
        }
        for (index, activity) in self.activities.iter().enumerate() {
            let Some(phase) = self.phases.iter().find(|phase| phase.number == activity.phase) else {
                fault(
                    format!("/activities/{index}/phase"),
                    format!("expected the number of a phase, found {}", activity.phase),
                );
                continue;
            };
            let weeks = phase.first_week..=phase.last_week;
            if let Some(place) = activity.sessions.iter().position(|session| !weeks.contains(&session.week)) {
                fault(
                    format!("/activities/{index}/sessions/{place}/week"),
                    format!("expected a week from {} to {}, those of its phase", phase.first_week, phase.last_week),
                );
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
    PLAN_PHASES_IN_ORDER,
    PLAN_WISHES_AGREE,
];

const PLAN_ACTIVITIES_UNIQUE: Rule =
    Rule::new("plan_activities_unique", "each activity occurs once in `activities` and `omissions` together");
const PLAN_WITHIN_LIMITS: Rule = Rule::new(
    "plan_within_limits",
    "the sessions of each week last at most `limits.minutes_per_week`, or what `limits.longer_weeks` allows for that week (by \
     default 120 minutes in every fourth), all sessions at most `limits.minutes_in_total` \
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
const PLAN_PHASES_IN_ORDER: Rule = Rule::new(
    "plan_phases_in_order",
    "the phases are numbered from 1, and their weeks lie one after the other within the plan; the `phase` of an activity is \
     one of them, and all its sessions lie in the weeks of that phase",
);
const PLAN_WISHES_AGREE: Rule = Rule::new(
    "plan_wishes_agree",
    "in `limits`, no activity of `completed` is also `under_way` or `required`, none of `without` is `required`, and \
     `under_way` names each once",
);
