## Die erste Nachricht, die jemand von der Gemeinschaft bekommt.

welcome = Willkommen
    .about = Ein nettes Wort für Neue
    .verb-welcome = willkommen
    .verb-welcome-preview = vorschau
    .help =
        - `!hearth willkommen vorschau` – was Neue zu lesen bekommen (Leads)
        - `!hearth einstellungen welcome purpose "Wir testen gern."` – was dort steht
    .set-enabled = ob Neue begrüßt werden
    .set-after = wie lange nach dem Beitritt die Nachricht kommt
    .set-purpose = wozu es diese Gemeinschaft gibt, in einem Satz
    .set-rules = die Spielregeln, in ein, zwei Sätzen; leer für die, die ich mitbringe
    .set-not-after = wie lange ein Beitritt her sein darf; ältere lasse ich in Ruhe
    .set-per-hour = wie viele Menschen in einer Stunde höchstens begrüßt werden
    .set-to-answer = ob ich im Raum der Leads einmal am Tag sage, welche ersten Nachrichten von Neuen auf eine Antwort warten

# $community - the community's name
welcome-hello = Willkommen bei **{ $community }**! Schön, dass du da bist.

welcome-bot = Ich bin Hearth, der Bot, der hier das Feuer am Brennen hält.

# $rules - the ground rules that leads wrote
welcome-rules = **So gehen wir miteinander um:** { $rules }

welcome-rules-default = **So gehen wir miteinander um:** freundlich sein, alles fragen dürfen und erst einmal vom Guten ausgehen. Dumme Fragen gibt es hier nicht.

# $lobby - the room where people say hello
welcome-introduction = **Sag Hallo** in { $lobby }, wenn dir danach ist: woran du arbeitest, was du lernen möchtest, wozu man dich fragen darf. Zwei Sätze reichen, und nur mitlesen ist auch in Ordnung.

welcome-introduction-anywhere = **Sag Hallo**, wenn dir danach ist: woran du arbeitest, was du lernen möchtest, wozu man dich fragen darf. Zwei Sätze reichen, und nur mitlesen ist auch in Ordnung.

# $prefix - what commands begin with
welcome-privacy = **Was ich mir merke:** wer wann aktiv ist und wer wem antwortet, nie, was gesagt wird. Daraus wird ein Monatsbericht ohne Namen. `{ $prefix } abmelden` beendet das, `{ $prefix } datenschutz` sagt dir mehr.

welcome-to-answer = **Heute zu beantworten:** Hier haben Neue zum ersten Mal geschrieben, und noch niemand hat geantwortet. Ich nehme das weg, wenn sie eine Antwort haben, oder nach drei Tagen.

welcome-preview = Das bekommen Neue zu lesen:

# $people - how many wait
# $per-hour - how many are welcomed an hour
# $last - when the last of them is welcomed
welcome-bulk = { $people ->
        [one] Noch ein Mensch wartet auf sein Willkommen.
       *[other] Noch { $people } Menschen warten auf ihr Willkommen.
    } Ich schreibe { $per-hour } in der Stunde, die letzte Nachricht geht also etwa { $last } raus. Vergessen wird niemand.

welcome-leads-only = Die Vorschau ist für Leads. Das Original hast du schon, oder es kommt bald!
