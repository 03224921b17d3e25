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
use service_excellence::calibration::{
    AdjustedPerson, AnchorSplit, BiasKind, BiasReport, BiasSubject, BiasTerm, CalibrationPolicy, CalibrationResult,
    CalibrationSet, CalibrationStanding, CheckOutcome, Convergence, CriterionAgreement, CriterionMeasure,
    DifferentScales, ElementMeasure, EmptyStep, Estimation, Facet, FacetData, FacetError, FacetFit, FacetModel,
    FacetOutcome, FacetRating, FitStatistics, LinearAdjustment, LinearPerson, LinearRater, Linkage, LinkedPart,
    NotLinked, PersonMeasure, Population, RaterCheck, RaterCheckKind, RaterFindings, RaterMeasure, RaterReport,
    RaterThresholds, ScaleThresholds, Separation, Thresholds, TotalScore,
};
use service_excellence::schema::RuleEntry;
#[cfg(feature = "schema")]
use service_excellence::schema::{Draft, SchemaDocument};
use service_excellence::statistics::{
    AlphaMetric, AnchorSpread, Bootstrap, Categories, CategoryCounts, Coefficient, Concordance, ConfidenceLevel,
    DataError, Estimate, Interval, IntervalMethod, PairedRatings, Proportion, RatingCounts, RatingTable, Retranslation,
    SparseRatingTable, Undefined, VerbalRange, VerbalScale, Weights,
};
use service_excellence::{
    Accuracy, AccuracyTally, Activation, Activity, ActivityFocus, ActivityKind, ActivityLibrary, Adjustment,
    AdjustmentKind, Alignment, Anchor, Answer, AnswerDocument, AnswerKind, AnswerNotAllowed, Applicability, Assessment,
    AssessmentBuilder, AssessmentDocument, Band, Barrier, BarrierKind, Basis, Change, ChangeKind, Channel, ChannelFit,
    Citation, CoachingError, CoachingPlan, CompactAssessment, Concern, ConcernDecision, ConcernVerdict, Condition,
    Confidence, Confirmation, ContentStatus, Contribution, CostBand, Count, Credit, CriteriaCount, Criterion,
    CriterionGap, CriterionMinimum, CriterionProfile, CriterionStanding, CriterionWeight, CriterionWeightOverride,
    Critical, CriticalClass, CriticalRule, CustomerContact, Day, DayCount, Effect, Evidence, EvidenceGrade,
    EvidenceKind, EvidencePolicy, EvidenceShare, EvidenceType, Exclusion, ExclusionReason, Explanation, Extensions,
    ExternalReference, Fault, Faults, Finding, Fingerprint, FloorScore, Framework, FrameworkDocument, FrameworkPin,
    Gain, GainBasis, GapAnalysis, Goal, GoalStatus, ItemCount, Key, Label, Language, Level, LevelDefinition, LevelGap,
    LibraryPin, MilliLevels, Minutes, Modality, NotApplicablePolicy, Note, ObservationCount, Omission, OtherProfile,
    OtherRubric, Outcome, OutsideFramework, OverallScore, PlanLimits, PlannedActivity, PlannedSession, Planner,
    Polarity, PolicyVersion, Profile, ProfileError, Profiler, Rater, RaterKind, Rating, RatingRules, Real, Reason,
    Reference, Relation, ReviewState, ReviewStep, RoleLibrary, RoleProfile, Rounding, RowLength, RowScore, Rubric,
    RubricBuilder, RubricCriterion, RubricDiff, RubricDocument, RubricError, RubricMismatch, RubricPin, Rule,
    RuleStatus, RuleTrace, Sampling, SchemaLink, SchemaVersion, Score, Scorecard, Scorer, ScoringError, SessionCount,
    SfiaLevel, Share, Skill, SkillDefinition, SkillGap, SkillMap, SkillScore, SkillStanding, Step, StepAnchor,
    StepCount, Target, TargetSource, Text, TokenRisk, UnknownActivity, UnknownChannel, Urgency, ValueError, Verdict,
    Verification, Version, WeekCount, Weight, Weighting, WindowDays,
};

/// Numbers and days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Numbers {
    a: (Count, CriteriaCount, Day, DayCount, ItemCount, Level),
    real: Real,
    b: (LevelGap, MilliLevels, Minutes, ObservationCount, PolicyVersion, SchemaVersion),
    c: (Score, SessionCount, SfiaLevel, Share, Step, StepCount, WeekCount, Weight, WindowDays),
}

/// Closed lists of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Words {
    framework:
        (Activation, Applicability, Basis, ContentStatus, CriticalClass, Polarity, Relation, Skill, Verification),
    judging: (NotApplicablePolicy, Target, ChangeKind, Rounding),
    assessing: (BarrierKind, ConcernVerdict, EvidenceKind, RaterKind, ReviewState, Sampling),
    scoring: (AdjustmentKind, AnswerKind, Outcome, RuleStatus),
    profile: (Confidence, CustomerContact, ExclusionReason, TargetSource, Urgency, Verdict),
    coaching: (ActivityFocus, ActivityKind, CostBand, EvidenceGrade, GainBasis, GoalStatus, Modality, TokenRisk),
}

/// Ratings, options and results of statistics.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Statistics {
    ratings: (Categories, CategoryCounts, PairedRatings, RatingTable, SparseRatingTable),
    options: (AlphaMetric, Bootstrap, ConfidenceLevel, IntervalMethod, Weights),
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
    framework: (Band, SkillMap<Level>),
    rubric: (CriterionWeight, Effect, FloorScore),
    scoring: (Accuracy, AccuracyTally, Answer, OverallScore, RowScore, SkillScore),
    profile: (CriterionStanding, SkillStanding, SkillGap),
    coaching: PlannedSession,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Documents {
    framework: (Framework, FrameworkDocument, Alignment, Anchor, Channel, ChannelFit, Citation, Criterion, Critical),
    framework_parts: (EvidenceType, LevelDefinition, OutsideFramework, RatingRules, SkillDefinition),
    rubric: (Rubric, RubricDocument, RubricPin, FrameworkPin, RubricCriterion, StepAnchor, CriticalRule, Condition),
    rubric_parts: (Weighting, RubricDiff, Change, Finding),
    assessment: (Assessment, AssessmentDocument, AnswerDocument, Barrier, Evidence, ExternalReference, Rater, Rating),
    assessment_parts: (CompactAssessment, ConcernDecision, Confirmation, ReviewStep, Extensions),
    scoring: (Scorecard, Adjustment, Contribution, Explanation, RuleTrace),
    profile: (Profile, Concern, CriterionProfile, Exclusion, EvidencePolicy, GapAnalysis, CriterionGap, Reason),
    roles: (RoleLibrary, RoleProfile, CriterionMinimum, CriterionWeightOverride, EvidenceShare),
    coaching: (Activity, ActivityLibrary, CoachingPlan, Credit, Gain, Goal, LibraryPin, Omission, PlanLimits),
    coaching_parts: PlannedActivity,
}

/// Raters: closed lists of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct CalibrationWords(BiasKind, Estimation, Facet, RaterCheckKind, Thresholds);

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
    set: (CalibrationPolicy, CalibrationResult, CalibrationSet),
    facets: (FacetData, FacetModel, Linkage, LinkedPart, PersonMeasure, RaterMeasure, CriterionMeasure, Population),
    facet_parts: (ElementMeasure<Key>, ScaleThresholds, BiasReport, BiasTerm, BiasSubject),
    linear: (LinearAdjustment, LinearPerson, LinearRater, TotalScore),
    errors: (FacetError, NotLinked, EmptyStep, DifferentScales),
}

/// Raters: what answers questions.
#[derive(Clone, Debug)]
struct CalibrationMachines(FacetFit);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Errors {
    value: (ValueError, Fault, Faults),
    rubric: (RubricError, UnknownChannel),
    scoring: (ScoringError, AnswerNotAllowed, RowLength, RubricMismatch),
    profile: (ProfileError, OtherProfile),
    coaching: (CoachingError, OtherRubric, UnknownActivity),
}

#[cfg(feature = "schema")]
#[derive(Clone, Debug, PartialEq, Eq)]
struct Schemas(SchemaDocument, Draft);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rules(RuleEntry);

/// What works on values.
#[derive(Clone, Debug)]
struct Machines {
    builders: (RubricBuilder, AssessmentBuilder),
    makers: (Scorer, Profiler, Planner<'static>),
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
    is_sendable::<Documents>();
    is_sendable::<Errors>();
    is_sendable::<Machines>();
    is_sendable::<CalibrationWords>();
    is_sendable::<CalibrationSmall>();
    is_sendable::<Calibration>();
    is_sendable::<CalibrationMachines>();
    is_sendable::<Rules>();
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
    is_error::<ScoringError>();
    is_error::<AnswerNotAllowed>();
    is_error::<RowLength>();
    is_error::<RubricMismatch>();
    is_error::<ProfileError>();
    is_error::<OtherProfile>();
    is_error::<FacetError>();
    is_error::<NotLinked>();
    is_error::<EmptyStep>();
    is_error::<DifferentScales>();
    is_error::<CoachingError>();
    is_error::<DataError>();
    is_error::<Undefined>();
    is_error::<OtherRubric>();
    is_error::<UnknownActivity>();
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
        _ => 1,
    };
    let _ = |error: CoachingError| match error {
        CoachingError::OtherRubric(_) | CoachingError::UnknownActivity(_) => 0,
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
    for room in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).unwrap() {
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
