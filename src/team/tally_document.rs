use super::ReviewBand;
use super::layout::{
    BANDS, CONTACTS, CRITERIA, CRITERION_WIDTH, CRITICAL_ERRORS, ERRORS, LEVELS, MILLION, OPPORTUNITIES, PEOPLE, RATED,
    REVIEWED, SCORES, SQUARES_HIGH, SQUARES_LOW, width,
};
use crate::rubric::RubricPin;
use crate::value::strict::document;
use crate::value::{Count, Day, Fault, Faults, Key, LargeCount, Rule, SchemaVersion, repeated};

document! {
    /// A tally as it is written down, for hosts that summarise in parts. It is private: sums of a single person can stand in
    /// it. [`TeamTally::try_from`](super::TeamTally) reads it.
    #[cfg_attr(feature = "schema", schemars(rename = "TeamTally"))]
    pub struct TeamTallyDocument {
        /// The version of this shape.
        pub(super) schema_version: SchemaVersion,
        /// The rubric by which the people are judged.
        pub(super) rubric: RubricPin,
        /// The day on which this was known.
        pub(super) as_of: Day,
        /// The criteria, in the order of the rubric.
        pub(super) criteria: Vec<Key>,
        /// The sums over people, in the order that `docs/teams.md` lists. States merge by adding place by place.
        pub(super) state: Vec<LargeCount>,
    }
    checked by TeamTallyDocument::check
}

pub(crate) const TALLY_RULES: &[Rule] = &[CRITERIA_UNIQUE, STATE_WIDTH, STATE_OF_PEOPLE];

const CRITERIA_UNIQUE: Rule = Rule::new("team_tally_criteria_unique", "each criterion occurs once in `criteria`");
const STATE_WIDTH: Rule = Rule::new(
    "team_tally_state_width",
    "`state` has 22 numbers and 9 for each of the `criteria`; what they say is not judged before this rule holds",
);
const STATE_OF_PEOPLE: Rule = Rule::new(
    "team_tally_state_of_people",
    "`state` could come from people: with its places counted from 0, [0] is at most 1,000,000, [1] is [0] minus [2], [2] to \
     [7] sum to [0], [8] is at least [3] + 2·[4] + 3·[5] + 5·[6] + 10·[7] and, if [7] is 0, at most [3] + 2·[4] + 4·[5] + \
     9·[6], [9] to [11] are at most [8], [13] is at most [12]; in each nine of a criterion, with its places counted from 0 \
     again, [0] is at most [1] of the state, [4] to [8] sum to [0], [1] is at most 1,000,000·[0], and q = 1,000,000·[2] + \
     [3] is at most 1,000,000·[1], while q·[0] is at least [1]²",
);

impl TeamTallyDocument {
    fn check(&self) -> Result<(), Faults> {
        let mut faults = Vec::new();
        for (index, key) in repeated(&self.criteria, |key| *key) {
            let message = format!("criterion `{key}` stands here already");
            faults.push(Fault::new(CRITERIA_UNIQUE, format!("/criteria/{index}"), message));
        }
        let state: Vec<u64> = self.state.iter().map(|sum| sum.get()).collect();
        check_state(&state, self.criteria.len(), &mut faults);
        Faults::none_of(faults)
    }
}

/// Width first; then whether people can have such sums. No sum is above that of a [`LargeCount`].
pub(super) fn check_state(state: &[u64], criteria: usize, faults: &mut Vec<Fault>) {
    if state.len() != width(criteria) {
        let message = format!("`{}` numbers: allowed is {} for {criteria} criteria", state.len(), width(criteria));
        faults.push(Fault::new(STATE_WIDTH, "/state", message));
        return;
    }
    if !is_of_people(state) {
        faults.push(Fault::new(STATE_OF_PEOPLE, "/state", "no people have such sums"));
    }
    for (index, sums) in state.get(CRITERIA..).unwrap_or_default().chunks_exact(CRITERION_WIDTH).enumerate() {
        if !is_of_ratings(sums, at(state, REVIEWED)) {
            let message = format!("no people have such sums on criterion {index}");
            faults.push(Fault::new(STATE_OF_PEOPLE, format!("/state/{}", CRITERIA + index * CRITERION_WIDTH), message));
        }
    }
}

pub(super) fn at(state: &[u64], place: usize) -> u64 {
    state.get(place).copied().unwrap_or_default()
}

fn is_of_people(state: &[u64]) -> bool {
    let (people, contacts) = (at(state, PEOPLE), at(state, CONTACTS));
    let band = |band: ReviewBand| at(state, BANDS + band as usize);
    let sum: u64 = ReviewBand::ALL.iter().map(|one| band(*one)).sum();
    let fewest: u64 = ReviewBand::ALL.iter().map(|one| one.fewest() * band(*one)).sum();
    let most = [(ReviewBand::One, 1), (ReviewBand::Two, 2), (ReviewBand::ThreeToFour, 4), (ReviewBand::FiveToNine, 9)];
    let most: u64 = most.iter().map(|(one, reviews)| reviews * band(*one)).sum();
    let errors = state.get(CRITICAL_ERRORS..OPPORTUNITIES).unwrap_or_default();
    people <= u64::from(Count::MAX.get())
        && sum == people
        && at(state, REVIEWED) + band(ReviewBand::None) == people
        && fewest <= contacts
        && (band(ReviewBand::TenOrMore) > 0 || contacts <= most)
        && errors.iter().all(|errors| *errors <= contacts)
        && at(state, ERRORS) <= at(state, OPPORTUNITIES)
}

fn is_of_ratings(sums: &[u64], reviewed: u64) -> bool {
    let [rated, scores, high, low] =
        [RATED, SCORES, SQUARES_HIGH, SQUARES_LOW].map(|place| u128::from(at(sums, place)));
    let million = u128::from(MILLION);
    let squares = high * million + low;
    let levels: u64 = sums.iter().skip(LEVELS).sum();
    at(sums, RATED) <= reviewed
        && levels == at(sums, RATED)
        && scores <= million * rated
        && squares <= million * scores
        && squares * rated >= scores * scores
}
