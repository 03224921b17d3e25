//! Service-excellence competencies.

mod framework;
mod value;

pub use framework::*;
pub use value::*;
