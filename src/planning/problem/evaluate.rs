//! The exact evaluation of any plan: total, whole numbers only, no solver.

use crate::value::SortedMap;

use super::{
    Evaluation, PersonEvaluation, PlanProblem, PlanViolation, ProblemActivity, ProblemGoal, ProblemPerson,
    SessionPlacement,
};

/// One person's sessions: activity → number of the session → week.
type Starts = SortedMap<usize, SortedMap<i64, i64>>;

impl PlanProblem {
    /// What `plan` is worth and every constraint that it breaks.
    ///
    /// Every session finished by a goal's due week earns its credit (the gain of that session, up to the ceiling), also
    /// in a plan that breaks constraints. Credits are booked lowest ceiling first, which is the best order for everybody
    /// and makes the value independent of the order of the sessions.
    ///
    /// * Formula: closed = max(0, min(to − from, min over h of (h − from) + Σ gains with ceiling > h)), where h is `from` or
    ///   one of the ceilings above it. No order of the credits gets higher: whatever was added above h came from credits
    ///   whose ceiling is above h. Lowest ceiling first gets there: the level is then the last ceiling that cut a credit
    ///   off (or `from`) plus all gains after it, which are those with a higher ceiling.
    /// * Checked against: the reference checker of the published instances, on their plans and on random plans.
    #[must_use]
    pub fn evaluate(&self, plan: &[SessionPlacement]) -> Evaluation {
        let mut tally = Tally::new(self);
        let starts = tally.sort(plan);
        let people = self.document().people.iter().zip(&starts);
        let people: Vec<PersonEvaluation> = people.map(|(person, mine)| tally.person(person, mine)).collect();
        tally.shared(people.iter().map(|one| one.cost).sum());
        let weeks = plan.iter().map(|one| i64::from(one.week)).sum();
        Evaluation { people, violations: tally.violations, start_week_sum: weeks }
    }
}

struct Tally<'a> {
    problem: &'a PlanProblem,
    places: SortedMap<&'a str, usize>,
    /// By pool and week: the minutes taken.
    coach: Vec<Vec<i64>>,
    /// By activity and week: how many start, where seats are counted.
    seats: Vec<Vec<i64>>,
    violations: Vec<PlanViolation>,
}

impl<'a> Tally<'a> {
    fn new(problem: &'a PlanProblem) -> Self {
        let coach = vec![vec![0; problem.weeks()]; problem.document().coach_pools.len()];
        let seats =
            problem.document().activities.iter().map(|one| vec![0; one.week_seats.as_ref().map_or(0, Vec::len)]);
        let seats = seats.collect();
        Self { problem, places: problem.activity_places(), coach, seats, violations: Vec::new() }
    }

    /// The sessions of each person; of a session listed twice the later week counts.
    fn sort(&mut self, plan: &[SessionPlacement]) -> Vec<Starts> {
        let people = &self.problem.document().people;
        let place_of: SortedMap<&str, usize> =
            people.iter().enumerate().map(|(place, one)| (one.id.as_str(), place)).collect();
        let mut starts = vec![Starts::new(); people.len()];
        for placement in plan {
            let Some(mine) = place_of.get(placement.person.as_str()).and_then(|place| starts.get_mut(*place)) else {
                self.violations.push(PlanViolation::UnknownPerson { placement: placement.clone() });
                continue;
            };
            let Some(activity) = self.places.get(placement.activity.as_str()) else {
                self.violations.push(PlanViolation::UnknownActivity { placement: placement.clone() });
                continue;
            };
            let sessions = mine.entry(*activity).or_default();
            if sessions.insert(i64::from(placement.session), i64::from(placement.week)).is_some() {
                self.violations.push(PlanViolation::ListedTwice { placement: placement.clone() });
            }
        }
        starts
    }

    fn person(&mut self, person: &ProblemPerson, mine: &Starts) -> PersonEvaluation {
        let mut used = vec![0; self.problem.weeks()];
        let mut cost = 0;
        for (place, sessions) in mine {
            if let Some(activity) = self.problem.document().activities.get(*place) {
                cost += self.activity(person, activity, sessions, &mut used);
                self.seat(*place, sessions);
                self.prerequisites(person, activity, mine);
            }
        }
        self.time(person, &used);
        let minutes: i64 = used.iter().sum();
        let person_id = || person.id.clone();
        if minutes > person.total_minutes_max {
            let allowed = person.total_minutes_max;
            self.violations.push(PlanViolation::OverTotalMinutes { person: person_id(), minutes, allowed });
        }
        if cost > person.cost_max {
            self.violations.push(PlanViolation::OverCost { person: person_id(), cost, allowed: person.cost_max });
        }
        self.membership(person, mine);
        let closed: Vec<i64> = person.goals.iter().map(|goal| self.closed(goal, mine)).collect();
        let value = person.goals.iter().zip(&closed).map(|(goal, closed)| goal.weight * closed).sum();
        if value < person.min_value {
            self.violations.push(PlanViolation::UnderFloor { person: person_id(), value, allowed: person.min_value });
        }
        let ideal = person.ideal();
        PersonEvaluation { person: person_id(), value, ideal, closed, minutes, cost }
    }

    /// Books the sessions of one activity; gives their cost.
    fn activity(
        &mut self,
        person: &ProblemPerson,
        activity: &ProblemActivity,
        sessions: &SortedMap<i64, i64>,
        used: &mut [i64],
    ) -> i64 {
        let ids = || (person.id.clone(), activity.id.clone());
        if person.completed.contains(&activity.id) {
            let (person, activity) = ids();
            self.violations.push(PlanViolation::AlreadyCompleted { person, activity });
        }
        let count = i64::try_from(sessions.len()).unwrap_or(i64::MAX);
        if !sessions.keys().copied().eq(1..=count) || count > activity.max_sessions {
            let ((person, id), allowed) = (ids(), activity.max_sessions);
            self.violations.push(PlanViolation::SessionNumbers { person, activity: id, allowed });
            return 0;
        }
        let (first, last) = self.window(activity);
        let mut cost = 0;
        let mut before: Option<i64> = None;
        for (number, week) in sessions {
            let placement = || placement(person, activity, *number, *week);
            let earlier = before.replace(*week);
            if *week < first || *week + length(activity.span()) - 1 > last {
                self.violations.push(PlanViolation::OutsideWindow { placement: placement() });
                continue;
            }
            cost += activity.cost;
            self.book(activity, *week, used);
            if earlier.is_some_and(|earlier| week - earlier < activity.gap()) {
                self.violations.push(PlanViolation::TooSoon { placement: placement(), gap: activity.gap() });
            }
        }
        cost
    }

    fn window(&self, activity: &ProblemActivity) -> (i64, i64) {
        let weeks = length(self.problem.weeks());
        (activity.earliest_week.unwrap_or(1).max(1), activity.latest_end_week.unwrap_or(weeks).min(weeks))
    }

    fn book(&mut self, activity: &ProblemActivity, week: i64, used: &mut [i64]) {
        let start = usize::try_from(week - 1).unwrap_or_default();
        for (cell, minutes) in used.iter_mut().skip(start).zip(&activity.load) {
            *cell += minutes;
        }
        let Some(coach) = &activity.coach else { return };
        let pools = &self.problem.document().coach_pools;
        let pool = pools.iter().position(|pool| pool.id == coach.pool).and_then(|place| self.coach.get_mut(place));
        for (cell, minutes) in pool.into_iter().flatten().skip(start).zip(&coach.load) {
            *cell += minutes;
        }
    }

    /// Takes a seat for each session, in the week in which it starts.
    fn seat(&mut self, place: usize, sessions: &SortedMap<i64, i64>) {
        let Some(taken) = self.seats.get_mut(place) else { return };
        for week in sessions.values() {
            let start = usize::try_from(week - 1).ok();
            if let Some(cell) = start.and_then(|start| taken.get_mut(start)) {
                *cell += 1;
            }
        }
    }

    fn prerequisites(&mut self, person: &ProblemPerson, activity: &ProblemActivity, mine: &Starts) {
        let start = self.first_week(&activity.id, mine);
        for requires in activity.requires.iter().filter(|one| !person.completed.contains(one)) {
            let is_finished = start.zip(self.first_end(requires, mine)).is_some_and(|(start, end)| end < start);
            if !is_finished {
                let (person, activity) = (person.id.clone(), activity.id.clone());
                self.violations.push(PlanViolation::Prerequisite { person, activity, requires: requires.clone() });
            }
        }
    }

    fn first_week(&self, activity: &crate::value::Key, mine: &Starts) -> Option<i64> {
        mine.get(self.places.get(activity.as_str())?)?.get(&1).copied()
    }

    /// The week in which the first session of an activity ends.
    fn first_end(&self, activity: &crate::value::Key, mine: &Starts) -> Option<i64> {
        let span = self.problem.document().activities.get(*self.places.get(activity.as_str())?)?.span();
        Some(self.first_week(activity, mine)? + length(span) - 1)
    }

    fn time(&mut self, person: &ProblemPerson, used: &[i64]) {
        for (week, (minutes, allowed)) in (1..).zip(used.iter().zip(&person.week_minutes_max)) {
            if minutes > allowed {
                let (person, minutes, allowed) = (person.id.clone(), *minutes, *allowed);
                self.violations.push(PlanViolation::OverWeek { person, week, minutes, allowed });
            }
        }
        for (week, (minutes, allowed)) in (1..).zip(used.iter().zip(person.week_minutes_min.iter().flatten())) {
            if minutes < allowed {
                let (person, minutes, allowed) = (person.id.clone(), *minutes, *allowed);
                self.violations.push(PlanViolation::UnderWeek { person, week, minutes, allowed });
            }
        }
    }

    /// Mandatory activities and exclusive groups.
    fn membership(&mut self, person: &ProblemPerson, mine: &Starts) {
        let chosen = |places: &SortedMap<&str, usize>, id: &crate::value::Key| {
            places.get(id.as_str()).is_some_and(|place| mine.contains_key(place))
        };
        for activity in &person.mandatory {
            if !chosen(&self.places, activity) && !person.completed.contains(activity) {
                let (person, activity) = (person.id.clone(), activity.clone());
                self.violations.push(PlanViolation::MandatoryMissing { person, activity });
            }
        }
        for group in &self.problem.document().exclusive {
            if group.iter().filter(|id| chosen(&self.places, id)).count() > 1 {
                let (person, activities) = (person.id.clone(), group.clone());
                self.violations.push(PlanViolation::Exclusive { person, activities });
            }
        }
    }

    /// The thousandths of a level that the plan closes of one goal.
    fn closed(&self, goal: &ProblemGoal, mine: &Starts) -> i64 {
        let due = goal.due_week.unwrap_or(length(self.problem.weeks()));
        let mut credits = Vec::new();
        for (place, sessions) in mine {
            let Some(activity) = self.problem.document().activities.get(*place) else { continue };
            for gain in activity.gains.iter().filter(|gain| gain.skill == goal.skill) {
                let in_time = sessions.iter().filter(|(_, week)| **week + length(activity.span()) - 1 <= due);
                let gains =
                    in_time.filter_map(|(number, _)| gain.gain.get(usize::try_from(*number).ok()?.checked_sub(1)?));
                credits.extend(gains.map(|one| (gain.ceiling, *one)));
            }
        }
        for synergy in self.problem.document().synergies.iter().filter(|one| one.skill == goal.skill) {
            if synergy.activities.iter().all(|one| self.first_end(one, mine).is_some_and(|end| end <= due)) {
                credits.push((synergy.ceiling, synergy.bonus));
            }
        }
        credits.sort_unstable();
        let level = credits.iter().fold(goal.from, |level, (ceiling, gain)| level.max((level + gain).min(*ceiling)));
        (level.min(goal.to) - goal.from).max(0)
    }

    fn shared(&mut self, cost: i64) {
        let document = self.problem.document();
        for (pool, used) in document.coach_pools.iter().zip(&self.coach) {
            for (week, (minutes, allowed)) in (1..).zip(used.iter().zip(&pool.week_minutes)) {
                if minutes > allowed {
                    let (pool, minutes, allowed) = (pool.id.clone(), *minutes, *allowed);
                    self.violations.push(PlanViolation::OverCoach { pool, week, minutes, allowed });
                }
            }
        }
        for (activity, taken) in document.activities.iter().zip(&self.seats) {
            for (week, (people, allowed)) in (1..).zip(taken.iter().zip(activity.week_seats.iter().flatten())) {
                if people > allowed {
                    let (activity, people, allowed) = (activity.id.clone(), *people, *allowed);
                    self.violations.push(PlanViolation::OverSeats { activity, week, people, allowed });
                }
            }
        }
        if let Some(allowed) = document.shared_cost_max.filter(|allowed| cost > *allowed) {
            self.violations.push(PlanViolation::OverSharedCost { cost, allowed });
        }
    }
}

impl ProblemPerson {
    /// The value if every goal were reached.
    pub(crate) fn ideal(&self) -> i64 {
        self.goals.iter().map(|goal| goal.weight * goal.gap()).sum()
    }
}

impl ProblemGoal {
    /// How far it is to the goal, not below 0.
    pub(crate) fn gap(&self) -> i64 {
        self.to.saturating_sub(self.from).max(0)
    }
}

fn placement(person: &ProblemPerson, activity: &ProblemActivity, number: i64, week: i64) -> SessionPlacement {
    SessionPlacement {
        person: person.id.clone(),
        activity: activity.id.clone(),
        session: u32::try_from(number).unwrap_or_default(),
        week: u32::try_from(week).unwrap_or_default(),
    }
}

fn length(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
