## Retrospektiven.

retro = Retrospektiven
    .about = Zurückschauen, ohne Namen
    .verb-retro = retro retrospektive
    .verb-retro-start = starten
    .verb-retro-status = stand
    .verb-retro-join = mitmachen
    .verb-retro-next = weiter
    .verb-retro-back = zurück
    .verb-retro-extend = verlängern
    .verb-retro-close = beenden
    .verb-retro-hand-over = übergeben
    .verb-retro-take-over = übernehmen
    .verb-retro-group = gruppieren
    .verb-retro-split = trennen
    .verb-retro-name = benennen
    .help =
        - `!hearth retro starten` – eine beginnen
        - `!hearth retro weiter` – zum nächsten Schritt, wie ▶
        - `!hearth retro starten --format 4ls --collect 2d --vote 1d` – andere Spalten, über Tage
    .help-more =
        - `!hearth retro starten --format "Lief gut | Rätsel"` – eigene Spalten
        - `!hearth retro zurück`, `!hearth retro verlängern 1h`, `!hearth retro beenden`
        - `!hearth retro übergeben @wer` – jemand anderes steuert
        - `!hearth retro gruppieren 3 5`, `!hearth retro trennen 5` – Notizen ordnen
        - `!hearth retro benennen A "Deploys"` – ein Thema benennen
    .set-format = die Spalten, wenn niemand etwas anderes sagt: `three-columns`, `start-stop-continue`, `sailboat`, `4ls` oder Namen mit `|` dazwischen
    .set-collect = wie lange Notizen gesammelt werden, wenn niemand etwas anderes sagt, etwa 10m oder 2d
    .set-vote = wie lange Abstimmungen offen sind, wenn niemand etwas anderes sagt
    .set-theme = wie lange über ein Thema gesprochen wird, wenn niemand etwas anderes sagt
    .set-dots = wie viele Punkte jede Person hat
    .set-themes = über wie viele Themen höchstens gesprochen wird
    .set-who-starts = wer eine beginnen darf: everyone (alle) oder leads

## Spalten

retro-column-happy = froh
retro-column-unsure = unsicher
retro-column-unhappy = unzufrieden
retro-column-start = anfangen
retro-column-stop = aufhören
retro-column-continue = weitermachen
retro-column-wind = Wind
retro-column-anchor = Anker
retro-column-rocks = Klippen
retro-column-island = Insel
retro-column-liked = gefallen
retro-column-learned = gelernt
retro-column-lacked = gefehlt
retro-column-longed-for = gewünscht

## Phasen

retro-phase-collect = Notizen
retro-phase-reveal = was wir geschrieben haben
retro-phase-group = was zusammengehört
retro-phase-vote = Abstimmung
retro-phase-discuss = Gespräch
retro-phase-actions = was wir tun
retro-phase-worth = eine letzte Frage

## Die Karte im Raum

# $number - the retro's number
# $phase - the phase
retro-title = **Retro { $number } · { $phase }**

# $number - the retro's number
# $phase - the phase
# $until - until when
retro-title-until = **Retro { $number } · { $phase }**, bis { $until }

# $column - a column
retro-card-collect = Tipp auf *Ich habe etwas*, oder schreib mir `{ $column }: …`.

retro-sealed = Geheim und ohne Namen. Die Grenzen nennt `datenschutz`.

# $count - how many people wrote notes
retro-card-writers =
    { $count ->
        [0] Noch hat niemand geschrieben
        [one] Eine Person hat geschrieben
        *[other] { $count } haben geschrieben
    }

# $notes - how many notes there are
# $people - how many people took part
# $themes - how many themes there are, 0 before they are sorted
retro-card-revealed =
    { $notes ->
        [one] Eine Notiz
        *[other] { $notes } Notizen
    } von { $people ->
        [one] einer Person
        *[other] { $people } Personen
    }{ $themes ->
        [0] {""}
        [one] , ein Thema
        *[other] , { $themes } Themen
    }

retro-card-vote = Alle haben die Themen. Fehlen sie dir, tipp auf *Abstimmen*.

# $count - how many people voted
retro-card-voters =
    { $count ->
        [0] Noch hat niemand abgestimmt
        [one] Eine Person hat abgestimmt
        *[other] { $count } haben abgestimmt
    }

# $label - the theme with its letter
# $place - which theme it is
# $themes - how many there are
retro-card-discuss = **{ $label }** ({ $place } von { $themes })

# $prefix - what commands begin with
retro-card-actions = `{ $prefix } aktion @wer was bis wann`

retro-card-worth = Ich habe alle gefragt, ob es sich gelohnt hat.

# $count - how many people answered
retro-card-answers =
    { $count ->
        [0] Noch hat niemand geantwortet
        [one] Eine Person hat geantwortet
        *[other] { $count } haben geantwortet
    }

# $who - the facilitator
retro-card-facilitator = { $who } moderiert

retro-nobody = Niemand

retro-tap-note = ✍️ Ich habe etwas

retro-tap-vote = 🗳️ Abstimmen

retro-tap-next = ▶ weiter

retro-tap-group = ▶ ordnen

retro-tap-back = ◀ zurück

retro-tap-more = +5 Min.

## Beginnen

retro-open-actions = **Noch offen vom letzten Mal:**

# $count - how many more there are
retro-more = { $count ->
    [one] und noch eine
    *[other] und noch { $count }
  }

# $themes - the themes
retro-recurring = **Kam zuletzt mehrmals vor:** { $themes }

# $label - the theme
# $times - how often it came up
retro-recurring-theme = { $label } ({ $times }-mal)

# $number - the running retro
# $prefix - what commands begin with
retro-already = Retro { $number } läuft hier noch: `{ $prefix } retro stand` zeigt, wo sie steht, `{ $prefix } retro beenden` beendet sie.

retro-leads-start = In dieser Gemeinschaft beginnen die Leads Retros. Bitte jemanden von ihnen, eure zu beginnen.
retro-only-in-rooms = Eine Retro lebt in einem Raum. Schreib mir das dort oder im Thread der Retro.

# $prefix - what commands begin with
retro-none = In diesem Raum läuft keine Retro. `{ $prefix } retro starten` beginnt eine.

# $format - what was written
# $known - the formats
# $prefix - what commands begin with
retro-unknown-format = Das Format `{ $format }` kenne ich nicht. Es gibt { $known } und eigene: `{ $prefix } retro starten --format "Lief gut | Rätsel | Ideen"`.

# $format - what was written
# $prefix - what commands begin with
# $meant - the nearest format
retro-unknown-format-suggest = Das Format `{ $format }` kenne ich nicht. Meinst du `{ $prefix } retro starten --format { $meant }`?

# $count - how many columns there are
# $most - how many there may be
retro-column-count = { $count ->
    [0] Ich sehe keine Spalte
    [one] Ich sehe nur eine Spalte
    *[other] Ich sehe { $count } Spalten
  }; zwei bis { $most } gehen, mit `|` dazwischen.

# $name - the column
# $longest - how many characters a name may have
retro-column-wrong = „{ $name }“ geht nicht als Spalte: Ein Name hat Buchstaben, keinen Doppelpunkt und höchstens { $longest } Zeichen.

# $name - the column
retro-column-twice = Zwei Spalten heißen „{ $name }“. Gib einer einen anderen Namen.

# $name - the column
retro-column-command = „{ $name }“ beginnt wie einer meiner Befehle, und ich könnte Notizen nicht davon unterscheiden. Gib der Spalte einen anderen Namen.

## Steuern

# $prefix - what commands begin with
retro-leads-take-over = Nur Leads können eine Retro übernehmen. Wer moderiert, kann abgeben: `{ $prefix } retro übergeben @wer`.
retro-yours-already = Du moderierst schon.

# $who - the facilitator
# $prefix - what commands begin with
retro-lead-not-yours = { $who } moderiert diese Retro. Als Lead kannst du übernehmen: `{ $prefix } retro übernehmen`.

# $who - the facilitator
retro-not-yours = { $who } moderiert diese Retro. Bitte darum, oder lass sie dir übergeben.

# $prefix - what commands begin with
retro-nobody-facilitates = Diese Retro moderiert niemand. Ein Lead kann `{ $prefix } retro übernehmen` sagen, oder `{ $prefix } retro übergeben @wer`.

# $who - the facilitator who left
# $prefix - what commands begin with
retro-facilitator-left = { $who } hat diese Retro moderiert und den Raum verlassen; verloren geht nichts. Ein Lead kann `{ $prefix } retro übernehmen` sagen, oder `{ $prefix } retro übergeben @wer`.

# $who - the new facilitator
retro-handed-over = { $who } moderiert ab jetzt: ▶ ist für dich.

# $who - the person
retro-facilitates-already = { $who } moderiert schon.

# $who - the person
retro-has-left = { $who } ist nicht mehr in diesem Raum. Übergib an jemanden, der hier ist.

# $who - the person
retro-stranger = Ich sehe { $who } nicht in diesem Raum. Nimm jemanden, der hier ist.
retro-not-me = Danke, aber dafür braucht es einen Menschen. Übergib an jemanden in diesem Raum.

# $prefix - what commands begin with
# $example - a whole id
retro-hand-over-to-whom = An wen? Erwähne die Person oder schreib ihren ganzen Namen: `{ $prefix } retro übergeben { $example }`.

# $prefix - what commands begin with
retro-no-notes-yet = Noch keine Notizen. `{ $prefix } retro verlängern 1h` lässt mehr Zeit, `{ $prefix } retro beenden` beendet die Retro.

# $writers - from how many writers on notes are shown
retro-waits = Weniger als { $writers } haben geschrieben, andere könnten also raten, von wem die Notizen sind. Ich habe sie gefragt: Die Notizen kommen, wenn alle einverstanden sind oder noch andere schreiben.

# $writers - from how many writers on notes are shown
retro-later-wait = Die neuen Notizen sind von weniger als { $writers } Leuten, darum zeige ich noch keine. Ich habe sie gefragt: Die Notizen kommen, wenn alle einverstanden sind, oder mit anderen, wenn ihr noch einmal zurückgeht.

# $prefix - what commands begin with
retro-late-lost = Notizen, die seit dem letzten Aufdecken gekommen waren, sind verloren: Mein Gedächtnis musste aus einer älteren Kopie wiederhergestellt werden, und niemand kann sie mehr lesen, auch ich nicht. Alles andere geht weiter. Mit `{ $prefix } retro zurück` zurück bei den Notizen lassen sie sich noch einmal schreiben.

# $number - the retro's number
# $room - its room
# $writers - how many have written
retro-may-i-show = **Retro { $number } in { $room }: Darf ich deine Notizen zeigen?** { $writers ->
        [one] Sonst hat niemand geschrieben, andere wüssten also,
        *[other] Nur { $writers } haben geschrieben, andere könnten also raten,
    } dass sie von dir sind. Tipp auf 👍 oder antworte `ja`. Wenn nicht, tu nichts: Sie warten auf andere, oder niemand liest sie. Niemand erfährt, was du gewählt hast.
retro-at-the-beginning = Das ist die erste Phase; davor ist nichts.

# $text - what was written
# $prefix - what commands begin with
retro-wrong-span = `{ $text }` ist keine Dauer. Zum Beispiel so: `{ $prefix } retro verlängern 30m`, oder `2h`, `1d`.

# $prefix - what commands begin with
retro-nothing-to-extend = Diese Phase endet nicht von selbst: Nehmt euch Zeit. `{ $prefix } retro weiter` geht weiter.

# $until - until when
retro-extended = Gern: bis { $until }.

# $who - the facilitator
retro-your-turn = { $who }, du bist dran: ▶ geht weiter.

## Ordnen

# $prefix - what commands begin with
retro-groups-later = Notizen werden geordnet, wenn sie gelesen sind: `{ $prefix } retro weiter` führt dorthin.

# $prefix - what commands begin with
retro-groups-done = Die Notizen sind geordnet. `{ $prefix } retro zurück` führt dorthin zurück.

# $text - what was written
# $most - how many notes there are
retro-no-such-note = Eine Notiz `{ $text }` gibt es nicht. Sie haben die Nummern 1 bis { $most }.

# $text - what was written
# $last - the last letter
retro-no-such-theme = Ein Thema `{ $text }` gibt es nicht. Sie gehen von A bis { $last }.

# $command - the same with letters
retro-themes-are-letters = Zahlen sind Notizen, Buchstaben sind Themen. Meinst du `{ $command }`?

# $prefix - what commands begin with
retro-how-to-group = Welche Notizen? `{ $prefix } retro gruppieren 3 5` legt sie zusammen, `{ $prefix } retro trennen 5` nimmt eine heraus.

# $most - how many characters it may have
# $prefix - what commands begin with
retro-name-length = Ein Name hat 1 bis { $most } Zeichen: `{ $prefix } retro benennen A "Deploys"`.

## Was im Thread gesagt wird

# $until - until when
retro-collect-again = Noch mehr Notizen, bis { $until }? Was gelesen wurde, bleibt.

retro-back-at-notes = Zurück bei den Notizen oben.

# $column - the column
retro-reveal = **{ $column }**

# $column - the column
retro-reveal-more = **{ $column }**, weiter

# $column - the column
retro-reveal-none = **{ $column }**: keine Notiz

retro-groups = **Was zusammengehören könnte**
retro-groups-none = **Jede Notiz für sich**
retro-alone = Für sich:
retro-dots-dropped = Die bisherigen Punkte sind gelöscht; die nächste Abstimmung beginnt von vorn.

# $prefix - what commands begin with
retro-groups-how = `{ $prefix } retro gruppieren 3 5` legt zusammen, `{ $prefix } retro trennen 5` nimmt eine Notiz heraus, `{ $prefix } retro benennen A "Deploys"` benennt ein Thema; Namen bleiben, um zu sehen, was wiederkehrt.

# $text - the beginning of a note
retro-unnamed = „{ $text }“

retro-together = zusammen

# $label - the theme
# $count - how many notes it has
retro-theme-notes = { $label } { $count ->
    [one] (1 Notiz)
    *[other] ({ $count } Notizen)
  }

# $until - until when
# $dots - how many dots each person has
retro-vote = **Worüber sprechen wir?** Bis { $until }. Ich habe dir { $dots } Punkte geschickt; sonst tipp auf *Abstimmen*. Geheim: Summen zeige ich ab fünf Personen.

# $voters - how many voted
retro-result = **Die Abstimmung ist zu Ende.** { $voters } Personen haben Punkte gegeben:

# $voters - how many voted
retro-result-few = { $voters ->
    [0] **Die Abstimmung ist zu Ende.** Niemand hat Punkte gegeben, also beginnen wir mit den Themen, die am meisten Notizen haben.
    *[other] **Die Abstimmung ist zu Ende.** Weniger als fünf haben Punkte gegeben; ich zeige sie nicht und habe sie gelöscht. Wir beginnen mit den Themen, die am meisten Notizen haben.
  }

# $label - the theme with its letter
# $place - which theme it is
# $themes - how many there are
# $until - until when
retro-theme = **{ $label }** ({ $place } von { $themes }), bis { $until }

# $label - the theme
retro-theme-over = Die Zeit für **{ $label }** ist um: ▶, oder noch etwas mehr?

# $prefix - what commands begin with
retro-actions = **Was tun wir?** Eine oder zwei, die geschehen, sind mehr wert als zehn: `{ $prefix } aktion @wer was bis wann`

# $until - until when
retro-worth = **Hat sich das gelohnt?** Bis { $until }. Ich habe euch einzeln gefragt; den Mittelwert zeige ich ab fünf Antworten.

## Das Ende

# $number - the retro's number
retro-over = **Retro { $number } ist zu Ende**

# $people - how many took part
# $notes - how many notes there were
# $themes - how many themes there were
retro-over-counts = { $people ->
    [one] Eine Person hat mitgemacht
    *[other] { $people } Personen haben mitgemacht
  }, { $notes ->
    [0] keine Notiz wurde gelesen
    [one] eine Notiz
    *[other] { $notes } Notizen
  }{ $themes ->
    [0] .
    [one] , ein Thema.
    *[other] , { $themes } Themen.
  }
retro-over-unread = Sie endete, bevor die Notizen zu lesen waren; sie wurden ungelesen gelöscht.
retro-over-empty = Diesmal hat niemand eine Notiz geschrieben. Ihr könnt jederzeit eine neue beginnen.
retro-over-quiet = Zwei Wochen lang hat sie niemand weitergeführt, also habe ich sie weggeräumt.

# $prefix - what commands begin with
retro-over-lost = Abgesagt: Mein Gedächtnis musste aus einer älteren Kopie wiederhergestellt werden, und was ihr mir geschickt hattet, kann niemand mehr lesen, auch ich nicht. Bitte startet noch einmal mit `{ $prefix } retro starten`.

# $themes - the themes
retro-over-themes = Themen: { $themes }

# $themes - the themes
retro-over-again = Kam schon früher vor: { $themes }

# $mean - the mean
# $spread - the standard deviation
# $count - how many answered
retro-over-worth = Die Zeit wert: { $mean } von 4, plus oder minus { $spread } ({ $count } Antworten)
retro-over-worth-few = Die Zeit wert: Weniger als fünf haben geantwortet, also zeige ich nichts.

# $count - how many actions were agreed and are open
retro-over-actions = { $count ->
    [one] Vereinbart, und beim nächsten Mal wieder Thema:
    *[other] Vereinbart, und beim nächsten Mal wieder Thema ({ $count }):
  }
retro-over-kept = Notizen und Punkte sind vergessen; die Namen der Themen bleiben.

## In Direktnachrichten

# $number - the retro's number
# $room - the room
# $until - until when
retro-invite-collect = **Retro { $number } in { $room }**, bis { $until }

# $columns - the columns
retro-invite-columns = Je Notiz eine Zeile: { $columns }

retro-invite-sealed = Geheim und ohne Namen.

# $other - another retro's number
# $room - its room
# $column - one of its columns
retro-invite-other = Für Retro { $other } in { $room } setz ihre Nummer davor: `{ $other } { $column }: …`

# $number - the retro's number
# $room - the room
# $dots - how many dots each person has
# $until - until when
retro-invite-vote = **Retro { $number } in { $room }: deine { $dots } Punkte**, bis { $until }

retro-invite-tap = Verteil sie: tipp Themen an oder `punkte A:2 B:1`.

retro-tap-sealed = Tippen sieht nur der Server.

retro-dots-none = Keine Punkte gegeben.

# $count - how many more
retro-more-there = und { $count } weitere, im Raum

# $number - the retro's number
# $room - the room
# $until - until when
retro-invite-worth = **Retro { $number } in { $room }: Hat es sich gelohnt?** Bis { $until }

    `0` verlorene Zeit · `2` was ich gab · `4` viel mehr

    Tipp oder schreib eine Zahl. Tippen sieht nur der Server.

# $number - the retro's number
# $room - the room
# $phase - the phase
retro-invite-later = Retro { $number } in { $room } ist bei „{ $phase }“, im Raum. Ich schreibe dir, wenn du mir etwas schicken kannst.

# $number - the retro's number
retro-first-note = Notiert für Retro { $number }. Niemand hier erfährt, von wem; die Grenzen nennt `datenschutz`.

# $number - the retro's number
# $room - the room
# $result - what came of it
retro-paper-line = Retro { $number } in { $room }: { $result }

# $notes - how many notes there are
retro-line-revealed =
    { $notes ->
        [one] Eine Notiz ist im Raum.
        *[other] { $notes } Notizen sind im Raum.
    }

# $theme - the theme with its letter
retro-line-voted = Wir beginnen mit { $theme }.

retro-line-again = Die Abstimmung beginnt von vorn.

retro-line-unread = Sie ist zu Ende, und keine Notiz wurde gelesen.

# $count - how many actions were agreed
retro-line-agreed =
    { $count ->
        [one] Eines vereinbart.
        *[other] { $count } Dinge vereinbart.
    }

# $mean - the mean
retro-line-worth = Die Zeit wert: { $mean } von 4.

# $result - what came of it
retro-line-over = Sie ist zu Ende. { $result }

# $number - the retro's number
# $room - the room
retro-noted-where = Notiert für Retro { $number } in { $room }.

# $retros - the retros
# $example - the number of one of them
retro-which = Für dich sind mehrere Retros offen: { $retros }. Setz die Nummer davor, etwa `{ $example } …`.

# $number - the retro's number
# $room - the room
retro-which-one = **{ $number }** in { $room }

retro-which-unknown = Es sind mehrere Retros offen. Reagiere auf die Karte von deiner in ihrem Raum, dann weiß ich, welche du meinst.

# $number - the retro's number
# $room - its room
retro-not-there = Das habe ich nicht genommen: Retro { $number } ist für die Leute in { $room }. Komm dazu, und schick es noch einmal.

# $number - the retro's number
# $who - the facilitator
retro-notes-revealed = Zu spät, um ohne Namen zu bleiben: Die Notizen von Retro { $number } sind im Raum. Sag es dort, oder bitte { $who }, eine Phase zurückzugehen.

# $number - the retro's number
retro-vote-not-yet = Retro { $number } ist noch nicht bei ihrer Abstimmung. Ich schreibe dir, wenn es so weit ist.

# $number - the retro's number
retro-vote-over = Die Abstimmung von Retro { $number } ist zu Ende. Sag im Raum, was dir wichtig ist.

retro-worth-over = Falls das deine Antwort für Retro { $number } ist: Die Retro ist vorbei, deine Antwort kam zu spät und zählt nicht mehr mit. Danke trotzdem.

# $column - what was written
# $columns - the columns
# $note - the note with a column
retro-unknown-column = Die Spalte „{ $column }“ kenne ich nicht. Es gibt { $columns }. Vielleicht `{ $note }`?

# $column - what was written
# $note - the note with the nearest column
retro-unknown-column-suggest = Die Spalte „{ $column }“ kenne ich nicht. Meinst du `{ $note }`?

# $number - the retro's number
# $columns - the columns
# $note - the note with a column
retro-no-column = Wenn das eine Notiz für Retro { $number } ist, setz ihre Spalte davor ({ $columns }), etwa `{ $note }`.

# $column - the column
retro-empty-note = Hinter `{ $column }:` steht nichts. Schreib deine Notiz dorthin.

# $length - how many characters it has
# $most - how many it may have
retro-long-note = Die Notiz hat { $length } Zeichen, und { $most } passen auf eine Karte. Kürze sie oder mach zwei daraus.

# $most - how many notes one person may write
retro-many-notes = Du hast { $most } Notizen geschrieben, mehr kann eine Person nicht. Lösche eine deiner Nachrichten, um Platz zu machen.

# $most - how many notes there may be
retro-full = Diese Retro hat { $most } Notizen, mehr, als jemand lesen kann. Deine passt nicht mehr hinein; sag es im Gespräch.

# $given - how many dots they gave
# $dots - how many they have
# $chosen - Punkte und Themen
retro-dots-given = { $given ->
    [0] Du hast deine Punkte zurückgenommen.
    *[other] **{ $chosen }** ({ $given } von { $dots } Punkten).
  } Schick sie noch einmal, um sie zu ändern.

# $given - how many dots they gave
# $dots - how many they have
# $command - as many as they have
retro-dots-too-many = Das sind { $given } Punkte, und du hast { $dots }. Vielleicht `{ $command }`?

# $text - what was written
retro-dots-unread = Ich kann `{ $text }` nicht als Punkte lesen. Zwei für A und einer für B sind `punkte A:2 B:1`.
retro-worth-range = Die Antwort ist eine Zahl von 0 (verlorene Zeit) bis 4 (viel mehr, als ich gab), etwa `3`.

## Wo was steht

retro-status-nothing = Du machst gerade bei keiner Retro mit. Reagiere auf die Karte einer Retro in ihrem Raum, dann sage ich dir, wie es geht.

# $number - the retro's number
# $room - the room
# $phase - the phase
retro-status-one = Retro { $number } in { $room }: { $phase }

## What counts as a yes to a question in the direct room, as first word.
retro-yes-words = ja j jo klar gern gerne ok okay
