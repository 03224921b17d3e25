//! Reads the paths out of Rust source text: as much of the grammar as `use` and `a::b::c` need.

#![expect(clippy::indexing_slicing, reason = "the reader never steps back before the first token")]

/// A path with the line on which its last segment stands.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) segments: Vec<String>,
    pub(crate) line: usize,
    /// Followed by `as`.
    pub(crate) is_renamed: bool,
    /// Part of a `use` declaration.
    pub(crate) is_import: bool,
}

/// Every path of two segments or more, and `crate` alone where it is renamed; groups are taken apart.
pub(crate) fn paths(source: &str) -> Vec<Found> {
    let code = without_comments_and_strings(source);
    let mut reader = Reader { tokens: tokens(&code), next: 0, found: Vec::new() };
    while reader.next < reader.tokens.len() {
        reader.read_from_here();
    }
    reader.found
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'a> {
    Word(&'a str),
    Separator,
    Other(char),
}

struct Reader<'a> {
    tokens: Vec<(Token<'a>, usize)>,
    next: usize,
    found: Vec<Found>,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.next).map(|(token, _)| *token)
    }

    fn read_from_here(&mut self) {
        let is_import = self.next > 0 && self.tokens[self.next - 1].0 == Token::Word("use");
        match self.peek() {
            Some(Token::Word(_)) => self.tree(&mut Vec::new(), is_import),
            _ => self.next += 1,
        }
    }

    /// Reads `a::b`, `a::{b, c::d}`, `a::*` and `a as b`, starting at a word, a group or a star.
    fn tree(&mut self, prefix: &mut Vec<String>, is_import: bool) {
        let length = prefix.len();
        while let Some(Token::Word(word)) = self.peek() {
            prefix.push(word.to_owned());
            self.next += 1;
            if self.peek() != Some(Token::Separator) {
                break;
            }
            self.next += 1;
        }
        let ends_open = self.next > 0 && self.tokens[self.next - 1].0 == Token::Separator;
        match self.peek() {
            Some(Token::Other('{')) if ends_open => self.group(prefix, is_import),
            Some(Token::Other('*')) if ends_open => {
                self.next += 1;
                prefix.push("*".to_owned());
                self.report(prefix, is_import);
            }
            _ => self.report(prefix, is_import),
        }
        prefix.truncate(length);
    }

    fn group(&mut self, prefix: &mut Vec<String>, is_import: bool) {
        self.next += 1;
        while let Some(token) = self.peek() {
            match token {
                Token::Other('}') => {
                    self.next += 1;
                    return;
                }
                Token::Word("as") => self.next += 2,
                Token::Word(_) => self.tree(prefix, is_import),
                // `{*}` and `{{…}}`.
                Token::Other('*' | '{') => {
                    self.next += 1;
                    prefix.push("*".to_owned());
                    self.report(prefix, is_import);
                    prefix.pop();
                }
                Token::Other(_) | Token::Separator => self.next += 1,
            }
        }
    }

    fn report(&mut self, segments: &[String], is_import: bool) {
        let is_renamed = self.peek() == Some(Token::Word("as"));
        let is_path = segments.len() > 1 || is_renamed && segments.first().is_some_and(|one| one == "crate");
        if is_path {
            let line = self.tokens[self.next - 1].1;
            self.found.push(Found { segments: segments.to_vec(), line, is_renamed, is_import });
        }
    }
}

fn tokens(code: &str) -> Vec<(Token<'_>, usize)> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (code, 1);
    while let Some(first) = rest.chars().next() {
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        let length = if is_word(first) {
            let end = rest.find(|letter| !is_word(letter)).unwrap_or(rest.len());
            tokens.push((Token::Word(&rest[..end]), line));
            end
        } else if rest.starts_with("::") {
            tokens.push((Token::Separator, line));
            2
        } else {
            line += usize::from(first == '\n');
            if !first.is_whitespace() {
                tokens.push((Token::Other(first), line));
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

/// The source with comments, strings and characters blanked out; lines stay where they are.
pub(crate) fn without_comments_and_strings(source: &str) -> String {
    let mut code = String::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let skipped = skipped_length(&code, rest);
        let length = if skipped > 0 { skipped } else { first.len_utf8() };
        let (piece, after) = rest.split_at(length);
        if skipped > 0 {
            code.push(' ');
            code.extend(piece.chars().filter(|letter| *letter == '\n'));
        } else {
            code.push_str(piece);
        }
        rest = after;
    }
    code
}

/// How long the comment, string or character is that starts here; 0 when none does.
fn skipped_length(before: &str, rest: &str) -> usize {
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return block_comment_length(rest);
    }
    if rest.starts_with('"') {
        return quoted_length(rest, '"');
    }
    let follows_a_word = before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
    if !follows_a_word && let Some(length) = raw_string_length(rest) {
        return length;
    }
    // `'a'` and `'\n'` are characters, `'a` is a lifetime.
    let mut letters = rest.chars();
    match (letters.next(), letters.next(), letters.next()) {
        (Some('\''), Some('\\'), _) | (Some('\''), Some(_), Some('\'')) => quoted_length(rest, '\''),
        _ => 0,
    }
}

fn block_comment_length(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        let here = &rest[at..];
        let step = if here.starts_with("/*") {
            depth += 1;
            2
        } else if here.starts_with("*/") {
            depth -= 1;
            2
        } else {
            here.chars().next().map_or(1, char::len_utf8)
        };
        at += step;
        if depth == 0 {
            break;
        }
    }
    at
}

fn quoted_length(rest: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if letter == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// `r"…"`, `br#"…"#` and the like.
fn raw_string_length(rest: &str) -> Option<usize> {
    let start = rest.strip_prefix("br").or(rest.strip_prefix('r'))?;
    let hashes = start.len() - start.trim_start_matches('#').len();
    let body = start[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = body.find(&end).map_or(body.len(), |at| at + end.len());
    Some(rest.len() - body.len() + length)
}
