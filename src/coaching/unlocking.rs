//! The smallest change of the limits that would allow an activity for an urgent goal, found by planning again.

use std::collections::BTreeSet;

use super::person_problem::PersonProblem;
use super::phases::SoFar;
use super::solved::Solved;
use super::{
    Activity, CostBand, FocusCount, LimitChange, LongerWeek, MilliLevels, Planner, Unlock, WeekCount, WeekMinutes,
};
use crate::profile::GapAnalysis;
use crate::value::Key;

/// How many further weeks are tried.
const MOST_MORE_WEEKS: u8 = 12;

impl Planner<'_> {
    /// What would allow an activity for the goal on this criterion.
    pub(super) fn unlock(&self, gaps: &GapAnalysis, criterion: &Key) -> Unlock {
        let changes = self.candidates(gaps, criterion);
        for (changes, planner) in changes {
            if let Some((activity, gained)) = planner.first_activity_for(gaps, criterion) {
                let (activity, name) = (Some(activity.key.clone()), Some(activity.name.clone()));
                return Unlock { criterion: criterion.clone(), changes, activity, name, assumed_gain: gained };
            }
        }
        let criterion = criterion.clone();
        Unlock { criterion, changes: Vec::new(), activity: None, name: None, assumed_gain: MilliLevels::MIN }
    }

    /// Changes to try, smaller ones first: one change alone, then a dearer activity with one of the others.
    fn candidates(&self, gaps: &GapAnalysis, criterion: &Key) -> Vec<(Vec<LimitChange>, Self)> {
        let single = |planner: &Self| -> Vec<(LimitChange, Self)> {
            let loads = planner.weekly_loads(gaps, criterion);
            let mut changes = planner.longer_weeks_for(&loads);
            changes.extend(planner.more_weeks());
            changes.extend(planner.more_minutes_for(&loads));
            changes.extend(planner.more_starts());
            changes
        };
        let mut all: Vec<(Vec<LimitChange>, Self)> = Vec::new();
        let alone = |(change, planner): (LimitChange, Self)| (vec![change], planner);
        let wishes: Vec<_> = self.wishes_given_up(criterion).into_iter().map(alone).collect();
        let dearer: Vec<(LimitChange, Self)> = self.higher_costs();
        let (longer, rest): (Vec<_>, Vec<_>) =
            single(self).into_iter().partition(|(change, _)| matches!(change, LimitChange::LongerWeek { .. }));
        all.extend(longer.into_iter().map(alone));
        all.extend(dearer.iter().cloned().map(alone));
        all.extend(rest.into_iter().map(alone));
        all.extend(wishes);
        for (dear, planner) in dearer {
            all.extend(single(&planner).into_iter().map(|(change, planner)| (vec![dear.clone(), change], planner)));
        }
        all
    }

    /// The heaviest weeks of the activities that could work on the criterion if the limits allowed them, lightest first.
    fn weekly_loads(&self, gaps: &GapAnalysis, criterion: &Key) -> BTreeSet<u32> {
        let could = |one: &&Activity| one.criteria.contains(criterion) && one.assumed_gain().is_some();
        let loads = self.library.activities().iter().filter(could).filter_map(|activity| {
            let most = self.run(activity, gaps.as_of()).weekly_load().into_iter().max()?;
            u32::try_from(most).ok()
        });
        loads.filter(|minutes| *minutes > self.limits.minutes_per_week.get()).collect()
    }

    /// One week with more minutes, lighter ones and earlier weeks first.
    fn longer_weeks_for(&self, loads: &BTreeSet<u32>) -> Vec<(LimitChange, Self)> {
        let weeks = 1..=self.limits.weeks.get();
        let changes = loads.iter().flat_map(|minutes| weeks.clone().map(move |week| (*minutes, week)));
        let longer = changes.filter(|(minutes, week)| self.limits.minutes_in_week(u32::from(*week)) < *minutes);
        longer
            .filter_map(|(minutes, week)| {
                let week = LongerWeek { week: WeekCount::new(week).ok()?, minutes: WeekMinutes::new(minutes).ok()? };
                let mut planner = self.clone();
                planner.limits.longer_weeks.weeks.push(week);
                planner.limits.minutes_in_total = None;
                Some((LimitChange::LongerWeek { week }, planner))
            })
            .collect()
    }

    fn higher_costs(&self) -> Vec<(LimitChange, Self)> {
        let dearer = CostBand::ALL.iter().copied().filter(|band| *band > self.limits.highest_cost);
        dearer
            .map(|highest_cost| {
                let mut planner = self.clone();
                planner.limits.highest_cost = highest_cost;
                (LimitChange::HigherCost { highest_cost }, planner)
            })
            .collect()
    }

    fn more_weeks(&self) -> Vec<(LimitChange, Self)> {
        let more = (1..=MOST_MORE_WEEKS).filter_map(|more| self.limits.weeks.get().checked_add(more));
        more.filter_map(|weeks| {
            let weeks = WeekCount::new(weeks).ok()?;
            let mut planner = self.clone();
            planner.limits.weeks = weeks;
            Some((LimitChange::MoreWeeks { weeks }, planner))
        })
        .collect()
    }

    fn more_minutes_for(&self, loads: &BTreeSet<u32>) -> Vec<(LimitChange, Self)> {
        let more = loads.iter().filter_map(|minutes| WeekMinutes::new(*minutes).ok());
        more.map(|minutes| {
            let mut planner = self.clone();
            planner.limits.minutes_per_week = minutes;
            planner.limits.minutes_in_total = None;
            (LimitChange::MoreMinutesAWeek { minutes }, planner)
        })
        .collect()
    }

    fn more_starts(&self) -> Option<(LimitChange, Self)> {
        let starts = FocusCount::new(self.focus.starts_per_week.get() + 1).ok()?;
        let mut planner = self.clone();
        planner.focus.starts_per_week = starts;
        Some((LimitChange::MoreStartsAWeek { starts }, planner))
    }

    fn wishes_given_up(&self, criterion: &Key) -> Vec<(LimitChange, Self)> {
        let works = |key: &&Key| {
            let activity = self.library.activity(key.as_str());
            activity.is_some_and(|activity| activity.criteria.contains(criterion))
        };
        let wishes = self.limits.without.iter().filter(works);
        wishes
            .map(|activity| {
                let mut planner = self.clone();
                planner.limits.without.retain(|one| one != activity);
                (LimitChange::Allow { activity: activity.clone() }, planner)
            })
            .collect()
    }

    /// An activity that this planner's first phase plans for the goal, and what the phase is assumed to add to it.
    fn first_activity_for(&self, gaps: &GapAnalysis, criterion: &Key) -> Option<(&Activity, MilliLevels)> {
        let phase = self.phase_after(&SoFar::default(), true)?;
        let person = PersonProblem::new(&phase, gaps).ok()?;
        let place = person
            .focus
            .iter()
            .position(|goal| person.goals.get(*goal).is_some_and(|goal| goal.gap.criterion == *criterion))?;
        let solved = Solved::best(&person).ok()?;
        let closed = *solved.outcome.evaluation()?.people().first()?.closed().get(place)?;
        let goal = person.focus.get(place)?;
        let planned = solved.outcome.plan()?.iter().filter_map(|placed| {
            person.variants.iter().find(|one| one.id == placed.activity && one.credited.contains(goal))
        });
        let key = planned.map(|one| &one.activity.key).next()?.clone();
        let gained = MilliLevels::new(u16::try_from(closed).ok()?).ok().filter(|gained| *gained > MilliLevels::MIN)?;
        Some((self.library.activity(key.as_str())?, gained))
    }
}
