use super::{Evaluation, PersonEvaluation, PlanObjective, PlanProblem, PlanProblemDocument};
use crate::value::{Faults, Reference};

/// How a plan for several people weighs the sum of the values against what each of them gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FairnessPolicy {
    /// The sum alone counts. Somebody may get nothing.
    None,
    /// The sum counts, and everybody gets at least this share of the ideal.
    Floor {
        /// The share, in thousandths; 1,000 asks for every goal to be reached. There may be no such plan.
        permille: u16,
    },
    /// First the smallest share that anybody gets, then the sum.
    MaxMinFirst,
}

impl PlanProblemDocument {
    /// The problem under a policy: `None` and `Floor` maximise the sum, `Floor` raises each person's least value to the
    /// share of the ideal, rounded up (a larger one stays), and `MaxMinFirst` sets the objective.
    ///
    /// The ideal is the value if every goal were reached: what nobody can reach counts too, so equal shares are not
    /// equal chances.
    #[must_use]
    pub fn with_fairness(mut self, policy: FairnessPolicy) -> Self {
        self.objective = match policy {
            FairnessPolicy::None | FairnessPolicy::Floor { .. } => PlanObjective::Sum,
            FairnessPolicy::MaxMinFirst => PlanObjective::MaximinThenSum,
        };
        if let FairnessPolicy::Floor { permille } = policy {
            for person in &mut self.people {
                let goals = person.goals.iter().map(|goal| goal.weight.saturating_mul(goal.gap()));
                let ideal = goals.fold(0, i64::saturating_add);
                let floor = i64::try_from((i128::from(ideal) * i128::from(permille) + 999) / 1_000);
                person.min_value = person.min_value.max(floor.unwrap_or(i64::MAX));
            }
        }
        self
    }
}

impl PlanProblem {
    /// The same problem under a policy, as [`PlanProblemDocument::with_fairness`].
    ///
    /// # Errors
    ///
    /// A floor that is more than a least value may be: 10,000,000,000.
    pub fn with_fairness(&self, policy: FairnessPolicy) -> Result<Self, Faults> {
        Self::new(self.document().clone().with_fairness(policy))
    }
}

/// How evenly a plan serves people: shares of the ideal, never a ranking. The smallest of them is
/// [`Evaluation::maximin_permille`].
///
/// ```
/// # use service_excellence::planning::{FairnessPolicy, PlanProblem, SolveLimits};
/// # let problem = PlanProblem::from_json(r#"{
/// #     "format": "coaching-plan-instance/1", "name": "two", "horizon_weeks": 1, "skills": ["empathy"],
/// #     "people": [
/// #         {"id": "agent-7", "week_minutes_max": [60], "total_minutes_max": 60, "cost_max": 0,
/// #          "goals": [{"skill": "empathy", "from": 2000, "to": 3000, "weight": 3}]},
/// #         {"id": "agent-8", "week_minutes_max": [60], "total_minutes_max": 60, "cost_max": 0,
/// #          "goals": [{"skill": "empathy", "from": 2000, "to": 3000, "weight": 1}]}],
/// #     "activities": [
/// #         {"id": "coaching", "load": [30], "cost": 0, "max_sessions": 1, "repeat_gap_weeks": 1,
/// #          "coach": {"pool": "coach", "load": [30]},
/// #          "gains": [{"skill": "empathy", "gain": [300], "ceiling": 5000}]},
/// #         {"id": "reading", "load": [30], "cost": 0, "max_sessions": 1, "repeat_gap_weeks": 1,
/// #          "gains": [{"skill": "empathy", "gain": [100], "ceiling": 5000}], "requires": ["coaching"]}],
/// #     "coach_pools": [{"id": "coach", "week_minutes": [30]}],
/// #     "objective": "sum"}"#)?;
/// // One half hour of coaching for two people: the sum gives it to the one whose goal weighs more.
/// let outcome = problem.solve(&SolveLimits::default());
/// let report = outcome.evaluation().ok_or("no plan")?.fairness();
/// assert_eq!(report.shares().iter().map(|one| one.permille()).collect::<Vec<_>>(), [Some(300), Some(0)]);
/// assert_eq!(report.gini_permille(), Some(500));
/// assert_eq!(report.without_anything().map(|one| one.as_str()).collect::<Vec<_>>(), ["agent-8"]);
///
/// // A floor for everybody cannot be kept here.
/// let floored = problem.with_fairness(FairnessPolicy::Floor { permille: 100 })?;
/// assert!(floored.solve(&SolveLimits::default()).plan().is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FairnessReport {
    shares: Vec<PersonShare>,
}

/// What one person gets of the ideal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonShare {
    person: Reference,
    permille: Option<i64>,
    gets_nothing: bool,
}

impl PersonShare {
    /// The person.
    #[must_use]
    pub fn person(&self) -> &Reference {
        &self.person
    }

    /// The value as a share of the ideal, in whole thousandths, rounded down; `None` for a person whose ideal is 0.
    #[must_use]
    pub fn permille(&self) -> Option<i64> {
        self.permille
    }
}

impl FairnessReport {
    /// The people, in the order of the problem.
    #[must_use]
    pub fn shares(&self) -> &[PersonShare] {
        &self.shares
    }

    /// The Gini coefficient of the shares, in thousandths: 0 when all are alike, towards 1,000 when one person gets all.
    ///
    /// * Answers: how unevenly the shares are spread.
    /// * Formula: Σᵢ Σⱼ |xᵢ − xⱼ| / (2 n Σ x) over the n people whose ideal is above 0, x in whole thousandths; the
    ///   coefficient is rounded to the nearest thousandth, halves up.
    /// * Undefined (`None`) when nobody has something to reach, or nobody gets anything.
    /// * Reference: Gini, *Variabilità e mutabilità*, 1912.
    /// * Checked against: values worked by hand, and the mean absolute difference of all pairs.
    #[must_use]
    pub fn gini_permille(&self) -> Option<i64> {
        let mut shares: Vec<i64> = self.known().collect();
        shares.sort_unstable();
        let count = i64::try_from(shares.len()).ok()?;
        let sum: i64 = shares.iter().sum();
        // Half of all differences: the share in place i (from 1) counts 2 i − n − 1 times.
        let half: i64 = (1..).zip(&shares).map(|(place, share): (i64, &i64)| (2 * place - count - 1) * share).sum();
        let whole = count * sum;
        (2_000 * half + whole).checked_div(2 * whole)
    }

    /// The people who have something to reach and get nothing: look at them before you agree to the plan.
    pub fn without_anything(&self) -> impl Iterator<Item = &Reference> {
        self.shares.iter().filter(|one| one.gets_nothing).map(|one| &one.person)
    }

    fn known(&self) -> impl Iterator<Item = i64> {
        self.shares.iter().filter_map(|one| one.permille)
    }
}

impl Evaluation {
    /// How evenly the plan serves people.
    #[must_use]
    pub fn fairness(&self) -> FairnessReport {
        let share = |one: &PersonEvaluation| PersonShare {
            person: one.person().clone(),
            permille: (1_000 * one.value()).checked_div(one.ideal()),
            gets_nothing: one.ideal() > 0 && one.value() == 0,
        };
        FairnessReport { shares: self.people().iter().map(share).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gini(shares: &[i64]) -> Option<i64> {
        let share = |permille: &i64| PersonShare {
            person: "p".parse().unwrap(),
            permille: Some(*permille),
            gets_nothing: *permille == 0,
        };
        FairnessReport { shares: shares.iter().map(share).collect() }.gini_permille()
    }

    #[test]
    fn the_gini_coefficient_agrees_with_values_worked_by_hand() {
        assert_eq!(gini(&[]), None);
        assert_eq!(gini(&[0, 0]), None);
        assert_eq!(gini(&[400]), Some(0));
        assert_eq!(gini(&[300, 300, 300]), Some(0));
        // One of four has all: (n − 1) / n.
        assert_eq!(gini(&[0, 800, 0, 0]), Some(750));
        // 1 to 5 hundred: differences of pairs 4·1 + 3·2 + 2·3 + 1·4 = 20, over 5 · 15 = 0.2667.
        assert_eq!(gini(&[100, 300, 500, 200, 400]), Some(267));
    }

    #[test]
    fn the_gini_coefficient_is_the_mean_difference_of_all_pairs() {
        for seed in 1..200_i64 {
            let shares: Vec<i64> = (1..=1 + seed % 9).map(|place| (seed * place * 7_919 + place) % 1_001).collect();
            let differences: i64 =
                shares.iter().flat_map(|one| shares.iter().map(move |other| (one - other).abs())).sum();
            let whole = 2 * shares.len() as i64 * shares.iter().sum::<i64>();
            let exact = (whole > 0).then(|| (1_000.0 * differences as f64 / whole as f64 + 0.5).floor() as i64);
            assert_eq!(gini(&shares), exact, "{shares:?}");
        }
    }
}
