//! How a contact is judged: chosen criteria, weights, critical rules, treatment of "not applicable", bands.
//!
//! A [`RubricDocument`] is what is written down; a [`Rubric`] is what it becomes when every rule holds. It is
//! immutable, versioned and fingerprinted twice: by structure (what decides scores) and by content (wording too).

mod builder;
mod check;
mod criterion;
mod definition;
mod diff;
mod document;
mod error;
mod lint;
mod rule;
mod rule_count;

pub use self::builder::RubricBuilder;
pub(crate) use self::check::RULES;
pub use self::criterion::{CriterionWeight, NotApplicablePolicy, RubricCriterion, StepAnchor};
pub use self::definition::Rubric;
pub use self::diff::{Change, ChangeKind, RubricDiff};
pub use self::document::{FrameworkPin, RubricDocument, RubricPin, Weighting};
pub use self::error::{RubricError, UnknownChannel};
pub use self::lint::Finding;
pub use self::rule::{Condition, CriticalRule, Effect, FloorScore, Target};
pub use self::rule_count::RuleCount;
