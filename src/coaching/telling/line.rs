use crate::coaching::{CheckpointKind, GoalStatus, Minutes, PlanStatus, Unlock, WeekCount};
use crate::framework::ObservationCount;
use crate::profile::{ExclusionReason, Urgency};
use crate::value::strict::{choice, union};
use crate::value::{Count, Day, Key, Label, Real, Score, Text};

union! {
    /// One thing that a page says, with its numbers: `kind` is the stable code. Scores are from 0 to 1, as everywhere in
    /// documents; the page shows them on the scale of levels, `1 + 4 · score`.
    pub enum SummaryLine {
        /// What the person does next.
        NextStep {
            /// What it is.
            step: NextStep,
        },
        /// The role cannot be compared with the rubric.
        RoleMismatch {
            /// How many things are wrong.
            faults: Count,
            /// The first of them.
            first: Text,
        },
        /// Where the person stands.
        Standing {
            /// How many criteria have a value.
            rated: Count,
            /// How many of them are below target.
            below: Count,
            /// How many more have too few observations.
            unknown: Count,
            /// How many skills have a value.
            skills: Count,
            /// How many of them are below target by their value.
            skills_below: Count,
        },
        /// How far the plan under way has come.
        UnderWay {
            /// How far the plan has come.
            plan_status: PlanStatus,
            /// The week of the plan, counted from 1 at its start; 0 before.
            current_week: Count,
            /// How many weeks there are, with those by which pauses moved it.
            weeks: Count,
            /// How many sessions were held.
            held: Count,
            /// How many there are, without those that were taken out.
            sessions: Count,
            /// How many were missed and have no new week yet.
            missed: Count,
        },
        /// What the values rest on.
        Evidence {
            /// How many assessments count.
            assessments: Count,
            /// The first day of the window.
            since: Day,
        },
        /// How many observations a value needs, where there are fewer.
        Needed {
            /// How many observations of a criterion.
            observations: ObservationCount,
        },
        /// Assessments that do not count at all.
        NotCounted {
            /// Why.
            reason: ExclusionReason,
            /// How many.
            assessments: Count,
        },
        /// A criterion with a high value that meets its target.
        Strength {
            /// The criterion.
            criterion: Key,
            /// Its name.
            name: Label,
            /// The value.
            score: Score,
        },
        /// The criterion nearest to its target, where none meets it.
        Nearest {
            /// The criterion.
            criterion: Key,
            /// Its name.
            name: Label,
            /// The value.
            score: Score,
            /// Where the target level starts.
            target: Score,
        },
        /// Open critical concerns about the same criteria.
        Concern {
            /// The criteria; none when the rule is about a whole skill.
            criteria: Vec<Key>,
            /// The name of the first criterion, or of the skill.
            name: Label,
            /// How many contacts raised it.
            contacts: Count,
            /// The day of the first contact.
            since: Day,
            /// The day of the latest contact.
            latest: Day,
        },
        /// A goal of the plan, one of the three most urgent.
        Goal {
            /// The criterion.
            criterion: Key,
            /// Its name.
            name: Label,
            /// How urgent the gap is.
            urgency: Urgency,
            /// The value now.
            score: Score,
            /// Where the plan is assumed to bring it; the value now when nothing is planned.
            expected: Score,
            /// Where the target level of the role starts.
            target: Score,
            /// How far that reaches.
            status: GoalStatus,
        },
        /// An urgent goal that nothing is planned for, and the smallest change that would allow an activity.
        Unlock {
            /// What would allow which activity.
            unlock: Unlock,
        },
        /// How many goals there are besides those named.
        MoreGoals {
            /// How many.
            goals: Count,
            /// How many of these the plan works on.
            planned: Count,
        },
        /// A goal of the plan under way, as agreed.
        AgreedGoal {
            /// The criterion.
            criterion: Key,
            /// Its name.
            name: Label,
            /// The value when the plan was made.
            baseline: Score,
            /// The value now; absent when there is none.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            now: Option<Score>,
            /// Where the level to reach starts.
            target: Score,
            /// By when.
            due: Day,
        },
        /// A session of the first week in which something happens.
        Session {
            /// The activity.
            activity: Key,
            /// Its name.
            name: Label,
            /// The learner's time.
            minutes: Minutes,
            /// The week of the plan.
            week: WeekCount,
            /// The first day of that week.
            from: Day,
        },
        /// What the plan takes in all.
        Effort {
            /// The learner's time in minutes.
            minutes_in_all: Count,
            /// In how many sessions.
            sessions: Count,
            /// In how many weeks something happens.
            busy_weeks: Count,
            /// The week of the last session.
            last_week: WeekCount,
        },
        /// A check-in or review to come.
        Checkpoint {
            /// What it is.
            checkpoint: CheckpointKind,
            /// By which day.
            by: Day,
        },
        /// The person sees a criterion at least half a level differently from the others.
        OwnView {
            /// The criterion.
            criterion: Key,
            /// Its name.
            name: Label,
            /// The own view minus that of the others, in levels.
            above: Real,
        },
    }
}

choice! {
    /// What a person does next.
    pub enum NextStep: "What a person does next" {
        /// Talk the plan over with the coach and agree on it.
        AgreePlan = "agree_plan",
        /// Tell the team lead how the person sees what raised a concern, and hear by when it is decided.
        HearConcern = "hear_concern",
        /// Have contacts reviewed.
        GetReviewed = "get_reviewed",
        /// Have a person look at the machine's ratings.
        ConfirmMachine = "confirm_machine",
        /// Have the disputed ratings decided.
        DecideContest = "decide_contest",
        /// Settle with the team lead how the plan could get more room.
        MakeRoom = "make_room",
        /// Talk with the coach about a skill that is below target as a whole.
        TalkSkillOver = "talk_skill_over",
        /// Choose a direction to grow in.
        ChooseGrowth = "choose_growth",
        /// Go on as before.
        KeepItUp = "keep_it_up",
        /// Hold the next session.
        HoldSession = "hold_session",
        /// Agree on the plan, sign it or start it: what its status asks for.
        MovePlanOn = "move_plan_on",
        /// Hold the review that is due.
        HoldReview = "hold_review",
        /// Nothing for the person: whoever looks after the roles mends the role.
        MendRole = "mend_role",
    }
}
