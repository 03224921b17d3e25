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

/// What one person gained from an activity of one kind, on average over those of the kind, as far as ratings can tell; it
/// may be negative.
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

    /// Shares a person's change out over the kinds of activities that worked on it, in proportion to what was assumed of
    /// each: which of them did it cannot be seen in one person.
    ///
    /// There is one result for each kind, in the order in which the kinds first occur: the mean gain of an activity of the
    /// kind. One change is one observation of the weighted sum of what the activities bring, however many they are: its
    /// parts err together, so ten activities of one kind do not tell ten times as much of it as one.
    ///
    /// ```
    /// use service_excellence::coaching::{ActivityKind, GainEstimate, MilliLevels, RealisedGain};
    /// use service_excellence::statistics::{ConfidenceLevel, Estimate};
    /// use service_excellence::Level;
    ///
    /// let change: Estimate = serde_json::from_str(r#"{"value": 1.0, "standard_error": 0.4}"#)?;
    /// let (kind, level, each) = (ActivityKind::RolePlay, Level::new(2)?, MilliLevels::new(100)?);
    /// let realised = RealisedGain::share_out(&change, level, &[(kind, each); 10])?;
    /// let shown = format!("{:.2} with standard error {:.2}", realised[0].gain(), realised[0].standard_error());
    /// assert_eq!((realised.len(), shown.as_str()), (1, "0.10 with standard error 0.04"));
    /// let updated = GainEstimate::assumed(kind, level, each, each).updated(&realised, 0.try_into()?)?;
    /// let error = updated.gain(ConfidenceLevel::NINETY_FIVE)?.standard_error();
    /// assert_eq!(error.map(|error| format!("{error:.4}")).as_deref(), Some("0.0371"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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
        let mut kinds: Vec<(ActivityKind, f64, f64)> = Vec::new();
        for (kind, gain) in assumed {
            let gain = f64::from(gain.get());
            match kinds.iter_mut().find(|known| known.0 == *kind) {
                Some((_, sum, activities)) => (*sum, *activities) = (*sum + gain, *activities + 1.0),
                None => kinds.push((*kind, gain, 1.0)),
            }
        }
        let total: f64 = kinds.iter().map(|(_, sum, _)| sum).sum();
        if total <= 0.0 {
            return Err(Undefined::EmptyCell {});
        }
        let error = change.standard_error().ok_or(Undefined::OutOfRange {})?;
        let part = |(kind, sum, activities): &(ActivityKind, f64, f64)| {
            let share = sum / total / activities;
            Self::new(*kind, level, change.value() * share, error * share).map_err(|_| Undefined::OutOfRange {})
        };
        kinds.iter().map(part).collect()
    }

    /// The kind of activity.
    #[must_use]
    pub fn kind(&self) -> ActivityKind {
        self.kind
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

    /// After more results, each of another person; those of other kinds or levels are passed over. `between_people` is the standard deviation
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
