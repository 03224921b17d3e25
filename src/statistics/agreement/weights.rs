use super::Categories;
use crate::statistics::place::{cell, nth};
use crate::statistics::{DataError, Undefined};
use crate::value::{Count, Real};

/// How much two different categories agree: 1 wholly, 0 not at all, in between partly.
///
/// | weights | agreement of categories *k* and *l* of *q* |
/// |---|---|
/// | [`identity`](Weights::identity) | 1 if they are the same, else 0 |
/// | [`within`](Weights::within) | 1 if at most so many positions lie between, else 0 |
/// | [`linear`](Weights::linear) | 1 − \|k − l\| / (q − 1), by position |
/// | [`quadratic`](Weights::quadratic) | 1 − (k − l)² / (q − 1)², by position |
/// | [`linear_on_values`](Weights::linear_on_values), [`quadratic_on_values`](Weights::quadratic_on_values) | the same with the values of the categories and their range |
/// | [`gwet_ordinal`](Weights::gwet_ordinal) | 1 − C(d + 1, 2) / C(q, 2), d = \|k − l\| (Gwet 2014) |
/// | [`custom`](Weights::custom), [`from_disagreement`](Weights::from_disagreement) | a matrix of your own |
///
/// For categories 1 to 5 position and value come to the same; for 1, 2, 4, 8 they do not. Gwet's ordinal weights are
/// not Krippendorff's ordinal metric ([`AlphaMetric::Ordinal`](super::AlphaMetric::Ordinal)), which depends on how
/// often each category was used.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Weights {
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Identity,
    Within(usize),
    Linear(Spacing),
    Quadratic(Spacing),
    GwetOrdinal,
    /// Disagreement, row by row.
    Custom {
        categories: usize,
        cells: Vec<Real>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Spacing {
    Position,
    Value,
}

impl Weights {
    /// Only the same category agrees.
    #[must_use]
    pub const fn identity() -> Self {
        Self { kind: Kind::Identity }
    }

    /// Categories at most `positions` apart agree wholly: "within one step".
    #[must_use]
    pub const fn within(positions: usize) -> Self {
        Self { kind: Kind::Within(positions) }
    }

    /// Disagreement grows with the distance in positions.
    #[must_use]
    pub const fn linear() -> Self {
        Self { kind: Kind::Linear(Spacing::Position) }
    }

    /// Disagreement grows with the square of the distance in positions.
    #[must_use]
    pub const fn quadratic() -> Self {
        Self { kind: Kind::Quadratic(Spacing::Position) }
    }

    /// Disagreement grows with the distance of the values.
    #[must_use]
    pub const fn linear_on_values() -> Self {
        Self { kind: Kind::Linear(Spacing::Value) }
    }

    /// Disagreement grows with the square of the distance of the values.
    #[must_use]
    pub const fn quadratic_on_values() -> Self {
        Self { kind: Kind::Quadratic(Spacing::Value) }
    }

    /// Gwet's ordinal weights: by the number of pairs of categories that lie in between.
    #[must_use]
    pub const fn gwet_ordinal() -> Self {
        Self { kind: Kind::GwetOrdinal }
    }

    /// Agreement weights of your own: one row for each category, 1 on the diagonal, from 0 to 1 elsewhere.
    ///
    /// # Errors
    ///
    /// The matrix is empty, not square or larger than 255 × 255, or a weight is out of range.
    pub fn custom(rows: &[impl AsRef<[f64]>]) -> Result<Self, DataError> {
        Self::matrix(rows, |row, column, weight| {
            let is_fine =
                if row == column { weight.to_bits() == 1.0_f64.to_bits() } else { (0.0..=1.0).contains(&weight) };
            is_fine.then_some(1.0 - weight).ok_or("1 on the diagonal and 0 to 1 elsewhere")
        })
    }

    /// Disagreement weights, as Cohen (1968) gives them: 0 on the diagonal, elsewhere any size; the largest means no
    /// agreement at all.
    ///
    /// # Errors
    ///
    /// The matrix is empty, not square or larger than 255 × 255, or a weight is out of range.
    pub fn from_disagreement(rows: &[impl AsRef<[f64]>]) -> Result<Self, DataError> {
        let largest = rows.iter().flat_map(|row| row.as_ref()).copied().fold(0.0, f64::max);
        let scale = if largest > 0.0 { largest } else { 1.0 };
        Self::matrix(rows, |row, column, weight| {
            let is_fine = weight.is_finite() && if row == column { weight.abs() <= 0.0 } else { weight >= 0.0 };
            is_fine.then_some(weight / scale).ok_or("0 on the diagonal and a finite number from 0 upwards elsewhere")
        })
    }

    fn matrix(
        rows: &[impl AsRef<[f64]>],
        disagreement: impl Fn(usize, usize, f64) -> Result<f64, &'static str>,
    ) -> Result<Self, DataError> {
        let categories = rows.len();
        if !(1..=Categories::MOST).contains(&categories) {
            return Err(DataError::size("the number of rows", "of a matrix of weights", categories, "1 to 255"));
        }
        let mut cells = Vec::with_capacity(categories * categories);
        for (row, weights) in rows.iter().enumerate() {
            let weights = weights.as_ref();
            if weights.len() != categories {
                let place = format!("{} of a matrix of weights", nth("in row", row));
                let allowed = format!("{categories}, as many as there are rows");
                return Err(DataError::size("the number of weights", place, weights.len(), allowed));
            }
            for (column, weight) in weights.iter().enumerate() {
                let cell = disagreement(row, column, *weight)
                    .and_then(|cell| Real::new(cell).map_err(|_| "a finite number"))
                    .map_err(|allowed| DataError::new("the weight", cell(row, column), weight, allowed))?;
                cells.push(cell);
            }
        }
        Ok(Self { kind: Kind::Custom { categories, cells } })
    }

    /// The disagreement of every pair of categories.
    pub(super) fn disagreement(&self, categories: &Categories) -> Result<Disagreement, Undefined> {
        let count = categories.count();
        let by_position = |distance: fn(f64) -> f64| {
            Disagreement::of(count, |one, other| distance(one.abs_diff(other) as f64), distance((count - 1) as f64))
        };
        Ok(match &self.kind {
            Kind::Identity => by_position(|distance| distance.min(1.0)),
            Kind::Within(positions) => {
                Disagreement::of(count, |one, other| f64::from(one.abs_diff(other) > *positions), 1.0)
            }
            Kind::Linear(Spacing::Position) => by_position(|distance| distance),
            Kind::Quadratic(Spacing::Position) => by_position(|distance| distance * distance),
            Kind::GwetOrdinal => by_position(|distance| distance * (distance + 1.0) / 2.0),
            Kind::Linear(Spacing::Value) => Disagreement::by_value(categories, |distance| distance),
            Kind::Quadratic(Spacing::Value) => Disagreement::by_value(categories, |distance| distance * distance),
            Kind::Custom { categories: own, .. } if *own != count => {
                return Err(Undefined::OtherCategories { found: Count::of(*own), needed: Count::of(count) });
            }
            Kind::Custom { cells, .. } => {
                let cells = cells.iter().map(|cell| cell.get()).collect();
                Disagreement { categories: count, cells, largest: 1.0 }
            }
        })
    }
}

/// How much every pair of categories disagrees, on any scale: whole numbers where the weights allow it, so that sums
/// are exact and complete agreement gives exactly 1.
#[derive(Clone, Debug)]
pub(super) struct Disagreement {
    categories: usize,
    cells: Vec<f64>,
    largest: f64,
}

impl Disagreement {
    pub(super) fn of(categories: usize, cell: impl Fn(usize, usize) -> f64, largest: f64) -> Self {
        let cells = (0..categories).flat_map(|row| (0..categories).map(move |column| (row, column)));
        let cells = cells.map(|(row, column)| cell(row, column)).collect();
        Self { categories, cells, largest: if largest > 0.0 { largest } else { 1.0 } }
    }

    pub(super) fn by_value(categories: &Categories, distance: impl Fn(f64) -> f64) -> Self {
        let values: Vec<f64> = categories.values().collect();
        let value = |position: usize| values.get(position).copied().unwrap_or_default();
        let range = value(values.len() - 1) - value(0);
        Self::of(values.len(), |one, other| distance((value(one) - value(other)).abs()), distance(range))
    }

    /// What a disagreement is divided by to lie between 0 and 1.
    pub(super) fn largest(&self) -> f64 {
        self.largest
    }

    pub(super) fn rows(&self) -> impl ExactSizeIterator<Item = &[f64]> + Clone {
        self.cells.chunks_exact(self.categories)
    }

    pub(super) fn cells(&self) -> &[f64] {
        &self.cells
    }

    /// Σ over all pairs, the same category included.
    pub(super) fn sum(&self) -> f64 {
        self.cells.iter().sum()
    }

    /// Of each pair of different categories once, row by row, the mean of both orders.
    pub(super) fn upper_triangle(&self) -> Vec<f64> {
        let cell = |row: usize, column: usize| self.cells.get(row * self.categories + column).copied().unwrap_or(0.0);
        let places = (0..self.categories).flat_map(|row| (row + 1..self.categories).map(move |column| (row, column)));
        places.map(|(row, column)| (cell(row, column) + cell(column, row)) / 2.0).collect()
    }

    /// For each category the mean disagreement with a category drawn from `shares`, in both orders.
    pub(super) fn towards(&self, shares: &[f64]) -> Vec<f64> {
        let mut towards: Vec<f64> = self.rows().map(|row| dot(row, shares) / 2.0).collect();
        for (row, share) in self.rows().zip(shares) {
            for (sum, cell) in towards.iter_mut().zip(row) {
                *sum += cell * share / 2.0;
            }
        }
        towards
    }
}

/// Plain: rows as short as a scale fill no lanes, unlike those of [`Symmetric`](crate::statistics::Symmetric).
pub(super) fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agreement(weights: &Weights, categories: &Categories) -> Vec<f64> {
        let disagreement = weights.disagreement(categories).unwrap();
        disagreement.cells().iter().map(|cell| 1.0 - cell / disagreement.largest()).collect()
    }

    #[test]
    fn weights_have_their_published_values() {
        let four = Categories::numbered(1, 4).unwrap();
        assert_eq!(agreement(&Weights::identity(), &four)[..4], [1.0, 0.0, 0.0, 0.0]);
        assert_eq!(agreement(&Weights::within(1), &four)[..4], [1.0, 1.0, 0.0, 0.0]);
        assert_eq!(agreement(&Weights::quadratic(), &four)[..4], [1.0, 1.0 - 1.0 / 9.0, 1.0 - 4.0 / 9.0, 0.0]);
        // Gwet 2014: 1 − M/M_max with M = 1, 3, 6.
        assert_eq!(agreement(&Weights::gwet_ordinal(), &four)[..4], [1.0, 1.0 - 1.0 / 6.0, 0.5, 0.0]);
        let uneven = Categories::with_values(&[1.0, 2.0, 4.0, 9.0]).unwrap();
        assert_eq!(agreement(&Weights::linear_on_values(), &uneven)[..4], [1.0, 0.875, 0.625, 0.0]);
        assert_eq!(agreement(&Weights::linear(), &uneven), agreement(&Weights::linear(), &four));
    }

    #[test]
    fn a_matrix_is_square_and_in_range() {
        assert!(Weights::custom(&[[1.0, 0.5], [0.5, 1.0]]).is_ok());
        let no_rows: [[f64; 0]; 0] = [];
        assert!(Weights::custom(&no_rows).is_err());
        assert!(Weights::custom(&[[1.0, 0.5]]).is_err());
        for wrong in [-0.1, 1.1, f64::NAN] {
            assert!(Weights::custom(&[[1.0, wrong], [0.5, 1.0]]).is_err(), "{wrong}");
        }
        assert!(Weights::custom(&[[0.9, 0.5], [0.5, 1.0]]).is_err());
        for wrong in [-0.1, f64::NAN, f64::INFINITY] {
            assert!(Weights::from_disagreement(&[[0.0, wrong], [0.5, 0.0]]).is_err(), "{wrong}");
        }
        let custom = Weights::custom(&[[1.0, 0.5], [0.5, 1.0]]).unwrap();
        let reason = custom.disagreement(&Categories::numbered(1, 3).unwrap()).unwrap_err();
        assert_eq!(reason.to_string(), "the weights are for 2 categories; the ratings have 3");
    }
}
