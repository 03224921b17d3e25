use super::NegativeVariance;
use super::crossed_components::share_of_truth;
use crate::statistics::checks::{finite, real};
use crate::statistics::place::nth;
use crate::statistics::{DataError, Undefined};
use crate::value::Real;

/// Variance components of subjects × items × raters: a generalisability study with two facets.
///
/// *Answers*: is a score made dependable by more items or by more raters? *Assumes* complete data, one measurement in each
/// cell, items and raters sampled at random. *Formula*: expected mean squares of the three-way analysis of variance, solved;
/// components may be negative and are reported so. *Undefined when* there are fewer than two subjects, items or raters.
/// *Reference*: Brennan 2001, Generalizability Theory, chapter 3. *Checked against*: sums of squares of nested linear models
/// by numpy, with the expected mean squares as a linear system.
///
/// ```
/// use service_excellence::statistics::{NegativeVariance, TwoFacetComponents};
///
/// // Three subjects, two items, two raters: subject by subject, item by item.
/// let values = [3.0, 4.0, 2.0, 2.0, 5.0, 5.0, 4.0, 5.0, 1.0, 2.0, 2.0, 1.0];
/// let parts = TwoFacetComponents::of(&values, 3, 2, 2)??;
/// let planned = parts.dependability(4.0, 2.0, NegativeVariance::SetToZero)?;
/// assert!(planned > parts.dependability(1.0, 1.0, NegativeVariance::SetToZero)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "G-study")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TwoFacetComponents {
    subjects: Real,
    items: Real,
    raters: Real,
    subjects_items: Real,
    subjects_raters: Real,
    items_raters: Real,
    residual: Real,
}

impl TwoFacetComponents {
    /// From the measurements, subject by subject, in each item by item, in each rater by rater.
    ///
    /// # Errors
    ///
    /// Outer: the number of measurements is not subjects × items × raters, or one is not finite. Inner: [`Undefined::NoData`]
    /// without measurements, [`Undefined::TooFewSubjects`] below two subjects, [`Undefined::TooFewGroups`] below two items,
    /// [`Undefined::TooFewRaters`] below two raters; [`Undefined::OutOfRange`] if squares are too large.
    pub fn of(
        values: &[f64],
        subjects: usize,
        items: usize,
        raters: usize,
    ) -> Result<Result<Self, Undefined>, DataError> {
        let size = subjects.saturating_mul(items).saturating_mul(raters);
        if size != values.len() {
            let allowed = format!("{size}, subjects × items × raters");
            return Err(DataError::size("the number of measurements", "of the study", values.len(), allowed));
        }
        for (index, value) in values.iter().enumerate() {
            finite("the measurement", &nth("at position", index), *value)?;
        }
        Ok(match (subjects, items, raters) {
            _ if size == 0 => Err(Undefined::NoData {}),
            (0 | 1, _, _) => Err(Undefined::too_few_subjects(subjects, 2)),
            (_, 0 | 1, _) => Err(Undefined::too_few_groups(items, 2)),
            (_, _, 0 | 1) => Err(Undefined::too_few_raters(raters, 2)),
            _ => Self::from_means(&Cube { values, items, raters }.means(), [subjects, items, raters]),
        })
    }

    fn from_means(squares: &[f64; 7], sizes: [usize; 3]) -> Result<Self, Undefined> {
        let [p, i, r] = sizes.map(|size| size as f64);
        let [subjects, items, raters, pi, pr, ir, residual] = *squares;
        let residual = residual / ((p - 1.0) * (i - 1.0) * (r - 1.0));
        let (pi, pr, ir) =
            (r * pi / ((p - 1.0) * (i - 1.0)), i * pr / ((p - 1.0) * (r - 1.0)), p * ir / ((i - 1.0) * (r - 1.0)));
        let (subjects, items, raters) =
            (i * r * subjects / (p - 1.0), p * r * items / (i - 1.0), p * i * raters / (r - 1.0));
        Ok(Self {
            subjects: real((subjects - pi - pr + residual) / (i * r))?,
            items: real((items - pi - ir + residual) / (p * r))?,
            raters: real((raters - pr - ir + residual) / (p * i))?,
            subjects_items: real((pi - residual) / r)?,
            subjects_raters: real((pr - residual) / i)?,
            items_raters: real((ir - residual) / p)?,
            residual: real(residual)?,
        })
    }

    /// The variance between subjects.
    #[must_use]
    pub fn subjects(self) -> f64 {
        self.subjects.get()
    }

    /// The variance between items.
    #[must_use]
    pub fn items(self) -> f64 {
        self.items.get()
    }

    /// The variance between raters.
    #[must_use]
    pub fn raters(self) -> f64 {
        self.raters.get()
    }

    /// The variance of what is special to a subject and an item.
    #[must_use]
    pub fn subjects_by_items(self) -> f64 {
        self.subjects_items.get()
    }

    /// The variance of what is special to a subject and a rater.
    #[must_use]
    pub fn subjects_by_raters(self) -> f64 {
        self.subjects_raters.get()
    }

    /// The variance of what is special to an item and a rater.
    #[must_use]
    pub fn items_by_raters(self) -> f64 {
        self.items_raters.get()
    }

    /// The variance that is left, errors included.
    #[must_use]
    pub fn residual(self) -> f64 {
        self.residual.get()
    }

    /// How well the mean over this many items and raters orders the subjects: offsets of items and raters do not count.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoVariation`] if the denominator is not above 0; [`Undefined::OutOfRange`] if a number is not above 0.
    pub fn generalisability(self, items: f64, raters: f64, negative: NegativeVariance) -> Result<f64, Undefined> {
        share_of_truth(negative.apply(self.subjects()), self.relative_error(items, raters, negative), items.min(raters))
    }

    /// How well the mean over this many items and raters tells the subject's place on the scale.
    ///
    /// # Errors
    ///
    /// As [`generalisability`](Self::generalisability).
    pub fn dependability(self, items: f64, raters: f64, negative: NegativeVariance) -> Result<f64, Undefined> {
        let offsets = negative.apply(self.items()) / items
            + negative.apply(self.raters()) / raters
            + negative.apply(self.items_by_raters()) / (items * raters);
        let error = self.relative_error(items, raters, negative) + offsets;
        share_of_truth(negative.apply(self.subjects()), error, items.min(raters))
    }

    fn relative_error(self, items: f64, raters: f64, negative: NegativeVariance) -> f64 {
        negative.apply(self.subjects_by_items()) / items
            + negative.apply(self.subjects_by_raters()) / raters
            + negative.apply(self.residual()) / (items * raters)
    }
}

/// Measurements in order of subject, item, rater.
struct Cube<'a> {
    values: &'a [f64],
    items: usize,
    raters: usize,
}

impl Cube<'_> {
    /// Sums of squares of the effects p, i, r, p×i, p×r, i×r and the residual: of one cell each, not yet weighted.
    fn means(&self) -> [f64; 7] {
        let (n, origin) = (self.values.len() as f64, self.values.first().copied().unwrap_or(0.0));
        let grand = self.values.iter().map(|value| value - origin).sum::<f64>() / n;
        let centred: Vec<f64> = self.values.iter().map(|value| value - origin - grand).collect();
        let cells = self.items * self.raters;
        let p = effect(&centred, |index| index / cells);
        let i = effect(&centred, |index| index / self.raters % self.items);
        let r = effect(&centred, |index| index % self.raters);
        let first: Vec<f64> = zip4(&centred, &p, &i, &r).map(|(value, p, i, r)| value - p - i - r).collect();
        let pi = effect(&first, |index| index / self.raters);
        let pr = effect(&first, |index| index / cells * self.raters + index % self.raters);
        let ir = effect(&first, |index| index % cells);
        let residual: f64 = zip4(&first, &pi, &pr, &ir).map(|(value, pi, pr, ir)| (value - pi - pr - ir).powi(2)).sum();
        // Each effect stands in every value; divide by how many values share one level.
        let subjects = n / cells as f64;
        let square = |effect: &[f64], share: f64| effect.iter().map(|value| value * value).sum::<f64>() / share;
        [
            square(&p, cells as f64),
            square(&i, subjects * self.raters as f64),
            square(&r, subjects * self.items as f64),
            square(&pi, self.raters as f64),
            square(&pr, self.items as f64),
            square(&ir, subjects),
            residual,
        ]
    }
}

fn zip4<'a>(a: &'a [f64], b: &'a [f64], c: &'a [f64], d: &'a [f64]) -> impl Iterator<Item = (f64, f64, f64, f64)> + 'a {
    a.iter().zip(b).zip(c.iter().zip(d)).map(|((a, b), (c, d))| (*a, *b, *c, *d))
}

/// For every value the mean of all values of its level.
fn effect(values: &[f64], level: impl Fn(usize) -> usize) -> Vec<f64> {
    let mut sums: Vec<(f64, f64)> = Vec::new();
    for (index, value) in values.iter().enumerate() {
        let level = level(index);
        if sums.len() <= level {
            sums.resize(level + 1, (0.0, 0.0));
        }
        if let Some((sum, count)) = sums.get_mut(level) {
            *sum += value;
            *count += 1.0;
        }
    }
    let mean = |(index, _)| sums.get(level(index)).map_or(0.0, |(sum, count)| sum / count);
    values.iter().enumerate().map(mean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_that_only_add_constants_bring_no_variance_but_their_own() {
        // value = subject + item; raters agree.
        let values: Vec<f64> =
            [1.0, 2.0, 4.0].iter().flat_map(|p| [0.0, 1.0].map(|i| [p + i, p + i])).flatten().collect();
        let parts = TwoFacetComponents::of(&values, 3, 2, 2).unwrap().unwrap();
        assert!((parts.subjects() - 7.0 / 3.0).abs() < 1e-12 && (parts.items() - 0.5).abs() < 1e-12);
        for zero in [parts.raters(), parts.subjects_by_items(), parts.subjects_by_raters(), parts.residual()] {
            assert!(zero.abs() < 1e-12, "{parts:?}");
        }
    }

    #[test]
    fn the_components_solve_the_expected_mean_squares() {
        let values = [
            3.0, 4.0, 2.0, 2.0, 5.0, 4.0, 5.0, 5.0, 4.0, 5.0, 6.0, 7.0, 1.0, 2.0, 2.0, 1.0, 3.0, 5.0, 4.0, 2.0, 3.0,
            3.0, 6.0, 6.0,
        ];
        let parts = TwoFacetComponents::of(&values, 4, 3, 2).unwrap().unwrap();
        // Sums of squares of nested linear models and the expected mean squares as a linear system, numpy.
        let expected = [
            (parts.subjects(), 55.0 / 36.0),
            (parts.items(), 127.0 / 72.0),
            (parts.raters(), 1.0 / 72.0),
            (parts.subjects_by_items(), -5.0 / 36.0),
            (parts.subjects_by_raters(), -1.0 / 18.0),
            (parts.items_by_raters(), -11.0 / 72.0),
            (parts.residual(), 7.0 / 9.0),
        ];
        for (found, expected) in expected {
            assert!((found - expected).abs() < 1e-13, "{parts:?}");
        }
        let kept = parts.generalisability(3.0, 2.0, NegativeVariance::Keep).unwrap();
        assert!(kept > parts.generalisability(3.0, 2.0, NegativeVariance::SetToZero).unwrap());
    }

    #[test]
    fn a_study_without_a_second_rater_has_no_components() {
        let found = TwoFacetComponents::of(&[1.0, 2.0, 3.0, 4.0], 2, 2, 1).unwrap();
        assert_eq!(found, Err(Undefined::too_few_raters(1, 2)));
        assert!(TwoFacetComponents::of(&[1.0, 2.0, 3.0], 2, 2, 1).is_err());
    }
}
