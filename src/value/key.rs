use super::scalar::text;

const SECRET: bool = false;

text! {
    /// A name that this library or its adopter gives: a criterion, role, activity, channel or rule.
    ///
    /// Lower-case ASCII words and digits joined by single underscores, 1 to 64 characters, starting with a letter.
    ///
    /// ```
    /// use service_excellence::Key;
    ///
    /// let key = Key::new("active_listening")?;
    /// assert_eq!(key.as_str(), "active_listening");
    /// assert!(Key::new("Active Listening").is_err());
    /// # Ok::<(), service_excellence::ValueError>(())
    /// ```
    pub struct Key: "a key", 1 to 64 characters,
    pattern "^[a-z][a-z0-9]*(_[a-z0-9]+)*$", checked by is_snake_case,
    allowed "lower-case words and digits joined by `_`, starting with a letter, 1 to 64 characters"
}

fn is_snake_case(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text
            .split('_')
            .all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}

impl std::borrow::Borrow<str> for Key {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_snake_case() {
        for good in ["a", "a1", "active_listening", "x_1_2"] {
            assert!(Key::new(good).is_ok(), "{good}");
        }
        for bad in ["", "_a", "a_", "a__b", "A", "1a", "a-b", "a b", "ä", "a\n", &"a".repeat(65)] {
            assert!(Key::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_error_names_what_was_found_and_what_is_allowed() {
        let error = Key::new("A key").unwrap_err();
        assert_eq!(
            error.to_string(),
            "`A key` is not a key: allowed is lower-case words and digits joined by `_`, \
             starting with a letter, 1 to 64 characters",
        );
    }
}
