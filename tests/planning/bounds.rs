//! What holds in every build, with the feature `exact` or without: plans are feasible and bounds are bounds.

use service_excellence::planning::{Certificate, ProofMethod, SolveLimits};

use crate::generator::{CLASSES, instance};
use crate::{problem, published, solved};

const VALUES: [(&str, i64); 8] = [
    ("e01-empty-library", 0),
    ("e03-zero-cost-budget", 740),
    ("e09-greedy-trap", 900),
    ("e10-ceilings", 6_700),
    ("e12-spacing-and-minimum", 3_455),
    ("m14-medium-packing", 5_860),
    ("s13-small-random", 2_559),
    ("t19-team-shared", 8_063),
];

#[test]
fn a_bound_from_prices_alone_is_never_below_the_published_optimum() {
    for (name, optimum) in VALUES {
        let limits = SolveLimits { rounds: 0, tie_nodes: 0, ..SolveLimits::default() };
        let outcome = problem(&published("instances", name)).solve(&limits);
        let found = outcome.evaluation().map(|one| one.value());
        assert!(found <= Some(optimum), "{name}");
        assert!(outcome.evaluation().is_none_or(|one| one.is_feasible()), "{name}");
        match outcome.certificate() {
            Certificate::Optimal { proof } => {
                assert_eq!((found, proof.method()), (Some(optimum), ProofMethod::Prices), "{name}");
            }
            Certificate::Bounded { upper, .. } => assert!(*upper >= optimum, "{name}: {upper}"),
            Certificate::Infeasible { .. } => panic!("{name}"),
        }
    }
}

#[test]
fn every_plan_is_feasible_and_within_its_bound() {
    for class in CLASSES.into_iter().take(2) {
        for seed in 1..=2 {
            let outcome = solved(&problem(&instance(class, seed)));
            let evaluation = outcome.evaluation().unwrap();
            assert!(evaluation.is_feasible(), "{class:?} {seed}: {:?}", evaluation.violations());
            if let Certificate::Bounded { upper, .. } = outcome.certificate() {
                assert!(*upper >= evaluation.value(), "{class:?} {seed}");
            }
        }
    }
}
