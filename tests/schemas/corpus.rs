//! The documents on which validators of other languages must agree with the one in Rust.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use serde_json::{Value, json};

use crate::agreement::validator;
use crate::mutation::Places;
use crate::random::Random;
use crate::roots::ROOTS;
use crate::rules::broken_rules;

/// How many documents there are; each root has an equal part of them.
const DOCUMENTS: usize = 5_000;

const TRIES: usize = 6;

/// A document of the corpus, and what is thought of it.
struct Judged {
    root: &'static str,
    document: Value,
    /// Whether the schema accepts it.
    accepted: bool,
    /// The rules it breaks although the schema accepts it.
    broken: Vec<&'static str>,
    /// Whether Rust reads it.
    read: bool,
}

/// The seeds as they are and damaged at random, the same on every machine.
fn corpus() -> Vec<Judged> {
    let mut random = Random::new(3);
    let mut documents = Vec::new();
    for (index, root) in ROOTS.iter().enumerate() {
        let share = DOCUMENTS * (index + 1) / ROOTS.len() - DOCUMENTS * index / ROOTS.len();
        let validator = validator(root);
        let seeds: Vec<_> = (root.seeds)().into_iter().map(|seed| (Places::of(&seed), seed)).collect();
        let plain = seeds.iter().map(|(_, seed)| seed.clone()).collect::<Vec<_>>();
        // Most damage is refused; a few more tries for every other document make a fair share of good ones.
        let damaged = (0..).map(|turn| {
            let mut draw = || {
                let (places, seed) = random.pick(&seeds);
                places.damaged(seed, &mut random).0
            };
            let tries = if turn % 2 == 0 { TRIES } else { 0 };
            let refused = |document: &Value| !validator.is_valid(document);
            (0..tries).fold(draw(), |document, _| if refused(&document) { draw() } else { document })
        });
        for document in plain.into_iter().chain(damaged).take(share) {
            let accepted = validator.is_valid(&document);
            let broken = if accepted { broken_rules(root.name, &document).into_iter().collect() } else { Vec::new() };
            let read = (root.read)(&document).is_ok();
            documents.push(Judged { root: root.name, document, accepted, broken, read });
        }
    }
    documents
}

#[test]
fn the_corpus_has_enough_of_both_kinds_and_is_written_when_asked_for() {
    let corpus = corpus();
    assert_eq!(corpus.len(), DOCUMENTS);
    for root in ROOTS {
        let of_root: Vec<_> = corpus.iter().filter(|one| one.root == root.name).collect();
        let accepted = of_root.iter().filter(|one| one.accepted).count();
        assert!(accepted.min(of_root.len() - accepted) > of_root.len() / 5, "{}: {accepted} accepted", root.name);
    }
    let disagreeing = corpus.iter().filter(|one| one.read != (one.accepted && one.broken.is_empty())).count();
    assert_eq!(disagreeing, 0);
    let Some(path) = std::env::var_os("SCHEMA_CORPUS") else { return };
    write(&corpus, Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join(path).as_ref());
}

fn write(corpus: &[Judged], path: &Path) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mut file = BufWriter::new(File::create(path).unwrap());
    for one in corpus {
        let Judged { root, document, accepted, broken, read } = one;
        let line = json!({ "root": root, "accepted": accepted, "broken": broken, "read": read, "document": document });
        writeln!(file, "{line}").unwrap();
    }
    file.flush().unwrap();
}
