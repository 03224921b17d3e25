//! The page of each situation, word for word.
//!
//! `BLESS_PAGES=1 cargo test --test pages` writes the files anew; read them aloud before you commit them.

use std::path::PathBuf;
use std::{env, fs};

use service_excellence::coaching::{PlanSummary, Situation};
use service_excellence::profile::ProfileError;
use service_excellence::{CostBand, EvidencePolicy, PlanLimits, Profiler, RaterKind, RoleLibrary};

use crate::people::{Known, Person, day, limits, reference, rubric, someone};

/// Compares a page with its file, and shows both in full where they differ.
fn compare(name: &str, found: &str) {
    let file = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join("pages").join(format!("{name}.txt"));
    if env::var_os("BLESS_PAGES").is_some_and(|value| value == "1") {
        fs::write(&file, found).unwrap();
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == expected,
        "the page `{name}` differs from {}\n--- expected\n{expected}\n--- found\n{found}\nread it aloud, then write it \
         with: BLESS_PAGES=1 cargo test --test pages",
        file.display()
    );
}

/// The page of a person leads with a situation, and is as its file has it.
fn page(name: &str, known: &Known, situations: &[Situation]) {
    let summary = known.page().summary();
    assert_eq!(summary.situations(), situations, "{name}:\n{summary}");
    compare(name, &summary.to_text());
}

fn with_gaps(name: &str) -> Person {
    let few = ["sincere_acknowledgement", "patience_with_pace", "expectation_setting"];
    someone(name, 3.2).but(2.1, &few)
}

#[test]
fn nobody_rated_the_person() {
    page("no_ratings", &Person { contacts: 0, ..someone("agent-01", 3.0) }.known(), &[Situation::NoRatings]);
}

#[test]
fn there_are_too_few_ratings() {
    let person = Person { contacts: 1, from: day("2026-06-01"), ..someone("agent-02", 3.0) };
    page("too_few_ratings", &person.known(), &[Situation::TooFewRatings]);
}

#[test]
fn there_are_only_old_ratings() {
    let person = Person { from: day("2025-03-01"), ..someone("agent-03", 3.0) };
    page("only_old_ratings", &person.known(), &[Situation::OnlyOldRatings]);
}

#[test]
fn there_are_only_machine_ratings() {
    let person = Person { kind: RaterKind::Machine, ..someone("agent-04", 3.0) };
    page("only_machine_ratings", &person.known(), &[Situation::OnlyMachineRatings]);
}

#[test]
fn there_are_only_own_ratings() {
    let person = Person { contacts: 0, own_level: Some(4.0), ..someone("agent-05", 3.0) };
    page("only_own_ratings", &person.known(), &[Situation::OnlyOwnRatings]);
}

#[test]
fn all_ratings_are_disputed() {
    let person = Person { contacts: 6, contested: 6, ..someone("agent-06", 3.0) };
    page("all_ratings_contested", &person.known(), &[Situation::AllRatingsContested]);
}

#[test]
fn some_ratings_are_disputed() {
    let person = Person { contested: 4, ..with_gaps("agent-07") };
    page("some_ratings_contested", &person.known(), &[Situation::SomeGaps, Situation::SomeRatingsContested]);
}

#[test]
fn nothing_counts_for_several_reasons() {
    let old = Person { from: day("2025-03-01"), ..someone("agent-08", 3.0) };
    let disputed = Person { contacts: 3, contested: 3, ..someone("agent-08", 3.0) };
    let (rubric, role) = (rubric(), RoleLibrary::builtin().role("frontline_agent").unwrap());
    let later = old.assessments(&rubric).split_off(5);
    let both: Vec<_> = later.into_iter().chain(disputed.assessments(&rubric)).collect();
    page("nothing_counts", &Known::of(&old, rubric, role, &both), &[Situation::NothingCounts]);
}

#[test]
fn one_reviewer_rated_everything() {
    let person = Person { raters: 1, ..with_gaps("agent-09") };
    page("one_reviewer", &person.known(), &[Situation::SomeGaps, Situation::OneReviewer]);
}

#[test]
fn one_concern_is_open() {
    let person = Person { contacts: 10, ..someone("agent-10", 3.4) }.but(3.1, &["respectful_inclusion"]);
    let mut once = person.assessments(&rubric());
    let rude = Person { contacts: 1, ..person.clone() }.but(1.0, &["respectful_inclusion"]);
    once[0] = rude.assessments(&rubric()).remove(0);
    let role = RoleLibrary::builtin().role("frontline_agent").unwrap();
    let known = Known::of(&person, rubric(), role, &once);
    page("one_open_concern", &known, &[Situation::OneOpenConcern]);
}

#[test]
fn many_concerns_are_open() {
    let person = someone("agent-11", 3.4).but(1.2, &["respectful_inclusion"]);
    page("open_concerns", &person.known(), &[Situation::OpenConcerns, Situation::OneGap]);
}

#[test]
fn concerns_are_open_about_several_criteria() {
    let critical = ["respectful_inclusion", "data_protection", "accurate_and_honest_information"];
    let person = someone("agent-12", 3.4).but(1.4, &critical);
    page("concerns_of_several_kinds", &person.known(), &[Situation::OpenConcerns, Situation::SomeGaps]);
}

#[test]
fn everything_is_met_and_the_person_chooses_how_to_grow() {
    let person = someone("agent-13", 4.6).but(3.1, &["expectation_setting", "diagnosis", "option_judgement"]);
    let known = person.known().with_next_roles(&["senior_agent", "back_office_specialist"]);
    page("everything_met", &known, &[Situation::EverythingMet]);
}

#[test]
fn everything_is_met_and_there_is_nothing_to_choose_from() {
    let person = Person { limits: limits(60, 12), ..someone("agent-14", 2.7) };
    page("keep_it_up", &person.known(), &[Situation::EverythingMet]);
}

#[test]
fn everything_seen_is_met_and_some_was_not_seen() {
    let person = Person { unseen: vec!["record_quality", "de_escalation"], ..someone("agent-15", 3.3) };
    page("met_where_known", &person.known(), &[Situation::MetWhereKnown]);
}

#[test]
fn one_criterion_is_below() {
    page("one_gap", &someone("agent-16", 3.3).but(2.2, &["active_listening"]).known(), &[Situation::OneGap]);
}

#[test]
fn several_criteria_are_below_and_the_person_sees_it_differently() {
    let person = Person { own_level: Some(3.6), ..with_gaps("agent-17") };
    page("some_gaps", &person.known(), &[Situation::SomeGaps]);
}

#[test]
fn everything_is_below() {
    page("gaps_everywhere", &someone("agent-18", 2.1).known(), &[Situation::GapsEverywhere]);
    let new = someone("agent-22", 1.3).known();
    page("new_joiner", &new, &[Situation::OpenConcerns, Situation::GapsEverywhere]);
}

#[test]
fn nothing_fits_the_limits() {
    let room = PlanLimits { highest_cost: CostBand::None, ..limits(5, 2) };
    let person = Person { limits: room, ..with_gaps("agent-19") };
    page("nothing_fits", &person.known(), &[Situation::NothingFits]);
}

#[test]
fn a_plan_is_under_way() {
    let person = with_gaps("agent-20");
    let known = person.known().under_way().on(&person, "2026-07-24");
    page("plan_under_way", &known, &[Situation::PlanUnderWay, Situation::SomeGaps]);
}

#[test]
fn the_role_does_not_match_the_rubric() {
    let person = someone("agent-21", 3.0);
    let mut role = RoleLibrary::builtin().role("frontline_agent").unwrap().clone();
    role.focus_criteria = vec!["telepathy".parse().unwrap(), "active_listening".parse().unwrap()];
    let profiler = Profiler::new(&rubric(), EvidencePolicy::default());
    let profile = profiler.profile(&reference("agent-21"), &person.assessments(&rubric()), day("2026-07-03"));
    let Err(ProfileError::Role(faults)) = profiler.for_role(&role) else { panic!("the role fits") };
    let summary = PlanSummary::of_role_mismatch(&profile, &role, &faults);
    assert_eq!(summary.situations(), [Situation::RoleMismatch]);
    compare("role_mismatch", &summary.to_text());
}

#[test]
fn the_guide_names_every_situation() {
    let guide = include_str!("../../docs/coaching.md");
    for situation in Situation::ALL {
        assert!(guide.contains(&format!("`{situation}`")), "{situation} is not in docs/coaching.md");
    }
}
