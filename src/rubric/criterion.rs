use crate::framework::{CriticalClass, Skill};
use crate::value::strict::{choice, object, union};
use crate::value::{Key, Label, Score, Step, StepCount, Text, Weight};

object! {
    /// One row of a rubric.
    ///
    /// [`RubricCriterion::new`] gives the usual row; the other methods change one thing each.
    pub struct RubricCriterion {
        /// The row's key, unique in the rubric.
        pub key: Key,
        /// The skill it belongs to.
        pub skill: Skill,
        /// Its name.
        pub name: Label,
        /// What is judged.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub description: Option<Text>,
        /// How much it counts.
        pub weight: CriterionWeight,
        /// How many steps its scale has.
        pub steps: StepCount,
        /// What each step is worth, from the lowest; evenly spaced from 0 to 1 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub points: Option<Vec<Score>>,
        /// What is seen at the steps.
        pub anchors: Vec<StepAnchor>,
        /// Whom a failure harms, when it cannot be averaged away.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub critical: Option<CriticalClass>,
        /// The highest step that counts as an error in accuracy figures.
        pub fails_at_or_below: Step,
        /// What "not applicable" does.
        pub not_applicable: NotApplicablePolicy,
        /// The cases in which the row does not apply.
        pub not_applicable_when: Vec<Text>,
        /// Ratings below this step need evidence.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub evidence_required_below: Option<Step>,
        /// Ratings below this step need a note.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note_required_below: Option<Step>,
    }
}

impl RubricCriterion {
    /// A weighted row on five evenly spaced steps without anchors; "not applicable" leaves the sums, steps 1 and 2
    /// are errors.
    #[must_use]
    pub fn new(key: Key, skill: Skill, name: Label, weight: Weight) -> Self {
        Self {
            key,
            skill,
            name,
            description: None,
            weight: CriterionWeight::Weighted { weight },
            steps: five_steps(),
            points: None,
            anchors: Vec::new(),
            critical: None,
            fails_at_or_below: step_two(),
            not_applicable: NotApplicablePolicy::Exclude,
            not_applicable_when: Vec::new(),
            evidence_required_below: None,
            note_required_below: None,
        }
    }

    /// On a scale of `steps` evenly spaced steps; the lowest step, or the lowest two of four and more, are errors.
    #[must_use]
    pub fn on_steps(mut self, steps: StepCount) -> Self {
        self.steps = steps;
        self.points = None;
        self.fails_at_or_below = if steps.get() < 4 { Step::MIN } else { step_two() };
        self
    }

    /// Seen and reported, without a weight in any score.
    #[must_use]
    pub fn advisory(mut self) -> Self {
        self.weight = CriterionWeight::Advisory {};
        self
    }

    /// Critical: step 1 is an error that cannot be averaged away. "Not applicable" is refused unless
    /// `not_applicable_when` names the cases.
    ///
    /// What happens then is said by a rule: [`RubricBuilder::critical`](super::RubricBuilder::critical) adds both.
    #[must_use]
    pub fn critical(mut self, class: CriticalClass) -> Self {
        self.critical = Some(class);
        self.fails_at_or_below = Step::MIN;
        if self.not_applicable_when.is_empty() {
            self.not_applicable = NotApplicablePolicy::NotAllowed;
        }
        self
    }

    /// With other treatment of "not applicable".
    #[must_use]
    pub fn not_applicable(mut self, policy: NotApplicablePolicy) -> Self {
        self.not_applicable = policy;
        self
    }

    /// With the text of one step.
    #[must_use]
    pub fn anchor(mut self, step: Step, text: Text) -> Self {
        self.anchors.push(StepAnchor { step, text });
        self
    }

    /// The text of `step`, if the rubric has one.
    #[must_use]
    pub fn anchor_at(&self, step: Step) -> Option<&Text> {
        self.anchors.iter().find(|anchor| anchor.step == step).map(|anchor| &anchor.text)
    }

    /// The weight, or nothing when the row is advisory.
    #[must_use]
    pub fn counted_weight(&self) -> Option<Weight> {
        match self.weight {
            CriterionWeight::Weighted { weight } => Some(weight),
            CriterionWeight::Advisory {} => None,
        }
    }
}

#[expect(clippy::expect_used, reason = "a constant within the bounds")]
fn five_steps() -> StepCount {
    StepCount::new(5).expect("a scale may have five steps")
}

#[expect(clippy::expect_used, reason = "a constant within the bounds")]
fn step_two() -> Step {
    Step::new(2).expect("2 is a step")
}

union! {
    /// How much a row counts.
    #[derive(Copy)]
    pub enum CriterionWeight {
        /// It counts with this weight, relative to the other rows of its skill.
        Weighted {
            /// The weight.
            weight: Weight,
        },
        /// It is rated and reported and does not count.
        Advisory {},
    }
}

object! {
    /// What is seen at one step of a scale.
    pub struct StepAnchor {
        /// The step.
        pub step: Step,
        /// What is seen.
        pub text: Text,
    }
}

choice! {
    /// What the answer "not applicable" does to a score.
    #[doc(alias = "N/A")]
    pub enum NotApplicablePolicy: "What the answer not applicable does to a score" {
        /// The row leaves all sums; the weights of the rest of its skill count for more.
        Exclude = "exclude",
        /// The row counts with 0 points.
        CountAsZero = "count_as_zero",
        /// The assessment fails as a whole.
        Fail = "fail",
        /// The answer is refused.
        NotAllowed = "not_allowed",
    }
}
