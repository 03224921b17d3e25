use super::Planner;
use crate::framework::Level;
use crate::profile::{CriterionGap, GapAnalysis, LevelGap, Urgency};

/// A gap that a plan could close, with what the next level takes, in thousandths of a level.
pub(super) struct OpenGoal<'a> {
    pub(super) gap: &'a CriterionGap,
    pub(super) next_level: Level,
    /// Where the next level starts.
    pub(super) start: i64,
    /// How far the value is below that.
    pub(super) needed: i64,
}

impl<'a> OpenGoal<'a> {
    /// The goals of a person, most urgent first.
    pub(super) fn all(planner: &Planner<'_>, gaps: &'a GapAnalysis) -> Vec<Self> {
        let open = gaps.criteria().iter().filter(|gap| gap.gap > LevelGap::ZERO);
        open.filter_map(|gap| {
            let next_level = gap.level.next()?;
            let start = planner.rubric.start_of(next_level)?.millionths();
            let below = 4 * i64::from(start.saturating_sub(gap.score.millionths()));
            Some(Self {
                gap,
                next_level,
                start: 1_000 + (4 * i64::from(start) + 999) / 1_000,
                needed: (below + 999) / 1_000,
            })
        })
        .collect()
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
