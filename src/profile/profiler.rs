use std::collections::BTreeMap;

use super::mean::{Fine, UNIT};
use super::selection::{Observation, Selection};
use super::{
    Concern, Confidence, CriterionProfile, CriterionStanding, EvidencePolicy, Profile, ProfileError, RoleProfile,
    SkillStanding,
};
use crate::assessment::Assessment;
use crate::framework::{Skill, SkillMap};
use crate::rubric::{Rubric, RubricCriterion, Weighting};
use crate::value::{Count, Day, Fault, Faults, Key, Reference, Score, Share};

/// Makes profiles: one person's assessments up to a day, judged by one rubric and one policy.
///
/// Assessments of other rubrics count where they have the same criterion on the same scale, so one profile joins all
/// channels.
///
/// ```
/// use service_excellence::{EvidencePolicy, Framework, Profiler, RoleLibrary, Rubric, Skill};
///
/// let rubric = Rubric::for_channel(Framework::builtin(), "chat")?;
/// let role = RoleLibrary::builtin().role("frontline_agent").expect("a built-in role");
/// let profiler = Profiler::new(&rubric, EvidencePolicy::default()).for_role(role)?;
/// let profile = profiler.profile(&"agent-7".parse()?, &[], "2026-06-30".parse()?);
/// assert_eq!(profile.skills()[Skill::Empathy].score(), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Profiler {
    rubric: Rubric,
    policy: EvidencePolicy,
    role: Option<RoleProfile>,
}

impl Profiler {
    /// A profiler for people in any role.
    #[must_use]
    pub fn new(rubric: &Rubric, policy: EvidencePolicy) -> Self {
        Self { rubric: rubric.clone(), policy, role: None }
    }

    /// With the weights, criteria and evidence shares of a role.
    ///
    /// # Errors
    ///
    /// The role breaks its own rules, or names criteria that the rubric does not have: all faults are listed.
    pub fn for_role(mut self, role: &RoleProfile) -> Result<Self, ProfileError> {
        let mut faults = Vec::new();
        role.check("", &mut faults);
        for (path, key) in role.criteria().filter(|(_, key)| self.rubric.criterion(key.as_str()).is_none()) {
            let message = format!("`{key}` is not a criterion of rubric `{}`", self.rubric.pin());
            faults.push(Fault::new(super::role::NAMES_RUBRIC, path, message));
        }
        Faults::none_of(faults)?;
        self.policy = self.policy.for_role(role);
        self.role = Some(role.clone());
        Ok(self)
    }

    /// The rubric by which people are judged.
    #[must_use]
    pub fn rubric(&self) -> &Rubric {
        &self.rubric
    }

    /// The profile of `person` as it was known on the day `as_of`.
    ///
    /// What happened, was entered, confirmed or decided later takes no part, so an old day gives the old answer.
    /// Assessments of other people are passed over; what else does not count is listed in the profile.
    #[must_use]
    pub fn profile<'a>(
        &self,
        person: &Reference,
        assessments: impl IntoIterator<Item = &'a Assessment>,
        as_of: Day,
    ) -> Profile {
        let own = assessments.into_iter().filter(|assessment| assessment.document().person() == person).collect();
        let selection = Selection::new(&self.rubric, &self.policy, own, as_of);
        let mut values = BTreeMap::new();
        let criteria: Vec<_> = self
            .rubric
            .criteria()
            .iter()
            .map(|criterion| {
                let (standing, value) = self.standing(criterion, &selection);
                if let Some(value) = value {
                    values.insert(&criterion.key, value);
                }
                CriterionProfile { criterion: criterion.key.clone(), skill: criterion.skill, standing }
            })
            .collect();
        let skills = SkillMap::from_fn(|skill| self.skill(skill, &criteria, &values, &selection.concerns));
        let overall = self.overall(&skills, &values);
        Profile::new(self, person.clone(), as_of, selection, criteria, skills, overall)
    }

    /// Which observations count, the role's shares included.
    #[must_use]
    pub fn policy(&self) -> &EvidencePolicy {
        &self.policy
    }

    pub(super) fn role(&self) -> Option<&RoleProfile> {
        self.role.as_ref()
    }

    pub(super) fn window_start(&self, as_of: Day) -> Day {
        super::selection::window_start(&self.policy, as_of)
    }

    fn applies(&self, criterion: &RubricCriterion) -> bool {
        self.role.as_ref().is_none_or(|role| role.applies(criterion.key.as_str()))
    }

    /// The weight of a criterion, the role's if it has one; nothing for advisory criteria.
    fn weight(&self, criterion: &RubricCriterion) -> Option<u64> {
        let own = criterion.counted_weight()?;
        Some(u64::from(self.role.as_ref().and_then(|role| role.weight(criterion.key.as_str())).unwrap_or(own).get()))
    }

    fn standing(&self, criterion: &RubricCriterion, selection: &Selection<'_>) -> (CriterionStanding, Option<Fine>) {
        let observations = selection.observations(&criterion.key);
        let never_applied = observations.is_empty() && selection.is_only_not_applicable(&criterion.key);
        if !self.applies(criterion) || never_applied {
            return (CriterionStanding::NotApplicable {}, None);
        }
        let (count, needed) = (observations.len() as u64, self.policy.minimum_observations);
        if count < u64::from(needed.get()) || count == 0 {
            let observations = Count::of(observations.len());
            return (CriterionStanding::InsufficientEvidence { observations, needed }, None);
        }
        let sum: u64 = observations.iter().map(|one| one.points).sum();
        let mean = Fine::new(sum, count * UNIT);
        let value = self.claimed_value(mean, observations);
        let points = || observations.iter().map(|one| Fine::new(one.points, UNIT).score());
        let raters = raters_of(observations.iter());
        let is_high = count >= u64::from(self.policy.high_confidence_observations.get())
            && raters >= usize::from(self.policy.high_confidence_raters.get());
        let standing = CriterionStanding::Rated {
            score: value.score(),
            mean: mean.score(),
            observations: Count::of(observations.len()),
            raters: Count::of(raters),
            lowest: points().min().unwrap_or(Score::ZERO),
            highest: points().max().unwrap_or(Score::ZERO),
            confidence: if is_high { Confidence::High } else { Confidence::Limited },
        };
        (standing, Some(value))
    }

    /// Level 5 is a claim: the mean is 3.5 or more, and enough raters saw the highest step; otherwise at most 4.
    fn claimed_value(&self, mean: Fine, observations: &[Observation<'_>]) -> Fine {
        let (claim_from, without_claim) = (Fine::new(5, 8), Fine::new(3, 4));
        let at_top = || observations.iter().filter(|one| one.points == UNIT);
        let is_claimed = mean >= claim_from
            && observations.len() >= usize::from(self.policy.top_level_observations.get())
            && raters_of(at_top()) >= usize::from(self.policy.top_level_raters.get());
        if is_claimed { Fine::new(1, 1) } else { mean.min(without_claim) }
    }

    fn skill(
        &self,
        skill: Skill,
        criteria: &[CriterionProfile],
        values: &BTreeMap<&Key, Fine>,
        concerns: &[Concern],
    ) -> SkillStanding {
        let document = self.rubric.document();
        let standings: BTreeMap<&Key, CriterionStanding> =
            criteria.iter().map(|one| (&one.criterion, one.standing)).collect();
        let weighted = || {
            let rows = self.rubric.criteria().iter().filter(|one| one.skill == skill);
            rows.filter_map(|one| Some((one, self.weight(one)?, *standings.get(&one.key)?)))
        };
        let sum_where = |counts: fn(CriterionStanding) -> bool| -> u64 {
            weighted().filter(|(_, _, standing)| counts(*standing)).map(|(_, weight, _)| weight).sum()
        };
        let total = sum_where(|_| true);
        let applicable = sum_where(|standing| !matches!(standing, CriterionStanding::NotApplicable {}));
        let rated = sum_where(|standing| standing.score().is_some());
        if applicable == 0 || applicable * 1_000_000 < total * u64::from(document.minimum_applicable_share.millionths())
        {
            return SkillStanding::NotApplicable {};
        }
        let coverage = Share::of(rated, applicable).unwrap_or(Share::ZERO);
        let parts = weighted().filter_map(|(one, weight, _)| Some((weight, *values.get(&one.key)?)));
        let Some(value) = Fine::weighted(parts).filter(|_| coverage >= document.minimum_coverage) else {
            return SkillStanding::InsufficientEvidence { coverage };
        };
        let open = || concerns.iter().filter(|concern| concern.is_open() && concern.target.skill() == Some(skill));
        let score = value.score();
        let level = open().filter_map(|concern| concern.level_cap).fold(self.rubric.level_of(score), Ord::min);
        let is_limited =
            |standing| matches!(standing, CriterionStanding::Rated { confidence: Confidence::Limited, .. });
        let confidence =
            if weighted().any(|(_, _, one)| is_limited(one)) { Confidence::Limited } else { Confidence::High };
        SkillStanding::Rated { score, level, coverage, confidence, has_open_concern: open().next().is_some() }
    }

    /// The weighted mean of the skills with a value; with flat weighting of all their criteria.
    fn overall(&self, skills: &SkillMap<SkillStanding>, values: &BTreeMap<&Key, Fine>) -> Option<Score> {
        let document = self.rubric.document();
        if !document.report_overall {
            return None;
        }
        let skill_value = |skill: Skill| {
            skills[skill].score()?;
            let rows = self.rubric.criteria().iter().filter(|one| one.skill == skill);
            Fine::weighted(rows.filter_map(|one| Some((self.weight(one)?, *values.get(&one.key)?))))
        };
        let value = match (&self.role, &document.weighting) {
            (None, Weighting::Flat {}) => {
                let rows = self.rubric.criteria().iter();
                Fine::weighted(rows.filter_map(|one| Some((self.weight(one)?, *values.get(&one.key)?))))
            }
            (None, Weighting::BySkill { weights }) => Fine::weighted(
                weights.iter().filter_map(|(skill, weight)| Some((u64::from(weight.get()), skill_value(skill)?))),
            ),
            (Some(role), _) => Fine::weighted(
                role.skill_weights
                    .iter()
                    .filter_map(|(skill, weight)| Some((u64::from(weight.get()), skill_value(skill)?))),
            ),
        };
        value.map(Fine::score)
    }
}

fn raters_of<'a>(observations: impl Iterator<Item = &'a Observation<'a>>) -> usize {
    let mut raters: Vec<&Reference> = observations.map(|one| one.rater).collect();
    raters.sort_unstable();
    raters.dedup();
    raters.len()
}
