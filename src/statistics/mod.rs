//! Agreement, reliability, change, pooling and fairness: statistics of subjects, raters and groups.
//!
//! No word of human resources lives here: the room can be used alone. A statistic takes a type that says which data it
//! accepts, and returns an [`Estimate`], or a struct that holds one, or says why there is none ([`Undefined`]): never
//! "not a number".
//!
//! # Where to look
//!
//! | question | data | use |
//! |---|---|---|
//! | **Agreement**: do raters say the same? | steps or categories | |
//! | How often do they agree? | any ratings | [`percent_agreement`] |
//! | And beyond chance, of two raters? | [`PairedRatings`] | [`cohen_kappa`] |
//! | … of more, who stay the same? | [`SparseRatingTable`], [`RatingTable`] | [`conger_kappa`], [`light_kappa`] |
//! | … of raters who could be swapped? | [`CategoryCounts`] and all tables | [`fleiss_kappa`], [`gwet_ac`], [`brennan_prediger`], [`krippendorff_alpha`] |
//! | Do they order the subjects alike? | [`RatingTable`] | [`kendall_w`] |
//! | Is an anchor understood? | judgements of items | [`retranslation_agreement`], [`anchor_spread`] |
//! | What interval keeps its level for few subjects? | a coefficient | [`Coefficient::score_interval`] |
//! | What word goes with a coefficient? | its interval | [`VerbalScale`] |
//! | **Reliability**: how far can a score be trusted? | numbers | |
//! | Would other raters place the subjects alike? | [`MeasurementTable`] | [`AnalysisOfVariance::intraclass_correlation`] |
//! | … with gaps? | [`IncompleteTable`] | [`IncompleteTable::agreement_correlation`] |
//! | How many raters, how many items? | mean squares; a study | [`CrossedComponents`], [`TwoFacetComponents`], [`ratings_needed`] |
//! | Do items hang together? | [`MeasurementTable`] | [`InternalConsistency`] |
//! | Where does the true score lie? | a score and a [`Norm`] | [`MeasurementError`] |
//! | … on a scale with two ends, by few raters? | [`NestedRating`]s | [`NestedComponents`], [`BoundedMean`] |
//! | May one way of measuring replace another? | pairs | [`LimitsOfAgreement`], [`repeatability`] |
//! | **Change**: is it more than chance? | | |
//! | Did one subject change? | two scores | [`ReliableChange`], with a [`CutOff`] |
//! | Did two groups come to differ? | two [`Sample`]s, two [`Proportion`]s | [`Sample::difference`], [`Proportion::difference`] |
//! | Is there a trend; where does it stand now? | [`TimeSeries`] | [`TimeSeries::theil_sen_slope`], [`TimeSeries::decayed_mean`] |
//! | **Pooling**: what to expect of a group with few data? | | |
//! | … of means? | values in groups | [`NormalPooling`]; of equal groups [`JamesStein`] |
//! | … of shares? | [`Proportion`]s | [`BetaBinomialPooling`] |
//! | **Groups**: are they treated alike? | counts | |
//! | Does one pass less often? | two [`Proportion`]s | [`RateRatio`], [`FourfoldTable`] |
//! | … among equals? | [`StratifiedTables`], [`OrdinalStrata`] | [`StratifiedTables::odds_ratio`], [`OrdinalStrata::mantel_test`] |
//! | **Many tests**: which claims hold, of many? | p values | |
//! | … not even one false | | [`holm`] |
//! | … few of them false | | [`benjamini_hochberg`], [`benjamini_yekutieli`] |
//! | **One number** and how sure it is | | |
//! | A mean, a share | [`Sample`], [`Proportion`] | [`Sample::mean`], [`Proportion::wilson`] |
//! | Anything without a formula | subjects | [`Jackknife`], [`Bootstrap`] |
//!
//! How to choose between them: [`guide::choosing_a_statistic`](crate::guide::choosing_a_statistic).
//!
//! # How the room is laid out
//!
//! Each question in bold has a folder. Beside the folders stands what all of them use: estimates, intervals and reasons
//! for their absence, samples and proportions, tests, distributions, the bootstrap, symmetric matrices.

mod agreement;
mod bootstrap;
mod change;
mod checks;
mod chi_squared_test;
mod confidence_level;
mod distributions;
mod error;
mod estimate;
mod f_test;
mod groups;
mod incomplete_beta;
mod interval;
mod jackknife;
mod many_tests;
mod norm;
mod normal;
mod place;
mod pooling;
mod proportion;
mod reliability;
mod sample;
mod standard_error;
mod symmetric;
mod undefined;

pub use self::agreement::{
    AlphaMetric, AnchorSpread, Categories, CategoryCounts, Coefficient, Concordance, PairedRatings, RatingCounts,
    RatingTable, Retranslation, SparseRatingTable, VerbalRange, VerbalScale, Weights, anchor_spread, brennan_prediger,
    cohen_kappa, conger_kappa, fleiss_kappa, fleiss_kappa_by_category, gwet_ac, kendall_w, krippendorff_alpha,
    light_kappa, percent_agreement, retranslation_agreement,
};
pub use self::bootstrap::Bootstrap;
pub use self::change::{ChangeClass, CutOff, DecayedMean, ReliableChange, TimeSeries};
pub use self::chi_squared_test::ChiSquaredTest;
pub use self::confidence_level::ConfidenceLevel;
pub(crate) use self::distributions::{beta_lower, beta_quantile, chi_squared_upper, t_upper};
pub use self::error::DataError;
pub use self::estimate::Estimate;
pub use self::f_test::FTest;
pub use self::groups::{EtsClass, FourfoldTable, OrdinalStrata, RateRatio, StratifiedTables};
pub use self::interval::{Interval, IntervalMethod};
pub use self::jackknife::Jackknife;
pub use self::many_tests::{benjamini_hochberg, benjamini_yekutieli, holm};
pub use self::norm::Norm;
pub(crate) use self::normal::{normal_cdf, normal_quantile};
pub use self::pooling::{BetaBinomialPooling, BetaPrior, JamesStein, NormalPooling, NormalPrior, PooledGroup};
pub use self::proportion::Proportion;
pub use self::reliability::{
    AnalysisOfVariance, BoundedMean, CrossedComponents, IncompleteTable, InternalConsistency, IntraclassCorrelation,
    IntraclassForm, LimitsOfAgreement, MeasurementError, MeasurementTable, NegativeVariance, NestedComponents,
    NestedRating, TwoFacetComponents, ratings_needed, repeatability, spearman_brown,
};
pub(crate) use self::reliability::{posterior_below, probability_below};
pub use self::sample::Sample;
pub use self::standard_error::StandardError;
pub(crate) use self::symmetric::{Symmetric, dot};
pub use self::undefined::Undefined;

/// The rules of estimates and intervals.
pub(crate) const RULES: &[crate::value::Rule] = &[crate::value::ENDS_IN_ORDER];
