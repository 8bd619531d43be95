## Was der Bot zu einem Befehl sagt, den er nicht lesen kann.

command-open-quote = Ein Anführungszeichen steht allein. Setze je eines an Anfang und Ende, oder lass beide weg.

# $prefix - what commands begin with
# $help - the command that shows help
command-empty = Ich bin da. `{ $prefix } { $help }` zeigt, was ich kann.

# $verb - what was written
# $prefix - what commands begin with
# $help - the command that shows help
command-unknown = „{ $verb }“ kenne ich nicht. `{ $prefix } { $help }` zeigt, was ich kann.

# $verb - what was written
# $prefix - what commands begin with
# $meant - the same with the nearest command
command-unknown-suggest = „{ $verb }“ kenne ich nicht. Meinst du `{ $prefix } { $meant }`?

# $argument - what was written
command-unknown-argument = Mit `{ $argument }` kann ich nichts anfangen.

# $value - what was written
# $argument - what it was written for
command-wrong-value = `{ $value }` passt nicht zu `{ $argument }`.

command-incomplete = Da fehlt etwas, oder es ist zu viel.

## Was auf einen dieser Sätze folgt.

# $form - the command as it should be
# $help - the command that tells more
command-form = So geht es: `{ $form }`. Mehr: `{ $help }`.

# $help - the command that tells more
command-see = Mehr: `{ $help }`.

## Was jemand im Direktchat hört, der etwas anderes sagt als einen Befehl.

# $help - the command that shows help
# $privacy - the command that shows what is kept
command-hint = Ich bin ein Bot und verstehe Befehle: `{ $help }` zeigt, was ich kann, `{ $privacy }`, was ich über dich aufbewahre.

# $meant - a command
# $help - the command that shows help
command-hint-meant = Wenn du `{ $meant }` meinst, schick nur das. `{ $help }` zeigt, was ich noch kann.

## Was der Bot zu einem Befehl sagt, den er nicht ausführt.

# $at - when it was written
command-too-late = Das hast du am { $at } geschrieben, und ich lese es erst jetzt. So viel später tue ich nichts mehr von mir aus: Wenn du es noch willst, schick es noch einmal.

command-edited = Nachträgliche Änderungen lese ich nicht: Es gilt, was du zuerst geschickt hast. Wenn du es so meinst, schick es als neue Nachricht.

# $vote - the command that shows what counts
command-edited-vote = Änderungen an Nachrichten lese ich nicht: Es zählt die Stimme, die du zuerst geschickt hast, und `{ $vote }` zeigt sie. Um sie zu ändern, schick sie als neue Nachricht.

command-other-community = Ich sehe dich in keiner Gemeinschaft, die so heißt. Sieh nach, wie sie geschrieben wird, oder komm in einen ihrer Räume und schreib mir dann noch einmal.

# $names - the communities
# $example - how a message begins that is for the first of them
command-which-community = Du bist hier in mehr als einer Gemeinschaft: { $names }. Welche meinst du? Schreib sie davor, so: `{ $example }`
