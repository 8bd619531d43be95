## Die Einstellungen der Gemeinschaft, und wie Leads die aller Angebote ändern.

community = Gemeinschaft
    .about = Was Leads einstellen
    .verb-settings = einstellungen einstellung
    .verb-adopt = übernehmen
    .verb-release = freigeben
    .verb-pause = pause ferien
    .help =
        - `!hearth einstellungen` – was sich einstellen lässt
        - `!hearth einstellungen poll` – alles zu Umfragen, mit Erklärung
        - `!hearth einstellungen poll close-after 2d` – etwas ändern (Leads)
    .help-more =
        - `!hearth einstellungen poll close-after default` – und zurück
        - `!hearth einstellungen leads-room here` – hier ist der Raum der Leads
        - `!hearth übernehmen` – auch diesen Raum, `!hearth freigeben` – nicht mehr
        - `!hearth pause 24. Dezember bis 6. Januar` – freie Tage
    .set-name = wie diese Gemeinschaft heißt
    .set-zone = die Zeitzone ihrer Termine, etwa Europe/Berlin
    .set-language = die Sprache, die ich spreche: en oder de
    .set-lobby = der Raum, in dem alle sind; `here` ist der Raum, in dem du schreibst
    .set-leads-room = der Raum, in dem Leads von mir hören; `here` ist der Raum, in dem du schreibst
    .set-announcements = welche Räume für Ankündigungen da sind, sodass Berichte dort keine Antworten erwarten: `on` oder `off` im Raum; sonst sind es die, in denen nur die Moderation schreiben darf
    .set-announce = ob ich im Raum der Leads sage, wenn sich eine Einstellung ändert
    .set-nudges-per-room = wie oft am Tag ich in einem Raum ungefragt etwas sagen darf
    .set-nudges-per-person = wie oft am Tag ich jemandem ungefragt schreiben darf; was aus anderen meiner Gemeinschaften kam, zählt mit
    .set-nudges-per-person-a-week = wie oft in der Woche, ab Montag, ich jemandem ungefragt schreiben darf; gezählt wie am Tag
    .set-holidays = freie Tage für alles, was sich wiederholt, erster Tag und erster Tag danach; `pause` stellt sie ein
    .set-bots = wessen Kennungen Bots, Brücken oder Weiterleiter sind, wie `@_irc_*:example.org`: Die begrüße, frage und zähle ich nicht

# $community - the community's name
community-all = **Einstellungen von { $community }**

# $count - how many settings differ from their defaults
community-count = { $count } geändert

# $practice - an example of a practice
community-how-to-change = `!hearth einstellungen { $practice }` zeigt eines davon, mit Erklärung und wie du es änderst.

# $practice - an example of a practice
community-how-to-look = `!hearth einstellungen { $practice }` zeigt eines davon. Ändern können es Leads, ansehen alle.

# $title - the practice
community-nothing-to-set = { $title }: Da gibt es nichts einzustellen.

# $practice - the practice
community-how-to-set = So änderst du etwas: `!hearth einstellungen { $practice } NAME WERT`. Und zurück: `!hearth einstellungen { $practice } NAME default`.

# $community - the community's name
community-adopted = Hier bin ich jetzt zu Hause, in **{ $community }**. Alle können sehen, was ich festhalte, und es abstellen: `!hearth datenschutz`.

# $community - the community's name
community-adopted-already = Hier bin ich schon zu Hause, in **{ $community }**.

# $community - the community's name
community-adopted-by-other = Dieser Raum gehört schon zu **{ $community }**. Ein Lead von dort kann hier zuerst `freigeben` sagen.

community-adopt-where = Sag das in dem Raum, um den es geht.

community-release-leads = Einen Raum freigeben können nur Leads.

# $community - the community's name
community-released = Dieser Raum gehört nicht mehr zu **{ $community }**: Ich halte hier ab jetzt nichts mehr fest. `!hearth übernehmen` holt ihn zurück.

community-not-adopted = In diesem Raum bin ich noch nicht zu Hause; ich tue hier nichts und halte nichts fest. Ein Lead einer Gemeinschaft, um die ich mich kümmere, kann mir hier `übernehmen` sagen.

# $names - the communities
community-adopt-which = Du leitest mehr als eine Gemeinschaft: Sag, zu welcher dieser Raum gehört, `übernehmen NAME`. Es gibt: { $names }

community-guest = Ich sehe dich in keinem der Räume, um die ich mich kümmere, deshalb kann ich hier wenig für dich tun. Komm in einen, und schreib mir dann noch einmal. Was überall geht: `hilfe`, `datenschutz`, `meine-daten`, `abmelden` und `vergiss-mich`.

community-only-leads-change = Ändern können das Leads. Hättest du etwas gern anders, sag es ihnen.

# $practice - the practice
community-only-leads = Das können nur Leads ändern: wer unsere Räume moderiert, und wen der Betreiber benannt hat. Sag ihnen, was du dir wünschst! Ansehen kannst du es immer: `!hearth einstellungen { $practice }`.

# $value - the default
community-default = Standard: { $value }

community-unset = nicht gesetzt
community-yes = `ja`
community-no = `nein`
community-operators = wie eingerichtet

# $key - the setting
# $after - its value from now on
# $before - its value until now
community-changed = Erledigt: `{ $key }` ist jetzt { $after } (vorher { $before }).

# $key - the setting
# $value - its value
community-unchanged = `{ $key }` ist schon { $value }.

# $who - the lead
# $practice - the practice
# $key - the setting
# $before - its value until now
# $after - its value from now on
community-announced = { $who } hat `{ $practice } { $key }` geändert: { $before } → { $after }

# $value - what was written
# $key - the setting
# $why - what fits
# $before - its value
community-misfit = `{ $value }` passt nicht zu `{ $key }`. { $why } Es bleibt bei: { $before }.

community-fits-number = Ich brauche eine ganze Zahl, etwa 2.
community-fits-switch = Ich brauche `ja` oder `nein`.
community-fits-span = Ich brauche eine Dauer, etwa 30m, 2h, 3d oder 1w, höchstens ein Jahr.

# $example - the default
community-fits-like = Ich brauche etwas wie { $example }.

# $options - what there is to choose from
community-fits-one-of = Wähle eines davon: { $options }.

community-fits-zone = Ich brauche eine Zeitzone mit ihrer Stadt, etwa `Europe/Berlin` oder `America/New_York`, oder `UTC`.

# $zone - the zone that was perhaps meant
community-fits-zone-suggest = Diese Zeitzone kenne ich nicht. Meinst du `{ $zone }`?

community-fits-room = Einen Raum mit diesem Namen kenne ich hier nicht, oder mehrere. Sag es mit `here` in dem Raum, den du meinst.

# $room - the room that was perhaps meant
community-fits-room-suggest = So einen Raum kenne ich nicht. Meinst du { $room }?

community-here-is-direct = Hier ist unser Direktchat. Sag es in dem Raum, den du meinst, oder nenne seinen Namen.

community-fits-announcements = Sag `on` oder `off` in dem Raum, den du meinst, oder nenne zuerst den Raum, etwa `#news on`. Mit `default` entscheiden wieder die Rechte im Raum.

community-fits-pattern = Ich brauche Kennungen wie `@_irc_*:example.org, @relay:example.org`: Jede beginnt mit `@`, `*` steht für Beliebiges, und eine, die auf alle passt, gilt nicht.

community-bots-you = Damit wärst auch du ein Bot, und dann würde ich nicht mehr auf dich hören. Schreib mehr von den Kennungen, die du meinst.

## Wie die Sprache dieser Datei heißt, in jeder Sprache.
community-language-names = german deutsch

# $practice - what was written
community-unknown = Etwas namens `{ $practice }` kenne ich nicht. `!hearth einstellungen` zeigt, was sich einstellen lässt.

# $practice - what was written
# $meant - the nearest practice
community-unknown-suggest = Etwas namens `{ $practice }` kenne ich nicht. Meinst du `!hearth einstellungen { $meant }`?

# $key - what was written
# $practice - the practice
community-unknown-key = Eine Einstellung `{ $key }` gibt es nicht. `!hearth einstellungen { $practice }` zeigt, was es gibt.

# $key - what was written
# $practice - the practice
# $meant - the nearest setting
community-unknown-key-suggest = Eine Einstellung `{ $key }` gibt es nicht. Meinst du `!hearth einstellungen { $practice } { $meant }`?

community-introduction =
    Hallo, ich bin Hearth: Ich begrüße Neue, breche das Eis, mache Umfragen und sage den Leads einmal im Monat, wie es der Gemeinschaft geht. Was gesagt wird, behalte ich nie (`!hearth datenschutz`).
    Wer hier moderiert, kann mich fertig einrichten: `!hearth einstellungen lobby here` in dem Raum, in dem alle sind, und `!hearth einstellungen leads-room here` im Raum der Leads. `!hearth hilfe` zeigt den Rest.

## Freie Tage

# $days - from when to when, and when it goes on
community-pause-set = Frei: { $days }. An diesen Tagen gibt es von mir keine Treffen, Fragen oder Erinnerungen; was ihr mir schreibt, geht wie immer. `!hearth pause aus` sagt es ab.

# $day - the day
# $back - the day on which it goes on
community-pause-day = { $day }, weiter am { $back }

# $from - the first day
# $to - the last day
# $back - the day on which it goes on
community-pause-days = { $from } bis { $to }, weiter am { $back }

community-pause-ahead = Freie Tage:

community-pause-none = Es sind keine freien Tage geplant. Leads planen welche mit `!hearth pause 24. Dezember bis 6. Januar` oder `!hearth pause bis 8. Januar`.

community-pause-over = Die freien Tage sind abgesagt: Was sich wiederholt, geht weiter.

community-pause-leads = Freie Tage planen die Leads. Sag ihnen, welche du gern hättest!

community-pause-long = Das ist mehr als ein Jahr. Für so lange beendet lieber, was sich wiederholt.

# $most - how many there may be
community-pause-many = Mehr als { $most } Abschnitte mit freien Tagen kann ich nicht führen.
