//! What a history leads to.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Checkpoint, CheckpointKind, EventKind, GoalMeasure, GoalVerdict, Guard, IllegalItemStep, IllegalTransition,
    ItemState, Measured, PlanEvent, PlanGoal, PlanRecord, PlanStatus, PlanStep, TransitionError, WeekShift,
};
use crate::coaching::{SessionCount, WeekCount};
use crate::value::{Day, Key, Reference};

/// Everything about a record that its history decides.
#[derive(Clone, Debug)]
pub(super) struct Life<'a> {
    record: &'a PlanRecord,
    pub(super) status: PlanStatus,
    pub(super) moved: u8,
    /// Week and state of each item.
    pub(super) items: Vec<(WeekCount, ItemState)>,
    /// When each checkpoint was held.
    pub(super) held: Vec<Option<Day>>,
    /// The place of each item; of the first one, should there be several.
    places: BTreeMap<(&'a Key, SessionCount), usize>,
    goals: BTreeSet<&'a Key>,
    signatures: Vec<Reference>,
    judged: BTreeSet<Key>,
    /// Goals with evidence that can close them.
    shown: BTreeSet<Key>,
    paused_on: Option<Day>,
    last: Option<Day>,
}

impl<'a> Life<'a> {
    /// Before anything happened.
    pub(super) fn new(record: &'a PlanRecord) -> Self {
        let carried = record.carried.evidence.iter().filter(|one| one.level.can_close_a_goal());
        let places = record.items.iter().enumerate().rev();
        Self {
            record,
            status: PlanStatus::Draft,
            moved: 0,
            items: record.items.iter().map(|item| (item.planned_week, ItemState::Planned)).collect(),
            held: vec![None; record.checkpoints.len()],
            places: places.map(|(place, item)| ((&item.activity, item.session), place)).collect(),
            goals: record.goals.iter().map(|goal| &goal.criterion).collect(),
            signatures: Vec::new(),
            judged: BTreeSet::new(),
            shown: carried.map(|one| one.criterion.clone()).collect(),
            paused_on: None,
            last: None,
        }
    }

    /// After the whole history of a valid record.
    pub(super) fn of(record: &'a PlanRecord) -> Self {
        let mut life = Self::new(record);
        for step in &record.history {
            // A valid record holds no step that its history refuses.
            if life.step(step).is_err() {
                break;
            }
        }
        life
    }

    /// Writes the state into the record.
    pub(super) fn store(&self, record: &mut PlanRecord) {
        record.status = self.status;
        record.moved = WeekShift::new(self.moved).unwrap_or(WeekShift::MAX);
        for (item, (week, state)) in record.items.iter_mut().zip(&self.items) {
            (item.week, item.state) = (*week, *state);
        }
        for (checkpoint, held) in record.checkpoints.iter_mut().zip(&self.held) {
            checkpoint.held = *held;
        }
    }

    /// One more event; nothing changes when it is refused.
    pub(super) fn step(&mut self, step: &PlanStep) -> Result<(), TransitionError> {
        let kind = step.event.kind();
        if !self.status.allowed().contains(&kind) {
            return Err(IllegalTransition::new(self.status, kind).into());
        }
        self.step_plan(step).map_err(|guard| TransitionError::Guard { event: kind, guard })?;
        self.step_item(&step.event, kind)?;
        self.status = self.status.after(kind);
        self.last = Some(step.on);
        Ok(())
    }

    /// What the event means for the plan as a whole.
    fn step_plan(&mut self, step: &PlanStep) -> Result<(), Guard> {
        if let Some(last) = self.last.filter(|last| step.on < *last) {
            return Err(Guard::EarlierThanLast { on: step.on, last });
        }
        match &step.event {
            PlanEvent::Submit {} => self.check_draft()?,
            PlanEvent::RequestChanges { .. } => self.signatures.clear(),
            PlanEvent::Sign {} => self.sign(&step.by)?,
            PlanEvent::Agree {} => self.check_signatures()?,
            PlanEvent::Start {} => self.check_start(step.on)?,
            PlanEvent::Pause { .. } => self.paused_on = Some(step.on),
            PlanEvent::Resume {} => self.resume(step.on)?,
            PlanEvent::Complete {} => self.check_end()?,
            PlanEvent::Replan { next } => self.check_next(*next)?,
            PlanEvent::Abandon { .. }
            | PlanEvent::ScheduleItem { .. }
            | PlanEvent::BeginItem { .. }
            | PlanEvent::FinishItem { .. }
            | PlanEvent::MissItem { .. }
            | PlanEvent::CancelItem { .. } => {}
            PlanEvent::HoldCheckpoint { week, .. } => self.hold(*week, step.on)?,
            PlanEvent::AddEvidence { evidence } => {
                self.check_goal(&evidence.criterion)?;
                if evidence.on > step.on {
                    return Err(Guard::EvidenceOfLater { of: evidence.on, on: step.on });
                }
                if evidence.level.can_close_a_goal() {
                    self.shown.insert(evidence.criterion.clone());
                }
            }
            PlanEvent::JudgeGoal { criterion, verdict, result } => self.judge(criterion, *verdict, result.as_ref())?,
        }
        Ok(())
    }

    fn check_draft(&self) -> Result<(), Guard> {
        if self.record.goals.is_empty() {
            Err(Guard::NoGoal)
        } else if self.record.items.is_empty() {
            Err(Guard::NothingPlanned)
        } else {
            Ok(())
        }
    }

    fn sign(&mut self, by: &Reference) -> Result<(), Guard> {
        if *by != self.record.person && *by != self.record.coach {
            return Err(Guard::NotAParty);
        }
        if self.signatures.contains(by) {
            return Err(Guard::SignedAlready);
        }
        self.signatures.push(by.clone());
        Ok(())
    }

    fn check_signatures(&self) -> Result<(), Guard> {
        let has = |party| self.signatures.contains(party);
        let missing = match (has(&self.record.person), has(&self.record.coach)) {
            (true, true) => return Ok(()),
            (true, false) => "the coach",
            (false, true) => "the person",
            (false, false) => "the person and the coach",
        };
        Err(Guard::NotSigned { missing })
    }

    fn check_start(&self, on: Day) -> Result<(), Guard> {
        if on < self.record.start {
            return Err(Guard::TooEarly { on, start: self.record.start });
        }
        let oldest = on.plus_days(-i32::from(self.record.baseline_days.get()));
        match self.record.goals.iter().find(|goal| goal.baseline.as_of < oldest) {
            Some(goal) => {
                let (criterion, as_of) = (goal.criterion.clone(), goal.baseline.as_of);
                Err(Guard::BaselineTooOld { criterion, as_of, oldest })
            }
            None => Ok(()),
        }
    }

    /// What is open moves by the weeks of the pause, begun ones counting as whole.
    fn resume(&mut self, on: Day) -> Result<(), Guard> {
        let days = self.paused_on.map_or(0, |paused| on.days_since(paused));
        let weeks = u8::try_from((days + 6) / 7).map_err(|_| Guard::PauseTooLong)?;
        let moved = self.moved.checked_add(weeks).ok_or(Guard::PauseTooLong)?;
        if u16::from(self.record.weeks.get()) + u16::from(moved) > u16::from(WeekCount::MAX.get()) {
            return Err(Guard::PauseTooLong);
        }
        // Many pauses of no week would go through many sessions for nothing.
        let moving = if weeks > 0 { self.items.as_mut_slice() } else { &mut [] };
        for (week, state) in moving {
            if state.is_open() {
                // Within the plan before, so within the moved plan after.
                *week = WeekCount::new(week.get().saturating_add(weeks)).unwrap_or(WeekCount::MAX);
            }
        }
        self.moved = moved;
        self.paused_on = None;
        Ok(())
    }

    fn check_end(&self) -> Result<(), Guard> {
        let mut reviews = self.record.checkpoints.iter().zip(&self.held);
        if !reviews.any(|(one, held)| one.kind == CheckpointKind::FinalReview && held.is_some()) {
            return Err(Guard::FinalReviewOpen);
        }
        match self.record.goals.iter().find(|goal| !self.judged.contains(&goal.criterion)) {
            Some(goal) => Err(Guard::VerdictMissing { criterion: goal.criterion.clone() }),
            None => Ok(()),
        }
    }

    fn check_next(&self, next: super::PlanVersion) -> Result<(), Guard> {
        let this = self.record.version;
        if this.next() == Some(next) { Ok(()) } else { Err(Guard::WrongVersion { next, this }) }
    }

    /// What the event means for the session that it is about, if any.
    fn step_item(&mut self, event: &PlanEvent, kind: EventKind) -> Result<(), TransitionError> {
        let refused = |guard| TransitionError::Guard { event: kind, guard };
        let Some((activity, session)) = event.item() else { return Ok(()) };
        let found = self.places.get(&(activity, session)).and_then(|place| self.items.get_mut(*place));
        let Some((week, state)) = found else {
            return Err(refused(Guard::UnknownItem { activity: activity.clone(), session }));
        };
        if !state.allowed().contains(&kind) {
            return Err(IllegalItemStep::new(activity.clone(), session, *state, kind).into());
        }
        if let PlanEvent::ScheduleItem { week: wanted, .. } = event {
            let last = self.record.weeks.get() + self.moved;
            if wanted.get() > last {
                return Err(refused(Guard::OutsidePlan { week: *wanted, last }));
            }
            *week = *wanted;
        }
        *state = state.after(kind);
        Ok(())
    }

    fn hold(&mut self, week: WeekCount, on: Day) -> Result<(), Guard> {
        let is_meant = |(checkpoint, _): &(&Checkpoint, &mut Option<Day>)| checkpoint.week == week;
        let found = self.record.checkpoints.iter().zip(&mut self.held).find(is_meant);
        match found {
            None => Err(Guard::UnknownCheckpoint { week }),
            Some((_, Some(_))) => Err(Guard::CheckpointHeld { week }),
            Some((_, held)) => {
                *held = Some(on);
                Ok(())
            }
        }
    }

    fn check_goal(&self, criterion: &Key) -> Result<(), Guard> {
        if self.goals.contains(criterion) { Ok(()) } else { Err(Guard::UnknownGoal { criterion: criterion.clone() }) }
    }

    /// A verdict on the goal itself needs evidence from work and what its measure asks for; "too few observations"
    /// needs neither.
    fn judge(&mut self, criterion: &Key, verdict: GoalVerdict, result: Option<&Measured>) -> Result<(), Guard> {
        let found = self.record.goals.iter().find(|goal| goal.criterion == *criterion);
        let Some(goal) = found else { return Err(Guard::UnknownGoal { criterion: criterion.clone() }) };
        if self.judged.contains(criterion) {
            return Err(Guard::JudgedAlready { criterion: criterion.clone() });
        }
        if let Some(is_met) = verdict.is_target_met() {
            if !self.shown.contains(criterion) {
                return Err(Guard::EvidenceTooWeak { criterion: criterion.clone() });
            }
            check_measurement(goal, is_met, result)?;
        }
        self.judged.insert(criterion.clone());
        Ok(())
    }
}

/// What is judged by ratings has enough of them, and they say what the verdict says.
fn check_measurement(goal: &PlanGoal, is_met: bool, result: Option<&Measured>) -> Result<(), Guard> {
    let GoalMeasure::RubricMean { min_observations: needed } = goal.measure else { return Ok(()) };
    let criterion = || goal.criterion.clone();
    match result.filter(|result| result.observations >= needed) {
        None => {
            let found = result.map_or(0, |result| result.observations.get());
            Err(Guard::TooFewObservations { criterion: criterion(), found, needed })
        }
        Some(result) if (result.score >= goal.target) != is_met => {
            Err(Guard::VerdictContradicted { criterion: criterion(), score: result.score, target: goal.target })
        }
        Some(_) => Ok(()),
    }
}
