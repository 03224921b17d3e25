//! How often the report on raters cries wolf, and how often it finds what is there: simulated raters whose habits are known.
//!
//! The committed sizes are small. For the table of `docs/calibration.md`:
//! `SIGNAL_REPORTS=400 cargo test --release --test rater_signals -- --nocapture`.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

#[path = "common/normal.rs"]
mod normal;
#[path = "common/random.rs"]
mod random;

use random::Random;
use service_excellence::calibration::{RaterCheckKind, RaterThresholds};
use service_excellence::{
    Assessment, AssessmentBuilder, Day, Framework, Rater, RaterKind, RaterReport, Reference, Rubric,
};

const PERSONS: usize = 12;
const CRITERIA: usize = 24;
/// The rater and the criterion that something may be wrong with.
const ODD_RATER: usize = 1;
const ODD_CRITERION: usize = 6;

/// How many reports a figure rests on: for a table as many as asked for, divided by `part`.
fn reports(small: usize, part: usize) -> usize {
    let asked = std::env::var("SIGNAL_REPORTS").ok().and_then(|number| number.parse::<usize>().ok());
    asked.map_or(small, |asked| asked / part)
}

#[derive(Clone, Copy)]
struct World {
    raters: usize,
    contacts: usize,
    /// The standard deviation of a rating around what there was to see, in levels.
    noise: f64,
    /// The share of its variance that the criteria of one assessment have in common.
    common: f64,
    odd: Odd,
    /// The part of the reports asked for.
    part: usize,
}

/// What is wrong, if anything.
#[derive(Clone, Copy, PartialEq)]
enum Odd {
    Nothing,
    /// The odd rater gives so many levels less on the odd criterion.
    SevereOnOne(f64),
    /// … on every criterion.
    SevereOnAll(f64),
    /// Every second rater reads the odd criterion one level lower.
    ReadTwoWays,
    /// Everybody's noise on the odd criterion is this many times as large.
    NoisyAnchor(f64),
    /// The odd rater's noise is this many times as large.
    NoisyRater(f64),
}

fn rubric() -> Rubric {
    Rubric::for_channel(Framework::builtin(), "chat").unwrap()
}

fn rater_name(rater: usize) -> Reference {
    format!("rater-{rater}").parse().unwrap()
}

impl World {
    /// Persons, criteria and contacts differ; every rater sees every contact.
    fn assessments(&self, rubric: &Rubric, random: &mut Random) -> Vec<Assessment> {
        let persons: Vec<f64> = (0..PERSONS).map(|_| 3.0 + 0.6 * random.normal()).collect();
        let criteria: Vec<f64> = (0..CRITERIA).map(|_| 0.4 * random.normal()).collect();
        let mut all = Vec::new();
        for contact in 0..self.contacts {
            let person = contact % PERSONS;
            let seen: Vec<f64> =
                criteria.iter().map(|criterion| persons[person] + criterion + 0.3 * random.normal()).collect();
            for rater in 0..self.raters {
                let common = self.common.sqrt() * random.normal();
                let steps = seen.iter().enumerate().map(|(criterion, seen)| {
                    let error = common + (1.0 - self.common).sqrt() * random.normal();
                    let (shift, factor) = self.odd_at(rater, criterion);
                    (seen + shift + factor * self.noise * error).round().clamp(1.0, 5.0) as u8
                });
                all.push(assess(rubric, rater, contact, person, steps));
            }
        }
        all
    }

    /// By how much a rating is moved, and its noise multiplied.
    fn odd_at(&self, rater: usize, criterion: usize) -> (f64, f64) {
        let (is_rater, is_criterion) = (rater == ODD_RATER, criterion == ODD_CRITERION);
        match self.odd {
            Odd::SevereOnOne(levels) if is_rater && is_criterion => (-levels, 1.0),
            Odd::SevereOnAll(levels) if is_rater => (-levels, 1.0),
            Odd::ReadTwoWays if is_criterion && rater % 2 == 1 => (-1.0, 1.0),
            Odd::NoisyAnchor(factor) if is_criterion => (0.0, factor),
            Odd::NoisyRater(factor) if is_rater => (0.0, factor),
            _ => (0.0, 1.0),
        }
    }

    /// The share of reports in which `is_found` holds.
    fn share(&self, small: usize, is_found: impl Fn(&RaterReport, &Rubric) -> bool) -> f64 {
        let (rubric, reports) = (rubric(), reports(small, self.part));
        let day: Day = "2026-12-31".parse().unwrap();
        let mut found = 0;
        for report in 0..reports {
            let seed = 7_919 * report as u64 + self.contacts as u64 + (1e3 * self.noise) as u64;
            let assessments = self.assessments(&rubric, &mut Random(seed));
            let report = RaterReport::of(&assessments, RaterThresholds::default(), None, day);
            found += usize::from(is_found(&report, &rubric));
        }
        found as f64 / reports as f64
    }
}

fn assess(rubric: &Rubric, rater: usize, contact: usize, person: usize, steps: impl Iterator<Item = u8>) -> Assessment {
    let who = Rater { id: rater_name(rater), kind: RaterKind::QualityReviewer };
    let id: Reference = format!("as-{rater}-{contact}").parse().unwrap();
    let day = "2026-01-05".parse::<Day>().unwrap().plus_days(3 * contact as i32);
    let builder = AssessmentBuilder::new(rubric, id, format!("person-{person}").parse().unwrap(), who, day);
    let rated = rubric.criteria().iter().zip(steps);
    let builder = rated.fold(builder, |one, (criterion, step)| one.rate(criterion.key.as_str(), step));
    builder.contact(format!("contact-{contact:03}").parse().unwrap()).submitted().admit().unwrap()
}

fn has_signal(report: &RaterReport) -> bool {
    !report.anchors().is_empty() || report.raters().iter().any(|rater| rater.flags().next().is_some())
}

fn flags_odd_rater(report: &RaterReport, kinds: &[RaterCheckKind], criterion: Option<&str>) -> bool {
    let rater = report.rater(&rater_name(ODD_RATER)).unwrap();
    rater.flags().any(|check| kinds.contains(&check.kind()) && check.criterion().map(|own| own.as_str()) == criterion)
}

fn odd_criterion(rubric: &Rubric) -> &str {
    rubric.criteria()[ODD_CRITERION].key.as_str()
}

fn named(report: &RaterReport, rubric: &Rubric) -> bool {
    report.anchors().iter().any(|one| one.criterion().as_str() == odd_criterion(rubric))
}

fn flagged_on_one(report: &RaterReport, rubric: &Rubric) -> bool {
    flags_odd_rater(report, &[RaterCheckKind::BiasOnCriterion], Some(odd_criterion(rubric)))
}

const LIKE: World = World { raters: 4, contacts: 30, noise: 0.8, common: 0.0, odd: Odd::Nothing, part: 1 };

#[test]
fn like_raters_raise_a_signal_in_at_most_five_of_a_hundred_reports() {
    let alarms = World { contacts: 8, common: 0.3, ..LIKE }.share(8, |report, _| has_signal(report));
    // With a rate of 5 %, three or more of eight reports have a signal in 6 of 1,000 runs.
    assert!(alarms < 3.0 / 8.0, "{alarms}");
}

#[test]
fn a_rater_one_level_severe_on_one_criterion_is_found_with_thirty_shared_contacts() {
    let found = World { odd: Odd::SevereOnOne(1.0), ..LIKE }.share(3, flagged_on_one);
    // With a power of 80 %, none or one of three is found in 1 of 10 runs; this run is always the same.
    assert!(found > 0.6, "{found}");
}

/// False alarms and power, for the docs.
fn print_table(common: f64) {
    if std::env::var("SIGNAL_REPORTS").is_err() {
        return;
    }
    for noise in [0.5, 0.8, 1.1] {
        for contacts in [8, 16, 30, 60] {
            let world = World { contacts, noise, common, ..LIKE };
            let with = |odd| World { odd, ..world };
            let alarms = world.share(0, |report, _| has_signal(report));
            let one = with(Odd::SevereOnOne(1.0)).share(0, flagged_on_one);
            let mut line =
                format!("common {common} noise {noise} contacts {contacts}: alarms {alarms:.3} one {one:.3}");
            if (noise - 0.8_f64).abs() < 0.1 {
                let with = |odd| World { odd, part: 4, ..world };
                let all = with(Odd::SevereOnAll(1.0))
                    .share(0, |report, _| flags_odd_rater(report, &[RaterCheckKind::BiasAgainstOthers], None));
                let two_ways = with(Odd::ReadTwoWays).share(0, named);
                let noisy_anchor = with(Odd::NoisyAnchor(2.0)).share(0, named);
                let noisy_rater = with(Odd::NoisyRater(2.0))
                    .share(0, |report, _| report.rater(&rater_name(ODD_RATER)).unwrap().flags().next().is_some());
                line +=
                    &format!(" all {all:.3} two ways {two_ways:.3} anchor {noisy_anchor:.3} rater {noisy_rater:.3}");
            }
            println!("{line}");
        }
    }
}

#[test]
fn table_of_independent_errors() {
    print_table(0.0);
}

#[test]
fn table_of_errors_that_go_together_in_a_contact() {
    print_table(0.3);
}
