//! Groups that grow together: each element points towards the first of its group.

pub(super) fn root(parents: &mut [usize], element: usize) -> usize {
    let mut place = element;
    while let Some(parent) = parents.get(place).copied().filter(|parent| *parent != place) {
        // Halving the path keeps later searches short.
        let grandparent = parents.get(parent).copied().unwrap_or(parent);
        if let Some(link) = parents.get_mut(place) {
            *link = grandparent;
        }
        place = grandparent;
    }
    place
}

pub(super) fn join(parents: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(parents, one), root(parents, other));
    if let Some(link) = parents.get_mut(one.max(other)) {
        *link = one.min(other);
    }
}
