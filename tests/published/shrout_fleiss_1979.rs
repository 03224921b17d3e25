//! Shrout and Fleiss 1979, Psychological Bulletin 86:420, tables 2 to 4 (6 targets, 4 judges).

use service_excellence::statistics::{AnalysisOfVariance, ConfidenceLevel, IntraclassForm, MeasurementTable};

use crate::assert_near;

const RATINGS: [[f64; 4]; 6] = [
    [9.0, 2.0, 5.0, 8.0],
    [6.0, 1.0, 3.0, 2.0],
    [8.0, 4.0, 6.0, 8.0],
    [7.0, 1.0, 2.0, 6.0],
    [10.0, 5.0, 6.0, 9.0],
    [6.0, 2.0, 4.0, 7.0],
];

fn analysis() -> AnalysisOfVariance {
    AnalysisOfVariance::of(&MeasurementTable::from_rows(RATINGS).unwrap()).unwrap()
}

#[test]
fn the_mean_squares_are_those_of_table_3() {
    let analysis = analysis();
    assert_near(analysis.between_subjects(), 11.24, 0.006);
    assert_near(analysis.within_subjects(), 6.26, 0.006);
    assert_near(analysis.between_raters(), 32.49, 0.006);
    assert_near(analysis.residual(), 1.02, 0.006);
}

/// Printed value; then value and limits to eight decimals by R psych 2.2.9.
const FORMS: [(IntraclassForm, f64, [f64; 3]); 6] = [
    (IntraclassForm::OneWaySingle, 0.17, [0.165_741_77, -0.132_932_32, 0.722_560_06]),
    (IntraclassForm::AgreementSingle, 0.29, [0.289_763_78, 0.018_786_51, 0.761_084_37]),
    (IntraclassForm::ConsistencySingle, 0.71, [0.714_840_71, 0.342_464_77, 0.945_858_26]),
    (IntraclassForm::OneWayAverage, 0.44, [0.442_797_13, -0.884_442_16, 0.912_415_42]),
    (IntraclassForm::AgreementAverage, 0.62, [0.620_050_55, 0.071_136_82, 0.927_232_04]),
    (IntraclassForm::ConsistencyAverage, 0.91, [0.909_315_54, 0.675_674_71, 0.985_891_68]),
];

#[test]
fn the_six_forms_are_those_of_table_4() {
    for (form, printed, [value, lower, upper]) in FORMS {
        let found = analysis().intraclass_correlation(form, ConfidenceLevel::NINETY_FIVE).unwrap();
        assert_near(found.estimate().value(), printed, 0.0051);
        assert_near(found.estimate().value(), value, 5.1e-9);
        let interval = found.estimate().interval().unwrap();
        assert_near(interval.lower(), lower, 5.1e-9);
        assert_near(interval.upper(), upper, 5.1e-9);
    }
}
