//! Genesys' evaluation scores, and what a rubric of ours gives for the same answers.

use service_excellence::assessment::Answer;
use service_excellence::scoring::presets::genesys::{Group, Question, effective_shares, evaluate};
use service_excellence::{RubricBuilder, Scorer, Skill};

#[path = "common/short.rs"]
#[expect(dead_code, reason = "this test writes few values")]
mod short;

use short::{rated, rubric, two_weights, yes_no};

const fn one_point(points: Option<f64>) -> Question {
    Question { points, possible: 1.0, is_critical: false, is_kill: false }
}

/// A group of weight 40 with two items, one of weight 20 with one.
fn groups(first: Option<f64>, second: Option<f64>, third: Option<f64>) -> [Group; 2] {
    [
        Group { weight: 40.0, questions: vec![one_point(first), one_point(second)] },
        Group { weight: 20.0, questions: vec![one_point(third)] },
    ]
}

fn percent(score: Option<f64>) -> String {
    score.map_or("none".to_owned(), |score| format!("{:.2}", 100.0 * score))
}

#[test]
fn the_weight_of_a_group_multiplies_its_points() {
    let evaluation = evaluate(&groups(Some(1.0), Some(0.0), Some(1.0)));
    assert_eq!(percent(evaluation.total), "60.00", "(40 + 20) / (80 + 20)");
    assert_eq!(evaluation.groups.iter().map(|score| percent(*score)).collect::<Vec<_>>(), ["50.00", "100.00"]);
}

#[test]
fn a_question_or_group_that_is_not_applicable_leaves_both_sums() {
    assert_eq!(percent(evaluate(&groups(Some(1.0), None, Some(1.0))).total), "100.00");
    let evaluation = evaluate(&groups(Some(1.0), Some(0.0), None));
    assert_eq!(percent(evaluation.total), "50.00", "40 / 80");
    assert_eq!(evaluation.groups[1], None);
    assert_eq!(evaluate(&groups(None, None, None)).total, None);
    assert_eq!(evaluate(&[]).total, None);
}

#[test]
fn the_real_share_of_the_first_group_is_80_percent_not_two_thirds() {
    let shares = effective_shares(&groups(None, None, None)).unwrap();
    assert_eq!(shares.iter().map(|share| percent(Some(*share))).collect::<Vec<_>>(), ["80.00", "20.00"]);
}

#[test]
fn critical_and_other_questions_have_scores_of_their_own() {
    let mut groups = groups(Some(1.0), Some(0.0), Some(1.0));
    groups[0].questions[0].is_critical = true;
    groups[1].questions[0].is_critical = true;
    let evaluation = evaluate(&groups);
    assert_eq!(percent(evaluation.critical), "100.00", "2 of 2 critical points");
    assert_eq!(percent(evaluation.non_critical), "0.00");
    assert!(!evaluation.is_failed);
}

#[test]
fn a_failed_kill_question_fails_the_evaluation() {
    let failed = |points| {
        let mut groups = groups(points, Some(1.0), Some(1.0));
        groups[0].questions[0].is_kill = true;
        evaluate(&groups).is_failed
    };
    assert!(failed(Some(0.0)));
    assert!(!failed(Some(1.0)));
    assert!(!failed(None), "not applicable is not a failure");
}

#[test]
fn ours_gives_a_group_the_share_that_its_weight_states() {
    let by_skill = rubric()
        .criterion(yes_no("first", Skill::Empathy, 1))
        .criterion(yes_no("second", Skill::Empathy, 1))
        .criterion(yes_no("third", Skill::CommunicationMastery, 1))
        .skill_weights(two_weights(40, 20));
    assert_eq!(overall(by_skill, [rated(2), rated(1), rated(2)]), "66.67");
}

#[test]
fn ours_reproduces_all_three_numbers_with_the_multiplied_weights_in_one_flat_sum() {
    let flat = || {
        rubric()
            .criterion(yes_no("first", Skill::Empathy, 40))
            .criterion(yes_no("second", Skill::Empathy, 40))
            .criterion(yes_no("third", Skill::CommunicationMastery, 20))
            .flat()
    };
    assert_eq!(overall(flat(), [rated(2), rated(1), rated(2)]), "60.00");
    assert_eq!(overall(flat(), [rated(2), Answer::NotApplicable, rated(2)]), "100.00");
    assert_eq!(overall(flat(), [rated(2), rated(1), Answer::NotApplicable]), "50.00");
    let share = |key: &str| flat().build().unwrap().effective_share(key).unwrap().percent(0);
    assert_eq!(["first", "second", "third"].map(share), ["40", "40", "20"], "80 percent for the first group");
}

#[expect(clippy::unwrap_used, reason = "a test helper works on valid values")]
fn overall(rubric: RubricBuilder, row: [Answer; 3]) -> String {
    let scorer = Scorer::new(&rubric.build().unwrap());
    scorer.score_row(&row).unwrap().overall().score().unwrap().percent(2)
}
