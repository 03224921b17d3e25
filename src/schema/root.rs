#[cfg(feature = "schema")]
use std::borrow::Cow;

#[cfg(feature = "schema")]
use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::assessment::{self, AssessmentDocument, CompactAssessment};
use crate::calibration::{self, RaterReport};
use crate::coaching::{self, ActivityLibrary, CoachingPlan, PlanLimits, PlanRecord, PlanSummary};
use crate::feedback::{self, FeedbackLibrary, SurveyResult};
use crate::framework::{self, FrameworkDocument};
use crate::planning::{self, PlanProblemDocument};
use crate::profile::{self, GapAnalysis, Profile, RoleLibrary};
use crate::rubric::{self, RubricDocument};
use crate::scoring::{self, Scorecard};
use crate::statistics;
use crate::team::{self, TeamReport, TeamTallyDocument};
use crate::value::{self, Rule};

/// A document that stands on its own: its name, its type and the rules it must keep.
pub(super) struct Root {
    pub(super) name: &'static str,
    pub(super) rules: &'static [&'static [Rule]],
    #[cfg(feature = "schema")]
    pub(super) type_name: fn() -> Cow<'static, str>,
    #[cfg(feature = "schema")]
    pub(super) reference: fn(&mut SchemaGenerator) -> Schema,
}

/// Every document with a schema of its own, one line each.
pub(super) const ROOTS: &[Root] = &[
    Root::of::<FrameworkDocument>("framework", &[value::RULES, framework::RULES]),
    Root::of::<RubricDocument>("rubric", &[value::RULES, rubric::RULES]),
    Root::of::<AssessmentDocument>("assessment", &[assessment::RULES]),
    Root::of::<CompactAssessment>("compact_assessment", &[]),
    Root::of::<Scorecard>("scorecard", &[value::RULES, scoring::RULES]),
    Root::of::<RaterReport>("rater_report", &[value::RULES, statistics::RULES, calibration::REPORT_RULES]),
    Root::of::<RoleLibrary>("role_library", &[value::RULES, profile::ROLE_RULES]),
    Root::of::<Profile>("profile", &[value::RULES, statistics::RULES, profile::PROFILE_RULES]),
    Root::of::<GapAnalysis>("gap_analysis", &[value::RULES, profile::GAP_RULES]),
    Root::of::<ActivityLibrary>("activity_library", &[coaching::LIBRARY_RULES]),
    Root::of::<PlanLimits>("plan_limits", &[]),
    Root::of::<CoachingPlan>("coaching_plan", &[value::RULES, coaching::PLAN_RULES]),
    Root::of::<PlanProblemDocument>("plan_problem", &[planning::PROBLEM_RULES]),
    Root::of::<FeedbackLibrary>("feedback_library", &[feedback::LIBRARY_RULES]),
    Root::of::<SurveyResult>("survey_result", &[value::RULES, statistics::RULES, feedback::RESULT_RULES]),
    Root::of::<TeamTallyDocument>("team_tally", &[team::TALLY_RULES]),
    Root::of::<TeamReport>("team_report", &[value::RULES, statistics::RULES, team::REPORT_RULES]),
    Root::of::<PlanRecord>("plan_record", &[value::RULES, coaching::RECORD_RULES]),
    Root::of::<PlanSummary>("plan_summary", &[value::RULES, coaching::SUMMARY_RULES]),
];

/// The rules that hold between documents. Faults point into the first document of each list.
pub(super) const JOINTS: &[(&[&str], &[Rule])] = &[
    (&["assessment", "rubric"], assessment::ADMISSION_RULES),
    (&["compact_assessment", "rubric"], assessment::COMPACT_ADMISSION_RULES),
    (&["role_library", "framework"], profile::ROLE_FRAMEWORK_RULES),
    (&["role_library", "rubric"], profile::ROLE_RUBRIC_RULES),
    (&["activity_library", "framework", "role_library"], coaching::LIBRARY_FRAMEWORK_RULES),
];

impl Root {
    #[cfg(feature = "schema")]
    const fn of<T: JsonSchema>(name: &'static str, rules: &'static [&'static [Rule]]) -> Self {
        Self { name, rules, type_name: T::schema_name, reference: SchemaGenerator::subschema_for::<T> }
    }

    #[cfg(not(feature = "schema"))]
    #[expect(clippy::extra_unused_type_parameters, reason = "only the schemas need the type")]
    const fn of<T>(name: &'static str, rules: &'static [&'static [Rule]]) -> Self {
        Self { name, rules }
    }
}
