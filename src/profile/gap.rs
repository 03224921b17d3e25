use super::error::OtherProfile;
use super::{
    ComponentsSource, Concern, CriterionGap, CriterionProfile, CriterionStanding, LevelGap, Profile, ProfileError,
    Progress, Reason, RolePin, RoleProfile, SkillGap, SkillStanding, TargetShare, TargetSource, Urgency, Verdict,
};
use crate::framework::{Level, Skill, SkillMap};
use crate::rubric::{Rubric, RubricCriterion, RubricPin};
use crate::scoring::PolicyVersion;
use crate::statistics::{Estimate, posterior_below, probability_below};
use crate::value::strict::document;
use crate::value::{
    Count, Day, Fault, Faults, Key, Ratio, Real, Reference, Rule, SchemaVersion, Score, Share, from_json, repeated,
};

document! {
    /// How far a person is from what a role asks for, most urgent first.
    ///
    /// *Formula*: gap = max(0, start of the target's band − value) on the scale of levels; priority = importance × gap ×
    /// probability of being below, where importance is the skill's share in the role times the criterion's share in the
    /// skill, and the probability is the posterior one that the person's long-run mean lies below the start of the target's
    /// band, given the observations and how people differ
    /// ([`BoundedMean::posterior_below`](crate::statistics::BoundedMean::posterior_below)). Open concerns come first, then critical criteria and role minimums that are not met, then the rest by
    /// priority.
    pub struct GapAnalysis {
        /// The version of this shape.
        schema_version: SchemaVersion,
        /// The version of the rules by which the numbers were computed.
        scoring_policy: PolicyVersion,
        /// The rubric by which the person is judged.
        rubric: RubricPin,
        /// The role.
        role: RolePin,
        /// The person.
        person: Reference,
        /// The day on which this was known.
        as_of: Day,
        /// Whether the person meets what the role asks for.
        verdict: Verdict,
        /// How much of what the role asks for is there.
        share_of_target: TargetShare,
        /// The five skills.
        skills: SkillMap<SkillGap>,
        /// The criteria with a value, most urgent first.
        criteria: Vec<CriterionGap>,
        /// The criteria without enough evidence.
        unknown: Vec<Key>,
        /// The critical concerns that no second assessor has decided, whether or not their skills have values.
        open_concerns: Vec<Concern>,
    }
    checked by GapAnalysis::check
}

pub(crate) const GAP_RULES: &[Rule] = &[GAP_CRITERIA_UNIQUE];

const GAP_CRITERIA_UNIQUE: Rule =
    Rule::new("gap_criteria_unique", "each criterion occurs once in `criteria` and `unknown` together");

impl GapAnalysis {
    /// Compares a profile with the role for which it was made.
    ///
    /// # Errors
    ///
    /// The profile was made with another rubric or another role, or the role has changed since; the error names both.
    pub fn of(profile: &Profile, rubric: &Rubric, role: &RoleProfile) -> Result<Self, ProfileError> {
        if profile.rubric().structure != rubric.pin().structure {
            let error = OtherProfile::new("rubric", profile.rubric().to_string(), rubric.pin().to_string());
            return Err(error.into());
        }
        let pin = role.pin();
        if profile.role() != Some(&pin) {
            let found = profile.role().map_or("no role".to_owned(), RolePin::to_string);
            return Err(OtherProfile::new("role", found, pin.to_string()).into());
        }
        let analyst = Analyst { profile, rubric, role };
        let mut criteria: Vec<_> = profile.criteria().iter().filter_map(|one| analyst.criterion(one)).collect();
        criteria.sort_by(|one, other| rank(one).cmp(&rank(other)));
        let is_unknown = |one: &&CriterionProfile| {
            use CriterionStanding::{InsufficientEvidence, NotMastered};
            matches!(one.standing, InsufficientEvidence { .. } | NotMastered { .. })
        };
        let unknown = profile.criteria().iter().filter(is_unknown).map(|one| one.criterion.clone()).collect();
        let skills = SkillMap::from_fn(|skill| analyst.skill(skill));
        Ok(Self {
            schema: None,
            schema_version: SchemaVersion::default(),
            scoring_policy: PolicyVersion::CURRENT,
            rubric: profile.rubric().clone(),
            role: pin,
            person: profile.person().clone(),
            as_of: profile.as_of(),
            verdict: analyst.verdict(&skills, &criteria),
            share_of_target: analyst.share_of_target(),
            skills,
            criteria,
            unknown,
            open_concerns: profile.open_concerns().cloned().collect(),
        })
    }

    /// Reads a gap analysis from JSON text.
    ///
    /// # Errors
    ///
    /// The text does not have the shape of a gap analysis (one fault, with its place), or it breaks rules.
    pub fn from_json(text: &str) -> Result<Self, Faults> {
        from_json(text)
    }

    /// The version of the rules by which the numbers were computed.
    #[must_use]
    pub fn scoring_policy(&self) -> PolicyVersion {
        self.scoring_policy
    }

    /// The rubric by which the person is judged.
    #[must_use]
    pub fn rubric(&self) -> &RubricPin {
        &self.rubric
    }

    /// The role.
    #[must_use]
    pub fn role(&self) -> &RolePin {
        &self.role
    }

    /// The person.
    #[must_use]
    pub fn person(&self) -> &Reference {
        &self.person
    }

    /// The day on which this was known.
    #[must_use]
    pub fn as_of(&self) -> Day {
        self.as_of
    }

    /// Whether the person meets what the role asks for.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// How much of what the role asks for is there; a surplus in one skill never fills a hole in another.
    #[must_use]
    pub fn share_of_target(&self) -> TargetShare {
        self.share_of_target
    }

    /// The five skills.
    #[must_use]
    pub fn skills(&self) -> &SkillMap<SkillGap> {
        &self.skills
    }

    /// The criteria with a value, most urgent first; those without a gap stand at the end.
    #[must_use]
    pub fn criteria(&self) -> &[CriterionGap] {
        &self.criteria
    }

    /// The criteria without enough evidence.
    #[must_use]
    pub fn unknown(&self) -> &[Key] {
        &self.unknown
    }

    /// The critical concerns that no second assessor has decided, whether or not their skills have values.
    #[must_use]
    pub fn open_concerns(&self) -> &[Concern] {
        &self.open_concerns
    }

    fn check(&self) -> Result<(), Faults> {
        let keys = self.criteria.iter().map(|one| &one.criterion).chain(&self.unknown);
        let repeats = repeated(keys, |key| *key).into_iter().map(|(index, key)| {
            let path = match index.checked_sub(self.criteria.len()) {
                Some(place) => format!("/unknown/{place}"),
                None => format!("/criteria/{index}/criterion"),
            };
            Fault::new(GAP_CRITERIA_UNIQUE, path, format!("criterion `{key}` stands here already"))
        });
        Faults::none_of(repeats.collect())
    }
}

fn rank(gap: &CriterionGap) -> (Urgency, std::cmp::Reverse<LevelGap>, std::cmp::Reverse<LevelGap>, &Key) {
    (gap.urgency, std::cmp::Reverse(gap.priority), std::cmp::Reverse(gap.gap), &gap.criterion)
}

/// Everything that a gap is made from.
struct Analyst<'a> {
    profile: &'a Profile,
    rubric: &'a Rubric,
    role: &'a RoleProfile,
}

impl Analyst<'_> {
    fn criterion(&self, found: &CriterionProfile) -> Option<CriterionGap> {
        let CriterionStanding::Rated {
            score,
            level,
            estimate,
            shrunken,
            effective_observations,
            observations,
            raters,
            top_level_unconfirmed,
            mean,
            ..
        } = found.standing
        else {
            return None;
        };
        let criterion = self.rubric.criterion(found.criterion.as_str())?;
        let skill_target = self.role.target_levels[found.skill];
        let (target, target_source) = match self.role.minimum(found.criterion.as_str()) {
            Some(minimum) => (minimum, TargetSource::RoleMinimum),
            None => (skill_target, TargetSource::SkillTarget),
        };
        let gap = self.below_band(score, target);
        let importance = self.importance(criterion);
        let probability = self.probability_below(shrunken, estimate.value(), effective_observations, target);
        let own_view = found.own_view.map(|own| 4.0 * (own.mean.to_f64() - mean.to_f64()));
        let concern = self.open_concern(&found.criterion);
        let urgency = match (concern, gap > LevelGap::ZERO) {
            (Some(_), _) => Urgency::OpenConcern,
            (None, true) if criterion.critical.is_some() => Urgency::CriticalBelowTarget,
            (None, true) if target_source == TargetSource::RoleMinimum => Urgency::BelowRoleMinimum,
            (None, true) => Urgency::BelowTarget,
            (None, false) => Urgency::None,
        };
        let mut gap = CriterionGap {
            criterion: found.criterion.clone(),
            skill: found.skill,
            target,
            target_source,
            score,
            level,
            gap,
            to_full_level: below_full_level(score, target),
            importance,
            probability_below: probability,
            priority: product(importance, gap, probability),
            progress: self.progress(score),
            own_view_above_others: own_view.and_then(|levels| Real::new(levels).ok()).map(Real::to_six_decimals),
            urgency,
            reasons: Vec::new(),
        };
        gap.reasons = reasons(&gap, criterion, concern, observations, raters, self.profile.components());
        if top_level_unconfirmed {
            let text = "The value is that of level 5. The level is 4 until two raters have seen the highest step.";
            gap.reasons.push(Reason::new("top_level_unconfirmed", text));
        }
        Some(gap)
    }

    fn skill(&self, skill: Skill) -> SkillGap {
        let target = self.role.target_levels[skill];
        match self.profile.skills()[skill] {
            SkillStanding::NotApplicable {} => SkillGap::NotApplicable {},
            SkillStanding::InsufficientEvidence { .. } => SkillGap::InsufficientEvidence { target },
            SkillStanding::Rated {
                score, level, estimate, shrunken, effective_observations, has_open_concern, ..
            } => SkillGap::Assessed {
                target,
                level,
                score,
                gap: self.below_band(score, target),
                to_full_level: below_full_level(score, target),
                probability_below: self.probability_below(shrunken, estimate.value(), effective_observations, target),
                progress: self.progress(score),
                blocked_by_concern: has_open_concern,
                meets_target: level >= target,
            },
        }
    }

    /// `max(0, start of the target's band − value)`, in levels.
    fn below_band(&self, score: Score, target: Level) -> LevelGap {
        in_levels(self.rubric.start_of(target).unwrap_or(Score::MAX), score)
    }

    fn open_concern(&self, criterion: &Key) -> Option<&Concern> {
        self.profile.open_concerns().find(|concern| concern.criteria.contains(criterion))
    }

    /// The skill's share in the role times the criterion's share in the skill, over all criteria that apply.
    fn importance(&self, criterion: &RubricCriterion) -> Share {
        let weight = |one: &RubricCriterion| -> u128 {
            let own = self.role.weight(one.key.as_str()).or(one.counted_weight());
            let applies = self.role.applies(one.key.as_str()) && one.counted_weight().is_some();
            own.filter(|_| applies).map_or(0, |weight| u128::from(weight.get()))
        };
        let of_skill = |skill| self.rubric.criteria().iter().filter(|one| one.skill == skill).map(weight).sum::<u128>();
        let skill_weights = self.role.skill_weights.iter().filter(|(skill, _)| of_skill(*skill) > 0);
        let all: u128 = skill_weights.map(|(_, weight)| u128::from(weight.get())).sum();
        let own = u128::from(self.role.skill_weights[criterion.skill].get()) * weight(criterion);
        let whole = all * of_skill(criterion.skill);
        if whole == 0 { Share::ZERO } else { Share::at_most_max(Ratio::new(own, whole).millionths()) }
    }

    /// How probable it is, given the observations and how people differ, that the long-run mean lies below the start of the
    /// target's band. Where people do not differ, what the observations alone say.
    fn probability_below(&self, shrunken: Option<Estimate>, mean: f64, effective: Real, target: Level) -> Share {
        let bound = self.rubric.start_of(target).unwrap_or(Score::MAX).to_f64();
        let posterior = shrunken.and_then(|one| posterior_below(one.value(), one.standard_error()?, bound));
        let probability = posterior.unwrap_or_else(|| probability_below(mean, effective.get(), bound));
        Share::at_most_max((probability.clamp(0.0, 1.0) * 1e6).round() as u64)
    }

    /// How far the value has come from the start of its band to the start of the next.
    fn progress(&self, score: Score) -> Progress {
        let level = self.rubric.level_of(score);
        let above = self.rubric.bands().iter().filter(|band| band.level > level && band.from > score);
        let next = above.min_by_key(|band| (band.from, band.level));
        let Some(next) = next else { return Progress::HighestLevel {} };
        let start = self.rubric.start_of(level).unwrap_or(Score::ZERO).min(score);
        let part = |from: Score| u64::from(from.millionths() - start.millionths());
        Progress::Towards { level: next.level, share: Share::of(part(score), part(next.from)).unwrap_or(Share::MAX) }
    }

    fn verdict(&self, skills: &SkillMap<SkillGap>, criteria: &[CriterionGap]) -> Verdict {
        let is_below = |skill: &SkillGap| matches!(skill, SkillGap::Assessed { meets_target: false, .. });
        let misses_minimum =
            |gap: &CriterionGap| gap.target_source == TargetSource::RoleMinimum && gap.gap > LevelGap::ZERO;
        let is_unknown = |skill: &SkillGap| matches!(skill, SkillGap::InsufficientEvidence { .. });
        let lacks_minimum = self.role.minimum_levels.iter().any(|minimum| {
            let found = self.profile.criterion(minimum.criterion.as_str());
            found.is_none_or(|one| one.standing.score().is_none())
        });
        if skills.values().any(is_below)
            || criteria.iter().any(misses_minimum)
            || self.profile.open_concerns().next().is_some()
        {
            Verdict::BelowTarget
        } else if skills.values().any(is_unknown) || lacks_minimum {
            Verdict::InsufficientEvidence
        } else {
            Verdict::MeetsTarget
        }
    }

    /// `Σ W·min(value, needed) / Σ W·needed` over the skills with a value, where needed is the start of the band.
    fn share_of_target(&self) -> TargetShare {
        let (mut held, mut needed, mut is_any_rated) = (0, 0, false);
        for (skill, standing) in self.profile.skills().iter() {
            let Some(score) = standing.score() else { continue };
            is_any_rated = true;
            let weight = u64::from(self.role.skill_weights[skill].get());
            let start = self.rubric.start_of(self.role.target_levels[skill]).unwrap_or(Score::MAX);
            held += weight * u64::from(score.min(start).millionths());
            needed += weight * u64::from(start.millionths());
        }
        match Share::of(held, needed) {
            Some(share) => TargetShare::Known { share },
            None if is_any_rated => TargetShare::NothingAskedFor {},
            None => TargetShare::NoSkillRated {},
        }
    }
}

/// How far `score` is below `bound`, in levels: four levels make up the whole scale.
fn in_levels(bound: Score, score: Score) -> LevelGap {
    LevelGap::at_most_max(4 * u64::from(bound.millionths().saturating_sub(score.millionths())))
}

fn below_full_level(score: Score, target: Level) -> LevelGap {
    let full = Score::at_most_max(u64::from(target.get() - 1) * 250_000);
    in_levels(full, score)
}

fn product(importance: Share, gap: LevelGap, probability: Share) -> LevelGap {
    let numerator =
        u128::from(importance.millionths()) * u128::from(gap.millionths()) * u128::from(probability.millionths());
    LevelGap::at_most_max(Ratio::new(numerator, 10_u128.pow(18)).millionths())
}

fn reasons(
    gap: &CriterionGap,
    criterion: &RubricCriterion,
    concern: Option<&Concern>,
    observations: Count,
    raters: Count,
    source: ComponentsSource,
) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if let Some(concern) = concern {
        let text = format!(
            "A critical concern of {} is open; a second assessor has to decide before anything else.",
            concern.observed
        );
        reasons.push(Reason::new("open_concern", &text));
    }
    if gap.gap > LevelGap::ZERO {
        let asks = match gap.target_source {
            TargetSource::RoleMinimum => "The role itself asks here for level",
            TargetSource::SkillTarget => "This part is asked for at level",
        };
        let start = gap.score.millionths() + gap.gap.millionths() / 4;
        let text = format!(
            "{asks} {}, which starts at {}; the value is {} of 5.",
            gap.target,
            Score::at_most_max(u64::from(start)).on_level_scale(2),
            gap.score.on_level_scale(2),
        );
        reasons.push(Reason::new("below_target", &text));
        reasons.push(Reason::new("probability_below", &by_chance(gap.probability_below, source)));
        if criterion.critical.is_some() {
            reasons.push(Reason::new("critical", "The criterion is critical: other strengths cannot make up for it."));
        }
    } else {
        let text = format!("The value is {} of 5, enough for level {}.", gap.score.on_level_scale(2), gap.target);
        reasons.push(Reason::new("target_met", &text));
    }
    let text = format!(
        "It rests on {observations} observations by {raters} raters, and is {} % of all weight in the role.",
        gap.importance.percent(1)
    );
    reasons.push(Reason::new("weight_and_evidence", &text));
    reasons.extend(gap.own_view_above_others.and_then(own_view_reason));
    reasons
}

/// When the person and the others see it at least half a level apart.
fn own_view_reason(above: Real) -> Option<Reason> {
    let (size, side) = (above.get().abs(), if above > Real::ZERO { "higher" } else { "lower" });
    let text = format!(
        "The person sees it differently, {size:.2} levels {side} than the others; both views belong in the talk."
    );
    (size >= 0.5).then(|| Reason::new("own_view_differs", &text))
}

/// How likely it is that the long-run mean is not below, in words that never claim certainty.
///
/// Where the spreads of the group are only assumed, no number is named.
fn by_chance(probability_below: Share, source: ComponentsSource) -> String {
    let likely = Share::MAX.millionths() - probability_below.millionths();
    if source == ComponentsSource::Documented {
        let strength = match likely {
            0..100_000 => "This is very likely more than a run of hard contacts.",
            100_000..250_000 => "This is likely more than a run of hard contacts.",
            250_000..500_000 => "This may be more than a run of hard contacts.",
            _ => "This may well be just a run of hard contacts.",
        };
        return strength.to_owned();
    }
    let chance = match likely {
        0..10_000 => "less than 1 in 100".to_owned(),
        _ => format!("about {} in 100", (likely + 5_000) / 10_000),
    };
    format!("The chance that this is just a run of hard contacts is {chance}.")
}
