//! Cases of the test suite of MemberJunction's rubric engine, recomputed with independent Python packages.

use service_excellence::statistics::{
    AlphaMetric, Categories, ConfidenceLevel, RatingTable, Undefined, Weights, cohen_kappa, krippendorff_alpha,
    percent_agreement,
};

use crate::assert_near;

const CONFIDENCE: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;

fn two_raters(first: &[u8], second: &[u8]) -> RatingTable {
    let rows: Vec<_> =
        first.iter().zip(second).map(|(first, second)| [f64::from(*first), f64::from(*second)]).collect();
    RatingTable::from_rows(Categories::numbered(1, 4).unwrap(), &rows).unwrap()
}

#[test]
fn kappa_uses_the_full_scale() {
    let raters = two_raters(&[1, 2, 3, 3, 2, 1, 4, 4], &[1, 2, 3, 2, 2, 2, 4, 3]).pair(0, 1);
    for (weights, value) in [(Weights::identity(), 0.5), (Weights::linear(), 2.0 / 3.0), (Weights::quadratic(), 0.8125)]
    {
        assert_near(cohen_kappa(&raters, &weights, CONFIDENCE).unwrap().value(), value, 1e-14);
    }
}

#[test]
fn one_category_is_undefined_and_not_1() {
    let raters = two_raters(&[3, 3, 3], &[3, 3, 3]);
    assert_eq!(cohen_kappa(&raters.pair(0, 1), &Weights::identity(), CONFIDENCE), Err(Undefined::NoVariation {}));
    assert_eq!(krippendorff_alpha(&raters, &AlphaMetric::Nominal), Err(Undefined::NoVariation {}));
    assert_near(percent_agreement(&raters, &Weights::identity(), CONFIDENCE).unwrap().value(), 1.0, 0.0);
}
