use super::{LevelModel, RatedContact};
use crate::framework::ObservationCount;
use crate::profile::{CriterionStanding, LevelGap};
use crate::value::strict::{object, union};
use crate::value::{Day, Label, Score};

object! {
    /// How a person did on one criterion over some contacts, and how sure that is.
    #[derive(Copy)]
    pub struct Measured {
        /// The mean over the contacts, as it was rated.
        pub score: Score,
        /// How many contacts were rated.
        pub observations: ObservationCount,
        /// The standard error of the mean, in levels.
        pub standard_error: LevelGap,
    }
}

object! {
    /// Where a person stood before a plan.
    #[derive(Copy)]
    pub struct Baseline {
        /// What was seen.
        pub measured: Measured,
        /// The estimate drawn towards the mean of the group: who is chosen for a low score was partly unlucky.
        pub shrunken: Score,
        /// The day on which this was known.
        pub as_of: Day,
    }
}

union! {
    /// By what a goal is judged in the end.
    pub enum GoalMeasure {
        /// By the mean of new ratings on the criterion.
        RubricMean {
            /// How many contacts have to be rated for a verdict.
            min_observations: ObservationCount,
        },
        /// By something else that person and coach agreed on.
        Agreed {
            /// What it is.
            name: Label,
        },
    }
}

impl Measured {
    /// A mean with the standard error that the model gives it: standard deviation of one rating / √observations.
    #[must_use]
    pub fn new(score: Score, observations: ObservationCount, model: &LevelModel) -> Self {
        let error = (model.rating_variance() / f64::from(observations.get())).sqrt();
        Self {
            score,
            observations,
            standard_error: LevelGap::at_most_max(millionths(error, LevelGap::MAX.millionths())),
        }
    }

    /// The mean of the contacts from one day to another, both included, to the nearest millionth; `None` without any.
    /// Beyond 1,000 contacts count as 1,000.
    ///
    /// What came of a goal shows in contacts after the day of its [`Baseline`]; later ones alone, say from the first day of
    /// the plan's last version on, say more of what is left in the end and less of the way there.
    #[must_use]
    pub fn of_contacts(contacts: &[RatedContact], from: Day, until: Day, model: &LevelModel) -> Option<Self> {
        let counted = || contacts.iter().filter(|one| (from..=until).contains(&one.on));
        let (sum, number) = (counted().map(|one| u64::from(one.score.millionths())).sum::<u64>(), counted().count());
        let mean = Score::at_most_max((2 * sum + number as u64).checked_div(2 * number as u64)?);
        let count = u16::try_from(number).ok().and_then(|number| ObservationCount::new(number).ok());
        Some(Self::new(mean, count.unwrap_or(ObservationCount::MAX), model))
    }

    /// Where a person stands on a criterion of a profile: the plain mean, as it was rated, not a value that another
    /// aggregation made of it, with the standard error of the profile, which allows for raters of unlike severity. `None`
    /// without a value; beyond 1,000 observations count as 1,000.
    #[must_use]
    pub fn of(standing: &CriterionStanding, model: &LevelModel) -> Option<Self> {
        let CriterionStanding::Rated { mean, estimate, observations, .. } = standing else { return None };
        let number = u16::try_from(observations.get()).ok().and_then(|number| ObservationCount::new(number).ok());
        let measured = Self::new(*mean, number.unwrap_or(ObservationCount::MAX), model);
        let in_levels = |error: f64| LevelGap::at_most_max(millionths(4.0 * error, LevelGap::MAX.millionths()));
        let standard_error = estimate.standard_error().map_or(measured.standard_error, in_levels);
        Some(Self { standard_error, ..measured })
    }

    /// The mean on the scale of levels, 1 to 5.
    #[must_use]
    pub fn level(&self) -> f64 {
        on_level_scale(self.score)
    }

    pub(super) fn variance(&self) -> f64 {
        self.standard_error.to_f64().powi(2)
    }
}

impl Baseline {
    /// What was seen up to `as_of`, with its estimate drawn towards the mean of the group.
    ///
    /// *Formula* (Kelley): group mean + reliability · (mean − group mean), reliability = variance between people /
    /// (variance between people + standard error²). *Reference*: Kelley 1947, Fundamentals of Statistics, p. 409.
    /// *Checked against*: the same number from [`LevelFilter`](super::LevelFilter), whose first step it is.
    #[must_use]
    pub fn new(measured: Measured, as_of: Day, model: &LevelModel) -> Self {
        let level = model.prior_mean() + model.reliability(&measured) * (measured.level() - model.prior_mean());
        Self { measured, shrunken: score_of(level), as_of }
    }
}

/// A score as a level from 1 to 5.
pub(super) fn on_level_scale(score: Score) -> f64 {
    1.0 + 4.0 * score.to_f64()
}

/// A level as a score; what lies outside 1 to 5 is moved to the nearest end.
pub(super) fn score_of(level: f64) -> Score {
    Score::at_most_max(millionths((level - 1.0) / 4.0, Score::MAX.millionths()))
}

/// The nearest whole number of millionths from 0 to `max`.
pub(super) fn millionths(number: f64, max: u32) -> u64 {
    // `as` turns "not a number" into 0.
    ((number * 1e6).round().clamp(0.0, f64::from(max))) as u64
}

#[cfg(test)]
mod tests {
    use super::Measured;
    use crate::coaching::{LevelModel, RatedContact};
    use crate::profile::CriterionStanding;

    #[test]
    fn what_was_measured_of_contacts_is_their_mean_from_the_first_day_to_the_last() {
        let contact = |on: &str, millionths| RatedContact { on: on.parse().unwrap(), score: score(millionths) };
        let contacts = [
            contact("2026-07-05", 0),
            contact("2026-07-06", 250_000),
            contact("2026-07-31", 500_001),
            contact("2026-08-01", 1_000_000),
        ];
        let of = |from: &str, until: &str| {
            let measured =
                Measured::of_contacts(&contacts, from.parse().unwrap(), until.parse().unwrap(), &LevelModel::default());
            measured.map(|one| (one.score, one.observations.get()))
        };
        assert_eq!(of("2026-07-06", "2026-07-31"), Some((score(375_001), 2)), "the nearest to 375,000.5");
        assert_eq!(of("2026-08-02", "2026-08-31"), None);
        assert_eq!(of("2026-07-31", "2026-07-06"), None);
    }

    fn score(millionths: u32) -> crate::value::Score {
        crate::value::Score::from_millionths(millionths).unwrap()
    }

    #[test]
    fn what_was_measured_of_a_standing_is_the_plain_mean_and_not_the_value() {
        let standing_text = r#"{"kind":"rated","score":0.75,"level":4,"top_level_unconfirmed":false,"mean":0.875,"estimate":{"value":0.875},
            "effective_observations":4,"observations":4,"raters":2,"lowest":0.75,"highest":1,"spread":0,
            "needs_second_look":false,"confidence":"limited"}"#;
        let standing: CriterionStanding = serde_json::from_str(standing_text).unwrap();
        let measured = Measured::of(&standing, &LevelModel::default()).unwrap();
        assert_eq!((measured.level(), measured.observations.get()), (4.5, 4));
        assert_eq!(measured.standard_error.to_string(), "0.4", "without an error of its own, the model's");
        let with_error = standing_text.replace(r#"{"value":0.875}"#, r#"{"value":0.875,"standard_error":0.11}"#);
        let standing: CriterionStanding = serde_json::from_str(&with_error).unwrap();
        let measured = Measured::of(&standing, &LevelModel::default()).unwrap();
        assert_eq!(measured.standard_error.to_string(), "0.44", "raters are in it");
        assert_eq!(Measured::of(&CriterionStanding::NotApplicable {}, &LevelModel::default()), None);
    }
}
