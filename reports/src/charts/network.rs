//! Who answers whom, between groups: those who replied on the left, those who were replied to on the right, a ribbon
//! for each pair, as thick as there were replies.

use hearth_shared::report::{Group, Link, Network};

use super::{Size, gaps};
use crate::{
    place::{self, Wanted},
    scales::{SMALL, count},
    scene::{Anchor, At, Mark, Role, Scene},
    text,
    words::Words,
};

/// The least height of a group, so that those without replies are seen.
const LEAST: f64 = 6.0;
const GAP: f64 = 20.0;
const LABEL: f64 = 14.0;
const LINE: f64 = 16.5;

/// One side's blocks: top and height of each group.
type Blocks = Vec<(f64, f64)>;

/// Draws the figure, or `None` where there is no reply between groups to show.
pub(crate) fn draw(figure: &Network, words: &Words, size: Size) -> Option<Scene> {
    let links: Vec<&Link> = known(figure).collect();
    links.first()?;
    let gutter = size.pick(150.0, 92.0);
    let (left, right) = (gutter, size.width() - gutter);
    let labels: Vec<Vec<(String, bool)>> =
        figure.groups.iter().map(|group| lines(group, words, gutter - 12.0)).collect();
    let least: f64 = labels.iter().map(|lines| LINE * count(lines.len()) + 6.0).sum();
    let total: f64 = links.iter().filter_map(|link| link.replies.number()).sum();
    let (top, free) = (46.0, (least + 40.0).max(size.pick(230.0, 220.0)));
    let unit = free / total.max(1.0);
    let sides = [side(figure, &|link| link.from, unit, top), side(figure, &|link| link.to, unit, top)];
    let bottom = sides.iter().filter_map(|blocks| blocks.last()).map(|(y, height)| y + height).fold(top, f64::max);

    let mut scene = Scene::new(size.width());
    let heads = [(left, words.l.msg_network_from(), Anchor::End), (right, words.l.msg_network_to(), Anchor::Start)];
    for (x, head, anchor) in heads {
        let lines = text::wrap(&head, SMALL, false, gutter - 4.0);
        for (line, text) in lines.iter().enumerate() {
            scene.write((x, 13.0 + 15.0 * count(line)), text, (SMALL, false), Role::Muted, anchor);
        }
    }
    ribbons(&mut scene, figure, &sides, unit, (left + 8.0, right - 8.0), words);
    for (side, blocks) in sides.iter().enumerate() {
        let (from, at) = if side == 0 { (left, left - 8.0) } else { (right - 8.0, right + 8.0) };
        for (y, height) in blocks {
            scene.rect((from, *y), (from + 8.0, y + height), Role::Ink, 1.0);
        }
        let wanted: Vec<Wanted> = blocks
            .iter()
            .zip(&labels)
            .map(|((y, height), lines)| Wanted { centre: y + height / 2.0, height: LINE * count(lines.len()) + 4.0 })
            .collect();
        let centres = place::column(&wanted, 36.0, bottom + 16.0);
        let anchor = if side == 0 { Anchor::End } else { Anchor::Start };
        for (lines, centre) in labels.iter().zip(centres) {
            let first = centre - LINE * count(lines.len()) / 2.0 + 12.3;
            for (line, (text, is_name)) in lines.iter().enumerate() {
                let role = if *is_name { Role::Ink } else { Role::Muted };
                scene.write((at, first + LINE * count(line)), text, (LABEL, *is_name), role, anchor);
            }
        }
    }
    scene.height = bottom + 18.0;
    let hidden = figure.links.iter().any(|link| link.replies.value.is_none());
    gaps::write_note(&mut scene, hidden.then(|| words.l.msg_network_hidden()));
    Some(scene)
}

/// The links with a value between groups that there are.
fn known(figure: &Network) -> impl Iterator<Item = &Link> {
    let there = |link: &&Link| link.from.max(link.to) < figure.groups.len();
    figure.links.iter().filter(there).filter(|link| link.replies.number().is_some_and(|replies| replies > 0.0))
}

fn side(figure: &Network, end: &dyn Fn(&Link) -> usize, unit: f64, top: f64) -> Blocks {
    let mut y = top;
    let block = |group: usize| {
        let replies: f64 =
            known(figure).filter(|link| end(link) == group).filter_map(|link| link.replies.number()).sum();
        let height = (replies * unit).max(LEAST);
        y += height + GAP;
        (y - height - GAP, height)
    };
    (0..figure.groups.len()).map(block).collect()
}

/// Ribbons within a group are quiet; those that cross from one to another are what the picture is about.
fn ribbons(scene: &mut Scene, figure: &Network, sides: &[Blocks; 2], unit: f64, ends: (f64, f64), words: &Words) {
    let mut used = [vec![0.0; figure.groups.len()], vec![0.0; figure.groups.len()]];
    let mut written = Vec::new();
    let mut order: Vec<&Link> = known(figure).collect();
    order.sort_by_key(|link| (link.from, link.to));
    // What is drawn is sorted by both ends, so that ribbons of one group do not cross at their own block.
    let mut starts = vec![0.0; order.len()];
    for (index, link) in order.iter().enumerate() {
        starts[index] = sides[0][link.from].0 + used[0][link.from];
        used[0][link.from] += link.replies.number().unwrap_or(0.0) * unit;
    }
    let mut by_target: Vec<usize> = (0..order.len()).collect();
    by_target.sort_by_key(|index| (order[*index].to, order[*index].from));
    for index in by_target {
        let link = order[index];
        let (value, start) = (link.replies.number().unwrap_or(0.0), starts[index]);
        let (height, end) = (value * unit, sides[1][link.to].0 + used[1][link.to]);
        used[1][link.to] += height;
        let (role, opacity) = if link.from == link.to { (Role::Third, 0.55) } else { (Role::Accent, 0.72) };
        let upper = curve((ends.0, start), (ends.1, end));
        let lower = curve((ends.0, start + height), (ends.1, end + height));
        let points = upper.into_iter().chain(lower.into_iter().rev()).collect();
        scene.marks.push(Mark::Area { points, role, opacity });
        if height >= 15.0 {
            let ink = if link.from == link.to { Role::Ink } else { Role::Paper };
            written.push(((ends.0 + 7.0, start + height / 2.0 + 4.5), words.number(value, 0), ink));
        }
    }
    for link in figure.links.iter().filter(|link| link.from.max(link.to) < figure.groups.len()) {
        if link.replies.value.is_none() {
            let middle = |side: usize, group: usize| sides[side][group].0 + sides[side][group].1 / 2.0;
            let points = curve((ends.0, middle(0, link.from)), (ends.1, middle(1, link.to)));
            for pair in points.chunks(2).filter(|pair| pair.len() == 2) {
                scene.line(pair[0], pair[1], 1.0, Role::Axis);
            }
        }
    }
    for (at, text, role) in written {
        scene.write(at, text, (SMALL, true), role, Anchor::Start);
    }
}

/// A way that leaves and arrives level.
fn curve(from: At, to: At) -> Vec<At> {
    (0..=24_u32)
        .map(|step| {
            let t = f64::from(step) / 24.0;
            let eased = t * t * (3.0 - 2.0 * t);
            (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * eased)
        })
        .collect()
}

/// A group's name, and how many people it is: lines, each with whether it belongs to the name.
fn lines(group: &Group, words: &Words, room: f64) -> Vec<(String, bool)> {
    let people = words.told(group.people, "people");
    let name = name(group, words);
    let name = text::wrap(&name, LABEL, true, room).into_iter().take(2).map(|line| text::fit(&line, LABEL, true, room));
    let people = text::wrap(&people, LABEL, false, room).into_iter();
    name.map(|line| (line, true)).chain(people.map(|line| (line, false))).collect()
}

fn name(group: &Group, words: &Words) -> String {
    let known = || words.named(&format!("group-{}", group.id), None);
    group.name.clone().or_else(known).unwrap_or_else(|| group.id.clone())
}

/// The strongest way from one group to another, and how much stays within.
pub(crate) fn says(figure: &Network, words: &Words) -> String {
    let value = |link: &Link| link.replies.number().unwrap_or(0.0);
    let across = known(figure).filter(|link| link.from != link.to);
    let Some(most) = across.reduce(|most, next| if value(next) > value(most) { next } else { most }) else {
        return words.l.msg_alt_network_none();
    };
    let names = [most.from, most.to].map(|group| words.name(&name(&figure.groups[group], words)));
    let [from, to] = names;
    words.l.msg_alt_network(words.number(value(most), 0), from, to)
}
