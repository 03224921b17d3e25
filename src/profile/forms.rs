//! What the answers of each rubric mean for the rubric of a profile, compiled once.

use super::mean::UNIT;
use crate::assessment::Answer;
use crate::rubric::{Effect, NotApplicablePolicy, Rubric, RubricCriterion};
use crate::scoring::{Scorer, points_at};
use crate::value::Fingerprint;

/// The forms met so far.
pub(super) struct Forms<'r> {
    rubric: &'r Rubric,
    known: Vec<(Fingerprint, Form)>,
}

/// One rubric as the profile sees it.
pub(super) struct Form {
    pub(super) scorer: Scorer,
    /// Whether any of its rules raises a concern.
    pub(super) may_concern: bool,
    /// One for each of its criteria.
    pub(super) cells: Vec<Cell>,
}

/// One criterion: where it stands in the profile's rubric, and what each step is worth.
pub(super) struct Cell {
    pub(super) place: Place,
    points: [u32; Self::STEPS],
    counts_not_applicable: bool,
}

#[derive(Clone, Copy)]
pub(super) enum Place {
    At(usize),
    OtherScale,
    Unknown,
}

/// What an answer adds to its criterion.
pub(super) enum Meaning {
    /// Points in parts of the unit of means.
    Points(u32),
    NotApplicable,
    Nothing,
}

impl<'r> Forms<'r> {
    pub(super) fn new(rubric: &'r Rubric) -> Self {
        Self { rubric, known: Vec::new() }
    }

    /// The form of a rubric, compiled when it is new.
    pub(super) fn of(&mut self, rubric: &Rubric) -> Option<&Form> {
        let structure = &rubric.pin().structure;
        let found = self.known.iter().position(|(known, _)| known == structure);
        let index = found.unwrap_or_else(|| {
            self.known.push((structure.clone(), Form::new(rubric, self.rubric)));
            self.known.len() - 1
        });
        self.known.get(index).map(|(_, form)| form)
    }
}

impl Form {
    fn new(rubric: &Rubric, own: &Rubric) -> Self {
        let mut effects = rubric.rules().iter().flat_map(|rule| &rule.effects);
        Self {
            scorer: Scorer::new(rubric),
            may_concern: effects.any(|effect| matches!(effect, Effect::RaiseConcern { .. })),
            cells: rubric.criteria().iter().map(|criterion| Cell::new(criterion, own)).collect(),
        }
    }
}

impl Cell {
    const STEPS: usize = 12;

    fn new(criterion: &RubricCriterion, own: &Rubric) -> Self {
        let place = match own.position(criterion.key.as_str()).zip(own.criterion(criterion.key.as_str())) {
            None => Place::Unknown,
            Some((_, found)) if (found.steps, &found.points) != (criterion.steps, &criterion.points) => {
                Place::OtherScale
            }
            Some((position, _)) => Place::At(position),
        };
        let points = |step| points_at(criterion, step, UNIT).and_then(|points| u32::try_from(points).ok());
        Self {
            place,
            points: std::array::from_fn(|step| points(step).unwrap_or_default()),
            counts_not_applicable: criterion.not_applicable == NotApplicablePolicy::CountAsZero,
        }
    }

    /// What an answer means.
    pub(super) fn read(&self, answer: Answer) -> Meaning {
        match answer {
            Answer::Rated(step) => match self.points.get(usize::from(step.get())) {
                Some(points) => Meaning::Points(*points),
                None => Meaning::Nothing,
            },
            Answer::NotApplicable if self.counts_not_applicable => Meaning::Points(0),
            Answer::NotApplicable => Meaning::NotApplicable,
            Answer::NotObserved => Meaning::Nothing,
        }
    }
}
