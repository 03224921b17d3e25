//! Davies and Goldsmith 1972, Dyestuff yields (6 batches of 5), with the results of lme4.

use service_excellence::statistics::{ConfidenceLevel, NormalPooling};

use crate::assert_near;

const BATCHES: [[f64; 5]; 6] = [
    [1545.0, 1440.0, 1440.0, 1520.0, 1580.0],
    [1540.0, 1555.0, 1490.0, 1560.0, 1495.0],
    [1595.0, 1550.0, 1605.0, 1510.0, 1560.0],
    [1445.0, 1440.0, 1595.0, 1465.0, 1545.0],
    [1595.0, 1630.0, 1515.0, 1635.0, 1625.0],
    [1520.0, 1455.0, 1450.0, 1480.0, 1445.0],
];

#[test]
fn the_variances_are_those_of_the_analysis_of_variance() {
    let prior = NormalPooling::new(&BATCHES).unwrap().estimate_prior().unwrap();
    assert_near(prior.mean(), 1527.5, 1e-9);
    assert_near(prior.between(), 1764.05, 1e-8);
    assert_near(prior.within(), 2451.25, 1e-8);
}

#[test]
fn the_predictions_are_those_of_lme4() {
    let pooled = NormalPooling::new(&BATCHES).unwrap().pool(ConfidenceLevel::NINETY_FIVE).unwrap();
    // R lme4 1.1.31.
    let expected = [-17.606_851, 0.391_263, 28.562_225, -23.084_538, 56.733_187, -44.995_286];
    assert_eq!(pooled.len(), 6);
    for (group, effect) in pooled.iter().zip(expected) {
        assert_near(group.effect(), effect, 6e-5);
    }
}
