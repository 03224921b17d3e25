use std::collections::BTreeMap;

use super::check::Bounds;
use super::collected::{Collected, Seen};
use super::{
    AdjustedPerson, AnchorSplit, CheckOutcome, CriterionAgreement, FacetOutcome, RaterCheck, RaterCheckKind,
    RaterFindings, RaterReport, RaterThresholds,
};
use crate::assessment::Assessment;
use crate::calibration::{Facet, FacetData, FacetError, FacetFit, FacetModel, FacetRating, FitStatistics};
use crate::statistics::{
    AlphaMetric, Categories, CategoryCounts, ConfidenceLevel, Estimate, Sample, Undefined, krippendorff_alpha,
};
use crate::value::{Count, Day, Key, Real, Reference, SchemaVersion, Step};

impl RaterReport {
    /// What these assessments say about their raters on a day.
    ///
    /// Counted are assessments handed over and not disputed, by others than the person, and by machines when confirmed.
    /// Raters are compared on contacts that they share; without such contacts the many-facet model still compares them, by
    /// the persons whom they share or else by assuming that persons were assigned at random, and says so.
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
        let making = Making { collected: &collected, thresholds: &thresholds, reference, fit: fit.as_ref().ok() };
        let units = collected.units();
        Self {
            schema: None,
            schema_version: SchemaVersion::default(),
            as_of,
            reference: reference.cloned(),
            assessments: Count::of(collected.seen.len()),
            shared_contacts: Count::of(collected.shared.len()),
            criteria: units.iter().map(|(criterion, units)| making.agreement(criterion, units)).collect(),
            raters: collected.raters().into_iter().filter_map(|rater| making.rater(rater)).collect(),
            anchors: making.anchors(&units),
            model: outcome(&fit),
            persons: fit.as_ref().map(persons).unwrap_or_default(),
            thresholds,
        }
    }
}

struct Making<'a> {
    collected: &'a Collected<'a>,
    thresholds: &'a RaterThresholds,
    reference: Option<&'a Reference>,
    fit: Option<&'a FacetFit>,
}

/// One set of thresholds when all criteria have the same number of steps.
fn facets(collected: &Collected<'_>) -> Result<FacetFit, FacetError> {
    let ratings = collected.seen.iter().flat_map(|one| {
        one.steps.iter().map(|(criterion, step)| FacetRating {
            person: one.person,
            rater: one.rater,
            criterion,
            step: *step,
        })
    });
    let steps_of = |key: &Key| collected.scales.get(key).copied().unwrap_or(crate::value::StepCount::MAX);
    let data = FacetData::with_scales(steps_of, ratings).map_err(|_| Undefined::NoData {})?;
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
            ratings: Count::of(fit.ratings()),
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

impl Making<'_> {
    fn agreement(&self, criterion: &Key, units: &[Vec<Step>]) -> CriterionAgreement {
        let distances: Vec<u8> = units.iter().flat_map(|unit| pairs(unit)).map(|(low, high)| high - low).collect();
        let share = |most: u8| {
            let count = distances.iter().filter(|distance| **distance <= most).count();
            Real::new(count as f64 / distances.len() as f64).ok().map(Real::to_six_decimals)
        };
        let steps = self.collected.scales.get(criterion).map_or(2, |steps| steps.get());
        CriterionAgreement {
            criterion: criterion.clone(),
            contacts: Count::of(units.len()),
            pairs: Count::of(distances.len()),
            exact: share(0),
            within_one_step: share(1),
            alpha: CheckOutcome::of(
                distances.len(),
                self.thresholds.minimum_criterion_ratings,
                Bounds::at_least(self.thresholds.agreement),
                || alpha(units, steps),
            ),
        }
    }

    fn rater(&self, rater: &Reference) -> Option<RaterFindings> {
        let own: Vec<&Seen<'_>> = self.collected.by(rater).collect();
        let steps: Vec<f64> = own.iter().flat_map(|one| one.steps.values()).map(|step| f64::from(step.get())).collect();
        let measure = self.fit.and_then(|fit| fit.rater(rater));
        Some(RaterFindings {
            rater: rater.clone(),
            assessments: Count::of(own.len()),
            ratings: Count::of(steps.len()),
            raw_average: Real::new(mean(&steps).ok()?).ok()?.to_six_decimals(),
            severity: measure.map(|one| one.measure().to_six_decimals()),
            fair_average: measure.map(|one| one.fair_average().to_six_decimals()),
            checks: self.checks(rater, &steps),
        })
    }

    fn checks(&self, rater: &Reference, steps: &[f64]) -> Vec<RaterCheck> {
        use RaterCheckKind as Kind;
        let whole = |kind, outcome| RaterCheck { kind, criterion: None, outcome };
        let mut checks = vec![whole(Kind::BiasAgainstOthers, self.bias(rater, None))];
        if let Some(reference) = self.reference.filter(|reference| *reference != rater) {
            checks.push(whole(Kind::BiasAgainstReference, self.bias(rater, Some(reference))));
        }
        checks.extend([
            whole(Kind::Leniency, self.leniency(rater)),
            whole(Kind::RestrictedRange, self.range(steps)),
            whole(Kind::Halo, self.halo(rater, steps.len())),
            whole(Kind::Drift, self.drift(rater)),
            whole(Kind::Infit, self.fit_check(rater, FitStatistics::infit)),
            whole(Kind::Outfit, self.fit_check(rater, FitStatistics::outfit)),
        ]);
        checks.extend(self.alignments(rater));
        checks
    }

    /// The mean over contacts, so that many criteria of one contact count once.
    fn bias(&self, rater: &Reference, other: Option<&Reference>) -> CheckOutcome {
        let differences: Vec<Vec<f64>> =
            self.collected.compared(rater, other).map(|(own, others)| differences(own, &others)).collect();
        let ratings = differences.iter().map(Vec::len).sum();
        let bounds = Bounds::around_zero(self.thresholds.bias);
        CheckOutcome::of(ratings, self.thresholds.minimum_shared_ratings, bounds, || {
            let contacts: Vec<f64> = differences.iter().filter_map(|one| mean(one).ok()).collect();
            mean_of_units(&contacts)
        })
    }

    fn leniency(&self, rater: &Reference) -> CheckOutcome {
        let found = self.fit.and_then(|fit| fit.rater(rater));
        let ratings = found.map_or(0, |one| one.ratings());
        let bounds = Bounds::around_zero(self.thresholds.leniency);
        CheckOutcome::of(ratings, self.thresholds.minimum_ratings, bounds, || {
            let fit = self.fit.ok_or(Undefined::NotIdentified {})?;
            let all: Vec<f64> = fit.raters().iter().map(|one| one.fair_average().value()).collect();
            let own = found.ok_or(Undefined::NoData {})?.fair_average();
            let estimate = Estimate::of(own.value() - mean(&all)?).ok_or(Undefined::OutOfRange {})?;
            Ok(own.standard_error().map_or(estimate, |error| estimate.with_standard_error(error)))
        })
    }

    fn range(&self, steps: &[f64]) -> CheckOutcome {
        let bounds = Bounds::at_least(self.thresholds.range);
        CheckOutcome::of(steps.len(), self.thresholds.minimum_ratings, bounds, || {
            let all = self.collected.seen.iter().flat_map(|one| one.steps.values());
            let all: Vec<f64> = all.map(|step| f64::from(step.get())).collect();
            ratio(deviation(steps)?, deviation(&all)?)
        })
    }

    fn halo(&self, rater: &Reference, ratings: usize) -> CheckOutcome {
        let spread = |seen: &Seen<'_>| {
            let steps: Vec<f64> = seen.steps.values().map(|step| f64::from(step.get())).collect();
            deviation(&steps).ok()
        };
        CheckOutcome::of(ratings, self.thresholds.minimum_ratings, Bounds::at_least(self.thresholds.halo), || {
            let own: Vec<f64> = self.collected.by(rater).filter_map(spread).collect();
            let all: Vec<f64> = self.collected.seen.iter().filter_map(spread).collect();
            ratio(mean(&own)?, mean(&all)?)
        })
    }

    /// The slope of bias against others over days, by least squares over contacts, for 30 days.
    fn drift(&self, rater: &Reference) -> CheckOutcome {
        let compared = self.collected.compared(rater, None);
        let points: Vec<(f64, f64)> = compared
            .filter_map(|(own, others)| {
                let day = f64::from(own.observed.days_since(Day::MIN)) / 30.0;
                Some((day, mean(&differences(own, &others)).ok()?))
            })
            .collect();
        let bounds = Bounds::around_zero(self.thresholds.drift);
        CheckOutcome::of(points.len(), self.thresholds.minimum_shared_contacts, bounds, || slope(&points))
    }

    fn fit_check(&self, rater: &Reference, figure: fn(&FitStatistics) -> f64) -> CheckOutcome {
        let found = self.fit.and_then(|fit| fit.rater(rater)).and_then(|one| one.fit());
        let bounds = Bounds::between(self.thresholds.lowest_fit, self.thresholds.highest_fit);
        let ratings = found.map_or(0, FitStatistics::ratings);
        CheckOutcome::of(ratings, self.thresholds.minimum_ratings, bounds, || {
            found.and_then(|one| Estimate::of(figure(one))).ok_or(Undefined::NotIdentified {})
        })
    }

    /// For each criterion, the mean over shared contacts of 1 − distance to each other rater over the longest distance.
    fn alignments(&self, rater: &Reference) -> Vec<RaterCheck> {
        let mut found: BTreeMap<&Key, Vec<f64>> = BTreeMap::new();
        for (own, others) in self.collected.compared(rater, None) {
            for (criterion, step) in &own.steps {
                let longest = self.collected.scales.get(criterion).map_or(1, |steps| steps.get() - 1);
                let near = |other: &&Seen<'_>| {
                    let distance = other.steps.get(criterion)?.get().abs_diff(step.get());
                    Some(1.0 - f64::from(distance) / f64::from(longest))
                };
                let near: Vec<f64> = others.iter().filter_map(near).collect();
                if let Ok(near) = mean(&near) {
                    found.entry(criterion).or_default().push(near);
                }
            }
        }
        let needed = self.thresholds.minimum_criterion_ratings;
        let bounds = Bounds::at_least(self.thresholds.alignment);
        found
            .into_iter()
            .map(|(criterion, near)| RaterCheck {
                kind: RaterCheckKind::Alignment,
                criterion: Some(criterion.clone()),
                outcome: CheckOutcome::of(near.len(), needed, bounds, || mean_of_units(&near)),
            })
            .collect()
    }

    /// Of each criterion the two steps around which most pairs part, when that is often.
    fn anchors(&self, units: &BTreeMap<&Key, Vec<Vec<Step>>>) -> Vec<AnchorSplit> {
        let mut splits: Vec<AnchorSplit> =
            units.iter().filter_map(|(criterion, units)| self.split(criterion, units)).collect();
        splits.sort_by(|one, other| other.share.cmp(&one.share).then_with(|| one.criterion.cmp(&other.criterion)));
        splits
    }

    fn split(&self, criterion: &Key, units: &[Vec<Step>]) -> Option<AnchorSplit> {
        let all: Vec<(u8, u8)> = units.iter().flat_map(|unit| pairs(unit)).collect();
        let steps = self.collected.scales.get(criterion)?.get();
        let splits = (1..steps).map(|lower| {
            let around = |step: u8| step == lower || step == lower + 1;
            let touching = all.iter().filter(|(low, high)| around(*low) || around(*high)).count();
            let parted = all.iter().filter(|(low, high)| *low <= lower && *high > lower).count();
            (lower, touching, parted)
        });
        // Of equal ones the lowest.
        let (lower, touching, parted) = splits.rev().max_by_key(|(_, _, parted)| *parted)?;
        let share = Real::new(parted as f64 / touching as f64).ok()?.to_six_decimals();
        let is_shown = touching >= self.thresholds.minimum_criterion_ratings.get() as usize
            && share >= self.thresholds.anchor_split;
        is_shown.then_some(AnchorSplit {
            criterion: criterion.clone(),
            lower: Step::new(lower).ok()?,
            pairs: Count::of(touching),
            parted: Count::of(parted),
            share,
        })
    }
}

/// Krippendorff's alpha: nominal on scales of two steps, ordinal on longer ones.
fn alpha(units: &[Vec<Step>], steps: u8) -> Result<Estimate, Undefined> {
    let ratings = units.iter().enumerate().flat_map(|(unit, rated)| rated.iter().map(move |step| (unit, step.get())));
    let ratings = ratings.map(|(unit, step)| (unit, f64::from(step)));
    let categories = Categories::numbered(1, i32::from(steps)).map_err(|_| Undefined::OutOfRange {})?;
    let counts = CategoryCounts::from_long(categories, ratings).map_err(|_| Undefined::OutOfRange {})?;
    let metric = if steps == 2 { AlphaMetric::Nominal } else { AlphaMetric::Ordinal };
    Ok(*krippendorff_alpha(&counts, &metric)?.estimate())
}

/// Every pair of ratings of a contact, the lower first.
fn pairs(unit: &[Step]) -> impl Iterator<Item = (u8, u8)> {
    unit.iter().enumerate().flat_map(|(number, one)| {
        unit.iter().skip(number + 1).map(|other| (one.get().min(other.get()), one.get().max(other.get())))
    })
}

/// Own step − mean of the others', criterion by criterion.
fn differences(own: &Seen<'_>, others: &[&Seen<'_>]) -> Vec<f64> {
    let difference = |(criterion, step): (&&Key, &Step)| {
        let others: Vec<f64> =
            others.iter().filter_map(|other| other.steps.get(criterion)).map(|step| f64::from(step.get())).collect();
        Some(f64::from(step.get()) - mean(&others).ok()?)
    };
    own.steps.iter().filter_map(difference).collect()
}

fn sample(values: &[f64]) -> Result<Sample, Undefined> {
    Sample::of(values).map_err(|_| Undefined::OutOfRange {})
}

fn mean(values: &[f64]) -> Result<f64, Undefined> {
    sample(values)?.plain_mean()
}

fn deviation(values: &[f64]) -> Result<f64, Undefined> {
    Ok(sample(values)?.variance()?.sqrt())
}

fn ratio(own: f64, all: f64) -> Result<Estimate, Undefined> {
    if all <= 0.0 { Err(Undefined::NoVariation {}) } else { Estimate::of(own / all).ok_or(Undefined::OutOfRange {}) }
}

/// A mean with the 95 % interval of Student's t; a single unit has none.
fn mean_of_units(values: &[f64]) -> Result<Estimate, Undefined> {
    sample(values)?.mean(ConfidenceLevel::NINETY_FIVE)
}

fn slope(points: &[(f64, f64)]) -> Result<Estimate, Undefined> {
    let (days, values): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
    let (middle_day, middle) = (mean(&days)?, mean(&values)?);
    let squares: f64 = days.iter().map(|day| (day - middle_day).powi(2)).sum();
    if squares <= 0.0 {
        return Err(Undefined::NoVariation {});
    }
    let products: f64 = points.iter().map(|(day, value)| (day - middle_day) * (value - middle)).sum();
    let slope = products / squares;
    let rest: f64 = points.iter().map(|(day, value)| (value - middle - slope * (day - middle_day)).powi(2)).sum();
    let estimate = Estimate::of(slope).ok_or(Undefined::OutOfRange {})?;
    if points.len() < 3 {
        return Ok(estimate);
    }
    let degrees = points.len() as f64 - 2.0;
    Ok(estimate.with_t_interval((rest / degrees / squares).sqrt(), degrees, ConfidenceLevel::NINETY_FIVE))
}
