use crate::value::strict::object;
use crate::value::{Day, Key};

object! {
    /// A run of an activity that was begun and is not finished.
    pub struct UnderWay {
        /// The activity.
        pub activity: Key,
        /// The days on which its sessions were held, one for each.
        pub held_on: Vec<Day>,
    }
}
