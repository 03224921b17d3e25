//! The rule by which a plan is drafted: goal by goal, most assumed gain per minute first.

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::{Calendar, NoPlace, Placement};
use super::{
    Activity, CoachingPlan, Credit, EvidenceGrade, Gain, GainBasis, Goal, GoalStatus, LibraryPin, MilliLevels,
    Omission, PlannedActivity, Planner,
};
use crate::framework::Level;
use crate::profile::{CriterionGap, GapAnalysis, LevelGap, Reason, Verdict};
use crate::scoring::PolicyVersion;
use crate::value::{Key, SchemaVersion};

/// A plan in the making.
pub(super) struct Draft<'a> {
    planner: &'a Planner<'a>,
    gaps: &'a GapAnalysis,
    activities: BTreeMap<&'a Key, &'a Activity>,
    levels: BTreeMap<&'a Key, Level>,
    goals: Vec<OpenGoal<'a>>,
    calendar: Calendar,
    /// Activities in the plan, with the first week in which what needs them may start.
    finished: BTreeMap<&'a Key, usize>,
    chosen: Vec<PlannedActivity>,
}

/// A goal with what is planned for it so far, in thousandths of a level.
struct OpenGoal<'a> {
    gap: &'a CriterionGap,
    next_level: Level,
    needed: u16,
    gained: u16,
}

impl OpenGoal<'_> {
    fn missing(&self) -> u16 {
        self.needed.saturating_sub(self.gained)
    }
}

/// One way to work on a goal: an activity and the prerequisites it still needs, placed.
struct Trial<'a> {
    bookings: Vec<Booking<'a>>,
    /// Activities before it that the person has outgrown.
    outgrown: Vec<&'a Key>,
    useful: u64,
    minutes: u64,
}

struct Booking<'a> {
    activity: &'a Activity,
    /// Indices into the goals.
    credited: Vec<usize>,
    placement: Placement,
}

/// Why an activity is not in the plan.
enum Refusal {
    TouchesNoGoal,
    TeachesNothing,
    WrongRole,
    TooDear,
    OutsideLevels(Vec<Key>),
    Prerequisite(Key, Box<Self>),
    NoPlace(NoPlace),
    Completed,
    NotNeeded,
}

impl<'a> Draft<'a> {
    pub(super) fn new(planner: &'a Planner<'a>, gaps: &'a GapAnalysis) -> Self {
        let goals = gaps.criteria().iter().filter(|gap| gap.gap > LevelGap::ZERO).filter_map(|gap| {
            let next_level = gap.level.next()?;
            let start = planner.rubric.start_of(next_level)?;
            let below = 4 * u64::from(start.millionths().saturating_sub(gap.score.millionths()));
            Some(OpenGoal { gap, next_level, needed: u16::try_from(below.div_ceil(1_000)).ok()?, gained: 0 })
        });
        Self {
            planner,
            gaps,
            activities: planner.library.activities().iter().map(|activity| (&activity.key, activity)).collect(),
            levels: gaps.criteria().iter().map(|gap| (&gap.criterion, gap.level)).collect(),
            goals: goals.collect(),
            calendar: Calendar::new(&planner.limits),
            finished: planner.limits.completed.iter().map(|key| (key, 0)).collect(),
            chosen: Vec::new(),
        }
    }

    pub(super) fn plan(mut self) -> CoachingPlan {
        // What one goal needed first may open the way for an earlier goal, so all are tried until nothing more fits.
        let mut is_growing = true;
        while std::mem::take(&mut is_growing) {
            for goal in 0..self.goals.len() {
                while let Some(trial) = self.best_trial(goal) {
                    self.commit(trial, goal);
                    is_growing = true;
                }
            }
        }
        let omissions = self.omissions();
        self.chosen.sort_by_key(|one| (one.sessions.first().map(|first| first.not_before), one.activity.clone()));
        let library = self.planner.library;
        CoachingPlan {
            schema: None,
            schema_version: SchemaVersion::default(),
            scoring_policy: PolicyVersion::CURRENT,
            rubric: self.gaps.rubric().clone(),
            role: self.gaps.role().key.clone(),
            person: self.gaps.person().clone(),
            as_of: self.gaps.as_of(),
            library: LibraryPin { id: library.id().clone(), version: library.version().clone() },
            limits: self.planner.limits.clone(),
            gains_are: GainBasis::PlanningAssumption,
            notices: self.notices(),
            goals: self.goals.iter().enumerate().map(|(place, goal)| self.report_goal(place, goal)).collect(),
            activities: self.chosen,
            omissions,
        }
    }

    /// The trial with the most useful gain per minute; ties go to stronger evidence, then to the earlier key.
    fn best_trial(&self, goal: usize) -> Option<Trial<'a>> {
        let open = self.goals.get(goal).filter(|open| open.missing() > 0)?;
        let touching =
            self.planner.library.activities().iter().filter(|one| one.criteria.contains(&open.gap.criterion));
        let trials = touching.filter_map(|activity| self.attempt(activity, goal).ok());
        trials.min_by(|one, other| {
            let rate = (other.useful * one.minutes).cmp(&(one.useful * other.minutes));
            rate.then_with(|| one.preference().cmp(&other.preference()))
        })
    }

    fn attempt(&self, activity: &'a Activity, goal: usize) -> Result<Trial<'a>, Refusal> {
        self.suits_person(activity)?;
        let gain = activity.assumed_gain().filter(|gain| gain.get() > 0).ok_or(Refusal::TeachesNothing)?;
        let credited = self.credited(activity, Some(goal));
        if !credited.contains(&goal) {
            return Err(Refusal::OutsideLevels(vec![]));
        }
        let (before, outgrown) = self.prerequisites(activity)?;
        let mut calendar = self.calendar.clone();
        let mut finished = self.finished.clone();
        let mut bookings = Vec::new();
        for one in before {
            let booking = self.try_booking(one, &self.credited(one, None), &calendar, &finished);
            let booking = booking.map_err(|refusal| Refusal::Prerequisite(one.key.clone(), Box::new(refusal)))?;
            self.take(&booking, &mut calendar, &mut finished);
            bookings.push(booking);
        }
        // Where attention allows only one goal at a time, the activity works on this goal alone.
        let booking = self
            .try_booking(activity, &credited, &calendar, &finished)
            .or_else(|_| self.try_booking(activity, &[goal], &calendar, &finished))?;
        bookings.push(booking);
        let minutes = bookings.iter().map(|booking| u64::from(booking.activity.minutes.get())).sum();
        let missing = self.goals.get(goal).map_or(0, OpenGoal::missing);
        Ok(Trial { bookings, outgrown, useful: u64::from(gain.get().min(missing)), minutes })
    }

    fn suits_person(&self, activity: &Activity) -> Result<(), Refusal> {
        if self.finished.contains_key(&activity.key) {
            Err(Refusal::Completed)
        } else if !activity.is_for(&self.gaps.role().key) {
            Err(Refusal::WrongRole)
        } else if activity.cost_band > self.planner.limits.highest_cost {
            Err(Refusal::TooDear)
        } else {
            Ok(())
        }
    }

    /// The open goals that one run works on, `first` before the others.
    fn credited(&self, activity: &Activity, first: Option<usize>) -> Vec<usize> {
        if activity.assumed_gain().is_none() {
            return Vec::new();
        }
        let works_on = |(_, goal): &(usize, &OpenGoal<'_>)| {
            goal.missing() > 0 && activity.criteria.contains(&goal.gap.criterion) && activity.suits(goal.gap.level)
        };
        let mut credited: Vec<usize> = self.goals.iter().enumerate().filter(works_on).map(|(index, _)| index).collect();
        credited.sort_by_key(|index| (Some(*index) != first, *index));
        credited.truncate(usize::from(activity.max_criteria_per_run.get()).min(Calendar::FOCUS));
        credited
    }

    /// What still has to come before an activity, in order, and what the person has outgrown.
    ///
    /// Each waits at least a week for the one before, so a chain longer than the plan is given up early.
    fn prerequisites(&self, activity: &'a Activity) -> Result<(Vec<&'a Activity>, Vec<&'a Key>), Refusal> {
        let weeks = usize::from(self.planner.limits.weeks.get());
        let mut needed: Vec<&Activity> = Vec::new();
        let mut seen: BTreeSet<&Key> = BTreeSet::new();
        let mut outgrown = Vec::new();
        let mut open: Vec<(&Key, usize)> = activity.prerequisites.iter().map(|key| (key, 1)).collect();
        while let Some((key, depth)) = open.pop() {
            let Some(&one) = self.activities.get(key) else { continue };
            if self.finished.contains_key(key) || seen.contains(key) {
                continue;
            }
            if self.has_outgrown(one) {
                outgrown.push(key);
                continue;
            }
            let suits = if depth > weeks { Err(Refusal::NoPlace(NoPlace::WeeksFull)) } else { self.suits_person(one) };
            suits.map_err(|refusal| Refusal::Prerequisite(key.clone(), Box::new(refusal)))?;
            seen.insert(key);
            needed.push(one);
            open.extend(one.prerequisites.iter().map(|key| (key, depth + 1)));
        }
        Ok((in_order(&needed), outgrown))
    }

    /// Whether the person stands at or above the level up to which the activity aims, on all it is known to touch.
    fn has_outgrown(&self, activity: &Activity) -> bool {
        let mut levels = activity.criteria.iter().filter_map(|key| self.levels.get(key)).peekable();
        levels.peek().is_some() && levels.all(|level| *level >= activity.level_to)
    }

    fn try_booking(
        &self,
        activity: &'a Activity,
        credited: &[usize],
        calendar: &Calendar,
        finished: &BTreeMap<&'a Key, usize>,
    ) -> Result<Booking<'a>, Refusal> {
        let earliest = activity.prerequisites.iter().filter_map(|key| finished.get(key)).max().copied().unwrap_or(0);
        let placement = calendar.place(activity, &self.criteria_of(credited), earliest).map_err(Refusal::NoPlace)?;
        Ok(Booking { activity, credited: credited.to_vec(), placement })
    }

    fn take(&self, booking: &Booking<'a>, calendar: &mut Calendar, finished: &mut BTreeMap<&'a Key, usize>) {
        calendar.book(&booking.placement, &self.criteria_of(&booking.credited));
        finished.insert(&booking.activity.key, booking.placement.next_week());
    }

    fn criteria_of(&self, goals: &[usize]) -> Vec<&'a Key> {
        goals.iter().filter_map(|goal| self.goals.get(*goal)).map(|goal| &goal.gap.criterion).collect()
    }

    fn commit(&mut self, trial: Trial<'a>, goal: usize) {
        let main = trial.bookings.last().map(|booking| booking.activity);
        for booking in &trial.bookings {
            let (mut calendar, mut finished) = (self.calendar.clone(), self.finished.clone());
            self.take(booking, &mut calendar, &mut finished);
            (self.calendar, self.finished) = (calendar, finished);
            let is_main = main.is_some_and(|main| main.key == booking.activity.key);
            let reasons = match (is_main, main) {
                (false, Some(main)) => {
                    vec![Reason::new("comes_before", &format!("It has to come before \"{}\".", main.name))]
                }
                _ => self.reasons_for(booking, &trial, goal),
            };
            let credits = self.credit(booking);
            self.chosen.push(PlannedActivity {
                activity: booking.activity.key.clone(),
                name: booking.activity.name.clone(),
                credits,
                evidence_grade: evidence_grade(booking.activity),
                sessions: booking.placement.sessions.clone(),
                reasons,
            });
        }
    }

    fn credit(&mut self, booking: &Booking<'_>) -> Vec<Credit> {
        let Some(gain) = booking.activity.assumed_gain() else { return Vec::new() };
        let mut credits = Vec::new();
        for index in &booking.credited {
            let Some(open) = self.goals.get_mut(*index) else { continue };
            open.gained = open.gained.saturating_add(gain.get()).min(MilliLevels::MAX.get());
            credits.push(Credit { criterion: open.gap.criterion.clone(), assumed_gain: gain });
        }
        credits
    }

    fn reasons_for(&self, booking: &Booking<'_>, trial: &Trial<'_>, goal: usize) -> Vec<Reason> {
        let Some(open) = self.goals.get(goal) else { return Vec::new() };
        let text = format!(
            "Of what fits, it is assumed to bring the most per minute towards level {} of \"{}\": {} levels in {} minutes.",
            open.next_level,
            self.name_of(&open.gap.criterion),
            in_levels(booking.activity.assumed_gain().map_or(0, MilliLevels::get)),
            trial.minutes,
        );
        let mut reasons = vec![Reason::new("most_assumed_gain_per_minute", &text)];
        for key in &trial.outgrown {
            let text = format!("Its prerequisite `{key}` is passed over: the person is above the level it aims at.");
            reasons.push(Reason::new("prerequisite_outgrown", &text));
        }
        reasons
    }

    fn name_of(&self, criterion: &Key) -> String {
        let found = self.planner.rubric.criterion(criterion.as_str());
        found.map_or_else(|| criterion.to_string(), |one| one.name.to_string())
    }

    fn report_goal(&self, place: usize, goal: &OpenGoal<'_>) -> Goal {
        let status = match (goal.gained, goal.missing()) {
            (_, 0) => GoalStatus::ReachesNextLevel,
            (0, _) => GoalStatus::NotPlanned,
            _ => GoalStatus::ReachesPart,
        };
        let mut reasons = goal.gap.reasons.clone();
        let (code, text) = match status {
            GoalStatus::ReachesNextLevel if goal.next_level < goal.gap.target => (
                "one_level_at_a_time",
                format!(
                    "The plan reaches for level {}; level {} is for a later plan.",
                    goal.next_level, goal.gap.target
                ),
            ),
            GoalStatus::ReachesNextLevel => {
                ("reaches_target", format!("If the assumption holds, level {} is reached.", goal.next_level))
            }
            GoalStatus::ReachesPart => (
                "not_enough_room",
                format!(
                    "{} levels are still missing. {}",
                    in_levels(goal.missing()),
                    self.why_nothing_more(place, goal)
                ),
            ),
            GoalStatus::NotPlanned => ("nothing_fits", self.why_nothing_more(place, goal)),
        };
        reasons.push(Reason::new(code, &text));
        Goal {
            criterion: goal.gap.criterion.clone(),
            skill: goal.gap.skill,
            urgency: goal.gap.urgency,
            level: goal.gap.level,
            next_level: goal.next_level,
            target: goal.gap.target,
            needed: milli_levels(goal.needed),
            assumed_gain: milli_levels(goal.gained),
            status,
            reasons,
        }
    }

    /// For each activity that could teach the goal and is not in the plan, why not.
    fn why_nothing_more(&self, place: usize, goal: &OpenGoal<'_>) -> String {
        let could_teach = |one: &&Activity| {
            one.criteria.contains(&goal.gap.criterion)
                && one.assumed_gain().is_some()
                && one.suits(goal.gap.level)
                && !self.chosen.iter().any(|chosen| chosen.activity == one.key)
        };
        let mut by_reason: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for activity in self.planner.library.activities().iter().filter(could_teach) {
            let refusal = self.attempt(activity, place).err().unwrap_or(Refusal::NotNeeded);
            let text = refusal.reason().text;
            by_reason.entry(text.to_string()).or_default().push(activity.name.as_str());
        }
        if by_reason.is_empty() {
            return "No other activity in the library teaches it at this level.".to_owned();
        }
        let causes = by_reason.iter().map(|(reason, names)| format!("{}: {reason}", names.join(", ")));
        format!("Nothing else fits. {}", causes.collect::<Vec<_>>().join(" "))
    }

    fn notices(&self) -> Vec<Reason> {
        let mut notices = Vec::new();
        for concern in self.gaps.open_concerns() {
            let text = format!(
                "A critical concern of {} in {} is open. A second assessor decides it first; coaching does not close it.",
                concern.observed,
                concern.target.name()
            );
            notices.push(Reason::new("open_concern", &text));
        }
        if !self.gaps.unknown().is_empty() {
            let names: Vec<_> = self.gaps.unknown().iter().map(|key| self.name_of(key)).collect();
            let text = format!(
                "Too little counted evidence on {}: observe these before planning for them (the profile lists what does not count).",
                names.join(", ")
            );
            notices.push(Reason::new("insufficient_evidence", &text));
        }
        if self.goals.is_empty() && self.gaps.verdict() == Verdict::MeetsTarget {
            notices
                .push(Reason::new("meets_target", "Everything the role asks for is met: there is nothing to close."));
        }
        notices
    }

    fn omissions(&self) -> Vec<Omission> {
        let chosen = |activity: &&Activity| !self.chosen.iter().any(|one| one.activity == activity.key);
        let left = self.planner.library.activities().iter().filter(chosen);
        left.map(|activity| Omission { activity: activity.key.clone(), reason: self.refusal(activity).reason() })
            .collect()
    }

    fn refusal(&self, activity: &'a Activity) -> Refusal {
        let touched: Vec<usize> = self
            .goals
            .iter()
            .enumerate()
            .filter(|(_, goal)| activity.criteria.contains(&goal.gap.criterion))
            .map(|(index, _)| index)
            .collect();
        if touched.is_empty() {
            return Refusal::TouchesNoGoal;
        }
        if activity.assumed_gain().is_none() {
            return Refusal::TeachesNothing;
        }
        if let Err(refusal) = self.suits_person(activity) {
            return refusal;
        }
        let suits = |goal: &&usize| self.goals.get(**goal).is_some_and(|open| activity.suits(open.gap.level));
        let suiting: Vec<usize> = touched.iter().filter(suits).copied().collect();
        if suiting.is_empty() {
            return Refusal::OutsideLevels(self.criteria_of(&touched).into_iter().cloned().collect());
        }
        let missing = |goal: &usize| self.goals.get(*goal).is_some_and(|open| open.missing() > 0);
        match suiting.into_iter().find(missing).map(|goal| self.attempt(activity, goal)) {
            Some(Err(refusal)) => refusal,
            Some(Ok(_)) | None => Refusal::NotNeeded,
        }
    }
}

impl Trial<'_> {
    /// What breaks ties: stronger evidence, then the earlier key.
    fn preference(&self) -> (Option<EvidenceGrade>, Option<&Key>) {
        let main = self.bookings.last().map(|booking| booking.activity);
        (main.map(evidence_grade), main.map(|activity| &activity.key))
    }
}

impl Refusal {
    fn reason(&self) -> Reason {
        let (code, text) = match self {
            Self::TouchesNoGoal => ("touches_no_goal", "It works on none of the goals.".to_owned()),
            Self::TeachesNothing => {
                ("closes_no_gap", "It is support, recognition or calibration: it closes no gap.".to_owned())
            }
            Self::WrongRole => ("other_role", "It is for other roles.".to_owned()),
            Self::TooDear => ("above_cost_band", "It costs more than allowed.".to_owned()),
            Self::OutsideLevels(criteria) => {
                let names: Vec<_> = criteria.iter().map(|key| format!("`{key}`")).collect();
                ("other_level", format!("It suits people at other levels of {}.", names.join(", ")))
            }
            Self::Prerequisite(key, refusal) => {
                ("prerequisite_missing", format!("It needs `{key}` first. {}", refusal.reason().text))
            }
            Self::NoPlace(NoPlace::TooLong) => {
                ("longer_than_plan", "Its sessions take longer than the plan.".to_owned())
            }
            Self::NoPlace(NoPlace::SessionTooLong) => {
                ("session_longer_than_week", "One of its sessions is longer than the time in a week.".to_owned())
            }
            Self::NoPlace(NoPlace::TotalUsedUp) => ("hours_used_up", "The hours in total do not suffice.".to_owned()),
            Self::NoPlace(NoPlace::WeeksFull) => (
                "weeks_full",
                format!("No run of weeks has the time left, with at most {} criteria in work.", Calendar::FOCUS),
            ),
            Self::Completed => ("completed", "The person has done it already.".to_owned()),
            Self::NotNeeded => ("not_needed", "Its goals are assumed to be reached without it.".to_owned()),
        };
        Reason::new(code, &text)
    }
}

/// The activities, each after those of them that it needs; among free ones the first goes first.
fn in_order<'a>(needed: &[&'a Activity]) -> Vec<&'a Activity> {
    let places: BTreeMap<&Key, usize> = needed.iter().enumerate().map(|(place, one)| (&one.key, place)).collect();
    let mut waiting: BTreeMap<usize, usize> = BTreeMap::new();
    let mut dependents: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, one) in needed.iter().enumerate() {
        for before in one.prerequisites.iter().filter_map(|key| places.get(key)) {
            *waiting.entry(place).or_default() += 1;
            dependents.entry(*before).or_default().push(place);
        }
    }
    let mut free: BTreeSet<usize> = (0..needed.len()).filter(|place| !waiting.contains_key(place)).collect();
    let mut ordered = Vec::with_capacity(needed.len());
    while let Some(place) = free.pop_first() {
        ordered.extend(needed.get(place));
        for dependent in dependents.get(&place).into_iter().flatten() {
            if let Some(count) = waiting.get_mut(dependent) {
                *count -= 1;
                if *count == 0 {
                    free.insert(*dependent);
                }
            }
        }
    }
    ordered
}

fn evidence_grade(activity: &Activity) -> EvidenceGrade {
    match activity.gain {
        Gain::Assumed { evidence_grade, .. } | Gain::None { evidence_grade, .. } => evidence_grade,
    }
}

fn milli_levels(number: u16) -> MilliLevels {
    MilliLevels::new(number).unwrap_or(MilliLevels::MAX)
}

fn in_levels(milli_levels: u16) -> String {
    crate::value::Rounding::HalfAwayFromZero.show(u64::from(milli_levels) * 1_000, 2)
}
