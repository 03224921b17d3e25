//! Weeks to fill with pieces of sessions: of one person with the pools drawn from, or of a pool that several share.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use crate::value::{SortedMap, SortedSet};

use super::patterns::{Class, Size, patterns};
use crate::planning::model::Model;

/// One week of a session.
pub(crate) struct Piece {
    pub(crate) item: usize,
    pub(crate) offset: usize,
    pub(crate) size: Size,
}

/// Weeks to fill: of one person with the pools drawn from, or of one pool.
pub(crate) struct Weekly {
    /// By week: the room of each resource.
    pub(crate) rooms: Vec<Size>,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) milestones: Vec<usize>,
}

/// By piece its class, the classes, and by kind of week the ways to fill it.
pub(crate) type Classified = (Vec<Option<usize>>, Vec<Class>, Vec<Vec<Vec<u16>>>);

impl Weekly {
    pub(crate) fn segment(&self, week: usize) -> usize {
        self.milestones.iter().position(|last| week <= *last).unwrap_or(self.milestones.len() - 1)
    }

    /// The pieces by activity and person, of those with several sessions of which no two take place in the same week.
    pub(crate) fn series<'p>(&self, model: &Model, pieces: &[&'p Piece]) -> Vec<Vec<&'p Piece>> {
        let mut series: SortedMap<(usize, usize), Vec<&Piece>> = SortedMap::new();
        for piece in pieces {
            let item = &model.items[piece.item];
            series.entry((item.person, item.activity)).or_default().push(piece);
        }
        series.retain(|_, pieces| pieces.len() > 1 && pieces.iter().all(|piece| model.items[piece.item].is_apart()));
        series.into_values().collect()
    }

    /// Sorts the pieces into classes, coarser and coarser until the ways to fill a week are few enough.
    ///
    /// Rounding the pieces down keeps every plan that fits, so the bound stays a bound.
    pub(crate) fn classify(&self, kinds: &SortedMap<Size, Vec<usize>>, limit: usize) -> Option<Classified> {
        for unit in [1, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180] {
            let coarse = |piece: &Piece| piece.size.iter().map(|one| one / unit * unit).collect::<Size>();
            let mut counts: SortedMap<Size, usize> = SortedMap::new();
            for size in self.pieces.iter().map(coarse).filter(|size| size.iter().any(|one| *one > 0)) {
                *counts.entry(size).or_default() += 1;
            }
            let classes: Vec<Class> =
                counts.iter().rev().map(|(size, count)| Class { size: size.clone(), count: *count }).collect();
            let fillings: Option<Vec<_>> = kinds.keys().map(|room| patterns(&classes, room, limit)).collect();
            if let Some(fillings) = fillings {
                let class_of = |piece: &Piece| classes.iter().position(|class| class.size == coarse(piece));
                return Some((self.pieces.iter().map(class_of).collect(), classes, fillings));
            }
        }
        None
    }
}

/// The weeks of each person.
pub(crate) fn weeks_of_people(model: &Model, milestones: &[Vec<usize>]) -> Vec<Weekly> {
    (0..model.people.len()).map(|person| weeks_of_person(model, person, &milestones[person])).collect()
}

/// The weeks of one person, with the pools drawn from.
fn weeks_of_person(model: &Model, person: usize, milestones: &[usize]) -> Weekly {
    let own = || model.items.iter().enumerate().filter(|(_, item)| item.person == person && item.starts != 0);
    // One person starts an activity at most once a week: seats are short for several people only.
    let drawn = own().flat_map(|(_, item)| item.draws.iter().map(|draw| draw.pool));
    let pools: SortedSet<usize> = drawn.filter(|pool| *pool < model.coach_pools).collect();
    let mut weeks = Weekly { rooms: Vec::new(), pieces: Vec::new(), milestones: milestones.to_vec() };
    for week in 0..model.weeks {
        let pool_rooms = pools.iter().map(|pool| model.pools[*pool][week]);
        weeks.rooms.push(std::iter::once(model.people[person].week_max[week]).chain(pool_rooms).collect());
    }
    for (index, item) in own() {
        for (offset, minutes) in item.load.iter().enumerate() {
            let drawn = |pool: &usize| item.drawn_from(*pool).and_then(|load| load.get(offset)).copied().unwrap_or(0);
            let size: Size = std::iter::once(*minutes).chain(pools.iter().map(drawn)).collect();
            weeks.pieces.push(Piece { item: index, offset, size });
        }
    }
    weeks
}

/// Pools that more than one person draws from are filled week by week like the weeks of a person.
pub(crate) fn weeks_of_shared_pools(model: &Model, milestones: &[Vec<usize>]) -> Vec<Weekly> {
    let mut all = Vec::new();
    for (pool, minutes) in model.pools.iter().enumerate() {
        let mut pieces = Vec::new();
        let mut people = SortedSet::new();
        for (index, item) in model.items.iter().enumerate().filter(|(_, item)| item.starts != 0) {
            let Some(load) = item.drawn_from(pool) else { continue };
            people.insert(item.person);
            pieces.extend(load.iter().enumerate().map(|(offset, one)| Piece { item: index, offset, size: vec![*one] }));
        }
        if people.len() > 1 {
            let weeks: SortedSet<usize> = people.iter().flat_map(|person| milestones[*person].clone()).collect();
            let rooms = minutes.iter().map(|one| vec![*one]).collect();
            all.push(Weekly { rooms, pieces, milestones: weeks.into_iter().collect() });
        }
    }
    all
}
