use std::collections::BTreeMap;

use super::{Aggregation, LevelGap, RaterPrecedence, RoleProfile};
use crate::framework::{Basis, Framework, ObservationCount, RatingRules, WindowDays};
use crate::value::{Key, Share};

/// Which observations count towards a person's profile, how many are needed, and how they become a value.
///
/// The default is that of the built-in framework: the mean of 180 days, 2 observations for a value, 5 by 2 raters for
/// high confidence, 4 by 2 raters for the highest value; raters more than 0.5 levels apart ask for a second look, when chance
/// would put some criterion of a profile so far apart in at most 5 % of profiles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidencePolicy {
    /// How many days back observations count.
    pub window_days: WindowDays,
    /// The fewest observations for a value.
    pub minimum_observations: ObservationCount,
    /// The fewest observations for high confidence.
    pub high_confidence_observations: ObservationCount,
    /// The fewest raters for high confidence.
    pub high_confidence_raters: ObservationCount,
    /// The fewest observations for the highest value.
    pub top_level_observations: ObservationCount,
    /// How many raters must have seen the highest step.
    pub top_level_raters: ObservationCount,
    /// How observations become a value, on criteria without a way of their own.
    pub aggregation: Aggregation,
    /// Whose ratings count.
    pub precedence: RaterPrecedence,
    /// How far the long-run means of two raters may lie apart without a second look; 0.5.
    pub tolerated_spread: LevelGap,
    /// In which share of profiles a second look may be asked for by chance alone, over all criteria together; 0.05.
    pub second_look_rate: Share,
    of_criteria: BTreeMap<Key, Aggregation>,
    shares: Vec<Share>,
}

impl EvidencePolicy {
    /// The policy of a framework.
    #[must_use]
    pub fn of(framework: &Framework) -> Self {
        let RatingRules {
            window_days,
            minimum_observations,
            high_confidence_observations,
            high_confidence_raters,
            top_level_observations,
            top_level_raters,
            ..
        } = *framework.rules();
        Self {
            window_days,
            minimum_observations,
            high_confidence_observations,
            high_confidence_raters,
            top_level_observations,
            top_level_raters,
            aggregation: Aggregation::Mean {},
            precedence: RaterPrecedence::Everybody,
            tolerated_spread: LevelGap::at_most_max(500_000),
            second_look_rate: Share::of(5, 100).unwrap_or(Share::ZERO),
            of_criteria: BTreeMap::new(),
            shares: Basis::ALL.iter().map(|basis| framework.max_share(*basis)).collect(),
        }
    }

    /// How the observations of this criterion become its value.
    #[must_use]
    pub fn aggregation_of(&self, criterion: &Key) -> Aggregation {
        self.of_criteria.get(criterion).copied().unwrap_or(self.aggregation)
    }

    /// With a way of its own for one criterion.
    #[must_use]
    pub fn with_aggregation(mut self, criterion: Key, aggregation: Aggregation) -> Self {
        self.of_criteria.insert(criterion, aggregation);
        self
    }

    /// The largest share of the observations behind a value that may be of this kind.
    #[must_use]
    pub fn max_share(&self, basis: Basis) -> Share {
        self.shares.get(basis as usize).copied().unwrap_or(Share::ZERO)
    }

    /// With another largest share for a kind of evidence; 0 never counts, 1 is not limited.
    #[must_use]
    pub fn with_max_share(mut self, basis: Basis, share: Share) -> Self {
        if let Some(found) = self.shares.get_mut(basis as usize) {
            *found = share;
        }
        self
    }

    pub(super) fn for_role(self, role: &RoleProfile) -> Self {
        role.evidence_shares.iter().fold(self, |policy, share| policy.with_max_share(share.basis, share.max_share))
    }
}

impl Default for EvidencePolicy {
    fn default() -> Self {
        Self::of(Framework::builtin())
    }
}
