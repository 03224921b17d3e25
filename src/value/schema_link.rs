use super::scalar::text;

const SECRET: bool = false;

text! {
    /// Where an editor finds the schema of a document: an address, or a path from the document's own place.
    ///
    /// Nothing of this crate reads it or follows it.
    pub struct SchemaLink: "a schema link", 1 to 2000 characters,
    pattern r"^[^\x00-\x20\x7F-\xA0]+$", checked by is_visible,
    allowed "1 to 2,000 visible characters without spaces"
}

pub(super) fn is_visible(text: &str) -> bool {
    text.chars().all(|character| !matches!(character, '\0'..=' ' | '\x7f'..='\u{a0}'))
}
