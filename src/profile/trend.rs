use super::entry::Entry;
use super::error::PeriodsOverlap;
use super::forms::Forms;
use super::mean::UNIT;
use super::selection::{OfRater, Period, Selection};
use super::skills::{Rated, Skills};
use super::{CriterionStanding, ProfileError, Profiler};
use crate::assessment::Assessment;
use crate::framework::{Skill, SkillMap};
use crate::statistics::{BoundedMean, Estimate, Undefined};
use crate::value::strict::choice;
use crate::value::{Day, Key, Real, Reference};

/// What changed for one person between two periods, each a window of the policy, both as known at the end of the later.
///
/// *Answers* whether a difference is more than the chance of contacts and raters explains, also of people who were looked
/// at because they were low or high. *Formula*: the verdict rests on the change from what the earlier mean lets expect
/// ([`BoundedMean::change_from_expected`]). Beside it stands the difference of the plain means with an interval made of both
/// intervals ([`BoundedMean::change_from`]), and the reliable change index, which is that difference over its standard
/// error: of people chosen by a low mean who do not change it finds up to four times as many risen as it promises. On a criterion,
/// what a rater of both periods adds to both cancels as far as the shares of that rater agree: covariance σ²r · Σ (n₁ⱼ/n₁)(n₂ⱼ/n₂).
/// For skills and the whole nothing is assumed to cancel. *Reference*: Jacobson and Truax 1991, J. Consulting and Clinical
/// Psychology 59:12; Zou and Donner 2008. *Checked against*: simulated people without change, chosen below 2.5.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trend {
    person: Reference,
    earlier: Day,
    later: Day,
    skills: SkillMap<Result<MeasuredChange, Undefined>>,
    overall: Result<MeasuredChange, Undefined>,
    criteria: Vec<CriterionTrend>,
}

/// What changed on one criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriterionTrend {
    /// The criterion.
    pub criterion: Key,
    /// Its skill.
    pub skill: Skill,
    /// The change, or why there is none: a period without a value has nothing to compare.
    pub change: Result<MeasuredChange, Undefined>,
}

/// A difference between two periods on the scale of scores, later minus earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeasuredChange {
    earlier: Estimate,
    later: Estimate,
    difference: Estimate,
    from_expected: Option<Estimate>,
    index: Real,
    raw_verdict: ChangeVerdict,
}

choice! {
    /// What a difference between two periods shows: its direction, if any. (Against a cut-off, for better or worse:
    /// [`ChangeClass`](crate::statistics::ChangeClass).)
    pub enum ChangeVerdict: "What a difference between two periods shows" {
        /// It rose by more than chance usually makes.
        Rose = "rose",
        /// It fell by more than chance usually makes.
        Fell = "fell",
        /// No change can be shown. That is not proof that nothing changed.
        NotShown = "not_shown",
    }
}

impl ChangeVerdict {
    /// The verdict in words for a person.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Rose => {
                "rose: a difference this large would seldom come from the choice of contacts and raters alone"
            }
            Self::Fell => {
                "fell: a difference this large would seldom come from the choice of contacts and raters alone"
            }
            Self::NotShown => "no change can be shown with what was seen; that does not prove that nothing changed",
        }
    }
}

impl Profiler {
    /// Compares the window that ends on `earlier` with the window that ends on `later`.
    ///
    /// Both are judged by what is known on `later`: an observation that was entered late counts where it happened. The
    /// difference says nothing about why: contacts, raters and the work itself change too.
    ///
    /// # Errors
    ///
    /// [`ProfileError::Periods`] when the later window starts on or before `earlier`.
    pub fn trend<'a>(
        &self,
        person: &Reference,
        assessments: impl IntoIterator<Item = &'a Assessment>,
        earlier: Day,
        later: Day,
    ) -> Result<Trend, ProfileError> {
        let start = self.window_start(later);
        if earlier >= start {
            return Err(ProfileError::Periods(PeriodsOverlap { earlier, start }));
        }
        let own = assessments.into_iter().filter(|one| one.document().person() == person);
        let own: Vec<Entry<'_>> = own.map(Entry::from).collect();
        let mut forms = Forms::new(self.rubric());
        let mut select = |end: Day| {
            let period = Period { known: later, ..Period::window(self.policy(), end) };
            Selection::new(self.rubric(), self.policy(), own.clone(), period, &mut forms)
        };
        let (old, new) = (select(earlier), select(later));
        Ok(Compared::new(self, &old, &new).trend(person, earlier, later))
    }
}

/// Both periods side by side.
struct Compared<'a> {
    profiler: &'a Profiler,
    selections: [&'a Selection<'a>; 2],
    rated: [Vec<(CriterionStanding, Option<Rated>)>; 2],
}

impl<'a> Compared<'a> {
    fn new(profiler: &'a Profiler, old: &'a Selection<'a>, new: &'a Selection<'a>) -> Self {
        Self { profiler, selections: [old, new], rated: [profiler.rated(old), profiler.rated(new)] }
    }

    fn trend(&self, person: &Reference, earlier: Day, later: Day) -> Trend {
        let [old, new] = &self.rated;
        let means = |rated, selection: &Selection<'_>| {
            Skills { profiler: self.profiler, rated, concerns: &selection.concerns }.means()
        };
        let [(old_skills, old_whole), (new_skills, new_whole)] =
            [means(old, self.selections[0]), means(new, self.selections[1])];
        let pairs = old.iter().zip(new).zip(self.profiler.rubric().criteria()).enumerate();
        let criteria = pairs.map(|(position, (((_, old), (_, new)), criterion))| {
            let mean = |rated: &Option<Rated>| rated.map(|one| one.mean);
            let covariance = self.covariance(position, &criterion.key);
            let change = self.change(mean(old), mean(new), covariance);
            CriterionTrend { criterion: criterion.key.clone(), skill: criterion.skill, change }
        });
        Trend {
            person: person.clone(),
            earlier,
            later,
            criteria: criteria.collect(),
            skills: SkillMap::from_fn(|skill| self.change(old_skills[skill], new_skills[skill], 0.0)),
            overall: self.change(old_whole, new_whole, 0.0),
        }
    }

    /// σ²r · Σ (n₁ⱼ/n₁)(n₂ⱼ/n₂) over the raters of both periods.
    fn covariance(&self, position: usize, criterion: &Key) -> f64 {
        let [old, new] = self.selections;
        let (before, after) = (old.by_rater(position, UNIT), new.by_rater(position, UNIT));
        let total = |raters: &[OfRater]| raters.iter().map(|one| f64::from(one.count)).sum::<f64>();
        let whole = total(&before) * total(&after);
        let shared = old.raters().iter().zip(&before).flat_map(|(rater, one)| {
            let same = new.raters().iter().zip(&after).filter(move |(other, _)| *other == rater);
            same.map(move |(_, other)| f64::from(one.count) * f64::from(other.count))
        });
        let shared: f64 = shared.sum();
        if whole > 0.0 {
            self.profiler.uncertainty().components(criterion).between_raters() * shared / whole
        } else {
            0.0
        }
    }

    fn change(
        &self,
        old: Option<BoundedMean>,
        new: Option<BoundedMean>,
        covariance: f64,
    ) -> Result<MeasuredChange, Undefined> {
        let (Some(old), Some(new)) = (old, new) else { return Err(Undefined::NoData {}) };
        MeasuredChange::new(&old, &new, covariance, self.profiler)
    }
}

impl MeasuredChange {
    fn new(old: &BoundedMean, new: &BoundedMean, covariance: f64, profiler: &Profiler) -> Result<Self, Undefined> {
        let model = profiler.uncertainty();
        let difference = new.change_from(old, covariance, model.confidence())?;
        let standard_error =
            difference.standard_error().filter(|error| *error > 0.0).ok_or(Undefined::NoVariation {})?;
        let index = difference.value() / standard_error;
        let estimates = |mean: &BoundedMean| model.estimates(mean).ok_or(Undefined::OutOfRange {});
        let ((earlier, _), (later, _)) = (estimates(old)?, estimates(new)?);
        let from_expected = new.change_from_expected(old, covariance, model.confidence()).ok();
        Ok(Self {
            earlier,
            later,
            difference: difference.to_six_decimals(),
            from_expected: from_expected.map(Estimate::to_six_decimals),
            index: Real::new(index).map(Real::to_six_decimals).map_err(|_| Undefined::OutOfRange {})?,
            raw_verdict: shown_by(&difference),
        })
    }

    /// The mean of the earlier period.
    #[must_use]
    pub fn earlier(&self) -> &Estimate {
        &self.earlier
    }

    /// The mean of the later period.
    #[must_use]
    pub fn later(&self) -> &Estimate {
        &self.later
    }

    /// Later minus earlier, raw, with its standard error and interval.
    #[must_use]
    pub fn difference(&self) -> &Estimate {
        &self.difference
    }

    /// The same in levels, from −4 to 4.
    #[must_use]
    pub fn difference_in_levels(&self) -> Estimate {
        self.difference.times(4.0)
    }

    /// The later mean minus what the earlier one lets expect: the earlier mean drawn towards that of the group, which allows
    /// for the chance in a low or high start. It has its standard error and a normal interval; absent when persons do not differ.
    #[must_use]
    pub fn from_expected(&self) -> Option<&Estimate> {
        self.from_expected.as_ref()
    }

    /// The reliable change index: difference over standard error.
    #[must_use]
    pub fn index(&self) -> f64 {
        self.index.get()
    }

    /// What the change [`from_expected`](Self::from_expected) shows: a change when its interval does not hold 0. Where persons
    /// do not differ, what the raw difference shows.
    #[must_use]
    pub fn verdict(&self) -> ChangeVerdict {
        self.from_expected.as_ref().map_or(self.raw_verdict, shown_by)
    }

    /// What the raw difference shows. It says *changed* too often of a person who was looked at because the earlier mean was low or
    /// high.
    #[must_use]
    pub fn raw_verdict(&self) -> ChangeVerdict {
        self.raw_verdict
    }
}

/// A change is shown when its interval does not hold 0.
fn shown_by(change: &Estimate) -> ChangeVerdict {
    match change.interval() {
        Some(interval) if interval.lower() > 0.0 => ChangeVerdict::Rose,
        Some(interval) if interval.upper() < 0.0 => ChangeVerdict::Fell,
        _ => ChangeVerdict::NotShown,
    }
}

impl Trend {
    /// The person.
    #[must_use]
    pub fn person(&self) -> &Reference {
        &self.person
    }

    /// The last day of the earlier period.
    #[must_use]
    pub fn earlier(&self) -> Day {
        self.earlier
    }

    /// The last day of the later period.
    #[must_use]
    pub fn later(&self) -> Day {
        self.later
    }

    /// The change of each skill; [`Undefined::NoData`] when a period has no value.
    #[must_use]
    pub fn skills(&self) -> &SkillMap<Result<MeasuredChange, Undefined>> {
        &self.skills
    }

    /// The change of the weighted mean of the skills.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] when a period has no overall value.
    pub fn overall(&self) -> Result<MeasuredChange, Undefined> {
        self.overall
    }

    /// The criteria, in the order of the rubric.
    #[must_use]
    pub fn criteria(&self) -> &[CriterionTrend] {
        &self.criteria
    }
}
