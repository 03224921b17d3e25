use serde::Serialize;
use sha2::{Digest, Sha256};

use super::scalar::text;

const SECRET: bool = false;

text! {
    /// The SHA-256 of a document's canonical JSON, as 64 lower-case hexadecimal digits.
    ///
    /// Canonical JSON is RFC 8785: members sorted by name, no white space, shortest numbers.
    pub struct Fingerprint: "a fingerprint", 64 to 64 characters,
    pattern "^[0-9a-f]{64}$", checked by is_lower_hexadecimal,
    allowed "64 lower-case hexadecimal digits"
}

fn is_lower_hexadecimal(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

impl Fingerprint {
    /// The fingerprint of JSON that holds strings, whole numbers and decimals of at most six places.
    #[expect(clippy::expect_used, reason = "a hash is 64 hexadecimal digits")]
    pub(crate) fn of(value: &serde_json::Value) -> Self {
        let mut canonical = Vec::new();
        write_canonical(value, &mut canonical);
        let digits: String = Sha256::digest(canonical).iter().map(|byte| format!("{byte:02x}")).collect();
        Self::new(&digits).expect("a hash is a fingerprint")
    }
}

fn write_canonical(value: &serde_json::Value, out: &mut Vec<u8>) {
    use serde_json::Value;
    match value {
        Value::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by_key(|(name, _)| *name);
            out.push(b'{');
            for (index, (name, member)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_simple(name, out);
                out.push(b':');
                write_canonical(member, out);
            }
            out.push(b'}');
        }
        Value::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_canonical(item, out);
            }
            out.push(b']');
        }
        // `Display` of `f64` writes 1.0 as `1` and never an exponent, as RFC 8785 does down to one millionth.
        Value::Number(number) if number.is_f64() => {
            out.extend_from_slice(number.as_f64().unwrap_or_default().to_string().as_bytes());
        }
        simple => write_simple(simple, out),
    }
}

#[expect(clippy::expect_used, reason = "a vector takes what is written to it")]
fn write_simple(value: &(impl Serialize + ?Sized), out: &mut Vec<u8>) {
    serde_json::to_writer(out, value).expect("text, a whole number or a word");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_json_sorts_members_and_shortens_numbers() {
        let value = serde_json::json!({"b": [1.0, 0.125, 0.000001], "a": {"z": null, "y": "ü\n"}});
        let mut canonical = Vec::new();
        write_canonical(&value, &mut canonical);
        let canonical = String::from_utf8(canonical).unwrap();
        assert_eq!(canonical, "{\"a\":{\"y\":\"ü\\n\",\"z\":null},\"b\":[1,0.125,0.000001]}");
    }

    #[test]
    fn the_fingerprint_is_the_sha_256_of_the_canonical_text() {
        // printf '{}' | sha256sum
        assert_eq!(
            Fingerprint::of(&serde_json::json!({})).as_str(),
            "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
        );
    }
}
