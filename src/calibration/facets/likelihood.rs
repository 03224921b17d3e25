use super::curve::{Curve, Curves, Moments, Place};
use super::table::Entry;
use crate::statistics::Undefined;

/// What extreme totals are moved by before a maximum-likelihood measure is sought, in scores.
pub(super) const EXTREME_ADJUSTMENT: f64 = 0.3;

/// Ratings that share one unknown measure, everything else known: a person's, or with the sign changed a rater's.
#[derive(Clone, Debug)]
pub(super) struct Likelihood<'a> {
    ratings: Vec<Known<'a>>,
    total: f64,
    highest: f64,
}

/// One rating around the unknown measure.
#[derive(Clone, Copy, Debug)]
struct Known<'a> {
    curve: &'a Curve,
    location: f64,
    odds: f64,
}

/// A measure and its standard error, in logits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    pub(super) value: f64,
    pub(super) error: f64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    expected: f64,
    information: f64,
    third: f64,
}

impl<'a> Likelihood<'a> {
    pub(super) fn new() -> Self {
        Self { ratings: Vec::new(), total: 0.0, highest: 0.0 }
    }

    /// Of a person.
    pub(super) fn of_person(curves: &'a Curves, entries: &[Entry]) -> Self {
        let mut likelihood = Self::new();
        for entry in entries {
            if let Some(cell) = curves.cells.get(entry.cell as usize)
                && let Some(curve) = curves.scales.get(cell.scale)
            {
                likelihood.push_known(Known { curve, location: cell.location, odds: cell.odds }, entry.category);
            }
        }
        likelihood
    }

    /// Adds a rating of the category whose curve lies at `location`.
    pub(super) fn push(&mut self, curve: &'a Curve, location: f64, category: usize) {
        self.push_known(Known { curve, location, odds: (-location).exp() }, category as u8);
    }

    fn push_known(&mut self, known: Known<'a>, category: u8) {
        self.ratings.push(known);
        self.total += f64::from(category);
        self.highest += known.curve.highest() as f64;
    }

    pub(super) fn ratings(&self) -> usize {
        self.ratings.len()
    }

    /// Whether the total is the lowest or the highest possible.
    pub(super) fn is_extreme(&self) -> bool {
        self.total <= 0.0 || self.total >= self.highest
    }

    pub(super) fn moments(&self, measure: f64) -> impl Iterator<Item = Moments> {
        let odds = measure.exp();
        self.ratings
            .iter()
            .map(move |one| one.curve.moments(Place { distance: measure - one.location, odds: odds * one.odds }))
    }

    fn sums(&self, measure: f64) -> Sums {
        self.moments(measure).fold(Sums::default(), |sums, moments| Sums {
            expected: sums.expected + moments.expected,
            information: sums.information + moments.variance,
            third: sums.third + moments.third,
        })
    }

    /// Where the expected total is the total, moved by [`EXTREME_ADJUSTMENT`] when it is extreme.
    pub(super) fn maximum(&self, start: f64) -> Result<Measure, Undefined> {
        let total = self.total.clamp(EXTREME_ADJUSTMENT, self.highest - EXTREME_ADJUSTMENT);
        let total = if self.is_extreme() { total } else { self.total };
        self.solve(start, |sums| total - sums.expected)
    }

    /// Warm's weighted likelihood: total − expected + J / 2I = 0, with J the sum of third central moments.
    pub(super) fn weighted(&self, start: f64) -> Result<Measure, Undefined> {
        self.solve(start, |sums| self.total - sums.expected + 0.5 * sums.third / sums.information)
    }

    fn solve(&self, start: f64, equation: impl Fn(Sums) -> f64) -> Result<Measure, Undefined> {
        if self.ratings.is_empty() {
            return Err(Undefined::NoData {});
        }
        let value = root(start, |measure| {
            let sums = self.sums(measure);
            (equation(sums), sums.information)
        })?;
        let error = self.sums(value).information.sqrt().recip();
        if error.is_finite() { Ok(Measure { value, error }) } else { Err(Undefined::OutOfRange {}) }
    }
}

/// The root of a falling function that also gives minus its slope, about: Newton steps kept inside a bracket.
fn root(start: f64, function: impl Fn(f64) -> (f64, f64)) -> Result<f64, Undefined> {
    const FARTHEST: f64 = 700.0;
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    let mut place = start;
    let mut reach = 1.0;
    for _ in 0..300 {
        let (value, slope) = function(place);
        if value == 0.0 {
            return Ok(place);
        }
        if value > 0.0 {
            low = place
        } else {
            high = place
        }
        let newton = place + value / slope;
        let is_inside = newton > low && newton < high && (newton - place).abs() <= reach;
        let next = if is_inside {
            newton
        } else if low.is_finite() && high.is_finite() {
            0.5 * (low + high)
        } else {
            reach *= 2.0;
            place + if value > 0.0 { 0.5 * reach } else { -0.5 * reach }
        };
        if (next - place).abs() <= 4.0 * f64::EPSILON * place.abs().max(1.0) {
            return Ok(next);
        }
        if next.abs() > FARTHEST {
            return Err(Undefined::OutOfRange {});
        }
        place = next;
    }
    Err(Undefined::NotConverged {})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likelihood(curve: &Curve, categories: &[usize]) -> Likelihood<'static> {
        let curve: &'static Curve = Box::leak(Box::new(curve.clone()));
        let mut likelihood = Likelihood::new();
        for (place, category) in categories.iter().enumerate() {
            likelihood.push(curve, place as f64 * 0.3 - 0.4, *category);
        }
        likelihood
    }

    #[test]
    fn the_expected_total_at_the_maximum_is_the_total() {
        let ratings = likelihood(&Curve::new(&[-1.0, 0.2, 0.8]), &[0, 2, 3, 1]);
        let measure = ratings.maximum(0.0).unwrap();
        assert!((ratings.sums(measure.value).expected - 6.0).abs() < 1e-12);
        assert!((ratings.maximum(30.0).unwrap().value - measure.value).abs() < 1e-12);
    }

    #[test]
    fn extreme_totals_have_finite_measures_in_order() {
        let curve = Curve::new(&[-1.0, 0.2, 0.8]);
        let measures: Vec<f64> = [[0, 0, 0], [1, 0, 0], [3, 3, 2], [3, 3, 3]]
            .iter()
            .map(|one| likelihood(&curve, one).maximum(0.0).unwrap().value)
            .collect();
        assert!(measures.is_sorted(), "{measures:?}");
        assert!(likelihood(&curve, &[3, 3, 3]).weighted(0.0).unwrap().value < measures[3] + 1.0);
    }

    #[test]
    fn the_weighted_measure_of_dichotomous_ratings_is_that_of_half_a_point_each_way() {
        // With one location, J/2I = (1 − 2p)/2: the estimate is ln((x + ½)/(n − x + ½)).
        let curve: &'static Curve = Box::leak(Box::new(Curve::new(&[0.0])));
        let mut ratings = Likelihood::new();
        (0..5).for_each(|number| ratings.push(curve, 0.0, usize::from(number < 4)));
        let expected = (4.5_f64 / 1.5).ln();
        assert!((ratings.weighted(0.0).unwrap().value - expected).abs() < 1e-12);
    }
}
