//! The published schemas: they are up to date, readable in other languages, and say what the readers in Rust do.
#![cfg(feature = "schema")]

#[cfg(test)]
mod agreement;
#[cfg(test)]
mod compatibility;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod examples;
#[cfg(test)]
mod files;
#[cfg(test)]
mod joint;
#[cfg(test)]
mod mutation;
#[cfg(test)]
mod pins;
#[cfg(test)]
mod produced;
#[cfg(test)]
mod random;
#[cfg(test)]
mod roots;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod seeds;
#[cfg(test)]
mod shape;
#[cfg(test)]
mod values;
