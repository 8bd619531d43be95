//! What somebody wrote in a mail: without what they quoted, who said that, and their signature.

/// The length of a mail's own text, characters. Lines are counted with their ends, blank ones at either end are not.
pub fn characters(text: &str) -> i64 {
    let (mut count, mut blanks) = (0, 0);
    let mut lines = text.lines().map(str::trim_end).peekable();
    while let Some(line) = lines.next() {
        // RFC 3676, section 4.3.
        if line == "--" {
            break;
        }
        // `On Tuesday Ana wrote:`, in any language, stands before what is quoted.
        let is_lead = line.ends_with(':') && lines.peek().is_some_and(|next| is_quoted(next));
        if is_quoted(line) || is_lead {
            continue;
        }
        let long = crate::text::characters(line.as_bytes());
        if long == 0 {
            blanks += i64::from(count > 0);
        } else {
            count += long + blanks + i64::from(count > 0);
            blanks = 0;
        }
    }
    count
}

fn is_quoted(line: &str) -> bool {
    line.starts_with('>')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_and_signatures_are_not_counted() {
        assert_eq!(characters("On Tuesday Ana wrote:\n> hi\n>\n\nHello\nthere\n\n-- \nBen\nhttps://example.org\n"), 11);
        assert_eq!(characters("two\n\nlines\n\n\n"), 10);
        assert_eq!(characters("a colon:\nstays\n"), 14);
        assert_eq!(characters("> only quoted\n"), 0);
        assert_eq!(characters(""), 0);
    }
}
