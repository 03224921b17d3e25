use super::{ReviewBand, SuppressionReason, TeamTally};
use crate::assessment::BarrierKind;
use crate::framework::{CriticalClass, Level};
use crate::statistics::{ConfidenceLevel, Estimate, Proportion, Undefined};
use crate::value::strict::{object, union};
use crate::value::{Count, Key, LargeCount};

object! {
    /// What is shown of a group of people.
    pub struct TeamSummary {
        /// How many people there are.
        pub people: Count,
        /// How many of them have a review of real work.
        pub reviewed: Count,
        /// How often people were reviewed, in bands from `none`.
        pub reviews: Vec<ReviewFrequency>,
        /// How many reviewed contacts are free of errors.
        pub accuracy: TeamAccuracy,
        /// What stood in the way, by kind, each kind once.
        pub barriers: Vec<BarrierFrequency>,
        /// The criteria, in the order of the rubric.
        pub criteria: Vec<TeamCriterion>,
    }
}

object! {
    /// How many people were reviewed so often.
    #[derive(Copy)]
    pub struct ReviewFrequency {
        /// How often.
        pub reviews: ReviewBand,
        /// How many people.
        pub people: Count,
    }
}

object! {
    /// The shares of reviewed contacts without a critical error, by class, and of items without an error, after COPC.
    #[derive(Copy)]
    pub struct TeamAccuracy {
        /// How many contacts were reviewed.
        pub contacts: LargeCount,
        /// The share without an error critical for the customer, with Wilson's interval. The unit is the contact.
        pub customer: Estimate,
        /// The share without an error critical for the business.
        pub business: Estimate,
        /// The share without an error critical for compliance.
        pub compliance: Estimate,
        /// The share of rated non-critical items that are no errors; absent without such items. Items of one contact hang
        /// together, so the true interval is wider.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub non_critical: Option<Estimate>,
    }
}

object! {
    /// How often something stood in the way.
    #[derive(Copy)]
    pub struct BarrierFrequency {
        /// What.
        pub barrier: BarrierKind,
        /// How often it was noted.
        pub times: LargeCount,
    }
}

object! {
    /// A criterion in a group: a cell of the heat map.
    pub struct TeamCriterion {
        /// The criterion.
        pub criterion: Key,
        /// What is shown of it.
        pub cell: TeamCell,
    }
}

union! {
    /// What is shown of a group on a criterion.
    pub enum TeamCell {
        /// There are enough people with a value.
        Shown {
            /// How many people have a value.
            people: Count,
            /// The mean of their scores, from 0 to 1, with Student's interval, cut off there.
            mean: Estimate,
            /// How many people stand on each level, from level 1.
            levels: Vec<LevelFrequency>,
        },
        /// Nothing is shown.
        Suppressed {
            /// Why.
            reason: SuppressionReason,
        },
    }
}

object! {
    /// How many people stand on a level.
    #[derive(Copy)]
    pub struct LevelFrequency {
        /// The level.
        pub level: Level,
        /// How many people.
        pub people: Count,
    }
}

impl TeamCell {
    /// The mean, if it is shown.
    #[must_use]
    pub fn mean(&self) -> Option<&Estimate> {
        match self {
            Self::Shown { mean, .. } => Some(mean),
            Self::Suppressed { .. } => None,
        }
    }

    /// How many people stand on each level, from level 1; empty if suppressed.
    #[must_use]
    pub fn levels(&self) -> &[LevelFrequency] {
        match self {
            Self::Shown { levels, .. } => levels,
            Self::Suppressed { .. } => &[],
        }
    }
}

impl TeamSummary {
    /// The cell of this criterion.
    #[must_use]
    pub fn cell(&self, criterion: &str) -> Option<&TeamCell> {
        self.criteria.iter().find(|one| one.criterion.as_str() == criterion).map(|one| &one.cell)
    }

    /// A summary of at least one contact; `reasons` says which criteria are suppressed.
    pub(super) fn of(
        tally: &TeamTally,
        reasons: impl Iterator<Item = Option<SuppressionReason>>,
        confidence: ConfidenceLevel,
    ) -> Result<Self, Undefined> {
        let criteria = tally.criteria().iter().zip(reasons).enumerate();
        let criteria = criteria.map(|(place, (criterion, reason))| {
            let cell = match reason {
                Some(reason) => TeamCell::Suppressed { reason },
                None => shown(tally, place, confidence)?,
            };
            Ok(TeamCriterion { criterion: criterion.clone(), cell })
        });
        let reviews = ReviewBand::ALL
            .iter()
            .map(|band| ReviewFrequency { reviews: *band, people: count(tally.people_in(*band)) });
        let barriers = BarrierKind::ALL
            .iter()
            .map(|kind| BarrierFrequency { barrier: *kind, times: LargeCount::of(tally.barriers(*kind)) });
        Ok(Self {
            people: count(tally.people()),
            reviewed: count(tally.reviewed()),
            reviews: reviews.collect(),
            accuracy: accuracy(tally, confidence)?,
            barriers: barriers.collect(),
            criteria: criteria.collect::<Result<_, Undefined>>()?,
        })
    }
}

fn shown(tally: &TeamTally, place: usize, confidence: ConfidenceLevel) -> Result<TeamCell, Undefined> {
    let levels =
        Level::all().zip(tally.levels(place)).map(|(level, people)| LevelFrequency { level, people: count(*people) });
    Ok(TeamCell::Shown {
        people: count(tally.rated(place)),
        mean: tally.mean(place)?.mean(confidence)?.cut_off(0.0, 1.0).to_six_decimals(),
        levels: levels.collect(),
    })
}

fn accuracy(tally: &TeamTally, confidence: ConfidenceLevel) -> Result<TeamAccuracy, Undefined> {
    let wilson = |share: Proportion| Ok(share.wilson(confidence)?.to_six_decimals());
    Ok(TeamAccuracy {
        contacts: LargeCount::of(tally.contacts()),
        customer: wilson(tally.free_of(CriticalClass::Customer)?)?,
        business: wilson(tally.free_of(CriticalClass::Business)?)?,
        compliance: wilson(tally.free_of(CriticalClass::Compliance)?)?,
        non_critical: wilson(tally.right_items()?).ok(),
    })
}

/// A tally holds no more people than a count.
fn count(people: u64) -> Count {
    Count::of(usize::try_from(people).unwrap_or(usize::MAX))
}
