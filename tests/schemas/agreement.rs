//! The law of the published schemas: a document deserialises exactly when its schema accepts it and it breaks no rule.

use std::collections::BTreeSet;

use jsonschema::Validator;
use serde_json::{Map, Value};
use service_excellence::schema::Draft;

use crate::files::{published, published_in};
use crate::mutation::Places;
use crate::random::Random;
use crate::roots::{ROOTS, Root};
use crate::rules::{RULES_OF_PARTS, broken_rules, named_rules};

/// How many documents of each root are damaged at random; a hunt sets more in `SCHEMA_DOCUMENTS`.
const DOCUMENTS: usize = 4_000;

#[test]
fn schema_and_reader_agree_on_mutated_documents() {
    let each = std::env::var("SCHEMA_DOCUMENTS").ok().map_or(DOCUMENTS, |text| text.parse().unwrap());
    for root in ROOTS {
        let tally = hunt(root, each);
        println!("{}: {} accepted, {} refused", root.name, tally.accepted, tally.refused);
        report(root, &tally.disagreements);
        assert!(tally.accepted.min(tally.refused) > each / 20, "too light or too heavy damage tells nothing");
    }
}

#[derive(Default)]
struct Tally {
    accepted: usize,
    refused: usize,
    disagreements: Vec<(String, Value)>,
}

/// Judges the seeds with every place damaged once, and `count` of them damaged at random.
fn hunt(root: &Root, count: usize) -> Tally {
    let validator = validator(root);
    let seeds: Vec<_> = (root.seeds)().into_iter().map(|seed| (Places::of(&seed), seed)).collect();
    let mut random = Random::new(1);
    let mut tally = Tally::default();
    for (places, seed) in &seeds {
        let damaged = places.damaged_once(seed, &mut random);
        damaged.into_iter().for_each(|one| tally.add(root, &validator, one));
    }
    for _ in 0..count {
        let (places, seed) = random.pick(&seeds);
        tally.add(root, &validator, places.damaged(seed, &mut random));
    }
    tally
}

impl Tally {
    fn add(&mut self, root: &Root, validator: &Validator, (document, damage): (Value, String)) {
        match judge(root, validator, &document) {
            Ok(true) => self.accepted += 1,
            Ok(false) => self.refused += 1,
            Err(reason) => self.disagreements.push((format!("{damage}: {reason}"), document)),
        }
    }
}

#[test]
fn both_drafts_say_the_same() {
    for root in ROOTS {
        let validators = Draft::ALL.map(|draft| validator_of(&published_in(draft, root.name)));
        let seeds: Vec<_> = (root.seeds)().into_iter().map(|seed| (Places::of(&seed), seed)).collect();
        let mut random = Random::new(2);
        let mut verdicts = [0, 0];
        for _ in 0..DOCUMENTS / 8 {
            let (places, seed) = random.pick(&seeds);
            let (document, damage) = places.damaged(seed, &mut random);
            let [newer, older] = [0, 1].map(|draft: usize| validators[draft].is_valid(&document));
            assert_eq!(newer, older, "{}: {damage}", root.name);
            verdicts[usize::from(newer)] += 1;
        }
        assert!(verdicts.iter().all(|count| *count > DOCUMENTS / 200), "{}: {verdicts:?}", root.name);
    }
}

#[test]
fn seeds_are_valid() {
    for root in ROOTS {
        for seed in (root.seeds)() {
            assert_eq!(judge(root, &validator(root), &seed), Ok(true), "{}", root.name);
        }
    }
}

/// What no seed holds is never damaged.
#[test]
fn seeds_hold_every_member_and_every_kind() {
    for root in ROOTS {
        let schema = published(root.name);
        let (mut wanted, mut found) = (BTreeSet::new(), BTreeSet::new());
        for_each_object(&schema, &mut |object| {
            let members = object.get("properties").and_then(Value::as_object);
            wanted.extend(members.into_iter().flat_map(Map::keys).cloned());
            wanted.extend(members.and_then(|members| members.get("kind")?["const"].as_str()).map(str::to_owned));
        });
        for seed in (root.seeds)() {
            for_each_object(&seed, &mut |object| {
                found.extend(object.keys().cloned());
                found.extend(object.get("kind").and_then(Value::as_str).map(str::to_owned));
            });
        }
        let missing: Vec<_> = wanted.difference(&found).collect();
        assert!(missing.is_empty(), "the seeds of {} have no {missing:?}", root.name);
    }
}

fn for_each_object(value: &Value, see: &mut impl FnMut(&Map<String, Value>)) {
    match value {
        Value::Object(members) => {
            see(members);
            members.values().for_each(|member| for_each_object(member, see));
        }
        Value::Array(items) => items.iter().for_each(|item| for_each_object(item, see)),
        _ => {}
    }
}

/// Whether the document is valid, or how the opinions on that differ.
pub(crate) fn judge(root: &Root, validator: &Validator, document: &Value) -> Result<bool, String> {
    let broken = if validator.is_valid(document) { Some(broken_rules(root.name, document)) } else { None };
    match ((root.read)(document), broken) {
        (Err(_), None) => Ok(false),
        (Err(error), Some(broken)) => compare_rules(&broken, &error),
        (Ok(_), None) => Err(format!("read, though the schema says: {}", validator.validate(document).unwrap_err())),
        (Ok(_), Some(broken)) if !broken.is_empty() => Err(format!("read, though it breaks {broken:?}")),
        (Ok(written), Some(_)) if !validator.is_valid(&written) => Err(format!("written as {written}")),
        (Ok(_), Some(_)) => Ok(true),
    }
}

/// A refusal must name all the rules that are broken and no other; a part that is broken in itself ends the reading.
fn compare_rules(broken: &BTreeSet<&str>, error: &str) -> Result<bool, String> {
    let named = named_rules(error);
    let ends_reading = RULES_OF_PARTS.iter().any(|rule| named.contains(rule)) && named.is_subset(broken);
    let is_explained = !broken.is_empty() && (named == *broken || ends_reading);
    if is_explained { Ok(false) } else { Err(format!("broken is {broken:?}, the reader says: {error}")) }
}

fn report(root: &Root, disagreements: &[(String, Value)]) {
    for (reason, _) in disagreements.iter().take(20) {
        println!("- {reason}");
    }
    if let Some((_, document)) = disagreements.first() {
        panic!("{}: {} disagreements; the first document is {document}", root.name, disagreements.len());
    }
}

pub(crate) fn validator(root: &Root) -> Validator {
    validator_of(&published(root.name))
}

/// What `$schema` names decides on the draft.
pub(crate) fn validator_of(schema: &Value) -> Validator {
    jsonschema::options().should_validate_formats(true).build(schema).unwrap()
}
