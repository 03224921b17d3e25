//! Bland and Altman 1986, Lancet i:307 (peak expiratory flow of 17 subjects, two meters, twice each).

use service_excellence::statistics::{ConfidenceLevel, LimitsOfAgreement, repeatability};

use crate::assert_near;

const WRIGHT_FIRST: [f64; 17] = [
    494.0, 395.0, 516.0, 434.0, 476.0, 557.0, 413.0, 442.0, 650.0, 433.0, 417.0, 656.0, 267.0, 478.0, 178.0, 423.0,
    427.0,
];
const WRIGHT_SECOND: [f64; 17] = [
    490.0, 397.0, 512.0, 401.0, 470.0, 611.0, 415.0, 431.0, 638.0, 429.0, 420.0, 633.0, 275.0, 492.0, 165.0, 372.0,
    421.0,
];
const MINI_FIRST: [f64; 17] = [
    512.0, 430.0, 520.0, 428.0, 500.0, 600.0, 364.0, 380.0, 658.0, 445.0, 432.0, 626.0, 260.0, 477.0, 259.0, 350.0,
    451.0,
];
const MINI_SECOND: [f64; 17] = [
    525.0, 415.0, 508.0, 444.0, 500.0, 625.0, 460.0, 390.0, 642.0, 432.0, 420.0, 605.0, 227.0, 467.0, 268.0, 370.0,
    443.0,
];

fn pairs(first: &[f64], second: &[f64]) -> Vec<(f64, f64)> {
    first.iter().copied().zip(second.iter().copied()).collect()
}

#[test]
fn bias_and_limits_are_as_printed() {
    let pairs = pairs(&WRIGHT_FIRST, &MINI_FIRST);
    let limits = LimitsOfAgreement::of(&pairs, 2.0, ConfidenceLevel::NINETY_FIVE).unwrap().unwrap();
    assert_near(limits.bias().value(), -2.1, 0.06);
    assert_near(limits.standard_deviation(), 38.8, 0.06);
    // Printed from rounded figures: −79.7 and 75.5.
    assert_near(limits.lower().value(), -79.7, 0.06);
    assert_near(limits.upper().value(), 75.5, 0.1);
    assert_near(limits.lower().value(), -79.648, 5.1e-4);
    assert_near(limits.upper().value(), 75.413, 5.1e-4);
    // Printed: bias between −22.0 and 17.8; standard error of a limit about √(3s²/n) = 16.3.
    assert_near(limits.bias().interval().unwrap().lower(), -22.0, 0.06);
    assert_near(limits.bias().interval().unwrap().upper(), 17.8, 0.06);
    assert_near(limits.lower().standard_error().unwrap(), 16.3, 0.4);
}

#[test]
fn the_repeatability_of_either_meter_is_as_printed() {
    assert_near(repeatability(&pairs(&WRIGHT_FIRST, &WRIGHT_SECOND)).unwrap(), 21.6, 0.06);
    assert_near(repeatability(&pairs(&MINI_FIRST, &MINI_SECOND)).unwrap(), 28.2, 0.06);
}
