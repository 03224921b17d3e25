//! Rules that the schemas state too: the reader checks them as rules, so that a fault keeps its own code.

/// A rule that the schema of one member states in full.
pub(super) struct Stated {
    pub(super) rule: &'static str,
    #[cfg(feature = "schema")]
    type_name: &'static str,
    #[cfg(feature = "schema")]
    member: &'static str,
    #[cfg(feature = "schema")]
    keywords: &'static [(&'static str, u64)],
}

macro_rules! stated {
    ($($rule:literal: $type_name:literal $member:literal $keywords:expr),* $(,)?) => {
        &[$(Stated {
            rule: $rule,
            #[cfg(feature = "schema")]
            type_name: $type_name,
            #[cfg(feature = "schema")]
            member: $member,
            #[cfg(feature = "schema")]
            keywords: &$keywords,
        }),*]
    };
}

/// Lengths of lists only: of these all validators and generators make something, and none makes a second type.
pub(super) const STATED: &[Stated] = stated![
    "framework_skills_have_criteria": "SkillDefinition" "criteria" [("minItems", 1)],
    "rubric_criteria_count": "Rubric" "criteria" [("minItems", 1), ("maxItems", 64)],
    "rubric_rules_at_most_64": "Rubric" "rules" [("maxItems", 64)],
    "rubric_rule_has_effects": "CriticalRule" "effects" [("minItems", 1)],
];

#[cfg(feature = "schema")]
impl Stated {
    /// Puts the keywords into the schema of the member.
    pub(super) fn apply(&self, types: &mut std::collections::BTreeMap<String, serde_json::Value>) {
        let member =
            types.get_mut(self.type_name).and_then(|one| one.pointer_mut(&format!("/properties/{}", self.member)));
        if let Some(schema) = member.and_then(serde_json::Value::as_object_mut) {
            schema.extend(self.keywords.iter().map(|(word, bound)| ((*word).to_owned(), (*bound).into())));
        }
    }
}
