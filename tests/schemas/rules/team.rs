use serde_json::{Value, json};

use super::Row;
use super::profile::interval_ends_in_order;
use super::value::{all_different, at_most_six_decimals, column, counts_to, list};

const fn row(document: &'static str, rule: &'static str, holds: fn(&Value) -> bool, breach: fn(&mut Value)) -> Row {
    Row { document, rule, holds, breach }
}

pub(super) const ROWS: &[Row] = &[
    row("team_tally", "team_tally_criteria_unique", criteria_unique, |one| one["criteria"][1] = json!("empathy_shown")),
    row("team_tally", "team_tally_state_width", state_width, |one| {
        one["state"].as_array_mut().unwrap().push(json!(0));
    }),
    row("team_tally", "team_tally_state_of_people", state_of_people, |one| one["state"][13] = json!(41)),
    row("team_report", "at_most_six_decimals", at_most_six_decimals, |one| {
        one["total"]["summary"]["accuracy"]["customer"]["interval"]["confidence"] = json!(0.950_000_1);
    }),
    row("team_report", "interval_ends_in_order", interval_ends_in_order, |one| {
        one["total"]["summary"]["accuracy"]["customer"]["interval"]["lower"] = json!(2);
    }),
    row("team_report", "team_report_groups_unique", groups_unique, |one| one["groups"][2]["name"] = json!("East")),
    row("team_report", "team_report_same_criteria", same_criteria, |one| {
        one["total"]["summary"]["criteria"][1]["criterion"] = json!("closing");
    }),
    row("team_report", "team_report_counts_add_up", counts_add_up, |one| {
        one["groups"][1]["content"]["summary"]["reviews"][1]["people"] = json!(2);
    }),
    row("team_report", "team_report_reaches_threshold", reaches_threshold, |one| one["threshold"] = json!(6)),
    row("team_report", "team_report_total_hides_groups", total_hides_groups, |one| {
        one["groups"].as_array_mut().unwrap().truncate(2);
    }),
];

fn criteria_unique(document: &Value) -> bool {
    all_different(&list(document, "/criteria").iter().collect::<Vec<_>>())
}

fn state_width(document: &Value) -> bool {
    list(document, "/state").len() == 22 + 9 * list(document, "/criteria").len()
}

fn state_of_people(document: &Value) -> bool {
    if !state_width(document) {
        return true;
    }
    let state: Vec<i128> = list(document, "/state").iter().map(|one| one.as_f64().unwrap() as i128).collect();
    let [people, reviewed, none, one, two, three, five, ten] = state[..8] else { unreachable!("22 numbers") };
    let contacts = state[8];
    let heads = people <= 1_000_000 && reviewed == people - none && none + one + two + three + five + ten == people;
    let reviews = contacts >= one + 2 * two + 3 * three + 5 * five + 10 * ten
        && (ten > 0 || contacts <= one + 2 * two + 4 * three + 9 * five);
    let errors = state[9..12].iter().all(|errors| *errors <= contacts) && state[13] <= state[12];
    let ratings = state[22..].chunks(9).all(|nine| {
        let (rated, scores, squares) = (nine[0], nine[1], 1_000_000 * nine[2] + nine[3]);
        rated <= reviewed
            && nine[4..].iter().sum::<i128>() == rated
            && scores <= 1_000_000 * rated
            && squares <= 1_000_000 * scores
            && squares * rated >= scores * scores
    });
    heads && reviews && errors && ratings
}

fn groups_unique(document: &Value) -> bool {
    all_different(&column(list(document, "/groups"), "name"))
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

/// The shown summaries, the total's last.
fn summaries(document: &Value) -> Vec<&Value> {
    let groups = list(document, "/groups").iter().map(|group| &group["content"]);
    groups.chain([&document["total"]]).filter_map(|content| content.get("summary")).collect()
}

fn criteria(summary: &Value) -> Vec<&Value> {
    column(list(summary, "/criteria"), "criterion")
}

fn same_criteria(document: &Value) -> bool {
    let all = summaries(document);
    all.iter().all(|one| criteria(one) == criteria(all[0]) && all_different(&criteria(one)))
}

/// How many people a shown cell has.
fn rated(cell: &Value) -> Option<f64> {
    cell["cell"].get("people").map(number)
}

fn sum(items: &[Value]) -> f64 {
    items.iter().map(|one| number(&one["people"])).sum()
}

fn equal(one: f64, other: f64) -> bool {
    (one - other).abs() < 0.5
}

fn counts_add_up(document: &Value) -> bool {
    let bands = ["none", "one", "two", "three_to_four", "five_to_nine", "ten_or_more"].map(Value::from);
    let kinds = ["tool", "policy", "process", "information", "authority", "workload", "training", "other"];
    let kinds = kinds.map(Value::from);
    !same_criteria(document)
        || summaries(document).into_iter().all(|summary| {
            let (people, reviewed) = (number(&summary["people"]), number(&summary["reviewed"]));
            let reviews = list(summary, "/reviews");
            let cells = list(summary, "/criteria").iter().filter(|one| rated(one).is_some());
            column(reviews, "reviews") == bands.iter().collect::<Vec<_>>()
                && equal(sum(reviews), people)
                && equal(number(&reviews[0]["people"]) + reviewed, people)
                && column(list(summary, "/barriers"), "barrier") == kinds.iter().collect::<Vec<_>>()
                && cells.into_iter().all(|one| {
                    let levels = list(one, "/cell/levels");
                    counts_to(&column(levels, "level"), 5)
                        && equal(sum(levels), rated(one).unwrap())
                        && rated(one).unwrap() <= reviewed
                })
        })
}

fn reaches_threshold(document: &Value) -> bool {
    let threshold = number(&document["threshold"]);
    !same_criteria(document)
        || summaries(document).into_iter().all(|summary| {
            let mut cells = list(summary, "/criteria").iter().filter_map(rated);
            number(&summary["reviewed"]) >= threshold && cells.all(|people| people >= threshold)
        })
}

fn total_hides_groups(document: &Value) -> bool {
    let Some(total) = document["total"].get("summary").filter(|_| same_criteria(document)) else { return true };
    let threshold = number(&document["threshold"]);
    let groups: Vec<_> = list(document, "/groups").iter().map(|group| group["content"].get("summary")).collect();
    let hides = |whole: f64, parts: Vec<Option<f64>>| {
        let rest = whole - parts.iter().flatten().sum::<f64>();
        match parts.iter().filter(|part| part.is_none()).count() {
            0 => equal(rest, 0.0),
            1 => false,
            _ => rest >= threshold,
        }
    };
    let reviewed = groups.iter().map(|group| group.map(|one| number(&one["reviewed"]))).collect();
    hides(number(&total["reviewed"]), reviewed)
        && list(total, "/criteria").iter().enumerate().all(|(place, cell)| {
            let parts = groups.iter().map(|group| rated(&group.as_ref()?["criteria"][place])).collect();
            rated(cell).is_none_or(|whole| hides(whole, parts))
        })
}
