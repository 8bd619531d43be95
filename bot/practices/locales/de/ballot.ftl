## Geheime Abstimmungen.

ballot = Geheime Abstimmungen
    .about = Geheim abstimmen: Niemand erfährt, wer was gewählt hat.
    .help = `!hearth ballot "Wo treffen wir uns?" Park | Café | Online` lässt den Raum geheim abstimmen. `--kind several`, `ranked` oder `dots` sagt, wie gewählt wird, `--dots 5`, wie viele Punkte jede Person hat, `--close 2h`, wann Schluss ist. `!hearth vote` schickt dir den Stimmzettel; du antwortest in unserem Direktraum, etwa `vote 2`. `!hearth ballot close` beendet deine früher.
    .set-close-after = wie lange eine Abstimmung offen ist, wenn niemand etwas sagt, etwa 2h oder 3d
    .set-longest = wie lange eine Abstimmung höchstens offen sein darf
    .set-dots = wie viele Punkte jede Person hat, wenn niemand etwas sagt
    .set-who-opens = wer Abstimmungen starten darf: everyone oder leads

## Starten

# $day - the day of the week, 1 is Monday
# $at - date and time
# $zone - the time zone
ballot-until = { $day ->
    [1] Montag
    [2] Dienstag
    [3] Mittwoch
    [4] Donnerstag
    [5] Freitag
    [6] Samstag
    *[other] Sonntag
  }, { $at } ({ $zone })

# $number - the ballot's number
# $question - the question
ballot-card-title = **Abstimmung { $number }: { $question }**

# $until - day, date and time
ballot-card-how = Zum Abstimmen reagiere auf diese Nachricht, womit du magst, oder schreib mir `vote`: Ich schicke dir den Stimmzettel in unseren Direktraum. Niemand sieht, wer was gewählt hat, und vor dem Ende wird nichts gezählt. Offen bis { $until }.

ballot-card-closed = Diese Abstimmung ist beendet.

# $voted - how many have voted
ballot-card-count = { $voted ->
    [0] Noch hat niemand abgestimmt.
    [one] **Eine** Person hat abgestimmt.
    *[other] **{ $voted }** haben abgestimmt.
  }

# $bot - the bot, as a link
ballot-waiting = ✉️ Einige warten noch auf eine Nachricht von mir: Ich darf nur wenige Direkträume in der Minute öffnen. Schreib { $bot } zuerst, dann kommt deine sofort.

ballot-only-in-rooms = Abstimmungen gehören in Räume. Schreib mir das in dem Raum, den du fragen möchtest.
ballot-leads-only = In dieser Community starten die Leads Abstimmungen. Bitte jemanden von ihnen, deine zu starten.

# $least - how many ballots are needed
# $people - how many people are in the room
ballot-room-too-small = Geheim ist eine Abstimmung nur unter mindestens { $least } Stimmen, und in diesem Raum { $people ->
    [one] ist eine Person
    *[other] sind { $people } Personen
  }. Frag in einem größeren Raum oder sprecht einfach darüber.

# $longest - how long a ballot may be open
ballot-too-long = In dieser Community ist eine Abstimmung höchstens { $longest } offen. Wähl eine kürzere Zeit oder bitte einen Lead, die Einstellung `longest` zu ändern.

# $option - what was written
ballot-unknown-option = Die Option „{ $option }“ kenne ich nicht. Eine Abstimmung versteht `--kind`, `--dots` und `--close 2h`; geheim ist sie immer.

# $kind - what was written
ballot-unknown-kind = Die Art „{ $kind }“ kenne ich nicht. Nimm `single`, `several`, `ranked` oder `dots`.

# $dots - what was written
# $most - how many there may be
ballot-wrong-dots = „{ $dots }“ ist keine Zahl von Punkten. Schreib eine Zahl von 1 bis { $most }, etwa `--dots 3`.

ballot-dots-without = Punkte gibt es nur mit `--kind dots`. Lass `--dots` weg oder nimm diese Art.

## Der Stimmzettel

# $last - the last option's number
ballot-how-single = Wähl eine Möglichkeit: Schreib zum Beispiel `vote { $last }`.

# $first - an option's number
# $last - another
ballot-how-several = Wähl so viele, wie du magst: Schreib zum Beispiel `vote { $first } { $last }`.

# $last - an option's number
# $first - another
ballot-how-ranked = Bring sie in eine Reihenfolge, das Beste zuerst: Schreib zum Beispiel `vote { $last } > { $first }`. Was du nicht willst, kannst du weglassen.

# $last - an option's number
ballot-how-one-dot = Du hast einen Punkt: Schreib zum Beispiel `dots { $last }:1`.

# $dots - how many one has
# $last - an option's number
# $most - how many dots it gets
# $first - another option's number
ballot-how-dots = Du hast { $dots } Punkte, die du verteilst, wie du magst: Schreib zum Beispiel `dots { $last }:{ $most } { $first }:1`.

# $until - day, date and time
# $number - the ballot's number
ballot-paper-until = Ändern kannst du es bis { $until }; das Letzte zählt. `vote none` nimmt deine Stimme zurück. Sind mehrere Abstimmungen offen, schreib die Nummer davor: `vote #{ $number } …`.

ballot-promise = Was ich verspreche und was nicht: Andere Mitglieder, Leads und alle, die später an meine Datenbank kommen, können nicht erfahren, was du gewählt hast, denn bis zum Ende liegt es verschlüsselt, und dann wird die Verbindung zu dir vernichtet, und diese Stimmen werden aus unserem Raum entfernt; aber ich kann dich nicht vor denen schützen, die mich betreiben und mein Programm ändern, solange die Abstimmung offen ist, und, wenn unser Raum nicht verschlüsselt ist, auch nicht vor denen, die deinen Homeserver betreiben.

# $number - the ballot's number
# $chosen - what was chosen
# $receipt - six letters and digits
ballot-cast = Deine Stimme in Abstimmung { $number }: **{ $chosen }**. Dein Beleg ist `{ $receipt }`: Notier ihn, wenn du deine Stimme in der veröffentlichten Liste finden möchtest. Diese Nachricht verschwindet am Ende, und dann kennst nur du den Beleg. Stimm noch einmal ab, um sie zu ändern.

# $number - the ballot's number
ballot-taken-back = Erledigt: Du hast jetzt keine Stimme in Abstimmung { $number }. Bis zum Ende kannst du noch abstimmen.

ballot-paper-empty = Ich sehe darin keine Wahl.
ballot-paper-unclear = Das kann ich nicht lesen. Schreib nur die Nummern der Möglichkeiten, sonst nichts.

# $number - what was written
ballot-paper-unknown = Eine Möglichkeit { $number } gibt es hier nicht.

# $number - what was written
ballot-paper-twice = Möglichkeit { $number } steht zweimal da; einmal genügt.

ballot-paper-only-one = Hier kannst du nur eine Möglichkeit wählen.

# $sum - how many dots were given
# $dots - how many one has
ballot-paper-too-many-dots = Das sind { $sum } Punkte, und du hast { $dots }. Noch hat sich nichts geändert.

ballot-too-late = Das kam nach dem Ende, darum kann ich es nicht mehr zählen.

# $number - the ballot's number
# $prefix - what commands begin with
ballot-called-off = **Abstimmung { $number } ist abgesagt.** Mein Gedächtnis musste aus einer älteren Kopie wiederhergestellt werden, und die Stimmen darin kann niemand mehr lesen, auch ich nicht. Statt falsch zu zählen, zähle ich nichts. Bitte fragt noch einmal mit `{ $prefix } ballot`, und alle stimmen neu ab.

# $number - the ballot's number
ballot-not-there = Das habe ich nicht gezählt: Abstimmung { $number } ist für die Leute in ihrem Raum, und dich sehe ich dort nicht.

# $prefix - what commands begin with
ballot-none-for-you = Ich weiß von keiner Abstimmung, die für dich offen ist und dazu passt. Eine Abstimmung ist für die Leute in ihrem Raum: Bist du dort, reagiere auf ihre Karte oder schreib dort `{ $prefix } vote`.

ballot-said-aloud = Das war laut gesagt, darum habe ich es nicht gezählt: Eine geheime Stimme geht nur an mich. Entfern deine Nachricht lieber. Schreib hier `vote` ohne eine Wahl, dann schicke ich dir den Stimmzettel in unseren Direktraum.

## Beenden

ballot-close-none = In diesem Raum läuft gerade keine Abstimmung.
ballot-close-not-yours = Nur wer eine Abstimmung gestartet hat, oder ein Lead, kann sie beenden. Sie endet auch von selbst, wenn ihre Zeit um ist.

# $number - the ballot's number
# $question - the question
ballot-result-title = **Abstimmung { $number } ist beendet: { $question }**

# $option - the option that won
ballot-winner = **{ $option }** gewinnt.

# $options - the options that won, in bold
ballot-tie = Gleichstand: { $options }.

ballot-nobody = Diesmal hat niemand abgestimmt.

ballot-last-round = In der letzten Runde; was früher ausschied, mit dem, was es da hatte:

# $options - options in the order in which they were taken out
ballot-runoff = Auf Anhieb hatte nichts mehr als die Hälfte. Darum schied nacheinander das Schwächste aus ({ $options }), und seine Stimmen gingen an die nächste Wahl.

# $voted - how many took part
# $people - how many are in the room
ballot-turnout-of = { $voted } von { $people } haben teilgenommen.

# $voted - how many took part
ballot-turnout = { $voted } haben teilgenommen.

ballot-papers = Alle Stimmzettel mit ihrem Beleg, in ausgeloster Reihenfolge:

# $least - how many ballots are needed
ballot-too-few-papers = Weniger als { $least } haben abgestimmt. So wenige Stimmen könnten verraten, wer was gewählt hat. Darum habe ich sie ungelesen vernichtet, und es gibt kein Ergebnis.
