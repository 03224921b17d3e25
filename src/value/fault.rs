use std::collections::HashSet;
use std::fmt;
use std::hash::Hash;

use super::codes::codes;

/// A rule that a JSON Schema cannot state, such as "criterion keys are unique".
///
/// Every rule but [`Fault::SHAPE`] is listed in `schemas/v0/rules.json` under its stable [`id`](Rule::id), and by
/// [`schema::rules`](crate::schema::rules).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule {
    id: &'static str,
    statement: &'static str,
}

impl Rule {
    pub(crate) const fn new(id: &'static str, statement: &'static str) -> Self {
        Self { id, statement }
    }

    /// The stable machine code, such as `rubric_criterion_keys_unique`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        self.id
    }

    /// What holds in every valid document.
    #[must_use]
    pub const fn statement(self) -> &'static str {
        self.statement
    }
}

/// One broken rule: which, where, and what was found against what is allowed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} (at {}, {})", place(path), rule.id())]
pub struct Fault {
    rule: Rule,
    path: String,
    message: String,
}

impl Fault {
    /// The rule of every text that is no JSON document of the wanted shape.
    pub const SHAPE: Rule = Rule::new("shape", "the document is JSON and matches its schema");

    pub(crate) fn new(rule: Rule, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { rule, path: path.into(), message: message.into() }
    }

    /// The stable machine code: the [`id`](Rule::id) of the rule that is broken.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.rule.id
    }

    /// The rule that is broken.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// Where, as a JSON Pointer (RFC 6901) into the document; empty for the whole document. Pointers count from 0.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What was found and what is allowed, in words.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

fn place(path: &str) -> String {
    if path.is_empty() { "the document itself".to_owned() } else { format!("`{path}`") }
}

/// All the faults of one document, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

// What is wrong is said by the codes of the faults.
codes!(Faults = "rules_broken");

impl Faults {
    /// `Ok` when there is no fault.
    pub(crate) fn none_of(faults: Vec<Fault>) -> Result<(), Self> {
        if faults.is_empty() { Ok(()) } else { Err(Self(faults)) }
    }

    /// How many faults there are, one or more.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "never empty")]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The faults.
    pub fn iter(&self) -> std::slice::Iter<'_, Fault> {
        self.0.iter()
    }

    /// Whether one of the faults breaks the rule with this id.
    #[must_use]
    pub fn breaks(&self, rule_id: &str) -> bool {
        self.iter().any(|fault| fault.rule.id == rule_id)
    }
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self(vec![fault])
    }
}

impl<'a> IntoIterator for &'a Faults {
    type Item = &'a Fault;
    type IntoIter = std::slice::Iter<'a, Fault>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            if index > 0 {
                formatter.write_str("; ")?;
            }
            fault.fmt(formatter)?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

/// The items whose key stands earlier in the list already, with their index.
pub(crate) fn repeated<T, K: Eq + Hash>(items: impl IntoIterator<Item = T>, key: impl Fn(&T) -> K) -> Vec<(usize, T)> {
    let mut seen = HashSet::new();
    let items = items.into_iter();
    // Reserved for the usual length only: the list may be anybody's.
    seen.reserve(items.size_hint().0.min(64));
    items.enumerate().filter(|(_, item)| !seen.insert(key(item))).collect()
}
