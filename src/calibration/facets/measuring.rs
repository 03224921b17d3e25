//! From a solution to the measures of everyone.

use super::curve::Curves;
use super::fit_statistics::FitSums;
use super::likelihood::{Likelihood, Measure};
use super::search::Solution;
use super::table::{Entry, Table};
use super::{
    CriterionMeasure, ElementMeasure, FacetData, FacetModel, FitStatistics, PersonMeasure, Population, RaterMeasure,
    ScaleThresholds, Thresholds, measured,
};
use crate::statistics::{Estimate, Undefined};
use crate::value::{Real, Step};

pub(super) struct Measuring<'a> {
    model: &'a FacetModel,
    data: &'a FacetData,
    table: &'a Table,
    solution: &'a Solution,
    curves: &'a Curves,
}

/// Sums over the ratings of one element.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    ratings: usize,
    steps: u64,
    fit: FitSums,
}

/// The measure of a rater or criterion, and what goes with it.
struct Found {
    measure: Measure,
    conditional: f64,
    fit: Option<FitStatistics>,
    is_extreme: bool,
}

impl Tally {
    fn raw_average(&self) -> Result<Real, Undefined> {
        Real::new(self.steps as f64 / self.ratings as f64).map_err(|_| Undefined::NoData {})
    }
}

impl<'a> Measuring<'a> {
    pub(super) fn new(
        model: &'a FacetModel,
        data: &'a FacetData,
        table: &'a Table,
        solution: &'a Solution,
        curves: &'a Curves,
    ) -> Self {
        Self { model, data, table, solution, curves }
    }

    pub(super) fn parameters(&self) -> usize {
        self.solution.persons_estimated + self.solution.structure.layout.degrees()
    }

    pub(super) fn persons(&self) -> Result<Vec<PersonMeasure>, Undefined> {
        let mut persons = Vec::with_capacity(self.data.persons().len());
        let mut in_table = self.table.persons.iter().zip(self.table.by_person()).enumerate().peekable();
        for rows in self.data.rows().chunk_by(|one, next| one.person == next.person) {
            let Some(number) = rows.first().map(|row| row.person) else { continue };
            let found = in_table.next_if(|(_, (person, _))| **person == number);
            let own: Vec<Entry>;
            let (place, entries) = match found {
                Some((place, (_, entries))) => (Some(place), entries),
                None => {
                    own =
                        rows.iter().filter_map(|row| self.table.entry_of(row.rater, row.criterion, row.step)).collect();
                    (None, own.as_slice())
                }
            };
            let steps: u64 = rows.iter().map(|row| u64::from(row.step)).sum();
            let tally = Tally { ratings: rows.len(), steps, fit: FitSums::default() };
            if !entries.is_empty() {
                persons.push(self.person(number, place, entries, &tally)?);
            }
        }
        Ok(persons)
    }

    fn person(
        &self,
        number: usize,
        place: Option<usize>,
        entries: &[Entry],
        tally: &Tally,
    ) -> Result<PersonMeasure, Undefined> {
        let likelihood = Likelihood::of_person(self.curves, entries);
        let posterior = place.and_then(|place| self.solution.posterior.get(place).copied());
        let start = place.and_then(|place| self.solution.persons.get(place).copied());
        let start = start.or(posterior.map(|(mean, _)| mean)).unwrap_or_default();
        let maximum = likelihood.maximum(start)?;
        let weighted = likelihood.weighted(start)?;
        let is_joint = self.model.is_joint();
        let measure = if is_joint { maximum } else { weighted };
        let is_extreme = likelihood.is_extreme();
        let mut fit = FitSums::default();
        for (entry, moments) in entries.iter().zip(likelihood.moments(measure.value)) {
            fit.add(f64::from(entry.category), &moments);
        }
        let confidence = self.model.confidence();
        let posterior = posterior.map(|(value, error)| measured::posterior(Measure { value, error }, confidence));
        Ok(PersonMeasure {
            person: self.data.persons().get(number).cloned().ok_or(Undefined::NoData {})?,
            ratings: tally.ratings,
            raw_average: tally.raw_average()?,
            maximum_likelihood: measured::estimate(maximum, confidence)?,
            weighted_likelihood: measured::estimate(weighted, confidence)?,
            posterior: posterior.transpose()?,
            fair_average: measured::carried_over(measure, confidence, |place| {
                measured::expected_step(self.table, self.curves, place)
            })?,
            fit: fit.statistics().filter(|_| !is_extreme),
            is_extreme,
            is_joint,
        })
    }

    /// Raters and criteria, measured around the persons.
    pub(super) fn elements(
        &self,
        persons: &[PersonMeasure],
    ) -> Result<(Vec<RaterMeasure>, Vec<CriterionMeasure>), Undefined> {
        let mut raters = vec![Tally::default(); self.data.raters().len()];
        let mut criteria = vec![Tally::default(); self.data.criteria().len()];
        let mut measures = persons.iter().peekable();
        for rows in self.data.rows().chunk_by(|one, next| one.person == next.person) {
            let name = rows.first().and_then(|row| self.data.persons().get(row.person));
            let person = measures.next_if(|one| Some(one.person()) == name);
            let measure = person.filter(|one| !one.is_extreme()).map(|one| one.measure().value());
            let odds = measure.map(f64::exp);
            for row in rows {
                let (Some(rater), Some(criterion)) = (raters.get_mut(row.rater), criteria.get_mut(row.criterion))
                else {
                    continue;
                };
                for tally in [&mut *rater, &mut *criterion] {
                    tally.ratings += 1;
                    tally.steps += u64::from(row.step);
                }
                let (Some(measure), Some(odds)) = (measure, odds) else { continue };
                let Some(entry) = self.table.entry_of(row.rater, row.criterion, row.step) else { continue };
                if let Some((curve, place)) = self.curves.place(entry.cell, measure, odds) {
                    let moments = curve.moments(place);
                    rater.fit.add(f64::from(entry.category), &moments);
                    criterion.fit.add(f64::from(entry.category), &moments);
                }
            }
        }
        let mean = mean_of(persons);
        let raters = raters.iter().enumerate().map(|(number, tally)| self.rater(number, tally, persons, mean));
        let criteria = criteria.iter().enumerate().map(|(number, tally)| self.criterion(number, tally, persons, mean));
        Ok((measured_ones(raters)?, measured_ones(criteria)?))
    }

    fn rater(
        &self,
        number: usize,
        tally: &Tally,
        persons: &[PersonMeasure],
        mean: f64,
    ) -> Result<RaterMeasure, Undefined> {
        let name = self.data.raters().get(number).cloned().ok_or(Undefined::NoData {})?;
        let curve = |place: f64| measured::expected_step(self.table, self.curves, place);
        match self.table.raters.binary_search(&number) {
            Ok(place) => self.known(name, tally, self.solution.structure.layout.raters.start + place, mean, curve),
            Err(_) => self.extreme(name, tally, self.around(persons, |row| row.rater == number, false), mean, curve),
        }
    }

    fn criterion(
        &self,
        number: usize,
        tally: &Tally,
        persons: &[PersonMeasure],
        mean: f64,
    ) -> Result<CriterionMeasure, Undefined> {
        let name = self.data.criteria().get(number).cloned().ok_or(Undefined::NoData {})?;
        let curve = |place: f64| match self.table.criteria.binary_search(&number) {
            Ok(own) => measured::expected_on(self.table, self.curves, self.table.scale_of(own), place),
            Err(_) => measured::expected_step(self.table, self.curves, place),
        };
        match self.table.criteria.binary_search(&number) {
            Ok(place) => self.known(name, tally, self.solution.structure.layout.criteria.start + place, mean, curve),
            Err(_) => self.extreme(name, tally, self.around(persons, |row| row.criterion == number, true), mean, curve),
        }
    }

    /// An element that took part in the search.
    fn known<Name>(
        &self,
        name: Name,
        tally: &Tally,
        place: usize,
        mean: f64,
        curve: impl Fn(f64) -> (f64, f64),
    ) -> Result<ElementMeasure<Name>, Undefined> {
        let value = self.solution.structure.values.get(place).copied().unwrap_or_default();
        let error = self.solution.covariance.at(place, place).max(0.0).sqrt();
        let conditional = self.solution.information.get(place).copied().unwrap_or_default().sqrt().recip();
        let fit = tally.fit.statistics();
        self.element(
            name,
            tally,
            Found { measure: Measure { value, error }, conditional, fit, is_extreme: false },
            mean,
            curve,
        )
    }

    /// An element with an extreme total, around persons whose measures are known; not measured without such persons,
    /// or when a criterion has no thresholds of its own.
    fn extreme<Name>(
        &self,
        name: Name,
        tally: &Tally,
        likelihood: Option<Likelihood<'_>>,
        mean: f64,
        curve: impl Fn(f64) -> (f64, f64),
    ) -> Result<ElementMeasure<Name>, Undefined> {
        let likelihood = likelihood.filter(|one| one.ratings() > 0).ok_or(Undefined::Extreme {})?;
        let found = likelihood.maximum(0.0)?;
        // Seen from the element, a severe rater is a low measure.
        let measure = Measure { value: -found.value, error: found.error };
        let found = Found { measure, conditional: found.error, fit: None, is_extreme: true };
        self.element(name, tally, found, mean, curve)
    }

    fn element<Name>(
        &self,
        name: Name,
        tally: &Tally,
        found: Found,
        mean: f64,
        curve: impl Fn(f64) -> (f64, f64),
    ) -> Result<ElementMeasure<Name>, Undefined> {
        let Found { measure, conditional, fit, is_extreme } = found;
        let confidence = self.model.confidence();
        let seen = Measure { value: mean - measure.value, error: measure.error };
        Ok(ElementMeasure {
            name,
            ratings: tally.ratings,
            raw_average: tally.raw_average()?,
            measure: measured::estimate(measure, confidence)?,
            conditional_error: Real::new(conditional).map_err(|_| Undefined::OutOfRange {})?,
            fair_average: measured::carried_over(seen, confidence, curve)?,
            fit,
            is_extreme,
        })
    }

    /// The ratings of an element that took no part, around the persons and the other facet; on the scale of all, as
    /// its own has no thresholds.
    fn around(
        &self,
        persons: &[PersonMeasure],
        is_own: impl Fn(&super::data::Row) -> bool,
        is_criterion: bool,
    ) -> Option<Likelihood<'a>> {
        let mut likelihood = Likelihood::new();
        for row in self.data.rows().iter().filter(|row| is_own(row)) {
            let name = self.data.persons().get(row.person)?;
            let Ok(person) = persons.binary_search_by(|one| one.person().cmp(name)) else { continue };
            let measure = persons.get(person)?.measure().value();
            let structure = &self.solution.structure;
            if is_criterion {
                // A criterion that everybody failed or mastered has no thresholds under partial credit.
                if self.model.thresholds() == Thresholds::PartialCredit {
                    return None;
                }
                let Ok(rater) = self.table.raters.binary_search(&row.rater) else { continue };
                let severity = structure.severities().get(rater)?;
                likelihood.push(self.curves.scales.first()?, severity - measure, self.table.category(0, row.step));
            } else {
                let Ok(criterion) = self.table.criteria.binary_search(&row.criterion) else { continue };
                let difficulty = structure.difficulties().get(criterion)?;
                let curve = self.curves.scales.get(self.table.scale_of(criterion))?;
                likelihood.push(curve, difficulty - measure, self.table.category(criterion, row.step));
            }
        }
        Some(likelihood)
    }

    pub(super) fn population(&self) -> Result<Option<Population>, Undefined> {
        let Some(found) = self.solution.population else { return Ok(None) };
        let place = self.solution.structure.layout.structure();
        let error = |place: usize| self.solution.covariance.at(place, place).max(0.0).sqrt();
        let confidence = self.model.confidence();
        // The logarithm was estimated, so its interval is carried back.
        let deviation = Measure { value: found.deviation.ln(), error: error(place + 1) };
        let deviation = if found.at_boundary {
            Estimate::of(found.deviation).ok_or(Undefined::OutOfRange {})?
        } else {
            measured::log_normal(deviation, confidence)?
        };
        Ok(Some(Population {
            mean: measured::estimate(Measure { value: found.mean, error: error(place) }, confidence)?,
            standard_deviation: deviation,
            is_at_boundary: found.at_boundary,
        }))
    }

    pub(super) fn thresholds(&self) -> Result<Vec<ScaleThresholds>, Undefined> {
        let layout = &self.solution.structure.layout;
        let scales = self.table.scales.iter().zip(&layout.thresholds).zip(self.solution.structure.thresholds());
        scales
            .enumerate()
            .map(|(number, ((scale, block), values))| {
                let estimate = |(place, value): (usize, &f64)| {
                    let error = self.solution.covariance.at(place, place).max(0.0).sqrt();
                    measured::estimate(Measure { value: *value, error }, self.model.confidence())
                };
                let criterion = match self.model.thresholds() {
                    Thresholds::RatingScale => None,
                    Thresholds::PartialCredit => {
                        self.table.criteria.get(number).and_then(|one| self.data.criteria().get(*one)).cloned()
                    }
                };
                Ok(ScaleThresholds {
                    criterion,
                    steps: scale.steps.iter().filter_map(|step| Step::new(*step).ok()).collect(),
                    thresholds: block.clone().zip(values).map(estimate).collect::<Result<_, _>>()?,
                })
            })
            .collect()
    }
}

/// Without the elements that have no measure.
fn measured_ones<T>(all: impl Iterator<Item = Result<T, Undefined>>) -> Result<Vec<T>, Undefined> {
    all.filter(|one| !matches!(one, Err(Undefined::Extreme {}))).collect()
}

/// The mean measure of the persons who are not extreme, or of all when all are.
fn mean_of(persons: &[PersonMeasure]) -> f64 {
    let mean = |chosen: &[f64]| chosen.iter().sum::<f64>() / chosen.len() as f64;
    let inner: Vec<f64> = persons.iter().filter(|one| !one.is_extreme()).map(|one| one.measure().value()).collect();
    let all: Vec<f64> = persons.iter().map(|one| one.measure().value()).collect();
    if inner.is_empty() { mean(&all) } else { mean(&inner) }
}
