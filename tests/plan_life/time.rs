//! Pauses and checkpoints.

use service_excellence::coaching::{EventKind, Guard, PlanEvent, TransitionError};
use service_excellence::{Day, PlanRecord};

use crate::plans::{active, applied, day, held, hold, pause, reference};

#[test]
fn a_pause_moves_what_is_open_by_its_weeks() {
    let record = held(&active(), 0, "2026-07-07");
    let paused = applied(&record, pause(), "coach-1", "2026-07-20");
    let resumed = applied(&paused, PlanEvent::Resume {}, "coach-1", "2026-07-28");
    assert_eq!(resumed.moved().get(), 2, "eight days count as two weeks");
    assert_eq!(resumed.items()[0].week, record.items()[0].week, "what is done stays");
    for (before, after) in record.items().iter().zip(resumed.items()).skip(1) {
        assert_eq!(after.week.get(), before.week.get() + 2);
    }
    let due = record.goals()[0].due;
    assert_eq!(resumed.due_day(due), record.due_day(due).plus_days(14));
    assert_eq!(record.due_day(due), day("2026-08-30"));
    let same_day = applied(&paused, PlanEvent::Resume {}, "coach-1", "2026-07-20");
    assert_eq!(same_day.moved().get(), 0);
}

#[test]
fn a_pause_that_would_never_end_asks_for_a_new_plan() {
    let paused = applied(&active(), pause(), "coach-1", "2026-07-06");
    // 96 weeks later the plan would end in week 104.
    let last = day("2026-07-06").plus_days(96 * 7);
    assert!(paused.apply(PlanEvent::Resume {}, reference("coach-1"), last).is_ok());
    let error = paused.apply(PlanEvent::Resume {}, reference("coach-1"), last.plus_days(1)).unwrap_err();
    assert_eq!(error, TransitionError::Guard { event: EventKind::Resume, guard: Guard::PauseTooLong });
    let text = "`resume` is not possible: the pause moves something beyond week 104: plan anew instead";
    assert_eq!(error.to_string(), text);
    assert!(paused.apply(PlanEvent::Resume {}, reference("coach-1"), Day::MAX).is_err());
}

#[test]
fn checkpoints_that_were_not_held_become_overdue() {
    let record = active();
    let overdue = |record: &PlanRecord, on: &str| {
        record.overdue_checkpoints(day(on)).map(|one| one.week.get()).collect::<Vec<_>>()
    };
    assert_eq!(overdue(&record, "2026-07-19"), [] as [u8; 0]);
    assert_eq!(overdue(&record, "2026-07-20"), [2]);
    assert_eq!(overdue(&applied(&record, hold(2), "coach-1", "2026-07-18"), "2026-08-03"), [4]);
}
