use crate::value::strict::{choice, object};
use crate::value::{Key, Note};

object! {
    /// Something outside the person's control that stood in the way.
    pub struct Barrier {
        /// What it was.
        pub kind: BarrierKind,
        /// The criteria that it touched.
        pub criteria: Vec<Key>,
        /// What happened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note: Option<Note>,
    }
}

choice! {
    /// What stood in the way.
    pub enum BarrierKind: "What stood in the way" {
        /// A system that was slow, down or unfit.
        Tool = "tool",
        /// A rule of the organisation.
        Policy = "policy",
        /// The way work is organised.
        Process = "process",
        /// Missing or wrong guidance.
        Information = "information",
        /// A decision that was not the person's to take.
        Authority = "authority",
        /// Too many contacts for the people there were.
        Workload = "workload",
        /// Training that was not given.
        Training = "training",
        /// Something else, said in the note.
        Other = "other",
    }
}
