//! Themes are letters, so that nobody takes them for notes, which are numbers.

/// The letter of a theme by its place from 0: `A` to `Z`, then `AA`.
pub fn letter(place: usize) -> String {
    let last = char::from(b'A' + u8::try_from(place % 26).unwrap_or_default());
    match place / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letter(more - 1)),
    }
}

/// The place that a letter means, in whatever case it is written.
pub fn place(written: &str) -> Option<usize> {
    if written.is_empty() || written.len() > 2 {
        return None;
    }
    written
        .bytes()
        .try_fold(0, |before: usize, byte| {
            let letter = byte.to_ascii_uppercase();
            letter.is_ascii_uppercase().then(|| before * 26 + usize::from(letter - b'A') + 1)
        })?
        .checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_has_a_letter_of_its_own_that_means_it() {
        let letters: Vec<_> = (0..300).map(letter).collect();
        assert_eq!([&letters[0], &letters[25], &letters[26], &letters[51], &letters[52]], ["A", "Z", "AA", "AZ", "BA"]);
        for (place_of, letter) in letters.iter().enumerate() {
            assert_eq!(place(letter), Some(place_of));
            assert_eq!(place(&letter.to_lowercase()), Some(place_of));
        }
        for other in ["", "1", "A1", "Ä", "AAA", "A B", "-"] {
            assert_eq!(place(other), None, "{other}");
        }
    }
}
