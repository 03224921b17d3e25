//! Published tables with the answers printed beside them, one file for each table or family.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod guilford;
