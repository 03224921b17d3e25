//! Random tables with gaps, uneven scales and prevailing categories, and what other programs make of them.
//!
//! `peers_of_agreement.json` holds outputs, to twelve digits, of the Python packages krippendorff 0.9.0 (GPL-3), irrCAC
//! 0.4.4, scikit-learn 1.9.1 and statsmodels 0.15.0 (BSD) and SciPy 1.12.0 (BSD); programs are run and not copied. A row
//! is a subject, a digit the position of the rater's category, a point is missing. Tables in one category are not among
//! them, since the programs differ there: here they are undefined.

use std::collections::BTreeMap;

use serde_json::Value;
use service_excellence::statistics::{
    AlphaMetric, Categories, Coefficient, ConfidenceLevel, RatingTable, SparseRatingTable, Undefined, Weights,
    brennan_prediger, cohen_kappa, conger_kappa, fleiss_kappa, gwet_ac, kendall_w, krippendorff_alpha, light_kappa,
};

use crate::assert_near;

const CONFIDENCE: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;
const TOLERANCE: f64 = 1e-9;

fn table(case: &Value) -> SparseRatingTable {
    let values: Vec<f64> = case["categories"].as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect();
    let rows: Vec<&str> = case["rows"].as_array().unwrap().iter().map(|row| row.as_str().unwrap()).collect();
    let code = |letter: u8| if letter == b'.' { SparseRatingTable::MISSING } else { letter - b'0' };
    let codes = rows.iter().flat_map(|row| row.bytes()).map(code).collect();
    SparseRatingTable::from_codes(Categories::with_values(&values).unwrap(), rows[0].len(), codes).unwrap()
}

/// The packages weigh by value, or by position where they know no values.
fn weights(name: &str, on_values: bool) -> Weights {
    match (name, on_values) {
        ("identity", _) => Weights::identity(),
        ("ordinal", _) => Weights::gwet_ordinal(),
        ("linear", true) => Weights::linear_on_values(),
        ("linear", false) => Weights::linear(),
        ("quadratic", true) => Weights::quadratic_on_values(),
        ("quadratic", false) => Weights::quadratic(),
        _ => panic!("{name}"),
    }
}

fn metric(name: &str) -> AlphaMetric {
    match name {
        "nominal" => AlphaMetric::Nominal,
        "ordinal" => AlphaMetric::Ordinal,
        "interval" => AlphaMetric::Interval,
        "ratio" => AlphaMetric::Ratio,
        _ => panic!("{name}"),
    }
}

fn by_irr_cac(table: &SparseRatingTable, name: &str, weights: &Weights) -> Result<Coefficient, Undefined> {
    match name {
        "gwet" => gwet_ac(table, weights, CONFIDENCE),
        "fleiss" => fleiss_kappa(table, weights, CONFIDENCE),
        "bp" => brennan_prediger(table, weights, CONFIDENCE),
        "conger" => conger_kappa(table, weights, CONFIDENCE),
        _ => panic!("{name}"),
    }
}

fn check(table: &SparseRatingTable, statistic: &str, expected: &Value) {
    let words: Vec<&str> = statistic.split(' ').collect();
    let pair = || table.pair(0, 1);
    let complete = || RatingTable::try_from(table.clone()).unwrap();
    let found = match words.as_slice() {
        ["krippendorff", "alpha", name] => krippendorff_alpha(table, &metric(name)).unwrap().value(),
        ["irrCAC", name, of] => {
            let coefficient = by_irr_cac(table, name, &weights(of, true)).unwrap();
            assert_near(coefficient.standard_error().unwrap(), expected[1].as_f64().unwrap(), TOLERANCE);
            assert_near(coefficient.value(), expected[0].as_f64().unwrap(), TOLERANCE);
            return;
        }
        ["sklearn", "cohen", of] => cohen_kappa(&pair(), &weights(of, false), CONFIDENCE).unwrap().value(),
        ["statsmodels", "cohen", "error", of] => {
            cohen_kappa(&pair(), &weights(of, false), CONFIDENCE).unwrap().standard_error().unwrap()
        }
        ["sklearn", "light"] => light_kappa(&complete(), &Weights::identity()).unwrap().value(),
        ["scipy", "kendall"] => kendall_w(&complete()).unwrap().w(),
        _ => panic!("{statistic}"),
    };
    assert_near(found, expected.as_f64().unwrap(), TOLERANCE);
}

#[test]
fn other_programs_compute_the_same() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("peers_of_agreement.json")).unwrap();
    let mut checked: BTreeMap<String, usize> = BTreeMap::new();
    for case in &cases {
        let table = table(case);
        for (statistic, expected) in case["expected"].as_object().unwrap() {
            check(&table, statistic, expected);
            *checked.entry(statistic.clone()).or_default() += 1;
        }
    }
    assert_eq!((cases.len(), checked.len()), (60, 28));
    assert!(checked.values().all(|count| *count >= 15), "{checked:?}");
}
