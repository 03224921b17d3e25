use std::io;

use super::Faults;
use super::codes::codes;

/// Why a line of a file of documents gave none, with the number of the line, counted from 1.
///
/// After [`Invalid`](Self::Invalid) and [`TooLong`](Self::TooLong) the next lines can still be read; after
/// [`Unreadable`](Self::Unreadable) nothing follows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LineError {
    /// The line is no valid document; all its faults are listed.
    #[error("line {line}: {faults}")]
    Invalid {
        /// The number of the line.
        line: u64,
        /// What is wrong with it. Columns count bytes from 1.
        #[source]
        faults: Faults,
    },
    /// The line is longer than the reader takes. It was passed over.
    #[error("line {line}: expected a line of at most {longest} bytes, found a longer one")]
    TooLong {
        /// The number of the line.
        line: u64,
        /// The most bytes a line may have.
        longest: usize,
    },
    /// The input failed.
    #[error("line {line}: expected to read on, found that the input failed: {reason}")]
    Unreadable {
        /// The number of the line that was to be read.
        line: u64,
        /// The kind of failure.
        kind: io::ErrorKind,
        /// What the operating system says.
        reason: String,
    },
}

codes!(LineError { Invalid = "line_invalid", TooLong = "line_too_long", Unreadable = "line_unreadable" });

impl LineError {
    /// The number of the line, counted from 1; blank lines count too.
    #[must_use]
    pub fn line(&self) -> u64 {
        match self {
            Self::Invalid { line, .. } | Self::TooLong { line, .. } | Self::Unreadable { line, .. } => *line,
        }
    }
}
