//! Surveys by the numbers: the test vectors of the content, intervals, no data, minima, changes between two periods.

#![expect(clippy::unwrap_used, reason = "test helpers work on valid values")]

use service_excellence::feedback::{
    CesAnswer, CesVersionOne, CesVersionOneAnswer, CsatAnswer, FeedbackLibrary, Instrument, LeftOutReason, NpsAnswer,
};
use service_excellence::statistics::{ConfidenceLevel, Estimate, IntervalMethod, Undefined};
use service_excellence::value::Count;
use service_excellence::{Ces, Csat, Nps, SurveyResult, SurveyScore};

const LEVEL: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;

fn csat(answers: &[u8]) -> Csat {
    answers.iter().map(|answer| CsatAnswer::new(*answer).unwrap()).collect()
}

fn nps(answers: &[u8]) -> Nps {
    answers.iter().map(|answer| NpsAnswer::new(*answer).unwrap()).collect()
}

fn ces(answers: &[u8]) -> Ces {
    answers.iter().map(|answer| CesAnswer::new(*answer).unwrap()).collect()
}

fn effort(answers: &[u8]) -> CesVersionOne {
    answers.iter().map(|answer| CesVersionOneAnswer::new(*answer).unwrap()).collect()
}

fn count(number: u32) -> Count {
    Count::new(number).unwrap()
}

#[track_caller]
fn assert_near(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
}

#[track_caller]
fn assert_interval(estimate: &Estimate, lower: f64, upper: f64) {
    let interval = estimate.interval().unwrap();
    assert_near(interval.lower(), lower, 0.000_5);
    assert_near(interval.upper(), upper, 0.000_5);
}

#[test]
fn satisfaction_gives_the_test_vectors_of_the_content() {
    let five = csat(&[5, 4, 4, 3, 2]);
    assert_near(five.score(LEVEL).unwrap().value(), 60.0, 1e-12);
    assert_near(five.mean(LEVEL).unwrap().value(), 3.6, 1e-12);
    let none = csat(&[1, 1, 1]);
    assert_near(none.score(LEVEL).unwrap().value(), 0.0, 0.0);
    assert_near(none.mean(LEVEL).unwrap().value(), 1.0, 1e-12);
}

#[test]
fn recommendation_gives_the_test_vectors_of_the_content() {
    let ten = nps(&[10, 9, 9, 8, 7, 6, 3, 10, 0, 9]).score(LEVEL).unwrap();
    assert_near(ten.value(), 20.0, 1e-12);
    assert_near(ten.standard_error().unwrap(), 27.568_1, 0.000_05);
    assert_interval(&ten, 20.0 - 1.959_964 * 27.568_1, 20.0 + 1.959_964 * 27.568_1);
    let alike = nps(&[7, 8, 7, 8]).score(LEVEL).unwrap();
    assert_eq!((alike.value(), alike.standard_error()), (0.0, Some(0.0)));
}

#[test]
fn ease_gives_the_test_vectors_of_the_content() {
    let eight = ces(&[7, 6, 5, 4, 2, 6, 3, 7]);
    assert_near(eight.score(LEVEL).unwrap().value(), 62.5, 1e-12);
    assert_near(eight.mean(LEVEL).unwrap().value(), 5.0, 1e-12);
}

#[test]
fn effort_is_a_mean_and_lower_is_better() {
    let (before, after) = (effort(&[4, 5, 3, 4, 4]), effort(&[2, 1, 2, 3, 2]));
    assert_near(before.score(LEVEL).unwrap().value(), 4.0, 1e-12);
    let change = after.change_since(&before, LEVEL).unwrap();
    assert_near(change.value(), -2.0, 1e-12);
    // Both spreads are 0.5, so Welch has 8 degrees of freedom: 2.306004 · √0.2.
    assert_interval(&change, -2.0 - 1.031_276, -2.0 + 1.031_276);
    assert!(!Instrument::CesVersionOne.is_higher_better());
}

#[test]
fn shares_have_the_interval_of_wilson() {
    // Newcombe 1998, table I: 81 of 263, and 15 of 148.
    let of = |good: usize, all: usize| csat(&[vec![5; good], vec![1; all - good]].concat()).score(LEVEL).unwrap();
    assert_near(of(81, 263).interval().unwrap().lower(), 25.53, 0.005);
    assert_near(of(81, 263).interval().unwrap().upper(), 36.62, 0.005);
    assert_near(of(15, 148).interval().unwrap().lower(), 6.24, 0.005);
    assert_near(of(15, 148).interval().unwrap().upper(), 16.05, 0.005);
}

#[test]
fn an_answer_outside_the_scale_is_refused_and_never_clamped() {
    for answer in [0, 6, 255] {
        let error = CsatAnswer::new(answer).unwrap_err().to_string();
        assert!(error.contains(&format!("`{answer}`")) && error.contains("from 1 to 5"), "{error}");
    }
    assert!(NpsAnswer::new(0).is_ok() && NpsAnswer::new(11).is_err());
    assert!(CesAnswer::new(0).is_err() && CesAnswer::new(7).is_ok() && CesAnswer::new(8).is_err());
    assert!(CesVersionOneAnswer::new(6).is_err());
}

#[test]
fn nobody_answered_is_no_data_and_not_zero() {
    let nothing = Undefined::NoData {};
    assert_eq!(csat(&[]).score(LEVEL), Err(nothing));
    assert_eq!(nps(&[]).score(LEVEL), Err(nothing));
    assert_eq!(nps(&[]).adjusted_score(LEVEL), Err(nothing));
    assert_eq!(ces(&[]).mean(LEVEL), Err(nothing));
    assert_eq!(effort(&[]).score(LEVEL), Err(nothing));
    assert_eq!(csat(&[5]).change_since(&csat(&[]), LEVEL), Err(nothing));
    assert_eq!(nps(&[5]).change_since(&nps(&[]), LEVEL), Err(nothing));
    let result = csat(&[]).result(count(0), LEVEL);
    assert_eq!(*result.score(), SurveyScore::NoData {});
    assert!(!result.is_reportable(), "no answers are never reportable");
}

#[test]
fn a_standard_error_of_zero_is_no_certainty() {
    let alike = nps(&[10, 9, 10, 9]);
    assert_eq!(alike.score(LEVEL).unwrap().interval(), None);
    let adjusted = alike.adjusted_score(LEVEL).unwrap();
    // n + 3 = 7, p = 4.75/7, d = 0.75/7: 57.143 ± 1.96 · 25.612.
    assert_near(adjusted.standard_error().unwrap(), 25.612_04, 0.000_01);
    assert_interval(&adjusted, 57.142_857 - 1.959_964 * 25.612_04, 100.0);
    assert_eq!(adjusted.interval().unwrap().method(), IntervalMethod::AdjustedWald);
}

/// The probability that an interval of `n` answers holds the true score, exactly: over all ways to answer.
fn coverage(n: usize, promoters: f64, detractors: f64, interval: impl Fn(&Nps) -> Option<(f64, f64)>) -> f64 {
    let truth = 100.0 * (promoters - detractors);
    let factorial = |number: usize| (1..=number).map(|one| one as f64).product::<f64>();
    let mut held = 0.0;
    for high in 0..=n {
        for low in 0..=n - high {
            let middle = n - high - low;
            let ways = factorial(n) / factorial(high) / factorial(low) / factorial(middle);
            let probability = ways
                * promoters.powi(high as i32)
                * detractors.powi(low as i32)
                * (1.0 - promoters - detractors).powi(middle as i32);
            let survey = nps(&[vec![10; high], vec![0; low], vec![7; middle]].concat());
            let holds = interval(&survey).is_some_and(|(lower, upper)| (lower..=upper).contains(&truth));
            held += if holds { probability } else { 0.0 };
        }
    }
    held
}

#[test]
fn the_adjusted_interval_holds_its_level_where_the_normal_one_does_not() {
    let ends = |estimate: Estimate| estimate.interval().map(|one| (one.lower(), one.upper()));
    let shares = [(0.3, 0.3), (0.5, 0.2), (0.6, 0.1), (0.1, 0.6), (0.8, 0.05), (0.2, 0.2)];
    let mean = |n, interval: &dyn Fn(&Nps) -> Option<(f64, f64)>| {
        shares.iter().map(|(p, d)| coverage(n, *p, *d, interval)).sum::<f64>() / shares.len() as f64
    };
    for n in [10, 20] {
        let adjusted = mean(n, &|survey| ends(survey.adjusted_score(LEVEL).unwrap()));
        let normal = mean(n, &|survey| ends(survey.score(LEVEL).unwrap()));
        assert!((0.945..0.985).contains(&adjusted), "{adjusted} at {n}");
        assert!(normal < adjusted && normal < 0.945, "{normal} at {n}");
    }
}

#[test]
fn intervals_are_cut_off_at_the_ends_of_the_scale() {
    let high = nps(&[10, 10, 10, 10, 6]).score(LEVEL).unwrap();
    assert_interval(&high, 60.0 - 1.959_964 * 35.777_09, 100.0);
}

#[test]
fn changes_between_two_periods_have_an_interval() {
    // Newcombe 1998, table II: 56 of 70 against 48 of 80.
    let of = |good: usize, all: usize| csat(&[vec![4; good], vec![2; all - good]].concat());
    let change = of(56, 70).change_since(&of(48, 80), LEVEL).unwrap();
    assert_near(change.value(), 20.0, 1e-9);
    assert_near(change.interval().unwrap().lower(), 5.24, 0.005);
    assert_near(change.interval().unwrap().upper(), 33.39, 0.005);
    assert_eq!(change.interval().unwrap().method(), IntervalMethod::Newcombe);
    let (now, then) = (nps(&[10, 9, 9, 8, 7, 6, 3, 10, 0, 9]), nps(&[10, 0, 7, 7]));
    let change = now.change_since(&then, LEVEL).unwrap();
    // √(27.5681² + 35.3553²)
    assert_near(change.standard_error().unwrap(), 44.833_0, 0.000_1);
    let same = ces(&[5, 1, 4]).change_since(&ces(&[5, 1, 4]), LEVEL).unwrap();
    assert_near(same.value(), 0.0, 0.0);
    assert!(same.interval().unwrap().contains(0.0));
}

#[test]
fn parts_of_a_survey_sum_to_the_whole_with_what_was_left_out() {
    let (mut first, mut second) = (csat(&[5, 4]), csat(&[1]));
    first.leave_out(LeftOutReason::TestResponse);
    second.leave_out(LeftOutReason::TestResponse);
    second.leave_out(LeftOutReason::WithdrawnConsent);
    let mut backwards = second;
    backwards.merge(&first);
    first.merge(&second);
    assert_eq!(first, backwards);
    assert_eq!((first.answers(), first.left_out(LeftOutReason::TestResponse)), (3, 2));
    let result = first.result(count(1), LEVEL);
    let left_out: Vec<_> = result.left_out().iter().map(|one| (one.reason.as_str(), one.answers.get())).collect();
    assert_eq!(left_out, [("test_response", 2), ("withdrawn_consent", 1)]);
    assert_eq!(first.count(CsatAnswer::new(4).unwrap()), 1);
}

#[test]
fn scores_are_always_computed_and_reportable_from_the_larger_minimum() {
    let library = FeedbackLibrary::builtin();
    let result = |answers: usize, team: u32| {
        csat(&vec![4; answers]).result(library.minimum(Instrument::Csat, count(team)), LEVEL)
    };
    for (answers, team, reportable) in [(9, 5, false), (10, 5, true), (11, 12, false), (12, 12, true)] {
        let found = result(answers, team);
        assert_eq!(found.is_reportable(), reportable, "{answers} answers, team {team}");
        assert_near(found.score().estimate().unwrap().value(), 100.0, 0.0);
    }
    assert_eq!(library.minimum(Instrument::Nps, count(5)).get(), 30);
    // What the library does not have is held to the threshold for individuals.
    assert_eq!(library.minimum(Instrument::CesVersionOne, count(5)).get(), 10);
}

#[test]
fn a_result_survives_json_and_a_changed_number_is_refused() {
    let mut survey = nps(&[10, 9, 9, 8, 7, 6, 3, 10, 0, 9]);
    survey.leave_out(LeftOutReason::DuplicateResponse);
    let results = [
        survey.result(count(30), LEVEL),
        csat(&[5, 4, 4, 3, 2]).result(count(5), LEVEL),
        ces(&[]).result(count(10), LEVEL),
        effort(&[1, 2, 5]).result(count(10), LEVEL),
    ];
    for result in results {
        let text = serde_json::to_string(&result).unwrap();
        assert_eq!(SurveyResult::from_json(&text).unwrap(), result);
    }
    let mut changed = serde_json::to_value(survey.result(count(30), LEVEL)).unwrap();
    changed["score"]["estimate"]["value"] = 40.0.into();
    let faults = SurveyResult::from_json(&changed.to_string()).unwrap_err();
    assert!(faults.breaks("survey_score_of_answers"), "{faults}");
    changed["reportable"] = true.into();
    changed["groups"][0]["answers"] = 6.into();
    let faults = SurveyResult::from_json(&changed.to_string()).unwrap_err();
    let both = ["survey_groups_of_instrument", "survey_reportable_from_minimum"];
    assert!(both.iter().all(|rule| faults.breaks(rule)), "{faults}");
}
