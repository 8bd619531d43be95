//! From the words of a lead to the value of a setting: the default's type says how they are read, and the practice's
//! own type says whether the value fits.

use hearth_shared::bots::Pattern;
use jiff::Timestamp;
use serde_json::{Map, Number, Value};

use crate::{Community, MessageContext, RoomId, Span, Words, catalogue::Described, schedule, words::nearest};

/// Why words are no value for a setting.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Misfit {
    Number,
    Switch,
    Span,
    /// Something like the default, which is a list or a structure.
    Like(Value),
    OneOf(Vec<String>),
    /// With the zone that was perhaps meant.
    Zone(Option<String>),
    /// With the room that was perhaps meant.
    Room(Option<String>),
    /// `here`, said in a direct room.
    HereIsDirect,
    /// No pattern of user ids, or one that fits everybody.
    Pattern,
    /// Not whether a room is for announcements.
    Announcements,
    /// What the setting's type says, in English, and the default: for other languages, an example of what fits.
    Says(String, Value),
}

/// A setting of a practice, and what leads have set of that practice so far.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub practice: &'static Described,
    pub key: &'a str,
    pub default: &'a Value,
    pub set: &'a Map<String, Value>,
}

impl Setting<'_> {
    /// The value that holds now.
    pub fn current(&self) -> &Value {
        self.set.get(self.key).unwrap_or(self.default)
    }

    /// The value that `texts` mean; `None` is the default.
    pub fn read(
        &self,
        texts: &[String],
        community: &Community,
        source: &MessageContext,
        now: Timestamp,
    ) -> Result<Option<Value>, Misfit> {
        let text = texts.join(" ").trim().to_owned();
        let lower = text.to_lowercase();
        if ["default", "standard"].contains(&lower.as_str()) {
            return Ok(None);
        }
        let none = ["none", "nothing", "keine", "keins", "kein", "keiner", "nichts"].contains(&lower.as_str());
        let empty = match self.default {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            _ => false,
        };
        if none && empty {
            return Ok(None);
        }
        if self.key == "announcements" {
            let rooms = self.announcements(texts, community, source)?;
            return Ok((rooms != *self.default).then_some(rooms));
        }
        let mut candidates = match self.key {
            _ if none && !self.default.is_string() => Vec::new(),
            key if names_room(key) && !self.default.is_number() => vec![room(&text, community, source)?],
            "zone" => vec![zone(&text, now)?],
            "language" => vec![Value::String(language(&lower))],
            "bots" => vec![patterns(&text)?],
            _ => candidates(self.default, texts, &text),
        };
        if none {
            candidates.push(if self.default.is_array() { Value::Array(Vec::new()) } else { Value::Null });
        }
        let mut first_error = None;
        for value in candidates {
            match self.fits(&value) {
                Ok(()) => return Ok((value != *self.default).then_some(value)),
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
        Err(self.misfit(first_error.unwrap_or_default()))
    }

    /// Which rooms are for announcements, with what is said of one more: of the room that is named, or where it is said.
    fn announcements(&self, texts: &[String], community: &Community, source: &MessageContext) -> Result<Value, Misfit> {
        let (last, named) = texts.split_last().ok_or(Misfit::Announcements)?;
        let is = match switch(last) {
            Some(is) => Some(is),
            None if ["default", "standard"].contains(&last.to_lowercase().as_str()) => None,
            None => return Err(Misfit::Announcements),
        };
        let named = if named.is_empty() { "here".to_owned() } else { named.join(" ") };
        let room = room(named.trim(), community, source)?;
        let mut rooms = self.current().as_object().cloned().unwrap_or_default();
        let name = room.as_str().unwrap_or_default();
        match is {
            Some(is) => rooms.insert(name.to_owned(), is),
            None => rooms.remove(name),
        };
        Ok(Value::Object(rooms))
    }

    /// Whether the value fits beside the others that are set. Others that no longer fit themselves (after an upgrade)
    /// do not stand in its way.
    fn fits(&self, value: &Value) -> Result<(), String> {
        let alone = Map::from_iter([(self.key.to_owned(), value.clone())]);
        let mut all = self.set.clone();
        all.extend(alone.clone());
        self.practice.check(&all).or_else(|error| match self.practice.check(self.set) {
            Ok(()) => Err(error),
            Err(_) => self.practice.check(&alone),
        })
    }

    fn misfit(&self, error: String) -> Misfit {
        let from_type = error.is_empty() || error.starts_with("invalid type") || error.starts_with("invalid value");
        match self.default {
            _ if error.contains("expected one of") || error.starts_with("unknown variant") => {
                let expected = error.rsplit("expected").next().unwrap_or_default();
                Misfit::OneOf(expected.split('`').skip(1).step_by(2).map(str::to_owned).collect())
            }
            Value::Number(_) if from_type => Misfit::Number,
            Value::Bool(_) => Misfit::Switch,
            Value::String(default) if default.parse::<Span>().is_ok() => Misfit::Span,
            default @ (Value::Array(_) | Value::Object(_)) if from_type => Misfit::Like(default.clone()),
            default => Misfit::Says(error, default.clone()),
        }
    }
}

/// Whether a setting of this name holds a room.
fn names_room(key: &str) -> bool {
    key == "room" || key == "lobby" || key.ends_with("-room")
}

/// What words can mean where a setting's default is `default`.
fn candidates(default: &Value, texts: &[String], text: &str) -> Vec<Value> {
    match default {
        Value::Bool(_) => switch(text).into_iter().collect(),
        Value::Number(_) => number(text).into_iter().collect(),
        Value::String(_) => vec![Value::String(text.to_owned())],
        Value::Array(items) => lists(items.first(), texts, text),
        Value::Object(_) => serde_json::from_str(text).into_iter().collect(),
        Value::Null => {
            let mut all = vec![Value::String(text.to_owned())];
            all.extend(number(text).into_iter().chain(switch(text)));
            all.extend(lists(None, texts, text));
            all
        }
    }
}

fn switch(text: &str) -> Option<Value> {
    match text.to_lowercase().as_str() {
        "yes" | "on" | "true" | "ja" | "an" | "ein" => Some(Value::Bool(true)),
        "no" | "off" | "false" | "nein" | "aus" => Some(Value::Bool(false)),
        _ => None,
    }
}

fn number(text: &str) -> Option<Value> {
    let whole = text.parse::<i64>().ok().map(Number::from);
    whole.or_else(|| Number::from_f64(text.replace(',', ".").parse().ok()?)).map(Value::Number)
}

/// Lists, separated by commas where there is one, by spaces otherwise.
fn lists(like: Option<&Value>, texts: &[String], text: &str) -> Vec<Value> {
    let items: Vec<&str> = match text.contains([',', ';']) {
        true => text.split([',', ';']).map(str::trim).filter(|item| !item.is_empty()).collect(),
        false => texts.iter().map(String::as_str).collect(),
    };
    let list = |item: fn(&str) -> Option<Value>| {
        items.iter().map(|text| item(text)).collect::<Option<Vec<_>>>().map(Value::Array)
    };
    let (words, numbers) = (list(|item| Some(Value::String(item.to_owned()))), list(number));
    let both = if like.is_some_and(Value::is_number) { [numbers, words] } else { [words, numbers] };
    both.into_iter().flatten().collect()
}

/// The tag of a language by its name, in whichever language that is said.
fn language(written: &str) -> String {
    let names = |words: &&Words| words.community_language_names().split_whitespace().any(|name| name == written);
    Words::all().iter().find(names).map_or(written, Words::tag).to_owned()
}

/// Patterns of user ids, separated by commas or spaces.
fn patterns(text: &str) -> Result<Value, Misfit> {
    let items = text.split([',', ';', ' ']).map(|item| item.trim_matches('`')).filter(|item| !item.is_empty());
    let read = |item: &str| match item.parse::<Pattern>() {
        Ok(pattern) if item.starts_with('@') => Ok(Value::String(pattern.to_string())),
        _ => Err(Misfit::Pattern),
    };
    items.map(read).collect::<Result<Vec<_>, _>>().map(Value::Array)
}

/// A room of the community, by `here`, its id or its name.
fn room(text: &str, community: &Community, source: &MessageContext) -> Result<Value, Misfit> {
    let value = |id: &RoomId| Ok(Value::String(id.as_str().to_owned()));
    if ["here", "hier"].contains(&text.to_lowercase().as_str()) {
        return if source.direct { Err(Misfit::HereIsDirect) } else { value(&source.room) };
    }
    if community.rooms.contains_key(&RoomId::from(text)) {
        return value(&RoomId::from(text));
    }
    let plain = |name: &str| name.trim_start_matches('#').to_lowercase();
    let mut named = community.rooms.iter().filter(|(_, room)| plain(&room.name) == plain(text));
    match (named.next(), named.next()) {
        (Some((id, _)), None) => value(id),
        _ => {
            let names = community.rooms.values().map(|room| room.name.as_str());
            Err(Misfit::Room(nearest(text, names).map(str::to_owned)))
        }
    }
}

/// A zone as people type it.
fn zone(text: &str, now: Timestamp) -> Result<Value, Misfit> {
    schedule::zone(text, now).map(Value::String).map_err(|error| Misfit::Zone(error.0))
}
