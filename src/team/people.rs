use super::{TeamError, TeamMismatch};
use crate::profile::{CriterionStanding, Profile};
use crate::rubric::RubricPin;
use crate::value::{Day, Key, Reference};

/// The criteria of several people side by side, for those who may see each of them: a lead's own team.
///
/// It is private, unlike a [`TeamReport`](super::TeamReport), and no document. People stand in the order of their references,
/// and there is no other: a list by score would rank them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeopleMatrix {
    criteria: Vec<Key>,
    rows: Vec<PersonRow>,
}

/// One person's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// The person.
    pub person: Reference,
    /// Where the person stands on each criterion of the matrix.
    pub cells: Vec<CriterionStanding>,
}

impl PeopleMatrix {
    /// The rows of these profiles.
    ///
    /// # Errors
    ///
    /// There are no profiles, or they differ in rubric or day.
    pub fn new<'a>(profiles: impl IntoIterator<Item = &'a Profile>) -> Result<Self, TeamError> {
        let mut profiles: Vec<&Profile> = profiles.into_iter().collect();
        profiles.sort_by_key(|profile| profile.person());
        let first = profiles.first().ok_or(TeamError::NoGroups)?;
        let criteria = first.criteria().iter().map(|one| one.criterion.clone()).collect();
        for profile in &profiles {
            check_alike((profile.rubric(), profile.as_of()), (first.rubric(), first.as_of()))?;
        }
        let row = |profile: &&Profile| PersonRow {
            person: profile.person().clone(),
            cells: profile.criteria().iter().map(|one| one.standing).collect(),
        };
        Ok(Self { criteria, rows: profiles.iter().map(row).collect() })
    }

    /// The criteria, in the order of the rubric.
    #[must_use]
    pub fn criteria(&self) -> &[Key] {
        &self.criteria
    }

    /// The people, by reference.
    #[must_use]
    pub fn rows(&self) -> &[PersonRow] {
        &self.rows
    }
}

fn check_alike(found: (&RubricPin, Day), expected: (&RubricPin, Day)) -> Result<(), TeamMismatch> {
    TeamMismatch::check("the day of the profile", &found.1, &expected.1)?;
    if found.0 == expected.0 {
        return Ok(());
    }
    Err(TeamMismatch::new("the rubric of the profile", &found.0.to_string(), &expected.0.to_string()))
}
