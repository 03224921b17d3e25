use crate::value::strict::{choice, object};
use crate::value::{Key, Reference};

object! {
    /// Something that does not count, and why.
    pub struct Exclusion {
        /// The assessment.
        pub assessment: Reference,
        /// The criterion, when only one answer of the assessment does not count.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub criterion: Option<Key>,
        /// Why.
        pub reason: ExclusionReason,
    }
}

choice! {
    /// Why something does not count; the first reason that holds is named.
    pub enum ExclusionReason: "Why something does not count" {
        /// Another entry with the same reference was read before it.
        Repeated = "repeated",
        /// It happened or was entered after the day of the profile.
        AfterAsOf = "after_as_of",
        /// It is a draft.
        Draft = "draft",
        /// Another assessment replaces it.
        Superseded = "superseded",
        /// It was revised after a dispute.
        Revised = "revised",
        /// It is the person's own view.
        SelfRating = "self_rating",
        /// It is a machine's, and nobody has confirmed it.
        UnconfirmedMachine = "unconfirmed_machine",
        /// It is disputed and not yet decided.
        Contested = "contested",
        /// It is older than the window.
        OutsideWindow = "outside_window",
        /// This kind of evidence never counts.
        EvidenceNeverCounts = "evidence_never_counts",
        /// The criterion has another scale in the rubric of the profile.
        OtherScale = "other_scale",
        /// The rubric of the profile does not have the criterion.
        UnknownCriterion = "unknown_criterion",
        /// Raters who come first in the order of precedence rated the criterion too.
        OutrankedRater = "outranked_rater",
        /// Newer observations of this kind use up its largest share.
        ShareUsedUp = "share_used_up",
    }
}
