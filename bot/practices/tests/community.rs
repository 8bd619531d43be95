//! Settings, as minutes of what was said.

use hearth_practices::{
    Event, Words, community,
    dialogue::{self, Dialogue},
};
use serde_json::{Value, json};

fn set(talk: &Dialogue, key: &str) -> Option<Value> {
    talk.overrides.get("community")?.get(key).cloned()
}

#[test]
fn anybody_may_look() {
    let mut talk = Dialogue::new();
    let all = talk.says("ana", "lobby", "!hearth settings").join("\n");
    assert!(all.starts_with("#lobby notice: **Settings of Testers**"), "{all}");
    assert!(all.contains("\n- `community` – Community (2 changed)\n"), "{all}");
    assert!(all.ends_with("Leads can change them; looking is for everybody."), "{all}");
    insta::assert_snapshot!(talk.says("ana", "lobby", "!hearth settings community").join("\n"), @"
    #lobby notice: **Community**

    - `name`: `Testers` – what this community is called
    - `zone`: `UTC` – the time zone of its schedules, like Europe/Berlin
    - `language`: `en` – the language I speak: en or de
    - `lobby`: `#lobby` – the room where everybody is; `here` means the room you write in (default: not set)
    - `leads-room`: `#leads` – the room where leads hear from me; `here` means the room you write in (default: not set)
    - `announcements`: not set – which rooms are for announcements, so that reports expect no answers there: `on` or `off` in the room; unset, those in which only moderators may write
    - `announce`: `yes` – whether I tell the leads' room when a setting changes
    - `nudges-per-room`: `2` – how often a day I may speak up unasked in one room
    - `nudges-per-person`: `1` – how often a day I may write unasked to one person; what other communities of mine wrote counts, too
    - `nudges-per-person-a-week`: `3` – how often a week, from Monday on, I may write unasked to one person; counted like the days
    - `bots`: not set – whose ids are bots, bridges or relays, like `@_irc_*:example.org`: I welcome, ask and count none of them
    - `holidays`: not set – days off for all that repeats, first day and first day back; `pause` sets them

    Leads can change these. If you'd like one to be different, tell them.
    ");
    insta::assert_snapshot!(talk.says("ana", "lobby", "!hearth settings help").join("\n"), @"#lobby notice: Help: there is nothing to set.");
}

#[test]
fn only_leads_change_and_the_others_hear_of_it() {
    let mut talk = Dialogue::new();
    insta::assert_snapshot!(talk.says("ana", "lobby", "!hearth settings community nudges-per-room 5").join("\n"), @"#lobby notice: Only leads can change that: the moderators of our rooms, and whoever the operator named. Tell them what you'd like! You can always look: `!hearth settings community`.");
    assert_eq!(set(&talk, "nudges-per-room"), None);
    insta::assert_snapshot!(talk.says("lea", "craft", "!hearth settings community nudges-per-room 5").join("\n"), @"
    #leads notice: [lea](https://matrix.to/#/@lea:t) changed `community nudges-per-room`: `2` → `5`
    #craft notice: Done: `nudges-per-room` is now `5` (it was `2`).
    ");
    assert_eq!(set(&talk, "nudges-per-room"), Some(json!(5)));
    insta::assert_snapshot!(talk.says("lea", "leads", "!hearth settings nudges-per-room 5").join("\n"), @"#leads notice: `nudges-per-room` is `5` already.");
    insta::assert_snapshot!(talk.says("lea", "leads", "!hearth settings community nudges_per_room").join("\n"), @"#leads notice: `nudges-per-room`: `5` – how often a day I may speak up unasked in one room (default: `2`)");
    insta::assert_snapshot!(talk.says("lea", "leads", "!hearth settings nudges-per-room default").join("\n"), @"#leads notice: Done: `nudges-per-room` is now `2` (it was `5`).");
    assert_eq!(set(&talk, "nudges-per-room"), None);
    assert!(talk.says("lea", "lobby", "!hearth settings").join("\n").contains("how to change it"));
}

#[test]
fn what_does_not_fit_is_explained_and_nothing_changes() {
    let mut talk = Dialogue::new();
    let said = [
        "nudges-per-room many",
        "nudges-per-room -1",
        "announce perhaps",
        "zone Berln",
        "zone Mordor",
        "language fr",
        "lobby loby",
        "lobby Narnia",
    ]
    .map(|what| talk.says("lea", "leads", &format!("!hearth settings community {what}")).join("\n"));
    insta::assert_snapshot!(said.join("\n"), @"
    #leads notice: `many` does not fit `nudges-per-room`. I need a whole number, like 2. It stays `2`.
    #leads notice: `-1` does not fit `nudges-per-room`. I need a whole number, like 2. It stays `2`.
    #leads notice: `perhaps` does not fit `announce`. I need `yes` or `no`. It stays `yes`.
    #leads notice: `Berln` does not fit `zone`. I don't know that time zone. Did you mean `Europe/Berlin`? It stays `UTC`.
    #leads notice: `Mordor` does not fit `zone`. I need a time zone by its city, like `Europe/Berlin` or `America/New_York`, or `UTC`. It stays `UTC`.
    #leads notice: `fr` does not fit `language`. Choose one of `en`, `de`. It stays `en`.
    #leads notice: `loby` does not fit `lobby`. I know no such room. Did you mean `lobby`? It stays `#lobby`.
    #leads notice: `Narnia` does not fit `lobby`. I know no room of that name here, or more than one. Say it with `here` in the room that you mean. It stays `#lobby`.
    ");
    insta::assert_snapshot!(talk.tells("lea", "settings lobby here").join("\n"), @"@lea notice: `here` does not fit `lobby`. Here is our direct room. Say it in the room that you mean, or give its name. It stays `#lobby`.");
    assert_eq!(talk.overrides, Dialogue::new().overrides);
}

#[test]
fn settings_of_every_kind_of_another_practice() {
    let mut talk = Dialogue::new();
    let said = ["days 1 2 9", "days 2,30", "days often", "days default", "room #craft", "room none", "newcomers maybe"]
        .map(|what| talk.says("lea", "leads", &format!("!hearth settings icebreakers {what}")).join("\n"));
    insta::assert_snapshot!(said.join("\n"), @"
    #leads notice: Done: `days` is now `1, 2, 9` (it was `1, 3, 7, 14`).
    #leads notice: Done: `days` is now `2, 30` (it was `1, 2, 9`).
    #leads notice: `often` does not fit `days`. I need something like `1, 3, 7, 14`. It stays `2, 30`.
    #leads notice: Done: `days` is now `1, 3, 7, 14` (it was `2, 30`).
    #leads notice: Done: `room` is now `#craft` (it was not set).
    #leads notice: Done: `room` is now not set (it was `#craft`).
    #leads notice: `maybe` does not fit `newcomers`. I need `yes` or `no`. It stays `yes`.
    ");
    assert_eq!(talk.overrides.get("icebreakers"), None);
}

#[test]
fn the_nearest_practice_and_setting_are_offered() {
    let mut talk = Dialogue::new();
    let said = ["comunity", "dance", "community zon UTC", "community `dance` 1"]
        .map(|what| talk.says("lea", "leads", &format!("!hearth settings {what}")).join("\n"));
    insta::assert_snapshot!(said.join("\n"), @"
    #leads notice: I know nothing called `comunity`. Did you mean `!hearth settings community`?
    #leads notice: I know nothing called `dance`. `!hearth settings` shows what can be set.
    #leads notice: There is no setting `zon`. Did you mean `!hearth settings community zone`?
    #leads notice: There is no setting `'dance'`. `!hearth settings community` shows what there is.
    ");
}

#[test]
fn rooms_are_named_by_being_there_or_by_name() {
    let mut talk = Dialogue::new();
    insta::assert_snapshot!(talk.says("lea", "craft", "!hearth settings lobby here").join("\n"), @"
    #leads notice: [lea](https://matrix.to/#/@lea:t) changed `community lobby`: `#lobby` → `#craft`
    #craft notice: Done: `lobby` is now `#craft` (it was `#lobby`).
    ");
    assert_eq!(set(&talk, "lobby"), Some(json!("!craft:t")));
    talk.tells("lea", "settings lobby #Lobby");
    assert_eq!(set(&talk, "lobby"), Some(json!("!lobby:t")));
    talk.tells("lea", "settings lobby none");
    assert_eq!(set(&talk, "lobby"), None);
    // Whoever moves the leads' room is seen by those who were in it.
    insta::assert_snapshot!(talk.says("lea", "craft", "!hearth settings leads-room here").join("\n"), @"
    #leads notice: [lea](https://matrix.to/#/@lea:t) changed `community leads-room`: `#leads` → `#craft`
    #craft notice: Done: `leads-room` is now `#craft` (it was `#leads`).
    ");
}

#[test]
fn leads_say_room_by_room_which_are_for_announcements() {
    let mut talk = Dialogue::new();
    let said = [
        ("craft", "announcements on"),
        ("leads", "announcements #lobby off"),
        ("leads", "announcements"),
        ("leads", "announcements #lobby maybe"),
        ("leads", "announcements Narnia on"),
        ("leads", "announcements lobby default"),
    ]
    .map(|(room, what)| talk.says("lea", room, &format!("!hearth settings {what}")).join("\n"));
    insta::assert_snapshot!(said.join("\n"), @"
    #leads notice: [lea](https://matrix.to/#/@lea:t) changed `community announcements`: not set → `#craft` `yes`
    #craft notice: Done: `announcements` is now `#craft` `yes` (it was not set).
    #leads notice: Done: `announcements` is now `#craft` `yes`, `#lobby` `no` (it was `#craft` `yes`).
    #leads notice: `announcements`: `#craft` `yes`, `#lobby` `no` – which rooms are for announcements, so that reports expect no answers there: `on` or `off` in the room; unset, those in which only moderators may write (default: not set)
    #leads notice: `#lobby maybe` does not fit `announcements`. Say `on` or `off` in the room that you mean, or name the room first, like `#news on`. With `default` the room's power levels decide again. It stays `#craft` `yes`, `#lobby` `no`.
    #leads notice: `Narnia on` does not fit `announcements`. I know no room of that name here, or more than one. Say it with `here` in the room that you mean. It stays `#craft` `yes`, `#lobby` `no`.
    #leads notice: Done: `announcements` is now `#craft` `yes` (it was `#craft` `yes`, `#lobby` `no`).
    ");
    assert_eq!(set(&talk, "announcements"), Some(json!({"!craft:t": true})));
    talk.says("lea", "craft", "!hearth settings announcements default");
    assert_eq!(set(&talk, "announcements"), None);
}

#[test]
fn words_become_the_values_that_settings_have() {
    let mut talk = Dialogue::new();
    for (what, key, value) in [
        ("announce nein", "announce", json!(false)),
        ("zone europe/berlin", "zone", json!("Europe/Berlin")),
        ("language DE", "language", json!("de")),
        ("name “The *Forge* & Co”", "name", json!("The *Forge* & Co")),
    ] {
        talk.says("lea", "leads", &format!("!hearth settings community {what}"));
        assert_eq!(set(&talk, key), Some(value), "{what}");
    }
    let settings = community::settings(&talk.overrides);
    assert_eq!(settings.name.as_deref(), Some("The *Forge* & Co"));
    assert_eq!(settings.words().map(Words::tag), Some("de"));
    assert_eq!(
        settings.time_zone().and_then(|zone| zone.iana_name().map(str::to_owned)).as_deref(),
        Some("Europe/Berlin")
    );
    assert_eq!(talk.says("lea", "lobby", "!hearth settings nudges-per-room 3").len(), 1, "no announcements any more");
}

#[test]
fn leads_are_understood_in_german() {
    let mut talk = Dialogue::new();
    talk.words = Words::of("de").unwrap();
    insta::assert_snapshot!(talk.says("lea", "lobby", "!hearth Einstellungen Gemeinschaft announce aus").join("\n"), @"
    #leads notice: [lea](https://matrix.to/#/@lea:t) hat `community announce` geändert: `ja` → `nein`
    #lobby notice: Erledigt: `announce` ist jetzt `nein` (vorher `ja`).
    ");
    insta::assert_snapshot!(talk.says("lea", "lobby", "!hearth settings zone Mordor").join("\n"), @"#lobby notice: `Mordor` passt nicht zu `zone`. Ich brauche eine Zeitzone mit ihrer Stadt, etwa `Europe/Berlin` oder `America/New_York`, oder `UTC`. Es bleibt bei: `UTC`.");
}

#[test]
fn in_its_first_room_the_bot_says_what_it_needs_and_only_there() {
    let mut talk = Dialogue::new();
    let arrives = |talk: &mut Dialogue, room: &str| {
        let (who, room) = (vec![dialogue::user("ana")], dialogue::room_id(room));
        talk.happens(&Event::Present { who, room })
    };
    assert_eq!(arrives(&mut talk, "craft"), Vec::<String>::new(), "lobby and leads' room are set");
    talk.community.lobby = None;
    talk.community.leads = None;
    let lines = arrives(&mut talk, "craft");
    assert!(
        lines[0].starts_with("#craft notice: Hello") && lines[0].contains("!hearth settings lobby here"),
        "{lines:?}"
    );
    assert_eq!(arrives(&mut talk, "lobby"), Vec::<String>::new());
}

#[test]
fn leads_say_who_is_no_person_and_cannot_silence_themselves() {
    let mut talk = Dialogue::new();
    let mut say = |text: &str| talk.says("lea", "leads", &format!("!hearth settings {text}")).join("\n");
    assert_eq!(
        say("bots @_oftc_*:t, `@bridge*`"),
        "#leads notice: Done: `bots` is now `@_oftc_*:t, @bridge*` (it was not set)."
    );
    for nonsense in ["@*", "*", "@*:*", "_oftc_*:t", "@a:t, *"] {
        assert!(say(&format!("bots {nonsense}")).contains("fits everybody is none"), "{nonsense}");
    }
    for of_her in ["@l*", "@*:t", "@ben:t @lea:t"] {
        assert!(say(&format!("bots {of_her}")).contains("make a bot of you"), "{of_her}");
    }
    assert!(say("bots none").contains("is now not set"));
    assert!(say("bots @bridge:t").contains("`@bridge:t`"));
    assert!(say("bots default").contains("is now not set"));
    assert_eq!(set(&talk, "bots"), None);
}
