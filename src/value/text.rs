use super::scalar::text;

const SECRET: bool = false;

text! {
    /// Wording shown to people: a definition, an anchor, a reason; 1 to 2,000 characters, at least one visible.
    pub struct Text: "a text", 1 to 2000 characters,
    pattern r"[^\x00-\x20]", checked by has_a_visible_character,
    allowed "1 to 2,000 characters, at least one of them visible"
}

pub(super) fn has_a_visible_character(text: &str) -> bool {
    text.chars().any(|character| character > ' ')
}
