//! Values that are stored, sent and translated as one stable word each.

/// Gives an enum its words: `ALL`, `as_str` and `parse`.
macro_rules! stored_as_words {
    ($type:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $type {
            /// Every value, in order.
            pub const ALL: &'static [$type] = &[$($type::$variant),+];

            /// The stable word for it in the database, files and addresses.
            pub fn as_str(self) -> &'static str {
                match self { $($type::$variant => $word),+ }
            }

            /// The reverse of `as_str`.
            pub fn parse(word: &str) -> Option<$type> {
                $type::ALL.iter().copied().find(|v| v.as_str() == word)
            }
        }
    };
}
pub(crate) use stored_as_words;
