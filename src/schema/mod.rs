//! The JSON Schemas of every document, and the rules that a schema cannot state.
//!
//! A document deserialises exactly when its schema accepts it and it breaks none of the [`rules`] for it alone.
//! Programs in other languages use the files that ship with this crate in `schemas/v0/`: one self-contained file per
//! document, `bundle.schema.json` with all types for code generators, and `rules.json`; `draft-07/` holds the same schemas
//! for editors. They are this module's output.
//!
//! The rules are always here; the schemas need the feature `schema`.

#[cfg(feature = "schema")]
mod document;
#[cfg(feature = "schema")]
mod plain_text;
#[cfg(feature = "schema")]
mod publish;
mod root;
mod rule_entry;
mod stated;

#[cfg(feature = "schema")]
pub use self::document::{Draft, SchemaDocument, bundle, documents};
pub use self::rule_entry::{RuleEntry, rules};
