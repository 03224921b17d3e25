use super::{
    ActivityLibrary, CoachingError, CostBand, LongerWeeks, Minutes, UnderWay, UnknownActivity, WeekCount, WeekMinutes,
};
use crate::value::strict::document;
use crate::value::{Day, Faults, Key, SchemaVersion, from_json, repeated};

document! {
    /// What a plan has to live with, and what the person wishes.
    pub struct PlanLimits {
        /// The version of this document's shape; the current one when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub schema_version: Option<SchemaVersion>,
        /// The first day of the first week.
        pub start: Day,
        /// How many weeks there are.
        pub weeks: WeekCount,
        /// The learner's time in each week.
        pub minutes_per_week: WeekMinutes,
        /// The weeks that may hold more: every fourth up to 120 minutes when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub longer_weeks: Option<LongerWeeks>,
        /// The learner's time in all weeks together; not limited further when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub minutes_in_total: Option<Minutes>,
        /// The dearest activities allowed.
        pub highest_cost: CostBand,
        /// The activities that the person has done already: they are not planned again, and nothing waits for them. What
        /// they brought is in the observations; no gain is assumed of them.
        pub completed: Vec<Key>,
        /// The runs that were begun and not finished: only the sessions that are left are planned, and once they are
        /// held the run brings what the observations do not show yet. None of these is planned by force.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub under_way: Vec<UnderWay>,
        /// The activities that the person wants for sure, with what has to come before them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub required: Vec<Key>,
        /// The activities that the person does not want; what needs one of them first is out too.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub without: Vec<Key>,
    }
}

impl PlanLimits {
    /// Reads limits from JSON text.
    ///
    /// # Errors
    ///
    /// The text does not have the shape of limits (one fault, with its place).
    pub fn from_json(text: &str) -> Result<Self, Faults> {
        from_json(text)
    }

    /// So many weeks with so much time each; nothing was done before, and there are no wishes.
    ///
    /// The other members can be set after, or beside: `PlanLimits { without, ..PlanLimits::new(…) }`.
    #[must_use]
    pub fn new(start: Day, weeks: WeekCount, minutes_per_week: WeekMinutes, highest_cost: CostBand) -> Self {
        Self {
            schema: None,
            schema_version: None,
            start,
            weeks,
            minutes_per_week,
            longer_weeks: None,
            minutes_in_total: None,
            highest_cost,
            completed: Vec::new(),
            under_way: Vec::new(),
            required: Vec::new(),
            without: Vec::new(),
        }
    }

    /// What the longer weeks allow in a week, counted from 1; nothing where it is like the others.
    pub(super) fn longer_minutes(&self, week: u32) -> Option<u32> {
        match &self.longer_weeks {
            Some(longer) => longer.minutes_in(week),
            None => LongerWeeks::default().minutes_in(week),
        }
    }

    /// The learner's minutes in a week, counted from 1.
    #[must_use]
    pub fn minutes_in_week(&self, week: u32) -> u32 {
        self.minutes_per_week.get().max(self.longer_minutes(week).unwrap_or(0))
    }

    /// Whether all activities named are in the library, and no two wishes contradict each other.
    pub(super) fn check(&self, library: &ActivityLibrary) -> Result<(), CoachingError> {
        let begun = self.under_way.iter().map(|one| &one.activity);
        let mut named = self.completed.iter().chain(begun).chain(&self.required).chain(&self.without);
        if let Some(unknown) = named.find(|key| library.activity(key.as_str()).is_none()) {
            return Err(UnknownActivity::new(unknown.clone(), library.id().clone()).into());
        }
        self.check_wishes()?;
        let last = self.last_day()?;
        for one in &self.under_way {
            if let Some(on) = one.held_on.iter().find(|day| **day > last) {
                return Err(CoachingError::HeldAfterPlan { activity: one.activity.clone(), on: *on, last });
            }
            let sessions = library.activity(one.activity.as_str()).map(|activity| activity.sessions);
            if let Some(sessions) = sessions.filter(|sessions| one.held_on.len() >= usize::from(sessions.get())) {
                return Err(CoachingError::NoSessionLeft { activity: one.activity.clone(), sessions });
            }
        }
        Ok(())
    }

    /// The last day of the last week.
    fn last_day(&self) -> Result<Day, CoachingError> {
        let days = 7 * i32::from(self.weeks.get()) - 1;
        if Day::MAX.days_since(self.start) < days {
            return Err(CoachingError::BeyondLastDay { start: self.start, weeks: self.weeks });
        }
        Ok(self.start.plus_days(days))
    }

    /// Whether no two things that are said of one activity contradict each other.
    pub(super) fn check_wishes(&self) -> Result<(), CoachingError> {
        if let Some((_, twice)) = repeated(&self.under_way, |one| &one.activity).first() {
            return Err(contradiction(&twice.activity, "under_way", "under_way"));
        }
        if let Some(both) = self.under_way.iter().map(|one| &one.activity).find(|key| self.completed.contains(key)) {
            return Err(contradiction(both, "completed", "under_way"));
        }
        if let Some(both) = self.required.iter().find(|key| self.completed.contains(key)) {
            return Err(contradiction(both, "completed", "required"));
        }
        if let Some(both) = self.required.iter().find(|key| self.without.contains(key)) {
            return Err(contradiction(both, "required", "without"));
        }
        Ok(())
    }
}

fn contradiction(activity: &Key, first: &'static str, second: &'static str) -> CoachingError {
    CoachingError::Contradiction { activity: activity.clone(), first, second }
}
