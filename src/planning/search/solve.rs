//! From a problem to a plan with its certificate.

use super::search::{Ending, Search};
use super::together::{solve_by, solve_together};
use crate::planning::answers::PlanOutcome;
use crate::planning::answers::ProofMethod;
use crate::planning::crowd::one_by_one;
use crate::planning::linear::MOST_TOGETHER;
use crate::planning::model::Overrides;
use crate::planning::model::{LimitHit, SolveLimits};
use crate::planning::problem::{PlanObjective, PlanProblem};

impl PlanProblem {
    /// Finds the best plan, as far as `limits` allow, and says what is proven about it.
    ///
    /// *Optimal* is claimed only if the evaluator, in whole numbers, confirms the value and the bound rounds down to
    /// it. The same problem and limits give the same outcome.
    #[must_use]
    pub fn solve(&self, limits: &SolveLimits<'_>) -> PlanOutcome {
        limits.asking_until_stopped(|limits| solve(self, &Overrides::default(), limits))
    }
}

pub(crate) fn solve(problem: &PlanProblem, overrides: &Overrides, limits: &SolveLimits<'_>) -> PlanOutcome {
    let fingerprint = problem.fingerprint();
    if problem.document().people.len() > MOST_TOGETHER {
        let prove = |search: &mut Search<'_>, method: &mut ProofMethod| plan_crowd(problem, overrides, search, method);
        return solve_by(problem, overrides, limits, &fingerprint, &prove);
    }
    solve_together(problem, overrides, limits, &fingerprint)
}

/// Plans more people than one master takes; the person who cannot be planned even alone, if there is one.
fn plan_crowd(
    problem: &PlanProblem,
    overrides: &Overrides,
    search: &mut Search<'_>,
    method: &mut ProofMethod,
) -> Result<Ending, usize> {
    let crowd = one_by_one(problem, overrides, search.limits())?;
    search.nodes += crowd.nodes;
    search.cut_count += usize::try_from(crowd.cuts).unwrap_or(usize::MAX);
    search.hits.extend(crowd.hits);
    if crowd.is_priced {
        *method = ProofMethod::SharedPrices;
    }
    for plan in crowd.plans.iter().filter(|plan| !plan.is_empty()) {
        search.offer(&search.model.starts_of(problem, plan));
    }
    let is_fair = search.model.objective == PlanObjective::MaximinThenSum;
    Ok(match search.best.as_ref().filter(|(merit, _)| !is_fair && merit.2 >= crowd.upper) {
        Some((_, starts)) => Ending::Optimal(starts.clone()),
        None => {
            search.hits.push(LimitHit::ManyPeople);
            Ending::Bounded(crowd.upper)
        }
    })
}
