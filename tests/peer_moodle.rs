//! Moodle's rubric and guide grades, and what a rubric of ours gives for the same picks.

use service_excellence::presets::moodle::{Criterion, GradeRange, grade, grade_with_locked_zero};
use service_excellence::{Scorer, Skill};

#[path = "common/short.rs"]
#[expect(dead_code, reason = "this test writes few values")]
mod short;

use short::{criterion, on_steps, rated, rubric};

const fn picked(lowest: f64, highest: f64, pick: f64) -> Criterion {
    Criterion { lowest, highest, picked: Some(pick) }
}

const fn out_of(highest: f64) -> GradeRange {
    GradeRange { lowest: 0.0, highest, has_decimals: true }
}

fn shown(grade: Option<f64>) -> String {
    grade.map_or("none".to_owned(), |grade| format!("{grade:.3}"))
}

#[test]
fn picks_of_0_and_2_of_2_give_1_out_of_2() {
    let criteria = [picked(0.0, 2.0, 0.0), picked(0.0, 2.0, 2.0)];
    assert_eq!(shown(grade(&criteria, out_of(2.0))), "1.000");
    assert_eq!(shown(grade_with_locked_zero(&criteria, out_of(2.0))), "1.000");
}

#[test]
fn six_of_18_out_of_100_is_33_without_decimals() {
    let whole = GradeRange { has_decimals: false, ..out_of(100.0) };
    assert_eq!(shown(grade(&[picked(0.0, 18.0, 6.0)], whole)), "33.000");
    assert_eq!(shown(grade_with_locked_zero(&[picked(0.0, 18.0, 6.0)], whole)), "33.000");
    assert_eq!(shown(grade(&[picked(0.0, 18.0, 6.0)], out_of(100.0))), "33.333", "with decimals");
}

#[test]
fn the_lowest_levels_are_worth_nothing_unless_zero_is_locked() {
    let both = |pick| [picked(1.0, 3.0, pick), picked(1.0, 3.0, pick)];
    let grades =
        |pick| [grade(&both(pick), out_of(100.0)), grade_with_locked_zero(&both(pick), out_of(100.0))].map(shown);
    assert_eq!(grades(1.0), ["0.000", "33.333"]);
    assert_eq!(grades(2.0), ["50.000", "66.667"]);
}

#[test]
fn a_grade_stands_above_the_lowest_grade() {
    let range = GradeRange { lowest: 1.0, highest: 5.0, has_decimals: true };
    assert_eq!(shown(grade(&[picked(1.0, 3.0, 2.0)], range)), "3.000");
    assert_eq!(shown(grade_with_locked_zero(&[picked(0.0, 3.0, 0.0)], range)), "1.000");
}

#[test]
fn without_a_level_or_a_span_there_is_no_grade() {
    let open = Criterion { picked: None, ..picked(0.0, 2.0, 0.0) };
    for criteria in [vec![open], vec![picked(2.0, 2.0, 2.0)], Vec::new()] {
        assert_eq!(grade(&criteria, out_of(100.0)), None);
        assert_eq!(grade_with_locked_zero(&criteria, out_of(100.0)), None);
    }
    assert_eq!(grade(&[picked(0.0, 2.0, f64::NAN)], out_of(100.0)), None);
}

#[test]
fn our_rubric_gives_the_same_share_as_the_unlocked_grade() {
    let rubric = rubric()
        .criterion(on_steps(criterion("a", Skill::Empathy, 1), 3))
        .criterion(on_steps(criterion("b", Skill::Empathy, 1), 3))
        .build()
        .unwrap();
    let percent =
        |step| Scorer::new(&rubric).score_row(&[rated(step); 2]).unwrap().overall().score().unwrap().percent(3);
    assert_eq!([percent(1), percent(2)], ["0.000", "50.000"]);
}
