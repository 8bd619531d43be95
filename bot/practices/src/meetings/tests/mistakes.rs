//! What is wrong, and what it is answered with.

use super::*;

#[test]
fn a_time_that_no_clock_shows_is_answered_with_the_command_put_right() {
    let mut said = Vec::new();
    for text in [
        "new \"Community call\" tuesdays at 10 --for 45m",
        "new \"Community call\" every tuesday 25:00",
        "new Talk every tuesday",
        "tuesdays at 10",
        "find \"Design talk\" tue 25:00 | wed 16:00 --close 1d",
        "move thursday at 15",
        "move 2026-10-13 to thursday 25:00",
    ] {
        let mut talk = berlin();
        talk.says("ana", "lobby", "!hearth meeting new Call every tuesday 10:00");
        let lines = talk.says("ana", "lobby", &format!("!hearth meeting {text}")).join("\n");
        let command = lines.split('`').rev().nth(1).unwrap();
        assert!(command.starts_with("!hearth meeting "), "{lines}");
        let again = talk.says("ana", "lobby", command).concat();
        assert!(["first on", "shall", "moves from"].iter().any(|word| again.contains(word)), "{again}");
        said.push(format!("{text}\n  {lines}"));
    }
    assert_snapshot!(said.join("\n").replace("#lobby notice: ", ""), @r#"
    new "Community call" tuesdays at 10 --for 45m
      I read `every Tuesday`, but `10` is no time of day. Like this: `!hearth meeting new "Community call" tuesdays at 10:00 --for 45m`
    new "Community call" every tuesday 25:00
      I read `every Tuesday`, but `25:00` is no time of day. Like this: `!hearth meeting new "Community call" every tuesday 10:00`
    new Talk every tuesday
      I read `every Tuesday`; at what time? Like this: `!hearth meeting new Talk every tuesday 10:00`
    tuesdays at 10
      I read `every Tuesday 10:00`; what is it called? Like this: `!hearth meeting new "Community call" every Tuesday 10:00`
    find "Design talk" tue 25:00 | wed 16:00 --close 1d
      I read `every Tuesday`, but `25:00` is no time of day. Like this: `!hearth meeting find "Design talk" tue 10:00 | wed 16:00 --close 1d`
    move thursday at 15
      I read `thursday`, but `15` is no time of day. Like this: `!hearth meeting move thursday at 15:00`
    move 2026-10-13 to thursday 25:00
      I read `thursday`, but `25:00` is no time of day. Like this: `!hearth meeting move 2026-10-13 to thursday 10:00`
    "#);
}

#[test]
fn what_is_wrong_is_said_with_what_to_do() {
    let mut talk = berlin();
    let mut ask = |text: &str| talk.says("ana", "lobby", &format!("!hearth meeting {text}")).join("\n");
    let mut said = Vec::new();
    for text in [
        "skip",
        "new",
        "new \"Call\" every tuesday",
        "new \"Call\" every fifth moonday 10:00",
        "new \"Call\" every tuesday 10:00 --zone Berlin/Europe",
        "new \"Call\" every tuesday 10:00 --link call.example",
        "new \"Call\" every tuesday 10:00 --for ages",
        "new \"Call\" every tuesday 10:00 --colour red",
        "new Call every tuesday 10:00",
        "new call every friday 10:00",
        "skp",
        "skip 2026-13-01",
        "skip 2026-10-07",
        "skip 2026-01-06",
        "agenda \"Design cal\"",
        "move",
        "move 2026-10-05 09:00",
        "move 2027-03-02 10:00",
        "round",
        "volunteer juggling",
        "extend 15m",
    ] {
        said.push(format!("{text}\n  {}", ask(text)));
    }
    assert_snapshot!(said.join("\n"), @r#"
    skip
      #lobby notice: No meetings are planned. `!hearth meeting new "Community call" every tuesday 10:00` plans one.
    new
      #lobby notice: What is it called? Write it like `!hearth meeting new "Community call" every tuesday 10:00`.
    new "Call" every tuesday
      #lobby notice: I read `every Tuesday`; at what time? Like this: `!hearth meeting new Call every tuesday 10:00`
    new "Call" every fifth moonday 10:00
      #lobby notice: I can't read `every fifth moonday 10:00` as a rhythm. Like this: `!hearth meeting new "Community call" every tuesday 10:00`, or `every other tuesday 10:00`, `every month on the first tuesday 10:00`, `weekdays 9:00`.
    new "Call" every tuesday 10:00 --zone Berlin/Europe
      #lobby notice: I don't know the time zone `Berlin/Europe`. Write its city, like `Europe/Berlin` or `America/New_York`.
    new "Call" every tuesday 10:00 --link call.example
      #lobby notice: I can't use `call.example` as a link. It begins with `https://`, and has no brackets or spaces.
    new "Call" every tuesday 10:00 --for ages
      #lobby notice: `ages` is no length for a meeting. Write it like `45m` or `2h`, a day at most.
    new "Call" every tuesday 10:00 --colour red
      #lobby notice: I don't know `--colour`. `!hearth meeting new` takes `--zone Europe/Berlin`, `--link https://…`, `--for 45m` and `--from 2027-01-12`.
    new Call every tuesday 10:00
      #lobby notice: **Call**: every Tuesday at 10:00, first on Tue 6 Oct, 10:00. I remind the room, and bring the agenda. Who leads now and then? `!hearth meeting volunteer`
    new call every friday 10:00
      #lobby notice: There is a **call** already. Choose another name, or end that one with `!hearth meeting cancel`.
    skp
      #lobby notice: I don't know `skp`. Did you mean `!hearth meeting skip`?
    skip 2026-13-01
      #lobby notice: I can't read `2026-13-01` as a day, so nothing has changed. I understand `friday`, `in two weeks`, `end of month`, `27 November` and `2027-03-31`.
    skip 2026-10-07
      #lobby notice: **Call** does not meet on Wed 7 Oct. The next one is on Tue 6 Oct, 10:00.
    skip 2026-01-06
      #lobby notice: Tue 6 Jan is over already. Which day do you mean?
    agenda "Design cal"
      #lobby notice: There is no meeting `Design cal`. There are: “Call”.
    move
      #lobby notice: When should it be? Write it like `!hearth meeting move thursday 15:00`, or `2027-01-12 to thursday 15:00` for another one than the next.
    move 2026-10-05 09:00
      #lobby notice: Mon 5 Oct, 09:00 is over already. When should it be?
    move 2027-03-02 10:00
      #lobby notice: That is more than two months from its day. `!hearth meeting skip` leaves one out.
    round
      #lobby notice: **Call** is not on at the moment. The next one is on Tue 6 Oct, 10:00.
    volunteer juggling
      #lobby notice: I don't know `juggling`. Say `!hearth meeting volunteer` for both, or `facilitate` or `notes` after it.
    extend 15m
      #lobby notice: **Call** is not on at the moment. The next one is on Tue 6 Oct, 10:00.
    "#);
    assert!(talk.tells("ana", "meeting new Other every tuesday 10:00")[0].contains("A meeting belongs to a room"));
    assert!(talk.says("ben", "lobby", "!hearth meeting skip")[0].contains("Ask one of them"));
    talk.says("ana", "lobby", "!hearth meeting new Second every friday 10:00");
    assert_snapshot!(talk.says("ana", "lobby", "!hearth meeting skip").join("\n"), @"#lobby notice: Which one do you mean? There are: “Call”, “Second”.");
    assert!(talk.says("ana", "lobby", "!hearth meeting skip second")[0].contains("**Second** does not take place"));
}
