//! What becomes of a plan: agreement, sessions, a missed one, a new version, the final review and its verdicts.
//!
//! `cargo run --release --example follow_up` follows the person of the sample data through a summer. The contacts after
//! the start are made up; with your own, give each rated contact's day and score.

#[path = "../common/mod.rs"]
#[expect(dead_code, reason = "other examples need the rest")]
mod common;
mod diary;
mod sample;
mod verdict;

use std::process::ExitCode;

use common::Failure;
use common::arguments::Arguments;
use common::files::Data;
use common::output::tell;
use diary::Diary;
use sample::Sample;
use service_excellence::coaching::{PlanEvent, RecordSetup, Tenure, TransitionError};
use service_excellence::{ActivityLibrary, PlanRecord, Reference};

/// What the person chose of all that suits them.
const WISHED: [&str; 3] = ["if_then_planning", "step_by_step_support", "appreciation_notes"];

const HELP: &str = "\
follow_up [OPTIONS]

Follows a plan from agreement to the final review: sessions held and missed, a
new version, verdicts. It is the plan of agent-07 in the sample data; sessions
and ratings after the start are made up for that person, so there is no other.

Files; - is standard input
  --rubrics FILE      rubrics, one JSON document a line
  --assessments FILE  assessments, one JSON document a line
";

fn main() -> ExitCode {
    common::run(HELP, program)
}

fn program(mut arguments: Arguments) -> Result<ExitCode, Failure> {
    let files = Data::files(&mut arguments)?;
    arguments.none()?;
    let (coach, person) = ("reviewer-d".parse::<Reference>()?, "agent-07".parse::<Reference>()?);
    let sample = Sample::of(&Data::read(&files)?, &person)?;
    let plan = sample.plan("2026-07-06", 12, 60, vec![], vec![], &WISHED)?;
    let setup = RecordSetup {
        id: "plan-2026-07".parse()?,
        coach: coach.clone(),
        tenure: Tenure::Established,
        follows: None,
        baseline_days: 90.try_into()?,
        baselines: sample.baselines(&plan)?,
    };
    let mut first = Diary { record: PlanRecord::draft(&plan, &sample.rubric, setup)?, sample: &sample };

    tell(&format!("A PLAN FOLLOWED: {person}, with {coach} as coach\n"));
    tell(&format!("  Written for the two of them, for coaching. \"You\" is {person}.\n\nTHE PLAN IS AGREED\n"));
    first.agree(&person, &coach, ["2026-07-03", "2026-07-06"])?;
    first.show_goals();
    first.show_checkpoints();

    tell("\nFOUR WEEKS\n");
    first.hold_session("if_then_planning", 1, "2026-07-08")?;
    first.hold_session("step_by_step_support", 1, "2026-07-15")?;
    first.hold_session("if_then_planning", 2, "2026-07-22")?;
    first.miss_session("appreciation_notes", 1, "2026-07-24", "The queue was too long to leave.")?;
    first.hold_session("step_by_step_support", 2, "2026-07-29")?;
    first.hold_checkpoint(
        4,
        "2026-07-31",
        "The queue leaves no room in the afternoon; mornings work, 45 minutes a week.",
    )?;
    first.show_progress("2026-08-02")?;
    let early = first.record.apply(PlanEvent::Complete {}, coach.clone(), "2026-08-03".parse()?);
    if let Err(TransitionError::Guard { guard, .. }) = early {
        tell(&format!("\n  It cannot be closed yet: {guard}."));
    }

    // When time runs short, all that was not held is chosen anew: a goal may have to wait, and so may a missed session.
    tell("\nTHE PLAN IS MADE ANEW, WITH THE TIME THERE IS\n");
    let library = ActivityLibrary::builtin();
    let (done, begun) = (first.record.completed(library), first.record.under_way(library));
    let less = sample.plan("2026-08-03", 8, 45, done, begun, &[])?;
    let made =
        first.record.replan(&less, &sample.rubric, sample.baselines(&less)?, coach.clone(), "2026-08-03".parse()?)?;
    tell(&format!(
        "  Version {} ends here; version {} takes its place, once both have signed it.",
        made.old.version(),
        made.new.version()
    ));
    tell(&format!(
        "  The {} sessions that were held are carried over; everything else is chosen anew, what was missed too.",
        made.new.carried().done.len()
    ));
    let mut second = Diary { record: made.new, sample: &sample };
    second.agree(&person, &coach, ["2026-08-03", "2026-08-04"])?;
    second.show_goals();
    second.show_left_out(&first, &less, "2026-08-03")?;
    second.show_sessions();
    second.show_checkpoints();
    tell("");
    second.hold_sessions_until("2026-08-28")?;
    second.hold_checkpoint(4, "2026-08-28", "Half-way: the goals still fit.")?;
    second.hold_sessions_until("2026-09-25")?;

    tell("\nTHE FINAL REVIEW\n");
    second.hold_checkpoint(8, "2026-09-25", "Looked at the contacts of the last weeks together.")?;
    second.show_progress("2026-09-25")?;
    second.judge("2026-09-25")?;
    second.show_interim(&first.record)?;
    second.apply(PlanEvent::Complete {}, &coach, "2026-09-25")?;
    tell(&format!("\n  The plan is {}. What was agreed, held and found stays on record.", second.record.status()));
    tell("  What comes next is a new plan from new observations, for the goals that are left and any new ones.");
    Ok(ExitCode::SUCCESS)
}
