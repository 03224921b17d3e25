use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Answer;
use super::admission::{
    COMPACT_NEEDS_NOTHING_MORE, CRITERIA_COMPLETE, NOT_APPLICABLE_ALLOWED, RUBRIC_MATCHES, STEPS_ON_SCALE,
};
use crate::rubric::{NotApplicablePolicy, Rubric, RubricCriterion};
use crate::value::strict::document;
use crate::value::{Fault, Faults, Fingerprint, Reference, SchemaVersion, Step, from_json};

document! {
    /// The bare answers of one assessment, for bulk scoring: no reasons, notes or evidence.
    ///
    /// ```
    /// use service_excellence::{CompactAssessment, Framework, Rubric, Scorer};
    ///
    /// let rubric = Rubric::for_channel(Framework::builtin(), "chat")?;
    /// let steps = ["3"; 24].join(",");
    /// let line = format!(r#"{{"id":"as-1","rubric":"{}","steps":[{steps}]}}"#, rubric.pin().structure);
    /// let row = rubric.admit_compact(CompactAssessment::from_json(&line)?)?;
    /// let score = Scorer::new(&rubric).score_row(&row)?;
    /// assert_eq!(score.overall().score().map(|score| score.percent(0)).as_deref(), Some("50"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct CompactAssessment {
        /// The version of this document's shape; the current one when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub schema_version: Option<SchemaVersion>,
        /// The assessment's reference.
        pub id: Reference,
        /// The structure fingerprint of the rubric.
        pub rubric: Fingerprint,
        /// The answers in the order of the rubric's criteria, skill by skill: a step, 0 for not applicable, null for not observed.
        pub steps: Vec<Answer>,
    }
}

impl CompactAssessment {
    /// Reads a compact assessment from JSON text.
    ///
    /// # Errors
    ///
    /// The text does not have the shape of a compact assessment; the fault says where.
    pub fn from_json(text: &str) -> Result<Self, Faults> {
        from_json(text)
    }
}

impl Rubric {
    /// Checks a compact assessment against this rubric and gives its row of answers.
    ///
    /// # Errors
    ///
    /// Another rubric (one fault that names both), or all the answers that do not fit: too few or too many, steps
    /// outside a scale, "not applicable" where it is refused, and ratings that need evidence or a note, which only a
    /// full assessment can carry.
    pub fn admit_compact(&self, compact: CompactAssessment) -> Result<Vec<Answer>, Faults> {
        if compact.rubric != self.pin().structure {
            let message =
                format!("the answers are for structure `{}`, this is rubric `{}`", compact.rubric, self.pin());
            return Err(Fault::new(RUBRIC_MATCHES, "/rubric", message).into());
        }
        if compact.steps.len() != self.criteria().len() {
            let message = format!("`{}` answers: allowed is {}", compact.steps.len(), self.criteria().len());
            return Err(Fault::new(CRITERIA_COMPLETE, "/steps", message).into());
        }
        let rows = self.criteria().iter().zip(&compact.steps).enumerate();
        let faults =
            rows.filter_map(|(index, (criterion, answer))| refuse(criterion, *answer, &format!("/steps/{index}")));
        Faults::none_of(faults.collect())?;
        Ok(compact.steps)
    }
}

fn refuse(criterion: &RubricCriterion, answer: Answer, path: &str) -> Option<Fault> {
    let key = &criterion.key;
    match answer {
        Answer::Rated(step) if !criterion.steps.contains(step) => {
            let message = format!("step `{step}` of `{key}`: allowed is 1 to {}", criterion.steps);
            Some(Fault::new(STEPS_ON_SCALE, path, message))
        }
        Answer::Rated(step) => {
            let needs = [criterion.evidence_required_below, criterion.note_required_below];
            needs.into_iter().flatten().any(|bound| step < bound).then(|| {
                let message = format!("step `{step}` of `{key}` needs evidence or a note: give the full assessment");
                Fault::new(COMPACT_NEEDS_NOTHING_MORE, path, message)
            })
        }
        Answer::NotApplicable if criterion.not_applicable == NotApplicablePolicy::NotAllowed => {
            let message =
                format!("the rubric does not allow `{key}` to be not applicable: allowed is a step or not observed");
            Some(Fault::new(NOT_APPLICABLE_ALLOWED, path, message))
        }
        Answer::NotApplicable | Answer::NotObserved => None,
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Rated(step) => serializer.serialize_u8(step.get()),
            Self::NotApplicable => serializer.serialize_u8(0),
            Self::NotObserved => serializer.serialize_unit(),
        }
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnswerVisitor;

        impl Visitor<'_> for AnswerVisitor {
            type Value = Answer;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a step from 1 to 11, 0 for not applicable, or null for not observed")
            }

            fn visit_unit<E: Error>(self) -> Result<Answer, E> {
                Ok(Answer::NotObserved)
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Answer, E> {
                match u8::try_from(number) {
                    Ok(0) => Ok(Answer::NotApplicable),
                    Ok(step) => Step::new(step).map(Answer::Rated).map_err(E::custom),
                    Err(_) => Err(E::invalid_value(serde::de::Unexpected::Unsigned(number), &self)),
                }
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Answer, E> {
                match number.fract() == 0.0 && (0.0..=f64::from(Step::MAX.get())).contains(&number) {
                    true => self.visit_u64(number as u64),
                    false => Err(E::invalid_value(serde::de::Unexpected::Float(number), &self)),
                }
            }
        }

        deserializer.deserialize_any(AnswerVisitor)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Answer {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CompactAnswer".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": ["integer", "null"], "minimum": 0, "maximum": Step::MAX.get(),
            "description": "A step from 1 to 11, 0 for not applicable, or null for not observed",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::Framework;

    fn rubric() -> Rubric {
        Rubric::for_channel(Framework::builtin(), "chat").unwrap()
    }

    fn compact(steps: &str) -> CompactAssessment {
        let structure = rubric().pin().structure.clone();
        CompactAssessment::from_json(&format!(r#"{{"id":"as-1","rubric":"{structure}","steps":[{steps}]}}"#)).unwrap()
    }

    #[test]
    fn the_three_kinds_of_answer_survive_a_round_trip() {
        let written = compact("3,0,null,5.0");
        assert_eq!(written.steps[1..3], [Answer::NotApplicable, Answer::NotObserved]);
        let text = serde_json::to_string(&written).unwrap();
        assert!(text.ends_with(r#""steps":[3,0,null,5]}"#), "{text}");
        assert_eq!(CompactAssessment::from_json(&text).unwrap(), written);
    }

    #[test]
    fn all_answers_that_do_not_fit_are_reported() {
        let mut steps = vec!["3"; 24];
        let position = rubric().position("data_protection").unwrap();
        (steps[0], steps[position]) = ("6", "0");
        let faults = rubric().admit_compact(compact(&steps.join(","))).unwrap_err();
        assert_eq!(faults.len(), 2);
        assert!(faults.breaks("admission_steps_on_scale") && faults.breaks("admission_not_applicable_allowed"));
        assert!(rubric().admit_compact(compact("3,3")).unwrap_err().breaks("admission_criteria_complete"));
    }

    #[test]
    fn a_step_above_11_is_no_answer() {
        let error = serde_json::from_str::<Answer>("12").unwrap_err();
        assert!(error.to_string().starts_with("`12` is not a step: allowed is a whole number from 1 to 11"), "{error}");
    }
}
