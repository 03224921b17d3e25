use crate::statistics::beta_lower;
use crate::value::{Count, Day, Share};

/// What a rater must reach on a calibration set before ratings count, how often the rule may err, and for how long a pass
/// holds.
///
/// A rater is tried twice on the same ratings: how often they are on the agreed step, over all criteria; and on critical
/// criteria how often they are at most one step beside it. Of either the policy says what an adequate rater reaches and
/// what an unfit one does. The rater *passes* when ratings as good would be rare in an unfit rater on both, *fails* when
/// ratings as bad would be rare in an adequate one on either, and is *undecided* otherwise: more contacts are needed.
///
/// *Formula*: of a share h of ratings, h·m are hits in m effective ratings, m being the sum over contacts of
/// n / (1 + (n − 1)·ρ) for n ratings of a contact with correlation ρ. The probability of as many hits is the upper tail of
/// the binomial distribution, as an incomplete beta function. *Reference*: the two risks of a sampling plan, Dodge and
/// Romig 1929; effective numbers, Kish 1965. *Checked against*: simulated raters, see
/// [`guide::calibration`](crate::guide::calibration), where the chances are listed.
///
/// ```
/// use service_excellence::CalibrationPolicy;
///
/// // How many contacts decide on everybody, with 24 criteria of which 3 are critical?
/// let policy = CalibrationPolicy::default();
/// assert_eq!(policy.contacts_needed(24, 3).map(|contacts| contacts.get()), Some(21));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalibrationPolicy {
    /// The share of ratings on the agreed step that a rater who is good enough reaches; 0.5.
    pub adequate_exact: Share,
    /// The same of a rater who must not pass; 0.35.
    pub unfit_exact: Share,
    /// The share of ratings of critical criteria at most one step beside that a rater who is good enough reaches; 0.9.
    pub adequate_critical: Share,
    /// The same of a rater who must not pass; 0.7.
    pub unfit_critical: Share,
    /// How often an adequate rater may fail; 0.05.
    pub false_failure: Share,
    /// How often an unfit rater may pass; 0.05.
    pub false_pass: Share,
    /// How far hits on one contact go together: their correlation; 0.05.
    pub contact_correlation: Share,
    /// How many days a pass holds; 180.
    pub valid_days: u16,
}

impl Default for CalibrationPolicy {
    fn default() -> Self {
        Self {
            adequate_exact: percent(50),
            unfit_exact: percent(35),
            adequate_critical: percent(90),
            unfit_critical: percent(70),
            false_failure: percent(5),
            false_pass: percent(5),
            contact_correlation: percent(5),
            valid_days: 180,
        }
    }
}

fn percent(whole: u64) -> Share {
    Share::of(whole, 100).unwrap_or(Share::ZERO)
}

/// What can be said of a rater who rated all contacts of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CalibrationVerdict {
    /// Ratings as good are rare in an unfit rater.
    Passed,
    /// Ratings as bad are rare in an adequate rater.
    Failed,
    /// Either may be: more contacts are needed.
    Undecided,
}

/// Hits in effective ratings.
#[derive(Clone, Copy)]
pub(super) struct Hits {
    pub(super) share: f64,
    pub(super) effective: f64,
}

impl CalibrationPolicy {
    /// The day from which a set passed on `day` has to be repeated.
    #[must_use]
    pub fn due_on(&self, day: Day) -> Day {
        day.plus_days(i32::from(self.valid_days))
    }

    /// How many contacts decide on every rater, when each is rated on so many criteria, of which so many are critical.
    ///
    /// None if more than 10,000 would be needed, or if an adequate rater need not be better than an unfit one.
    #[must_use]
    pub fn contacts_needed(&self, criteria: u32, critical: u32) -> Option<Count> {
        const MOST: usize = 10_000;
        let of = |ratings: u32, contacts: usize| contacts as f64 * self.effective(f64::from(ratings));
        let decides = |contacts: usize| {
            self.is_decisive(self.adequate_exact, self.unfit_exact, of(criteria, contacts), critical > 0)
                && (critical == 0
                    || self.is_decisive(self.adequate_critical, self.unfit_critical, of(critical, contacts), true))
        };
        let is_possible = criteria > 0
            && self.adequate_exact > self.unfit_exact
            && (critical == 0 || self.adequate_critical > self.unfit_critical);
        // More contacts decide better, so halving finds the fewest.
        let (mut too_few, mut enough) = (0, MOST);
        if !is_possible || !decides(enough) {
            return None;
        }
        while enough - too_few > 1 {
            let middle = usize::midpoint(too_few, enough);
            if decides(middle) {
                enough = middle;
            } else {
                too_few = middle;
            }
        }
        Some(Count::of(enough))
    }

    /// How many independent ratings tell as much as this number of one contact.
    pub(super) fn effective(&self, ratings: f64) -> f64 {
        if ratings > 0.0 { ratings / (1.0 + (ratings - 1.0) * self.contact_correlation.to_f64()) } else { 0.0 }
    }

    /// The verdict on hits on all criteria, and on critical ones, where there are any.
    pub(super) fn verdict(&self, exact: Hits, critical: Option<Hits>) -> CalibrationVerdict {
        let is_shared = critical.is_some();
        let parts = [
            Some((exact, self.adequate_exact, self.unfit_exact)),
            critical.map(|hits| (hits, self.adequate_critical, self.unfit_critical)),
        ];
        let mut parts = parts.into_iter().flatten();
        let passes = |(hits, _, unfit): (Hits, Share, Share)| at_least(hits, unfit) <= self.false_pass.to_f64();
        let fails = |(hits, adequate, _): (Hits, Share, Share)| at_most(hits, adequate) <= self.failure(is_shared);
        if parts.clone().all(passes) {
            CalibrationVerdict::Passed
        } else if parts.any(|part| !passes(part) && fails(part)) {
            CalibrationVerdict::Failed
        } else {
            CalibrationVerdict::Undecided
        }
    }

    /// Of two tries, either may fail an adequate rater.
    fn failure(&self, is_shared: bool) -> f64 {
        self.false_failure.to_f64() / if is_shared { 2.0 } else { 1.0 }
    }

    /// Whether a share that just does not pass fails.
    fn is_decisive(&self, adequate: Share, unfit: Share, effective: f64, is_shared: bool) -> bool {
        let of = |share: f64| Hits { share, effective };
        let (mut fails_to_pass, mut passes) = (0.0, 1.0);
        if at_least(of(passes), unfit) > self.false_pass.to_f64() {
            return false;
        }
        for _ in 0..60 {
            let middle = f64::midpoint(fails_to_pass, passes);
            if at_least(of(middle), unfit) <= self.false_pass.to_f64() {
                passes = middle;
            } else {
                fails_to_pass = middle;
            }
        }
        at_most(of(fails_to_pass), adequate) <= self.failure(is_shared)
    }
}

/// The probability of at least as many hits, each with this chance.
fn at_least(hits: Hits, chance: Share) -> f64 {
    let (found, rest) = (hits.share * hits.effective, (1.0 - hits.share) * hits.effective);
    if found <= 0.0 { 1.0 } else { beta_lower(chance.to_f64(), found, rest + 1.0).unwrap_or(1.0) }
}

/// The probability of at most as many hits, each with this chance.
fn at_most(hits: Hits, chance: Share) -> f64 {
    let (found, rest) = (hits.share * hits.effective, (1.0 - hits.share) * hits.effective);
    if rest <= 0.0 { 1.0 } else { 1.0 - beta_lower(chance.to_f64(), found + 1.0, rest).unwrap_or(0.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy() -> CalibrationPolicy {
        CalibrationPolicy::default()
    }

    fn hits(share: f64, effective: f64) -> Hits {
        Hits { share, effective }
    }

    /// Of 20 tries: P(X ≥ 12) with chance 0.35 is 0.0196, P(X ≥ 10) is 0.1218; P(X ≤ 5) with chance 0.5 is 0.0207.
    #[test]
    fn tails_are_those_of_the_binomial_distribution() {
        for (found, expected) in [
            (at_least(hits(0.6, 20.0), percent(35)), 0.019_6),
            (at_least(hits(0.5, 20.0), percent(35)), 0.121_8),
            (at_most(hits(0.25, 20.0), percent(50)), 0.020_7),
        ] {
            assert!((found - expected).abs() < 5e-5, "{found} {expected}");
        }
        assert_eq!((at_least(hits(0.0, 5.0), percent(35)), at_most(hits(1.0, 5.0), percent(50))), (1.0, 1.0));
    }

    #[test]
    fn few_contacts_decide_on_the_plain_cases_only() {
        let few = |share| policy().verdict(hits(share, 40.0), None);
        assert_eq!(few(0.7), CalibrationVerdict::Passed);
        assert_eq!(few(0.45), CalibrationVerdict::Undecided);
        assert_eq!(few(0.2), CalibrationVerdict::Failed);
    }

    #[test]
    fn the_contacts_needed_decide_on_every_share_and_one_fewer_does_not() {
        let needed = policy().contacts_needed(24, 5).unwrap().get();
        let undecided = |contacts: u32| {
            let of = |ratings: f64, share: f64| hits(share, f64::from(contacts) * policy().effective(ratings));
            let verdict = |exact: f64, critical: f64| policy().verdict(of(24.0, exact), Some(of(5.0, critical)));
            let shares = || (0..=200).map(|part| f64::from(part) / 200.0);
            shares().any(|share| verdict(share, 1.0) == CalibrationVerdict::Undecided)
                || shares().any(|share| verdict(1.0, share) == CalibrationVerdict::Undecided)
        };
        assert!(!undecided(needed));
        assert!(undecided(needed - 2), "{needed}");
    }

    #[test]
    fn what_cannot_be_told_apart_has_no_number_of_contacts() {
        let alike = CalibrationPolicy { unfit_exact: percent(50), ..policy() };
        assert_eq!(alike.contacts_needed(24, 0), None);
        assert_eq!(policy().contacts_needed(0, 0), None);
        assert!(policy().contacts_needed(24, 0) < policy().contacts_needed(24, 2));
    }
}
