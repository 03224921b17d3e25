//! What every example needs besides the crate: a command line, files, and output that a closed pipe does not disturb.
//!
//! An example's `main` is `common::run(HELP, program)`. `--help` prints the help. Whatever `program` refuses is one plain
//! sentence on standard error, with the exit code 2. Copy what you need.

pub(crate) mod arguments;
pub(crate) mod files;
pub(crate) mod nearest;
pub(crate) mod output;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use self::arguments::Arguments;
use self::output::{flush, say};

/// Why a program stops: a sentence that says what was expected and what was found.
pub(crate) type Failure = Box<dyn Error + Send + Sync>;

/// Runs a program with the arguments of the command line.
pub(crate) fn run(help: &str, program: impl FnOnce(Arguments) -> Result<ExitCode, Failure>) -> ExitCode {
    let arguments = Arguments::of_command_line();
    if arguments.ask_for_help() {
        say!("{}", help.trim_end());
        flush();
        return ExitCode::SUCCESS;
    }
    match arguments.refuse_other_text().and_then(program) {
        Ok(code) => {
            flush();
            code
        }
        // Whoever reads the output has seen enough, as `head` does.
        Err(failure) if is_closed_pipe(&failure) => ExitCode::SUCCESS,
        Err(failure) => {
            flush();
            complain(&format!("{}: {failure}", env!("CARGO_CRATE_NAME")));
            ExitCode::from(2)
        }
    }
}

fn is_closed_pipe(failure: &Failure) -> bool {
    failure.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Writes a line to standard error. Texts quoted from an input may hold control characters; they become spaces.
pub(crate) fn complain(text: &str) {
    let clean = |character: char| if character.is_control() && character != '\n' { ' ' } else { character };
    // A complaint that nobody can read must not stop the program.
    let _ = writeln!(io::stderr().lock(), "{}", text.chars().map(clean).collect::<String>());
}
