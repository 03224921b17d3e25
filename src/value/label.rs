use super::scalar::text;

const SECRET: bool = false;

text! {
    /// A short name shown to people, 1 to 200 characters on one line, at least one of them visible.
    pub struct Label: "a label", 1 to 200 characters,
    pattern r"^[^\x00-\x1F]*[^\x00-\x20][^\x00-\x1F]*$", checked by is_one_visible_line,
    allowed "1 to 200 characters on one line, at least one of them visible"
}

fn is_one_visible_line(text: &str) -> bool {
    text.chars().all(|character| character > '\x1f') && text.chars().any(|character| character > ' ')
}
