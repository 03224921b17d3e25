//! The documents under test, one line each.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use service_excellence::feedback::FeedbackLibrary;
use service_excellence::framework::FrameworkDocument;
use service_excellence::planning::{PlanProblem, PlanProblemDocument};
use service_excellence::rubric::RubricDocument;
use service_excellence::schema::documents;
use service_excellence::team::TeamTallyDocument;
use service_excellence::{
    ActivityLibrary, AssessmentDocument, CoachingPlan, CompactAssessment, Framework, GapAnalysis, PlanLimits,
    PlanRecord, PlanSummary, Profile, RaterReport, RoleLibrary, Rubric, Scorecard, SurveyResult, TeamReport, TeamTally,
};

use crate::seeds;

pub(crate) const ROOTS: &[Root] = &[
    Root::of::<Framework, FrameworkDocument>("framework", seeds::framework),
    Root::of::<Rubric, RubricDocument>("rubric", seeds::rubric),
    Root::of::<AssessmentDocument, AssessmentDocument>("assessment", seeds::assessment),
    Root::of::<CompactAssessment, CompactAssessment>("compact_assessment", seeds::compact_assessment),
    Root::of::<Scorecard, Scorecard>("scorecard", seeds::scorecard),
    Root::of::<RaterReport, RaterReport>("rater_report", seeds::rater_report),
    Root::of::<RoleLibrary, RoleLibrary>("role_library", seeds::role_library),
    Root::of::<Profile, Profile>("profile", seeds::profile),
    Root::of::<GapAnalysis, GapAnalysis>("gap_analysis", seeds::gap_analysis),
    Root::of::<ActivityLibrary, ActivityLibrary>("activity_library", seeds::activity_library),
    Root::of::<PlanLimits, PlanLimits>("plan_limits", seeds::plan_limits),
    Root::of::<CoachingPlan, CoachingPlan>("coaching_plan", seeds::coaching_plan),
    Root::of::<PlanProblem, PlanProblemDocument>("plan_problem", seeds::plan_problem),
    Root::of::<FeedbackLibrary, FeedbackLibrary>("feedback_library", seeds::feedback_library),
    Root::of::<SurveyResult, SurveyResult>("survey_result", seeds::survey_result),
    Root::of::<TeamTally, TeamTallyDocument>("team_tally", seeds::team_tally),
    Root::of::<TeamReport, TeamReport>("team_report", seeds::team_report),
    Root::of::<PlanRecord, PlanRecord>("plan_record", seeds::plan_record),
    Root::of::<PlanSummary, PlanSummary>("plan_summary", seeds::plan_summary),
];

/// How the tests reach a document's type.
pub(crate) struct Root {
    pub(crate) name: &'static str,
    /// Valid documents that together hold every member and every variant; the first breaks each rule when asked to.
    pub(crate) seeds: fn() -> Vec<Value>,
    /// Reads a document; gives what is written again, or the error.
    pub(crate) read: fn(&Value) -> Result<Value, String>,
    /// The derived schemas for reading and for writing.
    pub(crate) contracts: fn() -> [Value; 2],
}

impl Root {
    /// `T` is what the document becomes, `D` is what describes it; often they are the same.
    const fn of<T, D>(name: &'static str, seeds: fn() -> Vec<Value>) -> Self
    where
        T: DeserializeOwned + Serialize + PartialEq,
        D: JsonSchema,
    {
        Self { name, seeds, read: read::<T>, contracts: contracts::<D> }
    }
}

fn read<T: DeserializeOwned + Serialize + PartialEq>(document: &Value) -> Result<Value, String> {
    let from_value = serde_json::from_value::<T>(document.clone());
    let from_text = serde_json::from_str::<T>(&document.to_string());
    assert_eq!(from_value.is_ok(), from_text.is_ok(), "a value and its text are read alike: {document}");
    let value = from_value.map_err(|error| error.to_string())?;
    let written = serde_json::to_value(&value).unwrap();
    let again: T = serde_json::from_value(written.clone()).expect("what is written can be read");
    assert!(again == value, "what is written reads as the same value: {written}");
    Ok(written)
}

fn contracts<D: JsonSchema>() -> [Value; 2] {
    let settings = SchemaSettings::draft2020_12;
    [settings().for_deserialize(), settings().for_serialize()]
        .map(|settings| settings.into_generator().into_root_schema_for::<D>().to_value())
}

#[test]
fn every_published_document_is_under_test() {
    let published: Vec<_> = documents().iter().map(|one| one.name()).collect();
    let tested: Vec<_> = ROOTS.iter().map(|root| root.name).collect();
    assert_eq!(tested, published);
}
