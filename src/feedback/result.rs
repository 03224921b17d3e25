use super::answer_counts::AnswerCounts;
use super::{Instrument, LeftOutAnswers, LeftOutReason, ScoreUnit};
use crate::statistics::{Estimate, Undefined};
use crate::value::strict::{document, object, union};
use crate::value::{Count, Fault, Faults, Key, LargeCount, Rule, SchemaVersion, from_json, repeated};

document! {
    /// What a survey found: how many answered, its score, how sure that is, and whether it may be reported.
    ///
    /// It names no person and cannot be turned into a person's score. Made by `result` of [`Csat`](super::Csat),
    /// [`Nps`](super::Nps), [`Ces`](super::Ces) or [`CesVersionOne`](super::CesVersionOne).
    pub struct SurveyResult {
        /// The version of this shape.
        schema_version: SchemaVersion,
        /// The kind of survey.
        instrument: Instrument,
        /// How many answers count.
        answers: LargeCount,
        /// The answers by group, the best group first; none for the first version of CES.
        groups: Vec<AnswerGroup>,
        /// How many answers do not count, by reason; reasons without answers are absent.
        left_out: Vec<LeftOutAnswers>,
        /// The score, in the unit of the instrument.
        score: SurveyScore,
        /// The mean answer, where the instrument has one beside its score.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mean: Option<SurveyScore>,
        /// The fewest answers with which it may be reported.
        minimum: Count,
        /// Whether there are that many answers, one at least.
        reportable: bool,
    }
    checked by SurveyResult::check
}

object! {
    /// How many answers fall into a group.
    pub struct AnswerGroup {
        /// The group, such as `promoters`.
        pub group: Key,
        /// How many.
        pub answers: LargeCount,
    }
}

union! {
    /// A number of a survey, or that there is none.
    #[derive(Copy)]
    pub enum SurveyScore {
        /// There are answers.
        Estimated {
            /// The number, and how sure it is.
            estimate: Estimate,
        },
        /// Nobody has answered. That is not zero.
        NoData {},
    }
}

impl SurveyScore {
    fn of(found: Result<Estimate, Undefined>) -> Self {
        found.map_or(Self::NoData {}, |estimate| Self::Estimated { estimate: estimate.to_six_decimals() })
    }

    /// The number, if there is one.
    #[must_use]
    pub fn estimate(&self) -> Option<&Estimate> {
        match self {
            Self::Estimated { estimate } => Some(estimate),
            Self::NoData {} => None,
        }
    }
}

impl SurveyResult {
    pub(super) fn new(
        instrument: Instrument,
        counts: &AnswerCounts,
        score: Result<Estimate, Undefined>,
        mean: Option<Result<Estimate, Undefined>>,
        minimum: Count,
    ) -> Self {
        let groups = instrument.groups().iter().filter_map(|(group, answers)| {
            let answers = LargeCount::of(counts.within(answers.clone()));
            Some(AnswerGroup { group: group.parse().ok()?, answers })
        });
        let left_out = LeftOutReason::ALL
            .iter()
            .map(|reason| LeftOutAnswers { reason: *reason, answers: LargeCount::of(counts.left_out(*reason)) });
        let answers = LargeCount::of(counts.answers());
        Self {
            schema: None,
            schema_version: SchemaVersion::default(),
            instrument,
            answers,
            groups: groups.collect(),
            left_out: left_out.filter(|one| one.answers > LargeCount::MIN).collect(),
            score: SurveyScore::of(score),
            mean: mean.map(SurveyScore::of),
            minimum,
            reportable: reaches(answers, minimum),
        }
    }

    /// Reads a result from JSON text.
    ///
    /// # Errors
    ///
    /// The text does not have the shape of a survey result (one fault, with its place), or it breaks rules (all of them).
    pub fn from_json(text: &str) -> Result<Self, Faults> {
        from_json(text)
    }

    /// The kind of survey.
    #[must_use]
    pub fn instrument(&self) -> Instrument {
        self.instrument
    }

    /// How many answers count.
    #[must_use]
    pub fn answers(&self) -> LargeCount {
        self.answers
    }

    /// The answers by group, the best group first.
    #[must_use]
    pub fn groups(&self) -> &[AnswerGroup] {
        &self.groups
    }

    /// How many answers do not count, by reason.
    #[must_use]
    pub fn left_out(&self) -> &[LeftOutAnswers] {
        &self.left_out
    }

    /// The score, in the unit of the instrument.
    #[must_use]
    pub fn score(&self) -> &SurveyScore {
        &self.score
    }

    /// The mean answer, where the instrument has one beside its score.
    #[must_use]
    pub fn mean(&self) -> Option<&SurveyScore> {
        self.mean.as_ref()
    }

    /// The fewest answers with which it may be reported.
    #[must_use]
    pub fn minimum(&self) -> Count {
        self.minimum
    }

    /// Whether there are enough answers to report it.
    #[must_use]
    pub fn is_reportable(&self) -> bool {
        self.reportable
    }

    fn check(&self) -> Result<(), Faults> {
        let mut faults = Vec::new();
        let names = self.groups.iter().map(|one| one.group.as_str());
        let has_groups = names.eq(self.instrument.groups().iter().map(|(group, _)| *group));
        // Only of so few groups as an instrument has: the list may be anybody's.
        let grouped = || self.groups.iter().map(|one| one.answers.get()).sum::<u64>();
        if !has_groups || !(self.groups.is_empty() || grouped() == self.answers.get()) {
            let message = format!("the groups are not those of `{}` with {} answers", self.instrument, self.answers);
            faults.push(Fault::new(GROUPS_OF_INSTRUMENT, "/groups", message));
        } else {
            self.check_numbers(&mut faults);
        }
        for (index, one) in repeated(&self.left_out, |one| one.reason) {
            let message = format!("`{}` stands here already", one.reason);
            faults.push(Fault::new(LEFT_OUT_ONCE, format!("/left_out/{index}/reason"), message));
        }
        if self.reportable != reaches(self.answers, self.minimum) {
            let message = format!("`{}` with {} answers of {}", self.reportable, self.answers, self.minimum);
            faults.push(Fault::new(REPORTABLE_FROM_MINIMUM, "/reportable", message));
        }
        Faults::none_of(faults)
    }

    fn check_numbers(&self, faults: &mut Vec<Fault>) {
        let wanted = self.score_of_groups();
        let fits = match (self.score.estimate(), wanted) {
            (Some(found), Some(wanted)) => wanted.contains(&found.value()),
            (None, None) => true,
            _ => false,
        };
        if !fits {
            let found = self.score.estimate().map_or("no data".to_owned(), |one| one.value().to_string());
            let message = format!("`{found}` is not what {} answers give", self.answers);
            faults.push(Fault::new(SCORE_OF_ANSWERS, "/score", message));
        }
        let has_answers = self.answers > LargeCount::MIN;
        let is_mean = |mean: &SurveyScore| {
            let scale = self.instrument.scale();
            let range = f64::from(*scale.start())..=f64::from(*scale.end());
            mean.estimate().map_or(!has_answers, |one| has_answers && range.contains(&one.value()))
        };
        if self.mean.as_ref().map_or(self.instrument.has_mean(), |one| !self.instrument.has_mean() || !is_mean(one)) {
            let message = format!("not the mean of {} answers of `{}`", self.answers, self.instrument);
            faults.push(Fault::new(MEAN_OF_ANSWERS, "/mean", message));
        }
    }

    /// Where the score lies by the groups; without groups anywhere on the scale.
    fn score_of_groups(&self) -> Option<std::ops::RangeInclusive<f64>> {
        const ROUNDING: f64 = 0.000_001;
        if self.answers == LargeCount::MIN {
            return None;
        }
        let share = |group: Option<&AnswerGroup>| {
            100.0 * group.map_or(0.0, |one| one.answers.get() as f64) / self.answers.get() as f64
        };
        let (best, worst) = (share(self.groups.first()), share(self.groups.last()));
        let score = match self.instrument.unit() {
            ScoreUnit::Percent => best,
            ScoreUnit::NetPercent => best - worst,
            ScoreUnit::ScaleMean => {
                let scale = self.instrument.scale();
                return Some(f64::from(*scale.start())..=f64::from(*scale.end()));
            }
        };
        Some(score - ROUNDING..=score + ROUNDING)
    }
}

fn reaches(answers: LargeCount, minimum: Count) -> bool {
    answers.get() >= u64::from(minimum.get().max(1))
}

pub(crate) const RESULT_RULES: &[Rule] =
    &[GROUPS_OF_INSTRUMENT, SCORE_OF_ANSWERS, MEAN_OF_ANSWERS, LEFT_OUT_ONCE, REPORTABLE_FROM_MINIMUM];

const GROUPS_OF_INSTRUMENT: Rule = Rule::new(
    "survey_groups_of_instrument",
    "`groups` are those of the instrument, the best first, and unless there are none their answers sum to `answers`; the \
     score and the mean are not judged before this rule holds",
);
const SCORE_OF_ANSWERS: Rule = Rule::new(
    "survey_score_of_answers",
    "`score` is `no_data` without answers; with answers its value is, to 0.000001, the percentage of the first group (for \
     `nps` minus that of the last), and for `ces_version_one` it lies from 1 to 5",
);
const MEAN_OF_ANSWERS: Rule = Rule::new(
    "survey_mean_of_answers",
    "`mean` is given for `csat` and `ces` alone; it is `no_data` without answers, and with answers its value lies on the \
     scale",
);
const LEFT_OUT_ONCE: Rule = Rule::new("survey_left_out_once", "`left_out` names each reason at most once");
const REPORTABLE_FROM_MINIMUM: Rule = Rule::new(
    "survey_reportable_from_minimum",
    "`reportable` is true exactly when `answers` is at least `minimum` and at least 1",
);
