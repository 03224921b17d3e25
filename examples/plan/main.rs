//! The best plan for a problem in a file, with what is proven about it, the reasons, and what more room would bring.
//!
//! `cargo run --release --example plan` plans `examples/data/plan_problem.json`; `-- FILE` plans another file in the format
//! `coaching-plan-instance/1`; `-- --json` prints one JSON document; `-- --help` lists the options.

#[path = "../common/mod.rs"]
#[expect(dead_code, reason = "other examples need the rest")]
mod common;
mod words;

use std::process::ExitCode;

use common::arguments::Arguments;
use common::files::read;
use common::output::say;
use common::{Failure, complain};
use service_excellence::planning::{
    ActivityReasons, Evaluation, PlanObjective, PlanOutcome, PlanProblem, Relaxation, SolveLimits,
};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/plan_problem.json");

const HELP: &str = "\
plan [OPTIONS] [FILE]

Finds the best plan for a problem in a file, and says what is proven about it,
why each activity is in or out, and what more room would bring. The exit code
is 1 when there is no plan.

  FILE         a problem in the format coaching-plan-instance/1; - is standard
               input (examples/data/plan_problem.json)
  --json       one JSON document instead of text
  --no-prices  leave out what overruling the plan costs, which takes longest:
               it solves the problem again for each activity
";

fn main() -> ExitCode {
    common::run(HELP, program)
}

fn program(mut arguments: Arguments) -> Result<ExitCode, Failure> {
    let (json, with_prices) = (arguments.flag("--json"), !arguments.flag("--no-prices"));
    let file = arguments.last()?.unwrap_or_else(|| SAMPLE.to_owned());
    let problem = match PlanProblem::from_json(&read(&file)?) {
        Ok(problem) => problem,
        Err(faults) => {
            complain(&format!("{file}: expected a problem without faults, found {}", faults.len()));
            faults.iter().for_each(|fault| complain(&format!("  {fault}")));
            return Ok(ExitCode::from(2));
        }
    };
    let answer = Answer::new(problem, with_prices);
    if json {
        say!("{}", serde_json::to_string_pretty(&answer.to_json())?);
    } else {
        words::print(&answer);
    }
    Ok(if answer.outcome.plan().is_some() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A problem, its best plan, and the answers to what people ask about it.
struct Answer {
    problem: PlanProblem,
    outcome: PlanOutcome,
    reasons: Vec<Explained>,
    what_if: Vec<(Relaxation, Best)>,
}

/// The reasons for one activity, and what the best plan that does the opposite reaches.
#[derive(serde::Serialize)]
struct Explained {
    #[serde(flatten)]
    reasons: ActivityReasons,
    /// Absent when it was not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    otherwise: Option<Best>,
}

/// What a plan reaches by the problem's objective: the greater is the better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
struct Reached {
    /// The smallest share that anybody reaches, where the objective asks for it first.
    #[serde(skip_serializing_if = "Option::is_none")]
    least_share_permille: Option<i64>,
    value: i64,
}

impl Reached {
    fn of(evaluation: &Evaluation, problem: &PlanProblem) -> Self {
        let is_fair = problem.document().objective == PlanObjective::MaximinThenSum;
        let least_share_permille = evaluation.maximin_permille().filter(|_| is_fair);
        Self { least_share_permille, value: evaluation.value() }
    }
}

/// What is known of the best plan of some kind.
#[derive(Clone, Copy, serde::Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Best {
    /// Exactly this: proven.
    Exactly(Reached),
    /// A plan was found that reaches `at_least`, if any, and none is worth more than `at_most`: not proven.
    Between { at_least: Option<Reached>, at_most: i64 },
    /// There is no such plan.
    NoPlan,
}

impl Best {
    fn of(outcome: &PlanOutcome, problem: &PlanProblem) -> Self {
        let found = outcome.evaluation().map(|evaluation| Reached::of(evaluation, problem));
        match (outcome.upper(), found) {
            (None, _) => Self::NoPlan,
            (Some(_), Some(reached)) if outcome.certificate().is_optimal() => Self::Exactly(reached),
            (Some(at_most), at_least) => Self::Between { at_least, at_most },
        }
    }

    fn found(self) -> Option<Reached> {
        match self {
            Self::Exactly(reached) => Some(reached),
            Self::Between { at_least, .. } => at_least,
            Self::NoPlan => None,
        }
    }
}

impl Answer {
    fn new(problem: PlanProblem, with_prices: bool) -> Self {
        let outcome = problem.solve(&SolveLimits::default());
        let explained = |plan| problem.explain(plan).into_iter();
        let reasons = outcome.plan().map_or_else(Vec::new, |plan| {
            let otherwise = |one: &ActivityReasons| if with_prices { best_otherwise(&problem, one) } else { None };
            explained(plan).map(|reasons| Explained { otherwise: otherwise(&reasons), reasons }).collect()
        });
        let what_if = if outcome.plan().is_some() { what_if(&problem) } else { Vec::new() };
        Self { problem, outcome, reasons, what_if }
    }

    fn to_json(&self) -> serde_json::Value {
        let plan = self.outcome.plan();
        let what_if = self.what_if.iter().map(|(change, value)| serde_json::json!({"change": change, "best": value}));
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
}

/// For questions beside the plan: their answers are values, so equally good plans need not be told apart.
fn value_only() -> SolveLimits<'static> {
    SolveLimits { tie_nodes: 0, ..SolveLimits::default() }
}

/// The best plan with an activity that is out, or without one that is in.
fn best_otherwise(problem: &PlanProblem, one: &ActivityReasons) -> Option<Best> {
    let price = problem.price_of(one.person.as_str(), one.activity.as_str(), &value_only())?;
    Some(Best::of(if one.is_in { price.without() } else { price.with() }, problem))
}

fn what_if(problem: &PlanProblem) -> Vec<(Relaxation, Best)> {
    let has_coaches = !problem.document().coach_pools.is_empty();
    let usual = Relaxation::USUAL.into_iter().filter(|one| has_coaches || !matches!(one, Relaxation::CoachMinutes(_)));
    usual.filter_map(|change| Some((change, Best::of(&problem.what_if(change, &value_only())?, problem)))).collect()
}
