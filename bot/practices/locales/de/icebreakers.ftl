## Kleine Fragen, die es leicht machen, etwas zu sagen.

icebreakers = Eisbrecher
    .about = Kleine Fragen
    .verb-icebreakers = eisbrecherfragen
    .verb-icebreakers-stop = stopp
    .verb-icebreakers-start = starten
    .verb-icebreakers-add = hinzufügen
    .verb-icebreakers-list = liste
    .verb-icebreakers-remove = entfernen
    .verb-icebreaker = eisbrecher
    .verb-icebreaker-light = leicht
    .verb-icebreaker-stories = geschichten
    .verb-icebreaker-lessons = gelerntes
    .verb-pass = passe
    .help =
        - `!hearth eisbrecher` – eine Frage hier und jetzt; `passe` ist auch eine Antwort
        - `!hearth eisbrecherfragen stopp` – keine Fragen per Direktnachricht
        - `!hearth eisbrecherfragen starten` – gerne doch
    .help-more =
        - `!hearth eisbrecherfragen hinzufügen light "Worüber hast du gelacht?"` – eigene
        - `!hearth eisbrecherfragen liste` – ansehen
        - `!hearth eisbrecherfragen entfernen 101` – eine herausnehmen
    .set-newcomers = ob Neue Fragen per Direktnachricht bekommen, bis sie sich beteiligen
    .set-days = an welchen Tagen nach dem Beitritt die Fragen kommen
    .set-hour = zu welcher Uhrzeit sie kommen
    .set-room-rhythm = wann ein Raum eine Frage bekommt, zum Beispiel `every tuesday 10:00`, oder `off` für nie
    .set-room = der Raum, der sie bekommt; leer für die Lobby
    .set-room-deck = aus welchem Stapel sie kommt: `light`, `stories` oder `lessons`

# $community - the community's name
# $prompt - the question
icebreakers-first = Eine kleine Frage von { $community }, wenn du magst:

    > { $prompt }

    Ein Satz genügt, hier oder in einem Raum. `passe` ist genauso gut, und `eisbrecherfragen stopp` beendet diese Fragen.

# $prompt - the question
icebreakers-next = Wenn du magst:

    > { $prompt }

# $prompt - the question
icebreakers-room-first = Eine Frage an uns alle:

    > { $prompt }

    Ein Satz im Thread genügt, und `passe` ist genauso gut.

# $prompt - the question
icebreakers-room = Eine Frage an uns alle:

    > { $prompt }

icebreakers-pass-words = pass passe passen weiter skip

icebreakers-tap-pass = passe

icebreakers-nothing-open = Auf dich wartet gerade keine Frage, alles gut.

# $prefix - what commands begin with
icebreakers-stopped = Gut, von mir kommen keine Fragen mehr. `{ $prefix } eisbrecherfragen starten` holt sie zurück.

# $when - when the first question comes
icebreakers-started = Sehr gern! Die nächste Frage kommt: { $when }.

# $prefix - what commands begin with
icebreakers-series-off = Diese Fragen sind hier gerade abgeschaltet. `{ $prefix } eisbrecher` gibt dir jederzeit eine.

# $light - how many light questions there are
# $stories - how many questions for work stories there are
# $lessons - how many questions about lessons there are
icebreakers-list = Ich bringe { $light } leichte Fragen mit, { $stories } nach Geschichten aus der Arbeit und { $lessons } nach Gelerntem.

# $prefix - what commands begin with
icebreakers-list-none = Eigene gibt es noch keine; Leads fügen mit `{ $prefix } eisbrecherfragen hinzufügen light "…"` eine hinzu.

icebreakers-list-own = Eure eigenen:

# $deck - the deck
# $number - the question's number
icebreakers-added = Danke! Sie hat die Nummer { $number } und liegt im Stapel `{ $deck }`.

# $number - the question's number
icebreakers-known = Diese Frage gibt es schon, sie hat die Nummer { $number }.

# $most - how many there may be
# $prefix - what commands begin with
icebreakers-full = Mehr als { $most } eigene Fragen kann ich mir nicht merken. `{ $prefix } eisbrecherfragen entfernen 101` schafft Platz.

# $longest - how many characters it may have
icebreakers-wrong-length = Gib mir bitte eine Frage mit höchstens { $longest } Zeichen.

# $text - the question
icebreakers-removed = Entfernt: { $text }

# $number - the number that was asked for
# $prefix - what commands begin with
icebreakers-no-such = Eine eigene Frage mit der Nummer { $number } gibt es nicht. `{ $prefix } eisbrecherfragen liste` zeigt sie.

icebreakers-leads-only = Die Stapel ändern Leads. Erzähl ihnen von deiner Frage, sie freuen sich.

## Leicht

icebreakers-light-01 = Welche Kleinigkeit hat dir in letzter Zeit den Arbeitstag verschönert?
icebreakers-light-02 = Welches Werkzeug, auf dem Tisch oder auf dem Bildschirm, würde dir morgen am meisten fehlen?
icebreakers-light-03 = Wie denkst du am besten: im Gehen, mit Stift, im Gespräch oder ganz anders?
icebreakers-light-04 = Was hörst du beim Arbeiten: Musik, Trubel oder herrliche Stille?
icebreakers-light-05 = Welches Wort aus deinem Fach magst du allein wegen seines Klangs?
icebreakers-light-06 = Wie fängt für dich ein guter Arbeitstag an?
icebreakers-light-07 = Welchen Handgriff oder kleinen Trick würdest du am liebsten allen beibringen?
icebreakers-light-08 = Was weißt du diese Woche, das du letzte Woche noch nicht wusstest?
icebreakers-light-09 = Wenn deine Arbeitswoche einen Wetterbericht hätte, wie würde er lauten?
icebreakers-light-10 = Wo kommen dir die guten Ideen?
icebreakers-light-11 = Welche Website, welcher Podcast oder Newsletter zieht dich immer wieder an?
icebreakers-light-12 = Wozu darf man dich hier jederzeit fragen?
icebreakers-light-13 = Was hat dich in diese Runde geführt?
icebreakers-light-14 = Notizen auf Papier oder am Bildschirm, und warum?
icebreakers-light-15 = Was siehst du, wenn du von der Arbeit aufblickst?
icebreakers-light-16 = Welchen Alltagsgegenstand findest du richtig gut gemacht?
icebreakers-light-17 = Worin wärst du gern einmal wieder Anfänger oder Anfängerin?
icebreakers-light-18 = Welche einfache Sache machst du gern ordentlich?
icebreakers-light-19 = Lerche, Eule oder ein ganz anderer Vogel?
icebreakers-light-20 = Welche Frage zu deiner Arbeit hörst du besonders gern?
icebreakers-light-21 = Was ist der schönste Name für ein Team, ein Projekt oder eine Maschine, der dir begegnet ist?
icebreakers-light-22 = Was bringt dich nach einer Pause wieder in Schwung?
icebreakers-light-23 = Morgen hast du bei der Arbeit eine Stunde geschenkt: was machst du damit?
icebreakers-light-24 = Was machst du so? In drei Worten, für jemanden, der noch nie davon gehört hat.

## Geschichten aus der Arbeit

icebreakers-stories-01 = Was war das Erste, das du gebaut oder repariert hast und das wirklich jemand benutzt hat?
icebreakers-stories-02 = Von wem hast du bei der Arbeit etwas gelernt, das du heute noch brauchst, und was?
icebreakers-stories-03 = Wann hat sich bei einer Arbeit auf einmal alles gefügt?
icebreakers-stories-04 = Welcher Rat zu deiner Arbeit hat dir am meisten genützt?
icebreakers-stories-05 = Welches Problem hat dich am längsten begleitet, und wie ging es aus?
icebreakers-stories-06 = Wann hat dir bei der Arbeit jemand geholfen, den du kaum kanntest?
icebreakers-stories-07 = Über welche Entscheidung bei der Arbeit bist du heute noch froh?
icebreakers-stories-08 = Wie bist du zu deinem Fach gekommen: geradeaus oder auf Umwegen?
icebreakers-stories-09 = Welches Projekt würdest du sofort noch einmal machen?
icebreakers-stories-10 = Welche freundlichen Worte über deine Arbeit sind dir im Gedächtnis geblieben?
icebreakers-stories-11 = Welche Besprechung war ihre Zeit wirklich wert, und woran lag es?
icebreakers-stories-12 = Was war das seltsamste Rätsel, das du bei der Arbeit je gelöst hast?
icebreakers-stories-13 = Wann hast du deine Meinung darüber geändert, wie man etwas macht?
icebreakers-stories-14 = Was hast du in einem anderen Team gesehen, das du gern mitnehmen würdest?
icebreakers-stories-15 = Welcher Neuerung hast du erst misstraut und möchtest sie heute nicht mehr hergeben?
icebreakers-stories-16 = Was hast du von jemandem gelernt, der gerade erst anfing?
icebreakers-stories-17 = Wann war die einfache Lösung besser als die schlaue?
icebreakers-stories-18 = Welche Gewohnheit eures Teams fällt Neuen zuerst auf?
icebreakers-stories-19 = Wann hat eine einzige gute Frage ein Projekt in eine andere Richtung gelenkt?
icebreakers-stories-20 = Was hast du nur zum Spaß gemacht, und dann war es nützlich?
icebreakers-stories-21 = Welcher Einstieg, welche Übergabe oder welcher Abschied bei der Arbeit ist richtig gut gelungen?
icebreakers-stories-22 = Auf welche Arbeit bist du insgeheim stolz?
icebreakers-stories-23 = Wann ging die Zusammenarbeit mit jemandem gut, der ganz anders ist als du?
icebreakers-stories-24 = Wie sieht dein Handwerk an seinen besten Tagen aus?

## Was schiefging und was es gelehrt hat

icebreakers-lessons-01 = Was ist bei der Arbeit einmal schiefgegangen, worüber du heute lachen kannst?
icebreakers-lessons-02 = Aus welchem Fehler hast du mehr gelernt als aus jedem Kurs?
icebreakers-lessons-03 = Was würdest du dir selbst an deinem ersten Tag in diesem Beruf zuflüstern?
icebreakers-lessons-04 = Was machst du anders, seit ein Projekt nicht nach Plan lief?
icebreakers-lessons-05 = Wann hast du später um Hilfe gebeten, als gut gewesen wäre?
icebreakers-lessons-06 = Welches Warnzeichen nimmst du heute ernst, das du früher übersehen hast?
icebreakers-lessons-07 = Womit hast du bei der Arbeit aufgehört, ohne dass es dir fehlt?
icebreakers-lessons-08 = Wann war „gut genug“ genau richtig, und wann nicht?
icebreakers-lessons-09 = Was hast du am Anfang über deine Arbeit geglaubt und glaubst es nicht mehr?
icebreakers-lessons-10 = Welche Abkürzung war am Ende der längere Weg?
icebreakers-lessons-11 = Was fällt dir auch nach all der Zeit noch schwer?
icebreakers-lessons-12 = Wann war es gut, dass du Nein gesagt hast?
icebreakers-lessons-13 = Was hat dir ein gescheiterter Versuch gezeigt?
icebreakers-lessons-14 = Welches Versprechen bei der Arbeit würdest du heute vorsichtiger formulieren?
icebreakers-lessons-15 = Was hilft dir, einen Fehler früh anzusprechen?
icebreakers-lessons-16 = Wie ist jemand einmal so mit einem Fehler von dir umgegangen, dass du es gern genauso machen würdest?
icebreakers-lessons-17 = Was hast du einmal viel zu kompliziert gemacht, und wie hast du es gemerkt?
icebreakers-lessons-18 = Welche Rückmeldung hat erst gepikst und dann geholfen?
icebreakers-lessons-19 = Ein altes Projekt, ein zweiter Versuch: was würdest du ändern?
icebreakers-lessons-20 = Welcher Plan ist zum Glück gescheitert?
icebreakers-lessons-21 = Woran hast du bei der Arbeit zu lange festgehalten?
icebreakers-lessons-22 = Welches Missverständnis hat dich gelehrt, erst einmal nachzufragen?
icebreakers-lessons-23 = Was prüfst du immer zweimal, und welche Geschichte steckt dahinter?
icebreakers-lessons-24 = Worin möchtest du gerade besser werden?
