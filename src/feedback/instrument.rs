use std::ops::RangeInclusive;

use crate::value::strict::choice;

choice! {
    /// A kind of survey, defined by its scale, its groups of answers and its score.
    pub enum Instrument: "A kind of survey" {
        /// Customer satisfaction: the share of 4 and 5 on a scale from 1 to 5.
        Csat = "csat",
        /// Net promoter score: the share of 9 and 10 minus the share of 0 to 6, on a scale from 0 to 10.
        Nps = "nps",
        /// Customer effort, second version: the share of 5 to 7 on a scale from 1 to 7; high is good.
        Ces = "ces",
        /// Customer effort, first version: the mean on a scale from 1 to 5; low is good.
        CesVersionOne = "ces_version_one",
    }
}

choice! {
    /// What the score of a survey counts.
    pub enum ScoreUnit: "What the score of a survey counts" {
        /// A share in percent, from 0 to 100.
        Percent = "percent",
        /// One share minus another in percent, from −100 to 100.
        NetPercent = "net_percent",
        /// A mean on the scale of the answers.
        ScaleMean = "scale_mean",
    }
}

type Group = (&'static str, RangeInclusive<u8>);

const CSAT: [Group; 2] = [("satisfied", 4..=5), ("not_satisfied", 1..=3)];
const NPS: [Group; 3] = [("promoters", 9..=10), ("passives", 7..=8), ("detractors", 0..=6)];
const CES: [Group; 3] = [("easy", 5..=7), ("neutral", 4..=4), ("hard", 1..=3)];

impl Instrument {
    /// The answers that can be given.
    #[must_use]
    pub const fn scale(self) -> RangeInclusive<u8> {
        match self {
            Self::Csat | Self::CesVersionOne => 1..=5,
            Self::Nps => 0..=10,
            Self::Ces => 1..=7,
        }
    }

    /// The groups of answers, the best first; the first version of CES has none.
    #[must_use]
    pub const fn groups(self) -> &'static [(&'static str, RangeInclusive<u8>)] {
        match self {
            Self::Csat => &CSAT,
            Self::Nps => &NPS,
            Self::Ces => &CES,
            Self::CesVersionOne => &[],
        }
    }

    /// What its score counts.
    #[must_use]
    pub const fn unit(self) -> ScoreUnit {
        match self {
            Self::Csat | Self::Ces => ScoreUnit::Percent,
            Self::Nps => ScoreUnit::NetPercent,
            Self::CesVersionOne => ScoreUnit::ScaleMean,
        }
    }

    /// Whether a higher answer is a better one.
    #[must_use]
    pub const fn is_higher_better(self) -> bool {
        !matches!(self, Self::CesVersionOne)
    }

    /// Whether the mean of its answers stands beside its score.
    #[must_use]
    pub const fn has_mean(self) -> bool {
        matches!(self, Self::Csat | Self::Ces)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_cover_each_scale_once() {
        for instrument in Instrument::ALL.iter().filter(|one| !one.groups().is_empty()) {
            let mut answers: Vec<u8> = instrument.groups().iter().flat_map(|(_, answers)| answers.clone()).collect();
            answers.sort_unstable();
            assert!(answers.into_iter().eq(instrument.scale()), "{instrument}");
        }
    }
}
