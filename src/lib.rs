//! Service-excellence competencies.

mod framework;
#[cfg(feature = "schema")]
pub mod schema;
mod value;

pub use framework::*;
pub use value::*;
