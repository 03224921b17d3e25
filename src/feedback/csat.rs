use super::answer_counts::{AnswerCounts, in_percent, survey};
use super::{CsatAnswer, Instrument, LeftOutReason, SurveyResult};
use crate::statistics::{ConfidenceLevel, Estimate, Proportion, Undefined};
use crate::value::Count;

/// Customer satisfaction: answers from 1 to 5 on one contact.
///
/// *Answers*: which share of customers was satisfied? *Assumes* that every valid answer counts and that those who answer are
/// like those who do not, which is rarely so. *Formula*: 100 · (answers of 4 and 5) / (all answers). *Undefined when* there
/// is no answer. *Checked against*: the test vectors of the content.
///
/// ```
/// use service_excellence::feedback::CsatAnswer;
/// use service_excellence::statistics::ConfidenceLevel;
/// use service_excellence::Csat;
///
/// let csat = [5, 4, 4, 3, 2].into_iter().map(CsatAnswer::new).collect::<Result<Csat, _>>()?;
/// let score = csat.score(ConfidenceLevel::NINETY_FIVE)?;
/// assert_eq!(score.value(), 60.0);
/// let interval = score.interval().expect("a share has an interval");
/// assert_eq!(format!("{:.0} to {:.0}", interval.lower(), interval.upper()), "23 to 88");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "customer satisfaction score")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Csat {
    counts: AnswerCounts,
}

survey!(Csat, CsatAnswer, Csat);

impl Csat {
    /// The satisfied among all.
    ///
    /// # Errors
    ///
    /// [`Undefined::OutOfRange`] if there are more answers than can be counted.
    pub fn satisfied(&self) -> Result<Proportion, Undefined> {
        self.counts.share(4..=5)
    }

    /// The satisfied in percent, with Wilson's interval.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without answers.
    pub fn score(&self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        self.satisfied()?.wilson(confidence).map(in_percent)
    }

    /// The mean answer, with Student's interval, cut off at the ends of the scale.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without answers.
    pub fn mean(&self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        self.counts.mean_on(Instrument::Csat.scale(), confidence)
    }

    /// This score minus an earlier one, in percentage points, with the interval of
    /// [`Proportion::difference`]; *assumes* that different customers answered.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] if one of the two has no answers.
    pub fn change_since(&self, earlier: &Self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        self.satisfied()?.difference(earlier.satisfied()?, confidence).map(in_percent)
    }
}
