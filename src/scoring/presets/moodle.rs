//! Moodle's advanced grading: rubrics and marking guides.
//!
//! *Reference*: `grade/grading/form/rubric/lib.php` and `grade/grading/form/guide/lib.php` of moodle/moodle.

use super::{finite, ratio, rounded};
use crate::value::Rounding;

/// One criterion: its lowest and highest level and the level that was picked. A marking guide has the lowest level 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Criterion {
    /// The score of the lowest level.
    pub lowest: f64,
    /// The score of the highest level.
    pub highest: f64,
    /// The score of the level that was picked, if one was.
    pub picked: Option<f64>,
}

/// The grades of the activity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GradeRange {
    /// The lowest grade.
    pub lowest: f64,
    /// The highest grade.
    pub highest: f64,
    /// Whether grades may have decimals; otherwise they are rounded, halves away from zero.
    pub has_decimals: bool,
}

impl GradeRange {
    fn rounded(self, grade: f64) -> Option<f64> {
        finite(if self.has_decimals { grade } else { rounded(grade, 0, Rounding::HalfAwayFromZero) })
    }
}

struct Sums {
    lowest: f64,
    highest: f64,
    picked: f64,
}

fn sums(criteria: &[Criterion]) -> Option<Sums> {
    let picked: Option<f64> = criteria.iter().map(|one| one.picked).sum();
    let lowest = criteria.iter().map(|one| one.lowest).sum();
    let highest = criteria.iter().map(|one| one.highest).sum();
    Some(Sums { lowest, highest, picked: picked? })
}

/// The grade when the lowest levels together are worth the lowest grade:
/// `(picked − lowest) / (highest − lowest)` of the range, rounded, above the lowest grade.
///
/// `None` when a criterion has no level, or the levels span nothing (where Moodle returns −1).
#[must_use]
pub fn grade(criteria: &[Criterion], range: GradeRange) -> Option<f64> {
    let sums = sums(criteria)?;
    let part = ratio(sums.picked - sums.lowest, sums.highest - sums.lowest)?;
    finite(range.rounded(part * (range.highest - range.lowest))? + range.lowest)
}

/// The grade when a score of 0 is locked to the grade 0: `picked / highest` of the highest grade, at least the lowest.
///
/// `None` as for [`grade`].
#[must_use]
pub fn grade_with_locked_zero(criteria: &[Criterion], range: GradeRange) -> Option<f64> {
    let sums = sums(criteria)?;
    ratio(1.0, sums.highest - sums.lowest)?;
    let grade = ratio(sums.picked, sums.highest)? * range.highest;
    range.rounded(grade.max(range.lowest))
}

/// A competency below another one, as its points rule sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Child {
    /// Which competency.
    pub competency: u32,
    /// The points that it brings.
    pub points: i32,
    /// Whether nothing is reached without it.
    pub is_required: bool,
    /// Whether the person is proficient in it; none without a record.
    pub is_proficient: Option<bool>,
}

/// Whether the points rule of a competency is met: all required children are proficient, and the points of the proficient
/// ones reach `needed`.
///
/// *Reference*: `competency/classes/competency_rule_points.php` of moodle/moodle.
#[must_use]
pub fn meets_points_rule(children: &[Child], needed: i32) -> bool {
    let is_proficient = |child: &&Child| child.is_proficient == Some(true);
    let points: i64 = children.iter().filter(is_proficient).map(|child| i64::from(child.points)).sum();
    let has_required = children.iter().filter(|child| child.is_required).all(|child| is_proficient(&child));
    has_required && points >= i64::from(needed)
}

/// Whether the rule "all children" of a competency is met; without children it is not.
#[must_use]
pub fn meets_all_rule(children: &[Child]) -> bool {
    !children.is_empty() && children.iter().all(|child| child.is_proficient == Some(true))
}

/// Whether Moodle takes a points rule: at least one child, each once, each one of `known` and not the competency itself,
/// no negative points, and 1 to all points needed.
#[must_use]
pub fn is_points_rule(competency: u32, known: &[u32], children: &[Child], needed: i32) -> bool {
    let total: i64 = children.iter().map(|child| i64::from(child.points)).sum();
    let is_good = |(index, child): (usize, &Child)| {
        let mut earlier = children.iter().take(index);
        child.points >= 0
            && child.competency != competency
            && known.contains(&child.competency)
            && earlier.all(|other| other.competency != child.competency)
    };
    !children.is_empty() && children.iter().enumerate().all(is_good) && (1..=total).contains(&i64::from(needed))
}
