//! What holds of every page, whatever the data.

use proptest::prelude::*;
use serde_json::{Value, json};
use service_excellence::coaching::{GoalStatus, PlanDetails, PlanSummary, SummaryLine};
use service_excellence::{CostBand, PlanLimits, RoleLibrary};

use crate::people::{Known, Person, limits, someone};

/// At least as many columns as a terminal takes: whatever may be wide is counted as two.
fn columns(line: &str) -> usize {
    line.chars().map(|one| if one < '\u{1100}' || ('\u{2000}'..'\u{2300}').contains(&one) { 1 } else { 2 }).sum()
}

fn check_screen(text: &str) {
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines.len() <= 24, "{} lines:\n{text}", lines.len());
    for line in &lines {
        assert!(columns(line) <= 80, "{} columns in {line:?}:\n{text}", columns(line));
        assert_eq!(line.trim_end(), *line, "no space at the end");
        let label: String = line.chars().take(12).collect();
        assert!(label.trim().is_empty() || columns(line) > 12, "an empty heading {line:?}:\n{text}");
    }
}

fn check_details(text: &str) {
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines.len() <= PlanDetails::MAX_LINES, "{} lines", lines.len());
    for (place, line) in lines.iter().enumerate() {
        assert!(columns(line) <= 80, "{} columns in {line:?}", columns(line));
        if !line.is_empty() && !line.starts_with(' ') {
            let below = lines.get(place + 2).copied().unwrap_or_default();
            assert!(below.starts_with(' '), "an empty heading {line:?}:\n{text}");
        }
    }
    assert!(!text.contains("\n\n\n"), "two blank lines:\n{text}");
}

/// The page and its details are bounded, and every goal on the page is worked on or says what would allow it.
fn check(known: &Known) {
    let page = known.page();
    let summary = page.summary();
    check_screen(&summary.to_text());
    check_details(&PlanDetails::of(&page).to_string());
    for line in summary.lines() {
        let SummaryLine::Goal { criterion, status, .. } = line else { continue };
        let unlock =
            |line: &SummaryLine| matches!(line, SummaryLine::Unlock { unlock } if unlock.criterion == *criterion);
        let is_planned = matches!(status, GoalStatus::ReachesNextLevel | GoalStatus::ReachesPart);
        assert!(is_planned || summary.lines().iter().any(unlock), "{criterion} is left alone:\n{summary}");
    }
    let again = PlanSummary::from_json(&serde_json::to_string(&summary).unwrap()).unwrap();
    assert_eq!(again.to_text(), summary.to_text());
}

/// People of every kind, with contacts enough for values and with one too few.
fn people() -> Vec<Person> {
    let critical = ["respectful_inclusion", "data_protection"];
    vec![
        Person { contacts: 6, ..someone("agent-1", 4.7) },
        Person { contacts: 6, ..someone("agent-2", 3.5) }.but(1.3, &critical),
        Person { contacts: 6, own_level: Some(4.0), ..someone("agent-3", 1.4) },
        Person { contacts: 6, ..someone("agent-4", 2.3) }.but(3.6, &["active_listening", "diagnosis"]),
        Person { contacts: 1, ..someone("agent-5", 3.0) },
    ]
}

const MINUTES: [u32; 5] = [15, 30, 60, 120, 240];
const WEEKS: [u8; 5] = [2, 4, 12, 26, 52];

/// All of them take long, so that by default a few are drawn, with few weeks: `ALL_PAGES=1` (and a release build) takes
/// every role, person, number of minutes and number of weeks.
#[test]
fn every_page_of_every_role_is_bounded_and_leaves_no_goal_alone() {
    let is_all = std::env::var_os("ALL_PAGES").is_some_and(|value| value == "1");
    let roles: Vec<String> = RoleLibrary::builtin().roles().iter().map(|role| role.key.to_string()).collect();
    let mut number = 0_usize;
    for role in &roles {
        for person in people() {
            for minutes in MINUTES {
                for weeks in WEEKS {
                    number += 1;
                    // 37 and the number of cases have no common part, so every kind of case has its turn.
                    if !is_all && (!number.is_multiple_of(37) || weeks > 4) {
                        continue;
                    }
                    check(&Person { limits: limits(minutes, weeks), ..person.clone() }.known_in(role));
                }
            }
        }
    }
    assert_eq!(number, 1_000);
}

/// Names that are as long as they may be: without a space, with wide signs, with many words.
fn hostile(place: usize) -> String {
    match place % 4 {
        0 => "W".repeat(200),
        1 => "漢".repeat(200),
        2 => "A name of many words ".repeat(9),
        _ => "🎉 ".repeat(100).trim_end().to_owned(),
    }
}

#[test]
fn names_as_long_as_they_may_be_are_cut_and_move_nothing() {
    let room = PlanLimits { highest_cost: CostBand::Low, ..limits(60, 3) };
    for (place, person) in people().into_iter().enumerate().take(3) {
        let name = if place == 0 { "漢".repeat(200) } else { "x".repeat(200) };
        let known = Person { name, limits: room.clone(), ..person }.known_with_names(&hostile);
        check(&known);
        let text = known.page().summary().to_text();
        assert!(text.contains('…'), "{text}");
    }
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        (0..4_usize).prop_map(hostile),
        "[a-z漢🎉]{1,30}( [a-z漢]{1,40}){0,4}".prop_map(|name| name.chars().take(200).collect()),
    ]
}

/// Any line that a summary may have, with any names and numbers.
fn line() -> impl Strategy<Value = Value> {
    let numbers = (0..=1_000_000_u32, 0..=1_000_000_u32, 0..=1_000_000_u32);
    (0..17_u8, name(), name(), numbers).prop_map(|(kind, one, other, (a, b, c))| {
        let score = |number: u32| f64::from(number) / 1e6;
        let named = json!({ "criterion": "a", "name": one });
        let mut line = match kind {
            0 => json!({ "kind": "next_step", "step": "hear_concern" }),
            1 => json!({ "kind": "role_mismatch", "faults": a, "first": one.repeat(5) }),
            2 => json!({ "kind": "standing", "rated": a, "below": b, "unknown": c, "skills": a, "skills_below": b }),
            3 => json!({
                "kind": "under_way", "plan_status": "active", "current_week": a, "weeks": b, "held": c, "sessions": a,
                "missed": b,
            }),
            4 => json!({ "kind": "evidence", "assessments": a, "since": "2026-01-05" }),
            5 => json!({ "kind": "needed", "observations": 1 + a % 1_000 }),
            6 => json!({ "kind": "not_counted", "reason": "contested", "assessments": a }),
            7 => json!({ "kind": "strength", "score": score(a) }),
            8 => json!({ "kind": "nearest", "score": score(a), "target": score(b) }),
            9 => json!({
                "kind": "concern", "criteria": ["a", "b"], "name": one, "contacts": a, "since": "2026-01-05",
                "latest": "2026-06-05",
            }),
            10 => json!({
                "kind": "goal", "urgency": "open_concern", "score": score(a), "expected": score(b), "target": score(c),
                "status": "reaches_part",
            }),
            11 => json!({ "kind": "more_goals", "goals": a, "planned": b }),
            12 => json!({
                "kind": "agreed_goal", "baseline": score(a), "now": score(b), "target": score(c), "due": "2026-09-27",
            }),
            13 => json!({
                "kind": "session", "activity": "a", "name": one, "minutes": 1 + a % 10_000, "week": 1 + b % 52,
                "from": "2026-07-06",
            }),
            14 => json!({ "kind": "effort", "minutes_in_all": a, "sessions": b, "busy_weeks": c, "last_week": 1 + a % 104 }),
            15 => json!({ "kind": "checkpoint", "checkpoint": "mid_review", "by": "2026-09-27" }),
            _ => json!({ "kind": "unlock", "unlock": {
                "criterion": "a", "changes": [{ "kind": "more_weeks", "weeks": 1 + a % 52 }], "activity": "b",
                "name": other, "assumed_gain": a % 4_001,
            } }),
        };
        if matches!(kind, 7 | 8 | 10 | 12) {
            line.as_object_mut().unwrap().extend(named.as_object().unwrap().clone());
        }
        line
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_summary_of_any_lines_fits_on_one_screen(
        lines in prop::collection::vec(line(), 0..40), role in name(), person in name(),
        situations in prop::sample::subsequence(
            service_excellence::coaching::Situation::ALL.iter().map(|one| one.as_str()).collect::<Vec<_>>(), 0..=19),
    ) {
        let pin = json!({ "id": "a", "version": "1.0.0", "structure": "0a".repeat(32), "content": "0b".repeat(32) });
        let person: String = person.chars().filter(|one| *one != ' ').collect();
        let summary = json!({
            "schema_version": 1, "scoring_policy": 1, "rubric": pin, "role": { "key": "a", "structure": "0a".repeat(32) },
            "role_name": role, "person": person, "as_of": "2026-07-03", "situations": situations, "lines": lines,
        });
        let summary = PlanSummary::from_json(&summary.to_string()).unwrap();
        check_screen(&summary.to_text());
    }
}
