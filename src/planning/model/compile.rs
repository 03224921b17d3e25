//! Which sessions of a person can take place and can matter.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use crate::value::{SortedMap, SortedSet};

use super::model::{Credit, Draw, Earlier, Goal, Item, Model, Overrides, Source, Weeks, up_to};
use super::places::{Places, without_implied};
use crate::planning::problem::{PlanProblem, ProblemActivity, ProblemGoal, ProblemPerson};
use crate::value::Key;

/// Finds the sessions of one person that can take place and can matter.
pub(crate) struct Compiler<'a> {
    problem: &'a PlanProblem,
    place: usize,
    person: &'a ProblemPerson,
    places: &'a Places<'a>,
    completed: SortedSet<usize>,
    mandatory: SortedSet<usize>,
    earlier: Option<&'a Earlier>,
    /// By activity and session: the weeks in which it can start; an activity that cannot take place has none.
    starts: Vec<Vec<Weeks>>,
}

impl<'a> Compiler<'a> {
    pub(crate) fn new(
        problem: &'a PlanProblem,
        places: &'a Places<'a>,
        place: usize,
        overrides: &'a Overrides,
    ) -> Self {
        let document = problem.document();
        let person = &document.people[place];
        let completed: SortedSet<usize> = places.of(&person.completed).collect();
        let forced = overrides.forced.range((place, 0)..(place + 1, 0)).map(|(_, what)| *what);
        let mandatory = places.of(&person.mandatory).chain(forced).filter(|what| !completed.contains(what)).collect();
        let earlier = overrides.earlier.as_ref();
        let mut compiler = Self { problem, place, person, places, completed, mandatory, earlier, starts: Vec::new() };
        compiler.starts = document
            .activities
            .iter()
            .enumerate()
            .map(|(what, activity)| {
                let is_open = !compiler.completed.contains(&what) && !overrides.banned.contains(&(place, what));
                if is_open { compiler.sessions(what, activity) } else { Vec::new() }
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

    /// Up to which session of an activity the plan so far holds any.
    fn held(&self, what: usize) -> usize {
        self.earlier.map_or(0, |earlier| earlier.sessions(self.place, what))
    }

    /// The start weeks of each session, from its own window, load and coach alone.
    fn sessions(&self, what: usize, activity: &ProblemActivity) -> Vec<Weeks> {
        let alone = self.starts_alone(what, activity);
        let affordable = self.person.cost_max.checked_div(activity.cost).unwrap_or(i64::MAX);
        let minutes: i64 = activity.load.iter().sum();
        let affordable = affordable.min(self.person.total_minutes_max.checked_div(minutes).unwrap_or(i64::MAX));
        let count = usize::try_from(activity.max_sessions.min(affordable)).unwrap_or_default();
        if alone == 0 { Vec::new() } else { vec![alone; count] }
    }

    fn starts_alone(&self, what: usize, activity: &ProblemActivity) -> Weeks {
        let weeks = self.problem.weeks();
        let first = activity.earliest_week.map_or(0, |week| usize::try_from(week - 1).unwrap_or_default());
        let last = activity.latest_end_week.map_or(weeks, |week| usize::try_from(week).unwrap_or_default()).min(weeks);
        let document = self.problem.document();
        let coach = activity.coach.as_ref().map(|coach| {
            let pool = self.places.pools[what].map(|pool| &document.coach_pools[pool]);
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

    /// Removes start weeks that come too early after what has to come first.
    fn propagate(&mut self) {
        let document = self.problem.document();
        for what in self.places.in_order.iter().copied() {
            for requires in self.places.requires[what].iter().copied() {
                if self.completed.contains(&requires) {
                    continue;
                }
                let earliest = self.starts[requires].first().filter(|set| **set != 0);
                let earliest = earliest.map(|set| set.trailing_zeros() as usize + document.activities[requires].span());
                let Some(first) = self.starts[what].first_mut() else { continue };
                *first = earliest.map_or(0, |earliest| *first & !before_week(earliest));
            }
            let gap = usize::try_from(document.activities[what].gap()).unwrap_or_default();
            let sessions = &mut self.starts[what];
            for session in 1..sessions.len() {
                let earliest = sessions[session - 1].trailing_zeros() as usize + gap;
                sessions[session] &= !before_week(earliest);
            }
            sessions.truncate(sessions.iter().take_while(|set| **set != 0).count());
        }
    }

    fn requirements(&self, what: usize) -> impl Iterator<Item = usize> {
        self.places.requires[what].iter().copied().filter(|place| !self.completed.contains(place))
    }

    pub(crate) fn add_to(self, model: &mut Model) {
        let kept = self.kept();
        let document = self.problem.document();
        let mut first_of: SortedMap<usize, usize> = SortedMap::new();
        let mut item_of: SortedMap<(usize, usize), usize> = SortedMap::new();
        for (what, count) in &kept {
            first_of.insert(*what, model.items.len());
            for session in 0..*count {
                item_of.insert((*what, session), model.items.len());
                model.items.push(self.item(*what, session, model.seats.get(what).copied()));
            }
        }
        let after = self.order(&first_of);
        for (what, first) in &first_of {
            let activity = &document.activities[*what];
            let before = after[*what].iter().map(|one| (first_of[one], document.activities[*one].span()));
            model.items[*first].after = before.collect();
            let gap = usize::try_from(activity.gap()).unwrap_or_default();
            for session in 1..kept[what] {
                model.items[first + session].after = vec![(first + session - 1, gap)];
            }
        }
        let unmet = self.mandatory.iter().filter(|what| !first_of.contains_key(what));
        model.impossible.extend(unmet.map(|what| (self.place, *what)));
        let mut groups = SortedSet::new();
        for group in &self.places.exclusive {
            let members: Vec<usize> = group.iter().filter_map(|what| first_of.get(what).copied()).collect();
            if members.len() > 1 && groups.insert(members.clone()) {
                model.exclusive.push(members);
            }
        }
        self.add_goals(model, &item_of, &first_of);
    }

    /// By activity: what it comes directly after, of what is kept and not completed.
    fn order(&self, first_of: &SortedMap<usize, usize>) -> Vec<Vec<usize>> {
        let kept = |what: usize| -> Vec<usize> {
            let is_kept = first_of.contains_key(&what);
            self.requirements(what).filter(|one| is_kept && first_of.contains_key(one)).collect()
        };
        let after: Vec<Vec<usize>> = (0..self.starts.len()).map(kept).collect();
        without_implied(&after, &self.places.in_order)
    }

    fn add_goals(
        &self,
        model: &mut Model,
        item_of: &SortedMap<(usize, usize), usize>,
        first_of: &SortedMap<usize, usize>,
    ) {
        let goals: Vec<&ProblemGoal> =
            self.person.goals.iter().filter(|goal| goal.gap() > 0 && goal.weight > 0).collect();
        let place_of: SortedMap<&Key, usize> =
            goals.iter().enumerate().map(|(place, goal)| (&goal.skill, place)).collect();
        let mut credits: Vec<Vec<Credit>> = vec![Vec::new(); goals.len()];
        let document = self.problem.document();
        for ((what, session), item) in item_of {
            for gain in &document.activities[*what].gains {
                let Some(place) = place_of.get(&gain.skill).copied() else { continue };
                let (goal, amount) = (goals[place], gain.gain[*session]);
                let in_time = model.items[*item].starts_by(self.due(goal.due_week)) != 0;
                if amount > 0 && gain.ceiling > goal.from && in_time {
                    credits[place].push(Credit { source: Source::Item(*item), gain: amount, ceiling: gain.ceiling });
                }
            }
        }
        for (synergy, members) in document.synergies.iter().zip(&self.places.synergies) {
            let Some(place) = place_of.get(&synergy.skill).copied() else { continue };
            let goal = goals[place];
            if synergy.bonus == 0 || synergy.ceiling <= goal.from {
                continue;
            }
            let due = self.due(goal.due_week);
            let in_time = |item: &usize| model.items[*item].starts_by(due) != 0;
            let members: Option<Vec<usize>> =
                members.iter().map(|what| first_of.get(what).copied().filter(in_time)).collect();
            if let Some(members) = members {
                let source = Source::Together(members);
                credits[place].push(Credit { source, gain: synergy.bonus, ceiling: synergy.ceiling });
            }
        }
        for (goal, mut credits) in goals.into_iter().zip(credits) {
            credits.sort_by_key(|credit| credit.ceiling);
            let (due, gap) = (self.due(goal.due_week), goal.gap());
            model.goals.push(Goal { person: self.place, from: goal.from, gap, weight: goal.weight, due, credits });
        }
    }

    fn due(&self, week: Option<i64>) -> usize {
        week.and_then(|week| usize::try_from(week - 1).ok()).unwrap_or(self.problem.weeks() - 1)
    }

    fn item(&self, what: usize, session: usize, seats: Option<usize>) -> Item {
        let activity = &self.problem.document().activities[what];
        let coach = activity.coach.as_ref();
        let coach = coach.and_then(|coach| Some(Draw { pool: self.places.pools[what]?, load: coach.load.clone() }));
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

    /// How many sessions of each activity can matter, prerequisites before what requires them.
    fn kept(&self) -> SortedMap<usize, usize> {
        let document = self.problem.document();
        let keeps_all = self.person.week_minutes_min.iter().flatten().any(|minutes| *minutes > 0);
        let open_goals = self.person.goals.iter().filter(|goal| goal.gap() > 0);
        let goals: SortedMap<&Key, &ProblemGoal> = open_goals.map(|goal| (&goal.skill, goal)).collect();
        let mut kept: SortedMap<usize, usize> = SortedMap::new();
        for (what, starts) in self.starts.iter().enumerate().filter(|(_, starts)| !starts.is_empty()) {
            let useful = (0..starts.len())
                .rev()
                .find(|session| self.is_useful(&goals, what, *session))
                .map_or(0, |last| last + 1);
            let count = if keeps_all { starts.len() } else { useful.max(self.held(what).min(starts.len())) };
            let count = if self.mandatory.contains(&what) { count.max(1) } else { count };
            if count > 0 {
                kept.insert(what, count);
            }
        }
        for (synergy, members) in document.synergies.iter().zip(&self.places.synergies) {
            if goals.contains_key(&synergy.skill) && members.iter().all(|what| !self.starts[*what].is_empty()) {
                for what in members {
                    kept.entry(*what).or_insert(1);
                }
            }
        }
        let mut open: Vec<usize> = kept.keys().copied().collect();
        while let Some(what) = open.pop() {
            for requires in self.requirements(what) {
                if !kept.contains_key(&requires) && !self.starts[requires].is_empty() {
                    kept.insert(requires, 1);
                    open.push(requires);
                }
            }
        }
        kept
    }

    /// Whether a session can bring a goal of the person nearer.
    fn is_useful(&self, goals: &SortedMap<&Key, &ProblemGoal>, what: usize, session: usize) -> bool {
        let activity = &self.problem.document().activities[what];
        let end = self.starts[what][session].trailing_zeros() as usize + activity.span();
        activity.gains.iter().filter(|gain| gain.gain[session] > 0).any(|gain| {
            goals
                .get(&gain.skill)
                .is_some_and(|goal| goal.weight > 0 && gain.ceiling > goal.from && end <= self.due(goal.due_week) + 1)
        })
    }
}

/// The weeks before `week`.
fn before_week(week: usize) -> Weeks {
    week.checked_sub(1).map_or(0, up_to)
}
