//! A heat map of who stays: a row a cohort with its size, a column a step, a number in each cell.

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
const ROWS: usize = 24;
/// The strongest tone: ink still reads well on it.
pub(crate) const TONE: f64 = 0.6;

/// Draws the figure, or `None` where no cell has a value.
pub(crate) fn draw(figure: &Cohorts, words: &Words, size: Size) -> Option<Scene> {
    let rows = &figure.cohorts[figure.cohorts.len().saturating_sub(ROWS)..];
    rows.iter().flat_map(|row| &row.cells).find_map(|cell| cell.value)?;
    let columns = rows.iter().map(|row| row.cells.len()).max()?.min(size.pick(24, 12));
    let names: Vec<String> = rows.iter().map(|row| name(row, figure.step, words)).collect();
    let sizes: Vec<String> =
        rows.iter().map(|row| row.size.value.map_or_else(String::new, |n| words.number(n, 0))).collect();
    let widest = |texts: &[String]| texts.iter().map(|text| text::width(text, SMALL, true)).fold(0.0, f64::max).ceil();
    let head = words.l.msg_cohort_size();
    let counted = widest(&names) + 10.0 + widest(&sizes).max(text::width(&head, SMALL, false).ceil());
    let left = counted + 10.0;
    let slot = ((size.width() - left) / count(columns)).min(48.0);

    let mut scene = Scene::new(size.width());
    let heading = text::wrap(&words.l.msg_cohort_steps(), SMALL, false, size.width() - left);
    for (line, text) in heading.iter().enumerate() {
        scene.write((left, 13.0 + 16.0 * count(line)), text, (SMALL, false), Role::Muted, Anchor::Start);
    }
    let top = 16.0 * count(heading.len()) + 22.0;
    scene.write((counted, top - 5.0), head, (SMALL, false), Role::Muted, Anchor::End);
    for column in 0..columns {
        let steps = (column + 1) * figure.step as usize;
        if slot >= 19.0 || column == 0 || steps.is_multiple_of(6) {
            let at = (left + slot * (count(column) + 0.5), top - 5.0);
            scene.write(at, steps.to_string(), (SMALL, false), Role::Muted, Anchor::Middle);
        }
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
            let Some(share) = cell.value else {
                scene.hatch(from, to);
                continue;
            };
            scene.rect(from, to, Role::Second, 0.06 + (TONE - 0.06) * share.clamp(0.0, 1.0));
            if slot >= 19.0 {
                let text = words.number(share * 100.0, 0);
                scene.write((x + slot / 2.0, y + 16.0), text, (12.0, false), Role::Ink, Anchor::Middle);
            }
        }
    }
    scene.height = top + ROW * count(rows.len()) + 4.0;
    let cells = rows.iter().flat_map(|row| row.cells.iter().take(columns).chain([&row.size]));
    gaps::write_note(&mut scene, gaps::note(cells, words));
    Some(scene)
}

/// What the oldest and the youngest cohort did, in words.
pub(crate) fn says(figure: &Cohorts, words: &Words) -> String {
    let say = |row: &Cohort| {
        let last = row.cells.iter().rposition(|cell| cell.value.is_some())?;
        let (share, size) = (row.cells[last].value?, row.size.value?);
        let months = count(last + 1) * f64::from(figure.step);
        let later = words.l.msg_unit_months(months, words.number(months, 0));
        Some(words.l.msg_alt_cohort(words.number(size, 0), name(row, figure.step, words), words.percent(share), later))
    };
    let oldest = figure.cohorts.iter().enumerate().find_map(|(index, row)| Some((index, say(row)?)));
    let youngest = figure.cohorts.iter().enumerate().rev().find_map(|(index, row)| Some((index, say(row)?)));
    let both = [oldest, youngest.filter(|(index, _)| oldest_index(figure, &say) != Some(*index))];
    both.into_iter().flatten().map(|(_, text)| text).collect::<Vec<_>>().join(" ")
}

fn oldest_index(figure: &Cohorts, say: &dyn Fn(&Cohort) -> Option<String>) -> Option<usize> {
    figure.cohorts.iter().position(|row| say(row).is_some())
}

/// `Oct 2025`, or `Oct–Dec 2025` where cohorts are quarters.
fn name(row: &Cohort, step: u32, words: &Words) -> String {
    let last = i32::try_from(step).ok().and_then(|step| row.first.plus(step - 1)).unwrap_or(row.first);
    let end = words.month_year_short(last);
    if step == 1 { end } else { format!("{}–{end}", words.month_short(row.first)) }
}
