//! What a person reads: a page for every situation, on one screen whatever the data.

#[cfg(test)]
mod laws;
#[cfg(test)]
mod people;
#[cfg(test)]
mod snapshots;
