//! A plan as a calendar: what takes place in each week, for whom, for how long, and with which coach.

use crate::value::SortedMap;

use super::{PlanProblem, SessionPlacement};
use crate::value::strict::object;
use crate::value::{Key, Reference};

object! {
    /// What one session asks for in one of its weeks.
    pub struct CalendarEntry {
        /// The week, from 1.
        pub week: u32,
        /// The person.
        pub person: Reference,
        /// The activity.
        pub activity: Key,
        /// The number of the session, from 1.
        pub session: u32,
        /// Which of the session's weeks this is, from 1.
        pub part: u32,
        /// How many weeks the session lasts.
        pub parts: u32,
        /// The learner's minutes in this week.
        pub minutes: i64,
        /// The pool that gives the coach's time; `None` when no coach is needed in this week.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub coach: Option<Key>,
        /// The coach's minutes in this week, 0 without a coach.
        pub coach_minutes: i64,
    }
}

impl PlanProblem {
    /// What a plan asks for week by week: a session of three weeks has three entries, also weeks without minutes.
    ///
    /// By week, then in the order of the problem by person and activity, then by session. Placements of people or
    /// activities that the problem does not know have no entries; [`evaluate`](Self::evaluate) reports them.
    ///
    /// ```
    /// # use service_excellence::planning::{PlanProblem, SolveLimits};
    /// # let problem = PlanProblem::from_json(r#"{
    /// #     "format": "coaching-plan-instance/1", "name": "one", "horizon_weeks": 2, "skills": ["empathy"],
    /// #     "people": [{"id": "agent-7", "week_minutes_max": [60, 60], "total_minutes_max": 120, "cost_max": 0,
    /// #         "goals": [{"skill": "empathy", "from": 2000, "to": 4000, "weight": 1}]}],
    /// #     "activities": [
    /// #         {"id": "course", "load": [45, 30], "cost": 0, "max_sessions": 1, "repeat_gap_weeks": 1,
    /// #          "gains": [{"skill": "empathy", "gain": [250], "ceiling": 5000}]}],
    /// #     "objective": "sum"}"#)?;
    /// // One course of two weeks, 45 minutes and then 30.
    /// let outcome = problem.solve(&SolveLimits::default());
    /// let calendar = problem.calendar(outcome.plan().unwrap_or_default());
    /// let minutes: Vec<_> = calendar.iter().map(|entry| (entry.week, entry.minutes)).collect();
    /// assert_eq!(minutes, [(1, 45), (2, 30)]);
    /// # Ok::<(), service_excellence::Faults>(())
    /// ```
    #[must_use]
    pub fn calendar(&self, plan: &[SessionPlacement]) -> Vec<CalendarEntry> {
        let people = self.document().people.iter().enumerate();
        let people: SortedMap<&Reference, usize> = people.map(|(place, one)| (&one.id, place)).collect();
        let activities = self.activity_places();
        let mut placed: Vec<_> = plan
            .iter()
            .filter_map(|one| Some((*people.get(&one.person)?, *activities.get(one.activity.as_str())?, one)))
            .collect();
        placed.sort_by_key(|(person, activity, one)| (*person, *activity, one.session, one.week));
        let mut calendar: Vec<_> =
            placed.into_iter().flat_map(|(_, activity, one)| self.weeks_of(activity, one)).collect();
        calendar.sort_by_key(|entry| entry.week);
        calendar
    }

    fn weeks_of(&self, activity: usize, placement: &SessionPlacement) -> Vec<CalendarEntry> {
        let Some(activity) = self.document().activities.get(activity) else { return Vec::new() };
        let parts = u32::try_from(activity.span()).unwrap_or(u32::MAX);
        let entry = |(part, minutes): (u32, &i64)| {
            let index = usize::try_from(part - 1).unwrap_or(usize::MAX);
            let coach = activity.coach.as_ref();
            let coach = coach.and_then(|coach| Some((&coach.pool, *coach.load.get(index)?)));
            let coach = coach.filter(|(_, minutes)| *minutes > 0);
            CalendarEntry {
                week: placement.week.saturating_add(part - 1),
                person: placement.person.clone(),
                activity: placement.activity.clone(),
                session: placement.session,
                part,
                parts,
                minutes: *minutes,
                coach: coach.map(|(pool, _)| pool.clone()),
                coach_minutes: coach.map_or(0, |(_, minutes)| minutes),
            }
        };
        (1..).zip(&activity.load).map(entry).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO_PEOPLE: &str = r#"{
        "format": "coaching-plan-instance/1", "name": "two", "horizon_weeks": 3, "skills": ["empathy"],
        "people": [
            {"id": "b", "goals": [], "week_minutes_max": [60, 60, 60], "total_minutes_max": 180, "cost_max": 0},
            {"id": "a", "goals": [], "week_minutes_max": [60, 60, 60], "total_minutes_max": 180, "cost_max": 0}
        ],
        "activities": [
            {"id": "course", "load": [40, 0, 20], "cost": 0, "max_sessions": 1, "repeat_gap_weeks": 1, "gains": [],
             "coach": {"pool": "mira", "load": [30, 0, 0]}},
            {"id": "drill", "load": [10], "cost": 0, "max_sessions": 2, "repeat_gap_weeks": 1, "gains": []}
        ],
        "coach_pools": [{"id": "mira", "week_minutes": [60, 60, 60]}], "objective": "sum"
    }"#;

    fn placement(person: &str, activity: &str, session: u32, week: u32) -> SessionPlacement {
        SessionPlacement { person: person.parse().unwrap(), activity: activity.parse().unwrap(), session, week }
    }

    #[test]
    fn a_session_has_an_entry_in_each_of_its_weeks_with_the_coach_where_one_is_needed() {
        let problem = PlanProblem::from_json(TWO_PEOPLE).unwrap();
        let plan = [placement("a", "drill", 2, 3), placement("a", "drill", 1, 1), placement("b", "course", 1, 1)];
        let calendar = problem.calendar(&plan);
        let shown: Vec<_> = calendar
            .iter()
            .map(|one| (one.week, one.person.as_str(), one.part, one.minutes, one.coach.is_some(), one.coach_minutes))
            .collect();
        assert_eq!(
            shown,
            [
                (1, "b", 1, 40, true, 30),
                (1, "a", 1, 10, false, 0),
                (2, "b", 2, 0, false, 0),
                (3, "b", 3, 20, false, 0),
                (3, "a", 1, 10, false, 0),
            ]
        );
        let minutes: i64 = calendar.iter().map(|one| one.minutes).sum();
        assert_eq!(minutes, problem.evaluate(&plan).minutes());
    }

    #[test]
    fn what_the_problem_does_not_know_has_no_entry() {
        let problem = PlanProblem::from_json(TWO_PEOPLE).unwrap();
        assert_eq!(problem.calendar(&[placement("c", "drill", 1, 1), placement("a", "dance", 1, 1)]), []);
    }
}
