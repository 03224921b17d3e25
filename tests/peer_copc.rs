//! Critical accuracy as contact centres report it after COPC, from the scorecards of ten contacts.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "test helpers work on valid values")]

use service_excellence::assessment::Answer;
use service_excellence::framework::{Basis, CriticalClass};
use service_excellence::scoring::AccuracyTally;
use service_excellence::{Rubric, Scorecard, Scorer, Share, Skill};

#[path = "common/short.rs"]
#[expect(dead_code, reason = "this test writes few values")]
mod short;

use short::{assess, rated, rubric, yes_no};

const NON_CRITICAL: usize = 20;

/// Twenty non-critical items, then two critical for the customer, one for the business, one for compliance.
fn form() -> Rubric {
    let items = (0..NON_CRITICAL).map(|item| yes_no(&format!("item_{item}"), Skill::Empathy, 1));
    let critical = [
        ("tells_the_truth", CriticalClass::Customer),
        ("treats_with_respect", CriticalClass::Customer),
        ("keeps_the_price", CriticalClass::Business),
        ("checks_identity", CriticalClass::Compliance),
    ];
    let critical = critical.map(|(name, class)| yes_no(name, Skill::Empathy, 1).critical(class));
    items.chain(critical).fold(rubric(), |rubric, row| rubric.criterion(row)).build().unwrap()
}

fn scorecard(form: &Rubric, not_applicable: usize, misses: usize, failed: &[&str]) -> Scorecard {
    let item = |place: usize| match place {
        _ if place < not_applicable => Answer::NotApplicable,
        _ if place < not_applicable + misses => rated(1),
        _ => rated(2),
    };
    let mut row: Vec<Answer> =
        (0..form.criteria().len()).map(|place| if place < NON_CRITICAL { item(place) } else { rated(2) }).collect();
    for name in failed {
        row[form.position(name).unwrap()] = rated(1);
    }
    Scorer::new(form).score(&assess(form, &row, Basis::RecordedContactReview)).unwrap()
}

/// Ten contacts, 8 items not applicable in all, 12 missed.
fn ten_contacts() -> Vec<Scorecard> {
    let form = form();
    let mut cards = vec![
        scorecard(&form, 5, 3, &["tells_the_truth", "treats_with_respect"]),
        scorecard(&form, 3, 0, &["checks_identity"]),
        scorecard(&form, 0, 9, &[]),
    ];
    cards.extend((0..7).map(|_| scorecard(&form, 0, 0, &[])));
    cards
}

fn percent(share: Option<Share>) -> String {
    share.unwrap().percent(2)
}

#[test]
fn the_unit_of_critical_accuracy_is_the_contact() {
    let tally: AccuracyTally = ten_contacts().iter().map(Scorecard::accuracy).collect();
    assert_eq!(tally.contacts(), 10);
    assert_eq!(percent(tally.critical(CriticalClass::Customer)), "90.00", "two errors in one contact are one");
    assert_eq!(percent(tally.critical(CriticalClass::Business)), "100.00");
    assert_eq!(percent(tally.critical(CriticalClass::Compliance)), "90.00");
}

#[test]
fn the_unit_of_non_critical_accuracy_is_the_item_without_those_not_applicable() {
    let tally: AccuracyTally = ten_contacts().iter().map(Scorecard::accuracy).collect();
    assert_eq!(percent(tally.non_critical()), "93.75", "1 − 12 / 192");
}

#[test]
fn tallies_of_parts_merge_to_the_tally_of_the_whole() {
    let cards = ten_contacts();
    let whole: AccuracyTally = cards.iter().map(Scorecard::accuracy).collect();
    let (first, second) = cards.split_at(3);
    let mut merged: AccuracyTally = second.iter().map(Scorecard::accuracy).collect();
    merged.merge(&first.iter().map(Scorecard::accuracy).collect());
    assert_eq!(merged, whole);
}

#[test]
fn without_contacts_there_is_no_accuracy() {
    let nothing = AccuracyTally::default();
    assert_eq!(nothing.critical(CriticalClass::Customer), None);
    assert_eq!(nothing.non_critical(), None);
}
