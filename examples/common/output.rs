//! Output through one buffered writer, which ends the program quietly when nobody reads any more.

use std::cell::RefCell;
use std::fmt;
use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write};
use std::process;

/// Prints a line as `println!` does, but a closed pipe (`… | head`) is no panic: the program ends there.
macro_rules! say {
    ($($part:tt)*) => { $crate::common::output::write_line(format_args!($($part)*)) };
}
pub(crate) use say;

thread_local! {
    static OUT: RefCell<BufWriter<StdoutLock<'static>>> = RefCell::new(BufWriter::new(io::stdout().lock()));
}

/// Writes a line to standard output; [`say`] calls it.
pub(crate) fn write_line(line: fmt::Arguments<'_>) {
    OUT.with_borrow_mut(|out| or_end(writeln!(out, "{line}")));
}

/// Prints text in lines of at most 80 columns; what follows the first line of a sentence stands two columns further in.
pub(crate) fn tell(text: &str) {
    for line in text.split('\n') {
        let indent = line.len() - line.trim_start().len();
        let mut shown = line.to_owned();
        while let Some((start, rest)) = broken(&shown, indent) {
            write_line(format_args!("{start}"));
            shown = " ".repeat(indent + 2) + &rest;
        }
        write_line(format_args!("{shown}"));
    }
}

/// A line that is too long as what fits and the rest, broken between words.
fn broken(line: &str, indent: usize) -> Option<(String, String)> {
    let (limit, _) = line.char_indices().nth(COLUMNS)?;
    let end = line.get(..=limit)?.rfind(' ').filter(|end| *end > indent + 2)?;
    Some((line.get(..end)?.trim_end().to_owned(), line.get(end..)?.trim_start().to_owned()))
}

/// How many columns a line has.
const COLUMNS: usize = 80;

/// Hands over what is written so far.
pub(crate) fn flush() {
    OUT.with_borrow_mut(|out| or_end(out.flush()));
}

fn or_end(written: io::Result<()>) {
    match written {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::BrokenPipe => process::exit(0),
        Err(error) => {
            super::complain(&format!("expected an output that can be written to, found: {error}"));
            process::exit(1);
        }
    }
}
