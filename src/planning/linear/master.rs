//! The linear mixed-integer master problem, apart from what solves it.

/// A row: the terms add up to at most `at_most`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) terms: Vec<(usize, f64)>,
    pub(crate) at_most: f64,
}

/// A variable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Variable {
    /// What one unit adds to the objective, which is maximised.
    pub(crate) worth: f64,
    pub(crate) least: f64,
    pub(crate) most: f64,
    pub(crate) is_whole: bool,
}

/// Maximise the worth of the variables within the rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows {
    pub(crate) variables: Vec<Variable>,
    pub(crate) rows: Vec<Row>,
}

impl Rows {
    pub(crate) fn variable(&mut self, least: f64, most: f64, is_whole: bool) -> usize {
        self.variables.push(Variable { worth: 0.0, least, most, is_whole });
        self.variables.len() - 1
    }

    pub(crate) fn at_most(&mut self, terms: Vec<(usize, f64)>, at_most: f64) {
        self.rows.push(Row { terms, at_most });
    }

    pub(crate) fn at_least(&mut self, terms: Vec<(usize, f64)>, at_least: f64) {
        self.at_most(terms.into_iter().map(|(variable, factor)| (variable, -factor)).collect(), -at_least);
    }

    /// Weeks of so many minutes are spent: nothing counts more than the whole minimum, so fractions count for less.
    pub(crate) fn spend(&mut self, minutes: Vec<(usize, f64)>, least: i64) {
        if least > 0 {
            let shares = minutes.into_iter().map(|(variable, minutes)| (variable, (minutes / least as f64).min(1.0)));
            self.at_least(shares.collect(), 1.0);
        }
    }

    pub(crate) fn equal(&mut self, terms: Vec<(usize, f64)>, to: f64) {
        self.at_least(terms.clone(), to);
        self.at_most(terms, to);
    }
}

/// What a master found.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(not(feature = "exact"), expect(dead_code, reason = "only a master that answers needs it"))]
pub(crate) enum Answer {
    /// The best values, and a bound that no solution exceeds; both are floating-point numbers and to be doubted.
    Solved { values: Vec<f64>, bound: f64, nodes: u64 },
    /// A limit was reached: what is known.
    Stopped { values: Option<Vec<f64>>, bound: Option<f64>, nodes: u64 },
    /// No values satisfy all rows.
    Infeasible,
    /// The master could not answer.
    Failed,
}

/// How far a master may go.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "exact"), expect(dead_code, reason = "only a master that answers needs it"))]
pub(crate) struct Effort<'a> {
    pub(crate) nodes: u64,
    /// Solutions need not be better than the bound less this share of it.
    pub(crate) gap: f64,
    pub(crate) stop: &'a dyn Fn() -> bool,
}

/// Why a relaxation has no solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// No values satisfy all rows.
    Infeasible,
    /// The master could not answer.
    Failed,
}

/// [`Rows`] without the demand for whole numbers, solved, and solved again after each change.
pub(crate) trait LinearRelaxation {
    fn copy(&self) -> Box<dyn LinearRelaxation>;
    /// A bound that no solution exceeds; a floating-point number and to be doubted.
    fn bound(&self) -> f64;
    fn values(&self) -> Vec<f64>;
    /// With one more row.
    fn with(self: Box<Self>, row: &Row) -> Result<Box<dyn LinearRelaxation>, Flaw>;
    /// With a variable at this value.
    fn fixed(self: Box<Self>, variable: usize, value: f64) -> Result<Box<dyn LinearRelaxation>, Flaw>;
}

/// Solves [`Rows`].
pub(crate) trait Master {
    fn relax(&self, rows: &Rows) -> Result<Box<dyn LinearRelaxation>, Flaw>;

    /// `hint` is a solution of some of the variables to start from.
    fn solve(&self, rows: &Rows, hint: &[(usize, f64)], effort: Effort<'_>) -> Answer;
}
