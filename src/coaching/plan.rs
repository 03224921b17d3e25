use super::{
    EvidenceGrade, FocusPolicy, MilliLevels, Minutes, Phase, PlanEnd, PlanLimits, Reach, Unlock, WeekCount, WhatIf,
};
use crate::framework::{Level, Skill};
use crate::profile::{Reason, RolePin, Urgency};
use crate::rubric::RubricPin;
use crate::scoring::PolicyVersion;
use crate::value::strict::{choice, document, object, union};
use crate::value::{Count, Day, Faults, Key, Label, Reference, SchemaVersion, Share, Version, from_json};

document! {
    /// What a person could do next: goals, activities placed in weeks, and the reason for each choice and omission.
    ///
    /// All gains are planning assumptions, here and in [`Goal`]: whether coaching worked is found out afterwards, by new
    /// observations.
    pub struct CoachingPlan {
        /// The version of this shape.
        pub(super) schema_version: SchemaVersion,
        /// The version of the rules by which the numbers were computed.
        pub(super) scoring_policy: PolicyVersion,
        /// The rubric by which the person is judged.
        pub(super) rubric: RubricPin,
        /// The role.
        pub(super) role: RolePin,
        /// The person.
        pub(super) person: Reference,
        /// The day on which the gaps were known.
        pub(super) as_of: Day,
        /// The activity library.
        pub(super) library: LibraryPin,
        /// What the plan has to live with.
        pub(super) limits: PlanLimits,
        /// How much is taken on at once.
        pub(super) focus: FocusPolicy,
        /// What all gains in this plan are.
        pub(super) gains_are: GainBasis,
        /// How much of what the goals of the first phase need for their next levels is assumed to be reached in it, weighted
        /// by their urgency.
        pub(super) reached: Share,
        /// How much of the way to all targets of the role the whole plan is assumed to close, weighted alike.
        pub(super) reached_of_targets: Share,
        /// What is proven about the choice and timing of the activities of the first phase.
        pub(super) guarantee: PlanGuarantee,
        /// Urgent goals for which nothing is planned, each with the smallest change that would allow an activity.
        pub(super) unlocks: Vec<Unlock>,
        /// The phases, in order; none when nothing is planned.
        pub(super) phases: Vec<Phase>,
        /// Why there is no further phase.
        pub(super) ends: PlanEnd,
        /// What more time or attention would be assumed to bring to the first phase.
        pub(super) what_if: Vec<WhatIf>,
        /// What comes before any goal, such as an open critical concern.
        pub(super) notices: Vec<Reason>,
        /// The goals, most urgent first.
        pub(super) goals: Vec<Goal>,
        /// The activities chosen, by their first session.
        pub(super) activities: Vec<PlannedActivity>,
        /// The activities of the library not chosen, and why.
        pub(super) omissions: Vec<Omission>,
    }
    checked by CoachingPlan::check
}

choice! {
    /// What the gains in a plan are.
    pub enum GainBasis: "What the gains in a plan are" {
        /// Cautious planning assumptions, to be replaced by local results.
        PlanningAssumption = "planning_assumption",
    }
}

union! {
    /// What is proven about the choice and timing of the activities, given the assumed gains and the limits.
    #[derive(Copy)]
    pub enum PlanGuarantee {
        /// No other plan within the limits does more for these goals; where each of them gets an activity, no other one
        /// that gives each an activity.
        Optimal {},
        /// A limit of the search was met.
        Bounded {
            /// No plan reaches more than this.
            at_most: Share,
        },
        /// It stands beside a better plan, to choose from; the search was for the best of those left.
        Alternative {
            /// No plan reaches more than this.
            at_most: Share,
        },
    }
}

/// In words, such as `bounded: no plan reaches more than 83.4513 %`, unrounded.
impl std::fmt::Display for PlanGuarantee {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Optimal {} => formatter.write_str("optimal: no other plan does more for these goals"),
            Self::Bounded { at_most } => {
                write!(formatter, "bounded: no plan reaches more than {} %", at_most.percent(4))
            }
            Self::Alternative { at_most } => {
                write!(formatter, "to choose from: no plan reaches more than {} %", at_most.percent(4))
            }
        }
    }
}

object! {
    /// Names a library of activities and its version.
    pub struct LibraryPin {
        /// The library's key.
        pub id: Key,
        /// The version of its content.
        pub version: Version,
    }
}

object! {
    /// One criterion to grow in: from the present level to the next.
    pub struct Goal {
        /// The criterion.
        pub criterion: Key,
        /// Its skill.
        pub skill: Skill,
        /// How urgent the gap is.
        pub urgency: Urgency,
        /// The present level.
        pub level: Level,
        /// The level that this plan reaches for: the next one, or a further one where later phases go on.
        pub next_level: Level,
        /// The level that the role asks for in the end.
        pub target: Level,
        /// How far the value is below the start of the level reached for.
        pub needed: MilliLevels,
        /// What the planned activities of all phases are assumed to add.
        pub assumed_gain: MilliLevels,
        /// How far that reaches.
        pub status: GoalStatus,
        /// Why.
        pub reasons: Vec<Reason>,
    }
}

choice! {
    /// How far a plan is assumed to reach for a goal.
    pub enum GoalStatus: "How far a plan is assumed to reach for a goal" {
        /// To the start of the level reached for.
        ReachesNextLevel = "reaches_next_level",
        /// Part of the way.
        ReachesPart = "reaches_part",
        /// Not worked on: it lost out on time, or nothing fits; the goal's last reason says which.
        NotPlanned = "not_planned",
        /// Not worked on: more urgent goals come first, and this one waits for a later plan.
        Later = "later",
    }
}

impl GoalStatus {
    /// As it stands in a sentence.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::ReachesNextLevel => "reaches the next level",
            Self::ReachesPart => "gets part of the way",
            Self::NotPlanned => "not planned",
            Self::Later => "for a later plan",
        }
    }
}

object! {
    /// An activity in a plan.
    pub struct PlannedActivity {
        /// The activity.
        pub activity: Key,
        /// Its name.
        pub name: Label,
        /// The goals it works on, with what it is assumed to add; none for a pure prerequisite.
        pub credits: Vec<Credit>,
        /// The number of the phase in which it takes place.
        pub phase: Count,
        /// How well the method is supported.
        pub evidence_grade: EvidenceGrade,
        /// Its sessions, in order.
        pub sessions: Vec<PlannedSession>,
        /// What the best plan of its phase without it would reach, every other choice made anew; a plan that leaves an
        /// urgent goal without an activity counts too.
        pub reached_without: Reach,
        /// Why it was chosen.
        pub reasons: Vec<Reason>,
    }
}

object! {
    /// What an activity is assumed to add to one goal.
    pub struct Credit {
        /// The criterion.
        pub criterion: Key,
        /// What is added.
        pub assumed_gain: MilliLevels,
    }
}

object! {
    /// One session of an activity.
    #[derive(Copy)]
    pub struct PlannedSession {
        /// The week, counted from 1.
        pub week: WeekCount,
        /// The first day on which the spacing allows it.
        pub not_before: Day,
        /// The learner's time.
        pub minutes: Minutes,
    }
}

object! {
    /// An activity that was not chosen, and why.
    pub struct Omission {
        /// The activity.
        pub activity: Key,
        /// Its name.
        pub name: Label,
        /// What the best plan with it would reach; no plan when it could take no part.
        pub reached_with: Reach,
        /// Why.
        pub reason: Reason,
    }
}

impl CoachingPlan {
    /// Reads a plan from JSON text.
    ///
    /// # Errors
    ///
    /// The text does not have the shape of a plan (one fault, with its place), or it breaks rules (all of them).
    pub fn from_json(text: &str) -> Result<Self, Faults> {
        from_json(text)
    }

    /// The version of the rules by which the numbers were computed.
    #[must_use]
    pub fn scoring_policy(&self) -> PolicyVersion {
        self.scoring_policy
    }

    /// The rubric by which the person is judged.
    #[must_use]
    pub fn rubric(&self) -> &RubricPin {
        &self.rubric
    }

    /// The role.
    #[must_use]
    pub fn role(&self) -> &RolePin {
        &self.role
    }

    /// The person.
    #[must_use]
    pub fn person(&self) -> &Reference {
        &self.person
    }

    /// The day on which the gaps were known.
    #[must_use]
    pub fn as_of(&self) -> Day {
        self.as_of
    }

    /// The activity library.
    #[must_use]
    pub fn library(&self) -> &LibraryPin {
        &self.library
    }

    /// What the plan has to live with.
    #[must_use]
    pub fn limits(&self) -> &PlanLimits {
        &self.limits
    }

    /// What all gains in this plan are.
    #[must_use]
    pub fn gains_are(&self) -> GainBasis {
        self.gains_are
    }

    /// How much is taken on at once.
    #[must_use]
    pub fn focus(&self) -> FocusPolicy {
        self.focus
    }

    /// How much of what the goals of the first phase need for their next levels is assumed to be reached in it, weighted by
    /// their urgency.
    #[must_use]
    pub fn reached(&self) -> Share {
        self.reached
    }

    /// How much of the way to all targets of the role the whole plan is assumed to close, weighted by urgency.
    #[must_use]
    pub fn reached_of_targets(&self) -> Share {
        self.reached_of_targets
    }

    /// Urgent goals for which nothing is planned, each with the smallest change that would allow an activity.
    #[must_use]
    pub fn unlocks(&self) -> &[Unlock] {
        &self.unlocks
    }

    /// The phases, in order; none when nothing is planned.
    #[must_use]
    pub fn phases(&self) -> &[Phase] {
        &self.phases
    }

    /// Why there is no further phase.
    #[must_use]
    pub fn ends(&self) -> PlanEnd {
        self.ends
    }

    /// What is proven about the choice and timing of the activities of the first phase.
    #[must_use]
    pub fn guarantee(&self) -> PlanGuarantee {
        self.guarantee
    }

    /// What more time or attention would be assumed to bring to the first phase.
    #[must_use]
    pub fn what_if(&self) -> &[WhatIf] {
        &self.what_if
    }

    /// What comes before any goal, such as an open critical concern.
    #[must_use]
    pub fn notices(&self) -> &[Reason] {
        &self.notices
    }

    /// The goals, most urgent first.
    #[must_use]
    pub fn goals(&self) -> &[Goal] {
        &self.goals
    }

    /// The activities chosen, by their first session.
    #[must_use]
    pub fn activities(&self) -> &[PlannedActivity] {
        &self.activities
    }

    /// The activities of the library not chosen, and why; those that competed are the ones with a plan in
    /// [`reached_with`](Omission::reached_with).
    #[must_use]
    pub fn omissions(&self) -> &[Omission] {
        &self.omissions
    }

    /// What binds the plan, in a sentence or two: the limits that would bring more if they alone were loosened, more than
    /// any plan within them, where this one stands beside a better one; and the wishes that would bring more if given up.
    #[must_use]
    pub fn what_binds(&self) -> String {
        let now = match self.guarantee {
            PlanGuarantee::Alternative { at_most } => at_most,
            PlanGuarantee::Optimal {} | PlanGuarantee::Bounded { .. } => self.reached,
        };
        let more = |one: &&WhatIf| one.reached.at_least().is_some_and(|reached| reached > now);
        let in_words = |one: &WhatIf| one.change.in_words();
        let binding: Vec<_> = self.what_if.iter().filter(more).map(in_words).collect();
        let open = self.what_if.iter().any(|one| !one.reached.is_proven());
        let unproven =
            if open { " Not every answer is proven: the ranges say how much more there could be." } else { "" };
        let wishes = self.wishes_that_cost(now);
        match binding.split_last() {
            None => format!("Nothing that was tried brings more if it alone is loosened.{unproven}{wishes}"),
            Some((last, [])) => format!("Of what was tried, only one thing brings more: {last}.{unproven}{wishes}"),
            Some((last, others)) => format!(
                "Of what was tried, these bring more, each alone: {}, or {last}.{unproven}{wishes}",
                others.join(", ")
            ),
        }
    }

    /// Which wishes would bring more than `now` if given up, in a sentence that follows another.
    fn wishes_that_cost(&self, now: Share) -> String {
        let brings_more = |reach: Reach| reach.at_least().is_some_and(|reached| reached > now);
        let wanted = self.activities.iter().filter(|one| self.limits.required.contains(&one.activity));
        let wanted =
            wanted.filter(|one| brings_more(one.reached_without)).map(|one| format!("without \"{}\"", one.name));
        let unwanted = self.omissions.iter().filter(|one| self.limits.without.contains(&one.activity));
        let unwanted = unwanted.filter(|one| brings_more(one.reached_with)).map(|one| format!("with \"{}\"", one.name));
        let costly: Vec<_> = wanted.chain(unwanted).collect();
        if costly.is_empty() {
            String::new()
        } else {
            format!(" The wishes have a price: more is reached {}.", costly.join(", or "))
        }
    }

    /// The sessions of one week with their activities, by the day they may start.
    #[must_use]
    pub fn week(&self, week: WeekCount) -> Vec<(&PlannedActivity, PlannedSession)> {
        let in_week = |activity: &'_ PlannedActivity| {
            activity.sessions.iter().copied().filter(|session| session.week == week).collect::<Vec<_>>()
        };
        let mut sessions: Vec<_> = self
            .activities
            .iter()
            .flat_map(|activity| in_week(activity).into_iter().map(move |session| (activity, session)))
            .collect();
        sessions.sort_by_key(|(activity, session)| (session.not_before, &activity.activity));
        sessions
    }
}

#[cfg(test)]
mod tests {
    use super::PlanGuarantee;

    #[test]
    fn a_guarantee_says_its_bound_unrounded() {
        let at_most = 0.834_513.try_into().unwrap();
        assert_eq!(PlanGuarantee::Bounded { at_most }.to_string(), "bounded: no plan reaches more than 83.4513 %");
        assert_eq!(PlanGuarantee::Optimal {}.to_string(), "optimal: no other plan does more for these goals");
    }
}
