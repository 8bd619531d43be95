//! The words of which phrases for days consist, in English and German alike.

use jiff::civil::{Date, Weekday};

use super::clock::{self, DayTime};

/// What a word says about a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Today,
    Tomorrow,
    /// Tomorrow, and behind a day its morning.
    Morgen,
    Overmorrow,
    Yesterday,
    Weekday(Weekday),
    /// `fridays`: every one of them.
    Every,
    Month(i8),
    Unit(Unit),
    /// A number, and with how many digits it was written; 0 where it is a word.
    Number(i32, usize),
    /// `a`, `an`: one, or nothing.
    A,
    Half,
    /// `5th`, `5.`, `first`.
    Ordinal(i8),
    Last,
    End,
    Middle,
    /// `start`: the first day. `early`: one of the first.
    Begin {
        first: bool,
    },
    Next,
    /// `übernächste`: the one after the next.
    AfterNext,
    This,
    Coming,
    /// A day with its year.
    Day(Date),
    /// A day of any year: day and month. With a dot at the end it can be nothing else.
    DayMonth(i8, i8, bool),
    /// `11/12`: which of the two is the month?
    Slashed(i8, i8, Option<i16>),
    /// `10d`
    Short(i32, Unit),
    /// `KW`: a week by its number.
    WeekNumber,
    /// `Q1`
    Quarter(i8),
    Time(DayTime),
    In,
    After,
    Before,
    From,
    Of,
    On,
    Article,
    And,
    Or,
    Not,
    /// `around`: not that day, but nearly.
    About,
    Now,
    /// `in two weeks' time`
    Span,
    /// `to`, `–`: between two days.
    To,
    /// `by`: a day must follow.
    By,
    /// `until`: the same.
    Until,
    /// What may stand behind any day: `please`, `at the latest`.
    Please,
    /// Nothing that is known.
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Workday,
    Week,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Year,
}

/// A token, and which word it was.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lexed {
    pub token: Token,
    /// The place of the word.
    pub word: usize,
    /// Whether it hardly means anything but a day.
    pub strong: bool,
    /// Whether it is a word of every sentence, too: `so`, `do`.
    pub doubtful: bool,
    /// Whether a comma stands before it.
    pub comma: bool,
}

/// The tokens of some words.
pub(super) fn lex<W: AsRef<str>>(words: &[W]) -> Vec<Lexed> {
    let plain: Vec<String> = words.iter().map(|word| plain(word.as_ref())).collect();
    let bare: Vec<&str> = plain.iter().map(String::as_str).collect();
    let mut found = Vec::new();
    let (mut at, mut comma) = (0, false);
    while at < bare.len() {
        let (tokens, used) = read(&bare[at..]);
        let doubtful = matches!(bare[at], "so" | "do");
        let strong = tokens.iter().any(|token| is_strong(*token, bare[at]));
        for token in tokens {
            found.push(Lexed { token, word: at, strong, doubtful, comma: std::mem::take(&mut comma) });
        }
        at += used;
        comma |= words.get(at.wrapping_sub(1)).is_some_and(|word| word.as_ref().ends_with([',', ';']));
    }
    found
}

/// A word without what stands around it.
fn plain(word: &str) -> String {
    let around = [',', ';', '!', '?', '(', ')', ':', '"', '“', '”', '„', '\'', '’', '…'];
    let word = word.trim().to_lowercase();
    let bare = word.trim_matches(around);
    bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s")).unwrap_or(bare).to_owned()
}

/// What the words begin with, and how many they are.
fn read(words: &[&str]) -> (Vec<Token>, usize) {
    use Token::{Article, By, In, Please};
    let one = |token| (vec![token], 1);
    match words {
        ["", ..] => return (vec![], 1),
        ["no" | "not", "later", "than", ..] => return (vec![By], 3),
        ["at", "the", "latest", ..] => return (vec![Please], 3),
        ["at", "latest", ..] => return (vec![Please], 2),
        ["close" | "end", "of", "business" | "play", ..] => return (vec![Token::Time(DayTime::Part)], 3),
        ["im", ..] => return (vec![In, Article], 1),
        _ => {}
    }
    if let Some((at, used)) = clock::time(words) {
        return (vec![Token::Time(DayTime::At(at))], used);
    }
    let word = words.first().copied().unwrap_or_default();
    if let Some(token) = written_day(word) {
        return one(token);
    }
    let word =
        word.strip_suffix('.').filter(|rest| !rest.ends_with(|last: char| last.is_ascii_digit())).unwrap_or(word);
    if let Some(tokens) = compound(word) {
        return (tokens, 1);
    }
    one(vocabulary(word).unwrap_or(Token::Other))
}

/// Words that hold two: `Freitagabend`, `Monatsende`, `mid-december`, `EOW`, `KW50`.
fn compound(word: &str) -> Option<Vec<Token>> {
    use Token::{Begin, End, Middle};
    let abbreviated = match word {
        "eow" | "wochenschluss" => vec![End, Token::Unit(Unit::Week)],
        "eom" | "monatsende" | "monatsschluss" | "month-end" => vec![End, Token::Unit(Unit::Month)],
        "eoq" | "quartalsende" | "quarter-end" => vec![End, Token::Unit(Unit::Quarter)],
        "eoy" | "jahresende" | "year-end" => vec![End, Token::Unit(Unit::Year)],
        "wochenanfang" | "wochenbeginn" => vec![Begin { first: true }, Token::Unit(Unit::Week)],
        "monatsanfang" | "monatsbeginn" => vec![Begin { first: false }, Token::Unit(Unit::Month)],
        "wochenmitte" | "midweek" => vec![Middle, Token::Unit(Unit::Week)],
        "monatsmitte" => vec![Middle, Token::Unit(Unit::Month)],
        _ => vec![],
    };
    if !abbreviated.is_empty() {
        return Some(abbreviated);
    }
    if let Some(number) = word.strip_prefix("kw").and_then(|rest| rest.trim_start_matches('-').parse::<i32>().ok()) {
        return Some(vec![Token::WeekNumber, Token::Number(number, 2)]);
    }
    if let Some(rest) = word.strip_prefix("mid-") {
        return Some(vec![Middle, vocabulary(rest)?]);
    }
    if let Some(number) = word.strip_prefix('q').filter(|rest| matches!(*rest, "1" | "2" | "3" | "4")) {
        return Some(vec![Token::Quarter(number.parse().ok()?)]);
    }
    let parts = ["abend", "morgen", "vormittag", "nachmittag", "mittag", "früh", "nacht"];
    let day = parts.iter().find_map(|part| word.strip_suffix(part))?;
    let part = if word.ends_with("mittag") && !word.ends_with("nachmittag") && !word.ends_with("vormittag") {
        DayTime::At(clock::NOON)
    } else {
        DayTime::Part
    };
    Some(vec![Token::Weekday(weekday(day).filter(|_| day.len() > 2)?), Token::Time(part)])
}

fn vocabulary(word: &str) -> Option<Token> {
    use Token::{
        A, After, AfterNext, And, Article, Before, Begin, By, Coming, End, Every, From, Half, In, Last, Middle, Next,
        Not, Now, Of, On, Or, Please, This, To,
    };
    let part = |at| Some(Token::Time(at));
    Some(match word {
        "today" | "heute" => Token::Today,
        "tomorrow" => Token::Tomorrow,
        "morgen" => Token::Morgen,
        "übermorgen" | "uebermorgen" | "overmorrow" => Token::Overmorrow,
        "yesterday" | "gestern" => Token::Yesterday,
        "a" | "an" => A,
        "half" | "halben" | "halbes" => Half,
        "end" | "ende" => End,
        "mid" | "middle" | "mitte" => Middle,
        "start" | "beginning" | "begin" | "beginn" => Begin { first: true },
        "early" | "anfang" => Begin { first: false },
        "next" => Next,
        "this" | "current" => This,
        "coming" | "upcoming" => Coming,
        "last" => Last,
        "in" | "within" | "binnen" | "innerhalb" => In,
        "after" | "nach" => After,
        "before" | "vor" => Before,
        "from" | "ab" => From,
        "of" | "von" | "vom" => Of,
        "on" | "am" | "at" | "um" | "for" | "für" | "fuer" | "zum" | "zur" => On,
        "the" | "der" | "die" | "das" | "des" | "den" | "dem" => Article,
        "and" | "und" | "&" | "+" => And,
        "or" | "oder" | "bzw" => Or,
        "not" | "nicht" | "except" | "außer" | "kein" | "keinen" | "never" | "nie" => Not,
        "around" | "about" | "roughly" | "circa" | "ca" | "etwa" | "ungefähr" | "gegen" => Token::About,
        "every" | "each" | "jeden" | "jede" | "jedes" | "jedem" | "alle" | "daily" | "weekly" | "monthly" => Every,
        "now" | "jetzt" => Now,
        "time" => Token::Span,
        "to" | "through" | "thru" | "–" | "-" | "—" => To,
        "by" | "due" | "spätestens" | "spaetestens" => By,
        "until" | "till" | "til" | "bis" => Token::Until,
        "please" | "pls" | "bitte" | "thanks" | "danke" => Please,
        "kw" | "kalenderwoche" => Token::WeekNumber,
        "morning" | "afternoon" | "evening" | "night" | "vormittag" | "nachmittag" | "abend" | "abends" | "morgens"
        | "vormittags" | "nachmittags" | "früh" | "frueh" | "nacht" | "eod" | "cob" => return part(DayTime::Part),
        "noon" | "midday" | "mittag" | "mittags" => return part(DayTime::At(clock::NOON)),
        "tonight" => Token::Today,
        _ if word.starts_with("nächste") || word.starts_with("naechste") => Next,
        _ if word.starts_with("übernächste") || word.starts_with("uebernaechste") => AfterNext,
        _ if word.starts_with("diese") || word.starts_with("laufende") => This,
        _ if word.starts_with("kommende") => Coming,
        _ if word.starts_with("letzte") || word.starts_with("vergangene") => Last,
        _ if is_plural(word) => Every,
        _ => {
            return weekday(word)
                .map(Token::Weekday)
                .or_else(|| month(word).map(Token::Month))
                .or_else(|| unit(word).map(Token::Unit))
                .or_else(|| ordinal(word).map(Token::Ordinal))
                .or_else(|| short(word))
                .or_else(|| count(word).map(|number| Token::Number(number, digits(word))))
                .or_else(|| Some(Token::Number(year(word)?.into(), 4)));
        }
    })
}

fn digits(word: &str) -> usize {
    if word.bytes().all(|byte| byte.is_ascii_digit()) { word.len() } else { 0 }
}

/// `fridays`, `freitags`: none of them more than another.
fn is_plural(word: &str) -> bool {
    word == "mittwochs" || ["days", "tags"].iter().any(|end| word.ends_with(end)) && weekday(word).is_some()
}

/// Whether a word hardly means anything but a day: `so` may, and `May`, and whatever counts.
fn is_strong(token: Token, word: &str) -> bool {
    match token {
        Token::Weekday(_) => word.len() > 5,
        Token::Month(_) => word.len() > 5 && word != "august",
        Token::Today | Token::Tomorrow | Token::Morgen | Token::Overmorrow | Token::Yesterday => true,
        Token::Unit(_) | Token::Day(_) | Token::DayMonth(..) | Token::Slashed(..) => true,
        Token::Next | Token::AfterNext | Token::Every | Token::Not | Token::Or | Token::After | Token::Before => true,
        _ => false,
    }
}

/// A day in digits.
fn written_day(word: &str) -> Option<Token> {
    let number = |word: &str| word.parse::<i8>().ok().filter(|number| (1..=31).contains(number));
    let parts: Vec<&str> = word.trim_end_matches('.').split(['-', '/', '.']).collect();
    let dotted = word.contains('.') && !word.contains(['-', '/']);
    match parts.as_slice() {
        [y, m, d] if y.len() == 4 && !dotted => {
            Date::new(year(y)?, m.parse().ok()?, d.parse().ok()?).ok().map(Token::Day)
        }
        [d, m, y] if dotted && y.len() == 2 => {
            Date::new(2_000 + y.parse::<i16>().ok()?, number(m)?, number(d)?).ok().map(Token::Day)
        }
        [d, m, y] if dotted => Date::new(year(y)?, number(m)?, number(d)?).ok().map(Token::Day),
        [d, m] if dotted => Some(Token::DayMonth(number(d)?, number(m)?, word.ends_with('.'))),
        [one, two, y] => Some(Token::Slashed(number(one)?, number(two)?, Some(year(y)?))),
        [one, two] if word.contains('/') => Some(Token::Slashed(number(one)?, number(two)?, None)),
        _ => None,
    }
}

fn year(word: &str) -> Option<i16> {
    word.parse().ok().filter(|year| word.len() == 4 && (1970..=9_000).contains(year))
}

/// `10d`, `2w`.
fn short(word: &str) -> Option<Token> {
    let (number, unit) = word.split_at_checked(word.len().checked_sub(1)?)?;
    let unit = match unit {
        "d" => Unit::Day,
        "w" => Unit::Week,
        _ => return None,
    };
    Some(Token::Short(number.parse().ok().filter(|number| (0..=2_000).contains(number))?, unit))
}

fn ordinal(word: &str) -> Option<i8> {
    Some(match word {
        "first" | "erste" | "ersten" | "erster" => 1,
        "second" | "zweite" | "zweiten" | "zweiter" => 2,
        "third" | "dritte" | "dritten" | "dritter" => 3,
        "fourth" | "vierte" | "vierten" | "vierter" => 4,
        "fifth" | "fünfte" | "fünften" | "fünfter" => 5,
        _ => {
            let bare = ["st", "nd", "rd", "th", "."].iter().find_map(|suffix| word.strip_suffix(suffix))?;
            return bare.parse().ok().filter(|number| (1..=31).contains(number));
        }
    })
}

fn unit(word: &str) -> Option<Unit> {
    let word = word.trim_end_matches(['\'', '’']);
    Some(match word {
        "day" | "days" | "tag" | "tage" | "tagen" | "tages" => Unit::Day,
        "workday" | "workdays" | "werktag" | "werktage" | "werktagen" | "arbeitstag" | "arbeitstage"
        | "arbeitstagen" => Unit::Workday,
        "week" | "weeks" | "woche" | "wochen" => Unit::Week,
        "weekend" | "wochenende" | "wochenendes" => Unit::Weekend,
        "fortnight" | "fortnights" => Unit::Fortnight,
        "month" | "months" | "monat" | "monate" | "monaten" | "monats" | "monates" => Unit::Month,
        "quarter" | "quarters" | "quartal" | "quartals" | "quartale" | "quartalen" => Unit::Quarter,
        "year" | "years" | "jahr" | "jahre" | "jahren" | "jahres" => Unit::Year,
        _ => return None,
    })
}

fn month(word: &str) -> Option<i8> {
    Some(match word {
        "january" | "januar" | "jänner" | "jan" => 1,
        "february" | "februar" | "feb" => 2,
        "march" | "märz" | "maerz" | "mar" | "mär" => 3,
        "april" | "apr" => 4,
        "may" | "mai" => 5,
        "june" | "juni" | "jun" => 6,
        "july" | "juli" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "october" | "oktober" | "oct" | "okt" => 10,
        "november" | "nov" => 11,
        "december" | "dezember" | "dec" | "dez" => 12,
        _ => return None,
    })
}

/// The weekday that a word names, in either language: `tue`, `tuesdays`, `Di`, `dienstags`.
pub fn weekday(word: &str) -> Option<Weekday> {
    let word = word.trim_end_matches(['.', ',']).to_lowercase();
    let word = word.strip_suffix("days").map_or(word.clone(), |stem| format!("{stem}day"));
    let word = word.strip_suffix("tags").map_or(word.clone(), |stem| format!("{stem}tag"));
    Some(match word.as_str() {
        "monday" | "mon" | "montag" | "mo" => Weekday::Monday,
        "tuesday" | "tue" | "tues" | "dienstag" | "di" => Weekday::Tuesday,
        "wednesday" | "wed" | "weds" | "mittwoch" | "mittwochs" | "mi" => Weekday::Wednesday,
        "thursday" | "thu" | "thur" | "thurs" | "donnerstag" | "do" => Weekday::Thursday,
        "friday" | "fri" | "freitag" | "fr" => Weekday::Friday,
        "saturday" | "sat" | "samstag" | "sonnabend" | "sa" => Weekday::Saturday,
        "sunday" | "sun" | "sonntag" | "so" => Weekday::Sunday,
        _ => return None,
    })
}

/// A small number as a word or in digits, in either language.
pub fn count(word: &str) -> Option<i32> {
    let number = match word {
        "a" | "an" | "one" | "ein" | "eine" | "einem" | "einer" | "einen" | "eines" => 1,
        "two" | "zwei" => 2,
        "three" | "drei" => 3,
        "four" | "vier" => 4,
        "five" | "fünf" | "fuenf" => 5,
        "six" | "sechs" => 6,
        "seven" | "sieben" => 7,
        "eight" | "acht" => 8,
        "nine" | "neun" => 9,
        "ten" | "zehn" => 10,
        "eleven" | "elf" => 11,
        "twelve" | "zwölf" | "zwoelf" => 12,
        "fourteen" | "vierzehn" => 14,
        digits => digits.parse().ok().filter(|number| (0..=2_000).contains(number))?,
    };
    Some(number)
}
