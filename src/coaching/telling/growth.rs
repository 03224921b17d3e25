use super::PlanPage;
use crate::coaching::{Activity, ActivityKind, Minutes, SessionCount};
use crate::framework::Level;
use crate::profile::{LevelGap, RoleProfile};
use crate::value::strict::{choice, object};
use crate::value::{Count, Key, Label, Score};

object! {
    /// What somebody who meets everything may choose to grow in; empty lists mean *keep it up*.
    ///
    /// The person chooses. None of this is needed in the role, and nothing here is a promise of another one.
    pub struct Growth {
        /// How far it is to each role that may follow.
        pub next_roles: Vec<NextRole>,
        /// What the person's strengths could do for others, the strongest criterion first; at most one of each kind.
        pub stretches: Vec<Stretch>,
    }
}

object! {
    /// How far a person is from a role that may follow.
    pub struct NextRole {
        /// The role.
        pub role: Key,
        /// Its name.
        pub name: Label,
        /// The criteria below what that role asks for, the largest gap first.
        pub below: Vec<RoleGap>,
        /// How many criteria of that role have too few observations.
        pub unknown: Count,
    }
}

object! {
    /// A criterion below what another role asks for.
    pub struct RoleGap {
        /// The criterion.
        pub criterion: Key,
        /// Its name.
        pub name: Label,
        /// The value.
        pub score: Score,
        /// The level that the other role asks for.
        pub target: Level,
        /// How far the value is below the start of that level.
        pub gap: LevelGap,
    }
}

object! {
    /// Something in which a strength helps others.
    pub struct Stretch {
        /// How the strength helps.
        pub way: StretchWay,
        /// The activity.
        pub activity: Key,
        /// Its name.
        pub name: Label,
        /// The criterion that is the strength.
        pub criterion: Key,
        /// Its name.
        pub criterion_name: Label,
        /// The time for all sessions together.
        pub minutes: Minutes,
        /// How many sessions it has.
        pub sessions: SessionCount,
    }
}

choice! {
    /// How a strength helps others.
    pub enum StretchWay: "How a strength helps others" {
        /// Showing colleagues how.
        Teach = "teach",
        /// Going with a colleague for longer.
        Mentor = "mentor",
        /// Leading the change of guidance, a tool or a process.
        LeadImprovement = "lead_improvement",
    }
}

impl StretchWay {
    const fn of(kind: ActivityKind) -> Option<Self> {
        match kind {
            ActivityKind::PeerLearning | ActivityKind::JobShadowing | ActivityKind::BehaviourModelling => {
                Some(Self::Teach)
            }
            ActivityKind::Mentoring => Some(Self::Mentor),
            ActivityKind::ImprovementProject | ActivityKind::CoCreation | ActivityKind::AfterActionReview => {
                Some(Self::LeadImprovement)
            }
            _ => None,
        }
    }
}

impl Growth {
    /// The lowest level from which an activity asks something of people who are good at it.
    const STRETCHING_FROM: u8 = 3;
    /// The level from which a strength can help others.
    const STRONG_FROM: u8 = 4;

    pub(super) fn of(page: &PlanPage<'_>) -> Self {
        Self {
            next_roles: page.next_roles.iter().map(|role| next_role(page, role)).collect(),
            stretches: StretchWay::ALL.iter().filter_map(|way| Self::stretch(page, *way)).collect(),
        }
    }

    /// The activity for the strongest criterion; of several the shortest.
    fn stretch(page: &PlanPage<'_>, way: StretchWay) -> Option<Stretch> {
        let limits = page.plan.limits();
        let is_possible = |one: &&Activity| {
            StretchWay::of(one.kind) == Some(way)
                && one.level_from.get() >= Self::STRETCHING_FROM
                && one.is_for(&page.role.key)
                && one.cost_band <= limits.highest_cost
                && !limits.without.contains(&one.key)
        };
        let activities: Vec<&Activity> = page.activities.activities().iter().filter(is_possible).collect();
        let strengths = page.strengths();
        strengths.iter().filter(|one| one.level.get() >= Self::STRONG_FROM).find_map(|strength| {
            let fitting = activities
                .iter()
                .filter(|one| one.criteria.contains(&strength.criterion) && one.level_from <= strength.level);
            let activity = fitting.min_by_key(|one| (one.minutes, &one.key))?;
            Some(Stretch {
                way,
                activity: activity.key.clone(),
                name: activity.name.clone(),
                criterion: strength.criterion.clone(),
                criterion_name: page.name_of(&strength.criterion),
                minutes: activity.minutes,
                sessions: activity.sessions,
            })
        })
    }

    /// Whether there is nothing to choose from.
    #[must_use]
    pub fn is_keep_it_up(&self) -> bool {
        self.next_roles.is_empty() && self.stretches.is_empty()
    }
}

fn next_role(page: &PlanPage<'_>, role: &RoleProfile) -> NextRole {
    let mut below = Vec::new();
    let mut unknown = 0;
    for one in page.profile.criteria().iter().filter(|one| role.applies(one.criterion.as_str())) {
        let Some(score) = one.standing.score() else {
            unknown += 1;
            continue;
        };
        let target = role.minimum(one.criterion.as_str()).unwrap_or(role.target_levels[one.skill]);
        let start = page.rubric.start_of(target).unwrap_or(Score::MAX);
        let gap = LevelGap::at_most_max(4 * u64::from(start.millionths().saturating_sub(score.millionths())));
        if gap > LevelGap::ZERO {
            let name = page.name_of(&one.criterion);
            below.push(RoleGap { criterion: one.criterion.clone(), name, score, target, gap });
        }
    }
    below.sort_by(|one, other| other.gap.cmp(&one.gap).then_with(|| one.criterion.cmp(&other.criterion)));
    NextRole { role: role.key.clone(), name: role.name.clone(), below, unknown: Count::of(unknown) }
}
