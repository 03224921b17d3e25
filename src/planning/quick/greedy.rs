//! A quick plan: most value for time and money first, then ruin and recreate (Schrimpf and others 2000).
//!
//! It gives the exact search a plan to start from and stands in for it where that is switched off.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use super::draft::{Draft, taste};
use crate::planning::model::Model;
use crate::planning::model::Steps;
use crate::planning::model::{Merit, Starts};
use crate::value::RandomStream;

/// The best plan found by filling from nothing and then rebuilding parts `rounds` times, starting from `known` plans.
///
/// It ends early when `steps` are used up.
pub(crate) fn improve(
    model: &Model,
    known: Option<&Starts>,
    rounds: u32,
    seed: u64,
    steps: &Steps<'_>,
) -> (Merit, Starts) {
    let mut best = Draft::new(model).paying(steps);
    if let Some(starts) = known {
        best.load(starts);
    }
    best.fill(&|_| 1_024);
    let mut merit = best.merit();
    let mut random = RandomStream::new(seed, 0);
    for _ in 0..rounds {
        // A round takes a look at every session, whatever it rebuilds.
        if !steps.pay(model.items.len() as u64) {
            break;
        }
        let mut draft = best.clone();
        let placed: Vec<usize> = (0..model.items.len()).filter(|item| draft.starts[*item].is_some()).collect();
        let drops = 1 + random.below(1 + placed.len() / 3);
        for _ in 0..drops {
            if let Some(item) = placed.get(random.below(placed.len().max(1))) {
                draft.drop_with_dependants(*item);
            }
        }
        let bend = random.next();
        draft.fill(&|item| taste(bend, item));
        let found = draft.merit();
        if found >= merit {
            (merit, best) = (found, draft);
        }
    }
    (merit, best.starts)
}
