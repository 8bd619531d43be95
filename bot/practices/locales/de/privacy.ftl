## Was über Menschen aufbewahrt wird, und wie sie es sehen, beenden und löschen.

privacy = Datenschutz
    .about = Was ich weiß; lösch es
    .verb-privacy = datenschutz
    .verb-my-data = meine-daten
    .verb-opt-out = abmelden
    .verb-opt-in = anmelden
    .verb-forget-me = vergiss-mich
    .help =
        - `!hearth datenschutz` – was ich aufbewahre, und wie lange
        - `!hearth abmelden` – nicht mehr erfasst werden, `!hearth anmelden` – wieder doch
        - `!hearth meine-daten` – alles als Kopie, `!hearth vergiss-mich` – alles löschen

privacy-kept = **Was ich aufbewahre, und was nicht**
    - Ich notiere, *dass* jemand geschrieben, reagiert, einen Raum betreten oder verlassen oder bei etwas von mir mitgemacht hat, wann, wie lang es war, wie viele Menschen es erwähnt und worauf es antwortet. Nie, *was* gesagt wurde.
    - In diesem Protokoll bist du ein Pseudonym. Den Schlüssel dazu hat nur, wer mich betreibt, und er liegt woanders.
    - Es bleibt, solange diese Gemeinschaft mich nutzt, oder bis du `!hearth vergiss-mich` sagst.
    - Was du mir mit Absicht gibst (eine Stimme, die Frage für eine Umfrage), nutze ich nur dafür. Endet eine Umfrage, bleibt ihr Ergebnis; eine Stunde später ist nicht mehr festzustellen, wer was gewählt hat. Notizen einer Retro liegen verschlüsselt, bis alle sie lesen; dann entferne ich, was du mir geschrieben hast, und behalte keine Namen. Wo weniger als fünf schreiben, können andere raten, von wem die Notizen sind; sind es weniger als drei, frage ich sie vorher.
    - Mit Namen merke ich mir nur, was ich für meine Arbeit brauche: was du übernommen oder eingebracht hast (eine Aufgabe, ein Thema, ein Treffen, das du leitest), bis es erledigt ist, und, um dich nicht zweimal oder am falschen Ort zu behelligen, in welchen Räumen du bist, dass ich dich begrüßt habe, was ich dich gefragt habe, dass du nicht erfasst werden willst. Wollen Leads wissen, welche ersten Nachrichten von Neuen auf eine Antwort warten, verlinke ich ihnen deine, höchstens drei Tage lang.
    - Stimmen und Reaktionen sind Nachrichten im Raum: Andere können sie sehen, bei genauem Hinsehen auch in einer verdeckten Umfrage. Geheim sind sie nicht. Eine geheime Stimme (Abstimmung, Punkte) liegt bis zum Ende verschlüsselt. Dann wird die Verbindung zu dir vernichtet, und was du geschrieben oder angetippt hast, wird aus unserem Raum entfernt: Andere Mitglieder, Leads und alle, die später an meine Datenbank kommen, können nicht erfahren, was du gewählt hast. Nicht schützen kann ich dich vor denen, die mich betreiben und mein Programm vor dem Ende ändern; und wer deinen Server betreibt, sieht, was du antippst, und, wenn unser Raum nicht verschlüsselt ist, was du schreibst. Darum steht unter deinem Stimmzettel als ✅, was dein Server gesehen hat, und mit 🧾 der Beleg, an dem du deine Stimme in der veröffentlichten Liste findest: Notier ihn, am Ende geht beides. Was du in einem verschlüsselten Raum schreibst, steht dagegen auf dem Zettel und hat einen anderen Beleg.
    - Leads bekommen jeden Monat einen Bericht: Zahlen über mindestens fünf Menschen, nie eine über dich.
    - Was ich nicht löschen kann: die Nachrichten selbst. Die liegen auf deinem Server und auf Geräten anderer; entferne sie in deiner App.
    - Du entscheidest: `!hearth meine-daten` zeigt alles, was ich habe, `!hearth abmelden` beendet es, `!hearth vergiss-mich` löscht es.

privacy-my-data = Hier kommt alles, was ich über dich aufbewahre, als Datei. Sie ist nur für dich.

privacy-opted-out = Erledigt: Ab jetzt erfasse ich nichts mehr von dem, was du tust. Nutzen kannst du mich weiter wie alle anderen. Was ich vorher notiert habe, bleibt, bis du `!hearth vergiss-mich` sagst; `!hearth anmelden` holt dich zurück.

privacy-opted-out-already = Das hattest du schon gesagt, und es gilt weiter: Ich erfasse nichts von dem, was du tust. `!hearth anmelden` holt dich zurück.

privacy-opted-in = Willkommen zurück: Ab jetzt zählt wieder mit, was du tust, ohne ein einziges Wort davon. `!hearth abmelden` beendet es jederzeit.

privacy-opted-in-already = Alles klar: Es zählt mit, was du tust, ohne ein einziges Wort davon. `!hearth abmelden` beendet es jederzeit.

privacy-forget-sure = **Soll ich dich vergessen?** Das lässt sich nicht rückgängig machen.
    - Innerhalb eines Tages lösche ich jede Zeile über dich in meinem Protokoll und alles, was meine Angebote von dir wissen. Kein späterer Bericht zählt dich; die schon erstellten bleiben, wie sie sind.
    - Nicht löschen kann ich deine Nachrichten, die auf deinem Server und auf Geräten anderer liegen, und schon verschickte Berichte; darin steht kein Name.
    - Schreibst du weiter, notiere ich das wie bei jemand Neuem. Willst du das nicht, sag vorher `!hearth abmelden`: Das gilt dauerhaft.

    Wenn du sicher bist, antworte innerhalb eines Tages mit `ja` (`!hearth vergiss-mich ja` tut dasselbe). Wenn nicht, tu einfach nichts, oder sag `nein`.

privacy-forgotten = Ich vergesse dich: Innerhalb eines Tages ist jede Zeile über dich fort. Danke, dass du da warst. Du bist jederzeit willkommen.

privacy-forget-not = Alles klar, nichts wird gelöscht: Alles bleibt, wie es ist. Wenn du es dir anders überlegst, sag `!hearth vergiss-mich`.

## Was als Ja oder Nein auf die Frage oben gilt, wenn jemand sonst nichts sagt. Ein Bindestrich steht für ein Leerzeichen.
privacy-yes-words = ja j jo ja-bitte ja-bin-ich ja-ich-bin-sicher
privacy-no-words = nein n nö nee nein-danke
