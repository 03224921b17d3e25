//! Reading a document from JSON text with the place of what is wrong.

use serde::de::DeserializeOwned;

use super::{Fault, Faults};

/// Reads `text` and reports a mismatch with its JSON Pointer.
///
/// The happy path is plain `serde_json`; only a text that fails is read a second time to find the place.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, Faults> {
    serde_json::from_str(text).map_err(|error| locate::<T>(text, error).into())
}

fn locate<T: DeserializeOwned>(text: &str, error: serde_json::Error) -> Fault {
    let mut reader = serde_json::Deserializer::from_str(text);
    match serde_path_to_error::deserialize::<_, T>(&mut reader) {
        Err(located) => Fault::new(Fault::SHAPE, pointer(located.path()), located.inner().to_string()),
        Ok(_) => Fault::new(Fault::SHAPE, "", error.to_string()),
    }
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { variant } => format!("/{variant}"),
            Segment::Unknown => "/?".to_owned(),
        })
        .collect()
}
