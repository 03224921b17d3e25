use crate::value::SortedMap;

use serde::Serialize;

use super::check::check;
use super::{PlanProblemDocument, ProblemActivity};
use crate::value::{Faults, Fingerprint, from_json};

/// A planning problem without defects.
///
/// Whole numbers throughout, bounded so that every sum fits: at most 104 weeks, 500 people with 64 goals each,
/// 2,000 activities of at most 52 sessions; levels, gains and weights up to 10,000; minutes of one week up to 10,080,
/// in total up to 2,000,000; costs up to 1,000,000 a session and 1,000,000,000 in all. The largest value is then
/// 500 × 64 × 10,000 × 10,000 = 3.2 × 10¹², which a 64-bit integer and a 64-bit float both hold exactly.
///
/// Not all of it at once: people × activities × weeks are at most 1,000,000 (200 people, 190 activities and 26 weeks, or
/// one person, 2,000 activities and 104 weeks), and people × entries at most 2,000,000, where the entries are the ids that
/// activities require, the numbers in their gain tables, and the members of exclusive groups and synergies. So what a
/// plan takes in memory is bounded.
///
/// ```
/// use service_excellence::planning::{Certificate, PlanProblem, SolveLimits};
///
/// let problem = PlanProblem::from_json(
///     r#"{
///         "format": "coaching-plan-instance/1", "name": "two-weeks", "horizon_weeks": 2, "skills": ["empathy"],
///         "people": [{
///             "id": "agent-7", "week_minutes_max": [60, 60], "total_minutes_max": 120, "cost_max": 40,
///             "goals": [{"skill": "empathy", "from": 2000, "to": 4000, "weight": 1}]
///         }],
///         "activities": [
///             {"id": "dense", "load": [10], "cost": 0, "max_sessions": 1, "repeat_gap_weeks": 1,
///              "gains": [{"skill": "empathy", "gain": [100], "ceiling": 5000}]},
///             {"id": "course", "load": [60], "cost": 20, "max_sessions": 2, "repeat_gap_weeks": 1,
///              "gains": [{"skill": "empathy", "gain": [450, 450], "ceiling": 5000}]}
///         ],
///         "objective": "sum"
///     }"#,
/// )?;
/// let outcome = problem.solve(&SolveLimits::default());
/// # if cfg!(feature = "exact") {
/// assert!(matches!(outcome.certificate(), Certificate::Optimal { .. }));
/// # }
/// assert_eq!(outcome.evaluation().map(|one| one.value()), Some(900));
/// # Ok::<(), service_excellence::Faults>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanProblem {
    document: PlanProblemDocument,
}

impl PlanProblem {
    /// Checks a problem.
    ///
    /// # Errors
    ///
    /// All defects: numbers out of their bounds (as [`Fault::SHAPE`](crate::Fault::SHAPE): the schema states them), lists whose length does not fit the horizon or the number of
    /// sessions, a problem that is too large as a whole, ids that are unknown or stand twice, windows into which no session fits, and prerequisites that form
    /// a cycle, with its members.
    pub fn new(document: PlanProblemDocument) -> Result<Self, Faults> {
        check(&document)?;
        Ok(Self { document })
    }

    /// A document made of a checked one by steps that keep its rules: fewer people, activities, sessions or demands, other
    /// room.
    pub(crate) fn of_checked(document: PlanProblemDocument) -> Self {
        Self { document }
    }

    /// Reads a problem from JSON text in the format `coaching-plan-instance/1`.
    ///
    /// # Errors
    ///
    /// The text does not have the members of a problem or a number is not whole (one fault, with its place), or it has
    /// defects (all of them, see [`new`](Self::new)).
    pub fn from_json(text: &str) -> Result<Self, Faults> {
        Self::new(from_json(text)?)
    }

    /// The problem as a document.
    #[must_use]
    pub fn document(&self) -> &PlanProblemDocument {
        &self.document
    }

    /// The fingerprint of the document, without its `$schema`.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        let mut value = serde_json::to_value(&self.document).unwrap_or_default();
        if let Some(members) = value.as_object_mut() {
            members.remove("$schema");
        }
        Fingerprint::of(&value)
    }

    pub(crate) fn weeks(&self) -> usize {
        usize::try_from(self.document.horizon_weeks).unwrap_or_default()
    }

    /// The activities' places by their ids.
    pub(crate) fn activity_places(&self) -> SortedMap<&str, usize> {
        self.document.activities.iter().enumerate().map(|(place, one)| (one.id.as_str(), place)).collect()
    }
}

impl Serialize for PlanProblem {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.document.serialize(serializer)
    }
}

impl<'de> serde::Deserialize<'de> for PlanProblem {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(PlanProblemDocument::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl ProblemActivity {
    /// How many weeks one session lasts.
    pub(crate) fn span(&self) -> usize {
        self.load.len()
    }

    /// How many weeks lie between the starts of two sessions, at least one.
    pub(crate) fn gap(&self) -> i64 {
        self.repeat_gap_weeks.max(1)
    }
}
