//! The macro by which every error type gets its stable machine codes.

/// Gives an error one code, or one for each variant; a variant that only wraps another error passes its code on.
///
/// No code stands for two things: `docs/errors.md` lists them all, and a test keeps the list complete.
macro_rules! codes {
    ($name:ident = $code:literal) => {
        impl $name {
            /// Every [`code`](Self::code) of this type.
            pub const CODES: &'static [&'static str] = &[$code];

            /// The stable machine code: texts may change, codes do not. [`guide::errors`](crate::guide::errors) lists
            /// them all.
            #[must_use]
            pub fn code(&self) -> &'static str {
                $code
            }
        }
    };
    ($name:ident { $($variant:ident = $code:literal),* $(,)? } $(passing on { $($wrapping:ident),+ $(,)? })?) => {
        impl $name {
            /// Every [`code`](Self::code) of this type's own; a variant that wraps another error has the code of that.
            pub const CODES: &'static [&'static str] = &[$($code),*];

            /// The stable machine code: texts may change, codes do not. [`guide::errors`](crate::guide::errors) lists
            /// them all.
            #[must_use]
            pub fn code(&self) -> &'static str {
                match self {
                    $( Self::$variant { .. } => $code, )*
                    $( $( Self::$wrapping(error) => error.code(), )+ )?
                }
            }
        }
    };
}
pub(crate) use codes;
