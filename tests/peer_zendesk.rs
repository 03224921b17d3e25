//! Zendesk QA's scores, and what a rubric of ours gives for the same ratings.

use service_excellence::framework::CriticalClass;
use service_excellence::scoring::Outcome;
use service_excellence::scoring::presets::zendesk::{Category, internal_quality_score, migrated_weight, review, scale};
use service_excellence::{RubricCriterion, Scorer, Skill};

#[path = "common/short.rs"]
#[expect(dead_code, reason = "this test writes few values")]
mod short;

use short::{criterion, key, on_steps, rated, rubric, score};

const fn category(pick: f64, weight: f64, is_critical: bool) -> Category {
    Category { pick: Some(pick), lowest: 1.0, highest: 3.0, weight, is_critical }
}

#[test]
fn the_steps_of_a_scale_are_spread_evenly_and_cut_off_after_one_decimal() {
    let shown = |steps| scale(steps).unwrap().iter().map(f64::to_string).collect::<Vec<_>>();
    assert_eq!(shown(3), ["0", "50", "100"]);
    assert_eq!(shown(4), ["0", "33.3", "66.6", "100"]);
    assert_eq!(shown(5), ["0", "25", "50", "75", "100"]);
    assert_eq!((scale(0), scale(1)), (None, None));
}

#[test]
fn a_review_is_the_weighted_mean_of_its_rated_categories() {
    let unrated = Category { pick: None, ..category(1.0, 5.0, false) };
    let found = review(&[category(3.0, 3.0, false), category(1.0, 1.0, false), unrated]);
    assert_eq!(found.map(|score| score.to_string()).unwrap(), "0.75");
    assert_eq!((review(&[unrated]), review(&[])), (None, None));
}

#[test]
fn a_critical_category_below_one_half_makes_the_review_0() {
    let with = |pick| review(&[category(pick, 1.0, true), category(3.0, 3.0, false)]).unwrap().to_string();
    assert_eq!(with(1.0), "0");
    assert_eq!(with(2.0), "0.875", "the middle of three steps is one half, and does not trip the rule");
}

#[test]
fn the_internal_quality_score_is_the_mean_of_reviews() {
    let mean = internal_quality_score(&[100.0, 9.91, 63.96, 90.99, 0.0]).unwrap();
    assert_eq!(mean.to_string(), "52.97", "52.972 rounded");
    assert_eq!(internal_quality_score(&[]), None);
}

#[test]
fn a_migrated_weight_of_67_5_percent_became_68() {
    assert_eq!(migrated_weight(1.35, 2.0).unwrap().to_string(), "68");
    assert_eq!(migrated_weight(1.35, 0.0), None);
}

fn critical_row(name: &str) -> RubricCriterion {
    let row = on_steps(criterion(name, Skill::Empathy, 1), 3).critical(CriticalClass::Customer);
    RubricCriterion { fails_at_or_below: short::step(2), ..row }
}

#[test]
fn ours_leaves_the_number_and_raises_a_concern() {
    let rubric = rubric()
        .criterion(on_steps(criterion("a", Skill::Empathy, 1), 3))
        .criterion(on_steps(criterion("b", Skill::Empathy, 3), 3))
        .critical(&key("a"), CriticalClass::Customer)
        .build()
        .unwrap();
    let found = Scorer::new(&rubric).score_row(&[rated(1), rated(3)]).unwrap();
    assert_eq!(found.overall().score(), Some(score(0.75)));
    assert_eq!(found.outcome(), Outcome::CriticalConcern);
}

#[test]
fn ours_names_the_step_that_fails_so_that_the_middle_of_three_can() {
    let rubric = rubric().criterion(critical_row("a")).build().unwrap();
    let assessment = short::assess(&rubric, &[rated(2)], service_excellence::framework::Basis::WorkRecord);
    assert!(!Scorer::new(&rubric).score(&assessment).unwrap().accuracy().customer);
}

#[test]
fn ours_keeps_weights_as_they_are_so_that_1_35_of_2_stays_67_5_percent() {
    let rubric = rubric()
        .criterion(criterion("a", Skill::Empathy, 675))
        .criterion(criterion("b", Skill::Empathy, 325))
        .build()
        .unwrap();
    assert_eq!(rubric.effective_share("a").unwrap().percent(1), "67.5");
}
