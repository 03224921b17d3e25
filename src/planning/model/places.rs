//! Where everything stands in a problem, looked up once for all people.

use crate::value::SortedMap;

use crate::planning::in_order;
use crate::planning::problem::PlanProblem;
use crate::value::Key;

/// Ids of a problem as places in its lists.
pub(crate) struct Places<'a> {
    activities: SortedMap<&'a str, usize>,
    /// By activity: what it requires.
    pub(crate) requires: Vec<Vec<usize>>,
    /// All activities, each after what it requires: a problem has no cycles.
    pub(crate) in_order: Vec<usize>,
    /// The members of each exclusive group, each once.
    pub(crate) exclusive: Vec<Vec<usize>>,
    /// The members of each synergy.
    pub(crate) synergies: Vec<Vec<usize>>,
    /// By activity: its coach's pool.
    pub(crate) pools: Vec<Option<usize>>,
}

impl<'a> Places<'a> {
    pub(crate) fn new(problem: &'a PlanProblem) -> Self {
        let document = problem.document();
        let activities = problem.activity_places();
        let find =
            |ids: &[Key]| -> Vec<usize> { ids.iter().filter_map(|id| activities.get(id.as_str()).copied()).collect() };
        let requires: Vec<Vec<usize>> = document.activities.iter().map(|one| find(&one.requires)).collect();
        let in_group = |group: &Vec<Key>| {
            let mut members = find(group);
            members.sort_unstable();
            members.dedup();
            members
        };
        let pool_places: SortedMap<&str, usize> =
            document.coach_pools.iter().enumerate().map(|(place, pool)| (pool.id.as_str(), place)).collect();
        let pool = |coach: &crate::planning::problem::CoachDemand| pool_places.get(coach.pool.as_str()).copied();
        Self {
            in_order: in_order(&requires),
            requires,
            exclusive: document.exclusive.iter().map(in_group).collect(),
            synergies: document.synergies.iter().map(|one| find(&one.activities)).collect(),
            pools: document.activities.iter().map(|one| one.coach.as_ref().and_then(pool)).collect(),
            activities,
        }
    }

    /// The places of activities.
    pub(crate) fn of(&self, ids: &[Key]) -> impl Iterator<Item = usize> {
        ids.iter().filter_map(|id| self.activities.get(id.as_str()).copied())
    }
}

/// Of what each one comes directly after, what does not follow from the rest; both lists hold places, and `order` puts
/// everything after what it comes after.
///
/// A way around says at least as much: whatever starts after the end of what starts after an end starts later still.
pub(crate) fn without_implied(after: &[Vec<usize>], order: &[usize]) -> Vec<Vec<usize>> {
    let mut kept: Vec<Vec<usize>> = after.to_vec();
    if after.iter().all(|before| before.len() < 2) {
        return kept;
    }
    let mut all_before: Vec<Vec<u64>> = vec![Vec::new(); after.len()];
    for place in order {
        let mut united = vec![0_u64; after.len().div_ceil(64)];
        for before in after.get(*place).into_iter().flatten() {
            let further = all_before.get(*before).into_iter().flatten();
            united.iter_mut().zip(further).for_each(|(bits, more)| *bits |= more);
        }
        let holds = |bits: &[u64], one: usize| bits.get(one / 64).is_some_and(|word| word >> (one % 64) & 1 == 1);
        if let Some(kept) = kept.get_mut(*place) {
            kept.retain(|before| !holds(&united, *before));
        }
        for before in after.get(*place).into_iter().flatten() {
            united.get_mut(before / 64).into_iter().for_each(|word| *word |= 1 << (before % 64));
        }
        if let Some(mine) = all_before.get_mut(*place) {
            *mine = united;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_from_others_is_dropped_and_nothing_else() {
        // 3 comes after 2 after 1 after 0; 4 after 0 and 3 in two ways that say different things only for 5.
        let after = [vec![], vec![0], vec![0, 1], vec![0, 2, 1], vec![0, 3], vec![0], vec![5, 4]];
        let order = [0, 1, 2, 3, 4, 5, 6];
        let kept = [vec![], vec![0], vec![1], vec![2], vec![3], vec![0], vec![5, 4]];
        assert_eq!(without_implied(&after, &order), kept);
    }

    #[test]
    fn nothing_that_comes_before_is_lost() {
        // 65 in a row, each after all before it: only the one before it is left.
        let after: Vec<Vec<usize>> = (0..65).map(|place| (0..place).collect()).collect();
        let order: Vec<usize> = (0..65).collect();
        let kept = without_implied(&after, &order);
        assert!(kept.iter().enumerate().skip(1).all(|(place, before)| *before == [place - 1]));
    }
}
