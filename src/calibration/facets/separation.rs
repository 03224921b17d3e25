use super::{FacetFit, PersonMeasure};
use crate::statistics::{Undefined, chi_squared_upper};
use crate::value::Real;

/// How well the elements of a facet are told apart.
///
/// *Formula*: with s² the variance of the measures (n − 1) and e² the mean of their squared standard errors,
/// true variance = max(s² − e², 0); separation G = √(true / e²); strata (4G + 1)/3; reliability = true / s²;
/// χ² = Σwm² − (Σwm)²/Σw with w = 1/e² on n − 1 degrees of freedom. Elements with an extreme total are left out.
/// *Reference*: Wright and Masters 1982. *Checked against*: mfrmr on Guilford 1954.
///
/// For persons, high reliability is what one wants. For raters it says that they are *not* interchangeable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Separation {
    elements: usize,
    standard_deviation: Real,
    mean_error: Real,
    separation: Real,
    strata: Real,
    reliability: Real,
    chi_squared: Real,
    p_value: Real,
}

/// One of the three kinds of element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Who is rated.
    Persons,
    /// Who rates.
    Raters,
    /// What is rated.
    Criteria,
}

impl Separation {
    /// How many elements were compared.
    #[must_use]
    pub fn elements(&self) -> usize {
        self.elements
    }

    /// The standard deviation of the measures, in logits.
    #[must_use]
    pub fn standard_deviation(&self) -> f64 {
        self.standard_deviation.get()
    }

    /// The root of the mean squared standard error, in logits.
    #[must_use]
    #[doc(alias = "RMSE")]
    pub fn root_mean_square_error(&self) -> f64 {
        self.mean_error.get()
    }

    /// The standard deviation without error, in units of the error.
    #[must_use]
    pub fn separation(&self) -> f64 {
        self.separation.get()
    }

    /// How many layers of elements can be told apart.
    #[must_use]
    pub fn strata(&self) -> f64 {
        self.strata.get()
    }

    /// The share of the variance that is not error, from 0 to 1.
    #[must_use]
    pub fn reliability(&self) -> f64 {
        self.reliability.get()
    }

    /// χ² of the hypothesis that all elements are alike.
    #[must_use]
    pub fn chi_squared(&self) -> f64 {
        self.chi_squared.get()
    }

    /// Its degrees of freedom.
    #[must_use]
    pub fn degrees(&self) -> usize {
        self.elements - 1
    }

    /// How often χ² would be as large if all elements were alike.
    #[must_use]
    pub fn p_value(&self) -> f64 {
        self.p_value.get()
    }
}

impl FacetFit {
    /// How well the elements of a facet are told apart, by the standard errors that FACETS uses: each as if all else were
    /// known.
    ///
    /// # Errors
    ///
    /// [`Undefined::TooFewSubjects`] with fewer than two elements that are not extreme; [`Undefined::NoVariation`] when
    /// their measures are equal.
    pub fn separation(&self, facet: Facet) -> Result<Separation, Undefined> {
        let error_of = |one: &PersonMeasure| one.measure().standard_error();
        let measures: Vec<(f64, f64)> = match facet {
            Facet::Persons => {
                let inner = self.persons().iter().filter(|one| !one.is_extreme());
                inner.filter_map(|one| Some((one.measure().value(), error_of(one)?))).collect()
            }
            Facet::Raters => {
                let inner = self.raters().iter().filter(|one| !one.is_extreme());
                inner.map(|one| (one.measure().value(), one.conditional_error())).collect()
            }
            Facet::Criteria => {
                let inner = self.criteria().iter().filter(|one| !one.is_extreme());
                inner.map(|one| (one.measure().value(), one.conditional_error())).collect()
            }
        };
        Separation::of(&measures)
    }
}

impl Separation {
    /// Of measures and their standard errors.
    fn of(measures: &[(f64, f64)]) -> Result<Self, Undefined> {
        let count = measures.len() as f64;
        if measures.len() < 2 {
            return Err(Undefined::too_few_subjects(measures.len(), 2));
        }
        let mean = measures.iter().map(|(measure, _)| measure).sum::<f64>() / count;
        let variance = measures.iter().map(|(measure, _)| (measure - mean).powi(2)).sum::<f64>() / (count - 1.0);
        let noise = measures.iter().map(|(_, error)| error * error).sum::<f64>() / count;
        if variance <= 0.0 {
            return Err(Undefined::NoVariation {});
        }
        let true_variance = (variance - noise).max(0.0);
        let separation = (true_variance / noise).sqrt();
        let (mut weights, mut weighted, mut squares) = (0.0, 0.0, 0.0);
        for (measure, error) in measures {
            let (weight, deviation) = ((error * error).recip(), measure - mean);
            weights += weight;
            weighted += weight * deviation;
            squares += weight * deviation * deviation;
        }
        let chi_squared = squares - weighted * weighted / weights;
        let real = |number| Real::new(number).map_err(|_| Undefined::OutOfRange {});
        Ok(Self {
            elements: measures.len(),
            standard_deviation: real(variance.sqrt())?,
            mean_error: real(noise.sqrt())?,
            separation: real(separation)?,
            strata: real((4.0 * separation + 1.0) / 3.0)?,
            reliability: real(true_variance / variance)?,
            chi_squared: real(chi_squared)?,
            p_value: real(chi_squared_upper(chi_squared, count - 1.0).ok_or(Undefined::OutOfRange {})?)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_within_their_errors_are_not_separated() {
        let found = Separation::of(&[(0.1, 0.5), (-0.1, 0.5), (0.0, 0.5)]).unwrap();
        assert_eq!((found.separation(), found.reliability(), found.strata()), (0.0, 0.0, 1.0 / 3.0));
        assert!(found.p_value() > 0.9);
        assert!(Separation::of(&[(0.1, 0.5)]).is_err());
        assert_eq!(Separation::of(&[(0.1, 0.5), (0.1, 0.5)]), Err(Undefined::NoVariation {}));
    }
}
