use super::{Aggregation, LevelGap};
use crate::framework::{Level, ObservationCount, Skill};
use crate::statistics::Estimate;
use crate::value::strict::{choice, object, union};
use crate::value::{Count, Key, Real, Score, Share};

object! {
    /// Where a person stands on one criterion.
    pub struct CriterionProfile {
        /// The criterion.
        pub criterion: Key,
        /// Its skill.
        pub skill: Skill,
        /// How observations become a value.
        pub aggregation: Aggregation,
        /// Where the person stands.
        pub standing: CriterionStanding,
        /// The person's own ratings in the window. They open the conversation and count nowhere.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub own_view: Option<OwnView>,
    }
}

object! {
    /// How a person rates their own work on a criterion.
    #[derive(Copy)]
    pub struct OwnView {
        /// The mean of the own ratings.
        pub mean: Score,
        /// How many there are.
        pub observations: Count,
    }
}

union! {
    /// Where a person stands on a criterion.
    ///
    /// `score` is the value that decides levels, gaps and skills. `mean` is what was seen on average: the two differ only when
    /// another aggregation than the mean is chosen.
    /// `estimate` is the mean again, with how sure it is; its interval is that of the mean, never of the value.
    #[derive(Copy)]
    pub enum CriterionStanding {
        /// There is a value.
        Rated {
            /// The value: what the aggregation gives, usually the mean.
            score: Score,
            /// The level of the value. The highest level needs besides that enough raters saw the highest step
            /// ([`EvidencePolicy`](super::EvidencePolicy)); otherwise it is the one below.
            level: Level,
            /// Whether the value lies in the highest band and too few raters saw the highest step for its level.
            top_level_unconfirmed: bool,
            /// The plain mean of the counted observations.
            mean: Score,
            /// The mean with its standard error and the interval of the person's long-run mean over raters.
            estimate: Estimate,
            /// The mean drawn towards that of the group: what to expect of the person, given how people differ. Absent when
            /// persons do not differ.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            shrunken: Option<Estimate>,
            /// How many independent yes-or-no observations would tell as much.
            effective_observations: Real,
            /// How many observations count.
            observations: Count,
            /// By how many raters.
            raters: Count,
            /// The lowest of them.
            lowest: Score,
            /// The highest of them.
            highest: Score,
            /// How far the means of two raters lie apart at most.
            spread: LevelGap,
            /// Whether that is more than the policy tolerates, and than chance explains over all criteria of the profile:
            /// somebody should look again.
            needs_second_look: bool,
            /// How far the value can be trusted.
            confidence: Confidence,
        },
        /// There are enough observations, too few of them at the threshold of mastery.
        NotMastered {
            /// How many observations count.
            observations: Count,
            /// How many must reach the threshold.
            needed: ObservationCount,
        },
        /// There are too few observations for a value.
        InsufficientEvidence {
            /// How many observations count.
            observations: Count,
            /// How many a value needs.
            needed: ObservationCount,
        },
        /// The criterion does not occur in the role, or in any contact that was seen.
        NotApplicable {},
    }
}

choice! {
    /// How far a value can be trusted.
    pub enum Confidence: "How far a value can be trusted" {
        /// There are enough observations for a value, too few for more.
        Limited = "limited",
        /// There are many observations by different raters.
        High = "high",
    }
}

union! {
    /// Where a person stands on a skill.
    #[derive(Copy)]
    pub enum SkillStanding {
        /// There is a value.
        Rated {
            /// The weighted mean of the criteria with a value.
            score: Score,
            /// The weighted mean of their plain means, with the largest standard error it can have and the interval that
            /// follows.
            estimate: Estimate,
            /// That mean drawn towards the group's; absent when persons do not differ.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            shrunken: Option<Estimate>,
            /// How many independent yes-or-no observations would tell as much.
            effective_observations: Real,
            /// Its level, held down while a critical concern is open. The highest level is not given while one of its criteria is
            /// in the highest band without enough raters who saw the highest step.
            level: Level,
            /// The share of the applicable weight that has a value.
            coverage: Share,
            /// High when it is high on every criterion with a value.
            confidence: Confidence,
            /// Whether a critical concern about this skill is open.
            has_open_concern: bool,
        },
        /// Too few criteria have a value.
        InsufficientEvidence {
            /// The share of the applicable weight that has a value.
            coverage: Share,
        },
        /// Too little of the skill applies.
        NotApplicable {},
    }
}

union! {
    /// The weighted mean of a person's skills.
    #[derive(Copy)]
    pub enum OverallStanding {
        /// There is a value.
        Rated {
            /// The weighted mean of the skills with a value.
            score: Score,
            /// The weighted mean of their plain means, with the largest standard error it can have and the interval that
            /// follows.
            estimate: Estimate,
            /// That mean drawn towards the group's; absent when persons do not differ.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            shrunken: Option<Estimate>,
        },
        /// No skill has a value.
        InsufficientEvidence {},
        /// The rubric reports no overall value.
        SwitchedOff {},
    }
}

impl OverallStanding {
    /// The value, if there is one.
    #[must_use]
    pub const fn score(self) -> Option<Score> {
        match self {
            Self::Rated { score, .. } => Some(score),
            Self::InsufficientEvidence {} | Self::SwitchedOff {} => None,
        }
    }

    /// The mean with its standard error and interval on the scale of scores, 0 to 1, if there is a value.
    #[must_use]
    pub const fn estimate(self) -> Option<Estimate> {
        match self {
            Self::Rated { estimate, .. } => Some(estimate),
            Self::InsufficientEvidence {} | Self::SwitchedOff {} => None,
        }
    }

    /// The same on the scale of levels, 1 to 5.
    #[must_use]
    pub fn estimate_in_levels(self) -> Option<Estimate> {
        self.estimate().map(in_levels)
    }
}

impl CriterionStanding {
    /// The value, if there is one.
    #[must_use]
    pub const fn score(self) -> Option<Score> {
        match self {
            Self::Rated { score, .. } => Some(score),
            Self::NotMastered { .. } | Self::InsufficientEvidence { .. } | Self::NotApplicable {} => None,
        }
    }

    /// The mean with its standard error and interval on the scale of scores, 0 to 1, if there is a value.
    #[must_use]
    pub const fn estimate(self) -> Option<Estimate> {
        match self {
            Self::Rated { estimate, .. } => Some(estimate),
            Self::NotMastered { .. } | Self::InsufficientEvidence { .. } | Self::NotApplicable {} => None,
        }
    }

    /// The same on the scale of levels, 1 to 5.
    #[must_use]
    pub fn estimate_in_levels(self) -> Option<Estimate> {
        self.estimate().map(in_levels)
    }
}

impl SkillStanding {
    /// The value, if there is one.
    #[must_use]
    pub const fn score(self) -> Option<Score> {
        match self {
            Self::Rated { score, .. } => Some(score),
            Self::InsufficientEvidence { .. } | Self::NotApplicable {} => None,
        }
    }

    /// The mean with its standard error and interval on the scale of scores, 0 to 1, if there is a value.
    #[must_use]
    pub const fn estimate(self) -> Option<Estimate> {
        match self {
            Self::Rated { estimate, .. } => Some(estimate),
            Self::InsufficientEvidence { .. } | Self::NotApplicable {} => None,
        }
    }

    /// The same on the scale of levels, 1 to 5.
    #[must_use]
    pub fn estimate_in_levels(self) -> Option<Estimate> {
        self.estimate().map(in_levels)
    }

    /// The level, if there is one.
    #[must_use]
    pub const fn level(self) -> Option<Level> {
        match self {
            Self::Rated { level, .. } => Some(level),
            Self::InsufficientEvidence { .. } | Self::NotApplicable {} => None,
        }
    }
}

/// An estimate on the scale of scores as one on the scale of levels.
fn in_levels(estimate: Estimate) -> Estimate {
    estimate.times(4.0).plus(1.0)
}

#[cfg(test)]
mod tests {
    use super::{CriterionStanding, OverallStanding, SkillStanding};

    #[test]
    fn an_estimate_stands_on_both_scales_and_nothing_stands_for_nothing() {
        let skill = r#"{"kind":"rated","score":0.5,"estimate":{"value":0.5,"standard_error":0.05},"level":3,
            "effective_observations":4,"coverage":1,"confidence":"high","has_open_concern":false}"#;
        let skill: SkillStanding = serde_json::from_str(skill).unwrap();
        assert_eq!(skill.estimate().unwrap().value().to_string(), "0.5");
        let in_levels = skill.estimate_in_levels().unwrap();
        assert_eq!((in_levels.value(), in_levels.standard_error()), (3.0, Some(0.2)));
        assert_eq!(CriterionStanding::NotApplicable {}.estimate_in_levels(), None);
        assert_eq!(OverallStanding::SwitchedOff {}.estimate(), None);
    }
}
