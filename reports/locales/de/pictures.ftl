### Bilder: Titel, was sie sagen, wie sie zu lesen sind. Nachgeschlagen mit der Kennung des Bildes.

picture-activity = Menschen und Nachrichten, Monat für Monat
    .read = Oben Menschen, die geschrieben oder reagiert haben; unten alle Nachrichten.
picture-voices = Wie viele Stimmen zu hören sind
    .read = Die dicke Linie zählt wirksame Stimmen: wie viele Menschen es bräuchte, damit es so vielstimmig klingt, wenn alle gleich viel schrieben. Die Fläche ist das 95‑%‑Intervall; die dünne Linie zählt alle Schreibenden.
picture-lorenz = Wie gleichmäßig das Gespräch verteilt ist
    .read = Die Schreibenden stehen in einer Reihe, von den stillsten zu den aktivsten. Auf der geraden Linie schreiben alle gleich viel; je tiefer eine Kurve durchhängt, desto mehr schreiben einige wenige.
picture-growth = Wer kommt, bleibt und pausiert
    .read = Über der Linie Menschen, die im Monat geschrieben haben; darunter Menschen, die im Monat davor geschrieben und dann pausiert haben.
picture-answered = Wer eine Antwort bekommt
    .read = Punkte sind, was gemessen wurde; die Striche durch sie sind 95‑%‑Intervalle: Der wahre Wert kann überall darauf liegen.

## Was ein Bild in einem Satz sagt, auch für alle, die es nicht sehen.

alt-last = { $name }: { $value } im { $month }.
alt-last-interval = { $name }: { $value } ({ $interval }) im { $month }.
alt-last-range = { $name }: { $value } im { $month }, in den Monaten davor zwischen { $low } und { $high }.
alt-last-unknown = { $name }: für { $month } nicht bekannt.
alt-last-suppressed = { $name }: für { $month } nicht gezeigt.
alt-lorenz = Im { $month } schrieb die stillere Hälfte der Schreibenden { $share } der Nachrichten.
alt-lorenz-earlier = Im { $month } waren es { $share }.
alt-growth = { $month }: { $parts }.
alt-not-shown = Nicht gezeigt: { $names }.

## Beschriftungen in Bildern.

lorenz-equal = alle gleich viel
lorenz-x = Schreibende, die stillsten zuerst
lorenz-y = Anteil an den Nachrichten
lorenz-half = stillere Hälfte: { $share }
note-suppressed = Schraffiert: nicht gezeigt, zu wenige Menschen
note-na = Schraffiert: nicht bekannt
note-nobody = Punkte: niemand schrieb, oder zu wenige Menschen
note-both = Schraffiert: zu wenige Menschen oder nicht bekannt
no-value-here = nicht bekannt
not-shown-here = nicht gezeigt

## Ereignisse in der Zeit. Nachgeschlagen als event-<Kennung>.

event-hearth_started = Start von Hearth
event-meeting = Treffen
event-retro = Retro
event-new_rules = neue Regeln

## Weitere Bilder.

picture-retention = Wer bleibt, nach dem Monat des Kommens
    .read = Jede Zeile sind alle, die in diesem Monat zum ersten Mal geschrieben haben; jedes Feld sagt, welcher Anteil von ihnen so viele Monate später wieder geschrieben hat. Kleine Zeilen schwanken schon durch Zufall stark.
picture-survival = Wie lange Menschen bleiben
    .read = Die Linie fällt, wenn jemand 90 Tage lang nicht geschrieben hat; wer kürzlich geschrieben hat, zählt als noch da. Die Fläche ist das 95‑%‑Intervall; die dünne graue Linie ist ein Jahr früher.
picture-response = Wie lange Menschen auf Antwort warten
    .read = Jede Spalte ist ein Monat. Der Punkt ist die mittlere Antwort, der dicke Teil die mittlere Hälfte, die dünne Linie alles ohne das schnellste und das langsamste Zehntel. Gleiche Schritte nach oben sind gleiche Faktoren, nicht gleich viele Minuten.
picture-week = Wann in der Woche geschrieben wird
    .read = Je kräftiger die Farbe eines Feldes, desto mehr wurde dann geschrieben, nach der Uhr der Gemeinschaft.
picture-rooms = Raum für Raum
    .read = Die Linie sind Nachrichten Monat für Monat, jeder Raum mit eigenem Maßstab. Wirksame Stimmen sagen, wie viele Menschen es bräuchte, damit es so vielstimmig klingt, wenn alle gleich viel schrieben.
picture-network = Wer wem antwortet
    .read = Links, wer geantwortet hat, rechts, wer die Antwort bekam; ein Band ist so dick wie die Zahl der Antworten. Bänder in der kräftigen Farbe führen von einer Gruppe zur anderen.
picture-funnel = Wie weit Neue kommen
    .read = Jeder Balken ist ein Anteil derer, die kamen; der Strich darauf ist das 95‑%‑Intervall.
picture-actions = Was aus Vereinbartem wurde
    .read = Eine Säule je Retrospektive. Eine offene Aufgabe ist kein Versagen, aber was niemand mehr will, darf gestrichen werden.
picture-themes = Welche Themen wiederkehren
    .read = Ein Punkt, wo ein Thema aufkam. In der kräftigen Farbe: diesmal und schon früher. Was immer wiederkehrt, braucht vielleicht jemanden von außen.
picture-pulse = Was Mitglieder über die Gemeinschaft sagen
    .read = Punkte sind die mittlere Antwort, die Striche durch sie 95‑%‑Intervalle. Unter zehn Antworten wird nichts gezeigt.

alt-cohort = Von den { $size }, die im Monat { $cohort } zum ersten Mal schrieben, haben { $share } auch { $later } später geschrieben.
alt-survival = Einen Monat nach der ersten Nachricht waren noch { $share } da.
alt-survival-half = { $count ->
    [one] Nach einem Tag war die Hälfte gegangen.
   *[other] Nach { $value } Tagen war die Hälfte gegangen.
}
alt-survival-more-than-half = Mehr als die Hälfte blieb, so weit das Protokoll reicht.
alt-strips = Im { $month } kam die Hälfte der Antworten innerhalb von { $median }, neun von zehn innerhalb von { $high }.
alt-strips-before = In den Monaten davor brauchte die mittlere Antwort { $low } bis { $high }.
alt-week-month = Am meisten los: { $day } von { $from } bis { $to }, { $value } in diesem Monat.
alt-week = Am meisten los: { $day } von { $from } bis { $to } ({ $value }; Zeitraum: { $months }).
alt-rooms = { $count ->
    [one] Ein Raum war belebt genug, um gezeigt zu werden.
   *[other] { $value } Räume waren belebt genug, um gezeigt zu werden.
}
alt-rooms-first = Am meisten wurde in „{ $name }“ geschrieben: { $messages }.
alt-network = Die meisten Antworten zwischen Gruppen: { $value }, von „{ $from }“ an „{ $to }“.
alt-network-none = Antworten zwischen Gruppen lassen sich nicht zeigen.
alt-funnel = Von { $people }, die von { $from } bis { $to } kamen, gelangten { $share } bis hierhin: { $step }.
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
cohort-steps = % schrieben wieder, nach Monaten seit der ersten Nachricht
survival-x = Tage seit der ersten Nachricht
strip-high = neun von zehn
strip-median = die Hälfte
strip-low = eine von zehn
rooms-messages = Nachrichten
rooms-people = Schreibende
rooms-voices = wirksame Stimmen
rooms-answered = mit Antwort
rooms-dash = –: zu wenige Menschen oder nicht bekannt.
rooms-unlisted = { $count ->
    [one] Ein weiterer Raum hatte zu wenige Menschen, um gezeigt zu werden.
   *[other] { $value } weitere Räume hatten zu wenige Menschen, um gezeigt zu werden.
}
rooms-quieter = { $count ->
    [one] Ein ruhigerer Raum fehlt hier.
   *[other] { $value } ruhigere Räume fehlen hier.
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
stage-wrote_again = ein bis vier Monate später wieder geschrieben
actions-done = erledigt
actions-dropped = gestrichen
actions-open = noch offen
actions-ages = Offene Aufgaben nach Alter
age-under = unter { $days } Tagen
age-between = { $from } bis { $to } Tage
age-over = { $days } Tage und mehr
item-safety = Hier kann ich offen sprechen
item-belonging = Ich gehöre hierher
item-value = Die Gemeinschaft hilft mir bei der Arbeit
item-mistakes = Fehler werden niemandem nachgetragen
item-problems = Probleme lassen sich ansprechen
item-difference = Niemand wird abgewiesen, weil er anders ist
item-risk = Man kann gefahrlos etwas wagen
item-help = Um Hilfe zu bitten fällt leicht
item-effort = Niemand macht die Arbeit anderer schlecht
item-skills = Was ich kann, wird geschätzt
