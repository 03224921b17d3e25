use std::fmt::{self, Write};

use super::{AnswerKind, Contribution, RuleStatus, Scorecard, Scorer, ScoringError, SkillScore};
use crate::assessment::{Answer, Assessment};
use crate::framework::{Level, Skill, SkillMap};
use crate::rubric::{Effect, RubricCriterion};
use crate::value::{Key, Step};

/// A scorecard in words that a manager understands, skill by skill.
///
/// `Display` writes all of it; [`skill`](Explanation::skill) gives the part of one skill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    heading: String,
    skills: SkillMap<String>,
    rules: String,
}

impl Explanation {
    /// The explanation of one skill; empty when the rubric has no criterion of it.
    #[must_use]
    pub fn skill(&self, skill: Skill) -> &str {
        &self.skills[skill]
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.heading)?;
        let mut present = self.skills.values().filter(|skill| !skill.is_empty());
        present.try_for_each(|skill| write!(formatter, "\n{skill}"))?;
        if self.rules.is_empty() { Ok(()) } else { write!(formatter, "\n{}", self.rules) }
    }
}

impl Scorer {
    /// Says in words how an assessment scores: for each criterion the anchor that was met and the next one up, for
    /// each skill the smallest change of one rating that would change its level.
    ///
    /// # Errors
    ///
    /// The assessment was admitted to another rubric.
    pub fn explain(&self, assessment: &Assessment) -> Result<Explanation, ScoringError> {
        let scorecard = self.score(assessment)?;
        Ok(Explanation {
            heading: self.heading(&scorecard),
            skills: SkillMap::from_fn(|skill| self.explain_skill(assessment, &scorecard, skill)),
            rules: self.explain_rules(&scorecard),
        })
    }

    fn heading(&self, scorecard: &Scorecard) -> String {
        let overall = match scorecard.overall().score() {
            Some(score) => format!("{} % overall", score.percent(1)),
            None => "no overall score".to_owned(),
        };
        let threshold = self.rubric().document().threshold;
        let threshold =
            threshold.map_or(String::new(), |threshold| format!(" (passes from {} %)", threshold.percent(1)));
        let mut text = format!(
            "Assessment {} of {}: {overall}{threshold}, {}, {} % of what applied was rated.\n",
            scorecard.assessment(),
            scorecard.observed(),
            scorecard.outcome().as_str().replace('_', " "),
            scorecard.overall().coverage().percent(0),
        );
        let _ = writeln!(text, "Rubric {}, scoring policy {}.", scorecard.rubric(), scorecard.scoring_policy());
        let rows = self.rubric().criteria().iter().zip(scorecard.contributions());
        let unseen = rows.filter(|(one, row)| one.critical.is_some() && row.answer == AnswerKind::NotObserved);
        let unseen: Vec<_> = unseen.map(|(one, _)| one.name.as_str()).collect();
        if !unseen.is_empty() {
            let _ = writeln!(text, "Critical, and not observed in this contact: {}.", unseen.join(", "));
        }
        text
    }

    fn explain_skill(&self, assessment: &Assessment, scorecard: &Scorecard, skill: Skill) -> String {
        let rows = self.rubric().criteria().iter().zip(scorecard.contributions()).filter(|(one, _)| one.skill == skill);
        let mut rows = rows.peekable();
        if rows.peek().is_none() {
            return String::new();
        }
        let score = scorecard.skills()[skill];
        let mut text = format!("{}: {}\n", skill.name(), summary(score));
        for (criterion, contribution) in rows {
            text.push_str(&explain_criterion(criterion, contribution, score.score().is_some()));
        }
        if let Some(level) = score.level() {
            for up in [true, false] {
                if let Some(change) = self.smallest_change(assessment, skill, level, up) {
                    let _ = writeln!(text, "  {change}");
                }
            }
        }
        text
    }

    fn explain_rules(&self, scorecard: &Scorecard) -> String {
        let mut text = String::new();
        for trace in scorecard.rules() {
            let name = |key: &Key| {
                self.rubric().criterion(key.as_str()).map_or_else(|| key.to_string(), |one| one.name.to_string())
            };
            let on: Vec<_> = trace.matched.iter().map(|key| format!("\"{}\"", name(key))).collect();
            let on = if on.is_empty() { String::new() } else { format!(" on {}", on.join(", ")) };
            match trace.status {
                RuleStatus::Fired => {
                    let effects: Vec<_> = trace.effects.iter().map(|effect| explain_effect(*effect)).collect();
                    let _ = writeln!(text, "Rule {} ({}) fired{on}: {}.", trace.rule, trace.class, effects.join("; "));
                }
                RuleStatus::SparedInPractice => {
                    let _ =
                        writeln!(text, "Rule {} ({}) did not fire{on}: this was practice.", trace.rule, trace.class);
                }
                RuleStatus::NotMet => {}
            }
        }
        for adjustment in scorecard.adjustments() {
            let _ = writeln!(
                text,
                "{} changed from {} % to {} % ({}).",
                adjustment.target.name(),
                adjustment.from.percent(1),
                adjustment.to.percent(1),
                adjustment.effect,
            );
        }
        text
    }

    /// The change of one rating by the fewest steps that moves the level of the skill up (or down).
    fn smallest_change(&self, assessment: &Assessment, skill: Skill, level: Level, up: bool) -> Option<String> {
        let mut best: Option<(u8, &RubricCriterion, Step, Level)> = None;
        for (position, (criterion, answer)) in assessment.answers().enumerate() {
            let (Some(step), true) = (answer.step(), criterion.skill == skill) else { continue };
            let steps: Vec<u8> =
                if up { (step.get() + 1..=criterion.steps.get()).collect() } else { (1..step.get()).rev().collect() };
            for changed in steps.into_iter().filter_map(|step| Step::new(step).ok()) {
                let distance = changed.get().abs_diff(step.get());
                if best.as_ref().is_some_and(|(least, ..)| distance >= *least) {
                    break;
                }
                if let Some(reached) = self.level_with(assessment, position, changed, skill)
                    && if up { reached > level } else { reached < level }
                {
                    best = Some((distance, criterion, changed, reached));
                }
            }
        }
        let (_, criterion, step, reached) = best?;
        let verb = if up { "would lift" } else { "would lower" };
        Some(format!("Step {step} on \"{}\" {verb} {} to level {reached}.", criterion.name, skill.name()))
    }

    fn level_with(&self, assessment: &Assessment, position: usize, step: Step, skill: Skill) -> Option<Level> {
        let mut row = assessment.row().to_vec();
        *row.get_mut(position)? = Answer::Rated(step);
        let is_real_work = assessment.document().basis().is_real_work();
        let score = if is_real_work { self.score_row(&row) } else { self.score_practice_row(&row) };
        score.ok()?.skills()[skill].level()
    }
}

fn summary(score: SkillScore) -> String {
    match score {
        SkillScore::Scored { score, level, before_rules, coverage } => {
            let rules = if score == before_rules {
                String::new()
            } else {
                format!(", {} before rules", before_rules.on_level_scale(2))
            };
            let coverage = coverage.percent(0);
            format!("level {level}, {} of 5{rules}, {coverage} % of its weight rated", score.on_level_scale(2))
        }
        SkillScore::InsufficientEvidence { coverage } => {
            format!("no score, too little was rated ({} % of its weight)", coverage.percent(0))
        }
        SkillScore::NotApplicable {} => "does not apply to this contact".to_owned(),
    }
}

fn explain_criterion(criterion: &RubricCriterion, contribution: &Contribution, is_scored: bool) -> String {
    let Some(step) = contribution.step else {
        let why = match contribution.answer {
            AnswerKind::NotApplicable => "does not apply",
            AnswerKind::NotObserved | AnswerKind::Rated => "was not observed",
        };
        return format!("  {} {why}.\n", criterion.name);
    };
    let weight = match contribution.weight {
        Some(_) if !is_scored => "counts once more of the skill is rated".to_owned(),
        Some(_) => format!("adds {} of 100 points to the skill", contribution.to_skill.percent(1)),
        None => "advisory, adds nothing".to_owned(),
    };
    let mut text = format!("  {}: step {step} of {}, {weight}.\n", criterion.name, criterion.steps);
    if let Some(met) = criterion.anchor_at(step) {
        let _ = writeln!(text, "    Met: {met}");
    }
    let next = Step::new(step.get() + 1).ok().and_then(|next| criterion.anchor_at(next));
    if let Some(next) = next {
        let _ = writeln!(text, "    Next: {next}");
    }
    text
}

fn explain_effect(effect: Effect) -> String {
    let on = effect.target().name();
    match effect {
        Effect::RaiseConcern { .. } => format!("critical concern in {on}"),
        Effect::RequireSecondAssessor { .. } => format!("a second assessor looks at {on}"),
        Effect::CapLevel { level, .. } => format!("{on} is at most level {level}, the score stays"),
        Effect::Deduct { score, .. } => format!("{} points off {on}", score.percent(1)),
        Effect::CapScore { score, .. } => format!("{on} is at most {} %", score.percent(1)),
        Effect::Zero { .. } => format!("{on} is 0"),
    }
}
