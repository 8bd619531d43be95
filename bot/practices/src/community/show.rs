//! Settings as people read them: values in words, meanings and defaults beside them.

use hearth_core::community::Settings;
use serde_json::{Map, Value};

use super::value::{Misfit, Setting};
use crate::{Ctx, RoomId, catalogue::Described, words::escape};

/// The practices that can be set, a line each.
pub(super) fn all(ctx: &Ctx<Settings>, lead: bool) -> String {
    let words = ctx.words;
    let mut text = words.community_all(escape(&ctx.community.name));
    text.push('\n');
    for practice in ctx.practices.iter().filter(|practice| !practice.defaults().is_empty()) {
        let title = words.find(practice.name).unwrap_or_default();
        let changed = ctx.overrides.get(practice.name).map_or(0, Map::len);
        text.push_str(&format!("\n- `{}` – {title}", practice.name));
        if changed > 0 {
            text.push_str(&format!(" ({})", words.community_count(changed as i64)));
        }
    }
    let how = if lead { words.community_how_to_change("poll") } else { words.community_how_to_look("poll") };
    format!("{text}\n\n{how}")
}

/// The settings of one practice, a line each.
pub(super) fn practice(ctx: &Ctx<Settings>, practice: &'static Described, lead: bool) -> String {
    let (words, defaults) = (ctx.words, practice.defaults());
    let title = words.find(practice.name).unwrap_or_else(|| practice.name.to_owned());
    if defaults.is_empty() {
        return words.community_nothing_to_set(title);
    }
    let nothing = Map::new();
    let set = ctx.overrides.get(practice.name).unwrap_or(&nothing);
    let lines: Vec<_> =
        defaults.iter().map(|(key, default)| line(ctx, Setting { practice, key, default, set })).collect();
    let how = if lead { words.community_how_to_set(practice.name) } else { words.community_only_leads_change() };
    format!("**{title}**\n\n{}\n\n{how}", lines.join("\n"))
}

/// One setting: key, value, meaning, and the default where it differs.
pub(super) fn one(ctx: &Ctx<Settings>, setting: Setting) -> String {
    line(ctx, setting).trim_start_matches("- ").to_owned()
}

fn line(ctx: &Ctx<Settings>, setting: Setting) -> String {
    let (practice, key) = (setting.practice.name, setting.key);
    let meaning = ctx.words.find_attribute(practice, &format!("set-{key}")).unwrap_or_default();
    let line = format!("- `{key}`: {} – {meaning}", value(ctx, practice, key, setting.current()));
    if setting.current() == setting.default {
        return line;
    }
    format!("{line} ({})", ctx.words.community_default(default(ctx, practice, key, setting.default)))
}

/// A value as people read it. What the operator configured stands where leads have set nothing.
pub(super) fn value(ctx: &Ctx<Settings>, practice: &str, key: &str, value: &Value) -> String {
    let effective = match (practice, key, value) {
        ("community", "name", Value::Null) => Some(ctx.community.name.clone()),
        ("community", "zone", Value::Null) => ctx.community.zone.iana_name().map(str::to_owned),
        ("community", "language", Value::Null) => Some(ctx.words.tag().to_owned()),
        ("community", "lobby", Value::Null) => ctx.community.lobby.as_ref().map(|room| plain(ctx, room.as_str())),
        ("community", "leads-room", Value::Null) => ctx.community.leads.as_ref().map(|room| plain(ctx, room.as_str())),
        _ => None,
    };
    effective.map_or_else(|| default(ctx, practice, key, value), |text| code(&text))
}

fn default(ctx: &Ctx<Settings>, practice: &str, key: &str, value: &Value) -> String {
    let words = ctx.words;
    match value {
        Value::Null if practice == "community" && ["name", "zone", "language"].contains(&key) => {
            words.community_operators()
        }
        Value::Null => words.community_unset(),
        Value::Bool(true) => words.community_yes(),
        Value::Bool(false) => words.community_no(),
        Value::String(text) if text.is_empty() => words.community_unset(),
        Value::Array(items) if items.is_empty() => words.community_unset(),
        Value::String(text) => code(&plain(ctx, text)),
        Value::Array(items) => {
            let items: Vec<_> = items
                .iter()
                .map(|item| item.as_str().map_or_else(|| item.to_string(), |text| plain(ctx, text)))
                .collect();
            code(&items.join(", "))
        }
        Value::Object(rooms) if rooms.is_empty() => words.community_unset(),
        // Which of them are, and which are not: `#news` yes.
        Value::Object(rooms) => {
            let is = |value: &Value| default(ctx, practice, key, value);
            let rooms: Vec<_> =
                rooms.iter().map(|(room, value)| format!("{} {}", code(&plain(ctx, room)), is(value))).collect();
            rooms.join(", ")
        }
        other => code(&other.to_string()),
    }
}

/// A room's name for its id; other text as it is.
fn plain(ctx: &Ctx<Settings>, text: &str) -> String {
    match ctx.community.rooms.get(&RoomId::from(text)) {
        Some(room) => format!("#{}", room.name.trim_start_matches('#')),
        None => text.to_owned(),
    }
}

fn code(text: &str) -> String {
    let text: String = text.chars().map(|char| if char == '`' || char.is_control() { '\'' } else { char }).collect();
    format!("`{text}`")
}

/// What fits instead.
pub(super) fn misfit(ctx: &Ctx<Settings>, misfit: &Misfit) -> String {
    let words = ctx.words;
    match misfit {
        Misfit::Like(example) => words.community_fits_like(default(ctx, "", "", example)),
        Misfit::Number => words.community_fits_number(),
        Misfit::Switch => words.community_fits_switch(),
        Misfit::Span => words.community_fits_span(),
        Misfit::OneOf(options) => {
            let options: Vec<_> = options.iter().map(|option| code(option)).collect();
            words.community_fits_one_of(options.join(", "))
        }
        Misfit::Zone(Some(meant)) => words.community_fits_zone_suggest(meant.clone()),
        Misfit::Zone(None) => words.community_fits_zone(),
        Misfit::Room(Some(meant)) => words.community_fits_room_suggest(code(meant)),
        Misfit::Room(None) => words.community_fits_room(),
        Misfit::HereIsDirect => words.community_here_is_direct(),
        Misfit::Pattern => words.community_fits_pattern(),
        Misfit::Announcements => words.community_fits_announcements(),
        Misfit::Says(error, _) if words.tag() == "en" => format!("{}.", escape(error.trim_end_matches('.'))),
        Misfit::Says(_, example) => words.community_fits_like(default(ctx, "", "", example)),
    }
}
