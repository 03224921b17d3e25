//! Profiles and gaps by the numbers: what counts on a day, the claim of level 5, capped evidence, open concerns.

#![expect(clippy::unwrap_used, reason = "test helpers work on valid values")]

use service_excellence::assessment::{ConcernDecision, ConcernVerdict, Confirmation, ReviewState, ReviewStep};
use service_excellence::framework::Basis;
use service_excellence::profile::{
    Aggregation, Confidence, ExclusionReason, LevelGap, OverallStanding, Progress, TargetShare, TargetSource, Urgency,
    Verdict,
};
use service_excellence::{
    Assessment, AssessmentBuilder, CriterionStanding, Day, EvidencePolicy, Framework, GapAnalysis, Level, Note,
    Profile, Profiler, Rater, RaterKind, Reference, RoleLibrary, RoleProfile, Rubric, Score, Share, Skill, SkillGap,
    SkillMap, SkillStanding,
};

const AS_OF: &str = "2026-06-30";

fn rubric() -> Rubric {
    Rubric::for_channel(Framework::builtin(), "chat").unwrap()
}

fn role(key: &str) -> &'static RoleProfile {
    RoleLibrary::builtin().role(key).unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn reference(text: &str) -> Reference {
    text.parse().unwrap()
}

/// One submitted assessment with `step` on every criterion; the fields change one thing each.
struct Seen<'a> {
    id: &'a str,
    rater: &'a str,
    kind: RaterKind,
    basis: Basis,
    observed: &'a str,
    entered: &'a str,
    step: u8,
    other: &'a [(&'a str, u8)],
}

fn seen<'a>(id: &'a str, observed: &'a str, step: u8) -> Seen<'a> {
    Seen {
        id,
        rater: "reviewer-a",
        kind: RaterKind::QualityReviewer,
        basis: Basis::RecordedContactReview,
        observed,
        entered: observed,
        step,
        other: &[],
    }
}

impl Seen<'_> {
    fn builder(&self) -> AssessmentBuilder {
        let rubric = rubric();
        let rater = Rater { id: reference(self.rater), kind: self.kind };
        let mut builder =
            AssessmentBuilder::new(&rubric, reference(self.id), reference("agent-1"), rater, day(self.observed))
                .basis(self.basis)
                .entered(day(self.entered))
                .review(ReviewStep {
                    state: ReviewState::Submitted,
                    on: day(self.entered),
                    by: reference(self.rater),
                    note: None,
                });
        for criterion in rubric.criteria() {
            builder = builder.rate(criterion.key.as_str(), self.step);
        }
        self.other.iter().fold(builder, |builder, (criterion, step)| builder.rate(criterion, *step))
    }

    fn admit(&self) -> Assessment {
        self.builder().admit().unwrap()
    }
}

fn profile(assessments: &[Assessment], as_of: &str) -> Profile {
    profiler().profile(&reference("agent-1"), assessments, day(as_of))
}

fn profiler() -> Profiler {
    Profiler::new(&rubric(), EvidencePolicy::default()).for_role(role("frontline_agent")).unwrap()
}

fn value(profile: &Profile, criterion: &str) -> Option<String> {
    profile.criterion(criterion).unwrap().standing.score().map(|score| score.on_level_scale(2))
}

fn reasons(profile: &Profile) -> Vec<ExclusionReason> {
    profile.exclusions().iter().map(|exclusion| exclusion.reason).collect()
}

#[test]
fn the_value_of_a_criterion_is_the_mean_of_the_window() {
    let seen = [seen("a", "2026-05-01", 2), seen("b", "2026-05-02", 3), seen("c", "2026-06-30", 3)];
    let profile = profile(&seen.map(|one| one.admit()), AS_OF);
    let CriterionStanding::Rated { score, mean, observations, raters, lowest, highest, confidence, .. } =
        profile.criterion("active_listening").unwrap().standing
    else {
        panic!("a value");
    };
    assert_eq!(score, Score::try_from(0.416667).unwrap(), "(0.25 + 0.5 + 0.5) / 3");
    assert_eq!((mean, score.on_level_scale(2).as_str()), (score, "2.67"));
    assert_eq!((observations.get(), raters.get(), confidence), (3, 1, Confidence::Limited));
    assert_eq!((lowest.percent(0).as_str(), highest.percent(0).as_str()), ("25", "50"));
}

#[test]
fn one_observation_is_not_enough_and_five_by_two_raters_give_high_confidence() {
    let one = profile(&[seen("a", "2026-05-01", 3).admit()], AS_OF);
    let CriterionStanding::InsufficientEvidence { observations, needed } =
        one.criterion("active_listening").unwrap().standing
    else {
        panic!("no value");
    };
    assert_eq!((observations.get(), needed.get()), (1, 2));
    assert_eq!(one.skills()[Skill::Empathy], SkillStanding::InsufficientEvidence { coverage: Share::ZERO });

    let mut five: Vec<_> = ["a", "b", "c", "d"].map(|id| seen(id, "2026-05-01", 3).admit()).to_vec();
    five.push(Seen { rater: "reviewer-b", ..seen("e", "2026-05-02", 3) }.admit());
    let five = profile(&five, AS_OF);
    assert!(matches!(
        five.skills()[Skill::Empathy],
        SkillStanding::Rated { confidence: Confidence::High, has_open_concern: false, .. }
    ));
}

#[test]
fn the_value_is_the_mean_and_level_5_needs_two_raters_who_saw_the_highest_step() {
    let by = |id, rater, step| Seen { rater, ..seen(id, "2026-05-01", step) }.admit();
    let found = |assessments: &[_]| {
        let profile = profile(assessments, AS_OF);
        match profile.criterion("diagnosis").unwrap().standing {
            CriterionStanding::Rated { score, level, top_level_unconfirmed, .. } => {
                (score.on_level_scale(2), level.get(), top_level_unconfirmed)
            }
            _ => unreachable!("rated"),
        }
    };
    let mean_of_4 = [by("a", "ra", 5), by("b", "rb", 5), by("c", "ra", 3), by("d", "rb", 3)];
    assert_eq!(found(&mean_of_4), ("4.00".to_owned(), 4, false), "two fives by two raters lift nothing");
    let confirmed = [by("a", "ra", 5), by("b", "rb", 5), by("c", "ra", 4), by("d", "rb", 4)];
    assert_eq!(found(&confirmed), ("4.50".to_owned(), 5, false));
    let one_rater = [by("a", "ra", 5), by("b", "ra", 5), by("c", "rb", 4), by("d", "rb", 4)];
    assert_eq!(found(&one_rater), ("4.50".to_owned(), 4, true), "one rater saw the highest step");
    let too_few = [by("a", "ra", 5), by("b", "rb", 5), by("c", "ra", 5)];
    assert_eq!(found(&too_few), ("5.00".to_owned(), 4, true), "three observations");
}

#[test]
fn capped_evidence_counts_up_to_its_share_newest_first() {
    let simulation = |id, observed| Seen { basis: Basis::Simulation, ..seen(id, observed, 5) }.admit();
    let mut assessments = vec![simulation("s1", "2026-06-01"), simulation("s2", "2026-06-02")];
    let none = profile(&assessments, AS_OF);
    assert!(none.criterion("diagnosis").unwrap().standing.score().is_none(), "no full-share observation");

    assessments.push(seen("full", "2026-05-01", 3).admit());
    let profile = profile(&assessments, AS_OF);
    assert_eq!(value(&profile, "diagnosis").unwrap(), "4.00", "share 0.5: one simulation for one review");
    let used_up = profile.exclusions().iter().filter(|one| one.reason == ExclusionReason::ShareUsedUp);
    assert!(used_up.clone().all(|one| one.assessment.as_str() == "s1"), "the newest counts first");
    assert_eq!(used_up.count(), 24);
}

#[test]
fn floor_of_the_share_is_exact() {
    // Structured examples have share 0.4: two for three reviews, one for two, none for one.
    for (reviews, stories) in [(1, 0), (2, 1), (3, 2), (6, 4)] {
        let ids: Vec<String> = (0..20).map(|number| format!("n{number}")).collect();
        let mut assessments: Vec<_> = ids.iter().take(reviews).map(|id| seen(id, "2026-05-01", 3).admit()).collect();
        let story = |id: &String| Seen { basis: Basis::StarNarrative, ..seen(id, "2026-05-01", 4) }.admit();
        assessments.extend(ids.iter().skip(reviews).take(10).map(story));
        let profile = profile(&assessments, AS_OF);
        let counted = match profile.criterion("diagnosis").unwrap().standing {
            CriterionStanding::Rated { observations, .. } => observations.get(),
            CriterionStanding::InsufficientEvidence { observations, .. } => observations.get(),
            CriterionStanding::NotMastered { .. } | CriterionStanding::NotApplicable {} => 0,
        };
        assert_eq!(counted as usize, reviews + stories, "{reviews} reviews");
    }
}

#[test]
fn self_and_unconfirmed_machine_ratings_do_not_count() {
    let own = Seen { rater: "agent-1", kind: RaterKind::SelfRater, ..seen("self", "2026-05-01", 5) }.admit();
    let machine = Seen { rater: "m", kind: RaterKind::Machine, ..seen("machine", "2026-05-01", 5) };
    let confirmed = Seen { id: "confirmed", ..machine }
        .builder()
        .confirmation(Confirmation { by: reference("reviewer-a"), on: day("2026-06-01"), note: None })
        .admit()
        .unwrap();
    let machine = Seen { rater: "m", kind: RaterKind::Machine, ..seen("machine", "2026-05-01", 5) }.admit();
    let assessments = [own, machine, confirmed, seen("a", "2026-05-01", 3).admit()];
    let later = profile(&assessments, AS_OF);
    assert_eq!(value(&later, "diagnosis").unwrap(), "4.00", "the review and the confirmed machine");
    assert_eq!(reasons(&later), [ExclusionReason::UnconfirmedMachine, ExclusionReason::SelfRating]);
    let before_confirmation = profile(&assessments, "2026-05-31");
    assert_eq!(value(&before_confirmation, "diagnosis"), None);
}

#[test]
fn an_old_day_gives_the_old_answer() {
    let early = [seen("a", "2026-01-10", 2).admit(), seen("b", "2026-01-20", 2).admit()];
    let mut all = early.to_vec();
    all.push(Seen { entered: "2026-03-01", ..seen("late", "2026-01-15", 5) }.admit());
    all.push(seen("new", "2026-04-01", 5).admit());
    assert_eq!(profile(&all, "2026-02-01").criteria(), profile(&early, "2026-02-01").criteria());
    assert_eq!(reasons(&profile(&all, "2026-02-01")), [ExclusionReason::AfterAsOf, ExclusionReason::AfterAsOf]);
}

#[test]
fn the_window_is_180_days_long_with_the_day_itself() {
    let first_day = day(AS_OF).plus_days(-179).to_string();
    let day_before = day(AS_OF).plus_days(-180).to_string();
    let inside = [seen("a", &first_day, 3).admit(), seen("b", AS_OF, 3).admit()];
    assert!(value(&profile(&inside, AS_OF), "diagnosis").is_some());
    let outside = [seen("a", &day_before, 3).admit(), seen("b", AS_OF, 3).admit()];
    let outside = profile(&outside, AS_OF);
    assert!(value(&outside, "diagnosis").is_none());
    assert_eq!(reasons(&outside), [ExclusionReason::OutsideWindow]);
    assert_eq!(outside.window_start(), day(&first_day));
}

#[test]
fn drafts_disputes_and_replaced_assessments_do_not_count() {
    let rater = reference("reviewer-a");
    let step = |state| ReviewStep { state, on: day("2026-06-01"), by: rater.clone(), note: None };
    let contested = seen("contested", "2026-05-02", 1).builder().review(step(ReviewState::Contested));
    let revised = seen("revised", "2026-05-03", 1).builder().review(step(ReviewState::Contested));
    let revised = revised.review(step(ReviewState::Revised));
    let replacement = seen("replacement", "2026-05-04", 3).builder().supersedes(reference("replaced"));
    let assessments = [
        contested.admit().unwrap(),
        revised.admit().unwrap(),
        seen("replaced", "2026-05-04", 1).admit(),
        replacement.admit().unwrap(),
        seen("plain", "2026-05-05", 3).admit(),
    ];
    let profile = profile(&assessments, AS_OF);
    assert_eq!(value(&profile, "diagnosis").unwrap(), "3.00");
    assert_eq!(reasons(&profile), [ExclusionReason::Contested, ExclusionReason::Revised, ExclusionReason::Superseded],);
}

#[test]
fn a_critical_concern_caps_the_level_until_a_second_assessor_closes_it() {
    let breach = Seen { other: &[("respectful_inclusion", 1)], ..seen("breach", "2026-01-02", 4) };
    let mut assessments: Vec<_> = ["a", "b", "c", "d"].map(|id| seen(id, "2026-06-01", 4).admit()).to_vec();
    assessments.push(breach.admit());
    let open = profile(&assessments, AS_OF);
    let SkillStanding::Rated { score, level, has_open_concern, .. } = open.skills()[Skill::Empathy] else {
        panic!("a value");
    };
    assert_eq!((score.on_level_scale(2).as_str(), level.get(), has_open_concern), ("3.85", 2, true));
    assert_eq!(open.open_concerns().count(), 1);

    let decision = ConcernDecision {
        rule: "respectful_inclusion".parse().unwrap(),
        by: reference("reviewer-b"),
        on: day("2026-06-15"),
        verdict: ConcernVerdict::Resolved,
        note: None,
    };
    *assessments.last_mut().unwrap() = breach.builder().concern_decision(decision).admit().unwrap();
    assert_eq!(profile(&assessments, "2026-06-14").skills()[Skill::Empathy].level().unwrap().get(), 2);
    let closed = profile(&assessments, "2026-06-15");
    assert_eq!(closed.skills()[Skill::Empathy].level().unwrap().get(), 4);
    assert_eq!(closed.concerns()[0].closed, Some(day("2026-06-15")));
}

#[test]
fn no_window_and_no_dispute_ends_a_concern() {
    let breach = Seen { other: &[("data_protection", 1)], ..seen("breach", "2025-01-02", 3) };
    let contested = breach.builder().review(ReviewStep {
        state: ReviewState::Contested,
        on: day("2025-01-03"),
        by: reference("agent-1"),
        note: None,
    });
    let profile = profile(&[contested.admit().unwrap()], AS_OF);
    assert_eq!(profile.open_concerns().count(), 1, "disputed, and eighteen months old");
}

#[test]
fn practice_raises_no_concern() {
    let practice = Seen { basis: Basis::Simulation, other: &[("data_protection", 1)], ..seen("p", "2026-06-01", 3) };
    assert_eq!(profile(&[practice.admit()], AS_OF).concerns().len(), 0);
}

#[test]
fn a_criterion_that_never_applied_is_not_applicable() {
    let rare = |id| {
        let reason = Note::new("No long question.").unwrap();
        seen(id, "2026-06-01", 3).builder().not_applicable("patience_with_pace", reason).admit().unwrap()
    };
    let profile = profile(&[rare("a"), rare("b")], AS_OF);
    assert_eq!(profile.criterion("patience_with_pace").unwrap().standing, CriterionStanding::NotApplicable {});
    assert!(matches!(
        profile.skills()[Skill::ResilienceAndPatience],
        SkillStanding::Rated { coverage: Share::MAX, .. }
    ));
}

#[test]
fn a_gap_is_measured_from_the_start_of_the_targets_band() {
    let low = Seen { other: &[("active_listening", 2)], ..seen("a", "2026-06-01", 3) }.admit();
    let high = Seen { id: "b", other: &[("active_listening", 2)], ..seen("b", "2026-06-02", 3) }.admit();
    let profile = profile(&[low, high], AS_OF);
    let gaps = GapAnalysis::of(&profile, &rubric(), role("frontline_agent")).unwrap();
    let first = &gaps.criteria()[0];
    assert_eq!(first.criterion.as_str(), "active_listening");
    assert_eq!((first.gap.show(2).as_str(), first.to_full_level.show(2).as_str()), ("0.50", "1.00"), "2.5 - 2");
    assert_eq!(first.importance, Share::try_from(0.0625).unwrap(), "0.25 of the role x 0.25 of the skill");
    // Two observations by one rater: variance 0.01 + 0.04 / 2 = 0.03, worth 7.583 yes-or-no ones; the prior is worth 0.25 /
    // 0.0225 - 1 = 10.111. Their mean is (7.583 x 0.25 + 10.111 x 0.5) / 17.694 = 0.392857, and of the beta distribution with
    // 6.951 and 10.743 (by numerical integration) 45.326 % lie below 0.375.
    assert!((first.probability_below.to_f64() - 0.453_261).abs() < 1e-5, "{:?}", first.probability_below);
    assert!((first.priority.to_f64() - 0.014_164).abs() < 1e-6, "0.0625 x 0.5 x 0.453261");
    assert_eq!(
        first.progress,
        Progress::Towards { level: Level::new(3).unwrap(), share: Share::try_from(0.5).unwrap() }
    );
    assert_eq!((first.urgency, first.target_source), (Urgency::BelowTarget, TargetSource::SkillTarget));
    let said: Vec<_> = first.reasons.iter().take(2).map(|reason| reason.text.as_str()).collect();
    assert_eq!(
        said,
        [
            "This part is asked for at level 3, which starts at 2.50; the value is 2.00 of 5.",
            "This may well be just a run of hard contacts.",
        ]
    );
    assert_eq!(gaps.criteria()[1].gap, LevelGap::ZERO, "a value of 3 for target 3");
    assert_eq!(gaps.verdict(), Verdict::MeetsTarget, "the skill is at 2.75, in the band of level 3");
}

#[test]
fn a_gap_of_zero_and_the_targets_band_are_the_same_thing() {
    for step in 1..=5 {
        let profile = profile(&[seen("a", "2026-06-01", step).admit(), seen("b", "2026-06-02", step).admit()], AS_OF);
        let gaps = GapAnalysis::of(&profile, &rubric(), role("frontline_agent")).unwrap();
        for (skill, gap) in gaps.skills().iter() {
            let SkillGap::Assessed { level, target, gap, .. } = gap else { panic!("{skill} has a value") };
            let score = profile.skills()[skill].score().unwrap();
            assert_eq!(*gap == LevelGap::ZERO, rubric().level_of(score) >= *target, "step {step}, level {level}");
        }
    }
}

#[test]
fn a_minimum_of_the_role_is_needed_to_meet_the_target() {
    let seen = |id| Seen { other: &[("data_protection", 2)], ..seen(id, "2026-06-01", 4) }.admit();
    let profile = profile(&[seen("a"), seen("b")], AS_OF);
    let gaps = GapAnalysis::of(&profile, &rubric(), role("frontline_agent")).unwrap();
    assert!(gaps.skills().values().all(|gap| matches!(gap, SkillGap::Assessed { meets_target: true, .. })));
    assert_eq!(gaps.verdict(), Verdict::BelowTarget);
    assert_eq!(gaps.criteria()[0].urgency, Urgency::CriticalBelowTarget);
}

#[test]
fn a_surplus_in_one_skill_never_fills_a_hole_in_another() {
    let framework = Framework::builtin();
    let mut even = role("frontline_agent").clone();
    even.target_levels = SkillMap::from_fn(|_| Level::new(3).unwrap());
    even.skill_weights = SkillMap::from_fn(|_| 20.try_into().unwrap());
    let empathy: Vec<_> = framework.skills()[Skill::Empathy].criteria.iter().map(|one| one.key.as_str()).collect();
    let strong: Vec<(&str, u8)> = empathy.iter().map(|key| (*key, 5)).collect();
    let one = |id| Seen { other: &strong, ..seen(id, "2026-06-01", 1) }.admit();
    let profiler = Profiler::new(&rubric(), EvidencePolicy::default()).for_role(&even).unwrap();
    let profile = profiler.profile(&reference("agent-1"), &[one("a"), one("b")], day(AS_OF));
    let gaps = GapAnalysis::of(&profile, &rubric(), &even).unwrap();
    let share = Share::try_from(0.2).unwrap();
    assert_eq!(gaps.share_of_target(), TargetShare::Known { share }, "one skill of five, whatever its surplus");
}

#[test]
fn a_profile_of_another_role_is_refused_and_both_are_named() {
    let profile = profile(&[], AS_OF);
    let error = GapAnalysis::of(&profile, &rubric(), role("team_lead")).unwrap_err();
    let text = error.to_string();
    assert!(text.starts_with("the profile is of role `frontline_agent ("), "{text}");
    assert!(text.contains("this analysis is for `team_lead ("), "{text}");
    let mut changed = role("frontline_agent").clone();
    changed.target_levels[Skill::Empathy] = Level::MAX;
    let error = GapAnalysis::of(&profile, &rubric(), &changed).unwrap_err();
    assert!(
        error.to_string().contains("this analysis is for `frontline_agent ("),
        "the same key, another role: {error}"
    );
    let mut reworded = role("frontline_agent").clone();
    reworded.summary = "Serves customers in other words.".parse().unwrap();
    assert!(GapAnalysis::of(&profile, &rubric(), &reworded).is_ok(), "wording decides nothing");
}

#[test]
fn documents_survive_a_round_trip() {
    let profile = profile(&[seen("a", "2026-06-01", 2).admit(), seen("b", "2026-06-02", 4).admit()], AS_OF);
    let gaps = GapAnalysis::of(&profile, &rubric(), role("frontline_agent")).unwrap();
    assert_eq!(Profile::from_json(&serde_json::to_string(&profile).unwrap()).unwrap(), profile);
    assert_eq!(GapAnalysis::from_json(&serde_json::to_string(&gaps).unwrap()).unwrap(), gaps);
}

#[test]
fn a_replacement_does_not_close_a_concern() {
    let breach = Seen { other: &[("data_protection", 1)], ..seen("breach", "2026-06-01", 3) };
    let replacement = seen("replacement", "2026-06-01", 3).builder().supersedes(reference("breach"));
    let profile = profile(&[breach.admit(), replacement.admit().unwrap()], AS_OF);
    assert_eq!(reasons(&profile), [ExclusionReason::Superseded]);
    assert_eq!(profile.open_concerns().count(), 1, "only a second assessor's decision closes it");
}

#[test]
fn what_takes_no_part_replaces_nothing() {
    let own = Seen { rater: "agent-1", kind: RaterKind::SelfRater, ..seen("own", "2026-06-02", 5) };
    let own = own.builder().supersedes(reference("a")).admit().unwrap();
    let profile = profile(&[seen("a", "2026-06-01", 3).admit(), seen("b", "2026-06-01", 3).admit(), own], AS_OF);
    assert_eq!(reasons(&profile), [ExclusionReason::SelfRating]);
    assert_eq!(value(&profile, "diagnosis").unwrap(), "3.00");
}

#[test]
fn an_assessment_read_twice_counts_once() {
    let once = seen("a", "2026-06-01", 3).admit();
    let profile = profile(&[once.clone(), once], AS_OF);
    assert_eq!(reasons(&profile), [ExclusionReason::Repeated]);
    assert!(value(&profile, "diagnosis").is_none(), "one observation");
}

#[test]
fn an_open_concern_reaches_the_plan_even_without_values() {
    let breach = Seen { other: &[("data_protection", 1)], ..seen("breach", "2026-06-01", 3) };
    let profile = profile(&[breach.admit()], AS_OF);
    let gaps = GapAnalysis::of(&profile, &rubric(), role("frontline_agent")).unwrap();
    assert!(gaps.criteria().is_empty());
    assert_eq!((gaps.open_concerns().len(), gaps.verdict()), (1, Verdict::BelowTarget));
}

#[test]
fn not_applicable_that_counts_as_zero_is_an_observation_of_zero() {
    let mut document = rubric().document().clone();
    let place = document.criteria.iter().position(|one| one.key.as_str() == "diagnosis").unwrap();
    document.criteria[place].not_applicable = service_excellence::rubric::NotApplicablePolicy::CountAsZero;
    let strict = Rubric::try_from(document).unwrap();
    let one = |id: &str| {
        let rater = Rater { id: reference("reviewer-a"), kind: RaterKind::QualityReviewer };
        let observed = day("2026-06-01");
        let builder = AssessmentBuilder::new(&strict, reference(id), reference("agent-1"), rater, observed);
        let rated = strict.criteria().iter().fold(builder, |builder, one| builder.rate(one.key.as_str(), 3));
        rated.not_applicable("diagnosis", Note::new("Not this time.").unwrap()).submitted().admit().unwrap()
    };
    let profiler = Profiler::new(&strict, EvidencePolicy::default());
    let profile = profiler.profile(&reference("agent-1"), &[one("a"), one("b")], day(AS_OF));
    assert_eq!(value(&profile, "diagnosis").unwrap(), "1.00", "as in a scorecard");
}

#[test]
fn a_role_level_without_a_band_is_refused() {
    let mut document = rubric().document().clone();
    document.bands.retain(|band| band.level.get() <= 3);
    let short = Rubric::try_from(document).unwrap();
    let refused = Profiler::new(&short, EvidencePolicy::default()).for_role(role("senior_agent")).unwrap_err();
    let text = refused.to_string();
    assert!(text.contains("level `4` has no band in rubric") && text.contains("allowed is 1, 2, 3"), "{text}");
    assert!(text.contains("(at `/target_levels/empathy`, role_levels_have_bands)"), "{text}");
}

#[test]
fn raters_far_apart_ask_for_a_second_look() {
    let by = |id, rater, step| Seen { rater, ..seen(id, "2026-06-01", step) }.admit();
    let found = |assessments: &[Assessment]| match profile(assessments, AS_OF).criterion("diagnosis").unwrap().standing
    {
        CriterionStanding::Rated { spread, needs_second_look, .. } => (spread.show(2), needs_second_look),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        found(&[by("a", "ra", 2), by("b", "rb", 4)]),
        ("2.00".to_owned(), false),
        "chance, with one rating each"
    );
    assert_eq!(found(&[by("a", "ra", 1), by("b", "rb", 5)]), ("4.00".to_owned(), true));
    let five_each = |one, two| -> Vec<Assessment> {
        ["a", "b", "c", "d", "e"]
            .map(|id| by(id, "ra", one))
            .into_iter()
            .chain(["f", "g", "h", "i", "j"].map(|id| by(id, "rb", two)))
            .collect()
    };
    assert_eq!(found(&five_each(2, 4)), ("2.00".to_owned(), true), "no longer chance");
    assert_eq!(found(&five_each(2, 3)), ("1.00".to_owned(), false));
    assert_eq!(
        found(&[by("a", "ra", 1), by("b", "ra", 5)]),
        ("0.00".to_owned(), false),
        "one rater agrees with itself"
    );
}

#[test]
fn a_criterion_can_have_a_way_of_its_own() {
    let policy = EvidencePolicy::default().with_aggregation("diagnosis".parse().unwrap(), Aggregation::Latest {});
    let profiler = Profiler::new(&rubric(), policy);
    let assessments = [seen("a", "2026-06-01", 1).admit(), seen("b", "2026-06-02", 3).admit()];
    let profile = profiler.profile(&reference("agent-1"), &assessments, day(AS_OF));
    assert_eq!(
        (value(&profile, "diagnosis").unwrap(), value(&profile, "option_judgement").unwrap()),
        ("3.00".to_owned(), "2.00".to_owned())
    );
    assert_eq!(profile.criterion("diagnosis").unwrap().aggregation, Aggregation::Latest {});
    let CriterionStanding::Rated { mean, estimate, .. } = profile.criterion("diagnosis").unwrap().standing else {
        panic!("a value");
    };
    assert_eq!((mean.on_level_scale(2).as_str(), estimate.value()), ("2.00", 0.25), "the interval is about the mean");
}

#[test]
fn too_few_at_the_threshold_of_mastery_is_not_a_value() {
    let mastery = Aggregation::Mastery { needed: 2.try_into().unwrap(), threshold: Score::try_from(0.5).unwrap() };
    let mut policy = EvidencePolicy::of(Framework::builtin());
    policy.aggregation = mastery;
    let profiler = Profiler::new(&rubric(), policy);
    let assessments = [seen("a", "2026-06-01", 1).admit(), seen("b", "2026-06-02", 3).admit()];
    let profile = profiler.profile(&reference("agent-1"), &assessments, day(AS_OF));
    let standing = profile.criterion("diagnosis").unwrap().standing;
    let (observations, needed) = (2.try_into().unwrap(), 2.try_into().unwrap());
    assert_eq!(standing, CriterionStanding::NotMastered { observations, needed });
    assert_eq!(profile.overall(), OverallStanding::InsufficientEvidence {});
}

#[test]
fn the_persons_own_view_stands_beside_that_of_others() {
    let own = Seen { rater: "agent-1", kind: RaterKind::SelfRater, ..seen("own", "2026-06-03", 4) }.admit();
    let others = [seen("a", "2026-06-01", 2).admit(), seen("b", "2026-06-02", 3).admit()];
    let profile = profile(&[others.to_vec(), vec![own]].concat(), AS_OF);
    assert_eq!(value(&profile, "diagnosis").unwrap(), "2.50", "own ratings do not count");
    let gaps = GapAnalysis::of(&profile, &rubric(), role("frontline_agent")).unwrap();
    let gap = gaps.criteria().iter().find(|one| one.criterion.as_str() == "diagnosis").unwrap();
    assert_eq!(gap.own_view_above_others, Some(1.5.try_into().unwrap()));
    let said = gap.reasons.iter().find(|reason| reason.code.as_str() == "own_view_differs").unwrap();
    assert_eq!(
        said.text.as_str(),
        "The person sees it differently, 1.50 levels higher than the others; both views belong in the talk."
    );
}

#[test]
fn without_a_value_or_a_demand_the_share_of_the_target_has_a_reason() {
    let nothing = GapAnalysis::of(&profile(&[], AS_OF), &rubric(), role("frontline_agent")).unwrap();
    assert_eq!(nothing.share_of_target(), TargetShare::NoSkillRated {});
    let mut easy = role("frontline_agent").clone();
    easy.target_levels = SkillMap::from_fn(|_| Level::MIN);
    easy.minimum_levels.clear();
    let assessments = [seen("a", "2026-06-01", 3).admit(), seen("b", "2026-06-02", 3).admit()];
    let profiler = Profiler::new(&rubric(), EvidencePolicy::default()).for_role(&easy).unwrap();
    let profile = profiler.profile(&reference("agent-1"), &assessments, day(AS_OF));
    let gaps = GapAnalysis::of(&profile, &rubric(), &easy).unwrap();
    assert_eq!(gaps.share_of_target(), TargetShare::NothingAskedFor {});
}
