use serde_json::{Value, json};

use super::Row;
use super::value::{all_different, at_most_six_decimals, column, day_number, list, same};

const fn row(document: &'static str, rule: &'static str, holds: fn(&Value) -> bool, breach: fn(&mut Value)) -> Row {
    Row { document, rule, holds, breach }
}

const fn library(rule: &'static str, holds: fn(&Value) -> bool, breach: fn(&mut Value)) -> Row {
    row("activity_library", rule, holds, breach)
}

pub(super) const ROWS: &[Row] = &[
    library("activity_keys_unique", keys_unique, |one| {
        let copy = one["activities"][1].clone();
        one["activities"].as_array_mut().unwrap().push(copy);
    }),
    library("activity_levels_rise", levels_rise, |one| one["activities"][0]["level_from"] = json!(3)),
    library("activity_gap_between_sessions", gap_between_sessions, |one| one["activities"][0]["gap_days"] = json!(0)),
    library("activity_minutes_per_session", minutes_per_session, |one| one["activities"][0]["minutes"] = json!(3)),
    library("activity_criteria_fit", criteria_fit, |one| {
        one["activities"][0]["max_criteria_per_run"] = json!(3);
    }),
    library("activity_teaching_has_gain", teaching_has_gain, |one| one["activities"][0]["kind"] = json!("calibration")),
    library("activity_prerequisites_known", prerequisites_known, |one| {
        one["activities"][1]["prerequisites"] = json!(["something_else"]);
    }),
    library("activity_prerequisites_without_cycle", prerequisites_without_cycle, |one| {
        one["activities"][1]["prerequisites"] = json!(["thanks"]);
    }),
    row("coaching_plan", "at_most_six_decimals", at_most_six_decimals, |one| one["reached"] = json!(0.800_000_1)),
    row("coaching_plan", "plan_activities_unique", plan_activities_unique, |one| {
        one["omissions"][0]["activity"] = json!("drills");
    }),
    row("coaching_plan", "plan_reach_in_order", plan_reach_in_order, |one| {
        one["what_if"][1]["reached"]["at_least"] = json!(0.95);
    }),
    row("coaching_plan", "plan_goals_unique", plan_goals_unique, |one| {
        let copy = one["goals"][0].clone();
        one["goals"].as_array_mut().unwrap().push(copy);
    }),
    row("coaching_plan", "plan_credits_are_goals", plan_credits_are_goals, |one| {
        one["activities"][0]["credits"][0]["criterion"] = json!("active_listening");
    }),
    row("coaching_plan", "plan_sessions_in_week", plan_sessions_in_week, |one| {
        one["activities"][0]["sessions"][1]["not_before"] = json!("2026-07-20");
    }),
    row("coaching_plan", "plan_phases_in_order", plan_phases_in_order, |one| {
        one["phases"][1]["first_week"] = json!(2);
    }),
    row("coaching_plan", "plan_wishes_agree", plan_wishes_agree, |one| {
        one["limits"]["without"] = json!(["drills"]);
    }),
    row("coaching_plan", "plan_within_limits", plan_within_limits, |one| {
        one["activities"][0]["sessions"][0]["minutes"] = json!(61);
    }),
];

fn keys_unique(document: &Value) -> bool {
    all_different(&column(activities(document), "key"))
}

fn levels_rise(document: &Value) -> bool {
    activities(document).iter().all(|one| number(&one["level_from"]) < number(&one["level_to"]))
}

fn gap_between_sessions(document: &Value) -> bool {
    activities(document).iter().all(|one| same(&one["gap_days"], &json!(0)) == same(&one["sessions"], &json!(1)))
}

fn minutes_per_session(document: &Value) -> bool {
    activities(document).iter().all(|one| number(&one["minutes"]) >= number(&one["sessions"]))
}

fn criteria_fit(document: &Value) -> bool {
    activities(document).iter().all(|one| {
        let criteria: Vec<_> = list(one, "/criteria").iter().collect();
        all_different(&criteria) && number(&one["max_criteria_per_run"]) <= criteria.len() as f64
    })
}

fn teaching_has_gain(document: &Value) -> bool {
    let teaches_nothing = |one: &Value| {
        ["recognition", "wellbeing_support", "calibration"].iter().any(|kind| one["kind"].as_str() == Some(kind))
    };
    activities(document).iter().all(|one| (one["gain"]["kind"] == "none") == teaches_nothing(one))
}

fn prerequisites_known(document: &Value) -> bool {
    let known = column(activities(document), "key");
    activities(document).iter().all(|one| {
        let prerequisites: Vec<_> = list(one, "/prerequisites").iter().collect();
        all_different(&prerequisites) && prerequisites.iter().all(|key| known.contains(key))
    })
}

/// Follows the prerequisites of each activity until there are no new ones.
fn prerequisites_without_cycle(document: &Value) -> bool {
    let needed_by = |key: &Value| {
        let same_key = activities(document).iter().filter(move |one| one["key"] == *key);
        same_key.flat_map(|one| list(one, "/prerequisites")).collect::<Vec<_>>()
    };
    column(activities(document), "key").into_iter().all(|key| {
        let mut reached: Vec<&Value> = Vec::new();
        let mut open = needed_by(key);
        while let Some(next) = open.pop() {
            if !reached.contains(&next) {
                reached.push(next);
                open.extend(needed_by(next));
            }
        }
        !reached.contains(&key)
    })
}

fn plan_activities_unique(document: &Value) -> bool {
    let mut keys = column(list(document, "/activities"), "activity");
    keys.extend(column(list(document, "/omissions"), "activity"));
    all_different(&keys)
}

fn plan_within_limits(document: &Value) -> bool {
    let limits = &document["limits"];
    let sessions: Vec<_> = list(document, "/activities").iter().flat_map(|one| list(one, "/sessions")).collect();
    let minutes = |week: &Value| {
        let in_week = sessions.iter().filter(|one| same(&one["week"], week));
        in_week.map(|one| number(&one["minutes"])).sum::<f64>()
    };
    let total: f64 = sessions.iter().map(|one| number(&one["minutes"])).sum();
    let most = |week: &Value| {
        let (week, longer) = (number(week), limits.get("longer_weeks"));
        let rhythm = longer.map_or(json!({ "every": 4, "minutes": 120 }), |longer| longer["rhythm"].clone());
        let in_rhythm =
            rhythm["every"].as_f64().filter(|every| week % every == 0.0).map(|_| number(&rhythm["minutes"]));
        let named = longer.and_then(|longer| longer["weeks"].as_array()).into_iter().flatten();
        let named = named.filter(|one| (number(&one["week"]) - week).abs() < 0.5).map(|one| number(&one["minutes"]));
        named.chain(in_rhythm).fold(number(&limits["minutes_per_week"]), f64::max)
    };
    sessions
        .iter()
        .all(|one| number(&one["week"]) <= number(&limits["weeks"]) && minutes(&one["week"]) <= most(&one["week"]))
        && limits["minutes_in_total"].as_f64().is_none_or(|most| total <= most)
}

fn plan_reach_in_order(document: &Value) -> bool {
    let of = |path: &str, member: &str| -> Vec<Value> {
        list(document, path).iter().map(|one| one[member].clone()).collect()
    };
    let (changed, without) = (of("/what_if", "reached"), of("/activities", "reached_without"));
    changed.iter().chain(&without).chain(&of("/omissions", "reached_with")).all(|reach| {
        let (least, most) = (reach["at_least"].as_f64(), reach["at_most"].as_f64());
        least.is_none_or(|least| most.is_some_and(|most| least <= most))
    })
}

fn plan_goals_unique(document: &Value) -> bool {
    all_different(&column(list(document, "/goals"), "criterion"))
}

fn plan_credits_are_goals(document: &Value) -> bool {
    let goals = column(list(document, "/goals"), "criterion");
    let mut credits = activities(document).iter().flat_map(|one| list(one, "/credits"));
    credits.all(|credit| goals.contains(&&credit["criterion"]))
}

fn plan_sessions_in_week(document: &Value) -> bool {
    let start = day_number(&document["limits"]["start"]);
    let mut sessions = activities(document).iter().flat_map(|one| list(one, "/sessions"));
    sessions.all(|one| (day_number(&one["not_before"]) - start).div_euclid(7) + 1 == number(&one["week"]) as i64)
}

fn plan_phases_in_order(document: &Value) -> bool {
    let phases = list(document, "/phases");
    let mut last = 0.0;
    for (index, phase) in phases.iter().enumerate() {
        let (from, to) = (number(&phase["first_week"]), number(&phase["last_week"]));
        if (number(&phase["number"]) - index as f64 - 1.0).abs() > 0.5 || from <= last || to < from {
            return false;
        }
        last = to;
    }
    let in_its_phase = |one: &Value| {
        let phase = phases.iter().find(|phase| same(&phase["number"], &one["phase"]));
        phase.is_some_and(|phase| {
            let weeks = number(&phase["first_week"])..=number(&phase["last_week"]);
            list(one, "/sessions").iter().all(|session| weeks.contains(&number(&session["week"])))
        })
    };
    last <= number(&document["limits"]["weeks"]) && activities(document).iter().all(in_its_phase)
}

fn plan_wishes_agree(document: &Value) -> bool {
    // Wishes may be absent.
    let limit = |name: &str| document["limits"][name].as_array().map_or(&[][..], Vec::as_slice);
    let of = |name: &str| limit(name).iter().collect::<Vec<_>>();
    let under_way = column(limit("under_way"), "activity");
    let apart = |some: &[&Value], others: &[&Value]| some.iter().all(|one| !others.contains(one));
    all_different(&under_way)
        && apart(&of("completed"), &under_way)
        && apart(&of("completed"), &of("required"))
        && apart(&of("without"), &of("required"))
}

pub(super) fn activities(document: &Value) -> &[Value] {
    list(document, "/activities")
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}
