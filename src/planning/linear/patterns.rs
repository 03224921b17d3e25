//! The ways to fill one week: maximal multisets of session pieces.
//!
//! Weeks of the same kind are interchangeable. Models with a variable per session and week drown in that symmetry; a
//! model that counts how many weeks are filled in which way does not have it, and its linear relaxation is the bound of
//! Gilmore and Gomory for bin packing, which is nearly tight.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

/// What one piece takes of each resource of a week.
pub(crate) type Size = Vec<i64>;

/// Pieces that take the same, and how many of them there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Class {
    pub(crate) size: Size,
    pub(crate) count: usize,
}

/// All maximal ways to fill a week of `room`, as counts per class; `None` when there are more than `limit`.
pub(crate) fn patterns(classes: &[Class], room: &[i64], limit: usize) -> Option<Vec<Vec<u16>>> {
    let mut filling = Filling { classes, limit, steps: 0, counts: vec![0; classes.len()], found: Vec::new() };
    filling.fill(0, room.to_vec())?;
    Some(filling.found)
}

struct Filling<'a> {
    classes: &'a [Class],
    limit: usize,
    steps: usize,
    counts: Vec<u16>,
    found: Vec<Vec<u16>>,
}

impl Filling<'_> {
    fn fill(&mut self, class: usize, left: Vec<i64>) -> Option<()> {
        self.steps += 1;
        if self.found.len() > self.limit || self.steps > 100 * self.limit {
            return None;
        }
        let Some(one) = self.classes.get(class) else {
            let could_take =
                |(index, one): (usize, &Class)| usize::from(self.counts[index]) < one.count && fits(&one.size, &left);
            if !self.classes.iter().enumerate().any(could_take) {
                self.found.push(self.counts.clone());
            }
            return Some(());
        };
        let most = one.size.iter().zip(&left).filter_map(|(size, left)| left.checked_div(*size)).min().unwrap_or(0);
        let most = u16::try_from(most).unwrap_or(u16::MAX).min(u16::try_from(one.count).unwrap_or(u16::MAX));
        for count in (0..=most).rev() {
            self.counts[class] = count;
            let left = left.iter().zip(&one.size).map(|(left, size)| left - i64::from(count) * size).collect();
            self.fill(class + 1, left)?;
        }
        self.counts[class] = 0;
        Some(())
    }
}

fn fits(size: &Size, left: &[i64]) -> bool {
    size.iter().zip(left).all(|(size, left)| size <= left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_maximal_filling_is_found_once() {
        let classes = [
            Class { size: vec![60], count: 2 },
            Class { size: vec![30], count: 9 },
            Class { size: vec![20], count: 9 },
        ];
        let found = patterns(&classes, &[90], 100).unwrap();
        assert_eq!(
            found,
            vec![vec![1, 1, 0], vec![1, 0, 1], vec![0, 3, 0], vec![0, 2, 1], vec![0, 1, 3], vec![0, 0, 4]]
        );
    }

    #[test]
    fn too_many_fillings_are_refused() {
        let classes: Vec<Class> = (10..50).map(|size| Class { size: vec![size], count: 9 }).collect();
        assert_eq!(patterns(&classes, &[240], 100), None);
    }
}
