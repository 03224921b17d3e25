//! Which sessions of a person can take place and can matter.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Credit, Draw, Earlier, Goal, Item, Model, Overrides, Source, Weeks, up_to};
use crate::coaching::problem::{PlanProblem, ProblemActivity, ProblemGoal, ProblemPerson};
use crate::value::Key;

/// Finds the sessions of one person that can take place and can matter.
pub(super) struct Compiler<'a> {
    problem: &'a PlanProblem,
    place: usize,
    person: &'a ProblemPerson,
    places: BTreeMap<&'a str, usize>,
    completed: BTreeSet<usize>,
    mandatory: BTreeSet<usize>,
    earlier: Option<&'a Earlier>,
    /// By activity and session: the weeks in which it can start; an activity that cannot take place has none.
    starts: Vec<Vec<Weeks>>,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(problem: &'a PlanProblem, place: usize, overrides: &'a Overrides) -> Self {
        let document = problem.document();
        let person = &document.people[place];
        let places = problem.activity_places();
        let find = |ids: &[Key]| ids.iter().filter_map(|id| places.get(id.as_str()).copied()).collect::<BTreeSet<_>>();
        let completed = find(&person.completed);
        let forced = overrides.forced.iter().filter(|(who, _)| *who == place).map(|(_, what)| *what);
        let mandatory =
            find(&person.mandatory).into_iter().chain(forced).filter(|what| !completed.contains(what)).collect();
        let earlier = overrides.earlier.as_ref();
        let mut compiler = Self { problem, place, person, places, completed, mandatory, earlier, starts: Vec::new() };
        compiler.starts = document
            .activities
            .iter()
            .enumerate()
            .map(|(what, activity)| {
                let is_open = !compiler.completed.contains(&what) && !overrides.banned.contains(&(place, what));
                if is_open { compiler.sessions(activity) } else { Vec::new() }
            })
            .collect();
        compiler.freeze();
        compiler.propagate();
        compiler
    }

    /// What began before the plan may change keeps its week; everything else starts later.
    fn freeze(&mut self) {
        let Some(earlier) = self.earlier else { return };
        for (what, sessions) in self.starts.iter_mut().enumerate() {
            for (session, starts) in sessions.iter_mut().enumerate() {
                *starts &= match earlier.frozen(self.place, what, session) {
                    Some(week) => 1 << week,
                    None => !before_week(earlier.from),
                };
            }
        }
    }

    /// How many sessions of an activity the plan so far holds.
    fn held(&self, what: usize) -> usize {
        self.earlier.map_or(0, |earlier| earlier.sessions(self.place, what))
    }

    /// The start weeks of each session, from its own window, load and coach alone.
    fn sessions(&self, activity: &ProblemActivity) -> Vec<Weeks> {
        let alone = self.starts_alone(activity);
        let affordable = self.person.cost_max.checked_div(activity.cost).unwrap_or(i64::MAX);
        let minutes: i64 = activity.load.iter().sum();
        let affordable = affordable.min(self.person.total_minutes_max.checked_div(minutes).unwrap_or(i64::MAX));
        let count = usize::try_from(activity.max_sessions.min(affordable)).unwrap_or_default();
        if alone == 0 { Vec::new() } else { vec![alone; count] }
    }

    fn starts_alone(&self, activity: &ProblemActivity) -> Weeks {
        let weeks = self.problem.weeks();
        let first = activity.earliest_week.map_or(0, |week| usize::try_from(week - 1).unwrap_or_default());
        let last = activity.latest_end_week.map_or(weeks, |week| usize::try_from(week).unwrap_or_default()).min(weeks);
        let document = self.problem.document();
        let coach = activity.coach.as_ref().map(|coach| {
            let pool = document.coach_pools.iter().find(|pool| pool.id == coach.pool);
            (pool.map_or(&[][..], |pool| &pool.week_minutes), &coach.load)
        });
        let seats = activity.week_seats.as_ref();
        let fits = |start: &usize| {
            let has_seat = seats.is_none_or(|seats| seats.get(*start).is_some_and(|one| *one > 0));
            let own = self.person.week_minutes_max.iter().skip(*start).zip(&activity.load);
            has_seat
                && own.into_iter().all(|(room, minutes)| minutes <= room)
                && coach.is_none_or(|(room, load)| {
                    room.iter().skip(*start).zip(load).all(|(room, minutes)| minutes <= room)
                })
        };
        let starts = first..(last + 1).saturating_sub(activity.span()).max(first);
        starts.filter(fits).fold(0, |set, start| set | (1 << start))
    }

    /// Removes start weeks that come too early after what has to come first, until nothing changes.
    fn propagate(&mut self) {
        let document = self.problem.document();
        loop {
            let before = self.starts.clone();
            for (what, activity) in document.activities.iter().enumerate() {
                for requires in self.requirements(activity) {
                    let earliest = self.starts[requires].first().filter(|set| **set != 0);
                    let earliest =
                        earliest.map(|set| set.trailing_zeros() as usize + document.activities[requires].span());
                    let Some(first) = self.starts[what].first_mut() else { continue };
                    *first = earliest.map_or(0, |earliest| *first & !before_week(earliest));
                }
                let gap = usize::try_from(activity.gap()).unwrap_or_default();
                let sessions = &mut self.starts[what];
                for session in 1..sessions.len() {
                    let earliest = sessions[session - 1].trailing_zeros() as usize + gap;
                    sessions[session] &= !before_week(earliest);
                }
                sessions.truncate(sessions.iter().take_while(|set| **set != 0).count());
            }
            if before == self.starts {
                return;
            }
        }
    }

    fn requirements(&self, activity: &ProblemActivity) -> Vec<usize> {
        let places = activity.requires.iter().filter_map(|id| self.places.get(id.as_str()).copied());
        places.filter(|place| !self.completed.contains(place)).collect()
    }

    pub(super) fn add_to(self, model: &mut Model) {
        let kept = self.kept();
        let document = self.problem.document();
        let mut first_of: BTreeMap<usize, usize> = BTreeMap::new();
        let mut item_of: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (what, count) in &kept {
            first_of.insert(*what, model.items.len());
            for session in 0..*count {
                item_of.insert((*what, session), model.items.len());
                model.items.push(self.item(*what, session, model.seats.get(what).copied()));
            }
        }
        for (what, first) in &first_of {
            let activity = &document.activities[*what];
            let requires = self.requirements(activity);
            model.items[*first].after = requires
                .iter()
                .filter_map(|one| Some((*first_of.get(one)?, document.activities[*one].span())))
                .collect();
            let gap = usize::try_from(activity.gap()).unwrap_or_default();
            for session in 1..kept[what] {
                model.items[first + session].after = vec![(first + session - 1, gap)];
            }
        }
        let unmet = self.mandatory.iter().filter(|what| !first_of.contains_key(what));
        model.impossible.extend(unmet.map(|what| (self.place, *what)));
        for group in &document.exclusive {
            let members = group.iter().filter_map(|id| first_of.get(self.places.get(id.as_str())?).copied());
            let members: BTreeSet<usize> = members.collect();
            if members.len() > 1 {
                model.exclusive.push(members.into_iter().collect());
            }
        }
        for goal in self.person.goals.iter().filter(|goal| goal.gap() > 0 && goal.weight > 0) {
            let due = self.due(goal.due_week);
            let credits = self.credits(goal, due, &item_of, &first_of, &model.items);
            model.goals.push(Goal {
                person: self.place,
                from: goal.from,
                gap: goal.gap(),
                weight: goal.weight,
                due,
                credits,
            });
        }
    }

    fn due(&self, week: Option<i64>) -> usize {
        week.and_then(|week| usize::try_from(week - 1).ok()).unwrap_or(self.problem.weeks() - 1)
    }

    fn item(&self, what: usize, session: usize, seats: Option<usize>) -> Item {
        let activity = &self.problem.document().activities[what];
        let pools = &self.problem.document().coach_pools;
        let coach = activity.coach.as_ref().and_then(|coach| {
            let pool = pools.iter().position(|pool| pool.id == coach.pool)?;
            Some(Draw { pool, load: coach.load.clone() })
        });
        let seat = seats.map(|pool| Draw { pool, load: vec![1] });
        Item {
            person: self.place,
            activity: what,
            session,
            load: activity.load.clone(),
            draws: coach.into_iter().chain(seat).collect(),
            minutes: activity.load.iter().sum(),
            cost: activity.cost,
            starts: self.starts[what][session],
            after: Vec::new(),
            is_mandatory: (session == 0 && self.mandatory.contains(&what))
                || self.earlier.is_some_and(|earlier| earlier.frozen(self.place, what, session).is_some()),
        }
    }

    fn credits(
        &self,
        goal: &ProblemGoal,
        due: usize,
        item_of: &BTreeMap<(usize, usize), usize>,
        first_of: &BTreeMap<usize, usize>,
        items: &[Item],
    ) -> Vec<Credit> {
        let mut credits = Vec::new();
        for ((what, session), item) in item_of {
            for gain in self.problem.document().activities[*what].gains.iter().filter(|gain| gain.skill == goal.skill) {
                let amount = gain.gain[*session];
                if amount > 0 && gain.ceiling > goal.from && items[*item].starts_by(due) != 0 {
                    credits.push(Credit { source: Source::Item(*item), gain: amount, ceiling: gain.ceiling });
                }
            }
        }
        for synergy in self.problem.document().synergies.iter().filter(|one| one.skill == goal.skill) {
            let members: Option<Vec<usize>> =
                synergy.activities.iter().map(|id| first_of.get(self.places.get(id.as_str())?).copied()).collect();
            let Some(members) = members else { continue };
            if synergy.bonus > 0
                && synergy.ceiling > goal.from
                && members.iter().all(|item| items[*item].starts_by(due) != 0)
            {
                credits.push(Credit {
                    source: Source::Together(members),
                    gain: synergy.bonus,
                    ceiling: synergy.ceiling,
                });
            }
        }
        credits.sort_by_key(|credit| credit.ceiling);
        credits
    }

    /// How many sessions of each activity can matter, prerequisites before what requires them.
    fn kept(&self) -> BTreeMap<usize, usize> {
        let document = self.problem.document();
        let keeps_all = self.person.week_minutes_min.iter().flatten().any(|minutes| *minutes > 0);
        let mut kept: BTreeMap<usize, usize> = BTreeMap::new();
        for (what, starts) in self.starts.iter().enumerate().filter(|(_, starts)| !starts.is_empty()) {
            let useful =
                (0..starts.len()).rev().find(|session| self.is_useful(what, *session)).map_or(0, |last| last + 1);
            let count = if keeps_all { starts.len() } else { useful.max(self.held(what).min(starts.len())) };
            let count = if self.mandatory.contains(&what) { count.max(1) } else { count };
            if count > 0 {
                kept.insert(what, count);
            }
        }
        for synergy in &document.synergies {
            let is_goal = self.person.goals.iter().any(|goal| goal.skill == synergy.skill && goal.gap() > 0);
            let members = || synergy.activities.iter().filter_map(|id| self.places.get(id.as_str()).copied());
            if is_goal && members().all(|what| !self.starts[what].is_empty()) {
                for what in members() {
                    kept.entry(what).or_insert(1);
                }
            }
        }
        let mut open: Vec<usize> = kept.keys().copied().collect();
        while let Some(what) = open.pop() {
            for requires in self.requirements(&document.activities[what]) {
                if !kept.contains_key(&requires) && !self.starts[requires].is_empty() {
                    kept.insert(requires, 1);
                    open.push(requires);
                }
            }
        }
        kept
    }

    /// Whether a session can bring a goal of the person nearer.
    fn is_useful(&self, what: usize, session: usize) -> bool {
        let activity = &self.problem.document().activities[what];
        activity.gains.iter().any(|gain| {
            gain.gain[session] > 0
                && self.person.goals.iter().filter(|goal| goal.skill == gain.skill).any(|goal| {
                    let end = self.starts[what][session].trailing_zeros() as usize + activity.span();
                    goal.gap() > 0 && goal.weight > 0 && gain.ceiling > goal.from && end <= self.due(goal.due_week) + 1
                })
        })
    }
}

/// The weeks before `week`.
fn before_week(week: usize) -> Weeks {
    week.checked_sub(1).map_or(0, up_to)
}
