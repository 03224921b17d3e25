//! Small valid documents of every kind, from which the tests make invalid ones.

mod assessment;
mod calibration;
mod coaching;
mod feedback;
mod framework;
mod problem;
mod profile;
mod record;
mod rubric;
mod scorecard;
mod summary;
mod team;

use serde_json::Value;

pub(crate) use self::assessment::{assessment, compact_assessment};
pub(crate) use self::calibration::rater_report;
pub(crate) use self::coaching::{activity_library, coaching_plan, plan_limits};
pub(crate) use self::feedback::{feedback_library, survey_result};
pub(crate) use self::framework::framework;
pub(crate) use self::problem::plan_problem;
pub(crate) use self::profile::{gap_analysis, profile, role_library};
pub(crate) use self::record::plan_record;
pub(crate) use self::rubric::rubric;
pub(crate) use self::scorecard::scorecard;
pub(crate) use self::summary::plan_summary;
pub(crate) use self::team::{team_report, team_tally};

fn cut(document: &mut Value, pointer: &str, length: usize) {
    document.pointer_mut(pointer).unwrap().as_array_mut().unwrap().truncate(length);
}

/// Cuts prose, so that a seed is quick to read; keys and versions have no spaces and stay.
fn shorten(value: &mut Value) {
    match value {
        Value::String(text) if text.len() > 40 && text.contains(' ') => {
            let start: String = text.chars().take(30).collect();
            *text = format!("{} …", start.rsplit_once(' ').map_or(start.as_str(), |(words, _)| words));
        }
        Value::Array(items) => items.iter_mut().for_each(shorten),
        Value::Object(members) => members.values_mut().for_each(shorten),
        _ => {}
    }
}
