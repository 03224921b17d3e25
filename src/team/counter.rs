use std::collections::BTreeSet;

use super::{TeamError, TeamMismatch, TeamTally};
use crate::assessment::Assessment;
use crate::framework::CriticalClass;
use crate::profile::{Exclusion, ExclusionReason, Profile};
use crate::rubric::Rubric;
use crate::scoring::Scorecard;
use crate::value::{Day, Reference};

/// Makes tallies: of nobody, of one person, of many.
///
/// ```
/// use service_excellence::{EvidencePolicy, Framework, Profiler, Rubric, TeamCounter};
///
/// let rubric = Rubric::for_channel(Framework::builtin(), "chat")?;
/// let day = "2026-06-30".parse()?;
/// let profiler = Profiler::new(&rubric, EvidencePolicy::default());
/// let counter = TeamCounter::new(&rubric, day);
/// let mut team = counter.empty();
/// for person in ["agent-1", "agent-2"] {
///     let profile = profiler.profile(&person.parse()?, &[], day);
///     team.merge(&counter.person(&profile, [])?)?;
/// }
/// assert_eq!(team.to_state()[0], 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct TeamCounter {
    rubric: Rubric,
    as_of: Day,
}

impl TeamCounter {
    /// A counter of profiles of one rubric and one day.
    #[must_use]
    pub fn new(rubric: &Rubric, as_of: Day) -> Self {
        Self { rubric: rubric.clone(), as_of }
    }

    /// The tally of nobody: merging it changes nothing.
    #[must_use]
    pub fn empty(&self) -> TeamTally {
        let criteria = self.rubric.criteria().iter().map(|criterion| criterion.key.clone()).collect();
        TeamTally::new(self.rubric.pin().clone(), self.as_of, criteria)
    }

    /// The tally of one person: their profile, and the reviewed contacts with their scorecards.
    ///
    /// Of the contacts those count, each assessment once, that show real work, lie in the window of the profile and are not
    /// excluded by it. Values of a person without such a contact rest on practice alone: they do not count.
    ///
    /// # Errors
    ///
    /// The profile is of another rubric or day; a contact is of another person than the profile, or a scorecard of another
    /// assessment than it stands beside.
    pub fn person<'a>(
        &self,
        profile: &Profile,
        contacts: impl IntoIterator<Item = (&'a Assessment, &'a Scorecard)>,
    ) -> Result<TeamTally, TeamError> {
        TeamMismatch::check("the day of the profile", &profile.as_of(), &self.as_of)?;
        if profile.rubric() != self.rubric.pin() {
            let (found, expected) = (profile.rubric().to_string(), self.rubric.pin().to_string());
            Err(TeamMismatch::new("the rubric of the profile", &found, &expected))?;
        }
        let mut tally = self.empty();
        let excluded = excluded(profile);
        let (mut reviews, mut seen) = (0, BTreeSet::new());
        for (assessment, scorecard) in contacts {
            check_belong(profile, assessment, scorecard)?;
            if counts(profile, &excluded, assessment) && seen.insert(assessment.document().id()) {
                reviews += 1;
                add_contact(&mut tally, assessment, scorecard);
            }
        }
        tally.set_person(reviews);
        if reviews > 0 {
            self.add_values(&mut tally, profile);
        }
        Ok(tally)
    }

    fn add_values(&self, tally: &mut TeamTally, profile: &Profile) {
        for (place, criterion) in self.rubric.criteria().iter().enumerate() {
            let standing = profile.criterion(criterion.key.as_str()).map(|one| one.standing);
            if let Some(score) = standing.and_then(|standing| standing.score()) {
                tally.add_score(place, u64::from(score.millionths()), self.rubric.level_of(score).get());
            }
        }
    }
}

fn check_belong(profile: &Profile, assessment: &Assessment, scorecard: &Scorecard) -> Result<(), TeamMismatch> {
    let document = assessment.document();
    if document.person() != profile.person() {
        // Who they are is nobody's business in a log.
        return Err(TeamMismatch::new("the person of a contact", "another person", "the person of the profile"));
    }
    TeamMismatch::check("the assessment of a scorecard", scorecard.assessment(), document.id())
}

/// The assessments that the profile leaves out as a whole.
fn excluded(profile: &Profile) -> BTreeSet<&Reference> {
    // A repeated assessment counts once, and the exclusion has its reference too.
    let is_whole = |one: &&Exclusion| one.criterion.is_none() && one.reason != ExclusionReason::Repeated;
    profile.exclusions().iter().filter(is_whole).map(|one| &one.assessment).collect()
}

fn counts(profile: &Profile, excluded: &BTreeSet<&Reference>, assessment: &Assessment) -> bool {
    let document = assessment.document();
    document.basis().is_real_work()
        && (profile.window_start()..=profile.as_of()).contains(&document.observed())
        && !excluded.contains(document.id())
}

fn add_contact(tally: &mut TeamTally, assessment: &Assessment, scorecard: &Scorecard) {
    let accuracy = scorecard.accuracy();
    for class in CriticalClass::ALL.iter().filter(|class| !accuracy.is_free_of(**class)) {
        tally.add_critical_error(*class);
    }
    tally.add_items(u64::from(accuracy.opportunities.get()), u64::from(accuracy.errors.get()));
    assessment.document().barriers().iter().for_each(|barrier| tally.add_barrier(barrier.kind));
}
