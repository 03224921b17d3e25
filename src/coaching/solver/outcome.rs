use serde::Serialize;
use serde::ser::SerializeStruct;

use super::Certificate;
use crate::coaching::problem::{Evaluation, SessionPlacement};

/// The best plan found, what it is worth, and what is proven about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanOutcome {
    pub(super) found: Option<(Vec<SessionPlacement>, Evaluation)>,
    pub(super) certificate: Certificate,
    pub(super) is_canonical: bool,
}

impl PlanOutcome {
    /// The plan, by person, activity and session; `None` when there is none or none was found.
    #[must_use]
    pub fn plan(&self) -> Option<&[SessionPlacement]> {
        self.found.as_ref().map(|(plan, _)| &plan[..])
    }

    /// What the plan is worth; it breaks no constraint.
    #[must_use]
    pub fn evaluation(&self) -> Option<&Evaluation> {
        self.found.as_ref().map(|(_, evaluation)| evaluation)
    }

    /// What is proven.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Whether no equally good plan costs less, takes fewer minutes at that cost, or starts earlier at those.
    #[must_use]
    pub fn is_canonical(&self) -> bool {
        self.is_canonical
    }
}

impl Serialize for PlanOutcome {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("PlanOutcome", 4)?;
        object.serialize_field("plan", &self.plan())?;
        object.serialize_field("evaluation", &self.evaluation())?;
        object.serialize_field("certificate", &self.certificate)?;
        object.serialize_field("is_canonical", &self.is_canonical)?;
        object.end()
    }
}
