//! What one small p value means when many are looked at.

mod benjamini_hochberg;
mod benjamini_yekutieli;
mod holm;
mod ordered;

pub use self::benjamini_hochberg::benjamini_hochberg;
pub use self::benjamini_yekutieli::benjamini_yekutieli;
pub use self::holm::holm;
