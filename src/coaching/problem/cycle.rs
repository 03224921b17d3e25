//! Cycles among prerequisites.

/// The groups of nodes that lie on a common cycle, each in increasing order, by their first member.
///
/// `edges[node]` lists where its edges lead. A node that leads to itself is a group of one.
///
/// Time grows with nodes and edges: two walks, the second against the edges (Kosaraju and Sharir 1981).
pub(super) fn cycles(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut against: Vec<Vec<usize>> = vec![Vec::new(); edges.len()];
    for (node, next) in edges.iter().enumerate() {
        for next in next {
            if let Some(back) = against.get_mut(*next) {
                back.push(node);
            }
        }
    }
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
    fn members_of_a_cycle_are_found_and_no_others() {
        // 0 → 1 → 2 → 0, 3 → 0, 4 → 4, 5.
        let edges = vec![vec![1], vec![2], vec![0], vec![0], vec![4], vec![]];
        assert_eq!(cycles(&edges), vec![vec![0, 1, 2], vec![4]]);
        // Two cycles side by side, and one that leads into the other: 0 ⇄ 3 → 1 ⇄ 2.
        assert_eq!(cycles(&[vec![3], vec![2], vec![1], vec![0, 1]]), vec![vec![0, 3], vec![1, 2]]);
    }
}
