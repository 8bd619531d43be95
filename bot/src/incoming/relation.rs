//! The relation of an encrypted event. Clients write it beside the ciphertext, where the homeserver and everybody in the
//! room see it. What a payload says about it in secret is not believed: a reader's library may prefer it.

use serde_json::Value;

/// A decrypted event with the relation that its encrypted event has, or with none.
///
/// `None` where one of them is no event with a content.
pub fn with_outer_relation(decrypted: &str, encrypted: &str) -> Option<String> {
    let mut event: Value = serde_json::from_str(decrypted).ok()?;
    let outer: Value = serde_json::from_str(encrypted).ok()?;
    let content = event.get_mut("content")?.as_object_mut()?;
    match outer.get("content")?.get("m.relates_to") {
        Some(relation) => content.insert("m.relates_to".to_owned(), relation.clone()),
        None => content.remove("m.relates_to"),
    };
    Some(event.to_string())
}

/// Whether a decrypted event says that it relates to another, so that it matters where it says so.
pub fn claims_relation(decrypted: &str) -> bool {
    let event: Value = serde_json::from_str(decrypted).unwrap_or_default();
    event.get("content").is_some_and(|content| content.get("m.relates_to").is_some())
}
