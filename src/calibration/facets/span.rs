//! Vectors of whole numbers, and whether one is a sum of multiples of others.

/// The vectors that a list of vectors spans, in reduced row echelon form.
///
/// Computed in whole numbers modulo a prime: exact, without a tolerance. It could differ from the span over fractions
/// only if the prime, which has 19 digits, divided a determinant of the vectors.
#[derive(Clone, Debug, Default)]
pub(super) struct Span {
    /// Each vector with the place of its 1, where every other one has 0.
    rows: Vec<(usize, Vec<u64>)>,
}

const PRIME: u64 = (1 << 61) - 1;

impl Span {
    /// How many of the vectors are independent.
    pub(super) fn rank(&self) -> usize {
        self.rows.len()
    }

    /// What of the vector is not in the span: the same for two vectors exactly when their difference is in the span.
    pub(super) fn rest_of(&self, mut vector: Vec<u64>) -> Vec<u64> {
        for (place, row) in &self.rows {
            let factor = vector.get(*place).copied().unwrap_or_default();
            if factor > 0 {
                subtract(&mut vector, factor, row);
            }
        }
        vector
    }

    /// Widens the span by the vector.
    pub(super) fn add(&mut self, vector: Vec<u64>) {
        let mut rest = self.rest_of(vector);
        let Some((place, first)) = rest.iter().copied().enumerate().find(|(_, entry)| *entry > 0) else { return };
        let inverse = power(first, PRIME - 2);
        rest.iter_mut().for_each(|entry| *entry = times(*entry, inverse));
        for (_, row) in &mut self.rows {
            let factor = row.get(place).copied().unwrap_or_default();
            subtract(row, factor, &rest);
        }
        self.rows.push((place, rest));
    }
}

pub(super) fn plus(one: u64, other: u64) -> u64 {
    (one + other) % PRIME
}

pub(super) fn minus(one: u64, other: u64) -> u64 {
    (one + PRIME - other) % PRIME
}

fn times(one: u64, other: u64) -> u64 {
    // The remainder is less than the prime, so it fits.
    (u128::from(one) * u128::from(other) % u128::from(PRIME)) as u64
}

fn power(base: u64, exponent: u64) -> u64 {
    let bits = (0..u64::BITS - exponent.leading_zeros()).rev();
    bits.fold(1, |sofar, bit| {
        let square = times(sofar, sofar);
        if exponent >> bit & 1 == 1 { times(square, base) } else { square }
    })
}

fn subtract(vector: &mut [u64], factor: u64, row: &[u64]) {
    for (entry, own) in vector.iter_mut().zip(row) {
        *entry = minus(*entry, times(factor, *own));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_times_its_inverse_is_one() {
        for number in [1, 2, 3, 1_000_003, PRIME - 1] {
            assert_eq!(times(number, power(number, PRIME - 2)), 1, "{number}");
        }
    }

    #[test]
    fn multiples_and_sums_are_in_the_span_and_nothing_else() {
        let mut span = Span::default();
        for vector in [[1, minus(0, 1), 0, 0], [0, 2, minus(0, 2), 0], [1, 0, minus(0, 1), 0]] {
            span.add(vector.to_vec());
        }
        assert_eq!(span.rank(), 2);
        assert_eq!(span.rest_of(vec![5, minus(0, 3), minus(0, 2), 0]), [0; 4]);
        assert_ne!(span.rest_of(vec![1, 0, 0, minus(0, 1)]), [0; 4]);
        assert_eq!(span.rest_of(vec![1, 0, 0, 7]), span.rest_of(vec![0, 0, 1, 7]));
    }
}
