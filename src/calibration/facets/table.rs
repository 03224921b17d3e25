use super::data::{FacetData, Row};
use super::error::{DifferentScales, EmptyStep};
use super::{FacetError, FacetModel, Thresholds};
use crate::statistics::Undefined;
use crate::value::{Step, StepCount};

/// The ratings that enter the search, by compact numbers, person by person.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// The numbers in the data of the elements that take part.
    pub(super) persons: Vec<usize>,
    pub(super) raters: Vec<usize>,
    pub(super) criteria: Vec<usize>,
    pub(super) scales: Vec<Scale>,
    /// The pairs of rater and criterion that occur.
    pub(super) cells: Vec<Cell>,
    cell_numbers: Vec<Option<usize>>,
    entries: Vec<Entry>,
    /// Where the entries of each person end.
    ends: Vec<usize>,
}

/// The categories of one scale that occur, from 0, and the steps behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    pub(super) steps: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) rater: usize,
    pub(super) criterion: usize,
    pub(super) scale: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) cell: u32,
    pub(super) category: u8,
}

impl Scale {
    /// The highest category.
    pub(super) fn highest(&self) -> usize {
        self.steps.len().saturating_sub(1)
    }

    /// The category of a step; a step that does not occur counts as the nearest below.
    fn category(&self, step: u8) -> usize {
        self.steps.iter().skip(1).filter(|own| **own <= step).count()
    }
}

impl Table {
    /// Leaves out what has no finite measure, until nothing of the kind is left, and numbers the rest.
    pub(super) fn new(data: &FacetData, model: &FacetModel) -> Result<Self, FacetError> {
        if model.thresholds() == Thresholds::RatingScale {
            check_one_scale(data)?;
        }
        let mut kept = Kept::all(data);
        let scales = loop {
            let scales = used_steps(data, model, &kept);
            if !kept.drop_extremes(data, model, &scales) {
                break scales;
            }
        };
        let rows: Vec<&Row> = data.rows().iter().filter(|row| kept.has(row)).collect();
        let Some(first) = rows.first() else {
            let first = data.rows().first().map_or(0, |row| row.step);
            let is_constant = data.rows().iter().all(|row| row.step == first);
            return Err(if is_constant { Undefined::NoVariation {} } else { Undefined::Extreme {} }.into());
        };
        let mut person = first.person;
        if !model.merges_empty_steps() {
            check_no_gap(data, model, &scales)?;
        }
        let (raters, criteria) = (numbers(&kept.raters), numbers(&kept.criteria));
        let mut table = Self {
            scales: scales_of(model, scales, &criteria),
            cells: Vec::new(),
            cell_numbers: vec![None; raters.len() * criteria.len()],
            entries: Vec::with_capacity(rows.len()),
            ends: Vec::new(),
            persons: Vec::new(),
            raters,
            criteria,
        };
        let (rater_places, criterion_places) = (places(&kept.raters), places(&kept.criteria));
        for row in rows {
            if row.person != person {
                table.ends.push(table.entries.len());
                table.persons.push(person);
                person = row.person;
            }
            let place = |places: &[usize], number: usize| places.get(number).copied().unwrap_or_default();
            let (rater, criterion) = (place(&rater_places, row.rater), place(&criterion_places, row.criterion));
            let cell = table.cell(rater, criterion);
            let entry = table.entry(cell, row.step);
            table.entries.push(entry);
        }
        table.ends.push(table.entries.len());
        table.persons.push(person);
        Ok(table)
    }

    /// How many ratings enter.
    pub(super) fn ratings(&self) -> usize {
        self.entries.len()
    }

    /// The entries of each person.
    pub(super) fn by_person(&self) -> impl Iterator<Item = &[Entry]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| self.entries.get(start..*end).unwrap_or_default())
    }

    /// The log-odds of the mean category as a share of the highest: where to start.
    pub(super) fn mean_log_odds(&self) -> f64 {
        let highest = |entry: &Entry| {
            let scale = self.cell_of(entry).and_then(|cell| self.scales.get(cell.scale));
            scale.map_or(1, Scale::highest) as f64
        };
        let share = |entry: &Entry| f64::from(entry.category) / highest(entry);
        let share = self.entries.iter().map(share).sum::<f64>() / self.entries.len() as f64;
        let share = share.clamp(0.01, 0.99);
        (share / (1.0 - share)).ln()
    }

    pub(super) fn cell_of(&self, entry: &Entry) -> Option<&Cell> {
        self.cells.get(entry.cell as usize)
    }

    /// A rating of elements that take part, whether or not the person does.
    pub(super) fn entry_of(&self, rater: usize, criterion: usize, step: u8) -> Option<Entry> {
        let rater = self.raters.binary_search(&rater).ok()?;
        let criterion = self.criteria.binary_search(&criterion).ok()?;
        let cell = self.cell_numbers.get(rater * self.criteria.len() + criterion).copied().flatten()?;
        Some(self.entry(cell, step))
    }

    /// The scale of a criterion, by compact numbers.
    pub(super) fn scale_of(&self, criterion: usize) -> usize {
        if self.scales.len() == 1 { 0 } else { criterion }
    }

    /// The category of a step on the scale of a criterion.
    pub(super) fn category(&self, criterion: usize, step: u8) -> usize {
        self.scales.get(self.scale_of(criterion)).map_or(0, |scale| scale.category(step))
    }

    fn entry(&self, cell: usize, step: u8) -> Entry {
        let scale = self.cells.get(cell).and_then(|cell| self.scales.get(cell.scale));
        Entry { cell: cell as u32, category: scale.map_or(0, |scale| scale.category(step)) as u8 }
    }

    fn cell(&mut self, rater: usize, criterion: usize) -> usize {
        let (scale, next) = (self.scale_of(criterion), self.cells.len());
        let Some(number) = self.cell_numbers.get_mut(rater * self.criteria.len() + criterion) else { return 0 };
        if number.is_none() {
            self.cells.push(Cell { rater, criterion, scale });
        }
        *number.get_or_insert(next)
    }
}

fn check_one_scale(data: &FacetData) -> Result<(), FacetError> {
    let first = data.scales().first();
    let other = data.criteria().iter().zip(data.scales()).find(|(_, steps)| Some(*steps) != first);
    other.map_or(Ok(()), |(criterion, _)| Err(FacetError::DifferentScales(DifferentScales::new(criterion.clone()))))
}

/// The elements that still take part, by their numbers in the data.
struct Kept {
    persons: Vec<bool>,
    raters: Vec<bool>,
    criteria: Vec<bool>,
}

impl Kept {
    fn all(data: &FacetData) -> Self {
        Self {
            persons: vec![true; data.persons().len()],
            raters: vec![true; data.raters().len()],
            criteria: vec![true; data.criteria().len()],
        }
    }

    fn has(&self, row: &Row) -> bool {
        let is_kept = |kept: &[bool], number: usize| kept.get(number).copied().unwrap_or_default();
        is_kept(&self.persons, row.person) && is_kept(&self.raters, row.rater) && is_kept(&self.criteria, row.criterion)
    }

    /// Drops the raters and criteria, and for joint estimation the persons, with the lowest or the highest possible
    /// total; whether there were any.
    fn drop_extremes(&mut self, data: &FacetData, model: &FacetModel, scales: &[Scale]) -> bool {
        let mut persons = Totals::of(&self.persons);
        let mut raters = Totals::of(&self.raters);
        let mut criteria = Totals::of(&self.criteria);
        for row in data.rows().iter().filter(|row| self.has(row)) {
            let Some(scale) = scales.get(if scales.len() == 1 { 0 } else { row.criterion }) else { continue };
            let (found, most) = (scale.category(row.step) as u64, scale.highest() as u64);
            persons.add(row.person, found, most);
            raters.add(row.rater, found, most);
            criteria.add(row.criterion, found, most);
        }
        let dropped = [
            model.is_joint() && persons.drop_extremes(&mut self.persons),
            raters.drop_extremes(&mut self.raters),
            criteria.drop_extremes(&mut self.criteria),
        ];
        dropped.contains(&true)
    }
}

/// For each element the sum of its categories, and the largest that it could be.
struct Totals(Vec<(u64, u64)>);

impl Totals {
    fn of(kept: &[bool]) -> Self {
        Self(vec![(0, 0); kept.len()])
    }

    fn add(&mut self, number: usize, found: u64, most: u64) {
        if let Some((total, largest)) = self.0.get_mut(number) {
            *total += found;
            *largest += most;
        }
    }

    fn drop_extremes(&self, kept: &mut [bool]) -> bool {
        let mut has_dropped = false;
        for (kept, (total, largest)) in kept.iter_mut().zip(&self.0) {
            if *kept && (*total == 0 || total == largest) {
                *kept = false;
                has_dropped = true;
            }
        }
        has_dropped
    }
}

/// The steps that occur: on one scale for all, or for each criterion of the data.
fn used_steps(data: &FacetData, model: &FacetModel, kept: &Kept) -> Vec<Scale> {
    let is_one = model.thresholds() == Thresholds::RatingScale;
    let count = if is_one { 1 } else { data.criteria().len() };
    let mut used = vec![[false; StepCount::MAX.get() as usize + 1]; count];
    for row in data.rows().iter().filter(|row| kept.has(row)) {
        let scale = used.get_mut(if is_one { 0 } else { row.criterion });
        if let Some(seen) = scale.and_then(|scale| scale.get_mut(usize::from(row.step))) {
            *seen = true;
        }
    }
    let scale =
        |used: &[bool]| Scale { steps: (0_u8..).zip(used).filter(|(_, seen)| **seen).map(|(step, _)| step).collect() };
    used.iter().map(|used| scale(used)).collect()
}

fn check_no_gap(data: &FacetData, model: &FacetModel, scales: &[Scale]) -> Result<(), FacetError> {
    let gap = |scale: &Scale| {
        scale.steps.windows(2).find_map(|pair| match pair {
            [low, high] if high - low > 1 => Step::new(low + 1).ok(),
            _ => None,
        })
    };
    let found = scales.iter().enumerate().find_map(|(number, scale)| Some((number, gap(scale)?)));
    let Some((number, step)) = found else { return Ok(()) };
    let is_one = model.thresholds() == Thresholds::RatingScale;
    let criterion = if is_one { None } else { data.criteria().get(number).cloned() };
    Err(FacetError::EmptyStep(EmptyStep::new(criterion, step)))
}

/// The scales of the criteria that take part.
fn scales_of(model: &FacetModel, scales: Vec<Scale>, criteria: &[usize]) -> Vec<Scale> {
    if model.thresholds() == Thresholds::RatingScale {
        return scales;
    }
    let kept = scales.into_iter().enumerate().filter(|(number, _)| criteria.binary_search(number).is_ok());
    kept.map(|(_, scale)| scale).collect()
}

/// The numbers of what is kept.
fn numbers(kept: &[bool]) -> Vec<usize> {
    kept.iter().enumerate().filter(|(_, kept)| **kept).map(|(number, _)| number).collect()
}

/// Where each element stands among those kept.
fn places(kept: &[bool]) -> Vec<usize> {
    let mut next = 0;
    let place = |kept: &bool| {
        let place = next;
        next += usize::from(*kept);
        place
    };
    kept.iter().map(place).collect()
}
