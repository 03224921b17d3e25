//! Guilford 1954, Psychometric Methods, p. 282: three senior scientists judged seven junior ones on five traits of
//! creativity, on a scale of 1 to 9. The table that the manual of FACETS analyses.

use super::assert_near;
use service_excellence::calibration::{
    BiasKind, BiasSubject, BiasTerm, ElementMeasure, Estimation, Facet, FacetData, FacetFit, FacetModel, FacetRating,
    FitStatistics, Separation,
};
use service_excellence::value::{Step, StepCount};
use service_excellence::{Key, Reference};

const PERSONS: [&str; 7] = ["Anne", "Betty", "Chris", "David", "Edward", "Fred", "George"];
const RATERS: [&str; 3] = ["Avogadro", "Brahe", "Cavendish"];
const TRAITS: [&str; 5] = ["attack", "basis", "clarity", "daring", "enthusiasm"];

/// For each judge and person the ratings on the five traits.
const RATINGS: [[[u8; 5]; 7]; 3] = [
    [
        [5, 5, 3, 5, 3],
        [9, 7, 5, 8, 5],
        [3, 3, 3, 7, 1],
        [7, 3, 1, 3, 3],
        [9, 7, 7, 8, 5],
        [3, 5, 3, 5, 1],
        [7, 7, 5, 5, 5],
    ],
    [
        [6, 5, 4, 6, 3],
        [8, 7, 5, 7, 2],
        [4, 5, 3, 6, 6],
        [5, 6, 4, 5, 5],
        [2, 4, 3, 2, 3],
        [4, 4, 6, 4, 2],
        [3, 3, 5, 5, 4],
    ],
    [
        [5, 5, 5, 7, 3],
        [7, 7, 5, 7, 5],
        [3, 5, 5, 5, 5],
        [5, 3, 3, 3, 1],
        [9, 7, 7, 7, 7],
        [3, 3, 3, 5, 3],
        [7, 7, 7, 5, 7],
    ],
];

/// VGAM 1.1.7, with persons centred and raters floating.
const PERSON_MEASURES: [f64; 7] = [
    -0.0714688471660566,
    0.663832291690843,
    -0.2554327280811,
    -0.481518899779417,
    0.440696918847376,
    -0.584131153601398,
    0.28802241808975,
];

/// The same.
const RATER_MEASURES: [f64; 3] = [0.0396713946976569, 0.245396760402923, -0.0959941747315426];

/// The same.
const TRAIT_MEASURES: [f64; 5] =
    [-0.279996709827343, -0.147009500454202, 0.210855564574042, -0.302251162441629, 0.518401808149132];

/// The same.
const THRESHOLDS: [f64; 8] = [
    -0.690493773849066,
    -2.35199012083801,
    0.809322658234422,
    -1.48374584825387,
    1.71859802512307,
    -0.978895762628738,
    2.39261569120894,
    0.584589131003257,
];

/// Infit, outfit, their deviates, and the conditional standard error: VGAM and mfrmr 0.2.2.
const PERSON_FIT: [[f64; 5]; 7] = [
    [0.242278637136961, 0.238872931276931, -3.23579281136332, -3.24422725311946, 0.173753831237619],
    [0.621427784078053, 0.608493535542452, -1.13535107117296, -1.17804553298004, 0.181550516093541],
    [1.16410178404782, 1.26307305103072, 0.568490354734974, 0.817950523973616, 0.176797647549917],
    [1.34613713097097, 1.41214919178533, 0.999832030708568, 1.14704761587983, 0.183138810202838],
    [1.9914598234812, 1.99077016872767, 2.37406266320092, 2.36426052497707, 0.175993844780363],
    [0.716834852011075, 0.789146361285142, -0.755428416446044, -0.512896866710682, 0.186844672737238],
    [0.881997247292075, 0.862785753305793, -0.250934288450002, -0.311933471059307, 0.173714970197991],
];

/// Infit, outfit, their deviates, and the conditional standard error: VGAM and mfrmr 0.2.2.
const RATER_FIT: [[f64; 5]; 3] = [
    [0.849184202097811, 0.88010370573147, -0.627253774587158, -0.473465421481148, 0.11659625968805],
    [1.47521369478878, 1.52441064305315, 1.89562189230327, 2.05423812107997, 0.117827783280611],
    [0.672403551962872, 0.666324648195674, -1.5703112703615, -1.59493513399102, 0.116443712929982],
];

/// Infit, outfit, their deviates, and the conditional standard error: VGAM and mfrmr 0.2.2.
const TRAIT_FIT: [[f64; 5]; 5] = [
    [1.44723911515412, 1.44937190185205, 1.45304875595864, 1.45330096773187, 0.149116249188087],
    [0.607905400848788, 0.601450814809515, -1.48398508120967, -1.5085380567559, 0.148756117683839],
    [0.77237794433533, 0.839421807208426, -0.744340486427547, -0.476219123377053, 0.151172598922259],
    [0.916549137271574, 0.899695941512202, -0.199370239682612, -0.259280764444815, 0.149245658034028],
    [1.25386120832853, 1.32812452958496, 0.882686225106952, 1.08824924361264, 0.157093065538557],
];

/// Standard deviation, root mean square error, separation, strata, reliability and χ²: mfrmr 0.2.2.
const SEPARATIONS: [(Facet, [f64; 6]); 3] = [
    (
        Facet::Persons,
        [0.476317003902169, 0.17888937992395, 2.46771585979916, 3.62362114639889, 0.858948747704885, 41.3084321793191],
    ),
    (
        Facet::Raters,
        [0.171889423474851, 0.116957560062024, 1.07700516101834, 1.76934021469112, 0.537024201646071, 4.30025952373905],
    ),
    (
        Facet::Criteria,
        [0.355164123941092, 0.151109027306454, 2.12704051111006, 3.16938734814675, 0.818981634202169, 21.4089231031971],
    ),
];

fn data() -> FacetData {
    let names = |names: &[&str]| names.iter().map(|name| name.parse().unwrap()).collect::<Vec<Reference>>();
    let (persons, raters) = (names(&PERSONS), names(&RATERS));
    let traits: Vec<Key> = TRAITS.iter().map(|name| name.parse().unwrap()).collect();
    let mut ratings = Vec::new();
    for (rater, table) in raters.iter().zip(&RATINGS) {
        for (person, row) in persons.iter().zip(table) {
            for (criterion, step) in traits.iter().zip(row) {
                ratings.push(FacetRating { person, rater, criterion, step: Step::new(*step).unwrap() });
            }
        }
    }
    FacetData::new(StepCount::new(9).unwrap(), ratings).unwrap()
}

fn joint() -> FacetFit {
    FacetModel::rating_scale().joint().fit(&data()).unwrap()
}

/// The mean of the persons, which FACETS puts at 0 and we do not.
fn mean_of_persons(fit: &FacetFit) -> f64 {
    fit.persons().iter().map(|one| one.measure().value()).sum::<f64>() / fit.persons().len() as f64
}

#[test]
fn joint_estimates_are_those_of_vgam() {
    let fit = joint();
    let mean = mean_of_persons(&fit);
    for (person, expected) in fit.persons().iter().zip(PERSON_MEASURES) {
        assert_near(person.measure().value() - mean, expected, 1e-6);
    }
    for (rater, expected) in fit.raters().iter().zip(RATER_MEASURES) {
        assert_near(rater.measure().value() - mean, expected, 1e-6);
    }
    for (criterion, expected) in fit.criteria().iter().zip(TRAIT_MEASURES) {
        assert_near(criterion.measure().value(), expected, 1e-6);
    }
    for (threshold, expected) in fit.thresholds()[0].thresholds().iter().zip(THRESHOLDS) {
        assert_near(threshold.value(), expected, 1e-6);
    }
    assert_near(fit.convergence().log_likelihood(), -165.68498402128, 1e-8);
    assert_eq!(fit.convergence().parameters(), 7 + 2 + 4 + 7);
    assert_eq!(fit.model().estimation(), Estimation::Joint);
}

fn check_fit(fit: &FitStatistics, error: f64, expected: [f64; 5]) {
    let deviates = (fit.infit_deviate().unwrap(), fit.outfit_deviate().unwrap());
    let found = [fit.infit(), fit.outfit(), deviates.0, deviates.1, error];
    for (found, expected) in found.into_iter().zip(expected) {
        assert_near(found, expected, 1e-5);
    }
}

fn check_elements<Name>(elements: &[ElementMeasure<Name>], expected: &[[f64; 5]]) {
    assert_eq!(elements.len(), expected.len());
    for (element, expected) in elements.iter().zip(expected) {
        check_fit(element.fit().unwrap(), element.conditional_error(), *expected);
    }
}

#[test]
fn fit_and_errors_are_those_of_mfrmr() {
    let fit = joint();
    check_elements(fit.raters(), &RATER_FIT);
    check_elements(fit.criteria(), &TRAIT_FIT);
    for (person, expected) in fit.persons().iter().zip(PERSON_FIT) {
        check_fit(person.fit().unwrap(), person.measure().standard_error().unwrap(), expected);
    }
}

#[test]
fn separations_are_those_of_mfrmr() {
    for (facet, expected) in SEPARATIONS {
        let found: Separation = joint().separation(facet).unwrap();
        let numbers = [
            found.standard_deviation(),
            found.root_mean_square_error(),
            found.separation(),
            found.strata(),
            found.reliability(),
            found.chi_squared(),
        ];
        for (found, expected) in numbers.into_iter().zip(expected) {
            assert_near(found, expected, 1e-4);
        }
    }
}

fn brahe_with(person: &str, terms: &[BiasTerm]) -> BiasTerm {
    let person = BiasSubject::Person(person.parse().unwrap());
    terms.iter().find(|term| term.rater().as_str() == "Brahe" && *term.subject() == person).unwrap().clone()
}

/// FACETS stops at half a score point, about 0.02 logits short of the maximum; hence the tolerances of its printed
/// values, and the exact ones beside them.
#[test]
fn bias_of_brahe_is_that_of_facets() {
    let bias = joint().bias(BiasKind::RaterByPerson).unwrap();
    let david = brahe_with("David", bias.terms());
    let edward = brahe_with("Edward", bias.terms());
    assert_eq!((david.observed(), edward.observed()), (25.0, 14.0));
    assert_near(edward.expected(), 27.0156, 1e-4);
    assert_near(edward.expected(), 26.9867, 0.1);
    assert_near(edward.bias().value(), -1.302, 5e-4);
    assert_near(edward.bias().standard_error().unwrap(), 0.361, 5e-4);
    assert_near(david.expected(), 17.3, 0.1);
    assert_near(david.bias().value(), 0.71, 0.035);
    assert_near(david.bias().standard_error().unwrap(), 0.29, 0.011);
    assert_near(bias.chi_squared(), 42.80, 0.005);
    assert_eq!(bias.degrees(), 21);
}
