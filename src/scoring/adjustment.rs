//! What fired rules and floors do to an exact score.

use crate::rubric::{Effect, FloorScore, Rubric, Target};
use crate::value::strict::{choice, object};
use crate::value::{Key, Ratio, Score};

/// The floors of a rubric, and which of its rules do what; how much they do is read from the rules themselves.
#[derive(Clone, Debug)]
pub(super) struct Adjustments {
    floors: Vec<FloorScore>,
    changing_scores: RulesByTarget,
    capping_levels: RulesByTarget,
    raising_concerns: u64,
}

/// For each target the rules with an effect on it, one bit a rule.
#[derive(Clone, Debug)]
struct RulesByTarget([u64; Target::ALL.len()]);

impl RulesByTarget {
    fn of(rubric: &Rubric, belongs: impl Fn(Effect) -> bool) -> Self {
        let of = |place| rules_with(rubric, |effect| effect.target() as usize == place && belongs(effect));
        Self(std::array::from_fn(of))
    }

    fn get(&self, target: Target) -> u64 {
        self.0.get(target as usize).copied().unwrap_or_default()
    }
}

fn rules_with(rubric: &Rubric, belongs: impl Fn(Effect) -> bool) -> u64 {
    let rules = rubric.rules().iter().enumerate().filter(|(_, rule)| rule.effects.iter().any(|one| belongs(*one)));
    rules.fold(0, |bits, (index, _)| bits | 1 << index)
}

impl Adjustments {
    pub(super) fn of(rubric: &Rubric) -> Self {
        Self {
            floors: rubric.document().floors.clone(),
            changing_scores: RulesByTarget::of(rubric, |effect| {
                matches!(effect, Effect::Deduct { .. } | Effect::CapScore { .. } | Effect::Zero { .. })
            }),
            capping_levels: RulesByTarget::of(rubric, |effect| matches!(effect, Effect::CapLevel { .. })),
            raising_concerns: rules_with(rubric, |effect| matches!(effect, Effect::RaiseConcern { .. })),
        }
    }

    pub(super) fn has_floors(&self) -> bool {
        !self.floors.is_empty()
    }

    /// Whether a floor or one of the fired rules may change the score of `target`.
    pub(super) fn may_change_score(&self, target: Target, fired: u64) -> bool {
        fired & self.changing_scores.get(target) > 0 || self.floors.iter().any(|floor| floor.target == target)
    }

    pub(super) fn cap_level(&self, target: Target, fired: u64) -> bool {
        fired & self.capping_levels.get(target) > 0
    }

    pub(super) fn raise_concern(&self, fired: u64) -> bool {
        fired & self.raising_concerns > 0
    }

    /// Applies what fired on `target`, in the order deduct, cap, zero, and then its floor.
    pub(super) fn apply(
        &self,
        rubric: &Rubric,
        target: Target,
        before: Ratio,
        fired: u64,
        record: &mut impl FnMut(Applied<'_>),
    ) -> Ratio {
        let mut score = before;
        let mut change = |rule, kind, numerator: u128| {
            let after = score.with_numerator(numerator);
            if numerator != score.numerator() {
                record(Applied { target, rule, kind, from: score, to: after });
            }
            score = after;
            after
        };
        let mut now = before;
        for phase in [AdjustmentKind::Deduct, AdjustmentKind::Cap, AdjustmentKind::Zero] {
            let fired_rules = rubric.rules().iter().enumerate().filter(|(index, _)| fired >> index & 1 == 1);
            for (_, rule) in fired_rules {
                for effect in rule.effects.iter().filter(|effect| effect.target() == target) {
                    let numerator = match (phase, *effect) {
                        (AdjustmentKind::Deduct, Effect::Deduct { score: amount, .. }) => {
                            now.numerator().saturating_sub(now.numerator_of(amount))
                        }
                        (AdjustmentKind::Cap, Effect::CapScore { score: cap, .. }) => {
                            now.numerator().min(now.numerator_of(cap))
                        }
                        (AdjustmentKind::Zero, Effect::Zero { .. }) => 0,
                        _ => continue,
                    };
                    now = change(Some(&rule.key), phase, numerator);
                }
            }
        }
        for floor in self.floors.iter().filter(|floor| floor.target == target) {
            now = change(None, AdjustmentKind::Floor, now.numerator().max(now.numerator_of(floor.score)));
        }
        now
    }
}

/// One change of an exact score.
pub(super) struct Applied<'a> {
    target: Target,
    rule: Option<&'a Key>,
    kind: AdjustmentKind,
    from: Ratio,
    to: Ratio,
}

impl Applied<'_> {
    pub(super) fn report(&self) -> Adjustment {
        let Self { target, rule, kind, from, to } = self;
        Adjustment { target: *target, rule: rule.cloned(), effect: *kind, from: from.score(), to: to.score() }
    }
}

object! {
    /// One change of a score by a rule or a floor.
    pub struct Adjustment {
        /// The score that was changed.
        pub target: Target,
        /// The rule that fired; none for a floor.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub rule: Option<Key>,
        /// What was done.
        pub effect: AdjustmentKind,
        /// The score before.
        pub from: Score,
        /// The score after.
        pub to: Score,
    }
}

choice! {
    /// What was done to a score, in the order in which it is done.
    pub enum AdjustmentKind: "What was done to a score" {
        /// An amount was taken off.
        Deduct = "deduct",
        /// It was held down to a highest value.
        Cap = "cap",
        /// It was set to 0.
        Zero = "zero",
        /// It was lifted to a lowest value.
        Floor = "floor",
    }
}
