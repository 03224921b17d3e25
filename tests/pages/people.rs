//! Synthetic people, each described by the levels that are wanted of them and by how they were seen.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use service_excellence::assessment::{Evidence, EvidenceKind, ReviewState, ReviewStep};
use service_excellence::coaching::{GoalSetup, LevelModel, PlanEvent, PlanPage, RecordSetup, Tenure};
use service_excellence::{
    ActivityLibrary, Assessment, AssessmentBuilder, CoachingPlan, CostBand, Day, EvidencePolicy, Framework,
    GapAnalysis, Note, PlanLimits, PlanRecord, Planner, Profile, Profiler, Rater, RaterKind, Reference, RoleLibrary,
    RoleProfile, Rubric,
};

/// Who was seen how.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) role: &'static str,
    /// The level on every criterion.
    pub(crate) level: f64,
    /// The level on single criteria.
    pub(crate) but: BTreeMap<&'static str, f64>,
    /// Criteria that nobody rated.
    pub(crate) unseen: Vec<&'static str>,
    pub(crate) contacts: usize,
    pub(crate) raters: usize,
    pub(crate) kind: RaterKind,
    pub(crate) from: Day,
    /// The last contacts that are disputed.
    pub(crate) contested: usize,
    /// How the person rates the own work, on three contacts.
    pub(crate) own_level: Option<f64>,
    pub(crate) limits: PlanLimits,
}

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(crate) fn reference(text: &str) -> Reference {
    text.parse().unwrap()
}

/// Somebody around a level, seen 20 times by four reviewers, with an hour a week for twelve weeks.
pub(crate) fn someone(name: &str, level: f64) -> Person {
    Person {
        name: name.to_owned(),
        role: "frontline_agent",
        level,
        but: BTreeMap::new(),
        unseen: Vec::new(),
        contacts: 20,
        raters: 4,
        kind: RaterKind::QualityReviewer,
        from: day("2026-03-01"),
        contested: 0,
        own_level: None,
        limits: limits(60, 12),
    }
}

pub(crate) fn limits(minutes: u32, weeks: u8) -> PlanLimits {
    let (weeks, minutes) = (weeks.try_into().unwrap(), minutes.try_into().unwrap());
    PlanLimits::new(day("2026-07-06"), weeks, minutes, CostBand::Low)
}

pub(crate) fn rubric() -> Rubric {
    Rubric::for_channel(Framework::builtin(), "phone").unwrap()
}

/// The step in a contact, so that the mean over ten contacts is the level.
fn step(level: f64, contact: usize, criterion: usize) -> u8 {
    let is_above = ((contact * 7 + criterion * 3) % 10) as f64 + 0.5 < level.fract() * 10.0;
    (level.floor() as u8 + u8::from(is_above)).clamp(1, 5)
}

impl Person {
    pub(crate) fn but(self, level: f64, criteria: &[&'static str]) -> Self {
        let but = self.but.into_iter().chain(criteria.iter().map(|key| (*key, level))).collect();
        Self { but, ..self }
    }

    pub(crate) fn assessments(&self, rubric: &Rubric) -> Vec<Assessment> {
        let mut all: Vec<_> = (0..self.contacts).map(|contact| self.seen(rubric, contact)).collect();
        if let Some(level) = self.own_level {
            let own = Self { level, but: BTreeMap::new(), kind: RaterKind::SelfRater, contested: 0, ..self.clone() };
            all.extend((1_000..1_003).map(|contact| own.seen(rubric, contact)));
        }
        all
    }

    fn seen(&self, rubric: &Rubric, contact: usize) -> Assessment {
        let rater = match self.kind {
            RaterKind::SelfRater => self.name.clone(),
            _ => format!("reviewer-{}", contact % self.raters),
        };
        let rater = Rater { id: reference(&rater), kind: self.kind };
        let observed = self.from.plus_days(i32::try_from(5 * (contact % 1_000)).unwrap());
        let id = reference(&format!("as-{contact:04}"));
        let start = AssessmentBuilder::new(rubric, id, reference(&self.name), rater, observed);
        let rows = rubric.criteria().iter().enumerate();
        let rated = rows.fold(start, |builder, (place, criterion)| {
            let key = criterion.key.as_str();
            let note = || Note::new("Seen in the recording.").unwrap();
            if self.unseen.contains(&key) {
                return builder.not_observed(key, note());
            }
            let level = self.but.get(key).copied().unwrap_or(self.level);
            builder.rate(key, step(level, contact, place)).note(key, note())
        });
        let criteria = rubric.criteria().iter().map(|one| one.key.clone()).collect();
        let reference_of = reference(&format!("rec-{contact}"));
        let evidence = Evidence { kind: EvidenceKind::Recording, reference: reference_of, criteria, note: None };
        let submitted = rated.evidence(evidence).submitted();
        let is_contested = contact < 1_000 && contact + self.contested >= self.contacts;
        let step = |state, on| ReviewStep { state, on, by: reference(&self.name), note: None };
        let done = if is_contested { submitted.review(step(ReviewState::Contested, observed)) } else { submitted };
        done.admit().unwrap()
    }

    /// The same in another role.
    pub(crate) fn known_in(&self, role: &str) -> Known {
        let rubric = rubric();
        let assessments = self.assessments(&rubric);
        Known::of(self, rubric, RoleLibrary::builtin().role(role).unwrap(), &assessments)
    }

    /// The same where criteria, role and activities have other names.
    pub(crate) fn known_with_names(&self, name: &dyn Fn(usize) -> String) -> Known {
        let rename = |list: &mut Value| {
            for (place, one) in list.as_array_mut().unwrap().iter_mut().enumerate() {
                one["name"] = json!(name(place));
            }
        };
        let mut document = serde_json::to_value(rubric()).unwrap();
        rename(&mut document["criteria"]);
        let rubric = Rubric::from_json(&document.to_string()).unwrap();
        let mut roles = serde_json::to_value(RoleLibrary::builtin()).unwrap();
        rename(&mut roles["roles"]);
        let roles = RoleLibrary::from_json(&roles.to_string()).unwrap();
        let mut activities = serde_json::to_value(ActivityLibrary::builtin()).unwrap();
        rename(&mut activities["activities"]);
        let activities = ActivityLibrary::from_json(&activities.to_string()).unwrap();
        let assessments = self.assessments(&rubric);
        Known::with(self, rubric, roles.role(self.role).unwrap(), activities, &assessments)
    }

    pub(crate) fn known(&self) -> Known {
        self.known_in(self.role)
    }
}

/// Everything that a page is made from.
pub(crate) struct Known {
    pub(crate) rubric: Rubric,
    pub(crate) role: RoleProfile,
    pub(crate) activities: ActivityLibrary,
    pub(crate) profile: Profile,
    pub(crate) gaps: GapAnalysis,
    pub(crate) plan: CoachingPlan,
    pub(crate) record: Option<PlanRecord>,
    pub(crate) next_roles: Vec<RoleProfile>,
}

impl Known {
    pub(crate) fn of(person: &Person, rubric: Rubric, role: &RoleProfile, assessments: &[Assessment]) -> Self {
        Self::with(person, rubric, role, ActivityLibrary::builtin().clone(), assessments)
    }

    fn with(
        person: &Person,
        rubric: Rubric,
        role: &RoleProfile,
        activities: ActivityLibrary,
        assessments: &[Assessment],
    ) -> Self {
        let profiler = Profiler::new(&rubric, EvidencePolicy::default()).for_role(role).unwrap();
        let profile = profiler.profile(&reference(&person.name), assessments, day("2026-07-03"));
        let gaps = GapAnalysis::of(&profile, &rubric, role).unwrap();
        let plan = Planner::new(&rubric, &activities, person.limits.clone()).unwrap().plan(&gaps).unwrap();
        Self { rubric, role: role.clone(), activities, profile, gaps, plan, record: None, next_roles: Vec::new() }
    }

    pub(crate) fn page(&self) -> PlanPage<'_> {
        let Self { profile, gaps, plan, rubric, role, activities, .. } = self;
        let page = PlanPage::new(profile, gaps, plan, rubric, role, activities).unwrap();
        let page = page.with_next_roles(&self.next_roles);
        match &self.record {
            Some(record) => page.with_record(record).unwrap(),
            None => page,
        }
    }

    pub(crate) fn with_next_roles(self, roles: &[&str]) -> Self {
        let role = |key: &&str| RoleLibrary::builtin().role(key).unwrap().clone();
        Self { next_roles: roles.iter().map(role).collect(), ..self }
    }

    /// With the plan agreed and its first sessions held, one missed.
    pub(crate) fn under_way(self) -> Self {
        let setup = RecordSetup {
            id: reference("plan-1"),
            coach: reference("coach-1"),
            tenure: Tenure::Established,
            follows: None,
            baseline_days: 60.try_into().unwrap(),
            baselines: GoalSetup::of_plan(&self.plan, &self.profile, &LevelModel::default(), 8.try_into().unwrap()),
        };
        let mut record = PlanRecord::draft(&self.plan, &self.rubric, setup).unwrap();
        let apply = |record: &mut PlanRecord, event: PlanEvent, by: &str, on: &str| {
            *record = record.apply(event, reference(by), day(on)).unwrap();
        };
        let person = self.profile.person().as_str().to_owned();
        apply(&mut record, PlanEvent::Submit {}, "coach-1", "2026-07-03");
        apply(&mut record, PlanEvent::Sign {}, "coach-1", "2026-07-03");
        apply(&mut record, PlanEvent::Sign {}, &person, "2026-07-03");
        apply(&mut record, PlanEvent::Agree {}, "coach-1", "2026-07-03");
        apply(&mut record, PlanEvent::Start {}, "coach-1", "2026-07-06");
        // Of the first three sessions two are held and one is missed.
        let items: Vec<_> =
            record.items().iter().map(|item| (item.week, item.activity.clone(), item.session)).collect();
        for (place, (week, activity, session)) in items.into_iter().take(3).enumerate() {
            let (day, same) = ("2026-07-20", || (activity.clone(), session));
            let ((activity, session), scheduled) = (same(), same());
            let scheduled = PlanEvent::ScheduleItem { activity: scheduled.0, session: scheduled.1, week };
            apply(&mut record, scheduled, "coach-1", day);
            if place == 1 {
                apply(&mut record, PlanEvent::MissItem { activity, session, note: None }, "coach-1", day);
                continue;
            }
            let begin = PlanEvent::BeginItem { activity: activity.clone(), session };
            apply(&mut record, begin, "coach-1", day);
            apply(&mut record, PlanEvent::FinishItem { activity, session, minutes: None }, "coach-1", day);
        }
        Self { record: Some(record), ..self }
    }

    /// The same, known on a later day.
    pub(crate) fn on(self, person: &Person, as_of: &str) -> Self {
        let assessments = person.assessments(&self.rubric);
        let profiler = Profiler::new(&self.rubric, EvidencePolicy::default()).for_role(&self.role).unwrap();
        let profile = profiler.profile(&reference(&person.name), &assessments, day(as_of));
        let gaps = GapAnalysis::of(&profile, &self.rubric, &self.role).unwrap();
        let planner = Planner::new(&self.rubric, ActivityLibrary::builtin(), person.limits.clone()).unwrap();
        let plan = planner.plan(&gaps).unwrap();
        Self { profile, gaps, plan, ..self }
    }
}
