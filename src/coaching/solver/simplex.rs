//! The master through `microlp`.

use microlp::{
    ComparisonOp, OptimizationDirection, Problem, ResumeOptions, SolveOptions, SolveOutcome, TerminationReason,
};

use super::master::{Answer, Effort, Master, Rows};

/// How many nodes are solved before the caller is asked whether to stop.
const NODES_AT_ONCE: u64 = 100;

pub(super) struct Simplex;

impl Master for Simplex {
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
