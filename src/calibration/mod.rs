//! How far raters can be trusted: agreement, severity, drift, and scores adjusted for who rated.

mod calibration_policy;
mod calibration_set;
mod collected;
mod facets;
mod linear;
mod report;
mod shared_ratings;
mod step_counts;

pub use self::calibration_policy::{CalibrationPolicy, CalibrationVerdict};
pub use self::calibration_set::{CalibrationResult, CalibrationSet, CalibrationStanding, CriterionHits};
pub use self::facets::{
    BiasKind, BiasReport, BiasSubject, BiasTerm, Convergence, CriterionMeasure, DifferentScales, ElementMeasure,
    EmptyStep, Estimation, Facet, FacetData, FacetError, FacetFit, FacetModel, FacetRating, FitStatistics, Linkage,
    LinkedPart, NotLinked, PersonMeasure, Population, RaterMeasure, ScaleThresholds, Separation, Thresholds,
};
pub use self::linear::{LinearAdjustment, LinearPerson, LinearRater, TotalScore};
pub(crate) use self::report::REPORT_RULES;
pub use self::report::{
    AdjustedPerson, AnchorSplit, CheckOutcome, CheckSignal, CriterionAgreement, FacetOutcome, RaterCheck,
    RaterCheckKind, RaterFindings, RaterReport, RaterThresholds,
};
pub use self::shared_ratings::shared_ratings;
