//! What a text that cannot be read says of itself: that it is another document, or newer than this reader.

use serde::Deserialize;

use super::{Fault, SchemaVersion};

/// The members of any document that say what it is.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Header {
    #[serde(rename = "$schema")]
    schema: Option<String>,
    schema_version: Option<f64>,
}

/// The one mistake that explains all others, if it is one of these. `type_name` is what was to be read.
///
/// It is asked for when reading has failed, so a good document costs nothing more.
pub(super) fn refused_as_a_whole(text: &str, type_name: &str) -> Option<Fault> {
    if text.starts_with('\u{feff}') {
        let message = "expected JSON, found a byte-order mark (U+FEFF) before it: leave the mark out";
        return Some(Fault::new(Fault::SHAPE, "", message));
    }
    let header: Header = serde_json::from_str(text).ok()?;
    let own = kind_of_type(type_name);
    if let Some(other) = header.schema.as_deref().and_then(kind_of_schema).filter(|kind| *kind != own) {
        let message = format!("expected a document of the kind `{own}`, found one that calls itself `{other}`");
        return Some(Fault::new(Fault::SHAPE, "/$schema", message));
    }
    let known = SchemaVersion::MAX;
    let version =
        header.schema_version.filter(|version| *version > f64::from(known.get()) && version.fract() == 0.0)?;
    let message = format!("expected schema version {known}, found {version}: the document is newer than this reader");
    Some(Fault::new(Fault::SHAPE, "/schema_version", message))
}

/// `team_tally` for `TeamTallyDocument`.
fn kind_of_type(name: &str) -> String {
    let mut kind = String::new();
    for letter in name.strip_suffix("Document").unwrap_or(name).chars() {
        if letter.is_ascii_uppercase() && !kind.is_empty() {
            kind.push('_');
        }
        kind.push(letter.to_ascii_lowercase());
    }
    kind
}

/// `rubric` for any path or address of `rubric.schema.json`.
fn kind_of_schema(link: &str) -> Option<&str> {
    let kind = link.rsplit(['/', ':']).next()?.strip_suffix(".schema.json")?;
    let is_name = |letter: u8| letter.is_ascii_lowercase() || letter == b'_';
    (kind != "bundle" && !kind.is_empty() && kind.bytes().all(is_name)).then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> Option<String> {
        refused_as_a_whole(text, "TeamTallyDocument").map(|fault| fault.to_string())
    }

    #[test]
    fn a_document_that_calls_itself_another_is_told_so() {
        for link in ["../rubric.schema.json", "rubric.schema.json", "https://a.b/v0/draft-07/rubric.schema.json"] {
            let told = message(&format!(r#"{{"version":1,"$schema":"{link}"}}"#)).unwrap();
            assert!(
                told.starts_with("expected a document of the kind `team_tally`, found one that calls itself `rubric`")
            );
            assert!(told.ends_with("(at `/$schema`, shape)"), "{told}");
        }
        for own in ["team_tally.schema.json", "bundle.schema.json", "https://a.b/mine.json", "x/Y.schema.json", ""] {
            assert_eq!(message(&format!(r#"{{"$schema":"{own}"}}"#)), None, "{own}");
        }
    }

    #[test]
    fn a_higher_version_is_newer_wherever_it_stands() {
        let told = message(r#"{"new_member":1,"schema_version":2}"#).unwrap();
        assert!(
            told.starts_with("expected schema version 1, found 2: the document is newer than this reader"),
            "{told}"
        );
        for other in ["0", "1", "1.5", "\"2\"", "null"] {
            assert_eq!(message(&format!(r#"{{"schema_version":{other}}}"#)), None, "{other}");
        }
    }

    #[test]
    fn a_byte_order_mark_is_named() {
        assert!(message("\u{feff}{}").unwrap().contains("byte-order mark"));
        assert_eq!(message("{\u{feff}}"), None);
    }
}
