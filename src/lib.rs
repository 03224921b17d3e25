//! Service-excellence competencies.
#![cfg_attr(
    not(feature = "schema"),
    expect(dead_code, unused_imports, reason = "the rooms' lists of rules are read by the schema room only")
)]

mod assessment;
mod coaching;
mod framework;
mod profile;
mod rubric;
#[cfg(feature = "schema")]
pub mod schema;
mod scoring;
mod value;

pub use assessment::*;
pub use coaching::*;
pub use framework::*;
pub use profile::*;
pub use rubric::*;
pub use scoring::*;
pub use value::*;
