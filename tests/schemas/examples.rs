//! The examples in `schemas/v0/examples/`: a valid document of each kind, and one invalid file for each rule.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use service_excellence::schema::rules;
use service_excellence::{Rubric, Scorer};

use crate::agreement::{judge, validator};
use crate::files::example;
use crate::joint;
use crate::roots::{ROOTS, Root};
use crate::rules::joint::ROWS;
use crate::rules::{broken_joint_rules, broken_rules, rows};

/// The files by their paths.
pub(crate) fn generated() -> Vec<(String, Value)> {
    let valid = ROOTS.iter().map(|root| (format!("valid/{}.json", root.name), linked(root.name, valid(root))));
    valid.chain(invalid().into_iter().map(|(rule, one)| (format!("invalid/{rule}.json"), one))).collect()
}

/// Rubric, assessments and scorecard belong together.
fn valid(root: &Root) -> Value {
    let [assessment, rubric] = <[Value; 2]>::try_from(joint::admission()).unwrap();
    match root.name {
        "rubric" => rubric,
        "assessment" => assessment,
        "compact_assessment" => joint::compact().remove(0),
        "scorecard" => scorecard(&rubric, &assessment),
        _ => (root.seeds)().remove(0),
    }
}

fn scorecard(rubric: &Value, assessment: &Value) -> Value {
    let rubric: Rubric = serde_json::from_value(rubric.clone()).unwrap();
    let assessment = rubric.admit(serde_json::from_value(assessment.clone()).unwrap()).unwrap();
    serde_json::to_value(Scorer::new(&rubric).score(&assessment).unwrap()).unwrap()
}

/// One for each rule, each by the first of its documents; those of joint rules hold all the documents.
fn invalid() -> Vec<(&'static str, Value)> {
    let mut files: Vec<(&str, Value)> = Vec::new();
    for row in rows().filter(|row| rules().iter().any(|rule| is_first(rule.documents(), rule.id(), row))) {
        let root = ROOTS.iter().find(|root| root.name == row.document).unwrap();
        let mut document = (root.seeds)().remove(0);
        (row.breach)(&mut document);
        files.push((row.rule, linked(root.name, document)));
    }
    for row in ROWS {
        let joint = joint::JOINTS.iter().find(|joint| joint.names == row.documents).unwrap();
        let mut documents = (joint.seeds)();
        (row.breach)(&mut documents[0]);
        if files.iter().all(|(rule, _)| *rule != row.rule) {
            let named = joint.names.iter().zip(documents).map(|(name, one)| ((*name).to_owned(), linked(name, one)));
            files.push((row.rule, named.collect()));
        }
    }
    files
}

fn is_first(documents: &[&str], rule: &str, row: &crate::rules::Row) -> bool {
    rule == row.rule && documents.first() == Some(&row.document)
}

/// The document with the path of its schema as its first member.
fn linked(name: &str, document: Value) -> Value {
    let mut linked = json!({ "$schema": format!("../../{name}.schema.json") });
    let members = document.as_object().unwrap().clone();
    linked.as_object_mut().unwrap().extend(members.into_iter().filter(|(member, _)| member != "$schema"));
    linked
}

#[test]
fn there_is_a_valid_document_of_each_kind() {
    for root in ROOTS {
        let document = example(&format!("valid/{}.json", root.name));
        assert_eq!(judge(root, &validator(root), &document), Ok(true), "{}", root.name);
    }
}

#[test]
fn the_valid_scorecard_is_that_of_the_valid_assessment() {
    let [rubric, assessment, card] =
        ["rubric", "assessment", "scorecard"].map(|name| example(&format!("valid/{name}.json")));
    assert_eq!(linked("scorecard", scorecard(&rubric, &assessment)), card);
}

/// Without their comments, the documents in `docs/` are the published examples: all of them, each whole in one place.
#[test]
fn the_documents_in_the_docs_are_the_examples() {
    let shown = documents_in(include_str!("../../docs/schemas.md"));
    let [assessment, scorecard] = shown.as_slice() else { panic!("an assessment and a scorecard") };
    assert_eq!(*assessment, example("valid/assessment.json"));
    let whole = example("valid/scorecard.json");
    for (member, value) in scorecard.as_object().unwrap() {
        assert_eq!(*value, whole[member], "{member}");
    }

    let docs = include_str!("../../docs/documents.md");
    let (titles, shown) = (names_in(docs), documents_in(docs));
    assert_eq!(titles.len(), shown.len());
    for (name, document) in titles.iter().zip(shown) {
        assert_eq!(document, example(&format!("valid/{name}.json")), "{name} in docs/documents.md");
    }
    let named: BTreeSet<&str> = titles.into_iter().chain(["assessment"]).collect();
    assert_eq!(named, ROOTS.iter().map(|root| root.name).collect());
}

fn documents_in(docs: &str) -> Vec<Value> {
    let blocks = docs.split("```jsonc\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks
        .map(|block| block.lines().map(|line| line.split(" // ").next().unwrap()).collect::<Vec<_>>().join("\n"))
        .map(|text| serde_json::from_str(&text).unwrap())
        .collect()
}

/// The names with which the paragraphs below the headings begin.
fn names_in(docs: &str) -> Vec<&str> {
    docs.split("\n## ").skip(1).map(|section| section.split('`').nth(1).unwrap()).collect()
}

#[test]
fn the_docs_count_the_rules() {
    let count = |is_joint| rules().iter().filter(|rule| rule.is_joint() == is_joint).count();
    let ids: BTreeSet<_> = rules().iter().map(|rule| rule.id()).collect();
    let alone_and_joint = format!("There are {} for documents alone and {}", count(false), count(true));
    let docs = include_str!("../../docs/schemas.md").replace('\n', " ");
    for sentence in [alone_and_joint, format!("{} different ids in all", ids.len())] {
        assert!(docs.contains(&sentence), "docs/schemas.md should say: {sentence}");
    }
}

#[test]
fn each_rule_has_a_document_that_breaks_it_and_nothing_else() {
    let rules = rules();
    let ids: BTreeSet<_> = rules.iter().map(|rule| rule.id()).collect();
    let files: BTreeSet<_> = invalid().into_iter().map(|(rule, _)| rule).collect();
    assert_eq!(files, ids);
    for id in ids {
        let rule = rules.iter().find(|rule| rule.id() == id).unwrap();
        let file = example(&format!("invalid/{id}.json"));
        let (names, alone) = (rule.documents(), BTreeSet::from([id]));
        if rule.is_joint() {
            let documents: Vec<_> = names.iter().map(|name| file[name].clone()).collect();
            assert_eq!(broken_joint_rules(names, &documents), alone, "{id}");
            let joint = joint::JOINTS.iter().find(|joint| joint.names == names).unwrap();
            assert_eq!(joint::judge(joint, &documents), Ok(false), "{id}");
        } else {
            let root = ROOTS.iter().find(|root| root.name == names[0]).unwrap();
            assert_eq!(judge(root, &validator(root), &file), Ok(false), "{id}");
            assert_eq!(validator(root).is_valid(&file), !rule.is_in_schema(), "{id}");
            assert_eq!(broken_rules(root.name, &file), alone, "{id}");
        }
    }
}

/// As a program meets them: `from_json` tells them apart by code, and says where in the document.
#[test]
fn each_invalid_example_answers_with_its_own_code_and_one_place() {
    for rule in rules().iter().filter(|rule| !rule.is_joint()) {
        let file = example(&format!("invalid/{}.json", rule.id()));
        let root = ROOTS.iter().find(|root| root.name == rule.documents()[0]).unwrap();
        let faults = (root.from_json)(&file.to_string()).unwrap_err();
        assert!(faults.iter().all(|fault| fault.code() == rule.id()), "{}: {faults}", rule.id());
        for fault in &faults {
            assert!(file.pointer(fault.path()).is_some(), "{} has no {}", rule.id(), fault.path());
            assert!(!fault.message().contains("(at `/") && !fault.message().contains(rule.id()), "{fault}");
        }
    }
}

/// One mistake, one fault: whatever else differs follows from it.
#[test]
fn a_document_of_another_kind_or_a_newer_one_is_told_so() {
    for root in ROOTS {
        let mut document = linked("rubric", json!({ "schema_version": 1, "version": "1.0.0" }));
        if root.name == "rubric" {
            document["$schema"] = json!("assessment.schema.json");
        }
        let faults = (root.from_json)(&document.to_string()).unwrap_err();
        let told = faults.to_string();
        let expected = format!("expected a document of the kind `{}`, found one that calls itself `", root.name);
        assert!(told.starts_with(&expected) && told.ends_with("(at `/$schema`, shape)"), "{told}");

        let mut newer = example(&format!("valid/{}.json", root.name));
        newer["a_new_member"] = json!(1);
        newer["schema_version"] = json!(2);
        let told = (root.from_json)(&newer.to_string()).unwrap_err().to_string();
        assert!(told.contains("the document is newer than this reader (at `/schema_version`, shape)"), "{told}");

        let marked = format!("\u{feff}{}", example(&format!("valid/{}.json", root.name)));
        let told = (root.from_json)(&marked).unwrap_err().to_string();
        assert!(told.contains("found a byte-order mark"), "{told}");
    }
}
