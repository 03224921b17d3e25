//! ORA2's scores of many raters, and what a profile of ours makes of staff and peers.

use service_excellence::profile::{Aggregation, ExclusionReason, RaterPrecedence};
use service_excellence::scoring::presets::ora2::{by_precedence, mean, median, relaxed_peer_count, score};
use service_excellence::{AssessmentBuilder, EvidencePolicy, Framework, Profiler, Rater, RaterKind, Rubric};

#[test]
fn medians_of_an_even_number_are_rounded_up() {
    assert_eq!(median(&[5, 6]), 6);
    assert_eq!(median(&[5, 6, 12, 16, 22, 53]), 14);
    assert_eq!(median(&[5, 6, 12, 16, 22, 53, 102]), 16);
    assert_eq!(median(&[]), 0);
    assert_eq!(median(&[16, 5, 102, 6, 53, 12, 22]), 16, "in any order");
}

#[test]
fn means_are_rounded_up() {
    assert_eq!(mean(&[5, 6]), 6);
    assert_eq!(mean(&[5, 6, 12, 16, 22, 53]), 19);
    assert_eq!(mean(&[5, 6, 12, 16, 22, 53, 102]), 31);
    assert_eq!(mean(&[0, 1, 3, 1, 5]), 2);
    assert_eq!(mean(&[]), 0);
}

#[test]
fn a_response_has_the_sum_of_its_criteria() {
    let criteria = [vec![5, 6], vec![0, 1, 3, 1, 5]];
    assert_eq!((score(&criteria, median), score(&criteria, mean)), (7, 8));
}

#[test]
fn after_a_week_a_third_of_the_peers_is_enough() {
    assert_eq!([5, 10, 1, 0].map(relaxed_peer_count), [1, 3, 1, 1]);
}

#[test]
fn staff_come_before_peers_and_peers_before_the_person() {
    assert_eq!(by_precedence(Some(3), Some(5), Some(9)), Some(3));
    assert_eq!(by_precedence(None, Some(5), Some(9)), Some(5));
    assert_eq!(by_precedence(None, None, Some(9)), Some(9));
    assert_eq!(by_precedence(None, None, None), None);
}

#[test]
fn in_ours_staff_outrank_peers_and_own_ratings_never_count() {
    let rubric = Rubric::for_channel(Framework::builtin(), "chat").unwrap();
    let seen = |id: &str, rater: &str, kind, step| {
        let rater = Rater { id: rater.parse().unwrap(), kind };
        let day = "2026-03-02".parse().unwrap();
        let builder = AssessmentBuilder::new(&rubric, id.parse().unwrap(), "agent-1".parse().unwrap(), rater, day);
        let rated = rubric.criteria().iter().fold(builder, |builder, one| builder.rate(one.key.as_str(), step));
        rated.submitted().admit().unwrap()
    };
    let staff = [seen("s1", "lead", RaterKind::Coach, 2), seen("s2", "desk", RaterKind::QualityReviewer, 3)];
    let peers = [seen("p1", "mate", RaterKind::Peer, 4), seen("p2", "pal", RaterKind::Peer, 4)];
    let own = [seen("o1", "agent-1", RaterKind::SelfRater, 5)];
    let mut policy = EvidencePolicy::of(Framework::builtin());
    (policy.aggregation, policy.precedence) = (Aggregation::Median {}, RaterPrecedence::StaffFirst);
    let profiler = Profiler::new(&rubric, policy);
    let profile =
        |assessments: &[_]| profiler.profile(&"agent-1".parse().unwrap(), assessments, "2026-06-30".parse().unwrap());
    let value = |assessments: &[_]| {
        let found = profile(assessments).criterion("diagnosis").unwrap().standing.score();
        found.map(|score| score.on_level_scale(1))
    };
    let all = [staff.to_vec(), peers.to_vec(), own.to_vec()].concat();
    assert_eq!(value(&all).as_deref(), Some("2.5"), "the staff's median");
    assert_eq!(value(&[peers.to_vec(), own.to_vec()].concat()).as_deref(), Some("4.0"), "without staff, the peers'");
    assert_eq!(value(&own), None);
    let outranked =
        profile(&all).exclusions().iter().filter(|one| one.reason == ExclusionReason::OutrankedRater).count();
    assert_eq!(outranked, 2 * 24, "each answer of a peer is listed");
    let own_view = profile(&all).criterion("diagnosis").unwrap().own_view.unwrap();
    assert_eq!((own_view.mean.on_level_scale(1).as_str(), own_view.observations.get()), ("5.0", 1));
}
