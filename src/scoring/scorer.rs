use super::adjustment::{Adjustments, Applied};
use super::table::{CompiledSkill, Line, Sums, common_unit, compile_skills};
use super::trigger::Trigger;
use super::weighted_mean::{Part, is_narrow, weighted_mean};
use super::{Outcome, OverallScore, RowScore, ScoringError, SkillScore};
use crate::assessment::{Answer, Assessment};
use crate::framework::{Level, Skill, SkillMap};
use crate::rubric::{Effect, Rubric, RubricCriterion, Target, Weighting};
use crate::value::{Ratio, Score, Share, Step};

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
    table: Box<[Line]>,
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
    /// Compiles `rubric`.
    #[must_use]
    pub fn new(rubric: &Rubric) -> Self {
        let unit = common_unit(rubric);
        let skills = compile_skills(rubric);
        let table = rubric.criteria().iter().map(|one| Line::of(one, unit, skills[one.skill].divisor)).collect();
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
        if found.is_same_form(expected) {
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
            Sums::of(lines, answers)
        })
    }

    fn explain_invalid(&self, row: &[Answer]) -> ScoringError {
        let invalid = self
            .rubric
            .criteria()
            .iter()
            .zip(row)
            .zip(&self.table)
            .find(|((_, answer), line)| line.sums(**answer).is_invalid());
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

    pub(super) fn fraction(&self, sums: Sums) -> Ratio {
        Ratio::new(u128::from(sums.points()), u128::from(sums.rated() * self.unit))
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
            // In a flat rubric the ratings of a skill count even where the skill itself has no score to report.
            let is_scored = skills[skill].score().is_some();
            let counts = is_scored || (self.is_flat() && sums[skill].rated() > 0);
            if counts && self.adjustments.may_change_score(target, fired) {
                let mut record = |applied: Applied<'_>| {
                    if is_scored {
                        record(applied);
                    }
                };
                let before = self.fraction(sums[skill]);
                let after = self.adjustments.apply(&self.rubric, target, before, fired, &mut record);
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
        self.weighted_mean(part, 1).map_or(Share::ZERO, |mean| Share::at_most_max(mean.millionths()))
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
            before_rules = raw.map_or(before_rules, Ratio::score);
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
    ) -> Option<Ratio> {
        if self.is_flat() {
            let parts =
                || sums.iter().map(|(skill, sums)| (u128::from(self.skills[skill].divisor), skill, sums.rated()));
            let numerator = parts().map(|(divisor, skill, _)| divisor * u128::from(points[skill])).sum();
            let rated: u128 = parts().map(|(divisor, _, rated)| divisor * u128::from(rated)).sum();
            return (rated > 0).then(|| Ratio::new(numerator, rated * u128::from(self.unit)));
        }
        let part = |skill: Skill| {
            skills[skill].score()?;
            Some(Part { numerator: points[skill], denominator: sums[skill].rated() })
        };
        self.weighted_mean(part, self.unit)
    }

    /// `Σ W·(n/d) / Σ W / unit` over the skills with a part, as one fraction; `None` without parts.
    fn weighted_mean(&self, part: impl Fn(Skill) -> Option<Part>, unit: u64) -> Option<Ratio> {
        if self.is_narrow {
            let (numerator, denominator) = weighted_mean::<u64>(&self.skills, part, unit)?;
            return Some(Ratio::new(numerator.into(), denominator.into()));
        }
        let (numerator, denominator) = weighted_mean::<u128>(&self.skills, part, unit)?;
        Some(Ratio::new(numerator, denominator))
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

    /// Weight times points of one answer in the scorer's unit, and the weight that was rated, both divided as the weights
    /// of the skill are.
    pub(super) fn weighed(&self, position: usize, answer: Answer) -> (u64, u64) {
        let Some(line) = self.table.get(position) else { return (0, 0) };
        let sums = line.sums(answer);
        (sums.points(), sums.rated())
    }
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
