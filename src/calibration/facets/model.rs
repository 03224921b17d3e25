use super::fit::FacetFit;
use super::linkage::Linkage;
use super::search::Limits;
use super::table::Table;
use super::{FacetData, FacetError, NotLinked, joint, marginal};
use crate::statistics::ConfidenceLevel;

/// The many-facet Rasch model: how able each person is, how difficult each criterion and how severe each rater, on one
/// scale.
///
/// *Answers*: what would a person's average be, had everybody been rated by the same raters on the same criteria?
///
/// *Assumes* that ability, severity and difficulty add up, that ratings depend on nothing else, and by default that
/// persons are a draw from one normal population, whose mean and variance are estimated.
///
/// *Formula*: ln(P(k) / P(k−1)) = ability − severity − difficulty − threshold(k). Severities, difficulties and
/// thresholds each sum to 0.
///
/// *Estimation*: marginal maximum likelihood by default; by Newton steps with the observed information, on a lattice
/// of nodes that is finer than the narrowest posterior. [`joint`](FacetModel::joint) treats every person as a parameter,
/// as FACETS does: with 5 ratings a person that stretches differences a good deal, with 20 little; and it is refused
/// where raters have persons of their own, since then nothing but random assignment tells a severe rater from weak
/// persons.
///
/// *Extreme totals*: raters and criteria (and in joint estimation persons) with the lowest or highest possible total are
/// left out of the search, until none is left, and measured afterwards with their total moved by 0.3 points. Steps that
/// nobody chose shorten the scale at its ends; between others they are refused, or merged with the next lower
/// step when [asked](FacetModel::merging_empty_steps).
///
/// *Undefined when* elements are not linked, everything is in one step, or the search does not end.
///
/// *Reference*: Linacre 1989, Many-Facet Rasch Measurement; Andrich 1978 (rating scale); Masters 1982 (partial credit).
/// *Checked against*: VGAM, mfrmr and FACETS on Guilford 1954; simulated data with known values.
///
/// ```
/// use service_excellence::calibration::{FacetData, FacetModel, FacetRating};
/// use service_excellence::value::{Step, StepCount};
/// use service_excellence::{Key, Reference};
///
/// // Two raters judged the same three persons; the second gives a step less now and then.
/// let table = [("anna", [3, 4], [3, 3]), ("ben", [2, 4], [2, 3]), ("cem", [1, 3], [1, 2])];
/// let criteria: [Key; 2] = ["diagnosis".parse()?, "ownership".parse()?];
/// let raters: [Reference; 2] = ["mild".parse()?, "severe".parse()?];
/// let persons: Vec<Reference> = table.iter().map(|row| row.0.parse()).collect::<Result<_, _>>()?;
/// let mut ratings = Vec::new();
/// for (person, (_, first, second)) in persons.iter().zip(&table) {
///     for (rater, steps) in raters.iter().zip([first, second]) {
///         for (criterion, step) in criteria.iter().zip(steps) {
///             ratings.push(FacetRating { person, rater, criterion, step: Step::new(*step)? });
///         }
///     }
/// }
/// let fit = FacetModel::rating_scale().fit(&FacetData::new(StepCount::new(5)?, ratings)?)?;
/// assert!(fit.raters()[1].measure().value() > fit.raters()[0].measure().value());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "MFRM", alias = "FACETS", alias = "Rasch")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetModel {
    thresholds: Thresholds,
    estimation: Estimation,
    merges_empty_steps: bool,
    is_length_corrected: bool,
    node_factor: u8,
    confidence: ConfidenceLevel,
}

/// Whether criteria share their thresholds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thresholds {
    /// One set of thresholds for all criteria (Andrich).
    RatingScale,
    /// A set for each criterion (Masters).
    PartialCredit,
}

/// How the parameters are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Estimation {
    /// Persons are a draw from a normal population.
    Marginal,
    /// Every person is a parameter.
    Joint,
}

impl FacetModel {
    const LIMITS: Limits = Limits { last_move: 1e-6, iterations: 200 };

    /// One set of thresholds for all criteria; marginal estimation, 95 % intervals.
    #[must_use]
    pub fn rating_scale() -> Self {
        Self {
            thresholds: Thresholds::RatingScale,
            estimation: Estimation::Marginal,
            merges_empty_steps: false,
            is_length_corrected: false,
            node_factor: 1,
            confidence: ConfidenceLevel::NINETY_FIVE,
        }
    }

    /// Thresholds for each criterion, whose scales may differ in length.
    #[must_use]
    pub fn partial_credit() -> Self {
        Self { thresholds: Thresholds::PartialCredit, ..Self::rating_scale() }
    }

    /// Estimates persons as parameters, as FACETS does.
    #[must_use]
    #[doc(alias = "JMLE")]
    pub fn joint(mut self) -> Self {
        self.estimation = Estimation::Joint;
        self
    }

    /// After joint estimation, multiplies severities, difficulties and thresholds by (L − 1)/L, where L is the mean number
    /// of ratings of a person. That takes away nearly all of the stretch of severities, and half of that of
    /// thresholds. Marginal estimation has no need of it, and is not changed.
    #[must_use]
    pub fn with_length_correction(mut self) -> Self {
        self.is_length_corrected = true;
        self
    }

    /// Merges a step that nobody chose with the next lower one, instead of refusing the data.
    #[must_use]
    pub fn merging_empty_steps(mut self) -> Self {
        self.merges_empty_steps = true;
        self
    }

    /// Divides the distance between nodes by `factor` (1 to 10; others count as the nearest): to see that results do not
    /// depend on it.
    #[must_use]
    pub fn with_finer_nodes(mut self, factor: u8) -> Self {
        self.node_factor = factor.clamp(1, 10);
        self
    }

    /// With intervals of another level.
    #[must_use]
    pub fn with_confidence(mut self, confidence: ConfidenceLevel) -> Self {
        self.confidence = confidence;
        self
    }

    /// Whether criteria share their thresholds.
    #[must_use]
    pub fn thresholds(&self) -> Thresholds {
        self.thresholds
    }

    /// How the parameters are found.
    #[must_use]
    pub fn estimation(&self) -> Estimation {
        self.estimation
    }

    pub(super) fn is_joint(&self) -> bool {
        self.estimation == Estimation::Joint
    }

    pub(super) fn merges_empty_steps(&self) -> bool {
        self.merges_empty_steps
    }

    pub(super) fn confidence(&self) -> ConfidenceLevel {
        self.confidence
    }

    /// Finds the parameters that fit the data best, and measures everyone.
    ///
    /// # Errors
    ///
    /// Criteria of different scales under one set of thresholds; a step that nobody chose between others; elements that
    /// the ratings do not link (in marginal estimation: not even under random assignment); everything in one step, every
    /// total extreme, or a search that does not end ([`FacetError::Undefined`]).
    pub fn fit(&self, data: &FacetData) -> Result<FacetFit, FacetError> {
        let table = Table::new(data, self)?;
        let linkage = self.check_linkage(data, &table)?;
        let mut solution = match self.estimation {
            Estimation::Joint => joint::fit(&table, Self::LIMITS)?,
            Estimation::Marginal => {
                // Nodes stand 0.8 standard deviations of the narrowest posterior apart.
                marginal::fit(&table, Self::LIMITS, 1.25 * f64::from(self.node_factor))?
            }
        };
        if self.is_joint() && self.is_length_corrected {
            let length = table.ratings() as f64 / table.persons.len() as f64;
            solution.scale((length - 1.0) / length);
        }
        Ok(FacetFit::new(self.clone(), data, table, solution, linkage)?)
    }

    fn check_linkage(&self, data: &FacetData, table: &Table) -> Result<Linkage, FacetError> {
        let kept = |row: &&super::data::Row| {
            table.persons.binary_search(&row.person).is_ok()
                && table.raters.binary_search(&row.rater).is_ok()
                && table.criteria.binary_search(&row.criterion).is_ok()
        };
        let rows: Vec<super::data::Row> = data.rows().iter().filter(kept).copied().collect();
        let linkage = Linkage::among(data, &rows);
        let is_enough = if self.is_joint() { linkage.is_identified() } else { linkage.is_identified_at_random() };
        if is_enough { Ok(linkage) } else { Err(FacetError::NotLinked(NotLinked::new(linkage, !self.is_joint()))) }
    }
}
