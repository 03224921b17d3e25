use std::collections::BTreeMap;

use super::claim::{Bounds, Claim, Draft};
use super::figures::{Moments, ROUNDING, mean};
use super::readings::{Sums, sums};
use super::residuals::Residuals;
use super::signals::{CriterionDraft, RaterDraft, settle};
use super::{
    AdjustedPerson, AnchorSplit, CheckOutcome, CriterionAgreement, FacetOutcome, RaterFindings, RaterReport,
    RaterThresholds,
};
use crate::assessment::Assessment;
use crate::calibration::collected::Collected;
use crate::calibration::step_counts::StepCounts;
use crate::calibration::{Facet, FacetData, FacetError, FacetFit, FacetModel};
use crate::statistics::{AlphaMetric, Categories, CategoryCounts, ConfidenceLevel, Estimate, Jackknife, Undefined};
use crate::value::{Count, Day, Key, LargeCount, Real, Reference, SchemaVersion, Step};

impl RaterReport {
    /// What these assessments say about their raters on a day.
    ///
    /// Counted are assessments handed over and not disputed, by others than the person, and by machines when confirmed.
    /// Raters are compared on contacts that they share; without such contacts the many-facet model still compares them, by
    /// the persons whom they share or else by assuming that persons were assigned at random, and says so. Raters who have
    /// not passed a [`CalibrationSet`](crate::CalibrationSet) are reported like all others: hand in the assessments of
    /// those whom you want to see.
    ///
    /// A figure beyond its bound is a signal only if chance does not explain it: its p value, adjusted for all that the
    /// report asks, is at most [`RaterThresholds::false_alarm_rate`]. A rater is not flagged for what one other rater
    /// alone explains, and a criterion on which half of its raters or more lie beyond a bound is named in their stead.
    ///
    /// The order of the assessments does not matter.
    #[must_use]
    pub fn of(
        assessments: &[Assessment],
        thresholds: RaterThresholds,
        reference: Option<&Reference>,
        as_of: Day,
    ) -> Self {
        let collected = Collected::of(assessments, as_of);
        let fit = facets(&collected);
        let residuals = fit.as_ref().ok().map(|fit| Residuals::of(&collected, fit));
        let making = Making {
            collected: &collected,
            thresholds: &thresholds,
            reference,
            fit: fit.as_ref().ok(),
            usual: fit.as_ref().ok().zip(residuals.as_ref()).and_then(|(fit, residuals)| Usual::of(fit, residuals)),
            residuals,
            moments: collected.seen.iter().map(Moments::of).collect(),
            sums: sums(&collected),
        };
        let units = collected.units();
        let criteria = making.criteria(&units);
        let raters = collected.raters().filter_map(|rater| making.rater(rater)).collect();
        let (criteria, raters) = settle(&making, criteria, making.readings(), raters);
        Self {
            schema: None,
            schema_version: SchemaVersion::default(),
            as_of,
            reference: reference.cloned(),
            assessments: Count::of(collected.seen.len()),
            shared_contacts: Count::of(collected.shared.len()),
            criteria,
            raters,
            model: outcome(&fit),
            persons: fit.as_ref().map(persons).unwrap_or_default(),
            thresholds,
        }
    }
}

pub(super) struct Making<'a> {
    pub(super) collected: &'a Collected<'a>,
    pub(super) thresholds: &'a RaterThresholds,
    pub(super) reference: Option<&'a Reference>,
    pub(super) fit: Option<&'a FacetFit>,
    pub(super) residuals: Option<Residuals<'a>>,
    pub(super) usual: Option<Usual>,
    pub(super) moments: Vec<Moments<'a>>,
    pub(super) sums: Vec<Sums>,
}

/// What all raters of the model have together.
#[derive(Clone, Copy)]
pub(super) struct Usual {
    pub(super) raters: f64,
    /// The mean of the fair averages.
    pub(super) fair_average: f64,
    /// The sum of the variances of their errors.
    pub(super) variance: f64,
}

impl Usual {
    fn of(fit: &FacetFit, residuals: &Residuals<'_>) -> Option<Self> {
        let raters = fit.raters();
        let fair: Vec<f64> = raters.iter().map(|one| one.fair_average().value()).collect();
        let variances = raters.iter().map(|one| residuals.variance_of(one.fair_average(), one.name()));
        Some(Self { raters: raters.len() as f64, fair_average: mean(&fair).ok()?, variance: variances.sum() })
    }
}

/// One set of thresholds when all criteria have the same number of steps.
fn facets(collected: &Collected<'_>) -> Result<FacetFit, FacetError> {
    if collected.seen.is_empty() {
        return Err(Undefined::NoData {}.into());
    }
    // What is left to be refused is a number of raters beyond the model.
    let data = FacetData::with_scales(|key| collected.scale(key), collected.ratings());
    let data = data.map_err(|_| Undefined::OutOfRange {})?;
    match FacetModel::rating_scale().merging_empty_steps().fit(&data) {
        Err(FacetError::DifferentScales(_)) => FacetModel::partial_credit().merging_empty_steps().fit(&data),
        other => other,
    }
}

fn outcome(fit: &Result<FacetFit, FacetError>) -> FacetOutcome {
    let reliability = |fit: &FacetFit, facet| {
        let found = fit.separation(facet).ok()?.reliability();
        Real::new(found).ok().map(Real::to_six_decimals)
    };
    match fit {
        Ok(fit) => FacetOutcome::Fitted {
            ratings: LargeCount::of(fit.ratings() as u64),
            iterations: Count::of(fit.convergence().iterations()),
            assumes_random_assignment: fit.assumes_random_assignment(),
            person_reliability: reliability(fit, Facet::Persons),
            rater_reliability: reliability(fit, Facet::Raters),
        },
        Err(FacetError::Undefined(reason)) => FacetOutcome::NotFitted { reason: *reason },
        Err(_) => FacetOutcome::NotFitted { reason: Undefined::NotIdentified {} },
    }
}

fn persons(fit: &FacetFit) -> Vec<AdjustedPerson> {
    let adjusted = fit.persons().iter().filter_map(|one| {
        Some(AdjustedPerson {
            person: one.person().clone(),
            ratings: Count::of(one.ratings()),
            raw_average: Real::new(one.raw_average()).ok()?.to_six_decimals(),
            fair_average: one.fair_average().to_six_decimals(),
        })
    });
    adjusted.collect()
}

impl<'a> Making<'a> {
    fn rater(&self, rater: &'a Reference) -> Option<RaterDraft<'a>> {
        let own = || self.collected.by(rater);
        let steps: Vec<f64> = own().flat_map(|one| one.steps.values()).map(|step| f64::from(step.get())).collect();
        let measure = self.fit.and_then(|fit| fit.rater(rater));
        let findings = RaterFindings {
            rater: rater.clone(),
            assessments: Count::of(own().count()),
            ratings: Count::of(steps.len()),
            raw_average: Real::new(mean(&steps).ok()?).ok()?.to_six_decimals(),
            severity: measure.map(|one| one.measure().to_six_decimals()),
            fair_average: measure.map(|one| one.fair_average().to_six_decimals()),
            checks: Vec::new(),
        };
        Some(RaterDraft { rater, findings, checks: self.checks(rater) })
    }

    fn criteria(&self, units: &BTreeMap<&'a Key, Vec<StepCounts>>) -> Vec<CriterionDraft> {
        let distances = self.distances(units);
        let one = |(criterion, units): (&&Key, &Vec<StepCounts>)| CriterionDraft {
            agreement: self.agreement(criterion, units),
            distance: self.distance(criterion, units, &distances),
        };
        units.iter().map(one).collect()
    }

    fn agreement(&self, criterion: &Key, units: &[StepCounts]) -> CriterionAgreement {
        let within = |most: u8| -> u64 {
            let pairs = units.iter().flat_map(StepCounts::pairs).filter(|(low, high, _)| high - low <= most);
            pairs.map(|(_, _, count)| count).sum()
        };
        let pairs = within(u8::MAX);
        let share = |most: u8| Real::new(within(most) as f64 / pairs as f64).ok().map(Real::to_six_decimals);
        let needed = self.thresholds.minimum_criterion_ratings;
        let steps = self.collected.scale(criterion).get();
        let alpha = if pairs < u64::from(needed.get()) {
            CheckOutcome::Withheld { ratings: LargeCount::of(pairs), needed }
        } else {
            let found = alpha(units, steps);
            found.map_or_else(|reason| CheckOutcome::Undefined { reason }, |own| CheckOutcome::figure(own, pairs))
        };
        CriterionAgreement {
            criterion: criterion.clone(),
            contacts: Count::of(units.len()),
            pairs: LargeCount::of(pairs),
            exact: share(0),
            within_one_step: share(1),
            alpha,
            distance: CheckOutcome::Undefined { reason: Undefined::NoData {} },
            split: split(units, steps),
        }
    }

    /// For each number of steps and each contact the sum and number of the mean distances on its criteria.
    fn distances(&self, units: &BTreeMap<&'a Key, Vec<StepCounts>>) -> BTreeMap<(u8, usize), (f64, f64)> {
        let mut sums: BTreeMap<(u8, usize), (f64, f64)> = BTreeMap::new();
        for criterion in units.keys() {
            let steps = self.collected.scale(criterion).get();
            for (contact, distance) in self.distances_on(criterion) {
                let (sum, count) = sums.entry((steps, contact)).or_default();
                *sum += distance;
                *count += 1.0;
            }
        }
        sums
    }

    /// The number of each contact that two raters or more rated on a criterion, with the mean distance of two ratings.
    fn distances_on(&self, criterion: &Key) -> impl Iterator<Item = (usize, f64)> {
        let contacts = self.collected.shared.iter().enumerate();
        contacts.filter_map(move |(number, contact)| {
            Some((number, contact.steps.get(criterion)?.mean_distance_of_pairs()?))
        })
    }

    /// How far raters lie apart on a criterion, over how far on the others of as many steps in the same contacts.
    fn distance(&self, criterion: &Key, units: &[StepCounts], distances: &BTreeMap<(u8, usize), (f64, f64)>) -> Draft {
        let steps = self.collected.scale(criterion).get();
        let others = |contact, own| {
            let (sum, count) = *distances.get(&(steps, contact))?;
            (count > 1.0).then(|| (own, (sum - own) / (count - 1.0)))
        };
        let pairs: Vec<(f64, f64)> =
            self.distances_on(criterion).filter_map(|(contact, own)| others(contact, own)).collect();
        let highest = self.thresholds.anchor_distance;
        let bounds = Bounds::at_most(highest);
        // With contacts on this criterion alone there is nothing to compare it with.
        let compared = if pairs.is_empty() { units.len() } else { pairs.len() };
        Draft::of(compared as u64, self.thresholds.minimum_criterion_ratings, bounds, || {
            let (own, other): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
            let usual = mean(&other)?;
            let ratio = mean(&own)? / usual;
            if usual <= 0.0 {
                return Err(Undefined::NoVariation {});
            }
            // Contact by contact: how much more than so many times as far.
            let beyond = |times: f64| -> Vec<f64> { pairs.iter().map(|(own, other)| own - times * other).collect() };
            let at_bound = Claim::of_mean(&beyond(highest.get()), ROUNDING, Bounds::at_most(Real::ZERO))?;
            let around = Claim::of_mean(&beyond(ratio), ROUNDING, bounds)?;
            Ok(at_bound.shown_as(|_| around.estimate().times(usual.recip()).plus(ratio)))
        })
    }
}

/// The two neighbouring steps between which most pairs part, of equal ones the lowest.
fn split(units: &[StepCounts], steps: u8) -> Option<AnchorSplit> {
    let count = |belongs: &dyn Fn(u8, u8) -> bool| -> u64 {
        let pairs = units.iter().flat_map(StepCounts::pairs).filter(|(low, high, _)| belongs(*low, *high));
        pairs.map(|(_, _, count)| count).sum()
    };
    let splits = (1..steps).map(|lower| {
        let around = |step: u8| step == lower || step == lower + 1;
        let touching = count(&|low, high| around(low) || around(high));
        let parted = count(&|low, high| low <= lower && high > lower);
        (lower, touching, parted)
    });
    let (lower, touching, parted) = splits.rev().max_by_key(|(_, _, parted)| *parted).filter(|split| split.2 > 0)?;
    Some(AnchorSplit {
        lower: Step::new(lower).ok()?,
        pairs: LargeCount::of(touching),
        parted: LargeCount::of(parted),
        share: Real::new(parted as f64 / touching as f64).ok()?.to_six_decimals(),
    })
}

/// Krippendorff's alpha: nominal on scales of two steps, ordinal on longer ones.
fn alpha(units: &[StepCounts], steps: u8) -> Result<Estimate, Undefined> {
    let categories = Categories::numbered(1, i32::from(steps)).map_err(|_| Undefined::OutOfRange {})?;
    let rows: Vec<&[u32]> = units.iter().map(|unit| unit.first(steps)).collect();
    let counts = CategoryCounts::from_rows(categories, &rows).map_err(|_| Undefined::OutOfRange {})?;
    let metric = if steps == 2 { AlphaMetric::Nominal } else { AlphaMetric::Ordinal };
    // Few contacts are usual here: the interval is the one that keeps its level then.
    let found = Jackknife::new(ConfidenceLevel::NINETY_FIVE).krippendorff_alpha(&counts, &metric)?;
    Ok(found.estimate().with_interval(found.score_interval(ConfidenceLevel::NINETY_FIVE)))
}
