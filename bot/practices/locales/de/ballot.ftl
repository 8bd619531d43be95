## Geheime Abstimmungen.

ballot = Geheime Abstimmungen
    .about = Geheim entscheiden
    .verb-ballot = abstimmung
    .verb-ballot-close = beenden ende schließen
    .verb-vote = stimme
    .verb-dots = punkte
    .help =
        - `!hearth abstimmung "Wo treffen wir uns?" Park | Café | Online` – geheim abstimmen
        - `!hearth stimme` – dein Stimmzettel; antworte in unserem Direktchat, etwa `stimme 2`
        - `!hearth abstimmung beenden` – deine früher beenden
    .help-more =
        - `!hearth abstimmung "Zuerst?" Tee | Brot | Obst --kind ranked` – oder „several“, „dots“
        - `!hearth abstimmung "Zuerst?" Tee | Brot --kind dots --dots 5 --close 2h` – in 2 h
    .set-close-after = wie lange eine Abstimmung offen ist, wenn niemand etwas sagt, etwa 2h oder 3d
    .set-longest = wie lange eine Abstimmung höchstens offen sein darf
    .set-dots = wie viele Punkte jede Person hat, wenn niemand etwas sagt
    .set-who-opens = wer Abstimmungen starten darf: everyone oder leads

## Starten

# $number - the ballot's number
# $question - the question
ballot-card-title = **Abstimmung { $number }: { $question }**

# $until - when it ends
# $votes - how many have voted
ballot-card-state = Bis **{ $until }** · { $votes }

ballot-card-how = Tipp auf 🗳️ Abstimmen oder schreib mir `stimme`: Du wählst in unserem Direktchat, und niemand sieht, wer was gewählt hat; die Grenzen nennt `datenschutz`.

# A button under the card.
ballot-button-vote = 🗳️ Abstimmen

# $voted - how many have voted
# $least - how many votes there must be
ballot-card-needs = **{ $voted }** von { $least } nötigen Stimmen

# $voted - how many have voted
ballot-card-count = { $voted ->
    [0] noch keine Stimmen
    [one] **eine** Stimme
    *[other] **{ $voted }** Stimmen
  }

# $number - the ballot's number
# $missing - how many votes are missing
# $until - when it ends
# $question - the question
ballot-extended = ⏳ Abstimmung { $number } braucht noch { $missing ->
    [one] eine Stimme
    *[other] { $missing } Stimmen
  } und bleibt offen bis **{ $until }**: { $question }

# $bot - the bot, as a link
ballot-waiting = ✉️ Einige warten noch auf eine Nachricht von mir: Ich darf nur wenige Direktchats in der Minute öffnen. Schreib { $bot } zuerst, dann kommt deine sofort.

ballot-only-in-rooms = Abstimmungen gehören in Räume. Schreib mir das in dem Raum, den du fragen möchtest.
ballot-leads-only = In dieser Gemeinschaft starten die Leads Abstimmungen. Bitte jemanden von ihnen, deine zu starten.

# $least - how many ballots are needed
# $people - how many people are in the room
ballot-room-too-small = Geheim ist eine Abstimmung nur unter mindestens { $least } Stimmen, und in diesem Raum { $people ->
    [one] ist eine Person
    *[other] sind { $people } Personen
  }. Frag in einem größeren Raum oder sprecht einfach darüber.

# $longest - how long a ballot may be open
ballot-too-long = In dieser Gemeinschaft ist eine Abstimmung höchstens { $longest } offen. Wähl eine kürzere Zeit oder bitte einen Lead, die Einstellung `longest` zu ändern.

# $option - what was written
ballot-unknown-option = Die Option „{ $option }“ kenne ich nicht. Eine Abstimmung versteht `--kind`, `--dots` und `--close 2h`; geheim ist sie immer.

# $kind - what was written
ballot-unknown-kind = Die Art „{ $kind }“ kenne ich nicht. Nimm „single“, „several“, „ranked“ oder „dots“.

# $dots - what was written
# $most - how many there may be
ballot-wrong-dots = „{ $dots }“ ist keine Zahl von Punkten. Schreib eine Zahl von 1 bis { $most }, etwa `--dots 3`.

ballot-dots-without = Punkte gibt es nur mit `--kind dots`. Lass `--dots` weg oder nimm diese Art.

# $command - the command as it should be
ballot-to-copy = Zum Kopieren: `{ $command }`

## Der Stimmzettel

# $last - the last option's number
ballot-how-single = Wähl eins: `stimme { $last }`.

# $first - an option's number
# $last - another
ballot-how-several = Wähl so viele, wie du magst: `stimme { $first } { $last }`.

# $last - an option's number
# $first - another
ballot-how-ranked = Ordne, das Beste zuerst: `stimme { $last } > { $first }`.

# $last - an option's number
ballot-how-one-dot = Du hast einen Punkt: `punkte { $last }:1`.

# $dots - how many one has
# $last - an option's number
# $most - how many dots it gets
# $first - another option's number
ballot-how-dots = Du hast { $dots } Punkte: `punkte { $last }:{ $most } { $first }:1`.

# $first - an option's number
# $last - another
ballot-tap-several = Eins oder mehr: `stimme { $first } { $last }`.

# $last - an option's number
# $first - another
ballot-tap-ranked = Bestes zuerst: `stimme { $last }>{ $first }`.

# $last - an option's number
ballot-tap-one-dot = Ein Punkt: `punkte { $last }:1`.

# $dots - how many one has
# $last - an option's number
# $most - how many dots it gets
# $first - another option's number
ballot-tap-dots = { $dots } Punkte: `punkte { $last }:{ $most } { $first }:1`.

# $chosen - what was chosen
ballot-stands = ✅ **{ $chosen }**

ballot-stands-in-poll = ✅ **Deine Stimme zählt**: Die Umfrage zeigt sie.

ballot-again = Ändere es, oder schreib `keine`.

ballot-stands-not = Du hast hier jetzt keine Stimme.

# $receipt - six letters and digits
ballot-receipt = Dein Beleg ist `{ $receipt }`: Notier ihn.

# $number - the ballot's number
# $question - the question
ballot-paper-title = 🗳️ **{ $number }: { $question }**

# $until - when it ends
ballot-paper-until = Bis **{ $until }**

ballot-promise = Geheim vor allen hier.

# The same on a paper with buttons.
ballot-promise-taps = Tippen sieht nur der Server.

# $number - the ballot's number
# $chosen - what was chosen
# $receipt - six letters and digits
ballot-cast = Deine Stimme in Abstimmung { $number }: **{ $chosen }**. Dein Beleg ist `{ $receipt }`: Notier ihn, diese Nachricht verschwindet am Ende. Stimm noch einmal ab, um sie zu ändern.

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
ballot-called-off = **Abstimmung { $number } ist abgesagt.** Mein Gedächtnis musste aus einer älteren Kopie wiederhergestellt werden, und die Stimmen darin kann niemand mehr lesen, auch ich nicht. Statt falsch zu zählen, zähle ich nichts. Bitte fragt noch einmal mit `{ $prefix } abstimmung`, und alle stimmen neu ab.

# $number - the ballot's number
ballot-not-there = Das habe ich nicht gezählt: Abstimmung { $number } ist für die Leute in ihrem Raum, und dich sehe ich dort nicht.

# $prefix - what commands begin with
ballot-none-for-you = Ich weiß von keiner Abstimmung, die für dich offen ist und dazu passt. Eine Abstimmung ist für die Leute in ihrem Raum: Bist du dort, tipp unter ihrer Karte auf 🗳️ Abstimmen oder schreib dort `{ $prefix } stimme`.

ballot-no-dots-for-you = Für dich ist gerade nichts offen, bei dem man Punkte gibt. Bist du im Raum einer Abstimmung, tipp unter ihrer Karte auf 🗳️ Abstimmen, dann schicke ich dir den Stimmzettel.

ballot-said-aloud = Das war laut gesagt, darum habe ich es nicht gezählt: Eine geheime Stimme geht nur an mich. Entfern deine Nachricht lieber. Schreib hier `stimme` ohne eine Wahl, dann schicke ich dir den Stimmzettel in unseren Direktchat.

## Beenden

ballot-close-none = In diesem Raum läuft gerade keine Abstimmung.
ballot-close-not-yours = Nur wer eine Abstimmung gestartet hat, oder ein Lead, kann sie beenden. Sie endet auch von selbst, wenn ihre Zeit um ist.

# $voted - how many have voted
# $least - how many votes there must be
# $until - when it ends
# $prefix - what commands begin with
# $number - the ballot's number
ballot-close-few = Das sind { $voted } von { $least } nötigen Stimmen. Wenn du jetzt beendest, vernichte ich sie ungelesen, und es gibt kein Ergebnis. Offen ist sie bis { $until }. Wenn du es so willst: `{ $prefix } abstimmung beenden { $number }`

# $number - the ballot's number
# $question - the question
ballot-result-title = **Abstimmung { $number } ist beendet: { $question }**

# $option - the option that won
# $share - what share of the votes it has
ballot-won = 🏆 **{ $option }**, { $share }

# $options - the options that won, in bold
# $share - what share of the votes each has
ballot-tie = 🤝 Gleichstand: { $options }, je { $share }

# $votes - how many
# $all - of how many
ballot-share = { $votes } von { $all ->
    [one] 1 Stimme
    *[other] { $all } Stimmen
  }

# $votes - how many
# $all - of how many
ballot-share-dots = { $votes } von { $all ->
    [one] 1 Punkt
    *[other] { $all } Punkten
  }

# $people - how many are in the room
ballot-in-room = { $people } im Raum

ballot-nobody = Diesmal hat niemand abgestimmt.

ballot-last-round = Die letzte Runde. Was vorher ausschied, steht mit den Stimmen da, die es dabei hatte:

# $options - options in the order in which they were taken out
ballot-runoff = Auf Anhieb hatte nichts mehr als die Hälfte. Darum schied nacheinander das Schwächste aus ({ $options }), und seine Stimmen gingen an die nächste Wahl.

# $voted - how many took part
# $people - how many are in the room
ballot-turnout-of = { $voted ->
    [one] { $voted } von { $people } hat teilgenommen.
    *[other] { $voted } von { $people } haben teilgenommen.
  }

# $voted - how many took part
ballot-turnout = { $voted ->
    [one] Eine Person hat teilgenommen.
    *[other] { $voted } haben teilgenommen.
  }

ballot-papers = Alle Stimmzettel mit ihrem Beleg, in ausgeloster Reihenfolge:

# $least - how many ballots are needed
ballot-too-few-papers = Weniger als { $least } haben abgestimmt, was verraten könnte, wer was gewählt hat: ungelesen vernichtet, ohne Ergebnis.
