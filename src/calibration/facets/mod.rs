//! The many-facet Rasch model: persons, raters and criteria on one scale.

mod bias;
mod curve;
mod data;
mod error;
mod fit;
mod fit_statistics;
mod joint;
mod lattice;
mod layout;
mod likelihood;
mod linkage;
mod marginal;
mod measured;
mod measures;
mod measuring;
mod model;
mod posterior;
mod search;
mod separation;
mod table;

pub use self::bias::{BiasKind, BiasReport, BiasSubject, BiasTerm};
pub use self::data::{FacetData, FacetRating};
pub use self::error::{DifferentScales, EmptyStep, FacetError, NotLinked};
pub use self::fit::FacetFit;
pub use self::fit_statistics::FitStatistics;
pub use self::linkage::{Linkage, LinkedPart};
pub use self::measures::{
    Convergence, CriterionMeasure, ElementMeasure, PersonMeasure, Population, RaterMeasure, ScaleThresholds,
};
pub use self::model::{Estimation, FacetModel, Thresholds};
pub use self::separation::{Facet, Separation};
