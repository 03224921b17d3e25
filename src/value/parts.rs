//! Rules of single values and small parts, which are checked while the document around them is read.

use serde::de::Error;

use super::{Fault, Rule};

/// Decimals have at most six places; JSON Schema's `multipleOf` cannot say so without rounding trouble.
pub(crate) const SIX_DECIMALS: Rule = Rule::new(
    "at_most_six_decimals",
    "a decimal number (score, share, level difference, confidence level) has at most six decimal places; real numbers \
     (a `value` and the `standard_error` beside it, a `lower` or `upper` end, `effective_observations`, `own_view_above_others`) \
     may have more",
);

/// Of intervals, wherever they stand.
pub(crate) const ENDS_IN_ORDER: Rule =
    Rule::new("interval_ends_in_order", "the `lower` end of an interval is not above its `upper`");

const ALL: [Rule; 2] = [SIX_DECIMALS, ENDS_IN_ORDER];

/// The error of a value that breaks one of these rules; [`fault`] finds the rule again.
pub(crate) fn refuse_part<E: Error>(rule: Rule, message: impl std::fmt::Display) -> E {
    E::custom(format_args!("{message} ({})", rule.id()))
}

/// The rule that an error's message names, the place of the fault inside the value at hand, and the rest of the message.
pub(super) fn broken(message: &str) -> Option<(Rule, &str, &str)> {
    let named = |rule: Rule| {
        let rest = message.strip_suffix(')')?.strip_suffix(rule.id())?;
        let at_place = || rest.strip_suffix("`, ")?.rsplit_once(" (at `");
        let (rest, place) = at_place().or_else(|| Some((rest.strip_suffix(" (")?, "")))?;
        Some((rule, place, rest))
    };
    ALL.into_iter().find_map(named)
}

/// As [`broken`], for the error of a text that is no document.
pub(super) fn fault(stopped: &str, message: &str) -> Option<Fault> {
    broken(message).map(|(rule, inside, message)| Fault::new(rule, format!("{stopped}{inside}"), message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_and_the_place_of_a_part_are_found_in_its_message() {
        let error: serde_json::Error = refuse_part(SIX_DECIMALS, "`0.1234567` is too fine");
        assert_eq!(broken(&error.to_string()), Some((SIX_DECIMALS, "", "`0.1234567` is too fine")));
        let inside = Fault::new(ENDS_IN_ORDER, "/lower", "reversed").to_string();
        assert_eq!(broken(&inside), Some((ENDS_IN_ORDER, "/lower", "reversed")));
    }

    #[test]
    fn other_messages_name_no_rule() {
        for other in
            ["", "missing field `id`", "a (shape)", "at_most_six_decimals", "`(at_most_six_decimals)` is not a key"]
        {
            assert_eq!(broken(other), None, "{other}");
        }
    }
}
