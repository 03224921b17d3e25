use crate::value::codes::codes;
use crate::value::{Faults, Key, ValueError};

/// Why a rubric could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RubricError {
    /// The framework has no such channel.
    #[error(transparent)]
    UnknownChannel(#[from] UnknownChannel),
    /// The rubric breaks rules; all of them are listed.
    #[error("the rubric is not valid: {0}")]
    Invalid(#[from] Faults),
    /// A key made from the framework's and the channel's is not a key.
    #[error(transparent)]
    Key(#[from] ValueError),
}

codes!(RubricError { Invalid = "rubric_invalid" } passing on { UnknownChannel, Key });

/// A channel that the framework does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not a channel of the framework: allowed is {}", list(known))]
pub struct UnknownChannel {
    found: String,
    known: Vec<Key>,
}

codes!(UnknownChannel = "unknown_channel");

impl UnknownChannel {
    pub(super) fn new(found: &str, known: Vec<Key>) -> Self {
        Self { found: found.chars().take(Key::MAX_LENGTH).collect(), known }
    }

    /// The channel that was asked for.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.found
    }

    /// The channels of the framework.
    #[must_use]
    pub fn known(&self) -> &[Key] {
        &self.known
    }
}

fn list(keys: &[Key]) -> String {
    keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}
