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
