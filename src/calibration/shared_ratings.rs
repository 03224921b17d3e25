use super::collected::Collected;
use crate::assessment::Assessment;
use crate::statistics::{Categories, DataError, SparseRatingTable};
use crate::value::{Day, Key};

/// Who chose which step of one criterion, on the contacts that two raters or more rated: for a coefficient of agreement
/// of your choice.
///
/// The same assessments count as in [`RaterReport::of`](crate::RaterReport::of), of each rater the last one of a contact.
/// Subjects are contacts, in the order of their references; raters stand in that of theirs. The categories are the steps
/// of the criterion's scale. A criterion that nobody rated gives a table without subjects.
///
/// ```
/// use service_excellence::statistics::{ConfidenceLevel, Weights, percent_agreement};
/// use service_excellence::{AssessmentBuilder, Framework, Rater, RaterKind, Rubric, calibration};
///
/// let rubric = Rubric::for_channel(Framework::builtin(), "chat")?;
/// let assess = |name: &str, step| -> Result<_, Box<dyn std::error::Error>> {
///     let rater = Rater { id: name.parse()?, kind: RaterKind::QualityReviewer };
///     let builder = AssessmentBuilder::new(&rubric, name.parse()?, "agent-7".parse()?, rater, "2026-03-02".parse()?);
///     let rated = rubric.criteria().iter().fold(builder, |one, criterion| one.rate(criterion.key.as_str(), 3));
///     Ok(rated.rate("active_listening", step).contact("chat-1".parse()?).submitted().admit()?)
/// };
/// let assessments = [assess("reviewer-1", 3)?, assess("reviewer-2", 4)?, assess("reviewer-3", 3)?];
/// let listening = "active_listening".parse()?;
/// let table = calibration::shared_ratings(&assessments, &listening, "2026-03-31".parse()?)?;
/// let found = percent_agreement(&table, &Weights::identity(), ConfidenceLevel::NINETY_FIVE)?;
/// assert_eq!(format!("{:.3}", found.value()), "0.333");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// There are more raters, or more contacts times raters, than a table has places for.
pub fn shared_ratings(assessments: &[Assessment], criterion: &Key, as_of: Day) -> Result<SparseRatingTable, DataError> {
    let collected = Collected::of(assessments, as_of);
    let ratings = collected.shared.iter().enumerate().flat_map(|(contact, shared)| {
        let of_contact =
            shared.by_rater.iter().filter_map(|(rater, number)| Some((*rater, collected.seen.get(*number)?)));
        of_contact.filter_map(move |(rater, one)| Some((contact, rater, f64::from(one.steps.get(criterion)?.get()))))
    });
    let scale = Categories::numbered(1, i32::from(collected.scale(criterion).get()))?;
    SparseRatingTable::from_long(scale, ratings)
}
