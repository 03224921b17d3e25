use super::measured::on_level_scale;
use super::{Baseline, GoalMeasure, GoalVerdict, LevelModel, Measured, PlanGoal};
use crate::profile::ChangeVerdict;
use crate::statistics::{ConfidenceLevel, Estimate, Undefined};
use crate::value::{Count, Key, Real, Score};

/// What came of one goal: where the person stood, where they stand, and what can be said about the change.
///
/// *Answers*: did the person change, more than chance in the ratings would explain, and is the target met? *Assumes*
/// normal errors of the standard errors given, and raters of like severity before and after. *Formula*: reliable change index =
/// (result − shrunken baseline) / √(posterior variance of the baseline + standard error²); reliably up or down when it lies
/// beyond the normal quantile (1.96 at 95 %). The baseline is the shrunken one because people are chosen for coaching by a low
/// score, and part of a low score is bad luck that would not have lasted: the index from the raw baseline stands beside it,
/// and finds a rise that is not there in 5 to 11 of 100 people chosen so. *Undefined when* both errors are 0. *Reference*:
/// Jacobson and Truax 1991, J. Consulting and Clinical Psychology 59:12, with the error of each measurement; Morris 1983, J.
/// American Statistical Association 78:47, for the shrunken baseline. *Checked against*: hand calculation and simulated people
/// without change, chosen below 2.5.
///
/// A change after coaching is no proof that the coaching did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalOutcome {
    criterion: Key,
    target: Score,
    baseline: Baseline,
    /// The variance of what is believed after the baseline, for the shrunken change.
    shrunken_variance: Real,
    /// By how much more new ratings scatter there than in the middle of the group, as a factor, at least 1.
    room: Real,
    needed: u16,
    result: Option<Measured>,
    confidence: ConfidenceLevel,
}

/// How a colleague who was not coached changed over the same weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeerChange {
    /// The mean rating before.
    pub before: Score,
    /// The mean rating after.
    pub after: Score,
}

/// A person's change beside that of colleagues who were not coached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeerComparison {
    /// How many colleagues there are.
    pub peers: Count,
    /// Their mean change in levels.
    pub peer_change: Estimate,
    /// The person's change minus theirs, in levels (difference in differences).
    pub difference: Estimate,
}

impl GoalOutcome {
    /// What came of a goal whose new ratings are `result`; nothing when none were made.
    #[must_use]
    pub fn of(goal: &PlanGoal, result: Option<Measured>, model: &LevelModel, confidence: ConfidenceLevel) -> Self {
        let needed = match goal.measure {
            GoalMeasure::RubricMean { min_observations } => min_observations.get(),
            GoalMeasure::Agreed { .. } => 1,
        };
        let left = model.prior_variance() * (1.0 - model.reliability(&goal.baseline.measured));
        let one = Real::new(1.0).unwrap_or(Real::ZERO);
        let (expected, group) = (goal.baseline.shrunken.to_f64(), (model.prior_mean() - 1.0) / 4.0);
        let room = expected * (1.0 - expected) / (group * (1.0 - group) - model.prior_variance() / 16.0);
        Self {
            criterion: goal.criterion.clone(),
            target: goal.target,
            baseline: goal.baseline,
            shrunken_variance: Real::new(left).unwrap_or(Real::ZERO),
            room: Real::new(room).unwrap_or(one).max(one),
            needed,
            result,
            confidence,
        }
    }

    /// The goal's criterion.
    #[must_use]
    pub fn criterion(&self) -> &Key {
        &self.criterion
    }

    /// Where the person stood.
    #[must_use]
    pub fn baseline(&self) -> &Baseline {
        &self.baseline
    }

    /// The new ratings.
    #[must_use]
    pub fn result(&self) -> Option<&Measured> {
        self.result.as_ref()
    }

    /// The change in levels between the values as they were rated, with a normal interval.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without new ratings.
    pub fn change(&self) -> Result<Estimate, Undefined> {
        let result = self.result.ok_or(Undefined::NoData {})?;
        let variance = self.baseline.measured.variance() + result.variance();
        normal_estimate(result.level() - self.baseline.measured.level(), variance, self.confidence)
    }

    /// The change in levels from the baseline drawn towards the group, with a normal interval: what is left of the
    /// change when a return from bad luck is allowed for. Where the shrunken baseline has more room to vary than the average of
    /// the group, which is near an end of the scale, the new ratings are taken to scatter more, as in
    /// [`BoundedMean::change_from_expected`](crate::statistics::BoundedMean::change_from_expected).
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without new ratings.
    pub fn shrunken_change(&self) -> Result<Estimate, Undefined> {
        let result = self.result.ok_or(Undefined::NoData {})?;
        let variance = self.shrunken_variance.get() + self.room.get() * result.variance();
        normal_estimate(result.level() - on_level_scale(self.baseline.shrunken), variance, self.confidence)
    }

    /// The change from the shrunken baseline in units of its standard error: what the verdict rests on.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without new ratings; [`Undefined::NoVariation`] when both errors are 0.
    pub fn reliable_change_index(&self) -> Result<f64, Undefined> {
        in_errors(&self.shrunken_change()?)
    }

    /// The change from the raw baseline in units of its standard error. For people chosen by a low or high baseline it says
    /// *changed* too often.
    ///
    /// # Errors
    ///
    /// As for [`reliable_change_index`](Self::reliable_change_index).
    pub fn raw_change_index(&self) -> Result<f64, Undefined> {
        in_errors(&self.change()?)
    }

    /// Whether the target is met, and whether the person changed reliably.
    ///
    /// [`GoalVerdict::Insufficient`] with fewer new ratings than the goal's measure asks for.
    #[must_use]
    pub fn verdict(&self) -> GoalVerdict {
        match self.result {
            Some(result) if result.observations.get() >= self.needed => {
                GoalVerdict::new(result.score >= self.target, self.reliable_change())
            }
            _ => GoalVerdict::Insufficient,
        }
    }

    /// The person's change beside that of colleagues who were not coached. It is never subtracted anywhere: why they
    /// were not coached may matter more than the coaching.
    ///
    /// *Formula*: difference of the changes; standard error s·√(1 + 1/n) and n − 1 degrees of freedom, s being the
    /// standard deviation of the n colleagues' changes. *Reference*: Crawford and Howell 1998, The Clinical
    /// Neuropsychologist 12:482 (one case beside a small sample). *Assumes* colleagues measured as the person was.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without new ratings; [`Undefined::TooFewSubjects`] with fewer than two colleagues;
    /// [`Undefined::NoVariation`] when all colleagues changed alike.
    pub fn beside_peers(&self, peers: &[PeerChange]) -> Result<PeerComparison, Undefined> {
        let own = self.change()?.value();
        if peers.len() < 2 {
            return Err(Undefined::too_few_subjects(peers.len(), 2));
        }
        let millionths = |score: Score| i64::from(score.millionths());
        let changes: Vec<i64> = peers.iter().map(|one| millionths(one.after) - millionths(one.before)).collect();
        if changes.iter().all(|change| changes.first() == Some(change)) {
            return Err(Undefined::NoVariation {});
        }
        let n = peers.len() as f64;
        let changes: Vec<f64> = changes.into_iter().map(|change| 4.0 * change as f64 / 1e6).collect();
        let mean = changes.iter().sum::<f64>() / n;
        let variance = changes.iter().map(|change| (change - mean).powi(2)).sum::<f64>() / (n - 1.0);
        let of = |value: f64, error: f64| {
            let estimate = Estimate::of(value).ok_or(Undefined::OutOfRange {})?;
            Ok(estimate.with_t_interval(error, n - 1.0, self.confidence))
        };
        Ok(PeerComparison {
            peers: Count::of(peers.len()),
            peer_change: of(mean, (variance / n).sqrt())?,
            difference: of(own - mean, (variance * (1.0 + 1.0 / n)).sqrt())?,
        })
    }

    /// What can honestly be said, in sentences for the person and the coach.
    #[must_use]
    pub fn in_words(&self) -> Vec<String> {
        let before = &self.baseline.measured;
        let mut said = vec![format!(
            "Before: {} of 5 over {}.",
            before.score.on_level_scale(2),
            contacts(before.observations.get())
        )];
        if self.verdict() != GoalVerdict::Insufficient {
            said.extend(self.verdict_in_words());
            return said;
        }
        said.push(self.result.map_or_else(
            || "Since then no contact was rated.".to_owned(),
            |now| format!("Now: {} of 5 over {}.", now.score.on_level_scale(2), contacts(now.observations.get())),
        ));
        said.push(format!(
            "A verdict needs {}, so there is none. That says nothing about the person.",
            contacts(self.needed)
        ));
        said
    }

    fn verdict_in_words(&self) -> Vec<String> {
        let mut said: Vec<String> = self.result.map(|result| self.beside_target(&result)).into_iter().collect();
        if let Ok(change) = self.shrunken_change() {
            said.push(format!(
                "A {} start is often partly chance. The change is counted from {}, which allows for that.",
                if self.baseline.shrunken < self.baseline.measured.score { "high" } else { "low" },
                self.baseline.shrunken.on_level_scale(2),
            ));
            let (value, range) = (signed(change.value()), range(&change));
            said.push(match self.reliable_change() {
                ChangeVerdict::Rose => {
                    format!("The rise of {value} levels ({range}) is more than chance in the ratings would explain.")
                }
                ChangeVerdict::Fell => {
                    format!("The fall of {value} levels ({range}) is more than chance in the ratings would explain.")
                }
                ChangeVerdict::NotShown if self.reliable_change_index().is_err() => {
                    format!("The change is {value} levels; how much chance is in it cannot be told without a standard error.")
                }
                ChangeVerdict::NotShown => {
                    format!(
                        "The change of {value} levels ({range}) may be chance alone; these ratings cannot tell more."
                    )
                }
            });
        }
        if let Ok(raw) = self.change() {
            said.push(format!("From the values as they were rated it is {} ({}).", signed(raw.value()), range(&raw)));
        }
        said.push("A change after coaching is no proof that the coaching did it.".to_owned());
        said
    }

    /// The new mean beside the target, and whether that is more than chance in the ratings would explain.
    fn beside_target(&self, result: &Measured) -> String {
        let (mean, target) = (result.score.on_level_scale(2), self.target.on_level_scale(2));
        let count = contacts(result.observations.get());
        let margin = self.confidence.normal_multiplier() * result.variance().sqrt();
        let distance = result.level() - on_level_scale(self.target);
        let side = if result.score < self.target {
            "below"
        } else if result.score > self.target {
            "above"
        } else {
            "at"
        };
        let sure = if distance.abs() > margin {
            "by more than chance in the ratings would explain"
        } else {
            "but that is too little to be sure where the long-run mean lies"
        };
        let (lowest, highest) = (result.level() - margin, result.level() + margin);
        format!(
            "Now: the mean of {count}, {mean}, is {side} the target of {target}, {sure} ({} interval {:.2} to {:.2}).",
            self.confidence,
            lowest.max(1.0),
            highest.min(5.0)
        )
    }

    fn reliable_change(&self) -> ChangeVerdict {
        let bound = self.confidence.normal_multiplier();
        match self.reliable_change_index() {
            Ok(index) if index > bound => ChangeVerdict::Rose,
            Ok(index) if index < -bound => ChangeVerdict::Fell,
            _ => ChangeVerdict::NotShown,
        }
    }
}

impl PeerComparison {
    /// The comparison in a sentence.
    #[must_use]
    pub fn in_words(&self) -> String {
        format!(
            "Over the same weeks {} colleagues who were not coached changed by {} levels on average; the difference is {} ({}).",
            self.peers,
            signed(self.peer_change.value()),
            signed(self.difference.value()),
            range(&self.difference),
        )
    }
}

fn in_errors(change: &Estimate) -> Result<f64, Undefined> {
    let error = change.standard_error().filter(|error| *error > 0.0).ok_or(Undefined::NoVariation {})?;
    Ok(change.value() / error)
}

pub(super) fn normal_estimate(value: f64, variance: f64, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
    let estimate = Estimate::of(value).ok_or(Undefined::OutOfRange {})?;
    Ok(estimate.with_normal_interval(variance.sqrt(), confidence))
}

fn contacts(count: u16) -> String {
    if count == 1 { "1 contact".to_owned() } else { format!("{count} contacts") }
}

fn signed(levels: f64) -> String {
    let shown = format!("{levels:+.2}");
    if shown == "-0.00" { "+0.00".to_owned() } else { shown }
}

fn range(estimate: &Estimate) -> String {
    estimate.interval().map_or_else(String::new, |interval| {
        format!("{} interval {} to {}", interval.confidence(), signed(interval.lower()), signed(interval.upper()))
    })
}
