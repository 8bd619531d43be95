//! How much of a screen a message takes.
//!
//! Element Web in a window of 390 pixels leaves 210 to the text of a message, in Inter at 15 pixels; Element's apps, on a
//! phone of that width, leave 280 at 16 pixels.

use hearth_core::engine::content::render;

/// How wide a line is in Element Web in a narrow window, in hundredths of an em.
pub const WEB: u32 = 1_400;

/// The same in Element's apps on a phone.
#[cfg(test)]
pub const PHONE: u32 = 1_750;

/// How much of it the margin of a list takes.
const INDENT: u32 = 200;

/// What a letter takes in code, which is in Inconsolata, and what the margin takes on each side of it.
const CODE: (u32, u32) = (50, 15);

/// What a letter takes in Inter Regular, in hundredths of an em, rounded up.
const LETTERS: [(u32, &str); 13] = [
    (26, "ijlI"),
    (30, " !,.:·';"),
    (36, "frt`()/[]\\|"),
    (40, "›1"),
    (46, "\"-_„“”{}^"),
    (52, "*?s–"),
    (58, "JLacekvxyzä7"),
    (62, "EFZbdghnopquöüß235689"),
    (68, "#$&+<>=BKPRSTAVXYÄ04"),
    (76, "CDGHNOQUÖÜ"),
    (82, "w"),
    (90, "mM…"),
    (98, "W@%●—"),
];

/// A space at which no line is broken.
const NO_BREAK: char = '\u{a0}';

/// What any other letter takes, and what a picture does.
const OTHER: (u32, u32) = (62, 140);

/// How many lines a message has where a line is so many hundredths of an em wide. Lines between paragraphs are none.
pub fn rows(markdown: &str, line: u32) -> usize {
    lines(&render(markdown).1).into_iter().map(|(indent, words)| wrapped(&words, line - indent)).sum()
}

fn wrapped(words: &[u32], line: u32) -> usize {
    let (mut rows, mut used) = (0, line);
    for word in words {
        match used + width(' ') + word <= line {
            true => used += width(' ') + word,
            // A word that is wider than the screen is broken.
            false => (rows, used) = (rows + word.div_ceil(line), (word.max(&1) - 1) % line + 1),
        }
    }
    rows as usize
}

/// The lines of a message before they are wrapped: how far each is moved in, and how wide its words are.
fn lines(html: &str) -> Vec<(u32, Vec<u32>)> {
    let (mut lines, mut line, mut word) = (Vec::new(), Vec::new(), 0);
    let (mut bold, mut code, mut depth) = (false, false, 0);
    let mut rest = html;
    while let Some(char) = rest.chars().next() {
        let end = match char {
            '<' => rest.find('>').map_or(rest.len(), |end| end + 1),
            '&' => rest.find(';').map_or(1, |end| end + 1),
            other => other.len_utf8(),
        };
        let (part, after) = rest.split_at(end);
        rest = after;
        let is_space = char.is_whitespace() && char != NO_BREAK;
        let breaks = ["<br>", "</p>", "<li>", "</li>", "<ul>", "</ul>"].contains(&part);
        if breaks || is_space {
            line.extend((word > 0).then_some(word));
            word = 0;
        }
        if breaks && !line.is_empty() {
            lines.push((depth * INDENT, std::mem::take(&mut line)));
        }
        match part {
            "<ul>" => depth += 1,
            "</ul>" => depth -= 1,
            "<strong>" | "</strong>" => bold = part == "<strong>",
            "<code>" | "</code>" => {
                code = part == "<code>";
                word += CODE.1;
            }
            _ if char == '<' || is_space => {}
            _ if code => word += CODE.0,
            _ => {
                let plain = width(match part {
                    "&amp;" => '&',
                    "&lt;" => '<',
                    "&gt;" => '>',
                    "&quot;" => '"',
                    _ => char,
                });
                // Bold letters are a little wider.
                word += if bold { plain + plain / 25 } else { plain };
            }
        }
    }
    line.extend((word > 0).then_some(word));
    lines.extend((!line.is_empty()).then_some((depth * INDENT, line)));
    lines
}

fn width(char: char) -> u32 {
    let known = LETTERS.iter().find(|(_, letters)| letters.contains(char));
    match (known, char) {
        (Some((width, _)), _) => *width,
        (None, NO_BREAK) => width(' '),
        // It says that what stands before it is a picture.
        (None, '\u{fe0f}') => 0,
        (None, '\u{2190}'..) => OTHER.1,
        (None, _) => OTHER.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn web(markdown: &str) -> usize {
        rows(markdown, WEB)
    }

    #[test]
    fn lines_are_counted_as_a_client_breaks_them() {
        assert_eq!(web("one\n\ntwo"), 2);
        assert_eq!(web("one\ntwo\n\n- three\n- four"), 4);
        // Twenty-two letters of 62, and a little more.
        assert_eq!((web(&"n".repeat(22)), web(&"n".repeat(23))), (1, 2));
        assert_eq!(web(&format!("{} {}", "n".repeat(11), "n".repeat(10))), 1);
        assert_eq!(web(&format!("{} {}", "n".repeat(12), "n".repeat(11))), 2);
        assert_eq!((web(&format!("- {}", "n".repeat(19))), web(&format!("- {}", "n".repeat(20)))), (1, 2));
        assert_eq!((rows(&"n".repeat(37), 2_300), rows(&"n".repeat(38), 2_300)), (1, 2));
        assert_eq!(web("**bold** and\nbroken"), 2, "marks take no place");
        let of_four = |gap: char| format!("{} 3{gap}{} {}", "n".repeat(20), "n".repeat(12), "n".repeat(9));
        assert_eq!((web(&of_four(' ')), web(&of_four('\u{a0}'))), (2, 3), "some spaces break no line");
        assert_eq!((web(&"i".repeat(50)), web(&"m".repeat(50))), (1, 4), "letters are not of one width");
        assert_eq!((web(&format!("**{}**", "n".repeat(22))), web(&"&".repeat(20))), (2, 1));
    }
}
