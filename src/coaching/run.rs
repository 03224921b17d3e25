use super::{Activity, PlanLimits};
use crate::value::Day;

/// What is left to do of an activity: a whole run, or the rest of one that is under way.
pub(super) struct Run<'a> {
    activity: &'a Activity,
    /// How many sessions were held already.
    pub(super) held: usize,
    /// How many of these the observations show, because they were held by the day of the gaps.
    seen: usize,
    /// How many days after the start of the plan the next session may be held.
    due: usize,
}

/// Runs after the first count half as much as the one before; more than these are not planned.
const MOST_RUNS: usize = 4;

impl<'a> Run<'a> {
    pub(super) fn of(activity: &'a Activity, limits: &PlanLimits, as_of: Day) -> Self {
        let under_way = limits.under_way.iter().find(|one| one.activity == activity.key);
        let held_on = under_way.map(|one| one.held_on.as_slice()).unwrap_or_default();
        let gap = i32::from(activity.gap_days.get());
        let due = held_on.iter().max().map_or(0, |last| last.plus_days(gap).days_since(limits.start));
        let seen = held_on.iter().filter(|day| **day <= as_of).count();
        Self { activity, held: held_on.len(), seen, due: usize::try_from(due).unwrap_or(0) }
    }

    /// Whether sessions were held already.
    pub(super) fn is_under_way(&self) -> bool {
        self.held > 0
    }

    /// How many whole weeks of the plan have to pass before it.
    pub(super) fn weeks_before(&self) -> usize {
        self.due / 7
    }

    /// The minutes of each session that is left.
    pub(super) fn session_minutes(&self) -> impl Iterator<Item = u32> {
        self.activity.session_minutes().skip(self.held)
    }

    pub(super) fn minutes(&self) -> u32 {
        self.session_minutes().sum()
    }

    /// In which week after the first a session takes place, sessions that are left counted from 0.
    pub(super) fn week_of_session(&self, session: usize) -> usize {
        self.days_into_run(session) / 7
    }

    /// The first day of the plan, counted from 0, on which a session may be held when the run begins in this week.
    pub(super) fn day_of_session(&self, first_week: usize, session: usize) -> usize {
        7 * first_week + self.days_into_run(session)
    }

    /// How many days after the first day of the week in which the run begins, or goes on, a session may be held.
    ///
    /// What is under way goes on with the same day of a week, whichever week that is, so that its minutes fall alike.
    fn days_into_run(&self, session: usize) -> usize {
        self.due % 7 + session * usize::from(self.activity.gap_days.get())
    }

    fn last_week(&self) -> usize {
        let left = usize::from(self.activity.sessions.get()).saturating_sub(self.held);
        self.week_of_session(left.saturating_sub(1))
    }

    /// The learner's minutes in each week.
    pub(super) fn weekly_load(&self) -> Vec<i64> {
        let mut load = vec![0; self.last_week() + 1];
        for (session, minutes) in self.session_minutes().enumerate() {
            if let Some(week) = load.get_mut(self.week_of_session(session)) {
                *week += i64::from(minutes);
            }
        }
        load
    }

    /// From the start of a run to the start of its refresher, in weeks.
    pub(super) fn repeat_gap(&self) -> usize {
        self.last_week() + usize::from(self.activity.refresh_after_days.get()).div_ceil(7).max(1)
    }

    /// What the run is assumed to add to what the observations show: of sessions that they show, nothing more.
    fn gain(&self) -> i64 {
        let whole = self.activity.assumed_gain().map_or(0, |gain| i64::from(gain.get()));
        whole - whole * self.seen as i64 / i64::from(self.activity.sessions.get())
    }

    /// What each run adds: the assumed gain, then half of the run before, as often as the plan has room for refreshers.
    ///
    /// The rest of a run has no refreshers: all runs of an activity in one problem are alike.
    pub(super) fn gains(&self, weeks: usize) -> Vec<i64> {
        let refreshers = match self.activity.refresh_after_days.get() {
            0 => 0,
            _ if self.is_under_way() => 0,
            _ => weeks.saturating_sub(self.last_week() + 1) / self.repeat_gap(),
        };
        (0..=refreshers.min(MOST_RUNS - 1)).map(|run| self.gain() >> run).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coaching::{ActivityLibrary, CostBand, UnderWay};

    #[test]
    fn what_is_under_way_keeps_the_days_between_its_sessions() {
        let activity = ActivityLibrary::builtin().activity("summary_back_drills").unwrap();
        assert_eq!((activity.sessions.get(), activity.gap_days.get()), (4, 5));
        let start: Day = "2026-07-06".parse().unwrap();
        let days = |held_on: &str, first_week: usize| {
            let under_way = UnderWay { activity: activity.key.clone(), held_on: vec![held_on.parse().unwrap()] };
            let room = PlanLimits::new(start, 8.try_into().unwrap(), 60.try_into().unwrap(), CostBand::High);
            let limits = PlanLimits { under_way: vec![under_way], ..room };
            let run = Run::of(activity, &limits, start);
            let day = |session| run.day_of_session(first_week + run.weeks_before(), session);
            let weeks: Vec<_> = (0..3).map(|session| run.week_of_session(session)).collect();
            ((0..3).map(day).collect::<Vec<_>>(), weeks, run.weekly_load().len())
        };
        assert_eq!(days("2026-07-05", 0), (vec![4, 9, 14], vec![0, 1, 2], 3), "five days after the Sunday before");
        assert_eq!(days("2026-07-05", 1), (vec![11, 16, 21], vec![0, 1, 2], 3));
        assert_eq!(days("2026-07-01", 0), (vec![0, 5, 10], vec![0, 0, 1], 2));
        assert_eq!(days("2026-07-09", 0), (vec![8, 13, 18], vec![0, 0, 1], 2), "due in the second week");
    }
}
