## Was Leads mit dem Monatsbericht tun.

report = Bericht
    .about = (Leads) Immer ein Versuch
    .verb-report = bericht
    .verb-report-try = ausprobieren
    .verb-report-stop = beenden
    .verb-report-share = teilen
    .help =
        - `!hearth bericht ausprobieren "zwei begrüßen Neue" --aim neue` – und sehen, was daraus wird
        - `!hearth bericht beenden` – Schluss damit
        - `!hearth bericht teilen` – allen erzählen, wie der Monat war, ohne Vergleich

report-leads-only = Das ist Sache der Leads. Was du von einem Monat siehst, teilen sie mit `!hearth bericht teilen`.

# $what - what is tried
# $aim - what should get better
# $prefix - what commands begin with
report-trying = Ihr probiert „{ $what }“ aus, für { $aim }. Wenn drei volle Monate vorbei sind, sagt der Bericht, was daraus wurde; `{ $prefix } bericht beenden` beendet es.

# $prefix - what commands begin with
report-trying-nothing = Zur Zeit wird nichts ausprobiert. `{ $prefix } bericht ausprobieren "zwei Gastgeber je Woche" --aim neue` fängt etwas an, und nach drei vollen Monaten sagt der Bericht, was daraus wurde.

# $what - what was tried
report-stopped = „{ $what }“ ist vorbei. Der Bericht lässt es von nun an weg.

# $prefix - what commands begin with
report-nothing-to-stop = Es wird nichts ausprobiert. `{ $prefix } bericht ausprobieren …` fängt etwas an.

# $prefix - what commands begin with
report-no-lobby = Ich weiß noch nicht, in welchem Raum alle sind. Schreib dort erst `{ $prefix } einstellungen community lobby here`.

# $prefix - what commands begin with
report-try-what = Was möchtet ihr ausprobieren? Zum Beispiel: `{ $prefix } bericht ausprobieren "zwei Gastgeber je Woche" --aim neue`.

# $length - how many characters it has
# $most - how many it may have
report-try-long = Das hat { $length } Zeichen, und { $most } passen in den Satz des Berichts. Sag es etwas kürzer.

# $known - what can be aimed at
# $prefix - what commands begin with
# $what - what is tried
report-try-aim = Was soll davon besser werden: { $known }? Schreib es etwa so: `{ $prefix } bericht ausprobieren "{ $what }" --aim neue`.

# $aim - what was written
# $known - what can be aimed at
report-unknown-aim = Ob „{ $aim }“ besser wird, kann der Bericht nicht sagen. Er kann es für { $known }.

# $what - what is tried
# $aim - what should get better
report-try-begins = Viel Erfolg mit „{ $what }“! Wenn drei volle Monate vorbei sind, sagt der Bericht, ob sich für { $aim } mehr geändert hat, als der Zufall erklärt.

# $prefix - what commands begin with
report-share-hint = `{ $prefix } bericht teilen` erzählt der Lobby, was wir zusammen getan haben; `{ $prefix } bericht ausprobieren …` hält fest, was ihr als Nächstes ausprobieren wollt.

# $month - year and month
report-shared = Erledigt: Die Lobby weiß, wie { $month } war.

# $month - year and month
report-shared-already = Die Lobby hat { $month } schon bekommen. Der nächste Monat folgt, wenn er vorbei ist.

report-none-yet = Noch gibt es keinen Bericht, den ich teilen könnte. Der erste kommt drei Tage nach dem Ende eines Monats.

report-share-failed = Das ließ sich nicht teilen. Wer mich betreibt, findet den Grund in meinem Protokoll; bitte versuche es später noch einmal.

# $month - year and month
report-too-little = Über { $month } lässt sich zu wenig sagen, ohne etwas über einzelne Menschen zu sagen; darum lasse ich es.

## Was bei der Seite eines Berichts steht.
report-page = Der ganze Bericht: jede Zahl, was sie bedeutet und wie sicher sie ist. Öffne ihn im Browser.
