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
note-both = Schraffiert: zu wenige Menschen oder nicht bekannt
no-value-here = nicht bekannt
not-shown-here = nicht gezeigt

## Ereignisse in der Zeit. Nachgeschlagen als event-<Kennung>.

event-hearth_started = Start von Hearth
event-meeting = Treffen
event-retro = Retro
event-new_rules = neue Regeln
