//! A heat map of who stays: a row a quarter of newcomers with how many they are, a column a quarter, a share in each cell.

use hearth_shared::report::{Cohort, Cohorts};

use super::Size;
use crate::{
    charts::gaps,
    scales::{SMALL, count},
    scene::{Anchor, Role, Scene},
    text,
    words::Words,
};

/// The height of a row.
const ROW: f64 = 23.0;
/// The most rows: the youngest are shown.
const ROWS: usize = 16;
/// The strongest tone: ink still reads well on it.
const TONE: f64 = 0.6;

/// Draws the figure, or `None` where no cell has a value.
pub(crate) fn draw(figure: &Cohorts, words: &Words, size: Size) -> Option<Scene> {
    let rows = &figure.cohorts[figure.cohorts.len().saturating_sub(ROWS)..];
    rows.iter().flat_map(|row| &row.cells).find_map(|cell| cell.value)?;
    let columns = rows.iter().map(|row| row.cells.len()).max()?.min(size.pick(12, 6));
    let names: Vec<String> = rows.iter().map(|row| words.quarters_short([row.quarter; 2])).collect();
    let sizes: Vec<String> = rows
        .iter()
        .map(|row| row.about.number().map_or_else(String::new, |n| format!("{}+", words.number(n, 0))))
        .collect();
    let widest = |texts: &[String]| texts.iter().map(|text| text::width(text, SMALL, true)).fold(0.0, f64::max).ceil();
    let head = words.l.msg_cohort_size();
    let counted = widest(&names) + 10.0 + widest(&sizes).max(text::width(&head, SMALL, false).ceil());
    let left = counted + 10.0;
    let slot = ((size.width() - left) / count(columns)).min(56.0);

    let mut scene = Scene::new(size.width());
    let heading = text::wrap(&words.l.msg_cohort_steps(), SMALL, false, size.width() - left);
    for (line, text) in heading.iter().enumerate() {
        scene.write((left, 13.0 + 16.0 * count(line)), text, (SMALL, false), Role::Muted, Anchor::Start);
    }
    let top = 16.0 * count(heading.len()) + 22.0;
    scene.write((counted, top - 5.0), head, (SMALL, false), Role::Muted, Anchor::End);
    for column in 0..columns {
        let at = (left + slot * (count(column) + 0.5), top - 5.0);
        scene.write(at, (column + 1).to_string(), (SMALL, false), Role::Muted, Anchor::Middle);
    }
    for (index, row) in rows.iter().enumerate() {
        let y = top + ROW * count(index);
        scene.write((0.0, y + 16.0), &names[index], (SMALL, false), Role::Ink, Anchor::Start);
        if sizes[index].is_empty() {
            scene.hatch((counted - 16.0, y + 3.0), (counted, y + ROW - 4.0));
        } else {
            scene.write((counted, y + 16.0), &sizes[index], (SMALL, true), Role::Ink, Anchor::End);
        }
        for (column, cell) in row.cells.iter().take(columns).enumerate() {
            let x = left + slot * count(column);
            let (from, to) = ((x + 0.75, y + 0.75), (x + slot - 0.75, y + ROW - 0.75));
            let Some(share) = cell.number() else {
                scene.hatch(from, to);
                continue;
            };
            scene.rect(from, to, Role::Second, 0.06 + (TONE - 0.06) * share.clamp(0.0, 1.0));
            let text = words.number(share * 100.0, 0);
            scene.write((x + slot / 2.0, y + 16.0), text, (12.0, false), Role::Ink, Anchor::Middle);
        }
    }
    scene.height = top + ROW * count(rows.len()) + 4.0;
    let cells = rows.iter().flat_map(|row| row.cells.iter().take(columns).chain([&row.about]));
    gaps::write_note(&mut scene, gaps::note(cells, words));
    Some(scene)
}

/// What the oldest and the youngest cohort did, in words.
pub(crate) fn says(figure: &Cohorts, words: &Words) -> String {
    let say = |row: &Cohort| {
        let last = row.cells.iter().rposition(|cell| cell.value.is_some())?;
        let about = row.about.number()?;
        let share = words.share_of_people(row.cells[last].number()?, Some(about));
        let share = match row.cells[last].interval {
            Some(interval) => format!("{share} ({})", words.between(interval, "share")),
            None => share,
        };
        let quarters = count(last + 1);
        let later = words.l.msg_unit_quarters(quarters, words.number(quarters, 0));
        Some(words.l.msg_alt_cohort(words.quarters([row.quarter; 2]), words.number(about, 0), share, later))
    };
    let mut said: Vec<String> = figure.cohorts.iter().filter_map(say).collect();
    if said.len() > 2 {
        said.drain(1..said.len() - 1);
    }
    said.join(" ")
}
