use super::root::ROOTS;
use crate::value::Rule;

/// A rule with the documents that must keep it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RuleEntry {
    id: &'static str,
    statement: &'static str,
    documents: Vec<&'static str>,
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

    /// The names of the documents, as in [`SchemaDocument::name`](super::SchemaDocument::name).
    #[must_use]
    pub fn documents(&self) -> &[&'static str] {
        &self.documents
    }

    fn is_of(&self, rule: Rule) -> bool {
        (self.id, self.statement) == (rule.id(), rule.statement())
    }
}

/// Every rule that a JSON Schema cannot state, in the order of [`documents`](super::documents).
#[must_use]
pub fn rules() -> Vec<RuleEntry> {
    let mut entries: Vec<RuleEntry> = Vec::new();
    for root in ROOTS {
        for &rule in root.rules.iter().copied().flatten() {
            match entries.iter_mut().find(|entry| entry.is_of(rule)) {
                Some(entry) => entry.documents.push(root.name),
                None => {
                    entries.push(RuleEntry { id: rule.id(), statement: rule.statement(), documents: vec![root.name] });
                }
            }
        }
    }
    entries
}
