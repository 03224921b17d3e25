//! From a person's gaps and a library of activities to a planning problem; `docs/coaching.md` holds the table.

use std::collections::{BTreeMap, BTreeSet};

use super::open_goal::{OpenGoal, level_after};
use super::refusal::Refusal;
use super::run::Run;
use super::{Activity, CoachingError, CostBand, MilliLevels, Planner};
use crate::framework::Level;
use crate::planning::{
    CoachDemand, CoachPool, PlanObjective, PlanProblem, PlanProblemDocument, ProblemActivity, ProblemFormat,
    ProblemGain, ProblemGoal, ProblemPerson,
};
use crate::planning::{MOST_BUDGET, in_order};
use crate::profile::{CriterionGap, GapAnalysis};
use crate::value::{Day, Key, Note};

/// A person's planning problem, and what each part of it stands for.
pub(super) struct PersonProblem<'a> {
    pub(super) problem: PlanProblem,
    /// The day on which the gaps were known.
    pub(super) as_of: Day,
    /// Every goal, most urgent first.
    pub(super) goals: Vec<OpenGoal<'a>>,
    /// The places in `goals` of those planned for, in the order of the problem.
    pub(super) focus: Vec<usize>,
    /// What each activity of the problem stands for, in its order.
    pub(super) variants: Vec<Variant<'a>>,
    /// Why the other activities of the library take no part.
    pub(super) refusals: BTreeMap<&'a Key, Refusal>,
    /// The ways to meet what is required: of each required activity one variant. One way without any when nothing is.
    ways: Vec<Vec<Key>>,
}

/// An activity that works on a choice of goals; all variants of one activity exclude each other.
pub(super) struct Variant<'a> {
    /// Its id in the problem.
    pub(super) id: Key,
    pub(super) activity: &'a Activity,
    /// Places in the goals.
    pub(super) credited: Vec<usize>,
    /// Places of the variants that have to come before.
    pub(super) requires: Vec<usize>,
}

/// An activity has at most so many variants; where there would be more, the only one works on its most urgent goals and
/// comes after the first variants of what it needs. So it is with the ways to meet what is required.
const MOST_VARIANTS: usize = 27;

impl<'a> PersonProblem<'a> {
    pub(super) fn new(planner: &'a Planner<'a>, gaps: &'a GapAnalysis) -> Result<Self, CoachingError> {
        let conversion = Conversion::new(planner, gaps);
        let suitability = conversion.suitability();
        let focus = conversion.focus(&suitability);
        conversion.problem(&suitability, focus)
    }

    /// The problem with the goals at these places, whether or not others would be chosen.
    pub(super) fn for_goals(
        planner: &'a Planner<'a>,
        gaps: &'a GapAnalysis,
        focus: &[usize],
    ) -> Result<Self, CoachingError> {
        let conversion = Conversion::new(planner, gaps);
        let suitability = conversion.suitability();
        conversion.problem(&suitability, focus.to_vec())
    }

    /// Whether some activity that fits into the weeks of the planner could work on the criterion.
    pub(super) fn could_serve(planner: &Planner<'_>, gaps: &GapAnalysis, criterion: &Key) -> bool {
        let conversion = Conversion::new(planner, gaps);
        let suitability = conversion.suitability();
        let mut places = (0..conversion.goals.len())
            .filter(|place| conversion.goals.get(*place).is_some_and(|goal| goal.gap.criterion == *criterion));
        places.any(|place| conversion.is_teachable(place, &suitability))
    }

    /// The problem of each way to meet what is required: the best plan of all of them is the person's.
    pub(super) fn ways(&self) -> impl Iterator<Item = PlanProblem> {
        self.ways.iter().filter_map(|way| Self::requiring(self.problem.document().clone(), way.clone()))
    }

    /// The variants of each way to meet what is required.
    pub(super) fn ways_wanted(&self) -> impl Iterator<Item = &Vec<Key>> {
        self.ways.iter()
    }

    /// The ways to meet what is required apart from these variants.
    pub(super) fn ways_without(&self, gone: &[&Key]) -> BTreeSet<Vec<Key>> {
        let left = |way: &Vec<Key>| way.iter().filter(|id| !gone.contains(id)).cloned().collect();
        self.ways.iter().map(left).collect()
    }

    /// A problem in which these activities are mandatory.
    pub(super) fn requiring(mut document: PlanProblemDocument, mandatory: Vec<Key>) -> Option<PlanProblem> {
        document.people.iter_mut().for_each(|person| person.mandatory.clone_from(&mandatory));
        PlanProblem::new(document).ok()
    }

    pub(super) fn variants_of(&self, activity: &Activity) -> impl Iterator<Item = &Variant<'a>> {
        self.variants.iter().filter(|one| one.activity.key == activity.key)
    }
}

/// What the conversion looks things up in.
struct Conversion<'a> {
    planner: &'a Planner<'a>,
    gaps: &'a GapAnalysis,
    goals: Vec<OpenGoal<'a>>,
    completed: BTreeSet<&'a Key>,
    /// Each after those that it needs.
    ordered: Vec<&'a Activity>,
    outgrown: BTreeSet<&'a Key>,
}

type Suitability<'a> = BTreeMap<&'a Key, Result<usize, Refusal>>;

impl<'a> Conversion<'a> {
    fn new(planner: &'a Planner<'a>, gaps: &'a GapAnalysis) -> Self {
        let level = |gap: &'a CriterionGap| (&gap.criterion, level_after(planner, gap));
        let levels: BTreeMap<&Key, Level> = gaps.criteria().iter().map(level).collect();
        let activities = planner.library.activities();
        let outgrown = activities.iter().filter(|one| has_outgrown(one, &levels)).map(|one| &one.key).collect();
        Self {
            planner,
            gaps,
            goals: OpenGoal::all(planner, gaps),
            completed: planner.limits.completed.iter().collect(),
            ordered: after_prerequisites(activities),
            outgrown,
        }
    }

    fn problem(self, suitability: &Suitability<'a>, focus: Vec<usize>) -> Result<PersonProblem<'a>, CoachingError> {
        let (variants, refusals) = self.variants(suitability, &focus);
        for activity in &self.planner.limits.required {
            if let Some(refusal) = refusals.get(activity) {
                let (activity, reason) = (activity.clone(), refusal.reason());
                return Err(CoachingError::CannotBePlanned { activity, reason });
            }
        }
        let ways = self.ways(&variants);
        let mandatory = ways.first().cloned().unwrap_or_default();
        let document = self.document(&variants, &focus, mandatory);
        let problem = PlanProblem::new(document).map_err(CoachingError::TooLarge)?;
        Ok(PersonProblem { problem, as_of: self.gaps.as_of(), goals: self.goals, focus, variants, refusals, ways })
    }

    /// Every choice of one variant for each required activity.
    fn ways(&self, variants: &[Variant<'a>]) -> Vec<Vec<Key>> {
        let required: BTreeSet<&Key> = self.planner.limits.required.iter().collect();
        let choices: Vec<Vec<&Key>> = required
            .into_iter()
            .map(|key| variants.iter().filter(|one| one.activity.key == *key).map(|one| &one.id).collect())
            .collect();
        let most_urgent = || choices.iter().filter_map(|options| options.first().map(|id| (*id).clone())).collect();
        if choices.iter().fold(1_usize, |ways, options| ways.saturating_mul(options.len())) > MOST_VARIANTS {
            return vec![most_urgent()];
        }
        choices.iter().fold(vec![Vec::new()], |ways, options| {
            let extended = |way: &Vec<Key>| {
                let with = |id: &&Key| way.iter().cloned().chain([(*id).clone()]).collect::<Vec<_>>();
                options.iter().map(with).collect::<Vec<_>>()
            };
            ways.iter().flat_map(extended).collect()
        })
    }

    fn run(&self, activity: &'a Activity) -> Run<'a> {
        self.planner.run(activity, self.gaps.as_of())
    }

    /// Of each activity the earliest week by which it can be finished, or why the person cannot do it at all.
    fn suitability(&self) -> Suitability<'a> {
        let mut suitability = Suitability::new();
        for activity in &self.ordered {
            let before = self.needed_first(activity).map(|key| match suitability.get(key) {
                Some(Err(cause)) => Err(Refusal::of_prerequisite(key, cause)),
                Some(Ok(finish)) => Ok(*finish),
                None => Ok(0),
            });
            let earliest = before.collect::<Result<Vec<_>, _>>().map(|weeks| weeks.into_iter().max().unwrap_or(0));
            let begin = earliest.map(|week| week.max(self.run(activity).weeks_before()));
            let finish = self.suits_person(activity).and_then(|load| self.finish(&load, begin?));
            suitability.insert(&activity.key, finish);
        }
        suitability
    }

    /// By which week a run with this load can be finished when it begins no earlier than in week `begin`, counted from 0.
    fn finish(&self, load: &[i64], begin: usize) -> Result<usize, Refusal> {
        let limits = &self.planner.limits;
        let starts = (usize::from(limits.weeks.get()) + 1).saturating_sub(load.len());
        let minutes = |week: usize| i64::from(limits.minutes_in_week(week as u32 + 1));
        let has_room = |start: &usize| load.iter().enumerate().all(|(week, load)| *load <= minutes(start + week));
        match (begin..starts).find(has_room) {
            Some(start) => Ok(start + load.len()),
            None if (0..starts).any(|start| has_room(&start)) => Err(Refusal::TooLong),
            None => Err(Refusal::SessionTooLong),
        }
    }

    /// What a run takes in each week, if the person can do it as far as the activity alone is concerned.
    fn suits_person(&self, activity: &'a Activity) -> Result<Vec<i64>, Refusal> {
        let (limits, run) = (&self.planner.limits, self.run(activity));
        if limits.without.contains(&activity.key) {
            return Err(Refusal::LeftOut);
        }
        if self.completed.contains(&activity.key) {
            return Err(Refusal::Completed);
        }
        if !activity.is_for(&self.gaps.role().key) {
            return Err(Refusal::WrongRole);
        }
        if activity.cost_band > limits.highest_cost {
            return Err(Refusal::TooDear);
        }
        let load = run.weekly_load();
        if load.len() > usize::from(limits.weeks.get()) {
            return Err(Refusal::TooLong);
        }
        if limits.minutes_in_total.is_some_and(|total| run.minutes() > total.get()) {
            return Err(Refusal::MoreThanTotal);
        }
        Ok(load)
    }

    /// What has to come before an activity: neither done nor outgrown; nothing any more when it is under way.
    fn needed_first<'b>(&'b self, activity: &'a Activity) -> impl Iterator<Item = &'a Key> + use<'a, 'b> {
        let is_begun = self.run(activity).is_under_way();
        let is_needed = move |key: &&Key| !is_begun && !self.completed.contains(*key) && !self.outgrown.contains(*key);
        activity.prerequisites.iter().filter(is_needed)
    }

    /// The most urgent goals that something can be done for.
    fn focus(&self, suitability: &Suitability<'a>) -> Vec<usize> {
        let teachable = (0..self.goals.len()).filter(|place| self.is_teachable(*place, suitability));
        teachable.take(usize::from(self.planner.focus.goals.get())).collect()
    }

    /// Whether some activity that suits the person works on the goal.
    fn is_teachable(&self, goal: usize, suitability: &Suitability<'a>) -> bool {
        let teaches =
            |one: &&Activity| self.works_on(one, goal) && suitability.get(&one.key).is_some_and(Result::is_ok);
        self.ordered.iter().any(teaches)
    }

    /// Whether a run is assumed to bring the person nearer to the goal.
    fn works_on(&self, activity: &Activity, goal: usize) -> bool {
        let Some(goal) = self.goals.get(goal) else { return false };
        activity.criteria.contains(&goal.gap.criterion)
            && activity.assumed_gain().is_some_and(|gain| gain > MilliLevels::MIN)
            && activity.suits(goal.level)
            && i64::from(activity.level_to.get()) * 1_000 > goal.start - goal.needed
    }

    fn variants(
        &self,
        suitability: &Suitability<'a>,
        focus: &[usize],
    ) -> (Vec<Variant<'a>>, BTreeMap<&'a Key, Refusal>) {
        let mut needed: BTreeSet<&Key> = BTreeSet::new();
        for activity in self.ordered.iter().rev() {
            let is_useful = focus.iter().any(|goal| self.works_on(activity, *goal)) || needed.contains(&activity.key);
            if is_useful && suitability.get(&activity.key).is_some_and(Result::is_ok) {
                needed.insert(&activity.key);
                needed.extend(self.needed_first(activity));
            }
        }
        let mut variants: Vec<Variant<'_>> = Vec::new();
        let mut places: BTreeMap<&Key, Vec<usize>> = BTreeMap::new();
        let mut refusals = BTreeMap::new();
        for activity in &self.ordered {
            if !needed.contains(&activity.key) {
                refusals.insert(&activity.key, self.refusal(activity, suitability, focus));
                continue;
            }
            let first = variants.len();
            let before: Vec<&Vec<usize>> = self.needed_first(activity).filter_map(|key| places.get(key)).collect();
            variants.extend(self.variants_of(activity, focus, &before));
            self.name_apart(variants.get_mut(first..).unwrap_or_default());
            places.insert(&activity.key, (first..variants.len()).collect());
        }
        (variants, refusals)
    }

    /// Every choice of goals for one run, with every choice of variants that come before.
    fn variants_of(&self, activity: &'a Activity, focus: &[usize], before: &[&Vec<usize>]) -> Vec<Variant<'a>> {
        let touched: Vec<usize> = focus.iter().copied().filter(|goal| self.works_on(activity, *goal)).collect();
        let most = usize::from(activity.max_criteria_per_run.get());
        let mut credits = choices(&touched, most);
        let mut requires: Vec<Vec<usize>> = vec![Vec::new()];
        for options in before {
            let extended = requires.iter().flat_map(|chosen| {
                options.iter().map(|option| chosen.iter().copied().chain([*option]).collect::<Vec<_>>())
            });
            // One more than the most tells that there are too many, however many there would be.
            requires = extended.take(MOST_VARIANTS + 1).collect();
        }
        if credits.len() * requires.len() > MOST_VARIANTS {
            credits.truncate(1);
            requires.truncate(1);
        }
        let pairs = credits.iter().flat_map(|credited| requires.iter().map(move |requires| (credited, requires)));
        pairs
            .map(|(credited, requires)| Variant {
                id: activity.key.clone(),
                activity,
                credited: credited.clone(),
                requires: requires.clone(),
            })
            .collect()
    }

    /// The variants of one activity are numbered; an only one keeps the activity's key.
    fn name_apart(&self, variants: &mut [Variant<'a>]) {
        if variants.len() < 2 {
            return;
        }
        let is_free = |id: &Key| self.planner.library.activity(id.as_str()).is_none();
        let mut numbers = 1..;
        for variant in variants {
            let free = numbers.by_ref().map(|number| numbered(&variant.activity.key, number)).find(is_free);
            variant.id = free.unwrap_or_else(|| variant.id.clone());
        }
    }

    fn refusal(&self, activity: &'a Activity, suitability: &Suitability<'a>, focus: &[usize]) -> Refusal {
        if let Some(Err(Refusal::LeftOut)) = suitability.get(&activity.key) {
            return Refusal::LeftOut;
        }
        let touches = |goal: &&OpenGoal<'_>| activity.criteria.contains(&goal.gap.criterion);
        let touched: Vec<&OpenGoal<'_>> = self.goals.iter().filter(touches).collect();
        if touched.is_empty() {
            return Refusal::TouchesNoGoal;
        }
        if activity.assumed_gain().is_none() {
            return Refusal::TeachesNothing;
        }
        if let Some(Err(refusal)) = suitability.get(&activity.key) {
            return refusal.clone();
        }
        let teaches = |goal: &usize| self.works_on(activity, *goal);
        if (0..self.goals.len()).any(|goal| !focus.contains(&goal) && teaches(&goal)) {
            return Refusal::LaterGoal;
        }
        Refusal::OutsideLevels(touched.iter().map(|goal| goal.gap.criterion.clone()).collect())
    }

    fn document(&self, variants: &[Variant<'a>], focus: &[usize], mandatory: Vec<Key>) -> PlanProblemDocument {
        let limits = &self.planner.limits;
        let weeks = usize::from(limits.weeks.get());
        let week_minutes: Vec<i64> = (1..=weeks as u32).map(|week| i64::from(limits.minutes_in_week(week))).collect();
        let total = limits.minutes_in_total.map_or(week_minutes.iter().sum(), |total| i64::from(total.get()));
        let goals = || focus.iter().filter_map(|place| self.goals.get(*place));
        let mut groups: BTreeMap<&Key, Vec<Key>> = BTreeMap::new();
        for variant in variants {
            groups.entry(&variant.activity.key).or_default().push(variant.id.clone());
        }
        PlanProblemDocument {
            schema: None,
            format: ProblemFormat::Version1,
            name: name(),
            description: None,
            horizon_weeks: weeks as i64,
            skills: goals().map(|goal| goal.gap.criterion.clone()).collect(),
            people: vec![ProblemPerson {
                id: self.gaps.person().clone(),
                goals: goals()
                    .map(|goal| ProblemGoal {
                        skill: goal.gap.criterion.clone(),
                        from: goal.start - goal.needed,
                        to: goal.start,
                        weight: goal.weight(),
                        due_week: None,
                    })
                    .collect(),
                week_minutes_max: week_minutes,
                week_minutes_min: None,
                total_minutes_max: total,
                cost_max: MOST_BUDGET,
                completed: Vec::new(),
                mandatory,
                min_value: 0,
            }],
            activities: variants.iter().map(|one| self.problem_activity(one, variants)).collect(),
            exclusive: groups.into_values().filter(|group| group.len() > 1).collect(),
            synergies: Vec::new(),
            coach_pools: vec![CoachPool {
                id: starts_pool(),
                week_minutes: vec![i64::from(self.planner.focus.starts_per_week.get()); weeks],
            }],
            shared_cost_max: None,
            objective: PlanObjective::Sum,
        }
    }

    fn problem_activity(&self, variant: &Variant<'a>, variants: &[Variant<'a>]) -> ProblemActivity {
        let activity = variant.activity;
        let run = self.run(activity);
        let gains = run.gains(usize::from(self.planner.limits.weeks.get()));
        let load = run.weekly_load();
        let is_start = (0..load.len()).map(|week| i64::from(week == 0)).collect();
        let teaches = !variant.credited.is_empty();
        let credited = variant.credited.iter().filter_map(|goal| self.goals.get(*goal));
        ProblemActivity {
            id: variant.id.clone(),
            kind: Some(key(activity.kind.as_str())),
            cost: cost(activity.cost_band),
            max_sessions: if teaches { gains.len() as i64 } else { 1 },
            repeat_gap_weeks: if teaches && gains.len() > 1 { run.repeat_gap() as i64 } else { 1 },
            gains: credited
                .map(|goal| ProblemGain {
                    skill: goal.gap.criterion.clone(),
                    gain: gains.clone(),
                    ceiling: i64::from(activity.level_to.get()) * 1_000,
                })
                .collect(),
            requires: variant.requires.iter().filter_map(|place| Some(variants.get(*place)?.id.clone())).collect(),
            earliest_week: (run.weeks_before() > 0).then(|| run.weeks_before() as i64 + 1),
            latest_end_week: None,
            coach: teaches.then(|| CoachDemand { pool: starts_pool(), load: is_start }),
            week_seats: None,
            load,
        }
    }
}

/// The id of one of an activity's variants: its key, as far as there is room, and a number.
fn numbered(activity: &Key, number: usize) -> Key {
    let ending = format!("_variant_{number}");
    let start: String = activity.as_str().chars().take(Key::MAX_LENGTH - ending.len()).collect();
    key(&format!("{}{ending}", start.trim_end_matches('_')))
}

fn starts_pool() -> Key {
    key("starts_per_week")
}

#[expect(clippy::expect_used, reason = "ids of ours are keys")]
fn key(text: &str) -> Key {
    Key::new(text).expect("an id of ours is a key")
}

#[expect(clippy::expect_used, reason = "a constant of the right form")]
fn name() -> Note {
    Note::new("coaching plan").expect("a name of ours is a note")
}

/// Cost bands in units: only ties between equally good plans depend on them.
fn cost(band: CostBand) -> i64 {
    match band {
        CostBand::None => 0,
        CostBand::Low => 1,
        CostBand::Medium => 3,
        CostBand::High => 10,
    }
}

/// Whether the person stands at or above the level up to which the activity aims, on all it is known to touch.
fn has_outgrown(activity: &Activity, levels: &BTreeMap<&Key, Level>) -> bool {
    let mut known = activity.criteria.iter().filter_map(|key| levels.get(key)).peekable();
    known.peek().is_some() && known.all(|level| *level >= activity.level_to)
}

/// Every choice of `most` of the items (of all, when there are no more), earlier ones first; one more than the most
/// variants when there are more.
fn choices(items: &[usize], most: usize) -> Vec<Vec<usize>> {
    if items.len() <= most {
        return vec![items.to_vec()];
    }
    let Some((first, rest)) = items.split_first().filter(|_| most > 0) else { return vec![Vec::new()] };
    let with_first = choices(rest, most - 1).into_iter().map(|mut chosen| {
        chosen.insert(0, *first);
        chosen
    });
    with_first.chain(choices(rest, most)).take(MOST_VARIANTS + 1).collect()
}

/// The activities, each after those of them that it needs; among free ones the first goes first.
fn after_prerequisites(activities: &[Activity]) -> Vec<&Activity> {
    let places: BTreeMap<&Key, usize> = activities.iter().enumerate().map(|(place, one)| (&one.key, place)).collect();
    let before = |one: &Activity| one.prerequisites.iter().filter_map(|key| places.get(key).copied()).collect();
    let before: Vec<Vec<usize>> = activities.iter().map(before).collect();
    in_order(&before).into_iter().filter_map(|place| activities.get(place)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_variant_is_the_activitys_key_with_a_number_and_a_key_itself() {
        assert_eq!(numbered(&key("live_practice"), 2).as_str(), "live_practice_variant_2");
        let longest = key(&format!("{}_{}", "a".repeat(52), "b".repeat(11)));
        assert_eq!(numbered(&longest, 27).as_str(), format!("{}_variant_27", "a".repeat(52)));
    }

    #[test]
    fn choices_are_all_subsets_of_the_size_earlier_ones_first() {
        assert_eq!(choices(&[4, 7, 9], 2), [vec![4, 7], vec![4, 9], vec![7, 9]]);
        assert_eq!(choices(&[4, 7], 2), [vec![4, 7]]);
        assert_eq!(choices(&[], 2), [Vec::<usize>::new()]);
        assert_eq!(choices(&[0, 1, 2, 3, 4, 5, 6, 7, 8], 2).len(), MOST_VARIANTS + 1, "of 36, enough to tell");
    }
}
