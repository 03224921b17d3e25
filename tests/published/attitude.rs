//! Chatterjee and Price 1977, attitude of clerical employees, as distributed with R (30 departments, 7 questions).

use service_excellence::statistics::{ConfidenceLevel, InternalConsistency, MeasurementTable};

use crate::assert_near;

const SCORES: [[f64; 7]; 30] = [
    [43.0, 51.0, 30.0, 39.0, 61.0, 92.0, 45.0],
    [63.0, 64.0, 51.0, 54.0, 63.0, 73.0, 47.0],
    [71.0, 70.0, 68.0, 69.0, 76.0, 86.0, 48.0],
    [61.0, 63.0, 45.0, 47.0, 54.0, 84.0, 35.0],
    [81.0, 78.0, 56.0, 66.0, 71.0, 83.0, 47.0],
    [43.0, 55.0, 49.0, 44.0, 54.0, 49.0, 34.0],
    [58.0, 67.0, 42.0, 56.0, 66.0, 68.0, 35.0],
    [71.0, 75.0, 50.0, 55.0, 70.0, 66.0, 41.0],
    [72.0, 82.0, 72.0, 67.0, 71.0, 83.0, 31.0],
    [67.0, 61.0, 45.0, 47.0, 62.0, 80.0, 41.0],
    [64.0, 53.0, 53.0, 58.0, 58.0, 67.0, 34.0],
    [67.0, 60.0, 47.0, 39.0, 59.0, 74.0, 41.0],
    [69.0, 62.0, 57.0, 42.0, 55.0, 63.0, 25.0],
    [68.0, 83.0, 83.0, 45.0, 59.0, 77.0, 35.0],
    [77.0, 77.0, 54.0, 72.0, 79.0, 77.0, 46.0],
    [81.0, 90.0, 50.0, 72.0, 60.0, 54.0, 36.0],
    [74.0, 85.0, 64.0, 69.0, 79.0, 79.0, 63.0],
    [65.0, 60.0, 65.0, 75.0, 55.0, 80.0, 60.0],
    [65.0, 70.0, 46.0, 57.0, 75.0, 85.0, 46.0],
    [50.0, 58.0, 68.0, 54.0, 64.0, 78.0, 52.0],
    [50.0, 40.0, 33.0, 34.0, 43.0, 64.0, 33.0],
    [64.0, 61.0, 52.0, 62.0, 66.0, 80.0, 41.0],
    [53.0, 66.0, 52.0, 50.0, 63.0, 80.0, 37.0],
    [40.0, 37.0, 42.0, 58.0, 50.0, 57.0, 49.0],
    [63.0, 54.0, 42.0, 48.0, 66.0, 75.0, 33.0],
    [66.0, 77.0, 66.0, 63.0, 88.0, 76.0, 72.0],
    [78.0, 75.0, 58.0, 74.0, 80.0, 78.0, 49.0],
    [48.0, 57.0, 44.0, 45.0, 51.0, 83.0, 38.0],
    [85.0, 85.0, 71.0, 71.0, 77.0, 74.0, 55.0],
    [82.0, 82.0, 39.0, 59.0, 64.0, 78.0, 39.0],
];

#[test]
fn the_items_hang_together_as_printed() {
    let items = InternalConsistency::of(&MeasurementTable::from_rows(SCORES).unwrap()).unwrap();
    // Six decimals: R psych 2.2.9.
    assert_near(items.cronbach_alpha(ConfidenceLevel::NINETY_FIVE).unwrap().value(), 0.843_143, 5.1e-7);
    assert_near(items.standardised_alpha().unwrap(), 0.839_084, 5.1e-7);
    assert_near(items.guttman_lambda6().unwrap(), 0.875_215, 5.1e-7);
    assert_near(items.mean_correlation().unwrap(), 0.43, 0.006);
}

#[test]
fn alpha_without_each_item_is_as_printed() {
    let items = InternalConsistency::of(&MeasurementTable::from_rows(SCORES).unwrap()).unwrap();
    let found = items.alpha_if_deleted();
    assert_eq!(found.len(), 7);
    for (found, printed) in found.into_iter().zip([0.81, 0.80, 0.83, 0.80, 0.80, 0.86, 0.84]) {
        assert_near(found.unwrap(), printed, 0.006);
    }
}
