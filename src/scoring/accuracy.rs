use super::ItemCount;
use crate::framework::CriticalClass;
use crate::value::strict::object;
use crate::value::{Fault, Rule, Share};

object! {
    /// Whether a contact is free of critical errors, by class, and how many of its other items are errors.
    ///
    /// *Assumes* that a critical error is a critical criterion rated at or below its `fails_at_or_below`, or a fired
    /// rule of the class; that another error is another criterion rated at or below its own. *Undefined when* nothing
    /// non-critical was rated. *Reference*: common practice of contact-centre quality, after COPC's critical error
    /// accuracy.
    #[derive(Copy)]
    pub struct Accuracy {
        /// Whether there is no error critical for the customer.
        pub customer: bool,
        /// Whether there is no error critical for the business.
        pub business: bool,
        /// Whether there is no error critical for compliance.
        pub compliance: bool,
        /// How many non-critical criteria were rated.
        pub opportunities: ItemCount,
        /// How many of these were errors.
        pub errors: ItemCount,
    }
}

impl Accuracy {
    /// Whether there is no error of this class.
    #[must_use]
    pub const fn is_free_of(self, class: CriticalClass) -> bool {
        match class {
            CriticalClass::Customer => self.customer,
            CriticalClass::Business => self.business,
            CriticalClass::Compliance => self.compliance,
        }
    }
}

/// The critical accuracy of a set of contacts; tallies of parts can be merged in any order.
///
/// Add scorecards of real work only ([`Basis::is_real_work`](crate::framework::Basis::is_real_work)): practice is rated the same
/// way, and is no contact.
///
/// ```
/// use service_excellence::scoring::AccuracyTally;
///
/// let nothing = AccuracyTally::default();
/// assert_eq!(nothing.critical(service_excellence::framework::CriticalClass::Customer), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AccuracyTally {
    contacts: u64,
    errors_by_class: [u64; 3],
    opportunities: u64,
    errors: u64,
}

impl AccuracyTally {
    /// Adds one contact.
    pub fn add(&mut self, accuracy: Accuracy) {
        self.contacts += 1;
        for (count, class) in self.errors_by_class.iter_mut().zip(CriticalClass::ALL) {
            *count += u64::from(!accuracy.is_free_of(*class));
        }
        self.opportunities += u64::from(accuracy.opportunities.get());
        self.errors += u64::from(accuracy.errors.get());
    }

    /// Adds all contacts of another tally.
    pub fn merge(&mut self, other: &Self) {
        self.contacts += other.contacts;
        for (count, more) in self.errors_by_class.iter_mut().zip(other.errors_by_class) {
            *count += more;
        }
        self.opportunities += other.opportunities;
        self.errors += other.errors;
    }

    /// How many contacts were added.
    #[must_use]
    pub fn contacts(&self) -> u64 {
        self.contacts
    }

    /// The share of contacts without an error of this class; `None` without contacts. The unit is the contact.
    #[must_use]
    pub fn critical(&self, class: CriticalClass) -> Option<Share> {
        let errors = self.errors_by_class.iter().zip(CriticalClass::ALL).find(|(_, one)| **one == class);
        Share::of(self.contacts - errors.map_or(0, |(errors, _)| *errors), self.contacts)
    }

    /// The share of rated non-critical items that are no errors; `None` without items. The unit is the item.
    #[must_use]
    pub fn non_critical(&self) -> Option<Share> {
        Share::of(self.opportunities.checked_sub(self.errors)?, self.opportunities)
    }
}

impl FromIterator<Accuracy> for AccuracyTally {
    fn from_iter<I: IntoIterator<Item = Accuracy>>(accuracies: I) -> Self {
        let mut tally = Self::default();
        accuracies.into_iter().for_each(|accuracy| tally.add(accuracy));
        tally
    }
}

pub(super) const ERRORS_AMONG_OPPORTUNITIES: Rule =
    Rule::new("scorecard_errors_among_opportunities", "`accuracy.errors` is at most `accuracy.opportunities`");

impl Accuracy {
    pub(super) fn check(self, faults: &mut Vec<Fault>) {
        if self.errors > self.opportunities {
            let message = format!("`{}` errors among {} items", self.errors, self.opportunities);
            faults.push(Fault::new(ERRORS_AMONG_OPPORTUNITIES, "/accuracy/errors", message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_contacts_give_the_accuracies_of_the_copc_style_case() {
        let count = |number| ItemCount::new(number).unwrap();
        let clean =
            Accuracy { customer: true, business: true, compliance: true, opportunities: count(20), errors: count(0) };
        let mut contacts = [clean; 10];
        contacts[0].customer = false;
        contacts[1].compliance = false;
        contacts[2].opportunities = count(12);
        contacts[3].errors = count(7);
        contacts[4].errors = count(5);
        let tally: AccuracyTally = contacts.into_iter().collect();
        let percent = |share: Option<Share>| share.unwrap().percent(2);
        assert_eq!(percent(tally.critical(CriticalClass::Customer)), "90.00");
        assert_eq!(percent(tally.critical(CriticalClass::Business)), "100.00");
        assert_eq!(percent(tally.critical(CriticalClass::Compliance)), "90.00");
        assert_eq!(percent(tally.non_critical()), "93.75");
    }
}
