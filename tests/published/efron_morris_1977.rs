//! Efron and Morris 1977, Scientific American 236(5):119 (18 batters, 45 times at bat).

use service_excellence::statistics::JamesStein;

use crate::assert_near;

const HITS: [f64; 18] =
    [18.0, 17.0, 16.0, 15.0, 14.0, 14.0, 13.0, 12.0, 11.0, 11.0, 10.0, 10.0, 10.0, 10.0, 10.0, 9.0, 8.0, 7.0];
const PRINTED: [f64; 18] = [
    0.294, 0.289, 0.285, 0.280, 0.275, 0.275, 0.270, 0.266, 0.261, 0.261, 0.256, 0.256, 0.256, 0.256, 0.256, 0.251,
    0.247, 0.242,
];

#[test]
fn the_batters_are_drawn_towards_the_grand_mean_as_printed() {
    let averages = HITS.map(|hits| hits / 45.0);
    let mean = averages.iter().sum::<f64>() / 18.0;
    let pooled = JamesStein::of(&averages, mean * (1.0 - mean) / 45.0).unwrap();
    assert_near(pooled.common_mean(), 0.265, 0.0011);
    assert_near(pooled.factor(), 0.212, 0.0011);
    for (found, printed) in pooled.estimates().zip(PRINTED) {
        assert_near(found, printed, 0.0011);
    }
}
