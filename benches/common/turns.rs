//! Contenders in turns, so that all of them see the same machine.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// The least time of each contender: other work on the machine only ever adds.
pub(crate) fn least_times<const N: usize>(turns: usize, mut turn: impl FnMut(usize) -> [Duration; N]) -> [Duration; N] {
    let mut least = [Duration::MAX; N];
    for number in 0..turns {
        for (least, time) in least.iter_mut().zip(turn(number)) {
            *least = time.min(*least);
        }
    }
    least
}

pub(crate) fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}
