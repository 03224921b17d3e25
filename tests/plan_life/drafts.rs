//! What a draft holds, and what cannot become one.

use service_excellence::coaching::{
    CheckpointKind, GoalSetup, PlanPin, PlanStatus, PlanVersion, RecordError, RecordSetup, Tenure, WeekCount,
};
use service_excellence::{Framework, PlanRecord, Rubric};

use crate::plans::{baselines, draft, plan, plan_in_phases, reference, rubric, score, setup};

#[test]
fn a_draft_holds_the_goals_and_sessions_of_the_plan() {
    let (plan, record) = (plan(), draft());
    assert_eq!(record.status(), PlanStatus::Draft);
    assert_eq!(record.goals().len(), 1);
    let goal = record.goal("active_listening").unwrap();
    assert_eq!((goal.target, goal.due), (score(0.375), WeekCount::new(8).unwrap()));
    assert_eq!(goal.baseline.shrunken, score(0.275), "drawn towards the middle: 3 − 0.9 · 1 level");
    let sessions: usize = plan.activities().iter().map(|one| one.sessions.len()).sum();
    assert_eq!(record.items().len(), sessions);
    for activity in plan.activities() {
        for credit in &activity.credits {
            let items = record.items().iter().filter(|item| item.activity == activity.activity);
            let credits = items.flat_map(|item| &item.credits).filter(|one| one.criterion == credit.criterion);
            let sum: u16 = credits.map(|one| one.assumed_gain.get()).sum();
            assert_eq!(sum, credit.assumed_gain.get(), "the parts add up to the whole");
        }
    }
}

#[test]
fn check_ins_and_reviews_are_there_from_the_start() {
    let shown: Vec<_> = draft().checkpoints().iter().map(|one| (one.week.get(), one.kind)).collect();
    let (check_in, middle, last) = (CheckpointKind::CheckIn, CheckpointKind::MidReview, CheckpointKind::FinalReview);
    assert_eq!(
        plan().phases().last().map(|phase| phase.last_week.get()),
        Some(5),
        "the phase ends between two check-ins"
    );
    assert_eq!(shown, [(2, check_in), (4, middle), (5, check_in), (6, check_in), (8, last)]);
    for weeks in 1..=104 {
        for tenure in Tenure::ALL {
            let all = service_excellence::coaching::Checkpoint::schedule(weeks.try_into().unwrap(), *tenure);
            assert_eq!(all.iter().filter(|one| one.kind == last).count(), 1);
            assert_eq!(all.last().map(|one| (one.week.get(), one.kind)), Some((weeks, last)));
            let weeks_apart = tenure.weeks_between_check_ins();
            assert!(all.windows(2).all(|pair| pair[1].week.get() - pair[0].week.get() <= weeks_apart));
        }
    }
}

#[test]
fn a_plan_of_several_phases_is_followed_as_one_with_a_check_in_at_the_end_of_each() {
    let plan = plan_in_phases();
    let ends: Vec<u8> = plan.phases().iter().map(|phase| phase.last_week.get()).collect();
    assert!(ends.len() > 1, "{ends:?}");
    let mut baselines = baselines();
    let worked_on = plan.goals().iter().filter(|goal| goal.assumed_gain.get() > 0);
    baselines = worked_on.map(|goal| GoalSetup { criterion: goal.criterion.clone(), ..baselines[0].clone() }).collect();
    let setup = RecordSetup { baselines, tenure: Tenure::Established, ..setup() };
    let record = PlanRecord::draft(&plan, &rubric(), setup).unwrap();
    for activity in plan.activities() {
        let items: Vec<_> = record.items().iter().filter(|item| item.activity == activity.activity).collect();
        let weeks: Vec<_> = activity.sessions.iter().map(|session| session.week).collect();
        assert_eq!(items.iter().map(|item| item.week).collect::<Vec<_>>(), weeks, "phase {}", activity.phase);
    }
    for goal in record.goals() {
        let planned = plan.goals().iter().find(|one| one.criterion == goal.criterion).unwrap();
        assert_eq!(goal.to, planned.next_level, "the level that the last phase reaches for");
    }
    let checkpoints: Vec<u8> = record.checkpoints().iter().map(|one| one.week.get()).collect();
    assert!(ends.iter().all(|end| checkpoints.contains(end)), "{ends:?} in {checkpoints:?}");
}

#[test]
fn a_record_that_cannot_be_made_says_why() {
    let without = RecordSetup { baselines: vec![], ..setup() };
    let error = PlanRecord::draft(&plan(), &rubric(), without).unwrap_err();
    assert!(matches!(error, RecordError::NoBaseline { .. }), "{error}");
    let of_phone = Rubric::for_channel(Framework::builtin(), "phone").unwrap();
    assert!(matches!(PlanRecord::draft(&plan(), &of_phone, setup()).unwrap_err(), RecordError::Coaching(_)));
    let own_coach = RecordSetup { coach: reference("agent-7"), ..setup() };
    let RecordError::Faults(faults) = PlanRecord::draft(&plan(), &rubric(), own_coach).unwrap_err() else { panic!() };
    assert!(faults.breaks("record_coach_is_another"));
    let mut late = baselines();
    late[0].due = Some(9.try_into().unwrap());
    let late = RecordSetup { baselines: late, ..setup() };
    let RecordError::Faults(faults) = PlanRecord::draft(&plan(), &rubric(), late).unwrap_err() else { panic!() };
    assert!(faults.breaks("record_within_weeks"));
    let itself = PlanPin { id: reference("plan-1"), version: PlanVersion::MIN };
    let itself = RecordSetup { follows: Some(itself), ..setup() };
    let RecordError::Faults(faults) = PlanRecord::draft(&plan(), &rubric(), itself).unwrap_err() else { panic!() };
    assert!(faults.breaks("record_versions_linked"));
}
