//! Small random damage to a JSON document, of the kinds that readers and schemas tend to judge differently.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};
use service_excellence::Skill;

use crate::random::Random;

/// The places of a document, as JSON Pointers, by shape: places that differ only by an index or a skill have one shape.
pub(crate) struct Places(Vec<Vec<String>>);

impl Places {
    pub(crate) fn of(document: &Value) -> Self {
        let mut shapes = BTreeMap::new();
        collect(document, String::new(), String::new(), &mut shapes);
        Self(shapes.into_values().collect())
    }

    /// The document with one place of each shape damaged in each way.
    pub(crate) fn damaged_once(&self, document: &Value, random: &mut Random) -> Vec<(Value, String)> {
        let each = self.0.iter().flat_map(|alike| KINDS.iter().map(move |kind| (alike, *kind)));
        each.filter_map(|(alike, kind)| {
            let mut damaged = document.clone();
            self.damage(&mut damaged, alike, kind, random).map(|what| (damaged, what))
        })
        .collect()
    }

    /// The document with one or two places damaged; every shape is as likely, so that long lists do not crowd out the rest.
    pub(crate) fn damaged(&self, document: &Value, random: &mut Random) -> (Value, String) {
        let mut damaged = document.clone();
        let mut done = Vec::new();
        let count = 1 + random.below(2);
        while done.len() < count {
            let (alike, kind) = (random.pick(&self.0), *random.pick(KINDS));
            done.extend(self.damage(&mut damaged, alike, kind, random));
        }
        (damaged, done.join(" and "))
    }

    /// Says what was done; `None` when this kind of damage does not fit the place.
    fn damage(&self, document: &mut Value, alike: &[String], kind: Kind, random: &mut Random) -> Option<String> {
        let pointer = random.pick(alike);
        match kind {
            Kind::Copy => {
                let others = random.pick(&self.0);
                copy_one(document, others, pointer, random)?;
            }
            Kind::CopyAlike => copy_one(document, alike, pointer, random)?,
            Kind::Remove | Kind::Rename => take_out(document, pointer, kind, random)?,
            _ => damage_value(document.pointer_mut(pointer)?, kind, random)?,
        }
        Some(format!("{kind:?} at `{pointer}`"))
    }
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Replace,
    Copy,
    CopyAlike,
    Remove,
    Rename,
    Add,
    Repeat,
    Swap,
    Empty,
    Shift,
    Float,
    Positional,
    Wrap,
    Spell,
    Grow,
}

/// Kinds with many forms stand several times; growing a list is slow.
const KINDS: &[Kind] = &[
    Kind::Replace,
    Kind::Replace,
    Kind::Replace,
    Kind::Replace,
    Kind::Copy,
    Kind::CopyAlike,
    Kind::Remove,
    Kind::Rename,
    Kind::Rename,
    Kind::Add,
    Kind::Repeat,
    Kind::Swap,
    Kind::Empty,
    Kind::Shift,
    Kind::Shift,
    Kind::Float,
    Kind::Positional,
    Kind::Wrap,
    Kind::Wrap,
    Kind::Spell,
    Kind::Spell,
    Kind::Grow,
];

fn collect(value: &Value, pointer: String, shape: String, shapes: &mut BTreeMap<String, Vec<String>>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let step = if Skill::ALL.iter().any(|skill| skill.as_str() == name) { "*" } else { name };
                collect(member, format!("{pointer}/{name}"), format!("{shape}/{step}"), shapes);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, format!("{pointer}/{index}"), format!("{shape}/*"), shapes);
            }
        }
        _ => {}
    }
    shapes.entry(shape).or_default().push(pointer);
}

fn copy_one(document: &mut Value, sources: &[String], target: &str, random: &mut Random) -> Option<()> {
    let source = random.pick(sources);
    let copy = document.pointer(source)?.clone();
    *document.pointer_mut(target)? = copy;
    Some(())
}

fn take_out(document: &mut Value, pointer: &str, kind: Kind, random: &mut Random) -> Option<()> {
    let (parent, name) = pointer.rsplit_once('/')?;
    match (document.pointer_mut(parent)?, kind) {
        (Value::Object(members), Kind::Rename) => {
            let member = members.shift_remove(name)?;
            let names =
                [format!("{name}_x"), name.to_uppercase(), format!("{name} "), String::new(), "kind".to_owned()];
            members.insert(random.pick(&names).clone(), member);
        }
        (Value::Object(members), _) => drop(members.shift_remove(name)?),
        (Value::Array(items), Kind::Remove) => {
            let index = name.parse().ok().filter(|index| *index < items.len())?;
            items.remove(index);
        }
        _ => return None,
    }
    Some(())
}

fn damage_value(value: &mut Value, kind: Kind, random: &mut Random) -> Option<()> {
    match (kind, &mut *value) {
        (Kind::Replace, _) if random.below(4) == 0 => *value = Value::Null,
        (Kind::Replace, _) => *value = random.pick(&ODD).clone(),
        (Kind::Add, Value::Object(members)) => drop(members.insert("unknown".to_owned(), json!(1))),
        (Kind::Add, Value::Array(items)) => items.push(random.pick(&ODD).clone()),
        (Kind::Repeat, Value::Array(items)) if !items.is_empty() => {
            let copy = random.pick(items).clone();
            items.insert(random.below(items.len() + 1), copy);
        }
        (Kind::Swap, Value::Array(items)) if items.len() > 1 => {
            let (one, other) = (random.below(items.len()), random.below(items.len()));
            items.swap(one, other);
        }
        (Kind::Grow, Value::Array(items)) if !items.is_empty() => {
            let copy = random.pick(items).clone();
            items.resize(1_000, copy);
        }
        (Kind::Empty, Value::Array(items)) => items.clear(),
        (Kind::Empty, Value::Object(members)) => members.clear(),
        (Kind::Empty, Value::String(text)) => text.clear(),
        (Kind::Shift, Value::Number(number)) => {
            let shifts = [1.0, -1.0, 0.5, -0.5, 0.1, 0.000_001, 0.000_000_1];
            *value = json!(number.as_f64()? + random.pick(&shifts));
        }
        (Kind::Float, Value::Number(number)) => *value = json!(number.as_f64()?),
        (Kind::Positional, Value::Object(members)) => *value = members.values().cloned().collect(),
        (Kind::Wrap, _) => *value = wrapped(value, random),
        (Kind::Spell, Value::String(text)) => *text = misspelt(text, random),
        _ => return None,
    }
    Some(())
}

/// `"word"` as `{"word": null}`, which derived readers take for the word; or as a list, or as the variant of a union.
fn wrapped(value: &Value, random: &mut Random) -> Value {
    match (random.below(3), value) {
        (0, Value::String(text)) => Value::Object(Map::from_iter([(text.clone(), Value::Null)])),
        (1, _) => json!({ "kind": value }),
        _ => json!([value]),
    }
}

fn misspelt(text: &str, random: &mut Random) -> String {
    match random.below(8) {
        0 => format!("{text}\n"),
        1 => format!(" {text}"),
        2 => format!("{text}_"),
        3 => format!("{text}_2"),
        4 => text.to_uppercase(),
        5 => text.replace('_', "__"),
        6 => text.replace(['0', '1'], "0"),
        _ => text.chars().skip(1).collect(),
    }
}

/// Values at and over the bounds of our types.
pub(crate) static ODD: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let plain = json!([
        null, true, false, [], {}, [null], { "kind": "none" }, 0, 1, 2, 4, 5, 6, 11, 12, -1, 256, 1_000, 1_001, 3_660,
        3_661, 65_536, 4_294_967_296_u64, 9_007_199_254_740_993_u64, u64::MAX, i64::MIN, 0.5, 1.5, 3.0, -0.0,
        -0.000_000_1, 0.000_001, 0.000_000_1, 0.123_456, 0.123_456_7, 0.1 + 0.2, 1.000_000_1, 1e15, 1e20, 1e300, 5e-324,
    ]);
    let texts = json!([
        "",
        " ",
        "\n",
        "\t",
        "\0",
        "\u{7f}",
        "\u{85}",
        "\u{a0}",
        "\u{1c}",
        "\u{2028}",
        "\u{feff}",
        "ä",
        "e\u{301}",
        "a\n",
        "\na",
        "a b",
        "a\nb",
        " a",
        "a__b",
        "a_",
        "_a",
        "a-b",
        "A",
        "1a",
        "a1",
        "a_1",
        "٣",
        "a/b",
        "a~b",
        "null",
        "1",
        "en",
        "en-GB",
        "en-",
        "en_GB",
        "EN",
        "english",
        "e",
        "en-GB-oxendict",
        "en-a",
        "de-1996",
        "en-GB\n",
        "1.0.0",
        "01.0.0",
        "1.0",
        "1.0.0.0",
        "1.0.0-a",
        "999999.0.0",
        "1000000.0.0",
        "1.0.0\n",
        "1..0",
        "0.0.0",
        "+1.0.0",
        "2026-03-31",
        "2026-02-29",
        "2028-02-29",
        "2026-02-30",
        "2026-3-31",
        "20260331",
        "1899-12-31",
        "1900-01-01",
        "2999-12-31",
        "3000-01-01",
        "0000-01-01",
        "+2026-03-31",
        "-2026-03-31",
        "2026-03-31T00:00:00Z",
        "2026-13-01",
        "2026-00-01",
        "2026-01-00",
        " 2026-03-31",
        "2026-03-31\n",
        "2026-03-31[UTC]",
        "2026/03/31",
        "٢٠٢٦-03-31",
        "2026-03-31T10:00:00Z",
        "2026-03-31T10:00:00+01:00",
        "2026-03-31t10:00:00z",
        "2026-03-31 10:00:00Z",
        "2026-03-31T10:00Z",
        "2026-03-31T24:00:00Z",
        "2026-03-31T23:59:60Z",
        "2026-03-31T10:00:00",
        "2026-03-31T10:00:00+1",
        "2026-03-31T10:00:00.123456789Z",
        "2026-03-31T10:00:00.1234567890Z",
        "2026-03-31T10:00:00+24:00",
        "2026-03-31T10:00:00-00:00",
        "2026-03-31T10:00:00,5Z",
        "2026-02-30T10:00:00Z",
        "1899-12-31T23:59:59Z",
        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
        "44136FA355B3678A1146AD16F7E8649E94FB4FC21FE77E8310C060F61CAAFF8A",
    ]);
    let lengths = [1, 2, 3, 5, 20, 21, 35, 36, 64, 65, 200, 201, 2_000, 2_001, 4_000, 4_001];
    let long = lengths.iter().flat_map(|&length| [json!("a".repeat(length)), json!("\u{1F600}".repeat(length))]);
    [plain, texts].iter().filter_map(Value::as_array).flatten().cloned().chain(long).collect()
});
