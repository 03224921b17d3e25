//! What both plain models say about order, budgets and goals; they differ in how they write down when a session ends.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use service_excellence::planning::{PlanObjective, PlanProblemDocument, ProblemGoal};

use crate::sessions::{Session, sessions};

pub(crate) type Terms = Vec<(Variable, f64)>;

/// How a model writes down when a session ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Form {
    /// A variable per session and week: "ends in this week".
    TimeIndexed,
    /// A variable per session and due week: "has ended by then".
    Milestones,
}

pub(crate) struct Model<'a> {
    pub(crate) document: &'a PlanProblemDocument,
    pub(crate) sessions: Vec<Session<'a>>,
    /// By session: weeks and their variables, in order of the weeks.
    pub(crate) ends: Vec<Vec<(i64, Variable)>>,
    form: Form,
    problem: Problem,
}

/// The problem as a model of whole and real numbers, with levels in tenths so that coefficients stay close to each other.
pub(crate) fn build(document: &PlanProblemDocument, form: Form) -> Problem {
    assert_eq!(document.objective, PlanObjective::Sum, "{}", document.name);
    let problem = Problem::new(OptimizationDirection::Maximize);
    let mut model = Model { document, sessions: sessions(document), ends: Vec::new(), form, problem };
    match form {
        Form::TimeIndexed => model.add_weeks(),
        Form::Milestones => model.add_milestones(),
    }
    model.add_order();
    model.add_budgets();
    model.add_goals();
    for pieces in model.pieces_by_room() {
        match form {
            Form::TimeIndexed => model.fill_weeks(&pieces),
            Form::Milestones => model.fill_until_milestones(&pieces),
        }
    }
    model.problem
}

/// Minutes that sessions take of the weeks of one person or of one pool.
pub(crate) struct Pieces<'a> {
    /// Session, week of the session from 0, and minutes.
    pub(crate) pieces: Vec<(usize, i64, i64)>,
    pub(crate) most: &'a [i64],
    pub(crate) least: &'a [i64],
}

impl<'a> Model<'a> {
    pub(crate) fn choice(&mut self) -> Variable {
        self.problem.add_binary_var(0.0)
    }

    /// The terms add up to at most `most`; terms of the same variable are put together.
    pub(crate) fn at_most(&mut self, terms: Terms, most: f64) {
        self.row(terms, ComparisonOp::Le, most);
    }

    pub(crate) fn at_least(&mut self, terms: Terms, least: f64) {
        self.row(terms, ComparisonOp::Ge, least);
    }

    fn row(&mut self, terms: Terms, comparison: ComparisonOp, limit: f64) {
        let mut sums: BTreeMap<usize, (Variable, f64)> = BTreeMap::new();
        for (variable, factor) in terms {
            sums.entry(variable.idx()).or_insert((variable, 0.0)).1 += factor;
        }
        let terms: Terms = sums.into_values().filter(|(_, factor)| *factor != 0.0).collect();
        self.problem.add_constraint(terms, comparison, limit);
    }

    /// What is 1 if a session has ended by the end of a week, and else 0.
    pub(crate) fn ended_by(&self, session: usize, week: i64, factor: f64) -> Terms {
        let mut ends =
            self.ends[session].iter().filter(|(end, _)| *end <= week).map(|(_, variable)| (*variable, factor));
        match self.form {
            Form::TimeIndexed => ends.collect(),
            Form::Milestones => ends.next_back().into_iter().collect(),
        }
    }

    fn chosen(&self, session: usize, factor: f64) -> Terms {
        self.ended_by(session, self.document.horizon_weeks, factor)
    }

    /// The due weeks of a person's goals, and the last week.
    pub(crate) fn milestones(&self, person: usize) -> BTreeSet<i64> {
        let last = self.document.horizon_weeks;
        let goals = self.document.people[person].goals.iter();
        goals.filter(|goal| goal.to > goal.from).map(|goal| goal.due_week.unwrap_or(last)).chain([last]).collect()
    }

    /// What comes before has ended so many weeks earlier; among milestones, by the next one after that.
    fn add_order(&mut self) {
        for session in 0..self.sessions.len() {
            for (before, weeks) in self.sessions[session].before.clone() {
                for (end, _) in self.ends[session].clone() {
                    let latest = end.min(self.sessions[session].last_end) - weeks;
                    let by = match self.form {
                        Form::TimeIndexed => latest,
                        Form::Milestones => {
                            let milestones = self.milestones(self.sessions[session].person);
                            milestones.range(latest..).next().copied().unwrap_or(end)
                        }
                    };
                    let mut terms = self.ended_by(session, end, 1.0);
                    terms.extend(self.ended_by(before, by, -1.0));
                    self.at_most(terms, 0.0);
                }
            }
        }
    }

    fn add_budgets(&mut self) {
        let document = self.document;
        let minutes = |session: &Session<'_>| session.activity.load.iter().sum::<i64>();
        let cost = |session: &Session<'_>| session.activity.cost;
        for (place, person) in document.people.iter().enumerate() {
            self.at_most(self.sum(Some(place), minutes), person.total_minutes_max as f64);
            self.at_most(self.sum(Some(place), cost), person.cost_max as f64);
            let firsts = self.firsts(place);
            for id in person.mandatory.iter().filter_map(|id| firsts.get(id.as_str())) {
                self.at_least(self.chosen(*id, 1.0), 1.0);
            }
            for group in &document.exclusive {
                let members = group.iter().filter_map(|id| firsts.get(id.as_str()));
                self.at_most(members.flat_map(|one| self.chosen(*one, 1.0)).collect(), 1.0);
            }
        }
        if let Some(most) = document.shared_cost_max {
            self.at_most(self.sum(None, cost), most as f64);
        }
    }

    /// The first sessions of a person, by activity.
    fn firsts(&self, person: usize) -> BTreeMap<&'a str, usize> {
        let own = self.sessions.iter().enumerate().filter(|(_, one)| one.person == person && one.number == 0);
        own.map(|(index, one)| (one.activity.id.as_str(), index)).collect()
    }

    fn sum(&self, person: Option<usize>, of: impl Fn(&Session<'_>) -> i64) -> Terms {
        let own = self.sessions.iter().enumerate().filter(|(_, one)| person.is_none_or(|person| one.person == person));
        own.flat_map(|(index, one)| self.chosen(index, of(one) as f64)).collect()
    }

    fn pieces_by_room(&self) -> Vec<Pieces<'a>> {
        let mut all = Vec::new();
        let pieces = |of: &dyn Fn(&Session<'a>) -> Option<&'a [i64]>| {
            let sessions = self.sessions.iter().enumerate().filter_map(|(index, one)| Some((index, of(one)?)));
            sessions.flat_map(|(index, load)| (0..).zip(load).map(move |(week, one)| (index, week, *one))).collect()
        };
        for (place, person) in self.document.people.iter().enumerate() {
            let of = |one: &Session<'a>| (one.person == place).then_some(&one.activity.load[..]);
            let least = person.week_minutes_min.as_deref().unwrap_or_default();
            all.push(Pieces { pieces: pieces(&of), most: &person.week_minutes_max, least });
        }
        for pool in &self.document.coach_pools {
            let of = |one: &Session<'a>| {
                one.activity.coach.as_ref().filter(|coach| coach.pool == pool.id).map(|coach| &coach.load[..])
            };
            all.push(Pieces { pieces: pieces(&of), most: &pool.week_minutes, least: &[] });
        }
        all
    }

    fn add_goals(&mut self) {
        for (place, person) in self.document.people.iter().enumerate() {
            let mut value: Terms = Vec::new();
            for goal in person.goals.iter().filter(|goal| goal.to > goal.from) {
                let credits = self.credits(place, goal);
                value.push((self.add_goal(goal, &credits), 100.0 * goal.weight as f64));
            }
            if person.min_value > 0 {
                self.at_least(value, person.min_value as f64);
            }
        }
    }

    /// What is added to a goal, with its ceiling.
    fn credits(&mut self, person: usize, goal: &ProblemGoal) -> Vec<(Terms, i64, i64)> {
        let due = goal.due_week.unwrap_or(self.document.horizon_weeks);
        let mut credits = Vec::new();
        for (index, session) in self.sessions.iter().enumerate().filter(|(_, one)| one.person == person) {
            for gain in session.activity.gains.iter().filter(|gain| gain.skill == goal.skill) {
                credits.push((self.ended_by(index, due, 1.0), gain.gain[session.number], gain.ceiling));
            }
        }
        let firsts = self.firsts(person);
        for synergy in self.document.synergies.iter().filter(|one| one.skill == goal.skill) {
            let members: Option<Vec<usize>> =
                synergy.activities.iter().map(|id| firsts.get(id.as_str()).copied()).collect();
            let Some(members) = members else { continue };
            let together = self.problem.add_var(0.0, (0.0, 1.0));
            for member in members {
                let mut terms = self.ended_by(member, due, -1.0);
                terms.push((together, 1.0));
                self.at_most(terms, 0.0);
            }
            credits.push((vec![(together, 1.0)], synergy.bonus, synergy.ceiling));
        }
        credits
    }

    /// One row per level at which a ceiling cuts credits off; gives the variable of what is closed.
    fn add_goal(&mut self, goal: &ProblemGoal, credits: &[(Terms, i64, i64)]) -> Variable {
        let closed = self.problem.add_var(100.0 * goal.weight as f64, (0.0, (goal.to - goal.from) as f64 / 100.0));
        let mut levels: BTreeSet<i64> = credits.iter().map(|one| one.2).collect();
        levels.retain(|level| (goal.from..goal.to).contains(level));
        levels.insert(goal.from);
        for level in levels {
            let mut terms: Terms = vec![(closed, 1.0)];
            for (credit, gain, _) in credits.iter().filter(|one| one.2 > level) {
                terms.extend(credit.iter().map(|(variable, factor)| (*variable, -factor * *gain as f64 / 100.0)));
            }
            self.at_most(terms, (level - goal.from) as f64 / 100.0);
        }
        closed
    }
}
