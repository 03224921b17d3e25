//! From a problem to the model that the solver sees.

use crate::value::{SortedMap, SortedSet};

use super::compile::Compiler;
use super::model::{Item, Model, Overrides, Person};
use super::places::Places;
use crate::planning::problem::{PlanProblem, ProblemPerson};

impl Model {
    pub(crate) fn new(problem: &PlanProblem, overrides: &Overrides) -> Self {
        let document = problem.document();
        let weeks = problem.weeks();
        let mut pools: Vec<Vec<i64>> = document.coach_pools.iter().map(|pool| pool.week_minutes.clone()).collect();
        let coach_pools = pools.len();
        let mut seats = SortedMap::new();
        for (place, activity) in document.activities.iter().enumerate() {
            if let Some(by_week) = &activity.week_seats {
                seats.insert(place, pools.len());
                pools.push(by_week.clone());
            }
        }
        let mut model = Self {
            weeks,
            people: document.people.iter().map(|person| person_of(person, weeks)).collect(),
            items: Vec::new(),
            goals: Vec::new(),
            pools,
            coach_pools,
            seats,
            shared_cost: document.shared_cost_max,
            exclusive: Vec::new(),
            excluded: Vec::new(),
            earlier: Vec::new(),
            objective: document.objective,
            impossible: Vec::new(),
        };
        let places = Places::new(problem);
        for person in 0..document.people.len() {
            Compiler::new(problem, &places, person, overrides).add_to(&mut model);
        }
        if let Some(earlier) = &overrides.earlier {
            let start = |item: &Item| earlier.starts.get(&(item.person, item.activity, item.session)).copied();
            model.earlier = model.items.iter().map(start).collect();
        }
        model.exclude(&overrides.excluded);
        model
    }

    /// Forbids sets of activities; a set of which one cannot take place need not be forbidden.
    fn exclude(&mut self, sets: &[SortedSet<(usize, usize)>]) {
        if sets.is_empty() {
            return;
        }
        let firsts = self.items.iter().enumerate().filter(|(_, item)| item.session == 0);
        let firsts: SortedMap<(usize, usize), usize> =
            firsts.map(|(place, item)| ((item.person, item.activity), place)).collect();
        let set_of = |set: &SortedSet<_>| set.iter().map(|pair| firsts.get(pair).copied()).collect();
        self.excluded = sets.iter().filter_map(set_of).collect();
    }
}

fn person_of(person: &ProblemPerson, weeks: usize) -> Person {
    Person {
        week_max: person.week_minutes_max.clone(),
        week_min: person.week_minutes_min.clone().unwrap_or_else(|| vec![0; weeks]),
        minutes_max: person.total_minutes_max,
        cost_max: person.cost_max,
        floor: person.min_value,
        ideal: person.ideal(),
    }
}
