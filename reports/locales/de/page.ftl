### Die Seite.

page-title = { $community }, { $month }
page-kicker = Bericht zur Gemeinschaft
page-meta = Monate nach { $zone }. Zahlen über weniger als fünf Menschen werden nicht gezeigt, und niemand wird genannt.
short-title = Der Monat in Kürze
see-picture = Zum Bild
see-picture-label = Zum Bild: { $title }

## Die Fragen der Moderation. Nachgeschlagen als question-<Kennung>.

question-alive = Ist die Gemeinschaft lebendig?
question-heard = Wer wird gehört?
question-growth = Woher kommt der Zuwachs?
question-answered = Bekommen Menschen Antwort?
question-connected = Wer ist verbunden?

no-picture = Diesmal kein Bild. { $reason }

## Eine Angabe unter einem Bild.

fact-interval = 95 %: { $interval }
fact-earlier = { $month }: { $value }

## Alle Maße.

all-title = Alle Maße
all-lead = Alles, was gezählt wurde, und wie sicher es ist. Im Intervall liegt der wahre Wert in 95 von 100 Fällen; die Stichprobe ist, worauf der Wert beruht.
column-measure = Maß
column-value = Wert
column-interval = 95‑%‑Intervall
column-sample = Stichprobe
column-last-month = Vormonat
column-last-year = Vorjahr
none = keine Angabe
source-title = Was dieses Protokoll nicht wissen kann
source-missing = Die Quelle dieses Protokolls verrät nicht: { $what }. Was davon abhängt, fehlt, statt als Null zu erscheinen.
source-replies = wer worauf geantwortet hat
source-threads = Threads
source-reactions = Reaktionen
source-joins = wer beigetreten und gegangen ist
source-edits = Bearbeitungen
about-title = Über diese Zahlen
about-privacy = Sie sind daraus gezählt, wer wann was getan hat. Kein Nachrichtentext wurde gespeichert oder gelesen. Jede Zahl beruht auf mindestens fünf Menschen, und keine Zeile irgendwo betrifft eine einzelne Person.
about-change = Deutlich heißt eine Veränderung nur, wenn sich die Intervalle der beiden Monate nicht überschneiden. Wo kein Intervall definiert ist, stehen beide Zahlen da, und das Urteil bleibt euch überlassen.
about-maker = Erstellt von Hearth.

other-measures = Weitere Maße
