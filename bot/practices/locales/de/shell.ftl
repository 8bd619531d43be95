## Was der Bot sagt und keiner Praxis gehört.

# $month - year and month
report-failed = Den Bericht für { $month } konnte ich nicht machen. Wer mich betreibt, findet den Grund in meinem Protokoll; morgen versuche ich es wieder.

sending-too-large = Das ist mehr, als hier in eine Nachricht passt; der Homeserver nimmt es nicht an. Bitte frag nach weniger davon.
sending-refused = Ich hatte eine Antwort für dich, aber der Homeserver hat sie nicht angenommen. Bitte frag mich noch einmal.
sending-left = Dieser Raum gehört nicht mehr nur uns beiden, also schreibe ich hier nichts Persönliches und gehe. Schreib mir wieder, dann haben wir einen neuen.
sending-cut = … Es gibt mehr, als in eine Nachricht passt.

## Der Grund, der mit der Einladung in einen Direktchat genannt wird, als bloßer Text.

# $number - the ballot's number
# $room - the room's name
sending-why-ballot = Du willst bei Abstimmung { $number } in { $room } mitstimmen. Hier ist dein Zettel.

# $room - the room's name
sending-why-topics = Du willst in { $room } über Themen abstimmen. Hier ist dein Zettel.

# $number - the retrospective's number
# $room - the room's name
sending-why-retro = Du machst bei Retro { $number } in { $room } mit. Hier ist dein Zettel.

# $community - the community's name
sending-why-welcome = Willkommen bei { $community }! Ich bin der Bot von dort, mit einem Wort für den Anfang.

# $community - the community's name
# $title - the practice
sending-why = Ich bin der Bot von { $community }. Es geht um: { $title }.

## Räume, die fort sind.

# $room - the room's name
# $new - the new room's id
room-closed = { $room } wurde durch einen neuen Raum ersetzt, { $new }, und ich komme dort nicht hinein. Bitte lade mich dorthin ein: Dann geht dort alles weiter, auch Einstellungen, Umfragen und Treffen. Bis dahin kommt dort nichts an, was ich zu sagen habe.

# $community - the community's name
# $link - the new room
room-moved = { $community } ist umgezogen: Es geht weiter in { $link }. Schreib mir bitte dort oder hier.

# $room - the room's name
room-lost = Ich bin nicht mehr in { $room }: Ich wurde entfernt, oder es gibt den Raum nicht mehr. Was ich für ihn aufbewahre, bleibt. Lade mich wieder ein, und es geht dort weiter.
