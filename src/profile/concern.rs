use crate::framework::{CriticalClass, Level};
use crate::rubric::Target;
use crate::value::strict::object;
use crate::value::{Day, Key, Reference};

object! {
    /// A critical concern that an assessment of real work raised. An average never hides it, and no window ends it:
    /// only a second assessor's decision does.
    pub struct Concern {
        /// The assessment.
        pub assessment: Reference,
        /// When it happened.
        pub observed: Day,
        /// The rule that fired.
        pub rule: Key,
        /// Whom the failure harms.
        pub class: CriticalClass,
        /// What it is about.
        pub target: Target,
        /// The criteria that met the rule's condition.
        pub criteria: Vec<Key>,
        /// The highest level of the target while the concern is open, when the rule says so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub level_cap: Option<Level>,
        /// When a second assessor closed it; open when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub closed: Option<Day>,
    }
}

impl Concern {
    /// Whether no second assessor has decided yet.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.closed.is_none()
    }
}
