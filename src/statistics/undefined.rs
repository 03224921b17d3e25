use crate::value::Count;
use crate::value::codes::codes;
use crate::value::strict::union;

union! {
    /// Why a statistic has no value for these data. Never "not a number", never a stand-in such as 1 or 0.
    #[derive(Copy, thiserror::Error)]
    #[non_exhaustive]
    pub enum Undefined {
        /// There is nothing to compute from.
        #[error("there are no data")]
        NoData {},
        /// No subject has two ratings that could be compared.
        #[error("no subject was rated twice, so no two ratings can be compared")]
        NoPairs {},
        /// Everything is alike: agreement by chance would be complete too.
        #[error("every rating is in one category, so agreement by chance would be complete too")]
        NoVariation {},
        /// The error was estimated to be 0: what never varied does not show how far the next may lie.
        #[error("the error is estimated to be 0, which is no evidence: nothing varied")]
        NoSpread {},
        /// No formula for the error is published.
        #[error("no formula for the error is published: use the jackknife or the bootstrap")]
        NoFormula {},
        /// There are too few subjects.
        #[error("there are {found} subjects; at least {needed} are needed")]
        TooFewSubjects {
            /// How many there are.
            found: Count,
            /// How many are needed.
            needed: Count,
        },
        /// There are too few raters.
        #[error("there are {found} raters; at least {needed} are needed")]
        TooFewRaters {
            /// How many there are.
            found: Count,
            /// How many are needed.
            needed: Count,
        },
        /// There are too few groups.
        #[error("there are {found} groups; at least {needed} are needed")]
        TooFewGroups {
            /// How many there are.
            found: Count,
            /// How many are needed.
            needed: Count,
        },
        /// A count by which the statistic divides is 0.
        #[error("a count by which the statistic divides is 0")]
        EmptyCell {},
        /// The data fall into parts that nothing links.
        #[error("the data fall into parts that no common subject or rater links")]
        Disconnected {},
        /// Several sets of values fit the data equally well.
        #[error("several sets of values fit the data equally well")]
        NotIdentified {},
        /// Every rating is the lowest or the highest possible, so no finite value fits best.
        #[error("every rating is the lowest or the highest possible, so no finite value fits best")]
        Extreme {},
        /// The search for the best value did not end within its limit.
        #[error("the search for the best value did not end within its limit")]
        NotConverged {},
        /// The weights were made for another number of categories.
        #[error("the weights are for {found} categories; the ratings have {needed}")]
        OtherCategories {
            /// For how many the weights are.
            found: Count,
            /// How many the ratings have.
            needed: Count,
        },
        /// A category lies below 0, where ratios mean nothing.
        #[error("a category lies below 0, where ratios mean nothing")]
        BelowZero {},
        /// The numbers are too large or too small to be computed with.
        #[error("the numbers are too large or too small to be computed with")]
        OutOfRange {},
    }
}

// The codes are the words of `kind` in JSON.
codes!(Undefined {
    NoData = "no_data",
    NoPairs = "no_pairs",
    NoVariation = "no_variation",
    NoSpread = "no_spread",
    NoFormula = "no_formula",
    TooFewSubjects = "too_few_subjects",
    TooFewRaters = "too_few_raters",
    TooFewGroups = "too_few_groups",
    EmptyCell = "empty_cell",
    Disconnected = "disconnected",
    NotIdentified = "not_identified",
    Extreme = "extreme",
    NotConverged = "not_converged",
    OtherCategories = "other_categories",
    BelowZero = "below_zero",
    OutOfRange = "out_of_range",
});

impl Undefined {
    pub(crate) fn too_few_subjects(found: usize, needed: usize) -> Self {
        Self::TooFewSubjects { found: Count::of(found), needed: Count::of(needed) }
    }

    pub(crate) fn too_few_raters(found: usize, needed: usize) -> Self {
        Self::TooFewRaters { found: Count::of(found), needed: Count::of(needed) }
    }

    pub(crate) fn too_few_groups(found: usize, needed: usize) -> Self {
        Self::TooFewGroups { found: Count::of(found), needed: Count::of(needed) }
    }
}
