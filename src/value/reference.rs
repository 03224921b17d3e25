use super::scalar::text;
use super::schema_link::is_visible;

const SECRET: bool = true;

text! {
    /// An identifier that belongs to somebody else: a person, rater, contact or foreign document.
    ///
    /// Opaque: 1 to 200 visible characters, no spaces or control characters. `Debug` does not show it, so that
    /// logs of whole values name nobody; `Display` and [`as_str`](Reference::as_str) do.
    ///
    /// ```
    /// use service_excellence::Reference;
    ///
    /// let person = Reference::new("agent-0042")?;
    /// assert_eq!(format!("{person:?}"), "Reference(redacted)");
    /// # Ok::<(), service_excellence::ValueError>(())
    /// ```
    pub struct Reference: "a reference", 1 to 200 characters,
    pattern r"^[^\x00-\x20\x7F-\xA0]+$", checked by is_visible,
    allowed "1 to 200 visible characters without spaces"
}
