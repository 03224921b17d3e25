use super::scalar::text;

const SECRET: bool = false;

text! {
    /// The language of a document's wording, as a tag in the form of BCP 47, such as `en-GB` or `de-CH-u-co-phonebk`.
    ///
    /// The form is checked (RFC 5646, section 2.1: a language of two or three letters, its subtags, extensions, private
    /// use), not whether the subtags are registered. Upper and lower case mean the same and are kept as written.
    pub struct Language: "a language tag", 2 to 35 characters,
    pattern "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*(-[0-9A-WYZa-wyz](-[A-Za-z0-9]{2,8})+)*(-[Xx](-[A-Za-z0-9]{1,8})+)?$",
    checked by is_language_tag,
    allowed "a tag in the form of BCP 47, such as `en` or `en-GB`, at most 35 characters"
}

fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    let is_language = (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_alphabetic());
    let rest: Vec<&str> = parts.collect();
    let has_form = |part: &&str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let private = rest.iter().position(|part| part.eq_ignore_ascii_case("x")).unwrap_or(rest.len());
    let (tagged, private) = rest.split_at(private);
    // A single letter or digit opens an extension, which needs something in it.
    let is_open = |part: Option<&&str>| part.is_some_and(|part| part.len() == 1);
    let holds_nothing = tagged.windows(2).any(|pair| pair.iter().all(|part| part.len() == 1)) || is_open(tagged.last());
    is_language && rest.iter().all(has_form) && !holds_nothing && private.len() != 1
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn tags_in_the_form_of_bcp_47_are_taken_as_written() {
        for tag in
            ["en", "de-CH", "zh-Hant-TW", "de-x-acme", "de-CH-u-co-phonebk", "EN-gb", "sl-rozaj-1994", "de-X-x-1"]
        {
            assert_eq!(Language::new(tag).unwrap().as_str(), tag);
        }
    }

    #[test]
    fn what_has_another_form_is_refused() {
        for tag in [
            "e",
            "engl",
            "en_GB",
            "en-",
            "-en",
            "en--GB",
            "en-u",
            "en-u-x-a",
            "en-u-t-co",
            "en-x",
            "e1",
            "en-toolongsub",
        ] {
            assert!(Language::new(tag).is_err(), "{tag}");
        }
    }
}
