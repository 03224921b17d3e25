//! What may be shown of three teams: a heat map with small teams suppressed, made of shards that threads summed up.
//!
//! `cargo run --release --example team_summary` uses the synthetic sample data.

#[expect(dead_code, reason = "other examples need the rest")]
mod common;

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::thread;

use common::Failure;
use common::arguments::Arguments;
use common::files::Data;
use common::output::say;
use service_excellence::statistics::{ConfidenceLevel, Estimate};
use service_excellence::team::{BarrierFrequency, GroupContent, TeamCell, TeamSummary};
use service_excellence::{
    Assessment, Day, EvidencePolicy, GroupThreshold, Label, Profiler, Reference, Rubric, Scorecard, Scorer,
    TeamCounter, TeamReport, TeamTally,
};

const SHARDS: usize = 4;

type Teams = BTreeMap<Label, TeamTally>;

const HELP: &str = "\
team_summary [OPTIONS]

Shows what may be shown of three teams, with small groups hidden. Without
options it reads the sample data; people of your own are all in one team,
\"Others\".

  --as-of YYYY-MM-DD  the day on which this is known (2026-06-30)
Files; - is standard input
  --rubrics FILE      rubrics, one JSON document a line
  --assessments FILE  assessments, one JSON document a line
";

fn main() -> ExitCode {
    common::run(HELP, program)
}

fn program(mut arguments: Arguments) -> Result<ExitCode, Failure> {
    let as_of: Day = arguments.option("--as-of")?.map_or_else(|| "2026-06-30".parse(), Ok)?;
    let files = Data::files(&mut arguments)?;
    arguments.none()?;
    let centre = Centre::of(Data::read(&files)?, as_of)?;
    let people: Vec<&Reference> = centre.contacts.keys().collect();

    // Each thread sums up its own people: shards are cut by person.
    let shards = thread::scope(|scope| {
        let centre = &centre;
        let shard = |people| scope.spawn(move || centre.teams(people));
        let threads: Vec<_> = people.chunks(people.len().div_ceil(SHARDS).max(1)).map(shard).collect();
        let joined = threads.into_iter().map(|one| one.join().map_err(|_| "a thread has panicked")?);
        joined.collect::<Result<Vec<Teams>, Failure>>()
    })?;
    let mut teams = Teams::new();
    for (name, tally) in shards.into_iter().flatten() {
        merge_into(&mut teams, name, &tally)?;
    }
    if teams != centre.teams(&people)? {
        return Err("the merged shards differ from a single pass".into());
    }

    let groups: Vec<(Label, TeamTally)> = teams.into_iter().collect();
    let report = TeamReport::new(&groups, GroupThreshold::default(), ConfidenceLevel::NINETY_FIVE)?;
    print_report(&report, &centre.rubric);
    print_audit(&groups)?;
    say!("\n{SHARDS} shards, summed up by threads and merged, give the same sums as a single pass.");
    Ok(ExitCode::SUCCESS)
}

/// The sample data, scored.
struct Centre {
    rubric: Rubric,
    as_of: Day,
    contacts: BTreeMap<Reference, Vec<(Assessment, Scorecard)>>,
}

impl Centre {
    fn of(data: Data, as_of: Day) -> Result<Self, Failure> {
        let rubric = data.first_rubric()?.clone();
        let scorers: Vec<Scorer> = data.rubrics.rubrics().iter().map(Scorer::new).collect();
        let mut contacts: BTreeMap<Reference, Vec<_>> = BTreeMap::new();
        for assessment in data.assessments {
            let scorer = scorers.iter().find(|one| one.rubric().pin().is_same_form(assessment.rubric().pin()));
            let scorecard = scorer.ok_or("expected a scorer for each rubric, found none")?.score(&assessment)?;
            contacts.entry(assessment.person().clone()).or_default().push((assessment, scorecard));
        }
        Ok(Self { rubric, as_of, contacts })
    }

    /// The tallies of these people by team.
    fn teams(&self, people: &[&Reference]) -> Result<Teams, Failure> {
        let profiler = Profiler::new(&self.rubric, EvidencePolicy::default());
        let counter = TeamCounter::new(&self.rubric, self.as_of);
        let mut teams = Teams::new();
        for person in people {
            let contacts = self.contacts.get(*person).map(Vec::as_slice).unwrap_or_default();
            let profile = profiler.profile(person, contacts.iter().map(|(seen, _)| seen), self.as_of);
            let tally = counter.person(&profile, contacts.iter().map(|(seen, card)| (seen, card)))?;
            merge_into(&mut teams, team_of(person)?, &tally)?;
        }
        Ok(teams)
    }
}

fn merge_into(teams: &mut Teams, name: Label, tally: &TeamTally) -> Result<(), Failure> {
    match teams.get_mut(&name) {
        Some(team) => team.merge(tally)?,
        None => drop(teams.insert(name, tally.clone())),
    }
    Ok(())
}

/// Of the sample's people six are in the north, four in the south, two in the west.
fn team_of(person: &Reference) -> Result<Label, Failure> {
    let name = match person.as_str().strip_prefix("agent-").and_then(|number| number.parse::<u32>().ok()) {
        Some(1..=6) => "North",
        Some(7..=10) => "South",
        Some(11..=12) => "West",
        _ => "Others",
    };
    Ok(name.parse()?)
}

fn print_report(report: &TeamReport, rubric: &Rubric) {
    say!("TEAMS on {}, at least {} people behind every number", report.as_of(), report.threshold());
    say!("\nMean on the scale from 1 to 5, people with a value, and how many of them are on levels 1 to 5\n");
    let names = report.groups().iter().map(|group| group.name.as_str());
    print_row("", names.chain(["All"]).map(str::to_owned));
    for criterion in rubric.criteria() {
        let key = criterion.key.as_str();
        let cell = |content: &GroupContent| content.summary().and_then(|one| one.cell(key)).map_or(hidden(), shown);
        print_row(key, contents(report).map(cell));
    }
    say!("");
    for group in report.groups() {
        if let GroupContent::Suppressed { reason } = &group.content {
            say!("{}: {}", group.name, reason.in_words());
        }
    }
    say!("\nReviewed contacts of real work, in percent with 95 % intervals\n");
    print_lines(report, "people", |one| one.people.to_string());
    print_lines(report, "reviewed", |one| one.reviewed.to_string());
    print_lines(report, "reviews per person", |one| {
        let bands: Vec<String> = one.reviews.iter().map(|band| band.people.to_string()).collect();
        bands.join("-")
    });
    print_lines(report, "contacts", |one| one.accuracy.contacts.to_string());
    print_lines(report, "customer-critical", |one| percent(&one.accuracy.customer));
    print_lines(report, "business-critical", |one| percent(&one.accuracy.business));
    print_lines(report, "compliance-critical", |one| percent(&one.accuracy.compliance));
    print_lines(report, "non-critical", |one| one.accuracy.non_critical.as_ref().map_or("none".to_owned(), percent));
    print_lines(report, "barriers", |one| one.barriers.iter().map(|kind| kind.times.get()).sum::<u64>().to_string());
    let most = |one: &BarrierFrequency| one.times;
    print_lines(report, "most often", |one| {
        one.barriers.iter().max_by_key(|kind| most(kind)).map_or(String::new(), |kind| kind.barrier.to_string())
    });
    say!("\nReviews per person: none, 1, 2, 3 to 4, 5 to 9, 10 or more.");
}

/// The groups and then all of them.
fn contents(report: &TeamReport) -> impl Iterator<Item = &GroupContent> {
    report.groups().iter().map(|group| &group.content).chain([report.total()])
}

fn print_lines(report: &TeamReport, name: &str, line: impl Fn(&TeamSummary) -> String) {
    print_row(name, contents(report).map(|content| content.summary().map_or(hidden(), &line)));
}

fn print_row(name: &str, cells: impl Iterator<Item = String>) {
    let cells: String = cells.map(|cell| format!("  {cell:<22}")).collect();
    say!("{}", format!("{name:<30}{cells}").trim_end());
}

fn hidden() -> String {
    "suppressed".to_owned()
}

fn shown(cell: &TeamCell) -> String {
    let TeamCell::Shown { people, mean, levels } = cell else { return hidden() };
    let levels: Vec<String> = levels.iter().map(|one| one.people.to_string()).collect();
    format!("{:.2} ({people:>2}) {}", 1.0 + 4.0 * mean.value(), levels.join("-"))
}

fn percent(share: &Estimate) -> String {
    let ends = share.interval().map(|one| format!(" ({:.1} to {:.1})", 100.0 * one.lower(), 100.0 * one.upper()));
    format!("{:.1}{}", 100.0 * share.value(), ends.unwrap_or_default())
}

/// Nothing here is new to who knows the report and the rules.
fn print_audit(groups: &[(Label, TeamTally)]) -> Result<(), Failure> {
    say!("\nWHAT CAN BE FOUND OUT ABOUT HIDDEN COUNTS\n");
    for hidden in TeamReport::audit(groups, GroupThreshold::default())? {
        let narrowest = hidden.rated.iter().map(|(_, range)| range.width()).min().unwrap_or_default();
        let size = hidden.reviewed.map_or("shown".to_owned(), |one| format!("{} to {}", one.lowest, one.highest));
        say!(
            "{:<8} people reviewed: {size}; criteria: {} hidden, each with at least {narrowest} possible counts",
            hidden.group.as_str(),
            hidden.rated.len(),
        );
    }
    Ok(())
}
