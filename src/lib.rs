//! Service-excellence competencies.

mod assessment;
mod coaching;
mod framework;
mod profile;
mod rubric;
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
