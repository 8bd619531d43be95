## Was der Bot sagt und keiner Praxis gehört.

# $month - year and month
report-failed = Den Bericht für { $month } konnte ich nicht machen. Wer mich betreibt, findet den Grund in meinem Protokoll; morgen versuche ich es wieder.

sending-too-large = Das ist mehr, als hier in eine Nachricht passt; der Homeserver nimmt es nicht an. Bitte frag nach weniger davon.
sending-refused = Ich hatte eine Antwort für dich, aber der Homeserver hat sie nicht angenommen. Bitte frag mich noch einmal.
sending-left = Dieser Raum gehört nicht mehr nur uns beiden, also schreibe ich hier nichts Persönliches und gehe. Schreib mir wieder, dann haben wir einen neuen.
