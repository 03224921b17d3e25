//! A plan as person and coach read it: what, when, why, how we will know, and what to prepare.

use std::collections::BTreeSet;

use service_excellence::coaching::{
    Checkpoint, Goal, GoalStatus, Modality, PlanGuarantee, PlannedActivity, Tenure, WeekCount,
};
use service_excellence::{Activity, ActivityLibrary, CoachingPlan, Rubric};

use super::standing::name;

pub(crate) fn print(plan: &CoachingPlan, rubric: &Rubric, library: &ActivityLibrary) {
    let limits = plan.limits();
    println!(
        "\nTHE PLAN: {} weeks from {}, at most {} minutes a week\n\n  A proposal to talk over; it starts when both have \
         agreed to it. All gains are planning assumptions, not\n  promises: new observations will tell. The limits are \
         those that it was made with.\n",
        limits.weeks, limits.start, limits.minutes_per_week
    );
    plan.goals().iter().for_each(|goal| print_goal(goal, rubric));
    print_effort(plan);
    print_weeks(plan, rubric, library);
    print_arrangements(plan);
    print_preparation(plan, library);
    print_reasons(plan, library);
}

fn print_goal(goal: &Goal, rubric: &Rubric) {
    let criterion = name(rubric, goal.criterion.as_str());
    let gained = match goal.status {
        GoalStatus::NotPlanned => "nothing is planned for it now".to_owned(),
        GoalStatus::Later => "it waits for a later plan".to_owned(),
        _ => format!("{} of {} levels are assumed", goal.assumed_gain.in_levels(2), goal.needed.in_levels(2)),
    };
    let why = goal.reasons.last().map_or("", |reason| reason.text.as_str());
    println!("  Goal: {criterion}, from level {} to {}: {gained}.\n        {why}", goal.level, goal.next_level);
}

/// What the plan asks of the person in all, so that both can tell whether it is doable, and what it may bring.
fn print_effort(plan: &CoachingPlan) {
    let sessions: Vec<_> = plan.activities().iter().flat_map(|activity| &activity.sessions).collect();
    let minutes: u32 = sessions.iter().map(|session| session.minutes.get()).sum();
    println!(
        "\n  It takes {minutes} minutes in {}, in {} of {} weeks.",
        counted(sessions.len(), "session"),
        busy_weeks(plan).len(),
        plan.limits().weeks
    );
    let reached = plan.reached().percent(1);
    let proven = match plan.guarantee() {
        PlanGuarantee::Optimal {} => {
            "Proven: within these limits no other choice or timing of activities brings more.".to_owned()
        }
        PlanGuarantee::Bounded { at_most } => {
            format!("Not proven to be the most: a better plan could bring up to {} %.", at_most.percent(1))
        }
        PlanGuarantee::Alternative { at_most } => {
            format!("One of several plans to choose from: the best could bring up to {} %.", at_most.percent(1))
        }
    };
    println!(
        "  It is assumed to close {reached} % of what these goals need together, where more urgent goals count more.\n  {proven}"
    );
}

/// Week by week; with the first session of an activity: what is done, for which goal, and what shows that it is done.
fn print_weeks(plan: &CoachingPlan, rubric: &Rubric, library: &ActivityLibrary) {
    println!("\nWHAT TO DO, WEEK BY WEEK");
    for week in (1..=plan.limits().weeks.get()).filter_map(|week| WeekCount::new(week).ok()) {
        let first = plan.limits().start.plus_days(7 * (i32::from(week.get()) - 1));
        let sessions = plan.week(week);
        if sessions.is_empty() {
            continue;
        }
        println!("\n  Week {week}, {first} to {}", first.plus_days(6));
        for (activity, session) in sessions {
            let number = activity.sessions.iter().position(|one| *one == session).map_or(1, |place| place + 1);
            let of = activity.sessions.len();
            println!("    {:>3} min  {}, session {number} of {of}", session.minutes, activity.name);
            if number == 1 {
                print_activity(activity, rubric, library);
            }
        }
    }
}

fn print_activity(planned: &PlannedActivity, rubric: &Rubric, library: &ActivityLibrary) {
    let Some(activity) = library.activity(planned.activity.as_str()) else { return };
    let goals: Vec<_> = planned.credits.iter().map(|credit| name(rubric, credit.criterion.as_str())).collect();
    println!("             What: {}", activity.description);
    if !goals.is_empty() {
        println!("             Why: it works on {}.", goals.join(" and "));
    }
    println!("             Done when there are: {}", activity.completion_evidence);
}

/// What a plan on paper has to say besides its weeks.
fn print_arrangements(plan: &CoachingPlan) {
    let busy = busy_weeks(plan);
    let free: Vec<_> =
        (1..=plan.limits().weeks.get()).filter(|week| !busy.contains(week)).map(|week| week.to_string()).collect();
    let free = match &free[..] {
        [] => "no week is free: leave out the least urgent one, or plan again".to_owned(),
        [one] => format!("week {one} is free for it"),
        weeks => format!("weeks {} are free for it", weeks.join(" and ")),
    };
    println!("\n  A session fell out? Tell the coach and hold it later; {free}. Two in a row: plan again together.");
    println!(
        "  Something does not fit, or you see it differently? Say so to the coach before you sign, and at every check-in."
    );
    let checks: Vec<_> = Checkpoint::schedule(plan.limits().weeks, Tenure::Established)
        .iter()
        .map(|one| {
            let last = plan.limits().start.plus_days(7 * i32::from(one.week.get()) - 1);
            format!("{} by {last}", one.kind.in_words())
        })
        .collect();
    println!("  For the calendar, after a year in the role (sooner: more often): {}.", checks.join(", "));
    let last = plan.limits().start.plus_days(7 * i32::from(plan.limits().weeks.get()) - 1);
    println!(
        "  How we will know: contacts from {} to {last} are rated on the goals as those before, if possible at least 8 for\n  \
         each goal. A change counts as shown only if it is more than chance would explain.",
        plan.limits().start
    );
}

fn print_preparation(plan: &CoachingPlan, library: &ActivityLibrary) {
    println!("\nWHAT THE COACH PREPARES\n");
    for planned in plan.activities() {
        let Some(activity) = library.activity(planned.activity.as_str()) else { continue };
        let week = planned.sessions.first().map_or_else(String::new, |first| format!("by week {}", first.week));
        let care = activity.safeguards.as_ref().map_or_else(String::new, |text| format!(" Mind: {text}"));
        println!("  {}, {week}: {}.{care}", planned.name, setting(activity));
    }
}

fn setting(activity: &Activity) -> &'static str {
    match activity.modality {
        Modality::InPerson => "a room, and time together",
        Modality::RemoteLive => "a call, and a partner for it",
        Modality::SelfPaced => "time off the queue; the person works alone",
        Modality::Blended => "a call or room, and time off the queue to work alone",
        Modality::OnTheJob => "with the team lead, which time of the day's work is freed for it",
    }
}

fn print_reasons(plan: &CoachingPlan, library: &ActivityLibrary) {
    println!("\nWHY THESE\n");
    for activity in plan.activities() {
        // Which goal it works on stands in the weeks already.
        let reasons = activity.reasons.iter().filter(|reason| reason.code.as_str() != "works_on_goal");
        let reasons: Vec<_> = reasons.map(|reason| reason.text.as_str()).collect();
        println!("  {}: {}", activity.name, reasons.join(" "));
    }
    println!("\nWHAT MORE ROOM WOULD BE ASSUMED TO BRING (now {} %)\n", plan.reached().percent(1));
    for what_if in plan.what_if() {
        let more = what_if.reached.at_most() > Some(plan.reached());
        let reached = if more { what_if.reached.to_string() } else { "no more".to_owned() };
        println!("  {:<52} {reached}", what_if.change.in_words());
    }
    println!("\n  {}", plan.what_binds());
    println!("\nCONSIDERED AND LEFT OUT (all reasons are in --json)\n");
    for omission in plan.omissions().iter().filter(|one| one.reason.code.as_str() != "touches_no_goal") {
        let activity = library.activity(omission.activity.as_str());
        let name = activity.map_or_else(|| omission.activity.to_string(), |found| found.name.to_string());
        println!("  {name}: {}", omission.reason.text);
    }
}

fn busy_weeks(plan: &CoachingPlan) -> BTreeSet<u8> {
    plan.activities().iter().flat_map(|activity| &activity.sessions).map(|session| session.week.get()).collect()
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
