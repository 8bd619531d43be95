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
    [one] { $value } Mensch
   *[other] { $value } Menschen
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
unit-quarters = { $count ->
    [one] ein Quartal
   *[other] { $value } Quartale
}

## Veröffentlichte Zahlen: Bereiche, Zeiten, Anteile und worüber sie etwas sagen.

fewer-than = weniger als { $number }
at-most = höchstens { $number }
within-minutes = binnen { $minutes } Minuten
within-hours = { $count ->
    [one] binnen einer Stunde
   *[other] binnen { $value } Stunden
}
within-days = { $count ->
    [one] binnen eines Tages
   *[other] binnen { $value } Tagen
}
share-under-quarter = weniger als ein Viertel
share-roughly-half = ungefähr die Hälfte
share-over-three-quarters = mehr als drei Viertel
share-none = wenige oder niemand
share-quarter = etwa ein Viertel
share-half = etwa die Hälfte
share-most = etwa drei Viertel
share-all = fast alle
between-share = zwischen { $low } und { $high } von hundert
between = zwischen { $low } und { $high }
about-conversations = von etwa { $number } Gesprächen
about-conversations-more = von { $number } Gesprächen oder mehr
about-quarters = { $quarters }, { $number } Menschen oder mehr
about-actions = vereinbarte Aufgaben: { $number }
about-themes = Themen: { $number }
about-sheets = { $number } Antworten oder mehr
about-people = von { $number } Menschen oder mehr
about-answers = { $month }, { $number } Antworten oder mehr

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
reason-no_actions = In dieser Zeit wurde nichts vereinbart.
    .after-colon = In dieser Zeit wurde nichts vereinbart.
reason-none_open = Nichts ist offen.
    .after-colon = nichts ist offen.
reason-not_reached = Noch nicht die Hälfte ist so weit.
    .after-colon = noch nicht die Hälfte ist so weit.
reason-no_answers = Niemand wurde gefragt, oder niemand hat geantwortet.
    .after-colon = Niemand wurde gefragt, oder niemand hat geantwortet.
reason-no_gathering = Es gab keine Zusammenkunft mit Moderation.
    .after-colon = Es gab keine Zusammenkunft mit Moderation.
reason-no_retro = In diesem Monat gab es keine Retrospektive.
    .after-colon = In diesem Monat gab es keine Retrospektive.
reason-first_retro = Es war die erste Retrospektive: Davor gibt es keine zum Vergleichen.
    .after-colon = Es war die erste Retrospektive, davor gibt es keine zum Vergleichen.
reason-no_pulse = In diesem Monat endete kein Puls.
    .after-colon = In diesem Monat endete kein Puls.
reason-nobody_joined = In dieser Zeit ist niemand sichtbar beigetreten.
    .after-colon = In dieser Zeit ist niemand sichtbar beigetreten.
reason-no_units = Das Protokoll weiß nicht, wer zu welchem Team gehört.
    .after-colon = Das Protokoll weiß nicht, wer zu welchem Team gehört.
reason-too_few_conversations = Zu wenige Gespräche, oder zu wenige Menschen, die sie begannen.
    .after-colon = zu wenige Gespräche, oder zu wenige Menschen, die sie begannen.
reason-too_few_messages = So wenige Nachrichten, dass sie verraten würden, was Einzelne schrieben.
    .after-colon = so wenige Nachrichten, dass sie verraten würden, was Einzelne schrieben.
reason-too_few_values = Zu wenige, um etwas zu sagen.
    .after-colon = zu wenige, um etwas zu sagen.
reason-no_quarter_ends = Das wird einmal im Quartal gesagt, und noch nicht jetzt.
    .after-colon = Das wird einmal im Quartal gesagt, und noch nicht jetzt.
reason-gathering = Noch kamen zu wenige: Quartale werden zusammengefasst, bis es genug sind.
    .after-colon = Noch kamen zu wenige; Quartale werden zusammengefasst, bis es genug sind.
reason-scope_changed = Inzwischen kamen Räume dazu, die es schon gab: Vorher und nachher lassen sich nicht vergleichen.
    .after-colon = Inzwischen kamen Räume dazu, die es schon gab; vorher und nachher lassen sich nicht vergleichen.
reason-community_only = Das wird nur von der ganzen Gemeinschaft gesagt.
    .after-colon = Das wird nur von der ganzen Gemeinschaft gesagt.
reason-other = Es ist nicht bekannt.
    .after-colon = Es ist nicht bekannt.

## Status eines Wertes.

status-ok = gemessen
status-na = nicht bekannt
status-suppressed = nicht gezeigt

## Tage.

day-month = { $day }. { $month }
day-and-time = { $weekday } { $day }. { $month }, { $time } Uhr
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
