use crate::statistics::DataError;
use crate::statistics::checks::share;
use crate::statistics::place::nth;

/// The positions of p values, the smallest first; of equal ones the first given.
pub(super) fn smallest_first(p_values: &[f64]) -> Result<Vec<usize>, DataError> {
    for (index, p_value) in p_values.iter().enumerate() {
        share("the p value", &nth("at position", index), *p_value)?;
    }
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    let value = |index: &usize| p_values.get(*index).copied().unwrap_or(1.0);
    order.sort_by(|one, other| value(one).total_cmp(&value(other)));
    Ok(order)
}

/// The numbers in `order`, back at the positions that they belong to.
pub(super) fn put_back(order: &[usize], numbers: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut placed = vec![1.0; order.len()];
    for (index, number) in order.iter().zip(numbers) {
        if let Some(place) = placed.get_mut(*index) {
            *place = number;
        }
    }
    placed
}

/// From the largest p value down: each times m / rank times `factor`, and never above that of a larger one.
pub(super) fn step_up(p_values: &[f64], factor: f64) -> Result<Vec<f64>, DataError> {
    let mut order = smallest_first(p_values)?;
    order.reverse();
    let (m, mut lowest) = (p_values.len(), 1.0_f64);
    let adjusted: Vec<f64> = order
        .iter()
        .enumerate()
        .map(|(above, index)| {
            let rank = (m - above) as f64;
            let own = p_values.get(*index).copied().unwrap_or(1.0) * (m as f64 / rank) * factor;
            lowest = lowest.min(own);
            lowest
        })
        .collect();
    Ok(put_back(&order, adjusted))
}
