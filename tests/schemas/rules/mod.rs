//! A second opinion on every rule of `rules.json`, written from its statement and without the crate's own checks.

mod assessment;
mod calibration;
mod coaching;
mod feedback;
mod framework;
pub(crate) mod joint;
mod problem;
mod profile;
mod record;
mod rubric;
mod scorecard;
mod summary;
mod team;
pub(crate) mod value;

use std::collections::BTreeSet;

use serde_json::Value;
use service_excellence::schema::rules;

use crate::agreement::validator;
use crate::roots::ROOTS;

/// One rule of one document.
pub(crate) struct Row {
    pub(crate) document: &'static str,
    pub(crate) rule: &'static str,
    /// Whether a document that its schema accepts keeps the rule.
    pub(crate) holds: fn(&Value) -> bool,
    /// Makes the document's first seed break this rule and no other.
    pub(crate) breach: fn(&mut Value),
}

pub(crate) fn rows() -> impl Iterator<Item = &'static Row> {
    let rooms = [
        framework::ROWS,
        rubric::ROWS,
        assessment::ROWS,
        scorecard::ROWS,
        profile::ROWS,
        coaching::ROWS,
        problem::ROWS,
        feedback::ROWS,
        team::ROWS,
        record::ROWS,
        summary::ROWS,
        calibration::ROWS,
    ];
    rooms.into_iter().flatten()
}

/// The rules that a document breaks; the schema must accept it.
pub(crate) fn broken_rules(name: &str, document: &Value) -> BTreeSet<&'static str> {
    rows().filter(|row| row.document == name && !(row.holds)(document)).map(|row| row.rule).collect()
}

/// The rules that hold between these documents and are broken by them; each document must be valid by itself.
pub(crate) fn broken_joint_rules(names: &[&str], documents: &[Value]) -> BTreeSet<&'static str> {
    let rows = joint::ROWS.iter().filter(|row| row.documents == names && !(row.holds)(documents));
    let broken: BTreeSet<_> = rows.map(|row| row.rule).collect();
    let first = joint::judged_first(names).iter().find(|rule| broken.contains(*rule));
    first.map_or(broken, |rule| BTreeSet::from([*rule]))
}

/// The rules that an error of the crate names.
pub(crate) fn named_rules(error: &str) -> BTreeSet<&'static str> {
    let is_named = |id: &&str| [format!("`, {id})"), format!(" ({id})")].iter().any(|named| error.contains(named));
    rules().iter().map(|rule| rule.id()).filter(is_named).collect()
}

/// The rules of single values and intervals, which are checked while the document around them is read.
pub(crate) const RULES_OF_PARTS: [&str; 2] = ["at_most_six_decimals", "interval_ends_in_order"];

#[test]
fn every_rule_is_checked_for_each_of_its_documents() {
    let rules = rules();
    let listed: BTreeSet<_> = rules
        .iter()
        .filter(|rule| !rule.is_joint())
        .flat_map(|rule| rule.documents().iter().map(|document| (*document, rule.id())))
        .collect();
    let checked: BTreeSet<_> = rows().map(|row| (row.document, row.rule)).collect();
    assert_eq!(checked, listed);
    let joint: Vec<_> = rules.iter().filter(|rule| rule.is_joint()).map(|rule| (rule.documents(), rule.id())).collect();
    assert_eq!(joint::ROWS.iter().map(|row| (row.documents, row.rule)).collect::<Vec<_>>(), joint);
    assert_eq!(rows().count(), listed.len(), "a row stands twice");
    let ids: BTreeSet<_> = rules.iter().map(|rule| rule.id()).collect();
    let statements: BTreeSet<_> = rules.iter().map(|rule| (rule.id(), rule.statement())).collect();
    assert_eq!(ids.len(), statements.len(), "two rules share an id");
}

#[test]
fn every_rule_can_be_broken_alone() {
    for row in rows() {
        let root = ROOTS.iter().find(|root| root.name == row.document).unwrap();
        let validator = validator(root);
        let mut document = (root.seeds)().remove(0);
        (row.breach)(&mut document);
        let place = format!("{} of {}", row.rule, row.document);
        let is_in_schema = rules().iter().any(|rule| rule.id() == row.rule && rule.is_in_schema());
        assert_eq!(validator.is_valid(&document), !is_in_schema, "{place}: {:?}", validator.validate(&document));
        assert_eq!(broken_rules(root.name, &document), BTreeSet::from([row.rule]), "{place}");
        let error = (root.read)(&document).expect_err(&place);
        assert_eq!(named_rules(&error), BTreeSet::from([row.rule]), "{place}: {error}");
    }
}
