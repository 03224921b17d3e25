use std::collections::{BTreeMap, BTreeSet};

use super::{LinearPerson, LinearRater, TotalScore};
use crate::statistics::{ConfidenceLevel, Estimate, IncompleteTable, Symmetric, Undefined};
use crate::value::{Real, Reference};

/// Total scores adjusted for who rated, by the simple linear path.
///
/// *Answers*: how far does each rater lie above or below the others, and where would a person stand without that? It
/// needs no categories and few ratings, and is quick; scores near the ends of a scale are better served by
/// [`FacetModel`](crate::calibration::FacetModel).
///
/// *Assumes* score = mean + person + rater + rest, with independent normal persons, raters and rests, and persons
/// assigned to raters without regard to how good they are. *Formula*: variances as
/// [`IncompleteTable::components`], persons and raters as best linear unbiased predictions (BLUP), which draw few ratings
/// towards the mean. *Undefined when* there are fewer than three persons or raters, or no two scores differ.
/// *Reference*: Henderson 1975, Biometrics 31:423. *Checked against*: dense matrices, in the tests.
///
/// ```
/// use service_excellence::calibration::{LinearAdjustment, TotalScore};
/// use service_excellence::value::Real;
/// use service_excellence::Reference;
///
/// // Three raters saw the same four persons; the third gives about ten points less.
/// let scores = [[80.0, 82.0, 71.0], [70.0, 69.0, 60.0], [90.0, 91.0, 79.0], [60.0, 62.0, 51.0]];
/// let person = |row: usize| format!("agent-{row}").parse::<Reference>();
/// let rater = |column: usize| format!("reviewer-{column}").parse::<Reference>();
/// let mut all = Vec::new();
/// for (row, scores) in scores.iter().enumerate() {
///     for (column, score) in scores.iter().enumerate() {
///         all.push(TotalScore { person: person(row)?, rater: rater(column)?, score: Real::new(*score)? });
///     }
/// }
/// let adjusted = LinearAdjustment::of(&all)?;
/// assert_eq!(format!("{:.1}", adjusted.raters()[2].effect().value()), "-6.8");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinearAdjustment {
    mean: Estimate,
    person_variance: Real,
    rater_variance: Real,
    rest_variance: Real,
    persons: Vec<LinearPerson>,
    raters: Vec<LinearRater>,
}

impl LinearAdjustment {
    /// Adjusts these scores. Their order does not matter.
    ///
    /// # Errors
    ///
    /// [`Undefined::TooFewSubjects`] or [`Undefined::TooFewRaters`] with fewer than three persons or raters; else as
    /// [`IncompleteTable::components`], with persons as subjects.
    pub fn of(scores: &[TotalScore]) -> Result<Self, Undefined> {
        Design::of(scores)?.adjust()
    }

    /// The mean score of all persons by all raters.
    #[must_use]
    pub fn mean(&self) -> &Estimate {
        &self.mean
    }

    /// The variance between persons; 0 when the scores show none.
    #[must_use]
    pub fn person_variance(&self) -> f64 {
        self.person_variance.get()
    }

    /// The variance between raters; 0 when the scores show none.
    #[must_use]
    pub fn rater_variance(&self) -> f64 {
        self.rater_variance.get()
    }

    /// The variance of what neither explains.
    #[must_use]
    pub fn rest_variance(&self) -> f64 {
        self.rest_variance.get()
    }

    /// The persons in the order of their references.
    #[must_use]
    pub fn persons(&self) -> &[LinearPerson] {
        &self.persons
    }

    /// The raters in the order of their references.
    #[must_use]
    pub fn raters(&self) -> &[LinearRater] {
        &self.raters
    }
}

/// Counts and sums of the scores, less their mean.
struct Design {
    table: IncompleteTable,
    mean: f64,
    count: f64,
    persons: Vec<(Reference, Person)>,
    raters: Vec<(Reference, Sum)>,
}

#[derive(Clone, Copy, Default)]
struct Sum {
    count: f64,
    sum: f64,
}

#[derive(Default)]
struct Person {
    all: Sum,
    /// How many scores each rater gave.
    by_rater: BTreeMap<usize, f64>,
}

/// Mixed-model equations with the persons eliminated: the first row is the mean, the others raters.
struct Equations {
    matrix: Symmetric,
    right: Vec<f64>,
}

impl Sum {
    fn add(&mut self, score: f64) {
        self.count += 1.0;
        self.sum += score;
    }
}

impl Design {
    fn of(scores: &[TotalScore]) -> Result<Self, Undefined> {
        const FEWEST: usize = 3;
        // The equations have a row and a column per rater, and are solved a few hundred times.
        let names: BTreeSet<&Reference> = scores.iter().map(|one| &one.rater).collect();
        let numbers: BTreeMap<&Reference, usize> =
            names.iter().enumerate().map(|(place, name)| (*name, place)).collect();
        let mut raters: Vec<(Reference, Sum)> = names.iter().map(|name| ((*name).clone(), Sum::default())).collect();
        let mut persons: Vec<(Reference, Person)> = Vec::new();
        let count = scores.len() as f64;
        let mut ordered: Vec<&TotalScore> = scores.iter().collect();
        ordered.sort_by(|one, other| {
            (&one.person, &one.rater, one.score).cmp(&(&other.person, &other.rater, other.score))
        });
        let mean = ordered.iter().map(|one| one.score.get() / count).sum::<f64>();
        let mut observations = Vec::with_capacity(scores.len());
        for own in ordered.chunk_by(|one, other| one.person == other.person) {
            let mut person = Person::default();
            for one in own {
                let score = one.score.get() - mean;
                let rater = numbers.get(&one.rater).copied().unwrap_or_default();
                observations.push((persons.len(), rater, score));
                person.all.add(score);
                *person.by_rater.entry(rater).or_default() += 1.0;
                raters.iter_mut().skip(rater).take(1).for_each(|(_, sum)| sum.add(score));
            }
            persons.extend(own.first().map(|one| (one.person.clone(), person)));
        }
        if persons.len() < FEWEST {
            return Err(Undefined::too_few_subjects(persons.len(), FEWEST));
        }
        if raters.len() < FEWEST {
            return Err(Undefined::too_few_raters(raters.len(), FEWEST));
        }
        let table = IncompleteTable::new(&observations).map_err(|_| Undefined::OutOfRange {})?;
        Ok(Self { table, mean, count, persons, raters })
    }

    /// With persons and raters measured in units of their own standard deviations, which may be 0; roots of variances
    /// are in units of that of the rest.
    fn equations(&self, person_root: f64, rater_root: f64) -> Equations {
        let size = self.raters.len() + 1;
        let mut equations = Equations { matrix: Symmetric::zero(size), right: vec![0.0; size] };
        equations.matrix.add(0, 0, self.count);
        for (place, (_, sum)) in (1..).zip(&self.raters) {
            equations.matrix.add(0, place, rater_root * sum.count);
            equations.matrix.add(place, 0, rater_root * sum.count);
            equations.matrix.add(place, place, rater_root * rater_root * sum.count + 1.0);
            equations.add_right(place, rater_root * sum.sum);
        }
        for (_, person) in &self.persons {
            let own = person_root * person_root * person.all.count + 1.0;
            let right = person_root * person.all.sum;
            let mixed = person.mixed(person_root, rater_root);
            for (row, left) in &mixed {
                equations.add_right(*row, -left * right / own);
                for (column, other) in &mixed {
                    equations.matrix.add(*row, *column, -left * other / own);
                }
            }
        }
        equations
    }

    fn adjust(&self) -> Result<LinearAdjustment, Undefined> {
        let components = self.table.components()?;
        let rest = components.residual();
        let (person_root, rater_root) = ((components.subjects() / rest).sqrt(), (components.raters() / rest).sqrt());
        let equations = self.equations(person_root, rater_root);
        let factor = equations.matrix.factor().ok_or(Undefined::NotIdentified {})?;
        let solution = factor.solve(&equations.right);
        let inverse = factor.inverse();
        let at = |place: usize| solution.get(place).copied().unwrap_or_default();
        let mean = at(0);
        let persons = self.persons.iter().map(|(name, person)| {
            let own = person_root * person_root * person.all.count + 1.0;
            let mixed = person.mixed(person_root, rater_root);
            let along: f64 = mixed.iter().map(|(place, value)| value * at(*place)).sum();
            let effect = person_root * (person_root * person.all.sum - along) / own;
            let spread = |row: usize| mixed.iter().map(|(place, value)| value * inverse.at(row, *place)).sum::<f64>();
            let around: f64 = mixed.iter().map(|(place, value)| value * spread(*place)).sum();
            let own_variance = person_root * person_root * (own.recip() + around / (own * own));
            let error = rest * (inverse.at(0, 0) + own_variance - 2.0 * person_root * spread(0) / own);
            Ok(LinearPerson {
                person: name.clone(),
                scores: person.all.count as usize,
                raw_mean: real(self.mean + person.all.sum / person.all.count)?,
                adjusted: estimate(self.mean + mean + effect, error)?,
            })
        });
        let raters = (1..).zip(&self.raters).map(|(place, (name, sum))| {
            Ok(LinearRater {
                rater: name.clone(),
                scores: sum.count as usize,
                raw_mean: real(self.mean + sum.sum / sum.count)?,
                effect: estimate(rater_root * at(place), rest * rater_root * rater_root * inverse.at(place, place))?,
            })
        });
        Ok(LinearAdjustment {
            mean: estimate(self.mean + mean, rest * inverse.at(0, 0))?,
            person_variance: real(components.subjects())?,
            rater_variance: real(components.raters())?,
            rest_variance: real(rest)?,
            persons: persons.collect::<Result<_, Undefined>>()?,
            raters: raters.collect::<Result<_, Undefined>>()?,
        })
    }
}

impl Person {
    /// The person's row in the equations of mean and raters.
    fn mixed(&self, person_root: f64, rater_root: f64) -> Vec<(usize, f64)> {
        let raters = self.by_rater.iter().map(|(rater, count)| (rater + 1, person_root * rater_root * count));
        std::iter::once((0, person_root * self.all.count)).chain(raters).collect()
    }
}

impl Equations {
    fn add_right(&mut self, place: usize, value: f64) {
        if let Some(own) = self.right.get_mut(place) {
            *own += value;
        }
    }
}

fn real(number: f64) -> Result<Real, Undefined> {
    Real::new(number).map_err(|_| Undefined::OutOfRange {})
}

/// With a 95 % interval.
fn estimate(value: f64, variance: f64) -> Result<Estimate, Undefined> {
    let estimate = Estimate::of(value).ok_or(Undefined::OutOfRange {})?;
    Ok(estimate.with_normal_interval(variance.max(0.0).sqrt(), ConfidenceLevel::NINETY_FIVE))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twelve persons, each by two or three of four raters.
    fn scores() -> Vec<TotalScore> {
        let mut all = Vec::new();
        for person in 0..12_u32 {
            for turn in 0..2 + person % 2 {
                let rater = (person * 5 + turn * (1 + person % 3)) % 4;
                let noise = f64::from((person * 31 + rater * 17 + turn * 7) % 11) - 5.0;
                let score = 60.0 + 2.5 * f64::from(person % 7) - 3.0 * f64::from(rater) + 0.6 * noise;
                all.push(TotalScore {
                    person: format!("p{person:02}").parse().unwrap(),
                    rater: format!("r{rater}").parse().unwrap(),
                    score: Real::new(score).unwrap(),
                });
            }
        }
        all
    }

    /// Mean = 1'V⁻¹y / 1'V⁻¹1; effects = their variance × sums of V⁻¹(y − mean), V the covariance of all scores.
    #[test]
    fn mean_and_effects_are_those_of_dense_matrices() {
        let scores = scores();
        let found = LinearAdjustment::of(&scores).unwrap();
        let mut covariance = Symmetric::zero(scores.len());
        for (row, one) in scores.iter().enumerate() {
            for (column, other) in scores.iter().enumerate() {
                let part = |is_same: bool, variance: f64| if is_same { variance } else { 0.0 };
                covariance.add(row, column, part(one.person == other.person, found.person_variance()));
                covariance.add(row, column, part(one.rater == other.rater, found.rater_variance()));
                covariance.add(row, column, part(row == column, found.rest_variance()));
            }
        }
        let factor = covariance.factor().unwrap();
        let weights = factor.solve(&vec![1.0; scores.len()]);
        let weight: f64 = weights.iter().sum();
        let mean = scores.iter().zip(&weights).map(|(one, weight)| one.score.get() * weight).sum::<f64>() / weight;
        assert!((found.mean().value() - mean).abs() < 1e-9, "{mean}");
        assert!((found.mean().standard_error().unwrap() - weight.recip().sqrt()).abs() < 1e-9);

        let solved = factor.solve(&scores.iter().map(|one| one.score.get() - mean).collect::<Vec<f64>>());
        for rater in found.raters() {
            let own = scores.iter().zip(&solved).filter(|(one, _)| one.rater == *rater.rater());
            let effect = found.rater_variance() * own.map(|(_, solved)| solved).sum::<f64>();
            assert!((rater.effect().value() - effect).abs() < 1e-9, "{effect}");
        }
        for person in found.persons() {
            let own = scores.iter().zip(&solved).filter(|(one, _)| one.person == *person.person());
            let adjusted = mean + found.person_variance() * own.map(|(_, solved)| solved).sum::<f64>();
            assert!((person.adjusted().value() - adjusted).abs() < 1e-9, "{adjusted}");
        }
    }

    #[test]
    fn raters_without_a_habit_have_no_effect() {
        // Complete and balanced: each rater, and each person, gets as much up as down.
        let scores: Vec<TotalScore> = (0..24_u32)
            .map(|number| {
                let (person, rater) = (number / 4, number % 4);
                let noise = if (person + rater) % 2 == 0 { 0.5 } else { -0.5 };
                TotalScore {
                    person: format!("p{person}").parse().unwrap(),
                    rater: format!("r{rater}").parse().unwrap(),
                    score: Real::new(50.0 + 4.0 * f64::from(person) + noise).unwrap(),
                }
            })
            .collect();
        let found = LinearAdjustment::of(&scores).unwrap();
        assert!(found.rater_variance() < 1e-3 && (50.0..60.0).contains(&found.person_variance()), "{found:?}");
        assert!(found.raters().iter().all(|one| one.effect().value().abs() < 1e-9), "{found:?}");
    }

    #[test]
    fn too_little_is_said_to_be_too_little() {
        let scores = scores();
        assert_eq!(LinearAdjustment::of(&[]).unwrap_err(), Undefined::too_few_subjects(0, 3));
        assert_eq!(LinearAdjustment::of(&scores[..2]).unwrap_err(), Undefined::too_few_subjects(1, 3));
        let mut equal = scores;
        equal.iter_mut().for_each(|one| one.score = Real::ZERO);
        assert_eq!(LinearAdjustment::of(&equal).unwrap_err(), Undefined::NoVariation {});
    }
}
