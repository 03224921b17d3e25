//! Canvas' rollups of outcome results, and our aggregations on the same numbers.

use service_excellence::profile::{Aggregation, Observation};
use service_excellence::scoring::presets::canvas::{
    Attempt, average, highest, in_order, latest, n_mastery, standard_decaying_average, weighted_average,
};
use service_excellence::{Day, RaterKind, Score, Share};

const UP: [f64; 5] = [1.0, 2.0, 3.0, 4.0, 5.0];

fn shown(score: Option<f64>) -> String {
    score.map_or("none".to_owned(), |score| score.to_string())
}

#[test]
fn the_rollups_of_1_to_5() {
    assert_eq!(shown(highest(&UP)), "5");
    assert_eq!(shown(average(&UP)), "3");
    assert_eq!(shown(weighted_average(&UP, 65)), "4.13", "4.125");
    assert_eq!(shown(standard_decaying_average(&UP, 65)), "4.47", "4.46961875");
    assert_eq!(shown(n_mastery(&UP, 3, 3.0)), "4");
    assert_eq!(shown(n_mastery(&UP, 4, 3.0)), "none");
}

#[test]
fn the_newest_is_what_was_handed_in_last() {
    let at = |score, day| Attempt { score: Some(score), submitted: Some(day), assessed: 100 - day };
    let unordered = [at(3.0, 5), at(1.0, 1), at(5.0, 4), at(2.0, 2), at(4.0, 3)];
    assert_eq!(in_order(&unordered), [1.0, 2.0, 4.0, 5.0, 3.0]);
    assert_eq!(shown(latest(&in_order(&unordered))), "3");
    let without_time = Attempt { score: Some(1.0), submitted: None, assessed: 6 };
    let without_score = Attempt { score: None, submitted: Some(9), assessed: 9 };
    assert_eq!(shown(latest(&in_order(&[unordered[0], without_time, without_score]))), "1", "judged on day 6");
}

#[test]
fn the_averages_of_2_3_4() {
    let scores = [2.0, 3.0, 4.0];
    assert_eq!(shown(weighted_average(&scores, 65)), "3.48", "3.475");
    assert_eq!(shown(standard_decaying_average(&scores, 65)), "3.53", "3.5275");
    let gap = Attempt { score: None, submitted: Some(2), assessed: 2 };
    let at = |score, day| Attempt { score: Some(score), submitted: Some(day), assessed: day };
    let with_gap = in_order(&[at(2.0, 1), gap, at(3.0, 3), at(4.0, 4)]);
    assert_eq!(shown(standard_decaying_average(&with_gap, 65)), "3.53");
}

#[test]
fn single_scores_and_other_weights() {
    assert_eq!(shown(weighted_average(&[2.123], 65)), "2.12");
    assert_eq!(shown(weighted_average(&[3.0, 1.0, 5.0, 4.0], 75)), "3.75");
    assert_eq!(shown(weighted_average(&[2.0, 3.0], 65)), "2.65");
}

#[test]
fn mastery_needs_its_number_of_scores_at_the_threshold() {
    let cases: [(&[f64], &str); 5] = [
        (&[3.0, 1.0], "none"),
        (&[3.0, 1.0, 2.0], "none"),
        (&[4.0, 5.0, 1.0, 3.0, 2.0, 3.0], "3.75"),
        (&[4.0, 5.0, 1.0, 3.0, 3.0], "3.75"),
        (&[3.0, 4.0, 3.0], "3.33"),
    ];
    for (scores, expected) in cases {
        assert_eq!(shown(n_mastery(scores, 3, 3.0)), expected, "{scores:?}");
    }
    assert_eq!(shown(n_mastery(&[1.0, 2.0], 1, 3.0)), "none");
    assert_eq!(shown(n_mastery(&[1.0, 2.0, 3.0], 1, 3.0)), "3");
    assert_eq!(shown(n_mastery(&[1.0, 2.0, 3.0, 4.0], 1, 3.0)), "3.5");
}

#[test]
fn the_order_decides_a_running_value() {
    assert_eq!(shown(standard_decaying_average(&[5.0, 1.0], 65)), "2.4");
    assert_eq!(shown(standard_decaying_average(&[1.0, 5.0], 65)), "3.6");
}

#[test]
fn without_scores_or_with_other_options_there_is_no_result() {
    assert_eq!([highest(&[]), latest(&[]), average(&[])], [None; 3]);
    assert_eq!([weighted_average(&[], 65), weighted_average(&UP, 0), weighted_average(&UP, 100)], [None; 3]);
    assert_eq!([standard_decaying_average(&[], 65), standard_decaying_average(&UP, 49)], [None; 2]);
    assert_eq!([n_mastery(&UP, 0, 3.0), n_mastery(&UP, 11, 0.0), average(&[f64::NAN])], [None; 3]);
}

#[test]
fn ours_gives_the_same_before_two_decimals_are_cut() {
    let first: Day = "2026-03-02".parse().unwrap();
    let seen: Vec<Observation> = (0..5)
        .map(|day| Observation {
            points: Score::try_from(f64::from(day) / 4.0).unwrap(),
            observed: first.plus_days(day),
            by: RaterKind::QualityReviewer,
        })
        .collect();
    let share: Share = 0.65.try_into().unwrap();
    let level = |aggregation: Aggregation| aggregation.of(&seen).map(|score| score.on_level_scale(4));
    assert_eq!(level(Aggregation::Weighted { share }).as_deref(), Some("4.1250"));
    assert_eq!(level(Aggregation::Decaying { share }).as_deref(), Some("4.4696"));
    let threshold = Score::try_from(0.5).unwrap();
    let mastery = |needed: u16| level(Aggregation::Mastery { needed: needed.try_into().unwrap(), threshold });
    assert_eq!((mastery(3).as_deref(), mastery(4)), (Some("4.0000"), None));
}
