//! Generators of whatever is valid: rubrics, rows of answers for a rubric, admitted assessments.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a generator makes valid values by construction")]

use proptest::collection::{btree_set, vec};
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use service_excellence::assessment::{
    Answer, Barrier, BarrierKind, ConcernDecision, ConcernVerdict, Confirmation, Evidence, EvidenceKind, ReviewState,
    ReviewStep, Sampling,
};
use service_excellence::framework::{Band, Basis, CriticalClass};
use service_excellence::rubric::{
    Condition, CriteriaCount, CriterionWeight, CriticalRule, Effect, FloorScore, NotApplicablePolicy, RubricDocument,
    StepAnchor, Target, Weighting,
};
use service_excellence::value::{Step, StepCount, Text, Weight};
use service_excellence::{
    Assessment, AssessmentBuilder, Day, Key, Level, Note, Rater, RaterKind, Rubric, RubricBuilder, RubricCriterion,
    Score, Share, Skill, SkillMap,
};

fn key(text: &str) -> Key {
    text.parse().unwrap()
}

pub(crate) fn score() -> impl Strategy<Value = Score> {
    prop_oneof![0..=1_000_000_u32, select(vec![0, 125_000, 500_000, 750_000, 1_000_000])]
        .prop_map(|millionths| Score::from_millionths(millionths).unwrap())
}

pub(crate) fn share() -> impl Strategy<Value = Share> {
    score().prop_map(|score| Share::from_millionths(score.millionths()).unwrap())
}

pub(crate) fn weight() -> impl Strategy<Value = Weight> {
    prop_oneof![1..=10_u16, 1..=1_000_u16].prop_map(|number| Weight::new(number).unwrap())
}

/// A step from 1 to `highest`.
fn step_up_to(highest: u8) -> impl Strategy<Value = Step> {
    (1..=highest).prop_map(|number| Step::new(number).unwrap())
}

/// Any valid rubric: 1 to 64 criteria (mostly few), any scale, any rule.
pub(crate) fn rubric() -> impl Strategy<Value = Rubric> {
    criteria().prop_flat_map(document).prop_map(|document| document.try_into().unwrap())
}

fn criteria() -> impl Strategy<Value = Vec<RubricCriterion>> {
    let count = prop_oneof![4 => 1..=12_usize, 1 => 13..=Rubric::MAX_CRITERIA];
    let skills = subsequence(Skill::ALL, 1..=Skill::ALL.len());
    (count, skills).prop_flat_map(|(count, skills)| vec(criterion(skills), count)).prop_map(|mut criteria| {
        for (index, criterion) in criteria.iter_mut().enumerate() {
            criterion.key = key(&format!("c{index}"));
        }
        // Something has to count.
        if let CriterionWeight::Advisory {} = criteria[0].weight {
            criteria[0].weight = CriterionWeight::Weighted { weight: Weight::MIN };
        }
        criteria
    })
}

fn criterion(skills: Vec<Skill>) -> impl Strategy<Value = RubricCriterion> {
    let usual = (select(skills), weight(), prop::bool::weighted(0.1));
    let rest = (2..=11_u8).prop_flat_map(|steps| (Just(steps), scale(steps), conditions(steps)));
    (usual, rest).prop_map(|((skill, weight, is_advisory), (steps, points, conditions))| {
        let (critical, fails_at_or_below, not_applicable, evidence, note) = conditions;
        let weighted = RubricCriterion::new(key("later"), skill, "A row".parse().unwrap(), weight);
        let row = if is_advisory { weighted.advisory() } else { weighted };
        RubricCriterion {
            points,
            critical,
            fails_at_or_below,
            not_applicable,
            not_applicable_when: vec![Text::new("It could not occur.").unwrap()],
            evidence_required_below: evidence,
            note_required_below: note,
            anchors: vec![StepAnchor { step: Step::MIN, text: Text::new("Nothing was done.").unwrap() }],
            ..row.on_steps(StepCount::new(steps).unwrap())
        }
    })
}

/// Even points, or strictly increasing ones.
fn scale(steps: u8) -> impl Strategy<Value = Option<Vec<Score>>> {
    let given = btree_set(0..=1_000_000_u32, usize::from(steps));
    weighted(0.3, given.prop_map(|points| points.into_iter().map(|one| Score::from_millionths(one).unwrap()).collect()))
}

type Conditions = (Option<CriticalClass>, Step, NotApplicablePolicy, Option<Step>, Option<Step>);

fn conditions(steps: u8) -> impl Strategy<Value = Conditions> {
    (
        weighted(0.2, select(CriticalClass::ALL)),
        step_up_to(steps - 1),
        prop_oneof![3 => Just(NotApplicablePolicy::Exclude), 2 => select(NotApplicablePolicy::ALL)],
        weighted(0.2, step_up_to(steps)),
        weighted(0.2, step_up_to(steps)),
    )
}

fn document(criteria: Vec<RubricCriterion>) -> impl Strategy<Value = RubricDocument> {
    let has_overall = prop::bool::weighted(0.9);
    let minima = (minimum(), minimum(), minimum());
    (has_overall, weighting(), bands(), minima).prop_flat_map(move |(has_overall, weighting, bands, minima)| {
        let targets: Vec<Target> =
            Target::ALL.iter().copied().filter(|target| has_overall || target.skill().is_some()).collect();
        let threshold = weighted(0.5, score()).prop_map(move |score| score.filter(|_| has_overall));
        (rules(&criteria, &targets), floors(targets), threshold, Just((criteria.clone(), weighting, bands, minima)))
            .prop_map(move |(rules, floors, threshold, (criteria, weighting, bands, minima))| {
                let empty = RubricBuilder::new(key("random"), "1.0.0".parse().unwrap(), "Random".parse().unwrap());
                let valid = criteria.into_iter().fold(empty, RubricBuilder::criterion).build().unwrap();
                RubricDocument {
                    weighting,
                    rules,
                    floors,
                    bands,
                    threshold,
                    report_overall: has_overall,
                    minimum_coverage: minima.0,
                    minimum_applicable_share: minima.1,
                    minimum_overall_coverage: minima.2,
                    ..valid.document().clone()
                }
            })
    })
}

/// Often 0, so that most skills have a score.
fn minimum() -> impl Strategy<Value = Share> {
    prop_oneof![Just(Share::ZERO), share()]
}

fn weighting() -> impl Strategy<Value = Weighting> {
    let weights = vec(weight(), Skill::ALL.len())
        .prop_map(|weights| Weighting::BySkill { weights: SkillMap::from_fn(|skill| weights[skill as usize]) });
    prop_oneof![3 => weights, 1 => Just(Weighting::Flat {})]
}

/// Any levels with any bounds, one of them 0.
fn bands() -> impl Strategy<Value = Vec<Band>> {
    (subsequence(Level::all().collect::<Vec<_>>(), 1..=5), vec(score(), 5), any::<Index>()).prop_map(
        |(levels, bounds, lowest)| {
            let lowest = lowest.index(levels.len());
            let from = |place: usize| if place == lowest { Score::ZERO } else { bounds[place] };
            levels.into_iter().enumerate().map(|(place, level)| Band { level, from: from(place) }).collect()
        },
    )
}

fn rules(criteria: &[RubricCriterion], targets: &[Target]) -> impl Strategy<Value = Vec<CriticalRule>> + use<> {
    let effects = vec(effect(targets.to_vec()), 1..=4);
    let parts = (select(CriticalClass::ALL), condition(criteria.to_vec()), effects);
    vec(parts, 0..=4).prop_map(|parts| {
        let rule = |(index, (class, when, effects))| CriticalRule {
            key: key(&format!("r{index}")),
            class,
            when,
            effects,
            reason: None,
        };
        parts.into_iter().enumerate().map(rule).collect()
    })
}

fn condition(criteria: Vec<RubricCriterion>) -> impl Strategy<Value = Condition> {
    let one = select(criteria.clone()).prop_flat_map(|one| {
        step_up_to(one.steps.get() - 1)
            .prop_map(move |step| Condition::RatedAtOrBelow { criterion: one.key.clone(), step })
    });
    let most = criteria.len().min(5);
    let several = subsequence(criteria, 1..=most).prop_flat_map(|set| {
        let lowest_top = set.iter().map(|one| one.steps.get()).min().unwrap();
        let keys: Vec<Key> = set.into_iter().map(|one| one.key).collect();
        let most = u8::try_from(keys.len()).unwrap();
        (1..=most, step_up_to(lowest_top - 1)).prop_map(move |(count, step)| Condition::SeveralRatedAtOrBelow {
            count: CriteriaCount::new(count).unwrap(),
            criteria: keys.clone(),
            step,
        })
    });
    let below = (select(Skill::ALL), score()).prop_map(|(skill, score)| Condition::SkillScoreBelow { skill, score });
    prop_oneof![one, several, below]
}

fn effect(targets: Vec<Target>) -> impl Strategy<Value = Effect> {
    (0..6_u8, select(targets), score(), 1..=5_u8).prop_map(|(kind, target, score, level)| match kind {
        0 => Effect::RaiseConcern { target },
        1 => Effect::RequireSecondAssessor { target },
        2 => Effect::CapLevel { target, level: Level::new(level).unwrap() },
        3 => Effect::Deduct { target, score },
        4 => Effect::CapScore { target, score },
        _ => Effect::Zero { target },
    })
}

fn floors(targets: Vec<Target>) -> impl Strategy<Value = Vec<FloorScore>> {
    let some = subsequence(targets, 1..=2).prop_flat_map(|targets| {
        let scores = vec(score(), targets.len());
        scores.prop_map(move |scores| {
            targets.iter().zip(scores).map(|(&target, score)| FloorScore { target, score }).collect()
        })
    });
    prop_oneof![3 => Just(Vec::new()), 1 => some]
}

/// Answers that `rubric` admits, in the order of its criteria; most of them are ratings.
pub(crate) fn row(rubric: &Rubric) -> impl Strategy<Value = Vec<Answer>> + use<> {
    rubric.criteria().iter().map(answer).collect::<Vec<_>>()
}

fn answer(criterion: &RubricCriterion) -> BoxedStrategy<Answer> {
    let is_refused = criterion.not_applicable == NotApplicablePolicy::NotAllowed;
    prop_oneof![
        8 => step_up_to(criterion.steps.get()).prop_map(Answer::Rated),
        1 => Just(Answer::NotObserved),
        1 => Just(if is_refused { Answer::NotObserved } else { Answer::NotApplicable }),
    ]
    .boxed()
}

/// A rubric with one row of answers that it admits.
pub(crate) fn rubric_and_row() -> impl Strategy<Value = (Rubric, Vec<Answer>)> {
    rubric().prop_flat_map(|rubric| {
        let row = row(&rubric);
        (Just(rubric), row)
    })
}

/// Any assessment that `rubric` admits, with its evidence, review, confirmation and decisions.
pub(crate) fn assessment(rubric: &Rubric) -> impl Strategy<Value = Assessment> + use<> {
    let around = (select(Basis::ALL), select(RaterKind::ALL), select(Sampling::ALL), 0..=400_i32, 0..=30_i32);
    let after = (0..=4_usize, any::<bool>(), any::<bool>());
    let rubric = rubric.clone();
    (row(&rubric), around, after).prop_map(move |(row, around, after)| admit(&rubric, &row, around, after))
}

/// A rubric with one assessment that it admits.
pub(crate) fn rubric_and_assessment() -> impl Strategy<Value = (Rubric, Assessment)> {
    rubric().prop_flat_map(|rubric| {
        let assessment = assessment(&rubric);
        (Just(rubric), assessment)
    })
}

type Around = (Basis, RaterKind, Sampling, i32, i32);

fn admit(rubric: &Rubric, row: &[Answer], around: Around, after: (usize, bool, bool)) -> Assessment {
    let (basis, kind, sampling, day, delay) = around;
    let (review_steps, is_decided, has_barrier) = after;
    let observed = "2026-01-01".parse::<Day>().unwrap().plus_days(day);
    let entered = observed.plus_days(delay);
    let rater = if kind == RaterKind::SelfRater { "agent-7" } else { "rater-1" };
    let rater = Rater { id: rater.parse().unwrap(), kind };
    let start = AssessmentBuilder::new(rubric, "as-1".parse().unwrap(), "agent-7".parse().unwrap(), rater, observed);
    let start = start.basis(basis).sampling(sampling).entered(entered);
    let answered = rubric.criteria().iter().zip(row).fold(start, |builder, (criterion, answer)| {
        let note = || Note::new("Said why.").unwrap();
        let name = criterion.key.as_str();
        match answer {
            Answer::Rated(step) => builder.rate(name, step.get()).note(name, note()),
            Answer::NotApplicable => builder.not_applicable(name, note()),
            Answer::NotObserved => builder.not_observed(name, note()),
        }
    });
    let evidenced = rubric.criteria().chunks(3).fold(answered, |builder, chunk| {
        let criteria = chunk.iter().map(|one| one.key.clone()).collect();
        let reference = format!("call-{}", chunk[0].key).parse().unwrap();
        builder.evidence(Evidence { kind: EvidenceKind::Recording, reference, criteria, note: None })
    });
    let reviewed = review_path(review_steps, entered).into_iter().fold(evidenced, AssessmentBuilder::review);
    let confirmed = if kind == RaterKind::Machine {
        reviewed.confirmation(Confirmation { by: "second-1".parse().unwrap(), on: entered, note: None })
    } else {
        reviewed
    };
    let decided = if is_decided { decide_concerns(confirmed, rubric, entered) } else { confirmed };
    let criteria = vec![rubric.criteria()[0].key.clone()];
    let barrier = has_barrier.then_some(Barrier { kind: BarrierKind::Tool, criteria, note: None });
    barrier.into_iter().fold(decided, AssessmentBuilder::barrier).admit().unwrap()
}

fn review_path(steps: usize, from: Day) -> Vec<ReviewStep> {
    let path = [ReviewState::Submitted, ReviewState::Contested, ReviewState::Upheld, ReviewState::Final];
    let states = path.into_iter().zip(0_i32..).take(steps);
    states
        .map(|(state, later)| ReviewStep {
            state,
            on: from.plus_days(later),
            by: "lead-1".parse().unwrap(),
            note: None,
        })
        .collect()
}

fn decide_concerns(builder: AssessmentBuilder, rubric: &Rubric, on: Day) -> AssessmentBuilder {
    let raises = |rule: &&CriticalRule| rule.effects.iter().any(|effect| matches!(effect, Effect::RaiseConcern { .. }));
    rubric.rules().iter().filter(raises).fold(builder, |builder, rule| {
        let by = "second-1".parse().unwrap();
        let verdict = ConcernVerdict::Resolved;
        builder.concern_decision(ConcernDecision { rule: rule.key.clone(), by, on, verdict, note: None })
    })
}
