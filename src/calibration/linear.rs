use std::collections::{BTreeMap, BTreeSet};

use super::symmetric::Symmetric;
use crate::statistics::{ConfidenceLevel, Estimate, Interval, IntervalMethod, Undefined, normal_quantile};
use crate::value::{Real, Reference};

/// Total scores adjusted for who rated, by the simple linear path.
///
/// *Answers*: how far does each rater lie above or below the others, and where would a person stand without that? It
/// needs no categories and few ratings, and is quick; scores near the ends of a scale are better served by
/// [`FacetModel`](super::FacetModel).
///
/// *Assumes* score = mean + person + rater + rest, with independent normal persons, raters and rests, and persons
/// assigned to raters without regard to how good they are. *Formula*: variances by restricted maximum likelihood (REML),
/// persons and raters as best linear unbiased predictions (BLUP), which draw few ratings towards the mean.
/// *Undefined when* there are fewer than three persons or raters, or no two scores differ. *Reference*: Henderson 1975,
/// Biometrics 31:423; Patterson and Thompson 1971, Biometrika 58:545. *Checked against*: dense matrices, in the tests.
///
/// ```
/// use service_excellence::{LinearAdjustment, Real, Reference, TotalScore};
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

/// The total score of one assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TotalScore {
    /// Who was rated.
    pub person: Reference,
    /// By whom.
    pub rater: Reference,
    /// The score, on any scale.
    pub score: Real,
}

/// One person of a [`LinearAdjustment`]: raw and adjusted side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinearPerson {
    person: Reference,
    scores: usize,
    raw_mean: Real,
    adjusted: Estimate,
}

/// One rater of a [`LinearAdjustment`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinearRater {
    rater: Reference,
    scores: usize,
    raw_mean: Real,
    effect: Estimate,
}

impl LinearAdjustment {
    /// Adjusts these scores. Their order does not matter.
    ///
    /// # Errors
    ///
    /// [`Undefined::TooFewSubjects`] or [`Undefined::TooFewRaters`] with fewer than three persons or raters;
    /// [`Undefined::NoVariation`] when all scores are equal; [`Undefined::NotIdentified`] when each score could be met
    /// exactly; [`Undefined::OutOfRange`] with more than 400 raters, or scores too large to be computed with.
    pub fn of(scores: &[TotalScore]) -> Result<Self, Undefined> {
        let design = Design::of(scores)?;
        let (person_root, rater_root) = design.largest_likelihood()?;
        design.adjust(person_root, rater_root)
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

impl LinearPerson {
    /// Who.
    #[must_use]
    pub fn person(&self) -> &Reference {
        &self.person
    }

    /// How many scores there are.
    #[must_use]
    pub fn scores(&self) -> usize {
        self.scores
    }

    /// The mean of the scores as they were given.
    #[must_use]
    pub fn raw_mean(&self) -> f64 {
        self.raw_mean.get()
    }

    /// The score expected from an average rater: drawn towards the mean of all, the more the fewer the scores.
    #[must_use]
    pub fn adjusted(&self) -> &Estimate {
        &self.adjusted
    }
}

impl LinearRater {
    /// Who.
    #[must_use]
    pub fn rater(&self) -> &Reference {
        &self.rater
    }

    /// How many scores there are.
    #[must_use]
    pub fn scores(&self) -> usize {
        self.scores
    }

    /// The mean of the scores given.
    #[must_use]
    pub fn raw_mean(&self) -> f64 {
        self.raw_mean.get()
    }

    /// How far the rater's scores lie above (below, when negative) those of an average rater.
    #[must_use]
    pub fn effect(&self) -> &Estimate {
        &self.effect
    }
}

/// Counts and sums of the scores, less their mean.
struct Design {
    mean: f64,
    count: f64,
    squares: f64,
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
    /// ln of the determinant of the persons, and what they explain.
    log_determinant: f64,
    explained: f64,
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
        const MOST_RATERS: usize = 400;
        let names: BTreeSet<&Reference> = scores.iter().map(|one| &one.rater).collect();
        let numbers: BTreeMap<&Reference, usize> =
            names.iter().enumerate().map(|(place, name)| (*name, place)).collect();
        let mut raters: Vec<(Reference, Sum)> = names.iter().map(|name| ((*name).clone(), Sum::default())).collect();
        let mut persons: BTreeMap<&Reference, Person> = BTreeMap::new();
        let count = scores.len() as f64;
        let mut ordered: Vec<&TotalScore> = scores.iter().collect();
        ordered.sort_by(|one, other| {
            (&one.person, &one.rater, one.score).cmp(&(&other.person, &other.rater, other.score))
        });
        let mean = ordered.iter().map(|one| one.score.get() / count).sum::<f64>();
        let mut squares = 0.0;
        for one in ordered {
            let score = one.score.get() - mean;
            squares += score * score;
            let person = persons.entry(&one.person).or_default();
            person.all.add(score);
            if let Some(number) = numbers.get(&one.rater) {
                *person.by_rater.entry(*number).or_default() += 1.0;
                if let Some((_, sum)) = raters.get_mut(*number) {
                    sum.add(score);
                }
            }
        }
        if persons.len() < FEWEST {
            return Err(Undefined::too_few_subjects(persons.len(), FEWEST));
        }
        if raters.len() < FEWEST {
            return Err(Undefined::too_few_raters(raters.len(), FEWEST));
        }
        if raters.len() > MOST_RATERS {
            return Err(Undefined::OutOfRange {});
        }
        if squares <= 0.0 {
            return Err(Undefined::NoVariation {});
        }
        let persons = persons.into_iter().map(|(name, person)| (name.clone(), person)).collect();
        Ok(Self { mean, count, squares, persons, raters })
    }

    /// With persons and raters measured in units of their own standard deviations, which may be 0; roots of variances
    /// are in units of that of the rest.
    fn equations(&self, person_root: f64, rater_root: f64) -> Equations {
        let size = self.raters.len() + 1;
        let mut equations =
            Equations { matrix: Symmetric::zero(size), right: vec![0.0; size], log_determinant: 0.0, explained: 0.0 };
        equations.matrix.add(0, 0, self.count);
        for (place, (_, sum)) in (1..).zip(&self.raters) {
            equations.matrix.add(0, place, rater_root * sum.count);
            equations.matrix.add(place, 0, rater_root * sum.count);
            equations.matrix.add(place, place, rater_root * rater_root * sum.count + 1.0);
            equations.add_right(place, rater_root * sum.sum);
        }
        for (_, person) in &self.persons {
            let own = person_root * person_root * person.all.count + 1.0;
            equations.log_determinant += own.ln();
            let right = person_root * person.all.sum;
            equations.explained += right * right / own;
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

    /// Minus twice the restricted log-likelihood, up to a constant.
    fn deviance(&self, person_root: f64, rater_root: f64) -> Result<f64, Undefined> {
        let equations = self.equations(person_root, rater_root);
        let factor = equations.matrix.factor().ok_or(Undefined::NotIdentified {})?;
        let rest = self.rest_variance(&equations, &factor.solve(&equations.right))?;
        Ok((self.count - 1.0) * rest.ln() + equations.log_determinant + factor.log_determinant())
    }

    fn rest_variance(&self, equations: &Equations, solution: &[f64]) -> Result<f64, Undefined> {
        let explained: f64 = equations.right.iter().zip(solution).map(|(right, own)| right * own).sum();
        let rest = self.squares - equations.explained - explained;
        // What rounding leaves is no variance.
        if rest <= 1e-12 * self.squares { Err(Undefined::NotIdentified {}) } else { Ok(rest / (self.count - 1.0)) }
    }

    /// The roots of the variances of persons and raters over that of the rest: a search by halving steps, first over a
    /// coarse grid of their logarithms. Ratios below e⁻¹² count as 0.
    fn largest_likelihood(&self) -> Result<(f64, f64), Undefined> {
        const LOWEST: f64 = -12.0;
        const HIGHEST: f64 = 12.0;
        let root = |logarithm: f64| if logarithm <= LOWEST { 0.0 } else { (0.5 * logarithm).exp() };
        let deviance = |place: (f64, f64)| self.deviance(root(place.0), root(place.1));
        let mut best = (0.0, 0.0);
        let mut least = deviance(best)?;
        let mut step = 4.0;
        while step > 1e-7 {
            let before = best;
            for (along_person, along_rater) in
                [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0), (1.0, 1.0), (-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0)]
            {
                let next = (
                    f64::clamp(best.0 + step * along_person, LOWEST, HIGHEST),
                    f64::clamp(best.1 + step * along_rater, LOWEST, HIGHEST),
                );
                let found = deviance(next)?;
                if found < least {
                    (best, least) = (next, found);
                }
            }
            if before == best {
                step *= 0.5;
            }
        }
        Ok((root(best.0), root(best.1)))
    }

    fn adjust(&self, person_root: f64, rater_root: f64) -> Result<LinearAdjustment, Undefined> {
        let equations = self.equations(person_root, rater_root);
        let factor = equations.matrix.factor().ok_or(Undefined::NotIdentified {})?;
        let solution = factor.solve(&equations.right);
        let inverse = factor.inverse();
        let rest = self.rest_variance(&equations, &solution)?;
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
            person_variance: real(rest * person_root * person_root)?,
            rater_variance: real(rest * rater_root * rater_root)?,
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
    let confidence = ConfidenceLevel::NINETY_FIVE;
    let error = variance.max(0.0).sqrt();
    let half = normal_quantile(1.0 - confidence.lower_tail()) * error;
    let interval = Interval::new(value - half, value + half, confidence, IntervalMethod::Normal);
    let estimate = Estimate::of(value).ok_or(Undefined::OutOfRange {})?;
    Ok(estimate.with_standard_error(error).with_interval(interval))
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

    /// Minus twice the restricted log-likelihood from the dense covariance of all scores, up to the same constant.
    fn dense_deviance(scores: &[TotalScore], person_root: f64, rater_root: f64) -> f64 {
        let mut covariance = Symmetric::zero(scores.len());
        for (row, one) in scores.iter().enumerate() {
            for (column, other) in scores.iter().enumerate() {
                let same = |is_same: bool| if is_same { 1.0 } else { 0.0 };
                let persons = person_root * person_root * same(one.person == other.person);
                let raters = rater_root * rater_root * same(one.rater == other.rater);
                covariance.add(row, column, persons + raters + same(row == column));
            }
        }
        let factor = covariance.factor().unwrap();
        let ones = vec![1.0; scores.len()];
        let values: Vec<f64> = scores.iter().map(|one| one.score.get()).collect();
        let dot = |left: &[f64], right: &[f64]| left.iter().zip(right).map(|(a, b)| a * b).sum::<f64>();
        let weighted = factor.solve(&ones);
        let weight = dot(&ones, &weighted);
        let mean = dot(&weighted, &values) / weight;
        let deviations: Vec<f64> = values.iter().map(|value| value - mean).collect();
        let degrees = scores.len() as f64 - 1.0;
        let rest = dot(&deviations, &factor.solve(&deviations)) / degrees;
        degrees * rest.ln() + factor.log_determinant() + weight.ln()
    }

    #[test]
    fn the_likelihood_is_that_of_dense_matrices() {
        let scores = scores();
        let design = Design::of(&scores).unwrap();
        for (person_root, rater_root) in [(0.0, 0.0), (1.3, 0.0), (0.0, 0.7), (0.4, 2.0), (3.0, 5.0)] {
            let found = design.deviance(person_root, rater_root).unwrap();
            let expected = dense_deviance(&scores, person_root, rater_root);
            assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        }
    }

    #[test]
    fn no_other_variances_near_by_are_likelier() {
        let scores = scores();
        let found = LinearAdjustment::of(&scores).unwrap();
        let roots = |persons: f64, raters: f64| {
            ((persons / found.rest_variance()).sqrt(), (raters / found.rest_variance()).sqrt())
        };
        let deviance = |persons: f64, raters: f64| {
            let (person_root, rater_root) = roots(found.person_variance() * persons, found.rater_variance() * raters);
            dense_deviance(&scores, person_root, rater_root)
        };
        let least = deviance(1.0, 1.0);
        for (persons, raters) in [(1.01, 1.0), (0.99, 1.0), (1.0, 1.01), (1.0, 0.99), (1.01, 0.99), (0.99, 1.01)] {
            assert!(deviance(persons, raters) > least, "{persons} {raters}");
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
