use std::collections::BTreeSet;

use super::PlanPage;
use crate::profile::{CriterionStanding, ExclusionReason, LevelGap, Verdict};
use crate::value::strict::choice;

choice! {
    /// What is special about a person's page; several may hold at once, and the first of them leads.
    pub enum Situation: "What is special about a person's page" {
        /// The role asks for something that the rubric does not have, so that nothing can be compared.
        RoleMismatch = "role_mismatch",
        /// A plan was agreed and is not finished.
        PlanUnderWay = "plan_under_way",
        /// Nobody has rated a contact of this person.
        NoRatings = "no_ratings",
        /// There are only the person's own ratings.
        OnlyOwnRatings = "only_own_ratings",
        /// There are only machine ratings that nobody has confirmed.
        OnlyMachineRatings = "only_machine_ratings",
        /// All ratings are older than the window.
        OnlyOldRatings = "only_old_ratings",
        /// All ratings are disputed and not decided.
        AllRatingsContested = "all_ratings_contested",
        /// There are ratings, none of which counts, for several reasons.
        NothingCounts = "nothing_counts",
        /// Some ratings count, too few for a value on any criterion.
        TooFewRatings = "too_few_ratings",
        /// One contact raised a critical concern that no second assessor has decided.
        OneOpenConcern = "one_open_concern",
        /// Several contacts did.
        OpenConcerns = "open_concerns",
        /// There are gaps, and no activity fits the limits of the plan.
        NothingFits = "nothing_fits",
        /// More than half of the criteria with a value are below target, four at least.
        GapsEverywhere = "gaps_everywhere",
        /// More than one criterion is below target.
        SomeGaps = "some_gaps",
        /// One criterion is below target.
        OneGap = "one_gap",
        /// Every criterion meets its own target, and a skill as a whole is still below the one of the skill.
        OnlySkillBelow = "only_skill_below",
        /// Every criterion with a value meets its target; others have too few observations.
        MetWhereKnown = "met_where_known",
        /// Everything that the role asks for is met.
        EverythingMet = "everything_met",
        /// No criterion was rated by more than one person.
        OneReviewer = "one_reviewer",
        /// Some ratings are disputed and not decided; they do not count until then.
        SomeRatingsContested = "some_ratings_contested",
    }
}

impl Situation {
    /// Whether no rating counts, so that nothing can be said of where the person stands.
    #[must_use]
    pub const fn is_without_evidence(self) -> bool {
        matches!(
            self,
            Self::NoRatings
                | Self::OnlyOwnRatings
                | Self::OnlyMachineRatings
                | Self::OnlyOldRatings
                | Self::AllRatingsContested
                | Self::NothingCounts
        )
    }

    /// All that hold, the leading one first.
    pub(super) fn all(page: &PlanPage<'_>) -> Vec<Self> {
        let mut found = Vec::new();
        if page.record.is_some() {
            found.push(Self::PlanUnderWay);
        }
        match page.profile.open_concerns().map(|one| &one.assessment).collect::<BTreeSet<_>>().len() {
            0 => {}
            1 => found.push(Self::OneOpenConcern),
            _ => found.push(Self::OpenConcerns),
        }
        found.extend(Self::of_evidence(page).or_else(|| Self::of_gaps(page)));
        if is_by_one_reviewer(page) {
            found.push(Self::OneReviewer);
        }
        let is_contested = page.profile.exclusions().iter().any(|one| one.reason == ExclusionReason::Contested);
        if is_contested && page.profile.assessments().get() > 0 {
            found.push(Self::SomeRatingsContested);
        }
        found
    }

    /// What keeps everything from having a value.
    fn of_evidence(page: &PlanPage<'_>) -> Option<Self> {
        if page.profile.assessments().get() > 0 {
            let has_value = page.profile.criteria().iter().any(|one| one.standing.score().is_some());
            return (!has_value).then_some(Self::TooFewRatings);
        }
        use ExclusionReason as E;
        let reasons = page.profile.exclusions().iter().filter(|one| one.criterion.is_none()).map(|one| one.reason);
        // What is not known yet on the day of the profile, drafts and copies are no ratings.
        let mut reasons: BTreeSet<_> =
            reasons.filter(|one| !matches!(one, E::AfterAsOf | E::Draft | E::Repeated)).collect();
        if reasons.len() > 1 {
            reasons.remove(&E::SelfRating);
        }
        let mut reasons = reasons.into_iter();
        Some(match (reasons.next(), reasons.next()) {
            (None, _) => Self::NoRatings,
            (Some(E::SelfRating), None) => Self::OnlyOwnRatings,
            (Some(E::UnconfirmedMachine), None) => Self::OnlyMachineRatings,
            (Some(E::OutsideWindow), None) => Self::OnlyOldRatings,
            (Some(E::Contested), None) => Self::AllRatingsContested,
            _ => Self::NothingCounts,
        })
    }

    fn of_gaps(page: &PlanPage<'_>) -> Option<Self> {
        let rated = page.gaps.criteria().len();
        let below = page.gaps.criteria().iter().filter(|one| one.gap > LevelGap::ZERO).count();
        let is_nothing_planned = page.plan.activities().is_empty() && page.record.is_none();
        Some(match below {
            // A concern alone makes the verdict what it is, and is told already.
            0 if !page.gaps.open_concerns().is_empty() => return None,
            0 if page.gaps.verdict() == Verdict::BelowTarget => Self::OnlySkillBelow,
            0 if page.gaps.verdict() == Verdict::MeetsTarget && page.gaps.unknown().is_empty() => Self::EverythingMet,
            0 => Self::MetWhereKnown,
            _ if is_nothing_planned => Self::NothingFits,
            1 => Self::OneGap,
            4.. if 2 * below > rated => Self::GapsEverywhere,
            _ => Self::SomeGaps,
        })
    }
}

/// Whether there are values, each by one rater.
fn is_by_one_reviewer(page: &PlanPage<'_>) -> bool {
    let raters = page.profile.criteria().iter().filter_map(|one| match one.standing {
        CriterionStanding::Rated { raters, .. } => Some(raters.get()),
        _ => None,
    });
    raters.max() == Some(1)
}
