//! Where something stands, in words: people count from 1, programs from 0.

/// The place with this index, such as `nth("in row", 2)`: "in row 3".
pub(super) fn nth(what: &str, index: usize) -> String {
    format!("{what} {}", index + 1)
}

/// A cell of a table.
pub(super) fn cell(row: usize, column: usize) -> String {
    format!("{}, {}", nth("in row", row), nth("column", column))
}
