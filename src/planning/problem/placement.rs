use crate::value::strict::object;
use crate::value::{Key, Reference};

object! {
    /// One session of a plan: who, what, which session, and the week in which it starts.
    #[derive(PartialOrd, Ord, Hash)]
    pub struct SessionPlacement {
        /// The person.
        pub person: Reference,
        /// The activity.
        pub activity: Key,
        /// The number of the session, from 1.
        pub session: u32,
        /// The week in which it starts, from 1.
        pub week: u32,
    }
}

/// In words, with the person's reference: who, which session of what, from which week.
impl std::fmt::Display for SessionPlacement {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { person, activity, session, week } = self;
        write!(formatter, "{person}: session {session} of `{activity}` from week {week}")
    }
}

#[cfg(test)]
mod tests {
    use super::SessionPlacement;

    #[test]
    fn a_placement_says_who_does_what_when() {
        let (person, activity) = ("agent-7".parse().unwrap(), "course".parse().unwrap());
        let placement = SessionPlacement { person, activity, session: 2, week: 3 };
        assert_eq!(placement.to_string(), "agent-7: session 2 of `course` from week 3");
    }
}
