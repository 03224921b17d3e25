//! Cohen 1968, Psychological Bulletin 70:213: a table of proportions of 200 patients, with disagreement weights.

use service_excellence::statistics::{Categories, ConfidenceLevel, PairedRatings, Weights, cohen_kappa};

use crate::assert_near;

fn diagnoses() -> PairedRatings {
    let proportions = [[0.44, 0.07, 0.09], [0.05, 0.20, 0.05], [0.01, 0.03, 0.06]];
    PairedRatings::from_proportions(Categories::numbered(1, 3).unwrap(), &proportions, 200).unwrap()
}

#[test]
fn the_table_has_the_printed_kappas() {
    let plain = cohen_kappa(&diagnoses(), &Weights::identity(), ConfidenceLevel::NINETY_FIVE).unwrap();
    assert_near(plain.value(), 0.492, 0.000_51);
    assert_near(plain.value(), 0.491_525_423_729, 1e-12);
    let weights = Weights::from_disagreement(&[[0.0, 1.0, 3.0], [1.0, 0.0, 6.0], [3.0, 6.0, 0.0]]).unwrap();
    let weighted = cohen_kappa(&diagnoses(), &weights, ConfidenceLevel::NINETY_FIVE).unwrap();
    assert_near(weighted.value(), 0.348, 0.000_51);
    assert_near(weighted.value(), 0.347_826_086_957, 1e-12);
}

#[test]
fn proportions_come_back_as_whole_counts() {
    let counts = [[88, 14, 18], [10, 40, 10], [2, 6, 12]];
    let counts = PairedRatings::from_counts(Categories::numbered(1, 3).unwrap(), &counts).unwrap();
    assert_eq!(diagnoses(), counts);
}
