use super::scalar::text;
use super::text::has_a_visible_character;

const SECRET: bool = true;

text! {
    /// What somebody wrote about a person or a contact; 1 to 4,000 characters, at least one visible.
    ///
    /// `Debug` does not show it, since it may hold personal data.
    pub struct Note: "a note", 1 to 4000 characters,
    pattern r"[^\x00-\x20]", checked by has_a_visible_character,
    allowed "1 to 4,000 characters, at least one of them visible"
}
