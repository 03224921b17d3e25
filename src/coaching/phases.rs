//! A plan in phases: a few goals at a time, each phase the best one given those before it.

use std::collections::BTreeMap;

use super::person_problem::PersonProblem;
use super::solved::Solved;
use super::{CoachingError, LongerWeek, LongerWeeks, Minutes, PlanLimits, Planner, WeekCount, WeekMinutes};
use crate::planning::Evaluation;
use crate::profile::GapAnalysis;
use crate::value::Key;

/// A rest of fewer weeks than this is too short for a phase of its own.
const LEAST_WEEKS: u8 = 4;

/// What the phases so far leave to the next one.
#[derive(Clone, Default)]
pub(super) struct SoFar {
    /// The weeks that are over.
    weeks: u8,
    /// What each criterion is assumed to have gained, in thousandths of a level.
    pub(super) gained: BTreeMap<Key, i64>,
    /// The activities that were planned.
    pub(super) done: Vec<Key>,
    minutes: u32,
}

impl SoFar {
    /// With what a solved phase adds.
    pub(super) fn with(mut self, phase: &Planner<'_>, person: &PersonProblem<'_>, solved: &Solved) -> Self {
        let closed = solved.outcome.evaluation().and_then(|one| one.people().first().map(|one| one.closed().to_vec()));
        for (place, closed) in person.focus.iter().zip(closed.unwrap_or_default()) {
            if let Some(goal) = person.goals.get(*place) {
                *self.gained.entry(goal.gap.criterion.clone()).or_default() += closed;
            }
        }
        let mut last_week = 0;
        for placed in solved.outcome.plan().unwrap_or_default() {
            let Some(variant) = person.variants.iter().find(|one| one.id == placed.activity) else { continue };
            let run = phase.run(variant.activity, person.as_of);
            last_week = last_week.max(placed.week as usize + run.weekly_load().len() - 1);
            self.minutes += run.minutes();
            if !self.done.contains(&variant.activity.key) {
                self.done.push(variant.activity.key.clone());
            }
        }
        self.weeks += u8::try_from(last_week).unwrap_or(u8::MAX - self.weeks);
        self
    }

    pub(super) fn weeks(&self) -> u8 {
        self.weeks
    }
}

impl<'a> Planner<'a> {
    /// The planner of the phase that follows; nothing when no week is left.
    ///
    /// `is_whole` gives it all the weeks that are left, however many there are.
    pub(super) fn phase_after(&self, so_far: &SoFar, is_whole: bool) -> Option<Self> {
        let left = self.limits.weeks.get().checked_sub(so_far.weeks).filter(|left| *left > 0)?;
        let most = self.focus.weeks_per_phase.get();
        let weeks = if is_whole || left < most.saturating_add(LEAST_WEEKS) { left } else { most };
        let is_done = |key: &Key| so_far.done.contains(key);
        let mut limits = PlanLimits {
            start: self.limits.start.plus_days(7 * i32::from(so_far.weeks)),
            weeks: WeekCount::new(weeks).ok()?,
            longer_weeks: self.longer_weeks_after(so_far.weeks, weeks),
            ..self.limits.clone()
        };
        if let Some(total) = limits.minutes_in_total.filter(|_| so_far.minutes > 0) {
            limits.minutes_in_total = Some(Minutes::new(total.get().checked_sub(so_far.minutes)?).ok()?);
        }
        limits.under_way.retain(|one| !is_done(&one.activity));
        if so_far.weeks > 0 {
            limits.required.clear();
        }
        limits.completed.extend(so_far.done.iter().cloned());
        Some(Self { limits, weeks_before: so_far.weeks, gained: so_far.gained.clone(), ..self.clone() })
    }

    fn longer_weeks_after(&self, before: u8, weeks: u8) -> LongerWeeks {
        let longer = (1..=weeks).filter_map(|week| {
            let minutes = self.limits.longer_weeks.minutes_in(u32::from(before) + u32::from(week))?;
            Some(LongerWeek { week: WeekCount::new(week).ok()?, minutes: WeekMinutes::new(minutes).ok()? })
        });
        LongerWeeks { rhythm: None, weeks: longer.collect() }
    }

    /// The first phase; all weeks belong to it where something required would not fit otherwise.
    pub(super) fn first_phase(&self, gaps: &GapAnalysis) -> Result<Self, CoachingError> {
        let start = SoFar::default();
        let whole = || self.phase_after(&start, true).unwrap_or_else(|| self.clone());
        let phase = self.phase_after(&start, false).unwrap_or_else(|| self.clone());
        if self.limits.required.is_empty() || phase.limits.weeks == self.limits.weeks {
            return Ok(phase);
        }
        let fits = PersonProblem::new(&phase, gaps).and_then(|person| Solved::best(&person));
        Ok(if fits.is_ok() { phase } else { whole() })
    }

    /// Makes the phases after those so far, and shows each to `visit`.
    ///
    /// A phase in which nothing can be planned is tried once more with all weeks that are left; then there are no others.
    pub(super) fn later_phases(
        &self,
        gaps: &GapAnalysis,
        mut so_far: SoFar,
        visit: &mut dyn FnMut(&Planner<'_>, &PersonProblem<'_>, &Solved),
    ) -> Result<SoFar, CoachingError> {
        let mut is_whole = false;
        while let Some(phase) = self.phase_after(&so_far, is_whole) {
            let person = PersonProblem::new(&phase, gaps)?;
            let solved = if person.focus.is_empty() { None } else { Some(Solved::best(&person)?) };
            match solved.filter(|one| one.outcome.evaluation().map_or(0, Evaluation::value) > 0) {
                Some(solved) => {
                    visit(&phase, &person, &solved);
                    so_far = so_far.with(&phase, &person, &solved);
                    is_whole = false;
                }
                None if is_whole || self.limits.weeks.get() - so_far.weeks == phase.limits.weeks.get() => break,
                None => is_whole = true,
            }
        }
        Ok(so_far)
    }
}
