//! The person of the sample data, a plan for the gaps, and what was rated later, which is made up here.

use service_excellence::coaching::{GoalSetup, LevelModel, PeerChange, RatedContact, UnderWay};
use service_excellence::{
    ActivityLibrary, CoachingPlan, CostBand, EvidencePolicy, GapAnalysis, Key, PlanLimits, Planner, Profile, Profiler,
    Reference, RoleLibrary, Rubric, Score,
};

use super::common::Failure;
use super::common::files::Data;

/// The sample data: a rubric, a person's profile and gaps.
pub(crate) struct Sample {
    pub(crate) rubric: Rubric,
    pub(crate) profile: Profile,
    pub(crate) gaps: GapAnalysis,
    pub(crate) model: LevelModel,
}

impl Sample {
    pub(crate) fn of(data: &Data, person: &Reference) -> Result<Self, Failure> {
        data.expect_person(person)?;
        let rubric = data.first_rubric()?.clone();
        let role =
            RoleLibrary::builtin().role("frontline_agent").ok_or("expected a role `frontline_agent`, found none")?;
        let profiler = Profiler::new(&rubric, EvidencePolicy::default()).for_role(role)?;
        let profile = profiler.profile(person, &data.assessments, "2026-07-03".parse()?);
        let gaps = GapAnalysis::of(&profile, &rubric, role)?;
        Ok(Self { rubric, profile, gaps, model: LevelModel::default() })
    }

    pub(crate) fn plan(
        &self,
        start: &str,
        weeks: u8,
        minutes: u32,
        completed: Vec<Key>,
        under_way: Vec<UnderWay>,
        wished: &[&str],
    ) -> Result<CoachingPlan, Failure> {
        let room = PlanLimits::new(start.parse()?, weeks.try_into()?, minutes.try_into()?, CostBand::Low);
        let required = wished.iter().map(|key| key.parse()).collect::<Result<_, _>>()?;
        let limits = PlanLimits { completed, under_way, required, ..room };
        Ok(Planner::new(&self.rubric, ActivityLibrary::builtin(), limits)?.plan(&self.gaps)?)
    }

    /// Where the person stood in the profile, for each goal of the plan.
    pub(crate) fn baselines(&self, plan: &CoachingPlan) -> Result<Vec<GoalSetup>, Failure> {
        Ok(GoalSetup::of_plan(plan, &self.profile, &self.model, 8.try_into()?))
    }

    pub(crate) fn name(&self, criterion: &Key) -> String {
        self.rubric.criterion(criterion.as_str()).map_or_else(|| criterion.to_string(), |one| one.name.to_string())
    }
}

pub(crate) fn contacts(criterion: &str) -> Result<Vec<RatedContact>, Failure> {
    let mut rated = Vec::new();
    for (_, days) in CONTACTS.iter().filter(|(key, _)| *key == criterion) {
        for (on, steps) in *days {
            for step in *steps {
                rated.push(RatedContact { on: on.parse()?, score: score_of(*step)? });
            }
        }
    }
    Ok(rated)
}

fn score_of(step: u8) -> Result<Score, Failure> {
    Ok(Score::try_from(f64::from(step - 1) / 4.0)?)
}

/// Colleagues who were not coached over the same weeks, on one criterion.
pub(crate) fn peers(criterion: &str) -> Result<Vec<PeerChange>, Failure> {
    let means = PEERS.iter().find(|(key, _)| *key == criterion).map_or(&[][..], |(_, means)| means);
    means
        .iter()
        .map(|(before, after)| Ok(PeerChange { before: Score::try_from(*before)?, after: Score::try_from(*after)? }))
        .collect()
}

/// The means of colleagues before and after, by criterion.
const PEERS: &[(&str, &[(f64, f64)])] = &[
    ("sincere_acknowledgement", &[(0.45, 0.48), (0.60, 0.55), (0.52, 0.60), (0.40, 0.42), (0.66, 0.61), (0.49, 0.55)]),
    ("patience_with_pace", &[(0.48, 0.52), (0.55, 0.50), (0.43, 0.49), (0.61, 0.58), (0.50, 0.46), (0.57, 0.62)]),
    ("expectation_setting", &[(0.50, 0.55), (0.44, 0.38), (0.58, 0.67), (0.39, 0.36), (0.62, 0.69), (0.47, 0.43)]),
];

/// A day, and the steps on which its contacts were rated.
type RatedDay = (&'static str, &'static [u8]);

/// What was rated after the start, by criterion.
const CONTACTS: &[(&str, &[RatedDay])] = &[
    (
        "sincere_acknowledgement",
        &[
            ("2026-07-09", &[2, 2, 2]),
            ("2026-07-16", &[2, 3, 2]),
            ("2026-07-23", &[2, 2, 2]),
            ("2026-07-30", &[2, 2, 3]),
            ("2026-08-13", &[3, 2, 3]),
            ("2026-08-27", &[3, 3, 3, 4]),
            ("2026-09-10", &[3, 3, 4, 2]),
            ("2026-09-17", &[3, 4, 3, 3]),
        ],
    ),
    (
        "patience_with_pace",
        &[
            ("2026-07-09", &[2, 1, 2]),
            ("2026-07-16", &[2, 2, 1]),
            ("2026-07-23", &[2, 2, 2]),
            ("2026-07-30", &[2, 2, 2]),
            ("2026-08-13", &[2, 3, 2]),
            ("2026-08-27", &[2, 3, 2]),
            ("2026-09-10", &[3, 2, 3]),
        ],
    ),
    (
        "expectation_setting",
        &[
            ("2026-07-16", &[2, 2]),
            ("2026-07-30", &[2, 3]),
            ("2026-08-27", &[3, 2, 3]),
            ("2026-09-10", &[3, 2, 3]),
            ("2026-09-17", &[3, 3, 3]),
        ],
    ),
];
