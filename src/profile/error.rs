use crate::value::Faults;

/// Why a profile or gap analysis could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// The role does not fit the rubric; all faults are listed.
    #[error("the role does not fit: {0}")]
    Role(#[from] Faults),
    /// The profile was made with another rubric or role.
    #[error(transparent)]
    OtherProfile(#[from] OtherProfile),
}

/// A profile that does not belong to the rubric or role at hand.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the profile is of {what} `{found}`, this analysis is for `{expected}`")]
pub struct OtherProfile {
    what: &'static str,
    found: String,
    expected: String,
}

impl OtherProfile {
    pub(super) fn new(what: &'static str, found: String, expected: String) -> Self {
        Self { what, found, expected }
    }

    /// What the profile was made with.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.found
    }

    /// What it should have been made with.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }
}
