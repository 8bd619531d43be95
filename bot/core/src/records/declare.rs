//! How a practice declares its tables.

/// Declares the tables of a practice: the type of each key, what a row holds, and what is special about it.
///
/// ```text
/// tables! { for Ballot;
///     /// A ballot.
///     BallotAt { number: u32 } => State, in "ballot";
///     /// What somebody chose.
///     PaperOf { ballot: u32, person: UserId } => Paper, in "paper", of person, sealed by |key| scope(key.ballot);
///     /// Whom somebody does not want to meet; nobody else is shown it.
///     Avoided { by: UserId } => Others, in "avoided", of by alone;
/// }
/// ```
///
/// A row `of` somebody goes with them. Nobody else is taken out of a key: other people stand in what the row holds, and
/// [`forget!`](crate::forget) says in which of its fields. A row that is sealed is encrypted on the disk under the key of
/// its scope.
#[macro_export]
macro_rules! tables {
    (for $practice:ty; $(
        $(#[$doc:meta])*
        $key:ident { $($field:ident: $part:ty),* } => $value:ty, in $table:literal
            $(, of $owner:ident $($alone:ident)?)? $(, sealed by $scope:expr)?;
    )*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
            pub struct $key {
                $(
                    #[doc = concat!("Its ", stringify!($field), ".")]
                    pub $field: $part,
                )*
            }

            impl $crate::records::Key for $key {
                type Of = $practice;
                type Value = $value;
                type First = $crate::tables!(@first $($part),*);
                const TABLE: &'static str = $table;
                const ALONE: bool = $crate::tables!(@alone $($($alone)?)?);

                fn scope(&self) -> Option<String> {
                    $crate::tables!(@scope self, $($scope)?)
                }

                fn owner(&self) -> Option<&$crate::UserId> {
                    $crate::tables!(@owner self, $($owner)?)
                }

                fn first(&self) -> &Self::First {
                    $crate::tables!(@field self, $($field),*)
                }

                fn least(_first: &Self::First) -> Self {
                    $crate::tables!(@least _first, $key, $($field: $part),*)
                }

                fn write(&self) -> Vec<String> {
                    vec![$($crate::records::Part::write(&self.$field)),*]
                }

                fn read(parts: &[String]) -> Option<Self> {
                    let mut parts = parts.iter();
                    let key = Self { $($field: $crate::records::Part::read(parts.next()?)?),* };
                    parts.next().is_none().then_some(key)
                }

                fn count() -> usize {
                    <[&str]>::len(&[$(stringify!($field)),*])
                }
            }
        )*

        impl $crate::records::Tables for $practice {
            fn tables() -> Vec<Box<dyn $crate::records::AnyTable>> {
                vec![$($crate::records::Table::<$key>::boxed()),*]
            }
        }
    };
    (@first) => { () };
    (@first $first:ty $(, $rest:ty)*) => { $first };
    (@field $self:ident,) => { &() };
    (@field $self:ident, $first:ident $(, $rest:ident)*) => { &$self.$first };
    (@least $value:ident, $key:ident,) => { $key {} };
    (@least $value:ident, $key:ident, $first:ident: $type:ty $(, $rest:ident: $part:ty)*) => {
        $key { $first: $value.clone(), $($rest: <$part as $crate::records::Part>::least()),* }
    };
    (@alone) => { false };
    (@alone alone) => { true };
    (@scope $self:ident,) => { None };
    (@scope $self:ident, $scope:expr) => {{
        let scope: fn(&Self) -> String = $scope;
        Some(scope($self))
    }};
    (@owner $self:ident,) => { None };
    (@owner $self:ident, $owner:ident) => { Some(&$self.$owner) };
}
