//! What is to be expected of a group with few data, when there are other groups?

mod beta_binomial_pooling;
mod beta_prior;
mod gamma_functions;
mod james_stein;
mod normal_pooling;
mod normal_prior;
mod pooled_group;

pub use self::beta_binomial_pooling::BetaBinomialPooling;
pub use self::beta_prior::BetaPrior;
pub use self::james_stein::JamesStein;
pub use self::normal_pooling::NormalPooling;
pub use self::normal_prior::NormalPrior;
pub use self::pooled_group::PooledGroup;
