use super::draft::Draft;
use super::{ActivityLibrary, CoachingError, CoachingPlan, PlanLimits, UnknownActivity};
use crate::profile::GapAnalysis;
use crate::rubric::Rubric;

/// Makes coaching plans: the one door from gaps to a plan.
///
/// Goals are taken most urgent first; for each, the activities that suit the person's level, role, cost band and hours
/// are tried, and the one with the most assumed gain per minute (its missing prerequisites included) is placed at the
/// earliest weeks in which it fits, until the next level is assumed to be reached. At most two criteria are in work in
/// the same week. The same input gives the same plan.
#[derive(Clone, Debug)]
pub struct Planner<'a> {
    pub(super) rubric: &'a Rubric,
    pub(super) library: &'a ActivityLibrary,
    pub(super) limits: PlanLimits,
}

impl<'a> Planner<'a> {
    /// A planner for people judged by `rubric`, with the activities of `library`.
    ///
    /// # Errors
    ///
    /// An activity in `limits.completed` is not in the library.
    pub fn new(rubric: &'a Rubric, library: &'a ActivityLibrary, limits: PlanLimits) -> Result<Self, CoachingError> {
        match limits.completed.iter().find(|key| library.activity(key.as_str()).is_none()) {
            Some(unknown) => Err(UnknownActivity::new(unknown.clone(), library.id().clone()).into()),
            None => Ok(Self { rubric, library, limits }),
        }
    }

    /// Plans from one person's gaps.
    ///
    /// # Errors
    ///
    /// The gaps were found with another rubric; the error names both.
    pub fn plan(&self, gaps: &GapAnalysis) -> Result<CoachingPlan, CoachingError> {
        if gaps.rubric().structure != self.rubric.pin().structure {
            return Err(CoachingError::other_rubric(gaps.rubric().clone(), self.rubric.pin().clone()));
        }
        Ok(Draft::new(self, gaps).plan())
    }
}
