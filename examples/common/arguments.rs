//! Options by name, in any order; whatever is left over is refused with what was expected.

use std::env;
use std::ffi::OsString;
use std::fmt::Display;
use std::str::FromStr;

use super::Failure;
use super::nearest::nearest;

/// The arguments of the command line that nobody has taken yet.
pub(crate) struct Arguments {
    left: Vec<String>,
    /// One that is no text.
    other: Option<OsString>,
    /// The names that were asked for: what a refusal can offer.
    names: Vec<&'static str>,
}

impl Arguments {
    pub(crate) fn of_command_line() -> Self {
        let (mut left, mut other) = (Vec::new(), None);
        for argument in env::args_os().skip(1) {
            match argument.into_string() {
                Ok(text) => left.push(text),
                Err(bytes) => other = Some(bytes),
            }
        }
        Self { left, other, names: vec!["--help"] }
    }

    pub(crate) fn ask_for_help(&self) -> bool {
        self.left.iter().any(|argument| argument == "--help" || argument == "-h")
    }

    pub(crate) fn refuse_other_text(self) -> Result<Self, Failure> {
        match &self.other {
            Some(bytes) => Err(format!("expected arguments in UTF-8, found `{}`", bytes.to_string_lossy()).into()),
            None => Ok(self),
        }
    }

    /// Whether this flag is there.
    pub(crate) fn flag(&mut self, name: &'static str) -> bool {
        self.names.push(name);
        let place = self.left.iter().position(|argument| argument == name);
        place.map(|place| self.left.remove(place)).is_some()
    }

    /// The value of an option, as `--name value` or `--name=value`.
    pub(crate) fn option<T: FromStr<Err: Display>>(&mut self, name: &'static str) -> Result<Option<T>, Failure> {
        self.names.push(name);
        let written_together =
            |argument: &String| argument.strip_prefix(name).is_some_and(|rest| rest.starts_with('='));
        let is_it = |argument: &String| argument == name || written_together(argument);
        let Some(place) = self.left.iter().position(is_it) else { return Ok(None) };
        let argument = self.left.remove(place);
        let value = match argument.split_once('=') {
            Some((_, value)) => value.to_owned(),
            None => match self.left.get(place) {
                Some(next) if !is_option(next) => self.left.remove(place),
                Some(next) => return Err(format!("expected a value after `{name}`, found `{next}`").into()),
                None => return Err(format!("expected a value after `{name}`, found nothing").into()),
            },
        };
        value.parse().map(Some).map_err(|error| format!("{name}: {error}").into())
    }

    /// At most one argument without a name, when all options are taken.
    pub(crate) fn last(mut self) -> Result<Option<String>, Failure> {
        let place = self.left.iter().position(|argument| !is_option(argument));
        let last = place.map(|place| self.left.remove(place));
        self.none().map(|()| last)
    }

    /// Refuses whatever is left, when all options are taken.
    pub(crate) fn none(self) -> Result<(), Failure> {
        let Some(first) = self.left.first() else { return Ok(()) };
        let name = first.split('=').next().unwrap_or(first);
        if self.names.contains(&name) {
            return Err(format!("expected `{name}` at most once and as --help says, found `{first}`").into());
        }
        if is_option(first) {
            let refusal = nearest("known option", name, &self.names);
            return Err(format!("{refusal}; --help lists all").into());
        }
        Err(format!("expected no further argument, found `{first}`; --help lists the options").into())
    }
}

/// A single dash stands for standard input.
fn is_option(argument: &str) -> bool {
    argument.starts_with('-') && argument != "-"
}
