//! A problem as the solver sees it: only the sessions that can take place and can matter, by position.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use std::collections::{BTreeMap, BTreeSet};

use crate::coaching::problem::{PlanObjective, PlanProblem, ProblemActivity, ProblemPerson, SessionPlacement};

/// A set of weeks, counted from 0.
pub(super) type Weeks = u128;

/// One session of one person.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) person: usize,
    /// The activity's place in the document.
    pub(super) activity: usize,
    /// From 0.
    pub(super) session: usize,
    pub(super) load: Vec<i64>,
    pub(super) coach: Option<(usize, Vec<i64>)>,
    pub(super) minutes: i64,
    pub(super) cost: i64,
    /// The weeks in which it can start.
    pub(super) starts: Weeks,
    /// What has to be in the plan with it, and how many weeks after that one's start it can start.
    pub(super) after: Vec<(usize, usize)>,
    pub(super) is_mandatory: bool,
}

impl Item {
    pub(super) fn span(&self) -> usize {
        self.load.len()
    }

    /// The weeks in which it can start so that it is finished by the end of week `last`.
    pub(super) fn starts_by(&self, last: usize) -> Weeks {
        match (last + 1).checked_sub(self.span()) {
            Some(latest) => self.starts & up_to(latest),
            None => 0,
        }
    }
}

/// The weeks 0 to `last`.
pub(super) fn up_to(last: usize) -> Weeks {
    if last >= 127 { Weeks::MAX } else { (1 << (last + 1)) - 1 }
}

/// The weeks of a set, in order.
pub(super) fn weeks_in(set: Weeks) -> impl Iterator<Item = usize> {
    let mut rest = set;
    std::iter::from_fn(move || {
        let week = rest.trailing_zeros() as usize;
        rest &= rest.wrapping_sub(1);
        (week < 128).then_some(week)
    })
}

/// What one credit comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Item(usize),
    /// All of these, together.
    Together(Vec<usize>),
}

#[derive(Clone, Debug)]
pub(super) struct Credit {
    pub(super) source: Source,
    pub(super) gain: i64,
    pub(super) ceiling: i64,
}

/// A goal that is worth something.
#[derive(Clone, Debug)]
pub(super) struct Goal {
    pub(super) person: usize,
    pub(super) from: i64,
    pub(super) gap: i64,
    pub(super) weight: i64,
    /// The last week that counts, from 0.
    pub(super) due: usize,
    /// By ceiling.
    pub(super) credits: Vec<Credit>,
}

impl Goal {
    /// What is closed by the sessions that `starts` holds.
    pub(super) fn closed(&self, items: &[Item], starts: &[Option<usize>]) -> i64 {
        let in_time = |item: usize| starts[item].is_some_and(|start| start + items[item].span() <= self.due + 1);
        let mut level = self.from;
        for credit in &self.credits {
            let counts = match &credit.source {
                Source::Item(item) => in_time(*item),
                Source::Together(all) => all.iter().all(|item| in_time(*item)),
            };
            if counts {
                level = level.max((level + credit.gain).min(credit.ceiling));
            }
        }
        (level - self.from).min(self.gap)
    }
}

#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) week_max: Vec<i64>,
    pub(super) week_min: Vec<i64>,
    pub(super) minutes_max: i64,
    pub(super) cost_max: i64,
    pub(super) floor: i64,
    pub(super) ideal: i64,
}

impl Person {
    pub(super) fn has_minimum(&self) -> bool {
        self.week_min.iter().any(|minutes| *minutes > 0)
    }
}

/// Activities that one person has to do or must not do, beyond what the problem says: places of person and activity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Overrides {
    pub(super) forced: BTreeSet<(usize, usize)>,
    pub(super) banned: BTreeSet<(usize, usize)>,
}

#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) weeks: usize,
    pub(super) people: Vec<Person>,
    pub(super) items: Vec<Item>,
    pub(super) goals: Vec<Goal>,
    pub(super) pools: Vec<Vec<i64>>,
    pub(super) shared_cost: Option<i64>,
    /// First sessions of which at most one takes place.
    pub(super) exclusive: Vec<Vec<usize>>,
    pub(super) objective: PlanObjective,
    /// A mandatory activity that cannot take place at all: person and activity.
    pub(super) impossible: Vec<(usize, usize)>,
}

impl Model {
    pub(super) fn new(problem: &PlanProblem, overrides: &Overrides) -> Self {
        let document = problem.document();
        let weeks = problem.weeks();
        let mut model = Self {
            weeks,
            people: document.people.iter().map(|person| person_of(person, weeks)).collect(),
            items: Vec::new(),
            goals: Vec::new(),
            pools: document.coach_pools.iter().map(|pool| pool.week_minutes.clone()).collect(),
            shared_cost: document.shared_cost_max,
            exclusive: Vec::new(),
            objective: document.objective,
            impossible: Vec::new(),
        };
        for person in 0..document.people.len() {
            Compiler::new(problem, person, overrides).add_to(&mut model);
        }
        model
    }

    pub(super) fn values(&self, starts: &[Option<usize>]) -> Vec<i64> {
        let mut values = vec![0; self.people.len()];
        for goal in &self.goals {
            values[goal.person] += goal.weight * goal.closed(&self.items, starts);
        }
        values
    }

    /// The weeks of a plan's sessions; sessions that cannot matter are left out.
    pub(super) fn starts_of(&self, problem: &PlanProblem, plan: &[SessionPlacement]) -> Vec<Option<usize>> {
        let document = problem.document();
        let start = |item: &Item| {
            let found = plan.iter().find(|one| {
                one.person == document.people[item.person].id
                    && one.activity == document.activities[item.activity].id
                    && usize::try_from(one.session) == Ok(item.session + 1)
            });
            found.and_then(|one| usize::try_from(one.week).ok()?.checked_sub(1))
        };
        self.items.iter().map(start).collect()
    }

    pub(super) fn plan(&self, problem: &PlanProblem, starts: &[Option<usize>]) -> Vec<SessionPlacement> {
        let document = problem.document();
        let chosen = self.items.iter().zip(starts).filter_map(|(item, start)| Some((item, (*start)?)));
        let mut plan: Vec<SessionPlacement> = chosen
            .map(|(item, start)| SessionPlacement {
                person: document.people[item.person].id.clone(),
                activity: document.activities[item.activity].id.clone(),
                session: u32::try_from(item.session + 1).unwrap_or(u32::MAX),
                week: u32::try_from(start + 1).unwrap_or(u32::MAX),
            })
            .collect();
        plan.sort();
        plan
    }
}

fn person_of(person: &ProblemPerson, weeks: usize) -> Person {
    Person {
        week_max: person.week_minutes_max.clone(),
        week_min: person.week_minutes_min.clone().unwrap_or_else(|| vec![0; weeks]),
        minutes_max: person.total_minutes_max,
        cost_max: person.cost_max,
        floor: person.min_value,
        ideal: person.goals.iter().map(|goal| goal.weight * goal.gap()).sum(),
    }
}

/// Finds the sessions of one person that can take place and can matter.
struct Compiler<'a> {
    problem: &'a PlanProblem,
    place: usize,
    person: &'a ProblemPerson,
    places: BTreeMap<&'a str, usize>,
    completed: BTreeSet<usize>,
    mandatory: BTreeSet<usize>,
    /// By activity and session: the weeks in which it can start; an activity that cannot take place has none.
    starts: Vec<Vec<Weeks>>,
}

impl<'a> Compiler<'a> {
    fn new(problem: &'a PlanProblem, place: usize, overrides: &Overrides) -> Self {
        let document = problem.document();
        let person = &document.people[place];
        let places = problem.activity_places();
        let find = |ids: &[crate::value::Key]| {
            ids.iter().filter_map(|id| places.get(id.as_str()).copied()).collect::<BTreeSet<_>>()
        };
        let completed = find(&person.completed);
        let forced = overrides.forced.iter().filter(|(who, _)| *who == place).map(|(_, what)| *what);
        let mandatory =
            find(&person.mandatory).into_iter().chain(forced).filter(|what| !completed.contains(what)).collect();
        let mut compiler = Self { problem, place, person, places, completed, mandatory, starts: Vec::new() };
        compiler.starts = document
            .activities
            .iter()
            .enumerate()
            .map(|(what, activity)| {
                let is_open = !compiler.completed.contains(&what) && !overrides.banned.contains(&(place, what));
                if is_open { compiler.sessions(activity) } else { Vec::new() }
            })
            .collect();
        compiler.propagate();
        compiler
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
        let fits = |start: &usize| {
            let own = self.person.week_minutes_max.iter().skip(*start).zip(&activity.load);
            own.into_iter().all(|(room, minutes)| minutes <= room)
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

    fn add_to(self, model: &mut Model) {
        let kept = self.kept();
        let document = self.problem.document();
        let mut first_of: BTreeMap<usize, usize> = BTreeMap::new();
        let mut item_of: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (what, count) in &kept {
            first_of.insert(*what, model.items.len());
            for session in 0..*count {
                item_of.insert((*what, session), model.items.len());
                model.items.push(self.item(*what, session));
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

    fn item(&self, what: usize, session: usize) -> Item {
        let activity = &self.problem.document().activities[what];
        let pools = &self.problem.document().coach_pools;
        let coach = activity.coach.as_ref().and_then(|coach| {
            let pool = pools.iter().position(|pool| pool.id == coach.pool)?;
            Some((pool, coach.load.clone()))
        });
        Item {
            person: self.place,
            activity: what,
            session,
            load: activity.load.clone(),
            coach,
            minutes: activity.load.iter().sum(),
            cost: activity.cost,
            starts: self.starts[what][session],
            after: Vec::new(),
            is_mandatory: session == 0 && self.mandatory.contains(&what),
        }
    }

    fn credits(
        &self,
        goal: &crate::coaching::problem::ProblemGoal,
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
            let count = if keeps_all { starts.len() } else { useful };
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
