//! Open response assessments of Open edX (ORA2): many raters, one score.
//!
//! Points are whole numbers; the score of a response is the sum over criteria. Where there is nothing, ORA2 gives 0:
//! our own scoring says why there is no score.
//!
//! *Reference*: `openassessment/assessment/models/base.py` and `openassessment/assessment/api` of openedx/edx-ora2.

/// The median of the raters' points on one criterion; of an even number the mean of the two in the middle, rounded up.
/// 0 without ratings.
#[must_use]
pub fn median(points: &[u32]) -> u32 {
    let mut sorted = points.to_vec();
    sorted.sort_unstable();
    let upper = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
    let lower = sorted.get(sorted.len().saturating_sub(1) / 2).copied().unwrap_or_default();
    lower + (upper - lower).div_ceil(2)
}

/// The mean of the raters' points on one criterion, rounded up. 0 without ratings.
#[must_use]
pub fn mean(points: &[u32]) -> u32 {
    let sum: u64 = points.iter().map(|one| u64::from(*one)).sum();
    u32::try_from(sum.div_ceil(points.len().max(1) as u64)).unwrap_or(u32::MAX)
}

/// The score of a response: the sum of its criteria's points, each found by `of_criterion` ([`median`] or [`mean`]).
#[must_use]
pub fn score(criteria: &[Vec<u32>], of_criterion: fn(&[u32]) -> u32) -> u64 {
    criteria.iter().map(|points| u64::from(of_criterion(points))).sum()
}

/// How many peers must have graded a response after seven days of waiting: 30 percent, rounded down, at least 1.
#[must_use]
pub fn relaxed_peer_count(must_be_graded_by: u32) -> u32 {
    u32::try_from(u64::from(must_be_graded_by) * 30 / 100).unwrap_or(u32::MAX).max(1)
}

/// The score that counts: the staff's, else the peers', else the person's own, which ours never counts.
#[must_use]
pub fn by_precedence(staff: Option<u64>, peers: Option<u64>, own: Option<u64>) -> Option<u64> {
    staff.or(peers).or(own)
}
