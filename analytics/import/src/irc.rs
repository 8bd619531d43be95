//! IRC: logs as irssi, WeeChat, HexChat, ZNC and public archives write them (`irc_line.rs` reads a line).
//!
//! A log is of the channel after which its file or folder is called, `#hearth`. Where other files of an export are so
//! called, the rest are talks of two and are never taken; where none is, nothing says what they are. Nobody can answer a
//! message on IRC, and nobody reacts: who is spoken to is mentioned. Who is a bot is not told. Lines of one second or
//! minute are put a millisecond apart, in their order.

use std::collections::{HashMap, HashSet};

use hearth_shared::activity::{Capability, Kind};
use jiff::civil::Date;

use crate::{
    alike::Alike,
    archive::Archive,
    error::ImportError,
    evidence::Format,
    intake::{Intake, Place, Room, Told},
    irc_line::{What, day_in, line_of},
    options::Import,
    reach::{Gate, Reach},
    records::{self, At},
    text::characters,
};

/// IRC links nothing.
pub const FORMAT: Format =
    Format { replies_are_threads: false, never: &[Capability::Replies, Capability::Threads, Capability::Reactions] };

/// What is wrong with a line in no form that is known.
const UNKNOWN: &str = "it is no line of an IRC log that is known";
/// So many lines before the first that is understood are named.
const MOST_STRANGE: usize = 100;
/// The last lines of one time are so many milliseconds after the first.
const MOST_APART: i64 = 999;

/// Reads logs of one or more channels.
///
/// # Errors
/// Where the archive cannot be read, the log not be written, or a problem ends the import.
pub fn read(archive: &Archive, import: &Import, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
    let is_log = |name: &str| archive.is_one_file() || ENDINGS.iter().any(|ending| name.ends_with(ending));
    let (mut found, mut names_channels) = (false, false);
    archive.each(
        |name| {
            found |= is_log(name);
            names_channels |= is_log(name) && channel_of(name).is_some();
            false
        },
        |_, _| Ok::<(), ImportError>(()),
    )?;
    let (mut gate, mut channels) = (Gate::default(), HashMap::new());
    archive.each(is_log, |file, content| {
        let named = channel_of(file);
        let reach = match &named {
            Some(_) => Reach::Public,
            None if names_channels => Reach::Direct,
            None => Reach::Untold,
        };
        let name = named.unwrap_or_else(|| called(file));
        if !gate.takes(reach, &name, &name, import) {
            return Ok(());
        }
        let channel = channels.entry(name.clone()).or_insert_with(|| Channel { name, ..Channel::default() });
        channel.day = day_in(file);
        // What was not understood before any line was: perhaps it is no log at all.
        let (mut understood, mut strange) = (false, Vec::new());
        let outcome = records::lines(content, import.max_record, |number, line| {
            let place = Place { file, at: At::Line(number) };
            let Some(line) = line else {
                let most = records::size(import.max_record);
                return intake.problem(place, format!("it is longer than {most}; --max-record allows more"));
            };
            let line = String::from_utf8_lossy(line);
            let line = line.trim_end();
            if line.is_empty() {
                return Ok(());
            }
            intake.account.records += 1;
            let taken = channel.take(line, place, import, intake)?;
            understood |= taken != Err(UNKNOWN);
            match taken {
                Ok(()) => Ok(()),
                Err(why) if understood => intake.problem(place, format!("{why}; it was left out")),
                Err(why) => {
                    strange.extend((strange.len() < MOST_STRANGE).then_some((place.at, why)));
                    Ok(())
                }
            }
        })?;
        if !understood && !strange.is_empty() {
            intake.file_problem(file, "no line of it looks like one of an IRC log; it was left out")?;
        } else {
            for (at, why) in strange {
                intake.problem(Place { file, at }, format!("{why}; it was left out"))?;
            }
        }
        match outcome {
            Ok(_) => Ok(()),
            Err(broken) => intake.broken(file, &broken, "line", "lines"),
        }
    })?;
    if !found {
        let what = format!("there is no log in it; logs end with {}", ENDINGS.join(", "));
        intake.file_problem(&import.path.display().to_string(), what)?;
    }
    gate.settle(import, intake)
}

const ENDINGS: [&str; 4] = [".log", ".txt", ".weechatlog", ".irclog"];

/// The channel that a file is a log of, by its name or those of its folders.
fn channel_of(file: &str) -> Option<String> {
    file.rsplit('/').find_map(|part| {
        let at = part.find('#')?;
        let name = without_ending(&part[at..]);
        (!name.trim_matches('#').is_empty()).then(|| name.to_lowercase())
    })
}

/// What a file is called, or its folder where it is called after a day.
fn called(file: &str) -> String {
    let mut parts =
        file.rsplit('/').map(without_ending).filter(|part| part.bytes().any(|byte| byte.is_ascii_alphabetic()));
    parts.next().unwrap_or(file).to_lowercase()
}

/// A name without what it ends with: `.log`, and a day.
fn without_ending(name: &str) -> &str {
    let ending = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending));
    let name = ending.unwrap_or(name);
    let is_day = |letter: char| letter.is_ascii_digit() || matches!(letter, '-' | '_' | '.');
    let short = name.trim_end_matches(is_day);
    if day_in(&name[short.len()..]).is_some() { short } else { name }
}

#[derive(Default)]
struct Channel {
    name: String,
    /// The day of the lines that say none.
    day: Option<Date>,
    alike: Alike,
    /// Who was there.
    nicks: HashSet<String>,
}

impl Channel {
    /// One line; an error says what is wrong with it.
    fn take(
        &mut self,
        line: &str,
        place: Place<'_>,
        import: &Import,
        intake: &mut Intake<'_, '_>,
    ) -> Result<Result<(), &'static str>, ImportError> {
        let Some(line) = line_of(line, self.day) else { return Ok(Err(UNKNOWN)) };
        self.day = line.day.or(self.day);
        let (by, kind, text) = match line.what {
            What::Said(by, text) => (by, Kind::Message, text),
            What::Came(by) => (by, Kind::Join, ""),
            What::Went(by) => (by, Kind::Leave, ""),
            What::Other => {
                intake.account.no_act += 1;
                return Ok(Ok(()));
            }
        };
        let Some(time) = line.time else { return Ok(Err("nothing says on which day it was written")) };
        let Ok(zoned) = time.to_zoned(import.zone()) else { return Ok(Err("its time is none")) };
        let stamp = zoned.timestamp().as_millisecond();
        let by = by.trim_start_matches(['@', '+', '%', '&', '~', '!']).to_lowercase();
        if by.is_empty() {
            return Ok(Err("nobody wrote it"));
        }
        let number = self.alike.number(stamp, &format!("{by} {}", kind.code()));
        let event = format!("{} {stamp} {by} {} {number}", self.name, kind.code());
        let ts = stamp + self.alike.before().min(MOST_APART);
        let mentions = i64::from(self.speaks_to(text).is_some());
        let room = Room { id: &self.name, name: &self.name };
        let act = Told { n_chars: characters(text.as_bytes()), mentions, ..Told::new(room, &event, &by, kind, ts) };
        intake.tell(place, &act)?;
        self.nicks.insert(by);
        Ok(Ok(()))
    }

    /// Whom a text is for: `ana: look at this`.
    fn speaks_to(&self, text: &str) -> Option<&String> {
        let (nick, _) = text.split_once([':', ','])?;
        self.nicks.get(&nick.trim().to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_is_named_by_a_file_or_a_folder() {
        for (file, channel) in [
            ("libera/#Hearth/2024-01-02.log", "#hearth"),
            ("irclogs/libera/#hearth.log", "#hearth"),
            ("irc.libera.#hearth.weechatlog", "#hearth"),
            ("2024/01/02/#ubuntu-de.txt", "#ubuntu-de"),
            ("#hearth_20240102.log", "#hearth"),
            ("#hearth-2024-01-02.log", "#hearth"),
            ("##rust.log", "##rust"),
            ("#node.js.log", "#node.js"),
        ] {
            assert_eq!(channel_of(file).as_deref(), Some(channel), "{file}");
        }
        assert_eq!(channel_of("libera/ana.log"), None);
        assert_eq!(channel_of("#.log"), None);
        assert_eq!(called("libera/hearth/2024-01-02.log"), "hearth");
        assert_eq!(called("libera/Ana.log"), "ana");
    }
}
