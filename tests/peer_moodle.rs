//! Moodle's rubric and guide grades and its points rule, and what a rubric of ours gives for the same picks.

use service_excellence::scoring::presets::moodle::{
    Child, Criterion, GradeRange, grade, grade_with_locked_zero, is_points_rule, meets_all_rule, meets_points_rule,
};
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

const fn child(competency: u32, points: i32, is_required: bool, is_proficient: Option<bool>) -> Child {
    Child { competency, points, is_required, is_proficient }
}

const A: Child = child(1, 4, false, Some(true));
const B: Child = child(2, 4, false, Some(true));
const C: Child = child(3, 4, false, Some(false));
const D: Child = child(4, 4, false, None);

const fn required(child: Child) -> Child {
    Child { is_required: true, ..child }
}

#[test]
fn points_count_where_the_person_is_proficient_and_required_children_must_be() {
    assert!(meets_points_rule(&[A, B], 8));
    assert!(!meets_points_rule(&[A, C], 8));
    assert!(!meets_points_rule(&[A, B, required(C)], 8), "the points suffice, the required one is missing");
    assert!(!meets_points_rule(&[required(B), required(D)], 4));
}

#[test]
fn all_of_nothing_is_not_met() {
    assert!(meets_all_rule(&[A, B]) && !meets_all_rule(&[A, C]) && !meets_all_rule(&[A, D]));
    assert!(!meets_all_rule(&[]));
}

#[test]
fn a_points_rule_that_cannot_be_right_is_refused() {
    let is_taken = |children: &[Child], needed| is_points_rule(9, &[1, 2, 3, 9], children, needed);
    assert!(is_taken(&[A, B], 8) && is_taken(&[A, B], 1));
    assert!(!is_taken(&[A, B], 0), "nothing needed");
    assert!(!is_taken(&[A, B], 9), "more than there is");
    assert!(!is_taken(&[A, A], 4), "twice the same");
    assert!(!is_taken(&[A, child(9, 4, false, None)], 4), "itself");
    assert!(!is_taken(&[A, child(2, -1, false, None)], 1), "negative points");
    assert!(!is_taken(&[], 1), "no child");
    assert!(!is_taken(&[A, D], 4), "not a child of it");
}
