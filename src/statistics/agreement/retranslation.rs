use super::SparseRatingTable;
use crate::statistics::place::nth;
use crate::statistics::{ConfidenceLevel, DataError, Estimate, Proportion, Undefined};

/// How many judges put an item back into the category it was written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retranslation {
    returned: Proportion,
    share: Estimate,
}

impl Retranslation {
    /// The judges who chose the intended category, of those who judged the item.
    #[must_use]
    pub fn returned(&self) -> Proportion {
        self.returned
    }

    /// Their share with Wilson's interval.
    #[must_use]
    pub fn share(&self) -> &Estimate {
        &self.share
    }

    /// Whether the share reaches the cut-off; 0.5 to 0.8 are usual.
    #[must_use]
    pub fn is_kept(&self, cut_off: f64) -> bool {
        self.share.value() >= cut_off
    }
}

/// Retranslation: do judges put each item back into the category it was written for?
///
/// *Answers* whether an anchor is understood as its writer meant it. *Assumes* judges who did not write the items.
/// Subjects of the table are items, in the order of `intended`, its raters are judges, its categories are the
/// dimensions or levels that items were written for. *Formula*: judges who chose the intended category / judges of the
/// item; Wilson's interval. *Undefined when* nobody judged the items. *Reference*: Smith and Kendall 1963, J. Applied
/// Psychology 47:149. *Checked against* the definition.
///
/// # Errors
///
/// A [`DataError`] if there are not as many intended categories as items with judgements, or one is not declared.
pub fn retranslation_agreement(
    judgements: &SparseRatingTable,
    intended: &[f64],
    confidence: ConfidenceLevel,
) -> Result<Vec<Retranslation>, DataError> {
    let items = judgements.rows().len();
    if intended.len() != items {
        let allowed = format!("{items}, one for each item that was judged");
        return Err(DataError::size(
            "the number of intended categories",
            "of a retranslation",
            intended.len(),
            allowed,
        ));
    }
    let item = |(number, (intended, row)): (usize, (&f64, &[u8]))| {
        let intended = judgements.categories().code(*intended, || nth("intended for item", number))?;
        let judged = row.iter().filter(|code| **code != SparseRatingTable::MISSING).count() as u64;
        let agreed = row.iter().filter(|code| **code == intended).count() as u64;
        let returned = Proportion::new(agreed, judged)?;
        let share = returned.wilson(confidence).map_err(|reason: Undefined| {
            DataError::new("the judgements", nth("of item", number), reason, "at least one judge")
        })?;
        Ok(Retranslation { returned, share })
    };
    intended.iter().zip(judgements.rows()).enumerate().map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::Categories;

    #[test]
    fn the_share_counts_only_judges_of_the_item() {
        let rows = [[Some(1.0), Some(1.0), Some(2.0), None], [Some(3.0), Some(3.0), Some(3.0), Some(3.0)]];
        let judgements = SparseRatingTable::from_rows(Categories::numbered(1, 3).unwrap(), &rows).unwrap();
        let items = retranslation_agreement(&judgements, &[1.0, 3.0], ConfidenceLevel::NINETY_FIVE).unwrap();
        assert_eq!(items.iter().map(|item| item.returned().successes()).collect::<Vec<_>>(), [2, 4]);
        assert!((items[0].share().value() - 2.0 / 3.0).abs() < 1e-15);
        assert_eq!(items.iter().map(|item| item.is_kept(0.7)).collect::<Vec<_>>(), [false, true]);
        assert!(retranslation_agreement(&judgements, &[1.0], ConfidenceLevel::NINETY_FIVE).is_err());
        let error = retranslation_agreement(&judgements, &[1.0, 4.0], ConfidenceLevel::NINETY_FIVE).unwrap_err();
        assert_eq!(error.place(), "intended for item 2");
    }
}
