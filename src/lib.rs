//! From what a rater saw to what to do next: service-excellence competencies as types that cannot hold an invalid
//! value, scored exactly by functions that explain themselves.
//!
//! Five core skills of customer service (empathy, communication mastery, problem-solving agility, tech-savviness,
//! resilience and patience), the rubrics by which they are assessed, the scores, one person's profile over time, the
//! gap to a role, and the coaching plan that follows.
//!
//! # The smallest example
//!
//! ```
//! use service_excellence::{AssessmentBuilder, Framework, Rater, RaterKind, Rubric, Scorer, Skill};
//!
//! // A rubric for chat, from the built-in framework: 24 criteria with anchors, three of them critical.
//! let rubric = Rubric::for_channel(Framework::builtin(), "chat")?;
//!
//! // What a reviewer saw in one contact.
//! let reviewer = Rater { id: "reviewer-1".parse()?, kind: RaterKind::QualityReviewer };
//! let mut seen =
//!     AssessmentBuilder::new(&rubric, "as-1".parse()?, "agent-7".parse()?, reviewer, "2026-03-02".parse()?);
//! for criterion in rubric.criteria() {
//!     seen = seen.rate(criterion.key.as_str(), 3);
//! }
//! let assessment = seen.rate("sincere_acknowledgement", 2).submitted().admit()?;
//!
//! // What it adds up to, and why.
//! let scorer = Scorer::new(&rubric);
//! let scorecard = scorer.score(&assessment)?;
//! let empathy = scorecard.skills()[Skill::Empathy].score().expect("all of empathy was rated");
//! assert_eq!(empathy.on_level_scale(2), "2.70");
//! assert!(scorer.explain(&assessment)?.skill(Skill::Empathy).contains("Acknowledging with sincerity: step 2 of 5"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The model
//!
//! ```text
//! what good service is      how it is judged    what was seen      what it adds up to                 what to do next
//! framework ───────────────► rubric ──────────► assessment ──────► scoring ──► profile (gap) ───────► coaching
//!                                                    │                            │
//!              statistics ──────────────────────► calibration    feedback         └──► team
//! ```
//!
//! Each step is one module ("room") that knows only the steps before it. A [`Framework`] says what good service is; a
//! [`Rubric`] chooses criteria and weights for a channel; [`Rubric::admit`] makes an [`Assessment`] of what a rater
//! wrote; a [`Scorer`] turns it into a [`Scorecard`]; a [`Profiler`] joins many into a [`Profile`]; a [`GapAnalysis`]
//! compares it with a [`RoleProfile`]; a [`Planner`] finds the best [`CoachingPlan`]. [`guide::model`] tells the whole story,
//! [`guide::scoring`] every rule of scoring, [`guide::uncertainty`] what the intervals mean.
//!
//! * **Valid by construction.** Fields of checked types are private, each has one checked door, and serde goes through
//!   it: a document that deserialises is a valid value. What is wrong is reported with its place, all of it at once.
//! * **Exact.** Scores are sums of whole numbers, rounded once, to six decimals; a threshold of 0.8 is met by 0.8.
//! * **Missing is never zero.** *Not applicable*, *not observed* and *insufficient evidence* are values with names.
//! * **Pure.** No clock, no randomness; nothing is opened: days come from the caller, so do the files that lines are read
//!   from, and the same input gives the same bytes on every platform.
//!
//! # What it does not do
//!
//! It does not rank people, infer emotions, predict who leaves, decide anything about a person, or store data.
//!
//! # Cookbook
//!
//! * From assessments to a plan, in one example: [`Planner`].
//! * Read an assessment from JSON and fit it to its rubric: [`AssessmentDocument::from_json`], then [`Rubric::admit`].
//! * Read whole files of rubrics and assessments, one a line, each assessment with its rubric: [`RubricSet::read`], then
//!   [`RubricSet::read_assessments`]. Other documents line by line: [`value::Lines`], [`value::write_lines`].
//! * Read your own rubric and see everything that is wrong with it: [`Rubric::from_json`]; what is probably not meant:
//!   [`Rubric::lint`]; what changed between two versions: [`RubricDiff::between`].
//! * Score millions of rows without allocating: [`Scorer::score_row`].
//! * Explain a score to a manager: [`Scorer::explain`].
//! * Ask where somebody stood on a past day: [`Profiler::profile`]; everybody at once: [`Profiler::profiles`], or from
//!   bare rows [`Profiler::profiles_of_rows`].
//! * How sure a value is, and how many more observations it takes: [`UncertaintyModel`]; whether something changed:
//!   [`Profiler::trend`].
//! * The best plan for the hours there are: [`Planner`]; for a planning problem of your own, a team's for example:
//!   [`PlanProblem::solve`](planning::PlanProblem::solve). [`guide::coaching`] says what is proven.
//! * The page that a person reads, for every situation: [`PlanPage`].
//! * Follow a plan from agreement to verdict: [`PlanRecord`]; how a goal comes along: [`PlanRecord::progress`]; what came
//!   of it: [`GoalOutcome`](coaching::GoalOutcome). [`guide::following_a_plan`] has the tables, the formulae and the wording.
//! * How far raters agree: [`guide::choosing_a_statistic`]; who is severe, and what a fair average is:
//!   [`RaterReport`], [`FacetModel`](calibration::FacetModel), [`guide::calibration`].
//! * Add many people up, in shards: [`TeamTally`]; show it without giving anybody away: [`TeamReport`],
//!   [`guide::teams`]. Survey scores with intervals: [`Csat`], [`Nps`], [`Ces`].
//! * Types and validators for other languages: the JSON Schemas in `schemas/v0/`, or `schema::documents()`.
//!
//! # Cargo features
//!
//! * `schema` (on by default): JSON Schemas of every document, through schemars.
//! * `exact` (on by default): coaching plans that are proven optimal, through microlp; without it plans carry a bound.

pub mod assessment;
pub mod calibration;
pub mod coaching;
pub mod feedback;
pub mod framework;
pub mod planning;
pub mod profile;
pub mod rubric;
pub mod schema;
pub mod scoring;
pub mod statistics;
pub mod team;
pub mod value;

/// Longer explanations.
pub mod guide {
    #[doc = include_str!("../docs/calibration.md")]
    pub mod calibration {}

    #[doc = include_str!("../docs/choosing-a-statistic.md")]
    pub mod choosing_a_statistic {}

    #[doc = include_str!("../docs/coaching.md")]
    pub mod coaching {}

    #[doc = include_str!("../docs/errors.md")]
    pub mod errors {}

    #[doc = include_str!("../docs/model.md")]
    pub mod model {}

    #[doc = include_str!("../docs/scoring.md")]
    pub mod scoring {}

    #[doc = include_str!("../docs/following-a-plan.md")]
    pub mod following_a_plan {}

    #[doc = include_str!("../docs/teams.md")]
    pub mod teams {}

    #[doc = include_str!("../docs/uncertainty.md")]
    pub mod uncertainty {}
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExamples;

// At the root stand the nouns of the main road, which a typical program writes down; their parts are in their rooms.

// What good service is, and how it is judged.
pub use framework::{Criterion, Framework, Level, Skill, SkillMap};
pub use rubric::{Rubric, RubricBuilder, RubricCriterion, RubricDiff, RubricError, RubricPin};

// What was seen, and what one contact adds up to.
pub use assessment::{
    Assessment, AssessmentBuilder, AssessmentDocument, CompactAssessment, Rater, RaterKind, RubricSet,
};
pub use scoring::{OverallScore, Scorecard, Scorer, ScoringError, SkillScore};

// Where a person stands, and what the role asks for.
pub use profile::{
    CriterionGap, CriterionStanding, EvidencePolicy, GapAnalysis, Profile, ProfileError, Profiler, RoleLibrary,
    RoleProfile, SkillGap, SkillStanding, Trend, UncertaintyModel,
};

// What to do next, and what became of it.
pub use coaching::{
    Activity, ActivityLibrary, CoachingError, CoachingPlan, CostBand, FocusPolicy, PlanLimits, PlanPage, PlanRecord,
    PlanSummary, Planner,
};

// How far raters can be trusted.
pub use calibration::{CalibrationPolicy, CalibrationSet, RaterReport};

// Many people, and nobody of them; what customers say, which is never part of a person's score.
pub use feedback::{Ces, Csat, FeedbackLibrary, Nps, SurveyResult, SurveyScore};
pub use team::{GroupThreshold, TeamCounter, TeamError, TeamReport, TeamTally};

// Checked values.
pub use value::{Day, Fault, Faults, Key, Label, Note, Reference, Score, Share, ValueError};
