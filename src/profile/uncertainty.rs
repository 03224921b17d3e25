use std::collections::BTreeMap;

use super::{CriterionProfile, CriterionStanding, LevelGap};
use crate::framework::ObservationCount;
use crate::statistics::{BoundedMean, ConfidenceLevel, Estimate, NestedComponents, Undefined};
use crate::value::strict::choice;
use crate::value::{Count, Key};

/// How sure a profile's numbers are: variance components and the confidence of intervals.
///
/// *Model*: observations lie within raters, raters within a person; [`NestedComponents`] says how much each adds. What a
/// value stands for, and its interval is about, is the person's long-run mean over raters. See
/// [`guide::uncertainty`](crate::guide::uncertainty).
///
/// ```
/// use service_excellence::statistics::{ConfidenceLevel, NestedComponents};
/// use service_excellence::UncertaintyModel;
///
/// let documented = UncertaintyModel::default();
/// assert_eq!(documented.confidence(), ConfidenceLevel::NINETY);
/// let ours = UncertaintyModel::supplied(NestedComponents::new(0.6, 0.02, 0.008, 0.05)?, ConfidenceLevel::NINETY_FIVE);
/// assert_eq!(ours.confidence(), ConfidenceLevel::NINETY_FIVE);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct UncertaintyModel {
    confidence: ConfidenceLevel,
    common: NestedComponents,
    of_criteria: BTreeMap<Key, NestedComponents>,
    not_estimated: Vec<(Key, Undefined)>,
    source: ComponentsSource,
}

choice! {
    /// Where the variance components behind intervals come from.
    pub enum ComponentsSource: "Where the variance components behind intervals come from" {
        /// They are this crate's documented defaults: a planning assumption, not a finding.
        Documented = "documented",
        /// The caller gave them.
        Supplied = "supplied",
        /// They were estimated from a set of assessments, where it allows that.
        Estimated = "estimated",
    }
}

impl UncertaintyModel {
    /// The documented defaults on the scale of scores: mean 0.5 (level 3), and spreads of 0.6 of a level between
    /// persons, 0.4 between raters and 0.8 within a rater, that is variances of 0.0225, 0.01 and 0.04.
    #[must_use]
    pub fn documented(confidence: ConfidenceLevel) -> Self {
        #[expect(clippy::expect_used, reason = "constants; a test reads them")]
        let common = NestedComponents::new(0.5, 0.0225, 0.01, 0.04).expect("the defaults are in range");
        Self { source: ComponentsSource::Documented, ..Self::supplied(common, confidence) }
    }

    /// The caller's components, for every criterion.
    #[must_use]
    pub fn supplied(common: NestedComponents, confidence: ConfidenceLevel) -> Self {
        Self {
            confidence,
            common,
            of_criteria: BTreeMap::new(),
            not_estimated: Vec::new(),
            source: ComponentsSource::Supplied,
        }
    }

    /// What could be estimated; the rest keeps the documented defaults.
    pub(super) fn estimated(
        found: impl IntoIterator<Item = (Key, Result<NestedComponents, Undefined>)>,
        confidence: ConfidenceLevel,
    ) -> Self {
        let mut model = Self { source: ComponentsSource::Estimated, ..Self::documented(confidence) };
        for (key, components) in found {
            match components {
                Ok(components) => drop(model.of_criteria.insert(key, components)),
                Err(reason) => model.not_estimated.push((key, reason)),
            }
        }
        model
    }

    /// With components of its own for one criterion.
    #[must_use]
    pub fn with_components(mut self, criterion: Key, components: NestedComponents) -> Self {
        self.of_criteria.insert(criterion, components);
        self.source = ComponentsSource::Supplied;
        self
    }

    /// How often the intervals hold the true value.
    #[must_use]
    pub fn confidence(&self) -> ConfidenceLevel {
        self.confidence
    }

    /// The components of a criterion.
    #[must_use]
    pub fn components(&self, criterion: &Key) -> NestedComponents {
        self.of_criteria.get(criterion).copied().unwrap_or(self.common)
    }

    /// Where the components come from.
    #[must_use]
    pub fn source(&self) -> ComponentsSource {
        self.source
    }

    /// The criteria whose components could not be estimated and why; they keep the documented defaults.
    #[must_use]
    pub fn not_estimated(&self) -> &[(Key, Undefined)] {
        &self.not_estimated
    }

    /// How many more observations make the interval of a criterion at most `width` wide, when all, old and new, are
    /// spread evenly over so many raters.
    ///
    /// *Formula*: [`NestedComponents::ratings_needed`] at the mean found, or at that of the group when there is no value
    /// yet, minus the observations that count already. A narrower width and a higher confidence ask for more.
    ///
    /// # Errors
    ///
    /// [`Undefined::TooFewRaters`] when no number of observations by so few raters is enough; [`Undefined::NoData`] for
    /// a criterion that does not apply; [`Undefined::OutOfRange`] for a width of 0 or more than a million observations.
    pub fn more_observations(
        &self,
        found: &CriterionProfile,
        width: LevelGap,
        raters: ObservationCount,
    ) -> Result<Count, Undefined> {
        let components = self.components(&found.criterion);
        let (value, counted) = match found.standing {
            CriterionStanding::Rated { mean, observations, .. } => (mean.to_f64(), observations),
            CriterionStanding::NotMastered { observations, .. }
            | CriterionStanding::InsufficientEvidence { observations, .. } => (components.mean(), observations),
            CriterionStanding::NotApplicable {} => return Err(Undefined::NoData {}),
        };
        let width = width.to_f64() / 4.0;
        let needed = components.ratings_needed(value, width, u32::from(raters.get()), self.confidence)?;
        Ok(Count::of(needed.get().saturating_sub(counted.get()) as usize))
    }

    /// The interval of a mean, and the value drawn towards the group, as documents carry them.
    pub(super) fn estimates(&self, mean: &BoundedMean) -> Option<(Estimate, Option<Estimate>)> {
        // With valid components both exist; a value alone is the honest rest.
        let estimate = mean.estimate(self.confidence).ok().or_else(|| Estimate::of(mean.value()))?;
        let shrunken = mean.shrunken(self.confidence).ok();
        Some((estimate.to_six_decimals(), shrunken.map(Estimate::to_six_decimals)))
    }
}

impl Default for UncertaintyModel {
    fn default() -> Self {
        Self::documented(ConfidenceLevel::NINETY)
    }
}
