//! Walks over what comes before what; nodes are places in a list, and places beyond it are passed over.

use std::collections::BTreeSet;

/// All nodes, each after those that it comes after; among free ones the first goes first.
///
/// `before[node]` lists what it comes after. What lies on a cycle, or comes after one, is left out (Kahn 1962).
pub(crate) fn in_order(before: &[Vec<usize>]) -> Vec<usize> {
    let known = |nodes: &[usize]| nodes.iter().filter(|node| **node < before.len()).count();
    let mut waits: Vec<usize> = before.iter().map(|nodes| known(nodes)).collect();
    let after = reversed(before);
    let mut free: BTreeSet<usize> = (0..before.len()).filter(|node| waits.get(*node) == Some(&0)).collect();
    let mut order = Vec::with_capacity(before.len());
    while let Some(node) = free.pop_first() {
        order.push(node);
        for later in after.get(node).into_iter().flatten() {
            if let Some(count) = waits.get_mut(*later) {
                *count -= 1;
                if *count == 0 {
                    free.insert(*later);
                }
            }
        }
    }
    order
}

/// One way around: each node comes after the next one, and the first stands at the end again; `None` without a cycle.
pub(crate) fn circle(before: &[Vec<usize>]) -> Option<Vec<usize>> {
    let mut left: BTreeSet<usize> = (0..before.len()).collect();
    for node in in_order(before) {
        left.remove(&node);
    }
    // Whatever is left comes after something that is left: following it comes back to where it was.
    let mut here = left.first().copied()?;
    let mut path: Vec<usize> = Vec::new();
    let mut places: Vec<Option<usize>> = vec![None; before.len()];
    loop {
        if let Some(start) = places.get_mut(here)?.replace(path.len()) {
            path.push(here);
            return Some(path.split_off(start));
        }
        path.push(here);
        here = before.get(here)?.iter().copied().find(|node| left.contains(node))?;
    }
}

/// The edges the other way.
fn reversed(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut against: Vec<Vec<usize>> = vec![Vec::new(); edges.len()];
    for (node, next) in edges.iter().enumerate() {
        for next in next {
            if let Some(back) = against.get_mut(*next) {
                back.push(node);
            }
        }
    }
    against
}

/// The groups of nodes that lie on a common cycle, each in increasing order, by their first member.
///
/// `edges[node]` lists where its edges lead. A node that leads to itself is a group of one.
///
/// Time grows with nodes and edges: two walks, the second against the edges (Kosaraju and Sharir 1981).
pub(crate) fn cycles(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let against = reversed(edges);
    let mut order = Vec::new();
    let mut seen = vec![false; edges.len()];
    for node in 0..edges.len() {
        walk(edges, node, &mut seen, &mut order);
    }
    let mut grouped = vec![false; edges.len()];
    let mut groups = Vec::new();
    for node in order.into_iter().rev() {
        let mut group = Vec::new();
        walk(&against, node, &mut grouped, &mut group);
        group.sort_unstable();
        let leads_to_itself = |node: &usize| edges.get(*node).is_some_and(|next| next.contains(node));
        if group.len() > 1 || group.first().is_some_and(leads_to_itself) {
            groups.push(group);
        }
    }
    groups.sort_unstable();
    groups
}

/// Adds every node that `start` leads to and that was not seen, each after the nodes that it leads to.
fn walk(edges: &[Vec<usize>], start: usize, seen: &mut [bool], order: &mut Vec<usize>) {
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut enter = |node: usize, open: &mut Vec<(usize, usize)>| {
        if let Some(mark) = seen.get_mut(node).filter(|mark| !**mark) {
            *mark = true;
            open.push((node, 0));
        }
    };
    enter(start, &mut open);
    while let Some((node, next)) = open.last_mut() {
        let edge = edges.get(*node).and_then(|edges| edges.get(*next)).copied();
        *next += 1;
        match edge {
            Some(edge) => enter(edge, &mut open),
            None => order.extend(open.pop().map(|(node, _)| node)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_stands_after_what_it_comes_after_and_of_free_ones_the_first_goes_first() {
        assert_eq!(in_order(&[vec![2, 3], vec![0], vec![3], vec![], vec![1, 2]]), [3, 2, 0, 1, 4]);
        assert_eq!(in_order(&[vec![3], vec![], vec![], vec![2, 9]]), [1, 2, 3, 0]);
        // 1 and 2 wait for each other, 3 for 1.
        assert_eq!(in_order(&[vec![], vec![2], vec![1], vec![1, 0]]), [0]);
    }

    #[test]
    fn a_circle_is_followed_from_the_first_node_that_cannot_be_placed() {
        assert_eq!(circle(&[vec![], vec![0], vec![0, 1, 1]]), None);
        // 0 comes after the circle 1, 3, 2.
        assert_eq!(circle(&[vec![4, 1], vec![3], vec![1], vec![4, 2], vec![]]), Some(vec![1, 3, 2, 1]));
        assert_eq!(circle(&[vec![0]]), Some(vec![0, 0]));
    }

    #[test]
    fn members_of_a_cycle_are_found_and_no_others() {
        // 0 → 1 → 2 → 0, 3 → 0, 4 → 4, 5.
        let edges = vec![vec![1], vec![2], vec![0], vec![0], vec![4], vec![]];
        assert_eq!(cycles(&edges), vec![vec![0, 1, 2], vec![4]]);
        // Two cycles side by side, and one that leads into the other: 0 ⇄ 3 → 1 ⇄ 2.
        assert_eq!(cycles(&[vec![3], vec![2], vec![1], vec![0, 1]]), vec![vec![0, 3], vec![1, 2]]);
    }
}
