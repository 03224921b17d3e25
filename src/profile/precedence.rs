use crate::assessment::RaterKind;
use crate::value::strict::choice;

choice! {
    /// Whose ratings count when raters of several capacities rated a criterion.
    pub enum RaterPrecedence: "Whose ratings count when raters of several capacities rated a criterion" {
        /// Everybody's.
        Everybody = "everybody",
        /// Those of reviewers and coaches; without any those of confirmed programs, then of peers, then of customers.
        StaffFirst = "staff_first",
    }
}

impl RaterPrecedence {
    /// The place in the order; of several places only the lowest counts.
    pub(super) fn place(self, kind: RaterKind) -> u8 {
        match (self, kind) {
            (Self::Everybody, _) => 0,
            (Self::StaffFirst, RaterKind::QualityReviewer | RaterKind::Coach) => 0,
            (Self::StaffFirst, RaterKind::Machine) => 1,
            (Self::StaffFirst, RaterKind::Peer) => 2,
            (Self::StaffFirst, RaterKind::Customer) => 3,
            (Self::StaffFirst, RaterKind::SelfRater) => 4,
        }
    }
}
