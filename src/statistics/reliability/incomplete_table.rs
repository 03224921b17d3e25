use super::crossed_components::share_of_truth;
use super::restricted_likelihood::Crossed;
use super::{CrossedComponents, NegativeVariance};
use crate::statistics::checks::{estimate, finite};
use crate::statistics::place::{cell, nth};
use crate::statistics::{DataError, Estimate, NormalPooling, Undefined};

/// Measurements of subjects by raters with gaps, or several in one cell.
///
/// *Answers* what an intraclass correlation answers where not everybody rated everything. *Assumes* that what is missing is
/// missing at random: a rater does not skip the subjects that would get low ratings. *Formula*: value = mean + subject +
/// rater + residual, variances by restricted maximum likelihood (REML). *Undefined when* the pattern of who rated whom
/// cannot tell the variances apart, or nothing varies. *Reference*: Patterson and Thompson 1971, Biometrika 58:545;
/// Henderson 1984. *Checked against*: complete tables, where the analysis of variance gives the same; the likelihood
/// written with dense matrices.
///
/// ```
/// use service_excellence::statistics::IncompleteTable;
///
/// // (subject, rater, value)
/// let table = IncompleteTable::new(&[
///     (0, 0, 4.0), (0, 1, 5.0), (1, 1, 2.0), (1, 2, 2.5), (2, 0, 3.0), (2, 2, 3.0), (3, 0, 1.0), (3, 1, 2.0),
/// ])?;
/// let correlation = table.agreement_correlation(1.0)?;
/// assert!(correlation.value() > 0.8);
///
/// // The same, row by row.
/// let rows = [
///     [Some(4.0), Some(5.0), None], [None, Some(2.0), Some(2.5)], [Some(3.0), None, Some(3.0)], [Some(1.0), Some(2.0), None],
/// ];
/// assert_eq!(IncompleteTable::from_rows(&rows)?, table);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct IncompleteTable {
    /// Subject, rater, value; subjects and raters numbered from 0 without gaps.
    observations: Vec<(usize, usize, f64)>,
    subjects: usize,
    raters: usize,
}

// Finite numbers are equal to themselves.
impl Eq for IncompleteTable {}

impl IncompleteTable {
    /// Takes subject, rater and value of each measurement; the numbers of subjects and raters are names and may be any.
    ///
    /// # Errors
    ///
    /// A value is not finite.
    pub fn new(observations: &[(usize, usize, f64)]) -> Result<Self, DataError> {
        for (index, (_, _, value)) in observations.iter().enumerate() {
            finite("the measurement", &nth("at position", index), *value)?;
        }
        Ok(Self::named(observations))
    }

    /// Of finite values: subjects and raters get numbers without gaps.
    fn named(observations: &[(usize, usize, f64)]) -> Self {
        let names = |name: fn(&(usize, usize, f64)) -> usize| {
            let mut names: Vec<usize> = observations.iter().map(name).collect();
            names.sort_unstable();
            names.dedup();
            names
        };
        let (subjects, raters) = (names(|one| one.0), names(|one| one.1));
        let place = |names: &[usize], name: usize| names.binary_search(&name).unwrap_or(0);
        let renumbered = observations.iter().map(|(s, r, value)| (place(&subjects, *s), place(&raters, *r), *value));
        Self { observations: renumbered.collect(), subjects: subjects.len(), raters: raters.len() }
    }

    /// One row for each subject, one column for each rater; what is missing is `None`.
    ///
    /// # Errors
    ///
    /// The rows differ in length, or a value is not finite.
    pub fn from_rows(rows: &[impl AsRef<[Option<f64>]>]) -> Result<Self, DataError> {
        let raters = rows.first().map_or(0, |row| row.as_ref().len());
        let mut observations = Vec::with_capacity(rows.len() * raters);
        for (subject, row) in rows.iter().enumerate() {
            let (row, place) = (row.as_ref(), nth("in row", subject));
            if row.len() != raters {
                let allowed = format!("{raters}, as in row 1");
                return Err(DataError::size("the number of raters", place, row.len(), allowed));
            }
            for (rater, value) in row.iter().enumerate() {
                let Some(value) = *value else { continue };
                finite("the measurement", &cell(subject, rater), value)?;
                observations.push((subject, rater, value));
            }
        }
        Self::new(&observations)
    }

    /// The subjects at these positions, each as a subject of its own, as often as they are named; for a
    /// [`Jackknife`](crate::statistics::Jackknife) or a [`Bootstrap`](crate::statistics::Bootstrap), which give the intraclass
    /// correlations an interval. Positions count the subjects from 0, by ascending number; others are passed over.
    ///
    /// ```
    /// use service_excellence::statistics::{ConfidenceLevel, IncompleteTable, Jackknife};
    ///
    /// let table = IncompleteTable::new(&[
    ///     (0, 0, 4.0), (0, 1, 5.0), (1, 1, 2.0), (1, 2, 2.5), (2, 0, 3.0), (2, 2, 3.0), (3, 0, 1.0), (3, 1, 2.0),
    ///     (4, 1, 4.5), (4, 2, 4.0), (5, 0, 2.0), (5, 2, 2.5),
    /// ])?;
    /// let jackknife = Jackknife::new(ConfidenceLevel::NINETY_FIVE);
    /// let found = jackknife.estimate(table.subjects(), |picks| Ok(table.pick(picks).agreement_correlation(1.0)?.value()))?;
    /// assert!(found.interval().is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn pick(&self, subjects: &[usize]) -> Self {
        let rows = subjects.iter().enumerate().flat_map(|(place, subject)| {
            let own = self.observations.iter().filter(move |(known, ..)| known == subject);
            own.map(move |(_, rater, value)| (place, *rater, *value))
        });
        Self::named(&rows.collect::<Vec<_>>())
    }

    /// How many subjects there are.
    #[must_use]
    pub fn subjects(&self) -> usize {
        self.subjects
    }

    /// The variances between subjects, between raters, and of the rest, none of them negative.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without measurements; [`Undefined::TooFewSubjects`] below three subjects,
    /// [`Undefined::TooFewRaters`] below two raters; [`Undefined::NotIdentified`] unless two of these occur: a subject rated
    /// twice by one rater, a subject with two raters, a rater with two subjects; [`Undefined::NoVariation`] if all values are
    /// equal; [`Undefined::NotConverged`] if the likelihood has no highest point up to 10⁸ times the residual variance, as
    /// where subject and rater explain every value; [`Undefined::OutOfRange`] for more than 1,000 subjects and as many raters.
    pub fn components(&self) -> Result<CrossedComponents, Undefined> {
        if self.observations.is_empty() {
            return Err(Undefined::NoData {});
        }
        if self.subjects < 3 {
            return Err(Undefined::too_few_subjects(self.subjects, 3));
        }
        if self.raters < 2 {
            return Err(Undefined::too_few_raters(self.raters, 2));
        }
        Crossed::new(&self.observations, self.subjects, self.raters).components()
    }

    /// The intraclass correlation of agreement of the mean of this many ratings: subjects / (subjects + (raters + residual)/m).
    /// On a complete table that has no negative component, m = 1 and m = k give the agreement forms.
    ///
    /// # Errors
    ///
    /// As [`components`](Self::components); [`Undefined::OutOfRange`] if `ratings` is not above 0.
    pub fn agreement_correlation(&self, ratings: f64) -> Result<Estimate, Undefined> {
        estimate(self.components()?.dependability(ratings, NegativeVariance::Keep)?)
    }

    /// The intraclass correlation of consistency: subjects / (subjects + residual/m).
    ///
    /// # Errors
    ///
    /// As [`agreement_correlation`](Self::agreement_correlation).
    pub fn consistency_correlation(&self, ratings: f64) -> Result<Estimate, Undefined> {
        estimate(self.components()?.generalisability(ratings, NegativeVariance::Keep)?)
    }

    /// The one-way intraclass correlation, whoever the raters are: subjects / (subjects + within/m).
    ///
    /// # Errors
    ///
    /// As [`NormalPooling::estimate_prior`], with subjects as groups; [`Undefined::OutOfRange`] if `ratings` is not above 0.
    pub fn one_way_correlation(&self, ratings: f64) -> Result<Estimate, Undefined> {
        let mut groups = vec![Vec::new(); self.subjects];
        for (subject, _, value) in &self.observations {
            if let Some(group) = groups.get_mut(*subject) {
                group.push(*value);
            }
        }
        let prior = NormalPooling::new(&groups).map_err(|_| Undefined::OutOfRange {})?.estimate_prior()?;
        estimate(share_of_truth(prior.between(), prior.within() / ratings, ratings)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Six subjects, four raters, two gaps; numbered as a caller may number them.
    const CELLS: [(usize, usize, f64); 22] = [
        (10, 1, 9.0),
        (10, 2, 2.0),
        (10, 3, 5.0),
        (10, 7, 8.0),
        (20, 1, 6.0),
        (20, 2, 1.0),
        (20, 3, 3.0),
        (20, 7, 2.0),
        (30, 1, 8.0),
        (30, 2, 4.0),
        (30, 3, 6.0),
        (30, 7, 8.0),
        (40, 1, 7.0),
        (40, 3, 2.0),
        (40, 7, 6.0),
        (50, 1, 10.0),
        (50, 2, 5.0),
        (50, 3, 6.0),
        (50, 7, 9.0),
        (60, 2, 2.0),
        (60, 3, 4.0),
        (60, 7, 7.0),
    ];

    #[test]
    fn subjects_and_raters_may_change_places() {
        let found = IncompleteTable::new(&CELLS).unwrap().components().unwrap();
        let turned = CELLS.map(|(subject, rater, value)| (rater, subject, value));
        let turned = IncompleteTable::new(&turned).unwrap().components().unwrap();
        assert!((found.subjects() - turned.raters()).abs() < 1e-7 && (found.raters() - turned.subjects()).abs() < 1e-7);
        assert!((found.residual() - turned.residual()).abs() < 1e-7);
    }

    #[test]
    fn what_cannot_be_told_apart_is_refused() {
        let components = |cells: &[(usize, usize, f64)]| IncompleteTable::new(cells).unwrap().components();
        // Each subject has its own rater.
        let nested = [(0, 0, 1.0), (0, 0, 2.0), (1, 1, 4.0), (1, 1, 3.0), (2, 2, 5.0), (2, 2, 6.0)];
        assert_eq!(components(&nested), Err(Undefined::NotIdentified {}));
        assert_eq!(components(&[]), Err(Undefined::NoData {}));
        assert_eq!(components(&CELLS.map(|(subject, rater, _)| (subject, rater, 4.0))), Err(Undefined::NoVariation {}));
        assert!(IncompleteTable::new(&[(0, 0, f64::NAN)]).is_err());
    }

    #[test]
    fn rows_of_unequal_length_and_values_that_are_not_finite_are_refused_with_their_place() {
        let refused = |rows: &[Vec<Option<f64>>]| IncompleteTable::from_rows(rows).unwrap_err().to_string();
        let ragged = refused(&[vec![Some(1.0), None], vec![Some(1.0)]]);
        assert!(ragged.contains("in row 2") && ragged.contains("2, as in row 1"), "{ragged}");
        let infinite = refused(&[vec![None, Some(f64::INFINITY)]]);
        assert!(infinite.contains("in row 1, column 2"), "{infinite}");
    }
}
