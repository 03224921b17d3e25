//! Are two groups treated alike?

mod ets_class;
mod fourfold_table;
mod ordinal_strata;
mod rate_ratio;
mod stratified_tables;

pub use self::ets_class::EtsClass;
pub use self::fourfold_table::FourfoldTable;
pub use self::ordinal_strata::OrdinalStrata;
pub use self::rate_ratio::RateRatio;
pub use self::stratified_tables::StratifiedTables;
