//! Odoo's match of skills, in which surplus hides a hole, and ours, in which it does not.

use service_excellence::Scorer;
use service_excellence::scoring::presets::odoo::{Skill, match_percent};

#[path = "common/short.rs"]
#[expect(dead_code, reason = "this test writes few values")]
mod short;

use short::{criterion, rated, rubric, worth};

const fn needs(required: f64, held: f64) -> Skill {
    Skill { required, held }
}

fn shown(skills: &[Skill]) -> String {
    match_percent(skills).map_or("none".to_owned(), |percent| percent.to_string())
}

#[test]
fn a_skill_held_twice_over_hides_an_absent_one() {
    assert_eq!(shown(&[needs(50.0, 100.0), needs(50.0, 0.0)]), "100");
}

#[test]
fn what_is_held_counts_up_to_twice_what_is_required() {
    assert_eq!(shown(&[needs(20.0, 100.0), needs(80.0, 0.0)]), "40");
    assert_eq!(shown(&[needs(50.0, 50.0), needs(50.0, 25.0)]), "75");
}

#[test]
fn without_requirements_there_is_no_match() {
    assert_eq!(match_percent(&[]), None);
    assert_eq!(match_percent(&[needs(0.0, 50.0)]), None);
    assert_eq!(match_percent(&[needs(f64::INFINITY, 50.0)]), None);
}

#[test]
fn ours_caps_each_competency_at_its_requirement_and_gives_50_percent() {
    // The top step of a criterion is its requirement met; there is no step for surplus.
    let part = |name, skill| worth(criterion(name, skill, 50), &[0.0, 1.0]);
    let rubric = rubric()
        .criterion(part("a", service_excellence::Skill::Empathy))
        .criterion(part("b", service_excellence::Skill::TechSavviness))
        .build()
        .unwrap();
    let found = Scorer::new(&rubric).score_row(&[rated(2), rated(1)]).unwrap();
    assert_eq!(found.overall().score().unwrap().percent(0), "50");
}
