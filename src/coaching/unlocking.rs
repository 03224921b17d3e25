//! The smallest change of the limits that would allow an activity for an urgent goal, found by planning again.

use std::collections::BTreeSet;

use super::open_goal::OpenGoal;
use super::person_problem::PersonProblem;
use super::phases::SoFar;
use super::planner::reached_of_targets;
use super::solved::Solved;
use super::{
    Activity, CostBand, FocusCount, LimitChange, LongerWeek, MilliLevels, Minutes, Planner, Unlock, WeekCount,
    WeekMinutes,
};
use crate::profile::GapAnalysis;
use crate::value::Key;

/// How many further weeks are tried.
const MOST_MORE_WEEKS: u8 = 12;

/// How many further minutes in total are tried, in steps of a quarter of an hour.
const MOST_MORE_MINUTES: u32 = 600;

impl Planner<'_> {
    /// What would allow an activity for the goal on this criterion.
    pub(super) fn unlock(&self, gaps: &GapAnalysis, criterion: &Key) -> Unlock {
        let helps = |(changes, planner): (Vec<LimitChange>, Self)| {
            let (activity, assumed_gain, so_far) = planner.serving(gaps, criterion)?;
            Some(Unlock {
                criterion: criterion.clone(),
                changes,
                name: self.library.activity(activity.as_str()).map(|one| one.name.clone()),
                activity: Some(activity),
                assumed_gain,
                reached_of_targets: Some(reached_of_targets(&OpenGoal::all(self, gaps), &so_far)),
            })
        };
        let nothing = || Unlock {
            criterion: criterion.clone(),
            changes: Vec::new(),
            activity: None,
            name: None,
            assumed_gain: MilliLevels::MIN,
            reached_of_targets: None,
        };
        self.candidates(gaps, criterion).find_map(helps).unwrap_or_else(nothing)
    }

    /// Changes to try, smaller ones first: one change alone, then two together.
    fn candidates(&self, gaps: &GapAnalysis, criterion: &Key) -> impl Iterator<Item = (Vec<LimitChange>, Self)> {
        let alone = self.single_changes(gaps, criterion);
        let pairs = alone.clone().into_iter().filter(|(change, _)| change.goes_with_others());
        let pairs = pairs.flat_map(move |(first, planner)| {
            let second = planner.single_changes(gaps, criterion).into_iter();
            let is_other = {
                let first = std::mem::discriminant(&first);
                move |(change, _): &(LimitChange, Self)| std::mem::discriminant(change) != first
            };
            second.filter(is_other).map(move |(second, planner)| (vec![first.clone(), second], planner))
        });
        alone.into_iter().map(|(change, planner)| (vec![change], planner)).chain(pairs)
    }

    /// One change alone: a longer week, a higher cost band, more weeks, more minutes, more starts, a wish given up.
    fn single_changes(&self, gaps: &GapAnalysis, criterion: &Key) -> Vec<(LimitChange, Self)> {
        let loads = self.weekly_loads(gaps, criterion);
        let mut changes = self.longer_weeks_for(&loads);
        changes.extend(self.higher_costs());
        changes.extend(self.more_weeks());
        changes.extend(self.more_in_total());
        changes.extend(self.more_minutes_for(&loads));
        changes.extend(self.more_starts());
        changes.extend(self.wishes_given_up());
        changes
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
                planner.limits.longer_weeks.get_or_insert_default().weeks.push(week);
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

    fn more_in_total(&self) -> Vec<(LimitChange, Self)> {
        let Some(total) = self.limits.minutes_in_total else { return Vec::new() };
        let more = (15..=MOST_MORE_MINUTES).step_by(15).filter_map(|more| Minutes::new(total.get() + more).ok());
        more.map(|minutes| {
            let mut planner = self.clone();
            planner.limits.minutes_in_total = Some(minutes);
            (LimitChange::MoreMinutesInTotal { minutes_in_total: minutes }, planner)
        })
        .collect()
    }

    fn more_minutes_for(&self, loads: &BTreeSet<u32>) -> Vec<(LimitChange, Self)> {
        let more = loads.iter().filter_map(|minutes| WeekMinutes::new(*minutes).ok());
        more.map(|minutes| {
            let mut planner = self.clone();
            planner.limits.minutes_per_week = minutes;
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

    fn wishes_given_up(&self) -> Vec<(LimitChange, Self)> {
        let given_up = self.limits.without.iter().map(|activity| {
            let mut planner = self.clone();
            planner.limits.without.retain(|one| one != activity);
            (LimitChange::Allow { activity: activity.clone() }, planner)
        });
        given_up.collect()
    }

    /// The activity that this planner plans first for the goal, what its phase is assumed to add, and the whole plan.
    fn serving(&self, gaps: &GapAnalysis, criterion: &Key) -> Option<(Key, MilliLevels, SoFar)> {
        if !PersonProblem::could_serve(self, gaps, criterion) {
            return None;
        }
        let mut served = None;
        let so_far = self.all_phases(gaps, &mut |_, person, solved| {
            if served.is_none() {
                served = served_in(person, solved, criterion);
            }
        });
        let (activity, gained) = served?;
        Some((activity, gained, so_far.ok()?))
    }
}

impl LimitChange {
    /// Whether it is tried together with a second one of another kind.
    const fn goes_with_others(&self) -> bool {
        matches!(self, Self::HigherCost { .. } | Self::MoreWeeks { .. } | Self::MoreMinutesAWeek { .. })
    }
}

/// The first activity that a phase plans for the goal, and what the phase is assumed to add to it.
fn served_in(person: &PersonProblem<'_>, solved: &Solved, criterion: &Key) -> Option<(Key, MilliLevels)> {
    let is_meant = |goal: &usize| person.goals.get(*goal).is_some_and(|goal| goal.gap.criterion == *criterion);
    let place = person.focus.iter().position(is_meant)?;
    let closed = *solved.outcome.evaluation()?.people().first()?.closed().get(place)?;
    let gained = MilliLevels::new(u16::try_from(closed).ok()?).ok().filter(|gained| *gained > MilliLevels::MIN)?;
    let goal = person.focus.get(place)?;
    let mut works = solved.outcome.plan()?.iter().filter_map(|placed| {
        person.variants.iter().find(|one| one.id == placed.activity && one.credited.contains(goal))
    });
    works.next().map(|one| (one.activity.key.clone(), gained))
}
