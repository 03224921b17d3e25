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
