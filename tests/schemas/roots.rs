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
    ActivityLibrary, AssessmentDocument, CoachingPlan, CompactAssessment, Faults, Framework, GapAnalysis, PlanLimits,
    PlanRecord, PlanSummary, Profile, RaterReport, RoleLibrary, Rubric, Scorecard, SurveyResult, TeamReport, TeamTally,
};

use crate::seeds;

/// `T` is what the document becomes, `D` is what describes it where that is another type.
macro_rules! root {
    ($name:literal, $seeds:path, $type:ident) => {
        root!($name, $seeds, $type as $type)
    };
    ($name:literal, $seeds:path, $type:ident as $described:ident) => {
        Root {
            name: $name,
            seeds: $seeds,
            read: read::<$type>,
            from_json: |text| $type::from_json(text).map(drop),
            contracts: contracts::<$described>,
        }
    };
}

pub(crate) const ROOTS: &[Root] = &[
    root!("framework", seeds::framework, Framework as FrameworkDocument),
    root!("rubric", seeds::rubric, Rubric as RubricDocument),
    root!("assessment", seeds::assessment, AssessmentDocument),
    root!("compact_assessment", seeds::compact_assessment, CompactAssessment),
    root!("scorecard", seeds::scorecard, Scorecard),
    root!("rater_report", seeds::rater_report, RaterReport),
    root!("role_library", seeds::role_library, RoleLibrary),
    root!("profile", seeds::profile, Profile),
    root!("gap_analysis", seeds::gap_analysis, GapAnalysis),
    root!("activity_library", seeds::activity_library, ActivityLibrary),
    root!("plan_limits", seeds::plan_limits, PlanLimits),
    root!("coaching_plan", seeds::coaching_plan, CoachingPlan),
    root!("plan_problem", seeds::plan_problem, PlanProblem as PlanProblemDocument),
    root!("feedback_library", seeds::feedback_library, FeedbackLibrary),
    root!("survey_result", seeds::survey_result, SurveyResult),
    root!("team_tally", seeds::team_tally, TeamTally as TeamTallyDocument),
    root!("team_report", seeds::team_report, TeamReport),
    root!("plan_record", seeds::plan_record, PlanRecord),
    root!("plan_summary", seeds::plan_summary, PlanSummary),
];

/// How the tests reach a document's type.
pub(crate) struct Root {
    pub(crate) name: &'static str,
    /// Valid documents that together hold every member and every variant; the first breaks each rule when asked to.
    pub(crate) seeds: fn() -> Vec<Value>,
    /// Reads a document; gives what is written again, or the error.
    pub(crate) read: fn(&Value) -> Result<Value, String>,
    /// The door for text, which says what is wrong and where.
    pub(crate) from_json: fn(&str) -> Result<(), Faults>,
    /// The derived schemas for reading and for writing.
    pub(crate) contracts: fn() -> [Value; 2],
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
