//! The JSON Schemas of every document, and the rules that a schema cannot state.
//!
//! A document deserialises exactly when its schema accepts it and it breaks none of the [`rules`]. Programs in other
//! languages use the files that ship with this crate in `schemas/v0/`: one self-contained file per document,
//! `bundle.schema.json` with all types for code generators, and `rules.json`. They are this module's output.
//!
//! ```
//! use service_excellence::schema;
//!
//! let documents = schema::documents();
//! let framework = documents.iter().find(|one| one.name() == "framework").expect("a root document");
//! assert_eq!(framework.title(), "Framework");
//! assert_eq!(framework.schema()["$id"], "https://service-excellence.dev/schemas/v0/framework.schema.json");
//! ```

mod document;
mod plain_text;
mod publish;
mod root;
mod rule_entry;

pub use self::document::{SchemaDocument, bundle, documents};
pub use self::rule_entry::{RuleEntry, rules};
