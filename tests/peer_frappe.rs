//! Frappe HR's appraisal scores, and what a rubric of ours gives where a part is missing.

use service_excellence::assessment::Answer;
use service_excellence::scoring::presets::frappe::{
    Weighted, feedback_score, final_score, goal_score, goal_tree_score, self_score,
};
use service_excellence::{Scorer, Skill};

#[path = "common/short.rs"]
#[expect(dead_code, reason = "this test writes few values")]
mod short;

use short::{criterion, rated, rubric, share, worth};

const fn at(value: f64, percent: f64) -> Weighted {
    Weighted { value, percent }
}

fn shown(number: Option<f64>) -> String {
    number.map_or("none".to_owned(), |number| number.to_string())
}

fn goals() -> Option<f64> {
    goal_score(&[at(5.0, 30.0), at(3.0, 70.0)])
}

#[test]
fn goals_of_5_at_30_and_3_at_70_percent_give_3_6() {
    assert_eq!(shown(goals()), "3.6");
}

#[test]
fn a_self_appraisal_of_0_8_at_70_and_0_7_at_30_percent_gives_3_85() {
    assert_eq!(shown(self_score(&[at(0.8, 70.0), at(0.7, 30.0)])), "3.85");
}

#[test]
fn the_final_score_is_the_mean_of_the_three_parts() {
    let own = self_score(&[at(0.8, 70.0), at(0.7, 30.0)]);
    let feedback = feedback_score(&[3.85]);
    assert_eq!(shown(feedback), "3.85");
    assert_eq!(shown(final_score(goals(), own, feedback)), "3.767");
}

#[test]
fn a_missing_part_counts_as_zero_there() {
    assert_eq!(shown(final_score(goals(), None, None)), "1.2");
}

#[test]
fn a_tree_of_goals_at_38_75_percent_gives_1_938_and_0_646_in_the_end() {
    let tree = goal_tree_score(&[at(12.5, 30.0), at(50.0, 70.0)]);
    assert_eq!(shown(tree), "1.938", "38.75 / 20 = 1.9375");
    assert_eq!(shown(final_score(tree, None, None)), "0.646");
}

#[test]
fn weights_sum_to_100_percent() {
    assert_eq!(goal_score(&[at(5.0, 30.0), at(3.0, 60.0)]), None);
    assert_eq!(shown(goal_score(&[at(3.0, 33.33), at(3.0, 33.33), at(3.0, 33.34)])), "3");
    assert_eq!((goal_score(&[]), feedback_score(&[])), (None, None));
    assert_eq!(goal_score(&[at(f64::NAN, 100.0)]), None);
}

#[test]
fn ours_returns_3_6_with_a_lower_coverage_when_parts_are_missing() {
    // 3.6 of 5 is a score of 0.72.
    let part = |name, skill| worth(criterion(name, skill, 1), &[0.0, 0.72, 1.0]);
    let rubric = rubric()
        .criterion(part("goals", Skill::Empathy))
        .criterion(part("own_view", Skill::CommunicationMastery))
        .criterion(part("feedback", Skill::TechSavviness))
        .build()
        .unwrap();
    let row = [rated(2), Answer::NotObserved, Answer::NotObserved];
    let overall = Scorer::new(&rubric).score_row(&row).unwrap().overall();
    assert_eq!(format!("{:.1}", 5.0 * overall.score().unwrap().to_f64()), "3.6");
    assert_eq!(overall.coverage(), share(0.333_333));
}

#[test]
fn ours_gives_the_same_goals_and_self_appraisal_exactly() {
    let goals = rubric()
        .criterion(worth(criterion("first", Skill::Empathy, 30), &[0.6, 1.0]))
        .criterion(worth(criterion("second", Skill::Empathy, 70), &[0.6, 1.0]))
        .build()
        .unwrap();
    let score = Scorer::new(&goals).score_row(&[rated(2), rated(1)]).unwrap().overall().score();
    assert_eq!(score, Some(short::score(0.72)), "3.6 of 5");
    let own = rubric()
        .criterion(worth(criterion("first", Skill::Empathy, 70), &[0.7, 0.8]))
        .criterion(worth(criterion("second", Skill::Empathy, 30), &[0.7, 0.8]))
        .build()
        .unwrap();
    let score = Scorer::new(&own).score_row(&[rated(2), rated(1)]).unwrap().overall().score();
    assert_eq!(score, Some(short::score(0.77)), "3.85 of 5");
}
