//! Steps that may still be taken, so that no loop over a large problem goes on for ever.

use std::cell::Cell;

use super::limits::SolveLimits;

/// How many steps are taken before the caller is asked whether to stop.
const STEPS_AT_ONCE: u64 = 20_000;

/// A purse of steps: whoever works pays, and stops when it is empty or the caller says so.
pub(crate) struct Steps<'a> {
    limits: &'a SolveLimits<'a>,
    left: Cell<u64>,
    until_asked: Cell<u64>,
    is_stopped: Cell<bool>,
}

impl<'a> Steps<'a> {
    pub(crate) fn new(count: u64, limits: &'a SolveLimits<'a>) -> Self {
        Self { limits, left: Cell::new(count), until_asked: Cell::new(0), is_stopped: Cell::new(false) }
    }

    /// Pays for some steps; `false` when they are not to be taken.
    pub(crate) fn pay(&self, count: u64) -> bool {
        if self.is_over() {
            return false;
        }
        self.left.set(self.left.get().saturating_sub(count));
        match self.until_asked.get().checked_sub(count) {
            Some(later) => self.until_asked.set(later),
            None => {
                self.until_asked.set(STEPS_AT_ONCE);
                self.is_stopped.set(self.limits.is_stopped());
            }
        }
        !self.is_over()
    }

    /// Whether no step is left.
    pub(crate) fn are_used_up(&self) -> bool {
        self.left.get() == 0
    }

    /// Whether no step is left, or none may be taken any more.
    pub(crate) fn is_over(&self) -> bool {
        self.are_used_up() || self.is_stopped.get()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn steps_are_paid_until_none_is_left() {
        let limits = SolveLimits::default();
        let steps = Steps::new(10, &limits);
        assert!(steps.pay(4) && steps.pay(5) && !steps.is_over());
        assert!(!steps.pay(5) && steps.is_over());
    }

    #[test]
    fn the_caller_is_asked_at_once_and_then_now_and_then() {
        let asked = AtomicU64::new(0);
        let stop = || asked.fetch_add(1, Ordering::Relaxed) == 3;
        let limits = SolveLimits { stop: Some(&stop), ..SolveLimits::default() };
        let steps = Steps::new(u64::MAX, &limits);
        let taken = (1..1_000_000_u64).take_while(|_| steps.pay(1)).count() as u64;
        assert_eq!(asked.load(Ordering::Relaxed), 4);
        assert!((3 * STEPS_AT_ONCE..4 * STEPS_AT_ONCE).contains(&taken), "{taken}");
    }
}
