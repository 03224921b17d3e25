//! The shapes of the documents as plain derives read them: closed words as enums, unions by their tag, everything else
//! as text and numbers, nothing checked.

#![expect(dead_code, reason = "read, to compare the reading")]

use serde::Deserialize;

#[derive(Deserialize)]
struct Skills<T> {
    empathy: T,
    communication_mastery: T,
    problem_solving_agility: T,
    tech_savviness: T,
    resilience_and_patience: T,
}

#[derive(Deserialize)]
struct RubricPin {
    id: String,
    version: String,
    structure: String,
    content: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum RaterKind {
    #[serde(rename = "self")]
    Oneself,
    Peer,
    Coach,
    QualityReviewer,
    Customer,
    Machine,
}

#[derive(Deserialize)]
struct Rater {
    id: String,
    kind: RaterKind,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Basis {
    LiveObservation,
    RecordedContactReview,
    WrittenWorkSample,
    Simulation,
    StarNarrative,
    WorkRecord,
    PeerFeedback,
    CustomerFeedback,
    SelfAssessment,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Sampling {
    Random,
    Targeted,
    Complaint,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Answer {
    Rated { step: u64 },
    NotApplicable { reason: String },
    NotObserved { reason: String },
}

#[derive(Deserialize)]
struct Rating {
    criterion: String,
    answer: Answer,
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum EvidenceKind {
    Recording,
    Transcript,
    Message,
    Document,
    SystemRecord,
    ObserverNote,
}

#[derive(Deserialize)]
struct Evidence {
    kind: EvidenceKind,
    reference: String,
    criteria: Vec<String>,
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum BarrierKind {
    Tool,
    Policy,
    Process,
    Information,
    Authority,
    Workload,
    Training,
    Other,
}

#[derive(Deserialize)]
struct Barrier {
    kind: BarrierKind,
    criteria: Vec<String>,
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ReviewState {
    Draft,
    Submitted,
    Contested,
    Upheld,
    Revised,
    Final,
}

#[derive(Deserialize)]
struct ReviewStep {
    state: ReviewState,
    on: String,
    by: String,
    note: Option<String>,
}

#[derive(Deserialize)]
struct Confirmation {
    by: String,
    on: String,
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ConcernVerdict {
    Resolved,
    Withdrawn,
}

#[derive(Deserialize)]
struct ConcernDecision {
    rule: String,
    by: String,
    on: String,
    verdict: ConcernVerdict,
    note: Option<String>,
}

#[derive(Deserialize)]
struct ExternalReference {
    system: String,
    id: String,
}

#[derive(Deserialize)]
pub(crate) struct Assessment {
    schema_version: u64,
    id: String,
    rubric: RubricPin,
    person: String,
    rater: Rater,
    channel: Option<String>,
    contact: Option<String>,
    basis: Basis,
    sampling: Sampling,
    observed: String,
    entered: String,
    ratings: Vec<Rating>,
    evidence: Vec<Evidence>,
    barriers: Vec<Barrier>,
    reviews: Vec<ReviewStep>,
    confirmation: Option<Confirmation>,
    concern_decisions: Vec<ConcernDecision>,
    supersedes: Option<String>,
    external_references: Vec<ExternalReference>,
    extensions: Option<serde_json::Value>,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum SkillScore {
    Scored { score: f64, level: u64, before_rules: f64, coverage: f64 },
    InsufficientEvidence { coverage: f64 },
    NotApplicable {},
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum OverallScore {
    Scored { score: f64, level: u64, before_rules: f64, after_skill_rules: f64, coverage: f64 },
    InsufficientEvidence { coverage: f64 },
    SwitchedOff { coverage: f64 },
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    CriticalConcern,
    NotApplicableFailure,
    Incomplete,
    BelowThreshold,
    Passed,
    Scored,
}

#[derive(Deserialize)]
struct Accuracy {
    customer: bool,
    business: bool,
    compliance: bool,
    opportunities: u64,
    errors: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Skill {
    Empathy,
    CommunicationMastery,
    ProblemSolvingAgility,
    TechSavviness,
    ResilienceAndPatience,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum AnswerKind {
    Rated,
    NotApplicable,
    NotObserved,
}

#[derive(Deserialize)]
struct Contribution {
    criterion: String,
    skill: Skill,
    answer: AnswerKind,
    step: Option<u64>,
    points: Option<f64>,
    weight: Option<u64>,
    nominal_share: f64,
    effective_share: f64,
    to_skill: f64,
    to_overall: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum CriticalClass {
    Customer,
    Business,
    Compliance,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum RuleStatus {
    Fired,
    NotMet,
    SparedInPractice,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Target {
    Empathy,
    CommunicationMastery,
    ProblemSolvingAgility,
    TechSavviness,
    ResilienceAndPatience,
    Overall,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Effect {
    RaiseConcern { target: Target },
    RequireSecondAssessor { target: Target },
    CapLevel { target: Target, level: u64 },
    Deduct { target: Target, score: f64 },
    CapScore { target: Target, score: f64 },
    Zero { target: Target },
}

#[derive(Deserialize)]
struct RuleTrace {
    rule: String,
    class: CriticalClass,
    status: RuleStatus,
    matched: Vec<String>,
    effects: Vec<Effect>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum AdjustmentKind {
    Deduct,
    Cap,
    Zero,
    Floor,
}

#[derive(Deserialize)]
struct Adjustment {
    target: Target,
    rule: Option<String>,
    effect: AdjustmentKind,
    from: f64,
    to: f64,
}

#[derive(Deserialize)]
pub(crate) struct Scorecard {
    schema_version: u64,
    scoring_policy: u64,
    rubric: RubricPin,
    assessment: String,
    person: String,
    observed: String,
    basis: Basis,
    skills: Skills<SkillScore>,
    overall: OverallScore,
    outcome: Outcome,
    second_assessor_required: bool,
    accuracy: Accuracy,
    contributions: Vec<Contribution>,
    rules: Vec<RuleTrace>,
    adjustments: Vec<Adjustment>,
}

#[derive(Deserialize)]
struct FrameworkPin {
    id: String,
    version: String,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Weighting {
    BySkill { weights: Skills<u64> },
    Flat {},
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum CriterionWeight {
    Weighted { weight: u64 },
    Advisory {},
}

#[derive(Deserialize)]
struct StepAnchor {
    step: u64,
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum NotApplicablePolicy {
    Exclude,
    CountAsZero,
    Fail,
    NotAllowed,
}

#[derive(Deserialize)]
struct RubricCriterion {
    key: String,
    skill: Skill,
    name: String,
    description: Option<String>,
    weight: CriterionWeight,
    steps: u64,
    points: Option<Vec<f64>>,
    anchors: Vec<StepAnchor>,
    critical: Option<CriticalClass>,
    fails_at_or_below: u64,
    not_applicable: NotApplicablePolicy,
    not_applicable_when: Vec<String>,
    evidence_required_below: Option<u64>,
    note_required_below: Option<u64>,
}

#[expect(clippy::enum_variant_names, reason = "the variants are named like on the wire")]
#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Condition {
    RatedAtOrBelow { criterion: String, step: u64 },
    SeveralRatedAtOrBelow { count: u64, criteria: Vec<String>, step: u64 },
    SkillScoreBelow { skill: Skill, score: f64 },
}

#[derive(Deserialize)]
struct CriticalRule {
    key: String,
    class: CriticalClass,
    when: Condition,
    effects: Vec<Effect>,
    reason: Option<String>,
}

#[derive(Deserialize)]
struct FloorScore {
    target: Target,
    score: f64,
}

#[derive(Deserialize)]
struct Band {
    level: u64,
    from: f64,
}

#[derive(Deserialize)]
pub(crate) struct Rubric {
    schema_version: u64,
    id: String,
    version: String,
    language: String,
    title: String,
    framework: Option<FrameworkPin>,
    channel: Option<String>,
    weighting: Weighting,
    criteria: Vec<RubricCriterion>,
    rules: Vec<CriticalRule>,
    floors: Vec<FloorScore>,
    bands: Vec<Band>,
    threshold: Option<f64>,
    report_overall: bool,
    minimum_coverage: f64,
    minimum_applicable_share: f64,
    minimum_overall_coverage: f64,
    extensions: Option<serde_json::Value>,
}
