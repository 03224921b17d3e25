use super::answer_counts::{AnswerCounts, survey};
use super::{CesVersionOneAnswer, Instrument, LeftOutReason, SurveyResult};
use crate::statistics::{ConfidenceLevel, Estimate, Undefined};
use crate::value::Count;

/// Customer effort, first version: effort from 1 to 5; **low is good**.
///
/// *Answers*: how much effort did customers have? *Formula*: the mean of the answers. *Undefined when* there is no answer.
/// It never mixes with the second version, [`Ces`](super::Ces), whose scale runs the other way.
///
/// ```
/// use service_excellence::feedback::{CesVersionOne, CesVersionOneAnswer};
/// use service_excellence::statistics::ConfidenceLevel;
///
/// let answers = [1, 2, 2, 5].into_iter().map(CesVersionOneAnswer::new);
/// let effort = answers.collect::<Result<CesVersionOne, _>>()?;
/// assert_eq!(effort.score(ConfidenceLevel::NINETY_FIVE)?.value(), 2.5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// ```compile_fail
/// use service_excellence::feedback::CesVersionOne;
/// use service_excellence::Ces;
///
/// Ces::default().merge(&CesVersionOne::default());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CesVersionOne {
    counts: AnswerCounts,
}

survey!(CesVersionOne, CesVersionOneAnswer, CesVersionOne);

impl CesVersionOne {
    /// The mean effort, with Student's interval, cut off at the ends of the scale; lower is better.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without answers.
    pub fn score(&self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        self.counts.mean_on(Instrument::CesVersionOne.scale(), confidence)
    }

    /// This mean minus an earlier one, with Welch's interval; below 0 it has become easier. *Assumes* that different
    /// customers answered.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] if one of the two has no answers.
    pub fn change_since(&self, earlier: &Self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        self.counts.mean()?.difference(earlier.counts.mean()?, confidence)
    }
}
