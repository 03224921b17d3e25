//! The final review: evidence, outcome and verdict of every goal, and what the next plan learns from it.

use std::collections::BTreeMap;

use service_excellence::coaching::{
    EvidenceLevel, GainEstimate, GoalOutcome, GoalVerdict, ItemState, Measured, MilliLevels, PlanEvent, PlanEvidence,
    RealisedGain,
};
use service_excellence::statistics::ConfidenceLevel;
use service_excellence::{ActivityLibrary, Day, Key, PlanRecord};

use super::common::Failure;
use super::common::output::tell;
use super::diary::Diary;
use super::sample::{contacts, peers};

impl Diary<'_> {
    /// Evidence, outcome and verdict of every goal, and what the next plan learns from it.
    pub(crate) fn judge(&mut self, on: &str) -> Result<(), Failure> {
        let coach = self.record.coach().clone();
        let day: Day = on.parse()?;
        for goal in self.record.goals().to_vec() {
            tell(&format!(
                "\n  {}: contacts from {} to {on} count",
                self.sample.name(&goal.criterion),
                self.record.start()
            ));
            let rated = contacts(goal.criterion.as_str())?;
            let result = Measured::of_contacts(&rated, self.record.start(), day, &self.sample.model);
            if let Some(last) = rated.iter().rfind(|one| (self.record.start()..=day).contains(&one.on)) {
                let source = format!("contacts-until-{}", last.on).parse()?;
                let level = EvidenceLevel::Behaviour;
                let evidence = PlanEvidence { criterion: goal.criterion.clone(), level, source, on: last.on };
                self.apply(PlanEvent::AddEvidence { evidence }, &coach, on)?;
            }
            let outcome = GoalOutcome::of(&goal, result, &self.sample.model, ConfidenceLevel::NINETY_FIVE);
            outcome.in_words().iter().for_each(|sentence| tell(&format!("    {sentence}")));
            if outcome.verdict() != GoalVerdict::Insufficient {
                tell(&format!("    {}", outcome.beside_peers(&peers(goal.criterion.as_str())?)?.in_words()));
                self.show_next_assumptions(&goal.criterion, &outcome)?;
            }
            let verdict = outcome.verdict();
            tell(&format!("    Recorded: {}", verdict.in_words()));
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
        tell(
            "    For planning only: if all of the change came from these activities, in the shares assumed (nobody can know \
             that), it would be:",
        );
        let realised = RealisedGain::share_out(&outcome.shrunken_change()?, level, &assumed)?;
        for (activity, (kind, before)) in activities.iter().zip(&assumed) {
            let Some(realised) = realised.iter().find(|one| one.kind() == *kind) else { continue };
            let estimate = GainEstimate::assumed(*kind, level, *before, MilliLevels::new(before.get() / 2)?);
            let after = estimate.updated(&[*realised], 100.try_into()?)?;
            tell(&format!(
                "      {}: {:.2} (standard error {:.2}); {} was assumed, the next plan may assume {}.",
                activity.name,
                realised.gain(),
                realised.standard_error(),
                before.in_levels(2),
                after.to_plan_with().in_levels(2),
            ));
        }
        tell("      What the colleagues' ratings changed by is not taken off in these.");
        Ok(())
    }

    /// How the goals of the version before stand on which this one does not work: no verdict, a look.
    pub(crate) fn show_interim(&self, before: &PlanRecord) -> Result<(), Failure> {
        for goal in before.goals().iter().filter(|goal| self.record.goal(goal.criterion.as_str()).is_none()) {
            let rated = contacts(goal.criterion.as_str())?;
            let result = Measured::of_contacts(&rated, self.record.start(), Day::MAX, &self.sample.model);
            let outcome = GoalOutcome::of(goal, result, &self.sample.model, ConfidenceLevel::NINETY_FIVE);
            let (name, start) = (self.sample.name(&goal.criterion), self.record.start());
            tell(&format!("\n  {name}: an interim look, without a verdict; contacts from {start} on count"));
            outcome.in_words().iter().for_each(|sentence| tell(&format!("    {sentence}")));
            tell("    It stays open for a next plan.");
        }
        Ok(())
    }
}
