use std::ops::{Index, IndexMut};

use serde::ser::SerializeMap;

use super::Skill;
use crate::value::map::read_unique;

/// A value for each of the five skills: total and dense.
///
/// In JSON an object with five required members.
///
/// ```
/// use service_excellence::{Skill, SkillMap};
///
/// let targets = SkillMap::from_fn(|skill| if skill == Skill::Empathy { 4 } else { 3 });
/// assert_eq!(targets[Skill::Empathy], 4);
/// assert_eq!(targets.values().sum::<i32>(), 16);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SkillMap<T>([T; 5]);

impl<T> SkillMap<T> {
    /// Asks `value` for the value of each skill.
    #[inline]
    pub fn from_fn(mut value: impl FnMut(Skill) -> T) -> Self {
        // Five plain calls: the compiler inlines them, which it does not do through `array::map`.
        Self([
            value(Skill::Empathy),
            value(Skill::CommunicationMastery),
            value(Skill::ProblemSolvingAgility),
            value(Skill::TechSavviness),
            value(Skill::ResilienceAndPatience),
        ])
    }

    /// The skills with their values, in the order of [`Skill::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (Skill, &T)> {
        Skill::ALL.iter().copied().zip(&self.0)
    }

    /// The values, in the order of [`Skill::ALL`].
    pub fn values(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    /// A map of what `change` makes of each value.
    #[must_use]
    pub fn map<U>(&self, mut change: impl FnMut(Skill, &T) -> U) -> SkillMap<U> {
        SkillMap::from_fn(|skill| change(skill, &self[skill]))
    }
}

impl<T> Index<Skill> for SkillMap<T> {
    type Output = T;

    #[expect(clippy::indexing_slicing, reason = "there is a value for each of the five skills")]
    fn index(&self, skill: Skill) -> &T {
        &self.0[skill as usize]
    }
}

impl<T> IndexMut<Skill> for SkillMap<T> {
    #[expect(clippy::indexing_slicing, reason = "there is a value for each of the five skills")]
    fn index_mut(&mut self, skill: Skill) -> &mut T {
        &mut self.0[skill as usize]
    }
}

impl<T: serde::Serialize> serde::Serialize for SkillMap<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(Some(Skill::ALL.len()))?;
        for (skill, value) in self.iter() {
            members.serialize_entry(&skill, value)?;
        }
        members.end()
    }
}

impl<'de, T: serde::Deserialize<'de>> serde::Deserialize<'de> for SkillMap<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut members = read_unique::<D, Skill, T>(deserializer, "an object with a member for each skill")?;
        let missing = |skill: Skill| serde::de::Error::missing_field(skill.as_str());
        let mut take = |skill| members.remove(&skill).ok_or_else(|| missing(skill));
        Ok(Self([
            take(Skill::Empathy)?,
            take(Skill::CommunicationMastery)?,
            take(Skill::ProblemSolvingAgility)?,
            take(Skill::TechSavviness)?,
            take(Skill::ResilienceAndPatience)?,
        ]))
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for SkillMap<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("SkillMapOf{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let value = generator.subschema_for::<T>();
        let member = |skill: Skill| {
            let mut schema = value.clone();
            schema.insert("description".to_owned(), skill.name().into());
            (skill.as_str().to_owned(), schema.to_value())
        };
        let members: serde_json::Map<_, _> = Skill::ALL.iter().copied().map(member).collect();
        let words: Vec<_> = Skill::ALL.iter().map(|skill| skill.as_str()).collect();
        // A type of its own: classes for nameless objects get numbers in other languages.
        schemars::json_schema!({
            "description": format!("Each of the five skills with its `{}`.", T::schema_name()),
            "type": "object", "properties": members, "required": words, "additionalProperties": false,
        })
    }
}
