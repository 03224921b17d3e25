//! The sessions of a problem: what can be done by whom, until when, and after what.

use std::collections::BTreeMap;

use service_excellence::planning::{PlanProblemDocument, ProblemActivity, ProblemPerson};

pub(crate) struct Session<'a> {
    pub(crate) person: usize,
    pub(crate) activity: &'a ProblemActivity,
    /// From 0.
    pub(crate) number: usize,
    /// The weeks, from 1, between which it can end; none if the last is before the first.
    pub(crate) first_end: i64,
    pub(crate) last_end: i64,
    /// Sessions that have to end before, by place, and by how many weeks at least.
    pub(crate) before: Vec<(usize, i64)>,
}

impl Session<'_> {
    pub(crate) fn span(&self) -> i64 {
        self.activity.load.len() as i64
    }
}

/// All sessions, by person and activity, each with the weeks that its window, its load and what it requires leave.
pub(crate) fn sessions(document: &PlanProblemDocument) -> Vec<Session<'_>> {
    let mut all = Vec::new();
    for (place, person) in document.people.iter().enumerate() {
        let first = all.len();
        all.extend(document.activities.iter().flat_map(|one| sessions_of(document, place, person, one)));
        let places: BTreeMap<(&str, usize), usize> =
            (first..all.len()).map(|index| ((all[index].activity.id.as_str(), all[index].number), index)).collect();
        for session in &mut all[first..] {
            session.before = before(session, person, &places);
        }
    }
    propagate(&mut all);
    all
}

fn sessions_of<'a>(
    document: &PlanProblemDocument,
    place: usize,
    person: &ProblemPerson,
    activity: &'a ProblemActivity,
) -> impl Iterator<Item = Session<'a>> {
    let count = if person.completed.contains(&activity.id) { 0 } else { activity.max_sessions as usize };
    let span = activity.load.len() as i64;
    let last = activity.latest_end_week.map_or(document.horizon_weeks, |week| week.min(document.horizon_weeks));
    let starts = activity.earliest_week.unwrap_or(1)..=last - span + 1;
    let ends: Vec<i64> =
        starts.filter(|start| fits(document, person, activity, *start)).map(|start| start + span - 1).collect();
    let (first_end, last_end) = (ends.first().copied().unwrap_or(1), ends.last().copied().unwrap_or(0));
    (0..count).map(move |number| Session { person: place, activity, number, first_end, last_end, before: Vec::new() })
}

/// Whether a session that is alone in its weeks fits into them.
fn fits(document: &PlanProblemDocument, person: &ProblemPerson, activity: &ProblemActivity, start: i64) -> bool {
    let fits = |load: &[i64], most: &[i64]| load.iter().zip(&most[start as usize - 1..]).all(|(one, most)| one <= most);
    fits(&activity.load, &person.week_minutes_max)
        && activity.coach.as_ref().is_none_or(|coach| {
            let pool = document.coach_pools.iter().find(|pool| pool.id == coach.pool);
            pool.is_some_and(|pool| fits(&coach.load, &pool.week_minutes))
        })
}

fn before(session: &Session<'_>, person: &ProblemPerson, places: &BTreeMap<(&str, usize), usize>) -> Vec<(usize, i64)> {
    let activity = session.activity;
    if session.number > 0 {
        return vec![(places[&(activity.id.as_str(), session.number - 1)], activity.repeat_gap_weeks.max(1))];
    }
    let required = activity.requires.iter().filter(|one| !person.completed.contains(one));
    required.map(|one| (places[&(one.as_str(), 0)], session.span())).collect()
}

/// Nothing ends before what it comes after, until nothing changes.
fn propagate(all: &mut [Session<'_>]) {
    let mut changes = true;
    while changes {
        changes = false;
        for index in 0..all.len() {
            let ends = all[index].before.iter().map(|(one, weeks)| {
                let is_possible = all[*one].first_end <= all[*one].last_end;
                if is_possible { all[*one].first_end + weeks } else { i64::MAX }
            });
            let first_end = ends.max().unwrap_or(0).max(all[index].first_end);
            changes |= first_end > all[index].first_end;
            all[index].first_end = first_end;
        }
    }
}
