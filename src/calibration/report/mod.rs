//! What assessments say about their raters.

mod check;
mod definition;
mod making;
mod thresholds;

pub use self::check::{CheckOutcome, RaterCheck, RaterCheckKind};
pub(crate) use self::definition::REPORT_RULES;
pub use self::definition::{AdjustedPerson, AnchorSplit, CriterionAgreement, FacetOutcome, RaterFindings, RaterReport};
pub use self::thresholds::RaterThresholds;
