/// Documentation without what only `rustdoc` understands: links to items, code blocks, lines broken for the editor; and
/// without what only Rust has: asides and sentences that name a function by its path, such as `Rubric::admit`.
pub(super) fn plain_text(documentation: &str) -> String {
    let text = joined_lines(&without_links(&without_code(documentation)));
    let mut lines: Vec<String> = text.lines().map(without_paths).collect();
    lines.dedup_by(|one, before| one.is_empty() && before.is_empty());
    lines.join("\n").trim().to_owned()
}

fn without_paths(line: &str) -> String {
    let mut parts = line.split(" (");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(')') {
            Some((aside, rest)) if aside.contains("::") => kept.push_str(rest),
            _ => kept.extend([" (", part]),
        }
    }
    let sentences: Vec<&str> = kept.split_inclusive(". ").filter(|sentence| !sentence.contains("::")).collect();
    sentences.concat().trim_end().to_owned()
}

fn without_code(text: &str) -> String {
    let mut inside = false;
    let mut is_prose = |line: &&str| {
        let is_fence = line.trim_start().starts_with("```");
        inside ^= is_fence;
        !inside && !is_fence
    };
    text.lines().filter(|line| is_prose(line)).collect::<Vec<_>>().join("\n")
}

/// [`Item`](path) and [`Item`] become `Item`; brackets that are no link stay.
fn without_links(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        let (label, tail) = after.split_once(']').unwrap_or_default();
        let target_end = tail.strip_prefix('(').and_then(|target| target.split_once(')'));
        rest = match target_end {
            Some((_, tail)) => {
                plain.push_str(label);
                tail
            }
            None if label.starts_with('`') => {
                plain.push_str(label);
                tail
            }
            None => {
                plain.push('[');
                after
            }
        };
    }
    plain + rest
}

/// Paragraphs and list items stay apart, the lines inside them do not.
fn joined_lines(text: &str) -> String {
    let mut joined = String::new();
    for line in text.trim().lines().map(str::trim) {
        let starts_block = line.is_empty() || line.starts_with("- ") || joined.ends_with('\n');
        if !joined.is_empty() {
            joined.push_str(if starts_block { "\n" } else { " " });
        }
        joined.push_str(line);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lose_their_targets() {
        assert_eq!(plain_text("[`Day`](crate::Day) or [`Moment`], in [0, 1]"), "`Day` or `Moment`, in [0, 1]");
        assert_eq!(plain_text("open [ bracket"), "open [ bracket");
    }

    #[test]
    fn what_only_rust_has_is_left_out() {
        assert_eq!(
            plain_text("A form.\n\nMade by [`Form::new`]. It is short.\n\nThe end."),
            "A form.\n\nIt is short.\n\nThe end."
        );
        assert_eq!(
            plain_text("Real work only ([`Basis::is_real`]): be safe (always)."),
            "Real work only: be safe (always)."
        );
        assert_eq!(plain_text("A form.\n\n[`Form::new`] makes one.\n\nThe end."), "A form.\n\nThe end.");
    }

    #[test]
    fn code_blocks_are_left_out() {
        assert_eq!(plain_text("A day.\n\n```\nlet day = 1;\n```\n\n"), "A day.");
    }

    #[test]
    fn lines_are_joined_and_lists_are_kept() {
        assert_eq!(
            plain_text("One\nsentence.\n\nAnother.\n- `a`: one\n- `b`: two"),
            "One sentence.\n\nAnother.\n- `a`: one\n- `b`: two"
        );
    }
}
