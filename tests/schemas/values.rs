//! Each checked value by itself, also those that few documents hold: its schema and its reader agree on odd values.

use schemars::{JsonSchema, schema_for};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use service_excellence::assessment::Answer;
use service_excellence::coaching::{
    DayCount, FocusCount, MilliLevels, Minutes, PlanVersion, SessionCount, WeekCount, WeekMinutes, WeekShift,
};
use service_excellence::feedback::{CesAnswer, CesVersionOneAnswer, CsatAnswer, NpsAnswer, ScalePoint};
use service_excellence::framework::{ObservationCount, WindowDays};
use service_excellence::profile::{LevelGap, SfiaLevel};
use service_excellence::rubric::CriteriaCount;
use service_excellence::schema::bundle;
use service_excellence::scoring::{ItemCount, PolicyVersion};
use service_excellence::statistics::{ConfidenceLevel, StandardError};
use service_excellence::value::{
    Count, Extensions, Fingerprint, Language, LargeCount, Real, SchemaLink, SchemaVersion, Step, StepCount, Text,
    Version, Weight,
};
use service_excellence::{Day, GroupThreshold, Key, Label, Level, Note, Reference, Score, Share, Skill};

use crate::mutation::ODD;
use crate::rules::value::at_most_six_decimals;

#[test]
fn values_agree_with_their_schemas() {
    let values = probes();
    let tested = [
        agree::<Answer>(&values),
        agree::<ConfidenceLevel>(&values),
        agree::<CesAnswer>(&values),
        agree::<CesVersionOneAnswer>(&values),
        agree::<Count>(&values),
        agree::<CriteriaCount>(&values),
        agree::<CsatAnswer>(&values),
        agree::<Day>(&values),
        agree::<DayCount>(&values),
        agree::<Extensions>(&values),
        agree::<Fingerprint>(&values),
        agree::<FocusCount>(&values),
        agree::<GroupThreshold>(&values),
        agree::<ItemCount>(&values),
        agree::<Key>(&values),
        agree::<Label>(&values),
        agree::<Language>(&values),
        agree::<LargeCount>(&values),
        agree::<Level>(&values),
        agree::<LevelGap>(&values),
        agree::<MilliLevels>(&values),
        agree::<Minutes>(&values),
        agree::<Note>(&values),
        agree::<NpsAnswer>(&values),
        agree::<ObservationCount>(&values),
        agree::<PlanVersion>(&values),
        agree::<PolicyVersion>(&values),
        agree::<Real>(&values),
        agree::<Reference>(&values),
        agree::<ScalePoint>(&values),
        agree::<SchemaLink>(&values),
        agree::<SchemaVersion>(&values),
        agree::<Score>(&values),
        agree::<SessionCount>(&values),
        agree::<SfiaLevel>(&values),
        agree::<Share>(&values),
        agree::<Skill>(&values),
        agree::<StandardError>(&values),
        agree::<Step>(&values),
        agree::<StepCount>(&values),
        agree::<Text>(&values),
        agree::<Version>(&values),
        agree::<WeekCount>(&values),
        agree::<WeekMinutes>(&values),
        agree::<WeekShift>(&values),
        agree::<Weight>(&values),
        agree::<WindowDays>(&values),
    ];
    let bundle = bundle();
    for (name, schema) in bundle.schema()["$defs"].as_object().unwrap() {
        let is_plain = ["integer", "number", "string"].iter().any(|one| schema["type"] == *one);
        assert!(!is_plain || schema["enum"].is_array() || tested.contains(name), "{name} is not tested");
    }
}

/// The values at and next to the bounds that a schema states.
fn at_bounds(schema: &Value) -> Vec<Value> {
    let bound = |word: &str| schema[word].as_f64();
    let numbers = ["minimum", "maximum"].iter().filter_map(|word| bound(word));
    let steps = [-1.0, -0.000_001, -0.000_000_1, 0.0, 0.000_000_1, 0.000_001, 1.0];
    let numbers = numbers.flat_map(|bound| steps.map(|step| json!(bound + step)));
    let lengths = ["minLength", "maxLength"].iter().filter_map(|word| schema[word].as_u64());
    let texts = lengths.flat_map(|bound| [bound.saturating_sub(1), bound, bound + 1]);
    numbers.chain(texts.map(|length| json!("a".repeat(length as usize)))).collect()
}

fn agree<T: JsonSchema + DeserializeOwned + Serialize + PartialEq>(values: &[Value]) -> String {
    let schema = schema_for!(T).to_value();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let is_decimal = schema["type"] == "number" && !["Real", "StandardError"].contains(&T::schema_name().as_ref());
    for value in values.iter().chain(&at_bounds(&schema)) {
        let is_valid = validator.is_valid(value) && (!is_decimal || at_most_six_decimals(value));
        let read = serde_json::from_value::<T>(value.clone());
        assert_eq!(read.is_ok(), is_valid, "{} and its schema differ on {value}", T::schema_name());
        assert_eq!(serde_json::from_str::<T>(&value.to_string()).is_ok(), is_valid, "{value} as text");
        if let Ok(read) = read {
            let written = serde_json::to_value(&read).unwrap();
            assert!(validator.is_valid(&written) && serde_json::from_value::<T>(written).is_ok_and(|one| one == read));
        }
    }
    T::schema_name().into_owned()
}

/// The odd values; each character that some engine may take for a space or a digit; numbers about each bound.
fn probes() -> Vec<Value> {
    let mut probes = ODD.clone();
    let characters =
        ('\0'..='\u{24f}').chain('\u{2000}'..='\u{206f}').chain("٣𝟛\u{3000}\u{d7ff}\u{fffd}\u{10ffff}".chars());
    for one in characters {
        probes.extend([json!(one), json!(format!("a{one}")), json!(format!("{one}a")), json!(format!("a{one}a"))]);
    }
    let tags =
        "EN-gb de-x-acme de-CH-u-co-phonebk en-u en-u-x-a en-x en-x- x-a a-DE engl-GB en-a-bb-c-dd-X-1-2 en_GB en--u";
    probes.extend(tags.split(' ').map(Value::from));
    for bound in [0, 1, 2, 5, 11, 1_000, 3_660_i64] {
        let near = [-1.0, -0.5, -0.000_000_1, 0.0, 0.000_001, 0.000_000_1, 0.5, 1.0];
        probes.extend(near.map(|step| json!(bound as f64 + step)));
        probes.extend([bound - 1, bound, bound + 1].map(Value::from));
    }
    probes
}
