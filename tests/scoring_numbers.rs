//! The numbers of the scoring rules, each as a test that is named after what it claims.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "test helpers work on valid values")]

use service_excellence::assessment::{Answer, Evidence, EvidenceKind};
use service_excellence::framework::{Basis, CriticalClass};
use service_excellence::rubric::{
    ChangeKind, Condition, CriterionWeight, CriticalRule, Effect, NotApplicablePolicy, Target,
};
use service_excellence::scoring::{AdjustmentKind, AnswerKind, Outcome, PolicyVersion, RowScore, RuleStatus};
use service_excellence::value::{StepCount, Weight};
use service_excellence::{
    AssessmentBuilder, Framework, Level, OverallScore, Rater, RaterKind, Rubric, RubricBuilder, RubricCriterion,
    RubricDiff, Score, Scorer, Share, Skill, SkillScore,
};

#[path = "common/short.rs"]
mod short;

use short::{assess, criterion, key, on_steps, rated, rubric, score, share, step, two_weights, weight, worth, yes_no};

const EMPATHY: Skill = Skill::Empathy;
const NOT_APPLICABLE: Answer = Answer::NotApplicable;
const NOT_OBSERVED: Answer = Answer::NotObserved;

fn score_row(rubric: RubricBuilder, row: &[Answer]) -> RowScore {
    Scorer::new(&rubric.build().unwrap()).score_row(row).unwrap()
}

fn empathy(rubric: RubricBuilder, row: &[Answer]) -> SkillScore {
    score_row(rubric, row).skills()[EMPATHY]
}

/// Three yes-or-no rows of empathy with the given weights.
fn three(weights: [u16; 3]) -> RubricBuilder {
    ["a", "b", "c"]
        .iter()
        .zip(weights)
        .fold(rubric(), |rubric, (name, weight)| rubric.criterion(yes_no(name, EMPATHY, weight)))
}

#[test]
fn weights_1_2_7_with_points_1_0_1_give_exactly_0_8_and_pass_a_threshold_of_0_8() {
    let found = score_row(three([1, 2, 7]).threshold(score(0.8)), &[rated(2), rated(1), rated(2)]);
    assert_eq!(found.skills()[EMPATHY].score(), Some(score(0.8)));
    assert_eq!(found.outcome(), Outcome::Passed);
    let binary: f64 = 0.1 * 1.0 + 0.2 * 0.0 + 0.7 * 1.0;
    assert!(binary < 0.8, "binary floating point gives {binary} and fails");
}

#[test]
fn one_millionth_below_the_threshold_does_not_pass() {
    let found = score_row(three([1, 2, 7]).threshold(score(0.800_001)), &[rated(2), rated(1), rated(2)]);
    assert_eq!(found.outcome(), Outcome::BelowThreshold);
}

#[test]
fn step_k_of_n_is_worth_k_minus_1_of_n_minus_1() {
    for steps in 2..=11 {
        for k in 1..=steps {
            let row = rubric().criterion(on_steps(criterion("a", EMPATHY, 1), steps));
            let exact = f64::from(k - 1) / f64::from(steps - 1);
            let expected = score((exact * 1e6).round() / 1e6);
            assert_eq!(empathy(row, &[rated(k)]).score(), Some(expected), "step {k} of {steps}");
        }
    }
}

#[test]
fn the_reported_score_is_rounded_once_with_halves_away_from_zero() {
    let millionth = |name| worth(criterion(name, EMPATHY, 1), &[0.0, 0.000_001]);
    let half = rubric().criterion(millionth("a")).criterion(millionth("b"));
    assert_eq!(empathy(half, &[rated(1), rated(2)]).score(), Some(score(0.000_001)), "0.0000005 goes up");
    let third = three([1, 1, 1]);
    assert_eq!(empathy(third.clone(), &[rated(2), rated(1), rated(1)]).score(), Some(score(0.333_333)));
    assert_eq!(empathy(third, &[rated(2), rated(2), rated(1)]).score(), Some(score(0.666_667)));
}

#[test]
fn a_weight_is_a_whole_number_from_1_to_1000() {
    assert!(Weight::new(0).is_err(), "what does not count is advisory, by name");
    assert!(Weight::new(1_001).is_err());
    assert_eq!((Weight::MIN.get(), Weight::MAX.get()), (1, 1_000));
}

#[test]
fn a_scale_has_2_to_11_steps_and_points_that_increase_strictly() {
    assert!(StepCount::new(1).is_err());
    assert!(StepCount::new(12).is_err());
    let level = rubric().criterion(worth(criterion("a", EMPATHY, 1), &[0.0, 0.5, 0.5]));
    assert!(level.build().unwrap_err().breaks("rubric_points_increase"));
}

#[test]
fn an_advisory_criterion_changes_no_score() {
    let with = three([1, 2, 7]).criterion(yes_no("d", EMPATHY, 9).advisory());
    let found = empathy(with, &[rated(2), rated(1), rated(2), rated(1)]);
    assert_eq!(found, empathy(three([1, 2, 7]), &[rated(2), rated(1), rated(2)]));
}

#[test]
fn a_score_in_json_has_at_most_six_decimals() {
    assert_eq!(serde_json::to_string(&score(0.589_286)).unwrap(), "0.589286");
    assert!(serde_json::from_str::<Score>("0.5892861").is_err());
}

#[test]
fn an_assessment_answers_every_criterion_and_all_faults_are_listed() {
    let rubric = three([1, 2, 7]).build().unwrap();
    let rater = Rater { id: "rater-1".parse().unwrap(), kind: RaterKind::Coach };
    let (id, person, day) = ("as-1".parse().unwrap(), "agent-7".parse().unwrap(), "2026-03-02".parse().unwrap());
    let builder = AssessmentBuilder::new(&rubric, id, person, rater, day);
    let faults = builder.rate("a", 3).rate("unknown", 1).admit().unwrap_err();
    let messages: Vec<&str> = faults.iter().map(|fault| fault.message()).collect();
    assert!(messages[0].contains("step `3` of `a`: allowed is 1 to 2"), "{messages:?}");
    assert!(messages[1].contains("`unknown` is not a criterion"), "{messages:?}");
    assert_eq!(messages[2..], ["`b` has no answer", "`c` has no answer"]);
}

#[test]
fn evidence_is_required_below_the_step_that_the_rubric_names() {
    let row = RubricCriterion { evidence_required_below: Some(step(3)), ..criterion("a", EMPATHY, 1) };
    let rubric = rubric().criterion(row).build().unwrap();
    let rater = Rater { id: "rater-1".parse().unwrap(), kind: RaterKind::Coach };
    let (id, person, day) = ("as-1".parse().unwrap(), "agent-7".parse().unwrap(), "2026-03-02".parse().unwrap());
    let builder = AssessmentBuilder::new(&rubric, id, person, rater, day);
    let reference = "call-1".parse().unwrap();
    let evidence = Evidence { kind: EvidenceKind::Recording, reference, criteria: vec![key("a")], note: None };
    assert!(builder.clone().rate("a", 2).admit().unwrap_err().breaks("admission_evidence_given"));
    assert!(builder.clone().rate("a", 3).admit().is_ok());
    assert!(builder.rate("a", 2).evidence(evidence).admit().is_ok());
}

/// The built-in empathy, with every other skill rated 3.
fn worked_example(ratings: [Answer; 4]) -> SkillScore {
    let rubric = Rubric::for_channel(Framework::builtin(), "chat").unwrap();
    let keys = ["emotion_recognition", "perspective_taking", "sincere_acknowledgement", "respectful_inclusion"];
    let mut row = vec![rated(3); rubric.criteria().len()];
    for (name, answer) in keys.iter().zip(ratings) {
        row[rubric.position(name).unwrap()] = answer;
    }
    Scorer::new(&rubric).score_row(&row).unwrap().skills()[EMPATHY]
}

#[test]
fn the_worked_example_gives_2_95_of_5_or_48_75_percent_at_level_3() {
    let found = worked_example([rated(3), rated(4), rated(2), rated(3)]);
    let score = found.score().unwrap();
    assert_eq!(score.on_level_scale(2), "2.95");
    assert_eq!(score.percent(2), "48.75");
    assert_eq!(found.level(), Some(Level::new(3).unwrap()));
}

#[test]
fn the_worked_example_without_sincere_acknowledgement_gives_3_3571428571_at_level_3() {
    let found = worked_example([rated(3), rated(4), NOT_APPLICABLE, rated(3)]);
    let exact: f64 = (20.0 * 3.0 + 25.0 * 4.0 + 25.0 * 3.0) / 70.0;
    assert_eq!(format!("{exact:.10}"), "3.3571428571");
    let score = found.score().unwrap();
    assert_eq!(score, short::score(0.589_286));
    assert_eq!(score.on_level_scale(4), "3.3571");
    assert_eq!(found.level(), Some(Level::new(3).unwrap()));
    assert_eq!(found.coverage(), Some(Share::MAX), "what does not apply leaves both sums");
}

#[test]
fn not_applicable_leaves_the_sums_and_weights_renormalise_inside_the_skill() {
    let found = empathy(three([1, 2, 7]), &[rated(2), rated(1), NOT_APPLICABLE]);
    assert_eq!(found.score(), Some(score(0.333_333)), "1 of 3");
    assert_eq!(found.coverage(), Some(Share::MAX));
}

#[test]
fn not_observed_leaves_the_score_and_lowers_the_coverage() {
    let found = empathy(three([1, 2, 7]), &[NOT_OBSERVED, rated(1), rated(2)]);
    assert_eq!(found.score(), Some(score(0.777_778)), "7 of 9");
    assert_eq!(found.coverage(), Some(share(0.9)));
}

#[test]
fn not_applicable_may_count_as_zero_or_fail_or_be_refused() {
    let with =
        |policy| rubric().criterion(yes_no("a", EMPATHY, 1)).criterion(yes_no("b", EMPATHY, 1).not_applicable(policy));
    let row = [rated(2), NOT_APPLICABLE];
    let zero = score_row(with(NotApplicablePolicy::CountAsZero), &row);
    assert_eq!(zero.skills()[EMPATHY].score(), Some(score(0.5)));
    let fail = score_row(with(NotApplicablePolicy::Fail), &row);
    assert_eq!(fail.outcome(), Outcome::NotApplicableFailure);
    let refused = Scorer::new(&with(NotApplicablePolicy::NotAllowed).build().unwrap()).score_row(&row);
    assert!(refused.unwrap_err().to_string().starts_with("`not applicable` for `b`: allowed is a step from 1 to 2"));
}

#[test]
fn below_a_coverage_of_0_6_a_skill_has_no_number() {
    let chat = Rubric::for_channel(Framework::builtin(), "chat").unwrap();
    assert_eq!(chat.document().minimum_coverage, share(0.6), "the built-in minimum");
    let at = three([6, 3, 1]).minimum_coverage(share(0.6));
    let row = [rated(2), NOT_OBSERVED, NOT_OBSERVED];
    assert_eq!(empathy(at, &row).coverage(), Some(share(0.6)));
    assert_eq!(empathy(three([6, 3, 1]).minimum_coverage(share(0.6)), &row).score(), Some(Score::MAX), "inclusive");
    let below = three([599, 400, 1]).minimum_coverage(share(0.6));
    assert_eq!(empathy(below, &row), SkillScore::InsufficientEvidence { coverage: share(0.599) });
}

#[test]
fn a_skill_whose_applicable_weight_is_under_half_does_not_apply() {
    let half = |weights| three(weights).minimum_applicable_share(share(0.5));
    let row = [rated(2), NOT_APPLICABLE, NOT_APPLICABLE];
    assert_eq!(empathy(half([5, 4, 1]), &row).score(), Some(Score::MAX), "half is enough");
    assert_eq!(empathy(half([499, 500, 1]), &row), SkillScore::NotApplicable {});
    assert_eq!(empathy(three([1, 1, 1]), &[NOT_APPLICABLE; 3]), SkillScore::NotApplicable {});
}

fn two_skills(empathy: u16, communication: u16) -> RubricBuilder {
    rubric()
        .criterion(yes_no("a", EMPATHY, 1))
        .criterion(yes_no("b", EMPATHY, 1))
        .criterion(yes_no("c", Skill::CommunicationMastery, 1))
        .skill_weights(two_weights(empathy, communication))
}

#[test]
fn the_overall_score_is_the_weighted_mean_of_the_skills_that_have_a_score() {
    let found = score_row(two_skills(3, 1), &[rated(2), rated(1), rated(2)]);
    assert_eq!(found.overall().score(), Some(score(0.625)), "(3 · 0.5 + 1 · 1) / 4");
    let unobserved = score_row(two_skills(3, 1), &[rated(2), rated(1), NOT_OBSERVED]);
    assert_eq!(unobserved.overall().score(), Some(score(0.5)));
    assert_eq!(unobserved.overall().coverage(), share(0.75), "the skills' coverages 1 and 0, weighted 3 to 1");
    let inapplicable = score_row(two_skills(3, 1), &[rated(2), rated(1), NOT_APPLICABLE]);
    assert_eq!(inapplicable.overall().coverage(), Share::MAX);
}

#[test]
fn below_an_overall_coverage_of_0_5_the_outcome_is_incomplete() {
    let half = |weights: (u16, u16)| {
        let rubric = two_skills(weights.0, weights.1).minimum_overall_coverage(share(0.5));
        score_row(rubric, &[NOT_OBSERVED, NOT_OBSERVED, rated(2)]).outcome()
    };
    assert_eq!(half((1, 1)), Outcome::Scored, "half is enough");
    assert_eq!(half((501, 499)), Outcome::Incomplete);
}

#[test]
fn the_overall_score_can_be_switched_off() {
    let found = score_row(two_skills(3, 1).without_overall(), &[rated(2), rated(1), rated(2)]);
    assert_eq!(found.overall(), OverallScore::SwitchedOff { coverage: Share::MAX });
    assert_eq!(found.skills()[EMPATHY].score(), Some(score(0.5)));
    assert_eq!(found.outcome(), Outcome::Scored);
}

#[test]
fn bands_are_inclusive_lower_bounds_at_0_12_5_37_5_62_5_and_87_5_percent() {
    let level = |points: f64| {
        let row = worth(criterion("a", EMPATHY, 1), &[points, 1.0]);
        empathy(rubric().criterion(row), &[rated(1)]).level().unwrap().get()
    };
    for (bound, reached) in [(0.125, 2), (0.375, 3), (0.625, 4), (0.875, 5)] {
        assert_eq!(level(bound), reached, "at {bound}");
        assert_eq!(level(bound - 0.000_001), reached - 1, "one millionth below {bound}");
    }
    assert_eq!(level(0.0), 1);
}

#[test]
fn flat_weighting_puts_all_criteria_in_one_sum() {
    let found = score_row(two_skills(3, 1).flat(), &[rated(2), rated(1), rated(2)]);
    assert_eq!(found.overall().score(), Some(score(0.666_667)), "two of three");
    assert_eq!(found.skills()[EMPATHY].score(), Some(score(0.5)), "skills are shown beside it");
}

/// Chat, everything at `others`, `respectful_inclusion` at step 1.
fn breach(others: u8) -> (Rubric, Vec<Answer>) {
    let rubric = Rubric::for_channel(Framework::builtin(), "chat").unwrap();
    let mut row = vec![rated(others); rubric.criteria().len()];
    row[rubric.position("respectful_inclusion").unwrap()] = rated(1);
    (rubric, row)
}

#[test]
fn a_critical_criterion_at_step_1_is_a_concern_caps_the_level_at_2_and_leaves_the_number() {
    let (rubric, row) = breach(5);
    let card = Scorer::new(&rubric).score(&assess(&rubric, &row, Basis::LiveObservation)).unwrap();
    let empathy = card.skills()[EMPATHY];
    assert_eq!(card.outcome(), Outcome::CriticalConcern);
    assert_eq!(empathy.score(), Some(score(0.75)), "75 of 100 weights at 1, untouched");
    assert_eq!(empathy.level(), Some(Level::new(2).unwrap()));
    assert!(card.second_assessor_required());
    assert!(!card.accuracy().customer);
    let fired: Vec<&str> =
        card.rules().iter().filter(|one| one.status == RuleStatus::Fired).map(|one| one.rule.as_str()).collect();
    assert_eq!(fired, ["respectful_inclusion"]);
}

#[test]
fn rules_fire_on_real_work_only() {
    let (rubric, row) = breach(5);
    for basis in Basis::ALL {
        let card = Scorer::new(&rubric).score(&assess(&rubric, &row, *basis)).unwrap();
        let fires = [Basis::LiveObservation, Basis::RecordedContactReview, Basis::WrittenWorkSample, Basis::WorkRecord]
            .contains(basis);
        let expected = if fires { RuleStatus::Fired } else { RuleStatus::SparedInPractice };
        assert_eq!(card.rules()[0].status, expected, "{basis}");
        assert_eq!(card.outcome() == Outcome::CriticalConcern, fires, "{basis}");
    }
}

/// Empathy at 0.9 with a rule that fires whenever `a` is at step 1.
fn with_effects(effects: Vec<Effect>) -> RubricBuilder {
    let when = Condition::RatedAtOrBelow { criterion: key("a"), step: step(1) };
    rubric().criterion(yes_no("a", EMPATHY, 1)).criterion(yes_no("b", EMPATHY, 9)).rule(CriticalRule {
        key: key("rule"),
        class: CriticalClass::Business,
        when,
        effects,
        reason: None,
    })
}

const ON_EMPATHY: Target = Target::Empathy;

#[test]
fn effects_apply_in_the_order_deduct_cap_zero_whatever_the_order_in_the_rule() {
    let deduct = Effect::Deduct { target: ON_EMPATHY, score: score(0.3) };
    let cap = Effect::CapScore { target: ON_EMPATHY, score: score(0.7) };
    let zero = Effect::Zero { target: ON_EMPATHY };
    let row = [rated(1), rated(2)];
    assert_eq!(empathy(with_effects(vec![deduct]), &row).score(), Some(score(0.6)), "0.9 − 0.3");
    assert_eq!(empathy(with_effects(vec![cap, deduct]), &row).score(), Some(score(0.6)), "capping first gives 0.4");
    assert_eq!(empathy(with_effects(vec![zero, cap, deduct]), &row).score(), Some(Score::ZERO));
    assert_eq!(empathy(with_effects(vec![deduct]), &row).before_rules(), Some(score(0.9)));
}

#[test]
fn a_floor_holds_whatever_the_rules_do() {
    let zero = Effect::Zero { target: ON_EMPATHY };
    let rubric = with_effects(vec![zero]).floor(ON_EMPATHY, score(0.2)).build().unwrap();
    let card = Scorer::new(&rubric).score(&assess(&rubric, &[rated(1), rated(2)], Basis::WorkRecord)).unwrap();
    assert_eq!(card.skills()[EMPATHY].score(), Some(score(0.2)));
    let steps: Vec<_> = card.adjustments().iter().map(|one| (one.effect, one.from, one.to)).collect();
    assert_eq!(
        steps,
        [(AdjustmentKind::Zero, score(0.9), Score::ZERO), (AdjustmentKind::Floor, Score::ZERO, score(0.2))],
    );
    let unrated = Scorer::new(&rubric).score_row(&[NOT_OBSERVED; 2]).unwrap();
    assert_eq!(unrated.skills()[EMPATHY].score(), None, "nothing is lifted before something is rated");
}

#[test]
fn a_skill_without_a_score_has_no_score_to_change() {
    let zero = Effect::Zero { target: ON_EMPATHY };
    let rubric = with_effects(vec![zero]).floor(ON_EMPATHY, score(0.2)).minimum_coverage(share(0.95)).build().unwrap();
    let assessment = assess(&rubric, &[rated(1), NOT_OBSERVED], Basis::WorkRecord);
    let card = Scorer::new(&rubric).score(&assessment).unwrap();
    assert_eq!((card.skills()[EMPATHY].score(), card.rules()[0].status), (None, RuleStatus::Fired));
    assert!(card.adjustments().is_empty(), "{:?}", card.adjustments());
}

#[test]
fn a_deduction_stops_at_zero() {
    let deduct = Effect::Deduct { target: ON_EMPATHY, score: Score::MAX };
    assert_eq!(empathy(with_effects(vec![deduct]), &[rated(1), rated(2)]).score(), Some(Score::ZERO));
}

#[test]
fn the_overall_score_is_made_from_the_skills_after_their_rules() {
    let deduct = Effect::Deduct { target: ON_EMPATHY, score: score(0.3) };
    let found = score_row(with_effects(vec![deduct]), &[rated(1), rated(2)]);
    let OverallScore::Scored { score: whole, before_rules, after_skill_rules, .. } = found.overall() else {
        unreachable!("something is rated")
    };
    assert_eq!((before_rules, after_skill_rules, whole), (score(0.9), score(0.6), score(0.6)));
}

#[test]
fn any_n_of_a_set_fire_a_rule() {
    let when = Condition::SeveralRatedAtOrBelow {
        count: service_excellence::rubric::CriteriaCount::new(2).unwrap(),
        criteria: vec![key("a"), key("b"), key("c")],
        step: step(1),
    };
    let effects = vec![Effect::CapScore { target: Target::Overall, score: score(0.5) }];
    let rule = CriticalRule { key: key("rule"), class: CriticalClass::Customer, when, effects, reason: None };
    let overall = |row: [Answer; 3]| score_row(three([1, 1, 7]).rule(rule.clone()), &row).overall().score();
    assert_eq!(overall([rated(1), rated(2), rated(2)]), Some(score(0.888_889)), "one of three");
    assert_eq!(overall([rated(1), rated(1), rated(2)]), Some(score(0.5)), "two of three");
    assert_eq!(overall([rated(1), NOT_OBSERVED, rated(2)]), Some(score(0.875)), "what was not rated does not count");
}

#[test]
fn a_skill_score_equal_to_the_bound_is_not_below_it() {
    let rule = |bound| CriticalRule {
        key: key("rule"),
        class: CriticalClass::Customer,
        when: Condition::SkillScoreBelow { skill: EMPATHY, score: bound },
        effects: vec![Effect::RaiseConcern { target: Target::Overall }],
        reason: None,
    };
    let outcome = |bound| score_row(three([1, 2, 7]).rule(rule(bound)), &[rated(2), rated(1), rated(2)]).outcome();
    assert_eq!(outcome(score(0.8)), Outcome::Scored);
    assert_eq!(outcome(score(0.800_001)), Outcome::CriticalConcern);
}

#[test]
fn the_outcome_is_the_first_that_applies() {
    let failing = |name| yes_no(name, EMPATHY, 1).not_applicable(NotApplicablePolicy::Fail);
    let base = || rubric().criterion(failing("a")).criterion(failing("b")).criterion(failing("c"));
    let critical = base().critical_rule().threshold(score(0.6)).minimum_overall_coverage(share(0.5));
    let outcome = |row: [Answer; 3]| score_row(critical.clone(), &row).outcome();
    assert_eq!(outcome([rated(1), NOT_APPLICABLE, NOT_OBSERVED]), Outcome::CriticalConcern);
    assert_eq!(outcome([rated(2), NOT_APPLICABLE, NOT_OBSERVED]), Outcome::NotApplicableFailure);
    assert_eq!(outcome([rated(2), NOT_OBSERVED, NOT_OBSERVED]), Outcome::Incomplete);
    assert_eq!(outcome([rated(2), rated(1), NOT_OBSERVED]), Outcome::BelowThreshold);
    assert_eq!(outcome([rated(2), rated(2), NOT_OBSERVED]), Outcome::Passed);
    assert_eq!(score_row(base(), &[rated(2); 3]).outcome(), Outcome::Scored);
    assert_eq!(score_row(base(), &[NOT_OBSERVED; 3]).outcome(), Outcome::Incomplete, "no skill has a score");
}

trait WithConcern {
    fn critical_rule(self) -> Self;
}

impl WithConcern for RubricBuilder {
    fn critical_rule(self) -> Self {
        let when = Condition::RatedAtOrBelow { criterion: key("a"), step: step(1) };
        let effects = vec![Effect::RaiseConcern { target: Target::Overall }];
        self.rule(CriticalRule { key: key("rule"), class: CriticalClass::Customer, when, effects, reason: None })
    }
}

#[test]
fn accuracy_counts_errors_among_rated_non_critical_items() {
    let rubric = rubric()
        .criterion(criterion("a", EMPATHY, 1))
        .criterion(criterion("b", EMPATHY, 1))
        .criterion(criterion("c", EMPATHY, 1))
        .criterion(criterion("d", EMPATHY, 1))
        .critical(&key("d"), CriticalClass::Compliance)
        .build()
        .unwrap();
    let row = [rated(2), rated(3), NOT_APPLICABLE, rated(2)];
    let accuracy = Scorer::new(&rubric).score(&assess(&rubric, &row, Basis::WorkRecord)).unwrap().accuracy();
    assert_eq!((accuracy.opportunities.get(), accuracy.errors.get()), (2, 1), "step 2 is an error, step 3 is none");
    assert!(accuracy.compliance, "a critical criterion fails at step 1, not at 2");
}

#[test]
fn the_trace_says_what_each_criterion_adds_before_and_after_redistribution() {
    let rubric = two_skills(3, 1).build().unwrap();
    let row = [rated(2), NOT_APPLICABLE, rated(1)];
    let card = Scorer::new(&rubric).score(&assess(&rubric, &row, Basis::WorkRecord)).unwrap();
    let [a, b, c] = card.contributions() else { unreachable!("three criteria") };
    assert_eq!((a.nominal_share, a.effective_share), (share(0.375), share(0.75)));
    assert_eq!((a.points, a.to_skill, a.to_overall), (Some(Score::MAX), Score::MAX, score(0.75)));
    assert_eq!((b.answer, b.points, b.effective_share), (AnswerKind::NotApplicable, None, Share::ZERO));
    assert_eq!((c.nominal_share, c.effective_share, c.to_overall), (share(0.25), share(0.25), Score::ZERO));
    assert_eq!((card.rubric(), card.scoring_policy()), (rubric.pin(), PolicyVersion::CURRENT));
}

#[test]
fn reported_contributions_still_sum_to_the_reported_score() {
    let rubric = three([1, 1, 1]).build().unwrap();
    let card =
        Scorer::new(&rubric).score(&assess(&rubric, &[rated(2), rated(2), rated(1)], Basis::WorkRecord)).unwrap();
    let parts: Vec<u32> = card.contributions().iter().map(|one| one.to_skill.millionths()).collect();
    assert_eq!(parts, [333_334, 333_333, 0], "largest remainder, ties by key, to 0.666667");
}

#[test]
fn an_explanation_names_the_anchor_met_the_next_one_and_the_smallest_change_of_level() {
    let rubric = Rubric::for_channel(Framework::builtin(), "chat").unwrap();
    let row = vec![rated(3); rubric.criteria().len()];
    let explanation = Scorer::new(&rubric).explain(&assess(&rubric, &row, Basis::WorkRecord)).unwrap();
    let criterion = rubric.criterion("perspective_taking").unwrap();
    let text = explanation.skill(EMPATHY);
    for number in [3, 4] {
        let anchor = criterion.anchor_at(step(number)).unwrap();
        assert!(text.contains(anchor.as_str()), "anchor {number} in {text}");
    }
    let change = format!("Step 5 on \"{}\" would lift Empathy to level 4.", criterion.name);
    assert!(text.contains(&change), "25 of 100 weights by half a scale lift 0.5 to 0.625: {text}");
}

#[test]
fn a_missing_part_is_not_averaged_as_zero() {
    let part = |name, skill| worth(criterion(name, skill, 1), &[0.0, 0.72, 1.0]);
    let rubric = rubric()
        .criterion(part("goals", EMPATHY))
        .criterion(part("own_view", Skill::TechSavviness))
        .criterion(part("feedback", Skill::CommunicationMastery));
    let row = [rated(2), NOT_OBSERVED, NOT_OBSERVED];
    let found = score_row(rubric, &row).overall();
    assert_eq!(found.score(), Some(score(0.72)), "3.6 of 5, not 1.2 of 5");
    assert_eq!(found.coverage(), share(0.333_333));
}

#[test]
fn nothing_is_rounded_before_it_is_summed() {
    let eighths = score_row(three([125, 125, 750]), &[rated(2); 3]);
    assert_eq!(eighths.overall().score(), Some(Score::MAX), "1.00 of 1.00, not 1.01");
    let rubric = three([125, 125, 750]).build().unwrap();
    let card = Scorer::new(&rubric).score(&assess(&rubric, &[rated(2); 3], Basis::WorkRecord)).unwrap();
    let parts: Vec<u32> = card.contributions().iter().map(|one| one.to_overall.millionths()).collect();
    assert_eq!(parts, [125_000, 125_000, 750_000]);
}

#[test]
fn not_applicable_cannot_dodge_a_critical_item() {
    let critical = yes_no("a", EMPATHY, 1).critical(CriticalClass::Compliance);
    assert_eq!(critical.not_applicable, NotApplicablePolicy::NotAllowed);
    let dodged = RubricCriterion { not_applicable: NotApplicablePolicy::Exclude, ..critical };
    let faults = rubric().criterion(dodged).build().unwrap_err();
    assert!(faults.breaks("rubric_not_applicable_in_writing"), "{faults}");
}

/// Two items in a group of weight 40, one in a group of weight 20, as the group weights are copied onto the items.
fn groups() -> RubricBuilder {
    rubric()
        .criterion(yes_no("first", EMPATHY, 40))
        .criterion(yes_no("second", EMPATHY, 40))
        .criterion(yes_no("third", Skill::CommunicationMastery, 20))
        .skill_weights(two_weights(40, 20))
}

#[test]
fn the_weight_of_a_group_is_not_multiplied_by_its_number_of_questions() {
    let row = [rated(2), rated(1), rated(2)];
    assert_eq!(score_row(groups(), &row).overall().score().unwrap().percent(2), "66.67");
    assert_eq!(score_row(groups().flat(), &row).overall().score().unwrap().percent(2), "60.00", "the multiplied way");
}

#[test]
fn the_linter_shows_the_share_that_a_weight_has_in_effect() {
    let by_skill = groups().build().unwrap();
    let share_of = |rubric: &Rubric, key| rubric.effective_share(key).unwrap().percent(2);
    assert_eq!(["first", "second", "third"].map(|key| share_of(&by_skill, key)), ["33.33"; 3]);
    let flat = groups().flat().build().unwrap();
    assert_eq!(["first", "second", "third"].map(|key| share_of(&flat, key)), ["40.00", "40.00", "20.00"]);
    let findings = by_skill.lint();
    let found = findings.iter().find(|one| one.code() == "effective_share_differs").unwrap();
    assert_eq!(found.message(), "`third` states 20.0 % of all weights and carries 33.3 % of the overall score");
}

#[test]
fn an_empty_set_has_no_score() {
    let found = score_row(three([1, 1, 1]), &[NOT_OBSERVED; 3]);
    assert_eq!(found.skills()[EMPATHY], SkillScore::InsufficientEvidence { coverage: Share::ZERO });
    assert_eq!(found.overall(), OverallScore::InsufficientEvidence { coverage: Share::ZERO });
    assert_eq!(found.outcome(), Outcome::Incomplete);
}

#[test]
fn an_edited_rubric_takes_no_assessment_of_the_old_one_and_says_which_scores_stay_comparable() {
    let old = two_skills(3, 1).build().unwrap();
    let mut document = old.document().clone();
    document.criteria[0].weight = CriterionWeight::Weighted { weight: weight(5) };
    let edited: Rubric = document.try_into().unwrap();
    let assessment = assess(&old, &[rated(2), rated(1), rated(2)], Basis::WorkRecord);
    assert!(Scorer::new(&edited).score(&assessment).is_err(), "the same version, another structure");
    assert!(edited.admit(assessment.document().clone()).unwrap_err().breaks("admission_rubric_matches"));
    let diff = RubricDiff::between(&old, &edited);
    assert_eq!(diff.kind(), Some(ChangeKind::Breaking));
    assert!(!diff.comparable_skills()[EMPATHY]);
    assert!(diff.comparable_skills()[Skill::CommunicationMastery]);
}
