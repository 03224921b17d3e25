//! What a page says, line by line, from what is known.

use std::collections::{BTreeMap, BTreeSet};

use super::{Growth, NextStep, PlanPage, Situation, SummaryLine, concerns};
use crate::coaching::{
    Checkpoint, CheckpointKind, Goal, GoalStatus, ItemState, PlanItem, PlanRecord, PlanStatus, Tenure,
};
use crate::profile::{CriterionGap, CriterionStanding, LevelGap, SkillGap};
use crate::value::{Count, Key, Label, Score};

/// How many goals, groups of concerns and strengths stand on a page at most.
const GOALS: usize = 3;
const STRENGTHS: usize = 2;

impl PlanPage<'_> {
    pub(super) fn lines(&self, situations: &[Situation], growth: Option<&Growth>) -> Vec<SummaryLine> {
        let steps = self.next_steps(situations, growth);
        let mut lines: Vec<_> = steps.into_iter().map(|step| SummaryLine::NextStep { step }).collect();
        lines.extend(self.record.map(|record| self.under_way(record)));
        lines.push(self.standing());
        lines.extend(self.evidence());
        lines.extend(self.praise());
        lines.extend(concerns::grouped(self));
        match self.record {
            Some(record) => self.agreed(record, &mut lines),
            None => self.proposed(&mut lines),
        }
        lines.extend(self.own_view());
        lines
    }

    fn next_steps(&self, situations: &[Situation], growth: Option<&Growth>) -> Vec<NextStep> {
        let mut steps = Vec::new();
        let has_concern = self.profile.open_concerns().next().is_some();
        if has_concern {
            steps.push(NextStep::HearConcern);
        }
        let other = situations.iter().find_map(|situation| {
            use Situation as S;
            Some(match situation {
                S::RoleMismatch => NextStep::MendRole,
                S::PlanUnderWay => self.record.map_or(NextStep::MovePlanOn, next_step_of),
                S::NoRatings
                | S::OnlyOwnRatings
                | S::OnlyOldRatings
                | S::NothingCounts
                | S::TooFewRatings
                | S::MetWhereKnown => NextStep::GetReviewed,
                S::OnlyMachineRatings => NextStep::ConfirmMachine,
                S::AllRatingsContested => NextStep::DecideContest,
                S::NothingFits => NextStep::MakeRoom,
                S::GapsEverywhere | S::SomeGaps | S::OneGap => NextStep::AgreePlan,
                S::OnlySkillBelow => NextStep::TalkSkillOver,
                S::EverythingMet if growth.is_some_and(|growth| !growth.is_keep_it_up()) => NextStep::ChooseGrowth,
                S::EverythingMet => NextStep::KeepItUp,
                S::OneOpenConcern | S::OpenConcerns | S::OneReviewer | S::SomeRatingsContested => return None,
            })
        });
        steps.extend(other);
        steps
    }

    fn standing(&self) -> SummaryLine {
        let criteria = self.gaps.criteria();
        let skills = || {
            self.gaps.skills().values().filter_map(|skill| match skill {
                SkillGap::Assessed { gap, .. } => Some(*gap),
                _ => None,
            })
        };
        SummaryLine::Standing {
            rated: Count::of(criteria.len()),
            below: Count::of(criteria.iter().filter(|one| one.gap > LevelGap::ZERO).count()),
            unknown: Count::of(self.gaps.unknown().len()),
            skills: Count::of(skills().count()),
            skills_below: Count::of(skills().filter(|gap| *gap > LevelGap::ZERO).count()),
        }
    }

    fn evidence(&self) -> Vec<SummaryLine> {
        let mut lines =
            vec![SummaryLine::Evidence { assessments: self.profile.assessments(), since: self.profile.window_start() }];
        let needed = self.profile.criteria().iter().filter_map(|one| match one.standing {
            CriterionStanding::InsufficientEvidence { needed, .. } => Some(needed),
            _ => None,
        });
        lines.extend(needed.max().map(|observations| SummaryLine::Needed { observations }));
        let mut left_out: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for one in self.profile.exclusions().iter().filter(|one| one.criterion.is_none()) {
            left_out.entry(one.reason).or_default().insert(&one.assessment);
        }
        let mut left_out: Vec<_> = left_out.into_iter().map(|(reason, found)| (reason, found.len())).collect();
        left_out.sort_by_key(|(reason, count)| (std::cmp::Reverse(*count), *reason));
        let not_counted = left_out
            .into_iter()
            .map(|(reason, found)| SummaryLine::NotCounted { reason, assessments: Count::of(found) });
        lines.extend(not_counted);
        lines
    }

    /// The strongest criteria; where none meets its target, the one nearest to it.
    fn praise(&self) -> Vec<SummaryLine> {
        let strengths = self.strengths();
        if strengths.is_empty() {
            let open = self.gaps.criteria().iter().filter(|one| one.gap > LevelGap::ZERO);
            let nearest = open.min_by(|one, other| (one.gap, &one.criterion).cmp(&(other.gap, &other.criterion)));
            let line = |one: &CriterionGap| SummaryLine::Nearest {
                criterion: one.criterion.clone(),
                name: self.name_of(&one.criterion),
                score: one.score,
                target: self.start_of_target(one),
            };
            return nearest.map(line).into_iter().collect();
        }
        let line = |one: &&CriterionGap| SummaryLine::Strength {
            criterion: one.criterion.clone(),
            name: self.name_of(&one.criterion),
            score: one.score,
        };
        strengths.iter().take(STRENGTHS).map(line).collect()
    }

    pub(super) fn start_of_target(&self, gap: &CriterionGap) -> Score {
        self.rubric.start_of(gap.target).unwrap_or(Score::MAX)
    }

    /// The goals, the first sessions and what follows, of the plan that is proposed.
    fn proposed(&self, lines: &mut Vec<SummaryLine>) {
        let goals = self.plan.goals();
        lines.extend(goals.iter().take(GOALS).filter_map(|goal| self.goal(goal)));
        let is_told = |key: &Key| goals.iter().take(GOALS).any(|goal| goal.criterion == *key);
        let unlocks = self.plan.unlocks().iter().filter(|one| is_told(&one.criterion));
        lines.extend(unlocks.map(|unlock| SummaryLine::Unlock { unlock: unlock.clone() }));
        if let Some(more) = goals.get(GOALS..).filter(|more| !more.is_empty()) {
            let is_planned = |goal: &&Goal| !matches!(goal.status, GoalStatus::NotPlanned | GoalStatus::Later);
            let planned = Count::of(more.iter().filter(is_planned).count());
            lines.push(SummaryLine::MoreGoals { goals: Count::of(more.len()), planned });
        }
        let sessions =
            || self.plan.activities().iter().flat_map(|one| one.sessions.iter().map(move |held| (one, held)));
        let Some(week) = sessions().map(|(_, session)| session.week).min() else { return };
        let limits = self.plan.limits();
        let from = limits.start.plus_days(7 * (i32::from(week.get()) - 1));
        lines.extend(self.plan.week(week).into_iter().map(|(activity, session)| SummaryLine::Session {
            activity: activity.activity.clone(),
            name: activity.name.clone(),
            minutes: session.minutes,
            week,
            from,
        }));
        let minutes: usize = sessions().map(|(_, session)| session.minutes.get() as usize).sum();
        lines.push(SummaryLine::Effort {
            minutes_in_all: Count::of(minutes),
            sessions: Count::of(sessions().count()),
            busy_weeks: Count::of(sessions().map(|(_, session)| session.week).collect::<BTreeSet<_>>().len()),
            last_week: sessions().map(|(_, session)| session.week).max().unwrap_or(week),
        });
        let reviews = Checkpoint::of_plan(self.plan, Tenure::Established);
        let reviews = reviews.iter().filter(|one| one.kind != CheckpointKind::CheckIn);
        lines.extend(reviews.map(|one| SummaryLine::Checkpoint {
            checkpoint: one.kind,
            by: limits.start.plus_days(7 * i32::from(one.week.get()) - 1),
        }));
    }

    fn goal(&self, goal: &Goal) -> Option<SummaryLine> {
        let gap = self.gaps.criteria().iter().find(|one| one.criterion == goal.criterion)?;
        let is_planned = !matches!(goal.status, GoalStatus::NotPlanned | GoalStatus::Later);
        let gain = if is_planned { 250 * u64::from(goal.assumed_gain.get()) } else { 0 };
        Some(SummaryLine::Goal {
            criterion: goal.criterion.clone(),
            name: self.name_of(&goal.criterion),
            urgency: goal.urgency,
            score: gap.score,
            expected: Score::at_most_max(u64::from(gap.score.millionths()) + gain),
            target: self.start_of_target(gap),
            status: goal.status,
        })
    }

    fn under_way(&self, record: &PlanRecord) -> SummaryLine {
        let is_in =
            |states: &[ItemState]| Count::of(record.items().iter().filter(|item| states.contains(&item.state)).count());
        let days = self.profile.as_of().days_since(record.start());
        SummaryLine::UnderWay {
            plan_status: record.status(),
            current_week: Count::of(usize::try_from(days.div_euclid(7) + 1).unwrap_or(0)),
            weeks: Count::of(usize::from(record.weeks().get()) + usize::from(record.moved().get())),
            held: is_in(&[ItemState::Done]),
            sessions: Count::of(record.items().iter().filter(|item| item.state != ItemState::Cancelled).count()),
            missed: is_in(&[ItemState::Missed]),
        }
    }

    /// The goals, the next sessions and the next checkpoint of the plan under way.
    fn agreed(&self, record: &PlanRecord, lines: &mut Vec<SummaryLine>) {
        lines.extend(record.goals().iter().take(GOALS).map(|goal| SummaryLine::AgreedGoal {
            criterion: goal.criterion.clone(),
            name: self.name_of(&goal.criterion),
            baseline: goal.baseline.measured.score,
            now: self.profile.criterion(goal.criterion.as_str()).and_then(|one| one.standing.score()),
            target: goal.target,
            due: record.due_day(goal.due),
        }));
        if let Some(more) = record.goals().len().checked_sub(GOALS).filter(|more| *more > 0) {
            lines.push(SummaryLine::MoreGoals { goals: Count::of(more), planned: Count::of(more) });
        }
        let open: Vec<&PlanItem> = open_items(record).collect();
        let first = open.iter().map(|item| item.week).min();
        let line = |item: &&PlanItem| SummaryLine::Session {
            activity: item.activity.clone(),
            name: item.name.clone(),
            minutes: item.minutes,
            week: item.week,
            from: record.first_day(item.week),
        };
        lines.extend(open.iter().filter(|item| Some(item.week) == first).map(line));
        let next = record.checkpoints().iter().filter(|one| one.held.is_none()).min_by_key(|one| one.week);
        lines.extend(next.map(|one| SummaryLine::Checkpoint { checkpoint: one.kind, by: record.due_day(one.week) }));
    }

    /// Where the person sees it most differently, among the criteria with a gap.
    fn own_view(&self) -> Option<SummaryLine> {
        let apart = self.gaps.criteria().iter().filter(|one| one.gap > LevelGap::ZERO);
        let apart = apart.filter_map(|one| Some((one.own_view_above_others?, &one.criterion)));
        let apart = apart.filter(|(above, _)| above.get().abs() >= 0.5);
        let (above, criterion): (_, &Key) = apart
            .max_by(|one, other| one.0.get().abs().total_cmp(&other.0.get().abs()).then_with(|| other.1.cmp(one.1)))?;
        let name: Label = self.name_of(criterion);
        Some(SummaryLine::OwnView { criterion: criterion.clone(), name, above })
    }
}

fn open_items(record: &PlanRecord) -> impl Iterator<Item = &PlanItem> {
    let is_open = |item: &&PlanItem| !matches!(item.state, ItemState::Done | ItemState::Cancelled | ItemState::Missed);
    record.items().iter().filter(is_open)
}

fn next_step_of(record: &PlanRecord) -> NextStep {
    match record.status() {
        PlanStatus::Active if open_items(record).next().is_some() => NextStep::HoldSession,
        PlanStatus::Active => NextStep::HoldReview,
        _ => NextStep::MovePlanOn,
    }
}
