use std::fmt;

use crate::statistics::Interval;

/// Words for coefficients, as a paper proposes them. They are conventions, not findings: quote the paper with the word.
///
/// The words are chosen by the interval and never by the value alone: 0.62 between 0.38 and 0.86 is not "substantial",
/// it is "fair to almost perfect", and more subjects are needed to say more. Take
/// [`Coefficient::score_interval`](super::Coefficient::score_interval), which keeps its level for few subjects too.
///
/// ```
/// use service_excellence::statistics::{Categories, ConfidenceLevel, PairedRatings, VerbalScale, Weights, cohen_kappa};
///
/// let words = |counts: &[[u32; 2]; 2]| -> Result<String, Box<dyn std::error::Error>> {
///     let ratings = PairedRatings::from_counts(Categories::numbered(0, 1)?, counts)?;
///     let kappa = cohen_kappa(&ratings, &Weights::identity(), ConfidenceLevel::NINETY_FIVE)?;
///     let interval = kappa.score_interval(ConfidenceLevel::NINETY_FIVE).ok_or("one subject")?;
///     Ok(VerbalScale::LANDIS_KOCH.words(&interval).to_string())
/// };
/// assert_eq!(words(&[[20, 5], [3, 22]])?, "moderate to almost perfect");
/// // Two subjects on which both raters agree.
/// assert_eq!(words(&[[1, 0], [0, 1]])?, "poor to almost perfect");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VerbalScale {
    name: &'static str,
    citation: &'static str,
    lowest: &'static str,
    bands: &'static [VerbalBand],
}

/// From where upwards a word holds.
#[derive(Clone, Copy, Debug, PartialEq)]
struct VerbalBand {
    from: f64,
    /// Whether the word holds at `from` itself.
    is_included: bool,
    word: &'static str,
}

const fn at_least(from: f64, word: &'static str) -> VerbalBand {
    VerbalBand { from, is_included: true, word }
}

const fn above(from: f64, word: &'static str) -> VerbalBand {
    VerbalBand { from, is_included: false, word }
}

impl VerbalScale {
    /// Poor below 0, slight to 0.20, fair to 0.40, moderate to 0.60, substantial to 0.80, almost perfect.
    pub const LANDIS_KOCH: Self = Self {
        name: "Landis and Koch",
        citation: "Landis and Koch 1977, Biometrics 33:159",
        lowest: "poor",
        bands: &[
            at_least(0.0, "slight"),
            above(0.2, "fair"),
            above(0.4, "moderate"),
            above(0.6, "substantial"),
            above(0.8, "almost perfect"),
        ],
    };

    /// Poor to 0.20, fair to 0.40, moderate to 0.60, good to 0.80, very good.
    pub const ALTMAN: Self = Self {
        name: "Altman",
        citation: "Altman 1991, Practical Statistics for Medical Research, p. 404",
        lowest: "poor",
        bands: &[above(0.2, "fair"), above(0.4, "moderate"), above(0.6, "good"), above(0.8, "very good")],
    };

    /// Poor below 0.40, fair below 0.60, good below 0.75, excellent.
    pub const CICCHETTI: Self = Self {
        name: "Cicchetti",
        citation: "Cicchetti 1994, Psychological Assessment 6:284",
        lowest: "poor",
        bands: &[at_least(0.4, "fair"), at_least(0.6, "good"), at_least(0.75, "excellent")],
    };

    /// To be discarded below 0.667, for tentative conclusions below 0.800, reliable.
    pub const KRIPPENDORFF: Self = Self {
        name: "Krippendorff",
        citation: "Krippendorff 2019, Content Analysis, 4th ed., ch. 12",
        lowest: "to be discarded",
        bands: &[at_least(0.667, "for tentative conclusions"), at_least(0.8, "reliable")],
    };

    /// Whose words they are.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Where they were proposed.
    #[must_use]
    pub fn citation(&self) -> &'static str {
        self.citation
    }

    /// The words that the interval allows.
    #[must_use]
    pub fn words(&self, interval: &Interval) -> VerbalRange {
        VerbalRange { lowest: self.word(interval.lower()), highest: self.word(interval.upper()) }
    }

    fn word(&self, value: f64) -> &'static str {
        let holds = |band: &&VerbalBand| value > band.from || (band.is_included && value >= band.from);
        self.bands.iter().rev().find(holds).map_or(self.lowest, |band| band.word)
    }
}

/// The words at both ends of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VerbalRange {
    lowest: &'static str,
    highest: &'static str,
}

impl VerbalRange {
    /// What can be said at least.
    #[must_use]
    pub fn lowest(&self) -> &'static str {
        self.lowest
    }

    /// What can be said at most.
    #[must_use]
    pub fn highest(&self) -> &'static str {
        self.highest
    }
}

/// "moderate to substantial", or one word if both ends share it.
impl fmt::Display for VerbalRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.lowest == self.highest {
            return formatter.write_str(self.lowest);
        }
        write!(formatter, "{} to {}", self.lowest, self.highest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_belong_where_the_papers_put_them() {
        let words =
            |scale: VerbalScale, values: &[f64]| values.iter().map(|value| scale.word(*value)).collect::<Vec<_>>();
        let landis = words(VerbalScale::LANDIS_KOCH, &[-0.01, 0.0, 0.2, 0.21, 0.4, 0.6, 0.8, 0.81, 1.0]);
        let expected =
            ["poor", "slight", "slight", "fair", "fair", "moderate", "substantial", "almost perfect", "almost perfect"];
        assert_eq!(landis, expected);
        assert_eq!(words(VerbalScale::ALTMAN, &[-1.0, 0.2, 0.61]), ["poor", "poor", "good"]);
        assert_eq!(
            words(VerbalScale::CICCHETTI, &[0.39, 0.4, 0.59, 0.6, 0.75]),
            ["poor", "fair", "fair", "good", "excellent"]
        );
        let krippendorff = words(VerbalScale::KRIPPENDORFF, &[0.66, 0.667, 0.799, 0.8]);
        let tentative = "for tentative conclusions";
        assert_eq!(krippendorff, ["to be discarded", tentative, tentative, "reliable"]);
    }
}
