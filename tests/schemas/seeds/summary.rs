use serde_json::{Value, json};

pub(crate) fn plan_summary() -> Vec<Value> {
    vec![proposed(), grown(), mismatched()]
}

/// A plan that is proposed, with everything that such a page may say, and what one of a plan under way says.
fn proposed() -> Value {
    let strength = json!({ "kind": "strength", "criterion": "emotion_recognition", "name": "Feelings", "score": 0.6 });
    let goal = json!({
        "kind": "goal", "criterion": "data_protection", "name": "Data", "urgency": "critical_below_target",
        "score": 0.125, "expected": 0.25, "target": 0.375, "status": "reaches_part",
    });
    let agreed = json!({
        "kind": "agreed_goal", "criterion": "data_protection", "name": "Data", "baseline": 0.1, "now": 0.125,
        "target": 0.375, "due": "2026-09-27",
    });
    let unlock = json!({
        "criterion": "inclusion", "activity": "workshop", "name": "A workshop", "assumed_gain": 300, "reached_of_targets": 0.4,
        "changes": [
            { "kind": "longer_week", "week": { "week": 2, "minutes": 90 } },
            { "kind": "higher_cost", "highest_cost": "medium" },
            { "kind": "more_weeks", "weeks": 14 },
            { "kind": "more_minutes_a_week", "minutes": 90 },
            { "kind": "more_minutes_in_total", "minutes_in_total": 600 },
            { "kind": "more_starts_a_week", "starts": 3 },
            { "kind": "allow", "activity": "workshop" },
        ],
    });
    summary(
        &["plan_under_way", "open_concerns", "some_gaps", "one_reviewer"],
        json!([
            { "kind": "next_step", "step": "agree_plan" },
            {
                "kind": "under_way", "plan_status": "active", "current_week": 3, "weeks": 12, "held": 2, "sessions": 9,
                "missed": 1,
            },
            { "kind": "standing", "rated": 20, "below": 2, "unknown": 4, "skills": 5, "skills_below": 1 },
            { "kind": "evidence", "assessments": 20, "since": "2026-01-05" },
            { "kind": "needed", "observations": 2 },
            { "kind": "not_counted", "reason": "self_rating", "assessments": 3 },
            strength,
            { "kind": "nearest", "criterion": "inclusion", "name": "Inclusion", "score": 0.3, "target": 0.375 },
            {
                "kind": "concern", "criteria": ["inclusion"], "name": "Inclusion", "contacts": 15, "since": "2026-02-01",
                "latest": "2026-06-20",
            },
            goal,
            { "kind": "unlock", "unlock": unlock },
            { "kind": "more_goals", "goals": 16, "planned": 3 },
            agreed,
            { "kind": "session", "activity": "drills", "name": "Drills", "minutes": 15, "week": 1, "from": "2026-07-06" },
            { "kind": "effort", "minutes_in_all": 420, "sessions": 12, "busy_weeks": 10, "last_week": 12 },
            { "kind": "checkpoint", "checkpoint": "final_review", "by": "2026-09-27" },
            { "kind": "own_view", "criterion": "inclusion", "name": "Inclusion", "above": -1.25 },
        ]),
        None,
    )
}

/// Somebody who meets everything and may choose.
fn grown() -> Value {
    let below = json!([{ "criterion": "diagnosis", "name": "Diagnosis", "score": 0.5, "target": 4, "gap": 0.5 }]);
    let growth = json!({
        "next_roles": [{ "role": "senior_agent", "name": "Senior agent", "below": below, "unknown": 1 }],
        "stretches": [{
            "way": "mentor", "activity": "mentoring", "name": "Mentoring", "criterion": "inclusion",
            "criterion_name": "Inclusion", "minutes": 540, "sessions": 6,
        }],
    });
    let lines = json!([{ "kind": "next_step", "step": "choose_growth" }]);
    summary(&["everything_met"], lines, Some(growth))
}

fn mismatched() -> Value {
    let lines = json!([{ "kind": "role_mismatch", "faults": 2, "first": "A criterion that nobody has." }]);
    summary(&["role_mismatch"], lines, None)
}

fn summary(situations: &[&str], lines: Value, growth: Option<Value>) -> Value {
    let mut summary = json!({
        "$schema": "../plan_summary.schema.json", "schema_version": 1, "scoring_policy": 1,
        "rubric": {
            "id": "short_form", "version": "1.0.0", "structure": "0a".repeat(32), "content": "1b".repeat(32),
        },
        "role": { "key": "agent", "structure": "2c".repeat(32) },
        "role_name": "Agent", "person": "person-1", "as_of": "2026-06-30", "situations": situations, "lines": lines,
    });
    if let Some(growth) = growth {
        summary["growth"] = growth;
    }
    summary
}
