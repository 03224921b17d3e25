//! What a solver knew at some times, and its line in the table.

use std::fmt;

/// Seconds after which values and bounds are written down, if there is no proof by then; some solvers answer a bit later.
pub(crate) const CHECKPOINTS: [f64; 2] = [1.0, 10.0];

/// The value of the best plan so far, and a value that no plan exceeds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Known {
    pub(crate) value: Option<i64>,
    pub(crate) upper: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Ending {
    Proven,
    Infeasible,
    /// The time was up, or another limit was reached before.
    Open,
    /// The solver gave up with an error.
    Failed,
}

/// One solver on one problem.
#[derive(Debug)]
pub(crate) struct Run {
    /// What was known at checkpoints before the end, with the seconds until the answer.
    pub(crate) checkpoints: Vec<(f64, Known)>,
    pub(crate) known: Known,
    pub(crate) ending: Ending,
    pub(crate) seconds: f64,
}

impl Run {
    /// The proven value.
    pub(crate) fn proven(&self) -> Option<i64> {
        self.known.value.filter(|_| self.ending == Ending::Proven)
    }
}

/// As in `2311 to 2400 at 1.01 s; 2364 in 1.87 s`.
impl fmt::Display for Run {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (seconds, known) in &self.checkpoints {
            write!(formatter, "{known} at {}; ", Seconds(*seconds))?;
        }
        match (self.ending, self.known.value) {
            (Ending::Proven, Some(value)) => write!(formatter, "{value} in {}", Seconds(self.seconds)),
            (Ending::Infeasible, _) => write!(formatter, "infeasible in {}", Seconds(self.seconds)),
            (Ending::Failed, _) => write!(formatter, "failed after {}", Seconds(self.seconds)),
            _ => write!(formatter, "{} at {}", self.known, Seconds(self.seconds)),
        }
    }
}

impl fmt::Display for Known {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |one: Option<i64>| one.map_or_else(|| "?".to_owned(), |one| one.to_string());
        write!(formatter, "{} to {}", number(self.value), number(self.upper))
    }
}

struct Seconds(f64);

impl fmt::Display for Seconds {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            few if few < 0.01 => formatter.write_str("< 0.01 s"),
            some if some < 10.0 => write!(formatter, "{some:.2} s"),
            many => write!(formatter, "{many:.1} s"),
        }
    }
}
