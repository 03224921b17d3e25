use std::fmt;

/// A primitive value that is not allowed: what it should have been, what was found, what is allowed.
///
/// The found value is quoted only where it cannot be personal: notes and references are described, not shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{found} is not {what}: allowed is {allowed}")]
pub struct ValueError {
    what: &'static str,
    found: String,
    allowed: String,
}

impl ValueError {
    /// How much of a long value an error quotes.
    const QUOTED: usize = 80;

    pub(crate) fn new(what: &'static str, found: &str, allowed: impl Into<String>) -> Self {
        let shown: String = found.chars().take(Self::QUOTED).collect();
        let more = if shown.len() < found.len() { "…" } else { "" };
        Self { what, found: format!("`{shown}{more}`"), allowed: allowed.into() }
    }

    pub(crate) fn out_of_range(what: &'static str, found: &dyn fmt::Display, min: u64, max: u64) -> Self {
        Self::new(what, &found.to_string(), format!("a whole number from {min} to {max}"))
    }

    /// `length` is given when the length is the fault.
    pub(crate) fn text(
        what: &'static str,
        found: &str,
        length: Option<usize>,
        allowed: &'static str,
        secret: bool,
    ) -> Self {
        match length {
            Some(length) if secret || length > Self::QUOTED => {
                Self { what, found: format!("a text of {length} characters"), allowed: allowed.to_owned() }
            }
            None if secret => {
                Self { what, found: "a text with other characters".to_owned(), allowed: allowed.to_owned() }
            }
            Some(_) | None => Self::new(what, found, allowed),
        }
    }

    /// What the value should have been, such as "a key".
    #[must_use]
    pub fn what(&self) -> &str {
        self.what
    }

    /// What was found, in words.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.found
    }

    /// What would have been allowed, in words.
    #[must_use]
    pub fn allowed(&self) -> &str {
        &self.allowed
    }
}
