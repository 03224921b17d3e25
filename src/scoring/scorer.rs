use std::ops::{Add, Mul};

use super::adjustment::{Adjustments, Applied, Fraction};
use super::{Outcome, OverallScore, RowScore, ScoringError, SkillScore};
use crate::assessment::{Answer, Assessment};
use crate::framework::{Level, Skill, SkillMap};
use crate::rubric::{
    Condition, CriterionWeight, Effect, NotApplicablePolicy, Rubric, RubricCriterion, Target, Weighting,
};
use crate::value::{Key, Ratio, Score, Share, Step};

/// A rubric compiled once into dense tables, to score many assessments.
///
/// # Exactness
///
/// Points are whole numbers over a common unit of at most 63,000,000 (the least common multiple of 1 to 10 and of
/// 1,000,000). With at most 64 criteria of weight at most 1,000, five skills of weight at most 1,000, the largest
/// number in the overall score is
/// `12,800⁵ · 63,000,000 · 5,000 · 2,000,000 < 2.2 · 10³⁸ < 2¹²⁸`, so nothing overflows and nothing is rounded before
/// the reported score. Where the rubric's own weights stay within 64 bits, 64 bits are used.
#[derive(Clone, Debug)]
pub struct Scorer {
    rubric: Rubric,
    /// One line per criterion, one entry per answer.
    table: Box<[[Entry; Self::CODES]]>,
    skills: SkillMap<CompiledSkill>,
    /// Points are counted in this many parts of 1.
    unit: u64,
    triggers: Box<[Trigger]>,
    /// The lowest score of levels 2 to 5 or any above, in millionths.
    level_starts: [u32; 4],
    /// Whether every overall ratio fits 64 bits; otherwise 128 are used.
    is_narrow: bool,
    adjustments: Adjustments,
    /// How much of the overall score hangs on each criterion when everything is rated.
    nominal_shares: Box<[Share]>,
}

/// The condition of a rule, with the places of its criteria instead of their keys.
#[derive(Clone, Debug)]
enum Trigger {
    Ratings { places: Box<[usize]>, step: Step, count: usize },
    SkillBelow { skill: Skill, score: Score },
}

impl Trigger {
    fn of(condition: &Condition, rubric: &Rubric) -> Self {
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

    fn is_met(&self, row: &[Answer], before: &SkillMap<SkillScore>) -> bool {
        match self {
            Self::Ratings { places, step, count } => {
                let answers = places.iter().filter_map(|place| row.get(*place));
                answers.filter(|answer| answer.step().is_some_and(|found| found <= *step)).count() >= *count
            }
            Self::SkillBelow { skill, score } => before[*skill].score().is_some_and(|found| found < *score),
        }
    }
}

/// What one answer on one criterion adds to the sums of its skill.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
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

    fn is_invalid(self) -> bool {
        self.entry.counts >> Entry::INVALID & Entry::FLAG_MASK > 0
    }

    fn has_not_applicable_failure(self) -> bool {
        self.entry.counts >> Entry::NOT_APPLICABLE_FAILURE & Entry::FLAG_MASK > 0
    }
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CompiledSkill {
    start: usize,
    end: usize,
    /// The weight of the skill in the overall score.
    pub(super) weight: u64,
    /// The weight of all its criteria together, reduced by `divisor`.
    pub(super) total: u64,
    /// What the weights of its criteria were divided by.
    pub(super) divisor: u64,
}

/// Everything that scoring decides, before it is reported.
pub(super) struct Judgement {
    pub(super) sums: SkillMap<Sums>,
    pub(super) skills: SkillMap<SkillScore>,
    pub(super) overall: OverallScore,
    pub(super) outcome: Outcome,
    /// Bit *n* is set when rule *n* of the rubric fired.
    pub(super) fired: u64,
}

impl Scorer {
    /// Steps 1 to 11, two other answers, and room up to a power of two.
    const CODES: usize = 16;
    const NOT_APPLICABLE: u8 = 12;
    const NOT_OBSERVED: u8 = Self::NOT_APPLICABLE + 1;

    /// Compiles `rubric`.
    #[must_use]
    pub fn new(rubric: &Rubric) -> Self {
        let unit = common_unit(rubric);
        let skills = compile_skills(rubric);
        let table = rubric.criteria().iter().map(|one| compile(one, unit, skills[one.skill].divisor)).collect();
        let triggers = rubric.rules().iter().map(|rule| Trigger::of(&rule.when, rubric)).collect();
        let share = |one: &RubricCriterion| rubric.effective_share(one.key.as_str()).unwrap_or(Share::ZERO);
        Self {
            rubric: rubric.clone(),
            table,
            skills,
            unit,
            triggers,
            level_starts: level_starts(rubric),
            is_narrow: is_narrow(&skills, unit),
            adjustments: Adjustments::of(rubric),
            nominal_shares: rubric.criteria().iter().map(share).collect(),
        }
    }

    /// The rubric that was compiled.
    #[must_use]
    pub fn rubric(&self) -> &Rubric {
        &self.rubric
    }

    pub(super) fn nominal_shares(&self) -> &[Share] {
        &self.nominal_shares
    }

    /// Scores answers on real work, in the order of the rubric's criteria, without allocating.
    ///
    /// # Errors
    ///
    /// The row has another length than the rubric has criteria, a step lies outside its scale, or "not applicable"
    /// stands where the rubric refuses it. An admitted [`Assessment`] has none of these.
    pub fn score_row(&self, row: &[Answer]) -> Result<RowScore, ScoringError> {
        self.row_score(row, true)
    }

    /// As [`score_row`](Scorer::score_row) for practice, on which no critical rule fires.
    ///
    /// # Errors
    ///
    /// As [`score_row`](Scorer::score_row).
    pub fn score_practice_row(&self, row: &[Answer]) -> Result<RowScore, ScoringError> {
        self.row_score(row, false)
    }

    /// The rows that this scorer takes: an assessment that was admitted to the very same rubric.
    pub(super) fn check(&self, assessment: &Assessment) -> Result<(), ScoringError> {
        let (found, expected) = (assessment.rubric().pin(), self.rubric.pin());
        if (&found.id, &found.version, &found.structure) == (&expected.id, &expected.version, &expected.structure) {
            Ok(())
        } else {
            Err(ScoringError::rubric_mismatch(found.clone(), expected.clone()))
        }
    }

    fn row_score(&self, row: &[Answer], is_real_work: bool) -> Result<RowScore, ScoringError> {
        let sums = self.sums(row);
        self.check_row(row, &sums)?;
        Ok(RowScore::new(&self.judge_sums(row, sums, is_real_work, &mut |_| {})))
    }

    pub(super) fn judge(
        &self,
        row: &[Answer],
        is_real_work: bool,
        record: &mut impl FnMut(Applied<'_>),
    ) -> Result<Judgement, ScoringError> {
        let sums = self.sums(row);
        self.check_row(row, &sums)?;
        Ok(self.judge_sums(row, sums, is_real_work, record))
    }

    fn check_row(&self, row: &[Answer], sums: &SkillMap<Sums>) -> Result<(), ScoringError> {
        if row.len() != self.table.len() {
            return Err(ScoringError::row_length(row.len(), self.table.len()));
        }
        if sums.values().any(|sums| sums.is_invalid()) {
            return Err(self.explain_invalid(row));
        }
        Ok(())
    }

    fn judge_sums(
        &self,
        row: &[Answer],
        sums: SkillMap<Sums>,
        is_real_work: bool,
        record: &mut impl FnMut(Applied<'_>),
    ) -> Judgement {
        let mut skills = SkillMap::from_fn(|skill| self.skill_before_rules(skill, sums[skill]));
        let mut points = sums.map(|_, sums| sums.points());
        let fired = if is_real_work { self.fired_rules(row, &skills) } else { 0 };
        if fired > 0 || self.adjustments.has_floors() {
            self.apply_skill_rules(&sums, &mut skills, &mut points, fired, record);
        }
        let coverage = self.overall_coverage(&sums, &skills);
        let overall = self.overall(&sums, &skills, &points, coverage, fired, record);
        let outcome = self.outcome(&sums, &skills, &overall, coverage, fired);
        Judgement { sums, skills, overall, outcome, fired }
    }

    /// The sums of a row; of no meaning before [`check_row`](Scorer::check_row).
    fn sums(&self, row: &[Answer]) -> SkillMap<Sums> {
        self.skills.map(|_, skill| {
            let lines = self.table.get(skill.start..skill.end).unwrap_or_default();
            let answers = row.get(skill.start..skill.end).unwrap_or_default();
            Self::add_up(lines, answers)
        })
    }

    fn add_up(lines: &[[Entry; Self::CODES]], answers: &[Answer]) -> Sums {
        let mut sum = Entry::default();
        for (line, answer) in lines.iter().zip(answers) {
            let entry = Self::entry(line, *answer);
            sum.points += entry.points;
            sum.counts += entry.counts;
        }
        Sums { entry: sum }
    }

    #[expect(clippy::indexing_slicing, reason = "a code is masked to less than the length of a line")]
    fn entry(line: &[Entry; Self::CODES], answer: Answer) -> Entry {
        // In this form no branch is left, which a mix of answers would often lead astray.
        let code = match answer.step() {
            Some(step) => step.get(),
            None => Self::NOT_APPLICABLE + u8::from(matches!(answer, Answer::NotObserved)),
        };
        line[usize::from(code) % Self::CODES]
    }

    fn explain_invalid(&self, row: &[Answer]) -> ScoringError {
        let invalid = self
            .rubric
            .criteria()
            .iter()
            .zip(row)
            .zip(&self.table)
            .find(|((_, answer), line)| Sums { entry: Self::entry(line, **answer) }.is_invalid());
        match invalid {
            Some(((criterion, answer), _)) => ScoringError::answer(criterion, *answer),
            None => ScoringError::row_length(row.len(), self.table.len()),
        }
    }

    fn skill_before_rules(&self, skill: Skill, sums: Sums) -> SkillScore {
        let document = self.rubric.document();
        let total = self.skills[skill].total;
        let least = u64::from(document.minimum_applicable_share.millionths()) * total;
        if sums.applicable() == 0 || sums.applicable() * 1_000_000 < least {
            return SkillScore::NotApplicable {};
        }
        let coverage = Share::of(sums.rated(), sums.applicable()).unwrap_or(Share::MAX);
        if sums.rated() == 0 || coverage < document.minimum_coverage {
            return SkillScore::InsufficientEvidence { coverage };
        }
        let score = Score::at_most_max(millionths(sums.points(), sums.rated() * self.unit));
        SkillScore::Scored { score, level: self.level_of(score), before_rules: score, coverage }
    }

    /// As [`Rubric::level_of`], from compiled bounds.
    fn level_of(&self, score: Score) -> Level {
        let above = self.level_starts.iter().map(|start| u8::from(*start <= score.millionths())).sum::<u8>();
        Level::new(1 + above).unwrap_or(Level::MIN)
    }

    pub(super) fn fraction(&self, sums: Sums) -> Fraction {
        Fraction::new(u128::from(sums.points()), u128::from(sums.rated() * self.unit))
    }

    fn fired_rules(&self, row: &[Answer], before: &SkillMap<SkillScore>) -> u64 {
        // Without a branch on each rule: whether one fires is hard to foresee.
        let bits =
            self.triggers.iter().enumerate().map(|(index, trigger)| u64::from(trigger.is_met(row, before)) << index);
        bits.fold(0, |fired, bit| fired | bit)
    }

    pub(super) fn is_at_or_below(&self, row: &[Answer], criterion: &str, step: Step) -> bool {
        let answer = self.rubric.position(criterion).and_then(|position| row.get(position));
        answer.and_then(|answer| answer.step()).is_some_and(|found| found <= step)
    }

    /// Changes the skills, and the exact points that go into the overall score, as the fired rules and floors say.
    fn apply_skill_rules(
        &self,
        sums: &SkillMap<Sums>,
        skills: &mut SkillMap<SkillScore>,
        points: &mut SkillMap<u64>,
        fired: u64,
        record: &mut impl FnMut(Applied<'_>),
    ) {
        for &skill in Skill::ALL {
            let target = Target::from(skill);
            let mut changed = None;
            if sums[skill].rated() > 0 && self.adjustments.may_change_score(target, fired) {
                let after = self.adjustments.apply(&self.rubric, target, self.fraction(sums[skill]), fired, record);
                points[skill] = u64::try_from(after.numerator()).unwrap_or(u64::MAX);
                changed = Some(after.score());
            }
            if let SkillScore::Scored { score, level, .. } = &mut skills[skill] {
                *score = changed.unwrap_or(*score);
                *level = self.capped_level(target, self.level_of(*score), fired);
            }
        }
    }

    fn capped_level(&self, target: Target, level: Level, fired: u64) -> Level {
        if !self.adjustments.cap_level(target, fired) {
            return level;
        }
        let caps = self.fired_effects(fired).filter_map(|effect| match effect {
            Effect::CapLevel { target: found, level } if found == target => Some(level),
            _ => None,
        });
        caps.fold(level, Level::min)
    }

    pub(super) fn fired_effects(&self, fired: u64) -> impl Iterator<Item = Effect> {
        let rules = self.rubric.rules().iter().enumerate().filter(move |(index, _)| fired >> index & 1 == 1);
        rules.flat_map(|(_, rule)| rule.effects.iter().copied())
    }

    /// `Σ W·coverage / Σ W` over applicable skills; with flat weighting the rated share of all applicable weight.
    fn overall_coverage(&self, sums: &SkillMap<Sums>, skills: &SkillMap<SkillScore>) -> Share {
        let is_covered = |skill: Skill| sums[skill].rated() == sums[skill].applicable();
        if skills.values().any(|score| score.coverage().is_some()) && Skill::ALL.iter().all(|one| is_covered(*one)) {
            return Share::MAX;
        }
        if self.is_flat() {
            let of = |part: fn(Sums) -> u64| {
                sums.iter().map(|(skill, sums)| part(*sums) * self.skills[skill].divisor).sum::<u64>()
            };
            return Share::of(of(Sums::rated), of(Sums::applicable)).unwrap_or(Share::ZERO);
        }
        let part = |skill: Skill| {
            skills[skill].coverage()?;
            Some(Part { numerator: sums[skill].rated(), denominator: sums[skill].applicable() })
        };
        self.weighted_mean(part, 1).map_or(Share::ZERO, |mean| Share::at_most_max(mean.ratio().millionths()))
    }

    pub(super) fn is_flat(&self) -> bool {
        matches!(self.rubric.document().weighting, Weighting::Flat {})
    }

    fn overall(
        &self,
        sums: &SkillMap<Sums>,
        skills: &SkillMap<SkillScore>,
        points: &SkillMap<u64>,
        coverage: Share,
        fired: u64,
        record: &mut impl FnMut(Applied<'_>),
    ) -> OverallScore {
        if !self.rubric.document().report_overall {
            return OverallScore::SwitchedOff { coverage };
        }
        let Some(from_skills) = self.overall_of(sums, skills, points) else {
            return OverallScore::InsufficientEvidence { coverage };
        };
        let after_skill_rules = from_skills.score();
        let mut before_rules = after_skill_rules;
        if skills.iter().any(|(skill, _)| points[skill] != sums[skill].points()) {
            let raw = self.overall_of(sums, skills, &sums.map(|_, sums| sums.points()));
            before_rules = raw.map_or(before_rules, Fraction::score);
        }
        let mut score = after_skill_rules;
        if self.adjustments.may_change_score(Target::Overall, fired) {
            score = self.adjustments.apply(&self.rubric, Target::Overall, from_skills, fired, record).score();
        }
        let level = self.capped_level(Target::Overall, self.level_of(score), fired);
        OverallScore::Scored { score, level, before_rules, after_skill_rules, coverage }
    }

    /// The overall score from the points of the skills; `None` when no skill has a score.
    pub(super) fn overall_of(
        &self,
        sums: &SkillMap<Sums>,
        skills: &SkillMap<SkillScore>,
        points: &SkillMap<u64>,
    ) -> Option<Fraction> {
        if self.is_flat() {
            let parts =
                || sums.iter().map(|(skill, sums)| (u128::from(self.skills[skill].divisor), skill, sums.rated()));
            let numerator = parts().map(|(divisor, skill, _)| divisor * u128::from(points[skill])).sum();
            let rated: u128 = parts().map(|(divisor, _, rated)| divisor * u128::from(rated)).sum();
            return (rated > 0).then(|| Fraction::new(numerator, rated * u128::from(self.unit)));
        }
        let part = |skill: Skill| {
            skills[skill].score()?;
            Some(Part { numerator: points[skill], denominator: sums[skill].rated() })
        };
        self.weighted_mean(part, self.unit)
    }

    /// `Σ W·(n/d) / Σ W / unit` over the skills with a part, as one fraction; `None` without parts.
    fn weighted_mean(&self, part: impl Fn(Skill) -> Option<Part>, unit: u64) -> Option<Fraction> {
        if self.is_narrow {
            let (numerator, denominator) = weighted_mean::<u64>(&self.skills, part, unit)?;
            return Some(Fraction::new(numerator.into(), denominator.into()));
        }
        let (numerator, denominator) = weighted_mean::<u128>(&self.skills, part, unit)?;
        Some(Fraction::new(numerator, denominator))
    }

    fn outcome(
        &self,
        sums: &SkillMap<Sums>,
        skills: &SkillMap<SkillScore>,
        overall: &OverallScore,
        coverage: Share,
        fired: u64,
    ) -> Outcome {
        let document = self.rubric.document();
        let has_score = overall.score().is_some() || skills.values().any(|skill| skill.score().is_some());
        if self.adjustments.raise_concern(fired) {
            Outcome::CriticalConcern
        } else if sums.values().any(|sums| sums.has_not_applicable_failure()) {
            Outcome::NotApplicableFailure
        } else if !has_score || coverage < document.minimum_overall_coverage {
            Outcome::Incomplete
        } else {
            match (document.threshold, overall.score()) {
                (Some(threshold), Some(score)) if score < threshold => Outcome::BelowThreshold,
                (Some(_), Some(_)) => Outcome::Passed,
                _ => Outcome::Scored,
            }
        }
    }

    pub(super) fn skill(&self, skill: Skill) -> CompiledSkill {
        self.skills[skill]
    }

    /// Weight times points of one answer in the scorer's unit, and the weight that was rated, both undivided.
    pub(super) fn weighed(&self, position: usize, answer: Answer) -> (u64, u64) {
        let Some(line) = self.table.get(position) else { return (0, 0) };
        let sums = Sums { entry: Self::entry(line, answer) };
        (sums.points(), sums.rated())
    }
}

/// What one skill brings to a weighted mean, as a fraction.
struct Part {
    numerator: u64,
    denominator: u64,
}

/// `Σ W·(n/d)` over `Σ W · unit`, both times the product of all denominators; `None` without parts.
fn weighted_mean<N>(skills: &SkillMap<CompiledSkill>, part: impl Fn(Skill) -> Option<Part>, unit: u64) -> Option<(N, N)>
where
    N: Copy + From<u64> + Add<Output = N> + Mul<Output = N>,
{
    let (mut numerator, mut product, mut weights) = (N::from(0), N::from(1), 0);
    for (skill, compiled) in skills.iter() {
        if let Some(part) = part(skill) {
            let denominator = N::from(part.denominator);
            numerator = numerator * denominator + N::from(compiled.weight) * N::from(part.numerator) * product;
            product = product * denominator;
            weights += compiled.weight;
        }
    }
    (weights > 0).then(|| (numerator, N::from(weights) * N::from(unit) * product))
}

/// Whether the largest number in any overall ratio, the one before its rounding, fits 64 bits.
fn is_narrow(skills: &SkillMap<CompiledSkill>, unit: u64) -> bool {
    let used = || skills.values().filter(|skill| skill.total > 0);
    let product: u128 = used().map(|skill| u128::from(skill.total)).product();
    let weights: u128 = used().map(|skill| u128::from(skill.weight)).sum();
    product * weights * u128::from(unit) * 2_000_001 <= u128::from(u64::MAX)
}

fn level_starts(rubric: &Rubric) -> [u32; 4] {
    [2, 3, 4, 5].map(|level| {
        let start = Level::new(level).ok().and_then(|level| rubric.start_of(level));
        start.map_or(u32::MAX, Score::millionths)
    })
}

/// A fraction of one skill in millionths: at most `64,000 · 63,000,000 · 2,000,001 < 2⁶⁴`.
fn millionths(numerator: u64, denominator: u64) -> u64 {
    (numerator * 2_000_000 + denominator) / (2 * denominator).max(1)
}

/// Division that stays in 64 bits where it can, since 128-bit division is slow.
pub(super) fn divide(numerator: u128, denominator: u128) -> u128 {
    match (u64::try_from(numerator), u64::try_from(denominator)) {
        (Ok(numerator), Ok(denominator)) => u128::from(numerator / denominator.max(1)),
        _ => numerator / denominator.max(1),
    }
}

/// The least unit in which every point of the rubric, and every score that a rule names, is a whole number.
fn common_unit(rubric: &Rubric) -> u64 {
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

fn compile_skills(rubric: &Rubric) -> SkillMap<CompiledSkill> {
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

fn compile(criterion: &RubricCriterion, unit: u64, divisor: u64) -> [Entry; Scorer::CODES] {
    let weight = match criterion.weight {
        CriterionWeight::Weighted { weight } => u64::from(weight.get()) / divisor,
        CriterionWeight::Advisory {} => 0,
    };
    std::array::from_fn(|code| match code as u8 {
        Scorer::NOT_APPLICABLE => match criterion.not_applicable {
            NotApplicablePolicy::Exclude => Entry::default(),
            NotApplicablePolicy::CountAsZero => Entry::rated(weight, 0),
            NotApplicablePolicy::Fail => Entry { points: 0, counts: 1 << Entry::NOT_APPLICABLE_FAILURE },
            NotApplicablePolicy::NotAllowed => Entry::invalid(),
        },
        Scorer::NOT_OBSERVED => Entry { points: 0, counts: weight << Entry::APPLICABLE },
        _ => match points_at(criterion, code, unit) {
            Some(points) => Entry::rated(weight, points),
            None => Entry::invalid(),
        },
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
