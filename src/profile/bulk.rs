//! Grouping by person.

use std::collections::HashMap;

use super::entry::Entry;
use crate::value::Reference;

/// The entries of each person in the order given, people ordered by reference.
pub(super) fn by_person<'a>(
    entries: impl IntoIterator<Item = (&'a Reference, Entry<'a>)>,
) -> Vec<(&'a Reference, Vec<Entry<'a>>)> {
    let mut people: HashMap<&Reference, Vec<Entry<'a>>> = HashMap::new();
    for (person, entry) in entries {
        people.entry(person).or_default().push(entry);
    }
    let mut ordered: Vec<_> = people.into_iter().collect();
    ordered.sort_unstable_by_key(|(person, _)| *person);
    ordered
}
