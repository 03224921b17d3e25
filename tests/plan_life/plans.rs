//! Plans and events for the tests.

use std::sync::LazyLock;

use service_excellence::assessment::ReviewState;
use service_excellence::coaching::GoalMeasure;
use service_excellence::coaching::{
    Baseline, EvidenceLevel, GoalSetup, GoalVerdict, Guard, LevelModel, Measured, PlanEvent, PlanEvidence, RecordSetup,
    Tenure, TransitionError,
};
use service_excellence::{
    ActivityLibrary, AssessmentBuilder, CoachingPlan, CostBand, Day, EvidencePolicy, Framework, GapAnalysis,
    PlanLimits, PlanRecord, Planner, Profiler, Rater, RaterKind, Reference, RoleLibrary, Rubric, Score,
};

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(crate) fn reference(text: &str) -> Reference {
    text.parse().unwrap()
}

pub(crate) fn note() -> service_excellence::Note {
    "Because.".parse().unwrap()
}

pub(crate) fn score(number: f64) -> Score {
    Score::try_from(number).unwrap()
}

pub(crate) fn rubric() -> Rubric {
    Rubric::for_channel(Framework::builtin(), "chat").unwrap()
}

/// The plan of a person who listens below what the role asks for, eight weeks from 6 July.
pub(crate) fn plan_of(person: &str) -> CoachingPlan {
    plan_for(person, 2, 8)
}

/// The plan of a person who listens two levels below what the role asks for, half a year from 6 July.
pub(crate) fn plan_in_phases() -> CoachingPlan {
    plan_for("agent-7", 1, 26)
}

fn plan_for(person: &str, step: u8, weeks: u8) -> CoachingPlan {
    let rubric = rubric();
    let role = RoleLibrary::builtin().role("frontline_agent").unwrap();
    let assessments = ["as-1", "as-2"].map(|id| {
        let rater = Rater { id: reference(id), kind: RaterKind::Coach };
        let builder = AssessmentBuilder::new(&rubric, reference(id), reference(person), rater, day("2026-06-01"));
        let rated = rubric.criteria().iter().fold(builder, |one, criterion| one.rate(criterion.key.as_str(), 3));
        rated.rate("active_listening", step).submitted().admit().unwrap()
    });
    assert_eq!(assessments[0].document().state(), ReviewState::Submitted);
    let profiler = Profiler::new(&rubric, EvidencePolicy::default()).for_role(role).unwrap();
    let profile = profiler.profile(&reference(person), &assessments, day("2026-06-30"));
    let gaps = GapAnalysis::of(&profile, &rubric, role).unwrap();
    let limits = PlanLimits::new(day("2026-07-06"), weeks.try_into().unwrap(), 60.try_into().unwrap(), CostBand::Low);
    Planner::new(&rubric, ActivityLibrary::builtin(), limits).unwrap().plan(&gaps).unwrap()
}

pub(crate) fn plan() -> CoachingPlan {
    static PLAN: LazyLock<CoachingPlan> = LazyLock::new(|| plan_of("agent-7"));
    PLAN.clone()
}

pub(crate) fn baselines() -> Vec<GoalSetup> {
    let model = LevelModel::default();
    let measured = Measured::new(score(0.25), 16.try_into().unwrap(), &model);
    vec![GoalSetup {
        criterion: "active_listening".parse().unwrap(),
        baseline: Baseline::new(measured, day("2026-06-30"), &model),
        measure: GoalMeasure::RubricMean { min_observations: 8.try_into().unwrap() },
        due: None,
    }]
}

pub(crate) fn setup() -> RecordSetup {
    RecordSetup {
        id: reference("plan-1"),
        coach: reference("coach-1"),
        tenure: Tenure::Developing,
        follows: None,
        baseline_days: 90.try_into().unwrap(),
        baselines: baselines(),
    }
}

pub(crate) fn draft() -> PlanRecord {
    static DRAFT: LazyLock<PlanRecord> = LazyLock::new(|| PlanRecord::draft(&plan(), &rubric(), setup()).unwrap());
    DRAFT.clone()
}

pub(crate) fn applied(record: &PlanRecord, event: PlanEvent, by: &str, on: &str) -> PlanRecord {
    record.apply(event, reference(by), day(on)).unwrap()
}

pub(crate) fn refused(record: &PlanRecord, event: PlanEvent, by: &str, on: &str) -> TransitionError {
    record.apply(event, reference(by), day(on)).unwrap_err()
}

pub(crate) fn guard(record: &PlanRecord, event: PlanEvent, by: &str, on: &str) -> Guard {
    let kind = event.kind();
    match refused(record, event, by, on) {
        TransitionError::Guard { event: named, guard } => {
            assert_eq!(named, kind);
            guard
        }
        other => panic!("{other}"),
    }
}

pub(crate) fn agreed() -> PlanRecord {
    let proposed = applied(&draft(), PlanEvent::Submit {}, "coach-1", "2026-07-01");
    let signed = applied(&proposed, PlanEvent::Sign {}, "agent-7", "2026-07-01");
    let signed = applied(&signed, PlanEvent::Sign {}, "coach-1", "2026-07-02");
    applied(&signed, PlanEvent::Agree {}, "coach-1", "2026-07-02")
}

pub(crate) fn active() -> PlanRecord {
    applied(&agreed(), PlanEvent::Start {}, "coach-1", "2026-07-06")
}

pub(crate) fn schedule(record: &PlanRecord, item: usize, week: u8) -> PlanEvent {
    let item = &record.items()[item];
    let week = week.try_into().unwrap();
    PlanEvent::ScheduleItem { activity: item.activity.clone(), session: item.session, week }
}

pub(crate) fn begin(record: &PlanRecord, item: usize) -> PlanEvent {
    let item = &record.items()[item];
    PlanEvent::BeginItem { activity: item.activity.clone(), session: item.session }
}

pub(crate) fn finish(record: &PlanRecord, item: usize) -> PlanEvent {
    let item = &record.items()[item];
    PlanEvent::FinishItem { activity: item.activity.clone(), session: item.session, minutes: None }
}

pub(crate) fn miss(record: &PlanRecord, item: usize) -> PlanEvent {
    let item = &record.items()[item];
    PlanEvent::MissItem { activity: item.activity.clone(), session: item.session, note: None }
}

pub(crate) fn cancel(record: &PlanRecord, item: usize) -> PlanEvent {
    let item = &record.items()[item];
    PlanEvent::CancelItem { activity: item.activity.clone(), session: item.session, reason: note() }
}

/// The record with one session held on this day.
pub(crate) fn held(record: &PlanRecord, item: usize, on: &str) -> PlanRecord {
    let week = record.items()[item].week.get();
    let scheduled = applied(record, schedule(record, item, week), "coach-1", on);
    let begun = applied(&scheduled, begin(record, item), "agent-7", on);
    applied(&begun, finish(record, item), "agent-7", on)
}

pub(crate) fn evidence(level: EvidenceLevel) -> PlanEvent {
    let evidence = PlanEvidence {
        criterion: "active_listening".parse().unwrap(),
        level,
        source: reference("as-31"),
        on: day("2026-07-08"),
    };
    PlanEvent::AddEvidence { evidence }
}

/// A verdict on the measurement that it takes: at the lowest score that meets the target, or just below.
pub(crate) fn judge(criterion: &str, verdict: GoalVerdict) -> PlanEvent {
    let target = plan_target(criterion).millionths();
    let below = |is_met: bool| Score::from_millionths(target - u32::from(!is_met)).unwrap();
    judge_by(criterion, verdict, verdict.is_target_met().map(|is_met| (below(is_met), 8)))
}

/// A verdict on a mean over so many contacts.
pub(crate) fn judge_by(criterion: &str, verdict: GoalVerdict, result: Option<(Score, u16)>) -> PlanEvent {
    let measured =
        |(score, contacts): (_, u16)| Measured::new(score, contacts.try_into().unwrap(), &LevelModel::default());
    PlanEvent::JudgeGoal { criterion: criterion.parse().unwrap(), verdict, result: result.map(measured) }
}

fn plan_target(criterion: &str) -> Score {
    draft().goal(criterion).map_or(Score::MAX, |goal| goal.target)
}

pub(crate) fn hold(week: u8) -> PlanEvent {
    PlanEvent::HoldCheckpoint { week: week.try_into().unwrap(), note: None }
}

pub(crate) fn pause() -> PlanEvent {
    PlanEvent::Pause { reason: note() }
}
