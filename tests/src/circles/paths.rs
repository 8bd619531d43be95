//! The paths that stand in a source: in its `use`s, and in its code. Comments, strings and what is only there for tests
//! say nothing.

/// A path, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The modules of the file around it.
    pub within: Vec<String>,
    /// Its parts.
    pub path: Vec<String>,
    /// The name under which the file passes on what it leads to, if it does.
    pub passed_on: Option<String>,
}

/// What stands between two marks of a source: a word, `::`, or a sign.
fn tokens(source: &str) -> Vec<String> {
    let chars: Vec<char> = source.chars().collect();
    let at = |place: usize| chars.get(place).copied().unwrap_or_default();
    let is_word = |char: char| char.is_alphanumeric() || char == '_';
    let (mut tokens, mut place) = (Vec::new(), 0);
    while place < chars.len() {
        let begun = place;
        match at(place) {
            '/' if at(place + 1) == '/' => {
                while place < chars.len() && at(place) != '\n' {
                    place += 1;
                }
            }
            '/' if at(place + 1) == '*' => {
                let mut depth = 0;
                while place < chars.len() {
                    match (at(place), at(place + 1)) {
                        ('/', '*') => (depth, place) = (depth + 1, place + 2),
                        ('*', '/') => (depth, place) = (depth - 1, place + 2),
                        _ => place += 1,
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
            '"' => {
                place += 1;
                while place < chars.len() && at(place) != '"' {
                    place += if at(place) == '\\' { 2 } else { 1 };
                }
                place += 1;
                tokens.push("\"".to_owned());
            }
            // A sign in quotes, or the name of a lifetime.
            '\'' => {
                place += 1;
                if at(place) == '\\' {
                    place += 2;
                    while place < chars.len() && at(place) != '\'' {
                        place += 1;
                    }
                    place += 1;
                } else if at(place + 1) == '\'' {
                    place += 2;
                } else {
                    while is_word(at(place)) {
                        place += 1;
                    }
                }
                tokens.push("'".to_owned());
            }
            ':' if at(place + 1) == ':' => {
                place += 2;
                tokens.push("::".to_owned());
            }
            char if is_word(char) => {
                while is_word(at(place)) {
                    place += 1;
                }
                let word: String = chars[begun..place].iter().collect();
                let hashes = chars[place..].iter().take_while(|char| **char == '#').count();
                if matches!(word.as_str(), "r" | "br" | "cr") && at(place + hashes) == '"' {
                    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
                    place += hashes + 1;
                    while place < chars.len() && !chars[place..].starts_with(&end) {
                        place += 1;
                    }
                    place += end.len();
                    tokens.push("\"".to_owned());
                } else {
                    tokens.push(word);
                }
            }
            char => {
                place += 1;
                if !char.is_whitespace() {
                    tokens.push(char.to_string());
                }
            }
        }
    }
    tokens
}

fn is_word(token: &str) -> bool {
    token.chars().next().is_some_and(|char| char.is_alphanumeric() || char == '_')
}

/// How many tokens an item has that begins here: up to its semicolon, or to the end of its braces.
fn item(tokens: &[String]) -> usize {
    let (mut depth, mut braces) = (0, false);
    for (place, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "(" | "[" | "{" => {
                depth += 1;
                braces |= token == "{" && depth == 1;
            }
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 && (token == ";" || (token == "}" && braces)) {
            return place + 1;
        }
        if depth < 0 {
            return place;
        }
    }
    tokens.len()
}

/// The paths of a `use`, each with the name under which it is known from there on.
fn leaves(before: &[String], tree: &[String], found: &mut Vec<(Vec<String>, String)>) {
    let (mut depth, mut begins) = (0, 0);
    for (place, token) in tree.iter().map(String::as_str).chain([","]).enumerate() {
        match token {
            "{" => depth += 1,
            "}" => depth -= 1,
            "," if depth == 0 => {
                let one = &tree[begins..place];
                begins = place + 1;
                let group = one.iter().position(|token| token == "{");
                let words =
                    |tokens: &[String]| tokens.iter().filter(|token| *token != "::").cloned().collect::<Vec<_>>();
                if let Some(group) = group {
                    leaves(&[before, &words(&one[..group])].concat(), &one[group + 1..one.len() - 1], found);
                    continue;
                }
                let mut path = words(one);
                let alias = path.iter().position(|word| word == "as").map(|at| path.split_off(at));
                let mut path = [before, &path].concat();
                if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
                    path.pop();
                }
                let name = alias.and_then(|alias| alias.get(1).cloned()).or_else(|| path.last().cloned());
                found.extend(name.filter(|_| !one.is_empty()).map(|name| (path, name)));
            }
            _ => {}
        }
    }
}

/// Every path of a source.
pub(super) fn named(source: &str) -> Vec<Named> {
    const FOR_TESTS: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let tokens = tokens(source);
    let (mut found, mut within, mut depth, mut place) = (Vec::new(), Vec::<(usize, String)>::new(), 0, 0);
    while place < tokens.len() {
        let before = |back: usize| place.checked_sub(back).and_then(|at| tokens.get(at)).map_or("", String::as_str);
        let after = |on: usize| tokens.get(place + on).map_or("", String::as_str);
        let around = || within.iter().map(|(_, name)| name.clone()).collect::<Vec<_>>();
        match tokens[place].as_str() {
            "#" if tokens[place..].iter().zip(FOR_TESTS).filter(|(token, wanted)| token == wanted).count() == 7 => {
                place += FOR_TESTS.len();
                place += item(&tokens[place..]);
                continue;
            }
            "mod" if after(2) == "{" => within.push((depth, after(1).to_owned())),
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                within.pop_if(|(at, _)| *at == depth);
            }
            "use" if after(1) != "<" => {
                let public = before(1) == "pub" || (before(1) == ")" && (before(4) == "pub" || before(5) == "pub"));
                let end = tokens[place..].iter().position(|token| token == ";").map_or(tokens.len(), |at| place + at);
                let mut paths = Vec::new();
                leaves(&[], &tokens[place + 1..end], &mut paths);
                for (path, name) in paths {
                    found.push(Named { within: around(), path, passed_on: Some(name).filter(|_| public) });
                }
                place = end;
                continue;
            }
            word if is_word(word) && after(1) == "::" && !matches!(before(1), "::" | "$") => {
                let mut path = vec![word.to_owned()];
                while after(2 * path.len() - 1) == "::" && is_word(after(2 * path.len())) {
                    path.push(after(2 * path.len()).to_owned());
                }
                place += 2 * path.len() - 1;
                if path.len() > 1 {
                    found.push(Named { within: around(), path, passed_on: None });
                }
                continue;
            }
            _ => {}
        }
        place += 1;
    }
    found
}
