//! The figures about raters, each with its claim.

use std::collections::BTreeMap;

use super::RaterCheckKind;
use super::claim::{Bounds, Claim, Draft, Part, sample};
use super::making::Making;
use crate::calibration::collected::{Compared, Seen};
use crate::statistics::{Estimate, Undefined};
use crate::value::{Day, Key, Real, Reference};

/// The variance of rounding to a whole step: the least that a rating varies by.
pub(super) const ROUNDING: f64 = 1.0 / 12.0;

/// A check of a rater that waits for the others of the report.
pub(super) struct DraftCheck {
    pub(super) kind: RaterCheckKind,
    pub(super) criterion: Option<Key>,
    pub(super) draft: Draft,
}

/// Of some raters' assessments: the variance of all steps, and the mean of the standard deviations inside one.
struct Spreads {
    variance: Result<Part, Undefined>,
    inside: Result<Part, Undefined>,
}

impl<'a> Making<'a> {
    pub(super) fn checks(&self, rater: &'a Reference) -> Vec<DraftCheck> {
        use RaterCheckKind as Kind;
        let whole = |kind, draft| DraftCheck { kind, criterion: None, draft };
        let mut checks = vec![whole(Kind::BiasAgainstOthers, self.bias(rater, None))];
        if let Some(reference) = self.reference.filter(|reference| *reference != rater) {
            checks.push(whole(Kind::BiasAgainstReference, self.bias(rater, Some(reference))));
        }
        let ratings = self.collected.by(rater).map(|one| one.steps.len() as u64).sum();
        let (own, others) = (self.spreads(|one| one == rater), self.spreads(|one| one != rater));
        checks.extend([
            whole(Kind::Leniency, self.leniency(rater)),
            whole(Kind::RestrictedRange, self.range(ratings, &own, &others)),
            whole(Kind::Halo, self.halo(ratings, &own, &others)),
            whole(Kind::Drift, self.drift(rater)),
            whole(Kind::Infit, self.fit_check(rater, Kind::Infit)),
            whole(Kind::Outfit, self.fit_check(rater, Kind::Outfit)),
        ]);
        checks.extend(self.alignments(rater));
        checks
    }

    /// The mean over contacts, so that many criteria of one contact count once.
    fn bias(&self, rater: &Reference, other: Option<&Reference>) -> Draft {
        let differences: Vec<Vec<f64>> = self.collected.compared(rater, other).map(|one| differences(&one)).collect();
        let ratings: u64 = differences.iter().map(|one| one.len() as u64).sum();
        let bounds = Bounds::around_zero(self.thresholds.bias);
        Draft::of(ratings, self.thresholds.minimum_shared_ratings, bounds, || {
            let contacts: Vec<f64> = differences.iter().filter_map(|one| mean(one).ok()).collect();
            Claim::of_mean(&contacts, ROUNDING * contacts.len() as f64 / ratings as f64, bounds)
        })
    }

    /// The error of the model, widened by how much the ratings of one assessment go together.
    fn leniency(&self, rater: &Reference) -> Draft {
        let found = self.fit.and_then(|fit| fit.rater(rater));
        let ratings = found.map_or(0, |one| one.ratings() as u64);
        let bounds = Bounds::around_zero(self.thresholds.leniency);
        Draft::of(ratings, self.thresholds.minimum_ratings, bounds, || {
            let (residuals, usual) = self.residuals.as_ref().zip(self.usual).ok_or(Undefined::NotIdentified {})?;
            let own = found.ok_or(Undefined::NoData {})?.fair_average();
            let error = residuals.variance_of(own, rater);
            // The own average is part of the mean of all.
            let share = usual.raters.recip();
            let variance = (1.0 - share).powi(2) * error + share * share * (usual.variance - error).max(0.0);
            let degrees = residuals.assessments(rater) as f64 - 1.0;
            Claim::of_part(Part { value: own.value() - usual.fair_average, variance, degrees }, bounds)
        })
    }

    fn spreads(&self, belongs: impl Fn(&Reference) -> bool) -> Spreads {
        let moments: Vec<&Moments<'_>> = self.moments.iter().filter(|one| belongs(one.rater)).collect();
        let inside: Vec<f64> = moments.iter().filter_map(|one| one.spread).collect();
        Spreads { variance: variance(&moments), inside: Part::mean(&inside) }
    }

    fn range(&self, ratings: u64, own: &Spreads, others: &Spreads) -> Draft {
        let bounds = Bounds::at_least(self.thresholds.range);
        Draft::of(ratings, self.thresholds.minimum_ratings, bounds, || {
            // Variances, since their errors are known; the figure is the ratio of standard deviations.
            let square = |bound: Real| bound.get() * bound.get();
            let lowest = bounds.lowest.and_then(|bound| Real::new(square(bound)).ok());
            let claim = Claim::of_ratio(own.variance?, others.variance?, Bounds { lowest, highest: None })?;
            Ok(claim.shown_as(Estimate::square_root))
        })
    }

    fn halo(&self, ratings: u64, own: &Spreads, others: &Spreads) -> Draft {
        let bounds = Bounds::at_least(self.thresholds.halo);
        Draft::of(ratings, self.thresholds.minimum_ratings, bounds, || {
            Claim::of_ratio(own.inside?, others.inside?, bounds)
        })
    }

    /// The slope of bias against others over days, by least squares over contacts, for 30 days.
    fn drift(&self, rater: &Reference) -> Draft {
        let points = points(self.collected.compared(rater, None));
        let bounds = Bounds::around_zero(self.thresholds.drift);
        Draft::of(points.len() as u64, self.thresholds.minimum_shared_contacts, bounds, || {
            Claim::of_part(slope(&points)?, bounds)
        })
    }

    fn fit_check(&self, rater: &Reference, kind: RaterCheckKind) -> Draft {
        let found = self.fit.and_then(|fit| fit.rater(rater)).and_then(|one| one.fit());
        let bounds = Bounds::between(self.thresholds.lowest_fit, self.thresholds.highest_fit);
        let ratings = found.map_or(0, |fit| fit.ratings() as u64);
        Draft::of(ratings, self.thresholds.minimum_ratings, bounds, || {
            let (fit, residuals) = found.zip(self.residuals.as_ref()).ok_or(Undefined::NotIdentified {})?;
            let (value, error) = if kind == RaterCheckKind::Infit {
                (fit.infit(), residuals.infit_error(rater))
            } else {
                (fit.outfit(), residuals.outfit_error(rater))
            };
            let degrees = residuals.assessments(rater) as f64 - 1.0;
            Claim::of_mean_square(value, error.unwrap_or_default(), degrees, bounds)
        })
    }

    /// How much nearer or farther than the others are to each other a rater is to them: the mean over contacts of the mean
    /// over criteria, and the mean on each criterion.
    fn alignments(&self, rater: &Reference) -> Vec<DraftCheck> {
        let mut contacts: Vec<f64> = Vec::new();
        let mut on_criteria: BTreeMap<&Key, Vec<f64>> = BTreeMap::new();
        let compared: Vec<Compared<'_, '_>> = self.collected.compared(rater, None).collect();
        let mut ratings = 0;
        for one in &compared {
            let nearness = one.steps().filter_map(|(criterion, own, others)| {
                let longest = f64::from(self.collected.scale(criterion).get() - 1);
                Some((criterion, (others.mean_distance_of_pairs()? - others.mean_distance(own)?) / longest))
            });
            let nearness: Vec<(&Key, f64)> = nearness.collect();
            ratings += nearness.len() as u64;
            contacts.extend(mean(&nearness.iter().map(|(_, own)| *own).collect::<Vec<_>>()));
            nearness.iter().for_each(|(criterion, own)| on_criteria.entry(criterion).or_default().push(*own));
        }
        let bounds = Bounds::not_below_zero_by(self.thresholds.alignment);
        let whole = Draft::of(ratings, self.thresholds.minimum_shared_ratings, bounds, || {
            Claim::of_mean(&contacts, 0.0, bounds)
        });
        let on_criterion = |(criterion, own): (&Key, Vec<f64>)| DraftCheck {
            kind: RaterCheckKind::Alignment,
            criterion: Some(criterion.clone()),
            draft: Draft::of(own.len() as u64, self.thresholds.minimum_criterion_ratings, Bounds::NONE, || {
                Claim::of_mean(&own, 0.0, Bounds::NONE)
            }),
        };
        let whole = DraftCheck { kind: RaterCheckKind::Alignment, criterion: None, draft: whole };
        std::iter::once(whole).chain(on_criteria.into_iter().map(on_criterion)).collect()
    }

    /// Whether one of the others alone is why a rater lies beyond a bound: without that one the figure is within it.
    ///
    /// One very severe rater makes each of few others look lenient.
    pub(super) fn is_due_to_one(&self, rater: &Reference, check: &DraftCheck) -> bool {
        // Among more, a single one weighs little.
        const MOST_OTHERS: usize = 20;
        let others: Vec<&Reference> = self.collected.raters().filter(|other| *other != rater).collect();
        let figure = |left_out: &Reference| -> Result<f64, Undefined> {
            let compared = self.collected.compared_without(rater, left_out);
            match check.kind {
                RaterCheckKind::BiasAgainstOthers => {
                    mean(&compared.filter_map(|one| mean(&differences(&one)).ok()).collect::<Vec<_>>())
                }
                RaterCheckKind::Drift => Ok(slope(&points(compared))?.value),
                _ => Err(Undefined::NoData {}),
            }
        };
        let side = check.draft.side();
        others.len() <= MOST_OTHERS
            && others.into_iter().filter_map(|other| figure(other).ok()).any(|own| check.draft.bounds.side(own) != side)
    }
}

/// Own step − mean of the others', criterion by criterion.
fn differences(compared: &Compared<'_, '_>) -> Vec<f64> {
    compared.steps().filter_map(|(_, own, others)| Some(f64::from(own.get()) - others.mean()?)).collect()
}

/// Number, sum and sum of squares of the steps of an assessment, and their standard deviation.
pub(super) struct Moments<'a> {
    rater: &'a Reference,
    count: f64,
    sum: f64,
    squares: f64,
    spread: Option<f64>,
}

impl<'a> Moments<'a> {
    pub(super) fn of(seen: &Seen<'a>) -> Self {
        let steps: Vec<f64> = seen.steps.values().map(|step| f64::from(step.get())).collect();
        Self {
            rater: seen.rater,
            count: steps.len() as f64,
            sum: steps.iter().sum(),
            squares: steps.iter().map(|step| step * step).sum(),
            spread: sample(&steps).ok().and_then(|own| own.variance().ok()).map(f64::sqrt),
        }
    }
}

/// The variance of all steps, with an error by assessments.
fn variance(moments: &[&Moments<'_>]) -> Result<Part, Undefined> {
    if moments.len() < 2 {
        return Err(Undefined::too_few_subjects(moments.len(), 2));
    }
    let total = |of: fn(&Moments<'_>) -> f64| moments.iter().map(|one| of(one)).sum::<f64>();
    let (count, assessments) = (total(|one| one.count), moments.len() as f64);
    let middle = total(|one| one.sum) / count;
    // Whole numbers of at most 101, so little cancels.
    let around = |one: &Moments<'_>| one.squares - 2.0 * middle * one.sum + one.count * middle * middle;
    let value = moments.iter().map(|one| around(one)).sum::<f64>().max(0.0) / count;
    let squares: f64 = moments.iter().map(|one| (around(one) - one.count * value).powi(2)).sum();
    let variance = assessments / (assessments - 1.0) * squares / (count * count);
    Ok(Part { value, variance, degrees: assessments - 1.0 })
}

pub(super) fn mean(values: &[f64]) -> Result<f64, Undefined> {
    sample(values)?.plain_mean()
}

/// For each contact the time in spans of 30 days, and the mean difference over its criteria.
fn points<'c>(compared: impl Iterator<Item = Compared<'c, 'c>>) -> Vec<(f64, f64)> {
    let point = |one: Compared<'_, '_>| {
        let day = f64::from(one.own.observed.days_since(Day::MIN)) / 30.0;
        Some((day, mean(&differences(&one)).ok()?))
    };
    compared.filter_map(point).collect()
}

/// The slope of a line by least squares; two points fit without an error.
fn slope(points: &[(f64, f64)]) -> Result<Part, Undefined> {
    let (days, values): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
    let (middle_day, middle) = (mean(&days)?, mean(&values)?);
    let squares: f64 = days.iter().map(|day| (day - middle_day).powi(2)).sum();
    if squares <= 0.0 {
        return Err(Undefined::NoVariation {});
    }
    let products: f64 = points.iter().map(|(day, value)| (day - middle_day) * (value - middle)).sum();
    let slope = products / squares;
    let rest: f64 = points.iter().map(|(day, value)| (value - middle - slope * (day - middle_day)).powi(2)).sum();
    let degrees = points.len() as f64 - 2.0;
    let variance = if degrees > 0.0 { rest / degrees / squares } else { 0.0 };
    Ok(Part { value: slope, variance, degrees })
}
