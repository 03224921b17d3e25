//! The many-facet Rasch model on simulated ratings with known values, and where it has to refuse or to warn.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use service_excellence::calibration::{Facet, FacetData, FacetError, FacetFit, FacetModel, FacetRating};
use service_excellence::statistics::Undefined;
use service_excellence::value::{Step, StepCount};
use service_excellence::{Key, Reference};

#[path = "common/normal.rs"]
mod normal;
#[path = "common/random.rs"]
mod random;

use random::Random;

fn normals(random: &mut Random, count: usize, deviation: f64) -> Vec<f64> {
    (0..count).map(|_| deviation * random.normal()).collect()
}

struct Design {
    persons: usize,
    raters: usize,
    raters_each: usize,
    criteria: usize,
    steps: u8,
    deviation: f64,
}

struct Simulated {
    abilities: Vec<f64>,
    severities: Vec<f64>,
    ratings: Vec<(Reference, Reference, Key, Step)>,
    steps: StepCount,
}

fn centred(values: Vec<f64>) -> Vec<f64> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.into_iter().map(|value| value - mean).collect()
}

impl Simulated {
    fn new(seed: u64, design: &Design) -> Self {
        let mut random = Random(seed);
        let abilities = normals(&mut random, design.persons, design.deviation);
        let severities = centred(normals(&mut random, design.raters, 0.6));
        let difficulties = centred(normals(&mut random, design.criteria, 0.5));
        let middle = (f64::from(design.steps) - 2.0) / 2.0;
        let thresholds: Vec<f64> = (0..design.steps - 1).map(|step| f64::from(step) - middle).collect();
        let mut ratings = Vec::new();
        for (person, ability) in abilities.iter().enumerate() {
            let mut raters: Vec<(usize, f64)> = (0..design.raters).map(|rater| (rater, random.uniform())).collect();
            raters.sort_by(|one, other| one.1.total_cmp(&other.1));
            for (rater, _) in &raters[..design.raters_each] {
                for (criterion, difficulty) in difficulties.iter().enumerate() {
                    let step = draw(&mut random, ability - severities[*rater] - difficulty, &thresholds);
                    let names =
                        (format!("person-{person:04}"), format!("rater-{rater:02}"), format!("c{criterion:02}"));
                    ratings.push((
                        names.0.parse().unwrap(),
                        names.1.parse().unwrap(),
                        names.2.parse().unwrap(),
                        Step::new(step).unwrap(),
                    ));
                }
            }
        }
        Self { abilities, severities, ratings, steps: StepCount::new(design.steps).unwrap() }
    }

    fn data(&self) -> FacetData {
        let ratings = self.ratings.iter();
        let ratings =
            ratings.map(|(person, rater, criterion, step)| FacetRating { person, rater, criterion, step: *step });
        FacetData::new(self.steps, ratings).unwrap()
    }

    /// The slope of the estimated severities on the true ones.
    fn slope(&self, fit: &FacetFit) -> f64 {
        let found = fit.raters().iter().map(|rater| rater.measure().value());
        let products: f64 = found.zip(&self.severities).map(|(found, own)| found * own).sum();
        products / self.severities.iter().map(|own| own * own).sum::<f64>()
    }
}

fn draw(random: &mut Random, place: f64, thresholds: &[f64]) -> u8 {
    let mut exponents = vec![0.0];
    for threshold in thresholds {
        exponents.push(exponents[exponents.len() - 1] + place - threshold);
    }
    let sum: f64 = exponents.iter().map(|exponent: &f64| exponent.exp()).sum();
    let mut left = random.uniform() * sum;
    for (category, exponent) in exponents.iter().enumerate() {
        left -= exponent.exp();
        if left < 0.0 {
            return category as u8 + 1;
        }
    }
    exponents.len() as u8
}

/// The mean slope over a few seeds; single sets scatter by about 0.05.
fn mean_slope(model: &FacetModel, design: &Design) -> f64 {
    let slopes = (1..=6).map(|seed| {
        let simulated = Simulated::new(seed, design);
        simulated.slope(&model.fit(&simulated.data()).unwrap())
    });
    slopes.sum::<f64>() / 6.0
}

const SPARSE: Design = Design { persons: 300, raters: 10, raters_each: 2, criteria: 5, steps: 5, deviation: 1.2 };

#[test]
fn marginal_estimates_recover_severities_and_joint_ones_stretch_them() {
    let marginal = mean_slope(&FacetModel::rating_scale(), &SPARSE);
    let joint = mean_slope(&FacetModel::rating_scale().joint(), &SPARSE);
    let corrected = mean_slope(&FacetModel::rating_scale().joint().with_length_correction(), &SPARSE);
    assert!((0.95..=1.05).contains(&marginal), "marginal {marginal}");
    assert!((1.05..=1.2).contains(&joint), "joint {joint}");
    assert!((0.95..=1.06).contains(&corrected), "corrected {corrected}");
}

#[test]
fn with_one_rater_a_person_joint_estimation_is_refused_and_marginal_says_what_it_assumes() {
    let nested = Design { raters_each: 1, ..SPARSE };
    let data = Simulated::new(3, &nested).data();
    let error = FacetModel::rating_scale().joint().fit(&data).unwrap_err();
    let FacetError::NotLinked(unlinked) = &error else { panic!("{error}") };
    assert_eq!(unlinked.linkage().rater_groups().len(), 10);
    assert_eq!(unlinked.linkage().parts().len(), 1);
    assert!(error.to_string().starts_with("the ratings do not link raters `rater-00` with raters `rater-01`"));

    let fit = FacetModel::rating_scale().fit(&data).unwrap();
    assert!(fit.assumes_random_assignment());
    let slope = mean_slope(&FacetModel::rating_scale(), &nested);
    assert!((0.9..=1.1).contains(&slope), "{slope}");
}

#[test]
fn results_do_not_depend_on_the_number_of_nodes() {
    for design in [SPARSE, Design { persons: 60, raters: 12, raters_each: 12, ..SPARSE }] {
        let data = Simulated::new(7, &design).data();
        let one = FacetModel::rating_scale().fit(&data).unwrap();
        let four = FacetModel::rating_scale().with_finer_nodes(4).fit(&data).unwrap();
        let deviation = |fit: &FacetFit| fit.population().unwrap().standard_deviation().value();
        assert!((deviation(&one) - deviation(&four)).abs() < 1e-9);
        let log_likelihood = |fit: &FacetFit| fit.convergence().log_likelihood();
        assert!((log_likelihood(&one) - log_likelihood(&four)).abs() < 1e-8);
        for (one, four) in one.persons().iter().zip(four.persons()) {
            assert!((one.posterior().unwrap().value() - four.posterior().unwrap().value()).abs() < 1e-9);
        }
    }
}

/// With 100 ratings a person, fixed nodes get this variance wrong by half; see the reference on adaptive quadrature.
#[test]
fn the_variance_of_persons_is_that_of_the_true_values_when_all_raters_rate_everybody() {
    let design = Design { persons: 150, raters: 20, raters_each: 20, ..SPARSE };
    let simulated = Simulated::new(11, &design);
    let fit = FacetModel::rating_scale().fit(&simulated.data()).unwrap();
    let mean = simulated.abilities.iter().sum::<f64>() / 150.0;
    let true_variance = simulated.abilities.iter().map(|own| (own - mean).powi(2)).sum::<f64>() / 150.0;
    let found = fit.population().unwrap().standard_deviation().value().powi(2);
    assert!((found / true_variance - 1.0).abs() < 0.05, "found {found}, true {true_variance}");
}

#[test]
fn ninety_five_percent_intervals_of_severities_hold_the_true_values_about_as_often() {
    let (mut held, mut all) = (0, 0);
    for seed in 20..40 {
        let simulated = Simulated::new(seed, &Design { persons: 120, raters: 8, ..SPARSE });
        let fit = FacetModel::rating_scale().fit(&simulated.data()).unwrap();
        for (rater, own) in fit.raters().iter().zip(&simulated.severities) {
            held += u32::from(rater.measure().interval().unwrap().contains(*own));
            all += 1;
        }
    }
    // 160 intervals: 95 % plus or minus three standard errors of 1.7 points.
    let share = f64::from(held) / f64::from(all);
    assert!((0.90..=1.0).contains(&share), "{share}");
}

#[test]
fn a_fair_average_undoes_who_rated() {
    // Twins of equal ability: one met the mildest raters, the other the most severe.
    let mut simulated = Simulated::new(5, &Design { persons: 200, raters: 6, raters_each: 3, ..SPARSE });
    let order = {
        let mut order: Vec<usize> = (0..6).collect();
        order.sort_by(|a, b| simulated.severities[*a].total_cmp(&simulated.severities[*b]));
        order
    };
    let mut random = Random(99);
    for (name, raters) in [("twin-mild", &order[..2]), ("twin-severe", &order[4..])] {
        for rater in raters {
            for criterion in 0..5 {
                for _ in 0..20 {
                    let step = draw(&mut random, -simulated.severities[*rater], &[-1.5, -0.5, 0.5, 1.5]);
                    simulated.ratings.push((
                        name.parse().unwrap(),
                        format!("rater-{rater:02}").parse().unwrap(),
                        format!("c{criterion:02}").parse().unwrap(),
                        Step::new(step).unwrap(),
                    ));
                }
            }
        }
    }
    let fit = FacetModel::rating_scale().fit(&simulated.data()).unwrap();
    let twin = |name: &str| fit.person(&name.parse().unwrap()).unwrap();
    let (mild, severe) = (twin("twin-mild"), twin("twin-severe"));
    assert!(mild.raw_average() - severe.raw_average() > 0.4);
    let difference = fit.difference(mild.person(), severe.person()).unwrap();
    assert!(difference.interval().unwrap().contains(0.0), "{difference:?}");
    assert!((mild.fair_average().value() - severe.fair_average().value()).abs() < 0.2);
    // Their links run through uncertain severities, so the difference is less sure than the two errors say.
    let own = |one: &str| twin(one).measure().standard_error().unwrap();
    assert!(difference.standard_error().unwrap() > own("twin-mild").hypot(own("twin-severe")));
}

fn table(rows: &[(&str, &str, &str, u8)]) -> FacetData {
    let named: Vec<(Reference, Reference, Key, Step)> = rows
        .iter()
        .map(|(p, r, c, s)| (p.parse().unwrap(), r.parse().unwrap(), c.parse().unwrap(), Step::new(*s).unwrap()))
        .collect();
    let ratings =
        named.iter().map(|(person, rater, criterion, step)| FacetRating { person, rater, criterion, step: *step });
    FacetData::new(StepCount::new(5).unwrap(), ratings).unwrap()
}

#[test]
fn extreme_persons_and_raters_get_finite_measures_and_say_so() {
    let mut simulated = Simulated::new(8, &Design { persons: 60, raters: 4, ..SPARSE });
    for rater in ["rater-00", "rater-01"] {
        for criterion in 0..5 {
            let names =
                ("all-fives".parse().unwrap(), rater.parse().unwrap(), format!("c{criterion:02}").parse().unwrap());
            simulated.ratings.push((names.0, names.1, names.2, Step::new(5).unwrap()));
        }
    }
    for person in 0..8 {
        for criterion in 0..5 {
            let names = (format!("person-{person:04}"), "never-happy", format!("c{criterion:02}"));
            simulated.ratings.push((
                names.0.parse().unwrap(),
                names.1.parse().unwrap(),
                names.2.parse().unwrap(),
                Step::MIN,
            ));
        }
    }
    for model in [FacetModel::rating_scale(), FacetModel::rating_scale().joint(), FacetModel::partial_credit()] {
        let fit = model.fit(&simulated.data()).unwrap();
        let best = fit.person(&"all-fives".parse().unwrap()).unwrap();
        assert!(best.is_extreme() && best.fit().is_none());
        let others = || fit.persons().iter().filter(|one| !one.is_extreme());
        assert!(others().all(|one| one.measure().value() < best.measure().value()));
        let interval = best.fair_average().interval().unwrap();
        assert!(interval.upper() <= 5.0 && interval.upper() > best.fair_average().value() && interval.lower() > 3.0);
        let severe = fit.rater(&"never-happy".parse().unwrap()).unwrap();
        assert!(severe.is_extreme() && severe.fit().is_none());
        assert!(fit.raters().iter().all(|one| one.measure().value() <= severe.measure().value()));
        assert_eq!(fit.separation(Facet::Raters).unwrap().elements(), 4);
    }
}

#[test]
fn a_step_that_nobody_chose_is_named_and_merged_when_asked() {
    let mut simulated = Simulated::new(9, &SPARSE);
    for rating in &mut simulated.ratings {
        if rating.3.get() == 3 {
            rating.3 = Step::new(4).unwrap();
        }
    }
    let error = FacetModel::rating_scale().fit(&simulated.data()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "step `3` was never chosen, though lower and higher ones were: allowed is to merge it with its neighbour, when asked",
    );
    let fit = FacetModel::rating_scale().merging_empty_steps().fit(&simulated.data()).unwrap();
    let steps: Vec<u8> = fit.thresholds()[0].steps().iter().map(|step| step.get()).collect();
    assert_eq!(steps, [1, 2, 4, 5]);
    assert_eq!(fit.thresholds()[0].thresholds().len(), 3);
}

#[test]
fn partial_credit_takes_criteria_of_different_scales() {
    let simulated = Simulated::new(10, &SPARSE);
    let fold = |criterion: &Key, step: Step| {
        if criterion.as_str() == "c00" { Step::new(1 + u8::from(step.get() > 2)).unwrap() } else { step }
    };
    let ratings: Vec<(Reference, Reference, Key, Step)> =
        simulated.ratings.iter().map(|(p, r, c, s)| (p.clone(), r.clone(), c.clone(), fold(c, *s))).collect();
    let scales = |key: &Key| StepCount::new(if key.as_str() == "c00" { 2 } else { 5 }).unwrap();
    let rows =
        ratings.iter().map(|(person, rater, criterion, step)| FacetRating { person, rater, criterion, step: *step });
    let data = FacetData::with_scales(scales, rows).unwrap();
    let error = FacetModel::rating_scale().fit(&data).unwrap_err();
    assert!(matches!(&error, FacetError::DifferentScales(other) if other.criterion().as_str() == "c01"), "{error}");
    let fit = FacetModel::partial_credit().fit(&data).unwrap();
    assert_eq!(fit.thresholds().iter().map(|scale| scale.thresholds().len()).collect::<Vec<_>>(), [1, 4, 4, 4, 4]);
    assert!((0.85..=1.15).contains(&simulated.slope(&fit)));
}

#[test]
fn what_gives_no_measure_gives_a_reason() {
    let constant = table(&[("a", "r", "x", 3), ("a", "s", "x", 3), ("b", "r", "x", 3), ("b", "s", "x", 3)]);
    let error = FacetModel::rating_scale().fit(&constant).unwrap_err();
    assert_eq!(error, FacetError::Undefined(Undefined::NoVariation {}));
    // Each rater gives one step only: both are extreme, and nothing is left.
    let opposed = table(&[("a", "r", "x", 1), ("a", "s", "x", 2), ("b", "r", "x", 1), ("b", "s", "x", 2)]);
    assert_eq!(FacetModel::rating_scale().fit(&opposed).unwrap_err(), FacetError::Undefined(Undefined::Extreme {}));
    let apart = table(&[
        ("a", "r", "x", 1),
        ("a", "r", "x", 2),
        ("b", "r", "x", 2),
        ("b", "r", "x", 1),
        ("c", "s", "y", 1),
        ("c", "s", "y", 2),
        ("d", "s", "y", 2),
        ("d", "s", "y", 1),
    ]);
    let error = FacetModel::rating_scale().fit(&apart).unwrap_err();
    assert_eq!(error.to_string(), "the ratings do not link raters `r` with raters `s`");
}

#[test]
fn persons_who_do_not_differ_have_a_spread_at_the_boundary() {
    let found: Vec<bool> = (0..6)
        .map(|seed| {
            let simulated = Simulated::new(12 + seed, &Design { persons: 80, deviation: 0.0, ..SPARSE });
            let fit = FacetModel::rating_scale().fit(&simulated.data()).unwrap();
            assert!(fit.population().unwrap().standard_deviation().value() < 0.25);
            fit.population().unwrap().is_at_boundary()
        })
        .collect();
    assert!(found.contains(&true), "{found:?}");
}
