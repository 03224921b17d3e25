//! Reading a document from JSON text with the place of what is wrong.

use serde::{Deserialize, Deserializer};

use super::{Fault, Faults};

/// A document whose shape can be read apart from its rules, so that every broken rule can be reported.
pub(crate) trait Document: Sized {
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
/// The happy path is plain `serde_json`; only a text that fails is read a second time to find the place.
pub(crate) fn from_json<T: Document>(text: &str) -> Result<T, Faults> {
    let Shape(document) = serde_json::from_str::<Shape<T>>(text).map_err(|error| locate::<T>(text, error))?;
    document.check_rules()?;
    Ok(document)
}

fn locate<T: Document>(text: &str, error: serde_json::Error) -> Fault {
    let mut reader = serde_json::Deserializer::from_str(text);
    match serde_path_to_error::deserialize::<_, Shape<T>>(&mut reader) {
        Err(located) => {
            Fault::new(Fault::SHAPE, pointer(located.path()), without_quotation(&located.inner().to_string()))
        }
        Ok(_) => Fault::new(Fault::SHAPE, "", without_quotation(&error.to_string())),
    }
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

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { variant } => format!("/{variant}"),
            // Where the text breaks off there is no member to name.
            Segment::Unknown => String::new(),
        })
        .collect()
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
