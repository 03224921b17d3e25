use std::collections::{BTreeMap, BTreeSet};

use super::held::Held;
use super::{ItemState, LevelFilter, LevelModel, PlanGoal, PlanRecord, ProgressWeek, RecordError, WeekRatings};
use crate::coaching::{Credit, MilliLevels, SessionCount, WeekCount};
use crate::framework::ObservationCount;
use crate::statistics::{ConfidenceLevel, Estimate, Undefined};
use crate::value::strict::choice;
use crate::value::{Day, Key, Real, Score, Share};

/// How one goal of a running plan stands. It is worked out when asked for and never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoalProgress {
    /// The week of the plan in which it was asked, pauses counted; 0 before the plan starts.
    pub week: u16,
    /// In how many weeks since the baseline there were ratings.
    pub rated_weeks: u16,
    /// The level now, from 1 to 5, with an interval of 80 %.
    pub level: Estimate,
    /// How likely the target is reached at the end of the due week.
    pub probability: Share,
    /// The week of the plan in which the expected level reaches the target, if the open sessions are held as planned.
    pub expected_week: Option<u16>,
    /// What this version of the plan, as it was made, assumed to be gained by now.
    pub planned_gain: MilliLevels,
    /// What the sessions held since the baseline, also under earlier versions, are assumed to have added. A session of
    /// an activity counts once, when it is held first: held again under a later version, it adds nothing more.
    pub held_gain: MilliLevels,
    /// The level now minus the shrunken baseline, in levels; it may be negative. Without ratings since the baseline
    /// nothing is known to be realised: the level then moves only by what is assumed.
    pub realised_gain: Option<Real>,
    /// Whether the ratings fall behind what is expected: see [`LevelFilter::is_falling_behind`].
    pub is_falling_behind: bool,
    /// All of it in one word.
    pub health: GoalHealth,
}

/// One contact rated on one criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RatedContact {
    /// When it happened.
    pub on: Day,
    /// How it was rated.
    pub score: Score,
}

choice! {
    /// How a goal stands, in one word.
    pub enum GoalHealth: "How a goal stands" {
        /// The target is reached in time with a probability of 0.6 or more.
        OnTrack = "on_track",
        /// The probability is 0.3 or more, or ratings fall behind what is expected.
        AtRisk = "at_risk",
        /// The probability is below 0.3.
        OffTrack = "off_track",
        /// Fewer than two weeks since the baseline have ratings: whatever is said now is the assumption of the plan.
        NotYetKnown = "not_yet_known",
    }
}

impl GoalHealth {
    /// As it stands in a sentence.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::OnTrack => "on track",
            Self::AtRisk => "at risk",
            Self::OffTrack => "unlikely to be reached in time",
            Self::NotYetKnown => "too early to say",
        }
    }

    const GOOD: u32 = 600_000;
    const POOR: u32 = 300_000;
    const WEEKS_NEEDED: u16 = 2;

    fn of(probability: Share, is_falling_behind: bool, rated_weeks: u16) -> Self {
        if rated_weeks < Self::WEEKS_NEEDED {
            Self::NotYetKnown
        } else if probability.millionths() < Self::POOR {
            Self::OffTrack
        } else if probability.millionths() < Self::GOOD || is_falling_behind {
            Self::AtRisk
        } else {
            Self::OnTrack
        }
    }
}

impl PlanRecord {
    /// How one goal stands as known on a day, from the contacts rated since its baseline.
    ///
    /// Contacts up to the day of the baseline are part of it and are not counted again; those after `on` are not known
    /// yet. A gain is assumed in the week in which its session was held, with a standard deviation of half of it; open
    /// sessions are assumed to be held in their week, or in the coming one when that is over.
    ///
    /// # Errors
    ///
    /// [`RecordError::NotAGoal`] when the plan has no such goal; [`RecordError::Undefined`] when the numbers cannot be
    /// computed with.
    pub fn progress(
        &self,
        criterion: &str,
        contacts: &[RatedContact],
        model: &LevelModel,
        on: Day,
    ) -> Result<GoalProgress, RecordError> {
        let goal = self.goal(criterion).ok_or_else(|| RecordError::NotAGoal { criterion: criterion.to_owned() })?;
        let now = self.week_of(on);
        let held = self.held_since(goal);
        let past = self.past_weeks(goal, &held, contacts, on);
        let start = LevelFilter::from_baseline(model, &goal.baseline.measured);
        let filter = past.iter().fold(start, LevelFilter::after);
        let moved = u16::from(self.moved.get());
        let last = u16::from(self.weeks.get()) + moved;
        let counted: BTreeSet<_> = held.iter().map(|one| (one.activity, one.session)).collect();
        let coming = (now + 1..=last).map(|week| self.coming_week(&goal.criterion, &counted, week, now));
        let coming: Vec<_> = coming.collect();
        let until_due = (u16::from(goal.due.get()) + moved).saturating_sub(now);
        let at_due = coming.iter().take(usize::from(until_due)).fold(filter, LevelFilter::after);
        let probability = at_due.probability_of(goal.target);
        let rated_weeks = past.iter().map(|week| u16::from(week.ratings.is_some())).sum();
        let level = filter.level(ConfidenceLevel::EIGHTY)?;
        let realised = Real::new(level.value() - filter.start()).map_err(|_| Undefined::OutOfRange {})?;
        Ok(GoalProgress {
            week: now,
            rated_weeks,
            level,
            probability,
            expected_week: weeks_until(&filter, goal, &coming).map(|weeks| now + weeks),
            planned_gain: self.planned_gain(&goal.criterion, now),
            held_gain: total(past.iter().map(|week| week.gain)),
            realised_gain: (rated_weeks > 0).then_some(realised),
            is_falling_behind: filter.is_falling_behind(),
            health: GoalHealth::of(probability, filter.is_falling_behind(), rated_weeks),
        })
    }

    /// The week of the plan that holds a day, counted from 1; 0 before the start.
    #[must_use]
    pub fn week_of(&self, day: Day) -> u16 {
        let days = day.days_since(self.start);
        if days < 0 { 0 } else { u16::try_from(days / 7 + 1).unwrap_or(u16::MAX) }
    }

    /// The weeks since the baseline, those before the start included, as known on a day.
    fn past_weeks(&self, goal: &PlanGoal, held: &[Held<'_>], contacts: &[RatedContact], on: Day) -> Vec<ProgressWeek> {
        let until = on.days_since(self.start).div_euclid(7);
        let from = goal.baseline.as_of.plus_days(1).days_since(self.start).div_euclid(7);
        let week_of = |day: Day| day.days_since(self.start).div_euclid(7);
        let is_known = |day: Day| goal.baseline.as_of < day && day <= on;
        let mut gains: BTreeMap<i32, Vec<MilliLevels>> = BTreeMap::new();
        for one in held.iter().filter(|one| is_known(one.on)) {
            gains.entry(week_of(one.on)).or_default().push(credited(one.credits, &goal.criterion));
        }
        let mut scores: BTreeMap<i32, Vec<Score>> = BTreeMap::new();
        for one in contacts.iter().filter(|one| is_known(one.on)) {
            scores.entry(week_of(one.on)).or_default().push(one.score);
        }
        let week = |number: i32| {
            let gain = total(gains.remove(&number).unwrap_or_default().into_iter());
            let ratings = scores.remove(&number).and_then(|scores| mean_of(&scores));
            ProgressWeek { gain, gain_sd: half(gain), ratings }
        };
        (from..=until).map(week).collect()
    }

    /// The sessions held since the baseline of a goal, under this version and earlier ones, each once.
    fn held_since(&self, goal: &PlanGoal) -> Vec<Held<'_>> {
        let mut counted = BTreeSet::new();
        let is_first =
            |one: &Held<'_>| one.on > goal.baseline.as_of && counted.insert((one.activity.clone(), one.session));
        self.held().into_iter().filter(is_first).collect()
    }

    fn coming_week(
        &self,
        criterion: &Key,
        counted: &BTreeSet<(&Key, SessionCount)>,
        week: u16,
        now: u16,
    ) -> ProgressWeek {
        let is_meant = |planned: WeekCount| u16::from(planned.get()).max(now + 1) == week;
        let open = self.items.iter().filter(|item| item.state.is_open() && is_meant(item.week));
        let open = open.filter(|item| !counted.contains(&(&item.activity, item.session)));
        let gain = total(open.map(|item| credited(&item.credits, criterion)));
        ProgressWeek { gain, gain_sd: half(gain), ratings: None }
    }

    fn planned_gain(&self, criterion: &Key, now: u16) -> MilliLevels {
        let by_now = self.items.iter().filter(|item| u16::from(item.planned_week.get()) <= now);
        total(by_now.filter(|item| item.state != ItemState::Cancelled).map(|item| credited(&item.credits, criterion)))
    }
}

fn weeks_until(filter: &LevelFilter, goal: &PlanGoal, coming: &[ProgressWeek]) -> Option<u16> {
    filter.weeks_to(goal.target, coming).and_then(|weeks| u16::try_from(weeks).ok())
}

fn credited(credits: &[Credit], criterion: &Key) -> MilliLevels {
    total(credits.iter().filter(|credit| credit.criterion == *criterion).map(|credit| credit.assumed_gain))
}

fn total(gains: impl Iterator<Item = MilliLevels>) -> MilliLevels {
    let sum: u64 = gains.map(|gain| u64::from(gain.get())).sum();
    u16::try_from(sum).ok().and_then(|sum| MilliLevels::new(sum).ok()).unwrap_or(MilliLevels::MAX)
}

fn half(gain: MilliLevels) -> MilliLevels {
    MilliLevels::new(gain.get() / 2).unwrap_or(gain)
}

fn mean_of(scores: &[Score]) -> Option<WeekRatings> {
    let count = u16::try_from(scores.len()).ok().and_then(|count| ObservationCount::new(count).ok());
    let sum: u64 = scores.iter().map(|score| u64::from(score.millionths())).sum();
    let count = count.or_else(|| (!scores.is_empty()).then_some(ObservationCount::MAX))?;
    Some(WeekRatings { mean: Score::at_most_max(sum / scores.len() as u64), count })
}
