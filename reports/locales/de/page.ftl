### Die Seite.

page-title = { $community }, { $month }
page-title-room = { $room } bei { $community }, { $month }
page-kicker-room = Bericht über einen Raum
page-of = Ein Raum von { $community }.
page-kicker = Bericht zur Gemeinschaft
page-meta = Monate nach { $zone }. Zahlen über weniger als fünf Menschen werden nicht gezeigt, und niemand wird genannt.
page-log-ends = Der letzte Eintrag im Protokoll ist vom { $day }. Was danach gesprochen wurde, ist hier nicht gezählt, und der Monat sieht stiller aus, als er war.
short-title = Der Monat in Kürze
see-picture = Zum Bild
see-picture-label = Zum Bild: { $title }

## Die Fragen der Moderation. Nachgeschlagen als question-<Kennung>.

question-alive = Ist die Gemeinschaft lebendig?
question-heard = Wer wird gehört?
question-growth = Kommen Neue an?
question-answered = Bekommen Menschen Antwort?
question-connected = Wer ist verbunden?
question-retros = Verändern unsere Retrospektiven etwas?

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

community-only = Was hier fehlt, wird nur von der ganzen Gemeinschaft gesagt: Sonst ließen sich Menschen in einem Raum unterscheiden.
other-measures = Weitere Maße

zone-place = der Zeit von { $place }
more-title = Weitere Bilder
more-lead = Für alle, die genauer hinsehen möchten.
more-not-drawn = Diesmal nicht gezeichnet: { $titles }. Der Grund: { $reason }
earlier-reports = Frühere Berichte
all-reports = Alle Monate

## Höchstens ein Vorschlag je Abschnitt. Nachgeschlagen als suggest-<Kennung>.

suggest-label = Einen Gedanken wert
suggest-wake_up = Weniger Mitglieder als früher sind dabei. Bevor neue eingeladen werden, hilft vielleicht die Frage an die Stillen, wofür sie kämen.
suggest-share_the_stage = Eine Handvoll Menschen trägt die Hälfte des Gesprächs. Hört jemand davon auf, ist es zu spüren: Ladet jemand anderen ein, das nächste Thema zu leiten.
suggest-easier_start = Die meisten, die beitreten, schreiben nie. Ein kürzerer Gruß mit einer leichten Frage macht den ersten Schritt kleiner.
suggest-welcome_back = Die meisten Neuen schreiben im zweiten Monat nicht mehr. Ein persönliches Wort in der zweiten Woche kostet wenig.
suggest-greeters = Erste Nachrichten bleiben zu oft ohne Antwort. Zwei Menschen, die sich beim Begrüßen abwechseln, könnten das auffangen.
suggest-answer_rota = Viele Gespräche bekommen keine Antwort. Macht aus, wer wann nach offenen Fragen sieht.
suggest-pair_people = Manche schreiben, und niemand greift es auf. Menschen für ein Gespräch zusammenzubringen, gibt allen jemanden, der antwortet.
suggest-share_answering = Die meisten Antworten laufen über sehr wenige Menschen. Lasst eine Weile andere zuerst antworten.
suggest-fewer_actions = Weniger als die Hälfte des Vereinbarten wird erledigt. Vereinbart weniger, und jedes mit jemandem, der es will.
suggest-drop_or_give = Manche Aufgaben sind seit einem Vierteljahr offen. Streicht sie, oder gebt sie jemandem, der sie will.
suggest-escalate = Themen kehren immer wieder. Vielleicht kann die Gemeinschaft sie nicht allein lösen: Bringt eines zu jemandem, der es kann.

## Was die Moderation ausprobiert hat.

experiment-title = Was ihr ausprobiert habt
experiment-what = Seit { $since }: „{ $what }“.
experiment-values = { $name }: { $before } im { $month }, { $after } im { $now }.
experiment-value = { $value } ({ $interval })
experiment-hoped = Die Intervalle überschneiden sich nicht, und es ging in die erhoffte Richtung. Gut möglich, dass es geholfen hat.
experiment-against = Die Intervalle überschneiden sich nicht, aber es ging nicht in die erhoffte Richtung. Versucht vielleicht etwas anderes.
experiment-unclear = Zu nah beieinander, um von einer Veränderung zu sprechen. Das heißt nicht, dass es nichts bewirkt hat: Ein weiterer Monat würde mehr sagen.
experiment-plain = Wie sicher das ist, lässt sich nicht sagen: Für dieses Maß ist kein Intervall definiert. Das Urteil bleibt euch überlassen.
experiment-few = Zu wenige Menschen, um zu sagen, was daraus wurde.
experiment-caveat = Anderes hat sich auch geändert; ein Monat beweist nichts.

## Die Seite aller Monate.

index-title = Alle Berichte
index-lead = Der letzte Monat jeder Gemeinschaft, die Monate davor als Linie, jede mit eigenem Maßstab. Kleine Punkte zeigen den Vormonat und, mit senkrechtem Strich, denselben Monat ein Jahr davor.
index-months = Monat für Monat
index-range = { $name }: zwischen { $low } und { $high } in den gezeigten Monaten.
index-earlier = { $month }: { $value }.
index-moments = { $name }: { $months }.
index-in-months = in { $count } Monaten
index-csv = Alle Maße aller Monate, als Tabelle für die Tabellenkalkulation (CSV)
