use crate::profile::Reason;
use crate::value::Key;

/// Why an activity takes no part in a plan, before anything is optimised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    TouchesNoGoal,
    LaterGoal,
    TeachesNothing,
    WrongRole,
    TooDear,
    OutsideLevels(Vec<Key>),
    /// What it needs first, directly or through others, and why that is not possible.
    Prerequisite(Key, Box<Self>),
    TooLong,
    SessionTooLong,
    MoreThanTotal,
    Completed,
    LeftOut,
}

impl Refusal {
    /// As the reason of what needs the activity `key`: the first cause is kept.
    pub(super) fn of_prerequisite(key: &Key, cause: &Self) -> Self {
        match cause {
            Self::Prerequisite(..) => cause.clone(),
            _ => Self::Prerequisite(key.clone(), Box::new(cause.clone())),
        }
    }

    pub(super) fn reason(&self) -> Reason {
        let (code, text) = match self {
            Self::TouchesNoGoal => ("touches_no_goal", "It works on none of the goals.".to_owned()),
            Self::LaterGoal => ("later_goal", "It works on goals that wait for a later plan.".to_owned()),
            Self::TeachesNothing => {
                ("closes_no_gap", "It is support, recognition or calibration: it closes no gap.".to_owned())
            }
            Self::WrongRole => ("other_role", "It is for other roles.".to_owned()),
            Self::TooDear => ("above_cost_band", "It costs more than allowed.".to_owned()),
            Self::OutsideLevels(criteria) => {
                let names: Vec<_> = criteria.iter().map(|key| format!("\"{}\"", in_words(key))).collect();
                ("other_level", format!("It suits people at other levels of {}.", names.join(", ")))
            }
            Self::Prerequisite(key, cause) => {
                let text = format!("It needs \"{}\" first. {}", in_words(key), cause.reason().text);
                ("prerequisite_missing", text)
            }
            Self::TooLong => (
                "longer_than_plan",
                "With what has to come before it, it takes more weeks than there are for it.".to_owned(),
            ),
            Self::SessionTooLong => {
                ("session_longer_than_week", "It needs more minutes in one week than the limits allow.".to_owned())
            }
            Self::MoreThanTotal => ("more_than_all_hours", "It alone takes more than the hours in total.".to_owned()),
            Self::Completed => ("completed", "It was done already.".to_owned()),
            Self::LeftOut => ("left_out_on_request", "It was asked to be left out.".to_owned()),
        };
        Reason::new(code, &text)
    }
}

/// A key as people say it.
fn in_words(key: &Key) -> String {
    key.as_str().replace('_', " ")
}
