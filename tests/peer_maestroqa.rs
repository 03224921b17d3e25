//! MaestroQA's grader alignment, and what our scores say of the same two raters.

use service_excellence::assessment::Answer;
use service_excellence::scoring::presets::maestroqa::{Criterion, rubric_alignment};
use service_excellence::{Scorer, Skill};

#[path = "common/short.rs"]
#[expect(dead_code, reason = "this test writes few values")]
mod short;

use short::{criterion, rated, rubric};

const fn rows(rater: f64, reference: f64, possible: f64) -> Criterion {
    Criterion { rater, reference, possible }
}

fn shown(number: Option<f64>) -> String {
    number.map_or("none".to_owned(), |number| format!("{number:.4}"))
}

#[test]
fn ten_against_7_of_15_are_aligned_by_0_80() {
    assert_eq!(shown(rows(10.0, 7.0, 15.0).alignment()), "0.8000");
    assert_eq!(shown(rows(7.0, 10.0, 15.0).alignment()), "0.8000", "either way round");
}

#[test]
fn in_a_rubric_of_80_points_they_contribute_0_15() {
    // The other 65 points are as far apart as can be and contribute nothing.
    assert_eq!(shown(rubric_alignment(&[rows(10.0, 7.0, 15.0), rows(65.0, 0.0, 65.0)])), "0.1500");
}

#[test]
fn the_same_total_with_different_picks_is_not_full_alignment() {
    let criteria = [rows(10.0, 6.0, 10.0), rows(6.0, 10.0, 10.0)];
    let total = |points: fn(&Criterion) -> f64| criteria.iter().map(points).sum::<f64>() / 20.0;
    assert_eq!([total(|one| one.rater), total(|one| one.reference)].map(|one| one.to_string()), ["0.8", "0.8"]);
    assert_eq!(shown(rubric_alignment(&criteria)), "0.6000");
}

#[test]
fn without_possible_points_there_is_no_alignment() {
    assert_eq!(rows(1.0, 1.0, 0.0).alignment(), None);
    assert_eq!(rubric_alignment(&[]), None);
    assert_eq!(rubric_alignment(&[rows(f64::NAN, 1.0, 2.0)]), None);
}

#[test]
fn ours_too_gives_one_total_for_different_picks_and_shows_them_apart_in_the_trace() {
    let rubric = rubric()
        .criterion(criterion("a", Skill::Empathy, 1))
        .criterion(criterion("b", Skill::Empathy, 1))
        .build()
        .unwrap();
    let card = |row: [Answer; 2]| {
        let assessment = short::assess(&rubric, &row, service_excellence::framework::Basis::WorkRecord);
        Scorer::new(&rubric).score(&assessment).unwrap()
    };
    let (one, two) = (card([rated(5), rated(3)]), card([rated(3), rated(5)]));
    assert_eq!(one.overall(), two.overall(), "a total says nothing about agreement");
    assert_ne!(one.contributions(), two.contributions());
}
