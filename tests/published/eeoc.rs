//! US Uniform Guidelines on Employee Selection Procedures (29 CFR 1607), questions and answers, question 12.

use service_excellence::statistics::{ConfidenceLevel, Proportion, RateRatio};

use crate::assert_near;

#[test]
fn twelve_of_forty_against_forty_eight_of_eighty_is_below_four_fifths() {
    let (focal, reference) = (Proportion::new(12, 40).unwrap(), Proportion::new(48, 80).unwrap());
    let ratio = RateRatio::new(focal, reference).unwrap();
    let estimate = ratio.ratio(ConfidenceLevel::NINETY_FIVE).unwrap();
    assert_near(estimate.value(), 0.5, 1e-15);
    assert!(ratio.is_below_four_fifths().unwrap());
    assert!(!ratio.is_fragile().unwrap());
    // Katz interval and Fisher's test: scipy 1.17.1.
    assert_near(estimate.interval().unwrap().lower(), 0.301_432_941_045_596_87, 1e-12);
    assert_near(estimate.interval().unwrap().upper(), 0.829_371_863_382_984_4, 1e-12);
    assert_near(ratio.fisher_p_value(), 0.003_409_221_767_849_183, 1e-14);
}
