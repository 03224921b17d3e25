//! Sakai's weighted rubrics, which round before they sum, and ours, which do not.

use service_excellence::scoring::presets::sakai::{Criterion, total};
use service_excellence::{Score, Scorer, Skill};

#[path = "common/short.rs"]
#[expect(dead_code, reason = "this test writes few values")]
mod short;

use short::{rated, rubric, yes_no};

fn weighted(points: f64, percents: [f64; 3]) -> Option<f64> {
    total(&percents.map(|percent| Criterion { points, percent }))
}

#[test]
fn parts_of_0_13_0_13_and_0_75_sum_to_1_01_of_1_00() {
    assert_eq!(weighted(1.0, [12.5, 12.5, 75.0]).unwrap().to_string(), "1.01");
}

#[test]
fn thirds_of_5_points_sum_to_5_01_of_5_00() {
    assert_eq!(weighted(5.0, [33.33, 33.33, 33.34]).unwrap().to_string(), "5.01");
}

#[test]
fn without_criteria_or_with_a_number_that_is_none_there_is_no_total() {
    assert_eq!(total(&[]), None);
    assert_eq!(weighted(f64::INFINITY, [12.5, 12.5, 75.0]), None);
}

#[test]
fn ours_gives_1_00_and_5_00() {
    // Weights are whole numbers to 1,000; 33.33, 33.33 and 33.34 percent need more and stand here as 333, 333, 334.
    for weights in [[125, 125, 750], [333, 333, 334]] {
        let rows = ["a", "b", "c"].iter().zip(weights);
        let rubric =
            rows.fold(rubric(), |rubric, (name, weight)| rubric.criterion(yes_no(name, Skill::Empathy, weight)));
        let found = Scorer::new(&rubric.build().unwrap()).score_row(&[rated(2); 3]).unwrap();
        assert_eq!(found.overall().score(), Some(Score::MAX));
    }
}
