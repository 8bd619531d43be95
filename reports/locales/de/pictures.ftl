### Bilder: Titel, was sie sagen, wie sie zu lesen sind. Nachgeschlagen mit der Kennung des Bildes.

picture-activity = Menschen und Nachrichten, Monat für Monat
    .read = Die dicke Linie zählt Schreibende; eine dünne, wo Reaktionen bekannt sind, alle, die geschrieben oder reagiert haben. Ein Balken statt einer Linie ist ein Bereich: Die Zahl liegt irgendwo darin. Nachrichten werden nur als Bereich gesagt: Der kräftige Teil eines Balkens sind sie mindestens, der helle höchstens.
picture-voices = Wie viele Stimmen zu hören sind
    .read = Die dicke Linie zählt wirksame Stimmen: wie viele Menschen es bräuchte, damit es so vielstimmig klingt, wenn alle gleich viel schrieben. Die dünne Linie zählt alle Schreibenden. Je näher sie beieinander liegen, desto gleichmäßiger ist das Gespräch verteilt.
picture-newcomers = Wer zum ersten Mal geschrieben hat
    .read = Ein Balken ist ein Bereich: Weniger als fünf Neue werden nicht von keinem unterschieden.
picture-answered = Wie oft ein Gespräch aufgegriffen wird
    .read = Die Linie ist der Anteil der Gespräche, die jemand anderes aufgriff; die Fläche um sie sagt, wie weit schon der Zufall sie bewegen kann.
picture-people = Neue und Vertraute, Quartal für Quartal
    .read = Jeder Punkt ist ein Anteil der Menschen ganzer Quartale, der neueste in der kräftigen Farbe; der wahre Wert kann gut überall auf seinem Strich liegen. Anteile weniger Menschen werden in Schritten eines Viertels oder der Hälfte gesagt.

## Was ein Bild in einem Satz sagt, auch für alle, die es nicht sehen.

alt-last = { $name }: { $value } im { $month }.
alt-last-usual = { $name }: { $value } im { $month }, üblich { $usual }.
alt-line-left-out = „{ $name }“ ist nicht gezeichnet: { $reason }
alt-at = { $name }: { $value } ({ $when }).
alt-value = { $name }: { $value }.
alt-last-unknown = { $name }: für { $month } nicht bekannt.
alt-last-suppressed = { $name }: für { $month } nicht gezeigt.
alt-marks-more = Früher schon mehr als üblich: { $months }.
alt-marks-less = Früher schon weniger als üblich: { $months }.

## Beschriftungen in Bildern.

note-suppressed = Schraffiert: nicht gezeigt, zu wenige Menschen.
note-na = Schraffiert: nicht bekannt.
note-usual = Helle Fläche: was üblich ist.
note-marks = Dreieck: mehr oder weniger als üblich.
note-both = Schraffiert: zu wenige Menschen oder nicht bekannt.
no-value-here = nicht bekannt
not-shown-here = nicht gezeigt

## Ereignisse in der Zeit. Nachgeschlagen als event-<Kennung>.

event-hearth_started = Start von Hearth
event-meeting = Treffen
event-retro = Retro
event-new_rules = neue Regeln

## Weitere Bilder.

picture-retention = Wer bleibt, nach dem Quartal des Kommens
    .read = Jede Zeile sind alle, die in diesem Quartal zum ersten Mal geschrieben haben; jedes Feld sagt, wie viele von hundert so viele Quartale später wieder geschrieben haben. Kleine Zeilen schwanken schon durch Zufall stark.
picture-survival = Wie lange Neue bleiben
    .read = Wer 90 Tage lang nicht schreibt, zählt als gegangen. Die Fläche sagt, wie weit schon der Zufall die Linie bewegen kann.
picture-week = Wann in der Woche geschrieben wird
    .read = Nach der Uhr der Gemeinschaft. Drei Stufen genügen, um eine gute Stunde für ein Treffen zu finden.
picture-rooms = Raum für Raum
    .read = Jeder Balken ist ein Monat: Zwischen seinen Enden liegt die Zahl der Schreibenden, jeder Raum mit eigenem Maßstab. Genaue Zahlen mehrerer Räume könnten Einzelne verraten. Wirksame Stimmen sagen, wie viele Menschen es bräuchte, damit es so vielstimmig klingt, wenn alle gleich viel schrieben.
picture-network = Wer wem antwortet
    .read = Links, wer geantwortet hat, rechts, wer die Antwort bekam; ein Band ist so dick wie die Zahl der Antworten, die gerundet ist. Bänder in der kräftigen Farbe führen von einer Gruppe zur anderen.
picture-funnel = Wie weit Neue kommen
    .read = Jeder Balken ist ein Anteil derer, die beigetreten sind; der Strich darauf sagt, wie weit schon der Zufall ihn bewegen kann.
picture-actions = Was aus Vereinbartem wurde
    .read = Eine Säule je Retrospektive. Eine offene Aufgabe ist kein Versagen, aber was niemand mehr will, darf gestrichen werden.
picture-themes = Welche Themen wiederkehren
    .read = Ein Punkt, wo ein Thema aufkam. In der kräftigen Farbe: diesmal und schon früher. Was immer wiederkehrt, braucht vielleicht jemanden von außen.
picture-pulse = Was Mitglieder über die Gemeinschaft sagen
    .read = Punkte sind die mittlere Antwort; der wahre Wert kann gut überall auf ihren Strichen liegen. Unter zehn Antworten wird nichts gezeigt.

alt-cohort = Neue von { $cohort } ({ $size } oder mehr), die { $later } später wieder geschrieben haben: { $share }.
alt-survival-about = Von { $people } Neuen oder mehr:
alt-survival = { $days } Tage nach der ersten Nachricht schrieben noch: { $share }.
week-time = { $day } von { $from } bis { $to }
alt-week = Am meisten geschrieben wird { $times }.
alt-week-even = Keine Zeit der Woche fällt auf.
week-levels = Kräftig: viel wird geschrieben; hell: einiges; ein Punkt: wenig, oder von zu wenigen Menschen.
alt-rooms = { $count ->
    [one] In einem Raum schrieben genug Menschen, um ihn zu zeigen.
   *[other] In { $value } Räumen schrieben genug Menschen, um sie zu zeigen.
}
alt-rooms-first = Die meisten schrieben in „{ $name }“: { $people }.
alt-network = Die meisten Antworten zwischen Gruppen: etwa { $value }, von „{ $from }“ an „{ $to }“.
alt-network-none = Antworten zwischen Gruppen lassen sich nicht zeigen.
alt-funnel = { $people } sind von { $quarters } beigetreten; bis zu „{ $step }“ gelangten { $share }
alt-actions = { $count ->
    [one] Eine Aufgabe wurde vereinbart: erledigt { $done }, noch offen { $open }.
   *[other] { $value } Aufgaben wurden vereinbart: { $done } sind erledigt, { $open } noch offen.
}
alt-themes = { $count ->
    [one] Ein Thema kam auf.
   *[other] { $value } Themen kamen auf.
}
alt-themes-none = Keines davon kam diesmal wieder.
alt-themes-back = Diesmal wieder dabei: { $themes }.

## Beschriftungen darin.

cohort-size = Menschen
cohort-steps = von hundert schrieben wieder, nach Quartalen seit der ersten Nachricht
survival-x = Tage seit der ersten Nachricht
survival-end = nach { $day } Tagen
rooms-people = Schreibende
rooms-voices = wirksame Stimmen
rooms-taken-up = aufgegriffen
rooms-dash = –: zu wenige Menschen oder nicht bekannt.
rooms-unlisted = { $count ->
    [one] Ein weiterer Raum hatte zu wenige Menschen, um gezeigt zu werden.
   *[other] { $value } weitere Räume hatten zu wenige Menschen, um gezeigt zu werden.
}
rooms-quieter = { $count ->
    [one] Ein kleinerer Raum fehlt hier.
   *[other] { $value } kleinere Räume fehlen hier.
}
number-in-picture = Nr. { $number }
network-from = wer geantwortet hat
network-to = wem
network-hidden = Unterbrochene Linien: Da mögen Antworten sein, aber von zu wenigen Menschen, um zu sagen, wie viele.
group-newcomers = Neue
group-settled = schon länger dabei
group-returned = nach einer Pause zurück
group-not_new = alle anderen
group-new_or_back = neu oder nach einer Pause zurück
group-others = alle anderen
stage-joined = beigetreten
stage-wrote = erste Nachricht geschrieben
stage-answered = Antwort bekommen
stage-came_back = binnen eines Monats wiedergekommen
actions-done = erledigt
actions-dropped = gestrichen
actions-open = noch offen
actions-ages = Offene Aufgaben nach Alter
age-under = unter { $days } Tagen
age-between = { $from } bis { $to } Tage
age-over = { $days } Tage und mehr
item-safety = Hier kann ich offen sprechen
item-mistakes = Fehler werden niemandem nachgetragen
item-problems = Probleme lassen sich ansprechen
item-difference = Niemand wird abgewiesen, weil er anders ist
item-risk = Man kann gefahrlos etwas wagen
item-help = Um Hilfe zu bitten fällt leicht
item-effort = Niemand macht die Arbeit anderer schlecht
item-skills = Was ich kann, wird geschätzt
