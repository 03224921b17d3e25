//! Service-excellence competencies.

mod assessment;
mod framework;
mod rubric;
mod value;

pub use assessment::*;
pub use framework::*;
pub use rubric::*;
pub use value::*;
