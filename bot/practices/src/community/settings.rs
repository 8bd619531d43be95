//! The community's own settings, as leads set them. Where they are unset, what the operator configured holds.

use hearth_shared::bots::Pattern;
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::{Map, Value};

use crate::{RoomId, Words, practice::Overrides};

/// What leads can set about the community itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    /// Its name, or the operator's for it.
    pub name: Option<String>,
    /// The IANA zone in which its schedules are kept, or the operator's.
    #[serde(deserialize_with = "zone")]
    pub zone: Option<String>,
    /// The tag of its language, one of [`Words::all`], or the operator's.
    #[serde(deserialize_with = "language")]
    pub language: Option<String>,
    /// The room where everybody is.
    pub lobby: Option<RoomId>,
    /// The leads' room.
    pub leads_room: Option<RoomId>,
    /// Whether changes of settings are announced in the leads' room.
    pub announce: bool,
    /// How many unsolicited messages a room gets a day at most.
    pub nudges_per_room: u32,
    /// How many unsolicited messages a person gets a day at most.
    pub nudges_per_person: u32,
    /// Who is no person: what ids of bots, bridges' puppets and relays look like.
    pub bots: Vec<Pattern>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: None,
            zone: None,
            language: None,
            lobby: None,
            leads_room: None,
            announce: true,
            nudges_per_room: 2,
            nudges_per_person: 1,
            bots: Vec::new(),
        }
    }
}

impl Settings {
    /// The zone, where leads have set one.
    pub fn time_zone(&self) -> Option<TimeZone> {
        TimeZone::get(self.zone.as_deref()?).ok()
    }

    /// The words of the language, where leads have set one.
    pub fn words(&self) -> Option<&'static Words> {
        Words::of(self.language.as_deref()?)
    }
}

/// The community's own settings among all that leads have set. One that no longer fits (a room id from elsewhere, a
/// zone that this machine does not know) falls back alone.
pub fn settings(overrides: &Overrides) -> Settings {
    let Ok(Value::Object(defaults)) = serde_json::to_value(Settings::default()) else { return Settings::default() };
    let read = |map: &Map<String, Value>| serde_json::from_value::<Settings>(Value::Object(map.clone()));
    let mut fitting = defaults;
    for (key, value) in overrides.get("community").into_iter().flatten() {
        let mut with = fitting.clone();
        with.insert(key.clone(), value.clone());
        if read(&with).is_ok() {
            fitting = with;
        }
    }
    read(&fitting).unwrap_or_default()
}

fn zone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let zone = Option::<String>::deserialize(deserializer)?;
    match &zone {
        Some(name) if TimeZone::get(name).is_err() => Err(D::Error::custom(format!("{name} is no time zone"))),
        _ => Ok(zone),
    }
}

fn language<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let tag = Option::<String>::deserialize(deserializer)?;
    match &tag {
        Some(tag) if Words::of(tag).is_none() => {
            let tags: Vec<_> = Words::all().iter().map(|words| format!("`{}`", words.tag())).collect();
            Err(D::Error::custom(format!("unknown language, expected one of {}", tags.join(", "))))
        }
        _ => Ok(tag),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_does_not_fit_falls_back_alone() {
        let Value::Object(set) = json!({"zone": "Mars/Base", "language": "de", "nudges-per-room": 5, "old-key": 1})
        else {
            unreachable!("an object")
        };
        let settings = settings(&Overrides::from([("community".to_owned(), set)]));
        assert_eq!(settings.zone, None);
        assert_eq!(settings.words().unwrap().tag(), "de");
        assert_eq!((settings.nudges_per_room, settings.nudges_per_person, settings.announce), (5, 1, true));
    }
}
