### Die Seite.

page-title = { $community }, { $month }
page-title-room = { $room } bei { $community }, { $month }
page-kicker-room = Bericht über einen Raum
page-of = Ein Raum von { $community }.
page-kicker = Bericht zur Gemeinschaft
page-meta = Monate nach { $zone }. Niemand wird genannt, und keine Zahl verrät, wie viel jemand geschrieben hat.
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

question-explorer = Genauer hinsehen

## Eine Angabe unter einem Bild.

fact-usual = üblich { $usual }

## Alle Maße.

all-title = Alle Zahlen, und was sie bedeuten
headline-title = Der Monat in Zahlen
column-measure = Maß
column-value = Wert
column-usual = Üblich
column-between = Zwischen
column-about = Über wen
none = keine Angabe
source-title = Was dieses Protokoll nicht wissen kann
source-missing = Die Quelle dieses Protokolls verrät nicht: { $what }. Was davon abhängt, fehlt, statt als Null zu erscheinen.
source-replies = wer worauf geantwortet hat
source-threads = Threads
source-reactions = Reaktionen
source-joins = wer beigetreten und gegangen ist
source-edits = Bearbeitungen
about-title = Über diese Zahlen
about-privacy = Sie sind daraus gezählt, wer wann was getan hat. Kein Nachrichtentext wurde gespeichert oder gelesen. Was einzelne Menschen verraten könnte, wurde gerundet, bevor es hierher kam, und ein Monat wird nur einmal berichtet: Auch wer alle Berichte kennt, kann nicht ausrechnen, wie viel jemand geschrieben hat oder wer nicht gezählt werden wollte.
about-usual = „Üblich“ ist, wo neun von zehn Monaten liegen, nach bis zu zwölf Monaten davor. Was weniger als fünf ist, heißt auch so, selbst wenn es niemand war.
about-between = „Zwischen 58 und 81 von hundert“ sagt, wie groß der Anteil gut sein kann: So viel bewegt ihn schon der Zufall. Von hundert solchen Bereichen enthalten etwa 95 den wahren Wert.
about-change = Mehr oder weniger als üblich heißt ein Monat nur, wenn der Zufall das selten täte und er mindestens ein Viertel abweicht (bei Anteilen zehn Punkte). Wo die Monate so schwanken wie in den meisten Gemeinschaften, kommt durch bloßen Zufall weniger als eine solche Bemerkung im Jahr zustande; wo sie doppelt so stark schwanken, ein bis zwei. Wo nichts steht, wird keine Veränderung behauptet und keine ausgeschlossen.
about-maker = Erstellt von Hearth.

community-only = Was hier fehlt, wird nur von der ganzen Gemeinschaft gesagt: Sonst ließen sich Menschen in einem Raum unterscheiden.
other-measures = Weitere Maße

zone-place = der Zeit von { $place }
more-title = Weitere Bilder
explorer-lead = Bilder und Zahlen, die von Monat zu Monat weniger zählen. Es braucht dafür fünfzig Menschen und mehr.
absent-title = Was nicht gezeigt wird, und warum
quoted = „{ $text }“
earlier-reports = Frühere Berichte
all-reports = Alle Monate

## Höchstens ein Vorschlag je Bericht. Nachgeschlagen als suggest-<Kennung>.

suggest-label = Einen Gedanken wert
suggest-rest_or_revive = Seit drei Monaten schreibt kaum jemand. Gemeinschaften dürfen ruhen: Entscheidet zusammen, ob ihr diese mit Dank schließt oder alle zu einem Abend einladet, für den sich das Wiederkommen lohnt.
suggest-wake_up = In diesem Quartal haben weniger Menschen geschrieben als üblich. Bevor neue eingeladen werden, hilft vielleicht die Frage an die Stillen, wofür sie kämen.
suggest-share_the_stage = Eine Handvoll Menschen trägt den größten Teil des Gesprächs. Hört jemand davon auf, ist es zu spüren: Ladet jemand anderen ein, das nächste Thema zu leiten.
suggest-greeters = Neue bekommen nicht immer eine Antwort auf ihre erste Nachricht. Zwei Menschen, die sich beim Begrüßen abwechseln, könnten das auffangen.
suggest-answer_rota = Viele Gespräche greift niemand auf. Macht aus, wer wann nach dem sieht, was noch offen ist.
suggest-second_word = Wenige Neue schreiben ein zweites Mal. Ein Wort in den ersten Wochen, von einem Menschen und über das, was sie geschrieben haben, kostet wenig.
suggest-merge_rooms = Viele Räume, und in den meisten wenige Menschen. Legt die stillen zusammen, damit alle, die etwas sagen, dort auch gehört werden.
suggest-pair_people = Manche schreiben und teilen mit niemandem ein Gespräch. Menschen für ein Gespräch zusammenzubringen, gibt allen jemanden, der antwortet.
suggest-drop_or_give = Manche Aufgaben sind seit einem Vierteljahr offen. Streicht sie, oder gebt sie jemandem, der sie will.
suggest-fewer_actions = Weniger als die Hälfte des Vereinbarten wird erledigt. Vereinbart weniger, und jedes mit jemandem, der es will.

## Was die Moderation ausprobiert hat.

experiment-title = Was ihr ausprobiert habt
experiment-what = Seit { $since }: „{ $what }“.
experiment-too-early = { $count ->
    [0] Noch zu früh: Beurteilt wird einmal, nach drei vollen Monaten.
    [one] Noch zu früh. Einer von drei vollen Monaten ist vorbei; dann wird einmal geurteilt.
   *[other] Noch zu früh. { $value } von drei vollen Monaten sind vorbei; dann wird einmal geurteilt.
}
experiment-too-little-before = „{ $name }“ ist aus weniger als sechs Monaten vor dem Beginn bekannt: Was daraus wurde, lässt sich nicht beurteilen.
experiment-not-judged = Veränderungen von „{ $name }“ werden nicht beurteilt. Seht euch die Zahlen an, und fragt die Menschen.
experiment-values = { $name }: davor { $before }, in den drei Monaten danach { $after }.
experiment-hoped = Das habt ihr euch erhofft, und gut möglich, dass es geholfen hat.
experiment-against = Das ist nicht die erhoffte Richtung. Versucht vielleicht etwas anderes.
experiment-unclear = Das heißt nicht, dass es nichts bewirkt hat.
experiment-few = In manchen dieser Monate waren zu wenige Menschen dabei, oder zu vieles ist nicht bekannt, um zu sagen, was daraus wurde.
experiment-caveat = Anderes hat sich auch geändert: Ein Vergleich beweist nichts.

## Die Seite aller Monate.

index-title = Alle Berichte
index-lead = Der letzte Monat jeder Gemeinschaft, die Monate davor als Linie, jede mit eigenem Maßstab. Kleine Punkte zeigen den Vormonat und, mit senkrechtem Strich, denselben Monat ein Jahr davor.
index-months = Monat für Monat
index-range = { $name }: zwischen { $low } und { $high } in den gezeigten Monaten.
index-earlier = { $month }: { $value }.
index-moments = { $name }: { $months }.
index-in-months = in { $count } Monaten
index-csv = Alle Maße aller Monate, als Tabelle für die Tabellenkalkulation (CSV)
