//! Gwet 2014, Handbook of Inter-Rater Reliability, 4th ed.: 12 subjects and four raters (Krippendorff's data), and 100
//! records of two abstractors; digits beyond print are those of the R package irrCAC 1.0.

use service_excellence::statistics::{
    AlphaMetric, Categories, Coefficient, ConfidenceLevel, IntervalMethod, PairedRatings, Undefined, Weights,
    brennan_prediger, cohen_kappa, conger_kappa, fleiss_kappa, gwet_ac, krippendorff_alpha, percent_agreement,
};

use crate::assert_near;
use crate::krippendorff_2011::example_c;

const CONFIDENCE: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;
const HALF_A_DIGIT: f64 = 0.000_005_1;

#[test]
fn four_raters_have_the_printed_coefficients() {
    let (raters, identity) = (example_c(), Weights::identity());
    let ac1 = gwet_ac(&raters, &identity, CONFIDENCE).unwrap();
    assert_near(ac1.value(), 0.775_44, HALF_A_DIGIT);
    assert_near(ac1.standard_error().unwrap(), 0.142_95, HALF_A_DIGIT);
    assert_near(ac1.observed(), 0.818_18, HALF_A_DIGIT);
    assert_near(ac1.expected(), 0.190_32, HALF_A_DIGIT);
    let interval = ac1.interval().unwrap();
    assert_near(interval.lower(), 0.460_81, HALF_A_DIGIT);
    assert_near(interval.upper(), 1.0, 0.0);
    assert_eq!(interval.method(), IntervalMethod::StudentT);

    let ac2 = gwet_ac(&raters, &Weights::quadratic_on_values(), CONFIDENCE).unwrap();
    assert_near(ac2.value(), 0.914_00, HALF_A_DIGIT);
    assert_near(ac2.standard_error().unwrap(), 0.103_96, HALF_A_DIGIT);

    let fleiss = fleiss_kappa(&raters, &identity, CONFIDENCE).unwrap();
    assert_near(fleiss.value(), 0.761_17, HALF_A_DIGIT);
    assert_near(fleiss.standard_error().unwrap(), 0.153_02, HALF_A_DIGIT);
    assert_near(percent_agreement(&raters, &identity, CONFIDENCE).unwrap().value(), 0.818_18, HALF_A_DIGIT);
    // The lone rating of unit 12 is rater 2's here and rater 3's in irrCAC's copy, which has 0.76282.
    assert_near(conger_kappa(&raters, &identity, CONFIDENCE).unwrap().value(), 0.762_07, HALF_A_DIGIT);
}

#[test]
fn ectopic_pregnancies_have_the_printed_coefficients() {
    let counts = [[13, 0, 0], [0, 20, 7], [0, 4, 56]];
    let abstractors = PairedRatings::from_counts(Categories::numbered(1, 3).unwrap(), &counts).unwrap();
    let identity = Weights::identity();
    let check = |coefficient: Result<Coefficient, Undefined>, value: f64, error: f64| {
        let coefficient = coefficient.unwrap();
        assert_near(coefficient.value(), value, 1e-10);
        assert_near(coefficient.standard_error().unwrap(), error, 1e-11);
    };
    check(cohen_kappa(&abstractors, &identity, CONFIDENCE), 0.796_409_402_2, 0.058_910_718_33);
    check(gwet_ac(&abstractors, &identity, CONFIDENCE), 0.849_330_548_2, 0.043_217_467_52);
    check(fleiss_kappa(&abstractors, &identity, CONFIDENCE), 0.796_239_696_2, 0.059_054_733_31);
    check(brennan_prediger(&abstractors, &identity, CONFIDENCE), 0.835, 0.046_933_463_54);
    check(percent_agreement(&abstractors, &identity, CONFIDENCE), 0.89, 0.031_288_975_69);
    let alpha = krippendorff_alpha(&abstractors, &AlphaMetric::Nominal).unwrap();
    assert_near(alpha.value(), 0.797_258_497_7, 1e-10);
}
