//! Service-excellence competencies.

mod assessment;
mod framework;
mod rubric;
#[cfg(feature = "schema")]
pub mod schema;
mod scoring;
mod value;

pub use assessment::*;
pub use framework::*;
pub use rubric::*;
pub use scoring::*;
pub use value::*;
