//! Tables with answers in print: one module per source.

#![expect(clippy::unwrap_used, reason = "a published case that gives no value should stop the test")]

mod agresti;
mod attitude;
mod bland_altman_1986;
mod dyestuff;
mod eeoc;
mod efron_morris_1977;
mod jacobson_truax_1991;
mod newcombe_1998;
mod shrout_fleiss_1979;

/// Fails unless `found` lies within `tolerance` of the printed value.
#[track_caller]
fn assert_near(found: f64, printed: f64, tolerance: f64) {
    assert!((found - printed).abs() <= tolerance, "found {found}, printed {printed}, tolerance {tolerance}");
}
