use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::publish;
use super::root::{ROOTS, Root};

/// A JSON Schema (draft 2020-12) that needs no other file.
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

    /// The schema itself.
    #[must_use]
    pub fn schema(&self) -> &Value {
        &self.schema
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
