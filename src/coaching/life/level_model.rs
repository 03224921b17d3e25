use super::{Measured, ProgressWeek, model_fit};
use crate::coaching::WeekCount;
use crate::statistics::{DataError, Undefined};
use crate::value::Real;

/// What is known of a team's levels on one criterion before a person is looked at: how people differ, how much a level
/// wanders from week to week, and how much single ratings scatter. Everything is in levels, on the scale from 1 to 5.
///
/// The default was fitted on simulated ratings of this scale (`tests/plan_progress.rs` shows the people and the fit):
/// it is a start until [`LevelModel::fit`] has your own data.
///
/// ```
/// use service_excellence::coaching::LevelModel;
///
/// let model = LevelModel::default().people(3.2, 0.5)?.weekly_sd(0.1)?.rating_sd(0.8)?;
/// assert_eq!(model.prior_mean(), 3.2);
/// # Ok::<(), service_excellence::statistics::DataError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LevelModel {
    prior_mean: Real,
    prior_variance: Real,
    weekly_variance: Real,
    rating_variance: Real,
    half_life: Option<WeekCount>,
}

impl LevelModel {
    /// People with this mean level and this standard deviation between them.
    ///
    /// # Errors
    ///
    /// The mean lies outside 1 to 5, or the standard deviation outside 0 to 4.
    pub fn people(self, mean: f64, standard_deviation: f64) -> Result<Self, DataError> {
        let prior_mean = checked("the mean level", mean, 1.0)?;
        Ok(Self {
            prior_mean,
            prior_variance: squared("the standard deviation between people", standard_deviation)?,
            ..self
        })
    }

    /// The standard deviation of a level's own change in one week, without coaching.
    ///
    /// # Errors
    ///
    /// It lies outside 0 to 4.
    pub fn weekly_sd(self, standard_deviation: f64) -> Result<Self, DataError> {
        Ok(Self { weekly_variance: squared("the standard deviation of a week's change", standard_deviation)?, ..self })
    }

    /// The standard deviation of single ratings about a person's level.
    ///
    /// # Errors
    ///
    /// It lies outside 0.01 to 4: a rating without any scatter would say everything for ever.
    pub fn rating_sd(self, standard_deviation: f64) -> Result<Self, DataError> {
        if !(0.01..=4.0).contains(&standard_deviation) {
            return Err(out_of_range("the standard deviation of a rating", standard_deviation, 0.01, 4.0));
        }
        Ok(Self { rating_variance: squared("the standard deviation of a rating", standard_deviation)?, ..self })
    }

    /// What was gained halves in so many weeks without practice. Off unless it is set.
    #[must_use]
    pub fn forgetting(self, half_life: WeekCount) -> Self {
        Self { half_life: Some(half_life), ..self }
    }

    /// The model under which the ratings of a team are most likely, starting the search from the default.
    ///
    /// *Answers*: how do people here differ, wander and scatter? *Assumes* that planned gains are right on average and
    /// that everything is normal. *Formula*: maximum of [`LevelModel::log_likelihood`] − ½ (ln(s/0.08) / 0.5)² over the mean and
    /// the three standard deviations, of which s is that of a week's change, by the simplex search of Nelder and Mead 1965. The
    /// second part matters with few weeks only, when the likelihood alone would often say that nothing wanders. *Reference*: Chung
    /// et al. 2013, Psychometrika 78:685, for such penalties. *Undefined when* fewer than five people have
    /// ratings in two weeks, or the search does not end. *Checked against*: simulated people of known variances.
    ///
    /// # Errors
    ///
    /// [`Undefined::TooFewSubjects`] with fewer than five people rated in two weeks or more;
    /// [`Undefined::NotConverged`] when the search does not end.
    pub fn fit(team: &[Vec<ProgressWeek>]) -> Result<Self, Undefined> {
        model_fit::fit(team)
    }

    /// The logarithm of the density of a team's weekly ratings under this model.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] when no week has ratings; [`Undefined::OutOfRange`] when the number is not finite.
    pub fn log_likelihood(&self, team: &[Vec<ProgressWeek>]) -> Result<f64, Undefined> {
        model_fit::log_likelihood(self, team)
    }

    /// The mean level of people, 1 to 5.
    #[must_use]
    pub fn prior_mean(&self) -> f64 {
        self.prior_mean.get()
    }

    /// The variance between people.
    #[must_use]
    pub fn prior_variance(&self) -> f64 {
        self.prior_variance.get()
    }

    /// The variance of a week's change.
    #[must_use]
    pub fn weekly_variance(&self) -> f64 {
        self.weekly_variance.get()
    }

    /// The variance of single ratings about a person's level.
    #[must_use]
    pub fn rating_variance(&self) -> f64 {
        self.rating_variance.get()
    }

    /// In how many weeks without practice a gain halves, if that is set.
    #[must_use]
    pub fn half_life(&self) -> Option<WeekCount> {
        self.half_life
    }

    /// How far a mean can be trusted to tell people apart, from 0 to 1: variance between people / (variance between
    /// people + standard error²); 1 when both are 0.
    #[must_use]
    pub fn reliability(&self, measured: &Measured) -> f64 {
        let total = self.prior_variance() + measured.variance();
        if total > 0.0 { self.prior_variance() / total } else { 1.0 }
    }
}

impl Default for LevelModel {
    fn default() -> Self {
        let of = |number| Real::new(number).unwrap_or(Real::ZERO);
        Self {
            prior_mean: of(3.0),
            prior_variance: of(0.36),
            weekly_variance: of(0.0064),
            rating_variance: of(0.64),
            half_life: None,
        }
    }
}

fn squared(what: &'static str, standard_deviation: f64) -> Result<Real, DataError> {
    let one = checked(what, standard_deviation, 0.0)?.get();
    Real::new(one * one).map_err(|_| out_of_range(what, standard_deviation, 0.0, 4.0))
}

/// From `lowest` to four more: levels reach from 1 to 5, differences from 0 to 4.
fn checked(what: &'static str, number: f64, lowest: f64) -> Result<Real, DataError> {
    let highest = lowest + 4.0;
    let is_inside = (lowest..=highest).contains(&number);
    Real::new(number).ok().filter(|_| is_inside).ok_or_else(|| out_of_range(what, number, lowest, highest))
}

fn out_of_range(what: &'static str, found: f64, lowest: f64, highest: f64) -> DataError {
    DataError::new(what, "of the model", found, format!("a number from {lowest} to {highest}"))
}
