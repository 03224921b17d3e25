//! Is a change more than chance?

mod change_class;
mod cut_off;
mod decayed_mean;
mod reliable_change;
mod time_series;

pub use self::change_class::ChangeClass;
pub use self::cut_off::CutOff;
pub use self::decayed_mean::DecayedMean;
pub use self::reliable_change::ReliableChange;
pub use self::time_series::TimeSeries;
