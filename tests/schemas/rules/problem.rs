use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Row;
use super::value::{all_different, column, list};

const fn row(rule: &'static str, holds: fn(&Value) -> bool, breach: fn(&mut Value)) -> Row {
    Row { document: "plan_problem", rule, holds, breach }
}

pub(super) const ROWS: &[Row] = &[
    row("plan_problem_counts", counts, |one| one["activities"][0]["load"] = json!([])),
    row("plan_problem_size", size, |one| {
        let copies = |first: &Value, count: usize| -> Value {
            let copy = |index: usize| {
                let mut copy = first.clone();
                copy["id"] = json!(format!("copy_{index}"));
                copy
            };
            (0..count).map(copy).collect()
        };
        one["horizon_weeks"] = json!(104);
        one["coach_pools"][0]["week_minutes"] = json!(vec![60; 104]);
        one["people"][1]["week_minutes_max"] = json!(vec![30; 104]);
        one["people"] = copies(&one["people"][1], 30);
        one["activities"] = copies(&one["activities"][0], 321);
        one["exclusive"] = json!([]);
        one["synergies"] = json!([]);
    }),
    row("plan_problem_lengths", lengths, |one| one["people"][1]["week_minutes_max"] = json!([30, 30, 30])),
    row("plan_problem_ids_known", ids_known, |one| one["activities"][1]["coach"]["pool"] = json!("trainers")),
    row("plan_problem_ids_unique", ids_unique, |one| one["people"][1]["id"] = json!("person-1")),
    row("plan_problem_due_weeks_in_horizon", due_weeks_in_horizon, |one| {
        one["people"][0]["goals"][0]["due_week"] = json!(5);
    }),
    row("plan_problem_windows", windows, |one| one["activities"][1]["earliest_week"] = json!(2)),
    row("plan_problem_acyclic", acyclic, |one| one["activities"][0]["requires"] = json!(["drills"])),
];

fn counts(document: &Value) -> bool {
    let most =
        [("people", 500), ("activities", 2_000), ("exclusive", 2_000), ("synergies", 2_000), ("coach_pools", 64)];
    most.iter().all(|(name, most)| optional(document, name).len() <= *most)
        && optional(document, "people").iter().all(|one| optional(one, "goals").len() <= 64)
        && optional(document, "activities").iter().all(|one| (1..=104).contains(&span(one)))
}

fn size(document: &Value) -> bool {
    let people = optional(document, "people").len() as i128;
    let activities = optional(document, "activities");
    let cells = people * activities.len() as i128 * i128::from(whole(&document["horizon_weeks"]));
    let gains = activities.iter().flat_map(|one| optional(one, "gains"));
    let entries = gains.map(|gain| list(gain, "/gain").len()).sum::<usize>()
        + activities.iter().map(|one| optional(one, "requires").len()).sum::<usize>()
        + optional(document, "exclusive").iter().map(|group| list(group, "").len()).sum::<usize>()
        + optional(document, "synergies").iter().map(|one| optional(one, "activities").len()).sum::<usize>();
    cells <= 1_000_000 && people * entries as i128 <= 2_000_000
}

fn lengths(document: &Value) -> bool {
    let weeks = whole(&document["horizon_weeks"]);
    let by_week = |one: &Value, name: &str| one[name].as_array().is_none_or(|numbers| numbers.len() as i64 == weeks);
    let people = optional(document, "people");
    let pools = optional(document, "coach_pools");
    people.iter().all(|one| by_week(one, "week_minutes_max") && by_week(one, "week_minutes_min"))
        && pools.iter().all(|one| by_week(one, "week_minutes"))
        && optional(document, "activities").iter().all(|one| {
            let sessions = whole(&one["max_sessions"]);
            optional(one, "gains").iter().all(|gain| list(gain, "/gain").len() as i64 == sessions)
                && by_week(one, "week_seats")
                && one["coach"]["load"].as_array().is_none_or(|load| load.len() == span(one))
        })
}

fn ids_known(document: &Value) -> bool {
    let skills: Vec<&Value> = list(document, "/skills").iter().collect();
    let activities = column(optional(document, "activities"), "id");
    let pools = column(optional(document, "coach_pools"), "id");
    let people = optional(document, "people");
    let all_known = |ids: &[Value], known: &[&Value]| ids.iter().all(|id| known.contains(&id));
    people.iter().all(|one| {
        all_known(optional(one, "completed"), &activities)
            && all_known(optional(one, "mandatory"), &activities)
            && optional(one, "goals").iter().all(|goal| skills.contains(&&goal["skill"]))
    }) && optional(document, "activities").iter().all(|one| {
        all_known(optional(one, "requires"), &activities)
            && optional(one, "gains").iter().all(|gain| skills.contains(&&gain["skill"]))
            && (one["coach"].is_null() || pools.contains(&&one["coach"]["pool"]))
    }) && optional(document, "exclusive").iter().all(|group| all_known(list(group, ""), &activities))
        && optional(document, "synergies")
            .iter()
            .all(|one| all_known(optional(one, "activities"), &activities) && skills.contains(&&one["skill"]))
}

fn ids_unique(document: &Value) -> bool {
    let unique = |ids: &[Value]| all_different(&ids.iter().collect::<Vec<_>>());
    let unique_ids = |name: &str| all_different(&column(optional(document, name), "id"));
    unique(list(document, "/skills"))
        && ["people", "activities", "coach_pools"].into_iter().all(unique_ids)
        && optional(document, "people").iter().all(|one| {
            unique(optional(one, "completed"))
                && unique(optional(one, "mandatory"))
                && all_different(&column(optional(one, "goals"), "skill"))
        })
        && optional(document, "activities").iter().all(|one| {
            let gains = optional(one, "gains").iter();
            let gains: Vec<Value> = gains.map(|gain| json!([gain["skill"], whole(&gain["ceiling"])])).collect();
            unique(optional(one, "requires")) && unique(&gains)
        })
        && optional(document, "exclusive").iter().all(|group| unique(list(group, "")))
        && optional(document, "synergies").iter().all(|one| unique(optional(one, "activities")))
}

fn due_weeks_in_horizon(document: &Value) -> bool {
    let goals = optional(document, "people").iter().flat_map(|one| optional(one, "goals"));
    let mut due = goals.filter_map(|goal| goal["due_week"].as_f64());
    due.all(|week| week <= document["horizon_weeks"].as_f64().unwrap())
}

fn windows(document: &Value) -> bool {
    optional(document, "activities").iter().all(|one| {
        let first = one["earliest_week"].as_f64().unwrap_or(1.0);
        one["latest_end_week"].as_f64().is_none_or(|last| first + span(one) as f64 <= last + 1.0)
    })
}

/// Takes away what requires nothing that is left, until nothing more goes.
fn acyclic(document: &Value) -> bool {
    let activities = optional(document, "activities");
    if activities.len() > 2_000 {
        return true;
    }
    let mut left: Vec<&Value> = activities.iter().collect();
    loop {
        let waiting: BTreeSet<&str> = left.iter().map(|one| one["id"].as_str().unwrap()).collect();
        let is_stuck =
            |one: &&Value| optional(one, "requires").iter().any(|id| waiting.contains(&id.as_str().unwrap()));
        let stuck: Vec<&Value> = left.iter().copied().filter(is_stuck).collect();
        if stuck.len() == left.len() {
            return left.is_empty();
        }
        left = stuck;
    }
}

/// The items of a list that may be left out.
fn optional<'a>(object: &'a Value, name: &str) -> &'a [Value] {
    object[name].as_array().map_or(&[], Vec::as_slice)
}

fn span(activity: &Value) -> usize {
    list(activity, "/load").len()
}

/// `3.0` is 3.
fn whole(value: &Value) -> i64 {
    value.as_f64().unwrap() as i64
}
