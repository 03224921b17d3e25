//! What becomes of a plan: agreement, sessions, a missed one, a new version, the final review and its verdicts.
//!
//! `cargo run --release --example follow_up` follows the person of the sample data through a summer. The contacts after
//! the start are made up here; with your own, give each rated contact's day and score.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;

use service_excellence::coaching::{
    Baseline, CheckpointKind, EvidenceLevel, GainEstimate, GoalHealth, GoalMeasure, GoalOutcome, GoalProgress,
    GoalSetup, GoalVerdict, ItemState, LevelModel, Measured, MilliLevels, PeerChange, PlanEvent, PlanEvidence,
    RatedContact, RealisedGain, RecordSetup, Tenure,
};
use service_excellence::statistics::ConfidenceLevel;
use service_excellence::{
    ActivityLibrary, Assessment, AssessmentDocument, CoachingPlan, CostBand, CriterionStanding, Day, EvidencePolicy,
    GapAnalysis, Key, PlanLimits, PlanRecord, Planner, Profile, Profiler, Reference, RoleLibrary, Rubric, Score,
};

type Failure = Box<dyn Error>;

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

fn main() -> Result<(), Failure> {
    let sample = Sample::read()?;
    let (coach, person) = ("reviewer-d".parse::<Reference>()?, sample.profile.person().clone());
    let plan = sample.plan("2026-07-06", 12, 60, vec![])?;
    let setup = RecordSetup {
        id: "plan-2026-07".parse()?,
        coach: coach.clone(),
        tenure: Tenure::Established,
        follows: None,
        baseline_days: 90.try_into()?,
        baselines: sample.baselines(&plan)?,
    };
    let mut first = Diary { record: PlanRecord::draft(&plan, &sample.rubric, setup)?, sample: &sample };

    println!("THE PLAN IS AGREED\n");
    first.agree(&person, &coach, ["2026-07-03", "2026-07-06"])?;
    first.show_goals();
    first.show_checkpoints();

    println!("\nFOUR WEEKS\n");
    first.hold_session("if_then_planning", 1, "2026-07-08")?;
    first.hold_session("step_by_step_support", 1, "2026-07-15")?;
    first.hold_session("if_then_planning", 2, "2026-07-22")?;
    first.miss_session("appreciation_notes", 1, "2026-07-24", "The queue was too long to leave.")?;
    first.hold_session("step_by_step_support", 2, "2026-07-29")?;
    first.hold_checkpoint(4, "2026-07-31", "The queue leaves no room in the afternoon; mornings work.")?;
    first.show_progress("2026-08-02")?;
    let early = first.record.apply(PlanEvent::Complete {}, coach.clone(), "2026-08-03".parse()?);
    println!("  Could it be closed now? {}.", early.err().map_or("yes".to_owned(), |error| format!("No: {error}")));

    println!("\nTHE PLAN IS MADE ANEW, WITH LESS TIME A WEEK\n");
    let done = vec!["if_then_planning".parse()?, "step_by_step_support".parse()?];
    let less = sample.plan("2026-08-03", 8, 45, done)?;
    let baselines = sample.baselines(&less)?;
    let on = "2026-08-03".parse()?;
    let made = first.record.replan(&less, &sample.rubric, baselines, coach.clone(), on)?;
    println!("  Version {} is {}; version {} is a draft.", made.old.version(), made.old.status(), made.new.version());
    println!("  Carried over: {} sessions that were held.", made.new.carried().done.len());
    let mut second = Diary { record: made.new, sample: &sample };
    second.agree(&person, &coach, ["2026-08-03", "2026-08-04"])?;
    second.show_goals();
    second.show_left_out(&first.record, &less);
    second.hold_sessions_until("2026-08-28")?;
    second.hold_checkpoint(4, "2026-08-28", "Half-way: the goals still fit.")?;
    second.hold_sessions_until("2026-09-25")?;

    println!("\nTHE FINAL REVIEW\n");
    second.hold_checkpoint(8, "2026-09-25", "Looked at the contacts of the last weeks together.")?;
    second.show_progress("2026-09-25")?;
    second.judge("2026-09-25")?;
    second.apply(PlanEvent::Complete {}, &coach, "2026-09-25")?;
    println!("\n  The plan is {}. It keeps {} entries.", second.record.status(), second.record.history().len());
    Ok(())
}

/// The sample data: a rubric, a person's profile and gaps.
struct Sample {
    rubric: Rubric,
    profile: Profile,
    gaps: GapAnalysis,
    model: LevelModel,
}

impl Sample {
    fn read() -> Result<Self, Failure> {
        let data = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data");
        let text = fs::read_to_string(format!("{data}/rubrics.ndjson"))?;
        let rubrics: Vec<Rubric> = text.lines().map(Rubric::from_json).collect::<Result<_, _>>()?;
        let text = fs::read_to_string(format!("{data}/assessments.ndjson"))?;
        let admit = |line: &str| -> Result<Assessment, Failure> {
            let document = AssessmentDocument::from_json(line)?;
            let rubric = rubrics.iter().find(|rubric| rubric.pin().is_same_form(document.rubric()));
            Ok(rubric.ok_or("there is no such rubric")?.admit(document)?)
        };
        let assessments = text.lines().map(admit).collect::<Result<Vec<_>, _>>()?;
        let role = RoleLibrary::builtin().role("frontline_agent").ok_or("there is no such role")?;
        let rubric = rubrics.first().ok_or("there is no rubric")?.clone();
        let profiler = Profiler::new(&rubric, EvidencePolicy::default()).for_role(role)?;
        let profile = profiler.profile(&"agent-07".parse()?, &assessments, "2026-07-03".parse()?);
        let gaps = GapAnalysis::of(&profile, &rubric, role)?;
        Ok(Self { rubric, profile, gaps, model: LevelModel::default() })
    }

    fn plan(&self, start: &str, weeks: u8, minutes: u32, completed: Vec<Key>) -> Result<CoachingPlan, Failure> {
        let limits = PlanLimits {
            start: start.parse()?,
            weeks: weeks.try_into()?,
            minutes_per_week: minutes.try_into()?,
            minutes_in_total: None,
            highest_cost: CostBand::Low,
            completed,
        };
        Ok(Planner::new(&self.rubric, ActivityLibrary::builtin(), limits)?.plan(&self.gaps)?)
    }

    /// Where the person stood in the profile, for each goal of the plan.
    fn baselines(&self, plan: &CoachingPlan) -> Result<Vec<GoalSetup>, Failure> {
        let mut baselines = Vec::new();
        for goal in plan.goals() {
            let mut criteria = self.profile.criteria().iter();
            let found = criteria.find(|one| one.criterion == goal.criterion).map(|one| one.standing);
            let Some(CriterionStanding::Rated { mean, observations, .. }) = found else { continue };
            let observations = u16::try_from(observations.get())?.try_into()?;
            let measured = Measured::new(mean, observations, &self.model);
            baselines.push(GoalSetup {
                criterion: goal.criterion.clone(),
                baseline: Baseline::new(measured, self.profile.as_of(), &self.model),
                measure: GoalMeasure::RubricMean { min_observations: 8.try_into()? },
                due: None,
            });
        }
        Ok(baselines)
    }

    fn name(&self, criterion: &Key) -> String {
        self.rubric.criterion(criterion.as_str()).map_or_else(|| criterion.to_string(), |one| one.name.to_string())
    }
}

/// A record, and how its entries are told.
struct Diary<'a> {
    record: PlanRecord,
    sample: &'a Sample,
}

impl Diary<'_> {
    fn apply(&mut self, event: PlanEvent, by: &Reference, on: &str) -> Result<(), Failure> {
        self.record = self.record.apply(event, by.clone(), on.parse()?)?;
        Ok(())
    }

    fn agree(&mut self, person: &Reference, coach: &Reference, [on, start]: [&str; 2]) -> Result<(), Failure> {
        self.apply(PlanEvent::Submit {}, coach, on)?;
        self.apply(PlanEvent::Sign {}, coach, on)?;
        self.apply(PlanEvent::Sign {}, person, on)?;
        self.apply(PlanEvent::Agree {}, coach, on)?;
        self.apply(PlanEvent::Start {}, coach, start)?;
        println!("  Signed by both on {on}, begun on {start}: the plan is {}.", self.record.status());
        Ok(())
    }

    fn show_goals(&self) {
        for goal in self.record.goals() {
            let baseline = &goal.baseline;
            println!(
                "  Goal: {} from {} to {} (level {}) by {}; {} contacts were seen before, likely level then {}.",
                self.sample.name(&goal.criterion),
                baseline.measured.score.on_level_scale(2),
                goal.target.on_level_scale(2),
                goal.to,
                self.record.due_day(goal.due),
                baseline.measured.observations,
                baseline.shrunken.on_level_scale(2),
            );
        }
    }

    /// The goals of the version before that the new plan does not work on, with its reason.
    fn show_left_out(&self, before: &PlanRecord, plan: &CoachingPlan) {
        for goal in before.goals().iter().filter(|goal| self.record.goal(goal.criterion.as_str()).is_none()) {
            let planned = plan.goals().iter().find(|one| one.criterion == goal.criterion);
            let why = planned.and_then(|one| one.reasons.last()).map_or("", |reason| reason.text.as_str());
            println!("  Left for a later plan: {}. {why}", self.sample.name(&goal.criterion));
        }
    }

    fn show_checkpoints(&self) {
        let shown = self.record.checkpoints().iter().map(|one| {
            let kind = match one.kind {
                CheckpointKind::CheckIn => "check-in",
                CheckpointKind::MidReview => "review half-way",
                CheckpointKind::FinalReview => "final review",
            };
            format!("{kind} by {}", self.record.due_day(one.week))
        });
        let shown: Vec<_> = shown.collect();
        println!("  In the calendar from the start: {}.", shown.join(", "));
    }

    fn session_events(&self, activity: &str, number: u8) -> Result<[PlanEvent; 3], Failure> {
        let (activity, session): (Key, _) = (activity.parse()?, number.try_into()?);
        let mut items = self.record.items().iter();
        let item = items.find(|item| item.activity == activity && item.session == session).ok_or("no such session")?;
        Ok([
            PlanEvent::ScheduleItem { activity: activity.clone(), session, week: item.week },
            PlanEvent::BeginItem { activity: activity.clone(), session },
            PlanEvent::FinishItem { activity, session, minutes: Some(item.minutes) },
        ])
    }

    fn hold_session(&mut self, activity: &str, number: u8, on: &str) -> Result<(), Failure> {
        let person = self.record.person().clone();
        for event in self.session_events(activity, number)? {
            self.apply(event, &person, on)?;
        }
        println!("  {on}  held: {}, session {number}", name_of(activity));
        Ok(())
    }

    fn miss_session(&mut self, activity: &str, number: u8, on: &str, why: &str) -> Result<(), Failure> {
        let (person, coach) = (self.record.person().clone(), self.record.coach().clone());
        let [schedule, ..] = self.session_events(activity, number)?;
        self.apply(schedule.clone(), &coach, on)?;
        let (activity, session): (Key, _) = (activity.parse()?, number.try_into()?);
        let missed = PlanEvent::MissItem { activity: activity.clone(), session, note: Some(why.parse()?) };
        self.apply(missed, &person, on)?;
        println!("  {on}  missed: {}, session {number}. {why}", name_of(activity.as_str()));
        Ok(())
    }

    fn hold_checkpoint(&mut self, week: u8, on: &str, note: &str) -> Result<(), Failure> {
        let coach = self.record.coach().clone();
        let held = PlanEvent::HoldCheckpoint { week: week.try_into()?, note: Some(note.parse()?) };
        self.apply(held, &coach, on)?;
        println!("  {on}  talked: {note}");
        Ok(())
    }

    /// Every open session up to a day, in the middle of its week.
    fn hold_sessions_until(&mut self, until: &str) -> Result<(), Failure> {
        let until: Day = until.parse()?;
        let open = self.record.items().iter().filter(|item| item.state.is_open());
        let mut open: Vec<_> = open.map(|item| (item.week, item.activity.clone(), item.session)).collect();
        open.sort();
        for (week, activity, session) in open {
            let on = self.record.first_day(week).plus_days(2);
            if on <= until {
                self.hold_session(activity.as_str(), session.get(), &on.to_string())?;
            }
        }
        Ok(())
    }

    fn show_progress(&self, on: &str) -> Result<(), Failure> {
        println!("\n  How it stands on {on}:");
        for goal in self.record.goals() {
            let contacts = contacts(goal.criterion.as_str())?;
            let progress = self.record.progress(goal.criterion.as_str(), &contacts, &self.sample.model, on.parse()?)?;
            println!("  {}: {}", self.sample.name(&goal.criterion), in_words(&progress));
        }
        Ok(())
    }

    /// Evidence, outcome and verdict of every goal, and what the next plan learns from it.
    fn judge(&mut self, on: &str) -> Result<(), Failure> {
        let coach = self.record.coach().clone();
        let day: Day = on.parse()?;
        for goal in self.record.goals().to_vec() {
            println!("\n  {}", self.sample.name(&goal.criterion));
            let recent: Vec<_> =
                contacts(goal.criterion.as_str())?.into_iter().filter(|one| one.on >= self.record.start()).collect();
            let result = measured(&recent, &self.sample.model)?;
            if let Some(last) = recent.last() {
                let source = format!("contacts-until-{}", last.on).parse()?;
                let level = EvidenceLevel::Behaviour;
                let evidence = PlanEvidence { criterion: goal.criterion.clone(), level, source, on: last.on };
                self.apply(PlanEvent::AddEvidence { evidence }, &coach, on)?;
            }
            let outcome = GoalOutcome::of(&goal, result, &self.sample.model, ConfidenceLevel::NINETY_FIVE);
            outcome.in_words().iter().for_each(|sentence| println!("    {sentence}"));
            if outcome.verdict() != GoalVerdict::Insufficient {
                println!("    {}", outcome.beside_peers(&peers()?)?.in_words());
                self.show_next_assumptions(&goal.criterion, &outcome)?;
            }
            println!("    Recorded verdict: {}", outcome.verdict());
            let verdict = outcome.verdict();
            let judged = PlanEvent::JudgeGoal { criterion: goal.criterion.clone(), verdict, result };
            self.record = self.record.apply(judged, coach.clone(), day)?;
        }
        Ok(())
    }

    /// Shares the change out over the activities that worked on the goal, under both versions of the plan, and updates
    /// what was assumed of each.
    fn show_next_assumptions(&self, criterion: &Key, outcome: &GoalOutcome) -> Result<(), Failure> {
        let level = self.sample.rubric.level_of(outcome.baseline().measured.score);
        let held = self.record.items().iter().filter(|item| item.state == ItemState::Done);
        let held = held.map(|item| (&item.activity, &item.credits));
        let carried = self.record.carried().done.iter().map(|item| (&item.activity, &item.credits));
        let mut gains: BTreeMap<&Key, u16> = BTreeMap::new();
        for (activity, credits) in carried.chain(held) {
            for credit in credits.iter().filter(|credit| credit.criterion == *criterion) {
                *gains.entry(activity).or_default() += credit.assumed_gain.get();
            }
        }
        let activities: Vec<_> =
            gains.keys().filter_map(|key| ActivityLibrary::builtin().activity(key.as_str())).collect();
        let mut assumed = Vec::new();
        for (activity, gain) in activities.iter().zip(gains.values()) {
            assumed.push((activity.kind, MilliLevels::new(*gain)?));
        }
        let realised = RealisedGain::share_out(&outcome.shrunken_change()?, level, &assumed)?;
        for ((activity, (kind, before)), realised) in activities.iter().zip(&assumed).zip(realised) {
            let estimate = GainEstimate::assumed(*kind, level, *before, MilliLevels::new(before.get() / 2)?);
            let after = estimate.updated(&[realised], 100.try_into()?)?;
            println!(
                "    {}: {} levels were assumed, {:.2} ± {:.2} are its part of the change; the next plan assumes {}.",
                activity.name,
                levels(*before),
                realised.gain(),
                realised.standard_error(),
                levels(after.to_plan_with()),
            );
        }
        Ok(())
    }
}

/// An activity as people call it.
fn name_of(activity: &str) -> String {
    let found = ActivityLibrary::builtin().activity(activity);
    found.map_or_else(|| activity.to_owned(), |activity| activity.name.to_string())
}

fn levels(gain: MilliLevels) -> String {
    format!("{:.2}", f64::from(gain.get()) / 1_000.0)
}

fn contacts(criterion: &str) -> Result<Vec<RatedContact>, Failure> {
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

fn measured(contacts: &[RatedContact], model: &LevelModel) -> Result<Option<Measured>, Failure> {
    let Ok(count) = u16::try_from(contacts.len())?.try_into() else { return Ok(None) };
    let sum: u32 = contacts.iter().map(|one| one.score.millionths()).sum();
    let mean = Score::from_millionths(sum / u32::try_from(contacts.len())?)?;
    Ok(Some(Measured::new(mean, count, model)))
}

/// Six colleagues who were not coached over the same weeks.
fn peers() -> Result<Vec<PeerChange>, Failure> {
    let means = [(0.45, 0.48), (0.60, 0.55), (0.52, 0.60), (0.40, 0.42), (0.66, 0.61), (0.49, 0.55)];
    means
        .iter()
        .map(|(before, after)| Ok(PeerChange { before: Score::try_from(*before)?, after: Score::try_from(*after)? }))
        .collect()
}

fn in_words(progress: &GoalProgress) -> String {
    let range = progress.level.interval().map_or_else(String::new, |interval| {
        format!(" (80 % sure: {:.2} to {:.2})", interval.lower(), interval.upper())
    });
    let health = match progress.health {
        GoalHealth::OnTrack => "on track",
        GoalHealth::AtRisk => "at risk",
        GoalHealth::OffTrack => "off track",
        GoalHealth::NotYetKnown => "too early to say",
    };
    let behind = if progress.is_falling_behind { "; the ratings fall behind what is expected" } else { "" };
    let when = progress.expected_week.map_or_else(
        || "not expected within the plan".to_owned(),
        |week| {
            if week <= progress.week {
                "expected to be there now".to_owned()
            } else {
                format!("expected in week {week}")
            }
        },
    );
    format!(
        "{health}. Level {:.2}{range}; the target in time: {} %, {when}{behind}.",
        progress.level.value(),
        progress.probability.percent(0)
    )
}
