use super::mean::{Fine, UNIT};
use crate::assessment::RaterKind;
use crate::framework::{ObservationCount, WindowDays};
use crate::value::strict::{object, union};
use crate::value::{Day, Score, Share, Weight};

union! {
    /// How the observations of one criterion become its value.
    ///
    /// The mean and the median are exact; the others are computed in binary floating point and rounded to six decimals.
    /// *Newest* is what happened last. Intervals always speak of the plain mean.
    ///
    /// ```
    /// use service_excellence::profile::{Aggregation, Observation};
    /// use service_excellence::{RaterKind, Score};
    ///
    /// // Steps 1 to 5, one a day: the newest counts 65 %, the mean of the earlier ones 35 %.
    /// let seen = (0..5).map(|day| Observation {
    ///     points: Score::try_from(0.25 * f64::from(day)).expect("a quarter each"),
    ///     observed: "2026-03-02".parse().map(|first: service_excellence::Day| first.plus_days(day)).expect("a day"),
    ///     by: RaterKind::Coach,
    /// });
    /// let weighted = Aggregation::Weighted { share: 0.65.try_into()? };
    /// let value = weighted.of(&seen.collect::<Vec<_>>()).expect("five observations");
    /// assert_eq!(value.on_level_scale(3), "4.125");
    /// # Ok::<(), service_excellence::ValueError>(())
    /// ```
    #[derive(Copy)]
    pub enum Aggregation {
        /// The mean.
        Mean {},
        /// The middle one; of an even number the mean of the two in the middle.
        Median {},
        /// The mean without the lowest and the highest.
        TrimmedMean {
            /// The share left out at each end, rounded down to whole observations; one or two always stay.
            cut: Share,
        },
        /// The newest.
        Latest {},
        /// The highest.
        Highest {},
        /// The newest against the mean of all earlier ones.
        Weighted {
            /// How much the newest counts.
            share: Share,
        },
        /// A running value: each newer one against the value so far. The order decides: 5, 1 is not 1, 5.
        Decaying {
            /// How much each newer one counts.
            share: Share,
        },
        /// The mean of those at or above a threshold, when there are enough of them; otherwise there is no value.
        Mastery {
            /// How many must reach the threshold.
            needed: ObservationCount,
            /// The threshold, inclusive.
            threshold: Score,
        },
        /// The mean with weights that halve with age, counted from the newest.
        HalfLife {
            /// After how many days a weight is half.
            days: WindowDays,
        },
        /// The mean with a weight for each capacity of a rater.
        ByRater {
            /// The weights.
            weights: RaterWeights,
        },
    }
}

object! {
    /// How much a rating counts by the capacity of its rater. (Self-ratings never count.)
    #[derive(Copy)]
    pub struct RaterWeights {
        /// A colleague's.
        pub peer: Weight,
        /// A coach's or leader's.
        pub coach: Weight,
        /// A quality reviewer's.
        pub quality_reviewer: Weight,
        /// A customer's.
        pub customer: Weight,
        /// A program's, confirmed by a person.
        pub machine: Weight,
    }
}

/// One observation of a criterion: what it is worth, when it happened, and in which capacity it was rated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Observation {
    /// The points of the step.
    pub points: Score,
    /// When it happened.
    pub observed: Day,
    /// In which capacity it was rated.
    pub by: RaterKind,
}

/// As [`Observation`], with points in parts of [`UNIT`].
#[derive(Clone, Copy)]
pub(super) struct Point {
    pub(super) points: u64,
    pub(super) observed: Day,
    pub(super) by: RaterKind,
}

impl Aggregation {
    /// The value of these observations, which may stand in any order; those of one day count in the order given.
    ///
    /// `None` without observations, for [`Mastery`](Self::Mastery) with too few at the threshold, and for
    /// [`ByRater`](Self::ByRater) when only the person itself rated.
    #[must_use]
    pub fn of(&self, observations: &[Observation]) -> Option<Score> {
        let point = |one: &Observation| Point {
            points: u64::from(one.points.millionths()) * (UNIT / 1_000_000),
            observed: one.observed,
            by: one.by,
        };
        let mut points: Vec<Point> = observations.iter().map(point).collect();
        points.sort_by_key(|one| one.observed);
        self.value(&points).map(Fine::score)
    }

    /// The value of points that stand oldest first.
    pub(super) fn value(&self, points: &[Point]) -> Option<Fine> {
        let newest = points.last()?;
        let sorted = || {
            let mut sorted: Vec<u64> = points.iter().map(|one| one.points).collect();
            sorted.sort_unstable();
            sorted
        };
        match *self {
            Self::Mean {} => mean(points.iter().map(|one| one.points)),
            Self::Median {} => mean(middle(&sorted(), (points.len() - 1) / 2).iter().copied()),
            Self::TrimmedMean { cut } => {
                let at_each_end = (points.len() as u64 * u64::from(cut.millionths()) / 1_000_000) as usize;
                mean(middle(&sorted(), at_each_end.min((points.len() - 1) / 2)).iter().copied()).map(six_decimals)
            }
            Self::Latest {} => Some(Fine::new(newest.points, UNIT)),
            Self::Highest {} => points.iter().map(|one| one.points).max().map(|points| Fine::new(points, UNIT)),
            Self::Weighted { share } => Some(weighted(points, share.to_f64())),
            Self::Decaying { share } => Some(decaying(points, share.to_f64())),
            Self::Mastery { needed, threshold } => mastery(points, needed, threshold),
            Self::HalfLife { days } => {
                let weight = |one: &Point| {
                    let age = f64::from(newest.observed.days_since(one.observed));
                    (-age / f64::from(days.get())).exp2()
                };
                weighted_mean(points.iter().map(|one| (weight(one), one)))
            }
            Self::ByRater { weights } => weighted_mean(points.iter().map(|one| (f64::from(weights.of(one.by)), one))),
        }
    }
}

impl RaterWeights {
    fn of(self, by: RaterKind) -> u16 {
        match by {
            RaterKind::Peer => self.peer.get(),
            RaterKind::Coach => self.coach.get(),
            RaterKind::QualityReviewer => self.quality_reviewer.get(),
            RaterKind::Customer => self.customer.get(),
            RaterKind::Machine => self.machine.get(),
            RaterKind::SelfRater => 0,
        }
    }
}

fn mean(points: impl Iterator<Item = u64>) -> Option<Fine> {
    let (sum, count) = points.fold((0, 0), |(sum, count), points| (sum + points, count + 1));
    (count > 0).then(|| Fine::new(sum, count * UNIT))
}

/// What stays when as many are left out at each end.
fn middle(sorted: &[u64], at_each_end: usize) -> &[u64] {
    sorted.get(at_each_end..sorted.len() - at_each_end).unwrap_or_default()
}

fn weighted(points: &[Point], share: f64) -> Fine {
    let Some((newest, earlier)) = points.split_last() else { return rounded(0.0) };
    if earlier.is_empty() {
        return rounded(share_of(newest));
    }
    let mean = earlier.iter().map(share_of).sum::<f64>() / earlier.len() as f64;
    rounded(share * share_of(newest) + (1.0 - share) * mean)
}

fn decaying(points: &[Point], share: f64) -> Fine {
    let so_far = points.iter().map(share_of).reduce(|so_far, newer| (1.0 - share) * so_far + share * newer);
    rounded(so_far.unwrap_or_default())
}

fn mastery(points: &[Point], needed: ObservationCount, threshold: Score) -> Option<Fine> {
    let threshold = u64::from(threshold.millionths()) * (UNIT / 1_000_000);
    let reached = || points.iter().map(|one| one.points).filter(|points| *points >= threshold);
    if reached().count() < usize::from(needed.get()) { None } else { mean(reached()).map(six_decimals) }
}

fn weighted_mean<'a>(parts: impl Iterator<Item = (f64, &'a Point)>) -> Option<Fine> {
    let (whole, sum) =
        parts.fold((0.0, 0.0), |(whole, sum), (weight, point)| (whole + weight, sum + weight * share_of(point)));
    (whole > 0.0).then(|| rounded(sum / whole))
}

fn share_of(point: &Point) -> f64 {
    point.points as f64 / UNIT as f64
}

fn rounded(value: f64) -> Fine {
    Fine::new((value.clamp(0.0, 1.0) * 1e6).round() as u64, 1_000_000)
}

fn six_decimals(value: Fine) -> Fine {
    Fine::new(u64::from(value.score().millionths()), 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Levels from 1 to 5, oldest first, one a day.
    fn seen(levels: &[f64]) -> Vec<Observation> {
        let points = |level: f64| Score::try_from((level - 1.0) / 4.0).unwrap();
        let day = |index: usize| Day::new(2026, 3, 1).unwrap().plus_days(i32::try_from(index).unwrap());
        let one = |(index, level): (usize, &f64)| Observation {
            points: points(*level),
            observed: day(index),
            by: RaterKind::QualityReviewer,
        };
        levels.iter().enumerate().map(one).collect()
    }

    fn value(aggregation: Aggregation, levels: &[f64]) -> String {
        aggregation.of(&seen(levels)).map_or("none".to_owned(), |score| score.on_level_scale(5))
    }

    fn share(share: f64) -> Share {
        Share::try_from(share).unwrap()
    }

    fn mastery(needed: u16, level: f64) -> Aggregation {
        let threshold = Score::try_from((level - 1.0) / 4.0).unwrap();
        Aggregation::Mastery { needed: needed.try_into().unwrap(), threshold }
    }

    const UP: &[f64] = &[1.0, 2.0, 3.0, 4.0, 5.0];

    #[test]
    fn the_numbers_of_1_2_3_4_5() {
        assert_eq!(value(Aggregation::Highest {}, UP), "5.00000");
        assert_eq!(value(Aggregation::Latest {}, UP), "5.00000");
        assert_eq!(value(Aggregation::Mean {}, UP), "3.00000");
        assert_eq!(value(Aggregation::Median {}, UP), "3.00000");
        assert_eq!(value(Aggregation::Weighted { share: share(0.65) }, UP), "4.12500");
        // 4.46961875 is 0.8674046875 from 0 to 1; six decimals are kept.
        assert_eq!(Aggregation::Decaying { share: share(0.65) }.of(&seen(UP)), Score::try_from(0.867_405).ok());
        assert_eq!(value(mastery(3, 3.0), UP), "4.00000");
        assert_eq!(value(mastery(4, 3.0), UP), "none");
    }

    #[test]
    fn the_numbers_of_2_3_4_and_the_order_of_5_and_1() {
        let levels = [2.0, 3.0, 4.0];
        assert_eq!(value(Aggregation::Weighted { share: share(0.65) }, &levels), "3.47500");
        assert_eq!(value(Aggregation::Decaying { share: share(0.65) }, &levels), "3.52750");
        assert_eq!(value(Aggregation::Decaying { share: share(0.65) }, &[5.0, 1.0]), "2.40000");
        assert_eq!(value(Aggregation::Decaying { share: share(0.65) }, &[1.0, 5.0]), "3.60000");
    }

    #[test]
    fn the_median_of_an_even_number_is_the_mean_of_the_two_in_the_middle() {
        assert_eq!(value(Aggregation::Median {}, &[5.0, 1.0, 2.0, 4.0]), "3.00000");
        assert_eq!(value(Aggregation::Median {}, &[5.0, 1.0, 2.0]), "2.00000");
    }

    #[test]
    fn a_trimmed_mean_leaves_out_whole_observations_at_both_ends() {
        assert_eq!(value(Aggregation::TrimmedMean { cut: share(0.2) }, &[1.0, 2.0, 2.0, 3.0, 5.0]), "2.33333");
        assert_eq!(value(Aggregation::TrimmedMean { cut: share(0.1) }, &[1.0, 3.0]), "2.00000", "nothing to leave out");
        assert_eq!(
            value(Aggregation::TrimmedMean { cut: Share::MAX }, &[1.0, 2.0, 5.0]),
            "2.00000",
            "the middle stays"
        );
    }

    #[test]
    fn weights_halve_with_age() {
        let mut two = seen(&[1.0, 5.0]);
        two[1].observed = two[0].observed.plus_days(30);
        let value = Aggregation::HalfLife { days: 30.try_into().unwrap() }.of(&two).unwrap();
        assert_eq!(value, Score::try_from(0.666_667).unwrap(), "(0.5 · 0 + 1 · 1) / 1.5");
    }

    #[test]
    fn raters_count_by_their_capacity() {
        let mut two = seen(&[2.0, 4.0]);
        two[0].by = RaterKind::Peer;
        let one = Weight::MIN;
        let three = Weight::new(3).unwrap();
        let weights = RaterWeights { peer: one, coach: one, quality_reviewer: three, customer: one, machine: one };
        let value = Aggregation::ByRater { weights }.of(&two).unwrap();
        assert_eq!(value.on_level_scale(2), "3.50", "(2 + 3 · 4) / 4");
    }

    #[test]
    fn nothing_has_no_value_and_zero_is_a_value() {
        for aggregation in [Aggregation::Mean {}, Aggregation::Median {}, Aggregation::Latest {}, mastery(1, 1.0)] {
            assert_eq!(aggregation.of(&[]), None);
            assert_eq!(value(aggregation, &[1.0]), "1.00000");
        }
    }
}
