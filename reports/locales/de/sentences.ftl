### Was sich geändert hat, in Worten. Nie eine Punktzahl, nie eine Note.

active = { $count ->
    [0] Im { $month } hat niemand geschrieben oder reagiert.
    [one] Im { $month } war eine Person dabei.
   *[other] Im { $month } waren { $value } Menschen dabei.
}
active-split = { $count ->
    [one] Im { $month } war eine Person dabei.
   *[other] Im { $month } waren { $value } Menschen dabei: { $writers } haben geschrieben, { $reactors } nur reagiert.
}
voices = Das Gespräch klang nach { $value } gleich lauten Stimmen unter den { $posters } Schreibenden.
voices-interval = Das Gespräch klang nach { $value } gleich lauten Stimmen ({ $interval }) unter den { $posters } Schreibenden.
newcomers = { $count ->
    [one] { $value } der ersten Nachrichten von Neuen blieben ohne Antwort (ein neuer Mensch).
   *[other] { $value } der ersten Nachrichten von Neuen blieben ohne Antwort ({ $n } Neue).
}
newcomers-none = Keine erste Nachricht von Neuen blieb ohne Antwort.
newcomers-interval = { $value } der ersten Nachrichten von Neuen blieben ohne Antwort ({ $interval }).
answered = { $value } der eröffneten Gespräche bekamen eine Antwort.
answered-interval = { $value } der eröffneten Gespräche bekamen eine Antwort ({ $interval }).
answered-time = Die Hälfte der Antworten kam innerhalb von { $time }.

## Woher die Schreibenden kamen: Teile einer Liste.

growth-new = { $count ->
    [0] niemand hat zum ersten Mal geschrieben
    [one] eine Person hat zum ersten Mal geschrieben
   *[other] { $value } Menschen haben zum ersten Mal geschrieben
}
growth-back = { $count ->
    [0] niemand ist nach einer Pause zurückgekehrt
    [one] eine Person ist nach einer Pause zurückgekehrt
   *[other] { $value } sind nach einer Pause zurückgekehrt
}
growth-paused = { $count ->
    [0] alle, die im { $before } geschrieben hatten, schrieben wieder
    [one] eine Person, die im { $before } geschrieben hatte, hat pausiert
   *[other] { $value }, die im { $before } geschrieben hatten, haben pausiert
}

## Verglichen mit früheren Monaten: Satzteile, mit Strichpunkten zu einem Satz verbunden.

when-month = im { $month }
when-year = vor einem Jahr
change-higher = deutlich mehr als { $when } ({ $value })
change-lower = deutlich weniger als { $when } ({ $value })
change-same = etwa so viel wie { $when } ({ $value })
change-unclear = { $when } war es { $value }, zu nah beieinander, um von einer Veränderung zu sprechen
change-unclear-both = { $month } war es { $value }, { $year } { $earlier }, beides zu nah, um von einer Veränderung zu sprechen
change-plain = { $when } waren es { $value }
change-equal = genauso viel wie { $when }

## Was gesagt wird, wenn es keinen Wert gibt.

nothing-to-say = Im { $month } waren zu wenige Menschen dabei, um etwas über die Gemeinschaft zu sagen, ohne es über Einzelne zu sagen.

no-value = { $name }: { $reason }

connected = { $share } der Schreibenden haben niemandem geantwortet und keine Antwort bekommen.
bridged = { $share } der Schreibenden haben in mehr als einem Raum geschrieben.
followed = Von dem, was in den letzten zwölf Monaten vereinbart wurde, sind { $share } erledigt.
