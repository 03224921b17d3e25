use std::collections::BTreeMap;

use super::FacetFit;
use super::likelihood::{Likelihood, Measure};
use super::measured;
use crate::statistics::{Estimate, Undefined, chi_squared_upper};
use crate::value::{Key, Real, Reference};

/// How raters differ from themselves: with one person, or on one criterion, kinder or harder than elsewhere.
///
/// *Formula*: for each cell one extra logit, everything else fixed, at which the expected total is the observed one;
/// standard error 1/√information; t their quotient; χ² = Σt² on as many degrees of freedom as there are cells. An extreme
/// total is moved by 0.3. *Reference*: Linacre 1989. *Checked against*: FACETS on Guilford 1954.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BiasReport {
    terms: Vec<BiasTerm>,
    chi_squared: Real,
    p_value: Real,
}

/// A rater with one person, or on one criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BiasTerm {
    rater: Reference,
    subject: BiasSubject,
    ratings: usize,
    observed: Real,
    expected: Real,
    bias: Estimate,
    is_extreme: bool,
}

/// With whom, or on what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BiasSubject {
    /// A person.
    Person(Reference),
    /// A criterion.
    Criterion(Key),
}

/// Which cells are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BiasKind {
    /// Each rater with each person.
    RaterByPerson,
    /// Each rater on each criterion.
    RaterByCriterion,
}

/// What is summed over the ratings of a cell.
struct CellSums<'a> {
    likelihood: Likelihood<'a>,
    observed: f64,
    expected: f64,
}

impl CellSums<'_> {
    fn new() -> Self {
        Self { likelihood: Likelihood::new(), observed: 0.0, expected: 0.0 }
    }
}

impl BiasReport {
    /// The cells, rater by rater.
    #[must_use]
    pub fn terms(&self) -> &[BiasTerm] {
        &self.terms
    }

    /// χ² of the hypothesis that there is no bias anywhere.
    #[must_use]
    pub fn chi_squared(&self) -> f64 {
        self.chi_squared.get()
    }

    /// Its degrees of freedom.
    #[must_use]
    pub fn degrees(&self) -> usize {
        self.terms.len()
    }

    /// How often χ² would be as large without any bias.
    #[must_use]
    pub fn p_value(&self) -> f64 {
        self.p_value.get()
    }
}

impl BiasTerm {
    /// The rater.
    #[must_use]
    pub fn rater(&self) -> &Reference {
        &self.rater
    }

    /// The person, or the criterion.
    #[must_use]
    pub fn subject(&self) -> &BiasSubject {
        &self.subject
    }

    /// How many ratings the cell has.
    #[must_use]
    pub fn ratings(&self) -> usize {
        self.ratings
    }

    /// The sum of the steps given.
    #[must_use]
    pub fn observed(&self) -> f64 {
        self.observed.get()
    }

    /// The sum of the steps expected.
    #[must_use]
    pub fn expected(&self) -> f64 {
        self.expected.get()
    }

    /// The extra logit: above 0 when the ratings are higher than expected.
    #[must_use]
    pub fn bias(&self) -> &Estimate {
        &self.bias
    }

    /// Bias over its standard error.
    #[must_use]
    pub fn t(&self) -> Option<f64> {
        self.bias.standard_error().map(|error| self.bias.value() / error)
    }

    /// Whether the total was the lowest or the highest possible.
    #[must_use]
    pub fn is_extreme(&self) -> bool {
        self.is_extreme
    }
}

impl FacetFit {
    /// The bias of each rater with each person, or on each criterion, in the ratings of those who are not extreme.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] when no such rating is left.
    pub fn bias(&self, kind: BiasKind) -> Result<BiasReport, Undefined> {
        let mut cells: BTreeMap<(usize, usize), CellSums<'_>> = BTreeMap::new();
        for (person, measure, row) in self.measured_rows() {
            let Some(entry) = self.table.entry_of(row.rater, row.criterion, row.step) else { continue };
            let Some(cell) = self.curves.cells.get(entry.cell as usize) else { continue };
            let Some(curve) = self.curves.scales.get(cell.scale) else { continue };
            let subject = match kind {
                BiasKind::RaterByPerson => person,
                BiasKind::RaterByCriterion => row.criterion,
            };
            let sums = cells.entry((row.rater, subject)).or_insert_with(CellSums::new);
            sums.likelihood.push(curve, cell.location - measure, usize::from(entry.category));
            sums.observed += f64::from(row.step);
            sums.expected += measured::expected_on(&self.table, &self.curves, cell.scale, measure - cell.location).0;
        }
        let terms: Vec<BiasTerm> =
            cells.iter().map(|(place, sums)| self.term(kind, *place, sums)).collect::<Result<_, _>>()?;
        let chi_squared: f64 = terms.iter().filter_map(BiasTerm::t).map(|t| t * t).sum();
        let p_value = chi_squared_upper(chi_squared, terms.len() as f64).ok_or(Undefined::NoData {})?;
        let real = |number| Real::new(number).map_err(|_| Undefined::OutOfRange {});
        Ok(BiasReport { terms, chi_squared: real(chi_squared)?, p_value: real(p_value)? })
    }

    /// The ratings of persons who are not extreme: the number of the person among those measured, the measure, the rating.
    fn measured_rows(&self) -> impl Iterator<Item = (usize, f64, &super::data::Row)> {
        let rows = self.data.rows().chunk_by(|one, next| one.person == next.person);
        rows.filter_map(|rows| {
            let name = self.data.persons().get(rows.first()?.person)?;
            let number = self.persons().binary_search_by(|one| one.person().cmp(name)).ok()?;
            let person = self.persons().get(number).filter(|one| !one.is_extreme())?;
            Some(rows.iter().map(move |row| (number, person.measure().value(), row)))
        })
        .flatten()
    }

    fn term(
        &self,
        kind: BiasKind,
        (rater, subject): (usize, usize),
        sums: &CellSums<'_>,
    ) -> Result<BiasTerm, Undefined> {
        let named = match kind {
            BiasKind::RaterByPerson => self.persons().get(subject).map(|one| BiasSubject::Person(one.person().clone())),
            BiasKind::RaterByCriterion => self.data.criteria().get(subject).cloned().map(BiasSubject::Criterion),
        };
        let real = |number| Real::new(number).map_err(|_| Undefined::OutOfRange {});
        let Measure { value, error } = sums.likelihood.maximum(0.0)?;
        Ok(BiasTerm {
            rater: self.data.raters().get(rater).cloned().ok_or(Undefined::NoData {})?,
            subject: named.ok_or(Undefined::NoData {})?,
            ratings: sums.likelihood.ratings(),
            observed: real(sums.observed)?,
            expected: real(sums.expected)?,
            bias: measured::estimate(Measure { value, error }, self.model.confidence())?,
            is_extreme: sums.likelihood.is_extreme(),
        })
    }
}
