//! Calibrating raters: who is severe, which texts to rewrite, and what a person's average would be with other raters.
//!
//! `cargo run --release --example calibrate_raters` reads the synthetic sample data.

#[expect(dead_code, reason = "other examples need the rest")]
mod common;

use std::collections::BTreeSet;
use std::process::ExitCode;

use common::Failure;
use common::arguments::Arguments;
use common::files::Data;
use common::nearest::nearest;
use common::output::tell;
use service_excellence::calibration::{
    AdjustedPerson, AnchorSplit, CalibrationStanding, CheckOutcome, CheckSignal, FacetOutcome, RaterCheck,
    RaterFindings, RaterThresholds,
};
use service_excellence::statistics::Estimate;
use service_excellence::{Assessment, CalibrationPolicy, CalibrationSet, Day, RaterKind, RaterReport, Reference};

const HELP: &str = "\
calibrate_raters [OPTIONS]

Shows which raters are severe, which anchors to rewrite first, and what a
person's average would be with other raters. Without options it reads the
sample data.

  --reference RATER   whose ratings count as agreed (reviewer-a)
  --as-of YYYY-MM-DD  the day on which this is known (2026-07-03)
Files; - is standard input
  --rubrics FILE      rubrics, one JSON document a line
  --assessments FILE  assessments, one JSON document a line
";

fn main() -> ExitCode {
    common::run(HELP, program)
}

fn program(mut arguments: Arguments) -> Result<ExitCode, Failure> {
    let reference: Reference = arguments.option("--reference")?.map_or_else(|| "reviewer-a".parse(), Ok)?;
    let as_of: Day = arguments.option("--as-of")?.map_or_else(|| "2026-07-03".parse(), Ok)?;
    let files = Data::files(&mut arguments)?;
    arguments.none()?;
    let mut assessments = Data::read(&files)?.assessments;
    // Peers and machines are no part of this: the question is how those whose task it is compare.
    let is_reviewer = |kind: RaterKind| matches!(kind, RaterKind::QualityReviewer | RaterKind::Coach);
    assessments.retain(|one| is_reviewer(one.document().rater().kind));
    let raters: BTreeSet<&Reference> = assessments.iter().map(|one| &one.document().rater().id).collect();
    if !raters.contains(&reference) {
        return Err(nearest("reviewer or coach who rated", reference.as_str(), raters));
    }
    let report = RaterReport::of(&assessments, RaterThresholds::default(), Some(&reference), as_of);

    print_overview(&report);
    for rater in report.raters() {
        print_rater(rater);
    }
    print_agreement(&report);
    print_persons(&report);
    print_standings(&assessments, &raters, &reference, as_of)?;
    Ok(ExitCode::SUCCESS)
}

fn print_overview(report: &RaterReport) {
    tell(&format!("{} assessments until {}", report.assessments(), report.as_of()));
    tell(&format!("{} contacts were rated by two raters or more", report.shared_contacts()));
    match report.model() {
        FacetOutcome::Fitted { ratings, assumes_random_assignment, .. } => {
            let ground = if *assumes_random_assignment { "random assignment" } else { "persons rated in common" };
            tell(&format!("The many-facet model compares raters by {ground}, from {ratings} ratings."));
        }
        FacetOutcome::NotFitted { reason } => tell(&format!("The many-facet model gives nothing: {reason}.")),
    }
}

fn print_rater(rater: &RaterFindings) {
    tell(&format!("\n{}: {} ratings, raw average {:.2}", rater.rater(), rater.ratings(), rater.raw_average()));
    if let (Some(severity), Some(fair)) = (rater.severity(), rater.fair_average()) {
        tell(&format!("  severity {} logits; an average person gets {}", with_interval(severity), with_interval(fair)));
    }
    for check in rater.checks().iter().filter(|check| check.criterion().is_none()) {
        tell(&format!("  {}", line(&check.kind().to_string(), check)));
    }
    for check in rater.flags() {
        if let Some(criterion) = check.criterion() {
            tell(&format!("  on {}", line(criterion.as_str(), check)));
        }
    }
}

fn line(name: &str, check: &RaterCheck) -> String {
    match check.outcome() {
        CheckOutcome::Computed { figure, ratings, .. } => {
            let flag = if check.is_flagged() { "  <- FLAGGED" } else { "" };
            format!("{name:<24} {} from {ratings}{flag}", with_interval(figure))
        }
        CheckOutcome::Withheld { ratings, needed } => format!("{name:<24} withheld: {ratings} of {needed} ratings"),
        CheckOutcome::Undefined { reason } => format!("{name:<24} none: {reason}"),
    }
}

fn with_interval(estimate: &Estimate) -> String {
    let ends = estimate.interval().map(|ends| format!(" ({:.2} to {:.2})", ends.lower(), ends.upper()));
    format!("{:.2}{}", estimate.value(), ends.unwrap_or_default())
}

fn print_agreement(report: &RaterReport) {
    tell("\nANCHORS TO REWRITE FIRST");
    let anchors = report.anchors();
    if anchors.is_empty() {
        tell("  None: what sets one criterion apart from the others may be chance.");
    }
    for anchor in anchors {
        let (criterion, distance) = (anchor.criterion(), anchor.distance());
        match distance {
            CheckOutcome::Computed { figure, .. } if distance.signal() == CheckSignal::Anchor => {
                tell(&format!("  {criterion}: reviewers lie {figure} times as far apart as on others"));
            }
            _ => tell(&format!("  {criterion}: half of the reviewers read it otherwise than the rest")),
        }
        if let Some((split, upper)) = anchor.split().and_then(|split| Some((split, split.upper()?))) {
            let AnchorSplit { lower, pairs, parted, .. } = split;
            tell(&format!("    steps {lower} and {upper}: reviewers split in {parted} of {pairs} pairs"));
        }
    }
}

fn print_persons(report: &RaterReport) {
    if report.persons().is_empty() {
        return;
    }
    tell("\nRAW AND FAIR AVERAGES (steps 1 to 5)");
    for person in report.persons() {
        tell(&format!(
            "  {:<10} raw {:.2}   fair {}",
            person.person.as_str(),
            person.raw_average.get(),
            with_interval(&person.fair_average)
        ));
    }
    let mean = |of: &dyn Fn(&AdjustedPerson) -> f64| {
        report.persons().iter().map(of).sum::<f64>() / report.persons().len() as f64
    };
    let (raw, fair) = (|one: &AdjustedPerson| one.raw_average.get(), |one: &AdjustedPerson| one.fair_average.value());
    let (raw_mean, fair_mean) = (mean(&raw), mean(&fair));
    tell(&format!("  {:<10} raw {raw_mean:.2}   fair {fair_mean:.2}", "all"));
    let side = |is_above: bool| if is_above { "above" } else { "below" };
    for person in report.persons() {
        let (before, after) = (raw(person) > raw_mean, fair(person) > fair_mean);
        if before != after {
            tell(&format!("  -> {} was {} the mean of all and is {} it.", person.person, side(before), side(after)));
        }
    }
}

/// The contacts that all reviewers rated serve as a calibration set, with those of one reviewer as agreed ratings.
fn print_standings(
    assessments: &[Assessment],
    raters: &BTreeSet<&Reference>,
    reference: &Reference,
    as_of: Day,
) -> Result<(), Failure> {
    let raters_of = |contact: &Reference| {
        let of_contact = assessments.iter().filter(|one| one.document().contact() == Some(contact));
        of_contact.map(|one| &one.document().rater().id).collect::<BTreeSet<_>>().len()
    };
    let agreed: Vec<Assessment> = assessments
        .iter()
        .filter(|one| one.document().rater().id == *reference)
        .filter(|one| one.document().contact().is_some_and(|contact| raters_of(contact) == raters.len()))
        .cloned()
        .collect();
    let set = CalibrationSet::new(&agreed, CalibrationPolicy::default())?;
    tell(&format!("\nCALIBRATION ON {} CONTACTS AGREED WITH {reference}", set.contacts().count()));
    let mut needed = None;
    for rater in raters.iter().copied().filter(|rater| *rater != reference) {
        let result = set.result(rater, assessments, as_of);
        let standing = match set.standing(rater, assessments, as_of) {
            CalibrationStanding::Incomplete => "not complete".to_owned(),
            CalibrationStanding::Failed { on } => format!("failed on {on}"),
            CalibrationStanding::Undecided { .. } => "undecided, too few contacts".to_owned(),
            CalibrationStanding::Passed { on, due_on } => format!("passed on {on}, due on {due_on}"),
            CalibrationStanding::Due { since } => format!("due since {since}"),
        };
        let percent = |share: Option<service_excellence::Share>| share.map_or("none".to_owned(), |one| one.percent(0));
        tell(&format!(
            "  {rater}: {} % exact, {} % within one step ({} % on critical criteria): {standing}",
            percent(result.exact),
            percent(result.adjacent),
            percent(result.critical_adjacent),
        ));
        needed = needed.max(result.contacts_needed);
    }
    if let Some(needed) = needed {
        tell(&format!("  {needed} such contacts decide on every rater."));
    }
    Ok(())
}
