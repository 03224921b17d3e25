//! A part of the people of a problem, with what the others leave.

use crate::planning::problem::{PlanObjective, PlanProblem, PlanProblemDocument, SessionPlacement};

/// The problem of some of the people, with what `document` leaves of what is shared.
pub(crate) fn only(document: &PlanProblemDocument, problem: &PlanProblem, places: &[usize]) -> PlanProblem {
    let people = places.iter().filter_map(|place| problem.document().people.get(*place));
    PlanProblem::of_checked(PlanProblemDocument {
        schema: None,
        people: people.cloned().collect(),
        objective: if places.len() > 1 { document.objective } else { PlanObjective::Sum },
        format: document.format,
        name: document.name.clone(),
        description: None,
        horizon_weeks: document.horizon_weeks,
        skills: document.skills.clone(),
        activities: document.activities.clone(),
        exclusive: document.exclusive.clone(),
        synergies: document.synergies.clone(),
        coach_pools: document.coach_pools.clone(),
        shared_cost_max: document.shared_cost_max,
    })
}

/// Takes the sessions' coaching, seats and cost, so many times, out of what is left.
pub(crate) fn take(left: &mut PlanProblemDocument, sessions: &[SessionPlacement], times: i64) {
    for placement in sessions {
        let Some(activity) = left.activities.iter_mut().find(|one| one.id == placement.activity) else { continue };
        let start = usize::try_from(placement.week.saturating_sub(1)).unwrap_or_default();
        left.shared_cost_max = left.shared_cost_max.map(|most| most - times * activity.cost);
        for seats in activity.week_seats.iter_mut().filter_map(|seats| seats.get_mut(start)) {
            *seats -= times;
        }
        let Some(coach) = &activity.coach else { continue };
        let pools = left.coach_pools.iter_mut().filter(|pool| pool.id == coach.pool);
        for pool in pools {
            for (minutes, taken) in pool.week_minutes.iter_mut().skip(start).zip(&coach.load) {
                *minutes -= times * taken;
            }
        }
    }
}
