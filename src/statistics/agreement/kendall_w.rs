use super::{RatingCounts, RatingTable};
use crate::statistics::checks::real;
use crate::statistics::{Undefined, chi_squared_upper};
use crate::value::Real;

/// Kendall's W, and a test of whether the raters agree at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Concordance {
    w: Real,
    chi_squared: Real,
    p_value: Real,
    counts: RatingCounts,
}

impl Concordance {
    /// W: 1 if all raters order the subjects alike, 0 if their orders cancel out.
    #[must_use]
    pub fn w(&self) -> f64 {
        self.w.get()
    }

    /// m(n − 1)W for m raters and n subjects.
    #[must_use]
    pub fn chi_squared(&self) -> f64 {
        self.chi_squared.get()
    }

    /// The degrees of freedom of chi-squared: subjects − 1.
    #[must_use]
    pub fn degrees_of_freedom(&self) -> u64 {
        self.counts.subjects() - 1
    }

    /// The probability of a chi-squared at least as large, if the raters order at random. A large-sample value, too
    /// careful below eight subjects.
    #[must_use]
    pub fn p_value(&self) -> f64 {
        self.p_value.get()
    }

    /// The mean of Spearman's rank correlations of all pairs of raters, when no rater has ties: (mW − 1)/(m − 1).
    #[must_use]
    pub fn mean_rank_correlation(&self) -> f64 {
        let raters = self.counts.raters() as f64;
        (raters * self.w() - 1.0) / (raters - 1.0)
    }

    /// What it rests on.
    #[must_use]
    pub fn counts(&self) -> &RatingCounts {
        &self.counts
    }
}

/// Kendall's coefficient of concordance W, corrected for ties.
///
/// *Answers* whether raters put the subjects in the same order, however severe each of them is. *Assumes* ordered
/// categories. *Formula*: W = 12 Σ(Rᵤ − R̄)² / (m²(n³ − n) − m Σ T), where Rᵤ is the sum of a subject's ranks, tied ranks are
/// means, and T = Σ(t³ − t) over the ties of a rater. *Undefined when* there are fewer than two raters or subjects, or no
/// rater tells any subjects apart. *Reference*: Kendall and Babington Smith 1939, Annals of Mathematical Statistics
/// 10:275; ties: Kendall 1948. *Checked against* SciPy's Friedman statistic, which is m(n − 1)W.
///
/// # Errors
///
/// [`Undefined::TooFewRaters`], [`Undefined::TooFewSubjects`], or [`Undefined::NoVariation`] if no rater tells any
/// subjects apart.
pub fn kendall_w(ratings: &RatingTable) -> Result<Concordance, Undefined> {
    let counts = *ratings.counts();
    let (raters, subjects) = (counts.raters() as usize, counts.subjects() as usize);
    if subjects < 2 {
        return Err(Undefined::too_few_subjects(subjects, 2));
    }
    if raters < 2 {
        return Err(Undefined::too_few_raters(raters, 2));
    }
    let (ranks, ties) = doubled_ranks(ratings, raters);
    let (m, n) = (raters as f64, subjects as f64);
    let mean = m * (n + 1.0);
    let mut squares = 0.0;
    for row in ratings.rows() {
        let mut sum = 0.0;
        for (code, ranks) in row.iter().zip(&ranks) {
            sum += ranks.get(usize::from(*code)).copied().unwrap_or_default();
        }
        squares += (sum - mean) * (sum - mean);
    }
    let possible = m * m * (n * n * n - n) - m * ties;
    if possible <= 0.0 {
        return Err(Undefined::NoVariation {});
    }
    // 12 · Σ(R − R̄)², and doubled ranks make squares four times as large.
    let w = (3.0 * squares / possible).min(1.0);
    let chi_squared = m * (n - 1.0) * w;
    let p_value = chi_squared_upper(chi_squared, n - 1.0).ok_or(Undefined::OutOfRange {})?;
    Ok(Concordance { w: real(w)?, chi_squared: real(chi_squared)?, p_value: real(p_value)?, counts })
}

/// For each rater twice the rank of each category, so that halves are whole; and Σ(t³ − t) over all ties.
fn doubled_ranks(ratings: &RatingTable, raters: usize) -> (Vec<Vec<f64>>, f64) {
    let mut used = vec![vec![0_u64; ratings.categories().count()]; raters];
    for row in ratings.rows() {
        for (code, used) in row.iter().zip(&mut used) {
            if let Some(count) = used.get_mut(usize::from(*code)) {
                *count += 1;
            }
        }
    }
    let mut ties = 0.0;
    let ranks = used.iter().map(|used| {
        let mut below = 0.0;
        let rank = |count: &u64| {
            let tied = *count as f64;
            ties += tied * tied * tied - tied;
            let rank = 2.0 * below + tied + 1.0;
            below += tied;
            rank
        };
        used.iter().map(rank).collect()
    });
    (ranks.collect(), ties)
}
