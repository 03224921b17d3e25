//! Numbers that nobody should compute with: each gives a value that is a number, or says why there is none, in a time
//! that ends.

#![expect(clippy::unwrap_used, reason = "the data are made here")]

use std::time::{Duration, Instant};

use service_excellence::calibration::{FacetData, FacetRating, LinearAdjustment, TotalScore};
use service_excellence::profile::{Aggregation, Observation, RaterWeights};
use service_excellence::statistics::{
    Bootstrap, BoundedMean, Categories, ConfidenceLevel, MeasurementError, NestedComponents, Norm, PairedRatings,
    SparseRatingTable, TimeSeries, Undefined, Weights, percent_agreement,
};
use service_excellence::value::{Real, Step, StepCount, Weight};
use service_excellence::{Day, RaterKind, Reference, Score};

const LEVEL: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;

fn within<T>(limit: Duration, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    assert!(start.elapsed() < limit, "it took {:?}", start.elapsed());
    result
}

fn mean(between_raters: f64, within: f64) -> Result<BoundedMean, Undefined> {
    NestedComponents::new(0.5, 0.02, between_raters, within).unwrap().mean_of(0.5, &[3, 2])
}

#[test]
fn a_variance_next_to_nothing_is_not_endless_evidence() {
    assert_eq!(mean(0.0, 5e-324), Err(Undefined::OutOfRange {}));
    assert_eq!(mean(0.0, 1e-309), Err(Undefined::OutOfRange {}));
    assert!(mean(0.0, 1e-300).unwrap().effective_observations().is_finite());
    assert_eq!(mean(1e308, 1e308).map(|one| one.effective_observations() > 0.0), Ok(true));
}

#[test]
fn a_bound_that_is_no_number_has_no_probability() {
    let mean = mean(0.01, 0.04).unwrap();
    assert_eq!(mean.probability_below(f64::NAN), Err(Undefined::OutOfRange {}));
    assert_eq!(mean.probability_below(f64::INFINITY), Ok(1.0));
    assert_eq!(mean.probability_below(f64::NEG_INFINITY), Ok(0.0));
}

#[test]
fn an_interval_from_end_to_end_of_the_numbers_has_a_finite_width() {
    let measured = MeasurementError::new(Norm::new(0.0, 1e308).unwrap(), 0.0).unwrap();
    let estimate = measured.true_score(1.0, ConfidenceLevel::NINETY_FIVE);
    let text = r#"{"lower": -1.7e308, "upper": 1.7e308, "confidence": 0.9, "method": "student_t"}"#;
    let read: service_excellence::statistics::Interval = serde_json::from_str(text).unwrap();
    assert!(read.width().is_finite());
    assert!(estimate.is_err() || estimate.unwrap().interval().is_none_or(|one| one.width().is_finite()));
}

#[test]
fn times_too_far_apart_are_no_slope_of_zero() {
    let series = TimeSeries::new(&[(-1.7e308, 1.0), (1.7e308, 5.0)]).unwrap();
    assert_eq!(series.theil_sen_slope(LEVEL), Err(Undefined::OutOfRange {}));
}

#[test]
fn a_bootstrap_of_thousands_of_millions_of_subjects_is_refused_at_once() {
    let most = u32::MAX;
    let pairs =
        PairedRatings::from_counts(Categories::numbered(1, 2).unwrap(), &[[most, most], [most, most - 1]]).unwrap();
    let bootstrap = Bootstrap::bca(100, 1, LEVEL).unwrap();
    within(Duration::from_secs(1), || {
        let weights = Weights::identity();
        let refused = Undefined::OutOfRange {};
        assert_eq!(bootstrap.cohen_kappa(&pairs, &weights).unwrap_err(), refused);
        assert_eq!(bootstrap.percent_agreement(&pairs, &weights).unwrap_err(), refused);
        for subjects in [200_000, 1 << 31, usize::MAX] {
            assert_eq!(bootstrap.estimate(subjects, |_| Ok(0.0)).unwrap_err(), refused, "{subjects}");
        }
    });
}

#[test]
fn replicates_out_of_bounds_are_refused_with_the_bounds() {
    for replicates in [0, 99, 1_000_001, 1_000_000_000] {
        let error = Bootstrap::percentile(replicates, 1, LEVEL).unwrap_err().to_string();
        let expected =
            format!("the number of replicates of a bootstrap: found `{replicates}`, allowed is 100 to 1000000");
        assert_eq!(error, expected);
    }
}

#[test]
fn positions_that_do_not_exist_are_passed_over_when_subjects_are_picked() {
    let rows = [[Some(1.0), Some(2.0)], [Some(2.0), Some(2.0)]];
    let table = SparseRatingTable::from_rows(Categories::numbered(1, 2).unwrap(), &rows).unwrap();
    assert_eq!(table.pick(&[usize::MAX, 1, 2, usize::MAX / 2]), table.pick(&[1]));
}

#[test]
fn more_raters_than_a_facet_model_can_hold_are_refused_at_once() {
    let raters: Vec<Reference> = (0..100_000).map(|rater| format!("r{rater}").parse().unwrap()).collect();
    let (person, criterion) = ("p".parse().unwrap(), "listens".parse().unwrap());
    let (step, steps) = (Step::new(2).unwrap(), StepCount::new(5).unwrap());
    let ratings = raters.iter().map(|rater| FacetRating { person: &person, rater, criterion: &criterion, step });
    let error = within(Duration::from_secs(5), || FacetData::new(steps, ratings).unwrap_err());
    assert_eq!(
        error.to_string(),
        "the number of raters and criteria of the data: found `100001`, allowed is at most 1000"
    );
}

#[test]
fn scores_by_a_hundred_thousand_raters_are_refused_at_once() {
    let score = |rater: u32| TotalScore {
        person: format!("p{}", rater % 10).parse().unwrap(),
        rater: format!("r{rater}").parse().unwrap(),
        score: Real::new(f64::from(rater % 7)).unwrap(),
    };
    let scores: Vec<TotalScore> = (0..100_000).map(score).collect();
    let refused = within(Duration::from_secs(5), || LinearAdjustment::of(&scores));
    assert_eq!(refused, Err(Undefined::NotIdentified {}), "each rater has one score");
}

#[test]
fn scores_at_the_ends_of_the_numbers_have_no_adjustment() {
    for large in [1e154, 1e200, 1.7e308] {
        let score = |number: i32| TotalScore {
            person: format!("p{}", number / 4).parse().unwrap(),
            rater: format!("r{}", number % 4).parse().unwrap(),
            score: Real::new(if number % 3 == 0 { large } else { -large }).unwrap(),
        };
        let scores: Vec<TotalScore> = (0..24).map(score).collect();
        if let Ok(found) = LinearAdjustment::of(&scores) {
            assert!(found.persons().iter().all(|one| one.adjusted().value().is_finite()), "{large}");
        }
    }
}

#[test]
fn weights_by_rater_make_no_zero_of_self_ratings() {
    let weight = Weight::new(1).unwrap();
    let weights =
        RaterWeights { peer: weight, coach: weight, quality_reviewer: weight, customer: weight, machine: weight };
    let observed: Day = "2026-03-02".parse().unwrap();
    let own = Observation { points: Score::MAX, observed, by: RaterKind::SelfRater };
    assert_eq!(Aggregation::ByRater { weights }.of(&[own, own]), None);
    let coach = Observation { by: RaterKind::Coach, ..own };
    assert_eq!(Aggregation::ByRater { weights }.of(&[own, coach]), Some(Score::MAX));
}

#[test]
fn a_share_of_agreement_has_an_interval_within_0_and_1() {
    let rows = [[Some(1.0), Some(1.0)], [Some(1.0), Some(2.0)]];
    let table = SparseRatingTable::from_rows(Categories::numbered(1, 2).unwrap(), &rows).unwrap();
    let found = percent_agreement(&table, &Weights::identity(), LEVEL).unwrap();
    let interval = found.interval().unwrap();
    // Wilson's of 1 in 2.
    assert!((interval.lower() - 0.094_531).abs() < 1e-6 && (interval.upper() - 0.905_469).abs() < 1e-6, "{interval}");
}
