### Monate, Einheiten, Zahlen, Gründe: die Wörter, aus denen alles andere besteht.

language-name = Deutsch

## Wie Zahlen geschrieben werden.

number-decimal = ,
number-group = .
number-percent = { $value }{"\u00A0"}%

## Monate. Nachgeschlagen als month-1 bis month-12.

month-1 = Januar
    .short = Jan
month-2 = Februar
    .short = Feb
month-3 = März
    .short = März
month-4 = April
    .short = Apr
month-5 = Mai
    .short = Mai
month-6 = Juni
    .short = Juni
month-7 = Juli
    .short = Juli
month-8 = August
    .short = Aug
month-9 = September
    .short = Sep
month-10 = Oktober
    .short = Okt
month-11 = November
    .short = Nov
month-12 = Dezember
    .short = Dez
month-year = { $month } { $year }

## Listen und Intervalle.

list-and = { $first } und { $last }
list-more = { $count ->
    [one] ein weiteres
   *[other] { $value } weitere
}
interval = { $low } bis { $high }

## Werte mit Einheit. Nachgeschlagen als unit-<unit>; ohne bekannte Einheit steht die Zahl allein.

unit-people = { $count ->
    [one] { $value } Person
   *[other] { $value } Personen
}
unit-messages = { $count ->
    [one] { $value } Nachricht
   *[other] { $value } Nachrichten
}
unit-days = { $count ->
    [one] { $value } Tag
   *[other] { $value } Tage
}
unit-rooms = { $count ->
    [one] { $value } Raum
   *[other] { $value } Räume
}
duration-minutes = { $value } min
duration-hours = { $value } h
duration-days = { $count ->
    [one] { $value } Tag
   *[other] { $value } Tage
}

## Warum es keinen Wert gibt. Nachgeschlagen als reason-<Grund>.

reason-too_few_people = Zu wenige Menschen, um etwas zu sagen.
    .after-colon = zu wenige Menschen, um etwas zu sagen.
reason-complementary = Nicht gezeigt, weil es eine andere Zahl über zu wenige Menschen verraten würde.
    .after-colon = nicht gezeigt, weil es eine andere Zahl über zu wenige Menschen verraten würde.
reason-source_lacks_replies = Dieses Protokoll weiß nicht, wer worauf geantwortet hat.
    .after-colon = Dieses Protokoll weiß nicht, wer worauf geantwortet hat.
reason-source_lacks_threads = Dieses Protokoll kennt keine Threads.
    .after-colon = Dieses Protokoll kennt keine Threads.
reason-source_lacks_reactions = Dieses Protokoll kennt keine Reaktionen.
    .after-colon = Dieses Protokoll kennt keine Reaktionen.
reason-source_lacks_joins = Dieses Protokoll weiß nicht, wer Mitglied ist.
    .after-colon = Dieses Protokoll weiß nicht, wer Mitglied ist.
reason-source_lacks_edits = Dieses Protokoll kennt keine Bearbeitungen.
    .after-colon = Dieses Protokoll kennt keine Bearbeitungen.
reason-no_messages = Es gab keine Nachrichten.
    .after-colon = Es gab keine Nachrichten.
reason-undefined = Für einen Monat wie diesen lässt es sich nicht berechnen.
    .after-colon = Für einen Monat wie diesen lässt es sich nicht berechnen.
reason-log_starts_here = Das Protokoll beginnt hier: Es gibt nichts Früheres zum Vergleichen.
    .after-colon = Das Protokoll beginnt hier: Es gibt nichts Früheres zum Vergleichen.
reason-incomplete_month = Der Monat ist noch nicht zu Ende.
    .after-colon = Der Monat ist noch nicht zu Ende.
reason-other = Es ist nicht bekannt.
    .after-colon = Es ist nicht bekannt.

## Status eines Wertes.

status-ok = gemessen
status-na = nicht bekannt
status-suppressed = nicht gezeigt

## Tage.

day-month = { $day }. { $month }
weekday-1 = Montag
    .short = Mo
weekday-2 = Dienstag
    .short = Di
weekday-3 = Mittwoch
    .short = Mi
weekday-4 = Donnerstag
    .short = Do
weekday-5 = Freitag
    .short = Fr
weekday-6 = Samstag
    .short = Sa
weekday-7 = Sonntag
    .short = So
hour = { $hour } Uhr
unit-months = { $count ->
    [one] { $value } Monat
   *[other] { $value } Monate
}
