//! The words of `locales/` as functions, written by `build.rs`, and the same words by their id.
//!
//! Named in code, a word is a function that the compiler checks. Measures, figures, units and reasons come with the
//! report as ids: for these, [`L10nLanguage::named`] looks a word up and says whether there is one.

#![expect(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::allow_attributes,
    clippy::derivable_impls,
    reason = "generated; a test proves that no word is missing or unused"
)]

include!(concat!(env!("OUT_DIR"), "/l10n.rs"));

impl L10nLanguage {
    /// The word `id`, or its attribute, where this language has it and it takes no arguments.
    pub(crate) fn named(&self, id: &str, attribute: Option<&str>) -> Option<String> {
        match attribute {
            Some(attribute) => self.0.attr(id, attribute, None).ok(),
            None => self.0.msg(id, None).ok(),
        }
    }
}
