//! Total scores adjusted for who rated, by the simple linear path.

mod adjustment;
mod person;
mod rater;
mod total_score;

pub use self::adjustment::LinearAdjustment;
pub use self::person::LinearPerson;
pub use self::rater::LinearRater;
pub use self::total_score::TotalScore;
