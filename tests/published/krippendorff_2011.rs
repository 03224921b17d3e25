//! Krippendorff 2011, Computing Krippendorff's alpha-reliability: examples A, B and C.

use service_excellence::statistics::{AlphaMetric, Categories, SparseRatingTable, Weights, krippendorff_alpha};

use crate::assert_near;

const HALF_A_DIGIT: f64 = 0.000_51;

/// Four observers, twelve units; 0 is missing. (Also in Gwet 2014, and in the R package irr.)
const EXAMPLE_C: [[u8; 12]; 4] = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
    [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
];

pub(crate) fn example_c() -> SparseRatingTable {
    let rating = |rating: u8| (rating > 0).then_some(f64::from(rating));
    let units: Vec<_> = (0..12).map(|unit| EXAMPLE_C.map(|observer| rating(observer[unit]))).collect();
    SparseRatingTable::from_rows(Categories::numbered(1, 5).unwrap(), &units).unwrap()
}

fn two_observers(first: &[u8], second: &[u8], last: i32) -> SparseRatingTable {
    let codes = first.iter().zip(second).flat_map(|(first, second)| [*first, *second]).collect();
    SparseRatingTable::from_codes(Categories::numbered(0, last).unwrap(), 2, codes).unwrap()
}

#[test]
fn example_c_has_the_printed_alphas() {
    let printed = [
        (AlphaMetric::Nominal, 0.743, 0.743_421_052_632),
        (AlphaMetric::Ordinal, 0.815, 0.815_387_503_755),
        (AlphaMetric::Interval, 0.849, 0.849_107_142_857),
        (AlphaMetric::Ratio, 0.797, 0.797_402_774_712),
    ];
    for (metric, printed, by_peer) in printed {
        let alpha = krippendorff_alpha(&example_c(), &metric).unwrap();
        assert_near(alpha.value(), printed, HALF_A_DIGIT);
        // The Python package krippendorff 0.9.0.
        assert_near(alpha.value(), by_peer, 1e-12);
        let of_parts = (alpha.observed() - alpha.expected()) / (1.0 - alpha.expected());
        assert_near(of_parts, alpha.value(), 1e-14);
    }
}

#[test]
fn alpha_with_ordinal_weights_is_another_number() {
    let alpha = krippendorff_alpha(&example_c(), &AlphaMetric::Weights(Weights::gwet_ordinal())).unwrap();
    assert_near(alpha.value(), 0.834, HALF_A_DIGIT);
}

#[test]
fn examples_a_and_b_have_the_printed_alphas() {
    let a = two_observers(&[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], &[1, 1, 1, 0, 0, 1, 0, 0, 0, 0], 1);
    assert_near(krippendorff_alpha(&a, &AlphaMetric::Nominal).unwrap().value(), 0.095, HALF_A_DIGIT);
    let b = two_observers(&[0, 0, 1, 1, 3, 2, 2, 2, 4, 3, 3, 0], &[1, 0, 1, 1, 1, 2, 2, 2, 4, 3, 3, 3], 4);
    assert_near(krippendorff_alpha(&b, &AlphaMetric::Nominal).unwrap().value(), 0.692, HALF_A_DIGIT);
}

#[test]
fn counts_say_what_alpha_rests_on() {
    let table = example_c();
    let counts = table.counts();
    assert_eq!((counts.subjects(), counts.raters(), counts.ratings(), counts.missing()), (12, 4, 41, 7));
}
