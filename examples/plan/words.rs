//! A plan, what is proven about it, the reasons and the prices, for people who do not plan for a living.

use service_excellence::planning::{
    CalendarEntry, Certificate, Evaluation, PersonEvaluation, PlanConstraint, PlanObjective, PlanReason, ProblemPerson,
    SessionPlacement,
};

use service_excellence::Key;

use super::common::output::say;
use super::{Answer, Best, Reached};

pub(crate) fn print(answer: &Answer) {
    let document = answer.problem.document();
    say!("A PLAN FOR {}: {} weeks\n", document.name, document.horizon_weeks);
    let Some((plan, evaluation)) = answer.outcome.plan().zip(answer.outcome.evaluation()) else {
        return say!("  {}", certainty(answer));
    };
    say!("  All gains below are planning assumptions, not promises; new observations will tell.\n");
    say!(
        "  It is assumed to reach {} of what the goals need, more urgent ones counting more, in {} of {} minutes and at\n  \
             a cost of {} of {} units.",
        share_of(evaluation.value(), evaluation),
        evaluation.minutes(),
        document.people.iter().map(|person| person.total_minutes_max).sum::<i64>(),
        evaluation.cost(),
        document.people.iter().map(|person| person.cost_max).sum::<i64>(),
    );
    if let Some(least) = Reached::of(evaluation, &answer.problem).least_share_permille {
        say!("  Whoever is served least is assumed to reach {} of what their own goals need.", in_percent(Some(least)));
    }
    say!("  {}", certainty(answer));
    say!(
        "  Minutes and costs are limited by what the problem's file says; change them there.\n  \
         This is a proposal for the person and the coach, for coaching; both must agree. What does not fit: say so first."
    );
    let calendar = answer.problem.calendar(plan);
    for (person, worth) in document.people.iter().zip(evaluation.people()) {
        say!("\n{}: HOW FAR EACH GOAL IS ASSUMED TO COME\n", person.id);
        print_goals(person, worth);
        say!("\n{}: WEEK BY WEEK\n", person.id);
        print_weeks(answer, person, worth, &calendar);
        print_later(answer, person, plan);
        say!("\n{}: WHY THESE\n", person.id);
        print_reasons(answer, person, evaluation, true);
        say!("\n{}: WHY NOT THE OTHERS\n", person.id);
        print_reasons(answer, person, evaluation, false);
    }
    print_what_if(answer, evaluation);
}

/// What is proven, in a sentence for people who do not plan for a living.
fn certainty(answer: &Answer) -> String {
    let is_fair = answer.problem.document().objective == PlanObjective::MaximinThenSum;
    match answer.outcome.certificate() {
        Certificate::Optimal { .. } if is_fair => {
            "That is proven to be the fairest: nobody's least share can be higher, and with that no plan brings more \
             in all."
                .to_owned()
        }
        Certificate::Optimal { .. } if answer.outcome.is_canonical() => {
            "That is proven to be the most: no other choice or timing of these activities brings more. Of the plans \
             that bring\n  as much, it is the cheapest, of those the shortest, and of those the earliest."
                .to_owned()
        }
        Certificate::Optimal { .. } => {
            "That is proven to be the most: no other choice or timing of these activities brings more.".to_owned()
        }
        Certificate::Bounded { upper, proof, .. } => {
            let limits: Vec<_> = proof.limits_hit().iter().map(ToString::to_string).collect();
            let found = answer.outcome.evaluation().map_or_else(
                || "No plan was found, and none is proven to be impossible".to_owned(),
                |one| {
                    format!(
                        "It is the best plan found; a better one may exist, but none reaches more than {}",
                        bound(*upper, one)
                    )
                },
            );
            format!("{found}. The search ended early: {}.", limits.join("; "))
        }
        Certificate::Infeasible { conflict, .. } if conflict.is_empty() => {
            "There is no plan: what has to be done does not fit into its own windows and prerequisites.".to_owned()
        }
        Certificate::Infeasible { conflict, .. } => format!(
            "There is no plan. These cannot all hold together; at least one of them has to give way:\n{}",
            conflict.iter().map(conflicting).collect::<Vec<_>>().join("\n")
        ),
    }
}

fn print_reasons(answer: &Answer, person: &ProblemPerson, evaluation: &Evaluation, is_in: bool) {
    for one in answer.reasons.iter().filter(|one| one.reasons.person == person.id && one.reasons.is_in == is_in) {
        // What a plan without it would lose follows as a share, which says more than points.
        let said = one.reasons.reasons.iter().filter(|reason| !matches!(reason, PlanReason::Contributes { .. }));
        let mut said: Vec<String> = said.map(|reason| in_words(&reason.to_string())).collect();
        let now = Reached::of(evaluation, &answer.problem);
        said.extend(one.otherwise.and_then(|best| price(best, now, evaluation, is_in)));
        say!("  {}: {}.", in_words(one.reasons.activity.as_str()), said.join("; "));
    }
}

fn print_what_if(answer: &Answer, evaluation: &Evaluation) {
    let now = Reached::of(evaluation, &answer.problem);
    say!("\nWHAT MORE ROOM WOULD BE ASSUMED TO BRING (now {})\n", reaching(now, evaluation));
    let mut binding = Vec::new();
    for (change, best) in &answer.what_if {
        let reached = match best {
            Best::Exactly(more) if *more > now => reaching(*more, evaluation),
            // A bound on the sum says nothing of who is served least.
            Best::Between { at_least: Some(found), at_most }
                if *at_most > now.value || now.least_share_permille.is_some() =>
            {
                format!("{} found, at most {} in all", reaching(*found, evaluation), bound(*at_most, evaluation))
            }
            _ => "no more".to_owned(),
        };
        say!("  {:<45} {reached:>7}", change.to_string());
        if best.found().is_some_and(|found| found > now) {
            binding.push(change.to_string());
        }
    }
    if binding.is_empty() {
        say!("\n  None of these alone is known to bring more.");
    } else {
        say!("\n  What binds the plan: of these, more comes only from {}.", binding.join(", or from "));
    }
}

fn print_goals(person: &ProblemPerson, worth: &PersonEvaluation) {
    for (goal, closed) in person.goals.iter().zip(worth.closed()) {
        let missing = goal.to - goal.from - closed;
        let due = goal.due_week.map_or_else(String::new, |week| format!(", counted up to week {week}"));
        let end = if missing > 0 {
            format!("{} short of {}", levels(missing), levels(goal.to))
        } else {
            "the goal".to_owned()
        };
        let name = in_words(goal.skill.as_str());
        say!("  {name:<28} from {} to {}: {end}{due}", levels(goal.from), levels(goal.from + closed));
    }
}

fn print_weeks(answer: &Answer, person: &ProblemPerson, worth: &PersonEvaluation, calendar: &[CalendarEntry]) {
    let left = person.total_minutes_max - worth.minutes();
    for (week, allowed) in (1..).zip(&person.week_minutes_max) {
        let mut entries = calendar.iter().filter(|one| one.week == week && one.person == person.id).peekable();
        if entries.peek().is_none() {
            say!("  Week {week}: nothing planned; {allowed} min free that week, {left} min left in the whole plan");
            continue;
        }
        let entries: Vec<_> = entries.collect();
        let minutes: i64 = entries.iter().map(|one| one.minutes).sum();
        say!("  Week {week}: {minutes} of {allowed} min");
        entries.iter().for_each(|entry| {
            say!("    {:>3} min  {}{}", entry.minutes, session(entry), serves(answer, person, entry))
        });
    }
}

/// What an activity is for: the person's goals that it adds to, or nothing where the reasons say why it is there.
fn serves(answer: &Answer, person: &ProblemPerson, entry: &CalendarEntry) -> String {
    let found = answer.problem.document().activities.iter().find(|one| one.id == entry.activity);
    let gains = found.map(|one| one.gains.as_slice()).unwrap_or_default();
    let is_helped = |skill: &Key| gains.iter().any(|gain| gain.skill == *skill);
    let goals: Vec<_> = person.goals.iter().map(|goal| &goal.skill).filter(|skill| is_helped(skill)).collect();
    match &goals[..] {
        _ if entry.session > 1 || entry.part > 1 => String::new(),
        [] => String::new(),
        goals => format!(": for {}", goals.iter().map(|key| in_words(key.as_str())).collect::<Vec<_>>().join(", ")),
    }
}

/// Which session could be held in which later week with everything else as it is and nothing lost.
fn print_later(answer: &Answer, person: &ProblemPerson, plan: &[SessionPlacement]) {
    let now = Reached::of(&answer.problem.evaluate(plan), &answer.problem);
    let (mut movable, mut fixed) = (Vec::new(), 0);
    for placement in plan.iter().filter(|one| one.person == person.id) {
        let is_as_good = |week: &u32| {
            let moved = |one: &SessionPlacement| {
                if one == placement { SessionPlacement { week: *week, ..one.clone() } } else { one.clone() }
            };
            let moved = answer.problem.evaluate(&plan.iter().map(moved).collect::<Vec<_>>());
            moved.is_feasible() && Reached::of(&moved, &answer.problem) >= now
        };
        let name = in_words(placement.activity.as_str());
        let weeks = (1_u32..).zip(&person.week_minutes_max).map(|(week, _)| week).filter(|week| *week > placement.week);
        let weeks: Vec<_> = weeks.filter(is_as_good).map(|week| week.to_string()).collect();
        match &weeks[..] {
            [] => fixed += 1,
            weeks => movable.push(format!("{name}, session {} (week {})", placement.session, weeks.join(" or "))),
        }
    }
    let movable = if movable.is_empty() {
        "No session can be held in a later week with the rest as it is and nothing lost".to_owned()
    } else {
        format!("These can be held later with the rest as it is and nothing lost: {}", movable.join("; "))
    };
    say!("\n  A session fell out? {movable}.");
    if fixed > 0 {
        say!("  For the others no later week can take it: the plan is made anew; what was held stays as it is.");
    }
    say!("  A session did not help? Say so at the next talk: the plan can be made anew from what is seen then.");
}

fn session(entry: &CalendarEntry) -> String {
    let mut text = in_words(entry.activity.as_str());
    if entry.parts > 1 {
        text += &format!(", week {} of {}", entry.part, entry.parts);
    } else if entry.session > 1 {
        text += &format!(", session {}", entry.session);
    }
    if let Some(coach) = &entry.coach {
        text += &format!(" ({}: {} min)", in_words(coach.as_str()), entry.coach_minutes);
    }
    text
}

/// What overruling the plan about an activity costs; nothing where there is no such plan, since a reason says why.
fn price(otherwise: Best, now: Reached, evaluation: &Evaluation, is_in: bool) -> Option<String> {
    let with = if is_in { "without" } else { "with" };
    match otherwise {
        Best::NoPlan => None,
        Best::Exactly(reached) if reached == now && is_in => {
            Some("another plan would do as well without it; you may swap".to_owned())
        }
        Best::Exactly(reached) if reached == now => {
            Some("a plan with it would do as well, but not better; you may swap".to_owned())
        }
        Best::Exactly(reached) => Some(format!("the best plan {with} it reaches {}", reaching(reached, evaluation))),
        Best::Between { at_least, at_most } => {
            let found = at_least.map_or_else(|| "no plan".to_owned(), |found| reaching(found, evaluation));
            Some(format!("{with} it {found} was found, and at most {} in all is possible", bound(at_most, evaluation)))
        }
    }
}

fn conflicting(constraint: &PlanConstraint) -> String {
    format!("    {}", in_words(&constraint.to_string()))
}

/// Ids as people say them.
fn in_words(text: &str) -> String {
    text.replace('_', " ").replace('`', "\"")
}

fn levels(thousandths: i64) -> String {
    format!("{}.{:02}", thousandths / 1_000, thousandths % 1_000 / 10)
}

/// What a plan reaches of what all goals need, and where the objective asks for it, of what the one served least needs.
fn reaching(reached: Reached, evaluation: &Evaluation) -> String {
    let all = share_of(reached.value, evaluation);
    match reached.least_share_permille {
        Some(least) => format!("{all}, whoever is served least {}", in_percent(Some(least))),
        None => all,
    }
}

/// A value as a share of what all goals need, in tenths of a percent, halves rounded up.
fn share_of(value: i64, evaluation: &Evaluation) -> String {
    let ideal = evaluation.ideal();
    in_percent((2_000 * value + ideal).checked_div(2 * ideal))
}

/// What no plan exceeds, as such a share, rounded up.
fn bound(value: i64, evaluation: &Evaluation) -> String {
    let ideal = evaluation.ideal();
    in_percent((1_000 * value + ideal - 1).checked_div(ideal))
}

fn in_percent(tenths: Option<i64>) -> String {
    tenths.map_or_else(|| "nothing".to_owned(), |tenths| format!("{}.{} %", tenths / 10, tenths % 10))
}
