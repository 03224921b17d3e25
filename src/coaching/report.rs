//! From a solved problem to the plan that people read: goals, sessions on days, reasons.

use std::collections::BTreeMap;

use super::open_goal::OpenGoal;
use super::person_problem::{PersonProblem, Variant};
use super::price::{self, Prices, Values};
use super::refusal::Refusal;
use super::run::Run;
use super::solved::Solved;
use super::{
    Activity, CoachingPlan, Credit, EvidenceGrade, Gain, GainBasis, Goal, GoalStatus, LibraryPin, MilliLevels, Minutes,
    Omission, Phase, PhaseGoal, PlanChange, PlanEnd, PlanGuarantee, PlannedActivity, PlannedSession, Planner, Reach,
    WeekCount, WhatIf,
};
use crate::planning::{Evaluation, SessionPlacement};
use crate::profile::{GapAnalysis, Reason, Verdict};
use crate::scoring::PolicyVersion;
use crate::value::{Count, Key, Rounding, SchemaVersion, Share};

pub(super) struct Report<'a> {
    planner: &'a Planner<'a>,
    gaps: &'a GapAnalysis,
    person: &'a PersonProblem<'a>,
    solved: &'a Solved,
    /// The weeks in which the runs of the chosen variants start.
    runs: BTreeMap<usize, Vec<u32>>,
}

impl<'a> Report<'a> {
    pub(super) fn new(
        planner: &'a Planner<'a>,
        gaps: &'a GapAnalysis,
        person: &'a PersonProblem<'a>,
        solved: &'a Solved,
    ) -> Self {
        let places: BTreeMap<&Key, usize> =
            person.variants.iter().enumerate().map(|(place, one)| (&one.id, place)).collect();
        let mut runs: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for placement in solved.outcome.plan().unwrap_or_default() {
            if let Some(place) = places.get(&placement.activity) {
                runs.entry(*place).or_default().push(placement.week);
            }
        }
        runs.values_mut().for_each(|weeks| weeks.sort_unstable());
        Self { planner, gaps, person, solved, runs }
    }

    pub(super) fn plan(&self, prices: &Prices<'_>, changes: &[(PlanChange, Values)]) -> CoachingPlan {
        let library = self.planner.library;
        let mut activities: Vec<PlannedActivity> =
            self.runs.iter().filter_map(|(place, weeks)| self.planned(*place, weeks, prices)).collect();
        activities.sort_by_key(|one| (one.sessions.first().map(|first| first.not_before), one.activity.clone()));
        CoachingPlan {
            schema: None,
            schema_version: SchemaVersion::default(),
            scoring_policy: PolicyVersion::CURRENT,
            rubric: self.gaps.rubric().clone(),
            role: self.gaps.role().clone(),
            person: self.gaps.person().clone(),
            as_of: self.gaps.as_of(),
            library: LibraryPin { id: library.id().clone(), version: library.version().clone() },
            limits: self.planner.limits.clone(),
            focus: self.planner.focus,
            gains_are: GainBasis::PlanningAssumption,
            reached: self.share_of_ideal(self.value()),
            reached_of_targets: Share::ZERO,
            guarantee: self.guarantee(),
            unlocks: Vec::new(),
            phases: self.phase(1, &activities).into_iter().collect(),
            ends: PlanEnd::NothingElseFits,
            what_if: changes
                .iter()
                .map(|(change, values)| WhatIf { change: *change, reached: self.reach(*values) })
                .collect(),
            notices: self.notices(),
            goals: (0..self.person.goals.len()).filter_map(|place| self.goal(place)).collect(),
            omissions: self.omissions(&activities, prices),
            activities,
        }
    }

    /// Adds a later phase to a plan.
    pub(super) fn add_phase(&self, plan: &mut CoachingPlan, prices: &Prices<'_>) {
        let number = plan.phases.len() + 1;
        if number == 1 {
            (plan.reached, plan.guarantee) = (self.share_of_ideal(self.value()), self.guarantee());
        }
        let mut activities: Vec<PlannedActivity> =
            self.runs.iter().filter_map(|(place, weeks)| self.planned(*place, weeks, prices)).collect();
        activities.sort_by_key(|one| (one.sessions.first().map(|first| first.not_before), one.activity.clone()));
        activities.iter_mut().for_each(|one| one.phase = Count::of(number));
        plan.omissions.retain(|one| !activities.iter().any(|chosen| chosen.activity == one.activity));
        plan.phases.extend(self.phase(number, &activities));
        plan.activities.extend(activities);
        for goal in &mut plan.goals {
            self.go_on(goal);
        }
    }

    /// What this phase adds to a goal of the plan.
    fn go_on(&self, goal: &mut Goal) {
        let here = |place: &usize| self.person.goals.get(*place).filter(|open| open.gap.criterion == goal.criterion);
        let Some((place, open)) = self.person.focus.iter().find_map(|place| Some((*place, here(place)?))) else {
            return;
        };
        let gained = self.closed(place).unwrap_or(0);
        if gained == 0 {
            return;
        }
        let before = self.planner.assumed_gain(open.gap);
        goal.next_level = open.next_level;
        goal.needed = milli_levels(before + open.needed);
        goal.assumed_gain = milli_levels(before + gained);
        goal.status = if gained >= open.needed { GoalStatus::ReachesNextLevel } else { GoalStatus::ReachesPart };
        goal.reasons.pop();
        goal.reasons.push(self.why(place, open, goal.status));
    }

    /// The phase with these activities; nothing when there are none.
    fn phase(&self, number: usize, activities: &[PlannedActivity]) -> Option<Phase> {
        let weeks = || activities.iter().flat_map(|one| &one.sessions).map(|one| one.week);
        let (first_week, last_week) = (WeekCount::new(self.planner.weeks_before + 1).ok()?, weeks().max()?);
        let days = 7 * (i32::from(last_week.get()) - i32::from(self.planner.weeks_before)) - 1;
        let goals = self.person.focus.iter().filter_map(|place| {
            let open = self.person.goals.get(*place)?;
            Some(PhaseGoal {
                criterion: open.gap.criterion.clone(),
                level: open.level,
                next_level: open.next_level,
                needed: milli_levels(open.needed),
                assumed_gain: milli_levels(self.closed(*place).unwrap_or(0)),
            })
        });
        Some(Phase {
            number: Count::of(number),
            first_week,
            last_week,
            check_in: self.planner.limits.start.plus_days(days),
            goals: goals.collect(),
            reached: self.share_of_ideal(self.value()),
            guarantee: self.guarantee(),
        })
    }

    fn value(&self) -> i64 {
        self.solved.value
    }

    fn ideal(&self) -> i64 {
        self.solved.outcome.evaluation().map_or(0, Evaluation::ideal)
    }

    fn share_of_ideal(&self, value: i64) -> Share {
        let (value, ideal) = (u64::try_from(value).unwrap_or(0), u64::try_from(self.ideal()).unwrap_or(0));
        Share::of(value, ideal).unwrap_or(if value == 0 { Share::ZERO } else { Share::MAX })
    }

    fn guarantee(&self) -> PlanGuarantee {
        let at_most = self.share_of_ideal(self.solved.upper);
        match (self.solved.is_alternative, self.is_proven()) {
            (true, _) => PlanGuarantee::Alternative { at_most },
            (false, true) => PlanGuarantee::Optimal {},
            (false, false) => PlanGuarantee::Bounded { at_most },
        }
    }

    /// What plans of some kind reach, as a share of what this plan's goals need.
    fn reach(&self, values: Values) -> Reach {
        let share = |value: Option<i64>| value.map(|value| self.share_of_ideal(value));
        match (share(values.found), share(values.upper)) {
            (Some(share), _) if values.found >= values.upper => Reach::Exactly { share },
            (Some(at_least), at_most) => Reach::Between { at_least, at_most: at_most.unwrap_or(Share::MAX) },
            (None, Some(at_most)) => Reach::NotFound { at_most },
            (None, None) => Reach::NoPlan {},
        }
    }

    /// Whether the plan is the best of those that serve its goals, and nothing else is asked of it.
    fn serves_goals_first(&self) -> bool {
        !self.solved.is_alternative && self.planner.limits.required.is_empty()
    }

    /// What a plan without wishes has to exceed for the wishes to be the cause.
    fn best_known(&self) -> i64 {
        if self.solved.is_alternative { self.value() } else { self.solved.upper }
    }

    fn is_proven(&self) -> bool {
        self.solved.is_proven()
    }

    fn planned(&self, place: usize, weeks: &[u32], prices: &Prices<'_>) -> Option<PlannedActivity> {
        let variant = self.person.variants.get(place)?;
        let gains = |goal: &usize| {
            let criterion = &self.person.goals.get(*goal)?.gap.criterion;
            let activity = self.person.problem.document().activities.get(place)?;
            let gain = activity.gains.iter().find(|gain| gain.skill == *criterion)?;
            let sum: i64 = gain.gain.iter().take(weeks.len()).sum();
            Some(Credit { criterion: criterion.clone(), assumed_gain: milli_levels(sum) })
        };
        let without = prices.without(&variant.activity.key);
        Some(PlannedActivity {
            activity: variant.activity.key.clone(),
            name: variant.activity.name.clone(),
            credits: variant.credited.iter().filter_map(gains).collect(),
            phase: Count::of(1),
            evidence_grade: evidence_grade(variant.activity),
            sessions: weeks.iter().flat_map(|week| self.sessions(variant.activity, *week)).collect(),
            reached_without: self.reach(without),
            reasons: self.reasons_for(place, variant, weeks.len(), without),
        })
    }

    /// The sessions of a run that starts in this week, counted from 1.
    fn sessions(&self, activity: &Activity, week: u32) -> Vec<PlannedSession> {
        let first = usize::try_from(week).unwrap_or(1).saturating_sub(1);
        let run = self.run(activity);
        let before = usize::from(self.planner.weeks_before);
        let sessions = run.session_minutes().enumerate().filter_map(|(number, minutes)| {
            let days = run.day_of_session(first, number);
            Some(PlannedSession {
                week: WeekCount::new(u8::try_from(before + first + run.week_of_session(number) + 1).ok()?).ok()?,
                not_before: self.planner.limits.start.plus_days(i32::try_from(days).ok()?),
                minutes: Minutes::new(minutes).ok()?,
            })
        });
        sessions.collect()
    }

    fn run<'b>(&self, activity: &'b Activity) -> Run<'b> {
        self.planner.run(activity, self.gaps.as_of())
    }

    /// What the person asked for, and what was begun already.
    fn wishes(&self, activity: &Activity) -> Vec<Reason> {
        let mut reasons = Vec::new();
        if self.planner.limits.required.contains(&activity.key) {
            reasons.push(Reason::new("on_request", "It was asked for."));
        }
        let run = self.run(activity);
        if run.is_under_way() {
            let text =
                format!("Of its {} sessions {} took place already: this is the rest.", activity.sessions, run.held);
            reasons.push(Reason::new("under_way", &text));
        }
        reasons
    }

    fn reasons_for(&self, place: usize, variant: &Variant<'_>, runs: usize, best_without: Values) -> Vec<Reason> {
        let mut reasons = self.wishes(variant.activity);
        let without = self.closed_without(place);
        for goal in &variant.credited {
            let (Some(open), Some(with)) = (self.person.goals.get(*goal), self.closed(*goal)) else { continue };
            let lost = with - without.get(goal).copied().unwrap_or(0);
            let text = format!(
                "It works on \"{}\": if it alone were dropped from this plan, level {} would be {} levels farther away.",
                self.name_of(&open.gap.criterion),
                open.next_level,
                in_levels(lost),
            );
            reasons.push(Reason::new("works_on_goal", &text));
        }
        reasons.push(self.beside(best_without, "without"));
        for dependant in self.runs.keys().filter_map(|other| self.person.variants.get(*other)) {
            if dependant.requires.contains(&place) {
                let text = format!("It has to come before \"{}\".", dependant.activity.name);
                reasons.push(Reason::new("comes_before", &text));
            }
        }
        if runs > 1 {
            let text = "It is refreshed; each further run is assumed to add half of the run before.";
            reasons.push(Reason::new("refreshed", text));
        }
        reasons.extend(self.prerequisites_met(place, variant.activity));
        reasons
    }

    /// What usually comes before an activity and is not planned, each with the cause.
    fn prerequisites_met(&self, place: usize, activity: &Activity) -> Option<Reason> {
        let planned = self.person.variants.get(place).map(|one| one.requires.as_slice()).unwrap_or_default();
        let is_planned = |key: &Key| {
            planned.iter().filter_map(|other| self.person.variants.get(*other)).any(|one| one.activity.key == *key)
        };
        let met = activity.prerequisites.iter().filter(|key| !is_planned(key)).map(|key| {
            let name = self.planner.library.activity(key.as_str()).map_or(key.as_str(), |one| one.name.as_str());
            let is_done = self.planner.limits.completed.contains(key);
            format!("\"{name}\" ({})", if is_done { "done already" } else { "for people at a lower level" })
        });
        let met: Vec<_> = met.collect();
        let text = format!("What usually comes before it is not needed: {}.", met.join(", "));
        (!met.is_empty() && !self.run(activity).is_under_way()).then(|| Reason::new("prerequisite_met", &text))
    }

    /// What is closed of each goal without the activity and all that needs it.
    fn closed_without(&self, place: usize) -> BTreeMap<usize, i64> {
        let gone = price::with_dependants(&self.person.variants, |other, _| other == place);
        let kept: Vec<SessionPlacement> = self
            .solved
            .outcome
            .plan()
            .unwrap_or_default()
            .iter()
            .filter(|placement| !gone.contains(&&placement.activity))
            .cloned()
            .collect();
        let evaluation = self.person.problem.evaluate(&kept);
        let closed = evaluation.people().first().map(|one| one.closed().to_vec()).unwrap_or_default();
        self.person.focus.iter().copied().zip(closed).collect()
    }

    /// The thousandths of a level that the plan is assumed to close of a goal; nothing for a goal that waits.
    fn closed(&self, goal: usize) -> Option<i64> {
        let place = self.person.focus.iter().position(|one| *one == goal)?;
        self.solved.outcome.evaluation()?.people().first()?.closed().get(place).copied()
    }

    fn goal(&self, place: usize) -> Option<Goal> {
        let open = self.person.goals.get(place)?;
        let gained = self.closed(place).unwrap_or(0);
        let status = match gained {
            0 if !self.person.focus.contains(&place) && self.can_be_taught(open) => GoalStatus::Later,
            0 => GoalStatus::NotPlanned,
            _ if gained >= open.needed => GoalStatus::ReachesNextLevel,
            _ => GoalStatus::ReachesPart,
        };
        let mut reasons = open.gap.reasons.clone();
        reasons.push(self.why(place, open, status));
        Some(Goal {
            criterion: open.gap.criterion.clone(),
            skill: open.gap.skill,
            urgency: open.gap.urgency,
            level: open.gap.level,
            next_level: open.next_level,
            target: open.gap.target,
            needed: milli_levels(open.needed),
            assumed_gain: milli_levels(gained),
            status,
            reasons,
        })
    }

    fn why(&self, place: usize, open: &OpenGoal<'_>, status: GoalStatus) -> Reason {
        let (code, text) = match status {
            GoalStatus::ReachesNextLevel if open.next_level < open.gap.target => (
                "one_level_at_a_time",
                format!(
                    "The plan reaches for level {} first; level {} comes after it.",
                    open.next_level, open.gap.target
                ),
            ),
            GoalStatus::ReachesNextLevel => {
                ("reaches_target", format!("If the assumptions hold, level {} is reached.", open.next_level))
            }
            GoalStatus::ReachesPart if self.solved.is_alternative => {
                ("not_enough_room", "This plan is one to choose from; a better one may bring more here.".to_owned())
            }
            GoalStatus::ReachesPart => (
                "not_enough_room",
                format!(
                    "{} within {} minutes a week does more for these goals.",
                    if self.is_proven() { "No other plan" } else { "No plan that was found" },
                    self.planner.limits.minutes_per_week,
                ),
            ),
            GoalStatus::NotPlanned if self.person.focus.contains(&place) && self.solved.is_alternative => {
                ("gives_way", "This plan, one to choose from, gives its time to other goals.".to_owned())
            }
            GoalStatus::NotPlanned if self.person.focus.contains(&place) => {
                ("gives_way", "The time goes to goals where it is expected to bring more.".to_owned())
            }
            GoalStatus::Later => (
                "later_goal",
                format!(
                    "The plan works on {} goals at a time, and its weeks do not reach this one.",
                    self.planner.focus.goals
                ),
            ),
            GoalStatus::NotPlanned => self.why_nothing(open),
        };
        Reason::new(code, &text)
    }

    /// Whether some activity waits for this goal's turn.
    fn can_be_taught(&self, open: &OpenGoal<'_>) -> bool {
        use super::refusal::Refusal::LaterGoal;
        let teaches = |one: &&Activity| one.criteria.contains(&open.gap.criterion) && one.suits(open.level);
        let fits = |one: &Activity| self.person.refusals.get(&one.key).is_none_or(|refusal| *refusal == LaterGoal);
        self.planner.library.activities().iter().filter(teaches).any(fits)
    }

    /// For each activity that could teach the goal, why it takes no part.
    fn why_nothing(&self, open: &OpenGoal<'_>) -> (&'static str, String) {
        why_nothing(self.planner, self.person, open)
    }

    fn omissions(&self, chosen: &[PlannedActivity], prices: &Prices<'_>) -> Vec<Omission> {
        let is_left = |activity: &&Activity| !chosen.iter().any(|one| one.activity == activity.key);
        let left = self.planner.library.activities().iter().filter(is_left);
        left.map(|activity| {
            let with = prices.with(&activity.key);
            let (reached_with, reason) = match self.person.refusals.get(&activity.key) {
                Some(Refusal::LeftOut) => (self.reach(with), self.left_out(with)),
                Some(refusal) => (Reach::NoPlan {}, refusal.reason()),
                None => (self.reach(with), self.beside(with, "with")),
            };
            Omission { activity: activity.key.clone(), name: activity.name.clone(), reached_with, reason }
        })
        .collect()
    }

    /// What the wish to leave an activity out costs.
    fn left_out(&self, with: Values) -> Reason {
        let mut reason = Refusal::LeftOut.reason();
        if with.found.is_some() {
            let (reach, here) = (self.reach(with), self.share_of_ideal(self.value()).percent(1));
            let text = format!("{} The best plan with it reaches {reach}, this plan {here} %.", reason.text);
            reason = Reason::new("left_out_on_request", &text);
        }
        reason
    }

    /// The best plan with (or without) an activity beside this plan, claiming no more than is proven.
    fn beside(&self, other: Values, with: &str) -> Reason {
        let here = format!("this plan {} %", self.share_of_ideal(self.value()).percent(1));
        let (code, text) = match self.reach(other) {
            Reach::NoPlan {} => ("no_room", format!("There is no plan {with} it: no choice of weeks has room.")),
            Reach::NotFound { at_most } => (
                "no_room_found",
                format!("No plan {with} it was found; more than {} % is ruled out, {here}.", at_most.percent(1)),
            ),
            // A wish, or the choice of another than the best plan, has its price.
            // Where nothing is wished for, only a plan that gives up a goal is worth more than the best one.
            reach if other.found > Some(self.solved.upper) && self.serves_goals_first() => (
                "serves_urgent_goals",
                format!(
                    "A plan {with} it reaches more ({reach}), {here}, but leaves an urgent goal without an activity."
                ),
            ),
            reach if other.found > Some(self.value().max(self.best_known())) => {
                ("better_plan", format!("A plan {with} it reaches more: {reach}, {here}."))
            }
            reach if other.found > Some(self.value()) => {
                ("better_found", format!("A plan {with} it reaches more ({reach}), {here}, which is not proven best."))
            }
            Reach::Exactly { .. } if other.found == Some(self.value()) => {
                let costs = if self.solved.is_canonical { ", but costs more or takes no less time" } else { "" };
                ("not_needed", format!("A plan {with} it does as well{costs}: you may choose that one."))
            }
            Reach::Exactly { share } => {
                let code = if with == "with" { "crowded_out" } else { "best_without" };
                (code, format!("The best plan {with} it reaches {} % of what is aimed at, {here}.", share.percent(1)))
            }
            Reach::Between { at_least, at_most } => (
                "not_proven",
                format!(
                    "The best plan found {with} it reaches {} % of what is aimed at, {here}; more than {} % is ruled out.",
                    at_least.percent(1),
                    at_most.percent(1),
                ),
            ),
        };
        Reason::new(code, &text)
    }

    fn notices(&self) -> Vec<Reason> {
        let mut notices = Vec::new();
        for concern in self.gaps.open_concerns() {
            let text = format!(
                "A critical concern of {} in {} is open. A second assessor decides it first; coaching does not close it.",
                concern.observed,
                concern.target.name()
            );
            notices.push(Reason::new("open_concern", &text));
        }
        if !self.gaps.unknown().is_empty() {
            let names: Vec<_> = self.gaps.unknown().iter().map(|key| self.name_of(key)).collect();
            let text = format!(
                "Too little counted evidence on {}: observe these before planning for them (the profile lists what does not count).",
                names.join(", ")
            );
            notices.push(Reason::new("insufficient_evidence", &text));
        }
        if self.person.goals.is_empty() && self.gaps.verdict() == Verdict::MeetsTarget {
            notices
                .push(Reason::new("meets_target", "Everything the role asks for is met: there is nothing to close."));
        }
        notices
    }

    fn name_of(&self, criterion: &Key) -> String {
        let found = self.planner.rubric.criterion(criterion.as_str());
        found.map_or_else(|| criterion.to_string(), |one| one.name.to_string())
    }
}

/// For each activity that could teach the goal, why it takes no part.
fn why_nothing(planner: &Planner<'_>, person: &PersonProblem<'_>, open: &OpenGoal<'_>) -> (&'static str, String) {
    use super::refusal::Refusal::Completed;
    let teaches = |one: &&Activity| {
        one.criteria.contains(&open.gap.criterion) && one.assumed_gain().is_some() && one.suits(open.level)
    };
    let cause = |refusal: &Refusal| match refusal {
        Completed if planner.weeks_before > 0 => "It is done, or stands in this plan.".to_owned(),
        _ => refusal.reason().text.to_string(),
    };
    let mut names: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut is_all_done = true;
    for activity in planner.library.activities().iter().filter(teaches) {
        if let Some(refusal) = person.refusals.get(&activity.key) {
            is_all_done &= *refusal == Completed;
            names.entry(cause(refusal)).or_default().push(activity.name.as_str());
        }
    }
    if names.is_empty() {
        return ("nothing_fits", "No activity in the library teaches it at this level.".to_owned());
    }
    if is_all_done {
        let planned = if planner.weeks_before > 0 { "done or planned" } else { "done" };
        let done: Vec<_> = names.into_values().flatten().collect();
        let text = format!("All that the library has for it at this level is {planned}: {}.", done.join(", "));
        return ("all_is_done", text);
    }
    let causes = names.iter().map(|(reason, names)| format!("{}: {}.", reason.trim_end_matches('.'), names.join(", ")));
    ("nothing_fits", format!("Nothing fits. {}", causes.collect::<Vec<_>>().join(" ")))
}

/// Says of each goal of a plan that no phase works on why nothing can be done for it in the weeks that are left.
pub(super) fn explain_rest(plan: &mut CoachingPlan, rest: &Planner<'_>, person: &PersonProblem<'_>) {
    let waiting = |goal: &&mut Goal| matches!(goal.status, GoalStatus::Later | GoalStatus::NotPlanned);
    for goal in plan.goals.iter_mut().filter(waiting) {
        let open = person.goals.iter().enumerate().find(|(_, open)| open.gap.criterion == goal.criterion);
        if let Some((_, open)) = open.filter(|(place, _)| !person.focus.contains(place)) {
            let (code, text) = why_nothing(rest, person, open);
            goal.status = GoalStatus::NotPlanned;
            goal.reasons.pop();
            goal.reasons.push(Reason::new(code, &text));
        }
    }
}

fn evidence_grade(activity: &Activity) -> EvidenceGrade {
    match activity.gain {
        Gain::Assumed { evidence_grade, .. } | Gain::None { evidence_grade, .. } => evidence_grade,
    }
}

fn milli_levels(number: i64) -> MilliLevels {
    u16::try_from(number).ok().and_then(|number| MilliLevels::new(number).ok()).unwrap_or(MilliLevels::MAX)
}

fn in_levels(milli_levels: i64) -> String {
    Rounding::HalfAwayFromZero.show(u64::try_from(milli_levels).unwrap_or(0) * 1_000, 2)
}
