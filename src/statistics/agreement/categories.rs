use crate::statistics::DataError;
use crate::statistics::place::nth;
use crate::value::Real;

/// The categories that raters could choose from, in ascending order: declared, never read off the data.
///
/// A category that nobody chose still counts: Brennan–Prediger and Gwet's coefficients, and every weight, depend on how
/// many there are. A category is a number, such as a step of a scale; number unordered categories in any order and use
/// coefficients without weights.
///
/// ```
/// use service_excellence::statistics::Categories;
///
/// let steps = Categories::numbered(1, 5)?;
/// assert_eq!(steps.count(), 5);
/// assert_eq!(steps.position(4.0), Some(3));
/// assert_eq!(steps.position(4.5), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Categories {
    values: Vec<Real>,
}

impl Categories {
    /// The most categories there may be.
    pub const MOST: usize = 255;

    /// The whole numbers from `first` to `last`, both included.
    ///
    /// # Errors
    ///
    /// `last` lies below `first`, or there are more than 255.
    pub fn numbered(first: i32, last: i32) -> Result<Self, DataError> {
        let count = i64::from(last) - i64::from(first) + 1;
        if !(1..=Self::MOST as i64).contains(&count) {
            return Err(DataError::size(
                "the number of categories",
                format!("from {first} to {last}"),
                count,
                "1 to 255",
            ));
        }
        let values: Vec<f64> = (first..=last).map(f64::from).collect();
        Self::with_values(&values)
    }

    /// Categories with these values, such as 1, 2, 4, 8.
    ///
    /// # Errors
    ///
    /// There are none or more than 255, a value is not finite, or the values do not ascend.
    pub fn with_values(values: &[f64]) -> Result<Self, DataError> {
        if !(1..=Self::MOST).contains(&values.len()) {
            return Err(DataError::size("the number of categories", "of a scale", values.len(), "1 to 255"));
        }
        let mut checked: Vec<Real> = Vec::with_capacity(values.len());
        for (position, value) in values.iter().enumerate() {
            let fault = |allowed: String| DataError::new("the category", nth("at position", position), value, allowed);
            let real = Real::new(*value).map_err(|_| fault("a finite number".to_owned()))?;
            if let Some(before) = checked.last().filter(|before| **before >= real) {
                return Err(fault(format!("a number above {before}, the category before it")));
            }
            checked.push(real);
        }
        Ok(Self { values: checked })
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.values.len()
    }

    /// Their values, ascending.
    #[must_use]
    pub fn values(&self) -> impl ExactSizeIterator<Item = f64> + Clone + '_ {
        self.values.iter().map(|value| value.get())
    }

    /// Where a value stands, counted from 0; nothing if it is not a category.
    #[must_use]
    pub fn position(&self, value: f64) -> Option<usize> {
        let value = Real::new(value).ok()?;
        self.values.binary_search(&value).ok()
    }

    /// The code of a rating: its position, which fits a byte.
    pub(super) fn code(&self, value: f64, place: impl FnOnce() -> String) -> Result<u8, DataError> {
        let code = self.position(value).and_then(|position| u8::try_from(position).ok());
        code.ok_or_else(|| DataError::new("the rating", place(), value, self.allowed()))
    }

    /// What a rating may be, in words.
    pub(super) fn allowed(&self) -> String {
        let shown: Vec<String> = self.values.iter().map(ToString::to_string).collect();
        match shown.as_slice() {
            [first, .., last] if shown.len() > 12 => {
                format!("one of {} categories from {first} to {last}", shown.len())
            }
            _ => format!("one of {}", shown.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_ascend_and_are_finite() {
        for values in [&[][..], &[1.0, 1.0], &[2.0, 1.0], &[f64::NAN], &[0.0, f64::INFINITY], &[0.0; 256]] {
            assert!(Categories::with_values(values).is_err(), "{values:?}");
        }
        assert!(Categories::numbered(5, 1).is_err());
        assert!(Categories::numbered(i32::MIN, i32::MAX).is_err());
        assert_eq!(Categories::numbered(0, 254).unwrap().count(), 255);
    }

    #[test]
    fn a_rating_outside_is_named_with_its_place() {
        let error = Categories::numbered(1, 3).unwrap().code(4.0, || "in row 2".to_owned()).unwrap_err();
        assert_eq!(error.to_string(), "the rating in row 2: found `4`, allowed is one of 1, 2, 3");
    }
}
