//! The law of the rules between documents: valid documents fit each other exactly when they break no joint rule.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use service_excellence::{
    ActivityLibrary, AssessmentDocument, CompactAssessment, EvidencePolicy, Faults, Framework, ProfileError, Profiler,
    RoleLibrary, Rubric,
};

use crate::mutation::Places;
use crate::random::Random;
use crate::rules::joint::ROWS;
use crate::rules::{broken_joint_rules, named_rules};
use crate::seeds;

const DOCUMENTS: usize = 6_000;

/// Documents that must fit each other, and how the crate checks that they do.
pub(crate) struct Joint {
    pub(crate) names: &'static [&'static str],
    pub(crate) seeds: fn() -> Vec<Value>,
    check: fn(&[Value]) -> Result<(), String>,
}

pub(crate) const JOINTS: &[Joint] = &[
    Joint { names: &["assessment", "rubric"], seeds: admission, check: admit },
    Joint { names: &["compact_assessment", "rubric"], seeds: compact, check: admit_compact },
    Joint { names: &["role_library", "framework"], seeds: roles_and_framework, check: check_roles },
    Joint { names: &["role_library", "rubric"], seeds: roles_and_rubric, check: check_roles_by_rubric },
    Joint { names: &["activity_library", "framework", "role_library"], seeds: activities, check: check_activities },
];

#[test]
fn documents_fit_exactly_when_they_break_no_joint_rule() {
    for joint in JOINTS {
        let seeds = (joint.seeds)();
        let places: Vec<_> = seeds.iter().map(Places::of).collect();
        let mut random = Random::new(1);
        let (mut fitting, mut refused) = (0, 0);
        for _ in 0..DOCUMENTS {
            // Mostly the first document, which the faults are about.
            let which = random.below(seeds.len() + 1).saturating_sub(1);
            let mut documents = seeds.clone();
            for row in ROWS.iter().filter(|row| row.documents == joint.names) {
                if random.below(8) == 0 && documents[0]["steps"].as_array().is_none_or(|steps| steps.len() == 3) {
                    (row.breach)(&mut documents[0]);
                }
            }
            let (damaged, damage) = places[which].damaged(&documents[which], &mut random);
            documents[which] = damaged;
            if !are_valid(joint, &documents) {
                continue;
            }
            if which > 0 && random.below(8) > 0 {
                name_rubric(&mut documents);
            }
            match judge(joint, &documents) {
                Ok(true) => fitting += 1,
                Ok(false) => refused += 1,
                Err(reason) => panic!("{:?}, {damage} of {}: {reason}; {documents:?}", joint.names, joint.names[which]),
            }
        }
        println!("{:?}: {fitting} fit, {refused} do not", joint.names);
        assert!(fitting.min(refused) > 50, "too light or too heavy damage tells nothing");
    }
}

#[test]
fn every_joint_rule_can_be_broken_alone() {
    for row in ROWS {
        let joint = JOINTS.iter().find(|joint| joint.names == row.documents).unwrap();
        let mut documents = (joint.seeds)();
        assert_eq!(judge(joint, &documents), Ok(true), "{:?}", joint.names);
        (row.breach)(&mut documents[0]);
        assert!(are_valid(joint, &documents), "{}", row.rule);
        assert_eq!(broken_joint_rules(joint.names, &documents), BTreeSet::from([row.rule]), "{}", row.rule);
        assert_eq!(judge(joint, &documents), Ok(false), "{}", row.rule);
    }
}

/// Whether the documents fit, or how the opinions on that differ.
pub(crate) fn judge(joint: &Joint, documents: &[Value]) -> Result<bool, String> {
    let broken = broken_joint_rules(joint.names, documents);
    let found = (joint.check)(documents).err();
    let named = found.as_deref().map(named_rules).unwrap_or_default();
    match (named == broken, found) {
        (true, found) => Ok(found.is_none()),
        (false, found) => Err(format!("broken is {broken:?}, the crate says {found:?}")),
    }
}

fn are_valid(joint: &Joint, documents: &[Value]) -> bool {
    joint.names.iter().zip(documents).all(|(name, document)| match *name {
        "assessment" => is::<AssessmentDocument>(document),
        "compact_assessment" => is::<CompactAssessment>(document),
        "rubric" => is::<Rubric>(document),
        "role_library" => is::<RoleLibrary>(document),
        "framework" => is::<Framework>(document),
        _ => is::<ActivityLibrary>(document),
    })
}

fn is<T: DeserializeOwned>(document: &Value) -> bool {
    serde_json::from_value::<T>(document.clone()).is_ok()
}

fn read<T: DeserializeOwned>(document: &Value) -> T {
    serde_json::from_value(document.clone()).unwrap()
}

fn in_words(result: Result<(), Faults>) -> Result<(), String> {
    result.map_err(|faults| faults.to_string())
}

pub(crate) fn admission() -> Vec<Value> {
    let (mut assessment, mut rubric) = (seeds::assessment().remove(0), seeds::rubric().remove(0));
    let mut closing = rubric["criteria"][1].clone();
    closing["key"] = json!("closing");
    closing["not_applicable"] = json!("not_allowed");
    rubric["criteria"].as_array_mut().unwrap().push(closing);
    assessment["concern_decisions"].as_array_mut().unwrap().truncate(1);
    let mut documents = vec![assessment, rubric];
    name_rubric(&mut documents);
    documents
}

pub(crate) fn compact() -> Vec<Value> {
    let compact = json!({ "id": "a-2", "rubric": "", "steps": [3, 0, null] });
    let mut documents = vec![compact, admission().remove(1)];
    name_rubric(&mut documents);
    documents
}

/// Makes an assessment name the rubric beside it.
fn name_rubric(documents: &mut [Value]) {
    if documents[0]["ratings"].is_array() {
        documents[0]["rubric"] = serde_json::to_value(read::<Rubric>(&documents[1]).pin()).unwrap();
    }
    if documents[0]["steps"].is_array() {
        documents[0]["rubric"] = json!(read::<Rubric>(&documents[1]).pin().structure);
    }
}

fn admit(documents: &[Value]) -> Result<(), String> {
    in_words(read::<Rubric>(&documents[1]).admit(read(&documents[0])).map(drop))
}

fn admit_compact(documents: &[Value]) -> Result<(), String> {
    in_words(read::<Rubric>(&documents[1]).admit_compact(read(&documents[0])).map(drop))
}

fn roles_and_framework() -> Vec<Value> {
    let mut framework = seeds::framework().remove(0);
    framework["id"] = json!("our_framework");
    framework["skills"]["empathy"]["criteria"][1]["key"] = json!("sincere_acknowledgement");
    vec![seeds::role_library().remove(0), framework]
}

fn check_roles(documents: &[Value]) -> Result<(), String> {
    in_words(read::<RoleLibrary>(&documents[0]).check_against(&read(&documents[1])))
}

fn roles_and_rubric() -> Vec<Value> {
    let mut rubric = seeds::rubric().remove(0);
    rubric["rules"] = json!([]);
    let names = ["emotion_recognition", "sincere_acknowledgement", "active_listening", "diagnosis"];
    let mut row = rubric["criteria"][0].clone();
    let mut named = |key: &&str| {
        row["key"] = json!(key);
        row.clone()
    };
    rubric["criteria"] = names.iter().map(&mut named).collect();
    // Without level 4, so that a role can ask for what has no band.
    let bands = [(1, 0.0), (2, 0.125), (3, 0.375), (5, 0.875)];
    rubric["bands"] = bands.map(|(level, from)| json!({ "level": level, "from": from })).to_vec().into();
    let mut roles = seeds::role_library().remove(0);
    roles["roles"][0]["minimum_levels"][1]["level"] = json!(5);
    vec![roles, rubric]
}

fn check_roles_by_rubric(documents: &[Value]) -> Result<(), String> {
    let profiler = Profiler::new(&read(&documents[1]), EvidencePolicy::default());
    let roles: RoleLibrary = read(&documents[0]);
    let refused = roles.roles().iter().filter_map(|role| match profiler.clone().for_role(role) {
        Ok(_) => None,
        Err(ProfileError::Role(faults)) => Some(faults.to_string()),
        Err(other) => panic!("{other}"),
    });
    let refused: Vec<String> = refused.collect();
    if refused.is_empty() { Ok(()) } else { Err(refused.join("; ")) }
}

fn activities() -> Vec<Value> {
    let framework = roles_and_framework().remove(1);
    let mut library = seeds::activity_library().remove(0);
    let known = [&framework["references"][0]["key"], &framework["references"][1]["key"]];
    library["activities"][0]["references"] = json!(known);
    vec![library, framework, seeds::role_library().remove(0)]
}

fn check_activities(documents: &[Value]) -> Result<(), String> {
    in_words(read::<ActivityLibrary>(&documents[0]).check_against(&read(&documents[1]), &read(&documents[2])))
}
