//! From criteria to skills and the whole.

use super::mean::Fine;
use super::{Concern, Confidence, CriterionStanding, OverallStanding, Profiler, SkillStanding};
use crate::framework::{Level, Skill, SkillMap};
use crate::rubric::{RubricCriterion, Weighting};
use crate::statistics::BoundedMean;
use crate::value::{Real, Share};

/// The value of a criterion, and its mean as an estimate.
#[derive(Clone, Copy)]
pub(super) struct Rated {
    pub(super) value: Fine,
    pub(super) mean: BoundedMean,
}

/// What the skills of one person are made of.
pub(super) struct Skills<'a> {
    pub(super) profiler: &'a Profiler,
    /// For each criterion of the rubric.
    pub(super) rated: &'a [(CriterionStanding, Option<Rated>)],
    pub(super) concerns: &'a [Concern],
}

impl Skills<'_> {
    pub(super) fn standings(&self) -> (SkillMap<SkillStanding>, OverallStanding) {
        let standings = SkillMap::from_fn(|skill| self.skill(skill));
        (standings, self.overall(&standings))
    }

    /// The means of the skills with a value, and of the whole.
    pub(super) fn means(&self) -> (SkillMap<Option<BoundedMean>>, Option<BoundedMean>) {
        let (standings, overall) = self.standings();
        let of_skill = |skill: Skill| Self::mean_of(self.parts(skill)).filter(|_| standings[skill].score().is_some());
        let whole = self.whole(&standings).filter(|_| overall.score().is_some());
        (SkillMap::from_fn(of_skill), whole.map(|whole| whole.mean))
    }

    /// The weight of a criterion, the role's if it has one; nothing for advisory criteria.
    fn weight(&self, criterion: &RubricCriterion) -> Option<u64> {
        let own = criterion.counted_weight()?;
        Some(u64::from(self.profiler.role().and_then(|role| role.weight(criterion.key.as_str())).unwrap_or(own).get()))
    }

    /// The criteria with a weight: of one skill, or of all.
    fn weighted(&self, skill: Option<Skill>) -> impl Iterator<Item = (u64, &(CriterionStanding, Option<Rated>))> {
        let rows = self.profiler.rubric().criteria().iter().zip(self.rated);
        let rows = rows.filter(move |(one, _)| skill.is_none_or(|skill| one.skill == skill));
        rows.filter_map(|(one, standing)| Some((self.weight(one)?, standing)))
    }

    fn parts(&self, skill: Skill) -> impl Iterator<Item = (u64, Rated)> {
        self.weighted(Some(skill)).filter_map(|(weight, (_, rated))| Some((weight, (*rated)?)))
    }

    fn mean_of(parts: impl Iterator<Item = (u64, Rated)>) -> Option<BoundedMean> {
        BoundedMean::combined(parts.map(|(weight, rated)| (weight as f64, rated.mean))).ok()
    }

    fn joined(parts: &[(u64, Rated)]) -> Option<Rated> {
        let value = Fine::weighted(parts.iter().map(|(weight, rated)| (*weight, rated.value)))?;
        Some(Rated { value, mean: Self::mean_of(parts.iter().copied())? })
    }

    fn skill(&self, skill: Skill) -> SkillStanding {
        let document = self.profiler.rubric().document();
        let sum_where = |counts: fn(CriterionStanding) -> bool| -> u64 {
            self.weighted(Some(skill)).filter(|(_, (standing, _))| counts(*standing)).map(|(weight, _)| weight).sum()
        };
        let total = sum_where(|_| true);
        let applicable = sum_where(|standing| !matches!(standing, CriterionStanding::NotApplicable {}));
        let rated = sum_where(|standing| standing.score().is_some());
        if applicable == 0 || applicable * 1_000_000 < total * u64::from(document.minimum_applicable_share.millionths())
        {
            return SkillStanding::NotApplicable {};
        }
        let coverage = Share::of(rated, applicable).unwrap_or(Share::ZERO);
        let parts: Vec<_> = self.parts(skill).collect();
        let found = Self::joined(&parts).filter(|_| coverage >= document.minimum_coverage);
        let found = found.and_then(|found| self.rated_skill(skill, found, coverage));
        found.unwrap_or(SkillStanding::InsufficientEvidence { coverage })
    }

    fn rated_skill(&self, skill: Skill, found: Rated, coverage: Share) -> Option<SkillStanding> {
        let open = || self.concerns.iter().filter(|one| one.is_open() && one.target.skill() == Some(skill));
        let score = found.value.score();
        let is_unconfirmed =
            |standing| matches!(standing, CriterionStanding::Rated { top_level_unconfirmed: true, .. });
        let is_unconfirmed = self.weighted(Some(skill)).any(|(_, (standing, _))| is_unconfirmed(*standing));
        let of_score = match self.profiler.rubric().level_of(score) {
            Level::MAX if is_unconfirmed => Level::MAX.previous().unwrap_or(Level::MAX),
            level => level,
        };
        let (estimate, shrunken) = self.profiler.uncertainty().estimates(&found.mean)?;
        let is_limited =
            |standing| matches!(standing, CriterionStanding::Rated { confidence: Confidence::Limited, .. });
        let is_limited = self.weighted(Some(skill)).any(|(_, (standing, _))| is_limited(*standing));
        Some(SkillStanding::Rated {
            score,
            estimate,
            shrunken,
            effective_observations: Real::new(found.mean.effective_observations()).ok()?.to_six_decimals(),
            level: open().filter_map(|concern| concern.level_cap).fold(of_score, Ord::min),
            coverage,
            confidence: if is_limited { Confidence::Limited } else { Confidence::High },
            has_open_concern: open().next().is_some(),
        })
    }

    fn overall(&self, skills: &SkillMap<SkillStanding>) -> OverallStanding {
        if !self.profiler.rubric().document().report_overall {
            return OverallStanding::SwitchedOff {};
        }
        let rated = |whole: Rated| {
            let (estimate, shrunken) = self.profiler.uncertainty().estimates(&whole.mean)?;
            Some(OverallStanding::Rated { score: whole.value.score(), estimate, shrunken })
        };
        self.whole(skills).and_then(rated).unwrap_or(OverallStanding::InsufficientEvidence {})
    }

    /// The weighted mean of the skills with a value; with flat weighting of all their criteria.
    fn whole(&self, skills: &SkillMap<SkillStanding>) -> Option<Rated> {
        let document = self.profiler.rubric().document();
        let of_skill = |skill: Skill| {
            skills[skill].score()?;
            Self::joined(&self.parts(skill).collect::<Vec<_>>())
        };
        let weights = match (self.profiler.role(), &document.weighting) {
            (None, Weighting::Flat {}) => {
                let all = self.weighted(None).filter_map(|(weight, (_, rated))| Some((weight, (*rated)?)));
                return Self::joined(&all.collect::<Vec<_>>());
            }
            (None, Weighting::BySkill { weights }) => weights,
            (Some(role), _) => &role.skill_weights,
        };
        let parts = weights.iter().filter_map(|(skill, weight)| Some((u64::from(weight.get()), of_skill(skill)?)));
        Self::joined(&parts.collect::<Vec<_>>())
    }
}
