use std::io::BufRead;

use super::admission::RUBRIC_MATCHES;
use super::{Assessment, AssessmentDocument, RubricSetError};
use crate::rubric::{Rubric, RubricPin};
use crate::value::{Fault, Faults, Lines};

/// Rubrics by their pin, so that each assessment is admitted to its own.
///
/// A contact centre has a rubric for each channel, and an old version where old assessments are kept. No two rubrics of
/// a set have the same form (key, version and structure), so a pin names one of them at most.
///
/// ```
/// use service_excellence::value::write_lines;
/// use service_excellence::{Assessment, AssessmentBuilder, Framework, Rater, RaterKind, Rubric, RubricSet};
///
/// // Two files, as lines of JSON.
/// let framework = Framework::builtin();
/// let [chat, phone] = ["chat", "phone"].map(|channel| Rubric::for_channel(framework, channel).expect("a channel"));
/// let reviewer = Rater { id: "reviewer-1".parse()?, kind: RaterKind::QualityReviewer };
/// let seen = AssessmentBuilder::new(&phone, "as-1".parse()?, "agent-7".parse()?, reviewer, "2026-03-02".parse()?);
/// let seen = phone.criteria().iter().fold(seen, |seen, criterion| seen.rate(criterion.key.as_str(), 4));
/// let (mut rubrics_file, mut assessments_file) = (Vec::new(), Vec::new());
/// write_lines(&mut rubrics_file, [&chat, &phone])?;
/// write_lines(&mut assessments_file, [seen.submitted().admit()?])?;
///
/// // Each assessment finds its rubric.
/// let rubrics = RubricSet::read(rubrics_file.as_slice())?;
/// let assessments: Vec<Assessment> = rubrics.read_assessments(assessments_file.as_slice()).collect::<Result<_, _>>()?;
/// assert_eq!(assessments[0].rubric().id(), phone.id());
///
/// // Without it, the fault names what is there.
/// let error = RubricSet::new([chat])?.admit(assessments[0].document().clone()).unwrap_err();
/// assert!(error.to_string().starts_with("expected the rubric `service_excellence_core_chat 0.1.0 ("));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RubricSet(Vec<Rubric>);

impl RubricSet {
    /// How many rubrics a fault names.
    const NAMED: usize = 5;

    /// Makes a set of these rubrics, in their order.
    ///
    /// # Errors
    ///
    /// Two of them have the same form, whatever their wording; the error names both places.
    pub fn new(rubrics: impl IntoIterator<Item = Rubric>) -> Result<Self, RubricSetError> {
        let mut set = Self(Vec::new());
        for rubric in rubrics {
            if let Some(first) = set.0.iter().position(|one| one.pin().is_same_form(rubric.pin())) {
                let pin = Box::new(rubric.pin().clone());
                return Err(RubricSetError::Repeated { pin, first: first + 1, second: set.0.len() + 1 });
            }
            set.0.push(rubric);
        }
        Ok(set)
    }

    /// Reads a rubric from each line of `input`, which the caller has opened; [`Lines`] says what a line may be.
    ///
    /// # Errors
    ///
    /// The first line that is no valid rubric, or two rubrics of the same form.
    pub fn read(input: impl BufRead) -> Result<Self, RubricSetError> {
        Self::new(Lines::new(input, Rubric::from_json).collect::<Result<Vec<_>, _>>()?)
    }

    /// The rubrics in the order in which they were given.
    #[must_use]
    pub fn rubrics(&self) -> &[Rubric] {
        &self.0
    }

    /// The rubric that a pin names; the wording may be another.
    #[must_use]
    pub fn rubric(&self, pin: &RubricPin) -> Option<&Rubric> {
        self.0.iter().find(|rubric| rubric.pin().is_same_form(pin))
    }

    /// Checks an assessment against the rubric that it names.
    ///
    /// # Errors
    ///
    /// No rubric of the set is the one named (one fault, with those that are there, the nearest first), or all the
    /// answers that do not fit it, as [`Rubric::admit`] tells them.
    pub fn admit(&self, document: AssessmentDocument) -> Result<Assessment, Faults> {
        match self.rubric(document.rubric()) {
            Some(rubric) => rubric.admit(document),
            None => Err(self.no_rubric(document.rubric()).into()),
        }
    }

    /// Reads an assessment from each line of `input`, which the caller has opened, and admits it to its rubric.
    ///
    /// A bad line is an error, and the lines after it can still be read: collect into `Result<Vec<_>, _>` to stop at the
    /// first, or look at each. Nothing is remembered between lines: an assessment that stands there twice is read twice,
    /// and a [`Profiler`](crate::Profiler) leaves the second out as `repeated`.
    pub fn read_assessments<R: BufRead>(
        &self,
        input: R,
    ) -> Lines<R, impl FnMut(&str) -> Result<Assessment, Faults> + '_> {
        Lines::new(input, |line: &str| self.admit(AssessmentDocument::from_json(line)?))
    }

    fn no_rubric(&self, pin: &RubricPin) -> Fault {
        let mut others: Vec<&RubricPin> = self.0.iter().map(Rubric::pin).collect();
        // Another structure of the same version first, then other versions of the same rubric.
        others.sort_by_key(|other| (other.id != pin.id, other.version != pin.version));
        let why = match others.first() {
            Some(nearest) if (&nearest.id, &nearest.version) == (&pin.id, &pin.version) => {
                ": the same version with another structure; keep the old rubric, and give the changed one a new version"
            }
            Some(nearest) if nearest.id == pin.id => ": the nearest is another version of the same rubric",
            _ => "",
        };
        let named: Vec<String> = others.iter().take(Self::NAMED).map(|other| format!("`{other}`")).collect();
        let expected = match (others.len(), named.join(", ")) {
            (0, _) => "a rubric of this set, which has none".to_owned(),
            (1, only) => format!("the rubric {only}"),
            (count, some) if count > Self::NAMED => format!("one of {count} rubrics, such as {some}"),
            (_, all) => format!("one of the rubrics {all}"),
        };
        Fault::new(RUBRIC_MATCHES, "/rubric", format!("expected {expected}, found `{pin}`{why}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::{AssessmentBuilder, Rater, RaterKind};
    use crate::framework::Framework;
    use crate::value::{LineError, write_lines};

    fn rubric(channel: &str) -> Rubric {
        Rubric::for_channel(Framework::builtin(), channel).unwrap()
    }

    fn changed(rubric: &Rubric, from: &str, to: &str) -> Rubric {
        let text = serde_json::to_string(rubric).unwrap();
        assert!(text.contains(from), "{from}");
        Rubric::from_json(&text.replacen(from, to, 1)).unwrap()
    }

    fn assessment(rubric: &Rubric) -> AssessmentDocument {
        let rater = Rater { id: "reviewer-1".parse().unwrap(), kind: RaterKind::Coach };
        let [id, person] = ["as-1", "agent-7"].map(|text| text.parse().unwrap());
        let built = AssessmentBuilder::new(rubric, id, person, rater, "2026-03-02".parse().unwrap());
        let built = rubric.criteria().iter().fold(built, |built, one| built.rate(one.key.as_str(), 4));
        built.submitted().admit().unwrap().document().clone()
    }

    fn lines(documents: &[AssessmentDocument]) -> Vec<u8> {
        let mut text = Vec::new();
        write_lines(&mut text, documents).unwrap();
        text
    }

    /// The message of the one fault.
    fn refusal(set: &RubricSet, document: AssessmentDocument) -> String {
        let faults = set.admit(document).unwrap_err();
        assert!(faults.breaks("admission_rubric_matches") && faults.len() == 1);
        let fault = faults.iter().next().unwrap();
        assert_eq!(fault.path(), "/rubric");
        fault.message().to_owned()
    }

    #[test]
    fn each_assessment_is_admitted_to_the_rubric_that_it_names() {
        let set = RubricSet::new(["chat", "email", "phone"].map(rubric)).unwrap();
        for channel in ["phone", "chat", "email"] {
            assert_eq!(set.admit(assessment(&rubric(channel))).unwrap().rubric().id(), rubric(channel).id());
        }
    }

    #[test]
    fn two_rubrics_of_the_same_form_are_refused_whatever_their_wording() {
        let chat = rubric("chat");
        let reworded = changed(&chat, "\"name\":\"", "\"name\":\"New: ");
        assert_ne!(chat.pin(), reworded.pin());
        let error = RubricSet::new([chat, rubric("phone"), reworded]).unwrap_err();
        assert_eq!(error.code(), "rubric_repeated");
        let message = error.to_string();
        assert!(
            message.starts_with("expected each rubric once, found `service_excellence_core_chat 0.1.0 ("),
            "{message}"
        );
        assert!(message.ends_with(")` as number 1 and as number 3"), "{message}");
    }

    #[test]
    fn another_wording_of_the_rubric_admits() {
        let chat = rubric("chat");
        let set = RubricSet::new([changed(&chat, "\"name\":\"", "\"name\":\"New: ")]).unwrap();
        assert!(set.admit(assessment(&chat)).is_ok());
    }

    #[test]
    fn versions_of_one_rubric_stand_side_by_side() {
        let old = rubric("chat");
        let new = changed(&old, "\"version\":\"0.1.0\"", "\"version\":\"0.2.0\"");
        let set = RubricSet::new([new.clone(), old.clone()]).unwrap();
        assert_eq!(set.admit(assessment(&old)).unwrap().rubric().version(), old.version());
        assert_eq!(set.admit(assessment(&new)).unwrap().rubric().version(), new.version());
    }

    #[test]
    fn an_unknown_rubric_is_told_with_those_that_are_there_and_the_nearest_first() {
        let chat = rubric("chat");
        let newer = changed(&chat, "\"version\":\"0.1.0\"", "\"version\":\"0.2.0\"");
        let set = RubricSet::new([rubric("phone"), newer.clone()]).unwrap();
        let message = refusal(&set, assessment(&chat));
        let expected = format!(
            "expected one of the rubrics `{}`, `{}`, found `{}`: the nearest is another version of the same rubric",
            newer.pin(),
            rubric("phone").pin(),
            chat.pin()
        );
        assert_eq!(message, expected);
        let only_other = RubricSet::new([rubric("phone")]).unwrap();
        let expected = format!("expected the rubric `{}`, found `{}`", rubric("phone").pin(), chat.pin());
        assert_eq!(refusal(&only_other, assessment(&chat)), expected);
    }

    #[test]
    fn the_same_version_with_another_structure_is_told_as_what_it_is() {
        let chat = rubric("chat");
        let stricter = changed(&chat, "\"fails_at_or_below\":1", "\"fails_at_or_below\":2");
        let message = refusal(&RubricSet::new([stricter]).unwrap(), assessment(&chat));
        assert!(
            message.ends_with(
                ": the same version with another structure; keep the old rubric, and give the changed one a new version"
            ),
            "{message}"
        );
    }

    #[test]
    fn a_large_set_is_not_listed_whole() {
        let versions = (2..9).map(|number| changed(&rubric("phone"), "\"0.1.0\"", &format!("\"0.{number}.0\"")));
        let message = refusal(&RubricSet::new(versions).unwrap(), assessment(&rubric("chat")));
        assert!(message.starts_with("expected one of 7 rubrics, such as `"), "{message}");
        assert_eq!(message.matches('`').count(), 2 * 6, "{message}");
    }

    #[test]
    fn an_empty_set_says_so() {
        let message = refusal(&RubricSet::new([]).unwrap(), assessment(&rubric("chat")));
        assert!(message.starts_with("expected a rubric of this set, which has none, found `"), "{message}");
    }

    #[test]
    fn a_bad_line_of_rubrics_is_told_with_its_number() {
        let mut text = Vec::new();
        write_lines(&mut text, [rubric("chat")]).unwrap();
        text.extend(b"\n{\"id\":1}\n");
        let error = RubricSet::read(text.as_slice()).unwrap_err();
        assert_eq!(error.code(), "line_invalid");
        assert!(error.to_string().starts_with("line 3: "), "{error}");
    }

    #[test]
    fn assessments_are_read_past_bad_lines() {
        let set = RubricSet::new([rubric("chat")]).unwrap();
        let text = lines(&[assessment(&rubric("chat")), assessment(&rubric("phone")), assessment(&rubric("chat"))]);
        let read: Vec<_> = set.read_assessments(text.as_slice()).collect();
        assert_eq!(read.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true]);
        let error = read.into_iter().find_map(Result::err).unwrap();
        let LineError::Invalid { line: 2, faults } = &error else { panic!("{error}") };
        assert!(faults.breaks("admission_rubric_matches"));
    }

    #[test]
    fn the_same_assessment_twice_is_read_twice() {
        let set = RubricSet::new([rubric("chat")]).unwrap();
        let text = lines(&[assessment(&rubric("chat")), assessment(&rubric("chat"))]);
        let read: Vec<Assessment> = set.read_assessments(text.as_slice()).collect::<Result<_, _>>().unwrap();
        assert_eq!(read.len(), 2);
        assert_eq!(read.first(), read.last());
    }
}
