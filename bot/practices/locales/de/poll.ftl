## Umfragen.

poll = Umfragen
    .about = Frage mit Antworten zur Wahl
    .verb-poll = umfrage
    .verb-poll-close = beenden ende schließen
    .help =
        - `!hearth umfrage "Wo treffen wir uns?" Park | Café | Online` – den Raum fragen
        - `!hearth umfrage "Mittags?" Ja | Nein --hidden --close 2h` – Ergebnis am Ende, in 2 h
        - `!hearth umfrage beenden` – deine früher beenden; Leads können das bei jeder
    .set-close-after = wie lange eine Umfrage läuft, wenn niemand etwas anderes sagt, etwa 2h oder 3d
    .set-longest = wie lange eine Umfrage höchstens laufen darf
    .set-hidden = ob Ergebnisse erst am Ende zu sehen sind, wenn niemand etwas anderes sagt
    .set-who-opens = wer Umfragen starten darf: everyone (alle) oder leads
    .set-announce-members-polls = ob ich auch die Ergebnisse von Umfragen poste, die Mitglieder in ihrer App starten

## Starten

# $until - when it ends
# $prefix - what commands begin with
poll-open-until = Bis **{ $until }**. Solange kannst du deine Stimme ändern; `{ $prefix } umfrage beenden` beendet sie früher.
poll-hidden-note = Apps zeigen die Ergebnisse erst dann. Geheim ist die Wahl nicht: Wer weiß wie, kann die Stimmen im Raum lesen.

poll-only-in-rooms = Umfragen gehören in Räume. Schreib mir das in dem Raum, den du fragen möchtest.
poll-leads-only = In dieser Gemeinschaft starten die Leads Umfragen. Bitte jemanden von ihnen, deine zu starten.

## Was falsch sein kann

# $prefix - what commands begin with
poll-no-question = Mir fehlt die Frage. Sie steht vorn, in Anführungszeichen: `{ $prefix } umfrage "Wo treffen wir uns?" Park | Café`.

# $prefix - what commands begin with
poll-unclear = Ich erkenne nicht, wo die Frage endet. Setz sie in Anführungszeichen oder beende sie mit einem Fragezeichen: `{ $prefix } umfrage "Wo treffen wir uns?" Park | Café`.

# $count - how many answers there are
# $prefix - what commands begin with
poll-too-few = { $count ->
    [0] Ich sehe eine Frage, aber keine Antworten.
    *[other] Ich sehe nur eine Antwort, und eine Umfrage braucht zwei zur Auswahl.
  } Setz `|` zwischen die Antworten: `{ $prefix } umfrage "Wo treffen wir uns?" Park | Café`.

# $count - how many answers there are
# $most - how many there may be
poll-too-many = Das sind { $count } Antworten, und Apps zeigen höchstens { $most }. Lass welche weg oder mach zwei Umfragen daraus.

# $prefix - what commands begin with
poll-empty-answer = Eine Antwort ist leer: Zwei `|` stehen nebeneinander oder eines steht am Ende. Schreib es so: `{ $prefix } umfrage "Wo treffen wir uns?" Park | Café`.

# $length - how many characters it has
# $most - how many it may have
poll-long-question = Die Frage hat { $length } Zeichen, und Apps zeigen höchstens { $most }. Kürze sie; der Rest passt in eine Nachricht vor der Umfrage.

# $number - which answer
# $length - how many characters it has
# $most - how many it may have
poll-long-answer = Antwort { $number } hat { $length } Zeichen, und Apps zeigen höchstens { $most }. Kürze sie und schick die Umfrage noch einmal.

poll-no-close-time = Nach `--close` muss ich wissen, wie lange die Umfrage läuft: `--close 30m`, `--close 2h` oder `--close 3d`.

# $text - what was written
poll-wrong-close-time = „{ $text }“ ist keine Dauer ab jetzt. Schreib sie so: `--close 30m`, `--close 2h` oder `--close 3d`.

# $longest - how long a poll may be open
poll-close-too-late = In dieser Gemeinschaft läuft eine Umfrage höchstens { $longest }. Wähl eine kürzere Zeit oder bitte einen Lead, die Einstellung `longest` zu ändern.

# $option - what was written
poll-unknown-option = Die Option „{ $option }“ kenne ich nicht. Eine Umfrage versteht `--hidden`, `--open` und `--close 2h`.

## Beenden

# $question - the poll's question
poll-ended = Die Umfrage ist beendet: { $question }

poll-close-none = In diesem Raum läuft gerade keine Umfrage von mir.
poll-close-not-yours = Nur wer eine Umfrage gestartet hat, oder ein Lead, kann sie beenden. Sie endet auch von selbst, wenn ihre Zeit um ist.
poll-close-in-your-app = Die Umfrage, die hier läuft, wurde in einer App gestartet. Dort kann sie beenden, wer sie gestartet hat.

# $question - the poll's question
poll-name = „{ $question }“

# $names - the polls that are still open
# $prefix - what commands begin with
poll-close-more = Ich beende die neueste. Noch offen: { $names }. `{ $prefix } umfrage beenden` beendet dann die nächste.

# $question - the poll's question
poll-result-title = **Die Umfrage ist beendet: { $question }**

poll-nobody = Diesmal hat niemand abgestimmt.

# $count - how many votes
poll-spoilt = { $count ->
    [one] Eine Stimme konnte nicht gezählt werden, weil sie eine Antwort nannte, die es in dieser Umfrage nicht gibt.
    *[other] { $count } Stimmen konnten nicht gezählt werden, weil sie eine Antwort nannten, die es in dieser Umfrage nicht gibt.
  }
