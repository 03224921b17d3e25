//! The record of a plan: its tables and guards written down a second time, over plain JSON.

use serde_json::{Value, json};

use super::Row;
use super::value::{all_different, at_most_six_decimals, column, day_number, list, same};

const fn row(rule: &'static str, holds: fn(&Value) -> bool, breach: fn(&mut Value)) -> Row {
    Row { document: "plan_record", rule, holds, breach }
}

pub(super) const ROWS: &[Row] = &[
    row("at_most_six_decimals", at_most_six_decimals, |one| one["goals"][0]["target"] = json!(0.375_000_1)),
    row(
        "record_goals_unique",
        |one| all_different(&column(list(one, "/goals"), "criterion")),
        |one| {
            let copy = one["goals"][0].clone();
            one["goals"].as_array_mut().unwrap().push(copy);
        },
    ),
    row("record_items_unique", items_unique, |one| {
        let mut copy = one["items"][3].clone();
        copy["planned_week"] = json!(1);
        copy["week"] = json!(3);
        one["items"].as_array_mut().unwrap().push(copy);
    }),
    row("record_checkpoints_in_order", checkpoints_in_order, |one| one["checkpoints"][2]["week"] = json!(3)),
    row("record_within_weeks", within_weeks, |one| one["goals"][0]["due"] = json!(7)),
    row(
        "record_coach_is_another",
        |one| one["coach"] != one["person"],
        |one| {
            one["coach"] = json!("person-1");
            one["history"].as_array_mut().unwrap().remove(4);
        },
    ),
    row("record_versions_linked", versions_linked, |one| one["previous"]["version"] = json!(2)),
    row(
        "record_history_allowed",
        |one| replay(one).is_some(),
        |one| one["history"][0]["event"]["kind"] = json!("start"),
    ),
    row("record_state_replays", state_replays, |one| one["status"] = json!("paused")),
];

fn items_unique(document: &Value) -> bool {
    let items = list(document, "/items");
    (1..items.len()).all(|index| !items[..index].iter().any(|earlier| is_of_item(earlier, &items[index])))
}

/// Whether both name the same session of the same activity.
fn is_of_item(item: &Value, other: &Value) -> bool {
    item["activity"] == other["activity"] && same(&item["session"], &other["session"])
}

fn checkpoints_in_order(document: &Value) -> bool {
    let all = list(document, "/checkpoints");
    let rises = all.windows(2).all(|pair| number(&pair[0]["week"]) < number(&pair[1]["week"]));
    let is_final = |one: &Value| one["kind"] == "final_review";
    rises && all.iter().filter(|one| is_final(one)).count() == 1 && all.last().is_some_and(is_final)
}

fn within_weeks(document: &Value) -> bool {
    let places = [("/goals", "due"), ("/items", "planned_week"), ("/checkpoints", "week")];
    let weeks = places.iter().flat_map(|(pointer, member)| column(list(document, pointer), member));
    weeks.into_iter().all(|week| number(week) <= number(&document["weeks"]))
}

fn versions_linked(document: &Value) -> bool {
    let (version, previous) = (number(&document["version"]), &document["previous"]);
    let is_same_plan = previous["id"] == document["id"];
    if version < 2 {
        previous.is_null() || !is_same_plan
    } else {
        !previous.is_null() && is_same_plan && number(&previous["version"]) + 1 == version
    }
}

fn state_replays(document: &Value) -> bool {
    let Some(state) = replay(document) else { return true };
    let items = list(document, "/items").iter().zip(&state.items);
    let checkpoints = list(document, "/checkpoints").iter().zip(&state.held);
    document["status"] == state.status
        && number(&document["moved"]) == state.moved
        && items.into_iter().all(|(item, (week, name))| number(&item["week"]) == *week && item["state"] == *name)
        && checkpoints.into_iter().all(|(one, held)| one["held"].as_str() == held.as_deref())
}

struct State {
    status: &'static str,
    moved: i64,
    items: Vec<(i64, &'static str)>,
    held: Vec<Option<String>>,
}

/// What the history leads to; nothing when one of its events is not allowed.
fn replay(document: &Value) -> Option<State> {
    let mut state = State {
        status: "draft",
        moved: 0,
        items: list(document, "/items").iter().map(|item| (number(&item["planned_week"]), "planned")).collect(),
        held: vec![None; list(document, "/checkpoints").len()],
    };
    let history = list(document, "/history");
    for (index, step) in history.iter().enumerate() {
        if index > 0 && text(&history[index - 1]["on"]) > text(&step["on"]) {
            return None;
        }
        let before = &history[..index];
        let kind = text(&step["event"]["kind"]);
        state.status = status_after(state.status, kind)?;
        if kind.ends_with("_item") {
            step_item(document, &mut state, &step["event"])?;
        }
        if kind == "resume" {
            resume(document, &mut state, before, step)?;
        }
        if kind == "hold_checkpoint" {
            let wanted = &step["event"]["week"];
            let place = list(document, "/checkpoints").iter().position(|one| same(&one["week"], wanted))?;
            let held = &mut state.held[place];
            if held.replace(text(&step["on"]).to_owned()).is_some() {
                return None;
            }
        }
        if !guard_holds(document, &state, before, step) {
            return None;
        }
    }
    Some(state)
}

fn status_after(status: &'static str, kind: &str) -> Option<&'static str> {
    let next = match (status, kind) {
        ("draft", "submit") => "proposed",
        ("proposed", "request_changes") => "draft",
        ("proposed", "sign") => "proposed",
        ("proposed", "agree") => "agreed",
        ("agreed", "schedule_item") => "agreed",
        ("agreed", "start") | ("paused", "resume") => "active",
        ("active", "pause") => "paused",
        ("paused", "add_evidence") => "paused",
        ("active", "complete") => "completed",
        ("active" | "paused", "replan") => "superseded",
        ("draft" | "proposed" | "agreed" | "active" | "paused", "abandon") => "abandoned",
        ("active", "hold_checkpoint" | "add_evidence" | "judge_goal") => "active",
        ("active", item) if item.ends_with("_item") => "active",
        _ => return None,
    };
    Some(next)
}

fn step_item(document: &Value, state: &mut State, event: &Value) -> Option<()> {
    let place = list(document, "/items").iter().position(|item| is_of_item(item, event))?;
    let (week, name) = &mut state.items[place];
    *name = match (*name, text(&event["kind"])) {
        ("planned" | "missed" | "scheduled", "schedule_item") => {
            *week = number(&event["week"]);
            "scheduled"
        }
        ("planned" | "missed" | "scheduled" | "in_progress", "cancel_item") => "cancelled",
        ("scheduled", "begin_item") => "in_progress",
        ("scheduled" | "in_progress", "miss_item") => "missed",
        ("in_progress", "finish_item") => "done",
        _ => return None,
    };
    let is_in_plan = event["kind"] != "schedule_item" || *week <= number(&document["weeks"]) + state.moved;
    is_in_plan.then_some(())
}

fn resume(document: &Value, state: &mut State, before: &[Value], step: &Value) -> Option<()> {
    let pause = before.iter().rfind(|one| one["event"]["kind"] == "pause")?;
    let weeks = (day_number(&step["on"]) - day_number(&pause["on"]) + 6) / 7;
    state.moved += weeks;
    if number(&document["weeks"]) + state.moved > 104 {
        return None;
    }
    let open = state.items.iter_mut().filter(|(_, name)| ["planned", "scheduled", "in_progress"].contains(name));
    open.for_each(|(week, _)| *week = (*week + weeks).min(104));
    Some(())
}

fn guard_holds(document: &Value, state: &State, before: &[Value], step: &Value) -> bool {
    let (event, goals) = (&step["event"], list(document, "/goals"));
    let is_goal = |criterion: &Value| goals.iter().any(|goal| goal["criterion"] == *criterion);
    let is_judged = |criterion: &Value| {
        before.iter().any(|one| one["event"]["kind"] == "judge_goal" && one["event"]["criterion"] == *criterion)
    };
    let signed = |party: &Value| {
        let since = before.iter().rposition(|one| one["event"]["kind"] == "request_changes").unwrap_or(0);
        before[since..].iter().any(|one| one["event"]["kind"] == "sign" && one["by"] == *party)
    };
    match text(&event["kind"]) {
        "submit" => !goals.is_empty() && !state.items.is_empty(),
        "sign" => (step["by"] == document["person"] || step["by"] == document["coach"]) && !signed(&step["by"]),
        "agree" => signed(&document["person"]) && signed(&document["coach"]),
        "start" => {
            let age = |goal: &Value| day_number(&step["on"]) - day_number(&goal["baseline"]["as_of"]);
            text(&step["on"]) >= text(&document["start"])
                && goals.iter().all(|goal| age(goal) <= number(&document["baseline_days"]))
        }
        "replan" => number(&event["next"]) == number(&document["version"]) + 1,
        "add_evidence" => {
            is_goal(&event["evidence"]["criterion"]) && text(&event["evidence"]["on"]) <= text(&step["on"])
        }
        "judge_goal" => {
            let criterion = &event["criterion"];
            is_goal(criterion)
                && !is_judged(criterion)
                && (event["verdict"] == "insufficient"
                    || is_shown(document, before, criterion)
                        && goals
                            .iter()
                            .filter(|goal| goal["criterion"] == *criterion)
                            .all(|goal| is_measured(goal, event)))
        }
        "complete" => {
            let reviews = list(document, "/checkpoints").iter().zip(&state.held);
            reviews.into_iter().any(|(one, held)| one["kind"] == "final_review" && held.is_some())
                && goals.iter().all(|goal| is_judged(&goal["criterion"]))
        }
        _ => true,
    }
}

/// Whether the result, where ratings decide, rests on enough contacts and lies on the verdict's side of the target.
fn is_measured(goal: &Value, event: &Value) -> bool {
    let result = &event["result"];
    goal["measure"]["kind"] != "rubric_mean"
        || result["observations"].as_f64() >= goal["measure"]["min_observations"].as_f64()
            && (result["score"].as_f64() >= goal["target"].as_f64()) == text(&event["verdict"]).starts_with("met")
}

/// Whether evidence of behaviour or results is there.
fn is_shown(document: &Value, before: &[Value], criterion: &Value) -> bool {
    let added = before.iter().map(|step| &step["event"]["evidence"]);
    let mut all = list(document, "/carried/evidence").iter().chain(added);
    all.any(|one| one["criterion"] == *criterion && (one["level"] == "behaviour" || one["level"] == "results"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn number(value: &Value) -> i64 {
    value.as_f64().unwrap() as i64
}
