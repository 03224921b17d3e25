//! Groups of simulated people with five-step ratings, and what their ratings are like without the crate.

use service_excellence::statistics::NestedComponents;
use statrs::function::erf::erf;

/// A group of people, in levels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Group {
    pub(crate) name: &'static str,
    pub(crate) mean: f64,
    pub(crate) between_persons: f64,
    pub(crate) between_raters: f64,
    pub(crate) within: f64,
}

pub(crate) const GROUPS: [Group; 4] = [
    Group { name: "middle", mean: 3.2, between_persons: 0.6, between_raters: 0.35, within: 0.8 },
    Group { name: "near the top", mean: 4.0, between_persons: 0.6, between_raters: 0.35, within: 0.8 },
    Group { name: "severe raters", mean: 3.0, between_persons: 0.8, between_raters: 0.5, within: 0.7 },
    Group { name: "low and noisy", mean: 2.2, between_persons: 0.5, between_raters: 0.3, within: 0.9 },
];

/// Observations, and how many each rater has.
pub(crate) const DESIGNS: [(usize, &[u32]); 3] = [(5, &[3, 2]), (10, &[4, 3, 3]), (30, &[8, 8, 7, 7])];

/// How many people to simulate: `PEOPLE`, or few, so that the test ends soon.
pub(crate) fn people(few: usize) -> usize {
    std::env::var("PEOPLE").ok().and_then(|text| text.parse().ok()).unwrap_or(few)
}

/// A level as it is rated, from 0 to 1.
pub(crate) fn points(level: f64) -> f64 {
    (level.round().clamp(1.0, 5.0) - 1.0) / 4.0
}

/// Mean and variance, from 0 to 1, of a rounded rating whose level has this mean and spread.
fn rounded(mean: f64, spread: f64) -> (f64, f64) {
    let below = |cut: f64| 0.5 * (1.0 + erf((cut - mean) / (spread * std::f64::consts::SQRT_2)));
    let cuts = [1.5, 2.5, 3.5, 4.5].map(below);
    let shares = [cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], cuts[3] - cuts[2], 1.0 - cuts[3]];
    let moment = |power: i32| (0..5).map(|step| shares[step] * (step as f64 / 4.0).powi(power)).sum::<f64>();
    (moment(1), moment(2) - moment(1).powi(2))
}

/// The points and weights of a normal distribution, fine enough for four decimals.
fn normal_grid() -> Vec<(f64, f64)> {
    let points: Vec<f64> = (-100..=100).map(|index| f64::from(index) * 0.06).collect();
    let weight = |z: f64| (-z * z / 2.0).exp();
    let whole: f64 = points.iter().map(|z| weight(*z)).sum();
    points.into_iter().map(|z| (z, weight(z) / whole)).collect()
}

impl Group {
    /// The long-run mean over raters of a person with this level.
    pub(crate) fn truth(&self, level: f64) -> f64 {
        rounded(level, self.between_raters.hypot(self.within)).0
    }

    /// The components of the ratings that come out, by integration.
    pub(crate) fn components(&self) -> NestedComponents {
        let grid = normal_grid();
        let [mut mean, mut square, mut raters, mut within] = [0.0; 4];
        for (z, weight) in &grid {
            let level = self.mean + z * self.between_persons;
            let truth = self.truth(level);
            mean += weight * truth;
            square += weight * truth * truth;
            for (y, share) in &grid {
                let (cell, noise) = rounded(level + y * self.between_raters, self.within);
                raters += weight * share * (cell - truth).powi(2);
                within += weight * share * noise;
            }
        }
        NestedComponents::new(mean, square - mean * mean, raters, within).unwrap()
    }
}
