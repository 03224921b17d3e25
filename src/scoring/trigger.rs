//! When a rule fires, compiled.

use super::SkillScore;
use crate::assessment::Answer;
use crate::framework::{Skill, SkillMap};
use crate::rubric::{Condition, Rubric};
use crate::value::{Key, Score, Step};

/// The condition of a rule, with the places of its criteria instead of their keys.
#[derive(Clone, Debug)]
pub(super) enum Trigger {
    Ratings { places: Box<[usize]>, step: Step, count: usize },
    SkillBelow { skill: Skill, score: Score },
}

impl Trigger {
    pub(super) fn of(condition: &Condition, rubric: &Rubric) -> Self {
        let places = |keys: &[Key]| keys.iter().filter_map(|key| rubric.position(key.as_str())).collect();
        match condition {
            Condition::RatedAtOrBelow { criterion, step } => {
                Self::Ratings { places: places(std::slice::from_ref(criterion)), step: *step, count: 1 }
            }
            Condition::SeveralRatedAtOrBelow { count, criteria, step } => {
                Self::Ratings { places: places(criteria), step: *step, count: usize::from(count.get()) }
            }
            Condition::SkillScoreBelow { skill, score } => Self::SkillBelow { skill: *skill, score: *score },
        }
    }

    pub(super) fn is_met(&self, row: &[Answer], before: &SkillMap<SkillScore>) -> bool {
        match self {
            Self::Ratings { places, step, count } => {
                let answers = places.iter().filter_map(|place| row.get(*place));
                answers.filter(|answer| answer.step().is_some_and(|found| found <= *step)).count() >= *count
            }
            Self::SkillBelow { skill, score } => before[*skill].score().is_some_and(|found| found < *score),
        }
    }
}
