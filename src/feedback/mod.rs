//! The customer's voice: satisfaction, recommendation and effort, each with its exact definition and its uncertainty.
//!
//! One type per survey, so that two kinds of answers never mix: [`Csat`], [`Nps`], [`Ces`] (the second version, where high
//! is good) and [`CesVersionOne`] (the first, where low is good). Each counts answers, can be merged, and gives a
//! [`SurveyResult`]. [`FeedbackLibrary`] holds the questions as they are asked.
//!
//! Nothing here becomes a person's score. A [`Scorer`](crate::Scorer) takes nothing but assessments, an assessment holds
//! nothing but steps chosen by a rater, and no answer of a customer turns into a step:
//!
//! ```compile_fail
//! use service_excellence::feedback::CsatAnswer;
//! use service_excellence::value::Step;
//!
//! let answer = CsatAnswer::new(4).unwrap();
//! let step: Step = answer.into();
//! ```

mod answer_counts;
mod ces;
mod ces_answer;
mod ces_version_one;
mod ces_version_one_answer;
mod csat;
mod csat_answer;
mod instrument;
mod left_out;
mod library;
mod nps;
mod nps_answer;
mod result;
mod scale_point;
mod survey_instrument;

pub use self::ces::Ces;
pub use self::ces_answer::CesAnswer;
pub use self::ces_version_one::CesVersionOne;
pub use self::ces_version_one_answer::CesVersionOneAnswer;
pub use self::csat::Csat;
pub use self::csat_answer::CsatAnswer;
pub use self::instrument::{Instrument, ScoreUnit};
pub use self::left_out::{LeftOutAnswers, LeftOutReason};
pub(crate) use self::library::LIBRARY_RULES;
pub use self::library::{FeedbackLibrary, FeedbackRules, PersonLink};
pub use self::nps::Nps;
pub use self::nps_answer::NpsAnswer;
pub(crate) use self::result::RESULT_RULES;
pub use self::result::{AnswerGroup, SurveyResult, SurveyScore};
pub use self::scale_point::ScalePoint;
pub use self::survey_instrument::{
    InstrumentGroup, LinkStrength, ScaleDirection, SkillLink, SurveyInstrument, SurveyScale,
};
