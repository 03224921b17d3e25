use super::Linkage;
use crate::statistics::Undefined;
use crate::value::codes::codes;
use crate::value::{Key, Reference, Step};

/// Why a [`FacetModel`](super::FacetModel) cannot be fitted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FacetError {
    /// The ratings do not determine the differences between raters, or between criteria.
    #[error(transparent)]
    NotLinked(NotLinked),
    /// A step between others was never chosen, so thresholds run to infinity.
    #[error(transparent)]
    EmptyStep(EmptyStep),
    /// A rating-scale model needs one scale for all criteria.
    #[error(transparent)]
    DifferentScales(DifferentScales),
    /// The ratings do not determine the model, or the search for it did not end.
    #[error(transparent)]
    Undefined(#[from] Undefined),
}

codes!(FacetError {} passing on { NotLinked, EmptyStep, DifferentScales, Undefined });

/// The ratings do not determine the differences between raters, or between criteria.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the ratings do not link {}", groups(linkage, *at_random))]
pub struct NotLinked {
    linkage: Box<Linkage>,
    at_random: bool,
}

codes!(NotLinked = "not_linked");

impl NotLinked {
    pub(super) fn new(linkage: Linkage, at_random: bool) -> Self {
        Self { linkage: Box::new(linkage), at_random }
    }

    /// What is linked, and what is not.
    #[must_use]
    pub fn linkage(&self) -> &Linkage {
        &self.linkage
    }
}

fn groups(linkage: &Linkage, at_random: bool) -> String {
    let (raters, criteria) = if at_random {
        (linkage.rater_groups_at_random(), &[][..])
    } else {
        (linkage.rater_groups(), linkage.criterion_groups())
    };
    let raters = raters.iter().map(|group| list("raters", group.iter().map(Reference::as_str)));
    let criteria = criteria.iter().map(|group| list("criteria", group.iter().map(Key::as_str)));
    if raters.len() > 1 {
        raters.collect::<Vec<_>>().join(" with ")
    } else {
        criteria.collect::<Vec<_>>().join(" with ")
    }
}

fn list<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    format!("{what} {}", names.join(", "))
}

/// A step between others was never chosen, so thresholds run to infinity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("step `{step}`{} was never chosen, though lower and higher ones were: allowed is to merge it with its neighbour, when asked", of(criterion.as_ref()))]
pub struct EmptyStep {
    criterion: Option<Key>,
    step: Step,
}

codes!(EmptyStep = "empty_step");

impl EmptyStep {
    pub(super) fn new(criterion: Option<Key>, step: Step) -> Self {
        Self { criterion, step }
    }

    /// The criterion, when each has thresholds of its own.
    #[must_use]
    pub fn criterion(&self) -> Option<&Key> {
        self.criterion.as_ref()
    }

    /// The lowest such step.
    #[must_use]
    pub fn step(&self) -> Step {
        self.step
    }
}

fn of(criterion: Option<&Key>) -> String {
    criterion.map(|key| format!(" of `{key}`")).unwrap_or_default()
}

/// A rating-scale model needs one scale for all criteria.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{criterion}` has another number of steps than the criteria before it: allowed is one scale, or a partial-credit model"
)]
pub struct DifferentScales {
    criterion: Key,
}

codes!(DifferentScales = "different_scales");

impl DifferentScales {
    pub(super) fn new(criterion: Key) -> Self {
        Self { criterion }
    }

    /// The first criterion with another scale.
    #[must_use]
    pub fn criterion(&self) -> &Key {
        &self.criterion
    }
}
