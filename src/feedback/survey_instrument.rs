use super::{Instrument, ScalePoint, ScoreUnit};
use crate::framework::Skill;
use crate::value::strict::{choice, object};
use crate::value::{Count, Fault, Key, Label, Rule, Text, repeated};

object! {
    /// A survey as it is asked: its question, its scale in words, and what its score can and cannot tell.
    ///
    /// Scale, groups and unit are those of its [`Instrument`]: another definition would be another survey.
    pub struct SurveyInstrument {
        /// Which survey it is.
        pub key: Instrument,
        /// Its name.
        pub name: Label,
        /// What one answer is about.
        pub unit_of_analysis: Text,
        /// The question.
        pub question_template: Text,
        /// The scale of the answers.
        pub scale: SurveyScale,
        /// The groups of answers, the best first.
        pub groups: Vec<InstrumentGroup>,
        /// The score, in words.
        pub formula: Text,
        /// What the score counts.
        pub unit: ScoreUnit,
        /// A second number beside the score.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub secondary_formula: Option<Text>,
        /// How its uncertainty is computed, in words.
        pub uncertainty_formula: Text,
        /// The fewest answers with which it should be reported.
        pub min_responses_to_report: Count,
        /// The skills that it may point to.
        pub skill_links: Vec<SkillLink>,
        /// What it does not tell.
        pub cautions: Vec<Text>,
        /// The literature, as keys of the framework's references.
        pub references: Vec<Key>,
    }
}

object! {
    /// The scale of a survey's answers.
    pub struct SurveyScale {
        /// The lowest answer.
        pub min: ScalePoint,
        /// The highest answer.
        pub max: ScalePoint,
        /// What the lowest answer says.
        pub min_label: Label,
        /// What the highest answer says.
        pub max_label: Label,
        /// Which end is good.
        pub direction: ScaleDirection,
    }
}

choice! {
    /// Which end of a survey's scale is good.
    pub enum ScaleDirection: "Which end of a survey's scale is good" {
        /// The upper end.
        HigherIsBetter = "higher_is_better",
        /// The lower end.
        LowerIsBetter = "lower_is_better",
    }
}

object! {
    /// A group of answers.
    pub struct InstrumentGroup {
        /// The group, such as `promoters`.
        pub id: Key,
        /// The answers in it, the lowest first.
        pub values: Vec<ScalePoint>,
    }
}

object! {
    /// A skill to which a survey may point.
    pub struct SkillLink {
        /// The skill.
        pub skill: Skill,
        /// How closely.
        pub strength: LinkStrength,
        /// Why.
        pub reason: Text,
    }
}

choice! {
    /// How closely a survey points to a skill; none does so directly.
    pub enum LinkStrength: "How closely a survey points to a skill" {
        /// Through what customers remember.
        Indirect = "indirect",
        /// Hardly, or in some contacts only.
        Weak = "weak",
    }
}

pub(super) const AS_DEFINED: Rule = Rule::new(
    "feedback_instrument_as_defined",
    "`scale`, `groups` and `unit` of an instrument are those of its kind, the groups and the answers in each in this order: \
     csat 1 to 5 (satisfied 4, 5; not_satisfied 1 to 3), \
     percent; nps 0 to 10 (promoters 9, 10; passives 7, 8; detractors 0 to 6), net_percent; ces 1 to 7 (easy 5 to 7; \
     neutral 4; hard 1 to 3), percent; higher is better in all three; ces_version_one 1 to 5 without groups, scale_mean, \
     lower is better",
);
pub(super) const LINKS_UNIQUE: Rule =
    Rule::new("feedback_skill_links_unique", "the `skill_links` of an instrument name each skill at most once");

impl SurveyInstrument {
    fn is_as_defined(&self) -> bool {
        let (kind, scale) = (self.key, &self.scale);
        let is_higher_better = scale.direction == ScaleDirection::HigherIsBetter;
        let groups = kind.groups().iter().map(|(group, answers)| (*group, answers.clone().collect::<Vec<u8>>()));
        let own = self.groups.iter().map(|one| (one.id.as_str(), one.values.iter().map(|value| value.get()).collect()));
        (scale.min.get()..=scale.max.get()) == kind.scale()
            && is_higher_better == kind.is_higher_better()
            && self.unit == kind.unit()
            && own.eq(groups)
    }

    pub(super) fn check(&self, path: &str, faults: &mut Vec<Fault>) {
        if !self.is_as_defined() {
            let message = format!("scale, groups and unit are not those of `{}`", self.key);
            faults.push(Fault::new(AS_DEFINED, path, message));
        }
        for (index, link) in repeated(&self.skill_links, |link| link.skill) {
            let message = format!("skill `{}` stands here already", link.skill);
            faults.push(Fault::new(LINKS_UNIQUE, format!("{path}/skill_links/{index}/skill"), message));
        }
    }
}
