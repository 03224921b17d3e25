//! How far the goals are closed while sessions come and go: what changes is booked, nothing is added up anew.

#![expect(clippy::indexing_slicing, reason = "every index is a position in the list it was made from")]

use super::model::{Model, Source};

/// What the sessions of a model add to its goals.
pub(crate) struct Effects {
    /// By item: what it adds alone.
    alone: Vec<Vec<Addition>>,
    /// By item: its places in `together`, with the last start that is in time.
    shared: Vec<Vec<(usize, usize)>>,
    together: Vec<Together>,
    /// By item: the goals that it can bring nearer, in order.
    goals_of: Vec<Vec<usize>>,
    /// The ceilings of all goals, one goal after the other, each in increasing order.
    ceilings: Vec<i64>,
    goals: usize,
}

struct Addition {
    goal: usize,
    ceiling: usize,
    gain: i64,
    latest: usize,
}

struct Together {
    goal: usize,
    ceiling: usize,
    gain: i64,
    members: Vec<usize>,
}

impl Effects {
    pub(crate) fn new(model: &Model) -> Self {
        let count = model.items.len();
        let mut effects = Self {
            alone: (0..count).map(|_| Vec::new()).collect(),
            shared: vec![Vec::new(); count],
            together: Vec::new(),
            goals_of: vec![Vec::new(); count],
            ceilings: Vec::new(),
            goals: model.goals.len(),
        };
        for (place, goal) in model.goals.iter().enumerate() {
            let latest = |item: usize| (goal.due + 1).checked_sub(model.items[item].span());
            let first = effects.ceilings.len();
            // Credits come by ceiling.
            for credit in &goal.credits {
                if effects.ceilings.len() == first || effects.ceilings.last() != Some(&credit.ceiling) {
                    effects.ceilings.push(credit.ceiling);
                }
                let ceiling = effects.ceilings.len() - 1;
                match &credit.source {
                    Source::Item(item) => {
                        let Some(latest) = latest(*item) else { continue };
                        effects.alone[*item].push(Addition { goal: place, ceiling, gain: credit.gain, latest });
                        effects.goals_of[*item].push(place);
                    }
                    Source::Together(members) => {
                        if members.iter().any(|item| latest(*item).is_none()) {
                            continue;
                        }
                        for item in members {
                            effects.shared[*item].extend(latest(*item).map(|latest| (effects.together.len(), latest)));
                            effects.goals_of[*item].push(place);
                        }
                        let (gain, members) = (credit.gain, members.clone());
                        effects.together.push(Together { goal: place, ceiling, gain, members });
                    }
                }
            }
        }
        for goals in &mut effects.goals_of {
            goals.dedup();
        }
        effects
    }

    /// The goals that a session can bring nearer, in order.
    pub(crate) fn goals_of(&self, item: usize) -> &[usize] {
        &self.goals_of[item]
    }
}

/// How far the goals are closed by the sessions booked.
#[derive(Clone)]
pub(crate) struct Standing {
    /// By ceiling: the gains of what is there.
    sums: Vec<i64>,
    /// By goal: the ceilings up to which there is a gain, in order.
    in_use: Vec<Vec<usize>>,
    /// By credit for several sessions: how many of them are missing.
    missing: Vec<usize>,
}

impl Standing {
    pub(crate) fn new(effects: &Effects) -> Self {
        Self {
            sums: vec![0; effects.ceilings.len()],
            in_use: vec![Vec::new(); effects.goals],
            missing: effects.together.iter().map(|one| one.members.len()).collect(),
        }
    }

    pub(crate) fn book(&mut self, effects: &Effects, item: usize, start: usize, sign: i64) {
        for one in effects.alone[item].iter().filter(|one| start <= one.latest) {
            self.add(one.goal, one.ceiling, sign * one.gain);
        }
        for (place, _) in effects.shared[item].iter().filter(|(_, latest)| start <= *latest) {
            let one = &effects.together[*place];
            if sign > 0 {
                self.missing[*place] -= 1;
            }
            if self.missing[*place] == 0 {
                self.add(one.goal, one.ceiling, sign * one.gain);
            }
            if sign < 0 {
                self.missing[*place] += 1;
            }
        }
    }

    fn add(&mut self, goal: usize, ceiling: usize, gain: i64) {
        let before = self.sums[ceiling];
        self.sums[ceiling] += gain;
        let in_use = &mut self.in_use[goal];
        match (in_use.binary_search(&ceiling), before, self.sums[ceiling]) {
            (Err(place), 0, _) => in_use.insert(place, ceiling),
            (Ok(place), _, 0) => _ = in_use.remove(place),
            _ => {}
        }
    }

    /// How much work it is to book a session and to look at its goals.
    pub(crate) fn effort(&self, effects: &Effects, item: usize) -> u64 {
        let looks: usize = effects.goals_of[item].iter().map(|goal| 1 + self.in_use[*goal].len()).sum();
        (1 + effects.alone[item].len() + effects.shared[item].len() + looks) as u64
    }

    /// What is closed of a goal: the same as [`Goal::closed`](super::model::Goal::closed) for the sessions booked.
    pub(crate) fn closed(&self, model: &Model, effects: &Effects, goal: usize) -> i64 {
        let credits = self.in_use[goal].iter().map(|place| (effects.ceilings[*place], self.sums[*place]));
        let goal = &model.goals[goal];
        let level = credits.fold(goal.from, |level, (ceiling, sum)| level.max((level + sum).min(ceiling)));
        (level - goal.from).min(goal.gap)
    }

    /// The sessions that alone are missing from what a session is credited for with others.
    pub(crate) fn last_missing<'a>(
        &'a self,
        effects: &'a Effects,
        item: usize,
        is_there: &'a dyn Fn(usize) -> bool,
    ) -> impl Iterator<Item = usize> + 'a {
        let nearly = effects.shared[item].iter().filter(|(place, _)| self.missing[*place] == 1);
        nearly.filter_map(move |(place, _)| {
            effects.together[*place].members.iter().copied().find(|member| !is_there(*member))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::{Overrides, weeks_in};
    use super::*;
    use crate::planning::problem::PlanProblem;
    use crate::value::RandomStream;

    const TEAM: &str = include_str!("../../../tests/planning/instances/t19-team-shared.json");
    const CEILINGS: &str = include_str!("../../../tests/planning/instances/e10-ceilings.json");
    const SYNERGY: &str = r#"{
        "format": "coaching-plan-instance/1", "name": "synergies", "horizon_weeks": 3, "skills": ["empathy", "clarity"],
        "people": [{"id": "agent-7", "week_minutes_max": [99, 99, 99], "total_minutes_max": 297, "cost_max": 0, "goals": [
            {"skill": "empathy", "from": 2000, "to": 2600, "weight": 1, "due_week": 2},
            {"skill": "clarity", "from": 2000, "to": 2200, "weight": 1}]}],
        "activities": [
            {"id": "a", "load": [9], "cost": 0, "max_sessions": 1, "repeat_gap_weeks": 1,
             "gains": [{"skill": "empathy", "gain": [100], "ceiling": 2150}]},
            {"id": "b", "load": [9, 9], "cost": 0, "max_sessions": 1, "repeat_gap_weeks": 1, "gains": []},
            {"id": "c", "load": [9], "cost": 0, "max_sessions": 2, "repeat_gap_weeks": 1,
             "gains": [{"skill": "empathy", "gain": [50, 20], "ceiling": 2300}]}],
        "synergies": [
            {"activities": ["a", "b"], "skill": "empathy", "bonus": 300, "ceiling": 2300},
            {"activities": ["a", "b", "c"], "skill": "empathy", "bonus": 90, "ceiling": 5000},
            {"activities": ["b", "c"], "skill": "clarity", "bonus": 400, "ceiling": 2500}],
        "objective": "sum"}"#;

    #[test]
    fn what_is_booked_is_what_is_added_up_anew() {
        let mut reached = 0;
        for json in [TEAM, CEILINGS, SYNERGY] {
            let model = Model::new(&PlanProblem::from_json(json).unwrap(), &Overrides::default());
            let effects = Effects::new(&model);
            let mut standing = Standing::new(&effects);
            let mut starts: Vec<Option<usize>> = vec![None; model.items.len()];
            let mut random = RandomStream::new(5, 0);
            for _ in 0..2_000 {
                let item = random.below(starts.len());
                match starts[item].take() {
                    Some(start) => standing.book(&effects, item, start, -1),
                    None => {
                        let weeks: Vec<usize> = weeks_in(model.items[item].starts).collect();
                        starts[item] = weeks.get(random.below(weeks.len().max(1))).copied();
                        starts[item].into_iter().for_each(|start| standing.book(&effects, item, start, 1));
                    }
                }
                for (place, goal) in model.goals.iter().enumerate() {
                    let closed = standing.closed(&model, &effects, place);
                    assert_eq!(closed, goal.closed(&model.items, &starts));
                    reached += usize::from(closed == goal.gap);
                }
            }
        }
        assert!(reached > 100, "{reached}");
    }
}
