//! Small maps and sets as sorted vectors.
//!
//! They have the methods of `BTreeMap` and `BTreeSet` that we use, for a fraction of the code that is compiled for each
//! type. Building from any order is one sort; putting one entry in costs a shift of those behind it, so a map that
//! grows one by one in any order should stay in the thousands.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::ops::{Bound, Index, Range, RangeBounds};

/// Values by key, in the order of the keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SortedMap<K, V>(Vec<(K, V)>);

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K, V> SortedMap<K, V> {
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + ExactSizeIterator + Clone {
        self.0.iter().map(|(key, value)| (key, value))
    }

    pub(crate) fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + ExactSizeIterator + Clone {
        self.0.iter().map(|(key, _)| key)
    }

    pub(crate) fn values(&self) -> impl DoubleEndedIterator<Item = &V> + ExactSizeIterator + Clone {
        self.0.iter().map(|(_, value)| value)
    }

    pub(crate) fn into_values(self) -> impl DoubleEndedIterator<Item = V> + ExactSizeIterator {
        self.0.into_iter().map(|(_, value)| value)
    }

    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        self.0.retain_mut(|(key, value)| keep(key, value));
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        // Most maps are filled in order, so the last key is looked at first.
        match self.0.last() {
            Some((last, _)) if last.borrow() < key => Err(self.0.len()),
            _ => self.0.binary_search_by(|(own, _)| own.borrow().cmp(key)),
        }
    }

    pub(crate) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().and_then(|place| self.0.get(place)).map(|(_, value)| value)
    }

    pub(crate) fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key).ok()?;
        self.0.get_mut(place).map(|(_, value)| value)
    }

    pub(crate) fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).is_ok()
    }

    /// Puts a value in, and gives the one that stood there.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            Ok(place) => self.0.get_mut(place).map(|(_, old)| std::mem::replace(old, value)),
            Err(place) => {
                self.0.insert(place, (key, value));
                None
            }
        }
    }

    pub(crate) fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        let place = self.place(&key);
        Entry { map: self, key, place }
    }

    pub(crate) fn range(&self, range: impl RangeBounds<K>) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        let places = places(&self.0, |(key, _)| key, &range);
        self.0.get(places).unwrap_or_default().iter().map(|(key, value)| (key, value))
    }
}

/// The place of a key in a map, with or without a value.
pub(crate) struct Entry<'a, K, V> {
    map: &'a mut SortedMap<K, V>,
    key: K,
    place: Result<usize, usize>,
}

impl<'a, K, V> Entry<'a, K, V> {
    pub(crate) fn or_insert_with(self, value: impl FnOnce() -> V) -> &'a mut V {
        let place = match self.place {
            Ok(place) => place,
            Err(place) => {
                self.map.0.insert(place, (self.key, value()));
                place
            }
        };
        #[expect(clippy::indexing_slicing, reason = "the entry was found or put there")]
        &mut self.map.0[place].1
    }

    pub(crate) fn or_insert(self, value: V) -> &'a mut V {
        self.or_insert_with(|| value)
    }

    pub(crate) fn or_default(self) -> &'a mut V
    where
        V: Default,
    {
        self.or_insert_with(V::default)
    }
}

impl<K: Ord, V> Index<&K> for SortedMap<K, V> {
    type Output = V;

    /// # Panics
    ///
    /// The key has no value, as for a `BTreeMap`.
    fn index(&self, key: &K) -> &V {
        #[expect(clippy::expect_used, reason = "whoever indexes knows that the key is there")]
        self.get(key).expect("the key has a value")
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for SortedMap<K, V> {
    /// Of equal keys the last one counts.
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut entries: Vec<(K, V)> = entries.into_iter().collect();
        sort_stable(&mut entries, |one, other| one.0.cmp(&other.0));
        entries.dedup_by(|later, kept| {
            let is_equal = later.0 == kept.0;
            if is_equal {
                std::mem::swap(&mut later.1, &mut kept.1);
            }
            is_equal
        });
        Self(entries)
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for SortedMap<K, V> {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<K: Ord, V> Extend<(K, V)> for SortedMap<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K, V> IntoIterator for SortedMap<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, K, V> IntoIterator for &'a SortedMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = std::iter::Map<std::slice::Iter<'a, (K, V)>, fn(&'a (K, V)) -> (&'a K, &'a V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(key, value)| (key, value))
    }
}

/// Values in order, each once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SortedSet<T>(Vec<T>);

impl<T> Default for SortedSet<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> SortedSet<T> {
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }
}

impl<T: Ord> SortedSet<T> {
    fn place<Q: Ord + ?Sized>(&self, value: &Q) -> Result<usize, usize>
    where
        T: Borrow<Q>,
    {
        match self.0.last() {
            Some(last) if last.borrow() < value => Err(self.0.len()),
            _ => self.0.binary_search_by(|own| own.borrow().cmp(value)),
        }
    }

    pub(crate) fn contains<Q: Ord + ?Sized>(&self, value: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.place(value).is_ok()
    }

    /// Puts a value in; whether it is new.
    pub(crate) fn insert(&mut self, value: T) -> bool {
        match self.place(&value) {
            Ok(_) => false,
            Err(place) => {
                self.0.insert(place, value);
                true
            }
        }
    }

    pub(crate) fn range(&self, range: impl RangeBounds<T>) -> std::slice::Iter<'_, T> {
        let places = places(&self.0, |value| value, &range);
        self.0.get(places).unwrap_or_default().iter()
    }
}

impl<T: Ord> FromIterator<T> for SortedSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut values: Vec<T> = values.into_iter().collect();
        sort_stable(&mut values, T::cmp);
        values.dedup();
        Self(values)
    }
}

impl<T: Ord, const N: usize> From<[T; N]> for SortedSet<T> {
    fn from(values: [T; N]) -> Self {
        values.into_iter().collect()
    }
}

impl<T: Ord> Extend<T> for SortedSet<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, values: I) {
        for value in values {
            self.insert(value);
        }
    }
}

impl<T> IntoIterator for SortedSet<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a SortedSet<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// The places of the keys in a range.
fn places<E, K: Ord>(entries: &[E], key: impl Fn(&E) -> &K, range: &impl RangeBounds<K>) -> Range<usize> {
    let before = |bound: &K, or_equal: bool| {
        entries.partition_point(|one| if or_equal { key(one) <= bound } else { key(one) < bound })
    };
    let start = match range.start_bound() {
        Bound::Included(bound) => before(bound, false),
        Bound::Excluded(bound) => before(bound, true),
        Bound::Unbounded => 0,
    };
    let end = match range.end_bound() {
        Bound::Included(bound) => before(bound, true),
        Bound::Excluded(bound) => before(bound, false),
        Bound::Unbounded => entries.len(),
    };
    start..end.max(start)
}

/// Sorts, and leaves equal items in their order. What is in order already costs one look.
fn sort_stable<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    if items.is_sorted_by(|one, other| compare(one, other) != Ordering::Greater) {
        return;
    }
    let mut order: Vec<usize> = (0..items.len()).collect();
    let at = |place: usize| items.get(place);
    sort_places(&mut order, &|one, other| match (at(one), at(other)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Equal,
    });
    let mut taken: Vec<Option<T>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(order.into_iter().filter_map(|place| taken.get_mut(place)?.take()));
}

/// The sort itself is compiled once for all types.
#[inline(never)]
fn sort_places(places: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    places.sort_by(|one, other| compare(*one, *other));
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{SortedMap, SortedSet};
    use crate::value::RandomStream;

    #[test]
    fn a_sorted_map_does_what_a_tree_does() {
        let mut random = RandomStream::new(1, 0);
        let (mut ours, mut tree) = (SortedMap::new(), BTreeMap::new());
        for round in 0..3_000_u64 {
            let key = random.next() % 60;
            match random.next() % 4 {
                0 => assert_eq!(ours.insert(key, round), tree.insert(key, round)),
                1 => {
                    *ours.entry(key).or_default() += round;
                    *tree.entry(key).or_default() += round;
                }
                2 => assert_eq!(ours.get(&key), tree.get(&key)),
                _ => {
                    let range = key..key + random.next() % 9;
                    assert!(ours.range(range.clone()).eq(tree.range(range)));
                }
            }
            assert!(ours.iter().eq(tree.iter()));
        }
    }

    #[test]
    fn of_equal_keys_the_last_one_counts() {
        let entries = [(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd'), (2, 'e')];
        assert!(SortedMap::from(entries).into_iter().eq(BTreeMap::from(entries)));
    }

    #[test]
    fn a_sorted_set_does_what_a_tree_does() {
        let mut random = RandomStream::new(2, 0);
        let values: Vec<u64> = (0..500).map(|_| random.next() % 90).collect();
        let (mut ours, mut tree): (SortedSet<u64>, BTreeSet<u64>) =
            (values.iter().copied().collect(), values.iter().copied().collect());
        for value in 0..99 {
            assert_eq!(ours.contains(&value), tree.contains(&value));
            assert_eq!(ours.insert(value), tree.insert(value));
            assert!(ours.range(value / 3..=value).eq(tree.range(value / 3..=value)));
            assert!(ours.iter().eq(tree.iter()));
        }
    }
}
