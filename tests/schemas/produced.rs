//! What the crate itself makes is valid, and what editors need disturbs nothing.

use serde::Serialize;
use serde_json::{Value, json};
use service_excellence::coaching::{
    Baseline, GoalMeasure, GoalSetup, LevelModel, Measured, PlanEvent, RecordSetup, Tenure,
};
use service_excellence::feedback::{FeedbackLibrary, NpsAnswer};
use service_excellence::statistics::ConfidenceLevel;
use service_excellence::{
    ActivityLibrary, Assessment, AssessmentBuilder, CoachingPlan, EvidencePolicy, Framework, GapAnalysis,
    GroupThreshold, Nps, PlanRecord, Planner, Profiler, Rater, RaterKind, RoleLibrary, Rubric, Score, Scorer,
    TeamCounter, TeamReport,
};

use crate::agreement::{judge, validator};
use crate::roots::ROOTS;
use crate::seeds;

#[test]
fn everything_from_a_rubric_to_a_plan_is_valid() {
    let rubric = Rubric::for_channel(Framework::builtin(), "chat").unwrap();
    let role = RoleLibrary::builtin().role("senior_agent").unwrap();
    let mut limits = seeds::plan_limits().remove(0);
    limits["completed"] = json!(["summary_back_drills"]);
    for wishes in ["under_way", "required", "without"] {
        limits[wishes] = json!([]);
    }
    let assessments = [("2026-03-02", 1), ("2026-04-02", 3), ("2026-05-02", 2)].map(|one| assess(&rubric, one));
    let person = "person-1".parse().unwrap();
    let profiler = Profiler::new(&rubric, EvidencePolicy::default()).for_role(role).unwrap();
    let profile = profiler.profile(&person, &assessments, "2026-06-30".parse().unwrap());
    let gaps = GapAnalysis::of(&profile, &rubric, role).unwrap();
    let limits = serde_json::from_value(limits).unwrap();
    let plan = Planner::new(&rubric, ActivityLibrary::builtin(), limits).unwrap().plan(&gaps).unwrap();
    assert!(!profile.concerns().is_empty() && !gaps.criteria().is_empty());
    check("framework", Framework::builtin().document());
    check("rubric", &rubric);
    check("assessment", &assessments[0]);
    check("scorecard", &Scorer::new(&rubric).score(&assessments[0]).unwrap());
    check("role_library", RoleLibrary::builtin());
    check("profile", &profile);
    check("gap_analysis", &gaps);
    check("activity_library", ActivityLibrary::builtin());
    check("coaching_plan", &plan);
    check("feedback_library", FeedbackLibrary::builtin());
    let counter = TeamCounter::new(&rubric, "2026-06-30".parse().unwrap());
    let scorecards = assessments.each_ref().map(|one| Scorer::new(&rubric).score(one).unwrap());
    let tally = counter.person(&profile, assessments.iter().zip(&scorecards)).unwrap();
    check("team_tally", &tally);
    let level = ConfidenceLevel::NINETY_FIVE;
    let state: Vec<u64> = tally.to_state().iter().map(|sum| sum * 6).collect();
    let six = counter.empty().from_state(&state).unwrap();
    let report = TeamReport::new(&[("Six".parse().unwrap(), six)], GroupThreshold::MIN, level).unwrap();
    assert!(report.total().summary().is_some());
    check("team_report", &report);
    let survey: Nps = [10, 9, 3].into_iter().map(|answer| NpsAnswer::new(answer).unwrap()).collect();
    check("survey_result", &survey.result(30.try_into().unwrap(), level));
    check("plan_record", &record(&plan, &rubric));
}

#[test]
fn a_schema_link_is_kept_and_changes_nothing_else() {
    let linked = seeds::rubric().remove(0);
    let mut plain = linked.clone();
    plain["$schema"] = Value::Null;
    let [linked, plain]: [Rubric; 2] = [linked, plain].map(|one| serde_json::from_value(one).unwrap());
    assert_eq!(serde_json::to_value(&linked).unwrap()["$schema"], json!("../rubric.schema.json"));
    assert!(serde_json::to_value(&plain).unwrap().get("$schema").is_none());
    assert_eq!(linked.pin(), plain.pin());
}

/// Answers every criterion with a step, the first with one step more.
fn assess(rubric: &Rubric, (day, step): (&str, u8)) -> Assessment {
    let rater = Rater { id: "rater-1".parse().unwrap(), kind: RaterKind::QualityReviewer };
    let (id, person) = (format!("a-{day}").parse().unwrap(), "person-1".parse().unwrap());
    let builder = AssessmentBuilder::new(rubric, id, person, rater, day.parse().unwrap());
    let step_of_review = json!({ "state": "submitted", "on": day, "by": "rater-1" });
    let builder = builder.review(serde_json::from_value(step_of_review).unwrap());
    let steps = std::iter::once(step + 1).chain(std::iter::repeat(step));
    let rated = rubric.criteria().iter().zip(steps);
    rated.fold(builder, |builder, (one, step)| builder.rate(one.key.as_str(), step)).admit().unwrap()
}

/// The record of a plan with one session begun.
fn record(plan: &CoachingPlan, rubric: &Rubric) -> PlanRecord {
    let model = LevelModel::default();
    let measured = Measured::new(Score::try_from(0.3).unwrap(), 7.try_into().unwrap(), &model);
    let goals = plan.goals().iter().map(|goal| GoalSetup {
        criterion: goal.criterion.clone(),
        baseline: Baseline::new(measured, plan.as_of(), &model),
        measure: GoalMeasure::RubricMean { min_observations: 8.try_into().unwrap() },
        due: None,
    });
    let setup = RecordSetup {
        id: "plan-1".parse().unwrap(),
        coach: "coach-1".parse().unwrap(),
        tenure: Tenure::NewJoiner,
        follows: None,
        baseline_days: 90.try_into().unwrap(),
        baselines: goals.collect(),
    };
    let draft = PlanRecord::draft(plan, rubric, setup).unwrap();
    let (activity, session) = (draft.items()[0].activity.clone(), draft.items()[0].session);
    let week = draft.items()[0].week;
    let events = [
        (PlanEvent::Submit {}, "coach-1"),
        (PlanEvent::Sign {}, "coach-1"),
        (PlanEvent::Sign {}, "person-1"),
        (PlanEvent::Agree {}, "coach-1"),
        (PlanEvent::Start {}, "coach-1"),
        (PlanEvent::ScheduleItem { activity: activity.clone(), session, week }, "coach-1"),
        (PlanEvent::BeginItem { activity, session }, "person-1"),
    ];
    let on = draft.start();
    events.into_iter().fold(draft, |record, (event, by)| record.apply(event, by.parse().unwrap(), on).unwrap())
}

fn check(name: &str, document: &impl Serialize) {
    let root = ROOTS.iter().find(|root| root.name == name).unwrap();
    let document = serde_json::to_value(document).unwrap();
    assert_eq!(judge(root, &validator(root), &document), Ok(true), "{name}");
    assert_eq!((root.read)(&document), Ok(document), "{name}");
}
