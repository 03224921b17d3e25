//! The master through `microlp`.

use std::rc::Rc;

use microlp::{
    ComparisonOp, OptimizationDirection, Problem, ResumeOptions, Solution, SolveOptions, SolveOutcome,
    TerminationReason,
};

use super::master::{Answer, Effort, Flaw, LinearRelaxation, Master, Row, Rows};

/// How many nodes are solved before the caller is asked whether to stop.
const NODES_AT_ONCE: u64 = 100;

pub(crate) struct Simplex;

impl Master for Simplex {
    fn relax(&self, rows: &Rows) -> Result<Box<dyn LinearRelaxation>, Flaw> {
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        let places = rows.variables.iter().map(|one| {
            let is_open = one.least < one.most;
            if is_open { Place::Open(problem.add_var(one.worth, (one.least, one.most))) } else { Place::At(one.least) }
        });
        let places: Rc<[Place]> = places.collect();
        let fixed = rows.variables.iter().filter(|one| one.least >= one.most);
        let worth: f64 = fixed.map(|one| one.worth * one.least).sum();
        for row in &rows.rows {
            let (terms, at_most) = terms(&places, row)?;
            if !terms.is_empty() {
                problem.add_constraint(terms, ComparisonOp::Le, at_most);
            }
        }
        Ok(Box::new(Relaxed { solution: solution(problem.solve())?, places, worth }))
    }

    fn solve(&self, rows: &Rows, hint: &[(usize, f64)], effort: Effort<'_>) -> Answer {
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        let variables: Vec<microlp::Variable> = rows
            .variables
            .iter()
            .map(|one| {
                if one.is_whole && one.most < f64::from(i32::MAX) {
                    problem.add_integer_var(one.worth, (one.least as i32, one.most as i32))
                } else {
                    problem.add_var(one.worth, (one.least, one.most))
                }
            })
            .collect();
        for row in &rows.rows {
            let terms: Option<Vec<_>> =
                row.terms.iter().map(|(one, factor)| Some((*variables.get(*one)?, *factor))).collect();
            let Some(terms) = terms else { return Answer::Failed };
            if terms.is_empty() {
                if row.at_most < 0.0 {
                    return Answer::Infeasible;
                }
                continue;
            }
            problem.add_constraint(terms, ComparisonOp::Le, row.at_most);
        }
        let mut options = SolveOptions::default();
        options.node_limit = Some(NODES_AT_ONCE.min(effort.nodes));
        options.mip_gap = effort.gap;
        if !hint.is_empty() {
            options.warm_start =
                Some(hint.iter().filter_map(|(one, value)| Some((*variables.get(*one)?, *value))).collect());
        }
        let mut outcome = problem.solve_with(options);
        loop {
            let found = match outcome {
                Ok(found) => found,
                Err(microlp::Error::Infeasible) => return Answer::Infeasible,
                Err(_) => return Answer::Failed,
            };
            let stats = found.stats();
            let is_done =
                matches!(found.termination_reason(), TerminationReason::ProvenOptimal | TerminationReason::MipGap);
            if !is_done && stats.nodes_solved < effort.nodes && !(effort.stop)() {
                let mut more = ResumeOptions::default();
                more.mip_gap = Some(effort.gap);
                more.node_limit = Some(NODES_AT_ONCE);
                outcome = found.resume_with(more);
                continue;
            }
            return answer(&found, &variables);
        }
    }
}

fn answer(found: &SolveOutcome, variables: &[microlp::Variable]) -> Answer {
    let stats = found.stats();
    let values =
        found.solution().map(|one| variables.iter().map(|variable| one.var_value(*variable)).collect::<Vec<f64>>());
    match (values, found.solution()) {
        (Some(values), Some(solution))
            if matches!(found.termination_reason(), TerminationReason::ProvenOptimal | TerminationReason::MipGap) =>
        {
            let bound = stats.best_bound.unwrap_or(solution.objective()).max(solution.objective());
            Answer::Solved { values, bound, nodes: stats.nodes_solved }
        }
        (values, _) => Answer::Stopped { values, bound: stats.best_bound, nodes: stats.nodes_solved },
    }
}

/// Where the value of a variable comes from.
#[derive(Clone, Copy)]
enum Place {
    Open(microlp::Variable),
    /// It has this one value and is left out.
    At(f64),
}

struct Relaxed {
    solution: Solution,
    places: Rc<[Place]>,
    /// What the variables left out are worth.
    worth: f64,
}

impl LinearRelaxation for Relaxed {
    fn copy(&self) -> Box<dyn LinearRelaxation> {
        Box::new(Self { solution: self.solution.clone(), places: Rc::clone(&self.places), worth: self.worth })
    }

    fn bound(&self) -> f64 {
        self.solution.objective() + self.worth
    }

    fn values(&self) -> Vec<f64> {
        let value = |place: &Place| match place {
            Place::Open(variable) => self.solution.var_value(*variable),
            Place::At(value) => *value,
        };
        self.places.iter().map(value).collect()
    }

    fn with(mut self: Box<Self>, row: &Row) -> Result<Box<dyn LinearRelaxation>, Flaw> {
        let (terms, at_most) = terms(&self.places, row)?;
        if !terms.is_empty() {
            self.solution = solution(self.solution.add_constraint(terms, ComparisonOp::Le, at_most))?;
        }
        Ok(self)
    }

    fn fixed(mut self: Box<Self>, variable: usize, value: f64) -> Result<Box<dyn LinearRelaxation>, Flaw> {
        match self.places.get(variable) {
            Some(Place::Open(one)) => {
                self.solution = solution(self.solution.fix_var(*one, value))?;
                Ok(self)
            }
            Some(Place::At(only)) if (only - value).abs() < 0.5 => Ok(self),
            Some(Place::At(_)) => Err(Flaw::Infeasible),
            None => Err(Flaw::Failed),
        }
    }
}

fn solution(outcome: Result<SolveOutcome, microlp::Error>) -> Result<Solution, Flaw> {
    match outcome {
        Ok(outcome) => outcome.into_solution().map_err(|_| Flaw::Failed),
        Err(microlp::Error::Infeasible) => Err(Flaw::Infeasible),
        Err(_) => Err(Flaw::Failed),
    }
}

/// A row over the variables that are not left out.
fn terms(places: &[Place], row: &Row) -> Result<(Vec<(microlp::Variable, f64)>, f64), Flaw> {
    let mut open = Vec::with_capacity(row.terms.len());
    let mut at_most = row.at_most;
    for (variable, factor) in &row.terms {
        match places.get(*variable).ok_or(Flaw::Failed)? {
            Place::Open(one) => open.push((*one, *factor)),
            Place::At(value) => at_most -= factor * value,
        }
    }
    if open.is_empty() && at_most < -1e-7 { Err(Flaw::Infeasible) } else { Ok((open, at_most)) }
}
