use std::sync::LazyLock;

use crate::framework::{Basis, Framework, Level, SkillMap};
use crate::rubric::Rubric;
use crate::value::scalar::whole_number;
use crate::value::strict::{choice, document, object};
use crate::value::{
    Extensions, Fault, Faults, Fingerprint, Key, Label, Language, Rule, SchemaVersion, Share, Text, Version, Weight,
    from_json, repeated,
};

document! {
    /// The roles of an organisation, or of a framework.
    ///
    /// ```
    /// use service_excellence::{RoleLibrary, Skill};
    ///
    /// let role = RoleLibrary::builtin().role("senior_agent").expect("a built-in role");
    /// assert_eq!(role.target_levels[Skill::Empathy].get(), 4);
    /// ```
    pub struct RoleLibrary {
        /// The version of this shape.
        schema_version: SchemaVersion,
        /// The library's key.
        id: Key,
        /// The version of its content.
        version: Version,
        /// The language of its wording.
        language: Language,
        /// Its title.
        title: Label,
        /// The framework whose criteria the roles name.
        framework: Key,
        /// The roles.
        roles: Vec<RoleProfile>,
        /// The host's own data.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        extensions: Option<Extensions>,
    }
    checked by RoleLibrary::check
}

object! {
    /// What a role asks for.
    pub struct RoleProfile {
        /// The role's key.
        pub key: Key,
        /// Its name.
        pub name: Label,
        /// What it does.
        pub summary: Text,
        /// How it meets customers.
        pub customer_contact: CustomerContact,
        /// The channels it works in.
        pub typical_channels: Vec<Key>,
        /// The level that each skill should have.
        pub target_levels: SkillMap<Level>,
        /// How much each skill counts, relative to the others.
        pub skill_weights: SkillMap<Weight>,
        /// Levels that single criteria must have.
        pub minimum_levels: Vec<CriterionMinimum>,
        /// The criteria that matter most day by day.
        pub focus_criteria: Vec<Key>,
        /// The criteria that do not occur in the role.
        pub not_applicable_criteria: Vec<Key>,
        /// Weights of criteria that differ from the rubric's.
        pub criterion_weights: Vec<CriterionWeightOverride>,
        /// The kinds of evidence that fit the role.
        pub evidence_mix: Vec<Basis>,
        /// Largest shares of kinds of evidence that differ from the framework's.
        pub evidence_shares: Vec<EvidenceShare>,
        /// A rough guide to the level of responsibility in SFIA, from 1 to 7.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub sfia_level_hint: Option<SfiaLevel>,
        /// The roles of the library to which a person in this role may grow; the person chooses.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub next_roles: Vec<Key>,
        /// Why the role asks for this.
        pub rationale: Text,
        /// What keeps its use fair.
        pub fairness_note: Text,
    }
}

object! {
    /// Names exactly one role: its key, and the fingerprint of all that decides gaps.
    pub struct RolePin {
        /// The role's key.
        pub key: Key,
        /// The fingerprint of target levels, weights, minimums, criteria that do not apply and shares of evidence;
        /// wording and the roles that may come next take no part.
        pub structure: Fingerprint,
    }
}

impl std::fmt::Display for RolePin {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} ({})", self.key, self.structure.as_str().get(..12).unwrap_or_default())
    }
}

choice! {
    /// How a role meets customers.
    pub enum CustomerContact: "How a role meets customers" {
        /// It serves them itself.
        Direct = "direct",
        /// Sometimes itself, mostly through others.
        Mixed = "mixed",
        /// Through its work only.
        Indirect = "indirect",
    }
}

object! {
    /// The level that a criterion must have.
    pub struct CriterionMinimum {
        /// The criterion.
        pub criterion: Key,
        /// The lowest level.
        pub level: Level,
    }
}

object! {
    /// The weight that a criterion has in a role.
    pub struct CriterionWeightOverride {
        /// The criterion.
        pub criterion: Key,
        /// How much it counts inside its skill.
        pub weight: Weight,
    }
}

object! {
    /// The largest share of a kind of evidence in a role.
    pub struct EvidenceShare {
        /// The kind of evidence.
        pub basis: Basis,
        /// Its largest share of the observations behind a value.
        pub max_share: Share,
    }
}

whole_number! {
    /// A level of responsibility in SFIA, from 1 to 7.
    pub struct SfiaLevel(u8): "an SFIA level", 1 to 7
}

impl RoleLibrary {
    /// The eight roles that come with this crate, read from `content/roles.json`.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<RoleLibrary> = LazyLock::new(|| {
            #[expect(clippy::expect_used, reason = "embedded content; a test reads it")]
            RoleLibrary::from_json(include_str!("../../content/roles.json")).expect("the built-in roles are valid")
        });
        &BUILTIN
    }

    /// Reads roles from JSON text.
    ///
    /// # Errors
    ///
    /// The text does not have the shape of a role library (one fault, with its place), or it breaks rules.
    pub fn from_json(text: &str) -> Result<Self, Faults> {
        from_json(text)
    }

    /// The roles.
    #[must_use]
    pub fn roles(&self) -> &[RoleProfile] {
        &self.roles
    }

    /// The role with this key.
    #[must_use]
    pub fn role(&self, key: &str) -> Option<&RoleProfile> {
        self.roles.iter().find(|role| role.key.as_str() == key)
    }

    /// The key of the framework whose criteria the roles name.
    #[must_use]
    pub fn framework(&self) -> &Key {
        &self.framework
    }

    /// Checks that the roles are for `framework`, and that all criteria and channels which they name are its own.
    ///
    /// # Errors
    ///
    /// It is another framework than the one named, and every criterion and channel that it does not have.
    pub fn check_against(&self, framework: &Framework) -> Result<(), Faults> {
        let mut faults = Vec::new();
        if self.framework != *framework.id() {
            let message = format!("`{}`: allowed is `{}`, the framework at hand", self.framework, framework.id());
            faults.push(Fault::new(FRAMEWORK_MATCHES, "/framework", message));
        }
        for (index, role) in self.roles.iter().enumerate() {
            for (path, key) in role.criteria().filter(|(_, key)| framework.criterion(key.as_str()).is_none()) {
                let message = format!("`{key}` is not a criterion of framework `{}`", framework.id());
                faults.push(Fault::new(NAMES_FRAMEWORK, format!("/roles/{index}{path}"), message));
            }
            let is_known = |key: &Key| framework.channels().iter().any(|channel| channel.key == *key);
            for key in role.typical_channels.iter().filter(|key| !is_known(key)) {
                let message = format!("`{key}` is not a channel of framework `{}`", framework.id());
                faults.push(Fault::new(NAMES_FRAMEWORK, format!("/roles/{index}/typical_channels"), message));
            }
        }
        Faults::none_of(faults)
    }

    fn check(&self) -> Result<(), Faults> {
        let mut faults = Vec::new();
        for (index, role) in repeated(&self.roles, |role| &role.key) {
            let message = format!("role `{}` stands here already", role.key);
            faults.push(Fault::new(ROLE_KEYS_UNIQUE, format!("/roles/{index}/key"), message));
        }
        for (index, role) in self.roles.iter().enumerate() {
            role.check(&format!("/roles/{index}"), &mut faults);
            self.check_next_roles(role, &format!("/roles/{index}/next_roles"), &mut faults);
        }
        Faults::none_of(faults)
    }

    fn check_next_roles(&self, role: &RoleProfile, path: &str, faults: &mut Vec<Fault>) {
        let mut fault = |index: usize, found: &str| {
            let message = format!("expected another role of this library, found {found}");
            faults.push(Fault::new(NEXT_ROLES_KNOWN, format!("{path}/{index}"), message));
        };
        for (index, next) in repeated(&role.next_roles, |next| *next) {
            fault(index, &format!("`{next}` a second time"));
        }
        for (index, next) in role.next_roles.iter().enumerate() {
            if *next == role.key {
                fault(index, "the role itself");
            } else if self.role(next.as_str()).is_none() {
                fault(index, &format!("`{next}`"));
            }
        }
    }
}

pub(crate) const ROLE_RULES: &[Rule] =
    &[ROLE_KEYS_UNIQUE, ROLE_LISTS_UNIQUE, ROLE_DOES_NOT_NEED_WHAT_IT_LACKS, NEXT_ROLES_KNOWN];

const ROLE_KEYS_UNIQUE: Rule = Rule::new("role_keys_unique", "each role key occurs once in `roles`");
const ROLE_LISTS_UNIQUE: Rule = Rule::new(
    "role_lists_unique",
    "`minimum_levels`, `focus_criteria`, `not_applicable_criteria` and `criterion_weights` of a role name each \
     criterion once, and `evidence_shares` each kind of evidence once",
);
const ROLE_DOES_NOT_NEED_WHAT_IT_LACKS: Rule = Rule::new(
    "role_does_not_need_what_it_lacks",
    "no criterion in `not_applicable_criteria` of a role stands in its `minimum_levels`, `focus_criteria` or \
     `criterion_weights`",
);
const NEXT_ROLES_KNOWN: Rule =
    Rule::new("role_next_roles_known", "`next_roles` of a role names other roles of the library, each once");

/// The rules that need the framework as well as the roles.
pub(crate) const ROLE_FRAMEWORK_RULES: &[Rule] = &[FRAMEWORK_MATCHES, NAMES_FRAMEWORK];

/// The rules that need the rubric as well as the role.
pub(crate) const ROLE_RUBRIC_RULES: &[Rule] = &[NAMES_RUBRIC, LEVELS_HAVE_BANDS];

const FRAMEWORK_MATCHES: Rule = Rule::new("role_framework_matches", "`framework` is the `id` of the framework");

const NAMES_FRAMEWORK: Rule =
    Rule::new("role_names_framework", "every criterion and channel that a role names is one of its framework");

const NAMES_RUBRIC: Rule =
    Rule::new("role_names_rubric", "every criterion that a role names is one of the rubric by which people are judged");

const LEVELS_HAVE_BANDS: Rule = Rule::new(
    "role_levels_have_bands",
    "every level in a role's `target_levels` and `minimum_levels` is that of one of the rubric's bands",
);

impl RoleProfile {
    /// The role's key and the fingerprint of all that decides gaps.
    #[must_use]
    pub fn pin(&self) -> RolePin {
        let Self { key, target_levels, skill_weights, minimum_levels, criterion_weights, evidence_shares, .. } = self;
        let structure = serde_json::json!({
            "key": key, "target_levels": target_levels, "skill_weights": skill_weights, "minimum_levels": minimum_levels,
            "not_applicable_criteria": self.not_applicable_criteria, "criterion_weights": criterion_weights,
            "evidence_shares": evidence_shares,
        });
        RolePin { key: key.clone(), structure: Fingerprint::of(&structure) }
    }

    /// What keeps people in this role from being judged by `rubric`; paths start in the role.
    pub(super) fn check_against_rubric(&self, rubric: &Rubric, faults: &mut Vec<Fault>) {
        for (path, key) in self.criteria().filter(|(_, key)| rubric.criterion(key.as_str()).is_none()) {
            let message = format!("`{key}` is not a criterion of rubric `{}`", rubric.pin());
            faults.push(Fault::new(NAMES_RUBRIC, path, message));
        }
        let targets = self.target_levels.iter().map(|(skill, level)| (format!("/target_levels/{skill}"), *level));
        let minimums = self.minimum_levels.iter().enumerate();
        let minimums = minimums.map(|(index, one)| (format!("/minimum_levels/{index}/level"), one.level));
        let has_band = |level: Level| rubric.bands().iter().any(|band| band.level == level);
        for (path, level) in targets.chain(minimums).filter(|(_, level)| !has_band(*level)) {
            let mut levels: Vec<String> = rubric.bands().iter().map(|band| band.level.to_string()).collect();
            levels.sort();
            let allowed = levels.join(", ");
            let message = format!("level `{level}` has no band in rubric `{}`: allowed is {allowed}", rubric.pin());
            faults.push(Fault::new(LEVELS_HAVE_BANDS, path, message));
        }
    }

    /// The level that `criterion` must have in this role, if the role says so.
    #[must_use]
    pub fn minimum(&self, criterion: &str) -> Option<Level> {
        self.minimum_levels.iter().find(|minimum| minimum.criterion.as_str() == criterion).map(|minimum| minimum.level)
    }

    /// The weight of `criterion` in this role, if it differs from the rubric's.
    #[must_use]
    pub fn weight(&self, criterion: &str) -> Option<Weight> {
        self.criterion_weights.iter().find(|one| one.criterion.as_str() == criterion).map(|one| one.weight)
    }

    /// Whether `criterion` occurs in this role.
    #[must_use]
    pub fn applies(&self, criterion: &str) -> bool {
        !self.not_applicable_criteria.iter().any(|key| key.as_str() == criterion)
    }

    /// The lists in which the role names criteria, by their member.
    fn lists(&self) -> [(&'static str, Vec<&Key>); 4] {
        let minimums = self.minimum_levels.iter().map(|minimum| &minimum.criterion);
        let weights = self.criterion_weights.iter().map(|weight| &weight.criterion);
        [
            ("minimum_levels", minimums.collect()),
            ("focus_criteria", self.focus_criteria.iter().collect()),
            ("criterion_weights", weights.collect()),
            ("not_applicable_criteria", self.not_applicable_criteria.iter().collect()),
        ]
    }

    /// All criteria that the role names, some more than once, each with its place in the role.
    pub(super) fn criteria(&self) -> impl Iterator<Item = (String, &Key)> {
        let places = |(list, keys): (&'static str, Vec<_>)| {
            keys.into_iter().enumerate().map(move |(index, key)| (format!("/{list}/{index}"), key))
        };
        self.lists().into_iter().flat_map(places)
    }

    pub(super) fn check(&self, path: &str, faults: &mut Vec<Fault>) {
        let lists = self.lists();
        for (list, keys) in &lists {
            for (index, key) in repeated(keys, |key| **key) {
                let message = format!("`{key}` stands here already");
                faults.push(Fault::new(ROLE_LISTS_UNIQUE, format!("{path}/{list}/{index}"), message));
            }
            for (index, key) in keys.iter().enumerate().filter(|(_, key)| !self.applies(key.as_str())) {
                if *list != "not_applicable_criteria" {
                    let message = format!("`{key}` does not apply in role `{}`", self.key);
                    let path = format!("{path}/{list}/{index}");
                    faults.push(Fault::new(ROLE_DOES_NOT_NEED_WHAT_IT_LACKS, path, message));
                }
            }
        }
        for (index, share) in repeated(&self.evidence_shares, |share| share.basis) {
            let message = format!("`{}` stands here already", share.basis);
            faults.push(Fault::new(ROLE_LISTS_UNIQUE, format!("{path}/evidence_shares/{index}"), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_roles_are_valid_and_name_the_built_in_framework() {
        let roles = RoleLibrary::builtin();
        assert_eq!(roles.roles().len(), 8);
        roles.check_against(Framework::builtin()).unwrap();
    }

    #[test]
    fn a_next_role_is_another_role_of_the_library_named_once() {
        let mut roles = RoleLibrary::builtin().clone();
        for (next, found) in [
            (vec!["team_lead", "frontline_agent"], "the role itself"),
            (vec!["astronaut"], "`astronaut`"),
            (vec!["team_lead", "team_lead"], "`team_lead` a second time"),
        ] {
            roles.roles[0].next_roles = next.into_iter().map(|key| key.parse().unwrap()).collect();
            let faults = roles.check().unwrap_err();
            assert!(faults.breaks("role_next_roles_known") && faults.len() == 1, "{faults}");
            assert!(faults.to_string().contains(&format!("expected another role of this library, found {found}")));
        }
    }

    #[test]
    fn where_a_person_may_grow_to_does_not_change_the_pin() {
        let mut role = RoleLibrary::builtin().roles()[0].clone();
        let pin = role.pin();
        assert!(!role.next_roles.is_empty());
        role.next_roles.clear();
        assert_eq!(role.pin(), pin);
    }
}
