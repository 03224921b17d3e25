//! Surveys, teams, raters and plan records as nobody should make them: each gives a document that can be read back or a
//! reason, in a time that ends.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "the data are made here")]

use std::time::{Duration, Instant};

use proptest::prelude::*;
use serde_json::{Value, json};
use service_excellence::calibration::{FacetData, FacetOutcome, FacetRating, RaterThresholds};
use service_excellence::coaching::{PlanEvent, PlanStep};
use service_excellence::feedback::{
    CesAnswer, CesVersionOne, CesVersionOneAnswer, CsatAnswer, LeftOutReason, NpsAnswer,
};
use service_excellence::statistics::{ConfidenceLevel, Undefined};
use service_excellence::team::GroupContent;
use service_excellence::value::{Count, Step, StepCount};
use service_excellence::{
    Assessment, AssessmentBuilder, Ces, Csat, FeedbackLibrary, Framework, GroupThreshold, Key, Label, Nps, PlanRecord,
    Rater, RaterKind, RaterReport, Reference, Rubric, SurveyResult, TeamCounter, TeamReport, TeamTally,
};

const LEVEL: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;

fn within<T>(limit: Duration, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    assert!(start.elapsed() < limit, "it took {:?}", start.elapsed());
    result
}

fn seconds(number: u64) -> Duration {
    Duration::from_secs(number)
}

#[track_caller]
fn assert_survives(result: &SurveyResult) {
    let text = serde_json::to_string(result).unwrap();
    assert_eq!(SurveyResult::from_json(&text).as_ref(), Ok(result), "{text}");
}

fn level() -> impl Strategy<Value = ConfidenceLevel> {
    prop_oneof![Just(0.5), Just(0.95), Just(0.9999)].prop_map(|level| ConfidenceLevel::new(level).unwrap())
}

/// Answers as positions on the scale, how often the survey is merged with itself, and what is left out.
fn answers() -> impl Strategy<Value = (Vec<u8>, u32, usize)> {
    (proptest::collection::vec(0_u8..=10, 0..40), prop_oneof![Just(0), 0..70_u32], 0..6_usize)
}

macro_rules! results_survive {
    ($survey:ident, $answer:ident, $answers:expr, $minimum:expr, $level:expr) => {{
        let (positions, doublings, left_out) = &$answers;
        let (lowest, highest) = ($answer::MIN.get(), $answer::MAX.get());
        let on_scale = |position: &u8| $answer::new(lowest + position % (highest - lowest + 1)).unwrap();
        let mut survey: $survey = positions.iter().map(on_scale).collect();
        LeftOutReason::ALL.iter().take(*left_out).for_each(|reason| survey.leave_out(*reason));
        for _ in 0..*doublings {
            let same = survey;
            survey.merge(&same);
        }
        let result = survey.result(Count::new($minimum).unwrap(), $level);
        assert_survives(&result);
        if let Some(score) = result.score().estimate() {
            let interval = score.interval().map_or((score.value(), score.value()), |one| (one.lower(), one.upper()));
            assert!(interval.0 <= score.value() && score.value() <= interval.1, "{score:?}");
        }
        assert_eq!(survey.score($level).is_ok(), !positions.is_empty());
        if let Ok(change) = survey.change_since(&survey, $level) {
            assert!(change.value().abs() < 1e-12, "{change:?}");
        }
    }};
}

proptest! {
    #[test]
    fn every_survey_gives_a_result_that_can_be_read_back(
        answers in answers(), minimum in 0..1_000_001_u32, level in level(),
    ) {
        results_survive!(Csat, CsatAnswer, answers, minimum, level);
        results_survive!(Nps, NpsAnswer, answers, minimum, level);
        results_survive!(Ces, CesAnswer, answers, minimum, level);
        results_survive!(CesVersionOne, CesVersionOneAnswer, answers, minimum, level);
    }
}

#[test]
fn survey_results_of_endless_lists_and_numbers_are_refused() {
    let nps: Nps = [10, 9, 3].map(|answer| NpsAnswer::new(answer).unwrap()).into_iter().collect();
    let good = serde_json::to_value(nps.result(Count::new(1).unwrap(), LEVEL)).unwrap();
    let refused = |change: &dyn Fn(&mut Value)| {
        let mut document = good.clone();
        change(&mut document);
        SurveyResult::from_json(&document.to_string()).unwrap_err()
    };
    let many = json!({ "group": "promoters", "answers": 1_000_000_000_000_u64 });
    let faults = within(seconds(20), || refused(&|one| one["groups"] = json!(vec![many.clone(); 100_000])));
    assert!(faults.breaks("survey_groups_of_instrument"));
    let left = json!({ "reason": "test_response", "answers": 1 });
    let faults = within(seconds(20), || refused(&|one| one["left_out"] = json!(vec![left.clone(); 50_000])));
    assert_eq!(faults.len(), 49_999);
    for number in [json!(1e308), json!(-1e308), json!(100.000_01)] {
        assert!(refused(&|one| one["score"]["estimate"]["value"] = number.clone()).len() > 0, "{number}");
    }
    for answers in [json!(-1), json!(1.5), json!(1e13), json!("3"), Value::Null] {
        assert!(refused(&|one| one["answers"] = answers.clone()).breaks("shape"), "{answers}");
    }
}

#[test]
fn a_feedback_library_of_endless_lists_is_refused_in_little_time() {
    let mut library: Value = serde_json::from_str(include_str!("../content/feedback.json")).unwrap();
    let instrument = library["instruments"][0].clone();
    library["instruments"] = json!(vec![instrument; 5_000]);
    let faults = within(seconds(30), || FeedbackLibrary::from_json(&library.to_string()).unwrap_err());
    assert_eq!(faults.len(), 4_999);
    library["instruments"] = json!([]);
    library["rules"]["exclusion_reasons_allowed"] = json!(vec!["test_response"; 50_000]);
    let faults = within(seconds(30), || FeedbackLibrary::from_json(&library.to_string()).unwrap_err());
    assert!(faults.breaks("feedback_reasons_unique"));
}

/// The tally of so many people, all reviewed once, with a value on all criteria but every seventh, which few have.
fn tally(empty: &TeamTally, people: u64, number: u64) -> TeamTally {
    let mut state = vec![0; empty.to_state().len()];
    // The order that `docs/teams.md` lists: people, reviewed, six bands, contacts, and so on.
    (state[0], state[1], state[3], state[8]) = (people, people, people, people);
    for (place, sums) in state[22..].chunks_exact_mut(9).enumerate() {
        let rated = if (place as u64 + number).is_multiple_of(7) { people.min(2) } else { people };
        (sums[0], sums[1], sums[2], sums[6]) = (rated, 500_000 * rated, 250_000 * rated, rated);
    }
    empty.from_state(&state).unwrap()
}

#[test]
fn a_report_on_hundreds_of_groups_and_64_criteria_is_made_and_read_in_little_time() {
    let mut document = Rubric::for_channel(Framework::builtin(), "chat").unwrap().document().clone();
    let row = document.criteria[0].clone();
    document.rules.clear();
    document.criteria = (0..64)
        .map(|number| {
            let mut criterion = row.clone();
            criterion.key = format!("criterion_{number}").parse().unwrap();
            criterion
        })
        .collect();
    let rubric: Rubric = document.try_into().unwrap();
    let empty = TeamCounter::new(&rubric, "2026-06-30".parse().unwrap()).empty();
    let groups: Vec<(Label, TeamTally)> = (0..600)
        .map(|number| (format!("Group {number}").parse().unwrap(), tally(&empty, number % 40, number)))
        .collect();
    let threshold = GroupThreshold::default();
    let report = within(seconds(30), || TeamReport::new(&groups, threshold, LEVEL).unwrap());
    let audit = within(seconds(30), || TeamReport::audit(&groups, threshold).unwrap());
    let ranges = audit.iter().flat_map(|one| one.rated.iter().map(|(_, range)| range).chain(&one.reviewed));
    let mut count = 0;
    for range in ranges {
        assert!(range.width() >= u64::from(threshold.get()), "{range:?}");
        count += 1;
    }
    assert!(count > 5_000, "{count}");
    let small = groups.iter().filter(|(_, tally)| tally.to_state()[0] < u64::from(threshold.get())).count();
    let hidden = report.groups().iter().filter(|one| matches!(one.content, GroupContent::Suppressed { .. })).count();
    assert!(hidden >= small && small > 50, "{hidden} {small}");
    let text = serde_json::to_string(&report).unwrap();
    let read = within(seconds(60), || TeamReport::from_json(&text).unwrap());
    assert_eq!(read, report);
}

#[test]
fn states_of_no_people_are_refused_however_large_their_numbers() {
    let rubric = Rubric::for_channel(Framework::builtin(), "chat").unwrap();
    let empty = TeamCounter::new(&rubric, "2026-06-30".parse().unwrap()).empty();
    for number in [u64::MAX, 1_000_000_000_001, 1_000_000_000_000] {
        let state = vec![number; empty.to_state().len()];
        assert!(empty.from_state(&state).is_err(), "{number}");
    }
    assert!(empty.from_state(&[]).is_err());
}

fn step(day: &str, event: PlanEvent) -> PlanStep {
    PlanStep { on: day.parse().unwrap(), by: "coach-1".parse().unwrap(), event }
}

/// The published example, which is active, with this many more entries in its history.
fn busy_record(entries: usize) -> PlanRecord {
    let text = include_str!("../schemas/v0/examples/valid/plan_record.json");
    let record = PlanRecord::from_json(text).unwrap();
    let last = record.history().last().unwrap().on;
    let pauses = (0..entries).map(|number| PlanStep {
        on: last,
        by: record.coach().clone(),
        event: if number % 2 == 0 {
            PlanEvent::Pause { reason: "A pause.".parse().unwrap() }
        } else {
            PlanEvent::Resume {}
        },
    });
    record.apply_all(pauses).unwrap()
}

#[test]
fn a_hundred_thousand_events_are_applied_written_and_read_in_little_time() {
    let record = within(seconds(20), || busy_record(100_000));
    let text = serde_json::to_string(&record).unwrap();
    assert_eq!(within(seconds(60), || PlanRecord::from_json(&text).unwrap()), record);
}

#[test]
fn events_in_one_go_are_those_events_one_by_one() {
    let all = busy_record(60);
    let start = PlanRecord::from_json(include_str!("../schemas/v0/examples/valid/plan_record.json")).unwrap();
    let steps = &all.history()[start.history().len()..];
    let one_by_one = steps
        .iter()
        .fold(start.clone(), |record, step| record.apply(step.event.clone(), step.by.clone(), step.on).unwrap());
    assert_eq!(one_by_one, all);
    // What is refused in between is refused as a whole, with the reason of the first.
    let refused = start.apply_all([
        steps[0].clone(),
        step("2000-01-01", PlanEvent::Resume {}),
        step("2000-01-01", PlanEvent::Submit {}),
    ]);
    assert_eq!(refused.unwrap_err().code(), "earlier_than_last");
}

#[test]
fn many_pauses_among_many_sessions_are_read_in_little_time() {
    let record = busy_record(20_000);
    let mut document = serde_json::to_value(&record).unwrap();
    let item = document["items"].as_array().unwrap().last().unwrap().clone();
    let items = (0..20_000).map(|number| {
        let mut item = item.clone();
        item["activity"] = json!(format!("activity_{number}"));
        item["state"] = json!("planned");
        item["week"] = item["planned_week"].clone();
        item
    });
    document["items"].as_array_mut().unwrap().extend(items);
    let text = document.to_string();
    // Which is right depends on the pauses in the example; what counts is that the answer comes.
    let _ = within(seconds(60), || PlanRecord::from_json(&text));
}

/// Contacts of a calibration exercise: everybody rates the same ones.
fn everybody_rates(raters: usize, contacts: usize) -> Vec<Assessment> {
    let rubric = Rubric::for_channel(Framework::builtin(), "chat").unwrap();
    let assess = |rater: usize, contact: usize| {
        let who = Rater { id: format!("rater-{rater:04}").parse().unwrap(), kind: RaterKind::QualityReviewer };
        let id: Reference = format!("as-{rater}-{contact}").parse().unwrap();
        let person: Reference = format!("person-{contact}").parse().unwrap();
        let builder = AssessmentBuilder::new(&rubric, id, person, who, "2026-03-02".parse().unwrap());
        let rated = (0..).zip(rubric.criteria()).fold(builder, |one, (place, criterion)| {
            one.rate(criterion.key.as_str(), 1 + ((rater / 3 + contact * 2 + place + rater * contact % 5) % 5) as u8)
        });
        rated.contact(format!("contact-{contact}").parse().unwrap()).submitted().admit().unwrap()
    };
    (0..raters)
        .flat_map(|rater| (0..contacts).map(move |contact| (rater, contact)))
        .map(|(r, c)| assess(r, c))
        .collect()
}

#[test]
fn a_thousand_raters_of_the_same_contacts_are_reported_in_little_time() {
    let assessments = everybody_rates(1_000, 4);
    let day = "2026-06-30".parse().unwrap();
    let report = within(seconds(60), || RaterReport::of(&assessments, RaterThresholds::default(), None, day));
    assert_eq!(report.raters().len(), 1_000);
    // Each of four contacts has 1,000 · 999 / 2 pairs.
    assert!(report.criteria().iter().all(|one| one.pairs().get() == 1_998_000));
    // Raters and criteria together are more than the model takes: that is no lack of data.
    assert_eq!(*report.model(), FacetOutcome::NotFitted { reason: Undefined::OutOfRange {} });
    let text = serde_json::to_string(&report).unwrap();
    assert_eq!(RaterReport::from_json(&text).unwrap(), report);
}

/// Each rater has persons of their own, so that nothing but the criteria joins them.
#[test]
fn who_can_be_compared_is_known_of_a_thousand_raters_at_once() {
    let names = |prefix: &str, count: usize| -> Vec<Reference> {
        (0..count).map(|number| format!("{prefix}-{number:05}").parse().unwrap()).collect()
    };
    let (raters, persons) = (names("rater", 990), names("person", 9_900));
    let criteria: Vec<Key> = (0..10).map(|number| format!("criterion_{number}").parse().unwrap()).collect();
    let ratings = persons.iter().enumerate().flat_map(|(number, person)| {
        let rater = &raters[number % raters.len()];
        criteria.iter().map(move |criterion| FacetRating { person, rater, criterion, step: Step::MIN })
    });
    let data = FacetData::new(StepCount::new(5).unwrap(), ratings).unwrap();
    let linkage = within(seconds(5), || data.linkage());
    assert_eq!((linkage.rater_groups().len(), linkage.criterion_groups().len()), (990, 1));
    assert!(linkage.is_identified_at_random() && linkage.parts().len() == 1);
}
