use super::Level;
use crate::value::strict::object;
use crate::value::{Fault, Rule, Score, repeated};

object! {
    /// The lowest score of a level.
    #[derive(Copy)]
    pub struct Band {
        /// The level.
        pub level: Level,
        /// The lowest score that reaches it, inclusive.
        pub from: Score,
    }
}

/// The highest level whose band starts at or below `score`; level 1 when no band does.
pub(crate) fn level_of(bands: &[Band], score: Score) -> Level {
    bands.iter().filter(|band| band.from <= score).map(|band| band.level).max().unwrap_or(Level::MIN)
}

/// Where the band of `level` starts: the lowest score with that level or a higher one.
pub(crate) fn start_of(bands: &[Band], level: Level) -> Option<Score> {
    bands.iter().filter(|band| band.level >= level).map(|band| band.from).min()
}

pub(crate) const BANDS_START_AT_ZERO: Rule =
    Rule::new("bands_start_at_zero", "one of the bands starts at score 0, so that every score has a level");
pub(crate) const BAND_LEVELS_UNIQUE: Rule = Rule::new("band_levels_unique", "each level has at most one band");

/// The faults of a list of bands that stands at `path`.
pub(crate) fn check_bands(bands: &[Band], path: &str, faults: &mut Vec<Fault>) {
    if !bands.iter().any(|band| band.from == Score::ZERO) {
        faults.push(Fault::new(BANDS_START_AT_ZERO, path, "no band starts at 0"));
    }
    for (index, band) in repeated(bands, |band| band.level) {
        let message = format!("level `{}` has a band already", band.level);
        faults.push(Fault::new(BAND_LEVELS_UNIQUE, format!("{path}/{index}/level"), message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bounds_of_a_band_are_inclusive() {
        let band =
            |level, from| Band { level: Level::new(level).unwrap(), from: Score::from_millionths(from).unwrap() };
        let bands = [band(1, 0), band(2, 125_000), band(3, 375_000), band(4, 625_000), band(5, 875_000)];
        let level = |score| level_of(&bands, Score::from_millionths(score).unwrap()).get();
        assert_eq!([0, 124_999, 125_000, 374_999, 375_000, 875_000, 1_000_000].map(level), [1, 1, 2, 2, 3, 5, 5]);
        assert_eq!(start_of(&bands, Level::new(3).unwrap()), Some(Score::from_millionths(375_000).unwrap()));
    }
}
