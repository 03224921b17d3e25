//! What a careless or hostile sender can put into a document: each is refused with a message that helps, none panics,
//! overflows the stack or takes for ever.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "the documents are made here")]

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use service_excellence::assessment::Answer;
use service_excellence::{
    ActivityLibrary, AssessmentBuilder, AssessmentDocument, CostBand, Day, EvidencePolicy, Faults, Framework,
    GapAnalysis, Note, PlanLimits, Planner, Profiler, Rater, RaterKind, Reference, RoleLibrary, Rubric, Score,
};

fn chat() -> Rubric {
    Rubric::for_channel(Framework::builtin(), "chat").unwrap()
}

fn reference(text: &str) -> Reference {
    text.parse().unwrap()
}

fn builder(rubric: &Rubric) -> AssessmentBuilder {
    let rater = Rater { id: reference("rater-1"), kind: RaterKind::Coach };
    AssessmentBuilder::new(rubric, reference("as-1"), reference("agent-1"), rater, "2026-03-02".parse().unwrap())
}

/// A valid assessment by the rubric of the channel chat.
fn assessment() -> Value {
    let rubric = chat();
    let rated = rubric.criteria().iter().fold(builder(&rubric), |one, criterion| one.rate(criterion.key.as_str(), 3));
    serde_json::to_value(rated.admit().unwrap()).unwrap()
}

fn rubric() -> Value {
    serde_json::to_value(chat()).unwrap()
}

fn activities() -> Value {
    serde_json::to_value(ActivityLibrary::builtin()).unwrap()
}

fn framework() -> Value {
    serde_json::to_value(Framework::builtin()).unwrap()
}

/// Puts `value` at the JSON Pointer `place`.
fn with(mut document: Value, place: &str, value: Value) -> Value {
    *document.pointer_mut(place).unwrap() = value;
    document
}

fn refused_assessment(document: &Value) -> Faults {
    AssessmentDocument::from_json(&document.to_string()).unwrap_err()
}

fn refused_rubric(document: &Value) -> Faults {
    Rubric::from_json(&document.to_string()).unwrap_err()
}

fn not_admitted(document: &Value) -> Faults {
    chat().admit(AssessmentDocument::from_json(&document.to_string()).unwrap()).unwrap_err()
}

/// The faults as `path: message`, without the line and column of a shape fault.
fn told(faults: &Faults) -> Vec<String> {
    let without_line = |message: &str| message.split(" at line ").next().unwrap_or_default().to_owned();
    faults.iter().map(|fault| format!("{}: {}", fault.path(), without_line(fault.message()))).collect()
}

fn within(limit: Duration, work: impl FnOnce()) {
    let start = Instant::now();
    work();
    assert!(start.elapsed() < limit, "it took {:?}", start.elapsed());
}

#[test]
fn unknown_members_are_refused() {
    let mut document = assessment();
    document["ratings"][1]["comment"] = json!("fine");
    let faults = refused_assessment(&document);
    assert_eq!(
        told(&faults),
        ["/ratings/1/comment: unknown field `comment`, expected one of `criterion`, `answer`, `note`"]
    );
    let mut document = rubric();
    document["rules"][0]["when"]["why"] = json!("x");
    assert_eq!(
        told(&refused_rubric(&document)),
        ["/rules/0/when/why: unknown field `why`, expected one of `kind`, `criterion`, `step`"]
    );
    let mut document = framework();
    document["tags"] = json!([]);
    let faults = Framework::from_json(&document.to_string()).unwrap_err();
    assert!(told(&faults)[0].starts_with("/tags: unknown field `tags`, expected one of "), "{faults}");
}

#[test]
fn ids_that_stand_twice_are_refused() {
    let first = assessment()["ratings"][0].clone();
    let faults = refused_assessment(&with(assessment(), "/ratings/5", first));
    assert_eq!(told(&faults), ["/ratings/5/criterion: criterion `emotion_recognition` is rated already"]);
    let first = rubric()["criteria"][0]["key"].clone();
    let faults = refused_rubric(&with(rubric(), "/criteria/7/key", first));
    assert_eq!(told(&faults)[0], "/criteria/7/key: criterion `emotion_recognition` stands here already");
    let first = activities()["activities"][0]["key"].clone();
    let document = with(activities(), "/activities/59/key", first).to_string();
    let faults = ActivityLibrary::from_json(&document).unwrap_err();
    assert_eq!(told(&faults), ["/activities/59/key: activity `service_standards_induction` stands here already"]);
    let mut document = serde_json::to_value(RoleLibrary::builtin()).unwrap();
    document["roles"][7] = document["roles"][0].clone();
    let faults = RoleLibrary::from_json(&document.to_string()).unwrap_err();
    let gone = "/roles/3/next_roles/0: expected another role of this library, found `executive_sponsor`";
    assert_eq!(told(&faults), ["/roles/7/key: role `frontline_agent` stands here already", gone]);
}

#[test]
fn steps_and_levels_outside_the_scale_are_refused() {
    let faults = refused_assessment(&with(assessment(), "/ratings/3/answer/step", json!(12)));
    assert_eq!(told(&faults), ["/ratings/3/answer/step: `12` is not a step: allowed is a whole number from 1 to 11"]);
    let faults = refused_assessment(&with(assessment(), "/ratings/3/answer/step", json!(0)));
    assert_eq!(told(&faults), ["/ratings/3/answer/step: `0` is not a step: allowed is a whole number from 1 to 11"]);
    let faults = refused_assessment(&with(assessment(), "/ratings/3/answer/step", json!(-1)));
    assert_eq!(told(&faults), ["/ratings/3/answer/step: `-1` is not a step: allowed is a whole number from 1 to 11"]);
    let faults = not_admitted(&with(assessment(), "/ratings/3/answer/step", json!(6)));
    assert_eq!(told(&faults), ["/ratings/3/answer/step: step `6` of `respectful_inclusion`: allowed is 1 to 5"]);
    let document = with(framework(), "/skills/empathy/criteria/0/anchors/4/level", json!(6)).to_string();
    let faults = Framework::from_json(&document).unwrap_err();
    let place = "/skills/empathy/criteria/0/anchors/4/level";
    assert_eq!(told(&faults), [format!("{place}: `6` is not a level: allowed is a whole number from 1 to 5")]);
}

#[test]
fn weights_outside_their_bounds_are_refused() {
    for weight in [json!(0), json!(1001), json!(0.5)] {
        let faults = refused_rubric(&with(rubric(), "/criteria/0/weight/weight", weight.clone()));
        let message = format!("`{weight}` is not a weight: allowed is a whole number from 1 to 1000");
        assert_eq!(told(&faults), [format!("/criteria/0/weight/weight: {message}")]);
    }
}

#[test]
fn unknown_and_missing_criteria_are_refused() {
    let faults = not_admitted(&with(assessment(), "/ratings/0/criterion", json!("smiles_audibly")));
    assert_eq!(
        told(&faults),
        [
            format!("/ratings/0/criterion: `smiles_audibly` is not a criterion of rubric `{}`", chat().pin()),
            "/ratings: `emotion_recognition` has no answer".to_owned(),
        ]
    );
    let faults = refused_assessment(&with(assessment(), "/ratings/0/criterion", json!("Smiles audibly")));
    assert!(told(&faults)[0].starts_with("/ratings/0/criterion: `Smiles audibly` is not a key: allowed is lower-case"));
}

#[test]
fn what_is_no_number_is_refused() {
    let text = assessment().to_string().replacen("\"step\":3", "\"step\":NaN", 1);
    let faults = AssessmentDocument::from_json(&text).unwrap_err();
    assert_eq!(told(&faults), ["/ratings/0/answer/step: expected value"]);
    let faults = refused_assessment(&with(assessment(), "/ratings/0/answer/step", json!("3")));
    let message = "invalid type: a string, expected a step (a whole number)";
    assert_eq!(told(&faults), [format!("/ratings/0/answer/step: {message}")]);
    let faults = refused_rubric(&with(rubric(), "/minimum_coverage", json!(null)));
    assert_eq!(told(&faults), ["/minimum_coverage: invalid type: null, expected a decimal number"]);
    for number in [f64::NAN, f64::INFINITY, -0.1, 1.1] {
        let message =
            format!("`{number}` is not a score: allowed is a decimal number from 0 to 1 with at most six places");
        assert_eq!(Score::try_from(number).unwrap_err().to_string(), message);
    }
}

#[test]
fn days_that_do_not_exist_are_refused() {
    for day in ["2026-02-30", "2026-13-01", "1899-12-31", "2026-3-1", "today", "", "２０２６-03-01"] {
        let faults = refused_assessment(&with(assessment(), "/observed", json!(day)));
        let allowed = "an existing day from 1900-01-01 to 2999-12-31, written YYYY-MM-DD";
        assert_eq!(told(&faults), [format!("/observed: `{day}` is not a day: allowed is {allowed}")]);
    }
}

#[test]
fn entry_before_observation_is_refused() {
    let faults = refused_assessment(&with(assessment(), "/entered", json!("2026-03-01")));
    assert_eq!(told(&faults), ["/entered: entered on 2026-03-01, before it happened on 2026-03-02"]);
    assert!(faults.breaks("assessment_entered_not_before_observed"));
}

#[test]
fn an_assessment_of_another_rubric_is_refused_with_both_names() {
    let other = Rubric::for_channel(Framework::builtin(), "phone").unwrap();
    let document = with(assessment(), "/rubric", serde_json::to_value(other.pin()).unwrap());
    let message = format!("the assessment is for rubric `{}`, this is rubric `{}`", other.pin(), chat().pin());
    assert_eq!(told(&not_admitted(&document)), [format!("/rubric: {message}")]);
    let altered = "0".repeat(64);
    let faults = not_admitted(&with(assessment(), "/rubric/structure", json!(altered)));
    assert!(faults.to_string().contains("(000000000000)"), "{faults}");
    assert!(faults.to_string().contains(&chat().pin().to_string()), "{faults}");
}

#[test]
fn ten_megabytes_of_note_are_refused_and_not_repeated() {
    let long = "ä".repeat(5 * 1024 * 1024);
    within(Duration::from_secs(5), || {
        let mut document = assessment();
        document["ratings"][0]["note"] = json!(long);
        let faults = refused_assessment(&document);
        let message = "a text of 5242880 characters is not a note: allowed is 1 to 4,000 characters, at least one";
        assert_eq!(told(&faults), [format!("/ratings/0/note: {message} of them visible")]);
        let faults = refused_assessment(&with(assessment(), "/observed", json!(long)));
        assert!(faults.to_string().len() < 500, "{} bytes of message", faults.to_string().len());
    });
}

#[test]
fn sixty_five_criteria_are_refused() {
    let mut document = rubric();
    let row = document["criteria"][0].clone();
    let rows = (0..65).map(|index| with(row.clone(), "/key", json!(format!("row_{index}"))));
    document["criteria"] = rows.collect();
    document["rules"] = json!([]);
    assert_eq!(told(&refused_rubric(&document)), ["/criteria: `65` criteria: allowed is 1 to 64"]);
}

#[test]
fn deep_nesting_is_an_error_and_no_crash() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
    for nested in [deep("[", "]"), deep("{\"a\":", "}").replace(":}", ":0}"), "[".repeat(100_000)] {
        assert!(AssessmentDocument::from_json(&nested).is_err());
        let mut document = assessment();
        document["extensions"] = json!({ "host": "HERE" });
        let faults = AssessmentDocument::from_json(&document.to_string().replace("\"HERE\"", &nested)).unwrap_err();
        assert!(told(&faults)[0].starts_with("/extensions/host"), "{:.200}", faults.to_string());
        assert!(told(&faults)[0].ends_with(": recursion limit exceeded"), "{:.200}", faults.to_string());
        let whole = assessment().to_string().replacen("\"step\":3", &format!("\"step\":{nested}"), 1);
        assert!(AssessmentDocument::from_json(&whole).is_err());
    }
}

#[test]
fn members_that_stand_twice_are_refused() {
    let text = assessment().to_string();
    let twice = |member: &str| text.replacen(member, &format!("{member},{member}"), 1);
    let faults = AssessmentDocument::from_json(&twice("\"observed\":\"2026-03-02\"")).unwrap_err();
    assert_eq!(told(&faults), ["/observed: duplicate field `observed`"]);
    let faults = AssessmentDocument::from_json(&twice("\"step\":3")).unwrap_err();
    assert_eq!(told(&faults), ["/ratings/0/answer/step: duplicate field `step`"]);
    let faults = AssessmentDocument::from_json(&twice("\"kind\":\"rated\"")).unwrap_err();
    assert_eq!(told(&faults), ["/ratings/0/answer/kind: duplicate field `kind`"]);
    let text = framework().to_string();
    let doubled = text.replacen("\"skills\":{", "\"skills\":{\"empathy\":0,\"empathy\":0,", 1);
    assert!(Framework::from_json(&doubled).is_err());
    let mut document = assessment();
    document["extensions"] = json!({ "host": 1 });
    let doubled = document.to_string().replacen("\"host\":1", "\"host\":1,\"host\":2", 1);
    let faults = AssessmentDocument::from_json(&doubled).unwrap_err();
    assert_eq!(told(&faults), ["/extensions/host: duplicate field `host`"]);
}

/// What I-JSON (RFC 7493) rules out is refused wherever it stands, in the host's own data too.
#[test]
fn texts_that_are_json_and_no_i_json_are_refused() {
    let with_host_data = |data: &str| {
        let mut document = assessment();
        document["extensions"] = json!({ "host": "HERE" });
        AssessmentDocument::from_json(&document.to_string().replace("\"HERE\"", data))
    };
    let nested = |depth: usize| format!("{}0{}", "[".repeat(depth), "]".repeat(depth));
    let told = |data: &str| told(&with_host_data(data).unwrap_err());
    assert_eq!(told(r#"[{"a":{"b":1,"b":2}}]"#), ["/extensions/host/0/a/b: duplicate field `b`"]);
    assert_eq!(told(r#"{"a":1,"\u0061":2}"#), ["/extensions/host/a: duplicate field `a`"]);
    assert_eq!(told(r#"["\ud800"]"#), ["/extensions/host/0: unexpected end of hex escape"]);
    assert_eq!(told(r#"["\udc00"]"#), ["/extensions/host/0: lone leading surrogate in hex escape"]);
    assert!(told("1e309")[0].ends_with(": number out of range"), "{:?}", told("1e309"));
    // The document and `extensions` are two of the 127.
    assert!(told(&nested(126))[0].ends_with(": recursion limit exceeded"));
    with_host_data(&nested(125)).unwrap();
}

#[test]
fn data_of_the_host_comes_back_as_it_was_within_the_limits_of_its_numbers() {
    let mut document = assessment();
    let kept = json!({ "a": [null, true, -9_223_372_036_854_775_808_i64, 18_446_744_073_709_551_615_u64, 0.1, "é"] });
    document["extensions"] = json!({ "host": kept });
    let written = serde_json::to_value(AssessmentDocument::from_json(&document.to_string()).unwrap()).unwrap();
    assert_eq!(written["extensions"]["host"], kept);
    let larger = document.to_string().replace("18446744073709551615", "18446744073709551616");
    let written = serde_json::to_value(AssessmentDocument::from_json(&larger).unwrap()).unwrap();
    assert_eq!(written["extensions"]["host"]["a"][3], json!(18_446_744_073_709_551_616.0));
}

#[test]
fn a_fault_has_the_same_place_and_words_whatever_the_order_of_members() {
    let with_answer = |answer: &str| {
        let text = assessment().to_string();
        let found = text.find("\"answer\":").unwrap() + "\"answer\":".len();
        let end = found + text[found..].find('}').unwrap() + 1;
        AssessmentDocument::from_json(&format!("{}{answer}{}", &text[..found], &text[end..]))
    };
    for (kind, member) in
        [("rated", r#""step":99"#), ("rated", r#""step":[2]"#), ("rated", r#""x":[{"y":"}"}],"step":2"#)]
    {
        let before = with_answer(&format!(r#"{{"kind":"{kind}",{member}}}"#)).unwrap_err();
        let behind = with_answer(&format!(r#"{{{member},"kind":"{kind}"}}"#)).unwrap_err();
        assert_eq!(told(&behind), told(&before));
    }
    let unknown = with_answer(r#"{"step":2,"kind":"guessed"}"#).unwrap_err();
    assert!(told(&unknown)[0].starts_with("/ratings/0/answer/kind: unknown variant `guessed`"), "{unknown}");
    let twice = with_answer(r#"{"step":2,"kind":"rated","kind":"rated"}"#).unwrap_err();
    assert_eq!(told(&twice), ["/ratings/0/answer/kind: duplicate field `kind`"]);
    let none = with_answer(r#"{"step":2}"#).unwrap_err();
    assert_eq!(told(&none), ["/ratings/0/answer: missing field `kind`"]);
    with_answer(r#"{"step":2,"kind":"rated"}"#).unwrap();
}

#[test]
fn huge_numbers_are_refused() {
    let with_step = |step: &str| {
        let text = assessment().to_string().replacen("\"step\":3", &format!("\"step\":{step}"), 1);
        told(&AssessmentDocument::from_json(&text).unwrap_err()).join("")
    };
    let range = "allowed is a whole number from 1 to 11";
    assert_eq!(with_step("1e999"), "/ratings/0/answer/step: number out of range");
    assert_eq!(
        with_step("18446744073709551615"),
        format!("/ratings/0/answer/step: `18446744073709551615` is not a step: {range}")
    );
    assert_eq!(
        with_step("18446744073709551616"),
        format!("/ratings/0/answer/step: `18446744073709552000` is not a step: {range}")
    );
    assert!(with_step("1e300").len() < 200);
    assert!(with_step(&"9".repeat(1_000_000)).len() < 200);
    let text = rubric().to_string();
    let place = "\"minimum_coverage\":0.6";
    for number in ["1e999", "1e308", "-1e308", "1e-320", "0.6000001"] {
        let faults =
            Rubric::from_json(&text.replacen(place, &format!("\"minimum_coverage\":{number}"), 1)).unwrap_err();
        assert!(told(&faults)[0].starts_with("/minimum_coverage: "), "{faults}");
    }
}

/// A library of `count` activities that all work on one criterion, each needing the next; the last needs `last`.
fn chain(count: usize, last: &[usize]) -> String {
    let mut document = activities();
    let links = (0..count).map(|index| {
        let needed: Vec<usize> = if index + 1 < count { vec![index + 1] } else { last.to_vec() };
        let mut link = document["activities"][0].clone();
        link["key"] = json!(format!("link_{index}"));
        link["prerequisites"] = needed.iter().map(|next| json!(format!("link_{next}"))).collect();
        link["criteria"] = json!(["active_listening"]);
        link["max_criteria_per_run"] = json!(1);
        link["level_from"] = json!(1);
        link["level_to"] = json!(5);
        link
    });
    document["activities"] = links.collect();
    document.to_string()
}

#[test]
fn a_long_chain_of_prerequisites_is_read_and_planned_with() {
    within(Duration::from_secs(20), || {
        let library = ActivityLibrary::from_json(&chain(5_000, &[])).unwrap();
        let rubric = chat();
        let low = rubric.criteria().iter().fold(builder(&rubric), |one, criterion| one.rate(criterion.key.as_str(), 2));
        let document = serde_json::to_value(low.admit().unwrap()).unwrap();
        let submitted = |id: &str, day: &str| {
            let mut document = with(document.clone(), "/id", json!(id));
            document["observed"] = json!(day);
            document["entered"] = json!(day);
            document["reviews"] = json!([{ "state": "submitted", "on": day, "by": "rater-1" }]);
            rubric.admit(AssessmentDocument::from_json(&document.to_string()).unwrap()).unwrap()
        };
        let seen = [submitted("as-1", "2026-03-02"), submitted("as-2", "2026-03-03")];
        let day: Day = "2026-03-31".parse().unwrap();
        let role = RoleLibrary::builtin().role("frontline_agent").unwrap();
        let profiler = Profiler::new(&rubric, EvidencePolicy::default()).for_role(role).unwrap();
        let profile = profiler.profile(&reference("agent-1"), &seen, day);
        let gaps = GapAnalysis::of(&profile, &rubric, role).unwrap();
        let limits = PlanLimits::new(day, 12.try_into().unwrap(), 300.try_into().unwrap(), CostBand::High);
        let plan = Planner::new(&rubric, &library, limits).unwrap().plan(&gaps).unwrap();
        assert!(!plan.activities().is_empty(), "the end of the chain fits");
        assert!(plan.omissions().len() > 4_900);
    });
}

#[test]
fn a_circle_of_prerequisites_is_refused_in_few_words() {
    within(Duration::from_secs(20), || {
        let faults = ActivityLibrary::from_json(&chain(5_000, &[0])).unwrap_err();
        let message = "prerequisites go round in a circle: `link_0` needs `link_1` needs `link_2` needs `link_3` needs \
                       4993 others needs `link_4997` needs `link_4998` needs `link_4999` needs `link_0`";
        assert_eq!(told(&faults), [format!("/activities: {message}")]);
        let faults = ActivityLibrary::from_json(&chain(1, &[0])).unwrap_err();
        assert_eq!(told(&faults), ["/activities: prerequisites go round in a circle: `link_0` needs `link_0`"]);
        let faults = ActivityLibrary::from_json(&chain(3, &[9])).unwrap_err();
        assert_eq!(told(&faults), ["/activities/2/prerequisites/0: `link_9` is not an activity of this library"]);
    });
}

#[test]
fn a_hundred_thousand_ratings_take_no_long_time() {
    const COUNT: usize = 100_000;
    within(Duration::from_secs(20), || {
        let mut document = assessment();
        let row = document["ratings"][0].clone();
        let mut rows: Vec<Value> = document["ratings"].as_array().unwrap().clone();
        let more = (rows.len()..COUNT).map(|index| with(row.clone(), "/criterion", json!(format!("row_{index}"))));
        rows.extend(more.collect::<Vec<_>>());
        let criteria: Vec<&Value> = rows.iter().map(|row| &row["criterion"]).collect();
        document["evidence"] = json!([{ "kind": "recording", "reference": "rec-1", "criteria": criteria }]);
        document["ratings"] = json!(rows);
        let faults = not_admitted(&document);
        assert_eq!(faults.len(), COUNT - 24);
        document["ratings"] = vec![row; COUNT].into();
        let faults = refused_assessment(&document);
        assert!(faults.len() >= COUNT - 1 && faults.breaks("assessment_criteria_unique"));
    });
    within(Duration::from_secs(20), || {
        let rubric = chat();
        let answered = (0..COUNT).fold(builder(&rubric), |one, index| one.rate(&format!("row_{index}"), 3));
        assert_eq!(answered.admit().unwrap_err().len(), COUNT + 24);
        let again = (0..COUNT).fold(builder(&rubric), |one, _| one.rate("active_listening", 3));
        assert_eq!(again.admit().unwrap_err().len(), 23);
    });
}

#[test]
fn an_assessment_with_three_faults_reports_all_three() {
    let mut document = assessment();
    document["entered"] = json!("2026-03-01");
    document["rater"]["id"] = json!("agent-1");
    document["supersedes"] = json!("as-1");
    assert_eq!(
        told(&refused_assessment(&document)),
        [
            "/entered: entered on 2026-03-01, before it happened on 2026-03-02",
            "/rater: the rater is the person assessed: the only kind allowed is `self`",
            "/supersedes: an assessment cannot replace itself",
        ]
    );
    let mut document = assessment();
    document["channel"] = json!("phone");
    document["ratings"][2]["answer"]["step"] = json!(7);
    document["ratings"].as_array_mut().unwrap().pop();
    let last = chat().criteria().last().unwrap().key.clone();
    let rubric = chat().id().clone();
    assert_eq!(
        told(&not_admitted(&document)),
        [
            format!("/channel: `phone`: allowed is `chat`, the channel of rubric `{rubric}`"),
            "/ratings/2/answer/step: step `7` of `sincere_acknowledgement`: allowed is 1 to 5".to_owned(),
            format!("/ratings: `{last}` has no answer"),
        ]
    );
}

#[test]
fn a_builder_reports_its_own_faults_and_those_of_the_whole() {
    let rubric = chat();
    let rated = rubric.criteria().iter().skip(1).fold(builder(&rubric), |one, row| one.rate(row.key.as_str(), 3));
    let faults = rated
        .rate("Active listening", 3)
        .rate("active_listening", 12)
        .note("smiles", Note::new("x").unwrap())
        .entered("2026-03-01".parse().unwrap())
        .admit()
        .unwrap_err();
    assert_eq!(
        told(&faults),
        [
            format!("/ratings: `Active listening` is not a criterion of rubric `{}`", rubric.pin()),
            "/ratings: `active_listening`: `12` is not a step: allowed is a whole number from 1 to 11".to_owned(),
            "/ratings: a note on `smiles`, which has no answer".to_owned(),
            "/entered: entered on 2026-03-01, before it happened on 2026-03-02".to_owned(),
            "/ratings: `emotion_recognition` has no answer".to_owned(),
        ]
    );
}

#[test]
fn a_rubric_with_three_mistakes_reports_all_three() {
    let mut document = rubric();
    document["criteria"][1]["key"] = document["criteria"][0]["key"].clone();
    document["criteria"][2]["points"] = json!([0, 0.5, 0.4, 0.8, 1]);
    document["rules"][0]["when"]["criterion"] = json!("smiles_audibly");
    assert_eq!(
        told(&refused_rubric(&document)),
        [
            "/criteria/1/key: criterion `emotion_recognition` stands here already",
            "/criteria/2/points: the points of `sincere_acknowledgement` do not increase from step to step",
            "/rules/0/when: `smiles_audibly` is not a criterion of this rubric",
        ]
    );
}

#[test]
fn texts_that_are_no_documents_are_refused() {
    for (text, message) in [
        ("", ": EOF while parsing a value"),
        ("null", ": invalid type: null, expected an object"),
        ("[]", ": invalid type: sequence, expected an object"),
        ("{}", ": missing field `schema_version`"),
        (
            "{\"schema_version\":2}",
            "/schema_version: expected schema version 1, found 2: the document is newer than this reader",
        ),
        ("\u{feff}{}", ": expected JSON, found a byte-order mark (U+FEFF) before it: leave the mark out"),
    ] {
        assert_eq!(told(&AssessmentDocument::from_json(text).unwrap_err()), [message], "{text:?}");
    }
    let followed = format!("{} x", assessment());
    assert_eq!(told(&AssessmentDocument::from_json(&followed).unwrap_err()), [": trailing characters"]);
}

#[test]
fn errors_name_no_person_and_quote_no_note() {
    let mut document = assessment();
    document["ratings"][0]["note"] = json!("   ");
    document["person"] = json!("Jane Doe");
    let shown = refused_assessment(&document).to_string();
    assert!(shown.contains("/person") && !shown.contains("Jane"), "{shown}");
    let document = with(assessment(), "/rater/id", json!("agent-1"));
    let shown = refused_assessment(&document).to_string();
    assert!(!shown.contains("agent-1"), "{shown}");
}

#[test]
fn a_row_for_scoring_may_be_anything() {
    let rubric = chat();
    let scorer = service_excellence::Scorer::new(&rubric);
    let rated = Answer::Rated(service_excellence::value::Step::MAX);
    assert_eq!(
        scorer.score_row(&[]).unwrap_err().to_string(),
        "a row of `0` answers: allowed is 24, one for each criterion of the rubric"
    );
    assert!(scorer.score_row(&vec![rated; 100_000]).is_err());
    let message = scorer.score_row(&[rated; 24]).unwrap_err().to_string();
    assert!(message.contains("allowed is a step from 1 to 5"), "{message}");
}
