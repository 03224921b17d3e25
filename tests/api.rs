//! The common traits of every public type: structs that hold all of them and derive, so that a missing one does not
//! compile.
//!
//! Values are `Clone + Debug + PartialEq + Eq`, single values also `Ord + Hash`, small ones also `Copy`. What works
//! on values (builders, scorers, profilers, planners) is `Clone + Debug`. Everything is `Send + Sync`.

#![expect(dead_code, reason = "the structs are there to be compiled")]
#![expect(clippy::unwrap_used, reason = "a wrong constant in a test should stop the test")]

use std::fmt::Debug;
use std::hash::Hash;

use serde::Serialize;
use serde::de::DeserializeOwned;
use service_excellence::assessment::{
    Answer, AnswerDocument, Barrier, BarrierKind, ConcernDecision, ConcernVerdict, Confirmation, Evidence,
    EvidenceKind, ExternalReference, Rating, ReviewState, ReviewStep, RubricSetError, Sampling,
};
use service_excellence::calibration::{
    AdjustedPerson, AnchorSplit, BiasKind, BiasReport, BiasSubject, BiasTerm, CalibrationPolicy, CalibrationResult,
    CalibrationSet, CalibrationStanding, CalibrationVerdict, CheckOutcome, CheckSignal, Convergence,
    CriterionAgreement, CriterionHits, CriterionMeasure, DifferentScales, ElementMeasure, EmptyStep, Estimation, Facet,
    FacetData, FacetError, FacetFit, FacetModel, FacetOutcome, FacetRating, FitStatistics, LinearAdjustment,
    LinearPerson, LinearRater, Linkage, LinkedPart, NotLinked, PersonMeasure, Population, RaterCheck, RaterCheckKind,
    RaterFindings, RaterMeasure, RaterReport, RaterThresholds, ScaleThresholds, Separation, Thresholds, TotalScore,
};
use service_excellence::coaching::{
    AbandonReason, ActivityFocus, ActivityKind, Baseline, Carried, Checkpoint, CheckpointKind, Credit, DayCount,
    DoneItem, EventKind, EvidenceGrade, EvidenceLevel, FocusCount, Gain, GainBasis, GainEstimate, Goal, GoalHealth,
    GoalMeasure, GoalOutcome, GoalProgress, GoalSetup, GoalStatus, GoalVerdict, Growth, Guard, IllegalItemStep,
    IllegalTransition, ItemState, LevelFilter, LevelModel, LibraryPin, LimitChange, LongerWeek, LongerWeeks, Measured,
    MilliLevels, Minutes, Modality, NextRole, NextStep, Omission, OtherRubric, PeerChange, PeerComparison, Phase,
    PhaseGoal, PlanChange, PlanDetails, PlanEnd, PlanEvent, PlanEvidence, PlanGoal, PlanGuarantee, PlanItem, PlanPage,
    PlanPin, PlanStatus, PlanStep, PlanVersion, PlannedActivity, PlannedSession, ProgressWeek, RatedContact, Reach,
    RealisedGain, RecordError, RecordSetup, Replanned, RoleGap, SessionCount, Situation, Stretch, StretchWay,
    SummaryLine, Tenure, TokenRisk, TransitionError, UnderWay, UnknownActivity, Unlock, WeekCount, WeekMinutes,
    WeekRatings, WeekRhythm, WeekShift, WhatIf,
};
use service_excellence::feedback::{
    AnswerGroup, CesAnswer, CesVersionOne, CesVersionOneAnswer, CsatAnswer, FeedbackLibrary, FeedbackRules, Instrument,
    InstrumentGroup, LeftOutAnswers, LeftOutReason, LinkStrength, NpsAnswer, PersonLink, ScaleDirection, ScalePoint,
    ScoreUnit, SkillLink, SurveyInstrument, SurveyScale,
};
use service_excellence::framework::{
    Activation, Alignment, Anchor, Applicability, Band, Basis, Channel, ChannelFit, Citation, ContentStatus, Critical,
    CriticalClass, EvidenceType, FrameworkDocument, LevelDefinition, ObservationCount, OutsideFramework, Polarity,
    RatingRules, Relation, SkillDefinition, Verification, WindowDays,
};
use service_excellence::planning::{
    ActivityPrice, ActivityReasons, BrokenPast, CalendarEntry, Certificate, CoachDemand, CoachPool, Evaluation,
    FairnessPolicy, FairnessReport, LimitHit, PersonEvaluation, PersonShare, PlanConstraint, PlanLoss, PlanObjective,
    PlanOutcome, PlanProblem, PlanProblemDocument, PlanReason, PlanViolation, ProblemActivity, ProblemFormat,
    ProblemGain, ProblemGoal, ProblemPerson, ProblemSynergy, Proof, ProofMethod, Relaxation, RevisedPlan,
    SessionChange, SessionPlacement, SolveLimits,
};
use service_excellence::profile::{
    Aggregation, ChangeVerdict, ComponentsSource, Concern, Confidence, CriterionMinimum, CriterionProfile,
    CriterionTrend, CriterionWeightOverride, CustomerContact, EvidenceShare, Exclusion, ExclusionReason, LevelGap,
    MeasuredChange, Observation, ObservedRow, OtherProfile, OverallStanding, OwnView, PeriodsOverlap, Progress,
    RaterPrecedence, RaterWeights, Reason, RolePin, RowNotAllowed, SfiaLevel, TargetShare, TargetSource, Urgency,
    Verdict,
};
use service_excellence::rubric::{
    Change, ChangeKind, Condition, CriteriaCount, CriterionWeight, CriticalRule, Effect, Finding, FloorScore,
    FrameworkPin, NotApplicablePolicy, RubricDocument, StepAnchor, Target, UnknownChannel, Weighting,
};
use service_excellence::schema::RuleEntry;
#[cfg(feature = "schema")]
use service_excellence::schema::{Draft, SchemaDocument};
use service_excellence::scoring::{
    Accuracy, AccuracyTally, Adjustment, AdjustmentKind, AnswerKind, AnswerNotAllowed, Contribution, Explanation,
    ItemCount, Outcome, PolicyVersion, RowLength, RowScore, RubricMismatch, RuleStatus, RuleTrace,
};
use service_excellence::statistics::{
    AlphaMetric, AnalysisOfVariance, AnchorSpread, BetaBinomialPooling, BetaPrior, Bootstrap, BoundedMean, Categories,
    CategoryCounts, ChangeClass, ChiSquaredTest, Coefficient, Concordance, ConfidenceLevel, CrossedComponents, CutOff,
    DataError, DecayedMean, Estimate, EtsClass, FTest, FourfoldTable, IncompleteTable, InternalConsistency, Interval,
    IntervalMethod, IntraclassCorrelation, IntraclassForm, Jackknife, JamesStein, LimitsOfAgreement, MeasurementError,
    MeasurementTable, NegativeVariance, NestedComponents, NestedRating, Norm, NormalPooling, NormalPrior,
    OrdinalStrata, PairedRatings, PooledGroup, Proportion, RateRatio, RatingCounts, RatingTable, ReliableChange,
    Retranslation, Sample, SparseRatingTable, StandardError, StratifiedTables, TimeSeries, TwoFacetComponents,
    Undefined, VerbalRange, VerbalScale, Weights,
};
use service_excellence::team::{
    BarrierFrequency, CategoryCount, CategoryImpact, Comparison, CountRange, GroupContent, HiddenCounts, ImpactOutcome,
    ImpactReport, LevelFrequency, PeopleMatrix, PersonRow, ReviewBand, ReviewFrequency, SuppressionReason,
    TeamAccuracy, TeamCell, TeamCriterion, TeamGroup, TeamMismatch, TeamSummary, TeamTallyDocument,
};
use service_excellence::value::{
    Count, Extensions, Fingerprint, Language, LargeCount, LineError, Lines, Real, Rounding, Rule, SchemaLink,
    SchemaVersion, Step, StepCount, Text, Version, Weight,
};
use service_excellence::{
    Activity, ActivityLibrary, Assessment, AssessmentBuilder, AssessmentDocument, Ces, CoachingError, CoachingPlan,
    CompactAssessment, CostBand, Criterion, CriterionGap, CriterionStanding, Csat, Day, EvidencePolicy, Fault, Faults,
    FocusPolicy, Framework, GapAnalysis, GroupThreshold, Key, Label, Level, Note, Nps, OverallScore, PlanLimits,
    PlanRecord, PlanSummary, Planner, Profile, ProfileError, Profiler, Rater, RaterKind, Reference, RoleLibrary,
    RoleProfile, Rubric, RubricBuilder, RubricCriterion, RubricDiff, RubricError, RubricPin, RubricSet, Score,
    Scorecard, Scorer, ScoringError, Share, Skill, SkillGap, SkillMap, SkillScore, SkillStanding, SurveyResult,
    SurveyScore, TeamCounter, TeamError, TeamReport, TeamTally, Trend, UncertaintyModel, ValueError,
};

/// Numbers and days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Numbers {
    surveys: (CesAnswer, CesVersionOneAnswer, CsatAnswer, GroupThreshold, LargeCount, NpsAnswer, ScalePoint),
    a: (Count, CriteriaCount, Day, DayCount, ItemCount, Level),
    b: (LevelGap, MilliLevels, Minutes, WeekMinutes, ObservationCount, PolicyVersion, SchemaVersion),
    c: (Score, SessionCount, SfiaLevel, Share, Step, StepCount, WeekCount, Weight, WindowDays),
    d: (ConfidenceLevel, Real, StandardError),
    e: (FocusCount, PlanVersion, WeekShift),
}

/// Closed lists of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Words {
    feedback: (Instrument, LeftOutReason, LinkStrength, PersonLink, ScaleDirection, ScoreUnit),
    team: (ReviewBand, SuppressionReason),
    framework:
        (Activation, Applicability, Basis, ContentStatus, CriticalClass, Polarity, Relation, Skill, Verification),
    judging: (NotApplicablePolicy, Target, ChangeKind, Rounding),
    assessing: (BarrierKind, ConcernVerdict, EvidenceKind, RaterKind, ReviewState, Sampling),
    scoring: (AdjustmentKind, AnswerKind, Outcome, RuleStatus),
    profile: (Confidence, CustomerContact, ExclusionReason, TargetSource, Urgency, Verdict),
    uncertainty: (ChangeVerdict, ComponentsSource, IntervalMethod, RaterPrecedence),
    coaching: (ActivityFocus, ActivityKind, CostBand, EvidenceGrade, GainBasis, GoalStatus, Modality, TokenRisk),
    life: (AbandonReason, CheckpointKind, EventKind, EvidenceLevel, GoalHealth, GoalVerdict, ItemState, PlanStatus),
    telling: (PlanEnd, Situation, NextStep, StretchWay),
    tenure: Tenure,
    planning: (FairnessPolicy, LimitHit, ProofMethod, PlanChange, PlanObjective, ProblemFormat, Relaxation),
}

/// Words of statistics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct StatisticalWords(ChangeClass, EtsClass, IntraclassForm, NegativeVariance);

/// Reliability, change, pooling and comparison of groups.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Reliability {
    tables: (FourfoldTable, IncompleteTable, MeasurementTable, OrdinalStrata, RateRatio, StratifiedTables),
    series: (Sample, TimeSeries, Norm, NormalPrior, BetaPrior, CutOff),
    reliability:
        (AnalysisOfVariance, IntraclassCorrelation, InternalConsistency, CrossedComponents, TwoFacetComponents),
    errors: (MeasurementError, ReliableChange, LimitsOfAgreement),
    pooling: (NormalPooling, PooledGroup, BetaBinomialPooling, JamesStein, DecayedMean),
    tests: (ChiSquaredTest, FTest),
}

/// Ratings, options and results of statistics.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Statistics {
    ratings: (Categories, CategoryCounts, PairedRatings, RatingTable, SparseRatingTable),
    options: (AlphaMetric, Bootstrap, ConfidenceLevel, IntervalMethod, Jackknife, Weights),
    results: (AnchorSpread, Coefficient, Concordance, Estimate, Interval, Proportion, RatingCounts, Retranslation),
    reasons: (DataError, Undefined, VerbalRange),
}

/// Holds plain numbers, so it has no `Eq`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct NumbersInWords(VerbalScale);

/// Single values that own their text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Texts {
    texts: (Fingerprint, Key, Label, Language, Note, Reference, SchemaLink, Text, Version),
    rule: Rule,
}

/// Small values without an order of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Small {
    feedback: (Ces, CesVersionOne, Csat, LeftOutAnswers, Nps, SurveyScore),
    team: (BarrierFrequency, Comparison, CountRange, ImpactOutcome, LevelFrequency, ReviewFrequency, TeamAccuracy),
    framework: (Band, SkillMap<Level>),
    rubric: (CriterionWeight, Effect, FloorScore),
    scoring: (Accuracy, AccuracyTally, Answer, OverallScore, RowScore, SkillScore),
    profile: (CriterionStanding, SkillStanding, SkillGap, Aggregation, Observation, ObservedRow<'static>),
    profile_parts: (MeasuredChange, OverallStanding, OwnView, Progress, RaterWeights, TargetShare),
    statistics: (Estimate, Interval, Proportion, Undefined),
    coaching: PlannedSession,
    life: (Baseline, Checkpoint, GainEstimate, GoalProgress, LevelModel, Measured, PeerChange, PeerComparison),
    more_life: (ProgressWeek, RatedContact, RealisedGain, WeekRatings),
}

/// Numbers that are computed with, and not written down.
#[derive(Clone, Debug, PartialEq)]
struct Computed {
    statistics: (BoundedMean, NestedComponents, NestedRating),
    profile: UncertaintyModel,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Documents {
    feedback: (FeedbackLibrary, FeedbackRules, InstrumentGroup, SkillLink, SurveyInstrument, SurveyScale),
    survey: (AnswerGroup, SurveyResult),
    team: (GroupContent, TeamCell, TeamCriterion, TeamGroup, TeamReport, TeamSummary, TeamTally, TeamTallyDocument),
    team_parts: (CategoryCount, CategoryImpact, HiddenCounts, ImpactReport, PeopleMatrix, PersonRow),
    framework: (Framework, FrameworkDocument, Alignment, Anchor, Channel, ChannelFit, Citation, Criterion, Critical),
    framework_parts: (EvidenceType, LevelDefinition, OutsideFramework, RatingRules, SkillDefinition),
    rubric: (Rubric, RubricDocument, RubricPin, FrameworkPin, RubricCriterion, StepAnchor, CriticalRule, Condition),
    rubric_parts: (Weighting, RubricDiff, Change, Finding, RubricSet),
    assessment: (Assessment, AssessmentDocument, AnswerDocument, Barrier, Evidence, ExternalReference, Rater, Rating),
    assessment_parts: (CompactAssessment, ConcernDecision, Confirmation, ReviewStep, Extensions),
    scoring: (Scorecard, Adjustment, Contribution, Explanation, RuleTrace),
    profile: (Profile, Concern, CriterionProfile, Exclusion, EvidencePolicy, GapAnalysis, CriterionGap, Reason),
    trends: (CriterionTrend, Trend),
    roles: (RoleLibrary, RolePin, RoleProfile, CriterionMinimum, CriterionWeightOverride, EvidenceShare),
    coaching: (Activity, ActivityLibrary, CoachingPlan, Credit, Gain, Goal, LibraryPin, Omission, PlanLimits),
    coaching_parts: (PlannedActivity, FocusPolicy, PlanGuarantee, Reach, UnderWay, WhatIf),
    phases: (Phase, PhaseGoal, Unlock, LimitChange, LongerWeeks, LongerWeek, WeekRhythm),
    page: (PlanSummary, SummaryLine, Growth, NextRole, RoleGap, Stretch),
    life: (PlanRecord, PlanGoal, PlanItem, PlanPin, PlanStep, PlanEvent, PlanEvidence, Carried, DoneItem, GoalMeasure),
    more_life: (GoalOutcome, GoalSetup, RecordSetup, Replanned),
    planning: (PlanProblem, PlanProblemDocument, ProblemPerson, ProblemGoal, ProblemActivity, ProblemGain, CoachDemand),
    planning_parts:
        (CalendarEntry, CoachPool, ProblemSynergy, SessionPlacement, Evaluation, PersonEvaluation, PlanViolation),
    reasons: (ActivityReasons, PlanReason),
    planned: (PlanOutcome, Certificate, Proof, PlanConstraint, PlanLoss, ActivityPrice),
    replanned: (RevisedPlan, SessionChange, BrokenPast, FairnessReport, PersonShare),
}

/// Raters: closed lists of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct CalibrationWords(BiasKind, CalibrationVerdict, CheckSignal, Estimation, Facet, RaterCheckKind, Thresholds);

/// Raters: small values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct CalibrationSmall {
    report: (CheckOutcome, FacetOutcome, CalibrationStanding),
    facets: (Convergence, FacetRating<'static>, FitStatistics, Separation),
}

/// Raters: documents and results.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Calibration {
    report: (RaterReport, RaterThresholds, RaterFindings, RaterCheck, CriterionAgreement, AnchorSplit, AdjustedPerson),
    set: (CalibrationPolicy, CalibrationResult, CalibrationSet, CriterionHits),
    facets: (FacetData, FacetModel, Linkage, LinkedPart, PersonMeasure, RaterMeasure, CriterionMeasure, Population),
    facet_parts: (ElementMeasure<Key>, ScaleThresholds, BiasReport, BiasTerm, BiasSubject),
    linear: (LinearAdjustment, LinearPerson, LinearRater, TotalScore),
    errors: (FacetError, NotLinked, EmptyStep, DifferentScales),
}

/// Raters: what answers questions.
#[derive(Clone, Debug)]
struct CalibrationMachines(FacetFit);

/// The page of a person.
#[derive(Clone, Debug)]
struct Pages(PlanPage<'static>, PlanDetails<'static>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Errors {
    team: (TeamError, TeamMismatch),
    value: (ValueError, Fault, Faults, LineError),
    rubric: (RubricError, RubricSetError, UnknownChannel),
    scoring: (ScoringError, AnswerNotAllowed, RowLength, RubricMismatch),
    statistics: DataError,
    profile: (ProfileError, OtherProfile, PeriodsOverlap, RowNotAllowed),
    coaching: (CoachingError, OtherRubric, UnknownActivity),
    life: (Guard, IllegalItemStep, IllegalTransition, RecordError, TransitionError),
}

#[cfg(feature = "schema")]
#[derive(Clone, Debug, PartialEq, Eq)]
struct Schemas(SchemaDocument, Draft);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rules(RuleEntry);

/// How a line is read as a rubric.
type ReadRubric = fn(&str) -> Result<Rubric, Faults>;

/// What works on values.
#[derive(Clone, Debug)]
struct Machines {
    builders: (RubricBuilder, AssessmentBuilder),
    followers: LevelFilter,
    readers: Lines<&'static [u8], ReadRubric>,
    makers: (Scorer, Profiler, TeamCounter, Planner<'static>, SolveLimits<'static>),
}

fn is_sendable<T: Send + Sync + Unpin + 'static>() {}
fn is_error<T: std::error::Error + Send + Sync + 'static>() {}
fn is_document<T: Serialize + DeserializeOwned>() {}
fn is_scalar<T: Copy + Ord + Hash + Debug + std::fmt::Display + Serialize + DeserializeOwned>() {}

#[test]
fn every_type_can_be_shared_between_threads() {
    is_sendable::<Numbers>();
    is_sendable::<Words>();
    is_sendable::<Texts>();
    is_sendable::<Small>();
    is_sendable::<Statistics>();
    is_sendable::<NumbersInWords>();
    is_sendable::<Computed>();
    is_sendable::<Documents>();
    is_sendable::<Errors>();
    is_sendable::<Machines>();
    is_sendable::<CalibrationWords>();
    is_sendable::<CalibrationSmall>();
    is_sendable::<Calibration>();
    is_sendable::<CalibrationMachines>();
    is_sendable::<Pages>();
    is_sendable::<Rules>();
    is_sendable::<Reliability>();
    is_sendable::<StatisticalWords>();
    #[cfg(feature = "schema")]
    is_sendable::<Schemas>();
}

#[test]
fn every_error_is_an_error() {
    is_error::<ValueError>();
    is_error::<Fault>();
    is_error::<Faults>();
    is_error::<RubricError>();
    is_error::<UnknownChannel>();
    is_error::<LineError>();
    is_error::<RubricSetError>();
    is_error::<ScoringError>();
    is_error::<AnswerNotAllowed>();
    is_error::<RowLength>();
    is_error::<RubricMismatch>();
    is_error::<ProfileError>();
    is_error::<OtherProfile>();
    is_error::<PeriodsOverlap>();
    is_error::<RowNotAllowed>();
    is_error::<FacetError>();
    is_error::<NotLinked>();
    is_error::<EmptyStep>();
    is_error::<DifferentScales>();
    is_error::<CoachingError>();
    is_error::<DataError>();
    is_error::<Undefined>();
    is_error::<OtherRubric>();
    is_error::<UnknownActivity>();
    is_error::<TeamError>();
    is_error::<TeamMismatch>();
    is_error::<RecordError>();
    is_error::<TransitionError>();
    is_error::<IllegalTransition>();
    is_error::<IllegalItemStep>();
    is_error::<Guard>();
    is_error::<PlanViolation>();
    is_error::<BrokenPast>();
}

#[test]
fn documents_are_read_and_written() {
    is_document::<Framework>();
    is_document::<Rubric>();
    is_document::<AssessmentDocument>();
    is_document::<Scorecard>();
    is_document::<RaterReport>();
    is_document::<Profile>();
    is_document::<GapAnalysis>();
    is_document::<RoleLibrary>();
    is_document::<ActivityLibrary>();
    is_document::<CoachingPlan>();
    is_document::<FeedbackLibrary>();
    is_document::<SurveyResult>();
    is_document::<TeamTally>();
    is_document::<TeamReport>();
    is_document::<PlanRecord>();
    is_document::<PlanProblem>();
    is_document::<PlanSummary>();
    is_scalar::<Score>();
    is_scalar::<Day>();
    is_scalar::<Level>();
    is_scalar::<Skill>();
}

/// A `_` that cannot be reached does not compile here: error enums may grow without a major version.
#[deny(unreachable_patterns)]
#[test]
fn error_enums_may_grow() {
    let _ = |error: RubricError| match error {
        RubricError::UnknownChannel(_) | RubricError::Invalid(_) | RubricError::Key(_) => 0,
        _ => 1,
    };
    let _ = |error: ScoringError| match error {
        ScoringError::RubricMismatch(_) | ScoringError::RowLength(_) | ScoringError::Answer(_) => 0,
        _ => 1,
    };
    let _ = |error: ProfileError| match error {
        ProfileError::Role(_) | ProfileError::OtherProfile(_) => 0,
        ProfileError::Row(_) | ProfileError::Periods(_) => 0,
        _ => 1,
    };
    let _ = |error: TeamError| match error {
        TeamError::Mismatch(_) | TeamError::State(_) | TeamError::TooLarge { .. } | TeamError::NoGroups => 0,
        TeamError::Undefined(_) | TeamError::Data(_) | TeamError::NameRepeated(_) => 0,
        _ => 1,
    };
    let _ = |error: CoachingError| match error {
        CoachingError::OtherRubric(_) | CoachingError::UnknownActivity(_) => 0,
        _ => 1,
    };
    let _ = |error: TransitionError| match error {
        TransitionError::Illegal(_) | TransitionError::IllegalItem(_) => 0,
        TransitionError::Guard { .. } | TransitionError::Step { .. } => 0,
        _ => 1,
    };
}

/// Without `_`: the vocabularies of documents are closed, so a caller can handle each word.
#[test]
fn vocabularies_of_documents_are_closed() {
    let _ = |answer: AnswerDocument| match answer {
        AnswerDocument::Rated { .. } | AnswerDocument::NotApplicable { .. } | AnswerDocument::NotObserved { .. } => 0,
    };
    let _ = |effect: Effect| match effect {
        Effect::RaiseConcern { .. } | Effect::RequireSecondAssessor { .. } | Effect::CapLevel { .. } => 0,
        Effect::Deduct { .. } | Effect::CapScore { .. } | Effect::Zero { .. } => 1,
    };
    let _ = |condition: Condition| match condition {
        Condition::RatedAtOrBelow { .. } => 0,
        Condition::SeveralRatedAtOrBelow { .. } | Condition::SkillScoreBelow { .. } => 1,
    };
    let _ = |weighting: Weighting| match weighting {
        Weighting::BySkill { .. } | Weighting::Flat {} => 0,
    };
    let _ = |gain: Gain| match gain {
        Gain::Assumed { .. } | Gain::None { .. } => 0,
    };
    let _ = |skill: Skill| match skill {
        Skill::Empathy | Skill::CommunicationMastery | Skill::ProblemSolvingAgility => 0,
        Skill::TechSavviness | Skill::ResilienceAndPatience => 1,
    };
}

fn assessment() -> AssessmentDocument {
    let rubric = Rubric::for_channel(Framework::builtin(), "chat").unwrap();
    let rater = Rater { id: "secret-rater".parse().unwrap(), kind: RaterKind::Coach };
    let day: Day = "2026-03-02".parse().unwrap();
    let mut builder =
        AssessmentBuilder::new(&rubric, "secret-id".parse().unwrap(), "secret-person".parse().unwrap(), rater, day);
    for criterion in rubric.criteria() {
        builder = builder.rate(criterion.key.as_str(), 3);
    }
    let secret_note: Note = "secret-note".parse().unwrap();
    builder = builder.note("active_listening", secret_note.clone()).not_applicable("diagnosis", secret_note);
    builder.contact("secret-contact".parse().unwrap()).admit().unwrap().document().clone()
}

#[test]
fn debug_shows_no_person_and_no_note() {
    assert_eq!(format!("{:?}", Reference::new("secret").unwrap()), "Reference(redacted)");
    assert_eq!(format!("{:?}", Note::new("secret").unwrap()), "Note(redacted)");
    let document = assessment();
    for shown in [format!("{document:?}"), format!("{document:#?}")] {
        assert!(shown.contains("Reference(redacted)") && shown.contains("Note(redacted)"), "{shown}");
        assert!(!shown.contains("secret"), "{shown}");
    }
}

#[test]
fn debug_says_something() {
    let nothing_in_it = Extensions::default();
    let values: [&dyn Debug; 12] = [
        &Score::ZERO,
        &Share::ZERO,
        &Level::MIN,
        &Day::MIN,
        &Rounding::HalfEven,
        &Key::new("a").unwrap(),
        &Note::new("a").unwrap(),
        &nothing_in_it,
        &AccuracyTally::default(),
        &Key::new("").unwrap_err(),
        &assessment(),
        Framework::builtin(),
    ];
    for value in values {
        assert!(!format!("{value:?}").is_empty());
    }
}

/// The names that the rooms re-export, read from their `mod.rs`.
#[test]
fn no_public_type_is_missing_here() {
    let here = include_str!("api.rs");
    let mut count = 0;
    for room in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../src")).unwrap() {
        let Ok(source) = std::fs::read_to_string(room.unwrap().path().join("mod.rs")) else { continue };
        for statement in source.split(';').filter_map(|part| part.split_once("pub use self::").map(|(_, names)| names))
        {
            let names = statement.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            for name in names.filter(|name| name.starts_with(|first: char| first.is_ascii_uppercase())) {
                let is_word = |(at, _): (usize, &str)| {
                    let after = here.get(at + name.len()..).unwrap_or_default();
                    let before = here.get(..at).unwrap_or_default();
                    let goes_on = |letter: char| letter.is_alphanumeric() || letter == '_';
                    !after.starts_with(goes_on) && !before.ends_with(goes_on)
                };
                // Once in the list of imports, and once in a struct.
                assert!(here.match_indices(name).filter(|found| is_word(*found)).count() >= 2, "`{name}`");
                count += 1;
            }
        }
    }
    assert!(count > 150, "only {count} types were read");
}
