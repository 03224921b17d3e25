use super::scorer::Judgement;
use super::{Outcome, OverallScore, SkillScore};
use crate::framework::SkillMap;

/// What [`Scorer::score_row`](super::Scorer::score_row) finds: small, `Copy`, without a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowScore {
    skills: SkillMap<SkillScore>,
    overall: OverallScore,
    outcome: Outcome,
    fired: u64,
}

impl RowScore {
    pub(super) fn new(judgement: &Judgement) -> Self {
        let Judgement { skills, overall, outcome, fired, .. } = *judgement;
        Self { skills, overall, outcome, fired }
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

    /// Whether the rule at this place in [`Rubric::rules`](crate::Rubric::rules) fired.
    #[must_use]
    pub fn fired(&self, rule: usize) -> bool {
        rule < 64 && self.fired >> rule & 1 == 1
    }
}
