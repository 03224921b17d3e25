//! Jacobson and Truax 1991, J. Consulting and Clinical Psychology 59:12, worked example.

use service_excellence::statistics::{ChangeClass, ConfidenceLevel, CutOff, Norm, ReliableChange};

use crate::assert_near;

#[test]
fn the_worked_example_changes_reliably() {
    let change = ReliableChange::new(7.5, 0.8).unwrap();
    assert_near(change.standard_error_of_difference() / 2.0_f64.sqrt(), 3.35, 0.006);
    assert_near(change.standard_error_of_difference(), 4.74, 0.006);
    assert_near(change.index(32.5, 47.5).unwrap(), 3.16, 0.006);
    assert!(change.is_reliable(32.5, 47.5, ConfidenceLevel::NINETY_FIVE).unwrap());
}

#[test]
fn the_cut_offs_are_those_of_the_example() {
    let (start, target) = (Norm::new(40.0, 7.5).unwrap(), Norm::new(60.0, 7.5).unwrap());
    assert_near(CutOff::a(start, target).unwrap().score(), 55.0, 1e-12);
    assert_near(CutOff::b(start, target).unwrap().score(), 45.0, 1e-12);
    assert_near(CutOff::c(start, target).unwrap().score(), 50.0, 1e-12);
}

#[test]
fn the_example_counts_as_recovered_only_by_cut_off_b() {
    let change = ReliableChange::new(7.5, 0.8).unwrap();
    let (start, target) = (Norm::new(40.0, 7.5).unwrap(), Norm::new(60.0, 7.5).unwrap());
    let class = |cut_off| change.classify(32.5, 47.5, cut_off, ConfidenceLevel::NINETY_FIVE).unwrap();
    assert_eq!(class(CutOff::a(start, target).unwrap()), ChangeClass::Improved);
    assert_eq!(class(CutOff::b(start, target).unwrap()), ChangeClass::Recovered);
    assert_eq!(class(CutOff::c(start, target).unwrap()), ChangeClass::Improved);
}
