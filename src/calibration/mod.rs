//! How far raters can be trusted: agreement, severity, drift, and scores adjusted for who rated.

mod facets;
mod linear;
mod symmetric;

pub use self::facets::{
    BiasKind, BiasReport, BiasSubject, BiasTerm, Convergence, CriterionMeasure, DifferentScales, ElementMeasure,
    EmptyStep, Estimation, Facet, FacetData, FacetError, FacetFit, FacetModel, FacetRating, FitStatistics, LinkedPart,
    Linkage, NotLinked, PersonMeasure, Population, RaterMeasure, ScaleThresholds, Separation, Thresholds,
};
pub use self::linear::{LinearAdjustment, LinearPerson, LinearRater, TotalScore};
