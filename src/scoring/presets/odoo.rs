//! How well an applicant's skills match a job in Odoo.
//!
//! *Reference*: `addons/hr_recruitment_skills/models/hr_applicant.py` of odoo/odoo.

use super::{finite, ratio, rounded};
use crate::value::Rounding;

/// A skill that a job requires.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Skill {
    /// The level required, in percent.
    pub required: f64,
    /// The level held, in percent; 0 when absent.
    pub held: f64,
}

/// `100 · Σ min(held, 2 · required) / Σ required`, in whole percent, halves to the even neighbour.
///
/// What is held counts up to **twice** what is required, so that surplus hides a hole: half of it held twice over is
/// a match of 100. `None` when nothing is required.
#[must_use]
pub fn match_percent(skills: &[Skill]) -> Option<f64> {
    let held = skills.iter().map(|skill| skill.held.min(2.0 * skill.required)).sum::<f64>();
    let part = ratio(held, skills.iter().map(|skill| skill.required).sum())?;
    finite(rounded(100.0 * part, 0, Rounding::HalfEven))
}
