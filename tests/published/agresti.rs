//! Agresti, Categorical Data Analysis: a topical cream in eight centres (Beitler and Landis 1985).

use service_excellence::statistics::{ConfidenceLevel, FourfoldTable, StratifiedTables};

use crate::assert_near;

const CENTRES: [[[u32; 2]; 2]; 8] = [
    [[11, 25], [10, 27]],
    [[16, 4], [22, 10]],
    [[14, 5], [7, 12]],
    [[2, 14], [1, 16]],
    [[6, 11], [0, 12]],
    [[1, 10], [0, 10]],
    [[1, 4], [1, 8]],
    [[4, 2], [6, 1]],
];

#[test]
fn the_common_odds_ratio_and_its_tests_are_as_printed() {
    let centres = StratifiedTables::new(CENTRES.map(FourfoldTable::new));
    let ratio = centres.odds_ratio(ConfidenceLevel::NINETY_FIVE).unwrap();
    assert_near(ratio.value(), 2.13, 0.006);
    assert_near(centres.mantel_haenszel_test().unwrap().statistic(), 6.38, 0.006);
    assert_near(centres.breslow_day().unwrap().statistic(), 8.0, 0.06);
    assert_eq!(centres.breslow_day().unwrap().degrees_of_freedom(), 7);
    // Ten decimals: statsmodels 0.15.0.
    assert_near(ratio.value(), 2.134_549_067_2, 5.1e-11);
    assert_near(centres.mantel_haenszel_test().unwrap().statistic(), 6.384_113_425_0, 5.1e-11);
    assert_near(centres.breslow_day().unwrap().statistic(), 7.995_544_177_0, 5.1e-11);
}
