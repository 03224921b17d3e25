//! Tables printed in papers and manuals, with the answers printed there: one file for each source.
//!
//! A tolerance is half of the last printed digit, unless the file says otherwise.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a published table that is refused should stop the test"
)]

mod agresti;
mod attitude;
mod bland_altman_1986;
mod cohen_1968;
mod dyestuff;
mod eeoc;
mod efron_morris_1977;
mod fleiss_1971;
mod fleiss_cohen_everitt_1969;
mod guilford;
mod gwet_2014;
mod jacobson_truax_1991;
mod krippendorff_2011;
mod memberjunction;
mod newcombe_1998;
mod peers_of_agreement;
mod shrout_fleiss_1979;
mod stuart_1953;

/// Compares with a printed number.
#[track_caller]
pub(crate) fn assert_near(found: f64, printed: f64, tolerance: f64) {
    assert!((found - printed).abs() <= tolerance, "found {found}, printed {printed} ± {tolerance}");
}
