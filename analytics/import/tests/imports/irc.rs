//! Logs of IRC.

use crate::lab::{Lab, files};

const START: i64 = 1_704_182_400_000;

const IRSSI: &str = "--- Log opened Tue Jan 02 07:59:00 2024\n\
    08:00 -!- ana [~ana@host] has joined #lobby\n\
    08:00 <@Ana> xyzzy\n\
    08:00 < ben> ana: yes\n\
    08:01  * ben waves\n\
    08:01 -!- ben is now known as ben_\n\
    --- Day changed Wed Jan 03 2024\n\
    08:00 <+ana> nobody: xyzzy\n\
    08:05 -!- ben [~ben@host] has quit [xyzzy]\n";

/// Two channels in different forms, and a talk of two.
pub fn export() -> Vec<(String, Vec<u8>)> {
    files(&[
        ("libera/#lobby.log", IRSSI),
        (
            "libera/#craft/2024-01-02.log",
            "[08:00:05] *** Joins: cai (~cai@host)\n[08:00:06] <cai> xyzzy\n[08:00:06] <cai> xyzzy\n",
        ),
        ("libera/ana.log", "08:00 <ana> xyzzy\n"),
    ])
}

#[test]
fn logs_become_acts() {
    let lab = Lab::new();
    let path = lab.folder("export", &export());
    let done = lab.imported("irc", &path, &[]);
    let day = 86_400_000;
    let seen: Vec<_> =
        lab.rows().iter().map(|row| (row.kind, row.ts - START, row.room.clone(), row.n_chars, row.mentions)).collect();
    let (lobby, craft) = (|| "#lobby".to_owned(), || "#craft".to_owned());
    assert_eq!(
        seen,
        [
            (2, 0, lobby(), 0, 0),
            (0, 1, lobby(), 5, 0),
            (0, 2, lobby(), 8, 1),
            (2, 5000, craft(), 0, 0),
            (0, 6000, craft(), 5, 0),
            (0, 6001, craft(), 5, 0),
            (0, 60_000, lobby(), 5, 0),
            (0, day, lobby(), 13, 0),
            (3, day + 300_000, lobby(), 0, 0),
        ]
    );
    let account = &done.settled.account;
    assert_eq!((account.private, account.problems, account.people), (1, 0, 3), "{done}");
    assert!(!lab.sources()[0].contains("replies") && !lab.sources()[0].contains("reactions"), "{:?}", lab.sources());
    assert_eq!(lab.imported("irc", &path, &[]).settled.account.new, 0);
}

#[test]
fn a_log_that_is_called_after_no_channel_is_refused() {
    let lab = Lab::new();
    let path = lab.file("logs/lobby.log", IRSSI);
    let refused = lab.try_import("irc", &path, &[]).unwrap_err().to_string();
    assert!(refused.contains("--unlisted-channels") && refused.contains("lobby"), "{refused}");
    lab.imported("irc", &path, &["--unlisted-channels", "--timezone", "Europe/Berlin"]);
    assert_eq!((lab.rows().len(), lab.rows()[0].ts), (6, START - 3_600_000), "of the zone that is given");
}

#[test]
fn lines_that_make_no_sense_are_named() {
    let lab = Lab::new();
    let text = format!("{IRSSI}nothing\n");
    let done = lab.imported("irc", &lab.file("#lobby.log", text), &[]);
    let said = done.settled.account.problem_lines();
    assert!(said.contains("#lobby.log, line 10: it is no line of an IRC log that is known"), "{said}");
    let other = lab.try_import("irc", &lab.file("#other.log", "hello\nthere\n"), &[]).unwrap_err().to_string();
    assert!(other.contains("no line of it looks like one of an IRC log"), "{other}");
    let undated = lab.try_import("irc", &lab.file("#undated.log", "08:00 <ana> xyzzy\n"), &[]).unwrap_err().to_string();
    assert!(undated.contains("nothing says on which day"), "{undated}");
}
