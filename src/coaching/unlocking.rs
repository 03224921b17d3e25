//! The smallest change of the limits that would allow an activity for an urgent goal, found by planning again.

use std::collections::BTreeSet;
use std::mem::Discriminant;

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

/// So many changes of one kind are tried one after the other, even if the widest does not help: more room may go to goals
/// that are more urgent.
const FEW: usize = 12;

/// How many further minutes in total are tried, in steps of a quarter of an hour.
const MOST_MORE_MINUTES: u32 = 600;

impl Planner<'_> {
    /// What would allow an activity for the goal on this criterion.
    pub(super) fn unlock(&self, gaps: &GapAnalysis, criterion: &Key) -> Unlock {
        let goal = Wanted { gaps, criterion };
        let families = self.families(goal);
        let alone = families.iter().find_map(|family| family.smallest(goal, &[]));
        alone.or_else(|| goal.smallest_pair(&families)).unwrap_or_else(|| goal.locked())
    }

    /// Every kind of change: a longer week, a higher cost band, more weeks, more minutes, more starts, a wish given up.
    fn families(&self, goal: Wanted<'_>) -> Vec<Family<'_>> {
        let loads = self.weekly_loads(goal.gaps, goal.criterion);
        let more_minutes = self.more_minutes_for(&loads);
        let mut families: Vec<Family<'_>> = Vec::new();
        for (minutes, (_, in_every_week)) in loads.iter().zip(&more_minutes) {
            let widest = Some(in_every_week.clone());
            families.push(Family { widest, steps: self.longer_weeks_of(*minutes) });
        }
        let others = [
            self.higher_costs(),
            self.more_weeks(),
            self.more_in_total(),
            more_minutes,
            self.more_starts().into_iter().collect(),
        ];
        families.extend(
            others.into_iter().map(|steps| Family { widest: steps.last().map(|(_, planner)| planner.clone()), steps }),
        );
        // Giving up one wish says nothing of another.
        families.extend(self.wishes_given_up().into_iter().map(|step| Family { widest: None, steps: vec![step] }));
        families.retain(|family| !family.steps.is_empty());
        families
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

    /// One week with so many minutes, earlier ones first.
    fn longer_weeks_of(&self, minutes: u32) -> Vec<(LimitChange, Self)> {
        let longer =
            (1..=self.limits.weeks.get()).filter(|week| self.limits.minutes_in_week(u32::from(*week)) < minutes);
        longer
            .filter_map(|week| {
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

/// The goal that an activity is wanted for.
#[derive(Clone, Copy)]
struct Wanted<'a> {
    gaps: &'a GapAnalysis,
    criterion: &'a Key,
}

impl Wanted<'_> {
    /// The smallest two changes of different kinds that help together.
    fn smallest_pair(self, families: &[Family<'_>]) -> Option<Unlock> {
        let with_others = |family: &&Family<'_>| family.steps.iter().all(|(change, _)| change.goes_with_others());
        families.iter().filter(with_others).find_map(|first| {
            let widest = first.widest.as_ref()?;
            let seconds = widest.families(self).into_iter().filter(|second| second.kind() != first.kind());
            let kinds: Vec<_> = seconds.filter(|second| second.could_help(self)).map(|second| second.kind()).collect();
            first.steps.iter().filter(|_| !kinds.is_empty()).find_map(|(change, planner)| {
                let seconds = planner.families(self).into_iter().filter(|second| kinds.contains(&second.kind()));
                seconds.into_iter().find_map(|second| second.smallest(self, std::slice::from_ref(change)))
            })
        })
    }

    /// The unlock that these changes are.
    fn unlocked(self, changes: Vec<LimitChange>, planner: &Planner<'_>) -> Option<Unlock> {
        let (activity, assumed_gain, so_far) = planner.serving(self.gaps, self.criterion)?;
        Some(Unlock {
            criterion: self.criterion.clone(),
            changes,
            name: planner.library.activity(activity.as_str()).map(|one| one.name.clone()),
            activity: Some(activity),
            assumed_gain,
            reached_of_targets: Some(reached_of_targets(&OpenGoal::all(planner, self.gaps), &so_far)),
        })
    }

    /// No change that was tried helps.
    fn locked(self) -> Unlock {
        Unlock {
            criterion: self.criterion.clone(),
            changes: Vec::new(),
            activity: None,
            name: None,
            assumed_gain: MilliLevels::MIN,
            reached_of_targets: None,
        }
    }
}

/// Changes of one kind, smaller ones first, each with the planner that it leads to.
struct Family<'a> {
    /// Allows at least what each step allows; nothing where no planner does.
    widest: Option<Planner<'a>>,
    steps: Vec<(LimitChange, Planner<'a>)>,
}

impl Family<'_> {
    fn kind(&self) -> Option<Discriminant<LimitChange>> {
        self.steps.first().map(|(change, _)| std::mem::discriminant(change))
    }

    /// Whether the widest change helps: then it is worth while to look for a smaller one.
    fn could_help(&self, goal: Wanted<'_>) -> bool {
        let serves = |planner: &Planner<'_>| planner.serving(goal.gaps, goal.criterion).is_some();
        self.widest.as_ref().is_none_or(serves)
    }

    /// The place of the step to begin with: found by halving where each step allows all that the one before allows.
    fn first_to_try(&self, goal: Wanted<'_>) -> usize {
        let (mut first, mut last) = (0, self.steps.len().saturating_sub(1));
        let is_nested = matches!(self.steps.first(), Some((LimitChange::MoreMinutesInTotal { .. }, _)));
        while is_nested && first < last {
            let middle = first.midpoint(last);
            let helps = |(_, planner): &(_, Planner<'_>)| planner.serving(goal.gaps, goal.criterion).is_some();
            if self.steps.get(middle).is_some_and(helps) {
                last = middle;
            } else {
                first = middle + 1;
            }
        }
        first
    }

    /// The first step that helps, besides the changes made before.
    fn smallest(&self, goal: Wanted<'_>, before: &[LimitChange]) -> Option<Unlock> {
        if self.steps.len() > FEW && !self.could_help(goal) {
            return None;
        }
        self.steps.iter().skip(self.first_to_try(goal)).find_map(|(change, planner)| {
            let changes = before.iter().chain([change]).cloned().collect();
            goal.unlocked(changes, planner)
        })
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
