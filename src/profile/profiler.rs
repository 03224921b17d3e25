use super::bulk::by_person;
use super::entry::Entry;
use super::forms::Forms;
use super::mean::{Fine, UNIT};
use super::second_look::SecondLook;
use super::selection::{OfRater, Period, Selection};
use super::skills::{Rated, Skills};
use super::{
    Aggregation, Confidence, CriterionProfile, CriterionStanding, EvidencePolicy, LevelGap, ObservedRow, OwnView,
    Profile, ProfileError, RolePin, RoleProfile, UncertaintyModel,
};
use crate::assessment::Assessment;
use crate::framework::Level;
use crate::rubric::{Rubric, RubricCriterion};
use crate::scoring::Scorer;
use crate::statistics::{ConfidenceLevel, NestedComponents, NestedRating, Undefined};
use crate::value::{Count, Day, Faults, Key, Real, Reference, Score};

/// Makes profiles: one person's assessments up to a day, judged by one rubric and one policy.
///
/// Assessments of other rubrics count where they have the same criterion on the same scale, so one profile joins all
/// channels.
///
/// ```
/// use service_excellence::{EvidencePolicy, Framework, Profiler, RoleLibrary, Rubric, Skill};
///
/// let rubric = Rubric::for_channel(Framework::builtin(), "chat")?;
/// let role = RoleLibrary::builtin().role("frontline_agent").expect("a built-in role");
/// let profiler = Profiler::new(&rubric, EvidencePolicy::default()).for_role(role)?;
/// let profile = profiler.profile(&"agent-7".parse()?, &[], "2026-06-30".parse()?);
/// assert_eq!(profile.skills()[Skill::Empathy].score(), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Profiler {
    rubric: Rubric,
    policy: EvidencePolicy,
    role: Option<(RoleProfile, RolePin)>,
    uncertainty: UncertaintyModel,
}

impl Profiler {
    /// A profiler for people in any role, with the documented variance components and 90 % intervals.
    #[must_use]
    pub fn new(rubric: &Rubric, policy: EvidencePolicy) -> Self {
        Self { rubric: rubric.clone(), policy, role: None, uncertainty: UncertaintyModel::default() }
    }

    /// With the weights, criteria and evidence shares of a role.
    ///
    /// # Errors
    ///
    /// The role breaks its own rules, names criteria that the rubric does not have, or asks for levels that have no band
    /// in it: all faults are listed.
    pub fn for_role(mut self, role: &RoleProfile) -> Result<Self, ProfileError> {
        let mut faults = Vec::new();
        role.check("", &mut faults);
        role.check_against_rubric(&self.rubric, &mut faults);
        Faults::none_of(faults)?;
        self.policy = self.policy.for_role(role);
        self.role = Some((role.clone(), role.pin()));
        Ok(self)
    }

    /// With other variance components, or another confidence of intervals.
    #[must_use]
    pub fn with_uncertainty(self, uncertainty: UncertaintyModel) -> Self {
        Self { uncertainty, ..self }
    }

    /// The rubric by which people are judged.
    #[must_use]
    pub fn rubric(&self) -> &Rubric {
        &self.rubric
    }

    /// Which observations count, the role's shares included.
    #[must_use]
    pub fn policy(&self) -> &EvidencePolicy {
        &self.policy
    }

    /// How sure the numbers are.
    #[must_use]
    pub fn uncertainty(&self) -> &UncertaintyModel {
        &self.uncertainty
    }

    /// The profile of `person` as it was known on the day `as_of`.
    ///
    /// What happened, was entered, confirmed or decided later takes no part, so an old day gives the old answer.
    /// Assessments of other people are passed over; what else does not count is listed in the profile.
    #[must_use]
    pub fn profile<'a>(
        &self,
        person: &Reference,
        assessments: impl IntoIterator<Item = &'a Assessment>,
        as_of: Day,
    ) -> Profile {
        let own = assessments.into_iter().filter(|assessment| assessment.document().person() == person);
        self.profile_of(person, own.map(Entry::from).collect(), as_of, &mut Forms::new(&self.rubric))
    }

    /// The profiles of everybody, ordered by reference, each as [`profile`](Self::profile) makes it; the assessments are
    /// gone through once.
    #[must_use]
    pub fn profiles<'a>(&self, assessments: impl IntoIterator<Item = &'a Assessment>, as_of: Day) -> Vec<Profile> {
        let entries = assessments.into_iter().map(|one| (one.document().person(), Entry::from(one)));
        self.profiles_of(entries, as_of)
    }

    /// As [`profiles`](Self::profiles), of bare rows for this profiler's rubric.
    ///
    /// # Errors
    ///
    /// The first row that the rubric does not allow: too short or too long, a step outside its scale, or "not
    /// applicable" where it is refused.
    pub fn profiles_of_rows(&self, rows: &[ObservedRow<'_>], as_of: Day) -> Result<Vec<Profile>, ProfileError> {
        let scorer = Scorer::new(&self.rubric);
        for (index, row) in rows.iter().enumerate() {
            scorer.score_practice_row(row.row).map_err(|reason| ProfileError::row(index, reason))?;
        }
        let entries = rows.iter().map(|row| (row.person, Entry::of_row(row, &self.rubric)));
        Ok(self.profiles_of(entries, as_of))
    }

    /// Estimates the variance components of each criterion from everybody's observations in the window.
    ///
    /// A criterion that does not allow it keeps the documented components and is listed in
    /// [`not_estimated`](UncertaintyModel::not_estimated). Components of few people are unsure themselves: intervals made
    /// with them hold the true value less often than they say (see [`guide::uncertainty`](crate::guide::uncertainty)).
    #[must_use]
    pub fn estimate_uncertainty<'a>(
        &self,
        assessments: impl IntoIterator<Item = &'a Assessment>,
        as_of: Day,
        confidence: ConfidenceLevel,
    ) -> UncertaintyModel {
        let people = by_person(assessments.into_iter().map(|one| (one.document().person(), Entry::from(one))));
        let mut forms = Forms::new(&self.rubric);
        let mut ratings: Vec<Vec<NestedRating>> = vec![Vec::new(); self.rubric.criteria().len()];
        for ((_, own), subject) in people.into_iter().zip(0..) {
            let selection = self.select(own, as_of, &mut forms);
            for (position, ratings) in ratings.iter_mut().enumerate() {
                let row = |(points, rater): (u64, usize)| NestedRating {
                    subject,
                    rater: u32::try_from(rater).unwrap_or(u32::MAX),
                    value: points as f64 / UNIT as f64,
                };
                ratings.extend(selection.rated_points(position).map(row));
            }
        }
        let found = self.rubric.criteria().iter().zip(ratings);
        let found = found.map(|(criterion, ratings)| (criterion.key.clone(), NestedComponents::estimate(&ratings)));
        UncertaintyModel::estimated(found, confidence)
    }

    pub(super) fn role(&self) -> Option<&RoleProfile> {
        self.role.as_ref().map(|(role, _)| role)
    }

    pub(super) fn role_pin(&self) -> Option<&RolePin> {
        self.role.as_ref().map(|(_, pin)| pin)
    }

    pub(super) fn window_start(&self, as_of: Day) -> Day {
        Period::window(&self.policy, as_of).start
    }

    fn profiles_of<'a>(
        &self,
        entries: impl IntoIterator<Item = (&'a Reference, Entry<'a>)>,
        as_of: Day,
    ) -> Vec<Profile> {
        let mut forms = Forms::new(&self.rubric);
        let people = by_person(entries).into_iter();
        people.map(|(person, own)| self.profile_of(person, own, as_of, &mut forms)).collect()
    }

    fn select<'a>(&self, own: Vec<Entry<'a>>, as_of: Day, forms: &mut Forms<'_>) -> Selection<'a> {
        Selection::new(&self.rubric, &self.policy, own, Period::window(&self.policy, as_of), forms)
    }

    fn profile_of(&self, person: &Reference, own: Vec<Entry<'_>>, as_of: Day, forms: &mut Forms<'_>) -> Profile {
        let selection = self.select(own, as_of, forms);
        let mut rated = self.rated(&selection);
        SecondLook { rubric: &self.rubric, policy: &self.policy, uncertainty: &self.uncertainty }
            .mark(&selection, rated.iter_mut().map(|(standing, _)| standing));
        let row = |(position, (criterion, (standing, _))): (usize, (&RubricCriterion, &(CriterionStanding, _)))| {
            let (sum, count) = selection.own_view(position);
            let own_view =
                || OwnView { mean: Fine::new(sum, count * UNIT).score(), observations: Count::of(count as usize) };
            CriterionProfile {
                criterion: criterion.key.clone(),
                skill: criterion.skill,
                aggregation: self.policy.aggregation_of(&criterion.key),
                standing: *standing,
                own_view: (count > 0).then(own_view),
            }
        };
        let criteria = self.rubric.criteria().iter().zip(&rated).enumerate().map(row).collect();
        let skills = Skills { profiler: self, rated: &rated, concerns: &selection.concerns };
        let (standings, overall) = skills.standings();
        Profile::new(self, person.clone(), as_of, selection, criteria, standings, overall)
    }

    /// The standing on each criterion of the rubric, with what is needed to go on from it.
    pub(super) fn rated(&self, selection: &Selection<'_>) -> Vec<(CriterionStanding, Option<Rated>)> {
        let criteria = self.rubric.criteria().iter().enumerate();
        criteria.map(|(position, criterion)| self.standing(position, criterion, selection)).collect()
    }

    /// Whether a criterion occurs in the role.
    fn applies(&self, criterion: &RubricCriterion) -> bool {
        self.role().is_none_or(|role| role.applies(criterion.key.as_str()))
    }

    fn standing(
        &self,
        position: usize,
        criterion: &RubricCriterion,
        selection: &Selection<'_>,
    ) -> (CriterionStanding, Option<Rated>) {
        let count = selection.count(position);
        let never_applied = count == 0 && selection.is_only_not_applicable(position);
        if !self.applies(criterion) || never_applied {
            return (CriterionStanding::NotApplicable {}, None);
        }
        let (observations, needed) = (Count::of(count), self.policy.minimum_observations);
        let insufficient = (CriterionStanding::InsufficientEvidence { observations, needed }, None);
        if count < usize::from(needed.get()) || count == 0 {
            return insufficient;
        }
        let raters = selection.by_rater(position, UNIT);
        let mean = Fine::new(raters.iter().map(|one| one.sum).sum(), count as u64 * UNIT);
        let aggregation = self.policy.aggregation_of(&criterion.key);
        let aggregated = match aggregation {
            Aggregation::Mean {} => Some(mean),
            _ => aggregation.value(&selection.dated_points(position)),
        };
        let Some(aggregated) = aggregated else {
            let Aggregation::Mastery { needed, .. } = aggregation else { return insufficient };
            return (CriterionStanding::NotMastered { observations, needed }, None);
        };
        match self.rated_standing(position, &criterion.key, selection, &raters, mean, aggregated) {
            Ok((standing, rated)) => (standing, Some(rated)),
            Err(_) => insufficient,
        }
    }

    fn rated_standing(
        &self,
        position: usize,
        key: &Key,
        selection: &Selection<'_>,
        raters: &[OfRater],
        mean: Fine,
        value: Fine,
    ) -> Result<(CriterionStanding, Rated), Undefined> {
        let counts: Vec<u32> = raters.iter().map(|one| one.count).collect();
        let bounded = self.uncertainty.components(key).mean_of(mean.to_f64().min(1.0), &counts)?;
        let (estimate, shrunken) = self.uncertainty.estimates(&bounded).ok_or(Undefined::OutOfRange {})?;
        let effective = Real::new(bounded.effective_observations()).map_err(|_| Undefined::OutOfRange {})?;
        let count = counts.iter().sum::<u32>();
        let number_of_raters = counts.iter().filter(|count| **count > 0).count();
        let is_high = count >= u32::from(self.policy.high_confidence_observations.get())
            && number_of_raters >= usize::from(self.policy.high_confidence_raters.get());
        let score_of = |points: Option<u64>| Fine::new(points.unwrap_or_default(), UNIT).score();
        let spread = spread(raters);
        let (level, top_level_unconfirmed) = self.level(value.score(), count, raters);
        let standing = CriterionStanding::Rated {
            score: value.score(),
            level,
            top_level_unconfirmed,
            mean: mean.score(),
            estimate,
            shrunken,
            effective_observations: effective.to_six_decimals(),
            observations: Count::of(count as usize),
            raters: Count::of(number_of_raters),
            lowest: score_of(selection.points(position).min()),
            highest: score_of(selection.points(position).max()),
            spread,
            // Only all criteria together tell.
            needs_second_look: false,
            confidence: if is_high { Confidence::High } else { Confidence::Limited },
        };
        Ok((standing, Rated { value, mean: bounded }))
    }

    /// The level of a value, and whether it would be the highest one if enough raters had seen the highest step.
    fn level(&self, score: Score, observations: u32, raters: &[OfRater]) -> (Level, bool) {
        let level = self.rubric.level_of(score);
        let at_top = raters.iter().filter(|rater| rater.reaches_top).count();
        let is_confirmed = observations >= u32::from(self.policy.top_level_observations.get())
            && at_top >= usize::from(self.policy.top_level_raters.get());
        if level < Level::MAX || is_confirmed { (level, false) } else { (level.previous().unwrap_or(level), true) }
    }
}

/// The difference between the highest and the lowest mean of a rater, in levels.
fn spread(raters: &[OfRater]) -> LevelGap {
    let means = || raters.iter().filter(|one| one.count > 0).map(|one| Fine::new(one.sum, u64::from(one.count) * UNIT));
    let score_of = |mean: Option<Fine>| mean.map_or(Score::ZERO, Fine::score).millionths();
    LevelGap::at_most_max(4 * u64::from(score_of(means().max()) - score_of(means().min())))
}
