//! The sample data is what its README says, fits the library of today, and is what its generator makes.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use std::collections::BTreeSet;
use std::fs;

use service_excellence::assessment::{Answer, ReviewState, Sampling};
use service_excellence::framework::Basis;
use service_excellence::scoring::RuleStatus;
use service_excellence::value::{Step, write_lines};
use service_excellence::{Assessment, AssessmentDocument, Framework, RaterKind, RubricSet, Scorer};

#[path = "../examples/generate_sample_data/main.rs"]
#[expect(dead_code, reason = "the example's `main` is not called here")]
mod generate_sample_data;

use generate_sample_data::{Sample, common};

const README: &str = include_str!("../examples/data/README.md");

fn file(name: &str) -> String {
    fs::read_to_string(format!("{}/examples/data/{name}", concat!(env!("CARGO_MANIFEST_DIR"), "/.."))).unwrap()
}

fn rubrics() -> RubricSet {
    RubricSet::read(file("rubrics.ndjson").as_bytes()).unwrap()
}

fn documents() -> Vec<AssessmentDocument> {
    file("assessments.ndjson").lines().map(|line| AssessmentDocument::from_json(line).unwrap()).collect()
}

fn admitted() -> Vec<Assessment> {
    rubrics().read_assessments(file("assessments.ndjson").as_bytes()).collect::<Result<_, _>>().unwrap()
}

/// The number that the README states before `what`.
fn stated(what: &str) -> usize {
    let row = README.lines().find(|line| line.starts_with(&format!("| {what} |")));
    row.unwrap_or_else(|| panic!("no row for {what}")).split('|').nth(2).unwrap().trim().parse().unwrap()
}

fn count(is_counted: impl Fn(&AssessmentDocument) -> bool) -> usize {
    documents().iter().filter(|one| is_counted(one)).count()
}

fn distinct<T: Ord>(of: impl Fn(&AssessmentDocument) -> Option<T>) -> usize {
    documents().iter().filter_map(of).collect::<BTreeSet<_>>().len()
}

#[test]
fn the_files_are_what_the_generator_makes() {
    let sample = Sample::generate().unwrap();
    let (mut rubrics, mut assessments) = (Vec::new(), Vec::new());
    write_lines(&mut rubrics, &sample.rubrics).unwrap();
    write_lines(&mut assessments, &sample.assessments).unwrap();
    assert!(rubrics == file("rubrics.ndjson").as_bytes(), "rubrics.ndjson differs");
    assert!(assessments == file("assessments.ndjson").as_bytes(), "assessments.ndjson differs");
}

#[test]
fn every_assessment_fits_its_rubric_and_is_scored() {
    let scorers: Vec<Scorer> = rubrics().rubrics().iter().map(Scorer::new).collect();
    for assessment in admitted() {
        let scorer = scorers.iter().find(|one| one.rubric() == assessment.rubric()).unwrap();
        let scorecard = scorer.score(&assessment).unwrap();
        assert_eq!(scorecard.contributions().len(), 24);
    }
}

#[test]
fn the_readme_counts_what_is_there() {
    assert_eq!(stated("assessments"), documents().len());
    assert_eq!(stated("contacts"), distinct(|one| one.contact().cloned()));
    assert_eq!(stated("people"), distinct(|one| Some(one.person().clone())));
    let is_review =
        |one: &AssessmentDocument| matches!(one.rater().kind, RaterKind::QualityReviewer | RaterKind::Coach);
    assert_eq!(stated("reviewers"), distinct(|one| is_review(one).then(|| one.rater().id.clone())));
    assert_eq!(stated("channels"), distinct(|one| one.channel().cloned()));
    assert_eq!(stated("self-ratings"), count(|one| one.rater().kind == RaterKind::SelfRater));
    assert_eq!(stated("peer ratings"), count(|one| one.rater().kind == RaterKind::Peer));
    assert_eq!(stated("machine ratings, confirmed"), count(|one| one.confirmation().is_some()));
    let is_unconfirmed =
        |one: &AssessmentDocument| one.rater().kind == RaterKind::Machine && one.confirmation().is_none();
    assert_eq!(stated("machine ratings, not confirmed"), count(is_unconfirmed));
    assert_eq!(stated("contacts rated by all four reviewers"), compared_contacts());
}

fn compared_contacts() -> usize {
    let documents = documents();
    let is_human = |one: &&AssessmentDocument| one.rater().id.as_str().starts_with("reviewer-");
    let pairs: BTreeSet<_> =
        documents.iter().filter(is_human).map(|one| (one.contact().unwrap(), &one.rater().id)).collect();
    let contacts: BTreeSet<_> = pairs.iter().map(|(contact, _)| *contact).collect();
    contacts.iter().filter(|contact| pairs.iter().filter(|(one, _)| one == *contact).count() == 4).count()
}

#[test]
fn every_kind_of_thing_occurs() {
    for state in ReviewState::ALL {
        assert!(count(|one| one.state() == *state) > 0, "{state}");
    }
    for sampling in [Sampling::Random, Sampling::Targeted, Sampling::Complaint] {
        assert!(count(|one| one.sampling() == sampling) > 0, "{sampling}");
    }
    let is_absent = |basis: &Basis| matches!(basis, Basis::StarNarrative | Basis::CustomerFeedback);
    for basis in Basis::ALL.iter().filter(|one| !is_absent(one)) {
        assert!(count(|one| one.basis() == *basis) > 0, "{basis}");
    }
    assert!(count(|one| !one.evidence().is_empty()) > 100);
    assert!(count(|one| !one.barriers().is_empty()) > 10);
    assert!(count(|one| !one.external_references().is_empty()) > 10);
    assert!(count(|one| one.ratings().iter().any(|rating| rating.note.is_some())) > 100);
    for bare in [Answer::NotApplicable, Answer::NotObserved] {
        assert!(count(|one| one.ratings().iter().any(|rating| rating.answer.bare() == bare)) > 100);
    }
    assert!(documents().iter().all(|one| (0..=20).contains(&one.entered().days_since(one.observed()))));
}

#[test]
fn a_revised_assessment_is_superseded_and_only_that_one() {
    let documents = documents();
    let revised: Vec<_> =
        documents.iter().filter(|one| one.state() == ReviewState::Revised).map(|one| one.id()).collect();
    let replaced: Vec<_> = documents.iter().filter_map(AssessmentDocument::supersedes).collect();
    assert_eq!(revised, replaced);
    assert_eq!(revised.len(), 1);
}

#[test]
fn one_critical_concern_is_open_and_not_about_the_sample_person() {
    let mut open = Vec::new();
    let mut decided = Vec::new();
    for assessment in admitted() {
        let scorecard = Scorer::new(assessment.rubric()).score(&assessment).unwrap();
        for trace in scorecard.rules().iter().filter(|trace| trace.status == RuleStatus::Fired) {
            let decision = assessment.document().concern_decisions().iter().find(|one| one.rule == trace.rule);
            let list = if decision.is_some() { &mut decided } else { &mut open };
            list.push(scorecard.person().to_string());
        }
    }
    assert_eq!(open, ["agent-09"]);
    assert_eq!(decided, ["agent-10", "agent-04"]);
}

/// The mean step of what reviewers saw of a person on a criterion.
fn mean(documents: &[AssessmentDocument], person: &str, criterion: &str) -> f64 {
    let is_seen =
        |one: &&AssessmentDocument| one.person().as_str() == person && one.rater().id.as_str().starts_with("reviewer-");
    let ratings = documents.iter().filter(is_seen).flat_map(AssessmentDocument::ratings);
    let steps: Vec<u8> = ratings
        .filter(|rating| rating.criterion.as_str() == criterion)
        .filter_map(|rating| rating.answer.bare().step())
        .map(Step::get)
        .collect();
    f64::from(steps.iter().map(|step| u32::from(*step)).sum::<u32>()) / steps.len() as f64
}

#[test]
fn the_sample_person_has_three_clear_gaps_and_is_sound_elsewhere() {
    let documents = documents();
    let gaps = ["sincere_acknowledgement", "patience_with_pace", "expectation_setting"];
    for (_, criterion) in Framework::builtin().criteria() {
        let mean = mean(&documents, "agent-07", criterion.key.as_str());
        let expected = if gaps.contains(&criterion.key.as_str()) { 1.7..2.3 } else { 2.7..3.5 };
        assert!(expected.contains(&mean), "{}: {mean}", criterion.key);
    }
    let raters: BTreeSet<_> = documents
        .iter()
        .filter(|one| one.person().as_str() == "agent-07" && one.rater().id.as_str().starts_with("reviewer-"))
        .map(|one| &one.rater().id)
        .collect();
    assert!(raters.len() >= 3);
}
