use super::RaterThresholds;
use crate::statistics::{Estimate, Undefined};
use crate::value::strict::{choice, object, union};
use crate::value::{Count, Fault, Key, LargeCount, Real, Rule, Share};

object! {
    /// One figure about a rater, against its bounds.
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
        /// Own rating − mean of the others' on the same contacts, on one criterion, in steps; each measured from the rater's
        /// mean on the other criteria of the contact, so that it is particular to this one. Below 0 is severe.
        BiasOnCriterion = "bias_on_criterion",
        /// Alignment with the others − that of the others with each other; over all criteria with a bound, on each without.
        /// Alignment is the mean of 1 − distance / longest distance.
        Alignment = "alignment",
        /// Own fair average − mean of those of all raters, in steps, by the many-facet model; below 0 is severe.
        Leniency = "leniency",
        /// Standard deviation of the own ratings over that of the other raters' ratings.
        RestrictedRange = "restricted_range",
        /// Mean standard deviation between criteria inside an assessment, over the same of the other raters; low is halo
        /// or horns.
        Halo = "halo",
        /// How bias against others moves in 30 days, in steps.
        Drift = "drift",
        /// Mean square of fit weighted by information; low is too regular, high is noise.
        Infit = "infit",
        /// Plain mean square of fit: single surprises count.
        Outfit = "outfit",
    }
}

choice! {
    /// Whether a figure asks somebody to act.
    pub enum CheckSignal: "Whether a figure asks somebody to act" {
        /// It does not: the figure lies within its bounds, or chance may have put it outside.
        None = "none",
        /// It does: talk with the rater.
        Rater = "rater",
        /// It does, and the text of the criterion is at fault: rewrite its anchors.
        Anchor = "anchor",
    }
}

union! {
    /// What a check found.
    #[derive(Copy)]
    pub enum CheckOutcome {
        /// A figure.
        Computed {
            /// The figure, with its 95 % interval where there is one.
            figure: Estimate,
            /// The lower bound of what is tolerated.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            lowest: Option<Real>,
            /// The upper bound of what is tolerated.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            highest: Option<Real>,
            /// How many ratings it rests on; contacts for drift and for what is compared contact by contact.
            ratings: LargeCount,
            /// How probable a figure as far beyond its bounds is by chance, if the rater is within them: adjusted for
            /// everything that the report asks. Absent when there is no bound, or no way to know.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            p_value: Option<Share>,
            /// Whether it asks somebody to act.
            signal: CheckSignal,
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

pub(super) const SIGNAL_FOLLOWS_P_VALUE: Rule = Rule::new(
    "rater_check_signal_follows_p_value",
    "the `signal` of a computed outcome is other than `none` exactly when its `p_value` is at most the \
     `false_alarm_rate` of the thresholds",
);

pub(super) const SIGNAL_LIES_OUTSIDE: Rule = Rule::new(
    "rater_check_signal_lies_outside",
    "a computed outcome whose `signal` is other than `none` has a figure below `lowest` or above `highest`",
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

    /// Whether it is a reason to talk with the rater.
    #[must_use]
    pub fn is_flagged(&self) -> bool {
        self.outcome.signal() == CheckSignal::Rater
    }
}

impl CheckOutcome {
    /// Whether it asks somebody to act.
    #[must_use]
    pub const fn signal(&self) -> CheckSignal {
        match self {
            Self::Computed { signal, .. } => *signal,
            Self::Withheld { .. } | Self::Undefined { .. } => CheckSignal::None,
        }
    }

    /// A figure that no claim rests on.
    pub(super) fn figure(figure: Estimate, ratings: u64) -> Self {
        Self::Computed {
            figure: figure.to_six_decimals(),
            lowest: None,
            highest: None,
            ratings: LargeCount::of(ratings),
            p_value: None,
            signal: CheckSignal::None,
        }
    }

    pub(super) fn faults(&self, path: &str, thresholds: &RaterThresholds) -> Vec<Fault> {
        let Self::Computed { figure, lowest, highest, p_value, signal, .. } = self else { return Vec::new() };
        let is_signal = *signal != CheckSignal::None;
        let place = || format!("{path}/signal");
        let mut faults = Vec::new();
        let rate = thresholds.false_alarm_rate;
        if is_signal != p_value.is_some_and(|own| own <= rate) {
            let expected = if is_signal { "`none`" } else { "`rater` or `anchor`" };
            let own = p_value.map_or("no p value".to_owned(), |own| format!("the p value `{own}`"));
            let message = format!("expected {expected} for {own} and the false-alarm rate `{rate}`, found `{signal}`");
            faults.push(Fault::new(SIGNAL_FOLLOWS_P_VALUE, place(), message));
        }
        let value = figure.value();
        let is_outside =
            lowest.is_some_and(|bound| value < bound.get()) || highest.is_some_and(|bound| value > bound.get());
        if is_signal && !is_outside {
            let message = format!("expected `none` for the figure `{value}` within its bounds, found `{signal}`");
            faults.push(Fault::new(SIGNAL_LIES_OUTSIDE, place(), message));
        }
        faults
    }
}

/// In words, such as `-0.98 (95 %: -1.07 to -0.90), flagged: below -0.75 (p = 0.002)`.
impl std::fmt::Display for CheckOutcome {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (figure, lowest, highest, p_value, signal) = match self {
            Self::Withheld { ratings, needed } => {
                return write!(formatter, "withheld: there are {ratings} ratings; {needed} are needed");
            }
            Self::Undefined { reason } => return write!(formatter, "no figure: {reason}"),
            Self::Computed { figure, lowest, highest, p_value, signal, .. } => {
                (figure, lowest, highest, p_value, signal)
            }
        };
        write!(formatter, "{figure}")?;
        let whose = match signal {
            CheckSignal::None => return Ok(()),
            CheckSignal::Rater => "flagged",
            CheckSignal::Anchor => "anchors at fault",
        };
        match (lowest, highest) {
            (Some(lowest), _) if figure.value() < lowest.get() => write!(formatter, ", {whose}: below {lowest}")?,
            (_, Some(highest)) => write!(formatter, ", {whose}: above {highest}")?,
            _ => write!(formatter, ", {whose}")?,
        }
        p_value.map_or(Ok(()), |own| write!(formatter, " (p = {:.4})", own.to_f64()))
    }
}

#[cfg(test)]
mod tests {
    use super::CheckOutcome;

    #[test]
    fn an_outcome_says_which_bound_was_passed_or_why_there_is_no_figure() {
        let said = |json: &str| serde_json::from_str::<CheckOutcome>(json).unwrap().to_string();
        let computed = |value: &str, signal: &str| {
            said(&format!(
                r#"{{"kind":"computed","figure":{{"value":{value}}},"lowest":-0.75,"highest":0.75,"ratings":40,
                    "p_value":0.001,"signal":"{signal}"}}"#
            ))
        };
        assert_eq!(computed("-0.982851", "rater"), "-0.98, flagged: below -0.75 (p = 0.0010)");
        assert_eq!(computed("0.8", "anchor"), "0.80, anchors at fault: above 0.75 (p = 0.0010)");
        assert_eq!(computed("0.1", "none"), "0.10");
        let few = said(r#"{"kind":"withheld","ratings":3,"needed":30}"#);
        assert_eq!(few, "withheld: there are 3 ratings; 30 are needed");
    }
}
