//! Agreement, reliability, intervals, pooling and tests over subjects, raters and categories.
//!
//! No word of human resources lives here: the room can be used alone. A statistic takes a type that says which data it
//! accepts, and returns an [`Estimate`], or a struct that holds one, or says why there is none ([`Undefined`]): never
//! "not a number".
//!
//! Which coefficient of agreement answers which question:
//! [`guide::choosing_a_statistic`](crate::guide::choosing_a_statistic).

mod agreement;
mod analysis_of_variance;
mod beta_binomial_pooling;
mod beta_prior;
mod bootstrap;
mod change_class;
mod checks;
mod chi_squared_test;
mod confidence_level;
mod crossed_components;
mod cut_off;
mod decayed_mean;
mod distributions;
mod error;
mod estimate;
mod ets_class;
mod f_test;
mod fourfold_table;
mod gamma_functions;
mod incomplete_beta;
mod incomplete_table;
mod internal_consistency;
mod interval;
mod intraclass_correlation;
mod intraclass_form;
mod james_stein;
mod limits_of_agreement;
mod linear_algebra;
mod measurement_error;
mod measurement_table;
mod negative_variance;
mod norm;
mod normal_pooling;
mod normal_prior;
mod ordinal_strata;
mod pooled_group;
mod proportion;
mod random;
mod rate_ratio;
mod reliable_change;
mod restricted_likelihood;
mod sample;
mod spearman_brown;
mod stratified_tables;
mod time_series;
mod two_facet_components;
mod undefined;

pub use self::agreement::{
    AlphaMetric, AnchorSpread, Categories, CategoryCounts, Coefficient, Concordance, PairedRatings, RatingCounts,
    RatingTable, Retranslation, SparseRatingTable, VerbalRange, VerbalScale, Weights, anchor_spread, brennan_prediger,
    cohen_kappa, conger_kappa, fleiss_kappa, fleiss_kappa_by_category, gwet_ac, kendall_w, krippendorff_alpha,
    light_kappa, percent_agreement, retranslation_agreement,
};
pub use self::analysis_of_variance::AnalysisOfVariance;
pub use self::beta_binomial_pooling::BetaBinomialPooling;
pub use self::beta_prior::BetaPrior;
pub use self::bootstrap::Bootstrap;
pub use self::change_class::ChangeClass;
pub use self::chi_squared_test::ChiSquaredTest;
pub use self::confidence_level::ConfidenceLevel;
pub use self::crossed_components::CrossedComponents;
pub use self::cut_off::CutOff;
pub use self::decayed_mean::DecayedMean;
pub(crate) use self::distributions::{
    beta_quantile, chi_squared_upper, f_quantile, f_upper, normal_cdf, normal_quantile, t_quantile, t_two_sided,
};
pub use self::error::DataError;
pub use self::estimate::Estimate;
pub use self::ets_class::EtsClass;
pub use self::f_test::FTest;
pub use self::fourfold_table::FourfoldTable;
pub use self::incomplete_table::IncompleteTable;
pub use self::internal_consistency::InternalConsistency;
pub use self::interval::{Interval, IntervalMethod};
pub use self::intraclass_correlation::IntraclassCorrelation;
pub use self::intraclass_form::IntraclassForm;
pub use self::james_stein::JamesStein;
pub use self::limits_of_agreement::{LimitsOfAgreement, repeatability};
pub use self::measurement_error::MeasurementError;
pub use self::measurement_table::MeasurementTable;
pub use self::negative_variance::NegativeVariance;
pub use self::norm::Norm;
pub use self::normal_pooling::NormalPooling;
pub use self::normal_prior::NormalPrior;
pub use self::ordinal_strata::OrdinalStrata;
pub use self::pooled_group::PooledGroup;
pub use self::proportion::Proportion;
pub(crate) use self::random::RandomStream;
pub use self::rate_ratio::RateRatio;
pub use self::reliable_change::ReliableChange;
pub use self::sample::Sample;
pub use self::spearman_brown::{ratings_needed, spearman_brown};
pub use self::stratified_tables::StratifiedTables;
pub use self::time_series::TimeSeries;
pub use self::two_facet_components::TwoFacetComponents;
pub use self::undefined::Undefined;

/// The rules of estimates and intervals.
pub(crate) const RULES: &[crate::value::Rule] = &[estimate::STANDARD_ERROR_NOT_NEGATIVE, interval::ENDS_IN_ORDER];
