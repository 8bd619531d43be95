## Themen: worüber eine Community reden möchte.

topics = Themen
    .about = Themen sammeln und wählen
    .verb-topic = thema themen
    .verb-topic-add = neu vorschlagen
    .verb-topic-list = liste
    .verb-topic-vote = abstimmen
    .verb-topic-close = ende beenden schließen
    .verb-topic-claim = leiten übernehmen
    .verb-topic-unclaim = abgeben
    .verb-topic-discussed = besprochen erledigt
    .verb-topic-merge = zusammenlegen zusammenfassen
    .verb-topic-drop = streichen weglassen
    .verb-topic-reopen = wieder wiederaufnehmen
    .verb-topic-history = verlauf
    .help =
        - `!hearth thema neu Wie wir reviewen` – eines vorschlagen
        - `!hearth thema liste` – was wartet
        - `!hearth thema abstimmen` – Punkte sagen, was zuerst kommt, auch in Treffen
    .help-more =
        - `!hearth thema ende` – die Abstimmung beenden
        - `!hearth thema leiten 3` – du leitest es
        - `!hearth thema besprochen 3 was herauskam` – besprochen, steht in `!hearth thema verlauf`
        - `!hearth thema zusammenlegen 3 5` – eins aus zweien
        - `!hearth thema streichen 3` – weg, `!hearth thema wieder 3` – zurück
    .set-dots = wie viele Punkte jede Person in einer Abstimmung hat
    .set-sealed = ob Abstimmungen geheim sind (ja) oder alle sie sehen (nein)
    .set-vote-for = wie lange eine Abstimmung offen ist, etwa 2d
    .set-keep-for = wie lange ich mir merke, was besprochen wurde, samt Notiz, etwa 365d

## Die Liste

topics-title = **Themen**

# $prefix - what commands begin with
topics-empty = Nichts wartet. Schlag etwas vor mit `{ $prefix } thema neu …`.

# $word - what was looked for
# $prefix - what commands begin with
topics-not-found = Nichts, was wartet, enthält `{ $word }`. `{ $prefix } thema liste` zeigt alles.

# $prefix - what commands begin with
topics-discussed-title = Zuletzt besprochen (`{ $prefix } thema verlauf` zeigt mehr):

topics-list-moved = Jemand hat noch einmal nach der Liste gefragt. Die neue wird weitergeführt, diese hier nicht mehr.

topics-history-title = **Was wir besprochen haben**

# $prefix - what commands begin with
topics-history-empty = Noch wurde nichts besprochen. `{ $prefix } thema besprochen 3 was herauskam` sagt, dass es so weit ist.

# $prefix - what commands begin with
topics-list-how = Schlag eins vor mit `{ $prefix } thema neu …`, leite eins mit `{ $prefix } thema leiten 3`.

# $dots - how many dots
topics-dots = { $dots ->
    [one] ein Punkt
    *[other] { $dots } Punkte
  }

# $dots - dots in earlier votes, the latest first
topics-before = davor: { $dots }

# $who - who leads it
topics-led-by = geleitet von { $who }

## Ändern

# $number - the topic's number
topics-added = Das ist jetzt Thema { $number }.

# $prefix - what commands begin with
topics-added-list = `{ $prefix } thema liste` zeigt hier die Liste.

# $prefix - what commands begin with
topics-no-text = Worum geht es? Schreib es dahinter: `{ $prefix } thema neu Wie wir reviewen`.

# $length - how many characters it has
# $most - how many it may have
topics-long-text = Das hat { $length } Zeichen, und ein Thema passt in { $most }. Kürze es; der Rest passt in eine Nachricht.

# $number - the topic's number
topics-there-already = Das steht schon auf der Liste, als Thema { $number }.

# $most - how many topics may wait
topics-too-many = { $most } Themen warten schon. Nehmt erst welche weg oder fasst welche zusammen, damit man beim Abstimmen den Überblick behält.

# $prefix - what commands begin with
# $verb - what is to be done
topics-which = Welches Thema? Schreib seine Nummer: `{ $prefix } { $verb } 3`.

# $prefix - what commands begin with
topics-which-two = Welche zwei? `{ $prefix } thema zusammenlegen 3 5` macht aus beiden Thema 3.

topics-merge-itself = Das ist ein und dasselbe. Schreib zwei Nummern, zuerst die, die bleibt.

# $number - what was written
# $prefix - what commands begin with
topics-unknown = Ein Thema { $number } kenne ich nicht. `{ $prefix } thema liste` zeigt, was wartet.

# $number - the topic's number
# $into - the number of the topic that it is part of
topics-merged = Thema { $number } gehört jetzt zu Thema { $into }; mach mit dem weiter.

# $number - the topic's number
# $prefix - what commands begin with
topics-no-longer-discussed = Thema { $number } wurde schon besprochen. `{ $prefix } thema wieder { $number }` setzt es wieder auf die Liste.

# $number - the topic's number
# $prefix - what commands begin with
topics-no-longer-dropped = Thema { $number } wurde weggenommen. `{ $prefix } thema wieder { $number }` setzt es wieder auf die Liste.

# $number - the topic's number
topics-waits-already = Thema { $number } steht schon auf der Liste.

# $length - how many characters it has
# $most - how many it may have
topics-long-note = Diese Notiz hat { $length } Zeichen, und { $most } werden aufgehoben. Schreib das Wichtigste; der Rest passt in eine Nachricht.

# $who - who leads it
# $prefix - what commands begin with
# $number - the topic's number
topics-claimed-by = { $who } leitet es. Macht es zusammen, oder frag danach: `{ $prefix } thema abgeben { $number }`, von dort oder von einem Lead, gibt es frei.

# $number - the topic's number
topics-not-claimed = Thema { $number } leitet niemand, da gibt es nichts abzugeben.

# $verb - what was written
# $prefix - what commands begin with
# $meant - what was perhaps meant
topics-unknown-verb = `{ $verb }` kenne ich nicht. Meinst du `{ $prefix } { $meant }`?

topics-not-yours = Das können nur, wer es vorgeschlagen hat, und Leads.
topics-only-in-rooms = Themen gehören in Räume. Schreib mir das in einem Raum deiner Gemeinschaft.

## Abstimmen

# $prefix - what commands begin with
topics-too-few = Für eine Abstimmung müssen zwei Themen warten. Schlag eins vor mit `{ $prefix } thema neu …`.

# $least - how many votes are needed
# $people - how many people are in the room
topics-room-too-small = Geheim bleibt eine Abstimmung nur unter mindestens { $least } Leuten, und in diesem Raum { $people ->
    [one] ist eine Person
    *[other] sind { $people } Personen
  }. Stimmt in einem größeren Raum ab, oder ein Lead setzt `sealed` auf nein.

topics-vote-title = **Worüber wollen wir reden?**

topics-vote-sealed = Tipp auf 🗳️ Abstimmen oder schreib mir `thema abstimmen`: Du wählst in unserem Direktchat, und niemand sieht, wer was gewählt hat; die Grenzen nennt `datenschutz`.

# $prefix - what commands begin with
# $dots - how many dots each has
topics-vote-open = Stimmt hier ab, so dass alle es sehen: `{ $prefix } thema abstimmen 2:1 5:2`. Zahl deiner Punkte: { $dots }.

# $count - how many topics
topics-more = { $count } weitere: `thema liste`

# $dots - all dots for one of them
topics-rest-how = Stimm für eines davon: `punkte { $dots }`. Such eines mit einem Wort: `thema liste review`.

# $dots - all dots for one of them
topics-found-how = Stimm dafür: `punkte { $dots }`.

# A button of a paper.
# $count - how many topics
topics-button-more = … { $count } weitere

# $chosen - what was chosen
topics-cast = Deine Punkte für Themen: **{ $chosen }**. Diese Nachricht verschwindet, wenn die Abstimmung endet. Stimm noch einmal ab, um sie zu ändern.

topics-taken-back = Erledigt: Du hast jetzt keine Stimme zu den Themen. Bis zum Ende kannst du noch abstimmen.

# $prefix - what commands begin with
topics-no-vote = Hier läuft keine Abstimmung über Themen. `{ $prefix } thema abstimmen` startet eine.

# $prefix - what commands begin with
topics-no-vote-for-you = Für dich läuft keine Abstimmung über Themen. Eine Abstimmung ist für die Leute in ihrem Raum: Bist du dort, tipp unter ihrer Karte auf 🗳️ Abstimmen oder schreib dort `{ $prefix } thema abstimmen`.

topics-vote-elsewhere = In einem anderen Raum dieser Gemeinschaft läuft schon eine Abstimmung über Themen. Sie endet von selbst; dann kannst du hier fragen.

# $prefix - what commands begin with
topics-called-off = **Die Abstimmung über Themen ist abgesagt.** Mein Gedächtnis musste aus einer älteren Kopie wiederhergestellt werden, und die Punkte darin kann niemand mehr lesen, auch ich nicht. Bitte fragt noch einmal mit `{ $prefix } thema abstimmen`.
topics-close-not-yours = Nur wer die Abstimmung gestartet hat, oder ein Lead, kann sie beenden. Sie endet auch von selbst.

# $missing - how many votes are missing
# $until - when it ends
topics-extended = ⏳ Die Abstimmung über Themen braucht noch { $missing ->
    [one] eine Stimme
    *[other] { $missing } Stimmen
  } und bleibt offen bis **{ $until }**.

# $voted - how many have voted
# $least - how many votes there must be
# $until - when it ends
# $prefix - what commands begin with
topics-close-few = Das sind { $voted } von { $least } nötigen Stimmen. Wenn du jetzt beendest, vernichte ich sie ungelesen, und es gibt kein Ergebnis. Offen ist sie bis { $until }. Wenn du es so willst: `{ $prefix } thema ende`
topics-vote-closed = **Die Abstimmung über Themen ist beendet.**

# $prefix - what commands begin with
topics-vote-next = Die ersten davon eröffnen die Tagesordnung des nächsten Treffens. Wer eins leiten mag, schreibt `{ $prefix } thema leiten 3`.

# $prefix - what commands begin with
topics-said-aloud = Das haben alle gehört, darum habe ich es nicht gezählt: Eine geheime Stimme geht nur an mich. Lösch deine Nachricht lieber. Schreib hier `{ $prefix } thema abstimmen` ohne Punkte, und ich schicke dir den Stimmzettel in unseren Direktchat.

topics-said-privately = Diese Abstimmung ist offen: Gib deine Punkte im Raum, wo alle sie sehen.
