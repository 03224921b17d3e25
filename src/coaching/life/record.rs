use super::replay::Life;
use super::{
    Baseline, Checkpoint, EventKind, GoalMeasure, GoalVerdict, Guard, ItemState, PlanEvent, PlanEvidence, PlanStatus,
    PlanStep, PlanVersion, Tenure, TransitionError, WeekShift,
};
use crate::coaching::{Credit, DayCount, Minutes, SessionCount, WeekCount};
use crate::framework::Level;
use crate::rubric::RubricPin;
use crate::value::strict::{document, object};
use crate::value::{Day, Faults, Key, Label, Reference, SchemaVersion, Score, from_json};

document! {
    /// The life of a coaching plan: what was agreed, and everything that happened to it since.
    ///
    /// The history is the truth. The status, the states of sessions and what was held are what it leads to; a document
    /// in which they differ cannot be read. Weeks are counted from 1 at the start day.
    ///
    /// ```
    /// use service_excellence::coaching::{PlanEvent, PlanStatus};
    /// use service_excellence::PlanRecord;
    ///
    /// let record = PlanRecord::from_json(include_str!("../../../schemas/v0/examples/valid/plan_record.json"))?;
    /// assert_eq!(record.status(), PlanStatus::Active);
    /// let refused = record.apply(PlanEvent::Submit {}, record.coach().clone(), "2026-12-01".parse()?).unwrap_err();
    /// assert!(refused.to_string().starts_with("`submit` is not possible while the plan is `active`: allowed is `pause`"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct PlanRecord {
        /// The version of this shape.
        pub(super) schema_version: SchemaVersion,
        /// The plan's reference; all its versions share it.
        pub(super) id: Reference,
        /// Which version this is.
        pub(super) version: PlanVersion,
        /// What this plan replaces (its version before) or follows (another plan).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub(super) previous: Option<PlanPin>,
        /// The person.
        pub(super) person: Reference,
        /// The coach.
        pub(super) coach: Reference,
        /// The role.
        pub(super) role: Key,
        /// The rubric by which the person is judged; it stays the same while the plan runs.
        pub(super) rubric: RubricPin,
        /// The first day of the first week.
        pub(super) start: Day,
        /// How many weeks were planned.
        pub(super) weeks: WeekCount,
        /// How long the person has been in the role.
        pub(super) tenure: Tenure,
        /// How old a baseline may be when the work begins.
        pub(super) baseline_days: DayCount,
        /// The goals.
        pub(super) goals: Vec<PlanGoal>,
        /// The sessions.
        pub(super) items: Vec<PlanItem>,
        /// The check-ins and reviews.
        pub(super) checkpoints: Vec<Checkpoint>,
        /// What was done and shown under earlier versions.
        pub(super) carried: Carried,
        /// How far the plan has come.
        pub(super) status: PlanStatus,
        /// By how many weeks pauses moved what was open.
        pub(super) moved: WeekShift,
        /// Everything that happened, oldest first.
        pub(super) history: Vec<PlanStep>,
    }
    checked by PlanRecord::check
}

object! {
    /// Names one version of a plan.
    pub struct PlanPin {
        /// The plan's reference.
        pub id: Reference,
        /// Its version.
        pub version: PlanVersion,
    }
}

object! {
    /// One criterion to grow in, as agreed.
    pub struct PlanGoal {
        /// The criterion.
        pub criterion: Key,
        /// Where the person stood.
        pub baseline: Baseline,
        /// The level to reach.
        pub to: Level,
        /// The lowest score with that level.
        pub target: Score,
        /// The week at whose end it should be reached.
        pub due: WeekCount,
        /// By what it is judged.
        pub measure: GoalMeasure,
    }
}

object! {
    /// One session of an activity, and how far it has come.
    pub struct PlanItem {
        /// The activity.
        pub activity: Key,
        /// Its name.
        pub name: Label,
        /// The session's number in it, counted from 1.
        pub session: SessionCount,
        /// The learner's time.
        pub minutes: Minutes,
        /// What this session is assumed to add to goals: its part of the activity's assumed gain.
        pub credits: Vec<Credit>,
        /// The week in the plan as it was made.
        pub planned_week: WeekCount,
        /// The week for which it stands now.
        pub week: WeekCount,
        /// How far it has come.
        pub state: ItemState,
    }
}

object! {
    /// What earlier versions of a plan leave to the next: it is kept and never edited.
    #[derive(Default)]
    pub struct Carried {
        /// The sessions that were held.
        pub done: Vec<DoneItem>,
        /// The evidence that was gathered.
        pub evidence: Vec<PlanEvidence>,
    }
}

object! {
    /// A session that was held.
    pub struct DoneItem {
        /// The activity.
        pub activity: Key,
        /// Its name.
        pub name: Label,
        /// The session's number in it.
        pub session: SessionCount,
        /// What it was assumed to add to goals.
        pub credits: Vec<Credit>,
        /// The day on which it ended.
        pub on: Day,
    }
}

impl PlanRecord {
    /// Reads a record from JSON text.
    ///
    /// # Errors
    ///
    /// The text does not have the shape of a record (one fault, with its place), or it breaks rules (all of them).
    pub fn from_json(text: &str) -> Result<Self, Faults> {
        from_json(text)
    }

    /// The record after one more event.
    ///
    /// To replace a plan by its next version use [`PlanRecord::replan`], which makes both.
    ///
    /// # Errors
    ///
    /// [`TransitionError::Illegal`] when the table of [`PlanStatus`] does not allow the event, with what it allows;
    /// [`TransitionError::IllegalItem`] when the table of [`ItemState`] does not; [`TransitionError::Guard`] when a
    /// condition of the event does not hold.
    pub fn apply(&self, event: PlanEvent, actor: Reference, on: Day) -> Result<Self, TransitionError> {
        self.after([PlanStep { on, by: actor, event }]).map_err(|(_, error)| error)
    }

    /// The record after these events, the oldest first; all of them happen or none.
    ///
    /// The state is what the history leads to, so every call goes through the whole history: many events at once take
    /// about as long as one.
    ///
    /// # Errors
    ///
    /// [`TransitionError::Step`] about the first event that is refused: which it is, and why as for
    /// [`PlanRecord::apply`].
    pub fn apply_all(&self, steps: impl IntoIterator<Item = PlanStep>) -> Result<Self, TransitionError> {
        let numbered = |(place, cause): (usize, _)| TransitionError::Step { number: place + 1, cause: Box::new(cause) };
        self.after(steps).map_err(numbered)
    }

    /// The record after some steps, or the place of the first one refused.
    fn after(&self, steps: impl IntoIterator<Item = PlanStep>) -> Result<Self, (usize, TransitionError)> {
        let (mut life, mut next) = (Life::of(self), self.clone());
        for (place, step) in steps.into_iter().enumerate() {
            let event = step.event.kind();
            if event == EventKind::Replan && life.status.allowed().contains(&event) {
                return Err((place, TransitionError::Guard { event, guard: Guard::NewVersionMissing }));
            }
            life.step(&step).map_err(|error| (place, error))?;
            next.history.push(step);
        }
        life.store(&mut next);
        Ok(next)
    }

    /// The record after its next version was made.
    pub(super) fn superseded(&self, next: PlanVersion, actor: Reference, on: Day) -> Result<Self, TransitionError> {
        let step = PlanStep { on, by: actor, event: PlanEvent::Replan { next } };
        let (mut life, mut record) = (Life::of(self), self.clone());
        life.step(&step)?;
        record.history.push(step);
        life.store(&mut record);
        Ok(record)
    }

    /// The plan's reference; all its versions share it.
    #[must_use]
    pub fn id(&self) -> &Reference {
        &self.id
    }

    /// Which version this is.
    #[must_use]
    pub fn version(&self) -> PlanVersion {
        self.version
    }

    /// What this plan replaces or follows.
    #[must_use]
    pub fn previous(&self) -> Option<&PlanPin> {
        self.previous.as_ref()
    }

    /// The person.
    #[must_use]
    pub fn person(&self) -> &Reference {
        &self.person
    }

    /// The coach.
    #[must_use]
    pub fn coach(&self) -> &Reference {
        &self.coach
    }

    /// The role.
    #[must_use]
    pub fn role(&self) -> &Key {
        &self.role
    }

    /// The rubric by which the person is judged.
    #[must_use]
    pub fn rubric(&self) -> &RubricPin {
        &self.rubric
    }

    /// The first day of the first week.
    #[must_use]
    pub fn start(&self) -> Day {
        self.start
    }

    /// How many weeks were planned.
    #[must_use]
    pub fn weeks(&self) -> WeekCount {
        self.weeks
    }

    /// How long the person has been in the role.
    #[must_use]
    pub fn tenure(&self) -> Tenure {
        self.tenure
    }

    /// How old a baseline may be when the work begins.
    #[must_use]
    pub fn baseline_days(&self) -> DayCount {
        self.baseline_days
    }

    /// The goals.
    #[must_use]
    pub fn goals(&self) -> &[PlanGoal] {
        &self.goals
    }

    /// The goal about this criterion.
    #[must_use]
    pub fn goal(&self, criterion: &str) -> Option<&PlanGoal> {
        self.goals.iter().find(|goal| goal.criterion.as_str() == criterion)
    }

    /// The sessions.
    #[must_use]
    pub fn items(&self) -> &[PlanItem] {
        &self.items
    }

    /// The check-ins and reviews.
    #[must_use]
    pub fn checkpoints(&self) -> &[Checkpoint] {
        &self.checkpoints
    }

    /// What was done and shown under earlier versions.
    #[must_use]
    pub fn carried(&self) -> &Carried {
        &self.carried
    }

    /// How far the plan has come.
    #[must_use]
    pub fn status(&self) -> PlanStatus {
        self.status
    }

    /// By how many weeks pauses moved what was open.
    #[must_use]
    pub fn moved(&self) -> WeekShift {
        self.moved
    }

    /// Everything that happened, oldest first.
    #[must_use]
    pub fn history(&self) -> &[PlanStep] {
        &self.history
    }

    /// The evidence about one goal, of earlier versions first.
    pub fn evidence(&self, criterion: &Key) -> impl Iterator<Item = &PlanEvidence> {
        self.all_evidence().filter(move |one| one.criterion == *criterion)
    }

    /// All evidence, of earlier versions first.
    pub(super) fn all_evidence(&self) -> impl Iterator<Item = &PlanEvidence> {
        let added = self.history.iter().filter_map(|step| match &step.event {
            PlanEvent::AddEvidence { evidence } => Some(evidence),
            _ => None,
        });
        self.carried.evidence.iter().chain(added)
    }

    /// The verdict about one goal, once it was given.
    #[must_use]
    pub fn verdict(&self, about: &Key) -> Option<GoalVerdict> {
        self.history.iter().find_map(|step| match &step.event {
            PlanEvent::JudgeGoal { criterion, verdict, .. } if criterion == about => Some(*verdict),
            _ => None,
        })
    }

    /// The first day of a week of the plan.
    #[must_use]
    pub fn first_day(&self, week: WeekCount) -> Day {
        self.start.plus_days(7 * (i32::from(week.get()) - 1))
    }

    /// The last day of a week in which something was due when the plan was made: pauses move it.
    #[must_use]
    pub fn due_day(&self, planned: WeekCount) -> Day {
        self.start.plus_days(7 * (i32::from(planned.get()) + i32::from(self.moved.get())) - 1)
    }

    /// The checkpoints that should have been held by this day.
    pub fn overdue_checkpoints(&self, on: Day) -> impl Iterator<Item = &Checkpoint> {
        self.checkpoints.iter().filter(move |one| one.held.is_none() && self.due_day(one.week) < on)
    }
}
