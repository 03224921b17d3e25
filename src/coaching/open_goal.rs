use super::Planner;
use crate::framework::Level;
use crate::profile::{CriterionGap, GapAnalysis, LevelGap, Urgency};
use crate::rubric::Rubric;

/// A gap that a plan could close, with what the next level takes, in thousandths of a level.
pub(super) struct OpenGoal<'a> {
    pub(super) gap: &'a CriterionGap,
    /// The level when the phase begins: the one observed, or the one that earlier phases are assumed to have brought.
    pub(super) level: Level,
    pub(super) next_level: Level,
    /// Where the next level starts.
    pub(super) start: i64,
    /// How far the value is below that.
    pub(super) needed: i64,
    /// How far the value is below the start of the target level.
    pub(super) to_target: i64,
}

impl<'a> OpenGoal<'a> {
    /// The goals of a person, in the order in which a phase takes them up.
    ///
    /// Open concerns, critical criteria and role minimums come first. Within each of these classes goals that no earlier
    /// phase worked on come before those that go on, both by urgency.
    pub(super) fn all(planner: &Planner<'_>, gaps: &'a GapAnalysis) -> Vec<Self> {
        let open = gaps.criteria().iter().filter(|gap| gap.gap > LevelGap::ZERO);
        let mut goals: Vec<Self> = open.filter_map(|gap| Self::of(planner, gap)).collect();
        goals.sort_by_key(|goal| (goal.gap.urgency, planner.assumed_gain(goal.gap) > 0));
        goals
    }

    fn of(planner: &Planner<'_>, gap: &'a CriterionGap) -> Option<Self> {
        let position = position(gap) + planner.assumed_gain(gap);
        let level = level_at(planner.rubric, gap.level, position);
        let next_level = level.next().filter(|_| level < gap.target)?;
        let start = start_of(planner.rubric, next_level)?;
        let to_target = start_of(planner.rubric, gap.target)? - position;
        Some(Self { gap, level, next_level, start, needed: start - position, to_target })
    }

    /// What one thousandth of a level is worth: 5 000 × importance × probability of being below, at least 1; twice that
    /// for critical criteria, minimums of the role and open concerns.
    pub(super) fn weight(&self) -> i64 {
        let product = i64::from(self.gap.importance.millionths()) * i64::from(self.gap.probability_below.millionths());
        let weight = (product / 200_000_000).max(1);
        match self.gap.urgency {
            Urgency::OpenConcern | Urgency::CriticalBelowTarget | Urgency::BelowRoleMinimum => 2 * weight,
            Urgency::BelowTarget | Urgency::None => weight,
        }
    }
}

/// The level after what is assumed to have been gained so far.
pub(super) fn level_after(planner: &Planner<'_>, gap: &CriterionGap) -> Level {
    level_at(planner.rubric, gap.level, position(gap) + planner.assumed_gain(gap))
}

/// The value in thousandths of a level, what is finer cut off.
fn position(gap: &CriterionGap) -> i64 {
    1_000 + 4 * i64::from(gap.score.millionths()) / 1_000
}

fn level_at(rubric: &Rubric, observed: Level, position: i64) -> Level {
    let mut level = observed;
    while let Some(next) = level.next().filter(|next| start_of(rubric, *next).is_some_and(|start| position >= start)) {
        level = next;
    }
    level
}

/// Where a level starts, in thousandths of a level.
fn start_of(rubric: &Rubric, level: Level) -> Option<i64> {
    rubric.start_of(level).map(|start| 1_000 + (4 * i64::from(start.millionths()) + 999) / 1_000)
}
