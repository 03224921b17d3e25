//! Plans to choose from, wishes, and runs that are under way.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "test helpers work on valid values")]

use std::collections::BTreeSet;

use service_excellence::coaching::{
    Baseline, GoalMeasure, GoalSetup, LevelModel, Measured, PlanEvent, PlanGuarantee, PlanStep, Reach, RecordSetup,
    Tenure, UnderWay,
};
use service_excellence::planning::SolveLimits;
use service_excellence::{
    ActivityLibrary, CoachingError, CoachingPlan, CostBand, Day, FocusPolicy, GapAnalysis, Key, PlanLimits, PlanRecord,
    Planner, Reference, Rubric, Score, Share,
};

#[path = "common/person.rs"]
mod person;

use person::{gaps, limits, steps_with};

fn library() -> &'static ActivityLibrary {
    ActivityLibrary::builtin()
}

fn key(text: &str) -> Key {
    text.parse().unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The gaps of a person with three goals, and little time for them.
fn short_of_time() -> (Rubric, GapAnalysis, PlanLimits) {
    let changes = [("sincere_acknowledgement", 2), ("patience_with_pace", 2), ("expectation_setting", 2)];
    let (rubric, gaps) = gaps("frontline_agent", &steps_with(&changes));
    let minutes_in_total = Some(180.try_into().unwrap());
    (rubric, gaps, PlanLimits { minutes_in_total, ..limits(8, 60) })
}

/// One goal at a time: then no plan can leave an urgent goal out, and the best plan of the problem is the person's.
fn one_at_a_time() -> FocusPolicy {
    FocusPolicy { goals: 1.try_into().unwrap(), ..FocusPolicy::default() }
}

fn planned(limits: PlanLimits) -> Result<CoachingPlan, CoachingError> {
    let (rubric, gaps, _) = short_of_time();
    Planner::new(&rubric, library(), limits)?.with_focus(one_at_a_time()).plan(&gaps)
}

fn activities(plan: &CoachingPlan) -> BTreeSet<&str> {
    plan.activities().iter().map(|one| one.activity.as_str()).collect()
}

#[test]
fn plans_to_choose_from_are_the_alternatives_of_the_problem() {
    let (rubric, gaps, limits) = short_of_time();
    let limits = PlanLimits { minutes_in_total: Some(240.try_into().unwrap()), ..limits };
    let planner = Planner::new(&rubric, library(), limits).unwrap().with_focus(one_at_a_time());
    let plans = planner.alternatives(&gaps, 4, Share::try_from(0.1).unwrap()).unwrap();
    let problem = planner.problem(&gaps).unwrap();
    let outcomes = problem.alternatives(4, 100, &SolveLimits::default());
    assert_eq!(plans.len(), outcomes.len());
    if cfg!(feature = "exact") {
        assert!(plans.len() >= 2, "{}", plans.len());
    }
    let ideal: i64 = problem.document().people[0].goals.iter().map(|goal| (goal.to - goal.from) * goal.weight).sum();
    for (plan, outcome) in plans.iter().zip(&outcomes) {
        let value = outcome.evaluation().unwrap().value();
        assert_eq!(plan.reached().millionths(), (value as f64 / ideal as f64 * 1e6).round() as u32);
        let of_library = |id: &Key| id.as_str().split_once("_variant_").map_or(id.as_str(), |(key, _)| key).to_owned();
        let expected: BTreeSet<String> =
            outcome.plan().unwrap().iter().map(|placement| of_library(&placement.activity)).collect();
        let first_phase = plan.activities().iter().filter(|one| one.phase.get() == 1);
        let found: BTreeSet<&str> = first_phase.map(|one| one.activity.as_str()).collect();
        assert_eq!(found, expected.iter().map(String::as_str).collect());
        assert_eq!(CoachingPlan::from_json(&serde_json::to_string(plan).unwrap()).unwrap(), *plan);
    }
    assert_eq!(plans[0], planner.plan(&gaps).unwrap(), "the first is the best");
    for plan in &plans[1..] {
        let PlanGuarantee::Alternative { at_most } = plan.guarantee() else { panic!("{}", plan.guarantee()) };
        assert!(plan.reached() <= plans[0].reached() && plans[0].reached() <= at_most);
        assert!(plan.activities().iter().all(|one| one.reached_without.at_least() <= Some(at_most)), "true for all");
        assert_eq!((plan.what_if(), plan.what_binds()), (plans[0].what_if(), plans[0].what_binds()));
    }
    assert!(planner.alternatives(&gaps, 0, Share::MAX).unwrap().is_empty());
}

#[test]
fn what_is_not_wanted_is_left_out_and_named() {
    let (_, _, limits) = short_of_time();
    let free = planned(limits.clone()).unwrap();
    let first = &free.activities()[0];
    let without = planned(PlanLimits { without: vec![first.activity.clone()], ..limits }).unwrap();
    let left_out = without.omissions().iter().find(|one| one.activity == first.activity).unwrap();
    assert_eq!((left_out.reason.code.as_str(), &left_out.name), ("left_out_on_request", &first.name));
    if first.reached_without.is_proven() {
        assert_eq!(Some(without.reached()), first.reached_without.at_least(), "as the first plan said");
    }
    if cfg!(feature = "exact") {
        assert_eq!(left_out.reached_with, Reach::Exactly { share: free.reached() }, "the price of the wish");
        assert!(left_out.reason.text.as_str().contains(" The best plan with it reaches "), "{}", left_out.reason.text);
        assert!(without.reached() < free.reached());
        let told = format!("The wishes have a price: more is reached with \"{}\".", first.name);
        assert!(without.what_binds().ends_with(&told), "{}", without.what_binds());
    }
}

#[test]
fn who_does_not_want_what_could_take_no_part_pays_nothing() {
    let (_, _, limits) = short_of_time();
    let of_role = library().activities().iter().find(|one| !one.is_for(&key("frontline_agent"))).unwrap();
    let plan = planned(PlanLimits { without: vec![of_role.key.clone()], ..limits }).unwrap();
    let left_out = plan.omissions().iter().find(|one| one.activity == of_role.key).unwrap();
    assert_eq!(
        (left_out.reached_with, left_out.reason.text.as_str()),
        (Reach::NoPlan {}, "It was asked to be left out.")
    );
}

#[test]
fn what_is_wanted_is_planned_and_reaches_what_the_plan_before_said() {
    let (_, _, limits) = short_of_time();
    let free = planned(limits.clone()).unwrap();
    let mut proven = 0;
    for omission in free.omissions().iter().filter(|one| one.reached_with != (Reach::NoPlan {})) {
        let plan = planned(PlanLimits { required: vec![omission.activity.clone()], ..limits.clone() }).unwrap();
        let wanted = plan.activities().iter().find(|one| one.activity == omission.activity).unwrap();
        assert_eq!(wanted.reasons[0].code.as_str(), "on_request");
        if let (Reach::Exactly { share }, PlanGuarantee::Optimal {}) = (omission.reached_with, plan.guarantee()) {
            assert_eq!(plan.reached(), share, "{}", omission.activity);
            if wanted.reached_without.is_proven() && free.guarantee() == (PlanGuarantee::Optimal {}) {
                assert_eq!(wanted.reached_without, Reach::Exactly { share: free.reached() }, "the price of the wish");
            }
            proven += 1;
        }
    }
    if cfg!(feature = "exact") {
        assert!(proven >= 3, "{proven}");
    }
}

#[test]
fn a_wish_that_cannot_be_met_says_why() {
    let (_, _, limits) = short_of_time();
    let error = |changed: PlanLimits| planned(changed).unwrap_err();
    let of_role = library().activities().iter().find(|one| !one.is_for(&key("frontline_agent"))).unwrap();
    let other_role = error(PlanLimits { required: vec![of_role.key.clone()], ..limits.clone() });
    assert_eq!(other_role.code(), "required_cannot_be_planned");
    assert!(other_role.to_string().starts_with(&format!("`{}` is required and cannot be planned: It ", of_role.key)));

    let free = planned(limits.clone()).unwrap();
    let all: Vec<Key> = free
        .omissions()
        .iter()
        .filter(|one| one.reached_with != (Reach::NoPlan {}))
        .map(|one| one.activity.clone())
        .chain(free.activities().iter().map(|one| one.activity.clone()))
        .collect();
    let no_room = error(PlanLimits { required: all, ..limits.clone() });
    assert_eq!(no_room.code(), "no_room_for_required", "{no_room}");
    if cfg!(feature = "exact") {
        let told = no_room.to_string();
        let conflict = told.strip_prefix("not everything that is required fits; these cannot hold together: ").unwrap();
        let name = format!("\"{}\" is required", free.activities()[0].name);
        assert!(conflict.split("; ").any(|one| one == name || one.ends_with(" is required")), "{told}");
        assert!(!told.contains('`') && !told.contains("_variant_"), "in words, without ids: {told}");
    }

    let first = free.activities()[0].activity.clone();
    let both = |required: &[&Key], without: &[&Key], completed: &[&Key]| PlanLimits {
        required: required.iter().map(|one| (*one).clone()).collect(),
        without: without.iter().map(|one| (*one).clone()).collect(),
        completed: completed.iter().map(|one| (*one).clone()).collect(),
        ..limits.clone()
    };
    let text = format!("`{first}` stands in `required` and in `without`: only one of the two is allowed, and once");
    assert_eq!(error(both(&[&first], &[&first], &[])).to_string(), text);
    assert_eq!(error(both(&[&first], &[], &[&first])).code(), "limits_contradict");
    let unknown = key("juggling");
    for changed in [both(&[&unknown], &[], &[]), both(&[], &[&unknown], &[])] {
        assert_eq!(error(changed).code(), "activity_not_in_library");
    }
}

/// One goal, one activity for it in a rest of a run: the numbers can be followed by hand.
fn one_goal() -> (Rubric, GapAnalysis, CoachingPlan) {
    let (rubric, gaps) = gaps("frontline_agent", &steps_with(&[("active_listening", 2)]));
    let plan = Planner::new(&rubric, library(), limits(8, 60)).unwrap().plan(&gaps).unwrap();
    (rubric, gaps, plan)
}

fn drafted(plan: &CoachingPlan, rubric: &Rubric) -> PlanRecord {
    let setup = RecordSetup {
        id: "plan-1".parse().unwrap(),
        coach: "coach".parse().unwrap(),
        tenure: Tenure::Established,
        follows: None,
        baseline_days: 90.try_into().unwrap(),
        baselines: baselines(),
    };
    PlanRecord::draft(plan, rubric, setup).unwrap()
}

fn baselines() -> Vec<GoalSetup> {
    let model = LevelModel::default();
    let measured = Measured::new(Score::try_from(0.25).unwrap(), 16.try_into().unwrap(), &model);
    vec![GoalSetup {
        criterion: key("active_listening"),
        baseline: Baseline::new(measured, day("2026-06-30"), &model),
        measure: GoalMeasure::RubricMean { min_observations: 8.try_into().unwrap() },
        due: None,
    }]
}

/// Begun on a day, by both.
fn begun(record: &PlanRecord, on: &str) -> PlanRecord {
    let (coach, person): (Reference, Reference) = ("coach".parse().unwrap(), record.person().clone());
    let step = |by: &Reference, event: PlanEvent| PlanStep { on: day(on), by: by.clone(), event };
    let steps = [
        step(&coach, PlanEvent::Submit {}),
        step(&coach, PlanEvent::Sign {}),
        step(&person, PlanEvent::Sign {}),
        step(&coach, PlanEvent::Agree {}),
        step(&coach, PlanEvent::Start {}),
    ];
    record.apply_all(steps).unwrap()
}

fn hold(record: &PlanRecord, activity: &Key, session: u8, on: &str) -> PlanRecord {
    let item = record.items().iter().find(|item| item.activity == *activity && item.session.get() == session).unwrap();
    let (activity, session, week) = (item.activity.clone(), item.session, item.week);
    let events = [
        PlanEvent::ScheduleItem { activity: activity.clone(), session, week },
        PlanEvent::BeginItem { activity: activity.clone(), session },
        PlanEvent::FinishItem { activity, session, minutes: None },
    ];
    let by = record.person().clone();
    record.apply_all(events.map(|event| PlanStep { on: day(on), by: by.clone(), event })).unwrap()
}

fn held_gain(record: &PlanRecord, on: &str) -> u16 {
    record.progress("active_listening", &[], &LevelModel::default(), day(on)).unwrap().held_gain.get()
}

/// The first activity of several sessions that a plan for one goal can hold, and the record of a plan that holds it,
/// with all sessions but the last one held.
fn half_done() -> (Rubric, GapAnalysis, Key, PlanRecord) {
    let (rubric, gaps, _) = one_goal();
    let of_several = library().activities().iter().find(|one| {
        let sessions = (3..=5).contains(&one.sessions.get()) && one.gap_days.get() <= 7;
        sessions && one.prerequisites.is_empty() && one.criteria.contains(&key("active_listening"))
    });
    let activity = of_several.unwrap();
    let required = vec![activity.key.clone()];
    let once = PlanLimits { required, highest_cost: CostBand::Medium, ..limits(5, 60) };
    let plan = Planner::new(&rubric, library(), once).unwrap().plan(&gaps).unwrap();
    let mut record = begun(&drafted(&plan, &rubric), "2026-07-06");
    for session in 1..activity.sessions.get() {
        let on = day("2026-07-06").plus_days(i32::from(session));
        record = hold(&record, &activity.key, session, &on.to_string());
    }
    (rubric, gaps, activity.key.clone(), record)
}

#[test]
fn a_run_under_way_is_continued_and_its_gain_counts_once() {
    let (rubric, gaps, activity, record) = half_done();
    let known = library().activity(activity.as_str()).unwrap();
    let whole = known.assumed_gain().unwrap().get();
    let under_way = record.under_way(library());
    assert_eq!(under_way.len(), 1);
    assert_eq!(
        (&under_way[0].activity, under_way[0].held_on.len()),
        (&activity, usize::from(known.sessions.get()) - 1)
    );
    assert!(!record.completed(library()).contains(&activity));

    let start = day("2026-07-20");
    let next = PlanLimits { start, under_way, required: vec![activity.clone()], ..limits(5, 60) };
    let plan = Planner::new(&rubric, library(), next.clone()).unwrap().plan(&gaps).unwrap();
    let rest = plan.activities().iter().find(|one| one.activity == activity).unwrap();
    assert_eq!(rest.sessions.len(), 1, "only what is left");
    assert_eq!(Some(rest.sessions[0].minutes.get()), known.session_minutes().last());
    assert_eq!(rest.credits[0].assumed_gain.get(), whole, "none of it is in the observations");
    assert!(rest.reasons.iter().any(|reason| reason.code.as_str() == "under_way"));

    let new = record.replan(&plan, &rubric, baselines(), "coach".parse().unwrap(), day("2026-07-18")).unwrap().new;
    let item = new.items().iter().find(|item| item.activity == activity).unwrap();
    assert_eq!(item.session, known.sessions, "it keeps its number");
    let new = begun(&new, "2026-07-20");
    let before = held_gain(&new, "2026-07-22");
    let after = held_gain(&hold(&new, &activity, known.sessions.get(), "2026-07-22"), "2026-07-22");
    assert!(before < whole && after.abs_diff(whole) <= 1, "{before}, {after}, {whole}");
    let done = hold(&new, &activity, known.sessions.get(), "2026-07-22");
    assert_eq!((done.completed(library()), done.under_way(library())), (vec![activity.clone()], vec![]));

    // Gaps that were found after the sessions show their part already.
    let seen = UnderWay { activity: activity.clone(), held_on: vec![day("2026-06-30")] };
    let plan =
        Planner::new(&rubric, library(), PlanLimits { under_way: vec![seen], ..next }).unwrap().plan(&gaps).unwrap();
    let rest = plan.activities().iter().find(|one| one.activity == activity).unwrap();
    assert_eq!(rest.sessions.len(), usize::from(known.sessions.get()) - 1);
    assert_eq!(rest.credits[0].assumed_gain.get(), whole - whole / u16::from(known.sessions.get()));
}

#[test]
fn a_run_that_is_planned_once_more_counts_once() {
    let (rubric, gaps, activity, record) = half_done();
    let known = library().activity(activity.as_str()).unwrap();
    let start = day("2026-07-20");
    let again = PlanLimits { start, required: vec![activity.clone()], ..limits(5, 60) };
    let plan = Planner::new(&rubric, library(), again).unwrap().plan(&gaps).unwrap();
    let new = record.replan(&plan, &rubric, baselines(), "coach".parse().unwrap(), day("2026-07-18")).unwrap().new;
    let mut new = begun(&new, "2026-07-20");
    for session in 1..=known.sessions.get() {
        new = hold(&new, &activity, session, "2026-07-22");
    }
    let whole = known.assumed_gain().unwrap().get();
    let gain = held_gain(&new, "2026-07-22");
    assert!(gain.abs_diff(whole) <= 1, "{gain}: not more than {whole} of one run");
}

#[test]
fn a_run_under_way_that_cannot_be_one_is_an_error() {
    let (_, _, limits) = short_of_time();
    let (activity, several) =
        (&library().activities()[0], library().activities().iter().find(|one| one.sessions.get() > 1));
    let held_on = vec![day("2026-06-29"); usize::from(activity.sessions.get())];
    let all = PlanLimits { under_way: vec![UnderWay { activity: activity.key.clone(), held_on }], ..limits.clone() };
    assert_eq!(planned(all).unwrap_err().code(), "no_session_left");
    let begun = UnderWay { activity: several.unwrap().key.clone(), held_on: vec![day("2026-06-29")] };
    let completed = vec![begun.activity.clone()];
    let both = PlanLimits { under_way: vec![begun.clone()], completed, ..limits.clone() };
    assert_eq!(planned(both).unwrap_err().code(), "limits_contradict");
    let later = UnderWay { held_on: vec![day("2999-12-30")], ..begun.clone() };
    let later = planned(PlanLimits { under_way: vec![later], ..limits.clone() }).unwrap_err();
    assert_eq!(later.code(), "held_after_plan");
    assert!(later.to_string().ends_with("allowed is 2026-08-30, the plan's last day, or earlier"), "{later}");
    let twice = PlanLimits { under_way: vec![begun.clone(), begun], ..limits };
    assert_eq!(planned(twice).unwrap_err().code(), "limits_contradict");
}

#[test]
fn of_several_steps_the_one_refused_is_named_by_number_and_event() {
    let (rubric, _, plan) = one_goal();
    let record = drafted(&plan, &rubric);
    let step = |event| PlanStep { on: day("2026-07-01"), by: "coach".parse().unwrap(), event };
    let error = record.apply_all([step(PlanEvent::Submit {}), step(PlanEvent::Sign {}), step(PlanEvent::Sign {})]);
    assert_eq!(error.unwrap_err().to_string(), "step 3: `sign` is not possible: the signature is there already");
}

#[test]
fn a_plan_ends_by_the_last_day_there_is() {
    let from = |start: Day| planned(PlanLimits { start, ..limits(8, 60) });
    assert!(from(Day::MAX.plus_days(-55)).is_ok());
    let late = from(Day::MAX.plus_days(-54)).unwrap_err();
    assert_eq!(late.code(), "beyond_last_day");
    assert!(late.to_string().starts_with("8 weeks from "), "{late}");
}
