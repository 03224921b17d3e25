use super::outcome::normal_estimate;
use crate::coaching::{ActivityKind, MilliLevels};
use crate::framework::Level;
use crate::statistics::{ConfidenceLevel, DataError, Estimate, Undefined};
use crate::value::{Count, Real};

/// What activities of one kind bring to people of one level: the planning assumption, and what came of it so far.
///
/// *Answers*: what should the next plan assume? *Assumes* realised gains that scatter normally about a mean of their
/// kind and level, with known standard errors, and a normal prior. *Formula*: precision = 1/prior sd² + Σ 1/(standard
/// error² + sd between people²); mean = (assumed/prior sd² + Σ gain/(…)) / precision. *Reference*: Gelman et al. 2013,
/// Bayesian Data Analysis, 2.5. *Checked against*: hand calculation; simulated gains of a known mean.
///
/// ```
/// use service_excellence::coaching::{ActivityKind, GainEstimate, RealisedGain};
/// use service_excellence::Level;
///
/// let (kind, level) = (ActivityKind::RolePlay, Level::new(2)?);
/// let assumed = GainEstimate::assumed(kind, level, 300.try_into()?, 150.try_into()?);
/// let seen = [RealisedGain::new(kind, level, -0.05, 0.2)?, RealisedGain::new(kind, level, 0.15, 0.2)?];
/// let now = assumed.updated(&seen, 100.try_into()?)?;
/// assert_eq!(now.to_plan_with().get(), 182);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GainEstimate {
    kind: ActivityKind,
    level: Level,
    mean: Real,
    variance: Real,
    observations: Count,
}

/// What one person gained from activities of one kind, as far as ratings can tell; it may be negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RealisedGain {
    kind: ActivityKind,
    level: Level,
    gain: Real,
    standard_error: Real,
}

impl RealisedGain {
    /// A gain in levels with its standard error.
    ///
    /// # Errors
    ///
    /// The gain lies outside −4 to 4, or the standard error outside 0 to 4.
    pub fn new(kind: ActivityKind, level: Level, gain: f64, standard_error: f64) -> Result<Self, DataError> {
        let checked = |what, number: f64, lowest: f64| {
            let refuse = || DataError::new(what, "of an activity", number, format!("a number from {lowest} to 4"));
            let real = Real::new(number).map_err(|_| refuse())?;
            if (lowest..=4.0).contains(&number) { Ok(real) } else { Err(refuse()) }
        };
        let (gain, standard_error) =
            (checked("the gain", gain, -4.0)?, checked("the standard error", standard_error, 0.0)?);
        Ok(Self { kind, level, gain, standard_error })
    }

    /// Shares a person's change out over the activities that worked on it, in proportion to what was assumed of each:
    /// which of them did it cannot be seen in one person.
    ///
    /// # Errors
    ///
    /// [`Undefined::EmptyCell`] when nothing was assumed of any of them; [`Undefined::OutOfRange`] when the change lies
    /// beyond four levels or has no standard error.
    pub fn share_out(
        change: &Estimate,
        level: Level,
        assumed: &[(ActivityKind, MilliLevels)],
    ) -> Result<Vec<Self>, Undefined> {
        let total: f64 = assumed.iter().map(|(_, gain)| f64::from(gain.get())).sum();
        if total <= 0.0 {
            return Err(Undefined::EmptyCell {});
        }
        let error = change.standard_error().ok_or(Undefined::OutOfRange {})?;
        let part = |(kind, gain): &(ActivityKind, MilliLevels)| {
            let share = f64::from(gain.get()) / total;
            Self::new(*kind, level, change.value() * share, error * share).map_err(|_| Undefined::OutOfRange {})
        };
        assumed.iter().map(part).collect()
    }

    /// The gain in levels.
    #[must_use]
    pub fn gain(&self) -> f64 {
        self.gain.get()
    }

    /// Its standard error in levels.
    #[must_use]
    pub fn standard_error(&self) -> f64 {
        self.standard_error.get()
    }
}

impl GainEstimate {
    /// The planning assumption, before any result.
    #[must_use]
    pub fn assumed(kind: ActivityKind, level: Level, gain: MilliLevels, sd: MilliLevels) -> Self {
        let in_levels = |milli: MilliLevels| f64::from(milli.get()) / 1_000.0;
        let of = |number| Real::new(number).unwrap_or(Real::ZERO);
        Self {
            kind,
            level,
            mean: of(in_levels(gain)),
            variance: of(in_levels(sd) * in_levels(sd)),
            observations: Count::MIN,
        }
    }

    /// After more results; those of other kinds or levels are passed over. `between_people` is the standard deviation
    /// of true gains from person to person.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoVariation`] when a result has standard error 0 and people do not differ;
    /// [`Undefined::OutOfRange`] when the numbers cannot be computed with.
    pub fn updated(self, results: &[RealisedGain], between_people: MilliLevels) -> Result<Self, Undefined> {
        let between = (f64::from(between_people.get()) / 1_000.0).powi(2);
        let mut estimate = self;
        for result in results.iter().filter(|one| one.kind == self.kind && one.level == self.level) {
            let variance = result.standard_error().powi(2) + between;
            if variance <= 0.0 {
                return Err(Undefined::NoVariation {});
            }
            let weight = estimate.variance.get() / (estimate.variance.get() + variance);
            let mean = estimate.mean.get() + weight * (result.gain() - estimate.mean.get());
            let of = |number| Real::new(number).map_err(|_| Undefined::OutOfRange {});
            estimate = Self {
                mean: of(mean)?,
                variance: of(estimate.variance.get() * (1.0 - weight))?,
                observations: Count::new(estimate.observations.get() + 1).unwrap_or(Count::MAX),
                ..estimate
            };
        }
        Ok(estimate)
    }

    /// The kind of activity.
    #[must_use]
    pub fn kind(&self) -> ActivityKind {
        self.kind
    }

    /// The level of the people.
    #[must_use]
    pub fn level(&self) -> Level {
        self.level
    }

    /// On how many results it rests; 0 for an assumption.
    #[must_use]
    pub fn observations(&self) -> Count {
        self.observations
    }

    /// The mean gain in levels, which may be negative, with an interval.
    ///
    /// # Errors
    ///
    /// [`Undefined::OutOfRange`] when the numbers cannot be computed with.
    pub fn gain(&self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        normal_estimate(self.mean.get(), self.variance.get(), confidence)
    }

    /// What the next plan should assume: the mean gain in thousandths of a level, none when it is negative.
    #[must_use]
    pub fn to_plan_with(&self) -> MilliLevels {
        let milli = (self.mean.get() * 1_000.0).round().clamp(0.0, f64::from(MilliLevels::MAX.get()));
        MilliLevels::new(milli as u16).unwrap_or(MilliLevels::MAX)
    }
}
