use std::collections::BTreeSet;

use super::held::Held;
use super::{
    Baseline, Carried, Checkpoint, DoneItem, GoalMeasure, ItemState, LevelModel, Measured, PlanGoal, PlanItem, PlanPin,
    PlanRecord, PlanStatus, PlanVersion, Tenure, TransitionError, WeekShift,
};
use crate::coaching::{
    CoachingError, CoachingPlan, Credit, DayCount, Goal, MilliLevels, PlannedActivity, SessionCount, WeekCount,
};
use crate::framework::ObservationCount;
use crate::profile::Profile;
use crate::rubric::Rubric;
use crate::statistics::Undefined;
use crate::value::codes::codes;
use crate::value::{Day, Faults, Key, Reference, SchemaVersion};

/// What a record needs beside the plan itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordSetup {
    /// The plan's reference, the same for all its versions.
    pub id: Reference,
    /// The coach.
    pub coach: Reference,
    /// How long the person has been in the role.
    pub tenure: Tenure,
    /// A finished plan that this one follows.
    pub follows: Option<PlanPin>,
    /// How old a baseline may be when the work begins, in days.
    pub baseline_days: DayCount,
    /// Where the person stands on each goal, and by what it will be judged.
    pub baselines: Vec<GoalSetup>,
}

/// Where a person stands on a goal, and by what it will be judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalSetup {
    /// The goal's criterion.
    pub criterion: Key,
    /// Where the person stands.
    pub baseline: Baseline,
    /// By what the goal will be judged.
    pub measure: GoalMeasure,
    /// The week at whose end it should be reached; the plan's last one when absent.
    pub due: Option<WeekCount>,
}

impl GoalSetup {
    /// The baselines of a plan's goals from the profile that its gaps were found in: of each goal on which sessions work
    /// and for which the profile has a value, judged by the mean of so many new ratings, at the end of the plan.
    #[must_use]
    pub fn of_plan(
        plan: &CoachingPlan,
        profile: &Profile,
        model: &LevelModel,
        min_observations: ObservationCount,
    ) -> Vec<Self> {
        let goals = plan.goals().iter().filter(|goal| is_worked_on(plan, goal));
        let setup = |goal: &Goal| {
            let measured = Measured::of(&profile.criterion(goal.criterion.as_str())?.standing, model)?;
            Some(Self {
                criterion: goal.criterion.clone(),
                baseline: Baseline::new(measured, profile.as_of(), model),
                measure: GoalMeasure::RubricMean { min_observations },
                due: None,
            })
        };
        goals.filter_map(setup).collect()
    }
}

/// Why a record could not be made, or does not answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// The plan was made with another rubric.
    #[error(transparent)]
    Coaching(#[from] CoachingError),
    /// A goal of the plan has no baseline.
    #[error("the goal `{criterion}` has no baseline: one is needed for each goal that sessions work on")]
    NoBaseline {
        /// The goal's criterion.
        criterion: Key,
    },
    /// The plan has no such goal.
    #[error("`{criterion}` is not a goal of the plan")]
    NotAGoal {
        /// The criterion asked for.
        criterion: String,
    },
    /// A number has no value.
    #[error(transparent)]
    Undefined(#[from] Undefined),
    /// The next version is about another person.
    #[error("the new plan is about another person than the plan that it replaces")]
    OtherPerson,
    /// There can be no further version.
    #[error("version {} is the last that a plan can have", PlanVersion::MAX)]
    NoVersionLeft,
    /// The plan cannot be replaced now.
    #[error(transparent)]
    Transition(#[from] TransitionError),
    /// What was made breaks the rules of a record, such as a coach who is the person.
    #[error(transparent)]
    Faults(#[from] Faults),
}

codes!(RecordError {
    NoBaseline = "no_baseline",
    NotAGoal = "not_a_goal",
    OtherPerson = "other_person",
    NoVersionLeft = "no_version_left",
} passing on { Coaching, Undefined, Transition, Faults });

/// Both versions of a plan that was planned anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replanned {
    /// The version until now, superseded.
    pub old: PlanRecord,
    /// The next version, a draft.
    pub new: PlanRecord,
}

impl PlanRecord {
    /// The draft of a record: the goals of the plan on which sessions work in any phase, the sessions of all phases, and the
    /// check-ins and reviews that belong to the tenure, with a check-in at the end of each phase.
    ///
    /// # Errors
    ///
    /// The plan was made with another rubric; a goal on which sessions work has no baseline in `setup`; the coach is the
    /// person; a due week lies beyond the plan; `follows` names this plan.
    pub fn draft(plan: &CoachingPlan, rubric: &Rubric, setup: RecordSetup) -> Result<Self, RecordError> {
        Self::draft_after(Carried::default(), plan, rubric, setup)
    }

    fn draft_after(
        carried: Carried,
        plan: &CoachingPlan,
        rubric: &Rubric,
        setup: RecordSetup,
    ) -> Result<Self, RecordError> {
        if plan.rubric().structure != rubric.pin().structure {
            return Err(CoachingError::other_rubric(plan.rubric().clone(), rubric.pin().clone()).into());
        }
        let weeks = plan.limits().weeks;
        let goals = plan.goals().iter().filter(|goal| is_worked_on(plan, goal));
        let review = Checkpoint::final_week(plan);
        let goals = goals.map(|goal| goal_of(goal, rubric, review, &setup.baselines)).collect::<Result<Vec<_>, _>>()?;
        // Nothing is due after the final review, nor after the plan, which `check` refuses.
        let last = goals.iter().map(|goal| goal.due).max().map_or(review, |due| due.clamp(review, weeks));
        let record = Self {
            schema: None,
            schema_version: SchemaVersion::default(),
            id: setup.id,
            version: PlanVersion::MIN,
            previous: setup.follows,
            person: plan.person().clone(),
            coach: setup.coach,
            role: plan.role().key.clone(),
            rubric: plan.rubric().clone(),
            start: plan.limits().start,
            weeks,
            tenure: setup.tenure,
            baseline_days: setup.baseline_days,
            goals,
            items: plan.activities().iter().flat_map(|activity| items_of(plan, activity, &carried)).collect(),
            checkpoints: Checkpoint::until(last, plan, setup.tenure),
            carried,
            status: PlanStatus::Draft,
            moved: WeekShift::MIN,
            history: Vec::new(),
        };
        record.check()?;
        Ok(record)
    }

    /// Replaces the plan by a new one for the same person: the old version is superseded, the new one is a draft that
    /// keeps what was done and shown.
    ///
    /// Make the plan with what [`completed`](Self::completed) and [`under_way`](Self::under_way) tell: the sessions that
    /// are left of a run under way get the numbers that are left, and bring what is left of its gain. A session that is
    /// planned once more all the same counts once in [`progress`](Self::progress).
    ///
    /// # Errors
    ///
    /// As for [`PlanRecord::draft`]; also when the new plan is about another person, when this plan is neither active
    /// nor paused, or when `on` is earlier than its last entry.
    pub fn replan(
        &self,
        plan: &CoachingPlan,
        rubric: &Rubric,
        baselines: Vec<GoalSetup>,
        actor: Reference,
        on: Day,
    ) -> Result<Replanned, RecordError> {
        if *plan.person() != self.person {
            return Err(RecordError::OtherPerson);
        }
        let next = self.version.next().ok_or(RecordError::NoVersionLeft)?;
        let old = self.superseded(next, actor, on)?;
        let setup = RecordSetup {
            id: self.id.clone(),
            coach: self.coach.clone(),
            tenure: self.tenure,
            follows: None,
            baseline_days: self.baseline_days,
            baselines,
        };
        let draft = Self::draft_after(old.to_carry(), plan, rubric, setup)?;
        let previous = Some(PlanPin { id: self.id.clone(), version: self.version });
        let new = Self { version: next, previous, ..draft };
        new.check()?;
        Ok(Replanned { old, new })
    }

    fn to_carry(&self) -> Carried {
        let done = |held: Held<'_>| DoneItem {
            activity: held.activity.clone(),
            name: held.name.clone(),
            session: held.session,
            credits: held.credits.to_vec(),
            on: held.on,
        };
        Carried { done: self.held().into_iter().map(done).collect(), evidence: self.all_evidence().cloned().collect() }
    }
}

fn is_worked_on(plan: &CoachingPlan, goal: &Goal) -> bool {
    plan.activities().iter().flat_map(|activity| &activity.credits).any(|credit| credit.criterion == goal.criterion)
}

fn goal_of(goal: &Goal, rubric: &Rubric, review: WeekCount, setups: &[GoalSetup]) -> Result<PlanGoal, RecordError> {
    let found = setups.iter().find(|one| one.criterion == goal.criterion).zip(rubric.start_of(goal.next_level));
    let Some((setup, target)) = found else {
        return Err(RecordError::NoBaseline { criterion: goal.criterion.clone() });
    };
    Ok(PlanGoal {
        criterion: goal.criterion.clone(),
        baseline: setup.baseline,
        to: goal.next_level,
        target,
        due: setup.due.unwrap_or(review),
        measure: setup.measure.clone(),
    })
}

/// The sessions of an activity. What it is assumed to add falls to them and, of a run under way, to those held since the
/// gaps were known.
fn items_of(plan: &CoachingPlan, activity: &PlannedActivity, carried: &Carried) -> impl Iterator<Item = PlanItem> {
    let under_way = plan.limits().under_way.iter().find(|one| one.activity == activity.activity);
    let held_on = under_way.map(|one| one.held_on.as_slice()).unwrap_or_default();
    let unseen = held_on.iter().filter(|day| **day > plan.as_of()).count();
    let count = unseen + activity.sessions.len();
    let taken = numbers_held(&activity.activity, held_on.len(), carried);
    let left = (1..=u8::MAX).filter(move |number| !taken.contains(number));
    activity.sessions.iter().zip(left).enumerate().filter_map(move |(place, (session, number))| {
        let part = |credit: &Credit| {
            Some(Credit {
                criterion: credit.criterion.clone(),
                assumed_gain: part_of(credit.assumed_gain, unseen + place, count)?,
            })
        };
        Some(PlanItem {
            activity: activity.activity.clone(),
            name: activity.name.clone(),
            session: SessionCount::new(number).ok()?,
            minutes: session.minutes,
            credits: activity.credits.iter().filter_map(part).collect(),
            planned_week: session.week,
            week: session.week,
            state: ItemState::Planned,
        })
    })
}

/// The numbers of the sessions of a run that were held: those that the record knows of, then the first ones.
fn numbers_held(activity: &Key, held: usize, carried: &Carried) -> BTreeSet<u8> {
    let known = carried.done.iter().filter(|one| one.activity == *activity).map(|one| one.session.get());
    let mut numbers: BTreeSet<u8> = if held > 0 { known.collect() } else { BTreeSet::new() };
    let mut free = 1..=u8::MAX;
    while numbers.len() < held {
        let Some(number) = free.next() else { break };
        numbers.insert(number);
    }
    numbers
}

/// The part of a whole gain that falls to one session of several; the parts add up to the whole.
fn part_of(whole: MilliLevels, place: usize, count: usize) -> Option<MilliLevels> {
    let until = |sessions: usize| usize::from(whole.get()) * sessions / count;
    MilliLevels::new(u16::try_from(until(place + 1) - until(place)).ok()?).ok()
}
