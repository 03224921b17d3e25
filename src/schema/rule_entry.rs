use super::root::{JOINTS, ROOTS};
use super::stated::STATED;
use crate::value::Rule;

/// A rule with the documents that must keep it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RuleEntry {
    id: &'static str,
    statement: &'static str,
    documents: Vec<&'static str>,
    #[serde(rename = "in_schema", skip_serializing_if = "is_false")]
    is_in_schema: bool,
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

    /// Whether the schemas of the documents state it too. Readers in other languages then need not check it; this crate
    /// names it all the same.
    #[must_use]
    pub fn is_in_schema(&self) -> bool {
        self.is_in_schema
    }

    fn new(rule: Rule, documents: Vec<&'static str>, is_joint: bool) -> Self {
        let is_in_schema = STATED.iter().any(|stated| stated.rule == rule.id());
        Self { id: rule.id(), statement: rule.statement(), documents, is_in_schema, is_joint }
    }

    fn is_of(&self, rule: Rule) -> bool {
        (self.id, self.statement) == (rule.id(), rule.statement())
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde asks for")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// Every rule that holds beside the types of members, in the order in which documents build on each other; those that hold
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
