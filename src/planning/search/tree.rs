//! Branch and check: one tree over the choices of the master, in which every whole choice is judged by its schedule.
//!
//! A relaxation bounds what any plan below a node reaches. Where its values are whole, the judge looks for weeks: the
//! choice is a plan, or rows exclude it and the node is solved again, or nobody can tell and it is set aside with its
//! bound. The tree is searched for values from a target on, which is first set close below the bound and then lowered
//! to what is known, so that branches a good plan would close are not entered while there is none.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use super::judge::{Judge, Verdict, WHOLE, whole};
use crate::planning::linear::{Flaw, LinearRelaxation, Master, Row, Rows};

/// After so many nodes, the variables at the root are tried out.
const NODES_BEFORE_PROBING: u64 = 60;

/// How a search through a tree ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Searched {
    /// No plan that is of interest and not known is worth more; `i64::MIN` when there is none.
    pub(crate) upper: i64,
    /// A number was in doubt.
    pub(crate) is_doubted: bool,
    /// A limit ended it.
    pub(crate) is_cut_short: bool,
    /// The highest bound of a choice set aside.
    pub(crate) aside: i64,
}

/// A node to be solved: its parent's relaxation and what is fixed in it.
struct Open {
    relaxation: Box<dyn LinearRelaxation>,
    fix: Option<(usize, f64)>,
    bound: f64,
}

pub(crate) struct Tree<'a> {
    master: &'a dyn Master,
    pub(crate) rows: Rows,
    /// Rows found on the way, added where they are broken.
    found: Vec<Row>,
    /// By variable and value: no plan with it there is worth more.
    with: [Vec<f64>; 2],
    pub(crate) past: [Vec<Past>; 2],
    is_probed: bool,
    pub(crate) nodes: u64,
    pub(crate) limit: u64,
    aside: i64,
    is_doubted: bool,
    /// Any plan will do: branches towards the value that is nearest.
    pub(crate) is_dive: bool,
}

/// What the past says of a variable: the loss of the bound per unit, and how often it was seen.
#[derive(Clone, Copy, Default)]
pub(crate) struct Past {
    loss: f64,
    pub(crate) count: u32,
}

impl Past {
    pub(crate) fn mean(self, otherwise: f64) -> f64 {
        if self.count == 0 { otherwise } else { self.loss / f64::from(self.count) }
    }

    pub(crate) fn add(&mut self, loss: f64) {
        self.loss += loss;
        self.count += 1;
    }
}

/// How to go on from a node.
pub(crate) enum Branch {
    /// Only this value is left.
    Fixed(usize, f64),
    On {
        variable: usize,
        first: usize,
        bounds: [f64; 2],
    },
}

/// How to go on at a node.
enum Step {
    /// With this relaxation.
    Further(Box<dyn LinearRelaxation>),
    /// With the next node.
    Done,
    /// Not at all: the search is over.
    Stop,
}

impl<'a> Tree<'a> {
    /// Solves at most `limit` relaxations.
    pub(crate) fn new(master: &'a dyn Master, rows: Rows, limit: u64) -> Self {
        let count = rows.variables.len();
        Self {
            master,
            rows,
            found: Vec::new(),
            with: [vec![f64::INFINITY; count], vec![f64::INFINITY; count]],
            past: [vec![Past::default(); count], vec![Past::default(); count]],
            is_probed: false,
            nodes: 0,
            limit,
            aside: i64::MIN,
            is_doubted: false,
            is_dive: false,
        }
    }

    /// For rows of which any whole solution will do.
    pub(crate) fn dive(master: &'a dyn Master, rows: Rows, limit: u64) -> Self {
        Self { is_dive: true, is_probed: true, ..Self::new(master, rows, limit) }
    }

    /// Searches for values from the judge's least on.
    pub(crate) fn search(&mut self, judge: &mut dyn Judge) -> Searched {
        let mut upper = i64::MAX;
        let mut step = None;
        loop {
            let least = judge.least();
            match self.root(judge, least) {
                Ok(root) => {
                    upper = upper.min(whole(root.bound()));
                    if upper >= least {
                        judge.lead(&root.values());
                    }
                }
                // Nothing is excluded yet: a plan that is known cannot be.
                Err(Flaw::Infeasible) if step.is_none() && least > i64::MIN => {
                    self.is_doubted = true;
                    return self.searched(judge, upper, true);
                }
                Err(Flaw::Infeasible) => return self.searched(judge, least.saturating_sub(1), false),
                Err(Flaw::Failed) => {
                    self.is_doubted = true;
                    return self.searched(judge, upper, true);
                }
            }
            let least = judge.least();
            if upper < least {
                return self.searched(judge, least - 1, false);
            }
            let down = step.unwrap_or_else(|| (upper.saturating_sub(least) / 8).max(1));
            let target = if least == i64::MIN { least } else { least.max(upper.saturating_sub(down)) };
            let before = self.nodes;
            if !self.explore(judge, target) {
                return self.searched(judge, upper, true);
            }
            upper = upper.min(target.max(judge.least()).saturating_sub(1));
            if target <= judge.least() || upper < judge.least() {
                return self.searched(judge, upper, false);
            }
            // The lower the target, the larger the tree: the more it took, the more careful the next step.
            step = Some(match self.nodes - before {
                0..100 => down.saturating_mul(2),
                100..1_000 => down,
                _ => (down / 2).max(1),
            });
        }
    }

    fn searched(&self, judge: &dyn Judge, upper: i64, is_cut_short: bool) -> Searched {
        let none = judge.least() == i64::MIN && !is_cut_short;
        let upper = if none { i64::MIN } else { upper };
        Searched { upper: upper.max(self.aside), is_doubted: self.is_doubted, is_cut_short, aside: self.aside }
    }

    /// The relaxation without the variables that only values below `target` allow to move, with all rows it breaks.
    fn root(&mut self, judge: &dyn Judge, target: i64) -> Result<Box<dyn LinearRelaxation>, Flaw> {
        let mut rows = self.rows.clone();
        for (index, variable) in rows.variables.iter_mut().enumerate().filter(|(_, one)| one.is_whole) {
            if whole(self.with[1][index]) < target {
                variable.most = 0.0;
            }
            if whole(self.with[0][index]) < target {
                variable.least = 1.0;
            }
            if variable.least > variable.most {
                return Err(Flaw::Infeasible);
            }
        }
        let mut root = self.master.relax(&rows)?;
        self.nodes += 1;
        loop {
            let values = root.values();
            let broken: Vec<&Row> = self.found.iter().filter(|row| is_broken(row, &values)).take(50).collect();
            if broken.is_empty() || judge.is_stopped() {
                return Ok(root);
            }
            for row in broken {
                root = root.with(row)?;
            }
        }
    }

    /// Searches for all values from `target` on; says whether that was done before a limit was met.
    fn explore(&mut self, judge: &mut dyn Judge, target: i64) -> bool {
        let before = self.nodes;
        let mut open = Vec::new();
        if !self.plant(judge, target, &mut open) {
            return false;
        }
        while let Some(node) = open.pop() {
            if whole(node.bound) < target.max(judge.least()) {
                continue;
            }
            if self.nodes >= self.limit || judge.is_stopped() {
                return false;
            }
            if !self.is_probed && self.nodes > before + NODES_BEFORE_PROBING {
                self.is_probed = true;
                if let Ok(root) = self.root(judge, judge.least()) {
                    self.probe(root.as_ref(), judge);
                }
                open.clear();
                // Start anew without what trying has ruled out.
                if !self.plant(judge, target, &mut open) {
                    return false;
                }
                continue;
            }
            if let Step::Stop = self.visit(node, judge, target, &mut open) {
                return false;
            }
        }
        true
    }

    /// Starts a tree of values from `target` on; `false` when the master fails.
    fn plant(&mut self, judge: &dyn Judge, target: i64, open: &mut Vec<Open>) -> bool {
        match self.root(judge, target.max(judge.least())) {
            Ok(relaxation) => {
                let bound = relaxation.bound();
                open.push(Open { relaxation, fix: None, bound });
                true
            }
            Err(flaw) => flaw == Flaw::Infeasible,
        }
    }

    /// Tries every variable of the root at its other value.
    fn probe(&mut self, root: &dyn LinearRelaxation, judge: &dyn Judge) {
        let values = root.values();
        for (variable, value) in values.iter().enumerate() {
            if !self.rows.variables[variable].is_whole || judge.is_stopped() || self.nodes >= self.limit {
                continue;
            }
            for side in 0..2 {
                let other = side as f64;
                if (value - other).abs() < 1.0 - WHOLE || self.with[side][variable].is_finite() {
                    continue;
                }
                self.nodes += 1;
                match root.copy().fixed(variable, other) {
                    Ok(changed) => {
                        self.with[side][variable] = changed.bound();
                        self.past[side][variable].add((root.bound() - changed.bound()).max(0.0));
                    }
                    Err(Flaw::Infeasible) => self.with[side][variable] = f64::NEG_INFINITY,
                    Err(Flaw::Failed) => {}
                }
            }
        }
    }

    fn visit(&mut self, node: Open, judge: &mut dyn Judge, target: i64, open: &mut Vec<Open>) -> Step {
        let mut step = self.enter(node);
        loop {
            let Step::Further(relaxation) = step else { return step };
            if whole(relaxation.bound()) < target.max(judge.least()) {
                return Step::Done;
            }
            let values = relaxation.values();
            step = match self.branch(relaxation.as_ref(), &values, judge, target) {
                Some(branch) => self.branch_or_fix(relaxation, branch, open),
                None => self.exclude(relaxation, &values, judge),
            };
        }
    }

    /// Solves a node.
    fn enter(&mut self, node: Open) -> Step {
        let relaxation = node.relaxation;
        let Some((variable, value)) = node.fix else { return Step::Further(relaxation) };
        self.nodes += 1;
        let before = relaxation.bound();
        let share = (relaxation.values()[variable] - value).abs().max(0.01);
        match relaxation.fixed(variable, value) {
            Ok(solved) => {
                self.past[side(value)][variable].add((before - solved.bound()).max(0.0) / share);
                Step::Further(solved)
            }
            Err(flaw) => self.lost(flaw, node.bound),
        }
    }

    /// Leaves two nodes to be solved, or fixes the variable of which one value is left.
    fn branch_or_fix(&mut self, relaxation: Box<dyn LinearRelaxation>, branch: Branch, open: &mut Vec<Open>) -> Step {
        match branch {
            Branch::Fixed(variable, value) => {
                let bound = relaxation.bound();
                match relaxation.fixed(variable, value) {
                    Ok(solved) => Step::Further(solved),
                    Err(flaw) => self.lost(flaw, bound),
                }
            }
            Branch::On { variable, first, bounds } => {
                let other = 1 - first;
                let later = relaxation.copy();
                open.push(Open { relaxation: later, fix: Some((variable, other as f64)), bound: bounds[other] });
                open.push(Open { relaxation, fix: Some((variable, first as f64)), bound: bounds[first] });
                Step::Done
            }
        }
    }

    /// Has a whole choice judged, unless known rows rule it out, and goes on without it where it is no plan.
    fn exclude(&mut self, mut relaxation: Box<dyn LinearRelaxation>, values: &[f64], judge: &mut dyn Judge) -> Step {
        let bound = relaxation.bound();
        let mut rows: Vec<Row> = self.found.iter().filter(|row| is_broken(row, values)).cloned().collect();
        if rows.is_empty() {
            rows = match judge.judge(values) {
                Verdict::Enough => return Step::Stop,
                Verdict::Plan => {
                    if whole(bound) >= judge.least() {
                        // The relaxation saw more than the plan is worth: a rounding error, not a proof.
                        self.is_doubted = true;
                        self.aside = self.aside.max(whole(bound));
                    }
                    return Step::Done;
                }
                Verdict::Broken(rows) => rows,
                Verdict::Unknown(row) => {
                    self.set_aside(judge, &row, bound);
                    vec![row]
                }
            };
        }
        let broken: Vec<&Row> = rows.iter().filter(|row| is_broken(row, values)).collect();
        if broken.is_empty() {
            return self.lost(Flaw::Failed, bound);
        }
        for row in broken {
            match relaxation.with(row) {
                Ok(solved) => relaxation = solved,
                Err(flaw) => {
                    self.remember(rows);
                    return self.lost(flaw, bound);
                }
            }
        }
        self.nodes += 1;
        self.remember(rows);
        Step::Further(relaxation)
    }

    /// Remembers how much the choices may be worth that `row` excludes: this one, and all that hold it.
    fn set_aside(&mut self, judge: &dyn Judge, row: &Row, bound: f64) {
        let opposite = row.terms.iter().map(|(variable, factor)| (*variable, -factor)).collect();
        let opposite = Row { terms: opposite, at_most: -row.at_most - 1.0 };
        self.aside = self.aside.max(whole(bound));
        match self.root(judge, judge.least()).and_then(|root| root.with(&opposite)) {
            Ok(most) => self.aside = self.aside.max(whole(most.bound())),
            Err(Flaw::Infeasible) => {}
            Err(Flaw::Failed) => (self.aside, self.is_doubted) = (i64::MAX, true),
        }
    }

    fn remember(&mut self, rows: Vec<Row>) {
        for row in rows {
            if !self.found.contains(&row) {
                self.found.push(row);
            }
        }
    }

    /// What becomes of a node that has no solution, or none that could be found.
    fn lost(&mut self, flaw: Flaw, bound: f64) -> Step {
        if flaw == Flaw::Failed {
            self.is_doubted = true;
            self.aside = self.aside.max(whole(bound));
        }
        Step::Done
    }
}

fn side(value: f64) -> usize {
    usize::from(value > 0.5)
}

/// Whether values break a row by more than rounding errors.
fn is_broken(row: &Row, values: &[f64]) -> bool {
    row.terms.iter().map(|(variable, factor)| factor * values[*variable]).sum::<f64>() > row.at_most + 1e-4
}
