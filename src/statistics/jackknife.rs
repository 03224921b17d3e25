use super::bootstrap::LeftOut;
use super::checks::estimate;
use super::{ConfidenceLevel, Estimate, Undefined};

/// How sure a statistic is, found by leaving each subject out in turn.
///
/// *Answers* what interval a statistic has that no formula gives one for; unlike the [`Bootstrap`](super::Bootstrap) it
/// draws nothing, so it needs no seed, and it counts no subject twice, which would make ties. *Assumes* that the subjects
/// are drawn independently, ratings of one subject staying together, and that the statistic changes smoothly with them
/// (no median). *Formula*: standard error √((n − 1)/n Σ(θᵢ − θ̄)²), θᵢ the value without subject i; interval by Student's t
/// with n − 1 degrees of freedom. *Undefined when* the statistic is; the error is absent for fewer than three subjects, or
/// when the statistic is undefined without one of them. *Reference*: Tukey 1958, Annals of Mathematical Statistics
/// 29:614; Efron and Tibshirani 1993, ch. 11. *Checked against* the error of a mean, which it gives exactly.
///
/// ```
/// use service_excellence::statistics::{AlphaMetric, Categories, ConfidenceLevel, Jackknife, RatingTable};
///
/// let rows = [[1., 1.], [2., 2.], [3., 2.], [3., 3.], [1., 2.], [3., 3.], [2., 2.], [1., 1.], [2., 3.], [1., 1.]];
/// let table = RatingTable::from_rows(Categories::numbered(1, 3)?, &rows)?;
/// let alpha = Jackknife::new(ConfidenceLevel::NINETY_FIVE).krippendorff_alpha(&table, &AlphaMetric::Ordinal)?;
/// let interval = alpha.score_interval(ConfidenceLevel::NINETY_FIVE).expect("ten subjects have an interval");
/// assert!(interval.contains(alpha.value()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Jackknife {
    confidence: ConfidenceLevel,
}

impl Jackknife {
    /// The most subjects for [`estimate`](Self::estimate), which computes the statistic once for each.
    pub const MOST_SUBJECTS: usize = 100_000;

    /// Intervals of this level.
    #[must_use]
    pub fn new(confidence: ConfidenceLevel) -> Self {
        Self { confidence }
    }

    /// Any statistic of subjects: `statistic` is given the positions of the subjects to use, from 0, ascending.
    ///
    /// # Errors
    ///
    /// What `statistic` says of all subjects; [`Undefined::OutOfRange`] for more than
    /// [`MOST_SUBJECTS`](Self::MOST_SUBJECTS).
    pub fn estimate(
        self,
        subjects: usize,
        mut statistic: impl FnMut(&[usize]) -> Result<f64, Undefined>,
    ) -> Result<Estimate, Undefined> {
        if subjects > Self::MOST_SUBJECTS {
            return Err(Undefined::OutOfRange {});
        }
        let all: Vec<usize> = (0..subjects).collect();
        let value = statistic(&all)?;
        let mut rest: Vec<usize> = all.iter().copied().skip(1).collect();
        let mut left_out: Vec<LeftOut> = Vec::with_capacity(subjects);
        for subject in 0..subjects {
            left_out.push((statistic(&rest), 1.0));
            // The subject comes back in the place of the next.
            rest.iter_mut().skip(subject).take(1).for_each(|place| *place = subject);
        }
        let found = estimate(value)?;
        let Some(variance) = variance(&left_out) else { return Ok(found) };
        Ok(found.with_t_interval(variance.sqrt(), subjects as f64 - 1.0, self.confidence))
    }

    pub(super) fn confidence(self) -> ConfidenceLevel {
        self.confidence
    }
}

/// The variance of a statistic from its values with each subject left out; nothing of fewer than three subjects, or if
/// one of the values is undefined.
pub(super) fn variance(left_out: &[LeftOut]) -> Option<f64> {
    let mut values = Vec::with_capacity(left_out.len());
    for (value, times) in left_out {
        values.push((*value.as_ref().ok()?, *times));
    }
    let subjects: f64 = values.iter().map(|(_, times)| times).sum();
    if subjects < 3.0 {
        return None;
    }
    let mean = values.iter().map(|(value, times)| value * times).sum::<f64>() / subjects;
    let squares: f64 = values.iter().map(|(value, times)| times * (value - mean) * (value - mean)).sum();
    // Below this the deviations are rounding errors.
    let squares = if squares < 1e-24 * subjects * mean.abs().max(1.0) { 0.0 } else { squares };
    Some(squares * (subjects - 1.0) / subjects)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_of_a_mean_is_the_usual_one() {
        let data = [2.0, 4.0, 4.0, 6.0, 9.0];
        let mean = |picks: &[usize]| Ok(picks.iter().map(|pick| data[*pick]).sum::<f64>() / picks.len() as f64);
        let found = Jackknife::new(ConfidenceLevel::NINETY).estimate(5, mean).unwrap();
        let expected = crate::statistics::Sample::of(&data).unwrap().mean(ConfidenceLevel::NINETY).unwrap();
        assert!((found.standard_error().unwrap() - expected.standard_error().unwrap()).abs() < 1e-12);
        assert!((found.interval().unwrap().lower() - expected.interval().unwrap().lower()).abs() < 1e-12);
    }

    #[test]
    fn a_value_that_hangs_on_one_subject_has_no_error() {
        let needs_all = |picks: &[usize]| if picks.len() == 4 { Ok(1.0) } else { Err(Undefined::NoVariation {}) };
        let found = Jackknife::new(ConfidenceLevel::NINETY).estimate(4, needs_all).unwrap();
        assert_eq!((found.standard_error(), found.interval()), (None, None));
    }
}
