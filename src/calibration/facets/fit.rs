use super::curve::{Curves, MOST, Structure, Tails};
use super::likelihood::Measure;
use super::measured;
use super::measuring::Measuring;
use super::search::Solution;
use super::table::{Entry, Table};
use super::{
    Convergence, CriterionMeasure, FacetData, FacetModel, Linkage, PersonMeasure, Population, RaterMeasure,
    ScaleThresholds,
};
use crate::statistics::{Estimate, Symmetric, Undefined, dot};
use crate::value::{Key, Real, Reference};

/// A fitted [`FacetModel`]: the measures of persons, raters and criteria, and how sure they are.
#[derive(Clone, Debug)]
pub struct FacetFit {
    pub(super) model: FacetModel,
    pub(super) data: FacetData,
    pub(super) table: Table,
    pub(super) structure: Structure,
    pub(super) curves: Curves,
    pub(super) covariance: Symmetric,
    linkage: Linkage,
    convergence: Convergence,
    population: Option<Population>,
    persons: Vec<PersonMeasure>,
    raters: Vec<RaterMeasure>,
    criteria: Vec<CriterionMeasure>,
    thresholds: Vec<ScaleThresholds>,
}

impl FacetFit {
    pub(super) fn new(
        model: FacetModel,
        data: &FacetData,
        table: Table,
        solution: Solution,
        linkage: Linkage,
    ) -> Result<Self, Undefined> {
        let curves = solution.structure.curves(&table);
        let measuring = Measuring::new(&model, data, &table, &solution, &curves);
        let persons = measuring.persons()?;
        let (raters, criteria) = measuring.elements(&persons)?;
        let (population, thresholds) = (measuring.population()?, measuring.thresholds()?);
        let convergence = Convergence {
            iterations: solution.iterations,
            largest_residual: Real::new(solution.residual).map_err(|_| Undefined::OutOfRange {})?,
            log_likelihood: Real::new(solution.log_likelihood).map_err(|_| Undefined::OutOfRange {})?,
            parameters: measuring.parameters(),
        };
        Ok(Self {
            model,
            data: data.clone(),
            linkage,
            convergence,
            population,
            persons,
            raters,
            criteria,
            thresholds,
            covariance: solution.covariance,
            structure: solution.structure,
            curves,
            table,
        })
    }

    /// The model that was fitted.
    #[must_use]
    pub fn model(&self) -> &FacetModel {
        &self.model
    }

    /// How many ratings entered the search.
    #[must_use]
    pub fn ratings(&self) -> usize {
        self.table.ratings()
    }

    /// What the ratings link. When [`Linkage::is_identified`] is false, marginal estimates compare raters by assuming
    /// that persons were assigned to them at random: say so wherever they are shown.
    #[must_use]
    pub fn linkage(&self) -> &Linkage {
        &self.linkage
    }

    /// Whether raters are compared only because persons are taken to be assigned at random.
    #[must_use]
    pub fn assumes_random_assignment(&self) -> bool {
        !self.linkage.is_identified()
    }

    /// How the search ended.
    #[must_use]
    pub fn convergence(&self) -> &Convergence {
        &self.convergence
    }

    /// The population of persons; none after joint estimation.
    #[must_use]
    pub fn population(&self) -> Option<&Population> {
        self.population.as_ref()
    }

    /// The persons in the order of the data, without those all of whose ratings are by raters or on criteria whose totals
    /// are extreme.
    #[must_use]
    pub fn persons(&self) -> &[PersonMeasure] {
        &self.persons
    }

    /// One person.
    #[must_use]
    pub fn person(&self, person: &Reference) -> Option<&PersonMeasure> {
        let found = self.persons.binary_search_by(|one| one.person().cmp(person)).ok()?;
        self.persons.get(found)
    }

    /// The raters in the order of the data, without those who rated nobody with a measure.
    #[must_use]
    pub fn raters(&self) -> &[RaterMeasure] {
        &self.raters
    }

    /// One rater.
    #[must_use]
    pub fn rater(&self, rater: &Reference) -> Option<&RaterMeasure> {
        self.raters.iter().find(|one| one.name() == rater)
    }

    /// The criteria in the order of the data; under partial credit without those on which all ratings were alike.
    #[must_use]
    pub fn criteria(&self) -> &[CriterionMeasure] {
        &self.criteria
    }

    /// One criterion.
    #[must_use]
    pub fn criterion(&self, criterion: &Key) -> Option<&CriterionMeasure> {
        self.criteria.iter().find(|one| one.name() == criterion)
    }

    /// The thresholds: of the one scale, or of each criterion.
    #[must_use]
    pub fn thresholds(&self) -> &[ScaleThresholds] {
        &self.thresholds
    }

    /// The mean step expected of a person of this measure from raters of mean severity on criteria of mean difficulty; over
    /// all scales, when criteria have their own.
    #[must_use]
    pub fn expected_step(&self, measure: f64) -> Option<f64> {
        measure.is_finite().then(|| measured::expected_step(&self.table, &self.curves, measure).0)
    }

    /// How far the measure of one person lies above that of another, in logits.
    ///
    /// The standard error counts what both owe to the same uncertain severities, difficulties and thresholds: two persons
    /// rated by the same raters are compared more surely than their own errors say, two with different raters less.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] when one of them has no measure.
    pub fn difference(&self, person: &Reference, other: &Reference) -> Result<Estimate, Undefined> {
        let sensitivity = |person: &Reference| {
            let measure = self.person(person).ok_or(Undefined::NoData {})?.measure().value();
            Ok::<_, Undefined>((measure, self.sensitivity(person, measure)))
        };
        let ((one, (information, along)), (two, (other_information, other_along))) =
            (sensitivity(person)?, sensitivity(other)?);
        let apart: Vec<f64> = along.iter().zip(&other_along).map(|(a, b)| a - b).collect();
        let shared: f64 = dot(&apart, &self.covariance.times(&apart));
        let error = (information.recip() + other_information.recip() + shared).sqrt();
        measured::estimate(Measure { value: one - two, error }, self.model.confidence())
    }

    /// The information on a person, and how the measure moves with each parameter.
    fn sensitivity(&self, person: &Reference, measure: f64) -> (f64, Vec<f64>) {
        let layout = &self.structure.layout;
        let mut along = vec![0.0; layout.size()];
        let mut information = 0.0;
        for entry in self.entries_of(person) {
            let Some(cell) = self.table.cell_of(&entry) else { continue };
            let Some((curve, place)) = self.curves.place(entry.cell, measure, measure.exp()) else { continue };
            let mut probabilities = [0.0; MOST];
            curve.probabilities(place, &mut probabilities);
            let tails = Tails::of(&probabilities, curve.highest());
            information += tails.variance;
            let mut add = |place: usize, value: f64| {
                if let Some(own) = along.get_mut(place) {
                    *own += value;
                }
            };
            add(layout.raters.start + cell.rater, tails.variance);
            add(layout.criteria.start + cell.criterion, tails.variance);
            let start = layout.thresholds.get(cell.scale).map_or(0, |block| block.start);
            tails.pairs().enumerate().for_each(|(step, (_, with_score))| add(start + step, with_score));
        }
        along.iter_mut().for_each(|own| *own /= information);
        (information, along)
    }

    fn entries_of(&self, person: &Reference) -> Vec<Entry> {
        let Ok(number) = self.data.persons().binary_search(person) else { return Vec::new() };
        let rows = self.data.rows();
        let start = rows.partition_point(|row| row.person < number);
        let own = rows.iter().skip(start).take_while(|row| row.person == number);
        own.filter_map(|row| self.table.entry_of(row.rater, row.criterion, row.step)).collect()
    }
}
