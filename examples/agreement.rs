//! How far raters agree: every coefficient, what it means here, and why the undefined ones have no value.
//!
//! ```sh
//! cargo run --example agreement                                # the sample data
//! cargo run --example agreement -- ratings.csv --scale 1..5    # your own: a header `subject,rater,category`
//! cargo run --example agreement -- --json
//! ```
//!
//! Which of them to quote is the subject of `docs/choosing-a-statistic.md`.

#[expect(dead_code, reason = "other examples need the rest")]
mod common;

use std::process::ExitCode;

use common::Failure;
use common::arguments::Arguments;
use common::files::open;
use common::output::{say, tell};
use serde_json::{Value, json};
use service_excellence::statistics::{
    AlphaMetric, Bootstrap, Categories, Coefficient, ConfidenceLevel, Estimate, RatingTable, SparseRatingTable,
    Undefined, VerbalScale, Weights, brennan_prediger, cohen_kappa, conger_kappa, fleiss_kappa, gwet_ac, kendall_w,
    light_kappa, percent_agreement,
};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/ratings.csv");
const CONFIDENCE: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;
/// Any number will do; the same number gives the same intervals.
const SEED: u64 = 20_260_706;

const HELP: &str = "\
agreement [OPTIONS] [FILE]

Says how far raters agree: every coefficient, and what it means here.

  FILE            ratings as CSV with the header subject,rater,category;
                  - is standard input (examples/data/ratings.csv)
  --scale A..B    the categories, as a range of whole numbers (1..5)
  --json          one JSON document instead of text
";

fn main() -> ExitCode {
    common::run(HELP, program)
}

fn program(mut arguments: Arguments) -> Result<ExitCode, Failure> {
    let scale = arguments.option("--scale")?.unwrap_or_else(|| "1..5".to_owned());
    let as_json = arguments.flag("--json");
    let file = arguments.last()?.unwrap_or_else(|| SAMPLE.to_owned());
    let categories = read_scale(&scale)?;
    let table = read_ratings(&file, categories).map_err(|error| format!("{file}: {error}"))?;
    let panel = panel(&table)?;
    if as_json {
        let findings: Vec<Value> = panel.iter().map(Finding::to_json).collect();
        let counts = table.counts();
        let about = json!({
            "subjects": counts.subjects(), "raters": counts.raters(), "ratings": counts.ratings(),
            "missing": counts.missing(), "categories": table.categories().values().collect::<Vec<_>>(),
            "confidence": CONFIDENCE, "findings": findings,
        });
        say!("{about:#}");
    } else {
        print(&table, &panel);
    }
    Ok(ExitCode::SUCCESS)
}

fn read_scale(text: &str) -> Result<Categories, Failure> {
    let fault = || format!("--scale: expected a range of whole numbers such as 1..5, found `{text}`");
    let (first, last) = text.split_once("..").ok_or_else(fault)?;
    let (first, last) = (first.parse().map_err(|_| fault())?, last.parse().map_err(|_| fault())?);
    Ok(Categories::numbered(first, last).map_err(|error| format!("--scale: {error}"))?)
}

/// One rating per line; the order of lines does not matter.
fn read_ratings(file: &str, categories: Categories) -> Result<SparseRatingTable, Failure> {
    let mut reader = csv::Reader::from_reader(open(file)?);
    let names = reader.headers()?.clone();
    let column = |name: &str| {
        let mut found = names.iter().enumerate().filter(|(_, header)| *header == name).map(|(place, _)| place);
        match (found.next(), found.next()) {
            (Some(place), None) => Ok(place),
            (Some(_), Some(_)) => Err(format!("the column `{name}` stands in the first line twice")),
            (None, _) => Err(format!(
                "there is no column `{name}` in the first line: needed are `subject`, `rater` and `category`, \
                 separated by commas"
            )),
        }
    };
    let (subject, rater, category) = (column("subject")?, column("rater")?, column("category")?);
    let mut ratings = Vec::new();
    for record in reader.records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        let field = |column: usize| record.get(column).unwrap_or_default().to_owned();
        let number = field(category).parse::<f64>();
        let number = number.ok().filter(|number| categories.position(*number).is_some());
        let number = number.ok_or_else(|| {
            let (lowest, highest) = (categories.values().next(), categories.values().last());
            let range = lowest.zip(highest).map(|(lowest, highest)| format!(": allowed is {lowest} to {highest}"));
            format!("line {line}: `{}` is not on the scale{}", field(category), range.unwrap_or_default())
        })?;
        // Ratings without a name would all count as of one subject, or by one rater.
        for (name, column) in [("subject", subject), ("rater", rater)] {
            if field(column).trim().is_empty() {
                return Err(format!("line {line}: there is no `{name}`").into());
            }
        }
        ratings.push((field(subject), field(rater), number));
    }
    Ok(SparseRatingTable::from_long(categories, ratings)?)
}

/// A coefficient with what it means for these ratings.
struct Finding {
    name: &'static str,
    result: Result<Estimate, Undefined>,
    /// The scale of words that fits it, if any does.
    words: Option<VerbalScale>,
    meaning: String,
}

impl Finding {
    fn new(
        name: &'static str,
        words: Option<VerbalScale>,
        coefficient: Result<Coefficient, Undefined>,
        meaning: impl Fn(&Coefficient) -> String,
    ) -> Self {
        let meaning = coefficient.as_ref().map(meaning).unwrap_or_default();
        Self { name, result: coefficient.map(|coefficient| *coefficient.estimate()), words, meaning }
    }

    fn words(&self) -> Option<String> {
        let (scale, interval) = (self.words?, self.result.as_ref().ok()?.interval()?);
        Some(format!("{} ({})", scale.words(interval), scale.name()))
    }

    fn to_json(&self) -> Value {
        match &self.result {
            Ok(estimate) => json!({
                "coefficient": self.name, "estimate": estimate.to_six_decimals(), "words": self.words(),
                "meaning": self.meaning,
            }),
            Err(reason) => json!({ "coefficient": self.name, "undefined": reason, "reason": reason.to_string() }),
        }
    }
}

fn panel(table: &SparseRatingTable) -> Result<Vec<Finding>, Failure> {
    let bootstrap = Bootstrap::bca(2_000, SEED, CONFIDENCE)?;
    let complete = RatingTable::complete_subjects(table);
    let (identity, quadratic) = (Weights::identity(), Weights::quadratic());
    let (landis, krippendorff) = (Some(VerbalScale::LANDIS_KOCH), Some(VerbalScale::KRIPPENDORFF));
    let mut panel = vec![
        Finding::new("percent agreement", None, percent_agreement(table, &identity, CONFIDENCE), |found| {
            format!("two raters choose the same step in {} of cases", share(found.value()))
        }),
        Finding::new(
            "percent agreement, within one step",
            None,
            percent_agreement(table, &Weights::within(1), CONFIDENCE),
            |found| format!("two raters are at most one step apart in {} of cases", share(found.value())),
        ),
    ];
    let mut corrected = |name, words, coefficient| panel.push(Finding::new(name, words, coefficient, beyond_chance));
    if table.columns() == 2 {
        let pair = table.pair(0, 1);
        corrected("Cohen's kappa", landis, cohen_kappa(&pair, &identity, CONFIDENCE));
        corrected("Cohen's kappa, quadratic weights", landis, cohen_kappa(&pair, &quadratic, CONFIDENCE));
    } else {
        corrected("Conger's kappa", landis, conger_kappa(table, &identity, CONFIDENCE));
        corrected("Conger's kappa, quadratic weights", landis, conger_kappa(table, &quadratic, CONFIDENCE));
        corrected("Light's kappa, quadratic weights", landis, light_kappa(&complete, &quadratic));
    }
    corrected("Fleiss' kappa", landis, fleiss_kappa(table, &identity, CONFIDENCE));
    corrected("Brennan-Prediger, quadratic weights", landis, brennan_prediger(table, &quadratic, CONFIDENCE));
    corrected("Gwet's AC1", landis, gwet_ac(table, &identity, CONFIDENCE));
    corrected("Gwet's AC2, quadratic weights", landis, gwet_ac(table, &quadratic, CONFIDENCE));
    for (name, metric) in [
        ("Krippendorff's alpha, nominal", AlphaMetric::Nominal),
        ("Krippendorff's alpha, ordinal", AlphaMetric::Ordinal),
        ("Krippendorff's alpha, interval", AlphaMetric::Interval),
    ] {
        corrected(name, krippendorff, bootstrap.krippendorff_alpha(table, &metric));
    }
    panel.push(concordance(&complete, &bootstrap));
    Ok(panel)
}

/// Kendall's W is no share of agreement: it asks for the order alone.
fn concordance(table: &RatingTable, bootstrap: &Bootstrap) -> Finding {
    let w = kendall_w(table);
    let meaning = w.as_ref().map(|w| {
        let chance = 1.0 / w.counts().raters() as f64;
        format!("the raters order the subjects alike to this degree, severity aside; by chance it would be {chance:.2}")
    });
    let subjects = usize::try_from(table.counts().subjects()).unwrap_or(usize::MAX);
    let estimate =
        w.and_then(|_| bootstrap.estimate(subjects, |picks| kendall_w(&table.pick(picks)).map(|found| found.w())));
    Finding { name: "Kendall's W", result: estimate, words: None, meaning: meaning.unwrap_or_default() }
}

fn beyond_chance(found: &Coefficient) -> String {
    let (observed, expected) = (share(found.observed()), share(found.expected()));
    let way = if found.value() > 0.0 {
        format!("{} of the way from chance to complete agreement", share(found.value()))
    } else {
        "no better than chance".to_owned()
    };
    format!("agreement is {observed}, chance alone would give {expected}: {way}")
}

fn share(value: f64) -> String {
    format!("{:.0} %", 100.0 * value)
}

fn print(table: &SparseRatingTable, panel: &[Finding]) {
    let counts = table.counts();
    let missing = counts.missing();
    say!(
        "{} ratings of {} subjects by {} raters, {missing} missing; intervals at {CONFIDENCE}",
        counts.ratings(),
        counts.subjects(),
        counts.raters()
    );
    for finding in panel {
        match &finding.result {
            Ok(estimate) => {
                let interval = estimate.interval().map(|ends| format!("{:6.3} to {:.3}", ends.lower(), ends.upper()));
                let interval = interval.unwrap_or_else(|| "no interval".to_owned());
                say!("\n{:36} {:6.3}   {interval}", finding.name, estimate.value());
                tell(&format!("    {}", finding.meaning));
                if let Some(words) = finding.words() {
                    say!("    in words, by the interval: {words}");
                }
            }
            Err(reason) => say!("\n{:36} undefined: {reason}", finding.name),
        }
    }
    tell("\nSubjects that have something in common, such as criteria of one contact, make intervals too narrow.");
}
