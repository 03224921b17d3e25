//! The best plan for a problem in a file, with what is proven about it, the reasons, and what more room would bring.
//!
//! `cargo run --release --example plan` plans `examples/data/plan_problem.json`; `-- FILE` plans another file in the format
//! `coaching-plan-instance/1`; `-- --json` prints one JSON document; `-- --help` lists the options.

use std::error::Error;
use std::fs;
use std::process::ExitCode;

use service_excellence::coaching::{
    ActivityReasons, CalendarEntry, Certificate, Evaluation, PersonEvaluation, PlanConstraint, PlanOutcome,
    PlanProblem, PlanReason, ProblemPerson, Relaxation, SolveLimits,
};

const HELP: &str = "\
plan [FILE] [OPTIONS]
  FILE         a problem in the format coaching-plan-instance/1 (default: the sample problem)
  --json       print one JSON document instead of text
  --no-prices  leave out what overruling the plan costs: that solves the problem twice for each activity";

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let options = Options::from_arguments(std::env::args().skip(1))?;
    if options.help {
        println!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    }
    let text = fs::read_to_string(&options.file).map_err(|error| format!("{}: {error}", options.file))?;
    let problem = match PlanProblem::from_json(&text) {
        Ok(problem) => problem,
        Err(faults) => {
            eprintln!("{}: defects to mend before it can be planned: {}", options.file, faults.len());
            faults.iter().for_each(|fault| eprintln!("  {fault}"));
            return Ok(ExitCode::FAILURE);
        }
    };
    let answer = Answer::new(problem, options.prices);
    if options.json {
        println!("{}", serde_json::to_string_pretty(&answer.to_json())?);
    } else {
        answer.print();
    }
    Ok(if answer.outcome.plan().is_some() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

struct Options {
    help: bool,
    json: bool,
    prices: bool,
    file: String,
}

impl Options {
    fn from_arguments(arguments: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/plan_problem.json");
        let mut options = Self { help: false, json: false, prices: true, file: sample.to_owned() };
        for argument in arguments {
            match argument.as_str() {
                "--help" => options.help = true,
                "--json" => options.json = true,
                "--no-prices" => options.prices = false,
                option if option.starts_with("--") => {
                    return Err(format!("`{option}` is not an option\n{HELP}").into());
                }
                _ => options.file = argument,
            }
        }
        Ok(options)
    }
}

/// A problem, its best plan, and the answers to what people ask about it.
struct Answer {
    problem: PlanProblem,
    outcome: PlanOutcome,
    reasons: Vec<Explained>,
    what_if: Vec<(Relaxation, i64)>,
}

/// The reasons for one activity, and the value of the best plan that does the opposite.
#[derive(serde::Serialize)]
struct Explained {
    #[serde(flatten)]
    reasons: ActivityReasons,
    /// `None` when there is no such plan, it is not proven to be the best, or it was not asked for.
    #[serde(rename = "best_value_otherwise")]
    otherwise: Option<i64>,
}

impl Answer {
    fn new(problem: PlanProblem, with_prices: bool) -> Self {
        let outcome = problem.solve(&SolveLimits::default());
        let explained = |plan| problem.explain(plan).into_iter();
        let reasons = outcome.plan().map_or_else(Vec::new, |plan| {
            let otherwise = |one: &ActivityReasons| if with_prices { value_otherwise(&problem, one) } else { None };
            explained(plan).map(|reasons| Explained { otherwise: otherwise(&reasons), reasons }).collect()
        });
        let what_if = if outcome.plan().is_some() { what_if(&problem) } else { Vec::new() };
        Self { problem, outcome, reasons, what_if }
    }

    fn to_json(&self) -> serde_json::Value {
        let plan = self.outcome.plan();
        let what_if = self.what_if.iter().map(|(change, value)| serde_json::json!({"change": change, "value": value}));
        serde_json::json!({
            "problem": self.problem.fingerprint(),
            "plan": plan,
            "calendar": plan.map(|plan| self.problem.calendar(plan)),
            "evaluation": self.outcome.evaluation(),
            "certificate": self.outcome.certificate(),
            "is_canonical": self.outcome.is_canonical(),
            "reasons": self.reasons,
            "what_if": what_if.collect::<Vec<_>>(),
        })
    }

    fn print(&self) {
        let document = self.problem.document();
        println!("A PLAN FOR {}: {} weeks\n", document.name, document.horizon_weeks);
        let Some((plan, evaluation)) = self.outcome.plan().zip(self.outcome.evaluation()) else {
            return println!("  {}", self.certainty());
        };
        println!("  All gains below are planning assumptions, not promises; new observations will tell.\n");
        println!(
            "  It is assumed to reach {} of what the goals need, in {} minutes, at a cost of {} units.",
            share_of(evaluation.value(), evaluation),
            evaluation.minutes(),
            evaluation.cost(),
        );
        println!("  {}", self.certainty());
        let calendar = self.problem.calendar(plan);
        for (person, worth) in document.people.iter().zip(evaluation.people()) {
            println!("\n{}: HOW FAR EACH GOAL IS ASSUMED TO COME\n", person.id);
            print_goals(person, worth);
            println!("\n{}: WEEK BY WEEK\n", person.id);
            print_weeks(person, &calendar);
            println!("\n{}: WHY THESE\n", person.id);
            self.print_reasons(person, evaluation, true);
            println!("\n{}: WHY NOT THE OTHERS\n", person.id);
            self.print_reasons(person, evaluation, false);
        }
        self.print_what_if(evaluation);
    }

    /// What is proven, in a sentence for people who do not plan for a living.
    fn certainty(&self) -> String {
        match self.outcome.certificate() {
            Certificate::Optimal { .. } if self.outcome.is_canonical() => {
                "That is proven to be the most: no other choice or timing of these activities brings more. None that \
                 brings\n  as much costs less; at that cost none takes less time, and of those none starts earlier."
                    .to_owned()
            }
            Certificate::Optimal { .. } => {
                "That is proven to be the most: no other choice or timing of these activities brings more.".to_owned()
            }
            Certificate::Bounded { upper, proof, .. } => {
                let limits: Vec<_> = proof.limits_hit().iter().map(ToString::to_string).collect();
                let found = self.outcome.evaluation().map_or_else(
                    || "No plan was found, and none is proven to be impossible".to_owned(),
                    |one| {
                        format!(
                            "It is the best plan found; a better one may exist, but none reaches more than {}",
                            share_of(*upper, one)
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

    fn print_reasons(&self, person: &ProblemPerson, evaluation: &Evaluation, is_in: bool) {
        for one in self.reasons.iter().filter(|one| one.reasons.person == person.id && one.reasons.is_in == is_in) {
            // What a plan without it would lose follows as a share, which says more than points.
            let said = one.reasons.reasons.iter().filter(|reason| !matches!(reason, PlanReason::Contributes { .. }));
            let mut said: Vec<String> = said.map(|reason| in_words(&reason.to_string())).collect();
            said.extend(one.otherwise.map(|value| price(value, evaluation, is_in)));
            println!("  {}: {}.", in_words(one.reasons.activity.as_str()), said.join("; "));
        }
    }

    fn print_what_if(&self, evaluation: &Evaluation) {
        println!("\nWHAT MORE ROOM WOULD BE ASSUMED TO BRING (now {})\n", share_of(evaluation.value(), evaluation));
        for (change, value) in &self.what_if {
            let reached = if *value > evaluation.value() { share_of(*value, evaluation) } else { "no more".to_owned() };
            println!("  {:<45} {reached:>7}", change.to_string());
        }
        let binding = self.what_if.iter().filter(|(_, value)| *value > evaluation.value());
        let binding: Vec<_> = binding.map(|(change, _)| change.to_string()).collect();
        if binding.is_empty() {
            println!("\n  None of these alone would bring more.");
        } else {
            println!("\n  What binds the plan: more comes only from {}.", binding.join(", or from "));
        }
    }
}

/// For questions beside the plan: their answers are values, so equally good plans need not be told apart.
fn value_only() -> SolveLimits<'static> {
    SolveLimits { breaks_ties: false, ..SolveLimits::default() }
}

/// The value of the best plan with an activity that is out, or without one that is in.
fn value_otherwise(problem: &PlanProblem, one: &ActivityReasons) -> Option<i64> {
    let price = problem.price_of(one.person.as_str(), one.activity.as_str(), &value_only())?;
    let otherwise = if one.is_in { price.without() } else { price.with() };
    let value = otherwise.evaluation()?.value();
    otherwise.certificate().is_optimal().then_some(value)
}

fn what_if(problem: &PlanProblem) -> Vec<(Relaxation, i64)> {
    let has_coaches = !problem.document().coach_pools.is_empty();
    let usual = Relaxation::USUAL.into_iter().filter(|one| has_coaches || !matches!(one, Relaxation::CoachMinutes(_)));
    usual.filter_map(|change| Some((change, problem.what_if(change, &value_only())?.evaluation()?.value()))).collect()
}

fn print_goals(person: &ProblemPerson, worth: &PersonEvaluation) {
    for (goal, closed) in person.goals.iter().zip(worth.closed()) {
        let missing = goal.to - goal.from - closed;
        let rest = if missing > 0 { format!("{} short of the goal", levels(missing)) } else { "the goal".to_owned() };
        let due = goal.due_week.map_or_else(String::new, |week| format!(" by week {week}"));
        println!(
            "  {:<28} {} to {} of {}{due}: {rest}",
            in_words(goal.skill.as_str()),
            levels(goal.from),
            levels(goal.from + closed),
            levels(goal.to),
        );
    }
}

fn print_weeks(person: &ProblemPerson, calendar: &[CalendarEntry]) {
    for (week, allowed) in (1..).zip(&person.week_minutes_max) {
        let mut entries = calendar.iter().filter(|one| one.week == week && one.person == person.id).peekable();
        if entries.peek().is_none() {
            println!("  Week {week}: nothing planned, {allowed} min free");
            continue;
        }
        let entries: Vec<_> = entries.collect();
        let minutes: i64 = entries.iter().map(|one| one.minutes).sum();
        println!("  Week {week}: {minutes} of {allowed} min");
        entries.iter().for_each(|entry| println!("    {:>3} min  {}", entry.minutes, session(entry)));
    }
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

fn price(otherwise: i64, evaluation: &Evaluation, is_in: bool) -> String {
    let (share, lost) = (share_of(otherwise, evaluation), evaluation.value() - otherwise);
    match (is_in, lost > 0) {
        (true, true) => format!("the best plan without it reaches {share}"),
        (true, false) => "another plan reaches as much without it".to_owned(),
        (false, true) => format!("the best plan with it reaches {share}"),
        (false, false) => "a plan with it reaches as much, and costs or takes no less".to_owned(),
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

/// A value as a share of what all goals need, in tenths of a percent, rounded down.
fn share_of(value: i64, evaluation: &Evaluation) -> String {
    let ideal: i64 = evaluation.people().iter().map(PersonEvaluation::ideal).sum();
    let tenths = (1_000 * value).checked_div(ideal);
    tenths.map_or_else(|| "nothing".to_owned(), |tenths| format!("{}.{} %", tenths / 10, tenths % 10))
}
