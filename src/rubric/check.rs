//! The rules of a rubric that its JSON Schema cannot state.

use std::collections::{BTreeMap, BTreeSet};

use super::{Condition, CriticalRule, NotApplicablePolicy, Rubric, RubricCriterion, RubricDocument, Target};
use crate::framework::{BAND_LEVELS_UNIQUE, BANDS_START_AT_ZERO, check_bands};
use crate::value::{Fault, Key, Rule, Step, repeated};

pub(crate) const RULES: &[Rule] = &[
    BANDS_START_AT_ZERO,
    BAND_LEVELS_UNIQUE,
    CRITERIA_COUNT,
    SOMETHING_COUNTS,
    CRITERION_KEYS_UNIQUE,
    POINTS_MATCH_STEPS,
    POINTS_INCREASE,
    ANCHORS_ON_SCALE,
    FAILURE_BELOW_TOP,
    REQUIRED_BELOW_ON_SCALE,
    NOT_APPLICABLE_IN_WRITING,
    RULE_COUNT,
    RULE_KEYS_UNIQUE,
    RULE_CRITERIA_KNOWN,
    RULE_STEP_BELOW_TOP,
    RULE_COUNT_WITHIN_SET,
    RULE_HAS_EFFECTS,
    FLOOR_TARGETS_UNIQUE,
    OVERALL_IS_REPORTED,
];

const CRITERIA_COUNT: Rule = Rule::new("rubric_criteria_count", "a rubric has 1 to 64 criteria");
const SOMETHING_COUNTS: Rule =
    Rule::new("rubric_something_counts", "a rubric with criteria has at least one that is not advisory");
const CRITERION_KEYS_UNIQUE: Rule =
    Rule::new("rubric_criterion_keys_unique", "each criterion key occurs once in `criteria`");
const POINTS_MATCH_STEPS: Rule =
    Rule::new("rubric_points_match_steps", "`points`, when given, has as many entries as the scale has steps");
const POINTS_INCREASE: Rule =
    Rule::new("rubric_points_increase", "each entry of `points` is greater than the one before");
const ANCHORS_ON_SCALE: Rule = Rule::new(
    "rubric_anchors_on_scale",
    "the anchors of a criterion are for different steps, each at most the number of steps",
);
const FAILURE_BELOW_TOP: Rule =
    Rule::new("rubric_failure_below_top", "`fails_at_or_below` is less than the number of steps");
const REQUIRED_BELOW_ON_SCALE: Rule = Rule::new(
    "rubric_required_below_on_scale",
    "`evidence_required_below` and `note_required_below`, when given, are at most the number of steps",
);
const NOT_APPLICABLE_IN_WRITING: Rule = Rule::new(
    "rubric_not_applicable_in_writing",
    "a criterion with `critical` has `not_applicable` `not_allowed`, or names at least one case in `not_applicable_when`",
);
const RULE_COUNT: Rule = Rule::new("rubric_rules_at_most_64", "a rubric has at most 64 rules");
const RULE_KEYS_UNIQUE: Rule = Rule::new("rubric_rule_keys_unique", "each rule key occurs once in `rules`");
const RULE_CRITERIA_KNOWN: Rule =
    Rule::new("rubric_rule_criteria_known", "every criterion in the condition of a rule is one of `criteria`");
const RULE_STEP_BELOW_TOP: Rule = Rule::new(
    "rubric_rule_step_below_top",
    "the step in the condition of a rule is less than the number of steps of each criterion that it names",
);
const RULE_COUNT_WITHIN_SET: Rule = Rule::new(
    "rubric_rule_count_within_set",
    "a condition on several criteria names each once and asks for no more than it names",
);
const RULE_HAS_EFFECTS: Rule = Rule::new("rubric_rule_has_effects", "every rule has at least one effect");
const FLOOR_TARGETS_UNIQUE: Rule = Rule::new("rubric_floor_targets_unique", "`floors` has each target at most once");
const OVERALL_IS_REPORTED: Rule = Rule::new(
    "rubric_overall_is_reported",
    "without `report_overall` there is no `threshold` and nothing has the target `overall`",
);

pub(super) fn check(document: &RubricDocument) -> Vec<Fault> {
    let mut faults = Vec::new();
    check_whole(document, &mut faults);
    for (index, criterion) in document.criteria.iter().enumerate() {
        check_criterion(criterion, &format!("/criteria/{index}"), &mut faults);
    }
    let steps: BTreeMap<&Key, u8> = document.criteria.iter().map(|one| (&one.key, one.steps.get())).collect();
    for (index, rule) in document.rules.iter().enumerate() {
        check_rule(rule, &steps, &format!("/rules/{index}"), &mut faults);
    }
    check_bands(&document.bands, "/bands", &mut faults);
    if !document.report_overall {
        check_no_overall(document, &mut faults);
    }
    faults
}

fn check_whole(document: &RubricDocument, faults: &mut Vec<Fault>) {
    let count = document.criteria.len();
    if !(1..=Rubric::MAX_CRITERIA).contains(&count) {
        let message = format!("`{count}` criteria: allowed is 1 to {}", Rubric::MAX_CRITERIA);
        faults.push(Fault::new(CRITERIA_COUNT, "/criteria", message));
    }
    if count > 0 && document.criteria.iter().all(|one| one.counted_weight().is_none()) {
        faults.push(Fault::new(SOMETHING_COUNTS, "/criteria", "every criterion is advisory"));
    }
    if document.rules.len() > Rubric::MAX_RULES {
        let message = format!("`{}` rules: allowed is 0 to {}", document.rules.len(), Rubric::MAX_RULES);
        faults.push(Fault::new(RULE_COUNT, "/rules", message));
    }
    for (index, one) in repeated(&document.criteria, |one| &one.key) {
        let message = format!("criterion `{}` stands here already", one.key);
        faults.push(Fault::new(CRITERION_KEYS_UNIQUE, format!("/criteria/{index}/key"), message));
    }
    for (index, one) in repeated(&document.rules, |one| &one.key) {
        let message = format!("rule `{}` stands here already", one.key);
        faults.push(Fault::new(RULE_KEYS_UNIQUE, format!("/rules/{index}/key"), message));
    }
    for (index, one) in repeated(&document.floors, |one| one.target) {
        let message = format!("`{}` has a floor already", one.target);
        faults.push(Fault::new(FLOOR_TARGETS_UNIQUE, format!("/floors/{index}/target"), message));
    }
}

fn check_criterion(criterion: &RubricCriterion, path: &str, faults: &mut Vec<Fault>) {
    let (key, steps) = (&criterion.key, criterion.steps);
    let mut fault = |rule, member: &str, message| faults.push(Fault::new(rule, format!("{path}/{member}"), message));
    if let Some(points) = &criterion.points {
        if points.len() != usize::from(steps.get()) {
            fault(POINTS_MATCH_STEPS, "points", format!("`{key}` has {steps} steps and {} points", points.len()));
        }
        if !points.is_sorted_by(|lower, higher| lower < higher) {
            fault(POINTS_INCREASE, "points", format!("the points of `{key}` do not increase from step to step"));
        }
    }
    let repeats = repeated(&criterion.anchors, |anchor| anchor.step).into_iter().map(|(_, anchor)| anchor.step);
    let beyond = criterion.anchors.iter().map(|anchor| anchor.step).filter(|step| !steps.contains(*step));
    if let Some(step) = beyond.chain(repeats).next() {
        let message = format!("step `{step}` of `{key}` has another anchor, or the scale ends at {steps}");
        fault(ANCHORS_ON_SCALE, "anchors", message);
    }
    if criterion.fails_at_or_below.get() >= steps.get() {
        let message =
            format!("`{}` for `{key}`: allowed is a step below the highest of {steps}", criterion.fails_at_or_below);
        fault(FAILURE_BELOW_TOP, "fails_at_or_below", message);
    }
    for (member, step) in [
        ("evidence_required_below", criterion.evidence_required_below),
        ("note_required_below", criterion.note_required_below),
    ] {
        if let Some(step) = step.filter(|step| !steps.contains(*step)) {
            fault(REQUIRED_BELOW_ON_SCALE, member, format!("`{step}` for `{key}`: allowed is 1 to {steps}"));
        }
    }
    let refuses = criterion.not_applicable == NotApplicablePolicy::NotAllowed;
    if criterion.critical.is_some() && !refuses && criterion.not_applicable_when.is_empty() {
        let message = format!("`{key}` is critical and names no case in which it does not apply");
        fault(NOT_APPLICABLE_IN_WRITING, "not_applicable", message);
    }
}

fn check_rule(rule: &CriticalRule, steps: &BTreeMap<&Key, u8>, path: &str, faults: &mut Vec<Fault>) {
    if rule.effects.is_empty() {
        let message = format!("rule `{}` does nothing", rule.key);
        faults.push(Fault::new(RULE_HAS_EFFECTS, format!("{path}/effects"), message));
    }
    match &rule.when {
        Condition::RatedAtOrBelow { criterion, step } => {
            check_condition(criterion, *step, steps, &format!("{path}/when"), faults);
        }
        Condition::SeveralRatedAtOrBelow { count, criteria, step } => {
            let different: BTreeSet<&Key> = criteria.iter().collect();
            if different.len() != criteria.len() || usize::from(count.get()) > criteria.len() {
                let message = format!(
                    "rule `{}` asks for {count} of {} different criteria among {}",
                    rule.key,
                    different.len(),
                    criteria.len()
                );
                faults.push(Fault::new(RULE_COUNT_WITHIN_SET, format!("{path}/when"), message));
            }
            for criterion in different {
                check_condition(criterion, *step, steps, &format!("{path}/when"), faults);
            }
        }
        Condition::SkillScoreBelow { .. } => {}
    }
}

fn check_condition(key: &Key, step: Step, steps: &BTreeMap<&Key, u8>, path: &str, faults: &mut Vec<Fault>) {
    match steps.get(key) {
        None => {
            let message = format!("`{key}` is not a criterion of this rubric");
            faults.push(Fault::new(RULE_CRITERIA_KNOWN, path, message));
        }
        Some(&highest) if step.get() >= highest => {
            let message = format!("`{step}` for `{key}`: allowed is a step below the highest of {highest}");
            faults.push(Fault::new(RULE_STEP_BELOW_TOP, format!("{path}/step"), message));
        }
        Some(_) => {}
    }
}

fn check_no_overall(document: &RubricDocument, faults: &mut Vec<Fault>) {
    if document.threshold.is_some() {
        let message = "a threshold without an overall score";
        faults.push(Fault::new(OVERALL_IS_REPORTED, "/threshold", message));
    }
    for (index, rule) in document.rules.iter().enumerate() {
        if rule.effects.iter().any(|effect| effect.target() == Target::Overall) {
            let message = format!("rule `{}` has an effect on the overall score, which is switched off", rule.key);
            faults.push(Fault::new(OVERALL_IS_REPORTED, format!("/rules/{index}/effects"), message));
        }
    }
    for (index, floor) in document.floors.iter().enumerate() {
        if floor.target == Target::Overall {
            let message = "a floor of the overall score, which is switched off";
            faults.push(Fault::new(OVERALL_IS_REPORTED, format!("/floors/{index}"), message));
        }
    }
}
