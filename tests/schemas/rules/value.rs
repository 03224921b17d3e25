use serde_json::Value;

/// Members that hold real numbers, with as many decimals as there are.
const REALS: [&str; 5] = ["value", "lower", "upper", "effective_observations", "own_view_above_others"];

/// Looks at every number except the host's own and real ones: whole numbers have no decimals at all.
pub(crate) fn at_most_six_decimals(document: &Value) -> bool {
    match document {
        Value::Number(number) => {
            let shortest = number.as_f64().unwrap().to_string();
            shortest.split_once('.').is_none_or(|(_, decimals)| decimals.len() <= 6)
        }
        Value::Array(items) => items.iter().all(at_most_six_decimals),
        Value::Object(members) => {
            // A standard error is a real number beside the value that it belongs to, and a decimal elsewhere.
            let is_real =
                |name: &str| REALS.contains(&name) || name == "standard_error" && members.contains_key("value");
            let is_exempt = |name: &str, member: &Value| name == "extensions" || member.is_number() && is_real(name);
            let judged = members.iter().filter(|(name, member)| !is_exempt(name, member));
            judged.map(|(_, member)| member).all(at_most_six_decimals)
        }
        _ => true,
    }
}

/// The items of the list at `pointer`.
pub(crate) fn list<'a>(document: &'a Value, pointer: &str) -> &'a [Value] {
    document.pointer(pointer).and_then(Value::as_array).unwrap()
}

/// What each item of the list has as its member `name`.
pub(crate) fn column<'a>(items: &'a [Value], name: &str) -> Vec<&'a Value> {
    items.iter().map(|item| &item[name]).collect()
}

/// Whether each value occurs once.
pub(crate) fn all_different(values: &[&Value]) -> bool {
    values.iter().enumerate().all(|(index, value)| !values[..index].iter().any(|earlier| same(earlier, value)))
}

/// Whether both lists have the same values, in any order, each once.
pub(crate) fn same_members(left: &[&Value], right: &[&Value]) -> bool {
    let contains = |values: &[&Value], wanted: &Value| values.iter().any(|value| same(value, wanted));
    all_different(left) && left.iter().all(|one| contains(right, one)) && right.iter().all(|one| contains(left, one))
}

/// Equality as JSON Schema has it: 3 and 3.0 are one number.
pub(crate) fn same(left: &Value, right: &Value) -> bool {
    match (left.as_f64(), right.as_f64()) {
        (Some(left), Some(right)) => left.total_cmp(&right).is_eq() || left.abs() + right.abs() <= 0.0,
        _ => left == right,
    }
}

/// Whether the values are the numbers from 1 to `last`, in order.
pub(crate) fn counts_to(values: &[&Value], last: u8) -> bool {
    values.len() == usize::from(last) && (1..=last).zip(values).all(|(number, value)| same(&number.into(), value))
}

/// Every object that has such a member, wherever it stands.
pub(crate) fn objects_with<'a>(document: &'a Value, member: &str) -> Vec<&'a Value> {
    let (own, parts): (Option<&Value>, Vec<&Value>) = match document {
        Value::Array(items) => (None, items.iter().collect()),
        Value::Object(members) => (members.contains_key(member).then_some(document), members.values().collect()),
        _ => (None, Vec::new()),
    };
    own.into_iter().chain(parts.into_iter().flat_map(|part| objects_with(part, member))).collect()
}

/// The number of a day, counted from 1 March of the year 0 (Fliegel and Van Flandern's way of leap years).
pub(crate) fn day_number(day: &Value) -> i64 {
    let parts: Vec<i64> = day.as_str().unwrap().split('-').map(|part| part.parse().unwrap()).collect();
    let (year, month) = if parts[1] < 3 { (parts[0] - 1, parts[1] + 9) } else { (parts[0], parts[1] - 3) };
    365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + parts[2]
}
