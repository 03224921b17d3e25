//! A record, and how its entries are told.

use service_excellence::coaching::{GoalProgress, PlanEvent};
use service_excellence::{ActivityLibrary, CoachingPlan, Day, Key, PlanRecord, Reference, Score};

use super::Failure;
use super::sample::{Sample, contacts};

/// A record, with what its entries speak of.
pub(crate) struct Diary<'a> {
    pub(crate) record: PlanRecord,
    pub(crate) sample: &'a Sample,
}

impl Diary<'_> {
    pub(crate) fn apply(&mut self, event: PlanEvent, by: &Reference, on: &str) -> Result<(), Failure> {
        self.record = self.record.apply(event, by.clone(), on.parse()?)?;
        Ok(())
    }

    pub(crate) fn agree(
        &mut self,
        person: &Reference,
        coach: &Reference,
        [on, start]: [&str; 2],
    ) -> Result<(), Failure> {
        self.apply(PlanEvent::Submit {}, coach, on)?;
        self.apply(PlanEvent::Sign {}, coach, on)?;
        self.apply(PlanEvent::Sign {}, person, on)?;
        self.apply(PlanEvent::Agree {}, coach, on)?;
        self.apply(PlanEvent::Start {}, coach, start)?;
        println!("  Signed by both on {on}, begun on {start}: the plan is {}.", self.record.status());
        Ok(())
    }

    pub(crate) fn show_goals(&self) {
        for goal in self.record.goals() {
            let baseline = &goal.baseline;
            println!(
                "  Goal: {}, from {} to {} of 5 (where level {} starts) by {}.\n        {} contacts were seen before; so many \
                 leave {} as the likely level then.",
                self.sample.name(&goal.criterion),
                baseline.measured.score.on_level_scale(2),
                goal.target.on_level_scale(2),
                goal.to,
                self.record.due_day(goal.due),
                baseline.measured.observations,
                baseline.shrunken.on_level_scale(2),
            );
        }
    }

    /// The goals of the version before that the new plan does not work on, with its reason.
    pub(crate) fn show_left_out(&self, before: &PlanRecord, plan: &CoachingPlan) {
        for goal in before.goals().iter().filter(|goal| self.record.goal(goal.criterion.as_str()).is_none()) {
            let planned = plan.goals().iter().find(|one| one.criterion == goal.criterion);
            let why = planned.and_then(|one| one.reasons.last()).map_or("", |reason| reason.text.as_str());
            println!("  Left for a later plan, after new observations: {}. {why}", self.sample.name(&goal.criterion));
        }
    }

    pub(crate) fn show_checkpoints(&self) {
        let shown = self
            .record
            .checkpoints()
            .iter()
            .map(|one| format!("{} by {}", one.kind.in_words(), self.record.due_day(one.week)));
        let shown: Vec<_> = shown.collect();
        println!("  In the calendar from the start: {}.", shown.join(", "));
    }

    fn session_events(&self, activity: &str, number: u8) -> Result<[PlanEvent; 3], Failure> {
        let (activity, session): (Key, _) = (activity.parse()?, number.try_into()?);
        let mut items = self.record.items().iter();
        let item = items.find(|item| item.activity == activity && item.session == session).ok_or("no such session")?;
        Ok([
            PlanEvent::ScheduleItem { activity: activity.clone(), session, week: item.week },
            PlanEvent::BeginItem { activity: activity.clone(), session },
            PlanEvent::FinishItem { activity, session, minutes: Some(item.minutes) },
        ])
    }

    pub(crate) fn hold_session(&mut self, activity: &str, number: u8, on: &str) -> Result<(), Failure> {
        let person = self.record.person().clone();
        for event in self.session_events(activity, number)? {
            self.apply(event, &person, on)?;
        }
        println!("  {on}  held: {}, session {number}", name_of(activity));
        Ok(())
    }

    pub(crate) fn miss_session(&mut self, activity: &str, number: u8, on: &str, why: &str) -> Result<(), Failure> {
        let (person, coach) = (self.record.person().clone(), self.record.coach().clone());
        let [schedule, ..] = self.session_events(activity, number)?;
        self.apply(schedule.clone(), &coach, on)?;
        let (activity, session): (Key, _) = (activity.parse()?, number.try_into()?);
        let missed = PlanEvent::MissItem { activity: activity.clone(), session, note: Some(why.parse()?) };
        self.apply(missed, &person, on)?;
        println!("  {on}  missed: {}, session {number}. {why}", name_of(activity.as_str()));
        println!("              It is not lost and not held against anybody: it stays open until it gets a new week.");
        Ok(())
    }

    pub(crate) fn hold_checkpoint(&mut self, week: u8, on: &str, note: &str) -> Result<(), Failure> {
        let coach = self.record.coach().clone();
        let held = PlanEvent::HoldCheckpoint { week: week.try_into()?, note: Some(note.parse()?) };
        self.apply(held, &coach, on)?;
        println!("  {on}  talked: {note}");
        Ok(())
    }

    /// Every open session up to a day, in the middle of its week.
    pub(crate) fn hold_sessions_until(&mut self, until: &str) -> Result<(), Failure> {
        let until: Day = until.parse()?;
        let open = self.record.items().iter().filter(|item| item.state.is_open());
        let mut open: Vec<_> = open.map(|item| (item.week, item.activity.clone(), item.session)).collect();
        open.sort();
        for (week, activity, session) in open {
            let on = self.record.first_day(week).plus_days(2);
            if on <= until {
                self.hold_session(activity.as_str(), session.get(), &on.to_string())?;
            }
        }
        Ok(())
    }

    pub(crate) fn show_progress(&self, on: &str) -> Result<(), Failure> {
        println!("\n  How it stands on {on}:");
        for goal in self.record.goals() {
            let contacts = contacts(goal.criterion.as_str())?;
            let progress = self.record.progress(goal.criterion.as_str(), &contacts, &self.sample.model, on.parse()?)?;
            println!("  {}: {}", self.sample.name(&goal.criterion), in_words(&progress, goal.target));
        }
        Ok(())
    }
}

/// An activity as people call it.
fn name_of(activity: &str) -> String {
    let found = ActivityLibrary::builtin().activity(activity);
    found.map_or_else(|| activity.to_owned(), |activity| activity.name.to_string())
}

/// How a goal stands, and how sure that is.
fn in_words(progress: &GoalProgress, target: Score) -> String {
    let range = progress.level.interval().map_or_else(String::new, |interval| {
        format!(", {:.2} to {:.2} with 80 % confidence", interval.lower(), interval.upper())
    });
    let behind = if progress.is_falling_behind { " The ratings fall behind what was expected." } else { "" };
    let when = match progress.expected_week {
        None => "It is not expected to get there within the plan: talk about what is in the way.".to_owned(),
        Some(week) if week <= progress.week => "It is expected to be there now.".to_owned(),
        Some(week) => format!("It is expected to get there in week {week}."),
    };
    format!(
        "{}.\n    Likely level now {:.2}{range}. Chance to be at {} in time, if what is open is held: {} %.\n    {when}{behind}",
        progress.health.in_words(),
        progress.level.value(),
        target.on_level_scale(2),
        progress.probability.percent(0)
    )
}
