//! What somebody says in their direct room, where it may concern several communities: it is taken by exactly one.
//!
//! Which one they mean: the one whose message they answer; else the one that they name; else the only one in which these
//! very words are waited for (`vote 2`, `happy: …`); else the one that last asked them something; else the only one
//! that they are in. Otherwise they are asked. What concerns the person and no community is for all, and answered once.

use super::{
    CommunityNumber, Engine, Floor, Memory, UnitOfWork,
    address::{Address, address, in_any_name},
    apply::{Followed, apply, dispatch},
    bots::actor,
    cause::Cause,
    moment::Moment,
    translate::{KnownMessages, event_of, pointed_at},
};
use crate::{
    Effect, Event, Expects, Input, MessageRef, PracticeIndex, Said,
    command::{self, Line},
    incoming::{Text, What},
    words::{escape, quoted},
};

/// Which community somebody means.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Meant {
    One(CommunityNumber),
    /// One of these, and it cannot be told which.
    OneOf(Vec<CommunityNumber>),
    Nothing,
}

/// What is known of a message in a direct room before it is taken.
struct Heard<'a> {
    moment: Moment<'a>,
    /// As it was written.
    whole: &'a Text,
    /// Without what it is addressed to.
    text: Text,
    /// What it points at.
    to: Option<MessageRef>,
    /// The community and the practice whose message that is.
    owner: Option<(CommunityNumber, PracticeIndex)>,
    address: Address,
    /// What its author was last asked, where it points at nothing else.
    floor: Option<(CommunityNumber, PracticeIndex, MessageRef)>,
}

impl Heard<'_> {
    fn said(&self, to: Option<MessageRef>) -> Said {
        let source = self.moment.source(true, &self.text);
        Said { by: self.moment.incoming.sender.clone(), source, to, text: self.text.body.clone() }
    }
}

impl Engine {
    /// Takes an event of somebody's direct room. Whether it had consequences.
    pub(super) fn take_direct<M: Memory>(
        &mut self,
        store: &M,
        moment: &Moment,
        unit: &mut UnitOfWork,
    ) -> Result<bool, M::Error> {
        let Moment { incoming, authority, .. } = *moment;
        let mut theirs = authority.communities.clone();
        if let Some(actor) = actor(incoming) {
            theirs.retain(|&number| !self.is_bot(number, actor));
        }
        theirs.sort_unstable();
        match &incoming.what {
            What::Message(text) if text.notice => Ok(false),
            What::Message(text) => self.take_said(store, moment, text, &theirs, unit),
            What::Edit { of, text } => {
                let Some(number) = self.asked_in(store, of, incoming, &theirs)? else { return Ok(false) };
                self.take_edit(store, number, moment, (of, text), unit)
            }
            _ => self.take_pointing(store, moment, &theirs, unit),
        }
    }

    /// A reaction, a vote, the end of a poll: for the community whose message it points at. What is taken back concerns
    /// whoever has a use for it.
    fn take_pointing<M: Memory>(
        &mut self,
        store: &M,
        moment: &Moment,
        theirs: &[CommunityNumber],
        unit: &mut UnitOfWork,
    ) -> Result<bool, M::Error> {
        let Moment { room, incoming, authority, .. } = *moment;
        let known = &KnownMessages { store, commit: &unit.commit };
        let Some((event, owner)) = event_of(known, room, true, incoming, (authority, false))? else { return Ok(false) };
        let owner = owner.and_then(|(community, practice)| {
            Some((self.runtimes.named(&community)?, self.practices.named(&practice)?))
        });
        let concerned = match (&event, owner) {
            (Event::Redacted { .. }, _) => self.runtimes.numbers(),
            (_, Some((number, _))) => theirs.iter().copied().filter(|theirs| *theirs == number).collect(),
            (_, None) => Vec::new(),
        };
        let mut taken = false;
        for number in concerned {
            let owner = owner.filter(|(of, _)| *of == number).map(|(_, practice)| practice);
            taken |= dispatch(&mut self.runtimes[number], owner, &event, &moment.cause(), unit).has_consequences();
        }
        Ok(taken)
    }

    fn take_said<M: Memory>(
        &mut self,
        store: &M,
        moment: &Moment,
        text: &Text,
        theirs: &[CommunityNumber],
        unit: &mut UnitOfWork,
    ) -> Result<bool, M::Error> {
        let Moment { room, incoming, .. } = *moment;
        let address = self.address_of(text, theirs);
        let (to, owner) = pointed_at(&KnownMessages { store, commit: &unit.commit }, room, text)?;
        let is_theirs = |number: &CommunityNumber| theirs.contains(number);
        let place = |community: &str, practice: &str| {
            let number = self.runtimes.named(community).filter(is_theirs)?;
            // What was asked about the person was asked for all communities.
            let is_of_one = |practice: &PracticeIndex| !self.practices[*practice].personal;
            Some((number, self.practices.named(practice).filter(is_of_one)?))
        };
        let owner = owner.and_then(|(community, practice)| place(&community, &practice));
        let last: Option<Floor> = match to {
            Some(_) => None,
            None => store.floor(&incoming.sender, incoming.at)?,
        };
        let was_asked = last.is_some() || to.is_some();
        let floor = last.and_then(|floor| {
            let (number, practice) = place(&floor.community, &floor.practice)?;
            Some((number, practice, MessageRef { event: floor.event, key: floor.key }))
        });
        let is_answer = to.as_ref().is_some_and(|to| to.key.is_some());
        let bare = Text { body: address.body.clone(), command: address.command.clone(), ..text.clone() };
        let heard = Heard { moment: *moment, whole: text, text: bare, to, owner, address, floor };
        let Some(&first) = theirs.first() else { return Ok(false) };
        if let Some(line) = self.line_of(&heard, first) {
            return Ok(self.take_command(&heard, line, theirs, unit));
        }
        if heard.address.named.is_empty()
            && let Some(question) = self.personal_question(store, moment, text, unit)?
            && self.answer_personally(moment, &heard.text, &question, unit)
        {
            return Ok(true);
        }
        if self.take_words(&heard, theirs, unit) {
            return Ok(true);
        }
        Ok(!is_answer && self.hint(first, moment, &heard.text, was_asked, unit))
    }

    /// What a message is addressed to, of these communities.
    pub(super) fn address_of(&self, text: &Text, among: &[CommunityNumber]) -> Address {
        let known: Vec<_> = among.iter().map(|number| (*number, self.runtimes[*number].names())).collect();
        let read = address(self.practices.catalogue(), text, &known, &[self.bot.as_str(), self.bot.localpart()]);
        // It names something else, and is a command without a mistake: not talk.
        let is_command = |command: &str| self.runtimes.first().is_some_and(|first| self.is_command(command, first));
        match in_any_name(&read.command).filter(|_| read.named.is_empty()).filter(|command| is_command(command)) {
            Some(command) => {
                let command = command.to_owned();
                Address { elsewhere: true, body: command.clone(), command, ..read }
            }
            None => read,
        }
    }

    /// Whether something is a command in which nothing is wrong.
    fn is_command(&self, text: &str, number: CommunityNumber) -> bool {
        let runtime = &self.runtimes[number];
        let read =
            command::parse(self.practices.catalogue(), text, false, &runtime.community().prefix, runtime.words());
        matches!(read, Some(Line::Command(..)))
    }

    /// The command that somebody gives, with mistakes explained in a community's language.
    fn line_of(&self, heard: &Heard, number: CommunityNumber) -> Option<Line> {
        let runtime = &self.runtimes[number];
        command::parse(
            self.practices.catalogue(),
            &heard.address.command,
            heard.address.explicit,
            &runtime.community().prefix,
            runtime.words(),
        )
    }

    fn take_command(&mut self, heard: &Heard, line: Line, theirs: &[CommunityNumber], unit: &mut UnitOfWork) -> bool {
        let moment = &heard.moment;
        let meant = self.meant_by(heard, theirs);
        // Help is the same everywhere, and a mistake is one.
        let anywhere = self.is_personal(&line) || self.is_for_guests(&line);
        let number = match (&meant, theirs.first()) {
            (Meant::One(number), _) => *number,
            (_, Some(first)) if anywhere || heard.address.elsewhere => *first,
            (Meant::OneOf(numbers), Some(first)) => {
                self.remember(*first, moment, heard.whole, unit);
                return self.ask_which(heard, numbers, unit);
            }
            _ => return false,
        };
        self.remember(number, moment, heard.whole, unit);
        let line = match heard.address.elsewhere && !anywhere {
            true => Line::Mistake(self.runtimes[number].words().command_other_community()),
            false => self.in_time(number, line, moment),
        };
        if self.is_personal(&line) {
            self.personal(moment, heard.whole, unit);
            return true;
        }
        let otherwise = self.command(number, moment, &heard.text, line, unit);
        let Some((practice, answer)) = otherwise else { return true };
        // It is for the one that it answers, or that asked last and waits for just these words; else for the one whose
        // verb it is, and where that has no use for it, another one of this community may.
        if let Some((_, asked_by, asked)) = heard.floor.as_ref().filter(|(of, ..)| *of == number) {
            let said = heard.said(Some(asked.clone()));
            let cause = &heard.moment.cause();
            if self.runtimes[number].expects(*asked_by, &said, cause) == Expects::These
                && self.offer(number, &[*asked_by], Some(*asked_by), &Event::Said(said), cause, unit) == Followed::Taken
            {
                return true;
            }
        }
        let said = Event::Said(heard.said(heard.to.clone()));
        let owner = heard.owner.map(|(_, practice)| practice);
        let all: Vec<PracticeIndex> = owner.into_iter().chain([practice]).chain(self.practices.indices()).collect();
        if self.offer(number, &all, owner, &said, &heard.moment.cause(), unit) != Followed::Taken {
            apply(&mut self.runtimes[number], practice, vec![answer.send()], &heard.moment.cause(), unit);
        }
        true
    }

    /// Words that are no command: an answer, a note, or talk.
    fn take_words(&mut self, heard: &Heard, theirs: &[CommunityNumber], unit: &mut UnitOfWork) -> bool {
        let number = match self.meant_by(heard, theirs) {
            Meant::One(number) => number,
            Meant::OneOf(numbers) => return self.ask_which(heard, &numbers, unit),
            Meant::Nothing => return false,
        };
        // What it answers is its business, and nobody else's.
        if let Some((_, practice)) = heard.owner.filter(|(of, _)| *of == number) {
            let said = heard.said(heard.to.clone());
            let waits = self.runtimes[number].expects(practice, &said, &heard.moment.cause()) == Expects::These;
            let said = Event::Said(said);
            let offered = self.offer(number, &[practice], Some(practice), &said, &heard.moment.cause(), unit);
            return self.handed_in(heard, number, offered, waits, unit);
        }
        let said = heard.said(heard.to.clone());
        let waiting = |expects: Expects| -> Vec<PracticeIndex> {
            let all = self.practices.indices();
            all.filter(|practice| self.runtimes[number].expects(*practice, &said, &heard.moment.cause()) == expects)
                .collect()
        };
        let (these, anything) = (waiting(Expects::These), waiting(Expects::Anything));
        let event = Event::Said(said);
        let offered = match &heard.floor {
            _ if !these.is_empty() => self.offer(number, &these, None, &event, &heard.moment.cause(), unit),
            Some((of, practice, asked)) if *of == number => {
                let answer = Event::Said(heard.said(Some(asked.clone())));
                self.offer(number, &[*practice], Some(*practice), &answer, &heard.moment.cause(), unit)
            }
            _ => self.offer(number, &anything, None, &event, &heard.moment.cause(), unit),
        };
        self.handed_in(heard, number, offered, !these.is_empty(), unit)
    }

    /// Whether words had consequences. Where just these words were waited for, an edit of them will be answered: somebody
    /// may think that it counts.
    fn handed_in(
        &self,
        heard: &Heard,
        number: CommunityNumber,
        offered: Followed,
        waited_for: bool,
        unit: &mut UnitOfWork,
    ) -> bool {
        if offered.has_consequences() && waited_for {
            self.remember(number, &heard.moment, heard.whole, unit);
        }
        offered.has_consequences()
    }

    /// Tells practices of a community one after the other, until one of them wants something done. Only `owner`
    /// sees the name of its message.
    pub(super) fn offer(
        &mut self,
        number: CommunityNumber,
        practices: &[PracticeIndex],
        owner: Option<PracticeIndex>,
        event: &Event,
        cause: &Cause,
        unit: &mut UnitOfWork,
    ) -> Followed {
        let runtime = &mut self.runtimes[number];
        let without_key = event.without_key();
        let mut followed = Followed::Nothing;
        for &practice in practices {
            let event = if owner == Some(practice) { event } else { &without_key };
            let effects = runtime.react(practice, &Input::Event(event), cause);
            followed = followed.max(Followed::from(runtime, practice, &effects));
            apply(runtime, practice, effects, cause, unit);
            if followed == Followed::Taken {
                break;
            }
        }
        followed
    }

    /// Which community of theirs somebody means.
    fn meant_by(&self, heard: &Heard, theirs: &[CommunityNumber]) -> Meant {
        if let Some((number, _)) = heard.owner {
            return Meant::One(number);
        }
        // Those that share the prefix with which it begins, or are called what it says.
        let named: Vec<_> = match &heard.address.named[..] {
            [] => theirs.to_vec(),
            named => named.to_vec(),
        };
        if let [only] = named[..] {
            return Meant::One(only);
        }
        let said = heard.said(heard.to.clone());
        let waits = |number: &CommunityNumber, expects: Expects| {
            let runtime = &self.runtimes[*number];
            self.practices.indices().any(|practice| runtime.expects(practice, &said, &heard.moment.cause()) == expects)
        };
        let floor = heard.floor.as_ref().map(|(number, ..)| *number).filter(|number| named.contains(number));
        let waiting =
            |expects: Expects| -> Vec<_> { named.iter().copied().filter(|number| waits(number, expects)).collect() };
        let these = waiting(Expects::These);
        match (&these[..], floor) {
            ([only], _) => return Meant::One(*only),
            ([], Some(floor)) => return Meant::One(floor),
            ([_, ..], Some(floor)) if these.contains(&floor) => return Meant::One(floor),
            ([_, ..], _) => return Meant::OneOf(these),
            ([], None) => {}
        }
        if self.line_of(heard, named[0]).is_some() {
            return Meant::OneOf(named);
        }
        match &waiting(Expects::Anything)[..] {
            [] => Meant::Nothing,
            [only] => Meant::One(*only),
            several => Meant::OneOf(several.to_vec()),
        }
    }

    /// One sentence that asks which community is meant. It repeats nothing: it may have been said in confidence.
    fn ask_which(&mut self, heard: &Heard, numbers: &[CommunityNumber], unit: &mut UnitOfWork) -> bool {
        let Some(&first) = numbers.first() else { return false };
        let name = |number: &CommunityNumber| self.runtimes[*number].community().name.clone();
        let names: Vec<_> = numbers.iter().map(|number| format!("**{}**", escape(&name(number)))).collect();
        let example = quoted(&format!("in {}: …", name(&first)));
        let runtime = &mut self.runtimes[first];
        let words = runtime.words().command_which_community(names.join(", "), example);
        let source = heard.moment.source(true, &heard.text);
        apply(runtime, PracticeIndex::FIRST, vec![Effect::answer(&source, words)], &heard.moment.cause(), unit);
        true
    }
}
