use crate::value::Step;

/// How often each step was chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct StepCounts([u32; Step::MAX.get() as usize]);

impl StepCounts {
    pub(super) fn add(&mut self, step: Step) {
        if let Some(count) = self.0.get_mut(usize::from(step.get()) - 1) {
            *count += 1;
        }
    }

    /// The others' steps, when one of the steps is one's own.
    pub(super) fn without(mut self, own: Step) -> Self {
        if let Some(count) = self.0.get_mut(usize::from(own.get()) - 1) {
            *count = count.saturating_sub(1);
        }
        self
    }

    pub(super) fn total(&self) -> u32 {
        self.0.iter().sum()
    }

    /// From step 1 to `steps`.
    pub(super) fn first(&self, steps: u8) -> &[u32] {
        self.0.get(..usize::from(steps)).unwrap_or_default()
    }

    pub(super) fn mean(&self) -> Option<f64> {
        self.mean_of(|step| step)
    }

    /// The mean distance from a step.
    pub(super) fn mean_distance(&self, from: Step) -> Option<f64> {
        self.mean_of(|step| step.abs_diff(from.get()))
    }

    /// The mean distance of two of these steps; nothing of fewer than two.
    pub(super) fn mean_distance_of_pairs(&self) -> Option<f64> {
        // At each place between two steps part as many pairs as there are steps below times steps above.
        let (total, mut below, mut distances) = (u64::from(self.total()), 0_u64, 0_u64);
        for count in &self.0 {
            below += u64::from(*count);
            distances += below * (total - below);
        }
        (total > 1).then(|| distances as f64 / (total * (total - 1) / 2) as f64)
    }

    fn mean_of(&self, of: impl Fn(u8) -> u8) -> Option<f64> {
        let sum: u64 = (1..).zip(&self.0).map(|(step, count)| u64::from(of(step)) * u64::from(*count)).sum();
        let total = self.total();
        (total > 0).then(|| sum as f64 / f64::from(total))
    }

    /// How many pairs have this lower and this higher step.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (u8, u8, u64)> {
        let counts = || (1_u8..).zip(self.0.iter().map(|count| u64::from(*count)));
        counts().flat_map(move |(low, count)| {
            counts().skip(usize::from(low) - 1).map(move |(high, other)| {
                let pairs = if low == high { count * count.saturating_sub(1) / 2 } else { count * other };
                (low, high, pairs)
            })
        })
    }
}

impl FromIterator<Step> for StepCounts {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        let mut counts = Self::default();
        steps.into_iter().for_each(|step| counts.add(step));
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_counted_as_if_written_out() {
        let steps = [1, 3, 3, 3, 5, 1].map(|step| Step::new(step).unwrap());
        let counts: StepCounts = steps.into_iter().collect();
        let mut written: std::collections::BTreeMap<(u8, u8), u64> = std::collections::BTreeMap::new();
        for (number, one) in steps.iter().enumerate() {
            for other in &steps[number + 1..] {
                *written.entry((one.get().min(other.get()), one.get().max(other.get()))).or_default() += 1;
            }
        }
        let counted = counts.pairs().filter(|(_, _, pairs)| *pairs > 0);
        assert!(counted.map(|(low, high, pairs)| ((low, high), pairs)).eq(written.clone()));
        let distances: u64 = written.iter().map(|((low, high), pairs)| u64::from(high - low) * pairs).sum();
        assert_eq!(counts.mean_distance_of_pairs(), Some(distances as f64 / 15.0));
    }

    #[test]
    fn means_are_of_the_others() {
        let counts: StepCounts = [2, 2, 5].map(|step| Step::new(step).unwrap()).into_iter().collect();
        let others = counts.without(Step::new(5).unwrap());
        assert_eq!((others.mean(), others.mean_distance(Step::new(5).unwrap())), (Some(2.0), Some(3.0)));
        assert_eq!(StepCounts::default().mean(), None);
    }
}
