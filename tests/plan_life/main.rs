//! The life of a plan: its tables, its guards, its history, and how its goals come along.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "test helpers work on valid values")]

mod drafts;
mod events;
mod lives;
mod plans;
mod progress;
mod time;
mod versions;
