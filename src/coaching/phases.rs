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
            longer_weeks: Some(self.longer_weeks_after(so_far.weeks, weeks)),
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
            let minutes = self.limits.longer_minutes(u32::from(before) + u32::from(week))?;
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

    /// Makes all phases, and shows each to `visit`; the first one even if nothing is planned in it.
    pub(super) fn all_phases(
        &self,
        gaps: &GapAnalysis,
        visit: &mut dyn FnMut(&Planner<'_>, &PersonProblem<'_>, &Solved),
    ) -> Result<SoFar, CoachingError> {
        let phase = self.first_phase(gaps)?;
        let person = PersonProblem::new(&phase, gaps)?;
        let solved = Solved::best(&person)?;
        visit(&phase, &person, &solved);
        self.later_phases(gaps, SoFar::default().with(&phase, &person, &solved), visit)
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

#[cfg(test)]
#[cfg(feature = "exact")]
mod tests {
    use super::*;
    use crate::assessment::{AssessmentBuilder, Rater, RaterKind};
    use crate::coaching::{ActivityLibrary, CostBand, FocusCount, FocusPolicy};
    use crate::framework::Framework;
    use crate::planning::SessionPlacement;
    use crate::profile::{EvidencePolicy, Profiler, RoleLibrary};
    use crate::rubric::Rubric;

    /// The gaps of a person seen twice with step 3, but for some criteria.
    fn gaps(rubric: &Rubric, below: &[(&str, u8)]) -> GapAnalysis {
        let assessments = ["a", "b"].map(|id| {
            let rater = Rater { id: "reviewer".parse().unwrap(), kind: RaterKind::Coach };
            let (person, observed) = ("agent".parse().unwrap(), "2026-06-01".parse().unwrap());
            let builder = AssessmentBuilder::new(rubric, id.parse().unwrap(), person, rater, observed);
            let rows = rubric.criteria().iter().fold(builder, |one, criterion| one.rate(criterion.key.as_str(), 3));
            let rows = below.iter().fold(rows, |one, (key, step)| one.rate(key, *step));
            rows.submitted().admit().unwrap()
        });
        let role = RoleLibrary::builtin().role("frontline_agent").unwrap();
        let profiler = Profiler::new(rubric, EvidencePolicy::default()).for_role(role).unwrap();
        let profile = profiler.profile(&"agent".parse().unwrap(), &assessments, "2026-06-30".parse().unwrap());
        GapAnalysis::of(&profile, rubric, role).unwrap()
    }

    /// The first activities of the built-in library for each criterion, up to a number, made short: one session, nothing
    /// before it, for everybody below level 4, with gains that differ.
    fn library(criteria: &[(&str, u8)], most: usize) -> ActivityLibrary {
        let mut json = serde_json::to_value(ActivityLibrary::builtin()).unwrap();
        let list = json["activities"].as_array_mut().unwrap();
        list.retain(|one| one["gain"]["kind"] == "assumed");
        for (place, one) in list.iter_mut().enumerate() {
            for (member, value) in [("sessions", 1), ("gap_days", 0), ("refresh_after_days", 0), ("level_from", 1)] {
                one[member] = value.into();
            }
            one["level_to"] = 4.into();
            one["minutes"] = one["minutes"].as_u64().unwrap().min(60).into();
            one["gain"]["milli_levels"] = (20 + place * 137 % 230).into();
            one["prerequisites"] = serde_json::json!([]);
            one["audience_roles"] = serde_json::json!([]);
        }
        let named = |one: &serde_json::Value, key: &str| one["criteria"].as_array().unwrap().iter().any(|it| it == key);
        let chosen = criteria.iter().flat_map(|(key, _)| list.iter().filter(|one| named(one, key)).take(most));
        let mut kept: Vec<serde_json::Value> = Vec::new();
        for one in chosen {
            if !kept.contains(one) {
                kept.push(one.clone());
            }
        }
        json["activities"] = serde_json::Value::Array(kept);
        ActivityLibrary::from_json(&json.to_string()).unwrap()
    }

    /// All plans of a problem in which each activity takes place in one week or not at all.
    fn all_plans(person: &PersonProblem<'_>) -> Vec<Vec<SessionPlacement>> {
        let document = person.problem.document();
        let place = |activity: &Key, week: i64| {
            let json = serde_json::json!({
                "person": document.people[0].id, "activity": activity, "session": 1, "week": week,
            });
            serde_json::from_value::<SessionPlacement>(json).unwrap()
        };
        document.activities.iter().fold(vec![Vec::new()], |plans, activity| {
            assert_eq!(activity.max_sessions, 1);
            let with = |plan: &Vec<SessionPlacement>| {
                let weeks = (1..=document.horizon_weeks).map(|week| place(&activity.id, week));
                let longer = weeks.map(|one| plan.iter().cloned().chain([one]).collect());
                std::iter::once(plan.clone()).chain(longer).collect::<Vec<_>>()
            };
            plans.iter().flat_map(with).filter(|plan| person.problem.evaluate(plan).is_feasible()).collect()
        })
    }

    /// The value of the best plan by enumeration: of those that serve most goals, more urgent ones first.
    fn best_by_enumeration(person: &PersonProblem<'_>) -> i64 {
        let plans = all_plans(person);
        let judged: Vec<(Vec<bool>, i64)> = plans
            .iter()
            .map(|plan| {
                let evaluation = person.problem.evaluate(plan);
                let served = evaluation.people()[0].closed().iter().map(|closed| *closed > 0).collect();
                (served, evaluation.value())
            })
            .collect();
        let mut wanted: Vec<usize> = Vec::new();
        let serves = |served: &[bool], goals: &[usize]| goals.iter().all(|goal| served[*goal]);
        for goal in 0..person.focus.len() {
            let more: Vec<usize> = wanted.iter().copied().chain([goal]).collect();
            if judged.iter().any(|(served, _)| serves(served, &more)) {
                wanted = more;
            }
        }
        judged.iter().filter(|(served, _)| serves(served, &wanted)).map(|(_, value)| *value).max().unwrap()
    }

    #[test]
    fn each_phase_is_the_best_by_enumeration_given_those_before_it() {
        let rubric = Rubric::for_channel(Framework::builtin(), "chat").unwrap();
        let below = [("active_listening", 1), ("patience_with_pace", 2), ("expectation_setting", 1), ("diagnosis", 2)];
        let gaps = gaps(&rubric, &below);
        let (mut phases, mut goals_given_up) = (0, 0);
        for (most, goals, weeks_per_phase, minutes, total) in [
            (2, 1, 4, 60, None),
            (2, 2, 4, 30, None),
            (2, 3, 4, 45, Some(90)),
            (1, 3, 4, 60, Some(60)),
            (2, 2, 5, 20, None),
            (3, 2, 4, 60, Some(120)),
            (2, 3, 4, 60, None),
        ] {
            let library = library(&below, most);
            let longer = LongerWeek { week: 2.try_into().unwrap(), minutes: 60.try_into().unwrap() };
            let limits = PlanLimits {
                longer_weeks: Some(LongerWeeks { rhythm: None, weeks: vec![longer] }),
                minutes_in_total: total.map(|total: u32| total.try_into().unwrap()),
                ..PlanLimits::new(
                    "2026-07-06".parse().unwrap(),
                    12.try_into().unwrap(),
                    minutes.try_into().unwrap(),
                    CostBand::High,
                )
            };
            let focus = FocusPolicy {
                goals: FocusCount::new(goals).unwrap(),
                starts_per_week: FocusCount::MIN,
                weeks_per_phase: WeekCount::new(weeks_per_phase).unwrap(),
            };
            let planner = Planner::new(&rubric, &library, limits).unwrap().with_focus(focus);
            let mut check = |_: &Planner<'_>, person: &PersonProblem<'_>, solved: &Solved| {
                assert_eq!(solved.value, best_by_enumeration(person), "{most}, {goals}, {minutes}, {total:?}");
                assert!(solved.is_proven());
                let unbound = person.problem.solve(&crate::planning::SolveLimits::default());
                goals_given_up += usize::from(unbound.evaluation().unwrap().value() > solved.value);
                phases += 1;
            };
            planner.all_phases(&gaps, &mut check).unwrap();
        }
        assert!(phases >= 8, "{phases} phases");
        assert!(goals_given_up > 0, "in no phase was an urgent goal worth less than the others");
    }
}
