use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::Activity;
use crate::framework::Framework;
use crate::planning::circle;
use crate::profile::RoleLibrary;
use crate::value::strict::document;
use crate::value::{
    Extensions, Fault, Faults, Key, Label, Language, Rule, SchemaVersion, Version, from_json, repeated,
};

document! {
    /// The activities from which plans are made.
    ///
    /// ```
    /// use service_excellence::ActivityLibrary;
    ///
    /// let library = ActivityLibrary::builtin();
    /// assert_eq!(library.activities().len(), 109);
    /// assert_eq!(library.activity("summary_back_drills").expect("a built-in activity").sessions.get(), 4);
    /// ```
    pub struct ActivityLibrary {
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
        /// The framework whose criteria the activities name.
        framework: Key,
        /// The activities.
        activities: Vec<Activity>,
        /// The host's own data.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        extensions: Option<Extensions>,
    }
    checked by ActivityLibrary::check
}

impl ActivityLibrary {
    /// The 109 activities that come with this crate, read from `content/activities.json`.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<ActivityLibrary> = LazyLock::new(|| {
            #[expect(clippy::expect_used, reason = "embedded content; a test reads it")]
            ActivityLibrary::from_json(include_str!("../../content/activities.json"))
                .expect("the built-in activities are valid")
        });
        &BUILTIN
    }

    /// Reads activities from JSON text.
    ///
    /// # Errors
    ///
    /// The text does not have the shape of an activity library (one fault, with its place), or it breaks rules (all
    /// of them).
    pub fn from_json(text: &str) -> Result<Self, Faults> {
        from_json(text)
    }

    /// The library's key.
    #[must_use]
    pub fn id(&self) -> &Key {
        &self.id
    }

    /// The version of its content.
    #[must_use]
    pub fn version(&self) -> &Version {
        &self.version
    }

    /// The activities.
    #[must_use]
    pub fn activities(&self) -> &[Activity] {
        &self.activities
    }

    /// The activity with this key.
    #[must_use]
    pub fn activity(&self, key: &str) -> Option<&Activity> {
        self.activities.iter().find(|activity| activity.key.as_str() == key)
    }

    /// Checks that the activities are for `framework`, and that all criteria, references and roles which they name exist.
    ///
    /// # Errors
    ///
    /// It is another framework than the one named, and every name that does not resolve.
    pub fn check_against(&self, framework: &Framework, roles: &RoleLibrary) -> Result<(), Faults> {
        let mut faults = Vec::new();
        if self.framework != *framework.id() {
            let message = format!("`{}`: allowed is `{}`, the framework at hand", self.framework, framework.id());
            faults.push(Fault::new(FRAMEWORK_MATCHES, "/framework", message));
        }
        let is_reference = |key: &Key| framework.document().references.iter().any(|one| one.key == *key);
        for (index, activity) in self.activities.iter().enumerate() {
            let criteria = activity.criteria.iter().filter(|key| framework.criterion(key.as_str()).is_none());
            let references = activity.references.iter().filter(|key| !is_reference(key));
            let audiences = activity.audience_roles.iter().filter(|key| roles.role(key.as_str()).is_none());
            let unknown = criteria.map(|key| ("criteria", key)).chain(references.map(|key| ("references", key)));
            for (list, key) in unknown.chain(audiences.map(|key| ("audience_roles", key))) {
                let message = format!("`{key}` is not known to framework `{}` or its roles", framework.id());
                faults.push(Fault::new(NAMES_FRAMEWORK, format!("/activities/{index}/{list}"), message));
            }
        }
        Faults::none_of(faults)
    }

    fn check(&self) -> Result<(), Faults> {
        let mut faults = Vec::new();
        for (index, activity) in repeated(&self.activities, |activity| &activity.key) {
            let message = format!("activity `{}` stands here already", activity.key);
            faults.push(Fault::new(ACTIVITY_KEYS_UNIQUE, format!("/activities/{index}/key"), message));
        }
        let known: BTreeSet<&Key> = self.activities.iter().map(|activity| &activity.key).collect();
        for (index, activity) in self.activities.iter().enumerate() {
            check_activity(activity, &known, &format!("/activities/{index}"), &mut faults);
        }
        if let Some(cycle) = self.cycle() {
            let message = format!("prerequisites go round in a circle: {}", told(&cycle));
            faults.push(Fault::new(PREREQUISITES_WITHOUT_CYCLE, "/activities", message));
        }
        Faults::none_of(faults)
    }

    /// A circle of prerequisites, its first member repeated at the end.
    fn cycle(&self) -> Option<Vec<&Key>> {
        let mut places: BTreeMap<&Key, usize> = BTreeMap::new();
        for (place, activity) in self.activities.iter().enumerate() {
            places.entry(&activity.key).or_insert(place);
        }
        let mut before: Vec<Vec<usize>> = vec![Vec::new(); self.activities.len()];
        for activity in &self.activities {
            let needed = activity.prerequisites.iter().filter_map(|key| places.get(key));
            if let Some(own) = places.get(&activity.key).and_then(|place| before.get_mut(*place)) {
                own.extend(needed);
            }
        }
        let circle = circle(&before)?;
        Some(circle.into_iter().filter_map(|place| self.activities.get(place)).map(|one| &one.key).collect())
    }
}

fn check_activity(activity: &Activity, known: &BTreeSet<&Key>, path: &str, faults: &mut Vec<Fault>) {
    let key = &activity.key;
    let mut fault = |rule, member: &str, message| {
        faults.push(Fault::new(rule, format!("{path}/{member}"), message));
    };
    if activity.level_from >= activity.level_to {
        let message = format!("from level {} to level {} leads nowhere", activity.level_from, activity.level_to);
        fault(LEVELS_RISE, "level_to", message);
    }
    if (activity.sessions.get() == 1) != (activity.gap_days.get() == 0) {
        let message = format!("{} sessions with {} days between them", activity.sessions, activity.gap_days);
        fault(GAP_BETWEEN_SESSIONS, "gap_days", message);
    }
    if activity.minutes.get() < u32::from(activity.sessions.get()) {
        let message = format!("{} minutes for {} sessions", activity.minutes, activity.sessions);
        fault(MINUTES_PER_SESSION, "minutes", message);
    }
    if let Some((index, one)) = repeated(&activity.criteria, |one| *one).first() {
        fault(CRITERIA_FIT, &format!("criteria/{index}"), format!("`{one}` stands here already"));
    }
    if usize::from(activity.max_criteria_per_run.get()) > activity.criteria.len() {
        let message = format!("{} of {} criteria", activity.max_criteria_per_run, activity.criteria.len());
        fault(CRITERIA_FIT, "max_criteria_per_run", message);
    }
    if activity.kind.is_teaching() != activity.assumed_gain().is_some() {
        let message = format!("`{key}` of kind `{}`: only teaching has a gain, and all teaching has", activity.kind);
        fault(TEACHING_HAS_GAIN, "gain", message);
    }
    if let Some((index, one)) = repeated(&activity.prerequisites, |one| *one).first() {
        fault(PREREQUISITES_KNOWN, &format!("prerequisites/{index}"), format!("`{one}` stands here already"));
    }
    let unknown = activity.prerequisites.iter().enumerate().filter(|(_, one)| !known.contains(one));
    for (index, one) in unknown {
        let message = format!("`{one}` is not an activity of this library");
        fault(PREREQUISITES_KNOWN, &format!("prerequisites/{index}"), message);
    }
}

/// The members of a circle, those in the middle left out when there are many.
fn told(cycle: &[&Key]) -> String {
    const SHOWN: usize = 4;
    let name = |key: &&Key| format!("`{key}`");
    let mut names: Vec<String> = cycle.iter().map(name).collect();
    if let Some(left_out) = names.len().checked_sub(2 * SHOWN + 1).filter(|count| *count > 0) {
        names.splice(SHOWN..SHOWN + left_out + 1, [format!("{} others", left_out + 1)]);
    }
    names.join(" needs ")
}

pub(crate) const LIBRARY_RULES: &[Rule] = &[
    ACTIVITY_KEYS_UNIQUE,
    LEVELS_RISE,
    GAP_BETWEEN_SESSIONS,
    MINUTES_PER_SESSION,
    CRITERIA_FIT,
    TEACHING_HAS_GAIN,
    PREREQUISITES_KNOWN,
    PREREQUISITES_WITHOUT_CYCLE,
];

const ACTIVITY_KEYS_UNIQUE: Rule = Rule::new("activity_keys_unique", "each activity key occurs once in `activities`");
const LEVELS_RISE: Rule = Rule::new("activity_levels_rise", "`level_from` is less than `level_to`");
const GAP_BETWEEN_SESSIONS: Rule =
    Rule::new("activity_gap_between_sessions", "`gap_days` is 0 exactly when `sessions` is 1");
const MINUTES_PER_SESSION: Rule =
    Rule::new("activity_minutes_per_session", "`minutes` is at least the number of sessions");
const CRITERIA_FIT: Rule = Rule::new(
    "activity_criteria_fit",
    "`criteria` names each criterion once, and `max_criteria_per_run` is at most their number",
);
const TEACHING_HAS_GAIN: Rule = Rule::new(
    "activity_teaching_has_gain",
    "`gain.kind` is `none` exactly when `kind` is `recognition`, `wellbeing_support` or `calibration`",
);
const PREREQUISITES_KNOWN: Rule =
    Rule::new("activity_prerequisites_known", "every prerequisite is an activity of the library, and named once");
const PREREQUISITES_WITHOUT_CYCLE: Rule =
    Rule::new("activity_prerequisites_without_cycle", "no activity needs itself, directly or through others");

/// The rules that need the framework and the roles as well as the activities.
pub(crate) const LIBRARY_FRAMEWORK_RULES: &[Rule] = &[FRAMEWORK_MATCHES, NAMES_FRAMEWORK];

const FRAMEWORK_MATCHES: Rule = Rule::new("activity_framework_matches", "`framework` is the `id` of the framework");

const NAMES_FRAMEWORK: Rule = Rule::new(
    "activity_names_framework",
    "every criterion, reference and role that an activity names is one of its framework or roles",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_activities_are_valid_and_name_the_built_in_framework() {
        let library = ActivityLibrary::builtin();
        assert_eq!(library.activities().len(), 109);
        library.check_against(Framework::builtin(), RoleLibrary::builtin()).unwrap();
    }

    #[test]
    fn a_circle_of_prerequisites_is_named() {
        let mut library = ActivityLibrary::builtin().clone();
        library.activities.truncate(3);
        let keys: Vec<Key> = library.activities.iter().map(|activity| activity.key.clone()).collect();
        for (activity, next) in library.activities.iter_mut().zip(keys.iter().cycle().skip(1)) {
            activity.prerequisites = vec![next.clone()];
        }
        let faults = library.check().unwrap_err();
        assert_eq!(faults.len(), 1, "{faults}");
        assert!(
            faults.to_string().starts_with(
                "prerequisites go round in a circle: `service_standards_induction` needs \
                 `customer_journey_walkthrough` needs `model_contact_review` needs `service_standards_induction`"
            ),
            "{faults}"
        );
    }

    #[test]
    fn a_prerequisite_is_named_once() {
        let mut library = ActivityLibrary::builtin().clone();
        let place = library.activities.iter().position(|one| !one.prerequisites.is_empty()).unwrap();
        let twice = library.activities[place].prerequisites[0].clone();
        library.activities[place].prerequisites.push(twice);
        assert!(library.check().unwrap_err().breaks("activity_prerequisites_known"));
    }

    #[test]
    fn a_circle_through_a_repeated_key_is_found() {
        let mut library = ActivityLibrary::builtin().clone();
        library.activities.truncate(1);
        let key = library.activities[0].key.clone();
        library.activities.push(library.activities[0].clone());
        library.activities[0].prerequisites = vec![key];
        let faults = library.check().unwrap_err();
        assert!(faults.breaks("activity_keys_unique") && faults.breaks("activity_prerequisites_without_cycle"));
    }

    #[test]
    fn session_minutes_add_up_to_the_whole() {
        for activity in ActivityLibrary::builtin().activities() {
            let minutes: Vec<u32> = activity.session_minutes().collect();
            assert_eq!(minutes.len(), usize::from(activity.sessions.get()));
            assert_eq!(minutes.iter().sum::<u32>(), activity.minutes.get(), "{}", activity.key);
        }
    }
}
