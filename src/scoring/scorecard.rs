use super::accuracy::ERRORS_AMONG_OPPORTUNITIES;
use super::contribution::apportion;
use super::scorer::Judgement;
use super::{
    Accuracy, Adjustment, AnswerKind, Contribution, ItemCount, Outcome, OverallScore, PolicyVersion, Scorer,
    ScoringError, SkillScore,
};
use crate::assessment::{Answer, Assessment};
use crate::framework::{Basis, CriticalClass, Skill, SkillMap};
use crate::rubric::{Condition, CriticalRule, Effect, RubricCriterion, RubricPin};
use crate::value::strict::{choice, document, object};
use crate::value::{Day, Fault, Faults, Key, Reference, Rule, SchemaVersion, Score, Share, from_json};

document! {
    /// What one assessment adds up to, with the full trace of how.
    pub struct Scorecard {
        /// The version of this shape.
        schema_version: SchemaVersion,
        /// The version of the rules by which the numbers were computed.
        scoring_policy: PolicyVersion,
        /// The rubric.
        rubric: RubricPin,
        /// The assessment.
        assessment: Reference,
        /// The person assessed.
        person: Reference,
        /// When it happened.
        observed: Day,
        /// The kind of evidence on which it rests.
        basis: Basis,
        /// The five skills.
        skills: SkillMap<SkillScore>,
        /// The whole.
        overall: OverallScore,
        /// What it comes to.
        outcome: Outcome,
        /// Whether a rule asks for a second assessor.
        second_assessor_required: bool,
        /// The errors, by class.
        accuracy: Accuracy,
        /// What each criterion adds, in the order of the rubric.
        contributions: Vec<Contribution>,
        /// What each rule of the rubric did.
        rules: Vec<RuleTrace>,
        /// The changes of scores by rules and floors, in the order in which they were made.
        adjustments: Vec<Adjustment>,
    }
    checked by Scorecard::check
}

object! {
    /// What one rule did.
    pub struct RuleTrace {
        /// The rule.
        pub rule: Key,
        /// Whom the failure harms.
        pub class: CriticalClass,
        /// Whether it fired.
        pub status: RuleStatus,
        /// The criteria that met its condition.
        pub matched: Vec<Key>,
        /// What it does when it fires.
        pub effects: Vec<Effect>,
    }
}

choice! {
    /// Whether a rule fired.
    pub enum RuleStatus: "Whether a rule fired" {
        /// Its condition was met by real work.
        Fired = "fired",
        /// Its condition was not met.
        NotMet = "not_met",
        /// Its condition was met in practice, where no rule fires.
        SparedInPractice = "spared_in_practice",
    }
}

impl Scorecard {
    /// Reads a scorecard from JSON text.
    ///
    /// # Errors
    ///
    /// The text does not have the shape of a scorecard (one fault, with its place), or it breaks rules (all of them).
    pub fn from_json(text: &str) -> Result<Self, Faults> {
        from_json(text)
    }

    /// The version of the rules by which the numbers were computed.
    #[must_use]
    pub fn scoring_policy(&self) -> PolicyVersion {
        self.scoring_policy
    }

    /// The rubric.
    #[must_use]
    pub fn rubric(&self) -> &RubricPin {
        &self.rubric
    }

    /// The assessment.
    #[must_use]
    pub fn assessment(&self) -> &Reference {
        &self.assessment
    }

    /// The person assessed.
    #[must_use]
    pub fn person(&self) -> &Reference {
        &self.person
    }

    /// When it happened.
    #[must_use]
    pub fn observed(&self) -> Day {
        self.observed
    }

    /// The kind of evidence on which it rests.
    #[must_use]
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// The five skills.
    #[must_use]
    pub fn skills(&self) -> &SkillMap<SkillScore> {
        &self.skills
    }

    /// The whole.
    #[must_use]
    pub fn overall(&self) -> OverallScore {
        self.overall
    }

    /// What it comes to.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// Whether a rule asks for a second assessor.
    #[must_use]
    pub fn second_assessor_required(&self) -> bool {
        self.second_assessor_required
    }

    /// The errors, by class.
    #[must_use]
    pub fn accuracy(&self) -> Accuracy {
        self.accuracy
    }

    /// What each criterion adds, in the order of the rubric.
    #[must_use]
    pub fn contributions(&self) -> &[Contribution] {
        &self.contributions
    }

    /// What each rule of the rubric did.
    #[must_use]
    pub fn rules(&self) -> &[RuleTrace] {
        &self.rules
    }

    /// The changes of scores by rules and floors, in the order in which they were made.
    #[must_use]
    pub fn adjustments(&self) -> &[Adjustment] {
        &self.adjustments
    }

    fn check(&self) -> Result<(), Faults> {
        let mut faults = Vec::new();
        self.accuracy.check(&mut faults);
        for (skill, score) in self.skills.iter() {
            let parts = self.contributions.iter().filter(|one| one.skill == skill).map(|one| one.to_skill);
            let path = format!("/skills/{skill}");
            check_sum(CONTRIBUTIONS_TO_SKILLS, &path, parts, score.before_rules(), &mut faults);
        }
        let parts = self.contributions.iter().map(|one| one.to_overall);
        check_sum(CONTRIBUTIONS_TO_OVERALL, "/overall", parts, self.overall.before_rules(), &mut faults);
        Faults::none_of(faults)
    }
}

pub(crate) const RULES: &[Rule] = &[ERRORS_AMONG_OPPORTUNITIES, CONTRIBUTIONS_TO_SKILLS, CONTRIBUTIONS_TO_OVERALL];

const CONTRIBUTIONS_TO_SKILLS: Rule = Rule::new(
    "scorecard_contributions_to_skills",
    "the `to_skill` of a skill's contributions sum to its `before_rules`, or to 0 when it has no score",
);
const CONTRIBUTIONS_TO_OVERALL: Rule = Rule::new(
    "scorecard_contributions_to_overall",
    "the `to_overall` of all contributions sum to the `before_rules` of `overall`, or to 0 when it has no score",
);

fn check_sum(
    rule: Rule,
    path: &str,
    parts: impl Iterator<Item = Score>,
    whole: Option<Score>,
    faults: &mut Vec<Fault>,
) {
    let sum: u64 = parts.map(|part| u64::from(part.millionths())).sum();
    let expected = u64::from(whole.unwrap_or(Score::ZERO).millionths());
    if sum != expected {
        let message = format!("the contributions sum to {sum} millionths, allowed is {expected}");
        faults.push(Fault::new(rule, path, message));
    }
}

impl Scorer {
    /// Scores an assessment, with the full trace.
    ///
    /// The numbers are those of [`score_row`](Scorer::score_row), or of
    /// [`score_practice_row`](Scorer::score_practice_row) when its basis is not real work. They describe what was
    /// rated; whether a concern has been closed since is for the [`Profile`](crate::Profile).
    ///
    /// # Errors
    ///
    /// The assessment was admitted to another rubric.
    pub fn score(&self, assessment: &Assessment) -> Result<Scorecard, ScoringError> {
        self.check(assessment)?;
        let document = assessment.document();
        let is_real_work = document.basis().is_real_work();
        let mut adjustments = Vec::new();
        let judgement =
            self.judge(assessment.row(), is_real_work, &mut |applied| adjustments.push(applied.report()))?;
        let second = |effect| matches!(effect, Effect::RequireSecondAssessor { .. });
        Ok(Scorecard {
            schema: None,
            schema_version: SchemaVersion::default(),
            scoring_policy: PolicyVersion::CURRENT,
            rubric: self.rubric().pin().clone(),
            assessment: document.id().clone(),
            person: document.person().clone(),
            observed: document.observed(),
            basis: document.basis(),
            skills: judgement.skills,
            overall: judgement.overall,
            outcome: judgement.outcome,
            second_assessor_required: self.fired_effects(judgement.fired).any(second),
            accuracy: self.accuracy(assessment, judgement.fired),
            contributions: self.contributions(assessment, &judgement),
            rules: self.trace_rules(assessment.row(), &judgement, is_real_work),
            adjustments,
        })
    }

    fn accuracy(&self, assessment: &Assessment, fired: u64) -> Accuracy {
        let is_error =
            |one: &RubricCriterion, answer: Answer| answer.step().is_some_and(|step| step <= one.fails_at_or_below);
        let is_free_of = |class| {
            let fired_rule = |(index, rule): (usize, &CriticalRule)| fired >> index & 1 == 1 && rule.class == class;
            !assessment.answers().any(|(one, answer)| one.critical == Some(class) && is_error(one, answer))
                && !self.rubric().rules().iter().enumerate().any(fired_rule)
        };
        let items = || assessment.answers().filter(|(one, answer)| one.critical.is_none() && answer.step().is_some());
        Accuracy {
            customer: is_free_of(CriticalClass::Customer),
            business: is_free_of(CriticalClass::Business),
            compliance: is_free_of(CriticalClass::Compliance),
            opportunities: ItemCount::at_most_max(items().count()),
            errors: ItemCount::at_most_max(items().filter(|(one, answer)| is_error(one, *answer)).count()),
        }
    }

    fn trace_rules(&self, row: &[Answer], judgement: &Judgement, is_real_work: bool) -> Vec<RuleTrace> {
        let unspared = if is_real_work { None } else { self.judge(row, true, &mut |_| {}).ok() };
        let would_fire = unspared.map_or(judgement.fired, |unspared| unspared.fired);
        let traces = self.rubric().rules().iter().enumerate().map(|(index, rule)| {
            let bit = |fired: u64| fired >> index & 1 == 1;
            let status = match (bit(judgement.fired), bit(would_fire)) {
                (true, _) => RuleStatus::Fired,
                (false, true) => RuleStatus::SparedInPractice,
                (false, false) => RuleStatus::NotMet,
            };
            RuleTrace {
                rule: rule.key.clone(),
                class: rule.class,
                status,
                matched: self.matched(row, &rule.when),
                effects: rule.effects.clone(),
            }
        });
        traces.collect()
    }

    pub(crate) fn matched(&self, row: &[Answer], condition: &Condition) -> Vec<Key> {
        let at_or_below = |key: &&Key, step| self.is_at_or_below(row, key.as_str(), step);
        match condition {
            Condition::RatedAtOrBelow { criterion, step } => {
                std::iter::once(criterion).filter(|key| at_or_below(key, *step)).cloned().collect()
            }
            Condition::SeveralRatedAtOrBelow { criteria, step, .. } => {
                criteria.iter().filter(|key| at_or_below(key, *step)).cloned().collect()
            }
            Condition::SkillScoreBelow { .. } => Vec::new(),
        }
    }

    fn contributions(&self, assessment: &Assessment, judgement: &Judgement) -> Vec<Contribution> {
        let to_skill = self.shares_of_skills(assessment.row(), judgement);
        let (to_overall, effective) = self.shares_of_overall(assessment.row(), judgement);
        let shares = effective.into_iter().zip(self.nominal_shares().iter().copied());
        let rows = assessment.answers().zip(to_skill).zip(to_overall).zip(shares);
        rows.map(|((((criterion, answer), to_skill), to_overall), (effective, nominal_share))| {
            let counts_as_zero = answer == Answer::NotApplicable
                && criterion.not_applicable == crate::rubric::NotApplicablePolicy::CountAsZero;
            Contribution {
                criterion: criterion.key.clone(),
                skill: criterion.skill,
                answer: match answer {
                    Answer::Rated(_) => AnswerKind::Rated,
                    Answer::NotApplicable => AnswerKind::NotApplicable,
                    Answer::NotObserved => AnswerKind::NotObserved,
                },
                step: answer.step(),
                points: match answer.step() {
                    Some(step) => criterion.points_of(step),
                    None => counts_as_zero.then_some(Score::ZERO),
                },
                weight: criterion.counted_weight(),
                nominal_share,
                effective_share: Share::at_most_max(effective),
                to_skill: Score::at_most_max(to_skill),
                to_overall: Score::at_most_max(to_overall),
            }
        })
        .collect()
    }

    /// What each criterion adds to its skill before rules, in millionths.
    fn shares_of_skills(&self, row: &[Answer], judgement: &Judgement) -> Vec<u64> {
        Skill::ALL
            .iter()
            .flat_map(|&skill| {
                let sums = judgement.sums[skill];
                let scored = judgement.skills[skill].before_rules();
                let denominator = if scored.is_some() { self.fraction(sums).denominator() } else { 0 };
                let parts = self.parts(row, skill, |points, _| if scored.is_some() { u128::from(points) } else { 0 });
                apportion(&parts, denominator, scored.map_or(0, |score| u64::from(score.millionths())))
            })
            .collect()
    }

    /// What each criterion adds to the overall score before rules, and its share of the rated whole, in millionths.
    fn shares_of_overall(&self, row: &[Answer], judgement: &Judgement) -> (Vec<u64>, Vec<u64>) {
        let points = judgement.sums.map(|_, sums| sums.points());
        let whole = self.overall_of(&judgement.sums, &judgement.skills, &points);
        let (Some(whole), Some(before)) = (whole, judgement.overall.before_rules()) else {
            return (vec![0; row.len()], vec![0; row.len()]);
        };
        let factor = |skill| self.overall_factor(judgement, skill, whole.denominator());
        let gather = |part: fn(u64, u64) -> u64| -> Vec<(&Key, u128)> {
            let skills = Skill::ALL.iter().flat_map(|&skill| {
                let factor = factor(skill);
                self.parts(row, skill, move |points, rated| factor * u128::from(part(points, rated)))
            });
            skills.collect()
        };
        let to_overall = apportion(&gather(|points, _| points), whole.denominator(), u64::from(before.millionths()));
        let rated = gather(|_, rated| rated);
        let effective = apportion(&rated, rated.iter().map(|(_, part)| part).sum(), 1_000_000);
        (to_overall, effective)
    }

    /// By what a criterion's points are multiplied to stand over the denominator of the overall score.
    fn overall_factor(&self, judgement: &Judgement, skill: Skill, denominator: u128) -> u128 {
        let compiled = self.skill(skill);
        if self.is_flat() {
            return u128::from(compiled.divisor);
        }
        if judgement.skills[skill].score().is_none() {
            return 0;
        }
        let scored = judgement.skills.iter().filter(|(_, score)| score.score().is_some());
        let weights: u128 = scored.map(|(skill, _)| u128::from(self.skill(skill).weight)).sum();
        let own = self.fraction(judgement.sums[skill]).denominator();
        u128::from(compiled.weight) * (denominator / (weights * own).max(1))
    }

    /// For each criterion of a skill its key and `part(points, rated weight)`.
    fn parts(&self, row: &[Answer], skill: Skill, part: impl Fn(u64, u64) -> u128) -> Vec<(&Key, u128)> {
        let rows = self.rubric().criteria().iter().zip(row).enumerate().filter(|(_, (one, _))| one.skill == skill);
        rows.map(|(position, (one, answer))| {
            let (points, rated) = self.weighed(position, *answer);
            (&one.key, part(points, rated))
        })
        .collect()
    }
}
