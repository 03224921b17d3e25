//! A name that nobody knows, answered with the names that are meant most likely.

use std::collections::BTreeSet;

use super::Failure;

/// The one of `names` that is `wanted`, or a refusal with all of them.
pub(crate) fn known<T>(
    what: &str,
    wanted: &str,
    names: impl IntoIterator<Item = impl ToString>,
    find: impl FnOnce(&str) -> Option<T>,
) -> Result<T, Failure> {
    find(wanted).ok_or_else(|| {
        let names: Vec<String> = names.into_iter().map(|name| name.to_string()).collect();
        format!("expected a {what} ({}), found `{wanted}`", names.join(", ")).into()
    })
}

/// The refusal of a name that is none of `names`, with the nearest of them.
pub(crate) fn nearest(what: &str, wanted: &str, names: impl IntoIterator<Item = impl ToString>) -> Failure {
    let names: BTreeSet<String> = names.into_iter().map(|name| name.to_string()).collect();
    let mut names: Vec<&String> = names.iter().collect();
    names.sort_by_key(|name| distance(wanted, name));
    let shown: Vec<String> = names.iter().take(3).map(|name| format!("`{name}`")).collect();
    match &shown[..] {
        [] => format!("expected a {what}, found `{wanted}`; there is none at all").into(),
        shown => format!("expected a {what}, found `{wanted}`; the nearest are {}", shown.join(", ")).into(),
    }
}

/// How many characters have to be put in, left out or replaced to make the one text of the other (Levenshtein, 1965).
fn distance(one: &str, other: &str) -> usize {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    // The distances of what has been read of `one` to each beginning of `other`.
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (index, character) in one.chars().enumerate() {
        let mut last = index + 1;
        let mut next = vec![last];
        for ((above, left_above), found) in row.iter().skip(1).zip(&row).zip(other.chars()) {
            last = (above + 1).min(last + 1).min(left_above + usize::from(found != character));
            next.push(last);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}
