//! Merging shard summaries and suppressing small groups, each beside a plain way of doing it, at growing sizes.
//!
//! After criterion's own figures a table gives, from runs in turns, the time per shard or group and the ratio to the plain
//! way. Read the ratios and the growth: times depend on the machine.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench may fail loudly")]

#[path = "common/turns.rs"]
mod turns;

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput};
use service_excellence::statistics::ConfidenceLevel;
use service_excellence::{Framework, GroupThreshold, Label, Rubric, TeamCounter, TeamReport, TeamTally};
use turns::{least_times, time};

const SHARDS: [usize; 3] = [10, 100, 1_000];
const GROUPS: [usize; 3] = [100, 1_000, 10_000];
const THRESHOLD: GroupThreshold = GroupThreshold::MIN;
/// How often the table's steps take turns.
const TURNS: usize = 5;

fn main() {
    let is_test = std::env::args().any(|argument| argument == "--test");
    // One run of each with few groups shows that they work.
    let largest = if is_test { GROUPS[0] } else { GROUPS[2] };
    let groups = groups(largest);
    let mut criterion = Criterion::default().configure_from_args();
    for step in STEPS {
        let mut bench = criterion.benchmark_group(step.name);
        bench.sample_size(10).measurement_time(Duration::from_secs(2)).warm_up_time(Duration::from_millis(500));
        for size in step.sizes.into_iter().filter(|size| *size <= largest) {
            bench.throughput(Throughput::Elements(size as u64));
            bench.bench_function(BenchmarkId::from_parameter(size), |bencher| {
                bencher.iter(|| (step.run)(black_box(&groups[..size])));
            });
        }
        bench.finish();
    }
    criterion.final_summary();
    if !is_test {
        print_table(&groups);
    }
}

/// Every step returns a number that depends on its work.
struct Step {
    name: &'static str,
    sizes: [usize; 3],
    run: fn(&[(Label, TeamTally)]) -> u64,
}

/// Each step, and after it the plain way.
const STEPS: [Step; 5] = [
    Step { name: "merge", sizes: SHARDS, run: merge },
    Step { name: "merge, plain", sizes: SHARDS, run: merge_plain },
    Step { name: "suppress and audit", sizes: GROUPS, run: suppress },
    Step { name: "suppress, plain", sizes: GROUPS, run: suppress_plain },
    Step { name: "whole report", sizes: GROUPS, run: report },
];

fn merge(groups: &[(Label, TeamTally)]) -> u64 {
    let mut sum = groups[0].1.clone();
    groups[1..].iter().for_each(|(_, tally)| sum.merge(tally).unwrap());
    sum.to_state()[0]
}

/// Numbers added to numbers, unchecked.
fn merge_plain(groups: &[(Label, TeamTally)]) -> u64 {
    let mut sum = groups[0].1.to_state().to_vec();
    for (_, tally) in &groups[1..] {
        sum.iter_mut().zip(tally.to_state()).for_each(|(sum, more)| *sum += more);
    }
    sum[0]
}

fn suppress(groups: &[(Label, TeamTally)]) -> u64 {
    TeamReport::audit(groups, THRESHOLD).unwrap().len() as u64
}

/// Small counts left out, nothing protected; the totals are merged as the report needs them.
fn suppress_plain(groups: &[(Label, TeamTally)]) -> u64 {
    let least = u64::from(THRESHOLD.get());
    let mut hidden = merge_plain(groups) & 1;
    for (_, tally) in groups {
        let state = tally.to_state();
        let counts = state[22..].chunks_exact(9).map(|sums| sums[0]);
        let shown: Vec<Option<u64>> =
            [state[1]].into_iter().chain(counts).map(|count| (count >= least).then_some(count)).collect();
        hidden += black_box(shown).iter().filter(|count| count.is_none()).count() as u64;
    }
    hidden
}

fn report(groups: &[(Label, TeamTally)]) -> u64 {
    TeamReport::new(groups, THRESHOLD, ConfidenceLevel::NINETY_FIVE).unwrap().groups().len() as u64
}

/// Groups of 0 to 24 people with scores, every one made by the same rule from its number.
fn groups(count: usize) -> Vec<(Label, TeamTally)> {
    let rubric = Rubric::for_channel(Framework::builtin(), "chat").unwrap();
    let nobody = TeamCounter::new(&rubric, "2026-06-30".parse().unwrap()).empty();
    let tally = |number: u64| {
        let people = number * 7 % 25;
        let mut state = vec![people, people, 0, 0, people, 0, 0, 0, 2 * people, people / 5, 0, 0, 20 * people, people];
        state.extend([people, 0, 0, 0, 0, 0, 0, 0]);
        for place in 0..rubric.criteria().len() as u64 {
            let rated = people.saturating_sub((number + place) % 3);
            // Half of the people on 0.5 and half on 0.75.
            let (low, high) = (rated / 2, rated - rated / 2);
            state.extend([
                rated,
                low * 500_000 + high * 750_000,
                low * 250_000 + high * 562_500,
                0,
                0,
                0,
                low,
                high,
                0,
            ]);
        }
        nobody.from_state(&state).unwrap()
    };
    (0..count as u64).map(|number| (format!("group {number:05}").parse().unwrap(), tally(number))).collect()
}

fn print_table(groups: &[(Label, TeamTally)]) {
    println!("\n{:<20} {:>8} {:>12} {:>14} {:>16}", "step", "size", "ms", "µs per part", "over the plain");
    for (step, plain) in [(0, 1), (2, 3), (4, 3)] {
        for size in STEPS[step].sizes {
            let groups = &groups[..size];
            let [own, other] =
                least_times(TURNS, |_| [step, plain].map(|place| time(|| (STEPS[place].run)(black_box(groups)))));
            let (ms, per_part) = (own.as_secs_f64() * 1e3, own.as_secs_f64() * 1e6 / size as f64);
            let ratio = own.as_secs_f64() / other.as_secs_f64();
            println!("{:<20} {size:>8} {ms:>12.3} {per_part:>14.3} {ratio:>16.2}", STEPS[step].name);
        }
    }
}
