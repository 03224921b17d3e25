//! What assessments say about their raters.

mod check;
mod claim;
mod definition;
mod figures;
mod making;
mod readings;
mod residuals;
mod signals;
mod thresholds;

pub use self::check::{CheckOutcome, CheckSignal, RaterCheck, RaterCheckKind};
pub(crate) use self::definition::REPORT_RULES;
pub use self::definition::{AdjustedPerson, AnchorSplit, CriterionAgreement, FacetOutcome, RaterFindings, RaterReport};
pub use self::thresholds::RaterThresholds;
