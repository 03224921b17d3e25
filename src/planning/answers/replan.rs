//! A new plan in the middle of one: the past stays, the future changes as little as its value allows.

use crate::value::{SortedMap, SortedSet};

use super::alternatives::within;
use super::certificate::Certificate;
use super::outcome::PlanOutcome;
use super::revised_plan::{BrokenPast, RevisedPlan, SessionChange};
use crate::planning::linear::{Aim, Targets};
use crate::planning::linear::{MOST_TOGETHER, is_too_large, master};
use crate::planning::model::SolveLimits;
use crate::planning::model::Starts;
use crate::planning::model::{Earlier, Model, Overrides};
use crate::planning::problem::{Evaluation, PlanObjective, PlanProblem, PlanViolation, SessionPlacement};
use crate::planning::quick::Draft;
use crate::planning::search::ceiling_share;
use crate::planning::search::solve;
use crate::planning::search::{Ending, Search, measure};
use crate::value::{Key, Reference};

/// The most pairs of a session and a start week among which the fewest changes are searched exactly.
const MOST_WEEKS_TO_CHOOSE: u32 = 600;

impl PlanProblem {
    /// Plans again from `from_week` (counted from 1): sessions of `previous` that start before it stay as they were, also
    /// those still in progress, and no other session is put before it.
    ///
    /// First the best value with this past is found. Then, among the plans that reach it up to `tolerance_permille`
    /// thousandths (and the smallest share, where the objective asks for it), one with the fewest changed sessions: a
    /// session is changed if it is moved, added or dropped. Weekly minima of the past count as met. A previous plan that
    /// is still good enough therefore stays as it is. Sessions to come that the problem does not allow (an unknown id, a
    /// number above the most sessions) are dropped; of one that is listed twice the later entry counts, as in
    /// [`evaluate`](Self::evaluate). The fewest changes are searched exactly up to eight people and 600
    /// pairs of a session and a possible week. Beyond, the one with fewest changes is taken of three plans that reach
    /// that value: the previous one, what of it still fits with the best additions, and the best plan; then
    /// [`is_fewest`](RevisedPlan::is_fewest) is true only where nothing had to change at all.
    ///
    /// ```
    /// # use service_excellence::planning::{PlanProblem, SessionChange, SolveLimits};
    /// # let text = |last_week: u32| format!(r#"{{
    /// #     "format": "coaching-plan-instance/1", "name": "three", "horizon_weeks": 3, "skills": ["empathy"],
    /// #     "people": [{{"id": "agent-7", "week_minutes_max": [60, 60, {last_week}], "total_minutes_max": 180, "cost_max": 0,
    /// #         "goals": [{{"skill": "empathy", "from": 2000, "to": 4000, "weight": 1}}]}}],
    /// #     "activities": [{{"id": "practice", "load": [60], "cost": 0, "max_sessions": 2, "repeat_gap_weeks": 1,
    /// #          "gains": [{{"skill": "empathy", "gain": [250, 200], "ceiling": 5000}}]}}],
    /// #     "objective": "sum"}}"#);
    /// # let plan = r#"[{"person": "agent-7", "activity": "practice", "session": 1, "week": 1},
    /// #     {"person": "agent-7", "activity": "practice", "session": 2, "week": 3}]"#;
    /// # let plan: Vec<service_excellence::planning::SessionPlacement> = serde_json::from_str(plan)?;
    /// // Two sessions were agreed, in weeks 1 and 3. The first was held; now there is no time in week 3 any more.
    /// let problem = PlanProblem::from_json(&text(0))?;
    /// let revised = problem.replan(&plan, 2, 20, &SolveLimits::default())?;
    /// assert!(matches!(revised.changes(), [SessionChange::Moved { from_week: 3, placement }] if placement.week == 2));
    ///
    /// // Had nothing happened, nothing would change.
    /// let unchanged = PlanProblem::from_json(&text(60))?.replan(&plan, 2, 20, &SolveLimits::default())?;
    /// assert_eq!(unchanged.change_count(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The sessions before `from_week` break a constraint of this problem other than a minimum: an unknown id, a week over
    /// its maximum, an activity listed as completed, and so on; or one of them is listed twice, in whatever weeks. State the
    /// capacity that there really was, and each session once.
    pub fn replan(
        &self,
        previous: &[SessionPlacement],
        from_week: u32,
        tolerance_permille: u16,
        limits: &SolveLimits<'_>,
    ) -> Result<RevisedPlan, BrokenPast> {
        let begun: SortedSet<_> = previous.iter().filter(|one| one.week < from_week).map(session).collect();
        let past: Vec<SessionPlacement> =
            previous.iter().filter(|one| begun.contains(&session(one))).cloned().collect();
        let violations: Vec<PlanViolation> =
            self.evaluate(&past).violations().iter().filter(is_broken).cloned().collect();
        if !violations.is_empty() {
            return Err(BrokenPast { violations });
        }
        let later: SortedMap<_, &SessionPlacement> = previous.iter().map(|one| (session(one), one)).collect();
        let previous = &later.into_values().cloned().collect::<Vec<_>>()[..];
        let from = usize::try_from(from_week.saturating_sub(1)).unwrap_or(usize::MAX);
        let problem = self.with_minima_from(from);
        let earlier = Earlier { from, starts: problem.places(previous) };
        let overrides = Overrides { earlier: Some(earlier), ..Overrides::default() };
        let quick = SolveLimits { tie_nodes: 0, ..*limits };
        Ok(quick.asking_until_stopped(|quick| {
            let best = solve(&problem, &overrides, quick);
            let limits = &SolveLimits { tie_nodes: limits.tie_nodes, ..*quick };
            Revision { problem: &problem, previous, from_week, tolerance_permille, limits }.of(&overrides, best)
        }))
    }

    /// The problem without weekly minima before a week.
    fn with_minima_from(&self, week: usize) -> Self {
        let mut document = self.document().clone();
        for person in &mut document.people {
            person.week_minutes_min.iter_mut().flatten().take(week).for_each(|minutes| *minutes = 0);
        }
        Self::of_checked(document)
    }

    /// Start weeks by person, activity and session, of which none is listed twice; what the problem does not know is left
    /// out.
    fn places(&self, plan: &[SessionPlacement]) -> SortedMap<(usize, usize, usize), usize> {
        let activities = self.activity_places();
        let people: SortedMap<&str, usize> =
            self.document().people.iter().enumerate().map(|(place, one)| (one.id.as_str(), place)).collect();
        let place = |one: &SessionPlacement| {
            let before = |number: u32| usize::try_from(number.checked_sub(1)?).ok();
            let (person, activity) = (people.get(one.person.as_str())?, activities.get(one.activity.as_str())?);
            Some(((*person, *activity, before(one.session)?), before(one.week)?))
        };
        plan.iter().filter_map(place).collect()
    }
}

/// What tells one session from another.
fn session(one: &SessionPlacement) -> (&Reference, &Key, u32) {
    (&one.person, &one.activity, one.session)
}

/// Whether a violation cannot be mended by what is still to come.
fn is_broken(violation: &&PlanViolation) -> bool {
    !matches!(
        violation,
        PlanViolation::MandatoryMissing { .. } | PlanViolation::UnderFloor { .. } | PlanViolation::UnderWeek { .. }
    )
}

struct Revision<'a> {
    problem: &'a PlanProblem,
    previous: &'a [SessionPlacement],
    from_week: u32,
    tolerance_permille: u16,
    limits: &'a SolveLimits<'a>,
}

impl Revision<'_> {
    fn of(&self, overrides: &Overrides, best: PlanOutcome) -> RevisedPlan {
        let Some((_, evaluation)) = &best.found else {
            return RevisedPlan { outcome: best, changes: Vec::new(), is_fewest: false };
        };
        let model = Model::new(self.problem, overrides);
        let targets = self.targets(&model, evaluation);
        let (starts, is_fewest) = self.fewest_changes(&model, &targets, &best);
        let plan = model.plan(self.problem, &starts);
        let evaluation = self.problem.evaluate(&plan);
        let outcome = PlanOutcome {
            certificate: certificate(&best, &evaluation),
            found: Some((plan, evaluation)),
            is_canonical: false,
        };
        let changes = self.changes(outcome.plan().unwrap_or_default());
        RevisedPlan { outcome, changes, is_fewest }
    }

    fn targets(&self, model: &Model, best: &Evaluation) -> Targets {
        let mut targets =
            Targets { least_value: Some(within(best.value(), self.tolerance_permille)), ..Targets::default() };
        if model.objective == PlanObjective::MaximinThenSum {
            let share = within(model.objective.least_share(best), self.tolerance_permille);
            targets.floors = model.people.iter().map(|person| ceiling_share(share, person.ideal)).collect();
        }
        targets
    }

    /// The plan with the fewest changes that was found, and whether that is proven.
    fn fewest_changes(&self, model: &Model, targets: &Targets, best: &PlanOutcome) -> (Starts, bool) {
        let master = master();
        let mut search = Search::new(model, master.as_ref(), self.limits);
        search.forget_dominances();
        let optimal = model.starts_of(self.problem, best.plan().unwrap_or_default());
        let others = [model.starts_of(self.problem, self.previous), kept_and_filled(model)];
        let is_good = |starts: &Starts| {
            self.problem.evaluate(&model.plan(self.problem, starts)).is_feasible() && search.reaches(starts, targets)
        };
        let rank = |starts: &Starts| (measure(model, Aim::Changes, starts), measure(model, Aim::Value, starts));
        let good = others.into_iter().filter(is_good).chain([optimal]);
        let held = good.max_by_key(rank).unwrap_or_default();
        let unchanged = model.earlier.iter().flatten().count();
        if i64::try_from(unchanged) == Ok(measure(model, Aim::Changes, &held)) {
            return (held, true);
        }
        let is_beyond = model.people.len() > MOST_TOGETHER || is_too_large(model, self.limits);
        if is_beyond || search.weeks_to_choose() > MOST_WEEKS_TO_CHOOSE {
            return (held, false);
        }
        search.hold(&held);
        match search.optimise(Aim::Changes, targets) {
            Ending::Optimal(found) if is_feasible(self.problem, model, &found) => (found, true),
            _ => (held, false),
        }
    }

    fn changes(&self, plan: &[SessionPlacement]) -> Vec<SessionChange> {
        let to_come = |plan: &[SessionPlacement]| -> Vec<SessionPlacement> {
            plan.iter().filter(|one| one.week >= self.from_week).cloned().collect()
        };
        let is_same = |one: &SessionPlacement, other: &SessionPlacement| session(one) == session(other);
        let (before, after) = (to_come(self.previous), to_come(plan));
        let mut changes: Vec<SessionChange> = Vec::new();
        for placement in &after {
            let placement = placement.clone();
            changes.push(match before.iter().find(|one| is_same(one, &placement)) {
                Some(old) if old.week == placement.week => SessionChange::Kept { placement },
                Some(old) => SessionChange::Moved { placement, from_week: old.week },
                None => SessionChange::Added { placement },
            });
        }
        let dropped = before.into_iter().filter(|one| !after.iter().any(|other| is_same(one, other)));
        changes.extend(dropped.map(|placement| SessionChange::Dropped { placement }));
        changes.sort_by(|one, other| one.placement().cmp(other.placement()));
        changes
    }
}

/// What of the plan so far still fits, in its weeks, and the best additions.
fn kept_and_filled(model: &Model) -> Starts {
    let mut only_kept = model.clone();
    for (item, earlier) in only_kept.items.iter_mut().zip(&model.earlier) {
        item.starts &=
            earlier.map_or(0, |week| 1_u128.checked_shl(u32::try_from(week).unwrap_or(u32::MAX)).unwrap_or(0));
        item.is_mandatory = earlier.is_some();
    }
    let mut kept = Draft::new(&only_kept);
    kept.fill(&|_| 1_024);
    let mut filled = Draft::new(model);
    filled.load(&kept.starts);
    filled.fill(&|_| 1_024);
    filled.starts
}

fn is_feasible(problem: &PlanProblem, model: &Model, starts: &Starts) -> bool {
    problem.evaluate(&model.plan(problem, starts)).is_feasible()
}

/// What the search for the best value proves about a plan that may be worth a little less.
fn certificate(best: &PlanOutcome, evaluation: &Evaluation) -> Certificate {
    let value = evaluation.value();
    let reached = best.evaluation().map_or(value, Evaluation::value);
    match &best.certificate {
        Certificate::Optimal { proof } if value < reached => {
            Certificate::Bounded { upper: reached, gap: Some(reached - value), proof: proof.clone() }
        }
        Certificate::Bounded { upper, proof, .. } => {
            Certificate::Bounded { upper: *upper, gap: Some((upper - value).max(0)), proof: proof.clone() }
        }
        other => other.clone(),
    }
}
