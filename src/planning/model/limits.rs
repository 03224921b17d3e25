use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

/// How far the solver goes before it returns what it has: counts of steps, so that the same input gives the same plan.
///
/// ```
/// use service_excellence::planning::SolveLimits;
///
/// let quick = SolveLimits { master_nodes: 200, ..SolveLimits::default() };
/// assert!(quick.stop.is_none());
/// ```
#[derive(Clone, Copy)]
pub struct SolveLimits<'a> {
    /// Nodes of branch and bound in all masters together.
    pub master_nodes: u64,
    /// Combinations that one search for a schedule tries.
    pub schedule_steps: u64,
    /// Nodes of branch and bound for one schedule that the search by combinations could not decide.
    pub schedule_nodes: u64,
    /// How many times as long choices are looked at that could not be decided, once nothing else is open; at 1 they are
    /// not looked at again.
    pub second_look: u64,
    /// How many tolls on weeks are looked for before each search.
    pub toll_rounds: u32,
    /// How many choices of sessions the search looks for weeks for.
    pub rounds: u32,
    /// How many choices of sessions may be set aside because the scheduler could not decide on them.
    pub undecided: usize,
    /// Rebuilding rounds of the quick plan that the search starts from.
    pub quick_rounds: u32,
    /// Sessions tried in one quick plan and its rebuilding, each counted with the goals and synergies that it touches.
    pub quick_steps: u64,
    /// Sessions and levels looked at in one bound from prices.
    pub price_steps: u64,
    /// The largest problem that a master takes, in about the numbers that its rows hold; what is larger is planned quickly
    /// and bounded by prices. A session counts its length in weeks times the sum of two numbers: the square of its person's
    /// due weeks, the last week among them, and the weeks in which it can start, four times where anybody has weekly minima.
    /// It counts eight more for each session that it comes directly after. A credit of a goal counts the goal's different
    /// ceilings, and eight for each member of its synergy; a member of an exclusive group counts one.
    pub master_size: u64,
    /// How many sets of constraints are tried for a conflict that holds nothing it could do without.
    pub conflict_tests: u32,
    /// Nodes of branch and bound spent on the cheapest, then shortest, then earliest of equally good plans, once the best
    /// value is proven; at 0 nobody looks for it.
    pub tie_nodes: u64,
    /// Asked now and then; the solver stops when it says `true`, and asks no more. Results then depend on when it does.
    pub stop: Option<&'a (dyn Fn() -> bool + Sync)>,
}

impl Default for SolveLimits<'_> {
    fn default() -> Self {
        Self {
            master_nodes: 100_000,
            schedule_steps: 100_000,
            schedule_nodes: 400,
            second_look: 16,
            toll_rounds: 20,
            rounds: 2_000,
            undecided: 12,
            quick_rounds: 200,
            quick_steps: 4_000_000,
            price_steps: 8_000_000,
            master_size: 40_000,
            conflict_tests: 200,
            tie_nodes: 2_000,
            stop: None,
        }
    }
}

impl SolveLimits<'_> {
    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.is_some_and(|stop| stop())
    }

    /// Works with the same limits, in which nobody is asked again who has said stop.
    pub(crate) fn asking_until_stopped<T>(&self, work: impl FnOnce(&SolveLimits<'_>) -> T) -> T {
        let Some(stop) = self.stop else { return work(self) };
        let is_stopped = AtomicBool::new(false);
        let ask = || {
            if !is_stopped.load(Ordering::Relaxed) && stop() {
                is_stopped.store(true, Ordering::Relaxed);
            }
            is_stopped.load(Ordering::Relaxed)
        };
        work(&SolveLimits { stop: Some(&ask), ..*self })
    }
}

impl fmt::Debug for SolveLimits<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SolveLimits")
            .field("master_nodes", &self.master_nodes)
            .field("schedule_steps", &self.schedule_steps)
            .field("schedule_nodes", &self.schedule_nodes)
            .field("second_look", &self.second_look)
            .field("toll_rounds", &self.toll_rounds)
            .field("rounds", &self.rounds)
            .field("undecided", &self.undecided)
            .field("quick_rounds", &self.quick_rounds)
            .field("quick_steps", &self.quick_steps)
            .field("price_steps", &self.price_steps)
            .field("master_size", &self.master_size)
            .field("conflict_tests", &self.conflict_tests)
            .field("tie_nodes", &self.tie_nodes)
            .field("stop", &self.stop.is_some())
            .finish()
    }
}

/// What kept the solver from a proof, or from the smallest conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LimitHit {
    /// [`SolveLimits::master_nodes`].
    MasterNodes,
    /// [`SolveLimits::rounds`].
    Rounds,
    /// [`SolveLimits::schedule_steps`], for a choice of sessions that nobody could place or rule out.
    Scheduler,
    /// Floating-point error: the master's answer was not confirmed in whole numbers.
    Numerics,
    /// The crate was built without the feature `exact`: there is no master.
    NoMaster,
    /// More people than one exact master takes: what they share was priced, and people were planned one after the other.
    ManyPeople,
    /// [`SolveLimits::quick_steps`].
    QuickSteps,
    /// [`SolveLimits::price_steps`].
    PriceSteps,
    /// [`SolveLimits::master_size`]: the problem, or that of one of many people, was not given to a master.
    MasterSize,
    /// [`SolveLimits::conflict_tests`]: the conflict may name constraints that are not needed for it.
    ConflictTests,
    /// [`SolveLimits::stop`] said `true`.
    Stopped,
}

impl fmt::Display for LimitHit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Rounds => "the search has looked for choices of sessions as often as it may",
            Self::QuickSteps => "the quick plan has tried as many sessions as it may",
            Self::PriceSteps => "prices for a bound were looked for as long as they may be",
            Self::MasterSize => "the problem is larger than the exact search takes",
            Self::ConflictTests => "not every constraint of the conflict was tried",
            Self::Stopped => "the caller stopped the search",
            Self::MasterNodes => "the search has tried as many cases as it may",
            Self::Scheduler => "a choice of sessions could neither be placed in weeks nor ruled out",
            Self::Numerics => "a number was not confirmed in whole numbers",
            Self::NoMaster => "the exact search is not built in",
            Self::ManyPeople => {
                "there are more people than are planned at once, so they were planned one after the other"
            }
        })
    }
}
