//! Six people share two coaches and one budget: the plan that brings the most in all, and the fair one beside it.
//!
//! `cargo run --release --example team_plan` plans `examples/data/team_plan_problem.json`; `-- FILE` plans another file in
//! the format `coaching-plan-instance/1`; `-- --json` prints one JSON document. People stand in the order of the file: a
//! plan ranks nobody.

#[expect(dead_code, reason = "other examples need the rest")]
mod common;

use std::process::ExitCode;

use common::Failure;
use common::arguments::Arguments;
use common::files::read;
use common::output::say;
use service_excellence::Key;
use service_excellence::planning::{
    CalendarEntry, Certificate, CoachPool, Evaluation, PersonEvaluation, PlanObjective, PlanOutcome, PlanProblem,
    ProblemPerson, SolveLimits,
};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/team_plan_problem.json");

const HELP: &str = "\
team_plan [OPTIONS] [FILE]

Plans for a team that shares coaches and a budget: the plan that brings the
most in all, and the fair one beside it.

  FILE    a problem in the format coaching-plan-instance/1; - is standard
          input (examples/data/team_plan_problem.json)
  --json  one JSON document instead of text
";

fn main() -> ExitCode {
    common::run(HELP, program)
}

fn program(mut arguments: Arguments) -> Result<ExitCode, Failure> {
    let json = arguments.flag("--json");
    let file = arguments.last()?.unwrap_or_else(|| SAMPLE.to_owned());
    let text = read(&file)?;
    let planned = |objective| Planned::new(&text, objective).map_err(|failure| format!("{file}: {failure}"));
    let (most, fair) = (planned(PlanObjective::Sum)?, planned(PlanObjective::MaximinThenSum)?);

    if json {
        let whole = serde_json::json!({
            "most_in_all": most.outcome, "fair": fair.outcome, "fair_calendar": fair.calendar(),
        });
        say!("{}", serde_json::to_string_pretty(&whole)?);
        return Ok(ExitCode::SUCCESS);
    }
    say!("{}\n", fair.problem.document().name);
    let (Some(most_value), Some(fair_value)) = (most.outcome.evaluation(), fair.outcome.evaluation()) else {
        return Err(format!("there is no plan for the team: {}", certainty(&fair.outcome, "")).into());
    };
    print_shares(most_value, fair_value, fair.problem.document().shared_cost_max);
    print_calendar(&fair);
    print_coaches(&fair);
    print_certainty(&most, &fair);
    Ok(ExitCode::SUCCESS)
}

/// A problem with one of the two objectives, and its best plan.
struct Planned {
    problem: PlanProblem,
    outcome: PlanOutcome,
}

impl Planned {
    fn new(text: &str, objective: PlanObjective) -> Result<Self, Failure> {
        let mut document = PlanProblem::from_json(text)?.document().clone();
        document.objective = objective;
        let problem = PlanProblem::new(document)?;
        let outcome = problem.solve(&SolveLimits::default());
        Ok(Self { problem, outcome })
    }

    fn calendar(&self) -> Vec<CalendarEntry> {
        self.problem.calendar(self.outcome.plan().unwrap_or_default())
    }
}

fn print_shares(most: &Evaluation, fair: &Evaluation, budget: Option<i64>) {
    say!("HOW FAR EACH IS ASSUMED TO GET\n");
    say!(
        "  For the coach, to share out the help: how much of what each one's own goals need the plan serves. It is no score\n  \
         of the person; each person's sheet should hold their own lines only. \"Team\": all goals together, each level\n  \
         counted by the goal's weight.\n"
    );
    say!("  {:<12} {:>16} {:>16}", "", "most in all", "fair");
    for (before, after) in most.people().iter().zip(fair.people()) {
        say!("  {:<12} {:>16} {:>16}", before.person(), share(before), share(after));
    }
    say!("  {:<12} {:>16} {:>16}", "least served", least(most), least(fair));
    say!("  {:<12} {:>16} {:>16}", "team", whole(most), whole(fair));
    say!("  {:<12} {:>16} {:>16}", "cost in units", most.cost(), fair.cost());
    if let Some(budget) = budget {
        let spent = if fair.cost() == budget { "all of it" } else { "not all of it" };
        say!("\n  The budget is {budget} units; the fair plan spends {spent}.");
    }
    say!(
        "\n  \"Most in all\" asks only what the team gains together. \"Fair\" first serves the needs that are served least, as\n  \
         far as the limits allow, and only then looks at the team. Its price: the team reaches {} of what it reaches\n  \
         in the plan beside it.",
        percent(fair.value(), most.value()),
    );
    let left_out = most.people().iter().filter(|one| one.value() == 0 && one.ideal() > 0).count();
    if left_out > 0 {
        say!(
            "  \"Most in all\" leaves {left_out} of {} people out; that is why it is not proposed.",
            most.people().len()
        );
    }
}

fn print_calendar(fair: &Planned) {
    say!("\nTHE FAIR PLAN, PERSON BY PERSON");
    let calendar = fair.calendar();
    let people = fair.outcome.evaluation().map(Evaluation::people).unwrap_or_default();
    for (person, worth) in fair.problem.document().people.iter().zip(people) {
        say!("\n  {}", person.id);
        for (goal, closed) in person.goals.iter().zip(worth.closed()) {
            let (from, to) = (levels(goal.from), levels(goal.from + closed));
            say!("    goal:   {} from {from} to {to}, wanted {}", in_words(goal.skill.as_str()), levels(goal.to));
        }
        for entry in calendar.iter().filter(|entry| entry.person == person.id && entry.minutes > 0) {
            let what = in_words(entry.activity.as_str());
            let which =
                if entry.parts > 1 { format!(", week {} of {}", entry.part, entry.parts) } else { String::new() };
            let coach = entry.coach.as_ref().filter(|coach| !what.contains(coach.as_str()));
            let with = coach.map_or_else(String::new, |coach| format!(" (with {coach})"));
            let serves = serves(fair, person, entry);
            say!("    week {}  {:>3} min  {what}{which}{with}{serves}", entry.week, entry.minutes);
        }
    }
    say!(
        "\n  This is a proposal: nothing starts until each person and the coach agree. What does not fit: say so before.\n  \
         Written for the person and the coach, for coaching. A session fell out or did not help? Tell the coach and plan\n  \
         again: what was held stays, and nobody's week is moved without need."
    );
}

/// Which of the person's goals a session works on, or what it comes before.
fn serves(fair: &Planned, person: &ProblemPerson, entry: &CalendarEntry) -> String {
    let activities = &fair.problem.document().activities;
    let gains = activities.iter().find(|one| one.id == entry.activity).map(|one| one.gains.as_slice());
    let is_helped = |skill: &Key| gains.unwrap_or_default().iter().any(|gain| gain.skill == *skill);
    let goals = person.goals.iter().map(|goal| &goal.skill).filter(|skill| is_helped(skill));
    let goals: Vec<_> = goals.map(|skill| in_words(skill.as_str())).collect();
    let is_planned = |key: &Key| {
        fair.outcome.plan().unwrap_or_default().iter().any(|one| one.person == person.id && one.activity == *key)
    };
    let after = activities.iter().filter(|one| one.requires.contains(&entry.activity) && is_planned(&one.id));
    let after: Vec<_> = after.map(|one| in_words(one.id.as_str())).collect();
    match (&goals[..], &after[..]) {
        ([], []) => String::new(),
        ([], after) => format!(": comes before {}", after.join(", ")),
        (goals, _) => format!(": for {}", goals.join(", ")),
    }
}

/// Whom each coach meets in which week, and for what; then what needs no coach.
fn print_coaches(fair: &Planned) {
    say!("\nWHAT THE COACHES PREPARE\n");
    let calendar = fair.calendar();
    for pool in &fair.problem.document().coach_pools {
        say!("  {}", pool.id);
        for (week, available) in (1..).zip(&pool.week_minutes) {
            print_coaching(pool, week, *available, &calendar);
        }
    }
    let alone = fair.problem.document().activities.iter().filter(|one| one.coach.is_none());
    let alone = alone.filter_map(|one| {
        let first = calendar.iter().filter(|entry| entry.activity == one.id).map(|entry| entry.week).min()?;
        Some(format!("{} by week {first}", in_words(one.id.as_str())))
    });
    let alone: Vec<_> = alone.collect();
    if !alone.is_empty() {
        say!("  without a coach: material, and time off the queue\n    {}", alone.join(", "));
    }
    say!("  The minutes behind each name are the coach's for that person alone; two names in a week are two meetings.");
}

fn print_coaching(pool: &CoachPool, week: u32, available: i64, calendar: &[CalendarEntry]) {
    let given: Vec<_> =
        calendar.iter().filter(|entry| entry.week == week && entry.coach.as_ref() == Some(&pool.id)).collect();
    let used: i64 = given.iter().map(|entry| entry.coach_minutes).sum();
    let meetings: Vec<_> = given
        .iter()
        .map(|entry| format!("{}: {}, {} min", entry.person, in_words(entry.activity.as_str()), entry.coach_minutes))
        .collect();
    match (available, &meetings[..]) {
        (0, _) => say!("    week {week}  away"),
        (_, []) => say!("    week {week}  free, {available} min"),
        _ => say!("    week {week}  {used} of {available} min  {}", meetings.join("; ")),
    }
}

fn print_certainty(most: &Planned, fair: &Planned) {
    say!("\nHOW SURE THIS IS\n");
    say!("  Most in all: {}", certainty(&most.outcome, "no plan brings the team more"));
    say!(
        "  Fair: {}",
        certainty(&fair.outcome, "nobody's least share can be higher, and with that no plan brings the team more")
    );
    say!("  That holds for these numbers. The gains are planning assumptions; new observations will tell.");
}

fn certainty(outcome: &PlanOutcome, what: &str) -> String {
    match outcome.certificate() {
        Certificate::Optimal { .. } => format!("proven, {what}."),
        Certificate::Bounded { upper, .. } => {
            let ideal = outcome.evaluation().map_or(0, Evaluation::ideal);
            format!("the best plan found; no plan brings the team more than {}.", bound(*upper, ideal))
        }
        Certificate::Infeasible { conflict, .. } => {
            let conflict: Vec<_> = conflict.iter().map(ToString::to_string).collect();
            format!("these cannot hold together: {}", conflict.join("; "))
        }
    }
}

fn share(person: &PersonEvaluation) -> String {
    percent(person.value(), person.ideal())
}

fn least(evaluation: &Evaluation) -> String {
    let people = evaluation.people().iter().filter(|one| one.ideal() > 0);
    people
        .min_by(|one, other| (one.value() * other.ideal()).cmp(&(other.value() * one.ideal())))
        .map_or_else(|| "no goals".to_owned(), share)
}

fn whole(evaluation: &Evaluation) -> String {
    percent(evaluation.value(), evaluation.ideal())
}

/// In tenths of a percent, halves rounded up; a person whose goals are reached already needs nothing.
fn percent(part: i64, of: i64) -> String {
    in_percent((2_000 * part + of).checked_div(2 * of))
}

/// What nothing exceeds, rounded up.
fn bound(part: i64, of: i64) -> String {
    in_percent((1_000 * part + of - 1).checked_div(of))
}

fn in_percent(tenths: Option<i64>) -> String {
    tenths.map_or_else(|| "nothing to do".to_owned(), |tenths| format!("{}.{} %", tenths / 10, tenths % 10))
}

/// Ids as people say them.
fn in_words(id: &str) -> String {
    id.replace('_', " ")
}

fn levels(thousandths: i64) -> String {
    format!("{}.{:02}", thousandths / 1_000, thousandths % 1_000 / 10)
}
