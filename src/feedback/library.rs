use std::sync::LazyLock;

use super::survey_instrument::{AS_DEFINED, LINKS_UNIQUE};
use super::{Instrument, LeftOutReason, SurveyInstrument};
use crate::value::strict::{choice, document, object};
use crate::value::{
    Count, Extensions, Fault, Faults, Key, Label, Language, Rule, SchemaVersion, Text, Version, from_json, repeated,
};

document! {
    /// The surveys of an organisation: their questions, and the rules by which answers are treated.
    ///
    /// ```
    /// use service_excellence::feedback::Instrument;
    /// use service_excellence::FeedbackLibrary;
    /// use service_excellence::value::Count;
    ///
    /// let library = FeedbackLibrary::builtin();
    /// let csat = library.instrument(Instrument::Csat).expect("a built-in instrument");
    /// assert_eq!(csat.min_responses_to_report.get(), 10);
    /// // The larger of the instrument's and the team's threshold.
    /// assert_eq!(library.minimum(Instrument::Csat, Count::new(25)?).get(), 25);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct FeedbackLibrary {
        /// The version of this shape.
        schema_version: SchemaVersion,
        /// The library's key.
        id: Key,
        /// The version of its content.
        version: Version,
        /// The language of its wording.
        language: Language,
        /// Its title.
        title: Label,
        /// The framework whose references the instruments name.
        framework: Key,
        /// The surveys.
        instruments: Vec<SurveyInstrument>,
        /// How answers are treated.
        rules: FeedbackRules,
        /// The host's own data.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        extensions: Option<Extensions>,
    }
    checked by FeedbackLibrary::check
}

object! {
    /// How answers are treated.
    pub struct FeedbackRules {
        /// What a valid answer is.
        pub valid_response: Text,
        /// What is said when nobody has answered.
        pub no_valid_responses: Text,
        /// Which answers count.
        pub include_all_responses: Text,
        /// The reasons for which an answer may be left out.
        pub exclusion_reasons_allowed: Vec<LeftOutReason>,
        /// Whether the answers left out are counted.
        pub exclusions_must_be_counted: bool,
        /// Whether answers are linked to the person who served the customer.
        pub link_to_person: PersonLink,
        /// What answers do in a rating.
        pub use_in_rating: Text,
        /// The fewest answers with which a number about one person's contacts may be shown to them.
        pub individual_reporting_minimum: Count,
        /// The fewest answers with which a team's number may be shown.
        pub team_reporting_minimum: Count,
        /// What is done with comments.
        pub comment_handling: Text,
    }
}

choice! {
    /// Whether answers are linked to the person who served the customer.
    pub enum PersonLink: "Whether answers are linked to the person who served the customer" {
        /// Never.
        Never = "never",
        /// Not unless the organisation decides so, with the people concerned.
        OffByDefault = "off_by_default",
    }
}

impl FeedbackLibrary {
    /// The surveys that come with this crate, read from `content/feedback.json`.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<FeedbackLibrary> = LazyLock::new(|| {
            #[expect(clippy::expect_used, reason = "embedded content; a test reads it")]
            FeedbackLibrary::from_json(include_str!("../../content/feedback.json"))
                .expect("the built-in surveys are valid")
        });
        &BUILTIN
    }

    /// Reads surveys from JSON text.
    ///
    /// # Errors
    ///
    /// The text does not have the shape of a feedback library (one fault, with its place), or it breaks rules (all of
    /// them).
    pub fn from_json(text: &str) -> Result<Self, Faults> {
        from_json(text)
    }

    /// The surveys.
    #[must_use]
    pub fn instruments(&self) -> &[SurveyInstrument] {
        &self.instruments
    }

    /// The survey of this kind.
    #[must_use]
    pub fn instrument(&self, kind: Instrument) -> Option<&SurveyInstrument> {
        self.instruments.iter().find(|one| one.key == kind)
    }

    /// How answers are treated.
    #[must_use]
    pub fn rules(&self) -> &FeedbackRules {
        &self.rules
    }

    /// The fewest answers with which a survey may be reported: the larger of the instrument's threshold and `team`, the
    /// team's. An instrument that the library does not have is held to the threshold for individuals.
    #[must_use]
    pub fn minimum(&self, kind: Instrument, team: Count) -> Count {
        let own = self.instrument(kind).map(|one| one.min_responses_to_report);
        own.unwrap_or(self.rules.individual_reporting_minimum).max(team)
    }

    fn check(&self) -> Result<(), Faults> {
        let mut faults = Vec::new();
        for (index, instrument) in repeated(&self.instruments, |instrument| instrument.key) {
            let message = format!("instrument `{}` stands here already", instrument.key);
            faults.push(Fault::new(INSTRUMENTS_UNIQUE, format!("/instruments/{index}/key"), message));
        }
        for (index, instrument) in self.instruments.iter().enumerate() {
            instrument.check(&format!("/instruments/{index}"), &mut faults);
        }
        for (index, reason) in repeated(&self.rules.exclusion_reasons_allowed, |reason| **reason) {
            let message = format!("`{reason}` stands here already");
            faults.push(Fault::new(REASONS_UNIQUE, format!("/rules/exclusion_reasons_allowed/{index}"), message));
        }
        Faults::none_of(faults)
    }
}

pub(crate) const LIBRARY_RULES: &[Rule] = &[INSTRUMENTS_UNIQUE, AS_DEFINED, LINKS_UNIQUE, REASONS_UNIQUE];

const INSTRUMENTS_UNIQUE: Rule =
    Rule::new("feedback_instruments_unique", "each instrument key occurs once in `instruments`");
const REASONS_UNIQUE: Rule =
    Rule::new("feedback_reasons_unique", "`exclusion_reasons_allowed` names each reason at most once");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_surveys_are_valid() {
        assert_eq!(FeedbackLibrary::builtin().instruments().len(), 3);
    }

    #[test]
    fn a_survey_with_another_scale_is_another_survey() {
        let mut document: serde_json::Value =
            serde_json::from_str(include_str!("../../content/feedback.json")).unwrap();
        document["instruments"][0]["scale"]["max"] = 7.into();
        let faults = FeedbackLibrary::from_json(&document.to_string()).unwrap_err();
        assert!(faults.breaks("feedback_instrument_as_defined"), "{faults}");
    }
}
