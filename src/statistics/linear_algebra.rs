//! Small symmetric systems.

/// The root L of a symmetric positive definite matrix, A = L·Lᵀ; row by row. Nothing if it is not, up to rounding.
pub(super) fn cholesky(matrix: &[f64], size: usize) -> Option<Vec<f64>> {
    const RANK_TOLERANCE: f64 = 1e-11;
    let mut root = matrix.to_vec();
    for row in 0..size {
        for column in 0..=row {
            let (own, other) =
                (root.get(row * size..row * size + column)?, root.get(column * size..column * size + column)?);
            let product: f64 = own.iter().zip(other).map(|(one, other)| one * other).sum();
            let rest = matrix.get(row * size + column)? - product;
            let value = if row == column {
                if rest <= RANK_TOLERANCE * matrix.get(row * size + row)? {
                    return None;
                }
                rest.sqrt()
            } else {
                rest / root.get(column * size + column)?
            };
            *root.get_mut(row * size + column)? = value;
        }
    }
    Some(root)
}

/// Solves L·x = right in place.
pub(super) fn solve_lower(root: &[f64], size: usize, right: &mut [f64]) -> Option<()> {
    for row in 0..size {
        let line = root.get(row * size..row * size + row)?;
        let known: f64 = line.iter().zip(right.iter()).map(|(one, other)| one * other).sum();
        let pivot = root.get(row * size + row)?;
        let value = right.get_mut(row)?;
        *value = (*value - known) / pivot;
    }
    Some(())
}

/// The diagonal of the inverse of a symmetric positive definite matrix.
pub(super) fn inverse_diagonal(matrix: &[f64], size: usize) -> Option<Vec<f64>> {
    let root = cholesky(matrix, size)?;
    let mut diagonal = Vec::with_capacity(size);
    for column in 0..size {
        let mut unit = vec![0.0; size];
        *unit.get_mut(column)? = 1.0;
        solve_lower(&root, size, &mut unit)?;
        diagonal.push(unit.iter().map(|value| value * value).sum());
    }
    Some(diagonal)
}
