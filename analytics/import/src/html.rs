//! HTML as messages have it: how long what one reads is, without what was quoted and without pictures.

/// An element that begins: its name, and what stands in its brackets.
#[derive(Clone, Copy, Debug)]
pub struct Tag<'a> {
    /// Its name, as it is written.
    pub name: &'a str,
    rest: &'a str,
}

impl<'a> Tag<'a> {
    /// What one of its attributes says.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.rest;
        while let Some(at) = rest.find(name) {
            let begins = rest[..at].ends_with(|letter: char| letter.is_ascii_whitespace());
            rest = &rest[at + name.len()..];
            let value = rest.trim_start().strip_prefix('=').map(str::trim_start);
            if let (true, Some(value)) = (begins, value) {
                let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''));
                return match quote {
                    Some(quote) => value[1..].split(quote).next(),
                    None => value.split_ascii_whitespace().next(),
                };
            }
        }
        None
    }

    /// Whether one of its classes is `class`.
    pub fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|classes| classes.split_ascii_whitespace().any(|one| one == class))
    }
}

/// The number of characters that one reads. `each` sees every element that begins, and says whether what is in it is
/// left out. Space is counted as it is shown: once, and not at either end.
pub fn characters<'a>(html: &'a str, mut each: impl FnMut(Tag<'a>) -> bool) -> i64 {
    let (mut count, mut space, mut rest) = (0, false, html);
    // The element that is left out, and how many of its name are open.
    let mut skipped: Option<(String, u32)> = None;
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix('<') {
            let end = end_of(inside);
            let (name, attributes) = name_of(&inside[..end]);
            rest = inside.get(end + 1..).unwrap_or_default();
            let closes = name.starts_with('/');
            let bare = name.trim_start_matches('/');
            match &mut skipped {
                Some((open, depth)) if open == bare => {
                    *depth = if closes { *depth - 1 } else { *depth + 1 };
                    if *depth == 0 {
                        skipped = None;
                    }
                }
                Some(_) => {}
                None => {
                    let is_empty = inside[..end].ends_with('/') || matches!(bare, "img" | "br" | "hr" | "input");
                    if !closes && each(Tag { name: bare, rest: attributes }) && !is_empty {
                        skipped = Some((bare.to_owned(), 1));
                    }
                    space |= matches!(bare, "p" | "br" | "li" | "div" | "td" | "h1" | "h2" | "h3");
                }
            }
            continue;
        }
        let text = &rest[..rest.find('<').unwrap_or(rest.len())];
        rest = &rest[text.len()..];
        if skipped.is_some() {
            continue;
        }
        let mut letters = text;
        while let Some(letter) = letters.chars().next() {
            let length = if letter == '&' { entity(letters) } else { letter.len_utf8() };
            if letter.is_whitespace() || letters.starts_with("&nbsp;") {
                space = true;
            } else {
                count += 1 + i64::from(space && count > 0);
                space = false;
            }
            letters = &letters[length..];
        }
    }
    count
}

/// Brackets end within so many bytes, where a quoted one stands in them. A quote that nothing ends is none.
const QUOTED: usize = 4096;

/// Where an element's brackets end. One in quotes ends nothing.
fn end_of(inside: &str) -> usize {
    let mut quote = None;
    for (at, byte) in inside.bytes().take(QUOTED).enumerate() {
        match (byte, quote) {
            (b'>', None) => return at,
            (b'"' | b'\'', None) => quote = Some(byte),
            (_, Some(open)) if open == byte => quote = None,
            _ => {}
        }
    }
    inside.find('>').unwrap_or(inside.len())
}

/// The name of an element, with the `/` of one that closes, and the rest.
fn name_of(inside: &str) -> (&str, &str) {
    let end = inside.char_indices().skip(1).find(|(_, letter)| letter.is_ascii_whitespace() || *letter == '/');
    inside.split_at(end.map_or(inside.len(), |(at, _)| at))
}

/// How long the entity at the start is, bytes; an `&` that is none is one.
fn entity(text: &str) -> usize {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '#';
    match text[1..].find(|letter| !is_part(letter)) {
        Some(end) if end > 0 && text[1 + end..].starts_with(';') => end + 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(html: &str) -> i64 {
        characters(html, |_| false)
    }

    #[test]
    fn what_one_reads_is_counted() {
        assert_eq!(plain("<p>Hello <b>you</b> &amp; me</p>"), 14);
        assert_eq!(plain("<p>one</p>\n<p>two</p>"), 7, "a line's end is one space");
        assert_eq!(plain("  a \n\n b  "), 3);
        assert_eq!(plain("<p><img src=\"x.png\" alt=\"a > b\"></p>"), 0);
        assert_eq!(plain("<p title=\"open>word</p>"), 4, "a quote that nothing ends");
        assert_eq!(plain("<img src='x'/>"), 0);
        assert_eq!(plain("naïve 🙂 AT&T &x"), 15);
        assert_eq!(plain("a<"), 1);
        assert_eq!(plain("<"), 0);
        assert_eq!(plain("a&nbsp;b"), 3);
    }

    #[test]
    fn an_element_that_is_left_out_may_hold_others() {
        let html = r#"<aside class="quote no-group"><p>said</p><aside>in it</aside></aside><p>mine</p>"#;
        let mut seen = Vec::new();
        let count = characters(html, |tag| {
            seen.push(tag.name.to_owned());
            tag.name == "aside" && tag.has_class("quote")
        });
        assert_eq!((count, seen), (4, vec!["aside".to_owned(), "p".to_owned()]));
    }

    #[test]
    fn attributes_are_found_by_their_whole_names() {
        let of = |html: &str, name: &str| {
            let mut found = None;
            characters(html, |tag| {
                found = tag.attribute(name).map(str::to_owned);
                false
            });
            found
        };
        assert_eq!(of("<a data-id='7' id = \"8\">", "id").as_deref(), Some("8"));
        assert_eq!(of("<quote messageid=12 x>", "messageid").as_deref(), Some("12"));
        assert_eq!(of("<a identity='1'>", "id"), None);
        assert_eq!(of("<a id=>", "id"), None);
    }
}
