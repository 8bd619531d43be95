//! Mailing lists.

use crate::lab::{Lab, files};

const START: i64 = 1_704_182_400_000;

fn mail(second: u32, by: &str, id: &str, more: &str, body: &str) -> String {
    format!(
        "From {by} Tue Jan  2 08:00:{second:02} 2024\nFrom: {by}\nDate: Tue, 2 Jan 2024 09:00:{second:02} +0100\n\
        Message-ID: <{id}>\nSubject: xyzzy\n{more}\n{body}\n"
    )
}

/// A month of a list as its archive gives it, and a file of another.
pub fn export() -> Vec<(String, Vec<u8>)> {
    let users = [
        mail(1, "Ana <ana@example.org>", "1@t", "", "xyzzy\n\n-- \nAna\n"),
        mail(2, "ben at example.org (Ben)", "2@t", "In-Reply-To: <1@t>\n", "On Tuesday Ana wrote:\n> xyzzy\n\nYes\n"),
        mail(3, "ANA@example.org", "3@t", "In-Reply-To: <2@t>\nReferences: <1@t> <2@t>\n", "xyzzy\n>From here\n"),
        mail(4, "ben@example.org", "4@t", "In-Reply-To: <2@t>\n", "xyzzy\n"),
        mail(5, "robot@example.org", "5@t", "Auto-Submitted: auto-replied\n", "xyzzy\n"),
        mail(6, "MAILER-DAEMON@example.org", "6@t", "", "xyzzy\n"),
        mail(
            7,
            "cai@example.org",
            "7@t",
            "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n",
            "na=EFve=\n!\n",
        ),
    ];
    let listed = mail(8, "ana@example.org", "8@t", "List-Id: Hearth news <news.example.org>\n", "xyzzy\n");
    files(&[("lists/users/2024-January.txt", &users.concat()), ("lists/other.mbox", &listed)])
}

#[test]
fn mails_become_acts_by_their_headers() {
    let lab = Lab::new();
    let done = lab.imported("mail", &lab.folder("export", &export()), &[]);
    let (first, second) = (Some(START + 1000), Some(START + 2000));
    let rows = lab.rows();
    let seen: Vec<_> = rows
        .iter()
        .map(|row| ((row.ts - START) / 1000, row.room.as_str(), row.is_bot, row.answers, row.thread, row.n_chars))
        .collect();
    assert_eq!(
        seen,
        [
            (1, "users", false, None, None, 5),
            (2, "users", false, first, first, 3),
            (3, "users", false, second, first, 15),
            (4, "users", false, second, first, 5),
            (5, "users", true, None, None, 5),
            (6, "users", true, None, None, 5),
            (7, "users", false, None, None, 6),
            (8, "Hearth news", false, None, None, 5),
        ]
    );
    assert_eq!(rows[0].person, rows[2].person, "an address is one whatever its case");
    let account = &done.settled.account;
    assert_eq!((account.people, account.bots, account.problems), (3, 2, 0), "{done}");
    assert_eq!(lab.sources(), ["mail: replies,threads,edits"]);
}

#[test]
fn a_mail_that_makes_no_sense_is_named_by_its_line() {
    let lab = Lab::new();
    let text = mail(1, "ana@example.org", "1@t", "", "xyzzy\n") + &mail(2, "nobody", "2@t", "", "xyzzy\n");
    let done = lab.imported("mail", &lab.file("users.mbox", text), &[]);
    let said = done.settled.account.problem_lines();
    assert!(said.contains("users.mbox, line 9: its `From` names no address"), "{said}");
    let none = lab.try_import("mail", &lab.file("x.mbox", "Subject: a\n\nxyzzy\n"), &[]).unwrap_err().to_string();
    assert!(none.contains("it is no mbox"), "{none}");
}

#[test]
fn a_date_that_is_none_is_that_of_the_line_before() {
    let lab = Lab::new();
    let text = mail(1, "ana@example.org", "1@t", "", "xyzzy\n").replace("Date: Tue, 2 Jan 2024", "Date: soon");
    lab.imported("mail", &lab.file("users.mbox", text), &[]);
    assert_eq!(lab.rows()[0].ts, START + 1000);
}
