use std::ops::RangeInclusive;

use super::LeftOutReason;
use crate::statistics::{ConfidenceLevel, Estimate, Proportion, Sample, Undefined};
use crate::value::LargeCount;

/// How often each answer was given, and how many answers were left out and why.
///
/// Answers lie on a scale of at most eleven points from 0; the type of the survey checks the scale. No count goes beyond
/// [`MOST`](Self::MOST), so that all of them together are a [`LargeCount`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct AnswerCounts {
    by_answer: [u64; 11],
    left_out: [u64; LeftOutReason::ALL.len()],
}

impl AnswerCounts {
    /// More than there are people.
    const MOST: u64 = LargeCount::MAX.get() / 11;

    pub(super) fn add(&mut self, answer: u8) {
        if let Some(count) = self.by_answer.get_mut(usize::from(answer)) {
            *count = Self::MOST.min(*count + 1);
        }
    }

    pub(super) fn leave_out(&mut self, reason: LeftOutReason) {
        if let Some(count) = self.left_out.get_mut(reason as usize) {
            *count = Self::MOST.min(*count + 1);
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        let counts = self.by_answer.iter_mut().chain(&mut self.left_out);
        for (count, more) in counts.zip(other.by_answer.iter().chain(&other.left_out)) {
            *count = Self::MOST.min(*count + more);
        }
    }

    pub(super) fn left_out(&self, reason: LeftOutReason) -> u64 {
        self.left_out.get(reason as usize).copied().unwrap_or_default()
    }

    pub(super) fn answers(&self) -> u64 {
        self.by_answer.iter().sum()
    }

    pub(super) fn within(&self, answers: RangeInclusive<u8>) -> u64 {
        let counts = (0..).zip(&self.by_answer).filter(|(answer, _)| answers.contains(answer));
        counts.map(|(_, count)| count).sum()
    }

    /// The share of all answers that lies within.
    pub(super) fn share(&self, answers: RangeInclusive<u8>) -> Result<Proportion, Undefined> {
        Proportion::new(self.within(answers), self.answers()).map_err(|_| Undefined::OutOfRange {})
    }

    /// The mean, with an interval on the scale.
    pub(super) fn mean_on(
        &self,
        scale: RangeInclusive<u8>,
        confidence: ConfidenceLevel,
    ) -> Result<Estimate, Undefined> {
        let (lowest, highest) = (f64::from(*scale.start()), f64::from(*scale.end()));
        Ok(self.mean()?.mean(confidence)?.cut_off(lowest, highest))
    }

    pub(super) fn mean(&self) -> Result<Sample, Undefined> {
        let sum_of = |power: u32| {
            let parts = (0_u128..).zip(&self.by_answer).map(|(answer, count)| answer.pow(power) * u128::from(*count));
            parts.sum()
        };
        Sample::from_sums(self.answers(), sum_of(1), sum_of(2), 1.0)
    }
}

/// What every survey can do, whatever its scale.
macro_rules! survey {
    ($survey:ident, $answer:ident, $instrument:ident) => {
        impl $survey {
            /// Counts an answer.
            pub fn add(&mut self, answer: $answer) {
                self.counts.add(answer.get());
            }

            /// Counts an answer that was received and does not count.
            pub fn leave_out(&mut self, reason: LeftOutReason) {
                self.counts.leave_out(reason);
            }

            /// Adds the answers of another part of the survey, in any order of the parts. No answer is counted more than
            /// 90,909,090,909 times.
            pub fn merge(&mut self, other: &Self) {
                self.counts.merge(&other.counts);
            }

            /// How many answers count.
            #[must_use]
            pub fn answers(&self) -> u64 {
                self.counts.answers()
            }

            /// How often this answer was given.
            #[must_use]
            pub fn count(&self, answer: $answer) -> u64 {
                self.counts.within(answer.get()..=answer.get())
            }

            /// How many answers were left out for this reason.
            #[must_use]
            pub fn left_out(&self, reason: LeftOutReason) -> u64 {
                self.counts.left_out(reason)
            }

            /// All numbers of the survey as a document. They are always computed; the result is
            /// [reportable](SurveyResult::is_reportable) from `minimum` answers on: take the larger of the instrument's
            /// and the team's threshold ([`FeedbackLibrary::minimum`](super::FeedbackLibrary::minimum)).
            #[must_use]
            pub fn result(&self, minimum: Count, confidence: ConfidenceLevel) -> SurveyResult {
                let kind = Instrument::$instrument;
                let mean = kind.has_mean().then(|| self.counts.mean_on(kind.scale(), confidence));
                SurveyResult::new(kind, &self.counts, self.score(confidence), mean, minimum)
            }
        }

        impl FromIterator<$answer> for $survey {
            fn from_iter<I: IntoIterator<Item = $answer>>(answers: I) -> Self {
                let mut survey = Self::default();
                answers.into_iter().for_each(|answer| survey.add(answer));
                survey
            }
        }
    };
}
pub(super) use survey;

/// An estimate of a share as one in percent.
pub(super) fn in_percent(share: Estimate) -> Estimate {
    share.times(100.0)
}
