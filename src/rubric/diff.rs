use std::collections::BTreeMap;

use super::{Condition, CriterionWeight, NotApplicablePolicy, Rubric, RubricCriterion, Target, Weighting};
use crate::framework::{Skill, SkillMap};
use crate::value::{Key, Step, Weight};

/// What changed from one version of a rubric to another, and which old scores may still be compared.
///
/// ```
/// use service_excellence::rubric::ChangeKind;
/// use service_excellence::{Framework, Rubric, RubricDiff, Skill};
///
/// let old = Rubric::for_channel(Framework::builtin(), "chat")?;
/// let mut document = old.document().clone();
/// document.version = "0.2.0".parse()?;
/// document.criteria[0].weight = service_excellence::rubric::CriterionWeight::Weighted { weight: 30.try_into()? };
/// let diff = RubricDiff::between(&old, &document.try_into()?);
/// assert_eq!(diff.kind(), Some(ChangeKind::Breaking));
/// assert!(!diff.comparable_skills()[Skill::Empathy]);
/// assert!(diff.comparable_skills()[Skill::TechSavviness]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RubricDiff {
    changes: Vec<Change>,
}

/// One change between two versions of a rubric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    code: &'static str,
    kind: ChangeKind,
    message: String,
    /// The scores that can no longer be compared.
    affects: Vec<Target>,
}

/// How far a change reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// Only wording.
    Cosmetic,
    /// The form changes; every old assessment still fits and scores the same.
    Comparable,
    /// Some old assessment would score differently or no longer fit.
    Breaking,
}

impl Change {
    /// Every [`code`](Self::code) of a change.
    pub const CODES: &'static [&'static str] = &[
        "heading_changed",
        "id_changed",
        "channel_changed",
        "criterion_removed",
        "criterion_added",
        "criteria_reordered",
        "wording_changed",
        "skill_changed",
        "scale_changed",
        "advisory_changed",
        "not_applicable_changed",
        "errors_changed",
        "requirement_changed",
        "skill_weights_changed",
        "weighting_changed",
        "weights_scaled",
        "weight_changed",
        "rule_removed",
        "rule_changed",
        "rule_added",
        "rules_reordered",
        "floors_changed",
        "bands_changed",
        "threshold_changed",
        "overall_changed",
        "minima_changed",
    ];

    /// The stable machine code, such as `weight_changed`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// How far it reaches.
    #[must_use]
    pub fn kind(&self) -> ChangeKind {
        self.kind
    }

    /// What changed, in words.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl RubricDiff {
    /// Compares `new` with `old`. The versions themselves are not compared.
    #[must_use]
    pub fn between(old: &Rubric, new: &Rubric) -> Self {
        let mut diff = Self { changes: Vec::new() };
        diff.compare_wording(old, new);
        diff.compare_criteria(old, new);
        diff.compare_weights(old, new);
        diff.compare_rules(old, new);
        diff.compare_limits(old, new);
        diff.spread_through_rules(old, new);
        diff
    }

    /// Every change.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The kind of the change that reaches farthest; `None` when nothing changed.
    #[must_use]
    pub fn kind(&self) -> Option<ChangeKind> {
        self.changes.iter().map(|change| change.kind).max()
    }

    /// For each skill, whether old scores may be compared with new ones.
    #[must_use]
    pub fn comparable_skills(&self) -> SkillMap<bool> {
        SkillMap::from_fn(|skill| !self.affects(skill.into()))
    }

    /// Whether old overall scores may be compared with new ones.
    #[must_use]
    pub fn comparable_overall(&self) -> bool {
        !self.affects(Target::Overall)
    }

    fn affects(&self, target: Target) -> bool {
        self.changes.iter().any(|change| change.affects.contains(&target))
    }

    fn add(&mut self, code: &'static str, kind: ChangeKind, message: String, affects: &[Target]) {
        debug_assert!(Change::CODES.contains(&code), "`{code}` is not in the list");
        self.changes.push(Change { code, kind, message, affects: affects.to_vec() });
    }

    fn breaks(&mut self, code: &'static str, message: String, affects: &[Target]) {
        self.add(code, ChangeKind::Breaking, message, affects);
    }

    fn compare_wording(&mut self, old: &Rubric, new: &Rubric) {
        let (old, new) = (old.document(), new.document());
        if (&old.title, &old.language, &old.framework) != (&new.title, &new.language, &new.framework) {
            let message = "title, language or framework is another".to_owned();
            self.add("heading_changed", ChangeKind::Cosmetic, message, &[]);
        }
        if old.id != new.id {
            let message = format!("the key `{}` became `{}`", old.id, new.id);
            self.breaks("id_changed", message, &[]);
        }
        if old.channel != new.channel {
            let kind = if new.channel.is_none() { ChangeKind::Comparable } else { ChangeKind::Breaking };
            self.add("channel_changed", kind, "the channel is another".to_owned(), &[]);
        }
    }

    fn compare_criteria(&mut self, old: &Rubric, new: &Rubric) {
        for one in old.criteria().iter().filter(|one| new.criterion(one.key.as_str()).is_none()) {
            self.breaks("criterion_removed", format!("`{}` is gone", one.key), &counted_in(one));
        }
        for one in new.criteria().iter().filter(|one| old.criterion(one.key.as_str()).is_none()) {
            self.breaks("criterion_added", format!("`{}` is new", one.key), &counted_in(one));
        }
        let keys = |rubric: &Rubric, other: &Rubric| -> Vec<Key> {
            let shared = rubric.criteria().iter().filter(|one| other.criterion(one.key.as_str()).is_some());
            shared.map(|one| one.key.clone()).collect()
        };
        if keys(old, new) != keys(new, old) {
            let message = "the criteria stand in another order".to_owned();
            self.add("criteria_reordered", ChangeKind::Comparable, message, &[]);
        }
        for before in old.criteria() {
            if let Some(after) = new.criterion(before.key.as_str()) {
                self.compare_criterion(before, after);
            }
        }
    }

    fn compare_criterion(&mut self, old: &RubricCriterion, new: &RubricCriterion) {
        let key = &old.key;
        let wording = |one: &RubricCriterion| {
            (one.name.clone(), one.description.clone(), one.anchors.clone(), one.not_applicable_when.clone())
        };
        if wording(old) != wording(new) {
            self.add("wording_changed", ChangeKind::Cosmetic, format!("`{key}` is worded otherwise"), &[]);
        }
        let both = [counted_in(old), counted_in(new)].concat();
        if old.skill != new.skill {
            self.breaks("skill_changed", format!("`{key}` moved from {} to {}", old.skill, new.skill), &both);
        }
        if (old.steps, &old.points) != (new.steps, &new.points) {
            self.breaks("scale_changed", format!("`{key}` has another scale"), &both);
        }
        if old.counted_weight().is_some() != new.counted_weight().is_some() {
            let now = if new.counted_weight().is_some() { "counts" } else { "is advisory" };
            self.breaks("advisory_changed", format!("`{key}` now {now}"), &both);
        }
        if old.not_applicable != new.not_applicable {
            // Where it was refused, no old answer says "not applicable".
            let refused = old.not_applicable == NotApplicablePolicy::NotAllowed;
            let kind = if refused { ChangeKind::Comparable } else { ChangeKind::Breaking };
            let message =
                format!("\"not applicable\" for `{key}`: {} became {}", old.not_applicable, new.not_applicable);
            self.add("not_applicable_changed", kind, message, if refused { &[] } else { &both });
        }
        if (old.critical, old.fails_at_or_below) != (new.critical, new.fails_at_or_below) {
            self.breaks("errors_changed", format!("other ratings of `{key}` count as errors"), &[]);
        }
        for (what, before, after) in [
            ("evidence", old.evidence_required_below, new.evidence_required_below),
            ("a note", old.note_required_below, new.note_required_below),
        ] {
            if before != after {
                let bound = |step: Option<Step>| step.map_or(0, Step::get);
                let loosened = bound(after) < bound(before);
                let kind = if loosened { ChangeKind::Comparable } else { ChangeKind::Breaking };
                self.add("requirement_changed", kind, format!("other ratings of `{key}` need {what}"), &[]);
            }
        }
    }

    fn compare_weights(&mut self, old: &Rubric, new: &Rubric) {
        match (&old.document().weighting, &new.document().weighting) {
            (Weighting::BySkill { weights: before }, Weighting::BySkill { weights: after }) => {
                for &skill in Skill::ALL {
                    self.compare_weight_lists(&weights_of(old, Some(skill)), &weights_of(new, Some(skill)));
                }
                let of = |weights: &SkillMap<Weight>| weights.iter().map(|(skill, w)| (skill, w.get())).collect();
                let (before, after): (BTreeMap<_, _>, BTreeMap<_, _>) = (of(before), of(after));
                if before != after {
                    let proportional = are_proportional(&before, &after);
                    let kind = if proportional { ChangeKind::Comparable } else { ChangeKind::Breaking };
                    let affects: &[Target] = if proportional { &[] } else { &[Target::Overall] };
                    self.add("skill_weights_changed", kind, "skills have other weights".to_owned(), affects);
                }
            }
            (Weighting::Flat {}, Weighting::Flat {}) => {
                self.compare_weight_lists(&weights_of(old, None), &weights_of(new, None));
            }
            _ => {
                self.breaks("weighting_changed", "scores add up in another way".to_owned(), &[Target::Overall]);
                for &skill in Skill::ALL {
                    self.compare_weight_lists(&weights_of(old, Some(skill)), &weights_of(new, Some(skill)));
                }
            }
        }
    }

    /// Weights count relative to each other: a common factor changes no score.
    fn compare_weight_lists(&mut self, old: &BTreeMap<&Key, (Skill, u16)>, new: &BTreeMap<&Key, (Skill, u16)>) {
        let shared = |one: &BTreeMap<&Key, (Skill, u16)>, other: &BTreeMap<&Key, (Skill, u16)>| -> BTreeMap<Key, u16> {
            let both = one.iter().filter(|(key, _)| other.contains_key(*key));
            both.map(|(key, (_, weight))| ((*key).clone(), *weight)).collect()
        };
        let (before, after) = (shared(old, new), shared(new, old));
        if before == after {
            return;
        }
        if are_proportional(&before, &after) {
            let message = "weights changed by a common factor".to_owned();
            self.add("weights_scaled", ChangeKind::Comparable, message, &[]);
            return;
        }
        for (key, weight) in before.iter().filter(|(key, weight)| after.get(*key) != Some(*weight)) {
            let new_weight = after.get(key).copied().unwrap_or_default();
            let affects: Vec<Target> =
                old.get(key).iter().map(|(skill, _)| Target::from(*skill)).chain([Target::Overall]).collect();
            self.breaks(
                "weight_changed",
                format!("the weight of `{key}` went from {weight} to {new_weight}"),
                &affects,
            );
        }
    }

    fn compare_rules(&mut self, old: &Rubric, new: &Rubric) {
        for before in old.rules() {
            match new.rule(before.key.as_str()) {
                None => self.breaks("rule_removed", format!("rule `{}` is gone", before.key), &score_targets(before)),
                Some(after) => {
                    if (before.class, &before.when, &before.effects) != (after.class, &after.when, &after.effects) {
                        let affects = [score_targets(before), score_targets(after)].concat();
                        self.breaks("rule_changed", format!("rule `{}` works otherwise", before.key), &affects);
                    } else if before.reason != after.reason {
                        let message = format!("rule `{}` is worded otherwise", before.key);
                        self.add("wording_changed", ChangeKind::Cosmetic, message, &[]);
                    }
                }
            }
        }
        for after in new.rules().iter().filter(|rule| old.rule(rule.key.as_str()).is_none()) {
            self.breaks("rule_added", format!("rule `{}` is new", after.key), &score_targets(after));
        }
        let shared = |one: &Rubric, other: &Rubric| -> Vec<Key> {
            let both = one.rules().iter().filter(|rule| other.rule(rule.key.as_str()).is_some());
            both.map(|rule| rule.key.clone()).collect()
        };
        if shared(old, new) != shared(new, old) {
            self.add("rules_reordered", ChangeKind::Comparable, "the rules stand in another order".to_owned(), &[]);
        }
        if old.document().floors != new.document().floors {
            let floors = [old.document().floors.as_slice(), &new.document().floors].concat();
            let affects: Vec<Target> = floors.iter().map(|floor| floor.target).chain([Target::Overall]).collect();
            self.breaks("floors_changed", "lower bounds of scores changed".to_owned(), &affects);
        }
    }

    /// A rule that looks at the score of one skill carries a change of that score to the targets of its effects.
    fn spread_through_rules(&mut self, old: &Rubric, new: &Rubric) {
        for rule in old.rules().iter().chain(new.rules()) {
            let Condition::SkillScoreBelow { skill, .. } = rule.when else { continue };
            let touched = self.changes.iter_mut().filter(|change| change.affects.contains(&skill.into()));
            touched.for_each(|change| change.affects.extend(score_targets(rule)));
        }
    }

    fn compare_limits(&mut self, old: &Rubric, new: &Rubric) {
        let (old, new) = (old.document(), new.document());
        if old.bands != new.bands {
            self.breaks("bands_changed", "levels start at other scores".to_owned(), &[]);
        }
        if old.threshold != new.threshold {
            self.breaks("threshold_changed", "another overall score passes".to_owned(), &[]);
        }
        if old.report_overall != new.report_overall {
            self.breaks("overall_changed", "the overall score was switched".to_owned(), &[Target::Overall]);
        }
        if (old.minimum_coverage, old.minimum_applicable_share) != (new.minimum_coverage, new.minimum_applicable_share)
        {
            self.breaks("minima_changed", "a skill needs another coverage".to_owned(), Target::ALL);
        }
        if old.minimum_overall_coverage != new.minimum_overall_coverage {
            self.breaks("minima_changed", "the outcome needs another overall coverage".to_owned(), &[]);
        }
    }
}

/// The scores in which a criterion counts.
fn counted_in(criterion: &RubricCriterion) -> Vec<Target> {
    match criterion.weight {
        CriterionWeight::Weighted { .. } => vec![criterion.skill.into(), Target::Overall],
        CriterionWeight::Advisory {} => Vec::new(),
    }
}

/// The scores that the effects of a rule may change; a skill's score is part of the overall one.
fn score_targets(rule: &super::CriticalRule) -> Vec<Target> {
    use super::Effect;
    let changing = rule
        .effects
        .iter()
        .filter(|effect| matches!(effect, Effect::Deduct { .. } | Effect::CapScore { .. } | Effect::Zero { .. }));
    let targets: Vec<Target> = changing.map(|effect| effect.target()).collect();
    if targets.is_empty() { targets } else { [targets, vec![Target::Overall]].concat() }
}

fn weights_of(rubric: &Rubric, skill: Option<Skill>) -> BTreeMap<&Key, (Skill, u16)> {
    let rows = rubric.criteria().iter().filter(|one| skill.is_none_or(|skill| one.skill == skill));
    rows.filter_map(|one| Some((&one.key, (one.skill, one.counted_weight()?.get())))).collect()
}

/// Whether one list is the other times a factor.
fn are_proportional<K: Ord>(one: &BTreeMap<K, u16>, other: &BTreeMap<K, u16>) -> bool {
    let sum = |weights: &BTreeMap<K, u16>| weights.values().map(|weight| u64::from(*weight)).sum::<u64>();
    let (one_sum, other_sum) = (sum(one), sum(other));
    one.len() == other.len()
        && one.iter().zip(other).all(|((key, weight), (other_key, other_weight))| {
            key == other_key && u64::from(*weight) * other_sum == u64::from(*other_weight) * one_sum
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::CriticalClass;
    use crate::rubric::{CriticalRule, Effect, RubricBuilder, RubricDocument};
    use crate::value::Score;

    fn row(key: &str, skill: Skill) -> RubricCriterion {
        RubricCriterion::new(key.parse().unwrap(), skill, "A row".parse().unwrap(), Weight::MIN)
    }

    /// A rule on the score of empathy that lowers communication mastery, and another.
    fn rubric() -> Rubric {
        let rule = |key: &str, when, target| CriticalRule {
            key: key.parse().unwrap(),
            class: CriticalClass::Customer,
            when,
            effects: vec![Effect::Zero { target }],
            reason: None,
        };
        let below = Condition::SkillScoreBelow { skill: Skill::Empathy, score: Score::MAX };
        let rated = Condition::RatedAtOrBelow { criterion: "a".parse().unwrap(), step: Step::MIN };
        RubricBuilder::new("test".parse().unwrap(), "1.0.0".parse().unwrap(), "Test".parse().unwrap())
            .criterion(row("a", Skill::Empathy))
            .criterion(row("b", Skill::Empathy))
            .criterion(row("c", Skill::CommunicationMastery))
            .rule(rule("first", below, Target::CommunicationMastery))
            .rule(rule("second", rated, Target::Empathy))
            .build()
            .unwrap()
    }

    fn diff(change: impl FnOnce(&mut RubricDocument)) -> RubricDiff {
        let old = rubric();
        let mut document = old.document().clone();
        change(&mut document);
        RubricDiff::between(&old, &document.try_into().unwrap())
    }

    #[test]
    fn a_row_that_becomes_advisory_breaks_its_skill() {
        // The only row of its skill: a weight of 0 there must not pass for a common factor of 0.
        let diff = diff(|document| document.criteria[2].weight = CriterionWeight::Advisory {});
        let codes: Vec<_> = diff.changes().iter().map(Change::code).collect();
        assert_eq!(codes, ["advisory_changed"]);
        assert_eq!(diff.kind(), Some(ChangeKind::Breaking));
        assert!(!diff.comparable_skills()[Skill::CommunicationMastery]);
    }

    #[test]
    fn a_rule_carries_the_change_of_one_skill_to_another() {
        let diff = diff(|document| {
            document.criteria[0].weight = CriterionWeight::Weighted { weight: Weight::MAX };
        });
        assert!(!diff.comparable_skills()[Skill::CommunicationMastery]);
        assert!(diff.comparable_skills()[Skill::TechSavviness]);
    }

    #[test]
    fn rules_in_another_order_are_comparable() {
        let diff = diff(|document| document.rules.reverse());
        assert_eq!(diff.changes()[0].code(), "rules_reordered");
        assert_eq!(diff.kind(), Some(ChangeKind::Comparable));
    }
}
