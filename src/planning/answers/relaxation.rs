use std::fmt;

use super::outcome::PlanOutcome;
use crate::planning::model::SolveLimits;
use crate::planning::problem::{Evaluation, PlanProblem, PlanProblemDocument};

/// More of a resource, for everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Relaxation {
    /// So many more minutes in total for each person.
    TotalMinutes(u16),
    /// So many more minutes in each week for each person.
    WeekMinutes(u16),
    /// So much more for each person's budget, and for the shared one.
    Cost(u32),
    /// So many more minutes of each coach pool in each week.
    CoachMinutes(u16),
    /// So many more seats in each week for each activity that has seats.
    Seats(u16),
    /// So many more weeks like the last one; goals without a due week may use them.
    Weeks(u8),
}

impl Relaxation {
    /// What is worth asking about any plan: an hour in total, a quarter of an hour a week, 50 units of cost, an hour of
    /// coaching a week, one more week.
    pub const USUAL: [Self; 5] =
        [Self::TotalMinutes(60), Self::WeekMinutes(15), Self::Cost(50), Self::CoachMinutes(60), Self::Weeks(1)];

    fn apply(self, document: &mut PlanProblemDocument) {
        for person in &mut document.people {
            match self {
                Self::TotalMinutes(more) => person.total_minutes_max += i64::from(more),
                Self::WeekMinutes(more) => person.week_minutes_max.iter_mut().for_each(|one| *one += i64::from(more)),
                Self::Cost(more) => person.cost_max += i64::from(more),
                Self::Weeks(more) => {
                    repeat_last(&mut person.week_minutes_max, more);
                    // Nobody has to spend time in weeks that are on offer.
                    if let Some(least) = &mut person.week_minutes_min {
                        least.extend((0..more).map(|_| 0));
                    }
                }
                Self::CoachMinutes(_) | Self::Seats(_) => {}
            }
        }
        for seats in document.activities.iter_mut().filter_map(|one| one.week_seats.as_mut()) {
            match self {
                Self::Seats(more) => seats.iter_mut().for_each(|one| *one += i64::from(more)),
                Self::Weeks(more) => repeat_last(seats, more),
                _ => {}
            }
        }
        for pool in &mut document.coach_pools {
            match self {
                Self::CoachMinutes(more) => pool.week_minutes.iter_mut().for_each(|one| *one += i64::from(more)),
                Self::Weeks(more) => repeat_last(&mut pool.week_minutes, more),
                _ => {}
            }
        }
        match self {
            Self::Cost(more) => document.shared_cost_max = document.shared_cost_max.map(|most| most + i64::from(more)),
            Self::Weeks(more) => document.horizon_weeks += i64::from(more),
            _ => {}
        }
    }
}

fn repeat_last(weeks: &mut Vec<i64>, more: u8) {
    let last = weeks.last().copied().unwrap_or_default();
    weeks.extend((0..more).map(|_| last));
}

impl PlanProblem {
    /// The best plan if there were more of a resource, by solving again: linear prices would mislead, since a resource
    /// that does not bind is worth nothing and one that binds is worth whole sessions.
    ///
    /// `None` when the larger number would be out of the bounds of a problem.
    #[must_use]
    pub fn what_if(&self, relaxation: Relaxation, limits: &SolveLimits<'_>) -> Option<PlanOutcome> {
        let mut document = self.document().clone();
        relaxation.apply(&mut document);
        Some(Self::new(document).ok()?.solve(limits))
    }

    /// The usual relaxations, and a seat more where there are seats, under which a plan was found that is better than the
    /// one with this evaluation: the resources that bind it. Better is what the objective
    /// [says](crate::planning::PlanObjective::compare): a resource that lifts the smallest share binds a plan that is to be
    /// fair first, also where the sum gets smaller.
    ///
    /// Only the numbers of this problem are loosened. [`CoachingPlan::what_binds`](crate::coaching::CoachingPlan::what_binds)
    /// loosens the limits that the problem was made from, which may let in further activities, and so may name more.
    #[must_use]
    pub fn binding(&self, evaluation: &Evaluation, limits: &SolveLimits<'_>) -> Vec<Relaxation> {
        let is_better = |found: &Evaluation| self.document().objective.compare(found, evaluation).is_gt();
        limits.asking_until_stopped(|limits| {
            let is_worth_more = |one: &Relaxation| {
                self.what_if(*one, limits).is_some_and(|outcome| outcome.evaluation().is_some_and(is_better))
            };
            let has_seats = self.document().activities.iter().any(|one| one.week_seats.is_some());
            let seats = has_seats.then_some(Relaxation::Seats(1));
            Relaxation::USUAL.into_iter().chain(seats).filter(is_worth_more).collect()
        })
    }
}

impl fmt::Display for Relaxation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TotalMinutes(more) => write!(formatter, "{more} minutes more in total for each person"),
            Self::WeekMinutes(more) => write!(formatter, "{more} minutes more a week for each person"),
            Self::Cost(more) => write!(formatter, "{more} units more of each budget"),
            Self::CoachMinutes(more) => write!(formatter, "{more} minutes more a week of each coach"),
            Self::Seats(1) => write!(formatter, "one seat more a week in each activity"),
            Self::Seats(more) => write!(formatter, "{more} seats more a week in each activity"),
            Self::Weeks(1) => write!(formatter, "one week more"),
            Self::Weeks(more) => write!(formatter, "{more} weeks more"),
        }
    }
}
