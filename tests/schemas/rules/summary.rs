use serde_json::{Value, json};

use super::Row;
use super::value::{all_different, at_most_six_decimals, list};

const fn row(rule: &'static str, holds: fn(&Value) -> bool, breach: fn(&mut Value)) -> Row {
    Row { document: "plan_summary", rule, holds, breach }
}

pub(super) const ROWS: &[Row] = &[
    row("at_most_six_decimals", at_most_six_decimals, |one| one["lines"][6]["score"] = json!(0.600_000_1)),
    row("summary_situations_unique", situations_unique, |one| one["situations"][1] = json!("plan_under_way")),
];

fn situations_unique(document: &Value) -> bool {
    all_different(&list(document, "/situations").iter().collect::<Vec<_>>())
}
