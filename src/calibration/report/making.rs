use std::collections::BTreeMap;

use super::check::Bounds;
use super::{
    AdjustedPerson, AnchorSplit, CheckOutcome, CriterionAgreement, FacetOutcome, RaterCheck, RaterCheckKind,
    RaterFindings, RaterReport, RaterThresholds,
};
use crate::assessment::Assessment;
use crate::calibration::collected::{Collected, Compared, Seen};
use crate::calibration::step_counts::StepCounts;
use crate::calibration::{Facet, FacetData, FacetError, FacetFit, FacetModel, FitStatistics};
use crate::statistics::{
    AlphaMetric, Categories, CategoryCounts, ConfidenceLevel, Estimate, Sample, Undefined, krippendorff_alpha,
};
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
        let making = Making {
            collected: &collected,
            thresholds: &thresholds,
            reference,
            fit: fit.as_ref().ok(),
            usual: Usual::of(&collected, fit.as_ref().ok()),
        };
        let units = collected.units();
        Self {
            schema: None,
            schema_version: SchemaVersion::default(),
            as_of,
            reference: reference.cloned(),
            assessments: Count::of(collected.seen.len()),
            shared_contacts: Count::of(collected.shared.len()),
            criteria: units.iter().map(|(criterion, units)| making.agreement(criterion, units)).collect(),
            raters: collected.raters().filter_map(|rater| making.rater(rater)).collect(),
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
    usual: Usual,
}

/// What all raters do together.
struct Usual {
    /// The standard deviation of all steps.
    deviation: Result<f64, Undefined>,
    /// The mean of the standard deviations inside assessments.
    spread: Result<f64, Undefined>,
    /// The mean of the fair averages.
    fair_average: Result<f64, Undefined>,
}

impl Usual {
    fn of(collected: &Collected<'_>, fit: Option<&FacetFit>) -> Self {
        let steps = collected.seen.iter().flat_map(|one| one.steps.values());
        let spreads: Vec<f64> = collected.seen.iter().filter_map(spread).collect();
        let fair =
            |fit: &FacetFit| mean(&fit.raters().iter().map(|one| one.fair_average().value()).collect::<Vec<_>>());
        Self {
            deviation: deviation(&steps.map(|step| f64::from(step.get())).collect::<Vec<_>>()),
            spread: mean(&spreads),
            fair_average: fit.map_or(Err(Undefined::NotIdentified {}), fair),
        }
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

impl Making<'_> {
    fn agreement(&self, criterion: &Key, units: &[StepCounts]) -> CriterionAgreement {
        let within = |most: u8| -> u64 {
            let pairs = units.iter().flat_map(StepCounts::pairs).filter(|(low, high, _)| high - low <= most);
            pairs.map(|(_, _, count)| count).sum()
        };
        let pairs = within(u8::MAX);
        let share = |most: u8| Real::new(within(most) as f64 / pairs as f64).ok().map(Real::to_six_decimals);
        let steps = self.collected.scale(criterion).get();
        CriterionAgreement {
            criterion: criterion.clone(),
            contacts: Count::of(units.len()),
            pairs: LargeCount::of(pairs),
            exact: share(0),
            within_one_step: share(1),
            alpha: CheckOutcome::of(
                pairs,
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
        let differences: Vec<Vec<f64>> = self.collected.compared(rater, other).map(|one| differences(&one)).collect();
        let ratings = differences.iter().map(|one| one.len() as u64).sum();
        let bounds = Bounds::around_zero(self.thresholds.bias);
        CheckOutcome::of(ratings, self.thresholds.minimum_shared_ratings, bounds, || {
            let contacts: Vec<f64> = differences.iter().filter_map(|one| mean(one).ok()).collect();
            mean_of_units(&contacts)
        })
    }

    fn leniency(&self, rater: &Reference) -> CheckOutcome {
        let found = self.fit.and_then(|fit| fit.rater(rater));
        let ratings = found.map_or(0, |one| one.ratings() as u64);
        let bounds = Bounds::around_zero(self.thresholds.leniency);
        CheckOutcome::of(ratings, self.thresholds.minimum_ratings, bounds, || {
            let usual = self.usual.fair_average?;
            let own = found.ok_or(Undefined::NoData {})?.fair_average();
            let estimate = Estimate::of(own.value() - usual).ok_or(Undefined::OutOfRange {})?;
            Ok(own.standard_error().map_or(estimate, |error| estimate.with_standard_error(error)))
        })
    }

    fn range(&self, steps: &[f64]) -> CheckOutcome {
        let bounds = Bounds::at_least(self.thresholds.range);
        CheckOutcome::of(steps.len() as u64, self.thresholds.minimum_ratings, bounds, || {
            ratio(deviation(steps)?, self.usual.deviation?)
        })
    }

    fn halo(&self, rater: &Reference, ratings: usize) -> CheckOutcome {
        CheckOutcome::of(
            ratings as u64,
            self.thresholds.minimum_ratings,
            Bounds::at_least(self.thresholds.halo),
            || {
                let own: Vec<f64> = self.collected.by(rater).filter_map(spread).collect();
                ratio(mean(&own)?, self.usual.spread?)
            },
        )
    }

    /// The slope of bias against others over days, by least squares over contacts, for 30 days.
    fn drift(&self, rater: &Reference) -> CheckOutcome {
        let compared = self.collected.compared(rater, None);
        let points: Vec<(f64, f64)> = compared
            .filter_map(|one| {
                let day = f64::from(one.own.observed.days_since(Day::MIN)) / 30.0;
                Some((day, mean(&differences(&one)).ok()?))
            })
            .collect();
        let bounds = Bounds::around_zero(self.thresholds.drift);
        CheckOutcome::of(points.len() as u64, self.thresholds.minimum_shared_contacts, bounds, || slope(&points))
    }

    fn fit_check(&self, rater: &Reference, figure: fn(&FitStatistics) -> f64) -> CheckOutcome {
        let found = self.fit.and_then(|fit| fit.rater(rater)).and_then(|one| one.fit());
        let bounds = Bounds::between(self.thresholds.lowest_fit, self.thresholds.highest_fit);
        let ratings = found.map_or(0, |fit| fit.ratings() as u64);
        CheckOutcome::of(ratings, self.thresholds.minimum_ratings, bounds, || {
            found.and_then(|one| Estimate::of(figure(one))).ok_or(Undefined::NotIdentified {})
        })
    }

    /// For each criterion, the mean over shared contacts of 1 − distance to each other rater over the longest distance.
    fn alignments(&self, rater: &Reference) -> Vec<RaterCheck> {
        let mut found: BTreeMap<Key, Vec<f64>> = BTreeMap::new();
        for one in self.collected.compared(rater, None) {
            for (criterion, own, others) in one.steps() {
                let longest = f64::from(self.collected.scale(criterion).get() - 1);
                if let Some(distance) = others.mean_distance(own) {
                    found.entry(criterion.clone()).or_default().push(1.0 - distance / longest);
                }
            }
        }
        let needed = self.thresholds.minimum_criterion_ratings;
        let bounds = Bounds::at_least(self.thresholds.alignment);
        found
            .into_iter()
            .map(|(criterion, near)| RaterCheck {
                kind: RaterCheckKind::Alignment,
                criterion: Some(criterion),
                outcome: CheckOutcome::of(near.len() as u64, needed, bounds, || mean_of_units(&near)),
            })
            .collect()
    }

    /// Of each criterion the two steps around which most pairs part, when that is often.
    fn anchors(&self, units: &BTreeMap<&Key, Vec<StepCounts>>) -> Vec<AnchorSplit> {
        let mut splits: Vec<AnchorSplit> =
            units.iter().filter_map(|(criterion, units)| self.split(criterion, units)).collect();
        splits.sort_by(|one, other| other.share.cmp(&one.share).then_with(|| one.criterion.cmp(&other.criterion)));
        splits
    }

    fn split(&self, criterion: &Key, units: &[StepCounts]) -> Option<AnchorSplit> {
        let count = |belongs: &dyn Fn(u8, u8) -> bool| -> u64 {
            let pairs = units.iter().flat_map(StepCounts::pairs).filter(|(low, high, _)| belongs(*low, *high));
            pairs.map(|(_, _, count)| count).sum()
        };
        let splits = (1..self.collected.scale(criterion).get()).map(|lower| {
            let around = |step: u8| step == lower || step == lower + 1;
            let touching = count(&|low, high| around(low) || around(high));
            let parted = count(&|low, high| low <= lower && high > lower);
            (lower, touching, parted)
        });
        // Of equal ones the lowest.
        let (lower, touching, parted) = splits.rev().max_by_key(|(_, _, parted)| *parted)?;
        let share = Real::new(parted as f64 / touching as f64).ok()?.to_six_decimals();
        let is_shown = touching >= u64::from(self.thresholds.minimum_criterion_ratings.get())
            && share >= self.thresholds.anchor_split;
        is_shown.then_some(AnchorSplit {
            criterion: criterion.clone(),
            lower: Step::new(lower).ok()?,
            pairs: LargeCount::of(touching),
            parted: LargeCount::of(parted),
            share,
        })
    }
}

/// Krippendorff's alpha: nominal on scales of two steps, ordinal on longer ones.
fn alpha(units: &[StepCounts], steps: u8) -> Result<Estimate, Undefined> {
    let categories = Categories::numbered(1, i32::from(steps)).map_err(|_| Undefined::OutOfRange {})?;
    let rows: Vec<&[u32]> = units.iter().map(|unit| unit.first(steps)).collect();
    let counts = CategoryCounts::from_rows(categories, &rows).map_err(|_| Undefined::OutOfRange {})?;
    let metric = if steps == 2 { AlphaMetric::Nominal } else { AlphaMetric::Ordinal };
    Ok(*krippendorff_alpha(&counts, &metric)?.estimate())
}

/// Own step − mean of the others', criterion by criterion.
fn differences(compared: &Compared<'_, '_>) -> Vec<f64> {
    compared.steps().filter_map(|(_, own, others)| Some(f64::from(own.get()) - others.mean()?)).collect()
}

/// The standard deviation inside an assessment.
fn spread(seen: &Seen<'_>) -> Option<f64> {
    let steps: Vec<f64> = seen.steps.values().map(|step| f64::from(step.get())).collect();
    deviation(&steps).ok()
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
