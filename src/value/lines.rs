use std::fmt;
use std::io::{self, BufRead, Read, Write};
use std::iter::FusedIterator;

use serde::Serialize;

use super::{Fault, Faults, LineError};

/// The most bytes a line may have unless [`Lines::with_longest`] says otherwise: 4 MiB.
const LONGEST: usize = 4 * 1024 * 1024;

/// The documents of an NDJSON text: one JSON document a line, read one at a time.
///
/// The input is whatever the caller opened; the crate opens nothing. A slice of bytes will do, a buffered file, or the
/// lock of standard input. The reader of a line is a function such as `Rubric::from_json`.
///
/// * A byte-order mark at the start, line ends of either kind and a missing last line end make no difference.
/// * Blank lines are passed over. They count in line numbers.
/// * A bad line is an error with its number; the lines after it can still be read.
/// * One line is held at a time. A line of more than 4 MiB, or of [`with_longest`](Self::with_longest), is passed over
///   without being held.
///
/// ```
/// use service_excellence::value::{Lines, write_lines};
/// use service_excellence::{Framework, Rubric};
///
/// let chat = Rubric::for_channel(Framework::builtin(), "chat")?;
/// let phone = Rubric::for_channel(Framework::builtin(), "phone")?;
/// let mut text = Vec::new();
/// write_lines(&mut text, [&chat, &phone])?;
/// text.extend(b"\n{}\n");
///
/// let mut rubrics = Lines::new(text.as_slice(), Rubric::from_json);
/// assert_eq!(rubrics.next().and_then(Result::ok).map(|rubric| rubric.id().clone()), Some(chat.id().clone()));
/// assert_eq!(rubrics.next().and_then(Result::ok).map(|rubric| rubric.id().clone()), Some(phone.id().clone()));
/// let error = rubrics.next().and_then(Result::err).expect("`{}` is no rubric");
/// assert_eq!(error.line(), 4);
/// assert!(error.to_string().starts_with("line 4: missing field `schema_version`"));
/// assert!(rubrics.next().is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[must_use = "nothing is read before it is asked for"]
pub struct Lines<R, F> {
    input: R,
    read: F,
    buffer: Vec<u8>,
    line: u64,
    longest: usize,
    has_failed: bool,
}

impl<R: BufRead, F> Lines<R, F> {
    /// Reads each line of `input` with `read`.
    pub fn new(input: R, read: F) -> Self {
        Self { input, read, buffer: Vec::new(), line: 0, longest: LONGEST, has_failed: false }
    }

    /// Refuses lines of more bytes than this, line end not counted.
    pub fn with_longest(mut self, bytes: usize) -> Self {
        self.longest = bytes;
        self
    }

    /// The number of the line that was read last, counted from 1; 0 before the first.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Fills the buffer with the next line that is not blank; `false` at the end.
    fn fill(&mut self) -> Result<bool, LineError> {
        loop {
            self.buffer.clear();
            let line = self.line + 1;
            let failed =
                |error: &io::Error| LineError::Unreadable { line, kind: error.kind(), reason: error.to_string() };
            // Room for the line end and, in the first line, for a byte-order mark.
            let enough = (self.longest as u64).saturating_add(5);
            let count = self.input.by_ref().take(enough).read_until(b'\n', &mut self.buffer);
            if count.map_err(|error| failed(&error))? == 0 {
                return Ok(false);
            }
            self.line = line;
            let is_whole = self.buffer.last() == Some(&b'\n') || (self.buffer.len() as u64) < enough;
            if !is_whole {
                self.input.skip_until(b'\n').map_err(|error| failed(&error))?;
            }
            if line == 1 && self.buffer.starts_with(b"\xef\xbb\xbf") {
                self.buffer.drain(..3);
            }
            if !is_whole || self.buffer.trim_ascii_end().len() > self.longest {
                return Err(LineError::TooLong { line, longest: self.longest });
            }
            if !self.buffer.trim_ascii().is_empty() {
                return Ok(true);
            }
        }
    }
}

impl<R: BufRead, T, F: FnMut(&str) -> Result<T, Faults>> Iterator for Lines<R, F> {
    type Item = Result<T, LineError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_failed {
            return None;
        }
        match self.fill() {
            Ok(true) => {}
            Ok(false) => return None,
            Err(error) => {
                self.has_failed = matches!(error, LineError::Unreadable { .. });
                return Some(Err(error));
            }
        }
        let document = match std::str::from_utf8(self.buffer.trim_ascii_end()) {
            Ok(text) => (self.read)(text),
            Err(error) => Err(no_text(error.valid_up_to() + 1).into()),
        };
        Some(document.map_err(|faults| LineError::Invalid { line: self.line, faults: in_line(&faults) }))
    }
}

impl<R: BufRead, T, F: FnMut(&str) -> Result<T, Faults>> FusedIterator for Lines<R, F> {}

impl<R, F> fmt::Debug for Lines<R, F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Lines")
            .field("line", &self.line)
            .field("longest", &self.longest)
            .finish_non_exhaustive()
    }
}

fn no_text(column: usize) -> Fault {
    Fault::new(Fault::SHAPE, "", format!("expected text in UTF-8, found other bytes at column {column}"))
}

/// A document that is one line of many is not "line 1": the number of the line stands before its faults.
fn in_line(faults: &Faults) -> Faults {
    let told = faults.iter().map(|fault| match fault.message().rsplit_once(" at line 1 column ") {
        Some((message, column)) if fault.rule() == Fault::SHAPE => {
            Fault::new(fault.rule(), fault.path(), format!("{message} at column {column}"))
        }
        _ => fault.clone(),
    });
    Faults::none_of(told.collect()).err().unwrap_or_else(|| faults.clone())
}

/// Writes each document as one line of JSON, and flushes; [`Lines`] reads them back.
///
/// # Errors
///
/// The output failed, with its own kind: a closed pipe is [`BrokenPipe`](io::ErrorKind::BrokenPipe).
///
/// # Examples
///
/// ```
/// use service_excellence::value::{Score, write_lines};
///
/// let mut text = Vec::new();
/// write_lines(&mut text, [Score::try_from(0.25)?, Score::try_from(1.0)?])?;
/// assert_eq!(text, b"0.25\n1.0\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_lines<T: Serialize>(mut output: impl Write, documents: impl IntoIterator<Item = T>) -> io::Result<()> {
    for document in documents {
        serde_json::to_writer(&mut output, &document)?;
        output.write_all(b"\n")?;
    }
    output.flush()
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    /// Takes any line but one that begins with `bad`.
    fn plain(text: &str) -> Result<String, Faults> {
        if text.starts_with("bad") { Err(Fault::new(Fault::SHAPE, "/a", "no").into()) } else { Ok(text.to_owned()) }
    }

    /// What was read, and the messages of what was not.
    fn read(input: &[u8]) -> (Vec<String>, Vec<String>) {
        // A small read-ahead, so that lines cross its edge.
        let lines = Lines::new(BufReader::with_capacity(3, input), plain).with_longest(10);
        let (good, bad): (Vec<_>, Vec<_>) = lines.partition(Result::is_ok);
        (good.into_iter().flatten().collect(), bad.into_iter().map(|one| one.unwrap_err().to_string()).collect())
    }

    fn good(input: &[u8]) -> Vec<String> {
        let (good, bad) = read(input);
        assert_eq!(bad, [""; 0]);
        good
    }

    #[test]
    fn line_ends_marks_and_blank_lines_make_no_difference() {
        for text in ["1\n2\n", "1\n2", "1\r\n2\r\n", "\u{feff}1\n2\n", "\u{feff}\r\n\n1\n  \t\n\n2\n\n"] {
            assert_eq!(good(text.as_bytes()), ["1", "2"], "{text:?}");
        }
        for empty in ["", "\n", "\u{feff}", "\r\n\r\n"] {
            assert_eq!(good(empty.as_bytes()), [""; 0], "{empty:?}");
        }
    }

    #[test]
    fn a_mark_is_passed_over_at_the_start_only() {
        assert_eq!(good("1\n\u{feff}2\n".as_bytes()), ["1", "\u{feff}2"]);
    }

    #[test]
    fn a_bad_line_has_its_number_and_the_others_are_read() {
        let (good, bad) = read(b"\n1\n\nbad\n2");
        assert_eq!(good, ["1", "2"]);
        assert_eq!(bad, ["line 4: no (at `/a`, shape)"]);
    }

    #[test]
    fn a_line_may_have_just_the_longest_length() {
        for end in ["", "\n", "\r\n"] {
            assert_eq!(good(format!("1234567890{end}").as_bytes()), ["1234567890"], "{end:?}");
            assert_eq!(good(format!("\u{feff}1234567890{end}").as_bytes()), ["1234567890"], "{end:?}");
            let (good, bad) = read(format!("12345678901{end}").as_bytes());
            assert_eq!(good, [""; 0]);
            assert_eq!(bad, ["line 1: expected a line of at most 10 bytes, found a longer one"], "{end:?}");
        }
    }

    #[test]
    fn a_longer_line_is_passed_over_and_not_held() {
        let long = BufReader::new(io::repeat(b'x').take(1 << 20));
        let mut lines = Lines::new(long.chain(&b"\n1\n"[..]), plain).with_longest(100);
        assert!(matches!(lines.next(), Some(Err(LineError::TooLong { line: 1, longest: 100 }))));
        assert_eq!(lines.next().unwrap().unwrap(), "1");
        assert_eq!(lines.line(), 2);
        assert!(lines.buffer.capacity() < 1_000, "{}", lines.buffer.capacity());
    }

    #[test]
    fn bytes_that_are_no_text_are_named_with_their_column() {
        let (good, bad) = read(b"1\n22\xff\n3\n");
        assert_eq!(good, ["1", "3"]);
        assert_eq!(
            bad,
            ["line 2: expected text in UTF-8, found other bytes at column 3 (at the document itself, shape)"]
        );
    }

    #[test]
    fn the_place_of_a_fault_is_its_column() {
        let shape = |_: &str| Err::<(), _>(Fault::new(Fault::SHAPE, "", "a line at line 1 column 7").into());
        let error = Lines::new(&b"\nx"[..], shape).next().unwrap().unwrap_err();
        assert_eq!(error.to_string(), "line 2: a line at column 7 (at the document itself, shape)");
    }

    #[test]
    fn nothing_is_read_after_an_input_that_failed() {
        struct Failing;

        impl Read for Failing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::new(io::ErrorKind::ConnectionReset, "gone"))
            }
        }

        let mut lines = Lines::new((&b"1\n"[..]).chain(BufReader::new(Failing)), plain);
        assert!(lines.next().unwrap().is_ok());
        let error = lines.next().unwrap().unwrap_err();
        assert_eq!(error.to_string(), "line 2: expected to read on, found that the input failed: gone");
        assert_eq!((error.line(), error.code()), (2, "line_unreadable"));
        assert!(lines.next().is_none());
    }

    #[test]
    fn what_is_written_is_read_back_line_by_line() {
        let texts = ["", "two\nlines", "\u{feff}", "\u{2028}", "\r"];
        let mut written = Vec::new();
        write_lines(&mut written, texts).unwrap();
        assert_eq!(written.iter().filter(|byte| **byte == b'\n').count(), texts.len());
        let read = Lines::new(written.as_slice(), |line: &str| Ok(serde_json::from_str::<String>(line).unwrap()));
        assert_eq!(read.map(Result::unwrap).collect::<Vec<_>>(), texts);
    }

    #[test]
    fn a_closed_output_keeps_its_kind() {
        struct Closed;

        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }

            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }

        assert_eq!(write_lines(Closed, [1, 2]).unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }
}
