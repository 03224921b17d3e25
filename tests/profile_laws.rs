//! Laws of profiles and gaps, on arbitrary assessments of a person.

#![expect(clippy::unwrap_used, reason = "test helpers work on valid values")]

use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use service_excellence::assessment::Answer;
use service_excellence::framework::Basis;
use service_excellence::profile::{
    Aggregation, LevelGap, Observation, ObservedRow, RaterWeights, TargetSource, Verdict,
};
use service_excellence::value::{Step, Weight};
use service_excellence::{
    Assessment, AssessmentBuilder, CriterionStanding, Day, EvidencePolicy, Framework, GapAnalysis, Note, Profile,
    Profiler, Rater, RaterKind, RoleLibrary, RoleProfile, Rubric, Score, Share, Skill, SkillGap,
};

static RUBRIC: LazyLock<Rubric> = LazyLock::new(|| Rubric::for_channel(Framework::builtin(), "chat").unwrap());

/// One assessment before it is made: day, delay of entry, rater, capacity, kind of evidence, one answer per criterion.
#[derive(Clone, Debug)]
struct Plan {
    day: i32,
    delay: i32,
    rater: u8,
    kind: RaterKind,
    basis: Basis,
    steps: Vec<Option<u8>>,
}

fn plan() -> impl Strategy<Value = Plan> {
    let kinds = vec![RaterKind::QualityReviewer, RaterKind::Coach, RaterKind::Peer, RaterKind::SelfRater];
    let bases = vec![Basis::LiveObservation, Basis::RecordedContactReview, Basis::Simulation, Basis::WorkRecord];
    let steps = vec(prop::option::weighted(0.9, 1..=5_u8), RUBRIC.criteria().len());
    (0..300_i32, 0..40_i32, 0..4_u8, select(kinds), select(bases), steps)
        .prop_map(|(day, delay, rater, kind, basis, steps)| Plan { day, delay, rater, kind, basis, steps })
}

fn plans() -> impl Strategy<Value = Vec<Plan>> {
    vec(plan(), 0..14)
}

fn first_day() -> Day {
    "2026-01-01".parse().unwrap()
}

fn admit(plans: &[Plan], person: &str) -> Vec<Assessment> {
    let one = |(index, plan): (usize, &Plan)| {
        let own = plan.kind == RaterKind::SelfRater;
        let rater = if own { person.to_owned() } else { format!("rater-{}", plan.rater) };
        let rater = Rater { id: rater.parse().unwrap(), kind: plan.kind };
        let observed = first_day().plus_days(plan.day);
        let id = format!("{person}-{index:02}").parse().unwrap();
        let start = AssessmentBuilder::new(&RUBRIC, id, person.parse().unwrap(), rater, observed)
            .basis(plan.basis)
            .entered(observed.plus_days(plan.delay));
        let answered = RUBRIC.criteria().iter().zip(&plan.steps).fold(start, |builder, (criterion, step)| match step {
            Some(step) => builder.rate(criterion.key.as_str(), *step),
            None => builder.not_observed(criterion.key.as_str(), Note::new("Not seen.").unwrap()),
        });
        answered.submitted().admit().unwrap()
    };
    plans.iter().enumerate().map(one).collect()
}

fn role() -> &'static RoleProfile {
    RoleLibrary::builtin().role("senior_agent").unwrap()
}

fn profiler() -> Profiler {
    Profiler::new(&RUBRIC, EvidencePolicy::default()).for_role(role()).unwrap()
}

fn profile(assessments: &[Assessment], as_of: i32) -> Profile {
    profiler().profile(&"agent-1".parse().unwrap(), assessments, first_day().plus_days(as_of))
}

fn gaps(profile: &Profile) -> GapAnalysis {
    GapAnalysis::of(profile, &RUBRIC, role()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn an_old_day_gives_the_old_answer(plans in plans(), as_of in 0..340_i32) {
        let all = admit(&plans, "agent-1");
        let day = first_day().plus_days(as_of);
        let known: Vec<_> = all.iter().filter(|one| one.document().entered() <= day).cloned().collect();
        let (then, now) = (profile(&known, as_of), profile(&all, as_of));
        prop_assert_eq!(then.criteria(), now.criteria());
        prop_assert_eq!(then.skills(), now.skills());
        prop_assert_eq!((then.overall(), then.concerns()), (now.overall(), now.concerns()));
        prop_assert_eq!(gaps(&then), gaps(&now));
    }

    #[test]
    fn the_order_of_assessments_never_matters(plans in plans(), turn in 0..14_usize) {
        let mut all = admit(&plans, "agent-1");
        let before = profile(&all, 340);
        let turn = turn.min(all.len());
        all.rotate_left(turn);
        all.reverse();
        prop_assert_eq!(before, profile(&all, 340));
    }

    #[test]
    fn profiles_of_everybody_are_those_of_each(one in plans(), other in plans()) {
        let mut all = admit(&one, "agent-1");
        all.extend(admit(&other, "agent-2"));
        let day = first_day().plus_days(340);
        let together = profiler().profiles(&all, day);
        for profile in &together {
            prop_assert_eq!(profile, &profiler().profile(profile.person(), &all, day));
        }
        prop_assert_eq!(together.len(), usize::from(!one.is_empty()) + usize::from(!other.is_empty()));
    }

    #[test]
    fn bare_rows_give_the_same_as_assessments(plans in plans()) {
        let all = admit(&plans, "agent-1");
        let day = first_day().plus_days(340);
        let rows: Vec<ObservedRow<'_>> = all.iter().map(|one| {
            let document = one.document();
            ObservedRow {
                id: document.id(), person: document.person(), rater: &document.rater().id, kind: document.rater().kind,
                basis: document.basis(), observed: document.observed(), entered: document.entered(), row: one.row(),
            }
        }).collect();
        prop_assert_eq!(profiler().profiles_of_rows(&rows, day).unwrap(), profiler().profiles(&all, day));
    }

    #[test]
    fn a_surplus_never_changes_another_skills_gap(plans in vec(plan(), 2..10), skill in select(Skill::ALL)) {
        let mut raised = plans.clone();
        for plan in &mut raised {
            for (step, criterion) in plan.steps.iter_mut().zip(RUBRIC.criteria()) {
                // Critical criteria raise concerns about the whole; they stay as they are.
                if criterion.skill == skill && criterion.critical.is_none() && step.is_some() {
                    *step = Some(5);
                }
            }
        }
        let [before, after] = [&plans, &raised].map(|plans| gaps(&profile(&admit(plans, "agent-1"), 340)));
        for (other, gap) in before.skills().iter().filter(|(other, _)| *other != skill) {
            prop_assert_eq!(gap, &after.skills()[other]);
        }
        let of = |gaps: &GapAnalysis| -> Vec<_> {
            let mut others: Vec<_> = gaps.criteria().iter().filter(|one| one.skill != skill).cloned().collect();
            others.sort_by(|one, other| one.criterion.cmp(&other.criterion));
            others
        };
        prop_assert_eq!(of(&before), of(&after));
    }

    #[test]
    fn meeting_every_minimum_is_necessary_to_meet_the_target(
        plans in vec(plan(), 2..6), good in prop::bool::weighted(0.7), weak in any::<prop::sample::Index>(),
    ) {
        let mut plans = plans;
        for plan in &mut plans {
            (plan.kind, plan.basis, plan.day, plan.delay) = (RaterKind::Coach, Basis::LiveObservation, 200, 0);
            plan.steps.iter_mut().for_each(|step| *step = Some(if good { 4 } else { 3 }));
        }
        let minimum = &role().minimum_levels[weak.index(role().minimum_levels.len())];
        let place = RUBRIC.position(minimum.criterion.as_str()).unwrap();
        let strong = gaps(&profile(&admit(&plans, "agent-1"), 340));
        plans.iter_mut().for_each(|plan| plan.steps[place] = Some(2));
        let weakened = gaps(&profile(&admit(&plans, "agent-1"), 340));
        prop_assert_eq!(weakened.verdict(), Verdict::BelowTarget, "{}", minimum.criterion);
        let misses = |gaps: &GapAnalysis| gaps.criteria().iter().any(|one| {
            one.target_source == TargetSource::RoleMinimum && one.gap > LevelGap::ZERO
        });
        prop_assert!(strong.verdict() != Verdict::MeetsTarget || !misses(&strong));
        prop_assert!(!good || strong.verdict() == Verdict::MeetsTarget);
    }

    #[test]
    fn intervals_stay_on_the_scale_and_hold_the_mean(plans in vec(plan(), 2..14)) {
        let profile = profile(&admit(&plans, "agent-1"), 340);
        for found in profile.criteria() {
            let CriterionStanding::Rated { mean, lowest, highest, estimate, raters, observations, .. } = found.standing
            else { continue };
            let interval = estimate.interval().unwrap();
            prop_assert!(0.0 <= interval.lower() && interval.upper() <= 1.0);
            prop_assert!(interval.lower() <= mean.to_f64() + 1e-6 && mean.to_f64() <= interval.upper() + 1e-6);
            prop_assert!(lowest <= mean && mean <= highest && raters <= observations);
        }
    }

    #[test]
    fn the_priority_is_importance_times_gap_times_probability(plans in vec(plan(), 2..14)) {
        let gaps = gaps(&profile(&admit(&plans, "agent-1"), 340));
        for one in gaps.criteria() {
            let product = one.importance.to_f64() * one.gap.to_f64() * one.probability_below.to_f64();
            prop_assert!((product - one.priority.to_f64()).abs() < 1e-6);
            prop_assert!(one.gap == LevelGap::ZERO || one.probability_below > Share::ZERO, "{:?}", one);
        }
        for gap in gaps.skills().values() {
            if let SkillGap::Assessed { gap, level, target, blocked_by_concern: false, .. } = gap {
                prop_assert_eq!(*gap == LevelGap::ZERO, level >= target);
            }
        }
    }

    #[test]
    fn every_aggregation_lies_between_the_lowest_and_the_highest(
        steps in vec((1..=5_u8, 0..200_i32, select(&RaterKind::ALL[1..])), 1..20), share in 0..=1_000_000_u32,
        days in 1..400_u16,
    ) {
        let seen: Vec<Observation> = steps.iter().map(|(step, day, by)| Observation {
            points: Score::from_millionths(u32::from(*step - 1) * 250_000).unwrap(),
            observed: first_day().plus_days(*day),
            by: *by,
        }).collect();
        let share = Share::from_millionths(share).unwrap();
        let (one, two) = (Weight::MIN, Weight::new(2).unwrap());
        let weights = RaterWeights { peer: one, coach: two, quality_reviewer: two, customer: one, machine: one };
        let (lowest, highest) = (seen.iter().map(|one| one.points).min(), seen.iter().map(|one| one.points).max());
        let unordered = [
            Aggregation::Mean {}, Aggregation::Median {}, Aggregation::TrimmedMean { cut: share },
            Aggregation::Highest {}, Aggregation::HalfLife { days: days.try_into().unwrap() },
            Aggregation::ByRater { weights },
            Aggregation::Mastery { needed: 1.try_into().unwrap(), threshold: Score::ZERO },
        ];
        let ordered = [Aggregation::Latest {}, Aggregation::Weighted { share }, Aggregation::Decaying { share }];
        let mut turned = seen.clone();
        turned.reverse();
        for aggregation in unordered {
            let value = aggregation.of(&seen);
            prop_assert!(lowest <= value && value <= highest, "{:?} gives {:?}", aggregation, value);
            let off = value.unwrap().millionths().abs_diff(aggregation.of(&turned).unwrap().millionths());
            prop_assert!(off <= 1, "{:?}: the order does not matter", aggregation);
        }
        for aggregation in ordered {
            let value = aggregation.of(&seen);
            prop_assert!(lowest <= value && value <= highest, "{:?} gives {:?}", aggregation, value);
        }
    }
}

#[test]
fn a_row_that_the_rubric_does_not_allow_is_named() {
    let (id, person, rater) = ("a".parse().unwrap(), "p".parse().unwrap(), "r".parse().unwrap());
    let day = first_day();
    let good = vec![Answer::Rated(Step::new(3).unwrap()); RUBRIC.criteria().len()];
    let mut bad = good.clone();
    bad[1] = Answer::Rated(Step::new(7).unwrap());
    let row = |row| ObservedRow {
        id: &id,
        person: &person,
        rater: &rater,
        kind: RaterKind::Coach,
        basis: Basis::LiveObservation,
        observed: day,
        entered: day,
        row,
    };
    let error = profiler().profiles_of_rows(&[row(&good), row(&bad)], day).unwrap_err().to_string();
    assert!(error.starts_with("row 2: `step 7` for `perspective_taking`: allowed is a step from 1 to 5"), "{error}");
}
