//! The rules of a record that its JSON Schema cannot state.

use super::replay::Life;
use super::{CheckpointKind, PlanRecord};
use crate::value::{Fault, Faults, Rule, repeated};

pub(crate) const RECORD_RULES: &[Rule] = &[
    GOALS_UNIQUE,
    ITEMS_UNIQUE,
    CHECKPOINTS_IN_ORDER,
    WITHIN_WEEKS,
    COACH_IS_ANOTHER,
    VERSIONS_LINKED,
    HISTORY_ALLOWED,
    STATE_REPLAYS,
];

const GOALS_UNIQUE: Rule = Rule::new("record_goals_unique", "each criterion occurs once in `goals`");
const ITEMS_UNIQUE: Rule =
    Rule::new("record_items_unique", "each pair of `activity` and `session` occurs once in `items`");
const CHECKPOINTS_IN_ORDER: Rule = Rule::new(
    "record_checkpoints_in_order",
    "the weeks of `checkpoints` rise, and the last of them and no other is the final review",
);
const WITHIN_WEEKS: Rule = Rule::new(
    "record_within_weeks",
    "the `due` of goals, the `planned_week` of items and the `week` of checkpoints are at most `weeks`",
);
const COACH_IS_ANOTHER: Rule = Rule::new("record_coach_is_another", "`coach` is not `person`");
const VERSIONS_LINKED: Rule = Rule::new(
    "record_versions_linked",
    "`previous` of version 1 is absent or has another `id`; that of version n is version n − 1 with the same `id`",
);
const HISTORY_ALLOWED: Rule = Rule::new(
    "record_history_allowed",
    "each event of `history` is allowed after the ones before it: by the status of the plan, by the state of the \
     session (the first in `items` with this activity and number), and by the guards of the event",
);
const STATE_REPLAYS: Rule = Rule::new(
    "record_state_replays",
    "when `history` is allowed, it leads to `status`, to `moved`, to the `week` and `state` of each item and to `held` \
     of each checkpoint",
);

impl PlanRecord {
    pub(super) fn check(&self) -> Result<(), Faults> {
        let mut faults = Vec::new();
        self.check_lists(&mut faults);
        self.check_weeks(&mut faults);
        if self.coach == self.person {
            faults.push(Fault::new(COACH_IS_ANOTHER, "/coach", "the coach is the person: allowed is somebody else"));
        }
        self.check_previous(&mut faults);
        self.check_history(&mut faults);
        Faults::none_of(faults)
    }

    fn check_lists(&self, faults: &mut Vec<Fault>) {
        for (index, goal) in repeated(&self.goals, |goal| &goal.criterion) {
            let message = format!("`{}` is a goal already", goal.criterion);
            faults.push(Fault::new(GOALS_UNIQUE, format!("/goals/{index}/criterion"), message));
        }
        for (index, item) in repeated(&self.items, |item| (&item.activity, item.session)) {
            let message = format!("session {} of `{}` stands here already", item.session, item.activity);
            faults.push(Fault::new(ITEMS_UNIQUE, format!("/items/{index}/session"), message));
        }
        let mut previous = 0;
        for (index, one) in self.checkpoints.iter().enumerate() {
            let is_last = index + 1 == self.checkpoints.len();
            if one.week.get() <= previous || (one.kind == CheckpointKind::FinalReview) != is_last {
                let message = format!("`{}` in week {} after week {previous}", one.kind, one.week);
                faults.push(Fault::new(CHECKPOINTS_IN_ORDER, format!("/checkpoints/{index}"), message));
            }
            previous = one.week.get();
        }
        if self.checkpoints.is_empty() {
            faults.push(Fault::new(CHECKPOINTS_IN_ORDER, "/checkpoints", "there is no final review"));
        }
    }

    fn check_weeks(&self, faults: &mut Vec<Fault>) {
        let goals = self.goals.iter().enumerate().map(|(index, one)| (format!("/goals/{index}/due"), one.due));
        let items = self.items.iter().enumerate();
        let items = items.map(|(index, one)| (format!("/items/{index}/planned_week"), one.planned_week));
        let checkpoints = self.checkpoints.iter().enumerate();
        let checkpoints = checkpoints.map(|(index, one)| (format!("/checkpoints/{index}/week"), one.week));
        for (path, week) in goals.chain(items).chain(checkpoints).filter(|(_, week)| *week > self.weeks) {
            let message = format!("week {week}: allowed is 1 to {}", self.weeks);
            faults.push(Fault::new(WITHIN_WEEKS, path, message));
        }
    }

    fn check_previous(&self, faults: &mut Vec<Fault>) {
        let is_linked = match (&self.previous, self.version.get()) {
            (None, version) => version == 1,
            (Some(previous), 1) => previous.id != self.id,
            (Some(previous), _) => previous.id == self.id && previous.version.next() == Some(self.version),
        };
        if !is_linked {
            let message = format!("version {} has another version before it: allowed is the one before", self.version);
            faults.push(Fault::new(VERSIONS_LINKED, "/previous", message));
        }
    }

    fn check_history(&self, faults: &mut Vec<Fault>) {
        let mut life = Life::new(self);
        for (index, step) in self.history.iter().enumerate() {
            if let Err(error) = life.step(step) {
                faults.push(Fault::new(HISTORY_ALLOWED, format!("/history/{index}/event"), error.to_string()));
                return;
            }
        }
        let mut replayed = self.clone();
        life.store(&mut replayed);
        if let Some((path, message)) = self.difference(&replayed) {
            faults.push(Fault::new(STATE_REPLAYS, path, message));
        }
    }

    /// Where the stored state differs first from the replayed one.
    fn difference(&self, replayed: &Self) -> Option<(String, String)> {
        if self.status != replayed.status {
            let message = format!("`{}`: the history leads to `{}`", self.status, replayed.status);
            return Some(("/status".to_owned(), message));
        }
        if self.moved != replayed.moved {
            let message = format!("{} weeks: the history leads to {}", self.moved, replayed.moved);
            return Some(("/moved".to_owned(), message));
        }
        let mut items = self.items.iter().zip(&replayed.items).enumerate();
        if let Some((index, (stored, other))) = items.find(|(_, (stored, other))| stored != other) {
            let message = format!(
                "`{}` in week {}: the history leads to `{}` in week {}",
                stored.state, stored.week, other.state, other.week
            );
            return Some((format!("/items/{index}"), message));
        }
        let mut checkpoints = self.checkpoints.iter().zip(&replayed.checkpoints);
        let index = checkpoints.position(|(stored, other)| stored != other)?;
        let message = "the day differs from the one in the history, or one of them is missing";
        Some((format!("/checkpoints/{index}/held"), message.to_owned()))
    }
}
