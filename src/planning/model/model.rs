//! A problem as the solver sees it: only the sessions that can take place and can matter, by position.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use crate::value::{SortedMap, SortedSet};

use crate::planning::problem::{PlanObjective, PlanProblem, SessionPlacement};

/// A set of weeks, counted from 0.
pub(crate) type Weeks = u128;

/// One session of one person.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) person: usize,
    /// The activity's place in the document.
    pub(crate) activity: usize,
    /// From 0.
    pub(crate) session: usize,
    pub(crate) load: Vec<i64>,
    pub(crate) draws: Vec<Draw>,
    pub(crate) minutes: i64,
    pub(crate) cost: i64,
    /// The weeks in which it can start.
    pub(crate) starts: Weeks,
    /// What has to be in the plan with it, and how many weeks after that one's start it can start.
    pub(crate) after: Vec<(usize, usize)>,
    pub(crate) is_mandatory: bool,
}

/// What one session takes of a pool, from the week in which it starts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Draw {
    pub(crate) pool: usize,
    pub(crate) load: Vec<i64>,
}

impl Item {
    /// What it takes of a pool.
    pub(crate) fn drawn_from(&self, pool: usize) -> Option<&[i64]> {
        self.draws.iter().find(|draw| draw.pool == pool).map(|draw| &draw.load[..])
    }

    /// Whether it takes at least as much as `other`, of each pool and in each week.
    pub(crate) fn draws_at_least(&self, other: &Self) -> bool {
        other.draws.iter().all(|theirs| {
            let own = self.drawn_from(theirs.pool);
            own.is_some_and(|own| own.iter().zip(&theirs.load).all(|(own, theirs)| own >= theirs))
        })
    }

    pub(crate) fn span(&self) -> usize {
        self.load.len()
    }

    /// Whether the rows of its series count on it to share no week with another session of its activity.
    ///
    /// A later session ends before the next one may start where the gap is at least its length. Of a first session only
    /// its length and what it requires are asked: a longer one that requires nothing is left out, and in weekly patterns
    /// its series with it. That loses rows, never a bound; judged by the gap too, most measured plans took longer to prove.
    pub(crate) fn is_apart(&self) -> bool {
        self.session == 0 && self.span() == 1 || self.after.first().is_some_and(|(_, gap)| *gap >= self.span())
    }

    /// The weeks in which it can start so that it is finished by the end of week `last`.
    pub(crate) fn starts_by(&self, last: usize) -> Weeks {
        match (last + 1).checked_sub(self.span()) {
            Some(latest) => self.starts & up_to(latest),
            None => 0,
        }
    }
}

/// The weeks 0 to `last`.
pub(crate) fn up_to(last: usize) -> Weeks {
    if last >= 127 { Weeks::MAX } else { (1 << (last + 1)) - 1 }
}

/// The weeks of a set, in order.
pub(crate) fn weeks_in(set: Weeks) -> impl Iterator<Item = usize> {
    let mut rest = set;
    std::iter::from_fn(move || {
        let week = rest.trailing_zeros() as usize;
        rest &= rest.wrapping_sub(1);
        (week < 128).then_some(week)
    })
}

/// What one credit comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Item(usize),
    /// All of these, together.
    Together(Vec<usize>),
}

#[derive(Clone, Debug)]
pub(crate) struct Credit {
    pub(crate) source: Source,
    pub(crate) gain: i64,
    pub(crate) ceiling: i64,
}

/// A goal that is worth something.
#[derive(Clone, Debug)]
pub(crate) struct Goal {
    pub(crate) person: usize,
    pub(crate) from: i64,
    pub(crate) gap: i64,
    pub(crate) weight: i64,
    /// The last week that counts, from 0.
    pub(crate) due: usize,
    /// By ceiling.
    pub(crate) credits: Vec<Credit>,
}

impl Goal {
    /// What is closed by the sessions that `starts` holds.
    pub(crate) fn closed(&self, items: &[Item], starts: &[Option<usize>]) -> i64 {
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
pub(crate) struct Person {
    pub(crate) week_max: Vec<i64>,
    pub(crate) week_min: Vec<i64>,
    pub(crate) minutes_max: i64,
    pub(crate) cost_max: i64,
    pub(crate) floor: i64,
    pub(crate) ideal: i64,
}

impl Person {
    pub(crate) fn has_minimum(&self) -> bool {
        self.week_min.iter().any(|minutes| *minutes > 0)
    }
}

/// What is demanded beyond the problem; activities are places of person and activity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Overrides {
    /// Activities that a person has to do.
    pub(crate) forced: SortedSet<(usize, usize)>,
    /// Activities that a person must not do.
    pub(crate) banned: SortedSet<(usize, usize)>,
    /// Sets of activities not all of which take place.
    pub(crate) excluded: Vec<SortedSet<(usize, usize)>>,
    /// The plan so far, where there is one.
    pub(crate) earlier: Option<Earlier>,
}

/// The plan so far: what began before `from` stays, everything else may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Earlier {
    /// The first week that may change, from 0.
    pub(crate) from: usize,
    /// Start weeks by person, activity and session, all from 0.
    pub(crate) starts: SortedMap<(usize, usize, usize), usize>,
}

impl Earlier {
    /// The week in which a session began that cannot change any more.
    pub(crate) fn frozen(&self, person: usize, activity: usize, session: usize) -> Option<usize> {
        self.starts.get(&(person, activity, session)).copied().filter(|week| *week < self.from)
    }

    /// Up to which session of an activity there are any; earlier ones may be missing.
    pub(crate) fn sessions(&self, person: usize, activity: usize) -> usize {
        let last = self.starts.range((person, activity, 0)..(person, activity + 1, 0)).next_back();
        last.map_or(0, |((_, _, session), _)| session + 1)
    }

    fn of_people(&self, places: &[usize]) -> Self {
        let own = places.iter().enumerate().flat_map(|(here, there)| {
            let own = self.starts.range((*there, 0, 0)..(there + 1, 0, 0));
            own.map(move |((_, what, session), week)| ((here, *what, *session), *week))
        });
        Self { from: self.from, starts: own.collect() }
    }
}

impl Overrides {
    /// What concerns some people alone, who are then the only ones.
    pub(crate) fn of_people(&self, places: &[usize]) -> Self {
        let own = |pairs: &SortedSet<(usize, usize)>| -> SortedSet<(usize, usize)> {
            let moved = |(here, there): (usize, &usize)| {
                pairs.range((*there, 0)..(there + 1, 0)).map(move |(_, what)| (here, *what))
            };
            places.iter().enumerate().flat_map(moved).collect()
        };
        let earlier = self.earlier.as_ref().map(|earlier| earlier.of_people(places));
        Self { forced: own(&self.forced), banned: own(&self.banned), excluded: Vec::new(), earlier }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) weeks: usize,
    pub(crate) people: Vec<Person>,
    pub(crate) items: Vec<Item>,
    pub(crate) goals: Vec<Goal>,
    /// What all people share, by week: the minutes of each coach pool, then the seats of each activity that has them.
    pub(crate) pools: Vec<Vec<i64>>,
    pub(crate) coach_pools: usize,
    /// The pool of each activity with seats.
    pub(crate) seats: SortedMap<usize, usize>,
    pub(crate) shared_cost: Option<i64>,
    /// First sessions of which at most one takes place.
    pub(crate) exclusive: Vec<Vec<usize>>,
    /// First sessions not all of which take place.
    pub(crate) excluded: Vec<Vec<usize>>,
    /// By item: the week in which the plan so far starts it; empty when there is none.
    pub(crate) earlier: Vec<Option<usize>>,
    pub(crate) objective: PlanObjective,
    /// A mandatory activity that cannot take place at all: person and activity.
    pub(crate) impossible: Vec<(usize, usize)>,
}

impl Model {
    /// Whether a plan holds all of a set of activities not all of which may take place.
    pub(crate) fn is_excluded(&self, starts: &[Option<usize>]) -> bool {
        self.excluded.iter().any(|set| set.iter().all(|item| starts[*item].is_some()))
    }

    /// How large a master is, as [`SolveLimits::master_size`](crate::planning::SolveLimits::master_size) counts it: about how many
    /// numbers its rows hold and the tolls on its weeks take. A row of its own, for a session and one that comes before it
    /// or is credited with it, counts eight.
    pub(crate) fn size(&self) -> u64 {
        let mut dues: Vec<SortedSet<usize>> = vec![SortedSet::from([self.weeks - 1]); self.people.len()];
        for goal in &self.goals {
            dues[goal.person].insert(goal.due);
        }
        let is_by_week = self.people.iter().any(Person::has_minimum);
        let of_item = |item: &Item| {
            let weeks = item.starts.count_ones() as usize * if is_by_week { 4 } else { 1 };
            8 * item.after.len() + item.span() * (dues[item.person].len().pow(2) + weeks)
        };
        let of_goal = |goal: &Goal| {
            let ceilings: SortedSet<i64> = goal.credits.iter().map(|credit| credit.ceiling).collect();
            let members = |credit: &Credit| match &credit.source {
                Source::Item(_) => ceilings.len(),
                Source::Together(all) => ceilings.len() + 8 * all.len(),
            };
            goal.credits.iter().map(members).sum::<usize>()
        };
        let numbers = self.items.iter().map(of_item).sum::<usize>()
            + self.goals.iter().map(of_goal).sum::<usize>()
            + self.exclusive.iter().map(Vec::len).sum::<usize>();
        numbers as u64
    }

    /// Whether most weeks have to be spent: then nearly every session stands in one, and a master goes by week.
    pub(crate) fn spends_most_weeks(&self) -> bool {
        let spent = self.people.iter().flat_map(|person| &person.week_min).filter(|least| **least > 0).count();
        2 * spent > self.people.len() * self.weeks
    }

    /// How much of all that is shared a session takes: ten thousandths of each pool and of the common budget, added up.
    pub(crate) fn claim(&self, item: &Item) -> i64 {
        let part = |taken: i64, all: i64| (10_000 * taken).checked_div(all).unwrap_or_default();
        let drawn = |draw: &Draw| part(draw.load.iter().sum(), self.pools[draw.pool].iter().sum());
        item.draws.iter().map(drawn).sum::<i64>() + self.shared_cost.map_or(0, |all| part(item.cost, all))
    }

    pub(crate) fn values(&self, starts: &[Option<usize>]) -> Vec<i64> {
        let mut values = vec![0; self.people.len()];
        for goal in &self.goals {
            values[goal.person] += goal.weight * goal.closed(&self.items, starts);
        }
        values
    }

    /// The smallest share of the ideal among people of these values, in whole thousandths; all of it where nobody has
    /// anything to reach.
    pub(crate) fn share(&self, values: &[i64]) -> i64 {
        let shares = self.people.iter().zip(values);
        shares.filter_map(|(person, value)| (1_000 * value).checked_div(person.ideal)).min().unwrap_or(1_000)
    }

    /// The weeks of a plan's sessions; sessions that cannot matter are left out.
    pub(crate) fn starts_of(&self, problem: &PlanProblem, plan: &[SessionPlacement]) -> Vec<Option<usize>> {
        let document = problem.document();
        let mut weeks: SortedMap<(&str, &str, u32), u32> = SortedMap::new();
        for one in plan {
            weeks.entry((one.person.as_str(), one.activity.as_str(), one.session)).or_insert(one.week);
        }
        let start = |item: &Item| {
            let session = u32::try_from(item.session + 1).ok()?;
            let (person, activity) = (&document.people[item.person].id, &document.activities[item.activity].id);
            let week = weeks.get(&(person.as_str(), activity.as_str(), session))?;
            usize::try_from(*week).ok()?.checked_sub(1)
        };
        self.items.iter().map(start).collect()
    }

    pub(crate) fn plan(&self, problem: &PlanProblem, starts: &[Option<usize>]) -> Vec<SessionPlacement> {
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
