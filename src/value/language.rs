use super::scalar::text;

const SECRET: bool = false;

text! {
    /// The language of a document's wording, as a BCP 47 tag such as `en-GB`.
    pub struct Language: "a language tag", 2 to 35 characters,
    pattern "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", checked by is_language_tag,
    allowed "a BCP 47 tag such as `en` or `en-GB`, at most 35 characters"
}

fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let primary = parts.next().unwrap_or_default();
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}
