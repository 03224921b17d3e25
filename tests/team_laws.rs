//! The laws of tallies, and an attacker who knows all that is shown, the threshold and the rules.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "test helpers work on valid values")]

use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use service_excellence::statistics::ConfidenceLevel;
use service_excellence::team::{GroupContent, TeamCell, TeamTallyDocument};
use service_excellence::{
    GroupThreshold, Label, Rubric, RubricBuilder, RubricCriterion, Skill, TeamCounter, TeamReport, TeamTally,
};

const BARRIERS: usize = 8;
const MILLION: u64 = 1_000_000;

/// A tally of nobody on so many criteria, at most two.
fn nobody(criteria: usize) -> &'static TeamTally {
    static NOBODY: LazyLock<[TeamTally; 3]> = LazyLock::new(|| {
        let empty = |criteria| TeamCounter::new(&rubric(criteria), "2026-06-30".parse().unwrap()).empty();
        let mut bare = serde_json::to_value(empty(1)).unwrap();
        bare["criteria"] = serde_json::json!([]);
        bare["state"] = vec![0; 22].into();
        [serde_json::from_value(bare).unwrap(), empty(1), empty(2)]
    });
    &NOBODY[criteria]
}

fn rubric(criteria: usize) -> Rubric {
    let builder = RubricBuilder::new("test".parse().unwrap(), "1.0.0".parse().unwrap(), "Test".parse().unwrap());
    let row = |index| {
        let key = format!("row_{index}").parse().unwrap();
        RubricCriterion::new(key, Skill::Empathy, "A row".parse().unwrap(), 1.try_into().unwrap())
    };
    (0..criteria).fold(builder, |builder, index| builder.criterion(row(index))).build().unwrap()
}

/// One person: how many contacts, errors among them, and a score on each of two criteria or none.
fn person() -> impl Strategy<Value = TeamTally> {
    let scores = vec(prop::option::of(0..=MILLION), 2);
    let barriers = vec(0..3_u64, BARRIERS);
    (0..14_u64, 0..14_u64, 0..99_u64, 0..99_u64, barriers, scores).prop_map(
        |(contacts, critical, items, errors, barriers, scores)| {
            let band = [0, 1, 2, 3, 3, 4, 4, 4, 4, 4, 5, 5, 5, 5][contacts as usize];
            let reviewed = u64::from(contacts > 0);
            let mut state = vec![1, reviewed];
            state.extend((0..6).map(|one| u64::from(one == band)));
            state.extend([contacts, critical.min(contacts), 0, contacts, items, errors.min(items)]);
            state.extend(barriers);
            for score in scores {
                let score = score.filter(|_| reviewed == 1);
                let square = score.unwrap_or_default().pow(2);
                state.extend([u64::from(score.is_some()), score.unwrap_or_default()]);
                state.extend([square / MILLION, square % MILLION]);
                let level = score.map(|score| (score * 4).div_ceil(MILLION));
                state.extend((0..5).map(|one| u64::from(Some(one) == level)));
            }
            nobody(2).from_state(&state).unwrap()
        },
    )
}

fn merged<'a>(tallies: impl IntoIterator<Item = &'a TeamTally>) -> TeamTally {
    let mut sum = nobody(2).clone();
    tallies.into_iter().for_each(|tally| sum.merge(tally).unwrap());
    sum
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn merging_is_associative_and_commutative_and_nobody_changes_nothing(
        one in person(), two in person(), three in person(),
    ) {
        let left = merged([&merged([&one, &two]), &three]);
        let right = merged([&one, &merged([&two, &three])]);
        prop_assert_eq!(&left, &right);
        prop_assert_eq!(merged([&one, &two]), merged([&two, &one]));
        let mut same = one.clone();
        same.merge(nobody(2)).unwrap();
        prop_assert_eq!(&same, &one);
        let mut from_nobody = nobody(2).clone();
        from_nobody.merge(&one).unwrap();
        prop_assert_eq!(&from_nobody, &one);
    }

    #[test]
    fn parts_cut_anywhere_sum_to_the_whole(people in vec(person(), 0..20), shards in vec(any::<Index>(), 20)) {
        let mut parts = [nobody(2), nobody(2), nobody(2)].map(Clone::clone);
        for (person, shard) in people.iter().zip(&shards) {
            parts[shard.index(3)].merge(person).unwrap();
        }
        let whole = merged(&people);
        prop_assert_eq!(&merged(&parts), &whole);
        // An engine that knows nothing of tallies adds states place by place.
        let added = parts.iter().fold(vec![0; whole.to_state().len()], |sum: Vec<u64>, part| {
            sum.iter().zip(part.to_state()).map(|(sum, more)| sum + more).collect()
        });
        prop_assert_eq!(nobody(2).from_state(&added).unwrap(), whole);
    }

    #[test]
    fn a_tally_survives_state_and_json(people in vec(person(), 0..8)) {
        let whole = merged(&people);
        prop_assert_eq!(&nobody(2).from_state(whole.to_state()).unwrap(), &whole);
        prop_assert_eq!(TeamTally::width_for(2), whole.to_state().len());
        let text = serde_json::to_string(&whole).unwrap();
        prop_assert_eq!(&TeamTally::from_json(&text).unwrap(), &whole);
        let document: TeamTallyDocument = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(TeamTally::try_from(document).unwrap(), whole);
    }

    #[test]
    fn the_order_of_groups_and_people_never_matters(people in vec(person(), 12), cut in 1..12_usize) {
        let report = |groups: &[(Label, TeamTally)]| {
            TeamReport::new(groups, GroupThreshold::MIN, ConfidenceLevel::NINETY_FIVE).unwrap()
        };
        let (first, second) = people.split_at(cut);
        let group = |name: &str, people: &[TeamTally]| (name.parse::<Label>().unwrap(), merged(people));
        let backwards: Vec<TeamTally> = second.iter().rev().cloned().collect();
        let one = report(&[group("A", first), group("B", second)]);
        prop_assert_eq!(&one, &report(&[group("B", &backwards), group("A", first)]));
        let text = serde_json::to_string(&one).unwrap();
        prop_assert_eq!(TeamReport::from_json(&text).unwrap(), one);
    }
}

/// A table of counts: for each group the people reviewed, and of these the people rated on each criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
struct World {
    groups: Vec<Vec<u64>>,
}

impl World {
    fn columns(&self) -> usize {
        self.groups[0].len()
    }

    fn total(&self, column: usize) -> u64 {
        self.groups.iter().map(|group| group[column]).sum()
    }

    /// All people are alike but for what was counted, so that only counts can give anything away.
    fn groups(&self) -> Vec<(Label, TeamTally)> {
        let nobody = nobody(self.columns() - 1);
        let tally = |group: &Vec<u64>| {
            let reviewed = group[0];
            let mut state = vec![reviewed, reviewed, 0, reviewed, 0, 0, 0, 0, reviewed, 0, 0, 0, 0, 0];
            state.extend([0; BARRIERS]);
            for rated in &group[1..] {
                state.extend([*rated, rated * MILLION / 2, rated * MILLION / 4, 0, 0, 0, *rated, 0, 0]);
            }
            nobody.from_state(&state).unwrap()
        };
        (0..)
            .zip(&self.groups)
            .map(|(index, group)| (format!("group {index}").parse().unwrap(), tally(group)))
            .collect()
    }

    fn report(&self, threshold: u16) -> TeamReport {
        let threshold = GroupThreshold::new(threshold).unwrap();
        TeamReport::new(&self.groups(), threshold, ConfidenceLevel::NINETY_FIVE).unwrap()
    }
}

/// The counts in a report, as an attacker reads them; hidden ones are absent.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shown {
    cells: Vec<Vec<Option<u64>>>,
    totals: Vec<Option<u64>>,
}

impl Shown {
    fn of(report: &TeamReport, columns: usize) -> Self {
        let row = |content: &GroupContent| match content {
            GroupContent::Suppressed { .. } => vec![None; columns],
            GroupContent::Shown { summary } => {
                let cells = summary.criteria.iter().map(|one| match &one.cell {
                    TeamCell::Shown { people, .. } => Some(u64::from(people.get())),
                    TeamCell::Suppressed { .. } => None,
                });
                [Some(u64::from(summary.reviewed.get()))].into_iter().chain(cells).collect()
            }
        };
        Self { cells: report.groups().iter().map(|group| row(&group.content)).collect(), totals: row(report.total()) }
    }

    /// Small groups hidden and nothing else: what must not be done.
    fn naive(world: &World, threshold: u64) -> Self {
        let cells = world.groups.iter().map(|group| group.iter().map(|n| (*n >= threshold).then_some(*n)).collect());
        Self { cells: cells.collect(), totals: (0..world.columns()).map(|column| Some(world.total(column))).collect() }
    }
}

/// Least and greatest value of each hidden count over all worlds that show the same, found by trying them.
///
/// Only counts up to `most` are tried where no total binds them: fewer worlds than the attacker must reckon with, so the
/// ranges here are no wider than the attacker's. The true world is one of them.
fn attack(truth: &World, most: u64, show: &impl Fn(&World) -> Shown) -> Vec<Vec<Option<(u64, u64)>>> {
    let shown = show(truth);
    let columns = shown.totals.len();
    let mut found: Vec<Vec<Option<(u64, u64)>>> = vec![vec![None; columns]; shown.cells.len()];
    let mut see = |world: &World| {
        for (row, column) in (0..shown.cells.len()).flat_map(|row| (0..columns).map(move |column| (row, column))) {
            if shown.cells[row][column].is_none() {
                let count = world.groups[row][column];
                let (least, greatest) = found[row][column].unwrap_or((count, count));
                found[row][column] = Some((least.min(count), greatest.max(count)));
            }
        }
    };
    see(truth);
    let mut world = World { groups: vec![vec![0; columns]; shown.cells.len()] };
    try_worlds(&shown, most, &mut world, 0, &mut |world| {
        if show(world) == shown {
            see(world);
        }
    });
    found
}

/// Fills the places from `place` on in every way that fits cells and totals.
fn try_worlds(shown: &Shown, most: u64, world: &mut World, place: usize, see: &mut impl FnMut(&World)) {
    let (rows, columns) = (shown.cells.len(), shown.totals.len());
    if place == rows * columns {
        if (0..columns).all(|column| shown.totals[column].is_none_or(|total| total == world.total(column))) {
            see(world);
        }
        return;
    }
    // Column by column, so that a total cuts early.
    let (column, row) = (place / rows, place % rows);
    let bound = if column == 0 { u64::MAX } else { world.groups[row][0] };
    let so_far: u64 = world.groups[..row].iter().map(|group| group[column]).sum();
    let left = shown.totals[column].map_or(most, |total| total.saturating_sub(so_far));
    let range = match shown.cells[row][column] {
        Some(count) => count..=count,
        None if shown.totals[column].is_some()
            && shown.cells[row + 1..].iter().all(|later| later[column].is_some()) =>
        {
            // The last hidden count follows from the total.
            let later: u64 = shown.cells[row + 1..].iter().filter_map(|later| later[column]).sum();
            let count = left.saturating_sub(later);
            count..=count
        }
        None => 0..=left.min(bound),
    };
    for count in range.filter(|count| *count <= bound) {
        world.groups[row][column] = count;
        try_worlds(shown, most, world, place + 1, see);
    }
    world.groups[row][column] = 0;
}

fn check_world(world: &World, threshold: u16, most: u64) {
    let (columns, report) = (world.columns(), world.report(threshold));
    let shown = Shown::of(&report, columns);
    let found = attack(world, most, &|other| Shown::of(&other.report(threshold), columns));
    let audit = TeamReport::audit(&world.groups(), GroupThreshold::new(threshold).unwrap()).unwrap();
    let mut audited = 0;
    for (row, column) in (0..found.len()).flat_map(|row| (0..columns).map(move |column| (row, column))) {
        let Some((least, greatest)) = found[row][column] else { continue };
        let width = greatest - least + 1;
        assert!(
            width >= u64::from(threshold),
            "count {row}, {column} of {world:?} is {least} to {greatest}: {shown:?}"
        );
        // The audit promises no more than the attacker finds.
        let group = audit.iter().find(|one| one.group.as_str() == format!("group {row}")).unwrap();
        let range = match column {
            0 => group.reviewed.unwrap(),
            _ => group.rated.iter().find(|(key, _)| key.as_str() == format!("row_{}", column - 1)).unwrap().1,
        };
        assert!(range.width() >= u64::from(threshold), "{range:?} of {world:?}");
        let promised = range.lowest.get()..=range.highest.get();
        assert!(least <= *promised.start() && *promised.end() <= greatest, "{promised:?} in {least} to {greatest}");
        audited += 1;
    }
    let rated: usize = audit.iter().map(|one| one.rated.len() + usize::from(one.reviewed.is_some())).sum();
    assert_eq!(audited, rated, "the audit lists each hidden count");
    check_blocks(world, &shown, threshold);
}

/// What is hidden together and follows from a total must be a group itself.
fn check_blocks(world: &World, shown: &Shown, threshold: u16) {
    for column in 0..world.columns() {
        let hidden = (0..shown.cells.len()).filter(|row| shown.cells[*row][column].is_none());
        let hidden: Vec<u64> = hidden.map(|row| world.groups[row][column]).collect();
        if shown.totals[column].is_some() && !hidden.is_empty() {
            assert!(hidden.iter().sum::<u64>() >= u64::from(threshold), "{world:?} shows {shown:?}");
        }
        let cells = shown.cells.iter().filter_map(|row| row[column]);
        assert!(cells.chain(shown.totals[column]).all(|count| count >= u64::from(threshold)), "{shown:?}");
    }
}

fn sizes(counts: &[u64]) -> World {
    World { groups: counts.iter().map(|count| vec![*count]).collect() }
}

/// Every table of three groups with up to nine people each, and every table of two with up to twelve.
#[test]
fn the_attacker_fails_on_every_small_table() {
    let three = (0..1_000).map(|index| sizes(&[index % 10, index / 10 % 10, index / 100]));
    let two = (0..169).map(|index| sizes(&[index % 13, index / 13]));
    let one = (0..9).map(|index| sizes(&[index]));
    three.chain(two).chain(one).for_each(|world| check_world(&world, 5, 5));
}

/// If the attack found nothing here either, the test above would prove nothing.
#[test]
fn the_attacker_breaks_a_table_that_hides_small_groups_only() {
    let world = sizes(&[12, 9, 3]);
    let found = attack(&world, 12, &|other| Shown::naive(other, 5));
    assert_eq!(found[2][0], Some((3, 3)));
    // Two small groups of four each give each other away.
    let world = sizes(&[12, 4, 4]);
    let found = attack(&world, 12, &|other| Shown::naive(other, 5));
    assert_eq!(found[1][0], Some((4, 4)));
}

fn group(criteria: usize) -> impl Strategy<Value = Vec<u64>> {
    let size = prop_oneof![0..=4_u64, 3..=7_u64, 5..=12_u64];
    (size, vec(prop_oneof![0..=4_u64, 3..=12_u64], criteria))
        .prop_map(|(size, rated)| [size].into_iter().chain(rated.into_iter().map(|rated| rated.min(size))).collect())
}

fn world() -> impl Strategy<Value = World> {
    let one = vec(group(1), 2..=4).prop_map(|groups| World { groups });
    let two = vec(group(2), 2..=3).prop_map(|groups| World { groups });
    prop_oneof![2 => one, 1 => two]
}

/// So many worlds that one attack stays quick.
fn most(world: &World) -> u64 {
    if world.groups.len() * world.columns() > 6 { 4 } else { 5 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_attacker_fails_on_groups_and_criteria(world in world(), threshold in 5..=6_u16) {
        let most = most(&world).max(u64::from(threshold) - 1);
        check_world(&world, threshold, most);
    }
}
