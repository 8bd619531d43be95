## Was der Bot zu einem Befehl sagt, den er nicht lesen kann.

command-open-quote = Ein Anführungszeichen steht allein. Setze je eines an Anfang und Ende, oder lass beide weg.

# $prefix - what commands begin with
command-empty = Ich bin da. `{ $prefix } help` zeigt, was ich kann.

# $verb - what was written
# $prefix - what commands begin with
command-unknown = „{ $verb }“ kenne ich nicht. `{ $prefix } help` zeigt, was ich kann.

# $verb - what was written
# $prefix - what commands begin with
# $meant - the nearest command
command-unknown-suggest = „{ $verb }“ kenne ich nicht. Meinst du `{ $prefix } { $meant }`?

# $argument - what was written
# $help - how the practice's commands are written
command-unknown-argument = Mit `{ $argument }` kann ich nichts anfangen.

    { $help }

# $value - what was written
# $argument - what it was written for
# $help - how the practice's commands are written
command-wrong-value = `{ $value }` passt nicht zu `{ $argument }`.

    { $help }

# $help - how the practice's commands are written
command-incomplete = Da fehlt etwas, oder es ist zu viel.

    { $help }

# $at - when it was written
# $zone - the time zone
command-too-late = Das hast du am { $at } ({ $zone }) geschrieben, und ich lese es erst jetzt. So viel später tue ich nichts mehr von mir aus: Wenn du es noch willst, schick es noch einmal.

command-edited = Nachträgliche Änderungen lese ich nicht: Es gilt, was du zuerst geschickt hast. Wenn du es so meinst, schick es als neue Nachricht.

command-other-community = Ich sehe dich in keiner Gemeinschaft, die so heißt. Sieh nach, wie sie geschrieben wird, oder komm in einen ihrer Räume und schreib mir dann noch einmal.

# $names - the communities
# $example - how a message begins that is for the first of them
command-which-community = Du bist hier in mehr als einer Gemeinschaft: { $names }. Welche meinst du? Schreib sie davor, so: `{ $example }`
