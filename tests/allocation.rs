//! Scoring a row allocates nothing, whatever fires.

use allocation_counter::measure;
use service_excellence::framework::CriticalClass;
use service_excellence::rubric::{Condition, CriticalRule, Effect, Target};
use service_excellence::{Framework, Level, Rubric, Scorer, Skill};

#[path = "common/short.rs"]
#[expect(dead_code, reason = "this test writes few values")]
mod short;

use short::{criterion, key, rated, rubric, score, step};

fn allocations(scorer: &Scorer, steps: u8) -> u64 {
    let row = vec![rated(steps); scorer.rubric().criteria().len()];
    measure(|| {
        std::hint::black_box(scorer.score_row(&row)).ok();
        std::hint::black_box(scorer.score_practice_row(&row)).ok();
    })
    .count_total
}

#[test]
fn the_counter_sees_allocations() {
    assert_eq!(measure(|| drop(std::hint::black_box(vec![1_u8]))).count_total, 1);
}

#[test]
fn scoring_a_row_of_the_built_in_rubric_allocates_nothing() {
    let scorer = Scorer::new(&Rubric::for_channel(Framework::builtin(), "chat").unwrap());
    assert_eq!(allocations(&scorer, 3), 0);
    assert_eq!(allocations(&scorer, 1), 0, "its critical rules fire");
}

#[test]
fn scoring_a_row_with_every_kind_of_effect_and_a_floor_allocates_nothing() {
    let target = Target::Empathy;
    let effects = vec![
        Effect::RaiseConcern { target },
        Effect::RequireSecondAssessor { target },
        Effect::CapLevel { target, level: Level::MIN },
        Effect::Deduct { target, score: score(0.1) },
        Effect::CapScore { target: Target::Overall, score: score(0.5) },
        Effect::Zero { target },
    ];
    let rule = CriticalRule {
        key: key("rule"),
        class: CriticalClass::Customer,
        when: Condition::RatedAtOrBelow { criterion: key("a"), step: step(1) },
        effects,
        reason: None,
    };
    let below = CriticalRule {
        key: key("below"),
        when: Condition::SkillScoreBelow { skill: Skill::TechSavviness, score: score(0.5) },
        ..rule.clone()
    };
    let build = rubric()
        .criterion(criterion("a", Skill::Empathy, 997))
        .criterion(criterion("b", Skill::TechSavviness, 991))
        .rule(rule)
        .rule(below)
        .floor(target, score(0.2))
        .floor(Target::Overall, score(0.3));
    let scorer = Scorer::new(&build.build().unwrap());
    assert!(scorer.score_row(&[rated(1); 2]).unwrap().fired(1), "both rules fire");
    assert_eq!(allocations(&scorer, 1), 0);
}
