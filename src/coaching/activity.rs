use super::{DayCount, MilliLevels, Minutes, SessionCount};
use crate::framework::Level;
use crate::rubric::CriteriaCount;
use crate::value::strict::{choice, object, union};
use crate::value::{Key, Label, Text};

object! {
    /// Something that helps a person grow.
    pub struct Activity {
        /// The activity's key, unique in its library.
        pub key: Key,
        /// Its name.
        pub name: Label,
        /// What kind of thing it is.
        pub kind: ActivityKind,
        /// Where and when it happens.
        pub modality: Modality,
        /// What is done.
        pub description: Text,
        /// The learner's time for all sessions together.
        pub minutes: Minutes,
        /// How many sessions it has.
        pub sessions: SessionCount,
        /// How many days lie between two sessions; 0 for a single one.
        pub gap_days: DayCount,
        /// After how many days it should be refreshed; 0 for never.
        pub refresh_after_days: DayCount,
        /// The criteria it can work on.
        pub criteria: Vec<Key>,
        /// On how many of these one run can work; a planner credits no more.
        pub max_criteria_per_run: CriteriaCount,
        /// The lowest level of people whom it suits.
        pub level_from: Level,
        /// The level up to which it aims; people at this level or above have outgrown it.
        pub level_to: Level,
        /// The activities that come before it.
        pub prerequisites: Vec<Key>,
        /// What it is assumed to add.
        pub gain: Gain,
        /// What it costs besides time.
        pub cost_band: CostBand,
        /// The roles it is for; any role when empty.
        pub audience_roles: Vec<Key>,
        /// Who mainly benefits.
        pub focus: ActivityFocus,
        /// How easily it is seen as an empty gesture.
        pub token_risk: TokenRisk,
        /// What shows that it was done.
        pub completion_evidence: Text,
        /// The conditions for running it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub safeguards: Option<Text>,
        /// The framework's references that support it.
        pub references: Vec<Key>,
    }
}

impl Activity {
    /// The gain that a planner may assume for one full run; nothing for activities that close no gap.
    #[must_use]
    pub fn assumed_gain(&self) -> Option<MilliLevels> {
        match self.gain {
            Gain::Assumed { milli_levels, .. } => Some(milli_levels),
            Gain::None { .. } => None,
        }
    }

    /// Whether it suits a person now at this level.
    #[must_use]
    pub fn suits(&self, level: Level) -> bool {
        (self.level_from..self.level_to).contains(&level)
    }

    /// Whether it is for this role.
    #[must_use]
    pub fn is_for(&self, role: &Key) -> bool {
        self.audience_roles.is_empty() || self.audience_roles.contains(role)
    }

    /// The minutes of each session: whole minutes that add up to the whole.
    pub fn session_minutes(&self) -> impl Iterator<Item = u32> {
        let (minutes, sessions) = (self.minutes.get(), u32::from(self.sessions.get()));
        let until = move |session: u32| (minutes * session).div_ceil(sessions);
        (0..sessions).map(move |session| until(session + 1) - until(session))
    }
}

union! {
    /// What an activity is assumed to add to each criterion it works on.
    pub enum Gain {
        /// A cautious planning assumption, to be replaced by local results; not a research finding.
        Assumed {
            /// Thousandths of a level, for one full run with follow-up.
            milli_levels: MilliLevels,
            /// How well the method is supported.
            evidence_grade: EvidenceGrade,
            /// Why this much.
            rationale: Text,
        },
        /// It closes no gap and must not be used to.
        None {
            /// How well the method is supported.
            evidence_grade: EvidenceGrade,
            /// Why.
            rationale: Text,
        },
    }
}

choice! {
    /// How well a method is supported by research.
    pub enum EvidenceGrade: "How well a method is supported by research" {
        /// Meta-analysis or several controlled studies of this method.
        Strong = "strong",
        /// Good evidence for a closely related method, or mixed evidence for this one.
        Moderate = "moderate",
        /// Practitioner experience, source idea or reasoned design; test locally.
        Limited = "limited",
    }
}

choice! {
    /// What kind of thing an activity is.
    pub enum ActivityKind: "What kind of thing an activity is" {
        /// Facilitated group learning with tasks.
        Workshop = "workshop",
        /// Self-directed practice in a digital tool.
        ELearning = "e_learning",
        /// Short recall questions repeated over time.
        SpacedQuiz = "spaced_quiz",
        /// Brief repeated practice of one behaviour.
        PracticeDrill = "practice_drill",
        /// Acted practice of a conversation with feedback.
        RolePlay = "role_play",
        /// Staged event close to real conditions, with debrief.
        Simulation = "simulation",
        /// Decision cases with feedback on each choice.
        ScenarioExercise = "scenario_exercise",
        /// Watching stronger and weaker examples, then practising.
        BehaviourModelling = "behaviour_modelling",
        /// A habit tried in daily work for a set time.
        OnTheJobPractice = "on_the_job_practice",
        /// Doing a task from the customer's side.
        JobExperience = "job_experience",
        /// Following a colleague's work.
        JobShadowing = "job_shadowing",
        /// Structured look at own work or at feedback.
        FeedbackReview = "feedback_review",
        /// Debrief of a real event against what was expected.
        AfterActionReview = "after_action_review",
        /// Learning with and from colleagues.
        PeerLearning = "peer_learning",
        /// Planned one-to-one sessions with a goal.
        CoachingSeries = "coaching_series",
        /// Longer relationship with an experienced colleague.
        Mentoring = "mentoring",
        /// A structured personal plan.
        PlanningTool = "planning_tool",
        /// A small project that changes guidance, tools or process.
        ImprovementProject = "improvement_project",
        /// Designing or deciding together with customers.
        CoCreation = "co_creation",
        /// A direct act of appreciation towards customers.
        CustomerAction = "customer_action",
        /// Work with a community partner.
        CommunityAction = "community_action",
        /// Team activity with a service goal.
        TeamBuilding = "team_building",
        /// Thanks and awards for named behaviour; closes no gap.
        Recognition = "recognition",
        /// Care offered to a person; not training and not rated; closes no gap.
        WellbeingSupport = "wellbeing_support",
        /// Something a leader does to listen, decide or remove barriers.
        LeadershipAction = "leadership_action",
        /// Aligning how people judge quality; closes no gap.
        Calibration = "calibration",
    }
}

impl ActivityKind {
    /// Whether it teaches, and so may close a gap.
    #[must_use]
    pub const fn is_teaching(self) -> bool {
        !matches!(self, Self::Recognition | Self::WellbeingSupport | Self::Calibration)
    }
}

choice! {
    /// Where and when an activity happens.
    pub enum Modality: "Where and when an activity happens" {
        /// Same place, same time.
        InPerson = "in_person",
        /// Different places, same time.
        RemoteLive = "remote_live",
        /// Own time, alone.
        SelfPaced = "self_paced",
        /// A mix of live and self-paced parts.
        Blended = "blended",
        /// Inside normal work.
        OnTheJob = "on_the_job",
    }
}

choice! {
    /// What an activity costs besides time.
    pub enum CostBand: "What an activity costs besides time" {
        /// No spending beyond staff time.
        None = "none",
        /// Small materials, licences or tokens.
        Low = "low",
        /// Outside facilitator, venue or cover for released staff.
        Medium = "medium",
        /// Event-level spending or large releases of staff.
        High = "high",
    }
}

choice! {
    /// Who mainly benefits from an activity.
    pub enum ActivityFocus: "Who mainly benefits from an activity" {
        /// Staff.
        Employee = "employee",
        /// Customers.
        Customer = "customer",
        /// Both.
        Both = "both",
    }
}

choice! {
    /// How easily an activity is seen as an empty gesture.
    pub enum TokenRisk: "How easily an activity is seen as an empty gesture" {
        /// Hardly.
        Low = "low",
        /// It needs a clear reason and follow-up.
        Medium = "medium",
        /// It is seen as empty unless tied to a real change.
        High = "high",
    }
}
