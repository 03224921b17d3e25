//! A rubric as a dense table: what each answer on each criterion adds to the sums of its skill.

use crate::assessment::Answer;
use crate::framework::SkillMap;
use crate::rubric::{CriterionWeight, Effect, NotApplicablePolicy, Rubric, RubricCriterion, Weighting};
use crate::value::{Ratio, Score, Step};

/// The entries of one criterion, one for each answer.
#[derive(Clone, Debug)]
pub(super) struct Line([Entry; Self::CODES]);

impl Line {
    /// Steps 1 to 11, two other answers, and room up to a power of two.
    const CODES: usize = 16;
    const NOT_APPLICABLE: u8 = 12;
    const NOT_OBSERVED: u8 = Self::NOT_APPLICABLE + 1;

    /// `divisor` divides the weights of the criterion's skill; points are counted in parts of `unit`.
    pub(super) fn of(criterion: &RubricCriterion, unit: u64, divisor: u64) -> Self {
        let weight = match criterion.weight {
            CriterionWeight::Weighted { weight } => u64::from(weight.get()) / divisor,
            CriterionWeight::Advisory {} => 0,
        };
        Self(std::array::from_fn(|code| match code as u8 {
            Self::NOT_APPLICABLE => match criterion.not_applicable {
                NotApplicablePolicy::Exclude => Entry::default(),
                NotApplicablePolicy::CountAsZero => Entry::rated(weight, 0),
                NotApplicablePolicy::Fail => Entry { points: 0, counts: 1 << Entry::NOT_APPLICABLE_FAILURE },
                NotApplicablePolicy::NotAllowed => Entry::invalid(),
            },
            Self::NOT_OBSERVED => Entry { points: 0, counts: weight << Entry::APPLICABLE },
            _ => match points_at(criterion, code, unit) {
                Some(points) => Entry::rated(weight, points),
                None => Entry::invalid(),
            },
        }))
    }

    /// The sums of this one answer.
    pub(super) fn sums(&self, answer: Answer) -> Sums {
        Sums { entry: self.entry(answer) }
    }

    #[expect(clippy::indexing_slicing, reason = "a code is masked to less than the length of a line")]
    fn entry(&self, answer: Answer) -> Entry {
        // In this form no branch is left, which a mix of answers would often lead astray.
        let code = match answer.step() {
            Some(step) => step.get(),
            None => Self::NOT_APPLICABLE + u8::from(matches!(answer, Answer::NotObserved)),
        };
        self.0[usize::from(code) % Self::CODES]
    }
}

/// What one answer on one criterion adds to the sums of its skill.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    /// Weight times points, in the scorer's unit.
    points: u64,
    /// Weights and flags, packed: see the constants.
    counts: u64,
}

impl Entry {
    const APPLICABLE: u32 = 20;
    const INVALID: u32 = 40;
    const NOT_APPLICABLE_FAILURE: u32 = 48;
    const WEIGHT_MASK: u64 = (1 << 20) - 1;
    const FLAG_MASK: u64 = 0xff;

    fn rated(weight: u64, points: u64) -> Self {
        Self { points: weight * points, counts: weight | weight << Self::APPLICABLE }
    }

    fn invalid() -> Self {
        Self { points: 0, counts: 1 << Self::INVALID }
    }
}

/// The sums of one skill over its weighted criteria; weights are reduced by their common divisor.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    entry: Entry,
}

impl Sums {
    /// The sums of a row of answers.
    pub(super) fn of(lines: &[Line], answers: &[Answer]) -> Self {
        let mut sum = Entry::default();
        for (line, answer) in lines.iter().zip(answers) {
            let entry = line.entry(*answer);
            sum.points += entry.points;
            sum.counts += entry.counts;
        }
        Self { entry: sum }
    }

    /// Weight times points, in the scorer's unit.
    pub(super) fn points(self) -> u64 {
        self.entry.points
    }

    /// The weight that was rated.
    pub(super) fn rated(self) -> u64 {
        self.entry.counts & Entry::WEIGHT_MASK
    }

    /// The weight that was applicable.
    pub(super) fn applicable(self) -> u64 {
        self.entry.counts >> Entry::APPLICABLE & Entry::WEIGHT_MASK
    }

    pub(super) fn is_invalid(self) -> bool {
        self.entry.counts >> Entry::INVALID & Entry::FLAG_MASK > 0
    }

    pub(super) fn has_not_applicable_failure(self) -> bool {
        self.entry.counts >> Entry::NOT_APPLICABLE_FAILURE & Entry::FLAG_MASK > 0
    }
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CompiledSkill {
    /// Where its criteria start in the rubric.
    pub(super) start: usize,
    /// Where they end.
    pub(super) end: usize,
    /// The weight of the skill in the overall score.
    pub(super) weight: u64,
    /// The weight of all its criteria together, reduced by `divisor`.
    pub(super) total: u64,
    /// What the weights of its criteria were divided by.
    pub(super) divisor: u64,
}

/// The least unit in which every point of the rubric, and every score that a rule names, is a whole number.
pub(super) fn common_unit(rubric: &Rubric) -> u64 {
    let names_scores = rubric
        .rules()
        .iter()
        .flat_map(|rule| &rule.effects)
        .any(|effect| matches!(effect, Effect::Deduct { .. } | Effect::CapScore { .. } | Effect::Zero { .. }))
        || !rubric.document().floors.is_empty();
    let start = if names_scores { 1_000_000 } else { 1 };
    rubric.criteria().iter().fold(start, |unit, criterion| {
        let parts = if criterion.points.is_some() { 1_000_000 } else { u64::from(criterion.steps.get()) - 1 };
        unit / greatest_common_divisor(unit, parts) * parts
    })
}

fn greatest_common_divisor(one: u64, other: u64) -> u64 {
    if other == 0 { one.max(1) } else { greatest_common_divisor(other, one % other) }
}

pub(super) fn compile_skills(rubric: &Rubric) -> SkillMap<CompiledSkill> {
    let weights = match &rubric.document().weighting {
        Weighting::BySkill { weights } => weights.map(|_, weight| u64::from(weight.get())),
        Weighting::Flat {} => SkillMap::from_fn(|_| 1),
    };
    let common = weights.values().copied().fold(0, greatest_common_divisor);
    SkillMap::from_fn(|skill| {
        let criteria = rubric.criteria();
        let start = criteria.partition_point(|one| one.skill < skill);
        let end = criteria.partition_point(|one| one.skill <= skill);
        let counted = criteria.iter().filter(|one| one.skill == skill).filter_map(RubricCriterion::counted_weight);
        let counted = counted.map(|weight| u64::from(weight.get()));
        let divisor = counted.clone().fold(0, greatest_common_divisor).max(1);
        let total = counted.sum::<u64>() / divisor;
        CompiledSkill { start, end, weight: weights[skill] / common.max(1), total, divisor }
    })
}

/// The points of a step in parts of `unit`, a multiple of every denominator in the criterion; `None` for a step outside the scale.
pub(crate) fn points_at(criterion: &RubricCriterion, step: usize, unit: u64) -> Option<u64> {
    let steps = usize::from(criterion.steps.get());
    if !(1..=steps).contains(&step) {
        return None;
    }
    match &criterion.points {
        Some(points) => Some(u64::from(points.get(step - 1)?.millionths()) * (unit / 1_000_000)),
        None => Some(unit / (steps as u64 - 1) * (step as u64 - 1)),
    }
}

impl RubricCriterion {
    /// What a step is worth, rounded to six decimals; `None` for a step outside the scale.
    #[must_use]
    pub fn points_of(&self, step: Step) -> Option<Score> {
        if !self.steps.contains(step) {
            return None;
        }
        match &self.points {
            Some(points) => points.get(usize::from(step.get()) - 1).copied(),
            None => {
                let ratio = Ratio::new(u128::from(step.get()) - 1, u128::from(self.steps.get()) - 1);
                Some(Score::at_most_max(ratio.millionths()))
            }
        }
    }
}
