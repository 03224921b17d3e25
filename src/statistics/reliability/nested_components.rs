use super::BoundedMean;
use crate::statistics::{DataError, Undefined};

/// Where the spread of ratings comes from when observations lie within raters, and raters within subjects.
///
/// *Model*: a rating on a scale from 0 to 1 is the mean of the group + what is special to the subject + what is special
/// to the rater with this subject + what is special to the occasion; the three parts are independent, with these
/// variances. A subject's true value is its long-run mean over raters. Ratings are bounded and have steps: the
/// variances are averages over subjects, and [`BoundedMean`] lets them shrink towards the ends of the scale.
///
/// ```
/// use service_excellence::statistics::{ConfidenceLevel, NestedComponents};
///
/// // Spread of 0.6, 0.4 and 0.8 of a level on a scale of five levels, that is 0.15, 0.1 and 0.2 from 0 to 1.
/// let components = NestedComponents::new(0.5, 0.0225, 0.01, 0.04)?;
/// // Five ratings with mean 0.75, three by one rater and two by another.
/// let estimate = components.mean_of(0.75, &[3, 2])?.estimate(ConfidenceLevel::NINETY)?;
/// let interval = estimate.interval().expect("a mean has an interval");
/// assert_eq!(format!("{:.2} to {:.2}", interval.lower(), interval.upper()), "0.55 to 0.88");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NestedComponents {
    mean: f64,
    between_subjects: f64,
    between_raters: f64,
    within: f64,
}

/// One rating of a data set: by which rater, of which subject.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NestedRating {
    /// The subject, by any number.
    pub subject: u32,
    /// The rater, by any number.
    pub rater: u32,
    /// The rating, from 0 to 1.
    pub value: f64,
}

impl NestedComponents {
    /// The mean of the group, from 0 to 1 without the ends, and the three variances.
    ///
    /// # Errors
    ///
    /// The mean does not lie between 0 and 1; a variance is negative or not finite; the variances between raters and
    /// within are both 0; or the variance between subjects is not below mean · (1 − mean), the most that a scale from 0
    /// to 1 has room for.
    pub fn new(mean: f64, between_subjects: f64, between_raters: f64, within: f64) -> Result<Self, DataError> {
        let place = "of nested variance components";
        if !(mean > 0.0 && mean < 1.0) {
            return Err(DataError::new("the mean", place, mean, "a number between 0 and 1"));
        }
        let variances = [("the variance between raters", between_raters), ("the variance within raters", within)];
        let is_wrong = |(_, variance): &(&str, f64)| !variance.is_finite() || *variance < 0.0;
        if let Some((what, variance)) = variances.into_iter().find(is_wrong) {
            return Err(DataError::new(what, place, variance, "a finite number, at least 0"));
        }
        if between_raters + within <= 0.0 {
            return Err(DataError::new(
                "the variance within raters",
                place,
                within,
                "more than 0 when that between raters is 0",
            ));
        }
        if !(between_subjects >= 0.0 && between_subjects < mean * (1.0 - mean)) {
            let allowed = format!("at least 0 and below {}", mean * (1.0 - mean));
            return Err(DataError::new("the variance between subjects", place, between_subjects, allowed));
        }
        Ok(Self { mean, between_subjects, between_raters, within })
    }

    /// Estimates the components from ratings.
    ///
    /// *Answers* how much of the spread lies between subjects, between raters of one subject, and within raters. *Assumes*
    /// subjects, raters and occasions drawn at random, and raters of one subject who are not those of another.
    /// *Formula*: the mean squares of nested analysis of variance for unequal numbers, set equal to their expectations:
    /// E(MS within) = σ²w; E(MS raters) = σ²w + k₁σ²r with k₁ = (N − Σᵢ Σⱼ nᵢⱼ²/nᵢ) / (b − a); E(MS subjects) = σ²w +
    /// k₂σ²r + k₃σ²s with k₂ = (Σᵢ Σⱼ nᵢⱼ²/nᵢ − Σᵢⱼ nᵢⱼ²/N) / (a − 1) and k₃ = (N − Σᵢ nᵢ²/N) / (a − 1), for a
    /// subjects, b pairs of subject and rater, N ratings. Negative estimates are set to 0. *Undefined when* there are fewer than
    /// two subjects, without a pair rated twice, without a subject of two raters, or when nothing varies. *Reference*:
    /// Searle, Casella and McCulloch 1992, Variance Components, section 5.2 and appendix F.1. *Checked against*: the mosquito wings of
    /// Sokal and Rohlf 1995, box 10.1.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`], [`Undefined::TooFewSubjects`], [`Undefined::NoPairs`] (nothing was rated twice by one
    /// rater), [`Undefined::TooFewRaters`] (no subject has two), [`Undefined::NoVariation`], and
    /// [`Undefined::OutOfRange`] for ratings outside 0 to 1.
    pub fn estimate(ratings: &[NestedRating]) -> Result<Self, Undefined> {
        if ratings.is_empty() {
            return Err(Undefined::NoData {});
        }
        if ratings.iter().any(|one| !(0.0..=1.0).contains(&one.value)) {
            return Err(Undefined::OutOfRange {});
        }
        let squares = Squares::of(ratings);
        let (mean, variances) = squares.components()?;
        let [between_subjects, between_raters, within] = variances.map(|one| one.max(0.0));
        let between_subjects = between_subjects.min(0.999 * mean * (1.0 - mean));
        Self::new(mean, between_subjects, between_raters, within).map_err(|_| Undefined::NoVariation {})
    }

    /// The mean of the group.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The variance between subjects.
    #[must_use]
    pub fn between_subjects(&self) -> f64 {
        self.between_subjects
    }

    /// The variance between raters of one subject.
    #[must_use]
    pub fn between_raters(&self) -> f64 {
        self.between_raters
    }

    /// The variance between ratings of one subject by one rater.
    #[must_use]
    pub fn within(&self) -> f64 {
        self.within
    }

    /// The mean `value` of one subject's ratings, of which each rater gave as many as `counts` says, with its variance
    /// Σ (nⱼ/n)²·σ²r + σ²w/n.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without ratings; [`Undefined::OutOfRange`] for a value outside 0 to 1.
    pub fn mean_of(&self, value: f64, counts: &[u32]) -> Result<BoundedMean, Undefined> {
        let total: f64 = counts.iter().map(|count| f64::from(*count)).sum();
        if total <= 0.0 {
            return Err(Undefined::NoData {});
        }
        let concentration: f64 = counts.iter().map(|count| (f64::from(*count) / total).powi(2)).sum();
        let variance = concentration * self.between_raters + self.within / total;
        BoundedMean::new(value, variance, self.mean, self.between_subjects)
    }
}

/// Sums of squares and the numbers that go with them.
struct Squares {
    /// Ratings, subjects, pairs of subject and rater.
    counts: [f64; 3],
    mean: f64,
    /// Of subjects, raters in subjects, ratings in raters.
    sums: [f64; 3],
    /// Σᵢ Σⱼ nᵢⱼ²/nᵢ, Σᵢⱼ nᵢⱼ² and Σᵢ nᵢ².
    sizes: [f64; 3],
}

impl Squares {
    fn of(ratings: &[NestedRating]) -> Self {
        let mut sorted: Vec<_> = ratings.iter().collect();
        sorted.sort_by_key(|one| (one.subject, one.rater));
        let mean_of = |part: &[&NestedRating]| part.iter().map(|one| one.value).sum::<f64>() / part.len() as f64;
        let mean = mean_of(&sorted);
        let mut squares = Self { counts: [sorted.len() as f64, 0.0, 0.0], mean, sums: [0.0; 3], sizes: [0.0; 3] };
        let [_, subjects, pairs] = &mut squares.counts;
        let ([of_subjects, of_raters, of_ratings], [nested, cells, totals]) = (&mut squares.sums, &mut squares.sizes);
        for subject in sorted.chunk_by(|one, other| one.subject == other.subject) {
            let (size, centre) = (subject.len() as f64, mean_of(subject));
            *subjects += 1.0;
            *of_subjects += size * (centre - mean).powi(2);
            *totals += size * size;
            for pair in subject.chunk_by(|one, other| one.rater == other.rater) {
                let (count, own) = (pair.len() as f64, mean_of(pair));
                *pairs += 1.0;
                *of_raters += count * (own - centre).powi(2);
                *of_ratings += pair.iter().map(|one| (one.value - own).powi(2)).sum::<f64>();
                *nested += count * count / size;
                *cells += count * count;
            }
        }
        squares
    }

    /// The mean, and the variances between subjects, between raters and within.
    fn components(&self) -> Result<(f64, [f64; 3]), Undefined> {
        let [ratings, subjects, pairs] = self.counts;
        if subjects < 2.0 {
            return Err(Undefined::too_few_subjects(subjects as usize, 2));
        }
        if pairs <= subjects {
            return Err(Undefined::too_few_raters(1, 2));
        }
        if ratings <= pairs {
            return Err(Undefined::NoPairs {});
        }
        let [of_subjects, of_raters, of_ratings] = self.sums;
        let [nested, cells, totals] = self.sizes;
        let within = of_ratings / (ratings - pairs);
        let in_raters = (ratings - nested) / (pairs - subjects);
        let between_raters = (of_raters / (pairs - subjects) - within) / in_raters;
        let raters_in_subjects = (nested - cells / ratings) / (subjects - 1.0);
        let in_subjects = (ratings - totals / ratings) / (subjects - 1.0);
        let mean_square = of_subjects / (subjects - 1.0);
        let between_subjects = (mean_square - within - raters_in_subjects * between_raters) / in_subjects;
        Ok((self.mean, [between_subjects, between_raters, within]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Left wings of twelve mosquitoes from three cages, each measured twice (Sokal and Rohlf 1995, box 10.1).
    const WINGS: [[[f64; 2]; 4]; 3] = [
        [[58.5, 59.5], [77.8, 80.9], [84.0, 83.6], [70.1, 68.3]],
        [[69.8, 69.8], [56.0, 54.5], [50.7, 49.3], [63.8, 65.8]],
        [[56.6, 57.5], [77.8, 79.2], [69.9, 69.2], [62.1, 64.5]],
    ];

    fn wings() -> Vec<NestedRating> {
        let rows = WINGS.iter().zip(0..).flat_map(|(cage, subject)| {
            cage.iter().zip(0..).flat_map(move |(wing, rater)| {
                wing.iter().map(move |value| NestedRating { subject, rater, value: value / 100.0 })
            })
        });
        rows.collect()
    }

    #[test]
    fn the_wings_of_sokal_and_rohlf_have_the_published_sums_of_squares() {
        // 665.6759 on 2, 1720.6775 on 9 and 15.6200 on 12 degrees of freedom.
        let squares = Squares::of(&wings());
        let published = [665.6759, 1720.6775, 15.62];
        let off = squares.sums.iter().zip(published).map(|(found, published)| (found * 1e4 - published).abs());
        assert!(off.fold(0.0, f64::max) < 1e-3, "{:?}", squares.sums);
        let (raters, within) = (1720.6775 / 9.0, 15.62 / 12.0);
        let expected = [(665.6759 / 2.0 - raters) / 8.0, (raters - within) / 2.0, within];
        let components = NestedComponents::estimate(&wings()).unwrap();
        let found = [components.between_subjects, components.between_raters, components.within];
        assert!(found.iter().zip(expected).all(|(found, expected)| (found * 1e4 - expected).abs() < 1e-3), "{found:?}");
    }

    #[test]
    fn unequal_numbers_have_the_expected_mean_squares() {
        // Two subjects: the first with raters of 2 and 1 ratings, the second with one rater of 2. By hand: N = 5,
        // a = 2, b = 3; MS within = (0.02 + 0.02) / 2; MS raters = SS / 1; k1 = 5 - (5/3 + 2) = 4/3.
        let row = |subject, rater, value| NestedRating { subject, rater, value };
        let ratings = [row(0, 0, 0.4), row(0, 0, 0.6), row(0, 1, 0.9), row(1, 7, 0.1), row(1, 7, 0.3)];
        let components = NestedComponents::estimate(&ratings).unwrap();
        assert!((components.within - 0.02).abs() < 1e-12);
        let of_raters = 2.0 * (0.5 - 1.9 / 3.0_f64).powi(2) + (0.9 - 1.9 / 3.0_f64).powi(2);
        assert!((components.between_raters - (of_raters - 0.02) * 0.75).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_told_apart_has_a_reason() {
        let row = |subject, rater| NestedRating { subject, rater, value: 0.5 };
        let reason = |ratings: &[NestedRating]| NestedComponents::estimate(ratings).unwrap_err();
        assert_eq!(reason(&[]), Undefined::NoData {});
        assert_eq!(reason(&[row(0, 0), row(0, 1)]), Undefined::too_few_subjects(1, 2));
        assert_eq!(reason(&[row(0, 0), row(1, 0)]), Undefined::too_few_raters(1, 2));
        assert_eq!(reason(&[row(0, 0), row(0, 1), row(1, 0)]), Undefined::NoPairs {});
        assert_eq!(reason(&[row(0, 0), row(0, 0), row(0, 1), row(1, 0)]), Undefined::NoVariation {});
        assert_eq!(reason(&[NestedRating { value: 1.5, ..row(0, 0) }]), Undefined::OutOfRange {});
    }

    #[test]
    fn bounds_are_checked() {
        for (mean, subjects, raters, within) in [
            (0.0, 0.0, 0.1, 0.1),
            (0.5, 0.25, 0.1, 0.1),
            (0.5, 0.1, -0.1, 0.1),
            (0.5, 0.1, 0.0, 0.0),
            (f64::NAN, 0.0, 0.1, 0.1),
        ] {
            assert!(NestedComponents::new(mean, subjects, raters, within).is_err(), "{mean} {subjects}");
        }
    }
}
