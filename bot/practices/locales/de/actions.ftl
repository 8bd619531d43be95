## Was jemand zu tun zugesagt hat.

actions = Aktionen
    .about = Wer was bis wann tut
    .verb-action = aktion aufgabe
    .verb-action-done = erledigt fertig
    .verb-action-drop = streichen gestrichen
    .verb-action-take = nehmen übernehmen
    .verb-action-give = geben weitergeben
    .verb-action-move = verschieben
    .verb-actions = aktionen aufgaben
    .verb-actions-mine = meine
    .verb-actions-all = alle
    .help =
        - `!hearth aktion @ana bucht den Raum bis Freitag` – festhalten
        - `!hearth aktionen` – was offen ist, `!hearth aktionen meine` – das eigene
        - `!hearth aktion erledigt 4` – fertig
    .help-more =
        - `!hearth aktion nehmen 4` – deins, `!hearth aktion streichen 4` – weg
        - `!hearth aktion verschieben 4 Freitag` – später
        - `!hearth aktion jemand räumt auf bis Ende des Monats` – noch frei
    .set-remind = ob ich alle privat an das erinnere, was sie übernommen haben
    .set-remind-before = wie lange vor dem Tag die erste Erinnerung kommt, etwa 2d; eine weitere kommt am Tag selbst
    .set-hour = zu welcher Uhrzeit Erinnerungen kommen

actions-nobody = noch niemand

## Whom an action is given to that is nobody's, as a command says it.
actions-somebody = jemand

# $day - the day
actions-due-today = heute, { $day }

# $day - the day
actions-due = bis { $day }

# $day - the day
# $late - how many days ago it was
actions-overdue = war für { $day } ({ $late ->
    [one] gestern
    *[other] vor { $late } Tagen
  })

# $action - number, what, who, by when
actions-agreed = Notiert: { $action }.

# $prefix - what commands begin with
# $number - the action's number
actions-hint-take = Wer es möchte: `{ $prefix } aktion nehmen { $number }`.

# $prefix - what commands begin with
# $number - the action's number
actions-hint-date = Falls es einen Tag haben soll: `{ $prefix } aktion verschieben { $number } Freitag`.

# $action - number, what, who, by when
actions-taken = Danke! { $action }.

# $action - number, what, who, by when
actions-given = Weitergegeben: { $action }.

# $action - number, what, who, by when
actions-moved = Verschoben: { $action }.

# $number - the action's number
# $who - who has it
# $prefix - what commands begin with
actions-is-taken = Nummer { $number } ist schon bei { $who } und kann weitergegeben werden: `{ $prefix } aktion geben { $number } @ana`.

# $number - the action's number
# $who - who has it
actions-not-yours = Nummer { $number } ist bei { $who }. Was daraus wird, sagt { $who }, oder wer es notiert hat, oder ein Lead.

# $number - the action's number
actions-is-done = Nummer { $number } ist schon erledigt. Gut gemacht!

# $number - the action's number
actions-is-dropped = Nummer { $number } wurde schon gestrichen.

actions-none = Nichts ist offen. `!hearth aktion @ana bucht den Raum bis Freitag` hält etwas fest.

actions-none-mine = Auf dich wartet nichts.

# $count - how many
actions-open = { $count ->
    [one] Eine Aktion ist offen:
    *[other] { $count } Aktionen sind offen:
  }

# $count - how many
actions-mine = { $count ->
    [one] Eines, was du übernommen hast, ist offen:
    *[other] { $count } Dinge, die du übernommen hast, sind offen:
  }

# $count - how many more
actions-more = Und { $count } weitere.

# $count - how many
actions-others = { $count ->
    [one] Eine weitere ist bei anderen: `!hearth aktionen alle`.
    *[other] { $count } weitere sind bei anderen: `!hearth aktionen alle`.
  }

# $count - how many actions
# $community - the community's name
actions-reminder = { $count ->
    [one] Eine kleine Erinnerung an etwas, was du in { $community } übernommen hast, nur unter uns:
    *[other] Eine kleine Erinnerung an das, was du in { $community } übernommen hast, nur unter uns:
  }

# $number - the first action's number
actions-reminder-how = `aktion erledigt { $number }`, wenn es erledigt ist, `aktion verschieben { $number } Freitag` für einen anderen Tag, `aktion streichen { $number }`, wenn es niemand mehr braucht. Alles ist in Ordnung.

## Was nicht stimmen kann

actions-only-in-rooms = Aktionen werden in einem Raum vereinbart, wo alle sie sehen, die es angeht. Schick mir das dort. Hier siehst du deine mit `aktionen` und sagst `aktion erledigt 4`.

# $most - how many may be open
# $prefix - what commands begin with
actions-too-many = { $most } Aktionen sind offen, und mehr behält niemand im Kopf. `{ $prefix } aktionen` zeigt sie; vielleicht lassen sich einige streichen.

# $number - the number that was asked for
# $prefix - what commands begin with
actions-no-such = Es gibt keine Aktion { $number }. `{ $prefix } aktionen` zeigt, was offen ist.

# $prefix - what commands begin with
# $verb - what was written
actions-no-number = Welche? Sag ihre Nummer, etwa `{ $prefix } aktion { $verb } 4`. `{ $prefix } aktionen` zeigt die Nummern.

# $prefix - what commands begin with
# $number - the action's number
actions-no-day = Auf welchen Tag? Schreib es wie `{ $prefix } aktion verschieben { $number } Freitag`, oder `in zwei Wochen`, `Ende des Monats`, `2027-03-31`.

actions-day-or-words = Wenn das zu dem gehört, was zu tun ist, setz es in Anführungszeichen.

# $name - what was written
# $prefix - what commands begin with
actions-unknown-person = Ich weiß nicht, wer `{ $name }` ist. Wähl die Person aus der Liste, die deine App nach einem @ anbietet, schreib die ganze Kennung wie `@ana:example.org`, oder `{ $prefix } aktion jemand …`, wenn es noch niemand hat.

actions-whose = Wer macht es? Noch habe ich nichts notiert. Kopier die Zeile, die du meinst:

# $who - the person
actions-stranger = Ich sehe { $who } nicht in diesem Raum, darum habe ich nichts notiert. Eine Aktion geht an jemanden, der hier ist.

# $number - the action's number
actions-elsewhere = Nummer { $number } wurde in einem Raum vereinbart, in dem ich dich nicht sehe. Wer dort ist, sagt, was daraus wird.

# $number - the action's number
actions-give-there = Gib Nummer { $number } in dem Raum weiter, in dem sie vereinbart wurde: Nur dort sehe ich, wer da ist.

# $who - the person
# $count - how many actions they had
actions-handed-back = { $who } hat diesen Raum verlassen. { $count ->
    [one] Was sie übernommen hatten, ist wieder offen:
    *[other] Was sie übernommen hatten, ist wieder offen, { $count } Aktionen:
  }

# $prefix - what commands begin with
# $number - the first action's number
actions-handed-back-how = Wer eine davon möchte: `{ $prefix } aktion nehmen { $number }`. Wenn sie nicht mehr gebraucht wird: `{ $prefix } aktion streichen { $number }`.

# $prefix - what commands begin with
actions-no-what = Was ist zu tun? Schreib es wie `{ $prefix } aktion @ana bucht den Raum bis Freitag`.

# $length - how many characters it has
# $most - how many it may have
actions-long = Das hat { $length } Zeichen; bitte sag es in höchstens { $most }.
