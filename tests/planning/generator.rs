//! Seeded random planning problems, the same on every machine; shared by tests and benchmarks.
//!
//! The distribution, per problem with one person:
//!
//! * Activities: a kind by weight (self-study 5, role play 5, coaching 5, mentoring 3, practice with an assistant 3, training 4,
//!   shadowing 3, team exercise 3, recognition 1). The kind gives minutes, cost, sessions, gap, ceiling, first gain and
//!   whether a coach is needed (table `KINDS`). Two in five trainings are spread over two weeks.
//! * Gains: one to three criteria, first gain from the kind's range in tens, each later session 0.6, 0.7 or 0.8 of the
//!   one before, rounded down.
//! * One activity in five requires one or two earlier ones; one in eight has a latest end week, one in twelve an
//!   earliest week. One exclusive pair per twenty activities. One or two mandatory activities, the shortest of three drawn.
//! * The person: 90 minutes a week, 45 in every sixth week; four fifths of their sum in total; cost 12 to 20 a week.
//! * The coach: 60 minutes a week, none in every ninth week.
//! * Goals: distinct criteria, from 1,500 to 3,600 in hundreds, a gap of 600 to 1,500, weight 1 to 5; half are due at one of
//!   the quarters of the horizon.

use serde_json::{Value, json};

#[path = "../common/random.rs"]
mod random;

pub(crate) use random::Random;

/// A class of problems: activities, criteria, weeks, goals.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Class {
    pub(crate) activities: usize,
    pub(crate) skills: usize,
    pub(crate) weeks: usize,
    pub(crate) goals: usize,
}

/// The five classes of the benchmark.
pub(crate) const CLASSES: [Class; 5] = [
    Class { activities: 30, skills: 5, weeks: 8, goals: 5 },
    Class { activities: 60, skills: 10, weeks: 12, goals: 8 },
    Class { activities: 100, skills: 20, weeks: 12, goals: 5 },
    Class { activities: 150, skills: 40, weeks: 26, goals: 8 },
    Class { activities: 300, skills: 40, weeks: 26, goals: 12 },
];

impl Random {
    /// From 0 to `bound` − 1.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.bits() % bound.max(1) as u64) as usize
    }

    /// From `least` to `most`.
    pub(crate) fn between(&mut self, least: i64, most: i64) -> i64 {
        least + self.below((most - least + 1) as usize) as i64
    }

    pub(crate) fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }

    pub(crate) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

struct Kind {
    name: &'static str,
    weight: usize,
    minutes: &'static [i64],
    cost: (i64, i64),
    sessions: (i64, i64),
    gap: i64,
    ceilings: &'static [i64],
    gain: (i64, i64),
    has_coach: bool,
}

const KINDS: [Kind; 9] = [
    Kind {
        name: "self_study",
        weight: 5,
        minutes: &[30, 60, 90],
        cost: (0, 50),
        sessions: (1, 1),
        gap: 1,
        ceilings: &[3000, 3500],
        gain: (7, 18),
        has_coach: false,
    },
    Kind {
        name: "role_play",
        weight: 5,
        minutes: &[30, 45],
        cost: (0, 20),
        sessions: (2, 4),
        gap: 1,
        ceilings: &[4500, 5000],
        gain: (10, 20),
        has_coach: true,
    },
    Kind {
        name: "coaching",
        weight: 5,
        minutes: &[45, 60],
        cost: (0, 60),
        sessions: (3, 5),
        gap: 1,
        ceilings: &[5000],
        gain: (12, 26),
        has_coach: true,
    },
    Kind {
        name: "mentoring",
        weight: 3,
        minutes: &[60],
        cost: (5, 20),
        sessions: (3, 4),
        gap: 2,
        ceilings: &[5000],
        gain: (14, 21),
        has_coach: true,
    },
    Kind {
        name: "ai_practice",
        weight: 3,
        minutes: &[20, 30],
        cost: (0, 5),
        sessions: (3, 4),
        gap: 1,
        ceilings: &[3500, 4000],
        gain: (6, 13),
        has_coach: false,
    },
    Kind {
        name: "training",
        weight: 4,
        minutes: &[60, 90, 120, 180, 240],
        cost: (60, 560),
        sessions: (1, 1),
        gap: 1,
        ceilings: &[3500, 4000],
        gain: (18, 48),
        has_coach: false,
    },
    Kind {
        name: "shadowing",
        weight: 3,
        minutes: &[90, 180],
        cost: (0, 25),
        sessions: (1, 2),
        gap: 2,
        ceilings: &[4000],
        gain: (10, 21),
        has_coach: false,
    },
    Kind {
        name: "team_exercise",
        weight: 3,
        minutes: &[60, 90],
        cost: (25, 100),
        sessions: (1, 2),
        gap: 2,
        ceilings: &[4000],
        gain: (6, 18),
        has_coach: false,
    },
    Kind {
        name: "recognition",
        weight: 1,
        minutes: &[15],
        cost: (0, 25),
        sessions: (1, 2),
        gap: 2,
        ceilings: &[5000],
        gain: (2, 5),
        has_coach: false,
    },
];

/// The problem of a class with this seed.
pub(crate) fn instance(class: Class, seed: u64) -> Value {
    let mut random = Random(seed.wrapping_mul(0xD6E8_FEB8_6659_FD93));
    let skills: Vec<String> = (0..class.skills).map(|index| format!("s{index:02}")).collect();
    let activities: Vec<Value> =
        (0..class.activities).map(|index| activity(class, index, &skills, &mut random)).collect();
    let exclusive: Vec<Value> = (0..class.activities / 20)
        .map(|_| {
            let first = random.below(class.activities - 1);
            json!([id(first), id(first + 1 + random.below(class.activities - first - 1))])
        })
        .collect();
    json!({
        "format": "coaching-plan-instance/1",
        "name": format!("random-{}x{}x{}-{}-{seed}", class.activities, class.skills, class.weeks, class.goals),
        "horizon_weeks": class.weeks,
        "skills": skills,
        "people": [person(class, &skills, &activities, &mut random)],
        "activities": activities,
        "exclusive": exclusive,
        "synergies": [],
        "coach_pools": [{"id": "coach", "week_minutes": by_week(class.weeks, |week| if week % 9 == 8 { 0 } else { 60 })}],
        "shared_cost_max": null,
        "objective": "sum",
    })
}

fn id(index: usize) -> String {
    format!("a{index:03}")
}

fn by_week(weeks: usize, minutes: impl Fn(usize) -> i64) -> Vec<i64> {
    (0..weeks).map(minutes).collect()
}

fn activity(class: Class, index: usize, skills: &[String], random: &mut Random) -> Value {
    let mut ticket = random.below(KINDS.iter().map(|kind| kind.weight).sum());
    let kind = KINDS.iter().find(|kind| {
        let is_drawn = ticket < kind.weight;
        ticket = ticket.wrapping_sub(if is_drawn { 0 } else { kind.weight });
        is_drawn
    });
    let kind = kind.unwrap();
    let minutes = random.pick(kind.minutes);
    let load = if kind.name == "training" && random.below(5) < 2 {
        vec![minutes.min(180), minutes.min(180)]
    } else {
        vec![minutes]
    };
    let sessions = random.between(kind.sessions.0, kind.sessions.1);
    let mut criteria: Vec<&String> = Vec::new();
    for _ in 0..random.pick(&[1, 1, 2, 2, 3]) {
        let skill = &skills[random.below(skills.len())];
        if !criteria.contains(&skill) {
            criteria.push(skill);
        }
    }
    let decay = random.pick(&[6, 7, 8]);
    let gains: Vec<Value> = criteria
        .iter()
        .map(|skill| {
            let first = 10 * random.between(kind.gain.0, kind.gain.1);
            let next = |gain: &i64| Some(gain * decay / 10);
            let table: Vec<i64> = std::iter::successors(Some(first), next).take(sessions as usize).collect();
            json!({"skill": skill, "gain": table, "ceiling": random.pick(kind.ceilings)})
        })
        .collect();
    let mut requires: Vec<String> = Vec::new();
    if index > 0 && random.one_in(5) {
        for _ in 0..random.pick(&[1, 1, 2]) {
            let one = id(random.below(index));
            if !requires.contains(&one) {
                requires.push(one);
            }
        }
    }
    let mut value = json!({
        "id": id(index), "kind": kind.name, "load": load, "cost": random.between(kind.cost.0, kind.cost.1),
        "max_sessions": sessions, "repeat_gap_weeks": kind.gap, "gains": gains, "requires": requires,
    });
    if random.one_in(8) {
        value["latest_end_week"] = json!(random.between(class.weeks as i64 / 2, class.weeks as i64));
    } else if random.one_in(12) {
        value["earliest_week"] = json!(random.between(1, class.weeks as i64 / 3));
    }
    if kind.has_coach {
        value["coach"] = json!({"pool": "coach", "load": load});
    }
    value
}

fn person(class: Class, skills: &[String], activities: &[Value], random: &mut Random) -> Value {
    let weeks = by_week(class.weeks, |week| if week % 6 == 5 { 45 } else { 90 });
    let total = weeks.iter().sum::<i64>() * 4 / 5;
    let mut open: Vec<&String> = skills.iter().collect();
    let goals: Vec<Value> = (0..class.goals)
        .map(|_| {
            let skill = open.swap_remove(random.below(open.len()));
            let from = 100 * random.between(15, 36);
            let mut goal = json!({"skill": skill, "from": from, "to": (from + 100 * random.between(6, 15)).min(5000), "weight": random.between(1, 5)});
            if random.one_in(2) {
                goal["due_week"] = json!((class.weeks as i64 * random.between(1, 4) / 4).max(2));
            }
            goal
        })
        .collect();
    let minutes = |index: usize| {
        activities[index]["load"].as_array().unwrap().iter().map(|one| one.as_i64().unwrap()).sum::<i64>()
    };
    let is_free = |index: usize| activities[index]["requires"].as_array().unwrap().is_empty();
    let mut mandatory: Vec<String> = Vec::new();
    for _ in 0..random.pick(&[1, 2]) {
        let drawn = [random.below(activities.len()), random.below(activities.len()), random.below(activities.len())];
        let is_fit = |index: &usize| {
            is_free(*index) && minutes(*index) <= 60 && activities[*index]["cost"].as_i64().unwrap() <= 40
        };
        let shortest = drawn.into_iter().filter(is_fit).min_by_key(|index| minutes(*index)).map(id);
        mandatory.extend(shortest.filter(|one| !mandatory.contains(one)));
    }
    json!({
        "id": "p001", "goals": goals, "week_minutes_max": weeks, "total_minutes_max": total,
        "cost_max": class.weeks as i64 * random.between(12, 20), "completed": [], "mandatory": mandatory, "min_value": 0,
    })
}
