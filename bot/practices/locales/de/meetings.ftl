## Treffen: geplant, angekündigt, reihum geleitet.

meetings = Treffen
    .about = Regelmäßig, mit Tagesordnung
    .verb-meeting = treffen
    .verb-meeting-new = neu
    .verb-meeting-find = suchen finden
    .verb-meeting-can = kann
    .verb-meeting-adopt = übernehmen annehmen
    .verb-meeting-list = liste
    .verb-meeting-agenda = agenda tagesordnung
    .verb-meeting-skip = aussetzen ausfallen
    .verb-meeting-move = verschieben
    .verb-meeting-cancel = absagen beenden
    .verb-meeting-volunteer = freiwillig
    .verb-meeting-unvolunteer = zurücktreten
    .verb-meeting-swap = tauschen
    .verb-meeting-here = da anwesend
    .verb-meeting-round = runde
    .verb-meeting-next = weiter
    .verb-meeting-back = zurück
    .verb-meeting-end = schluss ende
    .verb-meeting-extend = verlängern
    .verb-meeting-ics = kalender
    .help =
        - `!hearth treffen neu "Austausch" jeden Dienstag 10:00` – eine Reihe planen
        - `!hearth treffen suchen "Design-Runde" di 10:00 | mi 16:00` – fragen, wann alle können
        - `!hearth treffen liste` – was kommt, `!hearth treffen agenda` – worum es geht
    .help-more =
        - `!hearth treffen verschieben Freitag 15:00`, `!hearth treffen absagen`
        - `!hearth treffen aussetzen bis 8. Januar` – ohne Tag das nächste
        - `!hearth treffen freiwillig` – reihum leiten, `!hearth treffen tauschen @ana` – tauschen
        - `!hearth treffen kalender` – für deinen Kalender
        - `!hearth treffen neu "Tee" jeden zweiten Dienstag 10:00 --link URL` – mit Link
        - Am Tag selbst: `da`, `!hearth treffen weiter` – das nächste Thema, `!hearth treffen schluss`
        - `!hearth treffen runde Was gibt es Neues?` – alle der Reihe nach fragen
    .set-remind = ob ich den Raum vor einem Treffen erinnere
    .set-remind-before = wie lange vorher, etwa 1h
    .set-ask-before = wie lange vor einem Treffen alle Bescheid bekommen, die es leiten, etwa 1d
    .set-length = wie lange ein Treffen dauert, wenn niemand etwas sagt
    .set-who-plans = wer Treffen planen darf: everyone (alle) oder leads
    .set-zones = in welchen Zonen ich Zeiten zusätzlich zeige, etwa Europe/Berlin, America/New_York

meetings-nth-first = ersten

meetings-nth-second = zweiten

meetings-nth-third = dritten

meetings-nth-fourth = vierten

meetings-nth-last = letzten

# $day - the day of the week, 1 is Monday
meetings-short-day =
    { $day ->
        [1] Mo
        [2] Di
        [3] Mi
        [4] Do
        [5] Fr
        [6] Sa
        *[other] So
    }

# $time - the time of day
meetings-tap-daily = täglich { $time }

# $time - the time of day
meetings-tap-weekdays = Mo–Fr { $time }

# $day - the day of the week
# $time - the time of day
# $weeks - how many weeks lie between
meetings-tap-weeks = { $day } { $time }, { $weeks } Wochen

meetings-tap-here = ✋ Ich bin da

meetings-tap-next = ▶ weiter

meetings-tap-back = ◀ zurück

meetings-tap-more = +5 Min.

meetings-tap-pass = passe

# $time - the time of day
meetings-daily = jeden Tag um { $time } Uhr

# $time - the time of day
meetings-weekdays = Montag bis Freitag um { $time } Uhr

# $day - the day
# $time - the time of day
meetings-weekly = jeden { $day } um { $time } Uhr

# $weeks - how many weeks lie between
# $day - the day
# $time - the time of day
meetings-every-weeks = alle { $weeks } Wochen am { $day } um { $time } Uhr

# $nth - which of the month's
# $day - the day
# $time - the time of day
meetings-monthly = jeden Monat am { $nth } { $day } um { $time } Uhr

## Wie oft, wie es in einem Befehl steht

# $time - at what time
meetings-written-daily = täglich { $time }

# $time - at what time
meetings-written-weekdays = werktags { $time }

# $day - a day of the week
# $time - at what time
meetings-written-weekly = jeden { $day } { $time }

# $weeks - how many weeks
# $day - a day of the week
# $time - at what time
meetings-written-weeks = alle { $weeks } Wochen am { $day } { $time }

# $nth - which of the month's
# $day - a day of the week
# $time - at what time
meetings-written-monthly = jeden { $nth } { $day } im Monat { $time }

meetings-role-open = noch offen

# $facilitator - who facilitates
# $notes - who takes notes
meetings-roles = Moderation: { $facilitator }. Notizen: { $notes }.

# $link - where people call in
meetings-link = Zum Gespräch: { $link }

## Planen

# $name - the meeting's name
# $rhythm - when it repeats
# $when - day, time and zone
# $prefix - what commands begin with
meetings-planned = **{ $name }**: { $rhythm }, zuerst am { $when }. Ich erinnere den Raum und bringe die Tagesordnung mit. Wer leitet ab und zu? `{ $prefix } treffen freiwillig`

# $name - the meeting's name
# $rhythm - when it repeats
# $next - when the next one is
meetings-list-line = **{ $name }**: { $rhythm }, das nächste Mal am { $next }

# $name - the meeting's name
# $when - day, time and zone
# $next - when the next one is
meetings-skipped = **{ $name }** fällt am { $when } aus. Das nächste Mal: { $next }.

# $name - the meeting's name
# $count - how many
# $days - their days
# $next - when the next one is
meetings-skipped-several = **{ $name }** fällt { $count }-mal aus: { $days }. Das nächste Mal: { $next }.

# $name - the meeting's name
# $day - the day
meetings-skipped-before = **{ $name }** fällt am { $day } schon aus.

# $name - the meeting's name
# $before - when it was to be
# $when - day, time and zone
meetings-moved = **{ $name }** wird dieses eine Mal von { $before } auf { $when } verschoben.

# $name - the meeting's name
# $prefix - what commands begin with
meetings-cancelled = **{ $name }** findet nicht mehr statt. `{ $prefix } treffen neu` beginnt etwas Neues.

## Reihum leiten

# $name - the meeting's name
# $roles - who leads it
meetings-volunteered = Danke! In **{ $name }** kommst du an die Reihe. Nächstes Mal: { $roles }

# $name - the meeting's name
# $when - day, time and zone
# $roles - who leads it
meetings-volunteered-for-next = Danke! Das nächste **{ $name }** ist deins: { $when }. { $roles }

# $roles - who leads it
meetings-unvolunteered = In Ordnung, du bist nicht mehr in der Runde. Nächstes Mal: { $roles }

# $roles - who leads it
meetings-swapped = Getauscht. { $roles }

# $name - the meeting's name
# $when - day, time and zone
# $prefix - what commands begin with
meetings-asked-to-facilitate = Du moderierst **{ $name }** als Nächstes: { $when }. Die Tagesordnung kommt von selbst; du eröffnest, achtest auf die Zeit und darauf, dass alle zu Wort kommen. Wenn es nicht passt: `{ $prefix } treffen tauschen @wer`, im Raum.

# $name - the meeting's name
# $when - day, time and zone
# $prefix - what commands begin with
meetings-asked-for-notes = Du schreibst bei **{ $name }** als Nächstes mit: { $when }. Ein paar Zeilen im Thread genügen; was vereinbart wird, hält `{ $prefix } aktion @wer was bis wann` fest. Wenn es nicht passt: `{ $prefix } treffen tauschen @wer`, im Raum.

# $who - a person
# $roles - who leads it
# $prefix - what commands begin with
meetings-leader-left = { $who } hat den Raum verlassen und kann nächstes Mal nicht leiten. Stattdessen: { $roles } `{ $prefix } treffen tauschen @wer` ändert das.

# $who - a person
# $prefix - what commands begin with
meetings-leader-left-now = { $who } hat den Raum verlassen. Wer übernimmt, sagt `{ $prefix } treffen tauschen @ich`.

# $prefix - what commands begin with
meetings-nobody-leads = Noch leitet niemand. Wer es tut, sagt `{ $prefix } treffen tauschen @ich`.

## Wenn es so weit ist

# $name - the meeting's name
# $when - day, time and zone
meetings-soon = **{ $name }** steht bevor: { $when }

# $name - the meeting's name
meetings-begun = **{ $name }** hat begonnen, weiter unten.

# $name - the meeting's name
# $until - the time of day
meetings-on = **{ $name } beginnt jetzt**, bis { $until }

# $prefix - what commands begin with
meetings-how = Tipp auf *Ich bin da*, oder schreib `da`. Gesprochen wird im Thread, auch `{ $prefix } aktion @wer was bis wann`.

# $name - the meeting's name
# $when - day, time and zone
meetings-agenda-title = **{ $name }**, { $when }

meetings-agenda-actions = Was noch offen ist:

meetings-agenda-topics = Worüber ihr sprechen wollt:

# $count - how many
meetings-agenda-dots = { $count ->
    [one] ein Punkt
    *[other] { $count } Punkte
  }

# $count - how many
meetings-agenda-more = und { $count } weitere

meetings-agenda-empty = Die Tagesordnung ist noch leer. Bringt mit, was euch beschäftigt.

# $who - a person
meetings-your-turn = { $who }, was möchtest du sagen?

# $question - what the round is about, in the words of whoever began it
# $who - a person
meetings-round-about = **{ $question }** { $who }, du zuerst.

meetings-round-over = Das waren alle. Danke.

# $name - the meeting's name
# $when - day, time and zone
# $count - how many
meetings-over = **{ $name }**, { $when }, ist vorbei. { $count ->
    [0] Niemand hat sich gemeldet.
    [one] Eine Person war da.
    *[other] { $count } waren da.
  }

# $count - how many
meetings-closing = { $count ->
    [0] Das Treffen ist zu Ende.
    [one] Das Treffen ist zu Ende. Danke fürs Kommen!
    *[other] Das Treffen ist zu Ende. Danke euch { $count }!
  }

# $count - how many
meetings-agreed = { $count ->
    [one] Eines wurde vereinbart:
    *[other] { $count } Dinge wurden vereinbart:
  }

meetings-agreed-nothing = Aktionen wurden keine vereinbart, auch das ist gut.

# $count - how many
meetings-discussed = { $count ->
    [one] Besprochen:
    *[other] Besprochen ({ $count }):
  }

# $next - when the next one is
meetings-next = Nächstes Mal: { $next }.

## Was nicht stimmen kann

# $prefix - what commands begin with
meetings-none = Es sind keine Treffen geplant. `{ $prefix } treffen neu "Austausch" jeden Dienstag 10:00` plant eines.

meetings-only-in-rooms = Ein Treffen gehört zu einem Raum. Schick mir das in dem Raum, der sich trifft.

meetings-leads-only = In dieser Gemeinschaft planen die Leads die Treffen. Erzähl ihnen von deiner Idee.

# $most - how many there may be
meetings-too-many = { $most } Treffen sind so viele, wie ich behalten kann. Sagt eines ab, das niemand mehr braucht.

# $prefix - what commands begin with
meetings-no-name = Wie heißt es? Schreib es wie `{ $prefix } treffen neu "Austausch" jeden Dienstag 10:00`.

# $count - how many
# $most - how many there may be
meetings-long-name = Der Name hat { $count } Zeichen; { $most } genügen.

# $name - the meeting's name
# $prefix - what commands begin with
meetings-name-taken = Ein **{ $name }** gibt es schon. Wähl einen anderen Namen, oder beende es mit `{ $prefix } treffen absagen`.

# $prefix - what commands begin with
meetings-no-time = Um wie viel Uhr? Schreib es wie `{ $prefix } treffen neu "Austausch" jeden Dienstag 10:00`.

# A command that plans a series, to be copied.
meetings-example = treffen neu "Austausch" jeden Dienstag 10:00

# $days - the days that were understood
# $command - the command with a time
meetings-no-clock = Ich lese `{ $days }`; um wie viel Uhr? Zum Beispiel so: `{ $command }`

# $days - the days that were understood
# $wrong - what was written as the time
# $command - the command as it would be right
meetings-wrong-clock = Ich lese `{ $days }`, aber `{ $wrong }` ist keine Uhrzeit. Zum Beispiel so: `{ $command }`

# $rhythm - when it repeats
# $prefix - what commands begin with
meetings-unnamed = Ich lese `{ $rhythm }`; wie soll es heißen? Zum Beispiel so: `{ $prefix } treffen neu "Austausch" { $rhythm }`

# $wrong - what was written
# $prefix - what commands begin with
meetings-wrong-rhythm = Ich kann `{ $wrong }` nicht als Rhythmus lesen. Zum Beispiel so: `{ $prefix } treffen neu "Offene Werkstatt" jeden Dienstag 10:00`, oder `jeden zweiten Dienstag 10:00`, `jeden ersten Dienstag im Monat 10:00`, `werktags 9:00`.

# $wrong - what was written
meetings-no-value = Nach `{ $wrong }` fehlt etwas.

# $wrong - what was written
meetings-wrong-link = Mit `{ $wrong }` als Link kann ich nichts anfangen. Er beginnt mit `https://` und hat keine Klammern oder Leerzeichen.

# $wrong - what was written
meetings-wrong-length = `{ $wrong }` ist keine Dauer für ein Treffen. Schreib sie wie `45m` oder `2h`, höchstens einen Tag.

# $wrong - what was written
# $prefix - what commands begin with
meetings-unknown-option = `{ $wrong }` kenne ich nicht. `{ $prefix } treffen neu` versteht `--zone Europe/Berlin`, `--link https://…`, `--for 45m` und `--from 2027-01-12`.

# $wrong - what was written
# $prefix - what commands begin with
# $meant - what was perhaps meant
meetings-unknown-verb-suggest = `{ $wrong }` kenne ich nicht. Meinst du `{ $prefix } { $meant }`?

# $wrong - what was written
# $names - names of meetings
meetings-no-such = Ein Treffen `{ $wrong }` gibt es nicht. Es gibt: { $names }.

# $wrong - what was written
# $meant - what was perhaps meant
meetings-no-such-suggest = Ein Treffen `{ $wrong }` gibt es nicht. Meinst du „{ $meant }“?

# $names - names of meetings
meetings-which = Welches meinst du? Es gibt: { $names }.

# $name - the meeting's name
meetings-not-yours = **{ $name }** ändert, wer es geplant hat, wer es nächstes Mal leitet, und Leads. Frag dort.

# $name - the meeting's name
meetings-no-more = Für **{ $name }** sind keine Treffen mehr geplant.

# $name - the meeting's name
# $next - when the next one is
meetings-none-then = **{ $name }** trifft sich in der Zeit ohnehin nicht. Das nächste Mal: { $next }.

# $name - the meeting's name
# $day - the day
# $next - when the next one is
meetings-none-on = **{ $name }** trifft sich nicht am { $day }. Das nächste Mal: { $next }.

# $prefix - what commands begin with
meetings-move-how = Wann soll es sein? Schreib es wie `{ $prefix } treffen verschieben Donnerstag 15:00`, oder `2027-01-12 auf Donnerstag 15:00` für ein anderes als das nächste.

# $when - day, time and zone
meetings-move-past = { $when } ist schon vorbei. Wann soll es sein?

# $prefix - what commands begin with
meetings-move-far = Das ist mehr als zwei Monate von seinem Tag entfernt. `{ $prefix } treffen aussetzen` lässt eines ausfallen.

# $wrong - what was written
# $prefix - what commands begin with
meetings-cancel-one = `absagen` beendet die ganze Reihe, darum habe ich nichts getan. Um ein Treffen ausfallen zu lassen (`{ $wrong }`), sag `{ $prefix } treffen aussetzen`.

# $wrong - what was written
# $prefix - what commands begin with
meetings-unknown-role = `{ $wrong }` kenne ich nicht. Sag `{ $prefix } treffen freiwillig` für beides, oder dahinter `moderieren` oder `notizen`.

# $prefix - what commands begin with
# $example - a whole id
meetings-swap-whom = Mit wem? Schreib `{ $prefix } treffen tauschen { $example }`, oder `{ $prefix } treffen tauschen @ich`, um zu übernehmen, was offen ist.

# $who - a person
meetings-swap-gone = { $who } hat den Raum verlassen und kann nicht leiten. Wähl jemanden, der hier ist.

# $name - the series
meetings-swap-there = Gib das im Raum von { $name } weiter: Nur dort sehe ich, wer da ist.

# $who - the person
meetings-stranger = Ich sehe { $who } nicht in diesem Raum. Nimm jemanden, der hier ist.

# $name - the series
meetings-elsewhere = { $name } gehört zu einem Raum, in dem ich dich nicht sehe. Tritt ihm bei und frag mich dann noch einmal.

# $roles - who leads it
meetings-swap-not-yours = Du hast nichts weiterzugeben. { $roles } Wer dran ist, kann tauschen, und Leads auch.

# $name - the meeting's name
# $next - when the next one is
meetings-not-on = **{ $name }** läuft gerade nicht. Das nächste Mal: { $next }.

# $who - a person
# $prefix - what commands begin with
meetings-round-on = Eine Runde läuft, und { $who } ist dran. `{ $prefix } treffen weiter` geht weiter.

meetings-round-nobody = Alle, die sich gemeldet haben, haben gesprochen. Schreibt `da` in den Thread, um gefragt zu werden.

# $prefix - what commands begin with
meetings-no-round = Es läuft keine Runde. `{ $prefix } treffen runde` beginnt eine.

# $prefix - what commands begin with
meetings-at-beginning = Noch wird über kein Thema geredet. `{ $prefix } treffen weiter` beginnt mit dem ersten.

# $prefix - what commands begin with
meetings-extend-how = Um wie viel? Schreib es wie `{ $prefix } treffen verlängern 15m`, höchstens zwölf Stunden.

## Einen Termin finden

# $name - what the meeting will be called
# $until - day, date and time
meetings-find-title = **Wann soll „{ $name }“ stattfinden?** Bis { $until }

# $name - what the meeting will be called
meetings-find-over = **Wann soll „{ $name }“ stattfinden?**

# $prefix - what commands begin with
meetings-find-how = Tipp auf jeden Termin, der dir passt, oder schreib `{ $prefix } treffen kann 1 3`.

# $count - how many can
meetings-find-can = **{ $count }** { $count ->
    [one] kann
    *[other] können
  }

# $count - how many have answered
meetings-find-count =
    { $count ->
        [0] Noch hat niemand geantwortet.
        [one] Eine Person hat geantwortet.
        *[other] { $count } haben geantwortet.
    }

meetings-find-closed = Das ist beendet; das Ergebnis steht weiter unten.

# $name - what the meeting will be called
# $time - day, time and zones
# $count - how many can
# $people - how many answered
meetings-find-winner = 🏆 „{ $name }“: **{ $time }**, { $count } von { $people } können

# $name - what the meeting will be called
# $times - several times
# $count - how many can
# $people - how many answered
meetings-find-tie = 🏆 „{ $name }“, je { $count } von { $people } können: { $times }

# $prefix - what commands begin with
meetings-find-adopt = Wer gefragt hat, oder Leads: `{ $prefix } treffen übernehmen` macht eine Reihe daraus.

# $first - the number of one of them
# $prefix - what commands begin with
meetings-find-adopt-tie = Wer gefragt hat, oder Leads, wählen: `{ $prefix } treffen übernehmen { $first }`.

# $name - what the meeting will be called
# $prefix - what commands begin with
meetings-find-nobody = „{ $name }“: Niemand hat geantwortet, also wurde nichts gefunden. `{ $prefix } treffen suchen` fragt noch einmal, vielleicht mit anderen Terminen.

# $prefix - what commands begin with
meetings-find-how-to = Wie soll es heißen, und zwischen welchen Terminen soll man wählen? Mindestens zwei, etwa `{ $prefix } treffen suchen "Design-Runde" di 10:00 | mi 16:00 | fr 9:00`.

# $count - how many times there are
# $most - how many there may be
meetings-find-many = { $count } Termine vergleicht niemand mehr. Nimm höchstens { $most }.

# $time - what was written
meetings-find-wrong-time = `{ $time }` kann ich nicht als Termin einer Reihe lesen. Schreib Wochentag und Uhrzeit, etwa `di 10:00` oder `jeden zweiten Mittwoch 16:00`.

# $time - what was written
meetings-find-twice = `{ $time }` steht zweimal da; einmal genügt.

# $close - what was written
meetings-find-wrong-close = `{ $close }` kann ich nicht als Dauer lesen. Schreib sie wie `2d` oder `12h`.

# $longest - how long it may be open
meetings-find-long-close = Das ist zu lang, bis dahin haben es alle vergessen. Höchstens { $longest }.

# $most - how many there may be
meetings-find-many-zones = Mehr als { $most } Zeitzonen machen Zeilen, die niemand liest.

# $option - what was written
# $prefix - what commands begin with
meetings-find-unknown-option = `{ $option }` kenne ich nicht. `{ $prefix } treffen suchen` versteht `--zone Europe/Berlin`, `--zones Asia/Tokyo,America/New_York`, `--close 2d`, `--link https://…` und `--for 45m`.

# $name - what the meeting will be called
meetings-find-same = Für **{ $name }** wird schon ein Termin gesucht.

# $most - how many there may be
meetings-find-too-many-open = { $most } Termine werden gesucht oder warten darauf, übernommen zu werden. Bringt erst einen davon zu Ende.

# $prefix - what commands begin with
meetings-find-none-open = In diesem Raum wird kein Termin gesucht. `{ $prefix } treffen suchen "Design-Runde" di 10:00 | mi 16:00` fragt alle.

meetings-find-not-yours = Das können, wer nach einem Termin gefragt hat, und Leads. Es endet auch von selbst.

# $prefix - what commands begin with
meetings-can-which = Wann kannst du? Schreib die Nummern der Termine, etwa `{ $prefix } treffen kann 1 3`, oder `alle`, oder `keine`.

# $number - what was written
# $last - the last number
# $prefix - what commands begin with
meetings-can-unknown = Einen Termin { $number } gibt es nicht. Sie gehen von 1 bis { $last }, etwa `{ $prefix } treffen kann 1`.

# $prefix - what commands begin with
meetings-adopt-none = In diesem Raum gibt es nichts zu übernehmen. `{ $prefix } treffen suchen "Design-Runde" di 10:00 | mi 16:00` sucht erst einen Termin.

# $until - day, date and time
# $prefix - what commands begin with
meetings-adopt-open = Bis { $until } kann man noch antworten. `{ $prefix } treffen suchen beenden` beendet das jetzt.

# $word - what was written
# $prefix - what commands begin with
meetings-adopt-how = Was du mit `{ $word }` meinst, weiß ich nicht. `{ $prefix } treffen übernehmen` nimmt den Termin, der am besten passt, `{ $prefix } treffen übernehmen 2` einen anderen.
