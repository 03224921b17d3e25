//! The laws of scoring, on random rubrics and answers, and a naive exact oracle beside them.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "test helpers work on valid values")]

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use service_excellence::assessment::Answer;
use service_excellence::rubric::{
    ChangeKind, Condition, CriterionWeight, NotApplicablePolicy, RubricDocument, Weighting,
};
use service_excellence::scoring::RowScore;
use service_excellence::value::{Step, StepCount, Weight};
use service_excellence::{
    AssessmentDocument, Key, OverallScore, Rubric, RubricCriterion, RubricDiff, Score, Scorecard, Scorer, Share, Skill,
    SkillMap, SkillScore,
};

mod common;

use common::{row, rubric, rubric_and_assessment, rubric_and_row, score, share};

fn score_row(rubric: &Rubric, row: &[Answer]) -> RowScore {
    Scorer::new(rubric).score_row(row).unwrap()
}

fn rebuilt(rubric: &Rubric, change: impl FnOnce(&mut RubricDocument)) -> Rubric {
    let mut document = rubric.document().clone();
    change(&mut document);
    document.try_into().unwrap()
}

/// What an answer is worth when it counts in a score.
fn counted_points(criterion: &RubricCriterion, answer: Answer) -> Option<Score> {
    criterion.counted_weight()?;
    match answer {
        Answer::Rated(step) => criterion.points_of(step),
        Answer::NotApplicable if criterion.not_applicable == NotApplicablePolicy::CountAsZero => Some(Score::ZERO),
        Answer::NotApplicable | Answer::NotObserved => None,
    }
}

fn lowest_and_highest(rubric: &Rubric, row: &[Answer], belongs: impl Fn(Skill) -> bool) -> (Score, Score) {
    let rows = rubric.criteria().iter().zip(row).filter(|(one, _)| belongs(one.skill));
    let points: Vec<Score> = rows.filter_map(|(one, answer)| counted_points(one, *answer)).collect();
    (*points.iter().min().unwrap(), *points.iter().max().unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, max_shrink_iters: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn before_rules_every_score_lies_within_the_points_of_the_rated_criteria((rubric, row) in rubric_and_row()) {
        let found = score_row(&rubric, &row);
        for (skill, score) in found.skills().iter() {
            if let Some(score) = score.before_rules() {
                let (lowest, highest) = lowest_and_highest(&rubric, &row, |one| one == skill);
                prop_assert!((lowest..=highest).contains(&score), "{skill}: {score:?} in {lowest:?}..={highest:?}");
            }
        }
        if let Some(score) = found.overall().before_rules() {
            let is_flat = rubric.document().weighting == Weighting::Flat {};
            let counts = |skill| is_flat || found.skills()[skill].score().is_some();
            let (lowest, highest) = lowest_and_highest(&rubric, &row, counts);
            prop_assert!((lowest..=highest).contains(&score), "overall: {score:?} in {lowest:?}..={highest:?}");
        }
    }

    #[test]
    fn raising_a_rating_never_lowers_a_score_or_a_level(
        (rubric, row) in rubric_and_row(), place in any::<Index>(), by in 1..=10_u8,
    ) {
        let place = place.index(row.len());
        let highest = rubric.criteria()[place].steps.get();
        let Answer::Rated(step) = row[place] else { return Ok(()) };
        let mut raised = row.clone();
        raised[place] = Answer::Rated(Step::new(highest.min(step.get() + by)).unwrap());
        let (low, high) = (score_row(&rubric, &row), score_row(&rubric, &raised));
        for (skill, before) in low.skills().iter() {
            let after = high.skills()[skill];
            prop_assert!(before.score() <= after.score(), "{skill}: {before:?} became {after:?}");
            prop_assert!(before.level() <= after.level(), "{skill}: {before:?} became {after:?}");
            prop_assert_eq!(before.coverage(), after.coverage(), "another step is as much rated");
        }
        prop_assert!(low.overall().score() <= high.overall().score(), "{:?} became {:?}", low.overall(), high.overall());
        prop_assert!(low.overall().level() <= high.overall().level());
        prop_assert_eq!(low.overall().coverage(), high.overall().coverage());
    }

    #[test]
    fn multiplying_all_weights_by_one_factor_changes_nothing((rubric, row) in rubric_and_row(), factor in 2..=20_u16) {
        let times = |factor: u16| {
            let scaled = |weight: Weight| Weight::new((1 + weight.get() % 50) * factor).unwrap();
            rebuilt(&rubric, |document| {
                for criterion in &mut document.criteria {
                    if let CriterionWeight::Weighted { weight } = &mut criterion.weight {
                        *weight = scaled(*weight);
                    }
                }
                if let Weighting::BySkill { weights } = &mut document.weighting {
                    *weights = weights.map(|_, weight| scaled(*weight));
                }
            })
        };
        prop_assert_eq!(score_row(&times(1), &row), score_row(&times(factor), &row));
    }

    #[test]
    fn not_applicable_equals_removing_the_criterion((rubric, row) in rubric_and_row(), place in any::<Index>()) {
        let place = place.index(row.len());
        let key = rubric.criteria()[place].key.clone();
        let with = rebuilt(&rubric, |document| {
            document.criteria[place].not_applicable = NotApplicablePolicy::Exclude;
            // A skill applies by the share of its *nominal* weight, which removing a criterion lowers.
            document.minimum_applicable_share = Share::ZERO;
            // A rule that names the criterion cannot outlive it.
            document.rules.retain(|rule| !names(&rule.when, &key));
        });
        let mut without = with.document().clone();
        without.criteria.remove(place);
        prop_assume!(without.criteria.iter().any(|one| one.counted_weight().is_some()));
        let mut unanswered = row.clone();
        unanswered[place] = Answer::NotApplicable;
        let mut shorter = row;
        shorter.remove(place);
        prop_assert_eq!(score_row(&with, &unanswered), score_row(&without.try_into().unwrap(), &shorter));
    }

    #[test]
    fn the_order_of_criteria_rules_and_effects_never_matters(
        (rubric, row) in rubric_and_row(), seed in any::<u64>(),
    ) {
        let other = rebuilt(&rubric, |document| {
            shuffle(&mut document.criteria, seed);
            shuffle(&mut document.rules, seed);
            shuffle(&mut document.bands, seed);
            shuffle(&mut document.floors, seed);
            document.rules.iter_mut().for_each(|rule| shuffle(&mut rule.effects, seed));
        });
        let reordered = carried_over(&rubric, &row, &other);
        let (one, two) = (score_row(&rubric, &row), score_row(&other, &reordered));
        prop_assert_eq!((one.skills(), one.overall(), one.outcome()), (two.skills(), two.overall(), two.outcome()));
        prop_assert_eq!(fired_keys(&rubric, &one), fired_keys(&other, &two));
    }

    #[test]
    fn the_order_of_criteria_never_matters_to_contributions((rubric, assessment) in rubric_and_assessment(), seed in any::<u64>()) {
        let other = rebuilt(&rubric, |document| shuffle(&mut document.criteria, seed));
        let document = changed(assessment.document(), |json| json["rubric"] = serde_json::to_value(other.pin()).unwrap());
        let (one, two) = (scorecard(&rubric, assessment.document()), scorecard(&other, &document));
        let by_key = |card: &Scorecard| -> BTreeMap<Key, _> {
            card.contributions().iter().map(|one| (one.criterion.clone(), one.clone())).collect()
        };
        prop_assert_eq!(by_key(&one), by_key(&two));
    }

    #[test]
    fn the_order_of_ratings_and_evidence_never_matters((rubric, assessment) in rubric_and_assessment(), seed in any::<u64>()) {
        let document = changed(assessment.document(), |json| {
            for list in ["ratings", "evidence", "barriers", "concern_decisions"] {
                shuffle(json[list].as_array_mut().unwrap(), seed);
            }
        });
        prop_assert_eq!(scorecard(&rubric, assessment.document()), scorecard(&rubric, &document));
    }

    #[test]
    fn contributions_sum_to_the_scores_before_rules((rubric, assessment) in rubric_and_assessment()) {
        let card = scorecard(&rubric, assessment.document());
        for (skill, score) in card.skills().iter() {
            let own = card.contributions().iter().filter(|one| one.skill == skill);
            let sum: u32 = own.map(|one| one.to_skill.millionths()).sum();
            prop_assert_eq!(sum, score.before_rules().map_or(0, Score::millionths), "{}", skill);
        }
        let sum: u32 = card.contributions().iter().map(|one| one.to_overall.millionths()).sum();
        prop_assert_eq!(sum, card.overall().before_rules().map_or(0, Score::millionths));
        let shares: u32 = card.contributions().iter().map(|one| one.effective_share.millionths()).sum();
        prop_assert_eq!(shares, if card.overall().score().is_some() { 1_000_000 } else { 0 });
    }

    #[test]
    fn a_flat_row_scores_as_its_assessment((rubric, assessment) in rubric_and_assessment()) {
        let scorer = Scorer::new(&rubric);
        let card = scorer.score(&assessment).unwrap();
        let is_real_work = assessment.document().basis().is_real_work();
        let row = if is_real_work { scorer.score_row(assessment.row()) } else { scorer.score_practice_row(assessment.row()) };
        let row = row.unwrap();
        prop_assert_eq!((row.skills(), row.overall(), row.outcome()), (card.skills(), card.overall(), card.outcome()));
        let fired: Vec<bool> = (0..rubric.rules().len()).map(|rule| row.fired(rule)).collect();
        let traced: Vec<bool> = card.rules().iter().map(|rule| rule.status.as_str() == "fired").collect();
        prop_assert_eq!(fired, traced);
    }

    #[test]
    fn json_gives_every_document_back((rubric, assessment) in rubric_and_assessment()) {
        let card = Scorer::new(&rubric).score(&assessment).unwrap();
        let read = Rubric::from_json(&serde_json::to_string(&rubric).unwrap()).unwrap();
        prop_assert_eq!((&read, read.pin()), (&rubric, rubric.pin()));
        let read = AssessmentDocument::from_json(&serde_json::to_string(&assessment).unwrap()).unwrap();
        prop_assert_eq!(&read, assessment.document());
        prop_assert_eq!(Scorecard::from_json(&serde_json::to_string(&card).unwrap()).unwrap(), card);
    }

    #[test]
    fn scores_equal_those_of_a_naive_exact_computation((rubric, row) in rubric_and_row()) {
        let naive = Naive { rubric: &rubric, row: &row };
        let found = Scorer::new(&rubric).score_practice_row(&row).unwrap();
        prop_assume!(rubric.document().floors.is_empty());
        for (skill, score) in found.skills().iter() {
            prop_assert_eq!(score, &naive.skill(skill), "{}", skill);
        }
        prop_assert_eq!(found.overall(), naive.overall());
    }
}

fn names(condition: &Condition, key: &Key) -> bool {
    match condition {
        Condition::RatedAtOrBelow { criterion, .. } => criterion == key,
        Condition::SeveralRatedAtOrBelow { criteria, .. } => criteria.contains(key),
        Condition::SkillScoreBelow { .. } => false,
    }
}

/// A shuffle that depends on nothing but the seed.
fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut state = seed | 1;
    for last in (1..items.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(last, usize::try_from((state >> 33) % (last as u64 + 1)).unwrap());
    }
}

/// The answers of `row` on the criteria of `other`, by key; what is new there was not observed.
fn carried_over(rubric: &Rubric, row: &[Answer], other: &Rubric) -> Vec<Answer> {
    let answer =
        |one: &RubricCriterion| rubric.position(one.key.as_str()).map_or(Answer::NotObserved, |place| row[place]);
    other.criteria().iter().map(answer).collect()
}

fn fired_keys<'a>(rubric: &'a Rubric, score: &RowScore) -> BTreeSet<&'a Key> {
    let rules = rubric.rules().iter().enumerate().filter(|(index, _)| score.fired(*index));
    rules.map(|(_, rule)| &rule.key).collect()
}

fn changed(document: &AssessmentDocument, change: impl FnOnce(&mut serde_json::Value)) -> AssessmentDocument {
    let mut json = serde_json::to_value(document).unwrap();
    change(&mut json);
    serde_json::from_value(json).unwrap()
}

fn scorecard(rubric: &Rubric, document: &AssessmentDocument) -> Scorecard {
    Scorer::new(rubric).score(&rubric.admit(document.clone()).unwrap()).unwrap()
}

/// Scores as the formulas say them, in fractions of any size, without rules and floors.
struct Naive<'a> {
    rubric: &'a Rubric,
    row: &'a [Answer],
}

fn fraction(numerator: u32, denominator: u32) -> BigRational {
    BigRational::new(numerator.into(), denominator.into())
}

/// In millionths, halves away from zero.
fn rounded(exact: &BigRational) -> u32 {
    let scaled = exact * fraction(1_000_000, 1) + fraction(1, 2);
    u32::try_from(scaled.floor().to_integer()).unwrap()
}

fn zero() -> BigRational {
    fraction(0, 1)
}

impl Naive<'_> {
    fn rows(&self, belongs: impl Fn(Skill) -> bool) -> impl Iterator<Item = (&RubricCriterion, Answer)> {
        self.rubric.criteria().iter().zip(self.row.iter().copied()).filter(move |(one, _)| belongs(one.skill))
    }

    fn weight_of(criterion: &RubricCriterion) -> BigRational {
        criterion.counted_weight().map_or_else(zero, |weight| fraction(weight.get().into(), 1))
    }

    fn points_of(criterion: &RubricCriterion, answer: Answer) -> Option<BigRational> {
        match (answer, &criterion.points) {
            (Answer::Rated(step), Some(points)) => {
                Some(fraction(points[usize::from(step.get()) - 1].millionths(), 1_000_000))
            }
            (Answer::Rated(step), None) => Some(fraction((step.get() - 1).into(), (criterion.steps.get() - 1).into())),
            (Answer::NotApplicable, _) if criterion.not_applicable == NotApplicablePolicy::CountAsZero => Some(zero()),
            _ => None,
        }
    }

    /// Weight times points, rated weight, applicable weight, whole weight.
    fn sums(&self, belongs: impl Fn(Skill) -> bool) -> [BigRational; 4] {
        let mut sums = [zero(), zero(), zero(), zero()];
        for (criterion, answer) in self.rows(belongs) {
            let weight = Self::weight_of(criterion);
            sums[3] += &weight;
            match Self::points_of(criterion, answer) {
                Some(points) => {
                    sums[0] += &weight * points;
                    sums[1] += &weight;
                    sums[2] += &weight;
                }
                None if answer == Answer::NotObserved => sums[2] += &weight,
                None => {}
            }
        }
        sums
    }

    /// Coverage, when the skill applies.
    fn coverage(&self, skill: Skill) -> Option<BigRational> {
        let [_, rated, applicable, all] = self.sums(|one| one == skill);
        let minimum = fraction(self.rubric.document().minimum_applicable_share.millionths(), 1_000_000);
        (applicable > zero() && &applicable / all >= minimum).then(|| rated / applicable)
    }

    /// The exact score, when there is one.
    fn exact(&self, skill: Skill) -> Option<BigRational> {
        let coverage = self.coverage(skill)?;
        let [points, rated, ..] = self.sums(|one| one == skill);
        let minimum = self.rubric.document().minimum_coverage.millionths();
        (rated > zero() && rounded(&coverage) >= minimum).then(|| points / rated)
    }

    fn skill(&self, skill: Skill) -> SkillScore {
        let Some(coverage) = self.coverage(skill) else { return SkillScore::NotApplicable {} };
        let coverage = Share::from_millionths(rounded(&coverage)).unwrap();
        let Some(exact) = self.exact(skill) else { return SkillScore::InsufficientEvidence { coverage } };
        let score = Score::from_millionths(rounded(&exact)).unwrap();
        SkillScore::Scored { score, level: self.rubric.level_of(score), before_rules: score, coverage }
    }

    fn overall(&self) -> OverallScore {
        let coverage = self.overall_coverage();
        if !self.rubric.document().report_overall {
            return OverallScore::SwitchedOff { coverage };
        }
        let exact = match &self.rubric.document().weighting {
            Weighting::Flat {} => {
                let [points, rated, ..] = self.sums(|_| true);
                (rated > zero()).then(|| points / rated)
            }
            Weighting::BySkill { weights } => mean(weights, |skill| self.exact(skill)),
        };
        let Some(exact) = exact else { return OverallScore::InsufficientEvidence { coverage } };
        let score = Score::from_millionths(rounded(&exact)).unwrap();
        let level = self.rubric.level_of(score);
        OverallScore::Scored { score, level, before_rules: score, after_skill_rules: score, coverage }
    }

    fn overall_coverage(&self) -> Share {
        let exact = match &self.rubric.document().weighting {
            Weighting::Flat {} => {
                let [_, rated, applicable, _] = self.sums(|_| true);
                (applicable > zero()).then(|| rated / applicable)
            }
            Weighting::BySkill { weights } => mean(weights, |skill| self.coverage(skill)),
        };
        exact.map_or(Share::ZERO, |exact| Share::from_millionths(rounded(&exact)).unwrap())
    }
}

/// The weighted mean over the skills that have a value.
fn mean(weights: &SkillMap<Weight>, value: impl Fn(Skill) -> Option<BigRational>) -> Option<BigRational> {
    let weight = |skill: Skill| BigRational::from(BigInt::from(weights[skill].get()));
    let valued: Vec<_> = Skill::ALL.iter().filter_map(|&skill| Some((weight(skill), value(skill)?))).collect();
    let whole: BigRational = valued.iter().map(|(weight, _)| weight.clone()).fold(zero(), |sum, one| sum + one);
    (whole > zero()).then(|| valued.into_iter().fold(zero(), |sum, (weight, value)| sum + weight * value) / whole)
}

/// One random change of a rubric's document.
#[derive(Clone, Debug)]
struct Mutation {
    kind: u8,
    place: Index,
    other: Index,
    weight: Weight,
    score: Score,
    share: Share,
}

fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    let mutation = (0..=19_u8, any::<Index>(), any::<Index>(), common::weight(), score(), share())
        .prop_map(|(kind, place, other, weight, score, share)| Mutation { kind, place, other, weight, score, share });
    vec(mutation, 1..=3)
}

impl Mutation {
    fn apply(&self, document: &mut RubricDocument) {
        let count = document.criteria.len();
        let (place, other) = (self.place.index(count), self.other.index(count));
        let steps = |most: usize| Step::new(u8::try_from(1 + self.other.index(most)).unwrap()).unwrap();
        let criterion = &mut document.criteria[place];
        match self.kind {
            0 => document.title = "Another title".parse().unwrap(),
            1 => criterion.name = "Another name".parse().unwrap(),
            2 => criterion.weight = CriterionWeight::Weighted { weight: self.weight },
            3 => criterion.weight = CriterionWeight::Advisory {},
            4 => document.criteria.swap(place, other),
            5 if count > 1 => drop(document.criteria.remove(place)),
            6 => {
                let added = RubricCriterion { key: "added".parse().unwrap(), ..criterion.clone() };
                document.criteria.push(added);
            }
            7 => criterion.skill = Skill::ALL[self.other.index(Skill::ALL.len())],
            8 => (criterion.steps, criterion.points) = (StepCount::new(steps(10).get() + 1).unwrap(), None),
            9 => criterion.not_applicable = NotApplicablePolicy::ALL[self.other.index(4)],
            10 => document.minimum_coverage = self.share,
            11 => document.minimum_applicable_share = self.share,
            12 => document.threshold = document.report_overall.then_some(self.score),
            13 => document.weighting = Weighting::Flat {},
            14 => multiply(document, 2),
            15 if !document.rules.is_empty() => drop(document.rules.remove(self.place.index(document.rules.len()))),
            5 | 15 => {}
            16 => document.rules.reverse(),
            17 => document.floors.clear(),
            18 => criterion.evidence_required_below = None,
            _ => {
                if let Weighting::BySkill { weights } = &mut document.weighting {
                    weights[Skill::ALL[self.other.index(Skill::ALL.len())]] = self.weight;
                }
            }
        }
    }
}

/// Multiplies the weights of all criteria as far as they stay within bounds.
fn multiply(document: &mut RubricDocument, factor: u16) {
    for criterion in &mut document.criteria {
        if let CriterionWeight::Weighted { weight } = &mut criterion.weight {
            *weight = Weight::new(weight.get() * factor).unwrap_or(*weight);
        }
    }
}

/// A rubric, another made of it by random changes, and rows that fit the first.
fn two_versions() -> impl Strategy<Value = (Rubric, Rubric, Vec<Vec<Answer>>)> {
    (rubric(), mutations())
        .prop_filter_map("the changed document is valid", |(old, mutations)| {
            let mut document = old.document().clone();
            mutations.iter().for_each(|mutation| mutation.apply(&mut document));
            Some((old, Rubric::try_from(document).ok()?))
        })
        .prop_flat_map(|(old, new)| {
            let rows = vec(row(&old), 8);
            (Just(old), Just(new), rows)
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, max_shrink_iters: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn below_breaking_every_old_row_fits_and_scores_the_same((old, new, rows) in two_versions()) {
        let diff = RubricDiff::between(&old, &new);
        if diff.kind() == Some(ChangeKind::Breaking) {
            return Ok(());
        }
        for row in rows {
            let carried = carried_over(&old, &row, &new);
            let (before, after) = (score_row(&old, &row), score_row(&new, &carried));
            prop_assert_eq!(before.skills(), after.skills(), "{:?}", diff);
            prop_assert_eq!((before.overall(), before.outcome()), (after.overall(), after.outcome()), "{:?}", diff);
            prop_assert_eq!(fired_keys(&old, &before), fired_keys(&new, &after), "{:?}", diff);
        }
    }

    #[test]
    fn a_score_that_stays_comparable_is_the_same_in_both_versions((old, new, rows) in two_versions()) {
        let diff = RubricDiff::between(&old, &new);
        for row in rows {
            let before = score_row(&old, &row);
            // A row that no longer fits has no new score to compare.
            let Ok(after) = Scorer::new(&new).score_row(&carried_over(&old, &row, &new)) else { continue };
            for (skill, _) in diff.comparable_skills().iter().filter(|(_, comparable)| **comparable) {
                prop_assert_eq!(before.skills()[skill].score(), after.skills()[skill].score(), "{}: {:?}", skill, diff);
            }
            if diff.comparable_overall() {
                prop_assert_eq!(before.overall().score(), after.overall().score(), "{:?}", diff);
            }
        }
    }

    #[test]
    fn only_a_change_of_more_than_wording_changes_the_structure((old, new, _) in two_versions()) {
        let kind = RubricDiff::between(&old, &new).kind();
        let is_wording = kind.is_none_or(|kind| kind == ChangeKind::Cosmetic);
        prop_assert_eq!(is_wording, old.pin().structure == new.pin().structure, "{:?}", kind);
    }
}
