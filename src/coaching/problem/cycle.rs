//! Cycles among prerequisites.

/// The groups of nodes that lie on a common cycle, each in increasing order, by their first member.
///
/// `edges[node]` lists where its edges lead. A node that leads to itself is a group of one.
pub(super) fn cycles(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let reach: Vec<Vec<bool>> = (0..edges.len()).map(|start| reachable(edges, start)).collect();
    let leads = |from: usize, to: usize| reach.get(from).and_then(|row| row.get(to)).copied().unwrap_or(false);
    let mut groups = Vec::new();
    let mut grouped = vec![false; edges.len()];
    for start in (0..edges.len()).filter(|node| leads(*node, *node)) {
        if grouped.get(start).copied().unwrap_or(true) {
            continue;
        }
        let group: Vec<usize> =
            (start..edges.len()).filter(|other| leads(start, *other) && leads(*other, start)).collect();
        for member in &group {
            if let Some(mark) = grouped.get_mut(*member) {
                *mark = true;
            }
        }
        groups.push(group);
    }
    groups
}

fn reachable(edges: &[Vec<usize>], start: usize) -> Vec<bool> {
    let mut seen = vec![false; edges.len()];
    let mut open = vec![start];
    while let Some(node) = open.pop() {
        for next in edges.get(node).into_iter().flatten() {
            if let Some(mark) = seen.get_mut(*next).filter(|mark| !**mark) {
                *mark = true;
                open.push(*next);
            }
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_a_cycle_are_found_and_no_others() {
        // 0 → 1 → 2 → 0, 3 → 0, 4 → 4, 5.
        let edges = vec![vec![1], vec![2], vec![0], vec![0], vec![4], vec![]];
        assert_eq!(cycles(&edges), vec![vec![0, 1, 2], vec![4]]);
    }
}
