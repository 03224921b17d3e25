//! Laws of reliability, change, pooling and comparison of groups.

#![expect(clippy::unwrap_used, reason = "a generated case that gives no value should stop the test")]

use proptest::prelude::*;
use service_excellence::statistics::{
    AnalysisOfVariance, BetaBinomialPooling, ConfidenceLevel, CrossedComponents, FourfoldTable, IncompleteTable,
    InternalConsistency, IntraclassForm, JamesStein, LimitsOfAgreement, MeasurementTable, NormalPooling, NormalPrior,
    Proportion, RateRatio, ReliableChange, Sample, StratifiedTables, TimeSeries, ratings_needed, spearman_brown,
};

const LEVEL: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;

fn near(one: f64, other: f64, tolerance: f64) -> bool {
    (one - other).abs() <= tolerance * (1.0 + one.abs().max(other.abs()))
}

/// Tables in which subjects, raters and both together vary.
fn tables() -> impl Strategy<Value = Vec<Vec<f64>>> {
    (3_usize..12, 2_usize..6).prop_flat_map(|(subjects, raters)| {
        prop::collection::vec(prop::collection::vec(-50.0..50.0_f64, raters), subjects)
    })
}

fn analysis(rows: &[Vec<f64>]) -> AnalysisOfVariance {
    AnalysisOfVariance::of(&MeasurementTable::from_rows(rows).unwrap()).unwrap()
}

/// The six forms; the lowest number stands for an undefined one.
fn correlations(rows: &[Vec<f64>]) -> Vec<f64> {
    let analysis = analysis(rows);
    let value = |form: &IntraclassForm| {
        analysis.intraclass_correlation(*form, LEVEL).map_or(f64::MIN, |found| found.estimate().value())
    };
    IntraclassForm::ALL.iter().map(value).collect()
}

fn counts() -> impl Strategy<Value = [[u32; 2]; 2]> {
    prop::array::uniform2(prop::array::uniform2(0_u32..40))
}

fn proportion() -> impl Strategy<Value = Proportion> {
    (0_u64..60).prop_flat_map(|n| (0..=n, Just(n))).prop_map(|(x, n)| Proportion::new(x, n).unwrap())
}

proptest! {
    // Many random tables are too small for the question.
    #![proptest_config(ProptestConfig { max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn scale_and_origin_change_no_correlation(rows in tables(), shift in -1e5..1e5_f64, scale in 0.01..100.0_f64) {
        let moved: Vec<Vec<f64>> =
            rows.iter().map(|row| row.iter().map(|value| value * scale + shift).collect()).collect();
        for (one, other) in correlations(&rows).into_iter().zip(correlations(&moved)) {
            prop_assert!(one <= f64::MIN || other <= f64::MIN || near(one, other, 1e-5), "{one} {other}");
        }
    }

    #[test]
    fn the_order_of_subjects_and_raters_changes_no_correlation(rows in tables()) {
        let turned: Vec<Vec<f64>> = rows.iter().rev().map(|row| row.iter().rev().copied().collect()).collect();
        for (one, other) in correlations(&rows).into_iter().zip(correlations(&turned)) {
            prop_assert!(near(one, other, 1e-9), "{one} {other}");
        }
    }

    #[test]
    fn offsets_between_raters_change_no_consistency(rows in tables(), offset in -100.0..100.0_f64) {
        let shifted: Vec<Vec<f64>> = rows
            .iter()
            .map(|row| row.iter().enumerate().map(|(rater, value)| if rater == 0 { value + offset } else { *value }).collect())
            .collect();
        let consistency = |rows: &[Vec<f64>]| {
            analysis(rows).intraclass_correlation(IntraclassForm::ConsistencySingle, LEVEL).unwrap().estimate().value()
        };
        prop_assert!(near(consistency(&rows), consistency(&shifted), 1e-9));
    }

    #[test]
    fn every_correlation_is_at_most_1_and_lies_in_its_interval(rows in tables()) {
        for form in IntraclassForm::ALL {
            let Ok(found) = analysis(&rows).intraclass_correlation(*form, LEVEL) else { continue };
            let value = found.estimate().value();
            prop_assert!(value <= 1.0);
            if !matches!(form, IntraclassForm::AgreementSingle | IntraclassForm::AgreementAverage) {
                prop_assert!(found.estimate().interval().unwrap().contains(value), "{found:?}");
            }
        }
    }

    #[test]
    fn averaged_consistency_is_cronbachs_alpha(rows in tables()) {
        let table = MeasurementTable::from_rows(&rows).unwrap();
        let consistency = analysis(&rows).intraclass_correlation(IntraclassForm::ConsistencyAverage, LEVEL).unwrap();
        let alpha = InternalConsistency::of(&table).unwrap().cronbach_alpha(LEVEL).unwrap();
        prop_assert!(near(alpha.value(), consistency.estimate().value(), 1e-9));
        let (one, other) = (alpha.interval().unwrap(), consistency.estimate().interval().unwrap());
        prop_assert!(near(one.lower(), other.lower(), 1e-9) && near(one.upper(), other.upper(), 1e-9));
    }

    #[test]
    fn averaged_forms_are_the_single_ones_stepped_up(rows in tables()) {
        let (forms, k) = (correlations(&rows), rows.first().unwrap().len() as f64);
        let (single, average) = forms.split_at(3);
        for (single, average) in single.iter().zip(average) {
            if *average > f64::MIN && let Ok(stepped) = spearman_brown(*single, k) {
                prop_assert!(near(stepped, *average, 1e-6), "{stepped} {average}");
            }
        }
    }

    #[test]
    fn a_complete_table_needs_no_likelihood(rows in tables()) {
        let expected = CrossedComponents::from_mean_squares(analysis(&rows)).unwrap();
        prop_assume!(expected.subjects() > 1.0 && expected.raters() > 1.0);
        let cell = |(subject, row): (usize, &Vec<f64>)| {
            row.iter().enumerate().map(|(rater, value)| (subject, rater, *value)).collect::<Vec<_>>()
        };
        let cells: Vec<_> = rows.iter().enumerate().flat_map(cell).collect();
        let found = IncompleteTable::new(&cells).unwrap().components().unwrap();
        prop_assert!(near(found.subjects(), expected.subjects(), 1e-6), "{found:?} {expected:?}");
        prop_assert!(near(found.raters(), expected.raters(), 1e-6), "{found:?} {expected:?}");
        prop_assert!(near(found.residual(), expected.residual(), 1e-6), "{found:?} {expected:?}");
    }

    #[test]
    fn as_many_ratings_as_needed_reach_the_wanted_reliability(one in 0.01..0.99_f64, wanted in 0.01..0.99_f64) {
        prop_assert!(near(spearman_brown(one, ratings_needed(one, wanted).unwrap()).unwrap(), wanted, 1e-12));
    }

    #[test]
    fn a_change_back_is_the_change_with_its_sign_turned(before in -9.0..9.0_f64, after in -9.0..9.0_f64, r in 0.0..0.99_f64) {
        let change = ReliableChange::new(2.0, r).unwrap();
        prop_assert!((change.index(before, after).unwrap() + change.index(after, before).unwrap()).abs() <= 0.0);
        let is_outside = !change.difference(before, after, LEVEL).unwrap().interval().unwrap().contains(0.0);
        prop_assert_eq!(change.is_reliable(before, after, LEVEL).unwrap(), is_outside);
    }

    #[test]
    fn fisher_does_not_care_how_the_table_lies(rows in counts()) {
        let [[a, b], [c, d]] = rows;
        let p = |rows| FourfoldTable::new(rows).fisher_p_value();
        prop_assert!((0.0..=1.0).contains(&p(rows)));
        for turned in [[[c, d], [a, b]], [[b, a], [d, c]], [[a, c], [b, d]]] {
            prop_assert!((p(rows) - p(turned)).abs() <= 1e-12);
        }
    }

    #[test]
    fn a_rate_ratio_lies_in_its_interval_and_its_verdict_follows(focal in proportion(), reference in proportion()) {
        let ratio = RateRatio::new(focal, reference).unwrap();
        if let Ok(estimate) = ratio.ratio(LEVEL) {
            prop_assert!(estimate.interval().is_none_or(|interval| interval.contains(estimate.value())));
            if (estimate.value() - 0.8).abs() > 1e-12 {
                prop_assert_eq!(ratio.is_below_four_fifths().unwrap(), estimate.value() < 0.8);
            }
        }
    }

    #[test]
    fn a_difference_of_shares_lies_in_its_interval_and_turns_with_the_order(one in proportion(), other in proportion()) {
        let Ok(found) = one.difference(other, LEVEL) else { return Ok(()) };
        let turned = other.difference(one, LEVEL).unwrap();
        let (interval, back) = (found.interval().unwrap(), turned.interval().unwrap());
        prop_assert!(interval.contains(found.value()));
        prop_assert!(near(interval.lower(), -back.upper(), 1e-12) && near(interval.upper(), -back.lower(), 1e-12));
    }

    #[test]
    fn strata_with_rows_exchanged_have_the_inverse_ratio(tables in prop::collection::vec(counts(), 1..6)) {
        let strata = StratifiedTables::new(tables.iter().map(|rows| FourfoldTable::new(*rows)));
        let turned = StratifiedTables::new(tables.iter().map(|[one, other]| FourfoldTable::new([*other, *one])));
        if let (Ok(one), Ok(other)) = (strata.odds_ratio(LEVEL), turned.odds_ratio(LEVEL)) {
            prop_assert!(near(one.value() * other.value(), 1.0, 1e-12));
            let (one, other) = (strata.breslow_day().ok(), turned.breslow_day().ok());
            prop_assert!(one.zip(other).is_none_or(|(one, other)| near(one.statistic(), other.statistic(), 1e-7)));
        }
        if let (Ok(plain), Ok(corrected)) = (strata.mantel_haenszel_test(), strata.mantel_haenszel_test_corrected()) {
            prop_assert!(corrected.statistic() <= plain.statistic());
        }
    }

    #[test]
    fn pooling_draws_each_group_towards_the_common_mean_and_not_beyond(
        groups in prop::collection::vec(prop::collection::vec(-9.0..9.0_f64, 1..7), 3..9),
    ) {
        let pooling = NormalPooling::new(&groups).unwrap();
        let Ok(prior) = pooling.estimate_prior() else { return Ok(()) };
        prop_assert!(prior.between() >= 0.0 && prior.within() > 0.0);
        for group in pooling.pool(LEVEL).unwrap() {
            let own = group.raw_mean().unwrap() - prior.mean();
            prop_assert!(group.effect() * own >= 0.0 && group.effect().abs() <= own.abs() + 1e-12);
            prop_assert!(group.estimate().interval().unwrap().contains(group.estimate().value()));
        }
    }

    #[test]
    fn more_values_of_ones_own_count_more(values in prop::collection::vec(0.0..5.0_f64, 1..9), between in 0.01..4.0_f64) {
        let prior = NormalPrior::new(2.5, between, 1.0).unwrap();
        let twice: Vec<f64> = values.iter().chain(&values).copied().collect();
        let pooled = NormalPooling::new(&[values, twice]).unwrap().pool_with(prior, LEVEL).unwrap();
        let (once, twice) = (pooled.first().unwrap(), pooled.last().unwrap());
        prop_assert!(once.own_weight() < twice.own_weight());
        prop_assert!(once.estimate().standard_error() > twice.estimate().standard_error());
    }

    #[test]
    fn pooled_shares_are_shares(groups in prop::collection::vec(proportion(), 3..9)) {
        let pooling = BetaBinomialPooling::new(&groups);
        if let Ok(shares) = pooling.pool(LEVEL) {
            prop_assert!(shares.iter().all(|share| (0.0..=1.0).contains(&share.value())));
            prop_assert!(shares.iter().all(|share| share.interval().is_none_or(|ends| ends.lower() >= 0.0 && ends.upper() <= 1.0)));
        }
    }

    #[test]
    fn james_and_stein_keep_order_and_mean(means in prop::collection::vec(-9.0..9.0_f64, 4..12), variance in 0.0..9.0_f64) {
        let pooled = JamesStein::of(&means, variance).unwrap();
        prop_assert!((0.0..=1.0).contains(&pooled.factor()));
        let mean = pooled.estimates().sum::<f64>() / means.len() as f64;
        prop_assert!(near(mean, pooled.common_mean(), 1e-12));
    }

    #[test]
    fn a_long_half_life_gives_the_plain_mean(values in prop::collection::vec(-9.0..9.0_f64, 2..12)) {
        let timed: Vec<_> = values.iter().enumerate().map(|(time, value)| (time as f64, *value)).collect();
        let series = TimeSeries::new(&timed).unwrap();
        let decayed = series.decayed_mean(1e12, LEVEL).unwrap();
        let plain = Sample::of(&values).unwrap().mean(LEVEL).unwrap();
        prop_assert!(near(decayed.estimate().value(), plain.value(), 1e-9));
        prop_assert!(near(decayed.effective_size(), values.len() as f64, 1e-9));
        prop_assert!(near(decayed.estimate().standard_error().unwrap(), plain.standard_error().unwrap(), 1e-7));
    }

    #[test]
    fn a_slope_turns_with_time(values in prop::collection::vec(-9.0..9.0_f64, 3..12)) {
        let slope = |sign: f64| {
            let timed: Vec<_> = values.iter().enumerate().map(|(time, value)| (sign * time as f64, *value)).collect();
            TimeSeries::new(&timed).unwrap().theil_sen_slope(LEVEL).unwrap().value()
        };
        prop_assert!(near(slope(1.0), -slope(-1.0), 1e-12));
    }

    #[test]
    fn limits_of_agreement_lie_evenly_around_the_bias(pairs in prop::collection::vec((-9.0..9.0_f64, -9.0..9.0_f64), 2..12)) {
        let limits = LimitsOfAgreement::of(&pairs, LimitsOfAgreement::MULTIPLIER, LEVEL).unwrap().unwrap();
        let middle = limits.lower().value().midpoint(limits.upper().value());
        prop_assert!(near(middle, limits.bias().value(), 1e-12));
    }
}
