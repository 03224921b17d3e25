//! What holds for every coefficient of agreement, on random ratings; and what happens at the edges.

#![expect(clippy::unwrap_used, reason = "ratings made by a test are valid")]

use proptest::prelude::*;
use service_excellence::statistics::{
    AlphaMetric, Bootstrap, Categories, CategoryCounts, Coefficient, ConfidenceLevel, PairedRatings, Proportion,
    RatingTable, SparseRatingTable, Undefined, VerbalScale, Weights, brennan_prediger, cohen_kappa, conger_kappa,
    fleiss_kappa, fleiss_kappa_by_category, gwet_ac, kendall_w, krippendorff_alpha, light_kappa, percent_agreement,
};

#[path = "common/random.rs"]
mod random;

use random::Random;

const CONFIDENCE: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;
const GAP: u8 = SparseRatingTable::MISSING;

type Outcome = Result<Coefficient, Undefined>;

/// Rows of codes: subjects, raters and categories chosen at random, some ratings missing.
#[derive(Clone, Debug)]
struct Ratings {
    categories: u8,
    rows: Vec<Vec<u8>>,
}

impl Ratings {
    fn raters(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }

    fn scale(&self) -> Categories {
        Categories::numbered(1, i32::from(self.categories)).unwrap()
    }

    fn table(&self) -> SparseRatingTable {
        SparseRatingTable::from_codes(self.scale(), self.raters(), self.rows.concat()).unwrap()
    }

    fn map(&self, change: impl Fn(u8) -> u8) -> Self {
        let code = |code: &u8| if *code == GAP { GAP } else { change(*code) };
        Self { categories: self.categories, rows: self.rows.iter().map(|row| row.iter().map(code).collect()).collect() }
    }
}

fn ratings(gaps: u32) -> impl Strategy<Value = Ratings> {
    (2_u8..=8, 1_usize..=12, 2_usize..=5).prop_flat_map(move |(categories, subjects, raters)| {
        let code = prop_oneof![gaps => Just(GAP), 12 - gaps => 0..categories];
        let rows = prop::collection::vec(prop::collection::vec(code, raters), subjects);
        rows.prop_map(move |rows| Ratings { categories, rows })
    })
}

fn weights() -> impl Strategy<Value = Weights> {
    prop_oneof![
        Just(Weights::identity()),
        Just(Weights::linear()),
        Just(Weights::quadratic()),
        Just(Weights::gwet_ordinal()),
        Just(Weights::within(1)),
    ]
}

/// Every coefficient of a table with gaps, by name.
fn panel(table: &SparseRatingTable, weights: &Weights) -> Vec<(&'static str, Outcome)> {
    let weighted = AlphaMetric::Weights(weights.clone());
    vec![
        ("percent agreement", percent_agreement(table, weights, CONFIDENCE)),
        ("fleiss", fleiss_kappa(table, weights, CONFIDENCE)),
        ("gwet", gwet_ac(table, weights, CONFIDENCE)),
        ("brennan prediger", brennan_prediger(table, weights, CONFIDENCE)),
        ("conger", conger_kappa(table, weights, CONFIDENCE)),
        ("alpha, weights", krippendorff_alpha(table, &weighted)),
        ("alpha, nominal", krippendorff_alpha(table, &AlphaMetric::Nominal)),
        ("alpha, ordinal", krippendorff_alpha(table, &AlphaMetric::Ordinal)),
        ("alpha, interval", krippendorff_alpha(table, &AlphaMetric::Interval)),
        ("alpha, ratio", krippendorff_alpha(table, &AlphaMetric::Ratio)),
    ]
}

#[track_caller]
fn assert_same(found: &[(&'static str, Outcome)], expected: &[(&'static str, Outcome)]) {
    assert_eq!(found.len(), expected.len());
    for ((name, found), (_, expected)) in found.iter().zip(expected) {
        match (found, expected) {
            (Ok(found), Ok(expected)) => {
                assert_near(name, found.value(), expected.value(), 1e-12);
                assert_near(name, found.observed(), expected.observed(), 1e-12);
                assert_near(name, found.expected(), expected.expected(), 1e-12);
                assert_eq!(found.counts(), expected.counts(), "{name}");
                let errors = (found.standard_error(), expected.standard_error());
                assert_eq!(errors.0.is_some(), errors.1.is_some(), "{name}");
                assert_near(name, errors.0.unwrap_or(0.0), errors.1.unwrap_or(0.0), 1e-7);
            }
            _ => assert_eq!(found.as_ref().err(), expected.as_ref().err(), "{name}"),
        }
    }
}

#[track_caller]
fn assert_near(name: &str, found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{name}: found {found}, expected {expected}");
}

proptest! {
    #[test]
    fn the_order_of_subjects_changes_nothing(ratings in ratings(3), weights in weights(), shift in 0_usize..12) {
        let mut moved = ratings.clone();
        moved.rows.rotate_left(shift % ratings.rows.len());
        assert_same(&panel(&moved.table(), &weights), &panel(&ratings.table(), &weights));
    }

    /// The sums are whole numbers, so not even the last digit may differ.
    #[test]
    fn the_order_of_subjects_changes_no_digit_of_a_value(ratings in ratings(3), weights in weights(), shift in 0_usize..12) {
        let mut moved = ratings.clone();
        moved.rows.rotate_left(shift % ratings.rows.len());
        let values = |ratings: &Ratings| {
            let panel = panel(&ratings.table(), &weights);
            panel.into_iter().map(|(_, found)| found.map(|found| found.value().to_bits())).collect::<Vec<_>>()
        };
        prop_assert_eq!(values(&moved), values(&ratings));
    }

    #[test]
    fn the_order_of_raters_changes_nothing(ratings in ratings(3), weights in weights(), shift in 0_usize..5) {
        let mut moved = ratings.clone();
        let places = shift % ratings.raters();
        moved.rows.iter_mut().for_each(|row| row.rotate_left(places));
        assert_same(&panel(&moved.table(), &weights), &panel(&ratings.table(), &weights));
    }

    #[test]
    fn the_names_of_categories_change_nothing_without_weights(ratings in ratings(3), shift in 0_u8..8) {
        let renamed = ratings.map(|code| (code + shift) % ratings.categories);
        let nominal = |ratings: &Ratings| {
            let (table, identity) = (ratings.table(), Weights::identity());
            let mut found = panel(&table, &identity);
            found.retain(|(name, _)| !["alpha, ordinal", "alpha, interval", "alpha, ratio"].contains(name));
            found.push(("cohen", cohen_kappa(&table.pair(0, 1), &identity, CONFIDENCE)));
            found
        };
        assert_same(&nominal(&renamed), &nominal(&ratings));
    }

    #[test]
    fn turning_the_scale_round_changes_nothing_but_ratios(ratings in ratings(3), weights in weights()) {
        let turned = ratings.map(|code| ratings.categories - 1 - code);
        let without_ratio = |ratings: &Ratings| {
            let mut found = panel(&ratings.table(), &weights);
            found.retain(|(name, _)| *name != "alpha, ratio");
            found.push(("cohen", cohen_kappa(&ratings.table().pair(0, 1), &weights, CONFIDENCE)));
            found
        };
        assert_same(&without_ratio(&turned), &without_ratio(&ratings));
    }

    #[test]
    fn values_follow_from_observed_and_expected(ratings in ratings(3), weights in weights()) {
        let table = ratings.table();
        let mut found = panel(&table, &weights);
        found.push(("cohen", cohen_kappa(&table.pair(0, 1), &weights, CONFIDENCE)));
        for (name, coefficient) in found {
            let Ok(coefficient) = coefficient else { continue };
            let value = (coefficient.observed() - coefficient.expected()) / (1.0 - coefficient.expected());
            assert_near(name, coefficient.value(), value, 1e-9);
            prop_assert!(coefficient.value() <= 1.0, "{}", name);
            let score = coefficient.score_interval(CONFIDENCE);
            for interval in coefficient.interval().into_iter().chain(&score) {
                prop_assert!(interval.contains(coefficient.value()) && interval.upper() <= 1.0, "{}", name);
                prop_assert!(interval.width() > 0.0, "{}", name);
            }
            prop_assert_eq!(coefficient.interval().is_none(), coefficient.no_interval().is_some(), "{}", name);
        }
    }

    /// Every rater repeats the first: the value is 1 to the last digit, or there is a reason why there is none.
    #[test]
    fn complete_agreement_is_exactly_1_where_it_is_defined(ratings in ratings(0), weights in weights()) {
        let mut same = ratings.clone();
        for row in &mut same.rows {
            let first = row[0];
            row.fill(first);
        }
        let used: std::collections::BTreeSet<u8> = same.rows.iter().map(|row| row[0]).collect();
        let table = same.table();
        let mut found = panel(&table, &weights);
        let full = RatingTable::try_from(table).unwrap();
        found.push(("cohen", cohen_kappa(&full.pair(0, 1), &weights, CONFIDENCE)));
        found.push(("light", light_kappa(&full, &weights)));
        for (name, coefficient) in found {
            match coefficient {
                Ok(coefficient) => {
                    prop_assert_eq!(coefficient.value().to_bits(), 1.0_f64.to_bits(), "{}", name);
                    if name == "percent agreement" { continue }
                    prop_assert!(used.len() > 1, "{}", name);
                }
                Err(reason) => {
                    // Weights that call everything used an agreement leave nothing to disagree about.
                    prop_assert_eq!(reason, Undefined::NoVariation {}, "{}", name);
                    let lenient = weights == Weights::within(1);
                    prop_assert!(used.len() == 1 || lenient, "{}", name);
                }
            }
        }
        if used.len() > 1 {
            prop_assert!((kendall_w(&full).unwrap().w() - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn alpha_of_two_raters_without_gaps_is_scotts_pi_with_a_small_sample_term(ratings in ratings(0)) {
        let mut two = ratings.clone();
        two.rows.iter_mut().for_each(|row| row.truncate(2));
        let (table, n) = (two.table(), two.rows.len() as f64);
        let alpha = krippendorff_alpha(&table, &AlphaMetric::Nominal);
        let pi = fleiss_kappa(&table, &Weights::identity(), CONFIDENCE);
        match (alpha, pi) {
            (Ok(alpha), Ok(pi)) => {
                let expected = 1.0 - (2.0 * n - 1.0) / (2.0 * n) * (1.0 - pi.value());
                assert_near("alpha", alpha.value(), expected, 1e-12);
            }
            (alpha, pi) => prop_assert_eq!(alpha.err(), pi.err()),
        }
    }

    #[test]
    fn every_door_leads_to_the_same_coefficients(ratings in ratings(3), weights in weights()) {
        let scale = ratings.scale();
        let value = |code: u8| (code != GAP).then(|| f64::from(code) + 1.0);
        let rows: Vec<Vec<Option<f64>>> =
            ratings.rows.iter().map(|row| row.iter().map(|code| value(*code)).collect()).collect();
        let by_rows = SparseRatingTable::from_rows(scale.clone(), &rows).unwrap();
        let long: Vec<(usize, usize, f64)> = rows.iter().enumerate().flat_map(|(subject, row)| {
            row.iter().enumerate().filter_map(move |(rater, rating)| Some((subject, rater, (*rating)?)))
        }).collect();
        let by_long = SparseRatingTable::from_long(scale.clone(), long.iter().rev().copied()).unwrap();
        let expected = panel(&ratings.table(), &weights);
        assert_same(&panel(&by_rows, &weights), &expected);
        assert_same(&panel(&by_long, &weights), &expected);

        let count = |row: &[u8], category: u8| row.iter().filter(|code| **code == category).count() as u32;
        let counts: Vec<Vec<u32>> =
            ratings.rows.iter().map(|row| (0..ratings.categories).map(|category| count(row, category)).collect()).collect();
        let by_counts = CategoryCounts::from_rows(scale.clone(), &counts).unwrap();
        let by_category = CategoryCounts::from_long(scale, long.iter().map(|(subject, _, rating)| (*subject, *rating))).unwrap();
        for counts in [by_counts, by_category] {
            let values = [
                percent_agreement(&counts, &weights, CONFIDENCE), fleiss_kappa(&counts, &weights, CONFIDENCE),
                gwet_ac(&counts, &weights, CONFIDENCE), brennan_prediger(&counts, &weights, CONFIDENCE),
            ];
            for (found, (name, expected)) in values.into_iter().zip(&expected) {
                match (found, expected) {
                    (Ok(found), Ok(expected)) => {
                        assert_near(name, found.value(), expected.value(), 0.0);
                        assert_near(name, found.standard_error().unwrap_or(0.0), expected.standard_error().unwrap_or(0.0), 1e-7);
                    }
                    (found, expected) => prop_assert_eq!(found.as_ref().err(), expected.as_ref().err()),
                }
            }
        }
    }

    /// Two raters as a table and as pairs: the same values, errors by n − 1 and by n.
    #[test]
    fn pairs_and_tables_differ_only_in_the_divisor_of_the_error(ratings in ratings(0), weights in weights()) {
        let mut two = ratings.clone();
        two.rows.iter_mut().for_each(|row| row.truncate(2));
        let table = two.table();
        let pairs = table.pair(0, 1);
        let n = two.rows.len() as f64;
        for (as_table, as_pairs) in [
            (gwet_ac(&table, &weights, CONFIDENCE), gwet_ac(&pairs, &weights, CONFIDENCE)),
            (fleiss_kappa(&table, &weights, CONFIDENCE), fleiss_kappa(&pairs, &weights, CONFIDENCE)),
            (krippendorff_alpha(&table, &AlphaMetric::Ordinal), krippendorff_alpha(&pairs, &AlphaMetric::Ordinal)),
        ] {
            match (as_table, as_pairs) {
                (Ok(as_table), Ok(as_pairs)) => {
                    assert_near("value", as_table.value(), as_pairs.value(), 1e-12);
                    if let (Some(of_table), Some(of_pairs)) = (as_table.standard_error(), as_pairs.standard_error()) {
                        assert_near("error", of_pairs, of_table * ((n - 1.0) / n).sqrt(), 1e-7);
                    }
                }
                (as_table, as_pairs) => prop_assert_eq!(as_table.err(), as_pairs.err()),
            }
        }
        // Of two raters without gaps Conger's kappa is Cohen's.
        match (conger_kappa(&table, &weights, CONFIDENCE), cohen_kappa(&pairs, &weights, CONFIDENCE)) {
            (Ok(conger), Ok(cohen)) => assert_near("conger", conger.value(), cohen.value(), 1e-12),
            (conger, cohen) => prop_assert_eq!(conger.err(), cohen.err()),
        }
    }

    #[test]
    fn a_matrix_of_the_same_weights_gives_the_same(ratings in ratings(3)) {
        let q = f64::from(ratings.categories);
        let cell = |row: u8, column: u8| 1.0 - f64::from(row.abs_diff(column)) / (q - 1.0);
        let rows: Vec<Vec<f64>> =
            (0..ratings.categories).map(|row| (0..ratings.categories).map(|column| cell(row, column)).collect()).collect();
        let matrix = Weights::custom(&rows).unwrap();
        assert_same(&panel(&ratings.table(), &matrix), &panel(&ratings.table(), &Weights::linear()));
        let pair = ratings.table().pair(0, 1);
        let cohen = |weights: &Weights| vec![("cohen", cohen_kappa(&pair, weights, CONFIDENCE))];
        assert_same(&cohen(&matrix), &cohen(&Weights::linear()));
    }

    #[test]
    fn an_empty_subject_changes_nothing(ratings in ratings(3), weights in weights(), place in 0_usize..12) {
        let mut more = ratings.clone();
        more.rows.insert(place % (ratings.rows.len() + 1), vec![GAP; ratings.raters()]);
        assert_same(&panel(&more.table(), &weights), &panel(&ratings.table(), &weights));
    }

    #[test]
    fn a_subject_with_one_rating_does_not_count_in_alpha(ratings in ratings(3), extra in 0_u8..8) {
        let mut more = ratings.clone();
        let mut lone = vec![GAP; ratings.raters()];
        lone[0] = extra % ratings.categories;
        more.rows.push(lone);
        for metric in [AlphaMetric::Nominal, AlphaMetric::Ordinal, AlphaMetric::Interval] {
            let alpha = |ratings: &Ratings| krippendorff_alpha(&ratings.table(), &metric).map(|alpha| alpha.value());
            let (with, without) = (alpha(&more), alpha(&ratings));
            if without != Err(Undefined::NoData {}) {
                prop_assert_eq!(with, without);
            }
        }
    }
}

fn independent(subjects: usize, raters: usize, categories: u64) -> RatingTable {
    let mut random = Random(5);
    let codes = (0..subjects * raters).map(|_| (random.bits() % categories) as u8).collect();
    RatingTable::from_codes(Categories::numbered(1, categories as i32).unwrap(), raters, codes).unwrap()
}

#[test]
fn independent_ratings_agree_no_more_than_by_chance() {
    let table = independent(40_000, 3, 5);
    for weights in [Weights::identity(), Weights::linear(), Weights::quadratic()] {
        for (name, coefficient) in panel(table.as_ref(), &weights).into_iter().skip(1) {
            let value = coefficient.unwrap().value();
            assert!(value.abs() < 0.015, "{name}: {value}");
        }
        assert!(light_kappa(&table, &weights).unwrap().value().abs() < 0.015);
    }
    // The mean of W under chance is one over the number of raters.
    assert!((kendall_w(&table).unwrap().w() - 1.0 / 3.0).abs() < 0.005);
}

/// Of 400 sets of independent ratings, 95 % of the intervals should hold 0.
#[test]
fn intervals_hold_what_they_should_about_as_often_as_they_say() {
    let mut random = Random(11);
    let (mut gwet, mut fleiss, mut cohen) = (0, 0, 0);
    for _ in 0..400 {
        let codes = (0..160).map(|_| (random.bits() % 3) as u8).collect();
        let table = RatingTable::from_codes(Categories::numbered(1, 3).unwrap(), 2, codes).unwrap();
        let holds = |coefficient: Outcome| i32::from(coefficient.unwrap().interval().unwrap().contains(0.0));
        gwet += holds(gwet_ac(&table, &Weights::identity(), CONFIDENCE));
        fleiss += holds(fleiss_kappa(&table, &Weights::identity(), CONFIDENCE));
        cohen += holds(cohen_kappa(&table.pair(0, 1), &Weights::identity(), CONFIDENCE));
    }
    for (name, held) in [("gwet", gwet), ("fleiss", fleiss), ("cohen", cohen)] {
        assert!((364..=396).contains(&held), "{name}: {held} of 400");
    }
}

#[test]
fn two_raters_who_never_agree_have_the_alpha_of_minus_0_9() {
    let scale = Categories::numbered(1, 2).unwrap();
    let counts = [[0, 5], [5, 0]];
    let pairs = PairedRatings::from_counts(scale, &counts).unwrap();
    let alpha = krippendorff_alpha(&pairs, &AlphaMetric::Nominal).unwrap().value();
    assert_near("alpha", alpha, -0.9, 1e-14);
}

#[test]
fn everyone_in_one_category_has_percent_agreement_only() {
    let table = RatingTable::from_rows(Categories::numbered(1, 5).unwrap(), &[[3.0; 4]; 6]).unwrap();
    for (name, coefficient) in panel(table.as_ref(), &Weights::identity()) {
        match name {
            "percent agreement" => assert_near(name, coefficient.unwrap().value(), 1.0, 0.0),
            _ => assert_eq!(coefficient.unwrap_err(), Undefined::NoVariation {}, "{name}"),
        }
    }
    let reason = cohen_kappa(&table.pair(0, 1), &Weights::identity(), CONFIDENCE).unwrap_err();
    assert_eq!(reason.to_string(), "every rating is in one category, so agreement by chance would be complete too");
    assert_eq!(light_kappa(&table, &Weights::identity()).unwrap_err(), Undefined::NoVariation {});
    assert_eq!(kendall_w(&table).unwrap_err(), Undefined::NoVariation {});
    assert!(fleiss_kappa_by_category(&table, CONFIDENCE).iter().all(Result::is_err));
}

#[test]
fn an_error_of_0_is_no_evidence_and_two_subjects_are_never_almost_perfect() {
    let of = |rows: &[[f64; 2]]| RatingTable::from_rows(Categories::numbered(1, 2).unwrap(), rows).unwrap();
    let identity = Weights::identity();
    let agreed = of(&[[1.0, 1.0], [2.0, 2.0]]);
    let mut found = panel(agreed.as_ref(), &identity);
    found.push(("cohen", cohen_kappa(&agreed.pair(0, 1), &identity, CONFIDENCE)));
    // A rater who never varies.
    found.push(("constant", cohen_kappa(&of(&[[1.0, 1.0], [1.0, 2.0]]).pair(0, 1), &identity, CONFIDENCE)));
    for (name, coefficient) in found {
        let coefficient = coefficient.unwrap();
        let Some(score) = coefficient.score_interval(CONFIDENCE) else {
            assert!(name.starts_with("alpha"), "{name}");
            assert_eq!(coefficient.no_interval(), Some(Undefined::NoFormula {}), "{name}");
            continue;
        };
        if name == "percent agreement" {
            let wilson = Proportion::new(2, 2).unwrap().wilson(CONFIDENCE).unwrap();
            let (lower, wilson) = (coefficient.interval().unwrap().lower(), wilson.interval().unwrap().lower());
            assert_near(name, lower, wilson, 1e-12);
        } else {
            assert_eq!((coefficient.interval(), coefficient.no_interval()), (None, Some(Undefined::NoSpread {})));
        }
        assert_ne!(VerbalScale::LANDIS_KOCH.words(&score).lowest(), "almost perfect", "{name}");
        assert_ne!(VerbalScale::LANDIS_KOCH.words(&score).lowest(), "substantial", "{name}");
    }
}

#[test]
fn percent_agreement_of_two_raters_has_the_interval_of_wilson() {
    for (agreed, subjects) in [(7_u32, 8_u32), (19, 20), (0, 5), (30, 30)] {
        let counts = [[agreed, subjects - agreed], [0, 0]];
        let pairs = PairedRatings::from_counts(Categories::numbered(1, 2).unwrap(), &counts).unwrap();
        let found = *percent_agreement(&pairs, &Weights::identity(), CONFIDENCE).unwrap().interval().unwrap();
        let wilson = Proportion::new(agreed.into(), subjects.into()).unwrap().wilson(CONFIDENCE).unwrap();
        let wilson = wilson.interval().unwrap();
        assert_near("lower", found.lower(), wilson.lower(), 1e-12);
        assert_near("upper", found.upper(), wilson.upper(), 1e-12);
    }
}

#[test]
fn one_subject_has_a_value_and_no_error() {
    let table = RatingTable::from_rows(Categories::numbered(1, 3).unwrap(), &[[1.0, 2.0]]).unwrap();
    for (name, coefficient) in panel(table.as_ref(), &Weights::identity()) {
        let coefficient = coefficient.unwrap();
        assert_eq!((coefficient.standard_error(), coefficient.interval()), (None, None), "{name}");
    }
    assert_near("alpha", krippendorff_alpha(&table, &AlphaMetric::Nominal).unwrap().value(), 0.0, 0.0);
    assert_near("pi", fleiss_kappa(&table, &Weights::identity(), CONFIDENCE).unwrap().value(), -1.0, 0.0);
    assert_near("kappa", cohen_kappa(&table.pair(0, 1), &Weights::identity(), CONFIDENCE).unwrap().value(), 0.0, 0.0);
    let bootstrap = Bootstrap::bca(100, 1, CONFIDENCE).unwrap();
    assert_eq!(bootstrap.krippendorff_alpha(&table, &AlphaMetric::Nominal).unwrap().interval(), None);
}

#[test]
fn no_ratings_and_no_pairs_are_reasons_of_their_own() {
    let scale = Categories::numbered(1, 3).unwrap();
    let empty = SparseRatingTable::from_codes(scale.clone(), 3, vec![GAP; 6]).unwrap();
    let lone = SparseRatingTable::from_codes(scale.clone(), 2, vec![0, GAP, GAP, 2]).unwrap();
    for (table, reason) in [(&empty, Undefined::NoData {}), (&lone, Undefined::NoPairs {})] {
        for (name, coefficient) in panel(table, &Weights::identity()) {
            assert_eq!(coefficient.unwrap_err(), reason, "{name}");
        }
    }
    assert_eq!(cohen_kappa(&lone.pair(0, 1), &Weights::identity(), CONFIDENCE).unwrap_err(), Undefined::NoData {});
    assert_eq!(cohen_kappa(&lone.pair(0, 9), &Weights::identity(), CONFIDENCE).unwrap_err(), Undefined::NoData {});
    let none = RatingTable::from_codes(scale.clone(), 0, Vec::new()).unwrap();
    assert_eq!(light_kappa(&none, &Weights::identity()).unwrap_err(), Undefined::NoData {});
    assert!(matches!(kendall_w(&none), Err(Undefined::TooFewSubjects { .. })));
    let one_rater = RatingTable::from_codes(scale, 1, vec![0, 1]).unwrap();
    assert!(matches!(light_kappa(&one_rater, &Weights::identity()), Err(Undefined::TooFewRaters { .. })));
    assert!(matches!(kendall_w(&one_rater), Err(Undefined::TooFewRaters { .. })));
}

#[test]
fn a_rater_who_never_varies_has_a_kappa_of_exactly_0() {
    for weights in [Weights::identity(), Weights::linear(), Weights::quadratic(), Weights::gwet_ordinal()] {
        let pairs =
            PairedRatings::from_code_columns(Categories::numbered(1, 4).unwrap(), &[2; 7], &[0, 1, 2, 2, 3, 0, 3]);
        let kappa = cohen_kappa(&pairs.unwrap(), &weights, CONFIDENCE).unwrap();
        assert_eq!(kappa.value().to_bits(), 0.0_f64.to_bits());
    }
}

#[test]
fn declared_categories_count_even_if_nobody_chose_them() {
    let codes = vec![0, 0, 1, 1, 0, 1, 1, 1];
    let table = |last| SparseRatingTable::from_codes(Categories::numbered(1, last).unwrap(), 2, codes.clone()).unwrap();
    let identity = Weights::identity();
    let values = |last| {
        panel(&table(last), &identity)
            .into_iter()
            .map(|(name, found)| (name, found.unwrap().value()))
            .collect::<Vec<_>>()
    };
    for ((name, with_two), (_, with_five)) in values(2).into_iter().zip(values(5)) {
        let depends = ["gwet", "brennan prediger"].contains(&name);
        assert_eq!((with_two - with_five).abs() > 1e-9, depends, "{name}");
    }
}

#[test]
fn positions_and_values_weigh_differently_on_an_uneven_scale() {
    let scale = Categories::with_values(&[1.0, 2.0, 4.0, 8.0]).unwrap();
    let pairs = PairedRatings::from_code_columns(scale, &[0, 1, 2, 3, 0, 2], &[0, 2, 2, 3, 1, 3]).unwrap();
    let kappa = |weights| cohen_kappa(&pairs, &weights, CONFIDENCE).unwrap().value();
    assert!((kappa(Weights::linear()) - kappa(Weights::linear_on_values())).abs() > 1e-3);
    assert!((kappa(Weights::quadratic()) - kappa(Weights::quadratic_on_values())).abs() > 1e-3);
}

#[test]
fn ratios_need_categories_from_0_upwards() {
    let table = SparseRatingTable::from_codes(Categories::numbered(-1, 1).unwrap(), 2, vec![0, 1, 2, 2]).unwrap();
    assert_eq!(krippendorff_alpha(&table, &AlphaMetric::Ratio).unwrap_err(), Undefined::BelowZero {});
    let zeros = SparseRatingTable::from_codes(Categories::numbered(0, 2).unwrap(), 2, vec![0, 0, 1, 2, 2, 2]).unwrap();
    assert!(krippendorff_alpha(&zeros, &AlphaMetric::Ratio).unwrap().value() < 1.0);
}

#[test]
fn weights_of_another_size_are_refused_with_a_reason() {
    let table = independent(20, 2, 3);
    let weights = Weights::custom(&[[1.0, 0.5], [0.5, 1.0]]).unwrap();
    for (name, coefficient) in panel(table.as_ref(), &weights).into_iter().take(6) {
        assert!(matches!(coefficient, Err(Undefined::OtherCategories { .. })), "{name}");
    }
}

#[test]
fn more_than_255_raters_and_more_than_16_categories_are_counted_too() {
    let codes: Vec<u8> = (0..300_u32 * 20).map(|place| (place * place % 11 * (place % 3)) as u8).collect();
    let many = SparseRatingTable::from_codes(Categories::numbered(0, 29).unwrap(), 300, codes.clone()).unwrap();
    let long = codes.iter().enumerate().map(|(place, code)| (place / 300, place % 300, f64::from(*code)));
    let by_long =
        CategoryCounts::from_long(Categories::numbered(0, 29).unwrap(), long.map(|(s, _, c)| (s, c))).unwrap();
    let table: &CategoryCounts = many.as_ref();
    assert_eq!(table, &by_long);
    // Interval alpha without a table of categories: sums and sums of squares are enough.
    let alpha = krippendorff_alpha(&many, &AlphaMetric::Interval).unwrap().value();
    let values: Vec<f64> = codes.iter().map(|code| f64::from(*code)).collect();
    let spread = |values: &[f64]| {
        let (sum, squares) =
            values.iter().fold((0.0, 0.0), |(sum, squares), value| (sum + value, squares + value * value));
        values.len() as f64 * squares - sum * sum
    };
    let n = values.len() as f64;
    let observed: f64 = values.chunks(300).map(|unit| spread(unit) / 299.0).sum();
    assert_near("alpha", alpha, 1.0 - (n - 1.0) * observed / spread(&values), 1e-12);
}

#[test]
fn the_bootstrap_agrees_with_the_analytic_error() {
    let mut random = Random(3);
    let codes = (0..300).flat_map(|_| {
        let truth = random.bits() % 4;
        [0; 3].map(|_| if random.bits().is_multiple_of(3) { (random.bits() % 4) as u8 } else { truth as u8 })
    });
    let table = RatingTable::from_codes(Categories::numbered(1, 4).unwrap(), 3, codes.collect()).unwrap();
    let (pairs, weights) = (table.pair(0, 1), Weights::quadratic());
    for bootstrap in
        [Bootstrap::bca(2_000, 9, CONFIDENCE).unwrap(), Bootstrap::percentile(2_000, 9, CONFIDENCE).unwrap()]
    {
        for (drawn, analytic) in [
            (bootstrap.gwet_ac(&table, &weights), gwet_ac(&table, &weights, CONFIDENCE)),
            (bootstrap.fleiss_kappa(&table, &weights), fleiss_kappa(&table, &weights, CONFIDENCE)),
            (bootstrap.brennan_prediger(&table, &weights), brennan_prediger(&table, &weights, CONFIDENCE)),
            (bootstrap.percent_agreement(&table, &weights), percent_agreement(&table, &weights, CONFIDENCE)),
            (bootstrap.fleiss_kappa(&pairs, &weights), fleiss_kappa(&pairs, &weights, CONFIDENCE)),
            (bootstrap.cohen_kappa(&pairs, &weights), cohen_kappa(&pairs, &weights, CONFIDENCE)),
        ] {
            let (drawn, analytic) = (drawn.unwrap(), analytic.unwrap());
            assert_near("value", drawn.value(), analytic.value(), 0.0);
            let ratio = drawn.standard_error().unwrap() / analytic.standard_error().unwrap();
            assert!((ratio - 1.0).abs() < 0.1, "{ratio}");
            let (drawn, analytic) = (drawn.interval().unwrap(), analytic.interval().unwrap());
            assert!((drawn.lower() - analytic.lower()).abs() < 0.2 * analytic.width());
            assert!((drawn.upper() - analytic.upper()).abs() < 0.2 * analytic.width());
        }
    }
    // Conger's error, found by drawing rows of the table.
    let bootstrap = Bootstrap::percentile(500, 9, CONFIDENCE).unwrap();
    let conger = |table: &RatingTable| conger_kappa(table, &weights, CONFIDENCE);
    let drawn = bootstrap.estimate(300, |picks| conger(&table.pick(picks)).map(|conger| conger.value())).unwrap();
    let ratio = drawn.standard_error().unwrap() / conger(&table).unwrap().standard_error().unwrap();
    assert!((ratio - 1.0).abs() < 0.15, "{ratio}");
}

/// The quick bootstrap of sums, and the general one that draws rows, leave out and draw the same subjects.
#[test]
fn both_ways_to_bootstrap_alpha_agree() {
    let table = independent(25, 4, 3);
    let bootstrap = Bootstrap::bca(400, 77, CONFIDENCE).unwrap();
    let quick = bootstrap.krippendorff_alpha(&table, &AlphaMetric::Ordinal).unwrap();
    let alpha = |table: &RatingTable| krippendorff_alpha(table, &AlphaMetric::Ordinal).map(|alpha| alpha.value());
    let general = bootstrap.estimate(25, |picks| alpha(&table.pick(picks))).unwrap();
    assert_near("error", quick.standard_error().unwrap(), general.standard_error().unwrap(), 1e-12);
    assert_near("lower", quick.interval().unwrap().lower(), general.interval().unwrap().lower(), 1e-12);
    assert_near("upper", quick.interval().unwrap().upper(), general.interval().unwrap().upper(), 1e-12);
}

#[test]
fn the_same_seed_gives_the_same_interval_and_another_seed_another() {
    let table = independent(30, 3, 4);
    let interval = |seed| {
        let bootstrap = Bootstrap::bca(300, seed, CONFIDENCE).unwrap();
        *bootstrap.krippendorff_alpha(&table, &AlphaMetric::Nominal).unwrap().interval().unwrap()
    };
    assert_eq!(interval(1), interval(1));
    assert_ne!(interval(1), interval(2));
}
