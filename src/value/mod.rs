//! Checked primitive values: the floor on which every other room stands.
//!
//! Each type has one checked door; `serde` goes through the same door, and the JSON Schema states the same
//! bounds from the same constants. No word of the domain lives here.

pub(crate) mod codes;
mod count;
mod day;
mod error;
mod extensions;
mod fault;
mod fingerprint;
mod header;
mod held;
mod key;
mod label;
mod language;
mod large_count;
mod line_error;
mod lines;
pub(crate) mod map;
pub(crate) mod millionths;
mod note;
mod parts;
mod place;
mod random;
mod ratio;
mod read;
mod real;
mod reference;
mod rounding;
pub(crate) mod scalar;
mod schema_link;
mod schema_version;
mod score;
mod share;
mod sorted;
mod step;
mod step_count;
pub(crate) mod strict;
mod text;
mod version;
mod weight;

pub use self::count::Count;
pub use self::day::Day;
pub use self::error::ValueError;
pub use self::extensions::Extensions;
pub(crate) use self::fault::repeated;
pub use self::fault::{Fault, Faults, Rule};
pub use self::fingerprint::Fingerprint;
pub(crate) use self::held::Held;
pub use self::key::Key;
pub use self::label::Label;
pub use self::language::Language;
pub use self::large_count::LargeCount;
pub use self::line_error::LineError;
pub use self::lines::{Lines, write_lines};
pub use self::note::Note;
pub(crate) use self::parts::ENDS_IN_ORDER;
pub(crate) use self::random::RandomStream;
pub(crate) use self::ratio::Ratio;
pub(crate) use self::read::{Document, from_json};
pub use self::real::Real;
pub use self::reference::Reference;
pub use self::rounding::Rounding;
pub use self::schema_link::SchemaLink;
pub use self::schema_version::SchemaVersion;
pub use self::score::Score;
pub use self::share::Share;
pub(crate) use self::sorted::{SortedMap, SortedSet};
pub use self::step::Step;
pub use self::step_count::StepCount;
pub use self::text::Text;
pub use self::version::Version;
pub use self::weight::Weight;

/// The rules of single values.
pub(crate) const RULES: &[Rule] = &[parts::SIX_DECIMALS];
