use std::fmt;

/// A primitive value that is not allowed: what it should have been, what was found, what is allowed.
///
/// The found value is quoted only where it cannot be personal: notes and references are described, not shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{found} is not {}: allowed is {allowed}", self.role())]
pub struct ValueError {
    code: &'static str,
    what: &'static str,
    found: String,
    allowed: String,
}

impl ValueError {
    /// How much of a long value an error quotes.
    const QUOTED: usize = 80;

    pub(crate) const NUMBER: &'static str = "number_not_allowed";
    pub(crate) const DAY: &'static str = "day_not_allowed";
    pub(crate) const WORD: &'static str = "word_not_allowed";
    const LENGTH: &'static str = "text_length_not_allowed";
    const FORM: &'static str = "text_form_not_allowed";

    /// Every [`code`](Self::code) of this type.
    pub const CODES: &'static [&'static str] = &[Self::NUMBER, Self::DAY, Self::WORD, Self::LENGTH, Self::FORM];

    pub(crate) fn new(code: &'static str, what: &'static str, found: &str, allowed: impl Into<String>) -> Self {
        let shown: String = found.chars().take(Self::QUOTED).collect();
        let more = if shown.len() < found.len() { "…" } else { "" };
        Self { code, what, found: format!("`{shown}{more}`"), allowed: allowed.into() }
    }

    pub(crate) fn out_of_range(what: &'static str, found: &dyn fmt::Display, min: u64, max: u64) -> Self {
        Self::new(Self::NUMBER, what, &found.to_string(), format!("a whole number from {min} to {max}"))
    }

    /// `length` is given when the length is the fault.
    pub(crate) fn text(
        what: &'static str,
        found: &str,
        length: Option<usize>,
        allowed: &'static str,
        secret: bool,
    ) -> Self {
        let code = if length.is_some() { Self::LENGTH } else { Self::FORM };
        match length {
            Some(length) if secret || length > Self::QUOTED => {
                Self { code, what, found: format!("a text of {length} characters"), allowed: allowed.to_owned() }
            }
            None if secret => {
                Self { code, what, found: "a text with other characters".to_owned(), allowed: allowed.to_owned() }
            }
            Some(_) | None => Self::new(code, what, found, allowed),
        }
    }

    /// The stable machine code: texts may change, codes do not. [`guide::errors`](crate::guide::errors) lists them all.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What the value should have been, such as "a key".
    #[must_use]
    pub fn what(&self) -> &str {
        self.what
    }

    /// What the value was to be, as it follows "is not": a choice is told by the question that it answers.
    fn role(&self) -> String {
        let mut letters = self.what.chars();
        match letters.next().filter(|_| self.code == Self::WORD) {
            Some(first) => format!("an answer to \"{}{}\"", first.to_lowercase(), letters.as_str()),
            None => self.what.to_owned(),
        }
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
