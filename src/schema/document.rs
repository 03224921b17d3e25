use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::publish;
use super::root::{ROOTS, Root};

/// A version of the JSON Schema language.
///
/// The schemas use nothing that only the newer one knows, so they say the same in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Draft {
    /// Draft 2020-12, what validators and code generators read today.
    #[default]
    Draft202012,
    /// Draft-07, which editors and older validators read.
    Draft07,
}

impl Draft {
    /// Both, the newer one first.
    pub const ALL: [Self; 2] = [Self::Draft202012, Self::Draft07];

    /// `2020-12` or `07`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft202012 => "2020-12",
            Self::Draft07 => "07",
        }
    }
}

/// A JSON Schema that needs no other file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaDocument {
    name: &'static str,
    title: String,
    schema: Value,
}

impl SchemaDocument {
    /// What the file is called, without `.schema.json`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The name of the described type.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The schema itself, in draft 2020-12.
    #[must_use]
    pub fn schema(&self) -> &Value {
        &self.schema
    }

    /// The same schema in either draft.
    ///
    /// ```
    /// use service_excellence::schema::{self, Draft};
    ///
    /// let bundle = schema::bundle().schema_in(Draft::Draft07);
    /// assert_eq!(bundle["$schema"], "http://json-schema.org/draft-07/schema#");
    /// assert_eq!(bundle["oneOf"][0]["$ref"], "#/definitions/Framework");
    /// ```
    #[must_use]
    pub fn schema_in(&self, draft: Draft) -> Value {
        match draft {
            Draft::Draft202012 => self.schema.clone(),
            Draft::Draft07 => self.twin(),
        }
    }

    /// Types stand elsewhere in draft-07; everything else is the same.
    fn twin(&self) -> Value {
        let members = self.schema.as_object().into_iter().flatten();
        let twin = members.map(|(word, value)| match word.as_str() {
            "$schema" => (word.clone(), json!("http://json-schema.org/draft-07/schema#")),
            "$id" => (word.clone(), json!(format!("{BASE}draft-07/{}.schema.json", self.name))),
            "$defs" => ("definitions".to_owned(), with_definitions(value)),
            _ => (word.clone(), with_definitions(value)),
        });
        twin.collect()
    }

    fn new(name: &'static str, title: String, body: Map<String, Value>, types: BTreeMap<String, Value>) -> Self {
        let mut schema = Map::new();
        schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        schema.insert("$id".to_owned(), json!(format!("{BASE}{name}.schema.json")));
        schema.insert("title".to_owned(), json!(title));
        schema.extend(body);
        schema.insert("$defs".to_owned(), types.into_iter().collect());
        Self { name, title, schema: schema.into() }
    }
}

/// The address names the major version of the shapes only, so that it outlives releases.
const BASE: &str = "https://service-excellence.dev/schemas/v0/";

fn with_definitions(value: &Value) -> Value {
    match value {
        Value::String(text) => json!(text.replacen("#/$defs/", "#/definitions/", usize::from(text.starts_with('#')))),
        Value::Array(items) => items.iter().map(with_definitions).collect(),
        Value::Object(members) => members.iter().map(|(word, one)| (word.clone(), with_definitions(one))).collect(),
        _ => value.clone(),
    }
}

/// The schema of each document, in the order in which documents build on each other.
///
/// ```
/// use service_excellence::schema;
///
/// let documents = schema::documents();
/// let framework = documents.iter().find(|one| one.name() == "framework").expect("a root document");
/// assert_eq!(framework.title(), "Framework");
/// assert_eq!(framework.schema()["$id"], "https://service-excellence.dev/schemas/v0/framework.schema.json");
/// ```
#[must_use]
pub fn documents() -> Vec<SchemaDocument> {
    ROOTS.iter().map(document).collect()
}

fn document(root: &Root) -> SchemaDocument {
    let title = (root.type_name)();
    let (_, mut types) = collect(std::slice::from_ref(root));
    let body = types.remove(title.as_ref()).and_then(|body| body.as_object().cloned()).unwrap_or_default();
    SchemaDocument::new(root.name, title.into_owned(), body, types)
}

/// One schema that accepts every document and holds all types: the best input for code generators.
#[must_use]
pub fn bundle() -> SchemaDocument {
    let (references, types) = collect(ROOTS);
    let mut body = Map::new();
    body.insert("description".to_owned(), json!("Any document of service-excellence."));
    body.insert("oneOf".to_owned(), references.into());
    SchemaDocument::new("bundle", "Document".to_owned(), body, types)
}

/// References to the roots, and all types they use.
fn collect(roots: &[Root]) -> (Vec<Value>, BTreeMap<String, Value>) {
    let mut generator = publish::settings().into_generator();
    let references = roots.iter().map(|root| (root.reference)(&mut generator).to_value()).collect();
    (references, publish::types(generator.take_definitions(true)))
}
