//! What a person reads: a page for every situation, on one screen whatever the data.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a person who cannot be made should stop the test"
)]

#[cfg(test)]
mod laws;
#[cfg(test)]
mod people;
#[cfg(test)]
mod snapshots;
