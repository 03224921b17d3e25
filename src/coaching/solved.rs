use std::cmp::Reverse;

use super::CoachingError;
use super::coverage::{Coverage, Covered};
use super::person_problem::PersonProblem;
use crate::planning::{Certificate, Evaluation, PlanConstraint, PlanOutcome, PlanProblem, SolveLimits};
use crate::value::{Key, Share};

/// A plan for a person's problem, and what is known of all its plans.
pub(super) struct Solved {
    pub(super) outcome: PlanOutcome,
    pub(super) value: i64,
    /// No plan in which everything required takes place is worth more.
    pub(super) upper: i64,
    /// Whether it stands beside a better plan, to choose from.
    pub(super) is_alternative: bool,
    /// Whether equally good plans cost more or take no less time.
    pub(super) is_canonical: bool,
}

impl Solved {
    /// The best plan in which each goal in focus gets an activity, as far as they can get one together.
    ///
    /// # Errors
    ///
    /// There is no plan in which everything required takes place, or none was found.
    pub(super) fn best(person: &PersonProblem<'_>) -> Result<Self, CoachingError> {
        let mut coverage = Coverage::new(person);
        let Some(found) = coverage.best() else { return Err(no_room(person, coverage.first_outcome())) };
        let outcome = cheapest_of_equals(person, &found).unwrap_or(found.outcome);
        let is_canonical = found.mandatory.is_empty() && outcome.is_canonical();
        Ok(Self { value: found.value, upper: found.upper, is_alternative: false, is_canonical, outcome })
    }

    /// Up to `count` plans, best first, each within the tolerance of the best and none with all that a better one has.
    ///
    /// # Errors
    ///
    /// As for [`best`](Self::best).
    pub(super) fn several(
        person: &PersonProblem<'_>,
        count: usize,
        tolerance: Share,
    ) -> Result<Vec<Self>, CoachingError> {
        let limits = SolveLimits::default();
        let mut coverage = Coverage::new(person);
        let Some(best) = coverage.best() else { return Err(no_room(person, coverage.first_outcome())) };
        // The others have to hold what the best plan was asked to hold for its goals.
        let ways: Vec<Vec<Key>> = match person.ways_wanted().any(|way| *way == best.mandatory) {
            true => person.ways_wanted().cloned().collect(),
            false => vec![best.mandatory],
        };
        let problems =
            ways.into_iter().filter_map(|way| PersonProblem::requiring(person.problem.document().clone(), way));
        let choices = |problem: PlanProblem| problem.alternatives(count.max(1), permille(tolerance), &limits);
        let mut found = Self::ranked(problems.map(choices).collect(), tolerance);
        found.truncate(count);
        Ok(found)
    }

    /// The plans found on all ways to meet what is required, best first. Plans of two ways never hold each other.
    fn ranked(ways: Vec<Vec<PlanOutcome>>, tolerance: Share) -> Vec<Self> {
        let upper = ways.iter().filter_map(|way| way.first()?.upper()).max().unwrap_or(0);
        let is_only_way = ways.len() == 1;
        let valued = |outcome: PlanOutcome| Some((outcome.evaluation().map(Evaluation::value)?, outcome));
        let mut found: Vec<(i64, PlanOutcome)> = ways.into_iter().flatten().filter_map(valued).collect();
        found.sort_by_key(|(value, _)| Reverse(*value));
        let best = found.first().map_or(0, |(value, _)| *value);
        let is_good = |value: i64| 1_000 * value >= best * i64::from(1_000 - permille(tolerance));
        let kept = found.into_iter().filter(|(value, _)| is_good(*value)).enumerate();
        kept.map(|(place, (value, outcome))| Self {
            value,
            upper,
            is_alternative: place > 0,
            is_canonical: place == 0 && is_only_way && outcome.is_canonical(),
            outcome,
        })
        .collect()
    }

    /// Whether no plan reaches more: proven.
    pub(super) fn is_proven(&self) -> bool {
        self.outcome.certificate().is_optimal() && self.value >= self.upper
    }
}

/// The cheapest, then shortest, then earliest of the equally good plans that hold the same activities demanded; nothing
/// where it would serve other goals.
fn cheapest_of_equals(person: &PersonProblem<'_>, found: &Covered) -> Option<PlanOutcome> {
    let problem = PersonProblem::requiring(person.problem.document().clone(), found.mandatory.clone())?;
    let outcome = problem.solve(&SolveLimits::default());
    let is_as_good = outcome.evaluation().map(Evaluation::value) == Some(found.value);
    (is_as_good && goals_served(&outcome) == goals_served(&found.outcome)).then_some(outcome)
}

/// Which goals in focus a plan brings nearer.
fn goals_served(outcome: &PlanOutcome) -> Vec<bool> {
    let person = outcome.evaluation().and_then(|evaluation| evaluation.people().first());
    person.map(|person| person.closed().iter().map(|closed| *closed > 0).collect()).unwrap_or_default()
}

/// Why what is required does not fit together, by the first way to meet it.
fn no_room(person: &PersonProblem<'_>, outcome: Option<&PlanOutcome>) -> CoachingError {
    let certificate = outcome.map(PlanOutcome::certificate);
    let mut told: Vec<String> = Vec::new();
    if let Some(Certificate::Infeasible { conflict, .. }) = certificate {
        for constraint in conflict.iter().map(|one| in_words(person, one)) {
            if !told.contains(&constraint) {
                told.push(constraint);
            }
        }
    }
    CoachingError::NoRoom { conflict: told }
}

/// A constraint of a person's problem as the limits say it.
fn in_words(person: &PersonProblem<'_>, constraint: &PlanConstraint) -> String {
    let document = person.problem.document();
    let name = |id: &Key| {
        let variant = person.variants.iter().find(|one| one.id == *id);
        variant.map_or_else(|| id.to_string(), |one| one.activity.name.to_string())
    };
    let learner = document.people.first();
    match constraint {
        PlanConstraint::Mandatory { activity, .. } => format!("\"{}\" is required", name(activity)),
        PlanConstraint::Exclusive { activities } => {
            format!("\"{}\" works on one choice of goals", activities.first().map(name).unwrap_or_default())
        }
        PlanConstraint::WeekMaxima { .. } => {
            let minutes = learner.and_then(|one| one.week_minutes_max.first());
            format!("at most {} minutes a week", minutes.copied().unwrap_or_default())
        }
        PlanConstraint::TotalMinutes { .. } => {
            format!("at most {} minutes in total", learner.map_or(0, |one| one.total_minutes_max))
        }
        // The only pool of a person's problem.
        PlanConstraint::CoachPool { .. } => {
            let starts = document.coach_pools.first().and_then(|pool| pool.week_minutes.first());
            format!("at most {} activities begun in the same week", starts.copied().unwrap_or_default())
        }
        other => other.to_string(),
    }
}

/// Whole thousandths of a share, what is left of one cut off.
fn permille(tolerance: Share) -> u16 {
    u16::try_from(tolerance.millionths() / 1_000).unwrap_or(1_000)
}
