use super::{GroupThreshold, TeamError};
use crate::statistics::{ConfidenceLevel, Estimate, Proportion, RateRatio, Undefined};
use crate::value::{Count, Label, Real, repeated};

/// How many people of a category were selected, such as "met the target", of how many.
///
/// Counts are all that goes in: no attribute of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryCount {
    /// The category.
    pub category: Label,
    /// How many were selected.
    pub selected: Count,
    /// Of how many.
    pub people: Count,
}

/// Rates of categories over the highest of them: a first look for adverse impact.
///
/// *Answers*: is any category selected much less often than another? *Assumes* that people are independent. *Formula*: rate
/// over the highest rate of a category with at least `threshold` people; below 0.8 calls for a review, which is a question and
/// no finding. *Undefined when* nobody was selected at all. *Reference*: 29 CFR 1607.4 D; *checked against* question 12 of the
/// questions and answers of the EEOC (1979).
///
/// ```
/// use service_excellence::statistics::ConfidenceLevel;
/// use service_excellence::team::{CategoryCount, ImpactOutcome, ImpactReport};
/// use service_excellence::value::Count;
/// use service_excellence::GroupThreshold;
///
/// let category = |name: &str, selected, people| -> Result<_, Box<dyn std::error::Error>> {
///     Ok(CategoryCount { category: name.parse()?, selected: Count::new(selected)?, people: Count::new(people)? })
/// };
/// let counts = [category("A", 48, 80)?, category("B", 12, 40)?];
/// let report = ImpactReport::new(&counts, GroupThreshold::default(), ConfidenceLevel::NINETY_FIVE)?;
/// let ImpactOutcome::Compared { ratio, is_below_four_fifths, .. } = report.categories()[1].outcome else { panic!() };
/// assert_eq!(ratio.value(), 0.5);
/// assert!(is_below_four_fifths);
/// assert_eq!(report.categories()[1].outcome.to_string(), "0.50, below 0.8: review (p = 0.0034)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "adverse impact")]
#[doc(alias = "disparate impact")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImpactReport {
    categories: Vec<CategoryImpact>,
}

/// What can be said of one category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryImpact {
    /// The category.
    pub category: Label,
    /// What can be said.
    pub outcome: ImpactOutcome,
}

/// How the rate of a category compares with the highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImpactOutcome {
    /// It is the category with the highest rate.
    Highest {
        /// Its rate, with Wilson's interval.
        rate: Estimate,
    },
    /// Its rate was compared with the highest.
    Compared {
        /// Rate over highest rate, with the interval of its logarithm.
        ratio: Estimate,
        /// Fisher's exact two-sided p of the two rates.
        fisher_p_value: Real,
        /// Whether the ratio is below 0.8; decided in whole numbers.
        is_below_four_fifths: bool,
        /// Whether one person more or less would turn that answer.
        is_fragile: bool,
    },
    /// There are fewer people than the threshold: no rate is shown, and none is compared with it.
    TooFew,
    /// There is no ratio.
    Undefined(Undefined),
}

impl ImpactReport {
    /// The rates of the categories compared, in the order given; of several highest rates the first is the reference.
    ///
    /// # Errors
    ///
    /// A name stands twice, or more people of a category were selected than there are.
    pub fn new(
        counts: &[CategoryCount],
        threshold: GroupThreshold,
        confidence: ConfidenceLevel,
    ) -> Result<Self, TeamError> {
        if let Some((_, one)) = repeated(counts, |one| &one.category).first() {
            return Err(TeamError::NameRepeated(one.category.clone()));
        }
        let rates: Vec<Proportion> = counts.iter().map(CategoryCount::rate).collect::<Result<_, _>>()?;
        let is_large = |rate: &Proportion| rate.trials() >= threshold.people();
        // Of equal rates the later one does not replace the first.
        let higher = |highest: Option<Proportion>, rate: &Proportion| match highest {
            Some(highest) if !is_higher(*rate, highest) => Some(highest),
            _ => Some(*rate),
        };
        let highest = rates.iter().filter(|rate| is_large(rate)).fold(None, higher);
        let place = rates.iter().position(|rate| is_large(rate) && Some(*rate) == highest);
        let outcomes = rates.iter().enumerate().map(|(index, rate)| match highest {
            _ if !is_large(rate) => Ok(ImpactOutcome::TooFew),
            Some(_) if Some(index) == place => Ok(rate
                .wilson(confidence)
                .map_or_else(ImpactOutcome::Undefined, |rate| ImpactOutcome::Highest { rate })),
            Some(highest) => ImpactOutcome::compared(*rate, highest, confidence),
            None => Ok(ImpactOutcome::TooFew),
        });
        let categories = counts.iter().zip(outcomes);
        let categories = categories
            .map(|(count, outcome)| Ok(CategoryImpact { category: count.category.clone(), outcome: outcome? }));
        Ok(Self { categories: categories.collect::<Result<_, TeamError>>()? })
    }

    /// The categories, in the order given.
    #[must_use]
    pub fn categories(&self) -> &[CategoryImpact] {
        &self.categories
    }

    /// The categories whose ratio is below 0.8.
    pub fn to_review(&self) -> impl Iterator<Item = &CategoryImpact> {
        let is_below =
            |one: &&CategoryImpact| matches!(one.outcome, ImpactOutcome::Compared { is_below_four_fifths: true, .. });
        self.categories.iter().filter(is_below)
    }
}

impl CategoryCount {
    fn rate(&self) -> Result<Proportion, TeamError> {
        Ok(Proportion::new(u64::from(self.selected.get()), u64::from(self.people.get()))?)
    }
}

fn is_higher(one: Proportion, other: Proportion) -> bool {
    let product = |one: Proportion, other: Proportion| u128::from(one.successes()) * u128::from(other.trials());
    product(one, other) > product(other, one)
}

impl ImpactOutcome {
    fn compared(rate: Proportion, highest: Proportion, confidence: ConfidenceLevel) -> Result<Self, TeamError> {
        let ratio = RateRatio::new(rate, highest)?;
        let compare = || {
            Ok(Self::Compared {
                ratio: ratio.ratio(confidence)?,
                fisher_p_value: Real::new(ratio.fisher_p_value()).map_err(|_| Undefined::OutOfRange {})?,
                is_below_four_fifths: ratio.is_below_four_fifths()?,
                is_fragile: ratio.is_fragile()?,
            })
        };
        Ok(compare().unwrap_or_else(Self::Undefined))
    }
}

/// In words, as a report should say it: never "discrimination", never "none".
impl std::fmt::Display for ImpactOutcome {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Highest { rate } => write!(formatter, "highest rate ({:.2})", rate.value()),
            Self::Compared { ratio, fisher_p_value, is_below_four_fifths, is_fragile } => {
                let verdict = if *is_below_four_fifths { "below 0.8: review" } else { "not below 0.8" };
                write!(formatter, "{:.2}, {verdict} (p = {fisher_p_value:.4})", ratio.value())?;
                if *is_fragile {
                    formatter.write_str("; fragile: one person more or less would change this")?;
                }
                Ok(())
            }
            Self::TooFew => formatter.write_str("too few people"),
            Self::Undefined(reason) => write!(formatter, "no ratio: {reason}"),
        }
    }
}
