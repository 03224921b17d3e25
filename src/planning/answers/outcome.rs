use serde::Serialize;
use serde::ser::SerializeStruct;

use super::certificate::Certificate;
use crate::planning::problem::{Evaluation, SessionPlacement};

/// The best plan found, what it is worth, and what is proven about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanOutcome {
    pub(crate) found: Option<(Vec<SessionPlacement>, Evaluation)>,
    pub(crate) certificate: Certificate,
    pub(crate) is_canonical: bool,
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

    /// What no plan is worth more than, by the certificate: the value of an optimal plan, or the bound; `None` where there
    /// is no plan.
    #[must_use]
    pub fn upper(&self) -> Option<i64> {
        match &self.certificate {
            Certificate::Bounded { upper, .. } => Some(*upper),
            Certificate::Optimal { .. } => self.evaluation().map(Evaluation::value),
            Certificate::Infeasible { .. } => None,
        }
    }

    /// Whether no equally good plan costs less, takes fewer minutes at that cost, or starts earlier at those: proven.
    ///
    /// False as well where that was not settled. Starts are compared only up to 250 pairs of a session and a week in which
    /// it can start: beyond, and with more than eight people, no plan is canonical.
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

#[cfg(test)]
mod tests {
    use crate::planning::{PlanProblem, SolveLimits};

    const ONE_HOUR: &str = r#"{
        "format": "coaching-plan-instance/1", "name": "one", "horizon_weeks": 1, "skills": ["empathy"],
        "people": [{"id": "agent-7", "week_minutes_max": [60], "total_minutes_max": 60, "cost_max": 0,
            "goals": [{"skill": "empathy", "from": 2000, "to": 4000, "weight": 1}], "mandatory": ["course"]}],
        "activities": [{"id": "course", "load": [45], "cost": 0, "max_sessions": 1, "repeat_gap_weeks": 1,
            "gains": [{"skill": "empathy", "gain": [250], "ceiling": 5000}]}],
        "objective": "sum"
    }"#;

    fn json_of(problem: &str) -> serde_json::Value {
        let outcome = PlanProblem::from_json(problem).unwrap().solve(&SolveLimits::default());
        serde_json::to_value(outcome).unwrap()
    }

    #[test]
    #[cfg(feature = "exact")]
    fn an_outcome_is_written_with_its_plan_value_and_certificate() {
        let outcome = json_of(ONE_HOUR);
        assert_eq!(outcome["plan"][0]["activity"], "course");
        assert_eq!(outcome["evaluation"]["value"], 250);
        assert_eq!(outcome["certificate"]["kind"], "optimal");
    }

    #[test]
    fn an_outcome_without_a_plan_is_written_with_the_conflict() {
        let outcome = json_of(&ONE_HOUR.replace("\"load\": [45]", "\"load\": [90]"));
        assert_eq!(outcome["plan"], serde_json::Value::Null);
        assert_eq!(outcome["certificate"]["kind"], "infeasible");
        let kinds = outcome["certificate"]["conflict"].as_array().unwrap().iter().map(|one| one["kind"].as_str());
        assert!(kinds.flatten().any(|kind| kind == "mandatory"));
    }
}
