/// Why data or options cannot be used for a statistic. (Data that are fine and give no value: [`Undefined`](super::Undefined).)
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} {place}: found {found}, allowed is {allowed}")]
pub struct DataError {
    what: &'static str,
    place: String,
    found: String,
    allowed: String,
}

impl DataError {
    /// `place` says where, such as "in row 3, column 2".
    pub(crate) fn new(
        what: &'static str,
        place: impl Into<String>,
        found: impl std::fmt::Display,
        allowed: impl Into<String>,
    ) -> Self {
        Self { what, place: place.into(), found: format!("`{found}`"), allowed: allowed.into() }
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
