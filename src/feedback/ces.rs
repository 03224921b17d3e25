use super::answer_counts::{AnswerCounts, in_percent, survey};
use super::{CesAnswer, Instrument, LeftOutReason, SurveyResult};
use crate::statistics::{ConfidenceLevel, Estimate, Proportion, Undefined};
use crate::value::Count;

/// Customer effort, second version: agreement from 1 to 7 that it was easy; high is good.
///
/// *Answers*: for which share of customers was it easy? *Assumes* what [`Csat`](super::Csat) assumes. *Formula*:
/// 100 · (answers of 5 to 7) / (all answers). *Undefined when* there is no answer. *Checked against*: the test vectors of the
/// content. The first version has another scale and direction, and another type: [`CesVersionOne`](super::CesVersionOne).
///
/// ```
/// use service_excellence::feedback::CesAnswer;
/// use service_excellence::statistics::ConfidenceLevel;
/// use service_excellence::Ces;
///
/// let ces = [7, 6, 5, 4, 2, 6, 3, 7].into_iter().map(CesAnswer::new).collect::<Result<Ces, _>>()?;
/// assert_eq!(ces.score(ConfidenceLevel::NINETY_FIVE)?.value(), 62.5);
/// assert_eq!(ces.mean(ConfidenceLevel::NINETY_FIVE)?.value(), 5.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "customer effort score")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ces {
    counts: AnswerCounts,
}

survey!(Ces, CesAnswer, Ces);

impl Ces {
    /// Those for whom it was easy among all.
    ///
    /// # Errors
    ///
    /// [`Undefined::OutOfRange`] if there are more answers than can be counted.
    pub fn easy(&self) -> Result<Proportion, Undefined> {
        self.counts.share(5..=7)
    }

    /// Those for whom it was easy, in percent, with Wilson's interval.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without answers.
    pub fn score(&self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        self.easy()?.wilson(confidence).map(in_percent)
    }

    /// The mean answer, with Student's interval, cut off at the ends of the scale.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without answers.
    pub fn mean(&self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        self.counts.mean_on(Instrument::Ces.scale(), confidence)
    }

    /// This score minus an earlier one, in percentage points, with the interval of
    /// [`Proportion::difference`]; *assumes* that different customers answered.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] if one of the two has no answers.
    pub fn change_since(&self, earlier: &Self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        self.easy()?.difference(earlier.easy()?, confidence).map(in_percent)
    }
}
