//! Activities that another one can always replace.
//!
//! Where some best plan prefers one activity to another whenever it can, the master may be told so: it loses no value
//! and most of its ties.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use std::collections::BTreeSet;

use super::model::{Item, Model, Source};

/// Some best plan does no session of `worse` without the same session of `better`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dominance {
    /// The first session of the activity that can replace the other.
    pub(super) better: usize,
    /// The first session of the activity that can be replaced.
    pub(super) worse: usize,
    /// How many sessions of `worse` there are.
    pub(super) sessions: usize,
    /// Both take the same time in the same weeks: then session by session `better` comes no later than `worse`.
    ///
    /// Otherwise only the whole series is replaced, when `better` is not in the plan at all.
    pub(super) is_even: bool,
}

/// What one session adds: goal, gain and ceiling.
type Credits = Vec<(usize, i64, i64)>;

/// Every dominance that does not follow from two others.
///
/// * `better` costs no more, adds at least as much to every goal in each session up to at least the same ceiling, has at
///   least as many sessions, needs nothing first, and excludes nothing; no synergy counts either of them.
/// * `worse` is not mandatory, and nothing requires it.
/// * Even: the same load, coach, spacing and weeks. Of two plans' weeks, the earlier of each session can go to `better`
///   and the later to `worse`: spacing and load stay, every goal gets at least as much by every week.
/// * Uneven: no more load or coaching, no longer spacing and no fewer weeks: `better` can take all places of `worse`.
pub(super) fn dominances(model: &Model) -> Vec<Dominance> {
    // Another choice than the best may be wanted just because it does without the better one.
    if !model.excluded.is_empty() {
        return Vec::new();
    }
    let all = Comparison::new(model);
    let firsts: Vec<usize> = (0..model.items.len()).filter(|item| model.items[*item].session == 0).collect();
    let mut found: Vec<Vec<Dominance>> = vec![Vec::new(); model.items.len()];
    for worse in &firsts {
        found[*worse] = firsts.iter().filter_map(|better| all.compare(*better, *worse)).collect();
    }
    let mut kept = Vec::new();
    for worse in firsts {
        for one in &found[worse] {
            let follows = found[worse].iter().any(|between| {
                between.better != one.better
                    && (between.is_even || !one.is_even)
                    && found[between.better]
                        .iter()
                        .any(|further| further.better == one.better && (further.is_even || !one.is_even))
            });
            if !follows {
                kept.push(*one);
            }
        }
    }
    kept
}

struct Comparison<'a> {
    model: &'a Model,
    credits: Vec<Credits>,
    /// Items that something requires.
    required: BTreeSet<usize>,
    together: BTreeSet<usize>,
    exclusive: BTreeSet<usize>,
}

impl<'a> Comparison<'a> {
    fn new(model: &'a Model) -> Self {
        let mut credits: Vec<Credits> = vec![Vec::new(); model.items.len()];
        let mut together = BTreeSet::new();
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

    fn sessions(&self, first: usize) -> &'a [Item] {
        let rest = &self.model.items[first..];
        let (person, activity) = (rest[0].person, rest[0].activity);
        let count = rest.iter().take_while(|item| (item.person, item.activity) == (person, activity)).count();
        &rest[..count]
    }

    fn compare(&self, better: usize, worse: usize) -> Option<Dominance> {
        let (a, b) = (self.sessions(better), self.sessions(worse));
        let (first, other) = (&a[0], &b[0]);
        let can_replace = better != worse
            && first.person == other.person
            && a.len() >= b.len()
            && first.cost <= other.cost
            && first.after.is_empty()
            && !self.exclusive.contains(&better)
            && !self.together.contains(&better);
        let can_go = !other.is_mandatory && !self.required.contains(&worse) && !self.together.contains(&worse);
        if !can_replace || !can_go || !(0..b.len()).all(|session| self.adds_as_much(better + session, worse + session))
        {
            return None;
        }
        let gap = |sessions: &[Item]| sessions.get(1).and_then(|second| second.after.first().map(|(_, lag)| *lag));
        let same_weeks = a.iter().zip(b).all(|(a, b)| a.starts == b.starts);
        let is_even = first.load == other.load
            && first.coach == other.coach
            && same_weeks
            && (b.len() == 1 || gap(a) == gap(b))
            && other.after.is_empty();
        let is_light = first.load.len() == other.load.len()
            && first.load.iter().zip(&other.load).all(|(a, b)| a <= b)
            && self.coached_no_more(first, other)
            && a.iter().zip(b).all(|(a, b)| b.starts & !a.starts == 0)
            && (b.len() == 1 || gap(a) <= gap(b))
            && !self.model.people[first.person].has_minimum();
        // Of two that can replace each other, the earlier one replaces.
        let is_mutual = first.cost == other.cost
            && a.len() == b.len()
            && first.load == other.load
            && first.coach == other.coach
            && same_weeks
            && (0..b.len()).all(|session| self.adds_as_much(worse + session, better + session));
        let comes_first = !is_mutual || better < worse;
        (comes_first && (is_even || is_light)).then_some(Dominance { better, worse, sessions: b.len(), is_even })
    }

    fn adds_as_much(&self, better: usize, worse: usize) -> bool {
        let mut seen = BTreeSet::new();
        self.credits[better].iter().all(|(goal, _, _)| seen.insert(*goal))
            && self.credits[worse].iter().all(|(goal, gain, ceiling)| {
                let enough = |one: &&(usize, i64, i64)| one.0 == *goal && one.1 >= *gain && one.2 >= *ceiling;
                self.credits[worse].iter().filter(|one| one.0 == *goal).count() == 1
                    && self.credits[better].iter().any(|one| enough(&one))
            })
    }

    fn coached_no_more(&self, one: &Item, other: &Item) -> bool {
        match (&one.coach, &other.coach) {
            (None, _) => true,
            (Some(one), Some(other)) => one.0 == other.0 && one.1.iter().zip(&other.1).all(|(a, b)| a <= b),
            (Some(_), None) => false,
        }
    }
}
