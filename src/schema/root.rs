use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::assessment::{self, AssessmentDocument};
use crate::framework::{self, FrameworkDocument};
use crate::rubric::{self, RubricDocument};
use crate::scoring::{self, Scorecard};
use crate::value::{self, Rule};

/// A document that stands on its own: its name, its type and the rules it must keep.
pub(super) struct Root {
    pub(super) name: &'static str,
    pub(super) rules: &'static [&'static [Rule]],
    pub(super) type_name: fn() -> Cow<'static, str>,
    pub(super) reference: fn(&mut SchemaGenerator) -> Schema,
}

/// Every document with a schema of its own, one line each.
pub(super) const ROOTS: &[Root] = &[
    Root::of::<FrameworkDocument>("framework", &[value::RULES, framework::RULES]),
    Root::of::<RubricDocument>("rubric", &[value::RULES, rubric::RULES]),
    Root::of::<AssessmentDocument>("assessment", &[assessment::RULES]),
    Root::of::<Scorecard>("scorecard", &[value::RULES, scoring::RULES]),
];

impl Root {
    const fn of<T: JsonSchema>(name: &'static str, rules: &'static [&'static [Rule]]) -> Self {
        Self { name, rules, type_name: T::schema_name, reference: SchemaGenerator::subschema_for::<T> }
    }
}
