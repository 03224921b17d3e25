//! Reading a document from JSON text with the place of what is wrong.

use serde::{Deserialize, Deserializer};

use super::header::refused_as_a_whole;
use super::place::{offset, pointer};
use super::{Fault, Faults, parts};

/// A document whose shape can be read apart from its rules, so that every broken rule can be reported.
pub(crate) trait Document: Sized {
    /// The name of the type, from which that of the document follows.
    const TYPE: &'static str;

    /// Reads the shape; the rules are not checked.
    fn read_shape<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// Checks the rules that the shape does not state.
    fn check_rules(&self) -> Result<(), Faults>;
}

/// Reads the shape only.
struct Shape<T>(T);

impl<'de, T: Document> Deserialize<'de> for Shape<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read_shape(deserializer).map(Self)
    }
}

/// Reads `text` and reports a mismatch with its JSON Pointer, or every broken rule.
///
/// A text that fails is not read again: serde_json says how far it came, and that gives the place.
pub(crate) fn from_json<T: Document>(text: &str) -> Result<T, Faults> {
    let Shape(document) = serde_json::from_str::<Shape<T>>(text)
        .map_err(|error| refused_as_a_whole(text, T::TYPE).unwrap_or_else(|| located(text, &error)))?;
    document.check_rules()?;
    Ok(document)
}

fn located(text: &str, error: &serde_json::Error) -> Fault {
    let stopped = pointer(text, offset(text, error.line(), error.column()));
    let message = error.to_string();
    let (inside, message) = inner_place(&message).unwrap_or(("", &message));
    let stopped = stopped + inside;
    match parts::fault(&stopped, without_line(message)) {
        Some(fault) => fault,
        None => Fault::new(Fault::SHAPE, stopped, without_quotation(message)),
    }
}

fn without_line(message: &str) -> &str {
    message.rsplit_once(" at line ").map_or(message, |(message, _)| message)
}

/// The error of a text that was held back while the rest of its document was read, with the place inside it.
pub(super) fn placed<E: serde::de::Error>(text: &str, error: &serde_json::Error, base: &str) -> E {
    let stopped = pointer(text, offset(text, error.line(), error.column()));
    let whole = error.to_string();
    let message = without_line(&whole);
    let (inside, message) = inner_place(message).unwrap_or(("", message));
    if base.is_empty() && stopped.is_empty() && inside.is_empty() {
        return E::custom(message);
    }
    E::custom(format_args!("at `{base}{stopped}{inside}`: {message}"))
}

/// The place and the rest of a message that [`placed`] wrote.
fn inner_place(message: &str) -> Option<(&str, &str)> {
    message.strip_prefix("at `").filter(|rest| rest.starts_with('/'))?.split_once("`: ")
}

/// A text where something else belongs may be personal: it is described, not quoted.
fn without_quotation(message: &str) -> String {
    match (message.find(": string \""), message.rfind("\", expected ")) {
        (Some(start), Some(end)) if start < end => {
            let (before, after) =
                (message.get(..start).unwrap_or_default(), message.get(end + 1..).unwrap_or_default());
            format!("{before}: a string{after}")
        }
        _ => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_the_wrong_place_is_not_quoted() {
        let error = serde_json::from_str::<Vec<u8>>("\"Jane said \\\"no\\\"\"").unwrap_err().to_string();
        assert!(error.contains("Jane"), "{error}");
        assert_eq!(without_quotation(&error), "invalid type: a string, expected a sequence at line 1 column 18");
        assert_eq!(without_quotation("missing field `id`"), "missing field `id`");
    }
}
