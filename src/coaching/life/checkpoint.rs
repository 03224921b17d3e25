use crate::coaching::{CoachingPlan, WeekCount};
use crate::value::Day;
use crate::value::strict::{choice, object};

object! {
    /// A check-in or review, scheduled when the plan is made.
    #[derive(Copy)]
    pub struct Checkpoint {
        /// The week of the plan for which it was planned; a pause moves it as it moves the goals.
        pub week: WeekCount,
        /// What it is.
        pub kind: CheckpointKind,
        /// When it took place.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub held: Option<Day>,
    }
}

choice! {
    /// What a checkpoint is.
    pub enum CheckpointKind: "What a checkpoint is" {
        /// A short talk: what was tried, what is next.
        CheckIn = "check_in",
        /// Half-way: do the goals and the plan still fit?
        MidReview = "mid_review",
        /// At the end: a verdict for every goal.
        FinalReview = "final_review",
    }
}

choice! {
    /// How long a person has been in the role, which decides how often to check in.
    pub enum Tenure: "How long a person has been in the role" {
        /// Up to three months: every week.
        NewJoiner = "new_joiner",
        /// Up to a year: every second week.
        Developing = "developing",
        /// Longer: every fourth week.
        Established = "established",
    }
}

impl CheckpointKind {
    /// As it stands in a sentence.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::CheckIn => "check-in",
            Self::MidReview => "review half-way",
            Self::FinalReview => "final review",
        }
    }
}

impl Tenure {
    /// How many weeks lie between two check-ins.
    #[must_use]
    pub const fn weeks_between_check_ins(self) -> u8 {
        match self {
            Self::NewJoiner => 1,
            Self::Developing => 2,
            Self::Established => 4,
        }
    }
}

impl Checkpoint {
    /// All checkpoints of a plan of so many weeks: the final review in its last week, from four weeks on a review
    /// half-way, and check-ins in the rhythm of the tenure where no review is.
    #[must_use]
    pub fn schedule(weeks: WeekCount, tenure: Tenure) -> Vec<Self> {
        Self::schedule_with(weeks, tenure, &[])
    }

    /// All checkpoints of a plan: up to the final review as [`schedule`](Self::schedule) has them, and a check-in at the
    /// end of each phase where no other one is.
    ///
    /// The final review is [`WEEKS_TO_SHOW`](Self::WEEKS_TO_SHOW) weeks after the last session, so that new ratings can
    /// show what has changed, and at the latest in the last week of the plan.
    #[must_use]
    pub fn of_plan(plan: &CoachingPlan, tenure: Tenure) -> Vec<Self> {
        Self::until(Self::final_week(plan), plan, tenure)
    }

    /// How many weeks after the last session the final review takes place: 4.
    pub const WEEKS_TO_SHOW: u8 = 4;

    /// The week of the final review of a plan.
    pub(in crate::coaching) fn final_week(plan: &CoachingPlan) -> WeekCount {
        let weeks = plan.limits().weeks;
        let last_session = plan.phases().iter().map(|phase| phase.last_week).max();
        let review = last_session.and_then(|week| WeekCount::new(week.get().saturating_add(Self::WEEKS_TO_SHOW)).ok());
        review.map_or(weeks, |review| review.min(weeks))
    }

    /// The checkpoints of a plan with its final review in the given week.
    pub(super) fn until(final_week: WeekCount, plan: &CoachingPlan, tenure: Tenure) -> Vec<Self> {
        let ends: Vec<WeekCount> = plan.phases().iter().map(|phase| phase.last_week).collect();
        Self::schedule_with(final_week, tenure, &ends)
    }

    fn schedule_with(weeks: WeekCount, tenure: Tenure, phase_ends: &[WeekCount]) -> Vec<Self> {
        let last = weeks.get();
        let middle = if last >= 4 { last.div_ceil(2) } else { 0 };
        let kind_in = |week: u8| match week {
            _ if week == last => Some(CheckpointKind::FinalReview),
            _ if week == middle => Some(CheckpointKind::MidReview),
            _ if week.is_multiple_of(tenure.weeks_between_check_ins()) => Some(CheckpointKind::CheckIn),
            _ if phase_ends.iter().any(|end| end.get() == week) => Some(CheckpointKind::CheckIn),
            _ => None,
        };
        (1..=last)
            .filter_map(|week| Some(Self { week: WeekCount::new(week).ok()?, kind: kind_in(week)?, held: None }))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(weeks: u8, tenure: Tenure) -> String {
        let letter = |one: &Checkpoint| match one.kind {
            CheckpointKind::CheckIn => 'c',
            CheckpointKind::MidReview => 'm',
            CheckpointKind::FinalReview => 'f',
        };
        let schedule = Checkpoint::schedule(WeekCount::new(weeks).unwrap(), tenure);
        schedule.iter().map(|one| format!("{}{}", letter(one), one.week)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_rhythm_follows_the_tenure() {
        assert_eq!(shown(12, Tenure::Established), "c4 m6 c8 f12");
        assert_eq!(shown(8, Tenure::Developing), "c2 m4 c6 f8");
        assert_eq!(shown(5, Tenure::NewJoiner), "c1 c2 m3 c4 f5");
    }

    #[test]
    fn the_shortest_plan_ends_with_a_final_review() {
        assert_eq!(shown(1, Tenure::NewJoiner), "f1");
        assert_eq!(shown(3, Tenure::Established), "f3");
    }
}
