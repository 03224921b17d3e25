use crate::value::scalar::whole_number;

whole_number! {
    /// How many days back observations count, from 1 to 3,660.
    pub struct WindowDays(u16): "a window in days", 1 to 3660
}
