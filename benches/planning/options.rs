//! What the command line asks for; the text on top of `main.rs` says what there is.

use std::ops::RangeInclusive;
use std::path::PathBuf;

use service_excellence::planning::PlanProblem;

use crate::generator::CLASSES;

pub(crate) struct Options {
    pub(crate) seeds: RangeInclusive<u64>,
    /// By number of activities.
    pub(crate) classes: Vec<usize>,
    /// The limit of processor time of each solver.
    pub(crate) seconds: f64,
    /// Where the problems are written.
    pub(crate) folder: Option<PathBuf>,
    pub(crate) is_alone: bool,
    pub(crate) most_given: usize,
}

impl Options {
    pub(crate) fn from_arguments(mut arguments: impl Iterator<Item = String>) -> Self {
        let classes = CLASSES.iter().map(|class| class.activities).collect();
        let mut options =
            Self { seeds: 1..=3, classes, seconds: 10.0, folder: None, is_alone: false, most_given: usize::MAX };
        while let Some(name) = arguments.next() {
            let mut value = || arguments.next().expect("a value after the option");
            match name.as_str() {
                "--seeds" => {
                    let (first, last) =
                        value().split_once('-').map(|(a, b)| (a.parse(), b.parse())).expect("as in 1-3");
                    options.seeds = first.unwrap()..=last.unwrap();
                }
                "--classes" => options.classes = value().split(',').map(|one| one.parse().unwrap()).collect(),
                "--seconds" => options.seconds = value().parse().unwrap(),
                "--write" => options.folder = Some(value().into()),
                "--alone" => options.is_alone = true,
                // The smallest problems show that it works.
                "--test" => (options.classes, options.most_given) = (Vec::new(), 5),
                "--bench" => {}
                other => panic!("unknown option {other}"),
            }
        }
        options
    }

    /// What the table says of other solvers, if they run.
    pub(crate) fn beside(&self, columns: &'static str) -> &'static str {
        if self.is_alone { "" } else { columns }
    }

    pub(crate) fn write(&self, problem: &PlanProblem) {
        if let Some(folder) = &self.folder {
            std::fs::create_dir_all(folder).unwrap();
            let file = folder.join(format!("{}.json", problem.document().name));
            std::fs::write(file, serde_json::to_string(problem).unwrap()).unwrap();
        }
    }
}
