use super::layout::Layout;
use super::table::Table;

/// The most categories a scale has.
pub(super) const MOST: usize = 11;

/// Severities, difficulties and thresholds, in logits.
#[derive(Clone, Debug)]
pub(super) struct Structure {
    pub(super) layout: Layout,
    pub(super) values: Vec<f64>,
}

impl Structure {
    pub(super) fn severities(&self) -> &[f64] {
        self.values.get(self.layout.raters.clone()).unwrap_or_default()
    }

    pub(super) fn difficulties(&self) -> &[f64] {
        self.values.get(self.layout.criteria.clone()).unwrap_or_default()
    }

    pub(super) fn thresholds(&self) -> impl Iterator<Item = &[f64]> {
        self.layout.thresholds.iter().map(|block| self.values.get(block.clone()).unwrap_or_default())
    }

    /// The structure ready for computing probabilities: one exponential for each parameter.
    pub(super) fn curves(&self, table: &Table) -> Curves {
        let at = |values: &[f64], place: usize| values.get(place).copied().unwrap_or_default();
        let place = |location: f64, scale| CellCurve { location, odds: (-location).exp(), scale };
        let cells = table
            .cells
            .iter()
            .map(|cell| place(at(self.severities(), cell.rater) + at(self.difficulties(), cell.criterion), cell.scale));
        Curves { cells: cells.collect(), scales: self.thresholds().map(Curve::new).collect() }
    }
}

/// What the probabilities of all cells are computed from.
#[derive(Clone, Debug)]
pub(super) struct Curves {
    pub(super) cells: Vec<CellCurve>,
    pub(super) scales: Vec<Curve>,
}

/// Severity + difficulty of a cell, e to minus that, and the scale.
#[derive(Clone, Copy, Debug)]
pub(super) struct CellCurve {
    pub(super) location: f64,
    pub(super) odds: f64,
    pub(super) scale: usize,
}

/// The probabilities of categories around a location: e to minus the sum of the thresholds up to each category.
#[derive(Clone, Debug)]
pub(super) struct Curve {
    weights: Vec<f64>,
    sums: Vec<f64>,
}

/// A place on the scale of a curve: measure − location, and e to that.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) distance: f64,
    pub(super) odds: f64,
}

impl Place {
    pub(super) fn at(distance: f64) -> Self {
        Self { distance, odds: distance.exp() }
    }
}

impl Curve {
    pub(super) fn new(thresholds: &[f64]) -> Self {
        let mut sum = 0.0;
        let rest = thresholds.iter().map(|threshold| {
            sum += threshold;
            sum
        });
        let sums: Vec<f64> = std::iter::once(0.0).chain(rest).collect();
        Self { weights: sums.iter().map(|sum| (-sum).exp()).collect(), sums }
    }

    /// The highest category.
    pub(super) fn highest(&self) -> usize {
        self.weights.len() - 1
    }

    /// The sum of the thresholds up to a category.
    pub(super) fn threshold_sum(&self, category: u8) -> f64 {
        self.sums.get(usize::from(category)).copied().unwrap_or_default()
    }

    /// Writes the probabilities of the categories; returns ln Σ exp(k·distance − sum of thresholds).
    pub(super) fn probabilities(&self, place: Place, into: &mut [f64; MOST]) -> f64 {
        // Powers of a number up to 1 do not overflow, so high places are counted from the top.
        let is_high = place.distance > 0.0;
        let ratio = if is_high { place.odds.recip() } else { place.odds };
        let (mut power, mut sum) = (1.0, 0.0);
        let mut fill = |(own, weight): (&mut f64, &f64)| {
            *own = weight * power;
            sum += *own;
            power *= ratio;
        };
        let count = self.weights.len();
        if is_high {
            into.iter_mut().take(count).zip(&self.weights).rev().for_each(&mut fill);
        } else {
            into.iter_mut().zip(&self.weights).for_each(&mut fill);
        }
        let share = sum.recip();
        into.iter_mut().take(count).for_each(|own| *own *= share);
        sum.ln() + if is_high { place.distance * self.highest() as f64 } else { 0.0 }
    }

    /// Expected category, variance and central moments.
    pub(super) fn moments(&self, place: Place) -> Moments {
        let mut probabilities = [0.0; MOST];
        self.probabilities(place, &mut probabilities);
        let with_category = || probabilities.iter().take(self.weights.len()).enumerate();
        let expected = with_category().map(|(category, own)| category as f64 * own).sum();
        let mut moments = Moments { expected, variance: 0.0, third: 0.0, fourth: 0.0 };
        for (category, own) in with_category() {
            let deviation = category as f64 - expected;
            let square = deviation * deviation * own;
            moments.variance += square;
            moments.third += square * deviation;
            moments.fourth += square * deviation * deviation;
        }
        moments
    }
}

/// Moments of a category at a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moments {
    pub(super) expected: f64,
    pub(super) variance: f64,
    pub(super) third: f64,
    pub(super) fourth: f64,
}

impl Curves {
    /// Where a person stands in a cell.
    pub(super) fn place(&self, cell: u32, measure: f64, odds: f64) -> Option<(&Curve, Place)> {
        let cell = self.cells.get(cell as usize)?;
        let place = Place { distance: measure - cell.location, odds: odds * cell.odds };
        Some((self.scales.get(cell.scale)?, place))
    }
}

/// For one rating: the probability of reaching each category above the lowest, and its covariance with the score.
#[derive(Debug)]
pub(super) struct Tails {
    above: [f64; MOST],
    with_score: [f64; MOST],
    count: usize,
    pub(super) expected: f64,
    pub(super) variance: f64,
}

impl Tails {
    pub(super) fn of(probabilities: &[f64; MOST], highest: usize) -> Self {
        let mut tails =
            Self { above: [0.0; MOST], with_score: [0.0; MOST], count: highest, expected: 0.0, variance: 0.0 };
        let with_category = probabilities.iter().enumerate().skip(1).take(highest);
        tails.expected = with_category.clone().map(|(category, own)| category as f64 * own).sum();
        let (mut above, mut score) = (0.0, 0.0);
        let places = tails.above.iter_mut().zip(tails.with_score.iter_mut()).take(highest).rev();
        for ((above_place, score_place), (category, own)) in places.zip(with_category.rev()) {
            above += own;
            score += category as f64 * own;
            (*above_place, *score_place) = (above, score - tails.expected * above);
        }
        tails.variance = tails.with_score.iter().take(highest).sum();
        tails
    }

    pub(super) fn pairs(&self) -> impl Iterator<Item = (f64, f64)> {
        self.above.iter().copied().zip(self.with_score.iter().copied()).take(self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_follow_the_definition_far_out_too() {
        let thresholds = [-1.2, 0.3, 0.9];
        let curve = Curve::new(&thresholds);
        for distance in [-700.0, -3.0, 0.0, 0.4, 5.0, 700.0_f64] {
            let mut found = [0.0; MOST];
            let log_sum = curve.probabilities(Place::at(distance), &mut found);
            let exponents = [0.0, distance + 1.2, 2.0 * distance + 0.9, 3.0 * distance];
            let largest = exponents.iter().copied().fold(f64::MIN, f64::max);
            let sum: f64 = exponents.iter().map(|exponent| (exponent - largest).exp()).sum();
            assert!((log_sum - largest - sum.ln()).abs() < 1e-12 * largest.abs().max(1.0), "{distance}");
            for (found, exponent) in found.iter().zip(exponents) {
                assert!((found - (exponent - largest).exp() / sum).abs() < 1e-14, "{distance}");
            }
        }
    }
}
