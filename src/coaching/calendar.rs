//! Places the sessions of activities in weeks.

use std::collections::BTreeSet;

use super::{Activity, Minutes, PlanLimits, PlannedSession, WeekCount};
use crate::value::Key;

/// The learner's time and attention, week by week.
#[derive(Clone, Debug)]
pub(super) struct Calendar {
    limits: PlanLimits,
    weeks: Vec<Week>,
    minutes_left: u64,
}

#[derive(Clone, Debug, Default)]
struct Week {
    minutes: u32,
    /// The goals in work; a session every other week keeps its goal in work in between.
    focus: BTreeSet<Key>,
}

/// Where the sessions of an activity would go.
#[derive(Clone, Debug)]
pub(super) struct Placement {
    pub(super) sessions: Vec<PlannedSession>,
    first: usize,
    last: usize,
}

impl Placement {
    /// The first week, counted from 0, in which what needs this activity may start.
    pub(super) fn next_week(&self) -> usize {
        self.last + 1
    }
}

/// Why an activity has no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoPlace {
    /// Its sessions, with the days between them, take longer than the plan.
    TooLong,
    /// One of its sessions is longer than the time in a week.
    SessionTooLong,
    /// The time in total is used up.
    TotalUsedUp,
    /// No run of weeks has the time and the attention left.
    WeeksFull,
}

impl Calendar {
    /// At most so many goals are in work in the same week.
    pub(super) const FOCUS: usize = 2;

    pub(super) fn new(limits: &PlanLimits) -> Self {
        let weeks = vec![Week::default(); usize::from(limits.weeks.get())];
        let minutes_left = limits.minutes_in_total.map_or(u64::MAX, |minutes| u64::from(minutes.get()));
        Self { limits: limits.clone(), weeks, minutes_left }
    }

    /// The earliest place at or after the week `earliest` (counted from 0).
    pub(super) fn place(&self, activity: &Activity, goals: &[&Key], earliest: usize) -> Result<Placement, NoPlace> {
        let minutes: Vec<u32> = activity.session_minutes().collect();
        if u64::from(activity.minutes.get()) > self.minutes_left {
            return Err(NoPlace::TotalUsedUp);
        }
        if minutes.iter().any(|session| *session > self.limits.minutes_per_week.get()) {
            return Err(NoPlace::SessionTooLong);
        }
        let span = (minutes.len() - 1) * usize::from(activity.gap_days.get()) / 7 + 1;
        let latest = self.weeks.len().checked_sub(span).ok_or(NoPlace::TooLong)?;
        let found = (earliest..=latest).find_map(|first| self.place_at(activity, &minutes, goals, first));
        found.ok_or(NoPlace::WeeksFull)
    }

    fn place_at(&self, activity: &Activity, minutes: &[u32], goals: &[&Key], first: usize) -> Option<Placement> {
        let mut sessions = Vec::with_capacity(minutes.len());
        let mut load = vec![0; self.weeks.len()];
        let mut last = first;
        for (number, &length) in minutes.iter().enumerate() {
            let days = first * 7 + number * usize::from(activity.gap_days.get());
            last = days / 7;
            let planned = load.get_mut(last)?;
            *planned += length;
            if self.weeks.get(last)?.minutes + *planned > self.limits.minutes_per_week.get() {
                return None;
            }
            sessions.push(PlannedSession {
                week: WeekCount::new(u8::try_from(last + 1).ok()?).ok()?,
                not_before: self.limits.start.plus_days(i32::try_from(days).ok()?),
                minutes: Minutes::new(length).ok()?,
            });
        }
        let has_attention = |week: &Week| {
            let new = goals.iter().filter(|goal| !week.focus.contains(**goal)).count();
            new == 0 || week.focus.len() + new <= Self::FOCUS
        };
        self.weeks.get(first..=last)?.iter().all(has_attention).then_some(Placement { sessions, first, last })
    }

    /// Takes the time and attention of a placement.
    pub(super) fn book(&mut self, placement: &Placement, goals: &[&Key]) {
        for session in &placement.sessions {
            if let Some(week) = self.weeks.get_mut(usize::from(session.week.get()) - 1) {
                week.minutes += session.minutes.get();
            }
            self.minutes_left = self.minutes_left.saturating_sub(u64::from(session.minutes.get()));
        }
        for week in self.weeks.iter_mut().take(placement.last + 1).skip(placement.first) {
            week.focus.extend(goals.iter().map(|goal| (*goal).clone()));
        }
    }
}
