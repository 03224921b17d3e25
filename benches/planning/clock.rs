//! Processor time of this thread, which other work on the machine touches less than the clock on the wall.

use std::time::Instant;

pub(crate) struct Stopwatch {
    wall: Instant,
    processor: Option<f64>,
}

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self { wall: Instant::now(), processor: processor_seconds() }
    }

    /// Seconds that this thread has run since, or that have passed where the system does not tell.
    pub(crate) fn seconds(&self) -> f64 {
        match (self.processor, processor_seconds()) {
            (Some(start), Some(now)) => now - start,
            _ => self.wall.elapsed().as_secs_f64(),
        }
    }
}

fn processor_seconds() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds / 1e9)
}
