//! Fleiss, Cohen and Everitt 1969, Psychological Bulletin 72:323: 200 patients, with standard errors.

use service_excellence::statistics::{
    Categories, ConfidenceLevel, IntervalMethod, PairedRatings, Weights, cohen_kappa,
};

use crate::assert_near;

fn diagnoses() -> PairedRatings {
    let counts = [[106, 10, 4], [22, 28, 10], [2, 12, 6]];
    PairedRatings::from_counts(Categories::numbered(1, 3).unwrap(), &counts).unwrap()
}

#[test]
fn the_table_has_the_printed_kappa_and_variance() {
    let kappa = cohen_kappa(&diagnoses(), &Weights::identity(), ConfidenceLevel::NINETY_FIVE).unwrap();
    assert_near(kappa.value(), 0.429, 0.000_51);
    assert_near(kappa.standard_error().unwrap().powi(2), 0.002_885, 1e-6);
    let interval = kappa.interval().unwrap();
    assert_eq!(interval.method(), IntervalMethod::Normal);
    assert_near(interval.width() / 2.0, 1.959_964 * 0.002_885_f64.sqrt(), 1e-4);
}

/// The variance is that of the paper's formula, and of statsmodels. (R's psych prints 0.002749.)
#[test]
fn the_table_has_the_printed_weighted_kappa() {
    let weights = [[1.0, 0.0, 0.4444], [0.0, 1.0, 0.6667], [0.4444, 0.6667, 1.0]];
    let weights = Weights::custom(&weights).unwrap();
    let kappa = cohen_kappa(&diagnoses(), &weights, ConfidenceLevel::NINETY_FIVE).unwrap();
    assert_near(kappa.value(), 0.507, 0.000_51);
    assert_near(kappa.standard_error().unwrap().powi(2), 0.003_248, 1e-6);
}
