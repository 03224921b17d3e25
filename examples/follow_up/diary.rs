//! A record, and how its entries are told.

use service_excellence::coaching::{GoalProgress, PlanEvent, PlanGoal, PlanItem};
use service_excellence::{ActivityLibrary, CoachingPlan, Day, Key, PlanRecord, Reference, Score};

use super::common::Failure;
use super::common::output::tell;
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
        tell(&format!("  Signed by both on {on}, begun on {start}: the plan is {}.", self.record.status()));
        tell("  It can be changed by both at any time; what does not fit is best said at once.");
        Ok(())
    }

    pub(crate) fn show_goals(&self) {
        for goal in self.record.goals() {
            let baseline = &goal.baseline;
            tell(&format!(
                "  Goal: {}, from {} to {} of 5 (where level {} starts) by {}.\n        Allowing for chance in {} contacts, you \
                 started at about {}.\n        {}",
                self.sample.name(&goal.criterion),
                baseline.measured.score.on_level_scale(2),
                goal.target.on_level_scale(2),
                goal.to,
                self.record.due_day(goal.due),
                baseline.measured.observations,
                baseline.shrunken.on_level_scale(2),
                self.assumed_end(goal),
            ));
        }
    }

    /// Where the sessions, held and planned, are assumed to bring the person: often below the aim.
    fn assumed_end(&self, goal: &PlanGoal) -> String {
        let held = self.record.carried().done.iter().flat_map(|one| &one.credits);
        let credits = held.chain(self.record.items().iter().flat_map(|one| &one.credits));
        let credits = credits.filter(|credit| credit.criterion == goal.criterion);
        let gain: u32 = credits.map(|credit| u32::from(credit.assumed_gain.get())).sum();
        let aim = goal.target.on_level_scale(2);
        let end = goal.baseline.measured.level() + f64::from(gain) / 1_000.0;
        if end >= 1.0 + 4.0 * goal.target.to_f64() {
            return format!("The plan is assumed to bring you to {aim}, the aim.");
        }
        format!(
            "The plan is assumed to bring you to about {end:.2}; {aim} is the aim. If you end up at {end:.2}, the plan has \
             worked. It does not mean you fell short."
        )
    }

    /// The sessions of the plan, week by week.
    pub(crate) fn show_sessions(&self) {
        let mut items: Vec<_> = self.record.items().iter().collect();
        items.sort_by_key(|item| (item.week, &item.activity, item.session));
        tell("  The sessions now, by week:");
        for item in items {
            let first = self.record.first_day(item.week);
            tell(&format!("    {first}  {:>3} min  {}, session {}", item.minutes, item.name, item.session));
        }
    }

    /// The goals of the version before that the new plan does not work on, with its reason.
    pub(crate) fn show_left_out(&self, before: &Self, plan: &CoachingPlan, on: &str) -> Result<(), Failure> {
        for goal in before.record.goals().iter().filter(|goal| self.record.goal(goal.criterion.as_str()).is_none()) {
            let planned = plan.goals().iter().find(|one| one.criterion == goal.criterion);
            let why = planned.and_then(|one| one.reasons.last()).map_or("", |reason| reason.text.as_str());
            let (key, contacts) = (goal.criterion.as_str(), contacts(goal.criterion.as_str())?);
            let progress = before.record.progress(key, &contacts, &self.sample.model, on.parse()?)?;
            tell(&format!(
                "  A goal that waits: {}. {why}\n        Likely level from {} to about {:.2}, counting what the sessions are assumed to \
                 add. It stays open: contacts are\n        still rated on it, and it is looked at again at the final review.",
                self.sample.name(&goal.criterion),
                goal.baseline.shrunken.on_level_scale(2),
                progress.level.value(),
            ));
        }
        Ok(())
    }

    pub(crate) fn show_checkpoints(&self) {
        let shown = self
            .record
            .checkpoints()
            .iter()
            .map(|one| format!("{} by {}", one.kind.in_words(), self.record.due_day(one.week)));
        let shown: Vec<_> = shown.collect();
        tell(&format!("  In the calendar from the start: {}.", shown.join(", ")));
    }

    fn session_events(&self, activity: &str, number: u8) -> Result<[PlanEvent; 3], Failure> {
        let (activity, session): (Key, _) = (activity.parse()?, number.try_into()?);
        let mut items = self.record.items().iter();
        let item = items
            .find(|item| item.activity == activity && item.session == session)
            .ok_or_else(|| format!("expected session {number} of `{activity}` in the plan, found none"))?;
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
        tell(&format!("  {on}  held: {}, session {number}", name_of(activity)));
        Ok(())
    }

    pub(crate) fn miss_session(&mut self, activity: &str, number: u8, on: &str, why: &str) -> Result<(), Failure> {
        let (person, coach) = (self.record.person().clone(), self.record.coach().clone());
        let [schedule, ..] = self.session_events(activity, number)?;
        self.apply(schedule.clone(), &coach, on)?;
        let (activity, session): (Key, _) = (activity.parse()?, number.try_into()?);
        let missed = PlanEvent::MissItem { activity: activity.clone(), session, note: Some(why.parse()?) };
        self.apply(missed, &person, on)?;
        tell(&format!("  {on}  missed: {}, session {number}. {why}", name_of(activity.as_str())));
        tell("              It is not lost and not held against anybody: it stays open until it gets a new week.");
        Ok(())
    }

    pub(crate) fn hold_checkpoint(&mut self, week: u8, on: &str, note: &str) -> Result<(), Failure> {
        let coach = self.record.coach().clone();
        let held = PlanEvent::HoldCheckpoint { week: week.try_into()?, note: Some(note.parse()?) };
        self.apply(held, &coach, on)?;
        tell(&format!("  {on}  talked: {note}"));
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
        tell(&format!(
            "\n  How it stands on {on}; a likely level counts what held sessions are assumed to add, and the ratings:"
        ));
        for goal in self.record.goals() {
            let contacts = contacts(goal.criterion.as_str())?;
            let progress = self.record.progress(goal.criterion.as_str(), &contacts, &self.sample.model, on.parse()?)?;
            let open: Vec<_> = self.record.items().iter().filter(|item| item.state.is_open()).collect();
            let is_for_goal = |item: &&PlanItem| item.credits.iter().any(|one| one.criterion == goal.criterion);
            let left = match open.iter().copied().filter(is_for_goal).count() {
                _ if open.is_empty() => Left::Nothing,
                0 => Left::ForOthers,
                _ => Left::Sessions,
            };
            tell(&format!("  {}: {}", self.sample.name(&goal.criterion), in_words(&progress, goal.target, &left)));
        }
        Ok(())
    }
}

/// An activity as people call it.
fn name_of(activity: &str) -> String {
    let found = ActivityLibrary::builtin().activity(activity);
    found.map_or_else(|| activity.to_owned(), |activity| activity.name.to_string())
}

/// Which sessions are open.
enum Left {
    /// None.
    Nothing,
    /// None for this goal.
    ForOthers,
    /// Some for this goal.
    Sessions,
}

/// How a goal stands, and how sure that is.
fn in_words(progress: &GoalProgress, target: Score, left: &Left) -> String {
    let range = progress.level.interval().map_or_else(String::new, |interval| {
        format!(" (80 % interval {:.2} to {:.2})", interval.lower(), interval.upper())
    });
    let behind = if progress.is_falling_behind { " The ratings fall behind what was expected." } else { "" };
    let now = format!("{}.\n    Likely level now {:.2}{range}.", progress.health.in_words(), progress.level.value());
    let when = match progress.expected_week {
        _ if matches!(left, Left::Nothing) => return format!("{now} All that was planned is held.{behind}"),
        None if matches!(left, Left::ForOthers) => {
            "All that was planned for it is held; it is likely to end below the aim. That is no failing: talk about what \
             else would help."
                .to_owned()
        }
        None => "By what is assumed and seen, the plan ends below the aim. That is no failing: talk about what else would help."
            .to_owned(),
        Some(week) if week <= progress.week => "The likely level is at the aim now.".to_owned(),
        Some(week) => format!("It is expected to get there in week {week}."),
    };
    format!(
        "{now} Chance to be at {} in time, if what is open is held: {} %.\n    {when}{behind}",
        target.on_level_scale(2),
        progress.probability.percent(0)
    )
}
