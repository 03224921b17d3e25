//! What the person reads first: the goals, the first week, who helps, and how we know.

use std::cmp::Reverse;

use service_excellence::coaching::{GoalStatus, WeekCount};
use service_excellence::profile::LevelGap;
use service_excellence::{CoachingPlan, GapAnalysis, Profile, Rubric, Score};

use super::standing::{name, verdict};

pub(crate) fn print(profile: &Profile, gaps: &GapAnalysis, plan: &CoachingPlan, rubric: &Rubric) {
    println!("\nFOR YOU, ON HALF A PAGE\n");
    plan.notices().iter().for_each(|notice| println!("  First: {}", notice.text));
    println!("  {}", verdict(gaps));
    print_strengths(profile, rubric);
    print_goals(gaps, plan, rubric);
    print_first_week(plan);
    println!(
        "  Who helps: your coach prepares the sessions; time for them has to be freed before you start, see below.\n  \
         How we know: {} assessments since {}; your own ratings are not counted in them, but heard.",
        profile.assessments(),
        profile.window_start()
    );
    print_own_view(gaps, rubric);
    println!(
        "  This is a proposal: nothing starts until you and the coach have both agreed. It is written for the two of you, for\n  \
         coaching; show it to others only if you both want to."
    );
}

/// The two parts with the highest values.
fn print_strengths(profile: &Profile, rubric: &Rubric) {
    let mut rated: Vec<(Score, String)> = profile
        .criteria()
        .iter()
        .filter_map(|one| Some((one.standing.score()?, name(rubric, one.criterion.as_str()))))
        .collect();
    rated.sort_by_key(|(score, _)| Reverse(*score));
    let best: Vec<_> =
        rated.iter().take(2).map(|(score, name)| format!("{name} ({} of 5)", score.on_level_scale(2))).collect();
    if !best.is_empty() {
        println!("  Your strongest parts: {}.", best.join(" and "));
    }
}

fn print_goals(gaps: &GapAnalysis, plan: &CoachingPlan, rubric: &Rubric) {
    println!();
    let mut falls_short = false;
    for goal in plan.goals() {
        let criterion = name(rubric, goal.criterion.as_str());
        let Some(gap) = gaps.criteria().iter().find(|one| one.criterion == goal.criterion) else { continue };
        let now = 1.0 + 4.0 * gap.score.to_f64();
        let (end, aim) =
            (now + f64::from(goal.assumed_gain.get()) / 1_000.0, now + f64::from(goal.needed.get()) / 1_000.0);
        match goal.status {
            GoalStatus::ReachesNextLevel => {
                println!("  Goal: {criterion}, now {now:.2}. The plan is assumed to bring you to {aim:.2}, the aim.");
            }
            GoalStatus::ReachesPart => {
                falls_short = true;
                println!(
                    "  Goal: {criterion}, now {now:.2}. The plan is assumed to bring you to about {end:.2}; {aim:.2} is the aim."
                );
            }
            GoalStatus::NotPlanned | GoalStatus::Later => {
                println!("  Later: {criterion}, now {now:.2}; nothing is planned for it yet.");
            }
        }
    }
    if falls_short {
        println!("  Ending where the plan is assumed to bring you is the plan working, not you failing.");
    }
    println!();
}

fn print_first_week(plan: &CoachingPlan) {
    let sessions = plan.activities().iter().flat_map(|activity| &activity.sessions);
    let Some(week) = sessions.map(|session| session.week).min() else { return };
    let first = plan.limits().start.plus_days(7 * (i32::from(week.get()) - 1));
    let what: Vec<_> = plan
        .week(week)
        .iter()
        .map(|(activity, session)| format!("{}, {} minutes", activity.name, session.minutes))
        .collect();
    let when = if week == WeekCount::MIN { "Your first week".to_owned() } else { format!("Week {week}") };
    println!("  {when}, from {first}: {}.", what.join("; "));
}

/// Where the person sees it at least half a level apart, once for all gaps.
fn print_own_view(gaps: &GapAnalysis, rubric: &Rubric) {
    let differs = gaps.criteria().iter().filter(|one| {
        one.gap > LevelGap::ZERO && one.reasons.iter().any(|reason| reason.code.as_str() == "own_view_differs")
    });
    let apart: Vec<_> = differs
        .filter_map(|one| {
            let above = one.own_view_above_others?.get();
            let side = if above > 0.0 { "higher" } else { "lower" };
            Some(format!("{} {:.2} {side}", name(rubric, one.criterion.as_str()), above.abs()))
        })
        .collect();
    if !apart.is_empty() {
        println!(
            "  You see this differently from the raters: {}.\n  Both views count; start the talk there.",
            apart.join(", ")
        );
    }
}
