//! What was held, and what that means for the next plan.

use std::collections::BTreeMap;

use super::{PlanEvent, PlanRecord};
use crate::coaching::{ActivityLibrary, Credit, SessionCount, UnderWay};
use crate::value::{Day, Key, Label};

/// A session that was held, under this version of a plan or an earlier one.
pub(super) struct Held<'a> {
    pub(super) activity: &'a Key,
    pub(super) name: &'a Label,
    pub(super) session: SessionCount,
    pub(super) credits: &'a [Credit],
    pub(super) on: Day,
}

impl PlanRecord {
    /// The activities of which a whole run was held, also under earlier versions: for
    /// [`PlanLimits::completed`](crate::coaching::PlanLimits::completed) of the next plan. Leave out what should be done
    /// once more.
    #[must_use]
    pub fn completed(&self, library: &ActivityLibrary) -> Vec<Key> {
        let runs = self.first_runs(library).into_iter();
        runs.filter(|run| run.is_whole).map(|run| run.activity.clone()).collect()
    }

    /// The runs that were begun and not finished, also under earlier versions: for
    /// [`PlanLimits::under_way`](crate::coaching::PlanLimits::under_way) of the next plan. Leave out what should begin
    /// anew.
    #[must_use]
    pub fn under_way(&self, library: &ActivityLibrary) -> Vec<UnderWay> {
        let begun = self.first_runs(library).into_iter().filter(|run| !run.is_whole);
        begun.map(|run| UnderWay { activity: run.activity.clone(), held_on: run.held_on }).collect()
    }

    /// Of each activity in the library of which something was held, the first run; refreshers come later.
    fn first_runs<'a>(&'a self, library: &ActivityLibrary) -> Vec<FirstRun<'a>> {
        let mut held: BTreeMap<&Key, BTreeMap<SessionCount, Day>> = BTreeMap::new();
        for one in self.held() {
            held.entry(one.activity).or_default().entry(one.session).or_insert(one.on);
        }
        let first_run = |(activity, days): (&'a Key, BTreeMap<SessionCount, Day>)| {
            let sessions = library.activity(activity.as_str())?.sessions;
            let held_on: Vec<Day> = days.range(..=sessions).map(|(_, day)| *day).collect();
            let is_whole = held_on.len() == usize::from(sessions.get());
            (!held_on.is_empty()).then_some(FirstRun { activity, is_whole, held_on })
        };
        held.into_iter().filter_map(first_run).collect()
    }

    /// The sessions that were held, those under earlier versions first.
    pub(super) fn held(&self) -> Vec<Held<'_>> {
        let items: BTreeMap<_, _> = self.items.iter().map(|item| ((&item.activity, item.session), item)).collect();
        let carried = self.carried.done.iter().map(|one| Held {
            activity: &one.activity,
            name: &one.name,
            session: one.session,
            credits: &one.credits,
            on: one.on,
        });
        let finished = self.history.iter().filter_map(|step| match &step.event {
            PlanEvent::FinishItem { activity, session, .. } => {
                let item = items.get(&(activity, *session))?;
                Some(Held {
                    activity: &item.activity,
                    name: &item.name,
                    session: item.session,
                    credits: &item.credits,
                    on: step.on,
                })
            }
            _ => None,
        });
        carried.chain(finished).collect()
    }
}

struct FirstRun<'a> {
    activity: &'a Key,
    is_whole: bool,
    held_on: Vec<Day>,
}
