//! Text in columns: how wide it is, where it is cut, where a line ends.

/// How many columns a line has.
pub(super) const COLUMNS: usize = 80;

/// How many columns a terminal takes for a text. Scripts and signs that may take two are counted as two.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

fn width_of(character: char) -> usize {
    let is_wide = matches!(character,
        '\u{1100}'..='\u{115F}' | '\u{231A}'..='\u{23FF}' | '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}'
        | '\u{2E80}'..='\u{A4CF}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FFE6}' | '\u{16FE0}'..='\u{1B2FF}' | '\u{1F000}'..='\u{1FAFF}'
        | '\u{20000}'..='\u{3FFFD}');
    if is_wide { 2 } else { 1 }
}

/// The text in at most so many columns, on one line; what is cut ends in `…`, after a whole word where one ends late
/// enough.
pub(super) fn shorten(text: &str, columns: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if width(&text) <= columns {
        return text;
    }
    let mut kept = beginning(&text, columns.saturating_sub(1));
    if let Some((words, _)) = kept.rsplit_once(' ')
        && width(words) * 2 >= columns
    {
        kept = words;
    }
    format!("{}…", kept.trim_end())
}

/// As much of the beginning as fits.
fn beginning(text: &str, columns: usize) -> &str {
    let mut used = 0;
    let end = text.char_indices().find(|(_, character)| {
        used += width_of(*character);
        used > columns
    });
    end.map_or(text, |(place, _)| text.get(..place).unwrap_or(text))
}

/// The text in lines of at most so many columns, broken between words, or inside a word that is longer than a line.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for mut word in text.split_whitespace() {
        if let Some(line) = lines.last_mut().filter(|line| width(line) + 1 + width(word) <= columns) {
            line.push(' ');
            line.push_str(word);
            continue;
        }
        while width(word) > columns {
            let part = beginning(word, columns.max(2));
            lines.push(part.to_owned());
            word = word.get(part.len()..).unwrap_or_default();
        }
        if !word.is_empty() {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// As [`wrap`], in at most so many lines; the last one says by `…` that there is more.
pub(super) fn wrap_at_most(text: &str, columns: usize, most: usize) -> Vec<String> {
    let mut lines = wrap(text, columns);
    if lines.len() > most {
        let rest = lines.split_off(most.saturating_sub(1)).join(" ");
        lines.push(shorten(&rest, columns));
    }
    lines
}

/// The text filled up with spaces to so many columns, or cut to them.
pub(super) fn column(text: &str, columns: usize) -> String {
    let text = shorten(text, columns);
    let missing = columns.saturating_sub(width(&text));
    text + &" ".repeat(missing)
}

/// Numbers in words, those in a row as ranges: `1 to 3, 5 and 7`.
pub(super) fn ranges(numbers: impl IntoIterator<Item = u32>) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let told = runs.iter().flat_map(|(first, last)| match last - first {
        0 => vec![first.to_string()],
        1 => vec![first.to_string(), last.to_string()],
        _ => vec![format!("{first} to {last}")],
    });
    and(&told.collect::<Vec<_>>())
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn and(items: &[String]) -> String {
    match items.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}

/// `1 week`, `3 weeks`.
pub(super) fn counted(count: impl Into<u64>, what: &str) -> String {
    match count.into() {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_asked_for_even_with_words_and_signs_that_are() {
        let text = format!("A short start {} and 漢字の長い名前がここにあります an end 🎉🎉", "x".repeat(100));
        for columns in [10, 20, 68] {
            assert!(wrap(&text, columns).iter().all(|line| width(line) <= columns), "{columns}");
            assert!(width(&shorten(&text, columns)) <= columns, "{columns}");
            assert_eq!(width(&column("漢字", columns)), columns);
        }
        assert_eq!(wrap_at_most("one two three four", 9, 1), ["one two…"]);
        assert_eq!(wrap_at_most("one two", 9, 1), ["one two"]);
    }

    #[test]
    fn what_is_cut_ends_after_a_word_and_says_so() {
        assert_eq!(shorten("Patience with pace and repetition", 20), "Patience with pace…");
        assert_eq!(shorten("Patience", 20), "Patience");
        assert_eq!(shorten("Unbreakablelongword", 8), "Unbreak…");
    }

    #[test]
    fn numbers_in_a_row_are_told_as_a_range() {
        assert_eq!(ranges([1, 2, 3, 5, 7, 8]), "1 to 3, 5, 7 and 8");
        assert_eq!((ranges([]).as_str(), ranges(1..=12).as_str()), ("", "1 to 12"));
        assert_eq!((counted(1_u32, "week").as_str(), counted(0_u32, "week").as_str()), ("1 week", "0 weeks"));
    }
}
