//! Fleiss 1971, Psychological Bulletin 76:378, and the example of 14 raters that textbooks reprint.

use service_excellence::statistics::{
    Categories, CategoryCounts, ConfidenceLevel, Weights, fleiss_kappa, fleiss_kappa_by_category,
};

use crate::assert_near;

/// 30 patients, six psychiatrists, five diagnoses.
const DIAGNOSES: [[u32; 5]; 30] = [
    [0, 0, 0, 6, 0],
    [0, 3, 0, 0, 3],
    [0, 1, 4, 0, 1],
    [0, 0, 0, 0, 6],
    [0, 3, 0, 3, 0],
    [2, 0, 4, 0, 0],
    [0, 0, 4, 0, 2],
    [2, 0, 3, 1, 0],
    [2, 0, 0, 4, 0],
    [0, 0, 0, 0, 6],
    [1, 0, 0, 5, 0],
    [1, 1, 0, 4, 0],
    [0, 3, 3, 0, 0],
    [1, 0, 0, 5, 0],
    [0, 2, 0, 3, 1],
    [0, 0, 5, 0, 1],
    [3, 0, 0, 1, 2],
    [5, 1, 0, 0, 0],
    [0, 2, 0, 4, 0],
    [1, 0, 2, 0, 3],
    [0, 0, 0, 0, 6],
    [0, 1, 0, 5, 0],
    [0, 2, 0, 1, 3],
    [2, 0, 0, 4, 0],
    [1, 0, 0, 4, 1],
    [0, 5, 0, 1, 0],
    [4, 0, 0, 0, 2],
    [0, 2, 0, 4, 0],
    [1, 0, 5, 0, 0],
    [0, 0, 0, 0, 6],
];

const FOURTEEN_RATERS: [[u32; 5]; 10] = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
];

fn counts(rows: &[[u32; 5]]) -> CategoryCounts {
    CategoryCounts::from_rows(Categories::numbered(1, 5).unwrap(), rows).unwrap()
}

#[test]
fn the_diagnoses_have_the_printed_kappa() {
    let kappa = fleiss_kappa(&counts(&DIAGNOSES), &Weights::identity(), ConfidenceLevel::NINETY_FIVE).unwrap();
    assert_near(kappa.value(), 0.430, 0.000_51);
    assert_near(kappa.observed(), 0.556, 0.000_51);
    assert_near(kappa.expected(), 0.220, 0.000_51);
    // statsmodels 0.15.0.
    assert_near(kappa.value(), 0.430_244_520_060, 1e-12);
    assert_eq!((kappa.counts().subjects(), kappa.counts().raters(), kappa.counts().ratings()), (30, 6, 180));
}

#[test]
fn each_diagnosis_has_the_printed_kappa() {
    let kappas = fleiss_kappa_by_category(&counts(&DIAGNOSES), ConfidenceLevel::NINETY_FIVE);
    for (kappa, printed) in kappas.into_iter().zip([0.245, 0.245, 0.520, 0.471, 0.566]) {
        assert_near(kappa.unwrap().value(), printed, 0.000_6);
    }
}

#[test]
fn a_diagnosis_that_nobody_made_has_no_kappa_of_its_own() {
    let rows = [[2, 0, 1], [1, 0, 2], [3, 0, 0]];
    let counts = CategoryCounts::from_rows(Categories::numbered(1, 3).unwrap(), &rows).unwrap();
    let kappas = fleiss_kappa_by_category(&counts, ConfidenceLevel::NINETY_FIVE);
    assert_eq!(kappas.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true]);
}

#[test]
fn the_textbook_table_has_the_printed_kappa() {
    let kappa = fleiss_kappa(&counts(&FOURTEEN_RATERS), &Weights::identity(), ConfidenceLevel::NINETY_FIVE).unwrap();
    assert_near(kappa.value(), 0.210, 0.000_51);
    assert_near(kappa.value(), 0.209_930_704_422, 1e-12);
}
