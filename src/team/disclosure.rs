//! Which counts of a table may be shown: the rules of `docs/teams.md`, with the proof of each step beside it.
//!
//! A row is a group. The first column counts people who were reviewed, each other column those of them who have a value on
//! one criterion. The attacker knows all that is shown, the threshold and these rules. For every hidden count there must
//! be two tables that show the same, by these rules, in which the count differs by threshold − 1 at least.

/// What is hidden of one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// For each row the least and greatest count that the attacker must reckon with; nothing for what is shown.
    pub(super) hidden: Vec<Option<(u64, u64)>>,
    /// Whether the total is shown.
    pub(super) total: bool,
}

/// Decides on all columns, the first of which counts the people in whom the others are contained.
pub(super) fn decide<'a>(
    threshold: u64,
    reviewed: &[u64],
    rated: impl IntoIterator<Item = &'a [u64]>,
) -> (Column, Vec<Column>) {
    let first = independent(threshold, reviewed, |_| u64::MAX);
    let others = rated.into_iter().map(|counts| {
        if first.hidden.iter().all(Option::is_none) {
            // All sizes are known, so each column is a table of its own, with the sizes as upper bounds.
            let size = |row: usize| reviewed.get(row).copied().unwrap_or_default();
            independent(threshold, counts, size)
        } else {
            contained(threshold, counts, &first, reviewed)
        }
    });
    let others = others.collect();
    (first, others)
}

/// A column whose hidden counts are bound by nothing but its own total and known upper bounds of at least the threshold.
fn independent(threshold: u64, counts: &[u64], bound: impl Fn(usize) -> u64) -> Column {
    let small = counts.iter().filter(|count| **count < threshold).count();
    let sum: u64 = counts.iter().sum();
    if small == 0 {
        return Column { hidden: vec![None; counts.len()], total: sum >= threshold };
    }
    // One hidden count would be the total minus the rest: the smallest count that is large enough goes with it.
    let mut by_size: Vec<(u64, usize)> = counts.iter().copied().zip(0..).collect();
    by_size.sort_unstable();
    let (hidden, shown) = by_size.split_at(small.max(2).min(by_size.len()));
    let hidden_sum: u64 = hidden.iter().map(|(count, _)| count).sum();
    let ranges: Vec<(usize, (u64, u64))> = match *hidden {
        [(_, first), (_, second)] => {
            // Of two, either may be the small one. The attacker knows that neither exceeds what is shown.
            let most = shown.first().map_or(u64::MAX, |(count, _)| count - 1);
            let [first_most, second_most] = [first, second].map(|row| bound(row).min(most));
            let range = |own, other| one_of_two(threshold, hidden_sum, own, other);
            vec![(first, range(first_most, second_most)), (second, range(second_most, first_most))]
        }
        // Three or more are all small, and the attacker knows it.
        _ => {
            let others = (threshold - 1) * (hidden.len() as u64 - 1);
            let range = (hidden_sum.saturating_sub(others), hidden_sum.min(threshold - 1));
            hidden.iter().map(|(_, row)| (*row, range)).collect()
        }
    };
    // What is hidden together is known together, so it must be a group itself.
    let is_safe =
        hidden.len() > 1 && hidden_sum >= threshold && are_wide(threshold, ranges.iter().map(|(_, one)| *one));
    let mut column = Column { hidden: vec![None; counts.len()], total: is_safe };
    for (row, range) in ranges {
        // Without a total nothing binds the hidden counts: all of them 0, and one at threshold − 1 with the others 0, show
        // the same, since a sum below the threshold drops the total.
        let range = if is_safe { range } else { (0, threshold - 1) };
        if let Some(place) = column.hidden.get_mut(row) {
            *place = Some(range);
        }
    }
    column
}

/// The least and greatest first of two numbers with this sum, within their bounds, of which one at least is small.
fn one_of_two(threshold: u64, sum: u64, own_most: u64, other_most: u64) -> (u64, u64) {
    let (least, most) = (sum.saturating_sub(other_most), sum.min(own_most));
    // Small itself, or so large that the other is small.
    let is_possible = |count: u64| count < threshold || count + threshold > sum;
    let least = if is_possible(least) { least } else { (sum + 1).saturating_sub(threshold) };
    let most = if is_possible(most) { most } else { threshold - 1 };
    (least, most)
}

/// A column whose hidden counts lie within those of another column, some of which are hidden too.
///
/// Hidden is what is hidden there, and what is small here. The total stands only if the other column's does.
fn contained(threshold: u64, counts: &[u64], outer: &Column, outer_counts: &[u64]) -> Column {
    let is_small = |row: usize, count: u64| outer.hidden.get(row).is_some_and(Option::is_none) && count < threshold;
    let rows = || counts.iter().copied().enumerate();
    let small: Vec<u64> = rows().filter(|(row, count)| is_small(*row, *count)).map(|(_, count)| count).collect();
    let inner = || rows().zip(&outer.hidden).filter_map(|((_, count), outer)| Some((count, (*outer)?)));
    let sum = small.iter().sum::<u64>() + inner().map(|(count, _)| count).sum::<u64>();
    let outer_sum: u64 = outer_counts.iter().zip(&outer.hidden).filter(|(_, one)| one.is_some()).map(|(n, _)| n).sum();
    let small_most = (threshold - 1) * small.len() as u64;
    // Others take the most they can: the small ones threshold − 1, the inner ones all of the outer sum that is left.
    let small_range = || {
        let others = small_most - (threshold - 1) + outer_sum;
        (sum.saturating_sub(others), sum.min(threshold - 1))
    };
    let inner_range = |(least, most): (u64, u64)| {
        let others = small_most + outer_sum.saturating_sub(least);
        (sum.saturating_sub(others), sum.min(most))
    };
    let mut ranges = inner().map(|(_, outer)| inner_range(outer)).chain(small.first().map(|_| small_range()));
    let is_safe = outer.total && sum >= threshold && are_wide(threshold, &mut ranges);
    let hidden = rows().zip(&outer.hidden).map(|((row, count), outer)| match outer {
        Some(_) if !is_safe => Some((0, threshold - 1)),
        Some(range) => Some(inner_range(*range)),
        None if !is_small(row, count) => None,
        None if !is_safe => Some((0, threshold - 1)),
        None => Some(small_range()),
    });
    Column { hidden: hidden.collect(), total: is_safe }
}

fn are_wide(threshold: u64, mut ranges: impl Iterator<Item = (u64, u64)>) -> bool {
    ranges.all(|(least, most)| (most + 1).saturating_sub(least) >= threshold)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(counts: &[u64]) -> Column {
        decide(5, counts, []).0
    }

    #[test]
    fn large_groups_are_shown_with_their_total() {
        assert_eq!(column(&[5, 8, 12]), Column { hidden: vec![None; 3], total: true });
    }

    #[test]
    fn a_small_group_takes_the_next_larger_one_with_it() {
        // 3 and 9 are 12 together and neither exceeds 11: each may be 1 to 11.
        let expected = Column { hidden: vec![None, Some((1, 11)), Some((1, 11))], total: true };
        assert_eq!(column(&[12, 9, 3]), expected);
    }

    #[test]
    fn a_total_that_gives_small_groups_away_is_dropped() {
        // Three groups below five that are twelve together are four each.
        let all_unknown = vec![Some((0, 4)), Some((0, 4)), Some((0, 4)), None];
        assert_eq!(column(&[4, 4, 4, 20]), Column { hidden: all_unknown.clone(), total: false });
        // Three people in all would be a group below the threshold.
        assert_eq!(column(&[1, 1, 1, 20]), Column { hidden: all_unknown, total: false });
    }

    #[test]
    fn a_single_group_is_its_own_total() {
        assert_eq!(column(&[4]), Column { hidden: vec![Some((0, 4))], total: false });
        assert_eq!(column(&[5]), Column { hidden: vec![None], total: true });
        assert_eq!(column(&[]), Column { hidden: vec![], total: false });
    }

    #[test]
    fn columns_inside_a_hidden_total_have_none() {
        let (first, others) = decide(5, &[4, 4, 4, 20], [[1, 2, 3, 18].as_slice()]);
        assert!(!first.total && !others[0].total);
    }
}
