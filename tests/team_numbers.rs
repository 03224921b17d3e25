//! Teams by the numbers: what a tally counts, what a report says of it, impact ratios, and what can be said of two people.

#![expect(clippy::unwrap_used, reason = "test helpers work on valid values")]

use service_excellence::framework::Basis;
use service_excellence::statistics::{ConfidenceLevel, Proportion};
use service_excellence::team::{
    CategoryCount, Comparison, GroupContent, ImpactOutcome, ImpactReport, PeopleMatrix, ReviewBand, TeamCell,
    TeamSummary,
};
use service_excellence::value::Count;
use service_excellence::{
    Assessment, AssessmentBuilder, Day, EvidencePolicy, Framework, GroupThreshold, Label, Profile, Profiler, Rater,
    RaterKind, Rubric, Scorecard, Scorer, TeamCounter, TeamError, TeamReport, TeamTally,
};

const LEVEL: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;
const CRITERION: &str = "active_listening";

fn rubric() -> Rubric {
    Rubric::for_channel(Framework::builtin(), "chat").unwrap()
}

fn as_of() -> Day {
    "2026-06-30".parse().unwrap()
}

/// A contact in which every criterion was on `step`.
fn contact(rubric: &Rubric, person: &str, number: u32, step: u8, basis: Basis) -> Assessment {
    let rater = Rater { id: "reviewer-1".parse().unwrap(), kind: RaterKind::QualityReviewer };
    let id = format!("{person}-{number}").parse().unwrap();
    let day = "2026-05-02".parse().unwrap();
    let builder = AssessmentBuilder::new(rubric, id, person.parse().unwrap(), rater, day).basis(basis);
    let rated = rubric.criteria().iter().fold(builder, |builder, one| builder.rate(one.key.as_str(), step));
    rated.submitted().admit().unwrap()
}

/// A person with these contacts, counted.
struct Person {
    profile: Profile,
    contacts: Vec<(Assessment, Scorecard)>,
}

impl Person {
    fn new(rubric: &Rubric, name: &str, steps: &[u8], basis: Basis) -> Self {
        let scorer = Scorer::new(rubric);
        let seen = (1..).zip(steps).map(|(number, step)| contact(rubric, name, number, *step, basis));
        let contacts: Vec<_> = seen.map(|one| (one.clone(), scorer.score(&one).unwrap())).collect();
        let profiler = Profiler::new(rubric, EvidencePolicy::default());
        let profile = profiler.profile(&name.parse().unwrap(), contacts.iter().map(|(one, _)| one), as_of());
        Self { profile, contacts }
    }

    fn tally(&self, rubric: &Rubric) -> TeamTally {
        let contacts = self.contacts.iter().map(|(one, card)| (one, card));
        TeamCounter::new(rubric, as_of()).person(&self.profile, contacts).unwrap()
    }
}

/// A team whose members have the same step in two contacts each.
fn team(rubric: &Rubric, name: &str, steps: &[u8]) -> (Label, TeamTally) {
    let mut sum = TeamCounter::new(rubric, as_of()).empty();
    for (number, step) in steps.iter().enumerate() {
        let person = Person::new(rubric, &format!("{name}-{number}"), &[*step, *step], Basis::LiveObservation);
        sum.merge(&person.tally(rubric)).unwrap();
    }
    (name.parse().unwrap(), sum)
}

fn report(groups: &[(Label, TeamTally)]) -> TeamReport {
    TeamReport::new(groups, GroupThreshold::default(), LEVEL).unwrap()
}

fn summary<'a>(report: &'a TeamReport, name: &str) -> &'a TeamSummary {
    report.group(name).unwrap().content.summary().unwrap()
}

#[track_caller]
fn assert_near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 0.000_001, "{found} is not {expected}");
}

#[test]
fn a_cell_has_the_mean_of_its_people_and_their_levels() {
    let rubric = rubric();
    let report = report(&[team(&rubric, "North", &[2, 2, 3, 3, 4])]);
    let summary = summary(&report, "North");
    let TeamCell::Shown { people, mean, levels } = summary.cell(CRITERION).unwrap() else { panic!("shown") };
    assert_eq!(people.get(), 5);
    // Scores 0.25, 0.25, 0.5, 0.5, 0.75: mean 0.45, s² = 0.175/4, t with 4 degrees of freedom 2.776445.
    assert_near(mean.value(), 0.45);
    assert_near(mean.standard_error().unwrap(), 0.093_541);
    let interval = mean.interval().unwrap();
    assert!((interval.lower() - 0.190_288).abs() < 0.000_01 && (interval.upper() - 0.709_712).abs() < 0.000_01);
    let levels: Vec<u32> = levels.iter().map(|one| one.people.get()).collect();
    assert_eq!(levels, [0, 2, 2, 1, 0]);
}

#[test]
fn reviews_are_counted_by_how_often_people_were_reviewed() {
    let rubric = rubric();
    let mut sum = TeamCounter::new(&rubric, as_of()).empty();
    for (number, count) in [0, 1, 2, 3, 4, 7, 12].into_iter().enumerate() {
        let person = Person::new(&rubric, &format!("p-{number}"), &vec![3; count], Basis::WrittenWorkSample);
        sum.merge(&person.tally(&rubric)).unwrap();
    }
    let report = report(&[("All".parse().unwrap(), sum)]);
    let summary = summary(&report, "All");
    assert_eq!((summary.people.get(), summary.reviewed.get(), summary.accuracy.contacts.get()), (7, 6, 29));
    let bands: Vec<_> = summary.reviews.iter().map(|band| (band.reviews, band.people.get())).collect();
    let expected = ReviewBand::ALL.iter().copied().zip([1, 1, 1, 2, 1, 1]).collect::<Vec<_>>();
    assert_eq!(bands, expected);
    // One review is no value: two are needed.
    assert!(matches!(summary.cell(CRITERION), Some(TeamCell::Shown { people, .. }) if people.get() == 5));
}

#[test]
fn practice_is_no_review_and_its_values_do_not_count() {
    let rubric = rubric();
    let person = Person::new(&rubric, "p", &[4, 4, 4], Basis::Simulation);
    assert_eq!(person.tally(&rubric).to_state()[..3], [1, 0, 1]);
    assert!(person.tally(&rubric).to_state()[8..].iter().all(|sum| *sum == 0));
}

#[test]
fn an_assessment_given_twice_counts_once() {
    let rubric = rubric();
    let mut person = Person::new(&rubric, "p", &[4, 4], Basis::LiveObservation);
    let once = person.tally(&rubric);
    person.contacts.push(person.contacts[0].clone());
    let profiler = Profiler::new(&rubric, EvidencePolicy::default());
    person.profile = profiler.profile(&"p".parse().unwrap(), person.contacts.iter().map(|(one, _)| one), as_of());
    assert!(!person.profile.exclusions().is_empty(), "the profile lists the repetition");
    assert_eq!(person.tally(&rubric), once);
}

/// The ten contacts of the COPC-style case, by one of ten people each: 9, 10 and 9 of 10 free of errors, 180 of 192 items.
#[test]
fn accuracy_is_that_of_the_copc_style_case_with_the_interval_of_wilson() {
    let rubric = rubric();
    let nobody = TeamCounter::new(&rubric, as_of()).empty();
    let mut state = vec![0; TeamTally::width_for(rubric.criteria().len())];
    state[..14].copy_from_slice(&[10, 10, 0, 10, 0, 0, 0, 0, 10, 1, 0, 1, 192, 12]);
    let report = report(&[("All".parse().unwrap(), nobody.from_state(&state).unwrap())]);
    let accuracy = summary(&report, "All").accuracy;
    assert_near(accuracy.customer.value(), 0.9);
    assert_near(accuracy.business.value(), 1.0);
    assert_near(accuracy.compliance.value(), 0.9);
    assert_near(accuracy.non_critical.unwrap().value(), 0.9375);
    let wilson = Proportion::new(9, 10).unwrap().wilson(LEVEL).unwrap();
    assert_eq!(accuracy.customer, wilson.to_six_decimals());
    // Newcombe's table has 0.5958 to 0.9821 for nine of ten.
    assert!((accuracy.customer.interval().unwrap().lower() - 0.5958).abs() < 0.000_05);
    assert!((accuracy.customer.interval().unwrap().upper() - 0.9821).abs() < 0.000_05);
}

#[test]
fn a_suppressed_group_holds_no_number_at_all() {
    let rubric = rubric();
    let report =
        report(&[team(&rubric, "North", &[3; 7]), team(&rubric, "East", &[2; 3]), team(&rubric, "West", &[5; 5])]);
    let json = serde_json::to_value(&report).unwrap();
    let groups = json["groups"].as_array().unwrap();
    let nothing = serde_json::json!({ "kind": "suppressed", "reason": "too_few_or_protecting" });
    assert_eq!(groups[0], serde_json::json!({ "name": "East", "content": nothing }));
    // West is large enough, and hidden all the same: East would be the total minus the rest.
    assert_eq!(groups[2]["content"], groups[0]["content"]);
    assert_eq!(groups[1]["content"]["summary"]["people"], 7);
    let total = report.total().summary().unwrap();
    assert_eq!(total.people.get(), 15);
    assert!(matches!(report.group("East").unwrap().content, GroupContent::Suppressed { .. }));
    let audit = TeamReport::audit(&[team(&rubric, "Only", &[2; 3])], GroupThreshold::MIN).unwrap();
    assert_eq!(audit[0].reviewed.map(|range| (range.lowest.get(), range.highest.get())), Some((0, 4)));
}

#[test]
fn a_threshold_below_five_is_refused() {
    let error = GroupThreshold::new(4).unwrap_err().to_string();
    assert_eq!(error, "`4` is not a threshold for groups: allowed is a whole number from 5 to 1000");
    assert!(serde_json::from_str::<GroupThreshold>("4").is_err());
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let chat = rubric();
    let phone = Rubric::for_channel(Framework::builtin(), "phone").unwrap();
    let counter = TeamCounter::new(&chat, as_of());
    let mut sum = counter.empty();
    let other_day = TeamCounter::new(&chat, "2026-07-01".parse().unwrap()).empty();
    let error = sum.merge(&other_day).unwrap_err();
    assert_eq!(error.to_string(), "the day of the tally is `2026-07-01`: allowed is `2026-06-30`");
    assert!(matches!(sum.merge(&TeamCounter::new(&phone, as_of()).empty()), Err(TeamError::Mismatch(_))));
    let [one, other] = ["one", "other"].map(|name| Person::new(&chat, name, &[3, 3], Basis::LiveObservation));
    let swapped = counter.person(&one.profile, other.contacts.iter().map(|(seen, card)| (seen, card))).unwrap_err();
    assert!(!swapped.to_string().contains("other-"), "an error names nobody: {swapped}");
    assert_eq!(
        swapped.to_string(),
        "the person of a contact is `another person`: allowed is `the person of the profile`"
    );
    let name: Label = "North".parse().unwrap();
    let twice = [(name.clone(), counter.empty()), (name, counter.empty())];
    assert!(matches!(TeamReport::new(&twice, GroupThreshold::MIN, LEVEL), Err(TeamError::NameRepeated(_))));
    assert!(matches!(TeamReport::new(&[], GroupThreshold::MIN, LEVEL), Err(TeamError::NoGroups)));
}

#[test]
fn sums_that_no_people_can_have_are_refused_and_nothing_overflows() {
    let rubric = rubric();
    let nobody = TeamCounter::new(&rubric, as_of()).empty();
    let width = nobody.to_state().len();
    assert!(matches!(nobody.from_state(&vec![0; width - 1]), Err(TeamError::State(_))));
    let mut state = vec![0; width];
    state[22] = 1;
    assert!(matches!(nobody.from_state(&state), Err(TeamError::State(_))), "a value of nobody");
    assert!(matches!(nobody.from_state(&vec![u64::MAX; width]), Err(TeamError::TooLarge { .. })));
    assert!(matches!(nobody.from_state(&vec![1_000_000_000_000; width]), Err(TeamError::State(_))));
    let mut state = vec![0; width];
    state[..4].copy_from_slice(&[600_000, 600_000, 0, 600_000]);
    state[8] = 600_000;
    let mut large = nobody.from_state(&state).unwrap();
    let before = large.clone();
    let error = large.merge(&before).unwrap_err();
    assert_eq!(error.to_string(), "the tally would hold more than 1000000 people");
    assert_eq!(large, before, "a refused merge changes nothing");
    assert!(!format!("{large:?}").contains("600000"));
}

fn category(name: &str, selected: u32, people: u32) -> CategoryCount {
    let [selected, people] = [selected, people].map(|count| Count::new(count).unwrap());
    CategoryCount { category: name.parse().unwrap(), selected, people }
}

fn impact(counts: &[CategoryCount]) -> Vec<ImpactOutcome> {
    let report = ImpactReport::new(counts, GroupThreshold::MIN, LEVEL).unwrap();
    report.categories().iter().map(|one| one.outcome).collect()
}

/// Uniform Guidelines, question 12: 48 of 80 and 12 of 40 selected.
#[test]
fn impact_is_that_of_the_worked_example_of_the_eeoc() {
    let outcomes = impact(&[category("Black", 12, 40), category("White", 48, 80)]);
    let ImpactOutcome::Compared { ratio, fisher_p_value, is_below_four_fifths, is_fragile } = outcomes[0] else {
        panic!("{outcomes:?}")
    };
    assert_near(ratio.value(), 0.5);
    assert_near(fisher_p_value.get(), 0.003_409_221_767_849);
    assert!(is_below_four_fifths && !is_fragile);
    assert_eq!(outcomes[0].to_string(), "0.50, below 0.8: review (p = 0.0034)");
    assert_eq!(outcomes[1].to_string(), "highest rate (0.60)");
}

#[test]
fn impact_is_fragile_where_one_person_turns_it() {
    let outcomes = impact(&[category("A", 5, 10), category("B", 4, 10), category("C", 39, 100), category("D", 4, 4)]);
    assert_eq!(
        outcomes[1].to_string(),
        "0.80, not below 0.8 (p = 1.0000); fragile: one person more or less would change this"
    );
    assert!(outcomes[2].to_string().contains("below 0.8: review") && outcomes[2].to_string().contains("fragile"));
    // Four of four would be the highest rate, but of too few people to be compared with.
    assert_eq!(outcomes[3], ImpactOutcome::TooFew);
    let report =
        ImpactReport::new(&[category("A", 5, 10), category("C", 39, 100)], GroupThreshold::MIN, LEVEL).unwrap();
    assert_eq!(report.to_review().map(|one| one.category.as_str()).collect::<Vec<_>>(), ["C"]);
}

#[test]
fn no_ratio_is_not_a_number_that_looks_like_one() {
    let outcomes = impact(&[category("A", 0, 10), category("B", 0, 20)]);
    assert_eq!(outcomes[1].to_string(), "no ratio: a count by which the statistic divides is 0");
    let twice = [category("A", 1, 10), category("A", 1, 10)];
    assert!(matches!(ImpactReport::new(&twice, GroupThreshold::MIN, LEVEL), Err(TeamError::NameRepeated(_))));
    assert!(matches!(ImpactReport::new(&[category("A", 11, 10)], GroupThreshold::MIN, LEVEL), Err(TeamError::Data(_))));
}

#[test]
fn two_people_whose_intervals_overlap_are_not_distinguishable() {
    let share = |part, level| Proportion::new(part, 30).unwrap().wilson(level).unwrap();
    let (low, middle, high) = (share(6, LEVEL), share(14, LEVEL), share(27, LEVEL));
    assert_eq!(Comparison::of(&low, &middle), Comparison::NotDistinguishable);
    assert_eq!(Comparison::of(&high, &low), Comparison::FirstHigher);
    assert_eq!(Comparison::of(&low, &high), Comparison::SecondHigher);
    assert_eq!(Comparison::of(&low, &low), Comparison::NotDistinguishable);
    // Intervals of different confidence cannot be compared.
    assert_eq!(Comparison::of(&low, &share(27, ConfidenceLevel::EIGHTY)), Comparison::NotDistinguishable);
}

#[test]
fn people_stand_by_reference_and_never_by_score() {
    let rubric = rubric();
    let people = [("c", 5), ("a", 1), ("b", 3)];
    let people = people.map(|(name, step)| Person::new(&rubric, name, &[step, step], Basis::LiveObservation).profile);
    let matrix = PeopleMatrix::new(&people).unwrap();
    let names: Vec<&str> = matrix.rows().iter().map(|row| row.person.as_str()).collect();
    assert_eq!(names, ["a", "b", "c"]);
    assert_eq!(matrix.rows()[0].cells.len(), matrix.criteria().len());
    assert!(PeopleMatrix::new([]).is_err());
}
