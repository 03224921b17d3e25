use super::answer_counts::{AnswerCounts, survey};
use super::{Instrument, LeftOutReason, NpsAnswer, SurveyResult};
use crate::statistics::{ConfidenceLevel, Estimate, Interval, IntervalMethod, Undefined};
use crate::value::Count;

/// Net promoter score: answers from 0 to 10 on recommending the organisation.
///
/// *Answers*: do more customers recommend than warn? *Assumes* what [`Csat`](super::Csat) assumes. *Formula*:
/// 100 · (answers of 9 and 10 − answers of 0 to 6) / (all answers). *Undefined when* there is no answer. *Checked against*:
/// the test vectors of the content. It is about the organisation: not suited to a person or a small team.
///
/// ```
/// use service_excellence::feedback::NpsAnswer;
/// use service_excellence::statistics::ConfidenceLevel;
/// use service_excellence::Nps;
///
/// let nps = [10, 9, 9, 8, 7, 6, 3, 10, 0, 9].into_iter().map(NpsAnswer::new).collect::<Result<Nps, _>>()?;
/// let score = nps.score(ConfidenceLevel::NINETY_FIVE)?;
/// assert_eq!(score.value(), 20.0);
/// assert_eq!(format!("{:.1}", score.standard_error().expect("ten answers")), "27.6");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "net promoter score")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Nps {
    counts: AnswerCounts,
}

survey!(Nps, NpsAnswer, Nps);

impl Nps {
    /// How many answers are 9 or 10.
    #[must_use]
    pub fn promoters(&self) -> u64 {
        self.counts.within(9..=10)
    }

    /// How many answers are 7 or 8.
    #[must_use]
    pub fn passives(&self) -> u64 {
        self.counts.within(7..=8)
    }

    /// How many answers are 0 to 6.
    #[must_use]
    pub fn detractors(&self) -> u64 {
        self.counts.within(0..=6)
    }

    /// The score with its standard error and the normal interval, cut off at −100 and 100.
    ///
    /// *Formula*: standard error 100·√((p + d − (p − d)²) / n) with the shares p of promoters and d of detractors. When all
    /// answers fall in one group the standard error is 0, which proves nothing, and there is no interval;
    /// [`adjusted_score`](Self::adjusted_score) has one.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without answers.
    pub fn score(&self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        let shares = Shares::of(self, 0.0)?;
        let interval = normal(shares.net(), shares.standard_error(), 100.0, confidence, IntervalMethod::Normal);
        estimate(shares.net(), shares.standard_error(), interval)
    }

    /// The score with an interval that holds its level for few answers too.
    ///
    /// *Formula*: the value as in [`score`](Self::score); standard error and interval of the shares after three answers
    /// were added (¾ promoters, ¾ detractors, 1½ passives). The interval is centred on the adjusted score and widened to the
    /// value where it would leave it out. *Reference*: Rocks 2016, The American Statistician 70:365.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without answers.
    pub fn adjusted_score(&self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        let (value, shares) = (Shares::of(self, 0.0)?.net(), Shares::of(self, 0.75)?);
        let error = shares.standard_error();
        let interval = normal(shares.net(), error, 100.0, confidence, IntervalMethod::AdjustedWald);
        let widened = interval.and_then(|one| {
            Interval::new(one.lower().min(value), one.upper().max(value), confidence, IntervalMethod::AdjustedWald)
        });
        estimate(value, error, widened)
    }

    /// This score minus an earlier one, with the normal interval; *assumes* that different customers answered.
    ///
    /// *Formula*: standard error √(e₁² + e₂²), the errors as in [`score`](Self::score); no interval when both are 0.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] if one of the two has no answers.
    pub fn change_since(&self, earlier: &Self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        let (now, then) = (Shares::of(self, 0.0)?, Shares::of(earlier, 0.0)?);
        let (change, error) = (now.net() - then.net(), now.standard_error().hypot(then.standard_error()));
        estimate(change, error, normal(change, error, 200.0, confidence, IntervalMethod::Normal))
    }
}

/// The shares of promoters and detractors.
struct Shares {
    promoters: f64,
    detractors: f64,
    answers: f64,
}

impl Shares {
    /// With `added` more promoters, as many more detractors, and twice as many more passives.
    fn of(nps: &Nps, added: f64) -> Result<Self, Undefined> {
        if nps.answers() == 0 {
            return Err(Undefined::NoData {});
        }
        let answers = nps.answers() as f64 + 4.0 * added;
        let share = |count: u64| (count as f64 + added) / answers;
        Ok(Self { promoters: share(nps.promoters()), detractors: share(nps.detractors()), answers })
    }

    fn net(&self) -> f64 {
        100.0 * (self.promoters - self.detractors)
    }

    fn standard_error(&self) -> f64 {
        let difference = self.promoters - self.detractors;
        let variance = self.promoters + self.detractors - difference * difference;
        100.0 * (variance.max(0.0) / self.answers).sqrt()
    }
}

/// Cut off at `limit` both ways; nothing without a standard error.
fn normal(value: f64, error: f64, limit: f64, confidence: ConfidenceLevel, method: IntervalMethod) -> Option<Interval> {
    let reach = confidence.normal_multiplier() * error;
    let (lower, upper) = ((value - reach).max(-limit), (value + reach).min(limit));
    if error > 0.0 { Interval::new(lower, upper, confidence, method) } else { None }
}

fn estimate(value: f64, error: f64, interval: Option<Interval>) -> Result<Estimate, Undefined> {
    let estimate = Estimate::of(value).ok_or(Undefined::OutOfRange {})?;
    Ok(estimate.with_standard_error(error).with_interval(interval))
}
