//! The plain model: a variable per session and week.

use crate::model::{Model, Pieces, Terms};

impl Model<'_> {
    /// A session ends in at most one week.
    pub(crate) fn add_weeks(&mut self) {
        for session in 0..self.sessions.len() {
            let weeks = self.sessions[session].first_end..=self.sessions[session].last_end;
            let ends: Vec<_> = weeks.map(|week| (week, self.choice())).collect();
            self.at_most(ends.iter().map(|(_, variable)| (*variable, 1.0)).collect(), 1.0);
            self.ends.push(ends);
        }
    }

    /// The minutes of each week.
    pub(crate) fn fill_weeks(&mut self, room: &Pieces<'_>) {
        let mut weeks: Vec<Terms> = vec![Vec::new(); room.most.len()];
        for (session, offset, minutes) in &room.pieces {
            let start = 1 - self.sessions[*session].span();
            for (end, variable) in &self.ends[*session] {
                weeks[(end + start + offset - 1) as usize].push((*variable, *minutes as f64));
            }
        }
        for (terms, most) in weeks.iter().zip(room.most) {
            self.at_most(terms.clone(), *most as f64);
        }
        for (terms, least) in weeks.into_iter().zip(room.least).filter(|(_, least)| **least > 0) {
            self.at_least(terms, *least as f64);
        }
    }
}
