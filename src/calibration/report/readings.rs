//! Whether raters read a criterion alike, and who does not.

use std::collections::{BTreeMap, BTreeSet};

use super::claim::{Bounds, Claim, Draft, Part, sample};
use super::figures::ROUNDING;
use super::making::Making;
use crate::calibration::collected::{Collected, Seen};
use crate::statistics::{Sample, Undefined, t_upper};
use crate::value::{Key, Reference};

/// Own step − mean of the others' on one criterion, rater by rater, each step measured from the rater's own mean on the other
/// criteria of the contact: who is severe on everything does not read a criterion otherwise.
pub(super) struct Reading<'a> {
    pub(super) criterion: &'a Key,
    /// How probable a rater as far from the others is by chance, if all read the criterion alike.
    pub(super) p_value: Option<f64>,
    pub(super) raters: BTreeMap<&'a Reference, Draft>,
}

/// What the raters of a criterion have in common.
struct Pooled {
    variance: f64,
    degrees: f64,
}

/// Of an assessment, for each number of steps: the sum of the steps chosen, and their number.
pub(super) type Sums = BTreeMap<u8, (f64, f64)>;

pub(super) fn sums(collected: &Collected<'_>) -> Vec<Sums> {
    let of_one = |seen: &Seen<'_>| {
        let mut sums = Sums::new();
        for (criterion, step) in &seen.steps {
            let (sum, count) = sums.entry(collected.scale(criterion).get()).or_default();
            *sum += f64::from(step.get());
            *count += 1.0;
        }
        sums
    };
    collected.seen.iter().map(of_one).collect()
}

type Biases<'a> = BTreeMap<&'a Reference, Vec<f64>>;

impl<'a> Making<'a> {
    pub(super) fn readings(&self) -> Vec<Reading<'a>> {
        self.collected.scales.keys().map(|criterion| self.reading(criterion)).collect()
    }

    fn reading(&self, criterion: &'a Key) -> Reading<'a> {
        let biases = self.biases(criterion, &BTreeSet::new());
        let samples = self.samples(&biases);
        let pooled = Pooled::of(&samples);
        let needed = self.thresholds.minimum_criterion_ratings;
        let bounds = Bounds::around_zero(self.thresholds.criterion_bias);
        let draft = |own: &Vec<f64>| {
            Draft::of(own.len() as u64, needed, bounds, || Claim::of_part(pooled.part(sample(own)?)?, bounds))
        };
        Reading {
            criterion,
            p_value: pooled.farthest(&samples).map(|(_, p_value)| p_value),
            raters: biases.iter().map(|(rater, own)| (*rater, draft(own))).collect(),
        }
    }

    /// The raters of a criterion who read it otherwise than the rest: the one farthest from the others, then of those who
    /// are left, until they are alike or half
    /// have been taken.
    pub(super) fn odd_readers(&self, criterion: &Key) -> BTreeSet<&'a Reference> {
        let rate = self.thresholds.false_alarm_rate.to_f64();
        let mut odd = BTreeSet::new();
        loop {
            let biases = self.biases(criterion, &odd);
            let samples = self.samples(&biases);
            if odd.len() >= samples.len() {
                return odd;
            }
            match Pooled::of(&samples).farthest(&samples) {
                // The first is known to be there.
                Some((rater, p_value)) if odd.is_empty() || p_value <= rate => odd.insert(rater),
                _ => return odd,
            };
        }
    }

    /// Contact by contact, without the raters who are left out.
    fn biases(&self, criterion: &Key, left_out: &BTreeSet<&Reference>) -> Biases<'a> {
        let mut biases: Biases<'a> = BTreeMap::new();
        for contact in &self.collected.shared {
            let raters = contact.by_rater.iter().filter(|(rater, _)| !left_out.contains(*rater));
            let own = raters.filter_map(|(rater, number)| Some((*rater, self.particular(*number, criterion)?)));
            let steps: Vec<(&'a Reference, f64)> = own.collect();
            let (sum, others) = (steps.iter().map(|(_, step)| step).sum::<f64>(), steps.len() as f64 - 1.0);
            if others > 0.0 {
                for (rater, own) in steps {
                    biases.entry(rater).or_default().push(own - (sum - own) / others);
                }
            }
        }
        biases
    }

    /// The step of an assessment on a criterion, less the mean of its steps on the others of as many steps.
    fn particular(&self, number: usize, criterion: &Key) -> Option<f64> {
        let own = f64::from(self.collected.seen.get(number)?.steps.get(criterion)?.get());
        let scale = self.collected.scale(criterion).get();
        let (sum, count) = self.sums.get(number).and_then(|sums| sums.get(&scale)).copied().unwrap_or_default();
        Some(if count > 1.0 { own - (sum - own) / (count - 1.0) } else { own })
    }

    /// Of the raters with enough contacts.
    fn samples(&self, biases: &Biases<'a>) -> Vec<(&'a Reference, Sample)> {
        let needed = self.thresholds.minimum_criterion_ratings.get() as usize;
        let enough = biases.iter().filter(|(_, own)| own.len() > 1 && own.len() >= needed);
        enough.filter_map(|(rater, own)| Some((*rater, sample(own).ok()?))).collect()
    }
}

impl Pooled {
    fn of(samples: &[(&Reference, Sample)]) -> Self {
        let (sum, degrees) = samples.iter().fold((0.0, 0.0), |(sum, degrees), (_, one)| {
            let own = one.size() as f64 - 1.0;
            (sum + own * one.variance().unwrap_or_default(), degrees + own)
        });
        // What one rater gives less, the others give more: of k distances k − 1 are free.
        let raters = samples.len() as f64;
        Self { variance: (sum / degrees).max(ROUNDING), degrees: degrees * (raters - 1.0) / raters }
    }

    /// The mean with its error: who is noisier than the others has the own error.
    fn part(&self, own: Sample) -> Result<Part, Undefined> {
        let variance = own.variance().map_or(self.variance, |own| own.max(self.variance));
        Ok(Part { value: own.plain_mean()?, variance: variance / own.size() as f64, degrees: self.degrees })
    }

    /// The rater farthest from the others, and the probability that anybody is as far by chance: that of this one times
    /// the number of raters. Nobody of fewer than two.
    fn farthest<'a>(&self, samples: &[(&'a Reference, Sample)]) -> Option<(&'a Reference, f64)> {
        let count = samples.len() as f64;
        let far = samples.iter().filter_map(|(rater, own)| {
            let part = self.part(*own).ok()?;
            let both_sides = 2.0 * t_upper(part.value.abs() / part.variance.sqrt(), part.degrees)?;
            Some((*rater, (count * both_sides).min(1.0), part.value.abs()))
        });
        // Of equally probable ones the larger bias, then the first.
        let far = far.min_by(|one, other| one.1.total_cmp(&other.1).then(other.2.total_cmp(&one.2)));
        far.filter(|_| samples.len() > 1).map(|(rater, p_value, _)| (rater, p_value))
    }
}
