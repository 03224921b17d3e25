//! Two periods of one person, and how many more observations it takes.

#![expect(clippy::unwrap_used, reason = "test helpers work on valid values")]
#![expect(clippy::float_cmp, reason = "numbers in documents have six decimals, and so have those compared with")]

use service_excellence::profile::{ChangeVerdict, ComponentsSource, CriterionTrend, LevelGap};
use service_excellence::statistics::{ConfidenceLevel, NestedComponents, Undefined};
use service_excellence::{
    Assessment, AssessmentBuilder, Day, EvidencePolicy, Framework, Profiler, Rater, RaterKind, Reference, Rubric,
    Skill, Trend, UncertaintyModel,
};

fn rubric() -> Rubric {
    Rubric::for_channel(Framework::builtin(), "chat").unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn person() -> Reference {
    "agent-1".parse().unwrap()
}

fn seen(rubric: &Rubric, id: usize, rater: &str, observed: Day, entered: Day, step: u8) -> Assessment {
    let rater = Rater { id: rater.parse().unwrap(), kind: RaterKind::QualityReviewer };
    let builder = AssessmentBuilder::new(rubric, format!("as-{id}").parse().unwrap(), person(), rater, observed);
    let rated = rubric.criteria().iter().fold(builder, |builder, one| builder.rate(one.key.as_str(), step));
    rated.entered(entered).submitted().admit().unwrap()
}

/// Five observations by two raters in each of two windows of 60 days.
fn periods(before: u8, after: u8) -> Vec<Assessment> {
    let rubric = rubric();
    let starts = [("2026-01-10", before), ("2026-04-10", after)];
    let rows = starts.iter().enumerate().flat_map(|(period, (start, step))| {
        let rubric = rubric.clone();
        (0..5).map(move |index| {
            let observed = day(start).plus_days(index);
            let rater = if index % 2 == 0 { "ra" } else { "rb" };
            seen(&rubric, period * 10 + index as usize, rater, observed, observed, *step)
        })
    });
    rows.collect()
}

fn profiler() -> Profiler {
    let mut policy = EvidencePolicy::of(Framework::builtin());
    policy.window_days = 60.try_into().unwrap();
    Profiler::new(&rubric(), policy)
}

fn trend(assessments: &[Assessment]) -> Trend {
    profiler().trend(&person(), assessments, day("2026-02-28"), day("2026-05-31")).unwrap()
}

fn diagnosis(trend: &Trend) -> &CriterionTrend {
    trend.criteria().iter().find(|one| one.criterion.as_str() == "diagnosis").unwrap()
}

#[test]
fn a_gain_of_two_levels_is_shown_and_none_of_half_a_level() {
    let gained = diagnosis(&trend(&periods(2, 4))).change.unwrap();
    assert_eq!((gained.verdict(), gained.difference().value()), (ChangeVerdict::Rose, 0.5));
    // The same two raters in both periods, 3 and 2 of 5: their part cancels, and 2 · 0.04 / 5 is left.
    assert_eq!(gained.difference().standard_error(), Some(0.126_491));
    assert_eq!(gained.index(), 3.952_847, "0.5 / 0.1264911");
    assert_eq!(diagnosis(&trend(&periods(4, 2))).change.unwrap().verdict(), ChangeVerdict::Fell);
    let same = trend(&periods(3, 3));
    assert_eq!(diagnosis(&same).change.unwrap().verdict(), ChangeVerdict::NotShown);
    assert_eq!(same.skills()[Skill::Empathy].unwrap().verdict(), ChangeVerdict::NotShown);
    assert_eq!(same.overall().unwrap().difference().value(), 0.0);
}

#[test]
fn words_do_not_claim_that_nothing_changed() {
    assert!(ChangeVerdict::NotShown.in_words().contains("does not prove that nothing changed"));
    assert!(ChangeVerdict::Rose.in_words().contains("seldom come from the choice of contacts and raters alone"));
}

#[test]
fn the_verdict_rests_on_the_change_from_what_a_low_start_lets_expect() {
    // From 2 the same two raters let expect 0.5 - 0.25 · (0.0225 + 0.0052) / (0.0225 + 0.0132), as a score.
    let change = diagnosis(&trend(&periods(2, 4))).change.unwrap();
    let expected = 0.5 - 0.25 * 0.0277 / 0.0357;
    assert!((change.from_expected().unwrap().value() - (0.75 - expected)).abs() < 1e-6);
    assert!(change.from_expected().unwrap().value() < change.difference().value());
    // From 1 to 2 by the same two raters the raw difference looks like a rise.
    let low = diagnosis(&trend(&periods(1, 2))).change.unwrap();
    assert_eq!((low.raw_verdict(), low.verdict()), (ChangeVerdict::Rose, ChangeVerdict::NotShown));
}

#[test]
fn what_was_entered_late_counts_where_it_happened() {
    let mut all = periods(2, 3);
    let rubric = rubric();
    let late = (20..25).map(|id| seen(&rubric, id, "ra", day("2026-01-20"), day("2026-05-01"), 4));
    all.extend(late);
    let change = diagnosis(&trend(&all)).change.unwrap();
    assert_eq!(change.earlier().value(), 0.5, "five at level 2 and five at level 4");
}

#[test]
fn a_period_without_a_value_has_nothing_to_compare() {
    let only_before: Vec<_> = periods(3, 3).into_iter().take(5).collect();
    assert_eq!(diagnosis(&trend(&only_before)).change, Err(Undefined::NoData {}));
    assert_eq!(trend(&only_before).overall(), Err(Undefined::NoData {}));
}

#[test]
fn periods_that_share_a_day_are_refused() {
    let error = profiler().trend(&person(), &periods(3, 3), day("2026-04-02"), day("2026-05-31")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the earlier period ends on `2026-04-02`, allowed is a day before `2026-04-02`, on which the later one starts"
    );
}

#[test]
fn more_raters_and_wider_intervals_take_fewer_observations() {
    let profile = profiler().profile(&person(), &periods(3, 3), day("2026-05-31"));
    let model = UncertaintyModel::default();
    let found = profile.criterion("diagnosis").unwrap();
    let needed = |width: f64, raters: u16| {
        model
            .more_observations(found, LevelGap::try_from(width).unwrap(), raters.try_into().unwrap())
            .map(|more| more.get())
    };
    assert_eq!(needed(1.0, 4), Ok(8), "13 less the 5 there are");
    assert!(needed(1.0, 8).unwrap() < needed(1.0, 4).unwrap() && needed(1.5, 4).unwrap() < needed(1.0, 4).unwrap());
    assert_eq!(needed(4.0, 4), Ok(0), "nothing more for an interval as wide as the scale");
    assert!(matches!(needed(1.0, 1), Err(Undefined::TooFewRaters { .. })));
}

#[test]
fn components_come_from_the_whole_set_or_from_the_defaults() {
    let profiler = profiler();
    let few = profiler.estimate_uncertainty(&periods(3, 3), day("2026-05-31"), ConfidenceLevel::NINETY);
    assert_eq!(few.not_estimated().len(), 24, "one person tells nothing about persons");
    assert_eq!(
        few.not_estimated()[0].1,
        Undefined::TooFewSubjects { found: 1.try_into().unwrap(), needed: 2.try_into().unwrap() }
    );
    assert_eq!(
        (few.source(), few.components(&"diagnosis".parse().unwrap()).within()),
        (ComponentsSource::Estimated, 0.04)
    );
    let own = NestedComponents::new(0.6, 0.02, 0.01, 0.08).unwrap();
    let model = UncertaintyModel::default().with_components("diagnosis".parse().unwrap(), own);
    assert_eq!((model.source(), model.components(&"diagnosis".parse().unwrap())), (ComponentsSource::Supplied, own));
    let profile = profiler.with_uncertainty(model).profile(&person(), &periods(3, 3), day("2026-05-31"));
    assert_eq!(profile.components(), ComponentsSource::Supplied);
}
