//! Where in a JSON text its reader stopped, as a JSON Pointer.

/// The JSON Pointer (RFC 6901) of the value or member name that ends, or was about to begin, at byte `offset` of `text`.
///
/// `text` need not be sound behind `offset`. One pass over the bytes before it; nothing is read twice.
pub(super) fn pointer(text: &str, offset: usize) -> String {
    let bytes = text.as_bytes();
    let consumed = bytes.get(..offset.min(bytes.len())).unwrap_or_default();
    let mut open: Vec<Container> = Vec::new();
    let mut at = 0;
    while let Some(byte) = consumed.get(at) {
        let end = match byte {
            b'"' => string_end(consumed, at),
            b'{' | b'[' | b'}' | b']' | b':' | b',' | b' ' | b'\t' | b'\n' | b'\r' => at + 1,
            _ => scalar_end(consumed, at),
        };
        match byte {
            b'{' => open.push(Container::Object { name: None, is_named: false }),
            b'[' => open.push(Container::Array { index: 0 }),
            b'}' | b']' => {
                open.pop();
            }
            b',' => {
                if let Some(container) = open.last_mut() {
                    container.next();
                }
            }
            b':' => {
                if let Some(Container::Object { is_named, .. }) = open.last_mut() {
                    *is_named = true;
                }
            }
            b' ' | b'\t' | b'\n' | b'\r' => {}
            _ => {
                if let Some(Container::Object { name, is_named: false }) = open.last_mut() {
                    *name = Some(at..end);
                }
            }
        }
        at = end;
    }
    if is_list_itself(consumed, bytes.get(consumed.len()..).unwrap_or_default()) {
        open.pop();
    }
    open.iter().map(|container| container.step(text)).collect()
}

/// Whether the reader refused a list when it had seen no more of it than its bracket, and not the list or object in it.
fn is_list_itself(consumed: &[u8], rest: &[u8]) -> bool {
    let is_dark = |byte: &&u8| !byte.is_ascii_whitespace();
    consumed.iter().rfind(is_dark) == Some(&b'[') && !matches!(rest.iter().find(is_dark), Some(b'[' | b'{'))
}

/// An object or list that was begun and not ended.
enum Container {
    Object {
        /// The quoted name of the member at hand.
        name: Option<std::ops::Range<usize>>,
        /// Whether its colon was read.
        is_named: bool,
    },
    Array {
        index: usize,
    },
}

impl Container {
    fn next(&mut self) {
        match self {
            Self::Object { name, is_named } => (*name, *is_named) = (None, false),
            Self::Array { index } => *index += 1,
        }
    }

    fn step(&self, text: &str) -> String {
        match self {
            Self::Array { index } => format!("/{index}"),
            Self::Object { name: None, .. } => String::new(),
            Self::Object { name: Some(quoted), .. } => {
                let quoted = text.get(quoted.clone()).unwrap_or_default();
                let name = serde_json::from_str::<String>(quoted).unwrap_or_default();
                format!("/{}", name.replace('~', "~0").replace('/', "~1"))
            }
        }
    }
}

fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn scalar_end(bytes: &[u8], start: usize) -> usize {
    let is_over = |byte: &u8| matches!(byte, b',' | b']' | b'}' | b':' | b'"' | b' ' | b'\t' | b'\n' | b'\r');
    let rest = bytes.get(start..).unwrap_or_default();
    rest.iter().position(is_over).map_or(bytes.len(), |length| start + length)
}

/// The byte offset of a line (from 1) and a column in bytes.
pub(super) fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    before + column
}

#[cfg(test)]
mod tests {
    use super::{offset, pointer};

    fn place(before: &str, behind: &str) -> String {
        pointer(&format!("{before}{behind}"), before.len())
    }

    #[test]
    fn a_value_is_named_where_it_ends_and_where_it_is_about_to_begin() {
        assert_eq!(place(r#"{"a":[{"b":1"#, "}]}"), "/a/0/b");
        assert_eq!(place(r#"{"a":[{"b":1},{"c" : "#, "[2]}]}"), "/a/1/c");
        assert_eq!(place(r#"{"a":[3,[4]"#, "]}"), "/a/1");
        assert_eq!(place(r#"{"a":"#, "[]}"), "/a");
        assert_eq!(place(r#"{"a":["#, "2]}"), "/a");
        assert_eq!(place(r#"{"a":["#, "[2]]}"), "/a/0");
    }

    #[test]
    fn an_object_is_named_where_it_ends_and_a_member_by_its_name() {
        assert_eq!(place(r#"{"a":{"b":1}"#, r#","c":2}"#), "/a");
        assert_eq!(place(r#"{"a":{"b":1,"x""#, ":2}}"), "/a/x");
        assert_eq!(place(r#"{"a":1}"#, ""), "");
    }

    #[test]
    fn names_are_unquoted_and_their_slashes_escaped() {
        assert_eq!(place(r#"{"a/\u0062~":{"\"}{":1"#, "}}"), "/a~1b~0/\"}{");
    }

    #[test]
    fn unsound_texts_have_a_place_too() {
        assert_eq!(pointer("]}:,\"a", 40), "");
        assert_eq!(pointer("[1,\"\\", 5), "/1");
    }

    #[test]
    fn columns_count_bytes_from_the_start_of_their_line() {
        assert_eq!(offset("ä\r\nbc\nd", 2, 1), 5);
        assert_eq!(offset("", 9, 3), 3);
    }
}
