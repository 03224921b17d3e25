use super::{CriterionWeight, NotApplicablePolicy, Rubric, RubricCriterion, Weighting};
use crate::framework::Skill;
use crate::value::{Ratio, Score, Share};

/// Something in a rubric that is allowed but probably not meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    code: &'static str,
    path: String,
    message: String,
}

impl Finding {
    /// Every [`code`](Self::code) of a finding.
    pub const CODES: &'static [&'static str] = &[
        "not_applicable_on_critical",
        "anchor_missing",
        "dominant_criterion",
        "effective_share_differs",
        "empty_band",
        "overlapping_bands",
        "threshold_unreachable",
        "threshold_always_met",
    ];

    fn new(code: &'static str, path: String, message: String) -> Self {
        debug_assert!(Self::CODES.contains(&code), "`{code}` is not in the list");
        Self { code, path, message }
    }

    /// The stable machine code, such as `dominant_criterion`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// Where, as a JSON Pointer into the rubric.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What was found, in words.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

pub(super) fn lint(rubric: &Rubric) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, criterion) in rubric.criteria().iter().enumerate() {
        lint_criterion(rubric, criterion, &format!("/criteria/{index}"), &mut findings);
    }
    lint_bands(rubric, &mut findings);
    lint_threshold(rubric, &mut findings);
    findings
}

fn lint_criterion(rubric: &Rubric, criterion: &RubricCriterion, path: &str, findings: &mut Vec<Finding>) {
    let key = &criterion.key;
    let mut find = |code, member: &str, message| {
        findings.push(Finding::new(code, format!("{path}/{member}"), message));
    };
    if criterion.critical.is_some() && criterion.not_applicable != NotApplicablePolicy::NotAllowed {
        let message = format!("`{key}` is critical, and \"not applicable\" can dodge it");
        find("not_applicable_on_critical", "not_applicable", message);
    }
    let missing: Vec<_> = (1..=criterion.steps.get())
        .filter(|step| !criterion.anchors.iter().any(|anchor| anchor.step.get() == *step))
        .map(|step| step.to_string())
        .collect();
    if !missing.is_empty() {
        find("anchor_missing", "anchors", format!("`{key}` has no anchor for step {}", missing.join(", ")));
    }
    let Some(effective) = rubric.effective_share(key.as_str()) else { return };
    if effective.millionths() > 500_000 {
        let message = format!("`{key}` carries {} % of all weight", effective.percent(1));
        find("dominant_criterion", "weight", message);
    }
    let stated = stated_share(rubric, criterion);
    if is_far(effective, stated) {
        let message = format!(
            "`{key}` states {} % of all weights and carries {} % of the overall score",
            stated.percent(1),
            effective.percent(1)
        );
        find("effective_share_differs", "weight", message);
    }
}

/// The share that a reader would take the bare weights to mean.
fn stated_share(rubric: &Rubric, criterion: &RubricCriterion) -> Share {
    let CriterionWeight::Weighted { weight } = criterion.weight else { return Share::ZERO };
    let ratio = Ratio::new(u128::from(weight.get()), rubric.total_weight(|_| true));
    Share::at_most_max(ratio.millionths())
}

/// Far means: one is more than half as large again as the other.
fn is_far(one: Share, other: Share) -> bool {
    let (low, high) = (one.min(other).millionths(), one.max(other).millionths());
    2 * high > 3 * low
}

fn lint_bands(rubric: &Rubric, findings: &mut Vec<Finding>) {
    for (index, band) in rubric.bands().iter().enumerate() {
        let path = format!("/bands/{index}/from");
        let covering = rubric.bands().iter().filter(|other| other.level > band.level && other.from <= band.from);
        if let Some(other) = covering.min_by_key(|other| other.from) {
            let (code, word) =
                if other.from == band.from { ("empty_band", "at") } else { ("overlapping_bands", "above") };
            let message = format!(
                "level {} is never reached: its band starts {word} the start of level {}",
                band.level, other.level
            );
            findings.push(Finding::new(code, path, message));
        }
    }
}

fn lint_threshold(rubric: &Rubric, findings: &mut Vec<Finding>) {
    let Some(threshold) = rubric.document().threshold else { return };
    let mut find = |code, message| findings.push(Finding::new(code, "/threshold".to_owned(), message));
    let best = extreme_overall(rubric, true, |criterion| {
        criterion.points.as_ref().map_or(Score::MAX, |points| points.last().copied().unwrap_or(Score::MAX))
    });
    let worst = extreme_overall(rubric, false, |criterion| {
        criterion.points.as_ref().map_or(Score::ZERO, |points| points.first().copied().unwrap_or(Score::ZERO))
    });
    let floor = rubric.document().floors.iter().filter(|floor| floor.target.skill().is_none()).map(|floor| floor.score);
    let (best, worst) = floor.fold((best, worst), |(best, worst), floor| (best.max(floor), worst.max(floor)));
    if best < threshold {
        let message = format!("the threshold {threshold} is out of reach: the best overall score is {best}");
        find("threshold_unreachable", message);
    }
    if worst >= threshold && rubric.rules().is_empty() {
        let message = format!("the threshold {threshold} is always met: the worst overall score is {worst}");
        find("threshold_always_met", message);
    }
}

/// A bound of the overall score when every criterion has the points that `points` says: rounded up for the best score
/// and down for the worst, so that a finding is never wrong by rounding.
fn extreme_overall(rubric: &Rubric, round_up: bool, points: impl Fn(&RubricCriterion) -> Score) -> Score {
    let divide = |sum: u128, weights: u128| {
        if round_up { sum.div_ceil(weights.max(1)) } else { sum / weights.max(1) }
    };
    let sum = |belongs: &dyn Fn(&RubricCriterion) -> bool| -> u128 {
        let counted = rubric.criteria().iter().filter(|one| belongs(one));
        let parts = counted
            .filter_map(|one| Some(u128::from(one.counted_weight()?.get()) * u128::from(points(one).millionths())));
        parts.sum()
    };
    let floor_of = |skill: Skill| {
        let floors = rubric.document().floors.iter().filter(|floor| floor.target.skill() == Some(skill));
        floors.map(|floor| u128::from(floor.score.millionths())).max().unwrap_or(0)
    };
    let millionths = match &rubric.document().weighting {
        Weighting::Flat {} => divide(sum(&|_| true), rubric.total_weight(|_| true)),
        Weighting::BySkill { weights } => {
            let present = |skill: &Skill| rubric.total_weight(|one| one.skill == *skill) > 0;
            let skills: Vec<Skill> = Skill::ALL.iter().copied().filter(present).collect();
            let all: u128 = skills.iter().map(|skill| u128::from(weights[*skill].get())).sum();
            let weighted = skills.iter().map(|skill| {
                let total = rubric.total_weight(|one| one.skill == *skill);
                let mean = divide(sum(&|one| one.skill == *skill), total).max(floor_of(*skill));
                u128::from(weights[*skill].get()) * mean
            });
            divide(weighted.sum(), all)
        }
    };
    Score::at_most_max(u64::try_from(millionths).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::{Band, CriticalClass, Level, SkillMap};
    use crate::rubric::RubricBuilder;
    use crate::value::{Step, Text, Weight};

    fn row(key: &str, skill: Skill, weight: u16) -> RubricCriterion {
        let row = RubricCriterion::new(
            key.parse().unwrap(),
            skill,
            "A row".parse().unwrap(),
            Weight::try_from(weight).unwrap(),
        );
        (1..=5).fold(row, |row, step| row.anchor(Step::new(step).unwrap(), Text::new("Seen.").unwrap()))
    }

    fn codes(builder: RubricBuilder) -> Vec<&'static str> {
        builder.build().unwrap().lint().iter().map(Finding::code).collect()
    }

    fn builder() -> RubricBuilder {
        RubricBuilder::new("test".parse().unwrap(), "1.0.0".parse().unwrap(), "Test".parse().unwrap())
            .criterion(row("a", Skill::Empathy, 1))
            .criterion(row("b", Skill::Empathy, 1))
    }

    #[test]
    fn a_sound_rubric_has_no_findings() {
        assert_eq!(codes(builder()), Vec::<&str>::new());
    }

    #[test]
    fn a_threshold_out_of_reach_is_found() {
        let mut low = row("c", Skill::Empathy, 2);
        low.points = Some([0, 1, 2, 3, 4].map(|point| Score::from_millionths(100_000 * point).unwrap()).to_vec());
        let threshold = Score::from_millionths(700_001).unwrap();
        assert_eq!(codes(builder().criterion(low).threshold(threshold)), ["threshold_unreachable"]);
        assert_eq!(codes(builder().threshold(Score::ZERO)), ["threshold_always_met"]);
    }

    #[test]
    fn a_criterion_above_half_of_all_weight_is_found() {
        assert_eq!(codes(builder().criterion(row("c", Skill::Empathy, 3))), ["dominant_criterion"]);
        assert_eq!(codes(builder().criterion(row("c", Skill::Empathy, 2))), Vec::<&str>::new());
    }

    #[test]
    fn not_applicable_on_a_critical_criterion_is_found() {
        let mut critical = row("c", Skill::Empathy, 1).critical(CriticalClass::Customer);
        critical.not_applicable = NotApplicablePolicy::Exclude;
        critical.not_applicable_when = vec![Text::new("No customer took part.").unwrap()];
        assert_eq!(codes(builder().criterion(critical)), ["not_applicable_on_critical"]);
    }

    #[test]
    fn a_missing_anchor_is_found() {
        let mut bare = row("c", Skill::Empathy, 1);
        bare.anchors.truncate(3);
        let findings = builder().criterion(bare).build().unwrap().lint();
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].message(), "`c` has no anchor for step 4, 5");
    }

    #[test]
    fn empty_and_overlapping_bands_are_found() {
        let band =
            |level, from| Band { level: Level::new(level).unwrap(), from: Score::from_millionths(from).unwrap() };
        let bands = vec![band(1, 0), band(2, 500_000), band(3, 500_000), band(4, 900_000), band(5, 800_000)];
        assert_eq!(codes(builder().bands(bands)), ["empty_band", "overlapping_bands"]);
    }

    #[test]
    fn an_effective_share_far_from_the_stated_one_is_found() {
        let rubric = builder().criterion(row("c", Skill::TechSavviness, 1)).skill_weights(SkillMap::from_fn(|skill| {
            Weight::try_from(if skill == Skill::Empathy { 40 } else { 20 }).unwrap()
        }));
        assert_eq!(codes(rubric), Vec::<&str>::new(), "a third each, stated and effective");
        let uneven = builder().criterion(row("c", Skill::TechSavviness, 9));
        assert_eq!(codes(uneven), ["effective_share_differs", "effective_share_differs", "effective_share_differs"],);
    }
}
