//! The plain model with a variable per session and week, solved by `microlp`, for comparison.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions, Variable};
use serde_json::Value;

type Terms = Vec<(Variable, f64)>;

/// By activity and session (from 1): the variables by week.
type Starts<'a> = BTreeMap<(&'a str, i64), BTreeMap<i64, Variable>>;

/// Solves a problem with one person and prints what came of it, by the clock.
pub(crate) fn print(document: &Value, most_seconds: f64) {
    let problem = build(document);
    let start = Instant::now();
    let mut options = SolveOptions::default();
    options.time_limit = Some(Duration::from_secs_f64(most_seconds));
    let outcome = problem.solve_with(options).unwrap();
    let value = outcome.solution().map(|one| one.objective().round());
    let word = outcome.termination_reason();
    println!("    time-indexed: {word:?} {value:?} in {:.3} s of the clock", start.elapsed().as_secs_f64());
}

fn number(value: &Value) -> i64 {
    value.as_i64().unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn build(document: &Value) -> Problem {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let (weeks, person) = (number(&document["horizon_weeks"]), &document["people"][0]);
    let activities: BTreeMap<&str, &Value> =
        list(&document["activities"]).iter().map(|one| (one["id"].as_str().unwrap(), one)).collect();
    let mut starts: Starts<'_> = BTreeMap::new();
    for (id, one) in &activities {
        let first = one["earliest_week"].as_i64().unwrap_or(1);
        let last = one["latest_end_week"].as_i64().unwrap_or(weeks) - list(&one["load"]).len() as i64 + 1;
        for session in 1..=number(&one["max_sessions"]) {
            let variables: BTreeMap<i64, Variable> =
                (first..=last).map(|week| (week, problem.add_binary_var(0.0))).collect();
            at_most(&mut problem, variables.values().map(|one| (*one, 1.0)).collect(), 1);
            starts.insert((*id, session), variables);
        }
    }
    add_order(&mut problem, &activities, &starts);
    add_budgets(&mut problem, document, &activities, &starts);
    for id in list(&person["mandatory"]) {
        let first = &starts[&(id.as_str().unwrap(), 1)];
        problem.add_constraint(first.values().map(|one| (*one, 1.0)).collect::<Terms>(), ComparisonOp::Ge, 1.0);
    }
    for group in list(&document["exclusive"]) {
        let firsts = list(group).iter().flat_map(|id| starts[&(id.as_str().unwrap(), 1)].values());
        at_most(&mut problem, firsts.map(|one| (*one, 1.0)).collect(), 1);
    }
    for goal in list(&person["goals"]) {
        add_goal(&mut problem, goal, weeks, &activities, &starts);
    }
    problem
}

fn at_most(problem: &mut Problem, terms: Terms, most: i64) {
    if !terms.is_empty() {
        problem.add_constraint(terms, ComparisonOp::Le, most as f64);
    }
}

fn add_order(problem: &mut Problem, activities: &BTreeMap<&str, &Value>, starts: &Starts<'_>) {
    for ((id, session), variables) in starts {
        let one = activities[id];
        let before: Vec<((&str, i64), i64)> = if *session > 1 {
            vec![((id, session - 1), number(&one["repeat_gap_weeks"]).max(1))]
        } else {
            let requires = list(&one["requires"]).iter().map(|one| one.as_str().unwrap());
            requires.map(|one| ((one, 1), list(&activities[one]["load"]).len() as i64)).collect()
        };
        for (key, lag) in before {
            for week in variables.keys() {
                let mut terms: Terms = variables.range(..=week).map(|(_, one)| (*one, 1.0)).collect();
                terms.extend(starts[&key].range(..=week - lag).map(|(_, one)| (*one, -1.0)));
                at_most(problem, terms, 0);
            }
        }
    }
}

fn add_budgets(problem: &mut Problem, document: &Value, activities: &BTreeMap<&str, &Value>, starts: &Starts<'_>) {
    let (mut load, mut coach): (BTreeMap<i64, Terms>, BTreeMap<i64, Terms>) = (BTreeMap::new(), BTreeMap::new());
    let mut cost: Terms = Vec::new();
    for ((id, _), variables) in starts {
        let one = activities[id];
        for (week, variable) in variables {
            cost.push((*variable, number(&one["cost"]) as f64));
            for (by_week, minutes) in [(&mut load, &one["load"]), (&mut coach, &one["coach"]["load"])] {
                for (week, minutes) in (*week..).zip(list(minutes)) {
                    by_week.entry(week).or_default().push((*variable, number(minutes) as f64));
                }
            }
        }
    }
    let person = &document["people"][0];
    let mut total: BTreeMap<usize, (Variable, f64)> = BTreeMap::new();
    for (variable, minutes) in load.values().flatten() {
        total.entry(variable.idx()).or_insert((*variable, 0.0)).1 += minutes;
    }
    at_most(problem, total.into_values().collect(), number(&person["total_minutes_max"]));
    at_most(problem, cost, number(&person["cost_max"]));
    for (by_week, most) in [(load, &person["week_minutes_max"]), (coach, &document["coach_pools"][0]["week_minutes"])] {
        for (week, terms) in by_week {
            at_most(problem, terms, number(&most[usize::try_from(week - 1).unwrap()]));
        }
    }
}

/// One row per level at which a ceiling cuts gains off.
fn add_goal(problem: &mut Problem, goal: &Value, weeks: i64, activities: &BTreeMap<&str, &Value>, starts: &Starts<'_>) {
    let (from, to) = (number(&goal["from"]), number(&goal["to"]));
    let due = goal["due_week"].as_i64().unwrap_or(weeks);
    let closed = problem.add_var(number(&goal["weight"]) as f64, (0.0, (to - from) as f64));
    let mut credits: Vec<(Variable, i64, i64)> = Vec::new();
    for ((id, session), variables) in starts {
        let one = activities[id];
        for gain in list(&one["gains"]).iter().filter(|gain| gain["skill"] == goal["skill"]) {
            let amount = number(&gain["gain"][usize::try_from(session - 1).unwrap()]);
            let in_time = variables.range(..=due - list(&one["load"]).len() as i64 + 1);
            credits.extend(in_time.map(|(_, one)| (*one, amount, number(&gain["ceiling"]))));
        }
    }
    let mut thresholds: Vec<i64> = credits.iter().map(|one| one.2).filter(|one| (from..to).contains(one)).collect();
    thresholds.push(from);
    thresholds.sort_unstable();
    thresholds.dedup();
    for threshold in thresholds {
        let above = credits.iter().filter(|one| one.2 > threshold);
        let mut terms: Terms = above.map(|(variable, gain, _)| (*variable, -*gain as f64)).collect();
        terms.push((closed, 1.0));
        at_most(problem, terms, threshold - from);
    }
}
