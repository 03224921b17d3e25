use crate::value::strict::{choice, object};
use crate::value::{Key, Note, Reference};

object! {
    /// Something that a second reader can look at.
    pub struct Evidence {
        /// What it is.
        pub kind: EvidenceKind,
        /// Where it is kept.
        pub reference: Reference,
        /// The criteria that it supports.
        pub criteria: Vec<Key>,
        /// What is to be seen in it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note: Option<Note>,
    }
}

choice! {
    /// What a piece of evidence is.
    pub enum EvidenceKind: "What a piece of evidence is" {
        /// A recorded call or screen.
        Recording = "recording",
        /// The text of a conversation.
        Transcript = "transcript",
        /// A message or letter that was sent.
        Message = "message",
        /// A case note, article or other document.
        Document = "document",
        /// Data of a system.
        SystemRecord = "system_record",
        /// What an observer wrote down.
        ObserverNote = "observer_note",
    }
}
