//! The master by week: a variable per session and start week, so that no schedule is needed afterwards.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use crate::value::SortedMap;

use super::formulation::{Formulation, PATTERN_COLUMNS};
use super::patterns::Size;
use super::weekly::Weekly;
use crate::planning::model::{Item, Model, weeks_in};

impl Formulation {
    /// A variable per session and week, with all constraints by week.
    pub(crate) fn add_starts(&mut self, model: &Model) {
        for (index, item) in model.items.iter().enumerate() {
            let variables: Vec<(usize, usize)> =
                weeks_in(item.starts).map(|week| (week, self.rows.variable(0.0, 1.0, true))).collect();
            let weeks = self.milestones[item.person].clone();
            for (milestone, last) in weeks.iter().enumerate() {
                let is_repeated = milestone + 1 < weeks.len()
                    && self.finished[index][milestone] == self.finished[index][milestone + 1];
                let Some(finished) = self.finished[index][milestone].filter(|_| !is_repeated) else { continue };
                let in_time = variables.iter().filter(|(week, _)| week + item.span() <= last + 1);
                let mut terms: Vec<(usize, f64)> = in_time.map(|(_, variable)| (*variable, 1.0)).collect();
                terms.push((finished, -1.0));
                if milestone + 1 == weeks.len() { self.rows.equal(terms, 0.0) } else { self.rows.at_least(terms, 0.0) }
            }
            self.by_week.push(variables);
        }
        for (index, item) in model.items.iter().enumerate() {
            for (before, lag) in &item.after {
                for (week, _) in &self.by_week[index] {
                    let until = |list: &[(usize, usize)], last: Option<usize>, factor: f64| -> Vec<(usize, f64)> {
                        list.iter()
                            .filter(|(one, _)| last.is_some_and(|last| *one <= last))
                            .map(|(_, variable)| (*variable, factor))
                            .collect()
                    };
                    let mut terms = until(&self.by_week[index], Some(*week), 1.0);
                    terms.extend(until(&self.by_week[*before], week.checked_sub(*lag), -1.0));
                    self.rows.at_most(terms, 0.0);
                }
            }
        }
        for (person, data) in model.people.iter().enumerate() {
            for week in 0..model.weeks {
                let terms = self.minutes_in(model, week, |item| (item.person == person).then_some(&item.load[..]));
                self.rows.spend(terms.clone(), data.week_min[week]);
                self.budget(terms, data.week_max[week]);
            }
        }
        for (pool, minutes) in model.pools.iter().enumerate() {
            for (week, most) in minutes.iter().enumerate() {
                let terms = self.minutes_in(model, week, |item| item.drawn_from(pool));
                self.budget(terms, *most);
            }
        }
    }

    fn minutes_in<'m>(
        &self,
        model: &'m Model,
        week: usize,
        load_of: impl Fn(&'m Item) -> Option<&'m [i64]>,
    ) -> Vec<(usize, f64)> {
        let mut terms = Vec::new();
        for (index, item) in model.items.iter().enumerate() {
            let Some(load) = load_of(item) else { continue };
            for (start, variable) in &self.by_week[index] {
                let minutes = week.checked_sub(*start).and_then(|offset| load.get(offset)).copied().unwrap_or_default();
                if minutes > 0 {
                    terms.push((*variable, minutes as f64));
                }
            }
        }
        terms
    }

    /// Fills every single week by a pattern, where the model goes by week.
    pub(crate) fn add_each_week(&mut self, model: &Model, weeks: &Weekly) {
        let kinds: SortedMap<Size, Vec<usize>> = weeks.rooms.iter().map(|room| (room.clone(), Vec::new())).collect();
        let limit = (PATTERN_COLUMNS / model.weeks).clamp(30, 600);
        let Some((class_of, classes, fillings)) = weeks.classify(&kinds, limit) else { return };
        for (week, room) in weeks.rooms.iter().enumerate() {
            let Some((_, fillings)) = kinds.keys().zip(&fillings).find(|(kind, _)| *kind == room) else { continue };
            let columns: Vec<usize> = fillings.iter().map(|_| self.rows.variable(0.0, 1.0, false)).collect();
            self.rows.at_most(columns.iter().map(|column| (*column, 1.0)).collect(), 1.0);
            for class in 0..classes.len() {
                let mut terms: Vec<(usize, f64)> = Vec::new();
                for (piece, _) in weeks.pieces.iter().zip(&class_of).filter(|(_, one)| **one == Some(class)) {
                    let start = week.checked_sub(piece.offset);
                    terms.extend(
                        self.by_week[piece.item]
                            .iter()
                            .filter(|(one, _)| Some(*one) == start)
                            .map(|(_, variable)| (*variable, 1.0)),
                    );
                }
                if !terms.is_empty() {
                    self.serve_once(model, &terms, &columns, fillings, class);
                    let held = columns.iter().zip(fillings).filter(|(_, filling)| filling[class] > 0);
                    terms.extend(held.map(|(column, filling)| (*column, -f64::from(filling[class]))));
                    self.rows.at_most(terms, 0.0);
                }
            }
        }
    }

    /// Sessions of one activity never share a week, so together they take a share of the fillings that hold the class at all.
    fn serve_once(
        &mut self,
        model: &Model,
        starts: &[(usize, f64)],
        columns: &[usize],
        fillings: &[Vec<u16>],
        class: usize,
    ) {
        if fillings.iter().all(|filling| filling[class] < 2) {
            return;
        }
        let mut series: SortedMap<(usize, usize), Vec<(usize, f64)>> = SortedMap::new();
        for (item, weeks) in model.items.iter().zip(&self.by_week).filter(|(item, _)| item.is_apart()) {
            let own = starts.iter().filter(|(variable, _)| weeks.iter().any(|(_, one)| one == variable));
            series.entry((item.person, item.activity)).or_default().extend(own);
        }
        for mut terms in series.into_values().filter(|terms| !terms.is_empty()) {
            let held = columns.iter().zip(fillings).filter(|(_, filling)| filling[class] > 0);
            terms.extend(held.map(|(column, _)| (*column, -1.0)));
            self.rows.at_most(terms, 0.0);
        }
    }

    pub(crate) fn prefer_early_weeks(&mut self) {
        for (week, variable) in self.by_week.iter().flatten() {
            self.rows.variables[*variable].worth = -((week + 1) as f64);
        }
    }

    /// Each session kept in its week is a change less, each new one a change more.
    pub(crate) fn prefer_earlier_plan(&mut self, model: &Model) {
        for (weeks, earlier) in self.by_week.iter().zip(&model.earlier) {
            for (week, variable) in weeks {
                self.rows.variables[*variable].worth = match earlier {
                    Some(earlier) => f64::from(u8::from(earlier == week)),
                    None => -1.0,
                };
            }
        }
    }

    /// The weeks of the sessions, where the model goes by week.
    pub(crate) fn starts(&self, values: &[f64]) -> Vec<Option<usize>> {
        let start = |weeks: &Vec<(usize, usize)>| {
            weeks.iter().find(|(_, variable)| values[*variable] > 0.5).map(|(week, _)| *week)
        };
        self.by_week.iter().map(start).collect()
    }
}
