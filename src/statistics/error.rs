/// Why data or options cannot be used for a statistic. (Data that are fine and give no value: [`Undefined`](super::Undefined).)
///
/// Texts count rows, columns and positions from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} {place}: found {found}, allowed is {allowed}")]
pub struct DataError {
    code: &'static str,
    what: &'static str,
    place: String,
    found: String,
    allowed: String,
}

impl DataError {
    const VALUE: &'static str = "data_value_not_allowed";
    const SIZE: &'static str = "data_size_not_allowed";
    const MISSING: &'static str = "data_missing";
    const REPEATED: &'static str = "data_repeated";

    /// Every [`code`](Self::code) of this type.
    pub const CODES: &'static [&'static str] = &[Self::VALUE, Self::SIZE, Self::MISSING, Self::REPEATED];

    /// `place` says where, such as "in row 3, column 2".
    pub(crate) fn new(
        what: &'static str,
        place: impl Into<String>,
        found: impl std::fmt::Display,
        allowed: impl Into<String>,
    ) -> Self {
        let code = Self::VALUE;
        Self { code, what, place: place.into(), found: format!("`{found}`"), allowed: allowed.into() }
    }

    /// There are too few or too many of something, or not as many as of something else.
    pub(crate) fn size(
        what: &'static str,
        place: impl Into<String>,
        found: impl std::fmt::Display,
        allowed: impl Into<String>,
    ) -> Self {
        Self { code: Self::SIZE, ..Self::new(what, place, found, allowed) }
    }

    /// Something that has to be there is not.
    pub(crate) fn missing(what: &'static str, place: impl Into<String>, allowed: impl Into<String>) -> Self {
        Self { code: Self::MISSING, ..Self::new(what, place, "none", allowed) }
    }

    /// Something stands there a second time.
    pub(crate) fn repeated(
        what: &'static str,
        place: impl Into<String>,
        found: impl std::fmt::Display,
        allowed: impl Into<String>,
    ) -> Self {
        Self { code: Self::REPEATED, ..Self::new(what, place, found, allowed) }
    }

    /// The stable machine code: texts may change, codes do not. [`guide::errors`](crate::guide::errors) lists them all.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What is wrong, such as "the rating".
    #[must_use]
    pub fn what(&self) -> &str {
        self.what
    }

    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What was found.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.found
    }

    /// What would have been allowed.
    #[must_use]
    pub fn allowed(&self) -> &str {
        &self.allowed
    }
}
