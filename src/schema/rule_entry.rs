use super::root::{JOINTS, ROOTS};
use crate::value::Rule;

/// A rule with the documents that must keep it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RuleEntry {
    id: &'static str,
    statement: &'static str,
    documents: Vec<&'static str>,
    #[serde(skip)]
    is_joint: bool,
}

impl RuleEntry {
    /// The stable machine code, as in [`Rule::id`].
    #[must_use]
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// What holds in every valid document.
    #[must_use]
    pub fn statement(&self) -> &'static str {
        self.statement
    }

    /// The names of the documents: each file `schemas/v0/<name>.schema.json` describes one.
    #[must_use]
    pub fn documents(&self) -> &[&'static str] {
        &self.documents
    }

    /// Whether the rule holds between all [`documents`](Self::documents) together, such as an assessment and its
    /// rubric; the other rules hold in each of them alone.
    ///
    /// Reading a document does not check joint rules. [`Rubric::admit`](crate::Rubric::admit),
    /// [`Rubric::admit_compact`](crate::Rubric::admit_compact),
    /// [`RoleLibrary::check_against`](crate::RoleLibrary::check_against),
    /// [`ActivityLibrary::check_against`](crate::ActivityLibrary::check_against) and
    /// [`Profiler::for_role`](crate::Profiler::for_role) do; their faults point into the first document.
    #[must_use]
    pub fn is_joint(&self) -> bool {
        self.is_joint
    }

    fn new(rule: Rule, documents: Vec<&'static str>, is_joint: bool) -> Self {
        Self { id: rule.id(), statement: rule.statement(), documents, is_joint }
    }

    fn is_of(&self, rule: Rule) -> bool {
        (self.id, self.statement) == (rule.id(), rule.statement())
    }
}

/// Every rule that a JSON Schema cannot state, in the order in which documents build on each other; those that hold
/// between documents come last, once for each list of documents.
///
/// ```
/// use service_excellence::schema;
///
/// let rules = schema::rules();
/// let known = rules.iter().find(|rule| rule.id() == "admission_criteria_known").expect("a rule");
/// assert_eq!(known.documents(), ["assessment", "rubric"]);
/// assert!(known.is_joint());
/// ```
#[must_use]
pub fn rules() -> Vec<RuleEntry> {
    let mut entries: Vec<RuleEntry> = Vec::new();
    for root in ROOTS {
        for &rule in root.rules.iter().copied().flatten() {
            match entries.iter_mut().find(|entry| entry.is_of(rule)) {
                Some(entry) => entry.documents.push(root.name),
                None => entries.push(RuleEntry::new(rule, vec![root.name], false)),
            }
        }
    }
    let joint = JOINTS.iter().flat_map(|(documents, rules)| rules.iter().map(|rule| (documents.to_vec(), *rule)));
    entries.extend(joint.map(|(documents, rule)| RuleEntry::new(rule, documents, true)));
    entries
}
