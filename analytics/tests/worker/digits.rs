//! No file of a report holds an exact number of anybody's messages, nor any other digits that `measure --exact` prints.

use std::{collections::BTreeSet, fs, path::Path};

use hearth_acts::parquet;
use polars::prelude::*;
use serde_json::Value;

use crate::lab::{ALL, Lab, files};

/// What people write in a month: numbers that are on no grid, and in no page by chance.
const COUNTS: [i64; 12] = [1013, 1187, 1439, 137, 149, 163, 179, 191, 211, 227, 251, 269];

/// The numbers of a JSON document.
fn numbers(json: &Value, found: &mut Vec<f64>) {
    match json {
        Value::Number(number) => found.extend(number.as_f64()),
        Value::Array(all) => all.iter().for_each(|one| numbers(one, found)),
        Value::Object(all) => all.values().for_each(|one| numbers(one, found)),
        _ => {}
    }
}

/// How a number begins where it is written, as data, in English or in German: the whole of a whole number, five digits of
/// another; a share in per cent, too. Nothing for a number of few digits, which may be there by chance or on a grid.
fn spellings(number: f64) -> Vec<String> {
    let whole = number.abs().round();
    if number == whole {
        if whole < 100.0 || whole % 10.0 == 0.0 {
            return Vec::new();
        }
        let text = format!("{whole}");
        let (thousands, rest) = text.split_at(text.len() - 3);
        let with = |mark: &str| format!("{thousands}{mark}{rest}");
        let marked = if thousands.is_empty() { Vec::new() } else { vec![with(","), with("."), with("\u{a0}")] };
        return marked.into_iter().chain([format!("{whole}.0"), text]).collect();
    }
    let digits = |number: f64| {
        let text = format!("{number}");
        let first = text.find(|digit| ('1'..='9').contains(&digit))?;
        let last = text.char_indices().filter(|(at, it)| *at >= first && *it != '.').nth(4).map(|(at, _)| at)?;
        Some(text[..=last].to_owned()).filter(|text| text.contains('.'))
    };
    let plain: Vec<String> = [number.abs(), 100.0 * number.abs()].into_iter().filter_map(digits).collect();
    plain.iter().map(|text| text.replace('.', ",")).chain(plain.iter().cloned()).collect()
}

/// What is written in a text as numbers.
fn tokens(text: &str) -> BTreeSet<String> {
    let is_part = |letter: char| letter.is_ascii_digit() || ".,\u{a0}".contains(letter);
    let marks = ['.', ',', '\u{a0}'];
    let runs = text.replace('\u{202f}', "\u{a0}");
    let runs = runs.split(|letter| !is_part(letter)).map(|run| run.trim_matches(marks)).filter(|run| !run.is_empty());
    runs.flat_map(|run| [run].into_iter().chain(run.split(','))).map(str::to_owned).collect()
}

/// Whether one of them is the number with this spelling.
fn hold(tokens: &BTreeSet<String>, spelling: &str) -> bool {
    let is_whole = spelling.strip_suffix(".0").unwrap_or(spelling).bytes().all(|byte| byte.is_ascii_digit());
    if is_whole || spelling.chars().count() == 5 && spelling.chars().nth(1).is_some_and(|mark| !mark.is_ascii_digit()) {
        return tokens.contains(spelling);
    }
    tokens.range(spelling.to_owned()..).next().is_some_and(|token| token.starts_with(spelling))
}

/// What a page or a picture says: without what draws it.
fn visible(page: &str) -> String {
    let mut said = String::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        said.push_str(&rest[..at]);
        said.push(' ');
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        let tag = &rest[at..end];
        for name in ["aria-label=\"", "title=\"", "alt=\"", "content=\""] {
            said.extend(tag.split(name).nth(1).and_then(|value| value.split('"').next()));
            said.push(' ');
        }
        rest = &rest[end..];
        if tag.starts_with("<style") || tag.starts_with("<script") {
            rest = &rest[rest.find("</").unwrap_or(rest.len())..];
        }
    }
    said + rest
}

/// The numbers that a file holds, but for a painted picture; a table cell by cell.
fn in_file(file: &Path) -> Option<BTreeSet<String>> {
    let bytes = fs::read(file).unwrap();
    let text = || String::from_utf8(bytes.clone()).unwrap();
    Some(match file.extension()?.to_str()? {
        "png" => return None,
        "html" | "svg" => tokens(&visible(&text())),
        "parquet" => {
            let table = parquet::read(bytes).unwrap();
            let cells = table.columns().iter().flat_map(|column| {
                let column = column.cast(&DataType::String).unwrap();
                column.str().unwrap().iter().flatten().map(str::to_owned).collect::<Vec<_>>()
            });
            tokens(&cells.collect::<Vec<_>>().join(" "))
        }
        _ => tokens(&text()),
    })
}

#[test]
fn no_published_file_holds_an_exact_number() {
    // Everybody writes another of these numbers each month; nobody is a bot or opted out.
    let count = |person: i64, month: i32| COUNTS[(person + i64::from(month)) as usize % COUNTS.len()];
    let lab = Lab::of(14, 2, ALL, |person, month| if person < 3 { 0 } else { count(person, month) });
    lab.goes_on_to("2024-03-04T00:00:00Z");
    let months = ["--month", "2024-01", "--month", "2024-02"];
    let published = |language: &str| -> Vec<_> {
        lab.reports(&[&months[..], &["--language", language]].concat());
        files(&lab.out()).into_iter().filter_map(|file| Some((in_file(&file)?, file))).collect()
    };
    let published = [published("de"), published("en")].concat();
    for name in ["report.json", "measures.csv", "measures.parquet", "index.html", "2024-02.json", "activity.svg"] {
        let found = published.iter().filter(|(tokens, file)| file.ends_with(name) && !tokens.is_empty());
        assert!(found.count() >= 2, "{name}");
    }
    let release: Value = serde_json::from_slice(&lab.kept()["2024-01"]).unwrap();
    assert_eq!(release["measures"]["posters"]["value"], 12.0);
    assert_eq!(release["measures"]["effective_voices"]["status"], "ok");
    assert_eq!(release["measures"]["messages"]["value"], 5000.0);

    let exact = lab.measured(&["--exact", "--all", "--per", "room"]);
    let mut secret: Vec<f64> = COUNTS.iter().map(|count| *count as f64).collect();
    numbers(&exact, &mut secret);
    let spellings: BTreeSet<String> = secret.into_iter().flat_map(spellings).collect();
    assert!(spellings.len() > 200, "{}", spellings.len());
    // What is looked for is found where it is.
    let printed = tokens(&exact.to_string());
    let measure = |id: &str| exact[0]["measures"][id]["value"].as_f64().unwrap();
    assert_eq!(measure("messages"), COUNTS.iter().sum::<i64>() as f64);
    for secret in ["messages", "gini", "effective_voices_q2"].map(measure) {
        let spelled = self::spellings(secret);
        assert!(spelled.iter().any(|spelling| hold(&printed, spelling)), "{spelled:?}");
        assert!(spelled.iter().all(|spelling| spellings.contains(spelling)));
    }
    let said = tokens(&visible("<p title=\"of 1,439\">She wrote 137.</p><style>p { top: 269px }</style>"));
    assert!(["1,439", "137"].iter().all(|spelling| hold(&said, spelling)) && !hold(&said, "269"));
    for spelling in &spellings {
        for (tokens, file) in &published {
            assert!(!hold(tokens, spelling), "{spelling} is in {}", file.display());
        }
    }
}
