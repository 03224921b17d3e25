//! Activities that another one can always replace.
//!
//! Where some best plan prefers one activity to another whenever it can, the master may be told so: it loses no value
//! and most of its ties.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use crate::value::{SortedMap, SortedSet};

use super::model::{Draw, Item, Model, Source, Weeks};

/// Some best plan does no session of `worse` without the same session of `better`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dominance {
    /// The first session of the activity that can replace the other.
    pub(crate) better: usize,
    /// The first session of the activity that can be replaced.
    pub(crate) worse: usize,
    /// How many sessions of `worse` there are.
    pub(crate) sessions: usize,
    /// Both take the same time in the same weeks: then session by session `better` comes no later than `worse`.
    ///
    /// Otherwise only the whole series is replaced, when `better` is not in the plan at all.
    pub(crate) is_even: bool,
}

/// What one session adds: goal, gain and ceiling.
type Credits = Vec<(usize, i64, i64)>;

/// Every dominance that does not follow from two others.
///
/// * `better` costs no more, adds at least as much to every goal in each session up to at least the same ceiling, has at
///   least as many sessions, needs nothing first, and excludes nothing; no synergy counts either of them.
/// * `worse` is not mandatory, and nothing requires it.
/// * Even: the same load, coach, seats, spacing and weeks. Of two plans' weeks, the earlier of each session can go to `better`
///   and the later to `worse`: spacing and load stay, every goal gets at least as much by every week.
/// * Uneven: no more load or coaching, no longer spacing and no fewer weeks: `better` can take all places of `worse`.
pub(crate) fn dominances(model: &Model) -> Vec<Dominance> {
    // Another choice than the best may be wanted just because it does without the better one.
    if !model.excluded.is_empty() {
        return Vec::new();
    }
    let all = Comparison::new(model);
    let mut kept = Vec::new();
    let mut groups_of: Vec<Vec<Alike>> = vec![Vec::new(); model.people.len()];
    for group in all.groups() {
        kept.extend(group.windows(2).filter_map(|pair| all.compare(pair[0], pair[1])));
        let (first, last) = (group[0], group[group.len() - 1]);
        groups_of[model.items[first].person].push(Alike { first, last });
    }
    let (mut pairs, mut ways) = (MOST_PAIRS, MOST_WAYS);
    for groups in &groups_of {
        pairs = pairs.saturating_sub(groups.len() * groups.len());
        if pairs == 0 {
            break;
        }
        kept.extend(all.between(groups, &mut ways));
    }
    kept
}

/// The most pairs of activities that are compared, over all people, and the most ways around a pair that are looked at:
/// beyond, dominances are left out, which loses nothing but speed.
const MOST_PAIRS: usize = 400_000;
const MOST_WAYS: usize = 4_000_000;

/// Activities that take and add the same: each earlier one replaces each later one.
#[derive(Clone, Copy)]
struct Alike {
    first: usize,
    last: usize,
}

/// What makes two activities alike.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Likeness<'a> {
    person: usize,
    cost: i64,
    load: &'a [i64],
    draws: &'a [Draw],
    gap: Option<usize>,
    starts: Vec<Weeks>,
    credits: &'a [Credits],
    can_replace: bool,
    can_go: bool,
}

struct Comparison<'a> {
    model: &'a Model,
    credits: Vec<Credits>,
    /// Items that something requires.
    required: SortedSet<usize>,
    together: SortedSet<usize>,
    exclusive: SortedSet<usize>,
}

impl<'a> Comparison<'a> {
    fn new(model: &'a Model) -> Self {
        let mut credits: Vec<Credits> = vec![Vec::new(); model.items.len()];
        let mut together = SortedSet::new();
        for (index, goal) in model.goals.iter().enumerate() {
            for credit in &goal.credits {
                match &credit.source {
                    Source::Item(item) => credits[*item].push((index, credit.gain, credit.ceiling)),
                    Source::Together(all) => together.extend(all.iter().copied()),
                }
            }
        }
        let firsts = model.items.iter().filter(|item| item.session == 0);
        let required = firsts.flat_map(|item| item.after.iter().map(|(before, _)| *before)).collect();
        let exclusive = model.exclusive.iter().flatten().copied().collect();
        Self { model, credits, required, together, exclusive }
    }

    /// First sessions by what they take and add, in order of appearance; those that cannot replace each other stand alone.
    fn groups(&self) -> Vec<Vec<usize>> {
        let mut place_of: SortedMap<Likeness<'_>, usize> = SortedMap::new();
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for first in (0..self.model.items.len()).filter(|item| self.model.items[*item].session == 0) {
            let place = *place_of.entry(self.likeness(first)).or_insert(groups.len());
            match groups.get_mut(place) {
                Some(group) if self.compare(group[0], first).is_some() => group.push(first),
                _ => groups.push(vec![first]),
            }
        }
        groups
    }

    fn likeness(&self, first: usize) -> Likeness<'_> {
        let sessions = self.sessions(first);
        let item = &sessions[0];
        Likeness {
            person: item.person,
            cost: item.cost,
            load: &item.load,
            draws: &item.draws,
            gap: sessions.get(1).and_then(|second| second.after.first().map(|(_, lag)| *lag)),
            starts: sessions.iter().map(|one| one.starts).collect(),
            credits: &self.credits[first..first + sessions.len()],
            can_replace: self.can_replace(first),
            can_go: self.can_go(first),
        }
    }

    /// The dominances between groups that do not follow from two others.
    fn between(&self, groups: &[Alike], ways: &mut usize) -> Vec<Dominance> {
        let over = |worse: &Alike| -> Vec<(usize, Dominance)> {
            let better = groups.iter().enumerate().filter(|(_, better)| better.first != worse.first);
            better.filter_map(|(place, better)| Some((place, self.compare(better.last, worse.first)?))).collect()
        };
        let found: Vec<Vec<(usize, Dominance)>> = groups.iter().map(over).collect();
        let mut kept = Vec::new();
        for above in &found {
            for (top, one) in above {
                *ways = ways.saturating_sub(above.iter().map(|(between, _)| 1 + found[*between].len()).sum());
                if *ways == 0 {
                    return kept;
                }
                let stays = |two: &Dominance| two.is_even || !one.is_even;
                let follows = above.iter().any(|(between, lower)| {
                    between != top
                        && stays(lower)
                        && found[*between].iter().any(|(place, upper)| place == top && stays(upper))
                });
                if !follows {
                    kept.push(*one);
                }
            }
        }
        kept
    }

    fn sessions(&self, first: usize) -> &'a [Item] {
        let rest = &self.model.items[first..];
        let (person, activity) = (rest[0].person, rest[0].activity);
        let count = rest.iter().take_while(|item| (item.person, item.activity) == (person, activity)).count();
        &rest[..count]
    }

    fn can_replace(&self, first: usize) -> bool {
        self.model.items[first].after.is_empty() && !self.exclusive.contains(&first) && !self.together.contains(&first)
    }

    fn can_go(&self, first: usize) -> bool {
        !self.model.items[first].is_mandatory && !self.required.contains(&first) && !self.together.contains(&first)
    }

    fn compare(&self, better: usize, worse: usize) -> Option<Dominance> {
        let (a, b) = (self.sessions(better), self.sessions(worse));
        let (first, other) = (&a[0], &b[0]);
        let is_possible = better != worse
            && first.person == other.person
            && a.len() >= b.len()
            && first.cost <= other.cost
            && self.can_replace(better)
            && self.can_go(worse);
        if !is_possible || !(0..b.len()).all(|session| self.adds_as_much(better + session, worse + session)) {
            return None;
        }
        let gap = |sessions: &[Item]| sessions.get(1).and_then(|second| second.after.first().map(|(_, lag)| *lag));
        let same_weeks = a.iter().zip(b).all(|(a, b)| a.starts == b.starts);
        let is_even = first.load == other.load
            && first.draws == other.draws
            && same_weeks
            && (b.len() == 1 || gap(a) == gap(b))
            && other.after.is_empty();
        let is_light = first.load.len() == other.load.len()
            && first.load.iter().zip(&other.load).all(|(a, b)| a <= b)
            && other.draws_at_least(first)
            && a.iter().zip(b).all(|(a, b)| b.starts & !a.starts == 0)
            && (b.len() == 1 || gap(a) <= gap(b))
            && !self.model.people[first.person].has_minimum();
        // Of two that can replace each other, the earlier one replaces.
        let is_mutual = first.cost == other.cost
            && a.len() == b.len()
            && first.load == other.load
            && first.draws == other.draws
            && same_weeks
            && (0..b.len()).all(|session| self.adds_as_much(worse + session, better + session));
        let comes_first = !is_mutual || better < worse;
        (comes_first && (is_even || is_light)).then_some(Dominance { better, worse, sessions: b.len(), is_even })
    }

    fn adds_as_much(&self, better: usize, worse: usize) -> bool {
        let mut seen = SortedSet::new();
        self.credits[better].iter().all(|(goal, _, _)| seen.insert(*goal))
            && self.credits[worse].iter().all(|(goal, gain, ceiling)| {
                let enough = |one: &&(usize, i64, i64)| one.0 == *goal && one.1 >= *gain && one.2 >= *ceiling;
                self.credits[worse].iter().filter(|one| one.0 == *goal).count() == 1
                    && self.credits[better].iter().any(|one| enough(&one))
            })
    }
}
