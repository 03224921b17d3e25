//! Newcombe 1998, Statistics in Medicine 17:857, table I, method 3 (Wilson), and 17:873, table II, method 10.

use service_excellence::statistics::{ConfidenceLevel, Proportion};

use crate::assert_near;

#[test]
fn wilson_intervals_are_those_of_table_1() {
    let printed = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)];
    for (successes, trials, lower, upper) in printed {
        let estimate = Proportion::new(successes, trials).unwrap().wilson(ConfidenceLevel::NINETY_FIVE).unwrap();
        assert_near(estimate.interval().unwrap().lower(), lower, 5.1e-5);
        assert_near(estimate.interval().unwrap().upper(), upper, 5.1e-5);
    }
}

#[test]
fn differences_have_the_intervals_of_method_10() {
    // 56/70 − 48/80; 9/10 − 3/10; 10/10 − 0/20, as printed.
    let printed =
        [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((10, 10), (0, 20), 0.6791, 1.0)];
    for ((x, n), (y, m), lower, upper) in printed {
        let (one, two) = (Proportion::new(x, n).unwrap(), Proportion::new(y, m).unwrap());
        let interval = *one.difference_from(two, ConfidenceLevel::NINETY_FIVE).unwrap().interval().unwrap();
        assert_near(interval.lower(), lower, 5.1e-5);
        assert_near(interval.upper(), upper, 5.1e-5);
    }
}
