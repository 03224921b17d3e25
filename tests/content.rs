//! The content files say what they should: checks beyond those that the crate's own readers make.
//!
//! `Framework`, `RoleLibrary` and `ActivityLibrary` refuse broken keys, incomplete anchors, names that do not
//! resolve and circles of prerequisites. Here stands what makes content good: wording, weights, coverage, sources.

#![expect(clippy::unwrap_used, reason = "a content file that cannot be read should stop the test")]

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use service_excellence::coaching::{ActivityKind, CostBand, Gain, Modality};
use service_excellence::framework::Activation;
use service_excellence::{Activity, ActivityLibrary, Criterion, Framework, Level, RoleLibrary, Skill};

const FILES: [(&str, &str); 7] = [
    ("framework", include_str!("../content/framework.json")),
    ("roles", include_str!("../content/roles.json")),
    ("activities", include_str!("../content/activities.json")),
    ("feedback", include_str!("../content/feedback.json")),
    ("recognition", include_str!("../content/recognition.json")),
    ("programme", include_str!("../content/programme.json")),
    ("rater_checks", include_str!("../content/rater_checks.json")),
];

/// Words that leave a rater to guess how much is enough.
const VAGUE: [&str; 19] = [
    "adequate",
    "adequately",
    "always",
    "appropriately",
    "consistently",
    "effectively",
    "excellent",
    "excellently",
    "frequently",
    "good",
    "occasionally",
    "often",
    "properly",
    "quite",
    "rarely",
    "really",
    "sometimes",
    "usually",
    "very",
];

fn read(name: &str) -> Value {
    let (_, text) = FILES.iter().find(|(file, _)| *file == name).unwrap();
    serde_json::from_str(text).unwrap()
}

fn list<'a>(document: &'a Value, name: &str) -> &'a [Value] {
    document[name].as_array().unwrap()
}

fn framework() -> &'static Framework {
    Framework::builtin()
}

fn criteria() -> impl Iterator<Item = &'static Criterion> {
    framework().criteria().map(|(_, criterion)| criterion)
}

fn activities() -> &'static [Activity] {
    ActivityLibrary::builtin().activities()
}

/// Every object member with its path, at any depth.
fn members<'a>(node: &'a Value, path: &str, found: &mut Vec<(String, String, &'a Value)>) {
    match node {
        Value::Object(object) => {
            for (name, member) in object {
                found.push((path.to_owned(), name.clone(), member));
                members(member, &format!("{path}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                members(item, &format!("{path}/{index}"), found);
            }
        }
        _ => {}
    }
}

fn members_of(node: &Value) -> Vec<(String, String, &Value)> {
    let mut found = Vec::new();
    members(node, "", &mut found);
    found
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let parts = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    parts.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

fn is_snake_case(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

fn forbidden(text: &str) -> Option<String> {
    let filler = "lorem ipsum";
    let is_placeholder = |word: &String| ["todo", "tbc", "tbd", "fixme"].contains(&word.as_str());
    words(text).find(is_placeholder).or(text.to_lowercase().contains(filler).then(|| filler.to_owned()))
}

fn vague(text: &str) -> Option<String> {
    words(text).find(|word| VAGUE.contains(&word.as_str()))
}

#[test]
fn the_framework_has_its_size() {
    assert_eq!(Skill::ALL.len(), 5);
    assert_eq!(criteria().count(), 24);
    assert_eq!(criteria().map(|one| one.anchors.len()).sum::<usize>(), 120);
    assert_eq!(RoleLibrary::builtin().roles().len(), 8);
    assert_eq!(activities().len(), 109);
}

#[test]
fn libraries_fit_the_framework() {
    RoleLibrary::builtin().check_against(framework()).unwrap();
    ActivityLibrary::builtin().check_against(framework(), RoleLibrary::builtin()).unwrap();
}

#[test]
fn every_file_says_what_it_is_and_belongs_to_the_framework() {
    for (name, _) in FILES {
        let document = read(name);
        assert_eq!(document["schema_version"], 1, "{name}");
        assert_eq!(document["language"], "en-GB", "{name}");
        let belongs_to = if name == "framework" { &document["id"] } else { &document["framework"] };
        assert_eq!(belongs_to, framework().id().as_str(), "{name}");
    }
}

#[test]
fn member_names_and_keys_are_snake_case() {
    for (file, _) in FILES {
        let document = read(file);
        for (path, name, member) in members_of(&document) {
            assert!(is_snake_case(&name), "{file}{path}: member `{name}`");
            let is_key = ["key", "id"].contains(&name.as_str());
            assert!(!is_key || is_snake_case(member.as_str().unwrap()), "{file}{path}/{name}: {member}");
        }
    }
}

#[test]
fn keys_are_unique_in_their_list() {
    for (file, _) in FILES {
        let document = read(file);
        for (path, name, member) in members_of(&document) {
            let Some(items) = member.as_array() else { continue };
            let keys: Vec<&str> = items.iter().filter_map(|item| item["key"].as_str()).collect();
            let different: BTreeSet<&str> = keys.iter().copied().collect();
            assert_eq!(different.len(), keys.len(), "{file}{path}/{name}");
        }
    }
}

#[test]
fn no_text_is_a_placeholder() {
    for (file, text) in FILES {
        assert_eq!(forbidden(text), None, "{file}");
    }
    assert!(forbidden("wording is TBC.").is_some() && forbidden("Lorem  ipsum, lorem ipsum").is_some());
    assert_eq!(forbidden("today the custodian"), None);
}

#[test]
fn anchors_are_8_to_30_words() {
    for criterion in criteria() {
        for anchor in &criterion.anchors {
            let count = anchor.text.as_str().split_whitespace().count();
            assert!((8..=30).contains(&count), "`{}` level {}: {count} words", criterion.key, anchor.level);
        }
    }
}

#[test]
fn anchors_have_no_vague_words() {
    for criterion in criteria() {
        for anchor in &criterion.anchors {
            assert_eq!(vague(anchor.text.as_str()), None, "`{}` level {}", criterion.key, anchor.level);
        }
    }
    assert!(vague("Listens Very closely").is_some() && vague("quite,").is_some());
    assert_eq!(vague("goodwill"), None);
}

#[test]
fn no_two_anchors_have_the_same_text() {
    let mut seen = BTreeMap::new();
    for criterion in criteria() {
        for anchor in &criterion.anchors {
            let earlier = seen.insert(anchor.text.as_str(), &criterion.key);
            assert_eq!(earlier, None, "`{}` level {}", criterion.key, anchor.level);
        }
    }
}

#[test]
fn weights_are_hundredths() {
    let skills: u32 = framework().skills().values().map(|skill| u32::from(skill.weight.get())).sum();
    assert_eq!(skills, 100);
    for (skill, definition) in framework().skills().iter() {
        let sum: u32 = definition.criteria.iter().map(|one| u32::from(one.weight.get())).sum();
        assert_eq!(sum, 100, "{skill}");
        assert!(definition.criteria.iter().all(|one| one.weight.get() < 100), "{skill}");
        assert!((3..=5).contains(&definition.criteria.len()), "{skill} has {} criteria", definition.criteria.len());
    }
    for role in RoleLibrary::builtin().roles() {
        let sum: u32 = role.skill_weights.values().map(|weight| u32::from(weight.get())).sum();
        assert_eq!(sum, 100, "{}", role.key);
    }
}

#[test]
fn criteria_have_examples_channels_in_order_and_cases_in_which_they_do_not_apply() {
    let channels: Vec<_> = framework().channels().iter().map(|channel| &channel.key).collect();
    for criterion in criteria() {
        let key = &criterion.key;
        assert!(!criterion.example_evidence.is_empty(), "{key}");
        let own: Vec<_> = criterion.channels.iter().map(|fit| &fit.channel).collect();
        assert_eq!(own, channels, "{key}");
        let is_critical = criterion.critical.as_ref().is_some_and(|one| one.activation == Activation::Default);
        assert!(is_critical || !criterion.not_applicable_when.is_empty(), "{key} names no case");
        assert!(criterion.critical.as_ref().is_none_or(|one| one.fails_at_or_below.get() <= 2), "{key}");
    }
}

#[test]
fn bands_rise_with_the_levels() {
    let bands = &framework().rules().bands;
    assert!(bands.iter().map(|band| band.level).eq(Level::all()));
    assert!(bands.is_sorted_by(|lower, higher| lower.from < higher.from));
}

#[test]
fn roles_ask_for_every_critical_criterion() {
    for role in RoleLibrary::builtin().roles() {
        for criterion in criteria().filter(|one| one.critical.is_some()) {
            let key = criterion.key.as_str();
            if criterion.critical.as_ref().is_some_and(|one| one.activation == Activation::Default) {
                assert!(role.minimum(key).is_some(), "{} has no minimum for {key}", role.key);
                assert!(role.applies(key), "{} leaves out {key}", role.key);
            }
        }
    }
}

#[test]
fn a_next_role_asks_for_a_higher_level_or_has_a_minimum_of_its_own() {
    for role in RoleLibrary::builtin().roles() {
        assert_eq!(role.next_roles.is_empty(), role.key.as_str() == "executive_sponsor", "{}", role.key);
        for next in &role.next_roles {
            let next = RoleLibrary::builtin().role(next.as_str()).unwrap();
            let asks_higher = Skill::ALL.iter().any(|skill| next.target_levels[*skill] > role.target_levels[*skill]);
            let mut minimums = next.minimum_levels.iter();
            let has_its_own = minimums.any(|one| Some(one.level) > role.minimum(one.criterion.as_str()));
            assert!(asks_higher || has_its_own, "`{}` asks for nothing that `{}` does not", next.key, role.key);
        }
    }
}

#[test]
fn roles_leave_enough_of_each_skill_to_rate() {
    let least = f64::from(framework().rules().minimum_applicable_share.millionths()) / 10_000.0;
    for role in RoleLibrary::builtin().roles() {
        for (skill, definition) in framework().skills().iter() {
            let left = definition.criteria.iter().filter(|one| role.applies(one.key.as_str()));
            let sum: u32 = left.map(|one| u32::from(one.weight.get())).sum();
            assert!(f64::from(sum) >= least, "{}: {sum} of {skill} left", role.key);
        }
    }
}

/// The weeks, minutes a week and cost within which every step has to be possible.
const WEEKS: usize = 12;
const MINUTES_PER_WEEK: u32 = 60;
const HIGHEST_COST: CostBand = CostBand::Low;

/// An activity with all that has to come before it, each after what it needs, whether or not the person has outgrown it.
fn with_prerequisites(activity: &Activity) -> Vec<&Activity> {
    let mut chain: Vec<&Activity> = Vec::new();
    for key in &activity.prerequisites {
        for one in with_prerequisites(ActivityLibrary::builtin().activity(key.as_str()).unwrap()) {
            if chain.iter().all(|other| other.key != one.key) {
                chain.push(one);
            }
        }
    }
    chain.push(activity);
    chain
}

/// The learner's minutes in each week of a run.
fn minutes_by_week(activity: &Activity) -> Vec<u32> {
    let week = |session: usize| session * usize::from(activity.gap_days.get()) / 7;
    let in_week = |number: usize| activity.session_minutes().enumerate().filter(move |(one, _)| week(*one) == number);
    let last = week(usize::from(activity.sessions.get()) - 1);
    (0..=last).map(|number| in_week(number).map(|(_, minutes)| minutes).sum()).collect()
}

/// Whether anybody may do it, with all that comes before it one after another, in a short plan with little time.
fn is_within_reach(activity: &Activity) -> bool {
    let chain = with_prerequisites(activity);
    let fits = |one: &&Activity| {
        one.audience_roles.is_empty()
            && one.cost_band <= HIGHEST_COST
            && minutes_by_week(one).iter().all(|minutes| *minutes <= MINUTES_PER_WEEK)
    };
    chain.iter().all(fits) && chain.iter().map(|one| minutes_by_week(one).len()).sum::<usize>() <= WEEKS
}

/// Whether nobody else has to take part: it is self-paced, or a habit, a debrief of one's own or a task done as a
/// customer inside normal work. A reset routine is agreed with the team lead first.
fn is_possible_alone(activity: &Activity) -> bool {
    let own = [ActivityKind::OnTheJobPractice, ActivityKind::AfterActionReview, ActivityKind::JobExperience];
    match activity.modality {
        Modality::SelfPaced => true,
        Modality::OnTheJob => own.contains(&activity.kind) && activity.key.as_str() != "reset_routine",
        Modality::InPerson | Modality::RemoteLive | Modality::Blended => false,
    }
}

/// The teaching activities within reach that move `criterion` up from `level`.
fn within_reach(criterion: &Criterion, level: Level) -> Vec<&'static Activity> {
    let moves = |one: &&Activity| {
        one.kind.is_teaching() && one.criteria.contains(&criterion.key) && one.suits(level) && is_within_reach(one)
    };
    activities().iter().filter(moves).collect()
}

fn steps() -> impl Iterator<Item = (&'static Criterion, Level)> {
    criteria().flat_map(|one| Level::all().filter(|level| *level < Level::MAX).map(move |level| (one, level)))
}

#[test]
fn every_step_has_two_activities_within_reach_and_three_if_it_is_critical() {
    let mut holes = Vec::new();
    for (criterion, level) in steps() {
        let least = if criterion.critical.is_some() { 3 } else { 2 };
        let found: Vec<&str> = within_reach(criterion, level).iter().map(|one| one.key.as_str()).collect();
        if found.len() < least {
            holes.push(format!("`{}` from level {level}: {found:?}, {least} wanted", criterion.key));
        }
    }
    assert!(holes.is_empty(), "{} holes:\n{}", holes.len(), holes.join("\n"));
}

#[test]
fn every_step_has_an_activity_within_reach_that_is_possible_alone() {
    let is_alone = |one: &&Activity| with_prerequisites(one).iter().all(|one| is_possible_alone(one));
    let is_hole = |step: &(&'static Criterion, Level)| !within_reach(step.0, step.1).iter().any(&is_alone);
    let holes: Vec<String> =
        steps().filter(is_hole).map(|(one, level)| format!("`{}` from {level}", one.key)).collect();
    assert!(holes.is_empty(), "nothing can be done alone:\n{}", holes.join("\n"));
}

#[test]
fn no_two_activities_share_a_text() {
    let mut seen = BTreeMap::new();
    for activity in activities() {
        let reason = match &activity.gain {
            Gain::Assumed { rationale, .. } | Gain::None { rationale, .. } => rationale.as_str(),
        };
        let texts =
            [activity.name.as_str(), activity.description.as_str(), activity.completion_evidence.as_str(), reason];
        for text in texts {
            let earlier = seen.insert(text, &activity.key);
            assert_eq!(earlier, None, "`{}`: {text}", activity.key);
        }
    }
}

#[test]
fn descriptions_of_activities_are_8_to_45_words() {
    for activity in activities() {
        let count = activity.description.as_str().split_whitespace().count();
        assert!((8..=45).contains(&count), "`{}`: {count} words", activity.key);
    }
}

#[test]
fn prerequisites_start_no_higher() {
    for activity in activities() {
        for prerequisite in &activity.prerequisites {
            let before = ActivityLibrary::builtin().activity(prerequisite.as_str()).unwrap();
            assert!(before.level_from <= activity.level_from, "`{prerequisite}` before `{}`", activity.key);
        }
    }
}

#[test]
fn every_kind_of_activity_is_used() {
    let used: BTreeSet<ActivityKind> = activities().iter().map(|activity| activity.kind).collect();
    let unused: Vec<_> = ActivityKind::ALL.iter().filter(|kind| !used.contains(kind)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn gains_are_cautious() {
    for activity in activities() {
        let gain = activity.assumed_gain().map(|gain| gain.get());
        assert!(gain.is_none_or(|gain| (1..=500).contains(&gain)), "{}: {gain:?}", activity.key);
        assert!(!activity.criteria.is_empty(), "{} works on nothing", activity.key);
    }
}

#[test]
fn feedback_groups_cover_the_scale_once() {
    for instrument in list(&read("feedback"), "instruments") {
        let values = list(instrument, "groups").iter().flat_map(|group| list(group, "values"));
        let mut values: Vec<i64> = values.map(|value| value.as_i64().unwrap()).collect();
        values.sort_unstable();
        let bound = |name: &str| instrument["scale"][name].as_i64().unwrap();
        assert!(values.iter().copied().eq(bound("min")..=bound("max")), "{}: {values:?}", instrument["key"]);
    }
}

#[test]
fn formulas_of_feedback_name_groups_of_their_instrument() {
    for instrument in list(&read("feedback"), "instruments") {
        let groups: Vec<&str> = list(instrument, "groups").iter().map(|group| group["id"].as_str().unwrap()).collect();
        for part in instrument["formula"].as_str().unwrap().split("count(").skip(1) {
            let (named, _) = part.split_once(')').unwrap();
            assert!(named == "valid" || groups.contains(&named), "{}: count({named})", instrument["key"]);
        }
    }
}

#[test]
fn skills_named_outside_the_framework_exist() {
    for (file, _) in FILES {
        let document = read(file);
        for (path, name, member) in members_of(&document) {
            if name == "skill" && !member.is_null() {
                assert!(member.as_str().unwrap().parse::<Skill>().is_ok(), "{file}{path}: {member}");
            }
        }
    }
}

#[test]
fn awards_say_what_they_rest_on() {
    for award in list(&read("recognition"), "awards") {
        let key = &award["key"];
        assert_eq!(award["basis"] == "skill_level", award["skill"].is_string(), "{key}");
        assert!(award["min_level"].is_null() || (1..=5).contains(&award["min_level"].as_i64().unwrap()), "{key}");
        assert!(award["min_growth"].is_null() || award["min_growth"].as_f64().unwrap() > 0.0, "{key}");
    }
}

#[test]
fn inputs_of_programme_checks_name_members_of_an_activity() {
    let activity = serde_json::to_value(&activities()[0]).unwrap();
    for check in list(&read("programme"), "checks") {
        let inputs = list(check, "inputs");
        assert!(!inputs.is_empty(), "{}", check["key"]);
        for member in inputs.iter().filter_map(|input| input.as_str().unwrap().strip_prefix("activity.")) {
            assert!(activity.get(member).is_some(), "{}: activity.{member}", check["key"]);
        }
    }
}

#[test]
fn rater_checks_need_a_number_of_ratings() {
    for check in list(&read("rater_checks"), "checks") {
        assert!(check["min_ratings"].as_u64().unwrap() > 0, "{}", check["key"]);
    }
}

#[test]
fn every_reference_resolves_and_every_publication_is_linked() {
    let known: BTreeSet<&str> = framework().document().references.iter().map(|one| one.key.as_str()).collect();
    let mut linked = BTreeSet::new();
    for (file, _) in FILES {
        let document = read(file);
        for (path, name, member) in members_of(&document) {
            let is_definition = file == "framework" && path.is_empty();
            if name != "references" || is_definition {
                continue;
            }
            for key in member.as_array().unwrap() {
                let key = key.as_str().unwrap();
                assert!(known.contains(key), "{file}{path}: `{key}`");
                linked.insert(key.to_owned());
            }
        }
    }
    let unused: Vec<_> = known.iter().filter(|key| !linked.contains(**key)).collect();
    assert!(unused.is_empty(), "never linked: {unused:?}");
}

#[test]
fn every_outside_framework_is_linked() {
    let named = framework().skills().values().flat_map(|skill| &skill.alignments).map(|one| &one.framework);
    let linked: BTreeSet<_> = named.collect();
    let unlinked = framework().document().outside_frameworks.iter().map(|one| &one.key);
    let unlinked: Vec<_> = unlinked.filter(|key| !linked.contains(key)).collect();
    assert!(unlinked.is_empty(), "never linked: {unlinked:?}");
}
