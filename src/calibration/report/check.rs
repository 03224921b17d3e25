use crate::statistics::{Estimate, Undefined};
use crate::value::strict::{choice, object, union};
use crate::value::{Count, Fault, Key, LargeCount, Real, Rule};

object! {
    /// One figure about a rater, against its threshold.
    pub struct RaterCheck {
        /// What was looked at.
        pub(super) kind: RaterCheckKind,
        /// The criterion, when it is about one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub(super) criterion: Option<Key>,
        /// What was found.
        pub(super) outcome: CheckOutcome,
    }
}

choice! {
    /// What is looked at in a rater.
    pub enum RaterCheckKind: "What is looked at in a rater" {
        /// Own rating − mean of the others' on the same contacts and criteria, in steps; below 0 is severe.
        BiasAgainstOthers = "bias_against_others",
        /// Own rating − that of the reference rater, in steps.
        BiasAgainstReference = "bias_against_reference",
        /// 1 − |own rating − others'| / longest distance, on one criterion.
        Alignment = "alignment",
        /// Own fair average − mean of those of all raters, in steps, by the many-facet model; below 0 is severe.
        Leniency = "leniency",
        /// Standard deviation of the own ratings over that of all raters' ratings.
        RestrictedRange = "restricted_range",
        /// Mean standard deviation between criteria inside an assessment, over the same of all raters; low is halo or horns.
        Halo = "halo",
        /// How bias against others moves in 30 days, in steps.
        Drift = "drift",
        /// Mean square of fit weighted by information; low is too regular, high is noise.
        Infit = "infit",
        /// Plain mean square of fit: single surprises count.
        Outfit = "outfit",
    }
}

union! {
    /// What a check found.
    #[derive(Copy)]
    pub enum CheckOutcome {
        /// A figure.
        Computed {
            /// The figure.
            figure: Estimate,
            /// Below this it is flagged.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            lowest: Option<Real>,
            /// Above this it is flagged.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            highest: Option<Real>,
            /// How many ratings it rests on.
            ratings: LargeCount,
            /// Whether it lies outside.
            flagged: bool,
        },
        /// There are too few ratings to show a figure.
        Withheld {
            /// How many there are.
            ratings: LargeCount,
            /// How many are needed.
            needed: Count,
        },
        /// The ratings give no figure.
        Undefined {
            /// Why.
            reason: Undefined,
        },
    }
}

pub(super) const FLAG_FOLLOWS_FIGURE: Rule = Rule::new(
    "rater_check_flag_follows_figure",
    "a computed outcome is `flagged` exactly when the value of its figure is below `lowest` or above `highest`",
);

impl RaterCheck {
    /// What was looked at.
    #[must_use]
    pub fn kind(&self) -> RaterCheckKind {
        self.kind
    }

    /// The criterion, when it is about one.
    #[must_use]
    pub fn criterion(&self) -> Option<&Key> {
        self.criterion.as_ref()
    }

    /// What was found.
    #[must_use]
    pub fn outcome(&self) -> &CheckOutcome {
        &self.outcome
    }

    /// Whether a figure was found and lies outside its bounds.
    #[must_use]
    pub fn is_flagged(&self) -> bool {
        matches!(self.outcome, CheckOutcome::Computed { flagged: true, .. })
    }
}

/// Between which figures nothing is flagged.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    pub(super) lowest: Option<Real>,
    pub(super) highest: Option<Real>,
}

impl Bounds {
    pub(super) fn at_least(lowest: Real) -> Self {
        Self { lowest: Some(lowest), highest: None }
    }

    /// From minus to plus this.
    pub(super) fn around_zero(distance: Real) -> Self {
        Self { lowest: Real::new(-distance.get()).ok(), highest: Some(distance) }
    }

    pub(super) fn between(lowest: Real, highest: Real) -> Self {
        Self { lowest: Some(lowest), highest: Some(highest) }
    }
}

/// In words, such as `-0.98 (95 %: -1.07 to -0.90), flagged: below -0.75`.
impl std::fmt::Display for CheckOutcome {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Computed { figure, flagged: false, .. } => write!(formatter, "{figure}"),
            Self::Computed { figure, lowest: Some(lowest), .. } if figure.value() < lowest.get() => {
                write!(formatter, "{figure}, flagged: below {lowest}")
            }
            Self::Computed { figure, highest: Some(highest), .. } => {
                write!(formatter, "{figure}, flagged: above {highest}")
            }
            Self::Computed { figure, .. } => write!(formatter, "{figure}, flagged"),
            Self::Withheld { ratings, needed } => {
                write!(formatter, "withheld: there are {ratings} ratings; {needed} are needed")
            }
            Self::Undefined { reason } => write!(formatter, "no figure: {reason}"),
        }
    }
}

impl CheckOutcome {
    /// Withheld with fewer ratings than needed; `find` is not called then.
    pub(super) fn of(
        ratings: u64,
        needed: Count,
        bounds: Bounds,
        find: impl FnOnce() -> Result<Estimate, Undefined>,
    ) -> Self {
        if ratings < u64::from(needed.get()) {
            return Self::Withheld { ratings: LargeCount::of(ratings), needed };
        }
        match find() {
            Err(reason) => Self::Undefined { reason },
            Ok(figure) => {
                let figure = figure.to_six_decimals();
                let Bounds { lowest, highest } = bounds;
                let flagged = is_outside(figure, lowest, highest);
                Self::Computed { figure, lowest, highest, ratings: LargeCount::of(ratings), flagged }
            }
        }
    }

    pub(super) fn fault(&self, path: &str) -> Option<Fault> {
        let Self::Computed { figure, lowest, highest, flagged, .. } = self else { return None };
        let found = is_outside(*figure, *lowest, *highest);
        let message = format!("`{flagged}` for the figure `{}`: allowed is `{found}`", figure.value());
        (found != *flagged).then(|| Fault::new(FLAG_FOLLOWS_FIGURE, format!("{path}/flagged"), message))
    }
}

fn is_outside(figure: Estimate, lowest: Option<Real>, highest: Option<Real>) -> bool {
    lowest.is_some_and(|bound| figure.value() < bound.get())
        || highest.is_some_and(|bound| figure.value() > bound.get())
}

#[cfg(test)]
mod tests {
    use super::CheckOutcome;

    #[test]
    fn an_outcome_says_which_bound_was_passed_or_why_there_is_no_figure() {
        let said = |json: &str| serde_json::from_str::<CheckOutcome>(json).unwrap().to_string();
        let computed = |value: &str, flagged: bool| {
            said(&format!(
                r#"{{"kind":"computed","figure":{{"value":{value}}},"lowest":-0.75,"highest":0.75,"ratings":40,"flagged":{flagged}}}"#
            ))
        };
        assert_eq!(computed("-0.982851", true), "-0.98, flagged: below -0.75");
        assert_eq!(computed("0.8", true), "0.80, flagged: above 0.75");
        assert_eq!(computed("0.1", false), "0.10");
        let few = said(r#"{"kind":"withheld","ratings":3,"needed":30}"#);
        assert_eq!(few, "withheld: there are 3 ratings; 30 are needed");
    }
}
