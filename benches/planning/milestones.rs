//! The model of milestones without patterns: what has ended by each due week, and sums of minutes until and between them.
//!
//! Every plan satisfies it, but not every choice that does can be placed in weeks: its best value is only a bound.

use std::collections::BTreeSet;

use crate::model::{Model, Pieces, Terms};

impl Model<'_> {
    /// What has ended by a milestone has ended by the next; milestones after the last end are like the one before them.
    pub(crate) fn add_milestones(&mut self) {
        for session in 0..self.sessions.len() {
            let (first, last) = (self.sessions[session].first_end, self.sessions[session].last_end);
            let mut ends = Vec::new();
            if first <= last {
                for week in self.milestones(self.sessions[session].person).range(first..) {
                    let before = ends.last().copied();
                    if before.is_some_and(|(before, _)| before >= last) {
                        break;
                    }
                    let variable = self.choice();
                    if let Some((_, before)) = before {
                        self.at_most(vec![(before, 1.0), (variable, -1.0)], 0.0);
                    }
                    ends.push((*week, variable));
                }
            }
            self.ends.push(ends);
        }
    }

    /// What has ended by one milestone and cannot begin before another takes at most the minutes between the two.
    pub(crate) fn fill_until_milestones(&mut self, room: &Pieces<'_>) {
        let people: BTreeSet<usize> = room.pieces.iter().map(|(session, ..)| self.sessions[*session].person).collect();
        let milestones: BTreeSet<i64> = people.into_iter().flat_map(|person| self.milestones(person)).collect();
        let ended_by = |model: &Self, pieces: &[(usize, i64, i64)], week: i64| -> Terms {
            pieces.iter().flat_map(|(one, _, minutes)| model.ended_by(*one, week, *minutes as f64)).collect()
        };
        for after in std::iter::once(0).chain(milestones.iter().copied()) {
            let is_late = |(session, offset, _): &&(usize, i64, i64)| {
                self.sessions[*session].first_end - self.sessions[*session].span() + 1 + offset > after
            };
            let late: Vec<_> = room.pieces.iter().filter(is_late).copied().collect();
            for until in milestones.range(after + 1..) {
                let most: i64 = room.most[after as usize..*until as usize].iter().sum();
                let terms = ended_by(self, &late, *until);
                if terms.iter().map(|(_, minutes)| minutes).sum::<f64>() > most as f64 {
                    self.at_most(terms, most as f64);
                }
            }
        }
        let least: i64 = room.least.iter().sum();
        if least > 0 {
            self.at_least(ended_by(self, &room.pieces, self.document.horizon_weeks), least as f64);
        }
    }
}
