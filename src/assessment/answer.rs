use crate::value::Step;

/// The answer on one criterion, without its reason: what a row for [`Scorer::score_row`](crate::Scorer::score_row)
/// is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// The rater chose this step.
    Rated(Step),
    /// It could not occur in this contact.
    NotApplicable,
    /// It could have occurred, and nothing was seen of it.
    NotObserved,
}

impl Answer {
    /// The chosen step, if one was chosen.
    #[must_use]
    pub const fn step(self) -> Option<Step> {
        match self {
            Self::Rated(step) => Some(step),
            Self::NotApplicable | Self::NotObserved => None,
        }
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Rated(step) => write!(formatter, "step {step}"),
            Self::NotApplicable => formatter.write_str("not applicable"),
            Self::NotObserved => formatter.write_str("not observed"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_one_byte() {
        assert_eq!(size_of::<Answer>(), 1);
    }
}
