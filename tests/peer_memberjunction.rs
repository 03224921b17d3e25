//! MemberJunction's rubric scores, and what a rubric of ours gives for the same answers.

use service_excellence::framework::CriticalClass;
use service_excellence::scoring::presets::memberjunction::{
    Aggregation, Answer, Evaluation, Item, NotApplicable, Outcome, Policy, evaluate,
};
use service_excellence::{RubricCriterion, Scorer, Skill};

#[path = "common/short.rs"]
#[expect(dead_code, reason = "this test writes few values")]
mod short;

use short::{criterion, rated, rubric, score, share, worth, yes_no};

const LOW: Answer = Answer::Level(0.25);
const HIGH: Answer = Answer::Level(1.0);

const fn item(answer: Answer, weight: f64) -> Item {
    Item { answer, weight, gate: None, is_advisory: false }
}

const POLICY: Policy = Policy {
    aggregation: Aggregation::WeightedMean,
    not_applicable: NotApplicable::Redistribute,
    minimum_completeness: 0.0,
    threshold: None,
};

fn shown(evaluation: Option<Evaluation>) -> (String, String) {
    let evaluation = evaluation.map(|one| (one.score, one.completeness));
    let (score, completeness) = evaluation.unwrap_or((None, f64::NAN));
    (score.map_or("none".to_owned(), |score| score.to_string()), completeness.to_string())
}

fn pair(score: &str, completeness: &str) -> (String, String) {
    (score.to_owned(), completeness.to_owned())
}

#[test]
fn levels_of_0_25_and_1_with_weights_1_and_3_give_0_8125() {
    assert_eq!(shown(evaluate(&[item(LOW, 1.0), item(HIGH, 3.0)], POLICY)), pair("0.8125", "1"));
}

#[test]
fn weights_that_are_all_zero_fall_back_to_equal_ones() {
    assert_eq!(shown(evaluate(&[item(LOW, 0.0), item(HIGH, 0.0)], POLICY)), pair("0.625", "1"));
}

#[test]
fn not_applicable_is_redistributed_or_counts_as_zero() {
    let items = [item(HIGH, 1.0), item(Answer::NotApplicable, 1.0)];
    assert_eq!(shown(evaluate(&items, POLICY)), pair("1", "1"));
    let zero = Policy { not_applicable: NotApplicable::CountAsZero, ..POLICY };
    assert_eq!(shown(evaluate(&items, zero)), pair("0.5", "1"));
}

#[test]
fn an_unanswered_item_lowers_completeness_and_not_the_score() {
    let items = [item(HIGH, 1.0), item(Answer::Unanswered, 1.0)];
    assert_eq!(shown(evaluate(&items, POLICY)), pair("1", "0.5"));
}

#[test]
fn a_group_may_be_its_lowest_or_its_highest_item() {
    let items = [item(LOW, 1.0), item(HIGH, 1.0)];
    let by = |aggregation| shown(evaluate(&items, Policy { aggregation, ..POLICY })).0;
    assert_eq!([by(Aggregation::Minimum), by(Aggregation::Maximum)], ["0.25", "1"]);
}

#[test]
fn advisory_items_never_count() {
    let advisory = Item { is_advisory: true, ..item(LOW, 5.0) };
    assert_eq!(shown(evaluate(&[item(HIGH, 1.0), advisory], POLICY)), pair("1", "1"));
    assert_eq!(evaluate(&[advisory], POLICY), None);
}

#[test]
fn a_sum_that_is_0_8_on_paper_passes_a_threshold_and_a_gate_of_0_8() {
    let items = [item(HIGH, 0.1), item(Answer::Level(0.0), 0.2), item(HIGH, 0.7)];
    let evaluation = evaluate(&items, Policy { threshold: Some(0.8), ..POLICY }).unwrap();
    assert_eq!(evaluation.score.unwrap().to_string(), "0.7999999999999999", "what binary floating point gives");
    assert_eq!(evaluation.outcome, Outcome::Passed);
    let gate = Item { gate: Some(0.8), ..item(Answer::Level(evaluation.score.unwrap()), 1.0) };
    assert_eq!(evaluate(&[gate], POLICY).unwrap().outcome, Outcome::Scored);
}

#[test]
fn the_outcome_is_the_first_that_applies() {
    let strict =
        Policy { minimum_completeness: 0.5, not_applicable: NotApplicable::Fail, threshold: Some(0.5), ..POLICY };
    let outcome = |items: &[Item]| evaluate(items, strict).unwrap().outcome;
    let (open, skipped) = (item(Answer::Unanswered, 1.0), item(Answer::NotApplicable, 1.0));
    let gate = |answer| Item { gate: Some(0.5), ..item(answer, 1.0) };
    assert_eq!(outcome(&[open, open, skipped]), Outcome::Incomplete, "before the failure");
    assert_eq!(outcome(&[gate(LOW), skipped]), Outcome::NotApplicableFailure, "before the gate");
    assert_eq!(outcome(&[gate(LOW), item(HIGH, 9.0)]), Outcome::GateFailed, "before the threshold");
    assert_eq!(outcome(&[gate(Answer::Unanswered), item(HIGH, 1.0)]), Outcome::GateFailed);
    assert_eq!(outcome(&[item(LOW, 1.0)]), Outcome::BelowThreshold);
    assert_eq!(outcome(&[item(HIGH, 1.0)]), Outcome::Passed);
    assert_eq!(evaluate(&[item(LOW, 1.0)], POLICY).unwrap().outcome, Outcome::Scored);
    assert_eq!(evaluate(&[skipped], POLICY).unwrap().outcome, Outcome::Incomplete, "no score");
}

#[test]
fn a_gate_that_is_not_applicable_passes_there() {
    let dodged = Item { gate: Some(0.5), ..item(Answer::NotApplicable, 1.0) };
    assert_eq!(evaluate(&[dodged, item(HIGH, 1.0)], POLICY).unwrap().outcome, Outcome::Scored);
}

#[test]
fn nothing_or_no_number_gives_no_evaluation() {
    assert_eq!(evaluate(&[], POLICY), None);
    assert_eq!(evaluate(&[item(Answer::Level(f64::NAN), 1.0)], POLICY), None);
    assert_eq!(evaluate(&[item(HIGH, f64::INFINITY)], POLICY), None);
}

#[test]
fn ours_gives_the_same_mean_exactly() {
    let rubric = rubric()
        .criterion(worth(criterion("a", Skill::Empathy, 1), &[0.25, 1.0]))
        .criterion(worth(criterion("b", Skill::Empathy, 3), &[0.25, 1.0]))
        .build()
        .unwrap();
    let found = Scorer::new(&rubric).score_row(&[rated(1), rated(2)]).unwrap();
    assert_eq!(found.overall().score(), Some(score(0.8125)));
    let unanswered = [rated(1), service_excellence::assessment::Answer::NotObserved];
    let found = Scorer::new(&rubric).score_row(&unanswered).unwrap().overall();
    assert_eq!((found.score(), found.coverage()), (Some(score(0.25)), share(0.25)), "coverage goes by weight");
}

#[test]
fn ours_refuses_not_applicable_on_a_critical_item_unless_allowed_in_writing() {
    let critical = yes_no("a", Skill::Empathy, 1).critical(CriticalClass::Business);
    let scorer = Scorer::new(&rubric().criterion(critical.clone()).build().unwrap());
    assert!(scorer.score_row(&[service_excellence::assessment::Answer::NotApplicable]).is_err());
    let policy = service_excellence::rubric::NotApplicablePolicy::Exclude;
    let silent = RubricCriterion { not_applicable: policy, ..critical };
    assert!(rubric().criterion(silent).build().is_err());
}
