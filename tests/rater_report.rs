//! What the report says about raters of contacts that a test makes up, where the true habits are known; and the pass of
//! a calibration set.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use service_excellence::calibration::{
    CalibrationStanding, CalibrationVerdict, CheckOutcome, FacetOutcome, RaterCheckKind, RaterThresholds,
};
use service_excellence::{
    Assessment, AssessmentBuilder, CalibrationPolicy, CalibrationSet, Day, Framework, Rater, RaterKind, RaterReport,
    Reference, Rubric, Share,
};

/// How a rater turns what there was to see (1 to 5) into a step; the numbers are those of contact and criterion.
type Habit = fn(seen: i32, contact: i32, criterion: i32) -> i32;

fn fair(seen: i32, contact: i32, criterion: i32) -> i32 {
    // One rating in five lies a step beside, up and down in turn.
    seen + if (contact * 7 + criterion * 3) % 5 == 0 { 1 - 2 * ((contact + criterion) % 2) } else { 0 }
}

fn severe(seen: i32, contact: i32, criterion: i32) -> i32 {
    fair(seen, contact + 1, criterion) - 1
}

fn always_three(_: i32, _: i32, _: i32) -> i32 {
    3
}

fn drifting(seen: i32, contact: i32, criterion: i32) -> i32 {
    fair(seen, contact + 2, criterion) - contact / 8
}

fn rubric() -> Rubric {
    Rubric::for_channel(Framework::builtin(), "chat").unwrap()
}

/// What there was to see of a criterion in a contact: persons differ, criteria too.
fn seen(contact: i32, criterion: i32) -> i32 {
    2 + (contact % 6) / 2 + (contact * 5 + criterion * 11) % 3 - 1 + (criterion % 4) / 3
}

fn reviewer(name: &str) -> Rater {
    Rater { id: name.parse().unwrap(), kind: RaterKind::QualityReviewer }
}

fn day(contact: i32) -> Day {
    "2026-01-01".parse::<Day>().unwrap().plus_days(5 * contact)
}

fn assess(rubric: &Rubric, name: &str, contact: i32, habit: Habit) -> Assessment {
    let id: Reference = format!("{name}-{contact}").parse().unwrap();
    let person: Reference = format!("person-{}", contact % 6).parse().unwrap();
    let mut builder = AssessmentBuilder::new(rubric, id, person, reviewer(name), day(contact));
    for (criterion, own) in (0..).zip(rubric.criteria()) {
        let step = habit(seen(contact, criterion), contact, criterion).clamp(1, 5);
        builder = builder.rate(own.key.as_str(), u8::try_from(step).unwrap());
    }
    let builder = builder.contact(format!("contact-{contact}").parse().unwrap());
    builder.submitted().admit().unwrap()
}

fn panel() -> Vec<Assessment> {
    let rubric = rubric();
    let raters: [(&str, Habit); 5] = [
        ("fair-1", fair),
        ("fair-2", |seen, contact, criterion| fair(seen, contact + 3, criterion)),
        ("severe", severe),
        ("threes", always_three),
        ("drifting", drifting),
    ];
    let contacts = |(name, habit): (&'static str, Habit)| {
        let rubric = rubric.clone();
        (0..24).map(move |contact| assess(&rubric, name, contact, habit))
    };
    raters.into_iter().flat_map(contacts).collect()
}

fn report(assessments: &[Assessment]) -> RaterReport {
    let reference: Reference = "fair-1".parse().unwrap();
    RaterReport::of(assessments, RaterThresholds::default(), Some(&reference), "2026-12-31".parse().unwrap())
}

fn flagged(report: &RaterReport, rater: &str) -> Vec<RaterCheckKind> {
    let rater = report.rater(&rater.parse().unwrap()).unwrap();
    // Three of the five raters have habits; on single criteria the fair ones may stand apart from such others.
    let whole = rater.flags().filter(|check| check.criterion().is_none());
    let mut kinds: Vec<RaterCheckKind> = whole.map(|check| check.kind()).collect();
    kinds.dedup();
    kinds
}

fn figure(report: &RaterReport, rater: &str, kind: RaterCheckKind) -> f64 {
    match report.rater(&rater.parse().unwrap()).unwrap().check(kind).unwrap().outcome() {
        CheckOutcome::Computed { figure, .. } => figure.value(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_habit_is_flagged_by_its_own_check() {
    use RaterCheckKind as Kind;
    let report = report(&panel());
    assert_eq!(flagged(&report, "fair-1"), [], "fair-1");
    assert_eq!(flagged(&report, "fair-2"), [], "fair-2");
    assert!((-1.2..=-0.8).contains(&figure(&report, "severe", Kind::BiasAgainstReference)));
    assert!(flagged(&report, "severe").contains(&Kind::BiasAgainstReference));
    // The mean of all raters is itself low, for the one who drifts.
    let leniency = |rater| figure(&report, rater, Kind::Leniency);
    assert!(leniency("severe") < leniency("fair-1") - 0.7);
    assert!(flagged(&report, "threes").contains(&Kind::RestrictedRange));
    assert!(flagged(&report, "threes").contains(&Kind::Halo));
    assert!(figure(&report, "drifting", Kind::Drift) < -0.25);
    assert!(flagged(&report, "drifting").contains(&Kind::Drift));
}

#[test]
fn adjusted_averages_stand_beside_raw_ones() {
    // Persons 0 to 2 meet the fair rater, the others the severe one; some contacts link the two.
    let all: Vec<Assessment> = panel()
        .into_iter()
        .filter(|one| {
            let document = one.document();
            let is_strict = document.person().as_str() > "person-2";
            match document.rater().id.as_str() {
                "fair-1" => !is_strict || document.observed() < day(6),
                "severe" => is_strict,
                _ => false,
            }
        })
        .collect();
    let report = report(&all);
    let FacetOutcome::Fitted { assumes_random_assignment, .. } = report.model() else { panic!("{:?}", report.model()) };
    assert!(!assumes_random_assignment);
    for person in report.persons() {
        let lifted = person.fair_average.value() - person.raw_average.get();
        assert_eq!(person.person.as_str() > "person-2", lifted > 0.1, "{lifted} {:?}", person.person.as_str());
    }
}

#[test]
fn the_report_does_not_depend_on_the_order_of_assessments_and_survives_json() {
    let mut assessments = panel();
    let first = report(&assessments);
    assessments.reverse();
    assert_eq!(report(&assessments), first);
    let text = serde_json::to_string(&first).unwrap();
    assert_eq!(RaterReport::from_json(&text).unwrap(), first);
}

#[test]
fn too_few_ratings_are_withheld_and_nothing_gives_an_empty_report() {
    let two: Vec<Assessment> = panel().into_iter().filter(|one| one.document().observed() == day(0)).collect();
    let report_of_one = report(&two);
    let rater = report_of_one.rater(&"severe".parse().unwrap()).unwrap();
    let drift = rater.check(RaterCheckKind::Drift).unwrap().outcome();
    let CheckOutcome::Withheld { ratings, needed } = drift else { panic!("{drift:?}") };
    assert_eq!((ratings.get(), needed.get()), (1, 6));
    let empty = report(&[]);
    assert!(empty.raters().is_empty() && empty.criteria().is_empty());
    assert!(matches!(empty.model(), FacetOutcome::NotFitted { .. }));
}

/// On one criterion half of the raters give a step less than the rest; on all others they agree.
fn read_two_ways(raters: usize) -> RaterReport {
    let rubric = rubric();
    let lower: Habit = |seen, contact, criterion| if criterion == 2 { 2 } else { fair(seen, contact, criterion) };
    let higher: Habit = |seen, contact, criterion| if criterion == 2 { 3 } else { fair(seen, contact + 1, criterion) };
    let names = ["one", "two", "three", "four"];
    let all = names.into_iter().take(raters).zip([lower, higher, lower, higher]).flat_map(|(name, habit)| {
        let rubric = rubric.clone();
        (0..24).map(move |contact| assess(&rubric, name, contact, habit))
    });
    report(&all.collect::<Vec<_>>())
}

#[test]
fn where_half_of_the_raters_read_a_criterion_otherwise_its_anchors_are_named_and_nobody_is_flagged() {
    for raters in [2, 4] {
        let report = read_two_ways(raters);
        let [anchor] = report.anchors()[..] else { panic!("{:?}", report.anchors()) };
        assert_eq!(*anchor.criterion(), rubric().criteria()[2].key);
        let split = anchor.split().unwrap();
        assert_eq!((split.lower.get(), split.upper().unwrap().get()), (2, 3));
        for rater in report.raters() {
            assert_eq!(rater.flags().count(), 0, "{raters} raters");
        }
    }
}

#[test]
fn one_severe_rater_among_three_makes_nobody_else_lenient() {
    let names: [(&str, Habit); 3] = [
        ("fair-1", fair),
        ("fair-2", |seen, contact, criterion| fair(seen, contact + 3, criterion)),
        ("severe", |seen, contact, criterion| severe(seen, contact, criterion) - 1),
    ];
    let rubric = rubric();
    let all = names.into_iter().flat_map(|(name, habit)| {
        let rubric = rubric.clone();
        (0..24).map(move |contact| assess(&rubric, name, contact, habit))
    });
    let report = report(&all.collect::<Vec<_>>());
    assert!(figure(&report, "fair-2", RaterCheckKind::BiasAgainstOthers) > 0.5, "beyond the bound");
    assert!(!flagged(&report, "fair-2").contains(&RaterCheckKind::BiasAgainstOthers), "the severe one explains it");
    assert!(flagged(&report, "severe").contains(&RaterCheckKind::BiasAgainstOthers));
}

fn set() -> CalibrationSet {
    let rubric = rubric();
    let agreed: Vec<Assessment> = (0..4).map(|contact| assess(&rubric, "panel", contact, |seen, _, _| seen)).collect();
    CalibrationSet::new(&agreed, CalibrationPolicy::default()).unwrap()
}

#[test]
fn a_pass_is_dated_and_runs_out() {
    let rubric = rubric();
    let rater: Reference = "new".parse().unwrap();
    let mut own: Vec<Assessment> = (0..3).map(|contact| assess(&rubric, "new", contact, fair)).collect();
    let as_of = day(3);
    assert_eq!(set().standing(&rater, &own, as_of), CalibrationStanding::Incomplete);
    own.push(assess(&rubric, "new", 3, fair));
    let passed = set().standing(&rater, &own, as_of);
    let due_on = day(3).plus_days(180);
    assert_eq!(passed, CalibrationStanding::Passed { on: day(3), due_on });
    assert!(passed.ratings_count());
    assert_eq!(set().standing(&rater, &own, day(2)), CalibrationStanding::Incomplete);
    assert_eq!(set().standing(&rater, &own, due_on), CalibrationStanding::Due { since: due_on });
    assert!(set().standing(&rater, &own, due_on.plus_days(-1)).ratings_count());
}

#[test]
fn a_severe_rater_fails_and_a_middling_one_needs_more_contacts() {
    let rubric = rubric();
    let rater: Reference = "new".parse().unwrap();
    let rate =
        |habit: Habit| -> Vec<Assessment> { (0..4).map(|contact| assess(&rubric, "new", contact, habit)).collect() };
    let (severe, middling) = (
        rate(severe),
        rate(|seen, contact, criterion| {
            // Every second rating lies a step beside.
            if (contact + criterion) % 2 == 0 { seen } else { fair(seen, contact, criterion) - 1 }
        }),
    );
    let result = set().result(&rater, &severe, day(9));
    assert_eq!(result.verdict, Some(CalibrationVerdict::Failed));
    assert!(result.exact.unwrap() < Share::from_millionths(350_000).unwrap());
    assert_eq!(set().standing(&rater, &severe, day(9)), CalibrationStanding::Failed { on: day(3) });
    assert_eq!((result.contacts.get(), result.contacts_of_set.get()), (4, 4));
    assert_eq!(result.criteria.iter().map(|one| one.ratings.get()).sum::<u32>(), result.ratings.get());

    let result = set().result(&rater, &middling, day(9));
    assert_eq!(result.verdict, Some(CalibrationVerdict::Undecided), "{result:?}");
    assert!(result.contacts_needed.unwrap() > result.contacts_of_set);
    let standing = set().standing(&rater, &middling, day(9));
    assert_eq!(standing, CalibrationStanding::Undecided { on: day(3) });
    assert!(!standing.ratings_count());
}

#[test]
fn a_set_needs_contacts_each_once() {
    let rubric = rubric();
    let one = assess(&rubric, "panel", 1, fair);
    let error = CalibrationSet::new(&[one.clone(), one], CalibrationPolicy::default()).unwrap_err();
    assert!(error.to_string().contains("found `contact-1`, allowed is a contact that no assessment before has"));
    assert!(CalibrationSet::new(&[], CalibrationPolicy::default()).is_err());
}
