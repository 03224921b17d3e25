use serde_json::{Value, json};

pub(crate) fn plan_problem() -> Vec<Value> {
    let full = json!({
        "$schema": "../plan_problem.schema.json", "format": "coaching-plan-instance/1", "name": "two_people", "description": "Two people, one coach, four weeks.",
        "horizon_weeks": 4, "skills": ["active_listening", "emotion_recognition"],
        "people": [
            {
                "id": "person-1",
                "goals": [
                    { "skill": "emotion_recognition", "from": 2000, "to": 3000, "weight": 3, "due_week": 3 },
                    { "skill": "active_listening", "from": 2500, "to": 3000, "weight": 1 },
                ],
                "week_minutes_max": [60, 60, 60, 90], "week_minutes_min": [0, 10, 0, 0], "total_minutes_max": 200,
                "cost_max": 40, "completed": ["welcome"], "mandatory": ["workshop"], "min_value": 500,
            },
            {
                "id": "person-2",
                "goals": [{ "skill": "active_listening", "from": 1000, "to": 2000, "weight": 2 }],
                "week_minutes_max": [30, 30, 30, 30], "total_minutes_max": 120, "cost_max": 0,
            },
        ],
        "activities": [
            {
                "id": "welcome", "load": [15], "cost": 0, "max_sessions": 1, "repeat_gap_weeks": 1, "gains": [],
            },
            {
                "id": "workshop", "kind": "training", "load": [60, 20], "cost": 20, "max_sessions": 1,
                "repeat_gap_weeks": 1,
                "gains": [{ "skill": "emotion_recognition", "gain": [500], "ceiling": 3000 }],
                "requires": ["welcome"], "earliest_week": 1, "latest_end_week": 2,
                "coach": { "pool": "coaches", "load": [60, 0] },
            },
            {
                "id": "drills", "load": [20], "cost": 0, "max_sessions": 2, "repeat_gap_weeks": 2,
                "gains": [
                    { "skill": "emotion_recognition", "gain": [200, 100], "ceiling": 4000 },
                    { "skill": "active_listening", "gain": [200, 100], "ceiling": 4000 },
                ],
                "requires": ["welcome"],
            },
            {
                "id": "webinar", "load": [30], "cost": 5, "max_sessions": 1, "repeat_gap_weeks": 1,
                "gains": [{ "skill": "active_listening", "gain": [300], "ceiling": 2500 }],
                "week_seats": [0, 12, 0, 12],
            },
        ],
        "exclusive": [["workshop", "webinar"]],
        "synergies": [
            { "activities": ["workshop", "drills"], "skill": "emotion_recognition", "bonus": 100, "ceiling": 4000 },
        ],
        "coach_pools": [{ "id": "coaches", "week_minutes": [60, 60, 60, 0] }],
        "shared_cost_max": 50, "objective": "sum",
    });
    let mut empty = full.clone();
    empty["description"] = Value::Null;
    empty["shared_cost_max"] = Value::Null;
    empty["objective"] = json!("maximin_then_sum");
    for list in ["skills", "people", "activities", "exclusive", "synergies", "coach_pools"] {
        empty[list] = json!([]);
    }
    vec![full, empty]
}
