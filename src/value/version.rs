use super::scalar::text;

const SECRET: bool = false;

text! {
    /// The version of a definition, such as `1.4.0`: three whole numbers without leading zeros.
    pub struct Version: "a version", 5 to 20 characters,
    pattern r"^(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})$", checked by is_version,
    allowed "three whole numbers joined by dots, such as `1.4.0`, each at most 999999"
}

fn is_version(text: &str) -> bool {
    let is_part = |part: &str| {
        part == "0"
            || (part.len() <= 6 && !part.starts_with('0') && !part.is_empty())
                && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    text.split('.').count() == 3 && text.split('.').all(is_part)
}
